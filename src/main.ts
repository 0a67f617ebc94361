// The only place where everything meets: reads the settings, connects the adapters and starts the helpdesk.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadContent, watchContent } from './adapters/files/content.ts';
import { createLedger } from './adapters/files/ledger.ts';
import { wordOf } from './adapters/files/word.ts';
import { bookOf, csvOf } from './adapters/files/writing.ts';
import { createDashboardDoor, type DashboardDoor } from './adapters/http/dashboard.ts';
import { createRateLimit } from './adapters/http/rate-limit.ts';
import { createServer, listen } from './adapters/http/server.ts';
import { createLog, createTurns } from './adapters/log.ts';
import { createLanguageModel } from './adapters/models/azure-openai.ts';
import { createReranker } from './adapters/models/reranker.ts';
import { createGuard, type Guard } from './adapters/sign-in/connector.ts';
import { createKeySet } from './adapters/sign-in/keys.ts';
import { createSignIn } from './adapters/sign-in/visitor.ts';
import { openStore } from './adapters/storage/open.ts';
import { openReadModel } from './adapters/storage/read-model.ts';
import { createAdapter, createBot } from './adapters/teams/bot.ts';
import { createMessenger } from './adapters/teams/messenger.ts';
import type { Telemetry } from './adapters/telemetry.ts';
import { createDashboard } from './app/figures/dashboard.ts';
import { demonstrate, demonstrationIn, demonstrationSays } from './app/figures/demonstration.ts';
import { hasQualityChannel } from './app/figures/digest.ts';
import { createHelpdesk } from './app/helpdesk.ts';
import { followItems, lastItemNews, withItems } from './app/knowledge/items.ts';
import { answerReloadRequest, createKnowledgeBase, lastReload } from './app/knowledge/knowledge-base.ts';
import { allLearned, relearn } from './app/knowledge/wordings.ts';
import type { Clock, Log, Messenger, Store } from './app/ports.ts';
import { rememberChanged } from './app/questions/earlier.ts';
import { outboxAge } from './app/running/doctor.ts';
import { paced } from './app/running/pace.ts';
import { hearChanges, refreshTopics, stopTopics } from './app/topics/topic-reader.ts';
import { DASHBOARD_OUT } from './build.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { PersonId } from './domain/terms.ts';
import { speak } from './locale/locale.ts';
import { PERSONAS, QUALITY } from './playground/personas.ts';
import { createPlayground, isHere } from './playground/server.ts';

const SWEEP_MS = 2_000;
/** A change is in the figures about this long after it was saved, also when nobody asks for them. */
const FOLLOW_MS = 1_000;
/** What is due is taken up every few seconds; later than this, nobody does. */
const MOST_LATE_MS = 60_000;

/** Visits of the survey from one address; people of one school share theirs. */
const SURVEYS_PER_MINUTE = 60;

export type Running = { url: string; stop: () => Promise<void> };

