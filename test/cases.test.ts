// Stories of anonymous cases: what could tell who it is about, a second reader, and the question that nothing leads back to.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { casesDocument, casesOutline } from '../src/app/figures/case-document.ts';
import {
  acceptCase,
  approvedCases,
  editCase,
  openCase,
  returnDraft,
  saveCase,
  showCase,
} from '../src/app/knowledge/cases.ts';
import { itemList } from '../src/app/knowledge/item-review.ts';
import { openProposal, proposeItem } from '../src/app/knowledge/item-writing.ts';
import { idFor, readItem } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, Message, Store } from '../src/app/ports.ts';
import { redact } from '../src/app/privacy/data-requests.ts';
import { continueEmptying, notePosted } from '../src/app/privacy/posted.ts';
import type { App } from '../src/app/questions/tickets.ts';
import type { ActionOf } from '../src/cards/actions.ts';
import type { Person } from '../src/domain/authorisation.ts';
import { cluesIn } from '../src/domain/privacy-clues.ts';
import type { CaseId, ServiceId, ThemeId, TicketId } from '../src/domain/terms.ts';
import { advisor } from './cast.ts';
import { deskOver, nobody } from './desk.ts';
import { processorMs } from './processor.ts';
import { saidIn, words } from './town.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const TICKET = 'ticket-with-a-name-to-find' as TicketId;
const THEME = 'dossier-en-inzage' as ThemeId;

