// Where messages stand that carry what was made from a question, so that they can lose their words with it. Knows no word.

import type { Instant, PersonId } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import type { Posted } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import type { PostedRecord } from '../records.ts';

const KIND = 'posted';
/** Of one thing; what is older has scrolled out of sight long ago. */
const MOST = 30;
/** Waits 15 s, 30 s, … up to six hours: some four days in all. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
const MOST_ATTEMPTS = 26;

/** `about` names what the message is made of: the key of its document. */
const pkOf = (about: string): string => `posted:${about}`;

/**
 * Remembers a message; `to` is who has the chat, when it stands in one, and `review` that it is a card to review by. What
 * went while it was sent is emptied at once.
 */
export async function notePosted(
  app: App,
  about: string,
  posted: Posted,
  { to, review }: { to?: PersonId | undefined; review?: boolean } = {},
): Promise<void> {
  const message = { posted, ...(to ? { to } : {}), ...(review ? { review } : {}) };
  await keep<PostedRecord>(app.store, at(about), (before) => ({
    ...before,
    messages: [...(before?.messages ?? []), message].slice(-MOST),
  }));
  if (!(await app.store.read(about, about))) await emptyPosted(app, about);
}

/** Has every message about it lose its words, also after a crash: what does not work at once is tried again. */
export async function emptyPosted(app: App, about: string): Promise<void> {
  const kept = await keep<PostedRecord>(app.store, at(about), (before) => {
    if (!before || before.messages.length === 0) return before;
    const messages = [...(before.emptying?.messages ?? []), ...before.messages];
    return { messages: [], emptying: { messages, attempts: 0, due: app.clock.now() } };
  });
  if (kept?.emptying) announce(app, about);
}

/** Where the cards stand by which it was reviewed. */
export async function reviewCards({ store }: Pick<App, 'store'>, about: string): Promise<Posted[]> {
  const record = (await store.read(pkOf(about), pkOf(about)))?.doc.body as PostedRecord | undefined;
  return (record?.messages ?? []).flatMap(({ posted, review }) => (review ? [posted] : []));
}

/** Forgets where the messages about it stand; they keep their words. */
export const dropPosted = ({ store }: Pick<App, 'store'>, about: string): Promise<void> => store.erase(pkOf(about));

/** Goes on with what is not empty yet. */
export async function continueEmptying(app: App): Promise<void> {
  for await (const { doc } of documentsOf(app.store, { kind: KIND, dueBefore: app.clock.now() }))
    announce(app, doc.pk.slice(pkOf('').length));
}

/** Forgets where the messages in somebody's chat stand. */
export async function forgetPosted({ store }: Pick<App, 'store'>, pk: string, person: PersonId): Promise<void> {
  const others = (messages: PostedRecord['messages']) => messages.filter(({ to }) => to !== person);
  await keep<PostedRecord>(store, at(pk.slice(pkOf('').length)), (before) => {
    if (!before) return before;
    const { emptying } = before;
    return {
      messages: others(before.messages),
      ...(emptying ? { emptying: { ...emptying, messages: others(emptying.messages) } } : {}),
    };
  });
}

const at = (about: string) => ({
  pk: pkOf(about),
  kind: KIND,
  facets: ({ emptying }: PostedRecord) => (emptying ? { due: emptying.due } : {}),
});

function announce(app: App, about: string): void {
  app.lanes.add(`posted ${about}`, `empty ${about}`, () => app.serial(pkOf(about), () => empty(app, about)));
}

/** Returns when to go on, when something is left. */
async function empty(app: App, about: string): Promise<Instant | undefined> {
  const stored = await app.store.read(pkOf(about), pkOf(about));
  const emptying = (stored?.doc.body as PostedRecord | undefined)?.emptying;
  if (!emptying) return undefined;
  const done = new Set<string>();
  for (const { posted } of emptying.messages) {
    const { outcome } = await app.messenger.update(posted, locale.data.emptied);
    // Who deleted it, or removed the bot, sees it no more.
    if (outcome !== 'failed' && outcome !== 'held') done.add(posted.activityId);
  }
  const attempts = emptying.attempts + 1;
  const due = app.clock.now() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  const after = await keep<PostedRecord>(app.store, at(about), (before) => {
    const left = (before?.emptying?.messages ?? []).filter(({ posted }) => !done.has(posted.activityId));
    const messages = before?.messages ?? [];
    if (left.length === 0) return { messages };
    if (attempts < MOST_ATTEMPTS) return { messages, emptying: { messages: left, attempts, due } };
    app.log.error({ about, messages: left.length }, 'messages whose words were erased could not be emptied');
    return { messages };
  });
  if (after?.emptying) return due;
  if (after?.messages.length === 0) await dropPosted(app, about);
  return undefined;
}
