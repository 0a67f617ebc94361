// Stories of somebody who takes the figures along to a spreadsheet: one row per question and session, and no more than that.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { readTable } from '../src/adapters/files/tables.ts';
import { writeCsv, writeSheet } from '../src/adapters/files/writing.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { exportSessions, exportTickets } from '../src/app/figures/export.ts';
import type { Row } from '../src/app/import/cells.ts';
import { applyImport, planImport } from '../src/app/import/import.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Clock, Content, Store } from '../src/app/ports.ts';
import type { TicketRecord } from '../src/app/records.ts';
import type { TicketId } from '../src/domain/terms.ts';
import type { TicketEvent } from '../src/domain/ticket.ts';
import { deskOver } from './desk.ts';

const clock: Clock = { now: () => Date.parse('2026-11-24T09:00:00Z') };
let folder: string;
let content: Content;
let store: Store;

async function* rowsOf(...lines: string[][]): AsyncGenerator<Row> {
  for (const [index, cells] of lines.entries()) yield { line: index + 1, cells };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-export-'));
  ({ content } = await loadContent('content'));
  store = openSqlite(':memory:', clock);
  const knowledge = await createKnowledgeBase(
    () => loadContent('content'),
    () => {},
  );
  const app = deskOver(store, knowledge, clock);
  const questions = await planImport(
    rowsOf(
      ['datum', 'kanaal', 'thema', 'centrum', 'vraag', 'minuten', 'functie'],
      ['2026-11-24 00:30', 'tel', 'dossier', 'gent', '+1 voor een "tweede" dossier; mag dat?', '15', 'CLB-arts'],
      ['2026-08-31', 'mail', '', '', 'Wie is mijn contact?', '', ''],
    ),
    { kind: 'registrations', content, now: clock.now() },
  );
  const sessions = await planImport(
    rowsOf(
      ['datum', 'programma', 'thema', 'niveau', 'deelnemers', 'per centrum', 'titel', 'link'],
      [
        ...['2026-10-01', '@inclusief', 'dossier-en-inzage', 'SO', '25', 'gent 12, kortrijk 8'],
        ...['Een titel', 'https://example.org/opname'],
      ],
    ),
    { kind: 'sessions', content, now: clock.now() },
  );
  expect([...questions.refused, ...sessions.refused]).toEqual([]);
  await applyImport(app, [...questions.entries, ...sessions.entries]);
});
afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

let files = 0;
const newFile = (): string => join(folder, `export-${++files}`);
async function csvOf(
  kind: typeof exportTickets,
  options: { schoolYear?: string; withText?: boolean } = {},
): Promise<string> {
  const file = newFile();
  const { header, rows } = kind(store, { content, withText: false, ...options });
  await writeCsv(file, header, rows);
  return readFile(file, 'utf8');
}

describe('a CSV of the questions', () => {
  it('opens in a Belgian spreadsheet and holds no text and no name', async () => {
    const text = await csvOf(exportTickets);
    expect(text.startsWith('\uFEFFnummer;datum;uur;schooljaar;kanaal;')).toBe(true);
    const [, ...rows] = text.trimEnd().split('\r\n');
    expect(rows.sort()[0]).toBe(
      'HD-2026-0001;24/11/2026;00:30;2026-2027;telefoon;POC+ – helpdesk voor medewerkers van de GO! CLB;' +
        'transversaal: dossiervorming;Multidisciplinair dossier, inzage en overdracht;GO! CLB regio Gent;' +
        'CLB-arts;afgerond;beantwoord;24/11/2026;15;0;0;;;;0;;',
    );
    expect(text).not.toContain('tweede');
    expect(text).not.toContain('Wie is mijn contact');
  });

  it('says where a question was referred to, by name when the name is on the list', async () => {
    const { docs } = await store.list({ kind: 'ticket' });
    const { doc, version } = docs.find(({ doc: { body } }) => (body as TicketRecord).number === 'HD-2026-0002')!;
    const body = doc.body as TicketRecord;
    const referral = content.themes.flatMap((theme) => theme.referral)[0]!;
    const row = async (to: string, withText = false): Promise<string> => {
      const event: TicketEvent = { type: 'referred', at: clock.now(), to, note: '', where: 'outside', told: false };
      const stored = await store.read(doc.pk, doc.id);
      await store.replace({ ...doc, body: { ...body, events: [...body.events, event] } }, stored!.version);
      return (await csvOf(exportTickets, { withText })).split('\r\n').find((line) => line.includes('HD-2026-0002'))!;
    };
    expect(await row(referral)).toContain(`;${referral};buiten;nee;0`);
    expect(await row('Een buurvrouw')).toContain(';andere dienst;buiten;nee;0');
    expect(await row('Een buurvrouw', true)).toContain(';Een buurvrouw;buiten;nee;0');
    const last = await store.read(doc.pk, doc.id);
    await store.replace({ ...doc, body }, last!.version);
    expect(version).not.toBe(last!.version);
  });

  it('says with which questions it was merged and linked, as it stands now', async () => {
    const { docs } = await store.list({ kind: 'ticket' });
    const { doc } = docs.find(({ doc: { body } }) => (body as TicketRecord).number === 'HD-2026-0002')!;
    const body = doc.body as TicketRecord;
    const at = clock.now();
    const other = (n: number) => ({ at, ticket: `t${n}` as TicketId, number: `HD-2026-000${n}` });
    const events: TicketEvent[] = [
      ...[7, 8, 9].map((n): TicketEvent => ({ type: 'linked', ...other(n) })),
      { type: 'unlinked', ...other(8) },
      { type: 'merged', ...other(1) },
    ];
    const replace = async (all: TicketEvent[]) =>
      store.replace({ ...doc, body: { ...body, events: all } }, (await store.read(doc.pk, doc.id))!.version);
    await replace([...body.events, ...events]);
    expect(await csvOf(exportTickets)).toContain(';0;HD-2026-0001;HD-2026-0007 HD-2026-0009');
    await replace(body.events);
  });

  it('keeps to a school year', async () => {
    const text = await csvOf(exportTickets, { schoolYear: '2025-2026' });
    expect(text).toContain('HD-2026-0002;31/08/2026;');
    expect(text).not.toContain('HD-2026-0001');
  });

  it('has the words when they are asked for, and none that a spreadsheet takes for a formula', async () => {
    const text = await csvOf(exportTickets, { withText: true });
    expect(text).toContain(`;"'+1 voor een ""tweede"" dossier; mag dat?";`);
  });
});

