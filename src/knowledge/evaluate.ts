// Measures an index on questions with known answers. Pure; knows no file and no screen.

import type { Audience } from '../domain/terms.ts';
import type { Index } from './engine.ts';

export type EvaluationQuery = {
  id: string;
  text: string;
  relevant?: string[];
  theme?: string | null;
  audience?: Audience;
};

export type Evaluation = {
  queries: number;
  mrr10: number;
  hit1: number;
  hit3: number;
  recall10: number;
  ndcg10: number;
  /** Of the queries that name a theme: how often it is the first, and among the first two. */
  themeAccuracy?: number;
  themeAccuracyTop2?: number;
  /** Calibration error of the first theme's confidence. */
  themeEce?: number;
  decisions: { answer: number; unsure: number; none: number };
  /** Share of right answers among those shown as sure; queries without an answer count as wrong. */
  precisionAtAnswer: number;
  /** Share of the queries that have an answer for which one is shown as sure. */
  coverage: number;
  outOfScope?: { auroc: number; falseAnswers: number };
  ece: number;
  latencyMs: { p50: number; p99: number };
  perQuery: { id: string; top: string[]; p: number; decision: string; theme: string | null }[];
};

const mean = (values: number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Expected calibration error in ten bins of equal width. */
export function calibrationError(pairs: { p: number; right: boolean }[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = pairs.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === bin);
    if (inside.length === 0) continue;
    const gap = Math.abs(mean(inside.map(({ p }) => p)) - mean(inside.map(({ right }) => Number(right))));
    error += (gap * inside.length) / pairs.length;
  }
  return error;
}

/** Probability that a value of the first list exceeds one of the second; ties count half. */
export function auroc(inside: number[], outside: number[]): number {
  let wins = 0;
  for (const high of inside) for (const low of outside) wins += high > low ? 1 : high === low ? 0.5 : 0;
  return wins / Math.max(1, inside.length * outside.length);
}

/**
 * Asks every query once. Queries without relevant items take no part in the ranking figures but do in the decisions.
 * A query's own audience goes before `audience`. `now` gives milliseconds.
 */
export function evaluate(
  index: Pick<Index, 'explain'>,
  queries: EvaluationQuery[],
  options: { outOfScope?: EvaluationQuery[]; audience?: Audience; now: () => number },
): Evaluation {
  const ask = ({ text, audience = options.audience }: EvaluationQuery) =>
    index.explain(audience === undefined ? { text } : { text, audience });
  for (const query of queries.slice(0, 200)) ask(query);
  const times: number[] = [];
  const results = queries.map((query) => {
    const start = options.now();
    const { answer, probability, ranked } = ask(query);
    times.push(options.now() - start);
    const top: string[] = ranked.map(({ item }) => item.id);
    const relevant = new Set(query.relevant ?? []);
    const at = top.findIndex((id) => relevant.has(id));
    const gain = top.reduce((sum, id, rank) => sum + (relevant.has(id) ? 1 / Math.log2(rank + 2) : 0), 0);
    const ideal = [...relevant].slice(0, 10).reduce((sum, _, rank) => sum + 1 / Math.log2(rank + 2), 0);
    return {
      query,
      top,
      at,
      p: probability,
      decision: answer.decision,
      themes: answer.themes,
      ndcg: ideal > 0 ? gain / ideal : 0,
      recall: relevant.size > 0 ? top.filter((id) => relevant.has(id)).length / relevant.size : 0,
    };
  });
  const answerable = results.filter(({ query }) => (query.relevant ?? []).length > 0);
  const sure = results.filter(({ decision }) => decision === 'answer');
  const themed = results.filter(({ query }) => typeof query.theme === 'string' && (query.relevant ?? []).length > 0);
  const outside = options.outOfScope?.map((query) => ask(query));
  times.sort((a, b) => a - b);
  return {
    queries: queries.length,
    mrr10: mean(answerable.map(({ at }) => (at < 0 ? 0 : 1 / (at + 1)))),
    hit1: mean(answerable.map(({ at }) => Number(at === 0))),
    hit3: mean(answerable.map(({ at }) => Number(at >= 0 && at < 3))),
    recall10: mean(answerable.map(({ recall }) => recall)),
    ndcg10: mean(answerable.map(({ ndcg }) => ndcg)),
    ...(themed.length === 0
      ? {}
      : {
          themeAccuracy: mean(themed.map(({ query, themes }) => Number(themes[0]?.id === query.theme))),
          themeAccuracyTop2: mean(
            themed.map(({ query, themes }) => Number(themes.slice(0, 2).some(({ id }) => id === query.theme))),
          ),
          themeEce: calibrationError(
            themed.map(({ query, themes }) => ({
              p: themes[0]?.confidence ?? 0,
              right: themes[0]?.id === query.theme,
            })),
          ),
        }),
    decisions: {
      answer: sure.length,
      unsure: results.filter(({ decision }) => decision === 'unsure').length,
      none: results.filter(({ decision }) => decision === 'none').length,
    },
    precisionAtAnswer: mean(sure.map(({ at }) => Number(at === 0))),
    coverage: mean(answerable.map(({ decision }) => Number(decision === 'answer'))),
    ...(outside === undefined
      ? {}
      : {
          outOfScope: {
            auroc: auroc(
              answerable.map(({ p }) => p),
              outside.map(({ probability: p }) => p),
            ),
            falseAnswers: mean(outside.map(({ answer }) => Number(answer.decision === 'answer'))),
          },
        }),
    ece: calibrationError(results.map(({ p, at }) => ({ p, right: at === 0 }))),
    latencyMs: { p50: times[Math.floor(times.length * 0.5)] ?? 0, p99: times[Math.floor(times.length * 0.99)] ?? 0 },
    perQuery: results.map(({ query, top, p, decision, themes }) => ({
      id: query.id,
      top,
      p,
      decision,
      theme: themes[0]?.id || null,
    })),
  };
}
