// Reads a PDF page by page. Knows no file; the only importer of unpdf.

import { getDocumentProxy } from 'unpdf';
import type { Block, Extract } from '../../app/knowledge/material.ts';
import { locale } from '../../locale/locale.ts';
import { DocumentError } from './document-error.ts';
import { tidy } from './markup.ts';

/** Pages that are read; what a document is about stands before that. */
const MOST_PAGES = 300;
/** A line this much taller than most of the text is a heading. */
const HEADING_HEIGHT = 1.15;
const LONGEST_HEADING = 120;
/** A gap of this many line heights starts a new paragraph. */
const PARAGRAPH_GAP = 1.6;
/** Letters below which a document is a picture of text. */
const LEAST_LETTERS = 30;

type Line = { text: string; height: number; y: number; page: number };

/** Throws DocumentError when it is broken, locked, or a scan without text. */
export async function readPdf(bytes: Uint8Array): Promise<Extract> {
  let document: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    document = await getDocumentProxy(bytes, { verbosity: 0, isEvalSupported: false, stopAtErrors: false });
  } catch (error) {
    const locked = error instanceof Error && error.name === 'PasswordException';
    throw new DocumentError(locked ? locale.material.refused.locked : locale.material.refused.broken);
  }
  const pages = document.numPages;
  const read = Math.min(pages, MOST_PAGES);
  const lines: Line[] = [];
  let unreadable = 0;
  for (let page = 1; page <= read; page++) {
    try {
      lines.push(...(await linesOf(document, page)));
    } catch {
      unreadable++;
    }
  }
  if (unreadable === read) throw new DocumentError(locale.material.refused.broken);
  if (lines.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0) < LEAST_LETTERS) {
    throw new DocumentError(locale.material.refused.scanned);
  }
  const withText = new Set(lines.map(({ page }) => page)).size;
  const warn = locale.material.warning;
  return {
    kind: 'pdf',
    title: await titleOf(document),
    blocks: blocksOf(lines),
    pages,
    warnings: [
      ...(pages > read ? [warn.pagesRead(read, pages)] : []),
      ...(withText < read ? [warn.pagesWithoutText(read - withText)] : []),
    ],
  };
}

async function linesOf(document: Awaited<ReturnType<typeof getDocumentProxy>>, page: number): Promise<Line[]> {
  const loaded = await document.getPage(page);
  const { items } = await loaded.getTextContent();
  const lines: Line[] = [];
  let line: Line | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    const y = Number(item.transform[5]);
    if (!line || Math.abs(line.y - y) > 2) {
      line = { text: '', height: 0, y, page };
      lines.push(line);
    }
    line.text += item.str;
    if (item.str.trim() !== '') line.height = Math.max(line.height, item.height);
    if (item.hasEOL) line = undefined;
  }
  loaded.cleanup();
  return lines.map((one) => ({ ...one, text: tidy(one.text) })).filter(({ text }) => text !== '');
}

/** Lines put together into paragraphs; a paragraph belongs to the page on which it starts. */
function blocksOf(lines: readonly Line[]): Block[] {
  const usual = usualHeight(lines);
  const blocks: Block[] = [];
  let before: (Line & { heading: boolean }) | undefined;
  for (const line of lines) {
    const heading = line.height > usual * HEADING_HEIGHT && line.text.length <= LONGEST_HEADING;
    const last = blocks.at(-1);
    const gap = before?.page === line.page ? before.y - line.y : Number.POSITIVE_INFINITY;
    const near = before !== undefined && gap >= 0 && gap < Math.max(line.height, before.height) * PARAGRAPH_GAP;
    const unfinished = last !== undefined && /^\p{Ll}/u.test(line.text) && !/[.!?:;]$/.test(last.text);
    const goesOn = before?.heading === heading && (near || unfinished);
    if (last && goesOn) {
      last.text = /\p{L}-$/u.test(last.text) ? last.text.slice(0, -1) + line.text : `${last.text} ${line.text}`;
    } else blocks.push({ text: line.text, page: line.page, ...(heading ? { heading: true } : {}) });
    before = { ...line, heading };
  }
  return blocks;
}

/** The height in which most of the text is set. */
function usualHeight(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { height, text } of lines) letters.set(height, (letters.get(height) ?? 0) + text.length);
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

async function titleOf(document: Awaited<ReturnType<typeof getDocumentProxy>>): Promise<string> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const { Title: title } = info as { Title?: unknown };
  return typeof title === 'string' ? tidy(title) : '';
}
