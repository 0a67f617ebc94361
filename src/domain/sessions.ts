// Helpdesk sessions: what one is, and the figures they add up to. Pure; knows no store, no right and no screen.

import type { CentreId, Day, Instant, SessionId, TicketId } from './terms.ts';
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

export type SessionCell = { id: string; sessions: number; participants: number };
export type SessionFigures = {
  sessions: number;
  participants: number;
  minutes: number;
  byProgramme: SessionCell[];
  byTheme: SessionCell[];
  byLevel: SessionCell[];
};

/** Sessions and participants of the days `from` up to and including `to`; retracted sessions count nowhere. */
export function measureSessions(all: Iterable<Session>, period?: { from: Day; to: Day }): SessionFigures {
  const counted = [...all].filter(
    ({ retracted, day }) => !retracted && (!period || (period.from <= day && day <= period.to)),
  );
  const split = (idOf: (session: Session) => string): SessionCell[] =>
    [...Map.groupBy(counted, idOf)]
      .map(([id, some]) => ({ id, ...totals(some) }))
      .sort((a, b) => a.id.localeCompare(b.id));
  return {
    ...totals(counted),
    minutes: counted.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    byProgramme: split(({ programme }) => programme),
    byTheme: split(({ theme }) => theme),
    byLevel: split(({ level }) => level),
  };
}

function totals(some: Session[]): { sessions: number; participants: number } {
  return {
    sessions: some.reduce((sum, { sessions }) => sum + sessions, 0),
    participants: some.reduce((sum, { participants }) => sum + participants, 0),
  };
}
