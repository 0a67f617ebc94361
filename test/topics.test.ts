// Stories of questions that keep coming back: which belong together, what recurs, and what never surfaces.

import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, KnowledgeBase, Store } from '../src/app/ports.ts';
import type { TicketRecord, TopicRecord } from '../src/app/records.ts';
import { lastSnapshot, refreshTopics, type Sources, stopTopics } from '../src/app/topics/topic-reader.ts';
import { recurringQuestions, type TopicView, topics } from '../src/app/topics/topics.ts';
import type { Person } from '../src/domain/authorisation.ts';
import type { Filters } from '../src/domain/selection.ts';
import type { CentreId, ItemId, PersonId, ServiceId, ThemeId, TicketId, TopicId } from '../src/domain/terms.ts';
import type { TicketEvent } from '../src/domain/ticket.ts';
import { evidenceOf, isGap, recurs, type TopicQuestion } from '../src/domain/topics.ts';
import { silent } from './desk.ts';
import { processorMsOf } from './processor.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T09:00:00Z');
const clock = { now: () => NOW };
const poc = 'poc-plus' as ServiceId;
const theme = 'onderwijsregelgeving' as ThemeId;
const quality = { person: 'quality' as PersonId, roles: { advisorOf: [], quality: true, administrator: false } };
const advisorOf = (service: string) => ({
  person: 'advisor' as PersonId,
  roles: { advisorOf: [service as ServiceId], quality: false, administrator: false },
});

let content: Content;
let knowledge: KnowledgeBase;
beforeAll(async () => {
  const load = () => loadContent('content');
  knowledge = await createKnowledgeBase(load, () => {});
  content = knowledge.content();
});

type Made = {
  id: string;
  text: string;
  person?: string;
  centre?: string;
  /** Days before today. */
  ago?: number;
  theme?: ThemeId;
  service?: ServiceId;
  decision?: 'answer' | 'unsure' | 'none';
  item?: string;
  helped?: boolean;
  registered?: { item?: string; topic?: string };
};

/** A ticket as the store has it, made of nothing but what matters to topics. */
function record(made: Made): TicketRecord {
  const at = NOW - (made.ago ?? 1) * DAY;
  const { registered } = made;
  const requester = {
    name: made.person ?? '',
    ...(made.person ? { person: made.person as PersonId } : {}),
    ...(made.centre ? { centre: made.centre as CentreId } : {}),
  };
  const events: TicketEvent[] = [
    {
      type: 'asked',
      at,
      channel: registered ? 'phone' : 'teams',
      requester,
      question: made.text,
      service: made.service ?? poc,
    },
    registered
      ? {
          type: 'registered',
          at,
          theme: made.theme ?? theme,
          ...(registered.item ? { item: registered.item as ItemId } : {}),
          ...(registered.topic ? { topic: registered.topic as TopicId } : {}),
        }
      : {
          type: 'suggested',
          at,
          decision: made.decision ?? 'none',
          items: made.item ? [made.item as ItemId] : [],
          theme: { id: made.theme ?? theme, confidence: 0.9 },
        },
    ...(made.helped === undefined ? [] : [{ type: 'rated-answer', at, helped: made.helped } as const]),
  ];
  return {
    number: `HD-2026-${made.id}`,
    events,
    address: { conversationId: 'chat', serviceUrl: 'https://example.org' },
    told: { requester: 0, channel: 0 },
    shown: { requester: 0, channel: 0 },
    posts: {},
    trouble: {},
  };
}

const open = (): Store => checked(openSqlite(':memory:', clock), () => {});
const sources = (store: Store, base = knowledge): Sources => ({ store, knowledge: base, clock, log: silent });
const put = (store: Store, made: Made) =>
  store.create({ pk: made.id, id: made.id, kind: 'ticket', body: record(made) });
async function change(store: Store, id: string, edit: (body: TicketRecord) => TicketRecord): Promise<void> {
  const stored = (await store.read(id, id))!;
  await store.replace({ ...stored.doc, body: edit(stored.doc.body as TicketRecord) }, stored.version);
}
const redact = (store: Store, id: string) =>
  change(store, id, (body) => ({
    ...body,
    events: [
      ...body.events.map((event) => (event.type === 'asked' ? { ...event, question: '' } : event)),
      { type: 'redacted', at: NOW },
    ],
  }));
