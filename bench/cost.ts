// Counts what the life of one question asks of the store, and estimates what Cosmos DB would charge for it.

import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createHelpdesk } from '../src/app/helpdesk.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Messenger, Store } from '../src/app/ports.ts';
import type { PersonId } from '../src/domain/terms.ts';
import { countingAll } from '../test/counting.ts';

/**
 * Request units of an operation on so many bytes. Estimated: Microsoft gives 1 RU for reading 1 KB by id and about
 * 5 for writing it with default indexing (learn.microsoft.com, "Request Units in Azure Cosmos DB"); a replace is taken
 * as twice a create, and a query that finds little as 3. Only an account says what it really is.
 */
const ESTIMATE: Record<string, (bytes: number) => number> = {
  read: (bytes) => Math.max(1, bytes / 1_024),
  create: (bytes) => 5 * Math.max(1, bytes / 1_024),
  replace: (bytes) => 10 * Math.max(1, bytes / 1_024),
  list: () => 3,
};

const clock = { now: Date.now };
const real = openSqlite(':memory:', clock);
let counts: Record<string, { times: number; ru: number }> = {};
const count = (operation: string, value: unknown): void => {
  const seen = counts[operation] ?? { times: 0, ru: 0 };
  const ru = ESTIMATE[operation]!(Buffer.byteLength(JSON.stringify(value ?? null)));
  counts[operation] = { times: seen.times + 1, ru: seen.ru + ru };
};
const store: Store = {
  ...real,
  read: async (pk, id) => {
    const found = await real.read(pk, id);
    count('read', found?.doc);
    return found;
  },
  create: (doc) => {
    count('create', doc);
    return real.create(doc);
  },
  replace: (doc, version) => {
    count('replace', doc);
    return real.replace(doc, version);
  },
  list: (filter, options) => {
    count('list', undefined);
    return real.list(filter, options);
  },
};
let posted = 0;
let lastCard = '';
const messenger: Messenger = {
  post: async (_to, message) => {
    posted += 1;
    if (JSON.stringify(message.card ?? '').includes('"ticket"')) lastCard = JSON.stringify(message.card);
    return { outcome: 'delivered', activityId: String(posted) };
  },
  update: async ({ activityId }) => ({ outcome: 'delivered', activityId }),
  open: async () => undefined,
  member: async (_of, user) => ({ name: user }),
};
const silent = { debug: () => {}, info: () => {}, warn: console.error, error: console.error };
const knowledge = await createKnowledgeBase(() => loadContent('./content'), console.error);
const measures = countingAll(store, knowledge.content, clock);
const appointed = { administrators: new Set(['admin']), quality: new Set<string>() };
const helpdesk = createHelpdesk({ store, messenger, knowledge, measures, clock, log: silent }, appointed);
const serviceUrl = 'https://example.org';
const turn = (person: string, place: 'personal' | 'channel') => ({
  person: person as PersonId,
  userId: `29:${person}`,
  name: person,
  place,
  address: { conversationId: place === 'channel' ? '19:channel' : `a:${person}`, serviceUrl },
  sentAt: clock.now(),
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 60));
const act = async (who: ReturnType<typeof turn>, data: object) => {
  await helpdesk.act(who, data);
  await settle();
};
let total = 0;
async function step(name: string, task: () => Promise<unknown>): Promise<void> {
  counts = {};
  await task();
  await settle();
  const ru = Object.values(counts).reduce((sum, one) => sum + one.ru, 0);
  total += ru;
  const operations = Object.entries(counts).map(([operation, { times }]) => `${times} ${operation}`);
  console.log(`${name.padEnd(28)} ${operations.join(', ').padEnd(46)} about ${ru.toFixed(0)} RU`);
}

const requester = turn('requester', 'personal');
const advisor = turn('advisor', 'channel');
await helpdesk.message(turn('admin', 'channel'), 'adviseurskanaal poc-plus', false);
await helpdesk.message(requester, 'Wat is een eerste vraag?', false);
await act(advisor, { do: 'command', command: 'help' });
await settle();

await step('asked and answered', () =>
  helpdesk.message(requester, 'Hoe lang bewaren we een dossier van vroeger?', false),
);
const ticket = /"ticket":"([^"]+)"/.exec(lastCard)?.[1] ?? '';
const routed = {
  do: 'ask-advisor',
  ticket,
  key: 'k1',
  theme: 'dossier-en-inzage',
  centre: 'go-clb-gent',
  function: 'clb-arts',
};
await step('sent on to an advisor', () => act(requester, routed));
await step('claimed', () => act(advisor, { do: 'claim', ticket }));
await step('answered and closed', () =>
  act(advisor, { do: 'answer', ticket, key: 'k2', text: 'In de kast.', minutes: '10', afterwards: 'close' }),
);
const scores = Object.fromEntries(knowledge.content().survey.items.map(({ id }) => [id, 5]));
await step('survey', () => act(requester, { do: 'survey', ticket, scores, remark: '' }));
await step('one sweep, nothing due', () => helpdesk.sweep());
console.log(
  `${'the whole life'.padEnd(28)} ${''.padEnd(46)} about ${total.toFixed(0)} RU (counts are given, RU are estimated)`,
);
await helpdesk.stop();
