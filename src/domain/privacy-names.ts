// Finds names of pupils and their families by the words around them. Knows no numbers and no person.

import type { Span } from './privacy-numbers.ts';
import {
  AMBIGUOUS_NAMES,
  FIRST_NAMES,
  KIN_NOUNS,
  NAMING_WORDS,
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
  WEAK_CUES,
} from './privacy-words.ts';

/** `gap` is what stands between the word and the one before; `key` is lower case, without accents or possessive. */
type Word = { text: string; key: string; start: number; end: number; gap: string; possessive: boolean };
/** A name as indexes of words, both included. `known` when it starts with a known first name. */
type Name = { first: number; last: number; end: number; known: boolean; initials: boolean; parts: number };
/** What a cue allows: any capitalised word, or only a known first name or initials. */
type Level = 'any' | 'known';

const DETERMINERS = new Set([
  'de',
  'het',
  'een',
  'onze',
  'ons',
  'kleine',
  'mijn',
  'zijn',
  'haar',
  'hun',
  'die',
  'deze',
]);
const LINKS = new Set([
  ...DETERMINERS,
  'van',
  'bij',
  'op',
  'uit',
  'voor',
  'als',
  'is',
  'was',
  'werkt',
  'in',
  'nieuwe',
  'aan',
]);
const PRONOUNS = new Set(['hij', 'zij', 'ze', 'haar', 'hem', 'die', 'hun', 'zijn']);
const ABBREVIATIONS = new Set([
  'lln',
  'll',
  'llnn',
  'leerl',
  'geb',
  'mevr',
  'mvr',
  'mw',
  'dhr',
  'dr',
  'st',
  'prof',
  'nr',
  'bv',
  'ivm',
  'tav',
  'resp',
  'ca',
]);

const CLASS =
  /^\s?[,(–-]?\s?(?:zit |zat )?(?:(?:uit|van|in) )?(?:(?:de|het|onze|klas|groep|ons) ){0,2}(?:[1-7]\s?[A-Z][A-Za-z]{0,4}(?![\p{L}\d])|[1-7][a-z](?![\p{L}\d])|[LK][1-6](?!\d)|[1-7](?:ste|de|e)\s(?:leerjaar|kleuter\p{L}*|jaar|middelbaar|secundair|graad)|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende)\s(?:leerjaar|kleuter\p{L}*|jaar|middelbaar|secundair|graad)|OKAN\b)\)?/u;
const AGE = /^\s?[,(]?\s?(?:van )?\d{1,2}(?:\s?jaar|\s?jr|j\b|\))/;

const isPupil = ({ key }: Word): boolean =>
  PUPIL_NOUNS.has(key) || /(?:leerling|leerlinge|leerlingen|scholier)$/.test(key);
const isStaff = ({ key }: Word): boolean => STAFF_NOUNS.has(key) || STAFF_ENDING.test(key);
const isThing = ({ key }: Word): boolean => THING_NOUNS.has(key) || STREET_OR_SCHOOL.test(key);
const isCapital = ({ text }: Word): boolean => /^\p{Lu}/u.test(text);
const isInitial = ({ text }: Word): boolean => /^\p{Lu}$/u.test(text);
const isKnown = ({ key }: Word): boolean =>
  FIRST_NAMES.has(key) || (key.includes('-') && FIRST_NAMES.has(key.slice(0, key.indexOf('-'))));
const isShouted = ({ text }: Word): boolean => text.length > 1 && text === text.toUpperCase();

