// Stories of messages on their way: order, pace, refusals, instances that share a store. With a platform in memory.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createHelpdesk, type Helpdesk } from '../src/app/helpdesk.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type {
  Delivery,
  ErasureLedger,
  KnowledgeBase,
  Log,
  Message,
  Messenger,
  Ports,
  Store,
} from '../src/app/ports.ts';
import { deadLetters, retry } from '../src/app/questions/dead-letters.ts';
import type { TicketRecord } from '../src/app/records.ts';
import { createLeases } from '../src/app/running/leases.ts';
import { paced } from '../src/app/running/pace.ts';
import type { PersonId } from '../src/domain/terms.ts';
import { countingAll } from './counting.ts';

const nobody = { administrators: new Set<string>(), quality: new Set<string>() };
const SERVICE_URL = 'https://example.org';
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const eventually = async (look: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 30 s');
    await pause(10);
  }
};

let knowledge: KnowledgeBase;
let store: Store;
let skipped = 0;
const clock = { now: () => Date.now() + skipped };
const lines: string[] = [];
const note = (_: object, message: string) => void lines.push(message);
const log: Log = { debug: () => {}, info: note, warn: note, error: note };

/** What arrived, and the plan of what goes wrong: what a plan gives is the outcome, after it arrived or not. */
let arrived: { to: string; text: string }[];
let plan: (to: string, text: string) => Delivery | Promise<Delivery> | undefined;
let opened: string[];
let calls: number;
const messenger: Messenger = {
  post: async ({ conversationId }, message) => {
    calls += 1;
    const text = JSON.stringify(message);
    const outcome = await plan(conversationId, text);
    if (outcome) return outcome;
    arrived.push({ to: conversationId, text });
    return { outcome: 'delivered', activityId: `m${arrived.length}` };
  },
  update: async ({ activityId }) => ({ outcome: 'delivered', activityId }),
  open: async (user) => {
    opened.push(user);
    return { conversationId: `new:${user}`, serviceUrl: SERVICE_URL };
  },
  member: async () => undefined,
};
const running: Helpdesk[] = [];
const start = (name: string, through: Messenger = messenger, others: Partial<Ports> = {}): Helpdesk => {
  const measures = countingAll(store, knowledge.content, clock);
  const ports = { store, messenger: through, knowledge, measures, clock, log, ...others };
  const helpdesk = createHelpdesk(ports, nobody, {
    instance: name,
    terms: { texts: 60, wordings: 1_000, audit: 1_000 },
  });
  running.push(helpdesk);
  return helpdesk;
};
const turn = (person: string) => ({
  person: person as PersonId,
  userId: `29:${person}`,
  name: 'Vraagsteller',
  place: 'personal' as const,
  address: { conversationId: `a:${person}`, serviceUrl: SERVICE_URL },
  sentAt: clock.now(),
});
const ask = async (helpdesk: Helpdesk, person: string, question: string): Promise<void> => {
  const from = turn(person);
  const reply = await helpdesk.message(from, question, false);
  await helpdesk.deliver(from.address, reply.kind === 'messages' ? reply.messages : []);
};
const times = (question: string): number => arrived.filter(({ text }) => text.includes(question)).length;
const tickets = async (): Promise<TicketRecord[]> =>
  (await store.list({ kind: 'ticket' }, { limit: 500 })).docs.map(({ doc }) => doc.body as TicketRecord);

beforeAll(async () => {
  knowledge = await createKnowledgeBase(
    () => loadContent('./content'),
    () => {},
  );
});
beforeEach(() => {
  store = openSqlite(':memory:', clock);
  arrived = [];
  opened = [];
  calls = 0;
  plan = () => undefined;
});
afterEach(async () => {
  for (const helpdesk of running.splice(0)) await helpdesk.stop();
  store.close();
});

