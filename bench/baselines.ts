// Sets the engine beside MiniSearch (Dutch stem, soft fuzzy) and a character n-gram cosine, with a paired bootstrap.
// node bench/baselines.ts [--items FILE] --queries FILE [--content FOLDER] [--typos]

import { parseArgs } from 'node:util';
import MiniSearch from 'minisearch';
import type { Item } from '../src/domain/terms.ts';
import { buildIndex } from '../src/knowledge/engine.ts';
import type { EvaluationQuery } from '../src/knowledge/evaluate.ts';
import { characterGrams, fold, stem, tokens } from '../src/knowledge/text.ts';
import { lines, loadContent, loadItems } from './load.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string' },
    queries: { type: 'string' },
    content: { type: 'string', default: new URL('../content', import.meta.url).pathname },
    typos: { type: 'boolean', default: false },
  },
});
const content = values.items === undefined ? loadContent(values.content) : undefined;
const items = content?.items ?? loadItems(values.items ?? '');
const queries = lines<EvaluationQuery>(values.queries ?? '').filter((query) => (query.relevant ?? []).length > 0);

/** A fixed sequence of numbers from 0 to 1, so that every run prints the same. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One typing error (swap, drop or double) in every third word of five letters or more. */
function withTypos(text: string, random: () => number): string {
  let long = 0;
  return text.replace(/\p{L}{5,}/gu, (word) => {
    if (long++ % 3 !== 0) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const kind = Math.floor(random() * 3);
    if (kind === 0) return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    return kind === 1 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word[at] + word.slice(at);
  });
}

const texts = (item: Item) => [item.title, ...item.variants, ...item.wordings];
const random = sequence(7);
if (values.typos) for (const query of queries) query.text = withTypos(query.text, random);

const mini = new MiniSearch<{ id: string; text: string; answer: string }>({
  fields: ['text', 'answer'],
  tokenize: (text) => tokens(fold(text)),
  processTerm: (term) => stem(term),
  searchOptions: { fuzzy: 0.2, boost: { text: 2 } },
});
mini.addAll(items.map((item) => ({ id: item.id, text: texts(item).join('\n'), answer: item.answer })));

type Bag = Map<number, number>;
function bag(text: string): Bag {
  const found: Bag = new Map();
  characterGrams(tokens(fold(text)), (key) => found.set(key, (found.get(key) ?? 0) + 1));
  return found;
}
const bags = items.map((item) => bag(texts(item).join('\n')));
const documents = new Map<number, number>();
for (const grams of bags) for (const key of grams.keys()) documents.set(key, (documents.get(key) ?? 0) + 1);
const rarity = (key: number) => Math.log((items.length + 1) / ((documents.get(key) ?? 0) + 0.5));
const lists = new Map<number, { at: number; weight: number }[]>();
for (const [at, grams] of bags.entries()) {
  const weighted = [...grams].map(([key, count]) => [key, Math.sqrt(count) * rarity(key)] as const);
  const norm = Math.sqrt(weighted.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  for (const [key, weight] of weighted) {
    const list = lists.get(key) ?? [];
    list.push({ at, weight: weight / norm });
    lists.set(key, list);
  }
}
function cosine(text: string): string[] {
  const sums = new Float64Array(items.length);
  for (const [key, count] of bag(text)) {
    for (const hit of lists.get(key) ?? []) sums[hit.at]! += count * rarity(key) * hit.weight;
  }
  return [...sums.keys()]
    .sort((a, b) => sums[b]! - sums[a]!)
    .slice(0, 10)
    .map((at) => items[at]!.id);
}

const index = buildIndex(items, content?.themes ?? [], content?.lexicon);
const engines: Record<string, (query: EvaluationQuery) => string[]> = {
  ours: ({ text, audience }) =>
    index.explain(audience === undefined ? { text } : { text, audience }).ranked.map(({ item }) => item.id),
  oursWithoutAudience: ({ text }) => index.explain({ text }).ranked.map(({ item }) => item.id),
  minisearch: ({ text }) =>
    mini
      .search(text)
      .slice(0, 10)
      .map((hit) => hit.id as string),
  characterGrams: ({ text }) => cosine(text),
};
const reciprocal: Record<string, number[]> = {};
const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
for (const [name, search] of Object.entries(engines)) {
  const places = queries.map((query) => search(query).findIndex((id) => query.relevant!.includes(id)));
  reciprocal[name] = places.map((at) => (at < 0 ? 0 : 1 / (at + 1)));
  console.log(
    JSON.stringify({
      engine: name,
      hit1: mean(places.map((at) => Number(at === 0))),
      hit3: mean(places.map((at) => Number(at >= 0 && at < 3))),
      mrr10: mean(reciprocal[name]),
    }),
  );
}
for (const other of ['minisearch', 'characterGrams']) {
  const gaps = reciprocal.ours!.map((own, at) => own - reciprocal[other]![at]!);
  const draw = sequence(1);
  const means = Array.from({ length: 10_000 }, () => mean(gaps.map(() => gaps[Math.floor(draw() * gaps.length)]!)));
  means.sort((a, b) => a - b);
  console.log(JSON.stringify({ against: other, gain: mean(gaps), lower: means[250], upper: means[9_750] }));
}
