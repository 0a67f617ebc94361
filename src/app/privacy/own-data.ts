// What is held about one person: shown, handed over, and made to disappear on their word. Decides no term and no right.

import { hash, randomUUID } from 'node:crypto';
import type { Actor } from '../../domain/authorisation.ts';
import type { SetUp } from '../../domain/set-up.ts';
import { type PersonId, type SchoolYear, type TicketId, yes } from '../../domain/terms.ts';
import { replay, type Ticket } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { schoolYearOf } from '../../domain/working-time.ts';
import { documentsOf } from '../documents.ts';
import { forgetWordings, wordingsOf } from '../knowledge/wordings.ts';
import { SYSTEM } from '../people.ts';
import type { Clock, ErasureLedger, Store, Stored, StoredDoc } from '../ports.ts';
import { notices } from '../questions/notices.ts';
import { announce, tell } from '../questions/tell.ts';
import { type App, change, load, opened, save } from '../questions/tickets.ts';
import type { ErasureRecord, TicketRecord } from '../records.ts';
import { audit } from './audit.ts';
import { strikeMadeFrom } from './made-from.ts';
import { forgetPosted } from './posted.ts';

const PAGE = 200;
const GRACE_MS = 120_000;
/** How long an erasure waits for cards to lose their words, before it forgets where they are. */
const TELL_AT_ONCE_MS = 10_000;

/** Everything in the store that names the person: their own questions whole, of others' only what they did and when. */
export type OwnData = {
  person: PersonId;
  about: unknown;
  questions: { number: string; events: readonly unknown[] }[];
  workedOn: { number: string; did: { at: string; type: string }[] }[];
  other: { kind: string; body: unknown }[];
};

export async function ownData(store: Store, person: PersonId): Promise<OwnData> {
  const data: OwnData = { person, about: null, questions: [], workedOn: [], other: [] };
  for await (const stored of documentsNaming(store, person)) {
    const { doc } = stored;
    if (doc.kind === 'ticket') {
      const { ticket } = opened(stored);
      if (ticket.requester.person === person) {
        data.questions.push({ number: ticket.number, events: ticket.events });
        continue;
      }
      const did = ticket.events.filter(({ by }) => by?.person === person);
      data.workedOn.push({
        number: ticket.number,
        did: did.map(({ at, type }) => ({ at: new Date(at).toISOString(), type })),
      });
    } else if (doc.pk === `person:${person}`) data.about = doc.body;
    else if (doc.kind === 'set-up') data.other.push({ kind: doc.kind, body: setUpBy(doc.body as SetUp, person) });
    else if (doc.kind !== 'audit') data.other.push({ kind: doc.kind, body: doc.body });
  }
  for (const wording of await wordingsOf(store, person)) data.other.push({ kind: 'wording', body: wording });
  return data;
}

/** Of what everybody set up together only what this person did. */
function setUpBy({ contacts, themes, absences }: SetUp, person: PersonId): unknown {
  const own = (changes: Readonly<Record<string, readonly { by: string; at: number; to: unknown }[]>>) =>
    Object.entries(changes).flatMap(([about, list]) =>
      list.filter(({ by }) => by === person).map(({ at, to }) => ({ about, at, to })),
    );
  return {
    changes: [...own(contacts), ...own(themes)],
    absences: absences.filter(({ by }) => by === person),
  };
}

/**
 * Erases every text of a person's questions and every trace of who they are, and leaves what is counted. Resolves when
 * that is certain to happen: what is under way is a document, and `continueErasures` goes on with it after a crash.
 * `ended` resolves to how many documents changed.
 */
export async function forget(app: App, person: PersonId): Promise<{ ended: Promise<number> }> {
  // Left alone for a while by the sweep, which is for the ones that nobody is at work on.
  const { id, body } = await requestErasure(app, { person }, GRACE_MS);
  return { ended: finish(app, id, body) };
}

/** Leaves it to the sweep of a running helpdesk, after `wait` milliseconds. */
export async function requestErasure(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  what: { person: PersonId } | { ticket: TicketId },
  wait = 0,
) {
  const id = `erasure:${randomUUID()}`;
  const body: ErasureRecord = { ...what, at: clock.now() };
  await store.create({ pk: id, id, kind: 'erasure', facets: { due: body.at + wait }, body });
  return { id, body };
}

/** Ends the erasures that a crash or a fault left half done; one that fails does not stop the rest, and is tried again. */
export async function continueErasures(app: App): Promise<void> {
  const waiting = await Array.fromAsync(documentsOf(app.store, { kind: 'erasure', dueBefore: app.clock.now() }));
  for (const { doc } of waiting) {
    await finish(app, doc.pk, doc.body as ErasureRecord).catch((error: unknown) =>
      app.log.error({ error: String(error) }, 'an erasure failed; it is tried again'),
    );
  }
}

/** Asks again for everything that was erased and that a store which was put back still holds. Returns how much that is. */
export async function eraseAgain({
  store,
  clock,
  ledger,
}: {
  store: Store;
  clock: Clock;
  ledger: ErasureLedger;
}): Promise<number> {
  const erased = await ledger.erased();
  const people = new Set<string>();
  const tickets = new Set<string>();
  for await (const { doc } of everyDocument(store)) {
    const ids = JSON.stringify([doc.pk, doc.facets, doc.body]).match(/[\w:.-]{8,200}/g) ?? [];
    for (const id of ids) if (erased.person(id.replace(/^person:/, ''))) people.add(id.replace(/^person:/, ''));
    if (doc.kind === 'ticket' && erased.ticket(doc.pk)) tickets.add(doc.pk);
  }
  for (const person of people) await requestErasure({ store, clock }, { person: person as PersonId });
  for (const ticket of tickets) await requestErasure({ store, clock }, { ticket: ticket as TicketId });
  return people.size + tickets.size;
}

