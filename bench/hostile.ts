// Attacks the running helpdesk from inside the tenant: forged presses, broken activities, injections, words that must not leak.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { loadContent } from '../src/adapters/files/content.ts';
import { writeCsv } from '../src/adapters/files/writing.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { exportTickets } from '../src/app/figures/export.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import { detect } from '../src/domain/privacy.ts';
import { parseLine } from '../src/domain/registration-line.ts';
import { locale } from '../src/locale/locale.ts';
import type { Activity, Message } from '../src/playground/connector.ts';
import { channels, latest, openTown, people, words } from '../test/town.ts';

const { values } = parseArgs({
  options: {
    forged: { type: 'string', default: '10000' },
    fuzzed: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
let failures = 0;
let lap = performance.now();
const verdict = (what: string, figures: Record<string, number | string>, bad: string[]) => {
  failures += bad.length;
  const shown = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  console.log(
    `${what} (${((performance.now() - lap) / 1_000).toFixed(0)} s): ${shown.join(', ')} · ${bad.length === 0 ? 'PASSED' : 'FAILED'}`,
  );
  for (const line of bad.slice(0, 10)) console.log(`  ${line}`);
  lap = performance.now();
};
const unhandled: string[] = [];
process.on('unhandledRejection', (error) => unhandled.push(String(error)));

const town = await openTown();
const { gent, kortrijk, school, dossier, wiskunde, quality, stranger } = people;

/** Sends activities several at a time and gives what each was answered with. */
async function deliverAll(activities: Activity[]): Promise<{ status: number; body: unknown; activity: Activity }[]> {
  const answers: { status: number; body: unknown; activity: Activity }[] = [];
  const queue = activities.values();
  const worker = async () => {
    for (const activity of queue) answers.push({ ...(await town.teams.deliver(activity)), activity });
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return answers;
}

async function routed(who: typeof gent, question: string): Promise<Message> {
  await town.teams.say(who, question);
  const card = town.teams.chat(who).findLast((message) => JSON.stringify(message.activity).includes('"open-ask"'))!;
  const ticket = /"ticket":"([^"]+)"/.exec(JSON.stringify(card.activity))![1]!;
  const data = { do: 'ask-advisor', ticket, key: `route-${ticket}`, theme: 'dossier-en-inzage', centre: 'go-clb-gent' };
  await town.teams.perform(
    who,
    card,
    { type: 'Action.Submit', title: 'x', data: { ...data, msteams: { type: 'task/fetch' } } },
    {},
  );
  return town.eventually(() =>
    town.teams.posts(channels.poc.id).find((message) => JSON.stringify(message.activity).includes(ticket)),
  );
}

const store = () => openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
async function ticketsNow(): Promise<Map<string, string>> {
  const open = store();
  const page = await open.list({ kind: 'ticket' }, { limit: 100_000 });
  open.close();
  return new Map(page.docs.map(({ doc }) => [doc.pk, JSON.stringify((doc.body as { events: unknown }).events)]));
}

// Four questions of others in four states, and one of an advisor's own that was closed.
const NATIVE = ['kanarie-alfa', 'kanarie-bravo', 'kanarie-charlie', 'kanarie-delta'];
for (const [n, word] of NATIVE.entries()) {
  const card = await routed(
    n % 2 === 0 ? gent : kortrijk,
    `Welke formulieren gebruiken jullie voor ${word} bij een verhuis naar Spanje?`,
  );
  if (n > 0) await town.teams.press(dossier, card, /neem/i);
}
await town.eventually(() => town.teams.posts(channels.poc.id).length >= NATIVE.length);
await new Promise((resolve) => setTimeout(resolve, 3_000));
const guarded = await ticketsNow();
const targets = [...guarded.keys()];

/** An activity as this person's client would send it, with this in the place of what the card holds. */
async function envelopes(): Promise<((data: unknown, door: number) => Activity)[]> {
  const made: ((data: unknown, door: number) => Activity)[] = [];
  for (const who of [stranger, wiskunde, school]) {
    await town.teams.say(who, 'help');
    const message = latest(town.teams.chat(who));
    const { activity } = await town.teams.perform(
      who,
      message,
      { type: 'Action.Execute', title: 'x', verb: 'x', data: { do: 'command', command: 'help' } },
      {},
    );
    made.push((data, door) => {
      const id = `f:hostile-${Math.random()}`;
      if (door === 0) return { ...activity!, id, type: 'message', name: undefined, value: data } as Activity;
      if (door === 1)
        return {
          ...activity!,
          id,
          name: 'adaptiveCard/action',
          value: { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' },
        } as Activity;
      return { ...activity!, id, name: door === 2 ? 'task/fetch' : 'task/submit', value: { data } } as Activity;
    });
  }
  return made;
}
const senders = await envelopes();

{
  const source = await readFile(new URL('../src/cards/actions.ts', import.meta.url), 'utf8');
  const verbs = [...source.matchAll(/do: z\.literal\('([\w-]+)'\)/g)].map(([, verb]) => verb!);
  const aboutTickets = verbs.filter(
    (verb) =>
      !['command', 'ask-text', 'ask-advisor', 'register', 'save-session', 'profile', 'forget-me'].includes(verb),
  );
  const payload = fc.record({
    do: fc.constantFrom(...aboutTickets),
    ticket: fc.constantFrom(...targets),
    tickets: fc.array(fc.constantFrom(...targets), { minLength: 1, maxLength: 3 }),
    to: fc.oneof(
      fc.constantFrom(...targets, 'release', `person:${stranger.aadObjectId}`, 'theme:wiskunde'),
      fc.string(),
    ),
    key: fc.oneof(fc.constantFrom('route', 'answer:x:1', 'close:x:2'), fc.string({ minLength: 1, maxLength: 90 })),
    version: fc.integer(),
    text: fc.constantFrom('vervalst antwoord', ''),
    minutes: fc.oneof(fc.integer(), fc.string()),
    other: fc.string(),
    helped: fc.boolean(),
    item: fc.constantFrom('mdd-inzage-school', 'x'),
    theme: fc.constantFrom('wiskunde', 'dossier-en-inzage', 'x'),
    scores: fc.constant({ score_nuttig: 1 }),
    remark: fc.string(),
    question: fc.string(),
    session: fc.string({ minLength: 1 }),
    time: fc.string({ minLength: 1 }),
    day: fc.string(),
  });
  const forged = fc.sample(payload, { numRuns: Number(values.forged), seed });
  const answers = await deliverAll(forged.map((data, n) => senders[n % senders.length]!(data, n % 4)));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const after = await ticketsNow();
  const changed = targets.filter((id) => after.get(id) !== guarded.get(id)).map((id) => `${id} was changed`);
  const shown = answers
    .filter(({ body }) => NATIVE.some((word) => JSON.stringify(body ?? '').includes(word)))
    .map(
      ({ activity }) =>
        `text was shown to ${(activity.from as { name?: string } | undefined)?.name}: ${JSON.stringify(activity.value).slice(0, 200)}`,
    );
  const faults = answers
    .filter(({ status }) => status >= 500)
    .map(({ status, activity }) => `${status} on ${JSON.stringify(activity.value).slice(0, 200)}`);
  verdict(
    'forged presses',
    {
      sent: forged.length,
      verbs: aboutTickets.length,
      'tickets changed': changed.length,
      'texts shown': shown.length,
      'answers of 500': faults.length,
    },
    [...changed, ...shown, ...faults],
  );
}

{
  const anything = fc.oneof(
    { weight: 4, arbitrary: fc.string({ maxLength: 60 }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        null,
        undefined,
        true,
        0,
        -1,
        Number.MAX_SAFE_INTEGER,
        '',
        'x'.repeat(5_000),
        '\u0000',
        '😀',
        '<at>Helpdesk</at>',
        '__proto__',
        'constructor',
      ),
    },
    { weight: 1, arbitrary: fc.object({ maxDepth: 3, withNullPrototype: false }) },
    { weight: 1, arbitrary: fc.array(fc.anything({ maxDepth: 1 }), { maxLength: 4 }) },
  );
  const source = await readFile(new URL('../src/cards/actions.ts', import.meta.url), 'utf8');
  const verbs = [...source.matchAll(/do: z\.literal\('([\w-]+)'\)/g)].map(([, verb]) => verb!);
  const data = fc.oneof(
    anything,
    fc
      .dictionary(
        fc.constantFrom(
          'ticket',
          'tickets',
          'key',
          'text',
          'to',
          'minutes',
          'theme',
          'centre',
          'scores',
          'helped',
          'item',
          'day',
          'channel',
          'question',
          'session',
          'time',
          'participants',
          'names',
          'mask',
        ),
        anything,
      )
      .chain((fields) => fc.constantFrom(...verbs, 'unknown').map((verb) => ({ ...fields, do: verb }))),
  );
  const change = fc.record(
    {
      type: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('invoke', 'message') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'messageReaction',
            'messageUpdate',
            'conversationUpdate',
            'installationUpdate',
            'event',
            'typing',
            '',
          ),
        },
        { weight: 1, arbitrary: anything },
      ),
      name: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constantFrom(
            'adaptiveCard/action',
            'task/fetch',
            'task/submit',
            'composeExtension/query',
            'composeExtension/fetchTask',
            'composeExtension/submitAction',
            'application/search',
            'signin/verifyState',
          ),
        },
        { weight: 1, arbitrary: anything },
      ),
      value: fc.oneof(
        data.map((inner) => ({
          action: { type: 'Action.Execute', verb: 'x', data: inner },
          data: inner,
          commandId: 'x',
          parameters: inner,
        })),
        anything,
      ),
      text: anything,
      from: fc.oneof({ weight: 6, arbitrary: fc.constant('keep') }, { weight: 1, arbitrary: anything }),
      conversation: fc.oneof({ weight: 6, arbitrary: fc.constant('keep') }, { weight: 1, arbitrary: anything }),
      channelData: anything,
      entities: anything,
      attachments: anything,
      membersAdded: anything,
      timestamp: anything,
      locale: anything,
      replyToId: anything,
    },
    { requiredKeys: ['type', 'name', 'value', 'from', 'conversation'] },
  );
  const total = Number(values.fuzzed);
  const bad: string[] = [];
  const statuses = new Map<number, number>();
  let invokes = 0;
  const known = /^(adaptiveCard\/action|task\/fetch|task\/submit)$/;
  for (let done = 0; done < total; done += 2_000) {
    const changes = fc.sample(change, { numRuns: Math.min(2_000, total - done), seed: seed + done });
    const activities = changes.map((fields, n) => {
      const base = senders[n % senders.length]!({}, 1);
      const { from, conversation, ...rest } = fields as Record<string, unknown>;
      return {
        ...base,
        ...rest,
        ...(from === 'keep' ? {} : { from }),
        ...(conversation === 'keep' ? {} : { conversation }),
      } as Activity;
    });
    for (const { status, body, activity } of await deliverAll(activities)) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 && status !== 501) bad.push(`${status} on ${JSON.stringify(activity).slice(0, 300)}`);
      if (
        activity.type !== 'invoke' ||
        typeof activity.name !== 'string' ||
        !known.test(activity.name) ||
        status !== 200
      )
        continue;
      invokes++;
      const said = JSON.stringify(body ?? '');
      if (!/\p{L}{3}/u.test(words(body as object) + said))
        bad.push(`no words for ${JSON.stringify(activity.value).slice(0, 200)}`);
    }
  }
  const counted = Object.fromEntries([...statuses].sort().map(([status, count]) => [`${status}:`, count]));
  verdict(
    'broken activities',
    { sent: total, ...counted, 'known invokes answered': invokes, unhandled: unhandled.length },
    [...bad, ...unhandled],
  );
  const after = await ticketsNow();
  const changed = targets.filter((id) => after.get(id) !== guarded.get(id)).map((id) => `${id} was changed`);
  verdict('  and what others asked', { tickets: targets.length, changed: changed.length }, changed);
}

