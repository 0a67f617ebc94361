// The read model against a recount from the events: the same figures, whatever happened to the store and the process.

import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openReadModel, type ReadModel } from '../src/adapters/storage/read-model.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { Content, Store, StoredDoc } from '../src/app/ports.ts';
import { allTickets, opened } from '../src/app/questions/tickets.ts';
import type { SessionRecord, TicketRecord, TimeRecord } from '../src/app/records.ts';
import type { Person } from '../src/domain/authorisation.ts';
import { correct, register, retract } from '../src/domain/registration.ts';
import type { Filters, Part } from '../src/domain/selection.ts';
import type { ContactId, IntakeChannel, PersonId, Result, ThemeId, TicketId } from '../src/domain/terms.ts';
import type { Refusal, Ticket } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { countingAll } from './counting.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T09:00:00Z');
const clock = { now: () => NOW };
let content: Content;
let folders = 0;
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'helpdesk-figures-'));
  ({ content } = await loadContent('content'));
});
afterAll(() => rm(root, { recursive: true }));

const someone = (id: string, roles: Partial<Person['roles']> = {}): Person => ({
  kind: 'person',
  person: id as PersonId,
  name: `naam van ${id}`,
  roles: { advisorOf: [], quality: false, administrator: false, ...roles },
});
const service = () => content.services[0]!.id;
const me = () => someone('me', { advisorOf: [service()] });
const boss = someone('boss', { administrator: true, quality: true });
const system = { kind: 'system' } as const;
const asker = (ticket: Ticket) => someone(ticket.requester.person ?? 'nobody');
const themeAt = (n: number): ThemeId => content.themes[n % 4]!.id;

const documentOf = ({ id, number, events }: Ticket): StoredDoc => {
  const body: TicketRecord = {
    number,
    events: [...events],
    address: { conversationId: 'a', serviceUrl: 'https://example.org' },
    told: { requester: 0, channel: 0 },
    shown: { requester: 0, channel: 0 },
    posts: {},
    trouble: {},
  };
  return { pk: id, id, kind: 'ticket', body };
};

/** Opens a read model of its own on a store; figures of both ways for all these filters must be equal. */
function place(store: Store, folder = join(root, String(++folders)), given: () => Content = () => content) {
  const faults: string[] = [];
  const open = (): ReadModel =>
    openReadModel({ folder, store, content: given, clock, onFault: (message) => void faults.push(message) });
  return { folder, open, faults };
}

const VIEWS: Filters[] = [{}, { schoolYear: '2026-2027' }, { schoolYear: '2025-2026' }, { month: '2026-11' }];
const NARROW = (): Filters[] => [
  { schoolYear: '2026-2027', theme: themeAt(0), channel: 'teams' },
  { schoolYear: '2026-2027', centre: content.centres[0]!.id },
  { region: content.centres[1]!.region, outcome: 'answered' },
];
const LISTS: (Part | undefined)[] = [undefined, 'backlog', 'closed', 'responded'];

async function expectSame(model: ReadModel, store: Store, given = () => content): Promise<void> {
  const recount = countingAll(store, given, clock);
  for (const filters of [...VIEWS, ...NARROW()]) {
    const { asOf, ...counted } = await model.figures(filters);
    const { asOf: _, ...recounted } = await recount.figures(filters);
    expect(counted).toEqual(recounted);
    expect(asOf).toBe(NOW);
  }
  for (const part of LISTS) {
    const listed = await model.tickets({}, part ? { part } : {});
    const relisted = await recount.tickets({}, part ? { part } : {});
    const byNumber = (rows: { number: string }[]) => rows.toSorted((a, b) => (a.number < b.number ? -1 : 1));
    expect(byNumber(listed.rows)).toEqual(byNumber(relisted.rows));
    expect(listed.total).toBe(relisted.total);
  }
}

