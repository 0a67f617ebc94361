// The cards and forms of setting up: what is set, who is away, who looks after what. Knows what to show, not who may.

import type { Directory } from '../domain/routing.ts';
import type { About } from '../domain/set-up.ts';
import type { Contact, ContactId, Day, Theme } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import { NOBODY } from './actions.ts';
import type { Card } from './card.ts';
import { choices, contactChoices } from './fields.ts';
import { fill } from './layout.ts';
import type { Button } from './notice.ts';

const words = locale.setUp;
const MOST_ROWS = 40;

/** `wrong` has to be seen to. Lines are Markdown: what people wrote in them is escaped already. */
export type SetUpRow = { line: string; hint?: string | undefined; wrong?: boolean | undefined };
export type SetUpGroup = { heading?: string; rows: readonly SetUpRow[] };

export function setUpList(view: {
  title: string;
  intro?: string | undefined;
  groups: readonly SetUpGroup[];
  buttons?: readonly Button[];
}): Card {
  return fill('set-up-list', {
    title: view.title,
    intro: view.intro,
    groups: view.groups.map(({ heading, rows }) => ({
      heading,
      rows: rows
        .slice(0, MOST_ROWS)
        .map(({ line, hint, wrong }) => ({ line, hint, color: wrong ? 'Attention' : undefined })),
      more: rows.length > MOST_ROWS ? words.overview.more(rows.length - MOST_ROWS) : undefined,
    })),
    buttons: view.buttons ?? [],
  });
}

/** A button that opens a dialog. */
export const opening = (title: string, data: object): Button => ({
  title,
  data: { msteams: { type: 'task/fetch' }, ...data },
});

export type AbsenceFields = {
  contact: ContactId | undefined;
  from: Day | string;
  to: Day | string;
  substitute: ContactId | undefined;
};

/** `contacts` are those whose absence may be noted. */
export function absenceForm(view: {
  contacts: readonly Contact[];
  substitutes: readonly Contact[];
  form: AbsenceFields;
  key: string;
  problem?: string | undefined;
}): Card {
  const [only, ...more] = view.contacts;
  return fill('absence-form', {
    ...view.form,
    // Of several nobody is chosen beforehand: the wrong one would be away.
    contact: view.form.contact ?? (more.length === 0 ? only?.id : undefined),
    substitute: view.form.substitute ?? NOBODY,
    key: view.key,
    problem: view.problem,
    contacts: contactChoices(view.contacts),
    substitutes: [{ title: words.absence.usual, value: NOBODY }, ...contactChoices(view.substitutes)],
  });
}

export function chooseForm(view: {
  kind: About['kind'];
  of: readonly { id: string; name: string }[];
  problem?: string | undefined;
}): Card {
  return fill('set-up-choice', {
    do: view.kind === 'contact' ? 'open-contact' : 'open-theme',
    label: words.choose[view.kind],
    id: '',
    choices: choices(view.of),
    problem: view.problem,
  });
}

type Changing = {
  key: string;
  made: number /** Who changed it last, and when, in words. */;
  last?: string | undefined;
  problem?: string | undefined;
};

export function contactForm(
  view: Changing & {
    directory: Directory;
    contact: Contact;
    form: { role: string; email: string; substitute: string };
  },
): Card {
  const { directory, contact, form, key, made, last, problem } = view;
  const colleagues = directory.contacts.filter((one) => one.service === contact.service && one.id !== contact.id);
  return fill('contact-form', {
    kind: 'contact',
    id: contact.id,
    ...form,
    substitute: form.substitute === '' ? NOBODY : form.substitute,
    substitutes: [{ title: words.nobody, value: NOBODY }, ...contactChoices(colleagues)],
    key,
    made,
    last,
    problem,
  });
}

export function themeForm(
  view: Changing & {
    directory: Directory;
    theme: Theme;
    form: { name: string; keywords: string; service: string; contact: string; retired: boolean };
  },
): Card {
  const { directory, theme, form, key, made, last, problem } = view;
  return fill('theme-form', {
    kind: 'theme',
    id: theme.id,
    ...form,
    contact: form.contact === '' ? undefined : form.contact,
    retired: String(form.retired),
    services: choices(directory.services),
    contacts: contactChoices(directory.contacts.filter(({ centres }) => centres.length === 0)),
    key,
    made,
    last,
    problem,
  });
}
