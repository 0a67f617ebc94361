// Tells the world what happened to a ticket: posts what its events call for and keeps its cards up to date.

import { randomUUID } from 'node:crypto';
import { movedCard } from '../../cards/advisor.ts';
import type { Instant, TicketId } from '../../domain/terms.ts';
import { seen, type Ticket } from '../../domain/ticket.ts';
import { locale } from '../../locale/locale.ts';
import { keepKnown, readChannel, readPerson } from '../people.ts';
import type { Address, Delivery, Message, Posted } from '../ports.ts';
import { SIDES, type Side, type TicketRecord, type Trouble } from '../records.ts';
import { giveUp } from './dead-letters.ts';
import { answerMessage, channelMessage, messageFor, statusMessage, surveyMessage } from './messages.ts';
import { type Notice, notices } from './notices.ts';
import { passOn } from './pass-on.ts';
import { type App, editRecord, type Loaded, load, pending, save, stale, TELL_MS, tellerOf } from './tickets.ts';

/** After this many failed attempts a side is left to an operator: the dead-letter list. */
const MOST_ATTEMPTS = 12;
/** The same when the platform says that the message itself is wrong. */
const MOST_REFUSALS = 3;
/** What is only said back is not kept in the store, so it is not tried for long. */
const MOST_REPLIES = 4;
/** How long a turn waits for the connector before it is acknowledged all the same. */
const PATIENCE_MS = 800;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** How long to wait between looks whether an administrator registered or mended the advisors' channel. */
const CHANNEL_WAIT_MS = 15_000;
/** Telling a side stops this long before the right to do so ends: longer than one call to the connector may take. */
const CALL_MS = 12_000;
/** The notices that carry what somebody wrote. */
const TEXTS = new Set<Notice['kind']>(['ask-back', 'delivery', 'referral', 'said']);
/** What `trouble` says after a conversation was made again; a second time is not tried. */
const MADE_AGAIN = 'the conversation was made again';

/**
 * Posts in the background what was not told yet. Losing a message is impossible: what this process does not get to is
 * found by a sweep. One can come twice only when the platform's "yes" does not reach our store.
 */
export function announce(app: App, id: TicketId): void {
  app.lanes.add(`ticket ${id}`, `announce ${id}`, async () => {
    await tell(app, id, 0);
    return undefined;
  });
}

/**
 * The same for a question that was just asked in this conversation, of which nobody but the requester has to hear. What
 * is said back there after this call comes after it.
 */
export function answerIn(app: App, conversation: string, id: TicketId): void {
  line(app, conversation, id, 'requester');
}

/**
 * True when an action was carried out before. Whoever did so may have failed right after it was stored, so what it has
 * to tell is seen to again.
 */
export function doneBefore(app: App, ticket: Ticket, key: string): boolean {
  if (!seen(ticket, key)) return false;
  announce(app, ticket.id);
  return true;
}

function line(app: App, lane: string, id: TicketId, side: Side): void {
  app.lanes.add(lane, `${side} ${id}`, () => app.serial(`tell:${side}:${id}`, () => tellSide(app, id, side)));
}

/**
 * Puts each side of a ticket in the lane of its conversation, behind what waits there already. Resolves when it is
 * told, or so many milliseconds later; it is told all the same then.
 */
export async function tell(app: App, id: TicketId, ms: number): Promise<void> {
  const loaded = await carriedOver(app, id);
  if (!loaded) return;
  const lanes: string[] = [];
  for (const side of SIDES) {
    if (!pending(loaded.ticket, loaded.record, side)) continue;
    // The two sides are different conversations: trouble on one does not hold up the other.
    const lane = side === 'requester' ? loaded.record.address.conversationId : `channel:${loaded.ticket.service}`;
    line(app, lane, id, side);
    lanes.push(lane);
  }
  if (ms > 0) await Promise.all(lanes.map((lane) => app.lanes.settled(lane, ms)));
}

/** The ticket, after what happened on it was passed on to the tickets it is merged or linked with, which are told too. */
async function carriedOver(app: App, id: TicketId): Promise<Loaded | undefined> {
  const loaded = await load(app, id);
  const touched = loaded && (await passOn(app, loaded));
  if (!touched) return loaded;
  for (const other of touched) announce(app, other);
  return load(app, id);
}

