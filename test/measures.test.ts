// Every figure counted by hand on small histories, and what must hold of the figures of any history.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attackStatistics } from '../bench/statistics-attack.ts';
import type { TimeFacts } from '../src/domain/facts.ts';
import { type Cell, FIGURE_KEYS, measure, measureWithPrevious } from '../src/domain/measures.ts';
import { type Context, type Filters, NOT_CLOSED, PARTS, select, UNKNOWN } from '../src/domain/selection.ts';
import type { SessionFacts } from '../src/domain/sessions.ts';
import { openTables, suppressSmallCells } from '../src/domain/small-cells.ts';
import type {
  CentreId,
  ContactId,
  FunctionId,
  IntakeChannel,
  PersonId,
  Result,
  ServiceId,
  StrategyId,
  Theme,
  ThemeId,
  TicketId,
  WorkingCalendar,
} from '../src/domain/terms.ts';
import type { Refusal, Ticket } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { instantAt } from '../src/domain/working-time.ts';
import { locale } from '../src/locale/locale.ts';
import { done, person } from './cast.ts';
import { baseOf } from './counting.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const office: [string, string][] = [
  ['08:30', '12:00'],
  ['13:00', '16:30'],
];
const calendar: WorkingCalendar = {
  week: { mon: office, tue: office, wed: office, thu: office, fri: office },
  closed: [],
  schoolHolidays: [],
};
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11));
const now = at('2026-11-30 12:00');
const poc = 'poc' as ServiceId;
const theme = (id: string, coreProcess: string, service = 'poc') =>
  ({ id: id as ThemeId, name: id, coreProcess, service: service as ServiceId }) as Theme;
const centre = (id: string, kind: 'clb' | 'school') => ({
  id: id as CentreId,
  name: id,
  kind,
  region: '',
  province: '',
});
const directory: Context['directory'] = {
  services: [],
  strategies: [],
  themes: [theme('file', 'A'), theme('law', 'A'), theme('maths', 'B', 'pbd')],
  centres: [centre('gent', 'clb'), centre('aalst', 'clb'), centre('brugge', 'clb'), centre('school', 'school')],
  functions: [
    { id: 'anker' as FunctionId, name: '', audience: 'clb' },
    { id: 'teacher' as FunctionId, name: '', audience: 'school' },
  ],
};
const context: Context = {
  directory,
  now,
  survey: { positiveFrom: 6, items: ['clear', 'quick'].map((id) => ({ id, text: '' })) },
};
const figures = (tickets: Ticket[], filters: Filters = {}, other: Partial<Context> = {}) =>
  measure(baseOf(tickets, calendar), { ...context, ...other }, { schoolYear: '2026-2027', ...filters });
const backlogAt = (tickets: Ticket[], instant: number) => figures(tickets, {}, { now: instant }).backlog;

const me = person('person-me', { advisorOf: [poc] });
const other = person('person-other', { advisorOf: [poc] });
const system = { kind: 'system' } as const;

type Step = (ticket: Ticket) => Result<Ticket, Refusal>;
type Asked = { by?: string; centre?: string; job?: string; theme?: string; channel?: IntakeChannel };
let count = 0;
const key = () => `k${++count}`;
const asker = (ticket: Ticket) => person(ticket.requester.person!);

/** A question asked at a moment of the Brussels clock, and what happened to it. */
function question(when: string, { by = 'person-1', centre, job, theme, channel = 'teams' }: Asked, ...steps: Step[]) {
  const requester = {
    person: by as PersonId,
    name: `naam van ${by}`,
    ...(centre ? { centre: centre as CentreId } : {}),
    ...(job ? { function: job as FunctionId } : {}),
  };
  const id = key() as TicketId;
  const asked = verbs.ask({ id, number: id, channel, requester, service: poc, question: 'Vraag?' }, at(when));
  const themed = (ticket: Ticket) =>
    theme
      ? verbs.suggest(ticket, system, at(when), {
          decision: 'answer',
          items: [],
          theme: { id: theme as ThemeId, confidence: 1 },
        })
      : asked;
  return [themed, ...steps].reduce((ticket, step) => done(step(ticket)), done(asked));
}
const suggest =
  (when: string, decision: 'answer' | 'unsure' | 'none'): Step =>
  (t) =>
    verbs.suggest(t, system, at(when), { decision, items: [] });
const helped =
  (when: string): Step =>
  (t) =>
    verbs.rate(t, asker(t), at(when), true);
const expire =
  (when: string): Step =>
  (t) =>
    verbs.expire(t, system, at(when));
const route =
  (when: string): Step =>
  (t) =>
    verbs.route(t, asker(t), at(when), key(), {
      service: poc,
      contact: 'c' as ContactId,
      question: t.question,
      urgency: 'soon',
      requester: t.requester,
    });
const claim =
  (when: string, who = me): Step =>
  (t) =>
    verbs.claim(t, who, at(when));
const answer =
  (when: string, close = true, minutes?: number, who = me): Step =>
  (t) =>
    verbs.answer(t, who, at(when), key(), { text: 'Zo.', close, survey: close, ...(minutes ? { minutes } : {}) });
const askBack =
  (when: string): Step =>
  (t) =>
    verbs.askBack(t, me, at(when), key(), 'Wie?');
const reply =
  (when: string): Step =>
  (t) =>
    verbs.reply(t, asker(t), at(when), key(), 'Ik.');
const refer =
  (when: string): Step =>
  (t) =>
    verbs.refer(t, me, at(when), key(), { to: 'Elders', where: 'outside', note: '', survey: true });
const handOver =
  (when: string, by = me): Step =>
  (t) =>
    verbs.handOver(t, by, at(when), key(), { advisor: { person: other.person, name: other.name } });
const consult =
  (when: string): Step =>
  (t) =>
    verbs.consult(t, me, at(when), key(), { colleague: 'Collega', where: 'inside', told: false });
const logTime =
  (when: string, minutes: number, who = me): Step =>
  (t) =>
    verbs.logTime(t, who, at(when), key(), minutes);
const close =
  (when: string): Step =>
  (t) =>
    verbs.close(t, me, at(when), key(), true);
const reopen =
  (when: string): Step =>
  (t) =>
    verbs.reopen(t, asker(t), at(when), key(), '');
