// What was made out of a question, struck together with it: drafts of answers and cases, learnt wordings, knowledge items. Knows no right.

import type { ItemText } from '../../domain/item-text.ts';
import { type Entry, replayItem, strikeQuestion } from '../../domain/items.ts';
import type { ItemId, PersonId } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { wordingKey } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import { strikeCases } from '../knowledge/cases.ts';
import { announceReview } from '../knowledge/item-tell.ts';
import { announceItem, itemsIn, pkOf } from '../knowledge/items.ts';
import { asWording, unlearn } from '../knowledge/wordings.ts';
import { type App, TELL_MS } from '../questions/tickets.ts';
import { ticketOfDraft } from '../questions/work.ts';
import type { ItemRecord } from '../records.ts';
import { emptyPosted } from './posted.ts';

const SYSTEM = { person: 'system' as PersonId, name: '' };

/**
 * Call before the question itself is made unreadable: its words say what was learnt from it. Approved cases stay: they
 * no longer know their question. Safe to do twice. With
 * `shared`, a wording that two others confirmed too is left: it is not this person's alone. Resolves to the titles of
 * the items that came from it and stay, because somebody else looked at them and requesters have them.
 */
export async function strikeMadeFrom(app: App, ticket: Ticket, { shared = false } = {}): Promise<string[]> {
  for await (const { doc } of documentsOf(app.store, { kind: 'draft' })) {
    if (ticketOfDraft(doc.pk) === ticket.id) await app.store.erase(doc.pk);
  }
  await strikeCases(app, new Set([ticket.id]));
  if (ticket.question !== '') await unlearn(app, ticket.question, { shared });
  const strike = (entry: Entry): Entry | undefined =>
    strikeQuestion(entry, {
      ticket: ticket.id,
      clean: cleaner(ticket),
      by: SYSTEM,
      now: app.clock.now(),
      said: locale.items.review.struck,
    });
  const stay: string[] = [];
  for await (const { entry } of itemsIn(app.store)) {
    const came = entry.events.some((event) => event.type === 'proposed' && event.ticket === ticket.id);
    const left = strike(entry);
    if (left === entry) continue;
    await emptyPosted(app, pkOf(entry.id));
    if (left) await write(app, entry.id, strike);
    else await app.store.erase(pkOf(entry.id));
    const live = left?.live && left.versions[left.live.version - 1];
    if (came && live) stay.push(live.text.question);
  }
  return stay;
}

/** Takes the question, as somebody asked it, and its answers out of a text; of what requesters have, only the former. */
function cleaner({ question, events }: Ticket): (text: ItemText, live: boolean) => ItemText {
  const said = locale.items.review.struck;
  const key = wordingKey(asWording(question));
  const theirs = (text: string): boolean => key !== '' && wordingKey(text) === key;
  const answers = events.flatMap((event) =>
    event.type === 'answered' && event.text !== '' ? [asWording(event.text)] : [],
  );
  return (text, live) => {
    const kept = text.variants.filter((one) => !theirs(one));
    const asked = !live && theirs(text.question);
    const answer = live ? text.answer : answers.reduce((left, one) => left.replaceAll(one, said), text.answer);
    if (kept.length === text.variants.length && !asked && answer === text.answer) return text;
    return { ...text, variants: kept, answer, question: asked ? said : text.question };
  };
}

/** What still waits for review is shown to its reviewer again, as it is now; else whoever opens the item reads why. */
async function write(app: App, id: ItemId, edit: (before: Entry) => Entry | undefined): Promise<void> {
  await app.serial(pkOf(id), async () => {
    const stored = await app.store.read(pkOf(id), pkOf(id));
    const { due: _, ...facets } = stored?.doc.facets ?? {};
    const saved = await keep<ItemRecord>(
      app.store,
      {
        pk: pkOf(id),
        kind: 'item',
        facets: ({ events, told }) => ({
          ...facets,
          status: replayItem(id, events).state.kind,
          ...(told < events.length ? { due: app.clock.now() + TELL_MS } : {}),
        }),
      },
      (before) => {
        const next = before && edit(replayItem(id, before.events));
        return next ? { ...before, events: [...next.events], told: toldOf(next) } : before;
      },
    );
    if (!saved) return;
    await announceItem(app, replayItem(id, saved.events));
    announceReview(app, id);
  });
}

const toldOf = ({ events, state }: Entry): number => (state.kind === 'proposed' ? events.length - 1 : events.length);
