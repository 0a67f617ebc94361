// Measures how well questions are put together, on content's own wordings with the items as truth, and how fast.
// npx node bench/topics.ts [--tune]

import { parseArgs } from 'node:util';
import type { Item } from '../src/domain/terms.ts';
import { buildIndex, type Explanation } from '../src/knowledge/engine.ts';
import {
  anchorOf,
  createGrouping,
  createVocabulary,
  featuresOf,
  TOPIC_SETTINGS,
  type TopicSettings,
} from '../src/knowledge/topics.ts';
import { loadContent } from './load.ts';

const { values } = parseArgs({ options: { tune: { type: 'boolean', default: false } } });
const ASKED = 9;
const MISSING = 0.25;
const { items, themes, lexicon } = loadContent(new URL('../content', import.meta.url).pathname);

/** A number from 0 to 1 that follows from a name. */
function lot(name: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619) >>> 0;
  return (Math.imul(hash ^ (hash >>> 15), 2_246_822_519) >>> 0) / 2 ** 32;
}

const usable = items.filter(({ kind, wordings }) => kind === 'faq' && wordings.length >= ASKED + 6);
const halves = {
  tuning: usable.filter(({ id }) => lot(id) < 0.5),
  reported: usable.filter(({ id }) => lot(id) >= 0.5),
};

type Case = { text: string; truth: string; missing: boolean; explanation: Explanation; theme: string };

/** Six wordings of each item, which the index does not have; of every other item it has nothing at all. */
function prepare(half: Item[]): { cases: Case[]; vocabulary: ReturnType<typeof createVocabulary> } {
  const missing = new Set(half.filter(({ id }) => lot(`missing ${id}`) < MISSING).map(({ id }) => id));
  const asked = new Map<string, string[]>();
  const known = items.flatMap((item) => {
    if (!half.includes(item)) return [item];
    const order = [...item.wordings].sort((a, b) => lot(a) - lot(b));
    asked.set(item.id, order.slice(0, ASKED));
    return missing.has(item.id) ? [] : [{ ...item, wordings: order.slice(ASKED) }];
  });
  const index = buildIndex(known, themes, lexicon);
  const vocabulary = createVocabulary();
  for (const item of known) vocabulary.add(item);
  const cases = [...asked].flatMap(([truth, texts]) =>
    texts.map((text) => {
      const explanation = index.explain({ text });
      return {
        text,
        truth,
        missing: missing.has(truth as never),
        explanation,
        theme: explanation.answer.themes[0]?.id ?? '',
      };
    }),
  );
  return { cases: cases.sort((a, b) => lot(a.text) - lot(b.text)), vocabulary };
}

function group({ cases, vocabulary }: ReturnType<typeof prepare>, settings: TopicSettings): string[] {
  const groups = new Map<string, ReturnType<typeof createGrouping<string>>>();
  return cases.map(({ text, explanation, theme }, arrived) => {
    const topic = anchorOf(explanation, settings);
    const grouping = groups.get(theme) ?? createGrouping<string>(settings);
    groups.set(theme, grouping);
    const features = featuresOf(text, explanation, vocabulary, settings);
    return grouping.add({ features, ...(topic ? { topic } : {}) }, String(arrived));
  });
}

/** Over all pairs of questions: together and rightly so. Purity: the share that is in a topic whose most common item is its own. */
function score(cases: Case[], topics: string[], which: (one: Case) => boolean) {
  let together = 0;
  let same = 0;
  let both = 0;
  for (let a = 0; a < cases.length; a++) {
    for (let b = a + 1; b < cases.length; b++) {
      if (!which(cases[a]!) && !which(cases[b]!)) continue;
      const joined = topics[a] === topics[b];
      const alike = cases[a]!.truth === cases[b]!.truth;
      together += Number(joined);
      same += Number(alike);
      both += Number(joined && alike);
    }
  }
  const counts = new Map<string, Map<string, number>>();
  for (const [at, one] of cases.entries()) {
    const inTopic = counts.get(topics[at]!) ?? new Map<string, number>();
    inTopic.set(one.truth, (inTopic.get(one.truth) ?? 0) + 1);
    counts.set(topics[at]!, inTopic);
  }
  let pure = 0;
  for (const inTopic of counts.values()) pure += Math.max(...inTopic.values());
  const precision = together === 0 ? 0 : both / together;
  const recall = both / same;
  const found = new Set<string>();
  for (const [truth] of Map.groupBy(cases.filter(which), (one) => one.truth))
    for (const inTopic of counts.values())
      if ((inTopic.get(truth) ?? 0) >= 3 && inTopic.get(truth)! * 2 > [...inTopic.values()].reduce((s, n) => s + n, 0))
        found.add(truth);
  const items = new Set(cases.filter(which).map((c) => c.truth)).size;
  return {
    precision,
    recall,
    f05: (1.25 * precision * recall) / (0.25 * precision + recall || 1),
    purity: pure / cases.length,
    topics: counts.size,
    found: found.size / items,
  };
}

const figures = (given: object) =>
  Object.entries(given)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? value.toFixed(3) : value}`)
    .join('  ');
function report(name: string, settings: TopicSettings, prepared: ReturnType<typeof prepare>) {
  const topics = group(prepared, settings);
  console.log(name, figures(settings));
  for (const [what, which] of [
    ['all', () => true],
    ['in the index', (one: Case) => !one.missing],
    ['missing', (one: Case) => one.missing],
  ] as const)
    console.log(`  ${what.padEnd(14)} ${figures(score(prepared.cases, topics, which))}`);
}

const tuning = prepare(halves.tuning);
if (values.tune) {
  const tried: { settings: TopicSettings; f: number; s: object }[] = [];
  for (const anchorFrom of [0.35, 0.5, 0.6, 0.75])
    for (const words of [0.45, 0.65, 0.85])
      for (const candidates of [0, 0.15])
        for (const joinFrom of [0.14, 0.2, 0.26]) {
          if (words + candidates > 1) continue;
          const settings = { anchorFrom, words, candidates, joinFrom };
          const s = score(tuning.cases, group(tuning, settings), () => true);
          const m = score(tuning.cases, group(tuning, settings), (o) => o.missing);
          tried.push({
            settings,
            f: s.f05 + m.f05,
            s: { ...s, missing: m.f05, mp: m.precision, mr: m.recall, mfound: m.found },
          });
        }
  tried.sort((a, b) => b.f - a.f);
  for (const one of tried.slice(0, 15)) console.log(figures(one.settings), '|', figures(one.s));
}
report('tuning half', TOPIC_SETTINGS, tuning);
report('reported half', TOPIC_SETTINGS, prepare(halves.reported));
