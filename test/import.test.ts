// Stories of somebody who takes tables over: what is understood, what is refused and why, and what the report says after.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as XLSX from '@e965/xlsx';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { readTable } from '../src/adapters/files/tables.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { report } from '../src/app/figures/statistics.ts';
import type { Mapping } from '../src/app/import/columns.ts';
import { applyImport, countThere, type Plan, planImport } from '../src/app/import/import.ts';
import { asYaml, type ListImport, planList } from '../src/app/import/import-lists.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Clock, Content, KnowledgeBase, Store } from '../src/app/ports.ts';
import { ticketByNumber } from '../src/app/questions/numbers.ts';
import { type App, allTickets } from '../src/app/questions/tickets.ts';
import { minutesOf } from '../src/domain/ticket.ts';
import { countingAll } from './counting.ts';
import { deskOver } from './desk.ts';

const clock: Clock = { now: () => Date.parse('2026-11-24T09:00:00Z') };
let folder: string;
let content: Content;
let knowledge: KnowledgeBase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-import-'));
  ({ content } = await loadContent('content'));
  knowledge = await createKnowledgeBase(
    () => loadContent('content'),
    () => {},
  );
});
afterAll(() => rm(folder, { recursive: true }));

type Wish = { kind?: 'registrations' | 'sessions'; mapping?: Mapping; schoolYear?: string };

let files = 0;
async function planOf(bytes: string | Uint8Array, { kind = 'registrations', ...rest }: Wish = {}): Promise<Plan> {
  const file = join(folder, `table-${++files}`);
  await writeFile(file, bytes);
  return planImport((await readTable(file)).rows, { kind, content, now: clock.now(), ...rest });
}

const openStore = (): Store => checked(openSqlite(':memory:', clock), () => {});

function appOn(store: Store): App {
  const messenger: App['messenger'] = {
    post: () => Promise.reject(new Error('an import tells nobody')),
    update: () => Promise.reject(new Error('an import tells nobody')),
    open: () => Promise.reject(new Error('an import tells nobody')),
    member: () => Promise.reject(new Error('an import asks nobody')),
  };
  return deskOver(store, knowledge, clock, { messenger });
}

const header = 'datum;kanaal;thema;centrum;vraag;minuten';
/** Rows under the usual header. */
const table = (...rows: string[]): string => [header, ...rows, ''].join('\r\n');
/** What is said of the one row that is refused. */
async function refusalOf(row: string): Promise<string> {
  const { refused } = await planOf(table(row));
  return refused.map(({ line, reasons }) => `${line}: ${reasons.join('; ')}`).join('\n');
}
const registrations = ({ entries }: Plan) =>
  entries.flatMap((entry) => (entry.kind === 'registration' ? [entry.registration] : []));

