// Proves that of many advisors who press at the same moment exactly one has the question: 1,000 claims on 100 tickets.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { listen } from '../src/adapters/http/server.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { TicketRecord } from '../src/app/records.ts';
import { readConfig } from '../src/config.ts';
import { start } from '../src/main.ts';
import { account, createConnector, type Message } from '../src/playground/connector.ts';
import { createTeams } from '../src/playground/teams.ts';

const TICKETS = 100;
const ADVISORS = 10;

const tenantId = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';
const person = (n: number, name: string) =>
  account({
    aadObjectId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    name,
    email: `p${n}@example.org`,
    tenantId,
  });
const admin = person(0, 'Beheerder');
const requesters = Array.from({ length: 10 }, (_, n) => person(100 + n, `Vraagsteller ${n + 1}`));
const advisors = Array.from({ length: ADVISORS }, (_, n) => person(200 + n, `Adviseur ${n + 1}`));
const channel = {
  id: '19:claims@thread.tacv2',
  name: 'Adviseurs',
  team: { id: '19:team@thread.tacv2', name: 'Helpdesk' },
  members: [admin, ...advisors].map(({ aadObjectId }) => aadObjectId),
};

const connector = createConnector({ members: [admin, ...requesters, ...advisors], channels: [channel], tenantId });
const outside = express();
outside.use('/connector', connector.router);
const door = await listen(outside, 0, '127.0.0.1');
const folder = await mkdtemp(join(tmpdir(), 'helpdesk-claims-'));
const config = readConfig(
  { PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, ADMINS: admin.aadObjectId, LOG_LEVEL: 'error' },
  true,
);
const running = await start(config);
const botUrl = `${running.url}/api/messages`;
const teams = createTeams({ botUrl, connectorUrl: `http://127.0.0.1:${door.port}/connector`, connector });

const ticketIn = (message: Message): string => /"ticket":"([^"]+)"/.exec(JSON.stringify(message.activity))?.[1] ?? '';

await teams.say(admin, 'adviseurskanaal poc-plus', channel.id);
for (let n = 0; n < TICKETS; n++) {
  const who = requesters[n % requesters.length]!;
  const question = `Waar vind ik formulier nummer ${n} voor de overdracht?`;
  await teams.say(who, question);
  const card = teams.chat(who).findLast((message) => JSON.stringify(message.activity).includes('"open-ask"'))!;
  const data = { do: 'ask-advisor', ticket: ticketIn(card), key: `route-${n}`, theme: 'dossier-en-inzage' };
  const action = { type: 'Action.Submit', data: { ...data, msteams: { type: 'task/fetch' } } };
  await teams.perform(who, card, action, { centre: 'go-clb-gent', function: 'clb-arts' });
}
const cards = () => teams.posts(channel.id).filter((message) => JSON.stringify(message.activity).includes('"claim"'));
while (cards().length < TICKETS) await new Promise((resolve) => setTimeout(resolve, 50));

/** What each advisor's client sends for a press, taken from a look at the first card. */
const presses = await Promise.all(
  advisors.map(async (who) => {
    const [card] = cards();
    const action = { type: 'Action.Execute', verb: 'view', data: { do: 'view', ticket: ticketIn(card!) } };
    return (await teams.perform(who, card!, action, {})).activity!;
  }),
);
const attempts = cards().flatMap((card) => {
  const ticket = ticketIn(card);
  const action = { type: 'Action.Execute', verb: 'claim', data: { do: 'claim', ticket } };
  return advisors.map((who, n) => ({
    ticket,
    who,
    order: Math.random(),
    activity: {
      ...presses[n]!,
      id: `f:${ticket}-${n}`,
      replyToId: card.id,
      conversation: { ...(presses[n]!.conversation as object), id: `${channel.id};messageid=${card.id}` },
      value: { action, trigger: 'manual' },
    },
  }));
});
attempts.sort((a, b) => a.order - b.order);

const began = performance.now();
const outcomes = await Promise.all(
  attempts.map(async ({ ticket, who, activity }) => {
    const response = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return {
      ticket,
      who: who.name,
      status: response.status,
      took: performance.now() - began,
      body: await response.text(),
    };
  }),
);
const seconds = (performance.now() - began) / 1_000;
await running.stop();

const store = openSqlite(join(folder, 'helpdesk.sqlite'), { now: Date.now });
let twice = 0;
const holder = new Map<string, string>();
for (const { doc } of (await store.list({ kind: 'ticket' }, { limit: 1_000 })).docs) {
  const claims = (doc.body as TicketRecord).events.filter(({ type }) => type === 'claimed');
  if (claims.length !== 1) twice += 1;
  holder.set(doc.id, claims[0]?.by?.name ?? '');
}
store.close();
await door.close();
await rm(folder, { recursive: true });

const failed = outcomes.filter(({ status }) => status !== 200).length;
const won = outcomes.filter(({ body, who, ticket }) => body.includes('Jij behandelt') && holder.get(ticket) === who);
const told = outcomes.filter(
  ({ body, who, ticket }) =>
    holder.get(ticket) !== who && body.includes(`${holder.get(ticket)} behandelt deze vraag sinds`),
);
const slowest = Math.max(...outcomes.map(({ took }) => took)) / 1_000;
console.log(
  `attempts            ${outcomes.length} at once, on ${TICKETS} tickets, by ${ADVISORS} advisors, in ${seconds.toFixed(1)} s`,
);
console.log(`slowest answer      ${slowest.toFixed(1)} s, all sent in the same instant`);
console.log(`winners             ${won.length} (wanted ${TICKETS})`);
console.log(`losers told who     ${told.length} (wanted ${outcomes.length - TICKETS})`);
console.log(`claimed not once    ${twice} tickets in the store (wanted 0)`);
console.log(`failed requests     ${failed} (wanted 0)`);
const good = won.length === TICKETS && told.length === outcomes.length - TICKETS && twice === 0 && failed === 0;
console.log(good ? 'PASSED' : 'FAILED');
process.exit(good ? 0 : 1);
