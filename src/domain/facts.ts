// What counts of one ticket, without a word or a name in it. Pure; knows no table, no filter and no figure.

import type {
  CentreId,
  Day,
  FunctionId,
  Instant,
  IntakeChannel,
  ServiceId,
  StrategyId,
  ThemeId,
  TicketId,
  WorkingCalendar,
} from './terms.ts';
import { DAY_MS } from './terms.ts';
import { apply, minutesOf, type Outcome, replay, type State, type Ticket, type TicketEvent } from './ticket.ts';
import { addWorkingDays, workingMs } from './working-time.ts';

/** Days after a first answer in which a reopen shows that it did not do. */
const FIRST_CONTACT_DAYS = 7;
/** Working days in which a routed question on the same theme shows that the answer of the index did not do. */
const UNCONFIRMED_DAYS = 3;

/**
 * Everything the figures need of one question. Whatever depends on the working calendar is counted here, so a change
 * of the calendar means folding all tickets again. Retracted tickets have no facts.
 */
export type Facts = {
  ticket: TicketId;
  /** "HD-2026-0142" */
  number: string;
  askedAt: Instant;
  channel: IntakeChannel;
  service: ServiceId;
  theme?: ThemeId;
  suggestedTheme?: ThemeId;
  centre?: CentreId;
  function?: FunctionId;
  /** Who asked, under a name that means nothing outside this school year. Absent of somebody not known. */
  requester?: string;
  /** Absent as long as it is not closed. */
  outcome?: Outcome;
  /** Each change of state, in the order of the events; `kind` holds from `at` on. Merged is closed, but goes on elsewhere. */
  states: { at: Instant; kind: State['kind'] | 'merged' }[];
  /** What the index first said. */
  suggested?: 'answer' | 'unsure' | 'none';
  routedAt?: Instant;
  registered: boolean;
  /** Working ms from routing; only of questions through Teams, only when it came so far. */
  toResponse?: number;
  toAnswer?: number;
  toClose?: number;
  /** Whether it was solved in one contact; absent unless it was routed, answered and then closed. */
  firstContact?: boolean;
  minutes: number;
  handOvers: number;
  surveySent: boolean;
  scores?: Record<string, number>;
  /** When those were given. */
  surveyedAt?: Instant;
  /** Of self-service without a reaction: when the answer was shown, and the end of the days in which to ask again. */
  unconfirmed?: { from: Instant; until: Instant };
};

/** What is so of a question or not, whatever the filters and the settings are. */
export const TRAITS = [
  'routed',
  'self-service',
  'bot-answer',
  'bot-unsure',
  'bot-none',
  'bot-routed',
  'theme-kept',
  'theme-changed',
  'handed-over',
  'responded',
  'finished',
  'one-contact',
  'time-logged',
  'no-time-logged',
  'survey-sent',
  'surveyed',
] as const;
export type Trait = (typeof TRAITS)[number];

/** What holds of a ticket whatever the filters and the day, in the order of `TRAITS`. */
export function traitsOf(facts: Facts): Trait[] {
  const { suggested, suggestedTheme, theme, outcome, firstContact, minutes } = facts;
  const routed = facts.routedAt !== undefined;
  // The time of a merged question is on the one that it was merged into.
  const timed = outcome !== undefined && outcome !== 'merged' && (routed || facts.registered);
  const holds: Record<Trait, boolean> = {
    routed,
    'self-service': outcome === 'self-service',
    'bot-answer': suggested === 'answer',
    'bot-unsure': suggested === 'unsure',
    'bot-none': suggested === 'none',
    'bot-routed': suggested !== undefined && routed,
    'theme-kept': routed && suggestedTheme !== undefined && theme === suggestedTheme,
    'theme-changed': routed && suggestedTheme !== undefined && theme !== suggestedTheme,
    'handed-over': routed && facts.handOvers > 0,
    responded: facts.toResponse !== undefined,
    finished: firstContact !== undefined,
    'one-contact': firstContact === true,
    'time-logged': timed && minutes > 0,
    'no-time-logged': timed && minutes <= 0,
    'survey-sent': facts.surveySent,
    surveyed: facts.scores !== undefined,
  };
  return TRAITS.filter((trait) => holds[trait]);
}

/** Time that belongs to no question; whose it was does not count. */
export type TimeFacts = { day: Day; minutes: number; theme?: ThemeId; strategy: StrategyId };

/**
 * Folds a ticket; undefined of one that was registered by mistake. `name` is what the requester counts under, if
 * anything. Throws RangeError for instants that are no date.
 */