describe('the totals of helpdesk live of 2022-2023', () => {
  it('come back from the report as they were published, also when they are imported twice', async () => {
    const store = openStore();
    const read = async () => {
      const { rows } = await readTable('test/fixtures/helpdesk-live-2022-2023.csv');
      return planImport(rows, { kind: 'sessions', content, now: clock.now(), schoolYear: '2022-2023' });
    };
    const first = await read();
    expect(first).toMatchObject({ read: 18, refused: [] });
    expect(await applyImport(appOn(store), first.entries)).toEqual({ added: 18, there: 0 });
    const second = await read();
    expect(await countThere(store, second.entries)).toBe(18);
    expect(await applyImport(appOn(store), second.entries)).toEqual({ added: 0, there: 18 });

    const { sessions } = JSON.parse(
      await report({ store, measures: countingAll(store, () => content, clock) }, content, '2022-2023', 'json'),
    );
    expect(sessions.programmes).toEqual([
      { id: 'Aanvangsbegeleiding', sessions: 19, participants: 593 },
      { id: 'Beleid, kwaliteitsontwikkeling en leiderschap', sessions: 32, participants: 1171 },
      { id: 'Curriculum basisonderwijs', sessions: 14, participants: 434 },
      { id: 'Iedereen inclusief', sessions: 29, participants: 1188 },
    ]);
    expect(sessions.rows).toHaveLength(18);
    const text = await report(
      { store, measures: countingAll(store, () => content, clock) },
      content,
      '2022-2023',
      'table',
    );
    expect(text).toMatch(/Iedereen inclusief +Helpdesksessies BuO +BuO +10 +365/);
    const none = JSON.parse(
      await report({ store, measures: countingAll(store, () => content, clock) }, content, '2023-2024', 'json'),
    );
    expect(none.sessions.rows).toEqual([]);
    store.close();
  });

  it('bring participants per centre, in one column, in a column per centre, or of one centre', async () => {
    const year = { kind: 'sessions', schoolYear: '2022-2023' } as const;
    const perCentre = async (file: string) =>
      (await planOf(file, year)).entries.map((entry) => entry.kind === 'session' && entry.record.perCentre);
    const both = { 'go-clb-gent': 12, 'go-clb-kortrijk': 8 };
    expect(await perCentre('programma;deelnemers;per centrum\nLive;24;gent 12, kortrijk 8\nLive;3;\n')).toEqual([
      both,
      undefined,
    ]);
    const wide = 'programma;deelnemers;GO! CLB regio Gent;GO! CLB regio Kortrijk\nLive;24;12;8\nLive;5;;0\n';
    expect(await perCentre(wide)).toEqual([both, undefined]);
    expect((await planOf(wide, year)).columns.ignored).toEqual([]);
    expect(await perCentre('programma;deelnemers;centrum\nLive;24;gent\n')).toEqual([{ 'go-clb-gent': 24 }]);
    const reasons = async (file: string) => (await planOf(file, year)).refused.flatMap((one) => one.reasons);
    expect(await reasons('programma;deelnemers;per centrum\nLive;10;gent 12\n')).toEqual([
      expect.stringContaining('Per centrum tel ik 12 deelnemers'),
    ]);
    expect(await reasons('programma;deelnemers;per centrum\nLive;10;atlantis 2\n')).toEqual([
      expect.stringContaining('"atlantis 2" begrijp ik niet'),
    ]);
    expect(await reasons('programma;deelnemers;GO! CLB regio Gent\nLive;10;veel\n')).toHaveLength(1);
  });

  it('ask for a school year, for they have no date', async () => {
    const file = 'programma;deelnemers\nIedereen inclusief;12\n';
    await expect(planOf(file, { kind: 'sessions' })).rejects.toThrow('--school-year');
    const { refused } = await planOf(file, { kind: 'sessions', schoolYear: '2027-2028' });
    expect(refused[0]?.reasons).toEqual(['Het schooljaar 2027-2028 moet nog beginnen.']);
  });
});

