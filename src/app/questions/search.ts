// Searching the FAQ and the material from any chat: what is found becomes a card to share. Keeps nothing of what was typed.

import { itemCard, itemHint } from '../../cards/answer.ts';
import type { Card } from '../../cards/card.ts';
import { parseSearch } from '../../cards/extension.ts';
import { audienceOf } from '../../domain/routing.ts';
import type { Item } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import { readPerson, type Turn } from '../people.ts';
import { beginningItems } from '../registration/typeahead.ts';
import type { App } from './tickets.ts';

const MOST = 8;

/** Titles that begin with the typed words first, then what the index finds for them. */
export async function search(
  app: App,
  turn: Turn,
  value: unknown,
): Promise<{ items: { title: string; hint: string; card: Card }[]; sentence: string }> {
  const { text, top } = parseSearch(value);
  if (!/[\p{L}\p{N}]{2}/u.test(text)) return { items: [], sentence: locale.search.start };
  const content = app.knowledge.content();
  const audience = audienceOf(content, (await readPerson(app, turn.person))?.function);
  const found = app.knowledge.answer({ text, ...(audience ? { audience } : {}) });
  const items: Item[] = [...new Set([...beginningItems(content, text), ...found.items.map(({ item }) => item)])];
  const now = app.clock.now();
  return {
    items: items.slice(0, Math.min(top, MOST)).map((item) => ({
      title: item.title,
      hint: itemHint(content, item),
      card: itemCard(content, item, now),
    })),
    sentence: locale.search.none(text),
  };
}
