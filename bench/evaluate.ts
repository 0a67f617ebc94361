// Prints the figures of a question set as one JSON object.
// node bench/evaluate.ts [--items FILE] --queries FILE [--out-of-scope FILE] [--audience clb|school]
// [--content FOLDER] [--without list,list] --json

import { parseArgs } from 'node:util';
import type { Audience } from '../src/domain/terms.ts';
import { buildIndex } from '../src/knowledge/engine.ts';
import { type EvaluationQuery, evaluate } from '../src/knowledge/evaluate.ts';
import { lines, loadContent, loadItems } from './load.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string' },
    queries: { type: 'string' },
    'out-of-scope': { type: 'string' },
    audience: { type: 'string' },
    content: { type: 'string', default: new URL('../content', import.meta.url).pathname },
    without: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
if (values.queries === undefined) throw new Error('--queries: give a JSON lines file with {id, text, relevant}');
const content = values.items === undefined ? loadContent(values.content) : undefined;
const items = content?.items ?? loadItems(values.items ?? '');
const without = new Set(values.without.split(','));
if (without.has('wordings')) for (const item of items) item.wordings = [];
const lexicon = Object.fromEntries(Object.entries(content?.lexicon ?? {}).filter(([list]) => !without.has(list)));
const outside = values['out-of-scope'];
const start = performance.now();
const index = buildIndex(items, content?.themes ?? [], content === undefined ? undefined : lexicon);
const buildMs = performance.now() - start;
const { perQuery, ...figures } = evaluate(index, lines<EvaluationQuery>(values.queries), {
  now: () => performance.now(),
  ...(outside === undefined ? {} : { outOfScope: lines<EvaluationQuery>(outside) }),
  ...(values.audience === undefined ? {} : { audience: values.audience as Audience }),
});
console.log(JSON.stringify({ ...figures, buildMs, ...(values.json ? { perQuery } : {}) }));
