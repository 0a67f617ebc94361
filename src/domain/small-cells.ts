// What viewers without the quality role may see of figures about people. Pure; counts nothing itself.

import { type Cell, FEWEST_PEOPLE, type Figures, type Share } from './measures.ts';

/** A cell as somebody may see it; a hidden value is undefined. */
export type Shown = { id: string; value: number | undefined };

/** The tables that viewers without the quality role get. There are no others for them, and no lists behind these. */
export type OpenTables = Record<
  | 'byTheme'
  | 'byCoreProcess'
  | 'byChannel'
  | 'byCentre'
  | 'byCentreKind'
  | 'byFunction'
  | 'byMonth'
  | 'minutesByTheme'
  | 'minutesByCoreProcess'
  | 'minutesByChannel'
  | 'minutesByMonth',
  Shown[]
> & { minutes: number | undefined };

/** What the cells of two tables add up to: the core process of a theme, the kind of a centre. */
export type Wholes = { processOf(theme: string): string; kindOf(centre: string): string };

/**
 * Everything that adds up to something else, hidden together, so that no cell of few people follows from a total, from
 * the core process that its theme is in, or from the other themes of it; centres likewise per kind. Every screen and
 * document for these viewers takes its tables from here, or two that hide something else could be laid side by side.
 * Only right for one school year without any other filter, as two views that differ in a filter can be subtracted.
 * Splits by outcome are left out: the shares say the same again. Undefined when fewer than 5 people asked anything:
 * then there is nothing to show at all.
 */
export function openTables(figures: Figures, { processOf, kindOf }: Wholes): OpenTables | undefined {
  const { questions, minutes, requesters } = figures;
  if (Math.max(requesters, mostPeople(questions.byChannel)) < FEWEST_PEOPLE) return undefined;
  const counted = suppressNested(questions.byTheme, questions.byCoreProcess, processOf);
  const timed = suppressNested(
    timeOf(minutes.byTheme, questions.byTheme),
    timeOf(minutes.byCoreProcess, questions.byCoreProcess),
    processOf,
  );
  const placed = suppressNested(questions.byCentre, groupsOf(questions.byCentre, kindOf), kindOf);
  const time = {
    minutesByTheme: timed.parts,
    minutesByCoreProcess: timed.wholes,
    minutesByChannel: suppressSmallCells(timeOf(minutes.byChannel, questions.byChannel)),
    minutesByMonth: suppressSmallCells(timeOf(minutes.byMonth, questions.byMonth)),
  };
  // A table with nothing to show in it says that too few people are behind its total, which is that of the others too.
  const few = Object.values(time).some((cells) => cells.every(({ value }) => value === undefined));
  if (few) for (const cell of Object.values(time).flat()) cell.value = undefined;
  return {
    byTheme: counted.parts,
    byCoreProcess: counted.wholes,
    byChannel: suppressSmallCells(questions.byChannel),
    byCentre: placed.parts,
    byCentreKind: placed.wholes,
    byFunction: suppressSmallCells(questions.byFunction),
    byMonth: suppressSmallCells(questions.byMonth),
    ...time,
    minutes: few ? undefined : minutes.total,
  };
}

/** Distinct people behind a cell. Of questions that came another way nobody knows who asked: each counts as a person. */
export const peopleBehind = ({ requesters, value }: Cell): number => (requesters > 0 ? requesters : value);

/** At least so many people are behind these cells together. */
export const mostPeople = (cells: readonly Cell[]): number => Math.max(0, ...cells.map(peopleBehind));

/** Cells of minutes with the people who had time spent on their questions, or of whom nobody knows who they were. */
function timeOf(minutes: readonly Cell[], questions: readonly Cell[]): Cell[] {
  const asked = new Map(questions.map((cell) => [cell.id, cell]));
  return minutes.map((cell) => {
    const behind = asked.get(cell.id);
    // Of minutes without a known requester, the questions are the people, never the minutes.
    return cell.requesters > 0 || !behind ? cell : { ...cell, requesters: Math.min(peopleBehind(behind), cell.value) };
  });
}

