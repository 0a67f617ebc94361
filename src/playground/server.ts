// Serves the playground in local mode: the page, the connector that the bot calls, and what the page asks on behalf of a persona. Knows nothing of the bot but its messages endpoint.

import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod/v4';
import { cardOf, createConnector, type Message } from './connector.ts';
import { ADMINISTRATOR, PERSONAS, type Persona, PLAYGROUND_TENANT, SERVICE_CHANNELS } from './personas.ts';
import { createTeams, type Dialog, type Outcome, type Teams } from './teams.ts';

type Log = { info(fields: object, message: string): void; warn(fields: object, message: string): void };

/** A message as one viewer sees it, for the page. */
export type MessageView = {
  id: string;
  thread?: string;
  from: { name: string; bot: boolean; mine: boolean };
  /** Milliseconds since the epoch. */
  at: number;
  edited: boolean;
  text?: string;
  markdown: boolean;
  card?: object;
};
/** Pushed to every open page. `place` is the key of a persona (their chat) or the id of a channel. */
export type PageEvent = {
  kind: 'posted' | 'updated' | 'deleted' | 'typing';
  place: string;
  id?: string;
  thread?: string;
  bot?: boolean;
  summary?: string;
};
/** The answer to a press. A dialog is pressed further by its `id`. */
export type PageOutcome = {
  kind: Outcome['kind'];
  text?: string;
  code?: string;
  dialog?: { id: string; title: string; card: object; width?: unknown };
  message?: MessageView;
};
export type PagePeople = {
  bot: string;
  personas: { key: string; kind: Persona['kind']; name: string }[];
  channels: { id: string; name: string; members: string[] }[];
};

export type Playground = {
  router: Router;
  /**
   * Starts talking to the bot at `url` (its root, where `router` is mounted too). For each of `services` the
   * administrator then says in its channel that it is the advisors' channel. Never rejects; logs what fails.
   */
  start(url: string, services: Iterable<string>): Promise<void>;
  /** Ends the event streams, so that the server can close. */
  close(): void;
};

const PAGE = import.meta.dirname;
const CARDS = dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json'));
const SCRIPTS = /^page(-[a-z]+)?\.ts$/;
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_PEERS = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A page that leaves dialogs open forgets the oldest above this number. */
const OPEN_DIALOGS = 50;
const START_TRIES = 60;

/** True for this machine, and only for pages of this server: another site in the same browser is refused. */
export function isHere(req: Request): boolean {
  const host = req.headers.host ?? '';
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  const origin = req.headers.origin;
  return (
    LOOPBACK_HOSTS.has(name) &&
    LOOPBACK_PEERS.has(req.socket.remoteAddress ?? '') &&
    (origin === undefined || origin === `http://${host}`)
  );
}

function onlyHere(req: Request, res: Response, next: NextFunction): void {
  if (isHere(req)) next();
  else res.status(403).json({ error: 'The playground answers only pages of its own on this machine.' });
}

