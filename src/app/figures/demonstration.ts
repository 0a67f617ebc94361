// A store filled with a helpdesk that never was, to look at: refuses where real questions are, and marks what it made.

import type { Person } from '../../domain/authorisation.ts';
import { decide } from '../../domain/follow-up.ts';
import { findRoute, serviceFor } from '../../domain/routing.ts';
import { sessionProblem } from '../../domain/sessions.ts';
import type {
  Centre,
  CentreId,
  Day,
  Instant,
  PersonId,
  SchoolYear,
  SessionId,
  StrategyId,
  TicketId,
} from '../../domain/terms.ts';
import { DAY_MS, HOUR_MS } from '../../domain/terms.ts';
import { brusselsDay, instantAt, schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import type { Content, Store, StoredDoc } from '../ports.ts';
import { numbered } from '../questions/numbers.ts';
import { toldTicket } from '../questions/tickets.ts';
import type { DemonstrationRecord, FollowUpRecord, SessionRecord, TicketRecord, TimeRecord } from '../records.ts';
import { advisorOf, createPlayer, type Noted, registered } from './demonstration-life.ts';
import {
  chance,
  decisionDay,
  demonstrationSchools,
  pick,
  planQuestions,
  type Random,
  randomOf,
  recurringItem,
  schoolYearsUntil,
  silentCentre,
  weighted,
  whole,
  workingDay,
} from './demonstration-plan.ts';

const words = locale.demonstration;
const MARKER = { pk: 'control:demonstration', kind: 'demonstration' };
const PROGRESS_EVERY = 1_000;
/** So many documents are written before other work gets a turn. */
const BREATH = 20;
/** Helpdesk sessions and entries of time without a question per school year. */
const SESSIONS = [58, 74, 92];
const TIME_ENTRIES = 160;

export type Demonstrating = {
  store: Store;
  content: Content;
  now: Instant;
  seed: string;
  /** Whole school years before the running one. */
  schoolYears: number;
  progress?: (done: number, of: number) => void;
};
export type Demonstrated =
  | { outcome: 'loaded'; tickets: number; sessions: number }
  | { outcome: 'there' }
  | { outcome: 'refused'; why: string };

/** What came of it, in words. */
export function demonstrationSays(done: Demonstrated): string {
  if (done.outcome === 'refused') return done.why;
  return done.outcome === 'there' ? words.said.there : words.said.loaded(done.tickets, done.sessions);
}

/** What was loaded, when this store holds a demonstration. */
export async function demonstrationIn(store: Store): Promise<DemonstrationRecord | undefined> {
  return (await store.read(MARKER.pk, MARKER.pk))?.doc.body as DemonstrationRecord | undefined;
}

/** The content with the fictional schools of a demonstration, for whatever names centres in figures. */
export async function directoryFor(store: Store, content: Content): Promise<Content> {
  if (!(await demonstrationIn(store))) return content;
  const schools = demonstrationSchools(content).map(({ audience: _, ...school }): Centre => school);
  return { ...content, centres: [...content.centres, ...schools] };
}

/**
 * Fills the store with the same data for the same seed, up to `now`. Stopping halfway and starting again adds the rest.
 * Everybody counts as told, so that nobody gets a message about a question that never was.
 */
export async function demonstrate(demonstrating: Demonstrating): Promise<Demonstrated> {
  const { store, now, seed, schoolYears } = demonstrating;
  const before = await demonstrationIn(store);
  if (before && (before.seed !== seed || before.schoolYears !== schoolYears)) {
    return { outcome: 'refused', why: words.said.other(before.seed, before.schoolYears) };
  }
  if (before?.loadedAt !== undefined) return { outcome: 'there' };
  if (!before && (await holdsRealWork(store))) return { outcome: 'refused', why: words.said.real };
  // Up to the same moment when it is taken up again, or what happened since would differ.
  const startedAt = before?.startedAt ?? now;
  await keep<DemonstrationRecord>(store, MARKER, (there) => there ?? { seed, schoolYears, startedAt });
  const counts = await write(demonstrating, startedAt);
  await keep<DemonstrationRecord>(store, MARKER, (there) => there && { ...there, loadedAt: now });
  return { outcome: 'loaded', ...counts };
}

/** A question from the playground is no real one: its chat is on this machine. Imported ones have no chat at all. */
async function holdsRealWork(store: Store): Promise<boolean> {
  for await (const { doc } of documentsOf(store, { kind: 'ticket' })) {
    const { serviceUrl } = (doc.body as TicketRecord).address;
    const local =
      URL.canParse(serviceUrl) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(serviceUrl).hostname);
    if (!local) return true;
  }
  for await (const _ of documentsOf(store, { kind: 'session' })) return true;
  return false;
}

