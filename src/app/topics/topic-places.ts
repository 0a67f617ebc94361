// Where each question belongs: placed as it comes in, and kept there when its text is gone. Knows no store and no screen.

import { createHash } from 'node:crypto';
import type { Item, ItemId, ThemeId, TicketId, TopicId } from '../../domain/terms.ts';
import { lastSuggestion, type Ticket } from '../../domain/ticket.ts';
import { type TopicQuestion, topicQuestion } from '../../domain/topics.ts';
import type { Answer } from '../../knowledge/engine.ts';
import {
  anchorOf,
  createGrouping,
  type Features,
  featuresOf,
  featuresOfKnown,
  type Grouping,
  type Vocabulary,
} from '../../knowledge/topics.ts';
import type { KnowledgeBase } from '../ports.ts';
import type { TopicRecord } from '../records.ts';

const ITEM = 'item:';
const QUESTION = 'question:';
const topicOfItem = (item: ItemId): TopicId => `${ITEM}${item}` as TopicId;
const topicOfQuestion = (ticket: TicketId): TopicId => `${QUESTION}${ticket}` as TopicId;
export const itemOf = (topic: TopicId): ItemId | undefined =>
  topic.startsWith(ITEM) ? (topic.slice(ITEM.length) as ItemId) : undefined;
const firstQuestionOf = (topic: TopicId): TicketId | undefined =>
  topic.startsWith(QUESTION) ? (topic.slice(QUESTION.length) as TicketId) : undefined;

/** What the index makes of a text. */
type Reading = { now: Answer['decision']; features: Features; anchor?: TopicId };
/** What is remembered of one question: no text. `chosen` is the topic that an advisor registered it under. */
type Known = {
  facts: TopicQuestion;
  arrived: number;
  readable: boolean;
  /** What its place rests on, as a hash: when that is the same nothing has to be read again. */
  print: string;
  /** Of a question with a text, or with words that stand in for it. */
  reading?: Reading;
  chosen?: TopicId;
  /** Of a question without a text: the topic of the item that it was about. */
  certain?: TopicId;
};
type Group = { grouping: Grouping<TopicId>; last: Known };

/** The questions that were taken in and their topics. Between `take` and `settle` some have no place yet. */
export type Places = {
  items: ReadonlyMap<ItemId, Item>;
  vocabulary: Vocabulary;
  explain: KnowledgeBase['explain'];
  questions: Map<TicketId, Known>;
  topicOf: Map<TicketId, TopicId>;
  members: Map<TopicId, Set<TicketId>>;
  /** Topics of which a question came, went or changed since the caller last emptied this. */
  touched: Set<TopicId>;
  /** What the store keeps of topics, and what will have to be: questions whose texts went since. */
  kept: Map<TopicId, TopicRecord>;
  unkept: Set<TopicId>;
  /** Topics that live on in another. */
  current: ReadonlyMap<TopicId, TopicId>;
  /** By a hash of the text: the same question often comes in the same words. */
  readings: Map<string, Reading>;
  groups: Map<ThemeId | undefined, Group>;
  fresh: Known[];
  /** Themes to put together anew. */
  stale: Set<ThemeId | undefined>;
  unsettled: boolean;
};

export function createPlaces(
  items: readonly Item[],
  vocabulary: Vocabulary,
  explain: KnowledgeBase['explain'],
): Places {
  return {
    items: new Map(items.map((item) => [item.id, item])),
    vocabulary,
    explain,
    questions: new Map(),
    topicOf: new Map(),
    members: new Map(),
    touched: new Set(),
    kept: new Map(),
    unkept: new Set(),
    current: new Map(),
    readings: new Map(),
    groups: new Map(),
    fresh: [],
    stale: new Set(),
    unsettled: true,
  };
}

