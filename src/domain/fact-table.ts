// Facts in columns of numbers, so that a million tickets are counted in milliseconds. Pure; knows no figure and no file.

import { DAY_MS, type Facts } from './facts.ts';
import type { Instant } from './terms.ts';
import { monthOf } from './working-time.ts';

/** Ids as small numbers; 0 is "not said". */
export type Dictionary = { ids: string[]; indexOf: (id: string | undefined) => number };

/** One code per state, those under way first. */
export const STATES = ['answered', 'open', 'claimed', 'awaiting-requester', 'closed', 'merged'] as const;
const CLOSED = STATES.indexOf('closed');

const FLAGS = { registered: 1, surveySent: 2, surveyed: 4, finished: 8, oneContact: 16, filled: 128 };
/** The end of a chain of rows. */
const END = 0xffffffff;

const columnsFor = (size: number) => ({
  live: new Uint8Array(size),
  askedAt: new Float64Array(size),
  /** Months since January of year 0, on the Brussels clock. */
  month: new Uint16Array(size),
  channel: new Uint16Array(size),
  service: new Uint16Array(size),
  theme: new Uint16Array(size),
  suggestedTheme: new Uint16Array(size),
  centre: new Uint16Array(size),
  function: new Uint16Array(size),
  outcome: new Uint16Array(size),
  suggested: new Uint16Array(size),
  requester: new Uint32Array(size),
  nextOfRequester: new Uint32Array(size),
  flags: new Uint8Array(size),
  minutes: new Int32Array(size),
  handOvers: new Uint16Array(size),
  // NaN below stands for "never".
  lastClosed: new Float64Array(size),
  routedAt: new Float64Array(size),
  toResponse: new Float64Array(size),
  toAnswer: new Float64Array(size),
  toClose: new Float64Array(size),
  unconfirmedFrom: new Float64Array(size),
  unconfirmedUntil: new Float64Array(size),
  /** Where the states of a row are in the pool. */
  firstState: new Uint32Array(size),
  stateCount: new Uint16Array(size),
});
type Columns = ReturnType<typeof columnsFor>;

export type FactTable = ReturnType<typeof createFactTable>;

