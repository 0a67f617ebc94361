// The figures of a school year for people: one list of lines and tables, used by the chat card and the report.

import { statisticsCard } from '../../cards/quality.ts';
import { type Roles, reachOf } from '../../domain/authorisation.ts';
import { type Duration, FEWEST_PEOPLE, type FigureKey, type Figures, type Share } from '../../domain/measures.ts';
import type { SessionCell, SessionRow } from '../../domain/sessions.ts';
import { mostPeople, openShare, openSplit, openTables, type Shown } from '../../domain/small-cells.ts';
import type { SchoolYear } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import type { Content, Measured, Measures, Message, Store } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import { demonstrationIn, directoryFor } from './demonstration.ts';
import { cellName, nameIn, namesWithin, wholesOf } from './names.ts';

/** One figure in words; `detail` says over how many, `definition` how it is counted. */
export type Line = { key: FigureKey; label: string; value: string; detail: string; definition: string };
/** A split of a figure. A hidden value is undefined: too few people stand behind it. */
export type Table = { id: string; heading: string; rows: { id: string; label: string; value: number | undefined }[] };
/** Sessions as the annual reports list them, with the totals per programme. */
export type SessionTable = { rows: SessionRow[]; programmes: SessionCell[] };
export type Summary = {
  schoolYear: SchoolYear;
  asOf: number;
  total: number;
  lines: Line[];
  tables: Table[];
  sessions: SessionTable;
  /** Everything in it is fictional. */
  demonstration: boolean;
  /** The services that it is about, when it is not about all. */
  own: string[];
};

/** Names and words for the figures. Without `everything`, cells that few people stand behind are left out. */
function summarise(
  measured: Measured,
  content: Content,
  schoolYear: SchoolYear,
  demonstration: boolean,
  { own, everything }: { own: string[]; everything: boolean } = { own: [], everything: true },
): Summary {
  const { figures, asOf } = measured;
  const { questions, minutes, backlog, sessions } = figures;
  const table = (id: keyof typeof locale.figures.tables, cells: Shown[], nameOf: (id: string) => string): Table => ({
    id,
    heading: locale.figures.tables[id],
    rows: cells.map((cell) => ({ id: cell.id, value: cell.value, label: nameOf(cell.id) })),
  });
  const open = everything ? undefined : openTables(figures, wholesOf(content));
  const whole = { ...questions, minutesByTheme: minutes.byTheme, minutesByChannel: minutes.byChannel };
  const shown = everything ? whole : open;
  return {
    schoolYear,
    asOf,
    total: questions.total,
    lines: everything ? linesOf(figures) : openLines(figures, open?.minutes),
    tables: [
      ...(shown
        ? [
            table('byTheme', shown.byTheme, nameIn(content.themes)),
            table('byCoreProcess', shown.byCoreProcess, cellName),
            table('byChannel', shown.byChannel, cellName),
            table('byCentre', shown.byCentre, nameIn(content.centres)),
            table('byFunction', shown.byFunction, nameIn(content.functions)),
            table('byMonth', shown.byMonth, cellName),
            table('minutesByTheme', shown.minutesByTheme, nameIn(content.themes)),
            table('minutesByChannel', shown.minutesByChannel, cellName),
          ]
        : []),
      ...(everything
        ? [table('byOutcome', questions.byOutcome, cellName), table('backlogByAge', backlog.byAge, cellName)]
        : []),
    ],
    sessions: {
      rows: sessions.rows.map((row) => ({ ...row, theme: nameIn(content.themes)(row.theme) })),
      programmes: sessions.byProgramme,
    },
    demonstration,
    own,
  };
}

