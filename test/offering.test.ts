// Stories of material from the field: anybody offers a link, somebody else reviews it, and everybody finds it with its origin.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { itemFilesWith, readItemFolder } from '../src/adapters/files/faq.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { applyItemImport, exportItems, planItemImport } from '../src/app/knowledge/item-files.ts';
import { giveReason, openItem, publishItem, revertItem } from '../src/app/knowledge/item-review.ts';
import { rewriteItem } from '../src/app/knowledge/item-writing.ts';
import { itemsIn, withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import { offerMaterial, openOffer } from '../src/app/knowledge/offering.ts';
import type { Content, Store } from '../src/app/ports.ts';
import { forget } from '../src/app/privacy/own-data.ts';
import { search } from '../src/app/questions/search.ts';
import type { App } from '../src/app/questions/tickets.ts';
import type { ActionOf } from '../src/cards/actions.ts';
import type { Person } from '../src/domain/authorisation.ts';
import { type Entry, type ItemRefusal, propose } from '../src/domain/items.ts';
import type { ContactId, ItemId, ServiceId } from '../src/domain/terms.ts';
import { person } from './cast.ts';
import { deskOver, keepAdvisor } from './desk.ts';
import { cardIn, dialogOf, openTown, people, saidIn, type Town, textOf, words } from './town.ts';

const THEME = 'dossier-en-inzage';
const LINK = 'https://example.org/werkveld/stappenplan-verhuisdozen';
const TITLE = 'Stappenplan verhuisdozen voor het archief van een vestiging';
const SENTENCE = 'Een checklist om papieren dossiers veilig te verhuizen wanneer een vestiging sluit.';
const ORIGIN = 'Uit het werkveld: GO! CLB regio Gent';

/** A field of a card. */
const inputOf = (card: object, id: string) =>
  (card as { body: { id?: string; isRequired?: boolean }[] }).body.find((one) => one.id === id)!;

describe('a material from the field', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    for (const who of [people.dossier, people.beroepsgeheim]) await town.teams.say(who, 'help');
  }, 60_000);
  afterAll(() => town.close());

  it('is offered by a requester, sent back, offered again, published, and found with its centre and without a name', {
    timeout: 60_000,
  }, async () => {
    const { gent, dossier, kortrijk } = people;
    await town.teams.say(gent, 'Deel materiaal');
    const form = dialogOf(await town.teams.press(gent, town.teams.chat(gent).at(-1)!, 'Deel materiaal'));
    const filled = { link: LINK, title: TITLE, theme: THEME, kind: 'draaiboek', centre: 'go-clb-gent' };
    expect(inputOf(form.card, 'centre').isRequired).toBe(true);
    const again = dialogOf(await form.press('Stel voor', { ...filled, sentence: `${SENTENCE} Bel 0470 12 34 56.` }));
    expect(words(again.card)).toContain('0470 12 34 56');
    expect(words(again.card)).toContain(TITLE);
    const masked = dialogOf(await again.press('Verwijder automatisch'));
    expect(words(masked.card)).toContain('Er is nog niets voorgesteld');
    expect(words(masked.card)).not.toContain('0470');
    expect(textOf(await masked.press('Stel voor', { sentence: SENTENCE }))).toContain('Dank je, voorgesteld');

    const waiting = await town.eventually(() => cardIn(town.teams.chat(dossier), 'Te beoordelen materiaal'));
    expect(words(waiting.activity)).toContain('CLB regio Gent');
    // Whoever presses a link of somebody else sees where it leads.
    const host = new URL(LINK).hostname;
    expect(words(waiting.activity)).toContain(`(${host})](${LINK})`);
    const why = dialogOf(await town.teams.press(dossier, waiting, 'Stuur terug'));
    await why.press('Stuur terug', { reason: 'Zeg voor wie het is.' });
    await town.eventually(() => words(waiting.activity).includes('Teruggestuurd materiaal'));
    expect(words(waiting.activity)).not.toContain('Publiceer');
    const back = await town.eventually(() => cardIn(town.teams.chat(gent), 'stuurde je materiaal terug'));
    const mine = dialogOf(await town.teams.press(gent, back, 'Pas aan'));
    expect(words(mine.card)).toContain(SENTENCE);
    await mine.press('Stel voor', { sentence: `${SENTENCE} Voor onthaal en directie.` });
    const second = await town.eventually(() => cardIn(town.teams.chat(dossier), 'Voor onthaal en directie'));
    const done = await town.teams.press(dossier, second, 'Publiceer');
    expect(textOf(done)).toContain('Gepubliceerd');
    // What went well is not said in the colour of what did not.
    expect(JSON.stringify(done)).toContain('"color":"Good"');
    const told = await town.eventually(() => cardIn(town.teams.chat(gent), 'Je materiaal is gepubliceerd'));
    expect(words(told.activity)).not.toContain('Kennisbank');

    await town.teams.say(kortrijk, TITLE);
    const answer = await town.eventually(() => cardIn(town.teams.chat(kortrijk), TITLE));
    expect(words(answer.activity)).toContain(ORIGIN);
    expect(JSON.stringify(answer.activity)).not.toContain(gent.name);
    expect(words(answer.activity)).toContain(`(${host})](${LINK})`);
  });

  it('has a button under help', async () => {
    await town.teams.say(people.school, 'help');
    const form = await town.teams.press(people.school, town.teams.chat(people.school).at(-1)!, 'Deel materiaal');
    expect(words(dialogOf(form).card)).toContain('zonder je naam');
  });
});