describe('a list of questions that was kept in a spreadsheet', () => {
  const list = table(
    '24/11/2026 08:15;tel.;Dossier;CLB Gent;"Hoe lang bewaren we een dossier; en waar?";15',
    'ma 23 nov 2026;Telefoon;beroepsgeheim;go-clb-gent;Mag ik dit melden aan de school?;een half uur',
    '2026-11-20;e-mail;;;Wie is mijn contact?;',
    '46330;WhatsApp;BEROEPSGEHEIM EN AMBTSGEHEIM;"GO! CLB regio Kortrijk";Een vraag van Piet Janssens op 0478 12 34 56;1u05',
  );

  it('comes along with its day, channel, theme, centre and time, without personal data', async () => {
    const plan = await planOf(list);
    expect(plan.refused).toEqual([]);
    expect(plan.masked).toBe(1);
    expect(registrations(plan)).toMatchObject([
      {
        channel: 'phone',
        theme: 'dossier-en-inzage',
        minutes: 15,
        askedAt: Date.parse('2026-11-24T07:15:00Z'),
        question: 'Hoe lang bewaren we een dossier; en waar?',
        requester: { name: '', centre: 'go-clb-gent' },
        service: 'poc-plus',
      },
      { channel: 'phone', theme: 'beroepsgeheim', minutes: 30, askedAt: Date.parse('2026-11-23T11:00:00Z') },
      { channel: 'mail', requester: { name: '' } },
      { channel: 'whatsapp', theme: 'beroepsgeheim', minutes: 65, requester: { centre: 'go-clb-kortrijk' } },
    ]);
    const text = registrations(plan)[3]!.question;
    expect(text).toContain('[telefoonnummer]');
    expect(text).not.toContain('Janssens');
    expect(plan.readings.get('centrum CLB Gent')).toBe('GO! CLB regio Gent');
  });

  it('becomes closed tickets with a number and their minutes, once, also after an import that broke off', async () => {
    const store = openStore();
    const app = appOn(store);
    const { entries } = await planOf(list);
    await applyImport(app, entries.slice(0, 2));
    expect(await applyImport(app, (await planOf(list)).entries)).toEqual({ added: 2, there: 2 });
    expect(await applyImport(app, (await planOf(list)).entries)).toEqual({ added: 0, there: 4 });
    const tickets = await Array.fromAsync(allTickets(store));
    expect(tickets.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4].map((n) => `HD-2026-000${n}`));
    expect(tickets.every(({ state }) => state.kind === 'closed')).toBe(true);
    expect(tickets.reduce((sum, ticket) => sum + minutesOf(ticket), 0)).toBe(110);
    store.close();
  });

  it('gives each row a number of its own, without gaps, also when two processes import at once', async () => {
    const file = openSqlite(':memory:', clock);
    const stores = [checked(file, () => {}), checked(file, () => {})] as const;
    const rows = (day: number) => Array.from({ length: 300 }, (_, n) => `${day}/11/2026;tel;dossier;gent;Vraag ${n};5`);
    const plans = [await planOf(table(...rows(23))), await planOf(table(...rows(22)))];
    const done = await Promise.all(plans.map(({ entries }, n) => applyImport(appOn(stores[n]!), entries)));
    expect(done).toEqual([
      { added: 300, there: 0 },
      { added: 300, there: 0 },
    ]);
    const numbers: string[] = [];
    for await (const { id, number } of allTickets(file)) {
      numbers.push(number);
      expect(await ticketByNumber(file, '2026', Number(number.slice(-4)))).toBe(id);
    }
    expect(numbers.sort()).toEqual(Array.from({ length: 600 }, (_, n) => `HD-2026-${String(n + 1).padStart(4, '0')}`));
    file.close();
  });

  it('adds only what is new when rows were added to the file, and keeps rows that say the same apart', async () => {
    const store = openStore();
    const app = appOn(store);
    const twice = '24/11/2026;tel;dossier;gent;Hoe lang bewaren?;5';
    expect(await applyImport(app, (await planOf(table(twice, twice))).entries)).toEqual({ added: 2, there: 0 });
    const more = await planOf(table(twice, twice, twice, '23/11/2026;tel;dossier;gent;Wie mag erin?;5'));
    expect(await applyImport(app, more.entries)).toEqual({ added: 2, there: 2 });
    store.close();
  });

  it('is read the same with commas, tabs, a byte order mark, in Windows-1252 and with the words of another team', async () => {
    const row = ['24/11/2026', 'tel', 'privé', '7'];
    const variants: (string | Uint8Array)[] = [
      `datum,kanaal,vraag,minuten\n${row.join(',')}\n`,
      `datum\tkanaal\tvraag\tminuten\n${row.join('\t')}\n`,
      `\uFEFFDatum;Kanaal;Vraag;Minuten\r\n${row.join(';')}\r\n`,
      Buffer.from(`datum;kanaal;vraag;minuten\n${row.join(';')}\n`, 'latin1'),
      Buffer.from(`\uFEFFdatum\tkanaal\tvraag\tminuten\n${row.join('\t')}\n`, 'utf16le'),
      `sep=;\nGesteld op;Via;Omschrijving;Bestede tijd\n${row.join(';')}\n`,
      `Vragen van het team\n\nDAG;CONTACTWIJZE;VRAAG;TIJD IN MINUTEN\n${row.join(';')}\n`,
    ];
    for (const variant of variants) {
      const [entry] = registrations(await planOf(variant));
      expect(entry).toMatchObject({ channel: 'phone', question: 'privé', minutes: 7 });
    }
    const ids = await Promise.all(variants.map(async (variant) => (await planOf(variant)).entries[0]!.id));
    expect(new Set(ids).size).toBe(1);
  });

  it('is read with a mapping when its columns have names of their own', async () => {
    const file = 'wann;wat\n24/11/2026;Hoe lang bewaren?\n';
    await expect(planOf(file)).rejects.toThrow('Nodig: datum, kanaal, vraag. Gevonden: wann, wat.');
    const plan = await planOf(file, { mapping: { datum: 'Wann', question: 'wat', kanaal: '=telefoon' } });
    expect(registrations(plan)).toMatchObject([{ channel: 'phone', question: 'Hoe lang bewaren?' }]);
    await expect(planOf(file, { mapping: { datum: 'dag' } })).rejects.toThrow('de kolom "dag"');
    await expect(planOf(file, { mapping: { dutam: 'wann' } })).rejects.toThrow('"dutam"; dat veld bestaat niet');
  });

  it('names the columns that are not taken over', async () => {
    const plan = await planOf('datum;kanaal;vraag;naam leerling\n24/11/2026;tel;Vraag?;X\n');
    expect(plan.columns.ignored).toEqual(['naam leerling']);
    expect(JSON.stringify(plan.entries)).not.toContain('"X"');
  });
});

