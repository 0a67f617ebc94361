// Who is away and who stands in meanwhile: typed on a line, filled in on a form, shown and ended. Never why.

import { randomUUID } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import { escapeMarkdown } from '../../cards/requester.ts';
import { type AbsenceFields, absenceForm, opening, type SetUpRow, setUpList } from '../../cards/set-up.ts';
import { type AbsenceLine, parseAbsence, type TypedDay } from '../../domain/absence-line.ts';
import { mayStandIn, type Person } from '../../domain/authorisation.ts';
import { presentContact } from '../../domain/routing.ts';
import { endAbsence, setAbsence } from '../../domain/set-up.ts';
import type { Contact, ContactId, Day } from '../../domain/terms.ts';
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

/** Notes what was typed, for every contact that somebody is; with a form when something is missing or unclear. */
export async function typedAbsence(app: App, who: Person, typed: string): Promise<Message> {
  const content = app.knowledge.content();
  if (own(content, who).length === 0) return say(locale.setUp.noContact);
  const line = parseAbsence(typed, today(app), locale.absenceWords) ?? {};
  const understood = await understand(app, who, line);
  if ('problem' in understood) return say(understood.problem);
  if (!('from' in understood)) return absencesMessage(app, who, words.complete);
  const lines: string[] = [];
  for (const contact of understood.contacts) {
    const { from, to, substitute } = understood;
    const outcome = await note(app, who, { contact, from, to, substitute }, randomUUID());
    if (!outcome.ok) return absencesMessage(app, who, outcome.problem);
    lines.push(outcome.said);
  }
  return absencesMessage(app, who, lines.join('\n\n'));
}

type Understood =
  | { problem: string }
  | { contacts: ContactId[] }
  | { contacts: ContactId[]; from: Day; to: Day; substitute: ContactId | undefined };

async function understand(app: App, who: Person, line: AbsenceLine): Promise<Understood> {
  const content = app.knowledge.content();
  const mine = themselves(content, who).map(({ id }) => id);
  const named = line.who === undefined ? undefined : await findContact(app, line.who, own(content, who));
  if (typeof named === 'string') return { problem: named };
  const contacts = named ? [named.id] : mine;
  const service = content.contacts.find(({ id }) => id === contacts[0])?.service;
  const others = content.contacts.filter((one) => one.service === service);
  const standsIn = line.substitute === undefined ? undefined : await findContact(app, line.substitute, others);
  if (typeof standsIn === 'string') return { problem: standsIn };
  const unread = [line.from, line.to].find((one): one is { unread: string } => one !== undefined && 'unread' in one);
  if (unread) return { problem: words.unread(escapeMarkdown(unread.unread.slice(0, 60))) };
  const [from, to] = [dayIn(line.from) ?? today(app), dayIn(line.to)];
  if (!to || contacts.length === 0) return { contacts };
  return { contacts, from, to, substitute: standsIn?.id };
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

type Given = { contact: ContactId; from: Day; to: Day; substitute: ContactId | undefined };

async function note(
  app: App,
  who: Person,
  given: Given,
  id: string,
): Promise<{ ok: true; said: string } | { ok: false; problem: string }> {
  const now = app.clock.now();
  const day = brusselsDay(now);
  const outcome = await changeSetUp(app, (before) =>
    setAbsence(before, app.knowledge.content(), who, given, { now, today: day, id }),
  );
  if (!outcome.ok) return { ok: false, problem: locale.setUp.refusal(outcome.refusal) };
  if (outcome.saved) await audit(app, who.person, { action: 'set-absence', about: given.contact });
  const content = app.knowledge.content();
  const roleOf = (contact: ContactId | undefined): string =>
    escapeMarkdown(content.contacts.find((one) => one.id === contact)?.role ?? '');
  const [from = day] = [given.from, day].sort().slice(-1);
  const present = presentContact(content, given.contact, from);
  const said = words.saved(roleOf(given.contact), given.from, given.to);
  return { ok: true, said: `${said} ${present ? words.now(roleOf(present)) : words.noSubstitute}` };
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

async function absencesMessage(app: App, who: Person, intro?: string): Promise<Message> {
  const content = app.knowledge.content();
  const day = today(app);
  const shown = themselves(content, who).length > 0 ? themselves(content, who) : own(content, who);
  const rows = absenceRows(content, shown, day);
  const { absences } = await readSetUp(app.store);
  const ends = absences
    .filter(({ contact, to }) => to >= day && shown.some(({ id }) => id === contact))
    .slice(0, MOST_ENDS)
    .map(({ id, contact }) => ({
      title: words.endOf(content.contacts.find((one) => one.id === contact)?.role ?? contact),
      data: { do: 'end-absence', contact, absence: id },
    }));
  return {
    summary: words.mine,
    card: setUpList({
      title: words.mine,
      intro,
      groups: [{ rows: rows.length > 0 ? rows : [{ line: words.none }] }],
      buttons: [opening(words.add, { do: 'open-absence' }), ...ends],
    }),
  };
}

export function openAbsence(app: App, who: Person): Reply {
  const day = today(app);
  return dialog(
    app,
    who,
    { contact: themselves(app.knowledge.content(), who)[0]?.id, from: day, to: '', substitute: undefined },
    randomUUID(),
  );
}

function dialog(app: App, who: Person, form: AbsenceFields, key: string, problem?: string): Reply {
  const content = app.knowledge.content();
  const contacts = own(content, who);
  if (contacts.length === 0) return text(locale.setUp.noContact);
  const services = new Set(contacts.map(({ service }) => service));
  const substitutes = content.contacts.filter(({ service }) => services.has(service));
  return { kind: 'dialog', title: words.title, card: absenceForm({ contacts, substitutes, form, key, problem }) };
}

export async function sendAbsence(app: App, who: Person, action: ActionOf<'set-absence'>): Promise<Reply> {
  const { contact, from, to, substitute, key } = action;
  const again = (problem: string): Reply => dialog(app, who, { contact, from, to, substitute }, key, problem);
  const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  if (!contact || !isDay(from) || !isDay(to)) return again(words.complete);
  const outcome = await note(app, who, { contact, from, to, substitute }, key);
  return outcome.ok ? text(outcome.said) : again(outcome.problem);
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
  return say(back.length > 0 ? words.back(back.join(', ')) : locale.setUp.refusal({ kind: 'not-absent' }));
}
