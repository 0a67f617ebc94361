// Lists the licence of every package of the lockfile and fails on one that is not on the list. Knows no other program.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Locked = { version: string; license?: string; dev?: boolean; optional?: boolean };
export type Licensed = { name: string; version: string; licence: string; ships: boolean; allowed: boolean };

/** Licences that let us use and pass on a package in a program that is not open, with at most a notice. */
const FREE = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
]);
/** Of tools that are no part of what is delivered: their source stays theirs, and we change nothing in it. */
const TOOLS = new Set(['MPL-2.0', 'EPL-1.0', 'EDL-1.0', 'OFL-1.1']);
/** What the package says in its own files instead of in its manifest; each was read. */
const READ: Record<string, string> = {
  'semaphore@1.1.0': 'MIT', // README.md
  'duck@0.1.12': 'BSD-2-Clause', // LICENSE
};

/** `manifest` gives the package.json in a folder of node_modules, for packages whose licence the lockfile lacks. */
export function licencesOf(packages: Record<string, Locked>, manifest: (path: string) => unknown): Licensed[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev }]) => {
      const name = path.split('node_modules/').at(-1)!;
      const licence = READ[`${name}@${version}`] ?? license ?? declared(manifest(path)) ?? 'unknown';
      return { name, version, licence, ships: !dev, allowed: isAllowed(licence, !dev) };
    })
    .sort((a, b) => a.licence.localeCompare(b.licence) || a.name.localeCompare(b.name));
}

/** Manifests from before SPDX have a list. */
function declared(manifest: unknown): string | undefined {
  const { license, licenses } = (manifest ?? {}) as { license?: unknown; licenses?: { type?: string }[] };
  return typeof license === 'string' ? license : licenses?.[0]?.type;
}

/** Of "A OR B" one must do, of "A AND B" all. Anything else that is no name of a licence does not. */
function isAllowed(licence: string, ships: boolean): boolean {
  const one = (name: string) => FREE.has(name) || (!ships && TOOLS.has(name));
  const plain = licence.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(one);
  return plain.split(' AND ').every(one);
}

if (import.meta.main) {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  const found = licencesOf(packages, (path) => {
    const file = join(path, 'package.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  });
  const rows = found.map(({ name, version, licence, ships }) => [name, version, licence, ships ? 'delivered' : 'tool']);
  mkdirSync('dist', { recursive: true });
  writeFileSync(
    'dist/licences.csv',
    [['package', 'version', 'licence', 'use'], ...rows].map((row) => row.join(';')).join('\r\n'),
  );
  const counts = Map.groupBy(found, ({ licence, ships }) => `${licence.padEnd(28)} ${ships ? 'delivered' : 'tool'}`);
  for (const [licence, { length }] of counts) console.log(`${String(length).padStart(5)}  ${licence}`);
  const bad = found.filter(({ allowed }) => !allowed);
  for (const { name, version, licence } of bad) console.log(`not allowed: ${name} ${version}: ${licence}`);
  console.log(`${found.length} packages, listed in dist/licences.csv · ${bad.length === 0 ? 'PASSED' : 'FAILED'}`);
  process.exit(bad.length === 0 ? 0 : 1);
}
