// The file of what was changed to contacts and themes: written to review, and read back. Knows no store.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import type { SetUpEntry } from '../../app/set-up/files.ts';
import type { ContactId, ServiceId, ThemeId } from '../../domain/terms.ts';
import { list, values } from './listing.ts';
import { asYaml, readYaml } from './yaml.ts';

export const SET_UP_FILE = 'set-up.yaml';
const COMMENT =
  'Changes made in the chat over contacts.yaml and themes.yaml. Write them into those files, or read this back with "content import".';

const id = <Name extends string>() =>
  z
    .string()
    .min(1)
    .max(200)
    .transform((value) => value as Name);
const fields = z
  .strictObject({
    role: z.string(),
    email: z.string(),
    substitute: z.union([z.literal(''), id<ContactId>()]),
    name: z.string(),
    keywords: z.array(z.string()),
    service: id<ServiceId>(),
    contact: id<ContactId>(),
    retired: z.boolean(),
  })
  .partial()
  // An absent field is absent, not undefined.
  .transform((given) => given as SetUpEntry['now']);
const entry = z
  .strictObject({ id: z.string().min(1), kind: z.enum(['contact', 'theme']), was: fields.default({}), now: fields })
  .transform(
    ({ id: about, kind, was, now }): SetUpEntry =>
      kind === 'contact' ? { kind, id: about as ContactId, was, now } : { kind, id: about as ThemeId, was, now },
  );

export const setUpYaml = (entries: readonly SetUpEntry[]): string => asYaml(entries, COMMENT);

/** `entries` is empty when the folder has no such file. `problems` are one English line each. */
export async function readSetUpFile(folder: string): Promise<{ entries: SetUpEntry[]; problems: string[] }> {
  const path = join(folder, SET_UP_FILE);
  if (!(await stat(path).catch(() => undefined))) return { entries: [], problems: [] };
  const file = await readYaml(path);
  if (!('at' in file)) return { entries: [], problems: file.problems };
  const problems: string[] = [];
  const listing = list<SetUpEntry>(file, path, 'change', entry, (problem) => void problems.push(problem));
  return { entries: values(listing), problems };
}
