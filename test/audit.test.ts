// The audit trail: nothing can be changed in it, taken out of it or slipped into it without being seen.

import { beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { Store } from '../src/app/ports.ts';
import { audit, auditTrail, cutTrail, verifyAudit } from '../src/app/privacy/audit.ts';
import type { AuditRecord } from '../src/app/records.ts';
import type { PersonId } from '../src/domain/terms.ts';

const administrator = '00000000-0000-4000-8000-000000000008' as PersonId;
let store: Store;
let now = 1_000;
const clock = { now: () => now++ };
const write = (about: string) => audit({ store, clock }, administrator, { action: 'redact', about });

beforeEach(async () => {
  store = openSqlite(':memory:', clock);
  for (const n of [1, 2, 3, 4, 5]) await write(`HD-2026-000${n}`);
});

const idOf = (n: number) => `audit:${String(n).padStart(10, '0')}`;
async function tamper(n: number, change: Partial<AuditRecord>): Promise<void> {
  const stored = (await store.read(idOf(n), idOf(n)))!;
  const body = { ...(stored.doc.body as AuditRecord), ...change };
  await store.replace({ ...stored.doc, body }, stored.version);
}

describe('the audit trail', () => {
  it('says who did what and when, in order, and holds together', async () => {
    const entries = await Array.fromAsync(auditTrail(store));
    expect(entries.map(({ n, by, action, about }) => [n, by, action, about])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, administrator, 'redact', `HD-2026-000${n}`]),
    );
    expect(await verifyAudit(store)).toEqual({ entries: 5, seal: entries.at(-1)!.hash });
  });

  it('keeps its order when a hundred entries are written at once, also by a second instance', async () => {
    const second: Store = { ...store };
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        audit({ store: n % 2 === 0 ? store : second, clock }, 'system', {
          action: 'export',
          about: 'ticket',
          count: n,
        }),
      ),
    );
    expect(await verifyAudit(store)).toMatchObject({ entries: 105 });
    expect(await verifyAudit(store)).not.toHaveProperty('problem');
  });

  it.each<[string, (n: number) => Promise<unknown>]>([
    ['what it is about', (n) => tamper(n, { about: 'HD-2026-0009' })],
    ['who', (n) => tamper(n, { by: 'somebody else' })],
    ['when', (n) => tamper(n, { at: 0 })],
    ['what was done', (n) => tamper(n, { action: 'export' })],
    ['a number that was not there', (n) => tamper(n, { count: 3 })],
    ['the seal', (n) => tamper(n, { hash: 'f'.repeat(64) })],
    ['the seal before', (n) => tamper(n, { previous: 'f'.repeat(64) })],
    ['taken out', (n) => store.erase(idOf(n))],
  ])('shows it when an entry is changed: %s', async (_what, change) => {
    for (const n of [4, 1]) {
      await change(n);
      expect((await verifyAudit(store)).problem).toMatch(new RegExp(`^entry ${n} `));
    }
  });

  it('shows it when an entry is swapped for a new one with a right seal of its own', async () => {
    const other = openSqlite(':memory:', clock);
    for (const n of [1, 2, 3]) await audit({ store: other, clock }, 'system', { action: 'export', about: `${n}` });
    await tamper(3, (await other.read(idOf(3), idOf(3)))!.doc.body as AuditRecord);
    expect((await verifyAudit(store)).problem).toMatch(/^entry 3 /);
  });

  it('shows what was cut off at the end to whoever noted the seal', async () => {
    const noted = await verifyAudit(store);
    await store.erase(idOf(5));
    const now = await verifyAudit(store);
    expect(now).not.toHaveProperty('problem');
    expect([now.entries, now.seal]).not.toEqual([noted.entries, noted.seal]);
  });
});

it('what was rewritten from an entry on shows to whoever noted the seal', async () => {
  const seals = [];
  for (const first of ['HD-2026-0001', 'HD-2026-0009']) {
    now = 1_000;
    store = openSqlite(':memory:', { now: () => 0 });
    for (const about of [first, 'HD-2026-0002', 'HD-2026-0003']) await write(about);
    seals.push((await verifyAudit(store)).seal);
  }
  expect(seals[1]).not.toBe(seals[0]);
});

describe('past its term', () => {
  const cut = (before: number, dry = false) => cutTrail({ store, clock }, before, { dry });
  const shown = async () => (await Array.fromAsync(auditTrail(store))).map(({ n, action }) => `${n} ${action}`);

  it('the oldest entries go, an entry says so, numbers go on and the rest still holds together', async () => {
    const third = (await Array.fromAsync(auditTrail(store)))[2]!;
    expect(await cut(third.at, true)).toBe(2);
    expect(await shown()).toHaveLength(5);
    expect(await cut(third.at)).toBe(2);
    expect(await shown()).toEqual(['3 redact', '4 redact', '5 redact', '6 cut-trail']);
    expect(await verifyAudit(store)).toMatchObject({ entries: 6 });
    expect(await verifyAudit(store)).not.toHaveProperty('problem');
    expect(await cut(third.at)).toBe(0);
    const afresh: Store = { ...store };
    await audit({ store: afresh, clock }, administrator, { action: 'export', about: 'ticket' });
    expect((await shown()).at(-1)).toBe('7 export');
    expect(await cut(third.at + 1)).toBe(1);
    expect(await verifyAudit(store)).toMatchObject({ entries: 8 });
    expect((await verifyAudit(store)).problem).toBeUndefined();
  });

  it('the latest entry stays, however old', async () => {
    expect(await cut(Number.MAX_SAFE_INTEGER)).toBe(4);
    expect(await shown()).toEqual(['5 redact', '6 cut-trail']);
  });

  it('a beginning that somebody else cut off shows', async () => {
    const { hash } = (await Array.fromAsync(auditTrail(store)))[2]!;
    for (const n of [1, 2, 3]) await store.erase(idOf(n));
    expect((await verifyAudit(store)).problem).toMatch(/^entry 1 is missing/);
    await store.create({ pk: 'audit-start', id: 'audit-start', kind: 'audit-start', body: { n: 3, hash } });
    expect((await verifyAudit(store)).problem).toMatch(/cut off, and no entry says so/);
  });

  it('what a crash half-way left goes with the next run', async () => {
    const third = (await Array.fromAsync(auditTrail(store)))[2]!;
    let erased = 0;
    const dying: Store = {
      ...store,
      erase: async (pk) => (erased++ === 1 ? Promise.reject(new Error('cut')) : store.erase(pk)),
    };
    await expect(cutTrail({ store: dying, clock }, third.at + 1, { dry: false })).rejects.toThrow('cut');
    expect((await verifyAudit(store)).problem).toBeUndefined();
    expect(await store.read(idOf(2), idOf(2))).toBeDefined();
    await cut(third.at);
    for (const n of [1, 2, 3]) expect(await store.read(idOf(n), idOf(n))).toBeUndefined();
    expect((await verifyAudit(store)).problem).toBeUndefined();
  });
});
