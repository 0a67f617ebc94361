// Reviewing knowledge items: the card of one, publishing, saying no with a reason, going back, and the list of what waits.

import type { ActionOf } from '../../cards/actions.ts';
import { themeName } from '../../cards/fields.ts';
import { itemListCard, type ListedRow, reasonForm } from '../../cards/items.ts';
import { mayIn, mayReview, type Person, type Stewards } from '../../domain/authorisation.ts';
import {
  confirm,
  type Entry,
  type ItemRefusal,
  publish,
  reject,
  retire,
  revert,
  sendBack,
} from '../../domain/items.ts';
import type { ItemId, Result } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { peopleWithEmail } from '../people.ts';
import type { Message } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text, withSentence } from '../reply.ts';
import { caseGroups } from './cases.ts';
import { announceReview, cardOf } from './item-tell.ts';
import { changeItem, entryOfFile, itemsIn, standingEntry, stewardsOf } from './items.ts';
import { missRows } from './misses.ts';
import { flaggable } from './regulation.ts';
import { upkeepGroups } from './upkeep.ts';

const words = locale.items;

/** Every advisor may read what waits; who may decide is looked at when they press. */
export async function openItem(app: App, who: Person, { item }: ActionOf<'open-item'>): Promise<Reply> {
  if (!mayRead(who)) return text(await onlyStaff(app, words.notAllowed));
  const entry = await standingEntry(app, item);
  return entry ? { kind: 'card', card: cardOf(app, entry) } : text(words.gone);
}

const mayRead = (who: Person): boolean => mayIn(who.roles, 'write-items') || who.roles.contacts !== undefined;

export async function publishItem(app: App, who: Person, action: ActionOf<'publish-item'>): Promise<Reply> {
  return onCard(app, who, action.item, words.review.published, async (stewards) => {
    return publishing(app, who, act(app, who, action), { version: action.version, stewards });
  });
}

export async function revertItem(app: App, who: Person, action: ActionOf<'revert-item'>): Promise<Reply> {
  return onCard(app, who, action.item, words.review.reverted, async (stewards) => (entry) => {
    return revert(entry, act(app, who, action), { version: action.version, stewards });
  });
}

/** "Nog juist": what requesters have was read again today. */
export async function confirmItem(app: App, who: Person, action: ActionOf<'confirm-item'>): Promise<Reply> {
  return onCard(app, who, action.item, words.review.confirmed, async (stewards) => (entry) => {
    return confirm(entry, act(app, who, action), { version: action.version, stewards });
  });
}

const act = (app: App, who: Person, { do: what, key }: { do: string; key: string }) => ({
  who,
  now: app.clock.now(),
  key: `${what}:${key}`,
});

/** A theme that ended while the text waited takes nothing new: whoever reviews gives it another one first. */
async function publishing(
  app: App,
  who: Person,
  given: ReturnType<typeof act>,
  { version, stewards }: { version: number; stewards: Stewards },
): Promise<(entry: Entry) => Result<Entry, ItemRefusal>> {
  const alone = await nobodyElse(app, who, stewards);
  const today = brusselsDay(app.clock.now());
  return (entry) => {
    const latest = entry.versions.at(-1)!.text.theme;
    const theme = app.knowledge.content().themes.find(({ id }) => id === latest);
    if (theme?.until && theme.until < today && entry.state.kind === 'proposed' && mayReview(who.roles, stewards))
      return { ok: false, refusal: { kind: 'theme-retired', name: theme.name } };
    return publish(entry, given, { version, stewards, alone });
  };
}

/** True when nobody else whom the house knows looks after these items. */
async function nobodyElse(app: App, who: Person, { service, contacts }: Stewards): Promise<boolean> {
  const all = app.knowledge.content().contacts.filter(({ id }) => contacts.includes(id));
  const known = await peopleWithEmail(
    app,
    service,
    all.map(({ email }) => email),
  );
  return known.every(({ person }) => person === who.person);
}

/** Decides and shows the card as it stands then, with what happened, or why not, above it. */
async function onCard(
  app: App,
  who: Person,
  id: ItemId,
  done: string,
  prepare: (stewards: Stewards) => Promise<(entry: Entry) => Result<Entry, ItemRefusal>>,
): Promise<Reply> {
  if (!mayRead(who)) return text(await onlyStaff(app, words.notAllowed));
  const changed = await decide(app, id, prepare);
  if (!changed) return text(words.gone);
  const entry = await standingEntry(app, id);
  if (!entry) return text(words.gone);
  if (changed.ok) announceReview(app, id);
  const sentence = changed.ok ? done : words.refusal(changed.refusal);
  return { kind: 'card', card: withSentence(cardOf(app, entry), sentence, { done: changed.ok }) };
}

/** What a reviewer can do with what waits, in one go; `reason` is for the writer. */
export type Review = {
  how: 'publish' | 'send-back' | 'reject';
  item: ItemId;
  version: number;
  key: string;
  reason: string;
};

