// The recurring topics of a school year as data: what recurs, what is missing, what was decided. Holds no text of a question.

import { may, mayIn, type Person, type Roles, reachOf } from '../../domain/authorisation.ts';
import { currentDecision, type Decision, type Effect, type FollowUpEvent } from '../../domain/follow-up.ts';
import { impactOf } from '../../domain/impact.ts';
import { type Filters, NOT_CLOSED, UNKNOWN } from '../../domain/selection.ts';
import type { Day, Instant, Item, ItemId, PersonId, ServiceId, ThemeId, TopicId } from '../../domain/terms.ts';
import { dayOf, type Evidence, evidenceOf, isGap, recurs, type TopicQuestion } from '../../domain/topics.ts';
import { brusselsDay, instantAt, schoolYearOf, schoolYearRange } from '../../domain/working-time.ts';
import { wordsIn } from '../../knowledge/topic-words.ts';
import { locale } from '../../locale/locale.ts';
import { demonstrationIn, directoryFor } from '../figures/demonstration.ts';
import type { Content } from '../ports.ts';
import { type App, load } from '../questions/tickets.ts';
import { createPace, lastSnapshot, readTopics, type Snapshot, type Sources, type Topic } from './topic-reader.ts';

/** A figure about people is shown to others than the quality team from so many people on (design/2). */
const FEWEST_PEOPLE = 5;
/** Members that a topic's page lists, newest first. */
const MOST_MEMBERS = 200;
/** Words that tie a question to an item: those of its title come first. */
const MOST_TIES = 5;
/** Answers kept for the same view of the same questions. */
const MOST_ANSWERS = 50;

/** What was decided, as it holds now. */
export type FollowUpView = Decision & {
  kindName: string;
  ownerName: string;
  by: string;
  at: Instant;
  /** Of every question of the topic that the viewer's rights reach, whatever the view shows. */
  effect: Effect;
  /** Known people behind it. */
  people: number;
};

export type TopicView = {
  id: TopicId;
  name: string;
  /** The item of the index that its questions are about; absent when none fits. */
  item?: { id: ItemId; title: string };
  theme?: ThemeId;
  themeName: string;
  /** Content words that its questions share; never a name or number of anybody. */
  words: string[];
  recurring: boolean;
  /** Recurring, and the index left at least half of its questions without a good answer. */
  gap: boolean;
  /**
   * Of the questions in the view; all zero when a followed topic has none there. `requesters` is undefined and `centres`
   * empty when fewer than 5 people stand behind them and the viewer is not of the quality team.
   */
  evidence: Omit<Evidence, 'requesters'> & { requesters: number | undefined; centreCount: number };
  followUp?: FollowUpView;
};

/** Each list has the most asked first. `gaps` and `popular` split `recurring`; `followed` has every decision that holds. */
export type Topics = {
  asOf: Instant;
  /** False while the questions are being read for the first time: the lists are empty then. */
  ready: boolean;
  /** Everything is fictional, and whatever is made of it says so. */
  demonstration: boolean;
  period: { from: Day; to: Day };
  recurring: TopicView[];
  gaps: TopicView[];
  popular: TopicView[];
  followed: TopicView[];
};

/** Why a question is in a topic: the item that answers it, and the words that it shares with the others. */
export type Ties = { item?: { id: ItemId; title: string }; words: string[] };
export type TopicMember = Omit<TopicQuestion, 'person' | 'day'> & {
  day: Day;
  ties: Ties;
  /** Only for who may read the ticket, and as long as it has a text. */
  question?: string;
};
export type TopicDetail = { topic: TopicView; members: TopicMember[]; total: number; history: FollowUpEvent[] };

/** Somebody at a door, or the operator at the command line. */
type Viewer = Pick<Person, 'person' | 'roles'> | 'operator';

/** By what was put together: the same questions give the same answer. */
const answers = new WeakMap<Snapshot['topics'], Map<string, Promise<Topics>>>();

/**
 * The recurring topics among the questions that pass the filters; undefined for who may not see them. Advisors see those
 * of their own services. Waits for what changed to be read, at most `patience` milliseconds.
 * Throws RangeError for a malformed school year.
 */
export async function topics(
  app: Sources,
  viewer: Viewer,
  filters: Filters,
  patience = 1_500,
): Promise<Topics | undefined> {
  const services = visibleTo(viewer, filters);
  if (services === undefined) return undefined;
  const snapshot = await readTopics(app, patience);
  const known = answers.get(snapshot.topics) ?? new Map<string, Promise<Topics>>();
  answers.set(snapshot.topics, known);
  const day = brusselsDay(app.clock.now());
  const asked = JSON.stringify([day, services, Object.entries(filters).sort()]);
  const found = known.get(asked) ?? listed(app, snapshot, services, filters);
  if (known.size >= MOST_ANSWERS) known.clear();
  known.set(asked, found);
  return { ...(await found), asOf: snapshot.asOf };
}

