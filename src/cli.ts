// The command line: ask, reload, report. Parses what was typed and prints; every task lives elsewhere.

import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { loadContent } from './adapters/files/content.ts';
import { openStore as open, sqliteFile } from './adapters/storage/open.ts';
import { openReadModel } from './adapters/storage/read-model.ts';
import { REPORT_FORMATS, type ReportFormat, report } from './app/figures/statistics.ts';
import { withItems } from './app/knowledge/items.ts';
import { createKnowledgeBase, reloadResult, requestReload } from './app/knowledge/knowledge-base.ts';
import { allLearned } from './app/knowledge/wordings.ts';
import type { Clock, KnowledgeBase } from './app/ports.ts';
import { addCaseCommands } from './cli/cases.ts';
import { addContentCommands } from './cli/content.ts';
import { addDataCommands } from './cli/data.ts';
import { addMaterialCommand } from './cli/material.ts';
import { addOperationsCommands } from './cli/operations.ts';
import { addQualityCommands } from './cli/quality.ts';
import { addTableCommands, oneOf, parseSchoolYear } from './cli/tables.ts';
import { noteCommands } from './cli/trail.ts';
import { readFolders } from './config.ts';
import { findRoute } from './domain/routing.ts';
import { AUDIENCES, type Audience } from './domain/terms.ts';
import { regulationOf } from './domain/upkeep.ts';
import { brusselsDay, schoolYearOf } from './domain/working-time.ts';
import { locale, speak } from './locale/locale.ts';

/** How often a long command says how far it is. */
const PROGRESS_EVERY = 10_000;
const clock: Clock = { now: Date.now };
const folders = settingsOrExit();
speak(folders.language);
// Whoever reads along may have seen enough, as in `| head`: what was begun is still finished.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

export const program = new Command('helpdesk')
  .description('Ask the index, reload content and report on a helpdesk that runs here.')
  // So that an option belongs to the command behind which it stands: "import" and "import material" share some.
  .enablePositionalOptions()
  .showHelpAfterError();

program
  .command('ask')
  .description('answer a question from the index, as the bot would')
  .argument('<question...>')
  .option('--json', 'print one JSON object')
  .option('--explain', 'print what the answer rests on: words and their parts, scores per channel, probability')
  .option('--audience <audience>', `who asks: ${AUDIENCES.join(', ')}`, oneOf(AUDIENCES))
  .action(async (words: string[], options: { json?: boolean; explain?: boolean; audience?: Audience }) => {
    const knowledge = await openKnowledge();
    if (options.explain) {
      console.log(explained(knowledge, words.join(' '), options.audience));
      return;
    }
    const found = look(knowledge, words.join(' '), options.audience);
    console.log(options.json ? JSON.stringify(found.json) : found.text);
  });

