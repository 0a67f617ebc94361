// The documents of the index in typed arrays: lists per word, phrase and n-gram, and each wording's own words and grams.
// Knows items and text; knows no question, no ranking, no model.

import type { Item, ItemId } from '../domain/terms.ts';
import {
  type Accumulator,
  append,
  createKeyTable,
  createPostings,
  intern,
  type KeyTable,
  type Postings,
} from './postings.ts';
import { characterGrams, fold, stem, tokens, wordWeight } from './text.ts';

/** More wordings of one item than this are not read: they would only slow every question down. */
const MOST_WORDINGS = 400;
const ANSWER_WEIGHT = 0.4;
/** From this weight on a confirmed wording is compared with a question by itself, like one that was written. */
const OWN_PASSAGE_FROM = 0.5;
/** Beyond these a term is in so many documents that it cannot tell them apart. */
const LONGEST_WORD_LIST = 200_000;
const LONGEST_GRAM_LIST = 20_000;

type Growing = { data: Int32Array; end: number };

export type Store = {
  words: Map<string, number>;
  grams: KeyTable;
  phrases: KeyTable;
  wordLists: Postings;
  gramLists: Postings;
  phraseLists: Postings;
  /** By document number; undefined once removed. */
  items: (Item | undefined)[];
  documentOf: Map<ItemId, number>;
  live: number;
  wordLength: Float32Array;
  gramLength: Float32Array;
  wordTotal: number;
  gramTotal: number;
  /** First wording of each document; the first "wording" is the answer, kept as words only. */
  firstPassage: Int32Array;
  /** Per wording: where its words and its grams start; the next wording's start is their end. */
  passages: Growing;
  passageWords: Growing;
  passageGrams: Growing;
  accumulator: Accumulator;
  /** Inverse document frequency per term as of `idfAt` changes. */
  wordIdf: Float32Array;
  gramIdf: Float32Array;
  phraseIdf: Float32Array;
  changes: number;
  idfAt: number;
};

/** word, gram, phrase: numbers added up per document; `touched` walks only what is set. */
type Tally = { values: Float32Array; touched: number[] };

export const CHANNELS = { mark: 0, words: 1, grams: 2, phrases: 3, lexicon: 4, count: 5 } as const;

export function createStore(): Store {
  return {
    words: new Map(),
    grams: createKeyTable(),
    phrases: createKeyTable(),
    wordLists: createPostings(LONGEST_WORD_LIST),
    gramLists: createPostings(LONGEST_GRAM_LIST),
    phraseLists: createPostings(LONGEST_GRAM_LIST),
    items: [],
    documentOf: new Map(),
    live: 0,
    wordLength: new Float32Array(256),
    gramLength: new Float32Array(256),
    wordTotal: 0,
    gramTotal: 0,
    firstPassage: new Int32Array(257),
    passages: { data: new Int32Array(1_024), end: 0 },
    passageWords: { data: new Int32Array(4_096), end: 0 },
    passageGrams: { data: new Int32Array(16_384), end: 0 },
    accumulator: { values: new Float32Array(0), channels: CHANNELS.count, touched: new Int32Array(0), count: 0 },
    wordIdf: new Float32Array(0),
    gramIdf: new Float32Array(0),
    phraseIdf: new Float32Array(0),
    changes: 0,
    idfAt: -1,
  };
}

function push(to: Growing, value: number): void {
  if (to.end === to.data.length) {
    const next = new Int32Array(Math.ceil(to.data.length * 1.6));
    next.set(to.data);
    to.data = next;
  }
  to.data[to.end++] = value;
}

function add(tally: Tally, term: number, weight: number): void {
  if (term >= tally.values.length) {
    const next = new Float32Array(Math.max(term + 1, tally.values.length * 2));
    next.set(tally.values);
    tally.values = next;
  }
  if (tally.values[term] === 0) tally.touched.push(term);
  tally.values[term]! += weight;
}

const tallies = {
  words: { values: new Float32Array(4_096), touched: [] } as Tally,
  grams: { values: new Float32Array(4_096), touched: [] } as Tally,
  phrases: { values: new Float32Array(4_096), touched: [] } as Tally,
};

function wordTerm(store: Store, word: string): number {
  let term = store.words.get(word);
  if (term === undefined) {
    term = store.words.size;
    store.words.set(word, term);
  }
  return term;
}

/** The key under which two words that stand next to each other are listed; undefined when both are function words. */
export function phraseKey(first: number, second: number, weight: number): number | undefined {
  if (weight < 0.5) return undefined;
  const mixed = Math.imul(first + 1, 0x85ebca6b) ^ Math.imul(second + 1, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) & 0x3fffffff || 1;
}

