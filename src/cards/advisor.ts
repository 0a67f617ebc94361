// The cards and forms of advisors, in their channel and in dialogs. Knows what to show, not who may.

import { absorbedBy, linksOf } from '../domain/connections.ts';
import { type Directory, standIn } from '../domain/routing.ts';
import type { Day, Instant, Item, PersonId, Theme } from '../domain/terms.ts';
import { type Advisor, holder, mergedInto, type Other, type Reach, type Ticket } from '../domain/ticket.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { centreName, functionName, roleName, themeChoices, themeName } from './fields.ts';
import { fill } from './layout.ts';
import { escapeMarkdown, excerpt, plain } from './text.ts';

export type ChannelView = {
  directory: Directory;
  ticket: Ticket;
  /** Earlier answered tickets that resemble this one. */
  similar: Ticket[];
  /** Who looks: the holder gets the view of the one at work, everybody else the base card. */
  viewer?: PersonId;
  /** Who is away, and who stands in, is seen on this day. */
  today: Day;
  /** Teams user id of the holder, for whom the client fetches the own view. */
  refreshFor?: string;
};

/** The one card of a ticket in the advisors' channel; after closing it is one line. */
export function channelCard(view: ChannelView): Card {
  const { directory, ticket } = view;
  const { state } = ticket;
  if (state.kind === 'closed' || state.kind === 'answered') {
    const by = state.kind === 'closed' ? (state.by?.name ?? '') : '';
    const word = state.kind === 'closed' ? locale.outcome[state.outcome] : locale.state.answered;
    const at = state.kind === 'closed' ? state.at : ticket.askedAt;
    return fill('channel-closed', {
      ticket: ticket.id,
      line: locale.channelCard.closed(ticket.number, word, escapeMarkdown(by), at),
      connections: connectionLines(ticket),
      canLogTime: state.kind === 'closed' && state.outcome !== 'withdrawn',
      canConnect: state.kind === 'closed' && state.outcome !== 'withdrawn' && !mergedInto(ticket),
      canPropose: ticket.question !== '' && ticket.events.some(({ type }) => type === 'answered'),
      canMakeCase: state.kind === 'closed' && ticket.question !== '',
      merged: mergedInto(ticket) !== undefined,
      key: `channel:${ticket.events.length}`,
    });
  }
  const held = holder(state);
  const mine = held !== undefined && held.person === view.viewer;
  const card = fill('channel', {
    ticket: ticket.id,
    title: state.kind === 'open' ? locale.channelCard.newTitle(ticket.number) : locale.channelCard.title(ticket.number),
    facts: locale.channelCard.facts(
      themeName(directory, ticket.theme),
      centreName(directory, ticket.requester.centre),
      locale.channel[ticket.channel],
    ),
    soon: ticket.urgency === 'soon',
    question: plain(ticket.question),
    askedBy: locale.channelCard.askedBy(
      escapeMarkdown(ticket.requester.name),
      functionName(directory, ticket.requester.function),
    ),
    contact: forWhom(directory, ticket, view.today),
    similar: view.similar.map((earlier) => ({ line: similarLine(earlier) })),
    connections: connectionLines(ticket),
    state: stateLine(ticket, mine),
    stateColor: state.kind === 'open' ? 'Attention' : 'Accent',
    canClaim: state.kind === 'open',
    canAnswer: state.kind === 'open' || mine,
    // In the overflow menu: for a holder whose client does not fetch the own view.
    heldByOther: held !== undefined && !mine,
    canAskBack: mine && state.kind === 'claimed',
    mine,
  });
  if (view.refreshFor) {
    card.refresh = {
      action: { type: 'Action.Execute', verb: 'view', data: { do: 'view', ticket: ticket.id } },
      userIds: [view.refreshFor],
    };
  }
  return card;
}

function forWhom(directory: Directory, ticket: Ticket, today: Day): string {
  const away = standIn(directory, ticket, today);
  return away
    ? locale.channelCard.forAbsent(escapeMarkdown(away.absent.role), away.until, escapeMarkdown(away.now.role))
    : locale.channelCard.for(roleName(directory, ticket));
}

function stateLine(ticket: Ticket, mine: boolean): string {
  const { state } = ticket;
  if (state.kind === 'open') return locale.channelCard.waiting(state.since);
  if (state.kind === 'awaiting-requester') return locale.channelCard.awaiting(escapeMarkdown(state.by.name));
  if (state.kind !== 'claimed') return locale.state[state.kind];
  return mine ? locale.channelCard.mine : locale.channelCard.held(escapeMarkdown(state.by.name), state.since);
}

function similarLine(ticket: Ticket): string {
  const answered = ticket.events.findLast((event) => event.type === 'answered');
  const line = locale.channelCard.similarLine(ticket.number, answered?.at ?? ticket.askedAt);
  return `${line}: ${escapeMarkdown(excerpt(answered?.text ?? ''))}`;
}

