// What themes, centres, functions and contacts are called on a card, and the fields to choose one. Knows no card.

import type { Directory } from '../domain/routing.ts';
import type { CentreId, FunctionId, ThemeId } from '../domain/terms.ts';
import type { Ticket } from '../domain/ticket.ts';
import { locale } from '../locale/locale.ts';
import type { DATASETS } from './extension.ts';

type Choice = { title: string; value: string };

export function themeName(directory: Directory, id: ThemeId | undefined): string {
  return directory.themes.find((theme) => theme.id === id)?.name ?? locale.common.unknownTheme;
}

export function centreName(directory: Directory, id: CentreId | undefined): string {
  return directory.centres.find((centre) => centre.id === id)?.name ?? locale.common.unknownCentre;
}

export function roleName(directory: Directory, ticket: Ticket): string {
  return directory.contacts.find(({ id }) => id === ticket.contact)?.role ?? locale.common.colleague;
}

export function functionName(directory: Directory, id: FunctionId | undefined): string {
  return directory.functions.find((one) => one.id === id)?.name ?? '';
}

/** Above this many a list of centres no longer fits on a card: the client then asks for them while somebody types. */
const MOST_CENTRES = 60;

/** The field for a centre. With many, the card holds the chosen one and those that everybody knows; the rest is asked. */
export function centreField(directory: Directory, centre: CentreId | undefined) {
  const many = directory.centres.length > MOST_CENTRES;
  const listed = many ? directory.centres.filter(({ id, kind }) => id === centre || kind === 'clb') : directory.centres;
  const shown = listed.filter(({ id }, at) => id === centre || at < MOST_CENTRES);
  return {
    centre,
    centres: choices(shown),
    centreQuery: many ? queryFor('centres') : undefined,
  };
}

/** Tells the client to ask for choices while somebody types. */
export const queryFor = (dataset: (typeof DATASETS)[number]) => ({ type: 'Data.Query', dataset });

/** The themes in use, and the one that stands there already: what has a retired theme keeps it. */
export function themeChoices({ themes }: Pick<Directory, 'themes'>, standing?: string): Choice[] {
  return choices(themes.filter(({ id, retired }) => !retired || id === standing));
}

/** What a field offers of things with a name, in their order. */
export const choices = (list: readonly { id: string; name: string }[]): Choice[] =>
  list.map(({ id, name }) => ({ title: name, value: id }));

/** Contacts go by their role. */
export const contactChoices = (contacts: readonly { id: string; role: string }[]): Choice[] =>
  contacts.map(({ id, role }) => ({ title: role, value: id }));
