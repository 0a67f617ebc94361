// An advisor's own week: minutes per day from questions, sessions and loose time, and noting what is missing.

import type { ActionOf } from '../../cards/actions.ts';
import { type DayTotal, type TimeForm, weekCard } from '../../cards/week.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import { detect } from '../../domain/privacy.ts';
import { BACKDATE_DAYS } from '../../domain/registration.ts';

import type { Day, PersonId } from '../../domain/terms.ts';
import { DAY_MS } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { brusselsDay, instantAt } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, idFrom, keep } from '../documents.ts';
import type { Message } from '../ports.ts';
import { checkMinutes, kindsIn, masked } from '../questions/form-check.ts';
import { type App, change, opened } from '../questions/tickets.ts';
import type { SessionRecord, TimeRecord } from '../records.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';

/** Finished questions without time that are shown at once. */
const MOST_UNTIMED = 3;

export async function openWeek(app: App, who: Person): Promise<Message> {
  const today = brusselsDay(app.clock.now());
  return { summary: locale.week.summary, card: await weekFor(app, who, emptyForm(app, today, true), {}) };
}

/** The week of a day, with that day chosen in the form. */
export async function showWeek(app: App, who: Person, action: ActionOf<'open-week'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const today = brusselsDay(app.clock.now());
  const day = isDay(action.day) && action.day <= today ? action.day : today;
  return { kind: 'card', card: await weekFor(app, who, emptyForm(app, day, false), {}) };
}

/** Time that belongs to no question: preparing, material, a meeting. */
export async function logTime(app: App, who: Person, action: ActionOf<'log-time'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const content = app.knowledge.content();
  const now = app.clock.now();
  const today = brusselsDay(now);
  const again = async (problem: string, changed: Partial<TimeForm> = {}): Promise<Reply> => {
    const form: TimeForm = { ...action, ...changed, day: isDay(action.day) ? action.day : today };
    return { kind: 'card', card: await weekFor(app, who, form, { problem }) };
  };
  if (!isDay(action.day)) return again(locale.registration.unknownDay);
  if (action.day > today) return again(locale.refusal({ kind: 'asked-in-the-future' }));
  if (action.day < shifted(today, -BACKDATE_DAYS)) {
    return again(locale.refusal({ kind: 'asked-too-long-ago', days: BACKDATE_DAYS }));
  }
  const spent = checkMinutes(action.minutes);
  if (!spent.ok) return again(spent.problem);
  const { minutes = 0 } = spent;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > verbs.MINUTES_LIMIT) {
    return again(locale.refusal({ kind: 'invalid-minutes', most: verbs.MINUTES_LIMIT }));
  }
  const strategy = content.strategies.find(({ id }) => id === action.strategy);
  if (!strategy) return again(locale.week.noStrategy);
  const theme = content.themes.find(({ id }) => id === action.theme);
  if (action.theme !== '' && !theme) return again(locale.registration.unknownTheme, { theme: '' });
  const findings = detect(action.note);
  if (findings.length > 0) {
    return again(locale.session.masked(kindsIn(findings)), { note: masked(action.note) });
  }
  const body: TimeRecord = {
    advisor: who.person,
    day: action.day,
    minutes,
    ...(theme ? { theme: theme.id } : {}),
    strategy: strategy.id,
    note: action.note.trim().slice(0, 500),
    at: now,
  };
  // The same press twice makes one entry.
  const said = JSON.stringify([body.day, minutes, strategy.id, theme?.id, body.note]);
  const id = idFrom(who.person, action.key, said);
  const pk = `time:${id}`;
  await app.serial(pk, () =>
    keep<TimeRecord>(app.store, { pk, kind: 'time', facets: { owner: who.person } }, (before) => before ?? body),
  );
  const line = locale.week.saved(locale.common.minutes(minutes), strategy.name, locale.shortDay(action.day));
  const form = { ...emptyForm(app, action.day, false), strategy: strategy.id };
  return { kind: 'card', card: await weekFor(app, who, form, { last: { time: id, line } }) };
}

/** One tap on a question that is done: the time that this advisor spent on it, once. What is wrong is corrected on the question. */
export async function logOnTicket(app: App, who: Person, action: ActionOf<'ticket-time'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const day = isDay(action.day) ? action.day : brusselsDay(app.clock.now());
  const key = `week:${who.person}`;
  const spent = checkMinutes(action.minutes);
  const changed = spent.ok
    ? await change(app, { ticket: action.ticket, key }, (ticket) =>
        verbs.logTime(ticket, who, app.clock.now(), key, spent.minutes ?? 0),
      )
    : undefined;
  const said =
    spent.ok && changed?.ok
      ? { notice: locale.week.savedOn(changed.value.number, locale.common.minutes(spent.minutes ?? 0)) }
      : {
          problem: spent.ok ? locale.refusal(changed!.ok ? { kind: 'not-allowed' } : changed!.refusal) : spent.problem,
        };
  return { kind: 'card', card: await weekFor(app, who, emptyForm(app, day, false), said) };
}

