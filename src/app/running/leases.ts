// Who of several instances does what only one may do at a time: a document with an owner and an end. Knows no task.

import { keep } from '../documents.ts';
import type { Clock, Store } from '../ports.ts';
import type { LeaseRecord } from '../records.ts';

/** Instances' clocks may differ by a few seconds; the work under a lease must be safe even when two do it at once. */
const LEASE_MS = 15_000;
/** Renewed when less than this is left, so that a task that runs every few seconds costs a write only now and then. */
const RENEW_MS = 10_000;

export type Leases = {
  /** True while this instance does the task; takes it when nobody does. Call it before every run. */
  hold(task: string): Promise<boolean>;
  /** Leaves every task to others at once. */
  release(): Promise<void>;
};

/** `owner` names this instance among those that share the store. */
export function createLeases(store: Store, clock: Clock, owner: string): Leases {
  const held = new Map<string, number>();
  const at = (task: string) => ({ pk: `lease:${task}`, kind: 'lease' });
  return {
    async hold(task) {
      const now = clock.now();
      if ((held.get(task) ?? 0) - now > RENEW_MS) return true;
      const lease = await keep<LeaseRecord>(store, at(task), (before) =>
        before && before.owner !== owner && before.until > now ? before : { owner, until: now + LEASE_MS },
      );
      if (lease?.owner !== owner) {
        held.delete(task);
        return false;
      }
      held.set(task, lease.until);
      return true;
    },
    async release() {
      const tasks = [...held.keys()];
      held.clear();
      for (const task of tasks) {
        await keep<LeaseRecord>(store, at(task), (before) => (before?.owner === owner ? { owner, until: 0 } : before));
      }
    },
  };
}
