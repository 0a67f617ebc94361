// The form and the card of an anonymous case. Knows what to show, not who may.

import { CASE_PARTS, type CaseText, type Draft } from '../domain/cases.ts';
import type { CaseId, Theme, ThemeId, TicketId } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { fill } from './layout.ts';
import { escapeMarkdown, plain } from './text.ts';

const words = locale.cases;

export type CaseFields = Omit<CaseText, 'theme'> & { theme: ThemeId | undefined };
export type CaseFormView = {
  ticket: TicketId;
  case: CaseId | undefined;
  key: string;
  form: CaseFields;
  themes: readonly Theme[];
  /** What could tell who it is about, a line each. */
  clues: readonly string[];
  problem?: string | undefined;
};

export function caseForm({ themes, clues, form, problem, ...ids }: CaseFormView): Card {
  return fill('case-form', {
    ...ids,
    ...form,
    problem,
    clues: clues.flatMap(plain),
    themes: themes
      .filter(({ id, retired }) => !retired || id === form.theme)
      .map(({ id, name, coreProcess }) => ({ title: `${name} (${coreProcess})`, value: id })),
  });
}

export type CaseView = { id: CaseId; draft: Draft; theme: string; coreProcess: string; clues: readonly string[] };

/** For a second reader: the text as it stands, what to look at, and what to do. */
export function caseCard({ id, draft, theme, coreProcess, clues }: CaseView): Card {
  const { text, status, by, at, reason } = draft;
  return fill('case', {
    case: id,
    key: String(at),
    heading: words.title[status],
    state: escapeMarkdown(words.status[status](by.name || locale.items.review.somebody, at)),
    reason: reason === undefined ? undefined : escapeMarkdown(locale.items.review.reason(reason)),
    title: escapeMarkdown(text.title),
    theme: escapeMarkdown([coreProcess, theme].filter((one) => one !== '').join(' · ')),
    parts: CASE_PARTS.filter((part) => text[part] !== '').map((part) => ({
      label: words.form[part],
      lines: text[part],
    })),
    clues: clues.flatMap(plain),
    waiting: status === 'waiting',
  });
}
