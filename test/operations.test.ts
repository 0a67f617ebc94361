// The commands of whoever keeps the helpdesk running, as they are typed: doctor, backup, restore, move, dead letters.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { createLedger } from '../src/adapters/files/ledger.ts';
import { openAsIs, type StoreSettings } from '../src/adapters/storage/open.ts';
import { openReadModel } from '../src/adapters/storage/read-model.ts';
import type { Store } from '../src/app/ports.ts';
import { createLeases } from '../src/app/running/leases.ts';
import { summarise } from '../src/app/running/move.ts';
import type { PersonId } from '../src/domain/terms.ts';

const clock = { now: Date.now };
const KEY = Buffer.from('any').toString('base64');
let folder: string;
const opened: Store[] = [];

const open = async (settings: StoreSettings = { kind: 'sqlite', folder: join(folder, 'data') }): Promise<Store> => {
  const store = await openAsIs(settings, clock);
  opened.push(store);
  return store;
};
type Ended = { code: number; out: string };
const type = (words: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const { PATH, HOME } = process.env;
    const settings = { PATH, HOME, DATA_DIR: join(folder, 'data'), NO_COLOR: '1', ...env } as NodeJS.ProcessEnv;
    execFile(process.execPath, ['src/cli.ts', ...words], { env: settings }, (error, stdout, stderr) =>
      resolve({
        code: error ? Number(error.code) : 0,
        out: (stdout + stderr).replace(/^.*ExperimentalWarning.*\n.*\n/m, ''),
      }),
    );
  });

/** Documents as a helpdesk leaves them, and odd ones. */
async function fill(store: Store, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const id = `ticket ${n}/ü?`;
    const facets = { status: n % 2 ? 'open' : 'closed', owner: `p${n % 5}`, due: n + 1 };
    const body = { z: 1, a: [`Hoe?\u0000 "${n}"`, null, 1.5], nested: { y: n, b: '\ud800' } };
    await store.create({ pk: id, id, kind: n % 3 ? 'ticket-like' : 'other', facets, body });
  }
}
async function hold(store: Store, numbers: number[]): Promise<void> {
  for (const n of numbers) {
    const about = { programme: 'p', theme: 't', title: '', day: '2026-11-02', level: 'l', links: [], tickets: [] };
    const by = { person: 'who-held-it', name: 'Adviseur' };
    const body = { ...about, by, sessions: 1, participants: 10, at: 1, history: [] };
    await store.create({ pk: `session:${n}`, id: `session:${n}`, kind: 'session', body });
  }
}
/** The figures beside the store count so many sessions as soon as they followed it, and nothing is wrong with them. */
async function counts(store: Store, sessions: number): Promise<void> {
  const { content } = await loadContent('content');
  const faults: string[] = [];
  const onFault = (message: string) => void faults.push(message);
  const measures = openReadModel({ folder: join(folder, 'data'), store, content: () => content, clock, onFault });
  await measures.follow();
  expect((await measures.figures({}, { previous: false })).figures.sessions.sessions).toBe(sessions);
  await measures.close();
  expect(faults).toEqual([]);
}
const letter = (number: string, ticket: string) => ({
  pk: `dead-letter:${ticket}:requester`,
  id: `dead-letter:${ticket}:requester`,
  kind: 'dead-letter',
  body: { ticket, number, side: 'requester', reason: 'the connector answered 400', attempts: 3, at: 1 },
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-operations-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await rm(folder, { recursive: true });
});

it('a reader that leaves early stops no command', { timeout: 60_000 }, async () => {
  const settings = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), NO_COLOR: '1' } as NodeJS.ProcessEnv;
  const command = spawn(process.execPath, ['src/cli.ts', 'report', '--format', 'json'], { env: settings });
  command.stdout.destroy();
  const errors = text(command.stderr);
  const [code] = await once(command, 'exit');
  expect({ code, errors: (await errors).replace(/^.*ExperimentalWarning.*\n.*\n/m, '') }).toEqual({
    code: 0,
    errors: '',
  });
});

