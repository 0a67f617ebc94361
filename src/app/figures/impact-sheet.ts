// The effect of items and decisions as a table, for the dashboard and for the annual report. Knows no way of counting.

import type { Impact, SelfService } from '../../domain/impact.ts';
import { FEWEST_PEOPLE } from '../../domain/measures.ts';
import { locale } from '../../locale/locale.ts';
import type { ImpactRow } from '../topics/impacts.ts';
import type { Sheet, SheetColumn, Value } from './dashboard-shapes.ts';

const words = locale.sheets.impact;
export const IMPACT_COLUMNS = [
  ['before', 'score'],
  ['after', 'score'],
  ['explicitBefore', 'share'],
  ['explicitAfter', 'share'],
  ['unconfirmedAfter', 'share'],
  ['savedLeast', 'minutes'],
  ['savedMost', 'minutes'],
] as const satisfies readonly (readonly [keyof typeof words.columns, SheetColumn['unit']])[];

/** In the order of the columns. Questions per 4 weeks are no figure about people; the others are hidden of a few. */
export function impactValues({ effect, before, after, saved, people }: Impact, everything: boolean): Value[] {
  const waiting = effect.state === 'too-early';
  const few = !everything && people < FEWEST_PEOPLE;
  const share = (of: SelfService, part: 'explicit' | 'unconfirmed'): Value => (of.of === 0 ? null : of[part] / of.of);
  const values = waiting
    ? [share(before, 'explicit'), null, null, null, null]
    : [share(before, 'explicit'), share(after, 'explicit'), share(after, 'unconfirmed'), saved.least, saved.most];
  return [
    effect.before.perFourWeeks ?? null,
    effect.after.perFourWeeks ?? null,
    ...values.map((value): Value => (few && value !== null ? 'hidden' : value)),
  ];
}

/** What was done, on which day, and on what a question's minutes rest. */
export function impactLabel(row: ImpactRow, day: (iso: string) => string): string {
  const { effect, perQuestion } = row.impact;
  const what = row.kind === 'item' ? words.item : row.decision;
  return words.label(row.name, what, day(row.date), effect.state, perQuestion);
}

export function impactSheet(rows: readonly ImpactRow[], everything: boolean): Sheet {
  return {
    id: 'impacts',
    ...locale.sheets.sheets.impacts,
    columns: IMPACT_COLUMNS.map(([id, unit]) => ({ id, label: words.columns[id], unit })),
    rows: rows.map((row) => ({
      id: `${row.kind} ${row.id}`,
      label: impactLabel(row, locale.dashboard.day),
      values: impactValues(row.impact, everything),
    })),
  };
}
