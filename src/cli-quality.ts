// The commands of the quality team. Parses what was typed and prints; every task lives elsewhere.

import { type Command, InvalidArgumentError } from 'commander';
import { loadContent } from './adapters/files/content.ts';
import { demonstrate, demonstrationSays } from './app/demonstration.ts';
import type { Content } from './app/ports.ts';
import type { Surroundings } from './cli-tables.ts';
import { nl } from './locale/nl.ts';

/** The calendar of content/ has no school holidays before these. */
const MOST_SCHOOL_YEARS = 3;

/** Adds the commands. What they reject with is a sentence for whoever typed. */
export function addQualityCommands(program: Command, around: Surroundings & { local: boolean }): void {
  program
    .command('seed')
    .description('fill an empty store with a fictional helpdesk to look at; local mode only')
    .option('--school-years <n>', `whole school years before the running one, 1 to ${MOST_SCHOOL_YEARS}`, years, 2)
    .option('--seed <word>', 'another word gives other data, the same word the same', '1')
    .action(async ({ schoolYears, seed }: { schoolYears: number; seed: string }) => {
      const say = nl.demonstration.said;
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
