// From a question to the best documents with their features. Knows the store and the lexicon's expansions, no model.

import { accumulate, lookUp } from './postings.ts';
import type { Term } from './question.ts';
import { CHANNELS, idf, phraseKey, prepareAccumulator, type Store, settle } from './store.ts';
import { characterGrams, stem, wordWeight } from './text.ts';

/** What ranking looks at per document; all between 0 and 1. */
export const FEATURES = [
  'words',
  'grams',
  'phrases',
  'lexicon',
  'wordsRelative',
  'gramsRelative',
  'bestWording',
  'bestWordings',
  'bestRelative',
  'coverage',
  'wordingCoverage',
  'reverseCoverage',
  'answerCoverage',
  'matched',
  'wordCosine',
] as const;
export type Feature = (typeof FEATURES)[number];

export type Candidate = { document: number; features: Float32Array };

const CANDIDATES = 30;
/** Postings walked per question: rarest terms first, so what is left out is what tells least. */
const WORD_BUDGET = 16_000;
const GRAM_BUDGET = 24_000;
const WORD_SATURATION = { k1: 1.2, b: 0.75 };
const GRAM_SATURATION = { k1: 1, b: 0.75 };
/** How the first selection weighs the channels; the reranker decides afterwards. */
const FIRST = { words: 0.5, grams: 1, phrases: 0.2, lexicon: 0.2 };
/** This many words that carry meaning in one item count as full agreement. */
const ENOUGH_WORDS = 4;

let questionWord = new Float32Array(0);
let questionRarity = new Float32Array(0);
let questionBit = new Int32Array(0);
let questionGram = new Float32Array(0);

/**
 * Features of the best documents; at most CANDIDATES, in the order of the first selection. Without `wordings` only the
 * channels' own features are filled, which is all that a theme's description needs.
 */
