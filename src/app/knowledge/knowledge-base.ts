// Keeps content and index together and replaces both at once, only by what loaded whole. Knows no file.

import { hash } from 'node:crypto';
import type { SetUp } from '../../domain/set-up.ts';
import type { Item, ItemId } from '../../domain/terms.ts';
import type { Learned } from '../../domain/wordings.ts';
import { type Answer, buildIndex, type Explanation, type Query, type Ranked } from '../../knowledge/engine.ts';
import { wordingKey } from '../../knowledge/text.ts';
import { keep } from '../documents.ts';
import type { Clock, Content, KnowledgeBase, Reload, Store } from '../ports.ts';
import type { ReloadRecord } from '../records.ts';
import { withSetUp } from '../set-up/kept.ts';

export type Load = () => Promise<{ content: Content; problems: string[] }>;

/**
 * Loads once, with whatever is usable, and hands the problems to `onProblems`. Rejects when nothing can be loaded.
 * A later reload with problems replaces nothing. `learned` gives what people confirmed, at the start and at each reload.
 */
export async function createKnowledgeBase(
  load: Load,
  onProblems: (problems: string[]) => void,
  learned: () => Promise<Map<ItemId, Learned>> = async () => new Map(),
): Promise<KnowledgeBase> {
  const first = await load();
  if (first.problems.length > 0) onProblems(first.problems);
  let current = prepare(first.content, await learned());
  /** What changes while content is loaded again may not be in what is loaded. */
  const loading = new Set<((on: typeof current) => void)[]>();
  const change = (what: (on: typeof current) => void): void => {
    what(current);
    for (const missed of loading) missed.push(what);
  };
  return {
    content: () => current.content(),
    answer: (query) => current.doubted(query, current.explain(query).answer),
    explain: (query) => {
      const explanation = current.explain(query);
      return { ...explanation, answer: current.doubted(query, explanation.answer) };
    },
    learn: (item, lessons) => change((on) => on.learn(item, lessons)),
    put: (item) => change((on) => on.put(item)),
    drop: (item) => change((on) => on.drop(item)),
    regulate: (regulations) => change((on) => on.regulate(regulations)),
    arrange: (setUp) => change((on) => on.arrange(setUp)),
    async reload(): Promise<Reload> {
      const missed: ((on: typeof current) => void)[] = [];
      loading.add(missed);
      try {
        const loaded = await load();
        const lessons = await learned();
        if (loaded.problems.length === 0) current = prepare(loaded.content, lessons);
        // What was learnt, or removed, counts also while content/ has mistakes.
        else for (const [item, lesson] of lessons) current.learn(item, lesson);
        for (const what of missed) what(current);
        return { items: current.content().items.length, problems: loaded.problems };
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        return { items: current.content().items.length, problems: [problem] };
      } finally {
        loading.delete(missed);
      }
    },
  };
}

/** Stands for the words of a wording, however they are spelled or spaced, without telling them. */
export const keyOf = (text: string): string => hash('sha256', wordingKey(text), 'base64url').slice(0, 22);

/** Content with its index, which takes in what people confirm as well; content itself never changes by that. */
function prepare(loaded: Content, learned: Map<ItemId, Learned>) {
  let content = loaded;
  const items = new Map(content.items.map((item) => [item.id, item]));
  const taughtBefore = new Map(learned);
  const written = new Set(
    content.items.flatMap((item) => [item.title, ...item.variants, ...item.wordings]).map(wordingKey),
  );
  const doubts = new Map<string, Map<ItemId, number>>();
  /** What content says goes before what was confirmed: a wording that is written somewhere is not learnt elsewhere. */
  const taught = (item: Item, { confirmed }: Learned): Item => {
    const fresh = confirmed.filter(({ text }) => !written.has(wordingKey(text)));
    return fresh.length > 0 ? { ...item, confirmed: fresh } : item;
  };
  const noteDoubts = (item: ItemId, lessons: Learned): void => {
    for (const of of doubts.values()) of.delete(item);
    for (const { key, penalty } of lessons.doubts) {
      const of = doubts.get(key) ?? new Map<ItemId, number>();
      doubts.set(key, of.set(item, penalty));
    }
  };
  for (const [id, lessons] of learned) noteDoubts(id, lessons);
  const index = buildIndex(
    content.items.map((item) => taught(item, learned.get(item.id) ?? NOTHING)),
    content.themes,
    content.lexicon,
  );
  /** The confirmed wordings that each item has in the index. */
  const indexed = new Map(
    content.items.map((item) => [item.id, taught(item, learned.get(item.id) ?? NOTHING).confirmed]),
  );
  const place = (item: Item): void => {
    indexed.set(item.id, item.confirmed);
    index.replace(item);
    explained.clear();
  };
  /** What the index said lately: a question is looked up when it is asked, again for topics, judged and answered. */
  const explained = new Map<string, Explanation>();
  const explain = (query: Query): Explanation => {
    const key = `${query.audience ?? ''} ${query.text}`;
    const known = explained.get(key);
    if (known) return known;
    const [oldest] = explained.size < MOST_EXPLAINED ? [] : explained.keys();
    if (oldest !== undefined) explained.delete(oldest);
    const explanation = index.explain(query);
    explained.set(key, explanation);
    return explanation;
  };
  const learn = (id: ItemId, lessons: Learned): void => {
    const item = items.get(id);
    taughtBefore.set(id, lessons);
    noteDoubts(id, lessons);
    const after = item && taught(item, lessons);
    if (after && !sameWordings(indexed.get(id), after.confirmed)) place(after);
  };
  // A new object: whoever keeps something per content sees that there is another.
  const hold = (): void => {
    content = { ...content, items: [...items.values()] };
  };
  return {
    content: () => content,
    explain,
    learn,
    put: (item: Item): void => {
      items.set(item.id, item);
      for (const text of [item.title, ...item.variants, ...item.wordings]) written.add(wordingKey(text));
      place(taught(item, taughtBefore.get(item.id) ?? NOTHING));
      hold();
    },
    drop: (id: ItemId): void => {
      if (!items.delete(id)) return;
      index.remove(id);
      explained.clear();
      hold();
    },
    regulate: (regulations: Content['regulations'] = []): void => {
      // Another object has whoever keeps something per content begin anew.
      if (JSON.stringify(regulations) === JSON.stringify(content.regulations ?? [])) return;
      content = { ...content, regulations };
    },
    arrange: (setUp: SetUp): void => {
      const before = content;
      content = withSetUp(content, setUp);
      if (JSON.stringify(content.themes) !== JSON.stringify(before.themes)) index.describe(content.themes);
    },
    doubted: (query: Query, answer: Answer): Answer => {
      const of = doubts.size > 0 ? doubts.get(keyOf(query.text)) : undefined;
      return of ? lowered(answer, of) : answer;
    },
  };
}

