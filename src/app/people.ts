// Who somebody is and what they may do: from the verified sender, our own records and the roster, nothing else.

import type { Actor, Person, Roles } from '../domain/authorisation.ts';
import type { Instant, PersonId, ServiceId } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import { keep } from './documents.ts';
import type { Address, Appointed } from './ports.ts';
import type { App } from './questions/tickets.ts';
import type { ChannelRecord, PersonRecord } from './records.ts';

/** One message or press, as the door verified it. */
export type Turn = {
  person: PersonId;
  userId: string;
  name: string;
  /** Elsewhere: an action or a search in a chat of which the bot is not a part. */
  place: 'personal' | 'channel' | 'group' | 'elsewhere';
  /** Where the turn happened, without thread. */
  address: Address;
  /** When the person sent it, by the platform's clock. */
  sentAt: Instant;
};

/** Somebody who opened the dashboard, as the door verified them. */
export type Visitor = { person: PersonId; name: string };

/** A roster read counts this long; somebody who left the channel loses the role within it. */
const ROSTER_MS = 15 * 60_000;

const personKey = (id: PersonId): string => `person:${id}`;
const channelKey = (service: ServiceId): string => `channel:${service}`;

export async function readPerson(app: App, id: PersonId): Promise<PersonRecord | undefined> {
  const stored = await app.store.read(personKey(id), personKey(id));
  return stored?.doc.body as PersonRecord | undefined;
}

/** Changes what is kept about the sender of a turn; they become known when they were new. Returns what is kept now. */
export async function keepPerson(app: App, turn: Turn, edit: (record: PersonRecord) => void): Promise<PersonRecord> {
  const kept = await editPerson(app, turn.person, (before) => {
    const record: PersonRecord = before ?? { name: turn.name, userId: turn.userId, advisorOf: {} };
    record.name = turn.name;
    record.userId = turn.userId;
    if (turn.place === 'personal') record.address = turn.address;
    edit(record);
    return record;
  });
  return kept!;
}

/** What is kept about the sender of a turn, who is known from now on. */
export async function meet(app: App, turn: Turn): Promise<PersonRecord> {
  const known = await readPerson(app, turn.person);
  return known && isAsKept(known, turn) ? known : keepPerson(app, turn, () => undefined);
}

/** Whether a turn of this person says nothing that is not kept of them already. */
function isAsKept({ name, userId, address }: PersonRecord, turn: Turn): boolean {
  const { conversationId, serviceUrl } = turn.address;
  const here = address?.conversationId === conversationId && address.serviceUrl === serviceUrl;
  return name === turn.name && userId === turn.userId && (turn.place !== 'personal' || here);
}

/** The same for somebody who is not the sender; does nothing when they are not known. */
export async function keepKnown(app: App, id: PersonId, edit: (record: PersonRecord) => void): Promise<void> {
  await editPerson(app, id, (record) => {
    if (record) edit(record);
    return record;
  });
}

function editPerson(
  app: App,
  id: PersonId,
  edit: (record: PersonRecord | undefined) => PersonRecord | undefined,
): Promise<PersonRecord | undefined> {
  const pk = personKey(id);
  const facets = ({ advisorOf, email }: PersonRecord) => {
    const [service] = Object.keys(advisorOf);
    // The address by which the configuration may name somebody: see personByEmail.
    return { ...(service ? { service } : {}), ...(email ? { owner: email.toLowerCase() } : {}) };
  };
  return app.serial(pk, () =>
    keep<PersonRecord>(app.store, { pk, kind: 'person', facets }, (before) => {
      const after = edit(before && structuredClone(before));
      return JSON.stringify(after) === JSON.stringify(before) ? before : after;
    }),
  );
}

export async function readChannel(app: App, service: ServiceId): Promise<ChannelRecord | undefined> {
  const stored = await app.store.read(channelKey(service), channelKey(service));
  return stored?.doc.body as ChannelRecord | undefined;
}

export async function keepChannel(app: App, record: ChannelRecord): Promise<void> {
  const { service } = record;
  await keep<ChannelRecord>(app.store, { pk: channelKey(service), kind: 'channel', facets: { service } }, () => record);
}

