// Finds names of pupils and their families by the words around them. Knows no numbers and no person.

import {
  isBreak,
  isCapital,
  isInitial,
  isKin,
  isKnown,
  isPupil,
  isShouted,
  isStaff,
  isThing,
  looksLikeName,
  lowerNameAt,
  type Name,
  nameAt,
  split,
  type Word,
} from './privacy-name-shape.ts';
import type { Span } from './privacy-numbers.ts';
import {
  AMBIGUOUS_NAMES,
  BETWEEN,
  DETERMINERS,
  FIRST_NAMES,
  LINKS,
  NAMING_WORDS,
  NO_NAMES,
  ORGANISATIONS,
  PRONOUNS,
  SALUTATIONS,
  SUBJECTS,
  SURNAME_STEMS,
  SURNAMES,
  TITLES,
  WEAK_CUES,
} from './privacy-words.ts';

/** What a cue allows: any capitalised word, or only a known first name or initials. */
type Level = 'any' | 'known';

const CLASS =
  /^\s?[,(–-]?\s?(?:zit |zat )?(?:(?:uit|van|in) )?(?:(?:de|het|onze|klas|groep|ons) ){0,2}(?:[1-7]\s?[A-Z][A-Za-z]{0,4}(?![\p{L}\d])|[1-7][a-z](?![\p{L}\d])|[LK][1-6](?!\d)|[1-7](?:ste|de|e)\s(?:leerjaar|kleuter\p{L}*|jaar|middelbaar|secundair|graad)|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende)\s(?:leerjaar|kleuter\p{L}*|jaar|middelbaar|secundair|graad)|OKAN\b)\)?|^ uit (?:de |het )?[1-7](?:ste|de|e)(?!\p{L})/u;
const AGE = /^\s?[,(]?\s?(?:van |is )?\d{1,2}(?:\s?jaar|\s?jr|j\b|\))/;

type Search = {
  text: string;
  words: Word[];
  /** Words that are part of the name of somebody who works here. */
  staff: Set<number>;
  /** Words that are part of a name found. */
  covered: Set<number>;
  names: (Name & { stop: number })[];
};

/**
 * Marks the names right after a word for staff and those listed with it ("collega's Els en Tom"), and the names of who
 * writes or is written to. A title beside a relative ("mevrouw Peeters, de mama van") makes the name one to keep.
 */
