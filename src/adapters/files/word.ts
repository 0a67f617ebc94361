// Writes a document as a Word file. The only importer of docx; knows no figure and no sentence of its own but page numbers.

import { Worker } from 'node:worker_threads';
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  type IRunOptions,
  LevelFormat,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableOfContents,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
  Document as WordFile,
} from 'docx';
import { ChartRun } from 'docx/charts';
import { estimatePageNumbers } from 'docx/layout';
import {
  type Block,
  type Document,
  type Row,
  type Run,
  type Sheet,
  type Unit,
  unitOf,
  type Value,
} from '../../app/figures/document.ts';
import { type Language, locale, spoken } from '../../locale/locale.ts';

const words = locale.report.word;
/** Everybody who opens a Word file has this one, or its twin of the same width. */
const FONT = 'Calibri';
const BRAND = '1F4E79';
const BEFORE = 'A9B8C8';
const QUIET = '595959';
const BAND = 'EEF3F8';
/** A4 with margins of 22 mm: what is left of the width, in millimetres. */
const WIDTH_MM = 166;
const FIGURE_MM = 23;
/** The width of a sign on average, and of the longest word that is not broken. */
const SIGN_MM = 1.8;
const LONGEST_WORD = 26;
/** A chart: pixels at 96 per inch. */
const CHART_WIDTH = 620;
const BAR_HEIGHT = 22;
const COLUMN_HEIGHT = 250;
const LONGEST_LABEL = 46;
/** Rows of a table that stays on one page; of a longer one these stay together where it is cut. */
const WHOLE_TABLE = 14;
const TOGETHER = 3;

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 };

/** What the thread that makes a file is given. */
export type WordTask = { document: Document; language: Language };