/** The service whose advisors' channel this is. */
export async function serviceOfChannel(app: App, turn: Turn): Promise<ServiceId | undefined> {
  if (turn.place === 'personal') return undefined;
  for (const { id } of app.knowledge.content().services) {
    const channel = await readChannel(app, id);
    if (channel?.address.conversationId === turn.address.conversationId) return id;
  }
  return undefined;
}

/**
 * The sender with their rights. Somebody who acts inside an advisors' channel is a member of it; elsewhere the
 * roster of the channel is asked, at most every 15 minutes. What cannot be checked is not granted.
 */
export async function identify(
  app: App,
  appointed: Appointed,
  turn: Turn,
): Promise<{ actor: Person; record: PersonRecord }> {
  const here = await serviceOfChannel(app, turn);
  const now = app.clock.now();
  const known = await readPerson(app, turn.person);
  const email = await emailOf(app, turn, known, now);
  const seen = await membership(app, turn, known, here, now);
  const nothingNew = !email.read && seen.length === 0 && known !== undefined && isAsKept(known, turn);
  const record = nothingNew ? known : await keepPerson(app, turn, (person) => note(person, email, seen, now));
  const roles = rolesOf(app, appointed, turn.person, email.failed ? withoutEmail(record) : record);
  return { actor: { kind: 'person', person: turn.person, name: turn.name, roles }, record };
}

/**
 * A visitor of the dashboard with their rights, checked as in a chat. Somebody whom the bot never met has only what the
 * configuration gives to their object id.
 */
export async function identifyVisitor(app: App, appointed: Appointed, { person, name }: Visitor): Promise<Person> {
  const known = await readPerson(app, person);
  if (!known) return { kind: 'person', person, name, roles: rolesOf(app, appointed, person, undefined) };
  const now = app.clock.now();
  const asked = { userId: known.userId, place: 'elsewhere' } as const;
  const email = await emailOf(app, asked, known, now);
  const seen = await membership(app, asked, known, undefined, now);
  const record = structuredClone(known);
  if (email.read || seen.length > 0) {
    // Who has no chat of their own is asked about as seldom as the others.
    const edit = (kept: PersonRecord): void => note(kept, { ...email, read: !email.failed }, seen, now);
    edit(record);
    await keepKnown(app, person, edit);
  }
  const roles = rolesOf(app, appointed, person, email.failed ? withoutEmail(record) : record);
  return { kind: 'person', person, name: known.name, roles };
}

const withoutEmail = ({ email: _, ...record }: PersonRecord): PersonRecord => record;

/**
 * What a roster said of somebody's address; `gone`: that there is none (any more). Not `read` when it was read lately, when
 * there is no roster to read, or when reading it `failed`: then the address that was known gives no rights.
 */
type Email = { read: boolean; failed?: true; address?: string; gone?: true };
type Seen = { service: ServiceId; member: boolean }[];

/** Writes down what the rosters said. */
function note(person: PersonRecord, email: Email, seen: Seen, now: Instant): void {
  if (email.read) person.rosterReadAt = now;
  if (email.address) person.email = email.address;
  if (email.gone) delete person.email;
  for (const { service, member } of seen) {
    if (member) person.advisorOf[service] = now;
    else delete person.advisorOf[service];
  }
}

function rolesOf(app: App, appointed: Appointed, person: PersonId, record: PersonRecord | undefined): Roles {
  const { services, contacts } = app.knowledge.content();
  const email = record?.email?.toLowerCase();
  const own = contacts.filter((contact) => email !== undefined && contact.email.toLowerCase() === email);
  return {
    advisorOf: services
      .map(({ id }) => id)
      .filter((id) => record?.advisorOf[id] !== undefined || own.some(({ service }) => service === id)),
    quality: isAppointed(appointed.quality, person, record?.email),
    administrator: isAppointed(appointed.administrators, person, record?.email),
    ...(own.length > 0 ? { contacts: own.map(({ id }) => id) } : {}),
  };
}

function isAppointed(list: ReadonlySet<string>, person: PersonId, email: string | undefined): boolean {
  return list.has(person.toLowerCase()) || (email !== undefined && list.has(email.toLowerCase()));
}