/** The playground. Mount `router` at the root, beside the bot's /api/messages; it takes `/` and `/playground/…` only. */
export function createPlayground(options: {
  personas?: readonly Persona[];
  /** Loads demonstration data and says in a sentence what came of it. */
  demonstrate?: () => Promise<string>;
  log: Log;
}): Playground {
  const personas = [...(options.personas ?? PERSONAS)];
  const channels = [...SERVICE_CHANNELS];
  const connector = createConnector({ members: personas, channels, tenantId: PLAYGROUND_TENANT });
  let started: Teams | undefined;
  const installed = new Map<string, Promise<void>>();
  const cleared = new Map<string, number>();
  const dialogs = new Map<string, { dialog: Dialog; viewer: Persona; message: Message }>();
  const pages = new Set<Response>();
  let opened = 0;

  const placeName = (conversation: string) => {
    const found = connector.conversation(conversation)!;
    return found.kind === 'channel' ? found.id : personas.find((one) => one.id === found.member.id)!.key;
  };
  const push = (event: PageEvent) => {
    for (const page of pages) page.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  connector.onChange((change) => {
    if (change.kind === 'typing') return push({ kind: 'typing', place: placeName(change.conversation) });
    const { message } = change;
    push({
      kind: change.kind,
      place: placeName(message.conversation),
      id: message.id,
      ...(message.thread === undefined ? {} : { thread: message.thread }),
      bot: message.from === connector.bot.id,
      summary: message.activity.summary ?? '',
    });
  });

  class Refused extends Error {}

  function clients(): Teams {
    if (!started) throw new Refused('the bot is still starting');
    return started;
  }

  function seat(key: string, place: string): { viewer: Persona; conversation: string } {
    const viewer = personas.find((one) => one.key === key);
    if (!viewer) throw new Refused(`there is no persona ${key}`);
    const conversation = place === key ? connector.personal(viewer) : connector.conversation(place);
    if (!conversation || !connector.roster(conversation).includes(viewer)) {
      throw new Refused(`${key} is not in ${place}`);
    }
    return { viewer, conversation: conversation.id };
  }

  function messageIn(conversation: string, id: string): Message {
    const message = connector.message(conversation, id);
    if (!message || message.deleted) throw new Refused(`there is no message ${id}`);
    return message;
  }

  async function view(viewer: Persona, message: Message): Promise<MessageView> {
    const bot = message.from === connector.bot.id;
    const card = cardOf(message.activity) && (await clients().open(viewer, message));
    return {
      id: message.id,
      ...(message.thread === undefined ? {} : { thread: message.thread }),
      from: {
        name: bot ? connector.bot.name : (personas.find((one) => one.id === message.from)?.name ?? ''),
        bot,
        mine: message.from === viewer.id,
      },
      at: message.at,
      edited: message.history.length > 0,
      ...(message.activity.text ? { text: message.activity.text } : {}),
      markdown: bot && message.activity.textFormat !== 'plain',
      ...(card ? { card } : {}),
    };
  }

  /** In Teams the bot is installed before a chat can be opened; a failed install is tried again at the next look. */
  function installFor(viewer: Persona): Promise<void> {
    const known = installed.get(viewer.key);
    if (known) return known;
    const installing = clients().install(viewer);
    installed.set(viewer.key, installing);
    installing.catch(() => installed.delete(viewer.key));
    return installing;
  }

  async function outcomeFor(viewer: Persona, message: Message, outcome: Outcome): Promise<PageOutcome> {
    if (outcome.kind === 'dialog') {
      const { dialog } = outcome;
      const known = [...dialogs].find(([, one]) => one.dialog === dialog)?.[0];
      const id = known ?? String(++opened);
      dialogs.set(id, { dialog, viewer, message });
      for (const old of [...dialogs.keys()].slice(0, -OPEN_DIALOGS)) dialogs.delete(old);
      return { kind: 'dialog', dialog: { id, title: dialog.title, card: dialog.card, width: dialog.width } };
    }
    if (outcome.kind === 'text') return { kind: 'text', text: outcome.text };
    if (outcome.kind === 'error') return { kind: 'error', code: outcome.code, text: outcome.text };
    if (outcome.kind !== 'card') return { kind: outcome.kind };
    push({ kind: 'updated', place: placeName(message.conversation), id: message.id });
    return { kind: 'card', message: await view(viewer, message) };
  }

  const inner = Router();
  inner.use('/connector', connector.router);
  inner.use(express.json({ limit: '256kb' }));

  /** A door for the page: parsed by `schema`, refusals are 400, a bot that does not answer is 502. */
  function door<Shape extends z.ZodType>(path: string, schema: Shape, act: (body: z.infer<Shape>) => Promise<unknown>) {
    inner.post(path, async (req, res) => {
      const parsed = schema.safeParse(req.body);
      if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
      try {
        res.json((await act(parsed.data)) ?? {});
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (!(error instanceof Refused))
          options.log.warn({ path, reason: message }, 'playground: the bot did not answer');
        res.status(error instanceof Refused ? 400 : 502).json({ error: message });
      }
    });
  }

  const who = z.object({ viewer: z.string(), place: z.string() });
  const pressed = {
    action: z.object({
      type: z.string(),
      id: z.string().optional(),
      title: z.string().optional(),
      verb: z.string().optional(),
      data: z.unknown(),
      associatedInputs: z.string().optional(),
    }),
    inputs: z.record(z.string(), z.string()),
  };

  door('/open', who, async ({ viewer: key, place }) => {
    const { viewer, conversation } = seat(key, place);
    if (place === key) await installFor(viewer);
    const all = connector.conversation(conversation)!.messages.slice(cleared.get(`${key} ${place}`) ?? 0);
    return Promise.all(all.filter((message) => !message.deleted).map((message) => view(viewer, message)));
  });
  door('/look', who.extend({ message: z.string() }), async ({ viewer: key, place, message }) => {
    const { viewer, conversation } = seat(key, place);
    const found = connector.message(conversation, message);
    // It may be gone again by the time that the page looks.
    return found && !found.deleted ? view(viewer, found) : {};
  });
  door(
    '/say',
    who.extend({ text: z.string().trim().min(1).max(100_000), thread: z.string().optional() }),
    async ({ viewer: key, place, text, thread }) => {
      const { viewer, conversation } = seat(key, place);
      if (place === key) await clients().say(viewer, text);
      else {
        const where = thread === undefined ? conversation : `${conversation};messageid=${thread}`;
        await clients().say(viewer, text, where, { mention: new RegExp(`^@${connector.bot.name}\\b`, 'i').test(text) });
      }
    },
  );
  door(
    '/press',
    who.extend({ message: z.string(), ...pressed }),
    async ({ viewer: key, place, message: id, ...rest }) => {
      const { viewer, conversation } = seat(key, place);
      const message = messageIn(conversation, id);
      return outcomeFor(viewer, message, await clients().perform(viewer, message, rest.action, rest.inputs));
    },
  );
  const asking = { dataset: z.string().max(60), text: z.string().max(200) };
  door('/act', who.extend({ message: z.string() }), async ({ viewer: key, place, message: id }) => {
    const { viewer, conversation } = seat(key, place);
    const message = messageIn(conversation, id);
    return outcomeFor(viewer, message, await clients().act(viewer, message, 'registerMessage'));
  });
  door(
    '/choices',
    who.extend({ message: z.string(), ...asking }),
    async ({ viewer: key, place, message: id, dataset, text }) => {
      const { viewer, conversation } = seat(key, place);
      return clients().choices(viewer, messageIn(conversation, id), dataset, text);
    },
  );
  door('/dialog-choices', z.object({ dialog: z.string(), ...asking }), async ({ dialog: id, dataset, text }) => {
    const open = dialogs.get(id);
    if (!open) throw new Refused(`there is no dialog ${id}`);
    return clients().choices(open.viewer, open.message, dataset, text);
  });
  door('/search', who.extend({ text: z.string().max(200) }), async ({ viewer: key, place, text }) => {
    const { viewer } = seat(key, place);
    return clients().search(viewer, text);
  });
  door('/insert', who.extend({ card: z.record(z.string(), z.unknown()) }), async ({ viewer: key, place, card }) => {
    const { viewer, conversation } = seat(key, place);
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
    connector.post(conversation, viewer.id, { type: 'message', attachments });
  });
  door('/dialog', z.object({ dialog: z.string(), ...pressed }), async ({ dialog: id, action, inputs }) => {
    const open = dialogs.get(id);
    if (!open) throw new Refused(`there is no dialog ${id}`);
    const outcome = await open.dialog.perform(action, inputs);
    if (outcome.kind !== 'dialog' && outcome.kind !== 'error') dialogs.delete(id);
    return outcomeFor(open.viewer, open.message, outcome);
  });
  door('/demonstrate', z.object({}), async () => {
    if (!options.demonstrate) throw new Refused('there are no demonstration data here');
    return { text: await options.demonstrate() };
  });
  door('/reset', who, async ({ viewer: key, place }) => {
    const { conversation } = seat(key, place);
    cleared.set(`${key} ${place}`, connector.conversation(conversation)!.messages.length);
  });

  inner.get('/people', (_req, res) => {
    const people: PagePeople = {
      bot: connector.bot.name,
      personas: personas.map(({ key, kind, name }) => ({ key, kind, name })),
      channels: channels.map(({ id, name, members }) => ({
        id,
        name,
        members: personas.filter((one) => members.includes(one.aadObjectId)).map((one) => one.key),
      })),
    };
    res.json(people);
  });
  inner.get('/events', (req, res) => {
    res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    res.flushHeaders();
    res.write('retry: 1000\n\n');
    pages.add(res);
    req.on('close', () => pages.delete(res));
  });
  inner.get('/page.css', (_req, res) => res.sendFile(join(PAGE, 'page.css')));
  inner.get('/adaptivecards.js', (_req, res) => res.sendFile(join(CARDS, 'dist', 'adaptivecards.min.js')));
  inner.get('/:script', async (req, res, next) => {
    if (!SCRIPTS.test(req.params.script)) return next();
    const source = await readFile(join(PAGE, req.params.script), 'utf8');
    res.type('text/javascript').send(stripTypeScriptTypes(source));
  });
  inner.use((_req, res) => void res.status(404).json({ error: 'The playground has nothing here.' }));

  const guarded = [
    onlyHere,
    (_req: Request, res: Response, next: NextFunction) => {
      res.set({
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      });
      next();
    },
  ];
  const router = Router();
  router.get('/', ...guarded, (_req, res) => res.sendFile(join(PAGE, 'page.html')));
  router.use('/playground', ...guarded, inner);

  return {
    router,
    async start(url, services) {
      const connectorUrl = `${url}/playground/connector`;
      const teams = createTeams({ botUrl: `${url}/api/messages`, connectorUrl, connector });
      started = teams;
      const wanted = new Set(services);
      for (const channel of channels.filter((one) => wanted.has(one.service))) {
        try {
          await eventually(() => teams.install(ADMINISTRATOR, channel.id));
          await teams.say(ADMINISTRATOR, `@${connector.bot.name} ${channel.says}`, channel.id);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          options.log.warn(
            { channel: channel.name, reason },
            'playground: the channel could not be made an advisors channel',
          );
        }
      }
    },
    close() {
      for (const page of pages) page.end();
    },
  };
}

/** Tries again every half second while the bot is still starting. */
async function eventually(act: () => Promise<void>): Promise<void> {
  for (let left = START_TRIES; ; left--) {
    try {
      return await act();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((wake) => setTimeout(wake, 500));
    }
  }
}
