// What is kept in the store, per kind of document. Types only; adapters/storage/records.ts checks them on read.

import type { FollowUpEvent } from '../domain/follow-up.ts';
import type { ItemEvent } from '../domain/items.ts';
import type { Session } from '../domain/sessions.ts';
import type {
  CentreId,
  ContactId,
  Day,
  FunctionId,
  Instant,
  ItemId,
  PersonId,
  ServiceId,
  StrategyId,
  ThemeId,
  TicketId,
} from '../domain/terms.ts';
import type { TicketEvent } from '../domain/ticket.ts';
import type { LinkTrouble, Regulation } from '../domain/upkeep.ts';
import type { Taught, Wording } from '../domain/wordings.ts';
import type { Address, Posted } from './ports.ts';

/** The two sides that are told what happens to a ticket, each in its own order. */
export const SIDES = ['requester', 'channel'] as const;
export type Side = (typeof SIDES)[number];

/** Why telling one side is held up; `at` is when to try again, absent when nobody will before somebody steps in. */
export type Trouble = { reason: string; attempts: number; at?: Instant };

/** The instance that tells a side, and until when nobody else does. */
export type Teller = { by: string; until: Instant };

export type TicketRecord = {
  number: string;
  events: TicketEvent[];
  /** The conversation in which the question was asked. */
  address: Address;
  /** How many notices each side has had. */
  told: Record<Side, number>;
  /** How many events the cards of each side show. */
  shown: Record<Side, number>;
  posts: { answer?: Posted; status?: Posted; channel?: Posted; survey?: Posted };
  /** Messages with what somebody wrote: where they are, so that they are emptied when the question is made unreadable. */
  texts?: { side: Side; posted: Posted }[];
  trouble: Partial<Record<Side, Trouble>>;
  teller?: Partial<Record<Side, Teller>>;
  /** Whether the advisors still have to hear, or heard, that the requester cannot be reached. */
  flag?: 'due' | 'told';
  /** How many events were passed on to the tickets that this one is merged or linked with. */
  passed?: number;
};

export type PersonRecord = {
  name: string;
  /** How the platform names this person in a mention or a refresh. */
  userId: string;
  email?: string;
  rosterReadAt?: Instant;
  function?: FunctionId;
  centre?: CentreId;
  profileAsked?: boolean;
  welcomed?: boolean;
  /** The 1:1 chat with the bot. */
  address?: Address;
  surveyedAt?: Instant;
  /** What stood on the registration card when this advisor last used it. */
  registering?: { centre?: CentreId; theme?: ThemeId; minutes?: number };
  /** Tickets with messages that could not reach this person. */
  missed?: TicketId[];
  /** When this person was last seen in, or found on the roster of, the advisors' channel of a service. */
  advisorOf: Record<ServiceId, Instant>;
};

export type ChannelRecord = { service: ServiceId; address: Address; registeredBy: PersonId; registeredAt: Instant };

/** Ties a number of the series HD-YYYY-NNNN to the ticket that has it. */
export type NumberRecord = { ticket: TicketId; at: Instant };

export type DraftRecord = { text: string; source: string; at: Instant; drafted?: true };

/** Kept at pk `session:<id>`, kind `session`; the id is not repeated in the body. */
export type SessionRecord = Omit<Session, 'id'> & { nameless?: true };

/** Time that belongs to no question. Kept at pk `time:<id>`, kind `time`, owner the advisor. */
export type TimeRecord = {
  advisor: PersonId;
  day: Day;
  minutes: number;
  theme?: ThemeId;
  strategy: StrategyId;
  note: string;
  at: Instant;
  retracted?: true;
  /** Past its term: who and what for is gone. */
  nameless?: true;
};

/**
 * What a person's name in the figures of a school year is made with. Without `secret` it was destroyed on purpose:
 * from then on nobody can be told apart in what is folded again, so only counts are left.
 */
export type PseudonymKeyRecord = { secret?: string };

/**
 * Which questions a recurring topic had, so that they stay together when their texts are gone; `words` are fit to be
 * shown. Kept at pk `topic:<id>`, kind `topic`.
 */
export type TopicRecord = { theme?: ThemeId; words: string[]; members: TicketId[]; at: Instant };

/** Everything that was decided about a topic, oldest first. Kept at pk `followup:<topic>`, kind `followup`. */
export type FollowUpRecord = { history: FollowUpEvent[] };

/**
 * A knowledge item that people wrote here. `told`: how many of its events were told to whom they concern. Kept at pk
 * `item:<id>`, kind `item`.
 */
export type ItemRecord = { events: ItemEvent[]; told: number; attempts?: number };

/**
 * Where messages about an item or a case stand, and which of them have to lose their words. Kept at pk
 * `posted:<pk of what they are about>`, kind `posted`.
 */
export type PostedRecord = {
  messages: { posted: Posted; to?: PersonId; review?: boolean }[];
  emptying?: { messages: PostedRecord['messages']; attempts: number; due: Instant };
};

