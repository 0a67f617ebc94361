// Questions that came by phone, mail or in person: registering, correcting and taking back. Pure; knows no store and no screen.

import { type Actor, may } from './authorisation.ts';
import {
  type CentreId,
  DAY_MS,
  type Instant,
  type IntakeChannel,
  type ItemId,
  no,
  type ServiceId,
  type SessionId,
  type ThemeId,
  type TicketId,
  type TopicId,
  yes,
} from './terms.ts';
import {
  apply,
  minutesOf,
  type Reach,
  type Refusal,
  type Requester,
  replay,
  type Ticket,
  type TicketEvent,
  wasRegistered,
} from './ticket.ts';
import {
  add,
  checkOptional,
  checkText,
  MINUTES_LIMIT,
  minutesRefusal,
  type Outcomes,
  type Survey,
  stamp,
  subject,
  surveyed,
  validMinutes,
} from './verbs.ts';
import { brusselsDay } from './working-time.ts';

/** Channels by which a question can come without passing the bot. */
export const REGISTRABLE = ['phone', 'mail', 'whatsapp', 'informal', 'session'] as const satisfies IntakeChannel[];
export type RegistrableChannel = (typeof REGISTRABLE)[number];

/** People register until this many calendar days after the question, Brussels. */
export const BACKDATE_DAYS = 14;

export type Registering = {
  id: TicketId;
  number: string;
  /** Teams for a message between people that never passed the bot. */
  channel: IntakeChannel;
  question: string;
  service: ServiceId;
  /** When the question was asked: not in the future and at most 14 days back; an import by the system may go further. */
  askedAt: Instant;
  /** `person` is absent and `name` empty when the caller is not known. */
  requester: Requester;
  theme?: ThemeId;
  /** The item of the index that the question is about. */
  item?: ItemId;
  /** The recurring topic that it belongs to, which has no item. */
  topic?: TopicId;
  /** Whole minutes, 1 to 600. */
  minutes?: number;
  session?: SessionId;
  /** Makes a double press meet the ticket that is there. */
  key?: string;
};

/**
 * A ticket for a question that somebody answered already. It counts for volume, time and reach; as it is never routed
 * it takes no part in response times. Everything but `registered` is dated on the moment the question was asked.
 */
export function register(registering: Registering, who: Actor, now: Instant): Outcomes {
  const { id, number, channel, service, requester, theme, item, topic, minutes, session, key } = registering;
  // A day without a time may stand for noon: nothing is asked later than it is noted.
  const askedAt =
    brusselsDay(registering.askedAt) === brusselsDay(now) ? Math.min(registering.askedAt, now) : registering.askedAt;
  if (!may(who, 'register', { service })) return no({ kind: 'not-allowed' });
  const text = checkText(registering.question);
  if (!text.ok) return text;
  if (minutes !== undefined && !validMinutes(minutes)) return no(minutesRefusal);
  if (brusselsDay(askedAt) > brusselsDay(now)) return no({ kind: 'asked-in-the-future' });
  if (who.kind === 'person' && brusselsDay(askedAt) < brusselsDay(now - BACKDATE_DAYS * DAY_MS)) {
    return no({ kind: 'asked-too-long-ago', days: BACKDATE_DAYS });
  }
  const by = stamp(who);
  const once = key === undefined ? {} : { key };
  const asked: TicketEvent = { type: 'asked', at: askedAt, ...by, channel, requester, question: text.value, service };
  const rest: TicketEvent[] = [
    {
      type: 'registered',
      at: now,
      ...by,
      ...once,
      ...(theme ? { theme } : {}),
      ...(item ? { item } : {}),
      ...(topic ? { topic } : {}),
      ...(session ? { session } : {}),
    },
    ...(minutes ? [{ type: 'time-logged', at: askedAt, ...by, minutes } as const] : []),
    { type: 'closed', at: askedAt, ...by, outcome: 'answered', survey: false },
  ];
  return yes(replay(id, number, [asked, ...rest]));
}

/** What can be set right afterwards. `minutes` is what the ticket has to add up to. */
export type Correction = { centre?: CentreId; channel?: RegistrableChannel; theme?: ThemeId; minutes?: number };

/**
 * Keeps who corrected what and when; minutes get a line of their own, below zero when there were too many. The channel
 * of a question that came by Teams is a fact and stays.
 */
