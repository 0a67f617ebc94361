// Plays people without the quality role who ask for figures at random and solve what they got for cells of few people.

import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { parseQuery } from '../src/adapters/http/dashboard-query.ts';
import { annualReport } from '../src/app/figures/annual-chapters.ts';
import { FILTER_NAMES, type Sheet } from '../src/app/figures/dashboard-shapes.ts';
import { keyFigures } from '../src/app/figures/key-figures.ts';
import { wholesOf } from '../src/app/figures/names.ts';
import { sheetsOf, yearsSheet } from '../src/app/figures/sheets.ts';
import type { Content, Measured } from '../src/app/ports.ts';
import { createFactTable } from '../src/domain/fact-table.ts';
import type { Facts } from '../src/domain/facts.ts';
import { type Cell, type Figures, measureWithPrevious } from '../src/domain/measures.ts';
import type { Context } from '../src/domain/selection.ts';
import { openTables, peopleBehind } from '../src/domain/small-cells.ts';
import type { ServiceId, ThemeId } from '../src/domain/terms.ts';
import { CHANNELS } from '../src/domain/terms.ts';
import { instantAt } from '../src/domain/working-time.ts';
import { locale } from '../src/locale/locale.ts';

const FEWEST = 5;
const YEARS = ['2025-2026', '2024-2025'] as const;
const named = (ids: string[]) => ids.map((id) => ({ id, name: id }));
const content = {
  services: named(['poc', 'pbd']),
  themes: [
    ...named(['a1', 'a2', 'a3']).map((theme) => ({ ...theme, coreProcess: 'a', service: 'poc' })),
    ...named(['b1', 'b2']).map((theme) => ({ ...theme, coreProcess: 'b', service: 'pbd' })),
  ],
  centres: ['clb-1', 'clb-2', 'clb-3', 'school-1', 'school-2'].map((id) => ({
    id,
    name: id,
    kind: id.startsWith('clb') ? 'clb' : 'school',
    region: 'r',
    province: 'p',
  })),
  functions: named(['f1', 'f2', 'f3']),
  strategies: [],
  survey: { positiveFrom: 6, items: [{ id: 'clear', text: 'clear' }] },
} as unknown as Content;
const context = {
  directory: content,
  now: instantAt('2026-09-20', '12:00'),
  survey: content.survey,
} as unknown as Context;

const one = fc.record({
  year: fc.constantFrom(...YEARS),
  month: fc.integer({ min: 0, max: 9 }),
  by: fc.integer({ min: 0, max: 13 }),
  theme: fc.constantFrom('a1', 'a1', 'a2', 'a3', 'b1', 'b1', 'b2', undefined),
  centre: fc.constantFrom('clb-1', 'clb-1', 'clb-2', 'clb-3', 'school-1', 'school-2', undefined),
  job: fc.constantFrom('f1', 'f1', 'f2', 'f3'),
  channel: fc.constantFrom('teams', 'teams', 'teams', 'phone', 'mail'),
  outcome: fc.constantFrom('self-service', 'answered', 'answered', 'self-service-unconfirmed', undefined),
  minutes: fc.constantFrom(0, 5, 10, 30),
  suggested: fc.constantFrom('answer', 'answer', 'unsure', 'none'),
});
type One = typeof one extends fc.Arbitrary<infer Made> ? Made : never;
const world = fc.array(one, { maxLength: 140, size: 'max' });

