// The running numbers of questions, HD-2026-0142: each given once, none left out for good. Knows no question.

import type { Instant, TicketId } from '../../domain/terms.ts';
import type { Store, StoredDoc } from '../ports.ts';
import type { NumberRecord } from '../records.ts';

/** A number whose ticket is not there this long after it was taken was left behind, not under way. */
const ABANDONED_MS = 60_000;
/** Numbers looked back on at once, so that they never pile up. */
const LOOKED_BACK_ON = 50;
/** When there was nothing to look back on, what was taken since has this long. */
const LOOK_EVERY_MS = ABANDONED_MS;
/** Numbers that a process may be taking at once, and so the most that can be missing before one that is there. */
const MOST_AT_ONCE = 32;

/** Where a series stands, as far as this process knows; the store decides. */
type Series = {
  last: number;
  /** Passed over: a process ended while it took several at once. */
  free: number[];
  /** Taken for a ticket that never came to be. */
  left: { n: number; id: string; version: string }[];
  /** Looked back on, and not yet done with. */
  settling: Set<string>;
  turn: number;
  opening?: Promise<void> | undefined;
  looking?: Promise<void> | undefined;
  /** The next look back, unless there is more to see now. */
  lookAt: Instant;
};
const known = new WeakMap<Store, Map<string, Series>>();

function seriesOf(store: Store, year: string): Series {
  const years = known.get(store) ?? new Map<string, Series>();
  known.set(store, years);
  const series = years.get(year) ?? { last: 0, free: [], left: [], settling: new Set(), turn: 0, lookAt: 0 };
  years.set(year, series);
  return series;
}

type App = { store: Store; serial: <T>(key: string, task: () => Promise<T>) => Promise<T> };

/**
 * Takes a number of the year for a ticket. Several may be taken at the same moment. The ticket has to be stored within a
 * minute: after that the number goes to another one.
 */
export async function takeNumber(app: App, year: string, { ticket, at }: NumberRecord): Promise<string> {
  const series = seriesOf(app.store, year);
  series.opening ??= open(app.store, year, series);
  await series.opening.catch((error: unknown) => {
    series.opening = undefined;
    throw error;
  });
  series.turn += 1;
  return app.serial(`number ${series.turn % MOST_AT_ONCE}`, async () => {
    if (at >= series.lookAt) {
      series.looking ??= lookBack(app.store, year, series, at).finally(() => {
        series.looking = undefined;
      });
    }
    await series.looking;
    const body = { ticket, at };
    const n = (await takeLeftBehind(app.store, year, series, body)) ?? (await takeNext(app.store, year, series, body));
    return seriesNumber(year, n);
  });
}

async function takeNext(store: Store, year: string, series: Series, body: NumberRecord): Promise<number> {
  for (;;) {
    // Nothing is waited for between the choice and the number being this one's, in this process.
    const n = series.free.shift() ?? ++series.last;
    try {
      if ((await store.create(numberDocument(year, n, body))).outcome === 'created') return n;
    } catch (error) {
      series.free.push(n);
      throw error;
    }
  }
}

async function takeLeftBehind(store: Store, year: string, series: Series, body: NumberRecord) {
  for (let left = series.left.shift(); left; left = series.left.shift()) {
    const { n, id, version } = left;
    const taken = await store
      .replace(numberDocument(year, n, body), version)
      .finally(() => void series.settling.delete(id));
    if (taken.outcome === 'saved') return n;
  }
  return undefined;
}

/** Finds the oldest numbers whose ticket never came to be, because the process ended in between; there is hardly ever one. */
async function lookBack(store: Store, year: string, series: Series, now: Instant): Promise<void> {
  const { docs } = await store.list({ kind: 'number', dueBefore: now }, { limit: LOOKED_BACK_ON });
  series.lookAt = docs.length > 0 ? 0 : now + LOOK_EVERY_MS;
  await Promise.all(
    docs.map(async ({ doc, version }) => {
      const { pk, id, kind, body } = doc;
      if (series.settling.has(id)) return;
      const [, ofYear, n] = id.split(':');
      const { ticket } = body as NumberRecord;
      series.settling.add(id);
      if (ofYear === year && !(await store.read(ticket, ticket))) {
        series.left.push({ n: Number(n), id, version });
        return;
      }
      // Done with: the ticket is there, or the year is over and nothing can be numbered in it any more. Nobody waits for
      // it, and when it fails the number is looked back on again.
      void store
        .replace({ pk, id, kind, body }, version)
        .catch(() => undefined)
        .then(() => series.settling.delete(id));
    }),
  );
}

/** The ticket with a number of the series, "2026" and 142. */
export async function ticketByNumber(store: Store, year: string, n: number): Promise<TicketId | undefined> {
  const { pk, id } = numberDocument(year, n);
  return ((await store.read(pk, id))?.doc.body as NumberRecord | undefined)?.ticket;
}

/**
 * Finds the end by doubling and halving: a few reads, whatever the length. A process that ended can have left numbers
 * out shortly before the last one that it took; they are given first.
 */
async function open(store: Store, year: string, series: Series): Promise<void> {
  const taken = async (n: number) => (await ticketByNumber(store, year, n)) !== undefined;
  let high = Math.max(1, series.last + 1);
  while (await taken(high)) high *= 2;
  let low = Math.max(series.last, Math.floor(high / 2));
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await taken(middle)) low = middle;
    else high = middle;
  }
  for (let n = low + 1; n <= low + MOST_AT_ONCE; n++) {
    if (!(await taken(n))) continue;
    for (let gap = low + 1; gap < n; gap++) series.free.push(gap);
    low = n;
  }
  series.last = Math.max(series.last, low);
}

/**
 * Stores a ticket that is known whole under the next number of a past year, its number first. Doing it again meets what
 * is there. For bulk work: one number after the other, in the order of the calls.
 */
export async function numbered(
  store: Store,
  year: string,
  { ticket, at }: NumberRecord,
  build: (number: string) => StoredDoc,
): Promise<void> {
  const series = seriesOf(store, year);
  for (let n = series.last + 1; ; n++) {
    // No due: nobody has to look back whether the ticket came to be.
    const { facets: _, ...document } = numberDocument(year, n, { ticket, at });
    const taken = (await store.create(document)).outcome === 'exists';
    if (taken && (await ticketByNumber(store, year, n)) !== ticket) continue;
    series.last = n;
    await store.create(build(seriesNumber(year, n)));
    return;
  }
}

const seriesNumber = (year: string, n: number): string => `HD-${year}-${String(n).padStart(4, '0')}`;

/** Due is when to look back whether the ticket came to be. */
function numberDocument(year: string, n: number, body?: NumberRecord): StoredDoc {
  const id = `number:${year}:${n}`;
  return { pk: id, id, kind: 'number', body, ...(body ? { facets: { due: body.at + ABANDONED_MS } } : {}) };
}
