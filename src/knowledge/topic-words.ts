// Which words may stand for questions where others read along: no names, no numbers. Knows no ticket and no store.

import { detect } from '../domain/privacy.ts';
import { AMBIGUOUS_NAMES, FIRST_NAMES, SURNAMES } from '../domain/privacy-words.ts';
import { fold, stem, tokens, wordWeight } from './text.ts';

/** A word that content does not have is shown when so many people, of so many centres, wrote it. */
const LEAST_PEOPLE = 3;
const LEAST_CENTRES = 2;
/** A word stands for a topic when so many of its questions have it; the most shared one always does. */
const LEAST_SHARE = 1 / 3;
const SHORTEST = 3;
const SMALLEST_PART = 4;

/** A question as it was written, and whose it was; ids are opaque. */
export type Wording = { text: string; person?: string | undefined; centre?: string | undefined };
/** How content writes a stem that it has, and how rare it is there, 0 to 1. */
export type Known = { spelling(stem: string): string | undefined; wordRarity(stem: string): number };

type Word = { text: string; stem: string; start: number; capital: boolean };

/** The words of a text that say something, in order; none with a digit. */
export function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: written, index }) => {
    const [folded = ''] = tokens(fold(written));
    if (/\p{N}/u.test(written) || folded.length < SHORTEST || wordWeight(folded) < 1) return [];
    return [{ text: written.toLowerCase(), stem: stem(folded), start: index, capital: /^\p{Lu}/u.test(written) }];
  });
}

/**
 * At most `limit` words that many of these questions share, the most telling first. Each occurs in content or the
 * lexicon, or was written by 3 people and never with a capital, and then by people of 2 centres unless it is made of two
 * words of content. None is a first name, a surname, a number or part of what the privacy check finds in any question.
 */
export function showableWords(wordings: readonly Wording[], known: Known, limit: number): string[] {
  const uses = new Map<string, { count: number; spellings: Set<string>; people: Set<string>; centres: Set<string> }>();
  const barred = new Set<string>();
  for (const { text, person, centre } of wordings) {
    const found = detect(text);
    const here = new Set<string>();
    for (const word of wordsIn(text)) {
      const personal = found.some(({ start, end }) => start <= word.start && word.start < end);
      if (personal || isName(word.text) || (word.capital && known.spelling(word.stem) === undefined))
        barred.add(word.stem);
      const use = uses.get(word.stem) ?? { count: 0, spellings: new Set(), people: new Set(), centres: new Set() };
      uses.set(word.stem, use);
      if (!here.has(word.stem)) use.count++;
      here.add(word.stem);
      use.spellings.add(word.text);
      if (person) use.people.add(person);
      if (centre) use.centres.add(centre);
    }
  }
  const words = [...uses]
    .filter(([root, { count }]) => count >= Math.min(2, wordings.length) && !barred.has(root))
    .flatMap(([root, { count, spellings, people, centres }]) => {
      const many = people.size >= LEAST_PEOPLE && (centres.size >= LEAST_CENTRES || isCompound(root, known));
      const shown = known.spelling(root) ?? (many ? [...spellings].sort()[0] : undefined);
      return shown === undefined || isName(shown) ? [] : [{ shown, count, weight: count * known.wordRarity(root) }];
    })
    .sort((a, b) => b.weight - a.weight || (a.shown < b.shown ? -1 : 1))
    .filter(({ count }, rank) => rank === 0 || count >= wordings.length * LEAST_SHARE)
    .slice(0, limit)
    .map(({ shown }) => shown);
  // Words that are harmless one by one may read as a name together.
  while (words.length > 0 && detect(words.join(', ')).length > 0) words.pop();
  return words;
}

/** "leerlingenvervoer": two words that content has, with or without a linking s, e or en. */
function isCompound(root: string, known: Known): boolean {
  for (let at = SMALLEST_PART; at + SMALLEST_PART <= root.length; at++) {
    if (known.spelling(root.slice(at)) === undefined) continue;
    for (const linking of ['', 's', 'e', 'en']) {
      const head = root.slice(0, at - linking.length);
      if (head.length < SMALLEST_PART || !root.startsWith(linking, head.length)) continue;
      if (known.spelling(head) !== undefined) return true;
    }
  }
  return false;
}

function isName(word: string): boolean {
  const key = tokens(fold(word)).join('');
  return FIRST_NAMES.has(key) || SURNAMES.has(key) || AMBIGUOUS_NAMES.has(key);
}