/** Takes an entry back; it stays kept and counts nowhere. */
export async function undoTime(app: App, who: Person, action: ActionOf<'undo-time'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const pk = `time:${action.time}`;
  const after = await app.serial(pk, () =>
    keep<TimeRecord>(app.store, { pk, kind: 'time', facets: { owner: who.person } }, (before) =>
      before && before.advisor === who.person && !before.retracted ? { ...before, retracted: true } : before,
    ),
  );
  const undone = after?.advisor === who.person && after.retracted;
  const day = isDay(action.day) ? action.day : brusselsDay(app.clock.now());
  const form = {
    ...emptyForm(app, day, false),
    ...(undone && after ? { minutes: String(after.minutes), strategy: after.strategy, note: after.note } : {}),
  };
  const said = undone ? { notice: locale.week.undone } : { problem: locale.week.gone };
  return { kind: 'card', card: await weekFor(app, who, form, said) };
}

function emptyForm(app: App, day: Day, firstGap: boolean): TimeForm & { firstGap?: boolean } {
  const [strategy] = app.knowledge.content().strategies;
  return { day, minutes: '', strategy: strategy?.id ?? '', theme: '', note: '', ...(firstGap ? { firstGap } : {}) };
}

async function weekFor(
  app: App,
  who: Person,
  { firstGap, ...form }: TimeForm & { firstGap?: boolean },
  said: { last?: { time: string; line: string }; notice?: string; problem?: string },
) {
  const content = app.knowledge.content();
  const today = brusselsDay(app.clock.now());
  const monday = mondayOf(form.day);
  const { days, untimed } = await dayTotals(app, who.person, monday, today);
  // The first working day without anything on it is most likely what somebody came for.
  const gap = firstGap ? days.find(({ minutes, ended }) => minutes === 0 && ended)?.day : undefined;
  const next = shifted(monday, 7);
  return weekCard({
    directory: content,
    strategies: content.strategies,
    days,
    untimed: untimed.slice(0, MOST_UNTIMED),
    form: gap ? { ...form, day: gap } : form,
    key: `time:${app.clock.now()}`,
    earlier: shifted(monday, -7),
    later: next <= today ? next : undefined,
    ...said,
  });
}

/** Monday to Friday, and a weekend day when something is on it or it was chosen. */
async function dayTotals(
  app: App,
  who: PersonId,
  monday: Day,
  today: Day,
): Promise<{ days: DayTotal[]; untimed: Ticket[] }> {
  const week = Array.from({ length: 7 }, (_, index) => shifted(monday, index));
  const totals = new Map(week.map((day) => [day, { minutes: 0, questions: 0 }]));
  const add = (day: Day, minutes: number, questions: number): void => {
    const total = totals.get(day);
    if (!total) return;
    total.minutes += minutes;
    total.questions += questions;
  };
  const untimed: Ticket[] = [];
  for await (const stored of documentsOf(app.store, { kind: 'ticket' })) {
    const { ticket } = opened(stored);
    if (ticket.retracted) continue;
    if (ticket.state.kind === 'closed' && totals.has(brusselsDay(ticket.state.at)) && lacksTimeOf(ticket, who)) {
      untimed.push(ticket);
    }
    const worked = new Set<Day>();
    for (const event of ticket.events) {
      if (event.by?.person !== who) continue;
      const day = brusselsDay(event.at);
      if (event.type === 'time-logged') add(day, event.minutes, 0);
      if (event.type === 'time-logged' || event.type === 'answered' || event.type === 'closed') worked.add(day);
    }
    for (const day of worked) add(day, 0, 1);
  }
  for await (const { doc } of documentsOf(app.store, { kind: 'time', owner: who })) {
    const entry = doc.body as TimeRecord;
    if (!entry.retracted) add(entry.day, entry.minutes, 0);
  }
  for await (const { doc } of documentsOf(app.store, { kind: 'session', owner: who })) {
    const session = doc.body as SessionRecord;
    if (!session.retracted) add(session.day, session.minutes ?? 0, 0);
  }
  const days = week.flatMap((day, index) => {
    const total = totals.get(day)!;
    return index < 5 || total.minutes > 0 ? [{ day, ...total, ended: day <= today }] : [];
  });
  return { days, untimed };
}

/** True of a finished question on which this advisor worked, or was asked along, and noted no time. */
function lacksTimeOf(ticket: Ticket, who: PersonId): boolean {
  const asked = ticket.requester.person === who;
  const involved = ticket.events.some(
    (event) =>
      (event.by?.person === who && event.type !== 'reminded') ||
      (event.type === 'consulted' && event.person === who) ||
      (event.type === 'handed-over' && 'advisor' in event.to && event.to.advisor.person === who),
  );
  return involved && !asked && !ticket.events.some((event) => event.type === 'time-logged' && event.by?.person === who);
}

const shifted = (day: Day, days: number): Day => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const mondayOf = (day: Day): Day => shifted(day, -((new Date(day).getUTCDay() + 6) % 7));

function isDay(typed: string): boolean {
  try {
    return instantAt(typed, '12:00') > 0;
  } catch {
    return false;
  }
}
