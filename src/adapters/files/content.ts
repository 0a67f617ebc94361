// Loads the content folder into the house's own terms. Knows no ticket, and does not decide whether a reload counts.

import { watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod/v4';
import type { Content } from '../../app/ports.ts';
import type { Contact, Item, ItemId, Service, Survey, Theme, WorkingCalendar } from '../../domain/terms.ts';
import * as shapes from './content-shapes.ts';
import { lexicon } from './lexicon-shape.ts';
import { type Listing, list, one, type Report, refers, reportIssues, values } from './listing.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** `problems` are one English line each, "file:line what is wrong"; with any of them a reload keeps the old content. */
export type LoadedContent = { content: Content; problems: string[]; skipped: { placeholders: ItemId[] } };

/** Stands in while calendar.yaml cannot be used: without opening times no reminder would ever come. */
const OFFICE_HOURS: WorkingCalendar = {
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((weekday) => [weekday, [['09:00', '17:00']]])),
  closed: [],
  schoolHolidays: [],
};
/** Stands in while survey.yaml cannot be used: there is nothing to ask. */
const NO_SURVEY: Survey = { scale: 8, positiveFrom: 6, intervalDays: 14, lowLabel: '', highLabel: '', items: [] };

/**
 * Reads everything under `folder`. What is wrong is reported and left out and the rest is loaded, so that one bad
 * file or entry never empties the index; while there are problems a contact id may lack its contact.
 * @throws Error naming CONTENT_DIR when the folder is missing, or when it gives no service or no theme.
 */
export async function loadContent(folder: string): Promise<LoadedContent> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new Error(`There is no folder "${folder}". Set CONTENT_DIR to the folder that holds themes.yaml.`);
  }
  const problems: string[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const read = (name: string) => readOrReport(join(folder, name), report);
  const listed = async <Value>(name: string, noun: string, shape: z.ZodType<Value>) =>
    list(await read(name), name, noun, shape, report);

  const themesFile = await read('themes.yaml');
  if (themesFile) one(themesFile, shapes.themesFile, report);
  const services = list(themesFile, 'themes.yaml', 'service', shapes.service, report, 'services');
  const themes = list(themesFile, 'themes.yaml', 'theme', shapes.theme, report, 'themes');
  const contacts = await listed('contacts.yaml', 'contact', shapes.contact);
  const centres = await listed('centres.yaml', 'centre', shapes.centre);
  const functions = await listed('functions.yaml', 'function', shapes.jobFunction);
  const emergency = await listed('emergency.yaml', 'route', shapes.emergencyRoute);
  const strategies = await listed('strategies.yaml', 'strategy', shapes.strategy);
  const followUps = await listed('follow-ups.yaml', 'follow-up', shapes.followUp);
  const calendar = one(await read('calendar.yaml'), shapes.calendar, report);
  const survey = one(await read('survey.yaml'), shapes.survey, report);
  const words = one(await read('lexicon.yaml'), lexicon, report);

  const seen: Map<string, string> = new Map();
  const items: Listing<shapes.ItemEntry>[] = [];
  for (const name of await yamlFiles(folder, 'faq', report)) {
    items.push(list(await read(name), name, 'item', shapes.faqItem, report, undefined, seen));
  }
  for (const name of ['materials.yaml', ...(await yamlFiles(folder, 'materials', () => {}))]) {
    items.push(list(await read(name), name, 'item', shapes.material, report, undefined, seen));
  }

  const usableThemes = checkThemes(services, themes, contacts, report);
  if (services.entries.length === 0 || usableThemes.length === 0) {
    const home = join(folder, 'themes.yaml');
    throw new Error(
      `${home} gives no usable service or theme, so no question can be answered or routed. Correct it, or set CONTENT_DIR to the right folder.${problems.map((problem) => `\n  ${problem}`).join('')}`,
    );
  }
  const wordings = new Map<string, string[]>();
  for (const name of await yamlFiles(folder, 'wordings', report)) {
    collectWordings(await read(name), items, wordings, report);
  }
  const loaded = checkItems(items, usableThemes, services, themes, contacts, wordings, report);
  return {
    content: {
      services: values(services),
      themes: usableThemes,
      centres: values(centres),
      contacts: checkContacts(contacts, services, themes, centres, report),
      functions: values(functions),
      calendar: calendar ?? OFFICE_HOURS,
      survey: survey ?? NO_SURVEY,
      emergency: values(emergency),
      strategies: values(strategies),
      followUps: values(followUps),
      lexicon: words ?? {},
      items: loaded,
    },
    problems,
    skipped: { placeholders: items.flatMap(values).flatMap(({ item, placeholder }) => (placeholder ? item.id : [])) },
  };
}

/**
 * Calls `onChange` once things under `folder` have been quiet for 300 ms, however many files were saved.
 * Returns what stops it. `onFault` hears of a watch that ended by itself (too many files, folder removed).
 */
