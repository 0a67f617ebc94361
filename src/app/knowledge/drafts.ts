// What was being written from questions that became unreadable, and must go with them: drafts of cases and of items.

import { type ItemEvent, replayItem, wasLive } from '../../domain/items.ts';
import type { ItemId, PersonId, TicketId } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import type { App } from '../questions/tickets.ts';
import type { ItemRecord } from '../records.ts';
import { strikeCases } from './cases.ts';
import { itemsIn, pkOf } from './items.ts';

/**
 * Removes the drafts that came from these questions. What requesters have was reviewed as a text of its own and stays,
 * as do approved cases: those no longer know their question.
 */
export async function strikeDrafts(app: App, tickets: ReadonlySet<TicketId>): Promise<void> {
  await strikeCases(app, tickets);
  const from = ({ type, ...event }: ItemEvent): boolean =>
    type === 'proposed' && 'ticket' in event && event.ticket !== undefined && tickets.has(event.ticket);
  const touched: { id: ItemId; all: boolean }[] = [];
  for await (const { entry } of itemsIn(app.store)) {
    if (!entry.events.some(from)) continue;
    touched.push({ id: entry.id, all: !entry.versions.some((_, at) => wasLive(entry, at + 1)) });
  }
  for (const { id, all } of touched) {
    if (all) await app.store.erase(pkOf(id));
    else await strikeVersions(app, id, from);
  }
}

/** Empties the texts that requesters never had; one that still waits is rejected with it. */
async function strikeVersions(app: App, id: ItemId, from: (event: ItemEvent) => boolean): Promise<void> {
  const facets = { status: 'published' };
  await keep<ItemRecord>(app.store, { pk: pkOf(id), kind: 'item', facets }, (before) => {
    if (!before) return before;
    const entry = replayItem(id, before.events);
    let version = 0;
    const events = before.events.map((event): ItemEvent => {
      if (event.type !== 'proposed' && event.type !== 'taken') return event;
      version++;
      if (event.type === 'taken' || !from(event) || wasLive(entry, version)) return event;
      return { ...event, text: { ...event.text, question: '', answer: '', variants: [], sources: [] } };
    });
    const { state } = entry;
    const waits = state.kind === 'proposed' && before.events.findLast(({ type }) => type === 'proposed');
    if (waits && from(waits)) {
      const by = { person: 'system' as PersonId, name: '' };
      const reason = locale.items.review.struck;
      events.push({ type: 'rejected', at: app.clock.now(), by, key: 'struck', version: state.version, reason });
    }
    return { ...before, events, told: events.length };
  });
}
