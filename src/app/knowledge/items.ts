// Knowledge items that people write: kept with every version, laid over content/, and live in every running index. Knows no card.

import { hash } from 'node:crypto';
import type { Stewards } from '../../domain/authorisation.ts';
import { type ItemText, isWritten, textOf } from '../../domain/item-text.ts';
import {
  type Entry,
  type ItemEvent,
  type ItemRefusal,
  replayItem,
  reviewedAt,
  type Standing,
  take,
} from '../../domain/items.ts';
import { contactOf } from '../../domain/set-up.ts';
import type { ContactId, Item, ItemId, PersonId, Result, ThemeId } from '../../domain/terms.ts';
import type { Regulation } from '../../domain/upkeep.ts';
import { instantAt } from '../../domain/working-time.ts';
import { fold, tokens, wordingKey, wordWeight } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import type { Content, KnowledgeBase, Store } from '../ports.ts';
import { type App, TELL_MS } from '../questions/tickets.ts';
import type { ItemNewsRecord, ItemRecord, RegulationsRecord } from '../records.ts';
import { readSetUp, withSetUp } from '../set-up/kept.ts';

export const pkOf = (id: ItemId): string => `item:${id}`;
const REGULATIONS = { pk: 'control:regulations', kind: 'regulations' };
const NEWS = { pk: 'control:items', kind: 'item-news' };
/** An instance that was asleep for more than so many changes reads everything again. */
const MOST_NEWS = 200;
const NEAREST = 3;
/** An item resembles a question from this score of the ranking on. */
const LEAST_SCORE = 0.2;
const MOST_DUE = 50;
/** Words of a question that make its id; a hash behind them keeps ids apart. */
const MOST_ID_WORDS = 5;

const LIVE_CHANGES = new Set<ItemEvent['type']>(['published', 'reverted', 'retired', 'confirmed']);

export type Held = { entry: Entry; record: ItemRecord };

/** With every version; undefined of what was never changed here. */
export async function readItem(store: Store, id: ItemId): Promise<Held | undefined> {
  const record = (await store.read(pkOf(id), pkOf(id)))?.doc.body as ItemRecord | undefined;
  return record && { entry: replayItem(id, record.events), record };
}

/** An item as it stands: with what happened to it here, or as the files have it; undefined of material and of what is not there. */
export async function standingEntry({ store, knowledge }: Pick<App, 'store' | 'knowledge'>, id: ItemId) {
  return (await readItem(store, id))?.entry ?? entryOfFile(knowledge.content(), id);
}

/** The text of a file as the first version of an item, so that going back to it is possible. */
export function entryOfFile(content: Content, id: ItemId): Entry | undefined {
  const base = baseOf(content, id);
  const by = { person: 'content' as PersonId, name: locale.items.review.files };
  const now = base && instantAt(base.reviewedOn ?? base.writtenOn, '00:00');
  const taken = base && take(undefined, { by, now: now!, key: 'taken' }, id, base);
  return taken?.ok ? taken.value : undefined;
}

/** Every item that was written or changed here, oldest change first. */
export async function* itemsIn(store: Store): AsyncGenerator<Held> {
  for await (const { doc } of documentsOf(store, { kind: 'item' })) {
    const record = doc.body as ItemRecord;
    yield { entry: replayItem(doc.pk.slice('item:'.length) as ItemId, record.events), record };
  }
}

/** The same question always gives the same id, so two drafts of it meet; fit to be one in content/. */
export function idFor(question: string): ItemId {
  const key = wordingKey(question);
  const words = tokens(fold(question)).filter((word) => word.length > 1 && wordWeight(word) === 1);
  const slug = words
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .slice(0, MOST_ID_WORDS)
    .join('-');
  return `${slug === '' ? 'item' : slug.slice(0, 60)}-${hash('sha256', key, 'hex').slice(0, 6)}` as ItemId;
}

/** Items of a kind that may say the same already. */
export function nearestTo(app: App, question: string, except?: ItemId, kind: Item['kind'] = 'faq'): Item[] {
  const { ranked } = app.knowledge.explain({ text: question.slice(0, 300) });
  return ranked
    .filter(({ item, score }) => item.kind === kind && item.id !== except && score >= LEAST_SCORE)
    .slice(0, NEAREST)
    .map(({ item }) => item);
}

