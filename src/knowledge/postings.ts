// Inverted lists in typed arrays that grow in place. Knows numbers only: terms, documents, frequencies.

const FIRST_BLOCK = 4;
const LARGEST_BLOCK = 1_024;
const SCALE = 64;
const LARGEST_FREQUENCY = 65_535;

/** Per term, side by side so that appending touches one stretch of memory: postings, first block, last block, used of it. */
const META = { length: 0, head: 1, tail: 2, used: 3, size: 4 } as const;

/**
 * Lists of (document, frequency) per term, as chains of blocks in two shared pools. A document is appended once per
 * term; `documents` counts the live documents of a term, dead ones stay in the chain until the index is rebuilt.
 */
export type Postings = {
  documents: Int32Array;
  meta: Int32Array;
  /** Per block: [next block start, capacity], then the entries. */
  pool: Int32Array;
  frequency: Uint16Array;
  end: number;
  /** Lists longer than this are no longer extended: a term in that many documents tells nothing. */
  longest: number;
};

/** No list yet; a list of more than `longest` documents stops growing. */
export function createPostings(longest: number): Postings {
  return {
    documents: new Int32Array(1_024),
    meta: new Int32Array(1_024 * META.size),
    pool: new Int32Array(16_384),
    frequency: new Uint16Array(16_384),
    end: 2,
    longest,
  };
}

function grown<Numbers extends Int32Array | Uint16Array>(old: Numbers, length: number): Numbers {
  const next = new (old.constructor as new (length: number) => Numbers)(length);
  next.set(old);
  return next;
}

/** Postings ever appended to a term, dead ones included: what a walk over its list costs. */
export const lengthOf = (list: Postings, term: number): number => list.meta[term * META.size] ?? 0;

/** Appends a document; `weight` is its weighted frequency (0 to 1023, kept in steps of 1/64). */
export function append(list: Postings, term: number, document: number, weight: number): void {
  if (term >= list.documents.length) {
    const length = Math.max(term + 1, list.documents.length * 2);
    list.documents = grown(list.documents, length);
    list.meta = grown(list.meta, length * META.size);
  }
  list.documents[term]!++;
  const { meta } = list;
  const own = term * META.size;
  if (meta[own]! >= list.longest) return;
  meta[own]!++;
  let block = meta[own + META.tail]!;
  const capacity = block === 0 ? 0 : list.pool[block + 1]!;
  if (meta[own + META.used] === capacity) {
    const size = block === 0 ? FIRST_BLOCK : Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, capacity * 2));
    const next = list.end;
    list.end += size + 2;
    if (list.end > list.pool.length) {
      const length = Math.ceil(list.end * 1.6);
      list.pool = grown(list.pool, length);
      list.frequency = grown(list.frequency, length);
    }
    list.pool[next + 1] = size;
    if (block === 0) meta[own + META.head] = next;
    else list.pool[block] = next;
    meta[own + META.tail] = next;
    meta[own + META.used] = 0;
    block = next;
  }
  const at = block + 2 + meta[own + META.used]!;
  meta[own + META.used]!++;
  list.pool[at] = document;
  list.frequency[at] = Math.min(LARGEST_FREQUENCY, Math.max(1, Math.round(weight * SCALE)));
}

/** Puts each list in one block, in the order of the terms: a walk then reads straight on, and no block has room to spare. */
export function compact(list: Postings, terms: number): void {
  const { meta, pool, frequency } = list;
  let end = 2;
  for (let term = 0; term < Math.min(terms, list.documents.length); term++) {
    const length = meta[term * META.size]!;
    if (length > 0) end += length + 2;
  }
  const room = Math.ceil(end * 1.05) + 1_024;
  const next = { pool: new Int32Array(room), frequency: new Uint16Array(room), end: 2 };
  for (let term = 0; term < Math.min(terms, list.documents.length); term++) {
    const own = term * META.size;
    const length = meta[own]!;
    if (length === 0) continue;
    const start = next.end;
    let at = start + 2;
    for (let block = meta[own + META.head]!; block !== 0; block = pool[block]!) {
      const size = Math.min(start + 2 + length - at, pool[block + 1]!);
      next.pool.set(pool.subarray(block + 2, block + 2 + size), at);
      next.frequency.set(frequency.subarray(block + 2, block + 2 + size), at);
      at += size;
    }
    next.pool[start + 1] = length;
    next.end = start + 2 + length;
    meta[own + META.head] = start;
    meta[own + META.tail] = start;
    meta[own + META.used] = length;
  }
  Object.assign(list, next);
}

