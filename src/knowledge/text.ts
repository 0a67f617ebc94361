// Dutch text to tokens, stems, weights and character n-grams. Knows no item, no index, no lexicon.

import snowball from 'snowball-stemmers';

const stemmer = snowball.newStemmer('dutch');
const STEM_CACHE = 200_000;
const stems = new Map<string, string>();

/** Longest text that is read; what follows adds nothing to a question and would cost time. */
export const MAX_CHARACTERS = 4_000;

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
   vraag vraagje weten weet zeggen zegt graag gelieve`
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

/** Character 3- to 5-grams of a token with its borders, the unit that survives typing errors and finds compound parts. */
export function characterGrams(token: string, out: string[]): void {
  const word = `_${token}_`;
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= word.length; at++) out.push(word.slice(at, at + size));
  }
}
