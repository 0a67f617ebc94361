// The figures of the helpdesk as one fold over tickets. Pure; knows no store and no word on screen, and lets no person out.

import type { Directory } from './routing.ts';
import {
  type CentreId,
  CHANNELS,
  type FunctionId,
  type Instant,
  type IntakeChannel,
  type PersonId,
  type SchoolYear,
  type ServiceId,
  type Survey,
  type ThemeId,
  type WorkingCalendar,
} from './terms.ts';
import {
  minutesOf,
  type Outcome,
  replay,
  type State,
  type Ticket,
  type TicketEvent,
  wasRegistered,
  wasRouted,
} from './ticket.ts';
import { addWorkingDays, instantAt, monthOf, schoolYearRange, workingMs } from './working-time.ts';

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
  'satisfaction',
] as const satisfies readonly (keyof Figures)[];
export type FigureKey = (typeof FIGURE_KEYS)[number];

/** Id of the cell for what a ticket does not say. */
export const UNKNOWN = 'unknown';
/** Id of the cell for tickets without an outcome yet. */
export const NOT_CLOSED = 'not-closed';
const OUTCOMES = [
  'self-service',
  'self-service-unconfirmed',
  'answered',
  'referred',
  'no-answer-needed',
  'withdrawn',
] as const satisfies readonly Outcome[];
const UNDER_WAY = ['answered', 'open', 'claimed', 'awaiting-requester'] as const satisfies readonly State['kind'][];
const DAY_MS = 86_400_000;
/** Age since the question was asked, in days of 24 hours. */
const AGES = [
  { id: 'under-1-day', below: 1 },
  { id: 'under-1-week', below: 7 },
  { id: 'under-4-weeks', below: 28 },
  { id: 'older', below: Number.POSITIVE_INFINITY },
] as const;
const REOPEN_DAYS = 14;
const FIRST_CONTACT_DAYS = 7;
/** Working days in which a routed question on the same theme shows that the answer of the index did not do. */
const UNCONFIRMED_DAYS = 3;
/** Fewer people than this are not shown: design rule for satisfaction and for anybody without the quality role. */
const FEWEST_PEOPLE = 5;

/** `requesters` is the number of distinct people behind the cell; see `suppressSmallCells`. */
export type Cell = { id: string; value: number; requesters: number };
/** `share` is between 0 and 1, and undefined when `of` is 0. */
export type Share = { count: number; of: number; share: number | undefined };
/** Working milliseconds; the n-th of the sorted values by nearest rank, undefined when there are none. */
export type Duration = { n: number; median: number | undefined; p90: number | undefined };
export type Backlog = { total: number; byAge: Cell[]; byState: Cell[] };
/** Of one survey item; the shares and the mean are undefined when fewer than 5 people answered it. */
type ItemScore = {
  id: string;
  n: number;
  positive: number | undefined;
  other: number | undefined;
  mean: number | undefined;
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
  /** Distinct people who asked; a caller who is not known counts as nobody. */
  requesters: number;
  /** CLB centres with at least one question over all CLB centres; and questions per centre and month. */
  reach: { centres: Share; silent: CentreId[]; grid: { centre: string; months: Cell[] }[] };
  /** Both over self-service + routed. */
  selfService: { explicit: Share; unconfirmed: Share };
  /** What the index first said to a question, and how many of those questions went to an advisor. */
  bot: { answer: number; unsure: number; none: number; routed: number };
  /** Final theme = suggested theme over routed questions with a suggested theme; hand-overs over routed questions. */
  routing: { accuracy: Share; handOvers: { count: number; of: number; perTicket: number | undefined } };
  /** From routing to the first answer, question back or referral; channel teams only. */
  firstResponse: Duration;
  /** From routing to the first answer; channel teams only. */
  timeToAnswer: Duration;
  /** From routing to the last close of tickets that are closed now; channel teams only. */
  timeToClose: Duration;
  /** One advisor, no message of the requester after the first answer, no reopen within 7 days; over answered and closed. */
  firstContact: Share;
  /** Reopened within 14 days over closed, by date closed. */
  reopened: Share;
  /** At `now`, whatever the period. */
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
  satisfaction: { response: Share; items: ItemScore[] };
};

