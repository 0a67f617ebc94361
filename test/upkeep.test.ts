// Stories of keeping items fresh: what owners are asked to read again, once a month, and a regulation that changed.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { confirmItem, itemList, openItem } from '../src/app/knowledge/item-review.ts';
import { followItems, lastItemNews, withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import { flagTheme, openRegulation, unflagTheme } from '../src/app/knowledge/regulation.ts';
import { keepLinks, linksReport, sendUpkeep } from '../src/app/knowledge/upkeep.ts';
import type { Content, Delivery, Store } from '../src/app/ports.ts';
import { type App, createApp } from '../src/app/questions/tickets.ts';
import { itemCard } from '../src/cards/answer.ts';
import type { Person } from '../src/domain/authorisation.ts';
import type { ContactId, Item, ItemId, PersonId, ThemeId } from '../src/domain/terms.ts';
import { concernsOf, type Known } from '../src/domain/upkeep.ts';
import { advisor } from './cast.ts';
import { countingAll } from './counting.ts';
import { deskOver, nobody } from './desk.ts';
import { saidIn, words } from './town.ts';

const NOW = Date.parse('2026-12-01T09:00:00Z');
const DAY = 86_400_000;
const THEME = 'dossier-en-inzage' as ThemeId;
const KEEPING = 'mdd-bewaartermijn' as ItemId;
const URL_OF = 'https://example.org/regels';

const base: Item = {
  id: KEEPING,
  kind: 'faq',
  title: 'Hoe lang bewaren we een dossier?',
  variants: [],
  wordings: [],
  answer: 'Tien jaar.',
  themes: [THEME],
  audience: ['clb'],
  sources: [{ title: 'Regels', url: `${URL_OF}#artikel-3` }],
  writtenOn: '2026-01-10',
  reviewedOn: '2026-11-01',
  status: 'reviewed',
  owner: 'poc-dossier' as ContactId,
};

describe('what has to be read again', () => {
  const known = (more: Partial<Known> = {}): Known => ({
    now: NOW,
    regulations: [],
    links: { at: 0, pages: new Map() },
    noes: [],
    ...more,
  });
  const kinds = (item: Partial<Item>, more?: Partial<Known>) =>
    concernsOf({ ...base, ...item }, known(more)).map(({ kind }) => kind);
  const { reviewedOn: _, ...draft } = { ...base, status: 'draft' as const };
  const no = (...days: string[]) => ({ noes: days.map((day) => Date.parse(day)) });
  const flag = (at: number) => ({
    regulations: [{ theme: THEME, changedOn: '2026-09-01', at, by: { person: 'x' as PersonId, name: 'X' } }],
  });
  const page = (what: object, at = NOW) => ({ links: { at, pages: new Map([[URL_OF, what]]) } });
  const since = '2026-09-01';

  it.each([
    ['nothing of what was reviewed a month ago', kinds({}), []],
    ['12 months and a day', kinds({ reviewedOn: '2025-11-30' }), ['unreviewed']],
    ['12 months to the day', kinds({ reviewedOn: '2025-12-01' }), []],
    [
      'a draft of 31 days',
      concernsOf({ ...draft, writtenOn: '2026-10-31' }, known()).map(({ kind }) => kind),
      ['draft'],
    ],
    ['a draft of 30 days', concernsOf({ ...draft, writtenOn: '2026-11-01' }, known()).map(({ kind }) => kind), []],
    ['three times no since the review', kinds({}, no('2026-11-05', '2026-11-06', '2026-11-07')), ['unhelpful']],
    ['three times no, one before it', kinds({}, no('2026-10-05', '2026-11-06', '2026-11-07')), []],
    ['a source that is gone', kinds({}, page({ trouble: 'refused' })), ['source']],
    ['one that was gone before the review', kinds({}, page({ trouble: 'refused' }, Date.parse('2026-10-01'))), []],
    ['one that changed after the review', kinds({}, page({ modified: Date.parse('2026-11-20') })), ['source']],
    ['one that changed before it', kinds({}, page({ modified: Date.parse('2026-10-20') })), []],
    ['a regulation said to have changed', kinds({}, flag(Date.parse('2026-11-02'))), ['regulation']],
    ['and reviewed since', kinds({ reviewedAt: NOW }, flag(Date.parse('2026-11-02'))), []],
    ['shown to nobody', kinds({ reviewedOn: '2026-10-01' }, { shown: { since, times: 0 } }), ['unshown']],
    ['shown once', kinds({ reviewedOn: '2026-10-01' }, { shown: { since, times: 1 } }), []],
    ['written this year', kinds({ writtenOn: '2026-09-02' }, { shown: { since, times: 0 } }), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('owners', () => {
  let all: Content;
  let store: Store;
  let app: App;
  let now: number;
  let posts: { to: string; text: string }[];
  let outcome: Delivery['outcome'];
  let begun: number | undefined;
  const clock = { now: () => now };
  const owner = advisor('owner', { contacts: ['poc-dossier' as ContactId] });
  const colleague = advisor('colleague');
  const administrator = advisor('admin', { advisorOf: [], administrator: true });
  const requester = advisor('requester', { advisorOf: [] });

  beforeEach(async () => {
    now = NOW;
    posts = [];
    outcome = 'delivered';
    begun = NOW - 60 * DAY;
    all ??= (await loadContent('content')).content;
    const items = [base, { ...base, id: 'ander-item' as ItemId, title: 'Wie mag een dossier lezen?' }];
    store = checked(openSqlite(':memory:', clock), () => {});
    const knowledge = await createKnowledgeBase(
      () => withItems({ content: { ...all, items }, problems: [] }, store),
      () => {},
    );
    const messenger: App['messenger'] = {
      ...nobody,
      post: async (to, message) => {
        if (outcome === 'delivered') posts.push({ to: to.conversationId, text: words(message.card) });
        return outcome === 'delivered' ? { outcome, activityId: '1' } : { outcome: 'unreachable' };
      },
    };
    const measures = { ...countingAll(store, knowledge.content, clock), earliest: async () => begun };
    app = deskOver(store, knowledge, clock, { messenger, measures });
  });
  afterEach(() => store.close());

  const known = (email: string) => {
    const address = { conversationId: 'chat', serviceUrl: 'https://example.org/' };
    const body = { name: 'Adviseur', userId: 'u', email, address, advisorOf: { 'poc-plus': NOW } };
    return store.create({
      pk: 'person:owner',
      id: 'person:owner',
      kind: 'person',
      facets: { service: 'poc-plus' },
      body,
    });
  };
  const broken = () => keepLinks(store, linksReport(new Map([[URL_OF, { kind: 'silent' }]]), NOW));
  const confirm = (who: Person, item = KEEPING, version = 1) =>
    confirmItem(app, who, { do: 'confirm-item', item, version, key: `k${Math.random()}` });
  const flag = (who: Person, more: object = {}) =>
    flagTheme(app, who, { do: 'flag-theme', theme: THEME, day: '2026-11-15', url: '', ...more });
  const shown = (id = KEEPING) =>
    words(itemCard(app.knowledge.content(), app.knowledge.content().items.find((item) => item.id === id)!, now));

  it('get one card a month in their own chat, with what to do, whoever sends it', async () => {
    await known('dossier@example.org');
    await broken();
    const other = createApp({ ...app });
    await Promise.all([sendUpkeep(app), sendUpkeep(other)]);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ to: 'chat', text: expect.stringContaining('bron example.org antwoordt niet') });
    now += DAY;
    await sendUpkeep(app);
    expect(posts).toHaveLength(1);
    now = Date.parse('2027-01-05T09:00:00Z');
    await sendUpkeep(app);
    expect(posts).toHaveLength(2);
    expect(posts[1]!.text).toContain('dit schooljaar aan niemand getoond');
  });

  it('get none in the month in which the helpdesk began', async () => {
    await known('dossier@example.org');
    await broken();
    for (const nothing of [undefined, NOW - 60_000]) {
      begun = nothing;
      now += 10 * 60_000;
      await sendUpkeep(app);
    }
    expect(posts).toEqual([]);
  });

  it('who left: it goes to the channel, and is tried again when nobody can be reached', async () => {
    await broken();
    await sendUpkeep(app);
    expect(posts).toEqual([]);
    const address = { conversationId: 'channel', serviceUrl: 'https://example.org/' };
    const body = { service: 'poc-plus', address, registeredBy: 'admin', registeredAt: NOW };
    await store.create({ pk: 'channel:poc-plus', id: 'channel:poc-plus', kind: 'channel', body });
    now += 30 * 60_000;
    await sendUpkeep(app);
    expect(posts).toEqual([]);
    now += 40 * 60_000;
    await sendUpkeep(app);
    expect(posts).toMatchObject([{ to: 'channel', text: expect.stringContaining('Voor wie deze thema') }]);
  });

  it('say with one tap that an item of the files still holds, and it is off the list', async () => {
    await broken();
    const list = async (who: Person) => words((await itemList(app, who)).card ?? {});
    expect(await list(owner)).toContain('Om na te kijken (2)');
    expect(await list(colleague)).not.toContain('Om na te kijken');
    expect(saidIn(await openItem(app, owner, { do: 'open-item', item: KEEPING }))).toContain('de bestanden');
    expect(saidIn(await confirm(colleague))).toContain('alleen wie dit thema beheert');
    expect(saidIn(await confirm(requester))).toContain('Alleen adviseurs');
    expect(saidIn(await confirm(owner, KEEPING, 2))).toContain('paste dit intussen aan');
    now += 60_000;
    expect(saidIn(await confirm(owner))).toContain('vandaag nagekeken');
    expect(await list(owner)).toContain('Om na te kijken (1)');
    expect(app.knowledge.content().items.find(({ id }) => id === KEEPING)).toMatchObject({ reviewedOn: '2026-12-01' });
    const again = await withItems({ content: { ...all, items: [base] } }, store);
    expect(again.content.items[0]).toMatchObject({ reviewedOn: '2026-12-01', answer: base.answer });
  });

  it('flag a regulation: answers say it, on every instance, until each is reviewed', async () => {
    const since = await lastItemNews(store);
    const elsewhere = await createKnowledgeBase(
      () => withItems({ content: { ...all, items: [base] }, problems: [] }, store),
      () => {},
    );
    expect(shown()).not.toContain('regelgeving');
    for (const who of [colleague, requester]) {
      expect(saidIn(await flag(who))).toContain('kan alleen wie het thema beheert');
      expect(saidIn(await openRegulation(app, who))).toContain('kan alleen wie het thema beheert');
    }
    expect(saidIn(await flag(owner, { url: 'javascript:alert(1)' }))).toContain('moet met https');
    expect(saidIn(await flag(owner, { day: 'gisteren' }))).toContain('Geef een datum');
    expect(saidIn(await flag(administrator, { url: 'https://wet.example.org/a(b)' }))).toContain('De 2 antwoorden');
    expect(shown()).toContain('De regelgeving wijzigde op');
    expect(shown()).toContain('[wet.example.org](https://wet.example.org/a%28b%29)');
    await followItems(store, elsewhere, since);
    expect(elsewhere.content().regulations).toHaveLength(1);
    now += 60_000;
    await confirm(owner);
    expect(shown()).not.toContain('De regelgeving wijzigde');
    expect(shown('ander-item' as ItemId)).toContain('De regelgeving wijzigde');
    expect(saidIn(await openRegulation(app, owner))).toContain('gemeld door Adviseur admin');
    const back = { do: 'unflag-theme', theme: THEME, day: '', url: '' } as const;
    expect(saidIn(await unflagTheme(app, colleague, back))).toContain('kan alleen');
    expect(saidIn(await unflagTheme(app, owner, back))).toContain('is weg');
    expect(shown('ander-item' as ItemId)).not.toContain('De regelgeving wijzigde');
  });
});
