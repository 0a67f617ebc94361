// The walk: every person, every action, every kind of question, on every door. What the table forbids changes and shows nothing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { readSetUp } from '../src/app/set-up/kept.ts';
import { may, type Roles, type Verb } from '../src/domain/authorisation.ts';
import type { SetUp } from '../src/domain/set-up.ts';
import type { PersonId, ServiceId } from '../src/domain/terms.ts';
import { brusselsDay } from '../src/domain/working-time.ts';
import type { Activity, Message } from '../src/playground/connector.ts';
import { channels, latest, openTown, people, type Town } from './town.ts';

const poc = 'poc-plus' as ServiceId;
const pbd = 'pbd-go' as ServiceId;
const none: Roles = { advisorOf: [], quality: false, administrator: false };
/** Everybody who may knock, with the rights that the house gives them. */
const WHO: Record<string, { member: (typeof people)[keyof typeof people]; roles: Roles }> = {
  requester: { member: people.gent, roles: none },
  'another requester': { member: people.kortrijk, roles: none },
  advisor: { member: people.dossier, roles: { ...none, advisorOf: [poc] } },
  'advisor of the other service': { member: people.wiskunde, roles: { ...none, advisorOf: [pbd] } },
  'quality team': { member: people.quality, roles: { ...none, quality: true } },
  stranger: { member: people.stranger, roles: none },
};

/** The verb that each action about one question stands for; an action that is not in here fails the test below. */
const ABOUT_A_QUESTION: Record<string, Verb> = {
  view: 'read',
  'open-ask': 'route',
  'ask-advisor': 'route',
  rate: 'rate',
  more: 'suggest',
  pick: 'suggest',
  'move-to': 'withdraw',
  withdraw: 'withdraw',
  'open-reply': 'reply',
  reply: 'reply',
  'open-reopen': 'reopen',
  reopen: 'reopen',
  survey: 'survey',
  claim: 'claim',
  'open-answer': 'answer',
  answer: 'answer',
  'draft-answer': 'answer',
  'open-ask-back': 'ask-back',
  'ask-back': 'ask-back',
  'open-hand-over': 'hand-over',
  'hand-over': 'hand-over',
  'open-consult': 'consult',
  consult: 'consult',
  'open-refer': 'refer',
  refer: 'refer',
  'open-close': 'close',
  close: 'close',
  'open-connect': 'link',
  merge: 'merge',
  link: 'link',
  unlink: 'link',
  unmerge: 'unmerge',
  'same-question': 'register',
  'repeat-registration': 'register',
  'undo-registration': 'retract',
  'survey-link': 'correct',
  'open-correct': 'correct',
  correct: 'correct',
  retract: 'retract',
  'ticket-time': 'log-time',
  redact: 'redact',
  'open-propose': 'propose',
  'propose-item': 'propose',
  'open-miss': 'propose',
  'teach-miss': 'propose',
  'close-miss': 'propose',
  'open-case': 'propose',
  'save-case': 'propose',
};
/** Actions that name no question; who may do what with them stands in tests of their own. */
const OTHER = new Set(
  `command ask-text open-rewrite forget-me open-profile profile register register-message open-session save-session
  retract-session open-week log-time undo-time open-topics open-topic open-decision decide undo-decision open-write-item write-item
  open-offer offer-material open-item publish-item open-item-reason item-reason revert-item confirm-item edit-case show-case approve-case return-case open-regulation
  open-absence set-absence end-absence open-contact change-contact open-theme change-theme undo-set-up flag-theme unflag-theme`.split(
    /\s+/,
  ),
);
const actions = [
  ...readFileSync(new URL('../src/cards/actions.ts', import.meta.url), 'utf8').matchAll(
    /do: z\.literal\('([\w-]+)'\)/g,
  ),
].map(([, name]) => name!);

let town: Town;
let own: string;
let ofOthers: string;
beforeAll(async () => {
  town = await openTown();
  own = await routed(people.gent, 'ooievaar', 'dossier-en-inzage', channels.poc.id);
  ofOthers = await routed(people.school, 'zwaluw', 'wiskunde', channels.pbd.id);
}, 60_000);
afterAll(() => town.close());

const WORDS = ['ooievaar', 'zwaluw'];

async function routed(who: (typeof people)['gent'], word: string, theme: string, channel: string): Promise<string> {
  await town.teams.say(who, `Welke formulieren gebruiken jullie voor ${word} bij een verhuis naar Spanje?`);
  const card = town.teams.chat(who).findLast((message) => JSON.stringify(message.activity).includes('"open-ask"'))!;
  const ticket = /"ticket":"([^"]+)"/.exec(JSON.stringify(card.activity))![1]!;
  const data = { do: 'ask-advisor', ticket, key: `route-${ticket}`, theme, msteams: { type: 'task/fetch' } };
  await town.teams.perform(who, card, { type: 'Action.Submit', title: 'x', data }, {});
  await town.eventually(() =>
    town.teams.posts(channel).find(({ activity }) => JSON.stringify(activity).includes(word)),
  );
  return ticket;
}

