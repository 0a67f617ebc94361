// Reads CSV files and spreadsheets as rows of cells. Knows no meaning of any column.

import { open, stat } from 'node:fs/promises';
import * as XLSX from '@e965/xlsx';
import { CsvError, parse } from 'csv-parse';
import type { Cell, Row } from '../../app/import/cells.ts';
import { locale } from '../../locale/locale.ts';
import { DocumentError } from './document-error.ts';
import { unzip, zip } from './zip.ts';

/** Rows that a file may have; what is read stays in memory until it is written. */
const MOST_ROWS = 200_000;
/** Header, title and a few empty rows come on top of the rows with something to import. */
const SPARE_ROWS = 100;
const MOST_COLUMNS = 100;
const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = { csv: 100, xlsx: 20, unpacked: 300 };

/** The file cannot be used at all; the message is a Dutch sentence that says what to do. */
export class TableError extends Error {}

const say = locale.import.file;
export type Table = { rows: AsyncIterable<Row>; warnings: string[] };

/**
 * Opens a CSV file (`;`, `,` or tab; UTF-8, UTF-16 or Windows-1252) or the first visible sheet of an .xlsx. Rejects, and
 * `rows` throws while it is read, with TableError. `warnings` is complete once all rows are read.
 */
export async function readTable(file: string): Promise<Table> {
  const bytes = await readBytes(file);
  if (bytes.length === 0) throw new TableError(say.empty);
  const starts = (...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return readBook(bytes);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new TableError(say.oldBook);
  return readCsv(decode(bytes));
}

async function readBytes(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new TableError(say.missing(file));
  if (!found.isFile()) throw new TableError(say.folder(file));
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const most = buffer[0] === 0x50 && buffer[1] === 0x4b ? MOST_MEGABYTES.xlsx : MOST_MEGABYTES.csv;
    if (found.size > most * MEGABYTE) throw new TableError(say.tooBig(file, most));
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** UTF-8 is told from Windows-1252 by trying: hardly any text in the latter is valid in the former. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes.includes(0)) throw new TableError(say.notText);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function readCsv(text: string): Table {
  const warnings = text.includes('\n') && !text.endsWith('\n') ? [say.cutOff] : [];
  return { rows: csvRows(text), warnings };
}

async function* csvRows(text: string): AsyncGenerator<Row> {
  const told = /^sep=(.)\r?\n/.exec(text);
  const parser = parse({
    delimiter: told?.[1] ?? delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MEGABYTE,
  });
  // Handed over in pieces, so that the parser never holds all rows at once.
  (async () => {
    for (let at = told?.[0].length ?? 0; at < text.length; at += MEGABYTE) {
      if (!parser.write(text.slice(at, at + MEGABYTE))) await new Promise((resolve) => parser.once('drain', resolve));
    }
    parser.end();
  })();
  let line = told ? 1 : 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      line++;
      if (line > MOST_ROWS + SPARE_ROWS) throw new TableError(say.tooManyRows(MOST_ROWS));
      yield {
        line,
        cells: record.map((value): Cell => (value.startsWith('=') ? { problem: 'formula' } : value.trim())),
      };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new TableError(say.brokenCsv(Number(error.records ?? line) + 1));
    throw error;
  } finally {
    parser.destroy();
  }
}

