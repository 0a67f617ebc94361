// Which tickets a view is about: filters, periods, names that changed, and what stands behind a figure. Pure; counts nothing.

import { type Dictionary, type FactTable, monthNamed, monthNumber, STATES, where } from './fact-table.ts';
import { DAY_MS } from './facts.ts';
import type { Directory } from './routing.ts';
import type {
  CentreId,
  Day,
  FunctionId,
  Instant,
  IntakeChannel,
  SchoolYear,
  ServiceId,
  Strategy,
  Survey,
  ThemeId,
  Validity,
} from './terms.ts';
import type { Outcome } from './ticket.ts';
import { brusselsDay, instantAt, monthOf, schoolYearRange } from './working-time.ts';

/** Id of the cell for what a ticket does not say. */
export const UNKNOWN = 'unknown';
/** Id of the cell for tickets without an outcome yet. */
export const NOT_CLOSED = 'not-closed';

/** All must hold; the school year and the month ("2026-11", Brussels) make the period. */
export type Filters = {
  schoolYear?: SchoolYear | undefined;
  month?: string | undefined;
  service?: ServiceId | undefined;
  coreProcess?: string | undefined;
  theme?: ThemeId | undefined;
  channel?: IntakeChannel | undefined;
  centre?: CentreId | undefined;
  region?: string | undefined;
  function?: FunctionId | undefined;
  outcome?: Outcome | typeof NOT_CLOSED | undefined;
};

/** What ids mean. What is later than `now` does not count, so that a period under way compares with an earlier one. */
export type Context = {
  directory: Pick<Directory, 'services' | 'themes' | 'centres' | 'functions'> & { strategies: Strategy[] };
  survey: Pick<Survey, 'positiveFrom' | 'items'>;
  now: Instant;
  /**
   * Themes and centres that ended before this day count under their successor, so that a trend does not break.
   * The first day of the period unless told.
   */
  namesOf?: Day;
};

/** The tickets behind a figure, or a part of it that reads as "this many of those". */
export const PARTS = [
  'routed',
  'self-service',
  'self-service-unconfirmed',
  'bot-answer',
  'bot-unsure',
  'bot-none',
  'bot-routed',
  'theme-kept',
  'theme-changed',
  'handed-over',
  'responded',
  'responded-in-time',
  'finished',
  'one-contact',
  'closed',
  'reopened',
  'backlog',
  'under-1-day',
  'under-1-week',
  'under-4-weeks',
  'older',
  'time-logged',
  'no-time-logged',
  'survey-sent',
  'surveyed',
] as const;
export type Part = (typeof PARTS)[number];

/** Age since the question was asked, in days of 24 hours. */
const AGES = [
  { id: 'under-1-day', below: 1 },
  { id: 'under-1-week', below: 7 },
  { id: 'under-4-weeks', below: 28 },
  { id: 'older', below: Number.POSITIVE_INFINITY },
] as const satisfies readonly { id: Part; below: number }[];
const REOPEN_DAYS = 14;
const HOUR_MS = 3_600_000;
const UNDER_WAY = STATES.indexOf('closed');

/** A way to divide rows: `of` gives the place in `ids` of the cell that a row belongs to. */
export type Split = { ids: string[]; of: (row: number) => number };
type Holds = (row: number) => boolean;

/** `to` is not included. */
export type Window = { from: Instant; to: Instant };

/**
 * The period of the filters, ended by `now`; everything up to now when they name none.
 * Throws RangeError for a malformed school year or month.
 */
function windowOf({ schoolYear, month }: Filters, now: Instant): Window {
  const ranges = [{ from: Number.NEGATIVE_INFINITY, to: now + 1 }];
  if (schoolYear !== undefined) ranges.push(schoolYearRange(schoolYear));
  if (month !== undefined) {
    ranges.push({ from: instantAt(`${month}-01`, '00:00'), to: instantAt(`${monthAfter(month)}-01`, '00:00') });
  }
  return { from: Math.max(...ranges.map(({ from }) => from)), to: Math.min(...ranges.map(({ to }) => to)) };
}

