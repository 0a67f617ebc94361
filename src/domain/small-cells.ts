// What viewers without the quality role may see of figures about people. Pure; counts nothing itself.

import { type Cell, FEWEST_PEOPLE } from './measures.ts';

/**
 * Hides what a viewer without the quality role may not see of a table: `value` becomes undefined for every cell
 * with something in it from fewer than `threshold` people. So that the total does not give a hidden cell away,
 * the smallest other filled cells are hidden too until `threshold` people are behind the hidden ones together, and
 * so at least two are; when there are not enough, everything is hidden, empty cells as well. Somebody in two cells
 * counts twice. A total of fewer people is for the caller to hide.
 */
export function suppressSmallCells(
  cells: readonly Cell[],
  threshold = FEWEST_PEOPLE,
): { id: string; value: number | undefined }[] {
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
