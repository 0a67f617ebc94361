// Each table of the figures as somebody may see it, and one beside that of the year before. Pure; knows no name and no screen.

import type { Figures } from '../../domain/measures.ts';
import { openTables, type Shown, suppressSmallCells } from '../../domain/small-cells.ts';
import type { Content } from '../ports.ts';
import type { Value } from './document.ts';
import { wholesOf } from './names.ts';

/** By id, in the order of the figures; "hidden" where too few people stand behind it. */
export type Cells = ReadonlyMap<string, Value>;
export type Tables = Record<
  | 'byMonth'
  | 'byTheme'
  | 'byCoreProcess'
  | 'byCentre'
  | 'byFunction'
  | 'byChannel'
  | 'byOutcome'
  | 'byAge'
  | 'minutesByTheme'
  | 'minutesByChannel',
  Cells
>;

/** Without `everything`, as anybody may see them: the same everywhere, or two would give each other's cells away. */
export function tablesOf(
  figures: Figures,
  content: Pick<Content, 'themes' | 'centres'>,
  { everything }: { everything: boolean },
): Tables {
  const { questions, minutes, backlog } = figures;
  const all = {
    ...questions,
    byAge: backlog.byAge,
    minutesByTheme: minutes.byTheme,
    minutesByChannel: minutes.byChannel,
  };
  const open = everything ? undefined : openTables(figures, wholesOf(content));
  const none = questions.total === 0;
  const shown = (id: keyof Tables): Cells => {
    if (everything || none) return new Map(all[id].map((cell) => [cell.id, cell.value]));
    // The shares say by outcome what is safe to say.
    if (!open || id === 'byOutcome') return new Map(all[id].map((cell) => [cell.id, 'hidden']));
    return cellsOf(id === 'byAge' ? suppressSmallCells(backlog.byAge) : open[id]);
  };
  const ids = Object.keys(all).filter((id) => id !== 'total') as (keyof Tables)[];
  return Object.fromEntries(ids.map((id) => [id, shown(id)])) as Tables;
}

export const cellsOf = (cells: readonly Shown[]): Cells =>
  new Map(cells.map(({ id, value }) => [id, value ?? 'hidden']));

/** Cells with those of the year before: one of either makes a pair, in which a cell that is not there is 0. */
export function beside(now: Cells, before: Cells | undefined): { id: string; values: [now: Value, before: Value] }[] {
  const ids = [...new Set([...now.keys(), ...(before?.keys() ?? [])])];
  return ids.map((id) => ({ id, values: [now.get(id) ?? 0, before ? (before.get(id) ?? 0) : null] }));
}

/** Months ("2025-11") as those of the year after, so that they stand beside these. */
export const yearLater = (months: Cells): Cells =>
  new Map([...months].map(([id, value]) => [`${Number(id.slice(0, 4)) + 1}${id.slice(4)}`, value]));