describe('a row that cannot be right', () => {
  const row = (cells: Partial<Record<'day' | 'channel' | 'theme' | 'centre' | 'question' | 'minutes', string>>) => {
    const { day = '24/11/2026', channel = 'tel', theme = '', centre = '', question = 'Vraag?', minutes = '5' } = cells;
    return [day, channel, theme, centre, question, minutes].join(';');
  };

  it.each([
    [row({ day: '31/02/2026' }), 'is geen datum'],
    [row({ day: '11/24/2026' }), 'is geen datum'],
    [row({ day: 'gisteren' }), '"gisteren" is geen datum'],
    [row({ day: '25/11/2026' }), 'moet nog komen'],
    [row({ day: '24/11/2026 23:00' }), 'de datum 24/11/2026 23:00 moet nog komen'],
    [row({ day: '24/11/1926' }), 'voor het jaar 2000'],
    [row({ day: '' }), 'datum ontbreekt'],
    [row({ channel: 'postduif' }), 'kanaal "postduif" ken ik niet'],
    [row({ channel: 'Teams' }), 'kanaal "Teams" kan niet: die vragen staan al in de helpdesk'],
    [row({ theme: 'zzzzzz' }), 'thema "zzzzzz" ken ik niet'],
    [row({ centre: 'Atlantis' }), 'centrum "Atlantis" ken ik niet'],
    [row({ centre: 'Limburg' }), 'kan CLB GO! Limburg-Noord Adite'],
    [row({ question: '' }), 'vraag ontbreekt'],
    [row({ question: 'x'.repeat(4_001) }), 'langer dan 4.000 tekens'],
    [row({ minutes: '0' }), 'geef hele minuten, van 1 tot 600'],
    [row({ minutes: '-5' }), 'geef hele minuten, van 1 tot 600'],
    [row({ minutes: '10 000' }), 'geef hele minuten, van 1 tot 600'],
    [row({ minutes: 'lang' }), '"lang" begrijp ik niet als tijd'],
    [row({ minutes: '=5+5' }), 'in minuten staat een formule'],
    ['24/11/2026;tel;;', 'de rij heeft 4 van de 6 kolommen'],
    [row({ question: 'Dit; of dat?' }), 'de rij heeft 7 kolommen en de kop 6'],
  ])('%s', async (typed, reason) => {
    expect(await refusalOf(typed)).toMatch(/^2: /);
    expect(await refusalOf(typed)).toContain(reason);
  });

  it('is told with everything that is wrong, under its row number in the spreadsheet', async () => {
    const { refused, read, empty } = await planOf(
      table(row({}), ';;;;;', row({ day: 'x', minutes: 'y' }), '', row({ channel: '' })),
    );
    expect({ read, empty }).toEqual({ read: 3, empty: 2 });
    expect(refused).toEqual([
      {
        line: 4,
        reasons: [
          '"x" is geen datum; schrijf bv. 24/11/2026',
          '"y" begrijp ik niet als tijd; schrijf een aantal minuten',
        ],
      },
      { line: 6, reasons: ['kanaal ontbreekt'] },
    ]);
  });
});

