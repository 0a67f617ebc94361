// Stories of a demonstration: the same data every time, valid to the last event, told to nobody, and never beside real work.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { documentsOf } from '../src/app/documents.ts';
import { demonstrate, demonstrationIn, demonstrationSays, directoryFor } from '../src/app/figures/demonstration.ts';
import { decisionDay, schoolYearsUntil, silentCentre, WEEK_MS } from '../src/app/figures/demonstration-plan.ts';
import { report } from '../src/app/figures/statistics.ts';
import type { Content, Store } from '../src/app/ports.ts';
import { allTickets, opened, pending } from '../src/app/questions/tickets.ts';
import type { FollowUpRecord, SessionRecord } from '../src/app/records.ts';
import { allSessions } from '../src/app/registration/sessions.ts';
import { readConfig } from '../src/config.ts';
import { type CentreId, CHANNELS } from '../src/domain/terms.ts';
import { type Ticket, wasRegistered } from '../src/domain/ticket.ts';
import { brusselsDay, instantAt, isSchoolHoliday, schoolYearOf } from '../src/domain/working-time.ts';
import { locale } from '../src/locale/locale.ts';
import { start } from '../src/main.ts';
import { countingAll } from './counting.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const clock = { now: () => NOW };
const damaged: string[] = [];
const emptyStore = () => checked(openSqlite(':memory:', clock), (message) => damaged.push(message));

let content: Content;
let store: Store;
let tickets: Ticket[];
const fill = (into: Store, seed = '1', now = NOW) => demonstrate({ store: into, content, now, seed, schoolYears: 2 });

beforeAll(async () => {
  ({ content } = await loadContent('content'));
  store = emptyStore();
  await fill(store);
  tickets = await Array.fromAsync(allTickets(store));
});
afterAll(() => store.close());

const count = <One>(list: readonly One[], holds: (one: One) => boolean): number => list.filter(holds).length;