/** One topic with its questions in the view, and everything that was decided about it. An earlier id leads to it too. */
export async function topic(
  app: App,
  viewer: Viewer,
  id: TopicId,
  filters: Filters,
  patience = 1_500,
): Promise<TopicDetail | undefined> {
  const services = visibleTo(viewer, filters);
  if (services === undefined) return undefined;
  const snapshot = await readTopics(app, patience);
  const found = snapshot.topics.get(snapshot.current.get(id) ?? id);
  if (!found) return undefined;
  const content = await directoryFor(app.store, app.knowledge.content());
  const period = periodOf(filters, app.clock.now());
  const members = found.questions.filter(filterOf(content, filters, period, services));
  if (members.length === 0 && !(services === 'all' && found.followUp)) return undefined;
  const view = viewOf(app, snapshot, found, members, period, services);
  const newest = [...members].sort((a, b) => b.askedAt - a.askedAt).slice(0, MOST_MEMBERS);
  const listedMembers: TopicMember[] = [];
  const pace = createPace();
  const shared = view.item ? spellings(content.items, view.item.id) : undefined;
  for (const { person, day, ...question } of newest) {
    const text = (await load(app, question.ticket))?.ticket.question ?? '';
    const readable =
      text !== '' &&
      (viewer === 'operator' ||
        may({ kind: 'person', name: '', ...viewer }, 'read', { requester: person, service: question.service }));
    const own = new Set(wordsIn(text).map(({ stem }) => stem));
    const words = shared
      ? [...shared].flatMap(([stem, word]) => (own.has(stem) ? [word] : [])).slice(0, MOST_TIES)
      : view.words.filter((word) => wordsIn(word).some(({ stem }) => own.has(stem)));
    listedMembers.push({
      ...question,
      day: dayOf(day),
      ties: { ...(view.item ? { item: view.item } : {}), words },
      ...(readable ? { question: text } : {}),
    });
    await pace();
  }
  return { topic: view, members: listedMembers, total: members.length, history: [...(found.followUp?.history ?? [])] };
}

/** The words of an item by stem, as it writes them, the title's first. */
function spellings(items: readonly Item[], id: ItemId): Map<string, string> {
  const item = items.find((one) => one.id === id);
  const texts = item ? [item.title, ...item.variants, ...item.wordings] : [];
  const words = new Map<string, string>();
  for (const { stem, text } of texts.flatMap(wordsIn)) if (!words.has(stem)) words.set(stem, text);
  return words;
}

const KNOWN_DAYS = 90;
const MOST_KNOWN = 25;

/**
 * Recurring topics without an item of the last 90 days, most asked first, as known questions to register with. Reads
 * nothing: it answers from what was put together last, so that a form never waits.
 */
export function recurringQuestions(app: Sources, roles: Roles): { id: TopicId; title: string; theme?: ThemeId }[] {
  const services = visibleTo({ person: '' as PersonId, roles });
  if (services === undefined) return [];
  const since = app.clock.now() - KNOWN_DAYS * 86_400_000;
  return [...lastSnapshot(app).topics.values()]
    .filter(({ item, words }) => !item && words.length > 0)
    .map(({ questions, ...topic }) => ({
      ...topic,
      questions: questions.filter(
        ({ askedAt, service }) => askedAt >= since && (services === 'all' || services.includes(service)),
      ),
    }))
    .filter(({ questions }) => recurs(questions))
    .sort((a, b) => b.questions.length - a.questions.length || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_KNOWN)
    .map(({ id, words, theme }) => ({ id, title: locale.topics.named(words), ...(theme ? { theme } : {}) }));
}

/** Undefined: may not see topics at all. The operator says of which services in the filters. */
function visibleTo(viewer: Viewer, filters: Filters = {}): readonly ServiceId[] | 'all' | undefined {
  if (viewer === 'operator') return filters.services ?? 'all';
  return mayIn(viewer.roles, 'see-topics') ? (reachOf(viewer.roles).services ?? 'all') : undefined;
}

type Period = { from: Instant; to: Instant };

function periodOf({ schoolYear, month }: Filters, now: Instant): Period {
  const year = schoolYearRange(schoolYear ?? schoolYearOf(now));
  const to = Math.max(year.from + 1, Math.min(year.to, now + 1));
  if (month === undefined) return { from: year.from, to };
  const [first, next] = monthRange(month);
  return { from: Math.max(year.from, first), to: Math.max(Math.max(year.from, first) + 1, Math.min(to, next)) };
}

/** Throws RangeError for a malformed month. */
function monthRange(month: string): [Instant, Instant] {
  const from = instantAt(`${month}-01`, '00:00');
  const next = new Date(Date.parse(`${month}-15`) + 31 * 86_400_000).toISOString().slice(0, 7);
  return [from, instantAt(`${next}-01`, '00:00')];
}