/** Tells what is overdue and nobody else is telling. */
export async function catchUp(app: App, id: TicketId): Promise<void> {
  const loaded = await carriedOver(app, id);
  if (!loaded) return;
  const { ticket, record: before } = loaded;
  const now = app.clock.now();
  const sides = SIDES.filter((side) => {
    const { at = before.trouble[side] ? Number.POSITIVE_INFINITY : 0 } = before.trouble[side] ?? {};
    const teller = tellerOf(before, side, now);
    return pending(ticket, before, side) && at <= now && (!teller || teller.by === app.instance);
  });
  if (sides.length > 0 && (await takeOver(app, loaded, sides))) announce(app, id);
}

/** Gives what is waiting in this process to whoever sweeps next. For a process that ends. */
export async function handBack(app: App, keys: string[]): Promise<void> {
  for (const key of keys) {
    const [side, id] = key.split(' ') as [Side, TicketId];
    if (!SIDES.includes(side)) continue;
    await editRecord(app, id, (current) => {
      if (current.teller?.[side]?.by === app.instance) delete current.teller[side];
    });
  }
}

/** Tells everything on one side. Returns when to go on, when that is later; nothing when there is no more to do here. */
async function tellSide(app: App, id: TicketId, side: Side): Promise<Instant | undefined> {
  let loaded = await load(app, id);
  for (;;) {
    if (!loaded || !pending(loaded.ticket, loaded.record, side)) return undefined;
    const now = app.clock.now();
    const trouble = loaded.record.trouble[side];
    if (trouble && trouble.at === undefined) return undefined;
    if (trouble?.at && trouble.at > now) return trouble.at;
    const teller = tellerOf(loaded.record, side, now);
    if (teller && teller.by !== app.instance) return undefined;
    if (!teller || teller.until - now < CALL_MS) {
      await takeOver(app, loaded, [side]);
      loaded = await load(app, id);
      continue;
    }
    const at: Loaded = loaded;
    const step = await nextStep(app, at, side).catch((error: unknown) =>
      setBack(app, at, side, { outcome: 'failed', reason: String(error), lasting: true }),
    );
    await step.first?.();
    loaded = await editRecord(app, id, step.apply);
  }
}

/** Makes this instance the one that tells these sides, for a while. False when somebody else was first. */
async function takeOver(app: App, { ticket, record: before, version }: Loaded, sides: Side[]): Promise<boolean> {
  const mine = { by: app.instance, until: app.clock.now() + TELL_MS };
  const teller = { ...before.teller, ...Object.fromEntries(sides.map((side) => [side, mine])) };
  return app.serial(ticket.id, () => save(app, ticket, { ...before, teller }, version));
}

/** What one attempt did, as a change to the record. `first` comes before it, so that it cannot be forgotten. */
type Step = { apply: (record: TicketRecord) => void; first?: () => Promise<void> };

async function nextStep(app: App, loaded: Loaded, side: Side): Promise<Step> {
  const { ticket, record: before } = loaded;
  const notice = notices(ticket)[side][before.told[side]];
  if (!notice) return side === 'channel' && before.flag === 'due' ? flag(app, loaded) : updateCards(app, loaded, side);
  const to = await addressOf(app, loaded, notice);
  if (!to) return waitForChannel(app, before, 'no advisors channel is registered');
  // What was taken over from elsewhere has no chat.
  const delivery: Delivery =
    to.conversationId === ''
      ? { outcome: 'unreachable' }
      : await app.messenger.post(to, await messageFor(app, ticket, notice));
  if (delivery.outcome !== 'delivered') return setBack(app, loaded, side, delivery);
  const posted: Posted = { address: to, activityId: delivery.activityId };
  const moved = notice.kind === 'card' && notice.movedFrom ? before.posts.channel : undefined;
  if (moved) {
    const service = app.knowledge.content().services.find(({ id }) => id === ticket.service)?.name ?? '';
    await app.messenger.update(moved, {
      summary: locale.thread.summary(ticket.number),
      card: movedCard(ticket, service),
    });
  }
  return {
    apply: (record) => {
      record.told[side] = before.told[side] + 1;
      delete record.trouble[side];
      if (TEXTS.has(notice.kind)) record.texts = [...(record.texts ?? []), { side, posted }];
      const kept = postName(notice);
      if (kept) {
        record.posts[kept] = posted;
        // The other cards of this side still have to learn of it, unless this is the first.
        if (kept !== 'survey' && record.shown[side] === 0) record.shown[side] = ticket.events.length;
        if (kept === 'channel') record.shown.channel = ticket.events.length;
      }
    },
  };
}

