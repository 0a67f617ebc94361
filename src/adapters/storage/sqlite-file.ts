// The SQLite file itself: its schema, how it is opened, and its faults in words for operators. Knows no document.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long a lock of another process is waited for. */
export const LOCK_WAIT_MS = 5_000;
/** SQLITE_BUSY, https://www.sqlite.org/rescode.html */
export const LOCKED = 5;
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
  // What somebody has under way is looked for with every answer; what they ever asked is many times as much.
  `CREATE INDEX by_owner_status ON documents (kind, owner, status) WHERE owner IS NOT NULL AND status IS NOT NULL;`,
];

/** Opens `file` (or ':memory:') and makes or upgrades what is missing. Throws an Error for operators. */
export function openFile(file: string): DatabaseSync {
  try {
    return openWhenFree(file, (db) => setUp(db, file));
  } catch (error) {
    throw explain(file, error);
  }
}

/**
 * Opens `file` (or ':memory:'), readable for this account alone, and has it set up; starts over while another process
 * holds it, for LOCK_WAIT_MS at most, with the thread standing still. SQLite's own `busy_timeout` is not enough: it
 * answers SQLITE_BUSY at once where waiting could be for ever, as when two processes both put a new file in WAL mode,
 * https://www.sqlite.org/c3ref/busy_handler.html.
 */
export function openWhenFree(file: string, setUp: (db: DatabaseSync) => void): DatabaseSync {
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
      setUp(db);
      return db;
    } catch (error) {
      db?.close();
      if (!isLocked(error) || performance.now() > deadline) throw error;
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
  settle(db);
}

/** What each connection that writes must have; the rest stays in the file. */
export function settle(db: DatabaseSync): void {
  // journal_size_limit: the log is cut each time it starts over, so that replaced text does not linger in its tail.
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 0;');
}

/** The primary SQLite result code, https://www.sqlite.org/rescode.html; undefined for any other error. */
function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

export const isLocked = (error: unknown) => resultCode(error) === LOCKED;

/** The same fault as a sentence for operators; an error that is not about the file stays what it is. */
export function explain(file: string, error: unknown): unknown {
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
