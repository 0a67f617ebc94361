// Stories of setting up in the chat: who is away, who stands in, who looks after what, and everything that can go wrong.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { readSetUpFile, SET_UP_FILE, setUpYaml } from '../src/adapters/files/set-up.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { followItems, lastItemNews, withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, Store } from '../src/app/ports.ts';
import { editSetUp } from '../src/app/set-up/change.ts';
import { applySetUpImport, exportSetUp, planSetUpImport } from '../src/app/set-up/files.ts';
import { readSetUp, withSetUp } from '../src/app/set-up/kept.ts';
import { parseAbsence, readDay } from '../src/domain/absence-line.ts';
import type { Roles } from '../src/domain/authorisation.ts';
import { findRoute, standIn } from '../src/domain/routing.ts';
import {
  changeContact,
  changeTheme,
  contactOf,
  endAbsence,
  forgotten,
  gapsIn,
  NOTHING_SET_UP,
  type SetUp,
  setAbsence,
  undoChange,
} from '../src/domain/set-up.ts';
import type { ContactId, PersonId, ServiceId, ThemeId } from '../src/domain/terms.ts';
import { addWorkingHours } from '../src/domain/working-time.ts';
import { locale } from '../src/locale/locale.ts';
import { done, refusalOf } from './cast.ts';
import { channels, dialogOf, formOn, latest, openTown, people, routed, type Town, textOf, words } from './town.ts';

const TODAY = '2026-11-25';
const NOW = Date.parse(`${TODAY}T10:00:00Z`);
const dossier = 'poc-dossier' as ContactId;
const secrecy = 'poc-beroepsgeheim' as ContactId;
const justice = 'poc-justitie' as ContactId;
const maths = 'pbd-wiskunde' as ContactId;
const theme = 'dossier-en-inzage' as ThemeId;
const none: Roles = { advisorOf: [], quality: false, administrator: false };
const admin = { person: 'admin' as PersonId, roles: { ...none, administrator: true } };
const advisor = { person: 'advisor' as PersonId, roles: { ...none, contacts: [dossier] } };

let content: Content;
beforeAll(async () => {
  ({ content } = await loadContent('./content'));
});

const away = (
  given: { contact?: ContactId; from?: string; to?: string; substitute?: ContactId },
  { before = NOTHING_SET_UP, who = admin, id = 'a' }: { before?: SetUp; who?: typeof admin; id?: string } = {},
) =>
  setAbsence(
    before,
    withSetUp(content, before),
    who,
    { contact: dossier, from: TODAY, to: '2026-12-04', substitute: undefined, ...given },
    { now: NOW, today: TODAY, id },
  );

describe('a day as people type it', () => {
  it.each([
    ['12/1', '2027-01-12'],
    ['12-01-2027', '2027-01-12'],
    ['12/1/27', '2027-01-12'],
    ['2027-01-12', '2027-01-12'],
    ['12 januari', '2027-01-12'],
    ['12 jan 2028', '2028-01-12'],
    ['vandaag', '2026-11-25'],
    ['morgen', '2026-11-26'],
    ['overmorgen', '2026-11-27'],
    ['maandag', '2026-11-30'],
    ['woensdag', '2026-12-02'],
    ['volgende week', '2026-11-30'],
    ['volgende week vrijdag', '2026-12-04'],
    // Passed a while ago: a mistake, and not a day of next year.
    ['20/11', '2026-11-20'],
    ['29/2/2028', '2028-02-29'],
  ])('%s is %s', (typed, day) => {
    expect(readDay(typed, TODAY, locale.absenceWords)).toEqual({ day });
  });

  it.each(['31/2', '32/1', '29/2/2027', 'ooit', 'constructor', '', '1/13', '2026-13-01'])('"%s" is no day', (typed) => {
    expect(readDay(typed, TODAY, locale.absenceWords)).toHaveProperty('unread');
  });
});

