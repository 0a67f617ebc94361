// The whole helpdesk on its real HTTP endpoint, with a connector stand-in and the people of the stories around it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { loadContent } from '../src/adapters/files/content.ts';
import { listen } from '../src/adapters/http/server.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { demonstrate } from '../src/app/figures/demonstration.ts';
import type { Log } from '../src/app/ports.ts';
import type { Reply } from '../src/app/reply.ts';
import { readConfig } from '../src/config.ts';
import { start } from '../src/main.ts';
import {
  account,
  type Channel,
  cardOf,
  createConnector,
  type Member,
  type Message,
} from '../src/playground/connector.ts';
import { createTeams, type Outcome } from '../src/playground/teams.ts';
import { silent } from './desk.ts';

const tenantId = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';
const person = (n: number, name: string, email: string): Member =>
  account({ aadObjectId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name, email, tenantId });

export const people = {
  gent: person(1, 'Vraagsteller Gent', 'gent@example.org'),
  kortrijk: person(2, 'Vraagsteller Kortrijk', 'kortrijk@example.org'),
  school: person(3, 'Vraagsteller School', 'school@example.org'),
  dossier: person(4, 'Adviseur Dossier', 'dossier@example.org'),
  beroepsgeheim: person(5, 'Adviseur Beroepsgeheim', 'beroepsgeheim@example.org'),
  wiskunde: person(6, 'Adviseur Wiskunde', 'wiskunde@example.org'),
  quality: person(7, 'Kwaliteitsteam', 'kwaliteit.team@example.org'),
  admin: person(8, 'Beheerder', 'beheer@example.org'),
  stranger: person(9, 'Buitenstaander', 'buiten@example.org'),
};
export type Who = keyof typeof people;
const memberOf = (who: Who | Member): Member => (typeof who === 'string' ? people[who] : who);
const ids = (...members: Member[]): string[] => members.map(({ aadObjectId }) => aadObjectId);
const team = { id: '19:team@thread.tacv2', name: 'Helpdesk' };
export const channels = {
  poc: {
    id: '19:poc@thread.tacv2',
    name: 'Adviseurs POC+',
    team,
    members: ids(people.dossier, people.beroepsgeheim, people.admin),
  },
  pbd: { id: '19:pbd@thread.tacv2', name: 'Adviseurs PBD-GO!', team, members: ids(people.wiskunde, people.admin) },
  /** Of nobody in particular: the helpdesk was added to its team, no more. */
  staff: {
    id: '19:staff@thread.tacv2',
    name: 'Iedereen',
    team,
    members: ids(people.gent, people.kortrijk, people.dossier, people.quality, people.stranger),
  },
} satisfies Record<string, Channel>;

export type Town = Awaited<ReturnType<typeof openTown>>;