/** Takes a question in as it is now; a change of its text, theme or item asks for `settle`. */
export function take(places: Places, ticket: Ticket): void {
  const before = places.questions.get(ticket.id);
  if (ticket.retracted) {
    if (!before) return;
    assign(places, ticket.id, undefined);
    places.questions.delete(ticket.id);
    places.stale.add(before.facts.theme);
    return;
  }
  const registered = ticket.events.find((event) => event.type === 'registered');
  const item = itemAbout(places, ticket);
  const print = hashed(JSON.stringify([ticket.question, ticket.theme, item, registered?.topic]));
  if (before?.print === print) {
    before.facts = topicQuestion(ticket, before.reading?.now ?? 'none');
    const topic = places.topicOf.get(ticket.id);
    if (topic) places.touched.add(topic);
    return;
  }
  const readable = ticket.question !== '';
  const reading = readable && !registered?.topic ? read(places, ticket.question, item) : undefined;
  const known: Known = {
    facts: topicQuestion(ticket, reading?.now ?? 'none'),
    arrived: registered?.at ?? ticket.askedAt,
    readable,
    print,
    ...(reading ? { reading } : {}),
    ...(registered?.topic ? { chosen: registered.topic } : {}),
    ...(item && !readable ? { certain: topicOfItem(item) } : {}),
  };
  places.questions.set(ticket.id, known);
  if (!reading) places.unsettled = true;
  if (!before) {
    places.fresh.push(known);
    return;
  }
  places.stale.add(before.facts.theme);
  places.stale.add(known.facts.theme);
  // A text that was there a moment ago is gone: the question stays where it was.
  const topic = places.topicOf.get(ticket.id);
  if (before.readable && !readable && topic) keepTogether(places, topic);
}

/** What the store has about a topic. */
export function takeKept(places: Places, topic: TopicId, record: TopicRecord): void {
  places.kept.set(topic, record);
  places.unsettled = true;
}

function keepTogether(places: Places, topic: TopicId): void {
  const members = [...(places.members.get(topic) ?? [])];
  if (members.length < 2) return;
  const before = places.kept.get(topic);
  const together = [...new Set([...(before?.members ?? []), ...members])].sort();
  places.kept.set(topic, { words: [], at: 0, ...before, members: together });
  places.unkept.add(topic);
}

/**
 * The item that a question is about by more than its words: the advisor who registered it chose it, or it was shown as
 * the answer and nobody said no. Undefined when the item is gone.
 */
