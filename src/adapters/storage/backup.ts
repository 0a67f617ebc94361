// Copies of the SQLite file: made while it is in use, and put back after a check. Knows files and rows, never what a document means.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { sqliteFile } from './open.ts';
import { explain } from './sqlite-file.ts';

/** Read from the copy itself: how many documents of each kind, and the fingerprint of the file. */
export type Copy = { kinds: Record<string, number>; documents: number; sha256: string };

/**
 * Writes a copy of the store in `folder` as it is at one moment, also while a helpdesk writes to it, and checks it.
 * Rejects when `to` exists. `progress` hears of the share that is done, 0 to 1.
 */
export async function backUp(folder: string, to: string, progress: (share: number) => void): Promise<Copy> {
  // Made here so that only this user can read it.
  await (
    await open(to, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => Promise.reject(explainCopy(to, error)))
  ).close();
  const source = openFile(sqliteFile(folder));
  try {
    await backup(source, to, {
      rate: 500,
      progress: ({ totalPages, remainingPages }) => progress(1 - remainingPages / Math.max(1, totalPages)),
    });
  } catch (error) {
    await rm(to);
    throw explainCopy(to, error as NodeJS.ErrnoException);
  } finally {
    source.close();
  }
  return inspect(to, { alone: true });
}

/**
 * Puts a copy in the place of the store in `folder`; what is there now is kept beside it under `keptAs`. The copy is
 * checked before anything is touched, and what was put back is compared with it, byte by byte.
 */
export async function putBack(from: string, folder: string, stamp: string): Promise<Copy & { keptAs?: string }> {
  const copy = await inspect(from, { alone: true });
  const file = sqliteFile(folder);
  const arriving = `${file}.arriving`;
  try {
    // A new machine has no folder yet.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await copyFile(from, arriving);
    await chmod(arriving, 0o600);
    const handle = await open(arriving, 'r+');
    await handle.sync();
    await handle.close();
    if ((await fingerprint(arriving)) !== copy.sha256) {
      throw new Error(`${from} did not arrive in ${folder} as it is: check the disk. Nothing was replaced.`);
    }
  } catch (error) {
    await rm(arriving, { force: true }).catch(() => undefined);
    throw explain(file, error);
  }
  const keptAs = `${file}.before-${stamp}`;
  const present = await stat(file).catch(() => undefined);
  if (present) {
    // The log holds commits of its own, so it moves along.
    for (const ending of ['', '-wal', '-shm']) {
      await rename(file + ending, keptAs + ending).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }
  await rename(arriving, file);
  return { ...copy, ...(present ? { keptAs } : {}) };
}

/** True when there is a whole store in `folder`: what a restore must not take the place of while it is in use. */
export async function holdsStore(folder: string): Promise<boolean> {
  return inspect(sqliteFile(folder)).then(
    () => true,
    () => false,
  );
}

/**
 * Checks that a file is a whole store of ours; `alone`: that everything stands in it, and nothing in a log beside it.
 * Rejects with what is wrong with it.
 */
async function inspect(file: string, { alone = false } = {}): Promise<Copy> {
  const db = openFile(file);
  const damaged = (how: unknown) => new Error(`${file} is damaged: ${how}. Take another copy.`);
  const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  try {
    const check = pragma('integrity_check(1)');
    if (check !== 'ok') throw damaged(check);
    // SQLite reads what was cut off the last page as zeroes, and finds them in order.
    if (alone && (await stat(file)).size !== Number(pragma('page_count')) * Number(pragma('page_size')))
      throw damaged('its end is missing');
    const kinds: Record<string, number> = {};
    for (const row of db.prepare('SELECT kind, count(*) AS n FROM documents GROUP BY kind ORDER BY kind').all()) {
      kinds[String(row.kind)] = Number(row.n);
    }
    const documents = Object.values(kinds).reduce((sum, n) => sum + n, 0);
    return { kinds, documents, sha256: await fingerprint(file) };
  } catch (error) {
    if (/malformed/.test(String(error))) throw damaged('it does not hold together');
    throw /not a database|no such table/.test(String(error))
      ? new Error(`${file} is not a backup of a helpdesk. Choose a file that "helpdesk backup" wrote.`)
      : error;
  } finally {
    db.close();
  }
}

function openFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true });
  } catch {
    throw new Error(`${file} cannot be opened. Check that it is there and that this account may read it.`);
  }
}

async function fingerprint(file: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), sum);
  return sum.digest('hex');
}

function explainCopy(to: string, error: NodeJS.ErrnoException): Error {
  const says: Record<string, string> = {
    EEXIST: 'exists already. A backup is never written over: choose another name.',
    ENOENT: 'is in a folder that does not exist. Make it first, or choose another.',
  };
  const known = says[error.code ?? ''] ?? `cannot be written (${error.message}). Choose a folder on a disk with room.`;
  return new Error(`${to} ${known}`, { cause: error });
}
