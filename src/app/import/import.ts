// Takes registrations and sessions over from a table: looks at every row first, writes after. Knows no file format.

import { register } from '../../domain/registration.ts';
import { locale } from '../../locale/locale.ts';
import { idFrom } from '../documents.ts';
import type { Store } from '../ports.ts';
import { type App, createTicket } from '../questions/tickets.ts';
import type { Row } from './cells.ts';
import { type Columns, findColumns, ImportError, isEmpty, type Mapping } from './columns.ts';
import { type Entry, layoutFor, type Notes, type Reader, rowReader } from './entries.ts';

const words = locale.import;
/** Rows between two reports of progress. */
const PROGRESS_EVERY = 5_000;
/** How many rows are kept aside to look for the header in. */
const HEADER_ROWS = 50;

export type Plan = Notes & {
  columns: Columns;
  /** Rows with something in them, the header and what stands above it not counted. */
  read: number;
  empty: number;
  entries: Entry[];
  refused: { line: number; reasons: string[] }[];
};

export type Importing = Reader & { mapping?: Mapping; progress?: (rows: number) => void };

/**
 * What an import of these rows would do; writes nothing. Ids follow from what a row says and from how many rows before
 * it in the file say the same, so that the same file gives the same ids. Throws ImportError when the table as a whole
 * cannot be used, with a Dutch sentence that says what to do.
 */
export async function planImport(rows: AsyncIterable<Row>, importing: Importing): Promise<Plan> {
  const top: Row[] = [];
  let begun: ReturnType<typeof begin> | undefined;
  for await (const row of rows) {
    if (begun) begun.take(row);
    else if (top.push(row) >= HEADER_ROWS) begun = begin(top, importing);
    if (row.line % PROGRESS_EVERY === 0) {
      importing.progress?.(row.line);
      await new Promise(setImmediate);
    }
  }
  return (begun ?? begin(top, importing)).plan;
}

/** The plan of the rows below the header, which is among the first rows, and how it goes on with the rows after these. */
function begin(top: readonly Row[], importing: Importing): { plan: Plan; take: (row: Row) => void } {
  const { kind, schoolYear, mapping } = importing;
  const { columns, at } = findColumns(top, layoutFor(importing), mapping);
  if (kind === 'sessions' && !columns.has('day') && !columns.has('schoolYear') && !schoolYear)
    throw new ImportError(words.file.noSchoolYear);
  const plan: Plan = { columns, read: 0, empty: 0, entries: [], refused: [], masked: 0, readings: new Map() };
  const understood = rowReader(importing, plan);
  const seen = new Map<string, number>();
  const take = (row: Row): void => {
    if (isEmpty(row)) {
      plan.empty++;
      return;
    }
    plan.read++;
    const reading = columns.read(row);
    // A row that is not whole says nothing to be trusted.
    const draft = reading.reasons.length > 0 ? undefined : understood(reading);
    if (!draft) {
      plan.refused.push({ line: row.line, reasons: reading.reasons });
      return;
    }
    const before = seen.get(draft.identity) ?? 0;
    seen.set(draft.identity, before + 1);
    plan.entries.push(draft.entry(idFrom(kind, draft.identity, before)));
  };
  for (const row of top.slice(at + 1)) take(row);
  return { plan, take };
}

const keyOf = ({ kind, id }: Entry): string => (kind === 'session' ? `session:${id}` : id);

/** Entries looked up or written at once: a store takes many at the same moment far faster than one after the other. */
const AT_ONCE = 100;

/** Does something with every entry and counts how often it was so. */
async function countOf(
  entries: readonly Entry[],
  act: (entry: Entry) => Promise<boolean>,
  progress?: (done: number, of: number) => void,
): Promise<number> {
  let count = 0;
  for (let done = 0; done < entries.length; done += AT_ONCE) {
    if (done > 0 && done % PROGRESS_EVERY === 0) progress?.(done, entries.length);
    const so = await Promise.all(entries.slice(done, done + AT_ONCE).map(act));
    count += so.filter(Boolean).length;
  }
  return count;
}

/** How many of the entries the store has already. */
export const countThere = (store: Store, entries: readonly Entry[]): Promise<number> =>
  countOf(entries, async (entry) => (await store.read(keyOf(entry), keyOf(entry))) !== undefined);

/**
 * Writes what was planned. Stopping halfway loses nothing: doing it again adds the rest, because what is there is met
 * by its id.
 */
export async function applyImport(
  app: App,
  entries: readonly Entry[],
  progress?: (done: number, of: number) => void,
): Promise<{ added: number; there: number }> {
  const added = await countOf(entries, (entry) => write(app, entry), progress);
  return { added, there: entries.length - added };
}

async function write(app: App, entry: Entry): Promise<boolean> {
  const key = keyOf(entry);
  if (entry.kind === 'session') {
    const facets = { owner: entry.record.by.person };
    return (
      (await app.store.create({ pk: key, id: key, kind: 'session', facets, body: entry.record })).outcome === 'created'
    );
  }
  if (await app.store.read(key, key)) return false;
  const nowhere = { conversationId: '', serviceUrl: '' };
  const made = await createTicket(app, entry.id, nowhere, (number) =>
    register({ ...entry.registration, number }, { kind: 'system' }, app.clock.now()),
  );
  if (!made.ok) throw new Error(`row was refused while it was written: ${made.refusal.kind}`);
  return true;
}