async function filled(...tickets: Made[]): Promise<Store> {
  const store = open();
  for (const made of tickets) await put(store, made);
  return store;
}
const see = async (from: Sources, viewer: Pick<Person, 'person' | 'roles'> = quality, filters: Filters = {}) =>
  (await topics(from, viewer, filters, Number.POSITIVE_INFINITY))!;

/** Questions on something that content does not know. */
const TRANSPORT = [
  'Wie heeft recht op leerlingenvervoer naar het buitengewoon onderwijs?',
  'leerlingenvervoer aanvragen, hoe doe ik dat?',
  'moet het CLB tekenen voor leerlingenvervoer BuO',
  'recht op leerlingenvervoer buitengewoon onderwijs, wie beslist?',
];
const transport = (): Made[] =>
  TRANSPORT.map((text, at) => ({
    id: `t${at}`,
    text,
    person: `p${at}`,
    centre: at % 2 === 0 ? 'go-clb-gent' : 'go-clb-brugge',
    ago: 10 - at,
  }));

describe('what recurs', () => {
  const asked = (day: number, by: Partial<Pick<TopicQuestion, 'person' | 'centre'>>): TopicQuestion => ({
    ticket: `${day}` as TicketId,
    number: '',
    askedAt: day * DAY,
    day,
    channel: 'teams',
    service: poc,
    minutes: 0,
    finding: 'none',
    ...by,
  });
  const people = (...days: number[]) =>
    days.map((day, at) => asked(day, { person: `p${at}` as PersonId, centre: 'gent' as CentreId }));
  const centres = (...days: number[]) => days.map((day, at) => asked(day, { centre: `c${at}` as CentreId }));

  it.each([
    ['3 requesters on one day', people(1, 1, 1), true],
    ['2 requesters of one centre', people(1, 1), false],
    ['3 requesters in 30 days', people(1, 15, 30), true],
    ['3 requesters in 31 days', people(1, 15, 31), false],
    ['3 requesters in the last 30 of many days', people(1, 60, 70, 80), true],
    ['2 centres in 30 days, nobody known', centres(1, 30), true],
    ['2 centres in 31 days', centres(1, 31), false],
    ['one centre four times', [1, 2, 3, 4].map((day) => asked(day, { centre: 'gent' as CentreId })), false],
    ['one person three times', [1, 2, 3].map((day) => asked(day, { person: 'p' as PersonId })), false],
    ['nothing known of anybody', [asked(1, {}), asked(2, {}), asked(3, {})], false],
    ['no question', [], false],
  ])('%s', (_, questions, expected) => {
    expect(recurs(questions)).toBe(expected);
    expect(recurs([...questions].reverse())).toBe(expected);
  });

  it('counts per week, also weeks without a question, and a gap from half of the questions on', () => {
    const monday = 20_780; // 2026-11-23
    const questions = [
      { ...asked(monday, { centre: 'b' as CentreId }), finding: 'answered' as const, minutes: 10 },
      asked(monday + 6, { centre: 'a' as CentreId }),
    ];
    const evidence = evidenceOf(questions, {
      from: Date.parse('2026-11-16T00:00:00Z'),
      to: Date.parse('2026-11-30T00:00:00Z'),
    });
    expect(evidence.weeks).toEqual([
      { monday: '2026-11-16', questions: 0 },
      { monday: '2026-11-23', questions: 2 },
      { monday: '2026-11-30', questions: 0 },
    ]);
    expect(evidence.centres).toEqual([
      { id: 'a', questions: 1 },
      { id: 'b', questions: 1 },
    ]);
    expect([evidence.minutes, isGap(evidence)]).toEqual([10, true]);
    expect(isGap(evidenceOf([questions[0]!, questions[0]!, questions[1]!], { from: 0, to: 1 }))).toBe(false);
  });
});

