// Carries out writes on the SQLite file, many in one commit; started as a thread, for whoever sends them. Knows rows, no document.

import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { isLocked, LOCK_WAIT_MS, LOCKED, settle } from './sqlite-file.ts';

export type Write =
  /** `columns` are those after `seq`, in table order. */
  | { kind: 'insert'; columns: SQLInputValue[] }
  | { kind: 'update'; columns: SQLInputValue[]; pk: string; id: string; version: string }
  | { kind: 'remove'; pk: string }
  | { kind: 'touch'; at: number };
/** `seq` of the row that was written; without it, whether there was a row at all. */
export type Done = { seq?: number; there?: boolean };
/** What of an error survives the way between threads. */
export type Fault = { message: string; errcode?: number; code?: string };
export type Written = { done: Done } | { fault: Fault };

export type Batch = { number: number; writes: Write[] } | { closed: SharedArrayBuffer };
export type Answered = { number: number; written: Written[] };

const NEXT_SEQ = '(SELECT max(last_seq, (SELECT ifnull(max(seq), 0) FROM documents)) + 1 FROM erased)';

/**
 * Carries out writes in their order and says of each what came of it. They share one commit, as forcing it to the disk
 * is most of what a write costs; what is wrong with one does not cost the others theirs.
 */
export function createWrites(db: DatabaseSync): (writes: readonly Write[]) => Written[] {
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    // Not get(): it leaves the statement before its commit and would acknowledge a write that the disk then refused.
    return (...values: SQLInputValue[]) => statement.all(...values) as { seq: number }[];
  };
  const insert = prepare(
    `INSERT INTO documents (seq, pk, id, kind, status, owner, service, due, changed_at, body)
     VALUES (${NEXT_SEQ}, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pk, id) DO NOTHING RETURNING seq`,
  );
  const update = prepare(
    `UPDATE documents SET seq = ${NEXT_SEQ}, pk = ?, id = ?, kind = ?, status = ?, owner = ?, service = ?, due = ?,
       changed_at = ?, body = ? WHERE pk = ? AND id = ? AND seq = ? RETURNING seq`,
  );
  const there = prepare('SELECT seq FROM documents WHERE pk = ? AND id = ?');
  const remove = prepare('DELETE FROM documents WHERE pk = ?');
  const touch = prepare('UPDATE health SET checked_at = ?');

  function carryOut(write: Write): Done {
    switch (write.kind) {
      case 'insert': {
        const [row] = insert(...write.columns);
        return row ? { seq: row.seq } : { there: true };
      }
      case 'update': {
        const [row] = update(...write.columns, write.pk, write.id, write.version);
        return row ? { seq: row.seq } : { there: there(write.pk, write.id).length > 0 };
      }
      case 'remove':
        remove(write.pk);
        return {};
      case 'touch':
        touch(write.at);
        return {};
    }
  }

  function together(writes: readonly Write[]): Done[] {
    db.exec('BEGIN IMMEDIATE');
    try {
      const results = writes.map(carryOut);
      db.exec('COMMIT');
      return results;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  /** The log still holds older versions of removed rows: it is written into the file and cut to nothing. */
  function cutLog(): void {
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (busy) throw Object.assign(new Error('another process is reading the log'), { errcode: LOCKED });
  }

  function attempt(writes: readonly Write[]): Written[] {
    try {
      const [only, ...others] = writes;
      const results = only && others.length === 0 ? [carryOut(only)] : together(writes);
      if (writes.some(({ kind }) => kind === 'remove')) cutLog();
      return results.map((done) => ({ done }));
    } catch (error) {
      // None of them is in the file, or a trace of one is left in its log.
      if (writes.length === 1 || isLocked(error)) return writes.map(() => ({ fault: faultOf(error) }));
      return writes.flatMap((write) => attempt([write]));
    }
  }
  return attempt;
}

function faultOf(error: unknown): Fault {
  const { message, errcode, code } = error as Error & Fault;
  return { message, ...(errcode !== undefined && { errcode }), ...(code !== undefined && { code }) };
}

const { sqliteFile } = (workerData ?? {}) as { sqliteFile?: string };
if (parentPort && sqliteFile !== undefined) {
  const port = parentPort;
  const db = new DatabaseSync(sqliteFile);
  // Here a lock may be waited for with everything standing still.
  db.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}`);
  settle(db);
  const writes = createWrites(db);
  port.on('message', (batch: Batch) => {
    if ('closed' in batch) {
      db.close();
      const closed = new Int32Array(batch.closed);
      Atomics.store(closed, 0, 1);
      Atomics.notify(closed, 0);
      port.close();
      return;
    }
    port.postMessage({ number: batch.number, written: writes(batch.writes) } satisfies Answered);
  });
}
