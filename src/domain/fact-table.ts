// Facts in columns of numbers, so that a million tickets are counted in milliseconds. Pure; knows no figure and no file.

import { type Facts, TRAITS, traitsOf } from './facts.ts';
import { DAY_MS, type Instant } from './terms.ts';
import { monthOf } from './working-time.ts';

/** Ids as small numbers; 0 is "not said". */
export type Dictionary = { ids: string[]; indexOf: (id: string | undefined) => number };

/** One code per state, those under way first. */
export const STATES = ['answered', 'open', 'claimed', 'awaiting-requester', 'closed', 'merged'] as const;
const CLOSED = STATES.indexOf('closed');

/** The end of a chain of rows. */
const END = 0xffffffff;
/** How far rows may be shifted between two looks at the order, per row, before sorting them again is cheaper. */
const MOST_SHIFTS = 32;

const columnsFor = (size: number) => ({
  live: new Uint8Array(size),
  askedAt: new Float64Array(size),
  /** Months since January of year 0, on the Brussels clock. */
  month: new Uint16Array(size),
  channel: new Uint16Array(size),
  service: new Uint16Array(size),
  theme: new Uint16Array(size),
  centre: new Uint16Array(size),
  function: new Uint16Array(size),
  outcome: new Uint16Array(size),
  /** The traits together; 0 as long as nothing was ever put in the row. */
  traits: new Uint16Array(size),
  requester: new Uint32Array(size),
  nextOfRequester: new Uint32Array(size),
  minutes: new Int32Array(size),
  handOvers: new Uint16Array(size),
  // NaN below stands for "never".
  lastClosed: new Float64Array(size),
  /** When it was closed for good so far; infinite of a question that is under way. */
  endedAt: new Float64Array(size),
  routedAt: new Float64Array(size),
  toResponse: new Float64Array(size),
  toAnswer: new Float64Array(size),
  toClose: new Float64Array(size),
  unconfirmedFrom: new Float64Array(size),
  unconfirmedUntil: new Float64Array(size),
  surveyedAt: new Float64Array(size),
  /** 1 of a question that was closed, once, and never went on. */
  closedOnce: new Uint8Array(size),
  /** Where the states of a row are in the pool. */
  firstState: new Uint32Array(size),
  stateCount: new Uint16Array(size),
});
type Columns = ReturnType<typeof columnsFor>;
type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A table as it can be kept elsewhere: a text, and named bytes. */
export type SavedTable = { head: string; arrays: Record<string, Uint8Array> };
/** Differs from that of a table that was made by a program with other columns. */
const LAYOUT = JSON.stringify([
  Object.entries(columnsFor(0)).map(([name, { BYTES_PER_ELEMENT: size }]) => [name, size]),
  TRAITS,
  STATES,
]);

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
  let dictionaries = dictionariesOf(() => undefined);
  /** Per requester the first of their rows; the others follow in `nextOfRequester`. */
  let firstOf = new Uint32Array(1024).fill(END);
  /** The live rows by the date asked, and those of one moment by row; not while it has to be sorted again. */
  let order = new Uint32Array(1024);
  let ordered = 0;
  let sorted = true;
  let shifts = 0;
  let touched = Number.POSITIVE_INFINITY;

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
    const filled = columns.traits[row] !== 0;
    if (filled && before === requester) return;
    if (filled) {
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

  /** How many rows in the order come before this moment and row. */
  function placeIn(at: Instant, row: number): number {
    let [low, high] = [0, ordered];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = order[middle]!;
      const when = columns.askedAt[other]!;
      if (when < at || (when === at && other < row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function shift(from: number, to: number): void {
    order.copyWithin(to, from, ordered);
    ordered += to - from;
    shifts += ordered - Math.min(from, to);
    if (shifts > MOST_SHIFTS * (rows + 1024)) sorted = false;
  }

  function takeOut(row: number): void {
    const place = placeIn(columns.askedAt[row]!, row);
    shift(place + 1, place);
  }

  function putIn(row: number): void {
    if (ordered === order.length) order = grown(order, new Uint32Array(order.length * 2));
    const place = placeIn(columns.askedAt[row]!, row);
    shift(place, place + 1);
    order[place] = row;
  }

  function sort(): void {
    const { live, askedAt } = columns;
    if (order.length < rows) order = new Uint32Array(live.length);
    ordered = 0;
    for (let row = 0; row < rows; row++) if (live[row] !== 0) order[ordered++] = row;
    order.subarray(0, ordered).sort((a, b) => askedAt[a]! - askedAt[b]! || a - b);
    sorted = true;
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

  /** Notes from which moment on figures can be others: somebody's new question can change what an earlier one counts as. */
  function touch(row: number): void {
    const requester = columns.requester[row]!;
    touched = Math.min(touched, columns.askedAt[row]!);
    if (requester === 0) return;
    for (let other = firstOf[requester]!; other !== END; other = columns.nextOfRequester[other]!) {
      touched = Math.min(touched, columns.askedAt[other]!);
    }
  }

  return {
    scores,
    get dictionaries() {
      return dictionaries;
    },
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
      if (columns.live[row] !== 0) touch(row);
      const moves = facts?.askedAt !== columns.askedAt[row] || columns.live[row] === 0;
      if (sorted && moves && columns.live[row] !== 0) takeOut(row);
      columns.live[row] = facts ? 1 : 0;
      if (!facts) return;
      const { requester, unconfirmed } = facts;
      columns.askedAt[row] = facts.askedAt;
      if (sorted && moves) putIn(row);
      columns.month[row] = monthNumber(monthOf(facts.askedAt));
      for (const name of ['channel', 'service', 'theme', 'centre', 'function', 'outcome'] as const) {
        columns[name][row] = dictionaries[name].indexOf(facts[name]);
      }
      chain(row, dictionaries.requester.indexOf(requester));
      touch(row);
      columns.traits[row] = dictionaries.traits.indexOf(traitsOf(facts).join(' '));
      columns.minutes[row] = facts.minutes;
      columns.handOvers[row] = facts.handOvers;
      columns.routedAt[row] = facts.routedAt ?? Number.NaN;
      columns.toResponse[row] = facts.toResponse ?? Number.NaN;
      columns.toAnswer[row] = facts.toAnswer ?? Number.NaN;
      columns.toClose[row] = facts.toClose ?? Number.NaN;
      columns.unconfirmedFrom[row] = unconfirmed?.from ?? Number.NaN;
      columns.unconfirmedUntil[row] = unconfirmed?.until ?? Number.NaN;
      columns.surveyedAt[row] = facts.surveyedAt ?? Number.NaN;
      for (const column of scores.values()) column[row] = 0;
      for (const [item, score] of Object.entries(facts.scores ?? {})) scoreColumn(item)[row] = score;
      columns.lastClosed[row] =
        facts.states.findLast(({ kind }) => kind === 'closed' || kind === 'merged')?.at ?? Number.NaN;
      columns.endedAt[row] = facts.outcome === undefined ? Number.POSITIVE_INFINITY : columns.lastClosed[row]!;
      const closes = facts.states.filter(({ kind }) => kind === 'closed').length;
      columns.closedOnce[row] = closes === 1 && facts.states.at(-1)!.kind === 'closed' ? 1 : 0;
      keepStates(row, facts.states);
    },

    /** The first moment that anything was about that was put since this was last called. */
    changedFrom(): Instant {
      const from = touched;
      touched = Number.POSITIVE_INFINITY;
      return from;
    },

    /** The bytes are only right until the next `put`. */
    save(): SavedTable {
      if (!sorted) sort();
      const bytes = (numbers: Numbers, length: number) =>
        new Uint8Array(numbers.buffer as ArrayBuffer, 0, length * numbers.BYTES_PER_ELEMENT);
      const ids = Object.fromEntries(Object.entries(dictionaries).map(([name, { ids }]) => [name, ids]));
      return {
        head: JSON.stringify({ layout: LAYOUT, rows, ordered, states, stale, ids, items: [...scores.keys()] }),
        arrays: {
          ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, bytes(column, rows)])),
          ...Object.fromEntries([...scores].map(([item, column]) => [`score ${item}`, bytes(column, rows)])),
          order: bytes(order, ordered),
          stateAt: bytes(stateAt, states),
          stateKind: bytes(stateKind, states),
          firstOf: bytes(firstOf, dictionaries.requester.ids.length),
        },
      };
    },

    /** Puts everything back in an empty table; false, and nothing done, when it was saved by another program than this. */
    restore({ head, arrays }: SavedTable): boolean {
      const saved = JSON.parse(head) as Head;
      if (saved.layout !== LAYOUT) return false;
      const filled = <Array extends Numbers>(name: string, into: Array): Array => {
        new Uint8Array(into.buffer as ArrayBuffer).set(arrays[name]!);
        return into;
      };
      ({ rows, ordered, states, stale } = saved);
      columns = columnsFor(rows + 1024);
      for (const [name, column] of Object.entries(columns)) filled(name, column);
      for (const item of saved.items) scores.set(item, filled(`score ${item}`, new Uint8Array(rows + 1024)));
      order = filled('order', new Uint32Array(ordered + 1024));
      stateAt = filled('stateAt', new Float64Array(states + 4096));
      stateKind = filled('stateKind', new Uint8Array(states + 4096));
      dictionaries = dictionariesOf((name) => saved.ids[name]);
      firstOf = filled('firstOf', new Uint32Array(saved.ids.requester!.length + 1024).fill(END));
      return true;
    },

    /** What was asked from `from` on and before `to`, in the order in which it was. Only right until the next `put`. */
    asked(from: Instant, to: Instant): Uint32Array {
      if (!sorted) sort();
      shifts = 0;
      return order.subarray(placeIn(from, 0), placeIn(to, 0));
    },

    /** Whether any other row of whoever asked in `row` holds. */
    someOfRequester(row: number, holds: (other: number) => boolean): boolean {
      for (let other = firstOf[columns.requester[row]!]!; other !== END; other = columns.nextOfRequester[other]!) {
        if (columns.live[other] !== 0 && holds(other)) return true;
      }
      return false;
    },

    /**
     * The last of these rows in the order asked, latest first, from where an earlier list ended. Throws RangeError for
     * what is no cursor.
     */
    latest(asked: Uint32Array, most: number, cursor?: string): number[] {
      const { askedAt } = columns;
      if (cursor === undefined) return Array.from(asked.slice(-most).reverse());
      const [endedAt, endedRow] = cursorIn(cursor);
      const page: number[] = [];
      for (let at = asked.length - 1; at >= 0 && page.length < most; at--) {
        const row = asked[at]!;
        if (askedAt[row]! < endedAt || (askedAt[row] === endedAt && row < endedRow)) page.push(row);
      }
      return page;
    },
    /** Where a list ended that ended with this row. */
    cursorAfter: (row: number) => `${columns.askedAt[row]}/${row}`,

    /** Index in `STATES` of the state at an instant, from the changes up to and including it; -1 before the question. */
    stateAt(row: number, instant: Instant): number {
      if (columns.endedAt[row]! <= instant) return CLOSED;
      const from = columns.firstState[row]!;
      for (let at = from + columns.stateCount[row]! - 1; at >= from; at--) {
        if (stateAt[at]! <= instant) return stateKind[at]!;
      }
      return -1;
    },
    /** Whether a close between `from` and `to` (not included) is there, and whether a reopen followed in so many days. */
    closed(row: number, from: Instant, to: Instant, days: number): 'no' | 'yes' | 'reopened' {
      const lastClosed = columns.lastClosed[row]!;
      if (!(lastClosed >= from)) return 'no';
      if (columns.closedOnce[row] === 1) return lastClosed < to ? 'yes' : 'no';
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

type Head = {
  layout: string;
  rows: number;
  ordered: number;
  states: number;
  stale: number;
  ids: Record<string, string[]>;
  items: string[];
};

function dictionariesOf(saved: (name: string) => string[] | undefined) {
  const names = ['channel', 'service', 'theme', 'centre', 'function', 'outcome', 'traits', 'requester'] as const;
  const entries = names.map((name) => [name, dictionary(saved(name) ?? [''])] as const);
  return Object.fromEntries(entries) as Record<(typeof names)[number], Dictionary>;
}

function dictionary(ids: string[]): Dictionary {
  const index = new Map(ids.slice(1).map((id, at) => [id, at + 1]));
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

function cursorIn(cursor: string): [number, number] {
  const [, at, row] = /^(-?\d+)\/(\d+)$/.exec(cursor) ?? [];
  if (at === undefined) throw new RangeError('that is not where a list ended');
  return [Number(at), Number(row)];
}

function grown<Column extends Uint8Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

/** "2026-11" as a number that grows by one a month. */
export function monthNumber(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return year! * 12 + number! - 1;
}

/** The month of such a number: "2026-11". */
export function monthNamed(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}