function postName(notice: Notice): keyof TicketRecord['posts'] | undefined {
  if (notice.kind === 'card') return 'channel';
  return notice.kind === 'answer' || notice.kind === 'status' || notice.kind === 'survey' ? notice.kind : undefined;
}

/** Brings every card of a side up to date; doing it twice changes nothing, so no order is kept. */
async function updateCards(app: App, loaded: Loaded, side: Side): Promise<Step> {
  const { ticket, record: before } = loaded;
  if (!stale(ticket, before, side)) return { apply: () => undefined };
  const updates: [Posted | undefined, Message][] =
    side === 'channel'
      ? [[before.posts.channel, await channelMessage(app, ticket)]]
      : [
          [before.posts.answer, await answerMessage(app, ticket)],
          [before.posts.status, statusMessage(app, ticket)],
          [before.posts.survey, surveyMessage(app, ticket)],
        ];
  const unreadable = ticket.events.some(({ type }) => type === 'redacted');
  if (unreadable) {
    const emptied = { summary: locale.thread.summary(ticket.number), text: locale.thread.erased };
    for (const text of before.texts ?? []) if (text.side === side) updates.push([text.posted, emptied]);
  }
  for (const [posted, message] of updates) {
    if (!posted) continue;
    const delivery = await app.messenger.update(posted, message);
    // A card that the person deleted, or who removed the bot, needs no update.
    if (delivery.outcome === 'failed' || delivery.outcome === 'held') return setBack(app, loaded, side, delivery);
  }
  return {
    apply: (record) => {
      record.shown[side] = ticket.events.length;
      delete record.trouble[side];
      const others = unreadable ? record.texts?.filter((text) => text.side !== side) : record.texts;
      if (others && others.length > 0) record.texts = others;
      else delete record.texts;
    },
  };
}

/** Tells the advisors, once, that the requester has to be reached another way. */
async function flag(app: App, loaded: Loaded): Promise<Step> {
  const { ticket, record: before } = loaded;
  const { address, activityId } = before.posts.channel!;
  const message = { summary: locale.thread.summary(ticket.number), text: locale.thread.unreachable };
  const delivery = await app.messenger.post({ ...address, thread: activityId }, message);
  if (delivery.outcome !== 'delivered') return setBack(app, loaded, 'channel', delivery);
  return {
    apply: (record) => {
      record.flag = 'told';
      delete record.trouble.channel;
    },
  };
}

async function setBack(
  app: App,
  loaded: Loaded,
  side: Side,
  delivery: Exclude<Delivery, { outcome: 'delivered' }>,
): Promise<Step> {
  const { record: before } = loaded;
  switch (delivery.outcome) {
    case 'held':
      return { apply: (record) => hold(app, record, side, { ...before.trouble[side], after: delivery.after }) };
    case 'failed':
      return waitFor(app, loaded, side, delivery);
    case 'gone':
    case 'unreachable':
      // Nobody writes on behalf of a channel, so nothing but trying again finds out that the bot is back in it.
      if (side === 'channel') return waitForChannel(app, before, 'the advisors channel refuses messages');
      return (delivery.outcome === 'gone' && (await makeAgain(app, loaded))) || noteUnreachable(app, loaded.ticket);
  }
}

/** A conversation that is gone is made again, once. */
async function makeAgain(app: App, { ticket, record: before }: Loaded): Promise<Step | undefined> {
  const { person } = ticket.requester;
  const known = person && (await readPerson(app, person));
  if (!known || before.trouble.requester?.reason === MADE_AGAIN) return undefined;
  const address = await app.messenger.open(known.userId, before.address.serviceUrl);
  if (!address) return undefined;
  return {
    first: () =>
      keepKnown(app, person, (record) => {
        record.address = address;
      }),
    apply: (record) => {
      record.address = address;
      record.trouble.requester = { reason: MADE_AGAIN, attempts: 0, at: app.clock.now() };
    },
  };
}

