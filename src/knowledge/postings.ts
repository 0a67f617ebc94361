// Inverted lists in typed arrays that grow in place. Knows numbers only: terms, documents, frequencies.

const FIRST_BLOCK = 4;
const LARGEST_BLOCK = 1_024;
const SCALE = 64;
const LARGEST_FREQUENCY = 65_535;

/**
 * Lists of (document, frequency) per term, as chains of blocks in two shared pools. A document is appended once per
 * term; `documents` counts the live documents of a term, dead ones stay in the chain until the index is rebuilt.
 */
export type Postings = {
  documents: Int32Array;
  /** Postings ever appended per term, dead ones included: what a walk over the list costs. */
  lengths: Int32Array;
  head: Int32Array;
  tail: Int32Array;
  used: Int32Array;
  /** Per block: [next block start, capacity], then the entries. */
  pool: Int32Array;
  frequency: Uint16Array;
  end: number;
  /** Lists longer than this are no longer extended: a term in that many documents tells nothing. */
  longest: number;
};

export function createPostings(longest: number): Postings {
  return {
    documents: new Int32Array(1_024),
    lengths: new Int32Array(1_024),
    head: new Int32Array(1_024),
    tail: new Int32Array(1_024),
    used: new Int32Array(1_024),
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

/** Appends a document; `weight` is its weighted frequency (0 to 1023, kept in steps of 1/64). */
export function append(list: Postings, term: number, document: number, weight: number): void {
  if (term >= list.documents.length) {
    const length = Math.max(term + 1, list.documents.length * 2);
    list.documents = grown(list.documents, length);
    list.lengths = grown(list.lengths, length);
    list.head = grown(list.head, length);
    list.tail = grown(list.tail, length);
    list.used = grown(list.used, length);
  }
  list.documents[term]!++;
  if (list.lengths[term]! >= list.longest) return;
  list.lengths[term]!++;
  const tail = list.tail[term]!;
  const capacity = tail === 0 ? 0 : list.pool[tail + 1]!;
  let block = tail;
  if (tail === 0 || list.used[term] === capacity) {
    const size = tail === 0 ? FIRST_BLOCK : Math.min(LARGEST_BLOCK, capacity * 2);
    block = list.end;
    list.end += size + 2;
    if (list.end > list.pool.length) {
      const length = Math.ceil(list.end * 1.6);
      list.pool = grown(list.pool, length);
      list.frequency = grown(list.frequency, length);
    }
    list.pool[block + 1] = size;
    if (tail === 0) list.head[term] = block;
    else list.pool[tail] = block;
    list.tail[term] = block;
    list.used[term] = 0;
  }
  const at = block + 2 + list.used[term]!;
  list.used[term]!++;
  list.pool[at] = document;
  list.frequency[at] = Math.min(LARGEST_FREQUENCY, Math.max(1, Math.round(weight * SCALE)));
}

/** What a walk writes to: `channels` numbers per document, and the documents touched so far. */
export type Accumulator = {
  values: Float32Array;
  channels: number;
  touched: Int32Array;
  count: number;
};

/**
 * Adds weight × saturated frequency (BM25, k1, b) of a term's documents into one channel. `lengthOf` is each document's
 * length, `mean` the mean length; a document whose channel 0 was 0 is noted as touched (channel 0 is the mark).
 */
export function accumulate(
  list: Postings,
  term: number,
  weight: number,
  into: Accumulator,
  channel: number,
  lengthOf: Float32Array,
  mean: number,
  saturation: { k1: number; b: number },
): void {
  const { pool, frequency } = list;
  const { values, channels, touched } = into;
  const floor = saturation.k1 * (1 - saturation.b) * SCALE;
  const slope = (saturation.k1 * saturation.b * SCALE) / mean;
  let count = into.count;
  let left = list.lengths[term]!;
  let block = list.head[term]!;
  while (left > 0) {
    const size = Math.min(left, pool[block + 1]!);
    const end = block + 2 + size;
    for (let at = block + 2; at < end; at++) {
      const document = pool[at]!;
      const tf = frequency[at]!;
      const base = document * channels;
      if (values[base] === 0) {
        values[base] = 1;
        touched[count++] = document;
      }
      values[base + channel]! += (weight * tf) / (tf + floor + slope * lengthOf[document]!);
    }
    left -= size;
    block = pool[block]!;
  }
  into.count = count;
}

/** A hash table from 30-bit keys to dense term numbers from 0. */
export type KeyTable = { keys: Int32Array; terms: Int32Array; size: number };

export function createKeyTable(): KeyTable {
  return { keys: new Int32Array(4_096), terms: new Int32Array(4_096), size: 0 };
}

const slotOf = (table: KeyTable, key: number) => {
  const mask = table.keys.length - 1;
  let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
  while (table.keys[slot] !== 0 && table.keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
};

/** The term of a key, -1 when it never occurred. */
export function lookUp(table: KeyTable, key: number): number {
  const slot = slotOf(table, key);
  return table.keys[slot] === key ? table.terms[slot]! : -1;
}

/** The term of a key, a new one when needed. */
export function intern(table: KeyTable, key: number): number {
  let slot = slotOf(table, key);
  if (table.keys[slot] === key) return table.terms[slot]!;
  if (table.size * 2 >= table.keys.length) {
    const old = { ...table };
    table.keys = new Int32Array(old.keys.length * 2);
    table.terms = new Int32Array(old.keys.length * 2);
    for (let at = 0; at < old.keys.length; at++) {
      if (old.keys[at] === 0) continue;
      const to = slotOf(table, old.keys[at]!);
      table.keys[to] = old.keys[at]!;
      table.terms[to] = old.terms[at]!;
    }
    slot = slotOf(table, key);
  }
  table.keys[slot] = key;
  table.terms[slot] = table.size;
  return table.size++;
}