/** The contact of a theme: not a contact who dispatches for a region, and reception only when nobody else is there. */
export function ownerOf(content: Content, theme: ThemeId): ContactId | undefined {
  const of = content.themes.find((one) => one.id === theme)?.service;
  return contactOf(content, theme) ?? content.services.find(({ id }) => id === of)?.reception;
}

/** Who looks after the items of a theme; undefined of a theme that content/ does not have. */
export function stewardsOf(content: Content, theme: ThemeId): Stewards | undefined {
  const service = content.services.find(({ id }) => id === content.themes.find((one) => one.id === theme)?.service);
  if (!service) return undefined;
  const owner = ownerOf(content, theme);
  const substitute = content.contacts.find(({ id }) => id === owner)?.substitute;
  const contacts = [owner, substitute, service.coordinator].filter((id) => id !== undefined);
  return { service: service.id, contacts: [...new Set(contacts)] };
}

/** What content/ says of an item, to go on from; undefined of material that is not from the field: it is changed where it was made. */
export function baseOf(content: Content, id: ItemId): ({ text: ItemText } & Standing) | undefined {
  const item = content.items.find((one) => one.id === id && isWritten(one));
  if (!item) return undefined;
  const { status, writtenOn, reviewedOn } = item;
  return { text: textOf(item), status, writtenOn, ...(reviewedOn ? { reviewedOn } : {}) };
}

/** The item as the index gets it; undefined when requesters get none, or when its theme is not in content/ any more. */
export function liveItem(entry: Entry, content: Content): Item | undefined {
  const version = entry.live && entry.versions[entry.live.version - 1];
  const known = version && content.themes.some(({ id }) => id === version.text.theme);
  const owner = known && ownerOf(content, version.text.theme);
  if (!entry.live || !version || !owner) return undefined;
  const { question, answer, variants, theme, audience, sources, material } = version.text;
  const { status, writtenOn, reviewedOn } = entry.live;
  const file = content.items.find(({ id }) => id === entry.id);
  const reviewed = reviewedAt(entry);
  return {
    id: entry.id,
    kind: material ? 'material' : 'faq',
    title: question,
    variants: [...variants],
    wordings: file?.wordings ?? [],
    answer,
    themes: [theme],
    audience: [...audience],
    sources: [...sources],
    writtenOn,
    ...(reviewedOn ? { reviewedOn } : {}),
    ...(reviewed === undefined ? {} : { reviewedAt: reviewed }),
    status,
    owner,
    ...(material ? { materialKind: material.kind, origin: material.origin } : {}),
  };
}

/** Content with what people set up and published over it: theirs in the place of the file's, and without what they took away. */
export async function withItems<Loaded extends { content: Content }>(loaded: Loaded, store: Store): Promise<Loaded> {
  const content = withSetUp(loaded.content, await readSetUp(store));
  const items = new Map(content.items.map((item) => [item.id, item]));
  for await (const { entry } of itemsIn(store)) {
    const item = liveItem(entry, content);
    if (item) items.set(entry.id, item);
    else if (entry.state.kind === 'retired') items.delete(entry.id);
  }
  return {
    ...loaded,
    content: { ...content, items: [...items.values()], regulations: await readRegulations(store) },
  };
}

async function readRegulations(store: Store): Promise<Regulation[]> {
  const record = (await store.read(REGULATIONS.pk, REGULATIONS.pk))?.doc.body as RegulationsRecord | undefined;
  return record?.regulations ?? [];
}

/** Saves other flags on themes, and has every running index take them over. */
export async function changeRegulations(
  app: App,
  edit: (before: readonly Regulation[]) => Regulation[],
): Promise<void> {
  await app.serial(REGULATIONS.pk, async () => {
    const kept = await keep<RegulationsRecord>(app.store, REGULATIONS, (before) => ({
      regulations: edit(before?.regulations ?? []),
    }));
    app.knowledge.regulate(kept?.regulations ?? []);
  });
  await noteNews(app.store);
}

/**
 * Decides on an item and saves it; again on what somebody else left when they were first. Live text is in this index
 * when it resolves, and on the other instances within seconds. A refusal saves nothing.
 */
