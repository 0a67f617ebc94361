// Noting what came by phone, mail or in person: the card that stays open, the typed line, undo and "3×".

import type { ActionOf } from '../../cards/actions.ts';
import { type RegistrationForm, registrationCard } from '../../cards/registration.ts';
import { may, mayIn, type Person } from '../../domain/authorisation.ts';
import * as registering from '../../domain/registration.ts';
import { parseLine } from '../../domain/registration-line.ts';
import type { Day, Item, TicketId } from '../../domain/terms.ts';
import { DAY_MS } from '../../domain/terms.ts';
import { minutesOf, type Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { brusselsDay, instantAt } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { idFrom } from '../documents.ts';
import { readPerson, type Turn } from '../people.ts';
import type { Message } from '../ports.ts';
import * as connections from '../questions/connections.ts';
import { makeLink, offersLinks } from '../questions/survey-link.ts';
import { type App, change, createTicket, load, questionId } from '../questions/tickets.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { registeredView } from './correction.ts';
import { type Fields, type Kept, keepRegistration, likeFor } from './keeping.ts';
import { knownOnCard } from './known-questions.ts';

/** Copies that one press makes. */
const REPEATS = 2;

/** The empty card with what this advisor used last time. */
export async function openRegistration(app: App, who: Person): Promise<Message> {
  const card = await registrationFor(app, who, await startForm(app, who), {});
  return { summary: locale.registration.summary, card };
}

/** A press on a channel: keeps the question, and the card comes back for the next one. */
export async function register(app: App, who: Person, turn: Turn, action: ActionOf<'register'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
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
    const id = idOf(who, `${ticket.id} copy ${copy}`);
    const created = await createTicket(app, id, turn.address, (number) => {
      const minutes = minutesOf(ticket);
      const { item, topic } = event;
      return registering.register(
        {
          id,
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
  return registrationCard({
    directory: app.knowledge.content(),
    ...(await knownOnCard(app, who, form.item)),
    offersLinks: offersLinks(app),
    form: { ...form, day: days.includes(form.day) ? form.day : today },
    key: `registration:${now}`,
    today,
    days,
    ...above,
  });
}

/** The same press or delivery gives the same id, and so meets the ticket that is there. */
const idOf = (who: Person, what: string): TicketId => idFrom('registration', who.person, what) as TicketId;
