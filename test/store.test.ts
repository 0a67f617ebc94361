// The SQLite store under the contract of every store, and what only a file on disk can go through.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { Store, StoredDoc } from '../src/app/ports.ts';
import { processorMsOf } from './processor.ts';
import { storeContract } from './store-contract.ts';

storeContract(
  'SQLite in memory',
  async (clock) => ({ open: async () => openSqlite(':memory:', clock), dispose: async () => {} }),
  { lasting: false, runs: 200 },
);
storeContract(
  'SQLite in a file',
  async (clock) => {
    const home = await mkdtemp(join(tmpdir(), 'store-'));
    return {
      open: async () => openSqlite(join(home, 'helpdesk.db'), clock),
      dispose: () => rm(home, { recursive: true }),
    };
  },
  { lasting: true, runs: 50 },
);

const clock = { now: () => Date.now() };
const doc = (id: string, body: unknown = id): StoredDoc => ({ pk: id, id, kind: 'ticket', body });

describe('the SQLite file', () => {
  let home: string;
  let file: string;
  const opened: Store[] = [];
  const openStore = (path = file) => {
    const store = openSqlite(path, clock);
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'store-'));
    file = join(home, 'helpdesk.db');
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) store.close();
    await rm(home, { recursive: true });
  });

  describe('opening', () => {
    /** Rights do not bind root, and tests may run as root: then somebody else opens the file. */
    const withoutPrivileges = (work: () => void) => {
      const root = process.geteuid?.() === 0;
      if (root) process.seteuid?.(65534);
      try {
        work();
      } finally {
        if (root) process.seteuid?.(0);
      }
    };

    test('makes the folder, for this account only', async () => {
      const deep = join(home, 'a', 'b', 'helpdesk.db');
      await openStore(deep).create(doc('one'));
      for (const name of await readdir(join(home, 'a', 'b'))) {
        expect((await stat(join(home, 'a', 'b', name))).mode & 0o077).toBe(0);
      }
      expect((await stat(join(home, 'a'))).mode & 0o077).toBe(0);
    });

    test('a folder that may not be written is named, with the fix', async () => {
      await chmod(home, 0o555);
      withoutPrivileges(() => {
        expect(() => openStore()).toThrow(/helpdesk\.db cannot be written\. Give .* write access to DATA_DIR/);
        expect(() => openStore(join(home, 'deeper', 'helpdesk.db'))).toThrow(/cannot be written\. Give .* DATA_DIR/);
      });
      await chmod(home, 0o755);
    });

    test('a file that may only be read is named, with the fix', async () => {
      openSqlite(file, clock).close();
      await chmod(home, 0o777);
      await chmod(file, 0o444);
      withoutPrivileges(() =>
        expect(() => openStore()).toThrow(/cannot be written\. Give .* write access to DATA_DIR/),
      );
    });

    test('a folder in the place of the file, or a file in the place of the folder, is named', async () => {
      await mkdir(file);
      expect(() => openStore()).toThrow(/helpdesk\.db cannot be made \(EISDIR\)\. Point DATA_DIR at a folder/);
      await writeFile(join(home, 'note'), '');
      expect(() => openStore(join(home, 'note', 'helpdesk.db'))).toThrow(/Point DATA_DIR at a folder/);
    });

    test('a file that is no database is left alone', async () => {
      const text = 'Dit is geen databank. '.repeat(100);
      await writeFile(file, text);
      expect(() => openStore()).toThrow(/is not an SQLite database\. Move it away or point DATA_DIR/);
      expect(await readFile(file, 'utf8')).toBe(text);
    });

    test('the database of another program is left alone', () => {
      const other = new DatabaseSync(file);
      other.exec('CREATE TABLE recipes (name TEXT)');
      expect(() => openStore()).toThrow(/database of another program\. Point DATA_DIR/);
      expect(other.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'recipes' }]);
      other.close();
    });

    test('a file of a newer release is left alone', () => {
      openSqlite(file, clock).close();
      const newer = new DatabaseSync(file);
      newer.exec('PRAGMA user_version = 99');
      newer.close();
      expect(() => openStore()).toThrow(/schema 99 .* newer release.* DATA_DIR/);
    });

    test('a damaged file asks for a backup', async () => {
      openSqlite(file, clock).close();
      const handle = await open(file, 'r+');
      await handle.write(Buffer.alloc(3_900, 'x'), 0, 3_900, 150);
      await handle.close();
      expect(() => openStore()).toThrow(/is damaged.*restore a backup into DATA_DIR/);
    });

    test('an interrupted first start is finished by the next one', async () => {
      await writeFile(file, '');
      await openStore().create(doc('one'));
      expect((await openStore().read('one', 'one'))?.doc.body).toBe('one');
    });
  });

  describe('faults while running', () => {
    /** The largest size a file of this process may grow to; stands for a full disk. */
    const limitFiles = (bytes: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:`]);

    test('on a full disk nothing is acknowledged that is not kept, and space is all it takes to go on', async () => {
      const store = openStore();
      const kept: string[] = [];
      const refused: string[] = [];
      limitFiles(400_000);
      try {
        for (let n = 0; n < 60; n++) {
          const id = `d${n}`;
          await store.create(doc(id, 'x'.repeat(10_000))).then(
            () => kept.push(id),
            () => refused.push(id),
          );
        }
        await expect(store.create(doc('last', 'x'.repeat(100_000)))).rejects.toThrow(/Check its space.*DATA_DIR/);
      } finally {
        limitFiles('unlimited');
      }
      expect(kept.length).toBeGreaterThan(10);
      expect(refused.length).toBeGreaterThan(10);
      await store.health();
      expect(await store.create(doc('afterwards'))).toMatchObject({ outcome: 'created' });
      const again = openStore();
      for (const id of kept) expect((await again.read(id, id))?.doc.body).toHaveLength(10_000);
      for (const id of refused) expect(await again.read(id, id)).toBeUndefined();
    });

    test('of writes that share a commit each hears the truth, also when the disk has no room for all', async () => {
      const store = openStore();
      const outcomes = new Map<string, boolean>();
      limitFiles(500_000);
      try {
        for (let round = 0; round < 6; round++) {
          await Promise.all(
            Array.from({ length: 20 }, async (_, n) => {
              const id = `d${round}-${n}`;
              const made = store.create(doc(id, 'x'.repeat(n % 5 === 0 ? 60_000 : 200)));
              outcomes.set(
                id,
                await made.then(
                  () => true,
                  () => false,
                ),
              );
            }),
          );
        }
      } finally {
        limitFiles('unlimited');
      }
      expect(new Set(outcomes.values())).toEqual(new Set([true, false]));
      const again = openStore();
      for (const [id, kept] of outcomes) expect([id, (await again.read(id, id)) !== undefined]).toEqual([id, kept]);
      expect(await store.create(doc('afterwards'))).toMatchObject({ outcome: 'created' });
    });

    test('a write that was asked for before the store closes is still done', async () => {
      const store = openSqlite(file, clock);
      const asked = Promise.all([store.create(doc('one')), store.create(doc('two'))]);
      store.close();
      await asked;
      expect(await openStore().read('two', 'two')).toBeDefined();
    });

    test('what was read before is read again once another process changed or erased it', async () => {
      const [store, other] = [openStore(), openStore()];
      await store.create(doc('one', { text: 'before' }));
      const before = await store.read('one', 'one');
      expect(await store.read('one', 'one')).toBe(before);
      await other.replace(doc('one', { text: 'after' }), before!.version);
      expect((await store.read('one', 'one'))?.doc.body).toEqual({ text: 'after' });
      await other.erase('one');
      expect(await store.read('one', 'one')).toBeUndefined();
      await other.create(doc('one', { text: 'anew' }));
      expect((await store.read('one', 'one'))?.doc.body).toEqual({ text: 'anew' });
    });

    test('nobody can change what somebody else is handed as well', async () => {
      const store = openStore();
      await store.create(doc('one', { list: [{ text: 'kept' }] }));
      const { list } = (await store.read('one', 'one'))!.doc.body as { list: { text: string }[] };
      expect(() => {
        list[0]!.text = 'changed';
      }).toThrow(TypeError);
    });

    test('a file that was moved away or replaced makes the store unhealthy', async () => {
      const store = openStore();
      await rename(file, `${file}.old`);
      await expect(store.health()).rejects.toThrow(/moved or replaced while in use.*Restart/);
      openStore();
      await expect(store.health()).rejects.toThrow(/moved or replaced/);
    });

    test('a lock of another process is waited for, while this process goes on', async () => {
      const store = openStore();
      await store.create(doc('one'));
      const other = new DatabaseSync(file);
      other.exec('BEGIN IMMEDIATE');
      const order: string[] = [];
      const writing = store.create(doc('two')).then(() => order.push('written'));
      setTimeout(() => {
        order.push('released');
        other.exec('COMMIT');
        other.close();
      }, 200);
      expect((await store.read('one', 'one'))?.doc.body).toBe('one');
      await writing;
      expect(order).toEqual(['released', 'written']);
    });

    test('a lock that stays is reported after five seconds', async () => {
      const store = openStore();
      const other = new DatabaseSync(file);
      other.exec('BEGIN IMMEDIATE');
      await Promise.all([
        expect(store.create(doc('two'))).rejects.toThrow(/locked by another process for 5 s.*DATA_DIR/),
        expect(store.health()).rejects.toThrow(/locked/),
      ]);
      other.close();
      expect(await store.read('two', 'two')).toBeUndefined();
      await store.health();
    });
  });

  test('four processes that open a new file at once and race for the same tickets give each to one', async () => {
    const adapter = new URL('../src/adapters/storage/sqlite.ts', import.meta.url).href;
    const tickets = 40;
    const script = `
      const { openSqlite } = await import(${JSON.stringify(adapter)});
      const [, file, who] = process.argv;
      await new Promise((resolve) => { process.once('message', resolve); process.send('ready'); });
      const store = openSqlite(file, { now: () => Date.now() });
      const won = [];
      for (let n = 0; n < ${tickets}; n++) {
        const doc = { pk: 't' + n, id: 't' + n, kind: 'ticket', body: {} };
        await store.create(doc);
        const { version, doc: { body } } = await store.read(doc.pk, doc.id);
        if (body.by !== undefined) continue;
        const { outcome } = await store.replace({ ...doc, body: { by: who } }, version);
        if (outcome === 'saved') won.push(doc.id);
      }
      store.close();
      process.send(won);
      process.disconnect();`;
    const stdio: ['ignore', 'inherit', 'inherit', 'ipc'] = ['ignore', 'inherit', 'inherit', 'ipc'];
    const racers = ['a', 'b', 'c', 'd'].map((who) =>
      spawn(process.execPath, ['--input-type=module', '-e', script, file, who], { stdio }),
    );
    const hear = async (racer: ChildProcess) => (await once(racer, 'message'))[0];
    await Promise.all(racers.map(hear));
    const results = racers.map(hear);
    for (const racer of racers) racer.send('go');
    const won: string[][] = await Promise.all(results);
    expect(won.flat().sort()).toEqual(Array.from({ length: tickets }, (_, n) => `t${n}`).sort());
    const store = openStore();
    for (const [n, who] of ['a', 'b', 'c', 'd'].entries()) {
      for (const id of won[n] ?? []) expect((await store.read(id, id))?.doc.body).toEqual({ by: who });
    }
  });

  test('an erased partition leaves no trace in any file', async () => {
    const store = openStore();
    const bytes = async () =>
      Buffer.concat(await Promise.all((await readdir(home)).map((name) => readFile(join(home, name)))));
    const secret = 'Vertrouwelijk';
    const owner = `${secret}-persoon`;
    for (let n = 0; n < 300; n++) {
      const pk = n % 3 === 0 ? 'person:1' : `other:${n}`;
      const text = (n % 3 === 0 ? `${secret} ` : 'iets anders ').repeat(1 + ((n * n) % 700));
      const made = { pk, id: `${n}`, kind: 'ticket', facets: n % 3 === 0 ? { owner, due: n } : { due: n }, body: text };
      const result = await store.create(made);
      if (n % 2 === 0 && result.outcome === 'created') {
        await store.replace({ ...made, body: text.slice(text.length / 3) }, result.version);
      }
    }
    expect((await bytes()).includes(secret)).toBe(true);
    await store.erase('person:1');
    expect((await bytes()).includes(secret)).toBe(false);
    expect((await store.list({ kind: 'ticket' }, { limit: 300 })).docs).toHaveLength(200);
  });

  test('erasing waits for whoever still reads the older version', async () => {
    const store = openStore();
    await store.create(doc('one', 'Vertrouwelijk'));
    const reader = new DatabaseSync(file);
    reader.exec('BEGIN; SELECT * FROM documents');
    const erasing = store.erase('one');
    await sleep(100);
    expect((await readFile(`${file}-wal`)).includes('Vertrouwelijk')).toBe(true);
    reader.close();
    await erasing;
    expect((await readFile(`${file}-wal`)).length).toBe(0);
  });

  test('finding what is due takes no longer because there is much that is not', async () => {
    const store = openStore(':memory:');
    for (let n = 0; n < 20_000; n++) {
      await store.create({ ...doc(`d${n}`, {}), facets: { status: 'open', service: 's', due: 1_000_000 + n } });
    }
    const took = await processorMsOf(async () => {
      for (let n = 0; n < 500; n++) {
        const { docs } = await store.list({ kind: 'ticket', status: 'open', service: 's', dueBefore: 1_000_003 });
        expect(docs).toHaveLength(3);
      }
    });
    // Walking all documents takes more than 500 × 2 ms.
    expect(took).toBeLessThan(500);
  });
});