function factsOf(given: One, n: number): Facts {
  const year = Number(given.year.slice(0, 4)) + (given.month > 3 ? 1 : 0);
  const month = ((given.month + 8) % 12) + 1;
  const askedAt = instantAt(
    `${year}-${String(month).padStart(2, '0')}-${String((n % 27) + 1).padStart(2, '0')}`,
    '10:00',
  );
  const { theme, centre, job, channel, outcome, minutes, suggested } = given;
  const teams = channel === 'teams';
  return {
    ticket: `t${n}`,
    number: `HD-${n}`,
    askedAt,
    channel,
    service: theme?.startsWith('b') ? 'pbd' : 'poc',
    ...(theme ? { theme } : {}),
    ...(centre ? { centre } : {}),
    ...(given.by > 0 ? { requester: `p${given.by} ${given.year}` } : {}),
    function: job,
    states: [{ at: askedAt, kind: outcome ? 'closed' : 'open' }],
    ...(outcome ? { outcome } : {}),
    ...(teams ? { suggested, ...(outcome === 'answered' || !outcome ? { routedAt: askedAt } : {}) } : {}),
    registered: !teams,
    minutes,
    handOvers: 0,
    surveySent: false,
  } as unknown as Facts;
}

/** An unknown per cell; a cell that is known, or a sum of cells that is, is an equation. */
type Attack = { known: Map<string, number>; sums: { of: string[]; is: number }[] };

/** Fills in what follows until nothing does: a sum with one cell missing, or with as much left as cells, each above zero. */
function solve({ known, sums }: Attack): void {
  for (let found = true; found; ) {
    found = false;
    for (const { of, is } of sums) {
      const missing = of.filter((id) => !known.has(id));
      if (missing.length === 0) continue;
      const left = is - of.reduce((sum, id) => sum + (known.get(id) ?? 0), 0);
      // Where anything of a table is shown, empty cells are, so what is missing holds something.
      const full = missing.length < of.length && left === missing.length;
      if (missing.length > 1 && !full && left !== 0) continue;
      for (const id of missing) known.set(id, missing.length === 1 ? left : left / missing.length);
      found = true;
    }
  }
}

/** Sums of which a cell in the other is not: what is left of the larger is a sum too. One step reaches nested tables. */
function differences(attack: Attack): void {
  const { sums } = attack;
  const seen = new Set(sums.map(({ of }) => [...of].sort().join()));
  for (const larger of [...sums]) {
    for (const smaller of [...sums]) {
      if (smaller.of.length >= larger.of.length || !smaller.of.every((id) => larger.of.includes(id))) continue;
      const of = larger.of.filter((id) => !smaller.of.includes(id));
      const key = [...of].sort().join();
      if (seen.has(key)) continue;
      seen.add(key);
      sums.push({ of, is: larger.is - smaller.is });
    }
  }
}

type Table = 'byTheme' | 'byCoreProcess' | 'byCentre' | 'byFunction' | 'byChannel' | 'byMonth' | 'minutesByTheme';
const TABLES: Table[] = [
  'byTheme',
  'byCoreProcess',
  'byCentre',
  'byFunction',
  'byChannel',
  'byMonth',
  'minutesByTheme',
];
const SHEET_OF = {
  byTheme: 'themes',
  byCoreProcess: 'processes',
  byFunction: 'functions',
  byChannel: 'channels',
  byMonth: 'months',
  minutesByTheme: 'minutes',
} as const;
const cellsOf = ({ questions, minutes }: Figures, table: Table): Cell[] =>
  table === 'minutesByTheme' ? minutes.byTheme : questions[table];
const nothing = { recurring: [], followed: [] };

type Query = 'chat' | 'view' | 'years' | 'annual-report' | 'filtered';
const QUERIES: Query[] = ['chat', 'view', 'years', 'annual-report', 'filtered'];

/** The services of whoever asks. Who advises one also reads the published report of the other. */
const VIEWERS = [['poc'], ['pbd'], ['poc', 'pbd']] as const;
type Viewer = (typeof VIEWERS)[number];

/**
 * How the house answers: as it does, with only the small cells themselves hidden, or with the figures of all services for
 * everybody. The last two check that the attacker can do something.
 */
export type Rules = 'as-it-is' | 'only-small' | 'all-services';

export type Found = {
  sequences: number;
  queries: number;
  refused: number;
  /** Cells of few people that were looked for: among the figures of somebody's own services, and of the other. */
  small: number;
  others: number;
  /** Looks at a later moment, and what changed of the other service between two. */
  looks: number;
  changes: number;
  /** Survey answers that came between two looks. */
  answers: number;
  derived: string[];
};