const withdraw =
  (when: string): Step =>
  (t) =>
    verbs.withdraw(t, asker(t), at(when));
const correct =
  (when: string, to: string): Step =>
  (t) =>
    verbs.correctTheme(t, me, at(when), to as ThemeId);
const score =
  (when: string, scores: Record<string, number>): Step =>
  (t) =>
    verbs.survey(t, asker(t), at(when), { scores, remark: '', scale: 8 });
const redact =
  (when: string): Step =>
  (t) =>
    verbs.redact(t, { ...me, roles: { ...me.roles, administrator: true } }, at(when));

/** "gent 2, aalst 0" */
const shown = (cells: Pick<Cell, 'id' | 'value'>[]) => cells.map(({ id, value }) => `${id} ${value}`).join(', ');
const filled = (cells: Pick<Cell, 'id' | 'value'>[]) => shown(cells.filter(({ value }) => value !== 0));

describe('questions', () => {
  const tickets = [
    question('2026-09-01 00:00', { by: 'person-1', centre: 'gent', job: 'anker', theme: 'file' }),
    question('2026-09-30 23:30', { by: 'person-1', centre: 'gent', job: 'anker', theme: 'law', channel: 'phone' }),
    question('2026-11-02 10:00', { by: 'person-2', centre: 'school', job: 'teacher', theme: 'maths' }),
    question('2026-11-03 10:00', { by: 'person-3', theme: 'retired' }, helped('2026-11-03 10:05')),
    question('2026-11-04 10:00', { by: 'person-3', centre: 'gent' }, withdraw('2026-11-04 11:00')),
    question('2026-08-31 23:59', { by: 'person-9', centre: 'aalst', theme: 'file' }),
  ];

  it('are counted by the day they were asked in Brussels, in the school year', () => {
    const { questions, requesters } = figures(tickets);
    expect(questions.total).toBe(5);
    expect(requesters).toBe(3);
    expect(shown(questions.byMonth)).toBe('2026-09 2, 2026-10 0, 2026-11 3');
    expect(figures(tickets, { schoolYear: '2026-2027' }).questions.total).toBe(5);
    expect(figures(tickets, { schoolYear: '2025-2026' }).questions.total).toBe(1);
    expect(figures(tickets, { month: '2026-09' }).questions.total).toBe(2);
    expect(figures(tickets, { month: '2026-12' }).questions.total).toBe(0);
  });

  it('are split in tables with what is zero and what is unknown', () => {
    const { questions } = figures(tickets);
    expect(shown(questions.byTheme)).toBe(`file 1, law 1, maths 1, retired 1, ${UNKNOWN} 1`);
    expect(shown(questions.byCoreProcess)).toBe(`A 2, B 1, ${UNKNOWN} 2`);
    expect(shown(questions.byChannel)).toBe('teams 4, phone 1, mail 0, whatsapp 0, session 0, informal 0');
    expect(shown(questions.byCentre)).toBe(`gent 3, aalst 0, brugge 0, school 1, ${UNKNOWN} 1`);
    expect(shown(questions.byFunction)).toBe(`anker 2, teacher 1, ${UNKNOWN} 2`);
    expect(filled(questions.byOutcome)).toBe(`self-service 1, withdrawn 1, ${NOT_CLOSED} 3`);
    expect(questions.byCentre[0]).toEqual({ id: 'gent', value: 3, requesters: 2 });
  });

  it('are filtered on every side', () => {
    const total = (filters: Filters) => figures(tickets, filters).questions.total;
    expect(total({ service: poc })).toBe(5);
    expect(total({ service: 'pbd' as ServiceId })).toBe(0);
    expect(total({ coreProcess: 'A' })).toBe(2);
    expect(total({ theme: 'law' as ThemeId })).toBe(1);
    expect(total({ channel: 'phone' })).toBe(1);
    expect(total({ centre: 'gent' as CentreId })).toBe(3);
    expect(total({ function: 'teacher' as FunctionId })).toBe(1);
    expect(total({ outcome: 'self-service' })).toBe(1);
    expect(total({ outcome: NOT_CLOSED })).toBe(3);
    expect(total({ centre: 'gent' as CentreId, channel: 'teams', outcome: 'withdrawn' })).toBe(1);
    expect(total({ channel: undefined })).toBe(5);
  });

  it('reach centres, and the silent ones are named', () => {
    const { reach } = figures(tickets);
    expect(reach.centres).toEqual({ count: 1, of: 3, share: 1 / 3 });
    expect(reach.silent).toEqual(['aalst', 'brugge']);
    expect(reach.grid.map(({ centre, months }) => `${centre}: ${shown(months)}`)).toContain(
      'gent: 2026-09 2, 2026-10 0, 2026-11 1',
    );
  });

  it('still count when they were made unreadable', () => {
    const unreadable = tickets.map((ticket) => done(redact('2026-11-29 10:00')(ticket)));
    expect(figures(unreadable)).toEqual(figures(tickets));
  });

  it('that are none give zeros and no shares', () => {
    const nothing = figures([]);
    expect(Object.keys(nothing)).toEqual([...FIGURE_KEYS]);
    expect(nothing.questions.total).toBe(0);
    expect(nothing.questions.byMonth).toEqual([]);
    expect(nothing.selfService.explicit).toEqual({ count: 0, of: 0, share: undefined });
    expect(nothing.firstResponse).toMatchObject({ n: 0, median: undefined, p90: undefined });
    expect(nothing.routing.handOvers).toEqual({ count: 0, of: 0, perTicket: undefined });
    expect(nothing.reach.silent).toHaveLength(3);
  });

  it('of a malformed school year are an error that says how to write it', () => {
    expect(() => figures(tickets, { schoolYear: '2026' })).toThrow('2026-2027');
    expect(() => figures(tickets, { month: '2026-13' })).toThrow(RangeError);
    expect(() => figures(tickets, { month: 'november' })).toThrow(RangeError);
  });
});

