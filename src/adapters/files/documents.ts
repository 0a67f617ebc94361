// Walks a folder and has each document read in a worker with limits. Knows no parser and no meaning of what comes out.

import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Extract } from '../../app/knowledge/material.ts';
import { locale, spoken } from '../../locale/locale.ts';
import type { Answered, Asked } from './read-document.ts';

const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = 50;
const MOST_FILES = 2_000;
const DEEPEST = 20;
/** The parser's own memory, and what the whole process may grow by while a file is read: Buffers count in no heap. */
const HEAP_MEGABYTES = 512;
const GROWTH_MEGABYTES = 1_024;
const LOOK_EVERY_MS = 50;
const TIME_MS = 30_000;
/** What editors and systems leave behind, never written by a person. */
const HIDDEN = /^(\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

const { refused } = locale.material;

/** `file` is the path under the folder, with "/"; `refused` is a Dutch sentence that says what to do. */
export type Document = { file: string } & ({ extract: Extract } | { refused: string });
/** `reader` is the worker's program; tests put one that misbehaves in its place. */
export type Limits = { timeMs?: number; heapMegabytes?: number; growthMegabytes?: number; reader?: URL };

/**
 * Every document in a folder, deeper ones included, or the one file; in the order of their paths. Links are not followed.
 * `skipped` hears of hidden files. Rejects with a Dutch sentence when there is no such file or folder.
 */
export async function* readDocuments(path: string, skipped: () => void, limits: Limits = {}): AsyncGenerator<Document> {
  const root = await realpath(path).catch(() => undefined);
  const found = root === undefined ? undefined : await stat(root).catch(() => undefined);
  if (root === undefined || !found) throw new Error(refused.missing(path));
  const reader = createReader(limits);
  try {
    if (!found.isDirectory()) {
      yield { file: basename(root), ...(await readOne(root, reader)) };
      return;
    }
    let files = 0;
    for await (const { full, problem } of walk(root, 0, skipped)) {
      if (++files > MOST_FILES) throw new Error(refused.tooManyFiles(MOST_FILES));
      const file = relative(root, full).split(sep).join('/');
      yield { file, ...(problem === undefined ? await readOne(full, reader) : { refused: problem }) };
    }
  } finally {
    await reader.close();
  }
}

async function* walk(
  folder: string,
  depth: number,
  skipped: () => void,
): AsyncGenerator<{ full: string; problem?: string }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries || depth > DEEPEST) {
    yield { full: folder, problem: entries ? refused.tooDeep : refused.unreadable };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = join(folder, entry.name);
    if (HIDDEN.test(entry.name)) skipped();
    else if (entry.isDirectory()) yield* walk(full, depth + 1, skipped);
    else if (entry.isFile()) yield { full };
    else yield { full, problem: refused.link };
  }
}

async function readOne(path: string, reader: Reader): Promise<Answered> {
  try {
    const { size } = await lstat(path);
    if (size === 0) return { refused: refused.empty };
    if (size > MOST_MEGABYTES * MEGABYTE) return { refused: refused.tooBig(MOST_MEGABYTES) };
  } catch {
    return { refused: refused.unreadable };
  }
  return reader.read(path);
}

type Reader = { read(path: string): Promise<Answered>; close(): Promise<void> };

/** One worker for all files; the next file gets a new one when a file hung or killed it. */
function createReader(limits: Limits): Reader {
  const { timeMs = TIME_MS, heapMegabytes = HEAP_MEGABYTES, growthMegabytes = GROWTH_MEGABYTES, reader } = limits;
  let worker: Worker | undefined;
  const start = (): Worker =>
    new Worker(reader ?? new URL('./read-document.ts', import.meta.url), {
      workerData: spoken,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      // A parser of foreign files gets no settings to see, and its chatter goes nowhere.
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdout: true,
      stderr: true,
    });
  const stop = async (): Promise<void> => {
    const old = worker;
    worker = undefined;
    await old?.terminate();
  };
  return {
    close: stop,
    read: async (path) => {
      worker ??= start();
      const current = worker;
      const { promise, resolve } = Promise.withResolvers<Answered>();
      const timer = setTimeout(() => resolve({ refused: refused.tooSlow(timeMs / 1_000) }), timeMs);
      const before = process.memoryUsage.rss();
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > growthMegabytes * MEGABYTE) resolve({ refused: refused.tooHeavy });
      }, LOOK_EVERY_MS);
      const died = (error?: unknown): void => {
        const full = (error as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
        resolve({ refused: full ? refused.tooHeavy : refused.broken });
      };
      let answered = false;
      const hear = (answer: Answered): void => {
        answered = true;
        resolve(answer);
      };
      current.on('message', hear).on('error', died).on('exit', died);
      current.postMessage({ path } satisfies Asked);
      const answer = await promise;
      clearTimeout(timer);
      clearInterval(watch);
      current.off('message', hear).off('exit', died);
      // The ear for errors stays: a worker that is stopped half way may still report one, which must not end the process.
      if (!answered) await stop();
      else current.off('error', died);
      return answer;
    },
  };
}