/** The same from elsewhere than a card: what came of it, or why not, in Dutch. */
export async function settleReview(
  app: App,
  who: Person,
  sent: Review,
): Promise<{ saved: string } | { problem: string }> {
  const { how, item, version, key, reason } = sent;
  if (!mayRead(who)) return { problem: await onlyStaff(app, words.notAllowed) };
  const changed = await decide(app, item, async (stewards) => {
    const given = { who, now: app.clock.now(), key: `${how}:${key}` };
    if (how === 'publish') return publishing(app, who, given, { version, stewards });
    return (entry) => (how === 'reject' ? reject : sendBack)(entry, given, { version, stewards, reason });
  });
  if (!changed) return { problem: words.gone };
  if (!changed.ok) return { problem: words.refusal(changed.refusal) };
  announceReview(app, item);
  return { saved: how === 'publish' ? words.review.published : words.review.done[how] };
}

/** Items that wait and that this person may decide on, longest first. */
export async function waitingFor(app: App, who: Person): Promise<Entry[]> {
  const content = app.knowledge.content();
  const waiting: Entry[] = [];
  for await (const { entry } of itemsIn(app.store)) {
    const stewards = stewardsOf(content, entry.versions.at(-1)!.text.theme);
    if (entry.state.kind === 'proposed' && stewards && mayReview(who.roles, stewards)) waiting.push(entry);
  }
  return waiting.sort((a, b) => a.state.since - b.state.since);
}

/** Undefined when there is no such item, or its theme is not in content/ any more. */
async function decide(
  app: App,
  id: ItemId,
  prepare: (stewards: Stewards) => Promise<(entry: Entry) => Result<Entry, ItemRefusal>>,
): Promise<Result<Entry, ItemRefusal> | undefined> {
  const standing = await standingEntry(app, id);
  if (!standing) return undefined;
  const { theme } = standing.versions.at(-1)!.text;
  const stewards = stewardsOf(app.knowledge.content(), theme);
  if (!stewards) return { ok: false, refusal: { kind: 'theme-retired', name: theme } };
  const decided = await prepare(stewards);
  return changeItem(app, id, (before) => {
    const entry = before ?? entryOfFile(app.knowledge.content(), id);
    return entry ? decided(entry) : { ok: false, refusal: { kind: 'not-allowed' } };
  });
}

export async function openReason(app: App, who: Person, action: ActionOf<'open-item-reason'>): Promise<Reply> {
  if (!mayRead(who)) return text(await onlyStaff(app, words.notAllowed));
  const entry = await standingEntry(app, action.item);
  if (!entry) return text(words.gone);
  const stewards = stewardsOf(app.knowledge.content(), entry.versions.at(-1)!.text.theme);
  if (!stewards || !mayReview(who.roles, stewards)) return text(words.refusal({ kind: 'not-allowed' }));
  return reasonDialog(entry, action, `${entry.events.length}`);
}

function reasonDialog(
  entry: Entry,
  { version, how, reason = '' }: Pick<ActionOf<'item-reason'>, 'version' | 'how'> & { reason?: string },
  key: string,
  problem?: string,
): Reply {
  const card = reasonForm({ entry, version, how, key, reason, ...(problem ? { problem } : {}) });
  return { kind: 'dialog', title: words.review.reasonTitle[how], card };
}

export async function giveReason(app: App, who: Person, action: ActionOf<'item-reason'>): Promise<Reply> {
  if (!mayRead(who)) return text(await onlyStaff(app, words.notAllowed));
  const { item, version, how, reason } = action;
  const changed = await decide(app, item, async (stewards) => (entry) => {
    const how = { who, now: app.clock.now(), key: `${action.how}:${action.key}` };
    if (action.how === 'retire') return retire(entry, how, { reason, stewards });
    return (action.how === 'reject' ? reject : sendBack)(entry, how, { version, stewards, reason });
  });
  const entry = await standingEntry(app, item);
  if (!changed || !entry) return text(words.gone);
  if (!changed.ok) return reasonDialog(entry, action, action.key, words.refusal(changed.refusal));
  announceReview(app, item);
  return text(words.review.done[how]);
}

/** What waits for this person, and what they proposed. */
export async function itemList(app: App, who: Person): Promise<Message> {
  if (!mayRead(who)) return { summary: words.summary, text: await onlyStaff(app, words.notAllowed) };
  const content = app.knowledge.content();
  const toReview: ListedRow[] = [];
  const mine: ListedRow[] = [];
  for await (const { entry } of itemsIn(app.store)) {
    const { state } = entry;
    const latest = entry.versions.at(-1)!.text;
    const stewards = stewardsOf(content, latest.theme);
    const row = {
      line: words.list.line(latest.question, themeName(content, latest.theme)),
      hint: words.review.state[state.kind](state.by.name || words.review.somebody, state.since),
      press: { do: 'open-item', item: entry.id },
    };
    const wrote = entry.events.findLast(({ type }) => type === 'proposed')?.by.person === who.person;
    if (wrote && state.kind !== 'published' && state.kind !== 'retired') mine.push(row);
    else if (state.kind === 'proposed' && stewards && mayReview(who.roles, stewards)) toReview.push(row);
  }
  const groups = [
    { heading: words.list.toReview, rows: toReview },
    { heading: words.list.misses, rows: await missRows(app, who) },
    { heading: words.list.mine, rows: mine },
    ...(await caseGroups(app, who)),
    ...(await upkeepGroups(app, who)),
  ];
  return { summary: words.summary, card: itemListCard(groups, { canFlag: flaggable(content, who).length > 0 }) };
}