describe('self-service and the bot', () => {
  const monday = '2026-11-23 09:00';
  const unconfirmed = (by: string) => question(monday, { by, theme: 'file' }, expire('2026-11-26 09:00'));
  const routed = (when: string, by: string, theme: string) => question(when, { by, theme }, route(when));

  it('are two numbers over self-service and routed together', () => {
    const tickets = [
      question(monday, { theme: 'file' }, helped(monday)),
      question(monday, { theme: 'file' }, helped(monday)),
      unconfirmed('person-2'),
      routed(monday, 'person-3', 'file'),
      question(monday, { theme: 'file' }),
      question(monday, { theme: 'file' }, withdraw(monday)),
    ];
    expect(figures(tickets).selfService).toEqual({
      explicit: { count: 2, of: 4, share: 0.5 },
      unconfirmed: { count: 1, of: 4, share: 0.25 },
    });
  });

  it('is not self-service when the same person sends a question on the theme within 3 working days', () => {
    const silent = unconfirmed('person-2');
    const counted = (next: Ticket) => figures([silent, next]).selfService.unconfirmed.count;
    expect(counted(routed('2026-11-26 09:00', 'person-2', 'file'))).toBe(0);
    expect(counted(routed('2026-11-26 09:01', 'person-2', 'file'))).toBe(1);
    expect(counted(routed('2026-11-20 09:00', 'person-2', 'file'))).toBe(1);
    expect(counted(routed('2026-11-24 09:00', 'person-2', 'law'))).toBe(1);
    expect(counted(routed('2026-11-24 09:00', 'person-3', 'file'))).toBe(1);
  });

  it('looks at the other question also when a filter leaves it out', () => {
    const again = question(
      '2026-11-24 09:00',
      { by: 'person-2', theme: 'file', channel: 'phone' },
      route('2026-11-24 09:00'),
    );
    const only = figures([unconfirmed('person-2'), again], { channel: 'teams' });
    expect(only.selfService.unconfirmed).toEqual({ count: 0, of: 0, share: undefined });
  });

  it('counts what the index said first', () => {
    const tickets = [
      question(monday, {}, suggest(monday, 'unsure'), suggest(monday, 'answer'), helped(monday)),
      question(monday, {}, suggest(monday, 'none'), route(monday)),
      question(monday, {}, suggest(monday, 'answer'), route(monday)),
      question(monday, { channel: 'phone' }, route(monday)),
    ];
    expect(figures(tickets).bot).toEqual({ answer: 1, unsure: 1, none: 1, routed: 2 });
  });
});

describe('times', () => {
  const friday = '2026-11-20 16:00';

  it('run from routing, in working hours, to the first answer, question back or referral', () => {
    const first = (...steps: Step[]) => figures([question(friday, {}, route(friday), ...steps)]).firstResponse;
    expect(first(answer('2026-11-20 16:20'))).toMatchObject({ n: 1, median: HOUR / 3, p90: HOUR / 3 });
    expect(first(askBack('2026-11-23 09:30'), answer('2026-11-24 09:30')).median).toBe(1.5 * HOUR);
    expect(first(refer('2026-11-23 13:30')).median).toBe(4.5 * HOUR);
    expect(first(claim('2026-11-20 16:10'), consult('2026-11-20 16:20'), close('2026-11-20 16:30')).n).toBe(0);
    expect(first(withdraw('2026-11-20 16:30')).n).toBe(0);
  });

  it('to answer and to close differ, and a reopen only moves the close', () => {
    const steps = [askBack('2026-11-20 16:10'), reply('2026-11-20 16:20'), answer('2026-11-20 16:30')];
    const closed = question(friday, {}, route(friday), ...steps);
    const again = [reopen('2026-11-23 08:30'), answer('2026-11-23 09:30')].reduce((t, step) => done(step(t)), closed);
    const waiting = done(reopen('2026-11-23 08:30')(closed));
    expect(figures([closed]).timeToAnswer.median).toBe(HOUR / 2);
    expect(figures([closed]).timeToClose.median).toBe(HOUR / 2);
    expect(figures([again]).timeToAnswer.median).toBe(HOUR / 2);
    expect(figures([again]).timeToClose.median).toBe(1.5 * HOUR);
    expect(figures([waiting]).timeToAnswer.n).toBe(1);
    expect(figures([waiting]).timeToClose.n).toBe(0);
  });

  it('are the middle and the ninth of ten by nearest rank', () => {
    const after = (minutes: number, channel: IntakeChannel = 'teams') =>
      question('2026-11-23 09:00', { channel }, route('2026-11-23 09:00'), (t) =>
        verbs.answer(t, me, at('2026-11-23 09:00') + minutes * 60_000, key(), {
          text: 'Zo.',
          close: true,
          survey: false,
        }),
      );
    const ten = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5].map((minutes) => after(minutes));
    expect(figures(ten).firstResponse).toMatchObject({ n: 10, median: 5 * 60_000, p90: 9 * 60_000 });
    expect(figures(ten.slice(0, 3)).timeToClose).toEqual({ n: 3, median: 9 * 60_000, p90: 10 * 60_000 });
  });

  it('leave out what was registered from another channel', () => {
    const phoned = question(friday, { channel: 'phone' }, route(friday), answer('2026-11-20 16:30', true, 10));
    const { questions, minutes, ...times } = figures([phoned]);
    expect([questions.total, minutes.total]).toEqual([1, 10]);
    for (const figure of ['firstResponse', 'timeToAnswer', 'timeToClose'] as const) expect(times[figure].n).toBe(0);
  });
});