describe('a topic', () => {
  it('is a gap when the index has nothing, named by words of its questions', async () => {
    const found = await see(sources(await filled(...transport())));
    expect(found.recurring).toHaveLength(1);
    const [gap] = found.gaps as [TopicView];
    expect(gap).toMatchObject({ id: 'question:t0', recurring: true, gap: true, theme });
    expect(gap.item).toBeUndefined();
    expect(gap.name).toMatch(/leerlingenvervoer/i);
    expect(gap.evidence).toMatchObject({ questions: 4, requesters: 4, centreCount: 2, findings: { none: 4 } });
    expect(found.popular).toEqual([]);
  });

  it('is an item when the index is sure, and popular when it answers', async () => {
    const item = content.items.find(({ id }) => id === ('mdd-bewaartermijn' as ItemId))!;
    const store = await filled(
      ...[item.title, item.variants[0]!, item.wordings[0]!].map((text, at) => ({
        id: `i${at}`,
        text,
        person: `p${at}`,
        theme: item.themes[0],
        decision: 'answer' as const,
        item: item.id,
      })),
      { id: 'i3', text: 'iets heel anders', centre: 'go-clb-gent', registered: { item: item.id } },
    );
    const found = await see(sources(store));
    expect(found.popular).toMatchObject([
      { id: `item:${item.id}`, name: item.title, item: { id: item.id }, gap: false, evidence: { questions: 4 } },
    ]);
    expect(found.gaps).toEqual([]);
  });

  it('of a known answer that does not help is a gap too', async () => {
    const item = content.items.find(({ id }) => id === ('mdd-bewaartermijn' as ItemId))!;
    const store = await filled(
      ...[0, 1, 2].map((at) => ({
        id: `n${at}`,
        text: item.title,
        person: `p${at}`,
        theme: item.themes[0],
        decision: 'answer' as const,
        item: item.id,
        helped: at === 0,
      })),
    );
    const [gap] = (await see(sources(store))).gaps;
    expect(gap).toMatchObject({ name: item.title, evidence: { findings: { answered: 1, rejected: 2 } } });
  });

  it('keeps its id while it grows, and does not depend on the order in which tickets are stored', async () => {
    const texts = [
      ...TRANSPORT,
      'Hoe regelen we leerlingenvervoer voor een leerling met een verslag?',
      'Mag een leerling zijn hond meebrengen naar school?',
      'hond op school, mag dat',
      'schoolhond inzetten in de klas, wat zijn de regels?',
    ];
    const all: Made[] = texts.map((text, at) => ({ id: `o${at}`, text, person: `p${at}`, ago: 20 - at }));
    const grouped = ({ recurring }: { recurring: TopicView[] }) =>
      recurring.map(({ id, name, evidence }) => [id, name, evidence.questions]);
    const expected = grouped(await see(sources(await filled(...all))));
    expect(expected.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length), async (order, cut) => {
        const store = await filled(...order.slice(0, cut));
        await see(sources(store));
        for (const made of order.slice(cut)) await put(store, made);
        expect(grouped(await see(sources(store)))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(all.length), async (cut) => {
        const store = await filled(...all.slice(0, cut));
        const early = (await see(sources(store))).recurring.map(({ id }) => id);
        for (const made of all.slice(cut)) await put(store, made);
        const late = (await see(sources(store))).recurring.map(({ id }) => id);
        expect(late).toEqual(expect.arrayContaining(early));
      }),
      { numRuns: 10 },
    );
  });

  it('leaves out what was registered by mistake', async () => {
    const store = await filled(...transport());
    const from = sources(store);
    expect((await see(from)).recurring[0]!.evidence.questions).toBe(4);
    await change(store, 't3', (body) => ({ ...body, events: [...body.events, { type: 'retracted', at: NOW }] }));
    expect((await see(from)).recurring[0]!.evidence.questions).toBe(3);
  });

  it('takes in what an advisor registers under it, whatever the words', async () => {
    const store = await filled(...transport());
    const from = sources(store);
    await see(from);
    const [known] = recurringQuestions(from, quality.roles);
    expect(known).toMatchObject({ id: 'question:t0', theme });
    expect(known!.title).toMatch(/leerlingenvervoer/i);
    expect(recurringQuestions(from, advisorOf('pbd-go').roles)).toEqual([]);
    await put(store, { id: 'r1', text: 'Bus', centre: 'go-clb-gent', registered: { topic: known!.id } });
    expect((await see(from)).gaps[0]!.evidence).toMatchObject({ questions: 5, requesters: 4 });
  });

  it('becomes the item that is written for it; its old id and what was decided go along', async () => {
    const store = await filled(...transport());
    await refreshTopics(sources(store), { keeps: true });
    await store.create({
      pk: 'followup:question:t0',
      id: 'followup:question:t0',
      kind: 'followup',
      body: {
        history: [
          {
            type: 'decided',
            at: NOW,
            by: { person: 'quality', name: 'Kwaliteitsteam' },
            key: 'k',
            kind: 'faq',
            owner: 'poc-coordinatie',
            date: '2026-11-20',
            note: '',
            status: 'done',
          },
        ],
      },
    });
    const item = { ...content.items[0]!, id: 'or-leerlingenvervoer' as ItemId, themes: [theme] as [ThemeId] };
    const written = {
      ...item,
      title: TRANSPORT[0]!,
      variants: TRANSPORT.slice(1),
      wordings: [],
      answer: 'Bij De Lijn.',
    };
    const grown = await createKnowledgeBase(
      async () => ({ content: { ...content, items: [...content.items, written] }, problems: [] }),
      () => {},
    );
    const found = await see(sources(store, grown));
    expect(found.followed).toMatchObject([
      {
        id: 'item:or-leerlingenvervoer',
        name: TRANSPORT[0],
        followUp: { kindName: 'FAQ', status: 'done', effect: { state: 'too-early' } },
      },
    ]);
  });
});