/** `period` runs up to, not including, `to`. */
export type Context = {
  directory: Pick<Directory, 'themes' | 'centres' | 'functions'>;
  calendar: WorkingCalendar;
  period: { from: Instant; to: Instant };
  now: Instant;
  survey: Pick<Survey, 'positiveFrom' | 'items'>;
};

/** All must hold; the school year and the month ("2026-11", Brussels) narrow the period. */
export type Filters = {
  schoolYear?: SchoolYear | undefined;
  month?: string | undefined;
  service?: ServiceId | undefined;
  coreProcess?: string | undefined;
  theme?: ThemeId | undefined;
  channel?: IntakeChannel | undefined;
  centre?: CentreId | undefined;
  function?: FunctionId | undefined;
  outcome?: Outcome | typeof NOT_CLOSED | undefined;
};

/**
 * Every figure of the tickets that pass the filters, by the date they were asked unless `Figures` says otherwise.
 * `tickets` are all there are, each once: the filters are applied here. Redacted tickets count like any other, and
 * retracted ones nowhere.
 * Throws RangeError for a malformed school year or month.
 */
export function measure(tickets: Iterable<Ticket>, context: Context, filters: Filters): Figures {
  const { directory, calendar, now, survey } = context;
  const all = [...tickets].filter(({ retracted }) => !retracted);
  const processOf = new Map(directory.themes.map(({ id, coreProcess }) => [id, coreProcess]));
  const process = ({ theme }: Ticket) => theme && processOf.get(theme);
  const window = narrow(context.period, filters);
  const within = (instant: Instant) => window.from <= instant && instant < window.to;
  const passing = all.filter(
    (ticket) =>
      agrees(filters.service, ticket.service) &&
      agrees(filters.coreProcess, process(ticket)) &&
      agrees(filters.theme, ticket.theme) &&
      agrees(filters.channel, ticket.channel) &&
      agrees(filters.centre, ticket.requester.centre) &&
      agrees(filters.function, ticket.requester.function) &&
      agrees(filters.outcome, outcomeOf(ticket)),
  );
  const asked = passing.filter(({ askedAt }) => within(askedAt));
  const routed = asked.filter(wasRouted);
  const timed = routed.filter(({ channel }) => channel === 'teams');

  const earliest = all.reduce((first, { askedAt }) => Math.min(first, askedAt), Number.POSITIVE_INFINITY);
  const months = monthsBetween(Math.max(window.from, earliest), Math.min(window.to - 1, now));
  const themes = directory.themes.filter(
    ({ id, service, coreProcess }) =>
      agrees(filters.theme, id) && agrees(filters.service, service) && agrees(filters.coreProcess, coreProcess),
  );
  const clbs = directory.centres.filter(({ id, kind }) => kind === 'clb' && agrees(filters.centre, id));
  const clbIds = clbs.map(({ id }) => id);
  const monthTable = (some: Ticket[], amount?: Amount) =>
    table(some, months, ({ askedAt }) => monthOf(askedAt), amount);
  const tables = (some: Ticket[], amount?: Amount) => ({
    byMonth: monthTable(some, amount),
    byTheme: table(some, ids(themes), ({ theme }) => theme, amount),
    byCoreProcess: table(some, [...new Set(themes.map(({ coreProcess }) => coreProcess))], process, amount),
    byChannel: table(some, CHANNELS, ({ channel }) => channel, amount),
  });
  const byCentre = table(asked, clbIds, ({ requester }) => requester.centre);
  const silent = clbIds.filter((id) => byCentre.some((cell) => cell.id === id && cell.value === 0));
  const atCentre = Map.groupBy(asked, ({ requester }) => requester.centre ?? UNKNOWN);

  return {
    questions: {
      total: asked.length,
      ...tables(asked),
      byCentre,
      byFunction: table(asked, ids(directory.functions), ({ requester }) => requester.function),
      byOutcome: table(asked, [...OUTCOMES, NOT_CLOSED], outcomeOf),
    },
    requesters: people(asked),
    reach: {
      centres: share(clbIds.length - silent.length, clbIds.length),
      silent,
      grid: byCentre.map(({ id }) => ({ centre: id, months: monthTable(atCentre.get(id as CentreId) ?? []) })),
    },
    selfService: selfService(asked, routed.length, all, calendar),
    bot: bot(asked),
    routing: routing(routed),
    firstResponse: duration(calendar, timed, ({ events }) => events.find(isVisibleReply)?.at),
    timeToAnswer: duration(calendar, timed, (ticket) => first(ticket, 'answered')?.at),
    timeToClose: duration(calendar, timed, ({ state }) => (state.kind === 'closed' ? state.at : undefined)),
    firstContact: firstContact(routed),
    reopened: reopened(passing, within),
    backlog: backlogAt(passing, now),
    minutes: {
      total: sum(asked.map(minutesOf)),
      ...tables(asked, minutesOf),
      logged: part(
        asked.filter((ticket) => ticket.state.kind === 'closed' && (wasRouted(ticket) || wasRegistered(ticket))),
        (ticket) => minutesOf(ticket) > 0,
      ),
    },
    satisfaction: satisfaction(asked, survey),
  };
}

