// From a question's text to the words to look for: its own, compound parts, joined neighbours, corrections, the lexicon's.
// Knows which words the store has; no ranking, no model.

import type { Added } from './lexicon.ts';
import { lookUp } from './postings.ts';
import type { Store } from './store.ts';
import { addToHash, fold, hashesOfTails, hashKey, hashOf, joinHashes, stem, tokens, wordWeight } from './text.ts';

/** A word of the question as the index sees it. `source` tells what brought it in. */
export type Term = {
  text: string;
  stem: string;
  term: number;
  weight: number;
  source: 'question' | 'compound' | 'joined' | 'spelling' | 'lexicon';
};

/** A question as the index reads it: its words in order, their stems, and all there is to look for. */
export type Question = { words: string[]; stems: string[]; terms: Term[] };

/** Which words to look for besides those asked. */
export type Expand = (stems: string[]) => Added[];

const SMALLEST_PART = 4;
const SMALLEST_COMPOUND = 9;
const COMPOUND_WEIGHT = 0.5;
const SMALLEST_CORRECTED = 5;
const MOST_CORRECTED = 2;
const CORRECTION_WEIGHT = 0.7;

/** The words of a question with compound parts and joined neighbours that the index knows. */
export function readQuestion(store: Store, text: string, expand: Expand | undefined): Question {
  const words = tokens(fold(text));
  const stems = words.map(stem);
  const terms: Term[] = [];
  const seen = new Set<string>();
  const frequency = (root: string) => {
    const term = store.words.get(root);
    return term === undefined ? 0 : (store.wordLists.documents[term] ?? 0);
  };
  const note = (word: string, root: string, weight: number, source: Term['source']) => {
    if (seen.has(root)) return;
    seen.add(root);
    // A word that only removed items had counts as one never seen.
    const term = frequency(root) > 0 ? store.words.get(root)! : -1;
    terms.push({ text: word, stem: root, term, weight, source });
  };
  for (const [at, word] of words.entries()) note(word, stems[at]!, wordWeight(word), 'question');
  let corrected = 0;
  for (const { stem: root, term } of [...terms]) {
    for (const part of compoundParts(root, (other) => frequency(other) > 0))
      note(part, part, COMPOUND_WEIGHT, 'compound');
    if (term >= 0 || root.length < SMALLEST_CORRECTED || corrected === MOST_CORRECTED) continue;
    corrected++;
    const meant = oneLetterOff(root, store, frequency);
    if (meant !== undefined) note(meant, meant, CORRECTION_WEIGHT, 'spelling');
  }
  for (let at = 0; at + 1 < words.length; at++) {
    const [first, second] = [words[at]!, words[at + 1]!];
    if (first.length < 3 || second.length < SMALLEST_PART || wordWeight(first) < 1 || wordWeight(second) < 1) continue;
    for (const root of [first + stems[at + 1]!, `${first}s${stems[at + 1]!}`]) {
      if (frequency(root) > 0) note(root, root, COMPOUND_WEIGHT, 'joined');
    }
  }
  for (const added of expand?.(stems) ?? []) note(added.word, added.stem, added.weight, 'lexicon');
  return { words, stems, terms };
}

/** Two known stems that make up this one, with or without a linking s, e or en; empty when there are none. */
function compoundParts(root: string, known: (root: string) => boolean): string[] {
  if (root.length < SMALLEST_COMPOUND) return [];
  let best: string[] = [];
  let shortest = 0;
  for (let at = SMALLEST_PART; at + SMALLEST_PART <= root.length; at++) {
    const tail = root.slice(at);
    if (!known(tail)) continue;
    for (const linking of ['', 's', 'e', 'en']) {
      const head = root.slice(0, at - linking.length);
      if (head.length < SMALLEST_PART || !root.startsWith(linking, head.length) || !known(head)) continue;
      const length = Math.min(head.length, tail.length);
      if (length > shortest) {
        shortest = length;
        best = [head, tail];
      }
    }
  }
  return best;
}

/** The commonest letters: the ones a missing letter most often is. */
const LETTERS = 'aeinortsdlgk';

/**
 * The most frequent known stem that one swapped, missing or extra letter makes; the first letter stands. A spelling is
 * written out only when the index has a word with its hash.
 */
function oneLetterOff(word: string, store: Store, frequency: (word: string) => number): string | undefined {
  let best: string | undefined;
  let most = 0;
  const tails = hashesOfTails(word);
  let head = hashOf(word.slice(0, 1));
  const consider = (hash: number, at: number, middle: string, from: number) => {
    if (lookUp(store.wordHashes, hashKey(joinHashes(hash, tails[from]!))) < 0) return;
    const other = word.slice(0, at) + middle + word.slice(from);
    const count = frequency(other);
    if (count > most && other !== word) {
      most = count;
      best = other;
    }
  };
  for (let at = 1; at <= word.length; at++) {
    const [own, next] = [word.charCodeAt(at), word.charCodeAt(at + 1)];
    if (at < word.length) consider(head, at, '', at + 1);
    if (at + 1 < word.length) consider(addToHash(addToHash(head, next), own), at, word[at + 1]! + word[at]!, at + 2);
    for (let letter = 0; letter < LETTERS.length; letter++) {
      consider(addToHash(head, LETTERS.charCodeAt(letter)), at, LETTERS[letter]!, at);
    }
    head = addToHash(head, own);
  }
  return best;
}
