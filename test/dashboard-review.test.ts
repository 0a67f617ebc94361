// Deciding on the dashboard about items that wait: who sees them, who may what, and that nothing is lost on a no.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { createDashboardDoor } from '../src/adapters/http/dashboard.ts';
import { listen } from '../src/adapters/http/server.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createDashboard } from '../src/app/figures/dashboard.ts';
import type { ReviewRow, SentReview } from '../src/app/figures/dashboard-shapes.ts';
import { idFor, readItem, withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, KnowledgeBase, Store } from '../src/app/ports.ts';
import type { PersonId } from '../src/domain/terms.ts';
import { deskOver, silent } from './desk.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const QUESTION = 'Hoe vraag ik een badge voor het archief?';
const ID = idFor(QUESTION);
const PEOPLE: Record<string, { email: string; advisorOf: string }> = {
  owner: { email: 'dossier@example.org', advisorOf: 'poc-plus' },
  substitute: { email: 'beroepsgeheim@example.org', advisorOf: 'poc-plus' },
  colleague: { email: 'collega@example.org', advisorOf: 'poc-plus' },
  other: { email: 'wiskunde@example.org', advisorOf: 'pbd-go' },
  requester: { email: 'gent@example.org', advisorOf: '' },
  quality: { email: 'kwaliteit@example.org', advisorOf: '' },
};

let all: Content;
let store: Store;
let knowledge: KnowledgeBase;
let door: Awaited<ReturnType<typeof listen>>;
let folder: string;
let now: number;
const clock = { now: () => now };

beforeEach(async () => {
  now = NOW;
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-review-'));
  all ??= (await loadContent('content')).content;
  const content = { ...all, items: all.items.slice(0, 20) };
  store = checked(openSqlite(':memory:', clock), () => {});
  knowledge = await createKnowledgeBase(
    () => withItems({ content, problems: [] }, store),
    () => {},
  );
  for (const [person, { email, advisorOf }] of Object.entries(PEOPLE)) {
    const body = {
      name: person,
      userId: person,
      email,
      rosterReadAt: NOW,
      advisorOf: advisorOf ? { [advisorOf]: NOW } : {},
    };
    const pk = `person:${person}`;
    await store.create({ pk, id: pk, kind: 'person', ...(advisorOf ? { facets: { service: advisorOf } } : {}), body });
  }
  const text = {
    question: QUESTION,
    answer: 'Mail **het onthaal**.',
    variants: ['badge kwijt'],
    theme: 'dossier-en-inzage',
    audience: ['clb'],
    sources: [],
  };
  const event = {
    type: 'proposed',
    at: NOW - 3 * 86_400_000,
    by: { person: 'owner', name: 'Adviseur' },
    key: 'first',
    text,
  };
  const pk = `item:${ID}`;
  await store.create({ pk, id: pk, kind: 'item', facets: { status: 'proposed' }, body: { events: [event], told: 1 } });
  const tasks = createDashboard(deskOver(store, knowledge, clock), {
    administrators: new Set(),
    quality: new Set(['quality']),
  });
  const app = express();
  app.use(
    createDashboardDoor({
      tasks,
      signIn: async ({ query }) => ({ visitor: { person: String(query.viewer) as PersonId, name: 'x' } }),
      folder,
      framed: false,
      files: { csv: () => Buffer.of(), xlsx: () => Buffer.of(), docx: () => Buffer.of() },
      log: silent,
    }),
  );
  door = await listen(app, 0, '127.0.0.1');
});
afterEach(async () => {
  await door.close();
  store.close();
  await rm(folder, { recursive: true });
});

const url = (path: string, who: string) => `http://127.0.0.1:${door.port}/api/dashboard/${path}?viewer=${who}`;
const waiting = async (who: string): Promise<ReviewRow[] | number> => {
  const response = await fetch(url('reviews', who));
  return response.ok ? ((await response.json()) as ReviewRow[]) : response.status;
};
let sent = 0;
const send = async (who: string, more: Partial<SentReview> | { how: string }): Promise<string> => {
  const form = {
    how: 'publish',
    item: ID,
    version: 1,
    key: `review-press-${++sent}`,
    question: '',
    answer: '',
    reason: '',
    ...more,
  };
  const response = await fetch(url('review', who), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(form),
  });
  const { saved, error } = (await response.json()) as { saved?: string; error?: string };
  return saved ?? `${response.status} ${error}`;
};
const entry = async () => (await readItem(store, ID))!.entry;

