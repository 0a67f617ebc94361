// Proves that what was acknowledged survives a power cut: everything that was not forced to the disk is taken away. Needs a C compiler.

import { execFileSync, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createReport } from './stage.ts';

const { values } = parseArgs({
  options: { cuts: { type: 'string', default: '60' }, writer: { type: 'string' } },
});

/** Loaded into the writing process: after each forced write, keeps the file as the disk has it by then. */
const KEEPER = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static void keep(int fd) {
  char link[64], path[4096], made[4200], kept[4200], part[65536];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return;
  path[n] = 0;
  if (!strstr(path, "helpdesk.sqlite")) return;
  snprintf(made, sizeof made, "%s.making", path);
  snprintf(kept, sizeof kept, "%s.kept", path);
  int out = open(made, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (out < 0) return;
  off_t at = 0;
  while ((n = pread(fd, part, sizeof part, at)) > 0) { if (write(out, part, n) != n) break; at += n; }
  close(out);
  rename(made, kept);
}
int fsync(int fd) { int (*real)(int) = dlsym(RTLD_NEXT, "fsync"); int r = real(fd); if (r == 0) keep(fd); return r; }
int fdatasync(int fd) { int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync"); int r = real(fd); if (r == 0) keep(fd); return r; }
`;

/** The planted fault, loaded into every thread of the writing process: the program's own settings, undone. */
const UNDOING = `data:text/javascript,${encodeURIComponent(`
  import { DatabaseSync } from 'node:sqlite';
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql.replace('synchronous = FULL', 'synchronous = OFF'));
  };`)}`;

if (values.writer) await write(values.writer);
else await prove();

/** Writes until it is killed, and says each document only after the store did. */
async function write(file: string): Promise<void> {
  const store = openSqlite(file, { now: Date.now });
  const one = async (n: number): Promise<void> => {
    const id = `t${n}`;
    const created = await store.create({ pk: id, id, kind: 'ticket', body: 'x'.repeat(200 + (n % 7) * 900) });
    if (created.outcome === 'created') process.stdout.write(`${id}\n`);
    if (n % 3 === 0) {
      const found = await store.read(id, id);
      const saved = found && (await store.replace({ ...found.doc, body: 'saved' }, found.version));
      if (saved?.outcome === 'saved') process.stdout.write(`${id} saved\n`);
    }
  };
  // Several at once, as they share a commit.
  for (let n = 0; ; n += 4) await Promise.all([one(n), one(n + 1), one(n + 2), one(n + 3)]);
}

async function prove(): Promise<void> {
  const report = createReport();
  const home = await mkdtemp(join(tmpdir(), 'helpdesk-power-'));
  await writeFile(join(home, 'keeper.c'), KEEPER);
  execFileSync('cc', ['-shared', '-fPIC', '-o', join(home, 'keeper.so'), join(home, 'keeper.c'), '-ldl']);
  const cuts = Number(values.cuts);
  for (const off of [false, true]) {
    let acknowledged = 0;
    let lost = 0;
    let damaged = 0;
    for (let cut = 0; cut < cuts; cut++) {
      const folder = join(home, `${off}-${cut}`);
      await mkdir(folder);
      const said = await writeAndCut(join(home, 'keeper.so'), join(folder, 'helpdesk.sqlite'), off);
      acknowledged += said.length;
      await loseUnsynced(folder, cut % 2 === 1);
      try {
        const store = openSqlite(join(folder, 'helpdesk.sqlite'), { now: Date.now });
        for (const line of said) {
          const [id = '', saved] = line.split(' ');
          const found = await store.read(id, id);
          if (!found || (saved && found.doc.body !== 'saved')) lost += 1;
        }
        store.close();
      } catch {
        damaged += 1;
        lost += said.length;
      }
      await rm(folder, { recursive: true });
    }
    const name = off ? 'synchronous=OFF' : 'as it is';
    report.figure(
      name,
      `${cuts} power cuts, ${acknowledged} writes acknowledged, ${lost} lost, ${damaged} files damaged`,
      off ? lost > 0 : lost === 0,
    );
    if (off) report.figure('planted', lost > 0 ? 'caught' : 'not caught');
  }
  await rm(home, { recursive: true });
  report.end();
}

function writeAndCut(keeper: string, file: string, off: boolean): Promise<string[]> {
  return new Promise((resolve) => {
    const words = ['--disable-warning=ExperimentalWarning', import.meta.filename, '--writer', file];
    const child = spawn(process.execPath, words, {
      env: { ...process.env, LD_PRELOAD: keeper, ...(off && { NODE_OPTIONS: `--import=${UNDOING}` }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const enough = 5 + Math.random() * 300;
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.split('\n').length > enough) child.kill('SIGKILL');
    });
    // A line that was cut off by the kill was not said.
    child.on('close', () => resolve(text.split('\n').slice(0, -1)));
  });
}

/** The disk keeps what was forced to it; of the log perhaps a part of what came after, torn off anywhere. */
async function loseUnsynced(folder: string, torn: boolean): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /sqlite(-wal)?$/.test(name));
  for (const name of names) {
    const path = join(folder, name);
    const kept = await stat(`${path}.kept`).catch(() => undefined);
    const present = await stat(path);
    if (torn && name.endsWith('-wal') && kept && present.size > kept.size) {
      await truncate(path, kept.size + Math.floor(Math.random() * (present.size - kept.size)));
    } else if (kept) await copyFile(`${path}.kept`, path);
    else await truncate(path, 0);
  }
  await rm(join(folder, 'helpdesk.sqlite-shm'), { force: true });
}