function filterOf(
  content: Content,
  filters: Filters,
  period: Period,
  services: readonly ServiceId[] | 'all',
): (question: TopicQuestion) => boolean {
  const regionOf = new Map(content.centres.map(({ id, region }) => [id, region]));
  const processOf = new Map(content.themes.map(({ id, coreProcess }) => [id, coreProcess]));
  const agrees = (wanted: string | undefined, own: string | undefined) => wanted === undefined || wanted === own;
  return ({ askedAt, service, theme, channel, centre, function: job, outcome }) =>
    period.from <= askedAt &&
    askedAt < period.to &&
    (services === 'all' || services.includes(service)) &&
    agrees(filters.service, service) &&
    agrees(filters.theme, theme ?? UNKNOWN) &&
    agrees(filters.coreProcess, (theme && processOf.get(theme)) ?? UNKNOWN) &&
    agrees(filters.channel, channel) &&
    agrees(filters.centre, centre ?? UNKNOWN) &&
    agrees(filters.region, centre && regionOf.get(centre)) &&
    agrees(filters.function, job ?? UNKNOWN) &&
    agrees(filters.outcome, outcome ?? NOT_CLOSED);
}

async function listed(
  app: Sources,
  snapshot: Snapshot,
  services: readonly ServiceId[] | 'all',
  filters: Filters,
): Promise<Topics> {
  const period = periodOf(filters, app.clock.now());
  const passes = filterOf(await directoryFor(app.store, app.knowledge.content()), filters, period, services);
  const recurring: TopicView[] = [];
  const followed: TopicView[] = [];
  const pace = createPace();
  for (const found of snapshot.topics.values()) {
    const questions = found.questions.filter(passes);
    const decided = found.followUp && currentDecision(found.followUp.history) !== undefined;
    // What was decided on is the quality team's to see, also when nobody asks about it any more.
    const shown = decided && (services === 'all' || questions.length > 0);
    const again = recurs(questions);
    if (shown || again) {
      const view = viewOf(app, snapshot, found, questions, period, services);
      if (again) recurring.push(view);
      if (shown) followed.push(view);
    }
    await pace();
  }
  for (const list of [recurring, followed]) {
    list.sort((a, b) => b.evidence.questions - a.evidence.questions || (a.id < b.id ? -1 : 1));
  }
  return {
    asOf: snapshot.asOf,
    ready: snapshot.ready,
    demonstration: (await demonstrationIn(app.store)) !== undefined,
    period: { from: brusselsDay(period.from), to: brusselsDay(period.to - 1) },
    recurring,
    gaps: recurring.filter(({ gap }) => gap),
    popular: recurring.filter(({ gap }) => !gap),
    followed,
  };
}

/** How a topic is called: its item's title, or the words that its questions share. */
export function topicName(app: Sources, { item, words, theme }: Topic): string {
  const { items, themes } = app.knowledge.content();
  const title = items.find(({ id }) => id === item)?.title;
  if (title !== undefined || words.length > 0) return title ?? locale.topics.named(words);
  return locale.topics.unnamed(themes.find(({ id }) => id === theme)?.name ?? locale.common.unknownTheme);
}

function viewOf(
  app: Sources,
  snapshot: Snapshot,
  topic: Topic,
  questions: readonly TopicQuestion[],
  period: Period,
  services: readonly ServiceId[] | 'all',
): TopicView {
  const content = app.knowledge.content();
  const item = content.items.find(({ id }) => id === topic.item);
  const theme = content.themes.find(({ id }) => id === topic.theme);
  const themeName = theme?.name ?? locale.common.unknownTheme;
  const evidence = evidenceOf(questions, period);
  const recurring = recurs(questions);
  const few = services !== 'all' && evidence.requesters < FEWEST_PEOPLE;
  const reached = topic.questions.filter(({ service }) => services === 'all' || services.includes(service));
  const followUp = topic.followUp && followUpView(app, snapshot, reached, topic.followUp.history);
  return {
    id: topic.id,
    name: topicName(app, topic),
    ...(item ? { item: { id: item.id, title: item.title } } : {}),
    ...(topic.theme ? { theme: topic.theme } : {}),
    themeName,
    words: [...topic.words],
    recurring,
    gap: recurring && isGap(evidence),
    evidence: {
      ...evidence,
      requesters: few ? undefined : evidence.requesters,
      centreCount: evidence.centres.length,
      centres: few ? [] : evidence.centres,
    },
    ...(followUp ? { followUp } : {}),
  };
}

function followUpView(
  app: Sources,
  snapshot: Snapshot,
  questions: readonly TopicQuestion[],
  history: readonly FollowUpEvent[],
): FollowUpView | undefined {
  const decided = currentDecision(history);
  if (!decided) return undefined;
  const content = app.knowledge.content();
  const { kind, owner, date, note, status, by, at } = decided;
  const today = brusselsDay(app.clock.now());
  const { effect, people } = impactOf(questions, date, {
    today,
    knownFrom: snapshot.knownFrom,
    calendar: content.calendar,
  });
  return {
    kind,
    owner,
    date,
    note,
    status,
    kindName: content.followUps.find(({ id }) => id === kind)?.name ?? kind,
    ownerName: content.contacts.find(({ id }) => id === owner)?.role ?? owner,
    by: by.name,
    at,
    effect,
    people,
  };
}
