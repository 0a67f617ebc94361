// What people set up in the chat over the files of content/: absences, contacts and themes. Pure: no store, no sentence.

import { mayIn, mayStandIn, type Roles } from './authorisation.ts';
import { absenceOn, type Directory } from './routing.ts';
import {
  type Contact,
  type ContactId,
  DAY_MS,
  type Day,
  type Instant,
  no,
  type PersonId,
  type Result,
  type ServiceId,
  type Theme,
  type ThemeId,
  yes,
} from './terms.ts';

/** What an administrator can say of a contact; what is absent stays as content/ has it. "" is nobody. */
export type ContactFields = { role?: string; email?: string; substitute?: ContactId | '' };
/** The same of a theme. `retired` takes it out of use: nothing new goes there, what has it keeps it. */
export type ThemeFields = {
  name?: string;
  keywords?: string[];
  service?: ServiceId;
  contact?: ContactId;
  retired?: boolean;
};

/** One change; `by` is an object id, empty once it may not be known any more. `key` makes a double press find what it did. */
export type Change<Fields> = { at: Instant; by: PersonId | ''; key: string; to: Fields };
export type SetAbsence = {
  id: string;
  contact: ContactId;
  from: Day;
  to: Day;
  substitute?: ContactId;
  by: PersonId | '';
  at: Instant;
};
/** `made` counts every change and undoing per contact or theme, for whoever had a form open meanwhile to see. */
export type SetUp = {
  contacts: Readonly<Record<ContactId, readonly Change<ContactFields>[]>>;
  themes: Readonly<Record<ThemeId, readonly Change<ThemeFields>[]>>;
  made: Readonly<Record<string, number>>;
  absences: readonly SetAbsence[];
};
export const NOTHING_SET_UP: SetUp = { contacts: {}, themes: {}, made: {}, absences: [] };

/** A contact or a theme, as `made` counts them. */
export type About = { kind: 'contact'; id: ContactId } | { kind: 'theme'; id: ThemeId };
const madeKey = ({ kind, id }: About): string => `${kind}:${id}`;
export const madeOf = (setUp: SetUp, about: About): number => setUp.made[madeKey(about)] ?? 0;

export type SetUpRefusal =
  | { kind: 'not-allowed' }
  | { kind: 'unknown-contact' }
  | { kind: 'unknown-theme' }
  | { kind: 'unknown-service' }
  | { kind: 'in-the-past' }
  | { kind: 'end-before-begin' }
  | { kind: 'too-long'; days: number }
  | { kind: 'own-substitute' }
  | { kind: 'other-service' }
  | { kind: 'substitute-absent'; role: string; to: Day }
  | { kind: 'not-absent' }
  | { kind: 'bad-name'; most: number }
  | { kind: 'bad-email' }
  | { kind: 'too-many-words'; most: number }
  | { kind: 'changed-meanwhile' }
  | { kind: 'nothing-changed' }
  | { kind: 'nothing-to-undo' };

const LONGEST_ABSENCE = 366;
const MOST_ABSENCES = 20;
const NAME_LENGTH = 120;
const MOST_KEYWORDS = 60;
/** Changes that can be undone per contact or theme; what is older is one change. */
const MOST_CHANGES = 20;

/** What the changes that were not undone add up to. */
export const standing = <Fields extends object>(changes: readonly Change<Fields>[] = []): Fields =>
  Object.assign({}, ...changes.map(({ to }) => to)) as Fields;

type Named = { themes: Theme[]; contacts: Contact[] };

/** Themes and contacts of content/ with what was set up over them. What content/ has no more is left alone. */
export function laidOver({ themes, contacts }: Named, setUp: SetUp): Named {
  const known = new Set(contacts.map(({ id }) => id));
  const moved = new Map<ThemeId, ContactId>();
  const changedThemes = themes.map((theme) => {
    const { contact, retired, ...fields } = standing(setUp.themes[theme.id]);
    if (contact && known.has(contact)) moved.set(theme.id, contact);
    return { ...theme, ...fields, ...(retired ? { retired: true as const } : {}) };
  });
  const changedContacts = contacts.map((contact): Contact => {
    const { substitute, ...fields } = standing(setUp.contacts[contact.id]);
    const { substitute: written, ...rest } = contact;
    const standsIn = substitute === undefined ? written : substitute === '' ? undefined : substitute;
    // Whoever dispatches for a region keeps the themes: they are found through the centre.
    const kept = contact.themes.filter(
      (id) => contact.centres.length > 0 || (moved.get(id) ?? contact.id) === contact.id,
    );
    const added = [...moved].filter(([id, to]) => to === contact.id && !kept.includes(id)).map(([id]) => id);
    const own = setUp.absences.filter((one) => one.contact === contact.id);
    return {
      ...rest,
      ...fields,
      themes: [...kept, ...added],
      absences: [
        ...contact.absences,
        ...own.map(({ from, to, substitute: named }) => ({ from, to, ...(named ? { substitute: named } : {}) })),
      ],
      ...(standsIn ? { substitute: standsIn } : {}),
    };
  });
  return { themes: changedThemes, contacts: changedContacts };
}

