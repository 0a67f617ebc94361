// Builds the dashboard's pages into dist/dashboard when its output is older than its sources. Knows no server.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export const DASHBOARD_OUT = 'dist/dashboard';
/** Everything the output follows from; the lockfile stands for the libraries. */
const SOURCES = ['src/dashboard', 'src/locale', 'src/build.ts', 'package-lock.json'];
const ROOT = resolve(import.meta.dirname, '..');
const COMPRESSED = /\.(js|css|html|svg)$/;

/** Builds when needed, or always with `force`. Returns whether it did. Rejects when the sources do not build. */
export async function buildDashboard(options: { force?: boolean } = {}): Promise<boolean> {
  const out = join(ROOT, DASHBOARD_OUT);
  const built = await newest(join(out, 'index.html'));
  const changed = Math.max(...(await Promise.all(SOURCES.map((path) => newest(join(ROOT, path))))));
  if (!options.force && built > changed) return false;
  const fresh = `${out}-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    await bundleApart(fresh);
    await compress(fresh);
    await rm(out, { recursive: true, force: true });
    await rename(fresh, out);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
}

/** In a process of its own: whoever builds may be a test, and React would follow it into development. */
async function bundleApart(folder: string): Promise<void> {
  const child = fork(import.meta.filename, ['--bundle', folder], { env: { NODE_ENV: 'production' }, execArgv: [] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the dashboard could not be built; the reason stands above');
}

async function bundle(folder: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    root: join(ROOT, 'src/dashboard'),
    base: '/dashboard/',
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, manifest: 'manifest.json', modulePreload: { polyfill: false } },
  });
}

/** The last change of a file, or of any file in a folder; 0 when there is none. */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path);
  return Math.max(found.mtimeMs, ...(await Promise.all(inside.map((name) => newest(join(path, name))))));
}

/** Puts a .br and a .gz beside each text file, so that the server never compresses while somebody waits. */
async function compress(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names
      .filter((name) => COMPRESSED.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        const bytes = await readFile(path);
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { force: { type: 'boolean', default: false }, bundle: { type: 'string' } } });
  const started = performance.now();
  if (values.bundle) await bundle(values.bundle);
  else if (await buildDashboard({ force: values.force })) {
    console.log(`The dashboard was built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  }
}
