// Learns how people ask from answers that helped, per item and apart from content; shows and removes it. Keeps no name.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { noticeCard } from '../../cards/notice.ts';
import { escapeMarkdown } from '../../cards/text.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import type { Instant, ItemId, PersonId } from '../../domain/terms.ts';
import { lastSuggestion, type Ticket } from '../../domain/ticket.ts';
import {
  expire,
  type Learned,
  learnedFrom,
  mayTeach,
  noteTaught,
  strike,
  vote,
  type Wording,
  weightOf,
  withoutVoter,
} from '../../domain/wordings.ts';
import { wordingKey, wordWeight } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import type { Clock, Message, Ports, Store, Stored } from '../ports.ts';
import { type Auditor, audit } from '../privacy/audit.ts';
import { masked } from '../questions/form-check.ts';
import type { App } from '../questions/tickets.ts';
import type { TeacherRecord, WordingKeyRecord, WordingsRecord } from '../records.ts';
import { onlyAdministrators } from '../refusals.ts';
import { keyOf, requestReload } from './knowledge-base.ts';

const LONGEST = 300;
/** Words that carry meaning; fewer say nothing about one item in particular. */
const LEAST_WORDS = 2;
const MOST_SHOWN = 20;
const LONGEST_SHOWN = 120;

const pkOf = (item: ItemId): string => `wordings:${item}`;
const itemOf = (pk: string): ItemId => pk.slice('wordings:'.length) as ItemId;

/** "Ja, opgelost" and "Nee" on the answer that was shown: teaches the item how this person asked. Never rejects. */
export async function learnFromRating(app: App, ticket: Ticket, person: PersonId, helped: boolean): Promise<void> {
  const last = lastSuggestion(ticket);
  const [item] = last?.items ?? [];
  if (!item) return;
  // What a card sent back as picked counts only when the index had offered it.
  const offered = ticket.events.some(
    (event) => event.type === 'suggested' && (event !== last || !last.by) && event.items.includes(item),
  );
  if (offered) await teach(app, { item, text: ticket.question, helped }, person);
}

/** An advisor answered with the source of exactly one item that the index had found for the question. Never rejects. */
export async function learnFromAnswer(app: App, ticket: Ticket, advisor: PersonId): Promise<void> {
  const source = ticket.events.findLast((event) => event.type === 'answered')?.source;
  if (!source) return;
  const { ranked } = app.knowledge.explain({ text: ticket.question });
  const items = ranked.filter(({ item }) => item.sources.some(({ url }) => url === source));
  const [only, ...others] = items;
  if (only && others.length === 0)
    await teach(app, { item: only.item.id, text: ticket.question, helped: true }, advisor);
}

/** How a question reads when it is kept as a wording: without what is recognisable. */
export const asWording = (text: string): string => masked(text).trim();

/** `full`: the person looks after the item, so it counts in full at once and beyond what one person may teach. */
type Lesson = { item: ItemId; text: string; helped: boolean; full?: boolean };

/**
 * Takes a lesson, unless it says nothing or the person has taught enough; false then. A fault is noted; nobody's answer
 * waits for it.
 */
export async function teach(app: App, { item, text, helped, full }: Lesson, person: PersonId): Promise<boolean> {
  const hidden = asWording(text);
  const carrying = new Set(
    wordingKey(hidden)
      .split(' ')
      .filter((word) => word.length > 1 && wordWeight(word) === 1),
  );
  if (hidden.length > LONGEST || carrying.size < LEAST_WORDS) return false;
  const key = keyOf(hidden);
  const at = app.clock.now();
  const against = helped && app.knowledge.explain({ text: hidden }).ranked[0]?.item.id !== item;
  const lesson = { item, key, ...(against ? { against: true as const } : {}) };
  try {
    const by = await pseudonym(app.store, person);
    const teacher = { pk: teacherPk(by), kind: 'wording-teacher' };
    let welcome = false;
    await keep<TeacherRecord>(app.store, teacher, (before) => {
      welcome = full === true || mayTeach(before?.taught ?? [], lesson, at);
      return welcome ? { taught: noteTaught(before?.taught ?? [], { ...lesson, at }) } : before;
    });
    if (!welcome) return false;
    await edit(app, item, (wordings) =>
      vote(wordings, { key, text: hidden, helped }, { by, at, ...(full ? { full } : {}) }),
    );
    return true;
  } catch (error) {
    app.log.warn({ item, error: String(error) }, 'a confirmed wording could not be kept');
    return false;
  }
}

