// Asks a service for the order of candidates. Knows its protocol; decides nothing about what is shown.

import { z } from 'zod/v4';
import type { Reranker } from '../../app/ports.ts';
import { post } from './post.ts';

const answered = z.object({ scores: z.array(z.number()).max(100) });
const MOST_BYTES = 20_000;

/**
 * POST `{"question", "candidates": [{"id", "title"}]}`, answered by `{"scores": [number]}` in the order of the candidates,
 * higher is better. Rejects on anything else.
 */
export function createReranker(url: string): Reranker {
  return {
    rerank: async (question, candidates, signal) =>
      answered.parse(await post({ url, body: { question, candidates }, most: MOST_BYTES, signal })).scores,
  };
}
