// The commands that read and write tables. Parses what was typed and prints; every task lives elsewhere.

import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { loadContent } from '../adapters/files/content.ts';
import { readTable } from '../adapters/files/tables.ts';
import { writeCsv, writeNew, writeSheet } from '../adapters/files/writing.ts';
import { readYaml } from '../adapters/files/yaml.ts';
import { directoryFor } from '../app/figures/demonstration.ts';
import { exportSessions, exportTickets } from '../app/figures/export.ts';
import type { Columns, Mapping } from '../app/import/columns.ts';
import { applyImport, countThere, type Importing, type Plan, planImport } from '../app/import/import.ts';
import { asYaml, planList } from '../app/import/import-lists.ts';
import { withItems } from '../app/knowledge/items.ts';
import { createKnowledgeBase } from '../app/knowledge/knowledge-base.ts';
import type { Clock, Content, Measures, Messenger, Store } from '../app/ports.ts';
import { type App, createApp } from '../app/questions/tickets.ts';
import { schoolYearRange } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';

const words = locale.import;
const IMPORTS = ['registrations', 'sessions', 'contacts', 'centres'] as const;
const EXPORTS = ['tickets', 'sessions'] as const;
const FORMATS = ['csv', 'xlsx'] as const;
/** Readings that are printed. */
const MOST_READINGS = 40;

export type Surroundings = { contentFolder: string; clock: Clock; openStore: () => Promise<Store> };
type ImportOptions = {
  mapping?: string;
  apply?: boolean;
  dryRun?: boolean;
  partial?: boolean;
  schoolYear?: string;
  out?: string;
};
type ExportOptions = { out: string; format: (typeof FORMATS)[number]; schoolYear?: string; withText?: boolean };

/** Adds the commands and returns `import`. What they reject with is a sentence for whoever typed. */
export function addTableCommands(program: Command, around: Surroundings): Command {
  const importing = program
    .command('import')
    .description('take over a table (CSV or .xlsx); shows what would happen, and writes with --apply')
    .argument('<kind>', IMPORTS.join(', '), oneOf(IMPORTS))
    .argument('<file>')
    .option('--mapping <file>', 'YAML with "field: header" lines, for columns that are not recognised')
    .option('--dry-run', 'only show what would happen (this is the default)')
    .option('--apply', 'write; nothing is written when a row is refused')
    .option('--partial', 'write the good rows and leave the refused ones')
    .option('--out <file>', 'for contacts and centres: the YAML file to write, for you to review')
    .option('--school-year <year>', 'for sessions without a date, for example 2022-2023', parseSchoolYear)
    .action(async (kind: (typeof IMPORTS)[number], file: string, options: ImportOptions) => {
      if (options.apply && options.dryRun) throw new Error('Choose --dry-run or --apply, not both.');
      if (kind === 'registrations' || kind === 'sessions') {
        if (options.out) throw new Error('--out is for contacts and centres; use --apply to write.');
        await importTable(around, kind, file, options);
      } else {
        if (options.apply) throw new Error('Contacts and centres are never written into content/; use --out FILE.');
        await importList(around, kind, file, options);
      }
    });

  program
    .command('export')
    .description('write one row per question or session to a new file')
    .argument('<kind>', EXPORTS.join(', '), oneOf(EXPORTS))
    .requiredOption('--out <file>', 'the file to write; it may not exist yet')
    .option('--format <format>', FORMATS.join(', '), oneOf(FORMATS), 'csv')
    .option('--school-year <year>', 'only this school year, for example 2026-2027', parseSchoolYear)
    .option('--with-text', 'add questions, answers, titles and names of requesters: personal data')
    .action(async (kind: (typeof EXPORTS)[number], options: ExportOptions) => exportTable(around, kind, options));
  return importing;
}

/** Content as the helpdesk has it now: what people published and set up, over content/. Rejects with the mistakes in its files. */
async function standingContent({ contentFolder }: Surroundings, store: Store): Promise<Content> {
  const { content, problems } = await withItems(await loadContent(contentFolder), store);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return content;
}

