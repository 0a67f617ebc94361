// Dutch text to tokens, stems, weights and character n-grams. Knows no item, no index, no lexicon.

import snowball from 'snowball-stemmers';

const stemmer = snowball.newStemmer('dutch');
const STEM_CACHE = 200_000;
const stems = new Map<string, string>();

/** Longest text that is read; what follows adds nothing to a question and would cost time. */
const MAX_CHARACTERS = 4_000;

const QUESTION_WORDS = new Set(
  'wie wat waar wanneer waarom hoe hoeveel hoelang welk welke wiens waarvoor waarmee waarover waaraan'.split(' '),
);
const FUNCTION_WORDS = new Set(
  `de het een en of maar want dus als dan dat die dit deze er daar hier in op aan van voor met bij naar om te tot
   uit over onder door tegen zonder tussen na tijdens ook nog al wel eens toch even gewoon eigenlijk misschien
   is ben bent zijn was waren wordt word worden werd werden heeft heb hebt hebben had hadden
   kan kun kunt kunnen kon mag mogen mocht moet moeten moest zal zullen zou zouden wil wilt willen wou
   ga gaat gaan doe doet doen gedaan ik je jij jou jouw u uw hij zij ze we wij ons onze jullie hun hen hem haar
   mijn men iemand iets alles wat zo zelf zich heel erg veel meer meest minder andere ander alleen
   gij ge da wa nen den ne ene 't 's 'k
   ja nee hallo dag goeiemorgen goedemorgen bedankt dank dankjewel merci groeten vriendelijke graag aub alvast
   vandaag morgen gisteren straks nu laat laten zien toon geef geven nodig vraag vraagje weten weet zeggen zegt graag gelieve`
    .split(/\s+/)
    .filter(Boolean),
);

/** Lower case without accents or typographic variants; at most MAX_CHARACTERS are read. */
export function fold(text: string): string {
  return text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[‘’ʼ`´]/g, "'")
    .toLowerCase();
}

/** Words and numbers of a folded text in order, apostrophes and hyphens inside a word kept apart ("clb'er" gives clb, er). */
export function tokens(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}]+\+?/gu) ?? [];
}

/** A text as it is compared with another: case, accents, punctuation and spaces do not make it a different one. */
export const wordingKey = (text: string): string => tokens(fold(text)).join(' ');

/** The Snowball Dutch stem; words with a digit stay whole. */
export function stem(token: string): string {
  let found = stems.get(token);
  if (found === undefined) {
    found = /\d/.test(token) || token.length < 4 ? token : stemmer.stem(token);
    if (stems.size >= STEM_CACHE) stems.clear();
    stems.set(token, found);
  }
  return found;
}

/** How much a word says about the subject, 0 to 1: function words keep a little, question words a little more (design/7). */
export function wordWeight(token: string): number {
  if (QUESTION_WORDS.has(token)) return 0.35;
  return FUNCTION_WORDS.has(token) ? 0.15 : 1;
}

const HASH_BASE = 0x01000193;

/** A polynomial hash, one character at a time. */
export const addToHash = (hash: number, character: number): number => (Math.imul(hash, HASH_BASE) + character) | 0;

/** A signed 32-bit number for a word, the same in every process. */
export function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = addToHash(hash, word.charCodeAt(at));
  return hash;
}

/** What a word adds to the hash of what stands before it. */
type TailHash = { hash: number; shift: number };

/** The ends of a word, from the whole of it to nothing. */
export function hashesOfTails(word: string): TailHash[] {
  const tails: TailHash[] = [{ hash: 0, shift: 1 }];
  for (let at = word.length - 1; at >= 0; at--) {
    const { hash, shift } = tails.at(-1)!;
    const own = (Math.imul(word.charCodeAt(at), shift) + hash) | 0;
    tails.push({ hash: own, shift: Math.imul(shift, HASH_BASE) });
  }
  return tails.reverse();
}
export const joinHashes = (head: number, tail: TailHash): number => (Math.imul(head, tail.shift) + tail.hash) | 0;

/** The hash as a key of 30 bits that is not 0. */
export const hashKey = (hash: number): number => (hash ^ (hash >>> 15)) & 0x3fffffff || 1;

const OTHER = 39;

/** 1 to 63: letters, digits, the space between words, and a shared code per group of other characters. */
function code(character: number): number {
  if (character >= 97 && character <= 122) return character - 96;
  if (character >= 48 && character <= 57) return character - 21;
  return character === 32 ? 37 : OTHER + (character % 24);
}

const GRAM_SIZES = { from: 3, to: 5, passage: 4 };
/** Grams that lie for the most part in function words say nothing about a single wording. */
const PASSAGE_WEIGHT = 0.4;

/**
 * Character 3- to 5-grams of a text, also across word borders, as 30-bit keys. They survive typing errors and find
 * compound parts and short phrases. `visit` gets the key, its weight 0 to 1 (mean of the words it lies in) and whether
 * the gram is one of those kept per wording.
 */
export function characterGrams(words: string[], visit: (key: number, weight: number, passage: boolean) => void): void {
  const codes: number[] = [37];
  const weights: number[] = [0.5];
  for (const word of words) {
    const weight = wordWeight(word);
    for (let at = 0; at < word.length; at++) {
      codes.push(code(word.charCodeAt(at)));
      weights.push(weight);
    }
    codes.push(37);
    weights.push(weight);
  }
  for (let at = 0; at + GRAM_SIZES.from <= codes.length; at++) {
    let key = 0;
    let total = 0;
    for (let size = 1; size <= GRAM_SIZES.to && at + size <= codes.length; size++) {
      key = key * 64 + codes[at + size - 1]!;
      total += weights[at + size - 1]!;
      if (size >= GRAM_SIZES.from) {
        const weight = total / size;
        visit(key, weight, size === GRAM_SIZES.passage && weight >= PASSAGE_WEIGHT);
      }
    }
  }
}
