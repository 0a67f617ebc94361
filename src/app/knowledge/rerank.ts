// Lets an optional reranker put the choices in another order, within a deadline. Knows no service; without one, does nothing.

import type { Answer, Query } from '../../knowledge/engine.ts';
import type { Reranker } from '../ports.ts';
import { masked } from '../questions/form-check.ts';
import type { App } from '../questions/tickets.ts';
import { inTime } from '../running/in-time.ts';

/** What a person waits at most for a better order. */
const DEADLINE_MS = 400;
const SHOWN = 3;

/**
 * The choices in the order of the reranker, taken from the ten best of the index; the decision and the themes stay.
 * Only choices are put in order: thresholds belong to an index and a reranker together, none were fitted for this one,
 * so it can make nothing sure, and what is sure without it is not asked. Late, failing or odd: the index's own order.
 */
export async function reordered(
  app: Pick<App, 'knowledge' | 'log'>,
  reranker: Reranker,
  query: Query,
): Promise<Answer> {
  const { answer, ranked } = app.knowledge.explain(query);
  if (answer.decision !== 'unsure') return answer;
  const known = new Map(answer.items.map((one) => [one.item.id, one]));
  const least = Math.min(...answer.items.map(({ score }) => score));
  const candidates = ranked.map(({ item, foreign }) => {
    const shown = known.get(item.id);
    return shown ?? { item, score: least, ...(foreign ? { foreign: true as const } : {}) };
  });
  const question = masked(query.text);
  try {
    const scores = await inTime(DEADLINE_MS, (signal) =>
      reranker.rerank(
        question,
        candidates.map(({ item: { id, title } }) => ({ id, title })),
        signal,
      ),
    );
    if (scores.length !== candidates.length || !scores.every(Number.isFinite)) throw new Error('odd scores');
    const order = candidates.map((one, at) => ({ one, score: scores[at]! })).sort((a, b) => b.score - a.score);
    return { ...answer, items: order.slice(0, SHOWN).map(({ one }) => one) };
  } catch (error) {
    app.log.warn({ error: String(error) }, 'the reranker did not help; the order of the index stands');
    return answer;
  }
}
