// Work that keeps its order per conversation, in the background of this process. Knows neither tickets nor messages.

import type { Instant } from '../../domain/terms.ts';
import type { Clock, Log } from '../ports.ts';

/** More than this waiting in one process is left to the sweep, which comes back to it. */
const MOST_WAITING = 20_000;

/** Work that rejects is tried again this often, after 0.5, 1, 2, … seconds: a fault of the store mostly passes. */
const MOST_FAULTS = 6;
const FIRST_WAIT_MS = 250;

/** Returns when to try again, while everything behind it waits; nothing when it is done. */
export type Work = () => Promise<Instant | undefined>;

export type Lanes = {
  /** Puts work at the end of a lane. What waits there under the same key is not put twice; at the front it is woken. */
  add(lane: string, key: string, work: Work): void;
  /** Resolves when the lane is empty, or after so many milliseconds. */
  settled(lane: string, ms: number): Promise<void>;
  waiting(): number;
  /** Starts nothing any more and waits so long for what runs. Returns the keys of what is not done. */
  close(ms: number): Promise<string[]>;
};

type Entry = { key: string; work: Work; faults: number };
type Lane = { entries: Entry[]; wake: () => void; emptied: Promise<void> };

/** Each lane does one thing at a time, in order. What throws is tried again a few times, and then left to the sweep. */
export function createLanes(clock: Clock, log: Log): Lanes {
  const lanes = new Map<string, Lane>();
  let waiting = 0;
  let closed = false;

  async function run(name: string, lane: Lane): Promise<void> {
    for (;;) {
      const [head] = lane.entries;
      if (!head || closed) break;
      let again: Instant | undefined;
      try {
        again = await head.work();
      } catch (error) {
        head.faults += 1;
        const last = head.faults >= MOST_FAULTS;
        const next = last ? 'the sweep tries again' : 'it is tried again';
        log.error({ error: String(error) }, `background work failed; ${next}`);
        if (!last) again = clock.now() + FIRST_WAIT_MS * 2 ** head.faults;
      }
      if (again === undefined) {
        lane.entries.shift();
        waiting -= 1;
      } else if (!closed) {
        const wait = again - clock.now();
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, wait));
          lane.wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        lane.wake = () => {};
      }
    }
    if (!closed) lanes.delete(name);
  }

  return {
    add(name, key, work) {
      const there = lanes.get(name);
      // What runs now may be past the point where it would still see the reason for this call, so it does not count.
      const running = there?.entries[0];
      if (running?.key === key) there?.wake();
      if (closed || waiting >= MOST_WAITING || there?.entries.some((one) => one !== running && one.key === key)) return;
      waiting += 1;
      if (there) {
        there.entries.push({ key, work, faults: 0 });
        return;
      }
      const lane: Lane = { entries: [{ key, work, faults: 0 }], wake: () => {}, emptied: Promise.resolve() };
      lanes.set(name, lane);
      lane.emptied = run(name, lane);
    },
    async settled(name, ms) {
      const lane = lanes.get(name);
      if (lane) await within(ms, lane.emptied);
    },
    waiting: () => waiting,
    async close(ms) {
      closed = true;
      const left = [...lanes.values()];
      for (const lane of left) lane.wake();
      await within(ms, Promise.all(left.map(({ emptied }) => emptied)));
      return left.flatMap(({ entries }) => entries.map(({ key }) => key));
    },
  };
}

/** Waits for something, but no longer than this. */
async function within(ms: number, what: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    what,
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}
