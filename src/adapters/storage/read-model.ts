// Figures from facts that follow the store, counted off the event loop. Knows how facts get there, not how they count.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { directoryFor } from '../../app/figures/demonstration.ts';
import { createFollower, storeIn } from '../../app/figures/follow.ts';
import type { Clock, Content, Measures, Store } from '../../app/ports.ts';
import type { Context } from '../../domain/selection.ts';
import type { Instant } from '../../domain/terms.ts';
import { schoolYearOf } from '../../domain/working-time.ts';
import type { Place, Side } from './read-model-file.ts';
import type { Answered, Task, Tasks } from './read-model-worker.ts';

/** Documents read at once: a page of the store is read in this thread, and must not hold up a turn. */
const PAGE = 50;
/** How long a question waits for the last changes before it is answered without them; `asOf` says so. */
const PATIENCE_MS = 400;
/** The same while the thread is only just starting. */
const FIRST_PATIENCE_MS = 5_000;
const HOUR_MS = 3_600_000;

export type ReadModel = Measures & {
  /** Takes over what changed in the store; folds everything again when the calendar or the store is another one. */
  follow(): Promise<void>;
  /** Folds everything again, next to the facts in use. `progress` hears how many documents were read. */
  rebuild(progress?: (read: number) => void): Promise<void>;
  close(): Promise<void>;
};

export type ReadModelSettings = {
  /** A folder on a local disk, or ':memory:'. */
  folder: string;
  store: Store;
  content: () => Content;
  clock: Clock;
  onFault: (message: string) => void;
};

/**
 * Opens `figures.sqlite` in the folder. Several processes may: each sees what the others folded. Everything in the file
 * follows from the store, so that it may be removed; it holds no text, no name and no id of a person.
 */
