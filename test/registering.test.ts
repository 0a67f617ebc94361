// The rules of registering, correcting and taking back, and what the figures make of them; counted by hand.

import { describe, expect, it } from 'vitest';
import type { Actor } from '../src/domain/authorisation.ts';
import { type Figures, measure } from '../src/domain/measures.ts';
import { correct, type Registering, register, retract } from '../src/domain/registration.ts';
import { measureSessions, type Session, sessionProblem } from '../src/domain/sessions.ts';
import type { CentreId, ItemId, PersonId, ServiceId, SessionId, ThemeId, TicketId } from '../src/domain/terms.ts';
import { minutesOf, type Ticket, wasRouted } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { done, person, refusalOf } from './cast.ts';
import { baseOf } from './counting.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-24T08:00:00Z');
const poc = 'poc-plus' as ServiceId;
const gent = 'gent' as CentreId;
const dossier = 'dossier' as ThemeId;
const me = person('me', { advisorOf: [poc] });
const colleague = person('colleague', { advisorOf: [poc] });
const quality = person('quality', { quality: true });
const system: Actor = { kind: 'system' };

const base: Registering = {
  id: 't1' as TicketId,
  number: 'HD-2026-0001',
  channel: 'phone',
  question: ' Hoe lang bewaren we het? ',
  service: poc,
  askedAt: now,
  requester: { name: '', centre: gent },
  theme: dossier,
  item: 'bewaartermijn' as ItemId,
  minutes: 10,
  key: 'k1',
};
const made = (more: Partial<Registering> = {}, who: Actor = me) => done(register({ ...base, ...more }, who, now));

describe('registering', () => {
  it('makes a ticket that is answered, with its theme and time, and that was never routed', () => {
    const ticket = made();
    expect(ticket.events.map(({ type }) => type)).toEqual(['asked', 'registered', 'time-logged', 'closed']);
    expect(ticket).toMatchObject({ channel: 'phone', question: 'Hoe lang bewaren we het?', theme: dossier });
    expect(ticket.state).toMatchObject({ kind: 'closed', outcome: 'answered', by: { person: 'me' } });
    expect([wasRouted(ticket), minutesOf(ticket)]).toEqual([false, 10]);
  });

  it('goes back 14 days and not into the future; an import goes back further', () => {
    const at = (askedAt: number, who: Actor = me) => refusalOf(register({ ...base, askedAt }, who, now));
    expect([at(now - 14 * DAY), at(now - 15 * DAY)]).toEqual(['done', 'asked-too-long-ago']);
    expect([at(now + DAY), at(now + DAY, system)]).toEqual(['asked-in-the-future', 'asked-in-the-future']);
    expect(at(now - 900 * DAY, system)).toBe('done');
  });

  it('is for advisors of the service and the quality team', () => {
    const by = (who: Actor) => refusalOf(register(base, who, now));
    expect([by(me), by(quality), by(system)]).toEqual(['done', 'done', 'done']);
    expect([by(person('x')), by(person('y', { advisorOf: ['pbd-go' as ServiceId] }))]).toEqual(
      Array(2).fill('not-allowed'),
    );
  });

  it('refuses an empty question and minutes that cannot be', () => {
    expect(refusalOf(register({ ...base, question: '  ' }, me, now))).toBe('empty-text');
    for (const minutes of [0, -5, 601, 1.5]) {
      expect(refusalOf(register({ ...base, minutes }, me, now)), String(minutes)).toBe('invalid-minutes');
    }
  });

  it('cannot be reopened, and takes more time of a colleague', () => {
    expect(refusalOf(verbs.reopen(made(), me, now, 'k', ''))).toBe('not-routed');
    expect(minutesOf(done(verbs.logTime(made(), colleague, now, 'k', 5)))).toBe(15);
  });
});

describe('correcting', () => {
  it('adds a change and keeps what was there', () => {
    const before = made();
    const after = done(correct(before, quality, now + DAY, 'c1', { theme: 'gezag' as ThemeId, minutes: 4 }));
    expect(after.events.slice(0, 4)).toEqual(before.events);
    expect(after.events.slice(4).map(({ type, by }) => [type, by?.person])).toEqual([
      ['corrected', 'quality'],
      ['time-logged', 'quality'],
    ]);
    expect([after.theme, after.requester.centre, minutesOf(after)]).toEqual(['gezag', gent, 4]);
    expect(minutesOf(done(correct(after, me, now, 'c2', { minutes: 0 })))).toBe(0);
  });

  it('changes nothing when nothing differs, and refuses what cannot be', () => {
    const ticket = made();
    expect(done(correct(ticket, me, now, 'c', { theme: dossier, centre: gent, channel: 'phone', minutes: 10 }))).toBe(
      ticket,
    );
    for (const minutes of [-1, 601, 2.5])
      expect(refusalOf(correct(ticket, me, now, 'c', { minutes }))).toBe('invalid-minutes');
    expect(refusalOf(correct(ticket, person('x'), now, 'c', { minutes: 5 }))).toBe('not-allowed');
    expect(refusalOf(correct(done(retract(ticket, me, now)), me, now, 'c', { minutes: 5 }))).toBe('retracted');
    const teams = done(
      verbs.ask({ ...base, channel: 'teams', requester: { person: 'p' as PersonId, name: 'p' } }, now),
    );
    expect(refusalOf(correct(teams, me, now, 'c', { channel: 'mail' }))).toBe('channel-is-fixed');
    expect(refusalOf(correct(teams, me, now, 'c', { centre: gent }))).toBe('done');
  });
});