describe('a question', () => {
  it('is one ticket when what was sent first arrives last, whatever the clock says', async () => {
    const helpdesk = start('one');
    const boundary = Math.ceil(clock.now() / 90_000) * 90_000;
    skipped += boundary - clock.now();
    for (const sentAt of [boundary + 400, boundary - 400]) {
      await helpdesk.message({ ...turn('p1'), sentAt }, 'Hoe bewaar ik map D?', false);
    }
    expect(await tickets()).toHaveLength(1);
    await helpdesk.message({ ...turn('p1'), sentAt: boundary + 200_000 }, 'Hoe bewaar ik map D?', false);
    expect(await tickets()).toHaveLength(2);
  });
});

describe('an action that failed right after it was stored', () => {
  it('is told at once when it is tried again, not when somebody sweeps', async () => {
    const helpdesk = start('one');
    await ask(helpdesk, 'p1', 'Hoe bewaar ik map E?');
    const channel = { service: 'poc-plus', address: { conversationId: '19:channel', serviceUrl: SERVICE_URL } };
    const body = { ...channel, registeredBy: 'p0', registeredAt: 1 };
    await store.create({ pk: 'channel:poc-plus', id: 'channel:poc-plus', kind: 'channel', body });
    const [stored] = (await store.list({ kind: 'ticket' })).docs;
    const sendOn = {
      do: 'ask-advisor',
      ticket: stored!.doc.id,
      key: 'k1',
      theme: 'dossier-en-inzage',
      centre: 'go-clb-gent',
      function: 'clb-arts',
    };
    await eventually(async () => (await tickets())[0]?.told.requester === 1);
    const { replace } = store;
    store.replace = async (doc, version) => {
      const saved = await replace(doc, version);
      if (JSON.stringify(doc.body).includes('"routed"')) {
        store.replace = replace;
        throw new Error('the answer of the store was lost');
      }
      return saved;
    };
    await expect(helpdesk.act(turn('p1'), sendOn)).rejects.toThrow('lost');
    expect(arrived.some(({ to }) => to === '19:channel')).toBe(false);
    await helpdesk.act(turn('p1'), sendOn);
    await eventually(() => arrived.some(({ to }) => to === '19:channel'));
  });
});

