// From a question to the best documents with their features. Knows the store and the lexicon's expansions, no model.

import { accumulate, accumulateAt, lengthOf, lookUp, type Postings, type Saturation } from './postings.ts';
import type { Question } from './question.ts';
import { phraseKey, rarityOf, roomForSums, type Store } from './store.ts';
import { characterGrams, wordWeight } from './text.ts';
import { compareWordings } from './wordings.ts';

/** What ranking looks at per document; all between 0 and 1. */
export const FEATURES = [
  'words',
  'grams',
  'phrases',
  'lexicon',
  'bestWording',
  'bestWordings',
  'coverage',
  'wordingCoverage',
  'answerCoverage',
  'matched',
] as const;
export type Feature = (typeof FEATURES)[number];

export type Candidate = { document: number; features: Float32Array };

/** Documents whose channels are counted in full, those that are kept, and those compared wording by wording. */
const SELECTED = 40;
const CANDIDATES = 20;
const COMPARED = 12;
/**
 * Postings per question. The rarest terms' lists find the documents; a selected document then gets what the commoner
 * terms add, up to the budget of its channel: what is left out is what tells least.
 */
const SELECTION_BUDGET = 4_000;
const WORD_BUDGET = 16_000;
const GRAM_BUDGET = 24_000;
const WORD_SATURATION = { k1: 1.2, b: 0.75 };
const GRAM_SATURATION = { k1: 1, b: 0.75 };
const CHANNELS = ['words', 'grams', 'phrases', 'lexicon'] as const;
/** How the selection weighs the channels, in their order; the reranker decides afterwards. */
const FIRST = [0.5, 1, 0.2, 0.2] as const;

/** A list to walk: whose, of which term, for which channel, with which weight and at what cost. */
type Probe = { list: Postings; term: number; channel: number; weight: number; by: Saturation; cost: number };

/** The n-grams of a question: weight by key, and those that are compared wording by wording. */
export type QuestionGrams = { weights: Map<number, number>; perWording: Set<number> };

/** Of all words of a question together; a gram that comes twice weighs twice. */
export function gramsOf(words: string[]): QuestionGrams {
  const weights = new Map<number, number>();
  const perWording = new Set<number>();
  characterGrams(words, (key, weight, passage) => {
    weights.set(key, (weights.get(key) ?? 0) + weight);
    if (passage) perWording.add(key);
  });
  return { weights, perWording };
}

type Plan = { probes: Probe[]; possible: number[] };

/** The n-gram lists to walk, rarest first, and what a document that had them all would get. */
function planGrams(store: Store, grams: QuestionGrams, plan: Plan): void {
  const list = store.gramLists;
  const by = { ...GRAM_SATURATION, lengths: store.gramLength, mean: Math.max(1e-6, store.gramTotal / store.live) };
  const found: Probe[] = [];
  for (const [key, weight] of grams.weights) {
    const term = lookUp(store.grams, key);
    const worth = weight * rarityOf(store, list, term);
    if (term < 0) plan.possible[1]! += worth;
    else found.push({ list, term, channel: 1, weight: worth, by, cost: lengthOf(list, term) });
  }
  let budget = GRAM_BUDGET;
  // The order only matters when not all of them are walked.
  if (found.reduce((sum, { cost }) => sum + cost, 0) > budget) found.sort(cheapestFirst);
  for (const probe of found) {
    if (probe.cost > budget) break;
    budget -= probe.cost;
    plan.possible[1]! += probe.weight;
    plan.probes.push(probe);
  }
}

const cheapestFirst = (a: Probe, b: Probe) => a.cost - b.cost || a.term - b.term;

/** The lists of words, of what the lexicon adds, and of words that stand next to each other. */
function planWords(store: Store, { words, stems, terms }: Question, plan: Plan): void {
  const list = store.wordLists;
  const by = { ...WORD_SATURATION, lengths: store.wordLength, mean: Math.max(1e-6, store.wordTotal / store.live) };
  const found: Probe[] = [];
  for (const { term, weight, source } of terms) {
    const worth = weight * rarityOf(store, list, term);
    if (source === 'question') plan.possible[0]! += worth;
    const channel = source === 'lexicon' ? 3 : 0;
    if (term >= 0) found.push({ list, term, channel, weight: worth, by, cost: lengthOf(list, term) });
  }
  plan.possible[3] = plan.possible[0]!;
  found.sort(cheapestFirst);
  let budget = WORD_BUDGET;
  for (const probe of found) {
    if (budget < WORD_BUDGET && probe.cost > budget) continue;
    budget -= probe.cost;
    plan.probes.push(probe);
  }
  const pairs = store.phraseLists;
  for (let at = 0; at + 1 < words.length; at++) {
    const first = store.words.get(stems[at]!);
    const second = store.words.get(stems[at + 1]!);
    const weight = (wordWeight(words[at]!) + wordWeight(words[at + 1]!)) / 2;
    if (weight < 0.5) continue;
    const key = first === undefined || second === undefined ? undefined : phraseKey(first, second, weight);
    const term = key === undefined ? -1 : lookUp(store.phrases, key);
    const worth = rarityOf(store, pairs, term);
    plan.possible[2]! += worth;
    const cost = term < 0 ? 0 : lengthOf(pairs, term);
    if (term >= 0 && cost <= WORD_BUDGET) plan.probes.push({ list: pairs, term, channel: 2, weight: worth, by, cost });
  }
}

