// Draws every card in every state and every block of the dashboard into docs/gallery/; `--check` names what looks different from what is there, `--only` draws some.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.ts';
import { drawCards, drawDashboard, PAGE, type Picture, VIEWS } from './gallery-pages.ts';
import { difference } from './pictures.ts';

const GALLERY = 'docs/gallery';
const INDEX = join(GALLERY, 'README.md');
const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});

const fileOf = ({ name, view }: Pick<Picture, 'name' | 'view'>): string => `${name}-${view}.png`;

/** One row of the page: a name, a picture or a link for each view, and what axe found. */
function rowOf(name: string, pictures: Picture[]): string {
  const shown = VIEWS.map((view) => {
    const file = fileOf({ name, view });
    return view === 'light' ? `[<img src="${file}" width="260" alt="${name}">](${file})` : `[${view}](${file})`;
  });
  const found = pictures
    .filter(({ violations }) => violations.length > 0)
    .map(({ view, violations }) => `${view} ${violations.length}`);
  return `| ${name} | ${shown.join(' | ')} | ${found.length > 0 ? found.join(', ') : '0'} |`;
}

/** The rows that the page has now, by name. */
async function rowsNow(): Promise<Map<string, string>> {
  const page = await readFile(INDEX, 'utf8').catch(() => '');
  return new Map([...page.matchAll(/^\| ([\w-]+) \| \[<img .*$/gm)].map(([row, name]) => [name!, row]));
}

function indexPage(rows: Map<string, string>, browser: string): string {
  const isCard = (name: string): boolean => name !== PAGE && !name.startsWith(`${PAGE}-`);
  const table = (title: string, cards: boolean): string =>
    [
      `## ${title}`,
      '',
      '| name and state | light | dark | high contrast | 320 px | axe |',
      '|---|---|---|---|---|---|',
      ...[...rows].filter(([name]) => isCard(name) === cards).map(([, row]) => row),
    ].join('\n');
  const found = [...rows.values()].flatMap((row) => row.split(' | ').at(-1)!.match(/\d+/g) ?? []);
  const violations = found.reduce((sum, count) => sum + Number(count), 0);
  return `# Gallery

Every card in every state, built by the real functions on the real content, and every block of the dashboard on demonstration data. Made by \`npm run gallery\`; do not edit. \`npm run gallery -- --check\` draws everything again and names each picture that looks different from the one here; \`-- --only antwoord\` draws what has that in its name.

${rows.size * VIEWS.length} pictures, ${violations} violations of WCAG 2.2 A and AA found by axe. Drawn by Chromium ${browser.split('.')[0]} with Noto Sans, at a fixed time; another Chromium may draw letters differently, and then \`--check\` says so. Light, dark and high contrast are as wide as a chat on a desktop (520 px) or a tab (1100 px), and the last column is a narrow phone in light.

${table('Cards', true)}

${table('Dashboard', false)}
`;
}

/** One line for each picture that is not as it was. */
async function differences(pictures: Picture[]): Promise<string[]> {
  const there = new Set((await readdir(GALLERY).catch(() => [])).filter((file) => file.endsWith('.png')));
  const found: string[] = [];
  for (const picture of pictures) {
    const file = fileOf(picture);
    const before = there.delete(file) ? await readFile(join(GALLERY, file)) : undefined;
    const what = before ? difference(before, picture.png) : 'is not there yet';
    if (what) found.push(`${file}: ${what}`);
  }
  if (values.only !== '') return found;
  return [...found, ...[...there].map((file) => `${file}: nothing draws it any more`)];
}

async function write(folder: string, pictures: Picture[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const drawn = new Set(pictures.map(fileOf));
  const there = (await readdir(folder)).filter((file) => file.endsWith('.png'));
  if (values.only === '') for (const file of there) if (!drawn.has(file)) await rm(join(folder, file));
  for (const picture of pictures) {
    const path = join(folder, fileOf(picture));
    // What shows the same stays the same file, so that review sees only what changed.
    if (there.includes(fileOf(picture)) && !difference(await readFile(path), picture.png)) continue;
    await writeFile(path, picture.png);
  }
}

const started = performance.now();
const browser = await openBrowser();
const wanted = (name: string): boolean => name.includes(values.only);
const drawn = await drawCards(browser, wanted);
if (wanted(PAGE) || values.only.startsWith(PAGE)) drawn.push(...(await drawDashboard(browser)));
const pictures = drawn.filter(({ name }) => wanted(name));
const version = browser.version();
await browser.close();

const violations = pictures.flatMap((picture) => picture.violations.map((found) => `${fileOf(picture)}: ${found}`));
for (const found of violations) console.error(found);
const seconds = Math.round((performance.now() - started) / 1_000);
const size = pictures.reduce((sum, { png }) => sum + png.length, 0);
const summary = `${pictures.length} pictures, ${(size / 2 ** 20).toFixed(1)} MB, ${violations.length} violations, ${seconds} s`;
if (values.check) {
  const changed = await differences(pictures);
  const fresh = join(tmpdir(), 'helpdesk-gallery');
  if (changed.length > 0) await write(fresh, pictures);
  for (const one of changed) console.error(one);
  const page = await readFile(INDEX, 'utf8').catch(() => '');
  if (changed.length > 0 && !page.includes(`Chromium ${version.split('.')[0]} `))
    console.error(`These were drawn by another Chromium than this one (${version}), which may be all there is to it.`);
  console.log(`${summary}; ${changed.length} differ${changed.length > 0 ? `, as they are now in ${fresh}` : ''}`);
  process.exitCode = changed.length + violations.length > 0 ? 1 : 0;
} else {
  const rows = values.only === '' ? new Map<string, string>() : await rowsNow();
  for (const [name, own] of Map.groupBy(pictures, (picture) => picture.name)) rows.set(name, rowOf(name, own));
  await write(GALLERY, pictures);
  await writeFile(INDEX, indexPage(rows, version));
  console.log(`${summary}; in ${GALLERY}/`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
