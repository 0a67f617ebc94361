// Writes new files: CSV, spreadsheets and whatever was made elsewhere. Never one that is there, and knows no meaning of any column.

import { open, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Options as CsvOptions, stringify } from 'csv-stringify';
import { stringify as stringifyNow } from 'csv-stringify/sync';
import writeBook, { type SheetData } from 'write-excel-file/node';
import {
  type Document,
  type Value as Figure,
  type Sheet,
  sheetsOf,
  type Unit,
  unitOf,
} from '../../app/figures/document.ts';
import { locale } from '../../locale/locale.ts';

/** Rows of one sheet, https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const SHEET_ROWS = 1_048_576;

/** The message is a Dutch sentence that says what to do. */
class FileError extends Error {}

const say = locale.import.file;
const words = locale.report;

/** A value to write; a Date is a day, at midnight UTC. */
export type Value = string | number | Date | undefined;

const BELGIAN: CsvOptions = {
  delimiter: ';',
  bom: true,
  record_delimiter: 'windows',
  escape_formulas: true,
  cast: {
    date: (value) => value.toISOString().slice(0, 10).split('-').reverse().join('/'),
    number: (value) => String(value).replace('.', ','),
  },
};

/** Writes a file that a Belgian spreadsheet opens by itself: `;`, a byte order mark, formulas escaped. Rejects when it exists. */
export async function writeCsv(file: string, header: string[], rows: AsyncIterable<Value[]>): Promise<number> {
  const handle = await create(file);
  let count = 0;
  const writer = stringify(BELGIAN);
  const lines = async function* (): AsyncGenerator<Value[]> {
    yield header;
    for await (const row of rows) {
      count++;
      yield row;
    }
  };
  try {
    await pipeline(Readable.from(lines()), writer, handle.createWriteStream());
  } catch (error) {
    // Half a file must not pass for a whole one.
    await rm(file, { force: true });
    throw error;
  }
  return count;
}

/** Writes one sheet with days as days. Text is never a formula there. Rejects when the file exists. */
export async function writeSheet(
  file: string,
  sheet: string,
  header: string[],
  rows: AsyncIterable<Value[]>,
): Promise<number> {
  const data: SheetData = [header.map((value) => ({ value, fontWeight: 'bold' as const }))];
  for await (const row of rows) {
    if (data.length >= SHEET_ROWS) throw new FileError(say.tooManyForBook(SHEET_ROWS - 1));
    data.push(
      row.map((value) =>
        value === undefined
          ? null
          : value instanceof Date
            ? { value, type: Date, format: 'dd/mm/yyyy' }
            : typeof value === 'number'
              ? { value, type: Number }
              : { value, type: String },
      ),
    );
  }
  const bytes = await writeBook(data, {
    sheet,
    stickyRowsCount: 1,
    columns: header.map(() => ({ width: 18 })),
  }).toBuffer();
  await writeNew(file, bytes);
  return data.length - 1;
}

/** Writes a new file. Rejects when it exists. */
export async function writeNew(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await create(file);
  try {
    await writeFile(handle, content);
  } finally {
    await handle.close();
  }
}

/** The bytes of a spreadsheet with one sheet per table, figures as figures, and a first one that says what it is. */
export async function bookOf(document: Document): Promise<Buffer> {
  const { title, subtitle, facts, label } = document;
  const about = [title, subtitle, ...(label ? [label] : []), ...facts];
  return writeBook([
    { data: about.map((line, at) => [at < 2 ? strong(line) : line]), sheet: words.about, columns: [{ width: 90 }] },
    ...sheetsOf(document).map((sheet) => ({
      data: dataOf(sheet, label),
      sheet: sheet.name,
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
      columns: widthsOf(sheet).map((width) => ({ width })),
    })),
  ]).toBuffer();
}