export function openReadModel({ folder, store, content, clock, onFault }: ReadModelSettings): ReadModel {
  const file = folder === ':memory:' ? folder : join(folder, 'figures.sqlite');
  const thread = createThread(file);
  const follower = createFollower(store, () => content().calendar, clock, onFault);
  let asOf: Instant = 0;
  let started = false;
  let following: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let rebuilding: Promise<void> | undefined;
  let closing = false;
  let ahead: Promise<void> | undefined;
  let aheadFor: number | undefined;

  /** One page further; true when there was no more. */
  async function advance(side: Side, place: Place): Promise<{ place: Place; done: boolean; read: number }> {
    const step = await follower.step(place.since, PAGE);
    const next = { since: step.since, asOf: step.asOf ?? place.asOf };
    const done = step.read < PAGE;
    if (step.read === 0) return { place: { ...place, ...next }, done, read: 0 };
    const kept = await thread.ask({ task: 'keep', side, entries: step.entries, from: place.since, place: next });
    // Another process went on from here already, or put this side in use: continue from where that is now.
    if (kept?.since !== step.since) return { place: kept ?? place, done: kept === undefined, read: step.read };
    return { place: kept, done, read: step.read };
  }

  async function takeOver(): Promise<void> {
    const fingerprint = await follower.fingerprint();
    let place = await thread.ask({ task: 'place', side: 'facts' });
    // Of another store nothing is right, and there is no going on from where it was.
    if (!place || storeIn(place.fingerprint) !== storeIn(fingerprint)) {
      await thread.ask({ task: 'begin', side: 'facts', fingerprint });
      place = { since: '', asOf: 0, fingerprint };
    } else if (place.fingerprint !== fingerprint && !rebuilding) {
      rebuild().catch((error) => onFault(`the figures could not be folded again: ${String(error)}`));
    }
    for (let done = false; !done && !closing; ) {
      ({ place, done } = await advance('facts', place));
      asOf = place.asOf;
    }
    started = true;
    const hour = Math.ceil(clock.now() / HOUR_MS);
    if (closing || aheadFor === hour) return;
    aheadFor = hour;
    ahead = countAhead().catch((error) => onFault(`the figures could not be counted ahead: ${String(error)}`));
  }

  /**
   * Counts what everybody opens first before anybody does: this school year beside the year before, which then stands for
   * the hour.
   */
  async function countAhead(): Promise<void> {
    const given = await context();
    await thread.ask({
      task: 'figures',
      context: given,
      filters: { schoolYear: schoolYearOf(given.now) },
      previous: true,
    });
  }

  /** Who asks while it is under way waits for one more: what they saved may have come after the last look. */
  function follow(): Promise<void> {
    if (following) {
      next ??= following
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return closing ? undefined : follow();
        });
      return next;
    }
    following = takeOver().finally(() => {
      following = undefined;
    });
    return following;
  }

  function rebuild(progress?: (read: number) => void): Promise<void> {
    rebuilding ??= buildAgain(progress).finally(() => {
      rebuilding = undefined;
    });
    return rebuilding;
  }

  async function buildAgain(progress?: (read: number) => void): Promise<void> {
    const fingerprint = await follower.fingerprint();
    await thread.ask({ task: 'begin', side: 'building', fingerprint });
    let place: Place = { since: '', asOf: 0, fingerprint };
    let total = 0;
    for (let done = false; !done; ) {
      if (closing) return;
      const { read, ...next } = await advance('building', place);
      ({ place, done } = next);
      total += read;
      progress?.(total);
    }
    await thread.ask({ task: 'finish' });
    aheadFor = undefined;
  }

  async function context(): Promise<Context> {
    const directory = await directoryFor(store, content());
    const { services, themes, centres, functions, strategies, survey } = directory;
    // Views of one moment, like those that a page asks for together, are counted once.
    const now = Math.ceil(clock.now() / 1_000) * 1_000;
    return { directory: { services, themes, centres, functions, strategies }, survey, now };
  }

  /** Waits for the last changes, but not for many, and not for a store that is down. */
  async function fresh(): Promise<void> {
    const patience = new AbortController();
    const caughtUp = follow().catch((error) => onFault(`the figures are not up to date: ${String(error)}`));
    await Promise.race([
      caughtUp,
      sleep(started ? PATIENCE_MS : FIRST_PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  return {
    follow,
    rebuild,

    async figures(filters, { previous = true } = {}) {
      await fresh();
      return { ...(await thread.ask({ task: 'figures', context: await context(), filters, previous })), asOf };
    },

    async earliest() {
      await fresh();
      return thread.ask({ task: 'earliest' });
    },

    async tickets(filters, { part, cursor } = {}) {
      await fresh();
      return thread.ask({ task: 'tickets', context: await context(), filters, part, cursor });
    },

    async close() {
      closing = true;
      await Promise.allSettled([following, next, rebuilding]);
      await ahead;
      await thread.close();
    },
  };
}

/** A thread that answers in turn. One that dies is started again by the next question: the file has everything. */
function createThread(file: string) {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();

  function start(): Worker {
    const started = new Worker(new URL('./read-model-worker.ts', import.meta.url), { workerData: { file } });
    started.unref();
    const lost = (reason: string) => {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(new Error(`${file}: ${reason}`));
      waiting.clear();
    };
    started.on('error', (error) => lost(error instanceof Error ? error.message : String(error)));
    started.on('exit', (code) => lost(`the thread that counts ended with code ${code}`));
    started.on('message', (answered: Answered) => {
      const { resolve, reject } = waiting.get(answered.number)!;
      waiting.delete(answered.number);
      if (waiting.size === 0) started.unref();
      if ('answer' in answered) resolve(answered.answer as never);
      else reject(new (answered.fault.range ? RangeError : Error)(answered.fault.message));
    });
    return started;
  }

  function ask<Name extends keyof Tasks>(task: { task: Name } & Tasks[Name]['given']): Promise<Tasks[Name]['answer']> {
    worker ??= start();
    const { promise, resolve, reject } = Promise.withResolvers<Tasks[Name]['answer']>();
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.ref();
    worker.postMessage({ number: last, task: task as Task });
    return promise;
  }

  return {
    ask,
    async close() {
      const ending = worker;
      if (!ending) return;
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      await ask({ task: 'close' });
      ending.ref();
      await ended;
    },
  };
}
