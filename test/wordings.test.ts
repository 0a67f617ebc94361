// Stories of wordings that people confirm: what the helpdesk learns from them, what nobody can teach it, and how it forgets.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase, keyOf } from '../src/app/knowledge/knowledge-base.ts';
import {
  allLearned,
  forgetWordings,
  learnFromAnswer,
  learnFromRating,
  listWordings,
  relearn,
  removeWording,
  teach,
  unlearn,
  wordingsOf,
} from '../src/app/knowledge/wordings.ts';
import type { Content, KnowledgeBase, Store } from '../src/app/ports.ts';
import type { App } from '../src/app/questions/tickets.ts';
import { hearChanges, readTopics, refreshTopics } from '../src/app/topics/topic-reader.ts';
import type { ItemId, PersonId } from '../src/domain/terms.ts';
import { replay, type Ticket, type TicketEvent } from '../src/domain/ticket.ts';
import { learnedFrom, type Vote, vote, type Wording, weightOf } from '../src/domain/wordings.ts';
import { deskOver } from './desk.ts';
import { latest, openTown, people, textOf, words } from './town.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-11-24T09:00:00Z');
const [an, bo, cy] = ['an', 'bo', 'cy'].map((name) => `person-${name}` as PersonId) as [PersonId, PersonId, PersonId];
const KEEPING = 'mdd-bewaartermijn' as ItemId;
/** Enough to choose from, and quick to index. */
const THEMES = new Set<string>([
  'dossier-en-inzage',
  'beroepsgeheim',
  'ouderlijk-gezag-en-echtscheiding',
  'it-en-toegang',
]);
/** Nobody who wrote content would put it like this. */
const ODD = 'wanneer mogen die paperassen de versnipperaar in';

let now: number;
let all: Content;
let content: Content;
let store: Store;
let app: App;

const clock = { now: () => now };
const open = (): Promise<KnowledgeBase> =>
  createKnowledgeBase(
    async () => ({ content, problems: [] }),
    () => {},
    () => allLearned(store, now),
  );
const rankOf = (knowledge: KnowledgeBase, text: string, item: ItemId): number =>
  knowledge.explain({ text }).ranked.findIndex((one) => one.item.id === item) + 1;
const texts = async () => (await listWordings(store, now)).map(({ text }) => text);

beforeEach(async () => {
  now = START;
  all ??= (await loadContent('content')).content;
  content = { ...all, items: all.items.filter(({ themes }) => THEMES.has(themes[0])) };
  await openApp();
});

async function openApp(): Promise<void> {
  store = checked(openSqlite(':memory:', clock), () => {});
  app = deskOver(store, await open(), clock);
}

