// The index: text in, ranked items and a theme out. Pure and deterministic; knows no file, no person, no ticket.

import type { Audience, Item, ItemId, Theme, ThemeId } from '../domain/terms.ts';
import { compileLexicon, type Lexicon } from './lexicon.ts';
import defaultModel from './model.json' with { type: 'json' };
import { type Model, probability, type Signal } from './model.ts';
import { readQuestion, type Term } from './question.ts';
import { candidates, FEATURES, type Feature, gramScores, gramsOf } from './rank.ts';
import { judge, order, routes, signalsOf, themeAsItem } from './score.ts';
import { addItem, createStore, removeItem, type Store, tidy } from './store.ts';
import { fold, stem, tokens, wordWeight } from './text.ts';
import { ENOUGH_WORDS } from './wordings.ts';

export type Query = { text: string; audience?: Audience };

/** `score` runs from 0 to 1 and is comparable within one answer; `foreign` marks an item meant for another audience. */
export type Ranked = { item: Item; score: number; foreign?: true };

export type Answer = {
  /** answer: the first item is shown as the answer; unsure: up to 3 choices; none: nothing fits. */
  decision: 'answer' | 'unsure' | 'none';
  /** At most 3, best first; empty when the decision is none. */
  items: Ranked[];
  /** Most likely themes, best first, confidences 0 to 1; empty when nothing points anywhere. */
  themes: { id: ThemeId; confidence: number }[];
};

/** Everything that led to an answer, for the person who wonders why. */
export type Explanation = {
  answer: Answer;
  /** Calibrated probability that the first item answers the question. */
  probability: number;
  terms: Term[];
  signals: Record<Signal, number>;
  ranked: { item: Item; score: number; features: Record<Feature, number>; foreign: boolean; apart: boolean }[];
};

export interface Index {
  answer(query: Query): Answer;
  /** The same with what it rests on; up to 10 ranked items, also when the decision is none. */
  explain(query: Query): Explanation;
  /** Known questions that begin like, or resemble, what was typed so far; best first. */
  suggest(prefix: string, limit?: number): Item[];
  /** Adds an item, or puts it in the place of the one with its id. */
  replace(item: Item): void;
  /** Takes an item out; false when it was not there. */
  remove(id: ItemId): boolean;
  /** Takes other names and keywords of the themes, and which of them a question can be routed to. */
  describe(themes: readonly Theme[]): void;
  size(): number;
}

const SHOWN = 3;
const RANKED = 10;
const SEVERAL_WORDINGS = 3;
const DEAD_SHARE = 1;
const COMMON_SHARE = 0.05;
const LEAST_SUPPORT = 0.5;
/** A word alone leaves open what is asked, so an answer to it has to be surer than one to a question. */
const SURE_OF_ONE_WORD = 0.94;
const LEAST_DEAD = 1_000;

/**
 * Builds the index of these items. `themes` are the ones a question can be routed to (empty: every item's own theme).
 * Without a lexicon only the items' own words count. `model` is for training and tests.
 */