/** The same filters and moment one school year earlier, under the names of now; undefined without a period. */
export function yearBefore(context: Context, filters: Filters): { context: Context; filters: Filters } | undefined {
  const { schoolYear, month } = filters;
  if (schoolYear === undefined && month === undefined) return undefined;
  const before = (text: string) => text.replace(/\d{4}/g, (year) => String(Number(year) - 1));
  const today = brusselsDay(context.now);
  const then = today.endsWith('-02-29') ? `${before(today).slice(0, 8)}28` : before(today);
  const now = context.now - instantAt(today, '00:00') + instantAt(then, '00:00');
  return {
    context: { ...context, now, namesOf: firstDay(context, filters) },
    filters: {
      ...filters,
      ...(schoolYear !== undefined && { schoolYear: before(schoolYear) }),
      ...(month !== undefined && { month: before(month) }),
    },
  };
}

export type Selection = ReturnType<typeof select>;

/** Applies the filters once; everything that is counted or listed afterwards starts from here. */
export function select(table: FactTable, context: Context, filters: Filters) {
  const { columns, dictionaries } = table;
  const { directory, now } = context;
  const window = windowOf(filters, now);
  const since = firstDay(context, filters);
  const themeNow = successors(directory.themes, since);
  const centreNow = successors(directory.centres, since);
  const themeById = new Map(directory.themes.map((theme) => [theme.id as string, theme]));
  const centreById = new Map(directory.centres.map((centre) => [centre.id as string, centre]));
  const processOf = (id: string) => themeById.get(themeNow(id))?.coreProcess;

  const themePasses = (id: string | undefined) =>
    agrees(filters.theme, id && themeNow(id)) && agrees(filters.coreProcess, id && processOf(id));
  const centrePasses = (id: string | undefined) =>
    agrees(filters.centre, id && centreNow(id)) && agrees(filters.region, id && centreById.get(centreNow(id))?.region);
  const passes = {
    theme: codes(dictionaries.theme, themePasses),
    centre: codes(dictionaries.centre, centrePasses),
    channel: codes(dictionaries.channel, (id) => agrees(filters.channel, id)),
    service: codes(dictionaries.service, (id) => agrees(filters.service, id)),
    function: codes(dictionaries.function, (id) => agrees(filters.function, id)),
    outcome: codes(dictionaries.outcome, (id) => agrees(filters.outcome, id ?? NOT_CLOSED)),
  };
  const passing: Holds = (row) =>
    passes.theme[columns.theme[row]!] === 1 &&
    passes.centre[columns.centre[row]!] === 1 &&
    passes.channel[columns.channel[row]!] === 1 &&
    passes.service[columns.service[row]!] === 1 &&
    passes.function[columns.function[row]!] === 1 &&
    passes.outcome[columns.outcome[row]!] === 1;
  /** Rows are read in the order in which they are kept, the cheapest test first: that is what makes it fast. */
  const all = (holds: Holds): Uint32Array => {
    const found = new Uint32Array(table.size);
    let count = 0;
    for (let row = 0; row < table.size; row++) {
      if (columns.live[row] !== 0 && holds(row) && passing(row)) found[count++] = row;
    }
    return found.slice(0, count);
  };
  const asked = all((row) => window.from <= columns.askedAt[row]! && columns.askedAt[row]! < window.to);

  const is = (name: 'outcome' | 'suggested', id: string): Holds => {
    const wanted = dictionaries[name].ids.indexOf(id);
    return (row) => columns[name][row] === wanted;
  };
  const unconfirmed = is('outcome', 'self-service-unconfirmed');
  const targets = Float64Array.from(dictionaries.service.ids, (id) => {
    return (
      (directory.services.find((service) => service.id === id)?.respondWithin ?? Number.POSITIVE_INFINITY) * HOUR_MS
    );
  });
  const backlogAt = Math.min(now, window.to - 1);
  const openThen: Holds = (row) => {
    const state = table.stateAt(row, backlogAt);
    return state >= 0 && state < UNDER_WAY;
  };
  const byAge: Split = {
    ids: AGES.map(({ id }) => id),
    of: (row) => AGES.findIndex(({ below }) => backlogAt - columns.askedAt[row]! < below * DAY_MS),
  };
  const aged =
    (id: Part): Holds =>
    (row) =>
      byAge.ids[byAge.of(row)] === id && openThen(row);
  const merged = is('outcome', 'merged');
  // The time of a merged question is on the one that it was merged into.
  const timed: Holds = (row) =>
    columns.outcome[row] !== 0 && !merged(row) && (table.routed(row) || table.registered(row));
  const suggestedTheme: Holds = (row) => table.routed(row) && columns.suggestedTheme[row] !== 0;
  const themeKept: Holds = (row) => columns.theme[row] === columns.suggestedTheme[row];

  /** The same person sent a question on the same theme to an advisor soon after the answer, in or out of the filters. */
  const askedAgain: Holds = (row) => {
    if (columns.requester[row] === 0 || columns.theme[row] === 0) return false;
    return table.someOfRequester(row, (other) => {
      const at = columns.routedAt[other]!;
      const soon = columns.unconfirmedFrom[row]! <= at && at <= columns.unconfirmedUntil[row]!;
      return soon && columns.theme[other] === columns.theme[row];
    });
  };
  const closes = (row: number) => table.closed(row, window.from, window.to, REOPEN_DAYS);

  const holds: Record<Part, Holds> = {
    routed: table.routed,
    'self-service': is('outcome', 'self-service'),
    'self-service-unconfirmed': (row) => unconfirmed(row) && !askedAgain(row),
    'bot-answer': is('suggested', 'answer'),
    'bot-unsure': is('suggested', 'unsure'),
    'bot-none': is('suggested', 'none'),
    'bot-routed': (row) => columns.suggested[row] !== 0 && table.routed(row),
    'theme-kept': (row) => suggestedTheme(row) && themeKept(row),
    'theme-changed': (row) => suggestedTheme(row) && !themeKept(row),
    'handed-over': (row) => table.routed(row) && columns.handOvers[row]! > 0,
    responded: (row) => !Number.isNaN(columns.toResponse[row]!),
    'responded-in-time': (row) => columns.toResponse[row]! <= targets[columns.service[row]!]!,
    finished: table.finished,
    'one-contact': table.oneContact,
    closed: (row) => closes(row) !== 'no',
    reopened: (row) => closes(row) === 'reopened',
    backlog: openThen,
    'under-1-day': aged('under-1-day'),
    'under-1-week': aged('under-1-week'),
    'under-4-weeks': aged('under-4-weeks'),
    older: aged('older'),
    'time-logged': (row) => timed(row) && columns.minutes[row]! > 0,
    'no-time-logged': (row) => timed(row) && columns.minutes[row]! <= 0,
    'survey-sent': table.surveySent,
    surveyed: table.surveyed,
  };
  /** Counted by another date than that of the question. */
  const whenever = new Set<Part>(['closed', 'reopened', 'backlog', ...AGES.map(({ id }) => id)]);

  const splitBy = (name: 'theme' | 'centre' | 'channel' | 'function' | 'outcome', labelOf: Label): Split => {
    const column = columns[name];
    const ids: string[] = [];
    const places = codes(dictionaries[name], (id) => {
      const label = labelOf(id);
      return ids.includes(label) ? ids.indexOf(label) : ids.push(label) - 1;
    });
    return { ids, of: (row) => places[column[row]!]! };
  };
  const months = monthsOf(table, window);
  const firstMonth = months.length > 0 ? monthNumber(months[0]!) : 0;
  const inUse = (nameNow: (id: string) => string) => (entry: { id: string; from?: Day | undefined }) => {
    const begun = [since, brusselsDay(window.to - 1)].some((day) => entry.from === undefined || entry.from <= day);
    return begun && nameNow(entry.id) === entry.id;
  };
  const ofTicketsOnly = filters.function !== undefined || filters.outcome !== undefined;
  const inPeriod = (day: Day): boolean =>
    (window.from === Number.NEGATIVE_INFINITY || day >= brusselsDay(window.from)) && day <= brusselsDay(window.to - 1);

  return {
    table,
    window,
    backlogAt,
    /** Months of the period from the first question on, up to now. */
    months,
    asked,
    routed: where(asked, table.routed),
    holds,
    /** The rows behind a part, or all questions of the period. */
    behind: (part?: Part): Uint32Array =>
      part === undefined ? asked : whenever.has(part) ? all(holds[part]) : where(asked, holds[part]),
    by: {
      month: { ids: months, of: (row: number) => columns.month[row]! - firstMonth },
      theme: splitBy('theme', (id) => (id === undefined ? UNKNOWN : themeNow(id))),
      coreProcess: splitBy('theme', (id) => (id === undefined ? UNKNOWN : (processOf(id) ?? UNKNOWN))),
      channel: splitBy('channel', (id) => id ?? UNKNOWN),
      centre: splitBy('centre', (id) => (id === undefined ? UNKNOWN : centreNow(id))),
      function: splitBy('function', (id) => id ?? UNKNOWN),
      outcome: splitBy('outcome', (id) => id ?? NOT_CLOSED),
      age: byAge,
      stateThen: { ids: [...STATES], of: (row: number) => table.stateAt(row, backlogAt) },
    } satisfies Record<string, Split>,
    themes: directory.themes.filter(
      (theme) => inUse(themeNow)(theme) && themePasses(theme.id) && agrees(filters.service, theme.service),
    ),
    centres: directory.centres.filter((centre) => inUse(centreNow)(centre) && centrePasses(centre.id)),
    centreNow,
    /** Whether helpdesk sessions, and time without a question, can pass at all: nobody's function is known of them. */
    sessionsCount: !ofTicketsOnly && (filters.channel === undefined || filters.channel === 'session'),
    timeCounts: !ofTicketsOnly && [filters.channel, filters.centre, filters.region].every((wish) => wish === undefined),
    inPeriod,
    aboutTheme: (theme: string | undefined): boolean =>
      themePasses(theme) && (filters.service === undefined || themeById.get(theme ?? '')?.service === filters.service),
    aboutCentre: (centre: string): boolean => centrePasses(centre),
  };
}
type Label = (id: string | undefined) => string;