describe('what could tell who it is about', () => {
  const kinds = (text: string, places: string[] = []) =>
    cluesIn(text, places).map(({ kind, value }) => `${kind}: ${value}`);
  it.each([
    ['Een leerling wil het dossier lezen.', []],
    ['Het gezin woont in Zulte.', ['place: Zulte']],
    ['In Teams en in Vlaanderen mag dat.', []],
    ['Atheneum Zele belde.', ['place: Zele']],
    ['Op 12/03/2024 en op 3 maart belde het centrum.', ['date: 12/03/2024', 'date: 3 maart']],
    ['Sinds 2021 loopt het.', ['date: 2021']],
    ['Een 13-jarige in het tweede leerjaar.', ['age: 13-jarige', 'age: tweede leerjaar']],
    ['Haar stiefvader en de tweelingbroer.', ['family: stiefvader', 'family: tweelingbroer']],
    ['De ouders zijn gescheiden, ze is enig kind.', ['family: gescheiden', 'family: enig kind']],
    ['De mama van Jonas Peeters belde op 0470 12 34 56.', ['personal: Jonas Peeters', 'personal: 0470 12 34 56']],
  ])('%s', (text, expected) => {
    expect(kinds(text, ['Zele'])).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(kinds(text)).toEqual([]);
  });

  it('takes time in proportion to the length', () => {
    const took = processorMs(() => {
      for (const part of ['1 ', 'in A', 'tweede ', 'stief', '12/'])
        cluesIn(part.repeat(20_000 / part.length), ['Zele']);
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe('a case', () => {
  let all: Content;
  let store: Store;
  let app: App;
  let folder: string;
  let posts: Message[];
  /** What the messages that were posted say now; while `platform` is away they do not change. */
  let updates: Message[];
  let platform: 'there' | 'away';
  let now: number;
  const clock = { now: () => now };
  const writer = advisor('writer');
  const reader = advisor('reader');
  const other = advisor('other', { advisorOf: ['pbd-go' as ServiceId] });
  const requester = advisor('asker', { advisorOf: [] });
  const administrator = advisor('admin', { advisorOf: [], administrator: true });

  beforeEach(async () => {
    now = NOW;
    posts = [];
    updates = [];
    platform = 'there';
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-cases-'));
    all ??= (await loadContent('content')).content;
    const content = { ...all, items: all.items.slice(0, 30) };
    store = checked(openSqlite(join(folder, 'helpdesk.sqlite'), clock), () => {});
    const knowledge = await createKnowledgeBase(
      async () => ({ content, problems: [] }),
      () => {},
    );
    const messenger: App['messenger'] = {
      ...nobody,
      post: async (_, message) => {
        posts.push(message);
        return { outcome: 'delivered', activityId: `${posts.length}` };
      },
      update: async ({ activityId }, message) => {
        if (platform === 'away') return { outcome: 'failed', reason: '503' };
        updates.push(message);
        return { outcome: 'delivered', activityId };
      },
    };
    app = deskOver(store, knowledge, clock, { messenger });
    const address = { conversationId: 'channel', serviceUrl: 'https://example.org/' };
    const channel = { service: 'poc-plus', address, registeredBy: 'admin', registeredAt: NOW };
    await store.create({ pk: 'channel:poc-plus', id: 'channel:poc-plus', kind: 'channel', body: channel });
    const by = { person: 'writer', name: 'Adviseur writer' };
    const asker = { person: 'asker', name: 'Vraagsteller', centre: all.centres[0]!.id, function: all.functions[0]!.id };
    const question = 'De mama van Jonas Peeters vraagt het dossier op.';
    const at = NOW - 3_600_000;
    const events = [
      { type: 'asked', at, channel: 'teams', requester: asker, question, service: 'poc-plus' },
      {
        type: 'routed',
        at,
        service: 'poc-plus',
        theme: THEME,
        contact: 'poc-dossier',
        question,
        urgency: 'this-week',
        requester: asker,
      },
      { type: 'claimed', at, by },
      { type: 'answered', at, by, text: 'Plan een gesprek en haal eruit wat van anderen is.' },
      { type: 'closed', at, by, outcome: 'answered', survey: false },
    ];
    const sides = { requester: 9, channel: 9 };
    const body = { number: 'HD-2026-0001', events, address, told: sides, shown: sides, posts: {}, trouble: {} };
    await store.create({ pk: TICKET, id: TICKET, kind: 'ticket', facets: { status: 'closed' }, body });
  });
  afterEach(async () => {
    store.close();
    await rm(folder, { recursive: true });
  });

  let pressed = 0;
  const form = (more: object = {}): ActionOf<'save-case'> => ({
    do: 'save-case',
    ticket: TICKET,
    key: `form-${++pressed}`,
    case: undefined,
    title: 'Een ouder vraagt het dossier',
    theme: THEME,
    situation: 'Een ouder vraagt het dossier op.\nDe andere ouder weet het niet.',
    question: 'Mag dat?',
    approach: 'Plan een gesprek.',
    lesson: '# Wat als [de ander](https://kwaad.example) niet wil?',
    judged: undefined,
    ...more,
  });
  const save = (who: Person, more?: object) => saveCase(app, who, form(more));
  const drafts = async () => {
    const { docs } = await store.list({ kind: 'case' });
    return docs.map(({ doc }) => ({
      id: doc.pk.slice('case:'.length) as CaseId,
      body: doc.body as { status: string; at: number },
    }));
  };
  const approve = async (who: Person) => {
    const [draft] = await drafts();
    return saidIn(await acceptCase(app, who, { do: 'approve-case', case: draft!.id, key: String(draft!.body.at) }));
  };

  it('is prefilled from a closed question without names, and says what is rare', async () => {
    const opened = saidIn(await openCase(app, writer, { do: 'open-case', ticket: TICKET }));
    expect(opened).not.toContain('Jonas');
    expect(opened).toContain('Plan een gesprek');
    expect(opened).toContain('zeldzame combinatie: minder dan 5 mensen');
    for (const who of [other, requester]) {
      expect(saidIn(await openCase(app, who, { do: 'open-case', ticket: TICKET }))).not.toContain('Plan een gesprek');
    }
  });

  it('keeps no name, and other clues only when somebody looked at each', async () => {
    expect(
      saidIn(await save(writer, { situation: 'Jonas Peeters vraagt: de mama van Jonas Peeters belt.' })),
    ).toContain('nog een naam of nummer');
    const clue = { situation: 'Een 13-jarige uit Zulte, de ouders zijn gescheiden.' };
    const again = saidIn(await save(writer, clue));
    expect(again).toContain('plaats: Zulte');
    expect(again).toContain('leeftijd of leerjaar: 13-jarige');
    expect(again).toContain('gezin: gescheiden');
    expect(again).toContain('Een 13-jarige uit Zulte');
    expect(await drafts()).toEqual([]);
    expect(saidIn(await save(writer, { ...clue, judged: true }))).toContain('Voorgelegd');
    expect(await drafts()).toHaveLength(1);
  });

  it.each([
    ['no title', { title: ' ' }, 'Vul minstens'],
    ['a long part', { approach: 'a'.repeat(20_000) }, 'Dit is te lang'],
    ['a theme that is not there', { theme: 'weg' }, 'Kies een thema'],
  ])('refuses %s and loses nothing', async (_, more, sentence) => {
    const again = saidIn(await save(writer, more));
    expect(again).toContain(sentence);
    expect(again).toContain('Mag dat?');
    expect(await drafts()).toEqual([]);
  });

  it('is kept once, told in the channel, and read and decided on by who may', async () => {
    const twice = form();
    await saveCase(app, writer, twice);
    await saveCase(app, writer, twice);
    await app.lanes.close(1_000);
    expect(posts.filter(({ card }) => words(card ?? {}).includes('Casus om na te lezen')).length).toBeGreaterThan(0);
    const { id } = (await drafts())[0]!;
    expect(await drafts()).toHaveLength(1);
    expect(words((await itemList(app, reader)).card ?? {})).toContain('Een ouder vraagt het dossier');
    expect(words((await itemList(app, other)).card ?? {})).not.toContain('Een ouder vraagt het dossier');
    for (const who of [other, requester, administrator]) {
      for (const reply of [
        await showCase(app, who, { do: 'show-case', case: id }),
        await editCase(app, who, { do: 'edit-case', case: id }),
        await acceptCase(app, who, { do: 'approve-case', case: id, key: '1' }),
        await returnDraft(app, who, { do: 'return-case', case: id, key: '1', reason: 'x' }),
      ])
        expect(saidIn(reply)).toContain('is er niet meer');
    }
    expect(saidIn(await save(other))).not.toContain('Voorgelegd');
    expect(await approve(writer)).toContain('Dit schreef je zelf');
    const back = { do: 'return-case', case: id, key: '1' } as const;
    expect(saidIn(await returnDraft(app, reader, { ...back, reason: ' ' }))).toContain('Zeg in een zin');
    expect(saidIn(await returnDraft(app, reader, { ...back, reason: 'Te herkenbaar.' }))).toContain('Te herkenbaar');
    expect(await approve(reader)).toContain('wacht niet op een tweede lezer');
    now += 60_000;
    expect(saidIn(await save(writer, { case: id, title: 'Een vraag om inzage' }))).toContain('Voorgelegd');
    const old = { do: 'approve-case', case: id, key: '1' } as const;
    expect(saidIn(await acceptCase(app, reader, old))).toContain('paste deze casus intussen aan');
  });

  it('once approved leads back to no question: not a byte of the draft is left', async () => {
    await save(writer, { situation: 'Alleen in het ontwerp stond ooievaar.' });
    const { id } = (await drafts())[0]!;
    now += 60_000;
    await save(writer, { case: id, situation: 'Een ouder vraagt het dossier op.' });
    expect(await approve(reader)).toContain('staat los van de vraag');
    expect(await approvedCases(store)).toMatchObject([{ text: { situation: 'Een ouder vraagt het dossier op.' } }]);
    const [approved] = await drafts();
    expect(approved!.id).not.toBe(id);
    expect(JSON.stringify(approved)).not.toContain(TICKET);
    expect(JSON.stringify(approved)).not.toContain('writer');
    // The question itself is still there; everything else that named it is not.
    await store.erase(TICKET);
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name), 'latin1');
      for (const trace of [TICKET, id, 'ooievaar'])
        expect([name, trace, bytes.includes(trace)]).toEqual([name, trace, false]);
    }
    expect(saidIn(await showCase(app, reader, { do: 'show-case', case: id }))).toContain('is er niet meer');
  });

  it('goes out as a document and as slides, in which nothing of the text works', async () => {
    await save(writer);
    await approve(reader);
    const cases = await approvedCases(store);
    const document = casesDocument(cases, all, '24 november 2026');
    expect(document.blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
    expect(JSON.stringify(document)).toContain('Plan een gesprek');
    const slides = casesOutline(cases, all);
    expect(slides.split('\n---\n')).toHaveLength(5);
    expect(slides).toContain('# Aanpak\n\n- Plan een gesprek.');
    expect(slides).toContain('\\[de ander\\]');
    expect(slides).not.toMatch(/^- # /m);
  });

  it('and a proposal go when the question is made unreadable; what requesters have stays', async () => {
    await save(writer);
    expect(saidIn(await openProposal(app, writer, { do: 'open-propose', ticket: TICKET }))).toContain('[naam]');
    const question = 'Wie mag een dossier opvragen?';
    const item = {
      question,
      answer: 'Elke ouder met gezag.',
      variants: '',
      theme: THEME,
      audience: 'clb',
      sources: '',
    };
    const action = {
      do: 'propose-item',
      ticket: TICKET,
      key: 'p',
      about: undefined,
      target: undefined,
      ...item,
    } as const;
    expect(saidIn(await proposeItem(app, writer, action as ActionOf<'propose-item'>))).toContain('Voorgesteld');
    expect(saidIn(await redact(app, administrator, TICKET))).toContain('HD-2026-0001');
    expect(await drafts()).toEqual([]);
    expect(await readItem(store, idFor(question))).toBeUndefined();
    expect(saidIn(await openCase(app, writer, { do: 'open-case', ticket: TICKET }))).toContain('afgeronde vraag');
    // Forms that were still open bring nothing back.
    expect(saidIn(await save(writer))).toContain('afgeronde vraag');
    const late = { ...action, key: 'late', question: 'Wie mag een kopie vragen?' } as ActionOf<'propose-item'>;
    expect(saidIn(await proposeItem(app, writer, late))).toContain('onleesbaar gemaakt');
    expect(await readItem(store, idFor(late.question))).toBeUndefined();
    expect(await drafts()).toEqual([]);
  });

  it('loses its words in the channel when the question does, also when Teams was away for a while', async () => {
    await save(writer);
    await expect.poll(async () => (await store.list({ kind: 'posted' })).docs.length).toBe(1);
    platform = 'away';
    await redact(app, administrator, TICKET);
    const due = async () => (await store.list({ kind: 'posted' })).docs[0]?.doc.facets?.due;
    await expect.poll(due).toBe(now + 15_000);
    await continueEmptying(app);
    expect(updates).toEqual([]);
    platform = 'there';
    now += 15_001;
    await continueEmptying(app);
    await expect.poll(() => updates.map(({ text }) => text)).toEqual([expect.stringContaining('is gewist')]);
    await expect.poll(async () => (await store.list({ kind: 'posted' })).docs).toEqual([]);
  });

  it('that was told while it went is emptied as well', async () => {
    await notePosted(app, 'case:gone', { address: { conversationId: 'c', serviceUrl: 's' }, activityId: '7' });
    await expect.poll(() => updates.length).toBe(1);
  });
});
