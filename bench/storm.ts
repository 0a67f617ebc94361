// Proves that messages arrive, in order and within the limits of Teams, through a connector that is busy and fails often; and that people who blocked the bot are left alone.

import { parseArgs } from 'node:util';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { TicketRecord } from '../src/app/records.ts';
import { createTeams } from '../src/playground/teams.ts';
import { advisorsChannel, createReport, each, openStage, pause, person, persons } from './stage.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '200' },
    each: { type: 'string', default: '25' },
    blocked: { type: 'string', default: '1000' },
  },
});
const PEOPLE = Number(values.people);
const EACH = Number(values.each);
const BLOCKED = Number(values.blocked);
const FAILS = 0.3;
/** What the connector allows per conversation: the published limits of Teams. */
const LIMITS = [
  { calls: 7, withinMs: 1_000 },
  { calls: 60, withinMs: 30_000 },
];
const report = createReport();

async function storm(): Promise<void> {
  const people = persons(0, PEOPLE, 'Vraagsteller');
  const stage = await openStage(people);
  const calls = new Map<string, number[]>();
  const counts = { broken: 0, failed: 0, ambiguous: 0, calls: 0 };
  let warm = false;
  stage.connector.faults(({ method, conversation }) => {
    if (!['post', 'reply', 'update'].includes(method)) return undefined;
    counts.calls += 1;
    const now = performance.now();
    const before = calls.get(conversation) ?? [];
    calls.set(conversation, [...before.slice(-60), now]);
    const broken = LIMITS.some(({ calls: most, withinMs }) => (before.at(-most) ?? -Infinity) > now - withinMs);
    if (broken) {
      if (warm) counts.broken += 1;
      return { status: 429, retryAfter: 1 };
    }
    if (Math.random() > FAILS) return undefined;
    counts.failed += 1;
    const kind = Math.floor(Math.random() * 6);
    if (kind === 5) {
      counts.ambiguous += 1;
      return { cut: 'after' };
    }
    return kind === 4
      ? { cut: 'before' }
      : { status: [412, 429, 502, 504][kind]!, ...(kind === 1 ? { retryAfter: 1 } : {}) };
  });
  const program = await stage.launch({ PACE: '7/1,60/30,1800/3600' });
  const teams = createTeams({
    botUrl: `${program.url}/api/messages`,
    connectorUrl: stage.connectorUrl,
    connector: stage.connector,
  });
  const began = performance.now();
  // Everybody has met the helpdesk: the profile is asked once and would be one more message.
  await each(people, 20, async (who) => void (await teams.say(who, 'hallo')));
  warm = true;
  const question = (who: number, n: number) => `Hoe bewaar ik map ${who}-${n} van de school?`;
  await Promise.all(
    people.map(async (who, index) => {
      for (let n = 0; n < EACH; n++) await teams.say(who, question(index, n));
    }),
  );
  const asked = (performance.now() - began) / 1_000;
  const arrivals = (index: number): number[] =>
    teams.chat(people[index]!).flatMap(({ from, activity }) => {
      const [, n] =
        new RegExp(`map ${index}-(\\d+) van`).exec(from === stage.connector.bot.id ? JSON.stringify(activity) : '') ??
        [];
      return n === undefined ? [] : [Number(n)];
    });
  const missing = () => people.flatMap((_, index) => (new Set(arrivals(index)).size === EACH ? [] : [index])).length;
  const deadline = performance.now() + 600_000;
  while (missing() > 0 && performance.now() < deadline) await pause(500);
  const took = (performance.now() - began) / 1_000;
  let duplicates = 0;
  let disordered = 0;
  for (const index of people.keys()) {
    const order = arrivals(index);
    const first = [...new Set(order)];
    duplicates += order.length - first.length;
    if (first.some((n, at) => at > 0 && n < first[at - 1]!)) disordered += 1;
  }
  const total = PEOPLE * EACH;
  report.figure(
    'storm',
    `${total} messages to ${PEOPLE} conversations, asked in ${asked.toFixed(0)} s, told in ${took.toFixed(0)} s`,
  );
  report.figure(
    'calls',
    `${counts.calls}, of which ${counts.failed} failed on purpose (${((counts.failed / counts.calls) * 100).toFixed(0)} %)`,
  );
  report.figure('conversations short', missing(), 0);
  report.figure('out of order', disordered, 0);
  report.figure('limits broken', counts.broken, 0);
  report.figure(
    'duplicates',
    `${duplicates} (${((duplicates / total) * 100).toFixed(1)} %) after ${counts.ambiguous} ambiguous answers`,
    duplicates <= counts.ambiguous,
  );
  await program.stop();
  await stage.close();
}

