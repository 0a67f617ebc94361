// What goes when its term is over: by the calendar, whole, once, and without touching a figure.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openReadModel, type ReadModel } from '../src/adapters/storage/read-model.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Store } from '../src/app/ports.ts';
import { audit, auditTrail } from '../src/app/privacy/audit.ts';
import { keptFrom, retain, retainDaily } from '../src/app/privacy/retention.ts';
import { type App, createTicket, findTickets } from '../src/app/questions/tickets.ts';
import { editSetUp } from '../src/app/set-up/change.ts';
import { readSetUp } from '../src/app/set-up/kept.ts';
import { NOTHING_SET_UP, type SetUp } from '../src/domain/set-up.ts';
import {
  type CentreId,
  type ContactId,
  type ServiceId,
  type ThemeId,
  type TicketId,
  yes,
} from '../src/domain/terms.ts';
import * as verbs from '../src/domain/verbs.ts';
import { instantAt } from '../src/domain/working-time.ts';
import { done, person } from './cast.ts';
import { deskOver, nobody } from './desk.ts';

const poc = 'poc-plus' as ServiceId;
const theme = 'dossier-en-inzage' as ThemeId;
const contact = 'poc-dossier' as ContactId;
const WORD = 'kanariepiet';
const TERMS = { texts: 60, wordings: 1_095, audit: 1_825 };

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const askers = [1, 2, 3, 1, 2].map((n) => person(idOf(n), {}, `Vraagsteller Nummer ${n}`));
const advisor = person(idOf(9), { advisorOf: [poc] }, 'Adviseur Nummer 9');

let folder: string;
let store: Store;
let app: App;
let figures: ReadModel;
let now: number;
const clock = { now: () => now };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retention-'));
  now = instantAt('2025-11-04', '10:00');
  store = openSqlite(join(folder, 'helpdesk.sqlite'), clock);
  const { content } = await loadContent('content');
  const few = { ...content, items: content.items.slice(0, 3) };
  const knowledge = await createKnowledgeBase(
    async () => ({ content: few, problems: [] }),
    () => undefined,
  );
  figures = openReadModel({ folder, store, content: () => few, clock, onFault: (line) => expect.fail(line) });
  const messenger: App['messenger'] = {
    ...nobody,
    post: async () => expect.fail('nothing is told'),
    update: async () => expect.fail('nothing is told'),
  };
  app = deskOver(store, knowledge, clock, { measures: figures, messenger });
});
afterEach(async () => {
  await figures.close();
  store.close();
  await rm(folder, { recursive: true });
});

/** A question that was asked, routed, answered and closed on a day; with `open` it still waits. */
async function question(n: number, day: string, { open = false } = {}): Promise<void> {
  const who = askers[n % askers.length]!;
  const at = instantAt(day, '10:00');
  const requester = { person: who.person, name: who.name, centre: 'go-clb-gent' as CentreId };
  const address = { conversationId: `a:chat-of-${who.person}`, serviceUrl: 'https://smba.trafficmanager.net/emea/' };
  const created = await createTicket(app, `ticket-${n}-${day}` as TicketId, address, (number) => {
    const asked = verbs.ask(
      {
        id: `ticket-${n}-${day}` as TicketId,
        number,
        channel: 'teams',
        requester,
        question: `${WORD} ${n}`,
        service: poc,
      },
      at,
    );
    const routing = {
      service: poc,
      theme,
      contact,
      question: `${WORD} ${n}`,
      urgency: 'this-week' as const,
      requester,
    };
    const routed = verbs.route(done(asked), who, at, `route:${who.person}:1`, routing);
    if (open) return routed;
    const answer = { text: `${WORD} antwoord`, minutes: 10, close: true, survey: true };
    return verbs.answer(done(routed), advisor, at + 3_600_000, `answer:${advisor.person}:2`, answer);
  });
  expect(created.ok).toBe(true);
}

