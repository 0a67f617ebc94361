// A file that says who and what was erased, without saying who: a backup that is put back still holds them. Knows no store.

import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import type { Clock, ErasureLedger } from '../../app/ports.ts';

const NAME = 'erasures.jsonl';
const head = z.object({ key: z.string() });
const line = z.union([
  z.object({ at: z.string(), person: z.string() }),
  z.object({ at: z.string(), ticket: z.string() }),
]);
/** What a crash leaves of a line: the note of it never resolved, so whoever wanted it notes it again. */
const CUT_OFF = /^\{"[^}]*$/;

/**
 * The ledger in this folder, which must not be the place where backups of the store go. Each line is on disk when
 * `note` resolves. A person stands in it as a hash under a key in its first line: enough to know them again, no list
 * of people. Instances may share it; two that begin it at once each leave a key, and both count. Rejects when a line
 * cannot be read: what it said would come back unnoticed.
 */
export function createLedger(folder: string, clock: Clock): ErasureLedger {
  const file = join(folder, NAME);

  type Line = { text: string; number: number };
  async function whole(): Promise<{ keys: Line[]; others: Line[]; endsCutOff: boolean }> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const lines = text.split('\n').map((one, index) => ({ text: one, number: index + 1 }));
    const ended = lines.filter((one) => one.text !== '' && !CUT_OFF.test(one.text));
    const [keys, others] = [true, false].map((wanted) =>
      ended.filter((one) => one.text.startsWith('{"key"') === wanted),
    );
    return { keys: keys!, others: others!, endsCutOff: text !== '' && !text.endsWith('\n') };
  }
  function read<Shape extends z.ZodType>(shape: Shape, { text, number }: Line): z.infer<Shape> {
    try {
      return shape.parse(JSON.parse(text));
    } catch {
      throw new Error(
        `${file}:${number} cannot be read. Put the file back from a copy: it says what must stay erased.`,
      );
    }
  }
  async function append(entry: object, afterCutOff: boolean): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.appendFile(`${afterCutOff ? '\n' : ''}${JSON.stringify(entry)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  const hashed = (key: string, person: string) => createHmac('sha256', key).update(person).digest('base64url');

  return {
    async note(what) {
      let { keys, endsCutOff } = await whole();
      if (keys.length === 0) {
        await append({ key: randomBytes(32).toString('base64url') }, endsCutOff);
        ({ keys, endsCutOff } = await whole());
      }
      const { key } = read(head, keys[0]!);
      const at = new Date(clock.now()).toISOString();
      await append('person' in what ? { at, person: hashed(key, what.person) } : { at, ...what }, endsCutOff);
    },
    async erased() {
      const lines = await whole();
      const keys = lines.keys.map((one) => read(head, one).key);
      const entries = lines.others.map((one) => read(line, one));
      const people = new Set(entries.flatMap((entry) => ('person' in entry ? [entry.person] : [])));
      const tickets = new Set<string>(entries.flatMap((entry) => ('ticket' in entry ? [entry.ticket] : [])));
      return {
        person: (id) => keys.some((key) => people.has(hashed(key, id))),
        ticket: (id) => tickets.has(id),
      };
    },
  };
}