async function write(demonstrating: Demonstrating, until: Instant): Promise<{ tickets: number; sessions: number }> {
  const { store, content, seed, schoolYears, progress } = demonstrating;
  const years = schoolYearsUntil(until, schoolYears);
  const player = createPlayer(content, until, seed);
  const sessions = planSessions(content, schoolYears, seed, until);
  const heard = planQuestions(content, years, seed).map((planned, index) => {
    const { channel, at } = player.channelOf(planned, years.length - 1 - years.indexOf(planned.year), index);
    const id = `demo-${seed}-${String(index).padStart(5, '0')}` as TicketId;
    return { id, at, make: (number: string) => player.play(planned, channel, at, { id, number }) };
  });
  const all = [...heard, ...sessions.flatMap(({ questions }) => questions)]
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at);
  for (const [index, { id, at, make }] of all.entries()) {
    await numbered(store, brusselsDay(at).slice(0, 4), { ticket: id, at }, (number) =>
      toldTicket(content, make(number)),
    );
    if (index % BREATH === 0) await breath();
    if ((index + 1) % PROGRESS_EVERY === 0) progress?.(index + 1, all.length);
  }
  const rest = [
    ...sessions.map(({ document }) => document),
    ...timeEntries(content, schoolYears, seed, until),
    ...decisions(content, years),
  ];
  for (const [index, document] of rest.entries()) {
    await store.create(document);
    if (index % BREATH === 0) await breath();
  }
  return { tickets: all.length, sessions: sessions.length };
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Question = { id: TicketId; at: Instant; make: (number: string) => ReturnType<typeof registered> };

/** Sessions as the annual reports list them: by programme, theme and level, at noon, with questions that came up. */
function planSessions(content: Content, schoolYears: number, seed: string, until: Instant) {
  const years = schoolYearsUntil(until, schoolYears);
  const planned: { document: StoredDoc; questions: Question[] }[] = [];
  for (const [index, year] of years.entries()) {
    const random = randomOf(`${seed} sessions ${year}`);
    const { from } = schoolYearRange(year);
    for (let n = 0; n < (SESSIONS.at(index - years.length) ?? SESSIONS[0]!); n++) {
      const day = workingDay(content, from + whole(random, 14, 290) * DAY_MS + 12 * HOUR_MS);
      const id = `demo-${seed}-${year}-${n}` as SessionId;
      const silent = index === 0 ? undefined : silentCentre(content);
      const session = planSession(content, random, day, silent);
      const at = instantAt(day, '13:00');
      const questions = questionsOf(content, random, silent, { session, id, at });
      if (at > until) continue;
      const tickets = questions.map((question) => question.id);
      const body: SessionRecord = { ...session, tickets, at, history: [] };
      const pk = `session:${id}`;
      const document = { pk, id: pk, kind: 'session', facets: { owner: session.by.person }, body };
      planned.push({ document, questions });
    }
  }
  return planned;
}

const guestsOf = (content: Content, silent: CentreId | undefined): Centre[] =>
  content.centres.filter(({ kind, id }) => kind === 'clb' && id !== silent);

type SessionFacts = Omit<SessionRecord, 'tickets' | 'at' | 'history'>;

function planSession(content: Content, random: Random, day: Day, silent: CentreId | undefined): SessionFacts {
  const theme = weighted(random, content.themes, (_, index) => 1 / (index + 6));
  const service = content.services.find(({ id }) => id === theme.service)!;
  const own = service.audience[0] === 'clb';
  const { contact } = findRoute(content, { theme: theme.id }, day);
  const advisor = advisorOf(content, contact);
  const participants = own ? whole(random, 8, 45) : whole(random, 12, 95);
  const guests = guestsOf(content, silent);
  let left = participants;
  const perCentre: Record<string, number> = {};
  while (own && left > 0 && chance(random, 0.97)) {
    const some = Math.min(left, whole(random, 1, 4));
    const { id } = pick(random, guests);
    perCentre[id] = (perCentre[id] ?? 0) + some;
    left -= some;
  }
  const levels = words.session.level[service.audience[0] ?? 'clb'];
  const facts: SessionFacts = {
    programme: own ? words.session.programme(service.name.split(' – ')[0]!) : theme.coreProcess,
    theme: theme.id,
    title: own ? words.session.title(theme.name) : theme.name,
    day,
    level: typeof levels === 'string' ? levels : pick(random, levels),
    sessions: 1,
    participants,
    ...(Object.keys(perCentre).length > 0 ? { perCentre } : {}),
    minutes: pick(random, [45, 60, 60, 60, 90]),
    links: chance(random, 0.6) ? [words.session.link] : [],
    by: { person: advisor.person, name: advisor.name },
  };
  const problem = sessionProblem(facts, day);
  if (problem) throw new Error(`the demonstration made a session that cannot be: ${problem.kind}`);
  return facts;
}

