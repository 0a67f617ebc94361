// The command that takes over documents as draft items. Parses what was typed and prints; every task lives elsewhere.

import type { Command } from 'commander';
import { loadContent } from '../adapters/files/content.ts';
import { readDocuments } from '../adapters/files/documents.ts';
import { writeNew } from '../adapters/files/writing.ts';
import { asYaml } from '../adapters/files/yaml.ts';
import { createKnowledgeBase } from '../app/knowledge/knowledge-base.ts';
import { type Around, type Planned, planMaterial } from '../app/knowledge/material.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import { columns, readMapping, type Surroundings } from './tables.ts';

const words = locale.material;
const LONGEST_CELL = 34;

type Options = { out?: string; baseUrl?: string; theme?: string; mapping?: string };

/** Adds `import material`. What it rejects with is a sentence for whoever typed. */
export function addMaterialCommand(importing: Command, around: Surroundings): void {
  importing
    .enablePositionalOptions()
    .command('material')
    .description('take over documents as draft items: docx, pdf, pptx, html, and xlsx or csv lists of questions')
    .argument('<folder>', 'a folder, deeper ones included, or one file')
    .option('--out <file>', 'the YAML file to write, for you to review; questions go to a file next to it')
    .option('--base-url <url>', 'where staff can open the folder, for example on SharePoint')
    .option('--theme <theme>', 'the theme of everything, instead of what the index suggests')
    .option('--mapping <file>', 'YAML with "field: header" lines, for lists whose columns are not recognised')
    .action((path: string, options: Options) => importMaterial(around, path, options));
}

/** The table goes to standard output, progress to standard error; exit code 1 when a file was refused. */
async function importMaterial(around: Surroundings, path: string, options: Options): Promise<void> {
  if (options.out && !/\.ya?ml$/i.test(options.out)) throw new Error(words.done.out);
  if (options.baseUrl && !/^https:\/\//i.test(options.baseUrl)) throw new Error(words.done.baseUrl);
  const { content, problems, skipped } = await loadContent(around.contentFolder);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const theme = content.themes.find(({ id }) => id === options.theme)?.id;
  if (options.theme && !theme) {
    throw new Error(
      words.done.theme(
        options.theme,
        content.themes.map(({ id }) => id),
      ),
    );
  }
  const plan: Around = {
    knowledge: await createKnowledgeBase(async () => ({ content, problems }), console.error),
    known: new Set([...content.items.map(({ id }) => id), ...skipped.placeholders]),
    today: brusselsDay(around.clock.now()),
    seen: new Map(),
    ...(theme ? { theme } : {}),
    ...(options.baseUrl ? { baseUrl: options.baseUrl } : {}),
    ...(options.mapping ? { mapping: await readMapping(options.mapping) } : {}),
  };
  const planned: Planned[] = [];
  const refused: { file: string; reason: string }[] = [];
  let hidden = 0;
  for await (const document of readDocuments(path, () => hidden++)) {
    console.error(words.progress(planned.length + refused.length + 1, document.file));
    const found = 'refused' in document ? document : planMaterial(document.file, document.extract, plan);
    if ('refused' in found) refused.push({ file: document.file, reason: found.refused });
    else planned.push(found);
  }
  console.log(describe(path, planned, refused, hidden));
  if (refused.length > 0) process.exitCode = 1;
  await write(planned, options.out);
}

function describe(path: string, planned: Planned[], refused: { file: string; reason: string }[], hidden: number) {
  const say = words.table;
  const fresh = planned.reduce((sum, { items, known }) => sum + items - known, 0);
  const masked = planned.reduce((sum, one) => sum + one.masked, 0);
  const rows = planned.map((one) => [
    cut(one.file),
    words.kinds[one.kind],
    one.size === 0
      ? ''
      : { docx: say.pages, pdf: say.pages, html: say.pages, pptx: say.slides, table: say.rows }[one.kind](one.size),
    String(one.words),
    one.themes.length === 1 ? one.themes[0]! : say.themes(one.themes.length),
    one.masked === 0 ? '' : String(one.masked),
    standing(one),
    cut(one.title),
  ]);
  const remarks = planned.filter((one) => one.remarks.length > 0);
  return [
    say.title(path),
    ...(rows.length > 0 ? ['', ...columns([say.header, ...rows])] : []),
    ...(remarks.length > 0 ? ['', say.remarks] : []),
    ...remarks.flatMap((one) => [`  ${one.file}`, ...one.remarks.map((remark) => `    ${remark}`)]),
    ...(refused.length > 0 ? ['', say.refused] : []),
    ...refused.map(({ file, reason }) => `  ${file}: ${reason}`),
    '',
    say.total(planned.length + refused.length, fresh, refused.length, hidden),
    ...(masked > 0 ? [say.masked(masked)] : []),
  ].join('\n');
}

function standing({ items, known, alike }: Planned): string {
  const say = words.table;
  if (known === items) return say.known;
  if (items > 1) return say.freshOf(items - known, items);
  return alike > 0 ? say.alike : say.fresh;
}

/** Materials and questions live in different folders of content/, so they go to different files. */
async function write(planned: Planned[], out: string | undefined): Promise<void> {
  const materials = planned.flatMap((one) => one.materials);
  const faq = planned.flatMap((one) => one.faq);
  const say = words.done;
  if (!out) console.log(say.dry);
  else if (materials.length + faq.length === 0) console.log(say.nothing);
  else {
    const faqFile = materials.length > 0 ? out.replace(/(\.ya?ml)$/i, '-faq$1') : out;
    if (materials.length > 0) {
      await writeNew(out, asYaml(materials, say.heading));
      console.log(say.materials(out));
    }
    if (faq.length > 0) {
      await writeNew(faqFile, asYaml(faq, say.heading));
      console.log(say.faq(faqFile));
    }
  }
}

const cut = (text: string): string => (text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text);
