// Who is away and who stands in meanwhile: typed on a line, filled in on a form, shown and ended. Never why.

import { randomUUID } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import { type AbsenceFields, absenceForm, opening, type SetUpRow, setUpList } from '../../cards/set-up.ts';
import { escapeMarkdown } from '../../cards/text.ts';
import { type AbsenceLine, parseAbsence, type TypedDay } from '../../domain/absence-line.ts';
import { mayStandIn, type Person } from '../../domain/authorisation.ts';
import { presentContact } from '../../domain/routing.ts';
import { endAbsence, type SetUp, type SetUpRefusal, setAbsence } from '../../domain/set-up.ts';
import { type Contact, type ContactId, type Day, type Result, type ServiceId, yes } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { fold, tokens } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import { peopleWithEmail } from '../people.ts';
import type { Content, Message } from '../ports.ts';
import { audit } from '../privacy/audit.ts';
import type { App } from '../questions/tickets.ts';
import { type Reply, text } from '../reply.ts';
import { changeSetUp } from './change.ts';
import { readSetUp } from './kept.ts';

const words = locale.setUp.absence;
const say = (sentence: string): Message => ({ summary: words.mine, text: sentence });

const today = (app: App): Day => brusselsDay(app.clock.now());
/** Whom somebody may say this of. */
const own = (content: Content, who: Person): Contact[] =>
  content.contacts.filter(({ id }) => mayStandIn(who.roles, id));
const themselves = (content: Content, who: Person): Contact[] =>
  content.contacts.filter(({ id }) => who.roles.contacts?.includes(id));

/** Notes what was typed, for every contact that somebody is or for none; otherwise with a form that has what was understood. */
export async function typedAbsence(app: App, who: Person, typed: string): Promise<Message> {
  if (own(app.knowledge.content(), who).length === 0) return say(locale.setUp.noContact);
  const line = parseAbsence(typed, today(app), locale.absenceWords) ?? {};
  const { contacts, from, to, substitute, problem } = await understand(app, who, line);
  const form = { contact: contacts[0], from, to, substitute };
  if (problem !== undefined || from === undefined || to === undefined || contacts.length === 0)
    return absencesMessage(app, who, problem ?? words.complete, form, contacts);
  const given = contacts.map((contact) => ({ contact, from, to, substitute, id: randomUUID() }));
  const outcome = await note(app, who, given);
  return outcome.ok
    ? absencesMessage(app, who, outcome.said.join('\n\n'), {}, contacts)
    : absencesMessage(app, who, outcome.problem, form, contacts);
}

type Understood = {
  contacts: ContactId[];
  from: Day | undefined;
  to: Day | undefined;
  substitute: ContactId | undefined;
  /** The first thing that was not understood, said. */
  problem: string | undefined;
};

async function understand(app: App, who: Person, line: AbsenceLine): Promise<Understood> {
  const content = app.knowledge.content();
  const named = line.who === undefined ? undefined : await findContact(app, line.who, own(content, who));
  const mine = line.who === undefined ? themselves(content, who).map(({ id }) => id) : [];
  const contacts = typeof named === 'object' ? [named.id] : mine;
  const service = content.contacts.find(({ id }) => id === contacts[0])?.service;
  const standsIn = line.substitute === undefined ? undefined : await findSubstitute(app, line.substitute, service);
  const unread = [line.from, line.to].find((one): one is { unread: string } => one !== undefined && 'unread' in one);
  const problems = [
    typeof named === 'string' ? named : undefined,
    typeof standsIn === 'string' ? standsIn : undefined,
    unread && words.unread(escapeMarkdown(unread.unread.slice(0, 60))),
  ];
  return {
    contacts,
    from: line.from === undefined ? today(app) : dayIn(line.from),
    to: dayIn(line.to),
    substitute: typeof standsIn === 'object' ? standsIn.id : undefined,
    problem: problems.find((problem) => problem !== undefined),
  };
}

/** Among the colleagues of a service; somebody who is known elsewhere only is said to be of another. */
async function findSubstitute(app: App, typed: string, service: ServiceId | undefined): Promise<Contact | string> {
  const { contacts } = app.knowledge.content();
  const colleagues = contacts.filter((one) => service === undefined || one.service === service);
  const found = await findContact(app, typed, colleagues);
  if (typeof found === 'object' || colleagues.length === contacts.length) return found;
  const elsewhere = await findContact(app, typed, contacts);
  return typeof elsewhere === 'object' ? locale.setUp.refusal({ kind: 'other-service' }) : found;
}

