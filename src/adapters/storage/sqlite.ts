// The store of documents in one SQLite file. Knows rows and JSON, never what a document means.

import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Facets, Filter, Store, Stored, StoredDoc } from '../../app/ports.ts';

const MAX_BODY_BYTES = 1_500_000;
const PAGE_SIZE = 100;
const LOCK_WAIT_MS = 5_000;
const MAX_KEY_BYTES = 1_000;
/** SQLITE_BUSY, https://www.sqlite.org/rescode.html */
const LOCKED = 5;
/** Marks the file as ours, so that another program's database is never taken over. "HDSK" */
const APPLICATION_ID = 0x4844534b;

/**
 * One step per schema version; a file runs the steps it has not seen. Never change a step, add one.
 *
 * `seq` numbers every write: it is the place in the change feed, the order of lists (the rowid ends every index
 * entry) and the row version. One number for all three, because a version per document would start again at 1 after
 * an erase, and a stale writer would then match a document it never read. `erased` keeps the numbering from going
 * back for the same reason.
 */
const UPGRADES = [
  `CREATE TABLE documents (
     seq INTEGER PRIMARY KEY,
     pk TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
     status TEXT, owner TEXT, service TEXT, due INTEGER,
     changed_at INTEGER NOT NULL, body TEXT NOT NULL,
     UNIQUE (pk, id)
   ) STRICT;
   CREATE INDEX by_kind ON documents (kind);
   CREATE INDEX by_status ON documents (kind, status) WHERE status IS NOT NULL;
   CREATE INDEX by_owner ON documents (kind, owner) WHERE owner IS NOT NULL;
   CREATE INDEX by_service ON documents (kind, service) WHERE service IS NOT NULL;
   CREATE INDEX by_service_status ON documents (kind, service, status) WHERE service IS NOT NULL AND status IS NOT NULL;
   CREATE INDEX by_due ON documents (kind, due) WHERE due IS NOT NULL;
   CREATE TABLE erased (last_seq INTEGER NOT NULL) STRICT;
   INSERT INTO erased VALUES (0);
   CREATE TRIGGER keep_numbering AFTER DELETE ON documents
   BEGIN UPDATE erased SET last_seq = max(last_seq, OLD.seq); END;
   CREATE TABLE health (checked_at INTEGER NOT NULL) STRICT;
   INSERT INTO health VALUES (0);`,
];

const NEXT_SEQ = '(SELECT max(last_seq, (SELECT ifnull(max(seq), 0) FROM documents)) + 1 FROM erased)';

type Write = { work: () => unknown; resolve: (result: unknown) => void; reject: (error: unknown) => void };

type Row = {
  seq: number;
  pk: string;
  id: string;
  kind: string;
  status: string | null;
  owner: string | null;
  service: string | null;
  due: number | null;
  changed_at: number;
  body: string;
};

/**
 * Opens `file` (or ':memory:') and makes or upgrades what is missing, folder included. Throws an Error that names
 * DATA_DIR and the fix when that cannot be done or the file cannot be written.
 *
 * Other processes may use the same file on the same machine: a lock is waited for up to 5 s, without blocking this
 * process. Methods reject with a RangeError for a document, cursor or checkpoint that no store can hold, and with an
 * Error for operators on a fault; nothing of that write is then in the file.
 */
