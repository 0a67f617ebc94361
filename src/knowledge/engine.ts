// The index: text in, ranked items and a theme out. Pure and deterministic; knows no file, no person, no ticket.

import type { Audience, Item, Theme, ThemeId } from '../domain/terms.ts';

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

export declare function buildIndex(items: Item[], themes: Theme[]): Index;