export function watchContent(
  folder: string,
  onChange: () => void,
  onFault: (error: Error) => void = (error) => process.emitWarning(error),
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    // Editors write swap and backup files next to the one that is being edited.
    if (name && /^\.|[~#]$/.test(basename(name))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, 300);
  });
  const stop = () => {
    clearTimeout(timer);
    watcher.close();
  };
  watcher.on('error', (error) => {
    stop();
    onFault(error);
  });
  return stop;
}

async function readOrReport(path: string, report: Report): Promise<YamlFile | undefined> {
  const file = await readYaml(path);
  if ('at' in file) return file;
  file.problems.forEach(report);
  return undefined;
}

async function yamlFiles(folder: string, name: string, report: Report): Promise<string[]> {
  const names = await readdir(join(folder, name)).catch(() => undefined);
  if (!names) report(`${join(folder, name)} is not a folder that can be read`);
  return (names ?? [])
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => join(name, file));
}

/** A theme without its service cannot be routed and is left out; a service without its reception still answers. */
function checkThemes(
  services: Listing<Service>,
  themes: Listing<Theme>,
  contacts: Listing<Contact>,
  report: Report,
): Theme[] {
  for (const entry of services.entries) {
    refers(entry, ['reception'], contacts, entry.value.reception, report);
    refers(entry, ['coordinator'], contacts, entry.value.coordinator, report);
  }
  const usable = new Set(values(services).map((service) => service.id));
  return themes.entries.flatMap((entry) => {
    const theme = entry.value;
    refers(entry, ['service'], services, theme.service, report);
    if (!usable.has(theme.service)) return [];
    return [{ ...theme, related: theme.related.filter((id, n) => refers(entry, ['related', n], themes, id, report)) }];
  });
}

/** A contact is kept without what it wrongly refers to; only one of an unknown service is of no use. */
function checkContacts(
  contacts: Listing<Contact>,
  services: Listing<Service>,
  themes: Listing<Theme>,
  centres: Listing<unknown>,
  report: Report,
): Contact[] {
  return contacts.entries.flatMap((entry) => {
    const { substitute, ...contact } = entry.value;
    if (!refers(entry, ['service'], services, contact.service, report)) return [];
    const self = substitute === contact.id;
    if (self) report(`${entry.at('backup')} ${entry.label}: "backup" must be another contact than itself`);
    const replaced = substitute && !self && refers(entry, ['backup'], contacts, substitute, report);
    return [
      {
        ...contact,
        themes: contact.themes.filter((id, n) => refers(entry, ['themes', n], themes, id, report)),
        centres: contact.centres.filter((id, n) => refers(entry, ['centres', n], centres, id, report)),
        ...(replaced && { substitute }),
      },
    ];
  });
}

function collectWordings(
  file: YamlFile | undefined,
  items: Listing<shapes.ItemEntry>[],
  into: Map<string, string[]>,
  report: Report,
): void {
  if (!file) return;
  if (typeof file.value !== 'object' || file.value === null || Array.isArray(file.value)) {
    report(`${file.at([])} must be a map of item ids, each with a list of wordings`);
    return;
  }
  for (const [id, written] of Object.entries(file.value)) {
    if (!items.some((listing) => listing.knows(id))) {
      report(`${file.at([id])} wordings of unknown item "${id}" (known items are in faq and materials.yaml)`);
      continue;
    }
    const parsed = shapes.wordings.safeParse(written, { error: shapes.predicate });
    if (parsed.success) into.set(id, [...(into.get(id) ?? []), ...parsed.data]);
    else reportIssues(parsed.error.issues, file, [id], `wordings of item "${id}"`, report);
  }
}

/** An item stays as long as one of its themes does; without its owner it belongs to the reception of its service. */
function checkItems(
  items: Listing<shapes.ItemEntry>[],
  usable: Theme[],
  services: Listing<Service>,
  themes: Listing<Theme>,
  contacts: Listing<Contact>,
  wordings: Map<string, string[]>,
  report: Report,
): Item[] {
  const receptions = new Map(values(services).map((service) => [service.id, service.reception]));
  const receptionOf = new Map(usable.map((theme) => [theme.id, receptions.get(theme.service)]));
  const homeless: ItemId[] = [];
  const loaded = items
    .flatMap((listing) => listing.entries)
    .flatMap((entry): Item[] => {
      const { item, placeholder } = entry.value;
      const written = item.themes.filter((id, n) =>
        refers(entry, item.kind === 'faq' ? ['theme'] : ['themes', n], themes, id, report),
      );
      const [first, ...rest] = written.filter((id) => receptionOf.has(id));
      const owned = refers(entry, ['owner'], contacts, item.owner, report);
      if (placeholder) return [];
      if (!first) {
        if (written.length > 0) homeless.push(item.id);
        return [];
      }
      const owner = owned ? item.owner : (receptionOf.get(first) ?? item.owner);
      return [{ ...item, themes: [first, ...rest], owner, wordings: wordings.get(item.id) ?? [] }];
    });
  if (homeless.length > 0) {
    const are =
      homeless.length === 1
        ? '1 item is left out because its theme is'
        : `${homeless.length} items are left out because their themes are`;
    report(`${themes.home}: ${are}: ${homeless.join(', ')}`);
  }
  return loaded;
}