/** The tickets that were not closed at `instant`, from their events up to and including it. */
export function backlogAt(tickets: Iterable<Ticket>, instant: Instant): Backlog {
  const underWay: Ticket[] = [];
  for (const ticket of tickets) {
    if (ticket.retracted) continue;
    const happened = ticket.events.filter(({ at }) => at <= instant);
    if (happened.length === 0) continue;
    const then = happened.length === ticket.events.length ? ticket : replay(ticket.id, ticket.number, happened);
    if (then.state.kind !== 'closed') underWay.push(then);
  }
  const age = ({ askedAt }: Ticket) => AGES.find(({ below }) => instant - askedAt < below * DAY_MS)?.id;
  return {
    total: underWay.length,
    byAge: table(underWay, ids(AGES), age),
    byState: table(underWay, UNDER_WAY, ({ state }) => state.kind),
  };
}

/**
 * Hides what a viewer without the quality role may not see of a table: `value` becomes undefined for every cell
 * with something in it from fewer than `threshold` people. So that the total does not give a hidden cell away,
 * the smallest other filled cells are hidden too until `threshold` people are behind the hidden ones together, and
 * so at least two are; when there are not enough, everything is hidden, empty cells as well. Somebody in two cells
 * counts twice. A total of fewer people is for the caller to hide.
 */
export function suppressSmallCells(
  cells: readonly Cell[],
  threshold = FEWEST_PEOPLE,
): { id: string; value: number | undefined }[] {
  const filled = cells.filter(({ value }) => value !== 0);
  const hidden = new Set(filled.filter(({ requesters }) => requesters < threshold));
  if (hidden.size > 0) {
    const others = filled.filter((cell) => !hidden.has(cell)).sort((a, b) => a.value - b.value);
    const safe = () => sum([...hidden].map(({ requesters }) => requesters)) >= threshold;
    for (const cell of others) {
      if (safe()) break;
      hidden.add(cell);
    }
    if (!safe()) for (const cell of cells) hidden.add(cell);
  }
  return cells.map((cell) => ({ id: cell.id, value: hidden.has(cell) ? undefined : cell.value }));
}

type Amount = (ticket: Ticket) => number;

/** Counts per id: the known ones in their order, 0 included, then what else is found by name, then `UNKNOWN`. */
function table(
  tickets: readonly Ticket[],
  known: readonly string[],
  idOf: (ticket: Ticket) => string | undefined,
  amount: Amount = () => 1,
): Cell[] {
  const found = new Map<string, { value: number; people: Set<PersonId> }>();
  for (const ticket of tickets) {
    const value = amount(ticket);
    if (value === 0) continue;
    const id = idOf(ticket) ?? UNKNOWN;
    const cell = found.get(id) ?? { value: 0, people: new Set() };
    found.set(id, cell);
    cell.value += value;
    if (ticket.requester.person) cell.people.add(ticket.requester.person);
  }
  const listed = new Set(known);
  const others = [...found.keys()].filter((id) => !listed.has(id) && id !== UNKNOWN).sort();
  const last = found.has(UNKNOWN) && !listed.has(UNKNOWN) ? [UNKNOWN] : [];
  return [...listed, ...others, ...last].map((id) => {
    const cell = found.get(id);
    return { id, value: cell?.value ?? 0, requesters: cell?.people.size ?? 0 };
  });
}

