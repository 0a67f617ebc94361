// The store of documents in one Azure Cosmos DB container. Knows items and JSON, never what a document means.

import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContainerDefinition, CosmosClient, type CosmosClientOptions } from '@azure/cosmos';
import type { Clock, Store, Stored } from '../../app/ports.ts';
import { decode, encode, type Item, type Kept, MAX_ID_BYTES, stored, toItem, versionOf } from './cosmos-items.ts';
import { atLeastOne, atTheEnd, CHANGED, conditions, settledAt, toPass } from './cosmos-queries.ts';

const PAGE_SIZE = 100;
/** A version that fits no document. */
const SUPERSEDED = 'superseded';

/** What the container must be; infra/ deploys the same. The body is never searched, so it is not indexed. */
export const CONTAINER = {
  partitionKey: { paths: ['/pk'] },
  indexingPolicy: {
    includedPaths: [{ path: '/*' }],
    excludedPaths: [{ path: '/body/*' }, { path: '/json/?' }, { path: '/writes/*' }],
    compositeIndexes: [
      [
        { path: '/changedAt', order: 'ascending' },
        { path: '/key', order: 'ascending' },
      ],
      [
        { path: '/due', order: 'ascending' },
        { path: '/key', order: 'ascending' },
      ],
    ],
  },
} as const;

type Charged = { requestCharge: number };
type Options = { abortSignal: AbortSignal };

export type CosmosSettings = {
  endpoint: string;
  /** Of an emulator. An account is opened with a `credential`, as its keys are switched off. */
  key?: string;
  credential?: NonNullable<CosmosClientOptions['aadCredentials']>;
  database: string;
  container: string;
  clock: Clock;
  /** Told the request units of every answer, a refusal too. */
  onCharge?: (operation: string, ru: number) => void;
  /** Milliseconds an operation may take, retries included; 5,000 unless told. */
  patience?: number;
};

/**
 * Opens an existing container; rejects with an Error for operators when it is not there, not as `CONTAINER` says or
 * not reachable. Clocks of instances may differ by 20 s. Needs a single write region, and an account whose default
 * consistency is strong or bounded staleness: a weaker one may show a writer in doubt an older document.
 *
 * A write that got no answer is looked up before anything is said about it, and sent again while it is not there.
 * When that does not settle it in time it rejects: nothing is known then, as after a crash.
 */
