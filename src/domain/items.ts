// The life of a knowledge item that people write: proposed, reviewed, published, changed, taken back. Pure; knows no index, store or screen.

import { mayReview, type Person, type Stewards } from './authorisation.ts';
import type { ItemText, TextRefusal } from './item-text.ts';
import {
  type Day,
  type Instant,
  type ItemId,
  never,
  no,
  type PersonId,
  type Result,
  type TicketId,
  yes,
} from './terms.ts';
import type { Advisor } from './ticket.ts';
import { brusselsDay } from './working-time.ts';

/** What requesters see of how far an answer can be trusted. */
export type Standing = { status: 'draft' | 'reviewed'; writtenOn: Day; reviewedOn?: Day };

/**
 * `key` makes a double press find what it did. `version` counts the texts of the item from 1. `taken` is the text that
 * content/ had when the item was first changed here, so that going back to it is possible.
 */
export type ItemEvent = { at: Instant; by: Advisor; key: string } & (
  | ({ type: 'taken'; text: ItemText } & Standing)
  | { type: 'proposed'; text: ItemText; ticket?: TicketId }
  /** `alone`: nobody else could look at it. */
  | { type: 'published'; version: number; alone?: true }
  | { type: 'sent-back'; version: number; reason: string }
  | { type: 'rejected'; version: number; reason: string }
  | { type: 'reverted'; version: number }
  | { type: 'retired'; reason: string }
  /** Somebody read again what requesters have, and it still holds. */
  | { type: 'confirmed'; version: number }
);

export type ItemState =
  /** Waits for whoever looks after the theme. */
  | { kind: 'proposed'; version: number; by: Advisor; since: Instant }
  | { kind: 'sent-back'; version: number; reason: string; by: Advisor; since: Instant }
  | { kind: 'rejected'; version: number; reason: string; by: Advisor; since: Instant }
  | { kind: 'published'; by: Advisor; since: Instant }
  | { kind: 'retired'; reason: string; by: Advisor; since: Instant };

export type Version = { text: ItemText; by: Advisor; at: Instant };
/** `live` is what the index has, also while a change to it waits; absent when the index has nothing of this item. */
export type Entry = {
  id: ItemId;
  state: ItemState;
  versions: readonly Version[];
  live?: { version: number } & Standing;
  events: readonly ItemEvent[];
};

export type ItemRefusal =
  | TextRefusal
  | { kind: 'not-allowed' }
  | { kind: 'own-draft' }
  | { kind: 'already-proposed'; by: Advisor; since: Instant }
  | { kind: 'changed-meanwhile' }
  | { kind: 'nothing-to-review' }
  | { kind: 'not-published' }
  | { kind: 'no-such-version' }
  | { kind: 'no-reason' }
  | { kind: 'too-many-changes' };

const REASON_LIMIT = 500;
/** Keeps one item's document small: 100 texts of 4,000 characters at most. */
const MOST_EVENTS = 200;

/** What the events add up to. Throws when there are none: that is a damaged record. */
export function replayItem(id: ItemId, events: readonly ItemEvent[]): Entry {
  let entry: Entry | undefined;
  for (const event of events) entry = applied(id, entry, event);
  if (!entry) throw new Error(`item ${id} has no history`);
  return entry;
}

