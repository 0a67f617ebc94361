// A document as an item of Cosmos DB, and back. Knows no request.

import { randomUUID } from 'node:crypto';
import type { Facets, Stored, StoredDoc } from '../../app/ports.ts';
import { bodyWithin } from './document-limits.ts';

/** Of Cosmos DB: 2 MB an item, 1,023 bytes an id. A little is left for what the service adds. */
const MAX_ITEM_BYTES = 2_000_000;
export const MAX_ID_BYTES = 1_023;
/** How many writes back a document remembers. */
const TRAIL = 8;

export type Item = Facets & {
  id: string;
  pk: string;
  /** Partition and id in one, to put documents of the same moment in a fixed order. */
  key: string;
  kind: string;
  changedAt: number;
  /**
   * The last writes, newest first, by the name that the writer gave each. Each writer passes on what it read, so a
   * writer that got no answer can still find its own write, even below that of another.
   */
  writes: string[];
  body?: unknown;
  /** Instead of `body` where Cosmos DB might not give the characters back as they were. */
  json?: string;
};
export type Kept = Item & {
  _etag: string;
  /** When it was committed, in seconds, by the service's clock. */
  _ts: number;
};

export const versionOf = ({ _etag, writes }: Pick<Kept, '_etag' | 'writes'>) => [_etag, ...writes].join(' ');

/** Any text as an id: Cosmos DB forbids / \ ? # and some of its tools stumble over more. */
export function encode(text: string): string {
  return text.replace(/[^A-Za-z0-9_:@-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
export const decode = (id: string) => decodeURIComponent(id.replaceAll('~', '%'));

/** Throws RangeError for what SQLite or Cosmos DB would not give back intact. */
export function toItem(doc: StoredDoc, changedAt: number, earlier: string[]): Item {
  const { status, owner, service, due } = doc.facets ?? {};
  const json = bodyWithin(doc);
  const id = encode(doc.id);
  if (id.length > MAX_ID_BYTES) throw new RangeError(`an id has ${MAX_ID_BYTES} bytes at most when encoded`);
  const item: Item = {
    id,
    pk: doc.pk,
    key: `${encode(doc.pk)}/${id}`,
    kind: doc.kind,
    ...(status !== undefined && { status }),
    ...(owner !== undefined && { owner }),
    ...(service !== undefined && { service }),
    ...(due !== undefined && { due }),
    changedAt,
    writes: [randomUUID().slice(0, 13), ...earlier].slice(0, TRAIL),
    // U+0000 and half surrogate pairs, which JSON writes as escapes.
    ...(/\\u(?:0000|d[89a-f])/.test(json) ? { json } : { body: JSON.parse(json) }),
  };
  if (item.json !== undefined && Buffer.byteLength(JSON.stringify(item)) > MAX_ITEM_BYTES) {
    throw new RangeError(`a document has ${MAX_ITEM_BYTES} bytes at most when encoded`);
  }
  return item;
}

export function stored(item: Kept): Stored {
  const { id, pk, kind, status, owner, service, due, changedAt, json, body } = item;
  const facets: Facets = {
    ...(status !== undefined && { status }),
    ...(owner !== undefined && { owner }),
    ...(service !== undefined && { service }),
    ...(due !== undefined && { due }),
  };
  const doc: StoredDoc = { pk, id: decode(id), kind, body: json === undefined ? body : JSON.parse(json) };
  if (Object.keys(facets).length > 0) doc.facets = facets;
  return { doc, version: versionOf(item), changedAt };
}
