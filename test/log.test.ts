// What an operator reads of a turn: lines that belong together, and what the store charged for it.

import { expect, it } from 'vitest';
import { createTurns } from '../src/adapters/log.ts';
import type { Log } from '../src/app/ports.ts';

it('sums what the store charged, turn by turn, also when turns overlap', async () => {
  const lines: [string, Record<string, number>][] = [];
  const note = (fields: object, message: string) => void lines.push([message, fields as Record<string, number>]);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const turns = createTurns(log);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

  const task = async (ru: number) => {
    turns.charge('read', ru);
    await pause();
    turns.charge('create', ru);
  };
  await Promise.all([turns.run(() => task(1.1)), turns.run(() => task(5))]);
  turns.charge('list', 2.345);
  await expect(turns.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');

  const done = lines
    .filter(([message]) => message === 'a turn is done')
    .map(([, { operations, ru }]) => [operations, ru]);
  expect(done).toEqual([
    [2, 2.2],
    [2, 10],
    [0, 0],
  ]);
  expect(lines.filter(([message]) => message === 'the store charged')).toHaveLength(5);
});