async function eventsOf(ticket: string): Promise<string | undefined> {
  const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
  const stored = await store.read(ticket, ticket);
  store.close();
  return stored && JSON.stringify((stored.doc.body as { events: unknown }).events);
}
async function countTickets(): Promise<number> {
  const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
  const { docs } = await store.list({ kind: 'ticket' }, { limit: 10_000 });
  store.close();
  return docs.length;
}

/** What this person's client would send through each door. */
const DOORS: Record<string, (base: Activity, data: object) => Activity> = {
  message: (base, data) => ({ ...base, type: 'message', name: undefined, value: data }) as Activity,
  press: (base, data) =>
    ({
      ...base,
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'x', data }, trigger: 'manual' },
    }) as Activity,
  dialog: (base, data) => ({ ...base, name: 'task/fetch', value: { data } }) as Activity,
  'submitted dialog': (base, data) => ({ ...base, name: 'task/submit', value: { data } }) as Activity,
  'message extension': (base, data) =>
    ({ ...base, name: 'composeExtension/submitAction', value: { commandId: 'register', data } }) as Activity,
};

async function baseOf(who: (typeof people)['gent']): Promise<Activity> {
  await town.teams.say(who, 'help');
  const message: Message = latest(town.teams.chat(who));
  const look = { type: 'Action.Execute', title: 'x', verb: 'x', data: { do: 'command', command: 'help' } };
  return (await town.teams.perform(who, message, look, {})).activity!;
}

const payload = (action: string, ticket: string): object => ({
  do: action,
  ticket,
  tickets: [ticket],
  to: action === 'hand-over' || action === 'consult' ? `person:${people.beroepsgeheim.aadObjectId}` : ticket,
  other: ticket,
  with: ticket,
  key: `walk-${action}`,
  text: 'van iemand anders',
  question: 'van iemand anders',
  helped: true,
  item: 'mdd-inzage-school',
  theme: 'wiskunde',
  scores: { x: 1 },
  remark: '',
  minutes: '10',
});

it('every action is either about one question, with a verb, or is not', () => {
  const known = (name: string) => name in ABOUT_A_QUESTION || OTHER.has(name);
  expect(actions.filter((name) => !known(name))).toEqual([]);
  expect(Object.keys(ABOUT_A_QUESTION).filter((name) => !actions.includes(name))).toEqual([]);
});

describe.each(Object.entries(WHO))('%s', (_name, { member, roles }) => {
  it('changes and sees nothing that the table forbids, on any door', { timeout: 120_000 }, async () => {
    const base = await baseOf(member);
    const actor = { kind: 'person', person: member.aadObjectId as PersonId, name: member.name, roles } as const;
    const questions = [
      { ticket: own, subject: { requester: people.gent.aadObjectId as PersonId, service: poc } },
      { ticket: ofOthers, subject: { requester: people.school.aadObjectId as PersonId, service: pbd } },
      { ticket: 'x'.repeat(22), subject: undefined },
    ];
    const before = new Map(
      await Promise.all(questions.map(async ({ ticket }) => [ticket, await eventsOf(ticket)] as const)),
    );
    const many = await countTickets();
    let cells = 0;
    for (const [action, verb] of Object.entries(ABOUT_A_QUESTION)) {
      for (const { ticket, subject } of questions) {
        if (subject && may(actor, verb, subject)) continue;
        for (const [door, send] of Object.entries(DOORS)) {
          const cell = `${action} on ${door}${subject ? ` of ${subject.service}` : ' of nobody'}`;
          const activity = { ...send(base, payload(action, ticket)), id: `walk-${++cells}-${member.aadObjectId}` };
          const { status, body } = await town.teams.deliver(activity);
          expect([cell, status < 500]).toEqual([cell, true]);
          const said = JSON.stringify(body ?? '');
          const others = WORDS.filter((word) => !(member === people.gent && word === 'ooievaar'));
          expect([cell, others.filter((word) => said.includes(word))]).toEqual([cell, []]);
        }
      }
    }
    expect(cells).toBeGreaterThan(200);
    for (const { ticket } of questions) expect(await eventsOf(ticket)).toBe(before.get(ticket));
    expect(await countTickets()).toBe(many);
    const chat = town.teams.chat(member).filter(({ activity }) => (activity.from as { id?: string })?.id !== member.id);
    if (member !== people.gent && member !== people.school) {
      const shown = chat.filter(({ activity }) => WORDS.some((word) => JSON.stringify(activity).includes(word)));
      expect(shown).toEqual([]);
    }
  });
});