describe('a message', () => {
  it('keeps its place in the conversation while an earlier one is tried again', async () => {
    const helpdesk = start('one');
    await ask(helpdesk, 'p1', 'Wat is de eerste vraag?');
    let failures = 2;
    plan = (_, text) =>
      text.includes('Hoe bewaar ik map A?') && failures-- > 0 ? { outcome: 'failed', reason: 'busy' } : undefined;
    await Promise.all([ask(helpdesk, 'p1', 'Hoe bewaar ik map A?'), ask(helpdesk, 'p2', 'Hoe bewaar ik map C?')]);
    await ask(helpdesk, 'p1', 'Hoe bewaar ik map B?');
    // Trouble in one conversation holds up no other.
    expect(times('Hoe bewaar ik map C?')).toBe(1);
    await eventually(() => times('Hoe bewaar ik map B?') === 1);
    const order = arrived.flatMap(({ text }) => /map [AB]\?/.exec(text)?.[0] ?? []);
    expect(order).toEqual(['map A?', 'map B?']);
  });

  it('comes after every one that waits before it', async () => {
    const helpdesk = start('one');
    const maps = ['A', 'B', 'C', 'D'];
    const slow = Promise.withResolvers<never>();
    plan = () => slow.promise;
    for (const map of maps) await helpdesk.message(turn('p1'), `Hoe bewaar ik map ${map}?`, false);
    slow.resolve(undefined as never);
    await eventually(() => maps.every((map) => times(`map ${map}?`) > 0));
    expect(arrived.flatMap(({ text }) => /map (\w)\?/.exec(text)?.[1] ?? [])).toEqual(maps);
  });

  it('that the connector never takes is given up after twelve times, and is in the list', async () => {
    const helpdesk = start('one');
    plan = (_, text) =>
      text.includes('Wie neemt dit aan?') ? { outcome: 'failed', reason: 'the connector answered 503' } : undefined;
    await ask(helpdesk, 'p1', 'Wie neemt dit aan?');
    const letters = () => deadLetters(store);
    await eventually(async () => {
      skipped += 600_000;
      await helpdesk.sweep();
      return (await letters()).length > 0;
    });
    expect(await letters()).toMatchObject([{ attempts: 12, reason: 'the connector answered 503' }]);
  });

  it('is left alone for as long as the platform asks, also by a sweep', async () => {
    const helpdesk = start('one');
    plan = () => ({ outcome: 'failed', reason: 'the connector answered 429', after: 60_000 });
    await ask(helpdesk, 'p1', 'Wanneer mag dit weer?');
    plan = () => undefined;
    for (const [wait, told] of [
      [55_000, 0],
      [30_000, 1],
    ] as const) {
      skipped += wait;
      await helpdesk.sweep();
      await helpdesk.deliver(turn('p1').address, []);
      expect(times('Wanneer mag dit weer?')).toBe(told);
    }
  });

  it('that the connector is slow to take does not hold up the turn, and is not lost', async () => {
    const helpdesk = start('one');
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    plan = async () => {
      await slow;
      return undefined as never;
    };
    // The turn ends although the connector never took it.
    await ask(helpdesk, 'p1', 'Hoe lang duurt dit?');
    expect(await tickets()).toHaveLength(1);
    expect(times('Hoe lang duurt dit?')).toBe(0);
    release();
    await eventually(() => times('Hoe lang duurt dit?') === 1);
  });

  it('to a conversation that is gone makes it again, once', async () => {
    const helpdesk = start('one');
    plan = (to) => (to.startsWith('a:') ? { outcome: 'gone' } : undefined);
    await ask(helpdesk, 'p1', 'Waar is mijn chat?');
    await eventually(() => arrived.some(({ to, text }) => to === 'new:29:p1' && text.includes('Waar is mijn chat?')));
    expect(opened).toEqual(['29:p1']);
    plan = () => ({ outcome: 'gone' });
    await ask(helpdesk, 'p2', 'En mijn chat dan?');
    await eventually(async () => (await tickets()).some(({ trouble }) => trouble.requester?.reason === 'unreachable'));
    expect(opened).toEqual(['29:p1', '29:p2']);
    expect((await store.read('person:p2', 'person:p2'))?.doc.body).toMatchObject({ missed: [expect.any(String)] });
  });

  it('that is refused for what it is ends in the dead-letter list, and no other waits for it', async () => {
    const helpdesk = start('one');
    await ask(helpdesk, 'p1', 'Wat is de eerste vraag?');
    plan = (_, text) =>
      text.includes('giftig') ? { outcome: 'failed', reason: 'the connector answered 400', lasting: true } : undefined;
    await ask(helpdesk, 'p1', 'Is deze vraag giftig?');
    await ask(helpdesk, 'p1', 'En deze vraag?');
    await eventually(() => times('En deze vraag?') === 1);
    const [letter, ...others] = await deadLetters(store);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ side: 'requester', attempts: 3, reason: 'the connector answered 400' });
    expect(JSON.stringify(letter)).not.toContain('giftig');
    skipped += 3_600_000;
    const before = calls;
    await helpdesk.sweep();
    await pause(50);
    expect(calls).toBe(before);

    plan = () => undefined;
    expect(await retry(store, (one) => one.number === letter!.number)).toBe(1);
    await helpdesk.sweep();
    await eventually(() => times('giftig') === 1);
    expect(await deadLetters(store)).toEqual([]);
  });
});

