// Every verb of a ticket: (ticket, who, now) => the ticket with what happened added, or a refusal. Pure.

import { type Actor, may, type Subject, type Verb } from './authorisation.ts';
import {
  type ContactId,
  DAY_MS,
  type Instant,
  type IntakeChannel,
  no,
  type PersonId,
  type Result,
  type ServiceId,
  type ThemeId,
  type TicketId,
  yes,
} from './terms.ts';
import {
  type Advisor,
  apply,
  lastSuggestion,
  mergedInto,
  type Outcome,
  type Reach,
  type Refusal,
  type ReminderStep,
  type Requester,
  type Routing,
  replay,
  type State,
  type Suggestion,
  type Ticket,
  type TicketEvent,
  wasRegistered,
  wasRouted,
} from './ticket.ts';

export const TEXT_LIMIT = 4_000;
export const MINUTES_LIMIT = 600;
export const REOPEN_DAYS = 14;
/** Keeps a ticket far below the 2 MB that one Cosmos document may hold. */
const EVENT_LIMIT = 150;

export type Outcomes = Result<Ticket, Refusal>;

export type Asking = {
  id: TicketId;
  number: string;
  channel: IntakeChannel;
  requester: Requester;
  question: string;
  service: ServiceId;
};

/** A new ticket. Refuses empty and over-long text; masking of personal data has been done before. */
export function ask(asking: Asking, now: Instant): Outcomes {
  const text = checkText(asking.question);
  if (!text.ok) return text;
  const { id, number, channel, requester, service } = asking;
  return yes(replay(id, number, [{ type: 'asked', at: now, channel, requester, question: text.value, service }]));
}

