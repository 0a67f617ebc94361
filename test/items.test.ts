// Stories of knowledge items: an answer given once becomes an item, is looked at by somebody else, and answers the next person.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { giveReason, itemList, openItem, publishItem, revertItem } from '../src/app/knowledge/item-review.ts';
import { tellItemsDue } from '../src/app/knowledge/item-tell.ts';
import { openWriting, writeItem } from '../src/app/knowledge/item-writing.ts';
import { idFor, itemsIn, readItem, withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, Store } from '../src/app/ports.ts';
import { forget } from '../src/app/privacy/own-data.ts';
import { answerCardFor } from '../src/app/questions/messages.ts';
import { type App, createApp } from '../src/app/questions/tickets.ts';
import type { ActionOf } from '../src/cards/actions.ts';
import type { Person } from '../src/domain/authorisation.ts';
import type { ContactId, ItemId, ServiceId, TicketId } from '../src/domain/terms.ts';
import { ask, suggest } from '../src/domain/verbs.ts';
import { advisor } from './cast.ts';
import { deskOver, keepAdvisor } from './desk.ts';
import {
  cardIn,
  claimed,
  dialogOf,
  formOn,
  latest,
  openTown,
  people,
  routed,
  saidIn,
  type Town,
  textOf,
  words,
} from './town.ts';

const QUESTION = 'Hoe vraag ik een toegangsbadge aan voor het archieflokaal?';
const AGAIN = 'hoe vraag je een toegangsbadge voor het archieflokaal aan';
const ANSWER = 'Mail het onthaal van je centrum met je personeelsnummer; de badge ligt na drie werkdagen klaar.';

describe('an answer given once', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    // Everybody who reviews has talked to the helpdesk before.
    for (const who of [people.dossier, people.beroepsgeheim, people.quality]) await town.teams.say(who, 'help');
  }, 60_000);
  afterAll(() => town.close());

  it('is proposed from the answer form, reviewed by somebody else, and answers the next person', {
    timeout: 60_000,
  }, async () => {
    const card = await claimed(town, 'gent', 'dossier', QUESTION);
    const answer = await formOn(town, 'dossier', card, /antwoord/i);
    const proposal = dialogOf(await answer.press(/verstuur en sluit/i, { text: ANSWER, propose: 'true' }));
    expect(words(proposal.card)).toContain(QUESTION);
    expect(words(proposal.card)).toContain(ANSWER);
    const sent = textOf(
      await proposal.press(/stel voor/i, { theme: 'dossier-en-inzage', audience: 'clb', sources: '' }),
    );
    expect(sent).toContain('Voorgesteld');

    // The writer owns the theme, so the substitute reviews it.
    const waiting = await town.eventually(() =>
      cardIn(town.teams.chat(people.beroepsgeheim), 'Te beoordelen FAQ-item'),
    );
    const mine = await town.eventually(() => cardIn(town.teams.chat(people.beroepsgeheim), QUESTION));
    expect(words((mine as { activity: object }).activity)).toContain(ANSWER);
    const published = textOf(await town.teams.press(people.beroepsgeheim, waiting as never, /publiceer/i));
    expect(published).toContain('Gepubliceerd');
    await town.teams.say(people.kortrijk, AGAIN);
    const told = await town.eventually(() => cardIn(town.teams.chat(people.kortrijk), ANSWER));
    expect(words(told.activity as object)).toContain('nagekeken op');
    await town.eventually(() => cardIn(town.teams.chat(people.dossier), 'Je FAQ-item is gepubliceerd'));

    await town.restart();
    await town.teams.say(people.school, AGAIN);
    await town.eventually(() => cardIn(town.teams.chat(people.school), ANSWER));
  });
});