describe('taking back', () => {
  it('is for whoever registered and the quality team, once', () => {
    const ticket = made();
    expect(refusalOf(retract(ticket, colleague, now))).toBe('not-registered');
    const gone = done(retract(ticket, me, now));
    expect(gone.retracted).toBe(true);
    expect(done(retract(gone, quality, now))).toBe(gone);
    expect(refusalOf(verbs.logTime(gone, me, now, 'k', 5))).toBe('retracted');
    expect(refusalOf(retract(ticket, system, now))).toBe('not-allowed');
  });
});

describe('the figures', () => {
  const figures = (tickets: Ticket[], at = now): Figures =>
    measure(
      baseOf(tickets, { week: { tue: [['08:00', '17:00']] }, closed: [], schoolHolidays: [] }),
      {
        directory: {
          services: [],
          themes: [],
          centres: [{ id: gent, name: '', kind: 'clb', region: '', province: '' }],
          functions: [],
          strategies: [],
        },
        now: at,
        survey: { positiveFrom: 6, items: [] },
      },
      { schoolYear: '2026-2027' },
    );
  const copies = (n: number, more: Partial<Registering> = {}) =>
    Array.from({ length: n }, (_, index) => made({ id: `t${index}` as TicketId, ...more }));
  const cell = (cells: { id: string; value: number }[], id: string) => cells.find((one) => one.id === id)?.value;

  it('count registrations for volume, time and reach, and nobody as requester', () => {
    const counted = figures([...copies(3), ...copies(1, { channel: 'mail', requester: { name: '' }, minutes: 20 })]);
    expect(counted.questions.total).toBe(4);
    expect([cell(counted.questions.byChannel, 'phone'), cell(counted.questions.byChannel, 'mail')]).toEqual([3, 1]);
    expect(cell(counted.questions.byCentre, gent)).toBe(3);
    expect(counted.reach.centres).toMatchObject({ count: 1, of: 1 });
    expect(counted.minutes.total).toBe(50);
    expect(counted.minutes.logged).toMatchObject({ count: 4, of: 4 });
    expect(counted.requesters).toBe(0);
  });

  it('leave registrations out of response times and self-service', () => {
    const counted = figures(copies(2));
    expect([counted.firstResponse.n, counted.timeToAnswer.n, counted.timeToClose.n]).toEqual([0, 0, 0]);
    expect(counted.firstContact.of).toBe(0);
    expect(counted.selfService.explicit.of).toBe(0);
    expect(counted.backlog.total).toBe(0);
  });

  it('leave out what was taken back, everywhere', () => {
    const tickets = copies(3).map((ticket) => done(retract(ticket, me, now)));
    const counted = figures(tickets);
    expect([counted.questions.total, counted.minutes.total, counted.reach.centres.count]).toEqual([0, 0, 0]);
    expect(counted.reopened.of).toBe(0);
    expect(counted.backlog.total).toBe(0);
  });

  it('never had a registration of yesterday in the backlog of yesterday', () => {
    expect(figures([made({ askedAt: now - DAY })], now - DAY / 2).backlog.total).toBe(0);
  });
});

describe('sessions', () => {
  const session = (more: Partial<Session>): Session => ({
    id: 's' as SessionId,
    programme: 'Helpdesk live',
    theme: 'dossier',
    title: 'Inzage',
    day: '2026-11-10',
    level: 'BaO',
    sessions: 1,
    participants: 20,
    links: [],
    tickets: [],
    by: { person: me.person, name: me.name },
    at: now,
    history: [],
    ...more,
  });

  it('add up per programme, theme and level', () => {
    const figures = measureSessions([
      session({}),
      session({ theme: 'gezag', participants: 5, minutes: 60 }),
      session({ programme: 'Inclusief', level: 'SO', sessions: 4, participants: 100 }),
    ]);
    expect(figures).toMatchObject({
      sessions: 6,
      participants: 125,
      minutes: 60,
      byProgramme: [
        { id: 'Helpdesk live', sessions: 2, participants: 25 },
        { id: 'Inclusief', sessions: 4, participants: 100 },
      ],
      byTheme: [
        { id: 'dossier', sessions: 5, participants: 120 },
        { id: 'gezag', sessions: 1, participants: 5 },
      ],
      byLevel: [
        { id: 'BaO', sessions: 2, participants: 25 },
        { id: 'SO', sessions: 4, participants: 100 },
      ],
    });
  });

  it('are checked before they are kept', () => {
    const problem = (more: Partial<Session>) => sessionProblem(session(more), '2026-11-24')?.kind;
    expect(problem({})).toBeUndefined();
    expect(problem({ programme: ' ' })).toBe('no-programme');
    expect(problem({ theme: '' })).toBe('no-theme');
    expect(problem({ title: '' })).toBe('no-title');
    expect(problem({ day: '2026-11-25' })).toBe('session-in-the-future');
    expect(problem({ day: '2025-01-01' })).toBe('session-too-long-ago');
    expect(problem({ participants: Number.NaN })).toBe('invalid-participants');
    expect(problem({ perCentre: { [gent]: 21 } })).toBe('more-per-centre');
    expect(problem({ minutes: 0 })).toBe('session-minutes');
  });
});
