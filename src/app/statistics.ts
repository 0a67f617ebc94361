// The figures of a school year for people: one list of lines and tables, used by the chat card and the report.

import { statisticsCard } from '../cards/quality.ts';
import type { Roles } from '../domain/authorisation.ts';
import {
  type Cell,
  type Duration,
  type FigureKey,
  type Figures,
  measure,
  type Share,
  suppressSmallCells,
} from '../domain/measures.ts';
import type { SchoolYear } from '../domain/terms.ts';
import type { Ticket } from '../domain/ticket.ts';
import { schoolYearOf, schoolYearRange } from '../domain/working-time.ts';
import { nl } from '../locale/nl.ts';
import type { Clock, Content, Message, Store } from './ports.ts';
import { type App, opened } from './tickets.ts';

/** One figure in words; `detail` says over how many, `definition` how it is counted. */
export type Line = { key: FigureKey; label: string; value: string; detail: string; definition: string };
/** A split of a figure. A hidden value is undefined: too few people stand behind it. */
export type Table = { id: string; heading: string; rows: { id: string; label: string; value: number | undefined }[] };
export type Summary = { schoolYear: SchoolYear; asOf: number; total: number; lines: Line[]; tables: Table[] };

/** Every ticket of the store, read page by page. */
async function allTickets(store: Store): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ kind: 'ticket' }, { limit: 500, ...(cursor ? { cursor } : {}) });
    for (const stored of page.docs) tickets.push(opened(stored).ticket);
    cursor = page.next;
  } while (cursor);
  return tickets;
}

async function figuresOf(store: Store, content: Content, clock: Clock, schoolYear: SchoolYear): Promise<Figures> {
  const context = {
    directory: content,
    calendar: content.calendar,
    period: schoolYearRange(schoolYear),
    now: clock.now(),
    survey: content.survey,
  };
  return measure(await allTickets(store), context, { schoolYear });
}

/** Names and words for the figures. Without `everything`, cells that few people stand behind are left out. */
function summarise(
  figures: Figures,
  content: Content,
  schoolYear: SchoolYear,
  asOf: number,
  everything: boolean,
): Summary {
  const { questions, minutes, backlog } = figures;
  const table = (id: keyof typeof nl.figures.tables, cells: Cell[], nameOf: (id: string) => string): Table => ({
    id,
    heading: nl.figures.tables[id],
    rows: (everything ? cells : suppressSmallCells(cells)).map((cell) => ({ ...pick(cell), label: nameOf(cell.id) })),
  });
  const named = (list: { id: string; name: string }[]) => (id: string) =>
    list.find((known) => known.id === id)?.name ?? word(id);
  return {
    schoolYear,
    asOf,
    total: questions.total,
    lines: linesOf(figures),
    tables: [
      table('byTheme', questions.byTheme, named(content.themes)),
      table('byCoreProcess', questions.byCoreProcess, word),
      table('byChannel', questions.byChannel, word),
      table('byCentre', questions.byCentre, named(content.centres)),
      table('byFunction', questions.byFunction, named(content.functions)),
      table('byOutcome', questions.byOutcome, word),
      table('byMonth', questions.byMonth, word),
      table('minutesByTheme', minutes.byTheme, named(content.themes)),
      table('minutesByChannel', minutes.byChannel, word),
      table('backlogByAge', backlog.byAge, word),
    ],
  };
}

const pick = ({ id, value }: { id: string; value: number | undefined }) => ({ id, value });

/** The word for an id that is not in content: a channel, an outcome, an age, or the id itself (a month). */
function word(id: string): string {
  const words: Record<string, string> = { ...nl.channel, ...nl.outcome, ...nl.figures.cells };
  return words[id] ?? id;
}

