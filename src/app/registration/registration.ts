// Noting what came by phone, mail or in person: the card that stays open, the typed line, undo and "3×".

import { createHash } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import { type RegistrationForm, type RegistrationView, registrationCard } from '../../cards/registration.ts';
import { may, mayIn, type Person, type Roles } from '../../domain/authorisation.ts';
import { linksOf } from '../../domain/connections.ts';
import { detect, mask } from '../../domain/privacy.ts';
import * as registering from '../../domain/registration.ts';
import { parseLine } from '../../domain/registration-line.ts';
import type {
  Day,
  Instant,
  IntakeChannel,
  Item,
  ItemId,
  ServiceId,
  Theme,
  ThemeId,
  TicketId,
} from '../../domain/terms.ts';
import { minutesOf, type Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { brusselsDay, instantAt } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import { keepPerson, readPerson, type Turn } from '../people.ts';
import type { Message } from '../ports.ts';
import * as connections from '../questions/connections.ts';
import { likeTickets, remember } from '../questions/earlier.ts';
import { checkForm, checkMinutes } from '../questions/form-check.ts';
import { makeLink, offersLinks } from '../questions/survey-link.ts';
import { type App, change, createTicket, load, questionId } from '../questions/tickets.ts';
import type { ItemUseRecord } from '../records.ts';
import { type Reply, text } from '../reply.ts';
import { recurringQuestions } from '../topics/topics.ts';
import { registeredView } from './correction.ts';
import { beginning, type Choice } from './typeahead.ts';

/** What the known questions may take of a message, which may hold 28 kB in all. */
const KNOWN_BYTES = 14_000;
/** One sentence; it comes back on the card in the buttons. */
export const SENTENCE_LIMIT = 500;
const DAY_MS = 86_400_000;
/** A suggested theme below this confidence is no better than an empty one. */
const THEME_FROM = 0.5;
const REPEATS = 2;
/** Earlier questions that are shown with a new one. */
const MOST_LIKE = 2;

const ITEM_USE = { pk: 'control:item-use', kind: 'item-use' };

/** The empty card with what this advisor used last time. */
export async function openRegistration(app: App, who: Person): Promise<Message> {
  const card = await registrationFor(app, who, await startForm(app, who), {});
  return { summary: locale.registration.summary, card };
}

/** A press on a channel: keeps the question, and the card comes back for the next one. */
export async function register(app: App, who: Person, turn: Turn, action: ActionOf<'register'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(locale.fault.notAllowed);
  const id = idOf(
    who,
    JSON.stringify([action.key, action.channel, action.item, action.question, action.centre, action.day]),
  );
  const kept = await keepRegistration(app, who, turn, { ...action, id });
  return { kind: 'card', card: await cardAfter(app, who, action, kept) };
}

/**
 * A line such as "tel gent dossier 10m hoe lang?"; undefined when it is none, or not from somebody who registers. The card
 * shows what `seen` may see, as others read along.
 */
export async function registerLine(
  app: App,
  who: Person,
  turn: Turn,
  typed: string,
  seen: Person,
): Promise<Message | undefined> {
  const line = parseLine(typed, app.knowledge.content(), locale.lineWords);
  if (!line || !mayIn(who.roles, 'register-questions')) return undefined;
  const form: Fields = {
    question: line.question,
    centre: line.centre,
    theme: line.theme,
    minutes: line.minutes === undefined ? '' : String(line.minutes),
    day: brusselsDay(app.clock.now()),
  };
  const { summary } = locale.registration;
  if (line.doubts.length > 0) {
    return {
      summary,
      card: await registrationFor(app, seen, form, { problem: locale.registration.doubt(line.doubts) }),
    };
  }
  const { id } = await questionId(app, { person: who.person, text: `registration ${typed}`, sentAt: turn.sentAt });
  const kept = await keepRegistration(app, who, turn, { ...form, channel: line.channel, id });
  const like = kept.ok ? kept.like.filter((other) => may(seen, 'read', subject(other))) : [];
  return { summary, card: await cardAfter(app, seen, form, kept.ok ? { ...kept, like } : kept) };
}

/** The same question came twice more: two tickets like the first. */
export async function repeat(
  app: App,
  who: Person,
  turn: Turn,
  action: ActionOf<'repeat-registration'>,
): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  const event = loaded?.ticket.events.find((one) => one.type === 'registered');
  if (!loaded || event?.by?.person !== who.person) return text(locale.refusal({ kind: 'not-registered' }));
  if (loaded.ticket.retracted) return text(locale.refusal({ kind: 'retracted' }));
  const { ticket } = loaded;
  const tickets: [Ticket, ...Ticket[]] = [ticket];
  for (let copy = 1; copy <= REPEATS; copy++) {
    const created = await createTicket(app, idOf(who, `${ticket.id} copy ${copy}`), turn.address, (number) => {
      const minutes = minutesOf(ticket);
      const { item, topic } = event;
      return registering.register(
        {
          id: idOf(who, `${ticket.id} copy ${copy}`),
          number,
          channel: ticket.channel as registering.RegistrableChannel,
          question: ticket.question,
          service: ticket.service,
          askedAt: ticket.askedAt,
          requester: ticket.requester,
          ...(ticket.theme ? { theme: ticket.theme } : {}),
          ...(item ? { item } : {}),
          ...(topic ? { topic } : {}),
          ...(minutes > 0 ? { minutes } : {}),
        },
        who,
        app.clock.now(),
      );
    });
    if (!created.ok) {
      const problem = locale.refusal(created.refusal);
      return { kind: 'card', card: await registrationFor(app, who, action, { last: { tickets }, problem }) };
    }
    tickets.push(created.value.ticket);
  }
  return { kind: 'card', card: await registrationFor(app, who, action, { last: { tickets } }) };
}