export function openSqlite(file: string, clock: Clock): Store {
  const db = open(file);
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    // Not get(): it leaves the statement before its commit and would acknowledge a write that the disk then refused.
    return (...values: SQLInputValue[]) => statement.all(...values) as unknown[];
  };
  const select = prepare('SELECT * FROM documents WHERE pk = ? AND id = ?');
  const insert = prepare(
    `INSERT INTO documents (seq, pk, id, kind, status, owner, service, due, changed_at, body)
     VALUES (${NEXT_SEQ}, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pk, id) DO NOTHING RETURNING seq`,
  );
  const update = prepare(
    `UPDATE documents SET seq = ${NEXT_SEQ}, pk = ?, id = ?, kind = ?, status = ?, owner = ?, service = ?, due = ?,
       changed_at = ?, body = ? WHERE pk = ? AND id = ? AND seq = ? RETURNING seq`,
  );
  const remove = prepare('DELETE FROM documents WHERE pk = ?');
  const changed = prepare('SELECT * FROM documents WHERE seq > ? ORDER BY seq LIMIT ?');
  const touch = prepare('UPDATE health SET checked_at = ?');
  const lists = new Map<string, ReturnType<typeof prepare>>();
  const inode = file === ':memory:' ? undefined : statSync(file).ino;

  /** Does the work as soon as no other process holds the lock. The wait leaves the event loop free. */
  async function unlocked<T>(work: () => T): Promise<T> {
    const deadline = performance.now() + LOCK_WAIT_MS;
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isLocked(error) || performance.now() > deadline) throw explain(file, error);
      }
      await sleep(1 + Math.random() * 15);
    }
  }

  let queued: Write[] = [];

  /** Writes of the same moment share one commit, as forcing it to the disk is most of what a write costs. */
  function write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      queued.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (queued.length === 1) setImmediate(flush);
    });
  }

  async function flush(): Promise<void> {
    const writes = queued;
    queued = [];
    const [only, ...others] = writes;
    if (!only) return;
    try {
      const results = await unlocked(() => (others.length === 0 ? [only.work()] : together(writes)));
      for (const [n, { resolve }] of writes.entries()) resolve(results[n]);
    } catch (error) {
      const alone = others.length === 0 || isLocked(error instanceof Error ? error.cause : error);
      // None of them is in the file. What was wrong with one must not cost the others theirs.
      for (const { work, resolve, reject } of writes) {
        if (alone) reject(error);
        else await unlocked(work).then(resolve, reject);
      }
    }
  }

  function together(writes: Write[]): unknown[] {
    db.exec('BEGIN IMMEDIATE');
    try {
      const results = writes.map(({ work }) => work());
      db.exec('COMMIT');
      return results;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    read: (pk, id) =>
      unlocked(() => {
        const [row] = select(pk, id) as Row[];
        return row && stored(row);
      }),

    async create(doc) {
      const columns = toColumns(doc, clock.now());
      const [row] = await write(() => insert(...columns) as { seq: number }[]);
      return row ? { outcome: 'created', version: String(row.seq) } : { outcome: 'exists' };
    },

    async replace(doc, version) {
      const columns = toColumns(doc, clock.now());
      return write(() => {
        const [row] = update(...columns, doc.pk, doc.id, version) as { seq: number }[];
        if (row) return { outcome: 'saved', version: String(row.seq) };
        return { outcome: select(doc.pk, doc.id).length > 0 ? 'stale' : 'missing' };
      });
    },

    async list(filter, { cursor, limit = PAGE_SIZE } = {}) {
      const { sql, values } = listQuery(filter, cursor);
      const query = lists.get(sql) ?? prepare(sql);
      lists.set(sql, query);
      const rows = await unlocked(() => query(...values, atLeastOne(limit) + 1) as Row[]);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const docs = rows.slice(0, limit).map(stored);
      if (!last) return { docs };
      return { docs, next: filter.dueBefore === undefined ? `${last.seq}` : `${last.due}/${last.seq}` };
    },

    async changes(since, limit) {
      const [seq = 0] = since === '' ? [] : numbersIn(since, /^(\d+)$/, 'checkpoint');
      const rows = await unlocked(() => changed(seq, atLeastOne(limit)) as Row[]);
      return { docs: rows.map(stored), since: String(rows.at(-1)?.seq ?? since) };
    },

    async erase(pk) {
      await write(() => remove(pk));
      // The log still holds older versions of the rows: write it into the file and cut it to nothing.
      await unlocked(() => {
        const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
        if (busy) throw Object.assign(new Error('another process is reading the log'), { errcode: LOCKED });
      });
    },

    async health() {
      if (inode !== undefined && statSync(file, { throwIfNoEntry: false })?.ino !== inode) {
        throw new Error(`${file} was moved or replaced while in use: writes no longer reach it. Restart the program.`);
      }
      await write(() => touch(clock.now()));
    },

    close: () => {
      // What was asked for before is still done; it does not wait for anything but a lock of another process.
      void flush();
      db.close();
    },
  };
}

