// Measures how much one instance carries: a mix of what people do, beside a bare echo bot on the same SDK in the same run, and its memory over many turns.

import { readFile } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/adapters/files/content.ts';
import { createReport, openStage, type Program, pause, quantile } from './stage.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    turns: { type: 'string', default: '200000' },
    people: { type: 'string', default: '50,200,500' },
  },
});
/** Between what somebody does and what they do next, on average. */
const THINK_MS = 4_000;
/** Turns under way at once when nobody thinks: the most it can do. */
const AT_ONCE = 64;
const ADVISORS = 20;
const CHANNEL = '19:advisors@thread.tacv2';
const TENANT = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';

const { content } = await loadContent('./content');
const questions = content.items.flatMap(({ title, variants, wordings }) => [title, ...variants, ...wordings]);
const report = createReport();

/** What the bots have posted: the last ticket of each chat, and the cards in the channel. Answers at once. */
const last = new Map<string, string>();
const cards: { ticket: string; activity: string }[] = [];
let posts = 0;
const connector = createServer(async (incoming, outgoing) => {
  const body = (await buffer(incoming)).toString();
  const [, conversation = ''] = /conversations\/([^/]+)/.exec(decodeURIComponent(incoming.url ?? '')) ?? [];
  posts += 1;
  const [, ticket] = /"ticket":"([^"]+)"/.exec(body) ?? [];
  if (ticket && conversation.startsWith(CHANNEL)) {
    if (body.includes('"claim"')) cards.push({ ticket, activity: String(posts) });
    if (cards.length > 2_000) cards.shift();
  } else if (ticket) last.set(conversation, ticket);
  const member =
    incoming.method === 'GET' ? { id: 'x', name: 'Iemand', email: 'iemand@example.org' } : { id: String(posts) };
  outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(member));
});
await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`;
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

function post(url: string, activity: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/messages`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject).end(JSON.stringify(activity));
  });
}

let made = 0;
function activity(who: string, place: 'personal' | 'channel', more: object): object {
  made += 1;
  const conversation =
    place === 'personal'
      ? { id: `a:${who}`, conversationType: 'personal' }
      : { id: CHANNEL, conversationType: 'channel' };
  return {
    id: `m${made}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${who}`, name: `Iemand ${who}`, aadObjectId: who },
    recipient: { id: '28:helpdesk', name: 'Helpdesk' },
    conversation: { ...conversation, tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    ...more,
  };
}
const say = (who: string, text: string) => activity(who, 'personal', { type: 'message', text });
const press = (who: string, data: object, card: string) =>
  activity(who, 'channel', {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: card,
    value: { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' },
  });
const dialog = (who: string, data: object) =>
  activity(who, 'personal', { type: 'invoke', name: 'task/submit', value: { data } });
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;

/** An hour's mix: most people ask; some send their question on; advisors look, claim and answer; a few look back. */
function something(person: number): object {
  const who = `p${person}`;
  const advisor = `adviseur${person % ADVISORS}`;
  const dice = Math.random();
  const ticket = last.get(`a:${who}`);
  const card = cards.length > 0 ? pick(cards) : undefined;
  if (dice < 0.08 && ticket)
    return dialog(who, { do: 'ask-advisor', ticket, key: `r${made}`, theme: 'dossier-en-inzage' });
  if (dice < 0.28 && card) return press(advisor, { do: 'view', ticket: card.ticket }, card.activity);
  if (dice < 0.36 && card) return press(advisor, { do: 'claim', ticket: card.ticket }, card.activity);
  if (dice < 0.42 && card) {
    return press(
      advisor,
      { do: 'answer', ticket: card.ticket, key: `a${made}`, text: 'In de kast.', afterwards: 'open' },
      card.activity,
    );
  }
  if (dice < 0.48) return say(who, 'mijn vragen');
  return say(who, `${pick(questions)} (${made})`);
}

type Load = { people: number; think: number; next: (person: number) => object };
type Figures = { perSecond: number; times: number[]; failed: number };

async function drive(
  url: string,
  { people, think, next }: Load,
  over: { seconds?: number; turns?: number },
): Promise<Figures> {
  const times: number[] = [];
  let failed = 0;
  const began = performance.now();
  const ends = began + (over.seconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const enough = over.turns ?? Number.POSITIVE_INFINITY;
  let started = 0;
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      if (think > 0) await pause(Math.random() * think);
      while (performance.now() < ends && started < enough) {
        started += 1;
        const at = performance.now();
        const status = await post(url, next(person)).catch(() => 0);
        times.push(performance.now() - at);
        if (status !== 200) failed += 1;
        if (think > 0) await pause(-Math.log(1 - Math.random()) * think);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  return { perSecond: times.length / seconds, times: times.sort((a, b) => a - b), failed };
}

const shown = ({ perSecond, times, failed }: Figures): string =>
  `${perSecond.toFixed(0)} turns/s, acknowledged in p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms, ${failed} failed`;
const memory = async ({ child }: Program): Promise<number> =>
  (Number((await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ')[1]) * 4_096) / 1_048_576;

const stage = await openStage([]);
const seconds = Number(values.seconds);
console.log(
  `on ${availableParallelism()} cores, load generator and connector included; people think ${THINK_MS / 1_000} s on average`,
);
const echo = await stage.launch({}, ['bench/echo.ts']);
const echoing: Load = { people: AT_ONCE, think: 0, next: (person) => say(`p${person}`, pick(questions)) };
await drive(echo.url, echoing, { seconds: seconds / 4 });
const bare = await drive(echo.url, echoing, { seconds });
report.figure('echo bot, flat out', shown(bare));
await echo.stop();

const helpdesk = await stage.launch({ ADMINS: 'adviseur0', PACE: '1000000/1' });
await post(
  helpdesk.url,
  activity('adviseur0', 'channel', { type: 'message', text: '<at>Helpdesk</at> adviseurskanaal poc-plus' }),
);
const mixed: Load = { people: AT_ONCE, think: 0, next: something };
await drive(helpdesk.url, mixed, { seconds: seconds / 4 });
const most = await drive(helpdesk.url, mixed, { seconds });
report.figure('helpdesk, flat out', shown(most), most.failed === 0);
const share = most.perSecond / bare.perSecond;
report.figure('of the echo bot', `${(share * 100).toFixed(0)} % (goal 60 %)`, share >= 0.6);
for (const people of values.people.split(',').map(Number)) {
  const figures = await drive(helpdesk.url, { people, think: THINK_MS, next: something }, { seconds });
  const within = people !== 200 || quantile(figures.times, 0.99) <= 500;
  report.figure(
    `${people} people`,
    `${shown(figures)}${people === 200 ? ' (goal p99 500 ms)' : ''}`,
    figures.failed === 0 && within,
  );
}
const sizes = [await memory(helpdesk)];
for (let part = 0; part < 4; part++) {
  await drive(helpdesk.url, { ...mixed, people: 32 }, { turns: Number(values.turns) / 4 });
  sizes.push(await memory(helpdesk));
}
const flat = sizes.at(-1)! <= sizes[1]! * 1.15;
report.figure('memory', `${sizes.map((size) => size.toFixed(0)).join(' → ')} MB over ${values.turns} turns`, flat);
await helpdesk.stop();
await stage.close();
connector.close();
report.end();