describe('backup and restore', () => {
  /** What the store holds, apart from the entry of the restore itself. */
  async function restoredAs() {
    const store = await open();
    await store.erase('audit:0000000002');
    return summarise(store);
  }

  it('bring back everything as it was, and keep what was there', { timeout: 60_000 }, async () => {
    const store = await open();
    await fill(store, 300);
    const leases = createLeases(store, clock, 'the only one');
    await leases.hold('sweep');
    // The store stays open: nobody has to stop the helpdesk for a backup.
    const file = join(folder, 'copy.sqlite');
    const made = await type(['backup', '--out', file]);
    // Two more: who sweeps, and the entry of the backup itself.
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/302 documents.*sha256/) });
    const before = await summarise(store);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await type(['backup', '--out', file])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/exists already/),
    });

    await store.erase('ticket 1/ü?');
    await fill(store, 320);
    await leases.release();
    store.close();
    opened.splice(0);
    const restored = await type(['restore', file]);
    expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/Restored and compared: 302 documents/) });
    expect(await restoredAs()).toEqual(before);
    expect((await readdir(join(folder, 'data'))).some((name) => name.includes('.before-'))).toBe(true);
  });

  it('leave nobody who was erased since, and no figure of what the store does not hold any more', {
    timeout: 60_000,
  }, async () => {
    const store = await open();
    await hold(store, [1, 2, 3]);
    await counts(store, 3);
    const file = join(folder, 'copy.sqlite');
    await type(['backup', '--out', file]);
    await hold(store, [4, 5, 6, 7]);
    await counts(store, 7);
    store.close();
    opened.splice(0);
    await createLedger(join(folder, 'data'), clock).note({ person: 'who-held-it' as PersonId });
    const ended = await type(['restore', file]);
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/1 people or questions .* erased before/) });
    const restored = await open();
    const { docs } = await restored.list({ kind: 'erasure' });
    expect(docs.map(({ doc }) => doc.body)).toMatchObject([{ person: 'who-held-it' }]);
    await hold(restored, [8]);
    await counts(restored, 4);
  });

  it('bring a store back on a machine that has none yet', { timeout: 60_000 }, async () => {
    const store = await open();
    await fill(store, 30);
    const file = join(folder, 'copy.sqlite');
    await type(['backup', '--out', file]);
    const elsewhere = join(folder, 'new machine', 'data');
    expect(await type(['restore', file], { DATA_DIR: elsewhere })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Restored and compared: 31 documents/),
    });
    expect((await stat(elsewhere)).mode & 0o077).toBe(0);
    const nowhere = await type(['backup', '--out', join(folder, 'no folder', 'copy.sqlite')]);
    expect(nowhere).toMatchObject({ code: 1, out: expect.stringMatching(/folder that does not exist/) });
  });

  it('touch nothing when the copy is damaged or no copy, or while a helpdesk runs', { timeout: 120_000 }, async () => {
    const store = await open();
    await fill(store, 50);
    const file = join(folder, 'copy.sqlite');
    await type(['backup', '--out', file]);
    const before = await summarise(store);
    await writeFile(join(folder, 'nonsense'), 'this is no database '.repeat(500));
    await createLeases(store, clock, 'running').hold('sweep');
    expect(await type(['restore', file])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/running.*Stop it first/),
    });
    await store.erase('lease:sweep');
    const bitten = await readFile(file);
    bitten.fill(0xff, bitten.length / 2, bitten.length / 2 + 3_000);
    await writeFile(join(folder, 'bitten'), bitten);
    const whole = await readFile(file);
    await writeFile(join(folder, 'half'), whole.subarray(0, 8_192));
    await writeFile(join(folder, 'short'), whole.subarray(0, -100));
    const ends = [];
    for (const name of ['nonsense', 'nowhere', 'bitten', 'half', 'short'])
      ends.push(await type(['restore', join(folder, name)]));
    expect(ends.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1]);
    for (const { out } of ends.slice(2)) expect(out).toMatch(/is damaged.*Take another copy/s);
    expect(ends[0]!.out).toMatch(/is not a backup of a helpdesk/);
    expect(ends[1]!.out).toMatch(/cannot be opened/);
    expect(await summarise(store)).toEqual(before);
  });

  it('mend a store that is damaged', { timeout: 60_000 }, async () => {
    const store = await open();
    await fill(store, 20);
    const file = join(folder, 'copy.sqlite');
    await type(['backup', '--out', file]);
    const before = await summarise(store);
    // Commits of later, which stand in the log alone: they must not end up in what is put back.
    await hold(store, [1, 2, 3]);
    const log = await readFile(join(folder, 'data', 'helpdesk.sqlite-wal'));
    expect(log.length).toBeGreaterThan(0);
    store.close();
    opened.splice(0);
    await writeFile(join(folder, 'data', 'helpdesk.sqlite'), 'ruined');
    await writeFile(join(folder, 'data', 'helpdesk.sqlite-wal'), log);
    expect(await type(['restore', file])).toMatchObject({ code: 0 });
    expect(await restoredAs()).toEqual(before);
  });
});

