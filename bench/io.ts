// Proves that a fault costs nobody a question: each call to the store and to the connector fails once, in turn, and the disk is full in 50 places.

import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Clock, Store } from '../src/app/ports.ts';
import type { TicketRecord } from '../src/app/records.ts';
import type { Message } from '../src/playground/connector.ts';
import type { Outcome } from '../src/playground/teams.ts';
import { createReport } from './stage.ts';

const { values } = parseArgs({
  options: { step: { type: 'string', default: '1' }, places: { type: 'string', default: '50' } },
});
const STEP = Number(values.step);
const PLACES = Number(values.places);

/** The call that fails next, counted from the start of a story; the store does it all the same when it fails "after". */
const plan = { calls: 0, failAt: 0, when: 'before' as 'before' | 'after', failed: 0 };
const real = await import('../src/adapters/storage/sqlite.ts');
Object.assign(globalThis, {
  openPlanted: (file: string, clock: Clock): Store => {
    const store = real.openSqlite(file, clock);
    const failing =
      <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        plan.calls += 1;
        if (plan.calls !== plan.failAt) return call(...args);
        plan.failed += 1;
        if (plan.when === 'after') await call(...args);
        throw new Error('the disk reports an error (planted)');
      };
    const { read, create, replace, list, ...others } = store;
    return { ...others, read: failing(read), create: failing(create), replace: failing(replace), list: failing(list) };
  },
});
registerHooks({
  load: (url, context, next) =>
    url.endsWith('/adapters/storage/sqlite.ts?planted')
      ? { format: 'module', shortCircuit: true, source: 'export const openSqlite = globalThis.openPlanted;' }
      : next(url, context),
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    return specifier === './sqlite.ts' ? { ...resolved, url: `${resolved.url}?planted` } : resolved;
  },
});

const { openTown, people, channels, dialogOf, textOf, words } = await import('../test/town.ts');
const { locale } = await import('../src/locale/locale.ts');
const town = await openTown();
const report = createReport();
const { gent, dossier } = people;
const found = (place: Message[], text: string) =>
  place.findLast((message) => message.from === town.connector.bot.id && words(message).includes(text));
let dishonest = 0;
const stuck: string[] = [];

/** Does a step; when it was not acknowledged, what the person reads must say so, and once more must be enough. */
async function tolerantly<T>(step: () => Promise<T>, refused: (result: T) => boolean): Promise<T | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const result = await step().catch(() => undefined);
    if (result === undefined) {
      if (!found(town.teams.chat(gent), locale.fault.again)) dishonest += 1;
    } else if (!refused(result)) return result;
  }
  stuck.push(`call ${plan.failAt} ${plan.when}: a step was refused twice`);
  return undefined;
}
const faulty = (outcome: Outcome): boolean => outcome.kind !== 'dialog' && textOf(outcome).includes(locale.fault.again);

let stories = 0;
const expected: string[] = [];

/** Ask, send on, claim, answer: each acknowledged step must be in the store in the end. */
async function story(): Promise<void> {
  stories += 1;
  const question = `Hoe bewaar ik map ${stories} van deze reeks?`;
  await tolerantly(
    async () => town.teams.say(gent, question),
    () => false,
  );
  const card = await town.eventually(() => found(town.teams.chat(gent), question));
  const form = await tolerantly(() => town.teams.press(gent, card, /adviseur/i), faulty);
  if (!form) return;
  const profile = { theme: 'dossier-en-inzage', centre: 'go-clb-gent', function: 'clb-arts' };
  await tolerantly(() => dialogOf(form).press(/verstuur naar/i, profile), faulty);
  const post = await town.eventually(() => found(town.teams.posts(channels.poc.id), question));
  const [, ticket] = /"ticket":"([^"]+)"/.exec(JSON.stringify(post.activity))!;
  const press = (data: object) =>
    town.teams.perform(dossier, post, { type: 'Action.Execute', verb: 'x', data: { ticket, ...data } }, {});
  await tolerantly(() => press({ do: 'claim' }), faulty);
  const text = `Antwoord ${stories}: in de kast.`;
  await tolerantly(() => press({ do: 'answer', key: `a-${stories}`, text, afterwards: 'open' }), faulty);
  await town.eventually(() => found(town.teams.chat(gent), text));
  expected.push(question);
}

// The first story does more than the others: what is read once is read in it.
await story();
plan.calls = 0;
await story();
const callsOfOne = plan.calls;
for (const when of ['before', 'after'] as const) {
  for (let at = 1; at <= callsOfOne + 5; at += STEP) {
    Object.assign(plan, { calls: 0, failAt: at, when });
    await story().catch((error: unknown) => {
      stuck.push(`call ${at} ${when}: ${String(error)}`);
    });
  }
}
plan.failAt = 0;
report.figure(
  'store calls failed',
  `${plan.failed}, half before and half after the write; a story makes some ${callsOfOne}`,
);

let connectorCalls = 0;
town.connector.faults(() => {
  connectorCalls += 1;
  return undefined;
});
await story();
const ofOne = connectorCalls;
for (let at = 1; at <= ofOne; at += STEP) {
  connectorCalls = 0;
  town.connector.faults(() => {
    connectorCalls += 1;
    return connectorCalls === at ? { status: 503 } : undefined;
  });
  await story().catch((error: unknown) => {
    stuck.push(`call ${at} of the connector: ${String(error)}`);
  });
}
town.connector.faults();
report.figure('connector calls failed', `${Math.ceil(ofOne / STEP)} of ${ofOne} in a story`);

/** The largest size a file of this process may grow to; stands for a full disk. */
const limitFiles = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:`]);
const log = join(town.folder, 'helpdesk.sqlite-wal');
let full = 0;
let late = 0;
for (let place = 0; place < PLACES; place++) {
  const { size } = await stat(log);
  limitFiles(size + place * 700);
  let refused = false;
  for (let n = 0; n < 40 && !refused; n++) {
    const question = `Hoe bewaar ik blad ${place}-${n} als de schijf vol is?`;
    try {
      await town.teams.say(gent, question);
      expected.push(question);
    } catch {
      refused = true;
      if (!found(town.teams.chat(gent), locale.fault.again)) dishonest += 1;
    }
  }
  if (refused) full += 1;
  limitFiles('unlimited');
  const after = `Hoe bewaar ik blad ${place} nu er weer plaats is?`;
  await town.teams.say(gent, after).then(
    () => expected.push(after),
    () => (late += 1),
  );
}
report.figure('disk full', `in ${full} of ${PLACES} places`, full > PLACES / 2);
report.figure('no recovery', late, 0);

await town.eventually(() => found(town.teams.chat(gent), expected.at(-1)!));
const ready = (await fetch(`${town.url}/readyz`)).status;
const store = real.openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
const kept = new Set<string>();
let cursor: string | undefined;
do {
  const page = await store.list({ kind: 'ticket' }, { limit: 500, ...(cursor ? { cursor } : {}) });
  for (const { doc } of page.docs) {
    const [first] = (doc.body as TicketRecord).events;
    if (first?.type === 'asked') kept.add(first.question);
  }
  cursor = page.next;
} while (cursor);
store.close();
report.figure('stories', stories);
report.figure('acknowledged and lost', expected.filter((question) => !kept.has(question)).length, 0);
report.figure('without honest words', dishonest, 0);
report.figure('not done in two tries', stuck.length, 0);
for (const line of stuck) console.log(`  ${line}`);
report.figure('ready afterwards', ready, 200);
await town.close();
report.end();
