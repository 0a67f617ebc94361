// Reads what advisors type in haste: a registration on one line, minutes in words, names with typing errors; its words come from outside.

import type { RegistrableChannel } from './registration.ts';
import type { Centre, CentreId, Theme, ThemeId } from './terms.ts';

/** The words of the house's language. Keys and list entries are lower case and without accents. */
export type LineWords = {
  channels: Readonly<Record<string, RegistrableChannel>>;
  /** Numbers in words, halves included: { een: 1, half: 0.5 }. */
  numbers: Readonly<Record<string, number>>;
  /** Minutes in one unit: { uur: 60, kwartier: 15 }. */
  units: Readonly<Record<string, number>>;
  /** Words that say nothing: "en", "ongeveer". */
  filler: readonly string[];
};

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[‘’`´]/g, "'")
    .toLowerCase();

/**
 * Minutes from "10", "10m", "1u30", "1:30", "1,5 uur" or number words; undefined when it is no length of time. Negative,
 * zero and fractional lengths come back as they are: the rules refuse them with a reason.
 */
export function parseMinutes(text: string, words: LineWords): number | undefined {
  const plain = fold(text).trim();
  if (/^-?\d+$/.test(plain)) return Number(plain);
  const clock = /^(\d{1,2}):(\d{2})$/.exec(plain);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const parts = plain.match(/\d+(?:[.,]\d+)?|\p{L}+|'|[^\s\p{L}\d]/gu) ?? [];
  let total = 0;
  let number: number | undefined;
  let unit = 0;
  let read = 0;
  for (const part of parts) {
    if (words.filler.includes(part) || part === '.') continue;
    const value = /^\d/.test(part) ? Number(part.replace(',', '.')) : words.numbers[part];
    if (value !== undefined) {
      // "een half uur" is half an hour, not one and a half.
      if (number !== undefined && value >= 1) return undefined;
      number = value;
    } else {
      const size = part === "'" ? 1 : words.units[part];
      if (size === undefined) return undefined;
      total += (number ?? 1) * size;
      number = undefined;
      unit = size;
    }
    read++;
  }
  // What follows hours without a unit of its own are minutes: "1u30".
  if (number !== undefined) {
    if (unit !== 60) return undefined;
    total += number;
  }
  return read === 0 ? undefined : Math.round(total * 100) / 100;
}

/** `score` runs from 0 to 1. */
export type Match<Id> = { id: Id; score: number };
type Searchable = { id: string; texts: { text: string; weight: number }[] };

/** From this score on, and this far ahead of the next, a match needs no confirmation. */
const SURE = 0.72;
const AHEAD = 0.12;
const PLAUSIBLE = 0.45;

export function searchableCentres(centres: readonly Centre[]): Searchable[] {
  return centres.map(({ id, name, region }) => ({
    id,
    texts: [
      { text: id, weight: 1 },
      { text: name, weight: 1 },
      { text: region, weight: 0.85 },
    ],
  }));
}

export function searchableThemes(themes: readonly Theme[]): Searchable[] {
  return themes.map(({ id, name, keywords }) => ({
    id,
    texts: [{ text: id, weight: 1 }, { text: name, weight: 1 }, ...keywords.map((text) => ({ text, weight: 0.8 }))],
  }));
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The best fits of a few typed words, best first; words that most entries share ("CLB", "regio") hardly count. */
export function matchName<Id extends string>(typed: string, among: readonly Searchable[]): Match<Id>[] {
  const asked = wordsOf(typed);
  if (asked.length === 0) return [];
  const entries = among.map(({ id, texts }) => ({
    id,
    words: texts.flatMap(({ text, weight }) => wordsOf(text).map((word) => ({ word, weight }))),
  }));
  const shared = (word: string) => entries.filter(({ words }) => words.some((own) => own.word === word)).length;
  const weights = asked.map((word) => (shared(word) > Math.max(2, entries.length / 4) ? 0.05 : 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  // Nothing but shared words names nothing.
  if (weights.every((weight) => weight < 1)) return [];
  return entries
    .map(({ id, words }) => ({
      id: id as Id,
      score:
        asked.reduce(
          (sum, word, index) =>
            sum + weights[index]! * words.reduce((best, own) => Math.max(best, own.weight * alike(word, own.word)), 0),
          0,
        ) / whole,
    }))
    .filter(({ score }) => score >= PLAUSIBLE)
    .sort((a, b) => b.score - a.score);
}

/** 1 for the same word, less for the beginning of a word and for a typing error. */
function alike(typed: string, known: string): number {
  if (typed === known) return 1;
  if (typed.length >= 3 && known.startsWith(typed)) return 0.88;
  if (typed.length < 4 || Math.abs(typed.length - known.length) > 2) return 0;
  const slips = distance(typed, known);
  if (slips === 1) return 0.85;
  return slips === 2 && typed.length >= 7 ? 0.75 : 0;
}

/** Changed, missing, extra and swapped letters (optimal string alignment). */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, older[column - 2]! + 1);
      current.push(best);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** The best match when it is beyond doubt. */
export function sureOf<Id>(matches: readonly Match<Id>[]): Id | undefined {
  const [best, next] = matches;
  return best && best.score >= SURE && best.score - (next?.score ?? 0) >= AHEAD ? best.id : undefined;
}

export type Line = {
  channel: RegistrableChannel;
  /** The best guess, also when it is in `doubts`. */
  centre?: CentreId;
  theme?: ThemeId;
  minutes?: number;
  question: string;
  /** What a person has to look at before it is kept. */
  doubts: ('centre' | 'theme' | 'minutes' | 'question')[];
};

const MOST_WORDS = 4;

/**
 * "tel gent dossier 10m hoe lang bewaren we het?": channel, centre, theme, minutes, question, where centre and theme may
 * be left out. Undefined when it is no such line: without minutes, only a sure centre makes it one.
 */
export function parseLine(
  text: string,
  names: { centres: readonly Centre[]; themes: readonly Theme[] },
  words: LineWords,
): Line | undefined {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const channel = Object.hasOwn(words.channels, fold(first)) ? words.channels[fold(first)] : undefined;
  if (!channel) return undefined;
  const centres = searchableCentres(names.centres);
  const themes = searchableThemes(names.themes);
  const at = rest
    .slice(0, 2 * MOST_WORDS + 1)
    .findIndex((word) => /^\d/.test(word) && parseMinutes(word, words) !== undefined);
  const head = at < 0 ? rest.slice(0, 2 * MOST_WORDS) : rest.slice(0, at);
  const split = bestSplit(head, centres, themes, at >= 0);
  const centre = sureOf(split.centre);
  if (at < 0 && !centre) return undefined;
  const theme = sureOf(split.theme);
  const unit = at >= 0 && /^\d+$/.test(rest[at]!) && Object.hasOwn(words.units, fold(rest[at + 1] ?? '')) ? 1 : 0;
  const minutes = at < 0 ? undefined : parseMinutes(rest.slice(at, at + 1 + unit).join(''), words);
  const question = (at < 0 ? rest.slice(split.used) : rest.slice(at + 1 + unit)).join(' ');
  const unread = at >= 0 && split.used < head.length;
  const bestCentre = centre ?? split.centre[0]?.id;
  const bestTheme = theme ?? split.theme[0]?.id;
  return {
    channel,
    ...(bestCentre ? { centre: bestCentre } : {}),
    ...(bestTheme ? { theme: bestTheme } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    question,
    doubts: [
      ...(!centre && (split.centreWords > 0 || unread) ? (['centre'] as const) : []),
      ...(!theme && (split.themeWords > 0 || unread) ? (['theme'] as const) : []),
      ...(minutes === undefined ? (['minutes'] as const) : []),
      ...(question === '' ? (['question'] as const) : []),
    ],
  };
}

type Split = {
  centre: Match<CentreId>[];
  theme: Match<ThemeId>[];
  centreWords: number;
  themeWords: number;
  used: number;
};

/** Where the centre ends and the theme begins; with `whole` all words belong to one of the two. */
function bestSplit(head: string[], centres: Searchable[], themes: Searchable[], whole: boolean): Split {
  let best: { split: Split; score: number } | undefined;
  for (let centreWords = 0; centreWords <= Math.min(MOST_WORDS, head.length); centreWords++) {
    const centre = matchName<CentreId>(head.slice(0, centreWords).join(' '), centres);
    for (let themeWords = 0; themeWords <= Math.min(MOST_WORDS, head.length - centreWords); themeWords++) {
      const used = centreWords + themeWords;
      const theme = matchName<ThemeId>(head.slice(centreWords, used).join(' '), themes);
      const left = whole ? head.length - used : 0;
      // Each word counts with how well it fits, so that more words that fit beat fewer.
      const score = closeness(centre, centreWords) + closeness(theme, themeWords) - left;
      if (!best || score > best.score + 1e-9) {
        best = { split: { centre, theme, centreWords, themeWords, used }, score };
      }
    }
  }
  return best!.split;
}

function closeness(matches: Match<string>[], words: number): number {
  return words === 0 ? 0 : ((matches[0]?.score ?? 0) - 0.5) * words + (sureOf(matches) ? 0.3 : 0);
}
