// A ticket: its events and the state they add up to. Pure; knows no clock, store, right or screen.

import {
  type CentreId,
  type ContactId,
  type FunctionId,
  type Instant,
  type IntakeChannel,
  type ItemId,
  never,
  type PersonId,
  type ServiceId,
  type SessionId,
  type ThemeId,
  type TicketId,
  type TopicId,
} from './terms.ts';

/** `person` is absent, and `name` empty, of somebody who called or wrote and is not known to the house. */
export type Requester = { person?: PersonId; name: string; function?: FunctionId; centre?: CentreId };
export type Advisor = { person: PersonId; name: string };

export type Outcome =
  | 'self-service'
  | 'self-service-unconfirmed'
  | 'answered'
  | 'referred'
  | 'withdrawn'
  | 'no-answer-needed'
  /** The same question as another, which has the answer. */
  | 'merged';

export type State =
  | { kind: 'answered' }
  | { kind: 'open'; since: Instant }
  | { kind: 'claimed'; by: Advisor; since: Instant }
  | { kind: 'awaiting-requester'; by: Advisor; since: Instant }
  | { kind: 'closed'; outcome: Outcome; at: Instant; by?: Advisor };

export type Urgency = 'this-week' | 'soon';
/** Inside or outside GO! education. */
export type Reach = 'inside' | 'outside';
/** Another question, by the number that people know it by. */
export type Other = { ticket: TicketId; number: string };
export type ReminderStep = 'contact' | 'substitute' | 'coordinator';

/** What the index showed, best first; `confidence` is a probability. */
export type Suggestion = {
  decision: 'answer' | 'unsure' | 'none';
  items: ItemId[];
  theme?: { id: ThemeId; confidence: number };
};

/** What goes to an advisor, and to which. */
export type Routing = {
  service: ServiceId;
  theme?: ThemeId;
  contact: ContactId;
  question: string;
  urgency: Urgency;
  requester: Requester;
  /** Earlier answered tickets that resemble it, as found then. */
  similar?: TicketId[];
};

/** `by` is absent when the system did it. */
export type TicketEvent = { at: Instant; by?: Advisor; key?: string } & (
  | { type: 'asked'; channel: IntakeChannel; requester: Requester; question: string; service: ServiceId }
  | ({ type: 'suggested' } & Suggestion)
  | { type: 'rated-answer'; helped: boolean }
  | ({ type: 'routed' } & Routing)
  | { type: 'reminded'; step: ReminderStep; contact: ContactId }
  | { type: 'claimed' }
  | { type: 'released' }
  | { type: 'handed-over'; to: { advisor: Advisor } | { service: ServiceId; theme: ThemeId; contact: ContactId } }
  /** Whose advice was asked: a colleague, a contact or another service. What is absent was not recorded then. */
  | { type: 'consulted'; colleague: string; person?: PersonId; where?: Reach; told?: boolean }
  | { type: 'asked-back'; text: string }
  | { type: 'replied'; text: string }
  /** `told`: whether the requester knows; the helpdesk tells who asked in Teams. Absent fields were not recorded then. */
  | { type: 'referred'; to: string; note: string; where?: Reach; told?: boolean; via?: TicketId }
  /** `via`: said on the ticket that this one is merged into, and passed on to this requester. */
  | { type: 'answered'; text: string; source?: string; via?: TicketId }
  | { type: 'closed'; outcome: Outcome; survey: boolean; via?: TicketId }
  | { type: 'reopened'; reason: string }
  | { type: 'withdrawn' }
  | { type: 'theme-corrected'; theme: ThemeId }
  | { type: 'time-logged'; minutes: number }
  /** A link to the survey was given for a caller; `link` is a hash of its secret. */
  | { type: 'survey-sent'; link: string }
  | { type: 'surveyed'; scores: Record<string, number>; remark: string }
  /** An advisor noted a question that came by another channel; `asked` is when it was asked. */
  | { type: 'registered'; theme?: ThemeId; item?: ItemId; topic?: TopicId; session?: SessionId }
  | { type: 'corrected'; centre?: CentreId; channel?: IntakeChannel; theme?: ThemeId }
  /** Registered by mistake: the number stays, and nothing counts. */
  | { type: 'retracted' }
  /** The same question as another one, which goes on; and taken back. The other has `absorbed` and `parted`. */
  | ({ type: 'merged' | 'unmerged' } & Other)
  | ({ type: 'absorbed' | 'parted' } & Other)
  /** Belongs with another question; `mirror` on the one on which it was not said. */
  | ({ type: 'linked' | 'unlinked'; mirror?: true } & Other)
  | { type: 'redacted' }
);

