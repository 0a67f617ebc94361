// Who looks after what: shown with its gaps, and corrected by administrators, with a way back.

import { randomUUID } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import {
  chooseForm,
  contactForm,
  opening,
  type SetUpGroup,
  type SetUpRow,
  setUpList,
  themeForm,
} from '../../cards/set-up.ts';
import { escapeMarkdown } from '../../cards/text.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import { absenceOn, presentContact } from '../../domain/routing.ts';
import {
  type About,
  type Change,
  changeContact,
  changeTheme,
  contactOf,
  madeOf,
  type SetUp,
  undoChange,
} from '../../domain/set-up.ts';
import type { ContactId, Day, Theme, ThemeId } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf } from '../documents.ts';
import { readPerson } from '../people.ts';
import type { Content, Message } from '../ports.ts';
import { audit } from '../privacy/audit.ts';
import { type App, opened } from '../questions/tickets.ts';
import { onlyAdministrators, onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { changeSetUp } from './change.ts';
import { readSetUp } from './kept.ts';

const words = locale.setUp;

/** Per service and theme who looks after it and who stands in, with what is missing marked. */
export async function showContacts(app: App, who: Person): Promise<Message> {
  if (!mayIn(who.roles, 'see-contacts')) return { summary: words.contacts.title, text: await onlyStaff(app) };
  const content = app.knowledge.content();
  const today = brusselsDay(app.clock.now());
  const groups = contactGroups(content, today);
  const buttons = mayIn(who.roles, 'change-set-up')
    ? [
        opening(words.contacts.changeContact, { do: 'open-contact' }),
        opening(words.contacts.changeTheme, { do: 'open-theme' }),
      ]
    : [];
  return { summary: words.contacts.title, card: setUpList({ title: words.contacts.title, groups, buttons }) };
}

/** One group per service, one row per theme. */
export function contactGroups(content: Content, today: Day): SetUpGroup[] {
  return content.services.map(({ id, name }) => ({
    heading: escapeMarkdown(name),
    rows: content.themes.filter(({ service }) => service === id).map((theme) => rowOf(content, theme, today)),
  }));
}

function rowOf(content: Content, { id, name, retired }: Theme, today: Day): SetUpRow {
  const line = `**${escapeMarkdown(name)}**`;
  const contact = content.contacts.find((one) => one.id === contactOf(content, id));
  if (retired) return { line, hint: words.contacts.retired };
  if (!contact) return { line, hint: words.contacts.noContact, wrong: true };
  const roleOf = (one: ContactId | undefined): string =>
    escapeMarkdown(content.contacts.find((known) => known.id === one)?.role ?? words.nobody);
  const away = absenceOn(contact, today);
  const present = away && presentContact(content, contact.id, today);
  const hint = away
    ? words.contacts.away(escapeMarkdown(contact.role), away.to, roleOf(present))
    : words.contacts.line(escapeMarkdown(contact.role), roleOf(contact.substitute));
  return { line, hint, wrong: away ? present === undefined : contact.substitute === undefined };
}

export async function openContact(app: App, who: Person, { id }: ActionOf<'open-contact'>): Promise<Reply> {
  return contactDialog(app, who, id);
}

type ContactFields = { role: string; email: string; substitute: string };

async function contactDialog(
  app: App,
  who: Person,
  id: ContactId | undefined,
  { form, problem }: { form?: ContactFields; problem?: string } = {},
): Promise<Reply> {
  if (!mayIn(who.roles, 'change-set-up')) return text(await onlyAdministrators(app, words.notAllowed));
  const directory = app.knowledge.content();
  const contact = directory.contacts.find((one) => one.id === id);
  if (!contact) {
    const of = directory.contacts.map((one) => ({ id: one.id, name: one.role }));
    const unknown = id && words.refusal({ kind: 'unknown-contact' });
    return { kind: 'dialog', title: words.contact.title, card: chooseForm({ kind: 'contact', of, problem: unknown }) };
  }
  const { role, email, substitute = '' } = contact;
  const state = await stateOf(app, { kind: 'contact', id: contact.id });
  return {
    kind: 'dialog',
    title: words.contact.title,
    card: contactForm({ directory, contact, form: form ?? { role, email, substitute }, problem, ...state }),
  };
}

export async function saveContact(app: App, who: Person, action: ActionOf<'change-contact'>): Promise<Reply> {
  const { id, role, email, substitute, key, made } = action;
  const act = { who, now: app.clock.now(), key, made };
  const outcome = await changeSetUp(app, (before) =>
    changeContact(before, app.knowledge.content(), act, id, { role, email, substitute }),
  );
  if (!outcome.ok) {
    const { refusal } = outcome;
    const problem = words.refusal(refusal);
    const form = refusal.kind === 'changed-meanwhile' ? {} : { form: { role, email, substitute } };
    return contactDialog(app, who, id, { ...form, problem });
  }
  if (outcome.saved) await audit(app, who.person, { action: 'change-contact', about: id });
  return text(words.contact.saved(nameOf(app.knowledge.content(), { kind: 'contact', id })));
}

export async function openTheme(app: App, who: Person, { id }: ActionOf<'open-theme'>): Promise<Reply> {
  return themeDialog(app, who, id);
}

type ThemeForm = { name: string; keywords: string; service: string; contact: string; retired: boolean };

async function themeDialog(
  app: App,
  who: Person,
  id: ThemeId | undefined,
  { form, problem }: { form?: ThemeForm; problem?: string } = {},
): Promise<Reply> {
  if (!mayIn(who.roles, 'change-set-up')) return text(await onlyAdministrators(app, words.notAllowed));
  const directory = app.knowledge.content();
  const theme = directory.themes.find((one) => one.id === id);
  if (!theme) {
    const unknown = id && words.refusal({ kind: 'unknown-theme' });
    const card = chooseForm({ kind: 'theme', of: directory.themes, problem: unknown });
    return { kind: 'dialog', title: words.theme.title, card };
  }
  const stands = {
    name: theme.name,
    keywords: theme.keywords.join('\n'),
    service: theme.service,
    contact: contactOf(directory, theme.id) ?? '',
    retired: theme.retired ?? false,
  };
  const state = await stateOf(app, { kind: 'theme', id: theme.id });
  return {
    kind: 'dialog',
    title: words.theme.title,
    card: themeForm({ directory, theme, form: form ?? stands, problem, ...state }),
  };
}

export async function saveTheme(app: App, who: Person, action: ActionOf<'change-theme'>): Promise<Reply> {
  const { id, name, keywords, service, contact, retired, key, made } = action;
  const given = { name, keywords: keywords.split('\n'), service, contact, retired };
  const act = { who, now: app.clock.now(), key, made };
  const outcome = await changeSetUp(app, (before) => changeTheme(before, app.knowledge.content(), act, id, given));
  if (!outcome.ok) {
    const { refusal } = outcome;
    const problem = words.refusal(refusal);
    const form = refusal.kind === 'changed-meanwhile' ? {} : { form: { name, keywords, service, contact, retired } };
    return themeDialog(app, who, id, { ...form, problem });
  }
  if (outcome.saved) await audit(app, who.person, { action: 'change-theme', about: id });
  const shown = nameOf(app.knowledge.content(), { kind: 'theme', id });
  if (!retired) return text(words.theme.saved(shown));
  return text(words.theme.retiredNow(shown, words.theme.open(await openAbout(app, id))));
}

/** Questions on a theme that somebody still waits for. */
async function openAbout(app: App, theme: ThemeId): Promise<number> {
  let open = 0;
  for (const status of ['open', 'claimed', 'awaiting-requester']) {
    for await (const stored of documentsOf(app.store, { kind: 'ticket', status })) {
      if (opened(stored).ticket.theme === theme) open++;
    }
  }
  return open;
}

export async function undo(app: App, who: Person, { kind, id, made }: ActionOf<'undo-set-up'>): Promise<Reply> {
  if (!mayIn(who.roles, 'change-set-up')) return text(await onlyAdministrators(app, words.notAllowed));
  const about = { kind, id } as About;
  const act = { who, now: app.clock.now(), key: '', made };
  const outcome = await changeSetUp(app, (before) => undoChange(before, act, about));
  if (!outcome.ok) {
    const problem = words.refusal(outcome.refusal);
    if (outcome.refusal.kind !== 'changed-meanwhile') return text(problem);
    return about.kind === 'contact'
      ? contactDialog(app, who, about.id, { problem })
      : themeDialog(app, who, about.id, { problem });
  }
  await audit(app, who.person, { action: 'undo-set-up', about: id });
  return text(words.contact.undone(nameOf(app.knowledge.content(), about)));
}

function nameOf({ contacts, themes }: Content, { kind, id }: About): string {
  const named =
    kind === 'contact' ? contacts.find((one) => one.id === id)?.role : themes.find((one) => one.id === id)?.name;
  return escapeMarkdown(named ?? id);
}

/** What a form has to know of earlier changes. */
async function stateOf(app: App, about: About): Promise<{ key: string; made: number; last: string | undefined }> {
  const setUp = await readSetUp(app.store);
  const last = changesOf(setUp, about).at(-1);
  const name = last && ((last.by && (await readPerson(app, last.by))?.name) || words.somebody);
  return {
    key: randomUUID(),
    made: madeOf(setUp, about),
    last: last && words.contact.last(escapeMarkdown(name || words.somebody), locale.shortDay(brusselsDay(last.at))),
  };
}

function changesOf(setUp: SetUp, about: About): readonly Change<unknown>[] {
  return (about.kind === 'contact' ? setUp.contacts[about.id] : setUp.themes[about.id]) ?? [];
}
