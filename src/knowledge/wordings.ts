// Compares a question with each wording of the candidates on its own. Knows the store; no ranking, no model.

import { lookUp } from './postings.ts';
import type { Term } from './question.ts';
import type { Candidate, QuestionGrams } from './rank.ts';
import { passageNorm, rarityOf, type Store } from './store.ts';

/** This many words that carry meaning in one item count as full agreement. */
export const ENOUGH_WORDS = 4;
/** More words of one question are not told apart: each has a bit. */
const MOST_WORDS = 30;

let questionWord = new Float32Array(0);
let questionBit = new Int32Array(0);
let questionGram = new Float32Array(0);

/** What is the same for every document: norms, and per word its share of the question and whether it carries meaning. */
type Asked = { possibleWords: number; passageNorm: number; carries: boolean[]; weightOf: number[] };

/** Fills the features from bestWording on. `possibleWords`: the weight of all words asked. */
export function compareWordings(
  store: Store,
  terms: Term[],
  { perWording }: QuestionGrams,
  possibleWords: number,
  found: Candidate[],
): void {
  if (questionWord.length < store.words.size) {
    questionWord = new Float32Array(Math.ceil(store.words.size * 1.2));
    questionBit = new Int32Array(questionWord.length);
  }
  if (questionGram.length < store.grams.size) questionGram = new Float32Array(Math.ceil(store.grams.size * 1.2));
  const asked = terms.filter((term) => term.source === 'question').slice(0, MOST_WORDS);
  for (const [at, { term, weight }] of asked.entries()) {
    if (term < 0) continue;
    questionWord[term] = weight * rarityOf(store, store.wordLists, term);
    questionBit[term] = 1 << at;
  }
  let passageNorm = 0;
  const grams: number[] = [];
  for (const key of perWording) {
    const term = lookUp(store.grams, key);
    const rarity = rarityOf(store, store.gramLists, term);
    passageNorm += rarity * rarity;
    if (term < 0) continue;
    questionGram[term] = rarity * rarity;
    grams.push(term);
  }
  const question: Asked = {
    possibleWords,
    passageNorm: Math.sqrt(passageNorm) || 1,
    carries: asked.map((term) => term.weight === 1),
    weightOf: asked.map(({ term, weight }) => (weight * rarityOf(store, store.wordLists, term)) / (possibleWords || 1)),
  };
  for (const { document, features } of found) lookAtWordings(store, document, features, question);
  for (const { term } of asked) {
    if (term < 0) continue;
    questionWord[term] = 0;
    questionBit[term] = 0;
  }
  for (const term of grams) questionGram[term] = 0;
}

/** Fills the features that compare the question with each wording of a document on its own. */
function lookAtWordings(store: Store, document: number, features: Float32Array, question: Asked): void {
  const first = store.firstPassage[document]!;
  const last = store.firstPassage[document + 1]!;
  const { data: bounds, end } = store.passages;
  const wordsEnd = (passage: number) => (passage * 2 + 2 < end ? bounds[passage * 2 + 2]! : store.passageWords.end);
  const gramsEnd = (passage: number) => (passage * 2 + 2 < end ? bounds[passage * 2 + 3]! : store.passageGrams.end);
  let [top1, top2, top3] = [0, 0, 0];
  let covered = 0;
  let bestCovered = 0;
  const words = store.passageWords.data;
  const grams = store.passageGrams.data;
  for (let passage = first; passage < last; passage++) {
    let sum = 0;
    let bits = 0;
    for (let at = bounds[passage * 2]!, stop = wordsEnd(passage); at < stop; at++) {
      const weight = questionWord[words[at]!]!;
      if (weight === 0) continue;
      sum += weight;
      bits |= questionBit[words[at]!]!;
    }
    if (passage === first) {
      features[8] = question.possibleWords > 0 ? sum / question.possibleWords : 0;
      continue;
    }
    covered |= bits;
    if (sum > bestCovered) bestCovered = sum;
    let dot = 0;
    const from = bounds[passage * 2 + 1]!;
    const to = gramsEnd(passage);
    for (let at = from; at < to; at++) dot += questionGram[grams[at]!]!;
    const cosine = dot > 0 ? dot / passageNorm(store, passage, from, to) / question.passageNorm : 0;
    if (cosine > top1) [top1, top2, top3] = [cosine, top1, top2];
    else if (cosine > top2) [top2, top3] = [cosine, top2];
    else if (cosine > top3) top3 = cosine;
  }
  const wordings = Math.min(3, last - first - 1);
  features[4] = top1;
  features[5] = wordings > 0 ? (top1 + top2 + top3) / wordings : 0;
  let matched = 0;
  for (let at = 0; at < question.weightOf.length; at++) {
    if ((covered & (1 << at)) === 0) continue;
    features[6]! += question.weightOf[at]!;
    if (question.carries[at]) matched++;
  }
  features[7] = question.possibleWords > 0 ? bestCovered / question.possibleWords : 0;
  features[9] = Math.min(1, matched / ENOUGH_WORDS);
}
