// Prints the figures of a question set as one JSON object.
// node bench/evaluate.ts [--items FILE] --queries FILE [--out-of-scope FILE] [--audience clb|school]
// [--content FOLDER] [--without list,list] --json

import { parseArgs } from 'node:util';
import { buildIndex } from '../src/knowledge/engine.ts';
import { evaluate } from '../src/knowledge/evaluate.ts';
import { loadContent, loadItems, loadQueries, readAudience } from './load.ts';

const OPTIONS = {
  items: { type: 'string' },
  queries: { type: 'string' },
  'out-of-scope': { type: 'string' },
  audience: { type: 'string' },
  content: { type: 'string', default: new URL('../content', import.meta.url).pathname },
  without: { type: 'string', default: '' },
  json: { type: 'boolean', default: false },
} as const;

function run(): void {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.queries === undefined) throw new Error('--queries: give a JSON lines file with {id, text, relevant}');
  const queries = loadQueries(values.queries);
  const outside = values['out-of-scope'];
  const outOfScope = outside === undefined ? undefined : loadQueries(outside);
  const audience = values.audience === undefined ? undefined : readAudience(values.audience, '--audience');
  const content = values.items === undefined ? loadContent(values.content) : undefined;
  const items = content?.items ?? loadItems(values.items ?? '');
  const without = new Set(values.without.split(','));
  if (without.has('wordings')) for (const item of items) item.wordings = [];
  const lexicon = Object.fromEntries(Object.entries(content?.lexicon ?? {}).filter(([list]) => !without.has(list)));
  const start = performance.now();
  const index = buildIndex(items, content?.themes ?? [], content === undefined ? undefined : lexicon);
  const buildMs = performance.now() - start;
  const { perQuery, ...figures } = evaluate(index, queries, {
    now: () => performance.now(),
    ...(outOfScope === undefined ? {} : { outOfScope }),
    ...(audience === undefined ? {} : { audience }),
  });
  console.log(JSON.stringify({ ...figures, buildMs, ...(values.json ? { perQuery } : {}) }));
}

try {
  run();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