export function factsOf(ticket: Ticket, calendar: WorkingCalendar, name: string | undefined): Facts | undefined {
  if (ticket.retracted) return undefined;
  const { id, number, askedAt, channel, service, theme, suggestedTheme, requester, state } = ticket;
  const routedAt = first(ticket, 'routed')?.at;
  const suggested = first(ticket, 'suggested')?.decision;
  const since = (at: Instant | undefined) =>
    routedAt === undefined || at === undefined || channel !== 'teams' ? undefined : workingMs(calendar, routedAt, at);
  const toResponse = since(ticket.events.find(isVisibleReply)?.at);
  const toAnswer = since(first(ticket, 'answered')?.at);
  // A merged question ended elsewhere: how long that took is counted there.
  const toClose = since(state.kind === 'closed' && state.outcome !== 'merged' ? state.at : undefined);
  const firstContact = routedAt === undefined ? undefined : inOneContact(ticket);
  const surveyed = first(ticket, 'surveyed');
  const shown = ticket.events.findLast(({ type }) => type === 'suggested')?.at ?? askedAt;
  const silent = state.kind === 'closed' && state.outcome === 'self-service-unconfirmed';
  return {
    ticket: id,
    number,
    askedAt,
    channel,
    service,
    ...(theme !== undefined && { theme }),
    ...(suggestedTheme !== undefined && { suggestedTheme }),
    ...(requester.centre !== undefined && { centre: requester.centre }),
    ...(requester.function !== undefined && { function: requester.function }),
    ...(name !== undefined && { requester: name }),
    ...(state.kind === 'closed' && { outcome: state.outcome }),
    states: statesOf(ticket),
    ...(suggested !== undefined && { suggested }),
    ...(routedAt !== undefined && { routedAt }),
    registered: ticket.events.some(({ type }) => type === 'registered'),
    ...(toResponse !== undefined && { toResponse }),
    ...(toAnswer !== undefined && { toAnswer }),
    ...(toClose !== undefined && { toClose }),
    ...(firstContact !== undefined && { firstContact }),
    minutes: minutesOf(ticket),
    handOvers: ticket.events.filter(({ type }) => type === 'handed-over').length,
    surveySent: ticket.events.some(
      (event) => (event.type === 'closed' && event.survey) || event.type === 'survey-sent',
    ),
    ...(surveyed && { scores: surveyed.scores, surveyedAt: surveyed.at }),
    ...(silent && { unconfirmed: { from: shown, until: addWorkingDays(calendar, shown, UNCONFIRMED_DAYS) } }),
  };
}

/** The kinds of state that the events add up to one by one, each with the time of the event that brought it. */
function statesOf({ id, number, events }: Ticket): Facts['states'] {
  const [asked, ...rest] = events as [TicketEvent, ...TicketEvent[]];
  let now = replay(id, number, [asked]);
  const kindOf = ({ state }: Ticket) => (state.kind === 'closed' && state.outcome === 'merged' ? 'merged' : state.kind);
  const states: Facts['states'] = [{ at: asked.at, kind: kindOf(now) }];
  for (const event of rest) {
    now = apply(now, event);
    if (kindOf(now) !== states.at(-1)!.kind) states.push({ at: event.at, kind: kindOf(now) });
  }
  return states;
}

const isVisibleReply = ({ type }: TicketEvent) => type === 'answered' || type === 'asked-back' || type === 'referred';

function inOneContact(ticket: Ticket): boolean | undefined {
  const answer = ticket.events.findIndex(({ type }) => type === 'answered');
  if (answer < 0) return undefined;
  const after = ticket.events.slice(answer);
  if (!after.some(({ type }) => type === 'closed')) return undefined;
  const answeredBack = after.some(({ type }) => type === 'replied');
  return advisorsOf(ticket) === 1 && !answeredBack && !wasReopened(ticket, FIRST_CONTACT_DAYS);
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

/** True when a reopen followed a close at most so many days later. */
function wasReopened({ events }: Ticket, days: number): boolean {
  let closedAt: Instant | undefined;
  return events.some(({ type, at }) => {
    if (type === 'closed') closedAt = at;
    return type === 'reopened' && closedAt !== undefined && at - closedAt <= days * DAY_MS;
  });
}

function first<Type extends TicketEvent['type']>(
  { events }: Ticket,
  type: Type,
): Extract<TicketEvent, { type: Type }> | undefined {
  return events.find((event): event is Extract<TicketEvent, { type: Type }> => event.type === type);
}
