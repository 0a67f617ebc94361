// The list of messages that were given up after repeated failures, until an operator has them tried again. Knows no platform.

import { documentsOf, keep } from '../documents.ts';
import type { Store } from '../ports.ts';
import type { DeadLetterRecord, TicketRecord } from '../records.ts';
import type { App } from './tickets.ts';

const KIND = 'dead-letter';
const keyOf = ({ ticket, side }: Pick<DeadLetterRecord, 'ticket' | 'side'>): string => `${KIND}:${ticket}:${side}`;

/** Keeps that a side of a ticket could not be told, once per side: a later one takes its place. */
export async function giveUp(app: App, letter: Omit<DeadLetterRecord, 'at'>): Promise<void> {
  await keep<DeadLetterRecord>(app.store, { pk: keyOf(letter), kind: KIND }, () => ({
    ...letter,
    at: app.clock.now(),
  }));
}

/** Oldest first. */
export async function deadLetters(store: Store): Promise<DeadLetterRecord[]> {
  const found: DeadLetterRecord[] = [];
  for await (const { doc } of documentsOf(store, { kind: KIND })) found.push(doc.body as DeadLetterRecord);
  return found;
}

/** Has the chosen letters tried again by the next sweep of a running instance. Returns how many. */
export async function retry(store: Store, chosen: (letter: DeadLetterRecord) => boolean): Promise<number> {
  const letters = (await deadLetters(store)).filter(chosen);
  for (const letter of letters) {
    await due(store, letter);
    await store.erase(keyOf(letter));
  }
  return letters.length;
}

async function due(store: Store, { ticket, side }: DeadLetterRecord): Promise<void> {
  for (;;) {
    const stored = await store.read(ticket, ticket);
    if (!stored) return;
    const { teller: _, trouble, ...record } = stored.doc.body as TicketRecord;
    const { [side]: __, ...others } = trouble;
    const doc = { ...stored.doc, facets: { ...stored.doc.facets, due: 0 }, body: { ...record, trouble: others } };
    if ((await store.replace(doc, stored.version)).outcome !== 'stale') return;
  }
}
