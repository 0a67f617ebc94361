// Reads questions as they change, in slices that hold nobody up, and keeps the topics they make. Knows no screen.

import { currentDecision, type FollowUpEvent } from '../../domain/follow-up.ts';
import type { Day, Instant, ItemId, ThemeId, TopicId } from '../../domain/terms.ts';
import { recurs, type TopicQuestion } from '../../domain/topics.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { showableWords } from '../../knowledge/topic-words.ts';
import { createVocabulary, lexiconTexts, type Vocabulary } from '../../knowledge/topics.ts';
import { keep } from '../documents.ts';
import type { Content, Ports, Stored } from '../ports.ts';
import { opened } from '../questions/tickets.ts';
import type { FollowUpRecord, TopicRecord } from '../records.ts';
import { createPlaces, itemOf, type Places, settle, take, takeKept } from './topic-places.ts';

export type Sources = Pick<Ports, 'store' | 'knowledge' | 'clock' | 'log'>;
type Listener = (changed: Stored) => Promise<void>;

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
  /** It recurred at some time, or something was decided: its questions stay together when their texts go. */
  kept: boolean;
  /** `topic` is the id under which it was decided. */
  followUp?: { topic: TopicId; history: readonly FollowUpEvent[] };
};

/** Work goes on at most so long before others get a turn. */
const SLICE_MS = 4;
const PAGE = 25;
/**
 * Putting topics together takes longer the more questions there are. What took long is not done again before so many times
 * as long, so that it never takes more than a small part of a processor; nobody waits longer than the most for new topics.
 */
const LONG_MS = 250;
const REST = 20;
const MOST_REST_MS = 60_000;
/** A topic's list of questions is written again at most so often; only questions made unreadable in between need it. */
const KEEP_EVERY_MS = 3_600_000;
const MOST_READ_FOR_WORDS = 20;
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

type State = {
  content: Content;
  since: string;
  places: Places;
  followUps: Map<TopicId, readonly FollowUpEvent[]>;
  topics: Map<TopicId, Topic>;
  words: Map<TopicId, { of: string; words: readonly string[] }>;
  firstAskedAt: Instant;
  changed: boolean;
};
type Reader = {
  state?: State;
  snapshot: Snapshot;
  tail: Promise<void>;
  stopped: boolean;
  listener?: Listener;
  /** On the clock of `performance`. */
  restsUntil: number;
};

const NOTHING: Snapshot = { asOf: 0, ready: false, knownFrom: undefined, topics: new Map(), current: new Map() };
const readers = new WeakMap<Ports['store'], Reader>();

function readerOf(app: Pick<Sources, 'store'>): Reader {
  const known = readers.get(app.store) ?? { snapshot: NOTHING, tail: Promise.resolve(), stopped: false, restsUntil: 0 };
  readers.set(app.store, known);
  return known;
}

/** What was put together last, without reading anything. */
export const lastSnapshot = (app: Sources): Snapshot => readerOf(app).snapshot;

/**
 * Reads what changed and gives what there is then, or after `patience` milliseconds what there was. Only who has all the
 * patience in the world gets topics that were put together a moment ago, however long that takes.
 */