function selfService(
  asked: Ticket[],
  routed: number,
  all: Ticket[],
  calendar: WorkingCalendar,
): Figures['selfService'] {
  const topic = ({ requester, theme }: Ticket) =>
    theme && requester.person ? `${theme} ${requester.person}` : undefined;
  const sent = Map.groupBy(all.filter(wasRouted), topic);
  const askedAgain = (ticket: Ticket): boolean => {
    const others = topic(ticket) === undefined ? [] : (sent.get(topic(ticket)) ?? []);
    if (others.length === 0) return false;
    const shown = ticket.events.findLast(({ type }) => type === 'suggested')?.at ?? ticket.askedAt;
    const until = addWorkingDays(calendar, shown, UNCONFIRMED_DAYS);
    return others.some((other) => {
      const { at } = first(other, 'routed')!;
      return shown <= at && at <= until;
    });
  };
  const explicit = asked.filter((ticket) => outcomeOf(ticket) === 'self-service').length;
  const unconfirmed = asked.filter(
    (ticket) => outcomeOf(ticket) === 'self-service-unconfirmed' && !askedAgain(ticket),
  ).length;
  const of = explicit + unconfirmed + routed;
  return { explicit: share(explicit, of), unconfirmed: share(unconfirmed, of) };
}

function bot(asked: Ticket[]): Figures['bot'] {
  const counts = { answer: 0, unsure: 0, none: 0, routed: 0 };
  for (const ticket of asked) {
    const suggested = first(ticket, 'suggested');
    if (!suggested) continue;
    counts[suggested.decision]++;
    if (wasRouted(ticket)) counts.routed++;
  }
  return counts;
}

function routing(routed: Ticket[]): Figures['routing'] {
  const count = sum(routed.map(({ events }) => events.filter(({ type }) => type === 'handed-over').length));
  return {
    accuracy: part(
      routed.filter(({ suggestedTheme }) => suggestedTheme !== undefined),
      ({ theme, suggestedTheme }) => theme === suggestedTheme,
    ),
    handOvers: { count, of: routed.length, perTicket: share(count, routed.length).share },
  };
}

const isVisibleReply = ({ type }: TicketEvent) => type === 'answered' || type === 'asked-back' || type === 'referred';

function firstContact(routed: Ticket[]): Share {
  const finished = routed.filter(({ events }) => {
    const answer = events.findIndex(({ type }) => type === 'answered');
    return answer >= 0 && events.slice(answer).some(({ type }) => type === 'closed');
  });
  return part(finished, (ticket) => {
    const answer = ticket.events.findIndex(({ type }) => type === 'answered');
    const answeredBack = ticket.events.slice(answer).some(({ type }) => type === 'replied');
    return advisorsOf(ticket) === 1 && !answeredBack && !reopenedWithin(ticket, FIRST_CONTACT_DAYS, () => true);
  });
}

/** People who worked on a ticket; a colleague brought in counts, somebody who only passed it on does not. */
function advisorsOf({ events }: Ticket): number {
  const advisors = new Set<string>();
  for (const event of events) {
    if (event.type === 'consulted') advisors.add(`colleague ${event.at}`);
    if (event.type === 'handed-over' && 'advisor' in event.to) advisors.add(event.to.advisor.person);
    if ((event.type === 'claimed' || event.type === 'time-logged' || isVisibleReply(event)) && event.by) {
      advisors.add(event.by.person);
    }
  }
  return advisors.size;
}

function reopened(passing: Ticket[], within: (instant: Instant) => boolean): Share {
  const closed = passing.filter(({ events }) => events.some(({ type, at }) => type === 'closed' && within(at)));
  return part(closed, (ticket) => reopenedWithin(ticket, REOPEN_DAYS, within));
}

