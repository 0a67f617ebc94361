// Stories of the monthly digest: once per month in the quality team's channel, whoever sends it and whatever fails on the way.

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { demonstrate } from '../src/app/figures/demonstration.ts';
import { digestFigures, registerQualityChannel, sendDigest } from '../src/app/figures/digest.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Turn } from '../src/app/people.ts';
import type { Content, Delivery, KnowledgeBase, Message, Messenger, Store, StoredDoc } from '../src/app/ports.ts';
import { sweep } from '../src/app/questions/sweep.ts';
import type { App } from '../src/app/questions/tickets.ts';
import type { TicketRecord } from '../src/app/records.ts';
import { topics } from '../src/app/topics/topics.ts';
import type { Figures } from '../src/domain/measures.ts';
import { openTables, suppressSmallCells } from '../src/domain/small-cells.ts';
import { locale } from '../src/locale/locale.ts';
import { person } from './cast.ts';
import { deskOver, nobody } from './desk.ts';
import { words } from './town.ts';

const MINUTE = 60_000;
const DEMO_UNTIL = Date.parse('2026-11-24T09:00:00Z');
const address = { conversationId: '19:quality@thread.tacv2', serviceUrl: 'http://127.0.0.1:1/' };
const administrator = person('admin', { administrator: true }, 'Beheerder');
const turn: Turn = {
  person: administrator.person,
  userId: '29:admin',
  name: 'Beheerder',
  place: 'channel',
  address,
  sentAt: DEMO_UNTIL,
};

let content: Content;
let knowledge: KnowledgeBase;
let filled: Store;
let now: number;
let posts: Message[];
let next: Delivery[];
const clock = { now: () => now };
const storeWith = (): Store => checked(openSqlite(':memory:', clock), () => {});

beforeAll(async () => {
  now = DEMO_UNTIL;
  ({ content } = await loadContent('content'));
  knowledge = await createKnowledgeBase(
    () => loadContent('content'),
    () => {},
  );
  filled = storeWith();
  await demonstrate({ store: filled, content, now, seed: '1', schoolYears: 2 });
});
afterAll(() => filled.close());
beforeEach(async () => {
  now = DEMO_UNTIL;
  posts = [];
  next = [];
});

function appOn(store: Store): App {
  const messenger: Messenger = {
    ...nobody,
    post: async (to, message) => {
      expect(to).toEqual(address);
      const delivery = next.shift() ?? { outcome: 'delivered', activityId: '1' };
      if (delivery.outcome === 'delivered') posts.push(message);
      return delivery;
    },
  };
  return deskOver(store, knowledge, clock, { messenger });
}

/** Of this autumn and the one before: what the digests of two months look at. */
function recent({ kind, body }: StoredDoc): boolean {
  const at = kind === 'ticket' ? (body as TicketRecord).events[0]!.at : undefined;
  return at === undefined || /^20(26|25)-1[01]/.test(new Date(at).toISOString());
}

/** A store with the demonstration's questions of late, and nothing said about digests yet. */
async function fresh(): Promise<Store> {
  const store = storeWith();
  let since = '';
  for (;;) {
    const { docs, since: reached } = await filled.changes(since, 500);
    if (docs.length === 0) return store;
    for (const { doc } of docs) if (doc.kind !== 'number' && recent(doc)) await store.create(doc);
    since = reached;
  }
}

const readAll = (app: App) => topics(app, 'operator', {}, Number.POSITIVE_INFINITY);

