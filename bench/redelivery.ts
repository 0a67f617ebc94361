// Proves that a question is one ticket, however often and in whatever order the platform delivers it: 10,000 questions, each 1 to 4 times, half with new ids.

import { parseArgs } from 'node:util';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { TicketRecord } from '../src/app/records.ts';
import { createReport, each, openStage, pause, persons } from './stage.ts';

const { values } = parseArgs({ options: { questions: { type: 'string', default: '10000' } } });
const QUESTIONS = Number(values.questions);
const PEOPLE = 100;
/** Deliveries under way at once. */
const AT_ONCE = 24;
/** A delivery may come before or after this many others that were sent around the same time. */
const SHUFFLED_OVER = 200;

const people = persons(0, PEOPLE, 'Vraagsteller');
const stage = await openStage(people);
const { connector, connectorUrl } = stage;
const program = await stage.launch({ PACE: '100000/1' });
const report = createReport();
const began = performance.now();

const deliveries = Array.from({ length: QUESTIONS }, (_, n) => {
  const times = 1 + (n % 4);
  const renewed = n % 8 >= 4;
  return Array.from({ length: times }, (_again, again) => ({
    n,
    id: `m${n}${renewed ? `-${again}` : ''}`,
    place: n + Math.random() * SHUFFLED_OVER,
    // A client that sends again puts another time on it; the platform that delivers again does not.
    later: renewed ? again * 700 : 0,
  }));
}).flat();
deliveries.sort((a, b) => a.place - b.place);

let refused = 0;
await each(deliveries, AT_ONCE, async ({ n, id, later }) => {
  const who = people[n % PEOPLE]!;
  const activity = {
    type: 'message',
    id,
    timestamp: new Date(Date.now() + later).toISOString(),
    channelId: 'msteams',
    serviceUrl: connectorUrl,
    from: { id: who.id, name: who.name, aadObjectId: who.aadObjectId },
    recipient: connector.bot,
    conversation: { id: connector.personal(who).id, conversationType: 'personal', tenantId: who.tenantId },
    channelData: { tenant: { id: who.tenantId } },
    text: `Hoe bewaar ik map ${n} van de school?`,
  };
  const response = await fetch(`${program.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
  await response.arrayBuffer();
  if (response.status !== 200) refused += 1;
});
const seconds = (performance.now() - began) / 1_000;
const answers = () =>
  people.flatMap((who) =>
    (connector.conversation(connector.personal(who).id)?.messages ?? []).flatMap(
      ({ activity }) => /map (\d+) van de school/.exec(JSON.stringify(activity))?.[1] ?? [],
    ),
  );
const deadline = performance.now() + 120_000;
while (new Set(answers()).size < QUESTIONS && performance.now() < deadline) await pause(500);
await pause(3_000);
await program.stop();

const store = openSqlite(`${stage.folder}/data/helpdesk.sqlite`, { now: Date.now });
const tickets = new Map<string, number>();
const numbers = new Set<string>();
let cursor: string | undefined;
do {
  const page = await store.list({ kind: 'ticket' }, { limit: 500, ...(cursor ? { cursor } : {}) });
  for (const { doc } of page.docs) {
    const { number, events } = doc.body as TicketRecord;
    const [first] = events;
    numbers.add(number);
    if (first?.type === 'asked') tickets.set(first.question, (tickets.get(first.question) ?? 0) + 1);
  }
  cursor = page.next;
} while (cursor);
store.close();
const told = answers();
await stage.close();

const total = [...tickets.values()].reduce((sum, n) => sum + n, 0);
report.figure('deliveries', `${deliveries.length} of ${QUESTIONS} questions in ${seconds.toFixed(0)} s`);
report.figure('not acknowledged', refused, 0);
report.figure('tickets', total, QUESTIONS);
report.figure('questions', tickets.size, QUESTIONS);
report.figure('numbers', numbers.size, QUESTIONS);
report.figure('answers', told.length, QUESTIONS);
report.end();
