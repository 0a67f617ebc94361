// The cards a requester sees in their own chat. Knows what to show and which buttons fit; decides nothing else.

import type { Kind as Detected } from '../domain/privacy.ts';
import type { Directory } from '../domain/routing.ts';
import type { CentreId, Day, EmergencyRoute, FunctionId, Instant, Survey, ThemeId, Weekday } from '../domain/terms.ts';
import { DAY_MS } from '../domain/terms.ts';
import { type Advisor, holder, mergedInto, type Ticket, wasRouted } from '../domain/ticket.ts';
import { REOPEN_DAYS } from '../domain/verbs.ts';
import type { Openness } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { centreField, centreName, choices, roleName, themeChoices, themeName } from './fields.ts';
import { fill } from './layout.ts';
import { noticeCard } from './notice.ts';
import { escapeMarkdown, excerpt, linkTarget, plain } from './text.ts';

export function welcomeCard(name: string): Card {
  return fill('welcome', { greeting: locale.welcome.greeting(escapeMarkdown(name.split(' ')[0] ?? name)) });
}

/** How to reach an advisor: a form, and when somebody is there. */
export function reachCard(view: {
  week: { days: Weekday[]; hours: [string, string][] }[];
  openness: Openness;
  closing: { from: Day; to: Day } | undefined;
}): Card {
  const words = locale.reach;
  const { week, openness, closing } = view;
  const now = openness.open ? words.open(openness.until) : words.closed(openness.from);
  return noticeCard({
    title: words.title,
    lines: [
      words.form,
      words.call,
      `${words.hours(week)} ${now}`,
      ...(closing ? [words.closing(closing.from, closing.to)] : []),
      words.always,
      locale.emergency.hint,
    ],
    buttons: [{ title: locale.welcome.ask, data: { msteams: { type: 'task/fetch' }, do: 'open-ask' } }],
  });
}

export type Finding = { kind: Detected; value: string };

/** `text` is what the person typed, `masked` the same without what was found. Nothing of it is stored. */
export function privacyCard(view: {
  text: string;
  masked: string;
  findings: Finding[];
  namesOnly: boolean;
  emergency: EmergencyRoute[];
}): Card {
  return fill('privacy', {
    text: view.text,
    maskedText: view.masked,
    masked: plain(view.masked),
    found: view.findings.map(({ kind, value }) => ({
      title: locale.privacy.kinds[kind],
      value: escapeMarkdown(value),
    })),
    blocked: view.findings.some(({ kind }) => kind === 'national-number'),
    namesOnly: view.namesOnly,
    emergency: view.emergency,
  });
}

export type AskFormView = {
  directory: Directory;
  ticket: string | undefined;
  key: string;
  question: string;
  theme?: ThemeId | undefined;
  requester: { centre?: CentreId | undefined; function?: FunctionId | undefined };
  urgency: string;
  problem?: string;
  /** Recognisable data still in the text, for which the form then offers a remedy. */
  found?: 'names-only' | 'personal-data' | undefined;
  emergency: EmergencyRoute[];
};

export function askForm(view: AskFormView): Card {
  return fill('ask-form', {
    ticket: view.ticket,
    key: view.key,
    question: view.question,
    problem: view.problem,
    maskable: view.found !== undefined,
    namesOnly: view.found === 'names-only',
    emergency: view.emergency,
    theme: view.theme,
    themes: themeChoices(view.directory),
    ...centreField(view.directory, view.requester.centre),
    function: view.requester.function,
    functions: choices(view.directory.functions),
    urgency: view.urgency,
    urgencies: [
      { title: locale.ask.thisWeek, value: 'this-week' },
      { title: locale.ask.soon, value: 'soon' },
    ],
  });
}

export function rewriteForm(question: string): Card {
  return fill('rewrite-form', { question });
}

export function profileCard(directory: Directory, person: { centre?: CentreId; function?: FunctionId }): Card {
  return fill('profile', {
    ...centreField(directory, person.centre),
    function: person.function,
    functions: choices(directory.functions),
  });
}

/** One card per routed question, updated through its life. */
export function statusCard(directory: Directory, ticket: Ticket, now: Instant): Card {
  const { state } = ticket;
  const open = state.kind === 'open' || state.kind === 'claimed' || state.kind === 'awaiting-requester';
  return fill('status', {
    ticket: ticket.id,
    facts: `${ticket.number} · ${themeName(directory, ticket.theme)} · ${centreName(directory, ticket.requester.centre)}`,
    question: plain(ticket.question),
    steps: steps(directory, ticket),
    contact: state.kind === 'open' ? locale.status.waiting(roleName(directory, ticket)) : undefined,
    canAdd: open,
    canWithdraw: state.kind !== 'closed',
    canReopen: canReopen(ticket, now),
  });
}

