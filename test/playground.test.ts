// The playground as a stand-in for Teams, against a tiny bot that knows only the protocol. Knows nothing of the helpdesk itself.

import { existsSync, readFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Activity, account, type Change, cardOf, createConnector, threadOf } from '../src/playground/connector.ts';
import { markdown, plain } from '../src/playground/page-markdown.ts';
import { createPlayground, type MessageView } from '../src/playground/server.ts';
import { createTeams } from '../src/playground/teams.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function listen(app: express.Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((ready) => server.once('listening', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const adaptive = (content: object) => ({ contentType: 'application/vnd.microsoft.card.adaptive', content });
const card = (text: string, rest: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: text,
  body: [{ type: 'TextBlock', text, wrap: true }],
  ...rest,
});

const questionCard = (question: string) =>
  card(`Nieuwe vraag: ${question}`, {
    actions: [
      { type: 'Action.Execute', title: 'Ik neem deze vraag', verb: 'claim', data: { question }, style: 'positive' },
      { type: 'Action.Submit', title: 'Antwoord', data: { msteams: { type: 'task/fetch' }, form: 'answer' } },
      { type: 'Action.Execute', title: 'Sluit af', verb: 'close', mode: 'secondary' },
      { type: 'Action.OpenUrl', title: 'Bron', url: 'https://example.org/' },
    ],
  });

const answerForm = (note: string) => ({
  task: {
    type: 'continue',
    value: {
      title: 'Antwoord op je collega',
      card: adaptive(
        card(note, {
          body: [
            { type: 'TextBlock', text: note, wrap: true },
            {
              type: 'Input.Text',
              id: 'answer',
              label: 'Antwoord',
              isRequired: true,
              errorMessage: 'Schrijf een antwoord.',
            },
            { type: 'Input.Toggle', id: 'propose', title: 'Stel voor als FAQ', label: 'FAQ' },
            {
              type: 'Input.ChoiceSet',
              id: 'minutes',
              label: 'Minuten',
              value: '10',
              choices: [{ title: '10', value: '10' }],
            },
          ],
          actions: [{ type: 'Action.Submit', title: 'Verstuur', data: { form: 'answer' } }],
        }),
      ),
    },
  },
});