type Step = (ticket: Ticket, at: number, key: string) => Result<Ticket, Refusal>;
const STEPS: Step[] = [
  (t, at) => verbs.suggest(t, system, at, { decision: 'answer', items: [], theme: { id: themeAt(at), confidence: 1 } }),
  (t, at) => verbs.rate(t, asker(t), at, true),
  (t, at) => verbs.expire(t, system, at),
  (t, at, key) =>
    verbs.route(t, asker(t), at, key, {
      service: service(),
      contact: 'c' as ContactId,
      question: t.question || 'Vraag?',
      urgency: 'soon',
      requester: t.requester,
    }),
  (t, at) => verbs.claim(t, me(), at),
  (t, at, key) => verbs.askBack(t, me(), at, key, 'Wie?'),
  (t, at, key) => verbs.reply(t, asker(t), at, key, 'Ik.'),
  (t, at, key) => verbs.answer(t, me(), at, key, { text: 'Zo.', close: true, minutes: 10, survey: true }),
  (t, at, key) => verbs.logTime(t, me(), at, key, 5),
  (t, at, key) => verbs.reopen(t, asker(t), at, key, ''),
  (t, at) => verbs.withdraw(t, asker(t), at),
  (t, at) => verbs.correctTheme(t, me(), at, themeAt(at + 1)),
  (t, at) => verbs.survey(t, asker(t), at, { scores: { [content.survey.items[0]!.id]: 7 }, remark: '', scale: 8 }),
  (t, at, key) => correct(t, boss, at, key, { theme: themeAt(at + 2), minutes: 3, channel: 'mail' }),
  (t, at, key) => correct(t, boss, at, key, { centre: content.centres[at % 5]!.id }),
  (t, at) => retract(t, boss, at),
  (t, at) => verbs.redact(t, boss, at),
];
const anyDeed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ deed: fc.constant('ask'), by: fc.nat(5), ago: fc.nat(500), centre: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('register'), ago: fc.nat(500), theme: fc.nat(3) }) },
  {
    weight: 12,
    arbitrary: fc.record({ deed: fc.constant('step'), which: fc.nat(11), step: fc.nat(STEPS.length - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('session'), ago: fc.nat(500), retracted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('time'), ago: fc.nat(500), retracted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constantFrom('look', 'look', 'restart', 'rebuild') }) },
) as fc.Arbitrary<Record<string, number> & { deed: string; retracted?: boolean }>;

async function save(store: Store, document: StoredDoc): Promise<void> {
  const there = await store.read(document.pk, document.id);
  const done = there ? await store.replace(document, there.version) : await store.create(document);
  if (!['saved', 'created'].includes(done.outcome)) throw new Error(done.outcome);
}