function open(file: string): DatabaseSync {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    let db: DatabaseSync | undefined;
    try {
      if (file !== ':memory:') {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        // Made here so that only this user can read it; SQLite gives its log files the same rights.
        closeSync(openSync(file, 'a', 0o600));
      }
      db = new DatabaseSync(file);
      setUp(db, file);
      return db;
    } catch (error) {
      db?.close();
      if (!isLocked(error) || performance.now() > deadline) throw explain(file, error);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function setUp(db: DatabaseSync, file: string): void {
  const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  db.exec('BEGIN IMMEDIATE');
  const version = Number(pragma('user_version'));
  const tables = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').all().length;
  if (pragma('application_id') !== APPLICATION_ID && (version !== 0 || tables > 0)) {
    throw new Error(`${file} is the database of another program. Point DATA_DIR at a folder of its own.`);
  }
  if (version > UPGRADES.length) {
    throw new Error(
      `${file} has schema ${version} and this program knows ${UPGRADES.length} at most: it was written by a newer ` +
        'release. Install that release again, or point DATA_DIR at a folder with an older backup.',
    );
  }
  for (const step of UPGRADES.slice(version)) db.exec(step);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${UPGRADES.length};`);
  // A real write: SQLite opens a file it may only read without complaint.
  db.exec('UPDATE health SET checked_at = checked_at; COMMIT');
  const mode = pragma('journal_mode = WAL');
  if (mode !== 'wal' && mode !== 'memory') {
    throw new Error(
      `${file} is on a disk that SQLite cannot share safely. Point DATA_DIR at a folder on a local disk.`,
    );
  }
  // journal_size_limit: the log is cut each time it starts over, so that replaced text does not linger in its tail.
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 0;');
}

/** The primary SQLite result code, https://www.sqlite.org/rescode.html; undefined for any other error. */
function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const isLocked = (error: unknown) => resultCode(error) === LOCKED;

/** The same fault as a sentence for operators; an error that is not about the file stays what it is. */
function explain(file: string, error: unknown): unknown {
  const reason = (error as NodeJS.ErrnoException).code;
  const say = (text: string) => new Error(`${file} ${text}`, { cause: error });
  const noRights = 'cannot be written. Give the account of this program write access to DATA_DIR and the files in it.';
  const noSpace = 'cannot grow: the disk is full. Free some space or move DATA_DIR to a larger disk.';
  switch (resultCode(error) ?? reason) {
    case LOCKED:
      return say(`was locked by another process for ${LOCK_WAIT_MS / 1000} s. Stop what else uses DATA_DIR.`);
    case 3:
    case 8:
    case 14:
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return say(noRights);
    case 13:
    case 'ENOSPC':
    case 'EDQUOT':
      return say(noSpace);
    case 10:
      return say('cannot be read or written: the disk reports an error. Check its space and health, or move DATA_DIR.');
    case 11:
      return say('is damaged. Stop the program, move the file away and restore a backup into DATA_DIR.');
    case 26:
      return say('is not an SQLite database. Move it away or point DATA_DIR at another folder.');
    case 'EISDIR':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return say(`cannot be made (${reason}). Point DATA_DIR at a folder.`);
    default:
      return error;
  }
}

/** The columns after `seq`, in table order. Throws RangeError for what SQLite or Cosmos DB would not give back intact. */
function toColumns(doc: StoredDoc, changedAt: number): SQLInputValue[] {
  const { status = null, owner = null, service = null, due = null } = doc.facets ?? {};
  for (const key of [doc.pk, doc.id, doc.kind]) {
    if (key === '') throw new RangeError('a document needs a pk, an id and a kind');
  }
  for (const key of [doc.pk, doc.id, doc.kind, status, owner, service]) {
    if (key !== null && (key.includes('\0') || !key.isWellFormed())) {
      throw new RangeError('keys and facets hold no U+0000 and no half surrogate pair');
    }
    if (key !== null && Buffer.byteLength(key) > MAX_KEY_BYTES) {
      throw new RangeError(`keys and facets have ${MAX_KEY_BYTES} bytes at most`);
    }
  }
  if (due !== null && !Number.isSafeInteger(due)) throw new RangeError(`due is whole milliseconds, not ${due}`);
  // JSON writes U+0000 and half surrogate pairs as escapes, so a body may hold them.
  const body: string | undefined = JSON.stringify(doc.body);
  if (body === undefined) throw new RangeError('a body is a JSON value');
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_BODY_BYTES) throw new RangeError(`a body has ${MAX_BODY_BYTES} bytes at most, not ${bytes}`);
  return [doc.pk, doc.id, doc.kind, status, owner, service, due, changedAt, body];
}

function stored({ seq, pk, id, kind, status, owner, service, due, changed_at, body }: Row): Stored {
  const facets: Facets = {
    ...(status !== null && { status }),
    ...(owner !== null && { owner }),
    ...(service !== null && { service }),
    ...(due !== null && { due }),
  };
  const doc: StoredDoc = { pk, id, kind, body: JSON.parse(body) };
  if (Object.keys(facets).length > 0) doc.facets = facets;
  return { doc, version: String(seq), changedAt: changed_at };
}

function listQuery({ kind, dueBefore, ...equal }: Filter, cursor: string | undefined) {
  const where = ['kind = ?'];
  const values: SQLInputValue[] = [kind];
  for (const column of ['status', 'owner', 'service'] as const) {
    if (equal[column] === undefined) continue;
    where.push(`${column} = ?`);
    values.push(equal[column]);
  }
  if (dueBefore === undefined) {
    const [seq = 0] = cursor === undefined ? [] : numbersIn(cursor, /^(\d+)$/, 'cursor');
    where.push('seq > ?');
    values.push(seq);
  } else {
    where.push('due < ?');
    values.push(dueBefore);
    if (cursor !== undefined) {
      where.push('(due, seq) > (?, ?)');
      values.push(...numbersIn(cursor, /^(-?\d+)\/(\d+)$/, 'cursor'));
    }
  }
  const order = dueBefore === undefined ? 'seq' : 'due, seq';
  return { sql: `SELECT * FROM documents WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ?`, values };
}

function numbersIn(text: string, shape: RegExp, what: string): number[] {
  const parts = shape.exec(text)?.slice(1).map(Number);
  if (!parts?.every(Number.isSafeInteger)) throw new RangeError(`not a ${what} of this store: ${text}`);
  return parts;
}

function atLeastOne(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`a limit is 1 or more, not ${limit}`);
  return limit;
}
