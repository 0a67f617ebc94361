// Reads questions as they change, in slices that hold nobody up, and keeps the topics they make. Knows no screen.

import { createHash } from 'node:crypto';
import { currentDecision, type FollowUpEvent } from '../domain/follow-up.ts';
import type { Day, Instant, ItemId, ThemeId, TicketId, TopicId } from '../domain/terms.ts';
import { lastSuggestion, type Ticket } from '../domain/ticket.ts';
import { recurs, type TopicQuestion, topicQuestion } from '../domain/topics.ts';
import { brusselsDay } from '../domain/working-time.ts';
import type { Answer } from '../knowledge/engine.ts';
import { showableWords } from '../knowledge/topic-words.ts';
import {
  anchorOf,
  createGrouping,
  createVocabulary,
  type Features,
  featuresOf,
  type Grouping,
  lexiconTexts,
  type Vocabulary,
} from '../knowledge/topics.ts';
import { keep } from './documents.ts';
import type { Content, Ports, Stored } from './ports.ts';
import type { FollowUpRecord, TopicRecord } from './records.ts';
import { opened } from './tickets.ts';

export type Sources = Pick<Ports, 'store' | 'knowledge' | 'clock' | 'log'>;

/** What was put together last; replaced as a whole, never changed. */
export type Snapshot = {
  asOf: Instant;
  /** False until the questions have been read for the first time. */
  ready: boolean;
  /** The day of the first question of all. */
  knownFrom: Day | undefined;
  /** Of two questions and more, and of everything that was decided on. */
  topics: ReadonlyMap<TopicId, Topic>;
  /** Topics that live on in another: ids that once were shown keep leading somewhere. */
  current: ReadonlyMap<TopicId, TopicId>;
};
export type Topic = {
  id: TopicId;
  item?: ItemId;
  theme?: ThemeId;
  /** Fit to be shown; empty of a topic with an item, which has its title. */
  words: readonly string[];
  questions: readonly TopicQuestion[];
  /** `topic` is the id under which it was decided. */
  followUp?: { topic: TopicId; history: readonly FollowUpEvent[] };
};

const ITEM = 'item:';
const QUESTION = 'question:';
const topicOfItem = (item: ItemId): TopicId => `${ITEM}${item}` as TopicId;
const topicOfQuestion = (ticket: TicketId): TopicId => `${QUESTION}${ticket}` as TopicId;
const itemOf = (topic: TopicId): ItemId | undefined =>
  topic.startsWith(ITEM) ? (topic.slice(ITEM.length) as ItemId) : undefined;
const firstQuestionOf = (topic: TopicId): TicketId | undefined =>
  topic.startsWith(QUESTION) ? (topic.slice(QUESTION.length) as TicketId) : undefined;

/** Work goes on at most so long before others get a turn. */
const SLICE_MS = 4;
const PAGE = 25;
/** A topic's list of questions is written again at most so often; only questions made unreadable in between need it. */
const KEEP_EVERY_MS = 3_600_000;
const MOST_READ_FOR_WORDS = 40;
const MOST_WORDS = 3;

/** Lets other work go first whenever a slice of time is over. Call it between steps that are short. */
export function createPace(): () => Promise<void> {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < SLICE_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    started = performance.now();
  };
}

/** What the index makes of a text. */
type Reading = { now: Answer['decision']; features: Features; anchor?: TopicId };
/**
 * What is remembered of one question. `chosen` is the topic that an advisor registered it under, `certain` the one of
 * the item that a person said it is about; it is compared with others by its reading when there is neither.
 */
type Known = {
  facts: TopicQuestion;
  arrived: Instant;
  readable: boolean;
  /** What its place rests on, as a hash: when that is the same nothing has to be read again. */
  print: string;
  reading?: Reading;
  chosen?: TopicId;
  certain?: TopicId;
};
type Group = { grouping: Grouping<TopicId>; last: Known };

