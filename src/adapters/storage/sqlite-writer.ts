// Hands writes to the thread that carries them out, while this one goes on. Knows when, not what is written.

import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { explain } from './sqlite-file.ts';
import { type Answered, type Batch, createWrites, type Done, type Write, type Written } from './sqlite-writes.ts';

/** How long closing waits for writes under way: longer than one of them waits for a lock. */
const CLOSE_MS = 12_000;

export type Writer = {
  /** Resolves when the write is on the disk. Rejects with an Error for operators; it is not in the file then. */
  write(what: Write): Promise<Done>;
  /** Returns when everything that was asked for is done. Stops this thread for that long. */
  close(): void;
};

type Waiting = { what: Write; resolve: (done: Done) => void; reject: (error: unknown) => void };

/**
 * Writes of the same moment go together, and so does everything that is asked for while others are being written: the
 * busier it is, the more share a commit. Without a file there is no disk to wait for, and no thread.
 */
export function createWriter(file: string, db: DatabaseSync): Writer {
  const carrier = file === ':memory:' ? inPlace(db) : inThread(file);
  let queued: Waiting[] = [];
  let busy = false;
  let planned = false;

  function plan(): void {
    if (planned || busy || queued.length === 0) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      if (!busy) void flush().finally(plan);
    });
  }

  async function flush(): Promise<void> {
    const sent = queued;
    queued = [];
    if (sent.length === 0) return;
    busy = true;
    try {
      const written = await carrier.carry(sent.map(({ what }) => what));
      for (const [n, { resolve, reject }] of sent.entries()) {
        const outcome = written[n]!;
        if ('done' in outcome) resolve(outcome.done);
        else reject(explain(file, Object.assign(new Error(outcome.fault.message), outcome.fault)));
      }
    } catch (error) {
      for (const { reject } of sent) reject(error);
    }
    busy = false;
  }

  return {
    write: (what) =>
      new Promise((resolve, reject) => {
        queued.push({ what, resolve, reject });
        plan();
      }),
    close: () => {
      void flush();
      carrier.close();
    },
  };
}

type Carrier = { carry(writes: Write[]): Promise<Written[]>; close(): void };

function inPlace(db: DatabaseSync): Carrier {
  const writes = createWrites(db);
  return { carry: async (all) => writes(all), close: () => undefined };
}

/** The thread is there from the first write on. One that dies is started again by the next. */
function inThread(file: string): Carrier {
  let thread: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, { resolve: (written: Written[]) => void; reject: (error: Error) => void }>();

  function start(): Worker {
    const started = new Worker(new URL('./sqlite-writes.ts', import.meta.url), {
      workerData: { sqliteFile: file },
      // Its own: what this process was started with may be meant for its first file only.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const lost = (reason: string): void => {
      if (thread === started) thread = undefined;
      for (const { reject } of waiting.values()) reject(new Error(`${file}: ${reason}`));
      waiting.clear();
    };
    started.on('error', (error) => lost(error instanceof Error ? error.message : String(error)));
    started.on('exit', (code) => lost(`the thread that writes ended with code ${code}`));
    started.on('message', ({ number, written }: Answered) => {
      waiting.get(number)?.resolve(written);
      waiting.delete(number);
      // Only a write under way keeps the process alive.
      if (waiting.size === 0) started.unref();
    });
    return started;
  }

  return {
    carry: (writes) => {
      thread ??= start();
      thread.ref();
      last += 1;
      const { promise, resolve, reject } = Promise.withResolvers<Written[]>();
      waiting.set(last, { resolve, reject });
      thread.postMessage({ number: last, writes } satisfies Batch);
      return promise;
    },
    close: () => {
      if (!thread) return;
      const closed = new SharedArrayBuffer(4);
      thread.postMessage({ closed } satisfies Batch);
      Atomics.wait(new Int32Array(closed), 0, 0, CLOSE_MS);
    },
  };
}