export function candidates(store: Store, question: { words: string[]; terms: Term[] }, wordings = true): Candidate[] {
  settle(store);
  const into = prepareAccumulator(store);
  const { terms, words } = question;
  if (words.length === 0 || store.live === 0) return [];
  const unknownIdf = idf(store.live, 0);
  const wordIdf = (term: number) => (term < 0 ? unknownIdf : (store.wordIdf[term] ?? unknownIdf));

  const meanWords = Math.max(1e-6, store.wordTotal / store.live);
  let possibleWords = 0;
  const asked = terms.filter((term) => term.source !== 'lexicon');
  for (const term of asked) if (term.source === 'question') possibleWords += term.weight * wordIdf(term.term);
  let budget = WORD_BUDGET;
  const cost = (term: number) => store.wordLists.lengths[term] ?? 0;
  for (const { term, weight, source } of terms
    .filter((entry) => entry.term >= 0)
    .sort((a, b) => cost(a.term) - cost(b.term))) {
    if (budget < WORD_BUDGET && cost(term) > budget) continue;
    budget -= cost(term);
    const channel = source === 'lexicon' ? CHANNELS.lexicon : CHANNELS.words;
    accumulate(
      store.wordLists,
      term,
      weight * wordIdf(term),
      into,
      channel,
      store.wordLength,
      meanWords,
      WORD_SATURATION,
    );
  }

  let possiblePhrases = 0;
  for (let at = 0; at + 1 < words.length; at++) {
    const first = store.words.get(stem(words[at]!));
    const second = store.words.get(stem(words[at + 1]!));
    const weight = (wordWeight(words[at]!) + wordWeight(words[at + 1]!)) / 2;
    if (weight < 0.5) continue;
    const key = first === undefined || second === undefined ? undefined : phraseKey(first, second, weight);
    const term = key === undefined ? -1 : lookUp(store.phrases, key);
    const rarity = term < 0 ? unknownIdf : (store.phraseIdf[term] ?? unknownIdf);
    possiblePhrases += rarity;
    if (term < 0 || (store.phraseLists.lengths[term] ?? 0) > WORD_BUDGET) continue;
    accumulate(store.phraseLists, term, rarity, into, CHANNELS.phrases, store.wordLength, meanWords, WORD_SATURATION);
  }

  const grams = new Map<number, number>();
  const passageGrams = new Set<number>();
  let possibleGrams = 0;
  let passageNorm = 0;
  let unknownGrams = 0;
  characterGrams(words, (key, weight, passage) => {
    const term = lookUp(store.grams, key);
    if (term < 0) {
      possibleGrams += weight * unknownIdf;
      if (passage) unknownGrams++;
      return;
    }
    grams.set(term, (grams.get(term) ?? 0) + weight);
    if (passage) passageGrams.add(term);
  });
  passageNorm = unknownGrams * unknownIdf ** 2;
  budget = GRAM_BUDGET;
  const gramCost = (term: number) => store.gramLists.lengths[term]!;
  const byCost = [...grams].sort((a, b) => gramCost(a[0]) - gramCost(b[0]) || a[0] - b[0]);
  const meanGrams = Math.max(1e-6, store.gramTotal / store.live);
  for (const [term, weight] of byCost) {
    if (gramCost(term) > budget) break;
    budget -= gramCost(term);
    const rarity = weight * (store.gramIdf[term] ?? unknownIdf);
    possibleGrams += rarity;
    accumulate(store.gramLists, term, rarity, into, CHANNELS.grams, store.gramLength, meanGrams, GRAM_SATURATION);
  }

  const best = select(store, {
    words: FIRST.words / (possibleWords || 1),
    grams: FIRST.grams / (possibleGrams || 1),
    phrases: FIRST.phrases / (possiblePhrases || 1),
    lexicon: FIRST.lexicon / (possibleWords || 1),
  });

  if (questionWord.length < store.words.size) {
    questionWord = new Float32Array(Math.ceil(store.words.size * 1.2));
    questionBit = new Int32Array(questionWord.length);
    questionRarity = new Float32Array(questionWord.length);
  }
  if (questionGram.length < store.grams.size) questionGram = new Float32Array(Math.ceil(store.grams.size * 1.2));
  const inQuestion = asked.filter((term) => term.source === 'question').slice(0, 30);
  let plainNorm = 0;
  for (const [at, entry] of inQuestion.entries()) {
    const rarity = wordIdf(entry.term);
    plainNorm += rarity * rarity;
    if (entry.term < 0) continue;
    questionRarity[entry.term] = rarity * rarity;
    questionWord[entry.term] = entry.weight * wordIdf(entry.term);
    questionBit[entry.term] = 1 << at;
  }
  for (const term of passageGrams) {
    const rarity = store.gramIdf[term] ?? unknownIdf;
    questionGram[term] = rarity * rarity;
    passageNorm += rarity * rarity;
  }
  const found = best.map((document) => {
    const base = document * CHANNELS.count;
    const features = new Float32Array(FEATURES.length);
    features[0] = into.values[base + CHANNELS.words]! / (possibleWords || 1);
    features[1] = into.values[base + CHANNELS.grams]! / (possibleGrams || 1);
    features[2] = into.values[base + CHANNELS.phrases]! / (possiblePhrases || 1);
    features[3] = Math.min(1, into.values[base + CHANNELS.lexicon]! / (possibleWords || 1));
    if (!wordings) return { document, features };
    lookAtWordings(store, document, features, {
      possibleWords,
      passageNorm: Math.sqrt(passageNorm) || 1,
      plainNorm: Math.sqrt(plainNorm) || 1,
      carries: inQuestion.map((term) => term.weight === 1),
      weightOf: inQuestion.map((term) => (term.weight * wordIdf(term.term)) / (possibleWords || 1)),
    });
    return { document, features };
  });
  for (const entry of inQuestion) {
    if (entry.term < 0) continue;
    questionWord[entry.term] = 0;
    questionRarity[entry.term] = 0;
    questionBit[entry.term] = 0;
  }
  for (const term of passageGrams) questionGram[term] = 0;
  const { values, touched, count } = into;
  if (count * 4 > store.items.length) values.fill(0, 0, store.items.length * CHANNELS.count);
  else {
    for (let at = 0; at < count; at++) {
      const base = touched[at]! * CHANNELS.count;
      for (let channel = 0; channel < CHANNELS.count; channel++) values[base + channel] = 0;
    }
  }
  into.count = 0;
  relate(found, 0, 4);
  relate(found, 1, 5);
  relate(found, 6, 8);
  return found;
}

/** Writes each candidate's share of the best candidate's feature. */
function relate(found: Candidate[], from: number, to: number): void {
  let most = 0;
  for (const { features } of found) most = Math.max(most, features[from]!);
  if (most > 0) for (const { features } of found) features[to] = features[from]! / most;
}