program
  .command('reload')
  .description('make every running process load content/ again; nothing is replaced when there are mistakes')
  .action(async () => {
    const store = await openStore();
    const requestedAt = await requestReload(store, clock);
    const deadline = Date.now() + 20_000;
    for (;;) {
      const result = await reloadResult(store, requestedAt);
      if (result) {
        for (const problem of result.problems) console.error(problem);
        if (result.problems.length > 0)
          fail(`Nothing was replaced: mend the ${result.problems.length} mistake(s) above and reload again.`);
        console.log(`Reloaded: ${result.items} items.`);
        break;
      }
      if (Date.now() > deadline)
        fail(`No running helpdesk answered within 20 s. Start it with the same DATA_DIR (${folders.dataFolder}).`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    store.close();
  });

program
  .command('report')
  .description('print the figures of a school year')
  .option('--school-year <year>', 'for example 2026-2027', parseSchoolYear, schoolYearOf(clock.now()))
  .option('--format <format>', REPORT_FORMATS.join(', '), oneOf(REPORT_FORMATS), 'table')
  .action(async (options: { schoolYear: string; format: ReportFormat }) => {
    const { store, content, measures, close } = await openFigures();
    await measures.follow();
    console.log(await report({ store, measures }, content, options.schoolYear, options.format));
    await close();
  });

program
  .command('rebuild')
  .description('count everything again from the first question on; figures stay as they are until it is done')
  .action(async () => {
    const { measures, close } = await openFigures();
    let told = 0;
    await measures.rebuild((read) => {
      if (read < told + PROGRESS_EVERY) return;
      told = read;
      console.error(`${read} documents read`);
    });
    await close();
    console.log('The figures were counted again.');
  });

const surroundings = { contentFolder: folders.contentFolder, clock, openStore };
addMaterialCommand(addTableCommands(program, surroundings), surroundings);
addContentCommands(program, surroundings);
addCaseCommands(program, surroundings);
addQualityCommands(program, { ...surroundings, local: folders.local, openFigures });
addDataCommands(program, { ...surroundings, terms: folders.terms });
addOperationsCommands(program, { folders, clock });
noteCommands(program, { clock, openStore });

function openStore() {
  return open(folders.store, clock, console.error);
}

/** Follows the same file as a helpdesk that runs here. */
async function openFigures() {
  const store = await openStore();
  const { content, problems } = await withItems(await loadContent(folders.contentFolder), store);
  for (const problem of problems) console.error(problem);
  const folder = folders.dataFolder;
  const measures = openReadModel({ folder, store, content: () => content, clock, onFault: console.error });
  const close = async () => {
    await measures.close();
    store.close();
  };
  return { store, content, measures, close };
}

function settingsOrExit() {
  try {
    return readFolders();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** What requesters get: content/ with what people published and confirmed over it, when there is a store. */
async function openKnowledge(): Promise<KnowledgeBase> {
  const { store: settings, contentFolder } = folders;
  const held = settings.kind !== 'sqlite' || existsSync(sqliteFile(settings.folder));
  const store = held ? await openStore() : undefined;
  try {
    return await createKnowledgeBase(
      async () => {
        const loaded = await loadContent(contentFolder);
        return store ? withItems(loaded, store) : loaded;
      },
      (problems) => {
        for (const problem of problems) console.error(problem);
      },
      async () => (store ? allLearned(store, clock.now()) : new Map()),
    );
  } finally {
    store?.close();
  }
}

function explained(knowledge: KnowledgeBase, question: string, audience: Audience | undefined): string {
  const { answer, probability, terms, signals, ranked } = knowledge.explain({
    text: question,
    ...(audience ? { audience } : {}),
  });
  const figures = (given: Record<string, number>): string =>
    Object.entries(given)
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => `${name} ${value.toFixed(2)}`)
      .join(', ');
  return [
    `decision     ${answer.decision} (probability ${probability.toFixed(2)})`,
    `themes       ${answer.themes.map(({ id, confidence }) => `${id} ${confidence.toFixed(2)}`).join(', ')}`,
    `terms        ${terms.map(({ text, stem, weight, source }) => `${text} (${stem}) ${weight.toFixed(2)} ${source}`).join('\n             ')}`,
    `signals      ${figures(signals)}`,
    ...ranked.map(
      ({ item, score, features, foreign, apart }, index) =>
        `${String(index + 1).padStart(2)} ${score.toFixed(3)}  ${item.id}${foreign ? ' (other audience)' : ''}${apart ? ' (apart)' : ''}: ${figures(features)}`,
    ),
  ].join('\n');
}

function look(knowledge: KnowledgeBase, question: string, audience: Audience | undefined) {
  const content = knowledge.content();
  const answer = knowledge.answer({ text: question, ...(audience ? { audience } : {}) });
  const [theme] = answer.themes;
  const job = content.functions.find((known) => known.audience === audience)?.id;
  const route = findRoute(content, { theme: theme?.id, function: job }, brusselsDay(clock.now()));
  const contact = content.contacts.find(({ id }) => id === route.contact);
  const lines = answer.items.flatMap(({ item, score }, index) => {
    const flag = regulationOf(item, content.regulations);
    return answer.decision === 'answer' && index === 0
      ? [
          item.title,
          '',
          item.answer.trim(),
          '',
          ...(flag ? [locale.answer.regulation(flag.changedOn, flag.url), ''] : []),
          locale.answer.sources,
          ...item.sources.map(({ title, url }) => `- ${title}: ${url}`),
          '',
        ]
      : [`${answer.decision === 'answer' ? '·' : '-'} ${item.title} (${score.toFixed(2)})`];
  });
  const heading = { answer: [], unsure: [locale.answer.unsure], none: [locale.answer.none] }[answer.decision];
  return {
    json: {
      decision: answer.decision,
      items: answer.items.map(({ item, score }) => ({ id: item.id, title: item.title, score })),
      theme: theme ?? null,
      service: route.service,
      contact: route.contact,
    },
    text: [...heading, ...lines, contact ? locale.answer.contact(contact.role) : ''].join('\n'),
  };
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

if (import.meta.main) {
  try {
    await program.parseAsync();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
