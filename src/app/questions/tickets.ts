// Loads, decides and saves tickets: the one place where a decision meets the store. Knows no card and no platform.

import { randomUUID } from 'node:crypto';
import { consequences } from '../../domain/connections.ts';
import { nextReminder } from '../../domain/routing.ts';
import type { Instant, PersonId, Result, ServiceId, TicketId } from '../../domain/terms.ts';
import { type Refusal, replay, seen, type Ticket } from '../../domain/ticket.ts';
import { addWorkingDays, brusselsDay } from '../../domain/working-time.ts';
import { documentsOf, idFrom } from '../documents.ts';
import type { Address, Appointed, Content, Facets, Ports, Store, Stored, StoredDoc } from '../ports.ts';
import { SIDES, type Side, type Teller, type TicketRecord } from '../records.ts';
import { createLanes, type Lanes } from '../running/lanes.ts';
import { notices } from './notices.ts';
import { takeNumber } from './numbers.ts';

/** Working days without a reaction after which a shown answer counts as unconfirmed self-service. */
const EXPIRE_DAYS = 3;
/** Two deliveries of the same words by the same person within this time are one question. */
const REPEAT_MS = 90_000;
const MOST_RETRIES = 50;
/**
 * How long the instance that saved something has to tell it, before others may. It is part of the same write, so no
 * two instances tell the same; an instance that dies leaves what it had to tell this long, and not longer.
 */
export const TELL_MS = 20_000;

export type Loaded = { ticket: Ticket; record: TicketRecord; version: string };

/** Runs tasks that share a key one after the other, so that one process does not race with itself. */
type Serial = <T>(key: string, task: () => Promise<T>) => Promise<T>;

function createSerial(): Serial {
  const tails = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const before = tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return result;
  };
}

/** `instance` names this process among those that share the store. */
export type App = Ports & { serial: Serial; lanes: Lanes; instance: string; appointed: Appointed };

const NOBODY: Appointed = { administrators: new Set(), quality: new Set() };

/** `appointed` are the persons that the configuration names; `instance` is new each time unless told. */
export function createApp(ports: Ports, instance: string = randomUUID(), appointed = NOBODY): App {
  return { ...ports, instance, appointed, serial: createSerial(), lanes: createLanes(ports.clock, ports.log) };
}

/** The ticket with what is kept beside it, and the version to save it against; undefined when there is none. */
export async function load(app: App, id: TicketId): Promise<Loaded | undefined> {
  const stored = await app.store.read(id, id);
  return stored && opened(stored);
}

/** By stored body: a store may hand out the same one until it changes. */
const replayed = new WeakMap<object, Ticket>();

/** Reads a stored ticket document. */
export function opened(stored: Stored): Loaded {
  const record = stored.doc.body as TicketRecord;
  const ticket = replayed.get(record) ?? replay(stored.doc.id as TicketId, record.number, record.events);
  replayed.set(record, ticket);
  return { record, ticket, version: stored.version };
}

/** Every ticket of the store, the ones taken back included. */
export async function* allTickets(store: Store): AsyncGenerator<Ticket> {
  for await (const stored of documentsOf(store, { kind: 'ticket' })) yield opened(stored).ticket;
}

/**
 * Loads, decides and saves; when somebody else saved first, decides again on what they left.
 * A refusal saves nothing. A missing ticket is refused like a forbidden one. An action whose `key` is in the history
 * was carried out before, and is not again, however close together the two came.
 */
export async function change(
  app: App,
  { ticket: id, key }: { ticket: TicketId; key?: string },
  decide: (ticket: Ticket) => Result<Ticket, Refusal>,
): Promise<Result<Ticket, Refusal>> {
  return app.serial(id, async () => {
    for (let attempt = 0; attempt < MOST_RETRIES; attempt++) {
      const loaded = await load(app, id);
      if (!loaded) return { ok: false, refusal: { kind: 'not-allowed' } };
      if (key !== undefined && seen(loaded.ticket, key)) return { ok: true, value: loaded.ticket };
      const decided = decide(loaded.ticket);
      if (!decided.ok || decided.value === loaded.ticket) return decided;
      const teller = tellersAfter(app, loaded);
      const record = { ...loaded.record, events: [...decided.value.events], teller };
      if (await save(app, decided.value, record, loaded.version)) return decided;
    }
    throw new Error(`ticket ${id} kept changing under ${MOST_RETRIES} attempts to save it`);
  });
}