describe('move', () => {
  it('takes everything to Cosmos DB and back, goes on where it was cut off, and compares', {
    timeout: 90_000,
  }, async () => {
    const emulator = createHttpServer();
    await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
    const env = { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: KEY };
    const cosmosSettings: StoreSettings = {
      kind: 'cosmos',
      endpoint,
      key: KEY,
      database: 'helpdesk',
      container: 'documents',
    };
    const sqlite = await open();
    await fill(sqlite, 250);
    await hold(sqlite, [1, 2]);
    await counts(sqlite, 2);
    // As if an earlier move was cut off half-way, and something changed since.
    const cosmos = await open(cosmosSettings);
    await fill(cosmos, 100);
    const changed = await cosmos.read('ticket 7/ü?', 'ticket 7/ü?');
    await cosmos.replace({ ...changed!.doc, facets: {}, body: 'other' }, changed!.version);

    for (const [store, owner] of [
      [sqlite, 'one'],
      [cosmos, 'other'],
    ] as const) {
      const leases = createLeases(store, clock, owner);
      await leases.hold('sweep');
      const refused = await type(['move', '--from', 'sqlite', '--to', 'cosmos'], env);
      expect(refused).toMatchObject({ code: 1, out: expect.stringMatching(/running.*Stop it first/) });
      await leases.release();
    }

    const there = await type(['move', '--from', 'sqlite', '--to', 'cosmos'], env);
    expect(there).toMatchObject({
      code: 0,
      out: expect.stringMatching(/154 documents written, 99 were there already/),
    });
    expect(there.out).toContain('Both hold the same.');
    expect(await summarise(cosmos)).toEqual(await summarise(sqlite));
    await counts(cosmos, 2);

    const DATA_DIR = join(folder, 'back');
    const back = await type(['move', '--from', 'cosmos', '--to', 'sqlite'], { ...env, DATA_DIR });
    expect(back).toMatchObject({ code: 0, out: expect.stringMatching(/254 documents written, 0 were there/) });
    const returned = await open({ kind: 'sqlite', folder: DATA_DIR });
    expect(await summarise(returned)).toEqual(await summarise(cosmos));
    expect(await returned.read('ticket 7/ü?', 'ticket 7/ü?')).toMatchObject({
      doc: { facets: { owner: 'p2', due: 8 } },
    });

    await cosmos.create({ pk: 'extra', id: 'extra', kind: 'other', body: 1 });
    const differing = await type(['move', '--from', 'sqlite', '--to', 'cosmos'], env);
    expect(differing).toMatchObject({ code: 1, out: expect.stringMatching(/not the same/) });
    emulator.close();
  });
});

describe('doctor', () => {
  it('names what is wrong, each with what to do, and leaves the code for a monitor', { timeout: 60_000 }, async () => {
    const store = await open();
    await store.create(letter('HD-2026-0142', 't1'));
    const bad = join(folder, 'content');
    const { code, out } = await type(['doctor']);
    expect(code).toBe(1);
    expect(out).toMatch(/warning +no helpdesk is running on this store\n +→ start it/);
    expect(out).toMatch(
      /HD-2026-0142 was given up .* 3 attempts: the connector answered 400\n +→ .*dead-letters retry/,
    );
    expect(out).toMatch(/has no advisors channel\n +→ .*adviseurskanaal poc-plus/);
    expect(out.match(/^ +→ /gm)?.length).toBe(out.match(/^(error|warning) /gm)?.length);
    expect((await type(['doctor', '--json'])).out).toMatch(/^\{"findings":\[\{"level":/);
    expect(await type(['doctor'], { CONTENT_DIR: bad })).toMatchObject({
      code: 1,
      out: expect.stringMatching(/CONTENT_DIR/),
    });
  });

  it('asks the issuer of the keys, and looks at the clock', { timeout: 60_000 }, async () => {
    const issuer = createServer((_, response) => {
      response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
      response.end('{}');
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`;
    const env = { CLIENT_ID: 'app', TENANT_ID: '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11', CLIENT_SECRET: 'secret' };
    expect((await type(['doctor'], { ...env, BOT_OPENID_METADATA: address })).out).toMatch(/clock .* 3[56]\d\d s off/);
    issuer.close();
    expect((await type(['doctor'], { ...env, BOT_OPENID_METADATA: address })).out).toMatch(/keys of the Connector at/);
    expect((await type(['doctor'], { CLIENT_ID: 'app' })).out).toMatch(/TENANT_ID: missing/);
  });

  it('looks whether a language model can be reached, and is set right', { timeout: 60_000 }, async () => {
    const away = { DRAFT_ENDPOINT: 'http://127.0.0.1:9', DRAFT_DEPLOYMENT: 'small', DRAFT_KEY: 'key' };
    expect((await type(['doctor'], away)).out).toMatch(/warning +DRAFT_ENDPOINT does not answer: /);
    expect((await type(['doctor'], { DRAFT_DEPLOYMENT: 'small' })).out).toMatch(/error +DRAFT_ENDPOINT: missing/);
  });
});

describe('dead letters', () => {
  it('are listed, and tried again one by one or all together', { timeout: 60_000 }, async () => {
    const store = await open();
    for (const n of [1, 2, 3]) await store.create(letter(`HD-2026-000${n}`, `t${n}`));
    expect((await type(['dead-letters'])).out).toMatch(/HD-2026-0001 .*3 attempts[\s\S]*3 message\(s\) given up/);
    expect((await type(['dead-letters', 'retry', 'HD-2026-0002'])).out).toMatch(/^1 message/);
    expect((await type(['dead-letters', 'retry'])).out).toMatch(/^2 message/);
    expect((await type(['dead-letters', 'retry'])).out).toMatch(/nothing to retry/);
    expect((await type(['dead-letters', 'remove'])).code).toBe(1);
  });
});
