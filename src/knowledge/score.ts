// Orders the candidates, spreads them over themes and sums up how sure they make us. Knows the model's numbers only by name.

import type { Audience, Item, ItemId, Theme, ThemeId } from '../domain/terms.ts';
import { type CompiledLexicon, conflict } from './lexicon.ts';
import type { Model, Ranking, Signal } from './model.ts';
import { outsideShare } from './outside.ts';
import type { Term } from './question.ts';
import { type Candidate, FEATURES, type Feature } from './rank.ts';
import type { Store } from './store.ts';

export type Judged = { features: Float32Array; item: Item; foreign: boolean; apart: boolean };
/** A theme with its calibrated confidence and how well its own description fits. */
type Route = { id: ThemeId; confidence: number; keywords: number };
export type Scored = Judged & { score: number };

/** Looks up what else counts about each candidate: for whom it is meant, and whether it is about the other term of a set. */
export function judge(
  found: Candidate[],
  store: Store,
  audience: Audience | undefined,
  stems: string[],
  compiled: CompiledLexicon | undefined,
  mentioned: Map<ItemId, number[]>,
): Judged[] {
  const asked = compiled?.mentions(stems) ?? [];
  return found.map(({ features, document }) => {
    const item = store.items[document]!;
    return {
      features,
      item,
      foreign: audience !== undefined && item.audience.length > 0 && !item.audience.includes(audience),
      apart:
        compiled !== undefined && asked.length > 0 && conflict(compiled.groups, asked, mentioned.get(item.id) ?? []),
    };
  });
}

/** Scores and sorts, best first; equal scores by item id. */
export function order(judged: Judged[], model: Ranking): Scored[] {
  const weights = FEATURES.map((name) => model.features[name] ?? 0);
  const scored = judged.map((entry): Scored => {
    let sum = 0;
    for (let at = 0; at < weights.length; at++) sum += weights[at]! * entry.features[at]!;
    const less =
      (entry.foreign ? model.foreign : 0) +
      (entry.apart ? model.apart : 0) +
      (entry.item.kind === 'material' ? model.material : 0);
    return { ...entry, score: sum - less };
  });
  const shares = votes(scored);
  for (const entry of scored) entry.score += model.themeShare * (shares.get(entry.item.themes[0]) ?? 0);
  return scored.sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1));
}

/** Each theme's share of the candidates' votes. */
function votes(scored: Scored[]): Map<ThemeId, number> {
  let best = 0;
  for (const entry of scored) best = Math.max(best, entry.score);
  const mass = new Map<ThemeId, number>();
  if (best <= 0) return mass;
  let total = 0;
  for (const { item, score: own } of scored) {
    // To the eighth: how steeply a candidate's vote falls with its distance from the best one.
    const near = Math.max(0, own / best);
    const vote = near * near * near * near * near * near * near * near;
    total += vote;
    mass.set(item.themes[0], (mass.get(item.themes[0]) ?? 0) + vote);
  }
  for (const [theme, sum] of mass) mass.set(theme, sum / total);
  return mass;
}

/**
 * What each theme of the candidates has going for it: its share of the votes, its best item, its own description
 * (`described`: how well that fits, by theme). Only `known` themes count, all when none is known.
 */
export function themeSignals(
  scored: Scored[],
  known: Set<string>,
  described: Map<string, number>,
): { id: ThemeId; share: number; best: number; keywords: number }[] {
  const top = scored[0]?.score ?? 0;
  const shares = votes(scored);
  const found = new Map<ThemeId, { id: ThemeId; share: number; best: number; keywords: number }>();
  for (const { item, score: own } of scored) {
    const id = item.themes[0];
    if (known.size > 0 && !known.has(id)) continue;
    const best = top > 0 ? own / top : 0;
    const before = found.get(id);
    if (before === undefined) found.set(id, { id, share: shares.get(id) ?? 0, best, keywords: described.get(id) ?? 0 });
  }
  return [...found.values()];
}

/** Themes with their confidence, best first. */
export function routes(
  scored: Scored[],
  model: Pick<Model, 'theme'>,
  known: Set<string>,
  described: Map<string, number>,
): Route[] {
  const all = themeSignals(scored, known, described).map((theme) => ({
    id: theme.id,
    keywords: theme.keywords,
    weight: Math.exp(
      model.theme.share * theme.share + model.theme.best * theme.best + model.theme.keywords * theme.keywords,
    ),
  }));
  const total = all.reduce((sum, theme) => sum + theme.weight, 0);
  return all
    .map(({ id, weight, keywords: described }) => ({ id, confidence: weight / total, keywords: described }))
    .sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
}

/** The signals the calibration rests on. */
export function signalsOf(
  scored: Scored[],
  terms: Term[],
  words: string[],
  theme: Route | undefined,
): Record<Signal, number> {
  const first = scored[0];
  const of = (feature: Feature) => first?.features[FEATURES.indexOf(feature)] ?? 0;
  const margin = first === undefined || first.score <= 0 ? 0 : 1 - Math.max(0, scored[1]?.score ?? 0) / first.score;
  const asked = terms.filter((term) => term.source === 'question');
  const total = asked.reduce((sum, term) => sum + term.weight, 0) || 1;
  const unknown = asked.reduce((sum, term) => sum + (term.term < 0 ? term.weight : 0), 0) / total;
  return {
    grams: of('grams'),
    words: of('words'),
    coverage: of('coverage'),
    unknown,
    bestWording: of('bestWording'),
    bestWordings: of('bestWordings'),
    wordingCoverage: of('wordingCoverage'),
    margin,
    theme: theme?.confidence ?? 0,
    length: Math.min(1, total / 12),
    foreign: first?.foreign ? 1 : 0,
    support: of('bestWording') > 0 ? of('bestWordings') / of('bestWording') : 0,
    matched: of('matched'),
    outside: outsideShare(words),
    themeWords: theme?.keywords ?? 0,
  };
}

/** The document that stands for a theme: its name, keywords and description. */
export function themeAsItem(theme: Theme): Item {
  return {
    id: theme.id as string as ItemId,
    kind: 'faq',
    title: theme.name,
    variants: theme.keywords,
    wordings: [],
    answer: theme.description,
    themes: [theme.id],
    audience: [],
    sources: [],
    writtenOn: '',
    status: 'reviewed',
    owner: '' as Item['owner'],
  };
}