/** The name under which an id counts on a day. A circle of successors ends where it began. */
function successors<Id extends string>(entries: readonly ({ id: Id } & Validity<Id>)[], since: Day) {
  const known = new Map<string, Validity<Id>>(entries.map((entry) => [entry.id, entry]));
  return (id: string): string => {
    const seen = new Set([id]);
    for (let at = id; ; ) {
      const { until, successor } = known.get(at) ?? {};
      if (until === undefined || until >= since || successor === undefined || seen.has(successor)) return at;
      seen.add(successor);
      at = successor;
    }
  };
}

function firstDay({ namesOf, now }: Context, filters: Filters): Day {
  if (namesOf !== undefined) return namesOf;
  const { from } = windowOf(filters, now);
  return brusselsDay(from === Number.NEGATIVE_INFINITY ? now : from);
}

function monthsOf(table: FactTable, { from, to }: Window): string[] {
  const { live, askedAt } = table.columns;
  let earliest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < table.size; row++) if (live[row] && askedAt[row]! < earliest) earliest = askedAt[row]!;
  const first = Math.max(from, earliest);
  if (!(first < to)) return [];
  const [low, high] = [monthNumber(monthOf(first)), monthNumber(monthOf(to - 1))];
  return Array.from({ length: high - low + 1 }, (_, at) => monthNamed(low + at));
}

/** "2026-12" gives "2027-01"; an impossible month stays impossible. */
function monthAfter(month: string): string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? monthNamed(monthNumber(month) + 1) : month;
}

/** One small number per code of a dictionary, "not said" included. */
function codes(dictionary: Dictionary, numberOf: (id: string | undefined) => number | boolean): Uint16Array {
  return Uint16Array.from(dictionary.ids, (id, at) => Number(numberOf(at === 0 ? undefined : id)));
}

const agrees = <T>(wanted: T | undefined, actual: T | undefined) => wanted === undefined || wanted === actual;
