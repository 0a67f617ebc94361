// What is asked of the container, page by page, and where a follower of its changes is. Knows no document and no request.

import type { Filter } from '../../app/ports.ts';

/**
 * How long after its `changedAt` a write can still become visible to a follower: the time a write is insisted on, plus
 * the difference between the clocks of two instances.
 */
const OVERLAP_MS = 30_000;

const AFTER = (order: string) => `(c.${order} > @at OR (c.${order} = @at AND c.key > @key))`;

/** The WHERE of a page of a list, its parameters, and the field to order by. Throws RangeError for what is no cursor of ours. */
export function conditions(filter: Filter, cursor: string | undefined) {
  const { dueBefore } = filter;
  const order = dueBefore === undefined ? ('changedAt' as const) : ('due' as const);
  const where: string[] = [];
  const values: Record<string, string | number> = {};
  for (const name of ['kind', 'status', 'owner', 'service'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    where.push(`c.${name} = @${name}`);
    values[name] = value;
  }
  if (dueBefore !== undefined) {
    where.push('c.due < @dueBefore');
    Object.assign(values, { dueBefore });
  }
  if (cursor !== undefined) {
    const [, at, key] = /^(-?\d+)\/(.+)$/.exec(cursor) ?? [];
    if (at === undefined || key === undefined) throw new RangeError(`not a cursor of this store: ${cursor}`);
    where.push(AFTER(order));
    Object.assign(values, { at: Number(at), key });
  }
  return { where: where.join(' AND '), values, order };
}

/** How often a follower looks back whole, trusting no clock of the service. */
const WHOLE_MS = 30_000;
/** Clocks of the service differ by less, and its times of commit (`_ts`) are whole seconds. */
const COMMIT_MARGIN_S = 2;

/**
 * Where a follower of the changes is. Cosmos DB does not promise that writes become visible in the order of their
 * `changedAt`, so a follower who came to the end starts again a little earlier, and skips what it has `seen` since
 * (fingerprint and `changedAt`). It asks only for what was committed since it last saw a commit, as reading the same
 * documents every second would cost more than everything else; every half minute it asks for all.
 */
type Place = {
  at: number;
  key: string;
  /** When the last whole pass that was finished began. */
  wholeAt: number;
  /** The last second in which something that was seen was committed, by the service's clock. */
  committed: number;
  seen: [string, number][];
};
/** `from` is the second of the service's clock below which nothing is asked for; 0 in a whole pass. */
type Pass = Place & { began: number; from: number };

export const CHANGED = `${AFTER('changedAt')} AND c._ts >= @from`;

/** Before this `changedAt` nothing can become visible any more that was not there in the last whole pass. */
export const settledAt = ({ from, began, wholeAt }: Pass) => (from === 0 ? began : wholeAt) - OVERLAP_MS;

/** The pass that a checkpoint is in the middle of, or a new one. */
export function toPass(since: string, now: number): Pass {
  const first: Pass = { at: -1, key: '', wholeAt: now, committed: 0, seen: [], began: now, from: 0 };
  if (since === '') return first;
  try {
    const place: Place & Partial<Pass> = JSON.parse(since);
    if (Array.isArray(place.seen)) {
      const whole = place.began !== undefined || now - place.wholeAt >= WHOLE_MS;
      return { ...first, from: whole ? 0 : Math.max(0, place.committed - COMMIT_MARGIN_S), ...place };
    }
  } catch {
    // Said below.
  }
  throw new RangeError(`not a checkpoint of this store: ${since}`);
}

/** Where a follower is who came to the end. */
export function atTheEnd(pass: Pass, seen: Map<string, number>): string {
  const { at, key, began, from, committed } = pass;
  const settled = settledAt(pass);
  const place: Place = {
    ...(at > settled ? { at: settled, key: '' } : { at, key }),
    wholeAt: from === 0 ? began : pass.wholeAt,
    committed,
    seen: [...seen].filter(([, changedAt]) => changedAt >= settled),
  };
  return JSON.stringify(place);
}

/** The limit itself; throws RangeError below 1. */
export function atLeastOne(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`a limit is 1 or more, not ${limit}`);
  return limit;
}
