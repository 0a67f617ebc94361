// Changes to contacts and themes out to a file and back, without passing over what somebody changed meanwhile. Knows no YAML.

import {
  type About,
  type ContactFields,
  changeContact,
  changeTheme,
  contactOf,
  standing,
  type ThemeFields,
} from '../../domain/set-up.ts';
import type { ContactId, PersonId, ThemeId } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import type { Clock, Content, Store } from '../ports.ts';
import { audit } from '../privacy/audit.ts';
import { editSetUp } from './change.ts';
import { readSetUp, withSetUp } from './kept.ts';

const words = locale.setUp.files;
const COMMAND_LINE = {
  person: 'command-line' as PersonId,
  roles: { advisorOf: [], quality: false, administrator: true },
};

/** One contact or theme: what was there before and what is to be there, field by field. */
export type SetUpEntry = About & { was: Fields; now: Fields };
export type Fields = ContactFields & ThemeFields;

/** What was changed over `content`, which is that of the files alone, and is still different from it. */
export async function exportSetUp(store: Store, content: Content): Promise<SetUpEntry[]> {
  const setUp = await readSetUp(store);
  const changed: [About, Fields][] = [
    ...content.contacts.map(({ id }): [About, Fields] => [{ kind: 'contact', id }, standing(setUp.contacts[id])]),
    ...content.themes.map(({ id }): [About, Fields] => [{ kind: 'theme', id }, standing(setUp.themes[id])]),
  ];
  return changed.flatMap(([about, fields]): SetUpEntry[] => {
    const stands = fieldsOf(content, about);
    const names = (Object.keys(fields) as (keyof Fields)[]).filter((name) => !same(stands?.[name], fields[name]));
    return names.length > 0 ? [{ ...about, was: pick(stands ?? {}, names), now: pick(fields, names) }] : [];
  });
}

export type SetUpImport = { same: number; changed: SetUpEntry[] /** One Dutch line each. */; conflicts: string[] };

/** What taking this over would do: a field that is neither what it was nor what it is to be is in conflict. */
export async function planSetUpImport(
  store: Store,
  content: Content,
  entries: readonly SetUpEntry[],
): Promise<SetUpImport> {
  const known = withSetUp(content, await readSetUp(store));
  const plan: SetUpImport = { same: 0, changed: [], conflicts: [] };
  for (const entry of entries) {
    const stands = fieldsOf(known, entry);
    const names = (Object.keys(entry.now) as (keyof Fields)[]).filter((name) => !same(stands?.[name], entry.now[name]));
    const changed = names.find((name) => !same(stands?.[name], entry.was[name]));
    if (!stands) plan.conflicts.push(words.conflict(entry.id, words.unknown));
    else if (names.length === 0) plan.same++;
    else if (changed) plan.conflicts.push(words.conflict(entry.id, words.changedHere(changed)));
    else plan.changed.push(entry);
  }
  return plan;
}

/** Takes over what the plan found without conflict. Returns the lines of what the rules refuse. */
export async function applySetUpImport(
  { store, clock }: { store: Store; clock: Clock },
  content: Content,
  plan: SetUpImport,
): Promise<string[]> {
  const refused: string[] = [];
  for (const entry of plan.changed) {
    const act = { who: COMMAND_LINE, now: clock.now(), key: `import:${clock.now()}` };
    const outcome = await editSetUp(store, (before) => {
      const known = withSetUp(content, before);
      const given = { ...fieldsOf(known, entry)!, ...entry.now };
      return entry.kind === 'contact'
        ? changeContact(before, known, act, entry.id, given as Required<ContactFields>)
        : changeTheme(before, known, act, entry.id, given as Required<ThemeFields>);
    });
    if (!outcome.ok) refused.push(words.conflict(entry.id, locale.setUp.refusal(outcome.refusal)));
    else if (outcome.saved) {
      const action = entry.kind === 'contact' ? 'change-contact' : 'change-theme';
      await audit({ store, clock }, 'command-line', { action, about: entry.id });
    }
  }
  return refused;
}

/** As it stands, every field that can be changed filled in. */
function fieldsOf(content: Content, { kind, id }: About): Fields | undefined {
  if (kind === 'contact') {
    const contact = content.contacts.find((one) => one.id === (id as ContactId));
    return contact && { role: contact.role, email: contact.email, substitute: contact.substitute ?? '' };
  }
  const theme = content.themes.find((one) => one.id === (id as ThemeId));
  if (!theme) return undefined;
  const { name, keywords, service, retired = false } = theme;
  const contact = contactOf(content, theme.id);
  return { name, keywords, service, ...(contact ? { contact } : {}), retired };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const pick = (fields: Fields, names: readonly (keyof Fields)[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
