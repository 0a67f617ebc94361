// Measures how much one instance carries: a mix of what people do, beside a bare echo bot on the same SDK in the same run, and its memory over many turns.

import { readFile, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
/** Who may be behind a turn when nobody thinks: a few people who ask a thousand times each would be nobody's network. */
const NETWORK = 1_000;
const ADVISORS = 20;
/** Draws before somebody just asks something: early on there is nothing yet to claim or to answer. */
const MOST_TRIES = 20;
/** After so long without a call to the connector there is nothing under way any more. */
const QUIET_MS = 250;
/**
 * What a question in the store may keep in memory: its facts and its place among the recurring topics. What its words
 * add there is more, until content's wordings have all been asked: some 5,000 questions.
 */
const BYTES_PER_TICKET = 2_000;
const CHANNEL = '19:advisors@thread.tacv2';
const TENANT = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';

const { content } = await loadContent('./content');
/** Themes of the service whose channel is there. */
const themes = content.themes.filter(({ service }) => service === 'poc-plus');
const questions = content.items.flatMap(({ title, variants, wordings }) => [title, ...variants, ...wordings]);
const report = createReport();

/** What the bots have posted: answers in chats, and cards in the channel. Answers at once. */
const answered: { who: string; ticket: string; judged: boolean }[] = [];
const open: Card[] = [];
const claimed: (Card & { advisor: string })[] = [];
type Card = { ticket: string; activity: string };
const MOST_KNOWN = 2_000;
let calls = 0;
const connector = createServer(async (incoming, outgoing) => {
  const body = (await buffer(incoming)).toString();
  const [, conversation = ''] = /conversations\/([^/]+)/.exec(decodeURIComponent(incoming.url ?? '')) ?? [];
  calls += 1;
  const [, ticket] = /"ticket":"([^"]+)"/.exec(body) ?? [];
  if (incoming.method === 'POST' && ticket && conversation.startsWith(CHANNEL)) {
    if (body.includes('"claim"')) keep(open, { ticket, activity: String(calls) });
  } else if (incoming.method === 'POST' && ticket && body.includes('"open-ask"')) {
    // A card with choices has nothing to judge, but its question can be sent on.
    keep(answered, { who: conversation.slice('a:'.length), ticket, judged: !body.includes('"rate"') });
  }
  const member =
    incoming.method === 'GET' ? { id: 'x', name: 'Iemand', email: 'iemand@example.org' } : { id: String(calls) };
  outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(member));
});
function keep<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > MOST_KNOWN) list.shift();
}
await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`;
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

/** Sends an activity, or asks for a page. */
function post(url: string, what: object | { path: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = 'path' in what ? (what.path as string) : '/api/messages';
    const body = 'path' in what ? undefined : JSON.stringify(what);
    const headers = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {};
    const sent = request(`${url}${path}`, { method: body ? 'POST' : 'GET', agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject).end(body);
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
const press = (who: string, place: 'personal' | 'channel', data: object, card = '1') =>
  activity(who, place, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: card,
    value: { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' },
  });
const dialog = (who: string, name: 'task/fetch' | 'task/submit', data: object) =>
  activity(who, 'personal', { type: 'invoke', name, value: { data } });
const fromChannel = (who: string, data: object, name = 'task/fetch') =>
  activity(who, 'channel', { type: 'invoke', name, value: { data } });
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;

type Kind =
  | 'ask'
  | 'rate'
  | 'form'
  | 'typeahead'
  | 'send on'
  | 'look'
  | 'claim'
  | 'answer form'
  | 'answer'
  | 'mine'
  | 'dashboard';
/**
 * An hour's mix, from what becomes of a hundred questions: 35 are judged; 40 are sent on with a form, in whose field
 * for the centre people type twice. Of those that are sent on, each is claimed, by ten others too late, looked at in
 * the channel, and answered with a form. A few look their questions up; the quality team looks at the dashboard.
 */
const MIX: Record<Kind, number> = {
  ask: 100,
  rate: 35,
  form: 40,
  typeahead: 80,
  'send on': 40,
  look: 60,
  claim: 50,
  'answer form': 40,
  answer: 40,
  mine: 10,
  dashboard: 5,
};
const DICE = Object.entries(MIX).flatMap(([kind, times]) => Array<Kind>(times).fill(kind as Kind));
/** The quality team is one persona here, and nobody may ask the dashboard oftener than that. */
const DASHBOARD_EVERY_MS = 1_000;
let dashboardAt = 0;
const done = new Map<Kind, number>();

type Doing = { kind: Kind; send: object | { path: string } };

/** What one person, or the advisor in their place, does next. */
function something(person: number): object {
  const { kind, send } = chosen(person);
  done.set(kind, (done.get(kind) ?? 0) + 1);
  return send;
}

function chosen(person: number): Doing {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = drawn(person);
    if (found) return found;
  }
  return asking(person);
}

const asking = (person: number): Doing => ({ kind: 'ask', send: say(`p${person}`, pick(questions)) });

/** Nothing when there is nothing to do it on. */
function drawn(person: number): Doing | undefined {
  const who = `p${person}`;
  const advisor = `adviseur${person % ADVISORS}`;
  const kind = pick(DICE);
  switch (kind) {
    case 'rate': {
      const at = answered.findIndex(({ judged }) => !judged);
      const [one] = at < 0 ? [] : answered.splice(at, 1);
      if (!one) return undefined;
      const judged = { do: 'rate', ticket: one.ticket, helped: Math.random() < 0.8 };
      return { kind, send: press(one.who, 'personal', judged) };
    }
    case 'form': {
      const one = answered[0];
      return one ? { kind, send: dialog(one.who, 'task/fetch', { do: 'open-ask', ticket: one.ticket }) } : undefined;
    }
    case 'send on': {
      const one = answered.shift();
      if (!one) return undefined;
      const routed = { do: 'ask-advisor', ticket: one.ticket, key: `r${made}`, theme: pick(themes).id };
      return { kind, send: dialog(one.who, 'task/submit', routed) };
    }
    case 'typeahead':
      return {
        kind,
        send: activity(who, 'personal', {
          type: 'invoke',
          name: 'application/search',
          value: {
            dataset: 'centres',
            queryText: pick(['ge', 'gent', 'brug', 'ant']),
            queryOptions: { skip: 0, top: 15 },
          },
        }),
      };
    case 'look': {
      const card = open.length + claimed.length > 0 && pick([...open.slice(-20), ...claimed.slice(-20)]);
      return card
        ? { kind, send: press(advisor, 'channel', { do: 'view', ticket: card.ticket }, card.activity) }
        : undefined;
    }
    case 'claim': {
      // One in five comes too late.
      const late = claimed.length > 0 && Math.random() < 0.2;
      const card = late ? pick(claimed) : open.shift();
      if (!card) return undefined;
      if (!late) keep(claimed, { ...card, advisor });
      return { kind, send: press(advisor, 'channel', { do: 'claim', ticket: card.ticket }, card.activity) };
    }
    case 'answer form': {
      const card = claimed.at(-1);
      if (!card) return undefined;
      return { kind, send: fromChannel(card.advisor, { do: 'open-answer', ticket: card.ticket }) };
    }
    case 'answer': {
      const card = claimed.shift();
      if (!card) return undefined;
      const given = { do: 'answer', ticket: card.ticket, key: `a${made}`, text: 'In de kast.', minutes: '5' };
      return { kind, send: fromChannel(card.advisor, { ...given, afterwards: 'close' }, 'task/submit') };
    }
    case 'mine':
      return { kind, send: say(who, 'mijn vragen') };
    case 'dashboard':
      if (Date.now() < dashboardAt) return undefined;
      dashboardAt = Date.now() + DASHBOARD_EVERY_MS;
      return { kind, send: { path: '/api/dashboard/view' } };
    case 'ask':
      return asking(person);
  }
}

type Load = { people: number; think: number; next: (person: number) => object };
const anybody = (): number => Math.floor(Math.random() * NETWORK);
type Figures = { turns: number; perSecond: number; times: number[]; failed: number; cpuMs: number; calls: number };

/** What a process and its threads have used of the processors, in ms. */
async function cpuOf({ child }: Program): Promise<number> {
  const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Everything counts until the last message that a turn set going has reached the connector, not only its answer. */
async function drive(program: Program, { people, think, next }: Load, over: { seconds?: number; turns?: number }) {
  const times: number[] = [];
  let failed = 0;
  const before = { cpu: await cpuOf(program), calls };
  const began = performance.now();
  const ends = began + (over.seconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const enough = over.turns ?? Number.POSITIVE_INFINITY;
  let started = 0;
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      let at = began + Math.random() * think;
      while (at < ends && started < enough) {
        if (think > 0) await pause(at - performance.now());
        started += 1;
        at = performance.now();
        const status = await post(program.url, next(person)).catch(() => 0);
        const now = performance.now();
        times.push(now - at);
        if (status !== 200) failed += 1;
        at = now - Math.log(1 - Math.random()) * think;
      }
    }),
  );
  for (let seen = -1; seen !== calls; await pause(QUIET_MS)) seen = calls;
  const seconds = (performance.now() - began - QUIET_MS) / 1_000;
  const turns = times.length;
  const used = { cpuMs: ((await cpuOf(program)) - before.cpu) / turns, calls: (calls - before.calls) / turns };
  return { turns, perSecond: turns / seconds, times: times.sort((a, b) => a - b), failed, ...used } satisfies Figures;
}

const shown = ({ perSecond, times, failed, cpuMs, calls: out }: Figures): string =>
  `${perSecond.toFixed(0)} turns/s, acknowledged in p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms, ${failed} failed; a turn takes ${cpuMs.toFixed(2)} ms of processor and ${out.toFixed(2)} calls to the connector`;

/** Loaded into the helpdesk: on a signal it clears what is not used any more and says what is left. */
const GAUGE = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync, renameSync } from 'node:fs';
  process.on('SIGUSR2', () => {
    gc();
    const file = process.env.GAUGE;
    writeFileSync(file + '.making', JSON.stringify(process.memoryUsage()));
    renameSync(file + '.making', file);
  });`)}`;
async function memory({ child }: Program, file: string): Promise<{ heap: number; rss: number }> {
  await rm(file, { force: true });
  child.kill('SIGUSR2');
  for (;;) {
    const read = await readFile(file, 'utf8').catch(() => undefined);
    if (read) {
      const { heapUsed, external, rss } = JSON.parse(read) as NodeJS.MemoryUsage;
      return { heap: (heapUsed + external) / 2 ** 20, rss: rss / 2 ** 20 };
    }
    await pause(20);
  }
}

/** Writes and questions in the store so far. Every write takes the next number. */
function stored(folder: string): { writes: number; tickets: number } {
  const db = new DatabaseSync(join(folder, 'data', 'helpdesk.sqlite'), { readOnly: true });
  const row = db
    .prepare("SELECT max(seq) AS writes, count(*) FILTER (WHERE kind = 'ticket') AS tickets FROM documents")
    .get() as { writes: number; tickets: number };
  db.close();
  return row;
}

const stage = await openStage([]);
const seconds = Number(values.seconds);
console.log(
  `on ${availableParallelism()} cores, load generator and connector included; people think ${THINK_MS / 1_000} s on average`,
);
const echo = await stage.launch({}, ['bench/echo.ts']);
const echoing: Load = { people: AT_ONCE, think: 0, next: (person) => say(`p${person}`, pick(questions)) };
await drive(echo, echoing, { seconds: seconds / 4 });
const bare = await drive(echo, echoing, { seconds });
report.figure('echo bot, flat out', shown(bare));
await echo.stop();

const gauge = join(stage.folder, 'memory.json');
const helpdesk = await stage.launch({ ADMINS: 'adviseur0', PACE: '1000000/1', GAUGE: gauge }, [
  '--expose-gc',
  '--import',
  GAUGE,
  'src/main.ts',
]);
await post(
  helpdesk.url,
  activity('adviseur0', 'channel', { type: 'message', text: '<at>Helpdesk</at> adviseurskanaal poc-plus' }),
);
const mixed: Load = { people: AT_ONCE, think: 0, next: () => something(anybody()) };
// Long enough for most of them to have been met.
await drive(helpdesk, mixed, { seconds: seconds / 2 });
done.clear();
const before = stored(stage.folder);
const most = await drive(helpdesk, mixed, { seconds });
const after = stored(stage.folder);
report.figure('helpdesk, flat out', shown(most), most.failed === 0);
const parts = [...done].sort(([, a], [, b]) => b - a);
const part = (times: number) => `${Math.round((100 * times) / most.turns)} %`;
report.figure('of its turns', parts.map(([kind, times]) => `${kind} ${part(times)}`).join(', '));
report.figure(
  'writes to the store',
  `${((after.writes - before.writes) / most.turns).toFixed(2)} a turn, each on the disk`,
);
const share = most.perSecond / bare.perSecond;
report.figure('of the echo bot', `${(share * 100).toFixed(0)} % (goal 60 %)`, share >= 0.6);
for (const people of values.people.split(',').map(Number)) {
  const figures = await drive(helpdesk, { people, think: THINK_MS, next: something }, { seconds });
  const within = people !== 200 || quantile(figures.times, 0.99) <= 500;
  report.figure(
    `${people} people`,
    `${shown(figures)}${people === 200 ? ' (goal p99 500 ms)' : ''}`,
    figures.failed === 0 && within,
  );
}
const sizes: { heap: number; rss: number; tickets: number }[] = [];
for (let quarter = 0; quarter <= 4; quarter++) {
  if (quarter > 0) await drive(helpdesk, { ...mixed, people: 32 }, { turns: Number(values.turns) / 4 });
  sizes.push({ ...(await memory(helpdesk, gauge)), tickets: stored(stage.folder).tickets });
}
const sequence = (what: 'heap' | 'rss') => sizes.map((size) => size[what].toFixed(0)).join(' → ');
report.figure('memory, whole process', `${sequence('rss')} MB over ${values.turns} turns`);
const [half, end] = [sizes[2]!, sizes[4]!];
const tickets = end.tickets - half.tickets;
const perTicket = ((end.heap - half.heap) * 2 ** 20) / tickets;
report.figure(
  'memory in use',
  `${sequence('heap')} MB after clearing up; in the second half ${perTicket.toFixed(0)} bytes for each of ${tickets} new questions`,
  perTicket <= BYTES_PER_TICKET,
);
await helpdesk.stop();
await stage.close();
connector.close();
report.end();
