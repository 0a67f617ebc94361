// How people asked, learnt from what they confirmed: what counts for how much, and what nobody can teach. Pure; knows no index.

import type { Instant, ItemId } from './terms.ts';
import { DAY_MS } from './terms.ts';

/** Who said it, as a keyed hash, and when. One person has one vote on a wording; `full`: they look after the item. */
export type Vote = { by: string; at: Instant; full?: true };
/** `key` stands for the words and does not tell them. A removed wording keeps only its key, so that it is not learnt again. */
export type Wording = { key: string; text: string; for: Vote[]; against: Vote[]; removed?: true };
/**
 * What one person said yes or no to, newest last: where their votes are, and how many they may still give. `against`:
 * the index had another item first, so the lesson changes what others get.
 */
export type Taught = { item: ItemId; key: string; at: Instant; against?: true };

/** What the index does with an item's wordings. */
export type Learned = {
  /** `weight` above 0 up to 1; best first. */
  confirmed: { text: string; weight: number }[];
  /** By key: what is taken off the item's score for that wording, 0 to MOST_DOUBT. */
  doubts: { key: string; penalty: number }[];
};

/** A confirmation counts half after a year. */
const HALF_LIFE_MS = 365 * DAY_MS;
/** One person may be wrong, or mean it badly: fully only when a second one agrees, or who looks after the item. */
const FIRST = 0.1;
const PER_NO = 0.5;
const LEAST_WEIGHT = 0.04;
const DOUBT_PER_NO = 0.1;
const MOST_DOUBT = 0.3;
/** Bounds, so that no item and no person can fill the store or the index. */
const MOST_KEPT = 40;
const MOST_USED = 12;
const MOST_VOTES = 8;
/**
 * `against`: so few that three people who mean it badly, each other's or apart, cost less than .01 of MRR on our
 * development questions (bench/knowledge-loop.ts).
 */
const TEACHING = { window: 90 * DAY_MS, most: 8, perItem: 2, against: 2 };

/** True when a person who taught this may still vote on a wording of the item now. */
export function mayTeach(taught: readonly Taught[], on: Omit<Taught, 'at'>, now: Instant): boolean {
  const recent = taught.filter(({ at }) => now - at < TEACHING.window);
  if (recent.some(({ item, key }) => item === on.item && key === on.key)) return true;
  if (on.against && recent.filter(({ against }) => against).length >= TEACHING.against) return false;
  return recent.length < TEACHING.most && recent.filter(({ item }) => item === on.item).length < TEACHING.perItem;
}

/** The list with this vote on it, once per wording; as it was when it is there for that moment. */
export function noteTaught(taught: readonly Taught[], on: Taught): Taught[] {
  return [...taught.filter(({ item, key }) => item !== on.item || key !== on.key), on];
}

/** Adds a vote, in the place of an earlier one of the same person. A removed wording takes none. */
export function vote(
  wordings: readonly Wording[],
  about: { key: string; text: string; helped: boolean },
  { by, at, full }: Vote,
): Wording[] {
  const known = wordings.find(({ key }) => key === about.key);
  if (known?.removed) return [...wordings];
  const before = known ?? { key: about.key, text: about.text, for: [], against: [] };
  const others = (votes: readonly Vote[]) => votes.filter((one) => one.by !== by);
  const added = (votes: readonly Vote[]) =>
    [...others(votes), { by, at, ...(full ? { full } : {}) }].slice(-MOST_VOTES);
  const next: Wording = about.helped
    ? { ...before, for: added(before.for), against: others(before.against) }
    : { ...before, for: others(before.for), against: added(before.against) };
  return bounded([...wordings.filter(({ key }) => key !== about.key), next], at);
}

/** Takes out a wording for good. */
export function strike(wordings: readonly Wording[], key: string): Wording[] {
  return wordings.map((one) => (one.key === key ? { key, text: '', for: [], against: [], removed: true } : one));
}

/** Without anything that this person said; a wording that only they knew is gone. */
export function withoutVoter(wordings: readonly Wording[], by: string): Wording[] {
  return wordings.flatMap((one) => {
    const next = { ...one, for: one.for.filter((v) => v.by !== by), against: one.against.filter((v) => v.by !== by) };
    return next.removed || next.for.length + next.against.length > 0 ? [next] : [];
  });
}

/** Votes from before a moment go, and a wording with its last one; the same list when there are none. */
export function expire(wordings: readonly Wording[], before: Instant): readonly Wording[] {
  const old = ({ for: yes, against: no }: Wording) => [...yes, ...no].some(({ at }) => at < before);
  if (!wordings.some(old)) return wordings;
  const recent = (votes: readonly Vote[]) => votes.filter(({ at }) => at >= before);
  return wordings
    .map((one) => ({ ...one, for: recent(one.for), against: recent(one.against) }))
    .filter((one) => one.removed || one.for.length + one.against.length > 0);
}

/** 0 to 1. */
export function weightOf(wording: Wording, now: Instant): number {
  const { length } = wording.for;
  if (length === 0) return 0;
  const age = now - Math.max(...wording.for.map(({ at }) => at));
  const weight =
    (length > 1 || wording.for.some(({ full }) => full) ? 1 : FIRST) * 0.5 ** (age / HALF_LIFE_MS) -
    PER_NO * wording.against.length;
  return weight < LEAST_WEIGHT ? 0 : weight;
}

/** What the index gets; the same for the same wordings and moment, in whatever order they were stored. */
export function learnedFrom(wordings: readonly Wording[], now: Instant): Learned {
  const confirmed = wordings
    .map((one) => ({ text: one.text, key: one.key, weight: weightOf(one, now) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_USED);
  const doubts = wordings.flatMap((one) => {
    const most = one.against.length - one.for.length;
    if (most <= 0) return [];
    const age = now - Math.max(...one.against.map(({ at }) => at));
    return [{ key: one.key, penalty: Math.min(MOST_DOUBT, DOUBT_PER_NO * most) * 0.5 ** (age / HALF_LIFE_MS) }];
  });
  return { confirmed: confirmed.map(({ text, weight }) => ({ text, weight })), doubts };
}

/** Drops what counts least, oldest first; what was removed goes last, or it would come back. */
function bounded(wordings: Wording[], now: Instant): Wording[] {
  if (wordings.length <= MOST_KEPT) return wordings;
  const worth = (one: Wording): number => (one.removed ? 2 : weightOf(one, now) || one.against.length / 100);
  const latest = (one: Wording): Instant => Math.max(0, ...[...one.for, ...one.against].map(({ at }) => at));
  const kept = new Set([...wordings].sort((a, b) => worth(b) - worth(a) || latest(b) - latest(a)).slice(0, MOST_KEPT));
  return wordings.filter((one) => kept.has(one));
}