async function blocked(): Promise<void> {
  const admin = person(0, 'Beheerder');
  const advisor = person(1, 'Adviseur');
  const people = persons(100, BLOCKED, 'Vraagsteller');
  const channel = advisorsChannel([admin, advisor]);
  const stage = await openStage([admin, advisor, ...people], [channel]);
  const { connector } = stage;
  const program = await stage.launch({ ADMINS: admin.aadObjectId, PACE: '100000/1' });
  const teams = createTeams({ botUrl: `${program.url}/api/messages`, connectorUrl: stage.connectorUrl, connector });
  const began = performance.now();
  await teams.say(admin, 'adviseurskanaal poc-plus', channel.id);
  await each(people.entries(), 12, async ([n, who]) => {
    await teams.say(who, `Waar vind ik formulier nummer ${n} van het dossier?`);
    const card = teams.chat(who).findLast(({ activity }) => JSON.stringify(activity).includes('"open-ask"'))!;
    const [, ticket] = /"ticket":"([^"]+)"/.exec(JSON.stringify(card.activity))!;
    const data = {
      do: 'ask-advisor',
      ticket,
      key: `route-${n}`,
      theme: 'dossier-en-inzage',
      msteams: { type: 'task/fetch' },
    };
    await teams.perform(who, card, { type: 'Action.Submit', data }, { centre: 'go-clb-gent', function: 'clb-arts' });
  });
  const cards = () => teams.posts(channel.id).filter(({ activity }) => JSON.stringify(activity).includes('"claim"'));
  while (cards().length < BLOCKED) await pause(100);
  await pause(2_000);
  const chats = new Set(people.map((who) => connector.personal(who).id));
  const refused = new Map<string, number>();
  connector.faults(({ method, conversation }) => {
    if (!chats.has(conversation) || !['post', 'reply'].includes(method)) return undefined;
    refused.set(conversation, (refused.get(conversation) ?? 0) + 1);
    return { status: 403, code: 'BotNotInConversationRoster' };
  });
  await each(cards(), 12, async (card) => {
    const [, ticket] = /"ticket":"([^"]+)"/.exec(JSON.stringify(card.activity))!;
    const press = (data: object) =>
      teams.perform(advisor, card, { type: 'Action.Execute', verb: 'x', data: { ticket, ...data } }, {});
    await press({ do: 'claim' });
    await press({ do: 'answer', key: `answer-${ticket}`, text: 'In de kast.', afterwards: 'open' });
  });
  const told = () =>
    teams.posts(channel.id).filter(({ activity }) => JSON.stringify(activity).includes('niet bereikbaar in Teams'))
      .length;
  const deadline = performance.now() + 120_000;
  while (told() < BLOCKED && performance.now() < deadline) await pause(200);
  // Several rounds of the sweep: what should not come has had its chance.
  await pause(8_000);
  await program.stop();
  const store = openSqlite(`${stage.folder}/data/helpdesk.sqlite`, { now: Date.now });
  let flagged = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list({ kind: 'ticket' }, { limit: 500, ...(cursor ? { cursor } : {}) });
    flagged += page.docs.filter(
      ({ doc }) => (doc.body as TicketRecord).trouble.requester?.reason === 'unreachable',
    ).length;
    cursor = page.next;
  } while (cursor);
  store.close();
  await stage.close();
  report.figure('blocked', `${BLOCKED} people, in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  report.figure(
    'calls after a 403',
    [...refused.values()].reduce((sum, n) => sum + n - 1, 0),
    0,
  );
  report.figure('flagged', flagged, BLOCKED);
  report.figure('advisors told', told(), BLOCKED);
}

await storm();
await blocked();
report.end();
