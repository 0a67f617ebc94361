// Keeps facts in a file and in columns, and counts them in a thread of its own. Knows no store and no document.

import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Entry } from '../../app/follow.ts';
import { createFactTable } from '../../domain/fact-table.ts';
import type { Facts, TimeFacts } from '../../domain/facts.ts';
import { type Figures, measureWithPrevious } from '../../domain/measures.ts';
import { type Context, type Filters, type Part, select } from '../../domain/selection.ts';
import type { SessionFacts } from '../../domain/sessions.ts';
import type { Instant } from '../../domain/terms.ts';

/** Facts in use, and facts that are being folded again to replace them. */
export type Side = 'facts' | 'building';
export type Place = { since: string; asOf: Instant; fingerprint: string };

/** What can be asked, and what comes back. */
export type Tasks = {
  place: { given: { side: Side }; answer: Place | undefined };
  /** Makes a side empty, to be filled from the first change on. */
  begin: { given: { side: Side; fingerprint: string }; answer: undefined };
  /** Keeps entries, unless another process went on from `from` already. Answers where the side is now. */
  keep: {
    given: { side: Side; entries: Entry[]; from: string; place: Omit<Place, 'fingerprint'> };
    answer: Place | undefined;
  };
  /** Puts what was built in use. */
  finish: { given: object; answer: undefined };
  figures: { given: { context: Context; filters: Filters }; answer: { figures: Figures; previous?: Figures } };
  close: { given: object; answer: undefined };
  tickets: {
    given: { context: Context; filters: Filters; part: Part | undefined; cursor: string | undefined };
    answer: { rows: Omit<Facts, 'requester'>[]; total: number; next?: string };
  };
};
export type Task = { [Name in keyof Tasks]: { task: Name } & Tasks[Name]['given'] }[keyof Tasks];
export type Asked = { number: number; task: Task };
export type Answered = { number: number } & ({ answer: unknown } | { fault: { message: string; range: boolean } });

const PAGE = 50;
/** Marks the file as ours. "HDFG" */
const APPLICATION_ID = 0x48444647;
const VERSION = 1;
/**
 * Each time facts are folded from the first change on they get a table of their own, so that figures stay whole until
 * the new ones are ready. `row` is the place of a ticket in the columns and never changes; `seq` numbers the writes, so
 * that each process sees which rows another one wrote. A body that is null counts no more.
 */
const tableOf = (generation: number) => `facts_${generation}`;
const newTable = (generation: number) => `
  CREATE TABLE ${tableOf(generation)} (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT
  ) STRICT;
  CREATE INDEX by_seq_${generation} ON ${tableOf(generation)} (seq);`;

type Row = { row: number; id: string; kind: Entry['kind']; seq: number; body: string | null };

function open(file: string): DatabaseSync {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
  }
  const db = new DatabaseSync(file);
  // Everything in it can be folded again, so a power cut may cost the last moments, never the shape of the file.
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE;');
  const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (pragma('application_id') !== APPLICATION_ID || pragma('user_version') !== VERSION) {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    for (const { name } of tables) db.exec(`DROP TABLE "${name}"`);
    db.exec(`
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${VERSION};
      CREATE TABLE places (
        side TEXT PRIMARY KEY, generation INTEGER NOT NULL, seq INTEGER NOT NULL, since TEXT NOT NULL,
        as_of INTEGER NOT NULL, fingerprint TEXT NOT NULL
      ) STRICT;`);
  }
  db.exec('COMMIT');
  return db;
}

/** Opens the file; one that is damaged or of something else holds nothing that cannot be folded again. */
function openOrReplace(file: string): DatabaseSync {
  try {
    return open(file);
  } catch (error) {
    const code = (error as { errcode?: number }).errcode ?? 0;
    if (![11, 26].includes(code & 0xff)) throw error;
    for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    return open(file);
  }
}