function split(text: string): Word[] {
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
function looksLikeName(word: Word): boolean {
  const { text, key } = word;
  if (!isCapital(word) || text.length < 2 || /\p{N}/u.test(text)) return false;
  if (isShouted(word))
    return text.length > 2 && !AMBIGUOUS_NAMES.has(key) && (FIRST_NAMES.has(key) || SURNAMES.has(key));
  if (isKnown(word)) return true;
  if (NO_NAMES.has(key) || isThing(word) || isStaff(word) || ORGANISATIONS.has(key)) return false;
  if (KIN_NOUNS.has(key) || TITLES.has(key) || isPupil(word) || /(?:aanse|ische|eerde|baar)$/.test(key)) return false;
  return !/\p{Ll}\p{Lu}/u.test(text.replace(/^(?:Mc|Mac|De|Van|Vande|Vanden|Le|Di)/, ''));
}

/** Whether a sentence ends between the word at `index` and the one before it. */
function isBreak(words: Word[], index: number): boolean {
  const { gap } = words[index]!;
  const previous = words[index - 1];
  if (!previous || !/[.!?;\n]/.test(gap)) return !previous;
  if (/^!/.test(gap) && previous.key === 'go') return false;
  if (/^\. ?[(:]?$/.test(gap)) return !(ABBREVIATIONS.has(previous.key) || isInitial(previous));
  return !/^\s*:\s*$/.test(gap);
}

/** The name that starts at word `index`, or undefined. */
function nameAt(words: Word[], index: number): Name | undefined {
  const first = words[index];
  if (!first) return undefined;
  let last = -1;
  let parts = 0;
  let initials = 0;
  for (let i = index; i < words.length && i < index + 7; i++) {
    const word = words[i]!;
    const previous = words[i - 1];
    if (i > index && !(/^\s$/.test(word.gap) || (isInitial(previous!) && /^\.\s?$/.test(word.gap)))) break;
    if (looksLikeName(word)) parts++;
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
    if (looksLikeName(word)) {
      // "Jonas van Gent" or "De Regenboog" is no family name; "De Smet" and "Van den Broeck" are.
      const particle = words[index]!;
      return (
        (isCapital(particle) && index > start) ||
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
function lowerNameAt(words: Word[], index: number): Name | undefined {
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

type Search = {
  text: string;
  words: Word[];
  /** Words that are part of the name of somebody who works here. */
  staff: Set<number>;
  /** Words that are part of a name found. */
  covered: Set<number>;
  names: (Name & { stop: number })[];
};

/** Marks every name right after a word for staff, and the names listed with it: "collega's Els en Tom". */
function markStaff({ words, staff }: Search): void {
  for (let i = 0; i + 1 < words.length; i++) {
    const title = TITLES.has(words[i]!.key);
    if (!title && !isStaff(words[i]!)) continue;
    let name = /^[\s.:("']{1,3}$/.test(words[i + 1]!.gap) && !isBreak(words, i + 1) ? nameAt(words, i + 1) : undefined;
    if (title && name && hasRelativeBeside(words, i, name)) continue;
    while (name) {
      for (let k = name.first; k <= name.last; k++) staff.add(k);
      name = nextInList(words, name);
    }
  }
}

/** "mevrouw Peeters, de mama van ..." or "de mama, mevrouw Peeters". */
function hasRelativeBeside(words: Word[], title: number, name: Name): boolean {
  if (/,/.test(words[title]!.gap) && KIN_NOUNS.has(words[title - 1]?.key ?? '')) return true;
  let next = name.last + 1;
  if (!/^,? ?\(?$/.test(words[next]?.gap ?? '.')) return false;
  while (DETERMINERS.has(words[next]?.key ?? '')) next++;
  return KIN_NOUNS.has(words[next]?.key ?? '');
}

/** The name after "en", "&", "/" or a comma. */
function nextInList(words: Word[], name: Name): Name | undefined {
  const next = name.last + 1;
  if (/^\s?[,&/+]\s?$/.test(words[next]?.gap ?? '')) return nameAt(words, next);
  return words[next]?.key === 'en' && words[next]!.gap === ' ' && words[next + 1]?.gap === ' '
    ? nameAt(words, next + 1)
    : undefined;
}

/** Keeps the name at `index` when the cue allows it, and the names listed after it. */
function take(search: Search, index: number, level: Level, plural = false): boolean {
  const { words, staff, covered } = search;
  if (index >= words.length || staff.has(index) || covered.has(index)) return covered.has(index);
  const shown = nameAt(words, index);
  const name = shown?.parts || shown?.initials ? shown : lowerNameAt(words, index);
  if (!name || !isAllowed(search, name, level)) return false;
  keep(search, name);
  const next =
    nextInList(words, name) ?? (words[name.last + 1]?.key === 'en' ? lowerNameAt(words, name.last + 2) : undefined);
  if (next && (next.known || (plural && next.parts > 0)) && !staff.has(next.first))
    take(search, next.first, plural ? 'any' : 'known', plural);
  return true;
}

function isAllowed({ text, words }: Search, name: Name, level: Level): boolean {
  if (name.initials) {
    // "leerling X." stands for anybody; "leerling J.P." and "leerling J. uit 3B" do not.
    return name.last > name.first || followedBy(text, name.end, CLASS, AGE) > 0 || isGoingOn(text, name.end);
  }
  const next = words[name.last + 1];
  if (next && next.gap === ' ' && isThing(next) && isCapital(next)) return false;
  if (name.known) return true;
  const first = words[name.first]!;
  if (level === 'known') return false;
  if (PARTICLES.has(first.key) && /^(?:de|den|la|le|het)$/.test(first.key))
    return leadsToName(words, name.first, name.first) && SURNAME_STEMS.has(words[name.first + 1]?.key ?? '');
  return true;
}

/** After "J." a sentence goes on in lower case. X, Y, Z and N stand for anybody. */
const isGoingOn = (text: string, end: number): boolean =>
  /^\.? \p{Ll}/u.test(text.slice(end, end + 4)) && !/[ABCNXYZ]\.?$/.test(text.slice(Math.max(0, end - 2), end));

/** Length of the first pattern that matches at `end`, or 0. */
function followedBy(text: string, end: number, ...patterns: RegExp[]): number {
  const tail = text.slice(end, end + 60);
  for (const pattern of patterns) {
    const length = pattern.exec(tail)?.[0].length;
    if (length) return length;
  }
  return 0;
}

function keep({ text, words, covered, names }: Search, name: Name): void {
  for (let k = name.first; k <= name.last; k++) covered.add(k);
  // An initial alone says little without the class beside it: together they are the name.
  const abbreviated = isInitial(words[name.last]!) || name.initials;
  names.push({ ...name, stop: abbreviated ? name.end + followedBy(text, name.end, CLASS) : name.end });
}

/** Names right after, or with a few words between, a word for a pupil, a relative or a file. */
function findAfterCues(search: Search): void {
  const { words } = search;
  for (let i = 0; i + 1 < words.length; i++) {
    const cue = words[i]!;
    const pupil = isPupil(cue);
    const kin = KIN_NOUNS.has(cue.key);
    if (NAMING_WORDS.has(cue.key)) findAfterNaming(search, i);
    if (WEAK_CUES.has(cue.key)) findAfterWeakCue(search, i);
    if (!pupil && !kin) continue;
    const plural = /(?:en|s|ns|ling)$/.test(cue.key);
    // Halfway a sentence a capital on the cue makes it part of a title: "project Ouder Actief".
    const level = isCapital(cue) && !isShouted(cue) && i > 0 && !isBreak(words, i) ? 'known' : 'any';
    if (!isBreak(words, i + 1)) {
      const { gap, key } = words[i + 1]!;
      if (/^(?:\s|\s?[.:=]\s{0,2}|\s?["'‘“«])$/.test(gap) && take(search, i + 1, level, plural)) continue;
      if (/^\s?[(,\-–—/]\s?$/.test(gap) && take(search, i + 1, 'known', plural)) continue;
      if ((key === 'van' || (key === 'is' && pupil)) && (kin || cue.key.startsWith('kind') || key === 'is')) {
        let next = i + 2;
        while (DETERMINERS.has(words[next]?.key ?? '') && !isCapital(words[next]!)) next++;
        const strict = !kin || words[next - 1]?.key === 'de' || words[next - 1]?.key === 'het';
        if (words[next]?.gap === ' ' && take(search, next, strict ? 'known' : level, plural)) continue;
      }
    }
    findInApposition(search, i);
  }
}

/** "een meisje van acht jaar, Amina, ..." : a known first name after a comma in the same sentence. */
function findInApposition(search: Search, cue: number): void {
  const { words } = search;
  for (let i = cue + 1; i < words.length && i <= cue + 9 && !isBreak(words, i); i++) {
    if (isStaff(words[i]!)) return;
    if (/^\s?(?:[,(:–—]|-\s)\s?$/.test(words[i]!.gap) && isCapital(words[i]!) && take(search, i, 'known')) return;
  }
}

function findAfterNaming(search: Search, cue: number): void {
  const { words } = search;
  let about: 'person' | 'thing' | undefined;
  for (let i = cue - 1; i >= 0 && i >= cue - 8 && !about; i--) {
    const word = words[i]!;
    if (isPupil(word) || KIN_NOUNS.has(word.key) || PRONOUNS.has(word.key)) about = 'person';
    else if (isThing(word) || isStaff(word) || ORGANISATIONS.has(word.key)) about = 'thing';
    if (isBreak(words, i)) break;
  }
  if (about === 'thing') return;
  for (let i = cue + 1; i < words.length && i <= cue + 6 && !isBreak(words, i); i++) {
    const word = words[i]!;
    if (isThing(word) || isStaff(word)) return;
    if (take(search, i, about === 'person' ? 'any' : 'known')) return;
    if (isCapital(word)) return;
  }
}

/** "dossier van Jonas", "betreft: Jonas Peeters", "de juf van Jonas". */
function findAfterWeakCue(search: Search, cue: number): void {
  const { words } = search;
  let next = cue + 1;
  if (isBreak(words, next)) return;
  const direct =
    /^(?:betreft|inzake|ivm|aangaande|omtrent|casus|case|dossier|zorgdossier|onderwerp|rijksregisternummer|rrn|insz)$/.test(
      words[cue]!.key,
    );
  const linked = /^(?:van|voor|over|rond)$/.test(words[next]!.key);
  if (!linked && !direct && !/[:(]/.test(words[next]!.gap)) return;
  if (linked) next++;
  while (DETERMINERS.has(words[next]?.key ?? '') && !isCapital(words[next]!)) next++;
  const name = nameAt(words, next);
  if (name && words[name.first]!.gap.length <= 2 && !isStaffAround(search, name))
    take(search, next, linked && name.parts > 1 ? 'any' : 'known');
  else if (!name && linked) take(search, next, 'known');
}

/** Whether the words around a name without a cue say that it is of staff, an author, a school or a street. */
function isStaffAround({ words, staff }: Search, name: Name): boolean {
  const before = words[name.first - 1];
  const here = words[name.first]!;
  if (before && !isBreak(words, name.first)) {
    if (isStaff(before) || isThing(before) || TITLES.has(before.key)) return true;
    if (/^(?:door|met|bij|van)$/.test(before.key) && words[name.first - 2] && isThing(words[name.first - 2]!))
      return true;
    if ((before.key === 'en' || /[,&/]/.test(here.gap)) && staff.has(name.first - (before.key === 'en' ? 2 : 1)))
      return true;
    if (/[,(:–-]/.test(here.gap)) {
      for (let i = name.first - 1; i >= 0 && i >= name.first - 7; i--) {
        if (isStaff(words[i]!)) return true;
        if (isBreak(words, i) || !(LINKS.has(words[i]!.key) || isThing(words[i]!) || NO_NAMES.has(words[i]!.key)))
          break;
      }
    }
  }
  let next = name.last + 1;
  if (!words[next] || isBreak(words, next)) return false;
  if (words[next]!.gap === ' ' && isThing(words[next]!)) return true;
  const linked = LINKS.has(words[next]!.key) || /[,(–-]/.test(words[next]!.gap);
  while (next <= name.last + 4 && LINKS.has(words[next]?.key ?? '')) next++;
  const after = words[next];
  return linked && after !== undefined && !isBreak(words, next) && (isStaff(after) || ORGANISATIONS.has(after.key));
}

/** A known first name with a family name, a class or an age, and initials with a class or an age. */
function findWithoutCue(search: Search): void {
  const { text, words, staff, covered } = search;
  for (let i = 0; i < words.length; i++) {
    if (staff.has(i) || covered.has(i)) continue;
    const word = words[i]!;
    if (isInitial(word) || /^\p{Lu}{2}$/u.test(word.text)) {
      const letters = isInitial(word)
        ? nameAt(words, i)
        : { first: i, last: i, end: word.end, known: false, initials: true, parts: 0 };
      const isAbbreviation = NO_NAMES.has(word.key) || isThing(word) || isStaff(word) || ORGANISATIONS.has(word.key);
      if (letters?.initials && !isAbbreviation && followedBy(text, letters.end, CLASS, AGE)) keep(search, letters);
      continue;
    }
    const lower = lowerNameAt(words, i);
    if (lower && lower.last > lower.first) keep(search, lower);
    if (!isCapital(word) || !isKnown(word)) continue;
    const name = nameAt(words, i);
    if (!name?.known || isStaffAround(search, name)) continue;
    if (isWhole(search, name) || followedBy(text, name.end, CLASS, AGE) || isOwner(search, name)) keep(search, name);
  }
}

/** First name and family name or initial. At the start of a sentence "Els" counts, "An" only with a usual family name. */
function isWhole({ words }: Search, name: Name): boolean {
  if (name.last === name.first) return false;
  if (!AMBIGUOUS_NAMES.has(words[name.first]!.key)) return true;
  const next = words[name.first + 1]!;
  return SURNAMES.has(next.key) || PARTICLES.has(next.key) || isInitial(next) || !isBreak(words, name.first);
}

/** "Emma's mama", "Jonas' dossier". */
function isOwner({ words }: Search, name: Name): boolean {
  const next = words[name.last + 1];
  return words[name.last]!.possessive && next !== undefined && (KIN_NOUNS.has(next.key) || WEAK_CUES.has(next.key));
}

/** The same pupil named again further on, or before. */
function findAgain(search: Search): void {
  const { words, covered, staff, names } = search;
  const parts = new Set<string>();
  for (const { first, last } of names) {
    for (let k = first; k <= last; k++)
      if (looksLikeName(words[k]!) || FIRST_NAMES.has(words[k]!.key)) parts.add(words[k]!.key);
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!parts.has(word.key) || covered.has(i) || staff.has(i) || !(isCapital(word) || !AMBIGUOUS_NAMES.has(word.key)))
      continue;
    const name = nameAt(words, i) ?? lowerNameAt(words, i);
    if (name && !isStaffAround(search, name)) keep(search, name);
  }
}

/** Names in the text, in order; `pupils` are the ends of everything that names or means a pupil. */
export function findNames(text: string): { names: Span[]; pupils: Set<number> } {
  const search: Search = { text, words: split(text), staff: new Set(), covered: new Set(), names: [] };
  markStaff(search);
  findAfterCues(search);
  findWithoutCue(search);
  findAgain(search);
  const names = search.names.map(({ first, stop }) => ({ start: search.words[first]!.start, end: stop }));
  const pupils = new Set([...names.map(({ end }) => end), ...search.words.filter(isPupil).map(({ end }) => end)]);
  return { names: names.sort((a, b) => a.start - b.start), pupils };
}
