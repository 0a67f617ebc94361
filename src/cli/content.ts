// The commands for those who look after content: look it over, and see or remove what was learnt. Parses and prints.

import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { loadContent } from '../adapters/files/content.ts';
import { itemFilesWith, readItemFolder, readVersions, VERSIONS_FILE } from '../adapters/files/faq.ts';
import { readSetUpFile, SET_UP_FILE, setUpYaml } from '../adapters/files/set-up.ts';
import { writeNew } from '../adapters/files/writing.ts';
import { checkLinks } from '../adapters/links.ts';
import { lintContent } from '../app/knowledge/content-lint.ts';
import { applyItemImport, exportItems, planItemImport } from '../app/knowledge/item-files.ts';
import { withItems } from '../app/knowledge/items.ts';
import { createKnowledgeBase } from '../app/knowledge/knowledge-base.ts';
import { keepLinks, linksReport } from '../app/knowledge/upkeep.ts';
import { listWordings, removeWording } from '../app/knowledge/wordings.ts';
import type { Clock, Content, Store } from '../app/ports.ts';
import { applySetUpImport, exportSetUp, planSetUpImport, type SetUpEntry } from '../app/set-up/files.ts';
import { pageOf } from '../domain/upkeep.ts';
import { locale } from '../locale/locale.ts';
import type { Surroundings } from './tables.ts';

/** Adds the commands. What they reject with is a sentence for whoever typed. */
export function addContentCommands(program: Command, { contentFolder, clock, openStore }: Surroundings): void {
  program
    .command('lint-content')
    .description(
      'look content/ over: what is not found, draws the wrong question or is there twice; exit code 1 on errors',
    )
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const loaded = await loadContent(contentFolder);
      for (const problem of loaded.problems) console.error(problem);
      const report = lintContent(
        await createKnowledgeBase(
          async () => loaded,
          () => {},
        ),
      );
      const errors = report.findings.filter(({ severity }) => severity === 'error').length;
      const say = locale.lint;
      if (json) console.log(JSON.stringify(report));
      else {
        for (const { severity, about, what } of report.findings)
          console.log(say.line(say.severity[severity], about, what));
        console.log(say.total(report.items, report.wordings, errors, report.findings.length - errors));
      }
      if (errors + loaded.problems.length > 0) process.exitCode = 1;
    });

  addItemCommands(program, { contentFolder, clock, openStore });

  const wordings = program.command('wordings').description('how people asked, learnt from answers that helped');
  wordings
    .command('list')
    .description('print code, day, votes, weight, item and text, last vote first')
    .action(async () => {
      const store = await openStore();
      try {
        const listed = await listWordings(store, clock.now());
        for (const one of listed) console.log(locale.wordings.row(one));
        if (listed.length === 0) console.log(locale.wordings.none);
      } finally {
        store.close();
      }
    });
  wordings
    .command('remove')
    .description('remove one for good; it is not learnt again')
    .argument('<code>', 'the code that the list shows')
    .action(async (code: string) => {
      const store = await openStore();
      try {
        if (!(await removeWording({ store, clock }, 'command-line', code)))
          throw new Error(locale.wordings.unknownCode(code));
        console.log(locale.wordings.removed);
      } finally {
        store.close();
      }
    });
}

/** Prints what reading contacts and themes back does, and does it. Returns what is in conflict. */
async function importSetUp(
  around: { store: Store; clock: Clock },
  content: Content,
  entries: readonly SetUpEntry[],
  apply: boolean,
): Promise<string[]> {
  if (entries.length === 0) return [];
  const plan = await planSetUpImport(around.store, content, entries);
  console.log(locale.setUp.files.plan(plan.same, plan.changed.length, plan.conflicts.length));
  const refused = apply ? await applySetUpImport(around, content, plan) : [];
  if (apply) console.log(locale.setUp.files.applied(plan.changed.length - refused.length));
  const conflicts = [...plan.conflicts, ...refused];
  for (const line of conflicts) console.error(line);
  return conflicts;
}