describe('instances that share a store', () => {
  it('tell everything once between them, whoever sweeps', async () => {
    const [one, two, three] = [start('one'), start('two'), start('three')];
    plan = async () => {
      await pause(Math.random() * 20);
      return undefined as never;
    };
    let over = false;
    const sweeping = [one!, two!, three!].map(async (helpdesk) => {
      while (!over) {
        await helpdesk.sweep();
        await pause(5);
      }
    });
    const questions = Array.from({ length: 60 }, (_, n) => `Hoe bewaar ik map nummer ${n}?`);
    await Promise.all(questions.map((question, n) => ask([one!, two!, three!][n % 3]!, `p${n % 7}`, question)));
    await eventually(() => questions.every((question) => times(question) > 0));
    await pause(100);
    over = true;
    await Promise.all(sweeping);
    expect(questions.filter((question) => times(question) !== 1)).toEqual([]);
    const numbers = (await tickets()).map(({ number }) => number).sort();
    expect(numbers.map((number) => Number(number.slice(-4)))).toEqual(questions.map((_, n) => n + 1));
  });

  it('answer once what comes again at another instance while the first is still telling', async () => {
    const [one, two] = [start('one'), start('two')];
    const slow = Promise.withResolvers<never>();
    plan = () => slow.promise;
    await ask(one!, 'p1', 'Wie antwoordt hierop?');
    await ask(two!, 'p1', 'Wie antwoordt hierop?');
    expect(calls).toBe(1);
    slow.resolve(undefined as never);
    await eventually(async () => times('Wie antwoordt hierop?') > 0 && (await tickets())[0]!.told.requester === 1);
    expect([times('Wie antwoordt hierop?'), (await tickets()).length]).toEqual([1, 1]);
  });

  it('take over from one that died, and not before', async () => {
    const dead = start('dead', { ...messenger, post: () => new Promise(() => {}) });
    await ask(dead, 'p1', 'Wie vertelt dit verder?');
    const alive = start('alive');
    await alive.sweep();
    await pause(50);
    expect(times('Wie vertelt dit verder?')).toBe(0);
    skipped += 21_000;
    await alive.sweep();
    await eventually(() => times('Wie vertelt dit verder?') === 1);
    running.splice(running.indexOf(dead), 1);
  });

  it('get at once what one that is stopped had not told', async () => {
    const first = start('first');
    plan = () => ({ outcome: 'failed', reason: 'busy', after: 60_000 });
    await ask(first, 'p1', 'Wie neemt dit over?');
    await first.stop();
    plan = () => undefined;
    const second = start('second');
    skipped += 61_000;
    await second.sweep();
    await eventually(() => times('Wie neemt dit over?') === 1);
  });

  it('under the same name go on at once with what the process before them was telling', async () => {
    const dead = start('the only one', { ...messenger, post: () => new Promise(() => {}) });
    await ask(dead, 'p1', 'Wat gebeurt er na een herstart?');
    running.splice(running.indexOf(dead), 1);
    await start('the only one').recover();
    await eventually(() => times('Wat gebeurt er na een herstart?') === 1);
  });

  it('have one that does a task, until it stops or is gone', async () => {
    let now = 1_000_000;
    const [one, two, three] = ['one', 'two', 'three'].map((name) => createLeases(store, { now: () => now }, name));
    expect(await Promise.all([one!.hold('sweep'), two!.hold('sweep'), three!.hold('sweep')])).toEqual([
      true,
      false,
      false,
    ]);
    expect(await two!.hold('digest')).toBe(true);
    now += 14_000;
    expect(await one!.hold('sweep')).toBe(true);
    now += 14_000;
    expect(await three!.hold('sweep')).toBe(false);
    now += 2_000;
    expect(await three!.hold('sweep')).toBe(true);
    expect(await one!.hold('sweep')).toBe(false);
    await three!.release();
    expect(await one!.hold('sweep')).toBe(true);
  });
});