export function attackStatistics(sequences: number, seed: number, rules: Rules = 'as-it-is'): Found {
  const found: Found = {
    sequences,
    queries: 0,
    refused: 0,
    small: 0,
    others: 0,
    looks: 0,
    changes: 0,
    answers: 0,
    derived: [],
  };
  const orders = fc.array(fc.tuple(fc.constantFrom(...QUERIES), fc.constantFrom(...YEARS)), {
    minLength: 3,
    maxLength: 16,
    size: 'max',
  });
  const moments = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 5 });
  const played = fc.tuple(world, orders, fc.constantFrom(...VIEWERS), moments, fc.nat());
  for (const [n, [questions, order, viewer, steps, luck]] of fc
    .sample(played, { numRuns: sequences, seed })
    .entries()) {
    const all = questions.map(factsOf);
    const own = all.filter(({ service }) => (viewer as readonly string[]).includes(service));
    const others = all.filter((facts) => !own.includes(facts));
    const measured = lookAt(all, viewer, rules);
    const attack: Attack = { known: new Map(), sums: [] };
    const told = new Set<string>();
    for (const [query, year] of order) {
      found.queries++;
      if (query === 'filtered') {
        const filter = FILTER_NAMES[1 + (n % (FILTER_NAMES.length - 1))]!;
        const given = parseQuery({ schoolYear: year, [filter]: 'a1' }, { schoolYear: named([...YEARS]) }, {});
        if ('refused' in given) found.refused++;
        else found.derived.push(`sequence ${n}: the filter ${filter} was not refused`);
        continue;
      }
      if (told.has(`${query} ${year}`)) continue;
      told.add(`${query} ${year}`);
      ask(attack, query, year, measured, rules === 'only-small');
    }
    const raw: Attack = { known: new Map(attack.known), sums: attack.sums.map((sum) => ({ ...sum })) };
    differences(attack);
    solve(attack);
    found.small += compare(attack, lookAt(own, viewer, rules), (what) => {
      found.derived.push(`sequence ${n}, an advisor of ${viewer.join(' and ')}: ${what}`);
    });
    if (others.length === 0) continue;
    // What their lists say of their own questions, taken off; beside it what is published of the other service.
    const left = without(raw, lookAt(own, viewer, rules));
    const published = lookAt(others, 'everybody', rules);
    for (const year of YEARS) ask(left, 'annual-report', year, published, rules === 'only-small');
    differences(left);
    solve(left);
    found.others += compare(left, published, (what) => {
      found.derived.push(`sequence ${n}, an advisor of ${viewer.join()} of the other service: ${what}`);
    });
    watch({ n, all, viewer, steps, luck, rules }, found);
  }
  return found;
}

type Looked = Record<(typeof YEARS)[number], Measured>;

/** The figures of both school years as somebody gets them, out of these questions. */
function lookAt(all: readonly Facts[], viewer: Viewer | 'everybody', rules: Rules): Looked {
  const table = createFactTable();
  for (const [row, facts] of all.entries()) table.put(row, facts);
  const base = { tickets: table, sessions: [], time: [] };
  const services =
    viewer === 'everybody' || rules === 'all-services'
      ? undefined
      : (viewer as readonly string[] as readonly ServiceId[]);
  const of = (schoolYear: string) => ({
    ...measureWithPrevious(base, context, { schoolYear, services }),
    asOf: context.now,
  });
  return Object.fromEntries(YEARS.map((schoolYear) => [schoolYear, of(schoolYear)])) as unknown as Looked;
}

/** Counts the cells of fewer than 5 people, and tells of those that were solved. */
function compare(attack: Attack, truth: Looked, tell: (what: string) => void): number {
  let small = 0;
  for (const year of YEARS) {
    for (const id of TABLES) {
      for (const cell of cellsOf(truth[year].figures, id)) {
        const people = id === 'minutesByTheme' ? cell.requesters || FEWEST : peopleBehind(cell);
        if (cell.value === 0 || people >= FEWEST) continue;
        small++;
        if (attack.known.get(`${year} ${id} ${cell.id}`) === cell.value)
          tell(`${year} ${id} ${cell.id} is ${cell.value}, of ${people} people`);
      }
    }
  }
  return small;
}

