// The advisor's tasks: claim, hand over, ask back, answer, close, log time.

import type { ActionOf } from '../../cards/actions.ts';
import { answerForm, channelCard, closeForm, handOverForm, textForm } from '../../cards/advisor.ts';
import type { Card } from '../../cards/card.ts';
import { may, type Person, type Verb } from '../../domain/authorisation.ts';
import { findRoute } from '../../domain/routing.ts';
import type { Instant, PersonId, Result, ThemeId, TicketId } from '../../domain/terms.ts';
import { DAY_MS } from '../../domain/terms.ts';
import { type Advisor, holder, type Refusal, type Ticket, wasRouted } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import { proposal } from '../knowledge/item-writing.ts';
import { learnFromAnswer } from '../knowledge/wordings.ts';
import { colleagues, keepKnown, readPerson } from '../people.ts';
import type { DraftRecord } from '../records.ts';
import { type Reply, refused, text, withSentence } from '../reply.ts';
import { remember } from './earlier.ts';
import { checkForm, checkMinutes } from './form-check.ts';
import { similarOf } from './messages.ts';
import { announce, doneBefore } from './tell.ts';
import { type App, change, formKey, load } from './tickets.ts';

/** The verbs whose form is opened from the channel card, with the words of the dialog. */
const FORMS = {
  'open-answer': { verb: 'answer', words: locale.forms.answer },
  'open-ask-back': { verb: 'ask-back', words: locale.forms.askBack },
  'open-hand-over': { verb: 'hand-over', words: locale.forms.handOver },
  'open-close': { verb: 'close', words: locale.forms.close },
} as const satisfies Record<string, { verb: Verb; words: { title: (number: string) => string } }>;

/** The card an advisor gets when they look at a ticket: with the buttons of the holder, or of everybody else. */
export async function cardForAdvisor(app: App, ticket: Ticket, viewer: Person, userId: string): Promise<Card> {
  const mine = holder(ticket.state)?.person === viewer.person;
  return channelCard({
    directory: app.knowledge.content(),
    ticket,
    similar: await similarOf(app, ticket),
    viewer: viewer.person,
    today: brusselsDay(app.clock.now()),
    ...(mine ? { refreshFor: userId } : {}),
  });
}

/** Exactly one wins; everybody else gets the card as it stands, with who has it and since when. */
export async function claim(app: App, who: Person, userId: string, action: ActionOf<'claim'>): Promise<Reply> {
  const changed = await change(app, action, (ticket) => verbs.claim(ticket, who, app.clock.now()));
  if (changed.ok) {
    announce(app, action.ticket);
    return { kind: 'card', card: await cardForAdvisor(app, changed.value, who, userId) };
  }
  const loaded = await load(app, action.ticket);
  if (!loaded || changed.refusal.kind === 'not-allowed') return refused({ kind: 'not-allowed' });
  return {
    kind: 'card',
    card: withSentence(await cardForAdvisor(app, loaded.ticket, who, userId), locale.refusal(changed.refusal)),
  };
}