describe('a file that cannot be right', () => {
  it.each([
    ['', 'Er staat niets in het bestand'],
    [`${header}\n24/11/2026;tel;;;"Hoe lang`, 'in rij 2 gaat een aanhalingsteken open'],
    [Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), 'beschadigd of niet volledig bewaard'],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'oud formaat of met een wachtwoord'],
    [Buffer.from([1, 0, 2, 0, 3]), 'geen tekstbestand'],
  ])('%#', async (bytes, sentence) => {
    await expect(planOf(bytes)).rejects.toThrow(sentence);
  });

  it('is named when it is not there', async () => {
    await expect(readTable(join(folder, 'weg.csv'))).rejects.toThrow('vind ik niet');
    await expect(readTable(folder)).rejects.toThrow('is een map');
  });

  it('is doubted when its last line is cut off', async () => {
    const file = join(folder, 'cut.csv');
    await writeFile(file, `${header}\n24/11/2026;tel;;;Hoe lang bewar`);
    expect((await readTable(file)).warnings).toEqual([
      'De laatste regel heeft geen regeleinde: kijk na of het bestand volledig bewaard is.',
    ]);
  });

  it('is refused above 200 000 rows', async () => {
    const long = `${header}\n${'24/11/2026;tel\n'.repeat(200_200)}`;
    await expect(planOf(long)).rejects.toThrow('meer dan 200.000 rijen');
  }, 60_000);
});