/** After a hand-over to another service, what stays behind in the channel that had it. */
export function movedCard(ticket: Ticket, service: string): Card {
  return fill('channel-closed', {
    ticket: ticket.id,
    line: locale.channelCard.moved(ticket.number, service),
    connections: [],
    canLogTime: false,
    canConnect: false,
    canPropose: false,
    canMakeCase: false,
    merged: false,
    key: '',
  });
}

const MINUTES = [5, 10, 15, 30, 60];
const minuteChoices = (): { title: string; value: string }[] =>
  MINUTES.map((minutes) => ({ title: locale.common.minutes(minutes), value: String(minutes) }));

export type AnswerFormView = {
  directory: Directory;
  ticket: Ticket;
  key: string;
  text: string;
  source: string;
  theme: string | undefined;
  minutes: string | undefined;
  /** Whether the answer is proposed as an item once it is sent. */
  propose: boolean;
  /** Items to take over from. */
  suggestions: Item[];
  /** Whether a language model can be asked for a draft. */
  drafts: boolean;
  /** Whether the text holds such a draft. */
  drafted: boolean;
  problem?: string;
  /** What there is to say of that draft. */
  note?: string;
  /** Recognisable data still in the text, for which the form then offers a remedy. */
  found?: 'names-only' | 'personal-data' | undefined;
};

export function answerForm(view: AnswerFormView): Card {
  return fill('answer-form', {
    ticket: view.ticket.id,
    key: view.key,
    question: plain(view.ticket.question),
    problem: view.problem,
    note: view.note ?? (view.drafted ? locale.forms.draft.label(0) : undefined),
    drafted: view.drafted,
    drafts: view.drafts && view.found === undefined,
    // An empty text must not keep the form from being sent for a draft; the rules refuse it when it is an answer.
    required: !view.drafts,
    maskable: view.found !== undefined,
    namesOnly: view.found === 'names-only',
    // With a remedy to offer, the ways to send that are used less make place for it.
    clean: view.found === undefined,
    found: view.found !== undefined,
    text: view.text,
    source: view.source,
    suggestions: view.suggestions.flatMap(({ title, sources }) =>
      sources[0] ? [{ title: escapeMarkdown(title), url: sources[0].url }] : [],
    ),
    theme: view.theme,
    themes: themeChoices(view.directory, view.theme),
    spent: view.minutes,
    minutes: minuteChoices(),
    propose: String(view.propose),
  });
}

export type TextFormView = {
  ticket: Ticket;
  key: string;
  do: 'ask-back' | 'reply' | 'reopen';
  text: string;
  problem?: string;
  /** Recognisable data still in the text, for which the form then offers a remedy. */
  found?: 'names-only' | 'personal-data' | undefined;
};

/** A dialog with one text: a question back, an addition, the reason to reopen. */
export function textForm(view: TextFormView): Card {
  const words = {
    'ask-back': { label: locale.forms.askBack.label, send: locale.forms.askBack.send },
    reply: { label: locale.status.addLabel, send: locale.status.send },
    reopen: { label: locale.status.reopenLabel, send: locale.status.reopen },
  }[view.do];
  return fill('text-form', {
    ...words,
    do: view.do,
    required: view.do !== 'reopen',
    ticket: view.ticket.id,
    key: view.key,
    question: plain(view.ticket.question),
    text: view.text,
    problem: view.problem,
    maskable: view.found !== undefined,
    namesOnly: view.found === 'names-only',
  });
}

/** Values are "release", "person:<id>" or "theme:<id>". */
export function handOverForm(view: {
  ticket: Ticket;
  key: string;
  colleagues: Advisor[];
  themes: Theme[];
  problem?: string;
}): Card {
  return fill('choice-form', {
    ticket: view.ticket.id,
    key: view.key,
    do: 'hand-over',
    question: plain(view.ticket.question),
    problem: view.problem,
    label: locale.forms.handOver.label,
    hint: locale.forms.handOver.hint,
    send: locale.forms.handOver.send,
    choices: [
      ...(holder(view.ticket.state) ? [{ title: locale.forms.handOver.release, value: 'release' }] : []),
      ...view.colleagues.map(({ person, name }) => ({
        title: locale.forms.handOver.colleague(name),
        value: `person:${person}`,
      })),
      ...themeChoices(view).map(({ title, value }) => ({
        title: locale.forms.handOver.theme(title),
        value: `theme:${value}`,
      })),
    ],
  });
}

/** Values are "person:<id>" or "contact:<id>"; another service is typed. */
export function consultForm(view: {
  directory: Directory;
  ticket: Ticket;
  key: string;
  colleagues: Advisor[];
  form?: { other: string; where?: Reach | undefined };
  problem?: string | undefined;
}): Card {
  return fill('consult-form', {
    ticket: view.ticket.id,
    key: view.key,
    question: plain(view.ticket.question),
    problem: view.problem,
    other: view.form?.other,
    where: view.form?.where,
    reaches: reachChoices(),
    choices: [
      ...view.colleagues.map(({ person, name }) => ({ title: name, value: `person:${person}` })),
      ...view.directory.contacts.map(({ id, role }) => ({ title: role, value: `contact:${id}` })),
    ],
  });
}

