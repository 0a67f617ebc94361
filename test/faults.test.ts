// Stories of what breaks around the helpdesk: the connector, the disk, the port, the process itself.

import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createAdapter } from '../src/adapters/teams/bot.ts';
import { createMessenger } from '../src/adapters/teams/messenger.ts';
import type { Message } from '../src/playground/connector.ts';
import { channels, dialogOf, latest, openTown, people, type Town, textOf, type Who, words } from './town.ts';

type FaultPlan = NonNullable<Parameters<Town['connector']['faults']>[0]>;
type Fault = NonNullable<ReturnType<FaultPlan>>;

let town: Town;
const chat = (who: Who): Message[] => town.teams.chat(people[who]);
const inPoc = (): Message[] => town.teams.posts(channels.poc.id);
const having = (messages: Message[], text: string): Message[] =>
  messages.filter((message) => message.from === town.connector.bot.id && words(message).includes(text));
const arrived = (place: () => Message[], text: string): Promise<Message> =>
  town.eventually(() => having(place(), text).at(-1));
/** Waits for a number of rounds of the sweep, so that what should not come has had its chance. */
const sweeps = (n: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, n * 2_000 + 300));

/** Fails the first calls that the filter picks, then lets everything through. Returns how many calls it saw. */
function failFirst(times: number, fault: Fault, picks: (call: Parameters<FaultPlan>[0]) => boolean): { calls: number } {
  const seen = { calls: 0 };
  town.connector.faults((call) => {
    if (!picks(call)) return undefined;
    seen.calls += 1;
    return seen.calls <= times ? fault : undefined;
  });
  return seen;
}
const toChat = (who: Who) => {
  const { id } = town.connector.personal(people[who]);
  return ({ method, conversation }: Parameters<FaultPlan>[0]) =>
    conversation.startsWith(id) && ['post', 'reply'].includes(method);
};
const toPoc = ({ method, conversation }: Parameters<FaultPlan>[0]): boolean =>
  conversation.startsWith(channels.poc.id) && ['post', 'reply', 'create'].includes(method);

async function claimed(who: Who, question: string): Promise<Message> {
  await town.teams.say(people[who], question);
  const asked = having(chat(who), question).at(-1)!;
  const form = dialogOf(await town.teams.press(people[who], asked, /adviseur/i));
  const profile = { theme: 'dossier-en-inzage', centre: 'go-clb-gent', function: 'clb-maatschappelijk-werker' };
  expect(textOf(await form.press(/verstuur naar/i, profile))).toMatch(/doorgestuurd/);
  const card = await arrived(inPoc, question);
  await town.teams.press(people.dossier, card, /neem/i);
  return card;
}

async function answer(card: Message, text: string, send: RegExp): Promise<void> {
  await town.eventually(() => JSON.stringify(card.activity).includes('"refresh"'));
  const view = (await town.teams.open(people.dossier, card))!;
  const form = dialogOf(await town.teams.press(people.dossier, card, /^antwoord/i, {}, { card: view }));
  expect(textOf(await form.press(send, { text }))).toContain('verstuurd');
}