function addItemCommands(program: Command, { contentFolder, clock, openStore }: Surroundings): void {
  const content = program
    .command('content')
    .description('FAQ items and material from the field that people wrote in the helpdesk, out to files and back');
  const withStore = async (task: (store: Store) => Promise<void>): Promise<void> => {
    const store = await openStore();
    try {
      await task(store);
    } finally {
      store.close();
    }
  };
  const say = locale.items.files;
  content
    .command('export')
    .description(
      'write the files of content/ that change by what people published, and set-up.yaml with what they changed to contacts and themes',
    )
    .requiredOption('--out <folder>', 'where to write; files there are never overwritten')
    .action(({ out }: { out: string }) =>
      withStore(async (store) => {
        const loaded = await loadContent(contentFolder);
        for (const problem of loaded.problems) console.error(problem);
        const { items, retired, versions } = await exportItems(store, loaded.content);
        const files = await itemFilesWith(contentFolder, items, retired);
        const changes = await exportSetUp(store, loaded.content);
        if (files.size + changes.length === 0) {
          console.log(say.nothing);
          return;
        }
        await mkdir(out, { recursive: true });
        if (changes.length > 0) {
          await writeNew(join(out, SET_UP_FILE), setUpYaml(changes));
          console.log(locale.setUp.files.written(changes.length, join(out, SET_UP_FILE)));
        }
        if (files.size === 0) return;
        await writeNew(join(out, VERSIONS_FILE), `${JSON.stringify(versions, null, 2)}\n`);
        for (const [name, text] of files) {
          await mkdir(dirname(join(out, name)), { recursive: true });
          await writeNew(join(out, name), text);
        }
        console.log(say.written(files.size, items.length + retired.length, out));
      }),
    );
  content
    .command('import')
    .description(
      'read files of items and set-up.yaml back; shows what would happen, and takes over with --apply what nobody else changed',
    )
    .argument('<folder>')
    .option('--apply', 'take over; what is in conflict is left alone, exit code 1 when there is any')
    .action((folder: string, { apply }: { apply?: boolean }) =>
      withStore(async (store) => {
        const { content: known } = await loadContent(contentFolder);
        const { items, problems } = await readItemFolder(folder);
        const changes = await readSetUpFile(folder);
        const faults = [...problems, ...changes.problems];
        for (const problem of faults) console.error(problem);
        if (faults.length > 0) throw new Error(say.faulty(faults.length));
        const conflicts = await importSetUp({ store, clock }, known, changes.entries, apply === true);
        const plan = await planItemImport(store, known, items, await readVersions(folder), clock.now());
        for (const line of plan.conflicts) console.error(line);
        console.log(say.plan(plan.same, plan.fresh.length, plan.changed.length, plan.conflicts.length));
        if (!apply) console.log(say.notApplied);
        else {
          const refused = await applyItemImport({ store, clock }, known, plan);
          for (const line of refused) console.error(line);
          console.log(say.applied(plan.fresh.length + plan.changed.length - refused.length));
          plan.conflicts.push(...refused);
        }
        if (plan.conflicts.length + conflicts.length > 0) process.exitCode = 1;
      }),
    );
  content
    .command('check-links')
    .description('ask every source of every item whether it still answers; exit code 1 when one does not')
    .action(() =>
      withStore(async (store) => {
        const { content: known } = await withItems(await loadContent(contentFolder), store);
        const items = new Map<string, string[]>();
        for (const { id, sources } of known.items) {
          for (const { url } of sources) {
            const page = pageOf(url);
            items.set(page, [...new Set([...(items.get(page) ?? []), id])]);
          }
        }
        console.error(say.links.asking(items.size));
        const outcomes = await checkLinks([...items.keys()]);
        const bad = [...outcomes].filter(([, { kind }]) => kind !== 'fine').sort(([a], [b]) => (a < b ? -1 : 1));
        if (bad.length > 0 && bad.length === items.size && bad.every(([, { kind }]) => kind === 'silent'))
          throw new Error(say.links.offline);
        await keepLinks(store, linksReport(outcomes, clock.now()));
        for (const [url, outcome] of bad) console.log(say.links.line(url, outcome, items.get(url) ?? []));
        console.log(say.links.total(items.size, bad.length));
        if (bad.some(([, { kind }]) => kind !== 'moved')) process.exitCode = 1;
      }),
    );
}
