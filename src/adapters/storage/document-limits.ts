// What every store of documents takes, so that what one keeps another can. Knows no store.

import type { StoredDoc } from '../../app/ports.ts';

const MAX_BODY_BYTES = 1_500_000;
const MAX_KEY_BYTES = 1_000;

/** The body of a document as JSON. Throws RangeError for what SQLite or Cosmos DB would not give back intact. */
export function bodyWithin(doc: StoredDoc): string {
  const { status, owner, service, due } = doc.facets ?? {};
  for (const key of [doc.pk, doc.id, doc.kind]) {
    if (key === '') throw new RangeError('a document needs a pk, an id and a kind');
  }
  for (const key of [doc.pk, doc.id, doc.kind, status, owner, service]) {
    if (key !== undefined && (key.includes('\0') || !key.isWellFormed())) {
      throw new RangeError('keys and facets hold no U+0000 and no half surrogate pair');
    }
    if (key !== undefined && Buffer.byteLength(key) > MAX_KEY_BYTES) {
      throw new RangeError(`keys and facets have ${MAX_KEY_BYTES} bytes at most`);
    }
  }
  if (due !== undefined && !Number.isSafeInteger(due)) throw new RangeError(`due is whole milliseconds, not ${due}`);
  // JSON writes U+0000 and half surrogate pairs as escapes, so a body may hold them.
  const body: string | undefined = JSON.stringify(doc.body);
  if (body === undefined) throw new RangeError('a body is a JSON value');
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_BODY_BYTES) throw new RangeError(`a body has ${MAX_BODY_BYTES} bytes at most, not ${bytes}`);
  return body;
}
