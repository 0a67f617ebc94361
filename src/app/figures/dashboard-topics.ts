// Recurring topics as the dashboard shows them, and deciding about them there. The counting and the rules are elsewhere.

import { decisionLine, effectLines } from '../../cards/topics.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import type { Filters } from '../../domain/selection.ts';
import type { TopicId } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { App } from '../questions/tickets.ts';
import { proposal, settle, takeBack } from '../topics/follow-up.ts';
import { type TopicView, topics } from '../topics/topics.ts';
import type { DecisionForm, SentDecision, TopicRow, TopicsView } from './dashboard-shapes.ts';

const words = locale.topics;

export type TopicTasks = {
  /** Of the filters. Throws RangeError for a malformed period. */
  topics(person: Person, filters: Filters): Promise<TopicsView>;
  /** Keeps a decision, or says in Dutch why not. */
  decide(person: Person, sent: SentDecision): Promise<{ saved: string } | { problem: string }>;
  /** Takes the last decision about a topic back. */
  undo(person: Person, topic: string, key: string): Promise<{ saved: string } | { problem: string }>;
};

export function createTopicTasks(app: App): TopicTasks {
  return {
    topics: async (person, filters) => {
      const found = await topics(app, person, filters);
      const { followUps, contacts } = app.knowledge.content();
      const rows = (list: readonly TopicView[] | undefined) => (list ?? []).map((topic) => rowOf(app, topic));
      return {
        ready: found?.ready ?? true,
        canDecide: mayIn(person.roles, 'decide-follow-up'),
        definition: words.definition,
        noCause: words.noCause,
        none: words.none,
        gaps: rows(found?.gaps),
        popular: rows(found?.popular),
        followed: rows(found?.followed),
        kinds: followUps.map(({ id, name }) => ({ id, name })),
        owners: contacts.map(({ id, role }) => ({ id, name: role })),
        statuses: Object.entries(words.statuses).map(([id, name]) => ({ id, name })),
      };
    },
    decide: async (person, sent) => {
      const outcome = await settle(app, person, { ...sent, topic: sent.topic as TopicId });
      return 'saved' in outcome ? outcome : { problem: outcome.problem };
    },
    undo: (person, topic, key) => takeBack(app, person, topic as TopicId, key),
  };
}

function rowOf(app: App, topic: TopicView): TopicRow {
  const { evidence, followUp } = topic;
  const { questions, findings, requesters, centreCount, lastAskedAt } = evidence;
  const last = lastAskedAt === undefined ? undefined : locale.dashboard.day(brusselsDay(lastAskedAt));
  const { kind, owner, date, status, note } = followUp ?? proposal(app, topic.theme);
  const form: DecisionForm = { kind: kind ?? '', owner: owner ?? '', date, status, note };
  const missed = questions - findings.answered;
  return {
    id: topic.id,
    name: topic.name,
    theme: topic.themeName,
    words: topic.item ? '' : topic.words.join(', '),
    gap: topic.gap,
    evidence: words.line(questions, requesters, centreCount, last),
    answered: topic.gap ? words.gap(missed, questions) : words.answered(findings.answered, questions),
    weeks: evidence.weeks,
    questions,
    form,
    ...(followUp
      ? {
          followUp: {
            decision: decisionLine(followUp),
            owner: followUp.ownerName,
            decided: words.decidedBy(followUp.by, brusselsDay(followUp.at)),
            note: followUp.note,
            before: followUp.effect.before.perFourWeeks ?? null,
            after: followUp.effect.after.perFourWeeks ?? null,
            effect: effectLines(followUp),
          },
        }
      : {}),
  };
}
