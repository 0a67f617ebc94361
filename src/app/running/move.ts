// Copies every document from one store to another, and proves that both hold the same. Knows no database.

import { hash } from 'node:crypto';
import { IDENTITY } from '../figures/follow.ts';
import type { Store, Stored } from '../ports.ts';

const PAGE = 200;
/** Writes under way at once. A store that is a file does them in the order in which they come. */
const AT_ONCE = 16;
/** Who does what at this moment and which store this is: worth nothing elsewhere. */
const isLeftOut = ({ pk, kind }: Stored['doc']): boolean => kind === 'lease' || pk === IDENTITY;

/** `checksum` does not depend on the order of documents, nor on that of the fields in them. */
export type Summary = { documents: number; kinds: Record<string, number>; checksum: string };

/**
 * Reads everything that is moved, or with `whole` everything there is. Documents that change meanwhile may be counted as
 * they were or as they are.
 */
export async function summarise(
  store: Store,
  progress: (documents: number) => void = () => {},
  { whole = false } = {},
): Promise<Summary> {
  const digests = new Map<string, { kind: string; digest: Uint8Array }>();
  for await (const page of pagesOf(store, (doc) => whole || !isLeftOut(doc))) {
    for (const { doc } of page) {
      const digest = hash('sha256', canonical(doc), 'buffer').subarray(0, 16);
      digests.set(`${doc.pk}\n${doc.id}`, { kind: doc.kind, digest });
    }
    progress(digests.size);
  }
  const kinds: Record<string, number> = {};
  const sum = new Uint8Array(16);
  for (const { kind, digest } of digests.values()) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    for (const [n, byte] of digest.entries()) sum[n] = sum[n]! ^ byte;
  }
  return { documents: digests.size, kinds, checksum: Buffer.from(sum).toString('hex') };
}

export type Moved = { written: number; there: number };

/**
 * Writes what the target lacks and what it has otherwise; what it has already is left alone, so a copy that was cut
 * off goes on where it was. Nothing else may write to either store meanwhile.
 */
export async function move(from: Store, to: Store, progress: (documents: number) => void): Promise<Moved> {
  const moved: Moved = { written: 0, there: 0 };
  for await (const page of pagesOf(from, (doc) => !isLeftOut(doc))) {
    for (let n = 0; n < page.length; n += AT_ONCE) {
      await Promise.all(
        page.slice(n, n + AT_ONCE).map(async ({ doc }) => {
          if (await put(to, doc)) moved.written += 1;
          else moved.there += 1;
        }),
      );
      progress(moved.written + moved.there);
    }
  }
  return moved;
}

async function put(to: Store, doc: Stored['doc']): Promise<boolean> {
  for (;;) {
    if ((await to.create(doc)).outcome === 'created') return true;
    const there = await to.read(doc.pk, doc.id);
    if (there && canonical(there.doc) === canonical(doc)) return false;
    if (there && (await to.replace(doc, there.version)).outcome === 'saved') return true;
  }
}

async function* pagesOf(store: Store, wanted: (doc: Stored['doc']) => boolean): AsyncGenerator<Stored[]> {
  let since = '';
  for (;;) {
    const step = await store.changes(since, PAGE);
    since = step.since;
    if (step.docs.length === 0) return;
    yield step.docs.filter(({ doc }) => wanted(doc));
  }
}

/** The same text for the same document, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
