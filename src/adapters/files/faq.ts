// Reads files of FAQ items and material and writes items back into them in the same shape, leaving every other line as it was. Knows no store.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item, ItemId } from '../../domain/terms.ts';
import { faqItem, type ItemEntry, material } from './content-shapes.ts';
import { list } from './listing.ts';
import { SET_UP_FILE } from './set-up.ts';
import { isWhole, readYaml, yamlEntries, yamlList } from './yaml.ts';

/** Says of which version each exported item is, beside the files; not read as content. */
export const VERSIONS_FILE = 'versions.json';

/** Lists of material stand in this file and in the folder of the same name. */
const MATERIALS = { file: 'materials.yaml', folder: 'materials', fresh: join('materials', 'from-the-field.yaml') };

/**
 * Every item of the FAQ files in a folder, and of the lists of material beside them. `problems` are one English line
 * each. Rejects when there is no such folder.
 */
export async function readItemFolder(folder: string): Promise<{ items: Item[]; problems: string[] }> {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const items: Item[] = [];
  const faq = (await yamlFiles(folder)).filter((name) => name !== SET_UP_FILE && name !== MATERIALS.file);
  const shelves = [
    { names: faq, shape: faqItem },
    { names: await materialFiles(folder), shape: material },
  ];
  for (const { names, shape } of shelves) {
    for (const path of names.map((name) => join(folder, name))) {
      const file = await readYaml(path);
      if (!('at' in file)) {
        problems.push(...file.problems);
        continue;
      }
      const report = (problem: string) => void problems.push(problem);
      const listing = list<ItemEntry>(file, path, 'item', shape, report, undefined, seen);
      items.push(...listing.entries.flatMap(({ value }) => (value.placeholder ? [] : value.item)));
    }
  }
  return { items, problems };
}

async function yamlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) throw new Error(`There is no folder "${folder}" that can be read.`);
  return names.filter((name) => /\.ya?ml$/.test(name)).sort();
}

/** Under a folder that has them or not. */
async function materialFiles(folder: string): Promise<string[]> {
  const listed = (await yamlFiles(folder)).filter((name) => name === MATERIALS.file);
  const more = await yamlFiles(join(folder, MATERIALS.folder)).catch(() => []);
  return [...listed, ...more.map((name) => join(MATERIALS.folder, name))];
}

/** Which version of an item was exported; empty when the folder does not say. */
export async function readVersions(folder: string): Promise<Record<string, number>> {
  const source = await readFile(join(folder, VERSIONS_FILE), 'utf8').catch(() => '{}');
  const parsed: unknown = JSON.parse(source);
  const pairs = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return Object.fromEntries(pairs.flatMap(([id, n]) => (typeof n === 'number' ? [[id, n]] : [])));
}

/**
 * The files under content/ that these items change, by their name in an export: FAQ items under the name of their file
 * in faq/, material as in content/. An item stands in the place of the one with its id, new ones behind the others by
 * id, retired ones left out. Every other line stays as it stands, unless a list that others share stood in an item that
 * changed: then the whole file is written anew.
 */
export async function itemFilesWith(
  folder: string,
  items: readonly Item[],
  retired: readonly ItemId[],
): Promise<Map<string, string>> {
  const faq = join(folder, 'faq');
  return new Map([
    ...(await filesWith(faq, await yamlFiles(faq), items.filter(isFaq), retired, (item) => `${item.themes[0]}.yaml`)),
    ...(await filesWith(
      folder,
      await materialFiles(folder),
      items.filter((item) => !isFaq(item)),
      retired,
      () => MATERIALS.fresh,
    )),
  ]);
}

const isFaq = ({ kind }: Item): boolean => kind === 'faq';

/** `freshIn` names the file of an item that is in none. */
async function filesWith(
  folder: string,
  files: readonly string[],
  items: readonly Item[],
  retired: readonly ItemId[],
  freshIn: (item: Item) => string,
): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  const home = new Map<string, string>();
  for (const name of files) {
    const source = await readFile(join(folder, name), 'utf8');
    sources.set(name, source);
    for (const { id } of yamlEntries(source)) home.set(id, name);
  }
  const changed = new Map<string, string>();
  const names = [
    ...items.map((item) => home.get(item.id) ?? freshIn(item)),
    ...retired.flatMap((id) => home.get(id) ?? []),
  ];
  for (const name of new Set(names)) {
    const own = items.filter((item) => (home.get(item.id) ?? freshIn(item)) === name);
    const source = sources.get(name) ?? '';
    const written = spliced(source, own, retired);
    if (written !== source) changed.set(name, written);
  }
  return changed;
}

function spliced(source: string, items: readonly Item[], retired: readonly ItemId[]): string {
  const text = splicedWith(source, items, retired, false);
  // What an entry that went shared with others went along: each then has to stand on its own.
  return isWhole(text) ? text : splicedWith(source, items, retired, true);
}

function splicedWith(source: string, items: readonly Item[], retired: readonly ItemId[], alone: boolean): string {
  const left = new Map(items.map((item) => [item.id as string, yamlList([shapeOf(item)])]));
  const gone = new Set<string>(retired);
  const entries = yamlEntries(source);
  const head = source.slice(0, entries[0]?.start ?? source.length);
  const body = entries.map(({ id, start, end, ...entry }) => {
    const next = left.get(id);
    left.delete(id);
    if (gone.has(id)) return '';
    if (next !== undefined && !entry.same(next)) return next;
    return alone ? entry.alone : source.slice(start, end);
  });
  const added = [...left].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return [head, ...body, ...added].join('');
}

/** The keys and their order in content/faq, or of material in content/materials. */
function shapeOf(item: Item) {
  const { id, title, variants, answer, themes, audience, sources, writtenOn, reviewedOn, status, owner } = item;
  const review = { written_on: writtenOn, ...(reviewedOn ? { reviewed_on: reviewedOn } : {}), status, owner };
  if (item.kind === 'material')
    return {
      id,
      title,
      kind: item.materialKind,
      summary: `${answer.trim()}\n`,
      ...(variants.length > 0 ? { keywords: variants } : {}),
      themes,
      audience,
      url: sources[0]?.url,
      ...(item.origin === undefined ? {} : { origin: item.origin }),
      ...review,
    };
  return {
    id,
    question: title,
    ...(variants.length > 0 ? { variants } : {}),
    answer: `${answer.trim()}\n`,
    theme: themes[0],
    audience,
    sources,
    ...review,
  };
}