describe('a wording that helped', () => {
  it('counts a little at once and fully when a second person says so', async () => {
    expect(rankOf(app.knowledge, ODD, KEEPING)).not.toBe(1);
    const scoreNow = () =>
      app.knowledge.explain({ text: ODD }).ranked.find(({ item }) => item.id === KEEPING)?.features.words ?? 0;
    const before = scoreNow();
    await teach(app, { item: KEEPING, text: ODD, helped: true }, an);
    const once = scoreNow();
    await teach(app, { item: KEEPING, text: ODD, helped: true }, an);
    expect(scoreNow()).toBe(once);
    await teach(app, { item: KEEPING, text: `${ODD}?`, helped: true }, bo);
    expect(once).toBeGreaterThan(before);
    expect(scoreNow()).toBeGreaterThan(once);
    expect(rankOf(app.knowledge, ODD, KEEPING)).toBe(1);
    expect(app.knowledge.answer({ text: ODD }).decision).toBe('answer');
    const [listed] = await listWordings(store, now);
    expect(listed).toMatchObject({ item: KEEPING, yes: 2, no: 0, weight: 1, text: ODD });
  });

  it('counts in full at once from who looks after the item', async () => {
    await teach(app, { item: KEEPING, text: ODD, helped: true, full: true }, an);
    expect(await listWordings(store, now)).toMatchObject([{ item: KEEPING, yes: 1, weight: 1 }]);
    expect(rankOf(app.knowledge, ODD, KEEPING)).toBe(1);
  });

  it('never gets into content itself, and is there after a restart, ranked exactly the same', async () => {
    for (const person of [an, bo]) await teach(app, { item: KEEPING, text: ODD, helped: true }, person);
    await teach(app, { item: content.items[0]!.id, text: 'wat vertel ik aan die twee thuis', helped: true }, cy);
    expect(app.knowledge.content().items.some(({ confirmed }) => confirmed)).toBe(false);
    const restarted = await open();
    const seen = (knowledge: KnowledgeBase) =>
      knowledge.explain({ text: ODD }).ranked.map(({ item, score }) => [item.id, score.toFixed(6)]);
    expect(seen(restarted)).toEqual(seen(app.knowledge));
    expect(seen(await open())).toEqual(seen(restarted));
  });

  it('is kept without what is recognisable, and without saying who', async () => {
    await teach(
      app,
      { item: KEEPING, text: 'Mag het dossier van Jonas Vermeulen weg? Bel 0477 12 34 56', helped: true },
      an,
    );
    const all = JSON.stringify((await store.changes('', 1_000)).docs);
    expect(all).not.toMatch(/Vermeulen|0477|person-an/);
    expect(await texts()).toEqual(['Mag het dossier van [naam] weg? Bel [telefoonnummer]']);
  });

  it('counts less with the years, and at last not at all', () => {
    const votes: Vote[] = [
      { by: 'a', at: START },
      { by: 'b', at: START },
    ];
    const wording: Wording = { key: 'k', text: 'k', for: votes, against: [] };
    const later = (days: number) => weightOf(wording, START + days * DAY);
    expect([later(0), later(365), later(730)]).toEqual([1, 0.5, 0.25]);
    expect(later(5 * 365)).toBe(0);
    expect(weightOf({ ...wording, for: votes.slice(0, 1) }, START)).toBe(0.1);
  });

  it('that says nothing, or that content has elsewhere, teaches nothing', async () => {
    const other = content.items.find(({ id }) => id !== KEEPING)!;
    for (const text of ['', 'help', 'hoe moet dat dan?', 'x'.repeat(4_000), '👍👍👍']) {
      await teach(app, { item: KEEPING, text, helped: true }, an);
    }
    expect(await texts()).toEqual([]);
    for (const person of [an, bo, cy]) await teach(app, { item: KEEPING, text: other.title, helped: true }, person);
    expect(rankOf(app.knowledge, other.title, other.id)).toBe(1);
    expect(rankOf(await open(), other.title, other.id)).toBe(1);
  });
});

describe('an answer that did not help', () => {
  it('comes later for the same words, is no longer sure after a second no, and stays as it was for other words', async () => {
    const question = content.items.find(({ id }) => id === KEEPING)!.title;
    const asked = () => app.knowledge.answer({ text: question });
    const before = asked();
    expect(before).toMatchObject({ decision: 'answer', items: [{ item: { id: KEEPING } }, {}, {}] });
    await teach(app, { item: KEEPING, text: question, helped: false }, an);
    expect(asked().items.find(({ item }) => item.id === KEEPING)!.score).toBeLessThan(before.items[0]!.score);
    await teach(app, { item: KEEPING, text: question, helped: false }, bo);
    expect(asked().decision).toBe('unsure');
    expect(app.knowledge.answer({ text: `${question} Graag snel.` }).decision).toBe('answer');
    for (const person of ['d', 'e', 'f', 'g', 'h']) {
      await teach(app, { item: KEEPING, text: question, helped: false }, `person-${person}` as PersonId);
    }
    expect(asked().items.map(({ item }) => item.id)).toContain(KEEPING);
    expect((await open()).answer({ text: question }).decision).toBe('unsure');
  });

  it('weighs against those who said yes', () => {
    const about = { key: 'k', text: 'k' };
    let wordings: Wording[] = [];
    for (const by of ['a', 'b']) wordings = vote(wordings, { ...about, helped: true }, { by, at: START });
    wordings = vote(wordings, { ...about, helped: false }, { by: 'c', at: START });
    expect(learnedFrom(wordings, START)).toEqual({ confirmed: [{ text: 'k', weight: 0.5 }], doubts: [] });
    wordings = vote(wordings, { ...about, helped: false }, { by: 'a', at: START });
    expect(wordings[0]).toMatchObject({ for: [{ by: 'b' }], against: [{ by: 'c' }, { by: 'a' }] });
    expect(learnedFrom(wordings, START)).toEqual({ confirmed: [], doubts: [{ key: 'k', penalty: 0.1 }] });
  });
});