/** What the index showed; again when the requester asks for other results or picks a candidate. */
export function suggest(ticket: Ticket, who: Actor, now: Instant, suggestion: Suggestion): Outcomes {
  if (!may(who, 'suggest', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'answered') return no(pastAnswered(ticket.state));
  return add(ticket, [{ type: 'suggested', at: now, ...suggestion }]);
}

/** "Heeft dit geholpen?": yes closes the ticket as self-service, no is recorded and leaves it waiting. */
export function rate(ticket: Ticket, who: Actor, now: Instant, helped: boolean): Outcomes {
  if (!may(who, 'rate', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'answered') return no(pastAnswered(ticket.state));
  if (lastDecision(ticket) !== 'answer') return no({ kind: 'nothing-suggested' });
  const by = stamp(who);
  const rated: TicketEvent = { type: 'rated-answer', at: now, ...by, helped };
  if (!helped) return add(ticket, [rated]);
  return end(ticket, [rated, { type: 'closed', at: now, ...by, outcome: 'self-service', survey: false }]);
}

/** Sends the question to an advisor. When the last answer shown was not rated, it counts as "did not help". */
export function route(ticket: Ticket, who: Actor, now: Instant, key: string, routing: Routing): Outcomes {
  if (!may(who, 'route', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'answered') return no(pastAnswered(ticket.state));
  const text = checkText(routing.question);
  if (!text.ok) return text;
  const by = stamp(who);
  const unrated = lastDecision(ticket) === 'answer' && !reactions(ticket).includes('rated-answer');
  return add(ticket, [
    ...(unrated ? [{ type: 'rated-answer', at: now, ...by, helped: false } as const] : []),
    { type: 'routed', at: now, ...by, key, ...routing, question: text.value },
  ]);
}

/** Exactly one advisor wins: whoever decides on the stored ticket first. Claiming what is yours changes nothing. */
export function claim(ticket: Ticket, who: Actor, now: Instant): Outcomes {
  const held = forAdvisor(ticket, who, 'claim');
  if (!held.ok) return held;
  if (held.value === 'mine') return yes(ticket);
  return add(ticket, [{ type: 'claimed', at: now, ...stamp(who) }]);
}

/** Gives back what is yours: it is open again, for everybody. */
export function release(ticket: Ticket, who: Actor, now: Instant): Outcomes {
  const held = forAdvisor(ticket, who, 'release');
  if (!held.ok) return held;
  if (held.value !== 'mine') return no({ kind: 'not-claimed' });
  return add(ticket, [{ type: 'released', at: now, ...stamp(who) }]);
}

export type HandOver = { advisor: Advisor } | { service: ServiceId; theme: ThemeId; contact: ContactId };

/**
 * To a colleague, who then holds the ticket, or to a theme, where it is open again for that theme's contact. Any advisor
 * of the service may, also when somebody else holds it: a colleague who fell ill cannot hand over themselves.
 */
export function handOver(ticket: Ticket, who: Actor, now: Instant, key: string, to: HandOver): Outcomes {
  const held = forAdvisor(ticket, who, 'hand-over');
  if (!held.ok && held.refusal.kind !== 'already-claimed') return held;
  return add(ticket, [{ type: 'handed-over', at: now, ...stamp(who), key, to }]);
}

/** `person` when the house knows them; `told` is whether the requester knows that somebody looks along. */
export type Consultation = { colleague: string; person?: PersonId; where: Reach; told: boolean };

/** Brings in a colleague or another service for advice; the ticket stays with whoever holds it. */
export function consult(ticket: Ticket, who: Actor, now: Instant, key: string, asked: Consultation): Outcomes {
  const held = forAdvisor(ticket, who, 'consult');
  if (!held.ok) return held;
  const text = checkText(asked.colleague);
  if (!text.ok) return text;
  const by = stamp(who);
  return add(ticket, [
    ...claimFirst(held.value, by, now),
    { type: 'consulted', at: now, ...by, key, ...asked, colleague: text.value },
  ]);
}

/** Asks the requester something; the ticket waits for the reply. */
export function askBack(ticket: Ticket, who: Actor, now: Instant, key: string, question: string): Outcomes {
  const held = forAdvisor(ticket, who, 'ask-back');
  if (!held.ok) return held;
  const text = checkText(question);
  if (!text.ok) return text;
  const by = stamp(who);
  return add(ticket, [
    ...claimFirst(held.value, by, now),
    { type: 'asked-back', at: now, ...by, key, text: text.value },
  ]);
}

/** The requester answers what was asked back, or adds to a question under way. */
export function reply(ticket: Ticket, who: Actor, now: Instant, key: string, addition: string): Outcomes {
  if (!may(who, 'reply', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind === 'answered') return no({ kind: 'not-routed' });
  if (ticket.state.kind === 'closed') return no(closedRefusal(ticket.state));
  const text = checkText(addition);
  if (!text.ok) return text;
  return add(ticket, [{ type: 'replied', at: now, ...stamp(who), key, text: text.value }]);
}

export type Reference = { to: string; where: Reach | undefined; note: string; survey: boolean };

/** Refers the requester to another service, inside or outside GO!; the helpdesk tells them, and the ticket closes. */
export function refer(ticket: Ticket, who: Actor, now: Instant, key: string, reference: Reference): Outcomes {
  const held = forAdvisor(ticket, who, 'refer');
  if (!held.ok) return held;
  const to = checkText(reference.to);
  if (!to.ok) return to;
  const note = checkOptional(reference.note);
  if (!note.ok) return note;
  const { where } = reference;
  if (!where) return no({ kind: 'no-reach' });
  const by = stamp(who);
  return add(ticket, [
    ...claimFirst(held.value, by, now),
    { type: 'referred', at: now, ...by, key, to: to.value, where, note: note.value, told: true },
    { type: 'closed', at: now, ...by, outcome: 'referred', survey: reference.survey },
  ]);
}

export type Reaction = { text: string; source?: string; minutes?: number; close: boolean; survey: boolean };

/** The advisor's answer, which the requester gets as a new message; may log time and close in the same step. */
export function answer(ticket: Ticket, who: Actor, now: Instant, key: string, reaction: Reaction): Outcomes {
  const held = forAdvisor(ticket, who, 'answer');
  if (!held.ok) return held;
  const text = checkText(reaction.text);
  if (!text.ok) return text;
  if (reaction.minutes !== undefined && !validMinutes(reaction.minutes)) return no(minutesRefusal);
  const by = stamp(who);
  return add(ticket, [
    ...claimFirst(held.value, by, now),
    {
      type: 'answered',
      at: now,
      ...by,
      key,
      text: text.value,
      ...(reaction.source ? { source: reaction.source } : {}),
    },
    ...(reaction.minutes ? [{ type: 'time-logged', at: now, ...by, minutes: reaction.minutes } as const] : []),
    ...(reaction.close
      ? [{ type: 'closed', at: now, ...by, outcome: 'answered', survey: reaction.survey } as const]
      : []),
  ]);
}

/** Ends the work: "answered" when an answer was given since the ticket was last (re)opened, else "no-answer-needed". */
export function close(ticket: Ticket, who: Actor, now: Instant, key: string, survey: boolean): Outcomes {
  const held = forAdvisor(ticket, who, 'close');
  if (!held.ok) return held;
  const begun = ticket.events.findLastIndex((event) => event.type === 'reopened' || event.type === 'asked');
  const answered = ticket.events.slice(begun).some((event) => event.type === 'answered');
  const outcome: Outcome = answered ? 'answered' : 'no-answer-needed';
  return end(ticket, [{ type: 'closed', at: now, ...stamp(who), key, outcome, survey: survey && answered }]);
}

/** Within 14 days of closing; keeps every earlier event. A question the bot had answered waits for a rating again. */
export function reopen(ticket: Ticket, who: Actor, now: Instant, key: string, reason: string): Outcomes {
  if (!may(who, 'reopen', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'closed') return no({ kind: 'not-closed' });
  // What came by another channel has nobody here to answer to: a new question is registered as one.
  if (wasRegistered(ticket)) return no({ kind: 'not-routed' });
  if (ticket.events.some(({ type }) => type === 'redacted')) return no({ kind: 'unreadable' });
  if (now - ticket.state.at > REOPEN_DAYS * DAY_MS) return no({ kind: 'reopen-too-late', days: REOPEN_DAYS });
  const text = checkOptional(reason);
  if (!text.ok) return text;
  const into = mergedInto(ticket);
  return add(ticket, [
    // Whoever reopens a question that was merged has another one after all.
    ...(into ? [{ type: 'unmerged', at: now, ...stamp(who), ...into } as const] : []),
    { type: 'reopened', at: now, ...stamp(who), key, reason: text.value },
  ]);
}

/** The requester no longer needs an answer. Whoever worked on it is told; no survey follows. */
export function withdraw(ticket: Ticket, who: Actor, now: Instant): Outcomes {
  if (!may(who, 'withdraw', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind === 'closed') return no(closedRefusal(ticket.state));
  const by = stamp(who);
  return end(ticket, [
    { type: 'withdrawn', at: now, ...by },
    { type: 'closed', at: now, ...by, outcome: 'withdrawn', survey: false },
  ]);
}

/** The final theme; the suggested one is kept beside it. */
export function correctTheme(ticket: Ticket, who: Actor, now: Instant, theme: ThemeId): Outcomes {
  if (!may(who, 'correct-theme', subject(ticket))) return no({ kind: 'not-allowed' });
  if (theme === ticket.theme) return yes(ticket);
  return add(ticket, [{ type: 'theme-corrected', at: now, ...stamp(who), theme }]);
}

/** Whole minutes, 1 to 600. Several entries per ticket, by several advisors; nothing is overwritten. */
export function logTime(ticket: Ticket, who: Actor, now: Instant, key: string, minutes: number): Outcomes {
  if (!may(who, 'log-time', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.retracted) return no({ kind: 'retracted' });
  if (!wasRouted(ticket) && !wasRegistered(ticket)) return no({ kind: 'not-routed' });
  if (!validMinutes(minutes)) return no(minutesRefusal);
  return add(ticket, [{ type: 'time-logged', at: now, ...stamp(who), key, minutes }]);
}

/** `scores` are whole numbers from 1 to `scale`, one per answered item; at least one. */
export function survey(
  ticket: Ticket,
  who: Actor,
  now: Instant,
  given: { scores: Record<string, number>; remark: string; scale: number },
): Outcomes {
  if (!may(who, 'survey', subject(ticket))) return no({ kind: 'not-allowed' });
  if (!ticket.events.some((event) => event.type === 'closed' && event.survey)) return no({ kind: 'not-closed' });
  return surveyed(ticket, stamp(who), now, given);
}

export type Survey = { scores: Record<string, number>; remark: string; scale: number };

/** What both the card and the link keep of a survey, once. */
export function surveyed(ticket: Ticket, by: { by?: Advisor }, now: Instant, given: Survey): Outcomes {
  if (ticket.events.some((event) => event.type === 'surveyed')) return no({ kind: 'already-surveyed' });
  const scores = Object.values(given.scores);
  const valid = scores.every((score) => Number.isInteger(score) && score >= 1 && score <= given.scale);
  if (scores.length === 0 || !valid) return no({ kind: 'invalid-scores' });
  const remark = checkOptional(given.remark);
  if (!remark.ok) return remark;
  return add(ticket, [{ type: 'surveyed', at: now, ...by, scores: given.scores, remark: remark.value }]);
}

/** Makes every text and the requester's name unreadable; facts, times and who worked on it stay. */
export function redact(ticket: Ticket, who: Actor, now: Instant): Outcomes {
  if (!may(who, 'redact', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.events.at(-1)?.type === 'redacted') return yes(ticket);
  return yes(apply(ticket, { type: 'redacted', at: now, ...stamp(who) }));
}

/** Notes that an open question waited too long, and who is reminded of it. */
export function remind(ticket: Ticket, who: Actor, now: Instant, step: ReminderStep, contact: ContactId): Outcomes {
  if (!may(who, 'remind', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'open') return no({ kind: 'not-routed' });
  return add(ticket, [{ type: 'reminded', at: now, step, contact }]);
}

/** No reaction to the last answer shown counts as unconfirmed self-service; after a "no" or a reopen it does not. */
export function expire(ticket: Ticket, who: Actor, now: Instant): Outcomes {
  if (!may(who, 'expire', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'answered') return no(pastAnswered(ticket.state));
  const unconfirmed = lastDecision(ticket) === 'answer' && reactions(ticket).length === 0;
  const outcome: Outcome = unconfirmed ? 'self-service-unconfirmed' : 'no-answer-needed';
  return end(ticket, [{ type: 'closed', at: now, outcome, survey: false }]);
}

/** What the requester did with the last thing the index showed. A reopen asks for a new reaction, so it comes first. */
function reactions(ticket: Ticket): ('rated-answer' | 'reopened')[] {
  const from = ticket.events.findLastIndex(({ type }) => type === 'suggested' || type === 'reopened');
  return ticket.events
    .slice(Math.max(from, 0))
    .flatMap(({ type }) => (type === 'rated-answer' || type === 'reopened' ? [type] : []));
}

function lastDecision(ticket: Ticket): 'answer' | 'unsure' | 'none' | undefined {
  return lastSuggestion(ticket)?.decision;
}

/** What rights on a ticket depend on. */
export function subject(ticket: Ticket): Subject {
  return { requester: ticket.requester.person, service: ticket.service };
}

/** What every advisor's verb needs: the right, a ticket under way, and nobody else holding it. */
function forAdvisor(ticket: Ticket, who: Actor, verb: Verb): Result<'mine' | 'free', Refusal> {
  if (!may(who, verb, subject(ticket)) || who.kind === 'system') return no({ kind: 'not-allowed' });
  if (ticket.state.kind === 'answered') return no({ kind: 'not-routed' });
  if (ticket.state.kind === 'closed') return no(closedRefusal(ticket.state));
  if (ticket.state.kind === 'open') return yes('free');
  if (ticket.state.by.person === who.person) return yes('mine');
  return no({ kind: 'already-claimed', by: ticket.state.by, since: ticket.state.since });
}

function claimFirst(held: 'mine' | 'free', by: { by?: Advisor }, now: Instant): TicketEvent[] {
  return held === 'free' ? [{ type: 'claimed', at: now, ...by }] : [];
}

/** Adds events; refused when the ticket would get more than it can hold. */
export function add(ticket: Ticket, events: TicketEvent[]): Outcomes {
  if (ticket.events.length + events.length > EVENT_LIMIT) return no({ kind: 'too-many-events' });
  return yes(events.reduce(apply, ticket));
}

/** Adds events that close the ticket, also when it is full: an end must always be possible, and a reopen is not. */
export function end(ticket: Ticket, events: TicketEvent[]): Outcomes {
  return yes(events.reduce(apply, ticket));
}

/** Who an event is by; nobody when the helpdesk does it itself. */
export function stamp(who: Actor): { by?: Advisor } {
  return who.kind === 'person' ? { by: { person: who.person, name: who.name } } : {};
}

/** The text without spaces around it; refused when nothing is left or when it is longer than `TEXT_LIMIT`. */
export function checkText(text: string): Result<string, Refusal> {
  return text.trim() === '' ? no({ kind: 'empty-text' }) : checkOptional(text);
}

/** The same of a text that may be empty. */
export function checkOptional(text: string): Result<string, Refusal> {
  const trimmed = text.trim();
  return trimmed.length > TEXT_LIMIT ? no({ kind: 'text-too-long', most: TEXT_LIMIT }) : yes(trimmed);
}

export const minutesRefusal: Refusal = { kind: 'invalid-minutes', most: MINUTES_LIMIT };

/** Whole minutes, from 1 up to `MINUTES_LIMIT`. */
export function validMinutes(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= MINUTES_LIMIT;
}

/** Why a question that is no longer waiting for a reaction cannot be routed or rated. */
export function pastAnswered(state: Exclude<State, { kind: 'answered' }>): Refusal {
  return state.kind === 'closed' ? closedRefusal(state) : { kind: 'already-routed' };
}

/** Why nothing happens to a question that has ended, with how and when it did. */
export function closedRefusal(state: Extract<State, { kind: 'closed' }>): Refusal {
  return { kind: 'already-closed', outcome: state.outcome, at: state.at };
}
