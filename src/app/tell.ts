// Tells the world what happened to a ticket: posts what its events call for and keeps its cards up to date.

import { channelCard, movedCard } from '../cards/advisor.ts';
import type { Card } from '../cards/card.ts';
import {
  answerCard,
  askBackCard,
  deliveryCard,
  noticeCard,
  statusCard,
  statusWord,
  surveyCard,
  themeName,
} from '../cards/requester.ts';
import { acuteDanger } from '../domain/privacy.ts';
import { type Instant, type Item, never, type TicketId } from '../domain/terms.ts';
import { holder, lastSuggestion, type Ticket } from '../domain/ticket.ts';
import { nl } from '../locale/nl.ts';
import { type Notice, notices } from './notices.ts';
import { findPersonByEmail, keepKnown, readChannel, readPerson } from './people.ts';
import type { Address, Delivery, Message, Posted } from './ports.ts';
import type { Side, TicketRecord } from './records.ts';
import { type App, findTickets, type Loaded, load, pending, save, stale } from './tickets.ts';

/** After this many failed attempts a side is left to an operator: the dead-letter list. */
const MOST_ATTEMPTS = 12;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** How long to wait between looks whether an administrator registered or mended the advisors' channel. */
const CHANNEL_WAIT_MS = 15_000;

/**
 * Posts everything that was not told yet, in order per side, and saves after every post. Losing a message is
 * impossible; one can come twice only when the process dies between the platform's "yes" and our save.
 */
export async function tell(app: App, id: TicketId): Promise<void> {
  await app.serial(`tell:${id}`, async () => {
    const loaded = await load(app, id);
    if (!loaded) return;
    // The two sides are different conversations: trouble on one does not hold up the other.
    await tellSide(app, id, 'requester');
    await tellSide(app, id, 'channel');
  });
}

async function tellSide(app: App, id: TicketId, side: Side): Promise<void> {
  for (;;) {
    const loaded = await load(app, id);
    if (!loaded || !pending(loaded.ticket, loaded.record, side)) return;
    const trouble = loaded.record.trouble[side];
    if (trouble && (trouble.at === undefined || trouble.at > app.clock.now())) return;
    const step = await nextStep(app, loaded, side);
    await app.serial(id, () => record(app, id, (current) => step.apply(current)));
    await step.afterwards?.(loaded.ticket);
    if (!step.done) return;
  }
}

/** What one attempt did, as a change to the record; `done` is false when the side has to wait. */
type Step = {
  done: boolean;
  apply: (record: TicketRecord) => void;
  afterwards?: (ticket: Ticket) => Promise<void>;
};

