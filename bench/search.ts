// Measures build time, memory, cold first question and warm times at growing sizes, with MiniSearch beside it.
// node --expose-gc bench/search.ts [--sizes 1000,10000,100000,1000000] [--minisearch-most 100000] [--json]

import { parseArgs } from 'node:util';
import MiniSearch from 'minisearch';
import type { Item, ItemId } from '../src/domain/terms.ts';
import { buildIndex } from '../src/knowledge/engine.ts';
import { fold, stem, tokens } from '../src/knowledge/text.ts';
import { loadContent } from './load.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000,1000000' },
    'minisearch-most': { type: 'string', default: '100000' },
    content: { type: 'string', default: new URL('../content', import.meta.url).pathname },
  },
});
const content = loadContent(values.content);
const sentences = content.items.flatMap((item) => [item.title, ...item.variants, ...item.wordings]);

/** A fixed sequence of numbers from 0 to 1, so that every run asks the same. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const following = new Map<string, string[]>();
const starts: string[] = [];
for (const sentence of sentences) {
  const words = tokens(fold(sentence));
  if (words[0] !== undefined) starts.push(words[0]);
  for (let at = 0; at + 1 < words.length; at++)
    following.set(words[at]!, [...(following.get(words[at]!) ?? []), words[at + 1]!]);
}
const SYLLABLES =
  'ba be bi bo da de di do ga ge gi ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri sta ste tra ve vo wa wi zo'.split(
    ' ',
  );

/** A sentence that walks the word pairs of the content, with one word in eight that no other sentence may have. */
function invent(random: () => number): string {
  const pick = <Entry>(list: readonly Entry[]) => list[Math.floor(random() * list.length)]!;
  const words = [pick(starts)];
  const length = 5 + Math.floor(random() * 8);
  while (words.length < length) {
    const next = following.get(words.at(-1)!);
    if (random() < 0.125) words.push(pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES));
    else words.push(next === undefined ? pick(starts) : pick(next));
  }
  return words.join(' ');
}

const percentile = (times: number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)]!;
const megabytes = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

function measure(engine: string, size: number, build: () => (text: string) => unknown, questions: string[]): void {
  const before = megabytes();
  const start = performance.now();
  const search = build();
  const buildMs = performance.now() - start;
  const cold = performance.now();
  search(questions[0]!);
  const coldMs = performance.now() - cold;
  const memory = megabytes() - before;
  const rounds = engine === 'ours' ? 3_000 : Math.max(60, Math.min(1_000, 3_000_000 / size));
  const times: number[] = [];
  for (let at = 0; at < rounds * 1.5; at++) {
    const from = performance.now();
    search(questions[at % questions.length]!);
    if (at >= rounds / 2) times.push(performance.now() - from);
  }
  const [p50Ms, p99Ms] = [percentile(times, 0.5), percentile(times, 0.99)];
  console.log(JSON.stringify({ engine, size, buildMs, coldMs, p50Ms, p99Ms, memoryMb: memory }));
}

for (const size of values.sizes.split(',').map(Number)) {
  const random = sequence(size);
  const items: Item[] = Array.from({ length: size }, (_, at) => ({
    ...content.items[at % content.items.length]!,
    id: `i${at}` as ItemId,
    title: invent(random),
    variants: [],
    wordings: [],
    answer: '',
  }));
  const questions = Array.from({ length: 500 }, () => invent(random));
  let index: ReturnType<typeof buildIndex> | undefined;
  measure(
    'ours',
    size,
    () => {
      const built = buildIndex(items, content.themes, content.lexicon);
      index = built;
      return (text) => built.answer({ text });
    },
    questions,
  );
  const changes: number[] = [];
  const typed: number[] = [];
  for (let at = 0; at < 200; at++) {
    const changed = { ...items[(at * 37) % size]!, title: invent(random) };
    const start = performance.now();
    index!.replace(changed);
    changes.push(performance.now() - start);
  }
  for (let at = 0; at < 500; at++) {
    const begin = questions[at]!.slice(0, 4 + (at % 20));
    const start = performance.now();
    index!.suggest(begin);
    typed.push(performance.now() - start);
  }
  console.log(
    JSON.stringify({
      engine: 'ours',
      size,
      replaceP50Ms: percentile(changes, 0.5),
      replaceP99Ms: percentile(changes, 0.99),
      suggestP99Ms: percentile(typed, 0.99),
    }),
  );
  index = undefined;
  if (size > Number(values['minisearch-most'])) continue;
  measure(
    'minisearch',
    size,
    () => {
      const mini = new MiniSearch<{ id: string; text: string }>({
        fields: ['text'],
        tokenize: (text) => tokens(fold(text)),
        processTerm: (term) => stem(term),
        searchOptions: { fuzzy: 0.2 },
      });
      mini.addAll(items.map((item) => ({ id: item.id, text: item.title })));
      return (text) => mini.search(text);
    },
    questions,
  );
}
