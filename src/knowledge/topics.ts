// Which questions belong together: by an item, or by shared words. Pure and deterministic; knows no ticket, person or store.

import type { Item, ItemId } from '../domain/terms.ts';
import type { Explanation } from './engine.ts';
import type { Lexicon } from './lexicon.ts';
import type { Term } from './question.ts';
import { characterGrams, fold, stem, tokens, wordWeight } from './text.ts';
import { wordsIn } from './topic-words.ts';

/** Fitted on half of content's items by bench/topics.ts, which prints what they do on the other half. */
export type TopicSettings = {
  /** From this calibrated probability on, the first item is what a question is about. */
  anchorFrom: number;
  /** Least mean similarity, 0 to 1, between a question and those of the topic that it joins. */
  joinFrom: number;
  /** Share of the words in a similarity; the rest is for character n-grams. */
  words: number;
  /** Share of the candidates that the index ranked for both questions. */
  candidates: number;
};

export const TOPIC_SETTINGS: TopicSettings = { anchorFrom: 0.75, joinFrom: 0.25, words: 0.4, candidates: 0.35 };

/** What a question is compared by: numbers for words, n-grams and ranked items, with weights of length 1 together. */
export type Features = { keys: Int32Array; weights: Float32Array };

/**
 * How rare words and n-grams are in content, and how it writes them. Questions add nothing to it: what one more question
 * is compared by never changes what the others were.
 */
export interface Vocabulary {
  /** Takes in an item; all of them, before anything is compared. */
  add(item: Item): void;
  /** A text that adds spellings only: keywords, the lexicon. */
  addSpellings(text: string): void;
  /** How content mostly writes a stem; undefined when it does not have it. */
  spelling(stem: string): string | undefined;
  /** 0 to 1; 1 for what content does not have. */
  wordRarity(stem: string): number;
  gramRarity(key: number): number;
  /** A number for a name, always the same; below zero, apart from those of n-grams. */
  number(name: string): number;
}

/** Empty: takes in all of content first. */
export function createVocabulary(): Vocabulary {
  const spellings = new Map<string, Map<string, number>>();
  const documents = new Map<string, number>();
  const grams = new Map<number, number>();
  const numbers = new Map<string, number>();
  let items = 0;
  const addSpellings = (text: string): void => {
    for (const word of wordsIn(text)) {
      const counts = spellings.get(word.stem) ?? new Map<string, number>();
      counts.set(word.text, (counts.get(word.text) ?? 0) + 1);
      spellings.set(word.stem, counts);
    }
  };
  const rarity = (count: number): number =>
    Math.min(1, Math.log(1 + items / (count + 1)) / Math.log(1 + Math.max(1, items)));
  return {
    add(item) {
      items++;
      const texts = [item.title, ...item.variants, ...item.wordings];
      for (const text of texts) addSpellings(text);
      const words = [...texts, item.answer].flatMap((text) => tokens(fold(text)));
      for (const root of new Set(words.map(stem))) documents.set(root, (documents.get(root) ?? 0) + 1);
      const seen = new Set<number>();
      for (const text of texts) characterGrams(tokens(fold(text)), (key, _, passage) => passage && seen.add(key));
      for (const key of seen) grams.set(key, (grams.get(key) ?? 0) + 1);
    },
    addSpellings,
    spelling(root) {
      const counts = [...(spellings.get(root) ?? [])];
      return counts.sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))[0]?.[0];
    },
    wordRarity: (root) => rarity(documents.get(root) ?? 0),
    gramRarity: (key) => rarity(grams.get(key) ?? 0),
    number(name) {
      const number = numbers.get(name) ?? -1 - numbers.size;
      numbers.set(name, number);
      return number;
    },
  };
}

/** The texts of the lexicon: content's words as well. */
export function lexiconTexts({ abbreviations = [], synonyms = [] }: Lexicon): string[] {
  return [
    ...abbreviations.flatMap(({ short, full }) => [short, ...full]),
    ...synonyms.flatMap(({ terms = [], from, to = [] }) => [...terms, ...to, ...(from ? [from] : [])]),
  ];
}

