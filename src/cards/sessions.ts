// The card to write down, look up and correct helpdesk sessions. Knows what to show, not who may or what is kept.

import type { Directory } from '../domain/routing.ts';
import type { Session } from '../domain/sessions.ts';
import type { SessionId } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { themeChoices } from './fields.ts';
import { fill } from './layout.ts';
import { escapeMarkdown } from './text.ts';

/** What stands in the fields, as typed. */
export type SessionForm = {
  programme: string;
  theme: string;
  subject: string;
  day: string;
  level: string;
  participants: string;
  perCentre: string;
  minutes: string;
  links: string;
  questions: string;
};

export type SessionView = {
  directory: Directory;
  form: SessionForm;
  key: string;
  /** Set when an earlier session is being corrected. */
  session?: SessionId | undefined;
  latest: Session[];
  notice?: string | undefined;
  problem?: string | undefined;
};

export function sessionCard(view: SessionView): Card {
  const { form, directory } = view;
  const themes = themeChoices(directory, form.theme);
  // A theme that was imported under a name of its own stays what it was.
  const own = form.theme === '' || themes.some(({ value }) => value === form.theme);
  const fields = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, value === '' ? undefined : value]),
  );
  return fill('session', {
    ...fields,
    title: view.session ? locale.session.correct : locale.session.title,
    notice: view.notice,
    problem: view.problem,
    key: view.key,
    session: view.session,
    themes: own ? themes : [{ title: form.theme, value: form.theme }, ...themes],
    levels: locale.session.levels.map((level) => ({ title: level, value: level })),
    rows: view.latest.map((session) => ({
      session: session.id,
      title: locale.common.open,
      line: locale.session.line(locale.shortDay(session.day), escapeMarkdown(session.title), session.participants),
      detail: [session.programme, sessionTheme(directory, session), session.level]
        .filter((part) => part !== '')
        .map(escapeMarkdown)
        .join(' · '),
    })),
  });
}

function sessionTheme(directory: Directory, { theme }: Session): string {
  return directory.themes.find(({ id }) => id === theme)?.name ?? theme;
}
