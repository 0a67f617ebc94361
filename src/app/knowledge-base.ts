// Keeps content and index together and replaces both at once, only by what loaded whole. Knows no file.

import { buildIndex, type Index } from '../knowledge/engine.ts';
import { keep } from './documents.ts';
import type { Clock, Content, KnowledgeBase, Reload, Store } from './ports.ts';
import type { ReloadRecord } from './records.ts';

export type Load = () => Promise<{ content: Content; problems: string[] }>;

/**
 * Loads once, with whatever is usable, and hands the problems to `onProblems`. Rejects when nothing can be loaded.
 * A later reload with problems replaces nothing.
 */
export async function createKnowledgeBase(
  load: Load,
  onProblems: (problems: string[]) => void,
): Promise<KnowledgeBase> {
  const first = await load();
  if (first.problems.length > 0) onProblems(first.problems);
  let current: { content: Content; index: Index } = prepare(first.content);
  return {
    content: () => current.content,
    answer: (query) => current.index.answer(query),
    explain: (query) => current.index.explain(query),
    async reload(): Promise<Reload> {
      let loaded: Awaited<ReturnType<Load>>;
      try {
        loaded = await load();
      } catch (error) {
        return {
          items: current.content.items.length,
          problems: [error instanceof Error ? error.message : String(error)],
        };
      }
      if (loaded.problems.length === 0) current = prepare(loaded.content);
      return { items: current.content.items.length, problems: loaded.problems };
    },
  };
}

function prepare(content: Content): { content: Content; index: Index } {
  return { content, index: buildIndex(content.items, content.themes, content.lexicon) };
}

const RELOAD = { pk: 'control:reload', kind: 'reload' };

/** Asks every running process that shares this store to reload; returns when it was asked. */
export async function requestReload(store: Store, clock: Clock): Promise<number> {
  const requestedAt = clock.now();
  await keep<ReloadRecord>(store, RELOAD, () => ({ requestedAt }));
  return requestedAt;
}

/** What came of a request, once a process has handled it. */
export async function reloadResult(store: Store, requestedAt: number): Promise<Reload | undefined> {
  const record = (await store.read(RELOAD.pk, RELOAD.pk))?.doc.body as ReloadRecord | undefined;
  if (record?.requestedAt !== requestedAt || record.doneAt === undefined) return undefined;
  return { items: record.items ?? 0, problems: record.problems ?? [] };
}

/** Reloads when somebody asked for it after `since`, or earlier without an answer yet, and reports back. Returns the time of the request handled last. */
export async function answerReloadRequest(
  store: Store,
  clock: Clock,
  knowledge: KnowledgeBase,
  since: number,
): Promise<{ since: number; reloaded?: Reload }> {
  const record = (await store.read(RELOAD.pk, RELOAD.pk))?.doc.body as ReloadRecord | undefined;
  if (!record || (record.requestedAt <= since && record.doneAt !== undefined)) return { since };
  const reloaded = await knowledge.reload();
  await keep<ReloadRecord>(store, RELOAD, (before) =>
    before?.requestedAt === record.requestedAt ? { ...record, ...reloaded, doneAt: clock.now() } : before,
  );
  return { since: Math.max(since, record.requestedAt), reloaded };
}
