// Turns what changed in the store into facts. Knows documents and pseudonyms, not where facts are kept.

import { createHmac, hash, randomBytes } from 'node:crypto';
import { type Facts, factsOf, type TimeFacts } from '../../domain/facts.ts';
import type { SessionFacts } from '../../domain/sessions.ts';
import type { Instant, PersonId, SchoolYear, WorkingCalendar } from '../../domain/terms.ts';
import { schoolYearOf } from '../../domain/working-time.ts';
import type { Clock, Store, Stored } from '../ports.ts';
import { opened } from '../questions/tickets.ts';
import type { PseudonymKeyRecord, SessionRecord, TimeRecord } from '../records.ts';

/** Raise it when facts are folded differently: what was folded before is then folded again. */
const FOLD = 3;

/** Says which store this is, by a value that no other has; it must not come along to another. */
export const IDENTITY = 'pseudonym-key:store';
/**
 * After the store was put back from a copy: what was folded of it before may be of what it does not hold any more, and
 * is folded again.
 */
export const becomeAnother = (store: Store): Promise<void> => store.erase(IDENTITY);

/** Of which store a fingerprint is. */
export const storeIn = (fingerprint: string): string => fingerprint.split(' ')[0]!;

const NAME_LENGTH = 16;
/** How long folding goes on before others get a turn. */
const SLICE_MS = 3;

/** The facts of one document; without them it counts no more. */
export type Entry = { id: string } & (
  | { kind: 'ticket'; facts: Facts | undefined }
  | { kind: 'session'; facts: SessionFacts | undefined }
  | { kind: 'time'; facts: TimeFacts | undefined }
);
export type Step = {
  entries: Entry[];
  since: string;
  /** Everything saved before this moment is in what was followed so far. */
  asOf: Instant | undefined;
  /** How many documents were read; fewer than asked means that there were no more. */
  read: number;
};

export type Follower = {
  /** At most `limit` documents that changed after `since`. */
  step(since: string, limit: number): Promise<Step>;
  /** Differs when facts folded earlier are of another store (see `storeIn`), or would be folded otherwise now. */
  fingerprint(): Promise<string>;
};

/** `onDamaged` hears of every document that has no facts because it cannot be read. */
export function createFollower(
  store: Store,
  calendar: () => WorkingCalendar,
  clock: Clock,
  onDamaged: (message: string) => void,
): Follower {
  /** By where they are kept; read again when they change. */
  const keys = new Map<string, string | undefined>();

  async function step(since: string, limit: number): Promise<Step> {
    const now = clock.now();
    const changes = await store.changes(since, limit);
    const entries: Entry[] = [];
    let began = performance.now();
    for (const stored of changes.docs) {
      if (performance.now() - began > SLICE_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        began = performance.now();
      }
      try {
        const entry = await entryOf(stored);
        if (entry) entries.push(entry);
      } catch (error) {
        onDamaged(`${stored.doc.kind} "${stored.doc.pk}" does not count: ${String(error)}`);
      }
    }
    const read = changes.docs.length;
    return { entries, since: changes.since, read, asOf: read < limit ? now : changes.docs.at(-1)?.changedAt };
  }

  async function entryOf(stored: Stored): Promise<Entry | undefined> {
    const { id, kind, body } = stored.doc;
    switch (kind) {
      case 'ticket': {
        const { ticket } = opened(stored);
        const { person } = ticket.requester;
        const name = person && (await pseudonym(person, schoolYearOf(ticket.askedAt)));
        return { id, kind, facts: factsOf(ticket, calendar(), name) };
      }
      case 'session':
        return { id, kind, facts: sessionFacts(body as SessionRecord) };
      case 'time':
        return { id, kind, facts: timeFacts(body as TimeRecord) };
      case 'pseudonym-key':
        // Made, or destroyed: from then on nobody is told apart with it in this process either.
        keys.delete(id);
        return undefined;
      default:
        return undefined;
    }
  }

  /**
   * Who was removed from the store has such a name there already, made with the same key, and keeps it. Anybody else is
   * undefined once the key is gone.
   */
  async function pseudonym(person: PersonId, schoolYear: SchoolYear): Promise<string | undefined> {
    if (person === 'gone-nobody') return undefined;
    if (person.startsWith('gone-')) return person.slice('gone-'.length).slice(0, NAME_LENGTH);
    const key = await keyAt(`pseudonym-key:${schoolYear}`);
    return key && createHmac('sha256', key).update(person).digest('base64url').slice(0, NAME_LENGTH);
  }

  async function keyAt(pk: string): Promise<string | undefined> {
    if (!keys.has(pk)) keys.set(pk, await secret(pk));
    return keys.get(pk);
  }

  /** A random value that every process finds, made by whoever needs it first. */
  async function secret(pk: string): Promise<string | undefined> {
    const there = await store.read(pk, pk);
    if (there) return (there.doc.body as PseudonymKeyRecord).secret;
    const body: PseudonymKeyRecord = { secret: randomBytes(32).toString('base64url') };
    if ((await store.create({ pk, id: pk, kind: 'pseudonym-key', body })).outcome === 'created') return body.secret;
    return secret(pk);
  }

  return {
    step,
    fingerprint: async () => {
      const sum = (of: unknown): string => hash('sha256', JSON.stringify(of), 'base64url');
      return `${sum(await keyAt(IDENTITY))} ${sum([FOLD, calendar()])}`;
    },
  };
}

function sessionFacts(record: SessionRecord): SessionFacts | undefined {
  if (record.retracted) return undefined;
  const { programme, theme, day, level, sessions, participants, perCentre, minutes } = record;
  return {
    programme,
    theme,
    day,
    level,
    sessions,
    participants,
    ...(perCentre && { perCentre }),
    ...(minutes !== undefined && { minutes }),
  };
}

function timeFacts({ retracted, day, minutes, theme, strategy }: TimeRecord): TimeFacts | undefined {
  return retracted ? undefined : { day, minutes, strategy, ...(theme !== undefined && { theme }) };
}
