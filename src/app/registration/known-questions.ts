// The known questions that a registration can be about: what keeps coming back, and the FAQ, most registered first. Knows no form.

import type { RegistrationView } from '../../cards/registration.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import type { Item, ItemId } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import type { App } from '../questions/tickets.ts';
import type { ItemUseRecord } from '../records.ts';
import { recurringQuestions } from '../topics/topics.ts';
import { beginning, type Choice } from './typeahead.ts';

/** What the known questions may take of a message, which may hold 28 kB in all. */
const KNOWN_BYTES = 14_000;
const ITEM_USE = { pk: 'control:item-use', kind: 'item-use' };

/** Those for the field of a card: as many as a message has room for, and the one that is chosen. */
export async function knownOnCard(
  app: App,
  who: Person,
  chosen: string | undefined,
): Promise<Pick<RegistrationView, 'known' | 'moreKnown'>> {
  const all = await knownQuestions(app, who);
  let bytes = 0;
  const known = all.filter(({ id, title }) => {
    bytes += Buffer.byteLength(JSON.stringify({ title, value: id })) + 1;
    return bytes <= KNOWN_BYTES || id === chosen;
  });
  return { known, moreKnown: known.length < all.length };
}

/** The known questions that fit what somebody types in the field, when not all of them fit on the card. */
export async function knownChoices(app: App, who: Person, typed: string, top: number): Promise<Choice[]> {
  if (!mayIn(who.roles, 'register-questions')) return [];
  const known = (await knownQuestions(app, who)).map(({ id, title }) => ({ value: id, title }));
  return beginning(known, typed, top);
}

/** Counts a registration about this item. */
export async function countUse(app: App, item: ItemId): Promise<void> {
  await app.serial(ITEM_USE.pk, () =>
    keep<ItemUseRecord>(app.store, ITEM_USE, (before) => ({
      counts: { ...before?.counts, [item]: (before?.counts[item] ?? 0) + 1 },
    })),
  );
}

/** What keeps coming back without an answer, then the FAQ, most registered first; of the services this person works for. */
async function knownQuestions(app: App, who: Person): Promise<RegistrationView['known']> {
  const { items, themes } = app.knowledge.content();
  const own = who.roles.advisorOf;
  const serviceOfTheme = new Map(themes.map(({ id, service }) => [id, service]));
  const use = (await app.store.read(ITEM_USE.pk, ITEM_USE.pk))?.doc.body as ItemUseRecord | undefined;
  const counted = (item: Item): number => use?.counts[item.id] ?? 0;
  const faq = items
    .filter(
      ({ kind, themes: [theme] }) => kind === 'faq' && (own.length === 0 || own.includes(serviceOfTheme.get(theme)!)),
    )
    .sort((a, b) => counted(b) - counted(a) || a.title.localeCompare(b.title, locale.tag));
  const recurring = recurringQuestions(app, who.roles).map(({ id, title }) => ({
    id,
    title: locale.topics.known(title),
  }));
  return [...recurring, ...faq];
}
