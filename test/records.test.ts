// A damaged record: named when it is read, left out of lists, and never in the way of the others.

import { expect, it } from 'vitest';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';

it('names the damaged document on read, and lists the others without it', async () => {
  const damaged: string[] = [];
  const file = openSqlite(':memory:', { now: () => 1 });
  const store = checked(file, (message) => void damaged.push(message));
  const draft = (id: string, body: unknown) => file.create({ pk: id, id, kind: 'draft', body });
  await draft('good', { text: 'Plan een gesprek.', source: '', at: 1 });
  await draft('bad', { text: 12 });
  await expect(store.read('bad', 'bad')).rejects.toThrow('stored draft "bad" is damaged: text');
  expect((await store.list({ kind: 'draft' })).docs.map(({ doc }) => doc.id)).toEqual(['good']);
  expect(damaged).toEqual([expect.stringContaining('"bad"')]);
  store.close();
});