describe('what never surfaces', () => {
  it('is a name or a number, however many people wrote it', async () => {
    const texts = [
      'Lotte Peeters heeft leerlingenvervoer nodig, rijksregisternummer 93.05.18-223.61',
      'leerlingenvervoer voor lotte peeters van 3A, wie betaalt dat',
      'Mag Zjevora met het leerlingenvervoer mee? 0470 12 34 56',
      'leerlingenvervoer zjevora 1234',
      'Kan Zjevora leerlingenvervoer krijgen',
    ];
    const store = await filled(
      ...texts.map((text, at) => ({
        id: `x${at}`,
        text,
        person: `p${at}`,
        centre: at % 2 ? 'go-clb-gent' : 'go-clb-brugge',
      })),
    );
    await refreshTopics(sources(store), { keeps: true });
    const found = await see(sources(store));
    const kept = (await store.list({ kind: 'topic' })).docs.map(({ doc }) => doc.body);
    const said = JSON.stringify([found, kept]).toLowerCase();
    for (const secret of ['lotte', 'peeters', 'zjevora', '93.05', '0470', '1234', '3a'])
      expect(said).not.toContain(secret);
    expect(found.recurring[0]!.name).toBe('Leerlingenvervoer');
  });

  it('is a word of one centre alone', async () => {
    const texts = [
      'mag flurbo mee op het leerlingenvervoer',
      'flurbo en leerlingenvervoer',
      'leerlingenvervoer flurbo',
    ];
    const at = (centre: (n: number) => string) =>
      filled(...texts.map((text, n) => ({ id: `f${n}`, text, person: `p${n}`, centre: centre(n) })));
    const [one] = (await see(sources(await at(() => 'go-clb-gent')))).recurring;
    // What one centre alone writes may tell who it is about; a word made of two that content has does not.
    expect(one!.words).toEqual(['leerlingenvervoer']);
    const nameless = await filled(
      ...['flurbo knaldi', 'flurbo en knaldi', 'knaldi flurbo'].map((text, n) => ({
        id: `g${n}`,
        text,
        person: `p${n}`,
      })),
    );
    expect((await see(sources(nameless))).recurring[0]!.name).toMatch(/^Vragen over Onderwijsregelgeving/);
    const [several] = (await see(sources(await at((n) => `go-clb-${n}`)))).recurring;
    expect(several!.words).toContain('flurbo');
  });

  it('is anything of a question that was made unreadable; it still counts, and its topic stays', async () => {
    const store = await filled(...transport());
    await refreshTopics(sources(store), { keeps: true });
    for (const id of ['t0', 't1', 't2', 't3']) await redact(store, id);
    for (const from of [sources(store), sources({ ...store })]) {
      const [topic] = (await see(from)).recurring;
      expect(topic).toMatchObject({ id: 'question:t0', evidence: { questions: 4, requesters: 4 } });
      expect(topic!.name).toMatch(/leerlingenvervoer/i);
    }
    // A process that starts afterwards recognises a new question by the words that were kept.
    await put(store, { id: 't9', text: 'leerlingenvervoer buitengewoon onderwijs', person: 'p9', ago: 0 });
    expect((await see(sources({ ...store }))).recurring[0]).toMatchObject({
      id: 'question:t0',
      evidence: { questions: 5 },
    });
  });

  it('is the words of the one question that was made unreadable', async () => {
    const store = await filled(
      ...transport().slice(0, 3),
      { id: 'u1', text: 'leerlingenvervoer met een rolstoel', person: 'p8', ago: 2 },
      { id: 'u2', text: 'leerlingenvervoer en een rolstoel', person: 'p9', ago: 1 },
    );
    for (const id of ['u1', 'u2']) await redact(store, id);
    expect(JSON.stringify(await see(sources(store)))).not.toContain('rolstoel');
  });
});