describe('a spreadsheet', () => {
  type Cells = (string | number | Date | XLSX.CellObject | null)[][];
  /** An .xlsx with these cells; `edit` can merge, and add sheets. */
  function book(cells: Cells, edit: (sheet: XLSX.WorkSheet, whole: XLSX.WorkBook) => void = () => {}): Uint8Array {
    const whole = XLSX.utils.book_new();
    const sheet = XLSX.utils.aoa_to_sheet(cells, { UTC: true });
    XLSX.utils.book_append_sheet(whole, sheet, 'Vragen');
    edit(sheet, whole);
    return XLSX.write(whole, { type: 'buffer', bookType: 'xlsx' });
  }
  const top = ['datum', 'kanaal', 'centrum', 'vraag', 'minuten'];
  const day = (serial: number, z = 'dd/mm/yyyy'): XLSX.CellObject => ({ t: 'n', v: serial, z });

  it('gives days, times and figures as they show, whether they are a date or text', async () => {
    const plan = await planOf(
      book([
        top,
        [day(46_349), 'tel', 'Gent', 'Een dag?', 15],
        [day(46_349 + 15.5 / 24, 'dd/mm/yyyy hh:mm'), 'tel', 'Gent', 'Een dag met een uur?', day(0.5 / 24, 'h:mm')],
        ['24/11/2026', 'mail', '', 'Een dag als tekst?', '20 min.'],
        [null, null, null, null, null],
        [46_349, 'tel', null, 'Een dag als getal?', { t: 'n', v: 10, f: '5+5' }],
      ]),
    );
    expect(plan.refused).toEqual([]);
    expect(registrations(plan).map(({ askedAt, minutes }) => [new Date(askedAt).toISOString(), minutes])).toEqual([
      ['2026-11-23T11:00:00.000Z', 15],
      ['2026-11-23T14:30:00.000Z', 30],
      ['2026-11-24T09:00:00.000Z', 20],
      ['2026-11-23T11:00:00.000Z', 10],
    ]);
  });

  it('gives the ids that the same rows have as CSV, so that either comes along once', async () => {
    const fromBook = await planOf(book([top, [day(46_350), 'tel', 'Gent', 'Hoe lang?', 15]]));
    const fromText = await planOf(`${top.join(';')}\n24/11/2026;tel;Gent;Hoe lang?;15\n`);
    expect(fromBook.entries.map(({ id }) => id)).toEqual(fromText.entries.map(({ id }) => id));
  });

  it('is refused when more comes out of it than a spreadsheet holds, also when it says that it is less', async () => {
    const sheet = new Uint8Array(301 * 1024 * 1024).fill(0x20);
    const bomb = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': sheet }, { level: 1 }));
    expect(bomb.length).toBeLessThan(3 * 1024 * 1024);
    await expect(planOf(bomb)).rejects.toThrow('Uitgepakt is het bestand veel te groot');
    // The size that a zip promises stands 24 bytes into the entry of its directory.
    bomb.writeUInt32LE(1_000, bomb.lastIndexOf('PK\u0001\u0002', undefined, 'latin1') + 24);
    const began = process.memoryUsage().arrayBuffers;
    await expect(planOf(bomb)).rejects.toThrow('beschadigd');
    expect(process.memoryUsage().arrayBuffers - began).toBeLessThan(50 * 1024 * 1024);
  });

  it('reads a merged cell for every row it stands next to, but no figure twice', async () => {
    const plan = await planOf(
      book(
        [
          ['Vragen van november', null, null, null, null],
          top,
          [day(46_350), 'tel', 'Gent', 'Eerste?', 15],
          [null, 'tel', null, 'Tweede?', null],
          [null, 'tel', null, 'Derde?', 5],
        ],
        (sheet) => {
          sheet['!merges'] = ['A1:E1', 'A3:A5', 'C3:C4', 'E3:E4'].map(XLSX.utils.decode_range);
        },
      ),
    );
    expect(registrations(plan).map(({ question, requester }) => [question, requester.centre])).toEqual([
      ['Eerste?', 'go-clb-gent'],
      ['Derde?', undefined],
    ]);
    expect(plan.refused).toEqual([
      { line: 4, reasons: ['in minuten staat een getal in een samengevoegde cel; splits de cel'] },
    ]);
  });

  it('is refused where it shows an error', async () => {
    const { refused } = await planOf(book([top, [day(46_350), 'tel', 'Gent', 'Hoe?', { t: 'e', v: 0x07 }]]));
    expect(refused[0]?.reasons).toEqual(['in minuten staat een foutmelding van het rekenblad']);
  });

  it('says which sheets it leaves aside, and that it was not saved to the end', async () => {
    const bytes = book([top, [day(46_350), 'tel', '', 'Hoe?', 5]], (_, whole) =>
      XLSX.utils.book_append_sheet(whole, XLSX.utils.aoa_to_sheet([['nog iets']]), 'Nota'),
    );
    const file = join(folder, 'sheets.xlsx');
    await writeFile(file, bytes);
    expect((await readTable(file)).warnings).toEqual(['Enkel het blad "Vragen" is gelezen; niet gelezen: Nota.']);
    await expect(planOf(bytes.slice(0, bytes.length / 2))).rejects.toThrow('beschadigd of niet volledig bewaard');
  });
});

