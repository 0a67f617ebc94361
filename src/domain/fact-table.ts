// Facts in columns of numbers, so that a million tickets are counted in milliseconds. Pure; knows no figure and no file.

import { DAY_MS, type Facts } from './facts.ts';
import type { Instant } from './terms.ts';
import { monthOf } from './working-time.ts';

/** Ids as small numbers; 0 is "not said". */
export type Dictionary = { ids: string[]; indexOf: (id: string | undefined) => number };

/** One code per state, in `STATES` order, for the columns of states. */
export const STATES = ['answered', 'open', 'claimed', 'awaiting-requester', 'closed'] as const;
const CLOSED = STATES.indexOf('closed');

const FLAGS = { registered: 1, surveySent: 2, surveyed: 4, finished: 8, oneContact: 16 };

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
  flags: new Uint8Array(size),
  minutes: new Int32Array(size),
  handOvers: new Uint16Array(size),
  // NaN below stands for "never".
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
  let grouped: { order: Uint32Array; firstOf: Uint32Array } | undefined;

  function room(row: number): void {
    if (row < columns.live.length) return;
    const size = Math.max(row + 1, columns.live.length * 2);
    const larger = columnsFor(size);
    for (const name of Object.keys(larger) as (keyof Columns)[]) larger[name].set(columns[name] as never);
    columns = larger;
    for (const [item, column] of scores) scores.set(item, grown(column, new Uint8Array(size)));
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
      grouped = undefined;
      columns.live[row] = facts ? 1 : 0;
      if (!facts) return;
      const { requester, unconfirmed } = facts;
      columns.askedAt[row] = facts.askedAt;
      columns.month[row] = monthNumber(monthOf(facts.askedAt));
      columns.suggestedTheme[row] = dictionaries.theme.indexOf(facts.suggestedTheme);
      for (const name of ['channel', 'service', 'theme', 'centre', 'function', 'outcome', 'suggested'] as const) {
        columns[name][row] = dictionaries[name].indexOf(facts[name]);
      }
      columns.requester[row] = dictionaries.requester.indexOf(requester);
      columns.minutes[row] = facts.minutes;
      columns.handOvers[row] = facts.handOvers;
      columns.routedAt[row] = facts.routedAt ?? Number.NaN;
      columns.toResponse[row] = facts.toResponse ?? Number.NaN;
      columns.toAnswer[row] = facts.toAnswer ?? Number.NaN;
      columns.toClose[row] = facts.toClose ?? Number.NaN;
      columns.unconfirmedFrom[row] = unconfirmed?.from ?? Number.NaN;
      columns.unconfirmedUntil[row] = unconfirmed?.until ?? Number.NaN;
      columns.flags[row] =
        (facts.registered ? FLAGS.registered : 0) |
        (facts.surveySent ? FLAGS.surveySent : 0) |
        (facts.scores ? FLAGS.surveyed : 0) |
        (facts.firstContact !== undefined ? FLAGS.finished : 0) |
        (facts.firstContact ? FLAGS.oneContact : 0);
      for (const column of scores.values()) column[row] = 0;
      for (const [item, score] of Object.entries(facts.scores ?? {})) scoreColumn(item)[row] = score;
      keepStates(row, facts.states);
    },

    /** The rows in use, those of one requester together; those of nobody known come first. */
    order(): Uint32Array {
      grouped ??= groupByRequester(columns, rows, dictionaries.requester.ids.length);
      return grouped.order;
    },
    /** The rows of whoever asked in `row`. */
    ofRequester(row: number): Uint32Array {
      const order = this.order();
      const requester = columns.requester[row]!;
      return order.subarray(grouped!.firstOf[requester], grouped!.firstOf[requester + 1]);
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
      const from = columns.firstState[row]!;
      for (let at = from + columns.stateCount[row]! - 1; at >= from; at--) {
        if (stateAt[at]! <= instant) return stateKind[at]!;
      }
      return -1;
    },
    /** Whether a close between `from` and `to` (not included) is there, and whether a reopen followed in so many days. */
    closed(row: number, from: Instant, to: Instant, days: number): 'no' | 'yes' | 'reopened' {
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

/** Counting sort: as fast as reading, and the same for every order in which rows came. */
function groupByRequester({ live, requester }: Columns, rows: number, requesters: number) {
  const firstOf = new Uint32Array(requesters + 1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (live[row] === 0) continue;
    firstOf[requester[row]! + 1]! += 1;
    count += 1;
  }
  for (let at = 1; at < firstOf.length; at++) firstOf[at]! += firstOf[at - 1]!;
  const next = firstOf.slice();
  const order = new Uint32Array(count);
  for (let row = 0; row < rows; row++) if (live[row] !== 0) order[next[requester[row]!]!++] = row;
  return { order, firstOf };
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

function grown<Column extends Uint8Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

/** "2026-11" as a number that grows by one a month. */
export function monthNumber(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return year! * 12 + number! - 1;
}

export function monthNamed(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}
