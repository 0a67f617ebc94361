// The worker that reads one document after another: a file that is too much for it takes nothing else along.

import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Extract } from '../../app/knowledge/material.ts';
import { type Language, locale, speak } from '../../locale/locale.ts';
import { DocumentError } from './document-error.ts';
import { decode, readTable, TableError } from './tables.ts';
import { namesIn } from './zip.ts';

/** What the worker is asked, by the path of the file, and what it answers; reasons are sentences for people. */
export type Asked = { path: string };
export type Answered = { extract: Extract } | { refused: string };

const { refused } = locale.material;

// A thread begins in Dutch.
if (parentPort) speak(workerData as Language);
parentPort?.on('message', ({ path }: Asked) => {
  read(path).then(
    (extract) => parentPort!.postMessage({ extract } satisfies Answered),
    (error: unknown) => {
      const known = error instanceof DocumentError || error instanceof TableError;
      parentPort!.postMessage({ refused: known ? error.message : refused.broken } satisfies Answered);
    },
  );
});

/** What stands in the file decides how it is read, not what the file is called. Parsers are loaded when they are needed. */
async function read(path: string): Promise<Extract> {
  const bytes = new Uint8Array(await readFile(path));
  const starts = (...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) {
    // Office puts a document with a password into its old container: https://learn.microsoft.com/openspecs/office_file_formats/ms-offcrypto
    const locked = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw new DocumentError(locked ? refused.locked : refused.oldOffice);
  }
  if (starts(0x50, 0x4b)) return readOffice(path, bytes);
  if (Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-')) return (await import('./pdf.ts')).readPdf(bytes);
  if (bytes.every((byte) => byte === 0)) throw new DocumentError(refused.empty);
  const utf16 = starts(0xff, 0xfe) || starts(0xfe, 0xff);
  if (bytes.subarray(0, 4_096).includes(0) && !utf16) throw new DocumentError(refused.unknown);
  const text = decode(Buffer.from(bytes));
  if (text.trim() === '') throw new DocumentError(refused.empty);
  if (
    /^\s*(<!doctype html|<html|<\?xml[^>]*>\s*<(!doctype )?html|<(head|body|main|article|h1|p|div)[\s>])/i.test(text)
  ) {
    const page = (await import('./markup.ts')).readPage(text);
    return { kind: 'html', ...page, warnings: [] };
  }
  if (/\.(csv|tsv)$/i.test(path)) return table(path);
  throw new DocumentError(refused.unknown);
}

async function readOffice(path: string, bytes: Uint8Array): Promise<Extract> {
  const names = namesIn(bytes);
  if (names.has('word/document.xml')) return (await import('./docx.ts')).readDocx(bytes);
  if (names.has('ppt/presentation.xml')) return (await import('./pptx.ts')).readPptx(bytes);
  if (names.has('xl/workbook.xml')) {
    const { unzip } = await import('./zip.ts');
    unzip(bytes, (name) => name.endsWith('.xml'));
    return table(path);
  }
  throw new DocumentError(refused.unknown);
}

async function table(path: string): Promise<Extract> {
  const { rows, warnings } = await readTable(path);
  const read = await Array.fromAsync(rows);
  return { kind: 'table', rows: read, warnings };
}