type State = {
  content: Content;
  vocabulary: Vocabulary;
  since: string;
  questions: Map<TicketId, Known>;
  /** By a hash of the text: the same question often comes in the same words. */
  readings: Map<string, Reading>;
  kept: Map<TopicId, TopicRecord>;
  followUps: Map<TopicId, readonly FollowUpEvent[]>;
  groups: Map<ThemeId | undefined, Group>;
  topicOf: Map<TicketId, TopicId>;
  words: Map<TopicId, { of: string; words: readonly string[] }>;
  /** What was read and is not in the snapshot yet: new questions, themes to put together anew, anything at all. */
  fresh: Known[];
  stale: Set<ThemeId | undefined>;
  changed: boolean;
};
type Reader = { state?: State; snapshot: Snapshot; tail: Promise<void> };

const NOTHING: Snapshot = { asOf: 0, ready: false, knownFrom: undefined, topics: new Map(), current: new Map() };
const readers = new WeakMap<Ports['store'], Reader>();

function readerOf(app: Sources): Reader {
  const known = readers.get(app.store) ?? { snapshot: NOTHING, tail: Promise.resolve() };
  readers.set(app.store, known);
  return known;
}

/** What was put together last, without reading anything. */
export const lastSnapshot = (app: Sources): Snapshot => readerOf(app).snapshot;

/** Reads what changed and gives what there is then, or after `patience` milliseconds what there was. */
export async function readTopics(app: Sources, patience: number): Promise<Snapshot> {
  const reader = readerOf(app);
  const refreshed = refreshTopics(app);
  if (patience === Number.POSITIVE_INFINITY) await refreshed;
  else {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([refreshed, enough]).finally(() => clearTimeout(timer));
    refreshed.catch((error: unknown) => app.log.error({ error: String(error) }, 'topics could not be read'));
  }
  return reader.snapshot;
}

/** Reads what changed since the last time. `keeps`: also writes down which questions recurring topics have. */
export function refreshTopics(app: Sources, { keeps = false } = {}): Promise<void> {
  const reader = readerOf(app);
  const run = reader.tail.then(() => refresh(app, reader, keeps));
  reader.tail = run.catch(() => undefined);
  return run;
}

async function refresh(app: Sources, reader: Reader, keeps: boolean): Promise<void> {
  const content = app.knowledge.content();
  // Other content gives other items and words: everything is read again, while the last snapshot stays.
  const pace = createPace();
  if (reader.state?.content !== content) reader.state = await emptyState(content, pace);
  const { state } = reader;
  await readChanges(app, state, pace);
  if (!state.changed && reader.snapshot.ready) {
    reader.snapshot = { ...reader.snapshot, asOf: app.clock.now() };
    return;
  }
  await group(app, state, pace);
  const current = await settle(state, pace);
  reader.snapshot = await snapshotOf(app, state, current, keeps, pace);
  state.changed = false;
}

async function emptyState(content: Content, pace: () => Promise<void>): Promise<State> {
  const known = vocabularies.get(content) ?? vocabularyOf(content, pace);
  vocabularies.set(content, known);
  const vocabulary = await known;
  return {
    content,
    vocabulary,
    since: '',
    questions: new Map(),
    readings: new Map(),
    kept: new Map(),
    followUps: new Map(),
    groups: new Map(),
    topicOf: new Map(),
    words: new Map(),
    fresh: [],
    stale: new Set(),
    changed: true,
  };
}

const vocabularies = new WeakMap<Content, Promise<Vocabulary>>();

async function vocabularyOf({ items, themes, lexicon }: Content, pace: () => Promise<void>): Promise<Vocabulary> {
  const vocabulary = createVocabulary();
  for (const item of items) {
    vocabulary.add(item);
    await pace();
  }
  const keywords = themes.flatMap((theme) => [theme.name, ...theme.keywords]);
  for (const text of [...keywords, ...lexiconTexts(lexicon)]) {
    vocabulary.addSpellings(text);
    await pace();
  }
  return vocabulary;
}