const reachChoices = (): { title: string; value: Reach }[] =>
  (['inside', 'outside'] as const).map((value) => ({ title: locale.forms.reach[value], value }));

/** `registered`: the referral is noted afterwards, so the form asks whether the caller knows. */
export function referForm(view: {
  ticket: Ticket;
  key: string;
  services: string[];
  form: { to: string; other: string; text: string; where?: Reach | undefined; told?: boolean | undefined };
  registered: boolean;
  problem?: string | undefined;
}): Card {
  const { form, registered } = view;
  return fill('refer-form', {
    ticket: view.ticket.id,
    key: view.key,
    question: plain(view.ticket.question),
    problem: view.problem,
    to: view.services.includes(form.to) ? form.to : undefined,
    other: form.other,
    text: form.text,
    where: form.where,
    reaches: reachChoices(),
    registered,
    told: form.told === undefined ? undefined : String(form.told),
    noteLabel: registered ? locale.forms.refer.noteRegistered : locale.forms.refer.note,
    send: registered ? locale.forms.refer.sendRegistered : locale.forms.refer.send,
    choices: view.services.map((name) => ({ title: name, value: name })),
  });
}

/** What a question is merged into, what was merged into it, and what it is linked with: one line each. */
export function connectionLines(ticket: Ticket): { line: string }[] {
  const numbers = (others: Other[]): string => others.map(({ number }) => number).join(', ');
  const words = locale.registered.connections;
  const into = mergedInto(ticket);
  const absorbed = absorbedBy(ticket);
  const linked = linksOf(ticket);
  return [
    ...(into ? [words.merged(into.number)] : []),
    ...(absorbed.length > 0 ? [words.absorbed(numbers(absorbed))] : []),
    ...(linked.length > 0 ? [words.linked(numbers(linked))] : []),
  ].map((line) => ({ line }));
}

/** To choose the other question of a merge or a link; linked ones can be unlinked. */
export function connectForm(view: {
  directory: Directory;
  ticket: Ticket;
  key: string;
  choices: Ticket[];
  other?: string | undefined;
  number?: string;
  problem?: string;
}): Card {
  const { ticket, directory } = view;
  const linked = new Set(linksOf(ticket).map((one) => one.ticket));
  const stateOf = (other: Ticket): string =>
    linked.has(other.id)
      ? locale.forms.connect.linked
      : other.state.kind === 'closed'
        ? locale.outcome[other.state.outcome]
        : locale.import.export.states[other.state.kind];
  return fill('connect-form', {
    ticket: ticket.id,
    key: view.key,
    question: plain(ticket.question),
    explanation: locale.forms.connect.explanation(ticket.number),
    problem: view.problem,
    other: view.choices.some(({ id }) => id === view.other) ? view.other : undefined,
    number: view.number,
    canUnlink: linked.size > 0,
    choices: view.choices.map((other) => ({
      value: other.id,
      title: locale.forms.connect.choice(
        other.number,
        stateOf(other),
        themeName(directory, other.theme),
        excerpt(other.question),
      ),
    })),
  });
}

export function closeForm(view: { ticket: Ticket; key: string; other?: string; problem?: string }): Card {
  const closed = view.ticket.state.kind === 'closed';
  return fill('close-form', {
    ticket: view.ticket.id,
    key: view.key,
    question: plain(view.ticket.question),
    problem: view.problem,
    send: closed ? locale.channelCard.time : locale.forms.close.send,
    spent: closed ? '5' : '0',
    minutes: [...(closed ? [] : [{ title: locale.forms.close.noTime, value: '0' }]), ...minuteChoices()],
    other: view.other,
  });
}

export type OpenQuestionsView = {
  directory: Directory;
  unclaimed: Ticket[];
  mine: Ticket[];
  waiting: Ticket[];
  others: number;
};

export function openQuestionsCard(view: OpenQuestionsView): Card {
  const rows = (tickets: Ticket[]) =>
    tickets.map((ticket) => ({
      ticket: ticket.id,
      line: locale.openQuestions.line(ticket.number, themeName(view.directory, ticket.theme), since(ticket)),
      text: excerpt(ticket.question),
    }));
  const groups = [
    { heading: locale.openQuestions.unclaimed, rows: rows(view.unclaimed) },
    { heading: locale.openQuestions.mine, rows: rows(view.mine) },
    { heading: locale.openQuestions.waiting, rows: rows(view.waiting) },
  ].filter((group) => group.rows.length > 0);
  return fill('list', {
    title: locale.openQuestions.title,
    empty: groups.length === 0 && view.others === 0 ? locale.openQuestions.none : undefined,
    groups,
    more: view.others > 0 ? locale.openQuestions.others(view.others) : undefined,
  });
}

function since(ticket: Ticket): Instant {
  return 'since' in ticket.state ? ticket.state.since : ticket.askedAt;
}