function questionsOf(
  content: Content,
  random: Random,
  silent: CentreId | undefined,
  { session, id, at }: { session: SessionFacts; id: SessionId; at: Instant },
): Question[] {
  const items = content.items.filter(({ kind, themes }) => kind === 'faq' && themes[0] === session.theme);
  const many = Math.min(items.length, whole(random, 0, 2));
  const service = serviceFor(content, undefined, content.themes.find((one) => one.id === session.theme)?.id);
  const audience = content.services.find((one) => one.id === service)?.audience[0];
  const job = content.functions.find((one) => one.audience === audience) ?? content.functions[0]!;
  const guests = audience === 'clb' ? guestsOf(content, silent) : demonstrationSchools(content);
  return Array.from({ length: many }, (_, n): Question => {
    const item = pick(random, items);
    const ticket = `${id}-${n}` as TicketId;
    const asker = { function: job.id, centre: pick(random, guests).id };
    const question = pick(random, [item.title, ...item.variants]);
    const planned: Noted = { at: at - HOUR_MS, asker, question, item, theme: item.themes[0] };
    return {
      id: ticket,
      at,
      make: (number) =>
        registered({ content, random: randomOf(ticket), planned, ids: { id: ticket, number } }, 'session', at, id),
    };
  });
}

/** What was decided about the planted topic, on the day from which it is asked less. */
function decisions(content: Content, years: readonly SchoolYear[]): StoredDoc[] {
  const item = recurringItem(content);
  const kind = content.followUps.find(({ id }) => id === words.decided.kind) ?? content.followUps[0];
  if (!item || !kind) return [];
  const date = decisionDay(years);
  const who: Person = {
    kind: 'person',
    person: 'demo-quality' as PersonId,
    name: words.decided.by,
    roles: { advisorOf: [], quality: true, administrator: false },
  };
  const decision = { kind: kind.id, owner: item.owner, date, note: words.decided.note, status: 'done' as const };
  const decided = decide([], who, instantAt(date, '12:00'), 'demo:decide', decision);
  if (!decided.ok) throw new Error(`the demonstration decided what may not be decided: ${decided.refusal.kind}`);
  const pk = `followup:item:${item.id}`;
  const body: FollowUpRecord = { history: decided.value };
  return [{ pk, id: pk, kind: 'followup', body }];
}

/** Time that belongs to no question, on the strategies of content. */
function timeEntries(content: Content, schoolYears: number, seed: string, until: Instant): StoredDoc[] {
  return schoolYearsUntil(until, schoolYears).flatMap((year) => {
    const random = randomOf(`${seed} time ${year}`);
    const { from } = schoolYearRange(year);
    return Array.from({ length: TIME_ENTRIES }, (_, n): StoredDoc[] => {
      const day = workingDay(content, from + whole(random, 0, 300) * DAY_MS + 12 * HOUR_MS);
      const theme = weighted(random, content.themes, (_one, index) => 1 / (index + 4));
      const { contact } = findRoute(content, { theme: theme.id }, day);
      const advisor = advisorOf(content, contact).person;
      const at = instantAt(day, '16:00');
      const strategy: StrategyId = weighted(random, content.strategies, (_one, index) => 1 / (index + 1)).id;
      const minutes = pick(random, [15, 30, 30, 45, 60, 60, 90, 120, 180]);
      const body: TimeRecord = { advisor, day, minutes, theme: theme.id, strategy, note: '', at };
      const pk = `time:demo-${seed}-${year}-${n}`;
      return at > until ? [] : [{ pk, id: pk, kind: 'time', facets: { owner: advisor }, body }];
    }).flat();
  });
}
