// Everything the tasks need from the outside, on one page. Knows no library and no protocol.

import type { Card } from '../cards/card.ts';
import type { Facts } from '../domain/facts.ts';
import type { Figures } from '../domain/measures.ts';
import type { Filters, Part } from '../domain/selection.ts';
import type { SetUp } from '../domain/set-up.ts';
import type {
  Centre,
  Contact,
  EmergencyRoute,
  FollowUpKind,
  Instant,
  Item,
  ItemId,
  JobFunction,
  PersonId,
  Service,
  Strategy,
  Survey,
  Theme,
  TicketId,
  WorkingCalendar,
} from '../domain/terms.ts';
import type { Regulation } from '../domain/upkeep.ts';
import type { Learned } from '../domain/wordings.ts';
import type { Answer, Explanation, Query } from '../knowledge/engine.ts';
import type { Lexicon } from '../knowledge/lexicon.ts';

/** What a store keeps: any JSON with these fields. `pk` groups, `id` is unique within `pk`. */
export type StoredDoc = {
  pk: string;
  id: string;
  kind: string;
  /** What `list` can filter on besides `kind`; absent means "not in that list". */
  facets?: Facets;
  body: unknown;
};
export type Facets = {
  status?: string;
  /** The person a document belongs to. */
  owner?: string;
  /** The service, for lists per channel. */
  service?: string;
  /** When the document wants attention, so that one sweep finds everything that is due. */
  due?: Instant;
};
/** `version` is opaque: SQLite's row version, Cosmos' ETag. `changedAt` is set by the store at every write. */
export type Stored = { doc: StoredDoc; version: string; changedAt: Instant };

export type Filter = { kind: string; status?: string; owner?: string; service?: string; dueBefore?: Instant };
/** Keyset page: oldest change first (with `dueBefore`: most overdue first). `next` is absent on the last page. */
export type Page = { docs: Stored[]; next?: string };

/**
 * Holds documents. Every write is one document and is durable when the promise resolves; a fault rejects. What it gives,
 * others may be given too: it is never changed.
 */
export interface Store {
  read(pk: string, id: string): Promise<Stored | undefined>;
  create(doc: StoredDoc): Promise<{ outcome: 'created'; version: string } | { outcome: 'exists' }>;
  replace(
    doc: StoredDoc,
    version: string,
  ): Promise<{ outcome: 'saved'; version: string } | { outcome: 'stale' | 'missing' }>;
  list(filter: Filter, options?: { cursor?: string; limit?: number }): Promise<Page>;
  /** Documents changed after `since`, oldest first, each at least once. `since` starts as ''. */
  changes(since: string, limit: number): Promise<{ docs: Stored[]; since: string }>;
  /** Removes every document of a partition, traces included. */
  erase(pk: string): Promise<void>;
  /** Resolves when the store can write; rejects with the reason when it cannot. */
  health(): Promise<void>;
  close(): void;
}

/** Where a message goes. Serialisable: it is kept with the ticket or the channel. */
export type Address = {
  conversationId: string;
  serviceUrl: string;
  /** Set to answer inside the thread that starts with this activity. */
  thread?: string;
};
export type Posted = { address: Address; activityId: string };

/** `summary` is what a notification shows; it never holds question text. */
export type Message = { summary: string; text?: string; card?: Card; mention?: { id: string; name: string } };

export type Delivery =
  | { outcome: 'delivered'; activityId: string }
  /** The person blocked or removed the bot. */
  | { outcome: 'unreachable' }
  /** The conversation, or the message in it, is not there any more. */
  | { outcome: 'gone' }
  /** Busy or failing; try again, not before `after` milliseconds when given. `lasting`: the message itself is refused. */
  | { outcome: 'failed'; reason: string; after?: number; lasting?: true }
  /** Nothing was sent: the conversation has had its share, and may have more after so many milliseconds. */
  | { outcome: 'held'; after: number };

/** Someone as the platform's roster knows them. */
export type Member = { name: string; email?: string };

export interface Messenger {
  post(to: Address, message: Message): Promise<Delivery>;
  update(posted: Posted, message: Message): Promise<Delivery>;
  /** Makes the one-to-one conversation with a user (again); undefined when the platform refuses. */
  open(user: string, serviceUrl: string): Promise<Address | undefined>;
  /** The member of a conversation, or undefined when they are not in it. Rejects when the roster cannot be read. */
  member(of: Address, user: string): Promise<Member | undefined>;
}