export async function openCosmos(settings: CosmosSettings): Promise<Store> {
  const { endpoint, key, credential, clock, onCharge, patience = 5_000 } = settings;
  const client = new CosmosClient({
    endpoint,
    ...(key !== undefined && { key }),
    ...(credential && { aadCredentials: credential }),
    connectionPolicy: {
      requestTimeout: patience / 2,
      // An emulator names an address of its own, that is not always the one to reach it at.
      enableEndpointDiscovery: credential !== undefined,
      enableBackgroundEndpointRefreshing: credential !== undefined,
      // 0: the wait that the service asks for.
      retryOptions: {
        maxRetryAttemptCount: 9,
        fixedRetryIntervalInMilliseconds: 0,
        maxWaitTimeInSeconds: patience / 1_000,
      },
    },
  });
  const container = client.database(settings.database).container(settings.container);
  const deadlineFromNow = () => performance.now() + patience;
  const pause = () => sleep(patience / 100 + (Math.random() * patience) / 50);

  /** One request, cut off at the deadline whatever the client library is waiting for. */
  async function ask<T extends Charged>(operation: string, deadline: number, send: (options: Options) => Promise<T>) {
    const controller = new AbortController();
    const { promise: cutOff, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => {
        controller.abort();
        reject(new Error('no answer before the deadline'));
      },
      Math.max(0, deadline - performance.now()),
    );
    try {
      const response = await Promise.race([Promise.try(send, { abortSignal: controller.signal }), cutOff]);
      onCharge?.(operation, response.requestCharge);
      return response;
    } catch (error) {
      const charge = Number((error as { headers?: Record<string, string> }).headers?.['x-ms-request-charge']);
      if (charge > 0) onCharge?.(operation, charge);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** For requests that may be carried out twice. */
  async function insist<T extends Charged>(
    operation: string,
    send: (options: Options) => Promise<T>,
    deadline = deadlineFromNow(),
  ): Promise<T> {
    for (;;) {
      try {
        return await ask(operation, deadline, send);
      } catch (error) {
        if (!isInDoubt(error) || performance.now() > deadline) throw explain(settings, operation, error);
      }
      await pause();
    }
  }

  async function find(pk: string, id: string, deadline?: number): Promise<Kept | undefined> {
    const encoded = encode(id);
    if (encoded.length > MAX_ID_BYTES) return undefined;
    const send = (options: Options) => container.item(encoded, pk).read<Kept>(options);
    return (await insist('read', send, deadline)).resource;
  }

  async function query<T>(operation: string, text: string, values: Record<string, string | number>, pk?: string) {
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const send = (options: Options) =>
      container.items
        .query<T>({ query: text, parameters }, { ...options, ...(pk !== undefined && { partitionKey: pk }) })
        .fetchAll();
    return (await insist(operation, send)).resources;
  }

  /**
   * Sends a write until it is settled. `lost` says from what is there, and the refusal, that it cannot happen any more.
   * A refusal alone proves nothing: the client library may have sent the write twice, and been refused by itself.
   */
  async function write<Lost>(
    operation: string,
    item: Item,
    send: (options: Options) => Promise<Charged & { etag: string }>,
    lost: (found: Kept | undefined, refusal: unknown) => Lost | undefined,
  ): Promise<{ version: string } | Lost> {
    const deadline = deadlineFromNow();
    for (;;) {
      let fault: unknown;
      try {
        const { etag } = await ask(operation, deadline, send);
        return { version: versionOf({ ...item, _etag: etag }) };
      } catch (error) {
        if (!isInDoubt(error) && ![404, 409, 412].includes(codeOf(error))) throw explain(settings, operation, error);
        fault = error;
      }
      const found = await find(item.pk, decode(item.id), deadline);
      // When somebody wrote after us, our version is that document's former one: it fits nothing, as it should.
      const place = found?.writes.indexOf(item.writes[0] ?? '') ?? -1;
      if (found && place >= 0) return { version: place === 0 ? versionOf(found) : SUPERSEDED };
      const outcome = lost(found, fault);
      if (outcome !== undefined) return outcome;
      if (performance.now() > deadline) throw explain(settings, operation, fault);
      await pause();
    }
  }

  const store: Store = {
    async read(pk, id) {
      const found = await find(pk, id);
      return found && stored(found);
    },

    async create(doc) {
      const item = toItem(doc, clock.now(), []);
      const result = await write(
        'create',
        item,
        (options) => container.items.create(item, options),
        (found) => (found ? { outcome: 'exists' as const } : undefined),
      );
      return 'version' in result ? { outcome: 'created', version: result.version } : result;
    },

    async replace(doc, version) {
      const [read, ...earlier] = version.split(' ');
      // An empty condition would be none.
      const etag = read || SUPERSEDED;
      const item = toItem(doc, clock.now(), earlier);
      const accessCondition = { type: 'IfMatch', condition: etag };
      const result = await write(
        'replace',
        item,
        (options) => container.item(item.id, item.pk).replace(item, { ...options, accessCondition }),
        (found, refusal) => {
          if (found) return found._etag === etag ? undefined : { outcome: 'stale' as const };
          return codeOf(refusal) === 404 ? { outcome: 'missing' as const } : undefined;
        },
      );
      return 'version' in result ? { outcome: 'saved', version: result.version } : result;
    },

    async list(filter, { cursor, limit = PAGE_SIZE } = {}) {
      const { where, values, order } = conditions(filter, cursor);
      const found = await query<Kept>(
        'list',
        `SELECT TOP ${atLeastOne(limit) + 1} * FROM c WHERE ${where} ORDER BY c.${order}, c.key`,
        values,
      );
      const last = found.length > limit ? found[limit - 1] : undefined;
      const docs = found.slice(0, limit).map(stored);
      return last ? { docs, next: `${last[order]}/${last.key}` } : { docs };
    },

    async changes(since, limit) {
      const pass = toPass(since, clock.now());
      const seen = new Map(pass.seen);
      const docs: Stored[] = [];
      while (docs.length < atLeastOne(limit)) {
        const page = await query<Kept>(
          'changes',
          `SELECT TOP ${limit} * FROM c WHERE ${CHANGED} ORDER BY c.changedAt, c.key`,
          { at: pass.at, key: pass.key, from: pass.from },
        );
        for (const item of page) {
          if (docs.length === limit) break;
          pass.at = item.changedAt;
          pass.key = item.key;
          pass.committed = Math.max(pass.committed, item._ts);
          const print = hash('sha256', item.key + item._etag, 'base64url').slice(0, 10);
          if (seen.has(print)) continue;
          docs.push(stored(item));
          if (item.changedAt >= settledAt(pass)) seen.set(print, item.changedAt);
        }
        if (page.length < limit) return { docs, since: atTheEnd(pass, seen) };
      }
      return { docs, since: JSON.stringify({ ...pass, seen: [...seen] }) };
    },

    async erase(pk) {
      for (;;) {
        const found = await query<{ id: string }>('erase', 'SELECT TOP 50 c.id FROM c WHERE c.pk = @pk', { pk }, pk);
        if (found.length === 0) return;
        await Promise.all(
          found.map(({ id }) =>
            insist('erase', (options) =>
              container
                .item(id, pk)
                .delete(options)
                .catch((error) => {
                  if (codeOf(error) !== 404) throw error;
                  return { requestCharge: 0 };
                }),
            ),
          ),
        );
      }
    },

    async health() {
      // In no list and no change for want of a kind and a time of change, and under an id that no document gets.
      const item = { id: '~health', pk: '~health', checkedAt: clock.now() };
      await insist('health', (options) => container.items.upsert(item, options));
    },

    close: () => client.dispose(),
  };

  try {
    const { resource } = await insist('open', (options) => container.read(options));
    check(settings, resource);
    return store;
  } catch (error) {
    client.dispose();
    throw error;
  }
}

/** Makes database and container where they are missing. In an emulator only: an account gets them from infra/. */
export async function createContainer(settings: Pick<CosmosSettings, 'endpoint' | 'key' | 'database' | 'container'>) {
  const { endpoint, key, database: id, container } = settings;
  const client = new CosmosClient({
    endpoint,
    ...(key !== undefined && { key }),
    connectionPolicy: { enableEndpointDiscovery: false },
  });
  try {
    const { database } = await client.databases.createIfNotExists({ id });
    await database.containers.createIfNotExists({
      id: container,
      partitionKey: { paths: [...CONTAINER.partitionKey.paths] },
      indexingPolicy: {
        includedPaths: [...CONTAINER.indexingPolicy.includedPaths],
        excludedPaths: [...CONTAINER.indexingPolicy.excludedPaths],
        compositeIndexes: CONTAINER.indexingPolicy.compositeIndexes.map((index) => [...index]),
      },
    });
  } catch (error) {
    throw explain({ ...settings, clock: { now: Date.now } }, 'create container', error);
  } finally {
    client.dispose();
  }
}

function check({ container }: CosmosSettings, found: ContainerDefinition | undefined): void {
  const paths = (indexes: readonly (readonly { path: string }[])[] = []) =>
    indexes.map((index) => index.map(({ path }) => path).join());
  const present = paths(found?.indexingPolicy?.compositeIndexes);
  const missing = paths(CONTAINER.indexingPolicy.compositeIndexes).filter((index) => !present.includes(index));
  if (found?.partitionKey?.paths.join() !== '/pk' || missing.length > 0) {
    throw new Error(`COSMOS_CONTAINER ${container} lacks the partition key /pk or an index. Deploy infra/ again.`);
  }
}

const codeOf = (error: unknown) => Number((error as { code?: unknown }).code);

/** True when the service may or may not have carried out the request: anything but its clear refusal. */
function isInDoubt(error: unknown): boolean {
  const code = codeOf(error);
  return !(code >= 400 && code < 500) || [408, 410, 449].includes(code);
}

/** The same fault as a sentence for operators. Holds nothing of a document. */
function explain({ database, container, patience = 5_000 }: CosmosSettings, operation: string, error: unknown): Error {
  const code = codeOf(error);
  const say = (text: string) => new Error(text, { cause: error });
  if (code === 429) {
    return say(`Cosmos DB is busy: no room for "${operation}" in time (429). Raise the container's throughput.`);
  }
  if (code === 401 || code === 403) {
    return say(
      `COSMOS_ENDPOINT refuses this identity (${code}). Give it the role Cosmos DB Built-in Data Contributor.`,
    );
  }
  if (code === 404) {
    return say(
      `There is no container ${container} in database ${database}. Deploy infra/ or correct COSMOS_CONTAINER.`,
    );
  }
  if (isInDoubt(error)) {
    return say(`Cosmos DB did not confirm "${operation}" in ${patience} ms. Check COSMOS_ENDPOINT and the network.`);
  }
  return say(`Cosmos DB refused "${operation}" (${code}).`);
}
