// Keeps facts in columns, and counts them in a thread of its own. Knows no store, no document and no SQL.

import { parentPort, workerData } from 'node:worker_threads';
import type { Entry } from '../../app/figures/follow.ts';
import { createFactTable, type FactTable } from '../../domain/fact-table.ts';
import type { Facts, TimeFacts } from '../../domain/facts.ts';
import { createFigureMemory } from '../../domain/figure-memory.ts';
import { type Base, earliestIn, type Figures } from '../../domain/measures.ts';
import { type Context, type Filters, type Part, select } from '../../domain/selection.ts';
import type { SessionFacts } from '../../domain/sessions.ts';
import type { Instant } from '../../domain/terms.ts';
import { type Mark, openFactsFile, type Place, type Row, type Side } from './read-model-file.ts';

/** What can be asked, and what comes back; those that write are explained in read-model-file.ts. */
export type Tasks = {
  place: { given: { side: Side }; answer: Place | undefined };
  begin: { given: { side: Side; fingerprint: string }; answer: undefined };
  keep: {
    given: { side: Side; entries: Entry[]; from: string; place: Omit<Place, 'fingerprint'> };
    answer: Place | undefined;
  };
  finish: { given: object; answer: undefined };
  figures: {
    given: { context: Context; filters: Filters; previous: boolean };
    answer: { figures: Figures; previous?: Figures };
  };
  earliest: { given: object; answer: Instant | undefined };
  tickets: {
    given: { context: Context; filters: Filters; part: Part | undefined; cursor: string | undefined };
    answer: { rows: Omit<Facts, 'requester'>[]; total: number; next?: string };
  };
  close: { given: object; answer: undefined };
};
export type Task = { [Name in keyof Tasks]: { task: Name } & Tasks[Name]['given'] }[keyof Tasks];
export type Asked = { number: number; task: Task };
export type Answered = { number: number } & ({ answer: unknown } | { fault: { message: string; range: boolean } });

const PAGE = 50;
/** Rows that a start may have to read one by one: the columns are kept when there are more, and a quarter of all. */
const MOST_UNSAVED = 20_000;

/** Everything there is to count of one generation, as it is at a mark. */
type Counted = Mark & {
  table: FactTable;
  sessions: Map<string, SessionFacts>;
  time: Map<string, TimeFacts>;
  unsaved: number;
};

function createReadModel(file: string) {
  const facts = openFactsFile(file);
  const memory = createFigureMemory();
  const sides = new Map<Side, Counted>();

  function take(counted: Counted, { row, id, kind, body }: Row): void {
    const read = body === null ? undefined : JSON.parse(body);
    counted.unsaved += 1;
    if (kind === 'ticket') {
      counted.table.put(row, read);
      return;
    }
    const list: Map<string, unknown> = counted[kind === 'session' ? 'sessions' : 'time'];
    if (read) list.set(id, read);
    else list.delete(id);
    memory.changed(Number.NEGATIVE_INFINITY);
  }

  function load(generation: number): Counted {
    const empty = { generation, seq: 0, sessions: new Map(), time: new Map(), unsaved: 0 };
    const saved = facts.saved(generation);
    const table = createFactTable();
    if (!saved || !table.restore(saved)) return { ...empty, table };
    const { sessions, time } = JSON.parse(Buffer.from(saved.arrays.lists!).toString());
    return { ...empty, table, seq: saved.seq, sessions: new Map(sessions), time: new Map(time) };
  }

  function save(counted: Counted): void {
    const { head, arrays } = counted.table.save();
    const lists = Buffer.from(JSON.stringify({ sessions: [...counted.sessions], time: [...counted.time] }));
    facts.save(counted, { head, arrays: { ...arrays, lists } });
    counted.unsaved = 0;
  }

  /** With what this or another process wrote since; of a generation that was not there before with all of it. */
  function upToDate(side: Side): Counted | undefined {
    const mark = facts.mark(side);
    if (!mark) return undefined;
    let counted = sides.get(side);
    if (counted?.generation !== mark.generation) {
      const built = sides.get('building');
      counted = built?.generation === mark.generation ? built : load(mark.generation);
      if (side === 'facts') memory.changed(Number.NEGATIVE_INFINITY);
      if (counted === built) sides.delete('building');
      sides.set(side, counted);
    }
    if (mark.seq !== counted.seq) {
      for (const row of facts.writtenSince(counted)) take(counted, row);
      counted.seq = mark.seq;
      if (side === 'facts') memory.changed(counted.table.changedFrom());
    }
    if (counted.unsaved > Math.max(MOST_UNSAVED, counted.table.size / 4)) save(counted);
    return counted;
  }

  const nothing: Base = { tickets: createFactTable(), sessions: [], time: [] };
  function base(): Base {
    const counted = upToDate('facts');
    if (!counted) return nothing;
    const { table, sessions, time } = counted;
    return { tickets: table, sessions: [...sessions.values()], time: [...time.values()] };
  }

  const tasks: { [Name in keyof Tasks]: (given: Tasks[Name]['given']) => Tasks[Name]['answer'] } = {
    place: ({ side }) => facts.place(side),

    begin({ side, fingerprint }) {
      facts.begin(side, fingerprint);
      return undefined;
    },

    keep({ side, entries, from, place }) {
      const kept = facts.keep(side, entries, from, place);
      upToDate(side);
      return kept;
    },

    finish() {
      const built = upToDate('building');
      // Other processes start from it: reading every row would take them long.
      if (built && built.unsaved > MOST_UNSAVED) save(built);
      facts.finish();
      upToDate('facts');
      return undefined;
    },

    figures({ context, filters, previous }) {
      if (previous) return memory.withPrevious(base(), context, filters);
      return { figures: memory.figures(base(), context, filters) };
    },

    earliest: () => earliestIn(base()),

    tickets({ context, filters, part, cursor }) {
      const { tickets } = base();
      const generation = sides.get('facts')?.generation ?? 0;
      const behind = select(tickets, context, filters).behind(part);
      const page = tickets.latest(behind, PAGE + 1, cursor);
      const rows = page.slice(0, PAGE).flatMap((row) => {
        const body = facts.bodyOf(generation, row);
        if (body === undefined) return [];
        const { requester: _, ...rest } = JSON.parse(body) as Facts;
        return [rest];
      });
      const last = page.length > PAGE ? page[PAGE - 1]! : undefined;
      return { rows, total: behind.length, ...(last !== undefined && { next: tickets.cursorAfter(last) }) };
    },

    close() {
      const counted = sides.get('facts');
      if (counted && counted.unsaved > MOST_UNSAVED) save(counted);
      facts.close();
      return undefined;
    },
  };
  upToDate('facts');
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
