// Reads one YAML file into plain values and remembers where everything stood, and writes one. Knows no meaning of any file.

import { readFile, stat } from 'node:fs/promises';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml';

const MAX_BYTES = 2 * 1024 * 1024;
/** Far above what people write, far below what an alias bomb needs. */
const MAX_ALIASES = 1000;
/** One slip of the pen often gives a dozen errors; the first few say where to look. */
const MAX_ERRORS_SHOWN = 3;

/** Columns of a line that is written. */
const WIDTH = { lineWidth: 110 };

type Step = PropertyKey;

export type YamlFile = {
  value: unknown;
  /**
   * "file:line" of the value under `path`, or of its nearest parent that exists. With `key` the place of that key
   * in the map under `path`.
   */
  at(path: readonly Step[], key?: string): string;
};

/**
 * Parses a file of at most 2 MB of UTF-8. Never rejects: whatever keeps the file from being used comes back as
 * `problems`, one English line each, starting with the file and where possible line and column.
 */
export async function readYaml(file: string): Promise<YamlFile | { problems: string[] }> {
  let source: string;
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return { problems: [`${file} is ${size} bytes; at most ${MAX_BYTES} are read: split it`] };
    source = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    return { problems: [`${file} cannot be read: ${reason(error)}`] };
  }

  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const shown = faults.slice(0, MAX_ERRORS_SHOWN).map((fault) => {
      const { line, col } = lines.linePos(fault.pos[0]);
      return `${file}:${line}:${col} is not valid YAML: ${fault.message}`;
    });
    return { problems: shown };
  }

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return { problems: [`${file} is not valid YAML: ${reason(error)}`] };
  }
  return {
    value,
    at: (path, key) => `${file}:${lines.linePos(offset(document.contents, path, key)).line}`,
  };
}

/** Values as YAML that a person can read and change, under a line of comment. */
export const asYaml = (value: unknown, comment: string): string => `# ${comment}\n${stringify(value, WIDTH)}`;

/** A list as YAML, as content/ is written. */
export const yamlList = (values: readonly unknown[]): string =>
  stringify(values, { ...WIDTH, blockQuote: 'folded', aliasDuplicateObjects: false });

/** One entry of a list: where its lines begin and end, the same written so that it stands on its own, and whether a text says the same. */
type ListEntry = { id: string; start: number; end: number; alone: string; same(text: string): boolean };

/** The entries of the list that a source holds; none when it holds something else. */
export function yamlEntries(source: string): ListEntry[] {
  const document = parseDocument(source);
  if (!isSeq(document.contents) || document.errors.length > 0) return [];
  const nodes = document.contents.items as Node[];
  const values = document.toJS({ maxAliasCount: MAX_ALIASES }) as { id?: unknown }[];
  const starts = nodes.map((node) => source.lastIndexOf('\n', node.range![0]) + 1);
  return values.map((value, at) => ({
    id: String(value?.id),
    start: starts[at]!,
    end: starts[at + 1] ?? source.length,
    alone: yamlList([value]),
    same: (text) => JSON.stringify(parseDocument(text).toJS()) === JSON.stringify([value]),
  }));
}

/** True when the text can be read, with everything that its entries share. */
export function isWhole(source: string): boolean {
  try {
    const document = parseDocument(source);
    document.toJS({ maxAliasCount: MAX_ALIASES });
    return document.errors.length === 0;
  } catch {
    return false;
  }
}

/** Counts from the key of a map entry, because a block value starts a line below the name people look for. */
function offset(root: Node | null, path: readonly Step[], key?: string): number {
  let node: unknown = root;
  let position = root?.range?.[0] ?? 0;
  for (const step of key === undefined ? path : [...path, key]) {
    if (isAlias(node)) break;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) break;
      position = (pair.key as Node).range?.[0] ?? position;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (!item) break;
      position = item.range?.[0] ?? position;
      node = item;
    } else break;
  }
  return position;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