/** Takes back what was just registered; what had been filled in stands in the fields again. */
export async function undo(app: App, who: Person, action: ActionOf<'undo-registration'>): Promise<Reply> {
  const undone: Ticket[] = [];
  let problem: string | undefined;
  for (const id of action.tickets) {
    const changed = await change(app, { ticket: id }, (ticket) => registering.retract(ticket, who, app.clock.now()));
    if (changed.ok) undone.push(changed.value);
    else problem = locale.refusal(changed.refusal);
  }
  const [first] = undone;
  const started = action.question.trim() !== '' || action.item !== undefined;
  const form = first && !started ? formOf(first) : action;
  const notice = first && locale.registration.undone(undone.map(({ number }) => number));
  return { kind: 'card', card: await registrationFor(app, who, form, { notice, problem }) };
}

function formOf(ticket: Ticket): Fields {
  const event = ticket.events.find((one) => one.type === 'registered');
  const minutes = minutesOf(ticket);
  return {
    item: event?.item ?? event?.topic,
    question: event?.item || event?.topic ? '' : ticket.question,
    centre: ticket.requester.centre,
    theme: ticket.theme,
    minutes: minutes > 0 ? String(minutes) : '',
    day: brusselsDay(ticket.askedAt),
  };
}

/** The fields as they came in; `preset` is the theme that stood there before anybody chose. */
type Fields = Omit<RegistrationForm, 'typed'> & {
  typed?: string;
  preset?: ThemeId | undefined;
  names?: boolean | undefined;
};
type Draft = Fields & { channel: IntakeChannel; id: TicketId };
type Kept =
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
  if (draft.item && !form.item) return { ok: false, problem: words.unknownItem, form };
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
    registering.register(
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
  const kinds = [...new Set(detect(checked.text).map(({ kind }) => locale.privacy.kinds[kind]))].join(', ');
  const form = { ...draft, question: masked(checked.text), typed: checked.text };
  return { ok: false, problem: locale.registration.masked(kinds), form, namesOnly: checked.found === 'names-only' };
}

const masked = (typed: string): string => mask(typed, detect(typed), locale.privacy.masks);

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
function likeFor(app: App, who: Person, ticket: Ticket): Promise<Ticket[]> {
  const { question, theme, service, requester } = ticket;
  const except = [ticket.id, ...linksOf(ticket).map((other) => other.ticket)];
  return likeTickets(app, who, { question, theme, centre: requester.centre, service, except }, MOST_LIKE);
}

/** "Zelfde vraag": links the question that was just registered with an earlier one. */
export async function sameQuestion(app: App, who: Person, action: ActionOf<'same-question'>): Promise<Reply> {
  const linked = await connections.sameQuestion(app, who, action);
  const ticket = linked.ok ? linked.value : (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'link', subject(ticket))) return text(locale.refusal({ kind: 'not-allowed' }));
  const last = { tickets: [ticket] as [Ticket], like: await likeFor(app, who, ticket) };
  const problem = linked.ok ? undefined : locale.refusal(linked.refusal);
  return { kind: 'card', card: await registrationFor(app, who, action, { last, problem }) };
}

/** A link to the survey for the caller, on the card that was pressed. */
export async function surveyLink(app: App, who: Person, action: ActionOf<'survey-link'>): Promise<Reply> {
  const before = (await load(app, action.ticket))?.ticket;
  if (!before || !may(who, 'correct', subject(before)) || !offersLinks(app)) {
    return text(locale.refusal({ kind: 'not-allowed' }));
  }
  const made = await makeLink(app, who, action.ticket);
  const ticket = made.ok ? made.value.ticket : before;
  const link = made.ok ? made.value.link : undefined;
  const problem = made.ok ? undefined : locale.refusal(made.refusal);
  if (!action.onForm) return registeredView(app, ticket, who, { problem, link });
  const last = { tickets: [ticket] as [Ticket], like: await likeFor(app, who, ticket), link };
  return { kind: 'card', card: await registrationFor(app, who, action, { last, problem }) };
}

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