/** Everything content/ says. Replaced as a whole by a reload. */
export type Content = {
  services: Service[];
  themes: Theme[];
  centres: Centre[];
  contacts: Contact[];
  functions: JobFunction[];
  calendar: WorkingCalendar;
  survey: Survey;
  emergency: EmergencyRoute[];
  strategies: Strategy[];
  /** What can be decided about a recurring topic. */
  followUps: FollowUpKind[];
  lexicon: Lexicon;
  items: Item[];
  /** What people said of the rules behind a theme, besides what content/ says. */
  regulations?: readonly Regulation[];
  /** What the files say of what people changed here. */
  files?: { themes: Theme[]; contacts: Contact[] };
};

/** `problems` are one line each, "file:line what is wrong"; non-empty means that nothing was replaced. */
export type Reload = { items: number; problems: string[] };

export interface KnowledgeBase {
  content(): Content;
  answer(query: Query): Answer;
  /** The same with everything it rests on. */
  explain(query: Query): Explanation;
  /** Takes what people confirmed for an item in the place of what was there. An item that content/ has no more is left out. */
  learn(item: ItemId, learned: Learned): void;
  /** Adds an item to content and index at once, or puts it in the place of the one with its id. */
  put(item: Item): void;
  /** Which themes have rules that changed; the index stays as it is. */
  regulate(regulations: readonly Regulation[]): void;
  /** Lays what people set up over the contacts and themes of the files, in content and index. */
  arrange(setUp: SetUp): void;
  /** Takes an item out of content and index. */
  drop(item: ItemId): void;
  reload(): Promise<Reload>;
}

/** `previous`: the same period one school year earlier, as far under way as this one; absent without a period. */
export type Measured = { figures: Figures; previous?: Figures; asOf: Instant };
/** What is known of a question without its text, its number and id included, and without who asked. */
export type TicketRow = Omit<Facts, 'requester'>;

/** Counts. `asOf` is the moment up to which every change is in the figures. Rejects with a RangeError for a malformed period. */
export interface Measures {
  /** Without the figures of the year before when `previous` is false. */
  figures(filters: Filters, options?: { previous?: boolean }): Promise<Measured>;
  /** The first moment of which there is something to count; undefined when there is nothing. */
  earliest(): Promise<Instant | undefined>;
  /** The questions behind a figure, latest first, 50 a page. `total` counts all pages. */
  tickets(
    filters: Filters,
    options?: { part?: Part; cursor?: string },
  ): Promise<{ rows: TicketRow[]; total: number; next?: string }>;
}

/** Counts one visit. `first-too-many` once per stretch of too many, so that it is said once. */
export type RateLimit = (who: string) => Promise<'fine' | 'first-too-many' | 'too-many'>;

/** Orders candidates by how well they fit a question. Optional: most likely on another machine. */
export interface Reranker {
  /** One score per candidate, in their order, higher is better. May reject, and should when `signal` aborts. */
  rerank(
    question: string,
    candidates: readonly { id: ItemId; title: string }[],
    signal: AbortSignal,
  ): Promise<readonly number[]>;
}

/** Writes text. Optional, and on another machine: what it gets leaves the house. */
export interface LanguageModel {
  /** May reject, and should when `signal` aborts. What it writes is nobody's word until somebody checked it. */
  write(instructions: string, input: string, signal: AbortSignal): Promise<string>;
}

export interface Clock {
  now(): Instant;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What was erased, noted outside the store: a copy of the store that is put back still holds it. */
export interface ErasureLedger {
  /** Resolves when it is certain to be there after a crash. */
  note(what: { person: PersonId } | { ticket: TicketId }): Promise<void>;
  /** What to erase again after a restore. */
  erased(): Promise<{ person: (id: string) => boolean; ticket: (id: string) => boolean }>;
}

export type Ports = {
  store: Store;
  messenger: Messenger;
  knowledge: KnowledgeBase;
  measures: Measures;
  /** Where people outside reach this server; absent or undefined when they cannot. */
  publicUrl?: () => string | undefined;
  clock: Clock;
  log: Log;
  /** Absent unless the operator chose one: then nothing leaves the machine to order answers. */
  reranker?: Reranker;
  /** Absent unless the operator chose one: then nothing leaves the machine to draft answers. */
  model?: LanguageModel;
  /** Absent where nothing outlives the store. */
  ledger?: ErasureLedger;
};

/** The persons the configuration names, by e-mail address or object id, lower case. */
export type Appointed = { administrators: ReadonlySet<string>; quality: ReadonlySet<string> };
