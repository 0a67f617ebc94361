// The chapters of the annual report: which figures, in which order and words. Pure; knows no store and no file format.

import {
  type Duration,
  FEWEST_PEOPLE,
  type FigureKey,
  type Figures,
  type ItemScore,
  type Share,
} from '../../domain/measures.ts';
import { UNKNOWN } from '../../domain/selection.ts';
import { mostPeople, openShare, openSplit, openTables, suppressSmallCells } from '../../domain/small-cells.ts';
import type { SchoolYear } from '../../domain/terms.ts';
import { brusselsDay, schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content, Measured } from '../ports.ts';
import type { ImpactRow } from '../topics/impacts.ts';
import type { Topics, TopicView } from '../topics/topics.ts';
import { type Block, type Document, heading, type Row, type Sheet, text, type Unit, type Value } from './document.ts';
import { IMPACT_COLUMNS, impactLabel, impactValues } from './impact-sheet.ts';
import { cellName, nameIn, wholesOf } from './names.ts';
import { beside, type Cells, cellsOf, type Tables, tablesOf, yearLater } from './tables.ts';

const words = locale.report.annual;
/** Topics, and effects, in a report. */
const MOST_TOPICS = 15;
const MOST_IMPACTS = 30;

export type Reporting = {
  measured: Measured;
  /** Those that it is about. */
  services: Content['services'];
  /** Survey answers count five people at a time: somebody who can ask again would see what one new answer did. */
  inGroups: boolean;
  content: Content;
  schoolYear: SchoolYear;
  demonstration: boolean;
  topics: Pick<Topics, 'recurring' | 'followed'>;
  impacts: readonly ImpactRow[];
};

/** What the report says. It is published: figures about few people are hidden, whoever asks for it. */
export function annualReport(given: Reporting): Document {
  const { schoolYear, measured, demonstration, services } = given;
  const { figures, asOf } = measured;
  const { to } = schoolYearRange(schoolYear);
  const day = locale.report.day(brusselsDay(asOf));
  const before = yearBefore(schoolYear);
  return {
    title: words.title,
    subtitle: words.subtitle(schoolYear),
    facts: [
      ...services.map(({ name }) => name),
      ...(services.length > 1 ? [words.together] : []),
      words.asOf(day),
      ...(asOf < to ? [words.underWay(day)] : []),
      ...(asOf < to && measured.previous ? [words.compared(before)] : []),
    ],
    ...(demonstration ? { label: locale.demonstration.explanation } : {}),
    cover: true,
    blocks: [
      ...keyFigures(given, before),
      ...questions(given, before),
      ...reach(given, before),
      ...sessions(figures, given.content),
      ...time(given, before),
      ...answers(given, before),
      ...satisfaction(given),
      ...topicsOf(given),
      ...impactsOf(given),
      ...method(),
    ],
  };
}

const yearBefore = (year: SchoolYear): SchoolYear => year.replace(/\d{4}/g, (part) => String(Number(part) - 1));
const said = (sentence: string): Block[] => (sentence === '' ? [] : [text(sentence)]);
const number = (value: number | undefined): Value => value ?? null;
const columnsOf = (unit: Unit, ...labels: string[]): Sheet['columns'] => labels.map((label) => ({ label, unit }));

const openTime = (of: Figures, content: Content): number | undefined => openTables(of, wholesOf(content))?.minutes;
const openDuration = ({ n, ...times }: Duration, part: 'median' | 'p90'): number | undefined =>
  n < FEWEST_PEOPLE ? undefined : times[part];
const itemsOf = ({ satisfaction }: Figures, { inGroups }: Reporting): readonly ItemScore[] =>
  inGroups ? satisfaction.open : satisfaction.items;

