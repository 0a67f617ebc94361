// The figures of the dashboard over HTTP, on demonstration data: the same numbers everywhere, and who may see which.

import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { readTable } from '../src/adapters/files/tables.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type {
  Drill,
  RefusedView,
  Sheet,
  TicketPage,
  Unit,
  Value,
  View,
  ViewSheetId,
} from '../src/app/figures/dashboard-shapes.ts';
import { report } from '../src/app/figures/statistics.ts';
import { auditTrail } from '../src/app/privacy/audit.ts';
import type { Figures } from '../src/domain/measures.ts';
import { locale } from '../src/locale/locale.ts';
import { countingAll } from './counting.ts';
import { openDemonstration } from './town.ts';
import { wordLines } from './word-lines.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const YEAR = '2025-2026';
let town: Awaited<ReturnType<typeof openDemonstration>>;

beforeAll(async () => {
  town = await openDemonstration(NOW);
}, 120_000);
// Topics that are being read are read to the end first.
afterAll(() => town.close(), 180_000);

const query = (given: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();
const ask = (path: string, given: Record<string, string | undefined> = {}, headers: Record<string, string> = {}) =>
  fetch(`${town.url}/api/dashboard/${path}?${query(given)}`, { headers });
async function get<T>(path: string, given: Record<string, string | undefined> = {}): Promise<T> {
  const response = await ask(path, given);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const view = (given: Record<string, string> = {}) => get<View>('view', given);
const total = (drill: Drill) => get<TicketPage>('tickets', drill).then((page) => page.total);
const column = ({ rows }: Sheet, at: number) => rows.reduce((sum, { values }) => sum + Number(values[at]), 0);

describe('the numbers', () => {
  it('are those of the report', async () => {
    const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), town.clock);
    const { content } = await loadContent('./content');
    const measures = countingAll(store, () => content, town.clock);
    const json = await report({ store, measures }, content, YEAR, 'json');
    store.close();
    const { figures } = JSON.parse(json) as { figures: Figures };
    const { sheets, figures: shown } = await view({ schoolYear: YEAR });
    const of = (key: string) => shown.find((figure) => figure.key === key)!.number;
    expect(figures.questions.total).toBeGreaterThan(1_000);
    expect(of('questions')).toBe(figures.questions.total);
    expect(of('requesters')).toBe(figures.requesters);
    expect(of('reach')).toBe(figures.reach.centres.share);
    expect(of('selfService')).toBe(figures.selfService.explicit.share);
    expect(of('firstResponse')).toBe(figures.firstResponse.median);
    expect(of('minutes')).toBe(figures.minutes.total);
    expect(of('backlog')).toBe(figures.backlog.total);
    for (const id of ['months', 'themes', 'processes', 'channels', 'functions', 'outcomes'] as ViewSheetId[]) {
      expect([id, column(sheets[id], 0)]).toEqual([id, figures.questions.total]);
    }
    expect(column(sheets.reach, 0) + column(sheets.schools, 0)).toBe(figures.questions.total);
    expect(column(sheets.minutes, 0)).toBe(figures.minutes.total);
    expect(column(sheets.sessions, 1)).toBe(figures.sessions.participants);
    expect(sheets.satisfaction.rows.map(({ values }) => values[1])).toEqual(
      figures.satisfaction.items.map(({ positive }) => positive),
    );
  });

  it('of a past year beside this one are those of its own view', async () => {
    const years = await get<Sheet>('years');
    const past = years.rows.find(({ id }) => id === YEAR)!;
    const { figures } = await view({ schoolYear: YEAR });
    expect(past.values[0]).toBe(figures.find(({ key }) => key === 'questions')!.number);
    expect(years.rows.map(({ id }) => id)).toEqual([...years.rows.map(({ id }) => id)].sort());
  });

  it('compare with the same days of the year before', async () => {
    const now = await view();
    const questions = now.figures.find(({ key }) => key === 'questions')!;
    expect(now.period).toEqual({ from: '2026-09-01', to: '2026-11-25' });
    const before = await view({ schoolYear: YEAR });
    const whole = before.figures.find(({ key }) => key === 'questions')!.number!;
    const september = (await view({ month: '2026-09' })).figures[0]!;
    expect(questions.previous).toBeGreaterThan(0);
    expect(questions.previous).toBeLessThan(whole / 2);
    expect(september.previous).toBe(before.sheets.months.rows[0]!.values[0]);
  });

  const listed: ViewSheetId[] = [
    ...(['months', 'themes', 'processes', 'schools', 'functions', 'channels', 'outcomes'] as const),
    ...(['durations', 'quality', 'backlog', 'bot'] as const),
  ];
  it.each(listed)('of %s are as many as the tickets in the list behind them', async (id) => {
    const filters = id === 'backlog' ? {} : { schoolYear: YEAR };
    const { columns, rows } = (await view(filters)).sheets[id];
    const counts = columns.flatMap((column, at) => (column.unit === 'count' ? [{ id: column.id, at }] : []));
    // The first ones, and what no filter of content names.
    const some = rows.filter((row, place) => place < 4 || row.id === 'unknown');
    let seen = 0;
    for (const { label, values, drill, drills } of some) {
      for (const { id: name, at } of counts) {
        const behind = drills?.[name] ?? (at === 0 ? drill : undefined);
        if (!behind || !Number(values[at])) continue;
        expect([label, name, await total({ ...filters, ...behind })]).toEqual([label, name, values[at]]);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });

  it('of what is not known can be filtered and listed like any other, of people and of minutes as well', async () => {
    const { sheets, figures } = await view({ schoolYear: YEAR });
    for (const [id, filter] of [
      ['themes', 'theme'],
      ['functions', 'function'],
      ['schools', 'centre'],
    ] as const) {
      const row = sheets[id].rows.find((one) => one.id === 'unknown')!;
      const own = (await view({ schoolYear: YEAR, [filter]: 'unknown' })).figures[0]!.number;
      expect([id, own]).toEqual([id, row.values[0]]);
    }
    const people = figures.find(({ key }) => key === 'requesters')!;
    expect(await total({ schoolYear: YEAR, ...people.drill })).toBeGreaterThanOrEqual(people.number!);
    const [theme] = sheets.minutes.rows;
    const timed = await get<TicketPage>('tickets', { schoolYear: YEAR, ...theme!.drills!.minutes });
    expect(timed.tickets.every(({ minutes }) => minutes > 0)).toBe(true);
    expect(timed.total).toBeGreaterThan(0);
  });

  it('of one centre in one month are as many as the tickets behind them', async () => {
    const { reach } = (await view({ schoolYear: YEAR })).sheets;
    const at = reach.columns.findIndex(({ drill }) => drill?.month);
    const row = reach.rows.find(({ values }) => Number(values[at]) > 0)!;
    expect(await total({ schoolYear: YEAR, ...row.drill, ...reach.columns[at]!.drill })).toBe(row.values[at]);
  });

  it('stand in the files as they stand on the screen', async () => {
    const { themes } = (await view({ schoolYear: YEAR })).sheets;
    const file = async (format: string) => {
      const response = await ask('export', { schoolYear: YEAR, sheet: 'themes', format });
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="vragen-per-thema-${YEAR}.${format}"`,
      );
      return Buffer.from(await response.arrayBuffer());
    };
    const path = join(town.folder, 'themes.csv');
    await writeFile(path, await file('csv'));
    const csv = (await Array.fromAsync((await readTable(path)).rows)).map(({ cells }) => cells.slice(0, 2));
    const book = XLSX.read(await file('xlsx'));
    const sheet = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets['Vragen per thema']!, { header: 1 });
    const shown = [['Thema', 'Vragen'], ...themes.rows.map(({ label, values }) => [label, values[0]])];
    expect(csv).toEqual(shown.map((row) => row.map(String)));
    expect(sheet.slice(0, shown.length).map((row) => row.slice(0, 2))).toEqual(shown);
  });

  it('are those of the annual report, which can be fetched as Word and as a spreadsheet', async () => {
    const response = await ask('annual-report', { schoolYear: YEAR, format: 'xlsx' });
    const book = XLSX.read(Buffer.from(await response.arrayBuffer()));
    const text = JSON.stringify(
      book.SheetNames.map((name) => XLSX.utils.sheet_to_json(book.Sheets[name]!, { header: 1 })),
    );
    const { figures } = await view({ schoolYear: YEAR });
    for (const key of ['questions', 'requesters'] as const) {
      expect(text).toContain(`,${figures.find((one) => one.key === key)!.number},`);
    }
    const word = await ask('annual-report', { schoolYear: YEAR, format: 'docx' });
    expect(word.headers.get('content-type')).toContain('wordprocessingml');
    expect(
      Buffer.from(await word.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await ask('annual-report', { viewer: 'clb-gent', format: 'docx' })).status).toBe(403);
  });

  it('stand the same on the screen, in the spreadsheet and in the Word file', async () => {
    const { sheets, figures } = await view({ schoolYear: YEAR });
    const file = async (format: string) =>
      Buffer.from(await (await ask('annual-report', { schoolYear: YEAR, format })).arrayBuffer());
    const book = XLSX.read(await file('xlsx'));
    const lines = wordLines(await file('docx'));
    const { tables, key, headings } = locale.report.annual;
    const body = lines.lastIndexOf(headings.key);
    const hidden = locale.report.hidden;
    let [compared, kept] = [0, 0];

    /** `texts` columns with words come before the numbers. */
    function compare(table: keyof typeof tables, texts: number, label: string, values: Value[], unit: Unit): void {
      const { name, heading } = tables[table];
      const rows = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[name]!, { header: 1, defval: null });
      const row = rows.find(([first]) => first === label);
      const at = lines.indexOf(label, lines.indexOf(heading, body));
      // Nothing of this year nor of the one before: no row.
      if (!row && values.every((value) => !value)) return;
      for (const [index, value] of values.entries()) {
        const [cell, line] = [row?.[texts + index], lines[at + texts + index]];
        compared += 1;
        if (cell === hidden) {
          expect([table, label, line]).toEqual([table, label, hidden]);
          kept += 1;
        } else if (typeof value === 'number') {
          const number = unit === 'minutes' ? value / 60 : unit === 'duration' ? value / 3_600_000 : value;
          expect(Number(cell), `${table} ${label}`).toBeCloseTo(number, 6);
          expect([table, label, line]).toEqual([table, label, locale.report.value[unit](value)]);
        } else expect([table, label, cell ?? null, line]).toEqual([table, label, null, '–']);
      }
    }
    const pairs = [
      ...([
        ['themes', 'themes', 2],
        ['channels', 'channels', 1],
        ['outcomes', 'outcomes', 1],
      ] as const),
      ...([
        ['functions', 'functions', 1],
        ['minutes', 'minutesByTheme', 1],
      ] as const),
    ];
    for (const [id, table, texts] of pairs) {
      for (const { label, values } of sheets[id].rows) {
        compare(table, texts, label, values.slice(0, 2), id === 'minutes' ? 'minutes' : 'count');
      }
    }
    for (const { label, values } of sheets.months.rows) compare('months', 1, label.split(' ')[0]!, values, 'count');
    for (const { label, values } of sheets.reach.rows) compare('centres', 1, label, values.slice(0, 1), 'count');
    for (const { label, values } of sheets.satisfaction.rows) {
      compare('satisfaction', 1, label, values.slice(0, 1), 'count');
    }
    const keys = [
      ...([
        ['questions', 'questions'],
        ['requesters', 'requesters'],
        ['minutes', 'minutes'],
      ] as const),
      ...([
        ['firstResponse', 'first'],
        ['satisfaction', 'positive'],
        ['backlog', 'backlog'],
      ] as const),
    ];
    for (const [figure, label] of keys) {
      const { number, unit } = figures.find((one) => one.key === figure)!;
      compare('key', 1, key[label], [number], unit);
    }
    expect(compared).toBeGreaterThan(150);
    expect(kept).toBeLessThan(compared / 3);
  });

  it('list every silent centre with its zeros', async () => {
    const { sheets, notes } = await view({ schoolYear: '2026-2027' });
    expect(sheets.reach.rows).toHaveLength(19);
    const zeros = sheets.reach.rows.filter(({ values }) => values[0] === 0).map(({ label }) => label);
    expect(zeros).toEqual(expect.arrayContaining(notes.silent));
    expect(notes.silent.length).toBeGreaterThan(0);
  });
});

describe('what is asked', () => {
  it.each<[Record<string, string> | string, string]>([
    [{ theme: '<script>alert(1)</script>' }, 'theme'],
    [{ schoolYear: '1999-2000' }, 'schoolYear'],
    [{ schoolYear: "2025-2026'; drop table" }, 'schoolYear'],
    [{ month: '2026-13' }, 'month'],
    [{ month: '2025-10' }, 'month'],
    [{ centre: '__proto__' }, 'centre'],
    [{ outcome: 'x'.repeat(5_000) }, 'outcome'],
    [{ sheets: 'all' }, 'sheets'],
    ['channel=teams&channel=phone', 'channel'],
    ['channel[]=teams', 'channel[]'],
  ])('is refused in Dutch when it is no choice: %j', async (given, filter) => {
    const text = typeof given === 'string' ? given : query(given);
    const response = await fetch(`${town.url}/api/dashboard/view?${text}`);
    const refused = (await response.json()) as RefusedView;
    expect([response.status, refused.filter]).toEqual([400, filter]);
    expect(refused.error).toMatch(/^.{10,120}\.$/);
  });

  it('is 404 where there is nothing, and 400 for a list or a file that does not exist', async () => {
    expect((await ask('nothing')).status).toBe(404);
    expect((await ask('tickets', { part: 'everybody' })).status).toBe(400);
    expect((await ask('export', { sheet: 'people', format: 'csv' })).status).toBe(400);
  });

  it('is answered with 304 while nothing changed', async () => {
    const response = await ask('view');
    const tag = response.headers.get('etag')!;
    expect(response.headers.get('cache-control')).toContain('private');
    expect((await ask('view', {}, { 'If-None-Match': tag })).status).toBe(304);
    expect((await ask('view', { month: '2026-10' }, { 'If-None-Match': tag })).status).toBe(200);
  });

  it('goes on page by page', async () => {
    const one = await get<TicketPage>('tickets', { schoolYear: YEAR });
    const two = await get<TicketPage>('tickets', { schoolYear: YEAR, cursor: one.next });
    expect([one.tickets.length, two.tickets.length]).toEqual([50, 50]);
    expect(new Set([...one.tickets, ...two.tickets].map(({ number }) => number)).size).toBe(100);
  });
});

describe('the door', () => {
  it('is closed in local mode to other names, other pages and unknown personas', async () => {
    const { port } = new URL(town.url);
    const status = (headers: Record<string, string>) =>
      new Promise<number | undefined>((done) =>
        request({ port, host: '127.0.0.1', path: '/api/dashboard/view', headers }, (answer) => {
          answer.resume();
          done(answer.statusCode);
        }).end(),
      );
    expect(await status({ host: 'evil.example' })).toBe(403);
    expect(await status({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' })).toBe(403);
    expect(await status({ host: `127.0.0.1:${port}` })).toBe(200);
    for (const [site, answered] of Object.entries({
      'same-origin': 200,
      none: 200,
      'same-site': 403,
      'cross-site': 403,
    }))
      expect([site, await status({ host: `127.0.0.1:${port}`, 'sec-fetch-site': site })]).toEqual([site, answered]);
    expect((await ask('view', { viewer: 'nobody' })).status).toBe(401);
  });

  it('says to somebody without a role that it is not for them', async () => {
    const response = await ask('view', { viewer: 'clb-gent' });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: 'Je hebt geen toegang tot het dashboard.' });
  });

  it('serves the page with a policy of its own, and files that never change with their compressed form', async () => {
    const page = await fetch(`${town.url}/dashboard`);
    const policy = page.headers.get('content-security-policy')!;
    const html = await page.text();
    const nonce = /nonce-([^']+)'/.exec(policy)![1]!;
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).toContain(`content="${nonce}"`);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    const script = /src="([^"]+\.js)"/.exec(html)![1]!;
    const file = await fetch(`${town.url}${script}`, { headers: { 'Accept-Encoding': 'br' } });
    expect(file.headers.get('content-encoding')).toBe('br');
    expect(file.headers.get('cache-control')).toContain('immutable');
    for (const path of ['assets/../../../package.json', 'assets/%2e%2e/%2e%2e/package.json', 'manifest.json']) {
      expect((await fetch(`${town.url}/dashboard/${path}`)).status).toBe(404);
    }
  });

  it('notes in the audit trail what was read and taken along', async () => {
    await get('tickets', { schoolYear: YEAR, theme: 'beroepsgeheim' });
    await ask('export', { sheet: 'reach', format: 'csv' });
    const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), town.clock);
    const entries = await Array.fromAsync(auditTrail(store));
    store.close();
    expect(entries.slice(-2)).toMatchObject([
      { action: 'read-text', about: 'ticket', count: 50 },
      { action: 'export', about: 'dashboard reach' },
    ]);
  });
});

describe('an advisor', () => {
  const viewer = 'dossier';
  beforeAll(async () => {
    const say = (text: string) =>
      fetch(`${town.url}/playground/say`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ viewer, place: viewer, text }),
      });
    expect((await ask('view', { viewer })).status).toBe(403);
    // As the page that refused them says.
    await say('hallo');
  });

  it('gets one view per school year, and no other to subtract from it', async () => {
    const { viewer: who, choices } = await view({ viewer });
    expect(who).toMatchObject({ quality: false, services: [{ id: 'poc-plus' }] });
    expect(Object.keys(choices)).toEqual(['schoolYear']);
    for (const filter of ['theme', 'centre', 'month', 'channel', 'region']) {
      const { sheets } = await view();
      const drill = { theme: sheets.themes, centre: sheets.reach, month: sheets.months, channel: sheets.channels }[
        filter
      ];
      const response = await ask('view', { viewer, [filter]: drill?.rows[0]?.id ?? 'x' });
      expect([filter, response.status]).toEqual([filter, 400]);
    }
  });

  it('sees no number that fewer than five people stand behind, nor what would give one away', async () => {
    const all = (await view({ schoolYear: YEAR, service: 'poc-plus' })).sheets;
    const own = (await view({ viewer, schoolYear: YEAR })).sheets;
    expect(own.reach.columns.map(({ id }) => id)).toEqual(['questions']);
    let hidden = 0;
    for (const id of ['themes', 'functions', 'schools', 'channels'] as ViewSheetId[]) {
      for (const row of own[id].rows) {
        const value = row.values[0]!;
        if (value === 'hidden') hidden++;
        else expect([row.id, value]).toEqual([row.id, all[id].rows.find((one) => one.id === row.id)!.values[0]]);
      }
      // One hidden number alone would be the total less the others.
      expect(own[id].rows.filter(({ values }) => values[0] === 'hidden')).not.toHaveLength(1);
    }
    expect(hidden).toBeGreaterThan(1);
  });

  it('lists the questions of their own service only, with their text', async () => {
    const everything = await total({ schoolYear: YEAR });
    const page = await get<TicketPage>('tickets', { viewer, schoolYear: YEAR });
    const own = await total({ schoolYear: YEAR, service: 'poc-plus' });
    expect(own).toBeLessThan(everything);
    expect(page.total).toBe(own);
    expect(page.tickets.every(({ question }) => question)).toBe(true);
    const other = await ask('tickets', { viewer, schoolYear: YEAR, service: 'pbd-go' });
    expect([other.status, ((await other.json()) as RefusedView).filter]).toEqual([400, 'service']);
    // Beside the scores, who answered would say what they answered.
    const answered = await ask('tickets', { viewer, schoolYear: YEAR, part: 'surveyed' });
    expect([answered.status, await total({ schoolYear: YEAR, part: 'surveyed' })]).toEqual([400, expect.any(Number)]);
  });

  it('gets figures of their own service alone, on the screen, in years and effects, in a file and in a report', async () => {
    const mine = { schoolYear: YEAR, service: 'poc-plus' };
    const own = await view({ viewer, schoolYear: YEAR });
    const [asked] = (await view(mine)).figures;
    expect(own.figures[0]!.number).toBe(asked!.number);
    expect(own.figures[0]!.number).toBeLessThan((await view({ schoolYear: YEAR })).figures[0]!.number!);
    expect(own.viewer.services).toEqual([{ id: 'poc-plus', name: 'POC+' }]);
    const everywhere = await get<Sheet>('years', { service: 'poc-plus' });
    const years = await get<Sheet>('years', { viewer });
    expect(years.rows.map(({ values }) => values[0])).toEqual(everywhere.rows.map(({ values }) => values[0]));
    const sessions = async (given: Record<string, string>) => (await view(given)).sheets.sessions.rows;
    expect(await sessions({ viewer, schoolYear: YEAR })).toEqual(await sessions(mine));
    expect(await sessions(mine)).not.toEqual(await sessions({ schoolYear: YEAR }));
    const effects = await get<Sheet>('impacts', { viewer, schoolYear: YEAR });
    expect(effects.rows.length).toBeLessThanOrEqual((await get<Sheet>('impacts', { schoolYear: YEAR })).rows.length);
    const file = async (path: string, given: Record<string, string>) => {
      const answer = await ask(path, { viewer, schoolYear: YEAR, format: 'xlsx', ...given });
      expect(answer.status).toBe(200);
      const book = XLSX.read(Buffer.from(await answer.arrayBuffer()));
      return JSON.stringify(book.SheetNames.map((name) => XLSX.utils.sheet_to_json(book.Sheets[name]!, { header: 1 })));
    };
    expect(await file('export', { sheet: 'themes' })).toContain('Cijfers van de dienst POC+.');
    const report = await file('annual-report', {});
    expect(report).toContain('POC+ – helpdesk');
    expect(report).not.toContain('PBD-GO! – helpdesk');
    expect(report).toContain(`,${asked!.number},`);
    expect((await ask('annual-report', { viewer, schoolYear: '2026-2027', format: 'xlsx' })).status).toBe(409);
  });

  it('is told to wait when they ask far too often, and others are not', async () => {
    const answers = await Promise.all(Array.from({ length: 260 }, () => ask('nothing', { viewer })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(((await refused[0]!.json()) as RefusedView).error).toContain('Wacht een minuut');
    expect((await ask('view')).status).toBe(200);
  });
});