/** True when a close that counts was followed by a reopen at most so many days later. */
function reopenedWithin({ events }: Ticket, days: number, counts: (closedAt: Instant) => boolean): boolean {
  let closedAt: Instant | undefined;
  for (const { type, at } of events) {
    if (type === 'closed') closedAt = at;
    if (type === 'reopened' && closedAt !== undefined && counts(closedAt) && at - closedAt <= days * DAY_MS)
      return true;
  }
  return false;
}

function satisfaction(asked: Ticket[], survey: Context['survey']): Figures['satisfaction'] {
  const sent = asked.filter(({ events }) => events.some((event) => event.type === 'closed' && event.survey));
  const answers = asked.flatMap((ticket) => {
    const given = first(ticket, 'surveyed');
    return given ? [{ person: ticket.requester.person, scores: given.scores }] : [];
  });
  const items = survey.items.map(({ id }): ItemScore => {
    const given = answers.filter(({ scores }) => Object.hasOwn(scores, id));
    const scores = given.map(({ scores }) => scores[id]!);
    const positive = part(scores, (score) => score >= survey.positiveFrom).share;
    const n = scores.length;
    if (new Set(given.map(({ person }) => person)).size < FEWEST_PEOPLE) {
      return { id, n, positive: undefined, other: undefined, mean: undefined };
    }
    const other = part(scores, (score) => score < survey.positiveFrom).share;
    return { id, n, positive, other, mean: sum(scores) / n };
  });
  return { response: share(answers.length, sent.length), items };
}

/** Working time from routing to a later moment, over the tickets that reached it. */
function duration(calendar: WorkingCalendar, routed: Ticket[], end: (ticket: Ticket) => Instant | undefined): Duration {
  const times = routed
    .flatMap((ticket) => {
      const at = end(ticket);
      return at === undefined ? [] : [workingMs(calendar, first(ticket, 'routed')!.at, at)];
    })
    .sort((a, b) => a - b);
  const rank = (part: number) => times[Math.ceil(part * times.length) - 1];
  return { n: times.length, median: rank(0.5), p90: rank(0.9) };
}

function first<Type extends TicketEvent['type']>(
  { events }: Ticket,
  type: Type,
): Extract<TicketEvent, { type: Type }> | undefined {
  return events.find((event): event is Extract<TicketEvent, { type: Type }> => event.type === type);
}

function outcomeOf({ state }: Ticket): Outcome | typeof NOT_CLOSED {
  return state.kind === 'closed' ? state.outcome : NOT_CLOSED;
}

function narrow(period: Context['period'], { schoolYear, month }: Filters): Context['period'] {
  const ranges = [period];
  if (schoolYear !== undefined) ranges.push(schoolYearRange(schoolYear));
  if (month !== undefined) {
    ranges.push({ from: instantAt(`${month}-01`, '00:00'), to: instantAt(`${monthAfter(month)}-01`, '00:00') });
  }
  return { from: Math.max(...ranges.map(({ from }) => from)), to: Math.min(...ranges.map(({ to }) => to)) };
}

function monthsBetween(from: Instant, to: Instant): string[] {
  const months: string[] = [];
  if (!(from <= to)) return months;
  for (let month = monthOf(from); month <= monthOf(to); month = monthAfter(month)) months.push(month);
  return months;
}

/** "2026-12" gives "2027-01". */
function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number!, 1)).toISOString().slice(0, 7);
}

const agrees = <T>(wanted: T | undefined, actual: T | undefined) => wanted === undefined || wanted === actual;
const ids = <Id extends string>(list: readonly { id: Id }[]): Id[] => list.map(({ id }) => id);
const people = (tickets: Ticket[]) => new Set(tickets.flatMap(({ requester }) => requester.person ?? [])).size;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const share = (count: number, of: number): Share => ({ count, of, share: of === 0 ? undefined : count / of });
const part = <T>(list: T[], holds: (one: T) => boolean): Share => share(list.filter(holds).length, list.length);
