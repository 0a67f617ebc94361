// Reads FAQ files and writes items back into them in the same shape, leaving every other line as it was. Knows no store.

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Item, ItemId } from '../../domain/terms.ts';
import { faqItem, type ItemEntry } from './content-shapes.ts';
import { list } from './listing.ts';
import { SET_UP_FILE } from './set-up.ts';
import { isWhole, readYaml, yamlEntries, yamlList } from './yaml.ts';

/** Says of which version each exported item is, beside the files; not read as content. */
export const VERSIONS_FILE = 'versions.json';

/** Every item of the FAQ files in a folder. `problems` are one English line each. Rejects when there is no such folder. */
export async function readFaqFolder(folder: string): Promise<{ items: Item[]; problems: string[] }> {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const items: Item[] = [];
  for (const path of await faqFiles(folder)) {
    const file = await readYaml(path);
    if (!('at' in file)) problems.push(...file.problems);
    else {
      const listing = list<ItemEntry>(
        file,
        path,
        'item',
        faqItem,
        (problem) => void problems.push(problem),
        undefined,
        seen,
      );
      items.push(...listing.entries.map(({ value }) => value.item));
    }
  }
  return { items, problems };
}

async function faqFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) throw new Error(`There is no folder "${folder}" that can be read.`);
  return names
    .filter((name) => /\.ya?ml$/.test(name) && name !== SET_UP_FILE)
    .sort()
    .map((name) => join(folder, name));
}

/** Which version of an item was exported; empty when the folder does not say. */
export async function readVersions(folder: string): Promise<Record<string, number>> {
  const source = await readFile(join(folder, VERSIONS_FILE), 'utf8').catch(() => '{}');
  const parsed: unknown = JSON.parse(source);
  const pairs = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return Object.fromEntries(pairs.flatMap(([id, n]) => (typeof n === 'number' ? [[id, n]] : [])));
}

/**
 * The FAQ files that these items change, by file name: an item in the place of the one with its id, new ones behind
 * the others by id, retired ones left out. Every other line stays as it stands, unless a list that others share stood
 * in an item that changed: then the whole file is written anew.
 */
export async function faqFilesWith(
  folder: string,
  items: readonly Item[],
  retired: readonly ItemId[],
): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  const home = new Map<string, string>();
  for (const path of await faqFiles(folder)) {
    const source = await readFile(path, 'utf8');
    sources.set(basename(path), source);
    for (const { id } of yamlEntries(source)) home.set(id, basename(path));
  }
  const changed = new Map<string, string>();
  const names = [
    ...items.map((item) => home.get(item.id) ?? `${item.themes[0]}.yaml`),
    ...retired.flatMap((id) => home.get(id) ?? []),
  ];
  for (const name of new Set(names)) {
    const own = items.filter((item) => (home.get(item.id) ?? `${item.themes[0]}.yaml`) === name);
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

/** The keys and their order in content/faq. */
function shapeOf({
  id,
  title,
  variants,
  answer,
  themes,
  audience,
  sources,
  writtenOn,
  reviewedOn,
  status,
  owner,
}: Item) {
  return {
    id,
    question: title,
    ...(variants.length > 0 ? { variants } : {}),
    answer: `${answer.trim()}\n`,
    theme: themes[0],
    audience,
    sources,
    written_on: writtenOn,
    ...(reviewedOn ? { reviewed_on: reviewedOn } : {}),
    status,
    owner,
  };
}
