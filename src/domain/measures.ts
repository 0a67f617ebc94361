// The figures of the helpdesk, each defined once, over facts in columns. Pure; knows no store and no word on screen.

import type { FactTable } from './fact-table.ts';
import type { TimeFacts } from './facts.ts';
import {
  type Context,
  type Filters,
  NOT_CLOSED,
  type Part,
  type Selection,
  type Split,
  select,
  UNKNOWN,
  yearBefore,
} from './selection.ts';
import { measureSessions, type SessionFacts, type SessionFigures } from './sessions.ts';
import { type CentreId, CHANNELS, type Instant } from './terms.ts';
import type { Outcome, State } from './ticket.ts';

/** Every figure, in the order in which reports show them; the definition texts in locale/ have the same keys. */
export const FIGURE_KEYS = [
  'questions',
  'requesters',
  'reach',
  'selfService',
  'bot',
  'routing',
  'firstResponse',
  'timeToAnswer',
  'timeToClose',
  'firstContact',
  'reopened',
  'backlog',
  'minutes',
  'otherTime',
  'satisfaction',
  'sessions',
] as const satisfies readonly (keyof Figures)[];
export type FigureKey = (typeof FIGURE_KEYS)[number];

const OUTCOMES = [
  'self-service',
  'self-service-unconfirmed',
  'answered',
  'referred',
  'no-answer-needed',
  'merged',
  'withdrawn',
] as const satisfies readonly Outcome[];
const UNDER_WAY = ['answered', 'open', 'claimed', 'awaiting-requester'] as const satisfies readonly State['kind'][];
/** Fewer people than this are not shown: design rule for satisfaction and for anybody without the quality role. */
export const FEWEST_PEOPLE = 5;

/** `requesters` is the number of distinct people behind the cell; see `suppressSmallCells`. */
export type Cell = { id: string; value: number; requesters: number };
/** `share` is between 0 and 1, and undefined when `of` is 0. */
export type Share = { count: number; of: number; share: number | undefined };
/** Working milliseconds; the n-th of the sorted values by nearest rank, undefined when there are none. */
export type Duration = { n: number; median: number | undefined; p90: number | undefined };
export type Backlog = { at: Instant; total: number; byAge: Cell[]; byState: Cell[] };
/** Of one survey item; the shares and the mean are undefined when fewer than 5 people answered it. */
type ItemScore = {
  id: string;
  n: number;
  positive: number | undefined;
  other: number | undefined;
  mean: number | undefined;
};
/** One centre of the reach grid. `per100`: questions per 100 staff, where the headcount is known. */
export type ReachRow = {
  centre: string;
  questions: number;
  /** Of helpdesk sessions, as far as these were counted per centre. */
  participants: number;
  staff: number | undefined;
  per100: number | undefined;
  months: Cell[];
};

export type Figures = {
  /** By date asked, split in tables that each add up to the total. CLB centres and months without questions are 0. */
  questions: {
    total: number;
    byMonth: Cell[];
    byTheme: Cell[];
    byCoreProcess: Cell[];
    byChannel: Cell[];
    byCentre: Cell[];
    byFunction: Cell[];
    byOutcome: Cell[];
  };
  /** Distinct people who asked; a caller who is not known counts as nobody, and who asks in two school years as two. */
  requesters: number;
  /**
   * CLB centres with at least one question or session participant over the CLB centres of the period. `grid` has a row
   * for each of those, and for what else asked.
   */
  reach: { centres: Share; silent: CentreId[]; grid: ReachRow[] };
  /** Both over self-service + routed. */
  selfService: { explicit: Share; unconfirmed: Share };
  /** What the index first said to a question, and how many of those questions went to an advisor. */
  bot: { answer: number; unsure: number; none: number; routed: number };
  /** Final theme = suggested theme over routed questions with a suggested theme; hand-overs over routed questions. */
  routing: { accuracy: Share; handOvers: { count: number; of: number; perTicket: number | undefined } };
  /** From routing to the first answer, question back or referral; channel teams only. `within`: in the service's target. */
  firstResponse: Duration & { within: Share };
  /** From routing to the first answer; channel teams only. */
  timeToAnswer: Duration;
  /** From routing to the last close of tickets that are closed now; channel teams only. */
  timeToClose: Duration;
  /** One advisor, no message of the requester after the first answer, no reopen within 7 days; over answered and closed. */
  firstContact: Share;
  /** Reopened within 14 days over closed, by date closed. */
  reopened: Share;
  /** At the end of the period, or now when that is earlier; whenever they were asked. */
  backlog: Backlog;
  /** Minutes logged on the questions asked in the period; `logged`: closed routed or registered questions with time on them. */
  minutes: {
    total: number;
    byMonth: Cell[];
    byTheme: Cell[];
    byCoreProcess: Cell[];
    byChannel: Cell[];
    logged: Share;
  };
  /** Minutes that belong to no question, by day; it says nothing about requesters. */
  otherTime: { total: number; byStrategy: { id: string; value: number }[] };
  satisfaction: { response: Share; items: ItemScore[] };
  /** By day held. `rows` is the table of the annual reports; a theme is an id, or a name when it is none of ours. */
  sessions: SessionFigures & { rows: SessionRow[] };
};
export type SessionRow = { programme: string; theme: string; level: string; sessions: number; participants: number };

