// What happens without anybody pressing anything: late messages, reminders, answers that nobody reacted to.

import { nextReminder } from '../../domain/routing.ts';
import type { TicketId } from '../../domain/terms.ts';
import * as verbs from '../../domain/verbs.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { documentsOf } from '../documents.ts';
import { sendDigest } from '../figures/digest.ts';
import { tellItemsDue } from '../knowledge/item-tell.ts';
import { sendUpkeep } from '../knowledge/upkeep.ts';
import { SYSTEM } from '../people.ts';
import { continueErasures } from '../privacy/own-data.ts';
import { continueEmptying } from '../privacy/posted.ts';
import { retainDaily, type Terms } from '../privacy/retention.ts';
import { catchUp } from './tell.ts';
import { type App, change, expiresAt, TELL_MS } from './tickets.ts';

const BATCH = 100;

/**
 * Handles tickets that are due now, most overdue first; one that fails does not stop the rest. True when there may be
 * more. Once a day, what is past its term goes.
 */
export async function sweep(app: App, terms?: Terms): Promise<boolean> {
  await continueErasures(app);
  if (terms) {
    await retainDaily(app, terms).catch((error: unknown) =>
      app.log.error({ error: String(error) }, 'what is past its term could not be removed; it is tried again'),
    );
  }
  await sendDigest(app).catch((error: unknown) =>
    app.log.error({ error: String(error) }, 'the monthly digest failed; it is tried again'),
  );
  await sendUpkeep(app).catch((error: unknown) =>
    app.log.error({ error: String(error) }, 'the monthly list of items failed; it is tried again'),
  );
  await tellItemsDue(app);
  await continueEmptying(app);
  const { docs } = await app.store.list({ kind: 'ticket', dueBefore: app.clock.now() }, { limit: BATCH });
  let done = 0;
  for (const { doc } of docs) {
    const id = doc.pk as TicketId;
    try {
      await remindOrExpire(app, id);
      await catchUp(app, id);
      done += 1;
    } catch (error) {
      app.log.error({ ticket: id, error: String(error) }, 'sweeping a ticket failed; it is tried again');
    }
  }
  return done === BATCH;
}

/** After a restart under the same name: goes on at once with what the process before it was telling. */
export async function recover(app: App): Promise<void> {
  const soon = app.clock.now() + TELL_MS;
  for await (const { doc } of documentsOf(app.store, { kind: 'ticket', dueBefore: soon })) {
    await catchUp(app, doc.pk as TicketId);
  }
}

async function remindOrExpire(app: App, id: TicketId): Promise<void> {
  const content = app.knowledge.content();
  const now = app.clock.now();
  await change(app, { ticket: id }, (ticket) => {
    if (ticket.state.kind === 'answered' && now >= expiresAt(content, ticket)) return verbs.expire(ticket, SYSTEM, now);
    const reminder = nextReminder(content, content.calendar, ticket, brusselsDay(now));
    if (reminder && now >= reminder.at) return verbs.remind(ticket, SYSTEM, now, reminder.step, reminder.contact);
    return { ok: true, value: ticket };
  });
}
