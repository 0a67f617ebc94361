// The index: text in, ranked items and a theme out. Pure and deterministic; knows no file, no person, no ticket.

import type { Audience, Item, Theme, ThemeId } from '../domain/terms.ts';
import { characterGrams, fold, stem, tokens, wordWeight } from './text.ts';

export type Query = { text: string; audience?: Audience };

/** `score` runs from 0 to 1 and is comparable within one answer. */
export type Ranked = { item: Item; score: number };

export type Answer = {
  /** answer: the first item is shown as the answer; unsure: up to 3 choices; none: nothing fits. */
  decision: 'answer' | 'unsure' | 'none';
  /** At most 3, best first; empty when the decision is none. */
  items: Ranked[];
  /** Most likely themes, best first, confidences 0 to 1; empty when nothing points anywhere. */
  themes: { id: ThemeId; confidence: number }[];
};

export interface Index {
  answer(query: Query): Answer;
}

const THRESHOLDS = { answer: 0.75, unsure: 0.35 };

type Bag = Map<string, number>;

function count(bag: Bag, term: string, weight: number): void {
  bag.set(term, (bag.get(term) ?? 0) + weight);
}

function bags(texts: { text: string; weight: number }[]): { words: Bag; grams: Bag } {
  const words: Bag = new Map();
  const grams: Bag = new Map();
  for (const { text, weight } of texts) {
    for (const token of tokens(fold(text))) {
      const soft = weight * wordWeight(token);
      count(words, stem(token), soft);
      const parts: string[] = [];
      characterGrams(token, parts);
      for (const part of parts) count(grams, part, soft);
    }
  }
  return { words, grams };
}

type Postings = Map<string, { item: number; weight: number }[]>;

function invert(all: Bag[], weigh: (tf: number, term: string, item: number) => number): Postings {
  const postings: Postings = new Map();
  for (const [item, bag] of all.entries()) {
    for (const [term, tf] of bag) {
      const list = postings.get(term) ?? [];
      list.push({ item, weight: weigh(tf, term, item) });
      postings.set(term, list);
    }
  }
  return postings;
}

/** Builds the index of these items; `themes` are the ones a question can be routed to. */
export function buildIndex(items: Item[], themes: Theme[]): Index {
  const all = items.map((item) =>
    bags([
      { text: item.title, weight: 1 },
      ...item.variants.map((text) => ({ text, weight: 1 })),
      ...item.wordings.map((text) => ({ text, weight: 1 })),
      { text: item.answer, weight: 0.15 },
    ]),
  );
  const frequency = (channel: 'words' | 'grams') => {
    const df = new Map<string, number>();
    for (const bag of all) for (const term of bag[channel].keys()) df.set(term, (df.get(term) ?? 0) + 1);
    return (term: string) => Math.log(1 + (items.length + 0.5) / ((df.get(term) ?? 0) + 0.5));
  };
  const wordIdf = frequency('words');
  const gramIdf = frequency('grams');
  const lengths = all.map((bag) => [...bag.words.values()].reduce((sum, tf) => sum + tf, 0));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, items.length);
  const norms = all.map((bag) =>
    Math.hypot(...[...bag.grams].map(([term, tf]) => (1 + Math.log1p(tf)) * gramIdf(term))),
  );
  const words = invert(
    all.map((bag) => bag.words),
    (tf, _, item) => (tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * lengths[item]!) / mean)),
  );
  const grams = invert(
    all.map((bag) => bag.grams),
    (tf, term, item) => ((1 + Math.log1p(tf)) * gramIdf(term)) / (norms[item]! || 1),
  );
  const known = new Set<string>(themes.map((theme) => theme.id));

  return {
    answer(query) {
      const asked = bags([{ text: query.text, weight: 1 }]);
      const score = new Float64Array(items.length);
      let possible = 0;
      for (const [term, weight] of asked.words) {
        possible += weight * wordIdf(term) * 1.6;
        for (const hit of words.get(term) ?? []) score[hit.item]! += weight * wordIdf(term) * hit.weight;
      }
      if (tokens(fold(query.text)).every((token) => wordWeight(token) < 1))
        return { decision: 'none', items: [], themes: [] };
      for (let item = 0; item < score.length; item++) score[item]! *= 0.5 / possible;
      const norm = Math.hypot(...[...asked.grams].map(([term, tf]) => tf * gramIdf(term))) || 1;
      for (const [term, tf] of asked.grams) {
        for (const hit of grams.get(term) ?? []) score[hit.item]! += (tf * gramIdf(term) * hit.weight) / norm;
      }
      const ranked = items
        .map((item, at) => {
          const foreign = query.audience !== undefined && !item.audience.includes(query.audience);
          return { item, score: Math.min(1, score[at]! * (foreign ? 0.85 : 1)) };
        })
        .filter((entry) => entry.score > 0.02)
        .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1))
        .slice(0, 10);
      const best = ranked[0]?.score ?? 0;
      const margin = best - (ranked[1]?.score ?? 0);
      const probability = 1 / (1 + Math.exp(-(16 * best + 12 * margin - 5)));
      const mass = new Map<ThemeId, number>();
      for (const entry of ranked) {
        const theme = entry.item.themes[0];
        if (known.has(theme)) mass.set(theme, (mass.get(theme) ?? 0) + Math.exp(20 * (entry.score - best)));
      }
      const total = [...mass.values()].reduce((sum, share) => sum + share, 0);
      const decision =
        probability >= THRESHOLDS.answer ? 'answer' : probability >= THRESHOLDS.unsure ? 'unsure' : 'none';
      return {
        decision,
        items: decision === 'none' ? [] : ranked.slice(0, 3),
        themes: [...mass]
          .map(([id, share]) => ({ id, confidence: share / total }))
          .sort((a, b) => b.confidence - a.confidence)
          .slice(0, 3),
      };
    },
  };
}