/** The same equations with every cell less what somebody knows of it. Where nothing is left, nothing was told of others. */
function without(attack: Attack, mine: Looked): Attack {
  const own = new Map<string, number>();
  for (const year of YEARS)
    for (const id of TABLES)
      for (const cell of cellsOf(mine[year].figures, id)) own.set(`${year} ${id} ${cell.id}`, cell.value);
  const known = [...attack.known].map(([id, value]) => [id, value - (own.get(id) ?? 0)] as const);
  const sums = attack.sums.map(({ of, is }) => ({ of, is: is - of.reduce((sum, id) => sum + (own.get(id) ?? 0), 0) }));
  return { known: new Map(known.filter(([, value]) => value !== 0)), sums: sums.filter(({ is }) => is !== 0) };
}

type Watched = { n: number; all: readonly Facts[]; viewer: Viewer; steps: number[]; luck: number; rules: Rules };

/**
 * Somebody who looks again and again while questions come in, move to another theme or service, and are scored. Knows
 * every question of their own service at each look, and even who answered the survey and when.
 */
function watch({ n, all, viewer, steps, luck, rules }: Watched, found: Found): void {
  const [year] = YEARS;
  const now = all.filter(({ askedAt }) => askedAt >= instantAt('2025-09-01', '00:00'));
  const isOwn = ({ service }: Facts) => (viewer as readonly string[]).includes(service);
  let there: Facts[] = [];
  let before: { shown: Map<string, number>; mine: Map<string, number>; theirs: Map<string, number> } | undefined;
  let scored: { shown: string; counted: ReadonlySet<string> } | undefined;
  for (const [look, step] of steps.entries()) {
    const came = now.slice(there.length, there.length + step);
    const moved = there.map((facts, at): Facts => {
      if (look === 0 || (at * 7 + luck + look) % 11 > 0 || facts.scores) return facts;
      const theme = (facts.service === 'poc' ? 'b1' : 'a1') as ThemeId;
      return { ...facts, theme, service: (facts.service === 'poc' ? 'pbd' : 'poc') as ServiceId };
    });
    there = [...moved, ...came].map((facts, at) =>
      facts.scores || (at + luck + look) % 3 > 0
        ? facts
        : { ...facts, scores: scoreOf(at + luck), surveyedAt: look * 1_000 + at },
    );
    found.looks++;
    const measured = lookAt(there, viewer, rules)[year];
    const cells = (of: readonly Facts[]) => valuesOf(lookAt(of, 'everybody', rules)[year].figures);
    const own = there.filter(isOwn);
    const shown = shownTo(measured);
    const [mine, theirs] = [cells(own), cells(there.filter((facts) => !isOwn(facts)))];
    for (const [id, value] of before ? shown : []) {
      const delta = (of: 'mine' | 'theirs', at: Map<string, number>) => (at.get(id) ?? 0) - (before![of].get(id) ?? 0);
      const changed = delta('theirs', theirs);
      if (changed === 0 || before!.shown.get(id) === undefined) continue;
      found.changes++;
      const left = value - before!.shown.get(id)! - delta('mine', mine);
      if (left === changed)
        found.derived.push(`sequence ${n}, look ${look}: ${id} of the other service changed by ${left}`);
    }
    before = { shown, mine, theirs };
    const answered = answersIn(measured, rules, own);
    if (scored && answered.shown !== scored.shown) {
      const fresh = own.filter(({ ticket }) => answered.counted.has(ticket) && !scored!.counted.has(ticket));
      const people = new Set(fresh.map(({ requester }) => requester));
      found.answers += fresh.length;
      if (people.size > 0 && people.size < FEWEST)
        found.derived.push(`sequence ${n}, look ${look}: the answers of ${people.size} people changed what is shown`);
    }
    scored = answered;
  }
}

