// What a document says about itself: a title, a summary of its own sentences, the words that come back. Never a word of ours.

import { TEXT_LIMIT } from '../../domain/verbs.ts';
import { fold, tokens, wordWeight } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import type { Block, Prose } from './material.ts';

export const LONGEST_TITLE = 150;
const SUMMARY_WORDS = { from: 50, to: 90 };
/** Words under which a person has to write the summary. */
export const SHORT_SUMMARY = 20;
const MOST_KEYWORDS = 8;
const KEYWORD = { letters: 4, times: 3 };

/** A page says what it is in its first heading; other documents carry their title apart, when somebody filled it in. */
export function titleOf(
  file: string,
  { kind, title }: Prose,
  blocks: readonly Block[],
): { title: string; named: boolean } {
  const heading = blocks.find((block) => block.heading)?.text ?? '';
  const given = [kind === 'html' ? heading : title, kind === 'html' ? title : heading].find(
    (one) => /\p{L}{3}/u.test(one) && !locale.material.emptyTitle.test(one.trim()),
  );
  const name = (file.split('/').at(-1) ?? file)
    .replace(/\.\w+$/, '')
    .replace(/[_-]+/g, ' ')
    .trim();
  const chosen = given ?? name;
  const short = chosen.length > LONGEST_TITLE ? `${chosen.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : chosen;
  return { title: short, named: given !== undefined };
}

/** The document's own first sentences; when it has hardly any, its headings. Never a word of ours. */
export function summaryOf(blocks: readonly Block[]): string {
  const segmenter = new Intl.Segmenter('nl', { granularity: 'sentence' });
  const sentences: string[] = [];
  let words = 0;
  const add = (sentence: string): void => {
    const size = countWords(sentence);
    if (words >= SUMMARY_WORDS.from || size === 0 || (words > 0 && words + size > SUMMARY_WORDS.to)) return;
    const taken = sentence.trim().split(/\s+/);
    sentences.push(
      taken.length > SUMMARY_WORDS.to ? `${taken.slice(0, SUMMARY_WORDS.to).join(' ')}…` : taken.join(' '),
    );
    words += size;
  };
  for (const { text, heading } of blocks) {
    if (words >= SUMMARY_WORDS.from) break;
    // A line of dots belongs to a table of contents.
    if (heading || countWords(text) < 5 || /\.{4,}|(?:\. ){3,}/.test(text)) continue;
    // What stands in a list or on a slide often ends without a full stop.
    const whole = /[.!?…:;]$/.test(text) ? text : `${text}.`;
    for (const { segment } of segmenter.segment(whole.slice(0, TEXT_LIMIT))) add(segment);
  }
  if (words < SHORT_SUMMARY) for (const { text } of blocks.filter(({ heading }) => heading).slice(1)) add(`${text}.`);
  return sentences.join(' ');
}

/** Words that come back, most frequent first, in alphabetical order on a tie; the title has its own words already. */
export function keywordsOf(text: string, title: string): string[] {
  const own = new Set(tokens(fold(title)));
  const counts = new Map<string, number>();
  for (const line of text.replace(/\[[^\]]*\]/g, ' ').split('\n')) {
    for (const word of tokens(fold(line))) {
      if (word.length < KEYWORD.letters || wordWeight(word) < 1 || /\d/.test(word) || own.has(word)) continue;
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, times]) => times >= KEYWORD.times)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_KEYWORDS)
    .map(([word]) => word);
}

export const countWords = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
