// Turns figures into the sheets and key figures of the dashboard, with their words. Pure; knows no store and no screen.

import type { Cell, Duration, FigureKey, Figures, Share } from '../domain/measures.ts';
import { type Part, UNKNOWN } from '../domain/selection.ts';
import { suppressSmallCells } from '../domain/small-cells.ts';
import type { Instant, SchoolYear } from '../domain/terms.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { nl } from '../locale/nl.ts';
import type {
  Drill,
  FilterName,
  KeyFigure,
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
import type { Content, Measured } from './ports.ts';

/** Fewer than this many people or answers are not shown to a viewer who does not see everything. */
const FEWEST = 5;
/** Letters in the name of a sheet of a spreadsheet. */
const SHEET_NAME = 31;

export type Words = Pick<Content, 'themes' | 'centres' | 'functions' | 'survey'>;
/** `everything`: the quality role. Anybody else sees no number that fewer than 5 people stand behind. */
export type Audience = { everything: boolean };

const { columns: columnWords, detail } = nl.sheets;
const column = (id: keyof typeof columnWords, unit: Unit = 'count'): SheetColumn => ({
  id,
  label: columnWords[id],
  unit,
});
const frame = (id: SheetId, columns: SheetColumn[], rows: SheetRow[]): Sheet => ({
  id,
  ...nl.sheets.sheets[id],
  columns,
  rows,
});

/** The word for an id that is not in content: a channel, an outcome, an age, or the id itself. */
function word(id: string): string {
  const words: Record<string, string> = { ...nl.channel, ...nl.outcome, ...nl.figures.cells };
  return words[id] ?? id;
}
const nameIn =
  (list: readonly { id: string; name: string }[]) =>
  (id: string): string =>
    list.find((known) => known.id === id)?.name ?? word(id);

/** Every sheet of a view but the one of school years. `months` are those of its period, also the ones to come. */
export function sheetsOf(
  { figures, previous }: Measured,
  words: Words,
  audience: Audience,
  months: readonly string[],
): Record<ViewSheetId, Sheet> {
  const { questions, minutes } = figures;
  const safe = (cells: readonly Cell[] | undefined): Map<string, Value> => {
    if (!cells) return new Map();
    const shown = audience.everything ? cells : suppressSmallCells(cells);
    return new Map(shown.map(({ id, value }) => [id, value ?? 'hidden']));
  };
  const rate = ({ share, of }: Share): Value => (of < FEWEST && !audience.everything ? 'hidden' : (share ?? null));

  /** Cells beside those of last year; a row of either is a row. */
  function compared(
    id: ViewSheetId,
    now: readonly Cell[],
    before: readonly Cell[] | undefined,
    options: { name: (id: string) => string; filter?: FilterName; sorted?: boolean; unit?: Unit; beside?: Cell[] },
  ): Sheet {
    const [current, earlier, beside] = [safe(now), safe(before), safe(options.beside)];
    const total = now.reduce((sum, { value }) => sum + value, 0);
    const ids = [...new Set([...current.keys(), ...earlier.keys()])];
    const rows = ids.map((row): SheetRow => {
      const value = current.get(row) ?? 0;
      const share = typeof value === 'number' ? (total === 0 ? null : value / total) : value;
      const last = options.beside ? [beside.get(row) ?? 0] : [];
      return {
        id: row,
        label: options.name(row),
        values: [value, before ? (earlier.get(row) ?? 0) : null, share, ...last],
        ...(options.filter && row !== UNKNOWN ? { drill: { [options.filter]: row } } : {}),
      };
    });
    if (options.sorted) rows.sort((a, b) => Number(a.id === UNKNOWN) - Number(b.id === UNKNOWN) || order(a, b));
    const unit = options.unit ?? 'count';
    const first = unit === 'minutes' ? column('minutes', unit) : column('questions');
    const last = options.beside ? [column('minutes', 'minutes')] : [];
    return frame(id, [first, column('previous', unit), column('share', 'share'), ...last], rows);
  }

  const clbs = new Set<string>(words.centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id));
  const schoolsIn = (cells: readonly Cell[]): Cell[] => cells.filter(({ id }) => !clbs.has(id));
  const themes = { name: nameIn(words.themes), filter: 'theme', sorted: true } as const;
  return {
    months: perMonth(figures, previous, safe, months),
    themes: compared('themes', questions.byTheme, previous?.questions.byTheme, { ...themes, beside: minutes.byTheme }),
    processes: compared('processes', questions.byCoreProcess, previous?.questions.byCoreProcess, {
      name: word,
      filter: 'coreProcess',
      sorted: true,
    }),
    reach: reach(figures, words, audience, safe),
    schools: compared('schools', schoolsIn(questions.byCentre), previous && schoolsIn(previous.questions.byCentre), {
      name: (id) => (id === UNKNOWN ? nl.sheets.noCentre : nameIn(words.centres)(id)),
      filter: 'centre',
      sorted: true,
    }),
    functions: compared('functions', questions.byFunction, previous?.questions.byFunction, {
      name: nameIn(words.functions),
      filter: 'function',
      sorted: true,
    }),
    channels: compared('channels', questions.byChannel, previous?.questions.byChannel, {
      name: word,
      filter: 'channel',
      beside: minutes.byChannel,
    }),
    outcomes: compared('outcomes', questions.byOutcome, previous?.questions.byOutcome, {
      name: word,
      filter: 'outcome',
    }),
    minutes: compared('minutes', minutes.byTheme, previous?.minutes.byTheme, { ...themes, unit: 'minutes' }),
    durations: durations(figures, previous, audience),
    quality: quality(figures, previous, rate),
    backlog: backlog(figures, safe),
    satisfaction: satisfaction(figures, words),
    sessions: sessions(figures, words),
    bot: bot(figures, previous, audience),
  };
}