async function emailOf(
  app: App,
  turn: Pick<Turn, 'place' | 'userId'> & Partial<Pick<Turn, 'address'>>,
  known: PersonRecord | undefined,
  now: Instant,
): Promise<Email> {
  if (recentlyRead(known, now)) return { read: false };
  // A chat of which the bot is no part has no roster for it.
  const chat = turn.place === 'elsewhere' ? known?.address : turn.address;
  if (!chat) return { read: false };
  try {
    const member = await app.messenger.member(chat, turn.userId);
    return { read: true, ...(member?.email ? { address: member.email } : { gone: true }) };
  } catch (error) {
    app.log.warn({ error: String(error) }, 'roster could not be read; rights by e-mail address are withheld');
    return { read: false, failed: true };
  }
}

async function membership(
  app: App,
  turn: Pick<Turn, 'place' | 'userId'>,
  known: PersonRecord | undefined,
  here: ServiceId | undefined,
  now: Instant,
): Promise<Seen> {
  const found: Seen = [];
  for (const { id } of app.knowledge.content().services) {
    const seenAt = known?.advisorOf[id];
    const fresh = seenAt !== undefined && now - seenAt < ROSTER_MS;
    if (here === id) {
      if (!fresh) found.push({ service: id, member: true });
    } else if (seenAt !== undefined ? !fresh : fromOwnChat(turn) && !recentlyRead(known, now)) {
      found.push({ service: id, member: await onRoster(app, id, turn.userId) });
    }
  }
  return found;
}

const fromOwnChat = ({ place }: Pick<Turn, 'place'>): boolean => place === 'personal' || place === 'elsewhere';

function recentlyRead(known: PersonRecord | undefined, now: Instant): boolean {
  return known?.rosterReadAt !== undefined && now - known.rosterReadAt < ROSTER_MS;
}

async function onRoster(app: App, service: ServiceId, userId: string): Promise<boolean> {
  const channel = await readChannel(app, service);
  if (!channel) return false;
  try {
    return (await app.messenger.member(channel.address, userId)) !== undefined;
  } catch (error) {
    app.log.warn({ service, error: String(error) }, 'roster of the advisors channel could not be read; role withheld');
    return false;
  }
}

/** The advisors of a service that the house has seen, except one. */
export async function colleagues(
  app: App,
  service: ServiceId,
  except: PersonId,
): Promise<{ person: PersonId; name: string }[]> {
  const all = await peopleOf(app, service);
  return all
    .map(({ person, record: { name } }) => ({ person, name }))
    .filter(({ person }) => person !== except)
    .sort((a, b) => a.name.localeCompare(b.name, locale.tag));
}

/** The advisors of a service that the house has seen, as far as one page goes. */
async function peopleOf(app: App, service: ServiceId): Promise<{ person: PersonId; record: PersonRecord }[]> {
  const { docs } = await app.store.list({ kind: 'person', service }, { limit: 200 });
  return docs.map(({ doc }) => ({
    person: doc.pk.slice('person:'.length) as PersonId,
    record: doc.body as PersonRecord,
  }));
}

/** Somebody of whatever service or none, once a roster gave their address. */
export async function personByEmail(app: App, email: string): Promise<PersonRecord | undefined> {
  const { docs } = await app.store.list({ kind: 'person', owner: email.toLowerCase() }, { limit: 1 });
  return docs[0]?.doc.body as PersonRecord | undefined;
}

/** Somebody of a service, once the house has seen them under this address. */
export async function findPersonByEmail(
  app: App,
  service: ServiceId,
  email: string,
): Promise<PersonRecord | undefined> {
  return (await peopleWithEmail(app, service, [email]))[0]?.record;
}

/** Everybody of a service whom the house has seen under one of these addresses, in the order of the addresses. */
export async function peopleWithEmail(
  app: App,
  service: ServiceId,
  emails: readonly string[],
): Promise<{ person: PersonId; record: PersonRecord }[]> {
  const known = await peopleOf(app, service);
  return emails.flatMap((email) => known.filter(({ record }) => record.email?.toLowerCase() === email.toLowerCase()));
}

/** A person without roles: enough for what everybody may do, and no roster is read for it. */
export function bare(turn: Turn): Person {
  return {
    kind: 'person',
    person: turn.person,
    name: turn.name,
    roles: { advisorOf: [], quality: false, administrator: false },
  };
}

export const SYSTEM: Actor = { kind: 'system' };
