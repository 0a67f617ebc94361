// The requester's first tasks: ask, judge the answer, go to an advisor, say who they are.

import type { ActionOf } from '../../cards/actions.ts';
import type { Card } from '../../cards/card.ts';
import { noticeCard } from '../../cards/notice.ts';
import { askForm, privacyCard, profileCard, rewriteForm, statusCard } from '../../cards/requester.ts';
import { may } from '../../domain/authorisation.ts';
import { acuteDanger, detect, mask, verdict } from '../../domain/privacy.ts';
import { audienceOf, findRoute, serviceFor } from '../../domain/routing.ts';
import type { ItemId, Result, ThemeId, TicketId } from '../../domain/terms.ts';
import { lastSuggestion, type Refusal, type Requester, type Ticket, wasRouted } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import type { Answer } from '../../knowledge/engine.ts';
import { language } from '../../knowledge/language.ts';
import { locale } from '../../locale/locale.ts';
import { noteMiss } from '../knowledge/misses.ts';
import { reordered } from '../knowledge/rerank.ts';
import { learnFromRating } from '../knowledge/wordings.ts';
import { bare, keepPerson, meet, readPerson, SYSTEM, type Turn } from '../people.ts';
import type { PersonRecord } from '../records.ts';
import { type Reply, refused, say, text, withSentence } from '../reply.ts';
import { remember, similarTickets } from './earlier.ts';
import { checkForm, type Found } from './form-check.ts';
import { answerCardFor } from './messages.ts';
import { announce, answerIn, doneBefore } from './tell.ts';
import { type App, change, createTicket, formKey, load, questionId } from './tickets.ts';

/** From this confidence on the form starts with the theme that the index suggests. */
const PRESELECT_FROM = 0.5;

const FOREIGN = new Set(['fr', 'en']);

/** A typed question. What is recognisable in it is shown first; until the person chose, nothing is kept. */
export async function askQuestion(app: App, turn: Turn, question: string, names = false): Promise<Reply> {
  if (question.length > verbs.TEXT_LIMIT) {
    return say({ summary: locale.smallTalk.summary, text: locale.smallTalk.tooLong(verbs.TEXT_LIMIT) });
  }
  const found = detect(question).filter(({ kind }) => !(names && kind === 'name'));
  if (found.length > 0) {
    const card = privacyCard({
      text: question,
      masked: mask(question, found, locale.privacy.masks),
      findings: found,
      namesOnly: verdict(found) === 'names-only',
      emergency: acuteDanger(question) ? app.knowledge.content().emergency : [],
    });
    return say({ summary: locale.privacy.summary, card });
  }
  const person = await meet(app, turn);
  const asked = await register(app, turn, person, question);
  if (!asked.ok) return say({ summary: locale.smallTalk.summary, text: locale.refusal(asked.refusal) });
  answerIn(app, turn.address.conversationId, asked.value.id);
  const foreign = FOREIGN.has(language(question));
  const hint = foreign ? [{ summary: locale.smallTalk.summary, text: locale.smallTalk.dutchOnly }] : [];
  return say(...hint, ...(await introduction(app, turn, person)));
}

/** The profile is asked once, after the first answer, and never in the way of a question. */
async function introduction(app: App, turn: Turn, person: PersonRecord) {
  if (person.profileAsked || turn.place !== 'personal') return [];
  await keepPerson(app, turn, (record) => {
    record.profileAsked = true;
  });
  return [{ summary: locale.profile.summary, card: profileCard(app.knowledge.content(), person) }];
}

/** Stores the question with what the index found for it; the same question twice, also at once, is one ticket. */
function register(app: App, turn: Turn, person: PersonRecord, question: string): Promise<Result<Ticket, Refusal>> {
  return app.serial(`ask:${turn.person}`, () => registerOnce(app, turn, person, question));
}

