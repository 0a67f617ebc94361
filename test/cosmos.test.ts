// The Cosmos DB store under the contract of every store, against a stand-in from npm behind a proxy that fails on purpose.

import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { CosmosClient } from '@azure/cosmos';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTAINER, type CosmosSettings, openCosmos } from '../src/adapters/storage/cosmos.ts';
import type { Clock, Store, StoredDoc } from '../src/app/ports.ts';
import { storeContract } from './store-contract.ts';

const EMULATOR_KEY = Buffer.from('the emulator takes any key').toString('base64');
const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const makeContainer = async (
  endpoint: string,
  container: string,
  definition: object = CONTAINER,
  key = EMULATOR_KEY,
) => {
  const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
  const { database } = await client.databases.createIfNotExists({ id: 'helpdesk' });
  await database.containers.createIfNotExists({ id: container, ...definition });
  client.dispose();
};

const placeAt = async (endpoint: string, key: string, clock: Clock, stop: () => void) => {
  await makeContainer(endpoint, 'documents', CONTAINER, key);
  return {
    open: () => openCosmos({ endpoint, key, database: 'helpdesk', container: 'documents', clock }),
    dispose: async () => stop(),
  };
};
storeContract(
  'Cosmos DB in the emulator from npm',
  async (clock) => {
    const server = createHttpServer();
    return placeAt(await listen(server), EMULATOR_KEY, clock, () => server.close());
  },
  { lasting: true, runs: 15 },
);
// The same promises against a real account or Microsoft's own emulator, for who has one.
const { COSMOS_ENDPOINT, COSMOS_KEY } = process.env;
if (COSMOS_ENDPOINT && COSMOS_KEY) {
  storeContract('Cosmos DB at COSMOS_ENDPOINT', (clock) => placeAt(COSMOS_ENDPOINT, COSMOS_KEY, clock, () => {}), {
    lasting: true,
    runs: 5,
  });
}

type Fault =
  | 'busy'
  | 'timeout before'
  | 'timeout after'
  | 'unavailable before'
  | 'unavailable after'
  | 'cut before'
  | 'cut after'
  | 'slow before'
  | 'slow after'
  /** The client library repeats what a cut connection left in doubt, and hears the answer to the repetition. */
  | 'sent twice after';
const IN_DOUBT: Fault[] = [
  'timeout before',
  'timeout after',
  'unavailable before',
  'unavailable after',
  'cut before',
  'cut after',
  'slow before',
  'slow after',
  'sent twice after',
];
const PATIENCE = 1_000;
/** Longer than one request may take, shorter than the patience with an operation. */
const SLOW = 600;

const forward = (req: IncomingMessage, target: string, body: Buffer) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const onward = request(`${target}${req.url}`, { method: req.method, headers: req.headers }, async (answer) =>
      resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) }),
    );
    onward.on('error', reject).end(body);
  });

/** Stands between a store and the emulator, and spoils writes as it is told. */
const startFaultProxy = async (target: string) => {
  const proxy = {
    endpoint: '',
    /** The fault of the next write, and of the ones after it. */
    faults: [] as (Fault | 'none')[],
    always: undefined as Fault | undefined,
    /** Done at the moment of the next fault. */
    meanwhile: undefined as (() => Promise<unknown>) | undefined,
    stop: () => server.close(),
  };
  const server = createServer(async (req, res) => {
    const body = await buffer(req);
    const isWrite = req.method === 'PUT' || (req.method === 'POST' && !req.headers['x-ms-documentdb-isquery']);
    const fault = isWrite ? (proxy.faults.shift() ?? proxy.always ?? 'none') : 'none';
    const strike = async (moment: 'before' | 'after') => {
      if (!fault.endsWith(moment)) return false;
      await proxy.meanwhile?.();
      proxy.meanwhile = undefined;
      if (fault.startsWith('sent')) return false;
      if (fault.startsWith('slow')) await sleep(SLOW);
      else if (fault.startsWith('cut')) res.destroy();
      else
        res.writeHead(fault.startsWith('timeout') ? 408 : 503, { 'x-ms-request-charge': '1' }).end('{"message":"no"}');
      return !fault.startsWith('slow');
    };
    if (fault === 'busy') {
      res.writeHead(429, { 'x-ms-retry-after-ms': '20', 'x-ms-request-charge': '0.4' }).end('{"message":"busy"}');
      return;
    }
    if (await strike('before')) return;
    let answer = await forward(req, target, body);
    if (await strike('after')) return;
    if (fault === 'sent twice after') answer = await forward(req, target, body);
    res.writeHead(answer.status, answer.headers).end(answer.body);
  });
  proxy.endpoint = await listen(server);
  return proxy;
};

