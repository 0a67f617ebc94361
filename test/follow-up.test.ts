// What is decided about a recurring topic: who may, what is kept, and how many questions came before and after.

import { describe, expect, it } from 'vitest';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { currentDecision, type Decision, decide, effectOf, type FollowUpEvent, undo } from '../src/domain/follow-up.ts';
import type { ContactId, FollowUpKindId, ServiceId, WorkingCalendar } from '../src/domain/terms.ts';
import { dayNumber } from '../src/domain/topics.ts';
import { done, person } from './cast.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const quality = person('quality', { quality: true }, 'Kwaliteitsteam');
const decision: Decision = {
  kind: 'faq' as FollowUpKindId,
  owner: 'poc-dossier' as ContactId,
  date: '2026-11-24',
  note: '',
  status: 'planned',
};

describe('a decision', () => {
  it('is added, changed and taken back, and nothing is lost', () => {
    const first = done(decide([], quality, NOW, 'a', decision));
    const second = done(decide(first, quality, NOW + 1, 'b', { ...decision, status: 'done' }));
    expect(currentDecision(second)).toMatchObject({ status: 'done', by: { name: 'Kwaliteitsteam' } });
    const third = done(undo(second, quality, NOW + 2, 'c'));
    expect(currentDecision(third)).toMatchObject({ status: 'planned' });
    const fourth = done(undo(third, quality, NOW + 3, 'd'));
    expect(currentDecision(fourth)).toBeUndefined();
    expect(fourth.map(({ type }) => type)).toEqual(['decided', 'decided', 'undone', 'undone']);
    expect(undo(fourth, quality, NOW, 'e')).toEqual({ ok: false, refusal: { kind: 'nothing-decided' } });
  });

  it('is taken once, however often the form is sent', () => {
    const once = done(decide([], quality, NOW, 'a', decision));
    expect(done(decide(once, quality, NOW + 5, 'a', { ...decision, status: 'done' }))).toEqual(once);
    const undone = done(undo(once, quality, NOW, 'u'));
    expect(done(undo(undone, quality, NOW, 'u'))).toEqual(undone);
  });

  it('is for the quality team only, within a year from today, and not without end', () => {
    const advisorOf = ['poc-plus' as ServiceId];
    const advisor = { ...quality, roles: { ...quality.roles, quality: false, advisorOf } };
    const administrator = { ...quality, roles: { ...quality.roles, quality: false, administrator: true } };
    for (const who of [advisor, administrator]) {
      expect(decide([], who, NOW, 'a', decision)).toEqual({ ok: false, refusal: { kind: 'not-allowed' } });
      expect(undo(done(decide([], quality, NOW, 'a', decision)), who, NOW, 'b')).toMatchObject({ ok: false });
    }
    expect(decide([], quality, NOW, 'a', { ...decision, date: '2025-11-22' })).toMatchObject({
      refusal: { kind: 'date-out-of-range', from: '2025-11-23', to: '2027-11-25' },
    });
    expect(decide([], quality, NOW, 'a', { ...decision, date: '2025-11-23' })).toMatchObject({ ok: true });
    let history: FollowUpEvent[] = [];
    for (let at = 0; at < 200; at++) history = done(decide(history, quality, NOW, `k${at}`, decision));
    expect(decide(history, quality, NOW, 'last', decision)).toMatchObject({ refusal: { kind: 'too-many-changes' } });
  });
});

describe('questions before and after', () => {
  const calendar: WorkingCalendar = {
    week: {},
    closed: [],
    schoolHolidays: [
      { name: 'Herfstvakantie', from: '2026-11-02', to: '2026-11-08' },
      { name: 'Wapenstilstand', from: '2026-11-11', to: '2026-11-11' },
    ],
  };
  const days = (...list: string[]) => list.map(dayNumber);
  const date = '2026-09-28';
  const asked = days(
    '2026-07-05',
    '2026-07-06',
    '2026-08-30',
    '2026-09-27',
    '2026-09-28',
    '2026-10-25',
    '2026-12-20',
    '2026-12-21',
  );
  const effect = (today: string, knownFrom: string | undefined = '2026-01-01') =>
    effectOf(asked, date, { today, knownFrom, calendar });

  it.each([
    ['2026-10-25', 'too-early', 0, 0, undefined],
    ['2026-10-26', 'interim', 4, 2, 2],
    ['2026-12-20', 'interim', 8, 2, 1],
    ['2026-12-21', 'complete', 12, 3, 1],
    ['2027-06-01', 'complete', 12, 3, 1],
    ['2026-01-01', 'too-early', 0, 0, undefined],
  ] as const)('on %s: %s', (today, state, weeks, questions, perFourWeeks) => {
    const { after, ...rest } = effect(today);
    expect(rest.state).toBe(state);
    expect(after).toMatchObject({ weeks, questions, perFourWeeks });
    expect(rest.before).toMatchObject({ weeks: 12, questions: 3, perFourWeeks: 1 });
  });

  it('notes the weeks of school holiday, and not a single free day', () => {
    expect(effect('2026-12-21').after.holidayWeeks).toBe(1);
    expect(effect('2026-12-21').before.holidayWeeks).toBe(0);
  });

  it('leaves out the weeks before there were any questions', () => {
    expect(effect('2026-12-21', '2026-07-07').before).toMatchObject({ weeks: 8, questions: 2, perFourWeeks: 1 });
    expect(effect('2026-12-21', '2026-09-20').before).toMatchObject({ weeks: 0, perFourWeeks: undefined });
    const nothing = effectOf([], date, { today: '2026-12-21', knownFrom: undefined, calendar });
    expect(nothing.before).toMatchObject({ weeks: 0, questions: 0, perFourWeeks: undefined });
  });
});

it('is checked when it is read, and earlier fields may grow', async () => {
  const file = openSqlite(':memory:', { now: () => 1 });
  const store = checked(file, () => {});
  const event = { at: 1, by: { person: 'q', name: 'Kwaliteitsteam' }, key: 'k' };
  const decided = { ...event, type: 'decided', ...decision };
  const put = (id: string, kind: string, body: unknown) => file.create({ pk: id, id, kind, body });
  await put('good', 'followup', {
    history: [
      { ...decided, later: 'field' },
      { ...event, type: 'undone' },
    ],
  });
  await put('status', 'followup', { history: [{ ...decided, status: 'maybe' }] });
  await put('type', 'followup', { history: [{ ...event, type: 'forgotten' }] });
  await put('topic', 'topic', { words: ['dossier'], members: ['t1'], at: 1, later: true });
  await put('broken', 'topic', { words: 'dossier', members: [], at: 1 });
  expect((await store.read('good', 'good'))?.doc.body).toMatchObject({ history: [{ later: 'field' }, {}] });
  expect((await store.read('topic', 'topic'))?.doc.kind).toBe('topic');
  await expect(store.read('status', 'status')).rejects.toThrow('stored followup "status" is damaged');
  await expect(store.read('type', 'type')).rejects.toThrow('damaged');
  await expect(store.read('broken', 'broken')).rejects.toThrow('stored topic "broken" is damaged: words');
  store.close();
});
