// How often somebody may come to a door. The only importer of rate-limiter-flexible; counts in the memory of one process.

import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '../../app/ports.ts';

const WINDOW_SECONDS = 60;

/** So many times a minute, each person or tenant for itself. With several instances each counts its own share. */
export function createRateLimit(perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  return async (who) => {
    try {
      await limiter.consume(who);
      return 'fine';
    } catch (result) {
      return (result as RateLimiterRes).consumedPoints === perMinute + 1 ? 'first-too-many' : 'too-many';
    }
  };
}