/** Saves other wordings of an item and lets the running index know, in that order also when two come at once. */
async function edit(app: App, item: ItemId, next: (wordings: Wording[]) => Wording[]): Promise<void> {
  await app.serial(pkOf(item), async () => {
    const at = { pk: pkOf(item), kind: 'wordings' };
    const saved = await keep<WordingsRecord>(app.store, at, (before) => ({ wordings: next(before?.wordings ?? []) }));
    app.knowledge.learn(item, learnedFrom(saved?.wordings ?? [], app.clock.now()));
  });
}

/** Takes what another instance learnt into the running index, when that is what a change of the store is about. Never rejects. */
export async function relearn(
  { store, knowledge, clock, log }: Pick<Ports, 'store' | 'knowledge' | 'clock' | 'log'>,
  { doc }: Stored,
): Promise<void> {
  if (doc.kind !== 'wordings') return;
  try {
    // Read again: a change is passed on without a check of what it holds, and may be an older one by now.
    const record = (await store.read(doc.pk, doc.id))?.doc.body as WordingsRecord | undefined;
    knowledge.learn(itemOf(doc.pk), learnedFrom(record?.wordings ?? [], clock.now()));
  } catch (error) {
    log.warn({ error: String(error) }, 'what another instance learnt could not be taken in');
  }
}

/** Everything that was learnt, for an index that is built anew. */
export async function allLearned(store: Store, now: Instant): Promise<Map<ItemId, Learned>> {
  const learned = new Map<ItemId, Learned>();
  for await (const { item, wordings } of wordingsIn(store)) learned.set(item, learnedFrom(wordings, now));
  return learned;
}

async function* wordingsIn(store: Store): AsyncGenerator<{ item: ItemId; wordings: Wording[] }> {
  for await (const { doc } of documentsOf(store, { kind: 'wordings' })) {
    yield { item: itemOf(doc.pk), wordings: (doc.body as WordingsRecord).wordings };
  }
}

export type Listed = {
  /** Names the wording when it has to go; derived from item and words, so always the same. */
  code: string;
  item: ItemId;
  text: string;
  yes: number;
  no: number;
  /** The last vote. */
  at: Instant;
  weight: number;
};

/** What was learnt and not removed, last vote first. */
export async function listWordings(store: Store, now: Instant): Promise<Listed[]> {
  const listed: Listed[] = [];
  for await (const { item, wordings } of wordingsIn(store)) {
    for (const wording of wordings) {
      if (wording.removed) continue;
      listed.push({
        code: codeOf(item, wording.key),
        item,
        text: wording.text,
        yes: wording.for.length,
        no: wording.against.length,
        at: Math.max(...[...wording.for, ...wording.against].map(({ at }) => at)),
        weight: weightOf(wording, now),
      });
    }
  }
  return listed.sort((a, b) => b.at - a.at || (a.code < b.code ? -1 : 1));
}

/** Removes a wording for good, noted in the trail, and asks running processes to take it out of their index. False when there is none. */
export async function removeWording(
  { store, clock }: { store: Store; clock: Clock },
  by: Auditor,
  code: string,
): Promise<boolean> {
  const found = (await listWordings(store, clock.now())).find((one) => one.code === code);
  if (!found) return false;
  await audit({ store, clock }, by, { action: 'remove-wording', about: 'wording' });
  await keep<WordingsRecord>(store, { pk: pkOf(found.item), kind: 'wordings' }, (before) => ({
    wordings: strike(before?.wordings ?? [], keyOf(found.text)),
  }));
  await requestReload(store, clock);
  return true;
}

/**
 * The text of a question is made unreadable: what was learnt from it goes too. With `shared`, what two or more people
 * confirmed stays: they asked it, or answered it, themselves.
 */
export async function unlearn(app: App, question: string, { shared = false } = {}): Promise<void> {
  const key = keyOf(asWording(question));
  const holding: ItemId[] = [];
  for await (const { item, wordings } of wordingsIn(app.store)) {
    const found = wordings.find((one) => one.key === key);
    if (found && !(shared && found.for.length + found.against.length > 1)) holding.push(item);
  }
  for (const item of holding) await edit(app, item, (wordings) => strike(wordings, key));
}