type Who = { person: PersonId; roles: Roles };
type Given = { contact: ContactId; from: Day; to: Day; substitute?: ContactId | undefined };

/** Notes that a contact is away from the first up to and including the last day, in the place of what it overlaps. */
export function setAbsence(
  setUp: SetUp,
  directory: Directory,
  who: Who,
  { contact, from, to, substitute }: Given,
  { now, today, id }: { now: Instant; today: Day; id: string },
): Result<SetUp, SetUpRefusal> {
  if (setUp.absences.some((one) => one.id === id)) return yes(setUp);
  if (!mayStandIn(who.roles, contact)) return no({ kind: 'not-allowed' });
  const away = directory.contacts.find((one) => one.id === contact);
  if (!away) return no({ kind: 'unknown-contact' });
  if (to < today) return no({ kind: 'in-the-past' });
  if (to < from) return no({ kind: 'end-before-begin' });
  if ((Date.parse(to) - Date.parse(from)) / DAY_MS > LONGEST_ABSENCE)
    return no({ kind: 'too-long', days: LONGEST_ABSENCE });
  if (substitute !== undefined) {
    const named = directory.contacts.find((one) => one.id === substitute);
    if (!named) return no({ kind: 'unknown-contact' });
    if (substitute === contact || sameMailbox(named, away)) return no({ kind: 'own-substitute' });
    if (named.service !== away.service) return no({ kind: 'other-service' });
    const also = named.absences.find((one) => one.from <= to && (from > today ? from : today) <= one.to);
    if (also) return no({ kind: 'substitute-absent', role: named.role, to: also.to });
  }
  const others = setUp.absences.filter((one) => one.contact !== contact || one.to < from || to < one.from);
  const own = others.filter((one) => one.contact === contact).slice(-(MOST_ABSENCES - 1));
  const absence = { id, contact, from, to, ...(substitute ? { substitute } : {}), by: who.person, at: now };
  return yes({ ...setUp, absences: [...others.filter((one) => one.contact !== contact), ...own, absence] });
}

const sameMailbox = (one: Contact, other: Contact): boolean => one.email.toLowerCase() === other.email.toLowerCase();

/** Back from yesterday on: what began ends, what is still to come does not happen when `id` names it. */
export function endAbsence(
  setUp: SetUp,
  who: Who,
  { contact, id }: { contact: ContactId; id?: string | undefined },
  today: Day,
): Result<SetUp, SetUpRefusal> {
  if (!mayStandIn(who.roles, contact)) return no({ kind: 'not-allowed' });
  const ends = (one: SetAbsence): boolean =>
    one.contact === contact && one.to >= today && (id === undefined ? one.from <= today : one.id === id);
  if (!setUp.absences.some(ends)) return no({ kind: 'not-absent' });
  const yesterday = new Date(Date.parse(today) - DAY_MS).toISOString().slice(0, 10);
  const absences = setUp.absences.flatMap((one) =>
    !ends(one) ? [one] : one.from < today ? [{ ...one, to: yesterday }] : [],
  );
  return yes({ ...setUp, absences });
}

/** Without the absences that ended before a day, and without who made the changes before an instant. */
export function forgotten(setUp: SetUp, { endedBefore, madeBefore }: { endedBefore: Day; madeBefore: Instant }): SetUp {
  return withoutMakers(
    { ...setUp, absences: setUp.absences.filter(({ to }) => to >= endedBefore) },
    ({ at }) => at < madeBefore,
  );
}