/** True when saved, false when somebody else saved first. */
export async function save(app: App, ticket: Ticket, record: TicketRecord, version: string): Promise<boolean> {
  return (await saved(app, ticket, record, version)) !== undefined;
}

/** The version it has now; undefined when somebody else saved first. */
async function saved(app: App, ticket: Ticket, record: TicketRecord, version: string): Promise<string | undefined> {
  const result = await app.store.replace(documentOf(app.knowledge.content(), ticket, record), version);
  if (result.outcome === 'missing') throw new Error(`ticket ${ticket.id} disappeared while it was being saved`);
  return result.outcome === 'saved' ? result.version : undefined;
}

/** Saves a change to what was told or passed on; events that were added meanwhile are kept. Returns what is stored now. */
export async function editRecord(
  app: App,
  id: TicketId,
  edit: (record: TicketRecord) => void,
): Promise<Loaded | undefined> {
  return app.serial(id, async () => {
    for (let loaded = await load(app, id); loaded; loaded = await load(app, id)) {
      const record = toEdit(loaded.record);
      edit(record);
      const version = await saved(app, loaded.ticket, record, loaded.version);
      if (version !== undefined) return { ticket: loaded.ticket, record, version };
    }
    return undefined;
  });
}

/** A copy to change. Lists, which are most of it, are not copied: they are put in the place of, never added to. */
function toEdit(record: TicketRecord): TicketRecord {
  const { told, shown, posts, trouble, teller } = record;
  return {
    ...record,
    told: { ...told },
    shown: { ...shown },
    posts: { ...posts },
    trouble: { ...trouble },
    ...(teller ? { teller: { ...teller } } : {}),
  };
}

function documentOf(content: Content, ticket: Ticket, record: TicketRecord): StoredDoc {
  const due = dueAt(content, ticket, record);
  const facets: Facets = {
    status: ticket.state.kind,
    ...(ticket.requester.person ? { owner: ticket.requester.person } : {}),
    service: ticket.service,
    ...(due === undefined ? {} : { due }),
  };
  return { pk: ticket.id, id: ticket.id, kind: 'ticket', facets, body: record };
}

