// Helpdesk sessions: what one is, and the figures they add up to. Pure; knows no store, no right and no screen.

import type { CentreId, Day, Instant, SessionId, TicketId } from './terms.ts';
import { DAY_MS } from './terms.ts';
import type { Advisor } from './ticket.ts';

/** `sessions` is 1, and more in totals that were kept elsewhere and imported. */
export type Session = {
  id: SessionId;
  programme: string;
  /** A theme id, or a name when it is none of ours. */
  theme: string;
  title: string;
  day: Day;
  level: string;
  sessions: number;
  participants: number;
  perCentre?: Record<CentreId, number>;
  minutes?: number;
  links: string[];
  /** Questions that came up, as tickets with channel session. */
  tickets: TicketId[];
  by: Advisor;
  at: Instant;
  /** Every change after the first: who, when and what, in words. */
  history: { at: Instant; by: Advisor; what: string }[];
  retracted?: true;
};

/** What counts of a session. */
export type SessionFacts = Pick<
  Session,
  'programme' | 'theme' | 'day' | 'level' | 'sessions' | 'participants' | 'perCentre' | 'minutes'
>;
export type SessionCell = { id: string; sessions: number; participants: number };
export type SessionFigures = {
  sessions: number;
  participants: number;
  minutes: number;
  byProgramme: SessionCell[];
  byTheme: SessionCell[];
  byLevel: SessionCell[];
  /** The table of the annual reports; a theme is an id, or a name when it is none of ours. */
  rows: SessionRow[];
};
export type SessionRow = { programme: string; theme: string; level: string; sessions: number; participants: number };

/** Sessions and participants, in all and per programme, theme and level. */
export function measureSessions(sessions: readonly SessionFacts[]): SessionFigures {
  const split = (idOf: (session: SessionFacts) => string): SessionCell[] =>
    [...Map.groupBy(sessions, idOf)]
      .map(([id, some]) => ({ id, ...totals(some) }))
      .sort((a, b) => a.id.localeCompare(b.id));
  return {
    ...totals(sessions),
    minutes: sessions.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    byProgramme: split(({ programme }) => programme),
    byTheme: split(({ theme }) => theme),
    byLevel: split(({ level }) => level),
    rows: [...Map.groupBy(sessions, ({ programme, theme, level }) => [programme, theme, level].join('\n'))]
      .map(([key, some]): SessionRow => {
        const [programme = '', theme = '', level = ''] = key.split('\n');
        return { programme, theme, level, ...totals(some) };
      })
      .sort((a, b) => compare(a.programme, b.programme) || compare(a.theme, b.theme) || compare(a.level, b.level)),
  };
}

const compare = (a: string, b: string) => a.localeCompare(b, 'nl');

function totals(some: readonly SessionFacts[]): { sessions: number; participants: number } {
  return {
    sessions: some.reduce((sum, { sessions }) => sum + sessions, 0),
    participants: some.reduce((sum, { participants }) => sum + participants, 0),
  };
}

export type SessionRefusal =
  | { kind: 'no-programme' }
  | { kind: 'no-theme' }
  | { kind: 'no-title' }
  | { kind: 'session-in-the-future' }
  | { kind: 'session-too-long-ago'; days: number }
  | { kind: 'invalid-participants'; most: number }
  | { kind: 'more-per-centre'; sum: number }
  | { kind: 'session-minutes'; most: number };

/** How far back people write a session down; totals of earlier years are imported. */
const SESSION_DAYS = 400;
const MOST_PARTICIPANTS = 5_000;
const MOST_MINUTES = 1_440;

/** Why these facts cannot be a session, or undefined. `today` is the day in Brussels. */
export function sessionProblem(
  given: Pick<Session, 'programme' | 'theme' | 'title' | 'day' | 'participants' | 'perCentre' | 'minutes'>,
  today: Day,
): SessionRefusal | undefined {
  if (given.programme.trim() === '') return { kind: 'no-programme' };
  if (given.theme === '') return { kind: 'no-theme' };
  if (given.title.trim() === '') return { kind: 'no-title' };
  if (given.day > today) return { kind: 'session-in-the-future' };
  if (Date.parse(today) - Date.parse(given.day) > SESSION_DAYS * DAY_MS) {
    return { kind: 'session-too-long-ago', days: SESSION_DAYS };
  }
  const counts = [given.participants, ...Object.values(given.perCentre ?? {})];
  if (counts.some((count) => !Number.isInteger(count) || count < 0 || count > MOST_PARTICIPANTS)) {
    return { kind: 'invalid-participants', most: MOST_PARTICIPANTS };
  }
  const sum = Object.values(given.perCentre ?? {}).reduce((total, count) => total + count, 0);
  if (sum > given.participants) return { kind: 'more-per-centre', sum };
  const { minutes } = given;
  if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES)) {
    return { kind: 'session-minutes', most: MOST_MINUTES };
  }
  return undefined;
}