/** What each action of the set-up would do to somebody else's contact or to a theme, if it were let through. */
const SET_UP: Record<string, object> = {
  'open-absence': { contact: 'poc-justitie' },
  'set-absence': { contact: 'poc-justitie', from: '2030-01-01', to: '2030-01-02', substitute: '-' },
  'end-absence': { contact: 'poc-beroepsgeheim', absence: 'walk' },
  'open-contact': { id: 'poc-justitie' },
  'change-contact': { id: 'poc-justitie', role: 'Gekaapt', email: 'gekaapt@example.org', substitute: '-', made: 0 },
  'open-theme': { id: 'wiskunde' },
  'change-theme': { id: 'wiskunde', name: 'Gekaapt', keywords: 'gekaapt', service: 'pbd-go', contact: '', made: 0 },
  'undo-set-up': { kind: 'contact', id: 'poc-it', made: 1 },
};
const setUpNow = async (): Promise<SetUp> => {
  const store = openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
  const setUp = await readSetUp(store);
  store.close();
  return setUp;
};

describe('the set-up', () => {
  let sent = 0;
  const send = async (who: (typeof people)['gent'], door: string, base: Activity, data: object): Promise<string> => {
    const activity = { ...DOORS[door]!(base, data), id: `set-up-${++sent}` };
    const { status, body } = await town.teams.deliver(activity);
    expect([door, data, status < 500]).toEqual([door, data, true]);
    return JSON.stringify(body ?? '') + JSON.stringify(latest(town.teams.chat(who)).activity);
  };

  beforeAll(async () => {
    const base = await baseOf(people.admin);
    const soon = brusselsDay(Date.now() + 86_400_000);
    const away = { do: 'set-absence', contact: 'poc-beroepsgeheim', from: soon, to: soon, key: 'walk' };
    await send(people.admin, 'press', base, away);
    const change = { ...SET_UP['change-contact'], do: 'change-contact', id: 'poc-it', key: 'walk' };
    await send(people.admin, 'press', base, change);
    expect(await setUpNow()).toMatchObject({ absences: [{ id: 'walk' }], made: { 'contact:poc-it': 1 } });
  }, 60_000);

  it('is walked in whole', () => {
    const known = /absence|contact|theme|set-up/;
    const ofOthers = ['flag-theme', 'unflag-theme'];
    expect(actions.filter((name) => known.test(name) && !ofOthers.includes(name)).sort()).toEqual(
      Object.keys(SET_UP).sort(),
    );
  });

  it.each(Object.entries(WHO))(
    '%s changes nothing of it and reads no address, on any door',
    {
      timeout: 120_000,
    },
    async (_name, { member }) => {
      const base = await baseOf(member);
      const before = await setUpNow();
      for (const [action, data] of Object.entries(SET_UP)) {
        for (const door of Object.keys(DOORS)) {
          const said = await send(member, door, base, { ...data, do: action, key: `walk-${sent}` });
          const addresses = said.match(/[\w.]+@example\.org/g)?.filter((address) => address !== member.email) ?? [];
          expect([action, door, addresses, said.includes('"change-')]).toEqual([action, door, [], false]);
        }
      }
      expect(await setUpNow()).toEqual(before);
    },
  );

  it('an advisor says when they are away themselves, on every door', { timeout: 120_000 }, async () => {
    const base = await baseOf(people.dossier);
    const own = { do: 'set-absence', contact: 'poc-dossier', substitute: '-' };
    for (const [at, door] of Object.keys(DOORS).entries()) {
      const day = `2030-01-${String(at + 10)}`;
      const early = await send(people.dossier, door, base, { ...own, from: day, to: '2030-01-01', key: `early-${at}` });
      expect([door, early]).toEqual([door, expect.stringContaining('Draai ze om')]);
      const far = { ...own, from: brusselsDay(Date.now() + at * 86_400_000) };
      await send(people.dossier, door, base, { ...far, to: far.from, key: `own-${at}` });
      expect([door, (await setUpNow()).absences.at(-1)]).toEqual([door, expect.objectContaining({ id: `own-${at}` })]);
    }
  });

  it('an administrator changes it on every door', { timeout: 120_000 }, async () => {
    const base = await baseOf(people.admin);
    const theme = { ...SET_UP['change-theme'], do: 'change-theme', contact: 'pbd-wiskunde' };
    for (const [at, door] of Object.keys(DOORS).entries()) {
      await send(people.admin, door, base, { ...theme, name: `Wiskunde ${at}`, key: `theme-${at}`, made: at });
      expect([door, (await setUpNow()).made['theme:wiskunde']]).toEqual([door, at + 1]);
    }
  });
});