/** A bot of fifty lines: it shows a card for each question, lets it be claimed once and answered in a dialog. */
function tinyBot(app: express.Express): Activity[] {
  const heard: Activity[] = [];
  let claimer: string | undefined;
  app.use('/api/messages', express.json());
  app.post('/api/messages', async (req, res) => {
    const activity = req.body as Activity & {
      from: { id: string; name: string };
      conversation: { id: string };
      value?: Record<string, never>;
    };
    heard.push(activity);
    const call = (method: string, path: string, body: object) =>
      fetch(
        `${activity.serviceUrl}/v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities${path}`,
        {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
      );
    const claimed = (mine: boolean) => card(mine ? 'Jij behandelt deze vraag' : `${claimer} behandelt dit`);
    if (activity.type === 'conversationUpdate') {
      await call('POST', '', { type: 'message', text: 'Hallo, ik ben de **helpdesk**.', summary: 'Welkom' });
    }
    if (activity.type === 'message' && activity.text !== undefined) {
      await call('POST', '', { type: 'typing' });
      await call('POST', `/${activity.id}`, {
        type: 'message',
        summary: 'Nieuwe vraag',
        attachments: [adaptive(questionCard(activity.text.replace(/<at>.*?<\/at>/, '').trim()))],
      });
    }
    if (activity.type !== 'invoke') return void res.status(200).end();
    const value = activity.value as unknown as {
      action?: { verb: string };
      trigger?: string;
      data?: { answer?: string };
    };
    const verb = value.action?.verb;
    if (verb === 'claim' && !claimer) {
      claimer = activity.from.name;
      const refresh = { userIds: [activity.from.id], action: { type: 'Action.Execute', verb: 'look' } };
      await call('PUT', `/${activity.replyToId}`, {
        type: 'message',
        attachments: [adaptive({ ...claimed(false), refresh })],
      });
      return void res.json({ statusCode: 200, type: adaptive({}).contentType, value: claimed(true) });
    }
    if (verb === 'look') {
      return void res.json({ statusCode: 200, type: adaptive({}).contentType, value: claimed(true) });
    }
    if (verb === 'claim') {
      const value = `${claimer} was eerst`;
      return void res.json({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });
    }
    if (verb) {
      const value = { code: 'NotAllowed', message: 'Dat mag je niet.' };
      return void res.json({ statusCode: 403, type: 'application/vnd.microsoft.error', value });
    }
    if (activity.name === 'task/fetch') return void res.json(answerForm('Wat antwoord je?'));
    if (value.data?.answer === 'kort') return void res.json(answerForm('Schrijf iets meer.'));
    await call('POST', '', { type: 'message', text: `Antwoord: ${value.data?.answer}`, summary: 'Een antwoord' });
    return void res.status(200).end();
  });
  return heard;
}

const tenantId = '0f3b5a86-2f0b-4f0e-9a35-1f6f2a1c7d10';
const role = (nr: number, name: string) =>
  account({
    aadObjectId: `00000000-0000-4000-8000-00000000000${nr}`,
    name,
    email: `${name.split(' ')[0]!.toLowerCase()}${nr}@example.org`,
    tenantId,
  });
const requester = role(1, 'Vraagsteller CLB Gent');
const advisor = role(2, 'Adviseur dossier');
const colleague = role(3, 'Adviseur beroepsgeheim');
const channel = {
  id: '19:poc@thread.tacv2',
  name: 'Adviseurs POC+',
  team: { id: '19:team@thread.tacv2', name: 'POC+' },
  members: [advisor.aadObjectId, colleague.aadObjectId],
};

async function teamsWithBot() {
  const connector = createConnector({ members: [requester, advisor, colleague], channels: [channel], tenantId });
  const app = express();
  app.use('/connector', connector.router);
  const heard = tinyBot(app);
  const root = await listen(app);
  const connectorUrl = `${root}/connector`;
  return {
    connector,
    heard,
    connectorUrl,
    teams: createTeams({ botUrl: `${root}/api/messages`, connectorUrl, connector }),
  };
}

describe('what the bot hears', () => {
  test('a message in the one-to-one chat comes as Teams sends it', async () => {
    const { teams, heard, connectorUrl, connector } = await teamsWithBot();
    const message = await teams.say(requester, 'Hoe lang bewaren we het dossier?');
    expect(heard[0]).toMatchObject({
      type: 'message',
      id: message.id,
      text: 'Hoe lang bewaren we het dossier?',
      textFormat: 'plain',
      locale: 'nl-BE',
      channelId: 'msteams',
      serviceUrl: connectorUrl,
      from: { id: requester.id, name: 'Vraagsteller CLB Gent', aadObjectId: requester.aadObjectId },
      recipient: { id: '28:helpdesk', name: 'Helpdesk' },
      conversation: { id: connector.personal(requester).id, conversationType: 'personal', tenantId },
      channelData: { tenant: { id: tenantId } },
    });
    expect(heard[0]!.localTimestamp).toMatch(/\+0[12]:00$/);
    expect(Date.parse(String(heard[0]!.localTimestamp))).toBe(Date.parse(String(heard[0]!.timestamp)));
  });

  test('in a channel it comes with the mention, the team and the thread', async () => {
    const { teams, heard } = await teamsWithBot();
    const post = await teams.say(advisor, '@Helpdesk adviseurskanaal poc-plus', channel.id);
    expect(heard[0]).toMatchObject({
      text: '<at>Helpdesk</at> adviseurskanaal poc-plus',
      conversation: { id: `${channel.id};messageid=${post.id}`, conversationType: 'channel', isGroup: true },
      channelData: { channel: { id: channel.id }, team: { id: channel.team.id } },
    });
    expect(heard[0]!.entities).toContainEqual({
      type: 'mention',
      mentioned: { id: '28:helpdesk', name: 'Helpdesk' },
      text: '<at>Helpdesk</at>',
    });
    await teams.say(colleague, 'zonder de bot', threadOf(post), { mention: false });
    expect(heard).toHaveLength(1);
    expect(teams.posts(channel.id).map((message) => message.thread)).toEqual([undefined, post.id, post.id]);
  });

  test('an install says that the bot was added', async () => {
    const { teams, heard } = await teamsWithBot();
    await teams.install(requester);
    expect(heard.map((one) => one.type)).toEqual(['conversationUpdate', 'installationUpdate']);
    expect(heard[0]!.membersAdded).toEqual([{ id: '28:helpdesk' }]);
    expect(teams.chat(requester).map((one) => one.activity.summary)).toEqual(['Welkom']);
  });

  test('a bot that does not acknowledge is heard of', async () => {
    const app = express();
    app.post('/api/messages', (_req, res) => void res.status(503).json({ error: 'away' }));
    const root = await listen(app);
    const connector = createConnector({ members: [requester] });
    const teams = createTeams({ botUrl: `${root}/api/messages`, connectorUrl: root, connector });
    await expect(teams.say(requester, 'Ben je daar?')).rejects.toThrow(/503.*away/);
  });
});

describe('what a press does', () => {
  async function asked() {
    const all = await teamsWithBot();
    await all.teams.say(advisor, 'Mag dit?', channel.id);
    const shown = all.teams.posts(channel.id).at(-1)!;
    return { ...all, shown };
  }

  test('executing replaces the card for the one who pressed, the update for everybody else', async () => {
    const { teams, shown, heard } = await asked();
    const outcome = await teams.press(advisor, shown, /neem/i);
    expect(outcome).toMatchObject({ kind: 'card' });
    expect(heard.at(-1)).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: shown.id,
      value: { action: { type: 'Action.Execute', verb: 'claim', data: { question: 'Mag dit?' } }, trigger: 'manual' },
    });
    expect(teams.see(advisor, shown)!.fallbackText).toBe('Jij behandelt deze vraag');
    expect(teams.see(colleague, shown)!.fallbackText).toBe('Adviseur dossier behandelt dit');
    expect(shown.history).toHaveLength(1);
  });

  test('a second press on the old card gets a text, and an error when it is not allowed', async () => {
    const { teams, shown } = await asked();
    const old = cardOf(shown.activity)!;
    await teams.press(advisor, shown, /neem/i);
    const late = await teams.press(colleague, shown, /neem/i, {}, { card: old });
    expect(late).toMatchObject({ kind: 'text', text: 'Adviseur dossier was eerst' });
    const refused = await teams.press(colleague, shown, /sluit/i, {}, { card: old });
    expect(refused).toMatchObject({ kind: 'error', status: 403, code: 'NotAllowed', text: 'Dat mag je niet.' });
  });

  test('a later update takes the own view away, and coming into view refreshes it for who it is meant for', async () => {
    const { teams, shown, heard, connector, connectorUrl } = await asked();
    await teams.press(advisor, shown, /neem/i);
    await fetch(`${connectorUrl}/v3/conversations/${encodeURIComponent(shown.conversation)}/activities/${shown.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(shown.activity),
    });
    expect(connector.message(shown.conversation, shown.id)!.history).toHaveLength(2);
    expect(teams.see(advisor, shown)!.fallbackText).toBe('Adviseur dossier behandelt dit');
    const before = heard.length;
    expect((await teams.open(colleague, shown))!.fallbackText).toBe('Adviseur dossier behandelt dit');
    expect(heard).toHaveLength(before);
    expect((await teams.open(advisor, shown))!.fallbackText).toBe('Jij behandelt deze vraag');
    expect(heard.at(-1)).toMatchObject({ name: 'adaptiveCard/action', value: { trigger: 'automatic' } });
    await teams.open(advisor, shown);
    expect(heard).toHaveLength(before + 1);
  });

  test('a dialog opens, asks again, and closes', async () => {
    const { teams, shown, heard } = await asked();
    const opened = await teams.press(advisor, shown, /^antwoord/i);
    if (opened.kind !== 'dialog') throw new Error(`a dialog was expected, not ${opened.kind}`);
    expect(heard.at(-1)).toMatchObject({ name: 'task/fetch', value: { data: { form: 'answer' } } });
    expect(opened.dialog.title).toBe('Antwoord op je collega');
    expect(await opened.dialog.press('Verstuur')).toEqual({ kind: 'invalid', inputs: ['answer'] });
    expect(await opened.dialog.press('Verstuur', { Antwoord: 'kort' })).toMatchObject({ kind: 'dialog' });
    expect(opened.dialog.card.fallbackText).toBe('Schrijf iets meer.');
    const closed = await opened.dialog.fill({ answer: 'Vijf jaar.' }).press(/verstuur/i, { propose: 'true' });
    expect(closed.kind).toBe('closed');
    expect(heard.at(-1)).toMatchObject({ name: 'task/submit' });
    expect(heard.at(-1)!.value).toMatchObject({
      data: { form: 'answer', answer: 'Vijf jaar.', propose: 'true', minutes: '10' },
    });
    expect(teams.posts(channel.id).at(-1)!.activity.text).toBe('Antwoord: Vijf jaar.');
    const without = await opened.dialog.press('Verstuur', {}, { validate: false });
    expect(without.kind).toBe('closed');
    expect((heard.at(-1)!.value as { data: object }).data).not.toHaveProperty('answer');
  });

  test('a link does nothing, and a button that is not there is an error that says which are', async () => {
    const { teams, shown, heard } = await asked();
    const before = heard.length;
    expect(await teams.press(advisor, shown, 'Bron')).toEqual({ kind: 'local' });
    expect(heard).toHaveLength(before);
    await expect(teams.press(advisor, shown, 'Verwijder')).rejects.toThrow(/Ik neem deze vraag \| Antwoord/);
  });
});

describe('the connector', () => {
  const post = (url: string, body: object) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  test('creates a chat by either id of a member and tells what it does not know as Teams does', async () => {
    const { connector, connectorUrl } = await teamsWithBot();
    for (const id of [requester.id, requester.aadObjectId]) {
      const created = await post(`${connectorUrl}/v3/conversations`, { members: [{ id }], tenantId });
      expect(await created.json()).toMatchObject({ id: connector.personal(requester).id, serviceUrl: connectorUrl });
    }
    const found = await fetch(`${connectorUrl}/v3/conversations/${channel.team.id}/members/${advisor.aadObjectId}`);
    expect(await found.json()).toMatchObject({ id: advisor.id, email: 'adviseur2@example.org', userRole: 'user' });
    const stranger = await fetch(`${connectorUrl}/v3/conversations/${channel.id}/members/${requester.id}`);
    expect(stranger.status).toBe(404);
    expect(await stranger.json()).toMatchObject({ error: { code: 'MemberNotFoundInConversation' } });
    const paged = await fetch(`${connectorUrl}/v3/conversations/${channel.id}/pagedmembers?pageSize=1`);
    expect(await paged.json()).toMatchObject({ members: [{ id: advisor.id }], continuationToken: '1' });
    const team = await fetch(`${connectorUrl}/v3/teams/${channel.team.id}/conversations`);
    expect(await team.json()).toEqual({ conversations: [{ id: channel.id, name: channel.name }] });
    expect((await post(`${connectorUrl}/v3/conversations/nowhere/activities`, { type: 'message' })).status).toBe(404);
  });

  test('keeps the history of a message and tells of each change', async () => {
    const { connector, connectorUrl, teams } = await teamsWithBot();
    const changes: Change['kind'][] = [];
    const stop = connector.onChange((change) => changes.push(change.kind));
    const chat = `${connectorUrl}/v3/conversations/${encodeURIComponent(connector.personal(requester).id)}/activities`;
    const { id } = (await (await post(chat, { type: 'message', text: 'een' })).json()) as { id: string };
    await fetch(`${chat}/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'twee' }),
    });
    const message = connector.message(connector.personal(requester).id, id)!;
    expect([message.activity.text, message.history.map((one) => one.text)]).toEqual(['twee', ['een']]);
    await fetch(`${chat}/${id}`, { method: 'DELETE' });
    expect(teams.chat(requester)).toEqual([]);
    stop();
    await post(chat, { type: 'message', text: 'drie' });
    expect(changes).toEqual(['posted', 'updated', 'deleted']);
  });

  test('puts a message in a thread by the conversation id, and a reply to nothing known on top of the channel', async () => {
    const { connectorUrl, teams } = await teamsWithBot();
    const to = (id: string, rest = '') =>
      `${connectorUrl}/v3/conversations/${encodeURIComponent(id)}/activities${rest}`;
    const top = (await (await post(to(channel.id, '/made-up'), { type: 'message', text: 'een' })).json()) as {
      id: string;
    };
    await post(to(`${channel.id};messageid=${top.id}`, '/made-up'), { type: 'message', text: 'twee' });
    await post(to(channel.id, `/${top.id}`), { type: 'message', text: 'drie' });
    expect(teams.posts(channel.id).map((message) => message.thread)).toEqual([undefined, top.id, top.id]);
  });

  test('goes wrong on demand: a status, a lost question, a lost answer', async () => {
    const { connector, connectorUrl } = await teamsWithBot();
    const home = connector.personal(requester);
    const chat = `${connectorUrl}/v3/conversations/${encodeURIComponent(home.id)}/activities`;
    connector.faults(({ method, conversation }) =>
      method === 'post' && conversation === home.id ? { status: 429, retryAfter: 2 } : undefined,
    );
    const busy = await post(chat, { type: 'message', text: 'een' });
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '2']);
    connector.faults(({ activity }) => ({ cut: activity?.text === 'twee' ? 'before' : 'after' }));
    await expect(post(chat, { type: 'message', text: 'twee' })).rejects.toThrow();
    await expect(post(chat, { type: 'message', text: 'drie' })).rejects.toThrow();
    connector.faults();
    expect((await post(chat, { type: 'message', text: 'vier' })).status).toBe(201);
    expect(home.messages.map((message) => message.activity.text)).toEqual(['drie', 'vier']);
  });
});

