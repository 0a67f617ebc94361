// What people can type besides a question: overviews, figures, their own data, and an administrator's set-up.

import { openQuestionsCard } from '../cards/advisor.ts';
import { offerButton } from '../cards/items.ts';
import { noticeCard } from '../cards/notice.ts';
import { LIST_LENGTH, myQuestionsCard, reachCard, welcomeCard } from '../cards/requester.ts';
import { parseAbsence } from '../domain/absence-line.ts';
import { amongAdvisors, mayIn, type Person, type Roles } from '../domain/authorisation.ts';
import { DAY_MS } from '../domain/terms.ts';
import { holder, type Ticket } from '../domain/ticket.ts';
import { brusselsDay, nextClosing, opennessAt, schoolYearOf, weekOf } from '../domain/working-time.ts';
import { locale, type TypedCommand } from '../locale/locale.ts';
import { isQualityChannel } from './figures/digest.ts';
import { statisticsMessage } from './figures/statistics.ts';
import { requestReload } from './knowledge/knowledge-base.ts';
import { keepChannel, keepPerson, serviceOfChannel, type Turn } from './people.ts';
import type { Message } from './ports.ts';
import { type App, findTickets } from './questions/tickets.ts';
import { onlyAdministrators, onlyStaff } from './refusals.ts';

export type Command =
  | { [Kind in Exclude<TypedCommand, 'statistics'> | 'empty']: { kind: Kind } }[
      | Exclude<TypedCommand, 'statistics'>
      | 'empty']
  | { kind: 'advisors-channel'; service: string }
  | { kind: 'quality-channel' }
  | { kind: 'statistics'; of?: 'previous' | number }
  | { kind: 'remove-wording'; code: string }
  | { kind: 'ticket' | 'redact'; year: string; number: number }
  | { kind: 'absence'; text: string }
  | { kind: 'question'; text: string };

/** How far ahead somebody who plans a call wants to know of a closing. */
const CLOSINGS_AHEAD_MS = 60 * DAY_MS;

/** The commands for which it matters who somebody is. */
export type RoleCommand = Exclude<
  Command,
  { kind: 'question' | 'empty' | 'ask' | 'reach-advisor' | 'greeting' | 'thanks' | 'never-mind' }
>;

/**
 * Where a command is answered, as everybody in a channel or a group chat reads the answer: what is about the sender in
 * their own chat only, questions and figures there and in the channel of the service that they are of, other work in the
 * channel of the quality team as well, of whose members some have no other role.
 */
const ANSWERED: Record<RoleCommand['kind'], 'anywhere' | 'at work' | 'of a service' | 'alone'> = {
  help: 'anywhere',
  offer: 'anywhere',
  'advisors-channel': 'anywhere',
  'quality-channel': 'anywhere',
  reload: 'anywhere',
  'my-questions': 'alone',
  'my-data': 'alone',
  'my-data-json': 'alone',
  'forget-me': 'alone',
  'my-week': 'alone',
  knowledge: 'alone',
  'open-questions': 'of a service',
  statistics: 'of a service',
  topics: 'of a service',
  ticket: 'of a service',
  register: 'of a service',
  sessions: 'at work',
  'set-up': 'at work',
  contacts: 'at work',
  'my-absence': 'at work',
  back: 'at work',
  absence: 'at work',
  wordings: 'at work',
  'remove-wording': 'at work',
  redact: 'at work',
};

/** Whether a command is answered in the place where it was typed; see `ANSWERED`. */
export async function isAnsweredHere(app: App, turn: Turn, kind: RoleCommand['kind']): Promise<boolean> {
  const where = ANSWERED[kind];
  if (where === 'anywhere' || turn.place === 'personal') return true;
  if (where === 'of a service') return turn.place === 'channel' && (await serviceOfChannel(app, turn)) !== undefined;
  return where === 'at work' && atWork(app, turn);
}

/** The sender as the others see them act here: in an advisors' channel with no more rights than each of them has. */
export async function asSeenHere(app: App, who: Person, turn: Turn): Promise<Person> {
  const service = await serviceOfChannel(app, turn);
  return service ? { ...who, roles: amongAdvisors(who.roles, service) } : who;
}

/** In the sender's own chat, in an advisors' channel or in the one of the quality team. */
export async function atWork(app: App, turn: Turn): Promise<boolean> {
  if (turn.place !== 'channel') return turn.place === 'personal';
  return (await serviceOfChannel(app, turn)) !== undefined || isQualityChannel(app.store, turn.address);
}

