// The cards with which advisors note, look up and correct what came by other channels. Knows what to show, not who may or what is kept.

import { absorbedBy, linksOf } from '../domain/connections.ts';
import { REGISTRABLE, type RegistrableChannel } from '../domain/registration.ts';
import type { Directory } from '../domain/routing.ts';
import type { CentreId, Day, Item, ItemId, ThemeId, TopicId } from '../domain/terms.ts';
import { mergedInto, minutesOf, type Ticket, type TicketEvent, wasRegistered } from '../domain/ticket.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import { connectionLines } from './advisor.ts';
import type { Card } from './card.ts';
import { centreField, centreName, queryFor, themeChoices, themeName } from './fields.ts';
import { fill } from './layout.ts';
import { escapeMarkdown, excerpt, plain } from './text.ts';

/** What stands in the fields. `typed` is the sentence before personal data was taken out of it. */
export type RegistrationForm = {
  /** The known question: an item, or a recurring topic without one. */
  item?: ItemId | TopicId | undefined;
  question: string;
  typed?: string | undefined;
  centre?: CentreId | undefined;
  theme?: ThemeId | undefined;
  minutes: string;
  day: Day;
};

export type RegistrationView = {
  directory: Directory;
  /** Known questions, most used first. */
  known: { id: ItemId | TopicId; title: string }[];
  /** There are more than fit on the card: the client asks for them while somebody types. */
  moreKnown?: boolean;
  form: RegistrationForm;
  key: string;
  today: Day;
  days: Day[];
  /** The last registration, more than one after "3×". */
  last?:
    | { tickets: [Ticket, ...Ticket[]]; similar?: Item | undefined; like?: Ticket[]; link?: string | undefined }
    | undefined;
  /** A caller can be given a link to the survey. */
  offersLinks?: boolean;
  notice?: string | undefined;
  problem?: string | undefined;
  /** Offers to keep the sentence with the name in it. */
  namesOnly?: boolean;
};

const CHANNELS: RegistrableChannel[] = ['phone', 'mail', 'whatsapp', 'informal'];

/** The card that stays open: the buttons that save are the channels. */
export function registrationCard(view: RegistrationView): Card {
  const { directory, form } = view;
  return fill('registration', {
    key: view.key,
    last: view.last && lastView(directory, view.last, view.offersLinks === true),
    notice: view.notice,
    problem: view.problem,
    namesOnly: view.namesOnly === true,
    item: form.item,
    items: view.known.map(({ id, title }) => ({ title, value: id })),
    itemQuery: view.moreKnown ? queryFor('known-questions') : undefined,
    question: form.question === '' ? undefined : form.question,
    typed: form.typed,
    ...centreField(directory, form.centre),
    theme: form.theme,
    themes: themeChoices(directory),
    minutes: form.minutes === '' ? undefined : form.minutes,
    day: form.day,
    days: view.days.map((day) => ({ title: locale.registration.dayName(day, view.today), value: day })),
    channels: CHANNELS.map((channel) => ({ channel, title: locale.registration.channels[channel] })),
  });
}

function lastView(
  directory: Directory,
  { tickets, similar, like = [], link }: NonNullable<RegistrationView['last']>,
  offersLinks: boolean,
) {
  const [first] = tickets;
  return {
    line: locale.registration.done(
      tickets.map(({ number }) => number),
      facts(directory, first),
    ),
    question: plain(first.question),
    similar: similar ? locale.registration.similar(escapeMarkdown(similar.title)) : undefined,
    tickets: tickets.map(({ id }) => id),
    first: first.id,
    canRepeat: tickets.length === 1,
    canSurvey: offersLinks && tickets.length === 1 && link === undefined,
    link: link === undefined ? undefined : plain(link),
    connections: connectionLines(first),
    like: like.map((other) => ({
      ticket: first.id,
      other: other.id,
      line: locale.registration.like(
        other.number,
        locale.shortDay(brusselsDay(other.askedAt)),
        escapeMarkdown(excerpt(other.question)),
      ),
      title: locale.registration.same(other.number, timesAsked(other)),
    })),
  };
}

/** How often a question came up: itself, what it is linked with, and what was merged into it. */
const timesAsked = (ticket: Ticket): number => 1 + linksOf(ticket).length + absorbedBy(ticket).length;

/** "telefoon · GO! CLB regio Gent · dossier · 10 min. · di 24 nov" */
function facts(directory: Directory, ticket: Ticket): string {
  const minutes = minutesOf(ticket);
  return [
    locale.channel[ticket.channel],
    centreName(directory, ticket.requester.centre),
    themeName(directory, ticket.theme),
    ...(minutes > 0 ? [locale.common.minutes(minutes)] : []),
    locale.shortDay(brusselsDay(ticket.askedAt)),
  ].join(' · ');
}

