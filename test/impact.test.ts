// What an item or a decision did, counted by hand.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { impactLabel, impactSheet, impactValues } from '../src/app/figures/impact-sheet.ts';
import { withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Store } from '../src/app/ports.ts';
import { impacts } from '../src/app/topics/impacts.ts';
import type { Sources } from '../src/app/topics/topic-reader.ts';
import { impactOf } from '../src/domain/impact.ts';
import type { ItemId, PersonId, ServiceId, TicketId, WorkingCalendar } from '../src/domain/terms.ts';
import { dayNumber, type TopicQuestion } from '../src/domain/topics.ts';
import { silent } from './desk.ts';

const calendar: WorkingCalendar = { week: {}, closed: [], schoolHolidays: [] };
const known = { today: '2026-11-24', knownFrom: '2026-01-01', calendar };
const DATE = '2026-09-29';

let made = 0;
const question = (day: string, more: Partial<TopicQuestion> = {}): TopicQuestion => ({
  ticket: `t${++made}` as TicketId,
  number: `HD-2026-${made}`,
  askedAt: Date.parse(day),
  day: dayNumber(day),
  channel: 'teams',
  service: 'poc-plus' as ServiceId,
  person: `p${made % 6}` as PersonId,
  outcome: 'answered',
  minutes: 0,
  finding: 'none',
  ...more,
});
const times = (n: number, day: string, more: Partial<TopicQuestion> = {}) =>
  Array.from({ length: n }, () => question(day, more));

describe('the effect of something on a day', () => {
  // 12 weeks before 29 September: from 7 July; whole blocks after it up to 24 November: 8 weeks, up to 23 November.
  const all = [
    ...times(1, '2026-07-06', { outcome: 'self-service', minutes: 60 }),
    ...times(5, '2026-08-03', { minutes: 10 }),
    ...times(3, '2026-09-28', { outcome: 'self-service', minutes: 20 }),
    ...times(1, '2026-09-28', { outcome: 'withdrawn' }),
    ...times(6, '2026-09-29', { outcome: 'self-service' }),
    ...times(2, '2026-11-23', { outcome: 'self-service-unconfirmed' }),
    ...times(2, '2026-11-23', { channel: 'phone', minutes: 30 }),
    ...times(4, '2026-11-24', { outcome: 'self-service' }),
  ];
  const impact = impactOf(all, DATE, known);

  it('counts questions per 4 weeks on both sides, by Teams and otherwise', () => {
    expect(impact.effect).toMatchObject({
      state: 'interim',
      before: { weeks: 12, questions: 9, perFourWeeks: 3 },
      after: { weeks: 8, questions: 10, perFourWeeks: 5 },
    });
  });

  it('counts who helped themselves of the finished questions by Teams', () => {
    expect(impact.before).toEqual({ explicit: 3, unconfirmed: 0, of: 8 });
    expect(impact.after).toEqual({ explicit: 6, unconfirmed: 2, of: 8 });
  });

  it('takes the middle half of the minutes of the topic, and only what came on top of before', () => {
    // Minutes 10 ×5, 20 ×3, 30 ×2, 60 ×1: of 11 the third is 10, the ninth 30.
    expect(impact.perQuestion).toEqual({ least: 10, most: 30, timed: 11 });
    // Before: 3 in 12 weeks is 2 in 8. Extra: 6 − 2 = 4 at 10, and 8 − 2 = 6 at 30.
    expect(impact.saved).toEqual({ least: 40, most: 180 });
  });

  it('assumes 5 to 15 minutes when fewer than 5 questions were timed, and never saves less than nothing', () => {
    const few = [...times(4, '2026-09-01', { outcome: 'self-service', minutes: 40 }), ...times(1, '2026-10-01')];
    const { perQuestion, saved } = impactOf(few, DATE, known);
    expect(perQuestion).toEqual({ least: 5, most: 15, timed: 0 });
    expect(saved).toEqual({ least: 0, most: 0 });
  });

  it('says nothing of an effect in the first 4 weeks, and hides what rests on fewer than 5 people', () => {
    const early = impactOf(all, '2026-11-10', known);
    expect(impactValues(early, true).slice(3)).toEqual([null, null, null, null]);
    const alone = impactOf(
      all.map((one) => ({ ...one, person: 'p1' as PersonId })),
      DATE,
      known,
    );
    expect(impactValues(alone, false)).toEqual([3, 5, 'hidden', 'hidden', 'hidden', 'hidden', 'hidden']);
    expect(impactValues(alone, true)).toEqual([3, 5, 3 / 8, 6 / 8, 2 / 8, 40, 180]);
    expect(impactValues(impact, false)).toEqual(impactValues(impact, true));
  });

  it('prints what a question was taken to cost', () => {
    const row = { id: 'a', name: 'Naam', date: DATE, kind: 'item' as const, impact };
    expect(impactLabel(row, (day) => day)).toBe(
      'Naam (FAQ-item, 2026-09-29, nog geen 12 weken; 10 tot 30 min. per vraag, van 11 vragen)',
    );
    const assumed = { ...row, impact: impactOf([], DATE, known) };
    expect(impactLabel(assumed, (day) => day)).toContain('aanname: 5 tot 15 min. per vraag');
  });
});

describe('the list of a school year', () => {
  let store: Store;
  let app: Sources;
  const now = Date.parse('2026-11-24T09:00:00Z');
  const clock = { now: () => now };
  beforeEach(async () => {
    store = checked(openSqlite(':memory:', clock), () => {});
    const by = { person: 'writer', name: 'Adviseur' };
    const text = {
      question: 'Hoe vraag ik een badge voor het archief?',
      answer: 'Mail het onthaal.',
      variants: [],
      theme: 'dossier-en-inzage',
      audience: ['clb'],
      sources: [],
    };
    const at = Date.parse('2026-09-29T09:00:00Z');
    const events = [
      { type: 'proposed', at, by, key: 'a', text },
      { type: 'published', at, by: { ...by, person: 'other' }, key: 'b', version: 1 },
    ];
    const put = (id: string, history: object[]) =>
      store.create({
        pk: `item:${id}`,
        id: `item:${id}`,
        kind: 'item',
        body: { events: history, told: history.length },
      });
    await put('badge', events);
    await put('wacht', events.slice(0, 1));
    const loaded = await loadContent('content');
    const knowledge = await createKnowledgeBase(
      () => withItems(loaded, store),
      () => {},
    );
    app = { store, knowledge, clock, log: silent };
  });
  afterEach(() => store.close());

  it('has every item that was published in it, for whoever looks after its service', async () => {
    const all = await impacts(app, 'all', '2026-2027', Number.POSITIVE_INFINITY);
    expect(all).toMatchObject({ ready: true, rows: [{ kind: 'item', id: 'badge' as ItemId, date: '2026-09-29' }] });
    expect(impactSheet(all.rows, true).rows).toHaveLength(1);
    expect((await impacts(app, ['pbd-go' as ServiceId], '2026-2027', 0)).rows).toEqual([]);
    expect((await impacts(app, ['poc-plus' as ServiceId], '2026-2027', 0)).rows).toHaveLength(1);
    expect((await impacts(app, 'all', '2025-2026', 0)).rows).toEqual([]);
  });
});
