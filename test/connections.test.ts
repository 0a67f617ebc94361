// Two questions that are the same, or belong together: nothing is lost, nothing counts twice, and a crash in between is made good.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Messenger, Store } from '../src/app/ports.ts';
import { sweep } from '../src/app/questions/sweep.ts';
import { type App, change, createTicket, findTickets, load } from '../src/app/questions/tickets.ts';
import type { Person } from '../src/domain/authorisation.ts';
import { absorbedBy, consequences, link, linksOf, merge, unlink, unmerge } from '../src/domain/connections.ts';
import { register } from '../src/domain/registration.ts';
import type { ContactId, PersonId, ServiceId, TicketId } from '../src/domain/terms.ts';
import { mergedInto, minutesOf, type Ticket } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { done, person, refusalOf } from './cast.ts';
import { deskOver, nobody } from './desk.ts';
import {
  claimed,
  dialogOf,
  formOn,
  latest,
  openTown,
  people,
  routed,
  type Town,
  textOf,
  ticketOn,
  type Who,
  words,
} from './town.ts';

const now = Date.parse('2026-11-24T08:00:00Z');
const poc = 'poc-plus' as ServiceId;
const pbd = 'pbd-go' as ServiceId;
const me = person('me', { advisorOf: [poc] });
const other = person('other', { advisorOf: [poc] });
const quality = person('quality', { quality: true });

function asked(id: string, more: Partial<verbs.Asking> = {}): Ticket {
  const requester = { person: `asker of ${id}` as PersonId, name: 'Vraagsteller' };
  const base = {
    id: id as TicketId,
    number: `HD-2026-${id}`,
    channel: 'teams',
    question: 'Mag dat?',
    service: poc,
  } as const;
  return done(verbs.ask({ ...base, requester, ...more }, now));
}
function open(id: string, service = poc): Ticket {
  const ticket = asked(id, { service });
  const contact = 'c' as ContactId;
  const routing = {
    service,
    contact,
    question: ticket.question,
    urgency: 'soon',
    requester: ticket.requester,
  } as const;
  return done(verbs.route(ticket, person(`asker of ${id}`), now, 'r', routing));
}
const noted = (id: string, service = poc): Ticket =>
  done(
    register(
      {
        id: id as TicketId,
        number: `HD-2026-${id}`,
        channel: 'phone',
        question: 'Mag dat?',
        service,
        askedAt: now,
        requester: { name: '' },
        minutes: 10,
      },
      { kind: 'system' },
      now,
    ),
  );
const merging = (a: Ticket, b: Ticket, who: Person = me) => merge(a, b, who, now, 'm');

describe('merging', () => {
  it('ends a question as merged and keeps its minutes, its history and its requester', () => {
    const before = done(verbs.logTime(done(verbs.claim(open('1'), me, now)), me, now, 't', 10));
    const after = done(merging(before, open('2')));
    expect(after.state).toMatchObject({ kind: 'closed', outcome: 'merged', by: { person: 'me' } });
    expect(after.events.slice(0, before.events.length)).toEqual(before.events);
    expect([minutesOf(after), after.requester.person]).toEqual([10, 'asker of 1']);
    expect(mergedInto(after)).toEqual({ ticket: '2', number: 'HD-2026-2' });
  });

  it('taken back puts it where it stood, in the same hands', () => {
    const held = done(verbs.claim(open('1'), me, now));
    const back = done(unmerge(done(merging(held, open('2'))), other, now + 1, 'u'));
    expect(back.state).toEqual(held.state);
    expect(mergedInto(back)).toBeUndefined();
    expect(refusalOf(unmerge(back, me, now, 'u2'))).toBe('not-merged');
    const registered = noted('3');
    expect(done(unmerge(done(merging(registered, open('2'))), me, now, 'u')).state).toEqual(registered.state);
  });

  it('is refused with itself, twice, with what ended, and across services without the right', () => {
    const [one, two] = [open('1'), open('2')];
    const withdrawn = done(verbs.withdraw(two, person('asker of 2'), now));
    expect(refusalOf(merging(one, one))).toBe('same-ticket');
    expect(refusalOf(merging(done(merging(one, two)), open('3')))).toBe('already-merged');
    expect(refusalOf(merging(open('3'), done(merging(one, two))))).toBe('already-merged');
    expect([refusalOf(merging(one, withdrawn)), refusalOf(merging(withdrawn, one))]).toEqual(
      Array(2).fill('already-closed'),
    );
    expect([refusalOf(merging(asked('4'), one)), refusalOf(merging(one, asked('4')))]).toEqual(
      Array(2).fill('not-routed'),
    );
    expect(refusalOf(merging(one, { ...noted('5'), retracted: true }))).toBe('retracted');
    expect(refusalOf(merging(one, open('6', pbd)))).toBe('not-allowed');
    expect(refusalOf(merging(one, open('6', pbd), quality))).toBe('done');
    expect(refusalOf(merging(one, two, person('stranger')))).toBe('not-allowed');
    expect(refusalOf(merging(one, noted('7')))).toBe('merge-into-registered');
    expect([refusalOf(merging(noted('8'), one)), refusalOf(merging(noted('8'), noted('7')))]).toEqual(['done', 'done']);
    expect(refusalOf(merging(done(verbs.claim(one, other, now)), two))).toBe('already-claimed');
  });
});