describe('a line that says who is away', () => {
  const read = (line: string) => parseAbsence(line, TODAY, locale.absenceWords);
  it.each([
    ['afwezig', {}],
    ['afwezig tot 12/1', { to: { day: '2027-01-12' } }],
    ['afwezig tot en met 12/1, vervanger justitie', { to: { day: '2027-01-12' }, substitute: 'justitie' }],
    ['afwezig van 30/11 tot 4/12', { from: { day: '2026-11-30' }, to: { day: '2026-12-04' } }],
    ['afwezig morgen', { from: { day: '2026-11-26' }, to: { day: '2026-11-26' } }],
    [
      'afwezig dossier van morgen t.e.m. volgende week vrijdag; vervanger: gezag',
      { who: 'dossier', from: { day: '2026-11-26' }, to: { day: '2026-12-04' }, substitute: 'gezag' },
    ],
    ['ik ben volgende week afwezig', { from: { day: '2026-11-30' }, to: { day: '2026-12-04' } }],
    [
      'afwezig volgende week, vervanger justitie',
      { from: { day: '2026-11-30' }, to: { day: '2026-12-04' }, substitute: 'justitie' },
    ],
    ['ik ben er morgen niet', { from: { day: '2026-11-26' }, to: { day: '2026-11-26' } }],
    ['ik ben van 30/11 tot 4/12 met verlof', { from: { day: '2026-11-30' }, to: { day: '2026-12-04' } }],
    ['afwezig tot ooit', { to: { unread: 'ooit' } }],
  ])('%s', (line, meaning) => {
    expect(read(line)).toEqual(meaning);
  });

  it.each([
    'afwezige leerling, wat doen we?',
    'ik ben nog altijd niet zeker over inzage en ik ben er niet',
    'ik ben niet zeker of een leerling afwezig is',
    'ik ben als ouder vaak afwezig',
    'afwezig tot 16 uur, mag dat?',
    'afwezig zonder wettiging',
    'hoe lang mag een leerling afwezig zijn',
  ])('"%s" is a question', (line) => {
    expect(read(line)).toBeUndefined();
  });
});

