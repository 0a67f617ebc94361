// What happens to the questions of a demonstration, played through the verbs of a ticket, so that every history is a valid one. Pure.

import type { Person } from '../../domain/authorisation.ts';
import { REGISTRABLE, type RegistrableChannel, register } from '../../domain/registration.ts';
import { findRoute, nextReminder, serviceFor } from '../../domain/routing.ts';
import type { ContactId, Instant, Item, PersonId, SessionId, ThemeId, TicketId } from '../../domain/terms.ts';
import { DAY_MS, HOUR_MS } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { addWorkingDays, addWorkingHours, brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { SYSTEM } from '../people.ts';
import type { Content } from '../ports.ts';
import { chance, type Planned, pick, type Random, randomOf, waiting, weighted, whole } from './demonstration-plan.ts';

const words = locale.demonstration;
const MINUTE_MS = 60_000;
/** Working days after which nobody reacts any more: what the sweep does. */
const EXPIRE_DAYS = 3;
const MINUTES = [5, 5, 10, 10, 10, 15, 15, 20, 30, 30, 45, 60, 90];
/** Share of the channels besides Teams; Teams grows by the year. */
const OTHER_CHANNELS: Record<RegistrableChannel, number> = {
  phone: 0.4,
  mail: 0.33,
  whatsapp: 0.09,
  informal: 0.15,
  session: 0,
};

type Step = { at: Instant; act: (ticket: Ticket) => verbs.Outcomes };
type Life = Generator<Step, void, Ticket>;
type Ids = { id: TicketId; number: string };
type Stage = { content: Content; random: Random; planned: Planned; ids: Ids };
/** What an advisor notes of a question. */
export type Noted = Pick<Planned, 'at' | 'question' | 'item' | 'theme'> & {
  asker: Pick<Planned['asker'], 'centre' | 'function'>;
};

/** Who answers: the contact itself, under the name of its role. */
export function advisorOf(content: Content, contact: ContactId): Person {
  const role = content.contacts.find(({ id }) => id === contact)?.role ?? contact;
  return {
    kind: 'person',
    person: `demo-advisor-${contact}` as PersonId,
    name: role,
    roles: { advisorOf: content.services.map(({ id }) => id), quality: false, administrator: false },
  };
}

/** Plays questions one by one. Surveys look back on what each person was sent before, so the order matters. */
export function createPlayer(content: Content, until: Instant, seed: string) {
  const surveyed = new Map<PersonId, Instant>();
  const maySurvey = (person: PersonId, at: Instant): boolean => {
    const before = surveyed.get(person);
    if (before !== undefined && Math.abs(at - before) < content.survey.intervalDays * DAY_MS) return false;
    surveyed.set(person, at);
    return true;
  };
  return {
    /** When the helpdesk first hears of a question: at once in Teams, when somebody notes it otherwise. */
    channelOf: (planned: Planned, yearsAgo: number, index: number) => {
      const random = randomOf(`${seed} channel ${index}`);
      const teams = planned.topic ? 0.85 : 0.72 - 0.08 * yearsAgo;
      const channel = chance(random, teams) ? 'teams' : weighted(random, REGISTRABLE, (one) => OTHER_CHANNELS[one]);
      const late =
        channel === 'teams'
          ? 0
          : chance(random, 0.75)
            ? whole(random, 2, 90) * MINUTE_MS
            : whole(random, 1, 5) * DAY_MS;
      return { channel, at: planned.at + late } as const;
    },
    /** The ticket with everything that happened to it up to `until`. */
    play(planned: Planned, channel: Ticket['channel'], heard: Instant, ids: Ids): Ticket {
      const stage: Stage = { content, random: randomOf(`${seed} ${ids.id}`), planned, ids };
      if (channel !== 'teams') return registered(stage, channel, heard);
      const requester: Person = {
        kind: 'person',
        person: planned.asker.person,
        name: planned.asker.name,
        roles: { advisorOf: [], quality: false, administrator: false },
      };
      const asking = {
        ...ids,
        channel,
        requester: { person: requester.person, name: requester.name },
        question: planned.question,
        service: serviceFor(content, planned.asker.function, planned.theme),
      };
      const born = accepted(verbs.ask(asking, planned.at));
      return live(born, teamsLife(stage, requester, maySurvey), until);
    },
  };
}

/** A question of a session or another channel, noted by the advisor who answered it. */
export function registered(
  { content, random, planned, ids }: Omit<Stage, 'planned'> & { planned: Noted },
  channel: RegistrableChannel,
  heard: Instant,
  session?: SessionId,
): Ticket {
  const { asker, theme, item, question, at } = planned;
  const { contact, service } = findRoute(content, { theme, function: asker.function }, brusselsDay(at));
  return accepted(
    register(
      {
        ...ids,
        channel,
        question,
        service,
        askedAt: at,
        requester: { name: '', ...(chance(random, 0.93) ? { centre: asker.centre } : {}), function: asker.function },
        ...(chance(random, 0.96) ? { theme } : {}),
        ...(item && chance(random, 0.6) ? { item: item.id } : {}),
        ...(chance(random, 0.86) ? { minutes: pick(random, MINUTES) } : {}),
        ...(session ? { session } : {}),
      },
      advisorOf(content, contact),
      heard,
    ),
  );
}

function accepted(outcome: verbs.Outcomes): Ticket {
  if (!outcome.ok) throw new Error(`the demonstration did what may not be done: ${outcome.refusal.kind}`);
  return outcome.value;
}

/** Plays the steps that lie in the past. */
function live(born: Ticket, life: Life, until: Instant): Ticket {
  let ticket = born;
  for (let next = life.next(); !next.done && next.value.at <= until; next = life.next(ticket)) {
    ticket = accepted(next.value.act(ticket));
  }
  return ticket;
}

type MaySurvey = (person: PersonId, at: Instant) => boolean;

function* teamsLife(stage: Stage, requester: Person, maySurvey: MaySurvey): Life {
  const { content, random, planned } = stage;
  const { at, item, theme } = planned;
  const near = content.items.filter((one) => one.kind === 'faq' && one.themes[0] === theme).map(({ id }) => id);
  const related = content.themes.find(({ id }) => id === theme)?.related ?? [];
  const guess = related.length > 0 && chance(random, 0.08) ? pick(random, related) : theme;
  const [decision] = weighted(random, DECISIONS, ([, share]) => share);
  const shown = planned.topic === 'gap' ? 'none' : decision;
  const items = shown === 'none' || !item ? [] : [...new Set([item.id, ...near])].slice(0, 3);
  const confidence = Number((0.5 + 0.48 * random()).toFixed(2));
  const suggested = chance(random, 0.94) ? { theme: { id: guess, confidence } } : {};
  yield { at, act: (ticket) => verbs.suggest(ticket, SYSTEM, at, { decision: shown, items, ...suggested }) };

  const reads = at + whole(random, 1, 25) * MINUTE_MS;
  const helps = { answer: 0.48, unsure: 0.2, none: 0 }[shown];
  const routes = { answer: 0.32, unsure: 0.66, none: 0.88 }[shown];
  const mood = planned.topic === 'recurring' ? 0.7 : random();
  if (mood < helps) {
    if (shown === 'unsure' && item) {
      const chosen = { decision: 'answer' as const, items: [item.id] };
      yield { at: reads, act: (ticket) => verbs.suggest(ticket, requester, reads, chosen) };
    }
    const rated = reads + whole(random, 1, 10) * MINUTE_MS;
    yield { at: rated, act: (ticket) => verbs.rate(ticket, requester, rated, true) };
  } else if (mood < helps + routes) yield* routedLife(stage, requester, maySurvey, reads, guess);
  else {
    if (shown === 'answer' && chance(random, 0.2)) {
      yield { at: reads, act: (ticket) => verbs.rate(ticket, requester, reads, false) };
    }
    const expired = addWorkingDays(content.calendar, at, EXPIRE_DAYS);
    yield { at: expired, act: (ticket) => verbs.expire(ticket, SYSTEM, expired) };
  }
}

const DECISIONS = [
  ['answer', 0.66],
  ['unsure', 0.22],
  ['none', 0.12],
] as const;

/** From the press on "ask an advisor" to the last close. */
function* routedLife(stage: Stage, requester: Person, maySurvey: MaySurvey, pressed: Instant, theme: ThemeId): Life {
  const { content, random, planned } = stage;
  const { asker, question } = planned;
  const known = chance(random, 0.97) ? { centre: asker.centre, function: asker.function } : {};
  const route = findRoute(content, { theme, ...known }, brusselsDay(pressed));
  const urgency = chance(random, 0.16) ? 'soon' : 'this-week';
  const routing = {
    service: route.service,
    contact: route.contact,
    theme,
    question,
    urgency,
    requester: { person: requester.person, name: requester.name, ...known },
  } as const;
  yield { at: pressed, act: (ticket) => verbs.route(ticket, requester, pressed, 'demo:route', routing) };

  if (chance(random, 0.025)) {
    const regrets = pressed + whole(random, 5, 50) * MINUTE_MS;
    yield { at: regrets, act: (ticket) => verbs.withdraw(ticket, requester, regrets) };
    return;
  }
  const hours = (median: number): number => waiting(random, median);
  const after = (from: Instant, median: number): Instant => addWorkingHours(content.calendar, from, hours(median));
  let holder = advisorOf(content, route.contact);
  let now = after(pressed, urgency === 'soon' ? 0.8 : 2.2);
  let ticket = yield* reminded(stage, now);
  ticket = yield { at: now, act: (before) => verbs.claim(before, holder, now) };

  if (chance(random, 0.03)) {
    const returned = after(now, 0.5);
    yield { at: returned, act: (before) => verbs.release(before, holder, returned) };
    now = after(returned, 2);
    yield* reminded(stage, now);
    holder = colleague(content, route.contact);
    ticket = yield { at: now, act: (before) => verbs.claim(before, holder, now) };
  }
  if (theme !== planned.theme || chance(random, 0.04)) {
    now = after(now, 0.4);
    if (chance(random, 0.5)) {
      yield { at: now, act: (before) => verbs.correctTheme(before, holder, now, planned.theme) };
    } else {
      const better = findRoute(content, { theme: planned.theme, ...known }, brusselsDay(now));
      const to = { service: better.service, theme: planned.theme, contact: better.contact };
      yield { at: now, act: (before) => verbs.handOver(before, holder, now, 'demo:hand-over', to) };
      holder = advisorOf(content, better.contact);
      now = after(now, 1.5);
      yield* reminded(stage, now);
      ticket = yield { at: now, act: (before) => verbs.claim(before, holder, now) };
    }
  } else if (chance(random, 0.06)) {
    const next = colleague(content, route.contact);
    now = after(now, 1);
    const to = { advisor: { person: next.person, name: next.name } };
    ticket = yield { at: now, act: (before) => verbs.handOver(before, holder, now, 'demo:hand-over', to) };
    holder = next;
  }
  if (chance(random, 0.08)) {
    now = after(now, 0.5);
    const { person, name } = colleague(content, route.contact);
    const asked = { colleague: name, person, where: 'inside', told: chance(random, 0.5) } as const;
    yield { at: now, act: (before) => verbs.consult(before, holder, now, 'demo:consult', asked) };
  }
  if (chance(random, 0.12)) {
    now = after(now, 0.5);
    yield { at: now, act: (before) => verbs.askBack(before, holder, now, 'demo:ask-back', words.askedBack) };
    if (chance(random, 0.88)) {
      now = after(now, 4);
      yield { at: now, act: (before) => verbs.reply(before, requester, now, 'demo:reply', words.reply) };
    }
  } else if (chance(random, 0.05)) {
    now = after(now, 0.3);
    yield { at: now, act: (before) => verbs.reply(before, requester, now, 'demo:added', words.added) };
  }
  now = after(now, 1.6);
  if (chance(random, 0.08)) {
    const to = pick(random, content.themes.find(({ id }) => id === planned.theme)?.referral ?? []) ?? words.referral;
    const where = /GO!|PBD|scholengroep|CLB/.test(to) ? ('inside' as const) : ('outside' as const);
    const reference = { to, where, note: words.referralNote, survey: maySurvey(requester.person, now) };
    if (chance(random, 0.8)) yield logged(random, now, holder);
    ticket = yield { at: now, act: (before) => verbs.refer(before, holder, now, 'demo:refer', reference) };
  } else if (chance(random, 0.025)) {
    ticket = yield { at: now, act: (before) => verbs.close(before, holder, now, 'demo:close', false) };
    return;
  } else {
    const close = chance(random, 0.86);
    const timed = chance(random, 0.9) ? { minutes: pick(random, MINUTES) } : {};
    const reaction = { ...answerOf(planned.item), ...timed, close, survey: close && maySurvey(requester.person, now) };
    ticket = yield { at: now, act: (before) => verbs.answer(before, holder, now, 'demo:answer', reaction) };
    if (!close) {
      now = after(now, 6);
      const survey = maySurvey(requester.person, now);
      ticket = yield { at: now, act: (before) => verbs.close(before, holder, now, 'demo:close', survey) };
    }
  }
  const asked = ticket.events.some((event) => event.type === 'closed' && event.survey);
  const slow = now - pressed > 2 * DAY_MS;
  if (asked && content.survey.items.length > 0 && chance(random, 0.37)) {
    now += whole(random, 5, 2_000) * MINUTE_MS;
    yield { at: now, act: (before) => verbs.survey(before, requester, now, scoresOf(content, random, slow)) };
  }
  if (chance(random, 0.04)) yield* reopenedLife(stage, requester, holder, now, planned.item);
}

function* reopenedLife(stage: Stage, requester: Person, holder: Person, closed: Instant, item: Item | undefined): Life {
  const { content, random } = stage;
  const again = closed + whole(random, 2, 200) * HOUR_MS;
  const claimed = addWorkingHours(content.calendar, again, waiting(random, 1.5));
  const answered = addWorkingHours(content.calendar, claimed, waiting(random, 1.5));
  yield { at: again, act: (before) => verbs.reopen(before, requester, again, 'demo:reopen', words.reopened) };
  yield* reminded(stage, claimed);
  yield { at: claimed, act: (before) => verbs.claim(before, holder, claimed) };
  const minutes = pick(random, MINUTES);
  const { source } = answerOf(item);
  const reaction = { text: words.answeredAgain, ...(source ? { source } : {}), minutes, close: true, survey: false };
  yield { at: answered, act: (before) => verbs.answer(before, holder, answered, 'demo:again', reaction) };
}

/** The reminders that come before somebody takes the question, as the sweep gives them. */
function* reminded({ content }: Stage, taken: Instant): Generator<Step, Ticket, Ticket> {
  // A look that changes nothing, to learn how things stand.
  let ticket: Ticket = yield { at: 0, act: (before) => ({ ok: true, value: before }) };
  for (;;) {
    const day = brusselsDay(ticket.events.at(-1)!.at);
    const reminder = nextReminder(content, content.calendar, ticket, day);
    if (!reminder || reminder.at >= taken) return ticket;
    const { at, step, contact } = reminder;
    ticket = yield { at, act: (before) => verbs.remind(before, SYSTEM, at, step, contact) };
  }
}

const logged = (random: Random, at: Instant, holder: Person): Step => {
  const minutes = pick(random, MINUTES);
  return { at, act: (before) => verbs.logTime(before, holder, at, 'demo:time', minutes) };
};

/** The substitute of a contact, or the contact itself when it has none. */
function colleague(content: Content, contact: ContactId): Person {
  return advisorOf(content, content.contacts.find(({ id }) => id === contact)?.substitute ?? contact);
}

function answerOf(item: Item | undefined): { text: string; source?: string } {
  const [source] = item?.sources ?? [];
  return {
    text: item ? item.answer.trim().slice(0, verbs.TEXT_LIMIT) : words.answered,
    ...(source ? { source: source.url } : {}),
  };
}

/** Most are content; whoever waited for days somewhat less. Not everybody scores every item. */
function scoresOf(content: Content, random: Random, slow: boolean): Parameters<typeof verbs.survey>[3] {
  const { scale, items } = content.survey;
  const base = (slow ? 0.62 : 0.82) * scale;
  const score = (): number => Math.max(1, Math.min(scale, Math.round(base + (random() + random() - 1) * 2.6)));
  const given = items.filter(() => chance(random, 0.95)).map(({ id }) => [id, score()] as const);
  const scores = given.length > 0 ? Object.fromEntries(given) : { [items[0]!.id]: score() };
  return { scores, remark: '', scale };
}