describe('linking', () => {
  it('leaves both as they are, once, and can be undone', () => {
    const [one, two] = [open('1'), noted('2')];
    const linked = done(link(one, two, me, now, 'l'));
    expect(linked.state).toEqual(one.state);
    expect(linksOf(linked)).toEqual([{ ticket: '2', number: 'HD-2026-2' }]);
    expect(refusalOf(link(linked, two, me, now, 'l2'))).toBe('already-linked');
    expect(linksOf(done(unlink(linked, two.id, me, now, 'u')))).toEqual([]);
    expect(refusalOf(unlink(one, two.id, me, now, 'u'))).toBe('not-linked');
    expect(refusalOf(link(one, one, me, now, 'l'))).toBe('same-ticket');
    expect(refusalOf(link(one, open('3', pbd), me, now, 'l'))).toBe('not-allowed');
    expect(refusalOf(unlink(linked, two.id, person('stranger'), now, 'u'))).toBe('not-allowed');
  });
});

it('has no consequences for others when nothing was merged or linked', () => {
  const answered = done(verbs.answer(open('1'), me, now, 'a', { text: 'Ja.', close: true, survey: false, minutes: 5 }));
  expect(consequences(answered, 0)).toEqual([]);
});

describe('when the process dies in between', () => {
  const messenger: Messenger = {
    ...nobody,
    post: async () => ({ outcome: 'delivered', activityId: 'a' }),
    update: async () => ({ outcome: 'delivered', activityId: 'a' }),
  };
  let knowledge: App['knowledge'];
  beforeAll(async () => {
    knowledge = await createKnowledgeBase(
      () => loadContent('content'),
      () => {},
    );
  });

  const appOn = (store: Store): App => deskOver(store, knowledge, { now: () => now }, { messenger });
  const keep = async (app: App, ticket: Ticket) =>
    done({
      ok: true,
      value: (
        (await createTicket(app, ticket.id, { conversationId: 'c', serviceUrl: 'https://x' }, () => ({
          ok: true,
          value: ticket,
        }))) as { ok: true; value: { ticket: Ticket } }
      ).value.ticket,
    });
  /** A store that dies at the given write, and every one after it. */
  const dying = (store: Store, at: number): Store => {
    let writes = 0;
    const replace: Store['replace'] = (doc, version) => {
      if (++writes >= at) throw new Error('the process is gone');
      return store.replace(doc, version);
    };
    return { ...store, replace };
  };
  const look = async (app: App, id: string): Promise<Ticket> => (await load(app, id as TicketId))!.ticket;

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'after %i writes, the sweep of the next process finishes the merge',
    async (writes) => {
      const store = openSqlite(':memory:', { now: () => now });
      const first = appOn(store);
      await keep(first, open('1'));
      await keep(first, open('2'));
      // The merge itself is one write; the answer another; everything that follows from them may be cut off.
      await change(first, { ticket: '1' as TicketId, key: 'm' }, (ticket) => merging(ticket, open('2')));
      const cut = appOn(dying(store, writes));
      await sweep(cut);
      const between = appOn(store);
      await change(between, { ticket: '2' as TicketId, key: 'a' }, (ticket) =>
        verbs.answer(ticket, me, now, 'a', { text: 'Ja, dat mag.', close: true, survey: false }),
      );
      await sweep(appOn(dying(store, writes)));
      const next = appOn(store);
      for (let round = 0; round < 4; round++) await sweep(next);
      const [one, two] = [await look(next, '1'), await look(next, '2')];
      expect(absorbedBy(two)).toEqual([{ ticket: '1', number: 'HD-2026-0001' }]);
      expect(two.events.filter(({ type }) => type === 'absorbed')).toHaveLength(1);
      expect(one.events.filter(({ type }) => type === 'answered')).toMatchObject([{ text: 'Ja, dat mag.', via: '2' }]);
      expect(one.state).toMatchObject({ kind: 'closed', outcome: 'merged' });
      expect((await findTickets(next, {})).map(minutesOf)).toEqual([0, 0]);
      store.close();
    },
  );

  it('two questions that were merged into each other at once do not disappear in a circle', async () => {
    const store = openSqlite(':memory:', { now: () => now });
    const app = appOn(store);
    await keep(app, open('1'));
    await keep(app, open('2'));
    await change(app, { ticket: '1' as TicketId, key: 'm' }, (ticket) => merging(ticket, open('2')));
    await change(app, { ticket: '2' as TicketId, key: 'm' }, (ticket) => merging(ticket, open('1')));
    for (let round = 0; round < 4; round++) await sweep(app);
    const tickets = [await look(app, '1'), await look(app, '2')];
    expect(tickets.map((ticket) => mergedInto(ticket) === undefined).filter(Boolean)).toHaveLength(1);
    store.close();
  });

  it('a chain passes the answer on to its end, and a survivor that is withdrawn gives the others back', async () => {
    const store = openSqlite(':memory:', { now: () => now });
    const app = appOn(store);
    for (const id of ['1', '2', '3', '4']) await keep(app, open(id));
    await change(app, { ticket: '1' as TicketId, key: 'm' }, (ticket) => merging(ticket, open('2')));
    await sweep(app);
    await change(app, { ticket: '2' as TicketId, key: 'm' }, (ticket) => merging(ticket, open('3')));
    await sweep(app);
    await change(app, { ticket: '3' as TicketId, key: 'a' }, (ticket) =>
      verbs.answer(ticket, me, now, 'a', { text: 'Ja.', close: false, survey: false }),
    );
    await sweep(app);
    expect((await look(app, '1')).events.findLast(({ type }) => type === 'answered')).toMatchObject({ text: 'Ja.' });
    // What is merged later gets the answer that was given before.
    await change(app, { ticket: '4' as TicketId, key: 'm' }, (ticket) => merging(ticket, open('3')));
    await sweep(app);
    expect((await look(app, '4')).events.findLast(({ type }) => type === 'answered')).toMatchObject({ text: 'Ja.' });
    await change(app, { ticket: '3' as TicketId }, (ticket) => verbs.withdraw(ticket, person('asker of 3'), now));
    await sweep(app);
    expect([(await look(app, '2')).state.kind, (await look(app, '4')).state.kind]).toEqual(['open', 'open']);
    expect((await look(app, '1')).state).toMatchObject({ kind: 'closed', outcome: 'merged' });
    store.close();
  });
});

