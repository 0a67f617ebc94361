// The command for anonymous cases: out to a document or slides. Parses and prints.

import { extname } from 'node:path';
import type { Command } from 'commander';
import { loadContent } from '../adapters/files/content.ts';
import { wordOf } from '../adapters/files/word.ts';
import { writeNew } from '../adapters/files/writing.ts';
import { casesDocument, casesOutline } from '../app/figures/case-document.ts';
import { approvedCases } from '../app/knowledge/cases.ts';
import { withItems } from '../app/knowledge/items.ts';
import { audit } from '../app/privacy/audit.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import type { Surroundings } from './tables.ts';

const FORMATS = ['.docx', '.md'];

export function addCaseCommands(program: Command, { contentFolder, clock, openStore }: Surroundings): void {
  program
    .command('cases')
    .description('anonymous cases that a second person approved, for training and PLG')
    .command('export')
    .description('write them as a document (.docx) or as an outline of slides (.md)')
    .requiredOption('--out <file>', `a new file that ends in ${FORMATS.join(' or ')}`)
    .option('--theme <id>', 'only those of this theme')
    .action(async ({ out, theme }: { out: string; theme?: string }) => {
      const format = extname(out).toLowerCase();
      if (!FORMATS.includes(format)) throw new Error(`Name a file that ends in ${FORMATS.join(' or ')}, not "${out}".`);
      const store = await openStore();
      try {
        const { content } = await withItems(await loadContent(contentFolder), store);
        if (theme !== undefined && !content.themes.some(({ id }) => id === theme))
          throw new Error(`There is no theme "${theme}" in content/themes.yaml.`);
        const all = await approvedCases(store);
        const cases = all.filter(({ text }) => theme === undefined || text.theme === theme);
        if (cases.length === 0) {
          console.log(locale.cases.none);
          return;
        }
        await audit({ store, clock }, 'command-line', { action: 'export', about: 'cases', count: cases.length });
        const day = locale.report.day(brusselsDay(clock.now()));
        const bytes =
          format === '.docx' ? await wordOf(casesDocument(cases, content, day)) : casesOutline(cases, content);
        await writeNew(out, bytes);
        console.log(locale.cases.written(cases.length, out));
      } finally {
        store.close();
      }
    });
}