describe('the monthly digest', () => {
  it('comes once, however many instances there are', async () => {
    const store = await fresh();
    // Each with a store of its own on the same documents, as in two processes.
    const [one, other] = [appOn(store), appOn({ ...store })];
    expect((await registerQualityChannel(one, administrator, turn)).text).toContain('kwaliteitsteam');
    await Promise.all([readAll(one), readAll(other)]);
    await Promise.all([sendDigest(one), sendDigest(other), sendDigest(one)]);
    now += 6 * MINUTE;
    await Promise.all([sendDigest(one), sendDigest(other)]);
    expect(posts).toHaveLength(1);
    expect(posts[0]!.summary).toBe(locale.report.digest.summary);
    const said = words(posts[0]!.card).replaceAll('\\', '');
    expect(said).toContain('De helpdesk in oktober 2026');
    expect(said).toContain(locale.demonstration.explanation);
    expect(said).toMatch(/\*\*Bereik\*\*: \d+ van de 19 GO! CLB; niet: GO! CLB regio Meetjesland/);
    for (const line of ['Vragen', 'Meest gevraagd', 'Eerste reactie', 'Tevredenheid'])
      expect(said).toContain(`**${line}**`);
    expect(said).toContain(locale.report.digest.topics);
    expect(said).not.toMatch(/Medewerker \d|undefined|NaN/);
    expect(Buffer.byteLength(JSON.stringify(posts[0]!.card))).toBeLessThan(20_000);
    // The next month again, and not before somebody works in it.
    now = Date.parse('2026-12-01T05:00:00Z');
    await sendDigest(one);
    expect(posts).toHaveLength(1);
    now = Date.parse('2026-12-01T08:00:00Z');
    await readAll(one);
    await sendDigest(one);
    expect(words(posts[1]!.card)).toContain('De helpdesk in november 2026');
    store.close();
  });

  it('is tried again when it cannot be delivered', async () => {
    const store = await fresh();
    const app = appOn(store);
    await registerQualityChannel(app, administrator, turn);
    await readAll(app);
    next = [{ outcome: 'failed', reason: 'busy' }, { outcome: 'unreachable' }];
    for (const minutes of [0, 6, 6, 6, 6, 6]) {
      now += minutes * MINUTE;
      await sweep(app);
    }
    expect(posts).toHaveLength(1);
    store.close();
  });

  it('is not sent without a channel, and says nothing about a month in which nothing happened', async () => {
    const store = storeWith();
    const app = appOn(store);
    await sendDigest(app);
    await registerQualityChannel(app, administrator, turn);
    await readAll(app);
    await sendDigest(app);
    expect(posts).toEqual([]);
    store.close();
  });

  it('has its channel set by an administrator, in the channel', async () => {
    const store = storeWith();
    const app = appOn(store);
    const quality = person('admin', { quality: true });
    const { notAllowed, notHere } = locale.report.digest.channel;
    expect((await registerQualityChannel(app, quality, turn)).text).toContain(notAllowed);
    expect((await registerQualityChannel(app, administrator, { ...turn, place: 'personal' })).text).toBe(notHere);
    store.close();
  });
});