/** An empty table. Rows are numbered by the caller, from 0 on and without large gaps. */
export function createFactTable() {
  let columns = columnsFor(1024);
  let rows = 0;
  let stateAt = new Float64Array(4096);
  let stateKind = new Uint8Array(4096);
  let states = 0;
  let stale = 0;
  /** Per survey item, a score per row; 0 is none. */
  const scores = new Map<string, Uint8Array>();
  const dictionaries = {
    channel: dictionary(),
    service: dictionary(),
    theme: dictionary(),
    centre: dictionary(),
    function: dictionary(),
    outcome: dictionary(),
    suggested: dictionary(),
    requester: dictionary(),
  };
  /** Per requester the first of their rows; the others follow in `nextOfRequester`. */
  let firstOf = new Uint32Array(1024).fill(END);

  function room(row: number): void {
    if (row < columns.live.length) return;
    const size = Math.max(row + 1, columns.live.length * 2);
    const larger = columnsFor(size);
    for (const name of Object.keys(larger) as (keyof Columns)[]) larger[name].set(columns[name] as never);
    columns = larger;
    for (const [item, column] of scores) scores.set(item, grown(column, new Uint8Array(size)));
  }

  /** Puts a row with those of its requester, and takes it away from another's. */
  function chain(row: number, requester: number): void {
    const before = columns.requester[row]!;
    if (columns.flags[row] !== 0 && before === requester) return;
    if (columns.flags[row] !== 0) {
      const next = columns.nextOfRequester[row]!;
      if (firstOf[before] === row) firstOf[before] = next;
      else {
        let other = firstOf[before]!;
        while (columns.nextOfRequester[other] !== row) other = columns.nextOfRequester[other]!;
        columns.nextOfRequester[other] = next;
      }
    }
    if (requester >= firstOf.length) firstOf = grown(firstOf, new Uint32Array(firstOf.length * 2).fill(END));
    columns.requester[row] = requester;
    columns.nextOfRequester[row] = firstOf[requester]!;
    firstOf[requester] = row;
  }

  function scoreColumn(item: string): Uint8Array {
    const column = scores.get(item) ?? new Uint8Array(columns.live.length);
    scores.set(item, column);
    return column;
  }

  function keepStates(row: number, kept: Facts['states']): void {
    stale += columns.stateCount[row]!;
    if (stale > 100_000 && stale > states / 2) compact(row);
    if (states + kept.length > stateAt.length) {
      const size = Math.max(states + kept.length, stateAt.length * 2);
      stateAt = grown(stateAt, new Float64Array(size));
      stateKind = grown(stateKind, new Uint8Array(size));
    }
    columns.firstState[row] = states;
    columns.stateCount[row] = kept.length;
    for (const { at, kind } of kept) {
      stateAt[states] = at;
      stateKind[states] = STATES.indexOf(kind);
      states += 1;
    }
  }

  /** Drops the states of rows that were replaced, those of `row` too. */
  function compact(row: number): void {
    const [oldAt, oldKind] = [stateAt, stateKind];
    stateAt = new Float64Array(oldAt.length);
    stateKind = new Uint8Array(oldKind.length);
    states = 0;
    columns.stateCount[row] = 0;
    for (let other = 0; other < rows; other++) {
      const from = columns.firstState[other]!;
      const to = from + columns.stateCount[other]!;
      columns.firstState[other] = states;
      for (let at = from; at < to; at++, states++) {
        stateAt[states] = oldAt[at]!;
        stateKind[states] = oldKind[at]!;
      }
    }
    stale = 0;
  }

  return {
    dictionaries,
    scores,
    get columns(): Readonly<Columns> {
      return columns;
    },
    /** Rows given out so far, the empty ones included. */
    get size() {
      return rows;
    },

    /** Puts facts in a row, whatever was there; `undefined` empties it. */
    put(row: number, facts: Facts | undefined): void {
      room(row);
      rows = Math.max(rows, row + 1);
      columns.live[row] = facts ? 1 : 0;
      if (!facts) return;
      const { requester, unconfirmed } = facts;
      columns.askedAt[row] = facts.askedAt;
      columns.month[row] = monthNumber(monthOf(facts.askedAt));
      columns.suggestedTheme[row] = dictionaries.theme.indexOf(facts.suggestedTheme);
      for (const name of ['channel', 'service', 'theme', 'centre', 'function', 'outcome', 'suggested'] as const) {
        columns[name][row] = dictionaries[name].indexOf(facts[name]);
      }
      chain(row, dictionaries.requester.indexOf(requester));
      columns.minutes[row] = facts.minutes;
      columns.handOvers[row] = facts.handOvers;
      columns.routedAt[row] = facts.routedAt ?? Number.NaN;
      columns.toResponse[row] = facts.toResponse ?? Number.NaN;
      columns.toAnswer[row] = facts.toAnswer ?? Number.NaN;
      columns.toClose[row] = facts.toClose ?? Number.NaN;
      columns.unconfirmedFrom[row] = unconfirmed?.from ?? Number.NaN;
      columns.unconfirmedUntil[row] = unconfirmed?.until ?? Number.NaN;
      columns.flags[row] =
        FLAGS.filled |
        (facts.registered ? FLAGS.registered : 0) |
        (facts.surveySent ? FLAGS.surveySent : 0) |
        (facts.scores ? FLAGS.surveyed : 0) |
        (facts.firstContact !== undefined ? FLAGS.finished : 0) |
        (facts.firstContact ? FLAGS.oneContact : 0);
      for (const column of scores.values()) column[row] = 0;
      for (const [item, score] of Object.entries(facts.scores ?? {})) scoreColumn(item)[row] = score;
      columns.lastClosed[row] =
        facts.states.findLast(({ kind }) => kind === 'closed' || kind === 'merged')?.at ?? Number.NaN;
      keepStates(row, facts.states);
    },

    /** Whether any other row of whoever asked in `row` holds. */
    someOfRequester(row: number, holds: (other: number) => boolean): boolean {
      for (let other = firstOf[columns.requester[row]!]!; other !== END; other = columns.nextOfRequester[other]!) {
        if (columns.live[other] !== 0 && holds(other)) return true;
      }
      return false;
    },

    /**
     * The rows that were asked last, latest first, from where an earlier list ended. Keeps only as many as are wanted,
     * so that a page out of a million costs one pass. Throws RangeError for what is no cursor.
     */
    latest(all: Uint32Array, most: number, cursor?: string): number[] {
      const { askedAt } = columns;
      const [endedAt, endedRow] = cursor === undefined ? [Number.POSITIVE_INFINITY, rows] : placeIn(cursor);
      const before = (a: number, b: number) => askedAt[a]! > askedAt[b]! || (askedAt[a] === askedAt[b] && a > b);
      const page: number[] = [];
      for (const row of all) {
        const at = askedAt[row]!;
        if (at > endedAt || (at === endedAt && row >= endedRow)) continue;
        if (page.length === most && !before(row, page[most - 1]!)) continue;
        let place = page.length;
        while (place > 0 && before(row, page[place - 1]!)) place--;
        page.splice(place, 0, row);
        if (page.length > most) page.pop();
      }
      return page;
    },
    /** Where a list ended that ended with this row. */
    cursorAfter: (row: number) => `${columns.askedAt[row]}/${row}`,

    registered: (row: number) => (columns.flags[row]! & FLAGS.registered) !== 0,
    surveySent: (row: number) => (columns.flags[row]! & FLAGS.surveySent) !== 0,
    surveyed: (row: number) => (columns.flags[row]! & FLAGS.surveyed) !== 0,
    /** Routed, answered and then closed. */
    finished: (row: number) => (columns.flags[row]! & FLAGS.finished) !== 0,
    oneContact: (row: number) => (columns.flags[row]! & FLAGS.oneContact) !== 0,
    routed: (row: number) => !Number.isNaN(columns.routedAt[row]!),

    /** Index in `STATES` of the state at an instant, from the changes up to and including it; -1 before the question. */
    stateAt(row: number, instant: Instant): number {
      if (columns.outcome[row] !== 0 && columns.lastClosed[row]! <= instant) return CLOSED;
      const from = columns.firstState[row]!;
      for (let at = from + columns.stateCount[row]! - 1; at >= from; at--) {
        if (stateAt[at]! <= instant) return stateKind[at]!;
      }
      return -1;
    },
    /** Whether a close between `from` and `to` (not included) is there, and whether a reopen followed in so many days. */
    closed(row: number, from: Instant, to: Instant, days: number): 'no' | 'yes' | 'reopened' {
      if (!(columns.lastClosed[row]! >= from)) return 'no';
      const start = columns.firstState[row]!;
      const end = start + columns.stateCount[row]!;
      let found: 'no' | 'yes' = 'no';
      for (let at = start; at < end; at++) {
        const when = stateAt[at]!;
        if (stateKind[at] !== CLOSED || when < from || when >= to) continue;
        if (at + 1 < end && stateAt[at + 1]! - when <= days * DAY_MS) return 'reopened';
        found = 'yes';
      }
      return found;
    },
  };
}

