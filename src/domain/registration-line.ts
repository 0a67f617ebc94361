// Reads what advisors type in haste: a registration on one line, names with typing errors; its words come from outside.

import { fold, type MinuteWords, parseMinutes } from './minutes.ts';
import type { RegistrableChannel } from './registration.ts';
import type { Centre, CentreId, Theme, ThemeId } from './terms.ts';

/** The words of the house's language. Keys and list entries are lower case and without accents. */
export type LineWords = MinuteWords & { channels: Readonly<Record<string, RegistrableChannel>> };

/** `score` runs from 0 to 1. */
export type Match<Id> = { id: Id; score: number };
type Searchable = { id: string; texts: { text: string; weight: number }[] };

/** From this score on, and this far ahead of the next, a match needs no confirmation. */
const SURE = 0.72;
const AHEAD = 0.12;
const PLAUSIBLE = 0.45;

/** Content's lists are replaced as a whole, so what is made of one is made once. */
function once<Made extends object, From extends object>(make: (from: From) => Made): (from: From) => Made {
  const known = new WeakMap<From, Made>();
  return (from) => {
    const made = known.get(from) ?? make(from);
    known.set(from, made);
    return made;
  };
}

export const searchableCentres = once((centres: readonly Centre[]): readonly Searchable[] =>
  centres.map(({ id, name, region }) => ({
    id,
    texts: [
      { text: id, weight: 1 },
      { text: name, weight: 1 },
      { text: region, weight: 0.85 },
    ],
  })),
);

export const searchableThemes = once((themes: readonly Theme[]): readonly Searchable[] =>
  themes.map(({ id, name, keywords }) => ({
    id,
    texts: [{ text: id, weight: 1 }, { text: name, weight: 1 }, ...keywords.map((text) => ({ text, weight: 0.8 }))],
  })),
);

/** A new question gets no theme that is out of use. */
const themesInUse = once((themes: readonly Theme[]) => themes.filter(({ retired }) => !retired));

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

type Entry = { id: string; words: { word: string; weight: number }[] };
/** A list as it is compared: its words, and what each typed word came to, which is compared in many combinations. */
type Compared = { entries: Entry[]; typed: Map<string, { best: number[]; weight: number }> };
const MOST_TYPED = 500;

const comparedTo = once((among: readonly Searchable[]): Compared => {
  const entries = among.map(({ id, texts }) => ({
    id,
    words: texts.flatMap(({ text, weight }) => wordsOf(text).map((word) => ({ word, weight }))),
  }));
  return { entries, typed: new Map() };
});

/** How well a typed word fits each entry at best, and what it says: next to nothing when most entries have it. */
function compare({ entries, typed }: Compared, word: string): { best: number[]; weight: number } {
  const known = typed.get(word);
  if (known) return known;
  const shared = entries.filter(({ words }) => words.some((own) => own.word === word)).length;
  const best = entries.map(({ words }) =>
    words.reduce((most, own) => Math.max(most, own.weight * alike(word, own.word)), 0),
  );
  const fits = { best, weight: shared > Math.max(2, entries.length / 4) ? 0.05 : 1 };
  if (typed.size >= MOST_TYPED) typed.clear();
  typed.set(word, fits);
  return fits;
}

/** The best fits of a few typed words, best first; words that most entries share ("CLB", "regio") hardly count. */
export function matchName<Id extends string>(typed: string, among: readonly Searchable[]): Match<Id>[] {
  const list = comparedTo(among);
  const fits = wordsOf(typed).map((word) => compare(list, word));
  // Nothing but shared words names nothing.
  if (fits.every(({ weight }) => weight < 1)) return [];
  const whole = fits.reduce((sum, { weight }) => sum + weight, 0);
  return list.entries
    .map(({ id }, at) => ({
      id: id as Id,
      score: fits.reduce((sum, { best, weight }) => sum + weight * best[at]!, 0) / whole,
    }))
    .filter(({ score }) => score >= PLAUSIBLE)
    .sort((a, b) => b.score - a.score);
}

/** 1 for the same word, less for the beginning of a word and for a typing error. */
export function alike(typed: string, known: string): number {
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
  const themes = searchableThemes(themesInUse(names.themes));
  const [at, length] = findMinutes(rest, words);
  const head = at < 0 ? rest.slice(0, 2 * MOST_WORDS) : rest.slice(0, at);
  const split = bestSplit(head, centres, themes, at >= 0);
  const centre = sureOf(split.centre);
  if (at < 0 && !centre) return undefined;
  const theme = sureOf(split.theme);
  const minutes = at < 0 ? undefined : parseMinutes(rest.slice(at, at + length).join(' '), words);
  const question = (at < 0 ? rest.slice(split.used) : rest.slice(at + length)).join(' ');
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

/** Words that can say a length of time together: "een uur en een kwartier". */
const MOST_MINUTE_WORDS = 5;

/**
 * Where the minutes stand and how many words they take, as many as make sense; [-1, 0] when there are none. Figures come
 * first: "een uur" may also be a part of the question.
 */
function findMinutes(rest: readonly string[], words: LineWords): [at: number, length: number] {
  const within = rest.slice(0, 2 * MOST_WORDS + 1);
  const lengthAt = (at: number): number => {
    for (let length = Math.min(MOST_MINUTE_WORDS, rest.length - at); length > 0; length--) {
      const some = rest.slice(at, at + length);
      if (words.filler.includes(fold(some.at(-1)!))) continue;
      if (parseMinutes(some.join(' '), words) !== undefined) return length;
    }
    return 0;
  };
  const inFigures = (word: string): boolean => /^[-+]?\d/.test(word);
  // Short units are words of their own as well: "u", "min".
  const inWords = (word: string): boolean =>
    Object.hasOwn(words.numbers, fold(word)) || (word.length > 4 && Object.hasOwn(words.units, fold(word)));
  for (const begins of [inFigures, inWords]) {
    const at = within.findIndex((word, index) => begins(word) && lengthAt(index) > 0);
    if (at >= 0) return [at, lengthAt(at)];
  }
  return [-1, 0];
}

type Split = {
  centre: Match<CentreId>[];
  theme: Match<ThemeId>[];
  centreWords: number;
  themeWords: number;
  used: number;
};

/** Where the centre ends and the theme begins; with `whole` all words belong to one of the two. */
function bestSplit(
  head: string[],
  centres: readonly Searchable[],
  themes: readonly Searchable[],
  whole: boolean,
): Split {
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
