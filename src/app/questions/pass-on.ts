// Carries what happened on one ticket over to the tickets it is merged or linked with: one write each, again until done. Knows no message.

import { consequences, unmerge } from '../../domain/connections.ts';
import type { TicketId } from '../../domain/terms.ts';
import { mergedInto } from '../../domain/ticket.ts';
import { SYSTEM } from '../people.ts';
import { type App, change, editRecord, type Loaded, load } from './tickets.ts';

/** Longer than any honest chain of merges. */
const MOST_STEPS = 50;

/**
 * Does what the events of a ticket mean for others, and returns which tickets it touched, itself perhaps
 * included; undefined when there was nothing to do. Each change
 * there carries a key, so that doing it again after a crash in between adds nothing.
 */
export async function passOn(app: App, { ticket, record }: Loaded): Promise<TicketId[] | undefined> {
  const todo = consequences(ticket, record.passed ?? 0);
  if (todo.length === 0) return undefined;
  const touched = new Set<TicketId>();
  for (const { to, key, merging, decide } of todo) {
    if (merging && (await rootOf(app, to)) === undefined) {
      // Two people merged two questions into each other at the same moment: this one stands on its own again.
      await change(app, { ticket: ticket.id, key }, (current) =>
        mergedInto(current)?.ticket === to
          ? unmerge(current, SYSTEM, app.clock.now(), key)
          : { ok: true, value: current },
      );
      touched.add(ticket.id);
      continue;
    }
    const changed = await change(app, { ticket: to, key }, (other) => decide(other, app.clock.now()));
    if (changed.ok) touched.add(to);
  }
  await editRecord(app, ticket.id, (current) => {
    current.passed = Math.max(current.passed ?? 0, ticket.events.length);
  });
  return [...touched];
}

/** The last of the merges that begin with a ticket; undefined when they go round in a circle. */
export async function rootOf(app: App, id: TicketId): Promise<Loaded | undefined> {
  let loaded = await load(app, id);
  for (let step = 0; loaded && step < MOST_STEPS; step++) {
    const into = mergedInto(loaded.ticket);
    if (!into) return loaded;
    loaded = await load(app, into.ticket);
  }
  return undefined;
}
