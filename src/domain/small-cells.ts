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
  | 'byFunction'
  | 'byMonth'
  | 'minutesByTheme'
  | 'minutesByCoreProcess'
  | 'minutesByChannel'
  | 'minutesByMonth',
  Shown[]
> & { minutes: number | undefined };

/**
 * Everything that adds up to something else, hidden together, so that no cell of few people follows from a total, from
 * the core process that its theme is in, or from the other themes of it. Only right for one school year without any
 * other filter, as two views that differ in a filter can be subtracted. Splits by outcome are left out: the shares say
 * the same again. Undefined when fewer than 5 people asked anything: then there is nothing to show at all.
 * `processOf` gives the core process of a theme, as in the figures.
 */
export function openTables(figures: Figures, processOf: (theme: string) => string): OpenTables | undefined {
  const { questions, minutes, requesters } = figures;
  if (requesters < FEWEST_PEOPLE) return undefined;
  const counted = suppressNested(questions.byTheme, questions.byCoreProcess, processOf);
  const timed = suppressNested(minutes.byTheme, minutes.byCoreProcess, processOf);
  const time = {
    minutesByTheme: timed.parts,
    minutesByCoreProcess: timed.wholes,
    minutesByChannel: suppressSmallCells(minutes.byChannel),
    minutesByMonth: suppressSmallCells(minutes.byMonth),
  };
  // A table with nothing to show in it says that too few people are behind its total, which is that of the others too.
  const few = Object.values(time).some((cells) => cells.every(({ value }) => value === undefined));
  if (few) for (const cell of Object.values(time).flat()) cell.value = undefined;
  return {
    byTheme: counted.parts,
    byCoreProcess: counted.wholes,
    byChannel: suppressSmallCells(questions.byChannel),
    byCentre: suppressSmallCells(questions.byCentre),
    byFunction: suppressSmallCells(questions.byFunction),
    byMonth: suppressSmallCells(questions.byMonth),
    ...time,
    minutes: few ? undefined : minutes.total,
  };
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
 * so at least two are; when there are not enough, everything is hidden, empty cells as well. Somebody in two cells
 * counts twice. A total of fewer people is for the caller to hide.
 */
export function suppressSmallCells(cells: readonly Cell[], threshold = FEWEST_PEOPLE): Shown[] {
  const filled = cells.filter(({ value }) => value !== 0);
  const hidden = new Set(filled.filter(({ requesters }) => requesters < threshold));
  if (hidden.size > 0) {
    const others = filled.filter((cell) => !hidden.has(cell)).sort((a, b) => a.value - b.value);
    const safe = () => sum([...hidden].map(({ requesters }) => requesters)) >= threshold;
    for (const cell of others) {
      if (safe()) break;
      hidden.add(cell);
    }
    if (!safe()) for (const cell of cells) hidden.add(cell);
  }
  return cells.map((cell) => ({ id: cell.id, value: hidden.has(cell) ? undefined : cell.value }));
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
