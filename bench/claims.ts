// Proves that of many advisors who press at the same moment exactly one has the question, on one instance and on three that share a store; and that a naive store does not pass.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { openAsIs, type StoreSettings } from '../src/adapters/storage/open.ts';
import { documentsOf } from '../src/app/documents.ts';
import type { TicketRecord } from '../src/app/records.ts';
import type { Message } from '../src/playground/connector.ts';
import { createTeams } from '../src/playground/teams.ts';
import { advisorsChannel, createReport, each, openStage, type Program, pause, person, persons } from './stage.ts';

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000' },
    advisors: { type: 'string', default: '10' },
    clients: { type: 'string', default: '8' },
  },
});
/** Presses under way at once, per client process. */
const AT_ONCE = 25;
const KEY = Buffer.from('the stand-in takes any key').toString('base64');

type Press = { to: string; activity: object };
type Answer = { ticket: string; who: string; status: number; took: number; body: string };

if (process.send) {
  const [urls] = (await once(process, 'message')) as [string[]];
  // A busy server takes in a new connection only now and then, so all are open before the clock starts.
  const opened = urls.flatMap((url) => Array.from({ length: AT_ONCE }, () => fetch(`${url}/healthz`)));
  await Promise.all(opened.map(async (answer) => (await answer).text()));
  process.on('message', async (presses: (Press & { ticket: string; who: string })[]) => {
    const answers: Answer[] = [];
    await each(presses, AT_ONCE, async ({ to, activity, ticket, who }) => {
      const began = performance.now();
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(to, { method: 'POST', headers, body: JSON.stringify(activity) });
      answers.push({
        ticket,
        who,
        status: response.status,
        took: performance.now() - began,
        body: await response.text(),
      });
    });
    process.send!(answers, () => process.exit(0));
  });
  process.send('ready');
} else {
  const report = createReport();
  await prove('SQLite, 1 instance', 'sqlite', 1);
  await prove('Cosmos stand-in, 3 instances', 'cosmos', 3);
  await prove('the same, naive', 'naive', 3);
  report.end();

  async function prove(name: string, kind: 'sqlite' | 'cosmos' | 'naive', instances: number): Promise<void> {
    const TICKETS = Number(values.tickets);
    const admin = person(0, 'Beheerder');
    const requesters = persons(100, 50, 'Vraagsteller');
    const advisors = persons(1_000, Number(values.advisors), 'Adviseur');
    const channel = advisorsChannel([admin, ...advisors]);
    const stage = await openStage([admin, ...requesters, ...advisors], [channel]);
    const { connector, connectorUrl } = stage;
    const standIn = kind === 'sqlite' ? undefined : createHttpServer();
    const direct = standIn && (await listenOn(standIn));
    // The planted fault: on the way to the store every condition is taken off, so whoever saves last wins.
    const naive = kind === 'naive' && direct ? withoutConditions(direct) : undefined;
    const endpoint = naive ? await listenOn(naive) : direct;
    const cosmos = endpoint ? { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: KEY } : {};
    const env = { ADMINS: admin.aadObjectId, PACE: '100000/1', ...cosmos };
    const programs: Program[] = [];
    for (let n = 0; n < instances; n++) programs.push(await stage.launch(env));
    const urls = programs.map(({ url }) => `${url}/api/messages`);
    const teams = createTeams({ botUrl: urls[0]!, connectorUrl, connector });

    await teams.say(admin, 'adviseurskanaal poc-plus', channel.id);
    await each(Array(TICKETS).keys(), 8, async (n) => {
      const who = requesters[n % requesters.length]!;
      const question = `Waar vind ik formulier nummer ${n} voor de overdracht?`;
      await teams.say(who, question);
      const shown = () => teams.chat(who).findLast(({ activity }) => JSON.stringify(activity).includes(question));
      while (!shown()) await pause(20);
      const card = shown()!;
      const data = { do: 'ask-advisor', ticket: ticketIn(card), key: `route-${n}`, theme: 'dossier-en-inzage' };
      const action = { type: 'Action.Submit', data: { ...data, msteams: { type: 'task/fetch' } } };
      await teams.perform(who, card, action, { centre: 'go-clb-gent', function: 'clb-arts' });
    });
    const cards = () => teams.posts(channel.id).filter(({ activity }) => JSON.stringify(activity).includes('"claim"'));
    while (cards().length < TICKETS) await pause(100);
    /** What each advisor's client sends for a press, taken from a look at the first card. */
    const forms: Record<string, unknown>[] = [];
    for (const who of advisors) {
      const [card] = cards();
      const action = { type: 'Action.Execute', verb: 'view', data: { do: 'view', ticket: ticketIn(card!) } };
      forms.push((await teams.perform(who, card!, action, {})).activity!);
    }
    const presses = cards()
      .flatMap((card, at) =>
        advisors.map((who, n) => ({
          ticket: ticketIn(card),
          who: who.name,
          // All presses on one ticket at about the same moment, on different instances.
          order: at + Math.random(),
          to: urls[n % instances]!,
          activity: {
            ...forms[n]!,
            id: `f:${card.id}-${n}`,
            replyToId: card.id,
            conversation: { ...(forms[n]!.conversation as object), id: `${channel.id};messageid=${card.id}` },
            value: {
              action: { type: 'Action.Execute', verb: 'claim', data: { do: 'claim', ticket: ticketIn(card) } },
              trigger: 'manual',
            },
          },
        })),
      )
      .sort((a, b) => a.order - b.order);

    const clients = await Promise.all(
      Array.from({ length: Number(values.clients) }, () => startClient(programs.map(({ url }) => url))),
    );
    const began = performance.now();
    const shares = clients.map((send, n) => send(presses.filter((_press, at) => at % clients.length === n)));
    const answers = (await Promise.all(shares)).flat();
    const seconds = (performance.now() - began) / 1_000;
    for (const program of programs) await program.stop();

    const settings: StoreSettings = direct
      ? { kind: 'cosmos', endpoint: direct, key: KEY, database: 'helpdesk', container: 'documents' }
      : { kind: 'sqlite', folder: `${stage.folder}/data` };
    const store = await openAsIs(settings, { now: Date.now });
    const holders = new Map<string, string[]>();
    const numbers: string[] = [];
    for await (const { doc } of documentsOf(store, { kind: 'ticket' })) {
      const { events, number } = doc.body as TicketRecord;
      numbers.push(number);
      holders.set(
        doc.id,
        events.flatMap((event) => (event.type === 'claimed' ? [event.by?.name ?? ''] : [])),
      );
    }
    store.close();
    standIn?.close();
    naive?.close();
    await stage.close();

    const won = answers.filter(({ body }) => body.includes('Jij behandelt')).length;
    const told = answers.filter(
      ({ body, who, ticket }) =>
        holders.get(ticket)?.[0] !== who && body.includes(`${holders.get(ticket)?.[0]} behandelt deze vraag sinds`),
    ).length;
    const notOnce = [...holders.values()].filter((names) => names.length !== 1).length;
    const doubles = numbers.length - new Set(numbers).size;
    const failed = answers.filter(({ status }) => status !== 200).length;
    const times = answers.map(({ took }) => took).sort((a, b) => a - b);
    const at = (part: number): string => `${Math.round(times[Math.floor((times.length - 1) * part)]!)} ms`;
    console.log(
      `\n${name}: ${answers.length} attempts on ${TICKETS} tickets by ${clients.length} processes in ${seconds.toFixed(1)} s on ${availableParallelism()} cores`,
    );
    report.figure('answered in', `p50 ${at(0.5)}, p99 ${at(0.99)}`);
    if (kind === 'naive') {
      report.figure('winners', won);
      report.figure('planted', won > TICKETS ? 'caught' : 'not caught', 'caught');
      return;
    }
    report.figure('winners', won, TICKETS);
    report.figure('losers told who', told, presses.length - TICKETS);
    report.figure('claimed not once', notOnce, 0);
    report.figure('numbers given twice', doubles, 0);
    report.figure('failed requests', failed, 0);
  }
}

function ticketIn(message: Message): string {
  return /"ticket":"([^"]+)"/.exec(JSON.stringify(message.activity))?.[1] ?? '';
}

/** Resolves when the process is ready to send. */
async function startClient(urls: string[]): Promise<(presses: object[]) => Promise<Answer[]>> {
  const client = fork(import.meta.filename);
  const failed = once(client, 'exit').then(([code]) => {
    throw new Error(`a client ended with ${code}`);
  });
  failed.catch(() => undefined);
  client.send(urls);
  await Promise.race([once(client, 'message'), failed]);
  return async (presses) => {
    client.send(presses);
    const [answers] = await Promise.race([once(client, 'message'), failed]);
    return answers as Answer[];
  };
}

async function listenOn(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function withoutConditions(target: string): Server {
  return createServer((incoming, outgoing) => {
    const { 'if-match': _, ...headers } = incoming.headers;
    const onward = request(`${target}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
}
