// The commands of the quality team. Parses what was typed and prints; every task lives elsewhere.

import { extname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { loadContent } from '../adapters/files/content.ts';
import { pageOf } from '../adapters/files/web-page.ts';
import { wordOf } from '../adapters/files/word.ts';
import { bookOf, writeNew } from '../adapters/files/writing.ts';
import { prepareAnnualReport } from '../app/figures/annual-report.ts';
import { demonstrate, demonstrationSays } from '../app/figures/demonstration.ts';
import type { Document } from '../app/figures/document.ts';
import { prepareNewsletter } from '../app/figures/newsletter.ts';
import { withItems } from '../app/knowledge/items.ts';
import { createKnowledgeBase } from '../app/knowledge/knowledge-base.ts';
import type { Content, KnowledgeBase, Measures, Store } from '../app/ports.ts';
import { TOPIC_FORMATS, type TopicFormat, topicsReport } from '../app/topics/topics-report.ts';
import { schoolYearOf } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import { oneOf, parseSchoolYear, type Surroundings } from './tables.ts';

const FORMATS: Record<string, (document: Document) => Promise<Uint8Array>> = { '.docx': wordOf, '.xlsx': bookOf };
/** The calendar of content/ has no school holidays before these. */
const MOST_SCHOOL_YEARS = 3;

/** What counts, beside the store that it follows. */
type Figures = {
  store: Store;
  measures: Measures & { follow: () => Promise<unknown> };
  close: () => Promise<void>;
};
type QualitySurroundings = Surroundings & { local: boolean; openFigures: () => Promise<Figures> };

/** Adds the commands. What they reject with is a sentence for whoever typed. */
export function addQualityCommands(program: Command, around: QualitySurroundings): void {
  program
    .command('seed')
    .description('fill an empty store with a fictional helpdesk to look at; local mode only')
    .option('--school-years <n>', `whole school years before the running one, 1 to ${MOST_SCHOOL_YEARS}`, years, 2)
    .option('--seed <word>', 'another word gives other data, the same word the same', '1')
    .action(async ({ schoolYears, seed }: { schoolYears: number; seed: string }) => {
      const say = locale.demonstration.said;
      if (!around.local) throw new Error(say.notLocal);
      const content = await wholeContent(around.contentFolder);
      const store = await around.openStore();
      try {
        const progress = (done: number, of: number) => console.error(say.progress(done, of));
        const done = await demonstrate({ store, content, now: around.clock.now(), seed, schoolYears, progress });
        if (done.outcome === 'refused') throw new Error(done.why);
        console.log(demonstrationSays(done));
      } finally {
        store.close();
      }
    });

  program
    .command('topics')
    .description('print what keeps coming back in a school year, and what was decided about it')
    .option('--school-year <year>', 'for example 2026-2027', parseSchoolYear, schoolYearOf(around.clock.now()))
    .option('--format <format>', TOPIC_FORMATS.join(', '), oneOf(TOPIC_FORMATS), 'table')
    .action(async ({ schoolYear, format }: { schoolYear: string; format: TopicFormat }) => {
      const store = await around.openStore();
      try {
        const knowledge = await openKnowledge(around, store);
        console.log(await topicsReport({ store, knowledge, clock: around.clock, log }, schoolYear, format));
      } finally {
        store.close();
      }
    });

  program
    .command('newsletter')
    .description("write the draft of a service's newsletter of a month to a new file, to edit")
    .requiredOption('--month <month>', 'for example 2026-10', parseMonth)
    .requiredOption('--out <file>', 'the file to write, ending in .html or .docx; it may not exist yet')
    .option('--service <service>', 'its id; the first one of content/ unless told')
    .action((options: { month: string; out: string; service?: string }) => writeNewsletter(around, options));

  program
    .command('annual-report')
    .description('write the annual report of a school year to a new file')
    .requiredOption('--school-year <year>', 'for example 2025-2026', parseSchoolYear)
    .requiredOption('--out <file>', 'the file to write, ending in .docx or .xlsx; it may not exist yet')
    .option('--service <service>', 'the id of one, to publish; of all together it is for the quality team')
    .action((options: { schoolYear: string; out: string; service?: string }) => writeAnnualReport(around, options));
}

/** Rejects with a sentence when the file exists, the year cannot be reported on, or the name says no format. */
async function writeAnnualReport(
  around: QualitySurroundings,
  { schoolYear, out, service }: { schoolYear: string; out: string; service?: string },
): Promise<void> {
  const format = FORMATS[extname(out).toLowerCase()];
  if (!format) throw new Error(locale.report.annual.refused.format(out));
  const { store, measures, close } = await around.openFigures();
  try {
    const knowledge = await openKnowledge(around, store);
    await measures.follow();
    const { services } = knowledge.content();
    const one = services.find(({ id }) => id === service);
    if (service !== undefined && !one)
      throw new Error(locale.report.newsletter.refused.service(services.map(({ id }) => id)));
    const app = { store, knowledge, measures, clock: around.clock, log };
    const report = await prepareAnnualReport(app, schoolYear, one ? { services: [one.id] } : {});
    if (!report.ok) throw new Error(report.refusal);
    await writeNew(out, await format(report.value));
    console.log(locale.report.annual.written(schoolYear, out));
  } finally {
    await close();
  }
}

const PAGES: Record<string, (document: Document) => Promise<Uint8Array> | string> = {
  '.docx': wordOf,
  '.html': pageOf,
};

async function writeNewsletter(
  around: QualitySurroundings,
  { month, out, service }: { month: string; out: string; service?: string },
): Promise<void> {
  const format = PAGES[extname(out).toLowerCase()];
  if (!format) throw new Error(locale.report.newsletter.refused.format(out));
  const store = await around.openStore();
  try {
    const knowledge = await openKnowledge(around, store);
    const draft = await prepareNewsletter({ store, knowledge, clock: around.clock, log }, month, service);
    if (!draft.ok) throw new Error(draft.refusal);
    await writeNew(out, await format(draft.value));
    console.log(locale.report.newsletter.written(month, out));
  } finally {
    store.close();
  }
}

function parseMonth(typed: string): string {
  if (/^20\d\d-(0[1-9]|1[0-2])$/.test(typed)) return typed;
  throw new InvalidArgumentError('write a year and a month, for example 2026-10');
}

const log = { debug: () => {}, info: () => {}, warn: console.error, error: console.error };

/** With what people published and set up over content/, so that themes have the names of now. */
function openKnowledge({ contentFolder }: Surroundings, store: Store): Promise<KnowledgeBase> {
  const say = (problems: string[]) => problems.forEach((problem) => void console.error(problem));
  return createKnowledgeBase(async () => withItems(await loadContent(contentFolder), store), say);
}

async function wholeContent(folder: string): Promise<Content> {
  const { content, problems } = await loadContent(folder);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return content;
}

function years(typed: string): number {
  const n = Number(typed);
  if (Number.isInteger(n) && n >= 1 && n <= MOST_SCHOOL_YEARS) return n;
  throw new InvalidArgumentError(`give a whole number from 1 to ${MOST_SCHOOL_YEARS}`);
}