/** Starts with these settings. Rejects with a sentence for the operator when that is impossible. */
export async function start(
  config: Config,
  clock: Clock = { now: Date.now },
  log: Log = createLog(config.logLevel),
): Promise<Running> {
  speak(config.language);
  const turns = createTurns(log);
  // One process at a time has the file, and goes on with what the one before it was doing.
  const instance = config.store.kind === 'sqlite' ? 'the only one' : randomUUID();
  let telemetry: Telemetry | undefined;
  const opened = await openStore(
    config.store,
    clock,
    (message) => log.error({ message }, 'a stored document is left out'),
    (operation, ru) => {
      turns.charge(operation, ru);
      telemetry?.charge(operation, ru);
    },
  );
  const late = () => outboxAge(opened, clock.now());
  const measured = await observe(config.telemetry, instance, late);
  telemetry = measured.telemetry;
  const store = measured.store(opened);
  // Read before the content is: what is asked from now on is still to be done.
  const asked = await lastReload(store);
  const published = await lastItemNews(store);
  const knowledge = await createKnowledgeBase(
    async () => withItems(await loadContent(config.contentFolder), store),
    (problems) => log.error({ problems }, 'content has mistakes; everything else was loaded'),
    () => allLearned(store, clock.now()),
  );
  if (config.credentials && (await demonstrationIn(store))) {
    store.close();
    throw new Error(
      'DATA_DIR holds demonstration data, which must not be mixed with real questions: use an empty folder',
    );
  }
  const adapter = createAdapter(config.credentials);
  const { clientId = '', tenantId } = config.credentials ?? {};
  const messenger = paced(measured.messenger(createMessenger(adapter, clientId, tenantId)), config.pace);
  const local = config.credentials === undefined;
  const appointed = local ? withPersonas(config.appointed) : config.appointed;
  const measures = openReadModel({
    folder: config.dataFolder,
    store,
    content: knowledge.content,
    clock,
    onFault: (message) => log.error({ message }, 'figures are behind or incomplete'),
  });
  const { person, tenant } = config.rateLimits;
  const limit = person === undefined ? undefined : createRateLimit(person);
  const reranker = config.rerankUrl === undefined ? {} : { reranker: createReranker(config.rerankUrl) };
  const model = config.model === undefined ? {} : { model: createLanguageModel(config.model) };
  const ledger = createLedger(config.ledgerFolder, clock);
  let address = config.publicUrl;
  const publicUrl = () => address;
  const ports = { store, messenger, knowledge, measures, clock, log, ledger, publicUrl, ...reranker, ...model };
  const { terms } = config;
  const helpdesk = createHelpdesk(ports, appointed, { limit, instance, terms });
  const answer = createBot(adapter, helpdesk, log);
  const bot: typeof answer = (request) => turns.run(() => measured.turn(() => answer(request)));
  const keys = config.credentials && createKeySet({ address: config.credentials.openIdMetadata, clock, log });
  const door = config.credentials && keys ? createGuard({ ...config.credentials, keys, clock, log }) : localDoor;

  const perTenant = tenant === undefined ? undefined : createRateLimit(tenant);
  const tooMany = async (body: unknown) => {
    const { conversation } = body as { conversation?: { tenantId?: unknown } };
    const pace = await perTenant?.(String(conversation?.tenantId));
    if (pace === 'first-too-many') log.warn({ tenant }, 'a tenant sends more than RATE_LIMIT_PER_TENANT a minute');
    return pace === undefined || pace === 'fine' ? undefined : { status: 429, error: 'too many requests' };
  };
  const signIn =
    config.credentials &&
    createSignIn({
      ...config.credentials,
      clientId: config.credentials.tabClientId,
      keys: createKeySet({ address: config.credentials.signInMetadata, clock, log }),
      clock,
      log,
    });
  const dashboard = createDashboardDoor({
    tasks: createDashboard(ports, appointed),
    signIn: signIn ? ({ headers }) => signIn(headers.authorization) : asPersona,
    folder: join(import.meta.dirname, '..', DASHBOARD_OUT),
    framed: !local,
    files: { csv: csvOf, xlsx: bookOf, docx: wordOf },
    log,
  });

  let settled = !local;
  let stopping = false;
  const load = () => demonstrate({ store, content: knowledge.content(), now: clock.now(), seed: '1', schoolYears: 2 });
  const playground = local
    ? createPlayground({ log, demonstrate: async () => demonstrationSays(await load()) })
    : undefined;
  const server = createServer({
    messages: async ({ authorization, body }) => {
      // On a connection that was open already; the platform sends it again, to whoever is there then.
      if (stopping) return { status: 503, body: { error: 'stopping, send it again' } };
      const refused = (await door(authorization, body)) ?? (await tooMany(body));
      return refused ? { status: refused.status, body: { error: refused.error } } : bot({ body });
    },
    ready: async () => {
      if (stopping) throw new Error('the helpdesk is stopping');
      if (!settled) throw new Error('the playground is still being set up');
      if (knowledge.content().items.length === 0) throw new Error('the index holds nothing: see CONTENT_DIR');
      await store.health();
      const ms = await late();
      if (ms > MOST_LATE_MS) throw new Error(`messages or reminders are ${Math.round(ms / 1_000)} s late`);
      await keys?.ready();
    },
    dashboard,
    survey: { open: helpdesk.openSurvey, fill: helpdesk.fillSurvey, limit: createRateLimit(SURVEYS_PER_MINUTE) },
    retentionDays: terms.texts,
    ...(config.proxies ? { proxies: config.proxies } : {}),
    ...(playground ? { root: playground.router } : {}),
    log,
  });
  const listening = await listen(server, config.port, config.host);
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = `http://${host}:${listening.port}`;
  if (local) address ??= url;

  await helpdesk.recover();
  const stopSweeping = repeat(
    SWEEP_MS,
    async () => {
      // What is left when the process stops is for the next one, or for another instance.
      while ((await helpdesk.sweep()) && !stopping);
    },
    log,
  );
  // What people confirmed, asked and answered on another instance comes by with every other change.
  hearChanges(ports, async (changed) => {
    await relearn(ports, changed);
    await rememberChanged(ports, changed);
  });
  const stopReading = repeat(SWEEP_MS, () => refreshTopics(ports, { keeps: true }), log);
  const stopCounting = repeat(FOLLOW_MS, measures.follow, log);
  let reloadedAt = asked;
  let followed = published;
  const stopReloading = repeat(
    SWEEP_MS,
    async () => {
      const { since, reloaded } = await answerReloadRequest(store, clock, knowledge, reloadedAt, instance);
      reloadedAt = since;
      followed = await followItems(store, knowledge, followed);
      if (reloaded) log.info(reloaded, reloaded.problems.length > 0 ? 'content was not replaced' : 'content reloaded');
    },
    log,
  );
  const stopWatching = local ? watchContent(config.contentFolder, () => void reloadNow()) : () => undefined;
  async function reloadNow(): Promise<void> {
    const { items, problems } = await knowledge.reload();
    if (problems.length > 0) log.error({ problems }, 'content was not replaced');
    else log.info({ items }, 'content reloaded');
  }

  if (playground) {
    const unregistered: string[] = [];
    for (const { id } of knowledge.content().services) {
      if (!(await store.read(`channel:${id}`, `channel:${id}`))) unregistered.push(id);
    }
    if (!(await hasQualityChannel(store))) unregistered.push('kwaliteit');
    await playground.start(url, unregistered);
    settled = true;
  }
  return {
    url,
    stop: async () => {
      stopping = true;
      stopTopics({ store });
      stopWatching();
      playground?.close();
      // Turns under way are finished; only then what they set going.
      await listening.close();
      await Promise.all([stopSweeping(), stopReading(), stopReloading(), stopCounting()]);
      await helpdesk.stop().catch((error: unknown) => {
        log.error({ error: String(error) }, 'what was not told could not be handed over; others take it up in 20 s');
      });
      await measures.close();
      await telemetry?.stop();
      store.close();
    },
  };
}

