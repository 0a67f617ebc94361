// Reloading content/ without a restart: by command from another process, and only when everything is right.

import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import {
  answerReloadRequest,
  createKnowledgeBase,
  reloadResult,
  requestReload,
} from '../src/app/knowledge/knowledge-base.ts';
import type { ItemId } from '../src/domain/terms.ts';

let folder: string;
let now = 1_000;
const clock = { now: () => now };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-'));
  await cp('./content', folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const ITEM = `
- id: wis-nieuw
  question: Mag een leerling een rekenmachine gebruiken op een toets?
  answer: Dat spreekt de school af.
  theme: wiskunde
  audience: [school]
  sources: []
  written_on: 2026-11-22
  status: draft
  owner: pbd-wiskunde
`;

it('takes over a new item once everything loaded, and answers the one who asked', async () => {
  const store = openSqlite(':memory:', clock);
  const knowledge = await createKnowledgeBase(
    () => loadContent(folder),
    () => {},
  );
  const before = knowledge.content().items.length;
  await appendFile(join(folder, 'faq', 'wiskunde.yaml'), ITEM);

  now = 2_000;
  const requestedAt = await requestReload(store, clock);
  expect(await reloadResult(store, requestedAt)).toBeUndefined();
  const { since } = await answerReloadRequest(store, clock, knowledge, 1_500);
  expect(await reloadResult(store, requestedAt)).toEqual({ items: before + 1, problems: [] });
  expect(knowledge.answer({ text: 'rekenmachine gebruiken op een toets' }).items[0]?.item.id).toBe('wis-nieuw');

  const again = await answerReloadRequest(store, clock, knowledge, since);
  expect(again.reloaded).toBeUndefined();
  store.close();
});

it('keeps the old index when one file has a mistake, and says where', async () => {
  const knowledge = await createKnowledgeBase(
    () => loadContent(folder),
    () => {},
  );
  const before = knowledge.content().items.length;
  await appendFile(join(folder, 'faq', 'wiskunde.yaml'), ITEM.replace('theme: wiskunde', 'theme: rekenen'));
  const { items, problems } = await knowledge.reload();
  expect(items).toBe(before);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/wiskunde\.yaml:\d+ .*rekenen/);
  expect(knowledge.content().items).toHaveLength(before);
});

it('answers a request that was made while the process was starting', async () => {
  const store = openSqlite(':memory:', clock);
  const knowledge = await createKnowledgeBase(
    () => loadContent(folder),
    () => {},
  );
  now = 3_000;
  const requestedAt = await requestReload(store, clock);
  await answerReloadRequest(store, clock, knowledge, 4_000);
  expect(await reloadResult(store, requestedAt)).toBeDefined();
  store.close();
});

it('keeps what is published, taken away or learnt while content is being loaded', async () => {
  const loaded = await loadContent(folder);
  const [gone, kept] = loaded.content.items;
  const slow = Promise.withResolvers<typeof loaded>();
  let loads = 0;
  const knowledge = await createKnowledgeBase(
    () => (loads++ === 0 ? loadContent(folder) : slow.promise),
    () => {},
  );
  const reloading = [knowledge.reload(), knowledge.reload()];
  const fresh = { ...kept!, id: 'vers-item' as ItemId, title: 'Waar staat de kast met de sleutels?' };
  knowledge.put(fresh);
  knowledge.drop(gone!.id);
  slow.resolve(loaded);
  await Promise.all(reloading);
  const ids = knowledge.content().items.map(({ id }) => id);
  expect([ids.includes(fresh.id), ids.includes(gone!.id)]).toEqual([true, false]);
  expect(knowledge.answer({ text: fresh.title }).items[0]?.item.id).toBe(fresh.id);
});

it('says what is wrong when what was learnt cannot be read, and goes on with what there is', async () => {
  let away = false;
  const knowledge = await createKnowledgeBase(
    () => loadContent(folder),
    () => {},
    async () => {
      if (away) throw new Error('the store is away');
      return new Map();
    },
  );
  away = true;
  const { items } = knowledge.content();
  expect(await knowledge.reload()).toEqual({ items: items.length, problems: ['the store is away'] });
});