function keyFigures(given: Reporting, before: SchoolYear): Block[] {
  const { measured, content, schoolYear, inGroups } = given;
  const { figures, previous } = measured;
  const row = (label: keyof typeof words.key, unit: Unit, value: (of: Figures) => number | undefined): Row => {
    const [now, then] = [value(figures), previous && value(previous)];
    const adds = unit === 'count' || unit === 'minutes';
    return {
      texts: [words.key[label]],
      values: [number(now), number(then), adds && now !== undefined && then ? (now - then) / then : null],
      unit,
    };
  };
  const rows = [
    row('questions', 'count', ({ questions }) => questions.total),
    row('requesters', 'count', ({ requesters }) => requesters),
    row('reach', 'count', ({ reach }) => reach.centres.count),
    row('sessions', 'count', ({ sessions }) => sessions.sessions),
    row('participants', 'count', ({ sessions }) => sessions.participants),
    row('minutes', 'minutes', (of) => openTime(of, content)),
    row('otherTime', 'minutes', ({ otherTime }) => otherTime.total),
    row('explicit', 'share', (of) => openSelfService(of)[0]),
    row('first', 'duration', ({ firstResponse }) => openDuration(firstResponse, 'median')),
    row('response', 'share', (of) => (inGroups ? undefined : openShare(of.satisfaction.response))),
    row('positive', 'share', (of) => positiveOf(itemsOf(of, given))),
    row('backlog', 'count', ({ backlog: { total, byAge } }) =>
      total === 0 || mostPeople(byAge) >= FEWEST_PEOPLE ? total : undefined,
    ),
  ];
  const known = words.keySentence(figures.questions.total, figures.requesters);
  const trend = previous ? words.trend(figures.questions.total, previous.questions.total) : '';
  return [
    heading(1, words.headings.key),
    text(trend === '' ? known : `${known} ${trend}`, 'lead'),
    sheet(
      'key',
      [words.figure],
      [...columnsOf('count', schoolYear, before), { label: words.change, unit: 'change', always: true }],
      rows,
    ),
  ];
}

const openSelfService = ({ selfService: { explicit, unconfirmed } }: Figures) => openSplit([explicit, unconfirmed]);