async function countUse(app: App, item: ItemId): Promise<void> {
  await app.serial(ITEM_USE.pk, () =>
    keep<ItemUseRecord>(app.store, ITEM_USE, (before) => ({
      counts: { ...before?.counts, [item]: (before?.counts[item] ?? 0) + 1 },
    })),
  );
}

/** What keeps coming back without an answer, then the FAQ, most registered first; of the services this person works for. */
async function knownQuestions(app: App, who: Person): Promise<RegistrationView['known']> {
  const { items, themes } = app.knowledge.content();
  const own = who.roles.advisorOf;
  const serviceOfTheme = new Map(themes.map(({ id, service }) => [id, service]));
  const use = (await app.store.read(ITEM_USE.pk, ITEM_USE.pk))?.doc.body as ItemUseRecord | undefined;
  const counted = (item: Item): number => use?.counts[item.id] ?? 0;
  const faq = items
    .filter(
      ({ kind, themes: [theme] }) => kind === 'faq' && (own.length === 0 || own.includes(serviceOfTheme.get(theme)!)),
    )
    .sort((a, b) => counted(b) - counted(a) || a.title.localeCompare(b.title, locale.tag));
  const recurring = recurringQuestions(app, who.roles).map(({ id, title }) => ({
    id,
    title: locale.topics.known(title),
  }));
  return [...recurring, ...faq];
}

/** The known questions that fit what somebody types in the field, when not all of them fit on the card. */
export async function knownChoices(app: App, who: Person, typed: string, top: number): Promise<Choice[]> {
  if (!mayIn(who.roles, 'register-questions')) return [];
  const known = (await knownQuestions(app, who)).map(({ id, title }) => ({ value: id, title }));
  return beginning(known, typed, top);
}

/** As many as a message has room for, and the one that is chosen. */
function fitting(known: RegistrationView['known'], chosen: string | undefined): RegistrationView['known'] {
  let bytes = 0;
  return known.filter(({ id, title }) => {
    bytes += Buffer.byteLength(JSON.stringify({ title, value: id })) + 1;
    return bytes <= KNOWN_BYTES || id === chosen;
  });
}

async function startForm(app: App, who: Person, day?: Day): Promise<Fields> {
  const used = (await readPerson(app, who.person))?.registering;
  return {
    question: '',
    centre: used?.centre,
    theme: used?.theme,
    minutes: used?.minutes === undefined ? '' : String(used.minutes),
    day: day ?? brusselsDay(app.clock.now()),
  };
}

/** What is said above the fields. */
type Above = {
  last?: { tickets: [Ticket, ...Ticket[]]; similar?: Item | undefined; like?: Ticket[]; link?: string | undefined };
  notice?: string | undefined;
  problem?: string | undefined;
  namesOnly?: boolean;
};

/** After a press: ready for the next question, or what was filled in with what is wrong about it. */
async function cardAfter(app: App, who: Person, filled: Fields, kept: Kept) {
  if (!kept.ok) {
    const { problem, namesOnly = false } = kept;
    return registrationFor(app, who, kept.form ?? filled, { problem, namesOnly });
  }
  const next = await startForm(app, who, filled.day);
  return registrationFor(app, who, next, { last: { tickets: [kept.ticket], similar: kept.similar, like: kept.like } });
}

async function registrationFor(app: App, who: Person, form: RegistrationForm, above: Above) {
  const now = app.clock.now();
  const today = brusselsDay(now);
  const days = Array.from({ length: registering.BACKDATE_DAYS + 1 }, (_, back) =>
    brusselsDay(instantAt(today, '12:00') - back * DAY_MS),
  );
  const known = await knownQuestions(app, who);
  const shown = fitting(known, form.item);
  return registrationCard({
    directory: app.knowledge.content(),
    known: shown,
    moreKnown: shown.length < known.length,
    offersLinks: offersLinks(app),
    form: { ...form, day: days.includes(form.day) ? form.day : today },
    key: `registration:${now}`,
    today,
    days,
    ...above,
  });
}

/** The same press or delivery gives the same id, and so meets the ticket that is there. */
function idOf(who: Person, what: string): TicketId {
  return createHash('sha256')
    .update(`registration\n${who.person}\n${what}`)
    .digest('base64url')
    .slice(0, 22) as TicketId;
}
