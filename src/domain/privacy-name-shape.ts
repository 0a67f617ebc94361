// What a word looks like and where a name starts and ends. Knows nothing of what stands around the name.

import {
  ABBREVIATIONS,
  AMBIGUOUS_NAMES,
  FIRST_NAMES,
  KIN_ENDING,
  KIN_NOUNS,
  NO_NAMES,
  ORGANISATIONS,
  PARTICLES,
  PUPIL_NOUNS,
  STAFF_ENDING,
  STAFF_NOUNS,
  STREET_OR_SCHOOL,
  SURNAME_STEMS,
  SURNAMES,
  THING_NOUNS,
  TITLES,
} from './privacy-words.ts';

/** `gap` is what stands between the word and the one before; `key` is lower case, without accents or possessive. */
export type Word = { text: string; key: string; start: number; end: number; gap: string; possessive: boolean };
/** A name as indexes of words, both included. `known` when it starts with a known first name. */
export type Name = { first: number; last: number; end: number; known: boolean; initials: boolean; parts: number };
export const isPupil = ({ key }: Word): boolean =>
  PUPIL_NOUNS.has(key) || /(?:leerling|leerlinge|leerlingen|scholier)$/.test(key);
export const isStaff = ({ key }: Word): boolean => STAFF_NOUNS.has(key) || STAFF_ENDING.test(key);
export const isThing = ({ key }: Word): boolean => THING_NOUNS.has(key) || STREET_OR_SCHOOL.test(key);
export const isKin = ({ key }: Word): boolean => KIN_NOUNS.has(key) || KIN_ENDING.test(key);
export const isCapital = ({ text }: Word): boolean => /^(?:[dlo]['’])?\p{Lu}/u.test(text);
export const isInitial = ({ text }: Word): boolean => /^\p{Lu}$/u.test(text);
export const isKnown = ({ key }: Word): boolean =>
  FIRST_NAMES.has(key) || (key.includes('-') && FIRST_NAMES.has(key.slice(0, key.indexOf('-'))));
export const isShouted = ({ text }: Word): boolean => text.length > 1 && text === text.toUpperCase();

export function split(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’´`‘-][\p{L}\p{M}\p{N}]+)*/gu)) {
    const bare = match[0].replace(/['’´`‘]s$/, '');
    words.push({
      text: bare,
      key: bare
        .toLowerCase()
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/[’´`‘]/g, "'"),
      start: match.index,
      end: match.index + bare.length,
      gap: text.slice(end, match.index),
      possessive:
        bare !== match[0] || /^['’] /.test(text.slice(match.index + bare.length, match.index + bare.length + 2)),
    });
    end = match.index + match[0].length;
  }
  return words;
}

/** A capitalised word that can be part of a person's name. */
export function looksLikeName(word: Word): boolean {
  const { text, key } = word;
  if (!isCapital(word) || text.length < 2 || /\p{N}/u.test(text)) return false;
  if (isShouted(word))
    return text.length > 2 && !AMBIGUOUS_NAMES.has(key) && (FIRST_NAMES.has(key) || SURNAMES.has(key));
  if (isKnown(word)) return true;
  if (NO_NAMES.has(key) || NO_NAMES.has(key.split('-')[0]!) || isThing(word) || isStaff(word) || ORGANISATIONS.has(key))
    return false;
  if (isKin(word) || PARTICLES.has(key) || TITLES.has(key) || isPupil(word) || /(?:aanse|ische|eerde|baar)$/.test(key))
    return false;
  return !/\p{Ll}\p{Lu}/u.test(text.replace(/^(?:Mc|Mac|De|Van|Vande|Vanden|Le|Di)/, ''));
}

/** Whether a sentence ends between the word at `index` and the one before it. */
export function isBreak(words: Word[], index: number): boolean {
  const { gap } = words[index]!;
  const previous = words[index - 1];
  if (!previous || !/[.!?;\n]/.test(gap)) return !previous;
  if (/^!/.test(gap) && previous.key === 'go') return false;
  if (/^\. ?[(:]?$/.test(gap)) return !(ABBREVIATIONS.has(previous.key) || isInitial(previous));
  return !/^\s*:\s*$/.test(gap);
}

/** The name that starts at word `index`, or undefined. */
export function nameAt(words: Word[], index: number): Name | undefined {
  const first = words[index];
  if (!first) return undefined;
  let last = -1;
  let parts = 0;
  let initials = 0;
  for (let i = index; i < words.length && i < index + 7; i++) {
    const word = words[i]!;
    const previous = words[i - 1];
    if (i > index && !(/^\s$/.test(word.gap) || (isInitial(previous!) && /^\.\s?$/.test(word.gap)))) break;
    // A town or an ordinary word becomes a family name after "Van" or "De": "Lotte Van Damme".
    const joined =
      i > index && PARTICLES.has(previous!.key) && isCapital(previous!) && isCapital(word) && word.text.length > 1;
    if (looksLikeName(word) || joined) parts++;
    else if (isInitial(word) && followsInitial(words, i, i > index)) initials++;
    else if (PARTICLES.has(word.key) && (i > index || isCapital(word)) && leadsToName(words, i, index)) continue;
    else break;
    last = i;
    if (word.possessive) break;
  }
  if (last < 0) return undefined;
  const dot = isInitial(words[last]!) && words[last + 1]?.gap.startsWith('.') ? 1 : 0;
  const known = isKnown(first) && looksLikeName(first);
  return { first: index, last, end: words[last]!.end + dot, known, initials: parts === 0 && initials > 0, parts };
}

/** A single capital counts as an initial with a point, or at the end of a name. */
const followsInitial = (words: Word[], index: number, inName: boolean): boolean =>
  inName || (words[index + 1]?.gap.startsWith('.') ?? false);

function leadsToName(words: Word[], index: number, start: number): boolean {
  for (let i = index + 1; i < words.length && i <= index + 3; i++) {
    const word = words[i]!;
    if (word.gap !== ' ') return false;
    if (
      looksLikeName(word) ||
      (isCapital(words[index]!) &&
        (index > start || words[index]!.key === 'van') &&
        isCapital(word) &&
        !PARTICLES.has(word.key)) ||
      (isCapital(word) && SURNAME_STEMS.has(word.key))
    ) {
      // "Jonas van Gent" or "De Regenboog" is no family name; "De Smet" and "Van den Broeck" are.
      const particle = words[index]!;
      return (
        (isCapital(particle) && (index > start || particle.key === 'van')) ||
        !/^(?:de|van)$/.test(particle.key) ||
        SURNAME_STEMS.has(word.key) ||
        i > index + 1
      );
    }
    if (!PARTICLES.has(word.key)) return false;
  }
  return false;
}

/** A name typed without capitals: a known first name, with a known family name after it when there is one. */
export function lowerNameAt(words: Word[], index: number): Name | undefined {
  const word = words[index];
  if (!word || isCapital(word) || !FIRST_NAMES.has(word.key) || AMBIGUOUS_NAMES.has(word.key)) return undefined;
  let last = index;
  if (words[index + 1]?.gap === ' ' && !word.possessive) {
    if (SURNAMES.has(words[index + 1]!.key)) last = index + 1;
    for (let i = index + 1; i < index + 4 && PARTICLES.has(words[i]?.key ?? ''); i++) {
      if (SURNAME_STEMS.has(words[i + 1]?.key ?? '')) last = i + 1;
    }
  }
  return { first: index, last, end: words[last]!.end, known: true, initials: false, parts: last - index + 1 };
}