/** BM25's saturation and length normalisation, with each document's length and their mean. */
export type Saturation = { k1: number; b: number; lengths: Float32Array; mean: number };

/** A sum per document, and which documents have one. */
export type Sums = { values: Float32Array; touched: Int32Array; count: number };

/** Adds weight × saturated frequency to the sum of each of a term's documents. */
export function accumulate(list: Postings, term: number, weight: number, into: Sums, by: Saturation): void {
  const { pool, frequency, meta } = list;
  const { values, touched } = into;
  const { lengths } = by;
  const floor = by.k1 * (1 - by.b) * SCALE;
  const slope = (by.k1 * by.b * SCALE) / by.mean;
  let count = into.count;
  let left = meta[term * META.size]!;
  let block = meta[term * META.size + META.head]!;
  while (left > 0) {
    const size = Math.min(left, pool[block + 1]!);
    for (let at = block + 2, end = at + size; at < end; at++) {
      const document = pool[at]!;
      const tf = frequency[at]!;
      const before = values[document]!;
      if (before === 0) touched[count++] = document;
      values[document] = before + (weight * tf) / (tf + floor + slope * lengths[document]!);
    }
    left -= size;
    block = pool[block]!;
  }
  into.count = count;
}

/**
 * The same for a few documents only: `places` holds 1 + its place for each of them and 0 for all others; the number at
 * `channel` of its row of `channels` numbers is added to. Reads past the others at a fraction of the cost.
 */
export function accumulateAt(
  list: Postings,
  term: number,
  weight: number,
  places: Uint8Array,
  rows: { values: Float64Array; channels: number; channel: number },
  by: Saturation,
): void {
  const { pool, frequency, meta } = list;
  const floor = by.k1 * (1 - by.b) * SCALE;
  const slope = (by.k1 * by.b * SCALE) / by.mean;
  let left = meta[term * META.size]!;
  let block = meta[term * META.size + META.head]!;
  while (left > 0) {
    const size = Math.min(left, pool[block + 1]!);
    for (let at = block + 2, end = at + size; at < end; at++) {
      const place = places[pool[at]!]!;
      if (place === 0) continue;
      const tf = frequency[at]!;
      const length = by.lengths[pool[at]!]!;
      rows.values[(place - 1) * rows.channels + rows.channel]! += (weight * tf) / (tf + floor + slope * length);
    }
    left -= size;
    block = pool[block]!;
  }
}

/** A hash table from 30-bit keys to dense term numbers from 0; key and term side by side. */
export type KeyTable = { slots: Int32Array; size: number };

/** Empty; it grows by itself. */
export function createKeyTable(): KeyTable {
  return { slots: new Int32Array(8_192), size: 0 };
}

/** Where a key stands or would stand; always even. */
function slotOf(slots: Int32Array, key: number): number {
  const mask = slots.length - 1;
  let slot = ((Math.imul(key, 0x9e3779b1) >>> 6) << 1) & mask;
  while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 2) & mask;
  return slot;
}

/** The term of a key, -1 when it never occurred. */
export function lookUp(table: KeyTable, key: number): number {
  const slot = slotOf(table.slots, key);
  return table.slots[slot] === key ? table.slots[slot + 1]! : -1;
}

/** The term of a key; when it has none yet, `fresh` or the next number. */
export function intern(table: KeyTable, key: number, fresh = table.size): number {
  let slot = slotOf(table.slots, key);
  if (table.slots[slot] === key) return table.slots[slot + 1]!;
  if (table.size * 4 >= table.slots.length) {
    const old = table.slots;
    table.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue;
      const to = slotOf(table.slots, old[at]!);
      table.slots[to] = old[at]!;
      table.slots[to + 1] = old[at + 1]!;
    }
    slot = slotOf(table.slots, key);
  }
  table.slots[slot] = key;
  table.slots[slot + 1] = fresh;
  table.size++;
  return fresh;
}