/** The mean over the items that may be shown. */
function positiveOf(items: readonly ItemScore[]): number | undefined {
  const shares = items.flatMap(({ positive }) => positive ?? []);
  return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function questions(given: Reporting, before: SchoolYear): Block[] {
  const { measured, content, schoolYear } = given;
  const { questions } = measured.figures;
  const table = pairs(given);
  const earlier = measured.previous?.questions;
  const months = table('byMonth').sort((a, b) => a.id.localeCompare(b.id));
  const outcomes = beside(openOutcomes(questions), earlier && openOutcomes(earlier));
  const two = columnsOf('count', schoolYear, before);
  const processOf = new Map<string, string>(content.themes.map(({ id, coreProcess }) => [id, coreProcess]));
  const themes = table('byTheme').map(({ id, values }) => ({
    id,
    texts: [nameIn(content.themes)(id), processOf.get(id) ?? ''],
    values: [...values, shareOf(values[0], questions.total)],
  }));
  return [
    heading(1, words.headings.questions),
    sheet('months', [words.month], two, rowsOf(months, locale.report.month), {
      basis: words.basis.asked,
      chart: { kind: 'column', columns: [0, 1] },
    }),
    sheet(
      'themes',
      [words.theme, words.coreProcess],
      [...two, { label: words.share, unit: 'share' }],
      [
        ...byValue(themes),
        { texts: [words.total, ''], values: [questions.total, number(earlier?.total), null], apart: true },
      ],
      { basis: words.basis.hidden, chart: { kind: 'bar', columns: [0] } },
    ),
    sheet('channels', [words.channel], two, rowsOf(table('byChannel'), cellName), {
      basis: words.basis.hidden,
      chart: { kind: 'bar', columns: [0, 1] },
    }),
    sheet('outcomes', [words.outcome], two, rowsOf(outcomes, cellName), { basis: words.basis.hidden }),
  ];
}

function reach(given: Reporting, before: SchoolYear): Block[] {
  const { measured, content, schoolYear } = given;
  const { figures } = measured;
  const table = pairs(given);
  const { centres, silent, grid } = figures.reach;
  const name = nameIn(content.centres);
  const kinds = new Map<string, string>(content.centres.map(({ id, kind }) => [id, kind]));
  const schools = figures.questions.byCentre.filter(({ id }) => kinds.get(id) === 'school');
  const guests = new Map(grid.map(({ centre, participants }) => [centre, participants]));
  const headcount = grid.some(({ per100 }) => per100 !== undefined);
  const clbs = table('byCentre').filter(({ id }) => kinds.get(id) === 'clb');
  const rows = clbs.map(({ id, values }): Row => {
    const per100 = grid.find(({ centre }) => centre === id)?.per100;
    const hidden = values[0] === 'hidden';
    return {
      texts: [name(id)],
      values: [...values, guests.get(id) ?? 0, ...(headcount ? [hidden ? 'hidden' : number(per100)] : [])],
    };
  });
  const asked = schools.filter(({ value }) => value > 0);
  const all = content.centres.filter(({ kind }) => kind === 'school').length;
  const together = openTables(figures, wholesOf(content))?.byCentreKind.find(({ id }) => id === 'school');
  const ofSchools: Row = {
    texts: [words.schools(asked.length, all)],
    values: [asked.length === 0 ? 0 : (together?.value ?? 'hidden'), null, null, ...(headcount ? [null] : [])],
    apart: true,
  };
  return [
    heading(1, words.headings.reach),
    ...said(words.reached(centres.count, centres.of)),
    ...said(words.silent(silent.map(name))),
    sheet(
      'centres',
      [words.centre],
      [
        ...columnsOf('count', schoolYear, before, words.participants),
        ...(headcount ? columnsOf('score', words.per100) : []),
      ],
      [...rows, ...(all > 0 ? [ofSchools] : [])],
      { basis: words.basis.centres, chart: { kind: 'bar', columns: [0] } },
    ),
    sheet(
      'functions',
      [words.job],
      columnsOf('count', schoolYear, before),
      rowsOf(byValue(table('byFunction')), nameIn(content.functions)),
      { basis: words.basis.hidden },
    ),
  ];
}

function sessions({ sessions: held }: Figures, content: Content): Block[] {
  const name = nameIn(content.themes);
  if (held.sessions === 0) return [heading(1, words.headings.sessions), text(words.noSessions)];
  const columns = columnsOf('count', words.sessions, words.participants);
  return [
    heading(1, words.headings.sessions),
    ...held.byProgramme.map(({ id, sessions, participants }) => text(words.sessionsHeld(id, sessions, participants))),
    sheet(
      'programmes',
      [words.programme],
      columns,
      held.byProgramme.map(({ id, sessions, participants }) => ({ texts: [id], values: [sessions, participants] })),
      { basis: words.basis.sessions, chart: { kind: 'bar', columns: [1] } },
    ),
    sheet(
      'sessions',
      [words.programme, words.theme, words.level],
      columns,
      [
        ...held.byProgramme.flatMap(({ id, sessions, participants }): Row[] => [
          ...held.rows
            .filter(({ programme }) => programme === id)
            .map((row) => ({ texts: [id, name(row.theme), row.level], values: [row.sessions, row.participants] })),
          { texts: [id, words.total, ''], values: [sessions, participants], apart: true },
        ]),
        { texts: [words.total, '', ''], values: [held.sessions, held.participants], apart: true },
      ],
      { basis: words.basis.sessions },
    ),
  ];
}

function time(given: Reporting, before: SchoolYear): Block[] {
  const { measured, content, schoolYear } = given;
  const { minutes, otherTime } = measured.figures;
  const table = pairs(given);
  const earlier = measured.previous;
  const two = columnsOf('minutes', schoolYear, before);
  const strategies = nameIn(content.strategies);
  const earlierTime = new Map(earlier?.otherTime.byStrategy.map(({ id, value }) => [id, value]));
  return [
    heading(1, words.headings.time),
    ...(openTime(measured.figures, content) === undefined || openShare(minutes.logged) === undefined
      ? []
      : [text(words.timeSpent(minutes.total, minutes.logged.count, minutes.logged.of))]),
    text(words.otherTime(otherTime.total)),
    sheet('minutesByTheme', [words.theme], two, rowsOf(byValue(table('minutesByTheme')), nameIn(content.themes)), {
      basis: words.basis.minutes,
      chart: { kind: 'bar', columns: [0] },
    }),
    sheet('minutesByChannel', [words.channel], two, rowsOf(table('minutesByChannel'), cellName), {
      basis: words.basis.minutes,
    }),
    sheet(
      'otherTime',
      [words.strategy],
      two,
      otherTime.byStrategy.map(({ id, value }) => ({
        texts: [strategies(id)],
        values: [value, earlier ? (earlierTime.get(id) ?? 0) : null],
      })),
      { basis: words.basis.otherTime, chart: { kind: 'bar', columns: [0, 1] } },
    ),
  ];
}

function answers({ measured: { figures, previous }, schoolYear }: Reporting, before: SchoolYear): Block[] {
  const row = (label: keyof typeof words.durations, unit: Unit, value: (of: Figures) => number | undefined): Row => ({
    texts: [words.durations[label]],
    values: [number(value(figures)), previous ? number(value(previous)) : null],
    unit,
  });
  const share = (label: keyof typeof words.durations, of: (figures: Figures) => Share): Row =>
    row(label, 'share', (some) => openShare(of(some)));
  return [
    heading(1, words.headings.answers),
    sheet(
      'durations',
      [words.figure],
      columnsOf('share', schoolYear, before),
      [
        row('explicit', 'share', (some) => openSelfService(some)[0]),
        row('unconfirmed', 'share', (some) => openSelfService(some)[1]),
        share('accuracy', ({ routing }) => routing.accuracy),
        row('firstMedian', 'duration', ({ firstResponse }) => openDuration(firstResponse, 'median')),
        row('firstP90', 'duration', ({ firstResponse }) => openDuration(firstResponse, 'p90')),
        share('within', ({ firstResponse }) => firstResponse.within),
        row('answerMedian', 'duration', ({ timeToAnswer }) => openDuration(timeToAnswer, 'median')),
        row('answerP90', 'duration', ({ timeToAnswer }) => openDuration(timeToAnswer, 'p90')),
        row('closeMedian', 'duration', ({ timeToClose }) => openDuration(timeToClose, 'median')),
        share('firstContact', ({ firstContact }) => firstContact),
        share('reopened', ({ reopened }) => reopened),
      ],
      { basis: words.basis.durations },
    ),
  ];
}

function satisfaction(given: Reporting): Block[] {
  const { measured, content, inGroups } = given;
  const { response } = measured.figures.satisfaction;
  const few = (value: number | undefined, n: number): Value => value ?? (n === 0 ? null : 'hidden');
  return [
    heading(1, words.headings.satisfaction),
    ...(inGroups ? [] : [text(words.response(response.count, response.of))]),
    sheet(
      'satisfaction',
      [words.item],
      [
        { label: words.answers, unit: 'count' },
        ...columnsOf('share', words.positive, words.other),
        { label: words.mean, unit: 'score' },
      ],
      itemsOf(measured.figures, given).map(({ id, n, positive, other, mean }) => ({
        texts: [content.survey.items.find((item) => item.id === id)?.text ?? id],
        values: [few(positive === undefined ? undefined : n, n), few(positive, n), few(other, n), few(mean, n)],
      })),
      { basis: words.basis.satisfaction },
    ),
  ];
}

/** What recurs, the most asked first, and what was decided; a topic of few people only with what was decided. */
function topicsOf({ topics: { recurring, followed } }: Reporting): Block[] {
  const enough = ({ evidence }: TopicView): boolean => (evidence.requesters ?? 0) >= FEWEST_PEOPLE;
  const shown = [...followed, ...recurring.filter(({ id }) => !followed.some((other) => other.id === id))];
  const rows = shown
    .filter((topic) => topic.followUp || enough(topic))
    .sort((a, b) => b.evidence.questions - a.evidence.questions)
    .slice(0, MOST_TOPICS)
    .map((topic): Row => {
      const { name, evidence, followUp } = topic;
      const known = followUp && followUp.effect.state !== 'too-early' && followUp.people >= FEWEST_PEOPLE;
      const effect = known ? followUp.effect : undefined;
      return {
        texts: [name, followUp ? words.did(followUp.kindName, locale.report.day(followUp.date)) : words.nothingDone],
        values: [
          evidence.questions === 0 || enough(topic) ? evidence.questions : 'hidden',
          number(effect?.before.perFourWeeks),
          number(effect?.after.perFourWeeks),
        ],
      };
    });
  return [
    heading(1, words.headings.topics),
    text(locale.topics.definition),
    ...(rows.length === 0
      ? [text(words.noTopics)]
      : [
          sheet(
            'topics',
            [words.topic, words.decision],
            [{ label: words.questions, unit: 'count' }, ...columnsOf('score', words.before, words.after)],
            rows,
            { basis: words.basis.topics },
          ),
        ]),
  ];
}

/** What was published or decided long enough ago to say something of. */
function impactsOf({ impacts: all }: Reporting): Block[] {
  const told = all
    .filter(({ impact }) => impact.effect.state !== 'too-early' && impact.people >= FEWEST_PEOPLE)
    .slice(0, MOST_IMPACTS);
  if (told.length === 0) return [];
  const columns = IMPACT_COLUMNS.map(([id, unit]) => ({ label: locale.sheets.impact.columns[id], unit }));
  const rows = told.map((row) => ({
    texts: [impactLabel(row, locale.report.day)],
    values: impactValues(row.impact, false),
  }));
  return [sheet('impacts', [words.done], columns, rows, { basis: locale.sheets.sheets.impacts.definition })];
}

function method(): Block[] {
  const keys = Object.keys(locale.figures.definitions) as FigureKey[];
  return [
    heading(1, words.headings.method),
    ...words.method.map((sentence) => text(sentence)),
    sheet(
      'definitions',
      [words.figure, words.definition, words.dateBasis],
      [],
      keys.map((key) => {
        const { label, definition } = locale.figures.definitions[key];
        return { texts: [label, definition, words.dates[key]], values: [] };
      }),
    ),
  ];
}

function sheet(
  id: keyof typeof words.tables,
  texts: string[],
  columns: Sheet['columns'],
  rows: Row[],
  more: Pick<Sheet, 'basis' | 'chart'> = {},
): Block {
  return { kind: 'sheet', sheet: { id, ...words.tables[id], texts, columns, rows, ...more } };
}

type Pair = ReturnType<typeof beside>[number];

/** Each table beside that of the year before, months under the names of this year's; as everybody sees them. */
function pairs({ measured: { figures, previous }, content }: Reporting): (id: keyof Tables) => Pair[] {
  const audience = { everything: false };
  const [now, before] = [tablesOf(figures, content, audience), previous && tablesOf(previous, content, audience)];
  return (id) => beside(now[id], before && (id === 'byMonth' ? yearLater(before[id]) : before[id]));
}

/** Of outcomes nothing else is shown anywhere. */
const openOutcomes = ({ byOutcome }: Figures['questions']): Cells => cellsOf(suppressSmallCells(byOutcome));

const rowsOf = (rows: readonly Pair[], nameOf: (id: string) => string): Row[] =>
  rows.map(({ id, values }) => ({ texts: [nameOf(id)], values }));

/** The most first, what is hidden after what is shown, and nothing that was asked in neither year. */
const byValue = <One extends { id: string; values: Value[] }>(rows: readonly One[]): One[] => {
  const rank = ({ id, values: [value] }: One): number => (id === UNKNOWN ? -2 : typeof value === 'number' ? value : -1);
  return rows.filter(({ values: [now, before] }) => now !== 0 || Boolean(before)).sort((a, b) => rank(b) - rank(a));
};

const shareOf = (value: Value | undefined, of: number): Value =>
  value === 'hidden' ? 'hidden' : typeof value === 'number' && of > 0 ? value / of : null;
