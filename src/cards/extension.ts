// What the client asks besides cards: choices while somebody types, a search, and an action on a message. Parsed once; knows no task.

import { z } from 'zod/v4';
import type { PersonId } from '../domain/terms.ts';

/** The lists that a field can be filled from while somebody types; a layout names them. */
export const DATASETS = ['centres', 'known-questions'] as const;

/** More than fits on a screen helps nobody. */
const MOST = 25;
const LONGEST = 200;

const words = z
  .string()
  .catch('')
  .default('')
  .transform((text) => text.slice(0, LONGEST));
const top = z
  .number()
  .int()
  .min(1)
  .catch(MOST)
  .default(MOST)
  .transform((count) => Math.min(count, MOST));

const choices = z.object({
  dataset: z.enum(DATASETS),
  queryText: words,
  queryOptions: z.object({ top }).catch({ top: MOST }).default({ top: MOST }),
});

/** What a field asks: the words so far and how many choices fit; undefined when it is no list of ours. */
export function parseChoiceQuery(
  value: unknown,
): { dataset: (typeof DATASETS)[number]; text: string; top: number } | undefined {
  const parsed = choices.safeParse(value);
  if (!parsed.success) return undefined;
  const { dataset, queryText, queryOptions } = parsed.data;
  return { dataset, text: queryText, top: queryOptions.top };
}

const search = z.object({
  parameters: z
    .array(z.looseObject({ name: z.string(), value: z.unknown() }))
    .catch([])
    .default([]),
  queryOptions: z.object({ count: top }).catch({ count: MOST }).default({ count: MOST }),
});

/** The words of a search; empty when the search was only opened. */
export function parseSearch(value: unknown): { text: string; top: number } {
  const parsed = search.safeParse(value);
  if (!parsed.success) return { text: '', top: MOST };
  const typed = parsed.data.parameters.find(({ name }) => name === 'query')?.value;
  return { text: words.parse(typed), top: parsed.data.queryOptions.count };
}

const payload = z.looseObject({
  id: z.string().max(200),
  body: z.looseObject({ content: z.string().max(200_000).catch('').default('') }).catch({ content: '' }),
  from: z
    .looseObject({ user: z.looseObject({ id: z.string().optional() }).nullish() })
    .nullish()
    .catch(undefined),
});

/** The message on which an action was chosen. `author` is only for what the house already knows of them. */
export type OnMessage = { id: string; text: string; author?: PersonId };

/** The message of an action, as plain text without the names that were mentioned in it; undefined when there is none. */
export function parseMessage(value: unknown): OnMessage | undefined {
  const parsed = payload.safeParse((value as { messagePayload?: unknown } | null | undefined)?.messagePayload);
  if (!parsed.success) return undefined;
  const { id, body, from } = parsed.data;
  const author = from?.user?.id;
  return { id, text: plainText(body.content), ...(author ? { author: author as PersonId } : {}) };
}

const ENTITIES: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' };

/** HTML of a message as words on lines. A mention is a name, and names are not copied. */
function plainText(html: string): string {
  return html
    .replace(/<at\b[^>]*>[^<]*<\/at>/gi, ' ')
    .replace(/<(?:br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(nbsp|lt|gt|quot|apos|#39|amp);/g, (_, name: string) => ENTITIES[name]!)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