function itemAbout({ items }: Places, ticket: Ticket): ItemId | undefined {
  const registered = ticket.events.find((event) => event.type === 'registered')?.item;
  const shown = lastSuggestion(ticket);
  const rejected = ticket.events.findLast((event) => event.type === 'rated-answer')?.helped === false;
  const id = registered ?? (shown?.decision === 'answer' && !rejected ? shown.items[0] : undefined);
  return id && items.has(id) ? id : undefined;
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('base64');

function read(places: Places, text: string, item: ItemId | undefined): Reading {
  const print = hashed(`${item ?? ''}\n${text}`);
  const before = places.readings.get(print);
  if (before) return before;
  const reading = item
    ? { now: 'answer' as const, features: featuresOfKnown(text, item, places.vocabulary), anchor: topicOfItem(item) }
    : readUnknown(places, text);
  places.readings.set(print, reading);
  return reading;
}

function readUnknown({ explain, vocabulary }: Places, text: string): Reading {
  const explanation = explain({ text });
  const anchor = anchorOf(explanation);
  return {
    now: explanation.answer.decision,
    features: featuresOf(text, explanation, vocabulary),
    ...(anchor ? { anchor: topicOfItem(anchor) } : {}),
  };
}

function assign(places: Places, ticket: TicketId, topic: TopicId | undefined): void {
  const before = places.topicOf.get(ticket);
  if (before === topic) return;
  if (before) {
    const members = places.members.get(before)!;
    members.delete(ticket);
    if (members.size === 0) places.members.delete(before);
    places.touched.add(before);
    places.topicOf.delete(ticket);
  }
  if (!topic) return;
  places.topicOf.set(ticket, topic);
  places.touched.add(topic);
  const members = places.members.get(topic) ?? new Set();
  places.members.set(topic, members.add(ticket));
}

/** Gives every question its place. Calls `pace` between short steps, so that others get their turn. */
export async function settle(places: Places, pace: () => Promise<void>): Promise<void> {
  const unsettled = places.unsettled || places.stale.size > 0;
  await group(places, pace);
  if (unsettled) await placeTheRest(places, pace);
  places.unsettled = false;
}

/** Puts new questions with the others of their theme, and whole themes together anew where that would not do. */
async function group(places: Places, pace: () => Promise<void>): Promise<void> {
  const { groups, stale } = places;
  const inTheme = Map.groupBy(places.fresh, ({ facts }) => facts.theme);
  for (const [theme, fresh] of inTheme) {
    const last = groups.get(theme)?.last;
    // Whatever does not come after all others has others put together anew, as if it had been there in time.
    if (last && fresh.some((known) => byArrival(last, known) > 0)) stale.add(theme);
    await pace();
  }
  if (stale.size > 0) {
    for (const theme of stale) inTheme.set(theme, []);
    for (const known of places.questions.values()) {
      if (stale.has(known.facts.theme)) inTheme.get(known.facts.theme)!.push(known);
      await pace();
    }
  }
  for (const [theme, members] of inTheme) {
    if (stale.has(theme)) groups.delete(theme);
    for (const known of members.sort(byArrival)) {
      place(places, theme, known);
      await pace();
    }
  }
  places.fresh = [];
  stale.clear();
}

const byArrival = (a: Known, b: Known): number =>
  a.arrived - b.arrived || (a.facts.ticket < b.facts.ticket ? -1 : Number(a.facts.ticket > b.facts.ticket));

function place(places: Places, theme: ThemeId | undefined, known: Known): void {
  const { ticket } = known.facts;
  const own = topicOfQuestion(ticket);
  const group = places.groups.get(theme) ?? { grouping: createGrouping<TopicId>(), last: known };
  group.last = known;
  places.groups.set(theme, group);
  const words = places.kept.get(own)?.words ?? [];
  // Where the first question of a topic is not readable any more, the words that were kept stand in for it.
  if (!known.readable && !known.chosen && words.length > 0) known.reading = read(places, words.join(' '), undefined);
  if (!known.reading || known.chosen) return;
  const { features, anchor } = known.reading;
  assign(places, ticket, group.grouping.add({ features, ...(anchor ? { topic: anchor } : {}) }, own));
}

/** Where a question is by its own words; undefined when it has none. */
function ownTopic({ questions, topicOf }: Places, ticket: TicketId | undefined): TopicId | undefined {
  const known = ticket && questions.get(ticket);
  return known?.reading && !known.chosen ? topicOf.get(known.facts.ticket) : undefined;
}

/**
 * Places what cannot be compared, and tells where topics that are no more live on: with most of the questions that they
 * had. A question registered under a topic goes with it.
 */
async function placeTheRest(places: Places, pace: () => Promise<void>): Promise<void> {
  const alive = new Set<TopicId>();
  for (const ticket of places.questions.keys()) {
    const topic = ownTopic(places, ticket);
    if (topic) alive.add(topic);
    await pace();
  }
  const current = new Map<TopicId, TopicId>();
  const homes = new Map<TicketId, TopicId>();
  const oldestFirst = [...places.kept].sort(([a, { at }], [b, other]) => at - other.at || (a < b ? -1 : 1));
  for (const [id, { members }] of oldestFirst) {
    const home = mostlyIn(places, id, members) ?? id;
    if (home !== id && !alive.has(id)) current.set(id, home);
    for (const member of members) homes.set(member, home);
    await pace();
  }
  places.current = current;
  for (const [ticket, { chosen, certain, reading }] of places.questions) {
    if (chosen) assign(places, ticket, current.get(chosen) ?? ownTopic(places, firstQuestionOf(chosen)) ?? chosen);
    else if (!reading) assign(places, ticket, homes.get(ticket) ?? certain);
    await pace();
  }
}

/** The topic that has most of these questions now; `id` itself when it is as good as another. */
function mostlyIn(places: Places, id: TopicId, members: readonly TicketId[]): TopicId | undefined {
  const votes = new Map<TopicId, number>();
  for (const member of members) {
    const topic = ownTopic(places, member);
    if (topic) votes.set(topic, (votes.get(topic) ?? 0) + 1);
  }
  const [most] = [...votes].sort(
    ([a, many], [b, more]) => more - many || Number(b === id) - Number(a === id) || (a < b ? -1 : 1),
  );
  return most?.[0];
}