describe('who sees topics', () => {
  it('is the quality team, and advisors of their own service; few requesters are not counted for them', async () => {
    const store = await filled(...transport(), {
      id: 'z1',
      text: TRANSPORT[0]!,
      service: 'pbd-go' as ServiceId,
      person: 'p7',
      centre: 'go-clb-gent',
    });
    const from = sources(store);
    const nobody = { ...quality, roles: { ...quality.roles, quality: false } };
    expect(await topics(from, nobody, {})).toBeUndefined();
    expect((await see(from)).recurring[0]!.evidence.questions).toBe(5);
    const [own] = (await see(from, advisorOf('poc-plus'))).recurring;
    expect(own!.evidence).toMatchObject({ questions: 4, requesters: undefined, centres: [], centreCount: 2 });
    expect((await see(from, advisorOf('pbd-go'))).recurring).toEqual([]);
  });

  it('counts the effect of a decision over questions of their own service only', async () => {
    const decided = async (store: Store) => {
      const [topic] = (await see(sources(store))).recurring;
      const by = { person: 'quality', name: 'Kwaliteitsteam' };
      const decision = { kind: 'faq', owner: 'poc-coordinatie', date: '2026-10-27', note: '', status: 'done' };
      const history = [{ type: 'decided', at: NOW, by, key: 'k', ...decision }];
      await store.create({
        pk: `followup:${topic!.id}`,
        id: `followup:${topic!.id}`,
        kind: 'followup',
        body: { history },
      });
      return sources(store);
    };
    const other = { service: 'pbd-go' as ServiceId, person: 'p7', centre: 'go-clb-gent' };
    const from = await decided(await filled(...transport(), { id: 'z1', text: TRANSPORT[0]!, ...other }));
    const effectFor = async (viewer: Parameters<typeof see>[1]) => (await see(from, viewer)).followed[0]?.followUp;
    const [all, own] = [await effectFor(quality), await effectFor(advisorOf('poc-plus'))];
    expect(all!.effect.after.questions).toBe(5);
    expect([own!.effect.after.questions, own!.people]).toEqual([4, all!.people - 1]);
  });

  it('is narrowed by filters, and a wrong school year is refused', async () => {
    const from = sources(await filled(...transport()));
    expect((await see(from, quality, { centre: 'go-clb-gent' as CentreId })).recurring).toEqual([]);
    expect((await see(from, quality, { channel: 'teams', theme, month: '2026-11' })).recurring).toHaveLength(1);
    expect((await see(from, quality, { month: '2026-10' })).recurring).toEqual([]);
    expect((await see(from, quality, { schoolYear: '2025-2026' })).recurring).toEqual([]);
    await expect(see(from, quality, { schoolYear: '2026' })).rejects.toThrow('2026');
  });
});

