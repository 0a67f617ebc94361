// The documents of the index in typed arrays: lists per word, phrase and n-gram, and each wording's own words and grams.
// Knows items and text; knows no question, no ranking, no model.

import type { Item, ItemId } from '../domain/terms.ts';
import {
  append,
  compact,
  createKeyTable,
  createPostings,
  intern,
  type KeyTable,
  type Postings,
  type Sums,
} from './postings.ts';
import { characterGrams, fold, hashKey, hashOf, stem, tokens, wordWeight } from './text.ts';

/** More wordings of one item than this are not read: they would only slow every question down. */
const MOST_WORDINGS = 400;
const ANSWER_WEIGHT = 0.4;
/** From this weight on a confirmed wording is compared with a question by itself, like one that was written. */
const OWN_PASSAGE_FROM = 0.5;
/** Beyond these a term is in so many documents that it cannot tell them apart. */
const LONGEST_WORD_LIST = 200_000;
const LONGEST_GRAM_LIST = 20_000;

/** Rarities kept ready: of terms in fewer documents than this. */
const RARITIES = 4_096;

type Growing = { data: Int32Array; end: number };

export type Store = {
  words: Map<string, number>;
  /** The words by their hash, for trying many spellings without building each; equal hashes keep the first word. */
  wordHashes: KeyTable;
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
  /** How long each wording's n-grams are by their rarity, and at which `revision` of the store that was worked out. */
  passageNorms: { norms: Float64Array; revisions: Int32Array };
  /** Goes up with every item that is added or taken out: rarities are others then. */
  revision: number;
  /** What a question writes to; empty between questions. */
  sums: Sums & { places: Uint8Array };
  /** Inverse document frequency by number of documents, for this many live ones. */
  rarity: { byDocuments: Float64Array; live: number };
};

/** word, gram, phrase: numbers added up per document; `touched` walks only what is set. */
type Tally = { values: Float32Array; touched: number[]; seenIn: Int32Array };

export function createStore(): Store {
  return {
    words: new Map(),
    wordHashes: createKeyTable(),
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
    passageNorms: { norms: new Float64Array(0), revisions: new Int32Array(0) },
    revision: 0,
    sums: { values: new Float32Array(0), touched: new Int32Array(0), count: 0, places: new Uint8Array(0) },
    rarity: { byDocuments: new Float64Array(RARITIES), live: -1 },
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
    const length = Math.max(term + 1, tally.values.length * 2);
    const [values, seenIn] = [new Float32Array(length), new Int32Array(length)];
    values.set(tally.values);
    seenIn.set(tally.seenIn);
    Object.assign(tally, { values, seenIn });
  }
  if (tally.values[term] === 0) tally.touched.push(term);
  tally.values[term]! += weight;
}

/** Whether the term was not yet met in this text; texts are numbered from 1. */
function isNewIn(tally: Tally, term: number, text: number): boolean {
  if (tally.seenIn[term] === text) return false;
  tally.seenIn[term] = text;
  return true;
}

const createTally = (): Tally => ({ values: new Float32Array(4_096), touched: [], seenIn: new Int32Array(4_096) });
const tallies = { words: createTally(), grams: createTally(), phrases: createTally() };
let textsRead = 0;

function wordTerm(store: Store, word: string): number {
  let term = store.words.get(word);
  if (term === undefined) {
    term = store.words.size;
    store.words.set(word, term);
    intern(store.wordHashes, hashKey(hashOf(word)), term);
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
    textsRead++;
    let before = -1;
    let beforeWeight = 0;
    for (const token of found) {
      const soft = wordWeight(token);
      const term = wordTerm(store, stem(token));
      add(tallies.words, term, weight * soft);
      if (own && isNewIn(tallies.words, term, textsRead)) push(store.passageWords, term);
      if (before >= 0) {
        const key = phraseKey(before, term, (beforeWeight + soft) / 2);
        if (key !== undefined) add(tallies.phrases, intern(store.phrases, key), weight);
      }
      before = term;
      beforeWeight = soft;
    }
    characterGrams(found, (key, soft, passage) => {
      const term = intern(store.grams, key);
      add(tallies.grams, term, weight * soft);
      if (own && passage && !isAnswer && isNewIn(tallies.grams, term, textsRead)) push(store.passageGrams, term);
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
  store.revision++;
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
  store.revision++;
  return true;
}

/** Lays the lists out for reading; after many items were added. */
export function tidy(store: Store): void {
  compact(store.wordLists, store.words.size);
  compact(store.gramLists, store.grams.size);
  compact(store.phraseLists, store.phrases.size);
}

/** Robertson's inverse document frequency with the +1 that keeps it positive. */
const idf = (live: number, documents: number) => Math.log(1 + (live - documents + 0.5) / (documents + 0.5));

/** How rare a term of one of the lists is among the live documents; a term of -1 is in none. */
export function rarityOf(store: Store, list: Postings, term: number): number {
  const { rarity, live } = store;
  if (rarity.live !== live) {
    for (let documents = 0; documents < RARITIES; documents++) rarity.byDocuments[documents] = idf(live, documents);
    rarity.live = live;
  }
  const documents = term < 0 ? 0 : (list.documents[term] ?? 0);
  return documents < RARITIES ? rarity.byDocuments[documents]! : idf(live, documents);
}

/** The length of a wording's n-grams, weighed by their rarity; `from` and `to` are where they stand. */
export function passageNorm(store: Store, passage: number, from: number, to: number): number {
  const { passageNorms, revision } = store;
  if (passage >= passageNorms.norms.length) {
    const length = Math.ceil((store.passages.end / 2) * 1.3) + 16;
    passageNorms.norms = new Float64Array(length);
    passageNorms.revisions = new Int32Array(length);
  }
  if (passageNorms.revisions[passage] === revision) return passageNorms.norms[passage]!;
  let square = 0;
  const grams = store.passageGrams.data;
  for (let at = from; at < to; at++) square += rarityOf(store, store.gramLists, grams[at]!) ** 2;
  passageNorms.revisions[passage] = revision;
  passageNorms.norms[passage] = Math.sqrt(square);
  return passageNorms.norms[passage]!;
}

/** The sums, large enough for every document. */
export function roomForSums(store: Store): Store['sums'] {
  const { sums } = store;
  if (sums.values.length < store.items.length) {
    const length = Math.ceil(store.items.length * 1.3) + 16;
    sums.values = new Float32Array(length);
    sums.touched = new Int32Array(length);
    sums.places = new Uint8Array(length);
  }
  return sums;
}