async function registerOnce(
  app: App,
  turn: Turn,
  person: PersonRecord,
  question: string,
): Promise<Result<Ticket, Refusal>> {
  const now = app.clock.now();
  const { id, existing } = await questionId(app, { person: turn.person, text: question, sentAt: turn.sentAt });
  if (existing) return { ok: true, value: existing.ticket };
  const looked = lookUp(app, person, question);
  const found = looked instanceof Promise ? await looked : looked;
  const theme = found.themes[0];
  const created = await createTicket(app, id, turn.address, (number) => {
    const asked = verbs.ask(
      {
        id,
        number,
        channel: 'teams',
        requester: requesterOf(turn, person),
        question,
        service: serviceFor(app.knowledge.content(), person.function, theme?.id),
      },
      now,
    );
    return asked.ok
      ? verbs.suggest(asked.value, SYSTEM, now, {
          decision: found.decision,
          items: found.items.map(({ item }) => item.id),
          ...(theme ? { theme } : {}),
        })
      : asked;
  });
  return created.ok ? { ok: true, value: created.value.ticket } : created;
}

/** At once; only with a reranker is there something to wait for. */
function lookUp(app: App, person: PersonRecord | undefined, question: string): Answer | Promise<Answer> {
  const audience = audienceOf(app.knowledge.content(), person?.function);
  const query = { text: question, ...(audience ? { audience } : {}) };
  return app.reranker ? reordered(app, app.reranker, query) : app.knowledge.answer(query);
}

function requesterOf(turn: Turn, person: PersonRecord): Requester {
  return {
    person: turn.person,
    name: turn.name,
    ...(person.function ? { function: person.function } : {}),
    ...(person.centre ? { centre: person.centre } : {}),
  };
}

/** A question from a card: the rewritten or masked one. The pressed card says what was done with it. */
export async function askText(app: App, turn: Turn, action: ActionOf<'ask-text'>): Promise<Reply> {
  if (action.question.trim() === '') return text(locale.ask.required);
  const reply = await askQuestion(app, turn, action.question, action.names === true);
  const [message] = reply.kind === 'messages' ? reply.messages : [];
  if (message?.summary === locale.privacy.summary && message.card) return { kind: 'card', card: message.card };
  if (message?.text) return text(message.text);
  const sentence = action.names ? locale.privacy.sentAsIs : locale.privacy.sent;
  return { kind: 'card', card: noticeCard({ lines: [sentence] }) };
}

export function openRewrite(action: ActionOf<'open-rewrite'>): Reply {
  return { kind: 'dialog', title: locale.ask.newTitle, card: rewriteForm(action.question) };
}

/** "Heeft dit geholpen?" */
export async function rate(app: App, turn: Turn, action: ActionOf<'rate'>): Promise<Reply> {
  let judged: Ticket | undefined;
  const reply = await onAnswer(app, turn, action.ticket, (ticket) => {
    const rated = verbs.rate(ticket, bare(turn), app.clock.now(), action.helped);
    judged = rated.ok ? rated.value : undefined;
    return rated;
  });
  if (judged) await learnFromRating(app, judged, turn.person, action.helped);
  if (judged && !action.helped) await noteMiss(app, judged);
  return reply;
}

/** Shows what else the index has, as choices; when there is nothing else it says so. */
export async function showOthers(app: App, turn: Turn, action: ActionOf<'more'>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || loaded.ticket.requester.person !== turn.person) return refused({ kind: 'not-allowed' });
  const person = await readPerson(app, turn.person);
  const shown = new Set<ItemId>(lastSuggestion(loaded.ticket)?.items.slice(0, 1));
  const found = await lookUp(app, person, loaded.ticket.question);
  const items = found.items.map(({ item }) => item.id).filter((id) => !shown.has(id));
  if (items.length === 0) return text(locale.answer.noOthers);
  return onAnswer(app, turn, action.ticket, (ticket) =>
    verbs.suggest(ticket, bare(turn), app.clock.now(), { decision: 'unsure', items }),
  );
}

