// What was decided about a recurring topic, and how many questions came before and after. Pure; claims no cause.

import { mayIn, type Person } from './authorisation.ts';
import {
  type ContactId,
  type Day,
  type FollowUpKindId,
  type Instant,
  no,
  type Result,
  type WorkingCalendar,
  yes,
} from './terms.ts';
import type { Advisor } from './ticket.ts';
import { dayNumber, dayOf } from './topics.ts';
import { brusselsDay, isSchoolHoliday } from './working-time.ts';

export const FOLLOW_UP_STATUSES = ['planned', 'under-way', 'done'] as const;
export type FollowUpStatus = (typeof FOLLOW_UP_STATUSES)[number];

/** `date` is the day on which it takes effect: the FAQ item is there, the session was held. */
export type Decision = { kind: FollowUpKindId; owner: ContactId; date: Day; note: string; status: FollowUpStatus };

/** `key` makes a double press, or a form sent twice, find what it did. */
export type FollowUpEvent = { at: Instant; by: Advisor; key: string } & (
  | ({ type: 'decided' } & Decision)
  | { type: 'undone' }
);

export type FollowUpRefusal =
  | { kind: 'not-allowed' }
  | { kind: 'nothing-decided' }
  | { kind: 'date-out-of-range'; from: Day; to: Day }
  | { kind: 'too-many-changes' };

/** A decision may be noted for a day at most this far back or ahead. */
const FURTHEST_DAYS = 366;
/** Keeps one topic's history a page long, and its document small. */
const MOST_EVENTS = 200;

/** The history with a decision added; deciding again changes it, and the earlier one stays in the history. */
export function decide(
  history: readonly FollowUpEvent[],
  who: Person,
  now: Instant,
  key: string,
  decision: Decision,
): Result<FollowUpEvent[], FollowUpRefusal> {
  if (!mayIn(who.roles, 'decide-follow-up')) return no({ kind: 'not-allowed' });
  if (history.some((event) => event.key === key)) return yes([...history]);
  const today = dayNumber(brusselsDay(now));
  const [from, to] = [dayOf(today - FURTHEST_DAYS), dayOf(today + FURTHEST_DAYS)];
  if (decision.date < from || decision.date > to) return no({ kind: 'date-out-of-range', from, to });
  return added(history, { type: 'decided', at: now, by: { person: who.person, name: who.name }, key, ...decision });
}

/** Takes the last decision back: the one before it holds again, or none. */
export function undo(
  history: readonly FollowUpEvent[],
  who: Person,
  now: Instant,
  key: string,
): Result<FollowUpEvent[], FollowUpRefusal> {
  if (!mayIn(who.roles, 'decide-follow-up')) return no({ kind: 'not-allowed' });
  if (history.some((event) => event.key === key)) return yes([...history]);
  if (!currentDecision(history)) return no({ kind: 'nothing-decided' });
  return added(history, { type: 'undone', at: now, by: { person: who.person, name: who.name }, key });
}

function added(history: readonly FollowUpEvent[], event: FollowUpEvent): Result<FollowUpEvent[], FollowUpRefusal> {
  return history.length >= MOST_EVENTS ? no({ kind: 'too-many-changes' }) : yes([...history, event]);
}

/** The decision that holds, with who took it and when; undefined when there is none, or it was taken back. */
export function currentDecision(
  history: readonly FollowUpEvent[],
): Extract<FollowUpEvent, { type: 'decided' }> | undefined {
  const standing: Extract<FollowUpEvent, { type: 'decided' }>[] = [];
  for (const event of history) {
    if (event.type === 'decided') standing.push(event);
    else standing.pop();
  }
  return standing.at(-1);
}

const BLOCK_DAYS = 28;
const BLOCKS = 3;
/** From this many holidays on its five weekdays, a week counts as one of school holiday. */
const HOLIDAY_WEEK_DAYS = 3;

/** One side of the date. `perFourWeeks` is a mean over whole blocks of 4 weeks, undefined when there is none yet. */
export type EffectSide = {
  weeks: number;
  questions: number;
  perFourWeeks: number | undefined;
  holidayWeeks: number;
};
/** "interim" from 4 whole weeks after the date on, "complete" from 12. */
export type Effect = { state: 'too-early' | 'interim' | 'complete'; before: EffectSide; after: EffectSide };

/**
 * Questions on a topic in the 12 weeks before and after a date, counted in whole blocks of 4 weeks (design/2). `days`
 * are the Brussels days of its questions, as numbers; blocks that began before `knownFrom`, the first day of which there are any
 * questions at all, or that have not ended `today` are left out.
 */
export function effectOf(
  days: readonly number[],
  date: Day,
  { today, knownFrom, calendar }: { today: Day; knownFrom: Day | undefined; calendar: WorkingCalendar },
): Effect {
  const at = dayNumber(date);
  const fitting = (days: number): number => Math.max(0, Math.min(BLOCKS, Math.floor(days / BLOCK_DAYS)));
  const blocksBefore = knownFrom === undefined ? 0 : fitting(at - dayNumber(knownFrom));
  const blocksAfter = fitting(dayNumber(today) - at);
  const side = (first: number, blocks: number): EffectSide => {
    const end = first + blocks * BLOCK_DAYS;
    const questions = days.filter((day) => first <= day && day < end).length;
    const weeks = (blocks * BLOCK_DAYS) / 7;
    return {
      weeks,
      questions,
      perFourWeeks: blocks === 0 ? undefined : questions / blocks,
      holidayWeeks: Array.from({ length: weeks }, (_, week) => first + week * 7).filter((day) =>
        isHolidayWeek(calendar, day),
      ).length,
    };
  };
  return {
    state: blocksAfter === 0 ? 'too-early' : blocksAfter < BLOCKS ? 'interim' : 'complete',
    before: side(at - blocksBefore * BLOCK_DAYS, blocksBefore),
    after: side(at, blocksAfter),
  };
}

/** The seven days from `first` on, whatever its weekday. */
function isHolidayWeek(calendar: WorkingCalendar, first: number): boolean {
  const holidays = Array.from({ length: 7 }, (_, index) => dayOf(first + index)).filter((day) => {
    const weekday = new Date(day).getUTCDay();
    return weekday > 0 && weekday < 6 && isSchoolHoliday(calendar, day);
  });
  return holidays.length >= HOLIDAY_WEEK_DAYS;
}