/** What the cells add up to. How many people are behind a whole is not known from its parts, only at least how many. */
function groupsOf(parts: readonly Cell[], wholeOf: (part: string) => string): Cell[] {
  return [...Map.groupBy(parts, ({ id }) => wholeOf(id))].map(([id, cells]) => ({
    id,
    value: sum(cells.map(({ value }) => value)),
    requesters: mostPeople(cells),
  }));
}

/**
 * A share as viewers without the quality role may see it: rounded to whole percents, without numbers, and not at all
 * when it, or what is left of it, rests on fewer than 5 questions. Who asked those is not known here.
 */
export function openShare({ count, of, share }: Share): number | undefined {
  if (share === undefined || count < FEWEST_PEOPLE || of - count < FEWEST_PEOPLE) return undefined;
  return Math.round(share * 100) / 100;
}

/**
 * Shares of one whole as viewers without the quality role may see them, hidden together when one of them, or what is
 * left when all are taken off, rests on fewer than 5 questions but not on none.
 */
export function openSplit(shares: readonly Share[]): (number | undefined)[] {
  const of = shares[0]?.of ?? 0;
  const rest = of - sum(shares.map(({ count }) => count));
  const few = [...shares.map(({ count }) => count), rest].some((count) => count > 0 && count < FEWEST_PEOPLE);
  return shares.map((share) => (few ? undefined : openShare(share)));
}

/**
 * Hides the small cells of a table and of the table that its cells add up to. Of a whole that is shown, the parts are
 * a table by themselves with a total that is known; of a whole that is hidden no part is shown, or they would add up.
 */
function suppressNested(
  parts: readonly Cell[],
  wholes: readonly Cell[],
  wholeOf: (part: string) => string,
): { parts: Shown[]; wholes: Shown[] } {
  const shownWholes = suppressSmallCells(wholes);
  const hidden = new Set(shownWholes.filter(({ value }) => value === undefined).map(({ id }) => id));
  const groups = Map.groupBy(parts, ({ id }) => wholeOf(id));
  const shownParts = new Map<string, number | undefined>();
  for (const [whole, cells] of groups) {
    const shown = hidden.has(whole) ? cells.map(({ id }) => ({ id, value: undefined })) : suppressSmallCells(cells);
    for (const { id, value } of shown) shownParts.set(id, value);
  }
  return { parts: parts.map(({ id }) => ({ id, value: shownParts.get(id) })), wholes: shownWholes };
}

/**
 * Hides what a viewer without the quality role may not see of a table: `value` becomes undefined for every cell
 * with something in it from fewer than `threshold` people. So that the total does not give a hidden cell away,
 * the smallest other filled cells are hidden too until `threshold` people are behind the hidden ones together, and
 * so at least two are, and until they hold more than one each: empty cells are shown, so cells of at least one that
 * add up to their number are all one. When there are not enough, everything is hidden, empty cells as well. Somebody in
 * two cells counts twice. A total of fewer people is for the caller to hide.
 */
export function suppressSmallCells(cells: readonly Cell[], threshold = FEWEST_PEOPLE): Shown[] {
  const filled = cells.filter(({ value }) => value !== 0);
  const hidden = new Set(filled.filter((cell) => peopleBehind(cell) < threshold));
  if (hidden.size > 0) {
    const others = filled.filter((cell) => !hidden.has(cell)).sort((a, b) => a.value - b.value);
    const safe = () =>
      sum([...hidden].map(peopleBehind)) >= threshold && sum([...hidden].map(({ value }) => value)) > hidden.size;
    for (const cell of others) {
      if (safe()) break;
      hidden.add(cell);
    }
    if (!safe()) for (const cell of cells) hidden.add(cell);
  }
  return cells.map((cell) => ({ id: cell.id, value: hidden.has(cell) ? undefined : cell.value }));
}

/**
 * One table of several services: what each may show by itself, added up, and hidden where none shows anything. Whoever
 * knows every question of one service and takes those off is left with what the others show anyway.
 */
export function addUp(tables: readonly (readonly Shown[])[]): Shown[] {
  return [...Map.groupBy(tables.flat(), ({ id }) => id)].map(([id, parts]) => {
    const shown = sum(parts.map(({ value }) => value ?? 0));
    const hides = parts.some(({ value }) => value === undefined);
    return { id, value: hides && shown === 0 ? undefined : shown };
  });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
