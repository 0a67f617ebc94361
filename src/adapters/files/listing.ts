// Turns the entries of one YAML file into checked values and names the line of each mistake. Knows no particular file.

import type { z } from 'zod/v4';
import { predicate } from './content-shapes.ts';
import type { YamlFile } from './yaml.ts';

export type Report = (problem: string) => void;
/** An entry of the right shape, what a report calls it, and where its parts stand. */
type Entry<Value> = { value: Value; label: string; at(...path: PropertyKey[]): string };
/**
 * `knows` is also true of an entry that was refused, and of any id when the file cannot be read: that mistake is
 * reported already, and not once more for everything that refers to it.
 */
export type Listing<Value> = { noun: string; home: string; entries: Entry<Value>[]; knows(id: string): boolean };

/** The whole file as one value; undefined when it could not be read or has the wrong shape, which is then reported. */
export function one<Value>(file: YamlFile | undefined, shape: z.ZodType<Value>, report: Report): Value | undefined {
  if (!file) return undefined;
  const parsed = shape.safeParse(file.value, { error: predicate });
  if (parsed.success) return parsed.data;
  reportIssues(parsed.error.issues, file, [], '', report);
  return undefined;
}

/** Entries of the list at the top of the file, or under `key`. `seen` spans files that share their ids. */
export function list<Value>(
  file: YamlFile | undefined,
  home: string,
  noun: string,
  shape: z.ZodType<Value>,
  report: Report,
  key?: string,
  seen: Map<string, string> = new Map(),
): Listing<Value> {
  if (!file) return { noun, home, entries: [], knows: () => true };
  const base = key === undefined ? [] : [key];
  const rows = key === undefined ? file.value : (file.value as Record<string, unknown> | null)?.[key];
  const entries: Entry<Value>[] = [];
  const ids = new Set<string>();
  if (!Array.isArray(rows)) {
    if (key === undefined) report(`${file.at([])} must be a list of ${noun}s, each starting with "- "`);
    return { noun, home, entries, knows: () => true };
  }
  for (const [index, row] of rows.entries()) {
    const path = [...base, index];
    const id = (row as { id?: unknown } | null)?.id;
    const label = typeof id === 'string' ? `${noun} "${id}"` : `${noun} ${index + 1}`;
    if (typeof id === 'string') {
      ids.add(id);
      const first = seen.get(id);
      if (first) {
        report(`${file.at(path)} ${label} exists already at ${first}; the first one is kept`);
        continue;
      }
      seen.set(id, file.at(path));
    }
    const parsed = shape.safeParse(row, { error: predicate });
    if (parsed.success) entries.push({ value: parsed.data, label, at: (...steps) => file.at([...path, ...steps]) });
    else reportIssues(parsed.error.issues, file, path, label, report);
  }
  return { noun, home, entries, knows: (id) => ids.has(id) };
}

/** One line each: file and line, the label of the entry, the field and what is wrong with it. */
export function reportIssues(
  issues: z.core.$ZodIssue[],
  file: YamlFile,
  base: PropertyKey[],
  label: string,
  report: Report,
): void {
  const say = (place: string, field: string, what: string) =>
    report(`${place} ${[label && `${label}:`, field && `"${field}"`, what].filter(Boolean).join(' ')}`);
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) say(file.at(path, key), [...issue.path, key].join('.'), issue.message);
    } else say(file.at(path), issue.path.join('.'), issue.message);
  }
}

export function values<Value>(listing: Listing<Value>): Value[] {
  return listing.entries.map((entry) => entry.value);
}

/** False, and reported, when nothing called `id` was ever written. */
export function refers(
  from: Entry<unknown>,
  path: PropertyKey[],
  to: Listing<unknown>,
  id: string,
  report: Report,
): boolean {
  if (to.knows(id)) return true;
  report(`${from.at(...path)} ${from.label}: unknown ${to.noun} "${id}" (known ${to.noun}s are in ${to.home})`);
  return false;
}
