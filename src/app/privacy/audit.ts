// Who read, exported, changed or erased what: a list that only grows, each entry sealed with the one before. Never text.

import { createHash } from 'node:crypto';
import type { Instant, PersonId } from '../../domain/terms.ts';
import { documentsOf, keep } from '../documents.ts';
import type { Clock, Store } from '../ports.ts';
import type { AuditRecord, AuditStartRecord } from '../records.ts';

/** Somebody at a door, or whoever works on the command line of the machine. */
export type Auditor = PersonId | 'command-line' | 'system';
export type Audited = Pick<AuditRecord, 'action' | 'about' | 'count'>;

/** The first entry follows on this. */
const BEGINNING = '0'.repeat(64);
const idOf = (n: number): string => `audit:${String(n).padStart(10, '0')}`;
/** Where the list begins once what was past its term is cut off. */
const START = 'audit-start';
/** Where the list stands, per store; only a hint, the store decides who writes which entry. */
const hints = new WeakMap<object, number>();

/**
 * Adds an entry and resolves when it is stored; what it is about must not be shown or done before. Two instances that
 * write at once get consecutive entries: creating an entry that is there already fails, and the next one is tried.
 */
export async function audit(
  { store, clock }: { store: Store; clock: Clock },
  by: Auditor,
  { action, about, count }: Audited,
): Promise<void> {
  let last = await lastEntry(store);
  for (;;) {
    const n = (last?.n ?? 0) + 1;
    const facts = { n, at: clock.now(), by, action, about, ...(count === undefined ? {} : { count }) };
    const previous = last?.hash ?? BEGINNING;
    const entry: AuditRecord = { ...facts, previous, hash: seal(facts, previous) };
    const id = idOf(n);
    if ((await store.create({ pk: id, id, kind: 'audit', body: entry })).outcome === 'created') {
      hints.set(store, n);
      return;
    }
    last = await entryAt(store, n);
  }
}

export type Verification = { entries: number; seal: string; problem?: string };

/**
 * Reads the list from the start. `problem` names the first entry that was changed, removed or added afterwards. What
 * was cut off at the end cannot be seen from inside: compare `entries` and `seal` with what was noted elsewhere.
 */
export async function verifyAudit(store: Store): Promise<Verification> {
  const start = await startOf(store);
  let entries = start?.n ?? 0;
  let previous = start?.hash ?? BEGINNING;
  let said = start === undefined;
  for (;;) {
    const entry = await entryAt(store, entries + 1);
    if (!entry) break;
    const { hash, previous: before, ...facts } = entry;
    if (entry.n !== entries + 1 || before !== previous || hash !== seal(facts, before)) {
      return { entries, seal: previous, problem: `entry ${entries + 1} is not what was written` };
    }
    entries = entry.n;
    previous = hash;
    said ||= entry.action === 'cut-trail' && start !== undefined && entry.about === cutAt(start);
  }
  if (!said) return { entries, seal: previous, problem: 'the beginning was cut off, and no entry says so' };
  let last = 0;
  for await (const { doc } of documentsOf(store, { kind: 'audit' })) last = Math.max(last, (doc.body as AuditRecord).n);
  const missing = last > entries ? `entry ${entries + 1} is missing and later ones are there` : undefined;
  return { entries, seal: previous, ...(missing ? { problem: missing } : {}) };
}

/** The entries in the order in which they were written. */
export async function* auditTrail(store: Store): AsyncGenerator<AuditRecord> {
  for (let n = ((await startOf(store))?.n ?? 0) + 1; ; n++) {
    const entry = await entryAt(store, n);
    if (!entry) return;
    yield entry;
  }
}

const startOf = async (store: Store): Promise<AuditStartRecord | undefined> =>
  (await store.read(START, START))?.doc.body as AuditStartRecord | undefined;
const cutAt = ({ n, hash }: AuditStartRecord): string => `up to entry ${n}, ${hash}`;

/**
 * Removes the entries from before a moment, or with `dry` counts them only. An entry says where the list was cut and
 * with which seal, so that cutting it shows; what was noted elsewhere (`entries`, `seal`) still compares, as numbers go
 * on. The latest entry always stays. Safe to break off.
 */
export async function cutTrail(
  around: { store: Store; clock: Clock },
  before: Instant,
  { dry }: { dry: boolean },
): Promise<number> {
  const { store } = around;
  const from = (await startOf(store))?.n ?? 0;
  if (!dry) await eraseUpTo(store, from);
  let cut: AuditStartRecord | undefined;
  for await (const { n, at, hash } of auditTrail(store)) {
    if (at >= before || !(await entryAt(store, n + 1))) break;
    cut = { n, hash };
  }
  if (!cut) return 0;
  const count = cut.n - from;
  if (dry) return count;
  await audit(around, 'system', { action: 'cut-trail', about: cutAt(cut), count });
  await keep<AuditStartRecord>(store, { pk: START, kind: START }, () => cut);
  await eraseUpTo(store, cut.n);
  return count;
}

/** Oldest first, so that what a crash leaves is found again. */
async function eraseUpTo(store: Store, last: number): Promise<void> {
  let first = last;
  while (first > 0 && (await entryAt(store, first))) first--;
  for (let n = first + 1; n <= last; n++) await store.erase(idOf(n));
}

async function entryAt(store: Store, n: number): Promise<AuditRecord | undefined> {
  return (await store.read(idOf(n), idOf(n)))?.doc.body as AuditRecord | undefined;
}

/** Found by doubling and halving from where it was last seen: a few reads, whatever the length. */
async function lastEntry(store: Store): Promise<AuditRecord | undefined> {
  let low = hints.get(store) ?? (await startOf(store))?.n ?? 0;
  let step = 1;
  while (await entryAt(store, low + step)) {
    low += step;
    step *= 2;
  }
  for (let high = low + step; high - low > 1; ) {
    const middle = Math.floor((low + high) / 2);
    if (await entryAt(store, middle)) low = middle;
    else high = middle;
  }
  return low === 0 ? undefined : entryAt(store, low);
}

function seal(facts: Omit<AuditRecord, 'previous' | 'hash'>, previous: string): string {
  const { n, at, by, action, about, count } = facts;
  const line = JSON.stringify([n, at, by, action, about, count ?? null]);
  return createHash('sha256').update(`${previous}\n${line}`).digest('hex');
}