describe('Cosmos DB that fails', () => {
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  let emulator: Server;
  let direct: string;
  /** Through the faults. */
  let store: Store;
  /** Another instance, that has no faults. */
  let rival: Store;
  let charges: [string, number][];
  const clock = { now: () => Date.now() };
  const settings = (more: Partial<CosmosSettings> = {}): CosmosSettings => ({
    endpoint: proxy.endpoint,
    key: EMULATOR_KEY,
    database: 'helpdesk',
    container: 'documents',
    clock,
    patience: PATIENCE,
    onCharge: (operation, ru) => charges.push([operation, ru]),
    ...more,
  });
  let count = 0;
  let name: string;
  const doc = (body: unknown, id = name): StoredDoc => ({ pk: id, id, kind: 'ticket', body });
  const bodyOf = async (id = name) => (await rival.read(id, id))?.doc.body;
  const seed = async (body: unknown) => {
    const result = await rival.create(doc(body));
    return result.outcome === 'created' ? result.version : '';
  };
  const overwrite = async (body: unknown) => rival.replace(doc(body), (await rival.read(name, name))?.version ?? '');

  beforeAll(async () => {
    charges = [];
    emulator = createHttpServer();
    direct = await listen(emulator);
    await makeContainer(direct, 'documents');
    proxy = await startFaultProxy(direct);
    store = await openCosmos(settings());
    rival = await openCosmos(settings({ endpoint: direct }));
  });
  beforeEach(() => {
    Object.assign(proxy, { faults: [], always: undefined, meanwhile: undefined });
    charges = [];
    name = `t${count++}`;
  });
  afterEach(() => void vi.useRealTimers());
  afterAll(() => {
    store.close();
    rival.close();
    proxy.stop();
    emulator.close();
  });

  describe.each([...IN_DOUBT, 'busy' as const])('a write with the fault "%s"', (fault) => {
    test('that is a create is made once and reported made', async () => {
      proxy.faults = [fault];
      const result = await store.create(doc('mine'));
      expect(result).toEqual({ outcome: 'created', version: expect.any(String) });
      expect(await bodyOf()).toBe('mine');
      expect(await store.replace(doc('next'), result.outcome === 'created' ? result.version : '')).toMatchObject({
        outcome: 'saved',
      });
    });

    test('that is a replace is saved once and reported saved', async () => {
      const version = await seed('old');
      proxy.faults = [fault];
      const result = await store.replace(doc('mine'), version);
      expect(result).toEqual({ outcome: 'saved', version: expect.any(String) });
      expect(await bodyOf()).toBe('mine');
      expect(await store.replace(doc('next'), result.outcome === 'saved' ? result.version : '')).toMatchObject({
        outcome: 'saved',
      });
    });

    test('that lasts rejects in time, and the store goes on when it is over', async () => {
      proxy.always = fault;
      const start = performance.now();
      // A fault after the commit can be settled by looking; what never got there cannot.
      if (fault.endsWith('after')) expect(await store.create(doc('mine'))).toMatchObject({ outcome: 'created' });
      else if (fault === 'slow before') await store.create(doc('mine')).catch(() => {});
      else await expect(store.create(doc('mine'))).rejects.toThrow(/busy.*429|did not confirm/);
      // In time: well before the client's own half minute, also on a machine that does other things.
      expect(performance.now() - start).toBeLessThan(6 * PATIENCE);
      proxy.always = undefined;
      await store.health();
      expect(await store.create(doc('later', `${name}-later`))).toMatchObject({ outcome: 'created' });
    });
  });

  describe.each(IN_DOUBT.filter((fault) => fault.endsWith('after')))(
    'when another writes on top after "%s"',
    (fault) => {
      test('our replace is still reported saved, and our version fits no more', async () => {
        const version = await seed('old');
        proxy.faults = [fault];
        proxy.meanwhile = () => overwrite('theirs');
        const result = await store.replace(doc('mine'), version);
        expect(result).toMatchObject({ outcome: 'saved' });
        expect(await bodyOf()).toBe('theirs');
        expect(await store.replace(doc('blind'), result.outcome === 'saved' ? result.version : '')).toEqual({
          outcome: 'stale',
        });
      });

      test('our create is still reported made', async () => {
        proxy.faults = [fault];
        proxy.meanwhile = () => overwrite('theirs');
        expect(await store.create(doc('mine'))).toMatchObject({ outcome: 'created' });
        expect(await bodyOf()).toBe('theirs');
      });
    },
  );

  describe.each(IN_DOUBT.filter((fault) => fault.endsWith('before')))('when another is first during "%s"', (fault) => {
    test('our replace is reported stale', async () => {
      const version = await seed('old');
      proxy.faults = [fault];
      proxy.meanwhile = () => overwrite('theirs');
      expect(await store.replace(doc('mine'), version)).toEqual({ outcome: 'stale' });
      await sleep(fault.startsWith('slow') ? SLOW : 0);
      expect(await bodyOf()).toBe('theirs');
    });

    test('our create is reported as existing', async () => {
      proxy.faults = [fault];
      proxy.meanwhile = () => seed('theirs');
      expect(await store.create(doc('mine'))).toEqual({ outcome: 'exists' });
      expect(await bodyOf()).toBe('theirs');
    });

    test('a replace of what was erased is reported missing', async () => {
      const version = await seed('old');
      proxy.faults = [fault];
      proxy.meanwhile = () => rival.erase(name);
      expect(await store.replace(doc('mine'), version)).toEqual({ outcome: 'missing' });
    });
  });

  test('in a storm of faults every writer hears the truth', async () => {
    const chance = [...IN_DOUBT.filter((fault) => !fault.startsWith('slow')), 'busy', 'none', 'none'] as const;
    // A fixed sequence that looks like chance, so that a failure can be repeated.
    let state = 20_261_124;
    const draw = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return chance[Math.floor((state / 2 ** 31) * chance.length)] ?? 'none';
    };
    proxy.faults = Array.from({ length: 3_000 }, draw);
    const told = new Map<string, string>();
    const tell = (tag: string, result: Promise<{ outcome: string }>) =>
      result.then(
        ({ outcome }) => told.set(tag, outcome),
        () => told.set(tag, 'unknown'),
      );
    const writers = Array.from({ length: 6 }, (_, n) => n);
    await Promise.all(writers.map((n) => tell(`create-${n}`, store.create(doc([`create-${n}`])))));
    await Promise.all(
      writers.map(async (n) => {
        for (let round = 0; round < 15; round++) {
          const found = await store.read(name, name);
          const tag = `${n}-${round}`;
          const log = found?.doc.body as string[];
          await tell(tag, store.replace(doc([...log, tag]), found?.version ?? ''));
        }
      }),
    );
    const log = (await bodyOf()) as string[];
    expect(new Set(log).size).toBe(log.length);
    for (const [tag, outcome] of told) {
      if (outcome === 'created' || outcome === 'saved') expect(log, tag).toContain(tag);
      if (outcome === 'exists' || outcome === 'stale') expect(log, tag).not.toContain(tag);
      expect(outcome).not.toBe('missing');
    }
    expect([...told.values()].filter((outcome) => outcome === 'saved').length).toBeGreaterThan(20);
  });

  test('a follower misses no write that becomes visible late', async () => {
    let now = Date.now() + 1_000_000;
    const slow = await openCosmos(settings({ endpoint: direct, clock: { now: () => now - 4_000 } }));
    const quick = await openCosmos(settings({ endpoint: direct, clock: { now: () => now } }));
    const follow = async (since: string) => {
      const names: string[] = [];
      for (;;) {
        const step = await quick.changes(since, 3);
        since = step.since;
        names.push(...step.docs.map((each) => each.doc.id));
        if (step.docs.length === 0) return { names, since };
      }
    };
    let { since } = await follow('');
    for (let round = 0; round < 5; round++) {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await quick.create(doc(1, `${name}-${id}-${round}`));
      ({ since } = await follow(since));
      await slow.create(doc(1, `${name}-late-${round}`));
      now += 10;
      const next = await follow(since);
      expect(next.names).toEqual([`${name}-late-${round}`]);
      since = next.since;
      now += 7_000;
    }
    now += 60_000;
    for (let poll = 0; poll < 2; poll++) ({ since } = await follow(since));
    // What cannot be joined by a late write any more need not be remembered.
    expect(since.length).toBeLessThan(200);
    slow.close();
    quick.close();
  });

  test('a follower reads little again, and misses no write that the service stamps too early', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await makeContainer(direct, 'followed');
    const followed = await openCosmos(settings({ endpoint: direct, container: 'followed' }));
    const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);
    let since = '';
    const poll = async () => {
      charges = [];
      const names: string[] = [];
      for (;;) {
        const step = await followed.changes(since, 10);
        since = step.since;
        names.push(...step.docs.map((each) => each.doc.id));
        if (step.docs.length < 10) return { names, queries: charges.length };
      }
    };
    for (let n = 0; n < 40; n++) await followed.create(doc(1, `old-${n}`));
    expect((await poll()).names).toHaveLength(40);
    later(4);
    await followed.create(doc(1, 'new'));
    expect((await poll()).names).toEqual(['new']);
    for (let second = 0; second < 20; second++) {
      later(1);
      expect(await poll()).toEqual({ names: [], queries: 1 });
    }
    later(-25);
    await followed.create(doc(1, 'stamped early'));
    later(25);
    expect((await poll()).names).toEqual([]);
    later(8);
    expect((await poll()).names).toEqual(['stamped early']);
    later(60);
    for (let time = 0; time < 3; time++) expect((await poll()).names).toEqual([]);
    followed.close();
  });

  test('what every answer cost is told, refusals too', async () => {
    proxy.faults = ['busy', 'timeout before'];
    await store.create(doc(1));
    await store.create(doc(1));
    await store.list({ kind: 'ticket' });
    expect(new Set(charges.map(([operation]) => operation))).toEqual(new Set(['create', 'read', 'list']));
    // The first try, its look-up, the second try, the refused one and its look-up.
    expect(charges.filter(([operation]) => operation !== 'list')).toHaveLength(5);
    expect(charges.every(([, ru]) => ru > 0)).toBe(true);
  });

  test('opening names what is wrong', async () => {
    await expect(openCosmos(settings({ container: 'nowhere' }))).rejects.toThrow(/no container nowhere.*Deploy infra/);
    await makeContainer(direct, 'unindexed', { partitionKey: { paths: ['/pk'] } });
    await expect(openCosmos(settings({ container: 'unindexed' }))).rejects.toThrow(/lacks .* an index.*Deploy infra/);
    await makeContainer(direct, 'by-centre', { ...CONTAINER, partitionKey: { paths: ['/centre'] } });
    await expect(openCosmos(settings({ container: 'by-centre' }))).rejects.toThrow(/lacks the partition key/);
    await expect(openCosmos(settings({ endpoint: 'http://127.0.0.1:9' }))).rejects.toThrow(/Check COSMOS_ENDPOINT/);
  });
});
