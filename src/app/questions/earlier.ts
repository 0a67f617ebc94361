// Earlier questions that resemble a new one: how it was answered before, and whether it is the same as one that is there.

import type { Person } from '../../domain/authorisation.ts';
import { may } from '../../domain/authorisation.ts';
import type { CentreId, Instant, ServiceId, ThemeId, TicketId } from '../../domain/terms.ts';
import { mergedInto, type Ticket, wasRegistered, wasRouted } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { mostSimilar } from '../../knowledge/similar.ts';
import { type App, findTickets, load } from './tickets.ts';

/** Looked through per theme, newest first: enough to find a recurring question, little enough for one turn. */
const MOST_PER_THEME = 150;
const SHOWN = 2;
const LEAST_SIMILAR = 0.3;
/** The same question in other words scores lower than this; what scores higher is worth a look. */
const LEAST_LIKE = 0.35;
/** The same centre or theme makes it likelier that two questions are one. */
const SAME_CENTRE = 0.1;
const SAME_THEME = 0.1;
/** Older questions are not offered as the same one. */
const RECENT_MS = 90 * 86_400_000;
const MOST_RECENT = 150;

type Entry = { ticket: TicketId; text: string };
type Recent = Entry & { theme: ThemeId | undefined; centre: CentreId | undefined; at: Instant };
type Memory = { answered: Map<ThemeId, Entry[]>; recent: Map<ServiceId, Recent[]> };
const remembered = new WeakMap<App['store'], Promise<Memory>>();

/** The tickets to show with a new question, best first, at most two. Reads the tickets once per process. */
export async function similarTickets(app: App, question: string, theme: ThemeId | undefined): Promise<TicketId[]> {
  if (!theme) return [];
  const among = (await memory(app)).answered.get(theme) ?? [];
  return mostSimilar(question, among, SHOWN, LEAST_SIMILAR).map(({ entry }) => entry.ticket);
}

export type Like = {
  question: string;
  theme?: ThemeId | undefined;
  centre?: CentreId | undefined;
  service: ServiceId;
  /** The ticket itself, and others that are not wanted. */
  except: readonly TicketId[];
};

/** Recent questions that may be the same as this one, as this person may see them, best first. */
export async function likeTickets(app: App, who: Person, like: Like, limit: number): Promise<Ticket[]> {
  const since = app.clock.now() - RECENT_MS;
  const among = ((await memory(app)).recent.get(like.service) ?? []).filter(
    ({ ticket, at }) => at >= since && !like.except.includes(ticket),
  );
  const scored = mostSimilar(like.question, among, 2 * limit, LEAST_LIKE)
    .map(({ entry, similarity }) => ({
      entry,
      score:
        similarity +
        (like.centre && entry.centre === like.centre ? SAME_CENTRE : 0) +
        (like.theme && entry.theme === like.theme ? SAME_THEME : 0),
    }))
    .sort((a, b) => b.score - a.score);
  const found: Ticket[] = [];
  for (const { entry } of scored) {
    const ticket = (await load(app, entry.ticket))?.ticket;
    if (ticket && counts(ticket) && may(who, 'link', subject(ticket))) found.push(ticket);
    if (found.length === limit) break;
  }
  return found;
}

/** Takes in a ticket that was just registered, sent on or answered. */
export async function remember(app: App, ticket: Ticket): Promise<void> {
  take(await memory(app), ticket);
}

function memory(app: App): Promise<Memory> {
  const known = remembered.get(app.store) ?? readAll(app);
  remembered.set(app.store, known);
  known.catch(() => remembered.delete(app.store));
  return known;
}

async function readAll(app: App): Promise<Memory> {
  const read: Memory = { answered: new Map(), recent: new Map() };
  for (const ticket of (await findTickets(app, {})).reverse()) take(read, ticket);
  return read;
}

function take({ answered, recent }: Memory, ticket: Ticket): void {
  const { theme, question, id } = ticket;
  if (theme && question !== '' && ticket.events.some(({ type }) => type === 'answered')) {
    const others = (answered.get(theme) ?? []).filter((entry) => entry.ticket !== id);
    answered.set(theme, [{ ticket: id, text: question }, ...others].slice(0, MOST_PER_THEME));
  }
  if (!counts(ticket)) return;
  const others = (recent.get(ticket.service) ?? []).filter((entry) => entry.ticket !== id);
  const entry = { ticket: id, text: question, theme, centre: ticket.requester.centre, at: ticket.askedAt };
  recent.set(ticket.service, [entry, ...others].slice(0, MOST_RECENT));
}

/** With an advisor or noted by one, and still a question of its own. */
function counts(ticket: Ticket): boolean {
  const { state } = ticket;
  const withdrawn = state.kind === 'closed' && state.outcome === 'withdrawn';
  const noted = wasRouted(ticket) || wasRegistered(ticket);
  return noted && ticket.question !== '' && !ticket.retracted && !withdrawn && !mergedInto(ticket);
}