function applied(id: ItemId, before: Entry | undefined, event: ItemEvent): Entry {
  const { at, by } = event;
  const events = [...(before?.events ?? []), event];
  const versions = before?.versions ?? [];
  const live = before?.live ? { live: before.live } : {};
  switch (event.type) {
    case 'taken': {
      const { status, writtenOn, reviewedOn } = event;
      const standing = { status, writtenOn, ...(reviewedOn ? { reviewedOn } : {}) };
      const added = [...versions, { text: event.text, by, at }];
      const state = { kind: 'published', by, since: at } as const;
      return { id, state, versions: added, live: { version: added.length, ...standing }, events };
    }
    case 'proposed': {
      const added = [...versions, { text: event.text, by, at }];
      const state = { kind: 'proposed', version: added.length, by, since: at } as const;
      return { id, state, versions: added, ...live, events };
    }
    case 'published':
    case 'reverted': {
      const { version } = event;
      const writtenOn = brusselsDay(versions[version - 1]?.at ?? at);
      const alone = event.type === 'published' && event.alone;
      const standing: Standing = alone
        ? { status: 'draft', writtenOn }
        : { status: 'reviewed', writtenOn, reviewedOn: brusselsDay(at) };
      return { id, state: { kind: 'published', by, since: at }, versions, live: { version, ...standing }, events };
    }
    case 'confirmed': {
      const writtenOn = before?.live?.writtenOn ?? brusselsDay(at);
      const standing: Standing = { status: 'reviewed', writtenOn, reviewedOn: brusselsDay(at) };
      // A change that waits goes on waiting.
      const state = before?.state ?? ({ kind: 'published', by, since: at } as const);
      return { id, state, versions, live: { version: event.version, ...standing }, events };
    }
    case 'sent-back':
    case 'rejected': {
      const { version, reason } = event;
      return { id, state: { kind: event.type, version, reason, by, since: at }, versions, ...live, events };
    }
    case 'retired':
      return { id, state: { kind: 'retired', reason: event.reason, by, since: at }, versions, events };
    default:
      return never(event);
  }
}

type Changed = Result<Entry, ItemRefusal>;
type Act = { who: Person; now: Instant; key: string };
/** The version that somebody saw, and who may decide on it. */
type Review = { version: number; stewards: Stewards };

/**
 * Proposes a text: of a new item, of one that content/ has (`base`), or a change to one that is here. What waits for
 * review is not replaced by somebody else; its writer, and whoever reviews, may go on with it. A material anybody may
 * offer, and go on with their own.
 */
export function propose(
  before: Entry | undefined,
  { who, now, key }: Act,
  {
    id,
    text,
    base,
    ticket,
    stewards,
  }: {
    id: ItemId;
    text: ItemText;
    base?: { text: ItemText } & Standing;
    ticket?: TicketId | undefined;
    stewards: Stewards;
  },
): Changed {
  if (before?.events.some((event) => event.key === key)) return yes(before);
  const offers = text.material && !base && (!before || offeredBy(before, who.person));
  const writes = who.roles.quality || who.roles.advisorOf.includes(stewards.service);
  if (!offers && !writes && !mayReview(who.roles, stewards)) return no({ kind: 'not-allowed' });
  if (before?.state.kind === 'proposed') {
    const { by, since } = before.state;
    if (by.person !== who.person && !mayReview(who.roles, stewards)) return no({ kind: 'already-proposed', by, since });
  }
  const by = { person: who.person, name: who.name };
  const start =
    before ?? (base ? applied(id, undefined, { type: 'taken', at: now, by, key: 'taken', ...base }) : undefined);
  const event: ItemEvent = { type: 'proposed', at: now, by, key, text, ...(ticket ? { ticket } : {}) };
  if ((start?.events.length ?? 0) >= MOST_EVENTS) return no({ kind: 'too-many-changes' });
  return yes(applied(id, start, event));
}

/** True of a material that this person offered, or wrote on last. */
export const offeredBy = ({ events }: Entry, person: PersonId): boolean => {
  const last = events.findLast((event) => event.type === 'proposed');
  return last?.text.material !== undefined && last.by.person === person;
};

/**
 * Puts what waits in front of requesters. Whoever wrote everything that waits does not review it, unless `alone`: the
 * house knows nobody else who may, and then the item stays a draft in the eyes of requesters.
 */
export function publish(entry: Entry, act: Act, review: Review & { alone: boolean }): Changed {
  const { who } = act;
  return reviewing(entry, act, review, () => {
    const own = writersSince(entry).every((person) => person === who.person);
    if (own && !review.alone) return no({ kind: 'own-draft' });
    return yes({ type: 'published', version: review.version, ...(own ? { alone: true as const } : {}) });
  });
}