function linesOf(figures: Figures): Line[] {
  const { share, duration, none } = locale.figures;
  const ofShare = (given: Share): [string, string] => [share(given.share), locale.figures.of(given.count, given.of)];
  const ofDuration = (given: Duration): [string, string] => [
    given.median === undefined || given.p90 === undefined
      ? none
      : locale.figures.medianAndP90(duration(given.median), duration(given.p90)),
    locale.figures.n(given.n),
  ];
  const { selfService, bot, routing, satisfaction } = figures;
  const scored = satisfaction.items.filter(({ positive }) => positive !== undefined);
  const positive = scored.reduce((sum, item) => sum + (item.positive ?? 0), 0) / scored.length;
  const values: Record<FigureKey, [string, string]> = {
    questions: [String(figures.questions.total), ''],
    requesters: [String(figures.requesters), ''],
    reach: ofShare(figures.reach.centres),
    selfService: [
      locale.figures.selfService(share(selfService.explicit.share), share(selfService.unconfirmed.share)),
      locale.figures.n(selfService.explicit.of),
    ],
    bot: [locale.figures.bot(bot.answer, bot.unsure, bot.none), locale.figures.routed(bot.routed)],
    routing: ofShare(routing.accuracy),
    firstResponse: [
      ofDuration(figures.firstResponse)[0],
      `${locale.figures.n(figures.firstResponse.n)}, ${locale.figures.inTime(share(figures.firstResponse.within.share))}`,
    ],
    timeToAnswer: ofDuration(figures.timeToAnswer),
    timeToClose: ofDuration(figures.timeToClose),
    firstContact: ofShare(figures.firstContact),
    reopened: ofShare(figures.reopened),
    backlog: [String(figures.backlog.total), ''],
    minutes: [
      locale.figures.minutes(figures.minutes.total),
      locale.figures.logged(figures.minutes.logged.count, figures.minutes.logged.of),
    ],
    otherTime: [locale.figures.minutes(figures.otherTime.total), ''],
    sessions: [String(figures.sessions.sessions), locale.figures.participants(figures.sessions.participants)],
    satisfaction: [
      scored.length > 0 ? share(positive) : none,
      locale.figures.of(satisfaction.response.count, satisfaction.response.of),
    ],
  };
  return (Object.entries(values) as [FigureKey, [string, string]][]).map(([key, [value, detail]]) => ({
    key,
    value,
    detail,
    label: locale.figures.definitions[key].label,
    definition: locale.figures.counted(locale.figures.definitions[key].definition, locale.report.annual.dates[key]),
  }));
}

/** What says nothing about requesters. */
const ABOUT_NOBODY = new Set<FigureKey>(['reach', 'otherTime', 'sessions']);

/** The lines for viewers without the quality role: no number that too few people may stand behind. */
function openLines(figures: Figures, minutes: number | undefined): Line[] {
  const { share, hidden, none, selfService } = locale.figures;
  const said = (given: Share, shown: number | undefined): string =>
    shown === undefined ? (given.of === 0 ? none : hidden) : share(shown);
  const percent = (given: Share): string => said(given, openShare(given));
  const { explicit, unconfirmed } = figures.selfService;
  const [confirmed, silent] = openSplit([explicit, unconfirmed]);
  const rounded: Partial<Record<FigureKey, string>> = {
    selfService: selfService(said(explicit, confirmed), said(unconfirmed, silent)),
    routing: percent(figures.routing.accuracy),
    firstContact: percent(figures.firstContact),
    reopened: percent(figures.reopened),
  };
  const unsafe = new Set<FigureKey>(['bot', 'satisfaction']);
  if (minutes === undefined) unsafe.add('minutes');
  if (figures.backlog.total > 0 && mostPeople(figures.backlog.byAge) < FEWEST_PEOPLE) unsafe.add('backlog');
  for (const key of ['firstResponse', 'timeToAnswer', 'timeToClose'] as const) {
    if (figures[key].n < FEWEST_PEOPLE) unsafe.add(key);
  }
  return linesOf(figures).map((line) => {
    if (ABOUT_NOBODY.has(line.key)) return line;
    if (figures.requesters < FEWEST_PEOPLE || unsafe.has(line.key)) return { ...line, value: hidden, detail: '' };
    return { ...line, value: rounded[line.key] ?? line.value, detail: '' };
  });
}