function dictionary(): Dictionary {
  const ids = [''];
  const index = new Map<string, number>();
  return {
    ids,
    indexOf(id) {
      if (id === undefined) return 0;
      const known = index.get(id);
      if (known !== undefined) return known;
      index.set(id, ids.length);
      return ids.push(id) - 1;
    },
  };
}

function placeIn(cursor: string): [number, number] {
  const [, at, row] = /^(-?\d+)\/(\d+)$/.exec(cursor) ?? [];
  if (at === undefined) throw new RangeError('that is not where a list ended');
  return [Number(at), Number(row)];
}

function grown<Column extends Uint8Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

/** The rows for which it holds. The filter of the language itself takes ten times as long on a million rows. */
export function where(rows: Uint32Array, holds: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (holds(row)) found[count++] = row;
  }
  return found.slice(0, count);
}

/** Counts different numbers per cell, all of them below `most`, one bit for each. */
export function createDistinct(cells: number, most: number) {
  const width = (most >>> 5) + 1;
  const seen = new Uint32Array(cells * width);
  const counts = new Uint32Array(cells);
  return {
    counts,
    add(cell: number, value: number): void {
      const at = cell * width + (value >>> 5);
      const bit = 1 << (value & 31);
      if ((seen[at]! & bit) !== 0) return;
      seen[at]! |= bit;
      counts[cell]! += 1;
    },
  };
}

/** "2026-11" as a number that grows by one a month. */
export function monthNumber(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return year! * 12 + number! - 1;
}

export function monthNamed(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}