/** One question and its whole life. Everything but `id` and `number` is what the events add up to. */
export type Ticket = {
  id: TicketId;
  /** "HD-2026-0142" */
  number: string;
  channel: IntakeChannel;
  requester: Requester;
  question: string;
  askedAt: Instant;
  service: ServiceId;
  suggestedTheme?: ThemeId;
  theme?: ThemeId;
  contact?: ContactId;
  urgency: Urgency;
  state: State;
  /** Registered by mistake: kept for the series of numbers, counted nowhere. */
  retracted?: true;
  events: readonly TicketEvent[];
};

/** An expected no. Each has a Dutch sentence in locale/. */
export type Refusal =
  | { kind: 'not-allowed' }
  | { kind: 'already-claimed'; by: Advisor; since: Instant }
  | { kind: 'already-closed'; outcome: Outcome; at: Instant }
  | { kind: 'already-routed' }
  | { kind: 'not-routed' }
  | { kind: 'not-claimed' }
  | { kind: 'not-closed' }
  | { kind: 'nothing-suggested' }
  | { kind: 'reopen-too-late'; days: number }
  | { kind: 'already-surveyed' }
  | { kind: 'invalid-minutes'; most: number }
  | { kind: 'asked-in-the-future' }
  | { kind: 'asked-too-long-ago'; days: number }
  | { kind: 'channel-is-fixed' }
  | { kind: 'not-registered' }
  | { kind: 'retracted' }
  | { kind: 'no-reach' }
  | { kind: 'same-ticket' }
  | { kind: 'already-merged'; number: string }
  | { kind: 'merge-into-registered' }
  | { kind: 'not-merged' }
  | { kind: 'already-linked'; number: string }
  | { kind: 'not-linked' }
  | { kind: 'survey-expired'; days: number }
  | { kind: 'invalid-scores' }
  | { kind: 'empty-text' }
  | { kind: 'text-too-long'; most: number }
  | { kind: 'too-many-events' }
  | { kind: 'unreadable' };

/** Adds one event to a ticket. The only place that changes state; `undefined` only for `asked`. */
export function apply(ticket: Ticket, event: TicketEvent): Ticket {
  const next: Ticket = { ...ticket, events: [...ticket.events, event] };
  // What was passed on changes what the requester was told, not where this ticket stands.
  if ('via' in event && event.via) return next;
  switch (event.type) {
    case 'asked':
    case 'rated-answer':
    case 'reminded':
    case 'consulted':
    case 'withdrawn':
    case 'time-logged':
    case 'surveyed':
    case 'survey-sent':
    case 'merged':
    case 'absorbed':
    case 'parted':
    case 'linked':
    case 'unlinked':
      return next;
    case 'unmerged':
      return { ...next, state: beforeMerge(ticket) };
    case 'referred':
      // Of a registered question it is noted afterwards.
      return next.state.kind === 'closed' ? { ...next, state: { ...next.state, outcome: 'referred' } } : next;
    case 'suggested': {
      const theme = event.theme?.id;
      return theme && !next.suggestedTheme ? { ...next, suggestedTheme: theme, theme } : next;
    }
    case 'routed':
      return {
        ...next,
        service: event.service,
        contact: event.contact,
        question: event.question,
        urgency: event.urgency,
        requester: event.requester,
        ...(event.theme ? { theme: event.theme } : {}),
        state: { kind: 'open', since: event.at },
      };
    case 'claimed':
      return { ...next, state: { kind: 'claimed', by: event.by!, since: event.at } };
    case 'released':
      return { ...next, state: { kind: 'open', since: event.at } };
    case 'handed-over':
      return 'advisor' in event.to
        ? { ...next, state: { kind: 'claimed', by: event.to.advisor, since: event.at } }
        : { ...next, ...event.to, state: { kind: 'open', since: event.at } };
    case 'asked-back':
      return { ...next, state: { kind: 'awaiting-requester', by: event.by!, since: event.at } };
    case 'replied':
      return next.state.kind === 'awaiting-requester'
        ? { ...next, state: { kind: 'claimed', by: next.state.by, since: next.state.since } }
        : next;
    case 'answered':
      return { ...next, state: { kind: 'claimed', by: event.by!, since: holdSince(ticket.state, event.at) } };
    case 'closed':
      return {
        ...next,
        state: { kind: 'closed', outcome: event.outcome, at: event.at, ...(event.by ? { by: event.by } : {}) },
      };
    case 'reopened':
      return { ...next, state: wasRouted(ticket) ? { kind: 'open', since: event.at } : { kind: 'answered' } };
    case 'theme-corrected':
      return { ...next, theme: event.theme };
    case 'registered':
      return event.theme ? { ...next, theme: event.theme } : next;
    case 'corrected':
      return {
        ...next,
        ...(event.theme ? { theme: event.theme } : {}),
        ...(event.channel ? { channel: event.channel } : {}),
        ...(event.centre ? { requester: { ...next.requester, centre: event.centre } } : {}),
      };
    case 'retracted':
      return { ...next, retracted: true };
    case 'redacted':
      return withoutText(next);
    default:
      return never(event);
  }
}