export function correct(ticket: Ticket, who: Actor, now: Instant, key: string, correction: Correction): Outcomes {
  if (!may(who, 'correct', subject(ticket))) return no({ kind: 'not-allowed' });
  if (ticket.retracted) return no({ kind: 'retracted' });
  const centre = correction.centre === ticket.requester.centre ? undefined : correction.centre;
  const channel = correction.channel === ticket.channel ? undefined : correction.channel;
  const theme = correction.theme === ticket.theme ? undefined : correction.theme;
  if (channel && !wasRegistered(ticket)) return no({ kind: 'channel-is-fixed' });
  const logged = minutesOf(ticket);
  const minutes = correction.minutes ?? logged;
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > Math.max(logged, MINUTES_LIMIT)) return no(minutesRefusal);
  const by = stamp(who);
  const changed = { ...(centre ? { centre } : {}), ...(channel ? { channel } : {}), ...(theme ? { theme } : {}) };
  const events: TicketEvent[] = [
    ...(centre || channel || theme ? [{ type: 'corrected', at: now, ...by, key, ...changed } as const] : []),
    ...(minutes === logged ? [] : [{ type: 'time-logged', at: now, ...by, key, minutes: minutes - logged } as const]),
  ];
  return events.length === 0 ? yes(ticket) : add(ticket, events);
}

export type NotedReferral = { to: string; where: Reach | undefined; note: string; told: boolean };

/** Notes that a registered question was referred: to which service, inside or outside GO!, and whether the caller knows. */
export function noteReferral(ticket: Ticket, who: Actor, now: Instant, key: string, given: NotedReferral): Outcomes {
  if (!may(who, 'correct', subject(ticket))) return no({ kind: 'not-allowed' });
  if (!wasRegistered(ticket)) return no({ kind: 'not-registered' });
  if (ticket.retracted) return no({ kind: 'retracted' });
  const to = checkText(given.to);
  if (!to.ok) return to;
  const note = checkOptional(given.note);
  if (!note.ok) return note;
  const { where, told } = given;
  if (!where) return no({ kind: 'no-reach' });
  return add(ticket, [{ type: 'referred', at: now, ...stamp(who), key, to: to.value, where, note: note.value, told }]);
}

const SURVEY_LINK_DAYS = 30;

/**
 * Gives a link to the survey for somebody who called or wrote; `link` is a hash of its secret. Once answered no more;
 * another link takes the place of the one before, and both count as one survey that was sent.
 */
export function sendSurvey(ticket: Ticket, who: Actor, now: Instant, link: string): Outcomes {
  if (!may(who, 'correct', subject(ticket))) return no({ kind: 'not-allowed' });
  if (!wasRegistered(ticket)) return no({ kind: 'not-registered' });
  if (ticket.retracted) return no({ kind: 'retracted' });
  if (ticket.events.some(({ type }) => type === 'surveyed')) return no({ kind: 'already-surveyed' });
  return add(ticket, [{ type: 'survey-sent', at: now, ...stamp(who), link }]);
}

/** Why a link cannot be filled in: it is not the last one of this ticket, it was used, or it is too old. */
export function surveyBarred(ticket: Ticket, now: Instant, link: string): Refusal | undefined {
  const sent = ticket.events.findLast((event) => event.type === 'survey-sent');
  if (!sent || sent.link !== link || ticket.retracted) return { kind: 'not-allowed' };
  if (ticket.events.some(({ type }) => type === 'surveyed')) return { kind: 'already-surveyed' };
  return now - sent.at > SURVEY_LINK_DAYS * DAY_MS ? { kind: 'survey-expired', days: SURVEY_LINK_DAYS } : undefined;
}

/** Kept on the ticket without a person: whoever has the link may fill it in, once. */
export function surveyByLink(ticket: Ticket, now: Instant, link: string, given: Survey): Outcomes {
  const barred = surveyBarred(ticket, now, link);
  return barred ? no(barred) : surveyed(ticket, {}, now, given);
}

/** Takes a registration back: for whoever registered it and for the quality team. Doing it twice changes nothing. */
export function retract(ticket: Ticket, who: Actor, now: Instant): Outcomes {
  if (!may(who, 'retract', subject(ticket)) || who.kind === 'system') return no({ kind: 'not-allowed' });
  const registered = ticket.events.find((event) => event.type === 'registered');
  const own = registered?.by?.person === who.person;
  if (!registered || !(own || who.roles.quality)) return no({ kind: 'not-registered' });
  if (ticket.retracted) return yes(ticket);
  return yes(apply(ticket, { type: 'retracted', at: now, ...stamp(who) }));
}