/** Everything there is to count. Sessions and time that were taken back are not in it. */
export type Base = { tickets: FactTable; sessions: readonly SessionFacts[]; time: readonly TimeFacts[] };

/**
 * Every figure of what passes the filters, by the date asked unless `Figures` says otherwise. Redacted tickets count
 * like any other. Of sessions and of time without a question only the period, service, core process, theme, centre and
 * region are looked at; a filter on channel, function or outcome leaves them out of the reach.
 * Throws RangeError for a malformed school year or month.
 */
export function measure(base: Base, context: Context, filters: Filters): Figures {
  const chosen = select(base.tickets, context, filters);
  const { table, asked, routed, by, holds } = chosen;
  const { columns } = table;
  const minutes = (row: number) => columns.minutes[row]!;
  const processes = [...new Set(chosen.themes.map(({ coreProcess }) => coreProcess))];
  const tables = (amount?: Amount) => ({
    byMonth: tableOf(table, asked, by.month, chosen.months, amount),
    byTheme: tableOf(table, asked, by.theme, idsOf(chosen.themes), amount),
    byCoreProcess: tableOf(table, asked, by.coreProcess, processes, amount),
    byChannel: tableOf(table, asked, by.channel, CHANNELS, amount),
  });
  const count = (part: Part) => chosen.behind(part).length;
  const part = (some: Part, of: Part) => share(count(some), count(of));
  const clbs = chosen.centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id);
  const byCentre = tableOf(table, asked, by.centre, clbs);
  const sessions = sessionsOf(base, chosen, filters);
  const timed = routed.filter(holds.responded);
  const direct = count('self-service');
  const unconfirmed = count('self-service-unconfirmed');
  const helped = direct + unconfirmed + routed.length;
  const logged = count('time-logged');
  const handOvers = sum(routed, (row) => columns.handOvers[row]!);
  const kept = count('theme-kept');
  return {
    questions: {
      total: asked.length,
      ...tables(),
      byCentre,
      byFunction: tableOf(table, asked, by.function, idsOf(context.directory.functions)),
      byOutcome: tableOf(table, asked, by.outcome, [...OUTCOMES, NOT_CLOSED]),
    },
    requesters: people(table, asked),
    reach: reach(chosen, context, byCentre, clbs, sessions.perCentre),
    selfService: { explicit: share(direct, helped), unconfirmed: share(unconfirmed, helped) },
    bot: {
      answer: count('bot-answer'),
      unsure: count('bot-unsure'),
      none: count('bot-none'),
      routed: count('bot-routed'),
    },
    routing: {
      accuracy: share(kept, kept + count('theme-changed')),
      handOvers: { count: handOvers, of: routed.length, perTicket: share(handOvers, routed.length).share },
    },
    firstResponse: { ...duration(timed, columns.toResponse), within: part('responded-in-time', 'responded') },
    timeToAnswer: duration(routed, columns.toAnswer),
    timeToClose: duration(routed, columns.toClose),
    firstContact: part('one-contact', 'finished'),
    reopened: part('reopened', 'closed'),
    backlog: backlog(chosen),
    minutes: {
      total: sum(asked, minutes),
      ...tables(minutes),
      logged: share(logged, logged + count('no-time-logged')),
    },
    otherTime: otherTime(base, chosen, context),
    satisfaction: satisfaction(chosen, context),
    sessions: sessions.figures,
  };
}