describe('reading', () => {
  it('lets other work go first', async () => {
    const store = open();
    for (let at = 0; at < 300; at++) {
      await put(store, { id: `s${at}`, text: `${TRANSPORT[at % 4]} ${at}`, person: `p${at}`, ago: at % 20 });
    }
    let turns = 0;
    let done = false;
    const others = (async () => {
      for (; !done; turns++) await new Promise((resolve) => setImmediate(resolve));
    })();
    await see(sources(store));
    done = true;
    await others;
    expect(turns).toBeGreaterThan(10);
  });

  it('is cut off when the helpdesk stops: at once, without a word and without half a picture', async () => {
    const store = open();
    for (let at = 0; at < 400; at++) {
      await put(store, { id: `s${at}`, text: `${TRANSPORT[at % 4]} ${at}`, person: `p${at}`, ago: at % 20 });
    }
    const said: object[] = [];
    const app = { ...sources(store), log: { ...silent, error: (fields: object) => void said.push(fields) } };
    const reading = refreshTopics(app, { keeps: true });
    await new Promise((resolve) => setImmediate(resolve));
    const took = await processorMsOf(() => {
      stopTopics(app);
      return reading;
    });
    expect(took).toBeLessThan(500);
    expect(lastSnapshot(app)).toMatchObject({ ready: false, topics: new Map() });
    expect(await topics(app, quality, {}, 1_000)).toMatchObject({ ready: false });
    expect(said).toEqual([]);
    // A store of its own is read as ever: another helpdesk in this process does not stop.
    expect((await see(sources(await filled(...transport())))).recurring).toHaveLength(1);
  });

  it('leaves a damaged document out, and says so', async () => {
    const file = openSqlite(':memory:', clock);
    const store = checked(file, () => {});
    for (const made of transport()) await put(store, made);
    await file.create({ pk: 'bad', id: 'bad', kind: 'ticket', body: { number: '', events: [] } });
    await file.create({ pk: 'topic:bad', id: 'topic:bad', kind: 'topic', body: { members: 'none' } });
    await file.create({ pk: 'followup:bad', id: 'followup:bad', kind: 'followup', body: {} });
    const said: object[] = [];
    const from = { ...sources(store), log: { ...silent, warn: (fields: object) => void said.push(fields) } };
    expect((await see(from)).recurring).toHaveLength(1);
    expect(said).toMatchObject([{ pk: 'bad' }, { pk: 'topic:bad' }, { pk: 'followup:bad' }]);
  });

  it('is not put together again soon after that took long, except for who waits for it', async () => {
    const [first, ...later] = transport();
    const store = await filled(first!);
    const app = sources(store);
    let now = 0;
    const clockwork = vi.spyOn(performance, 'now').mockImplementation(() => now++ * 100);
    try {
      await refreshTopics(app);
      for (const made of later) await put(store, made);
      await refreshTopics(app);
      expect(lastSnapshot(app).topics.size).toBe(0);
      now += 60_000 / 100;
      await refreshTopics(app);
      expect(lastSnapshot(app).topics.size).toBe(1);
      const questions = () => [...lastSnapshot(app).topics.values()].map((topic) => topic.questions.length);
      await put(store, { ...first!, id: 'again', ago: 1 });
      await refreshTopics(app);
      expect(questions()).toEqual([4]);
      await see(app);
      expect(questions()).toEqual([5]);
    } finally {
      clockwork.mockRestore();
    }
  });

  it('answers with what there was when what changed takes too long', async () => {
    const store = await filled(...transport());
    const slow: Store = { ...store, changes: () => new Promise(() => {}) };
    expect(await topics(sources(slow), quality, {}, 5)).toMatchObject({ ready: false, recurring: [] });
  });

  it('keeps which questions a topic has, without a word that is not shown', async () => {
    const store = await filled(...transport());
    await refreshTopics(sources(store), { keeps: true });
    const { docs } = await store.list({ kind: 'topic' });
    expect(docs).toHaveLength(1);
    const kept = docs[0]!.doc.body as TopicRecord;
    expect(kept.members).toEqual(['t0', 't1', 't2', 't3']);
    const [{ words }] = (await see(sources(store))).recurring as [TopicView];
    expect(kept.words).toEqual(words);
  });
});
