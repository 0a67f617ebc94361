// Keeping a registration: from what was filled in to a question, or what is wrong with it. Knows no card.

import type { RegistrationForm } from '../../cards/registration.ts';
import type { Person, Roles } from '../../domain/authorisation.ts';
import { linksOf } from '../../domain/connections.ts';
import { detect } from '../../domain/privacy.ts';
import { register } from '../../domain/registration.ts';
import type { Day, Instant, IntakeChannel, Item, ServiceId, Theme, ThemeId, TicketId } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { brusselsDay, instantAt } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { keepPerson, type Turn } from '../people.ts';
import { likeTickets, remember } from '../questions/earlier.ts';
import { checkForm, checkMinutes, kindsIn, masked } from '../questions/form-check.ts';
import { type App, createTicket } from '../questions/tickets.ts';
import { recurringQuestions } from '../topics/topics.ts';
import { countUse } from './known-questions.ts';

/** One sentence; it comes back on the card in the buttons. */
export const SENTENCE_LIMIT = 500;
/** A suggested theme below this confidence is no better than an empty one. */
const THEME_FROM = 0.5;
/** Earlier questions that are shown with a new one. */
const MOST_LIKE = 2;

/** The fields as they came in; `preset` is the theme that stood there before anybody chose. */
export type Fields = Omit<RegistrationForm, 'typed'> & {
  typed?: string;
  preset?: ThemeId | undefined;
  names?: boolean | undefined;
};
type Draft = Fields & { channel: IntakeChannel; id: TicketId };
export type Kept =
  | { ok: true; ticket: Ticket; similar?: Item | undefined; like: Ticket[] }
  | { ok: false; problem: string; form?: RegistrationForm; namesOnly?: boolean };

/** Keeps a question from what was filled in, or says in Dutch what is wrong. The same id meets the ticket that is there. */
export async function keepRegistration(app: App, who: Person, turn: Turn, draft: Draft): Promise<Kept> {
  const content = app.knowledge.content();
  const words = locale.registration;
  const item = content.items.find(({ id }) => id === draft.item);
  const topic = recurringQuestions(app, who.roles).find(({ id }) => id === draft.item);
  const chosen = content.themes.find(({ id }) => id === draft.theme)?.id;
  const centre = content.centres.find(({ id }) => id === draft.centre)?.id;
  // A choice that is not in the list cannot be shown again: it is left empty.
  const form = { ...draft, item: item?.id ?? topic?.id, centre, theme: chosen };
  if (draft.item && !form.item) {
    // Typed where one chooses: only a new question has spaces, an id has none.
    const typed = draft.item.trim();
    if (draft.question.trim() !== '' || !/\s/.test(typed)) return { ok: false, problem: words.unknownItem, form };
    const moved = { ...draft, ...form, question: typed };
    const sentence = sentenceOf(moved, undefined);
    return sentence.ok ? { ok: false, problem: words.movedToQuestion, form: moved } : { form: moved, ...sentence };
  }
  if (draft.centre && !centre) return { ok: false, problem: words.unknownCentre, form };
  if (draft.theme && !chosen) return { ok: false, problem: words.unknownTheme, form };
  const spent = checkMinutes(draft.minutes);
  if (!spent.ok) return spent;
  const { minutes } = spent;
  const askedAt = momentOf(draft.day, app.clock.now());
  if (askedAt === undefined) return { ok: false, problem: words.unknownDay };
  const sentence = sentenceOf(draft, item ?? topic);
  if (!sentence.ok) return sentence;

  const answer = form.item ? undefined : app.knowledge.answer({ text: sentence.text });
  const likely = answer?.themes[0];
  const about = item?.themes[0] ?? topic?.theme;
  // The theme that was remembered gives way to the one of the question that was chosen; one picked by hand does not.
  const theme =
    (about && (chosen === undefined || chosen === draft.preset) ? inUse(content.themes, about) : chosen) ??
    (likely && likely.confidence >= THEME_FROM ? likely.id : undefined);
  const created = await createTicket(app, draft.id, turn.address, (number) =>
    register(
      {
        id: draft.id,
        number,
        channel: draft.channel,
        question: sentence.text,
        service: serviceOf(app, who.roles, theme),
        askedAt,
        requester: { name: '', ...(centre ? { centre } : {}) },
        ...(theme ? { theme } : {}),
        ...(item ? { item: item.id } : {}),
        ...(topic ? { topic: topic.id } : {}),
        ...(minutes === undefined ? {} : { minutes }),
      },
      who,
      app.clock.now(),
    ),
  );
  if (!created.ok) return { ok: false, problem: locale.refusal(created.refusal) };
  if (created.value.ticket.retracted) return { ok: false, problem: locale.refusal({ kind: 'retracted' }) };
  await rememberForm(app, turn, { centre, theme, minutes });
  if (item) await countUse(app, item.id);
  const { ticket } = created.value;
  const like = await likeFor(app, who, ticket);
  await remember(app, ticket);
  return {
    ok: true,
    ticket,
    like,
    similar: answer?.decision === 'answer' ? answer.items[0]?.item : undefined,
  };
}