const order = (a: SheetRow, b: SheetRow): number => size(b) - size(a);
const size = ({ values: [value] }: SheetRow): number => (typeof value === 'number' ? value : -1);

type Safe = (cells: readonly Cell[] | undefined) => Map<string, Value>;

/** Last year's months under the name of this year's. A month to come has no number, of either year. */
function perMonth({ questions }: Figures, previous: Figures | undefined, safe: Safe, months: readonly string[]): Sheet {
  const yearLater = (month: string): string => `${Number(month.slice(0, 4)) + 1}${month.slice(4)}`;
  const now = safe(questions.byMonth);
  const before = new Map([...safe(previous?.questions.byMonth)].map(([id, value]) => [yearLater(id), value]));
  const last = [...now.keys(), ...before.keys()].sort().at(-1) ?? '';
  const rows = months.map((id): SheetRow => {
    const values = id > last ? [null, null] : [now.get(id) ?? 0, previous ? (before.get(id) ?? 0) : null];
    return { id, label: nl.dashboard.monthAndYear(id), values, drill: { month: id } };
  });
  return frame('months', [column('questions'), column('previous')], rows);
}

/**
 * Viewers who do not see everything get the centres without their months: few people stand behind one of those.
 * Schools are many and have a sheet of their own.
 */
function reach({ reach: { grid }, questions }: Figures, words: Words, { everything }: Audience, safe: Safe): Sheet {
  const clbs = new Set<string>(words.centres.filter(({ kind }) => kind === 'clb').map(({ id }) => id));
  const name = nameIn(words.centres);
  const own = grid.filter(({ centre }) => clbs.has(centre));
  if (!everything) {
    const shown = safe(questions.byCentre.filter(({ id }) => clbs.has(id)));
    const rows = own.map(({ centre }) => ({
      id: centre,
      label: name(centre),
      values: [shown.get(centre) ?? 0],
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
      (id): SheetColumn => ({ id, label: nl.dashboard.monthAndYear(id), unit: 'count', drill: { month: id } }),
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
  }));
  return frame('reach', columns, rows);
}

function durations(figures: Figures, previous: Figures | undefined, { everything }: Audience): Sheet {
  const columns = [column('median', 'duration'), column('p90', 'duration'), column('n')];
  const keys = ['firstResponse', 'timeToAnswer', 'timeToClose'] as const;
  const shown = ({ n, median, p90 }: Duration): Value[] =>
    n < FEWEST && !everything ? ['hidden', 'hidden', 'hidden'] : [median ?? null, p90 ?? null, n];
  const rows = keys.map((key) => {
    const before = previous ? shown(previous[key])[0]! : null;
    return { id: key, label: nl.sheets.durations[key], values: [...shown(figures[key]), before] };
  });
  return frame('durations', [...columns, column('previous', 'duration')], rows);
}

function quality(figures: Figures, previous: Figures | undefined, rate: (share: Share) => Value): Sheet {
  const sharesOf = ({ selfService, routing, firstContact, reopened }: Figures) => ({
    explicit: selfService.explicit,
    unconfirmed: selfService.unconfirmed,
    routing: routing.accuracy,
    firstContact,
    reopened,
  });
  const parts: Record<keyof ReturnType<typeof sharesOf>, Part> = {
    explicit: 'self-service',
    unconfirmed: 'self-service-unconfirmed',
    routing: 'theme-kept',
    firstContact: 'one-contact',
    reopened: 'reopened',
  };
  const before = previous && sharesOf(previous);
  const rows = (Object.entries(sharesOf(figures)) as [keyof typeof parts, Share][]).map(([id, share]) => {
    const hidden = rate(share) === 'hidden';
    return {
      id,
      label: nl.sheets.quality[id],
      values: [
        hidden ? ('hidden' as const) : share.count,
        hidden ? ('hidden' as const) : share.of,
        rate(share),
        before ? rate(before[id]) : null,
      ],
      drill: { part: parts[id] },
    };
  });
  return frame('quality', [column('count'), column('of'), column('share', 'share'), column('previous', 'share')], rows);
}

function backlog({ backlog: { byAge } }: Figures, safe: Safe): Sheet {
  const rows = [...safe(byAge)].map(([id, value]) => ({
    id,
    label: word(id),
    values: [value],
    drill: { part: id as Part },
  }));
  return frame('backlog', [column('questions')], rows);
}

function satisfaction({ satisfaction: { items } }: Figures, { survey }: Words): Sheet {
  const rows = items.map(({ id, n, positive, other, mean }) => ({
    id,
    label: survey.items.find((item) => item.id === id)?.text ?? id,
    values: [n, positive ?? null, other ?? null, mean ?? null],
  }));
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

function bot({ bot: counts, requesters }: Figures, previous: Figures | undefined, { everything }: Audience): Sheet {
  const hides = (people: number): boolean => !everything && people < FEWEST;
  const total = counts.answer + counts.unsure + counts.none;
  const rows = (['answer', 'unsure', 'none', 'routed'] as const).map((id) => {
    const now: Value[] = hides(requesters)
      ? ['hidden', 'hidden']
      : [counts[id], total === 0 ? null : counts[id] / total];
    const before: Value = previous ? (hides(previous.requesters) ? 'hidden' : previous.bot[id]) : null;
    return { id, label: nl.sheets.bot[id], values: [now[0]!, before, now[1]!], drill: { part: `bot-${id}` as const } };
  });
  return frame('bot', [column('questions'), column('previous'), column('share', 'share')], rows);
}

/** School years in the order given, each with its own figures. */
export function yearsSheet(years: { schoolYear: string; figures: Figures }[], { everything }: Audience): Sheet {
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
    const { questions, requesters, minutes, sessions: held } = figures;
    const hidden = !everything && requesters < FEWEST && questions.total > 0;
    const values: Value[] = [
      questions.total,
      requesters,
      figures.reach.centres.share ?? null,
      figures.selfService.explicit.share ?? null,
      figures.firstResponse.median ?? null,
      positiveOf(figures) ?? null,
      minutes.total,
    ];
    return {
      id: schoolYear,
      label: schoolYear,
      values: [...values.map((value) => (hidden ? 'hidden' : value)), held.sessions, held.participants],
      drill: { schoolYear },
    };
  });
  return frame('years', columns, rows);
}

