// Measures how well questions are put together, on content's own wordings with the items as truth, and how long reading takes.
// npx node bench/topics.ts [--tune] [--size 100000]

import { parseArgs } from 'node:util';
import { loadContent as loadWhole } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { TicketRecord } from '../src/app/records.ts';
import { refreshTopics } from '../src/app/topics/topic-reader.ts';
import { topics } from '../src/app/topics/topics.ts';
import type { CentreId, Item, PersonId } from '../src/domain/terms.ts';
import { buildIndex, type Explanation } from '../src/knowledge/engine.ts';
import {
  anchorOf,
  createGrouping,
  createVocabulary,
  featuresOf,
  featuresOfKnown,
  TOPIC_SETTINGS,
  type TopicSettings,
  type Vocabulary,
} from '../src/knowledge/topics.ts';
import { loadContent } from './load.ts';

const { values } = parseArgs({ options: { tune: { type: 'boolean', default: false }, size: { type: 'string' } } });
/** Wordings of an item that the index does not get and that are asked. */
const ASKED = 9;
/** Share of the items that the index does not have at all. */
const MISSING = 0.25;
const content = loadContent(new URL('../content', import.meta.url).pathname);

/** A number from 0 to 1 that follows from a name. */
function lot(name: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619) >>> 0;
  return (Math.imul(hash ^ (hash >>> 15), 2_246_822_519) >>> 0) / 2 ** 32;
}

type Case = { text: string; item: string; missing: boolean; explanation: Explanation; theme: string };
type Prepared = { cases: Case[]; vocabulary: Vocabulary };

/** The questions of these items in an order that says nothing, each as an index without them reads it. */
function prepare(items: Item[]): Prepared {
  const missing = new Set<string>(items.filter(({ id }) => lot(`missing ${id}`) < MISSING).map(({ id }) => id));
  const asked = new Map<string, string[]>();
  const known = content.items.flatMap((item) => {
    if (!items.includes(item)) return [item];
    const order = [...item.wordings].sort((a, b) => lot(a) - lot(b));
    asked.set(item.id, order.slice(0, ASKED));
    return missing.has(item.id) ? [] : [{ ...item, wordings: order.slice(ASKED) }];
  });
  const index = buildIndex(known, content.themes, content.lexicon);
  const vocabulary = createVocabulary();
  for (const item of known) vocabulary.add(item);
  const cases = [...asked].flatMap(([item, texts]) =>
    texts.map((text) => {
      const explanation = index.explain({ text });
      return { text, item, missing: missing.has(item), explanation, theme: explanation.answer.themes[0]?.id ?? '' };
    }),
  );
  return { cases: cases.sort((a, b) => lot(a.text) - lot(b.text)), vocabulary };
}

/** The topic of each question. */
function group({ cases, vocabulary }: Prepared, settings: TopicSettings): string[] {
  const groups = new Map<string, ReturnType<typeof createGrouping<string>>>();
  return cases.map(({ text, explanation, theme }, arrived) => {
    const topic = anchorOf(explanation, settings);
    const grouping = groups.get(theme) ?? createGrouping<string>(settings);
    groups.set(theme, grouping);
    // As the bot does: what was answered with an item is not put to the index again.
    const features = topic
      ? featuresOfKnown(text, topic, vocabulary, settings)
      : featuresOf(text, explanation, vocabulary, settings);
    return grouping.add({ features, ...(topic ? { topic } : {}) }, String(arrived));
  });
}

/**
 * Over the pairs of questions of which at least one is meant: precision and recall of "together". Purity: the share of
 * questions in a topic that is mostly about their item. Found: the items with a topic of 3 of their questions or more,
 * mostly theirs.
 */
function score({ cases }: Prepared, topicOf: string[], meant: (one: Case) => boolean) {
  let [together, same, both] = [0, 0, 0];
  for (let a = 0; a < cases.length; a++) {
    for (let b = a + 1; b < cases.length; b++) {
      if (!meant(cases[a]!) && !meant(cases[b]!)) continue;
      const joined = topicOf[a] === topicOf[b];
      const alike = cases[a]!.item === cases[b]!.item;
      together += Number(joined);
      same += Number(alike);
      both += Number(joined && alike);
    }
  }
  let pure = 0;
  const found = new Set<string>();
  for (const members of Map.groupBy(cases, (_, at) => topicOf[at]!).values()) {
    const [item, most] = [...Map.groupBy(members, (one) => one.item)].sort(([, a], [, b]) => b.length - a.length)[0]!;
    pure += most.length;
    if (most.length >= 3 && most.length * 2 > members.length) found.add(item);
  }
  const items = new Set(cases.filter(meant).map(({ item }) => item));
  const precision = together === 0 ? 0 : both / together;
  const recall = both / same;
  return {
    precision,
    recall,
    f05: (1.25 * precision * recall) / (0.25 * precision + recall || 1),
    purity: pure / cases.length,
    found: [...items].filter((item) => found.has(item)).length / items.size,
  };
}