describe('an absence', () => {
  it('sends what is for the contact to whoever was named, and back when it is over', () => {
    const setUp = done(away({ substitute: justice }));
    const directory = withSetUp(content, setUp);
    const about = { theme, function: undefined, centre: undefined };
    expect(findRoute(directory, about, TODAY).contact).toBe(justice);
    expect(findRoute(directory, about, '2026-12-05').contact).toBe(dossier);
    const ticket = { theme, service: 'poc-plus' as ServiceId };
    // Routed before the absence, and during it.
    for (const contact of [dossier, justice]) {
      expect(standIn(directory, { ...ticket, contact }, TODAY)).toMatchObject({
        absent: { id: dossier },
        until: '2026-12-04',
        now: { id: justice },
      });
    }
    expect(standIn(directory, { ...ticket, contact: secrecy }, TODAY)).toBeUndefined();
    const ended = done(endAbsence(setUp, advisor, { contact: dossier }, TODAY));
    expect(findRoute(withSetUp(content, ended), about, TODAY).contact).toBe(dossier);
  });

  it('is refused when it cannot be', () => {
    const judge = { person: advisor.person, roles: { ...none, contacts: [justice] } };
    expect(refusalOf(away({ from: '2026-11-01', to: '2026-11-20' }))).toBe('in-the-past');
    // Whoever types "tot 20/11" begins today: what is wrong is that it has passed.
    expect(refusalOf(away({ to: '2026-11-20' }))).toBe('in-the-past');
    expect(refusalOf(away({ from: '2026-12-05' }))).toBe('end-before-begin');
    expect(refusalOf(away({ to: '2028-12-04' }))).toBe('too-long');
    expect(refusalOf(away({ contact: 'nobody' as ContactId }))).toBe('unknown-contact');
    expect(refusalOf(away({ substitute: 'nobody' as ContactId }))).toBe('unknown-contact');
    expect(refusalOf(away({ substitute: dossier }))).toBe('own-substitute');
    expect(refusalOf(away({ substitute: maths }))).toBe('other-service');
    const before = done(away({ contact: justice }));
    expect(refusalOf(away({ substitute: justice }, { before, id: 'b' }))).toBe('substitute-absent');
    expect(refusalOf(away({}, { who: judge as typeof admin }))).toBe('not-allowed');
    expect(refusalOf(endAbsence(done(away({})), judge, { contact: dossier }, TODAY))).toBe('not-allowed');
    expect(refusalOf(endAbsence(NOTHING_SET_UP, admin, { contact: dossier }, TODAY))).toBe('not-absent');
  });

  it('takes the place of what it overlaps, comes once when sent twice, and goes when it is long over', () => {
    const first = done(away({}));
    const other = done(away({ from: '2026-12-01', to: '2026-12-20' }, { before: first, id: 'b' }));
    expect(other.absences.map(({ id }) => id)).toEqual(['b']);
    expect(away({}, { before: first })).toEqual({ ok: true, value: first });
    const terms = (endedBefore: string) => ({ endedBefore, madeBefore: NOW + 1 });
    expect(forgotten(first, terms('2026-12-04')).absences).toMatchObject([{ id: 'a', by: '' }]);
    expect(forgotten(first, terms('2026-12-05')).absences).toEqual([]);
  });

  it('without anybody who stands in is a gap, as are circles and themes of nobody', () => {
    const act = { who: admin, now: NOW, key: 'k' };
    const { role, email } = content.contacts.find(({ id }) => id === dossier)!;
    const alone = done(changeContact(NOTHING_SET_UP, content, act, dossier, { role, email, substitute: '' }));
    const of = (setUp: SetUp) => gapsIn(withSetUp(content, setUp), TODAY).filter((gap) => !('theme' in gap));
    expect(of(NOTHING_SET_UP)).toEqual([]);
    expect(of(alone)).toEqual([{ kind: 'no-substitute', contact: dossier }]);
    expect(of(done(away({}, { before: alone })))).toMatchObject([{ kind: 'absent-without-substitute' }]);
    // These two stand in for each other.
    const both = done(away({ contact: justice }, { before: done(away({ contact: secrecy })), id: 'b' }));
    expect(of(both).map(({ kind }) => kind)).toEqual(['circle', 'circle']);
    const others = content.contacts.map((one) => ({ ...one, themes: one.themes.filter((id) => id !== theme) }));
    expect(gapsIn({ ...content, contacts: others }, TODAY)).toEqual([{ kind: 'no-contact', theme }]);
  });
});