async function exportTable(around: Surroundings, kind: (typeof EXPORTS)[number], options: ExportOptions) {
  const { schoolYear, out, format } = options;
  const store = await around.openStore();
  try {
    const named = await directoryFor(store, await standingContent(around, store));
    const exporting = { content: named, withText: options.withText === true, ...(schoolYear ? { schoolYear } : {}) };
    const { header, rows } = (kind === 'tickets' ? exportTickets : exportSessions)(store, exporting);
    const count =
      format === 'csv'
        ? await writeCsv(out, header, rows)
        : await writeSheet(out, words.export.sheets[kind], header, rows);
    console.log(words.export.done(count, out));
  } finally {
    store.close();
  }
}

async function importTable(around: Surroundings, kind: Importing['kind'], file: string, options: ImportOptions) {
  const mapping = options.mapping ? await readMapping(options.mapping) : undefined;
  const schoolYear = options.schoolYear ?? schoolYearIn(basename(file));
  const table = await readTable(file);
  const store = await around.openStore();
  try {
    const content = await standingContent(around, store);
    const plan = await planImport(table.rows, {
      kind,
      content,
      now: around.clock.now(),
      ...(mapping ? { mapping } : {}),
      ...(schoolYear ? { schoolYear } : {}),
      progress: (count) => console.error(words.progress.read(count)),
    });
    const there = await countThere(store, plan.entries);
    console.log(describe(plan, kind, basename(file), there, content));
    for (const warning of table.warnings) console.log(`! ${warning}`);
    const refused = plan.refused.length > 0 && !options.partial;
    if (refused) process.exitCode = 1;
    if (!options.apply) console.log(words.plan.dryRun);
    else if (refused) console.log(words.plan.refusal(plan.refused.length));
    else {
      const app = await quietApp(around, store);
      const done = await applyImport(app, plan.entries, (count, of) =>
        console.error(words.progress.written(count, of)),
      );
      console.log(words.plan.applied(done.added, done.there));
    }
  } finally {
    store.close();
  }
}

/** What a command works with: it tells nobody anything, a running helpdesk does. */
export async function quietApp({ contentFolder, clock }: Surroundings, store: Store): Promise<App> {
  const knowledge = await createKnowledgeBase(
    async () => withItems(await loadContent(contentFolder), store),
    console.error,
  );
  return createApp({ store, knowledge, measures: uncounted, clock, messenger: nobody, log: quiet });
}

/** The YAML goes to standard output or to a new file; what is said about it to standard error. */
async function importList(around: Surroundings, kind: 'contacts' | 'centres', file: string, options: ImportOptions) {
  const { content, problems } = await loadContent(around.contentFolder);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const mapping = options.mapping ? await readMapping(options.mapping) : undefined;
  const table = await readTable(file);
  const plan = await planList(table.rows, { kind, content, ...(mapping ? { mapping } : {}) });
  const say = words.plan;
  const counts: [string, number][] = [
    [say.read, plan.read],
    [say.refused, plan.refused.length],
    [say.empty, plan.empty],
  ];
  const lines = [
    say.title(say.kinds[kind], basename(file)),
    ...describeColumns(plan.columns),
    '',
    ...columns(counts.map(([label, count]) => [label, String(count)])),
    ...describeRefused(plan.refused),
    ...table.warnings.map((warning) => `! ${warning}`),
  ];
  console.error(`${lines.join('\n')}\n`);
  if (plan.refused.length > 0 && !options.partial) {
    process.exitCode = 1;
    console.error(say.refusal(plan.refused.length));
    return;
  }
  const yaml = asYaml(plan.entries);
  if (options.out) {
    await writeNew(options.out, yaml);
    console.error(say.written(options.out));
  } else process.stdout.write(yaml);
  console.error(say.review);
}

/** Nor does it count. */
const uncounted: Measures = {
  figures: () => Promise.reject(new Error('an import counts nothing')),
  earliest: () => Promise.reject(new Error('an import counts nothing')),
  tickets: () => Promise.reject(new Error('an import counts nothing')),
};
/** An import tells nobody anything. */
const nobody: Messenger = {
  post: async () => ({ outcome: 'unreachable' }),
  update: async () => ({ outcome: 'unreachable' }),
  open: async () => undefined,
  member: async () => undefined,
};
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function readMapping(file: string): Promise<Mapping> {
  const read = await readYaml(file);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(words.file.mappingShape);
  return Object.fromEntries(
    Object.entries(value).map(([field, header]) => {
      if (typeof header !== 'string' && typeof header !== 'number') throw new Error(words.file.mappingShape);
      return [field, String(header)];
    }),
  );
}

