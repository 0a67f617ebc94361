// Documents without their meaning: edited and saved, again when somebody else was first, and listed page by page.

import { hash } from 'node:crypto';
import type { Facets, Filter, Store, Stored } from './ports.ts';

/**
 * Saves what `edit` makes of the body that is there (undefined when there is none) and returns it.
 * Returning the same body, or undefined, saves nothing. `facets` may follow from the new body.
 */
export async function keep<Body>(
  store: Store,
  at: { pk: string; kind: string; facets?: Facets | ((body: Body) => Facets) },
  edit: (before: Body | undefined) => Body | undefined,
): Promise<Body | undefined> {
  for (;;) {
    const stored = await store.read(at.pk, at.pk);
    const before = stored?.doc.body as Body | undefined;
    const body = edit(before);
    if (body === undefined || body === before) return before;
    const facets = typeof at.facets === 'function' ? at.facets(body) : at.facets;
    const document = { pk: at.pk, id: at.pk, kind: at.kind, body, ...(facets ? { facets } : {}) };
    const outcome = stored
      ? (await store.replace(document, stored.version)).outcome
      : (await store.create(document)).outcome;
    if (outcome === 'saved' || outcome === 'created') return body;
  }
}

/** An id that follows from what is done, so that doing it again meets what is there: 22 signs of base64url. */
export const idFrom = (...parts: readonly (string | number)[]): string =>
  hash('sha256', parts.join('\n'), 'base64url').slice(0, 22);

const PAGE = 500;

/** Every document that a filter finds, oldest change first, read page by page. */
export async function* documentsOf(store: Store, filter: Filter): AsyncGenerator<Stored> {
  let cursor: string | undefined;
  do {
    const page = await store.list(filter, { limit: PAGE, ...(cursor ? { cursor } : {}) });
    yield* page.docs;
    cursor = page.next;
  } while (cursor);
}