describe('a CSV of the sessions', () => {
  it('has one row per session, without its title', async () => {
    const text = await csvOf(exportSessions);
    expect(text.split('\r\n')[1]).toBe(
      "01/10/2026;2026-2027;'@inclusief;Multidisciplinair dossier, inzage en overdracht;SO;1;25;GO! CLB regio Gent 12, GO! CLB regio Kortrijk 8;;0",
    );
    expect(text).not.toContain('Een titel');
    expect(await csvOf(exportSessions, { withText: true })).toContain(';Een titel;https://example.org/opname');
  });
});

describe('a spreadsheet', () => {
  it('has days that are days, figures that are figures and text that stays text', async () => {
    const file = newFile();
    const { header, rows } = exportTickets(store, { content, withText: true });
    expect(await writeSheet(file, 'Vragen', header, rows)).toBe(2);
    const book = XLSX.read(await readFile(file), { cellNF: true });
    expect(book.SheetNames).toEqual(['Vragen']);
    const sheet = book.Sheets.Vragen!;
    const cells = XLSX.utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false, dateNF: 'dd/mm/yyyy' });
    const at = cells.findIndex((row) => row[0] === 'HD-2026-0001');
    const cell = (name: string) => sheet[XLSX.utils.encode_cell({ r: at, c: header.indexOf(name) })];
    expect(cell('datum')).toMatchObject({ t: 'n', v: 46_350, z: 'dd/mm/yyyy' });
    expect(cell('minuten')).toMatchObject({ t: 'n', v: 15 });
    expect(cell('vraag')).toMatchObject({ t: 's', v: '+1 voor een "tweede" dossier; mag dat?' });
    expect(Object.values(sheet).every((one) => typeof one !== 'object' || one.f === undefined)).toBe(true);
  });

  it('can be imported again, row for row', async () => {
    const file = newFile();
    const { header, rows } = exportSessions(store, { content, withText: true });
    await writeSheet(file, 'Sessies', header, rows);
    const plan = await planImport((await readTable(file)).rows, { kind: 'sessions', content, now: clock.now() });
    expect(plan).toMatchObject({ read: 1, refused: [] });
  });
});

describe('a file that is there already', () => {
  it('is never written over, and half a file never stays behind', async () => {
    const file = newFile();
    const broken = async function* () {
      yield ['een'];
      throw new Error('the store is gone');
    };
    await expect(writeCsv(file, ['kop'], broken())).rejects.toThrow('the store is gone');
    await writeCsv(file, ['kop'], (async function* () {})());
    await expect(writeCsv(file, ['kop'], (async function* () {})())).rejects.toThrow('bestaat al');
    await expect(writeSheet(file, 'Blad', ['kop'], (async function* () {})())).rejects.toThrow('bestaat al');
    const nowhere = join(file, '..', 'geen map', 'x.csv');
    await expect(writeCsv(nowhere, ['kop'], (async function* () {})())).rejects.toThrow('Maak ze eerst');
    await expect(writeCsv(join(file, 'x.csv'), ['kop'], (async function* () {})())).rejects.toThrow(
      'kan ik niet maken',
    );
    expect(await readFile(file, 'utf8')).toBe('\uFEFFkop\r\n');
  });
});