const scoreOf = (luck: number): Record<string, number> => ({ clear: 1 + (luck % 8) });

/** Every cell of the view of somebody without the quality role that has a number. */
function shownTo(measured: Measured): Map<string, number> {
  const sheets = sheetsOf(measured, content, { everything: false }, []);
  const shown = new Map<string, number>();
  const note = (id: string, { rows }: Sheet): void => {
    for (const { id: cell, values } of rows) if (typeof values[0] === 'number') shown.set(`${id} ${cell}`, values[0]);
  };
  for (const [id, sheet] of Object.entries(SHEET_OF)) note(id, sheets[sheet]);
  note('byCentre', sheets.reach);
  note('byCentre', sheets.schools);
  return shown;
}

const valuesOf = (figures: Figures): Map<string, number> =>
  new Map(TABLES.flatMap((id) => cellsOf(figures, id).map((cell) => [`${id} ${cell.id}`, cell.value] as const)));

/** What the sheet of the survey shows, and whose answers it rests on. */
function answersIn(measured: Measured, rules: Rules, own: readonly Facts[]): { shown: string; counted: Set<string> } {
  const { satisfaction } = measured.figures;
  const plain = {
    ...measured,
    figures: { ...measured.figures, satisfaction: { ...satisfaction, open: satisfaction.items } },
  };
  const given = rules === 'only-small' ? plain : measured;
  const shown = sheetsOf(given, content, { everything: false }, []).satisfaction.rows.map(({ values }) => values);
  const inOrder = own.filter(({ scores }) => scores).sort((a, b) => a.surveyedAt! - b.surveyedAt!);
  const counted = inOrder.slice(0, given.figures.satisfaction.open[0]?.n ?? 0);
  return { shown: JSON.stringify(shown), counted: new Set(counted.map(({ ticket }) => ticket)) };
}

