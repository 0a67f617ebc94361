// What a field offers while somebody types: names in which every typed word begins a word, read into words once.

import { fold } from '../../domain/minutes.ts';
import { alike } from '../../domain/registration-line.ts';
import type { Item } from '../../domain/terms.ts';
import type { Content } from '../ports.ts';

export type Choice = { title: string; value: string };
type Entry = Choice & { words: string[] };

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const read = new WeakMap<object, Entry[]>();

/** Read once per list: content is replaced as a whole by a reload. */
function entriesOf<One>(list: readonly One[], entry: (one: One) => Choice & { text: string }): Entry[] {
  const known = read.get(list);
  if (known) return known;
  const entries = list.map((one) => {
    const { title, value, text } = entry(one);
    return { title, value, words: wordsOf(text) };
  });
  read.set(list, entries);
  return entries;
}

/** Centres by name, place or id; a typing error finds the nearest. */
export function centreChoices({ centres }: Content, text: string, top: number): Choice[] {
  const entries = entriesOf(centres, ({ id, name, region }) => ({
    title: name,
    value: id,
    text: `${name} ${region} ${id}`,
  }));
  const found = begins(entries, text, top);
  if (found.length > 0) return found;
  return nearest(entries, text, top);
}

/** Entries that have a word like each typed one, typing errors allowed, best first. */
function nearest(entries: readonly Entry[], text: string, top: number): Choice[] {
  const asked = wordsOf(text);
  const scored = entries.flatMap(({ title, value, words }) => {
    const scores = asked.map((typed) => words.reduce((best, word) => Math.max(best, alike(typed, word)), 0));
    const score = Math.min(...scores);
    return score > 0 ? [{ score, title, value }] : [];
  });
  return scored
    .sort((one, other) => other.score - one.score)
    .slice(0, top)
    .map(({ title, value }) => ({ title, value }));
}

/** The FAQ items in whose title every typed word begins a word. */
export function beginningItems({ items }: Content, text: string): Item[] {
  const found = begins(faqEntries(items), text, Number.POSITIVE_INFINITY);
  return found.flatMap(({ value }) => items.find(({ id }) => id === value) ?? []);
}

function faqEntries(items: readonly Item[]): Entry[] {
  return entriesOf(items, ({ id, kind, title }) => ({ title, value: id, text: kind === 'faq' ? title : '' })).filter(
    ({ words }) => words.length > 0,
  );
}

/** Entries in which every typed word begins a word; those that begin with the first typed word come first. */
function begins(entries: readonly Entry[], text: string, top: number): Choice[] {
  const asked = wordsOf(text);
  const first: Choice[] = [];
  const rest: Choice[] = [];
  for (const { title, value, words } of entries) {
    if (!asked.every((typed) => words.some((word) => word.startsWith(typed)))) continue;
    (asked[0] !== undefined && words[0]?.startsWith(asked[0]) ? first : rest).push({ title, value });
  }
  return [...first, ...rest].slice(0, top);
}

/** The same over a list that is put together each time, in its own order. */
export function beginning(list: readonly Choice[], text: string, top: number): Choice[] {
  return begins(
    list.map((choice) => ({ ...choice, words: wordsOf(choice.title) })),
    text,
    top,
  );
}