describe('a connector in trouble', () => {
  beforeAll(async () => {
    town = await openTown();
    // Both have met the helpdesk, so that no card but the answer is on its way.
    for (const who of ['gent', 'kortrijk'] as const) await town.teams.say(people[who], 'Wat is een eerste vraag hier?');
  });
  afterEach(() => town.connector.faults());
  afterAll(() => town.close());

  it('that fails or cuts the connection before it did anything is asked again, and each answer comes once', async () => {
    const faults = [{ status: 500 }, { status: 502 }, { status: 504 }, { cut: 'before' }] as const;
    const asked = faults.map((fault, n) => ({
      fault,
      calls: 0,
      question: `Hoe bewaar ik map ${n} als de server hapert?`,
    }));
    town.connector.faults((call) => {
      const one = asked.find(({ question }) => JSON.stringify(call.activity ?? '').includes(question));
      if (!one || !toChat('gent')(call)) return undefined;
      one.calls += 1;
      return one.calls === 1 ? one.fault : undefined;
    });
    await Promise.all(asked.map(({ question }) => town.teams.say(people.gent, question)));
    for (const { question } of asked) await arrived(() => chat('gent'), question);
    await sweeps(1);
    for (const { question, calls } of asked) {
      expect(having(chat('gent'), question)).toHaveLength(1);
      expect(calls).toBe(2);
    }
  });

  it('that is busy is left alone for as long as it asks', async () => {
    const question = 'Hoe bewaar ik een map als de server het druk heeft?';
    const seen = failFirst(1, { status: 429, retryAfter: 4 }, toChat('gent'));
    const asked = Date.now();
    await town.teams.say(people.gent, question);
    await sweeps(1);
    expect(seen.calls).toBe(1);
    await arrived(() => chat('gent'), question);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(4_000);
    expect(having(chat('gent'), question)).toHaveLength(1);
  });

  it('that loses its answer after it did the work gives one message twice at most', async () => {
    const question = 'Hoe bewaar ik een map als het antwoord onderweg verdwijnt?';
    failFirst(1, { cut: 'after' }, toChat('gent'));
    await town.teams.say(people.gent, question);
    await town.eventually(() => having(chat('gent'), question).length === 2);
    await sweeps(2);
    expect(having(chat('gent'), question)).toHaveLength(2);
  });

  it('that takes its time is waited for, and the turn is acknowledged', async () => {
    const question = 'Hoe bewaar ik een map als de server traag is?';
    failFirst(1, { delay: 1_500 }, toChat('gent'));
    await town.teams.say(people.gent, question);
    await arrived(() => chat('gent'), question);
    await sweeps(1);
    expect(having(chat('gent'), question)).toHaveLength(1);
  });

  it('keeps the order of what it could not pass on, on each side', async () => {
    const card = await claimed('kortrijk', 'Hoe bewaar ik de volgorde van een gesprek?');
    failFirst(2, { status: 503 }, (call) => toChat('kortrijk')(call) || toPoc(call));
    const steps = ['Eerst dit.', 'Dan dat.', 'Tot slot nog dit.'];
    for (const step of steps) await answer(card, step, /houd open/i);
    for (const place of [() => chat('kortrijk'), inPoc]) {
      await arrived(place, 'Tot slot nog dit.');
      const order = place().flatMap((message) => steps.filter((step) => having([message], step).length > 0));
      expect(order).toEqual(steps);
    }
  });

  it('does not hold up one side for trouble on the other', async () => {
    const card = await claimed('kortrijk', 'Hoe bewaar ik een map als het kanaal zwijgt?');
    town.connector.faults((call) => (toPoc(call) ? { status: 500 } : undefined));
    await answer(card, 'In de kast.', /houd open/i);
    await arrived(() => chat('kortrijk'), 'In de kast.');
    expect(having(inPoc(), 'In de kast.')).toHaveLength(0);
    town.connector.faults();
    await arrived(inPoc, 'In de kast.');
  });

  it('that says the person removed the bot is not asked again until they write, and the advisors are told', async () => {
    const card = await claimed('gent', 'Hoe bereik ik iemand die de helpdesk verwijderde?');
    const seen = failFirst(99, { status: 403, code: 'BotNotInConversationRoster' }, toChat('gent'));
    await answer(card, 'Bel gerust eens.', /sluit af/i);
    await arrived(inPoc, 'De vraagsteller is nu niet bereikbaar in Teams.');
    await sweeps(2);
    expect(seen.calls).toBe(1);
    expect(having(chat('gent'), 'Bel gerust eens.')).toHaveLength(0);
    town.connector.faults();
    await sweeps(1);
    expect(having(chat('gent'), 'Bel gerust eens.')).toHaveLength(0);
    await town.teams.say(people.gent, 'dag');
    await arrived(() => chat('gent'), 'Bel gerust eens.');
    await town.eventually(() => having(chat('gent'), 'Hoe was het antwoord').length > 0);
    expect(having(chat('gent'), 'Bel gerust eens.')).toHaveLength(1);
    expect(having(inPoc(), 'niet bereikbaar in Teams')).toHaveLength(1);
  });

  it('that refuses the advisors channel for a while gets the question later', async () => {
    const question = 'Hoe komt een vraag in een kanaal dat de helpdesk even weigert?';
    failFirst(1, { status: 403, code: 'BotNotInConversationRoster' }, toPoc);
    await town.teams.say(people.kortrijk, question);
    const form = dialogOf(
      await town.teams.press(people.kortrijk, having(chat('kortrijk'), question).at(-1)!, /adviseur/i),
    );
    await form.press(/verstuur naar/i, { theme: 'dossier-en-inzage' });
    await sweeps(1);
    expect(having(inPoc(), question)).toHaveLength(0);
    town.later(0.1);
    await arrived(inPoc, question);
  });

  it('keeps what was not told over a restart', async () => {
    const question = 'Hoe blijft mijn vraag bestaan als de helpdesk herstart?';
    town.connector.faults((call) => (toChat('kortrijk')(call) ? { status: 500 } : undefined));
    await town.teams.say(people.kortrijk, question);
    expect(having(chat('kortrijk'), question)).toHaveLength(0);
    await town.restart();
    town.connector.faults();
    town.later(0.1);
    await arrived(() => chat('kortrijk'), question);
    expect(having(chat('kortrijk'), question)).toHaveLength(1);
    await town.teams.say(people.kortrijk, 'mijn vragen');
    expect(words(latest(chat('kortrijk')))).toMatch(/HD-\d{4}-\d{4}/);
    expect(words(latest(chat('kortrijk')))).toContain(question);
  });
});