describe('a list of centres or contacts', () => {
  async function listOf(kind: ListImport['kind'], text: string) {
    const file = join(folder, `list-${++files}.csv`);
    await writeFile(file, text);
    return planList((await readTable(file)).rows, { kind, content });
  }

  it('of centres becomes YAML that content/ takes, with the ids that are there already', async () => {
    const plan = await listOf(
      'centres',
      'Naam;Gemeente;Provincie;Soort\nGO! CLB regio Gent;Gent;Oost-Vlaanderen;\n"School ""De: Ark"" #1";Aalst;Oost-Vlaanderen;basisschool\n',
    );
    expect(plan.refused).toEqual([]);
    expect(plan.entries.map(({ id, kind }) => [id, kind])).toEqual([
      ['go-clb-gent', 'clb'],
      ['school-de-ark-1', 'school'],
    ]);
    const copy = join(folder, 'content');
    await cp('content', copy, { recursive: true });
    await writeFile(join(copy, 'centres.yaml'), asYaml(plan.entries));
    const loaded = await loadContent(copy);
    expect(loaded.content.centres.map(({ name }) => name)).toEqual(['GO! CLB regio Gent', 'School "De: Ark" #1']);
  });

  it('of contacts finds service, themes and substitutes by name', async () => {
    const plan = await listOf(
      'contacts',
      'Aanspreekpunt;E-mail;Themas;Vervanger\nNieuw eerste;EEN@example.org;dossier, beroepsgeheim;Nieuw tweede\nNieuw tweede;twee@example.org;Wiskunde;\n',
    );
    expect(plan.refused).toEqual([]);
    expect(plan.entries).toMatchObject([
      {
        id: 'nieuw-eerste',
        service: 'poc-plus',
        themes: ['dossier-en-inzage', 'beroepsgeheim'],
        email: 'een@example.org',
        backup: 'nieuw-tweede',
      },
      { id: 'nieuw-tweede', service: 'pbd-go' },
    ]);
  });

  it('names what is missing, unknown or there twice', async () => {
    const { refused } = await listOf(
      'contacts',
      'rol;mail;thema;vervanger\nEen;geen adres;dossier;\nTwee;twee@example.org;zzzzz;\nDrie;drie@example.org;dossier;Niemand\nVier;vier@example.org;dossier;\nVier;vier@example.org;dossier;\n',
    );
    expect(refused).toEqual([
      { line: 2, reasons: ['"geen adres" is geen e-mailadres'] },
      { line: 3, reasons: ['themas "zzzzz" ken ik niet'] },
      { line: 4, reasons: ['vervanger "Niemand" ken ik niet'] },
      { line: 6, reasons: ['id "vier" staat al hoger in het bestand'] },
    ]);
  });
});

describe('the command', () => {
  const run = promisify(execFile);
  const helpdesk = (...words: string[]) =>
    run('node', ['--disable-warning=ExperimentalWarning', 'src/cli.ts', ...words], {
      env: { ...process.env, DATA_DIR: join(folder, 'data'), CONTENT_DIR: 'content' },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        text: error.stdout + error.stderr,
      }),
    );

  it('shows first, writes all or nothing, and writes the good rows when it is told to', async () => {
    const file = join(folder, 'half.csv');
    await writeFile(file, table('24/11/2026;tel;dossier;gent;Goed?;5', '24/11/2026;tel;dossier;gent;Fout?;-5'));
    const dry = await helpdesk('import', 'registrations', file);
    expect(dry.text).toContain('rij 3: tijd "-5" kan niet: geef hele minuten, van 1 tot 600');
    expect(dry.text).toContain('Er is nog niets bewaard.');
    const refused = await helpdesk('import', 'registrations', file, '--apply');
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('Er is niets bewaard: verbeter de geweigerde rij');
    const mapping = join(folder, 'mapping.yaml');
    await writeFile(mapping, 'kanaal: "=mail"\n');
    const partial = await helpdesk('import', 'registrations', file, '--apply', '--partial', '--mapping', mapping);
    expect(partial).toMatchObject({ code: 0 });
    expect(partial.text).toContain('Bewaard: 1 rij toegevoegd.');
    const out = join(folder, 'out.csv');
    expect((await helpdesk('export', 'tickets', '--out', out)).text).toContain('1 rij geschreven');
    expect(await readFile(out, 'utf8')).toContain(';mail;');
  }, 60_000);

  it('takes the school year from the name of the file', async () => {
    const done = await helpdesk('import', 'sessions', 'test/fixtures/helpdesk-live-2022-2023.csv', '--apply');
    expect(done.text).toContain('Bewaard: 18 rijen toegevoegd.');
    const { text } = await helpdesk('report', '--school-year', '2022-2023');
    expect(text).toMatch(/Curriculum basisonderwijs +samen +14 +434/);
    expect(text).toMatch(/Iedereen inclusief +samen +29 +1188/);
    expect(text).toMatch(/Aanvangsbegeleiding +samen +19 +593/);
    expect(text).toMatch(/leiderschap +samen +32 +1171/);
  }, 60_000);
});