async function readChanges(app: Sources, state: State, pace: () => Promise<void>): Promise<void> {
  for (;;) {
    const page = await app.store.changes(state.since, PAGE);
    for (const stored of page.docs) {
      take(app, state, stored);
      await pace();
    }
    state.since = page.since;
    if (page.docs.length === 0) return;
  }
}

function take(app: Sources, state: State, stored: Stored): void {
  const { kind, pk, body } = stored.doc;
  if (kind === 'topic') state.kept.set(pk.slice('topic:'.length) as TopicId, body as TopicRecord);
  else if (kind === 'followup') {
    state.followUps.set(pk.slice('followup:'.length) as TopicId, (body as FollowUpRecord).history);
  } else if (kind === 'ticket') takeTicket(app, state, opened(stored).ticket);
  else return;
  state.changed = true;
}

function takeTicket(app: Sources, state: State, ticket: Ticket): void {
  const before = state.questions.get(ticket.id);
  if (ticket.retracted) {
    if (!before) return;
    state.questions.delete(ticket.id);
    state.topicOf.delete(ticket.id);
    state.stale.add(before.facts.theme);
    return;
  }
  const registered = ticket.events.find((event) => event.type === 'registered');
  const item = certainItem(state.content, ticket);
  const print = hashed(JSON.stringify([ticket.question, ticket.theme, item, registered?.topic]));
  if (before?.print === print) {
    before.facts = topicQuestion(ticket, before.reading?.now ?? 'none');
    return;
  }
  const readable = ticket.question !== '';
  const reading = readable && !item && !registered?.topic ? read(app, state, ticket.question) : undefined;
  const known: Known = {
    facts: topicQuestion(ticket, reading?.now ?? 'none'),
    arrived: registered?.at ?? ticket.askedAt,
    readable,
    print,
    ...(reading ? { reading } : {}),
    ...(registered?.topic ? { chosen: registered.topic } : {}),
    ...(item ? { certain: topicOfItem(item) } : {}),
  };
  state.questions.set(ticket.id, known);
  if (!before) {
    state.fresh.push(known);
    return;
  }
  state.stale.add(before.facts.theme);
  state.stale.add(known.facts.theme);
  // A text that was there a moment ago is gone: the question stays where it was.
  const topic = state.topicOf.get(ticket.id);
  if (before.readable && !readable && topic) keepTogether(state, topic);
}

