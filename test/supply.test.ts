// What we build on and what we say of it: licences, and guides about security that name what is there.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { licencesOf } from '../bench/licences.ts';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Parameters<typeof licencesOf>[0];
};
const manifest = (path: string): unknown =>
  existsSync(`${path}/package.json`) ? JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) : undefined;
const refused = (given: typeof packages) =>
  licencesOf(given, manifest).flatMap(({ name, allowed }) => (allowed ? [] : [name]));

describe('licences', () => {
  it('of all packages are on the list', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(refused(packages)).toEqual([]);
  });

  it.each([
    [{ license: 'AGPL-3.0-only' }, false],
    [{ license: 'GPL-3.0-or-later', dev: true }, false],
    [{}, false],
    [{ license: 'SEE LICENSE IN x', dev: true }, false],
    [{ license: '(MIT AND GPL-3.0)' }, false],
    [{ license: 'MPL-2.0' }, false],
    [{ license: 'MPL-2.0', dev: true }, true],
    [{ license: '(MIT OR GPL-3.0)' }, true],
  ])('that are planted are seen: %j', (planted, allowed) => {
    const given = { ...packages, 'node_modules/planted': { version: '1.0.0', ...planted } };
    expect(refused(given)).toEqual(allowed ? [] : ['planted']);
  });
});

const SECURITY = [
  'SECURITY.md',
  'docs/threat-model.md',
  'docs/asvs.md',
  'docs/privacy.md',
  'docs/verwerkingsregister.md',
  'docs/dpia.md',
];

/** Paths between backticks that are not there. */
const missing = (text: string): string[] =>
  [...text.matchAll(/`((?:src|test|bench|docs|content)\/[\w./-]*|[\w-]+\.(?:md|json|ts))`/g)]
    .map(([, path]) => path!)
    .filter((path) => !existsSync(path));

describe('what is said of security and privacy', () => {
  it.each(SECURITY)('%s names only what is there', (path) => {
    expect(missing(readFileSync(path, 'utf8'))).toEqual([]);
  });

  it('is looked at: a file that is gone is seen', () => {
    expect(missing('see `src/domain/privacy.ts` and `src/domain/gone.ts`')).toEqual(['src/domain/gone.ts']);
  });

  it('has every requirement of ASVS 5.0.0 at levels 1 and 2 once, with where or why', () => {
    const page = readFileSync('docs/asvs.md', 'utf8');
    const [own, above] = page.split('## From level 3') as [string, string];
    const rows = [...own.matchAll(/^\| V(\d+)\.(\d+)\.(\d+) \| ([12]) \| (pass|n\/a|gap) \| (.{3,}) \|$/gm)];
    expect(new Set(rows.map(([, ...parts]) => parts.slice(0, 3).join('.'))).size).toBe(rows.length);
    expect(own.match(/^\| V/gm)).toHaveLength(rows.length);
    // As many as the standard has per chapter, 1 to 17, counted in its own list; 70 of them level 1.
    const perChapter = Map.groupBy(rows, ([, chapter]) => Number(chapter));
    expect(Array.from({ length: 17 }, (_, at) => perChapter.get(at + 1)?.length)).toEqual([
      27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7,
    ]);
    expect(rows.filter(([, , , , level]) => level === '1')).toHaveLength(70);
    for (const verdict of ['pass', 'n/a', 'gap']) {
      const count = rows.filter(([, , , , , given]) => given === verdict).length;
      expect(own).toMatch(
        new RegExp(`\\b${count} ${{ pass: 'pass', 'n/a': 'do not apply', gap: 'are gaps' }[verdict]}`),
      );
    }
    expect([...above.matchAll(/^\| (V[\d.]+) \| 3 \| pass/gm)].map(([, id]) => id)).toEqual([
      'V1.2.10',
      'V1.3.12',
      'V14.2.7',
    ]);
  });
});
