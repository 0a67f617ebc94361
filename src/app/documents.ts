// Reads a document, lets it be edited and saves it, again when somebody else was first. Knows no kind of document.

import type { Facets, Store } from './ports.ts';

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