/** The mean over the items of the share that is positive; undefined while no item has enough answers. */
function positiveOf({ satisfaction: { items } }: Figures): number | undefined {
  const shares = items.flatMap(({ positive }) => positive ?? []);
  return shares.length === 0 ? undefined : shares.reduce((sum, value) => sum + value, 0) / shares.length;
}

/** The key figures at the top, in their order. */
export function keyFigures({ figures, previous, asOf }: Measured, { everything }: Audience): KeyFigure[] {
  const numbers = (of: Figures) => ({
    questions: of.questions.total,
    requesters: of.requesters,
    reach: of.reach.centres.share,
    selfService: of.selfService.explicit.share,
    firstResponse: of.firstResponse.median,
    satisfaction: positiveOf(of),
    minutes: of.minutes.total,
    backlog: of.backlog.total,
  });
  const { selfService, firstResponse, satisfaction: survey, reach: reached } = figures;
  const duration = (ms: number | undefined) =>
    ms === undefined ? nl.dashboard.number.none : nl.dashboard.number.duration(ms);
  const share = (of: Share) =>
    of.share === undefined ? nl.dashboard.number.none : nl.dashboard.number.share(of.share);
  const shown: Record<keyof ReturnType<typeof numbers>, { unit: Unit; detail: string; drill?: Drill }> = {
    questions: { unit: 'count', detail: '', drill: {} },
    requesters: { unit: 'count', detail: '' },
    reach: { unit: 'share', detail: detail.centres(reached.centres.count, reached.centres.of) },
    selfService: {
      unit: 'share',
      detail: detail.unconfirmed(share(selfService.unconfirmed)),
      drill: { part: 'self-service' },
    },
    firstResponse: {
      unit: 'duration',
      detail: detail.median(duration(firstResponse.p90), firstResponse.n),
      drill: { part: 'responded' },
    },
    satisfaction: { unit: 'share', detail: detail.answers(survey.response.count, survey.response.of) },
    minutes: { unit: 'minutes', detail: '', drill: { part: 'time-logged' } },
    backlog: {
      unit: 'count',
      detail: detail.at(
        figures.backlog.at >= asOf - 60_000 ? undefined : nl.dashboard.day(brusselsDay(figures.backlog.at)),
      ),
      drill: { part: 'backlog' },
    },
  };
  const now = numbers(figures);
  const before = previous && numbers(previous);
  const hides = (of: Figures | undefined): boolean => !everything && of !== undefined && of.requesters < FEWEST;
  return (Object.keys(now) as (keyof typeof now & FigureKey)[]).map((key) => {
    const { unit, drill, detail: about } = shown[key];
    const number = hides(figures) ? null : (now[key] ?? null);
    const hidden = hides(figures) && figures.questions.total > 0;
    return {
      key,
      ...nl.figures.definitions[key],
      basis: key === 'backlog' ? nl.sheets.basis.now : nl.sheets.basis.asked,
      value: hidden
        ? nl.dashboard.number.hidden
        : number === null
          ? nl.dashboard.number.none
          : nl.dashboard.number[unit](number),
      detail: hidden ? nl.dashboard.number.hiddenMeans : about,
      unit,
      number,
      previous: hides(previous) ? null : (before?.[key] ?? null),
      ...(drill ? { drill } : {}),
    };
  });
}

/** The sentences under some blocks. */
export function notesOf({ figures }: Measured, words: Words, { everything }: Audience): View['notes'] {
  const { minutes, satisfaction: survey, firstResponse, reach: reached } = figures;
  const name = nameIn(words.centres);
  const within = firstResponse.within;
  return {
    silent: reached.silent.map(name),
    response: detail.response(survey.response.count, survey.response.of),
    logged: detail.logged(minutes.logged.count, minutes.logged.of),
    withinTarget:
      within.share === undefined || (within.of < FEWEST && !everything)
        ? ''
        : detail.within(nl.dashboard.number.share(within.share), within.count, within.of),
  };
}

/** One sheet as a document to take along, with what it is about above it. */
export function documentOf(
  sheet: Sheet,
  facts: { schoolYear: SchoolYear; filters: string[]; asOf: Instant; demonstration: boolean },
): Document {
  const { heading, definition, basis, of, columns, rows } = sheet;
  return {
    title: heading,
    subtitle: [facts.schoolYear, ...facts.filters].join(' · '),
    facts: [nl.report.annual.asOf(nl.report.day(brusselsDay(facts.asOf)))],
    ...(facts.demonstration ? { label: nl.demonstration.explanation } : {}),
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
