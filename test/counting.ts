// Tickets as the facts that figures are counted from, for tests that count by hand. Knows no store.

import { createFactTable } from '../src/domain/fact-table.ts';
import { factsOf, type Pseudonym, type TimeFacts } from '../src/domain/facts.ts';
import type { Base } from '../src/domain/measures.ts';
import type { SessionFacts } from '../src/domain/sessions.ts';
import type { WorkingCalendar } from '../src/domain/terms.ts';
import type { Ticket } from '../src/domain/ticket.ts';

/** A new name per school year, as the read model gives them. */
const named: Pseudonym = (person, year) => `${person} in ${year}`;

export function baseOf(
  tickets: Ticket[],
  calendar: WorkingCalendar,
  other: { sessions?: SessionFacts[]; time?: TimeFacts[] } = {},
): Base {
  const table = createFactTable();
  for (const [row, ticket] of tickets.entries()) table.put(row, factsOf(ticket, calendar, named));
  return { tickets: table, sessions: other.sessions ?? [], time: other.time ?? [] };
}
