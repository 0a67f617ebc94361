// What an item or a decision did: questions before and after, who helped themselves, and the time that may have saved. Pure; claims no cause.

import { type Effect, effectOf } from './follow-up.ts';
import type { Day, WorkingCalendar } from './terms.ts';
import { dayNumber, type TopicQuestion } from './topics.ts';

/** What one question takes an advisor as long as too few were timed: an assumption, printed beside every figure. */
const ASSUMED_MINUTES = { least: 5, most: 15 };
/** From so many timed questions on the topic itself, its own minutes count. */
const FEWEST_TIMED = 5;

export type Range = { least: number; most: number };
/** `explicit` and `unconfirmed` of `of` finished questions that came by Teams. */
export type SelfService = { explicit: number; unconfirmed: number; of: number };
export type Impact = {
  effect: Effect;
  before: SelfService;
  after: SelfService;
  /** Minutes, over the weeks after the date that `effect` counts. */
  saved: Range;
  /** What one question was taken to cost. `timed`: questions that it was counted on, 0 when it is assumed. */
  perQuestion: Range & { timed: number };
  /** Known people behind the questions on either side. */
  people: number;
};

/**
 * The weeks that count are those of `effectOf`. Saved are the questions that were solved without an advisor after the
 * date beyond what was usual before it, at the middle half of the minutes that questions on the topic took: at least
 * those said to be solved at the lower quartile, at most the unconfirmed ones too at the upper (docs/cijfers.md).
 */
export function impactOf(
  questions: readonly TopicQuestion[],
  date: Day,
  known: { today: Day; knownFrom: Day | undefined; calendar: WorkingCalendar },
): Impact {
  const at = dayNumber(date);
  const effect = effectOf(
    questions.map(({ day }) => day),
    date,
    known,
  );
  const [start, end] = [at - effect.before.weeks * 7, at + effect.after.weeks * 7];
  const inside = questions.filter(({ day }) => start <= day && day < end);
  const before = selfServiceOf(inside.filter(({ day }) => day < at));
  const after = selfServiceOf(inside.filter(({ day }) => day >= at));
  const perQuestion = minutesEach(questions);
  const usual = effect.before.weeks === 0 ? 0 : effect.after.weeks / effect.before.weeks;
  const extra = (solved: (of: SelfService) => number): number => Math.max(0, solved(after) - solved(before) * usual);
  return {
    effect,
    before,
    after,
    saved: {
      least: Math.round(extra(({ explicit }) => explicit) * perQuestion.least),
      most: Math.round(extra(({ explicit, unconfirmed }) => explicit + unconfirmed) * perQuestion.most),
    },
    perQuestion,
    people: new Set(inside.flatMap(({ person }) => person ?? [])).size,
  };
}

function selfServiceOf(questions: readonly TopicQuestion[]): SelfService {
  const ended = questions.filter(({ channel }) => channel === 'teams').map(({ outcome }) => outcome);
  const count = (...outcomes: TopicQuestion['outcome'][]): number =>
    ended.filter((one) => outcomes.includes(one)).length;
  return {
    explicit: count('self-service'),
    unconfirmed: count('self-service-unconfirmed'),
    of: count('self-service', 'self-service-unconfirmed', 'answered', 'referred'),
  };
}

/** The quartiles by nearest rank. */
function minutesEach(questions: readonly TopicQuestion[]): Impact['perQuestion'] {
  const timed = questions.map(({ minutes }) => minutes).filter((minutes) => minutes > 0);
  if (timed.length < FEWEST_TIMED) return { ...ASSUMED_MINUTES, timed: 0 };
  timed.sort((a, b) => a - b);
  const rank = (part: number): number => timed[Math.ceil(part * timed.length) - 1]!;
  return { least: rank(0.25), most: rank(0.75), timed: timed.length };
}