describe('work', () => {
  const monday = '2026-11-09 09:00';
  const later = '2026-11-09 10:00';
  const routed = (...steps: Step[]) => question(monday, { theme: 'file' }, route(monday), ...steps);

  it('is done at first contact by one advisor, without a message back and without a reopen in 7 days', () => {
    const once = (...steps: Step[]) => figures([routed(...steps)]).firstContact;
    expect(once(answer(later))).toEqual({ count: 1, of: 1, share: 1 });
    expect(once(askBack(later), reply(later), answer(later)).count).toBe(1);
    expect(once(answer(later, false), reply(later), close(later)).count).toBe(0);
    expect(once(claim(later), handOver(later), answer(later, true, 5, other)).count).toBe(0);
    expect(once(handOver(later), answer(later, true, 5, other)).count).toBe(1);
    expect(once(consult(later), answer(later)).count).toBe(0);
    expect(once(answer(later), logTime(later, 5, other)).count).toBe(0);
    expect(once(answer(later), reopen('2026-11-16 10:00'))).toEqual({ count: 0, of: 1, share: 0 });
    expect(once(answer(later), reopen('2026-11-16 10:01')).count).toBe(1);
    for (const unfinished of [once(), once(answer(later, false)), once(refer(later)), once(close(later))]) {
      expect(unfinished.of).toBe(0);
    }
  });

  it('is reopened within 14 days, over what was closed in the period, whenever it was asked', () => {
    const tickets = [
      routed(answer(later)),
      routed(answer(later), reopen('2026-11-23 10:00'), answer('2026-11-24 10:00')),
      routed(),
      question(
        '2026-08-31 10:00',
        {},
        route('2026-08-31 10:00'),
        answer('2026-09-01 10:00'),
        reopen('2026-09-02 10:00'),
      ),
      question(
        '2026-08-30 10:00',
        {},
        route('2026-08-30 10:00'),
        answer('2026-08-31 10:00'),
        reopen('2026-09-02 10:00'),
      ),
    ];
    expect(figures(tickets).reopened).toEqual({ count: 2, of: 3, share: 2 / 3 });
    expect(figures(tickets, { month: '2026-11' }).reopened).toEqual({ count: 1, of: 2, share: 0.5 });
    const before = [answer('2026-08-31 10:00'), reopen('2026-08-31 11:00'), answer('2026-09-01 10:00')];
    const tried = question('2026-08-30 10:00', {}, route('2026-08-30 10:00'), ...before);
    expect(figures([tried]).reopened).toEqual({ count: 0, of: 1, share: 0 });
  });

  it('is counted in minutes per theme, channel and month, as often as it was logged', () => {
    const { minutes } = figures([
      routed(answer(later, true, 10), logTime('2026-11-10 10:00', 5, other)),
      question(monday, { by: 'person-2', theme: 'file' }, route(monday), answer(later)),
      routed(claim(later), logTime(later, 30)),
      question('2026-10-01 10:00', { theme: 'maths', channel: 'phone' }, route(later), answer(later, true, 15)),
      question('2026-08-01 10:00', { theme: 'file' }, route(later), answer(later, true, 60)),
    ]);
    expect(minutes.total).toBe(60);
    expect(shown(minutes.byMonth)).toBe('2026-09 0, 2026-10 15, 2026-11 45');
    expect(filled(minutes.byTheme)).toBe('file 45, maths 15');
    expect(filled(minutes.byCoreProcess)).toBe('A 45, B 15');
    expect(filled(minutes.byChannel)).toBe('teams 45, phone 15');
    expect(minutes.byTheme[0]).toEqual({ id: 'file', value: 45, requesters: 1 });
    expect(minutes.logged).toEqual({ count: 2, of: 3, share: 2 / 3 });
  });

  it('was routed well when the suggested theme is the final one', () => {
    const tickets = [
      routed(),
      routed(correct(later, 'law')),
      routed(correct(later, 'law'), correct(later, 'file')),
      question(monday, {}, route(monday), correct(later, 'law')),
      routed(claim(later), handOver(later), handOver(later, other)),
      question(monday, { theme: 'file' }),
    ];
    const { accuracy, handOvers } = figures(tickets).routing;
    expect(accuracy).toEqual({ count: 3, of: 4, share: 0.75 });
    expect(handOvers).toEqual({ count: 2, of: 5, perTicket: 0.4 });
  });
});

describe('sessions, time and reach', () => {
  const monday = '2026-11-23 09:00';
  const session = (more: Partial<SessionFacts>): SessionFacts => ({
    ...{
      programme: 'Live',
      theme: 'file',
      day: '2026-11-10',
      level: 'BaO',
      sessions: 1,
      participants: 20,
      minutes: 60,
    },
    ...more,
  });
  const sessions = [
    session({ perCentre: { ['aalst' as CentreId]: 3, ['gent' as CentreId]: 1 } }),
    session({ theme: 'maths', level: 'SO', sessions: 4, participants: 100 }),
    session({ day: '2026-08-31', participants: 7, perCentre: { ['brugge' as CentreId]: 7 } }),
  ];
  const time = [
    { day: '2026-11-10', minutes: 30, theme: 'file' as ThemeId, strategy: 'plg' as StrategyId },
    { day: '2026-11-11', minutes: 15, strategy: 'training' as StrategyId },
    { day: '2027-09-01', minutes: 99, strategy: 'plg' as StrategyId },
  ];
  const strategies = ['plg', 'training', 'change'].map((id) => ({ id: id as StrategyId, name: id }));
  const of = (filters: Filters, tickets = [question(monday, { centre: 'gent', theme: 'file' })]) =>
    measure(
      baseOf(tickets, calendar, { sessions, time }),
      { ...context, directory: { ...directory, strategies } },
      { schoolYear: '2026-2027', ...filters },
    );

  it('reach a centre with a question or a participant', () => {
    const { centres, silent, grid } = of({}).reach;
    expect([centres.count, centres.of, silent]).toEqual([2, 3, ['brugge']]);
    expect(grid.map(({ centre, questions, participants }) => `${centre} ${questions} ${participants}`)).toEqual([
      'gent 1 1',
      'aalst 0 3',
      'brugge 0 0',
    ]);
    expect(of({ schoolYear: '2025-2026' }).reach.silent).toEqual(['gent', 'aalst']);
    expect(of({ channel: 'phone' }).reach.centres.count).toBe(0);
  });

  it('count by the day held, and with a filter only the participants of those centres', () => {
    expect(of({}).sessions).toMatchObject({ sessions: 5, participants: 120, minutes: 120 });
    expect(of({}).sessions.rows.map(({ theme, participants }) => `${theme} ${participants}`)).toEqual([
      'file 20',
      'maths 100',
    ]);
    expect(of({ month: '2026-09' }).sessions.sessions).toBe(0);
    expect(of({ service: 'pbd' as ServiceId }).sessions.participants).toBe(100);
    expect(of({ centre: 'aalst' as CentreId }).sessions).toMatchObject({ sessions: 1, participants: 3 });
    expect(of({ outcome: 'answered' }).sessions.sessions).toBe(0);
  });

  it('give time that belongs to no question per strategy, by the day of the work', () => {
    expect(of({}).otherTime).toEqual({
      total: 45,
      byStrategy: [
        { id: 'plg', value: 30 },
        { id: 'training', value: 15 },
        { id: 'change', value: 0 },
      ],
    });
    expect(of({ theme: 'file' as ThemeId }).otherTime.total).toBe(30);
    expect(of({ centre: 'gent' as CentreId }).otherTime.total).toBe(0);
  });

  it('say how many questions there are per 100 staff, where the headcount is known', () => {
    const centres = [{ ...centre('gent', 'clb'), staff: 50 }, centre('aalst', 'clb')];
    const { grid } = figures(
      [question(monday, { centre: 'gent' })],
      {},
      { directory: { ...directory, centres } },
    ).reach;
    expect(grid.map(({ per100 }) => per100)).toEqual([2, undefined]);
  });
});

