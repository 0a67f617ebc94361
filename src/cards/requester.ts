// The cards a requester sees in their own chat. Knows what to show and which buttons fit; decides nothing else.

import type { Kind as Detected } from '../domain/privacy.ts';
import type { Directory } from '../domain/routing.ts';
import type {
  CentreId,
  EmergencyRoute,
  FunctionId,
  Instant,
  Item,
  ServiceId,
  Survey,
  ThemeId,
} from '../domain/terms.ts';
import {
  type Advisor,
  holder,
  lastSuggestion,
  mergedInto,
  type Requester,
  type Ticket,
  wasRouted,
} from '../domain/ticket.ts';
import { type Regulation, regulationOf } from '../domain/upkeep.ts';
import { REOPEN_DAYS } from '../domain/verbs.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import type { DATASETS } from './extension.ts';
import { fill } from './layout.ts';

const DAY_MS = 86_400_000;

/** User text as lines for a RichTextBlock, which knows no Markdown and so cannot be made to format or link. */
export function plain(text: string): { line: string }[] {
  const lines = text.split('\n');
  const shown = lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), lines.slice(MOST_LINES).join(' ')];
  return shown.map((line) => ({ line: line === '' ? ' ' : line }));
}

/** Every line is an element of the card, and a card has to stay under 28 KB: what comes after runs on. */
const MOST_LINES = 80;