function withoutMakers(setUp: SetUp, which: (one: { by: PersonId | ''; at: Instant }) => boolean): SetUp {
  const bare = <One extends { by: PersonId | ''; at: Instant }>(one: One): One =>
    one.by !== '' && which(one) ? { ...one, by: '' } : one;
  const all = <Fields>(changes: Readonly<Record<string, readonly Change<Fields>[]>>) =>
    Object.fromEntries(Object.entries(changes).map(([id, list]) => [id, list.map(bare)]));
  return { ...setUp, contacts: all(setUp.contacts), themes: all(setUp.themes), absences: setUp.absences.map(bare) };
}

type Act = {
  who: Who;
  now: Instant;
  key: string /** What `made` was when the form was opened. */;
  made?: number | undefined;
};

/** Changes what is different from how the contact stands now. */
export function changeContact(
  setUp: SetUp,
  directory: Directory,
  act: Act,
  id: ContactId,
  given: Required<ContactFields>,
): Result<SetUp, SetUpRefusal> {
  const about: About = { kind: 'contact', id };
  return changing(setUp, about, act, setUp.contacts[id], () => {
    const contact = directory.contacts.find((one) => one.id === id);
    if (!contact) return no({ kind: 'unknown-contact' });
    if (!directory.services.some((service) => service.id === contact.service)) return no({ kind: 'unknown-service' });
    const role = oneLine(given.role);
    const email = given.email.trim();
    if (!isName(role)) return no({ kind: 'bad-name', most: NAME_LENGTH });
    if (!isEmail(email)) return no({ kind: 'bad-email' });
    const named = directory.contacts.find((one) => one.id === given.substitute);
    if (given.substitute !== '' && !named) return no({ kind: 'unknown-contact' });
    if (named?.id === id) return no({ kind: 'own-substitute' });
    if (named && named.service !== contact.service) return no({ kind: 'other-service' });
    return yes({
      ...(role === contact.role ? {} : { role }),
      ...(email === contact.email ? {} : { email }),
      ...(given.substitute === (contact.substitute ?? '') ? {} : { substitute: given.substitute }),
    } satisfies ContactFields);
  });
}

/** The same of a theme. Its contact belongs to its service. */
export function changeTheme(
  setUp: SetUp,
  directory: Directory,
  act: Act,
  id: ThemeId,
  given: Omit<Required<ThemeFields>, 'contact'> & { contact: ContactId | '' },
): Result<SetUp, SetUpRefusal> {
  const about: About = { kind: 'theme', id };
  return changing(setUp, about, act, setUp.themes[id], () => {
    const theme = directory.themes.find((one) => one.id === id);
    if (!theme) return no({ kind: 'unknown-theme' });
    const service = directory.services.find((one) => one.id === given.service);
    if (!service) return no({ kind: 'unknown-service' });
    const contact = directory.contacts.find((one) => one.id === given.contact);
    if (given.contact !== '' && !contact) return no({ kind: 'unknown-contact' });
    if (contact ? contact.service !== service.id : service.id !== theme.service) return no({ kind: 'other-service' });
    const name = oneLine(given.name);
    const keywords = [...new Set(given.keywords.map(oneLine))].filter((word) => word !== '');
    if (!isName(name) || keywords.some((word) => word.length > NAME_LENGTH || !HARMLESS.test(word)))
      return no({ kind: 'bad-name', most: NAME_LENGTH });
    if (keywords.length > MOST_KEYWORDS) return no({ kind: 'too-many-words', most: MOST_KEYWORDS });
    return yes({
      ...(name === theme.name ? {} : { name }),
      ...(keywords.join('\n') === theme.keywords.join('\n') ? {} : { keywords }),
      ...(service.id === theme.service ? {} : { service: service.id }),
      ...(contact && contact.id !== contactOf(directory, id) ? { contact: contact.id } : {}),
      ...(given.retired === (theme.retired ?? false) ? {} : { retired: given.retired }),
    } satisfies ThemeFields);
  });
}

/** Takes the last change of a contact or a theme back. */
export function undoChange(setUp: SetUp, act: Act, about: About): Result<SetUp, SetUpRefusal> {
  if (!mayIn(act.who.roles, 'change-set-up')) return no({ kind: 'not-allowed' });
  const changes: readonly unknown[] =
    (about.kind === 'contact' ? setUp.contacts[about.id] : setUp.themes[about.id]) ?? [];
  if (act.made !== madeOf(setUp, about)) return no({ kind: 'changed-meanwhile' });
  return changes.length === 0 ? no({ kind: 'nothing-to-undo' }) : yes(saved(setUp, about, changes.slice(0, -1)));
}