/** The wordings on which a person voted, in words: theirs to see. */
export async function wordingsOf(store: Store, person: PersonId): Promise<{ item: ItemId; text: string }[]> {
  const by = await pseudonym(store, person);
  const of: { item: ItemId; text: string }[] = [];
  for (const item of await itemsTaughtBy(store, by)) {
    const record = (await store.read(pkOf(item), pkOf(item)))?.doc.body as WordingsRecord | undefined;
    for (const { text, for: yes, against } of record?.wordings ?? []) {
      if ([...yes, ...against].some((one) => one.by === by)) of.push({ item, text });
    }
  }
  return of;
}

/** Takes out everything that a person taught; what others confirmed in the same words stays. Returns how many items changed. */
export async function forgetWordings(app: App, person: PersonId): Promise<number> {
  const by = await pseudonym(app.store, person);
  const items = await itemsTaughtBy(app.store, by);
  for (const item of items) await edit(app, item, (wordings) => withoutVoter(wordings, by));
  if (items.length > 0) await app.store.erase(teacherPk(by));
  return items.length;
}

/** Removes votes from before a moment, and wordings with their last one; with `dry` counts the items only. */
export async function expireWordings(app: App, before: Instant, { dry }: { dry: boolean }): Promise<number> {
  let items = 0;
  for await (const { item, wordings } of wordingsIn(app.store)) {
    if (expire(wordings, before) === wordings) continue;
    items++;
    if (!dry) await edit(app, item, (now) => [...expire(now, before)]);
  }
  if (items === 0 || dry) return items;
  for await (const { doc, version } of documentsOf(app.store, { kind: 'wording-teacher' })) {
    const { taught } = doc.body as TeacherRecord;
    const recent = taught.filter(({ at }) => at >= before);
    if (recent.length === 0) await app.store.erase(doc.pk);
    else if (recent.length < taught.length) await app.store.replace({ ...doc, body: { taught: recent } }, version);
  }
  return items;
}

async function itemsTaughtBy(store: Store, by: string): Promise<ItemId[]> {
  const record = (await store.read(teacherPk(by), teacherPk(by)))?.doc.body as TeacherRecord | undefined;
  return [...new Set(record?.taught.map(({ item }) => item))];
}

const teacherPk = (by: string): string => `wording-teacher:${by}`;
const codeOf = (item: ItemId, key: string): string =>
  createHash('sha256').update(`${item}\n${key}`).digest('hex').slice(0, 8);

const KEY = { pk: 'wording-key', kind: 'wording-key' };

/** The same for the same person as long as the store has its key, and nobody's without it. */
async function pseudonym(store: Store, person: PersonId): Promise<string> {
  const record = await keep<WordingKeyRecord>(
    store,
    KEY,
    (before) => before ?? { key: randomBytes(32).toString('base64url') },
  );
  return createHmac('sha256', record!.key).update(person).digest('base64url').slice(0, 22);
}

/** An administrator's overview in the chat. */
export async function showWordings(app: App, who: Person): Promise<Message> {
  const { summary, title, intro, none, line, more, notAllowed } = locale.wordings;
  if (!mayIn(who.roles, 'manage-wordings')) return { summary, text: await onlyAdministrators(app, notAllowed) };
  const listed = await listWordings(app.store, app.clock.now());
  if (listed.length === 0) return { summary, text: none };
  const titles = new Map(app.knowledge.content().items.map((item) => [item.id, item.title]));
  const short = (text: string) => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
  const lines = listed.slice(0, MOST_SHOWN).map((one) =>
    line({
      ...one,
      text: escapeMarkdown(short(one.text)),
      title: escapeMarkdown(short(titles.get(one.item) ?? one.item)),
    }),
  );
  const rest = listed.length - MOST_SHOWN;
  return { summary, card: noticeCard({ title, lines: [intro, ...lines, ...(rest > 0 ? [more(rest)] : [])] }) };
}

/** An administrator takes one out. */
export async function removeShown(app: App, who: Person, code: string): Promise<Message> {
  const { summary, removed, unknown, notAllowed } = locale.wordings;
  if (!mayIn(who.roles, 'manage-wordings')) return { summary, text: await onlyAdministrators(app, notAllowed) };
  const found = await removeWording(app, who.person, code);
  return { summary, text: found ? removed : unknown(code) };
}