/** The requester picked a candidate: it becomes the answer that is judged. */
export async function pick(app: App, turn: Turn, action: ActionOf<'pick'>): Promise<Reply> {
  if (!app.knowledge.content().items.some(({ id }) => id === action.item)) return text(locale.answer.noOthers);
  return onAnswer(app, turn, action.ticket, (ticket) =>
    verbs.suggest(ticket, bare(turn), app.clock.now(), {
      decision: 'answer',
      items: [action.item, ...(lastSuggestion(ticket)?.items.filter((id) => id !== action.item) ?? [])],
    }),
  );
}

/** A change to a question that still waits for a reaction; the presser gets the card as it then stands. */
export async function onAnswer(
  app: App,
  turn: Turn,
  id: TicketId,
  decide: (ticket: Ticket) => Result<Ticket, Refusal>,
): Promise<Reply> {
  const changed = await change(app, { ticket: id }, decide);
  if (changed.ok) {
    announce(app, id);
    return { kind: 'card', card: await cardForRequester(app, changed.value) };
  }
  return refusalOnCard(app, turn, id, changed.refusal);
}

/** The fresh card under the sentence of the refusal; only the sentence for somebody who may not see the ticket. */
export async function refusalOnCard(app: App, turn: Turn, id: TicketId, refusal: Refusal): Promise<Reply> {
  const loaded = await load(app, id);
  if (!loaded || loaded.ticket.requester.person !== turn.person) return refused({ kind: 'not-allowed' });
  return { kind: 'card', card: withSentence(await cardForRequester(app, loaded.ticket), locale.refusal(refusal)) };
}

/** The card a requester gets when they open one of their questions. */
export async function cardForRequester(app: App, ticket: Ticket): Promise<Card> {
  const content = app.knowledge.content();
  if (wasRouted(ticket)) return statusCard(content, ticket, app.clock.now());
  return answerCardFor(app, ticket);
}

/** The form to ask an advisor: prefilled from the ticket, or empty from the welcome card. */
export async function openAsk(app: App, turn: Turn, action: ActionOf<'open-ask'>): Promise<Reply> {
  const content = app.knowledge.content();
  const person = await readPerson(app, turn.person);
  const loaded = action.ticket && (await load(app, action.ticket));
  if (action.ticket && (!loaded || !may(bare(turn), 'route', verbs.subject(loaded.ticket))))
    return refused({ kind: 'not-allowed' });
  if (loaded && loaded.ticket.state.kind !== 'answered') return refused(verbs.pastAnswered(loaded.ticket.state));
  const ticket = loaded ? loaded.ticket : undefined;
  const suggestion = ticket?.events.find((event) => event.type === 'suggested')?.theme;
  return {
    kind: 'dialog',
    title: ticket ? locale.ask.title : locale.ask.newTitle,
    card: askForm({
      directory: content,
      ticket: ticket?.id,
      key: ticket ? formKey('route', turn.person, ticket) : `new:${turn.person}`,
      question: ticket?.question ?? '',
      theme: suggestion && suggestion.confidence >= PRESELECT_FROM ? suggestion.id : undefined,
      requester: { centre: person?.centre, function: person?.function },
      urgency: 'this-week',
      emergency: ticket && acuteDanger(ticket.question) ? content.emergency : [],
    }),
  };
}

/**
 * Sends the question to the right advisor. Centre and function are wanted but not demanded here: a client that does
 * not send them must not cost somebody their question. A missing question field means "as I typed it".
 */
