// Stories of the annual report: the same numbers in the figures, in Word and in the spreadsheet, nothing about few people, and a clear no.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { wordOf } from '../src/adapters/files/word.ts';
import { bookOf } from '../src/adapters/files/writing.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { annualReport } from '../src/app/figures/annual-chapters.ts';
import { prepareAnnualReport } from '../src/app/figures/annual-report.ts';
import { demonstrate, directoryFor } from '../src/app/figures/demonstration.ts';
import { type Document, fromMarkdown, type Sheet, sheetsOf } from '../src/app/figures/document.ts';
import { statisticsMessage } from '../src/app/figures/statistics.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, Measured, Measures, Store } from '../src/app/ports.ts';
import type { ServiceId } from '../src/domain/terms.ts';
import { locale } from '../src/locale/locale.ts';
import { countingAll } from './counting.ts';
import { silent } from './desk.ts';
import { wordLines } from './word-lines.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const clock = { now: () => NOW };
const YEAR = '2025-2026';
const words = locale.report.annual;

let content: Content;
let store: Store;
let measures: Measures;
let measured: Measured;
let document: Document;
let app: Parameters<typeof prepareAnnualReport>[0];

beforeAll(async () => {
  ({ content } = await loadContent('content'));
  store = openSqlite(':memory:', clock);
  await demonstrate({ store, content, now: NOW, seed: '1', schoolYears: 2 });
  measures = countingAll(store, () => content, clock);
  measured = await measures.figures({ schoolYear: YEAR });
  const knowledge = await createKnowledgeBase(
    () => loadContent('content'),
    () => {},
  );
  app = {
    store,
    measures,
    clock,
    knowledge,
    log: silent,
  };
  const report = await prepareAnnualReport(app, YEAR);
  if (!report.ok) throw new Error(report.refusal);
  document = report.value;
});
afterAll(() => store.close());

const sheet = (id: string): Sheet => sheetsOf(document).find((one) => one.id === id)!;
const row = (id: string, text: string) => sheet(id).rows.find(({ texts }) => texts.includes(text))!;