const NOW = Date.parse('2026-11-24T09:00:00Z');

describe('offering', () => {
  let all: Content;
  let content: Content;
  let store: Store;
  let app: App;
  let now: number;
  let folder: string;
  const clock = { now: () => now };
  const anybody = person('anybody');
  const other = person('another');
  const owner = person('owner', {
    advisorOf: ['poc-plus' as ServiceId],
    contacts: ['poc-dossier' as ContactId],
  });
  const substitute = person('substitute', {
    advisorOf: ['poc-plus' as ServiceId],
    contacts: ['poc-beroepsgeheim' as ContactId],
  });

  beforeEach(async () => {
    now = NOW;
    folder = await mkdtemp(join(tmpdir(), 'material-'));
    all ??= (await loadContent('content')).content;
    content = { ...all, items: all.items.filter(({ themes }) => themes[0] === THEME) };
    store = checked(openSqlite(':memory:', clock), () => {});
    const knowledge = await createKnowledgeBase(
      () => withItems({ content, problems: [] }, store),
      () => {},
    );
    app = deskOver(store, knowledge, clock);
    await keepAdvisor(store, owner, 'dossier@example.org', NOW);
    await keepAdvisor(store, substitute, 'beroepsgeheim@example.org', NOW);
  });
  afterEach(async () => {
    await app.lanes.close(1_000);
    store.close();
    await rm(folder, { recursive: true });
  });

  let pressed = 0;
  const offer = (who: Person, more: object = {}) =>
    offerMaterial(app, who, {
      do: 'offer-material',
      key: `k${++pressed}`,
      link: LINK,
      title: TITLE,
      sentence: SENTENCE,
      kind: 'draaiboek',
      theme: THEME,
      centre: 'go-clb-gent',
      ...more,
    } as ActionOf<'offer-material'>);
  const entries = async (): Promise<Entry[]> => (await Array.fromAsync(itemsIn(store))).map(({ entry }) => entry);
  const only = async (): Promise<Entry> => {
    const held = await entries();
    expect(held).toHaveLength(1);
    return held[0]!;
  };
  const publish = async (who: Person, version = 1) =>
    publishItem(app, who, { do: 'publish-item', item: (await only()).id, version, key: `k${++pressed}` });
  const shown = () => app.knowledge.content().items.find(({ origin }) => origin !== undefined);

  it('keeps nothing while something is wrong, and shows the form with what was typed', async () => {
    const cases: [object, string][] = [
      [{ link: 'http://example.org/a' }, 'begint'],
      [{ link: 'https://iemand:geheim@example.org/a' }, 'wachtwoord'],
      [{ link: 'javascript:alert(1)' }, 'https://'],
      [{ title: '  ' }, 'Vul een titel in'],
      [{ sentence: 'x'.repeat(501) }, 'hoogstens 500 tekens'],
      [{ title: 'x'.repeat(20_000) }, 'hoogstens 300 tekens'],
      [{ theme: 'bestaat-niet' }, 'Kies een thema'],
      [{ centre: undefined }, 'Kies het centrum'],
      [{ centre: 'zo maar iets' }, 'Dat centrum of die school ken ik niet'],
      [{ sentence: 'Gemaakt voor leerling Jonas Peeters uit het derde.' }, 'Jonas'],
    ];
    for (const [more, sentence] of cases) {
      const reply = await offer(anybody, more);
      expect([reply.kind, saidIn(reply)]).toEqual(['dialog', expect.stringContaining(sentence)]);
      if (!('link' in more)) expect(saidIn(reply)).toContain(LINK);
    }
    expect(await entries()).toEqual([]);
  });

  it('has no Markdown, HTML or foreign link in what requesters see', async () => {
    await offer(anybody, {
      title: '[klik](http://kwaad.example) <img src=x>',
      sentence: '![x](http://kwaad.example/p.png) hoi',
    });
    await publish(owner);
    const { title, answer, sources } = shown()!;
    expect(title).not.toMatch(/[[\]]|<img/);
    expect(answer).not.toContain('http://');
    expect(sources[0]).toEqual({ title: expect.not.stringMatching(/[[\]()<]/), url: LINK });
  });

  it('is reviewed by whoever looks after the theme, and by nobody who offered it', async () => {
    expect(saidIn(await offer(owner, { centre: undefined }))).toContain('Dank je, voorgesteld');
    expect((await only()).versions[0]!.text.material).toEqual({
      kind: 'draaiboek',
      origin: expect.stringMatching(/POC/),
    });
    expect(saidIn(await publish(owner))).toContain('Dit schreef je zelf');
    expect(saidIn(await publish(anybody))).toContain('Alleen adviseurs');
    expect(saidIn(await openItem(app, anybody, { do: 'open-item', item: (await only()).id }))).toContain(
      'Alleen adviseurs',
    );
    expect(shown()).toBeUndefined();
    expect(saidIn(await publish(substitute))).toContain('Gepubliceerd');
    expect(shown()).toMatchObject({ kind: 'material', materialKind: 'draaiboek', status: 'reviewed' });
  });

  it('is found with its origin in a search, edited without losing it, put back and taken away', async () => {
    await offer(anybody);
    expect(
      await rewriteItem(app, owner, {
        item: (await only()).id,
        version: 1,
        question: TITLE,
        answer: 'Korter.',
        key: 'dash',
      }),
    ).toHaveProperty('sent');
    await publish(owner, 2);
    const { id } = await only();
    expect(shown()).toMatchObject({ answer: 'Korter.', origin: 'GO! CLB regio Gent' });
    const turn = { person: other.person } as Parameters<typeof search>[1];
    const value = { parameters: [{ name: 'query', value: TITLE }], queryOptions: { skip: 0, count: 8 } };
    const [first] = (await search(app, turn, value)).items;
    expect(first!.hint).toContain(ORIGIN);
    expect(words(first!.card)).toContain(ORIGIN);
    expect(saidIn(await offer(owner, { about: id, sentence: 'Langer dan het was.', centre: undefined }))).toContain(
      'voorgesteld',
    );
    await publish(substitute, 3);
    expect(shown()).toMatchObject({ answer: 'Langer dan het was.', origin: 'GO! CLB regio Gent' });
    await revertItem(app, owner, { do: 'revert-item', item: id, version: 2, key: `k${++pressed}` });
    expect(shown()!.answer).toBe('Korter.');
    await giveReason(app, owner, {
      do: 'item-reason',
      item: id,
      version: 2,
      how: 'retire',
      reason: 'Link weg.',
      key: 'r',
    });
    expect(shown()).toBeUndefined();
  });

  it('of one link meets what is there: waiting, decided, live, or in the files', async () => {
    await offer(anybody);
    expect(saidIn(await offer(other, { title: 'Iets anders' }))).toContain('al eens aangeboden');
    expect(saidIn(await offer(other))).not.toContain(anybody.name);
    const { id } = await only();
    await giveReason(app, owner, { do: 'item-reason', item: id, version: 1, how: 'reject', reason: 'Nee.', key: 'r' });
    expect(saidIn(await offer(other))).toContain('al eens aangeboden');
    expect(saidIn(await offer(anybody, { sentence: 'Beter.' }))).toContain('Dank je');
    await publish(owner, 2);
    expect(saidIn(await offer(other))).toContain('Dit materiaal staat er al');
    const known = content.items.find(({ kind }) => kind === 'material')!;
    expect(saidIn(await offer(other, { link: known.sources[0]!.url }))).toContain(known.title);
    expect(await entries()).toHaveLength(1);
  });

  it('goes on with no item of somebody else, and makes no material of an FAQ item', async () => {
    await offer(anybody);
    const { id } = await only();
    expect(saidIn(await offer(other, { about: id, sentence: 'Gekaapt.' }))).toContain('al eens aangeboden');
    expect(saidIn(await openOffer(app, other, { do: 'open-offer', item: id }))).toContain('wie het aanbood');
    expect(saidIn(await openOffer(app, anybody, { do: 'open-offer', item: id }))).toContain(SENTENCE);
    for (const who of [anybody, owner]) {
      expect(saidIn(await offer(who, { about: 'mdd-bewaartermijn' }))).toContain('is er niet meer');
      expect(saidIn(await openOffer(app, who, { do: 'open-offer', item: 'mdd-bewaartermijn' as ItemId }))).toContain(
        'niet meer',
      );
    }
    expect((await only()).versions).toHaveLength(1);
  });

  it('stops after five a day, also when they are sent at once; a double press is one', async () => {
    const replies = await Promise.all(Array.from({ length: 9 }, (_, n) => offer(anybody, { link: `${LINK}?${n}` })));
    expect(replies.filter((reply) => saidIn(reply).includes('Dank je'))).toHaveLength(5);
    expect(replies.filter((reply) => saidIn(reply).includes('al 5 materialen'))).toHaveLength(4);
    expect(await entries()).toHaveLength(5);
    expect(saidIn(await offer(other, { link: `${LINK}?x`, key: 'twice' }))).toContain('Dank je');
    expect(saidIn(await offer(other, { link: `${LINK}?x`, key: 'twice' }))).toContain('Dank je');
    expect(await entries()).toHaveLength(6);
    now += 24 * 3_600_000;
    expect(saidIn(await offer(anybody, { link: `${LINK}?later` }))).toContain('Dank je');
  });

  it('is in the trail without a word of it', async () => {
    await offer(anybody);
    const { docs } = await store.list({ kind: 'audit' }, { limit: 10 });
    expect(docs.map(({ doc }) => doc.body)).toMatchObject([
      { by: 'anybody', action: 'offer-material', about: (await only()).id },
    ]);
    expect(JSON.stringify(docs)).not.toContain('verhuisdozen');
  });

  it('loses who offered it on their word, and stays for everybody', async () => {
    await offer(anybody);
    await publish(owner);
    await (await forget(app, anybody.person)).ended;
    const left = JSON.stringify((await store.changes('', 1_000)).docs.filter(({ doc }) => doc.kind !== 'audit'));
    expect(left).not.toMatch(/"anybody"|Medewerker anybody|offer:anybody/);
    expect(shown()).toMatchObject({ title: TITLE, origin: 'GO! CLB regio Gent' });
  });

  it('goes out to files and back, and what the files have is changed over them', async () => {
    await offer(anybody);
    await publish(owner);
    const { items, retired, versions } = await exportItems(store, content);
    const files = await itemFilesWith('content', items, retired);
    expect([...files.keys()]).toEqual([join('materials', 'from-the-field.yaml')]);
    for (const [name, source] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), source);
    }
    const read = await readItemFolder(folder);
    expect(read.problems).toEqual([]);
    expect(read.items).toMatchObject([{ kind: 'material', title: TITLE, origin: 'GO! CLB regio Gent' }]);
    expect((await planItemImport(store, content, read.items, versions, now)).same).toBe(1);

    const renamed = { ...read.items[0]!, id: 'm-ander-id' as ItemId };
    expect((await planItemImport(store, content, [renamed], versions, now)).conflicts).toEqual([
      expect.stringContaining(`staat er al als ${read.items[0]!.id}`),
    ]);

    // Another helpdesk, without it.
    const elsewhere = checked(openSqlite(':memory:', clock), () => {});
    const plan = await planItemImport(elsewhere, content, read.items, {}, now);
    expect([plan.fresh.length, plan.conflicts]).toEqual([1, []]);
    await applyItemImport({ store: elsewhere, clock }, content, plan);
    const { content: there } = await withItems({ content }, elsewhere);
    expect(there.items.find(({ id }) => id === read.items[0]!.id)).toMatchObject({ origin: 'GO! CLB regio Gent' });
    elsewhere.close();

    // Or in its own files: then a change lies over them, with the text of the file to go back to.
    const text = { ...(await only()).versions[0]!.text };
    const base = { text, status: 'draft', writtenOn: '2026-11-01' } as const;
    const stewards = { service: 'poc-plus' as ServiceId, contacts: ['poc-dossier' as ContactId] };
    const changing = { id: read.items[0]!.id, text, base, stewards };
    const refused: ItemRefusal = { kind: 'not-allowed' };
    expect(propose(undefined, { who: other, now, key: 'k' }, changing)).toEqual({ ok: false, refusal: refused });
    expect(propose(undefined, { who: owner, now, key: 'k' }, changing)).toMatchObject({
      ok: true,
      value: { live: { version: 1 } },
    });
  });
});
