// Tells whoever looks after a theme that an item waits, and its writer what came of it: in their own chat, else in the channel.

import { reviewCard } from '../../cards/items.ts';
import { noticeCard } from '../../cards/notice.ts';
import { escapeMarkdown } from '../../cards/text.ts';
import type { Entry, ItemEvent } from '../../domain/items.ts';
import type { Instant, ItemId, PersonId } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import { peopleWithEmail, readChannel, readPerson } from '../people.ts';
import type { Address, Message } from '../ports.ts';
import { notePosted, reviewCards } from '../privacy/posted.ts';
import type { App } from '../questions/tickets.ts';
import { itemsDue, nearestTo, noteTold, ownerOf, pkOf, readItem, stewardsOf } from './items.ts';

const words = locale.items;
const MOST_ATTEMPTS = 12;
const WAIT_MS = 15_000;

/** Tells in the background; what this process does not get to is found by the sweep. */
export function announceReview(app: App, id: ItemId): void {
  app.lanes.add(`item ${id}`, `tell item ${id}`, () => app.serial(`tell:item:${id}`, () => tellItem(app, id)));
}

/** Items of which something was not told in time. */
export async function tellItemsDue(app: App): Promise<void> {
  for (const id of await itemsDue(app)) announceReview(app, id);
}

/** Returns when to go on, when that is later. */
async function tellItem(app: App, id: ItemId): Promise<Instant | undefined> {
  for (;;) {
    const held = await readItem(app.store, id);
    if (!held || held.record.told >= held.entry.events.length) return undefined;
    const { told, attempts = 0 } = held.record;
    const outcome = await tellEvent(app, held.entry, held.entry.events[told]!);
    if (outcome === 'told' || attempts + 1 >= MOST_ATTEMPTS) {
      if (outcome !== 'told')
        app.log.error({ item: id, outcome }, 'an item could not be told; it is in the list of items');
      await noteTold(app, id, told + 1);
      continue;
    }
    const due = app.clock.now() + WAIT_MS;
    await noteTold(app, id, told, { due, attempts: attempts + 1 });
    return due;
  }
}

/** `person` has the chat. */
type Target = { to: Address; person?: PersonId; mention?: Message['mention'] };

async function tellEvent(app: App, entry: Entry, event: ItemEvent): Promise<string> {
  if (event.type === 'sent-back' || event.type === 'rejected') await showDecided(app, entry);
  const message = messageFor(app, entry, event);
  if (!message) return 'told';
  const targets = event.type === 'proposed' ? await reviewers(app, entry, event) : await writer(app, entry, event);
  if (targets === undefined) return 'told';
  let last = 'no advisors channel is registered';
  for (const { to, mention, person } of targets) {
    const delivery = await app.messenger.post(to, { ...message, ...(mention ? { mention } : {}) });
    if (delivery.outcome === 'delivered') {
      const posted = { address: to, activityId: delivery.activityId };
      await notePosted(app, pkOf(entry.id), posted, { to: person, review: event.type === 'proposed' });
      return 'told';
    }
    last = delivery.outcome === 'failed' ? delivery.reason : delivery.outcome;
    // Whoever removed the bot is reached in the channel; a platform that is busy is tried again.
    if (delivery.outcome === 'failed' || delivery.outcome === 'held') break;
  }
  return last;
}

/** Only of the last proposal: what was changed since says the same better. */
function messageFor(app: App, entry: Entry, event: ItemEvent): Message | undefined {
  const title = escapeMarkdown(entry.versions.at(-1)!.text.question);
  const by = escapeMarkdown(event.by.name === '' ? words.review.somebody : event.by.name);
  const material = entry.versions.at(-1)!.text.material !== undefined;
  const what = material ? 'material' : 'faq';
  // Whoever offers a material need not be somebody who reads what waits: they get the form, when it is their turn.
  const change = { msteams: { type: 'task/fetch' }, do: 'open-offer', item: entry.id };
  const open = { title: words.told.open, data: { do: 'open-item', item: entry.id } };
  const again = event.type === 'sent-back' ? [{ title: words.review.edit, data: change }] : [];
  const notice = (line: string): Message => ({
    summary: material ? words.offer.summary : words.summary,
    card: noticeCard({
      title: material ? words.offer.title : words.list.title,
      lines: [line],
      buttons: material ? again : [open],
    }),
  });
  switch (event.type) {
    case 'proposed':
      if (entry.state.kind !== 'proposed' || entry.events.at(-1) !== event) return undefined;
      return { summary: words.review.summary[what], card: cardOf(app, entry) };
    case 'published':
      return notice(words.told.published(words.what[what], title));
    case 'sent-back':
    case 'rejected':
      return notice(words.told[event.type](words.what[what], title, by, escapeMarkdown(event.reason)));
    default:
      return undefined;
  }
}

/**
 * Said in a form or on the dashboard, a "no" leaves the card as it was: it shows how things stand, without the buttons. A
 * card that stays so is harmless, as its buttons say the same. Who publishes presses on the card itself.
 */
async function showDecided(app: App, entry: Entry): Promise<void> {
  const message = { summary: words.summary, card: cardOf(app, entry) };
  for (const posted of await reviewCards(app, pkOf(entry.id))) await app.messenger.update(posted, message);
}

export function cardOf(app: App, entry: Entry) {
  const directory = app.knowledge.content();
  const { question, theme, material } = entry.versions.at(-1)!.text;
  const kind = material ? 'material' : 'faq';
  const near =
    entry.state.kind === 'proposed' ? nearestTo(app, question, entry.id, kind).map((item) => item.title) : [];
  return reviewCard({ directory, entry, owner: ownerOf(directory, theme), near });
}

/** The first steward with a chat who is not the writer; else the advisors' channel, naming the owner. */
async function reviewers(app: App, entry: Entry, event: ItemEvent): Promise<Target[] | undefined> {
  const content = app.knowledge.content();
  const stewards = stewardsOf(content, entry.versions.at(-1)!.text.theme);
  if (!stewards) return undefined;
  const contacts = stewards.contacts.flatMap((id) => content.contacts.find((one) => one.id === id) ?? []);
  const known = await peopleWithEmail(
    app,
    stewards.service,
    contacts.map(({ email }) => email),
  );
  const others = known.filter(({ person }) => person !== event.by.person);
  const channel = await readChannel(app, stewards.service);
  const [owner] = others;
  const mention = owner && { id: owner.record.userId, name: owner.record.name };
  return [
    ...others.flatMap(({ person, record }) => (record.address ? [{ to: record.address, person }] : [])).slice(0, 1),
    ...(channel ? [{ to: channel.address, ...(mention ? { mention } : {}) }] : []),
  ];
}

/** Whoever wrote the text, unless they did this themselves; undefined when there is nobody to tell. */
async function writer(app: App, entry: Entry, event: ItemEvent): Promise<Target[] | undefined> {
  const at = entry.events.indexOf(event);
  const wrote = entry.events
    .slice(0, at)
    .findLast(({ type, by }) => type === 'proposed' && by.person !== event.by.person);
  const record = wrote && (await readPerson(app, wrote.by.person));
  return wrote && record?.address ? [{ to: record.address, person: wrote.by.person }] : undefined;
}