function canReopen(ticket: Ticket, now: Instant): boolean {
  return ticket.state.kind === 'closed' && wasRouted(ticket) && now - ticket.state.at <= REOPEN_DAYS * DAY_MS;
}

/** The word of the status line and of the notification. */
export function statusWord(directory: Directory, ticket: Ticket): string {
  const { state } = ticket;
  if (mergedInto(ticket)) return hasAnswer(ticket) ? locale.status.answered : locale.status.merged;
  if (state.kind === 'closed') return locale.status.closed(locale.outcome[state.outcome]);
  if (state.kind === 'awaiting-requester') return locale.status.asked;
  if (hasAnswer(ticket)) return locale.status.answered;
  if (state.kind === 'claimed') return locale.status.inHands(roleName(directory, ticket));
  return locale.state[state.kind];
}

function hasAnswer(ticket: Ticket): boolean {
  return ticket.events.some((event) => event.type === 'answered');
}

function steps(directory: Directory, ticket: Ticket): { title: string; value: string }[] {
  const list = [{ title: '●', value: locale.status.received(ticket.askedAt) }];
  if (holder(ticket.state)) list.push({ title: '●', value: locale.status.inHands(roleName(directory, ticket)) });
  const word = statusWord(directory, ticket);
  if (!list.some(({ value }) => value === word)) {
    list.push({ title: ticket.state.kind === 'closed' ? '✔' : '●', value: word });
  }
  return list;
}

export type DeliveryView = {
  directory: Directory;
  ticket: Ticket;
  title: string;
  intro?: string;
  text: string;
  source?: string | undefined;
  by: Advisor | undefined;
  hint?: string;
};

/** What an advisor did that the requester must read: an answer or a referral, always a new message. */
export function deliveryCard(view: DeliveryView, now: Instant): Card {
  const { ticket } = view;
  return fill('delivery', {
    ticket: ticket.id,
    title: view.title,
    question: plain(ticket.question),
    intro: view.intro,
    text: plain(view.text),
    source: view.source ? { url: linkTarget(view.source), host: new URL(view.source).host } : undefined,
    by: locale.delivery.by(escapeMarkdown(view.by?.name ?? ''), roleName(view.directory, ticket)),
    hint: view.hint,
    canAdd: ticket.state.kind !== 'closed',
    canReopen: canReopen(ticket, now),
  });
}

export function askBackCard(
  directory: Directory,
  ticket: Ticket,
  text: string,
  by: Advisor | undefined,
  key: string,
): Card {
  return fill('ask-back', {
    ticket: ticket.id,
    key,
    title: locale.delivery.askBackTitle(ticket.number),
    question: plain(ticket.question),
    text: plain(text),
    by: locale.delivery.by(escapeMarkdown(by?.name ?? ''), roleName(directory, ticket)),
  });
}

export const LIST_LENGTH = 5;

export function myQuestionsCard(directory: Directory, tickets: Ticket[], total: number): Card {
  return fill('list', {
    title: locale.myQuestions.title,
    empty: tickets.length === 0 ? locale.myQuestions.none : undefined,
    groups: [
      {
        heading: undefined,
        rows: tickets.map((ticket) => ({
          ticket: ticket.id,
          line: locale.myQuestions.line(ticket.number, statusWord(directory, ticket), ticket.askedAt),
          text: excerpt(ticket.question),
        })),
      },
    ],
    more: total > tickets.length ? locale.myQuestions.more(total - tickets.length) : undefined,
  });
}

/** Open until it was filled in; then it thanks, and after a low score offers to reopen. */
export function surveyCard(survey: Survey, ticket: Ticket, now: Instant): Card {
  const given = ticket.events.find((event) => event.type === 'surveyed');
  const low = given ? Object.values(given.scores).some((score) => score < survey.positiveFrom) : false;
  const scale = Array.from({ length: survey.scale }, (_, index) => String(index + 1));
  return fill('survey', {
    ticket: ticket.id,
    explanation: locale.survey.explanation(survey.scale, survey.lowLabel, survey.highLabel),
    question: plain(ticket.question),
    thanks: given ? (low ? locale.survey.thanksLow : locale.survey.thanks) : undefined,
    open: !given,
    items: given
      ? []
      : survey.items.map(({ id, text }) => ({
          id: `score_${id}`,
          text,
          placeholder: locale.survey.choose(survey.scale),
          choices: scale.map((value) => ({ title: value, value })),
        })),
    canReopen: low && canReopen(ticket, now),
  });
}