it('lists what waits, since when, for who looks after it and for the quality team', async () => {
  const row = { item: ID, version: 1, question: QUESTION, days: 3, since: '2026-11-21', change: false };
  for (const who of ['owner', 'substitute', 'quality']) expect(await waiting(who)).toMatchObject([row]);
  for (const who of ['colleague', 'other']) expect(await waiting(who)).toEqual([]);
  for (const who of ['requester', 'nobody']) expect(await waiting(who)).toBe(403);
});

it.each(['publish', 'send-back', 'reject', 'edit'] as const)(
  '%s is refused to who may not, and changes nothing',
  async (how) => {
    const before = JSON.stringify(await entry());
    const form = { how, reason: 'Omdat.', question: QUESTION, answer: 'Iets anders.' };
    expect(await send('colleague', form)).toMatch(
      how === 'edit' ? /^409 .*stelde deze vraag al voor/ : /^409 .*alleen wie dit thema beheert/,
    );
    expect(await send('other', form)).toMatch(/^409 /);
    expect(await send('requester', form)).toMatch(/^403 /);
    expect(await send('nobody', form)).toMatch(/^403 /);
    expect(JSON.stringify(await entry())).toBe(before);
  },
);

it('publishes what somebody else wrote, once, and it is live', async () => {
  expect(await send('owner', {})).toMatch(/^409 Dit schreef je zelf/);
  expect(await send('substitute', { version: 2 })).toMatch(/^409 Iemand paste dit intussen aan/);
  expect(await send('substitute', {})).toContain('Gepubliceerd');
  expect(await send('quality', {})).toMatch(/^409 Hier wacht niets/);
  expect(knowledge.content().items.find(({ id }) => id === ID)).toMatchObject({ reviewedOn: '2026-11-24' });
  expect(await waiting('quality')).toEqual([]);
});

it('sends back and rejects with a reason only', async () => {
  expect(await send('substitute', { how: 'send-back', reason: '  ' })).toMatch(/^409 Zeg in een zin waarom/);
  expect(await send('substitute', { how: 'send-back', reason: 'Te vaag.' })).toContain('Teruggestuurd');
  expect((await entry()).state).toMatchObject({ kind: 'sent-back', reason: 'Te vaag.' });
});

it('changes question and answer and keeps the rest; a pupil, an empty answer or a too long one is refused', async () => {
  const form = { how: 'edit', question: QUESTION, answer: 'Mail het onthaal met je nummer.' } as const;
  expect(await send('quality', { ...form, answer: 'De mama van Jonas Peeters belde.' })).toMatch(
    /^409 Hier staat nog iets herkenbaars/,
  );
  expect(await send('quality', { ...form, answer: '' })).toMatch(/^409 Vul een vraag en een antwoord in/);
  expect(await send('quality', { ...form, answer: 'a'.repeat(20_000) })).toMatch(/^409 Een antwoord telt hoogstens/);
  expect(await send('quality', form)).toContain('Voorgesteld');
  expect((await entry()).versions[1]!.text).toMatchObject({ answer: form.answer, variants: ['badge kwijt'] });
  expect(await send('quality', { ...form, version: 1 })).toMatch(/^409 Iemand paste dit intussen aan/);
  // Two people wrote on it: the one who wrote first may publish it now.
  expect(await send('owner', { version: 2 })).toContain('Gepubliceerd');
});

it('refuses a form that is none', async () => {
  expect(await send('quality', { how: 'erase' })).toMatch(/^400 /);
  expect(await send('quality', { item: 'x'.repeat(300) })).toMatch(/^400 /);
  expect(await send('quality', { item: 'niets' })).toMatch(/^409 Dit item is er niet meer/);
});