/** When the ticket wants attention next: something to tell, a reminder, or the end of waiting for a reaction. */
function dueAt(content: Content, ticket: Ticket, record: TicketRecord): Instant | undefined {
  const times: Instant[] = [];
  for (const side of SIDES) {
    const trouble = record.trouble[side];
    if (pending(ticket, record, side) && !(trouble && trouble.at === undefined)) {
      times.push(Math.max(trouble?.at ?? 0, record.teller?.[side]?.until ?? 0));
    }
  }
  if (consequences(ticket, record.passed ?? 0).length > 0) times.push(0);
  if (ticket.state.kind === 'answered') times.push(expiresAt(content, ticket));
  const lastEvent = ticket.events.at(-1)!.at;
  const reminder = nextReminder(content, content.calendar, ticket, brusselsDay(lastEvent));
  if (reminder) times.push(reminder.at);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** True when a side has something to hear. */
export function pending(ticket: Ticket, record: TicketRecord, side: Side): boolean {
  if (side === 'channel' && record.flag === 'due' && record.posts.channel) return true;
  return notices(ticket)[side].length > record.told[side] || stale(ticket, record, side);
}

/** Who has the right to tell a side now. */
export function tellerOf({ teller }: TicketRecord, side: Side, now: Instant): Teller | undefined {
  const found = teller?.[side];
  return found && found.until > now ? found : undefined;
}

/** Whoever is telling a side goes on, and tells what is new as well; what nobody is telling, this instance does. */
function tellersAfter(app: App, before?: Loaded): Partial<Record<Side, Teller>> {
  const now = app.clock.now();
  const tellers: Partial<Record<Side, Teller>> = { ...before?.record.teller };
  for (const side of SIDES) {
    const busy = before && pending(before.ticket, before.record, side) ? tellerOf(before.record, side, now) : undefined;
    if (busy && busy.by !== app.instance) continue;
    const until = Math.max(busy?.until ?? 0, now + TELL_MS);
    tellers[side] = { by: app.instance, until };
  }
  return tellers;
}

/** True when a card that was posted shows fewer events than there are. */
export function stale(ticket: Ticket, record: TicketRecord, side: Side): boolean {
  const posted =
    side === 'channel' ? record.posts.channel : (record.posts.answer ?? record.posts.status ?? record.posts.survey);
  return posted !== undefined && record.shown[side] < ticket.events.length;
}

/** When a question without a reaction counts as ended: some working days after what was last shown. */
export function expiresAt(content: Content, ticket: Ticket): Instant {
  const shown = ticket.events.findLast(({ type }) => type === 'suggested' || type === 'asked' || type === 'reopened')!;
  return addWorkingDays(content.calendar, shown.at, EXPIRE_DAYS);
}

/**
 * The id that a question gets: the same for the same words of the same person within 90 seconds, so that a
 * delivery that comes twice, with the same activity id or a new one, meets the ticket that is already there.
 */
export async function questionId(
  app: App,
  asked: { person: PersonId; text: string; sentAt: Instant },
): Promise<{ id: TicketId; existing?: Loaded }> {
  const words = asked.text.toLowerCase().replace(/\s+/g, ' ').trim();
  const slot = Math.floor(asked.sentAt / REPEAT_MS);
  const idAt = (at: number) => idFrom(asked.person, words, at) as TicketId;
  const id = idAt(slot);
  const same = await load(app, id);
  if (same) return { id, existing: same };
  // Deliveries come in any order: the one that was sent first may be the one that comes last.
  for (const neighbour of [slot - 1, slot + 1]) {
    const other = await load(app, idAt(neighbour));
    if (other && Math.abs(asked.sentAt - other.ticket.askedAt) <= REPEAT_MS) {
      return { id: other.ticket.id, existing: other };
    }
  }
  return { id };
}

/**
 * Gives a new ticket its number and stores it, in that order: a number without a ticket can only be left behind by
 * a crash, and goes to a later ticket. Returns what is stored, also when another delivery was first.
 */
export async function createTicket(
  app: App,
  id: TicketId,
  address: Address,
  build: (number: string) => Result<Ticket, Refusal>,
): Promise<Result<Loaded, Refusal>> {
  return app.serial(`new ${id}`, async () => {
    const before = await load(app, id);
    if (before) return { ok: true, value: before };
    const now = app.clock.now();
    const number = await takeNumber(app, brusselsDay(now).slice(0, 4), { ticket: id, at: now });
    const built = build(number);
    if (!built.ok) return built;
    const record: TicketRecord = {
      number,
      events: [...built.value.events],
      address,
      told: { requester: 0, channel: 0 },
      shown: { requester: 0, channel: 0 },
      posts: {},
      trouble: {},
      teller: tellersAfter(app),
    };
    const created = await app.store.create(documentOf(app.knowledge.content(), built.value, record));
    if (created.outcome === 'created')
      return { ok: true, value: { ticket: built.value, record, version: created.version } };
    const other = await load(app, id);
    if (!other) throw new Error(`ticket ${id} exists but cannot be read`);
    return { ok: true, value: other };
  });
}

/**
 * What is stored of a ticket whose history is known whole: everybody counts as told, no card was posted, and nobody can
 * be reached about it.
 */
export function toldTicket(content: Content, ticket: Ticket): StoredDoc {
  const { requester, channel } = notices(ticket);
  return documentOf(content, ticket, {
    number: ticket.number,
    events: [...ticket.events],
    address: { conversationId: '', serviceUrl: '' },
    told: { requester: requester.length, channel: channel.length },
    shown: { requester: ticket.events.length, channel: ticket.events.length },
    posts: {},
    trouble: {},
  });
}

/** Every ticket that a filter finds, newest question first. Pages through the store. */
export async function findTickets(
  app: App,
  filter: { owner?: PersonId; status?: Ticket['state']['kind']; service?: ServiceId },
): Promise<Ticket[]> {
  const found: Ticket[] = [];
  for await (const stored of documentsOf(app.store, { kind: 'ticket', ...filter })) found.push(opened(stored).ticket);
  return found.sort((a, b) => b.askedAt - a.askedAt);
}

/** A key for a form that is opened now: the same until something happens to the ticket. */
export function formKey(what: string, who: PersonId, ticket: Ticket): string {
  return `${what}:${who.slice(0, 40)}:${ticket.events.length}`;
}
