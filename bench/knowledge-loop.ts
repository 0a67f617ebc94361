// What use does to retrieval: 100 rounds of honest use must raise it on the development questions, and hostile use must not harm it.
// node bench/knowledge-loop.ts --queries FILE [--rounds 100] [--seed 1]

import { parseArgs } from 'node:util';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import { allLearned, teach } from '../src/app/knowledge/wordings.ts';
import { type App, createApp } from '../src/app/questions/tickets.ts';
import type { ItemId, PersonId } from '../src/domain/terms.ts';
import { type EvaluationQuery, evaluate } from '../src/knowledge/evaluate.ts';
import { loadQueries } from './load.ts';

const { values } = parseArgs({
  options: {
    queries: {
      type: 'string',
      default: new URL('../../shared/benchmark/helpdesk/queries.jsonl', import.meta.url).pathname,
    },
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
});

/** A round is a week: so many questions by so many people, some of whom say what they do not mean. */
const ASKED_PER_ROUND = 20;
const PEOPLE = 60;
const SAYS_SO = 0.7;
const MISTAKEN = 0.03;
/** How often an advisor gives a question that got a wrong answer to the right item. */
const MENDED = 0.5;
const HOSTILE = { people: 3, confirmations: 1_000, mostLoss: 0.01 };
const WEEK_MS = 7 * 86_400_000;

const random = seeded(Number(values.seed));
const { content } = await loadContent('./content');
const known = new Set<string>(content.items.map(({ id }) => id));
const queries = loadQueries(values.queries).filter(({ relevant }) => relevant?.some((id) => known.has(id)));
/** Half of the questions is asked in use; the other half is only ever measured. */
const asked = queries.filter((_, at) => at % 2 === 0);
const unasked = queries.filter((_, at) => at % 2 === 1);

/** Mulberry32: the same seed gives the same use. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;

async function house() {
  let now = Date.parse('2026-09-07T08:00:00Z');
  const clock = { now: () => now };
  const store = openSqlite(':memory:', clock);
  const knowledge = await createKnowledgeBase(
    async () => ({ content, problems: [] }),
    () => {},
    () => allLearned(store, now),
  );
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const nobody: App['messenger'] = {
    post: async () => ({ outcome: 'unreachable' }),
    update: async () => ({ outcome: 'unreachable' }),
    open: async () => undefined,
    member: async () => undefined,
  };
  const noFigures: App['measures'] = {
    figures: () => Promise.reject(new Error('nothing is counted here')),
    tickets: () => Promise.reject(new Error('nothing is counted here')),
    earliest: () => Promise.reject(new Error('nothing is counted here')),
  };
  const app = createApp({ store, knowledge, clock, messenger: nobody, log: silent, measures: noFigures });
  const pass = (ms: number): void => {
    now += ms;
  };
  return { app, knowledge, pass, close: () => store.close() };
}

type House = Awaited<ReturnType<typeof house>>;
const figures = ({ knowledge }: House, of: EvaluationQuery[]) => {
  const { mrr10, hit1, precisionAtAnswer, coverage } = evaluate(knowledge, of, { now: () => performance.now() });
  return { mrr10, hit1, precisionAtAnswer, coverage };
};
const measured = (at: House) => ({
  all: figures(at, queries),
  asked: figures(at, asked),
  unasked: figures(at, unasked),
});

/** One question in use: the person says whether what they got helped, and an advisor may mend what did not. */
async function use({ app, knowledge }: House): Promise<void> {
  const query = one(asked);
  const person = `person-${Math.floor(random() * PEOPLE)}` as PersonId;
  const { decision, items } = knowledge.answer({
    text: query.text,
    ...(query.audience ? { audience: query.audience } : {}),
  });
  const shown = items[0]?.item.id;
  const right = shown !== undefined && query.relevant!.includes(shown);
  if (decision === 'answer' && shown && random() < SAYS_SO) {
    await teach(app, { item: shown, text: query.text, helped: random() < MISTAKEN ? !right : right }, person);
  }
  if (!right && random() < MENDED) {
    const item = query.relevant!.find((id) => known.has(id)) as ItemId;
    await teach(app, { item, text: query.text, helped: true, full: true }, `owner-${item.slice(0, 2)}` as PersonId);
  }
}

const honest = await house();
const before = measured(honest);
for (let round = 0; round < Number(values.rounds); round++) {
  for (let n = 0; n < ASKED_PER_ROUND; n++) await use(honest);
  honest.pass(WEEK_MS);
}
const after = measured(honest);
honest.close();

/**
 * "Yes" to an answer that is wrong, as far as the house lets somebody say so: to what the index itself offered. Together
 * they confirm each other's; apart each goes for as many questions as can be.
 */
async function attacked(together: boolean) {
  const at = await house();
  for (let n = 0; n < HOSTILE.confirmations; n++) {
    const query = together ? queries[Math.floor(n / HOSTILE.people) % queries.length]! : one(queries);
    const offered = at.knowledge.answer({ text: query.text }).items.map(({ item }) => item.id);
    const wrong = offered.find((id) => !query.relevant!.includes(id));
    const person = `hostile-${n % HOSTILE.people}` as PersonId;
    if (wrong) await teach(at.app, { item: wrong, text: query.text, helped: true }, person);
  }
  const figures = measured(at);
  at.close();
  return figures;
}
const together = await attacked(true);
const apart = await attacked(false);

const row = (name: string, { mrr10, hit1, precisionAtAnswer, coverage }: ReturnType<typeof figures>): string =>
  `${name.padEnd(44)} MRR@10 ${mrr10.toFixed(4)}  hit@1 ${hit1.toFixed(4)}  precision ${precisionAtAnswer.toFixed(4)}  coverage ${coverage.toFixed(4)}`;
console.log(
  `${queries.length} questions, ${asked.length} of them asked in use, ${values.rounds} rounds of ${ASKED_PER_ROUND}`,
);
for (const [part, name] of [
  ['all', 'all questions'],
  ['asked', 'asked in use'],
  ['unasked', 'never asked'],
] as const) {
  console.log(row(`before: ${name}`, before[part]));
  console.log(row(`after use: ${name}`, after[part]));
  console.log(row(`hostile, each other's: ${name}`, together[part]));
  console.log(row(`hostile, each apart: ${name}`, apart[part]));
}
const loss = Math.max(...[together, apart].map(({ all }) => before.all.mrr10 - all.mrr10));
const passed = after.all.mrr10 > before.all.mrr10 && loss <= HOSTILE.mostLoss;
console.log(`rises ${(after.all.mrr10 - before.all.mrr10).toFixed(4)}, hostile loss ${loss.toFixed(4)}`);
console.log(passed ? 'PASSED' : 'FAILED');
process.exitCode = passed ? 0 : 1;
