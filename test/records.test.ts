// A damaged record: named when it is read, left out of lists, and never in the way of the others.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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

it('quotes nothing of a record that is cut off, whatever kind it is of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'records-'));
  const path = join(folder, 'helpdesk.sqlite');
  const file = openSqlite(path, { now: () => 1 });
  const said: string[] = [];
  const store = checked(file, (message) => void said.push(message));
  for (const kind of ['draft', 'of-no-shape'])
    for (const id of [`cut ${kind}`, `good ${kind}`])
      await file.create({ pk: id, id, kind, body: { text: 'Vertrouwelijk over Jonas', source: '', at: 1 } });
  const other = new DatabaseSync(path);
  other.exec("UPDATE documents SET body = substr(body, 1, 25) WHERE pk LIKE 'cut %'");
  other.close();
  for (const kind of ['draft', 'of-no-shape']) {
    await store.read(`cut ${kind}`, `cut ${kind}`).catch((error: Error) => said.push(error.message));
    expect((await store.list({ kind })).docs.map(({ doc }) => doc.id)).toEqual([`good ${kind}`]);
  }
  expect((await store.changes('', 10)).docs).toHaveLength(4);
  expect(said).toHaveLength(4);
  for (const sentence of said) expect(sentence).toMatch(/^stored [\w-]+ "cut [\w-]+" is damaged: it is no JSON$/);
  store.close();
  await rm(folder, { recursive: true });
});