describe('what somebody says through a ticket', () => {
  const suggested = (items: ItemId[], by?: PersonId): TicketEvent => ({
    type: 'suggested',
    at: now,
    decision: 'answer',
    items,
    ...(by ? { by: { person: by, name: '' } } : {}),
  });
  const ticketOf = (...events: TicketEvent[]): Ticket =>
    replay(randomUUID() as Ticket['id'], 'HD-2026-0001', [
      {
        type: 'asked',
        at: now,
        channel: 'teams',
        requester: { person: an, name: 'An' },
        question: ODD,
        service: content.services[0]!.id,
      },
      ...events,
    ]);

  it('counts for the answer that was shown or picked from what was offered, never for an item nobody offered', async () => {
    const other = content.items.find(({ id }) => id !== KEEPING)!.id;
    await learnFromRating(app, ticketOf(suggested([other]), suggested([KEEPING, other], an)), an, true);
    expect(await texts()).toEqual([]);
    await learnFromRating(app, ticketOf(suggested([other, KEEPING]), suggested([KEEPING, other], an)), an, true);
    expect(await listWordings(store, now)).toMatchObject([{ item: KEEPING }]);
  });

  it('by an advisor counts when the source is that of one item that the index found', async () => {
    const item = content.items.find(({ id }) => id === KEEPING)!;
    const question = 'bewaartermijn van oude dossiers op zolder';
    const alone = item.sources.find(
      ({ url }) => content.items.filter(({ sources }) => sources.some((one) => one.url === url)).length === 1,
    );
    const answered = (source: string): Ticket => ({
      ...ticketOf({ type: 'answered', at: now, by: { person: bo, name: 'Bo' }, text: 'Zie daar.', source }),
      question,
    });
    await learnFromAnswer(app, answered('https://elders.example/'), bo);
    expect(await texts()).toEqual([]);
    await learnFromAnswer(app, answered(alone!.url), bo);
    expect(await listWordings(store, now)).toMatchObject([{ item: KEEPING, text: question, yes: 1 }]);
  });

  it('a store that fails costs nobody their answer', async () => {
    app = { ...app, store: { ...store, read: () => Promise.reject(new Error('disk full')) } };
    await expect(teach(app, { item: KEEPING, text: ODD, helped: true }, an)).resolves.toBe(false);
  });
});

/** Of the wordings in content, one in so many is asked: all 4,900 give the same figure and take a minute. */
const EVERY = 7;