/** The documents with the highest weighted sum of channels, best first; ties go to the earlier item id. */
function select(store: Store, weights: { words: number; grams: number; phrases: number; lexicon: number }): number[] {
  const { values, touched, count } = store.accumulator;
  const heapScore = new Float64Array(CANDIDATES);
  const heapDocument = new Int32Array(CANDIDATES);
  let size = 0;
  for (let at = 0; at < count; at++) {
    const document = touched[at]!;
    const base = document * CHANNELS.count;
    const score =
      values[base + CHANNELS.words]! * weights.words +
      values[base + CHANNELS.grams]! * weights.grams +
      values[base + CHANNELS.phrases]! * weights.phrases +
      values[base + CHANNELS.lexicon]! * weights.lexicon;
    if (size === CANDIDATES && score < heapScore[size - 1]!) continue;
    if (store.items[document] === undefined) continue;
    let slot = size === CANDIDATES ? size - 1 : size;
    if (size === CANDIDATES && !before(store, score, document, heapScore[slot]!, heapDocument[slot]!)) continue;
    while (slot > 0 && before(store, score, document, heapScore[slot - 1]!, heapDocument[slot - 1]!)) {
      heapScore[slot] = heapScore[slot - 1]!;
      heapDocument[slot] = heapDocument[slot - 1]!;
      slot--;
    }
    heapScore[slot] = score;
    heapDocument[slot] = document;
    if (size < CANDIDATES) size++;
  }
  return [...heapDocument.subarray(0, size)];
}

const before = (store: Store, score: number, document: number, otherScore: number, other: number) =>
  score > otherScore || (score === otherScore && store.items[document]!.id < store.items[other]!.id);

/** Fills the features that compare the question with each wording of a document on its own. */
function lookAtWordings(
  store: Store,
  document: number,
  features: Float32Array,
  question: { possibleWords: number; passageNorm: number; plainNorm: number; carries: boolean[]; weightOf: number[] },
): void {
  const first = store.firstPassage[document]!;
  const last = store.firstPassage[document + 1]!;
  const { data: bounds, end } = store.passages;
  const wordsEnd = (passage: number) => (passage * 2 + 2 < end ? bounds[passage * 2 + 2]! : store.passageWords.end);
  const gramsEnd = (passage: number) => (passage * 2 + 2 < end ? bounds[passage * 2 + 3]! : store.passageGrams.end);
  let top1 = 0;
  let top2 = 0;
  let top3 = 0;
  let bestPassage = -1;
  let covered = 0;
  let bestCovered = 0;
  let wordCosine = 0;
  const words = store.passageWords.data;
  const grams = store.passageGrams.data;
  for (let passage = first; passage < last; passage++) {
    let sum = 0;
    let bits = 0;
    let plain = 0;
    let shared = 0;
    for (let at = bounds[passage * 2]!, stop = wordsEnd(passage); at < stop; at++) {
      const weight = questionWord[words[at]!]!;
      const rarity = store.wordIdf[words[at]!]!;
      plain += rarity * rarity;
      shared += questionRarity[words[at]!]!;
      if (weight > 0) {
        sum += weight;
        bits |= questionBit[words[at]!]!;
      }
    }
    if (passage === first) {
      features[12] = question.possibleWords > 0 ? sum / question.possibleWords : 0;
      continue;
    }
    covered |= bits;
    if (sum > bestCovered) bestCovered = sum;
    if (shared > 0) wordCosine = Math.max(wordCosine, shared / Math.sqrt(plain) / question.plainNorm);
    let dot = 0;
    let norm = 0;
    for (let at = bounds[passage * 2 + 1]!, stop = gramsEnd(passage); at < stop; at++) {
      const term = grams[at]!;
      const rarity = store.gramIdf[term]!;
      norm += rarity * rarity;
      dot += questionGram[term]!;
    }
    const cosine = norm > 0 ? dot / Math.sqrt(norm) / question.passageNorm : 0;
    if (cosine > top1) {
      top3 = top2;
      top2 = top1;
      top1 = cosine;
      bestPassage = passage;
    } else if (cosine > top2) {
      top3 = top2;
      top2 = cosine;
    } else if (cosine > top3) top3 = cosine;
  }
  const wordings = Math.min(3, last - first - 1);
  features[6] = top1;
  features[7] = wordings > 0 ? (top1 + top2 + top3) / wordings : 0;
  let matched = 0;
  for (let at = 0; at < question.weightOf.length; at++) {
    if ((covered & (1 << at)) === 0) continue;
    features[9]! += question.weightOf[at]!;
    if (question.carries[at]) matched++;
  }
  features[13] = Math.min(1, matched / ENOUGH_WORDS);
  features[14] = wordCosine;
  features[10] = question.possibleWords > 0 ? bestCovered / question.possibleWords : 0;
  if (bestPassage >= 0) {
    let known = 0;
    let all = 0;
    for (let at = bounds[bestPassage * 2]!, stop = wordsEnd(bestPassage); at < stop; at++) {
      const rarity = store.wordIdf[words[at]!]!;
      all += rarity;
      if (questionWord[words[at]!]! > 0) known += rarity;
    }
    features[11] = all > 0 ? known / all : 0;
  }
}