/** This school year: of everything for the quality team, of their own services for others. */
export async function statisticsMessage(app: App, roles: Roles, schoolYear: SchoolYear): Promise<Message> {
  const content = await directoryFor(app.store, app.knowledge.content());
  const demonstration = (await demonstrationIn(app.store)) !== undefined;
  const measured = await app.measures.figures({ schoolYear, ...reachOf(roles) });
  const seen = { own: namesWithin(content, roles), everything: roles.quality };
  return {
    summary: locale.statistics.summary,
    card: statisticsCard(summarise(measured, content, schoolYear, demonstration, seen)),
  };
}

export const REPORT_FORMATS = ['table', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The report of a school year. CSV opens in a Belgian spreadsheet: semicolons, a byte order mark, formulas escaped. */
export async function report(
  { store, measures }: { store: Store; measures: Measures },
  given: Content,
  schoolYear: SchoolYear,
  format: ReportFormat,
): Promise<string> {
  const content = await directoryFor(store, given);
  const demonstration = (await demonstrationIn(store)) !== undefined;
  const measured = await measures.figures({ schoolYear });
  const summary = summarise(measured, content, schoolYear, demonstration);
  const { figures, previous } = measured;
  const { own: _own, ...told } = summary;
  if (format === 'json') return JSON.stringify({ ...told, figures, previous }, null, 2);
  return format === 'csv' ? asCsv(summary) : asText(summary);
}

function asText({ schoolYear, asOf, lines, tables, sessions, demonstration }: Summary): string {
  const width = Math.max(...lines.map(({ label }) => label.length));
  const warning = demonstration ? [locale.demonstration.explanation] : [];
  const out = [locale.statistics.title(schoolYear), ...warning, locale.statistics.asOf(asOf), ''];
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
    if (filled.length === 0) out.push(`  ${locale.figures.none}`);
  }
  out.push('', locale.statistics.sessions, ...sessionLines(sessions));
  out.push('', locale.statistics.definition, ...lines.map(({ label, definition }) => `  ${label}: ${definition}`));
  return out.join('\n');
}

function sessionLines({ rows, programmes }: SessionTable): string[] {
  if (rows.length === 0) return [`  ${locale.figures.none}`];
  const { programme, theme, level, sessions, participants, total } = locale.statistics.sessionColumns;
  const lines = [
    [programme, theme, level, sessions, participants],
    ...rows.map((row) => [row.programme, row.theme, row.level, String(row.sessions), String(row.participants)]),
    ...programmes.map((sum) => [sum.id, total, '', String(sum.sessions), String(sum.participants)]),
  ];
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines.map((line) => {
    const cells = line.map((text, at) => (at < 3 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)));
    return `  ${cells.join('  ')}`;
  });
}

function asCsv({ lines, tables, sessions, demonstration }: Summary): string {
  const rows = [
    locale.figures.csvHeader,
    ...(demonstration ? [[locale.demonstration.label, '', locale.demonstration.explanation, '', '']] : []),
    ...lines.map(({ label, value, detail, definition }) => [label, '', value, detail, definition]),
    ...tables.flatMap(({ heading, rows }) =>
      rows.map(({ label, value }) => [heading, label, String(value ?? ''), '', '']),
    ),
    ...sessions.rows.flatMap((row) => {
      const label = [row.programme, row.theme, row.level].filter((part) => part !== '').join(' | ');
      return [
        [locale.statistics.sessions, label, String(row.sessions), '', ''],
        [locale.statistics.participants, label, String(row.participants), '', ''],
      ];
    }),
  ];
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(';')).join('\r\n')}`;
}

/** Quoted where needed, and never read as a formula by a spreadsheet. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