describe('names that change', () => {
  const merged = {
    ...directory,
    centres: [
      { ...centre('gent', 'clb'), until: '2026-08-31', successor: 'leie' as CentreId },
      { ...centre('aalst', 'clb'), until: '2026-08-31', successor: 'gent' as CentreId },
      { ...centre('leie', 'clb'), from: '2026-09-01' },
    ],
  };
  const tickets = [
    question('2026-05-04 09:00', { centre: 'gent' }),
    question('2026-05-04 09:00', { centre: 'aalst' }),
    question('2026-11-02 09:00', { centre: 'leie' }),
    question('2026-11-02 09:00', { centre: 'gent' }),
  ];
  const of = (schoolYear: string) => figures(tickets, { schoolYear }, { directory: merged }).questions.byCentre;

  it('count under the successor from the first period after the end', () => {
    expect(shown(of('2026-2027'))).toBe('leie 2');
    expect(shown(of('2025-2026'))).toBe('gent 1, aalst 1');
  });

  it('do not break the comparison with the year before', () => {
    const compared = measureWithPrevious(
      baseOf(tickets, calendar),
      { ...context, directory: merged },
      { schoolYear: '2026-2027' },
    );
    expect(shown(compared.figures.questions.byCentre)).toBe('leie 2');
    expect(shown(compared.previous!.questions.byCentre)).toBe('leie 0');
    const later = measureWithPrevious(
      baseOf(tickets, calendar),
      { ...context, directory: merged, now: at('2027-08-30 12:00') },
      { schoolYear: '2026-2027' },
    );
    expect(shown(later.previous!.questions.byCentre)).toBe('leie 2');
  });

  it('may point at each other without end', () => {
    const centres = [
      { ...centre('gent', 'clb'), until: '2026-08-31', successor: 'aalst' as CentreId },
      { ...centre('aalst', 'clb'), until: '2026-08-31', successor: 'gent' as CentreId },
    ];
    expect(figures(tickets, {}, { directory: { ...directory, centres } }).questions.total).toBe(2);
  });
});

describe('the year before', () => {
  const tickets = ['2025-09-10 09:00', '2025-11-30 09:00', '2025-12-10 09:00', '2026-09-10 09:00'].map((when) =>
    question(when, {}, route(when)),
  );
  const of = (filters: Filters) => measureWithPrevious(baseOf(tickets, calendar), context, filters);

  it('is as far under way as this one, its backlog too', () => {
    const { figures: now, previous } = of({ schoolYear: '2026-2027' });
    expect([now.questions.total, previous?.questions.total]).toEqual([1, 2]);
    expect([now.backlog.total, previous?.backlog.total]).toEqual([4, 2]);
  });

  it('is whole when the period is over, follows the month, and is absent without a period', () => {
    expect(of({ schoolYear: '2025-2026' }).figures.questions.total).toBe(3);
    expect(of({ month: '2026-09' }).previous?.questions.total).toBe(1);
    expect('previous' in of({})).toBe(false);
  });
});

describe('the target for a first reaction', () => {
  it('is that of the service, in working hours', () => {
    const services = [{ id: poc, respondWithin: 2 }] as Context['directory']['services'];
    const monday = '2026-11-23 09:00';
    const answered = (when: string) => question(monday, {}, route(monday), answer(when));
    const tickets = [answered('2026-11-23 11:00'), answered('2026-11-23 11:01'), question(monday, {}, route(monday))];
    const { within } = figures(tickets, {}, { directory: { ...directory, services } }).firstResponse;
    expect(within).toEqual({ count: 1, of: 2, share: 0.5 });
  });
});

describe('the guide', () => {
  it('explains every figure as the screens do', () => {
    const guide = readFileSync('docs/cijfers.md', 'utf8');
    for (const key of FIGURE_KEYS) {
      const { label, definition } = locale.figures.definitions[key];
      expect(guide).toContain(`| ${label} | ${definition} | ${locale.report.annual.dates[key]} |`);
    }
  });
});

describe('the backlog', () => {
  const tickets = [
    question('2026-11-30 09:00', {}),
    question('2026-11-25 09:00', {}, route('2026-11-25 09:00'), claim('2026-11-30 09:00')),
    question('2026-11-09 09:00', {}, route('2026-11-09 09:00'), askBack('2026-11-10 09:00')),
    question(
      '2026-08-03 09:00',
      {},
      route('2026-08-03 09:00'),
      answer('2026-08-04 09:00'),
      reopen('2026-08-10 09:00'),
      answer('2026-08-11 09:00', false),
    ),
    question('2026-11-02 09:00', { theme: 'file' }, helped('2026-11-03 09:00')),
  ];

  it('is what is not closed now, however old, by age and by state', () => {
    const { backlog } = figures(tickets);
    expect(backlog.total).toBe(4);
    expect(shown(backlog.byAge)).toBe('under-1-day 1, under-1-week 1, under-4-weeks 1, older 1');
    expect(shown(backlog.byState)).toBe('answered 1, open 0, claimed 2, awaiting-requester 1');
    expect(figures(tickets, { theme: 'file' as ThemeId }).backlog.total).toBe(0);
  });

  it('can be told for any moment in the past', () => {
    const on = (when: string) => backlogAt(tickets, at(when));
    expect(on('2026-08-03 08:59').total).toBe(0);
    expect(shown(on('2026-08-03 09:00').byState)).toBe('answered 0, open 1, claimed 0, awaiting-requester 0');
    expect(on('2026-08-05 09:00').total).toBe(0);
    expect(filled(on('2026-08-10 09:00').byAge)).toBe('under-4-weeks 1');
    expect(on('2026-11-02 12:00').total).toBe(2);
    expect(on('2026-11-03 09:00').total).toBe(1);
    expect(filled(on('2026-11-26 09:00').byState)).toBe('open 1, claimed 1, awaiting-requester 1');
  });
});

