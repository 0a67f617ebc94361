// What happens without anybody pressing anything: late messages, reminders, answers that nobody reacted to.

import { nextReminder } from '../domain/routing.ts';
import type { TicketId } from '../domain/terms.ts';
import * as verbs from '../domain/verbs.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { continueErasures } from './own-data.ts';
import { SYSTEM } from './people.ts';
import { tell } from './tell.ts';
import { type App, change, expiresAt } from './tickets.ts';

const BATCH = 100;

/** Handles every ticket that is due now, most overdue first. Returns how many; one that fails does not stop the rest. */
export async function sweep(app: App): Promise<number> {
  await continueErasures(app);
  const { docs } = await app.store.list({ kind: 'ticket', dueBefore: app.clock.now() }, { limit: BATCH });
  for (const { doc } of docs) {
    const id = doc.pk as TicketId;
    try {
      await remindOrExpire(app, id);
      await tell(app, id);
    } catch (error) {
      app.log.error({ ticket: id, error: String(error) }, 'sweeping a ticket failed; it is tried again');
    }
  }
  return docs.length;
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