describe('a correction', () => {
  const act = { who: admin, now: NOW, key: 'k', made: 0 };
  const fields = () => {
    const { role, email, substitute = '' as const } = content.contacts.find(({ id }) => id === dossier)!;
    return { role, email, substitute };
  };
  const themeFields = () => {
    const { name, keywords, service } = content.themes.find(({ id }) => id === theme)!;
    return { name, keywords, service, contact: dossier as ContactId | '', retired: false };
  };

  it('of a contact is laid over the files, and taken back in one press', () => {
    const setUp = done(
      changeContact(NOTHING_SET_UP, content, act, dossier, { ...fields(), role: 'Dossiers', substitute: justice }),
    );
    const { contacts } = withSetUp(content, setUp);
    expect(contacts.find(({ id }) => id === dossier)).toMatchObject({ role: 'Dossiers', substitute: justice });
    const undone = done(undoChange(setUp, { ...act, made: 1 }, { kind: 'contact', id: dossier }));
    expect(withSetUp(content, undone).contacts).toEqual(content.contacts);
  });

  it('of a theme moves it to another contact, and out of use without losing it', () => {
    const moved = done(changeTheme(NOTHING_SET_UP, content, act, theme, { ...themeFields(), contact: justice }));
    const directory = withSetUp(content, moved);
    expect(contactOf(directory, theme)).toBe(justice);
    expect(directory.contacts.find(({ id }) => id === dossier)?.themes).toEqual([]);
    const retired = done(changeTheme(NOTHING_SET_UP, content, act, theme, { ...themeFields(), retired: true }));
    expect(withSetUp(content, retired).themes.find(({ id }) => id === theme)).toMatchObject({ retired: true });
  });

  it('is refused when it cannot be', () => {
    const contact = (given: object, more: object = {}, id = dossier) =>
      refusalOf(changeContact(NOTHING_SET_UP, content, { ...act, ...more }, id, { ...fields(), ...given }));
    expect(contact({})).toBe('nothing-changed');
    expect(contact({ role: '<script>alert(1)</script>' })).toBe('bad-name');
    expect(contact({ role: '[klik](https://bad.example)' })).toBe('bad-name');
    expect(contact({ role: 'Naam\u202Eomgekeerd' })).toBe('bad-name');
    expect(contact({ role: 'x'.repeat(500) })).toBe('bad-name');
    expect(contact({ email: 'geen adres' })).toBe('bad-email');
    expect(contact({ substitute: dossier })).toBe('own-substitute');
    expect(contact({ substitute: maths })).toBe('other-service');
    expect(contact({ role: 'Dossiers' }, { who: advisor })).toBe('not-allowed');
    // Somebody else saved since the form was opened.
    expect(contact({ role: 'Dossiers' }, { made: 3 })).toBe('changed-meanwhile');
    expect(contact({ role: 'Dossiers' }, {}, 'nobody' as ContactId)).toBe('unknown-contact');
    const nowhere = { ...content, services: content.services.filter(({ id }) => id !== 'poc-plus') };
    const changed = { ...fields(), role: 'Dossiers' };
    expect(refusalOf(changeContact(NOTHING_SET_UP, nowhere, act, dossier, changed))).toBe('unknown-service');
    const of = (given: object) =>
      refusalOf(changeTheme(NOTHING_SET_UP, content, act, theme, { ...themeFields(), ...given }));
    expect(of({ contact: maths })).toBe('other-service');
    expect(of({ service: 'pbd-go' })).toBe('other-service');
    expect(of({ service: 'nergens' })).toBe('unknown-service');
    expect(of({ keywords: ['<b>'] })).toBe('bad-name');
    expect(of({ keywords: Array.from({ length: 99 }, (_, at) => `woord ${at}`) })).toBe('too-many-words');
    expect(refusalOf(undoChange(NOTHING_SET_UP, act, { kind: 'theme', id: theme }))).toBe('nothing-to-undo');
  });

  it('stays small however often it is made', () => {
    let setUp = NOTHING_SET_UP;
    for (let at = 0; at < 60; at++) {
      const directory = withSetUp(content, setUp);
      const given = { ...fields(), role: `Dossiers ${at}` };
      setUp = done(changeContact(setUp, directory, { ...act, key: `k${at}`, made: at }, dossier, given));
    }
    expect(setUp.contacts[dossier]).toHaveLength(20);
    expect(withSetUp(content, setUp).contacts.find(({ id }) => id === dossier)?.role).toBe('Dossiers 59');
  });
});

