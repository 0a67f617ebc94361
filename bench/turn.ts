// Measures a turn: question in, answer card out, in process, on the real content and an SQLite file.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../src/adapters/files/content.ts';
import { openReadModel } from '../src/adapters/storage/read-model.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createHelpdesk } from '../src/app/helpdesk.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Message, Messenger } from '../src/app/ports.ts';
import type { PersonId } from '../src/domain/terms.ts';

const TURNS = 2_000;
const WARM_UP = 300;
const PEOPLE = 50;
const GOAL_MS = 20;

const folder = await mkdtemp(join(tmpdir(), 'helpdesk-turn-'));
const clock = { now: Date.now };
const store = checked(openSqlite(join(folder, 'helpdesk.sqlite'), clock), console.error);
const knowledge = await createKnowledgeBase(
  () => loadContent('./content'),
  (problems) => console.error(problems.join('\n')),
);
let posted: Message[] = [];
let activity = 0;
const messenger: Messenger = {
  post: async (_to, message) => {
    posted.push(message);
    activity += 1;
    return { outcome: 'delivered', activityId: String(activity) };
  },
  update: async (to) => ({ outcome: 'delivered', activityId: to.activityId }),
  open: async () => undefined,
  member: async (_of, user) => ({ name: user }),
};
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };
const nobody = { administrators: new Set<string>(), quality: new Set<string>() };
const measures = openReadModel({ folder, store, content: knowledge.content, clock, onFault: console.error });
const helpdesk = createHelpdesk({ store, messenger, knowledge, measures, clock, log: silent }, nobody);

const { items } = knowledge.content();
const questions = items.flatMap(({ title, variants, wordings }) => [title, ...variants, ...wordings]);

/** One question of one person; the time until its answer card was handed to the messenger and the ticket stored. */
async function turn(n: number): Promise<number> {
  const person = `00000000-0000-4000-8000-${String(n % PEOPLE).padStart(12, '0')}` as PersonId;
  const question = `${questions[(n * 7_919) % questions.length]} (${n})`;
  const from = {
    person,
    userId: `29:${person}`,
    name: `Vraagsteller ${n % PEOPLE}`,
    place: 'personal' as const,
    address: { conversationId: `a:${person}`, serviceUrl: 'https://example.org' },
    sentAt: clock.now(),
  };
  posted = [];
  const began = performance.now();
  const reply = await helpdesk.message(from, question, false);
  await helpdesk.deliver(from.address, reply.kind === 'messages' ? reply.messages : []);
  const took = performance.now() - began;
  if (!posted.some(({ card }) => card)) throw new Error(`no card for: ${question}`);
  return took;
}

for (let n = 0; n < WARM_UP; n++) await turn(n);
const times: number[] = [];
for (let n = WARM_UP; n < WARM_UP + TURNS; n++) times.push(await turn(n));
times.sort((a, b) => a - b);
await measures.close();
store.close();
await rm(folder, { recursive: true });

const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))]!;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
console.log(`content   ${items.length} items, ${questions.length} wordings`);
console.log(`turns     ${TURNS}, after ${WARM_UP} to warm up; question in, ticket stored, answer card out`);
console.log(`p50       ${ms(at(0.5))}`);
console.log(`p95       ${ms(at(0.95))}`);
console.log(`p99       ${ms(at(0.99))} (goal: under ${GOAL_MS} ms)`);
console.log(`slowest   ${ms(at(1))}`);
const good = at(0.99) < GOAL_MS;
console.log(good ? 'PASSED' : 'FAILED');
process.exit(good ? 0 : 1);