/** The theme of a known question, for a new one: not when it is out of use. */
const inUse = (themes: readonly Theme[], wanted: ThemeId): ThemeId | undefined =>
  themes.find(({ id, retired }) => id === wanted && !retired)?.id;

type Sentence = { ok: true; text: string } | Extract<Kept, { ok: false }>;

/** What is kept as the question: the typed sentence without personal data, or else the title of the known question. */
function sentenceOf(draft: Draft, item: { title: string } | undefined): Sentence {
  const written = draft.question.trim();
  if (written.length > SENTENCE_LIMIT) {
    return { ok: false, problem: locale.refusal({ kind: 'text-too-long', most: SENTENCE_LIMIT }) };
  }
  if (written === '')
    return item ? { ok: true, text: item.title } : { ok: false, problem: locale.registration.nothing };
  const original = draft.typed?.trim() ?? '';
  const untouched = original !== '' && masked(original) === written;
  const checked = checkForm(draft.names && untouched ? original : written, { names: draft.names });
  if (checked.ok) return { ok: true, text: checked.text };
  if (!checked.found) return { ok: false, problem: checked.problem };
  const kinds = kindsIn(detect(checked.text));
  const form = { ...draft, question: masked(checked.text), typed: checked.text };
  return { ok: false, problem: locale.registration.masked(kinds), form, namesOnly: checked.found === 'names-only' };
}

/** Today is now; an earlier day is its noon. Undefined when it is no day. */
function momentOf(day: Day, now: Instant): Instant | undefined {
  if (day === '' || day === brusselsDay(now)) return now;
  try {
    return instantAt(day, '12:00');
  } catch {
    return undefined;
  }
}

/** Advisors register for their own service; who has several, or none, for the service of the theme. */
export function serviceOf(app: App, roles: Roles, theme: ThemeId | undefined): ServiceId {
  const { services, themes } = app.knowledge.content();
  const ofTheme = themes.find(({ id }) => id === theme)?.service;
  const own = roles.advisorOf;
  if (ofTheme && (own.length === 0 || own.includes(ofTheme))) return ofTheme;
  return own[0] ?? services[0]!.id;
}

/** Earlier questions that may be the same as one that was just registered. */
export function likeFor(app: App, who: Person, ticket: Ticket): Promise<Ticket[]> {
  const { question, theme, service, requester } = ticket;
  const except = [ticket.id, ...linksOf(ticket).map((other) => other.ticket)];
  return likeTickets(app, who, { question, theme, centre: requester.centre, service, except }, MOST_LIKE);
}

/** Centre, theme and minutes stand in the next form of whoever registered. */
async function rememberForm(
  app: App,
  turn: Turn,
  used: { centre: RegistrationForm['centre']; theme: ThemeId | undefined; minutes: number | undefined },
): Promise<void> {
  const { centre, theme, minutes } = used;
  await keepPerson(app, turn, (record) => {
    record.registering = {
      ...(centre ? { centre } : {}),
      ...(theme ? { theme } : {}),
      ...(minutes === undefined ? {} : { minutes }),
    };
  });
}