describe('what was set up', () => {
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'set-up-'));
    store = checked(openSqlite(':memory:', { now: Date.now }), () => {});
  });
  afterAll(async () => {
    store.close();
    await rm(folder, { recursive: true });
  });

  it('reaches another running index: names, synonyms, contacts', async () => {
    const elsewhere = await createKnowledgeBase(
      () => withItems({ content, problems: [] }, store),
      () => {},
    );
    const since = await lastItemNews(store);
    const act = { who: admin, now: NOW, key: 'a', made: 0 };
    const { name, keywords, service } = content.themes.find(({ id }) => id === theme)!;
    const given = { name, keywords: [...keywords, 'kwispelkaft'], service, contact: justice, retired: false };
    await editSetUp(store, (before) => changeTheme(before, content, act, theme, given));
    expect(elsewhere.answer({ text: 'kwispelkaft' }).themes[0]?.id).not.toBe(theme);
    await followItems(store, elsewhere, since);
    expect(contactOf(elsewhere.content(), theme)).toBe(justice);
    const kwispel = elsewhere.content().themes.find(({ id }) => id === theme)?.keywords;
    expect(kwispel).toContain('kwispelkaft');
  });

  it('goes to a file and comes back, and passes over nobody', async () => {
    const entries = await exportSetUp(store, content);
    expect(entries).toMatchObject([{ kind: 'theme', id: theme, was: { contact: dossier }, now: { contact: justice } }]);
    await writeFile(join(folder, SET_UP_FILE), setUpYaml(entries));
    const read = await readSetUpFile(folder);
    expect(read).toEqual({ entries, problems: [] });
    expect(await planSetUpImport(store, content, read.entries)).toMatchObject({ same: 1, changed: [], conflicts: [] });

    const fresh = checked(openSqlite(':memory:', { now: Date.now }), () => {});
    const around = { store: fresh, clock: { now: () => NOW } };
    const plan = await planSetUpImport(fresh, content, read.entries);
    expect(plan.changed).toHaveLength(1);
    expect(await applySetUpImport(around, content, plan)).toEqual([]);
    expect(contactOf(withSetUp(content, await readSetUp(fresh)), theme)).toBe(justice);
    // Somebody chose another contact meanwhile.
    const stale = read.entries.map((entry) => ({ ...entry, now: { ...entry.now, contact: secrecy } }));
    const again = await planSetUpImport(fresh, content, stale);
    expect(again.changed).toEqual([]);
    expect(again.conflicts.join()).toContain('intussen iets anders');
    const unknown = await planSetUpImport(fresh, content, [{ ...entries[0]!, id: 'weg' as ThemeId, kind: 'theme' }]);
    expect(unknown.conflicts.join()).toContain('bestaat hier niet');
    fresh.close();
  });

  it('is named by file and line when the file is damaged', async () => {
    await writeFile(join(folder, SET_UP_FILE), '- {id: x, kind: planeet, now: {rol: y}}\n');
    expect((await readSetUpFile(folder)).problems.join()).toContain(`${SET_UP_FILE}:1`);
    expect(await readSetUpFile(join(folder, 'nergens'))).toEqual({ entries: [], problems: [] });
  });
});