/** `now` can be moved forward with `later`; the store survives `restart`. `log` collects what the operator would read. */
export async function openTown(options: { contentFolder?: string; settings?: Record<string, string> } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-'));
  const connector = createConnector({ members: Object.values(people), channels: Object.values(channels), tenantId });
  const outside = express();
  outside.use('/connector', connector.router);
  const connectorDoor = await listen(outside, 0, '127.0.0.1');
  const connectorUrl = `http://127.0.0.1:${connectorDoor.port}/connector`;

  let skipped = 0;
  const clock = { now: () => Date.now() + skipped };
  const lines: { level: string; fields: object; message: string }[] = [];
  const note = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  const log: Log = { debug: () => {}, info: note('info'), warn: note('warn'), error: note('error') };
  const config = readConfig(
    {
      PORT: '0',
      HELPDESK_MODE: 'local',
      PACE: '1000/1',
      DATA_DIR: folder,
      CONTENT_DIR: options.contentFolder ?? './content',
      ADMINS: people.admin.aadObjectId,
      QUALITY_TEAM: people.quality.email,
      ...options.settings,
    },
    true,
  );
  const run = async () => {
    const running = await start(config, clock, log);
    return { running, teams: createTeams({ botUrl: `${running.url}/api/messages`, connectorUrl, connector }) };
  };
  let { running, teams } = await run();
  await teams.say(people.admin, 'adviseurskanaal poc-plus', channels.poc.id);
  await teams.say(people.admin, 'adviseurskanaal pbd-go', channels.pbd.id);

  return {
    connector,
    connectorUrl,
    lines,
    folder,
    get teams() {
      return teams;
    },
    get url() {
      return running.url;
    },
    /** Says something to the helpdesk, and gives every word of what stands last in that place then. */
    said: async (who: Who | Member, text: string, where?: string): Promise<string> => {
      await teams.say(memberOf(who), text, where);
      return words(latest(where ? teams.posts(where) : teams.chat(memberOf(who))));
    },
    /** Sends what a button of a card could send, whatever it holds; with `msteams` in it as one that opens a dialog. */
    send: (who: Who | Member, on: Message, data: object): Promise<Outcome> => {
      const type = 'msteams' in data ? 'Action.Submit' : 'Action.Execute';
      return teams.perform(memberOf(who), on, { type, title: 'x', verb: 'x', data }, {});
    },
    later: (hours: number) => {
      skipped += hours * 3_600_000;
    },
    restart: async () => {
      await running.stop();
      ({ running, teams } = await run());
    },
    close: async () => {
      await running.stop();
      await connectorDoor.close();
      await rm(folder, { recursive: true });
    },
    /** Waits until something holds; messages to others are told in the background. */
    eventually: async <T>(look: () => T | undefined | false): Promise<T> => {
      const deadline = Date.now() + 30_000;
      for (;;) {
        const found = look();
        if (found) return found;
        if (Date.now() > deadline) throw new Error('it did not happen within 30 s');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** A helpdesk on its own HTTP endpoint, filled with a fictional school year before this one. The clock goes on from `now`. */
export async function openDemonstration(now: number) {
  const started = Date.now();
  const clock = { now: () => now + Date.now() - started };
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-'));
  const store = openSqlite(join(folder, 'helpdesk.sqlite'), clock);
  const { content } = await loadContent('./content');
  await demonstrate({ store, content, now, seed: '1', schoolYears: 1 });
  store.close();
  const settings = { PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, LOG_LEVEL: 'silent' };
  const running = await start(readConfig(settings, true), clock, silent);
  const close = async () => {
    await running.stop();
    await rm(folder, { recursive: true });
  };
  return { url: running.url, folder, clock, close };
}

/** Every word on a message, as a person could read it: text, card and button titles. */
export function words(message: Message | object | undefined): string {
  if (!message) return '';
  const card =
    'activity' in message ? (cardOf((message as Message).activity) ?? (message as Message).activity) : message;
  const texts: string[] = [];
  const walk = (node: unknown, key = ''): void => {
    if (typeof node === 'string') {
      if (['text', 'title', 'value', 'label', 'placeholder'].includes(key)) texts.push(node);
    } else if (Array.isArray(node)) for (const child of node) walk(child, key);
    else if (node && typeof node === 'object') {
      for (const [name, child] of Object.entries(node))
        if (name !== 'data' && name !== 'fallbackText') walk(child, name);
    }
  };
  walk(card);
  return texts.join('\n');
}

/** Everything that is kept of the questions, as it stands in the store. */
export async function ticketsIn({ folder }: Town): Promise<string> {
  const store = openSqlite(join(folder, 'helpdesk.sqlite'), { now: Date.now });
  const kept = JSON.stringify((await store.list({ kind: 'ticket' }, { limit: 500 })).docs.map(({ doc }) => doc.body));
  store.close();
  return kept;
}

/** The last message that shows a text. */
export const cardIn = (messages: readonly Message[], text: string): Message | undefined =>
  messages.findLast((message) => words(message).includes(text));

/** The ticket that something on a message or card is about. */
export const ticketOn = (shown: object): string => /"ticket":"([^"]+)"/.exec(JSON.stringify(shown))![1]!;

export const latest = (messages: Message[]): Message => messages.at(-1)!;

export function dialogOf(outcome: Outcome) {
  if (outcome.kind !== 'dialog') throw new Error(`expected a dialog, got ${JSON.stringify(outcome).slice(0, 400)}`);
  return outcome.dialog;
}

export function textOf(outcome: Outcome): string {
  if (outcome.kind === 'text') return outcome.text;
  if (outcome.kind === 'card') return words(outcome.card);
  return JSON.stringify(outcome).slice(0, 400);
}

/** Every word of a reply, as a person could read it. */
export const saidIn = (reply: Reply): string =>
  'text' in reply ? reply.text : words('card' in reply ? reply.card : undefined);

/** Asks a question that goes to the advisors of POC+, with other fields in its form when given; its card in their channel. */
export async function routed(
  town: Town,
  who: Who,
  question: string,
  inputs: Record<string, string> = {},
): Promise<Message> {
  const having = (messages: Message[]) =>
    messages.findLast(({ from, activity }) => from === town.connector.bot.id && words(activity).includes(question));
  await town.teams.say(people[who], question);
  const asked = having(town.teams.chat(people[who]))!;
  const form = dialogOf(await town.teams.press(people[who], asked, /adviseur/i));
  const profile = { theme: 'dossier-en-inzage', centre: 'go-clb-gent', function: 'clb-maatschappelijk-werker' };
  const sent = textOf(await form.press(/verstuur naar/i, { ...profile, ...inputs }));
  if (!sent.includes('doorgestuurd')) throw new Error(`the question was not sent on: ${sent}`);
  return town.eventually(() => having(town.teams.posts(channels.poc.id)));
}

/** The same, taken by an advisor. */
export async function claimed(town: Town, who: Who, advisor: Who, question: string): Promise<Message> {
  const card = await routed(town, who, question);
  await town.teams.press(people[advisor], card, /neem/i);
  await town.eventually(() => JSON.stringify(card.activity).includes('"refresh"'));
  return card;
}

/** Opens a form on a card as this advisor sees it. */
export async function formOn(town: Town, advisor: Who, card: Message, button: RegExp) {
  const view = (await town.teams.open(people[advisor], card))!;
  return dialogOf(await town.teams.press(people[advisor], card, button, {}, { card: view }));
}