describe('an answer that did not help', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    for (const who of [people.dossier, people.wiskunde]) await town.teams.say(who, 'help');
  }, 60_000);
  afterAll(() => town.close());

  const listed = async (who: (typeof people)['dossier']) => {
    await town.teams.say(who, 'kennisbank');
    return town.teams.chat(who).findLast(({ activity }) => words(activity).startsWith('Kennisbank'))!;
  };
  const press = (who: (typeof people)['dossier'], data: object) => town.send(who, latest(town.teams.chat(who)), data);

  it('is listed for who looks after the item, and one tap teaches the right one', { timeout: 60_000 }, async () => {
    const typed = 'Hoe lang bewaren we het dossier van een leerling na zijn uitschrijving?';
    const card = await routed(town, 'gent', typed);
    expect(card).toBeDefined();
    expect(words(await listed(people.wiskunde))).not.toContain('na zijn uitschrijving');
    const list = await listed(people.dossier);
    expect(words(list)).toContain('Antwoorden die niet hielpen');
    expect(words(list)).toContain('na zijn uitschrijving');
    const ticket = /"do":"open-miss","ticket":"([^"]+)"/.exec(JSON.stringify(list.activity))![1]!;
    const opened = textOf(await press(people.dossier, { do: 'open-miss', ticket }));
    expect(opened).toContain('Nog geen antwoord van een adviseur');
    expect(textOf(await press(people.wiskunde, { do: 'open-miss', ticket }))).not.toContain('na zijn uitschrijving');
    const item = 'mdd-kopie';
    expect(textOf(await press(people.dossier, { do: 'teach-miss', ticket, item }))).toContain('vindt nu sneller');
    expect(words(await listed(people.dossier))).not.toContain('na zijn uitschrijving');
    expect(textOf(await press(people.dossier, { do: 'close-miss', ticket }))).toContain('voegde de verwoording');
    await town.teams.say(people.admin, 'verwoordingen');
    const learnt = town.teams
      .chat(people.admin)
      .findLast(({ activity }) => words(activity).includes('na zijn uitschrijving'));
    expect(words(learnt)).toContain('1 keer ja');
  });
});

describe('an item that is taken away while somebody reads it', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    for (const who of [people.dossier, people.quality]) await town.teams.say(who, 'help');
  }, 60_000);
  afterAll(() => town.close());

  it('leaves their question whole: it is settled, passed on or asked again, and the item is put back', {
    timeout: 60_000,
  }, async () => {
    const typed = 'Hoe lang bewaren we het dossier van een leerling na zijn uitschrijving?';
    const { gent, kortrijk, school, quality, dossier } = people;
    const shown = async (who: typeof gent) => {
      await town.teams.say(who, typed);
      return town.teams.chat(who).findLast(({ activity }) => words(activity).includes(typed))!;
    };
    const [first, second] = [await shown(gent), await shown(kortrijk)];
    const { title, answer } = (await loadContent('content')).content.items.find(({ id }) => id === KEEPING)!;
    expect(words(first)).toContain(title);
    expect(words(second)).toContain(title);
    const press = (who: typeof gent, data: object) => town.send(who, latest(town.teams.chat(who)), data);
    const away = {
      do: 'item-reason',
      item: KEEPING,
      version: 1,
      how: 'retire',
      reason: 'Klopt niet meer.',
      key: 'away',
    };
    expect(textOf(await press(quality, away))).toContain('Weggehaald');

    expect(textOf(await town.teams.press(gent, first, 'Ja, opgelost'))).toContain(typed);
    const form = dialogOf(await town.teams.press(kortrijk, second, /adviseur/i));
    expect(words(form.card)).toContain(typed);
    const profile = { theme: THEME, centre: 'go-clb-gent', function: 'clb-maatschappelijk-werker' };
    expect(textOf(await form.press(/verstuur naar/i, profile))).toContain('doorgestuurd');
    await town.teams.say(dossier, 'kennisbank');
    const list = await town.eventually(() => cardIn(town.teams.chat(dossier), 'na zijn uitschrijving'));
    const ticket = /"do":"open-miss","ticket":"([^"]+)"/.exec(
      JSON.stringify((list as { activity: object }).activity),
    )![1]!;
    expect(textOf(await press(dossier, { do: 'open-miss', ticket }))).toContain('na zijn uitschrijving');
    expect(textOf(await press(dossier, { do: 'teach-miss', ticket, item: KEEPING }))).toContain('is er niet meer');

    expect(textOf(await press(quality, { do: 'revert-item', item: KEEPING, version: 1, key: 'back' }))).toContain(
      'Teruggezet',
    );
    await town.teams.say(school, title);
    await town.eventually(() => cardIn(town.teams.chat(school), answer.trim().slice(0, 60)));
  });
});