/** Rebuilds a ticket from what was stored. Throws when the first event is not `asked`: that is a damaged record. */
export function replay(id: TicketId, number: string, events: readonly TicketEvent[]): Ticket {
  const [first, ...rest] = events;
  if (first?.type !== 'asked') throw new Error(`ticket ${id} does not begin with "asked"`);
  const born: Ticket = {
    id,
    number,
    channel: first.channel,
    requester: first.requester,
    question: first.question,
    askedAt: first.at,
    service: first.service,
    urgency: 'this-week',
    state: { kind: 'answered' },
    events: [first],
  };
  return rest.reduce(apply, born);
}

/** True once the ticket went to an advisor, also when it was closed or reopened since. */
export function wasRouted(ticket: Ticket): boolean {
  return ticket.events.some((event) => event.type === 'routed');
}

/** True of a question that came by another channel and was noted by an advisor. */
export function wasRegistered(ticket: Ticket): boolean {
  return ticket.events.some((event) => event.type === 'registered');
}

/** The ticket that this one is merged into now. */
export function mergedInto({ events }: Ticket): Other | undefined {
  const last = events.findLast((event) => event.type === 'merged' || event.type === 'unmerged');
  return last?.type === 'merged' ? { ticket: last.ticket, number: last.number } : undefined;
}

/** Minutes on the ticket, corrections included. */
export function minutesOf({ events }: Ticket): number {
  return events.reduce((total, event) => (event.type === 'time-logged' ? total + event.minutes : total), 0);
}

/** The advisor who holds the ticket now. */
export function holder(state: State): Advisor | undefined {
  return state.kind === 'claimed' || state.kind === 'awaiting-requester' ? state.by : undefined;
}

/** True when an action with this key was carried out before: a double press, or a delivery that came twice. */
export function seen(ticket: Ticket, key: string): boolean {
  return ticket.events.some((event) => event.key === key);
}

/** The reminder steps taken since the ticket was last opened, in order. */
export function remindersSinceOpen(ticket: Ticket): ReminderStep[] {
  if (ticket.state.kind !== 'open') return [];
  const { since } = ticket.state;
  return ticket.events.flatMap((event) => (event.type === 'reminded' && event.at >= since ? [event.step] : []));
}

/** The last thing the index said to the requester. */
export function lastSuggestion(ticket: Ticket): Extract<TicketEvent, { type: 'suggested' }> | undefined {
  return ticket.events.findLast((event) => event.type === 'suggested');
}

function holdSince(state: State, now: Instant): Instant {
  return state.kind === 'claimed' || state.kind === 'awaiting-requester' ? state.since : now;
}

function beforeMerge({ id, number, events }: Ticket): State {
  return replay(
    id,
    number,
    events.slice(
      0,
      events.findLastIndex(({ type }) => type === 'merged'),
    ),
  ).state;
}

function withoutText(ticket: Ticket): Ticket {
  const { person } = ticket.requester;
  const nameless = <T extends { person?: PersonId; name: string }>(who: T): T =>
    who.person === person ? { ...who, name: '' } : who;
  const events = ticket.events.map((event): TicketEvent => {
    const kept: TicketEvent = event.by ? { ...event, by: nameless(event.by) } : event;
    switch (kept.type) {
      case 'asked':
      case 'routed':
        return { ...kept, question: '', requester: nameless(kept.requester) };
      case 'handed-over':
        return 'advisor' in kept.to ? { ...kept, to: { advisor: nameless(kept.to.advisor) } } : kept;
      case 'consulted': {
        const { person: _, ...rest } = kept;
        return { ...rest, colleague: '' };
      }
      case 'asked-back':
      case 'replied':
        return { ...kept, text: '' };
      case 'answered': {
        const { source: _, ...rest } = kept;
        return { ...rest, text: '' };
      }
      case 'referred':
        return { ...kept, to: '', note: '' };
      case 'reopened':
        return { ...kept, reason: '' };
      case 'surveyed':
        return { ...kept, remark: '' };
      default:
        return kept;
    }
  });
  const { state } = ticket;
  return {
    ...ticket,
    question: '',
    requester: nameless(ticket.requester),
    state: 'by' in state && state.by ? { ...state, by: nameless(state.by) } : state,
    events,
  };
}
