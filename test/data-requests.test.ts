// What is held of people: they see it, take it along and have it erased; an administrator makes one question unreadable.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLedger } from '../src/adapters/files/ledger.ts';
import { backUp, putBack } from '../src/adapters/storage/backup.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { keyOf } from '../src/app/knowledge/knowledge-base.ts';
import { auditTrail, verifyAudit } from '../src/app/privacy/audit.ts';
import { namingOf } from '../src/app/privacy/naming.ts';
import { eraseAgain, ownData } from '../src/app/privacy/own-data.ts';
import type { PersonId, TicketId } from '../src/domain/terms.ts';
import {
  channels,
  claimed,
  dialogOf,
  formOn,
  latest,
  openTown,
  people,
  type Town,
  textOf,
  ticketOn,
  type Who,
  words,
} from './town.ts';

let town: Town;
let backups: string;
beforeAll(async () => {
  backups = await mkdtemp(join(tmpdir(), 'backups-'));
  town = await openTown();
});
afterAll(async () => {
  await town.close();
  await rm(backups, { recursive: true });
});

const CANARY = 'kanariepiet';
const shown = (who: Who, text: RegExp) =>
  town.teams.chat(people[who]).findLast((message) => text.test(words(message)))!;
const inChannel = (text: RegExp) => town.teams.posts(channels.poc.id).find((message) => text.test(words(message)));

/** Asks something with the word in it and sends it on; gives the ticket's number and card in the channel. */
async function askAdvisor(who: 'gent' | 'kortrijk', word: string) {
  await town.teams.say(people[who], `Welke formulieren gebruiken jullie voor ${word} bij een verhuis naar Spanje?`);
  const answer = shown(who, new RegExp(`${word}[\\s\\S]*adviseur`));
  const form = dialogOf(await town.teams.press(people[who], answer, /adviseur/i));
  await form.press(/verstuur naar/i, { theme: 'beroepsgeheim', centre: 'go-clb-gent' }, { validate: false });
  const card = await town.eventually(() => inChannel(new RegExp(word)));
  return { card, number: /HD-\d{4}-\d{4}/.exec(words(card))![0] };
}

/** The files in which a text or a part of it still stands. */
async function filesWith(text: string): Promise<string[]> {
  const files = await readdir(town.folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    if ((await readFile(join(file.parentPath, file.name))).includes(text)) found.push(file.name);
  }
  return found;
}
const openStore = () => openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });

describe('somebody who wants to know', () => {
  it('gets everything as JSON in the own chat, and it is noted', async () => {
    await askAdvisor('kortrijk', 'zwaluw');
    const answer = await town.said('kortrijk', 'mijn gegevens');
    expect(answer).toContain('Vraagsteller Kortrijk');
    await town.teams.press(people.kortrijk, shown('kortrijk', /bijhoudt/), /JSON/);
    const blocks = town.teams
      .chat(people.kortrijk)
      .flatMap((message) => /```json\n([\s\S]*)\n```/.exec(words(message))?.[1] ?? []);
    const data = JSON.parse(blocks.join(''));
    expect(data.about).toMatchObject({ name: 'Vraagsteller Kortrijk', centre: 'go-clb-gent' });
    expect(JSON.stringify(data.questions)).toContain('zwaluw');
    const store = openStore();
    expect((await Array.fromAsync(auditTrail(store))).at(-1)).toMatchObject({
      by: people.kortrijk.aadObjectId,
      action: 'give-own-data',
    });
    store.close();
  });

  it('gets of a question of somebody else only what they did and when', async () => {
    const card = inChannel(/zwaluw/)!;
    await town.teams.press(people.dossier, card, /neem/i);
    const view = (await town.teams.open(people.dossier, card))!;
    const form = dialogOf(await town.teams.press(people.dossier, card, /stel.*vraag|wedervraag/i, {}, { card: view }));
    await form.press(/verstuur/i, { text: 'Is dat voor een merel?' }, { validate: false });
    const store = openStore();
    const { workedOn, questions } = await ownData(store, people.dossier.aadObjectId as PersonId);
    store.close();
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    expect(workedOn.map(({ did }) => did)).toEqual([
      [
        { at, type: 'claimed' },
        { at, type: 'asked-back' },
      ],
    ]);
    expect(questions).toEqual([]);
  });

  it('gets nothing of it in a channel', async () => {
    for (const command of ['mijn gegevens json', 'wis mijn gegevens']) {
      await town.teams.say(people.dossier, command, channels.poc.id);
      expect(words(latest(town.teams.posts(channels.poc.id)))).toContain('in je eigen chat');
    }
  });
});

