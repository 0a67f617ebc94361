// What owners have to read again: in the list of whoever asks, and once a month as a card to each contact.

import { itemListCard, type ListedRow } from '../../cards/items.ts';
import { mayReview, type Person } from '../../domain/authorisation.ts';
import { isWritten } from '../../domain/item-text.ts';
import type { ContactId, Instant, Item, ItemId, SchoolYear } from '../../domain/terms.ts';
import { HOUR_MS } from '../../domain/terms.ts';
import { CONCERNS, type Concern, concernsOf, type Known, type LinkTrouble } from '../../domain/upkeep.ts';
import { brusselsDay, monthOf, schoolYearOf, schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import { monthBefore } from '../figures/digest.ts';
import { peopleWithEmail, readChannel } from '../people.ts';
import type { Address, Message, Store } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import type { LinksRecord, MissRecord, TicketRecord, UpkeepRecord } from '../records.ts';
import { createPace } from '../topics/topic-reader.ts';
import { stewardsOf } from './items.ts';

const words = locale.upkeep;
const LINKS = { pk: 'control:links', kind: 'links' };
/** How often a sweep looks whether the lists are due. */
const LOOK_EVERY_MS = 5 * 60_000;
/** One attempt may take so long; what could not be delivered is tried again after it. */
const ATTEMPT_MS = HOUR_MS;
/** An item that nobody was shown means something from so far in the school year on. */
const UNSHOWN_FROM_MS = 90 * 24 * HOUR_MS;

async function readLinks(store: Store): Promise<LinksRecord | undefined> {
  return (await store.read(LINKS.pk, LINKS.pk))?.doc.body as LinksRecord | undefined;
}

export async function keepLinks(store: Store, report: LinksRecord): Promise<void> {
  await keep<LinksRecord>(store, LINKS, () => report);
}

/** What a look at the sources found, as it is kept for owners. */
export function linksReport(
  outcomes: ReadonlyMap<string, { kind: 'fine'; modified?: Instant } | { kind: LinkTrouble }>,
  at: Instant,
): LinksRecord {
  const pages = [...outcomes].map(([url, outcome]): LinksRecord['pages'][number] =>
    outcome.kind === 'fine'
      ? { url, ...(outcome.modified === undefined ? {} : { modified: outcome.modified }) }
      : { url, trouble: outcome.kind },
  );
  return { at, pages };
}

type Looked = { item: Item; concerns: Concern[] };

/** Every item that people write here with something to look at. `shown`: how often each was shown this school year; not said without. */
async function lookOver(app: App, shown?: ReadonlyMap<ItemId, number>): Promise<Looked[]> {
  const { items, themes, regulations = [] } = app.knowledge.content();
  const now = app.clock.now();
  const report = await readLinks(app.store);
  const pages = new Map(report?.pages.map((page) => [page.url, page]));
  const noes = new Map<ItemId, Instant[]>();
  const serviceOf = new Map(themes.map(({ id, service }) => [id, service]));
  for await (const { doc } of documentsOf(app.store, { kind: 'miss' })) {
    const { item, theme, service, at } = doc.body as MissRecord;
    // Who looks after an item reads no question of another service, and is not told how many did not help there.
    if (service !== undefined && service !== serviceOf.get(theme)) continue;
    noes.set(item, [...(noes.get(item) ?? []), at]);
  }
  const since = brusselsDay(schoolYearRange(schoolYearOf(now)).from);
  return items.flatMap((item): Looked[] => {
    if (!isWritten(item)) return [];
    const known: Known = {
      now,
      regulations,
      links: { at: report?.at ?? 0, pages },
      noes: noes.get(item.id) ?? [],
      ...(shown ? { shown: { since, times: shown.get(item.id) ?? 0 } } : {}),
    };
    const concerns = concernsOf(item, known);
    return concerns.length > 0 ? [{ item, concerns }] : [];
  });
}

/** What this person looks after and has to read again, for the list in the chat. */
export async function upkeepGroups(app: App, who: Person): Promise<{ heading: string; rows: ListedRow[] }[]> {
  const content = app.knowledge.content();
  const looked = await lookOver(app);
  const rows = rowsOf(
    looked.filter(({ item }) => {
      const stewards = stewardsOf(content, item.themes[0]);
      return stewards !== undefined && mayReview(who.roles, stewards);
    }),
  );
  return [{ heading: words.heading(rows.length), rows }];
}

/** What may mislead people first; each item once, under its worst. */
function rowsOf(looked: readonly Looked[]): ListedRow[] {
  const weight = ({ concerns }: Looked): number => CONCERNS.indexOf(concerns[0]!.kind);
  return [...looked]
    .sort((a, b) => weight(a) - weight(b) || (a.item.id < b.item.id ? -1 : 1))
    .map(({ item, concerns }) => ({
      line: item.title,
      hint: concerns.map((concern) => words.concern(concern)).join(' · '),
      press: { do: 'open-item', item: item.id },
    }));
}

/** How often each item was in what people were shown since a school year began. Reads every ticket, in slices. */
async function shownSince(app: App, schoolYear: SchoolYear): Promise<Map<ItemId, number>> {
  const { from } = schoolYearRange(schoolYear);
  const shown = new Map<ItemId, number>();
  const pace = createPace();
  for await (const { doc, changedAt } of documentsOf(app.store, { kind: 'ticket' })) {
    await pace();
    if (changedAt < from) continue;
    for (const event of (doc.body as TicketRecord).events) {
      if (event.type !== 'suggested' || event.at < from) continue;
      for (const item of event.items) shown.set(item, (shown.get(item) ?? 0) + 1);
    }
  }
  return shown;
}

const looked = new WeakMap<App['store'], Instant>();

/**
 * Sends each owner what has to be read again, from the first working moment of a month on, once: the document of the
 * month says who is at it and which contacts have theirs. What cannot be delivered is tried again, until the month is over.
 */
export async function sendUpkeep(app: App): Promise<void> {
  const now = app.clock.now();
  if (now - (looked.get(app.store) ?? 0) < LOOK_EVERY_MS) return;
  looked.set(app.store, now);
  const month = monthBefore(app.knowledge.content().calendar, now);
  const earliest = await app.measures.earliest();
  // A helpdesk that begins has its content from files that were just looked over.
  if (!month || earliest === undefined || monthOf(earliest) === monthOf(now)) return;
  const at = { pk: `upkeep:${month}`, kind: 'upkeep' };
  const until = now + ATTEMPT_MS;
  const mine = await keep<UpkeepRecord>(app.store, at, (before) =>
    before && (before.done || before.until > now) ? before : { by: app.instance, until, sent: before?.sent ?? [] },
  );
  if (mine?.by !== app.instance || mine.until !== until || mine.done) return;
  const year = schoolYearOf(now);
  const late = now - schoolYearRange(year).from >= UNSHOWN_FROM_MS;
  const all = await lookOver(app, late ? await shownSince(app, year) : undefined);
  const unsent = all.filter(({ item }) => !mine.sent.includes(item.owner));
  const failed = await deliverAll(app, unsent, (sent) =>
    keep<UpkeepRecord>(app.store, at, (before) => before && { ...before, sent: [...before.sent, ...sent] }),
  );
  if (failed.length > 0) {
    app.log.warn({ month, contacts: failed }, 'the monthly list of items could not be delivered; it is tried again');
  } else await keep<UpkeepRecord>(app.store, at, (before) => before && { ...before, done: true });
}

/**
 * To whoever has the address of a contact, a card of their own; what nobody can be given so, in one card in the
 * advisors' channel. Returns the contacts whose items nobody got.
 */
async function deliverAll(
  app: App,
  all: readonly Looked[],
  note: (sent: ContactId[]) => Promise<unknown>,
): Promise<ContactId[]> {
  const content = app.knowledge.content();
  const failed: ContactId[] = [];
  for (const { id: service } of content.services) {
    const orphans: Looked[] = [];
    const contacts = content.contacts.filter((contact) => contact.service === service);
    for (const { id, role, email } of contacts) {
      const own = all.filter(({ item }) => item.owner === id);
      if (own.length === 0) continue;
      const [known] = await peopleWithEmail(app, service, [email]);
      const message = listOf(own, words.forRole(role, own.length));
      if (await delivered(app, known?.record.address, message)) await note([id]);
      else orphans.push(...own);
    }
    if (orphans.length === 0) continue;
    const channel = await readChannel(app, service);
    const owners = [...new Set(orphans.map(({ item }) => item.owner))];
    if (await delivered(app, channel?.address, listOf(orphans, words.forTeam(orphans.length)))) await note(owners);
    else failed.push(...owners);
  }
  return failed;
}

const listOf = (own: readonly Looked[], heading: string): Message => ({
  summary: words.summary,
  card: itemListCard([{ heading, rows: rowsOf(own) }], { title: words.title }),
});

const delivered = async (app: App, to: Address | undefined, message: Message): Promise<boolean> =>
  to !== undefined && (await app.messenger.post(to, message)).outcome === 'delivered';