/** "helpdesk-live-2022-2023.csv" says it itself. */
function schoolYearIn(name: string): string | undefined {
  const [, from, to] = /(20\d\d)\s?[-_]\s?(20\d\d)/.exec(name) ?? [];
  return from && Number(to) === Number(from) + 1 ? `${from}-${to}` : undefined;
}

function describe(plan: Plan, kind: Importing['kind'], file: string, there: number, content: Content): string {
  const say = words.plan;
  const out = [say.title(say.kinds[kind], file), ...describeColumns(plan.columns)];
  const counts: [string, number][] = [
    [say.read, plan.read],
    [say.add, plan.entries.length - there],
    [say.there, there],
    [say.refused, plan.refused.length],
    [say.empty, plan.empty],
    [say.masked, plan.masked],
  ];
  out.push('', ...columns(counts.map(([label, count]) => [label, String(count)])));
  for (const { heading, rows } of splits(plan, kind, content))
    if (rows.length > 1) out.push('', heading, ...columns(rows));
  if (plan.readings.size > 0) {
    const some = [...plan.readings].slice(0, MOST_READINGS);
    out.push('', say.readings, ...columns(some.map(([typed, name]) => [typed, `→ ${name}`])));
    if (plan.readings.size > some.length) out.push('  …');
  }
  return `${[...out, ...describeRefused(plan.refused)].join('\n')}\n`;
}

function describeColumns({ found, ignored }: Columns): string[] {
  const lines = columns(found.map(({ field, source }) => [words.fields[field], `← ${source}`]));
  return ['', words.plan.columns, ...lines, ...(ignored.length > 0 ? [words.plan.ignored(ignored)] : [])];
}

/** Every refused row, with all that is wrong with it. */
function describeRefused(refused: Plan['refused']): string[] {
  if (refused.length === 0) return [];
  const lines = refused.map(({ line, reasons }) => `  ${words.plan.row(line)}: ${reasons.join('; ')}`);
  return ['', words.plan.refusedRows, ...lines];
}

/** What the entries add up to, the first row of each table being its header. */
function splits({ entries }: Plan, kind: Importing['kind'], content: Content): { heading: string; rows: string[][] }[] {
  const say = words.plan;
  if (kind === 'registrations') {
    const some = entries.flatMap((entry) => (entry.kind === 'registration' ? [entry.registration] : []));
    const split = (heading: string, idOf: (one: (typeof some)[number]) => string) => ({
      heading,
      rows: [
        ['', words.plan.kinds.registrations, words.fields.minutes],
        ...[...Map.groupBy(some, idOf)].map(([id, group]) => [
          id,
          String(group.length),
          String(group.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)),
        ]),
      ],
    });
    return [
      split(say.byChannel, ({ channel }) => locale.channel[channel]),
      split(say.byTheme, ({ theme }) => content.themes.find(({ id }) => id === theme)?.name ?? say.noTheme),
    ];
  }
  const records = entries.flatMap((entry) => (entry.kind === 'session' ? [entry.record] : []));
  const row = (label: string, group: typeof records): string[] => [
    label,
    String(group.reduce((sum, { sessions }) => sum + sessions, 0)),
    String(group.reduce((sum, { participants }) => sum + participants, 0)),
  ];
  return [
    {
      heading: say.byProgramme,
      rows: [
        ['', words.fields.sessions, words.fields.participants],
        ...[...Map.groupBy(records, ({ programme }) => programme)].map(([programme, group]) => row(programme, group)),
        row(say.total, records),
      ],
    },
  ];
}

/** Lines with the columns under each other; figures to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const numeric = widths.map((_, at) => at > 0 && rows.slice(-1).every((row) => /^\d+$/.test(row[at] ?? '')));
  return rows.map(
    (row) =>
      `  ${row
        .map((text, at) => (numeric[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!)))
        .join('  ')
        .trimEnd()}`,
  );
}

/** Parses an option that must be one of these words. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  return (typed: string): Value => {
    const found = values.find((value) => value === typed);
    if (!found) throw new InvalidArgumentError(`choose from ${values.join(', ')}`);
    return found;
  };
}

/** Parses an option that must be a school year, "2026-2027". */
export function parseSchoolYear(typed: string): string {
  try {
    schoolYearRange(typed);
    return typed;
  } catch {
    throw new InvalidArgumentError('write two consecutive years, for example 2026-2027');
  }
}