const PARTS: [string, (one: Case) => boolean][] = [
  ['all', () => true],
  ['in the index', ({ missing }) => !missing],
  ['missing', ({ missing }) => missing],
];
const figures = (given: object): string =>
  Object.entries(given)
    .map(([name, value]) => `${name} ${(value as number).toFixed(3)}`)
    .join('  ');

function report(name: string, prepared: Prepared, settings: TopicSettings): void {
  const topicOf = group(prepared, settings);
  console.log(`${name}: ${prepared.cases.length} questions, ${figures(settings)}`);
  for (const [part, meant] of PARTS) console.log(`  ${part.padEnd(13)} ${figures(score(prepared, topicOf, meant))}`);
}

/** The settings that do best on the tuning half: pairs of all questions, and half as much those that the index lacks. */
function tune(prepared: Prepared): void {
  const tried: { settings: TopicSettings; goal: number }[] = [];
  for (const anchorFrom of [0.6, 0.75, 0.85])
    for (const words of [0.3, 0.4, 0.6])
      for (const candidates of [0.1, 0.2, 0.35])
        for (const joinFrom of [0.14, 0.18, 0.22, 0.25, 0.28]) {
          const settings = { anchorFrom, words, candidates, joinFrom };
          const topicOf = group(prepared, settings);
          const [all, missing] = [PARTS[0]!, PARTS[2]!].map(([, meant]) => score(prepared, topicOf, meant).f05);
          tried.push({ settings, goal: all! + missing! / 2 });
        }
  tried.sort((a, b) => b.goal - a.goal);
  for (const { settings, goal } of tried.slice(0, 10)) console.log(`${goal.toFixed(3)}  ${figures(settings)}`);
}

/** Reads so many questions, all in other words and as the bot would have kept them, while something else wants a turn every moment. */
async function time(size: number): Promise<void> {
  const clock = { now: Date.now };
  const log = { debug: () => {}, info: () => {}, warn: console.error, error: console.error };
  const knowledge = await createKnowledgeBase(() => loadWhole('./content'), console.error);
  const store = openSqlite(':memory:', clock);
  const texts = content.items.flatMap(({ wordings, themes: [theme] }) => wordings.map((text) => ({ text, theme })));
  const day = 86_400_000;
  const ticket = (n: number): TicketRecord => {
    const { text, theme } = texts[(n * 7_919) % texts.length]!;
    const at = Date.now() - Math.floor(lot(`when ${n}`) * 300) * day;
    const requester = {
      name: '',
      person: `p${n % 2_000}` as PersonId,
      centre: `c${n % 150}` as CentreId,
    };
    const question = `${text} ${texts[(n * 104_729) % texts.length]!.text.split(' ')[0]} ${n.toString(36)}`;
    const { service } = content.themes.find(({ id }) => id === theme)!;
    const { decision, items } = knowledge.answer({ text: question });
    return {
      number: `HD-2026-${n}`,
      events: [
        { type: 'asked', at, channel: 'teams', requester, question, service },
        {
          type: 'suggested',
          at,
          decision,
          items: items.map(({ item }) => item.id),
          theme: { id: theme, confidence: 1 },
        },
      ],
      address: { conversationId: '', serviceUrl: '' },
      told: { requester: 0, channel: 0 },
      shown: { requester: 0, channel: 0 },
      posts: {},
      trouble: {},
    };
  };
  const put = (n: number) => store.create({ pk: `t${n}`, id: `t${n}`, kind: 'ticket', body: ticket(n) });
  for (let n = 0; n < size; n++) await put(n);
  const from = { store, knowledge, clock, log };

  const waits: number[] = [];
  let busy = true;
  const others = (async () => {
    for (let last = performance.now(); busy; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const now = performance.now();
      waits.push(now - last);
      last = now;
    }
  })();
  const timed = async (what: string, task: () => Promise<unknown>) => {
    waits.length = 0;
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await task();
    const used = process.cpuUsage(cpu);
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    console.log(
      `${what}: ${(performance.now() - start).toFixed(0)} ms, ${((used.user + used.system) / 1_000).toFixed(0)} ms of processor; others waited ${at(0.5)} ms (median), ${at(0.99)} (p99), ${sorted.at(-1)?.toFixed(1) ?? 0} (most)`,
    );
  };
  await timed(`${size} questions read`, () => refreshTopics(from));
  await put(size);
  await timed('one more', () => refreshTopics(from));
  const list = () => topics(from, 'operator', {}, Number.POSITIVE_INFINITY);
  await timed('list of a school year', list);
  await timed('the same list again', list);
  busy = false;
  await others;
  const found = (await list())!;
  console.log(`${found.recurring.length} recurring topics, ${found.gaps.length} of them gaps`);
  store.close();
}

if (values.size !== undefined) await time(Number(values.size));
else {
  const usable = content.items.filter(({ kind, wordings }) => kind === 'faq' && wordings.length >= ASKED + 6);
  const tuning = prepare(usable.filter(({ id }) => lot(id) < 0.5));
  if (values.tune) tune(tuning);
  report('tuning half', tuning, TOPIC_SETTINGS);
  report('reported half', prepare(usable.filter(({ id }) => lot(id) >= 0.5)), TOPIC_SETTINGS);
}