const dayIn = (typed: TypedDay | undefined): Day | undefined => (typed && 'day' in typed ? typed.day : undefined);

/** The contact whose role, id, address or person has every word that was typed; otherwise the sentence that says why not. */
async function findContact(app: App, typed: string, among: readonly Contact[]): Promise<Contact | string> {
  const wanted = tokens(fold(typed.slice(0, 100)));
  const shown = escapeMarkdown(typed.slice(0, 60));
  const names = await namesByEmail(app, among);
  const found = among.filter((contact) => {
    const said = `${contact.role} ${contact.id} ${contact.email.split('@')[0]} ${names.get(contact.email.toLowerCase()) ?? ''}`;
    const known = tokens(fold(said));
    return wanted.length > 0 && wanted.every((word) => known.some((one) => one.startsWith(word)));
  });
  const exact = found.filter(({ id, role }) => [fold(id), fold(role)].includes(fold(typed.trim())));
  const [only] = exact.length === 1 ? exact : found;
  if (only && (exact.length === 1 || found.length === 1)) return only;
  if (!only) return words.unknown(shown);
  return words.ambiguous(
    shown,
    found
      .slice(0, 5)
      .map(({ role }) => escapeMarkdown(role))
      .join(', '),
  );
}

/** People are found by their name as the house knows them; it is shown to nobody. */
async function namesByEmail(app: App, contacts: readonly Contact[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const service of new Set(contacts.map((one) => one.service))) {
    const emails = contacts.filter((one) => one.service === service).map(({ email }) => email);
    for (const { record } of await peopleWithEmail(app, service, emails)) {
      if (record.email) names.set(record.email.toLowerCase(), record.name);
    }
  }
  return names;
}

type Given = { contact: ContactId; from: Day; to: Day; substitute: ContactId | undefined; id: string };

/** Notes all of them, or none when one is refused. */
async function note(
  app: App,
  who: Person,
  all: readonly Given[],
): Promise<{ ok: true; said: string[] } | { ok: false; problem: string }> {
  const now = app.clock.now();
  const day = brusselsDay(now);
  const outcome = await changeSetUp(app, (before) => {
    let after: Result<SetUp, SetUpRefusal> = yes(before);
    for (const { id, ...given } of all)
      if (after.ok) after = setAbsence(after.value, app.knowledge.content(), who, given, { now, today: day, id });
    return after;
  });
  if (!outcome.ok) return { ok: false, problem: locale.setUp.refusal(outcome.refusal) };
  if (outcome.saved)
    for (const { contact } of all) await audit(app, who.person, { action: 'set-absence', about: contact });
  return { ok: true, said: all.map((given) => noted(app.knowledge.content(), given, day)) };
}

function noted(content: Content, { contact, from, to }: Given, today: Day): string {
  const roleOf = (id: ContactId): string => escapeMarkdown(content.contacts.find((one) => one.id === id)?.role ?? '');
  const present = presentContact(content, contact, from > today ? from : today);
  return `${words.saved(roleOf(contact), from, to)} ${present ? words.now(roleOf(present)) : words.noSubstitute}`;
}

/** What is noted of these contacts and not over yet. */
export function absenceRows({ contacts: all }: Content, contacts: readonly Contact[], day: Day): SetUpRow[] {
  return contacts.flatMap(({ role, absences, substitute: usual }) =>
    absences
      .filter(({ to }) => to >= day)
      .map(({ from, to, substitute = usual }) => {
        const named = all.find(({ id }) => id === substitute)?.role ?? locale.setUp.nobody;
        return {
          line: words.line(escapeMarkdown(role), from, to),
          hint: words.by(escapeMarkdown(named)),
          wrong: substitute === undefined,
        };
      }),
  );
}

export async function showAbsences(app: App, who: Person): Promise<Message> {
  return own(app.knowledge.content(), who).length === 0 ? say(locale.setUp.noContact) : absencesMessage(app, who);
}

/** Beside the button to note one; the next come when these have ended. */
const MOST_ENDS = 2;

/**
 * `form` is what the button that notes one fills in. Shown is what is noted of these contacts; of none of them, of whom
 * somebody is, or of everybody whom they may say it of.
 */
