// Asks a service for the order of candidates. Knows its protocol; decides nothing about what is shown.

import { z } from 'zod/v4';
import type { Reranker } from '../app/ports.ts';

const answered = z.object({ scores: z.array(z.number()).max(100) });
const MOST_CHARACTERS = 20_000;

/**
 * POST `{"question", "candidates": [{"id", "title"}]}`, answered by `{"scores": [number]}` in the order of the candidates,
 * higher is better. Rejects on anything else: another status, a redirect (it could lead off the machine), other JSON.
 */
export function createReranker(url: string): Reranker {
  return {
    rerank: async (question, candidates, signal) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question, candidates }),
        redirect: 'error',
        signal,
      });
      if (!response.ok) throw new Error(`the reranker answered ${response.status}`);
      const text = await response.text();
      if (text.length > MOST_CHARACTERS) throw new Error('the reranker answered too much');
      return answered.parse(JSON.parse(text)).scores;
    },
  };
}