/** The bytes of a .docx that Word and LibreOffice open. Made in a thread of its own, so that nobody waits for it. */
export function wordOf(document: Document): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./word-worker.ts', import.meta.url), {
      workerData: { document, language: spoken } satisfies WordTask,
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the Word file could not be made: the worker ended with ${code}`)));
  });
}

/** For the worker: blocks for about a second, most of it to find out on which page everything is. */
export async function layOut(document: Document): Promise<Uint8Array> {
  const { title, subtitle, facts, label, cover } = document;
  const body = document.blocks.flatMap(drawn);
  const margins = convertMillimetersToTwip(22);
  const file = new WordFile({
    title: `${title} ${subtitle}`,
    creator: words.creator,
    description: label ?? '',
    features: { updateFields: false },
    pageNumbers: estimatePageNumbers,
    styles: {
      default: {
        document: {
          run: { font: FONT, size: 22, language: { value: locale.tag } },
          paragraph: { spacing: { after: 120 } },
        },
        title: { run: { font: FONT, size: 60, bold: true, color: BRAND }, paragraph: { spacing: { after: 60 } } },
        heading1: headingStyle(34, 360, 160),
        heading2: headingStyle(26, 300, 100),
        heading3: headingStyle(23, 200, 60),
      },
    },
    numbering: {
      config: [
        {
          reference: 'list',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              style: {
                paragraph: { indent: { left: convertMillimetersToTwip(6), hanging: convertMillimetersToTwip(4) } },
              },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          titlePage: cover,
          page: {
            size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
            margin: { top: margins, bottom: margins, left: margins, right: margins },
          },
        },
        headers: { default: header(document) },
        footers: { default: footer() },
        children: [...(cover ? coverOf(document) : [...head(title, subtitle, facts, label)]), ...body],
      },
    ],
  });
  return Packer.toBuffer(file);
}

const headingStyle = (size: number, before: number, after: number) => ({
  run: { font: FONT, size, bold: true, color: BRAND },
  paragraph: { spacing: { before, after }, keepNext: true },
});

function head(title: string, subtitle: string, facts: string[], label: string | undefined): Paragraph[] {
  return [
    ...(label ? [banner(label)] : []),
    new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
    new Paragraph({ children: [new TextRun({ text: subtitle, size: 30, color: QUIET })], spacing: { after: 240 } }),
    ...facts.map(
      (fact) => new Paragraph({ children: [new TextRun({ text: fact, color: QUIET })], spacing: { after: 40 } }),
    ),
  ];
}

function coverOf({ title, subtitle, facts, label }: Document): (Paragraph | TableOfContents)[] {
  return [
    new Paragraph({ text: '', spacing: { before: 2_400 } }),
    ...head(title, subtitle, facts, label),
    new Paragraph({ children: [new PageBreak()] }),
    new Paragraph({ children: [new TextRun({ text: words.contents, size: 34, bold: true, color: BRAND })] }),
    new TableOfContents(words.contents, { hyperlink: true, headingStyleRange: '1-2' }),
    new Paragraph({ children: [new PageBreak()] }),
  ];
}

const banner = (label: string): Paragraph =>
  new Paragraph({
    children: [new TextRun({ text: label, bold: true, color: '7A2E00' })],
    shading: { type: ShadingType.CLEAR, fill: 'FDE7D8' },
    border: { left: { style: BorderStyle.SINGLE, size: 24, color: 'C2500A', space: 6 } },
    spacing: { after: 240 },
  });

function header({ title, subtitle, label }: Document): Header {
  return new Header({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: convertMillimetersToTwip(WIDTH_MM) }],
        children: [
          quiet(`${title} · ${subtitle}`),
          ...(label ? [new TextRun({ text: `\t${label}`, size: 17, bold: true, color: '7A2E00' })] : []),
        ],
      }),
    ],
  });
}

function footer(): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({
            size: 17,
            color: QUIET,
            children: [`${words.page} `, PageNumber.CURRENT, ` ${words.of} `, PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  });
}

const quiet = (text: string): TextRun => new TextRun({ text, size: 17, color: QUIET });

function drawn(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ text: block.text, heading: HEADINGS[block.level] })];
    case 'text': {
      const look: IRunOptions =
        block.tone === 'lead' ? { size: 25 } : block.tone === 'quiet' ? { size: 18, color: QUIET } : {};
      return [new Paragraph({ children: block.runs.map((run) => runOf(run, look)) })];
    }
    case 'list':
      return block.items.map(
        (runs) =>
          new Paragraph({
            children: runs.map((run) => runOf(run)),
            numbering: { reference: 'list', level: 0 },
            spacing: { after: 60 },
          }),
      );
    case 'sheet':
      return sheet(block.sheet);
  }
}

function runOf({ text, bold, url }: Run, look: IRunOptions = {}): TextRun | ExternalHyperlink {
  if (!url) return new TextRun({ ...look, text, ...(bold ? { bold } : {}) });
  return new ExternalHyperlink({ link: url, children: [new TextRun({ ...look, text, style: 'Hyperlink' })] });
}

function sheet(given: Sheet): (Paragraph | Table)[] {
  const chart = given.chart && chartOf(given, given.chart);
  return [
    new Paragraph({ text: given.heading, heading: HeadingLevel.HEADING_2 }),
    // With a long table after it there is nothing to keep together: that is cut anyway.
    ...(chart
      ? [new Paragraph({ children: [chart], keepNext: given.rows.length <= WHOLE_TABLE, spacing: { after: 120 } })]
      : []),
    tableOf(given),
    new Paragraph({
      children: given.basis ? [new TextRun({ text: given.basis, size: 18, color: QUIET })] : [],
      spacing: { before: 80, after: 200 },
    }),
  ];
}

/** A real chart, with its data beside it in the file; what is hidden leaves a gap. */
function chartOf(given: Sheet, { kind, columns }: NonNullable<Sheet['chart']>): ChartRun | undefined {
  const rows = given.rows.filter(({ apart, values }) => !apart && columns.some((at) => typeof values[at] === 'number'));
  if (rows.length === 0) return undefined;
  // Word draws the first category of lying bars at the bottom.
  const shown = kind === 'bar' ? rows.toReversed() : rows;
  const series = columns.map((at, index) => ({
    name: given.columns[at]!.label,
    values: shown.map(({ values }) => plotted(values[at]!, given.columns[at]!.unit)),
    color: index === 0 ? BRAND : BEFORE,
  }));
  const common = {
    categories: shown.map(({ texts: [first = ''] }) => shortened(first)),
    series: kind === 'bar' ? series.toReversed() : series,
    legend: columns.length > 1 ? ({ position: 'bottom' } as const) : (false as const),
    altText: { name: given.id, title: given.heading, description: words.chart(given.heading) },
    chartArea: { fill: 'none', border: 'none' } as const,
    ...(plottedIn(given, columns) ? { valueAxis: { title: plottedIn(given, columns)! } } : {}),
  };
  const height =
    kind === 'bar' ? Math.min(640, 60 + rows.length * BAR_HEIGHT * (columns.length > 1 ? 1.4 : 1)) : COLUMN_HEIGHT;
  const transformation = { width: CHART_WIDTH, height: Math.round(height) };
  return kind === 'bar'
    ? new ChartRun({ type: 'bar', ...common, transformation, gapWidth: 45 })
    : new ChartRun({ type: 'column', ...common, transformation, gapWidth: 60 });
}

const shortened = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : label;

/** What stands at the axis of a chart, where numbers alone do not say it. */
function plottedIn({ columns }: Sheet, [first = 0]: number[]): string | undefined {
  const unit = columns[first]!.unit;
  return unit === 'minutes' || unit === 'duration' ? words.hours : undefined;
}

/** Hours rather than minutes or milliseconds on an axis, and percents rather than parts of one. */
function plotted(value: Value, unit: Unit): number | null {
  if (typeof value !== 'number') return null;
  const scale = { count: 1, score: 1, share: 100, change: 100, minutes: 1 / 60, duration: 1 / 3_600_000 }[unit];
  return Math.round(value * scale * 10) / 10;
}

/** In millimetres: no word is broken, and what is left goes to the columns that have more to say. */
function textWidths({ texts, columns, rows }: Sheet): number[] {
  const needs = texts.map((label, at) => {
    const cells = [label, ...rows.map((row) => row.texts[at] ?? '')];
    const word = Math.max(...cells.flatMap((text) => text.split(/[\s-]/).map(({ length }) => length)));
    const longest = Math.max(...cells.map(({ length }) => length));
    return { least: 3 + Math.min(LONGEST_WORD, word) * SIGN_MM, share: Math.sqrt(longest) };
  });
  const left = WIDTH_MM - columns.length * FIGURE_MM - needs.reduce((sum, { least }) => sum + least, 0);
  const shares = needs.reduce((sum, { share }) => sum + share, 0);
  return needs.map(({ least, share }) => least + (Math.max(0, left) * share) / shares);
}

function tableOf(given: Sheet): Table {
  const widths = [...textWidths(given), ...given.columns.map(() => FIGURE_MM)].map(convertMillimetersToTwip);
  const labels = [...given.texts, ...given.columns.map(({ label }) => label)];
  return new Table({
    width: { size: convertMillimetersToTwip(WIDTH_MM), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: { style: BorderStyle.SINGLE, size: 8, color: BRAND },
      bottom: { style: BorderStyle.SINGLE, size: 8, color: BRAND },
      left: { style: BorderStyle.NONE },
      right: { style: BorderStyle.NONE },
      insideHorizontal: { style: BorderStyle.SINGLE, size: 2, color: 'D0D7DD' },
      insideVertical: { style: BorderStyle.NONE },
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: labels.map((label, at) =>
          cell(label, widths[at]!, at >= given.texts.length, { bold: true }, { fill: BAND, keepNext: true }),
        ),
      }),
      ...given.rows.map((row, at) => rowOf(given, row, widths, staysWithNext(at, given.rows.length))),
    ],
  });
}

/** Where a table is cut, some rows stay on both sides; the last one stays with what is said under the table. */
const staysWithNext = (at: number, rows: number): boolean =>
  rows <= WHOLE_TABLE || at < TOGETHER - 1 || at >= rows - TOGETHER;

function rowOf(given: Sheet, row: Row, widths: number[], keepNext: boolean): TableRow {
  const values = row.values.map((value, at) => written(value, unitOf(given, row, at)));
  const look: IRunOptions = row.apart ? { bold: true } : {};
  return new TableRow({
    cantSplit: true,
    children: [...row.texts, ...values].map((text, at) =>
      cell(text, widths[at]!, at >= row.texts.length, look, { ...(row.apart ? { fill: BAND } : {}), keepNext }),
    ),
  });
}

function written(value: Value, unit: Unit): string {
  if (value === null) return '–';
  return value === 'hidden' ? locale.report.hidden : locale.report.value[unit](value);
}

function cell(
  text: string,
  width: number,
  right: boolean,
  look: IRunOptions,
  { fill, keepNext }: { fill?: string; keepNext: boolean },
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(fill ? { shading: { type: ShadingType.CLEAR, fill } } : {}),
    children: [
      new Paragraph({
        alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
        spacing: { after: 0 },
        keepNext,
        children: [new TextRun({ ...look, text, size: 19 })],
      }),
    ],
  });
}