describe('demonstration data', () => {
  it('fills two school years and the running one', async () => {
    expect(tickets.length).toBeGreaterThan(3_500);
    expect(tickets.length).toBeLessThan(4_800);
    const sessions = await Array.fromAsync(allSessions(store));
    expect(sessions.length).toBeGreaterThan(120);
    expect([...new Set(tickets.map(({ askedAt }) => schoolYearOf(askedAt)))].sort()).toEqual(schoolYearsUntil(NOW, 2));
    expect(damaged).toEqual([]);
  });

  it('is the same again for the same seed, and other for another', async () => {
    const facts = (list: Ticket[]) => list.map(({ number, events }) => [number, JSON.stringify(events)].join(' '));
    const again = emptyStore();
    await fill(again);
    expect(facts(await Array.fromAsync(allTickets(again)))).toEqual(facts(tickets));
    const other = emptyStore();
    await fill(other, 'another');
    expect(facts(await Array.fromAsync(allTickets(other)))).not.toEqual(facts(tickets));
  });

  it('tells of nothing that is still to come, in the order in which it happened', () => {
    for (const { events, number } of tickets) {
      expect(Math.max(...events.map(({ at }) => at)), number).toBeLessThanOrEqual(NOW);
      const own = events.filter(({ type }) => type !== 'registered').map(({ at }) => at);
      expect(own, number).toEqual([...own].sort((a, b) => a - b));
    }
  });

  it('shows every channel, outcome and turn of events', () => {
    expect(new Set(tickets.map(({ channel }) => channel))).toEqual(new Set(CHANNELS));
    const outcomes = tickets.flatMap(({ state }) => (state.kind === 'closed' ? [state.outcome] : []));
    // Merging takes two tickets, and each of these lives on its own.
    const alone = Object.keys(locale.outcome).filter((outcome) => outcome !== 'merged');
    expect(new Set(outcomes)).toEqual(new Set(alone));
    const types = new Set(tickets.flatMap(({ events }) => events.map(({ type }) => type)));
    for (const type of [
      'handed-over',
      'released',
      'consulted',
      'asked-back',
      'replied',
      'reopened',
      'reminded',
    ] as const)
      expect(types).toContain(type);
    for (const type of ['surveyed', 'theme-corrected', 'time-logged', 'withdrawn', 'referred'] as const)
      expect(types).toContain(type);
    expect(count(tickets, ({ state }) => state.kind !== 'closed')).toBeGreaterThan(3);
    const untimed = count(
      tickets,
      (one) => wasRegistered(one) && !one.events.some(({ type }) => type === 'time-logged'),
    );
    expect(untimed).toBeGreaterThan(20);
  });

  it('follows the school year: hardly anybody asks in the holidays', () => {
    const asked = (holds: (day: string) => boolean) => count(tickets, ({ askedAt }) => holds(brusselsDay(askedAt)));
    expect(asked((day) => /-(07|08)-/.test(day))).toBeLessThan(asked((day) => /-10-/.test(day)) / 5);
    expect(asked((day) => isSchoolHoliday(content.calendar, day))).toBeLessThan(tickets.length / 20);
  });

  it('has one centre that fell silent', () => {
    const years = schoolYearsUntil(NOW, 2);
    const at = (centre: CentreId, year: string) =>
      count(tickets, ({ requester, askedAt }) => requester.centre === centre && schoolYearOf(askedAt) === year);
    const silent = silentCentre(content)!;
    expect(at(silent, years[0]!)).toBeGreaterThan(0);
    expect([at(silent, years[1]!), at(silent, years[2]!)]).toEqual([0, 0]);
    for (const { id } of content.centres.filter((one) => one.kind === 'clb' && one.id !== silent))
      expect(at(id, years[1]!), id).toBeGreaterThan(0);
  });

  it('has a topic that returns until something is decided about it', () => {
    const decided = instantAt(decisionDay(schoolYearsUntil(NOW, 2)), '12:00');
    const item = content.items.find(
      ({ kind, themes }) => kind === 'faq' && themes[0] === locale.demonstration.recurringTheme,
    )!;
    const wordings = new Set([item.title, ...item.variants, ...item.wordings]);
    const asked = tickets.filter(({ question }) => wordings.has(question));
    const between = (from: number, to: number) =>
      count(asked, ({ askedAt }) => decided + from * WEEK_MS <= askedAt && askedAt < decided + to * WEEK_MS);
    expect(between(-12, 0)).toBeGreaterThan(40);
    expect(between(12, 24)).toBeLessThan(between(-12, 0) / 3);
  });

  it('notes what was decided about it', async () => {
    const [decision] = (await store.list({ kind: 'followup' })).docs;
    const { history } = decision!.doc.body as FollowUpRecord;
    expect(history).toMatchObject([{ type: 'decided', kind: 'helpdesksessie', status: 'done' }]);
  });

  it('tells nobody anything', async () => {
    for await (const stored of documentsOf(store, { kind: 'ticket' })) {
      const { ticket, record } = opened(stored);
      expect(pending(ticket, record, 'requester') || pending(ticket, record, 'channel'), ticket.number).toBe(false);
    }
  });

  it('holds roles and numbers, no people, and says that it is a demonstration', async () => {
    const roles = new Set(content.contacts.map(({ role }) => role));
    for (const { requester, events } of tickets) {
      if (requester.name !== '') expect(requester.name).toMatch(/^Medewerker \d+$/);
      for (const { by } of events) if (by && by.name !== requester.name) expect(roles).toContain(by.name);
    }
    const said = await report(
      { store, measures: countingAll(store, () => content, clock) },
      content,
      '2025-2026',
      'table',
    );
    expect(said).toContain(locale.demonstration.explanation);
    expect(said).toMatch(/Demoschool \d{3}/);
    const schools = (await directoryFor(store, content)).centres.filter(({ name }) => name.startsWith('Demoschool'));
    expect(schools).toHaveLength(200);
  });

  it('can be loaded again without adding anything, and taken up where it stopped', async () => {
    expect(await fill(store, '1', NOW + 60_000)).toEqual({ outcome: 'there' });
    expect(demonstrationSays(await fill(store, 'another'))).toContain('--seed 1');
    const half = emptyStore();
    let left = 1_500;
    const dying: Store = {
      ...half,
      create: async (doc) => {
        if (left-- === 0) throw new Error('the power went');
        return half.create(doc);
      },
    };
    await expect(fill(dying)).rejects.toThrow('the power went');
    expect(await fill(half, '1', NOW + 3_600_000)).toMatchObject({ outcome: 'loaded', tickets: tickets.length });
    const numbers = (await Array.fromAsync(allTickets(half))).map(({ number }) => number);
    expect(new Set(numbers)).toEqual(new Set(tickets.map(({ number }) => number)));
  });

  it('stays out of a store with real questions or sessions', async () => {
    const real = emptyStore();
    const { doc } = (await store.list({ kind: 'ticket' }, { limit: 1 })).docs[0]!;
    const chat = (serviceUrl: string) => ({ ...(doc.body as object), address: { conversationId: 'a', serviceUrl } });
    await real.create({ ...doc, body: chat('https://smba.trafficmanager.net/emea/') });
    expect(await fill(real)).toEqual({ outcome: 'refused', why: locale.demonstration.said.real });
    expect(await demonstrationIn(real)).toBeUndefined();
    const playing = emptyStore();
    await playing.create({ ...doc, id: 'own', pk: 'own', body: chat('http://127.0.0.1:3978/playground/connector') });
    expect(await fill(playing)).toMatchObject({ outcome: 'loaded' });
    const held = emptyStore();
    const session = (await store.list({ kind: 'session' }, { limit: 1 })).docs[0]!.doc;
    await held.create({ ...session, body: { ...(session.body as SessionRecord) } });
    expect((await fill(held)).outcome).toBe('refused');
  });

  it('is not what a real helpdesk starts on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'helpdesk-demonstration-'));
    const env = { PORT: '0', DATA_DIR: folder, CONTENT_DIR: './content', LOG_LEVEL: 'silent' };
    const file = openSqlite(join(folder, 'helpdesk.sqlite'), clock);
    await file.create({ ...(await store.read('control:demonstration', 'control:demonstration'))!.doc });
    file.close();
    const credentials = { CLIENT_ID: 'app', TENANT_ID: 'tenant', CLIENT_SECRET: 'secret' };
    await expect(start(readConfig({ ...env, ...credentials }, false), clock)).rejects.toThrow('demonstration data');
    await rm(folder, { recursive: true });
  });
});