describe('the annual report', () => {
  it('says what the figures say', () => {
    const { figures, previous } = measured;
    expect(row('key', words.key.questions).values.slice(0, 2)).toEqual([
      figures.questions.total,
      previous!.questions.total,
    ]);
    expect(row('key', words.key.minutes).values[0]).toBe(figures.minutes.total);
    expect(row('durations', words.durations.firstMedian).values[0]).toBe(figures.firstResponse.median);
    expect(row('channels', locale.channel.phone).values[0]).toBe(
      figures.questions.byChannel.find(({ id }) => id === 'phone')!.value,
    );
    expect(sheet('sessions').rows.at(-1)!.values).toEqual([figures.sessions.sessions, figures.sessions.participants]);
    const programme = figures.sessions.byProgramme[0]!;
    expect(sheet('programmes').rows[0]).toEqual({
      texts: [programme.id],
      values: [programme.sessions, programme.participants],
    });
    expect(JSON.stringify(document)).toContain('Niet bereikt: GO! CLB regio Meetjesland.');
  });

  it('is of one service for who publishes it, with nothing of the other in it', async () => {
    const [poc] = content.services;
    const own = await prepareAnnualReport(app, YEAR, { services: [poc!.id] });
    if (!own.ok) throw new Error(own.refusal);
    const { figures } = await measures.figures({ schoolYear: YEAR, services: [poc!.id] });
    expect(own.value.facts[0]).toBe(poc!.name);
    expect(own.value.facts).not.toContain(words.together);
    expect(document.facts).toContain(words.together);
    const table = (id: string) => sheetsOf(own.value).find((one) => one.id === id)!;
    expect(table('key').rows[0]!.values[0]).toBe(figures.questions.total);
    expect(figures.questions.total).toBeLessThan(measured.figures.questions.total);
    const others = content.themes.filter(({ service }) => service !== poc!.id).map(({ name }) => name);
    expect(table('sessions').rows.filter(({ texts }) => others.includes(texts[1]!))).toEqual([]);
    // Whoever can ask again every day is not told how many answered, only of whole groups of five.
    const grouped = await prepareAnnualReport(app, YEAR, { services: [poc!.id], inGroups: true });
    expect(JSON.stringify(grouped)).not.toContain('verstuurde bevragingen zijn er');
    expect(JSON.stringify(own)).toContain('verstuurde bevragingen zijn er');
  });

  it('and the chat give an advisor figures of their own service', async () => {
    const [poc, pbd] = content.services.map(({ id }) => id);
    const asked = async (advisorOf: ServiceId[], quality = false) => {
      const { card } = await statisticsMessage(app as never, { advisorOf, quality, administrator: false }, '2026-2027');
      const lines = JSON.stringify(card);
      return Number(/"title":"Vragen","value":"(\d+)/.exec(lines)?.[1]);
    };
    const counted = async (services?: ServiceId[]) =>
      (await measures.figures({ schoolYear: '2026-2027', services })).figures.questions.total;
    expect(await asked([poc!])).toBe(await counted([poc!]));
    expect(await asked([pbd!])).toBe(await counted([pbd!]));
    expect(await asked([poc!, pbd!])).toBe(await counted());
    expect(await asked([poc!], true)).toBe(await counted());
    expect(await asked([poc!])).toBeLessThan(await counted());
  });

  it('has every table and every number in Word', async () => {
    const lines = wordLines(await wordOf(document));
    for (const { heading, columns, rows, id } of sheetsOf(document)) {
      let at = lines.indexOf(heading, lines.lastIndexOf(words.headings.key));
      expect(at, heading).toBeGreaterThan(0);
      for (const { texts, values, unit } of rows) {
        at = lines.indexOf(texts[0]!, at + 1);
        const shown = values.map((value, index) => {
          const column = columns[index]!;
          if (value === null) return '–';
          return value === 'hidden'
            ? locale.report.hidden
            : locale.report.value[column.always ? column.unit : (unit ?? column.unit)](value);
        });
        expect(lines.slice(at, at + texts.length + values.length), `${id} ${texts[0]}`).toEqual([...texts, ...shown]);
        at += texts.length + values.length - 1;
      }
    }
    expect(lines).toContain(locale.demonstration.explanation);
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/);
  });

  it('has one sheet per table with numbers as numbers', async () => {
    const book = XLSX.read(await bookOf(document), { type: 'buffer' });
    expect(book.SheetNames).toEqual([locale.report.about, ...sheetsOf(document).map(({ name }) => name)]);
    for (const { name, texts, columns, rows } of sheetsOf(document)) {
      const read = XLSX.utils.sheet_to_json<(string | number)[]>(book.Sheets[name]!, { header: 1, defval: null });
      expect(read[0]).toEqual([...texts, ...columns.map(({ label }) => label)]);
      for (const [index, { values, unit }] of rows.entries()) {
        const expected = values.map((value, at) => {
          const own = columns[at]!.always ? columns[at]!.unit : (unit ?? columns[at]!.unit);
          if (value === 'hidden') return locale.report.hidden;
          return value !== null && own === 'minutes'
            ? value / 60
            : value !== null && own === 'duration'
              ? value / 3_600_000
              : value;
        });
        const found = read[index + 1]!.slice(texts.length, texts.length + values.length);
        for (const [at, value] of expected.entries()) {
          if (typeof value === 'number') expect(found[at], `${name} ${index}`).toBeCloseTo(value, 6);
          else expect(found[at] ?? null, `${name} ${index}`).toBe(value);
        }
      }
    }
    expect(XLSX.utils.sheet_to_csv(book.Sheets[locale.report.about]!)).toContain(locale.demonstration.explanation);
  });

  it('shows no figure about few people, and none that gives one away', () => {
    const { questions, minutes } = measured.figures;
    const check = (id: string, cells: typeof questions.byTheme, nameOf: (id: string) => string) => {
      const hidden = cells.filter((cell) =>
        sheet(id).rows.some(({ texts, values }) => texts[0] === nameOf(cell.id) && values[0] === 'hidden'),
      );
      const small = cells.filter(({ value, requesters }) => value > 0 && requesters > 0 && requesters < 5);
      for (const cell of small) expect(hidden, `${id} ${cell.id}`).toContain(cell);
      expect(hidden, id).not.toHaveLength(1);
    };
    const named = (list: { id: string; name: string }[]) => (id: string) =>
      list.find((one) => one.id === id)?.name ?? id;
    check('themes', questions.byTheme, named(content.themes));
    check('functions', questions.byFunction, named(content.functions));
    const clbs = new Set<string>(content.centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id));
    check(
      'centres',
      questions.byCentre.filter(({ id }) => clbs.has(id)),
      named(content.centres),
    );
    // Time on a theme would say that there was a question on it.
    for (const { texts, values } of sheet('themes').rows.filter((one) => one.values[0] === 'hidden')) {
      expect(row('minutesByTheme', texts[0]!).values[0]).toBe('hidden');
      expect(values[2]).toBe('hidden');
    }
    expect(minutes.byTheme.length).toBeGreaterThan(20);
    expect(sheet('functions').rows.some(({ values }) => values[0] === 'hidden')).toBe(true);
  });

  it('lists what keeps coming back with what was done about it, and whether it helped', () => {
    const [followed] = sheet('topics').rows.filter(({ texts }) => texts[1] !== words.nothingDone);
    const item = content.items.find(
      ({ kind, themes }) => kind === 'faq' && themes[0] === locale.demonstration.recurringTheme,
    );
    expect(followed!.texts).toEqual([item!.title, expect.stringMatching(/^Helpdesksessie, \d+ \w+ 2026$/)]);
    const [asked, before, after] = followed!.values as [number, number, number];
    expect(asked).toBeGreaterThan(50);
    expect(after).toBeLessThan(before / 2);
    expect(sheet('topics').rows.length).toBeGreaterThan(5);
  });

  it('names no person and no question', async () => {
    const said = wordLines(await wordOf(document)).join('\n');
    expect(said).not.toMatch(/Medewerker \d/);
    const wordings = content.items.flatMap((item) => item.wordings).filter((wording) => wording.length > 30);
    for (const wording of wordings) expect(said.includes(wording), wording).toBe(false);
  });

  it('keeps what people typed as text', async () => {
    const theme = '<w:t>& "Thema" =HYPERLINK("x")';
    const named = { ...content, themes: content.themes.map((one, at) => (at === 0 ? { ...one, name: theme } : one)) };
    const strange = annualReport({
      measured,
      services: content.services,
      inGroups: false,
      content: named,
      schoolYear: YEAR,
      demonstration: false,
      topics: { recurring: [], followed: [] },
      impacts: [],
    });
    expect(wordLines(await wordOf(strange)).join('\n')).toContain('<w:t>&');
    const book = XLSX.read(await bookOf(strange), { type: 'buffer' });
    const cells = Object.values(book.Sheets[words.tables.themes.name]!) as XLSX.CellObject[];
    expect(cells.find(({ v }) => v === theme)).toMatchObject({ t: 's' });
    expect(cells.every(({ f }) => f === undefined)).toBe(true);
    expect(JSON.stringify(strange)).not.toContain(locale.demonstration.explanation);
  });

  it('says nothing of a year before in which fewer than five people asked anything, not that there was nothing', () => {
    const before = measured.previous!;
    const few = before.questions.byChannel.map((cell) => ({ ...cell, value: Math.min(cell.value, 1), requesters: 1 }));
    const previous = { ...before, requesters: 3, questions: { ...before.questions, byChannel: few } };
    const report = annualReport({
      measured: { ...measured, previous },
      services: content.services,
      inGroups: false,
      content,
      schoolYear: YEAR,
      demonstration: false,
      topics: { recurring: [], followed: [] },
      impacts: [],
    });
    const months = sheetsOf(report).find(({ id }) => id === 'months')!;
    expect(months.rows.map(({ values: [, earlier] }) => earlier)).toEqual(months.rows.map(() => 'hidden'));
  });

  it('of a school year under way says up to when, and compares with the same days of the year before', async () => {
    const report = await prepareAnnualReport(app, '2026-2027');
    expect(report.ok && report.value.facts.join(' ')).toMatch(/loopt nog.*24 november 2026.*2025-2026/);
  });

  it('refuses a year that has not begun and one of which there is nothing', async () => {
    expect(await prepareAnnualReport(app, '2027-2028')).toEqual({
      ok: false,
      refusal: words.refused.future('2027-2028'),
    });
    expect(await prepareAnnualReport(app, '2019-2020')).toEqual({
      ok: false,
      refusal: words.refused.nothing('2019-2020'),
    });
    expect((await directoryFor(store, content)).centres.length).toBeGreaterThan(200);
  });
});