{
  const repeat = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n));
  const FORMULA = ['=', '+', '-', '@', '\t=', '\r=', ' =', '＝'];
  const MARKUP = [
    '[klik hier](https://evil.example/%)',
    '![x](https://evil.example/%.png)',
    '<img src=x onerror=alert(%)>',
    '<script>alert(%)</script>',
    '**vet%** _cursief_',
    '# kop %',
    '<at>Iedereen%</at>',
    '<a href="javascript:alert(%)">x</a>',
    '```\n%\n```',
    '[x](javascript:alert(%))',
    '{{DATE(2026-01-01,SHORT)}}%',
    '${locale.common.fallback}%',
    '\u202Etxt.exe%',
    '<b>%</b>\u0000',
    '"><svg onload=alert(%)>',
  ];
  const SLOW = [
    'a',
    'a ',
    'aa@',
    '0',
    '12.',
    '(',
    '-',
    "'",
    'é',
    'leerling ',
    'BE12 ',
    'tel gent ',
    '\n',
    ' ',
    'x@x.',
    '85.07.',
  ];
  const payloads = [
    ...repeat(150, (n) => `${FORMULA[n % FORMULA.length]}cmd|' /C calc'!A${n}`),
    ...repeat(150, (n) => `${MARKUP[n % MARKUP.length]!.replaceAll('%', String(n))} hoe lang bewaren we een dossier?`),
    ...repeat(150, (n) => `${SLOW[n % SLOW.length]!.repeat(4_000).slice(0, 3_990 - n)}!`),
  ];
  const knowledge = await createKnowledgeBase(
    () => loadContent('./content'),
    () => undefined,
  );
  const bad: string[] = [];
  let slowest = 0;
  knowledge.answer({ text: 'warm' });
  for (const [n, payload] of payloads.entries()) {
    // Of this thread's own time: what else the machine does at the moment is not the payload's fault.
    const before = process.threadCpuUsage();
    detect(payload);
    parseLine(payload, knowledge.content(), locale.lineWords);
    knowledge.answer({ text: payload });
    const { user, system } = process.threadCpuUsage(before);
    const took = (user + system) / 1_000;
    slowest = Math.max(slowest, took);
    if (took > 50) bad.push(`${took.toFixed(0)} ms for payload ${n}: ${JSON.stringify(payload.slice(0, 40))}`);
  }
  /** True when the payload stands in a part of a message that is read as Markdown. */
  const active = (node: unknown, payload: string): boolean => {
    if (Array.isArray(node)) return node.some((one) => active(one, payload));
    if (typeof node !== 'object' || node === null) return false;
    const { type, text, title, facts } = node as Record<string, unknown>;
    const read = [
      ...(type === 'TextBlock' ? [text] : []),
      ...(type === 'FactSet' ? [JSON.stringify(facts)] : []),
      ...(typeof type === 'string' && type.startsWith('Action.') ? [title] : []),
    ];
    const part = payload.trim().slice(0, 30);
    return read.some((one) => typeof one === 'string' && one.includes(part)) || active(Object.values(node), payload);
  };
  let cards = 0;
  for (const payload of payloads.slice(0, 300)) {
    await town.teams.say(school, payload);
    // The same words twice within 90 s are one question, and are not answered twice.
    const message = town.teams.chat(school).findLast(({ from }) => from === town.connector.bot.id)!;
    cards++;
    const text = String((message.activity as { text?: unknown }).text ?? '');
    if (active(message.activity, payload) || (text !== '' && text.includes(payload.slice(0, 30))))
      bad.push(`active in a card: ${payload.slice(0, 60)}`);
  }
  const { content } = await loadContent('./content');
  const open = store();
  const { header, rows } = exportTickets(open, { content, withText: true });
  const file = join(town.folder, 'export.csv');
  await writeCsv(file, header, rows);
  open.close();
  const csv = (await readFile(file, 'utf8')).slice(1);
  const formulas = csv.split(/;|\r\n/).filter((cell) => /^"?[=+\-@\t\r]/.test(cell));
  verdict(
    'injections',
    {
      payloads: payloads.length,
      'cards looked at': cards,
      'cells that a spreadsheet would run': formulas.length,
      'slowest ms': slowest.toFixed(1),
    },
    [...bad, ...formulas.map((cell) => `formula: ${cell.slice(0, 60)}`)],
  );
}