export async function readTopics(app: Sources, patience: number): Promise<Snapshot> {
  const reader = readerOf(app);
  const patient = patience === Number.POSITIVE_INFINITY;
  const refreshed = refreshTopics(app, { patient });
  if (patient) await refreshed;
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

/**
 * Reads what changed since the last time, and puts topics together unless that took long only just now: `patient` does in
 * any case. `keeps`: also writes down which questions recurring topics have.
 */
export function refreshTopics(app: Sources, { keeps = false, patient = false } = {}): Promise<void> {
  const reader = readerOf(app);
  const run = reader.tail.then(() => refresh(app, reader, { keeps, patient }));
  reader.tail = run.catch(() => undefined);
  return run;
}

/**
 * Lets one listener hear of every change of the store that is read, whoever asked for the reading: following changes
 * twice would cost twice.
 */
export function hearChanges(app: Pick<Sources, 'store'>, listener: Listener): void {
  readerOf(app).listener = listener;
}

/** Cuts off what is being read of this store, after the document that it is at, and reads no more. */
export function stopTopics(app: Pick<Sources, 'store'>): void {
  readerOf(app).stopped = true;
}

class Stopped extends Error {}

type How = { keeps: boolean; patient: boolean };

async function refresh(app: Sources, reader: Reader, how: How): Promise<void> {
  const others = createPace();
  const pace = async (): Promise<void> => {
    if (reader.stopped) throw new Stopped();
    await others();
  };
  try {
    await pace();
    await readOn(app, reader, how, pace);
  } catch (error) {
    // What was half read is never shown: the snapshot is of before.
    if (!(error instanceof Stopped)) throw error;
  }
}

async function readOn(app: Sources, reader: Reader, how: How, pace: () => Promise<void>): Promise<void> {
  const content = app.knowledge.content();
  // Other content gives other items and words: everything is read again, while the last snapshot stays.
  if (reader.state?.content !== content) reader.state = await emptyState(app, content, pace);
  const { state } = reader;
  await readChanges(app, state, reader.listener, pace);
  if (!state.changed && reader.snapshot.ready) {
    reader.snapshot = { ...reader.snapshot, asOf: app.clock.now() };
    return;
  }
  const began = performance.now();
  if (began < reader.restsUntil && reader.snapshot.ready && !how.patient) return;
  await settle(state.places, pace);
  reader.snapshot = await snapshotOf(app, state, how.keeps, pace);
  state.changed = false;
  const took = performance.now() - began;
  if (took > LONG_MS) reader.restsUntil = performance.now() + Math.min(REST * took, MOST_REST_MS);
}

async function emptyState(app: Sources, content: Content, pace: () => Promise<void>): Promise<State> {
  const known = vocabularies.get(content) ?? vocabularyOf(content, pace);
  vocabularies.set(content, known);
  known.catch(() => vocabularies.delete(content));
  return {
    content,
    since: '',
    places: createPlaces(content.items, await known, app.knowledge.explain),
    followUps: new Map(),
    topics: new Map(),
    words: new Map(),
    firstAskedAt: Number.POSITIVE_INFINITY,
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

async function readChanges(
  app: Sources,
  state: State,
  listener: Listener | undefined,
  pace: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const page = await app.store.changes(state.since, PAGE);
    for (const stored of page.docs) {
      await takeIn(app, state, stored);
      await listener?.(stored);
      await pace();
    }
    state.since = page.since;
    if (page.docs.length < PAGE) return;
  }
}

/** One damaged document is left out, and said to be, so that it does not stop the others. */
async function takeIn(app: Sources, state: State, stored: Stored): Promise<void> {
  const { kind, pk, id } = stored.doc;
  try {
    if (kind === 'ticket') {
      const { ticket } = opened(stored);
      take(state.places, ticket);
      if (!ticket.retracted) state.firstAskedAt = Math.min(state.firstAskedAt, ticket.askedAt);
    } else if (kind === 'topic' || kind === 'followup') {
      // Reading it, unlike following changes, checks it.
      const body = (await app.store.read(pk, id))?.doc.body;
      const topic = pk.slice(kind.length + 1) as TopicId;
      if (kind === 'topic') takeKept(state.places, topic, body as TopicRecord);
      else state.followUps.set(topic, (body as FollowUpRecord).history);
    } else return;
    state.changed = true;
  } catch (error) {
    app.log.warn({ error: String(error), kind, pk }, 'a damaged document takes no part in topics');
  }
}

async function snapshotOf(app: Sources, state: State, keeps: boolean, pace: () => Promise<void>): Promise<Snapshot> {
  const { places, topics } = state;
  const followUps = followUpsOf(state);
  const touched = new Set([...places.touched, ...followUps.keys()]);
  for (const [id, { followUp }] of topics) if (followUp) touched.add(id);
  for (const id of touched) {
    const topic = await topicOf(app, state, id, followUps.get(id));
    if (topic) topics.set(id, topic);
    else topics.delete(id);
    if (keeps && topic?.kept) await keepMembers(app, state, topic);
    places.touched.delete(id);
    await pace();
  }
  return {
    asOf: app.clock.now(),
    ready: true,
    knownFrom: Number.isFinite(state.firstAskedAt) ? brusselsDay(state.firstAskedAt) : undefined,
    topics: new Map(topics),
    current: places.current,
  };
}

/** By the topic that they are about now. Two topics that became one: the decision that was taken last holds. */
function followUpsOf({ followUps, places }: State): Map<TopicId, NonNullable<Topic['followUp']>> {
  const found = new Map<TopicId, NonNullable<Topic['followUp']>>();
  const taken = (history: readonly FollowUpEvent[] | undefined) => (history && currentDecision(history)?.at) ?? 0;
  for (const [id, history] of [...followUps].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = places.current.get(id) ?? id;
    if (!found.has(at) || taken(history) > taken(found.get(at)?.history)) found.set(at, { topic: id, history });
  }
  return found;
}

/** Undefined of a question that stands alone. */
async function topicOf(
  app: Sources,
  state: State,
  id: TopicId,
  followUp: Topic['followUp'],
): Promise<Topic | undefined> {
  const { places } = state;
  const questions = [...(places.members.get(id) ?? [])].map((ticket) => places.questions.get(ticket)!.facts);
  if (questions.length < 2 && !followUp) return undefined;
  const item = itemOf(id);
  const theme = (item && places.items.get(item)?.themes[0]) ?? questions[0]?.theme;
  const kept = followUp !== undefined || places.kept.has(id) || recurs(questions);
  return {
    id,
    ...(item ? { item } : {}),
    ...(theme ? { theme } : {}),
    words: !item && kept ? await wordsOf(app, state, id, questions) : [],
    questions,
    kept,
    ...(followUp ? { followUp } : {}),
  };
}

/** Read from the newest questions with a text; the words that were kept when there is none. */
async function wordsOf(
  app: Sources,
  { places, words: before }: State,
  id: TopicId,
  questions: readonly TopicQuestion[],
): Promise<readonly string[]> {
  const readable = questions.filter(({ ticket }) => places.questions.get(ticket)?.readable);
  const newest = readable.sort((a, b) => b.askedAt - a.askedAt || (a.ticket < b.ticket ? -1 : 1));
  const of = `${newest.length} ${newest[0]?.ticket}`;
  const known = before.get(id);
  if (known?.of === of) return known.words;
  const wordings = [];
  for (const { ticket, person, centre } of newest.slice(0, MOST_READ_FOR_WORDS)) {
    const stored = await app.store.read(ticket, ticket);
    if (stored) wordings.push({ text: opened(stored).ticket.question, person, centre });
  }
  const found = showableWords(wordings, places.vocabulary, MOST_WORDS);
  const words = found.length > 0 ? found : (places.kept.get(id)?.words ?? []);
  before.set(id, { of, words });
  return words;
}

async function keepMembers(app: Sources, { places }: State, { id, theme, words, questions }: Topic): Promise<void> {
  const before = places.kept.get(id);
  const now = app.clock.now();
  const members = questions.map(({ ticket }) => ticket);
  const kept = new Set(before?.members);
  const due = places.unkept.has(id) || !before || now - before.at >= KEEP_EVERY_MS;
  if (!due || (!places.unkept.has(id) && members.every((ticket) => kept.has(ticket)))) return;
  const record = await keep<TopicRecord>(app.store, { pk: `topic:${id}`, kind: 'topic' }, (stored) => ({
    ...(theme ? { theme } : {}),
    words: [...words],
    members: [...new Set([...(stored?.members ?? []), ...kept, ...members])].sort(),
    at: now,
  }));
  places.unkept.delete(id);
  if (record) places.kept.set(id, record);
}