/** Back to the writer, with what has to change: 500 characters of it at most. */
export function sendBack(entry: Entry, act: Act, review: Review & { reason: string }): Changed {
  return withReason(entry, act, review, 'sent-back');
}

/** It will not be an item; the writer is told why. A later proposal is looked at afresh. */
export function reject(entry: Entry, act: Act, review: Review & { reason: string }): Changed {
  return withReason(entry, act, review, 'rejected');
}

/** Makes an earlier text live again; what waited for review no longer does. */
export function revert(entry: Entry, act: Act, { version, stewards }: Review): Changed {
  return steered(entry, act, stewards, () =>
    entry.versions[version - 1] && wasLive(entry, version)
      ? yes({ type: 'reverted', version })
      : no({ kind: 'no-such-version' }),
  );
}

/** Takes an item away from requesters; it can be put back with `revert`. */
export function retire(entry: Entry, act: Act, { reason, stewards }: { reason: string; stewards: Stewards }): Changed {
  return steered(entry, act, stewards, () => {
    if (!entry.live) return no({ kind: 'not-published' });
    return reasonOf(reason, (given) => ({ type: 'retired', reason: given }));
  });
}

/** Says that what requesters have still holds: reviewed today. Whoever wrote a draft does not review it by this either. */
export function confirm(entry: Entry, act: Act, { version, stewards }: Review): Changed {
  return steered(entry, act, stewards, () => {
    if (!entry.live) return no({ kind: 'not-published' });
    if (entry.live.version !== version) return no({ kind: 'changed-meanwhile' });
    const texts = entry.events.filter(({ type }) => type === 'taken' || type === 'proposed');
    const text = texts[version - 1];
    const own = text?.type === 'proposed' && text.by.person === act.who.person;
    return own && entry.live.status === 'draft' ? no({ kind: 'own-draft' }) : yes({ type: 'confirmed', version });
  });
}

/** When somebody last stood for what requesters have; of a text from a file the start of the day that the file says. */
export function reviewedAt({ events, live }: Entry): Instant | undefined {
  const last = events.findLast(({ type }) => type === 'published' || type === 'reverted' || type === 'confirmed');
  if (!live?.reviewedOn) return undefined;
  return last && brusselsDay(last.at) === live.reviewedOn ? last.at : Date.parse(live.reviewedOn);
}

/** Takes over a text from a file, live at once: it was reviewed as a file. What waits for review is not passed over. */
export function take(
  before: Entry | undefined,
  { by, now, key }: { by: Advisor; now: Instant; key: string },
  id: ItemId,
  given: { text: ItemText } & Standing,
): Changed {
  if (before?.state.kind === 'proposed') {
    return no({ kind: 'already-proposed', by: before.state.by, since: before.state.since });
  }
  if ((before?.events.length ?? 0) >= MOST_EVENTS) return no({ kind: 'too-many-changes' });
  return yes(applied(id, before, { type: 'taken', at: now, by, key, ...given }));
}

/** True of an item that requesters had at some time. */
export const everLive = (entry: Entry): boolean => entry.versions.some((_, at) => wasLive(entry, at + 1));

/** True of a text that requesters had at some time. */
export function wasLive(entry: Entry, version: number): boolean {
  let written = 0;
  return entry.events.some((event) => {
    if (event.type === 'taken' || event.type === 'proposed') written++;
    if (event.type === 'taken') return written === version;
    return (event.type === 'published' || event.type === 'reverted') && event.version === version;
  });
}

type New = ItemEvent extends infer Event ? (Event extends ItemEvent ? Omit<Event, 'at' | 'by' | 'key'> : never) : never;