export function buildIndex(
  items: Item[],
  themes: Theme[],
  lexicon?: Lexicon,
  model: Model = defaultModel as Model,
): Index {
  let store = createStore();
  const compiled = lexicon === undefined ? undefined : compileLexicon(lexicon);
  const mentioned = new Map<ItemId, number[]>();
  let known = new Set<string>();
  let keywords = createStore();
  let wordings = 0;

  const add = (item: Item) => {
    addItem(store, item);
    wordings += 1 + item.variants.length + item.wordings.length;
    if (compiled !== undefined && compiled.groups.length > 0) {
      const words = [item.title, ...item.variants].flatMap((text) => tokens(fold(text)));
      mentioned.set(item.id, compiled.mentions(words.map(stem)));
    }
  };
  const remove = (id: ItemId): boolean => {
    const document = store.documentOf.get(id);
    if (document === undefined) return false;
    const item = store.items[document]!;
    wordings -= 1 + item.variants.length + item.wordings.length;
    mentioned.delete(id);
    removeItem(store, id);
    const dead = store.items.length - store.live;
    if (dead > LEAST_DEAD && dead > store.live * DEAD_SHARE) store = rebuilt(store);
    return true;
  };
  for (const item of items) {
    remove(item.id);
    add(item);
  }
  tidy(store);
  const describe = (own: readonly Theme[]): void => {
    const inUse = own.filter(({ retired }) => !retired);
    known = new Set(inUse.map(({ id }) => id));
    keywords = createStore();
    for (const theme of inUse) addItem(keywords, themeAsItem(theme));
    tidy(keywords);
  };
  describe(themes);

  const rank = (query: Query) => {
    const expand = compiled === undefined ? undefined : (stems: string[]) => compiled.expand(query.text, stems);
    const question = readQuestion(store, query.text, expand);
    const grams = gramsOf(question.words);
    const found = candidates(store, question, grams);
    const judged = judge(found, store, query.audience, question.stems, compiled, mentioned);
    const part = wordings >= SEVERAL_WORDINGS * store.live ? model.several : model.single;
    return { question, part, scored: order(judged, part.ranking), described: gramScores(keywords, grams) };
  };

  const decide = (query: Query) => {
    const { question, part, scored, described } = rank(query);
    const themeShares = routes(scored, model, known, described);
    const signals = signalsOf(scored, question.terms, question.words, themeShares[0]);
    const silent = scored.length === 0 || question.words.every((word) => wordWeight(word) < 1 || word.length < 2);
    const { thresholds } = model;
    const fitted = silent ? 0 : probability(part.calibration, signals);
    const sure = tooLittle(question.terms, store, signals, fitted)
      ? Math.min(fitted, thresholds.answer - 0.01)
      : fitted;
    const decision = sure >= thresholds.answer ? 'answer' : sure >= thresholds.unsure ? 'unsure' : 'none';
    const best = scored[0]?.score || 1;
    const answer: Answer = {
      decision,
      items:
        decision === 'none'
          ? []
          : scored.slice(0, SHOWN).map(({ item, score: own, foreign }) => ({
              item,
              score: sure * Math.max(0, Math.min(1, own / best)),
              ...(foreign ? { foreign: true as const } : {}),
            })),
      themes: silent ? [] : themeShares.slice(0, SHOWN).map(({ id, confidence }) => ({ id, confidence })),
    };
    return { answer, probability: sure, terms: question.terms, signals, scored };
  };

  const explain = (query: Query): Explanation => {
    const { scored, ...rest } = decide(query);
    return {
      ...rest,
      ranked: scored.slice(0, RANKED).map(({ item, score: own, features, foreign, apart }) => ({
        item,
        score: own,
        features: Object.fromEntries(FEATURES.map((name, at) => [name, features[at]!])) as Record<Feature, number>,
        foreign,
        apart,
      })),
    };
  };

  return {
    answer: (query) => decide(query).answer,
    explain,
    suggest(prefix, limit = 5) {
      const start = fold(prefix).trim();
      if (tokens(start).join('').length < 2) return [];
      const question = readQuestion(store, start, undefined);
      return candidates(store, question)
        .map(({ document, features }) => {
          const item = store.items[document]!;
          const title = fold(item.title);
          const bonus = title.startsWith(start) ? 2 : ` ${title}`.includes(` ${start}`) ? 1 : 0;
          return { item, score: bonus + features[1]! + 0.5 * features[4]! };
        })
        .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1))
        .slice(0, limit)
        .map((hit) => hit.item);
    },
    replace(item) {
      remove(item.id);
      add(item);
    },
    remove,
    describe,
    size: () => store.live,
  };
}

/**
 * Whether the best item rests on one word only: the one word asked, when a good part of the items have it or it stands in
 * one wording by chance (`support`: how well the item's next wordings fit, against its best; `sure`: the calibrated
 * probability), or the one word of several that it has (`matched`). Enough for a choice, never for an answer.
 */
function tooLittle(terms: Term[], store: Store, signals: Record<Signal, number>, sure: number): boolean {
  const { matched, support } = signals;
  const carrying = terms.filter(({ source, weight }) => source === 'question' && weight === 1);
  if (carrying.length > 1) return matched * ENOUGH_WORDS <= 1;
  const documents = store.wordLists.documents[carrying[0]?.term ?? -1] ?? 0;
  return documents > COMMON_SHARE * store.live || support < LEAST_SUPPORT || sure < SURE_OF_ONE_WORD;
}

/** The live items in a fresh store: the dead entries of many removals cost time and memory. */
function rebuilt(old: Store): Store {
  const store = createStore();
  for (const item of old.items) if (item !== undefined) addItem(store, item);
  tidy(store);
  return store;
}
