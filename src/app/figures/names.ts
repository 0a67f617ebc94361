// What the ids in figures stand for: names, and what they add up to. Pure; knows no figure.

import { type Roles, reachOf } from '../../domain/authorisation.ts';
import { UNKNOWN } from '../../domain/selection.ts';
import type { Wholes } from '../../domain/small-cells.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';

/** The word for an id that is not in content: a channel, an outcome, an age, or the id itself (a month). */
export function cellName(id: string): string {
  const words: Record<string, string> = { ...locale.channel, ...locale.outcome, ...locale.figures.cells };
  return words[id] ?? id;
}

/** The name in a list, else the word for what is not in content. */
export const nameIn =
  (list: readonly { id: string; name: string }[]) =>
  (id: string): string =>
    list.find((known) => known.id === id)?.name ?? cellName(id);

/** The services that somebody gets figures of, by the names that people use; none of who gets those of all. */
export function namesWithin({ services }: Pick<Content, 'services'>, roles: Roles): string[] {
  const own = reachOf(roles).services ?? [];
  return services.filter(({ id }) => own.includes(id)).map(shortName);
}

/** "POC+ – helpdesk voor medewerkers" is called POC+. */
export const shortName = ({ name }: { name: string }): string => name.split(' – ')[0]!;

/** What themes and centres add up to. */
export function wholesOf({ themes, centres }: Pick<Content, 'themes' | 'centres'>): Wholes {
  const processes = new Map<string, string>(themes.map(({ id, coreProcess }) => [id, coreProcess]));
  const kinds = new Map<string, string>(centres.map(({ id, kind }) => [id, kind]));
  return { processOf: (theme) => processes.get(theme) ?? UNKNOWN, kindOf: (centre) => kinds.get(centre) ?? UNKNOWN };
}