const NOW = Date.parse('2026-11-24T09:00:00Z');
const THEME = 'dossier-en-inzage';
const THEMES = new Set<string>([THEME, 'beroepsgeheim', 'it-en-toegang']);
const KEEPING = 'mdd-bewaartermijn' as ItemId;
const BADGE = 'Hoe vraag ik een badge voor het archief?';

describe('writing and reviewing', () => {
  let all: Content;
  let content: Content;
  let store: Store;
  let app: App;
  let now: number;
  const clock = { now: () => now };
  const owner = advisor('owner', { contacts: ['poc-dossier' as ContactId] });
  const substitute = advisor('substitute', { contacts: ['poc-beroepsgeheim' as ContactId] });
  const colleague = advisor('colleague');
  const outsider = advisor('outsider', { advisorOf: [] });
  const otherService = advisor('other', {
    advisorOf: ['pbd-go' as ServiceId],
    contacts: ['pbd-wiskunde' as ContactId],
  });

  beforeEach(async () => {
    now = NOW;
    all ??= (await loadContent('content')).content;
    content = { ...all, items: all.items.filter(({ themes }) => THEMES.has(themes[0])) };
    store = checked(openSqlite(':memory:', clock), () => {});
    const knowledge = await createKnowledgeBase(
      () => withItems({ content, problems: [] }, store),
      () => {},
    );
    app = deskOver(store, knowledge, clock);
    await keepAdvisor(store, owner, 'dossier@example.org', NOW);
    await keepAdvisor(store, substitute, 'beroepsgeheim@example.org', NOW);
  });

  let pressed = 0;
  const fields = (more: object = {}) => ({
    key: `k${++pressed}`,
    question: BADGE,
    answer: 'Mail het onthaal.',
    variants: '',
    theme: THEME,
    audience: 'clb',
    sources: '',
    ...more,
  });
  const write = (who: Person, more: object = {}) =>
    writeItem(app, who, { do: 'write-item', ...fields(more) } as ActionOf<'write-item'>);
  const id = idFor(BADGE);
  const publish = (who: Person, version = 1, item = id) =>
    publishItem(app, who, { do: 'publish-item', item, version, key: `k${++pressed}` });
  const no = (who: Person, how: 'send-back' | 'reject' | 'retire', reason = 'Te vaag.', version = 1) =>
    giveReason(app, who, { do: 'item-reason', item: id, version, how, reason, key: `k${++pressed}` });
  const entry = async (of = id) => (await readItem(store, of))?.entry;
  const found = () => app.knowledge.answer({ text: BADGE }).items[0]?.item.id;

  it('is kept as a draft that nobody finds, until somebody else publishes it', async () => {
    expect(saidIn(await write(owner))).toContain('Voorgesteld');
    expect(found()).not.toBe(id);
    expect(saidIn(await publish(owner))).toContain('Dit schreef je zelf');
    expect(saidIn(await publish(colleague))).toContain('alleen wie dit thema beheert');
    expect(saidIn(await publish(otherService))).toContain('alleen wie dit thema beheert');
    expect(saidIn(await publish(outsider))).toContain('Alleen adviseurs');
    expect((await entry())!.live).toBeUndefined();
    expect(saidIn(await publish(substitute))).toContain('Gepubliceerd');
    expect(found()).toBe(id);
    expect(saidIn(await publish(substitute))).toContain('wacht niets op nazicht');
    expect((await entry())!.live).toMatchObject({ status: 'reviewed', reviewedOn: '2026-11-24' });
  });

  it('is told by another instance when the first could not: in the channel, naming who looks after it', async () => {
    await write(colleague);
    await app.lanes.close(1_000);
    const address = { conversationId: 'channel', serviceUrl: 'https://example.org/' };
    const body = { service: 'poc-plus', address, registeredBy: 'admin', registeredAt: NOW };
    const pk = 'channel:poc-plus';
    await store.create({ pk, id: pk, kind: 'channel', facets: { service: 'poc-plus' }, body });
    const posted: { to: string; mention: string | undefined; text: string }[] = [];
    const post: App['messenger']['post'] = async (to, message) => {
      posted.push({ to: to.conversationId, mention: message.mention?.id, text: words(message.card) });
      return { outcome: 'delivered', activityId: 'a' };
    };
    const other = createApp({ ...app, messenger: { ...app.messenger, post } });
    await tellItemsDue(other);
    expect(posted).toEqual([]);
    now += 60_000;
    await tellItemsDue(other);
    await other.lanes.close(1_000);
    expect(posted).toEqual([
      {
        to: 'channel',
        mention: owner.person,
        text: expect.stringMatching(/Te beoordelen FAQ-item[\s\S]*Mail het onthaal/),
      },
    ]);
    now += 60_000;
    await tellItemsDue(other);
    expect(posted).toHaveLength(1);
  });

  it('may be published by its writer when nobody else is known, and is then no more than a draft', async () => {
    await store.erase(`person:${substitute.person}`);
    await write(owner);
    expect(saidIn(await publish(owner))).toContain('Gepubliceerd');
    expect((await entry())!.live).toMatchObject({ status: 'draft' });
    expect((await entry())!.live).not.toHaveProperty('reviewedOn');
  });

  it('goes back and forth: sent back with a reason, changed, published, reverted in one action, taken away and put back', async () => {
    await write(colleague);
    expect(saidIn(await no(substitute, 'send-back', '  '))).toContain('Zeg in een zin waarom');
    expect(saidIn(await no(colleague, 'send-back'))).toContain('alleen wie dit thema beheert');
    expect(saidIn(await no(substitute, 'send-back'))).toContain('Teruggestuurd');
    await write(colleague, { about: id, answer: 'Mail het onthaal met je nummer.' });
    expect(saidIn(await publish(substitute, 1))).toContain('paste dit intussen aan');
    await publish(substitute, 2);
    await write(owner, { about: id, answer: 'Bel het onthaal.' });
    await publish(substitute, 3);
    const shown = () => app.knowledge.content().items.find((item) => item.id === id)?.answer;
    expect(shown()).toBe('Bel het onthaal.');
    const revert = (version: number) =>
      revertItem(app, substitute, { do: 'revert-item', item: id, version, key: `k${++pressed}` });
    expect(saidIn(await revert(1))).toContain('Die versie is er niet');
    await revert(2);
    expect(shown()).toBe('Mail het onthaal met je nummer.');
    await no(owner, 'retire', 'Afgeschaft.');
    expect([shown(), found() === id]).toEqual([undefined, false]);
    await revert(3);
    expect(found()).toBe(id);
    const { versions, events } = (await entry())!;
    expect(versions.map(({ text, by }) => [text.answer, by.name])).toEqual([
      ['Mail het onthaal.', colleague.name],
      ['Mail het onthaal met je nummer.', colleague.name],
      ['Bel het onthaal.', owner.name],
    ]);
    expect(events.map(({ type }) => type)).toContain('retired');
  });

  it('lies over the item of a file, which can be put back', async () => {
    const file = content.items.find((item) => item.id === KEEPING)!;
    await write(colleague, { about: KEEPING, question: file.title, answer: 'Korter.' });
    await publish(substitute, 2, KEEPING);
    const shown = () => app.knowledge.content().items.find((item) => item.id === KEEPING)!;
    expect(shown()).toMatchObject({ answer: 'Korter.', wordings: file.wordings });
    expect((await app.knowledge.reload()).problems).toEqual([]);
    expect(shown().answer).toBe('Korter.');
    await revertItem(app, owner, { do: 'revert-item', item: KEEPING, version: 1, key: 'r' });
    expect(shown().answer).toBe(file.answer);
  });

  it('offers to add to what is there, with both texts in one form and nothing lost', async () => {
    const reply = await write(colleague, {
      target: KEEPING,
      question: 'hoe lang dossier houden',
      answer: 'Tien jaar.',
    });
    const card = JSON.stringify((reply as { card: object }).card);
    expect(saidIn(reply)).toContain('met jouw antwoord eronder');
    for (const kept of ['Tien jaar.', 'hoe lang dossier houden', `"about":"${KEEPING}"`]) expect(card).toContain(kept);
    expect(await entry(KEEPING)).toBeUndefined();
  });

  it('tells the second of two who write the same question at once', async () => {
    const [first, second] = await Promise.all([write(colleague), write(advisor('late'), { answer: 'Anders.' })]);
    expect(saidIn(first)).toContain('Voorgesteld');
    expect(saidIn(second)).toMatch(/Adviseur colleague stelde deze vraag al voor/);
    expect(JSON.stringify(second)).toContain('Anders.');
    expect((await entry())!.versions).toHaveLength(1);
  });

  it.each([
    ['a pupil in the answer', { answer: 'Bel de mama van Jonas Peeters.' }, /herkenbaars in: naam \(Jonas/],
    ['a pupil in a wording', { variants: 'mag Jonas Peeters mee' }, /naam \(Jonas/],
    [
      'a national number, also when no pupil is meant',
      { answer: 'Nummer 93.05.18-223.61.', names: true },
      /rijksregister/,
    ],
    ['an answer of 20,000 characters', { answer: 'a '.repeat(10_000) }, /hoogstens 4000 tekens/],
    ['no answer', { answer: ' ' }, /Vul een vraag en een antwoord in/],
    ['an unknown theme', { theme: 'verdwenen' }, /Kies een thema/],
    ['nobody it is for', { audience: '' }, /voor wie/],
    ['a source that is no link', { sources: 'Boek van Jan' }, /https-link/],
    ['a source that runs', { sources: 'Klik | javascript:alert(1)' }, /https-link/],
    [
      'too many wordings',
      { variants: Array.from({ length: 13 }, (_, n) => `zo ${n} gezegd`).join('\n') },
      /hoogstens 12/,
    ],
  ])('refuses %s, and loses nothing that was typed', async (_, more, sentence) => {
    const reply = await write(colleague, more);
    expect(saidIn(reply)).toMatch(sentence);
    expect(reply.kind).toBe('dialog');
    for (const typed of Object.values(more)) {
      if (typeof typed === 'string' && typed.trim() !== '' && typed !== 'verdwenen')
        expect(JSON.stringify(reply)).toContain(JSON.stringify(typed).slice(1, -1));
    }
    expect(await entry()).toBeUndefined();
  });

  it('hides what is recognisable when asked, and shows it before anything is kept', async () => {
    const reply = await write(colleague, { answer: 'Bel de mama van Jonas Peeters.', mask: true });
    expect(JSON.stringify(reply)).toContain('[naam]');
    expect(JSON.stringify(reply)).not.toContain('Jonas');
    expect(await entry()).toBeUndefined();
  });

  it('refuses a theme that is over, by name', async () => {
    content = {
      ...content,
      themes: content.themes.map((one) => (one.id === THEME ? { ...one, until: '2026-08-31' } : one)),
    };
    await app.knowledge.reload();
    expect(saidIn(await write(colleague))).toMatch(/Multidisciplinair dossier.* wordt niet meer gebruikt/);
  });

  it.each<[string, (themes: Content['themes']) => Content['themes']]>([
    ['ended', (themes) => themes.map((one) => (one.id === THEME ? { ...one, until: '2026-08-31' } : one))],
    ['went out of content/', (themes) => themes.filter((one) => one.id !== THEME)],
  ])('whose theme %s while it waited is kept, and published under another theme', async (_how, change) => {
    await write(colleague);
    content = { ...content, themes: change(content.themes) };
    await app.knowledge.reload();
    expect(saidIn(await publish(owner))).toMatch(/thema .+ wordt niet meer gebruikt\. Kies een ander thema/);
    expect((await entry())!.state).toMatchObject({ kind: 'proposed', version: 1 });
    expect(saidIn(await openItem(app, owner, { do: 'open-item', item: id }))).toContain('Mail het onthaal');
    const moved = { about: id, theme: 'beroepsgeheim' };
    expect(saidIn(await write(colleague, moved))).toContain('Voorgesteld');
    expect(saidIn(await publish(substitute, 2))).toContain('Gepubliceerd');
    expect((await entry())!.versions[0]!.text.theme).toBe(THEME);
    expect(found()).toBe(id);
  });

  it('that is live goes on answering when its theme ends, and is kept when content/ loses the theme', async () => {
    await write(colleague);
    await publish(owner);
    const { themes } = content;
    content = { ...content, themes: themes.map((one) => (one.id === THEME ? { ...one, until: '2026-08-31' } : one)) };
    await app.knowledge.reload();
    expect(found()).toBe(id);
    content = { ...content, themes: themes.filter((one) => one.id !== THEME) };
    await app.knowledge.reload();
    expect(found()).not.toBe(id);
    content = { ...content, themes };
    await app.knowledge.reload();
    expect(found()).toBe(id);
  });

  it('makes hostile Markdown harmless and keeps its words', async () => {
    const answer =
      '![x](https://evil.example/pixel.png) [klik](javascript:alert(1)) <img src=x onerror=alert(1)> [goed](https://go.example/)';
    await write(colleague, { question: 'Waar [staat](javascript:x) het formulier voor badges?', answer });
    const stored = (await Array.fromAsync(itemsIn(store)))[0]!.entry.versions[0]!.text;
    expect(stored.answer).toBe(
      '[x](https://evil.example/pixel.png) klik) ‹img src=x onerror=alert(1)> [goed](https://go.example/)',
    );
    expect(stored.question).not.toMatch(/\]\(/);
  });

  it('stays with whoever comes after an owner who left', async () => {
    await write(colleague);
    content = {
      ...content,
      contacts: content.contacts.map((one) =>
        one.id === 'poc-dossier' ? { ...one, email: 'nieuw@example.org' } : one,
      ),
    };
    await app.knowledge.reload();
    expect(saidIn(await publish(advisor('gone')))).toContain('alleen wie dit thema beheert');
    expect(saidIn(await publish(advisor('new', { contacts: ['poc-dossier' as ContactId] })))).toContain('Gepubliceerd');
  });

  it('leaves tickets readable whose item was taken away', async () => {
    const asked = ask(
      {
        id: 't' as TicketId,
        number: 'HD-2026-0001',
        channel: 'teams',
        requester: { name: 'A' },
        question: 'x',
        service: 'poc-plus' as ServiceId,
      },
      NOW,
    );
    if (!asked.ok) throw new Error('no ticket');
    const items = ['weg' as ItemId];
    const shown = suggest(asked.value, { kind: 'system' }, NOW, { decision: 'answer', items });
    if (!shown.ok) throw new Error('nothing shown');
    expect(words(await answerCardFor(app, shown.value))).toContain('Een adviseur kan je verder helpen');
  });

  it('is erased of a person: what they wrote stays, without who they are', async () => {
    await write(colleague);
    await (await forget(app, colleague.person)).ended;
    const { versions } = (await entry())!;
    expect(versions[0]!.by.name).toBe('');
    expect(JSON.stringify((await store.changes('', 1_000)).docs)).not.toMatch(/"colleague"|Adviseur colleague/);
  });

  it('is read and written by nobody without a role', async () => {
    for (const reply of [
      await openItem(app, outsider, { do: 'open-item', item: KEEPING }),
      await write(outsider),
      await openWriting(app, outsider, { do: 'open-write-item', item: KEEPING }),
      await no(outsider, 'reject'),
    ])
      expect(saidIn(reply)).toContain('Alleen adviseurs');
    expect((await itemList(app, outsider)).text).toContain('Alleen adviseurs');
  });
});