async function absencesMessage(
  app: App,
  who: Person,
  intro?: string,
  form: { [Field in keyof AbsenceFields]?: AbsenceFields[Field] | undefined } = {},
  of: readonly ContactId[] = [],
): Promise<Message> {
  const content = app.knowledge.content();
  const day = today(app);
  const mine = themselves(content, who);
  const named = content.contacts.filter(({ id }) => of.includes(id));
  const shown = named.length > 0 ? named : mine.length > 0 ? mine : own(content, who);
  const [only, ...more] = shown;
  const title = shown.every((one) => mine.includes(one))
    ? words.mine
    : only && more.length === 0
      ? words.of(escapeMarkdown(only.role))
      : words.everybody;
  const rows = absenceRows(content, shown, day);
  const { absences } = await readSetUp(app.store);
  const ends = absences
    .filter(({ contact, to }) => to >= day && shown.some(({ id }) => id === contact))
    .slice(0, MOST_ENDS)
    .map(({ id, contact, from, to }) => ({
      title: words.endOf(content.contacts.find((one) => one.id === contact)?.role ?? contact, from, to),
      data: { do: 'end-absence', contact, absence: id },
    }));
  return {
    summary: words.title,
    card: setUpList({
      title,
      intro,
      groups: [{ rows: rows.length > 0 ? rows : [{ line: words.none }] }],
      buttons: [opening(words.add, { do: 'open-absence', ...form }), ...ends],
    }),
  };
}

export function openAbsence(app: App, who: Person, action: ActionOf<'open-absence'>): Reply {
  const { contact = themselves(app.knowledge.content(), who)[0]?.id, from, to, substitute } = action;
  return dialog(app, who, { contact, from: from === '' ? today(app) : from, to, substitute }, randomUUID());
}

function dialog(app: App, who: Person, form: AbsenceFields, key: string, problem?: string): Reply {
  const content = app.knowledge.content();
  const contacts = own(content, who);
  if (contacts.length === 0) return text(locale.setUp.noContact);
  const services = new Set(contacts.map(({ service }) => service));
  const [only, ...more] = contacts;
  const alone = more.length === 0 ? only : undefined;
  const substitutes = content.contacts.filter((one) => services.has(one.service) && one !== alone);
  return { kind: 'dialog', title: words.title, card: absenceForm({ contacts, substitutes, form, key, problem }) };
}

export async function sendAbsence(app: App, who: Person, action: ActionOf<'set-absence'>): Promise<Reply> {
  const { contact, from, to, substitute, key } = action;
  const again = (problem: string): Reply => dialog(app, who, { contact, from, to, substitute }, key, problem);
  const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  if (!contact || !isDay(from) || !isDay(to)) return again(words.complete);
  const outcome = await note(app, who, [{ contact, from, to, substitute, id: key }]);
  return outcome.ok ? text(outcome.said.join('')) : again(outcome.problem);
}

export async function endShown(app: App, who: Person, action: ActionOf<'end-absence'>): Promise<Reply> {
  const { contact, absence } = action;
  const outcome = await changeSetUp(app, (before) => endAbsence(before, who, { contact, id: absence }, today(app)));
  if (!outcome.ok) return text(locale.setUp.refusal(outcome.refusal));
  await audit(app, who.person, { action: 'end-absence', about: contact });
  const role = app.knowledge.content().contacts.find(({ id }) => id === contact)?.role ?? contact;
  return text(words.ended(escapeMarkdown(role)));
}

/** Ends what runs of every contact that somebody is. */
export async function comeBack(app: App, who: Person): Promise<Message> {
  const mine = themselves(app.knowledge.content(), who);
  if (mine.length === 0) return say(locale.setUp.noContact);
  const back: string[] = [];
  for (const { id, role } of mine) {
    const outcome = await changeSetUp(app, (before) => endAbsence(before, who, { contact: id }, today(app)));
    if (!outcome.ok) continue;
    await audit(app, who.person, { action: 'end-absence', about: id });
    back.push(escapeMarkdown(role));
  }
  // What is still to come is shown, with the button that cancels it.
  if (back.length === 0) return absencesMessage(app, who, locale.setUp.refusal({ kind: 'not-absent' }));
  return say(words.back(back.join(', ')));
}