function keepTogether(state: State, topic: TopicId): void {
  const before = state.kept.get(topic);
  const members = [...state.topicOf].flatMap(([ticket, other]) => (other === topic ? [ticket] : []));
  if (members.length < 2) return;
  const words = before?.words ?? [...(state.words.get(topic)?.words ?? [])];
  state.kept.set(topic, { ...before, words, members: [...new Set([...(before?.members ?? []), ...members])], at: 0 });
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('base64');

function read(app: Sources, state: State, text: string): Reading {
  const print = hashed(text);
  const before = state.readings.get(print);
  if (before) return before;
  const explanation = app.knowledge.explain({ text });
  const item = anchorOf(explanation);
  const reading: Reading = {
    now: explanation.answer.decision,
    features: featuresOf(text, explanation, state.vocabulary),
    ...(item ? { anchor: topicOfItem(item) } : {}),
  };
  state.readings.set(print, reading);
  return reading;
}

/**
 * The item that a person said the question is about: the advisor who registered it, or the requester whom it helped.
 * Of a question whose text is gone also the one that was shown as the answer. Undefined when the item is gone too.
 */
function certainItem({ items }: Content, ticket: Ticket): ItemId | undefined {
  const registered = ticket.events.find((event) => event.type === 'registered')?.item;
  const shown = lastSuggestion(ticket);
  const helped = ticket.events.findLast((event) => event.type === 'rated-answer')?.helped === true;
  const sure = shown?.decision === 'answer' && (helped || ticket.question === '');
  const id = registered ?? (sure ? shown.items[0] : undefined);
  return items.some((item) => item.id === id) ? id : undefined;
}

/** Puts new questions with the others of their theme, and whole themes together anew where that would not do. */
async function group(app: Sources, state: State, pace: () => Promise<void>): Promise<void> {
  const inTheme = Map.groupBy(state.fresh, ({ facts }) => facts.theme);
  for (const [theme, fresh] of inTheme) {
    const last = state.groups.get(theme)?.last;
    if (!last || fresh.some((known) => byArrival(last, known) > 0)) state.stale.add(theme);
    await pace();
  }
  for (const theme of state.stale) inTheme.set(theme, []);
  for (const known of state.questions.values()) {
    if (state.stale.has(known.facts.theme)) inTheme.get(known.facts.theme)!.push(known);
    await pace();
  }
  for (const [theme, members] of inTheme) {
    if (state.stale.has(theme)) state.groups.delete(theme);
    for (const known of members.sort(byArrival)) {
      place(app, state, theme, known);
      await pace();
    }
  }
  state.fresh = [];
  state.stale.clear();
}

const byArrival = (a: Known, b: Known): number =>
  a.arrived - b.arrived || (a.facts.ticket < b.facts.ticket ? -1 : Number(a.facts.ticket > b.facts.ticket));

function place(app: Sources, state: State, theme: ThemeId | undefined, known: Known): void {
  const { ticket } = known.facts;
  const own = topicOfQuestion(ticket);
  const group = state.groups.get(theme) ?? { grouping: createGrouping<TopicId>(), last: known };
  group.last = known;
  state.groups.set(theme, group);
  state.topicOf.delete(ticket);
  if (known.chosen) return;
  if (known.certain && known.readable) {
    state.topicOf.set(ticket, known.certain);
    return;
  }
  const words = state.kept.get(own)?.words ?? [];
  // Where the first question of a topic is not readable any more, the words that were kept stand in for it.
  if (!known.readable && words.length > 0) known.reading = read(app, state, words.join(' '));
  if (!known.reading) return;
  const { features, anchor } = known.reading;
  state.topicOf.set(ticket, group.grouping.add({ features, ...(anchor ? { topic: anchor } : {}) }, own));
}

/** Where a question is by what it says itself; undefined when that is not to be told. */
function ownTopic(state: State, ticket: TicketId | undefined): TopicId | undefined {
  const known = ticket && state.questions.get(ticket);
  if (!known || known.chosen || !(known.reading || (known.readable && known.certain))) return undefined;
  return state.topicOf.get(known.facts.ticket);
}

/**
 * Places what cannot be compared, and tells where topics that are no more live on: with most of the questions that they
 * had. A question registered under a topic goes with it.
 */
async function settle(state: State, pace: () => Promise<void>): Promise<Map<TopicId, TopicId>> {
  const alive = new Set<TopicId>();
  for (const ticket of state.questions.keys()) {
    const topic = ownTopic(state, ticket);
    if (topic) alive.add(topic);
    await pace();
  }
  const current = new Map<TopicId, TopicId>();
  const oldestFirst = [...state.kept].sort(([a, { at }], [b, other]) => at - other.at || (a < b ? -1 : 1));
  for (const [id, { members }] of oldestFirst) {
    const votes = new Map<TopicId, number>();
    for (const member of members) {
      const topic = ownTopic(state, member);
      if (topic) votes.set(topic, (votes.get(topic) ?? 0) + 1);
    }
    const [most] = [...votes].sort(
      ([a, many], [b, more]) => more - many || Number(b === id) - Number(a === id) || (a < b ? -1 : 1),
    );
    const home = most?.[0] ?? id;
    if (home !== id && !alive.has(id)) current.set(id, home);
    for (const member of members) {
      const known = state.questions.get(member);
      if (known && !known.readable && !known.reading && !known.chosen) state.topicOf.set(member, home);
    }
    await pace();
  }
  for (const [ticket, { chosen, certain }] of state.questions) {
    if (chosen) state.topicOf.set(ticket, current.get(chosen) ?? ownTopic(state, firstQuestionOf(chosen)) ?? chosen);
    else if (certain && !state.topicOf.has(ticket)) state.topicOf.set(ticket, certain);
    await pace();
  }
  return current;
}

async function snapshotOf(
  app: Sources,
  state: State,
  current: Map<TopicId, TopicId>,
  keeps: boolean,
  pace: () => Promise<void>,
): Promise<Snapshot> {
  const members = new Map<TopicId, TopicQuestion[]>();
  let earliest = Number.POSITIVE_INFINITY;
  for (const [ticket, known] of state.questions) {
    earliest = Math.min(earliest, known.facts.askedAt);
    const topic = state.topicOf.get(ticket);
    if (!topic) continue;
    const others = members.get(topic);
    if (others) others.push(known.facts);
    else members.set(topic, [known.facts]);
    await pace();
  }
  const followUps = new Map<TopicId, NonNullable<Topic['followUp']>>();
  for (const [id, history] of [...state.followUps].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = current.get(id) ?? id;
    const other = followUps.get(at);
    // Two topics that became one: the decision that was taken last holds.
    const taken = (events: readonly FollowUpEvent[]) => currentDecision(events)?.at ?? 0;
    if (!other || taken(history) > taken(other.history)) followUps.set(at, { topic: id, history });
    if (!members.has(at)) members.set(at, []);
  }
  const topics = new Map<TopicId, Topic>();
  for (const [id, questions] of members) {
    const followUp = followUps.get(id);
    if (questions.length < 2 && !followUp) continue;
    const item = itemOf(id);
    const theme = item ? state.content.items.find((one) => one.id === item)?.themes[0] : questions[0]?.theme;
    const matters = followUp !== undefined || state.kept.has(id) || recurs(questions);
    const words = !item && matters ? await wordsOf(app, state, id, questions) : [];
    topics.set(id, {
      id,
      ...(item ? { item } : {}),
      ...(theme ? { theme } : {}),
      words,
      questions,
      ...(followUp ? { followUp } : {}),
    });
    if (keeps && matters) await keepMembers(app, state, id, questions, words, theme);
    await pace();
  }
  return {
    asOf: app.clock.now(),
    ready: true,
    knownFrom: Number.isFinite(earliest) ? brusselsDay(earliest) : undefined,
    topics,
    current,
  };
}

/** Read from the newest questions with a text; the words that were kept when there is none. */
async function wordsOf(
  app: Sources,
  state: State,
  id: TopicId,
  questions: TopicQuestion[],
): Promise<readonly string[]> {
  const readable = questions.filter(({ ticket }) => state.questions.get(ticket)?.readable);
  const newest = readable.sort((a, b) => b.askedAt - a.askedAt || (a.ticket < b.ticket ? -1 : 1));
  const of = `${newest.length} ${newest[0]?.ticket}`;
  const known = state.words.get(id);
  if (known?.of === of) return known.words;
  const wordings = [];
  for (const { ticket, person, centre } of newest.slice(0, MOST_READ_FOR_WORDS)) {
    const stored = await app.store.read(ticket, ticket);
    if (stored) wordings.push({ text: opened(stored).ticket.question, person, centre });
  }
  const found = showableWords(wordings, state.vocabulary, MOST_WORDS);
  const words = found.length > 0 ? found : (state.kept.get(id)?.words ?? []);
  state.words.set(id, { of, words });
  return words;
}

async function keepMembers(
  app: Sources,
  state: State,
  id: TopicId,
  questions: TopicQuestion[],
  words: readonly string[],
  theme: ThemeId | undefined,
): Promise<void> {
  const before = state.kept.get(id);
  const now = app.clock.now();
  const members = questions.map(({ ticket }) => ticket);
  const kept = new Set(before?.members);
  if (before && (now - before.at < KEEP_EVERY_MS || members.every((ticket) => kept.has(ticket)))) return;
  const record = await keep<TopicRecord>(app.store, { pk: `topic:${id}`, kind: 'topic' }, (stored) => ({
    ...(theme ? { theme } : {}),
    words: [...words],
    members: [...new Set([...(stored?.members ?? []), ...members])].sort(),
    at: now,
  }));
  if (record) state.kept.set(id, record);
}