/** Enough for what is asked until topics have read it, when it is busiest; some kB each, and kept nowhere else. */
const MOST_EXPLAINED = 1_000;
/** Weights wear off by the moment; less than this changes no answer. */
const WORTH_REINDEXING = 0.02;

function sameWordings(before: Item['confirmed'] = [], after: Item['confirmed'] = []): boolean {
  return (
    before.length === after.length &&
    before.every(({ text, weight }) =>
      after.some((one) => one.text === text && Math.abs(one.weight - weight) < WORTH_REINDEXING),
    )
  );
}

const NOTHING: Learned = { confirmed: [], doubts: [] };
/** Penalty from which an answer is no longer given for sure to these words. */
const UNSURE_FROM = 0.15;

/** The items that others said no to in the same words come later; a first place that changed or is doubted is not sure. */
function lowered(answer: Answer, doubts: ReadonlyMap<ItemId, number>): Answer {
  const penalty = ({ item }: Ranked): number => doubts.get(item.id) ?? 0;
  const items = answer.items
    .map((one) => ({ ...one, score: one.score * (1 - penalty(one)) }))
    .sort((a, b) => b.score - a.score);
  const [first] = items;
  const sure = first?.item.id === answer.items[0]?.item.id && (!first || penalty(first) < UNSURE_FROM);
  return { ...answer, items, decision: answer.decision === 'answer' && !sure ? 'unsure' : answer.decision };
}

const RELOAD = { pk: 'control:reload', kind: 'reload' };

/** Asks every running process that shares this store to reload, except the one called `done`; returns when it was asked. */
export async function requestReload(store: Store, clock: Clock, done?: string): Promise<number> {
  const requestedAt = clock.now();
  await keep<ReloadRecord>(store, RELOAD, () => ({ requestedAt, ...(done ? { done } : {}) }));
  return requestedAt;
}

/** The last request that somebody handled, for a process that is about to load its content; 0 when there is none. */
export async function lastReload(store: Store): Promise<number> {
  const record = (await store.read(RELOAD.pk, RELOAD.pk))?.doc.body as ReloadRecord | undefined;
  return record?.doneAt === undefined ? 0 : record.requestedAt;
}

/** What came of a request, once a process has handled it. */
export async function reloadResult(store: Store, requestedAt: number): Promise<Reload | undefined> {
  const record = (await store.read(RELOAD.pk, RELOAD.pk))?.doc.body as ReloadRecord | undefined;
  if (record?.requestedAt !== requestedAt || record.doneAt === undefined) return undefined;
  return { items: record.items ?? 0, problems: record.problems ?? [] };
}

/** Reloads for a request other than `since`, the one this process handled last, and reports back. Returns the last one. */
export async function answerReloadRequest(
  store: Store,
  clock: Clock,
  knowledge: KnowledgeBase,
  since: number,
  instance?: string,
): Promise<{ since: number; reloaded?: Reload }> {
  const record = (await store.read(RELOAD.pk, RELOAD.pk))?.doc.body as ReloadRecord | undefined;
  if (!record || record.requestedAt === since) return { since };
  const own = record.done !== undefined && record.done === instance;
  const reloaded = own ? undefined : await knowledge.reload();
  await keep<ReloadRecord>(store, RELOAD, (before) =>
    before?.requestedAt === record.requestedAt ? { ...record, ...reloaded, doneAt: clock.now() } : before,
  );
  return { since: record.requestedAt, ...(reloaded ? { reloaded } : {}) };
}