/** Who looks after a theme in the first place, absent or not: not who dispatches for a region, reception last. */
export function contactOf({ contacts, themes, services }: Directory, theme: ThemeId): ContactId | undefined {
  const service = services.find(({ id }) => id === themes.find((one) => one.id === theme)?.service);
  const own = contacts.filter((one) => one.themes.includes(theme) && one.centres.length === 0);
  return (own.find(({ id }) => id !== service?.reception) ?? own[0])?.id;
}

export type Gap =
  | { kind: 'no-substitute' | 'circle'; contact: ContactId }
  | { kind: 'absent-without-substitute' | 'substitute-absent'; contact: ContactId; to: Day }
  | { kind: 'no-contact'; theme: ThemeId };

/** What has to be seen to on a day, in the order of the contacts and themes. */
export function gapsIn(directory: Directory, today: Day): Gap[] {
  const { contacts, themes } = directory;
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const ofContact = (contact: Contact): Gap[] => {
    const away = absenceOn(contact, today);
    const named = away?.substitute ?? contact.substitute;
    const substitute = named === undefined ? undefined : byId.get(named);
    const about = { contact: contact.id };
    if (away && !substitute) return [{ kind: 'absent-without-substitute', ...about, to: away.to }];
    if (!substitute) return [{ kind: 'no-substitute', ...about }];
    const also = away && absenceOn(substitute, today);
    if (also && !reaches(byId, substitute, today)) return [{ kind: 'circle', ...about }];
    return also ? [{ kind: 'substitute-absent', ...about, to: also.to }] : [];
  };
  return [
    ...contacts.flatMap(ofContact),
    ...themes
      .filter(({ id, retired }) => !retired && !contacts.some((one) => one.themes.includes(id)))
      .map(({ id }): Gap => ({ kind: 'no-contact', theme: id })),
  ];
}

function reaches(byId: ReadonlyMap<ContactId, Contact>, from: Contact, today: Day): boolean {
  const tried = new Set<ContactId>();
  let next: Contact | undefined = from;
  while (next && !tried.has(next.id)) {
    tried.add(next.id);
    const away = absenceOn(next, today);
    if (!away) return true;
    const named: ContactId | undefined = away.substitute ?? next.substitute;
    next = named === undefined ? undefined : byId.get(named);
  }
  return false;
}

function changing<Fields extends object>(
  setUp: SetUp,
  about: About,
  { who, now, key, made }: Act,
  changes: readonly Change<Fields>[] = [],
  decide: () => Result<Fields, SetUpRefusal>,
): Result<SetUp, SetUpRefusal> {
  if (!mayIn(who.roles, 'change-set-up')) return no({ kind: 'not-allowed' });
  if (changes.some((one) => one.key === key)) return yes(setUp);
  if (made !== undefined && made !== madeOf(setUp, about)) return no({ kind: 'changed-meanwhile' });
  const decided = decide();
  if (!decided.ok) return decided;
  if (Object.keys(decided.value).length === 0) return no({ kind: 'nothing-changed' });
  const all = [...changes, { at: now, by: who.person, key, to: decided.value }];
  const [first, second, ...rest] = all;
  const squashed = all.length > MOST_CHANGES ? [{ ...second!, to: { ...first!.to, ...second!.to } }, ...rest] : all;
  return yes(saved(setUp, about, squashed));
}

function saved(setUp: SetUp, about: About, changes: readonly unknown[]): SetUp {
  const made = { ...setUp.made, [madeKey(about)]: madeOf(setUp, about) + 1 };
  return about.kind === 'contact'
    ? { ...setUp, made, contacts: { ...setUp.contacts, [about.id]: changes as readonly Change<ContactFields>[] } }
    : { ...setUp, made, themes: { ...setUp.themes, [about.id]: changes as readonly Change<ThemeFields>[] } };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** No Markdown link, no HTML, no sign that turns text around or cannot be seen. */
const HARMLESS = /^[^<>[\]\p{C}\p{Zl}\p{Zp}]+$/u;
const isName = (text: string): boolean => text.length >= 2 && text.length <= NAME_LENGTH && HARMLESS.test(text);
const isEmail = (text: string): boolean => text.length <= 254 && /^[\w.+'-]+@[\w-]+(\.[\w-]+)+$/.test(text);
