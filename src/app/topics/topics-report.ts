// The recurring topics of a school year for the command line, as text or JSON: facts only, never a question's text.

import { decisionLine, effectLines } from '../../cards/topics.ts';
import type { SchoolYear } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Sources } from './topic-reader.ts';
import { type TopicView, topics } from './topics.ts';

export const TOPIC_FORMATS = ['table', 'json'] as const;
export type TopicFormat = (typeof TOPIC_FORMATS)[number];

const words = locale.topics;
const LONGEST_NAME = 60;

/** Waits until every question has been read. Throws RangeError for a malformed school year. */
export async function topicsReport(app: Sources, schoolYear: SchoolYear, format: TopicFormat): Promise<string> {
  const found = (await topics(app, 'operator', { schoolYear }, Number.POSITIVE_INFINITY))!;
  if (format === 'json') return JSON.stringify({ schoolYear, ...found }, null, 2);
  const { gaps, popular, followed, period, demonstration } = found;
  const { lists } = words.report;
  return [
    words.title(schoolYear),
    ...(demonstration ? [locale.demonstration.explanation] : []),
    words.report.period(period.from, period.to),
    '',
    lists.gaps,
    ...table(gaps),
    '',
    lists.popular,
    ...table(popular),
    '',
    lists.followed,
    ...(followed.length === 0 ? [`  ${words.report.none}`] : followed.flatMap(followedLines)),
    '',
    words.report.definition,
    `  ${words.definition}`,
    `  ${words.noCause}`,
  ].join('\n');
}

function table(list: readonly TopicView[]): string[] {
  if (list.length === 0) return [`  ${words.report.none}`];
  const { name, theme, questions, requesters, centres, minutes, missed, last } = words.report.columns;
  const rows = [
    [name, theme, questions, requesters, centres, minutes, missed, last],
    ...list.map(({ name: own, themeName, evidence }) => [
      own.length > LONGEST_NAME ? `${own.slice(0, LONGEST_NAME - 1)}…` : own,
      themeName,
      String(evidence.questions),
      String(evidence.requesters ?? ''),
      String(evidence.centreCount),
      String(evidence.minutes),
      String(evidence.questions - evidence.findings.answered),
      evidence.lastAskedAt === undefined ? '' : brusselsDay(evidence.lastAskedAt),
    ]),
  ];
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map(
    (row) => `  ${row.map((text, at) => (at < 2 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!))).join('  ')}`,
  );
}

function followedLines({ name, followUp }: TopicView): string[] {
  if (!followUp) return [];
  return [
    `  ${words.report.followed(name, decisionLine(followUp), followUp.ownerName)}`,
    ...effectLines(followUp).map((line) => `    ${line}`),
  ];
}
