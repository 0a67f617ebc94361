// Questions that are the same, or belong together: merging, linking, undoing both, and what follows for the other one. Pure.

import { type Actor, may } from './authorisation.ts';
import { type Instant, no, type TicketId, yes } from './terms.ts';
import {
  holder,
  mergedInto,
  type Other,
  type Refusal,
  type Ticket,
  type TicketEvent,
  wasRegistered,
  wasRouted,
} from './ticket.ts';
import { add, closedRefusal, end, type Outcomes, stamp, subject } from './verbs.ts';

/** The tickets that are merged into this one now, in the order in which they were. */
export function absorbedBy({ events }: Ticket): Other[] {
  return standing(events, 'absorbed', 'parted');
}

/** The tickets that are linked with this one now. */
export function linksOf({ events }: Ticket): Other[] {
  return standing(events, 'linked', 'unlinked');
}

function standing(events: readonly TicketEvent[], begin: 'absorbed' | 'linked', undo: 'parted' | 'unlinked'): Other[] {
  const now = new Map<TicketId, Other>();
  for (const event of events) {
    if (event.type === begin) now.set(event.ticket, { ticket: event.ticket, number: event.number });
    if (event.type === undo) now.delete(event.ticket);
  }
  return [...now.values()];
}

/**
 * Ends a ticket as being the same question as `into`, which has to be the last of its own merges. Its minutes, history and
 * requester stay its own; what `into` is answered is passed on (see `consequences`). A question from Teams cannot go into
 * a registered one, which never gets an answer to pass on.
 */
export function merge(ticket: Ticket, into: Ticket, who: Actor, now: Instant, key: string): Outcomes {
  const barred = apart(ticket, into, who, 'merge') ?? unfit(ticket, who) ?? unfit(into);
  if (barred) return no(barred);
  if (wasRegistered(into) && !wasRegistered(ticket)) return no({ kind: 'merge-into-registered' });
  const by = stamp(who);
  return add(ticket, [
    { type: 'merged', at: now, ...by, key, ticket: into.id, number: into.number },
    { type: 'closed', at: now, ...by, outcome: 'merged', survey: false },
  ]);
}

/** Takes a merge back: the ticket stands where it stood. The system does when the other question is withdrawn. */
export function unmerge(ticket: Ticket, who: Actor, now: Instant, key: string): Outcomes {
  if (!may(who, 'unmerge', subject(ticket))) return no({ kind: 'not-allowed' });
  const into = mergedInto(ticket);
  return into ? end(ticket, [{ type: 'unmerged', at: now, ...stamp(who), key, ...into }]) : no({ kind: 'not-merged' });
}

/** Says that two questions belong together; both go on. */
export function link(ticket: Ticket, other: Ticket, who: Actor, now: Instant, key: string): Outcomes {
  const barred = apart(ticket, other, who, 'link');
  if (barred) return no(barred);
  if (linksOf(ticket).some((one) => one.ticket === other.id))
    return no({ kind: 'already-linked', number: other.number });
  return add(ticket, [{ type: 'linked', at: now, ...stamp(who), key, ticket: other.id, number: other.number }]);
}

/** They have nothing to do with each other after all; refused as `not-linked` when they were not. */
export function unlink(ticket: Ticket, other: TicketId, who: Actor, now: Instant, key: string): Outcomes {
  if (!may(who, 'link', subject(ticket))) return no({ kind: 'not-allowed' });
  const linked = linksOf(ticket).find((one) => one.ticket === other);
  return linked
    ? add(ticket, [{ type: 'unlinked', at: now, ...stamp(who), key, ...linked }])
    : no({ kind: 'not-linked' });
}

/** What both merging and linking need: rights on both sides, and two different questions that count. */
function apart(ticket: Ticket, other: Ticket, who: Actor, verb: 'merge' | 'link'): Refusal | undefined {
  if (!may(who, verb, subject(ticket)) || !may(who, verb, subject(other))) return { kind: 'not-allowed' };
  if (ticket.id === other.id) return { kind: 'same-ticket' };
  if (ticket.retracted || other.retracted) return { kind: 'retracted' };
  return undefined;
}