describe('an answer of the connector', () => {
  /** What comes of a message, and of bringing it up to date, when the platform answers like this. */
  async function answered(status: number, body: string, headers: Record<string, string> = {}) {
    let calls = 0;
    const platform = createHttpServer((_request, response) => {
      calls += 1;
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
    const address = {
      conversationId: 'a',
      serviceUrl: `http://127.0.0.1:${(platform.address() as AddressInfo).port}/`,
    };
    const messenger = createMessenger(createAdapter(undefined), '', undefined);
    const posted = await messenger.post(address, { summary: 'x', text: 'x' });
    const activityId = posted.outcome === 'delivered' ? posted.activityId : 'm1';
    const updated = await messenger.update({ address, activityId }, { summary: 'x' });
    platform.closeAllConnections();
    await new Promise((resolve) => platform.close(resolve));
    return { posted, updated, calls };
  }

  it.each([
    ['{"id":"m1"}', 'm1'],
    ['', ''],
    ['{}', ''],
    ['<html>Gateway</html>', ''],
    ['null', ''],
    ['{"id":7}', ''],
  ])('that says that it was taken is a yes, whatever else it says: %s', async (body, activityId) => {
    const { posted, updated } = await answered(200, body);
    expect(posted).toEqual({ outcome: 'delivered', activityId });
    // What it did not name cannot be brought up to date.
    expect(updated.outcome).toBe(activityId === '' ? 'gone' : 'delivered');
  });

  it('that never comes is waited for ten seconds, and asked for once', async () => {
    let calls = 0;
    const platform = createHttpServer(() => {
      calls += 1;
    });
    await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
    const serviceUrl = `http://127.0.0.1:${(platform.address() as AddressInfo).port}/`;
    const messenger = createMessenger(createAdapter(undefined), '', undefined);
    const delivery = await messenger.post({ conversationId: 'a', serviceUrl }, { summary: 'x', text: 'x' });
    expect([delivery.outcome, calls]).toEqual(['failed', 1]);
    expect(delivery).not.toHaveProperty('lasting');
    platform.closeAllConnections();
    await new Promise((resolve) => platform.close(resolve));
  });

  it.each([
    [401, { outcome: 'failed' }],
    [408, { outcome: 'failed' }],
    [412, { outcome: 'failed' }],
    [429, { outcome: 'failed', after: 7_000 }],
    [500, { outcome: 'failed' }],
    [502, { outcome: 'failed' }],
    [503, { outcome: 'failed', after: 7_000 }],
    [504, { outcome: 'failed' }],
    [400, { outcome: 'failed', lasting: true }],
    [413, { outcome: 'failed', lasting: true }],
    [403, { outcome: 'unreachable' }],
    [404, { outcome: 'gone' }],
  ])('with %i says whether to try again, and when', async (status, delivery) => {
    const reason = delivery.outcome === 'failed' ? { reason: `the connector answered ${status}` } : {};
    const headers = 'after' in delivery ? { 'retry-after': '7' } : {};
    const wanted = { ...delivery, ...reason };
    // The outbox tries again, in order; the SDK would hold up the turn.
    expect(await answered(status, '{}', headers)).toEqual({ posted: wanted, updated: wanted, calls: 2 });
  });
});

describe('a store in trouble', () => {
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('acknowledges nothing, says so in Dutch, is not ready, and recovers by itself', async () => {
    const question = 'Blijft mijn vraag bestaan als de schijf vastzit?';
    const ready = async () => (await fetch(`${town.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    await town.teams.say(people.gent, 'Mag een ouder het dossier inkijken?');
    const card = having(chat('gent'), 'Mag een ouder het dossier inkijken?').at(-1)!;
    const ticket = /"ticket":"([^"]+)"/.exec(JSON.stringify(card.activity))![1]!;
    const withdraw = { do: 'withdraw', ticket };
    // Another program that holds the file: every write fails after the five seconds that a lock is waited for.
    const other = new DatabaseSync(join(town.folder, 'helpdesk.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    try {
      const [said, pressed, status] = await Promise.all([
        town.teams.say(people.kortrijk, question).catch(String),
        town.teams.perform(people.gent, card, { type: 'Action.Execute', verb: 'withdraw', data: withdraw }, {}),
        ready(),
      ]);
      expect(said).toContain('503');
      expect(status).toBe(503);
      expect(textOf(pressed)).toContain('Er ging iets mis aan onze kant');
      expect(words(latest(chat('kortrijk')))).toContain('Er ging iets mis aan onze kant');
      expect((await fetch(`${town.url}/healthz`)).status).toBe(200);
    } finally {
      other.exec('ROLLBACK');
      other.close();
    }
    expect(await ready()).toBe(200);
    await town.teams.say(people.kortrijk, question);
    await arrived(() => chat('kortrijk'), question);
    await town.teams.say(people.kortrijk, 'mijn vragen');
    expect(words(latest(chat('kortrijk'))).match(/Open: HD-/g)).toHaveLength(1);
    const operator = JSON.stringify(town.lines.filter(({ level }) => level !== 'info'));
    expect(operator).toContain('was locked by another process');
    expect(operator).not.toContain(question);
  });
});

describe('a crash between the number of a ticket and the ticket', () => {
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('leaves no gap: the number goes to a later question, and none is given twice', async () => {
    const numbered = async (question: string): Promise<number> => {
      await town.teams.say(people.gent, question);
      await town.teams.say(people.gent, 'mijn vragen');
      return Number(/HD-\d{4}-(\d{4})/.exec(words(latest(chat('gent'))))?.[1]);
    };
    expect(await numbered('Wat is de eerste vraag over een map?')).toBe(1);
    // What the process leaves behind when it dies right after it took number 2.
    const file = join(town.folder, 'helpdesk.sqlite');
    const store = openSqlite(file, { now: Date.now });
    const year = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Brussels', year: 'numeric' }).format(Date.now());
    const id = `number:${year}:2`;
    const body = { ticket: 'never-came-to-be', at: Date.now() };
    await store.create({ pk: id, id, kind: 'number', facets: { due: body.at + 60_000 }, body });
    store.close();
    expect(await numbered('Wat is de tweede vraag over een map?')).toBe(3);
    await town.restart();
    expect(await numbered('Wat is de derde vraag over een map?')).toBe(4);
    town.later(0.1);
    expect(await numbered('Wat is de vierde vraag over een map?')).toBe(2);
    expect(await numbered('Wat is de vijfde vraag over een map?')).toBe(5);
    town.later(0.1);
    expect(await numbered('Wat is de zesde vraag over een map?')).toBe(6);
  });
});

describe('stopping', () => {
  beforeAll(async () => {
    town = await openTown();
    await town.teams.say(people.gent, 'Wat is een eerste vraag hier?');
  });
  afterAll(() => town.close());

  /** A question as the platform posts it, byte for byte. */
  const request = (question: string): string => {
    const { id, name, aadObjectId } = people.gent;
    const body = JSON.stringify({
      type: 'message',
      id: question,
      channelId: 'msteams',
      serviceUrl: town.connectorUrl,
      timestamp: new Date().toISOString(),
      from: { id, name, aadObjectId },
      recipient: { id: town.connector.bot.id, name: 'Helpdesk' },
      conversation: { id: town.connector.personal(people.gent).id, conversationType: 'personal' },
      text: question,
    });
    const head = `POST /api/messages HTTP/1.1\r\nHost: helpdesk\r\nContent-Type: application/json\r\n`;
    return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };

  it('finishes the turn under way, takes no new one, and leaves what was not told to the next start', async () => {
    const [first, second] = ['Wat met de vraag van net voor het stoppen?', 'Wat met de vraag tijdens het stoppen?'];
    const tried = failFirst(Number.POSITIVE_INFINITY, { status: 503 }, toChat('gent'));
    const { port } = new URL(town.url);
    const socket = connect(Number(port), '127.0.0.1');
    let answers = '';
    socket.on('data', (chunk) => {
      answers += String(chunk);
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(request(first));
    // The turn is stored, and its answer refused; it is acknowledged only after the wait for the connector.
    await town.eventually(() => tried.calls > 0);
    const began = performance.now();
    const restarted = town.restart();
    socket.write(request(second));
    await closed;
    expect(answers.match(/^HTTP\/1\.1 (\d+)/gm)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503']);
    await restarted;
    // 5 s for messages under way, and a start.
    expect(performance.now() - began).toBeLessThan(40_000);
    expect(having(chat('gent'), first)).toHaveLength(0);
    town.connector.faults();
    await arrived(() => chat('gent'), first);
    expect(having(chat('gent'), first)).toHaveLength(1);
    expect(having(chat('gent'), second)).toHaveLength(0);
  }, 60_000);
});

describe('stopping while the store is away', () => {
  it('ends all the same, and says who takes up what was not told', { timeout: 60_000 }, async () => {
    town = await openTown();
    failFirst(Number.POSITIVE_INFINITY, { status: 503 }, toChat('gent'));
    await town.teams.say(people.gent, 'Wat met mijn vraag als alles tegelijk misgaat?');
    const other = new DatabaseSync(join(town.folder, 'helpdesk.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    await town.close();
    other.close();
    expect(town.lines.map(({ message }) => message).join()).toContain('could not be handed over');
  });
});

describe('readiness', () => {
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('goes when what is due is late because nobody sweeps, says why in the log, and comes back', async () => {
    const ready = async () => (await fetch(`${town.url}/readyz`)).status;
    const becomes = async (status: number): Promise<void> => {
      const deadline = Date.now() + 30_000;
      while ((await ready()) !== status) {
        if (Date.now() > deadline) throw new Error(`/readyz did not become ${status}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await town.teams.say(people.gent, 'Welke vraag vervalt als niemand iets zegt?');
    expect(await ready()).toBe(200);
    // An instance that has the lease, and does nothing with it.
    const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
    const lease = { pk: 'lease:sweep', id: 'lease:sweep', kind: 'lease' };
    const there = await store.read(lease.pk, lease.id);
    const body = { owner: 'somebody-else', until: Date.now() + 1_000 * 86_400_000 };
    if (there) await store.replace({ ...lease, body }, there.version);
    else await store.create({ ...lease, body });
    // Nobody reacts to the answer for a week, which closes the question.
    town.later(7 * 24);
    await becomes(503);
    expect(JSON.stringify(town.lines)).toMatch(/messages or reminders are \d+ s late/);
    await store.erase(lease.pk);
    store.close();
    await becomes(200);
  }, 90_000);
});

type Ended = { code: number | null; stdout: string; stderr: string };
type Program = { child: ChildProcess; ended: Promise<Ended>; url: Promise<string> };
const started: ChildProcess[] = [];

/** The program as an operator starts it, on a port of its own. */
function run(env: Record<string, string>): Program {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH, HOME, PORT: '0', HELPDESK_MODE: 'local', ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const out = { stdout: '', stderr: '' };
  const url = new Promise<string>((resolve) => {
    child.stdout!.on('data', (chunk) => {
      out.stdout += String(chunk);
      const found = /http:\/\/[\d.]+:\d+/.exec(out.stdout);
      if (found) resolve(found[0]);
    });
  });
  child.stderr!.on('data', (chunk) => {
    out.stderr += String(chunk);
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...out })));
  return { child, ended, url };
}

describe('the program', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-faults-'));
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  /** A folder in which nothing can be made, for the superuser as well. */
  const readOnly = async (): Promise<string> => {
    if (process.getuid?.() === 0) return '/sys/helpdesk';
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o500);
    return join(closed, 'data');
  };

  it('is not ready with nothing in its index', { timeout: 60_000 }, async () => {
    const content = join(folder, 'content');
    await cp('content', content, { recursive: true });
    for (const name of await readdir(join(content, 'faq'))) await rm(join(content, 'faq', name));
    const materials = join(content, 'materials.yaml');
    await writeFile(materials, '[]\n');
    const program = run({ DATA_DIR: join(folder, 'nothing'), CONTENT_DIR: content });
    const answered = await fetch(`${await program.url}/readyz`);
    expect([answered.status, await answered.json()]).toEqual([503, { status: 'not ready' }]);
    program.child.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('the index holds nothing') });
  });

  it('says in English which setting to change, without a stack trace, when it cannot start', {
    timeout: 60_000,
  }, async () => {
    const busy = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => busy.once('listening', resolve));
    const port = String((busy.address() as AddressInfo).port);
    const file = join(folder, 'a-file');
    await writeFile(file, 'no folder');
    const garbage = join(folder, 'garbage');
    await mkdir(garbage);
    await writeFile(join(garbage, 'helpdesk.sqlite'), 'this is not a database at all '.repeat(100));
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const data = join(folder, 'data');
    const cases: [Record<string, string>, RegExp][] = [
      [{ DATA_DIR: await readOnly() }, /DATA_DIR/],
      [{ DATA_DIR: join(file, 'sub') }, /DATA_DIR/],
      [{ DATA_DIR: garbage }, /not an SQLite database.*DATA_DIR/],
      [{ DATA_DIR: data, CONTENT_DIR: join(folder, 'nowhere') }, /CONTENT_DIR/],
      [{ DATA_DIR: data, CONTENT_DIR: empty }, /themes\.yaml.*CONTENT_DIR/s],
      [{ DATA_DIR: data, PORT: port }, new RegExp(`PORT: ${port} is in use`)],
      [{ DATA_DIR: data, PORT: 'web' }, /PORT: must be a number/],
      [{ DATA_DIR: data, HOST: '0.0.0.0' }, /HOST: local mode/],
      [{ DATA_DIR: data, HELPDESK_MODE: 'teams' }, /CLIENT_ID: missing/],
    ];
    const ends = await Promise.all(cases.map(([env]) => run(env).ended));
    for (const [index, { code, stdout, stderr }] of ends.entries()) {
      const [env, sentence] = cases[index]!;
      expect([env, code]).toEqual([env, 1]);
      expect(stderr).toMatch(sentence);
      expect(stderr).toMatch(/^(The helpdesk could not start\.|The settings are not right:)$/m);
      expect(stdout + stderr).not.toMatch(/^\s+at .+:\d+:\d+/m);
    }
    busy.close();
  });

  it('ends cleanly on SIGTERM and SIGINT, while a page is open, and starts again', { timeout: 60_000 }, async () => {
    const data = join(folder, 'ends');
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = run({ DATA_DIR: data });
      const url = await program.url;
      // Somebody who keeps looking at the page must not keep the process alive.
      const page = await fetch(`${url}/playground/events`);
      expect(page.headers.get('content-type')).toContain('text/event-stream');
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      program.child.kill(signal);
      const { code, stderr } = await program.ended;
      expect(code).toBe(0);
      expect(stderr.replace(/^.*ExperimentalWarning.*$|^\(Use .*$/gm, '').trim()).toBe('');
    }
  });
});
