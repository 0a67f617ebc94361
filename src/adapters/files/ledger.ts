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

/**
 * The ledger in this folder, which must not be the place where backups of the store go. Each line is on disk when
 * `note` resolves. A person stands in it as a hash under a key in its first line: enough to know them again, no list
 * of people. Rejects when a line cannot be read: what it said would come back unnoticed.
 */
export function createLedger(folder: string, clock: Clock): ErasureLedger {
  const file = join(folder, NAME);

  async function lines(): Promise<string[]> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').filter((one) => one !== '');
  }
  async function append(text: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.appendFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  async function keyOf(): Promise<string> {
    const [first] = await lines();
    if (first !== undefined) return read(head, first, 1).key;
    await append(`${JSON.stringify({ key: randomBytes(32).toString('base64url') })}\n`);
    return keyOf();
  }
  function read<Shape extends z.ZodType>(shape: Shape, text: string, number: number): z.infer<Shape> {
    try {
      return shape.parse(JSON.parse(text));
    } catch {
      throw new Error(
        `${file}:${number} cannot be read. Put the file back from a copy: it says what must stay erased.`,
      );
    }
  }
  const hashed = (key: string, person: string) => createHmac('sha256', key).update(person).digest('base64url');

  return {
    async note(what) {
      const key = await keyOf();
      const at = new Date(clock.now()).toISOString();
      const entry = 'person' in what ? { at, person: hashed(key, what.person) } : { at, ticket: what.ticket };
      await append(`${JSON.stringify(entry)}\n`);
    },
    async erased() {
      const [first, ...rest] = await lines();
      if (first === undefined) return { person: () => false, ticket: () => false };
      const { key } = read(head, first, 1);
      const entries = rest.map((text, index) => read(line, text, index + 2));
      const people = new Set(entries.flatMap((entry) => ('person' in entry ? [entry.person] : [])));
      const tickets = new Set<string>(entries.flatMap((entry) => ('ticket' in entry ? [entry.ticket] : [])));
      return { person: (id) => people.has(hashed(key, id)), ticket: (id) => tickets.has(id) };
    },
  };
}