/** What one query gives away, as cells and sums of cells. */
function ask(
  attack: Attack,
  query: Exclude<Query, 'filtered'>,
  year: (typeof YEARS)[number],
  measured: Record<string, Measured>,
  naive: boolean,
): void {
  const { figures, previous } = measured[year]!;
  const key = (of: string, id: Table, cell: string) => `${of} ${id} ${cell}`;
  const note = (of: string, id: Table, cell: string, value: unknown) => {
    if (typeof value === 'number') attack.known.set(key(of, id, cell), value);
  };
  /** A total, and that themes add up to their core processes and centres to what is not a school. */
  const total = (of: string, asked: number, minutes: unknown) => {
    const { figures: whole } = measured[of]!;
    for (const id of TABLES) {
      const is = id === 'minutesByTheme' ? minutes : asked;
      if (typeof is === 'number') attack.sums.push({ of: cellsOf(whole, id).map((cell) => key(of, id, cell.id)), is });
    }
    for (const process of whole.questions.byCoreProcess) {
      const shown = attack.known.get(key(of, 'byCoreProcess', process.id));
      if (shown === undefined) continue;
      const parts = whole.questions.byTheme.filter(({ id }) => wholesOf(content).processOf(id) === process.id);
      attack.sums.push({ of: parts.map(({ id }) => key(of, 'byTheme', id)), is: shown });
    }
  };
  if (query === 'chat') {
    const open = openTables(figures, wholesOf(content));
    for (const id of TABLES) for (const cell of open?.[id] ?? []) note(year, id, cell.id, cell.value);
    if (open) total(year, figures.questions.total, open.minutes);
  }
  if (query === 'view') {
    const audience = { everything: false };
    const sheets = sheetsOf(measured[year]!, content, audience, []);
    for (const [id, sheet] of Object.entries(SHEET_OF) as [
      keyof typeof SHEET_OF,
      (typeof SHEET_OF)[keyof typeof SHEET_OF],
    ][]) {
      for (const row of sheets[sheet].rows) {
        note(year, id, row.id, row.values[0]);
        if (row.values[1] !== null && sheet !== 'months')
          throw new Error(`${sheet} compares with days of another view`);
      }
    }
    for (const row of [...sheets.reach.rows, ...sheets.schools.rows]) note(year, 'byCentre', row.id, row.values[0]);
    for (const row of sheets.themes.rows) note(year, 'minutesByTheme', row.id, row.values[3]);
    if (naive) {
      for (const id of TABLES) {
        for (const cell of cellsOf(figures, id)) if (peopleBehind(cell) >= FEWEST) note(year, id, cell.id, cell.value);
      }
    }
    const shown = new Map<string, number | null>(
      keyFigures(measured[year]!, content, audience).map(({ key: figure, number }) => [figure, number]),
    );
    const asked = shown.get('questions');
    if (typeof asked === 'number') total(year, asked, shown.get('minutes'));
  }
  if (query === 'years') {
    const both = YEARS.map((schoolYear) => ({ schoolYear, figures: measured[schoolYear]!.figures }));
    for (const row of yearsSheet(both, content, { everything: false }).rows) {
      if (typeof row.values[0] === 'number') total(row.id, row.values[0], row.values[6]);
    }
  }
  if (query === 'annual-report' && openTables(figures, wholesOf(content))) {
    const report = annualReport({
      measured: { ...measured[year]!, previous } as Measured,
      services: content.services,
      inGroups: false,
      impacts: [],
      content,
      schoolYear: year,
      demonstration: false,
      topics: nothing,
    });
    const names = locale.report.annual.tables;
    const tables = { themes: 'byTheme', channels: 'byChannel', centres: 'byCentre', functions: 'byFunction' } as const;
    const labels: Record<string, string> = { ...locale.channel, ...locale.figures.cells };
    for (const block of report.blocks) {
      if (block.kind !== 'sheet') continue;
      for (const [name, id] of Object.entries(tables) as [keyof typeof tables, Table][]) {
        if (block.sheet.name !== names[name].name) continue;
        for (const [at, of] of [year, before(year)].entries()) {
          if (!(of in measured)) continue;
          for (const row of block.sheet.rows) {
            const cell = cellsOf(measured[of]!.figures, id).find((one) => (labels[one.id] ?? one.id) === row.texts[0]);
            if (cell) note(of, id, cell.id, row.values[at]);
          }
        }
      }
    }
    total(year, figures.questions.total, undefined);
  }
}

const before = (year: string): string => year.replace(/\d{4}/g, (part) => String(Number(part) - 1));

if (import.meta.main) {
  const { values } = parseArgs({
    options: { sequences: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const began = performance.now();
  const [sequences, seed] = [Number(values.sequences), Number(values.seed)];
  const found = attackStatistics(sequences, seed);
  const few = Math.ceil(sequences / 20);
  const planted = (['only-small', 'all-services'] as const).map((rules) => ({
    rules,
    found: attackStatistics(few, seed, rules),
  }));
  console.log(`${CHANNELS.length} channels, ${TABLES.length} tables, ${YEARS.length} school years`);
  console.log(
    `advisors of one service and of both: sequences ${found.sequences}, queries ${found.queries}, filters refused ${found.refused}`,
  );
  console.log(
    `cells of few people: ${found.small} of their own services, by figures alone; ${found.others} of the other service, knowing every own question and what is published of it`,
  );
  console.log(
    `at ${found.looks} moments: ${found.changes} changes of the other service, ${found.answers} survey answers`,
  );
  console.log(`derived: ${found.derived.length}`);
  for (const { rules, found: caught } of planted)
    console.log(`planted "${rules}", ${few} sequences: ${caught.derived.length} derived`);
  for (const line of found.derived.slice(0, 10)) console.log(`  ${line}`);
  const passed = found.derived.length === 0 && planted.every(({ found: caught }) => caught.derived.length > 0);
  console.log(`${((performance.now() - began) / 1_000).toFixed(0)} s · ${passed ? 'PASSED' : 'FAILED'}`);
  process.exit(passed ? 0 : 1);
}
