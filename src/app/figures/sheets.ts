// Turns figures into the sheets of the dashboard, with their words. Pure; knows no store and no screen.

import { type Duration, FEWEST_PEOPLE, type Figures, type Share } from '../../domain/measures.ts';
import { type Part, UNKNOWN } from '../../domain/selection.ts';
import { openShare, openSplit } from '../../domain/small-cells.ts';
import type { Instant, SchoolYear } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Measured } from '../ports.ts';
import type {
  Drill,
  FilterName,
  Sheet,
  SheetColumn,
  SheetId,
  SheetRow,
  Unit,
  Value,
  View,
  ViewSheetId,
} from './dashboard-shapes.ts';
import type { Document } from './document.ts';
import { type Audience, hasFew, openPositive, seenOf, type Words } from './key-figures.ts';
import { cellName, nameIn } from './names.ts';
import { beside, type Cells, type Tables, tablesOf, yearLater } from './tables.ts';

/** Letters in the name of a sheet of a spreadsheet. */
const SHEET_NAME = 31;

const { columns: columnWords, detail } = locale.sheets;
const column = (id: keyof typeof columnWords, unit: Unit = 'count'): SheetColumn => ({
  id,
  label: columnWords[id],
  unit,
});
const frame = (id: SheetId, columns: SheetColumn[], rows: SheetRow[]): Sheet => ({
  id,
  ...locale.sheets.sheets[id],
  columns,
  rows,
});

/**
 * Every sheet of a view but the one of school years. `months` are those of its period, also the ones to come. Without
 * `everything` there is nothing beside it of the year before, which has a view of its own over other days: two that
 * overlap can be subtracted.
 */
export function sheetsOf(
  { figures, previous: before }: Measured,
  words: Words,
  audience: Audience,
  months: readonly string[],
): Record<ViewSheetId, Sheet> {
  const { questions, minutes } = figures;
  const previous = audience.everything ? before : undefined;
  const now = tablesOf(figures, words, audience);
  const earlier = previous && tablesOf(previous, words, audience);

  /** Cells beside those of last year; a row of either is a row. Shares are of `total`. */
  function compared(
    id: ViewSheetId,
    of: (tables: Tables) => Cells,
    total: number,
    options: {
      name: (id: string) => string;
      filter?: FilterName;
      sorted?: boolean;
      unit?: Unit;
      minutes?: Cells;
    },
  ): Sheet {
    const unit = options.unit ?? 'count';
    const rows = beside(of(now), earlier && of(earlier)).map(({ id: row, values }): SheetRow => {
      const [value] = values;
      const share = typeof value === 'number' ? (total === 0 ? null : value / total) : value;
      return {
        id: row,
        label: options.name(row),
        values: [...values, share, ...(options.minutes ? [options.minutes.get(row) ?? 0] : [])],
        ...(options.filter ? drillsOf({ [options.filter]: row }, unit) : {}),
      };
    });
    if (options.sorted) rows.sort((a, b) => Number(a.id === UNKNOWN) - Number(b.id === UNKNOWN) || order(a, b));
    const first = unit === 'minutes' ? column('minutes', unit) : column('questions');
    const extra = options.minutes ? [column('minutes', 'minutes')] : [];
    return frame(id, [first, column('previous', unit), column('share', 'share'), ...extra], rows);
  }

  const clbs = new Set<string>(words.centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id));
  const schoolsIn = ({ byCentre }: Tables) => new Map([...byCentre].filter(([id]) => !clbs.has(id)));
  const asked = questions.byCentre.filter(({ id }) => !clbs.has(id)).reduce((sum, { value }) => sum + value, 0);
  const themes = { name: nameIn(words.themes), filter: 'theme', sorted: true } as const;
  return {
    months: perMonth(now, earlier, months),
    themes: compared('themes', ({ byTheme }) => byTheme, questions.total, { ...themes, minutes: now.minutesByTheme }),
    processes: compared('processes', ({ byCoreProcess }) => byCoreProcess, questions.total, {
      name: cellName,
      filter: 'coreProcess',
      sorted: true,
    }),
    reach: reach(figures, words, audience, now),
    // Of whom may not see everything, a share of the schools would say how many asked there together.
    schools: compared('schools', schoolsIn, audience.everything ? asked : questions.total, {
      name: (id) => (id === UNKNOWN ? locale.sheets.noCentre : nameIn(words.centres)(id)),
      filter: 'centre',
      sorted: true,
    }),
    functions: compared('functions', ({ byFunction }) => byFunction, questions.total, {
      name: nameIn(words.functions),
      filter: 'function',
      sorted: true,
    }),
    channels: compared('channels', ({ byChannel }) => byChannel, questions.total, {
      name: cellName,
      filter: 'channel',
      minutes: now.minutesByChannel,
    }),
    outcomes: compared('outcomes', ({ byOutcome }) => byOutcome, questions.total, {
      name: cellName,
      filter: 'outcome',
    }),
    minutes: compared('minutes', ({ minutesByTheme }) => minutesByTheme, minutes.total, { ...themes, unit: 'minutes' }),
    durations: durations(figures, previous, audience),
    quality: quality(figures, previous, audience),
    backlog: backlog(now),
    satisfaction: satisfaction(figures, words, audience),
    sessions: sessions(figures, words),
    bot: bot(figures, previous, audience),
  };
}