describe('a sweep', () => {
  it('tells what is due also when an erasure and the retention fail, and does both when they can be done', async () => {
    const dead = start('dead', { ...messenger, post: () => new Promise(() => {}) });
    await ask(dead, 'p1', 'Wie hoort dit nog?');
    running.splice(running.indexOf(dead), 1);
    skipped += 21_000;
    for (const person of ['person-one', 'person-two']) {
      const id = `erasure:${person}`;
      await store.create({ pk: id, id, kind: 'erasure', facets: { due: 0 }, body: { person, at: 0 } });
    }
    let broken = true;
    const fail = (): never => {
      throw new Error('no space left');
    };
    const ledger: ErasureLedger = {
      note: async (what) => void (broken && 'person' in what && what.person === 'person-one' && fail()),
      erased: async () => ({ person: () => false, ticket: () => false }),
    };
    const failing: Store = {
      ...store,
      list: async (filter, page) => (broken && filter.kind === 'person' ? fail() : store.list(filter, page)),
    };
    const alive = start('alive', messenger, { ledger, store: failing });
    const erasures = async () => (await store.list({ kind: 'erasure' })).docs.map(({ doc }) => doc.id);
    await alive.sweep();
    await eventually(() => times('Wie hoort dit nog?') === 1);
    expect(await erasures()).toEqual(['erasure:person-one']);
    expect(lines).toContain('an erasure failed; it is tried again');
    expect(lines).toContain('what is past its term could not be removed; it is tried again');

    broken = false;
    skipped += 16 * 60_000;
    await alive.sweep();
    expect(await erasures()).toEqual([]);
    expect(await store.read('retention:last', 'retention:last')).toBeDefined();
  });
});

describe('the pace', () => {
  const at: Record<string, number[]> = {};
  const slow = (limits: Parameters<typeof paced>[1], answer?: Delivery): Messenger =>
    paced(
      {
        ...messenger,
        post: async ({ conversationId }) => {
          at[conversationId] = [...(at[conversationId] ?? []), performance.now()];
          return answer ?? { outcome: 'delivered', activityId: '1' };
        },
      },
      limits,
    );
  const to = (conversationId: string) => ({ conversationId, serviceUrl: SERVICE_URL });
  const message: Message = { summary: 'x', text: 'x' };

  it('keeps every limit of a conversation, and leaves others alone', async () => {
    const through = slow([
      { calls: 3, withinMs: 200 },
      { calls: 5, withinMs: 700 },
    ]);
    await Promise.all([
      ...Array.from({ length: 8 }, () => through.post(to('a'), message)),
      through.post(to('b'), message),
    ]);
    const sent = at.a!;
    expect(sent).toHaveLength(8);
    expect(sent.filter((_, n) => n >= 3 && sent[n]! - sent[n - 3]! < 200)).toEqual([]);
    expect(sent.filter((_, n) => n >= 5 && sent[n]! - sent[n - 5]! < 700)).toEqual([]);
    expect(at.b![0]!).toBeLessThan(sent[3]!);
  });

  it('looks through all conversations now and then, not with every call', async () => {
    let looks = 0;
    const delivered = async (): Promise<Delivery> => ({ outcome: 'delivered', activityId: '1' });
    const through = paced({ ...messenger, post: delivered }, [{ calls: 7, withinMs: 1_000 }], () => {
      looks += 1;
      return 0;
    });
    for (let n = 0; n < 12_000; n++) await through.post(to(`of ${n}`), message);
    expect(looks).toBeLessThan(120_000);
  });

  it('says how long it would take rather than hang', async () => {
    const through = slow([{ calls: 1, withinMs: 60_000 }]);
    expect(await through.post(to('c'), message)).toMatchObject({ outcome: 'delivered' });
    const held = await through.post(to('c'), message);
    expect(held).toMatchObject({ outcome: 'held' });
    expect(held.outcome === 'held' && held.after).toBeGreaterThan(55_000);
    expect(at.c).toHaveLength(1);
  });

  it('stops for the whole conversation when the platform asks for a wait', async () => {
    const through = slow([{ calls: 100, withinMs: 1_000 }], { outcome: 'failed', reason: '429', after: 30_000 });
    await through.post(to('d'), message);
    expect(await through.post(to('d'), message)).toMatchObject({ outcome: 'held' });
    expect(at.d).toHaveLength(1);
  });
});
