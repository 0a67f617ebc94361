// The store of documents in one SQLite file. Knows rows and JSON, never what a document means.

import { statSync } from 'node:fs';
import type { SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Facets, Filter, Store, Stored, StoredDoc } from '../../app/ports.ts';
import { bodyWithin } from './document-limits.ts';
import { explain, isLocked, LOCK_WAIT_MS, openFile } from './sqlite-file.ts';
import { createWriter } from './sqlite-writer.ts';

const PAGE_SIZE = 100;
/** Documents kept at hand as they were read: what is under way is read many times before it changes. Some kB each. */
const MOST_REMEMBERED = 2_000;

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
 * DATA_DIR and the fix when that cannot be done or the file cannot be written. Reads happen in this thread, as they
 * are short; writes wait for the disk, and do so in a thread of their own.
 *
 * Other processes may use the same file on the same machine: a lock is waited for up to 5 s, without blocking this
 * thread. Methods reject with a RangeError for a document, cursor or checkpoint that no store can hold, and with an
 * Error for operators on a fault; nothing of that write is then in the file.
 */
export function openSqlite(file: string, clock: Clock): Store {
  const db = openFile(file);
  const writer = createWriter(file, db);
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    return (...values: SQLInputValue[]) => statement.all(...values) as unknown[];
  };
  const select = prepare('SELECT * FROM documents WHERE pk = ? AND id = ?');
  const latest = prepare('SELECT seq FROM documents WHERE pk = ? AND id = ?');
  const changed = prepare('SELECT * FROM documents WHERE seq > ? ORDER BY seq LIMIT ?');
  const lists = new Map<string, ReturnType<typeof prepare>>();
  const inode = file === ':memory:' ? undefined : statSync(file).ino;

  /** Reads as soon as no other process holds the lock. The wait leaves the event loop free. */
  async function unlocked<T>(read: () => T): Promise<T> {
    const deadline = performance.now() + LOCK_WAIT_MS;
    for (;;) {
      try {
        return read();
      } catch (error) {
        if (!isLocked(error) || performance.now() > deadline) throw explain(file, error);
      }
      await sleep(1 + Math.random() * 15);
    }
  }

  /** By pk and id, oldest first. Asked for its version each time, so that what another process wrote is seen. */
  const remembered = new Map<string, Stored>();
  /** A row as a document: the one that was read before, when it is of the same version. */
  function documentOf(row: Row): Stored {
    const known = remembered.get(keyOf(row.pk, row.id));
    return known?.version === String(row.seq) ? known : frozen(stored(row));
  }
  function read(pk: string, id: string): Stored | undefined {
    const key = keyOf(pk, id);
    const known = remembered.get(key);
    if (known) {
      const [now] = latest(pk, id) as Pick<Row, 'seq'>[];
      if (known.version === String(now?.seq)) return known;
      remembered.delete(key);
    }
    const [row] = select(pk, id) as Row[];
    if (!row) return undefined;
    const found = documentOf(row);
    const [oldest] = remembered.size < MOST_REMEMBERED ? [] : remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, found);
    return found;
  }

  return {
    read: (pk, id) => unlocked(() => read(pk, id)),

    async create(doc) {
      const { seq } = await writer.write({ kind: 'insert', columns: toColumns(doc, clock.now()) });
      return seq === undefined ? { outcome: 'exists' } : { outcome: 'created', version: String(seq) };
    },

    async replace(doc, version) {
      const columns = toColumns(doc, clock.now());
      const { seq, there } = await writer.write({ kind: 'update', columns, pk: doc.pk, id: doc.id, version });
      if (seq !== undefined) return { outcome: 'saved', version: String(seq) };
      return { outcome: there ? 'stale' : 'missing' };
    },

    async list(filter, { cursor, limit = PAGE_SIZE } = {}) {
      const { sql, values } = listQuery(filter, cursor);
      const query = lists.get(sql) ?? prepare(sql);
      lists.set(sql, query);
      const rows = await unlocked(() => query(...values, atLeastOne(limit) + 1) as Row[]);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const docs = rows.slice(0, limit).map(documentOf);
      if (!last) return { docs };
      return { docs, next: filter.dueBefore === undefined ? `${last.seq}` : `${last.due}/${last.seq}` };
    },

    async changes(since, limit) {
      const [seq = 0] = since === '' ? [] : numbersIn(since, /^(\d+)$/, 'checkpoint');
      const rows = await unlocked(() => changed(seq, atLeastOne(limit)) as Row[]);
      return { docs: rows.map(documentOf), since: String(rows.at(-1)?.seq ?? since) };
    },

    async erase(pk) {
      await writer.write({ kind: 'remove', pk });
      for (const key of remembered.keys()) if (key.startsWith(keyOf(pk, ''))) remembered.delete(key);
    },

    async health() {
      if (inode !== undefined && statSync(file, { throwIfNoEntry: false })?.ino !== inode) {
        throw new Error(`${file} was moved or replaced while in use: writes no longer reach it. Restart the program.`);
      }
      await writer.write({ kind: 'touch', at: clock.now() });
    },

    close: () => {
      writer.close();
      db.close();
    },
  };
}

/** Keys hold no U+0000. */
const keyOf = (pk: string, id: string): string => `${pk}\0${id}`;

/** What is handed out more than once must be the same each time. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** The columns after `seq`, in table order. Throws RangeError for what SQLite or Cosmos DB would not give back intact. */
function toColumns(doc: StoredDoc, changedAt: number): SQLInputValue[] {
  const { status = null, owner = null, service = null, due = null } = doc.facets ?? {};
  return [doc.pk, doc.id, doc.kind, status, owner, service, due, changedAt, bodyWithin(doc)];
}

function stored({ seq, pk, id, kind, status, owner, service, due, changed_at, body }: Row): Stored {
  const facets: Facets = {
    ...(status !== null && { status }),
    ...(owner !== null && { owner }),
    ...(service !== null && { service }),
    ...(due !== null && { due }),
  };
  const doc: StoredDoc = { pk, id, kind, body: parsed(body) };
  if (Object.keys(facets).length > 0) doc.facets = facets;
  return { doc, version: String(seq), changedAt: changed_at };
}

/** Nothing for what is no JSON any more: the fault of a parser quotes what it read, and would stand in the log. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
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
