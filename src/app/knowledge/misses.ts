// Answers that did not help: listed for whoever looks after the item that was shown, each with one tap to do something about it.

import type { ActionOf } from '../../cards/actions.ts';
import { type ListedRow, missCard } from '../../cards/items.ts';
import { excerpt } from '../../cards/text.ts';
import { may, mayReview, type Person } from '../../domain/authorisation.ts';
import type { ItemId, ThemeId, TicketId } from '../../domain/terms.ts';
import { lastSuggestion, type Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import { masked } from '../questions/form-check.ts';
import { type App, load } from '../questions/tickets.ts';
import type { MissRecord } from '../records.ts';
import { type Reply, refused, text } from '../reply.ts';
import { nearestTo, standingEntry, stewardsOf } from './items.ts';
import { teach } from './wordings.ts';

const words = locale.items.miss;
const pkOf = (ticket: TicketId): string => `miss:${ticket}`;

/** Notes that what was shown did not help. Holds no text; a fault is noted, and nobody's question waits for it. */
export async function noteMiss(app: App, ticket: Ticket): Promise<void> {
  const at = ticket.events.findLastIndex((event) => event.type === 'rated-answer' && !event.helped);
  const [item] = lastSuggestion({ ...ticket, events: ticket.events.slice(0, at + 1) })?.items ?? [];
  if (at < 0 || !item) return;
  try {
    const theme = (await shownItem(app, item))?.theme;
    if (!theme) return;
    await save(app, ticket.id, (before) => before ?? { item, theme, service: ticket.service, at: app.clock.now() });
  } catch (error) {
    app.log.warn({ error: String(error) }, 'an answer that did not help could not be listed');
  }
}

/** The title and theme of what was shown, also when it was taken away since; undefined of what is nowhere any more. */
async function shownItem(app: App, id: ItemId): Promise<{ title: string; theme: ThemeId } | undefined> {
  const live = app.knowledge.content().items.find((item) => item.id === id);
  if (live) return { title: live.title, theme: live.themes[0] };
  const text = (await standingEntry(app, id))?.versions.at(-1)?.text;
  return text && { title: text.question, theme: text.theme };
}

function save(app: App, ticket: TicketId, edit: (before: MissRecord | undefined) => MissRecord | undefined) {
  const facets = ({ decided }: MissRecord) => ({ status: decided ? 'decided' : 'open' });
  return keep<MissRecord>(app.store, { pk: pkOf(ticket), kind: 'miss', facets }, edit);
}

/** Something was done about it; the first thing counts. Nothing when it was no miss. */
export async function settleMiss(
  app: App,
  ticket: TicketId,
  who: Person,
  what: NonNullable<MissRecord['decided']>['what'],
) {
  const by = { person: who.person, name: who.name };
  await save(app, ticket, (before) =>
    before && !before.decided ? { ...before, decided: { what, by, at: app.clock.now() } } : before,
  );
}

/** What this person looks after and nothing was done about yet, newest first. */
export async function missRows(app: App, who: Person): Promise<ListedRow[]> {
  const content = app.knowledge.content();
  const rows: ListedRow[] = [];
  for await (const { doc } of documentsOf(app.store, { kind: 'miss', status: 'open' })) {
    const { item, theme } = doc.body as MissRecord;
    const stewards = stewardsOf(content, theme);
    if (!stewards || !mayReview(who.roles, stewards)) continue;
    const ticket = (await load(app, doc.pk.slice('miss:'.length) as TicketId))?.ticket;
    if (!ticket || ticket.question === '' || !may(who, 'propose', subject(ticket))) continue;
    const title = (await shownItem(app, item))?.title ?? words.shownIsGone;
    rows.push({
      line: excerpt(masked(ticket.question)),
      hint: words.shown(title),
      press: { do: 'open-miss', ticket: ticket.id },
    });
  }
  return rows.reverse();
}

type Opened = { ticket: Ticket; record: MissRecord };

async function open(app: App, who: Person, id: TicketId): Promise<Opened | undefined> {
  const ticket = (await load(app, id))?.ticket;
  if (!ticket || !may(who, 'propose', subject(ticket))) return undefined;
  const record = (await app.store.read(pkOf(id), pkOf(id)))?.doc.body as MissRecord | undefined;
  return record && { ticket, record };
}

export async function openMiss(app: App, who: Person, action: ActionOf<'open-miss'>): Promise<Reply> {
  const opened = await open(app, who, action.ticket);
  return opened ? { kind: 'card', card: await cardOf(app, opened) } : refused({ kind: 'not-allowed' });
}

async function cardOf(app: App, { ticket, record }: Opened, sentence?: string) {
  const { items } = app.knowledge.content();
  const answered = ticket.events.findLast((event) => event.type === 'answered');
  const bySource = items.filter(({ sources }) => sources.some(({ url }) => url === answered?.source));
  const candidates = [...bySource, ...nearestTo(app, ticket.question, record.item)];
  const unlike = candidates.filter((item, at) => item.id !== record.item && candidates.indexOf(item) === at);
  return missCard({
    ticket: ticket.id,
    sentence,
    question: ticket.question === '' ? words.unreadable : masked(ticket.question),
    shown: (await shownItem(app, record.item))?.title ?? words.shownIsGone,
    answered: answered && answered.text !== '' ? masked(answered.text) : undefined,
    candidates: record.decided || ticket.question === '' ? [] : unlike.slice(0, 3),
    decided:
      record.decided && words.decided[record.decided.what](record.decided.by.name || locale.items.review.somebody),
  });
}

/** The question becomes a wording of another item; of somebody who looks after that item it counts in full at once. */
export async function teachMiss(app: App, who: Person, action: ActionOf<'teach-miss'>): Promise<Reply> {
  const opened = await open(app, who, action.ticket);
  const item = app.knowledge.content().items.find(({ id }) => id === action.item);
  if (!opened) return refused({ kind: 'not-allowed' });
  if (!item) return { kind: 'card', card: await cardOf(app, opened, locale.items.gone) };
  if (opened.record.decided) return { kind: 'card', card: await cardOf(app, opened) };
  const kept = await teach(
    app,
    { item: item.id, text: opened.ticket.question, helped: true, full: owns(app, who, item.themes[0]) },
    who.person,
  );
  if (!kept) return { kind: 'card', card: await cardOf(app, opened, words.notTaught) };
  await settleMiss(app, action.ticket, who, 'wording');
  return after(app, who, action.ticket, words.taught(item.title));
}

const owns = (app: App, who: Person, theme: ThemeId): boolean => {
  const stewards = stewardsOf(app.knowledge.content(), theme);
  return stewards !== undefined && mayReview(who.roles, stewards);
};

/** Not for this helpdesk: it stays a question, and no item is missing. */
export async function closeMiss(app: App, who: Person, action: ActionOf<'close-miss'>): Promise<Reply> {
  const opened = await open(app, who, action.ticket);
  if (!opened) return refused({ kind: 'not-allowed' });
  await settleMiss(app, action.ticket, who, 'out-of-scope');
  return after(app, who, action.ticket, words.closed);
}

async function after(app: App, who: Person, ticket: TicketId, sentence: string): Promise<Reply> {
  const opened = await open(app, who, ticket);
  return opened ? { kind: 'card', card: await cardOf(app, opened, sentence) } : text(sentence);
}