function markStaff(search: Search): void {
  const { words, staff } = search;
  for (let i = 0; i + 1 < words.length; i++) {
    const word = words[i]!;
    const { gap } = words[i + 1]!;
    const title = TITLES.has(word.key);
    const salutes =
      (SALUTATIONS.has(word.key) && /^[\s,!]{1,4}$/.test(gap)) ||
      (/^(?:ben|heet|is)$/.test(word.key) && gap === ' ' && introducesWriter(words, i));
    const announces = (title || isStaff(word)) && /^[\s.:("']{1,3}$/.test(gap) && !isBreak(words, i + 1);
    let name = salutes || announces ? nameAt(words, i + 1) : undefined;
    if (title && name && hasRelativeBeside(words, i, name)) keep(search, name);
    else {
      for (; name; name = nextInList(words, name)) for (let k = name.first; k <= name.last; k++) staff.add(k);
    }
  }
}

/** "ik ben", "ik heet", "mijn naam is". */
const introducesWriter = (words: Word[], index: number): boolean =>
  words[index - 1]?.key === 'ik' || (words[index - 1]?.key === 'naam' && words[index - 2]?.key === 'mijn');

/** "mevrouw Peeters, de mama van ..." or "de mama, mevrouw Peeters". */
function hasRelativeBeside(words: Word[], title: number, name: Name): boolean {
  if (/,/.test(words[title]!.gap) && words[title - 1] && (isKin(words[title - 1]!) || isPupil(words[title - 1]!)))
    return true;
  if (words[title - 1]?.key === 'van' && words[title - 2] && isKin(words[title - 2]!)) return true;
  let next = name.last + 1;
  if (!/^,? ?\(?$/.test(words[next]?.gap ?? '.')) return false;
  while (DETERMINERS.has(words[next]?.key ?? '')) next++;
  return words[next] !== undefined && isKin(words[next]!);
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
  let name = personAt(words, index);
  if (covered.has(index)) return true;
  if (!name || !isAllowed(search, name, level)) return false;
  while (name && !staff.has(name.first) && !covered.has(name.first)) {
    keep(search, name);
    const next: Name | undefined =
      nextInList(words, name) ?? (words[name.last + 1]?.key === 'en' ? lowerNameAt(words, name.last + 2) : undefined);
    name = next && isAllowed(search, next, plural ? 'any' : 'known') ? next : undefined;
  }
  return covered.has(index);
}

function personAt(words: Word[], index: number): Name | undefined {
  const name = nameAt(words, index);
  return name?.parts || name?.initials ? name : lowerNameAt(words, index);
}

function isAllowed({ text, words }: Search, name: Name, level: Level): boolean {
  if (name.initials) {
    // "leerling X." stands for anybody; "leerling J.P." and "leerling J. uit 3B" do not.
    return name.last > name.first || followedBy(text, name.end, CLASS, AGE) > 0 || isGoingOn(text, name.end);
  }
  const first = words[name.first]!;
  const next = words[name.last + 1];
  if (next && next.gap === ' ' && isThing(next) && isCapital(next)) return false;
  if (name.known || SURNAMES.has(first.key)) return true;
  if (level === 'known') return isInitial(first);
  const ofSchool = /^(?:de|den|la|le|het)$/.test(first.key) && !SURNAME_STEMS.has(words[name.first + 1]?.key ?? '');
  return !ofSchool;
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

function keep({ text, words, covered, staff, names }: Search, found: Name): void {
  // "Peeters Jonas": family name first, as in lists.
  const front = words[found.first - 1];
  const fronted = front && words[found.first]!.gap === ' ' && isCapital(front) && SURNAMES.has(front.key);
  const inFront = fronted && !covered.has(found.first - 1) && !staff.has(found.first - 1);
  const name = inFront ? { ...found, first: found.first - 1 } : found;
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
    const kin = isKin(cue);
    if (NAMING_WORDS.has(cue.key)) findAfterNaming(search, i);
    if (WEAK_CUES.has(cue.key)) findAfterWeakCue(search, i);
    if (!pupil && !kin) continue;
    const plural = /(?:en|s|tweeling)$/.test(cue.key);
    // Halfway a sentence a capital on the cue makes it part of a title: "project Ouder Actief", "Ouders Lezen Voor".
    const inTitle = isCapital(cue) && !isShouted(cue) && !isBreak(words, i);
    const level = inTitle ? 'known' : 'any';
    if (!isBreak(words, i + 1)) {
      const { gap, key } = words[i + 1]!;
      if (
        /^(?:\s|\s?[.:=]\s{0,2}|\s?["'‘“«])$/.test(gap) &&
        take(search, i + 1, plural && isCapital(cue) ? 'known' : level, plural)
      )
        continue;
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
    if (isPupil(word) || isKin(word) || PRONOUNS.has(word.key)) about = 'person';
    else if (isThing(word) || isStaff(word) || ORGANISATIONS.has(word.key)) about = 'thing';
    if (isBreak(words, i)) break;
  }
  if (about === 'thing') return;
  for (let i = cue + 1; i < words.length && i <= cue + 6 && !isBreak(words, i); i++) {
    const word = words[i]!;
    if (isThing(word) || isStaff(word)) return;
    if (take(search, i, about === 'person' ? 'any' : 'known')) return;
    if (isCapital(word) || !(BETWEEN.has(word.key) || isPupil(word) || isKin(word))) return;
  }
}

/** "dossier van Jonas", "betreft: Jonas Peeters", "de juf van Jonas". */
function findAfterWeakCue(search: Search, cue: number): void {
  const { words } = search;
  let next = cue + 1;
  if (isBreak(words, next)) return;
  const direct =
    /^(?:betreft|inzake|ivm|kleine|attest|verslag|mdo|inschrijving|intake|aanmelding|aangaande|omtrent|casus|case|dossier|zorgdossier|onderwerp|rijksregisternummer|rrn|insz)$/.test(
      words[cue]!.key,
    );
  const linked = /^(?:van|voor|over|rond|om)$/.test(words[next]!.key);
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
    const apart = /[,(:–-]/.test(here.gap);
    for (let i = name.first - 1; i >= 0 && i >= name.first - 7; i--) {
      const word = words[i]!;
      if (isStaff(word)) return true;
      // "de directrice heet Ingrid" and "de leerkracht wiskunde Jan", but not "de coach van Jonas".
      const bridges = /^(?:heet|is)$/.test(word.key) || SUBJECTS.has(word.key) || /^\p{N}/u.test(word.text);
      const far = LINKS.has(word.key) || isThing(word) || NO_NAMES.has(word.key);
      if (isBreak(words, i) || !(bridges || (apart && far))) break;
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
      if (letters && !isAbbreviation && isPupilAbbreviated(search, letters)) keep(search, letters);
      continue;
    }
    const lower = lowerNameAt(words, i);
    if (lower && lower.last > lower.first) keep(search, lower);
    if (!isCapital(word) || !isKnown(word)) continue;
    const name = nameAt(words, i);
    if (!name?.known) continue;
    if (isStaffAround(search, name)) {
      for (let k = name.first; k <= name.last; k++) staff.add(k);
      continue;
    }
    if (
      name.last > name.first ||
      followedBy(text, name.end, CLASS, AGE) ||
      isOwner(search, name) ||
      isDescribed(search, name)
    )
      keep(search, name);
  }
}

/** Initials, or an initial and a family name, with a class or an age: "J. uit 3B", "S. Peeters (4A)", "JP uit 3B". */
function isPupilAbbreviated({ text, words }: Search, name: Name): boolean {
  if (!isInitial(words[name.first]!) && !/^\s?(?:uit|\()/.test(text.slice(name.end, name.end + 5))) return false;
  return (name.initials || name.last > name.first) && followedBy(text, name.end, CLASS, AGE) > 0;
}

/** "Emma's mama", "Jonas zijn dossier". */
function isOwner({ words }: Search, name: Name): boolean {
  let next = name.last + 1;
  const owns =
    words[name.last]!.possessive ||
    (/^(?:zijn|haar|z'n|d'r)$/.test(words[next]?.key ?? '') && words[next++]!.gap === ' ');
  const owned = words[next];
  return owns && owned !== undefined && owned.gap.length < 3 && (isKin(owned) || WEAK_CUES.has(owned.key));
}

/** "Sofie, een leerling uit 5B" or "Sofie is een kleuter". */
function isDescribed({ words }: Search, name: Name): boolean {
  let next = name.last + 1;
  if (!/^,\s$/.test(words[next]?.gap ?? '') && words[next]?.key !== 'is') return false;
  if (words[next]!.key === 'is') next++;
  while (DETERMINERS.has(words[next]?.key ?? '')) next++;
  const noun = words[next];
  return noun !== undefined && !isBreak(words, next) && (isPupil(noun) || isKin(noun));
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
  const names: Span[] = [];
  for (const { first, stop } of search.names.sort((a, b) => a.first - b.first)) {
    const start = search.words[first]!.start;
    if (start >= (names.at(-1)?.end ?? 0)) names.push({ start, end: stop });
  }
  const pupils = new Set([...names, ...search.words.filter(isPupil)].map(({ end }) => end));
  return { names, pupils };
}