describe('in Teams', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());
  const having = (who: Who, text: string) =>
    town.eventually(() => town.teams.chat(people[who]).find((message) => words(message).includes(text)));
  const numberOn = (card: object) => /HD-\d{4}-\d{4}/.exec(words(card))![0];

  it('two people get one answer, and the advisor answers once', async () => {
    const first = await routed(town, 'kortrijk', 'Wie ruimt het archief op als een school sluit?');
    const second = await claimed(town, 'gent', 'dossier', 'Een school sluit: wie ruimt dan het archief op?');
    const [kept, gone] = [numberOn(second), numberOn(first)];
    const form = await formOn(town, 'dossier', first, /voeg samen of koppel/i);
    expect(words(form.card)).toContain(kept);
    expect(words(dialogOf(await form.press('Voeg samen')).card)).toContain('Kies eerst een vraag');
    expect(words(dialogOf(await form.press('Voeg samen', { number: 'HD-2026-9999' })).card)).toContain('vind ik niet');
    expect(words(dialogOf(await form.press('Voeg samen', { number: gone })).card)).toContain('Dat is dezelfde vraag');
    expect(textOf(await form.press('Voeg samen', { number: kept.toLowerCase() }))).toBe(`Samengevoegd met ${kept}.`);
    await having('kortrijk', 'is dezelfde als een vraag die we al behandelen');
    await town.eventually(() => words(first).includes('samengevoegd met een gelijke vraag'));
    await town.eventually(() => words(second).includes(`Hiermee samengevoegd: ${gone}`));
    const answer = await formOn(town, 'dossier', second, /^antwoord/i);
    await answer.press(/sluit af/i, { text: 'De scholengroep bewaart het archief.', minutes: '15' });
    await having('gent', 'De scholengroep bewaart het archief.');
    await having('kortrijk', 'De scholengroep bewaart het archief.');
    await town.eventually(() => words(latest(town.teams.chat(people.kortrijk))).includes(gone));
    await town.teams.say(people.quality, 'statistiek');
    const figures = words(latest(town.teams.chat(people.quality)));
    expect(figures).toContain('0 u 15');
  });

  it('is taken back on the card, and a requester who reopens gets an own question again', async () => {
    const first = await routed(town, 'kortrijk', 'Welke doos past op het bovenste rek?');
    const second = await routed(town, 'gent', 'Welke dozen passen op het bovenste rek?');
    const merged = async () => {
      const form = await formOn(town, 'dossier', first, /voeg samen of koppel/i);
      await form.press('Voeg samen', { number: numberOn(second) });
      await town.eventually(() => words(first).includes('Samengevoegd met'));
    };
    await merged();
    expect(textOf(await town.teams.press(people.dossier, first, /haal uit elkaar/i))).toBe('Opgeslagen.');
    await having('kortrijk', 'behandelen we weer apart');
    await town.eventually(() => words(first).includes('Niemand nam deze vraag al op'));
    await town.eventually(() => !words(second).includes('Hiermee samengevoegd'));
    await merged();
    const status = town.teams
      .chat(people.kortrijk)
      .findLast((message) => words(message).includes('Welke doos past') && words(message).includes('Ontvangen'))!;
    await town.eventually(() => words(status).includes('Samengevoegd met een gelijke vraag'));
    const reopen = dialogOf(await town.teams.press(people.kortrijk, status, /heropen/i));
    await reopen.press(/heropen/i, { text: 'Het gaat om een ander rek.' });
    await town.eventually(() => words(first).includes('Niemand nam deze vraag al op'));
  });

  it('links and unlinks, and says so on both', async () => {
    await town.teams.say(people.dossier, 'tel gent dossier 10m welke inkt is dokumentecht?');
    const number = numberOn(latest(town.teams.chat(people.dossier)));
    const card = await claimed(town, 'gent', 'dossier', 'Welke inkt is documentecht?');
    const form = await formOn(town, 'dossier', card, /voeg samen of koppel/i);
    expect(words(form.card)).toContain(number);
    expect(textOf(await form.press('Koppel', { number }))).toBe(`Gekoppeld aan ${number}.`);
    await town.eventually(() => words(card).includes(`Gekoppeld aan: ${number}`));
    await town.teams.say(people.dossier, number);
    expect(words(latest(town.teams.chat(people.dossier)))).toContain(`Gekoppeld aan: ${numberOn(card)}`);
    const again = await formOn(town, 'dossier', card, /voeg samen of koppel/i);
    expect(textOf(await again.press('Ontkoppel', { number }))).toBe(`Ontkoppeld van ${number}.`);
    await town.eventually(() => !words(card).includes('Gekoppeld aan'));
  });

  it('is for advisors of both services only', async () => {
    const card = await routed(town, 'gent', 'Hoeveel sloten heeft een kast?');
    const ticket = ticketOn(card.activity);
    // In the channel itself a press proves that somebody is an advisor.
    for (const who of ['gent', 'stranger', 'wiskunde'] as const) {
      await town.teams.say(people[who], 'help');
      for (const action of ['open-connect', 'merge', 'link', 'unlink', 'unmerge']) {
        const data = { do: action, ticket, key: 'k', other: ticket };
        const own = latest(town.teams.chat(people[who]));
        const outcome = await town.send(who, own, data);
        expect(textOf(outcome), `${who} ${action}`).toContain('vind ik niet, of ze is niet voor jou bestemd');
      }
    }
  });
});