async function nextStep(app: App, loaded: Loaded, side: Side): Promise<Step> {
  const { ticket, record: before } = loaded;
  const notice = notices(ticket)[side][before.told[side]];
  if (!notice) return updateCards(app, loaded, side);
  const to = await addressOf(app, loaded, notice);
  if (!to) return waitForChannel(app, before, 'no advisors channel is registered');
  // What was taken over from elsewhere has no chat.
  const delivery: Delivery =
    to.conversationId === ''
      ? { outcome: 'unreachable' }
      : await app.messenger.post(to, await messageFor(app, ticket, notice));
  if (delivery.outcome !== 'delivered') return setBack(app, before, side, delivery);
  const posted: Posted = { address: to, activityId: delivery.activityId };
  const moved = notice.kind === 'card' && notice.movedFrom ? before.posts.channel : undefined;
  if (moved) {
    const service = app.knowledge.content().services.find(({ id }) => id === ticket.service)?.name ?? '';
    await app.messenger.update(moved, { summary: nl.thread.summary(ticket.number), card: movedCard(ticket, service) });
  }
  return {
    done: true,
    apply: (record) => {
      record.told[side] = before.told[side] + 1;
      delete record.trouble[side];
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
  if (!stale(ticket, before, side)) return { done: true, apply: () => undefined };
  const updates: [Posted | undefined, Message][] =
    side === 'channel'
      ? [[before.posts.channel, await channelMessage(app, ticket)]]
      : [
          [before.posts.answer, await answerMessage(app, ticket)],
          [before.posts.status, statusMessage(app, ticket)],
          [before.posts.survey, surveyMessage(app, ticket)],
        ];
  for (const [posted, message] of updates) {
    if (!posted) continue;
    const delivery = await app.messenger.update(posted, message);
    // A card that the person deleted needs no update.
    if (delivery.outcome === 'failed') return setBack(app, before, side, delivery);
  }
  return {
    done: true,
    apply: (record) => {
      record.shown[side] = ticket.events.length;
      delete record.trouble[side];
    },
  };
}

function setBack(
  app: App,
  before: TicketRecord,
  side: Side,
  delivery: Exclude<Delivery, { outcome: 'delivered' }>,
): Step {
  if (delivery.outcome === 'unreachable') {
    // Nobody writes on behalf of a channel, so nothing but trying again finds out that the bot is back in it.
    if (side === 'channel') return waitForChannel(app, before, 'the advisors channel refuses messages');
    return {
      done: false,
      apply: (record) => {
        record.trouble[side] = { reason: 'unreachable', attempts: 0 };
      },
      afterwards: (ticket) => noteUnreachable(app, ticket),
    };
  }
  return waitFor(side, delivery, before, app);
}

/** Until an administrator mends it, however long that takes: a question must not end in the dead-letter list for it. */
function waitForChannel(app: App, before: TicketRecord, reason: string): Step {
  app.log.warn({ number: before.number, reason }, 'a message for advisors waits; register or mend their channel');
  return {
    done: false,
    apply: (record) => {
      record.trouble.channel = { reason, attempts: 0, at: app.clock.now() + CHANNEL_WAIT_MS };
    },
  };
}

function waitFor(side: Side, why: { reason: string; after?: number }, before: TicketRecord, app: App): Step {
  const attempts = (before.trouble[side]?.attempts ?? 0) + 1;
  const wait = why.after ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
  const at: Instant = app.clock.now() + wait;
  const dead = attempts >= MOST_ATTEMPTS;
  if (dead)
    app.log.error({ side, number: before.number, reason: why.reason }, 'message given up after repeated failures');
  return {
    done: false,
    apply: (record) => {
      record.trouble[side] = { reason: why.reason, attempts, ...(dead ? {} : { at }) };
    },
  };
}

/** Saves a change to what was told; events that were added meanwhile are kept. */
async function record(app: App, id: TicketId, apply: (record: TicketRecord) => void): Promise<void> {
  for (;;) {
    const loaded = await load(app, id);
    if (!loaded) return;
    const next = structuredClone(loaded.record);
    apply(next);
    if (await save(app, loaded.ticket, next, loaded.version)) return;
  }
}

async function addressOf(app: App, { ticket, record }: Loaded, notice: Notice): Promise<Address | undefined> {
  if (notice.side === 'requester') return record.address;
  if (notice.kind === 'card') return (await readChannel(app, notice.service))?.address;
  const card = record.posts.channel;
  return card ? { ...card.address, thread: card.activityId } : (await readChannel(app, ticket.service))?.address;
}

async function messageFor(app: App, ticket: Ticket, notice: Notice): Promise<Message> {
  const directory = app.knowledge.content();
  const now = app.clock.now();
  switch (notice.kind) {
    case 'answer':
      return answerMessage(app, ticket);
    case 'status':
      return statusMessage(app, ticket);
    case 'ask-back':
      return {
        summary: nl.delivery.askBackSummary(ticket.number),
        card: askBackCard(directory, ticket, notice.text, notice.by, notice.key),
      };
    case 'delivery':
      return {
        summary: nl.delivery.answerSummary(ticket.number),
        card: deliveryCard(
          {
            directory,
            ticket,
            title: nl.delivery.answerTitle(ticket.number),
            text: notice.text,
            source: notice.source,
            by: notice.by,
            hint: nl.delivery.reopenHint,
          },
          now,
        ),
      };
    case 'referral':
      return {
        summary: nl.delivery.referredSummary(ticket.number),
        card: deliveryCard(
          {
            directory,
            ticket,
            title: nl.delivery.referredTitle(ticket.number),
            intro: nl.delivery.referredTo,
            text: notice.note === '' ? notice.to : `${notice.to}\n${notice.note}`,
            by: notice.by,
          },
          now,
        ),
      };
    case 'closed':
      return { summary: nl.delivery.closedSummary(ticket.number), text: nl.delivery.closedSummary(ticket.number) };
    case 'survey':
      return surveyMessage(app, ticket);
    case 'card':
      return channelMessage(app, ticket);
    default:
      return threadMessage(app, ticket, notice);
  }
}

type ThreadNotice = Extract<Notice, { side: 'channel' }> & { kind: Exclude<Notice['kind'], 'card'> };

async function threadMessage(app: App, ticket: Ticket, notice: ThreadNotice): Promise<Message> {
  const summary = nl.thread.summary(ticket.number);
  const name = ('by' in notice ? notice.by?.name : undefined) ?? nl.common.requester;
  const line = (text: string, quote?: string): Message => ({
    summary,
    card: noticeCard({ lines: [text], ...(quote ? { quote } : {}) }),
  });
  switch (notice.kind) {
    case 'said': {
      const said = {
        replied: nl.thread.replied(name, ticket.number),
        answered: nl.thread.answered(name),
        'asked-back': nl.thread.askedBack(name),
        reopened: nl.thread.reopened(name),
      }[notice.what];
      return line(said, notice.text);
    }
    case 'released':
      return line(nl.thread.released(name));
    case 'withdrawn':
      return line(nl.thread.withdrawn);
    case 'consulted':
      return line(nl.thread.consulted(name, notice.colleague));
    case 'handed-over': {
      const { to } = notice;
      const contact = 'contact' in to && app.knowledge.content().contacts.find(({ id }) => id === to.contact);
      return line(nl.thread.handedOver(name, 'advisor' in to ? to.advisor.name : contact ? contact.role : ''));
    }
    case 'reminder': {
      const contact = app.knowledge.content().contacts.find(({ id }) => id === notice.contact);
      const role = contact?.role ?? nl.common.colleague;
      const person = contact && (await findPersonByEmail(app, ticket.service, contact.email));
      return {
        summary,
        text: nl.thread.reminder[notice.step](role),
        ...(person ? { mention: { id: person.userId, name: person.name } } : {}),
      };
    }
    default:
      return never(notice);
  }
}

async function answerMessage(app: App, ticket: Ticket): Promise<Message> {
  return { summary: nl.answer.summary, card: await answerCardFor(app, ticket) };
}

/** What the index found for a question, as it stands now. */
export async function answerCardFor(app: App, ticket: Ticket): Promise<Card> {
  const content = app.knowledge.content();
  const owner = ticket.requester.person;
  const [awaiting] =
    ticket.state.kind === 'answered' && owner ? await findTickets(app, { owner, status: 'awaiting-requester' }) : [];
  return answerCard({
    ticket,
    items: suggestedItems(content.items, ticket),
    directory: content,
    now: app.clock.now(),
    emergency: acuteDanger(ticket.question) ? content.emergency : [],
    ...(awaiting ? { awaiting: { id: awaiting.id, number: awaiting.number } } : {}),
  });
}

/** The items of the last suggestion that still exist, in its order. */
function suggestedItems(items: Item[], ticket: Ticket): Item[] {
  const shown = lastSuggestion(ticket)?.items ?? [];
  return shown.flatMap((id) => items.find((item) => item.id === id) ?? []);
}

function statusMessage(app: App, ticket: Ticket): Message {
  const content = app.knowledge.content();
  return {
    summary: nl.status.summary(ticket.number, statusWord(content, ticket)),
    card: statusCard(content, ticket, app.clock.now()),
  };
}

function surveyMessage(app: App, ticket: Ticket): Message {
  return {
    summary: nl.survey.summary(ticket.number),
    card: surveyCard(app.knowledge.content().survey, ticket, app.clock.now()),
  };
}

/** The earlier tickets that were found when the question was routed, and that still have their answer. */
export async function similarOf(app: App, ticket: Ticket): Promise<Ticket[]> {
  const ids = ticket.events.findLast((event) => event.type === 'routed')?.similar ?? [];
  const found = await Promise.all(ids.map((id) => load(app, id)));
  const answered = (earlier: Ticket) => earlier.events.some((event) => event.type === 'answered' && event.text !== '');
  return found.flatMap((loaded) => (loaded && answered(loaded.ticket) ? [loaded.ticket] : []));
}

/** The base card of the channel; the holder's client fetches the own view by itself. */
async function channelMessage(app: App, ticket: Ticket): Promise<Message> {
  const directory = app.knowledge.content();
  const held = holder(ticket.state);
  const person = held && (await readPerson(app, held.person));
  return {
    summary: nl.channelCard.summary(ticket.number, themeName(directory, ticket.theme)),
    card: channelCard({
      directory,
      ticket,
      similar: await similarOf(app, ticket),
      ...(person ? { refreshFor: person.userId } : {}),
    }),
  };
}

/** Tells in the background: the presser already has their own view, and the sweep repeats what fails. */
export function announce(app: App, id: TicketId): void {
  tell(app, id).catch((error: unknown) => app.log.error({ ticket: id, error: String(error) }, 'telling failed'));
}

/**
 * Remembers with the person what they missed, and tells the advisors, once, that the requester has to be reached
 * another way. Nothing is tried again until the person writes.
 */
async function noteUnreachable(app: App, ticket: Ticket): Promise<void> {
  const { person } = ticket.requester;
  if (!person) return;
  await keepKnown(app, person, (record) => {
    record.missed = [...new Set([...(record.missed ?? []), ticket.id])];
  });
  const card = (await load(app, ticket.id))?.record.posts.channel;
  if (!card) return;
  const thread = { ...card.address, thread: card.activityId };
  await app.messenger.post(thread, { summary: nl.thread.summary(ticket.number), text: nl.thread.unreachable });
}

/** Lifts what held up a person's messages: they wrote again, so they can be reached. */
export async function resume(app: App, id: TicketId): Promise<void> {
  await app.serial(id, () =>
    record(app, id, (current) => {
      delete current.trouble.requester;
    }),
  );
  await tell(app, id);
}