describe('satisfaction', () => {
  const when = '2026-11-23 09:00';
  const surveyed = (by: string, scores: Record<string, number>) =>
    question(when, { by }, route(when), answer(when), score(when, scores));
  const silent = question(when, { by: 'person-9' }, route(when), answer(when));
  const unasked = question(when, { by: 'person-8' }, route(when), close(when));
  const five = [8, 7, 6, 5, 1].map((clear, index) => surveyed(`person-${index}`, { clear }));

  it('is per item n, the share of 6 to 8, the share of 1 to 5 and the mean', () => {
    const { response, items } = figures([...five, silent, unasked]).satisfaction;
    expect(response).toEqual({ count: 5, of: 6, share: 5 / 6 });
    expect(items[0]).toEqual({ id: 'clear', n: 5, positive: 0.6, other: 0.4, mean: 5.4 });
  });

  it('is hidden below 5 respondents, however often they answered', () => {
    const hidden = { positive: undefined, other: undefined, mean: undefined };
    expect(figures(five).satisfaction.items[1]).toEqual({ id: 'quick', n: 0, ...hidden });
    const four = [...five.slice(0, 4), surveyed('person-1', { clear: 8 })];
    expect(figures(four).satisfaction.items[0]).toEqual({ id: 'clear', n: 5, ...hidden });
    expect(figures(four).satisfaction.response.count).toBe(5);
  });
});

describe('satisfaction for viewers without the quality role', () => {
  const when = '2026-11-23 09:00';
  const scored = (by: string, minute: number, clear: number) =>
    question(when, { by }, route(when), answer(when), score(`2026-11-24 10:${10 + minute}`, { clear }));
  const open = (tickets: Ticket[]) => figures(tickets).satisfaction.open[0]!;
  const five = [8, 7, 6, 5, 1].map((clear, at) => scored(`person-${at}`, at, clear));

  it('moves when five other people answered, and by one answer never', () => {
    expect(open(five.slice(0, 4)).mean).toBeUndefined();
    const shown = { id: 'clear', n: 5, positive: 0.6, other: 0.4, mean: 5.4 };
    expect(open(five)).toEqual(shown);
    const more = [1, 1, 1, 1].map((clear, at) => scored(`person-${at + 5}`, at + 5, clear));
    expect(open([...more, ...five])).toEqual(shown);
    // Once more by somebody of the same group is no other person.
    expect(open([...five, ...more, scored('person-5', 20, 8)])).toEqual(shown);
    expect(open([...five, ...more, scored('person-9', 21, 8)]).n).toBe(10);
  });
});

describe('what reaches no further than some services', () => {
  it('looks at no question of another, not even to see whether somebody asked again', () => {
    const silent = question('2026-11-23 09:00', { by: 'person-1', theme: 'file' }, expire('2026-11-27 12:00'));
    const again = question('2026-11-24 09:00', { by: 'person-1', theme: 'file' }, route('2026-11-24 09:00'));
    const moved = { ...again, service: 'pbd' as ServiceId };
    const of = (tickets: Ticket[], services?: string[]) =>
      figures(tickets, services ? { services: services as ServiceId[] } : {});
    expect(of([silent, moved]).selfService.unconfirmed.count).toBe(0);
    expect(of([silent, moved], ['poc'])).toEqual(of([silent], ['poc']));
    expect(of([silent, moved], ['poc', 'pbd'])).toEqual(of([silent, moved]));
    expect(of([silent, moved], []).questions.total).toBe(0);
  });

  it('has the sessions and the time on its own themes', () => {
    const about = (theme: string) => ({ day: '2026-11-23', theme: theme as ThemeId });
    const held = (theme: string): SessionFacts => ({
      ...about(theme),
      programme: theme,
      level: '',
      sessions: 1,
      participants: 3,
    });
    const spent = (theme: string): TimeFacts => ({ ...about(theme), minutes: 30, strategy: 'x' as never });
    const base = baseOf([], calendar, {
      sessions: [held('file'), held('maths')],
      time: [spent('file'), spent('maths')],
    });
    const { sessions, otherTime } = measure(base, context, { services: [poc] });
    expect([sessions.rows.map(({ programme }) => programme), otherTime.total]).toEqual([['file'], 30]);
  });
});

/** How many of these equations say something new. */
function rank(equations: number[][]): number {
  const rows = equations.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.findIndex((row, at) => at >= found && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[found], rows[pivot]] = [rows[pivot]!, rows[found]!];
    const top = rows[found]!;
    for (const [at, row] of rows.entries()) {
      if (at === found) continue;
      const factor = row[column]! / top[column]!;
      for (let place = column; place < row.length; place++) row[place]! -= factor * top[place]!;
    }
    found += 1;
  }
  return found;
}