/**
 * Features of the best documents; at most CANDIDATES, in the order of the first selection, ties by item id. What is
 * compared wording by wording is 0 beyond the first COMPARED.
 */
export function candidates(store: Store, question: Question, grams = gramsOf(question.words)): Candidate[] {
  if (question.words.length === 0 || store.live === 0) return [];
  const plan: Plan = { probes: [], possible: [0, 0, 0, 0] };
  planWords(store, question, plan);
  planGrams(store, grams, plan);
  const scales = plan.possible.map((possible) => 1 / (possible || 1));
  const selected = select(store, plan.probes.sort(cheapestFirst), scales);
  const rows = count(store, plan.probes, selected);
  const value = (place: number, channel: number) => rows[place * CHANNELS.length + channel]! * scales[channel]!;
  const total = (place: number) => FIRST.reduce((sum, weight, channel) => sum + weight * value(place, channel), 0);
  const found = selected
    .map((document, place) => ({ document, place, score: total(place) }))
    .sort((a, b) => b.score - a.score || (store.items[a.document]!.id < store.items[b.document]!.id ? -1 : 1))
    .slice(0, CANDIDATES)
    .map(({ document, place }): Candidate => {
      const features = new Float32Array(FEATURES.length);
      for (let channel = 0; channel < CHANNELS.length; channel++) features[channel] = value(place, channel);
      features[3] = Math.min(1, features[3]!);
      return { document, features };
    });
  compareWordings(store, question.terms, grams, plan.possible[0]!, found.slice(0, COMPARED));
  return found;
}

/** How well each document's n-grams fit, 0 to 1, by item id: all that a short list of descriptions needs. */
export function gramScores(store: Store, grams: QuestionGrams): Map<string, number> {
  const plan: Plan = { probes: [], possible: [0, 0, 0, 0] };
  planGrams(store, grams, plan);
  const sums = roomForSums(store);
  for (const { list, term, weight, by } of plan.probes) accumulate(list, term, weight, sums, by);
  const scores = new Map<string, number>();
  for (const document of sums.touched.subarray(0, sums.count)) {
    scores.set(store.items[document]!.id, sums.values[document]! / (plan.possible[1] || 1));
    sums.values[document] = 0;
  }
  sums.count = 0;
  return scores;
}

const bestScore = new Float64Array(SELECTED);
const bestDocument = new Int32Array(SELECTED);

/** The documents that the cheapest lists make most likely; at least one list is walked. */
function select(store: Store, probes: Probe[], scales: number[]): number[] {
  const sums = roomForSums(store);
  let spent = 0;
  for (const { list, term, channel, weight, by, cost } of probes) {
    if (spent > 0 && spent + cost > SELECTION_BUDGET) break;
    spent += cost;
    accumulate(list, term, weight * FIRST[channel]! * scales[channel]!, sums, by);
  }
  let size = 0;
  const { values, touched } = sums;
  for (let at = 0; at < sums.count; at++) {
    const document = touched[at]!;
    const score = values[document]!;
    values[document] = 0;
    if (size === SELECTED && score < bestScore[size - 1]!) continue;
    if (store.items[document] === undefined) continue;
    if (size === SELECTED && !before(store, score, document, bestScore[size - 1]!, bestDocument[size - 1]!)) continue;
    let slot = size === SELECTED ? size - 1 : size++;
    while (slot > 0 && before(store, score, document, bestScore[slot - 1]!, bestDocument[slot - 1]!)) {
      bestScore[slot] = bestScore[slot - 1]!;
      bestDocument[slot] = bestDocument[slot - 1]!;
      slot--;
    }
    bestScore[slot] = score;
    bestDocument[slot] = document;
  }
  sums.count = 0;
  return [...bestDocument.subarray(0, size)];
}

const before = (store: Store, score: number, document: number, otherScore: number, other: number) =>
  score > otherScore || (score === otherScore && store.items[document]!.id < store.items[other]!.id);

const rowValues = new Float64Array(SELECTED * CHANNELS.length);

/** Each selected document's sum per channel over all lists. */
function count(store: Store, probes: Probe[], selected: number[]): Float64Array {
  const { places } = store.sums;
  rowValues.fill(0);
  for (const [place, document] of selected.entries()) places[document] = place + 1;
  const rows = { values: rowValues, channels: CHANNELS.length, channel: 0 };
  for (const { list, term, channel, weight, by } of probes) {
    rows.channel = channel;
    accumulateAt(list, term, weight, places, rows, by);
  }
  for (const document of selected) places[document] = 0;
  return rowValues;
}
