// What training writes and ranking reads: weights, calibration and thresholds. Knows no question and no item.

import type { Feature } from './rank.ts';

/** Signals on which the probability that the first item answers the question rests. */
export const SIGNALS = [
  'grams',
  'words',
  'coverage',
  'unknown',
  'bestWording',
  'bestWordings',
  'wordingCoverage',
  'margin',
  'theme',
  'length',
  'foreign',
  'support',
  'matched',
  'outside',
  'themeWords',
] as const;
export type Signal = (typeof SIGNALS)[number];

export type Calibration = { bias: number; weights: Record<Signal, number> };

export type Ranking = {
  features: Partial<Record<Feature, number>>;
  /** Weight of the item's theme's share among the first candidates. */
  themeShare: number;
  /** Taken off an item that is not meant for the requester, and one about the other term of a must-stay-apart set. */
  foreign: number;
  apart: number;
  /** Taken off material: an answer goes before a pointer to where one may be. */
  material: number;
};

type Part = { ranking: Ranking; calibration: Calibration };

export type Model = {
  /** SHA-256 of each file that training read, by name. */
  inputs: Record<string, string>;
  /** For an index whose items have several wordings each, and for one with a single text per item. */
  several: Part;
  single: Part;
  /** Softmax over the candidates' themes. */
  theme: { share: number; best: number; keywords: number };
  thresholds: { answer: number; unsure: number };
};

/** The probability that belongs to these signals. */
export function probability(calibration: Calibration, signals: Record<Signal, number>): number {
  let z = calibration.bias;
  for (const signal of SIGNALS) z += calibration.weights[signal] * signals[signal];
  return 1 / (1 + Math.exp(-z));
}