/** The figures, and those of the same period a school year earlier; that period is as far under way as this one. */
export function measureWithPrevious(base: Base, context: Context, filters: Filters) {
  const before = yearBefore(context, filters);
  return {
    figures: measure(base, context, filters),
    ...(before && { previous: measure(base, before.context, before.filters) }),
  };
}

type Amount = (row: number) => number;

/**
 * Counts per cell: the known ones in their order, 0 included, then what else is found by name, then `UNKNOWN`.
 * Rows of one requester come together, so distinct people are counted by looking at the one before.
 */
function tableOf(
  { columns: { requester } }: FactTable,
  rows: Uint32Array,
  { ids, of }: Split,
  known: readonly string[],
  amount?: Amount,
): Cell[] {
  const values = new Float64Array(ids.length);
  const requesters = new Uint32Array(ids.length);
  const last = new Uint32Array(ids.length);
  const found = new Uint8Array(ids.length);
  for (const row of rows) {
    const value = amount ? amount(row) : 1;
    if (value === 0) continue;
    const cell = of(row);
    const who = requester[row]!;
    values[cell]! += value;
    found[cell] = 1;
    if (who === last[cell]) continue;
    last[cell] = who;
    requesters[cell]! += 1;
  }
  const place = new Map(ids.map((id, at) => [id, at]));
  const listed = new Set(known);
  const others = ids.filter((id, at) => found[at] && !listed.has(id) && id !== UNKNOWN).sort();
  const unknown = found[place.get(UNKNOWN) ?? -1] && !listed.has(UNKNOWN) ? [UNKNOWN] : [];
  return [...listed, ...others, ...unknown].map((id) => {
    const at = place.get(id);
    return { id, value: at === undefined ? 0 : values[at]!, requesters: at === undefined ? 0 : requesters[at]! };
  });
}

/** Distinct people; those of one requester come together. */
function people({ columns: { requester } }: FactTable, rows: Uint32Array): number {
  let count = 0;
  let last = 0;
  for (const row of rows) {
    if (requester[row] === last) continue;
    last = requester[row]!;
    count += 1;
  }
  return count;
}

function reach(
  { table, asked, by, months }: Selection,
  { directory }: Context,
  byCentre: Cell[],
  clbs: CentreId[],
  participants: Map<string, number>,
): Figures['reach'] {
  const staffOf = new Map<string, number | undefined>(directory.centres.map(({ id, staff }) => [id, staff]));
  const width = months.length;
  const cells: Split = {
    ids: by.centre.ids.flatMap((centre) => months.map((month) => `${centre} ${month}`)),
    of: (row) => by.centre.of(row) * width + by.month.of(row),
  };
  const counted = new Map(tableOf(table, asked, cells, cells.ids).map((cell) => [cell.id, cell]));
  const grid = byCentre.map(({ id, value }): ReachRow => {
    const staff = staffOf.get(id);
    return {
      centre: id,
      questions: value,
      participants: participants.get(id) ?? 0,
      staff,
      per100: staff ? (value / staff) * 100 : undefined,
      months: months.map((month) => {
        const { value = 0, requesters = 0 } = counted.get(`${id} ${month}`) ?? {};
        return { id: month, value, requesters };
      }),
    };
  });
  const reached = new Set(grid.filter((row) => row.questions > 0 || row.participants > 0).map(({ centre }) => centre));
  const silent = clbs.filter((id) => !reached.has(id));
  return { centres: share(clbs.length - silent.length, clbs.length), silent, grid };
}