/** What opens behind a count, its share and the minutes beside it; of minutes those with time on them. */
function drillsOf(drill: Drill, unit: Unit): Pick<SheetRow, 'drill' | 'drills'> {
  const timed: Drill = { ...drill, part: 'with-minutes' };
  return { drill, drills: { share: unit === 'minutes' ? timed : drill, minutes: timed } };
}

const order = (a: SheetRow, b: SheetRow): number => size(b) - size(a);
const size = ({ values: [value] }: SheetRow): number => (typeof value === 'number' ? value : -1);

/** Last year's months under the name of this year's. A month to come has no number, of either year. */
function perMonth(tables: Tables, earlier: Tables | undefined, months: readonly string[]): Sheet {
  const pairs = new Map(
    beside(tables.byMonth, earlier && yearLater(earlier.byMonth)).map(({ id, values }) => [id, values]),
  );
  const last = [...pairs.keys()].sort().at(-1) ?? '';
  const rows = months.map((id): SheetRow => {
    const values = id > last ? [null, null] : (pairs.get(id) ?? [0, earlier ? 0 : null]);
    return { id, label: locale.dashboard.monthAndYear(id), values, drill: { month: id } };
  });
  return frame('months', [column('questions'), column('previous')], rows);
}

/**
 * Viewers who do not see everything get the centres without their months: few people stand behind one of those.
 * Schools are many and have a sheet of their own.
 */
function reach({ reach: { grid } }: Figures, words: Words, { everything }: Audience, { byCentre }: Tables): Sheet {
  const clbs = new Set<string>(words.centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id));
  const name = nameIn(words.centres);
  const own = grid.filter(({ centre }) => clbs.has(centre));
  if (!everything) {
    const rows = own.map(({ centre }) => ({
      id: centre,
      label: name(centre),
      values: [byCentre.get(centre) ?? 0],
      drill: { centre },
    }));
    return frame('reach', [column('questions')], rows);
  }
  const staffed = own.some(({ per100 }) => per100 !== undefined);
  const held = own.some(({ participants }) => participants > 0);
  const monthIds = own[0]?.months.map(({ id }) => id) ?? [];
  const columns = [
    column('questions'),
    ...(staffed ? [column('per100', 'score')] : []),
    ...(held ? [column('participants')] : []),
    ...monthIds.map(
      (id): SheetColumn => ({ id, label: locale.dashboard.monthAndYear(id), unit: 'count', drill: { month: id } }),
    ),
  ];
  const rows = own.map((row) => ({
    id: row.centre,
    label: name(row.centre),
    values: [
      row.questions,
      ...(staffed ? [row.per100 ?? null] : []),
      ...(held ? [row.participants] : []),
      ...row.months.map(({ value }) => value),
    ],
    drill: { centre: row.centre },
    drills: { per100: { centre: row.centre } },
  }));
  return frame('reach', columns, rows);
}