async function openPlayground() {
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (_fields: object, message: string) => void warnings.push(message) };
  const playground = createPlayground({ log });
  const app = express();
  const heard = tinyBot(app);
  app.use(playground.router);
  const url = await listen(app);
  return { playground, heard, url, warnings };
}

describe('the playground', () => {
  const ask = (url: string, door: string, body: object, headers: object = {}) =>
    fetch(`${url}/playground/${door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const open = async (url: string, viewer: string, place: string) =>
    (await (await ask(url, 'open', { viewer, place })).json()) as MessageView[];

  test('makes the channels of the services that have none, as the administrator', async () => {
    const { playground, heard, url } = await openPlayground();
    await playground.start(url, ['poc-plus']);
    expect(heard.map((one) => one.text)).toEqual([undefined, '<at>Helpdesk</at> adviseurskanaal poc-plus']);
    expect(heard[1]!.from).toMatchObject({ name: 'Beheerder' });
  });

  test('installs the bot when a chat is first opened, and once', async () => {
    const { playground, heard, url } = await openPlayground();
    await playground.start(url, []);
    const first = await open(url, 'clb-gent', 'clb-gent');
    await open(url, 'clb-gent', 'clb-gent');
    expect(first.map((one) => one.text)).toEqual(['Hallo, ik ben de **helpdesk**.']);
    expect(heard.filter((one) => one.type === 'conversationUpdate')).toHaveLength(1);
    await ask(url, 'reset', { viewer: 'clb-gent', place: 'clb-gent' });
    expect(await open(url, 'clb-gent', 'clb-gent')).toEqual([]);
  });

  test('keeps a persona out of places that are not theirs and says what is wrong with a request', async () => {
    const { playground, url } = await openPlayground();
    expect((await ask(url, 'open', { viewer: 'clb-gent', place: 'clb-gent' })).status).toBe(400);
    await playground.start(url, []);
    for (const place of ['dossier', '19:poc-plus@thread.tacv2', 'nergens']) {
      expect((await ask(url, 'open', { viewer: 'clb-gent', place })).status).toBe(400);
    }
    const empty = await ask(url, 'say', { viewer: 'clb-gent', place: 'clb-gent', text: ' ' });
    expect(await empty.json()).toMatchObject({ error: expect.stringContaining('text') });
  });

  test('has nothing to show of a message that is gone again, and is not at fault', async () => {
    const { playground, url } = await openPlayground();
    await playground.start(url, []);
    await open(url, 'clb-gent', 'clb-gent');
    const seat = { viewer: 'clb-gent', place: 'clb-gent' };
    const gone = await ask(url, 'look', { ...seat, message: '1700000000000' });
    expect([gone.status, await gone.json()]).toEqual([200, {}]);
    expect((await ask(url, 'look', { ...seat, place: 'dossier', message: '1' })).status).toBe(400);
  });

  test('answers this machine and its own pages only', async () => {
    const { playground, url } = await openPlayground();
    await playground.start(url, []);
    const body = { viewer: 'clb-gent', place: 'clb-gent' };
    expect((await ask(url, 'open', body, { origin: 'https://example.org' })).status).toBe(403);
    expect((await ask(url, 'open', body, { origin: url })).status).toBe(200);
    const rebound = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(url);
      request({ port, path: '/', headers: { host: 'attacker.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(rebound).toBe(403);
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect((await fetch(`${url}/playground/server.ts`)).status).toBe(404);
  });

  test('says so when the bot is away', async () => {
    const { playground, url, warnings } = await openPlayground();
    await playground.start(url, []);
    const deaf = createPlayground({ log: { info: () => undefined, warn: () => undefined } });
    const app = express();
    app.use(deaf.router);
    const lonely = await listen(app);
    await deaf.start(lonely, []);
    const body = { viewer: 'clb-gent', place: 'clb-gent', text: 'Ben je daar?' };
    expect((await ask(lonely, 'say', body)).status).toBe(502);
    expect((await ask(url, 'say', body)).status).toBe(200);
    expect(warnings).toEqual([]);
  });
});

describe('Markdown on the page', () => {
  test('shows bold, italic, links and lists', () => {
    expect(markdown('**Vet** en _schuin_\n\n- een\n- *twee*\n\n1. [bron](https://example.org/a_b_(c)?d=1&e=2)')).toBe(
      '<p><strong>Vet</strong> en <em>schuin</em></p><ul><li>een</li><li><em>twee</em></li></ul>' +
        '<ol><li><a href="https://example.org/a_b_(c)?d=1&#38;e=2" target="_blank" rel="noopener noreferrer">bron</a></li></ol>',
    );
    expect(markdown('\\*geen\\* lijst, snake_case_naam')).toBe('<p>*geen* lijst, snake_case_naam</p>');
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '[klik](javascript:alert(1))',
    '[klik](https://example.org/"onmouseover="alert(1))',
    '**<script>alert(1)</script>**',
    '<at><b>wie</b></at>',
  ])('lets nothing of %s through', (text) => {
    for (const html of [markdown(text), plain(text)]) {
      expect(html.replace(/<\/?(p|strong)>/g, '')).not.toMatch(/<|javascript:[^<]*"/);
    }
  });
});

const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
if (!browserPath)
  console.info('No Chromium found (CHROMIUM or /usr/bin/chromium): the page of the playground was not tried.');

describe.runIf(browserPath !== undefined || process.env.CI)('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (!browserPath) throw new Error('CI needs a Chromium: install one or set CHROMIUM to its path');
    const args = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run'];
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
    browser = await chromium.launch({ executablePath: browserPath, args: [...args, ...quiet] });
  });
  afterAll(() => browser?.close());

  async function show(width = 1440): Promise<{ page: Page; url: string; heard: Activity[]; strange: string[] }> {
    const { playground, url, heard } = await openPlayground();
    await playground.start(url, ['poc-plus']);
    const page = await browser.newPage({ viewport: { width, height: 800 }, locale: 'nl-BE' });
    const strange: string[] = [];
    page.on('console', (message) => message.type() === 'error' && strange.push(message.text()));
    page.on('pageerror', (error) => strange.push(error.message));
    page.on('request', (one) => /^(data:|http:\/\/127)/.test(one.url()) || strange.push(one.url()));
    await page.goto(`${url}/?theme=light`);
    await page.locator('#chat-log').getByText('Hallo, ik ben de helpdesk.').waitFor();
    return { page, url, heard, strange };
  }

  test('asks, presses, opens a dialog and submits', async () => {
    const { page, heard, strange } = await show();
    const chat = page.locator('#chat-log');
    await page.getByLabel('Bericht aan de helpdesk').fill('Hoe lang bewaren we het dossier?');
    await page.keyboard.press('Enter');
    const asked = chat.getByRole('article', { name: 'Helpdesk' }).last();
    await asked.getByText('Nieuwe vraag: Hoe lang').waitFor();

    await asked.getByRole('button', { name: 'Antwoord' }).click();
    const dialog = page.getByRole('dialog', { name: 'Antwoord op je collega' });
    await dialog.getByRole('button', { name: 'Verstuur' }).click();
    await dialog.getByText('Schrijf een antwoord.').waitFor();
    await dialog.getByRole('textbox', { name: /Antwoord/ }).fill('kort');
    await dialog.getByRole('button', { name: 'Verstuur' }).click();
    await dialog.getByText('Schrijf iets meer.').waitFor();
    await dialog.getByRole('textbox', { name: /Antwoord/ }).fill('Vijf jaar.');
    await dialog.getByRole('button', { name: 'Verstuur' }).click();
    await chat.getByText('Antwoord: Vijf jaar.').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    expect(heard.at(-1)!.value).toMatchObject({ data: { form: 'answer', answer: 'Vijf jaar.', minutes: '10' } });

    const card = chat.locator('.message', { hasText: 'Nieuwe vraag: Hoe lang' });
    await card.getByRole('button', { name: 'Meer acties' }).click();
    await page.getByRole('menuitem', { name: 'Sluit af' }).click();
    await card.getByText('Dat mag je niet.').waitFor();
    await card.getByRole('button', { name: 'Ik neem deze vraag' }).click();
    await chat.getByText('Jij behandelt deze vraag').waitFor();
    expect(strange).toEqual([]);
  });

  test('shows each in the channel their own card, and tells of what happens to others', async () => {
    const { page, url } = await show();
    const channel = page.locator('#channel-log');
    await channel.getByRole('button', { name: 'Ik neem deze vraag' }).click();
    await channel.getByText('Jij behandelt deze vraag').waitFor();
    await page.getByLabel('Kijk als').selectOption({ label: 'Adviseur beroepsgeheim (POC+)' });
    await channel.getByText('Adviseur dossier (POC+) behandelt dit').waitFor();

    await fetch(`${url}/playground/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ viewer: 'wiskunde', place: 'wiskunde' }),
    });
    const toast = page.locator('.toast', { hasText: 'Adviseur wiskunde (PBD-GO!)' });
    await toast.getByText('Welkom').waitFor();
    expect(await page.title()).toMatch(/^\(1\)/);
    await toast.getByRole('button', { name: 'Bekijk' }).click();
    await page.getByText('Je bent Adviseur wiskunde (PBD-GO!)').waitFor();
    expect(await page.title()).not.toMatch(/^\(/);
  });

  test.each(['light', 'dark', 'contrast'])('is accessible in the %s theme', async (theme) => {
    const { page } = await show();
    await page.getByLabel('Bericht aan de helpdesk').fill('Mag dit?');
    await page.keyboard.press('Enter');
    await page.locator('#chat-log').getByRole('button', { name: 'Antwoord' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Verstuur' }).waitFor();
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const faults = async () => {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      return page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
      });
    };
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await faults()).toEqual([]);
  });

  test.each([320, 360, 800])('fits a screen of %i pixels', async (width) => {
    const { page } = await show(width);
    for (const side of [/^Kanaal/, /^Chat/]) {
      await page.getByRole('button', { name: side }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await page.getByLabel('Bericht aan de helpdesk').fill('Past dit?');
    await page.getByRole('button', { name: 'Verstuur', exact: true }).click();
    await page.locator('#chat-log').getByText('Nieuwe vraag: Past dit?').waitFor();
    const wide = await page.evaluate(() => {
      const log = document.getElementById('chat-log')!;
      return log.scrollWidth - log.clientWidth;
    });
    expect(wide).toBe(0);
  });
});
