// Counts straight from tickets and from a store, for tests that count by hand or want a second opinion. Knows no read model.

import { documentsOf } from '../src/app/documents.ts';
import { directoryFor } from '../src/app/figures/demonstration.ts';
import type { Clock, Content, Measures, Store } from '../src/app/ports.ts';
import { allTickets } from '../src/app/questions/tickets.ts';
import type { SessionRecord, TimeRecord } from '../src/app/records.ts';
import { createFactTable } from '../src/domain/fact-table.ts';
import { factsOf, type TimeFacts } from '../src/domain/facts.ts';
import { type Base, earliestIn, measureWithPrevious } from '../src/domain/measures.ts';
import { type Context, select } from '../src/domain/selection.ts';
import type { SessionFacts } from '../src/domain/sessions.ts';
import type { WorkingCalendar } from '../src/domain/terms.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import { schoolYearOf } from '../src/domain/working-time.ts';

/** A new name per school year, as the read model gives them. */
const nameOf = ({ requester, askedAt }: Ticket) =>
  requester.person && `${requester.person} in ${schoolYearOf(askedAt)}`;

export function baseOf(
  tickets: Ticket[],
  calendar: WorkingCalendar,
  other: { sessions?: SessionFacts[]; time?: TimeFacts[] } = {},
): Base {
  const table = createFactTable();
  for (const [row, ticket] of tickets.entries()) table.put(row, factsOf(ticket, calendar, nameOf(ticket)));
  return { tickets: table, sessions: other.sessions ?? [], time: other.time ?? [] };
}

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
    for await (const ticket of allTickets(store)) {
      const facts = factsOf(ticket, content().calendar, nameOf(ticket));
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
    earliest: async () => earliestIn(await all()),
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