function durations(figures: Figures, previous: Figures | undefined, { everything }: Audience): Sheet {
  const columns = [column('median', 'duration'), column('p90', 'duration'), column('n')];
  const parts = { firstResponse: 'responded', timeToAnswer: 'answer-timed', timeToClose: 'close-timed' } as const;
  const shown = ({ n, median, p90 }: Duration): Value[] =>
    n < FEWEST_PEOPLE && !everything
      ? ['hidden', 'hidden', 'hidden']
      : [median ?? null, p90 ?? null, everything ? n : 'hidden'];
  const rows = (Object.keys(parts) as (keyof typeof parts)[]).map((key) => {
    const before = previous ? shown(previous[key])[0]! : null;
    const drill: Drill = { part: parts[key] };
    return {
      id: key,
      label: locale.sheets.durations[key],
      values: [...shown(figures[key]), before],
      drills: { median: drill, p90: drill, n: drill },
    };
  });
  return frame('durations', [...columns, column('previous', 'duration')], rows);
}

function quality(figures: Figures, previous: Figures | undefined, { everything }: Audience): Sheet {
  const sharesOf = ({ selfService, routing, firstContact, reopened }: Figures) => ({
    explicit: selfService.explicit,
    unconfirmed: selfService.unconfirmed,
    routing: routing.accuracy,
    firstContact,
    reopened,
  });
  const parts: Record<keyof ReturnType<typeof sharesOf>, [some: Part, of: Part]> = {
    explicit: ['self-service', 'self-service-or-routed'],
    unconfirmed: ['self-service-unconfirmed', 'self-service-or-routed'],
    routing: ['theme-kept', 'theme-judged'],
    firstContact: ['one-contact', 'finished'],
    reopened: ['reopened', 'closed'],
  };
  const now = sharesOf(figures);
  const before = previous && sharesOf(previous);
  const [explicit, unconfirmed] = openSplit([now.explicit, now.unconfirmed]);
  const open = {
    explicit,
    unconfirmed,
    routing: openShare(now.routing),
    firstContact: openShare(now.firstContact),
    reopened: openShare(now.reopened),
  };
  const rows = (Object.entries(now) as [keyof typeof parts, Share][]).map(([id, share]) => {
    const rate: Value = everything || share.of === 0 ? (share.share ?? null) : (open[id] ?? 'hidden');
    const counts: Value[] = everything ? [share.count, share.of] : ['hidden', 'hidden'];
    const [some, of] = parts[id];
    return {
      id,
      label: locale.sheets.quality[id],
      values: [...counts, rate, before ? (before[id].share ?? null) : null],
      drill: { part: some },
      drills: { share: { part: some }, of: { part: of } },
    };
  });
  return frame('quality', [column('count'), column('of'), column('share', 'share'), column('previous', 'share')], rows);
}

function backlog({ byAge }: Tables): Sheet {
  const rows = [...byAge].map(([id, value]) => ({
    id,
    label: cellName(id),
    values: [value],
    drill: { part: id as Part },
  }));
  return frame('backlog', [column('questions')], rows);
}

function satisfaction({ satisfaction: { items, open } }: Figures, { survey }: Words, { everything }: Audience): Sheet {
  const rows = items.map(({ id, n, positive, other, mean }, at) => {
    const groups = open[at]!;
    const share = openPositive(groups.n, groups.positive);
    const shown: Value[] = everything
      ? [n, positive ?? null, other ?? null, mean ?? null]
      : n === 0
        ? [0, null, null, null]
        : share === undefined
          ? ['hidden', 'hidden', 'hidden', 'hidden']
          : ['hidden', share, Math.round((1 - share) * 100) / 100, Math.round(groups.mean! * 10) / 10];
    return { id, label: survey.items.find((item) => item.id === id)?.text ?? id, values: shown };
  });
  const columns = [column('n'), column('positive', 'share'), column('other', 'share'), column('mean', 'score')];
  return frame('satisfaction', columns, rows);
}

function sessions({ sessions: { rows } }: Figures, words: Words): Sheet {
  const themes = nameIn(words.themes);
  return frame(
    'sessions',
    [column('sessions'), column('participants')],
    rows.map(({ programme, theme, level, sessions: held, participants }) => ({
      id: [programme, theme, level].join('\n'),
      label: [programme, themes(theme), level].filter((part) => part !== '').join(' · '),
      values: [held, participants],
    })),
  );
}