function backlog({ table, by, behind, backlogAt }: Selection): Backlog {
  const open = behind('backlog');
  return {
    at: backlogAt,
    total: open.length,
    byAge: tableOf(table, open, by.age, by.age.ids),
    byState: tableOf(table, open, by.stateThen, UNDER_WAY),
  };
}

function otherTime({ time }: Base, chosen: Selection, { directory }: Context): Figures['otherTime'] {
  const found = new Map<string, number>(directory.strategies.map(({ id }) => [id, 0]));
  let total = 0;
  for (const { day, minutes, theme, strategy } of time) {
    if (!chosen.timeCounts || !chosen.inPeriod(day) || !chosen.aboutTheme(theme)) continue;
    total += minutes;
    found.set(strategy, (found.get(strategy) ?? 0) + minutes);
  }
  return { total, byStrategy: [...found].map(([id, value]) => ({ id, value })) };
}

/** With a filter on centre or region, a session counts with the participants of those centres, if any. */
function sessionsOf({ sessions }: Base, chosen: Selection, { centre, region }: Filters) {
  const perCentre = new Map<string, number>();
  const counted: SessionFacts[] = [];
  for (const session of sessions) {
    if (!chosen.sessionsCount || !chosen.inPeriod(session.day) || !chosen.aboutTheme(session.theme)) continue;
    let here = 0;
    for (const [id, participants] of Object.entries(session.perCentre ?? {})) {
      if (!chosen.aboutCentre(id)) continue;
      here += participants;
      perCentre.set(chosen.centreNow(id), (perCentre.get(chosen.centreNow(id)) ?? 0) + participants);
    }
    if (centre === undefined && region === undefined) counted.push(session);
    else if (here > 0) counted.push({ ...session, participants: here });
  }
  return { perCentre, figures: { ...measureSessions(counted), rows: sessionRows(counted) } };
}

/** Per programme, theme and level. */
function sessionRows(sessions: SessionFacts[]): SessionRow[] {
  const groups = Map.groupBy(sessions, ({ programme, theme, level }) => [programme, theme, level].join('\n'));
  return [...groups.values()]
    .map((group) => {
      const [{ programme, theme, level }] = group as [SessionFacts];
      const { sessions: held, participants } = measureSessions(group);
      return { programme, theme, level, sessions: held, participants };
    })
    .sort((a, b) => compare(a.programme, b.programme) || compare(a.theme, b.theme) || compare(a.level, b.level));
}

function satisfaction({ table, asked, behind }: Selection, { survey }: Context): Figures['satisfaction'] {
  const { requester } = table.columns;
  const items = survey.items.map(({ id }): ItemScore => {
    const column = table.scores.get(id);
    const given = column ? asked.filter((row) => column[row] !== 0) : new Uint32Array();
    const n = given.length;
    // Somebody not known is a person too, but all of them together are one.
    const strangers = given.some((row) => requester[row] === 0) ? 1 : 0;
    if (people(table, given) + strangers < FEWEST_PEOPLE) {
      return { id, n, positive: undefined, other: undefined, mean: undefined };
    }
    const positive = given.filter((row) => column![row]! >= survey.positiveFrom).length;
    return { id, n, positive: positive / n, other: (n - positive) / n, mean: sum(given, (row) => column![row]!) / n };
  });
  return { response: share(behind('surveyed').length, behind('survey-sent').length), items };
}

/** Over the rows that came so far. Exact: the values themselves are ranked. */
function duration(rows: Uint32Array, column: Float64Array): Duration {
  const times = new Float64Array(rows.length);
  let n = 0;
  for (const row of rows) {
    const time = column[row]!;
    if (!Number.isNaN(time)) times[n++] = time;
  }
  const sorted = times.subarray(0, n).sort();
  const rank = (part: number) => sorted[Math.ceil(part * n) - 1];
  return { n, median: rank(0.5), p90: rank(0.9) };
}

const compare = (a: string, b: string) => a.localeCompare(b, 'nl');
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const share = (count: number, of: number): Share => ({ count, of, share: of === 0 ? undefined : count / of });

function sum(rows: Uint32Array, amount: Amount): number {
  let total = 0;
  for (const row of rows) total += amount(row);
  return total;
}
