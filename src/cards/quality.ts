// The card with figures for the quality team and advisors. Knows how to lay them out, not how they are counted.

import type { Instant } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import type { Card, CardElement } from './card.ts';
import { fill } from './layout.ts';
import { escapeMarkdown } from './text.ts';

export type StatisticsView = {
  schoolYear: string;
  asOf: Instant;
  total: number;
  demonstration: boolean;
  /** The services that it is about, when it is not about all. */
  own: readonly string[];
  lines: { label: string; value: string; detail: string; definition: string }[];
  tables: { id: string; heading: string; rows: { label: string; value: number | undefined }[] }[];
};

/** What fits in a chat: every figure, and the two tables that are asked for most. */
const TABLES = ['byTheme', 'byChannel'];
const MOST_ROWS = 12;

export function statisticsCard(view: StatisticsView): Card {
  return fill('statistics', {
    title: locale.statistics.title(view.schoolYear),
    asOf: view.demonstration
      ? `${locale.demonstration.explanation} ${locale.statistics.asOf(view.asOf)}`
      : locale.statistics.asOf(view.asOf),
    own: view.own.length > 0 ? locale.figures.ownServices(view.own) : undefined,
    empty: view.total === 0 ? locale.statistics.none : undefined,
    facts:
      view.total === 0
        ? []
        : view.lines.map(({ label, value, detail }) => ({
            title: label,
            value: detail ? `${value} (${detail})` : value,
          })),
    tables: view.tables
      .filter(({ id }) => view.total > 0 && TABLES.includes(id))
      .map(({ heading, rows }) => ({
        rows: [
          tableRow(heading, locale.statistics.questions),
          ...rows
            .filter(({ value }) => value !== 0)
            .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
            .slice(0, MOST_ROWS)
            .map(({ label, value }) => tableRow(label, value === undefined ? locale.figures.hidden : String(value))),
        ],
      })),
    definitions:
      view.total === 0 ? [] : view.lines.map(({ label, definition }) => ({ line: `**${label}**: ${definition}` })),
  });
}

function tableRow(...texts: string[]): CardElement {
  return {
    type: 'TableRow',
    cells: texts.map((text) => ({ type: 'TableCell', items: [{ type: 'TextBlock', text, wrap: true }] })),
  };
}

export type DigestView = {
  title: string;
  demonstration: boolean;
  lines: { label: string; text: string }[];
  /** `before`: in the same month a year ago, undefined when it is hidden or not known. */
  themes: { label: string; value: number | undefined; before: number | undefined }[];
  topics: { name: string; text: string }[];
};

export function digestCard({ title, demonstration, lines, themes, topics }: DigestView): Card {
  const { theme, now, before } = locale.report.digest.columns;
  const shown = (value: number | undefined): string => (value === undefined ? '–' : String(value));
  const named = (name: string, text: string) => ({ line: `**${escapeMarkdown(name)}**: ${escapeMarkdown(text)}` });
  return fill('digest', {
    title,
    demonstration: demonstration ? locale.demonstration.explanation : undefined,
    lines: lines.map(({ label, text }) => named(label, text)),
    rows:
      themes.length === 0
        ? []
        : [
            tableRow(theme, now, before),
            ...themes.map((row) => tableRow(escapeMarkdown(row.label), shown(row.value), shown(row.before))),
          ],
    topics: topics.map(({ name, text }) => named(name, text)),
  });
}