function createReadModel(file: string) {
  const db = openOrReplace(file);
  let loaded = { generation: -1, seq: 0 };
  let columns = createFactTable();
  let sessions = new Map<string, SessionFacts>();
  let time = new Map<string, TimeFacts>();

  type PlaceRow = { generation: number; seq: number; since: string; as_of: number; fingerprint: string };
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

  function take({ row, id, kind, body }: Row): void {
    const facts = body === null ? undefined : JSON.parse(body);
    if (kind === 'ticket') columns.put(row, facts);
    else {
      const list: Map<string, unknown> = kind === 'session' ? sessions : time;
      if (facts) list.set(id, facts);
      else list.delete(id);
    }
  }

  /** Reads what this or another process wrote since; all of it when the facts were replaced. */
  function catchUp(): void {
    const place = placeRow('facts');
    if (!place || (place.generation === loaded.generation && place.seq === loaded.seq)) return;
    if (place.generation !== loaded.generation) {
      columns = createFactTable();
      sessions = new Map();
      time = new Map();
      loaded = { generation: place.generation, seq: 0 };
    }
    const changed = db.prepare(`SELECT * FROM ${tableOf(place.generation)} WHERE seq > ?`);
    for (const row of changed.iterate(loaded.seq)) take(row as unknown as Row);
    loaded.seq = place.seq;
  }

  const tasks: { [Name in keyof Tasks]: (given: Tasks[Name]['given']) => Tasks[Name]['answer'] } = {
    place: ({ side }) => placeOf(side),

    begin({ side, fingerprint }) {
      atOnce(() => {
        const before = placeRow(side);
        if (before) db.exec(`DROP TABLE ${tableOf(before.generation)}`);
        const { last } = db.prepare('SELECT ifnull(max(generation), 0) AS last FROM places').get() as { last: number };
        db.exec(newTable(last + 1));
        db.prepare('INSERT OR REPLACE INTO places VALUES (?, ?, 0, ?, 0, ?)').run(side, last + 1, '', fingerprint);
      });
      return undefined;
    },

    keep({ side, entries, from, place }) {
      const kept = atOnce(() => {
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
          place.since,
          place.asOf,
          side,
        );
        return placeOf(side);
      });
      if (side === 'facts') catchUp();
      return kept;
    },

    finish() {
      atOnce(() => {
        const before = placeRow('facts');
        if (!placeRow('building')) return;
        if (before) db.exec(`DROP TABLE ${tableOf(before.generation)}`);
        db.exec("DELETE FROM places WHERE side = 'facts'; UPDATE places SET side = 'facts' WHERE side = 'building';");
      });
      return undefined;
    },

    close() {
      db.close();
      return undefined;
    },

    figures({ context, filters }) {
      catchUp();
      return measureWithPrevious(
        { tickets: columns, sessions: [...sessions.values()], time: [...time.values()] },
        context,
        filters,
      );
    },

    tickets({ context, filters, part, cursor }) {
      catchUp();
      const behind = select(columns, context, filters).behind(part);
      const page = columns.latest(behind, PAGE + 1, cursor);
      const body = db.prepare(`SELECT body FROM ${tableOf(loaded.generation)} WHERE row = ?`);
      const rows = page.slice(0, PAGE).flatMap((row) => {
        const found = body.get(row) as { body: string | null } | undefined;
        if (!found?.body) return [];
        const { requester: _, ...rest } = JSON.parse(found.body) as Facts;
        return [rest];
      });
      const last = page.length > PAGE ? page[PAGE - 1]! : undefined;
      return { rows, total: behind.length, ...(last !== undefined && { next: columns.cursorAfter(last) }) };
    },
  };
  catchUp();
  return tasks;
}

if (parentPort) {
  const port = parentPort;
  const tasks = createReadModel((workerData as { file: string }).file);
  port.on('message', ({ number, task }: Asked) => {
    let answered: Answered;
    try {
      const run = tasks[task.task] as (given: Task) => unknown;
      answered = { number, answer: run(task) };
    } catch (error) {
      const { message } = error as Error;
      answered = { number, fault: { message, range: error instanceof RangeError } };
    }
    port.postMessage(answered);
    if (task.task === 'close') port.close();
  });
}