/** Why a ticket cannot take part in a merge: it is merged already, ended, never with an advisor, or in other hands. */
function unfit(ticket: Ticket, mover?: Actor): Refusal | undefined {
  const { state } = ticket;
  const into = mergedInto(ticket);
  if (into) return { kind: 'already-merged', number: into.number };
  if (state.kind === 'answered') return { kind: 'not-routed' };
  if (state.kind === 'closed') return wasRegistered(ticket) ? undefined : closedRefusal(state);
  const held = holder(state);
  const inOtherHands = mover?.kind === 'person' && held && held.person !== mover.person && !mover.roles.quality;
  return inOtherHands && 'since' in state ? { kind: 'already-claimed', by: held, since: state.since } : undefined;
}

/** What has to happen to another ticket; `key` is on the event there, so that doing it again changes nothing. */
export type Consequence = {
  to: TicketId;
  key: string;
  merging: boolean;
  decide: (other: Ticket, now: Instant) => Outcomes;
};

/**
 * What the events of a ticket from number `from` on mean for other tickets, in order: the other side of a merge or a
 * link, and answers, referrals and ends for the requesters of what was merged into it.
 */
export function consequences(ticket: Ticket, from: number): Consequence[] {
  return ticket.events.slice(from).flatMap((event, offset): Consequence[] => {
    const at = from + offset;
    const before = { ...ticket, events: ticket.events.slice(0, at + 1) };
    const key = `from:${ticket.id}:${at}`;
    const self = { ticket: ticket.id, number: ticket.number };
    const there = (to: TicketId, other: TicketEvent, merging = false): Consequence => ({
      to,
      key,
      merging,
      decide: (found) => end(found, [{ ...other, key }]),
    });
    const by = event.by ? { by: event.by } : {};
    switch (event.type) {
      case 'merged':
        return [there(event.ticket, { type: 'absorbed', at: event.at, ...by, ...self }, true)];
      case 'unmerged':
        return [there(event.ticket, { type: 'parted', at: event.at, ...by, ...self })];
      case 'linked':
      case 'unlinked':
        return event.mirror
          ? []
          : [there(event.ticket, { type: event.type, at: event.at, ...by, ...self, mirror: true })];
      case 'absorbed':
        return answersSinceOpened(ticket, at).flatMap((answer) => passOn(ticket, answer, event.ticket));
      case 'withdrawn':
        return absorbedBy(before).map(({ ticket: to }) => ({
          to,
          key,
          merging: false,
          decide: (found, now) =>
            mergedInto(found)?.ticket === ticket.id ? unmerge(found, { kind: 'system' }, now, key) : yes(found),
        }));
      case 'answered':
      case 'referred':
      case 'closed':
        return absorbedBy(before).flatMap(({ ticket: to }) => passOn(ticket, at, to));
      default:
        return [];
    }
  });
}

/** The numbers of the events, up to one, in which this question was answered or referred since it was last opened. */
function answersSinceOpened({ events }: Ticket, until: number): number[] {
  const begun = events.slice(0, until).findLastIndex(({ type }) => type === 'reopened' || type === 'asked');
  return events
    .slice(0, until)
    .flatMap(({ type }, at) => (at > begun && (type === 'answered' || type === 'referred') ? [at] : []));
}

/** The same answer, referral or end for a requester whose question was merged; a caller who is not known is not told. */
function passOn(ticket: Ticket, at: number, to: TicketId): Consequence[] {
  const event = ticket.events[at]!;
  if (event.type !== 'answered' && event.type !== 'referred' && event.type !== 'closed') return [];
  if (event.type === 'closed' && event.outcome !== 'no-answer-needed') return [];
  const key = `from:${ticket.id}:${at}`;
  const same = event.type === 'closed' ? { ...event, survey: false } : event;
  return [
    {
      to,
      key,
      merging: false,
      decide: (found, now) =>
        mergedInto(found)?.ticket === ticket.id &&
        wasRouted(found) &&
        !found.events.some(({ type }) => type === 'redacted')
          ? end(found, [{ ...same, at: now, key, via: ticket.id }])
          : yes(found),
    },
  ];
}