/** Reads an item into the tallies; `keep` also notes its wordings' own words and grams. */
function read(store: Store, item: Item, keep: boolean): void {
  const readText = (text: string, weight: number, isAnswer: boolean, own = keep) => {
    const found = tokens(fold(text));
    if (own) {
      push(store.passages, store.passageWords.end);
      push(store.passages, store.passageGrams.end);
    }
    const seen = new Set<number>();
    let before = -1;
    let beforeWeight = 0;
    for (const token of found) {
      const soft = wordWeight(token);
      const term = wordTerm(store, stem(token));
      add(tallies.words, term, weight * soft);
      if (own && !seen.has(term)) {
        seen.add(term);
        push(store.passageWords, term);
      }
      if (before >= 0) {
        const key = phraseKey(before, term, (beforeWeight + soft) / 2);
        if (key !== undefined) add(tallies.phrases, intern(store.phrases, key), weight);
      }
      before = term;
      beforeWeight = soft;
    }
    const kept = new Set<number>();
    characterGrams(found, (key, soft, passage) => {
      const term = intern(store.grams, key);
      add(tallies.grams, term, weight * soft);
      if (own && passage && !isAnswer && !kept.has(term)) {
        kept.add(term);
        push(store.passageGrams, term);
      }
    });
  };
  readText(item.answer, ANSWER_WEIGHT, true);
  readText(item.title, 1, false);
  for (const text of item.variants.slice(0, MOST_WORDINGS)) readText(text, 1, false);
  for (const text of item.wordings.slice(0, MOST_WORDINGS)) readText(text, 1, false);
  for (const { text, weight } of item.confirmed ?? [])
    readText(text, weight, false, keep && weight >= OWN_PASSAGE_FROM);
}

function empty(tally: Tally, visit: (term: number, weight: number) => void): number {
  let total = 0;
  for (const term of tally.touched) {
    const weight = tally.values[term]!;
    total += weight;
    visit(term, weight);
    tally.values[term] = 0;
  }
  tally.touched.length = 0;
  return total;
}

function room(numbers: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const next = new Float32Array(Math.max(length, numbers.length * 2));
  next.set(numbers);
  return next;
}

/** Adds an item that is not yet in; replacing is removing first. */
export function addItem(store: Store, item: Item): void {
  const document = store.items.length;
  if (document + 1 >= store.firstPassage.length) {
    const next = new Int32Array(store.firstPassage.length * 2);
    next.set(store.firstPassage);
    store.firstPassage = next;
    store.wordLength = room(store.wordLength, next.length);
    store.gramLength = room(store.gramLength, next.length);
  }
  store.firstPassage[document] = store.passages.end / 2;
  read(store, item, true);
  store.firstPassage[document + 1] = store.passages.end / 2;
  const words = empty(tallies.words, (term, weight) => append(store.wordLists, term, document, weight));
  const grams = empty(tallies.grams, (term, weight) => append(store.gramLists, term, document, weight));
  empty(tallies.phrases, (term, weight) => append(store.phraseLists, term, document, weight));
  store.wordLength[document] = words;
  store.gramLength[document] = grams;
  store.wordTotal += words;
  store.gramTotal += grams;
  store.items.push(item);
  store.documentOf.set(item.id, document);
  store.live++;
  store.changes++;
}

/** Takes an item out; its postings stay behind as dead entries. Returns whether it was there. */
export function removeItem(store: Store, id: ItemId): boolean {
  const document = store.documentOf.get(id);
  if (document === undefined) return false;
  read(store, store.items[document]!, false);
  empty(tallies.words, (term) => store.wordLists.documents[term]!--);
  empty(tallies.grams, (term) => store.gramLists.documents[term]!--);
  empty(tallies.phrases, (term) => store.phraseLists.documents[term]!--);
  store.wordTotal -= store.wordLength[document]!;
  store.gramTotal -= store.gramLength[document]!;
  store.items[document] = undefined;
  store.documentOf.delete(id);
  store.live--;
  store.changes++;
  return true;
}

/** Robertson's inverse document frequency with the +1 that keeps it positive. */
export const idf = (live: number, documents: number) => Math.log(1 + (live - documents + 0.5) / (documents + 0.5));

function refresh(lists: Postings, terms: number, live: number, old: Float32Array): Float32Array {
  const out = old.length >= terms ? old : new Float32Array(Math.ceil(terms * 1.2) + 16);
  const few = new Float32Array(1_024);
  for (let documents = 0; documents < few.length; documents++) few[documents] = idf(live, documents);
  for (let term = 0; term < terms; term++) {
    const documents = term < lists.documents.length ? lists.documents[term]! : 0;
    out[term] = documents < few.length ? few[documents]! : idf(live, documents);
  }
  return out;
}

/**
 * Brings the term weights up to date. In an index of more than 20,000 documents this waits until a thousandth has
 * changed: reading every term again after each change would cost more than the difference matters.
 */
export function settle(store: Store): void {
  const behind = store.changes - store.idfAt;
  if (store.idfAt >= 0 && (behind === 0 || (store.live > 20_000 && behind < store.live / 1_000))) return;
  store.wordIdf = refresh(store.wordLists, store.words.size, store.live, store.wordIdf);
  store.gramIdf = refresh(store.gramLists, store.grams.size, store.live, store.gramIdf);
  store.phraseIdf = refresh(store.phraseLists, store.phrases.size, store.live, store.phraseIdf);
  store.idfAt = store.changes;
}

/** Makes the accumulator large enough for every document. */
export function prepareAccumulator(store: Store): Accumulator {
  const accumulator = store.accumulator;
  if (accumulator.touched.length < store.items.length) {
    const length = Math.ceil(store.items.length * 1.3) + 16;
    accumulator.values = new Float32Array(length * accumulator.channels);
    accumulator.touched = new Int32Array(length);
  }
  return accumulator;
}