/** Remembers with the person what they missed. Nothing is tried again until the person writes. */
function noteUnreachable(app: App, ticket: Ticket): Step {
  const { person } = ticket.requester;
  return {
    first: async () => {
      if (!person) return;
      await keepKnown(app, person, (record) => {
        record.missed = [...new Set([...(record.missed ?? []), ticket.id])];
      });
    },
    apply: (record) => {
      record.trouble.requester = { reason: 'unreachable', attempts: 0 };
      record.flag ??= 'due';
    },
  };
}

/** Until an administrator mends it, however long that takes: a question must not end in the dead-letter list for it. */
function waitForChannel(app: App, before: TicketRecord, reason: string): Step {
  app.log.warn({ number: before.number, reason }, 'a message for advisors waits; register or mend their channel');
  return { apply: (record) => hold(app, record, 'channel', { reason, attempts: 0, after: CHANNEL_WAIT_MS }) };
}

/** Exponential, with jitter so that many that failed together do not come back together; never before `after`. */
function waitFor(
  app: App,
  { ticket, record: before }: Loaded,
  side: Side,
  { reason, after, lasting }: { reason: string; after?: number; lasting?: true },
): Step {
  const attempts = (before.trouble[side]?.attempts ?? 0) + 1;
  if (attempts >= (lasting ? MOST_REFUSALS : MOST_ATTEMPTS)) {
    app.log.error({ side, number: before.number, reason }, 'message given up after repeated failures; see doctor');
    return {
      first: () => giveUp(app, { ticket: ticket.id, number: before.number, side, reason, attempts }),
      apply: (record) => {
        record.trouble[side] = { reason, attempts };
      },
    };
  }
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)) * (0.5 + Math.random());
  const wait = after === undefined ? backoff : after + Math.random() * 500;
  return { apply: (record) => hold(app, record, side, { reason, attempts, after: wait }) };
}

/** Not before so many milliseconds; this instance goes on with it then, and another one if this is gone by that time. */
function hold(app: App, record: TicketRecord, side: Side, why: Partial<Trouble> & { after: number }): void {
  const { reason = 'the conversation has had its share of messages for now', attempts = 0, after } = why;
  const at = app.clock.now() + Math.ceil(after);
  record.trouble[side] = { reason, attempts, at };
  record.teller = { ...record.teller, [side]: { by: app.instance, until: at + TELL_MS } };
}

async function addressOf(app: App, { ticket, record }: Loaded, notice: Notice): Promise<Address | undefined> {
  if (notice.side === 'requester') return record.address;
  if (notice.kind === 'card') return (await readChannel(app, notice.service))?.address;
  const card = record.posts.channel;
  return card ? { ...card.address, thread: card.activityId } : (await readChannel(app, ticket.service))?.address;
}

/**
 * Says something back in a conversation, behind what it still has to hear. Resolves when it is said, or a second
 * later: the rest is done in the background, for as long as this process lives. What is said back can be asked again.
 */
export async function sayBack(app: App, to: Address, messages: Message[]): Promise<void> {
  for (const message of messages) {
    let attempts = 0;
    app.lanes.add(to.conversationId, `reply ${randomUUID()}`, async () => {
      const delivery = await app.messenger.post(to, message);
      if (delivery.outcome === 'held') return app.clock.now() + delivery.after;
      if (delivery.outcome !== 'failed' || delivery.lasting) return undefined;
      attempts += 1;
      if (attempts < MOST_REPLIES) return app.clock.now() + (delivery.after ?? FIRST_WAIT_MS * 2 ** attempts);
      app.log.warn({ reason: delivery.reason }, 'a reply could not be delivered');
      return undefined;
    });
  }
  await app.lanes.settled(to.conversationId, PATIENCE_MS);
}

/** Lifts what held up a side: the person wrote again, or an operator mended the cause. */
export async function resume(app: App, id: TicketId, side: Side): Promise<void> {
  await editRecord(app, id, (current) => {
    delete current.trouble[side];
    if (side === 'requester') delete current.flag;
    if (current.teller) delete current.teller[side];
  });
}