describe('nobody can teach it nonsense', () => {
  /** Mean reciprocal rank of items on the wordings that content has for them, as an asker would see it. */
  const mrr = (knowledge: KnowledgeBase): number => {
    const asked = content.items.flatMap((item) =>
      [item.title, ...item.variants, ...item.wordings].map((text) => ({ id: item.id, text })),
    );
    const sample = asked.filter((_, at) => at % EVERY === 0);
    const ranks = sample.map(({ id, text }) => {
      const { answer, ranked } = knowledge.explain({ text });
      const shown = answer.items.findIndex(({ item }) => item.id === id);
      const at = shown >= 0 ? shown : ranked.findIndex(({ item }) => item.id === id);
      return at < 0 ? 0 : 1 / (at + 1);
    });
    return ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  };

  it('1,000 hostile confirmations of three people change next to nothing', { timeout: 120_000 }, async () => {
    content = all;
    await openApp();
    const before = mrr(app.knowledge);
    // They aim at what is there: other items' wordings, a little changed so that they are not known, all agreeing.
    const victims = content.items.flatMap((item) => item.wordings.map((text) => ({ item, text })));
    for (let n = 0; n < 1_000; n++) {
      const { item, text } = victims[(n * 37) % victims.length]!;
      const wrong = content.items[(n * 53 + 7) % content.items.length]!;
      if (wrong.id === item.id) continue;
      for (const person of [an, bo, cy])
        await teach(app, { item: wrong.id, text: `${text} zeg`, helped: true }, person);
    }
    // And they say no to right answers.
    for (const item of content.items) await teach(app, { item: item.id, text: item.title, helped: false }, an);
    const after = mrr(app.knowledge);
    const learned = await listWordings(store, now);
    expect(learned.length).toBeLessThanOrEqual(60);
    expect(Math.abs(before - after)).toBeLessThan(0.01);
    expect(Math.abs(before - mrr(await open()))).toBeLessThan(0.01);
  });

  it('one item takes so many wordings, whoever teaches it, and a person may teach again later', async () => {
    for (let n = 0; n < 200; n++) {
      await teach(
        app,
        { item: KEEPING, text: `mag dossier nummer${n} van stapel weg`, helped: true },
        `person-${n}` as PersonId,
      );
    }
    expect(await texts()).toHaveLength(40);
    expect((await allLearned(store, now)).get(KEEPING)?.confirmed).toHaveLength(12);
    for (let n = 0; n < 5; n++)
      await teach(app, { item: 'x' as ItemId, text: `eerste vraag onderwerp${n}`, helped: true }, cy);
    expect((await wordingsOf(store, cy)).length).toBe(2);
    now += 91 * DAY;
    await teach(app, { item: 'x' as ItemId, text: 'latere vraag onderwerp', helped: true }, cy);
    expect((await wordingsOf(store, cy)).length).toBe(3);
  });
});

describe('it forgets', () => {
  it('what an administrator removes, for good', async () => {
    for (const person of [an, bo]) await teach(app, { item: KEEPING, text: ODD, helped: true }, person);
    const [listed] = await listWordings(store, now);
    expect(await removeWording({ store, clock }, 'command-line', '00000000')).toBe(false);
    expect(await removeWording({ store, clock }, 'command-line', listed!.code)).toBe(true);
    await app.knowledge.reload();
    expect(rankOf(app.knowledge, ODD, KEEPING)).not.toBe(1);
    for (const person of [an, bo, cy]) await teach(app, { item: KEEPING, text: ODD, helped: true }, person);
    expect(await texts()).toEqual([]);
    expect(JSON.stringify((await store.changes('', 1_000)).docs)).not.toMatch(/paperassen/);
  });

  it('what stood in a question that was made unreadable', async () => {
    for (const item of [KEEPING, content.items[0]!.id]) await teach(app, { item, text: ODD, helped: true }, an);
    await unlearn(app, ODD);
    expect(await texts()).toEqual([]);
    expect(JSON.stringify((await store.changes('', 1_000)).docs)).not.toMatch(/paperassen/);
    expect(app.knowledge.explain({ text: ODD }).ranked.some(({ item }) => item.confirmed)).toBe(false);
  });

  it('what a person taught, when they ask; what others confirmed too stays', async () => {
    await teach(app, { item: KEEPING, text: ODD, helped: true }, an);
    await teach(app, { item: KEEPING, text: 'mag die oude farde van zolder weg', helped: true }, an);
    await teach(app, { item: KEEPING, text: ODD, helped: true }, bo);
    expect((await wordingsOf(store, an)).map(({ text }) => text)).toHaveLength(2);
    expect(await forgetWordings(app, an)).toBe(1);
    expect(await listWordings(store, now)).toMatchObject([{ text: ODD, yes: 1 }]);
    expect(await wordingsOf(store, an)).toEqual([]);
    expect((await store.list({ kind: 'wording-teacher' })).docs).toHaveLength(1);
  });
});