/** The bytes of a CSV file with the first table of a document, written as `writeCsv` does; time in hours. */
export function csvOf(document: Document): Buffer {
  const sheet = sheetsOf(document)[0]!;
  const rows = sheet.rows.map((row) => [
    ...row.texts,
    ...row.values.map((value, at) => {
      const number = inHours(value, unitOf(sheet, row, at));
      return typeof number === 'number' ? Math.round(number * 10_000) / 10_000 : number;
    }),
  ]);
  return Buffer.from(stringifyNow([[...sheet.texts, ...sheet.columns.map(({ label }) => label)], ...rows], BELGIAN));
}

/** In signs: as wide as what stands in it, and all together no wider than a page that lies down. */
function widthsOf({ texts, columns, rows }: Sheet): number[] {
  const wanted = texts.map((text, at) => {
    const longest = Math.max(...[text, ...rows.map((row) => row.texts[at] ?? '')].map(({ length }) => length));
    return Math.min(WIDEST, Math.max(NARROWEST, longest + 2));
  });
  const figures = columns.map(({ label }) => Math.max(NARROWEST, label.length + 2));
  const sum = (widths: number[]) => widths.reduce((total, width) => total + width, 0);
  const fits = Math.min(1, (PAGE_WIDTH - sum(figures)) / sum(wanted));
  return [...wanted.map((width) => Math.max(NARROWEST, Math.floor(width * fits))), ...figures];
}

/** Headers first, so that the sheet can be filtered at once; what has to be said about it stands below. */
function dataOf(sheet: Sheet, label: string | undefined): SheetData {
  const { texts, columns, rows, basis } = sheet;
  const timed = rows.some((row) =>
    row.values.some((_, at) => ['minutes', 'duration'].includes(unitOf(sheet, row, at))),
  );
  const below = [...(basis ? [basis] : []), ...(timed ? [words.inHours] : []), ...(label ? [label] : [])];
  const width = widthsOf(sheet).reduce((sum, one) => sum + one, 0);
  const remark = (line: string) => ({
    ...{ value: line, type: String, columnSpan: texts.length + columns.length },
    ...{ wrap: true, height: Math.ceil(line.length / width) * LINE_HEIGHT },
  });
  return [
    [...texts.map(strong), ...columns.map((column) => ({ ...strong(column.label), align: 'right' as const }))],
    ...rows.map((row) => [
      ...row.texts.map((text) => (row.apart ? strong(text) : { value: text, type: String, wrap: true })),
      ...row.values.map((value, at) => figure(value, unitOf(sheet, row, at), row.apart)),
    ]),
    ...(below.length > 0 ? [[], ...below.map((line) => [remark(line)])] : []),
  ];
}

const strong = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });

const WIDEST = 52;
const NARROWEST = 12;
/** What fits on A4 that lies down. */
const PAGE_WIDTH = 96;
/** In points. */
const LINE_HEIGHT = 15;
/** Time in hours, so that it adds up and divides as a number. */
const FORMATS: Record<Unit, string> = {
  count: '#,##0',
  share: '0 %',
  change: '+0 %;-0 %;0 %',
  minutes: '#,##0.0',
  duration: '0.0',
  score: '0.0',
};

function figure(value: Figure, unit: Unit, apart: true | undefined) {
  const hours = inHours(value, unit);
  if (hours === null) return null;
  if (typeof hours === 'string') return { value: hours, type: String, align: 'right' as const };
  return { value: hours, type: Number, format: FORMATS[unit], ...(apart ? { fontWeight: 'bold' as const } : {}) };
}

function inHours(value: Figure, unit: Unit): number | string | null {
  if (value === null) return null;
  if (value === 'hidden') return words.hidden;
  return unit === 'minutes' ? value / 60 : unit === 'duration' ? value / 3_600_000 : value;
}

/** Opens a new file for this account only, never one that is there: somebody may have worked in it. */
async function create(file: string) {
  return open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new FileError(say.outExists(file));
    if (error.code === 'ENOENT') throw new FileError(say.outNowhere(file));
    throw new FileError(say.outRefused(file));
  });
}