/** The same fields without a known question: the message has the words. */
export type MessageForm = Omit<RegistrationForm, 'item' | 'typed'>;

/** The dialog on a message of any chat. `message` ties what is sent back to it. */
export function messageForm(view: {
  directory: Directory;
  message: string;
  form: MessageForm;
  today: Day;
  problem?: string | undefined;
}): Card {
  const { directory, form } = view;
  return fill('message-form', {
    message: view.message,
    problem: view.problem,
    question: form.question === '' ? undefined : form.question,
    ...centreField(directory, form.centre),
    theme: form.theme,
    themes: themeChoices(directory),
    minutes: form.minutes === '' ? undefined : form.minutes,
    day: view.today,
    // A message was most likely asked in Teams itself; what was forwarded came by mail or WhatsApp.
    channels: (['teams', 'mail', 'whatsapp'] as const).map((channel) => ({
      channel,
      title: locale.onMessage.channels[channel],
    })),
  });
}

export type RegisteredView = {
  directory: Directory;
  ticket: Ticket;
  canCorrect: boolean;
  canRetract: boolean;
  canSurvey?: boolean;
  /** A link to the survey that was just made; it is shown once. */
  link?: string | undefined;
  problem?: string | undefined;
};

/** A registered question as the advisors and the quality team look it up, with what was corrected on it. */
export function registeredCard(view: RegisteredView): Card {
  const { directory, ticket } = view;
  const registered = ticket.events.find(({ type }) => type === 'registered');
  return fill('registered', {
    ticket: ticket.id,
    title: ticket.retracted ? locale.registered.retracted(ticket.number) : locale.registered.title(ticket.number),
    facts: facts(directory, ticket),
    question: plain(ticket.question),
    by: locale.registered.by(
      escapeMarkdown(registered?.by?.name ?? locale.registered.imported),
      registered?.at ?? ticket.askedAt,
    ),
    // What came with the registration itself ends with its close.
    history: ticket.events.slice(ticket.events.findIndex(({ type }) => type === 'closed') + 1).flatMap((event) => {
      const line = changeLine(directory, event);
      return line ? [{ line }] : [];
    }),
    connections: connectionLines(ticket),
    problem: view.problem,
    key: `registered:${ticket.events.length}`,
    canConnect: view.canCorrect && !mergedInto(ticket),
    canUnmerge: view.canCorrect && mergedInto(ticket) !== undefined,
    canCorrect: view.canCorrect,
    canPropose: view.canCorrect && !ticket.retracted && ticket.question !== '',
    canRetract: view.canRetract,
    canSurvey: view.canSurvey === true && view.link === undefined,
    link: view.link === undefined ? undefined : plain(view.link),
  });
}

function changeLine(directory: Directory, event: TicketEvent): string | undefined {
  const by = escapeMarkdown(event.by?.name ?? '');
  if (event.type === 'referred') {
    const where = locale.forms.reach[event.where ?? 'unknown'].toLocaleLowerCase(locale.tag);
    return locale.registered.referred(by, event.at, escapeMarkdown(event.to), where, event.told === true);
  }
  if (event.type === 'time-logged') return locale.registered.minutesChanged(by, event.at, event.minutes);
  if (event.type !== 'corrected') return undefined;
  const what = [
    ...(event.theme ? [themeName(directory, event.theme)] : []),
    ...(event.centre ? [centreName(directory, event.centre)] : []),
    ...(event.channel ? [locale.channel[event.channel]] : []),
  ];
  return locale.registered.corrected(by, event.at, what.join(', '));
}

export type CorrectionForm = {
  theme?: ThemeId | undefined;
  centre?: CentreId | undefined;
  channel?: string | undefined;
  minutes: string;
};

/** Sets theme, centre, minutes and, of a registered question, the channel right. */
export function correctionForm(view: {
  directory: Directory;
  ticket: Ticket;
  key: string;
  form: CorrectionForm;
  problem?: string | undefined;
}): Card {
  const { directory, ticket, form } = view;
  return fill('correct-form', {
    ticket: ticket.id,
    key: view.key,
    question: plain(ticket.question),
    problem: view.problem,
    theme: form.theme,
    themes: themeChoices(directory, form.theme),
    ...centreField(directory, form.centre),
    channel: form.channel,
    channels: wasRegistered(ticket)
      ? REGISTRABLE.map((channel) => ({ title: locale.registration.channels[channel], value: channel }))
      : [],
    minutes: form.minutes,
  });
}
