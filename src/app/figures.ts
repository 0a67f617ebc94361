// Counts what is in the store. Knows where facts come from, not how a figure is defined or shown.

import { createFactTable } from '../domain/fact-table.ts';
import { factsOf, type TimeFacts } from '../domain/facts.ts';
import { type Base, measureWithPrevious } from '../domain/measures.ts';
import { type Context, select } from '../domain/selection.ts';
import type { SessionFacts } from '../domain/sessions.ts';
import { directoryFor } from './demonstration.ts';
import { documentsOf } from './documents.ts';
import type { Clock, Content, Measures, Store } from './ports.ts';
import type { SessionRecord, TimeRecord } from './records.ts';
import { opened } from './tickets.ts';

const PAGE = 50;

/** Folds the whole store at each request: right for a command that runs once, and for small stores. */
export function countingAll(store: Store, content: () => Content, clock: Clock): Measures {
  const context = async (): Promise<Context> => {
    const directory = await directoryFor(store, content());
    return { directory, survey: directory.survey, now: clock.now() };
  };
  const all = async (): Promise<Base & { list: NonNullable<ReturnType<typeof factsOf>>[] }> => {
    const tickets = createFactTable();
    const list = [];
    for await (const stored of documentsOf(store, { kind: 'ticket' })) {
      const facts = factsOf(opened(stored).ticket, content().calendar, (person, year) => `${person} ${year}`);
      if (facts) tickets.put(list.push(facts) - 1, facts);
    }
    const sessions: SessionFacts[] = [];
    for await (const { doc } of documentsOf(store, { kind: 'session' })) {
      if (!(doc.body as SessionRecord).retracted) sessions.push(doc.body as SessionRecord);
    }
    const time: TimeFacts[] = [];
    for await (const { doc } of documentsOf(store, { kind: 'time' })) {
      if (!(doc.body as TimeRecord).retracted) time.push(doc.body as TimeRecord);
    }
    return { tickets, list, sessions, time };
  };
  return {
    async figures(filters) {
      const asOf = clock.now();
      return { ...measureWithPrevious(await all(), await context(), filters), asOf };
    },
    async tickets(filters, { part, cursor } = {}) {
      const { tickets, list } = await all();
      const rows = [...select(tickets, await context(), filters).behind(part)].sort(
        (a, b) => list[b]!.askedAt - list[a]!.askedAt || b - a,
      );
      const start = Number(cursor ?? 0);
      const page = rows.slice(start, start + PAGE).map((row) => {
        const { requester: _, ...rest } = list[row]!;
        return rest;
      });
      return { rows: page, total: rows.length, ...(start + PAGE < rows.length && { next: String(start + PAGE) }) };
    },
  };
}
