// Earlier answered questions that resemble a new one, so that an advisor sees how it was answered before.

import type { ThemeId, TicketId } from '../domain/terms.ts';
import type { Ticket } from '../domain/ticket.ts';
import { mostSimilar } from '../knowledge/similar.ts';
import { type App, findTickets } from './tickets.ts';

/** Looked through per theme, newest first: enough to find a recurring question, little enough for one turn. */
const MOST_PER_THEME = 150;
const SHOWN = 2;
const LEAST_SIMILAR = 0.3;

type Entry = { ticket: TicketId; text: string };
const remembered = new WeakMap<App['store'], Promise<Map<ThemeId, Entry[]>>>();

/** The tickets to show with a new question, best first, at most two. Reads the answered tickets once per process. */
export async function similarTickets(app: App, question: string, theme: ThemeId | undefined): Promise<TicketId[]> {
  if (!theme) return [];
  const among = (await memory(app)).get(theme) ?? [];
  return mostSimilar(question, among, SHOWN, LEAST_SIMILAR).map(({ entry }) => entry.ticket);
}

/** Takes in a ticket that was just answered. */
export async function rememberAnswered(app: App, ticket: Ticket): Promise<void> {
  take(await memory(app), ticket);
}

function memory(app: App): Promise<Map<ThemeId, Entry[]>> {
  const known = remembered.get(app.store) ?? readAnswered(app);
  remembered.set(app.store, known);
  return known;
}

async function readAnswered(app: App): Promise<Map<ThemeId, Entry[]>> {
  const entries = new Map<ThemeId, Entry[]>();
  const closed = await findTickets(app, { status: 'closed' });
  for (const ticket of closed.reverse()) take(entries, ticket);
  return entries;
}

function take(entries: Map<ThemeId, Entry[]>, ticket: Ticket): void {
  const { theme, question, id } = ticket;
  if (!theme || question === '' || !ticket.events.some(({ type }) => type === 'answered')) return;
  const others = (entries.get(theme) ?? []).filter((entry) => entry.ticket !== id);
  entries.set(theme, [{ ticket: id, text: question }, ...others].slice(0, MOST_PER_THEME));
}