/** What a message means. Only letters and digits count as words: an emoji or a lone "?" is no question. */
export function parseCommand(raw: string): Command {
  const text = raw.trim();
  const bare = text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[.!,;:\s]+$/u, '')
    .replace(/\s+/g, ' ');
  const channel = locale.commands.advisorsChannel.exec(bare);
  if (channel) return { kind: 'advisors-channel', service: channel[1] ?? '' };
  if (locale.commands.qualityChannel.test(bare)) return { kind: 'quality-channel' };
  const asked = bare.replace(/[?\s]+$/u, '');
  const statistics = locale.commands.statisticsOf.exec(asked);
  if (statistics) return { kind: 'statistics', of: statistics[1] ? 'previous' : Number(statistics[2]) };
  const ticket = locale.commands.ticketNumber.exec(asked);
  if (ticket) return { kind: 'ticket', year: ticket[1]!, number: Number(ticket[2]) };
  const wording = locale.commands.removeWording.exec(bare);
  if (wording) return { kind: 'remove-wording', code: wording[1]! };
  const redact = locale.commands.redact.exec(bare);
  if (redact) return { kind: 'redact', year: (redact[1] ?? redact[3])!, number: Number(redact[2] ?? redact[4]) };
  // Whether it is one does not depend on the day.
  if (parseAbsence(bare, brusselsDay(0), locale.absenceWords) && !raw.trim().endsWith('?'))
    return { kind: 'absence', text: bare };
  const known = asked && locale.commands.words.find(([pattern]) => pattern.test(asked));
  if (known) return { kind: known[1] };
  if (!/\p{L}{2}|\p{N}/u.test(text)) return { kind: 'empty' };
  return { kind: 'question', text: text.replace(locale.commands.questionPrefix, '') };
}

/** Greets once, however often the platform reports the installation. */
export async function welcome(app: App, turn: Turn): Promise<Message[]> {
  let first = false;
  await keepPerson(app, turn, (record) => {
    first = !record.welcomed;
    record.welcomed = true;
  });
  return first ? [{ summary: locale.welcome.summary, card: welcomeCard(turn.name) }] : [];
}

export function help(roles: Roles): Message {
  const lines = [
    ...locale.help.lines,
    ...(roles.advisorOf.length > 0 || roles.quality ? locale.help.advisorLines : []),
    ...(roles.administrator ? locale.help.administratorLines : []),
  ];
  return {
    summary: locale.help.summary,
    card: noticeCard({
      title: locale.help.title,
      lines: lines.map((line) => `- ${line}`),
      buttons: [offerButton()],
    }),
  };
}

export function reachAdvisor(app: App): Message {
  const { calendar } = app.knowledge.content();
  const now = app.clock.now();
  const card = reachCard({
    week: weekOf(calendar),
    openness: opennessAt(calendar, now),
    closing: nextClosing(calendar, brusselsDay(now), brusselsDay(now + CLOSINGS_AHEAD_MS)),
  });
  return { summary: locale.reach.summary, card };
}

export async function myQuestions(app: App, who: Person): Promise<Message> {
  const tickets = await findTickets(app, { owner: who.person });
  const card = myQuestionsCard(app.knowledge.content(), tickets.slice(0, LIST_LENGTH), tickets.length);
  return { summary: locale.myQuestions.summary, card };
}

export async function openQuestions(app: App, who: Person): Promise<Message> {
  if (!mayIn(who.roles, 'see-open-questions')) return { summary: locale.fault.summary, text: await onlyStaff(app) };
  const open: Ticket[] = [];
  for (const service of who.roles.advisorOf) {
    for (const status of ['open', 'claimed', 'awaiting-requester'] as const) {
      open.push(...(await findTickets(app, { service, status })));
    }
  }
  const held = (kind: 'claimed' | 'awaiting-requester') =>
    open.filter(({ state }) => state.kind === kind && holder(state)?.person === who.person);
  const unclaimed = open.filter(({ state }) => state.kind === 'open').reverse();
  const mine = held('claimed');
  const waiting = held('awaiting-requester');
  const others = open.length - unclaimed.length - mine.length - waiting.length;
  return {
    summary: locale.openQuestions.summary,
    card: openQuestionsCard({ directory: app.knowledge.content(), unclaimed, mine, waiting, others }),
  };
}

/** Of this school year, the one before, or the one that begins in a year. */
export async function statistics(app: App, who: Person, of?: 'previous' | number): Promise<Message> {
  if (!mayIn(who.roles, 'see-statistics')) return { summary: locale.fault.summary, text: await onlyStaff(app) };
  const running = schoolYearOf(app.clock.now());
  const begins = of === 'previous' ? Number(running.slice(0, 4)) - 1 : of;
  return statisticsMessage(app, who.roles, begins === undefined ? running : `${begins}-${begins + 1}`);
}

/** Makes the channel in which this is said the advisors' channel of a service. */
export async function registerChannel(app: App, who: Person, turn: Turn, service: string): Promise<Message> {
  const { summary, done, notAllowed, notHere, unknown } = locale.channelSetup;
  if (!mayIn(who.roles, 'register-channel')) return { summary, text: await onlyAdministrators(app, notAllowed) };
  if (turn.place !== 'channel') return { summary, text: notHere };
  const { services } = app.knowledge.content();
  const found = services.find(({ id }) => id === service);
  if (!found) return { summary, text: unknown(services.map(({ id }) => id).join(', ')) };
  await keepChannel(app, {
    service: found.id,
    address: turn.address,
    registeredBy: who.person,
    registeredAt: app.clock.now(),
  });
  return { summary, text: done(found.name) };
}

export async function reload(app: App, who: Person): Promise<Message> {
  const { summary, done, failed, notAllowed } = locale.reload;
  if (!who.roles.administrator) return { summary, text: await onlyAdministrators(app, notAllowed) };
  const { items, problems } = await app.knowledge.reload();
  if (problems.length === 0) {
    await requestReload(app.store, app.clock, app.instance);
    return { summary, text: done(items) };
  }
  return {
    summary,
    text: failed(
      problems
        .slice(0, 10)
        .map((problem) => `- ${problem}`)
        .join('\n'),
    ),
  };
}
