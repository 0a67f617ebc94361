// Reads the address of a dashboard request: what may stand there, and a sentence for what may not. Knows no figure.

import { z } from 'zod/v4';
import {
  type Drill,
  FILTER_NAMES,
  type FilterName,
  type RefusedView,
  type View,
} from '../../app/figures/dashboard-shapes.ts';
import { locale } from '../../locale/locale.ts';

const { refusal } = locale.sheets;
const isFilter = (name: string): name is FilterName => (FILTER_NAMES as readonly string[]).includes(name);
const nameOf = (name: string): string => (isFilter(name) ? locale.dashboard.filters.names[name] : name.slice(0, 40));

/**
 * The filters of a query string against what this viewer can choose, plus what `others` allows; the first thing that is
 * wrong as a refusal. Everything is one text: a name that comes twice is refused.
 */
export function parseQuery<Others extends z.ZodRawShape>(
  query: unknown,
  choices: View['choices'],
  others: Others,
): { filters: Drill; rest: z.infer<z.ZodObject<Others>> } | { refused: RefusedView } {
  const filters = FILTER_NAMES.flatMap((name) => {
    const ids = (choices[name] ?? []).map(({ id }) => id);
    return ids.length > 0 ? [[name, z.enum(ids as [string, ...string[]]).optional()] as const] : [];
  });
  const parsed = z.strictObject({ ...Object.fromEntries(filters), ...others }).safeParse(query);
  if (!parsed.success) return { refused: refusedBy(parsed.error.issues[0]!, query) };
  const given = Object.entries(parsed.data as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return {
    filters: Object.fromEntries(given.filter(([name]) => isFilter(name))) as Drill,
    rest: Object.fromEntries(given.filter(([name]) => !isFilter(name))) as z.infer<z.ZodObject<Others>>,
  };
}

function refusedBy(issue: z.core.$ZodIssue, query: unknown): RefusedView {
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys;
    return { error: isFilter(name) ? refusal.fixed(nameOf(name)) : refusal.unknown(nameOf(name)), filter: name };
  }
  const name = String(issue.path[0] ?? '');
  const twice = Array.isArray((query as Record<string, unknown>)[name]);
  return { error: twice ? refusal.twice(nameOf(name)) : refusal.filter(nameOf(name)), filter: name };
}
