// The commands for those who look after content: look it over, and see or remove what was learnt. Parses and prints.

import type { Command } from 'commander';
import { loadContent } from './adapters/files/content.ts';
import { lintContent } from './app/content-lint.ts';
import { createKnowledgeBase } from './app/knowledge-base.ts';
import { listWordings, removeWording } from './app/wordings.ts';
import type { Surroundings } from './cli-tables.ts';
import { nl } from './locale/nl.ts';

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
      const say = nl.lint;
      if (json) console.log(JSON.stringify(report));
      else {
        for (const { severity, about, what } of report.findings)
          console.log(say.line(say.severity[severity], about, what));
        console.log(say.total(report.items, report.wordings, errors, report.findings.length - errors));
      }
      if (errors + loaded.problems.length > 0) process.exitCode = 1;
    });

  const wordings = program.command('wordings').description('how people asked, learnt from answers that helped');
  wordings
    .command('list')
    .description('print code, day, votes, weight, item and text, last vote first')
    .action(async () => {
      const store = await openStore();
      try {
        const listed = await listWordings(store, clock.now());
        for (const one of listed) console.log(nl.wordings.row(one));
        if (listed.length === 0) console.log(nl.wordings.none);
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
          throw new Error(nl.wordings.unknownCode(code));
        console.log(nl.wordings.removed);
      } finally {
        store.close();
      }
    });
}