const put = (pk: string, kind: string, body: unknown) => store.create({ pk, id: pk, kind, body });

async function filesWith(text: string): Promise<string[]> {
  const names = await readdir(folder);
  const found = await Promise.all(names.map(async (name) => (await readFile(join(folder, name))).includes(text)));
  return names.filter((_, index) => found[index]);
}
const counted = async (schoolYear: string) => {
  await figures.follow();
  const { figures: all } = await figures.figures({ schoolYear });
  const { questions, requesters, minutes, firstContact, timeToAnswer } = all;
  return { questions, requesters, minutes, firstContact, timeToAnswer };
};

describe('the term', () => {
  it.each([
    ['2026-10-30', '2025-09-01'],
    ['2026-10-31', '2026-09-01'],
    ['2026-11-25', '2026-09-01'],
    ['2027-08-31', '2026-09-01'],
    ['2027-09-01', '2026-09-01'],
  ])('on %s everything from %s on is kept', (today, from) => {
    expect(keptFrom(instantAt(today, '10:00'), 60)).toBe(instantAt(from, '00:00'));
  });
});

describe('past their term', () => {
  it('questions lose every text, name and person, in every file, and no figure changes', async () => {
    for (let n = 0; n < 5; n++) await question(n, '2025-11-04');
    await store.create({
      pk: `person:${askers[0]!.person}`,
      id: `person:${askers[0]!.person}`,
      kind: 'person',
      body: { name: askers[0]!.name, userId: '29:x', advisorOf: {} },
    });
    await store.create({ pk: 'draft:x:y', id: 'draft:x:y', kind: 'draft', body: { text: WORD, source: '', at: now } });
    await store.create({
      pk: 'time:1',
      id: 'time:1',
      kind: 'time',
      facets: { owner: advisor.person },
      body: {
        advisor: advisor.person,
        day: '2025-11-04',
        minutes: 30,
        strategy: 'helpdesk',
        note: `${WORD} voorbereid`,
        at: now,
      },
    });
    now = instantAt('2026-10-30', '10:00');
    const before = await counted('2025-2026');
    expect((await retain(app, TERMS, { dry: false })).questions).toBe(0);

    now = instantAt('2026-10-31', '10:00');
    const dry = await retain(app, TERMS, { dry: true });
    expect(dry).toMatchObject({ before: '2026-09-01', questions: 5, people: 1, drafts: 1, other: 1, underWay: 0 });
    expect(await filesWith(WORD)).not.toEqual([]);

    expect(await retain(app, TERMS, { dry: false })).toEqual({ ...dry, dry: false });
    await figures.follow();
    for (const gone of [
      WORD,
      'Vraagsteller Nummer',
      'Adviseur Nummer',
      'a:chat-of',
      ...[...askers, advisor].map((who) => who.person),
    ]) {
      expect([gone, await filesWith(gone)]).toEqual([gone, []]);
    }
    expect(await counted('2025-2026')).toEqual(before);
    expect(before.requesters).toBe(3);
    expect((await Array.fromAsync(auditTrail(store))).map(({ by, action, count }) => [by, action, count])).toEqual([
      ['system', 'retention', 8],
    ]);
    expect(await retain(app, TERMS, { dry: false })).toMatchObject({ questions: 0, people: 0, drafts: 0, other: 0 });
  });

  it('drafts of answers and cases go with their question, however lately they were written, and others stay', async () => {
    await question(0, '2025-11-04');
    await question(1, '2026-09-02');
    await question(2, '2025-11-05', { open: true });
    const [old, recent, open] = ['ticket-0-2025-11-04', 'ticket-1-2026-09-02', 'ticket-2-2025-11-05'];
    now = instantAt('2026-11-25', '10:00');
    const text = { title: WORD, theme, situation: WORD, question: WORD, approach: WORD, lesson: WORD };
    for (const [about, word] of [
      [old, WORD],
      [recent, 'roerdomp'],
      [open, 'wielewaal'],
    ] as const) {
      await put(`draft:${about}:${advisor.person}`, 'draft', { text: word, source: '', at: now });
      const draft = {
        status: 'waiting',
        ticket: about,
        by: advisor,
        at: now,
        keys: [],
        text: { ...text, title: word },
      };
      await put(`case:${about}`, 'case', draft);
    }
    await put('case:approved', 'case', { status: 'approved', text, approvedBy: advisor, on: '2025-12-01' });

    const dry = await retain(app, TERMS, { dry: true });
    expect(dry.drafts).toBe(2);
    expect(await retain(app, TERMS, { dry: false })).toEqual({ ...dry, dry: false });
    const left = async (kind: string) => (await store.list({ kind })).docs.map(({ doc }) => doc.pk).sort();
    expect(await left('draft')).toEqual([recent, open].map((about) => `draft:${about}:${advisor.person}`).sort());
    expect(await left('case')).toEqual(['case:approved', `case:${recent}`, `case:${open}`].sort());
  });

  it('the running school year is not touched, and what still waits is left and said', async () => {
    await question(0, '2025-11-04');
    await question(1, '2025-11-05', { open: true });
    await question(2, '2026-09-02');
    now = instantAt('2026-11-25', '10:00');
    expect(await retain(app, TERMS, { dry: false })).toMatchObject({ questions: 1, underWay: 1 });
    const tickets = await findTickets(app, { service: poc });
    expect(tickets.map(({ question }) => question)).toEqual([`${WORD} 2`, `${WORD} 1`, '']);
    const key = async (year: string) => (await store.read(`pseudonym-key:${year}`, `pseudonym-key:${year}`))?.doc.body;
    await figures.follow();
    expect(await key('2025-2026')).toHaveProperty('secret');
  });

  it('the key of a school year goes with its last question: folded again, the counts are the same', async () => {
    for (let n = 0; n < 3; n++) await question(n, '2025-11-04');
    expect((await counted('2025-2026')).requesters).toBe(3);
    now = instantAt('2026-11-25', '10:00');
    await retain(app, TERMS, { dry: false });
    expect((await store.read('pseudonym-key:2025-2026', 'pseudonym-key:2025-2026'))?.doc.body).toEqual({});
    await figures.close();
    for (const ending of ['', '-wal', '-shm']) await rm(join(folder, `figures.sqlite${ending}`), { force: true });
    const { content } = await loadContent('content');
    figures = openReadModel({ folder, store, content: () => content, clock, onFault: (line) => expect.fail(line) });
    const { questions, requesters } = await counted('2025-2026');
    expect([questions.total, requesters]).toEqual([3, 3]);
  });

  it('votes on wordings, proposals nobody published and audit entries have their terms too', async () => {
    const DAY = 86_400_000;
    const vote = (by: string, days: number) => ({ by, at: now - days * DAY });
    const wording = (text: string, ...votes: object[]) => ({ key: text, text, for: votes, against: [] });
    now = instantAt('2026-11-25', '10:00');
    await put('wordings:x', 'wordings', {
      wordings: [
        wording(`${WORD} oud`, vote('a', 1_200)),
        wording('wie bewaart het dossier', vote('a', 1_200), vote('b', 10)),
        { ...wording('weg'), removed: true },
      ],
    });
    await put('wording-teacher:a', 'wording-teacher', { taught: [{ item: 'x', key: 'k', at: now - 1_200 * DAY }] });
    const by = { person: advisor.person, name: advisor.name };
    const written = { question: `${WORD}?`, answer: WORD, variants: [], theme, audience: ['clb'], sources: [] };
    const waiting = { type: 'proposed', at: now - 200 * DAY, by, key: 'k', text: written };
    await put('item:old', 'item', { events: [waiting], told: 1 });
    await put('item:new', 'item', {
      events: [{ ...waiting, at: now - DAY, text: { ...written, question: 'nieuw' } }],
      told: 1,
    });
    await put('item:live', 'item', {
      events: [waiting, { type: 'published', version: 1, at: now - 190 * DAY, by, key: 'p' }],
      told: 2,
    });
    const later = now;
    now -= 2_000 * DAY;
    await audit({ store, clock }, 'system', { action: 'export', about: 'ticket' });
    now = later;
    await audit({ store, clock }, 'system', { action: 'export', about: 'ticket' });

    const dry = await retain(app, TERMS, { dry: true });
    expect(dry).toMatchObject({ wordings: 1, entries: 1, drafts: 1 });
    expect(await filesWith(`${WORD} oud`)).not.toEqual([]);
    expect(await retain(app, TERMS, { dry: false })).toEqual({ ...dry, dry: false });
    expect(await filesWith(`${WORD} oud`)).toEqual([]);
    const left = (await store.read('wordings:x', 'wordings:x'))!.doc.body as { wordings: { for: object[] }[] };
    expect(left.wordings.map((one) => one.for.length)).toEqual([1, 0]);
    const there = async (pk: string) => (await store.read(pk, pk)) !== undefined;
    expect(await Promise.all(['wording-teacher:a', 'item:old', 'item:new', 'item:live'].map(there))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect((await Array.fromAsync(auditTrail(store))).map(({ n, action }) => `${n} ${action}`)).toEqual([
      '2 export',
      '3 cut-trail',
      '4 retention',
    ]);
    expect(await retain(app, TERMS, { dry: false })).toMatchObject({ wordings: 0, entries: 0, drafts: 0 });
  });

  it('absences go thirty days after their last day, and after a school year nobody knows who set what up', async () => {
    now = instantAt('2026-11-25', '10:00');
    const by = advisor.person;
    const from = '2026-10-01';
    const absence = (id: string, to: string) => ({ id, contact, from, to, by, at: instantAt('2026-09-30', '10:00') });
    const change = { at: instantAt('2026-05-04', '10:00'), by, key: 'k', to: { role: 'Dossiers' } };
    const setUp: SetUp = {
      ...NOTHING_SET_UP,
      contacts: { [contact]: [change] },
      absences: [absence('over', '2026-10-25'), absence('just not', '2026-10-26'), absence('runs', '2026-12-04')],
    };
    await editSetUp(store, () => yes(setUp));
    const dry = await retain(app, TERMS, { dry: true });
    expect(dry).toMatchObject({ other: 1 });
    expect(await readSetUp(store)).toEqual(setUp);
    expect(await retain(app, TERMS, { dry: false })).toEqual({ ...dry, dry: false });
    const kept = await readSetUp(store);
    expect(kept.absences.map(({ id, by: maker }) => [id, maker])).toEqual([
      ['just not', by],
      ['runs', by],
    ]);
    expect(kept.contacts[contact]).toEqual([{ ...change, by: '' }]);
    // In use at once: the figures and the routing of this process know it too.
    const known = app.knowledge.content().contacts.find(({ id }) => id === contact);
    expect(known?.absences).toHaveLength(2);
    now += 40 * 86_400_000;
    expect(await retain(app, TERMS, { dry: false })).toMatchObject({ other: 2 });
    expect((await readSetUp(store)).absences).toEqual([]);
  });

  it('it happens once a day', async () => {
    await question(0, '2025-11-04');
    now = instantAt('2026-11-25', '10:00');
    await retainDaily(app, TERMS);
    await question(1, '2025-11-04');
    await retainDaily(app, TERMS);
    expect((await findTickets(app, { service: poc })).filter(({ question }) => question !== '')).toHaveLength(1);
    now += 24 * 3_600_000;
    await retainDaily(app, TERMS);
    expect((await findTickets(app, { service: poc })).filter(({ question }) => question !== '')).toHaveLength(0);
  });
});
