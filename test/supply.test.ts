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
