// Helpdesk sessions: writing one down with the questions that came up, listing and correcting.

import type { ActionOf } from '../../cards/actions.ts';
import { type SessionForm, sessionCard } from '../../cards/sessions.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import { detect } from '../../domain/privacy.ts';
import { register } from '../../domain/registration.ts';
import { type Session, sessionProblem } from '../../domain/sessions.ts';
import type { Result, SessionId, ThemeId, TicketId } from '../../domain/terms.ts';
import type { Refusal } from '../../domain/ticket.ts';
import { brusselsDay, instantAt } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, idFrom, keep } from '../documents.ts';
import { readPerCentre } from '../import/cells.ts';
import type { Turn } from '../people.ts';
import type { Message, Store } from '../ports.ts';
import { checkMinutes, kindsIn, masked } from '../questions/form-check.ts';
import { type App, createTicket, type Loaded } from '../questions/tickets.ts';
import type { SessionRecord } from '../records.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { serviceOf } from './keeping.ts';

const LIST_LENGTH = 6;
const MOST_QUESTIONS = 20;
const MOST_LINKS = 10;

const EMPTY = {
  theme: '',
  subject: '',
  level: '',
  participants: '',
  perCentre: '',
  minutes: '',
  links: '',
  questions: '',
};

/** Every session of the store, the ones taken back included. */
export async function* allSessions(store: Store): AsyncGenerator<Session> {
  for await (const { doc } of documentsOf(store, { kind: 'session' })) {
    yield { ...(doc.body as SessionRecord), id: doc.id.slice('session:'.length) as SessionId };
  }
}

/** Every session that counts, newest day first. */
async function keptSessions(app: App): Promise<Session[]> {
  const found = await Array.fromAsync(allSessions(app.store));
  return found.filter(({ retracted }) => !retracted).sort((a, b) => b.day.localeCompare(a.day) || b.at - a.at);
}

export async function openSessions(app: App): Promise<Message> {
  return { summary: locale.session.summary, card: await sessionFor(app, await freshForm(app), {}) };
}

/** The form with an earlier session in it, or empty again. */
export async function openSession(app: App, who: Person, action: ActionOf<'open-session'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const session = (await keptSessions(app)).find(({ id }) => id === action.session);
  const form = session ? formOf(app, session) : await freshForm(app);
  return { kind: 'card', card: await sessionFor(app, form, { session: session?.id }) };
}

/** Keeps a new session, or what changed about an earlier one, and the questions that came up as tickets. */
export async function saveSession(app: App, who: Person, turn: Turn, action: ActionOf<'save-session'>): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const form: SessionForm = action;
  const again = async (problem: string, changed: Partial<SessionForm> = {}): Promise<Reply> => ({
    kind: 'card',
    card: await sessionFor(app, { ...form, ...changed }, { session: action.session, problem }),
  });
  const id = action.session ?? sessionIdOf(who, action.key);
  const earlier = (await keptSessions(app)).find((session) => session.id === id);
  if (action.session && !earlier) return again(locale.session.gone);
  if (earlier && earlier.by.person !== who.person && !who.roles.quality) return again(locale.session.notYours);

  const facts = readFacts(app, form, earlier);
  if (!facts.ok) return again(facts.problem);
  const found = personalData(form);
  if (found) return again(locale.session.masked(found.kinds), found.without);
  const refusal = sessionProblem(facts.value, brusselsDay(app.clock.now()));
  if (refusal) return again(locale.sessionRefusal(refusal));

  const lines = form.questions.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (lines.length > MOST_QUESTIONS) return again(locale.session.tooManyQuestions(MOST_QUESTIONS));
  const tickets = new Set(earlier?.tickets);
  for (const question of lines) {
    const kept = await keepQuestion(app, who, turn, { ...facts.value, id }, question);
    if (!kept.ok) return again(locale.refusal(kept.refusal));
    tickets.add(kept.value.ticket.id);
  }
  const by = { person: who.person, name: who.name };
  const now = app.clock.now();
  const pk = `session:${id}`;
  await app.serial(pk, () =>
    keep<SessionRecord>(
      app.store,
      { pk, kind: 'session', facets: { owner: earlier?.by.person ?? who.person } },
      (before) => {
        if (!before) return { ...facts.value, sessions: 1, tickets: [...tickets], by, at: now, history: [] };
        const after = { ...before, ...facts.value, tickets: [...tickets] };
        const what = differences(before, after);
        return what === '' ? before : { ...after, history: [...before.history, { at: now, by, what }] };
      },
    ),
  );
  const fresh = await freshForm(app);
  const notice = locale.session.saved(facts.value.title, facts.value.participants, lines.length);
  return { kind: 'card', card: await sessionFor(app, fresh, { notice }) };
}

/** Takes a session back; it stays kept and counts nowhere. Its questions are tickets of their own and stay. */
export async function retractSession(app: App, who: Person, action: ActionOf<'retract-session'>): Promise<Reply> {
  const session = (await keptSessions(app)).find(({ id }) => id === action.session);
  const fresh = await freshForm(app);
  const answer = async (said: { notice?: string; problem?: string }): Promise<Reply> => ({
    kind: 'card',
    card: await sessionFor(app, fresh, said),
  });
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  if (!session) return answer({ problem: locale.session.gone });
  if (session.by.person !== who.person && !who.roles.quality) return answer({ problem: locale.session.notYours });
  const now = app.clock.now();
  const change = { at: now, by: { person: who.person, name: who.name }, what: locale.session.retracted };
  const pk = `session:${session.id}`;
  await app.serial(pk, () =>
    keep<SessionRecord>(app.store, { pk, kind: 'session', facets: { owner: session.by.person } }, (before) =>
      before && !before.retracted ? { ...before, retracted: true, history: [...before.history, change] } : before,
    ),
  );
  return answer({ notice: locale.session.undone(session.title) });
}

