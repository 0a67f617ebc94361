// Which commands are entered in the audit trail, and as what: the operator has the machine, so what they do with it is noted.

import type { Command } from 'commander';
import type { Clock, Store } from '../app/ports.ts';
import { type Audited, audit } from '../app/privacy/audit.ts';

type Options = Record<string, unknown>;
/** What a command enters before it does anything; undefined when, with these options, it neither reads nor changes what people wrote. */
type Entry = (options: Options, words: readonly string[]) => Audited | undefined;
/** Why a command is not entered before it starts. */
type Unnoted = { unnoted: string };

const exporting =
  (what: string): Entry =>
  ({ schoolYear, month }) => ({ action: 'export', about: [what, schoolYear ?? month].filter(Boolean).join(' ') });
const only = (wanted: boolean, entry: Audited): Audited | undefined => (wanted ? entry : undefined);

/** Every command that does something, by how it is typed. `test/trail.test.ts` walks them all. */
export const TRAIL: Readonly<Record<string, Entry | Unnoted>> = {
  ask: { unnoted: 'reads the index and keeps nothing of the question' },
  reload: () => ({ action: 'change-content', about: 'content' }),
  report: exporting('report'),
  rebuild: { unnoted: 'counts again and shows nothing' },
  import: ({ apply }, [kind = '']) => only(apply === true, { action: 'import', about: kind }),
  'import material': { unnoted: 'reads documents and writes a file to review; the store is not opened' },
  export: ({ withText, schoolYear }, [kind = '']) => ({
    action: 'export',
    about: [kind, schoolYear, withText ? 'with text' : undefined].filter(Boolean).join(' '),
  }),
  'lint-content': { unnoted: 'reads content/ only' },
  'content export': () => ({ action: 'export', about: 'items' }),
  'content import': ({ apply }) => only(apply === true, { action: 'change-content', about: 'items' }),
  'content check-links': { unnoted: 'reads the addresses of sources' },
  'cases export': { unnoted: 'enters itself with how many' },
  'wordings list': () => ({ action: 'read-text', about: 'wordings' }),
  'wordings remove': { unnoted: 'enters itself when there is such a wording' },
  seed: { unnoted: 'fills an empty store with fiction, in local mode only' },
  topics: exporting('topics'),
  newsletter: exporting('newsletter'),
  'annual-report': exporting('annual report'),
  'own-data': () => ({ action: 'give-own-data', about: 'person' }),
  forget: ({ yes }) => ({ action: yes ? 'erase-person' : 'find-person', about: 'person' }),
  'find-person': () => ({ action: 'find-person', about: 'ticket' }),
  retention: ({ apply }) => only(apply === true, { action: 'retention', about: 'asked for' }),
  'audit verify': { unnoted: 'compares seals and shows no entry' },
  'audit list': () => ({ action: 'read-trail', about: 'audit' }),
  doctor: { unnoted: 'reads settings and counts; names questions by number only' },
  'dead-letters': { unnoted: 'names questions by number only, and has messages tried again' },
  backup: { unnoted: 'enters itself when there is a store to copy' },
  restore: { unnoted: 'enters itself in the store that it put back' },
  'erase-again': () => ({ action: 'erase-person', about: 'again' }),
  move: { unnoted: 'enters itself, so that the entry moves along' },
};

/** Notes every command before it runs; one that is not in the table is noted by its name. */
export function noteCommands(
  program: Command,
  { clock, openStore }: { clock: Clock; openStore: () => Promise<Store> },
): void {
  program.hook('preAction', async (_program, command) => {
    const name = nameOf(command);
    const entry = TRAIL[name] ?? (() => ({ action: 'command', about: name }) as const);
    const noted = typeof entry === 'function' ? entry(command.opts(), command.args) : undefined;
    if (!noted) return;
    const store = await openStore();
    try {
      await audit({ store, clock }, 'command-line', noted);
    } finally {
      store.close();
    }
  });
}

/** As it is typed behind "helpdesk": "audit list". */
export function nameOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}