async function finish(app: App, id: string, what: ErasureRecord): Promise<number> {
  if ('ticket' in what) return finishTicket(app, id, what.ticket);
  const { person } = what;
  // Noted before it is done: noted for nothing is harmless, erased without a note may come back.
  await app.ledger?.note({ person });
  // Derived from an id that is gone when this is done: nobody can tell afterwards who it was.
  const pseudonym = (year: SchoolYear): PersonId =>
    `gone-${hash('sha256', `${id} ${year}`, 'base64url').slice(0, 22)}` as PersonId;
  let changed = await forgetWordings(app, person);
  for await (const { doc } of documentsNaming(app.store, person)) {
    if (doc.pk === id || doc.kind === 'audit') continue;
    if (doc.kind === 'ticket') await forgetIn(app, doc.pk as TicketId, person, pseudonym);
    else if (doc.kind === 'posted') await forgetPosted(app, doc.pk, person);
    else if (doc.pk.includes(person)) await app.store.erase(doc.pk);
    else await renameIn(app.store, doc, person, pseudonym(schoolYearOf(app.clock.now())));
    changed++;
  }
  await audit(app, pseudonym(schoolYearOf(app.clock.now())), {
    action: 'erase-person',
    about: 'person',
    count: changed,
  });
  await app.store.erase(id);
  return changed;
}

async function finishTicket(app: App, id: string, ticket: TicketId): Promise<number> {
  const before = (await load(app, ticket))?.ticket;
  if (before) await strikeMadeFrom(app, before);
  await change(app, { ticket }, (current) =>
    current.state.kind === 'closed' ? verbs.redact(current, SYSTEM, app.clock.now()) : yes(current),
  );
  await app.store.erase(id);
  announce(app, ticket);
  return 1;
}

/** A question of theirs ends, unreadable; on a question of somebody else they become nobody in particular. */
async function forgetIn(
  app: App,
  id: TicketId,
  person: PersonId,
  pseudonym: (year: SchoolYear) => PersonId,
): Promise<void> {
  const ticket = (await load(app, id))?.ticket;
  if (!ticket) return;
  const name = pseudonym(schoolYearOf(ticket.askedAt));
  const rename = (record: TicketRecord) => withoutPerson(record, person, name) as TicketRecord;
  if (ticket.requester.person !== person) {
    await rewrite(app, id, (_, record) => rename(record));
    return;
  }
  await change(app, { ticket: id }, (current) =>
    current.state.kind === 'closed' ? yes(current) : verbs.withdraw(current, asRequester(current), app.clock.now()),
  );
  await strikeMadeFrom(app, ticket, { shared: true });
  await change(app, { ticket: id }, (current) => verbs.redact(current, SYSTEM, app.clock.now()));
  // Nothing new is told any more; cards that are there still have to lose their words.
  await rewrite(app, id, (current, record) => {
    const told = { ...record.told, requester: notices(current).requester.length };
    return { ...record, told };
  });
  await tell(app, id, TELL_AT_ONCE_MS);
  await rewrite(app, id, (_, record) => {
    const { channel } = record.posts;
    const address = { conversationId: '', serviceUrl: '' };
    const texts = (record.texts ?? []).filter(({ side }) => side === 'channel');
    return rename({ ...record, address, posts: channel ? { channel } : {}, texts });
  });
}

const asRequester = (ticket: Ticket): Actor => ({
  kind: 'person',
  person: ticket.requester.person!,
  name: ticket.requester.name,
  roles: { advisorOf: [], quality: false, administrator: false },
});

/** Saves another record for the ticket, again when somebody else was first. */
async function rewrite(app: App, id: TicketId, next: (ticket: Ticket, record: TicketRecord) => TicketRecord) {
  await app.serial(id, async () => {
    for (;;) {
      const loaded = await load(app, id);
      if (!loaded) return;
      const record = next(loaded.ticket, loaded.record);
      if (await save(app, replay(id, record.number, record.events), record, loaded.version)) return;
    }
  });
}

async function renameIn(store: Store, doc: StoredDoc, person: PersonId, name: PersonId): Promise<void> {
  for (;;) {
    const stored = await store.read(doc.pk, doc.id);
    if (!stored) return;
    const next = withoutPerson(stored.doc, person, name) as StoredDoc;
    if ((await store.replace(next, stored.version)).outcome !== 'stale') return;
  }
}

/** Puts the name in place of the id wherever it stands, and empties what was written or shown next to it. */
function withoutPerson(value: unknown, person: PersonId, name: PersonId): unknown {
  if (typeof value === 'string') return value.replaceAll(person, name);
  if (Array.isArray(value)) return value.map((one) => withoutPerson(one, person, name));
  if (typeof value !== 'object' || value === null) return value;
  const theirs = Object.values(value).includes(person);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.replaceAll(person, name),
      theirs && (key === 'name' || key === 'note') ? '' : withoutPerson(one, person, name),
    ]),
  );
}

/** Every document in which the id stands, at any depth. */
async function* documentsNaming(store: Store, person: PersonId): AsyncGenerator<Stored> {
  for await (const stored of everyDocument(store)) if (JSON.stringify(stored.doc).includes(person)) yield stored;
}

/** The whole store, page by page; what changes meanwhile comes once more. */
async function* everyDocument(store: Store): AsyncGenerator<Stored> {
  let since = '';
  for (;;) {
    const page = await store.changes(since, PAGE);
    yield* page.docs;
    if (page.docs.length < PAGE) return;
    since = page.since;
  }
}
