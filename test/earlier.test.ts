// Earlier questions beside a new one: of the own service only, of every instance, and of nobody who was erased.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Messenger, Store } from '../src/app/ports.ts';
import { likeTickets, rememberChanged, similarTickets } from '../src/app/questions/earlier.ts';
import { similarOf } from '../src/app/questions/messages.ts';
import { type App, change, createApp, createTicket, load } from '../src/app/questions/tickets.ts';
import type { Person } from '../src/domain/authorisation.ts';
import type { ContactId, FunctionId, PersonId, Result, ServiceId, ThemeId, TicketId } from '../src/domain/terms.ts';
import type { Refusal, Ticket } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { countingAll } from './counting.ts';

const QUESTION = 'Wie tekent het formulier voor de overdracht van het dossier naar Duitsland?';
const AGAIN = 'Wie moet het formulier tekenen voor de overdracht van een dossier naar Duitsland?';
const theme = 'dossier-en-inzage' as ThemeId;
const [poc, pbd] = ['poc-plus' as ServiceId, 'pbd-go' as ServiceId];
const clock = { now: () => Date.parse('2026-11-24T08:00:00Z') };
const system = { kind: 'system' } as const;
const someone = (id: string, advisorOf: ServiceId[] = []): Person => ({
  kind: 'person',
  person: id as PersonId,
  name: `naam van ${id}`,
  roles: { advisorOf, quality: false, administrator: false },
});
const done = (result: Result<Ticket, Refusal>): Ticket => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`);
  return result.value;
};
const silent: Messenger = {
  post: async () => ({ outcome: 'delivered', activityId: 'a' }),
  update: async () => ({ outcome: 'delivered', activityId: 'a' }),
  member: async () => undefined,
  open: async () => undefined,
};

let knowledge: App['knowledge'];
let store: Store;
/** An instance of its own on the store. */
const instance = (): App =>
  createApp({
    store: { ...store },
    knowledge,
    measures: countingAll(store, () => knowledge.content(), clock),
    messenger: silent,
    clock,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
beforeAll(async () => {
  knowledge = await createKnowledgeBase(
    () => loadContent('content'),
    () => {},
  );
});
beforeEach(() => {
  store = openSqlite(':memory:', clock);
});

/** Asked, sent to a service, answered and closed there, by way of this instance. */
async function answered(app: App, id: string, question: string, service: ServiceId): Promise<Ticket> {
  const asker = someone(`asker of ${id}`);
  const advisor = someone('advisor', [service]);
  const requester = { person: asker.person, name: asker.name, function: 'f' as FunctionId };
  const address = { conversationId: 'c', serviceUrl: 'https://example.org' };
  await createTicket(app, id as TicketId, address, (number) =>
    verbs.ask({ id: id as TicketId, number, channel: 'teams', requester, question, service }, clock.now()),
  );
  const steps: ((ticket: Ticket) => Result<Ticket, Refusal>)[] = [
    (ticket) => verbs.suggest(ticket, system, clock.now(), { decision: 'none', items: [] }),
    (ticket) =>
      verbs.route(ticket, asker, clock.now(), 'r', {
        service,
        contact: 'contact' as ContactId,
        theme,
        question,
        urgency: 'this-week',
        requester,
      }),
    (ticket) => verbs.claim(ticket, advisor, clock.now()),
    (ticket) => verbs.answer(ticket, advisor, clock.now(), 'a', { text: 'De directie.', close: true, survey: false }),
  ];
  for (const step of steps) done(await change(app, { ticket: id as TicketId }, step));
  return (await load(app, id as TicketId))!.ticket;
}
/** What an instance takes in of what the others saved. */
async function hear(app: App): Promise<void> {
  for (const stored of (await app.store.changes('', 1_000)).docs) await rememberChanged(app, stored);
}

describe('an earlier question', () => {
  it('is shown to the service that answered it, and to no other', async () => {
    const app = instance();
    await answered(app, 'one', QUESTION, poc);
    expect(await similarTickets(app, AGAIN, { theme, service: poc })).toEqual(['one']);
    expect(await similarTickets(app, AGAIN, { theme, service: pbd })).toEqual([]);
    // Also when it was noted with the new question before that went to the other service.
    const asked = await answered(app, 'two', AGAIN, poc);
    const at = asked.events.findIndex(({ type }) => type === 'routed');
    const noted = { ...asked.events[at]!, similar: ['one' as TicketId] } as Ticket['events'][number];
    const events = asked.events.with(at, noted);
    expect((await similarOf(app, { ...asked, events })).map(({ id }) => id)).toEqual(['one']);
    expect(await similarOf(app, { ...asked, events, service: pbd })).toEqual([]);
  });

  it('is known to every instance, and to none once it was made unreadable', async () => {
    const [one, two] = [instance(), instance()];
    const like = { question: AGAIN, theme, service: poc, except: [] };
    const found = async (app: App) => [
      await similarTickets(app, AGAIN, { theme, service: poc }),
      (await likeTickets(app, someone('advisor', [poc]), like, 3)).map(({ id }) => id),
    ];
    expect(await found(two)).toEqual([[], []]);
    await answered(one, 'one', QUESTION, poc);
    await hear(two);
    expect(await found(two)).toEqual([['one'], ['one']]);
    done(await change(one, { ticket: 'one' as TicketId }, (ticket) => verbs.redact(ticket, system, clock.now())));
    await hear(two);
    expect(await found(two)).toEqual([[], []]);
  });

  it('is looked for among so many, however many there are', async () => {
    const app = instance();
    expect(await similarTickets(app, AGAIN, { theme, service: poc })).toEqual([]);
    for (let n = 0; n < 160; n++) await answered(app, `t${n}`, `${QUESTION} ${n}`, poc);
    await hear(app);
    const found = await likeTickets(
      app,
      someone('advisor', [poc]),
      { question: QUESTION, theme, service: poc, except: [] },
      1_000,
    );
    expect(found).toHaveLength(150);
  });
});