export async function openForm(app: App, who: Person, action: ActionOf<keyof typeof FORMS>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  const { verb, words } = FORMS[action.do];
  if (!loaded || !may(who, verb, verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  const { ticket } = loaded;
  const barred = busy(ticket, who, verb);
  if (barred) return refused(barred);
  return { kind: 'dialog', title: words.title(ticket.number), card: await form(app, who, ticket, action.do) };
}

/** Why somebody cannot start on a form now. Anybody may hand over; time may also be logged on a closed ticket. */
export function busy(ticket: Ticket, who: Person, verb: Verb): Refusal | undefined {
  const { state } = ticket;
  const held = holder(state);
  if (held && held.person !== who.person && verb !== 'hand-over' && 'since' in state)
    return { kind: 'already-claimed', by: held, since: state.since };
  if (state.kind === 'answered') return { kind: 'not-routed' };
  if (state.kind === 'closed' && verb !== 'close')
    return { kind: 'already-closed', outcome: state.outcome, at: state.at };
  return undefined;
}

async function form(app: App, who: Person, ticket: Ticket, what: keyof typeof FORMS): Promise<Card> {
  const content = app.knowledge.content();
  const key = formKey(FORMS[what].verb, who.person, ticket);
  switch (what) {
    case 'open-answer': {
      const draft = await readDraft(app, ticket.id, who.person);
      const { text = '', source = '', drafted } = draft ?? {};
      return answerFormFor(app, ticket, { key, text, source, theme: ticket.theme, drafted });
    }
    case 'open-ask-back':
      return textForm({ ticket, key, do: 'ask-back', text: '' });
    case 'open-hand-over':
      return handOverForm({
        ticket,
        key,
        colleagues: await takers(app, ticket, who),
        themes: content.themes,
      });
    case 'open-close':
      return closeForm({ ticket, key });
  }
}

/** What an advisor filled in so far. */
type Typed = Pick<ActionOf<'answer'>, 'key' | 'text' | 'source' | 'theme'> & {
  minutes?: string;
  propose?: boolean | undefined;
  drafted?: boolean | undefined;
};
type Said = { problem?: string; note?: string; found?: 'names-only' | 'personal-data' | undefined };

function answerFormFor(app: App, ticket: Ticket, typed: Typed, said: Said = {}): Card {
  return answerForm({
    directory: app.knowledge.content(),
    ticket,
    key: typed.key,
    text: typed.text,
    source: typed.source,
    theme: typed.theme,
    minutes: typed.minutes || undefined,
    propose: typed.propose === true,
    suggestions: suggestionsFor(app, ticket),
    drafts: app.model !== undefined,
    drafted: typed.drafted === true,
    ...said,
  });
}

/** The answer form as it was filled in, with what there is to say about it. */
export function answerDialog(app: App, ticket: Ticket, typed: Typed, said: Said): Reply {
  return {
    kind: 'dialog',
    title: locale.forms.answer.title(ticket.number),
    card: answerFormFor(app, ticket, typed, said),
  };
}

/** Items that may hold the answer. */
export function suggestionsFor(app: App, ticket: Ticket) {
  return app.knowledge.answer({ text: ticket.question }).items.map(({ item }) => item);
}

/** The answer form: sends, sends and closes, or keeps a draft. What was typed survives every "no". */
export async function answer(app: App, who: Person, action: ActionOf<'answer'>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || !may(who, 'answer', verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  const { ticket } = loaded;
  if (doneBefore(app, ticket, action.key)) return text(locale.forms.answer.sent);
  const again = (problem: string, words: string, found?: 'names-only' | 'personal-data'): Reply =>
    answerDialog(app, ticket, { ...action, text: words }, { problem, found });
  const checked = checkForm(action.text, action);
  if (!checked.ok) return again(checked.problem, checked.text, checked.found);
  if (action.mask) return again(locale.forms.answer.masked, checked.text);
  const known = app.knowledge.content().themes.some(({ id }) => id === action.theme);
  if (action.theme && !known) return again(locale.registration.unknownTheme, action.text);
  const source = linkOf(action.source);
  if (source === 'wrong') return again(locale.forms.answer.sourceWrong, action.text);
  const spent = checkMinutes(action.minutes);
  if (!spent.ok) return again(spent.problem, action.text);
  if (action.afterwards === 'draft') {
    // A form that stayed open brings no words back of a question that is over, or somebody else's now.
    const barred = busy(ticket, who, 'answer');
    if (barred) return again(locale.refusal(barred), action.text);
    await keepDraft(app, ticket.id, who.person, {
      text: checked.text,
      source: action.source,
      at: app.clock.now(),
      ...(action.drafted ? { drafted: true as const } : {}),
    });
    return text(locale.forms.answer.draftSaved);
  }
  const survey = action.afterwards === 'close' && (await surveyIsDue(app, ticket));
  const changed = await change(app, action, (current) => {
    const corrected = withTheme(app, current, who, app.clock.now(), action.theme);
    if (!corrected.ok) return corrected;
    return verbs.answer(corrected.value, who, app.clock.now(), action.key, {
      text: checked.text,
      ...(source ? { source } : {}),
      ...(spent.minutes === undefined || spent.minutes === 0 ? {} : { minutes: spent.minutes }),
      close: action.afterwards === 'close',
      survey,
    });
  });
  if (!changed.ok) return again(locale.refusal(changed.refusal), action.text);
  announce(app, action.ticket);
  await remember(app, changed.value);
  await learnFromAnswer(app, changed.value, who.person);
  if (await readDraft(app, ticket.id, who.person)) await app.store.erase(draftKey(ticket.id, who.person));
  if (survey) await noteSurvey(app, ticket);
  return action.propose ? proposal(app, who, changed.value) : text(locale.forms.answer.sent);
}

/** Empty, an https link, or wrong. */
function linkOf(source: string): string | undefined | 'wrong' {
  const trimmed = source.trim();
  if (trimmed === '') return undefined;
  return URL.canParse(trimmed) && new URL(trimmed).protocol === 'https:' ? trimmed : 'wrong';
}

function withTheme(
  app: App,
  ticket: Ticket,
  who: Person,
  now: Instant,
  theme: ThemeId | undefined,
): Result<Ticket, Refusal> {
  const known = app.knowledge.content().themes.find(({ id }) => id === theme)?.id;
  return known && known !== ticket.theme ? verbs.correctTheme(ticket, who, now, known) : { ok: true, value: ticket };
}

export async function askBack(app: App, who: Person, action: ActionOf<'ask-back'>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || !may(who, 'ask-back', verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  if (doneBefore(app, loaded.ticket, action.key)) return text(locale.forms.done);
  const checked = checkForm(action.text, action);
  if (!checked.ok) {
    return {
      kind: 'dialog',
      title: locale.forms.askBack.title(loaded.ticket.number),
      card: textForm({
        ticket: loaded.ticket,
        key: action.key,
        do: 'ask-back',
        text: checked.text,
        problem: checked.problem,
        found: checked.found,
      }),
    };
  }
  return decideAndTell(app, action, (ticket) => verbs.askBack(ticket, who, app.clock.now(), action.key, checked.text));
}

/** To a colleague, to a theme (and so perhaps to another service), or back to the channel. */
export async function handOver(app: App, who: Person, action: ActionOf<'hand-over'>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || !may(who, 'hand-over', verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  if (doneBefore(app, loaded.ticket, action.key)) return text(locale.forms.done);
  const { to } = action;
  if (!to || to.kind === 'contact') {
    return {
      kind: 'dialog',
      title: locale.forms.handOver.title(loaded.ticket.number),
      card: handOverForm({
        ticket: loaded.ticket,
        key: action.key,
        colleagues: await takers(app, loaded.ticket, who),
        themes: app.knowledge.content().themes,
        problem: locale.forms.handOver.choose,
      }),
    };
  }
  if (to.kind === 'release') return decideAndTell(app, action, (ticket) => verbs.release(ticket, who, app.clock.now()));
  const target =
    to.kind === 'person' ? await colleague(app, loaded.ticket, to.id) : themeTarget(app, loaded.ticket, to.id);
  if (!target) return text(locale.forms.handOver.choose);
  return decideAndTell(app, action, (ticket) => verbs.handOver(ticket, who, app.clock.now(), action.key, target));
}

/** Who can take a ticket over: every advisor of the service that the house has seen, but not who holds it. */
function takers(app: App, ticket: Ticket, who: Person): Promise<Advisor[]> {
  return colleagues(app, ticket.service, holder(ticket.state)?.person ?? who.person);
}

async function colleague(app: App, ticket: Ticket, id: PersonId): Promise<verbs.HandOver | undefined> {
  const known = (await colleagues(app, ticket.service, '' as PersonId)).find(({ person }) => person === id);
  return known && { advisor: known };
}

/** A theme is looked after by its own service, also when the requester belongs to another. */
function themeTarget(app: App, ticket: Ticket, id: ThemeId): verbs.HandOver | undefined {
  const content = app.knowledge.content();
  const theme = content.themes.find((known) => known.id === id);
  if (!theme) return undefined;
  const today = brusselsDay(app.clock.now());
  const about = { theme: id, function: undefined, centre: ticket.requester.centre };
  const { contact } = findRoute(content, about, today);
  return { service: theme.service, theme: id, contact };
}

/** Closes with the time spent; on a ticket that is closed already it only logs the time. */
export async function close(app: App, who: Person, action: ActionOf<'close'>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || !may(who, 'close', verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  const timeKey = `time:${action.key}`;
  if (doneBefore(app, loaded.ticket, action.key) || doneBefore(app, loaded.ticket, timeKey))
    return text(locale.forms.done);
  const again = (problem: string): Reply => ({
    kind: 'dialog',
    title: locale.forms.close.title(loaded.ticket.number),
    card: closeForm({ ticket: loaded.ticket, key: action.key, other: action.other, problem }),
  });
  const closed = loaded.ticket.state.kind === 'closed';
  const typed = action.other.trim() !== '';
  const spent = checkMinutes(typed ? action.other : action.minutes);
  if (!spent.ok) return again(spent.problem);
  const { minutes = 0 } = spent;
  // Only the choice "no time" means none; a typed 0 is a mistake, of which the rules say why.
  const none = minutes === 0 && !typed;
  const survey = !closed && (await surveyIsDue(app, loaded.ticket));
  const now = app.clock.now();
  const changed = await change(app, { ticket: action.ticket, key: closed ? timeKey : action.key }, (ticket) => {
    const logged = none ? ({ ok: true, value: ticket } as const) : verbs.logTime(ticket, who, now, timeKey, minutes);
    if (!logged.ok || (closed && ticket.state.kind === 'closed')) return logged;
    return verbs.close(logged.value, who, now, action.key, survey);
  });
  if (!changed.ok) return again(locale.refusal(changed.refusal));
  if (survey) await noteSurvey(app, loaded.ticket);
  announce(app, action.ticket);
  return text(locale.forms.done);
}

/** For what needs no form back: decides, tells who must know, and says "done" or why not. */
export async function decideAndTell(
  app: App,
  at: { ticket: TicketId; key?: string },
  decide: (ticket: Ticket) => Result<Ticket, Refusal>,
): Promise<Reply> {
  const changed = await change(app, at, decide);
  if (!changed.ok) return refused(changed.refusal);
  announce(app, at.ticket);
  return text(locale.forms.done);
}

/** At most one survey per person per interval, and only for questions that came by Teams and were worked on. */
export async function surveyIsDue(app: App, ticket: Ticket): Promise<boolean> {
  const { survey } = app.knowledge.content();
  const { person } = ticket.requester;
  if (!person || ticket.channel !== 'teams' || !wasRouted(ticket) || survey.items.length === 0) return false;
  const last = (await readPerson(app, person))?.surveyedAt;
  return last === undefined || app.clock.now() - last >= survey.intervalDays * DAY_MS;
}

/** From now on no other survey goes to this requester for the interval. */
export async function noteSurvey(app: App, ticket: Ticket): Promise<void> {
  const { person } = ticket.requester;
  if (!person) return;
  await keepKnown(app, person, (record) => {
    record.surveyedAt = app.clock.now();
  });
}

const draftKey = (ticket: TicketId, person: PersonId): string => `draft:${ticket}:${person}`;

/** The question that a kept draft is of. */
export const ticketOfDraft = (pk: string): TicketId => pk.slice('draft:'.length, pk.lastIndexOf(':')) as TicketId;

async function readDraft(app: App, ticket: TicketId, person: PersonId): Promise<DraftRecord | undefined> {
  const pk = draftKey(ticket, person);
  return (await app.store.read(pk, pk))?.doc.body as DraftRecord | undefined;
}

async function keepDraft(app: App, ticket: TicketId, person: PersonId, draft: DraftRecord): Promise<void> {
  await keep<DraftRecord>(
    app.store,
    { pk: draftKey(ticket, person), kind: 'draft', facets: { owner: person } },
    () => draft,
  );
}
