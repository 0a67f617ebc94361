// Which tickets a view is about: filters, periods, names that changed, and what stands behind a figure. Pure; counts nothing.

import { type Dictionary, type FactTable, monthNamed, monthNumber, STATES } from './fact-table.ts';
import { TRAITS, type Trait } from './facts.ts';
import type { Directory } from './routing.ts';
import { atLeast, countCodes, narrow, type Split, where } from './tally.ts';
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
import { DAY_MS, HOUR_MS } from './terms.ts';
import type { Outcome } from './ticket.ts';
import { brusselsDay, instantAt, monthOf, schoolYearRange } from './working-time.ts';

/** Id of the cell for what a ticket does not say. */
export const UNKNOWN = 'unknown';
/** Id of the cell for tickets without an outcome yet. */
export const NOT_CLOSED = 'not-closed';

/**
 * All must hold; `UNKNOWN` asks for what a ticket does not say. The school year and the month ("2026-11", Brussels) make
 * the period. `services` is no choice but how far a viewer's rights reach: no question of another service is looked at.
 */
export type Filters = {
  services?: readonly ServiceId[] | undefined;
  schoolYear?: SchoolYear | undefined;
  month?: string | undefined;
  service?: ServiceId | undefined;
  coreProcess?: string | undefined;
  theme?: ThemeId | typeof UNKNOWN | undefined;
  channel?: IntakeChannel | undefined;
  centre?: CentreId | typeof UNKNOWN | undefined;
  region?: string | undefined;
  function?: FunctionId | typeof UNKNOWN | undefined;
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
  ...TRAITS,
  'self-service-unconfirmed',
  'self-service-or-routed',
  'theme-judged',
  'requester-known',
  'with-minutes',
  'answer-timed',
  'close-timed',
  'responded-in-time',
  'closed',
  'reopened',
  'backlog',
  'under-1-day',
  'under-1-week',
  'under-4-weeks',
  'older',
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
const UNDER_WAY = STATES.indexOf('closed');

type Holds = (row: number) => boolean;

/** `to` is not included. */
export type Window = { from: Instant; to: Instant };

/**
 * The period of the filters, ended by `now`; everything up to now when they name none.
 * Throws RangeError for a malformed school year or month.
 */
export function windowOf({ schoolYear, month }: Filters, now: Instant): Window {
  const ranges = [{ from: Number.NEGATIVE_INFINITY, to: now + 1 }];
  if (schoolYear !== undefined) ranges.push(schoolYearRange(schoolYear));
  if (month !== undefined) {
    ranges.push({ from: instantAt(`${month}-01`, '00:00'), to: instantAt(`${monthAfter(month)}-01`, '00:00') });
  }
  return { from: Math.max(...ranges.map(({ from }) => from)), to: Math.min(...ranges.map(({ to }) => to)) };
}

/**
 * The same filters and moment one school year earlier, under the names of now; undefined without a period. The moment is
 * the end of the hour, so that what was counted can be used again within it.
 */
export function yearBefore(context: Context, filters: Filters): { context: Context; filters: Filters } | undefined {
  const { schoolYear, month } = filters;
  if (schoolYear === undefined && month === undefined) return undefined;
  const before = (text: string) => text.replace(/\d{4}/g, (year) => String(Number(year) - 1));
  const today = brusselsDay(context.now);
  const then = today.endsWith('-02-29') ? `${before(today).slice(0, 8)}28` : before(today);
  const moment = context.now - instantAt(today, '00:00') + instantAt(then, '00:00');
  const now = Math.ceil(moment / HOUR_MS) * HOUR_MS;
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
    agrees(filters.theme, named(id, themeNow)) && agrees(filters.coreProcess, named(id, processOf));
  const centrePasses = (id: string | undefined) =>
    agrees(filters.centre, named(id, centreNow)) && agrees(filters.region, id && centreById.get(centreNow(id))?.region);
  const within = (service: string | undefined) =>
    filters.services === undefined || (filters.services as readonly (string | undefined)[]).includes(service);
  const filtering = {
    theme: codes(dictionaries.theme, themePasses),
    centre: codes(dictionaries.centre, centrePasses),
    channel: codes(dictionaries.channel, (id) => agrees(filters.channel, id)),
    service: codes(dictionaries.service, (id) => within(id) && agrees(filters.service, id)),
    function: codes(dictionaries.function, (id) => agrees(filters.function, id ?? UNKNOWN)),
    outcome: codes(dictionaries.outcome, (id) => agrees(filters.outcome, id ?? NOT_CLOSED)),
  };
  const passing = (rows: Uint32Array): Uint32Array =>
    Object.entries(filtering)
      .filter(([, passes]) => passes.includes(0))
      .reduce((rest, [name, passes]) => narrow(rest, columns[name as keyof typeof filtering], passes), rows);
  const asked = passing(table.asked(window.from, window.to));
  const askedBefore = (to: Instant) => table.asked(Number.NEGATIVE_INFINITY, to);

  const targets = Float64Array.from(dictionaries.service.ids, (id) => {
    return (
      (directory.services.find((service) => service.id === id)?.respondWithin ?? Number.POSITIVE_INFINITY) * HOUR_MS
    );
  });
  const backlogAt = Math.min(now, window.to - 1);
  const age = (row: number) => AGES.findIndex(({ below }) => backlogAt - columns.askedAt[row]! < below * DAY_MS);
  const aged = (id: Part) => where(behind('backlog'), (row) => AGES[age(row)]!.id === id);

  /**
   * The same person sent a question on the same theme to an advisor soon after the answer, in or out of the filters; of
   * a service that is not looked at it would tell that there was one.
   */
  const seen = codes(dictionaries.service, within);
  const askedAgain: Holds = (row) => {
    if (columns.requester[row] === 0 || columns.theme[row] === 0) return false;
    return table.someOfRequester(row, (other) => {
      if (seen[columns.service[other]!] === 0) return false;
      const at = columns.routedAt[other]!;
      const soon = columns.unconfirmedFrom[row]! <= at && at <= columns.unconfirmedUntil[row]!;
      return soon && columns.theme[other] === columns.theme[row];
    });
  };
  const closes = (row: number) => table.closed(row, window.from, window.to, REOPEN_DAYS);

  const traits = (trait: Trait) => codes(dictionaries.traits, (id) => id?.split(' ').includes(trait) ?? false);
  const unconfirmed = codes(dictionaries.outcome, (id) => id === 'self-service-unconfirmed');
  const lists: Record<Exclude<Part, Trait>, () => Uint32Array> = {
    'self-service-unconfirmed': () => where(narrow(asked, columns.outcome, unconfirmed), (row) => !askedAgain(row)),
    'self-service-or-routed': () => {
      const helped = new Set([...behind('self-service'), ...behind('self-service-unconfirmed'), ...behind('routed')]);
      return where(asked, (row) => helped.has(row));
    },
    'theme-judged': () => {
      const judged = new Set([...behind('theme-kept'), ...behind('theme-changed')]);
      return where(asked, (row) => judged.has(row));
    },
    'requester-known': () => where(asked, (row) => columns.requester[row] !== 0),
    'with-minutes': () => where(asked, (row) => columns.minutes[row] !== 0),
    'answer-timed': () => where(behind('routed'), (row) => !Number.isNaN(columns.toAnswer[row])),
    'close-timed': () => where(behind('routed'), (row) => !Number.isNaN(columns.toClose[row])),
    'responded-in-time': () =>
      where(behind('responded'), (row) => columns.toResponse[row]! <= targets[columns.service[row]!]!),
    // Counted by another date than that of the question.
    closed: () =>
      where(passing(atLeast(askedBefore(window.to), columns.lastClosed, window.from)), (row) => closes(row) !== 'no'),
    reopened: () => where(behind('closed'), (row) => columns.closedOnce[row] === 0 && closes(row) === 'reopened'),
    backlog: () =>
      where(passing(atLeast(askedBefore(backlogAt + 1), columns.endedAt, backlogAt + 1)), (row) => {
        const state = table.stateAt(row, backlogAt);
        return state >= 0 && state < UNDER_WAY;
      }),
    'under-1-day': () => aged('under-1-day'),
    'under-1-week': () => aged('under-1-week'),
    'under-4-weeks': () => aged('under-4-weeks'),
    older: () => aged('older'),
  };
  const isTrait = (part: Part): part is Trait => !(part in lists);
  const found = new Map<Part, Uint32Array>();
  /** The rows behind a part, or all questions of the period; in the order asked. */
  function behind(part?: Part): Uint32Array {
    if (part === undefined) return asked;
    const rows = found.get(part) ?? (isTrait(part) ? narrow(asked, columns.traits, traits(part)) : lists[part]());
    found.set(part, rows);
    return rows;
  }
  let combinations: Uint32Array | undefined;
  /** As many as `behind` gives, without listing them. */
  function count(part: Part): number {
    if (!isTrait(part)) return behind(part).length;
    combinations ??= countCodes(asked, columns.traits, dictionaries.traits.ids.length);
    const passes = traits(part);
    return combinations.reduce((sum, rows, code) => sum + rows * passes[code]!, 0);
  }

  const splitBy = (name: 'theme' | 'centre' | 'channel' | 'function' | 'outcome', labelOf: Label): Split => {
    const ids: string[] = [];
    const cells = codes(dictionaries[name], (id) => {
      const label = labelOf(id);
      return ids.includes(label) ? ids.indexOf(label) : ids.push(label) - 1;
    });
    return { ids, column: columns[name], cells };
  };
  /** Of the backlog only. */
  const splitBacklog = (ids: readonly string[], of: (row: number) => number): Split => {
    const column = new Uint16Array(table.size);
    for (const row of behind('backlog')) column[row] = of(row);
    return { ids, column, cells: Uint16Array.from(ids, (_, at) => at) };
  };
  const months = monthsOf(table, window);
  const firstMonth = months.length > 0 ? monthNumber(months[0]!) : 0;
  const monthCells = new Uint16Array(firstMonth + months.length);
  for (let at = 0; at < months.length; at++) monthCells[firstMonth + at] = at;
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
    behind,
    count,
    by: {
      month: { ids: months, column: columns.month, cells: monthCells },
      theme: splitBy('theme', (id) => (id === undefined ? UNKNOWN : themeNow(id))),
      channel: splitBy('channel', (id) => id ?? UNKNOWN),
      centre: splitBy('centre', (id) => (id === undefined ? UNKNOWN : centreNow(id))),
      function: splitBy('function', (id) => id ?? UNKNOWN),
      outcome: splitBy('outcome', (id) => id ?? NOT_CLOSED),
    } satisfies Record<string, Split>,
    /** Of a label of `by.theme`. */
    processOfTheme: (label: string): string => (label === UNKNOWN ? UNKNOWN : (processOf(label) ?? UNKNOWN)),
    backlogBy: {
      age: () =>
        splitBacklog(
          AGES.map(({ id }) => id),
          age,
        ),
      state: () => splitBacklog(STATES, (row) => table.stateAt(row, backlogAt)),
    },
    themes: directory.themes.filter(
      (theme) =>
        inUse(themeNow)(theme) &&
        themePasses(theme.id) &&
        within(theme.service) &&
        agrees(filters.service, theme.service),
    ),
    centres: directory.centres.filter((centre) => inUse(centreNow)(centre) && centrePasses(centre.id)),
    centreNow,
    /** Whether helpdesk sessions, and time without a question, can pass at all: nobody's function is known of them. */
    sessionsCount: !ofTicketsOnly && (filters.channel === undefined || filters.channel === 'session'),
    timeCounts: !ofTicketsOnly && [filters.channel, filters.centre, filters.region].every((wish) => wish === undefined),
    inPeriod,
    aboutTheme: (theme: string | undefined): boolean => {
      const service = themeById.get(theme ?? '')?.service;
      return themePasses(theme) && within(service) && agrees(filters.service, service);
    },
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
  const [earliestRow] = table.asked(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  if (earliestRow === undefined) return [];
  const earliest = table.columns.askedAt[earliestRow]!;
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

/** What an id counts as. */
const named = (id: string | undefined, nameOf: (id: string) => string | undefined) =>
  (id === undefined ? undefined : nameOf(id)) ?? UNKNOWN;
const agrees = <T>(wanted: T | undefined, actual: T | undefined) => wanted === undefined || wanted === actual;