export async function askAdvisor(app: App, turn: Turn, action: ActionOf<'ask-advisor'>): Promise<Reply> {
  const content = app.knowledge.content();
  const loaded = action.ticket && (await load(app, action.ticket));
  if (action.ticket && (!loaded || loaded.ticket.requester.person !== turn.person))
    return refused({ kind: 'not-allowed' });
  const typed = action.question ?? (loaded ? loaded.ticket.question : '');
  const checked = checkForm(typed, action);
  const theme = content.themes.find(({ id }) => id === action.theme)?.id;
  const centre = content.centres.find(({ id }) => id === action.centre)?.id;
  const again = (problem: string, question: string, found?: Found): Reply => ({
    kind: 'dialog',
    title: locale.ask.title,
    card: askForm({
      directory: content,
      ticket: action.ticket,
      key: action.key,
      question,
      theme,
      requester: { centre, function: action.function },
      urgency: action.urgency,
      problem,
      found,
      emergency: acuteDanger(question) ? content.emergency : [],
    }),
  });
  if (!checked.ok) return again(checked.problem, checked.text, checked.found);
  if (action.centre && !centre) return again(locale.ask.unknownCentre, checked.text);
  if (action.theme && !theme) return again(locale.registration.unknownTheme, checked.text);
  if (loaded && doneBefore(app, loaded.ticket, action.key)) return text(locale.ask.done(loaded.ticket.number));

  const person = await keepPerson(app, turn, (record) => {
    rememberProfile(app, record, action);
  });
  const asked = loaded
    ? ({ ok: true, value: loaded.ticket } as const)
    : await register(app, turn, person, checked.text);
  if (!asked.ok) return again(locale.refusal(asked.refusal), checked.text);
  const wanted = { theme: loaded ? theme : (theme ?? confidentTheme(asked.value)), ...pickDefined(person) };
  const target = findRoute(content, wanted, brusselsDay(app.clock.now()));
  const similar = await similarTickets(app, checked.text, { theme: wanted.theme, service: target.service });
  const routed = await change(app, { ticket: asked.value.id, key: action.key }, (ticket) =>
    verbs.route(ticket, bare(turn), app.clock.now(), action.key, {
      service: target.service,
      contact: target.contact,
      ...(wanted.theme ? { theme: wanted.theme } : {}),
      question: checked.text,
      urgency: action.urgency,
      requester: requesterOf(turn, person),
      ...(similar.length > 0 ? { similar } : {}),
    }),
  );
  if (!routed.ok) return again(locale.refusal(routed.refusal), checked.text);
  announce(app, routed.value.id);
  await remember(app, routed.value);
  await noteMiss(app, routed.value);
  return text(locale.ask.done(routed.value.number));
}

function pickDefined(person: PersonRecord) {
  return { function: person.function, centre: person.centre };
}

function confidentTheme(ticket: Ticket): ThemeId | undefined {
  const theme = lastSuggestion(ticket)?.theme;
  return theme && theme.confidence >= PRESELECT_FROM ? theme.id : undefined;
}

function rememberProfile(
  app: App,
  record: PersonRecord,
  given: Pick<ActionOf<'profile'>, 'centre' | 'function'>,
): void {
  const content = app.knowledge.content();
  const centre = content.centres.find(({ id }) => id === given.centre)?.id;
  const job = content.functions.find(({ id }) => id === given.function)?.id;
  if (centre) record.centre = centre;
  if (job) record.function = job;
  record.profileAsked = true;
}

export async function saveProfile(app: App, turn: Turn, action: ActionOf<'profile'>): Promise<Reply> {
  const content = app.knowledge.content();
  const centre = content.centres.find(({ id }) => id === action.centre)?.id;
  const job = content.functions.find(({ id }) => id === action.function)?.id;
  const again = (problem: string): Reply => {
    const stands = { ...(centre ? { centre } : {}), ...(job ? { function: job } : {}) };
    return { kind: 'card', card: withSentence(profileCard(content, stands), problem) };
  };
  if (action.centre && !centre) return again(locale.ask.unknownCentre);
  if (!centre && !job) return again(locale.common.required);
  await keepPerson(app, turn, (record) => rememberProfile(app, record, action));
  return { kind: 'card', card: noticeCard({ lines: [locale.profile.saved] }) };
}
