// Plays somebody without the quality role who asks for figures at random and solves what they got for cells of few people.

import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { parseQuery } from '../src/adapters/http/dashboard-query.ts';
import { annualReport } from '../src/app/figures/annual-report.ts';
import { FILTER_NAMES } from '../src/app/figures/dashboard-shapes.ts';
import { keyFigures } from '../src/app/figures/key-figures.ts';
import { sheetsOf, yearsSheet } from '../src/app/figures/sheets.ts';
import { wholesOf } from '../src/app/figures/statistics.ts';
import type { Content, Measured } from '../src/app/ports.ts';
import { createFactTable } from '../src/domain/fact-table.ts';
import type { Facts } from '../src/domain/facts.ts';
import { type Cell, type Figures, measureWithPrevious } from '../src/domain/measures.ts';
import type { Context } from '../src/domain/selection.ts';
import { openTables, peopleBehind } from '../src/domain/small-cells.ts';
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
  survey: { positiveFrom: 6, items: [] },
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

export type Outcome = {
  sequences: number;
  queries: number;
  refused: number;
  small: number;
  derived: string[];
  /** Of an advisor who takes the questions of their own service, which they may list, off what is shown. */
  advisor: { small: number; derived: number };
};

/** `naive` shows every table with only its own small cells hidden, as a check that the attacker can do something. */
export function attackStatistics(sequences: number, seed: number, naive = false): Outcome {
  const outcome: Outcome = {
    sequences,
    queries: 0,
    refused: 0,
    small: 0,
    derived: [],
    advisor: { small: 0, derived: 0 },
  };
  const orders = fc.array(fc.tuple(fc.constantFrom(...QUERIES), fc.constantFrom(...YEARS)), {
    minLength: 3,
    maxLength: 16,
    size: 'max',
  });
  for (const [n, [questions, order]] of fc.sample(fc.tuple(world, orders), { numRuns: sequences, seed }).entries()) {
    const table = createFactTable();
    for (const [at, given] of questions.entries()) table.put(at, factsOf(given, at));
    const base = { tickets: table, sessions: [], time: [] };
    const measured = Object.fromEntries(
      YEARS.map((schoolYear) => [
        schoolYear,
        { ...measureWithPrevious(base, context, { schoolYear }), asOf: context.now } as unknown as Measured,
      ]),
    ) as Record<(typeof YEARS)[number], Measured>;
    const attack: Attack = { known: new Map(), sums: [] };
    const told = new Set<string>();
    for (const [query, year] of order) {
      outcome.queries++;
      if (query === 'filtered') {
        const filter = FILTER_NAMES[1 + (n % (FILTER_NAMES.length - 1))]!;
        const given = parseQuery({ schoolYear: year, [filter]: 'a1' }, { schoolYear: named([...YEARS]) }, {});
        if ('refused' in given) outcome.refused++;
        else outcome.derived.push(`sequence ${n}: the filter ${filter} was not refused`);
        continue;
      }
      if (told.has(`${query} ${year}`)) continue;
      told.add(`${query} ${year}`);
      ask(attack, query, year, measured, naive);
    }
    const plain: Attack = { known: new Map(attack.known), sums: attack.sums.map((sum) => ({ ...sum })) };
    differences(attack);
    solve(attack);
    subtractOwn(plain, questions, outcome.advisor);
    for (const year of YEARS) {
      for (const id of TABLES) {
        for (const cell of cellsOf(measured[year].figures, id)) {
          const people = id === 'minutesByTheme' ? cell.requesters || FEWEST : peopleBehind(cell);
          if (cell.value === 0 || people >= FEWEST) continue;
          outcome.small++;
          if (attack.known.get(`${year} ${id} ${cell.id}`) === cell.value) {
            outcome.derived.push(`sequence ${n}: ${year} ${id} ${cell.id} is ${cell.value}, of ${people} people`);
          }
        }
      }
    }
  }
  return outcome;
}

const COUNTED = TABLES.filter((id) => id !== 'minutesByTheme');

/**
 * An advisor of POC+ who knows every question of POC+: what is left of a cell is of the other service. Counts the cells
 * of the other service of fewer than 5 people that follow. Each says one thing, as a table splits by one thing only.
 */
function subtractOwn(attack: Attack, questions: readonly One[], count: Outcome['advisor']): void {
  const own = createFactTable();
  const other = createFactTable();
  for (const [at, given] of questions.entries()) {
    const facts = factsOf(given, at);
    (facts.service === 'poc' ? own : other).put(at, facts);
  }
  const figuresOf = (tickets: typeof own, schoolYear: string) =>
    measureWithPrevious({ tickets, sessions: [], time: [] }, context, { schoolYear }).figures;
  const mine = new Map<string, number>();
  for (const year of YEARS) {
    const known = figuresOf(own, year);
    for (const id of COUNTED) for (const cell of cellsOf(known, id)) mine.set(`${year} ${id} ${cell.id}`, cell.value);
  }
  const left: Attack = { known: new Map(), sums: [] };
  const counted = (id: string): boolean => !id.includes(' minutesByTheme ');
  for (const [id, value] of attack.known) if (counted(id)) left.known.set(id, value - (mine.get(id) ?? 0));
  for (const { of, is } of attack.sums) {
    if (of.every(counted)) left.sums.push({ of, is: is - of.reduce((sum, id) => sum + (mine.get(id) ?? 0), 0) });
  }
  differences(left);
  solve(left);
  for (const year of YEARS) {
    const theirs = figuresOf(other, year);
    for (const id of COUNTED) {
      for (const cell of cellsOf(theirs, id)) {
        if (cell.value === 0 || peopleBehind(cell) >= FEWEST) continue;
        count.small++;
        if (left.known.get(`${year} ${id} ${cell.id}`) === cell.value) count.derived++;
      }
    }
  }
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
  const naive = attackStatistics(Math.ceil(sequences / 20), seed, true);
  console.log(`${CHANNELS.length} channels, ${TABLES.length} tables, ${YEARS.length} school years`);
  console.log(
    `sequences ${found.sequences}, queries ${found.queries}, filters refused ${found.refused}, cells of few people ${found.small}, derived ${found.derived.length}`,
  );
  const { small, derived } = found.advisor;
  console.log(
    `an advisor who takes their own service's questions off: ${derived} of ${small} cells of few people of the other service follow, one split at a time (see docs/threat-model.md)`,
  );
  console.log(`without hiding what gives others away: ${naive.derived.length} of ${naive.small} derived`);
  for (const line of found.derived.slice(0, 10)) console.log(`  ${line}`);
  const passed = found.derived.length === 0 && naive.derived.length > 0;
  console.log(`${((performance.now() - began) / 1_000).toFixed(0)} s · ${passed ? 'PASSED' : 'FAILED'}`);
  process.exit(passed ? 0 : 1);
}
