// What is asked of the container, page by page, and where a follower of its changes is. Knows no document and no request.

import type { Filter } from '../../app/ports.ts';

/**
 * How long after its `changedAt` a write can still become visible to a follower: the time a write is insisted on, plus
 * the difference between the clocks of two instances.
 */
export const OVERLAP_MS = 30_000;

export const AFTER = (order: string) => `(c.${order} > @at OR (c.${order} = @at AND c.key > @key))`;

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

/**
 * Where a follower of the changes is. Cosmos DB does not promise that writes become visible in the order of their
 * `changedAt`, so a follower who came to the end starts again a little before the moment it `began`, and skips what
 * it has `seen` since (fingerprint and `changedAt`).
 */
type Place = { at: number; key: string; began: number; seen: [string, number][] };

export function toPlace(since: string, now: number): Place {
  if (since === '') return { at: -1, key: '', began: now, seen: [] };
  try {
    const place: Place = JSON.parse(since);
    if (Array.isArray(place.seen)) return place;
  } catch {
    // Said below.
  }
  throw new RangeError(`not a checkpoint of this store: ${since}`);
}

export function fromTheTop({ at, key, began }: Place, seen: Map<string, number>, now: number): string {
  const settled = began - OVERLAP_MS;
  const next = at > settled ? { at: settled, key: '' } : { at, key };
  return JSON.stringify({ ...next, began: now, seen: [...seen].filter(([, changedAt]) => changedAt >= settled) });
}

export function atLeastOne(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`a limit is 1 or more, not ${limit}`);
  return limit;
}