/** That the item shown for a question did not help, and what was done about it. Kept at pk `miss:<ticket>`, kind `miss`. */
export type MissRecord = {
  item: ItemId;
  theme: ThemeId;
  /** Of the question; absent of what was noted before this was. */
  service?: ServiceId;
  at: Instant;
  decided?: { what: 'wording' | 'written' | 'out-of-scope'; by: { person: PersonId; name: string }; at: Instant };
};

/** The themes whose rules changed, as far as somebody said so and nobody took it back. Kept at pk `control:regulations`. */
export type RegulationsRecord = { regulations: Regulation[] };

/**
 * What the last look at all sources found: `pages` by link without "#", `modified` the moment that a page gives itself.
 * Kept at pk `control:links`.
 */
export type LinksRecord = { at: Instant; pages: { url: string; trouble?: LinkTrouble; modified?: Instant }[] };

/** Who sends the owners' list of a month, until when nobody else does, and which contacts have it. Kept at pk `upkeep:<month>`. */
export type UpkeepRecord = { by: string; until: Instant; sent: ContactId[]; done?: true };

/** Which items went live, changed or went lately, so that every running index follows. Kept at pk `control:items`. */
export type ItemNewsRecord = { n: number; changed: { n: number; item: ItemId }[] };

/** How often each known question was registered: the order in which they are offered. */
export type ItemUseRecord = { counts: Record<ItemId, number> };

/** Who does a task that only one instance may do at a time. Kept at pk `lease:<task>`. */
export type LeaseRecord = { owner: string; until: Instant };

/** What was given up after repeated failures. Kept at pk `dead-letter:<ticket>:<side>` until somebody has it tried again. */
export type DeadLetterRecord = {
  ticket: TicketId;
  number: string;
  side: Side;
  reason: string;
  attempts: number;
  at: Instant;
};

/** Asks every running instance to reload content/, and holds what came of it. */
export type ReloadRecord = {
  requestedAt: Instant;
  /** The instance that asked, and reloaded before it did. */
  done?: string;
  doneAt?: Instant;
  items?: number;
  problems?: string[];
};

/** Says that everything in this store is fictional; without `loadedAt` it was not finished. */
export type DemonstrationRecord = { seed: string; schoolYears: number; startedAt: Instant; loadedAt?: Instant };
/** What is entered in the audit trail. */
export type AuditAction =
  | 'read-text'
  | 'draft'
  | 'export'
  | 'redact'
  | 'erase-person'
  | 'find-person'
  | 'give-own-data'
  | 'retention'
  | 'register-channel'
  | 'set-absence'
  | 'end-absence'
  | 'change-contact'
  | 'change-theme'
  | 'undo-set-up'
  | 'offer-material'
  | 'remove-wording'
  | 'import'
  | 'change-content'
  | 'read-trail'
  | 'cut-trail'
  | 'backup'
  | 'restore'
  | 'move'
  /** Somebody typed a command that src/cli/trail.ts does not know. */
  | 'command';

/** Kept at pk `audit:<n>`. `about` is a ticket number, a kind of document or a school year; never a word of anybody. */
export type AuditRecord = {
  n: number;
  at: Instant;
  /** An object id, "command-line" or "system". */
  by: string;
  action: AuditAction;
  about: string;
  /** How many documents it concerned, where that says something. */
  count?: number;
  previous: string;
  hash: string;
};

/** Up to and including which entry the audit trail was cut off at its term, and that entry's seal. Kept at pk `audit-start`. */
export type AuditStartRecord = { n: number; hash: string };

/** How people asked for an item, as they confirmed. Kept at pk `wordings:<item>`. */
export type WordingsRecord = { wordings: Wording[] };

/** What somebody taught. Kept at pk `wording-teacher:<keyed hash of the person>`. */
export type TeacherRecord = { taught: Taught[] };

/** The key of those hashes. */
export type WordingKeyRecord = { key: string };

/** Somebody is to be forgotten, or a question made unreadable. Kept at pk `erasure:<random>`; gone when it is done. */
export type ErasureRecord = { at: Instant } & ({ person: PersonId } | { ticket: TicketId });

/** What retention removed, or would with `dry`. Kept at pk `retention:<day>` and, the latest, `retention:last`. */
export type RetentionRecord = {
  at: Instant;
  /** Everything before this day was past its term. */
  before: Day;
  questions: number;
  /** Past their term, and left because somebody still waits for an answer. */
  underWay: number;
  people: number;
  drafts: number;
  /** Sessions and time entries. */
  other: number;
  /** Items whose learnt wordings were too old, in part or all. */
  wordings: number;
  /** Entries of the audit trail. */
  entries: number;
  dry: boolean;
};
/** The channel that gets the monthly digest. */
export type QualityChannelRecord = Omit<ChannelRecord, 'service'>;

/** Kept at pk `digest:<month>`: who is posting it, until when nobody else tries, and when it was done. */
export type DigestRecord = { by: string; until: Instant; sentAt?: Instant };