function linesOf(figures: Figures): Line[] {
  const { share, duration, none } = nl.figures;
  const ofShare = (given: Share): [string, string] => [share(given.share), nl.figures.of(given.count, given.of)];
  const ofDuration = (given: Duration): [string, string] => [
    given.median === undefined || given.p90 === undefined
      ? none
      : nl.figures.medianAndP90(duration(given.median), duration(given.p90)),
    nl.figures.n(given.n),
  ];
  const { selfService, bot, routing, satisfaction } = figures;
  const scored = satisfaction.items.filter(({ positive }) => positive !== undefined);
  const positive = scored.reduce((sum, item) => sum + (item.positive ?? 0), 0) / scored.length;
  const values: Record<FigureKey, [string, string]> = {
    questions: [String(figures.questions.total), ''],
    requesters: [String(figures.requesters), ''],
    reach: ofShare(figures.reach.centres),
    selfService: [
      nl.figures.selfService(share(selfService.explicit.share), share(selfService.unconfirmed.share)),
      nl.figures.n(selfService.explicit.of),
    ],
    bot: [nl.figures.bot(bot.answer, bot.unsure, bot.none), nl.figures.routed(bot.routed)],
    routing: ofShare(routing.accuracy),
    firstResponse: ofDuration(figures.firstResponse),
    timeToAnswer: ofDuration(figures.timeToAnswer),
    timeToClose: ofDuration(figures.timeToClose),
    firstContact: ofShare(figures.firstContact),
    reopened: ofShare(figures.reopened),
    backlog: [String(figures.backlog.total), ''],
    minutes: [
      nl.figures.minutes(figures.minutes.total),
      nl.figures.logged(figures.minutes.logged.count, figures.minutes.logged.of),
    ],
    satisfaction: [
      scored.length > 0 ? share(positive) : none,
      nl.figures.of(satisfaction.response.count, satisfaction.response.of),
    ],
  };
  return (Object.entries(values) as [FigureKey, [string, string]][]).map(([key, [value, detail]]) => ({
    key,
    value,
    detail,
    ...nl.figures.definitions[key],
  }));
}

export async function statisticsMessage(app: App, roles: Roles): Promise<Message> {
  const content = app.knowledge.content();
  const now = app.clock.now();
  const schoolYear = schoolYearOf(now);
  const figures = await figuresOf(app.store, content, app.clock, schoolYear);
  return {
    summary: nl.statistics.summary,
    card: statisticsCard(summarise(figures, content, schoolYear, now, roles.quality)),
  };
}

export const REPORT_FORMATS = ['table', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The report of a school year. CSV opens in a Belgian spreadsheet: semicolons, a byte order mark, formulas escaped. */
export async function report(
  store: Store,
  content: Content,
  clock: Clock,
  schoolYear: SchoolYear,
  format: ReportFormat,
): Promise<string> {
  const figures = await figuresOf(store, content, clock, schoolYear);
  const summary = summarise(figures, content, schoolYear, clock.now(), true);
  if (format === 'json') return JSON.stringify({ ...summary, figures }, null, 2);
  return format === 'csv' ? asCsv(summary) : asText(summary);
}

function asText({ schoolYear, asOf, lines, tables }: Summary): string {
  const width = Math.max(...lines.map(({ label }) => label.length));
  const out = [nl.statistics.title(schoolYear), nl.statistics.asOf(asOf), ''];
  for (const { label, value, detail } of lines)
    out.push(`${label.padEnd(width)}  ${value}${detail ? `  (${detail})` : ''}`);
  for (const { heading, rows } of tables) {
    const filled = rows.filter(({ value }) => value !== 0);
    const longest = Math.max(0, ...filled.map(({ label }) => label.length));
    out.push(
      '',
      heading,
      ...filled.map(({ label, value }) => `  ${label.padEnd(longest)}  ${String(value ?? '').padStart(6)}`),
    );
    if (filled.length === 0) out.push(`  ${nl.figures.none}`);
  }
  out.push('', nl.statistics.definition, ...lines.map(({ label, definition }) => `  ${label}: ${definition}`));
  return out.join('\n');
}

function asCsv({ lines, tables }: Summary): string {
  const rows = [
    nl.figures.csvHeader,
    ...lines.map(({ label, value, detail, definition }) => [label, '', value, detail, definition]),
    ...tables.flatMap(({ heading, rows }) =>
      rows.map(({ label, value }) => [heading, label, String(value ?? ''), '', '']),
    ),
  ];
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(';')).join('\r\n')}`;
}

/** Quoted where needed, and never read as a formula by a spreadsheet. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
