// The gallery is whole, stays small, and a changed picture is seen. Draws nothing: `npm run gallery -- --check` does.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { DIALOGS, PAGE, PARTS, REVIEW, VIEWS } from '../bench/gallery-pages.ts';
import { difference, indexed } from '../bench/pictures.ts';
import { samples } from '../bench/samples.ts';
import { layouts } from '../src/cards/layout.ts';

const GALLERY = 'docs/gallery';
const pictures = readdirSync(GALLERY).filter((file) => file.endsWith('.png'));
const page = readFileSync(join(GALLERY, 'README.md'), 'utf8');

/** The layouts that were filled while `task` ran. */
async function filledBy(task: () => Promise<unknown>): Promise<string[]> {
  const used = new Set<string>();
  const all = layouts as Record<string, object>;
  const kept = { ...all };
  for (const [name, layout] of Object.entries(kept)) {
    Object.defineProperty(all, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        used.add(name);
        return layout;
      },
    });
  }
  await task();
  for (const [name, value] of Object.entries(kept))
    Object.defineProperty(all, name, { configurable: true, enumerable: true, writable: true, value });
  return [...used].sort();
}

describe('the gallery', () => {
  it('has a sample of every layout', async () => {
    expect(await filledBy(samples)).toEqual(
      readdirSync('adaptive-cards')
        .map((file) => file.replace('.json', ''))
        .sort(),
    );
  });

  it('has every sample, every block of the dashboard and what opens on it, in every view, and nothing else', async () => {
    const blocks = [
      ...readFileSync('src/dashboard/blocks.tsx', 'utf8').matchAll(/<Block sheet=\{(?:sheets\.)?(\w+)\}/g),
      ...(/\(\[(.*?)\] as const\)\.map\(\(list\)/
        .exec(readFileSync('src/dashboard/topics.tsx', 'utf8'))?.[1]
        ?.matchAll(/'(\w+)'/g) ?? []),
      // Comes with a block of its own.
      ...readFileSync('src/dashboard/blocks.tsx', 'utf8').matchAll(/import\('\.\/(impacts)\.tsx'\)/g),
    ].map(([, id]) => `dashboard-${id}`);
    expect(blocks.length).toBeGreaterThan(18);
    const cards = (await samples()).map(({ name }) => name);
    const wanted = [...cards, PAGE, ...Object.keys(PARTS), ...blocks, ...DIALOGS, REVIEW];
    expect([...pictures].sort()).toEqual(wanted.flatMap((name) => VIEWS.map((view) => `${name}-${view}.png`)).sort());
    expect(new Set(cards).size).toBe(cards.length);
  });

  it('shows each picture on its page, with what axe found: nothing', () => {
    const rows = page.split('\n').filter((line) => line.includes('-light.png'));
    expect(rows.map((row) => [row.split(' | ')[0], /\| 0 \|$/.test(row)]).filter(([, clean]) => !clean)).toEqual([]);
    expect(pictures.filter((file) => !page.includes(`](${file})`))).toEqual([]);
  });

  it('stays small', () => {
    const sizes = pictures.map((file) => statSync(join(GALLERY, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8 * 2 ** 20);
    expect(Math.max(...sizes)).toBeLessThan(80 * 1024);
  });

  it('keeps only the pictures of the walks beside it, and each is in a document', () => {
    const walk = ['bench/walk.ts', 'bench/knowledge-walk.ts'].map((file) => readFileSync(file, 'utf8')).join('');
    const kept = readdirSync('docs/screens').map((file) => file.replace('.png', ''));
    expect(kept.filter((name) => !walk.includes(`'${name}'`))).toEqual([]);
    const guides = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
      file.endsWith('.md'),
    );
    const texts = guides.filter(existsSync).map((file) => readFileSync(file, 'utf8'));
    expect(kept.filter((name) => !texts.some((text) => text.includes(`screens/${name}.png`)))).toEqual([]);
  });
});

describe('a picture', () => {
  /** Some lines of text-like marks on paper, and what somebody changed. */
  function drawn(change: (png: PNG) => void = () => {}): Buffer {
    const png = new PNG({ width: 200, height: 60 });
    png.data.fill(255);
    for (let at = 0; at < 60; at++) box(png, 5 + 3 * at, 20, 2, 10, Array(3).fill(40 + 8 * (at % 20)));
    change(png);
    return PNG.sync.write(png);
  }
  function box(png: PNG, left: number, top: number, width: number, height: number, rgb: number[]): void {
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++) png.data.set([...rgb, 255], (y * png.width + x) * 4);
  }

  it('is the same bytes each time, smaller, and shows what was drawn', () => {
    const small = indexed(drawn());
    expect(indexed(drawn()).equals(small)).toBe(true);
    expect(small.length).toBeLessThan(drawn().length);
    expect([PNG.sync.read(small).width, PNG.sync.read(small).height]).toEqual([200, 60]);
    expect([...PNG.sync.read(small).data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    expect(difference(drawn(), small)).toBeUndefined();
  });

  it.each<[string, (png: PNG) => void]>([
    ['a letter more', (png) => box(png, 188, 20, 3, 10, [40, 40, 40])],
    ['a line that moved by a pixel', (png) => box(png, 0, 40, 200, 1, [200, 200, 200])],
    ['a background in another grey', (png) => box(png, 0, 0, 200, 15, [243, 243, 247])],
  ])('is another with %s', (_, change) => {
    expect(difference(indexed(drawn()), indexed(drawn(change)))).toMatch(/^\d+ pixels differ$/);
  });

  it('is another when it is larger', () => {
    const larger = PNG.sync.write(new PNG({ width: 200, height: 61 }));
    expect(difference(indexed(drawn()), indexed(larger))).toBe('200 × 60 is now 200 × 61');
  });
});