type Measured = {
  telemetry: Telemetry | undefined;
  store: (store: Store) => Store;
  messenger: (messenger: Messenger) => Messenger;
  turn: <T extends { status: number }>(task: () => Promise<T>) => Promise<T>;
};

/** Loads and starts telemetry where it is wanted; without it everything stays as it is, and costs nothing. */
async function observe(endpoint: string | undefined, name: string, late: () => Promise<number>): Promise<Measured> {
  if (!endpoint) {
    return { telemetry: undefined, store: (same) => same, messenger: (same) => same, turn: (task) => task() };
  }
  const { measuredMessenger, measuredStore, startTelemetry } = await import('./adapters/telemetry.ts');
  const telemetry = startTelemetry(endpoint, name, late);
  return {
    telemetry,
    store: (store) => measuredStore(store, telemetry),
    messenger: (messenger) => measuredMessenger(messenger, telemetry),
    turn: (task) => telemetry.measure('turn', task, ({ status }) => String(status)),
  };
}

/** Who looks at the dashboard in local mode: the quality team, or the persona named in the address. */
const asPersona: DashboardDoor['signIn'] = async (request) => {
  if (!isHere(request)) return { status: 403 };
  const wanted = request.query.viewer ?? QUALITY.key;
  const persona = PERSONAS.find(({ key }) => key === wanted);
  return persona ? { visitor: { person: persona.aadObjectId as PersonId, name: persona.name } } : { status: 401 };
};

/** In local mode the personas of the playground have the roles that their names say. */
function withPersonas({ administrators, quality }: Config['appointed']): Config['appointed'] {
  const ids = (kind: string) =>
    PERSONAS.filter((persona) => persona.kind === kind).map(({ aadObjectId }) => aadObjectId);
  return {
    administrators: new Set([...administrators, ...ids('administrator')]),
    quality: new Set([...quality, ...ids('quality')]),
  };
}

/** Local mode skips sign-in, so it talks to connectors on this machine and to no other. */
const localDoor: Guard = async (_authorization, body) => {
  const { serviceUrl } = (body ?? {}) as { serviceUrl?: unknown };
  const here = typeof serviceUrl === 'string' && URL.canParse(serviceUrl) && new URL(serviceUrl).hostname;
  if (here && ['127.0.0.1', 'localhost', '[::1]'].includes(here)) return undefined;
  return { status: 403, error: 'local mode answers this machine only' };
};

/** Runs a task again and again, never twice at once; the returned function stops it and waits for a run under way. */
function repeat(every: number, task: () => Promise<void>, log: Log): () => Promise<void> {
  let stopped = false;
  let wake = () => {};
  const running = (async () => {
    while (!stopped) {
      try {
        await task();
      } catch (error) {
        log.error({ error: String(error) }, 'background work failed; it is tried again');
      }
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return () => {
    stopped = true;
    wake();
    return running;
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const config = readConfig(undefined, process.argv.includes('--local'));
    const running = await start(config);
    if (!config.credentials) {
      console.log(
        `No credentials are configured: local mode, this machine only.\nOpen ${running.url}/ to talk to the helpdesk in the playground.`,
      );
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        void running.stop().then(
          () => process.exit(0),
          (error: unknown) => {
            console.error(`The helpdesk did not stop in good order: ${error instanceof Error ? error.message : error}`);
            process.exit(1);
          },
        );
      });
    }
  } catch (error) {
    const lines = error instanceof Error ? error.message : String(error);
    console.error(
      error instanceof ConfigError
        ? `The settings are not right:\n${lines}`
        : `The helpdesk could not start.\n${lines}`,
    );
    process.exit(1);
  }
}