describe('the digests of a year beside its report', () => {
  const themes = ['a', 'b', 'c'].map((id) => ({ id, name: id }));
  const months = [0, 1, 2, 3];
  /** Who asked about each theme in each month. */
  const world = fc.array(
    fc.record({ theme: fc.nat(2), month: fc.nat(3), by: fc.nat(11), times: fc.integer({ min: 1, max: 6 }) }),
    { minLength: 5, maxLength: 60, size: 'max' },
  );
  type Asked = { theme: number; month: number; by: number; times: number };
  const cellOf = (id: string, asked: Asked[]) => ({
    id,
    value: asked.reduce((sum, { times }) => sum + times, 0),
    requesters: new Set(asked.map(({ by }) => by)).size,
  });
  const share = { count: 0, of: 0, share: undefined };
  const figuresOf = (asked: Asked[]) =>
    ({
      questions: {
        total: cellOf('', asked).value,
        byTheme: themes.map(({ id }, at) =>
          cellOf(
            id,
            asked.filter(({ theme }) => theme === at),
          ),
        ),
        byMonth: months.map((month) =>
          cellOf(
            String(month),
            asked.filter((one) => one.month === month),
          ),
        ),
        byChannel: [cellOf('teams', asked)],
        byCoreProcess: [],
        byCentre: [],
        byFunction: [],
      },
      minutes: { total: 0, byTheme: [], byCoreProcess: [], byChannel: [], byMonth: [] },
      requesters: cellOf('', asked).requesters,
      reach: { centres: share, silent: [] },
      firstResponse: { n: 0, median: undefined, within: share },
      satisfaction: { items: [], response: share },
      sessions: { sessions: 0 },
    }) as unknown as Figures;

  /**
   * The least and the most that each cell of theme and month can be, by everything that was told: the digests of both
   * services, the report of the one that is looked into, and every question of the other, which its advisors know.
   */
  function derived(asked: Asked[], known: Asked[]): { low: number; high: number }[][] {
    const bounds = themes.map(() => months.map(() => ({ low: 0, high: Number.POSITIVE_INFINITY })));
    const sums: { cells: { low: number; high: number }[]; low: number; high: number }[] = [];
    const near = (value: number) => ({ low: value - 5, high: value + 4 });
    /** What is left for the service that is looked into; nothing when it may be left out of what was told. */
    const left = (told: number, own: number) => {
      const { low, high } = near(told - own);
      return low > 0 ? { low, high } : undefined;
    };
    for (const month of months) {
      const [here, other] = [asked, known].map((all) => figuresOf(all.filter((one) => one.month === month)));
      const both = figuresOf([...asked, ...known].filter((one) => one.month === month));
      const apart = [{ figures: here! }, { figures: other! }];
      const told = digestFigures({ figures: both, apart }, { themes, centres: [] } as never);
      const few = (other!.questions.byChannel[0]?.requesters ?? 0) < 5;
      const own = few ? [] : suppressSmallCells(other!.questions.byTheme);
      for (const { label, value } of told.themes) {
        expect(value! % 10, 'what is near to is only known of tens').toBe(0);
        const at = themes.findIndex(({ name }) => name === label);
        const counted = own.find(({ id }) => id === themes[at]!.id)?.value ?? 0;
        Object.assign(bounds[at]![month]!, left(value!, counted));
      }
      const [, total] = /ongeveer (\d+)/.exec(told.lines[0]!.text) ?? [];
      expect(Number(total ?? 0) % 10).toBe(0);
      const rest = total && left(Number(total), few ? 0 : other!.questions.total);
      if (rest) sums.push({ cells: bounds.map((row) => row[month]!), ...rest });
    }
    const year = figuresOf(asked);
    const open = openTables(year, { processOf: () => 'all', kindOf: () => 'clb' });
    for (const [at, { value }] of (open?.byTheme ?? []).entries()) {
      if (value !== undefined) sums.push({ cells: bounds[at]!, low: value, high: value });
    }
    for (const [at, { value }] of (open?.byMonth ?? []).entries()) {
      if (value !== undefined) sums.push({ cells: bounds.map((row) => row[at]!), low: value, high: value });
    }
    for (let round = 0; round < 30; round++) {
      for (const { cells, low, high } of sums) {
        for (const cell of cells) {
          const others = cells.filter((other) => other !== cell);
          cell.low = Math.max(cell.low, low - others.reduce((sum, other) => sum + other.high, 0));
          cell.high = Math.min(cell.high, high - others.reduce((sum, other) => sum + other.low, 0));
        }
      }
    }
    return bounds;
  }

  it('never tell how much few people asked, nor let it be worked out', () => {
    fc.assert(
      fc.property(world, fc.oneof(fc.constant<Asked[]>([]), world), (asked, known) => {
        const bounds = derived(asked, known);
        for (const [theme, row] of bounds.entries()) {
          for (const [month, { low, high }] of row.entries()) {
            const cell = cellOf(
              '',
              asked.filter((one) => one.theme === theme && one.month === month),
            );
            expect(low).toBeLessThanOrEqual(cell.value);
            expect(high).toBeGreaterThanOrEqual(cell.value);
            if (cell.value > 0 && cell.requesters < 5) expect(high, `${theme} ${month}`).toBeGreaterThan(low);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