describe('the read model', () => {
  it('gives the figures that a recount gives, after any history, restart or rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { minLength: 10, maxLength: 80, size: 'max' }), async (deeds) => {
        const store = openSqlite(':memory:', clock);
        const { open, faults } = place(store);
        let model = open();
        const tickets: Ticket[] = [];
        for (const [index, { deed, retracted, ...n }] of deeds.entries()) {
          const at = NOW - (n.ago ?? 0) * DAY;
          const day = new Date(at).toISOString().slice(0, 10);
          const id = `t${index}` as TicketId;
          const centre = content.centres[n.centre ?? 0]!.id;
          if (deed === 'ask' || deed === 'register') {
            const requester = { person: `p${n.by}` as PersonId, name: 'naam', centre };
            const channel: IntakeChannel = 'phone';
            const made =
              deed === 'ask'
                ? verbs.ask({ id, number: id, channel: 'teams', requester, service: service(), question: 'V?' }, at)
                : register(
                    {
                      ...{ id, number: id, channel, requester: { name: '', centre }, service: service() },
                      ...{ question: 'V?', theme: themeAt(n.theme!), minutes: 15, askedAt: at },
                    },
                    system,
                    NOW,
                  );
            if (made.ok) {
              tickets.push(made.value);
              await save(store, documentOf(made.value));
            }
          } else if (deed === 'step' && tickets.length > 0) {
            const place = n.which! % tickets.length;
            const ticket = tickets[place]!;
            const next = STEPS[n.step!]!(ticket, ticket.events.at(-1)!.at + 3_600_000, `k${index}`);
            if (next.ok && next.value !== ticket) {
              tickets[place] = next.value;
              await save(store, documentOf(next.value));
            }
          } else if (deed === 'session') {
            const facts = { programme: 'Live', theme: themeAt(0), title: 'T', day, level: 'BaO', sessions: 1, at };
            const rest = { participants: 9, perCentre: { [centre]: 4 }, links: [], tickets: [], history: [] };
            const by = { person: me().person, name: 'naam' };
            const body: SessionRecord = { ...facts, ...rest, by, ...(retracted && { retracted: true as const }) };
            await save(store, { pk: `session:${index % 7}`, id: `session:${index % 7}`, kind: 'session', body });
          } else if (deed === 'time') {
            const strategy = content.strategies[0]!.id;
            const facts = { advisor: me().person, day, minutes: 30, theme: themeAt(1), strategy, note: '', at };
            const body: TimeRecord = { ...facts, ...(retracted && { retracted: true as const }) };
            await save(store, { pk: `time:${index % 7}`, id: `time:${index % 7}`, kind: 'time', body });
          } else if (deed === 'look') {
            // What is remembered of these must not outlive a later change, however old the period.
            for (const filters of [...VIEWS, ...NARROW()]) await model.figures(filters);
          } else if (deed === 'rebuild') await model.rebuild();
          else if (deed === 'restart') {
            await model.close();
            model = open();
          }
        }
        await model.follow();
        await expectSame(model, store);
        await model.close();
        const again = open();
        await again.follow();
        await expectSame(again, store);
        expect(faults).toEqual([]);
        await again.close();
        store.close();
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

async function filled(count = 120): Promise<Store> {
  const store = openSqlite(':memory:', clock);
  for (let n = 0; n < count; n++) {
    const requester = {
      person: `person-secret-${n % 40}` as PersonId,
      name: `Naam ${n}`,
      centre: content.centres[n % 9]!.id,
    };
    const id = `t${n}` as TicketId;
    const asked = verbs.ask(
      { id, number: `HD-${n}`, channel: 'teams', requester, service: service(), question: 'Geheim?' },
      NOW - n * 3_600_000,
    );
    if (!asked.ok) throw new Error('refused');
    const routed = STEPS[3]!(asked.value, asked.value.askedAt + 60_000, 'k');
    if (!routed.ok) throw new Error('refused');
    await store.create(documentOf(routed.value));
  }
  return store;
}

/** Tickets that are made as they are read, so that many cost little. */
function manyTickets(count: number): Store {
  const store = openSqlite(':memory:', clock);
  return {
    ...store,
    changes: async (since, limit) => {
      const from = Number(since);
      const docs = Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, place) => {
        const id = `t${from + place}` as TicketId;
        const requester = { person: `p${(from + place) % 50}` as PersonId, name: '', centre: content.centres[0]!.id };
        const at = NOW - ((from * 7919 + place * 31) % 700) * DAY;
        const asked = verbs.ask(
          { id, number: id, channel: 'teams', requester, service: service(), question: 'V?' },
          at,
        );
        if (!asked.ok) throw new Error('refused');
        return { doc: documentOf(asked.value), version: '1', changedAt: at };
      });
      return { docs, since: String(from + docs.length) };
    },
  };
}

describe('the columns', () => {
  it('are kept in the file, so that a start reads them and not each row', async () => {
    const { folder, open } = place(manyTickets(20_500));
    const model = open();
    await model.follow();
    const before = await model.figures({ schoolYear: '2026-2027' });
    expect(before.figures.requesters).toBe(50);
    await model.close();
    // Without the rows that they were made of.
    const db = new DatabaseSync(join(folder, 'figures.sqlite'));
    const { generation } = db.prepare('SELECT generation FROM places').get() as { generation: number };
    db.exec(`UPDATE facts_${generation} SET body = NULL WHERE seq < 100`);
    db.close();
    const again = open();
    expect(await again.figures({ schoolYear: '2026-2027' })).toEqual(before);
    await again.rebuild();
    expect(await again.figures({ schoolYear: '2026-2027' })).toEqual(before);
    expect((await again.tickets({})).rows).toHaveLength(50);
    await again.close();
    const last = open();
    expect(await last.figures({ schoolYear: '2026-2027' })).toEqual(before);
    await last.close();
  }, 120_000);

  it('that a program with other columns kept are not used', async () => {
    const { folder, open } = place(manyTickets(20_500));
    const model = open();
    await model.follow();
    await model.close();
    const db = new DatabaseSync(join(folder, 'figures.sqlite'));
    db.exec(
      `UPDATE saved SET data = CAST(replace(CAST(data AS TEXT), 'handOvers', 'overHands') AS BLOB) WHERE name = ''`,
    );
    db.close();
    const again = open();
    expect((await again.figures({})).figures.questions.total).toBe(20_500);
    await again.close();
  }, 120_000);
});

describe('what can go wrong', () => {
  it('takes changes that come twice only once', async () => {
    const store = await filled();
    const twice: Store = {
      ...store,
      changes: async (since, limit) => {
        const { docs, since: next } = await store.changes(since, limit);
        return { docs: [...docs, ...docs.slice(0, 3)], since: next };
      },
    };
    const model = place(twice).open();
    await model.follow();
    await expectSame(model, store);
    await model.close();
  });

  it('lets two processes follow the same file', async () => {
    const store = await filled();
    const { open } = place(store);
    const [one, other] = [open(), open()];
    await Promise.all([one.follow(), other.follow()]);
    await Promise.all([expectSame(one, store), expectSame(other, store)]);
    await other.rebuild();
    await expectSame(one, store);
    await one.close();
    await other.close();
  });

  it('waits for a file that another process is just making', async () => {
    const store = await filled(10);
    const { folder, open } = place(store);
    await mkdir(folder);
    const other = new DatabaseSync(join(folder, 'figures.sqlite'));
    other.exec('BEGIN IMMEDIATE; CREATE TABLE halfway (x)');
    const model = open();
    const following = model.follow();
    // Long enough for a thread to have started and to have found the file held.
    await sleep(1_500);
    other.exec('COMMIT');
    other.close();
    await following;
    await expectSame(model, store);
    await model.close();
  });

  it('leaves out a ticket that cannot be read, says so, and counts the rest', async () => {
    const store = await filled(10);
    await store.create({
      pk: 'bad',
      id: 'bad',
      kind: 'ticket',
      body: { number: 'HD-X', events: [{ type: 'closed' }] },
    });
    const { open, faults } = place(store);
    const model = open();
    await model.follow();
    expect((await model.figures({})).figures.questions.total).toBe(10);
    expect(faults.join()).toContain('"bad" does not count');
    await model.close();
  });

  it('answers with what it has when the store is down, and says since when', async () => {
    const store = await filled(10);
    let down = false;
    const { open, faults } = place({
      ...store,
      changes: (since, limit) => (down ? Promise.reject(new Error('no connection')) : store.changes(since, limit)),
    });
    const model = open();
    await model.follow();
    down = true;
    expect((await model.figures({})).figures.questions.total).toBe(10);
    expect(faults.join()).toContain('no connection');
    await model.close();
  });

  it('starts over from a damaged file and from the file of another program', async () => {
    const store = await filled(10);
    for (const damage of [Buffer.alloc(9_000, 7), Buffer.from('SQLite format 3\0 not really')]) {
      const { folder, open } = place(store);
      const first = open();
      await first.follow();
      await first.close();
      await writeFile(join(folder, 'figures.sqlite'), damage);
      const model = open();
      await model.follow();
      await expectSame(model, store);
      await model.close();
    }
  });

  it('folds everything again when the working calendar changed', async () => {
    const store = await filled();
    let given = content;
    const { folder, open } = place(store, undefined, () => given);
    const model = open();
    await model.follow();
    given = { ...content, calendar: { week: { sat: [['10:00', '11:00']] }, closed: [], schoolHolidays: [] } };
    await model.follow();
    await model.rebuild();
    await expectSame(model, store, () => given);
    await model.close();
    const copy = `${folder}-copy`;
    await cp(folder, copy, { recursive: true });
    const other = await filled(7);
    const elsewhere = place(other, copy, () => given).open();
    await elsewhere.follow();
    await elsewhere.rebuild();
    expect((await elsewhere.figures({})).figures.questions.total).toBe(7);
    await elsewhere.close();
  });

  it('refuses a period and a cursor that are none, and goes on', async () => {
    const store = await filled(60);
    const model = place(store).open();
    await model.follow();
    await expect(model.figures({ schoolYear: '2026' })).rejects.toThrow(RangeError);
    await expect(model.tickets({}, { cursor: 'page 2' })).rejects.toThrow(RangeError);
    const first = await model.tickets({});
    const second = await model.tickets({}, { cursor: first.next! });
    expect([first.rows.length, second.rows.length, second.next, second.total]).toEqual([50, 10, undefined, 60]);
    expect(new Set([...first.rows, ...second.rows].map(({ number }) => number)).size).toBe(60);
    await model.close();
  });

  it('keeps no text, no name and nobody recognisable', async () => {
    const store = await filled();
    const { folder, open } = place(store);
    const model = open();
    await model.follow();
    const { rows } = await model.tickets({});
    await model.close();
    expect(existsSync(join(folder, 'figures.sqlite-wal'))).toBe(false);
    const kept = (await readFile(join(folder, 'figures.sqlite'))).toString('latin1') + JSON.stringify(rows);
    expect(kept).toContain('HD-7');
    expect(kept).not.toMatch(/person-secret|Naam \d|Geheim/);
    expect(JSON.stringify(rows)).not.toContain('requester');
  });

  it('tells nobody apart any more once the key of a school year is destroyed', async () => {
    const store = await filled();
    const first = place(store).open();
    expect((await first.figures({ schoolYear: '2026-2027' })).figures.requesters).toBe(40);
    await first.close();
    const pk = 'pseudonym-key:2026-2027';
    await save(store, { pk, id: pk, kind: 'pseudonym-key', body: {} });
    const second = place(store).open();
    const { figures } = await second.figures({ schoolYear: '2026-2027' });
    expect([figures.questions.total, figures.requesters]).toEqual([120, 0]);
    await second.close();
  });

  it('forgets such a key in a process that goes on, too', async () => {
    const store = await filled(3);
    const model = place(store).open();
    expect((await model.figures({ schoolYear: '2026-2027' })).figures.requesters).toBe(3);
    const pk = 'pseudonym-key:2026-2027';
    await save(store, { pk, id: pk, kind: 'pseudonym-key', body: {} });
    await save(store, (await store.read('t1', 't1'))!.doc);
    expect((await model.figures({ schoolYear: '2026-2027' })).figures.requesters).toBe(2);
    await model.close();
  });

  it('still tells how many people there were after retention took them away, also when it is folded again', async () => {
    const store = await filled();
    const model = place(store).open();
    await model.follow();
    const pk = 'pseudonym-key:2026-2027';
    const { secret } = (await store.read(pk, pk))!.doc.body as { secret: string };
    for await (const ticket of allTickets(store)) {
      const name = createHmac('sha256', secret).update(ticket.requester.person!).digest('base64url').slice(0, 22);
      const body = JSON.stringify(documentOf(ticket)).replaceAll(ticket.requester.person!, `gone-${name}`);
      if (ticket.number !== 'HD-7') await save(store, JSON.parse(body));
    }
    expect((await model.figures({ schoolYear: '2026-2027' })).figures.requesters).toBe(40);
    await model.close();
    await save(store, { pk, id: pk, kind: 'pseudonym-key', body: {} });
    const again = place(store).open();
    expect((await again.figures({ schoolYear: '2026-2027' })).figures.requesters).toBe(40);
    await again.close();
  });

  it('has a change within a moment of the save, also without being asked to follow', async () => {
    const store = await filled(3);
    const model = place(store).open();
    expect((await model.figures({})).figures.backlog.total).toBe(3);
    const loaded = opened((await store.read('t1', 't1'))!).ticket;
    const withdrawn = verbs.withdraw(loaded, asker(loaded), NOW);
    if (!withdrawn.ok) throw new Error('refused');
    await save(store, documentOf(withdrawn.value));
    expect((await model.figures({})).figures.backlog.total).toBe(2);
    await model.close();
  });
});
