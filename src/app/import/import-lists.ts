// Turns a table of centres or contacts into entries for content/, for a person to review. Knows no file and writes nothing.

import { searchableCentres, searchableThemes } from '../../domain/registration-line.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';
import { bareWords, type Row, readName } from './cells.ts';
import { type Columns, type Field, findColumns, isEmpty, type Layout, type Mapping, type Reading } from './columns.ts';

const words = locale.import;

/** One entry of a content file, with the keys of that file. */
type Entry = { id: string } & Record<string, unknown>;
export type ListPlan = {
  columns: Columns;
  read: number;
  empty: number;
  entries: Entry[];
  refused: { line: number; reasons: string[] }[];
};
export type ListImport = { kind: 'contacts' | 'centres'; content: Content; mapping?: Mapping };

const LAYOUTS: Record<ListImport['kind'], Layout> = {
  centres: { needed: ['name', 'region', 'province'], optional: ['id', 'kind', 'cluster'] },
  contacts: { needed: ['role', 'email'], optional: ['id', 'service', 'themes', 'substitute', 'centre'] },
};

/**
 * Entries with the id that content/ has for the same name or e-mail address, and a new id otherwise. Throws ImportError
 * when the table as a whole cannot be used.
 */
export async function planList(rows: AsyncIterable<Row>, { kind, content, mapping }: ListImport): Promise<ListPlan> {
  const all = await Array.fromAsync(rows);
  const { columns, at } = findColumns(all, LAYOUTS[kind], mapping);
  const filled = all.slice(at + 1).filter((row) => !isEmpty(row));
  const understood = filled.map((row) => {
    const reading = columns.read(row);
    const whole = reading.reasons.length === 0;
    return { reading, entry: whole ? (kind === 'centres' ? centreOf : contactOf)(reading, content) : undefined };
  });
  refuseTwice(understood);
  if (kind === 'contacts') settleSubstitutes(understood, content);
  return {
    columns,
    read: filled.length,
    empty: all.length - at - 1 - filled.length,
    entries: understood.flatMap(({ entry, reading }) => (entry && reading.reasons.length === 0 ? [entry] : [])),
    refused: understood.flatMap(({ reading: { line, reasons } }) => (reasons.length > 0 ? [{ line, reasons }] : [])),
  };
}

type Understood = { reading: Reading; entry: Entry | undefined };

function centreOf(row: Reading, content: Content): Entry {
  const name = needed(row, 'name');
  const known = content.centres.find((centre) => sameId(row, centre.id) || bareWords(centre.name) === bareWords(name));
  const kind = bareWords(row.text('kind') || known?.kind || name);
  return {
    id: known?.id ?? slug(row.text('id') || name),
    name,
    kind: kind.split(' ').includes('clb') ? 'clb' : 'school',
    region: needed(row, 'region'),
    province: needed(row, 'province'),
    ...(row.text('cluster') ? { cluster: row.text('cluster') } : {}),
  };
}

function contactOf(row: Reading, content: Content): Entry {
  const role = needed(row, 'role');
  const email = needed(row, 'email').toLowerCase();
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/.test(email)) row.reasons.push(words.reason.notAnEmail(email));
  const known = content.contacts.find(
    (contact) => sameId(row, contact.id) || contact.email === email || bareWords(contact.role) === bareWords(role),
  );
  const themes = namesIn(row, 'themes', content.themes, searchableThemes(content.themes));
  const centres = namesIn(row, 'centre', content.centres, searchableCentres(content.centres));
  const services = content.services.map(({ id, name }) => ({
    id,
    texts: [id, name].map((text) => ({ text, weight: 1 })),
  }));
  const [typed] = namesIn(row, 'service', content.services, services);
  const service = typed ?? known?.service ?? content.themes.find(({ id }) => id === themes[0])?.service;
  if (!service && row.reasons.length === 0) row.reasons.push(words.reason.missing(words.fields.service));
  return {
    id: known?.id ?? slug(row.text('id') || role),
    role,
    service,
    themes,
    email,
    ...(centres.length > 0 ? { centres } : {}),
    ...(known && known.absences.length > 0 ? { absent: known.absences } : {}),
  };
}

/** Ids of the names between `,`, `;`, `|` and line ends; a name that has a comma in it may stand alone. */
function namesIn<Id extends string>(
  row: Reading,
  field: Field,
  list: readonly { id: Id; name: string }[],
  searchable: Parameters<typeof readName>[3],
): Id[] {
  const typed = row.text(field);
  const label = words.fields[field];
  const exact = list.find(({ name }) => bareWords(name) === bareWords(typed));
  if (exact) return [exact.id];
  const ids = typed
    .split(/[,;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const found = readName(part, label, list, searchable);
      if ('id' in found) return [found.id];
      row.reasons.push(found.reason);
      return [];
    });
  return [...new Set(ids)];
}

function refuseTwice(understood: Understood[]): void {
  const seen = new Set<string>();
  for (const { reading, entry } of understood) {
    if (!entry) continue;
    if (seen.has(entry.id)) reading.reasons.push(words.reason.twice(words.fields.id, entry.id));
    seen.add(entry.id);
  }
}

/** A substitute may stand further down in the file, or only in content/. */
function settleSubstitutes(understood: Understood[], content: Content): void {
  const people = [...understood.flatMap(({ entry }) => entry ?? []), ...content.contacts];
  for (const { reading, entry } of understood) {
    const typed = reading.text('substitute');
    if (!entry || typed === '') continue;
    const names = (one: Entry | Content['contacts'][number]) =>
      [one.id, String(one.role), String(one.email)].map(bareWords);
    const found = people.find((one) => one.id !== entry.id && names(one).includes(bareWords(typed)));
    if (found) entry.backup = found.id;
    else reading.reasons.push(words.reason.unknown(words.fields.substitute, typed));
  }
}

const sameId = (row: Reading, id: string): boolean => row.text('id') === id;

function needed(row: Reading, field: Field): string {
  const typed = row.text(field);
  if (typed === '') row.reasons.push(words.reason.missing(words.fields[field]));
  return typed;
}

const slug = (text: string): string => bareWords(text).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '');

/** The entries as YAML, one line each, in the form that content/ has. */
export function asYaml(entries: readonly Entry[]): string {
  return entries
    .map((entry) => {
      const pairs = Object.entries(entry).filter(([, value]) => value !== undefined);
      return `- {${pairs.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')}}\n`;
    })
    .join('');
}