{
  await town.teams.say(quality, 'statistiek');
  const bad: string[] = [];
  for (const word of [...NATIVE, 'vervalst antwoord', 'dossier?']) {
    const logged = town.lines.filter((line) => JSON.stringify(line).includes(word));
    if (logged.length > 0) bad.push(`${word} in the log: ${JSON.stringify(logged[0]).slice(0, 200)}`);
  }
  let summaries = 0;
  for (const conversation of [channels.poc.id, channels.pbd.id]) {
    for (const message of town.teams.posts(conversation)) {
      const { summary } = message.activity as { summary?: unknown };
      if (typeof summary !== 'string') continue;
      summaries++;
      for (const word of NATIVE) if (summary.includes(word)) bad.push(`${word} in a notification`);
    }
  }
  for (const who of [gent, kortrijk]) {
    for (const message of town.teams.chat(who)) {
      const { summary, from } = message.activity as { summary?: unknown; from?: { id?: string } };
      if (from?.id === who.id || typeof summary !== 'string') continue;
      summaries++;
      for (const word of NATIVE) if (summary.includes(word)) bad.push(`${word} in a notification`);
    }
  }
  const { content } = await loadContent('./content');
  const open = store();
  const plain = exportTickets(open, { content, withText: false });
  const cells = JSON.stringify(await Array.fromAsync(plain.rows));
  open.close();
  for (const word of NATIVE) if (cells.includes(word)) bad.push(`${word} in an export without text`);
  if (NATIVE.some((word) => words(latest(town.teams.chat(quality))).includes(word)))
    bad.push('a word in the statistics');
  verdict(
    'words that must not leak',
    { words: NATIVE.length, 'log lines': town.lines.length, notifications: summaries },
    bad,
  );
}

await town.close();
console.log(failures === 0 ? 'PASSED' : 'FAILED');
process.exit(failures === 0 ? 0 : 1);