type Facts = Pick<
  SessionRecord,
  'programme' | 'theme' | 'title' | 'day' | 'level' | 'participants' | 'perCentre' | 'minutes' | 'links'
>;

/** The fields as facts, or the sentence that says which one cannot be read. */
function readFacts(
  app: App,
  form: SessionForm,
  earlier: Session | undefined,
): { ok: true; value: Facts } | { ok: false; problem: string } {
  const content = app.knowledge.content();
  const wrong = (problem: string) => ({ ok: false, problem }) as const;
  const theme =
    content.themes.find(({ id }) => id === form.theme)?.id ?? (earlier?.theme === form.theme ? form.theme : '');
  if (!isDay(form.day)) return wrong(locale.registration.unknownDay);
  const counted = readPerCentre(form.perCentre, content.centres);
  if ('unknown' in counted) return wrong(locale.session.unknownCentre(counted.unknown));
  const { perCentre } = counted;
  const sum = Object.values(perCentre).reduce((total, count) => total + count, 0);
  const typed = form.participants.trim();
  if (typed === '' && sum === 0) return wrong(locale.session.noParticipants);
  const spent = checkMinutes(form.minutes);
  if (!spent.ok) return spent;
  const { minutes } = spent;
  const links = form.links.split(/\s+/).filter((link) => link !== '');
  if (links.length > MOST_LINKS || links.some((link) => !URL.canParse(link) || new URL(link).protocol !== 'https:')) {
    return wrong(locale.session.wrongLink);
  }
  return {
    ok: true,
    value: {
      programme: form.programme.trim(),
      theme,
      title: form.subject.trim(),
      day: form.day,
      level: form.level,
      participants: typed === '' ? sum : Number(typed),
      ...(sum > 0 ? { perCentre } : {}),
      ...(minutes === undefined ? {} : { minutes }),
      links,
    },
  };
}

function isDay(typed: string): boolean {
  try {
    return instantAt(typed, '12:00') > 0;
  } catch {
    return false;
  }
}

/** Personal data in the free fields, and the same fields without it. */
function personalData(form: SessionForm): { kinds: string; without: Partial<SessionForm> } | undefined {
  const free = ['programme', 'subject', 'questions'] as const;
  const findings = free.flatMap((name) => detect(form[name]));
  if (findings.length === 0) return undefined;
  return { kinds: kindsIn(findings), without: Object.fromEntries(free.map((name) => [name, masked(form[name])])) };
}

/** A question that came up is a ticket of its own; the same question of the same session is kept once. */
function keepQuestion(
  app: App,
  who: Person,
  turn: Turn,
  session: Facts & { id: SessionId },
  question: string,
): Promise<Result<Loaded, Refusal>> {
  const id = idFrom('session question', session.id, question.toLowerCase()) as TicketId;
  const theme = app.knowledge.content().themes.find((known) => known.id === session.theme)?.id as ThemeId | undefined;
  const now = app.clock.now();
  return createTicket(app, id, turn.address, (number) =>
    register(
      {
        id,
        number,
        channel: 'session',
        question,
        service: serviceOf(app, who.roles, theme),
        askedAt: session.day === brusselsDay(now) ? now : instantAt(session.day, '12:00'),
        requester: { name: '' },
        session: session.id,
        ...(theme ? { theme } : {}),
      },
      who,
      now,
    ),
  );
}

/** What changed, field by field, in words. */
function differences(before: SessionRecord, after: SessionRecord): string {
  return (Object.keys(locale.session.fields) as (keyof typeof locale.session.fields)[])
    .flatMap((field) => {
      const [old, now] = [before[field], after[field]].map((value) => JSON.stringify(value ?? ''));
      return old === now ? [] : [`${locale.session.fields[field]}: ${old} → ${now}`];
    })
    .join('; ');
}

async function freshForm(app: App): Promise<SessionForm> {
  const [latest] = await keptSessions(app);
  return { ...EMPTY, programme: latest?.programme ?? '', day: brusselsDay(app.clock.now()) };
}

function formOf(app: App, session: Session): SessionForm {
  const { centres } = app.knowledge.content();
  const perCentre = Object.entries(session.perCentre ?? {}).map(
    ([centre, count]) => `${centres.find(({ id }) => id === centre)?.name ?? centre} ${count}`,
  );
  return {
    programme: session.programme,
    theme: session.theme,
    subject: session.title,
    day: session.day,
    level: session.level,
    participants: String(session.participants),
    perCentre: perCentre.join(', '),
    minutes: session.minutes === undefined ? '' : String(session.minutes),
    links: session.links.join(' '),
    questions: '',
  };
}

async function sessionFor(
  app: App,
  form: SessionForm,
  more: { session?: SessionId | undefined; notice?: string; problem?: string },
) {
  return sessionCard({
    directory: app.knowledge.content(),
    form,
    key: `session:${app.clock.now()}`,
    latest: (await keptSessions(app)).slice(0, LIST_LENGTH),
    ...more,
  });
}

const sessionIdOf = (who: Person, key: string): SessionId => idFrom('session', who.person, key) as SessionId;