describe('several instances', () => {
  it('take in what was confirmed on another within a few seconds, and what was taken out there', async () => {
    const other = await open();
    hearChanges(app, (changed) => relearn({ ...app, knowledge: other }, changed));
    await refreshTopics(app);
    await teach(app, { item: KEEPING, text: ODD, helped: true }, an);
    await teach(app, { item: KEEPING, text: ODD, helped: true }, bo);
    expect(rankOf(app.knowledge, ODD, KEEPING)).toBe(1);
    expect(rankOf(other, ODD, KEEPING)).not.toBe(1);
    // Whoever asks for the reading: here somebody who looks at the topics.
    await readTopics(app, Number.POSITIVE_INFINITY);
    expect(rankOf(other, ODD, KEEPING)).toBe(1);
    await unlearn(app, ODD);
    await refreshTopics(app);
    expect(rankOf(other, ODD, KEEPING)).not.toBe(1);
  });

  it('learn from the store while they run', { timeout: 120_000 }, async () => {
    const town = await openTown();
    try {
      const file = openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
      const at = Date.now();
      const wordings: Wording[] = [
        {
          key: keyOf(ODD),
          text: ODD,
          for: [
            { by: 'a', at },
            { by: 'b', at },
          ],
          against: [],
        },
      ];
      const pk = `wordings:${KEEPING}`;
      await file.create({ pk, id: pk, kind: 'wordings', body: { wordings } });
      file.close();
      const { title } = all.items.find(({ id }) => id === KEEPING)!;
      // A few seconds where the machine has time for it.
      const deadline = Date.now() + 80_000;
      for (let n = 1; ; n++) {
        await town.teams.say(people.gent, `${ODD}${'?'.repeat(n)}`);
        const said = await town.eventually(() => {
          const last = latest(town.teams.chat(people.gent));
          return last.from === town.connector.bot.id && last;
        });
        if (words(said).includes(title)) break;
        expect(Date.now()).toBeLessThan(deadline);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    } finally {
      await town.close();
    }
  });
});

describe('in the chat', () => {
  it('a yes teaches, an administrator sees it also after a restart and takes it out, and nobody else may', {
    timeout: 90_000,
  }, async () => {
    const town = await openTown();
    try {
      const question = 'hoe lang moeten wij zo een CLB-dossier eigenlijk bewaren op het centrum?';
      for (const person of [people.gent, people.kortrijk]) {
        await town.teams.say(person, question);
        const shown = town.teams.chat(person).findLast((message) => words(message).includes('Heeft dit geholpen?'))!;
        expect(textOf(await town.teams.press(person, shown, /^ja/i))).toContain('Fijn dat het opgelost is');
      }
      expect(await town.said(people.gent, 'verwoordingen')).toContain('Alleen een beheerder');
      expect(await town.said(people.gent, 'verwijder verwoording 00000000')).toContain('Alleen een beheerder');
      await town.restart();
      const list = await town.said(people.admin, 'verwoordingen');
      expect(list).toContain('2 keer ja');
      expect(list.replaceAll('\\', '')).toContain(question);
      const code = /\*\*([0-9a-f]{8})\*\*/.exec(list)![1]!;
      expect(await town.said(people.admin, 'verwijder verwoording 00000000')).toContain('Ik ken geen verwoording');
      expect(await town.said(people.admin, `verwijder verwoording ${code}`)).toContain('Verwijderd');
      expect(await town.said(people.admin, 'verwoordingen')).toContain('nog geen verwoordingen');
    } finally {
      await town.close();
    }
  });
});