/** The sign that stands, outside quotes, in most of the first lines; on a tie the one that stands there most. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 50_000)
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const score = (sign: string): [number, number] => {
    const counts = lines.map((line) => line.split(sign).length - 1);
    return [counts.filter((count) => count > 0).length, counts.reduce((sum, count) => sum + count, 0)];
  };
  const [best] = [';', ',', '\t']
    .map((sign) => ({ sign, score: score(sign) }))
    .sort((a, b) => b.score[0] - a.score[0] || b.score[1] - a.score[1]);
  return best!.sign;
}

function readBook(bytes: Buffer): Table {
  let book: XLSX.WorkBook;
  try {
    // The library unpacks without a limit: it gets what was unpacked within one, in a zip that is not compressed.
    const parts = unzip(bytes, (name) => /\.(xml|rels)$/i.test(name), MOST_MEGABYTES.unpacked * MEGABYTE);
    book = XLSX.read(zip(parts), {
      type: 'array',
      dense: true,
      cellNF: true,
      cellHTML: false,
      sheetRows: MOST_ROWS + SPARE_ROWS + 1,
    });
  } catch (error) {
    const bomb = error instanceof DocumentError && error.message === locale.material.refused.bomb;
    throw new TableError(bomb ? error.message : say.brokenBook);
  }
  const visible = book.SheetNames.filter((_, index) => !book.Workbook?.Sheets?.[index]?.Hidden);
  const filled = visible.filter((name) =>
    rowsOf(book.Sheets[name]!).some((row) => row?.some(({ v }) => v !== undefined)),
  );
  const [name, ...others] = filled;
  if (name === undefined) throw new TableError(say.empty);
  const sheet = book.Sheets[name]!;
  if (rowsOf(sheet).length > MOST_ROWS + SPARE_ROWS) throw new TableError(say.tooManyRows(MOST_ROWS));
  return {
    rows: sheetRows(sheet, book.Workbook?.WBProps?.date1904 === true),
    warnings: others.length > 0 ? [say.otherSheets(name, others)] : [],
  };
}

type SheetCells = (XLSX.CellObject[] | undefined)[];
const rowsOf = (sheet: XLSX.WorkSheet): SheetCells => (sheet['!data'] as SheetCells | undefined) ?? [];

async function* sheetRows(sheet: XLSX.WorkSheet, date1904: boolean): AsyncGenerator<Row> {
  const rows = rowsOf(sheet);
  const width = Math.min(MOST_COLUMNS, Math.max(0, ...Array.from(rows.slice(0, 50), (row) => row?.length ?? 0)));
  const merged = mergedCells(sheet, rows);
  for (const [index, row] of rows.entries()) {
    const cells = Array.from({ length: width }, (_, column): Cell => {
      const covering = merged.get(`${index}:${column}`);
      if (!covering) return textOf(row?.[column], date1904);
      return covering.t === 'n' && !XLSX.SSF.is_date(String(covering.z ?? ''))
        ? { problem: 'merged' }
        : textOf(covering, date1904);
    });
    yield { line: index + 1, cells };
  }
}

/**
 * The cells that a merge down a column hides, with the cell that shows there. Text and days hold for every row they
 * stand next to; a number does not, because it would count again on each. A merge across columns is mere layout.
 */
function mergedCells(sheet: XLSX.WorkSheet, rows: SheetCells): Map<string, XLSX.CellObject> {
  const covered = new Map<string, XLSX.CellObject>();
  for (const { s: start, e: end } of sheet['!merges'] ?? []) {
    const shown = rows[start.r]?.[start.c];
    if (!shown || shown.v === undefined || start.c !== end.c) continue;
    for (let row = start.r + 1; row <= Math.min(end.r, rows.length - 1); row++) covered.set(`${row}:${start.c}`, shown);
  }
  return covered;
}

/** A formula counts by the result that was saved with it. */
function textOf(cell: XLSX.CellObject | undefined, date1904: boolean): Cell {
  if (!cell || cell.t === 'z') return cell?.f ? { problem: 'formula' } : '';
  if (cell.t === 'e') return { problem: 'error' };
  if (cell.v === undefined) return cell.f ? { problem: 'formula' } : '';
  if (cell.t === 'n' && XLSX.SSF.is_date(String(cell.z ?? ''))) {
    const { y, m, d, H, M } = XLSX.SSF.parse_date_code(Number(cell.v), { date1904 });
    const pad = (value: number): string => String(value).padStart(2, '0');
    const time = `${pad(H)}:${pad(M)}`;
    if (Number(cell.v) < 1) return time;
    return `${y}-${pad(m)}-${pad(d)}${H + M > 0 ? ` ${time}` : ''}`;
  }
  if (cell.t === 'n') return String(Number(Number(cell.v).toPrecision(12)));
  return String(cell.v).trim();
}
