// What a recurring topic is and what can be counted of it. Pure; knows facts of questions, no text, word or store.

import type {
  CentreId,
  Day,
  FunctionId,
  Instant,
  IntakeChannel,
  PersonId,
  ServiceId,
  ThemeId,
  TicketId,
} from './terms.ts';
import { DAY_MS } from './terms.ts';
import { lastSuggestion, minutesOf, type Outcome, type Ticket, wasRegistered } from './ticket.ts';
import { brusselsDay } from './working-time.ts';

/** A topic recurs with so many requesters, or so many centres, in so many Brussels calendar days in a row (design/2). */
const RECURRING = { requesters: 3, centres: 2, days: 30 };
/** From this share of questions that the index did not answer on, a recurring topic is a knowledge gap. */
const GAP_FROM = 0.5;

/** How the index did: it had nothing, was not sure, was told that it did not help, or answered. */
export const FINDINGS = ['none', 'unsure', 'rejected', 'answered'] as const;
export type Finding = (typeof FINDINGS)[number];

/** What counts of one question of a topic. `person` is absent of somebody who called and is not known to the house. */
export type TopicQuestion = {
  ticket: TicketId;
  number: string;
  askedAt: Instant;
  /** Its Brussels day as a number, see `dayNumber`. */
  day: number;
  channel: IntakeChannel;
  service: ServiceId;
  theme?: ThemeId;
  centre?: CentreId;
  function?: FunctionId;
  person?: PersonId;
  outcome?: Outcome;
  minutes: number;
  finding: Finding;
};

/** `now`: what the index says today, for questions that came by another channel and were never put to it. */
export function topicQuestion(ticket: Ticket, now: 'answer' | 'unsure' | 'none'): TopicQuestion {
  const { id, number, askedAt, channel, service, theme, requester, state } = ticket;
  return {
    ticket: id,
    number,
    askedAt,
    day: dayNumber(brusselsDay(askedAt)),
    channel,
    service,
    ...(theme ? { theme } : {}),
    ...(requester.centre ? { centre: requester.centre } : {}),
    ...(requester.function ? { function: requester.function } : {}),
    ...(requester.person ? { person: requester.person } : {}),
    ...(state.kind === 'closed' ? { outcome: state.outcome } : {}),
    minutes: minutesOf(ticket),
    finding: findingOf(ticket, now),
  };
}

function findingOf(ticket: Ticket, now: 'answer' | 'unsure' | 'none'): Finding {
  const rating = ticket.events.findLast((event) => event.type === 'rated-answer');
  if (rating) return rating.helped ? 'answered' : 'rejected';
  const known = ticket.events.some((event) => event.type === 'registered' && event.item !== undefined);
  const decision = lastSuggestion(ticket)?.decision ?? (known ? 'answer' : wasRegistered(ticket) ? now : 'none');
  return decision === 'answer' ? 'answered' : decision;
}

/** True when some 30 days in a row hold questions of at least 3 requesters or from 2 centres. */
export function recurs(questions: readonly TopicQuestion[]): boolean {
  if (questions.length < Math.min(RECURRING.requesters, RECURRING.centres)) return false;
  const inOrder = [...questions].sort((a, b) => a.day - b.day);
  const people = new Map<string, number>();
  const centres = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string | undefined, by: 1 | -1): void => {
    if (key === undefined) return;
    const left = (counts.get(key) ?? 0) + by;
    if (left === 0) counts.delete(key);
    else counts.set(key, left);
  };
  let start = 0;
  for (const { day, person, centre } of inOrder) {
    count(people, person, 1);
    count(centres, centre, 1);
    for (; inOrder[start]!.day <= day - RECURRING.days; start++) {
      count(people, inOrder[start]!.person, -1);
      count(centres, inOrder[start]!.centre, -1);
    }
    if (people.size >= RECURRING.requesters || centres.size >= RECURRING.centres) return true;
  }
  return false;
}

/** `weeks` are whole ones by their Monday, from the first to the last of the period, also those without a question. */
export type Evidence = {
  questions: number;
  /** Distinct people who are known to the house. */
  requesters: number;
  centres: { id: CentreId; questions: number }[];
  channels: { id: IntakeChannel; questions: number }[];
  findings: Record<Finding, number>;
  minutes: number;
  /** Absent when there are no questions. */
  firstAskedAt?: Instant;
  lastAskedAt?: Instant;
  weeks: { monday: Day; questions: number }[];
};

/** `questions` all lie in the period, which runs up to, not including, `to`. */
export function evidenceOf(questions: readonly TopicQuestion[], period: { from: Instant; to: Instant }): Evidence {
  const findings: Evidence['findings'] = { none: 0, unsure: 0, rejected: 0, answered: 0 };
  const people = new Set<PersonId>();
  const centres = new Map<CentreId, number>();
  const channels = new Map<IntakeChannel, number>();
  const weeks = new Map<number, number>();
  const last = dayNumber(brusselsDay(period.to - 1));
  for (let monday = mondayOf(dayNumber(brusselsDay(period.from))); monday <= last; monday += 7) weeks.set(monday, 0);
  let minutes = 0;
  let firstAskedAt = Number.POSITIVE_INFINITY;
  let lastAskedAt = Number.NEGATIVE_INFINITY;
  const add = <Id>(counts: Map<Id, number>, id: Id): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const question of questions) {
    findings[question.finding]++;
    if (question.person) people.add(question.person);
    if (question.centre) add(centres, question.centre);
    add(channels, question.channel);
    add(weeks, mondayOf(question.day));
    minutes += question.minutes;
    firstAskedAt = Math.min(firstAskedAt, question.askedAt);
    lastAskedAt = Math.max(lastAskedAt, question.askedAt);
  }
  return {
    questions: questions.length,
    requesters: people.size,
    centres: mostFirst(centres),
    channels: mostFirst(channels),
    findings,
    minutes,
    ...(questions.length > 0 ? { firstAskedAt, lastAskedAt } : {}),
    weeks: [...weeks].map(([monday, count]) => ({ monday: dayOf(monday), questions: count })),
  };
}

const mostFirst = <Id extends string>(counts: Map<Id, number>): { id: Id; questions: number }[] =>
  [...counts]
    .map(([id, questions]) => ({ id, questions }))
    .sort((a, b) => b.questions - a.questions || (a.id < b.id ? -1 : 1));

/** Of a recurring topic: true when the index left at least half of its questions without a good answer. */
export function isGap({ questions, findings }: Pick<Evidence, 'questions' | 'findings'>): boolean {
  return questions > 0 && (questions - findings.answered) / questions >= GAP_FROM;
}

/** Days since 1 January 1970, which was a Thursday. */
export const dayNumber = (day: Day): number => Math.round(Date.parse(day) / DAY_MS);
export const dayOf = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10);
const mondayOf = (day: number): number => day - ((day + 3) % 7);
