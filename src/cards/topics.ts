// The cards with recurring topics and the form to decide about one. Knows what to show, not what recurs or who may.

import type { FollowUpEvent, FollowUpStatus } from '../domain/follow-up.ts';
import { FOLLOW_UP_STATUSES } from '../domain/follow-up.ts';
import type { ContactId, Day, FollowUpKindId, Item, ItemId, TicketId, TopicId } from '../domain/terms.ts';
import { DAY_MS } from '../domain/terms.ts';
import { type Evidence, FINDINGS } from '../domain/topics.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { choices, contactChoices } from './fields.ts';
import { fill } from './layout.ts';
import { escapeMarkdown, plain } from './text.ts';

const words = locale.topics;
type Named = { id: string; name: string };

/** One topic as the cards show it; the shape of `TopicView` in app/topics/topics.ts, as far as it is shown. */
export type ShownTopic = {
  id: TopicId;
  name: string;
  item?: { id: ItemId; title: Item['title'] };
  themeName: string;
  words: readonly string[];
  recurring: boolean;
  gap: boolean;
  evidence: Omit<Evidence, 'requesters' | 'weeks'> & { requesters: number | undefined; centreCount: number };
  followUp?: {
    kindName: string;
    ownerName: string;
    status: FollowUpStatus;
    date: Day;
    note: string;
    by: string;
    at: number;
    effect: Parameters<typeof locale.topics.effect>[0];
  };
};

export type TopicsCardView = {
  schoolYear: string;
  ready: boolean;
  demonstration: boolean;
  /** The services that it is about, when it is not about all. */
  own: readonly string[];
  recurring: readonly ShownTopic[];
  gaps: number;
};

/** What fits in a chat; the dashboard and the command line have them all. */
const MOST_TOPICS = 5;

export function topicsCard({ schoolYear, ready, demonstration, own, recurring, gaps }: TopicsCardView): Card {
  return fill('topics', {
    title: words.title(schoolYear),
    demonstration: demonstration ? locale.demonstration.explanation : undefined,
    own: own.length > 0 ? locale.figures.ownServices(own) : undefined,
    intro: recurring.length > 0 ? words.intro(recurring.length, gaps) : undefined,
    empty: !ready ? words.reading : recurring.length === 0 ? words.none : undefined,
    topics: recurring.slice(0, MOST_TOPICS).map((topic) => ({
      id: topic.id,
      name: escapeMarkdown(topic.name),
      facts: factsLine(topic),
      standing: standing(topic),
      followUp: topic.followUp && `${words.facts.followUp}: ${decisionLine(topic.followUp)}`,
    })),
    more: recurring.length > MOST_TOPICS ? words.more(recurring.length - MOST_TOPICS) : undefined,
    definition: recurring.length > 0 ? words.definition : undefined,
  });
}

const dayOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : locale.shortDay(brusselsDay(at));

function factsLine({ evidence }: ShownTopic): string {
  return words.line(evidence.questions, evidence.requesters, evidence.centreCount, dayOf(evidence.lastAskedAt));
}

/** Whether the index answers it. */
function standing({ recurring, gap, evidence: { questions, findings } }: ShownTopic): string {
  if (!recurring) return words.notRecurring;
  return gap ? words.gap(questions - findings.answered, questions) : words.answered(findings.answered, questions);
}

export function decisionLine({ kindName, status, date }: NonNullable<ShownTopic['followUp']>): string {
  return words.followUp(kindName, status, date);
}

const EFFECT_DAYS = 28;

export function effectLines({ effect, date }: NonNullable<ShownTopic['followUp']>): string[] {
  const earliest = new Date(Date.parse(date) + EFFECT_DAYS * DAY_MS).toISOString().slice(0, 10);
  return words.effect(effect, earliest);
}

export type TopicCardView = {
  topic: ShownTopic;
  /** Newest first, as far as they are shown. */
  questions: readonly {
    ticket: TicketId;
    number: string;
    day: Day;
    centre: string;
    question?: string;
    ties: readonly string[];
  }[];
  canDecide: boolean;
};

export function topicCard({ topic, questions, canDecide }: TopicCardView): Card {
  const { evidence, followUp, item } = topic;
  const facts: [string, string][] = [
    [words.facts.theme, topic.themeName],
    [words.facts.asked, factsLine(topic)],
    [words.facts.channels, evidence.channels.map(({ id, questions: n }) => `${locale.channel[id]} ${n}`).join(', ')],
    [
      words.facts.findings,
      FINDINGS.filter((finding) => evidence.findings[finding] > 0)
        .map((finding) => `${evidence.findings[finding]} ${words.findings[finding]}`)
        .join(', '),
    ],
    [words.facts.minutes, evidence.minutes > 0 ? locale.figures.minutes(evidence.minutes) : ''],
    [words.facts.item, item ? item.title : ''],
    [words.facts.words, topic.words.join(', ')],
  ];
  return fill('topic', {
    id: topic.id,
    title: escapeMarkdown(topic.name),
    standing: standing(topic),
    facts: facts.flatMap(([title, value]) => (value === '' ? [] : [{ title, value: escapeMarkdown(value) }])),
    followUp: followUp && {
      line: escapeMarkdown(decisionLine(followUp)),
      by: words.decidedBy(escapeMarkdown(followUp.by), brusselsDay(followUp.at)),
      owner: escapeMarkdown(followUp.ownerName),
      note: followUp.note === '' ? [] : plain(followUp.note),
      effect: effectLines(followUp).map((line) => ({ line })),
    },
    rows: questions.map(({ ticket, number, day, centre, question, ties }) => ({
      ticket,
      line: [number, locale.shortDay(day), centre].join(' · '),
      text: question ?? words.unreadable,
      ties: ties.length > 0 ? words.ties(ties) : undefined,
    })),
    // What the index answers already is changed, not written again.
    write: topic.gap || (topic.recurring && !item),
    decide: canDecide ? (followUp ? words.change : words.decide) : undefined,
  });
}

export type DecisionFields = {
  kind: FollowUpKindId | undefined;
  owner: ContactId | undefined;
  date: Day;
  status: FollowUpStatus;
  note: string;
};
export type DecisionFormView = {
  topic: TopicId;
  name: string;
  key: string;
  form: DecisionFields;
  kinds: readonly Named[];
  owners: readonly { id: string; role: string }[];
  history: readonly FollowUpEvent[];
  canUndo: boolean;
  problem?: string | undefined;
};

export function decisionForm(view: DecisionFormView): Card {
  const { form, kinds } = view;
  const day = (event: FollowUpEvent): string => brusselsDay(event.at);
  return fill('topic-decision', {
    topic: view.topic,
    key: view.key,
    name: plain(view.name),
    problem: view.problem,
    kind: form.kind,
    kinds: choices(kinds),
    owner: form.owner,
    owners: contactChoices(view.owners),
    date: form.date === '' ? undefined : form.date,
    status: form.status,
    statuses: FOLLOW_UP_STATUSES.map((status) => ({ title: words.statuses[status], value: status })),
    note: form.note === '' ? undefined : form.note,
    history: view.history.map((event) => ({
      line:
        event.type === 'undone'
          ? words.form.undone(escapeMarkdown(event.by.name), day(event))
          : words.form.decided(
              escapeMarkdown(event.by.name),
              day(event),
              kinds.find(({ id }) => id === event.kind)?.name ?? event.kind,
              event.status,
              event.date,
            ),
    })),
    canUndo: view.canUndo,
  });
}