describe('somebody who wants to be forgotten', () => {
  it('sees what that means first, and then nothing of them is left but what is counted', async () => {
    const { number } = await askAdvisor('gent', CANARY);
    const id = people.gent.aadObjectId;
    const claimed = await town.eventually(() => inChannel(new RegExp(CANARY)));
    await town.teams.press(people.dossier, claimed, /neem/i);
    const before = await town.said('quality', 'statistiek');
    expect(await filesWith(CANARY)).not.toEqual([]);
    expect(await filesWith(id)).not.toEqual([]);
    await backUp(town.folder, join(backups, 'before.sqlite'), () => undefined);

    expect(await town.said('gent', 'wis mijn gegevens')).toMatch(/Er loopt nog 1 vraag[\s\S]*niet ongedaan/);
    expect(await filesWith(CANARY)).not.toEqual([]);
    await town.teams.press(people.gent, latest(town.teams.chat(people.gent)), /Ja, wis/);

    await town.eventually(() => !inChannel(new RegExp(CANARY)));
    await expect.poll(() => filesWith(CANARY)).toEqual([]);
    await expect.poll(() => filesWith(id)).toEqual([]);
    expect(await filesWith(people.gent.name)).toEqual([]);
    expect(
      town.teams
        .chat(people.gent)
        .filter((message) => words(message).includes(CANARY) && 'attachments' in message.activity),
    ).toEqual([]);
    expect(words(await town.eventually(() => inChannel(new RegExp(`${number}.*(ingetrokken|Ingetrokken)`))))).toContain(
      number,
    );

    const after = await town.said('quality', 'statistiek');
    const questions = (text: string) => /Vragen\n(\d+)/.exec(text)?.[1];
    expect(questions(after)).toBe(questions(before));
    const store = openStore();
    const entry = (await Array.fromAsync(auditTrail(store))).at(-1)!;
    expect(entry).toMatchObject({ action: 'erase-person', about: 'person' });
    expect(entry.by).toMatch(/^gone-/);
    expect(await verifyAudit(store)).not.toHaveProperty('problem');
    store.close();
  });

  it('is erased again from a backup that is put back, and from nothing else', async () => {
    const place = await mkdtemp(join(tmpdir(), 'restored-'));
    await putBack(join(backups, 'before.sqlite'), place, 'now');
    const clock = { now: Date.now };
    const restored = openSqlite(join(place, 'helpdesk.sqlite'), clock);
    expect(await eraseAgain({ store: restored, clock, ledger: createLedger(town.folder, clock) })).toBe(1);
    const { docs } = await restored.list({ kind: 'erasure' });
    expect(docs.map(({ doc }) => doc.body)).toMatchObject([{ person: people.gent.aadObjectId }]);
    restored.close();
    await rm(place, { recursive: true });
    const store = openStore();
    expect(await eraseAgain({ store, clock, ledger: createLedger(town.folder, clock) })).toBe(0);
    store.close();
    const ledger = await readFile(join(town.folder, 'erasures.jsonl'), 'utf8');
    expect(ledger.trim().split('\n')).toHaveLength(2);
    await writeFile(join(backups, 'erasures.jsonl'), `${ledger.split('\n')[0]}\nnot a line\n`);
    await expect(createLedger(backups, clock).erased()).rejects.toThrow('erasures.jsonl:2 cannot be read');
  });

  it('is in the ledger also when two are the first at once, and after a crash in the middle of a line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    const file = join(folder, 'erasures.jsonl');
    const [ledger, another] = [createLedger(folder, { now: Date.now }), createLedger(folder, { now: Date.now })];
    const first = ['a', 'b', 'c', 'd'].map((id) => `person-${id}` as PersonId);
    await Promise.all(first.map((person, n) => (n % 2 ? ledger : another).note({ person })));
    const whole = await readFile(file, 'utf8');
    for (const cut of [`${whole}{"at":"2026-11-25T0`, whole]) {
      await writeFile(file, cut);
      await ledger.note({ ticket: 'ticket-e' as TicketId });
      const erased = await another.erased();
      expect([...first.map(erased.person), erased.ticket('ticket-e')]).toEqual([true, true, true, true, true]);
      expect([erased.person('person-e'), erased.ticket('ticket-a')]).toEqual([false, false]);
    }
    await writeFile(file, '{"ke');
    await ledger.note({ person: first[0]! });
    expect((await another.erased()).person(first[0]!)).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('can ask again afterwards, as somebody new', async () => {
    expect(await town.said('gent', 'mijn gegevens')).toContain('0 vragen');
  });
});

describe('an administrator', () => {
  it('makes one question unreadable after it is closed, and that is noted before it happens', async () => {
    const { card, number } = await askAdvisor('kortrijk', 'ooievaar');
    for (const typed of [`maak ${number} onleesbaar`, `onleesbaar ${number}`, `${number} onleesbaar`])
      expect(await town.said('admin', typed)).toContain('loopt nog');
    const close = dialogOf(await town.teams.press(people.dossier, card, /sluit af/i));
    await close.press(/sluit af|10|15/i, {}, { validate: false });
    await town.eventually(() => inChannel(new RegExp(`${number} ·`)));

    expect(await town.said('admin', `maak ${number} onleesbaar`)).toContain('niet ongedaan');
    await town.teams.press(people.admin, latest(town.teams.chat(people.admin)), /Ja, maak/);
    expect(words(latest(town.teams.chat(people.admin)))).toContain(`${number} is onleesbaar gemaakt`);
    await expect.poll(async () => words(shown('kortrijk', new RegExp(number)))).not.toContain('ooievaar');
    const store = openStore();
    const entries = await Array.fromAsync(auditTrail(store));
    expect(entries.filter(({ action }) => action === 'redact')).toMatchObject([
      { about: number, by: people.admin.aadObjectId },
    ]);
    store.close();
    // A backup from before would bring it back.
    const id = ticketOn(card.activity);
    expect((await createLedger(town.folder, { now: Date.now }).erased()).ticket(id)).toBe(true);
  });

  it.each(['stranger', 'dossier', 'quality'] as const)('is the only one who can: not %s', async (who) => {
    expect(await town.said(who, 'maak HD-2026-0001 onleesbaar')).toContain('Alleen een beheerder');
    const ticket = ticketOn(inChannel(/zwaluw/)!.activity);
    const forged = { type: 'Action.Submit', title: 'x', data: { do: 'redact', ticket } };
    await town.teams.perform(people[who], latest(town.teams.chat(people[who])), forged, {});
    expect(words(latest(town.teams.chat(people[who])))).toMatch(/^Alleen een beheerder .+ Vraag het aan Beheerder\.$/);
    const store = openStore();
    expect((await Array.fromAsync(auditTrail(store))).filter(({ action }) => action === 'redact')).toHaveLength(1);
    store.close();
  });
});

it('an erasure that was interrupted is ended by the sweep', async () => {
  await askAdvisor('kortrijk', 'nachtegaal');
  const store = openStore();
  const id = 'erasure:interrupted';
  const body = { person: people.kortrijk.aadObjectId, at: 0 };
  await store.create({ pk: id, id, kind: 'erasure', facets: { due: 0 }, body });
  store.close();
  await expect.poll(() => filesWith('nachtegaal')).toEqual([]);
});

describe('what was made from a question goes with it', () => {
  const WORD = 'ijsvogelnest';
  const BIRD = 'roodborsttapuit';
  const ANSWER = 'Vraag het aanvraagformulier aan het onthaal van je centrum, liefst een week vooraf.';

  /** What the helpdesk said in their chat, in that of the advisors, and in the channel. */
  const saidByBot = (who: 'gent' | 'kortrijk'): string =>
    [people[who], people.dossier, people.beroepsgeheim]
      .flatMap((member) => town.teams.chat(member))
      .concat(town.teams.posts(channels.poc.id))
      .filter(({ from }) => from === town.connector.bot.id)
      .map(words)
      .join('\n');

  /** Asked, answered, closed and proposed as FAQ; the advisor kept a draft before. Gives the ticket's number and id. */
  async function proposed(who: 'gent' | 'kortrijk', word: string) {
    const question = `Welke sleutel past op het archieflokaal met ${word} aan de gevel?`;
    const card = await claimed(town, who, 'dossier', question);
    const draft = await formOn(town, 'dossier', card, /antwoord/i);
    await draft.press(/concept/i, { text: `${ANSWER} Over ${word}.` }, { validate: false });
    const answer = await formOn(town, 'dossier', card, /antwoord/i);
    const form = dialogOf(await answer.press(/verstuur en sluit/i, { text: `${ANSWER} ${word}.`, propose: 'true' }));
    const sent = textOf(await form.press(/stel voor/i, { theme: 'dossier-en-inzage', audience: 'clb', sources: '' }));
    expect(sent).toContain('Voorgesteld');
    const number = /HD-\d{4}-\d{4}/.exec(words(card))![0];
    return { number, ticket: ticketOn(card.activity) };
  }

  it('when an administrator redacts it: drafts, learnt wordings and proposals, in every file', async () => {
    const { number, ticket } = await proposed('kortrijk', WORD);
    const store = openStore();
    // As an advisor taught it: the vote is theirs, the words are the requester's.
    const text = `Welke sleutel past op het archieflokaal met ${WORD} aan de gevel?`;
    const body = { wordings: [{ key: keyOf(text), text, for: [{ by: 'somebody', at: 1 }], against: [] }] };
    await store.create({ pk: 'wordings:mdd-inzage-school', id: 'wordings:mdd-inzage-school', kind: 'wordings', body });
    const items = async () => (await store.list({ kind: 'item' })).docs.map(({ doc }) => JSON.stringify(doc));
    expect((await items()).filter((item) => item.includes(WORD))).toHaveLength(1);
    // Who asks where somebody is named hears of what was made from a question as well.
    const kept = { text: `Bel ${WORD}.`, source: '', at: 1 };
    await store.create({ pk: `draft:${ticket}:x`, id: `draft:${ticket}:x`, kind: 'draft', body: kept });
    const named = await namingOf(store, ['archieflokaal', WORD.toUpperCase()]);
    expect(named.questions.map((one) => one.number)).toEqual([number]);
    expect(named.beside.map(({ kind }) => kind)).toEqual(['item', 'wordings']);
    expect((await namingOf(store, ['bel', WORD])).beside).toContainEqual({ kind: 'draft', of: number });
    expect(await namingOf(store, ['  '])).toMatchObject({ questions: [], beside: [] });

    await town.said('admin', `maak ${number} onleesbaar`);
    await town.teams.press(people.admin, latest(town.teams.chat(people.admin)), /Ja, maak/);
    expect(words(latest(town.teams.chat(people.admin)))).toContain(`${number} is onleesbaar gemaakt`);
    await expect.poll(() => filesWith(WORD)).toEqual([]);
    await expect.poll(() => saidByBot('kortrijk')).not.toContain(WORD);
    expect(saidByBot('kortrijk')).toContain('De tekst van dit bericht is gewist.');
    expect(saidByBot('kortrijk')).toContain('gewist, samen met de vraag waar hij uit kwam');
    // There is nothing left to propose, and the card does not offer it.
    expect(words(inChannel(new RegExp(`${number} · `)))).not.toContain('Stel voor als FAQ');
    expect((await store.list({ kind: 'posted' })).docs).toEqual([]);
    expect((await items()).filter((item) => item.includes('archieflokaal'))).toEqual([]);
    store.close();
  });

  it('when the requester is erased, and an advisor taught and proposed it', { timeout: 30_000 }, async () => {
    await proposed('gent', BIRD);
    expect(await filesWith(BIRD)).not.toEqual([]);
    await town.said('gent', 'wis mijn gegevens');
    await town.teams.press(people.gent, latest(town.teams.chat(people.gent)), /Ja, wis/);
    await expect.poll(() => filesWith(BIRD)).toEqual([]);
    await expect.poll(() => saidByBot('gent')).not.toContain(BIRD);
  });
});
