// Earlier questions that resemble a new one: how it was answered before, and whether it is the same as one that is there.

import type { Person } from '../../domain/authorisation.ts';
import { may } from '../../domain/authorisation.ts';
import type { CentreId, Instant, ServiceId, ThemeId, TicketId } from '../../domain/terms.ts';
import { DAY_MS } from '../../domain/terms.ts';
import { mergedInto, type Ticket, wasRegistered, wasRouted } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { mostSimilar } from '../../knowledge/similar.ts';
import type { Stored } from '../ports.ts';
import { type App, findTickets, load, opened } from './tickets.ts';

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
const RECENT_MS = 90 * DAY_MS;
const MOST_RECENT = 150;

type Entry = { ticket: TicketId; text: string; service: ServiceId; at: Instant };
type Recent = Entry & { theme: ThemeId | undefined; centre: CentreId | undefined };
type Memory = { answered: Map<ThemeId, Entry[]>; recent: Map<ServiceId, Recent[]> };
const remembered = new WeakMap<App['store'], Promise<Memory>>();

/**
 * The tickets to show with a new question of a service, best first, at most two: of that service, as who looks after it
 * reads no question of another. Reads the tickets once per process.
 */
export async function similarTickets(
  app: App,
  question: string,
  about: { theme: ThemeId | undefined; service: ServiceId },
): Promise<TicketId[]> {
  if (!about.theme) return [];
  const answered = (await memory(app)).answered.get(about.theme) ?? [];
  const among = answered.filter(({ service }) => service === about.service);
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

/** Takes in what was saved, here or by another instance; of a question that was made unreadable nothing stays. */
export async function rememberChanged({ store }: Pick<App, 'store'>, stored: Stored): Promise<void> {
  const known = await remembered.get(store)?.catch(() => undefined);
  if (!known || stored.doc.kind !== 'ticket') return;
  try {
    take(known, opened(stored).ticket);
  } catch {
    // A damaged document: who reads the topics says so.
  }
}

function memory(app: App): Promise<Memory> {
  const known = remembered.get(app.store) ?? readAll(app);
  remembered.set(app.store, known);
  known.catch(() => remembered.delete(app.store));
  return known;
}

async function readAll(app: App): Promise<Memory> {
  const read: Memory = { answered: new Map(), recent: new Map() };
  const add = <Key, One>(lists: Map<Key, One[]>, key: Key | undefined, one: One, most: number): void => {
    if (key === undefined) return;
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    if (list.length < most) list.push(one);
  };
  for (const ticket of await findTickets(app, {})) {
    const { answered, recent } = placesOf(ticket);
    add(read.answered, answered.key, answered.entry, MOST_PER_THEME);
    add(read.recent, recent.key, recent.entry, MOST_RECENT);
  }
  return read;
}

function take(known: Memory, ticket: Ticket): void {
  const { answered, recent } = placesOf(ticket);
  place(known.answered, answered, MOST_PER_THEME);
  place(known.recent, recent, MOST_RECENT);
}

/** In which lists a ticket belongs, and as what. */
function placesOf(ticket: Ticket) {
  const { id, theme, question, service, askedAt, requester, events } = ticket;
  const entry: Entry = { ticket: id, text: question, service, at: askedAt };
  const answered = question !== '' && events.some(({ type }) => type === 'answered');
  return {
    answered: { key: answered ? theme : undefined, entry },
    recent: { key: counts(ticket) ? service : undefined, entry: { ...entry, theme, centre: requester.centre } },
  };
}

/** Puts an entry in the list of its key, newest first, and takes it out of every other. */
function place<Key, One extends Entry>(
  lists: Map<Key, One[]>,
  { key, entry }: { key: Key | undefined; entry: One },
  most: number,
): void {
  for (const [other, list] of lists) {
    const at = list.findIndex(({ ticket }) => ticket === entry.ticket);
    if (at < 0) continue;
    // What was worked out of its text belongs to the one that is there.
    if (other === key && isSame(list[at]!, entry)) return;
    lists.set(other, list.toSpliced(at, 1));
  }
  if (key === undefined) return;
  const list = lists.get(key) ?? [];
  const older = list.findIndex(({ at }) => at <= entry.at);
  lists.set(key, list.toSpliced(older < 0 ? list.length : older, 0, entry).slice(0, most));
}

const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** With an advisor or noted by one, and still a question of its own. */
function counts(ticket: Ticket): boolean {
  const { state } = ticket;
  const withdrawn = state.kind === 'closed' && state.outcome === 'withdrawn';
  const noted = wasRouted(ticket) || wasRegistered(ticket);
  return noted && ticket.question !== '' && !ticket.retracted && !withdrawn && !mergedInto(ticket);
}
