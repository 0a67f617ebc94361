// The file with the facts: rows, where each side is, and whole tables as they were last kept. Knows SQL, no figure.

import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from '../../app/figures/follow.ts';
import type { SavedTable } from '../../domain/fact-table.ts';
import type { Instant } from '../../domain/terms.ts';
import { LOCK_WAIT_MS, openWhenFree } from './sqlite-file.ts';

/** Facts in use, and facts that are being folded again to replace them. */
export type Side = 'facts' | 'building';
export type Place = { since: string; asOf: Instant; fingerprint: string };
/** `seq` numbers the writes of a generation. */
export type Mark = { generation: number; seq: number };
/** `row` is the place of a ticket in the columns and never changes. A body that is null counts no more. */
export type Row = { row: number; id: string; kind: Entry['kind']; body: string | null };

/** Marks the file as ours. "HDFG" */
const APPLICATION_ID = 0x48444647;
/** Raise it when the tables below change: everything is then folded again. */
const VERSION = 2;
/** The log is cut to this size each time it starts over: a whole table in it is large. */
const MOST_LOG_BYTES = 16 * 2 ** 20;
/**
 * Each time facts are folded from the first change on they get a table of their own, so that figures stay whole until
 * the new ones are ready. `seq` lets each process see which rows another one wrote. `saved` has the columns of a
 * generation as they were at one of its writes, so that a start reads those and only the rows written since.
 */
const SCHEMA = `
  CREATE TABLE places (
    side TEXT PRIMARY KEY, generation INTEGER NOT NULL, seq INTEGER NOT NULL, since TEXT NOT NULL,
    as_of INTEGER NOT NULL, fingerprint TEXT NOT NULL
  ) STRICT;
  CREATE TABLE saved (
    generation INTEGER NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (generation, name)
  ) STRICT;`;
const tableOf = (generation: number) => `facts_${generation}`;
const newTable = (generation: number) => `
  CREATE TABLE ${tableOf(generation)} (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT
  ) STRICT;
  CREATE INDEX by_seq_${generation} ON ${tableOf(generation)} (seq);`;

function setUp(db: DatabaseSync): void {
  // Everything in it can be folded again, so a power cut may cost the last moments, never the shape of the file.
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA journal_size_limit = ${MOST_LOG_BYTES}; PRAGMA busy_timeout = ${LOCK_WAIT_MS}; BEGIN IMMEDIATE;`);
  const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (pragma('application_id') !== APPLICATION_ID || pragma('user_version') !== VERSION) {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    for (const { name } of tables) db.exec(`DROP TABLE "${name}"`);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${VERSION}; ${SCHEMA}`);
  }
  db.exec('COMMIT');
}

/** Opens the file; one that is damaged or of something else holds nothing that cannot be folded again. */
function openOrReplace(file: string): DatabaseSync {
  try {
    return openWhenFree(file, setUp);
  } catch (error) {
    const code = (error as { errcode?: number }).errcode ?? 0;
    if (![11, 26].includes(code & 0xff)) throw error;
    for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    return openWhenFree(file, setUp);
  }
}

/** Opens `file`, or ':memory:'. Other processes may have it open too. */
export function openFactsFile(file: string) {
  const db = openOrReplace(file);

  type PlaceRow = Mark & { since: string; as_of: number; fingerprint: string };
  const placeRow = (side: Side) => db.prepare('SELECT * FROM places WHERE side = ?').get(side) as PlaceRow | undefined;
  const placeOf = (side: Side): Place | undefined => {
    const row = placeRow(side);
    return row && { since: row.since, asOf: row.as_of, fingerprint: row.fingerprint };
  };

  function atOnce<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }

  function drop({ generation }: Mark): void {
    db.exec(`DROP TABLE ${tableOf(generation)}`);
    db.prepare('DELETE FROM saved WHERE generation = ?').run(generation);
  }

  return {
    place: placeOf,
    mark: (side: Side): Mark | undefined => placeRow(side),

    /** Makes a side empty, to be filled from the first change on. */
    begin(side: Side, fingerprint: string): void {
      atOnce(() => {
        const before = placeRow(side);
        if (before) drop(before);
        const { last } = db.prepare('SELECT ifnull(max(generation), 0) AS last FROM places').get() as { last: number };
        db.exec(newTable(last + 1));
        db.prepare('INSERT OR REPLACE INTO places VALUES (?, ?, 0, ?, 0, ?)').run(side, last + 1, '', fingerprint);
      });
    },

    /** Keeps entries, unless another process went on from `from` already. Gives where the side is now. */
    keep(side: Side, entries: readonly Entry[], from: string, to: Omit<Place, 'fingerprint'>): Place | undefined {
      return atOnce(() => {
        const there = placeRow(side);
        if (there?.since !== from) return placeOf(side);
        const seq = there.seq + 1;
        const write = db.prepare(
          `INSERT INTO ${tableOf(there.generation)} (id, kind, seq, body) VALUES (?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, body = excluded.body`,
        );
        for (const { id, kind, facts } of entries) {
          write.run(id, kind, seq, facts === undefined ? null : JSON.stringify(facts));
        }
        db.prepare('UPDATE places SET seq = ?, since = ?, as_of = ? WHERE side = ?').run(
          entries.length > 0 ? seq : there.seq,
          to.since,
          to.asOf,
          side,
        );
        return placeOf(side);
      });
    },

    /** Puts what was built in use. */
    finish(): void {
      atOnce(() => {
        const before = placeRow('facts');
        if (!placeRow('building')) return;
        if (before) drop(before);
        db.exec("DELETE FROM places WHERE side = 'facts'; UPDATE places SET side = 'facts' WHERE side = 'building';");
      });
    },

    writtenSince({ generation, seq }: Mark): Iterable<Row> {
      const written = db.prepare(`SELECT row, id, kind, body FROM ${tableOf(generation)} WHERE seq > ?`);
      return written.iterate(seq) as Iterable<unknown> as Iterable<Row>;
    },

    bodyOf(generation: number, row: number): string | undefined {
      const found = db.prepare(`SELECT body FROM ${tableOf(generation)} WHERE row = ?`).get(row);
      return (found as { body: string | null } | undefined)?.body ?? undefined;
    },

    /** Keeps a whole table as it is at a mark, in the place of what was kept of that generation. */
    save({ generation, seq }: Mark, { head, arrays }: SavedTable): void {
      atOnce(() => {
        db.prepare('DELETE FROM saved WHERE generation = ?').run(generation);
        const write = db.prepare('INSERT INTO saved VALUES (?, ?, ?, ?)');
        write.run(generation, '', seq, Buffer.from(head));
        for (const [name, bytes] of Object.entries(arrays)) write.run(generation, name, seq, bytes);
      });
    },

    saved(generation: number): (SavedTable & { seq: number }) | undefined {
      const rows = db.prepare('SELECT name, seq, data FROM saved WHERE generation = ?').all(generation);
      const all = rows as { name: string; seq: number; data: Uint8Array }[];
      const head = all.find(({ name }) => name === '');
      if (!head) return undefined;
      const arrays = Object.fromEntries(all.map(({ name, data }) => [name, data]));
      return { head: Buffer.from(head.data).toString(), arrays, seq: head.seq };
    },

    close: () => db.close(),
  };
}
