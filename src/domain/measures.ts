// The figures of the helpdesk, each defined once, over facts in columns. Pure; knows no store and no word on screen.

import type { FactTable } from './fact-table.ts';
import type { TimeFacts } from './facts.ts';
import {
  type Context,
  type Filters,
  NOT_CLOSED,
  type Part,
  type Selection,
  select,
  UNKNOWN,
  yearBefore,
} from './selection.ts';
import { measureSessions, type SessionFacts, type SessionFigures } from './sessions.ts';
import { joined, ranked, type Split, sum, type Tally, tally, where } from './tally.ts';
import { type CentreId, CHANNELS, type Instant } from './terms.ts';
import type { Outcome, State } from './ticket.ts';
import { instantAt } from './working-time.ts';

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

export const OUTCOMES = [
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
export type ItemScore = {
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
  months: { id: string; value: number }[];
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
  /**
   * `open` is for viewers without the quality role: answers count in the order in which they came, five people at a time,
   * so that somebody who looks twice never sees what one new answer did.
   */
  satisfaction: { response: Share; items: ItemScore[]; open: ItemScore[] };
  /** By day held. */
  sessions: SessionFigures;
};

/** Everything there is to count. Sessions and time that were taken back are not in it. */
export type Base = { tickets: FactTable; sessions: readonly SessionFacts[]; time: readonly TimeFacts[] };

/** One view on everything there is, as each figure looks at it. */
type View = { base: Base; context: Context; filters: Filters; chosen: Selection };

/** The definitions: one fold per figure. */
export const FOLDS: { [Key in FigureKey]: (view: View) => Figures[Key] } = {
  questions: ({ chosen, context }) => ({
    total: chosen.asked.length,
    ...tables(chosen),
    byCentre: byCentre(chosen),
    byFunction: tableOf(chosen, chosen.asked, chosen.by.function, idsOf(context.directory.functions)),
    byOutcome: tableOf(chosen, chosen.asked, chosen.by.outcome, [...OUTCOMES, NOT_CLOSED]),
  }),
  requesters: ({ chosen }) => people(chosen, chosen.asked),
  reach,
  selfService({ chosen }) {
    const direct = chosen.count('self-service');
    const unconfirmed = chosen.count('self-service-unconfirmed');
    const of = direct + unconfirmed + chosen.count('routed');
    return { explicit: share(direct, of), unconfirmed: share(unconfirmed, of) };
  },
  bot: ({ chosen }) => ({
    answer: chosen.count('bot-answer'),
    unsure: chosen.count('bot-unsure'),
    none: chosen.count('bot-none'),
    routed: chosen.count('bot-routed'),
  }),
  routing({ chosen }) {
    const kept = chosen.count('theme-kept');
    const routed = chosen.count('routed');
    const handOvers = sum(chosen.behind('handed-over'), chosen.table.columns.handOvers);
    return {
      accuracy: share(kept, kept + chosen.count('theme-changed')),
      handOvers: { count: handOvers, of: routed, perTicket: share(handOvers, routed).share },
    };
  },
  firstResponse: ({ chosen }) => ({
    ...duration(chosen.behind('routed'), chosen.table.columns.toResponse),
    within: partOf(chosen, 'responded-in-time', 'responded'),
  }),
  timeToAnswer: ({ chosen }) => duration(chosen.behind('routed'), chosen.table.columns.toAnswer),
  timeToClose: ({ chosen }) => duration(chosen.behind('routed'), chosen.table.columns.toClose),
  firstContact: ({ chosen }) => partOf(chosen, 'one-contact', 'finished'),
  reopened: ({ chosen }) => partOf(chosen, 'reopened', 'closed'),
  backlog({ chosen }) {
    const open = chosen.behind('backlog');
    const byAge = chosen.backlogBy.age();
    return {
      at: chosen.backlogAt,
      total: open.length,
      byAge: tableOf(chosen, open, byAge, byAge.ids),
      byState: tableOf(chosen, open, chosen.backlogBy.state(), UNDER_WAY),
    };
  },
  minutes({ chosen }) {
    const { minutes } = chosen.table.columns;
    const logged = chosen.count('time-logged');
    return {
      total: sum(chosen.asked, minutes),
      ...tables(chosen, minutes),
      logged: share(logged, logged + chosen.count('no-time-logged')),
    };
  },
  otherTime,
  satisfaction,
  sessions: (view) => measureSessions(sessionsOf(view).counted),
};

/**
 * Every figure of what passes the filters, by the date asked unless `Figures` says otherwise. Redacted tickets count
 * like any other. Of sessions and of time without a question only the period, service, core process, theme, centre and
 * region are looked at; a filter on channel, function or outcome leaves them out of the reach.
 * Throws RangeError for a malformed school year or month.
 */
export function measure(base: Base, context: Context, filters: Filters): Figures {
  const view: View = { base, context, filters, chosen: select(base.tickets, context, filters) };
  return Object.fromEntries(FIGURE_KEYS.map((key) => [key, FOLDS[key](view)])) as Figures;
}

/** The figures, and those of the same period a school year earlier; that period is as far under way as this one. */
export function measureWithPrevious(base: Base, context: Context, filters: Filters, figuresOf = measure) {
  const before = yearBefore(context, filters);
  return {
    figures: figuresOf(base, context, filters),
    ...(before && { previous: figuresOf(base, before.context, before.filters) }),
  };
}

/** The first moment of which there is something to count; a session counts from the noon of its day. */
export function earliestIn({ tickets, sessions }: Base): Instant | undefined {
  const [first] = tickets.asked(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const days = sessions.map(({ day }) => instantAt(day, '12:00'));
  if (first !== undefined) days.push(tickets.columns.askedAt[first]!);
  return days.length === 0 ? undefined : days.reduce((earliest, day) => Math.min(earliest, day));
}

/** Counts per cell: the known ones in their order, 0 included, then what else is found by name, then `UNKNOWN`. */
function tableOf(
  { table }: Selection,
  rows: Uint32Array,
  split: Split,
  known: readonly string[],
  amounts?: Int32Array,
): Cell[] {
  return cellsOf(split.ids, tally(rows, split, peopleIn(table), amounts), known);
}

function cellsOf(ids: readonly string[], { values, rows: found, people }: Tally, known: readonly string[]): Cell[] {
  const place = new Map(ids.map((id, at) => [id, at]));
  const listed = new Set(known);
  const others = ids.filter((id, at) => found[at] && !listed.has(id) && id !== UNKNOWN).sort();
  const unknown = found[place.get(UNKNOWN) ?? -1] && !listed.has(UNKNOWN) ? [UNKNOWN] : [];
  return [...listed, ...others, ...unknown].map((id) => {
    const at = place.get(id);
    return { id, value: at === undefined ? 0 : values[at]!, requesters: at === undefined ? 0 : people[at]! };
  });
}

/** Distinct people. */
function people({ table }: Selection, rows: Uint32Array): number {
  const all: Split = {
    ids: [''],
    column: table.columns.theme,
    cells: new Uint16Array(table.dictionaries.theme.ids.length),
  };
  return tally(rows, all, peopleIn(table)).people[0]!;
}

const peopleIn = ({ columns, dictionaries }: FactTable) => ({
  of: columns.requester,
  most: dictionaries.requester.ids.length,
});

function tables(chosen: Selection, amounts?: Int32Array) {
  const { table, asked, by, months, themes, processOfTheme } = chosen;
  const perTheme = tally(asked, by.theme, peopleIn(table), amounts);
  const processes = by.theme.ids.map(processOfTheme);
  const found = [...new Set(processes)];
  const perProcess = joined(
    perTheme,
    processes.map((process) => found.indexOf(process)),
    found.length,
  );
  return {
    byMonth: tableOf(chosen, asked, by.month, months, amounts),
    byTheme: cellsOf(by.theme.ids, perTheme, idsOf(themes)),
    byCoreProcess: cellsOf(found, perProcess, [...new Set(themes.map(({ coreProcess }) => coreProcess))]),
    byChannel: tableOf(chosen, asked, by.channel, CHANNELS, amounts),
  };
}

const clbsOf = ({ centres }: Selection) => centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id);

/** Both the questions and their reach are told per centre, which is the largest table: counted once per selection. */
const perCentreOf = new WeakMap<Selection, Cell[]>();
function byCentre(chosen: Selection): Cell[] {
  const cells = perCentreOf.get(chosen) ?? tableOf(chosen, chosen.asked, chosen.by.centre, clbsOf(chosen));
  perCentreOf.set(chosen, cells);
  return cells;
}

function reach(view: View): Figures['reach'] {
  const { chosen, context } = view;
  const { by, months } = chosen;
  const { perCentre } = sessionsOf(view);
  const clbs = clbsOf(chosen);
  const staffOf = new Map<string, number | undefined>(context.directory.centres.map(({ id, staff }) => [id, staff]));
  const counted = new Uint32Array(by.centre.ids.length * months.length);
  const { centre, month } = by;
  for (const row of chosen.asked) {
    counted[centre.cells[centre.column[row]!]! * months.length + month.cells[month.column[row]!]!]! += 1;
  }
  const grid = byCentre(chosen).map(({ id, value: questions }): ReachRow => {
    const staff = staffOf.get(id);
    return {
      centre: id,
      questions,
      participants: perCentre.get(id) ?? 0,
      staff,
      per100: staff ? (questions / staff) * 100 : undefined,
      months: months.map((month, at) => ({
        id: month,
        value: counted[by.centre.ids.indexOf(id) * months.length + at] ?? 0,
      })),
    };
  });
  const reached = new Set(grid.filter((row) => row.questions > 0 || row.participants > 0).map(({ centre }) => centre));
  const silent = clbs.filter((id) => !reached.has(id));
  return { centres: share(clbs.length - silent.length, clbs.length), silent, grid };
}

function otherTime({ base, chosen, context }: View): Figures['otherTime'] {
  const found = new Map<string, number>(context.directory.strategies.map(({ id }) => [id, 0]));
  let total = 0;
  for (const { day, minutes, theme, strategy } of base.time) {
    if (!chosen.timeCounts || !chosen.inPeriod(day) || !chosen.aboutTheme(theme)) continue;
    total += minutes;
    found.set(strategy, (found.get(strategy) ?? 0) + minutes);
  }
  return { total, byStrategy: [...found].map(([id, value]) => ({ id, value })) };
}

/** With a filter on centre or region, a session counts with the participants of those centres, if any. */
function sessionsOf({ base, chosen, filters: { centre, region } }: View) {
  const perCentre = new Map<string, number>();
  const counted: SessionFacts[] = [];
  for (const session of base.sessions) {
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
  return { perCentre, counted };
}

function satisfaction({ chosen, context: { survey } }: View): Figures['satisfaction'] {
  const { table } = chosen;
  const { requester, surveyedAt } = table.columns;
  const surveyed = chosen.behind('surveyed');
  const inOrder = surveyed.toSorted((a, b) => surveyedAt[a]! - surveyedAt[b]! || a - b);
  const scored = (rows: Uint32Array, id: string): Uint32Array => {
    const column = table.scores.get(id);
    return column ? where(rows, (row) => column[row] !== 0) : new Uint32Array();
  };
  const scoreOf = (id: string, given: Uint32Array): ItemScore => {
    const n = given.length;
    // Somebody not known is a person too, but all of them together are one.
    const strangers = given.some((row) => requester[row] === 0) ? 1 : 0;
    if (people(chosen, given) + strangers < FEWEST_PEOPLE) {
      return { id, n, positive: undefined, other: undefined, mean: undefined };
    }
    const column = table.scores.get(id)!;
    const positive = where(given, (row) => column[row]! >= survey.positiveFrom).length;
    return { id, n, positive: positive / n, other: (n - positive) / n, mean: sum(given, column) / n };
  };
  /** Up to the last answer with which five other people had answered since the group before. */
  const wholeGroups = (rows: Uint32Array): Uint32Array => {
    let people = new Set<number>();
    let until = 0;
    for (const [at, row] of rows.entries()) {
      people.add(requester[row]!);
      if (people.size < FEWEST_PEOPLE) continue;
      until = at + 1;
      people = new Set();
    }
    return rows.subarray(0, until);
  };
  return {
    response: partOf(chosen, 'surveyed', 'survey-sent'),
    items: survey.items.map(({ id }) => scoreOf(id, scored(surveyed, id))),
    open: survey.items.map(({ id }) => scoreOf(id, wholeGroups(scored(inOrder, id)))),
  };
}

/** Over the rows that came so far. Exact: the values themselves are ranked. */
function duration(rows: Uint32Array, column: Float64Array): Duration {
  const times = new Float64Array(rows.length);
  let n = 0;
  for (const row of rows) {
    const time = column[row]!;
    if (!Number.isNaN(time)) times[n++] = time;
  }
  const rank = (part: number) => (n === 0 ? undefined : ranked(times.subarray(0, n), Math.ceil(part * n) - 1));
  return { n, median: rank(0.5), p90: rank(0.9) };
}

const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const share = (count: number, of: number): Share => ({ count, of, share: of === 0 ? undefined : count / of });

const partOf = ({ count }: Selection, some: Part, of: Part) => share(count(some), count(of));
