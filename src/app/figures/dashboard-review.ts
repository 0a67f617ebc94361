// Items that wait for review as the dashboard shows them, and deciding on them there. The rules are elsewhere.

import type { Person } from '../../domain/authorisation.ts';
import type { Entry } from '../../domain/items.ts';
import type { ItemId } from '../../domain/terms.ts';
import { DAY_MS } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { settleReview, waitingFor } from '../knowledge/item-review.ts';
import { rewriteItem } from '../knowledge/item-writing.ts';
import type { App } from '../questions/tickets.ts';
import type { ReviewRow, SentReview } from './dashboard-shapes.ts';

export type ReviewTasks = {
  /** What waits for this person, longest first. */
  reviews(person: Person): Promise<ReviewRow[]>;
  /** Publishes, changes, sends back or rejects, or says in Dutch why not. */
  review(person: Person, sent: SentReview): Promise<{ saved: string } | { problem: string }>;
};

export function createReviewTasks(app: App): ReviewTasks {
  return {
    reviews: async (person) => (await waitingFor(app, person)).flatMap((entry) => rowOf(app, entry)),
    review: async (person, { how, question, answer, ...sent }) => {
      const item = sent.item as ItemId;
      if (how !== 'edit') return settleReview(app, person, { ...sent, item, how });
      const kept = await rewriteItem(app, person, { ...sent, item, question, answer });
      return 'sent' in kept ? { saved: kept.sent } : { problem: kept.problem };
    },
  };
}

function rowOf(app: App, { id, state, versions, live }: Entry): ReviewRow[] {
  if (state.kind !== 'proposed') return [];
  const { question, answer, theme, sources } = versions[state.version - 1]!.text;
  return [
    {
      item: id,
      version: state.version,
      question,
      answer,
      sources: sources.map(({ url }) => url),
      theme: app.knowledge.content().themes.find((one) => one.id === theme)?.name ?? theme,
      by: state.by.name || locale.items.review.somebody,
      since: brusselsDay(state.since),
      days: Math.floor((app.clock.now() - state.since) / DAY_MS),
      change: live !== undefined,
    },
  ];
}