describe('in the chat', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    for (const who of [people.dossier, people.beroepsgeheim]) await town.teams.say(who, 'help');
  }, 60_000);
  afterAll(() => town.close());

  it('an advisor goes away and comes back', { timeout: 60_000 }, async () => {
    const { dossier: me } = people;
    expect(await town.said(me, 'afwezig tot 32/1')).toContain('"32/1" herken ik niet');
    expect(await town.said(me, 'afwezig tot morgen, vervanger sinterklaas')).toContain('ken geen aanspreekpunt');
    expect(await town.said(me, 'afwezig tot morgen, vervanger aanspreekpunt')).toContain(
      'verschillende aanspreekpunten',
    );
    expect(await town.said(me, 'afwezig tot morgen, vervanger dossier')).toContain('zichzelf niet vervangen');
    const done = await town.said(me, 'Afwezig tot overmorgen, vervanger justitie');
    expect(done).toContain('Genoteerd');
    expect(done).toContain('Vragen en herinneringen gaan dan naar Aanspreekpunt justitie');
    const card = await routed(town, 'gent', 'Hoe bewaar ik een kwijtgeraakt notitieschrift van de koffiekamer?');
    expect(words(card)).toMatch(/Voor: Aanspreekpunt multidisciplinair.*afwezig tot en met.*nu Aanspreekpunt justitie/);
    expect(await town.said(people.beroepsgeheim, 'aanspreekpunten')).toContain('afwezig tot en met');
    expect(await town.said(me, 'mijn afwezigheid')).toContain('Vervanger: Aanspreekpunt justitie');
    expect(await town.said(me, 'terug')).toContain('Welkom terug');
    expect(await town.said(me, 'terug')).toContain('geen afwezigheid');
    expect(await town.said(people.gent, 'afwezig tot morgen')).toContain('bij geen enkel aanspreekpunt');
  });

  const inputsOf = (card: object): Record<string, unknown> => {
    const values: Record<string, unknown> = {};
    JSON.stringify(card, (_, node) => {
      if (typeof node?.type === 'string' && node.type.startsWith('Input.')) values[node.id] = node.value;
      return node;
    });
    return values;
  };
  const opens = async (who: (typeof people)['dossier'], button: RegExp) =>
    dialogOf(await town.teams.press(who, latest(town.teams.chat(who)), button));

  it('what was typed and not understood opens the form with the rest of it', { timeout: 60_000 }, async () => {
    const { dossier: me } = people;
    const filled = async (typed: string) => {
      await town.said(me, typed);
      return inputsOf((await opens(me, /noteer een afwezigheid/i)).card);
    };
    const year = new Date().getFullYear() + 1;
    const days = { from: `${year}-03-05`, to: `${year}-03-12` };
    const line = `afwezig van 5/3/${year} tot`;
    expect(await filled(`${line} 12/3/${year}, vervanger sinterklaas`)).toMatchObject({ contact: dossier, ...days });
    expect(await filled(`${line} 32/3, vervanger justitie`)).toMatchObject({
      from: days.from,
      to: '',
      substitute: justice,
    });
    expect(await filled(`${line} 4/3/${year}, vervanger justitie`)).toMatchObject({
      from: days.from,
      to: `${year}-03-04`,
      substitute: justice,
    });
    expect(await town.said(me, `${line} 12/3/${year}, vervanger begeleider wiskunde`)).toContain('dezelfde dienst');
    expect(await filled('afwezig')).toMatchObject({ contact: dossier, to: '', substitute: '-' });
    // Nobody stands in for themselves: they are not in the list.
    expect(JSON.stringify((await opens(me, /noteer een afwezigheid/i)).card).split(dossier)).toHaveLength(3);
    expect(await town.said(me, 'mijn afwezigheid')).toMatch(/^Mijn afwezigheid\nEr is geen afwezigheid genoteerd/);

    // An administrator says it of anybody, so the form starts with nobody.
    const { admin: boss } = people;
    expect(await town.said(boss, 'afwezig tot morgen')).toMatch(/^Afwezigheden\n/);
    const form = await opens(boss, /noteer een afwezigheid/i);
    expect(inputsOf(form.card)).toMatchObject({ contact: undefined, to: expect.stringMatching(/^20/) });
    expect(await form.press(/noteer/i, {})).toEqual({ kind: 'invalid', inputs: ['contact'] });
    const gone = await town.said(boss, `afwezig dossier van 5/3/${year} tot 12/3/${year}, vervanger justitie`);
    expect(gone).toMatch(/^Afwezigheid: Aanspreekpunt multidisciplinair dossier en inzage\n/);
    expect(gone).toMatch(/Genoteerd: Aanspreekpunt multi.*\s*.*naar Aanspreekpunt justitie/);
    await town.said(me, 'mijn afwezigheid');
    await town.teams.press(me, latest(town.teams.chat(me)), /^beëindig/i);
  });

  it('a form with a mistake keeps what was filled in', { timeout: 60_000 }, async () => {
    const { dossier: me, beroepsgeheim: colleague } = people;
    const year = new Date().getFullYear() + 1;
    await town.said(colleague, `afwezig van 1/6/${year} tot 30/6/${year}`);
    await town.said(me, 'mijn afwezigheid');
    let form = await opens(me, /noteer een afwezigheid/i);
    for (const [given, problem] of [
      [{ from: '2020-01-01', to: '2020-01-02', substitute: justice }, 'al voorbij'],
      [{ from: `${year}-06-10`, to: `${year}-06-02`, substitute: justice }, 'Draai ze om'],
      [{ from: `${year}-06-10`, to: `${year}-06-12`, substitute: dossier }, 'zichzelf niet vervangen'],
      [{ from: `${year}-06-10`, to: `${year}-06-12`, substitute: secrecy }, 'dan zelf afwezig'],
      [{ from: `${year}-06-10`, to: `${year}-06-12`, substitute: maths }, 'dezelfde dienst'],
    ] as const) {
      form = dialogOf(await form.press(/noteer/i, given));
      expect(words(form.card)).toContain(problem);
      expect(inputsOf(form.card)).toMatchObject({ contact: dossier, ...given });
    }
    expect(textOf(await form.press(/noteer/i, { substitute: justice }))).toContain('Genoteerd');
    // What is still to come is named by its days, and can be cancelled; nobody is away now.
    const shown = await town.said(me, 'terug');
    expect(shown).toContain('geen afwezigheid');
    expect(shown).toMatch(new RegExp(`Beëindig 10 jun ${year} – 12 jun ${year}: Aanspreekpunt multi`));
    for (const who of [me, colleague]) {
      await town.said(who, 'mijn afwezigheid');
      await town.teams.press(who, latest(town.teams.chat(who)), /^beëindig/i);
      expect(await town.said(who, 'mijn afwezigheid')).toContain('Er is geen afwezigheid genoteerd');
    }
  });

  it('whoever is two contacts goes away as both or as none', { timeout: 60_000 }, async () => {
    const { admin: boss, dossier: me } = people;
    const both = async (email: string) => {
      await town.said(boss, 'aanspreekpunten');
      const form = dialogOf(await (await opens(boss, /pas een aanspreekpunt aan/i)).press(/verder/i, { id: maths }));
      return textOf(await form.press(/bewaar/i, { email }));
    };
    expect(await both(people.dossier.email)).toContain('Bewaard');
    // The first may be replaced by a colleague of POC+, the second not.
    expect(await town.said(me, 'afwezig tot morgen, vervanger justitie')).toContain('dezelfde dienst');
    expect(await town.said(me, 'mijn afwezigheid')).toContain('Er is geen afwezigheid genoteerd');
    expect(await town.said(me, 'afwezig tot morgen')).toMatch(/multidisciplinair dossier[\s\S]*Begeleider wiskunde/);
    expect(await town.said(me, 'terug')).toMatch(/Welkom terug.*multidisciplinair.*Begeleider wiskunde/);
    expect(await both(people.wiskunde.email)).toContain('Bewaard');
  });

  it('an administrator corrects a contact; of two at once the second is told', { timeout: 60_000 }, async () => {
    const { admin: boss } = people;
    expect(await town.said(people.dossier, 'instellingen')).toContain('Alleen een beheerder');
    const overview = await town.said(boss, 'instellingen');
    expect(overview).toContain('adviseurskanaal ingesteld');
    expect(overview).toContain('Kwaliteitsteam');
    const card = latest(town.teams.chat(boss));
    const open = async () => {
      const choose = dialogOf(await town.teams.press(boss, card, /pas een aanspreekpunt aan/i));
      return dialogOf(await choose.press(/verder/i, { id: dossier }));
    };
    const [one, other] = [await open(), await open()];
    expect(textOf(await one.press(/bewaar/i, { role: 'Dossierlijn' }))).toContain('Bewaard: Dossierlijn');
    const late = dialogOf(await other.press(/bewaar/i, { role: 'Iets anders' }));
    expect(words(late.card)).toContain('Iemand anders paste dit intussen aan');
    expect(JSON.stringify(late.card)).toContain('Dossierlijn');
    expect(await town.said(people.dossier, 'aanspreekpunten')).toContain('Dossierlijn');
    await town.restart();
    expect(await town.said(people.dossier, 'aanspreekpunten')).toContain('Dossierlijn');
    expect(textOf(await (await open()).press(/ongedaan/i, {}))).toContain('ongedaan gemaakt');
    expect(await town.said(people.dossier, 'aanspreekpunten')).not.toContain('Dossierlijn');
  });

  it('a theme goes out of use while somebody waits: their question stays', { timeout: 60_000 }, async () => {
    const { admin: boss } = people;
    const card = await routed(town, 'kortrijk', 'Waar ligt het reglement van de grijze archiefdozen?');
    await town.said(boss, 'aanspreekpunten');
    const choose = dialogOf(await town.teams.press(boss, latest(town.teams.chat(boss)), /pas een thema aan/i));
    const form = dialogOf(await choose.press(/verder/i, { id: theme }));
    expect(textOf(await form.press(/bewaar/i, { retired: 'true' }))).toMatch(/niet meer in gebruik.*blij(ft|ven) bij/);
    expect(words(town.teams.posts(channels.poc.id).at(-1))).toContain('grijze archiefdozen');
    expect(await town.said(people.dossier, 'aanspreekpunten')).toContain('niet meer in gebruik');

    // Answering it keeps its theme; a new question, asked or registered, cannot get it.
    await town.teams.press(people.dossier, card, /neem/i);
    await town.eventually(() => JSON.stringify(card.activity).includes('"refresh"'));
    const answer = await formOn(town, 'dossier', card, /^antwoord$/i);
    expect(inputsOf(answer.card)).toMatchObject({ theme });
    const offered = /"title":"[^"]+","value":"dossier-en-inzage"/;
    expect(JSON.stringify(answer.card)).toMatch(offered);
    const { kortrijk } = people;
    await town.teams.say(kortrijk, 'Wie bewaart de sleutel van het dossier op zolder?');
    const asking = town.teams.chat(kortrijk).findLast(({ activity }) => words(activity).includes('adviseur'))!;
    const ask = dialogOf(await town.teams.press(kortrijk, asking, /adviseur/i));
    expect(JSON.stringify(ask.card)).not.toMatch(offered);
    expect(await town.said(people.dossier, 'tel gent dossier 10m hoe lang bewaren we de sleutel?')).not.toContain(
      'Multidisciplinair dossier, inzage en overdracht',
    );
  });

  it('who has no right changes nothing, whatever they send', { timeout: 60_000 }, async () => {
    await town.said(people.kortrijk, 'help');
    const message = latest(town.teams.chat(people.kortrijk));
    const sent = async (data: object) => {
      await town.teams.perform(people.kortrijk, message, { type: 'Action.Submit', title: 'x', data }, {});
      return words(latest(town.teams.chat(people.kortrijk)));
    };
    const made = { made: 0, key: 'k' };
    const before = await town.said(people.dossier, 'aanspreekpunten');
    for (const data of [
      { do: 'set-absence', key: 'k', contact: dossier, from: '2030-01-01', to: '2030-01-02' },
      { do: 'end-absence', contact: dossier, absence: 'a' },
      { do: 'open-contact', id: dossier },
      { do: 'change-contact', id: dossier, ...made, role: 'Gekaapt', email: 'a@example.org', substitute: '' },
      { do: 'open-theme', id: theme },
      { do: 'change-theme', id: theme, ...made, name: 'Gekaapt', keywords: '', service: 'poc-plus', contact: '' },
      { do: 'undo-set-up', kind: 'contact', id: dossier, made: 2 },
      { do: 'open-absence' },
    ]) {
      expect([data.do, await sent(data)]).toEqual([data.do, expect.stringMatching(/beheerder/)]);
    }
    expect(await town.said(people.dossier, 'aanspreekpunten')).toBe(before);
  });
});

