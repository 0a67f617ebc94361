// Looks for what keeps a helpdesk from working well, and says of each finding what to do. Knows no command and no setting.

import { gapsIn } from '../../domain/set-up.ts';
import { type Day, type Instant, never } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import type { Content, Store } from '../ports.ts';
import { deadLetters } from '../questions/dead-letters.ts';
import type { LeaseRecord, TicketRecord } from '../records.ts';

/** An error keeps something from working now; a warning will cost somebody time. `fix` is what to do. */
export type Finding = { level: 'error' | 'warning'; what: string; fix: string };

/** Overdue for longer than this, with a helpdesk running, means that telling does not keep up. */
const LATE_MS = 60_000;
const MOST_LETTERS = 20;

/** In a fixed order, errors and warnings mixed; the content's own mistakes are passed in. */
export async function examine(
  store: Store,
  content: Content,
  problems: readonly string[],
  now: Instant,
): Promise<Finding[]> {
  return [
    ...problems.map(
      (what): Finding => ({ level: 'error', what: `content: ${what}`, fix: 'mend that line, then reload' }),
    ),
    ...(await outbox(store, now)),
    ...(await letters(store)),
    ...(await channels(store, content)),
    ...people(content, brusselsDay(now)),
    ...themes(content),
  ];
}

/** The oldest message that should have been told: how long it is late, in milliseconds. 0 when nothing is. */
export async function outboxAge(store: Store, now: Instant): Promise<number> {
  const { docs } = await store.list({ kind: 'ticket', dueBefore: now }, { limit: 1 });
  const due = docs[0]?.doc.facets?.due;
  // What was due from the start has no time of its own; since when it waits is the time of its last change.
  return docs[0] ? now - Math.max(due ?? 0, docs[0].changedAt) : 0;
}

async function outbox(store: Store, now: Instant): Promise<Finding[]> {
  const lease = (await store.read('lease:sweep', 'lease:sweep'))?.doc.body as LeaseRecord | undefined;
  const running = lease !== undefined && lease.until > now;
  const age = await outboxAge(store, now);
  if (age > LATE_MS) {
    const late = `a message or reminder is ${Math.round(age / 1_000)} s late`;
    return running
      ? [{ level: 'error', what: late, fix: 'look in the log for what the connector or the store answers' }]
      : [{ level: 'error', what: `${late}, and no helpdesk is running`, fix: 'start it' }];
  }
  return running ? [] : [{ level: 'warning', what: 'no helpdesk is running on this store', fix: 'start it' }];
}

async function letters(store: Store): Promise<Finding[]> {
  const found = await deadLetters(store);
  const shown = found.slice(0, MOST_LETTERS).map(({ number, side, attempts, reason }): Finding => {
    const what = `${number} was given up towards the ${side} after ${attempts} attempts: ${reason}`;
    return { level: 'error', what, fix: `take the cause away, then: helpdesk dead-letters retry ${number}` };
  });
  const more = found.length - shown.length;
  const rest: Finding = { level: 'error', what: `and ${more} more`, fix: 'list them with: helpdesk dead-letters' };
  return more > 0 ? [...shown, rest] : shown;
}

async function channels(store: Store, { services }: Content): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { id, name } of services) {
    if (await store.read(`channel:${id}`, `channel:${id}`)) continue;
    const waiting = await waitingFor(store, id);
    found.push({
      level: 'error',
      what: `${name} has no advisors channel${waiting > 0 ? `, and ${waiting} question(s) wait for it` : ''}`,
      fix: `as administrator, post "@Helpdesk adviseurskanaal ${id}" in its channel`,
    });
  }
  return found;
}

async function waitingFor(store: Store, service: string): Promise<number> {
  const { docs } = await store.list({ kind: 'ticket', service, status: 'open' }, { limit: 100 });
  return docs.filter(({ doc }) => (doc.body as TicketRecord).posts.channel === undefined).length;
}

/** Contacts and themes as they stand now, with what people set up in the chat. */
function people(content: Content, today: Day): Finding[] {
  const set = 'or, as administrator, correct it with the command "aanspreekpunten"';
  return gapsIn(content, today).map((gap): Finding => {
    const level = 'warning';
    switch (gap.kind) {
      case 'no-substitute':
        return {
          level,
          what: `contact ${gap.contact} has no substitute: when they are away, questions wait for the coordinator`,
          fix: `give "backup" to ${gap.contact} in contacts.yaml, ${set}`,
        };
      case 'absent-without-substitute':
        return {
          level: 'error',
          what: `contact ${gap.contact} is absent until ${gap.to} and nobody stands in`,
          fix: `give "backup" to ${gap.contact} in contacts.yaml, ${set}`,
        };
      case 'substitute-absent':
        return {
          level,
          what: `the substitute of ${gap.contact}, who is absent, is absent too, until ${gap.to}: the next in line has the questions`,
          fix: `as administrator, note another substitute with the command "mijn afwezigheid"`,
        };
      case 'circle':
        return {
          level: 'error',
          what: `contact ${gap.contact} is absent and the substitutes lead to nobody who is there`,
          fix: `as administrator, note another substitute with the command "mijn afwezigheid"`,
        };
      case 'no-contact':
        return {
          level,
          what: `theme ${gap.theme} has no contact: its questions go to the reception`,
          fix: `add ${gap.theme} to the themes of a contact in contacts.yaml, ${set}`,
        };
      default:
        return never(gap);
    }
  });
}

function themes({ themes: all, items }: Content): Finding[] {
  const answered = new Set(items.flatMap(({ themes: theirs }) => theirs));
  return all
    .filter(({ retired }) => !retired)
    .flatMap(({ id }): Finding[] => [
      ...(answered.has(id)
        ? []
        : [
            {
              level: 'warning' as const,
              what: `theme ${id} has no FAQ or material: nothing about it is ever answered`,
              fix: `write an item with theme ${id}`,
            },
          ]),
    ]);
}