function bot({ bot: counts }: Figures, previous: Figures | undefined, { everything }: Audience): Sheet {
  const total = counts.answer + counts.unsure + counts.none;
  const shareOf = (count: number): Share => ({ count, of: total, share: total === 0 ? undefined : count / total });
  const said = ['answer', 'unsure', 'none'] as const;
  const open = [...openSplit(said.map((id) => shareOf(counts[id]))), openShare(shareOf(counts.routed))];
  const rows = ([...said, 'routed'] as const).map((id, at) => {
    const values: Value[] = everything
      ? [counts[id], previous?.bot[id] ?? null, shareOf(counts[id]).share ?? null]
      : total === 0
        ? [0, null, null]
        : ['hidden', null, open[at] ?? 'hidden'];
    const drill: Drill = { part: `bot-${id}` };
    return { id, label: locale.sheets.bot[id], values, drill, drills: { share: drill } };
  });
  return frame('bot', [column('questions'), column('previous'), column('share', 'share')], rows);
}

/** School years in the order given, each with its own figures. */
export function yearsSheet(
  years: { schoolYear: string; figures: Figures }[],
  words: Words,
  { everything }: Audience,
): Sheet {
  const columns = [
    column('questions'),
    column('requesters'),
    column('reach', 'share'),
    column('selfService', 'share'),
    column('firstResponse', 'duration'),
    column('satisfaction', 'share'),
    column('minutes', 'minutes'),
    column('sessions'),
    column('participants'),
  ];
  const rows = years.map(({ schoolYear, figures }): SheetRow => {
    const { questions, requesters, sessions: held } = figures;
    const hidden = !everything && hasFew(figures);
    const { explicit, median, positive, time } = seenOf(figures, words, everything);
    const values: Value[] = [
      questions.total,
      requesters,
      figures.reach.centres.share ?? null,
      explicit,
      median,
      positive,
      time,
    ];
    return {
      id: schoolYear,
      label: schoolYear,
      values: [...values.map((value) => (hidden ? 'hidden' : value)), held.sessions, held.participants],
      drill: { schoolYear },
      drills: {
        requesters: { schoolYear, part: 'requester-known' },
        selfService: { schoolYear, part: 'self-service' },
        firstResponse: { schoolYear, part: 'responded' },
        minutes: { schoolYear, part: 'with-minutes' },
      },
    };
  });
  return frame('years', columns, rows);
}

/** The sentences under some blocks; what they count only for who sees everything. */
export function notesOf({ figures }: Measured, words: Words, { everything }: Audience): View['notes'] {
  const { minutes, satisfaction: survey, firstResponse, reach: reached } = figures;
  const name = nameIn(words.centres);
  const within = firstResponse.within;
  return {
    silent: reached.silent.map(name),
    response: everything ? detail.response(survey.response.count, survey.response.of) : '',
    logged: everything ? detail.logged(minutes.logged.count, minutes.logged.of) : '',
    withinTarget:
      within.share === undefined || !everything
        ? ''
        : detail.within(locale.dashboard.number.share(within.share), within.count, within.of),
  };
}

/** One sheet as a document to take along, with what it is about above it; `own`: of these services only. */
export function documentOf(
  sheet: Sheet,
  facts: { schoolYear: SchoolYear; filters: string[]; own: string[]; asOf: Instant; demonstration: boolean },
): Document {
  const { heading, definition, basis, of, columns, rows } = sheet;
  return {
    title: heading,
    subtitle: [facts.schoolYear, ...facts.filters].join(' · '),
    facts: [
      ...(facts.own.length > 0 ? [locale.figures.ownServices(facts.own)] : []),
      locale.report.annual.asOf(locale.report.day(brusselsDay(facts.asOf))),
    ],
    ...(facts.demonstration ? { label: locale.demonstration.explanation } : {}),
    cover: false,
    blocks: [
      {
        kind: 'sheet',
        sheet: {
          id: sheet.id,
          name: heading.slice(0, SHEET_NAME),
          heading,
          basis: `${definition} ${basis}`,
          texts: [of],
          columns: columns.map(({ label, unit }) => ({ label, unit })),
          rows: rows.map(({ label, values }) => ({ texts: [label], values })),
        },
      },
    ],
  };
}