describe('small cells', () => {
  const monday = '2026-11-23 09:00';
  const cells = (...rows: [id: string, value: number, requesters: number][]): Cell[] =>
    rows.map(([id, value, requesters]) => ({ id, value, requesters }));
  const seen = (table: Cell[], threshold?: number) =>
    suppressSmallCells(table, threshold)
      .map(({ id, value }) => `${id} ${value ?? '-'}`)
      .join(', ');

  it('are shown when there are enough people behind every filled one', () => {
    expect(seen(cells(['a', 9, 5], ['b', 0, 0], ['c', 5, 5]))).toBe('a 9, b 0, c 5');
  });

  it('are hidden, together with the smallest other one when the total would give them away', () => {
    expect(seen(cells(['a', 20, 9], ['b', 3, 2], ['c', 9, 6], ['d', 0, 0]))).toBe('a 20, b -, c -, d 0');
    expect(seen(cells(['a', 20, 9], ['b', 3, 2], ['c', 9, 4]))).toBe('a 20, b -, c -');
    expect(seen(cells(['a', 20, 9], ['b', 1, 1], ['c', 1, 1]))).toBe('a -, b -, c -');
  });

  it('take everything along when too few people asked anything', () => {
    expect(seen(cells(['a', 0, 0], ['b', 3, 2], ['c', 0, 0]))).toBe('a -, b -, c -');
    expect(seen(cells(['a', 2, 1]))).toBe('a -');
    expect(seen([])).toBe('');
  });

  it('follow the threshold that is asked', () => {
    expect(seen(cells(['a', 4, 3], ['b', 9, 9]), 3)).toBe('a 4, b 9');
  });

  const anyQuestion = fc.record({
    theme: fc.constantFrom('file', 'law', 'maths', 'retired', undefined),
    by: fc.integer({ min: 1, max: 9 }),
    channel: fc.constantFrom<IntakeChannel>('teams', 'phone', 'mail'),
    minutes: fc.constantFrom(undefined, 5, 10),
  });
  const processOf = (theme: string) => directory.themes.find(({ id }) => id === theme)?.coreProcess ?? UNKNOWN;

  it('can never be derived from anything that a viewer without the quality role gets', () => {
    fc.assert(
      fc.property(fc.array(anyQuestion, { maxLength: 60, size: 'max' }), (questions) => {
        const tickets = questions.map(({ theme, by, channel, minutes }) => {
          const asked = question(monday, { by: `person-${by}`, channel, ...(theme && { theme }) }, route(monday));
          return minutes ? done(logTime(monday, minutes)(asked)) : asked;
        });
        const all = figures(tickets);
        const open = openTables(all, { processOf, kindOf: () => 'all' });
        expect(open === undefined).toBe(all.requesters < 5);
        if (!open) return;
        const { questions: q, minutes: m } = all;
        const few = ({ value, requesters }: Cell) => value !== 0 && requesters < 5;
        for (const [parts, shownParts, wholes, shownWholes] of [
          [q.byTheme, open.byTheme, q.byCoreProcess, open.byCoreProcess],
          [m.byTheme, open.minutesByTheme, m.byCoreProcess, open.minutesByCoreProcess],
        ] as const) {
          const part = ({ id }: { id: string }) => `part ${id}`;
          const whole = ({ id }: { id: string }) => `whole ${id}`;
          const names = [...parts.map(part), ...wholes.map(whole)];
          const row = (plus: string[], minus?: string) =>
            names.map((name) => (plus.includes(name) ? 1 : name === minus ? -1 : 0));
          const equations = [
            row(parts.map(part)),
            row(wholes.map(whole)),
            ...wholes.map((one) => row(parts.filter(({ id }) => processOf(id) === one.id).map(part), whole(one))),
            ...shownParts.filter(({ value }) => value !== undefined).map((one) => row([part(one)])),
            ...shownWholes.filter(({ value }) => value !== undefined).map((one) => row([whole(one)])),
          ];
          if (parts === m.byTheme && open.minutes === undefined) equations.splice(0, 2);
          for (const name of [...parts.filter(few).map(part), ...wholes.filter(few).map(whole)]) {
            expect(rank([...equations, row([name])]), name).toBe(rank(equations) + 1);
          }
        }
        for (const [cells, shown] of [
          [q.byChannel, open.byChannel],
          [q.byCentre, open.byCentre],
          [q.byMonth, open.byMonth],
          [m.byChannel, open.minutesByChannel],
          [m.byMonth, open.minutesByMonth],
        ] as const) {
          for (const [at, cell] of cells.entries()) if (few(cell)) expect(shown[at]!.value).toBeUndefined();
          if (cells.every(({ value }) => value === 0) || open.minutes === undefined) continue;
          expect(shown.filter(({ value }) => value === undefined)).not.toHaveLength(1);
        }
      }),
    );
  });

  it('can never be derived from the total and the cells that are shown', () => {
    const row = fc.nat({ max: 12 }).chain((requesters) =>
      fc.record({
        requesters: fc.constant(requesters),
        value: requesters === 0 ? fc.constant(0) : fc.integer({ min: requesters, max: requesters + 30 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const table = rows.map((one, index) => ({ id: `${index}`, ...one }));
        const result = suppressSmallCells(table);
        const hidden = table.filter((_, index) => result[index]!.value === undefined);
        for (const [index, { value }] of result.entries()) {
          if (value !== undefined) expect(value).toBe(table[index]!.value);
          if (value) expect(table[index]!.requesters).toBeGreaterThanOrEqual(5);
        }
        if (hidden.length === 0 || hidden.length === table.length) return;
        expect(hidden.length).toBeGreaterThanOrEqual(2);
        expect(hidden.reduce((total, { requesters }) => total + requesters, 0)).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});

describe('the figures of any history', () => {
  const first = at('2026-08-20 09:00');
  const steps: ((t: Ticket, when: number) => Result<Ticket, Refusal>)[] = [
    (t, when) => verbs.suggest(t, system, when, { decision: 'answer', items: [] }),
    (t, when) => verbs.rate(t, asker(t), when, true),
    (t, when) => verbs.expire(t, system, when),
    (t, when) =>
      verbs.route(t, asker(t), when, key(), {
        service: poc,
        contact: 'c' as ContactId,
        question: t.question || 'Vraag?',
        urgency: 'soon',
        requester: t.requester,
      }),
    (t, when) => verbs.claim(t, me, when),
    (t, when) => verbs.claim(t, other, when),
    (t, when) => verbs.release(t, me, when),
    (t, when) => verbs.askBack(t, me, when, key(), 'Wie?'),
    (t, when) => verbs.reply(t, asker(t), when, key(), 'Ik.'),
    (t, when) => verbs.answer(t, me, when, key(), { text: 'Zo.', close: true, minutes: 10, survey: true }),
    (t, when) => verbs.logTime(t, other, when, key(), 5),
    (t, when) => verbs.reopen(t, asker(t), when, key(), ''),
    (t, when) => verbs.withdraw(t, asker(t), when),
    (t, when) => verbs.correctTheme(t, me, when, 'law' as ThemeId),
    (t, when) => verbs.survey(t, asker(t), when, { scores: { clear: 6 }, remark: '', scale: 8 }),
  ];
  const anyTicket = fc
    .record({
      start: fc.integer({ min: 0, max: 100 }),
      by: fc.constantFrom('person-1', 'person-2', 'person-3', 'person-4', 'person-5', 'person-6'),
      centre: fc.constantFrom('gent', 'aalst', 'school', 'closed-centre', undefined),
      job: fc.constantFrom('anker', 'teacher', undefined),
      theme: fc.constantFrom('file', 'maths', 'retired', undefined),
      channel: fc.constantFrom<IntakeChannel>('teams', 'phone', 'mail'),
      doing: fc.array(
        fc.record({ step: fc.constantFrom(...steps), wait: fc.constantFrom(0, HOUR, 2 * DAY, 9 * DAY) }),
        {
          maxLength: 25,
          size: 'max',
        },
      ),
    })
    .map(({ start, by, centre, job, theme, channel, doing }) => {
      let when = first + start * DAY;
      const said: Asked = { by, channel, ...(centre && { centre }), ...(job && { job }), ...(theme && { theme }) };
      let ticket = question(new Date(when).toISOString().slice(0, 16).replace('T', ' '), said);
      when = ticket.askedAt;
      for (const { step, wait } of doing) {
        when += wait;
        const result = step(ticket, when);
        if (result.ok) ticket = result.value;
      }
      return ticket;
    });
  const anyTickets = fc.array(anyTicket, { maxLength: 12, size: 'max' });
  const end = first + 400 * DAY;
  const total = (cells: Pick<Cell, 'value'>[]) => cells.reduce((sum, { value }) => sum + value, 0);

  it('add up, whatever the table', () => {
    fc.assert(
      fc.property(anyTickets, (tickets) => {
        const { questions, minutes, reach, backlog } = figures(tickets, {}, { now: end });
        const { total: asked, ...tables } = questions;
        for (const cells of Object.values(tables)) expect(total(cells)).toBe(asked);
        for (const cells of [minutes.byMonth, minutes.byTheme, minutes.byCoreProcess, minutes.byChannel]) {
          expect(total(cells)).toBe(minutes.total);
        }
        expect(total(reach.grid.flatMap(({ months }) => months))).toBe(asked);
        for (const cells of [backlog.byAge, backlog.byState]) expect(total(cells)).toBe(backlog.total);
        for (const { id, value } of questions.byChannel) {
          expect(figures(tickets, { channel: id as IntakeChannel }, { now: end }).questions.total).toBe(value);
        }
      }),
    );
  });

  it('keep every share between 0 and 1, and the median below the 90th percentile', () => {
    const sharesOf = (value: unknown): { count: number; of: number; share: number | undefined }[] => {
      if (typeof value !== 'object' || value === null) return [];
      if ('share' in value) return [value as ReturnType<typeof sharesOf>[number]];
      return Object.values(value).flatMap(sharesOf);
    };
    fc.assert(
      fc.property(anyTickets, (tickets) => {
        const all = figures(tickets, {}, { now: end });
        const shares = sharesOf(all);
        expect(shares).toHaveLength(9);
        for (const { count, of, share } of shares) {
          expect(count).toBeLessThanOrEqual(of);
          expect(share).toBe(of === 0 ? undefined : count / of);
        }
        for (const { n, median, p90 } of [all.firstResponse, all.timeToAnswer, all.timeToClose]) {
          expect(median === undefined).toBe(n === 0);
          expect(median ?? 0).toBeLessThanOrEqual(p90 ?? 0);
        }
      }),
    );
  });

  it('give the backlog of any moment, the last of which is that of now', () => {
    const instants = fc.integer({ min: -1, max: 400 }).map((days) => first + days * DAY);
    fc.assert(
      fc.property(anyTickets, instants, (tickets, instant) => {
        expect(figures(tickets, {}, { now: end }).backlog).toEqual(backlogAt(tickets, end));
        expect(backlogAt(tickets, end).total).toBe(tickets.filter(({ state }) => state.kind !== 'closed').length);
        const open = tickets.filter(({ askedAt, events }) => {
          const last = events.findLast(
            (event) => event.at <= instant && (event.type === 'closed' || event.type === 'reopened'),
          );
          return askedAt <= instant && last?.type !== 'closed';
        });
        expect(backlogAt(tickets, instant).total).toBe(open.length);
      }),
    );
  });

  it('can be listed: as many tickets stand behind a figure as it says', () => {
    fc.assert(
      fc.property(anyTickets, (tickets) => {
        const all = figures(tickets, {}, { now: end });
        const chosen = select(baseOf(tickets, calendar).tickets, { ...context, now: end }, { schoolYear: '2026-2027' });
        const behind = Object.fromEntries(PARTS.map((part) => [part, chosen.behind(part).length]));
        expect(chosen.behind()).toHaveLength(all.questions.total);
        expect(behind).toMatchObject({
          'self-service': all.selfService.explicit.count,
          'self-service-unconfirmed': all.selfService.unconfirmed.count,
          'bot-answer': all.bot.answer,
          'bot-routed': all.bot.routed,
          'theme-kept': all.routing.accuracy.count,
          responded: all.firstResponse.n,
          'responded-in-time': all.firstResponse.within.count,
          finished: all.firstContact.of,
          'one-contact': all.firstContact.count,
          closed: all.reopened.of,
          reopened: all.reopened.count,
          backlog: all.backlog.total,
          older: all.backlog.byAge.at(-1)!.value,
          'time-logged': all.minutes.logged.count,
          surveyed: all.satisfaction.response.count,
        });
      }),
    );
  });

  it('do not depend on the order of the tickets, and let nobody out', () => {
    const shuffled = anyTickets.chain((tickets) =>
      fc.record({
        tickets: fc.constant(tickets),
        mixed: fc.shuffledSubarray(tickets, { minLength: tickets.length, maxLength: tickets.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ tickets, mixed }) => {
        const straight = figures(tickets, {}, { now: end });
        expect(figures(mixed, {}, { now: end })).toEqual(straight);
        expect(JSON.stringify(straight)).not.toMatch(/person-|naam van|Vraag/);
      }),
    );
  });
});

describe('somebody who asks for figures at random', () => {
  it('cannot solve for a cell of few people, and could if only the small ones were hidden', () => {
    const { small, others, refused, changes, answers, derived } = attackStatistics(150, 3);
    expect(derived).toEqual([]);
    expect([small > 500, others > 500, refused > 50, changes > 100, answers > 50]).toEqual(Array(5).fill(true));
    expect(attackStatistics(60, 3, 'only-small').derived.length).toBeGreaterThan(0);
  });

  it('as an advisor cannot take their own questions off a total, nor off what it was before', () => {
    const { derived } = attackStatistics(60, 3, 'all-services');
    expect(derived.some((what) => what.includes('of the other service:'))).toBe(true);
    expect(derived.some((what) => what.includes('of the other service changed'))).toBe(true);
  });
});
