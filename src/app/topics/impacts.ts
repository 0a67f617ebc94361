// The effect of every published item and every decision of a school year, as data. Holds no text of a question.

import { currentDecision } from '../../domain/follow-up.ts';
import { type Impact, impactOf } from '../../domain/impact.ts';
import type { Entry } from '../../domain/items.ts';
import type { Day, ItemId, SchoolYear, ServiceId } from '../../domain/terms.ts';
import { brusselsDay, schoolYearRange } from '../../domain/working-time.ts';
import { itemsIn, stewardsOf } from '../knowledge/items.ts';
import { readTopics, type Sources, type Topic } from './topic-reader.ts';
import { topicName } from './topics.ts';

/** `date` is the day on which the text that requesters have was published, or on which the decision took effect. */
export type ImpactRow = { id: string; name: string; date: Day; impact: Impact } & (
  | { kind: 'item' }
  | { kind: 'decision'; decision: string }
);

/** Latest first, of these services and their questions; `ready` is false while the questions are read for the first time. */
export async function impacts(
  app: Sources,
  services: readonly ServiceId[] | 'all',
  schoolYear: SchoolYear,
  patience: number,
): Promise<{ ready: boolean; rows: ImpactRow[] }> {
  const { topics, ready, knownFrom } = await readTopics(app, patience);
  const content = app.knowledge.content();
  const range = schoolYearRange(schoolYear);
  const [first, last] = [brusselsDay(range.from), brusselsDay(range.to - 1)];
  const known = { today: brusselsDay(app.clock.now()), knownFrom, calendar: content.calendar };
  const visible = (service: ServiceId | undefined): boolean =>
    services === 'all' || (service !== undefined && services.includes(service));
  const rows: ImpactRow[] = [];
  const add = (row: Omit<ImpactRow, 'impact'>, about: readonly Topic[]): void => {
    if (row.date < first || row.date > last) return;
    const questions = about.flatMap((topic) => topic.questions).filter(({ service }) => visible(service));
    rows.push({ ...row, impact: impactOf(questions, row.date, known) } as ImpactRow);
  };
  const byItem = Map.groupBy(topics.values(), ({ item }) => item);
  for await (const { entry } of itemsIn(app.store)) {
    const date = publishedOn(entry);
    const text = entry.live && entry.versions[entry.live.version - 1]!.text;
    if (!date || !text || !visible(stewardsOf(content, text.theme)?.service)) continue;
    add({ id: entry.id, kind: 'item', name: text.question, date }, byItem.get(entry.id as ItemId) ?? []);
  }
  for (const topic of topics.values()) {
    const decided = currentDecision(topic.followUp?.history ?? []);
    const service = content.themes.find(({ id }) => id === topic.theme)?.service;
    if (!decided || !visible(service)) continue;
    const decision = content.followUps.find(({ id }) => id === decided.kind)?.name ?? decided.kind;
    const row = { id: topic.id, kind: 'decision' as const, name: topicName(app, topic), date: decided.date, decision };
    add(row, [topic]);
  }
  rows.sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? 1 : -1));
  return { ready, rows };
}

/** The day on which people first got the text that they have now; undefined of a text from a file. */
function publishedOn({ live, events }: Entry): Day | undefined {
  const published = events.flatMap((event) => (event.type === 'published' ? [event] : []));
  const first = published.find(({ version }) => version === live?.version);
  return first && brusselsDay(first.at);
}