/** A link that cannot end the Markdown around it. */
function linkTarget(url: string): string {
  return new URL(url).href.replace(/[()[\]*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

export function themeName(directory: Directory, id: ThemeId | undefined): string {
  return directory.themes.find((theme) => theme.id === id)?.name ?? locale.common.unknownTheme;
}

export function centreName(directory: Directory, id: CentreId | undefined): string {
  return directory.centres.find((centre) => centre.id === id)?.name ?? locale.common.unknownCentre;
}

export function roleName(directory: Directory, ticket: Ticket): string {
  return directory.contacts.find(({ id }) => id === ticket.contact)?.role ?? locale.common.colleague;
}

export function welcomeCard(name: string): Card {
  return fill('welcome', { greeting: locale.welcome.greeting(escapeMarkdown(name.split(' ')[0] ?? name)) });
}

export type AnswerView = {
  ticket: Ticket;
  /** The items of the last suggestion, in its order. */
  items: Item[];
  directory: Knowing;
  now: Instant;
  emergency: EmergencyRoute[];
  /** A ticket that waits for this person's reply, in case the message was meant for it. */
  awaiting?: { id: string; number: string };
};

/** What the index found: one answer with its sources, or candidates, or an honest "nothing". */
export function answerCard(view: AnswerView): Card {
  const { ticket, items, directory, awaiting } = view;
  const suggestion = lastSuggestion(ticket);
  const [first] = items;
  const common = {
    ticket: ticket.id,
    question: plain(ticket.question),
    emergency: view.emergency,
    waiting: ticket.state.kind === 'answered',
    outcome: answerOutcome(ticket),
    addTo:
      ticket.state.kind === 'answered' && awaiting
        ? {
            ticket: awaiting.id,
            title: locale.answer.addTo(awaiting.number),
            ask: locale.answer.belongsTo(awaiting.number),
          }
        : undefined,
  };
  if (suggestion?.decision === 'answer' && first) {
    const service = directory.themes.find(({ id }) => id === first.themes[0])?.service;
    return fill('answer', {
      ...common,
      ...itemFacts(directory, first, view.now),
      otherService: otherService(directory, ticket.service, service),
    });
  }
  const owner = directory.contacts.find((contact) => ticket.theme && contact.themes.includes(ticket.theme));
  return fill('choices', {
    ...common,
    intro: items.length > 0 ? locale.answer.unsure : locale.answer.none,
    advice: items.length > 0 ? undefined : locale.answer.noneHelp,
    candidates:
      ticket.state.kind === 'answered'
        ? items.map((item) => ({
            ticket: ticket.id,
            item: item.id,
            title: item.title,
            hint: itemHint(directory, item),
          }))
        : [],
    contact: owner ? locale.answer.contact(owner.role) : undefined,
  });
}

/** An item of the index to share in any chat: nothing of a person, and no button that needs a right. */
export function itemCard(directory: Knowing, item: Item, now: Instant): Card {
  return fill('item', itemFacts(directory, item, now));
}

/** What an item is about, and of a material what it is and which part of the field it comes from. */
export const itemHint = (directory: Directory, { themes, materialKind, origin }: Item): string =>
  [
    themeName(directory, themes[0]),
    ...(materialKind ? [materialKind] : []),
    ...(origin ? [locale.answer.origin(origin)] : []),
  ].join(' · ');

/** With what people said of the rules behind themes. */
export type Knowing = Directory & { regulations?: readonly Regulation[] };

function itemFacts(directory: Knowing, item: Item, now: Instant) {
  const changed = regulationOf(item, directory.regulations);
  const contact = directory.contacts.find(({ id }) => id === item.owner);
  const reviewed = item.status === 'reviewed' && item.reviewedOn;
  return {
    title: item.title,
    text: item.answer,
    sources: item.sources,
    regulation: changed && locale.answer.regulation(changed.changedOn, linkLine(changed.url)),
    provenance: [
      ...(item.materialKind ? [locale.answer.material(item.materialKind)] : []),
      ...(item.origin ? [locale.answer.origin(item.origin)] : []),
      reviewed ? locale.answer.reviewed(reviewed) : locale.answer.draft(item.writtenOn),
    ].join(' · '),
    old: reviewed ? now - Date.parse(reviewed) > 365 * DAY_MS : false,
    contact: contact ? locale.answer.contact(contact.role) : '',
  };
}

/** A link of somebody's shows where it leads. */
const linkLine = (url: string | undefined): string | undefined =>
  url && `[${new URL(url).hostname}](${linkTarget(url)})`;

function otherService(directory: Directory, own: ServiceId, other: ServiceId | undefined): string | undefined {
  const service = other && other !== own && directory.services.find(({ id }) => id === other);
  return service ? locale.answer.otherService(service.name) : undefined;
}

function answerOutcome(ticket: Ticket): string | undefined {
  if (ticket.state.kind === 'answered') return undefined;
  if (wasRouted(ticket)) return locale.answer.routed;
  if (ticket.state.kind !== 'closed') return undefined;
  if (ticket.state.outcome === 'self-service') return locale.answer.resolved;
  return ticket.state.outcome === 'withdrawn' ? locale.answer.withdrawn : locale.answer.expired;
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

/** For the few places where user text must go in an element that reads Markdown (a FactSet has no plain form). */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
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
    functions: view.directory.functions.map(({ id, name }) => ({ title: name, value: id })),
    urgency: view.urgency,
    urgencies: [
      { title: locale.ask.thisWeek, value: 'this-week' },
      { title: locale.ask.soon, value: 'soon' },
    ],
  });
}

/** Above this many a list of centres no longer fits on a card: the client then asks for them while somebody types. */
const MOST_CENTRES = 60;

/** The field for a centre. With many, the card holds the chosen one and those that everybody knows; the rest is asked. */
export function centreField(directory: Directory, centre: CentreId | undefined) {
  const many = directory.centres.length > MOST_CENTRES;
  const listed = many ? directory.centres.filter(({ id, kind }) => id === centre || kind === 'clb') : directory.centres;
  const shown = listed.filter(({ id }, at) => id === centre || at < MOST_CENTRES);
  return {
    centre,
    centres: shown.map(({ id, name }) => ({ title: name, value: id })),
    centreQuery: many ? queryFor('centres') : undefined,
  };
}

/** Tells the client to ask for choices while somebody types. */
export const queryFor = (dataset: (typeof DATASETS)[number]) => ({ type: 'Data.Query', dataset });

/** The themes in use, and the one that stands there already: what has a retired theme keeps it. */
export function themeChoices(
  { themes }: Pick<Directory, 'themes'>,
  standing?: string,
): { title: string; value: string }[] {
  return themes
    .filter(({ id, retired }) => !retired || id === standing)
    .map(({ id, name }) => ({ title: name, value: id }));
}

export function rewriteForm(question: string): Card {
  return fill('rewrite-form', { question });
}

export function profileCard(directory: Directory, person: { centre?: CentreId; function?: FunctionId }): Card {
  return fill('profile', {
    ...centreField(directory, person.centre),
    function: person.function,
    functions: directory.functions.map(({ id, name }) => ({ title: name, value: id })),
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

export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 140 ? line : `${line.slice(0, 139)}…`;
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

export type Button = { title: string; data: Record<string, unknown> };

/** A heading, some lines and perhaps a few facts and buttons: help, my data, a sentence that needs no card of its own. */
export function noticeCard(view: {
  title?: string;
  lines: string[];
  facts?: { title: string; value: string }[];
  quote?: string;
  buttons?: Button[];
}): Card {
  return fill('notice', {
    title: view.title,
    lines: view.lines.map((line) => ({ line })),
    facts: view.facts,
    quote: view.quote === undefined ? undefined : plain(view.quote),
    buttons: view.buttons ?? [],
  });
}

export function requesterFacts(directory: Directory, requester: Requester): string {
  return directory.functions.find(({ id }) => id === requester.function)?.name ?? '';
}
