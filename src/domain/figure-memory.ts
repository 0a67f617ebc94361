// Remembers the figures of a period until something in it changes. Pure; counts nothing itself.

import { type Base, type Figures, measure, measureWithPrevious } from './measures.ts';
import { type Context, type Filters, windowOf } from './selection.ts';
import type { Instant } from './terms.ts';

/** Views that are remembered; of each of them a few kilobytes. */
const MOST = 200;

/**
 * Gives what `measure` and `measureWithPrevious` give. A change counts in no period that ended before the first moment
 * of what it is about: see `changedFrom` of the fact table. Of a period under way the moment itself counts.
 */
export function createFigureMemory() {
  const kept = new Map<string, { to: Instant; figures: Figures }>();
  let meaning = '';

  function figures(base: Base, context: Context, filters: Filters): Figures {
    const { directory, survey, now, namesOf } = context;
    const meant = JSON.stringify([directory, survey]);
    if (meant !== meaning) kept.clear();
    meaning = meant;
    const { to } = windowOf(filters, now);
    const sorted = Object.entries(filters).filter(([, wanted]) => wanted !== undefined);
    const key = JSON.stringify([sorted.sort(), namesOf, to > now ? now : 'over']);
    const found = kept.get(key)?.figures ?? measure(base, context, filters);
    // Put last again, so that what was not asked for the longest goes first.
    kept.delete(key);
    kept.set(key, { to, figures: found });
    if (kept.size > MOST) kept.delete(kept.keys().next().value!);
    return found;
  }

  return {
    /** Forgets every period that did not end before this moment. */
    changed(from: Instant): void {
      for (const [key, { to }] of kept) if (to > from) kept.delete(key);
    },
    figures,
    withPrevious: (base: Base, context: Context, filters: Filters) =>
      measureWithPrevious(base, context, filters, figures),
  };
}