export async function changeItem(
  app: App,
  id: ItemId,
  decide: (before: Entry | undefined) => Result<Entry, ItemRefusal>,
): Promise<Result<Entry, ItemRefusal>> {
  let outcome: Result<Entry, ItemRefusal> = { ok: false, refusal: { kind: 'not-allowed' } };
  await app.serial(pkOf(id), async () => {
    await keep<ItemRecord>(app.store, { pk: pkOf(id), kind: 'item', facets: facetsFor(app, id) }, (before) => {
      const entry = before && replayItem(id, before.events);
      outcome = decide(entry);
      if (!outcome.ok || outcome.value.events.length === (entry?.events.length ?? 0)) return before;
      return { ...before, events: [...outcome.value.events], told: before?.told ?? 0 };
    });
  });
  const after = outcome as Result<Entry, ItemRefusal>;
  // Also when the press came twice: the first may have died before it could say so.
  if (after.ok && LIVE_CHANGES.has(after.value.events.at(-1)!.type)) await announceItem(app, after.value);
  return after;
}

function facetsFor(app: App, id: ItemId) {
  return ({ events, told }: ItemRecord) => {
    const { state, versions } = replayItem(id, events);
    const service = stewardsOf(app.knowledge.content(), versions.at(-1)!.text.theme)?.service;
    return {
      status: state.kind,
      ...(service ? { service } : {}),
      ...(told < events.length ? { due: app.clock.now() + TELL_MS } : {}),
    };
  };
}

/** Writes down what was told; when there is more, or it could not be told, somebody looks again at `due`. */
export async function noteTold(app: App, id: ItemId, told: number, again?: { due: number; attempts: number }) {
  const facets = (record: ItemRecord) => {
    const { due: _, ...rest } = facetsFor(app, id)(record);
    return again
      ? { ...rest, due: again.due }
      : record.told < record.events.length
        ? { ...rest, due: app.clock.now() }
        : rest;
  };
  await app.serial(pkOf(id), () =>
    keep<ItemRecord>(
      app.store,
      { pk: pkOf(id), kind: 'item', facets },
      (before) =>
        before && {
          events: before.events,
          told: Math.max(before.told, told),
          ...(again ? { attempts: again.attempts } : {}),
        },
    ),
  );
}

/** Items of which something is still to be told. */
export async function itemsDue({ store, clock }: Pick<App, 'store' | 'clock'>): Promise<ItemId[]> {
  const { docs } = await store.list({ kind: 'item', dueBefore: clock.now() }, { limit: MOST_DUE });
  return docs.map(({ doc }) => doc.pk.slice('item:'.length) as ItemId);
}

/** Takes a changed item into this index, and has the others look. */
export async function announceItem(app: App, entry: Entry): Promise<void> {
  show(app.knowledge, entry);
  await noteNews(app.store, entry.id);
}

/** Has every running index look at an item again, and in any case at what was said of regulations. */
export async function noteNews(store: Store, item?: ItemId): Promise<void> {
  await keep<ItemNewsRecord>(store, NEWS, (before) => {
    const n = (before?.n ?? 0) + 1;
    const others = (before?.changed ?? []).filter((one) => one.item !== item);
    return { n, changed: (item ? [...others, { n, item }] : others).slice(-MOST_NEWS) };
  });
}

function show(knowledge: KnowledgeBase, entry: Entry): void {
  const item = liveItem(entry, knowledge.content());
  if (item) knowledge.put(item);
  else if (entry.state.kind === 'retired') knowledge.drop(entry.id);
}

/** The number of the last change that an index built now has. Read it before building. */
export async function lastItemNews(store: Store): Promise<number> {
  return ((await store.read(NEWS.pk, NEWS.pk))?.doc.body as ItemNewsRecord | undefined)?.n ?? 0;
}

/** Takes what was published, changed or taken away since change `since` into a running index. Returns the last change. */
export async function followItems(store: Store, knowledge: KnowledgeBase, since: number): Promise<number> {
  const news = (await store.read(NEWS.pk, NEWS.pk))?.doc.body as ItemNewsRecord | undefined;
  if (!news || news.n === since) return since;
  knowledge.regulate(await readRegulations(store));
  knowledge.arrange(await readSetUp(store));
  const oldest = news.changed[0]?.n ?? 0;
  if (news.changed.length === MOST_NEWS && oldest > since + 1) {
    for await (const { entry } of itemsIn(store)) show(knowledge, entry);
    return news.n;
  }
  for (const { n, item } of news.changed) {
    const held = n > since ? await readItem(store, item) : undefined;
    if (held) show(knowledge, held.entry);
  }
  return news.n;
}