/** What a question is compared by, from what the index read in it. */
export function featuresOf(
  text: string,
  { terms, ranked }: { terms: Pick<Term, 'stem' | 'weight'>[]; ranked: { item: { id: ItemId }; score: number }[] },
  vocabulary: Vocabulary,
  settings: TopicSettings = TOPIC_SETTINGS,
): Features {
  const parts: [Map<number, number>, number][] = [];
  const words = new Map<number, number>();
  for (const { stem: root, weight } of terms) words.set(vocabulary.number(root), weight * vocabulary.wordRarity(root));
  const grams = new Map<number, number>();
  characterGrams(tokens(fold(text)), (key, weight, passage) => {
    if (passage) grams.set(key, weight * vocabulary.gramRarity(key));
  });
  const items = new Map<number, number>();
  const best = ranked[0]?.score || 1;
  for (const { item, score } of ranked) {
    const share = Math.max(0, score / best);
    items.set(vocabulary.number(`item:${item.id}`), share * share);
  }
  parts.push([words, settings.words], [grams, 1 - settings.words - settings.candidates], [items, settings.candidates]);
  const all: [number, number][] = [];
  for (const [part, share] of parts) {
    const length = Math.sqrt([...part.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    for (const [key, weight] of part) if (weight > 0) all.push([key, (weight / length) * Math.sqrt(share)]);
  }
  return { keys: Int32Array.from(all, ([key]) => key), weights: Float32Array.from(all, ([, weight]) => weight) };
}

/** The same of a question that is known to be about an item, without asking the index: that is most of the work. */
export function featuresOfKnown(
  text: string,
  item: ItemId,
  vocabulary: Vocabulary,
  settings: TopicSettings = TOPIC_SETTINGS,
): Features {
  const terms = tokens(fold(text)).map((word) => ({ stem: stem(word), weight: wordWeight(word) }));
  return featuresOf(text, { terms, ranked: [{ item: { id: item }, score: 1 }] }, vocabulary, settings);
}

/** The item that a question is about, when the index is sure. */
export function anchorOf(
  { probability, ranked }: Pick<Explanation, 'probability' | 'ranked'>,
  settings: TopicSettings = TOPIC_SETTINGS,
): ItemId | undefined {
  return probability >= settings.anchorFrom ? ranked[0]?.item.id : undefined;
}

/**
 * A question as a grouping takes it in. `topic` is where it belongs for certain: others may join it there. Ids are
 * opaque.
 */
export type Member<Topic extends string> = { features: Features; topic?: Topic };

/** The topics of one theme, as its questions come in one by one. */
export interface Grouping<Topic extends string> {
  /** The topic of a question that arrived after all others; `own` is the id of a new one, when it is like no other. */
  add(member: Member<Topic>, own: Topic): Topic;
}

/**
 * Puts questions together: each joins the topic whose questions it is on average most like, when that is enough, and
 * otherwise starts one. What came earlier is never moved, so the outcome follows from the questions in their order of
 * arrival alone, and one more question changes nothing about the others.
 */
export function createGrouping<Topic extends string>(settings: TopicSettings = TOPIC_SETTINGS): Grouping<Topic> {
  /**
   * Per feature, the topics that have it, each with the sum of its weights over their questions behind it. One list made
   * with its first two numbers, as most features have one topic: an empty one that is pushed to takes room for 17.
   */
  const sums = new Map<number, number[]>();
  const topics: { id: Topic; size: number }[] = [];
  const numbers = new Map<Topic, number>();

  const mostAlike = ({ keys, weights }: Features): Topic | undefined => {
    const alike = new Map<number, number>();
    for (const [index, key] of keys.entries()) {
      const list = sums.get(key);
      if (!list) continue;
      for (let at = 0; at < list.length; at += 2) {
        const topic = list[at]!;
        alike.set(topic, (alike.get(topic) ?? 0) + weights[index]! * list[at + 1]!);
      }
    }
    let best: number | undefined;
    let most = settings.joinFrom;
    for (const [topic, sum] of alike) {
      const mean = sum / topics[topic]!.size;
      if (mean < most || (mean === most && best !== undefined && best < topic)) continue;
      most = mean;
      best = topic;
    }
    return best === undefined ? undefined : topics[best]!.id;
  };

  return {
    add({ features, topic }, own) {
      const id = topic ?? mostAlike(features) ?? own;
      const number = numbers.get(id) ?? topics.push({ id, size: 0 }) - 1;
      numbers.set(id, number);
      topics[number]!.size++;
      for (const [index, key] of features.keys.entries()) {
        const weight = features.weights[index]!;
        const list = sums.get(key);
        if (!list) {
          sums.set(key, [number, weight]);
          continue;
        }
        let at = list.length - 2;
        while (at >= 0 && list[at] !== number) at -= 2;
        if (at >= 0) list[at + 1]! += weight;
        else list.push(number, weight);
      }
      return id;
    },
  };
}