describe('npm run helpdesk -- annual-report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-annual-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]): string => {
    try {
      return execFileSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'annual-report', ...args],
        {
          env: { ...process.env, DATA_DIR: folder },
          encoding: 'utf8',
          stdio: 'pipe',
        },
      );
    } catch (error) {
      return `failed: ${(error as { stderr: string }).stderr}`;
    }
  };

  it('says what is wrong, and never writes over a file', () => {
    const there = join(folder, 'there.docx');
    writeFileSync(there, 'work of days');
    expect(run('--school-year', '2025', '--out', there)).toMatch(/failed: .*two consecutive years/s);
    expect(run('--school-year', YEAR, '--out', join(folder, 'report.pdf'))).toContain('.docx of .xlsx');
    expect(run('--school-year', YEAR, '--out', join(folder, 'report.docx'))).toContain(words.refused.nothing(YEAR));
    expect(existsSync(join(folder, 'report.docx'))).toBe(false);
  });
});

describe('Markdown of an answer', () => {
  it('becomes paragraphs, lists, bold and links', () => {
    expect(
      fromMarkdown('Een **vet** woord.\nZelfde alinea.\n\n- een\n- [twee](https://example.org/a)\n\n1. drie'),
    ).toEqual([
      { kind: 'text', runs: [{ text: 'Een ' }, { text: 'vet', bold: true }, { text: ' woord. Zelfde alinea.' }] },
      {
        kind: 'list',
        items: [[{ text: 'een' }], [{ text: 'twee', url: 'https://example.org/a' }], [{ text: 'drie' }]],
      },
    ]);
  });
  it('keeps a link that is no web page as words', () => {
    expect(fromMarkdown('[klik](javascript:alert(1)) <b>')).toEqual([
      { kind: 'text', runs: [{ text: 'klik' }, { text: ') <b>' }] },
    ]);
  });
});