it('reminders go to whoever stands in, and erasing somebody leaves what they set up to nobody', {
  timeout: 60_000,
}, async () => {
  const town = await openTown();
  const { dossier: me } = people;
  for (const who of [me, people.beroepsgeheim]) await town.teams.say(who, 'help');
  await town.teams.say(me, 'afwezig tot volgende week vrijdag, vervanger justitie');
  const card = await routed(town, 'gent', 'Wie kent de kleur van de verdwenen kaft?');
  const asked = Date.now();
  const reminders = () =>
    town.teams
      .posts(channels.poc.id)
      .filter((message) => message.thread === card.id)
      .map(words);
  town.later((addWorkingHours(content.calendar, asked, 4) - asked) / 3_600_000 + 0.25);
  const [first] = await town.eventually(() => reminders().length > 0 && reminders());
  expect(first).toContain('wacht nog op een adviseur. Aanspreekpunt justitie');

  const kept = async (): Promise<string> => {
    const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
    const setUp = JSON.stringify(await readSetUp(store));
    store.close();
    return setUp;
  };
  expect(await kept()).toContain(me.aadObjectId);
  await town.teams.say(me, 'wis mijn gegevens');
  await town.teams.press(me, latest(town.teams.chat(me)), /ja, wis/i);
  await expect.poll(kept).not.toContain(me.aadObjectId);
  expect(JSON.parse(await kept()).absences).toMatchObject([
    { contact: dossier, substitute: justice, by: expect.stringMatching(/^gone-/) },
  ]);
  await town.close();
});