function steered(
  entry: Entry,
  { who, now, key }: Act,
  stewards: Stewards,
  decide: () => Result<New, ItemRefusal>,
): Changed {
  if (entry.events.some((event) => event.key === key)) return yes(entry);
  if (!mayReview(who.roles, stewards)) return no({ kind: 'not-allowed' });
  const decided = decide();
  if (!decided.ok) return decided;
  if (entry.events.length >= MOST_EVENTS) return no({ kind: 'too-many-changes' });
  const by = { person: who.person, name: who.name };
  return yes(applied(entry.id, entry, { ...decided.value, at: now, by, key } as ItemEvent));
}

function reviewing(
  entry: Entry,
  act: Act,
  { version, stewards }: Review,
  decide: () => Result<New, ItemRefusal>,
): Changed {
  return steered(entry, act, stewards, () => {
    if (entry.state.kind !== 'proposed') return no({ kind: 'nothing-to-review' });
    return entry.state.version === version ? decide() : no({ kind: 'changed-meanwhile' });
  });
}

function withReason(
  entry: Entry,
  act: Act,
  review: Review & { reason: string },
  type: 'sent-back' | 'rejected',
): Changed {
  return reviewing(entry, act, review, () =>
    reasonOf(review.reason, (reason) => ({ type, version: review.version, reason })),
  );
}

function reasonOf(typed: string, make: (reason: string) => New): Result<New, ItemRefusal> {
  const reason = typed.trim().slice(0, REASON_LIMIT);
  return reason === '' ? no({ kind: 'no-reason' }) : yes(make(reason));
}

/** Who wrote on what waits: every text since the last that requesters got. */
function writersSince({ events }: Entry): (string | undefined)[] {
  const last = events.findLastIndex(({ type }) => type === 'published' || type === 'reverted' || type === 'taken');
  return events.slice(last + 1).flatMap((event) => (event.type === 'proposed' ? [event.by.person] : []));
}

/**
 * What is left of an item when the question that it came from is made unreadable. Nothing (undefined) when it came from
 * there and requesters never had it. Else what they had stays, as it was looked at and is everybody's; what was never
 * live since the proposal from that question reads `said`, and waits no longer. `clean` takes the words of the question
 * out of every other text, and gives the same object when there are none; `entry` itself comes back when nothing is.
 */
export function strikeQuestion(
  entry: Entry,
  { ticket, clean, by, now, said }: Struck & { by: Advisor; now: Instant; said: string },
): Entry | undefined {
  const { events } = entry;
  const came = events.findIndex((event) => event.type === 'proposed' && event.ticket === ticket);
  if (came >= 0 && !everLive(entry)) return undefined;
  const until = events.findIndex((event, at) => at > came && DECIDES_LIVE.has(event.type));
  let version = 0;
  let waits = false;
  const next = events.map((event, at): ItemEvent => {
    if (event.type !== 'taken' && event.type !== 'proposed') return event;
    version++;
    const live = wasLive(entry, version);
    if (came >= 0 && at >= came && (until < 0 || at < until) && !live) {
      waits ||= entry.state.kind === 'proposed' && entry.state.version === version;
      return unlinked({ ...event, text: { ...event.text, question: said, answer: said, variants: [], sources: [] } });
    }
    const text = clean(event.text, live);
    const changed = text === event.text ? event : { ...event, text };
    return at === came ? unlinked(changed) : changed;
  });
  if (next.every((event, at) => event === events[at])) return entry;
  if (waits) {
    const key = `struck:${now}`;
    next.push({ type: 'rejected', at: now, by, key, version: entry.versions.length, reason: said });
  }
  return replayItem(entry.id, next);
}

type Struck = { ticket: TicketId; clean: (text: ItemText, live: boolean) => ItemText };

function unlinked(event: ItemEvent): ItemEvent {
  if (event.type !== 'proposed') return event;
  const { ticket: _, ...rest } = event;
  return rest;
}

const DECIDES_LIVE = new Set<ItemEvent['type']>(['taken', 'published', 'reverted']);
