// Stories of two sources: items that people published and the files of content/, out and back without passing over anybody.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { itemFilesWith, readItemFolder } from '../src/adapters/files/faq.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { applyItemImport, exportItems, planItemImport } from '../src/app/knowledge/item-files.ts';
import { followItems, lastItemNews, readItem, withItems } from '../src/app/knowledge/items.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content, Store } from '../src/app/ports.ts';
import type { Item, ItemId, ThemeId } from '../src/domain/terms.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const clock = { now: () => NOW };
const KEEPING = 'mdd-bewaartermijn' as ItemId;
let store: Store;
let content: Content;
let folder: string;

beforeEach(async () => {
  store = checked(openSqlite(':memory:', clock), () => {});
  content ??= (await loadContent('content')).content;
  folder = await mkdtemp(join(tmpdir(), 'faq-'));
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const keeping = (): Item => content.items.find(({ id }) => id === KEEPING)!;
const fresh: Item = {
  id: 'badge-archief' as ItemId,
  kind: 'faq',
  title: 'Hoe vraag ik een badge voor het archief?',
  variants: ['badge archief kwijt'],
  wordings: [],
  answer: 'Mail het **onthaal**.\n\n- met je nummer\n- met je centrum',
  themes: ['dossier-en-inzage' as ThemeId],
  audience: ['clb'],
  sources: [{ title: 'Het CLB-dossier', url: 'https://www.vrijclb.be/dossier' }],
  writtenOn: '2026-11-20',
  reviewedOn: '2026-11-24',
  status: 'reviewed',
  owner: 'poc-dossier' as Item['owner'],
};
const take = async (items: Item[], versions: Record<string, number> = {}) => {
  const plan = await planItemImport(store, content, items, versions, NOW);
  return { ...plan, refused: await applyItemImport({ store, clock }, content, plan) };
};
/** Writes the export in a folder of its own and reads it back. */
const written = async () => {
  const { items, retired, versions } = await exportItems(store, content);
  const files = await itemFilesWith('content', items, retired);
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  return { files, versions, ...(await readItemFolder(folder)) };
};

describe('an export', () => {
  it('is the file as it was, but for what changed', async () => {
    const changed = { ...keeping(), answer: `${keeping().answer.trim()}\n\nVraag raad bij twijfel.` };
    expect((await take([changed, fresh])).conflicts).toEqual([]);
    const { files, problems, items } = await written();
    expect(problems).toEqual([]);
    expect([...files.keys()]).toEqual(['dossier-en-inzage.yaml']);
    const [text] = [...files.values()];
    const others = (source: string) =>
      source.split(/^(?=- id: )/m).filter((one) => !/^- id: (mdd-bewaar|badge-)/.test(one));
    expect(others(text!)).toEqual(others(await readFile('content/faq/dossier-en-inzage.yaml', 'utf8')));
    expect(text!.trimEnd().split('\n- id: ').at(-1)).toMatch(/^badge-archief\n {2}question: /);
    expect(items.find(({ id }) => id === fresh.id)?.answer.split(/\s+/)).toEqual(fresh.answer.split(/\s+/));
    expect((await itemFilesWith('content', (await readItemFolder('content/faq')).items, [])).size).toBe(0);
  });

  it('read back at once changes nothing, and again gives the same files', async () => {
    await take([fresh]);
    const { items, versions, files } = await written();
    const plan = await planItemImport(store, content, items, versions, NOW);
    expect([plan.fresh, plan.changed, plan.conflicts]).toEqual([[], [], []]);
    expect((await written()).files).toEqual(files);
  });

  it('writes out what others shared with an entry that goes', async () => {
    const { items } = await readItemFolder('content/faq');
    const first = items.find(({ themes }) => themes[0] === 'anderstaligheid')!;
    const [text] = (await itemFilesWith('content', [], [first.id])).values();
    await writeFile(join(folder, 'anderstaligheid.yaml'), text!);
    const back = await readItemFolder(folder);
    expect(back.problems).toEqual([]);
    expect(back.items.map(({ id }) => id)).not.toContain(first.id);
    expect(back.items.every(({ audience }) => audience.length > 0)).toBe(true);
  });
});

describe('an import', () => {
  it('passes over nobody: who changed it here since the export has it', async () => {
    await take([fresh]);
    const { versions } = await written();
    await take([{ ...fresh, answer: 'Hier aangepast.' }], versions);
    const plan = await take([{ ...fresh, answer: 'In het bestand aangepast.' }], versions);
    expect(plan.conflicts).toEqual([expect.stringContaining('sinds de export')]);
    const held = await readItem(store, fresh.id);
    expect(held!.entry.versions.at(-1)!.text.answer).toBe('Hier aangepast.');
    expect(held!.entry.versions).toHaveLength(2);
  });

  it('names a changed id, a theme that is not there and material, and takes over the rest', async () => {
    const material = content.items.find(({ kind }) => kind === 'material')!;
    const plan = await take([
      { ...keeping(), id: 'nieuw-id' as ItemId },
      { ...fresh, id: 'thema-weg' as ItemId, title: 'Iets anders?', themes: ['verdwenen' as ThemeId] },
      { ...fresh, id: material.id, title: 'Nog iets anders?' },
      fresh,
    ]);
    expect(plan.conflicts).toHaveLength(3);
    expect(plan.conflicts[0]).toContain(`staat er al als ${KEEPING}`);
    expect(plan.conflicts[1]).toContain('verdwenen');
    expect(await readItem(store, 'nieuw-id' as ItemId)).toBeUndefined();
    expect(await readItem(store, fresh.id)).toBeDefined();
  });

  it('keeps the text of the file as a version to go back to, and reaches a running index', async () => {
    const load = async () => withItems({ content, problems: [] }, store);
    const knowledge = await createKnowledgeBase(load, () => {});
    const since = await lastItemNews(store);
    await take([{ ...keeping(), answer: 'Tien jaar na het laatste contact.' }, fresh]);
    expect(knowledge.content().items.some(({ id }) => id === fresh.id)).toBe(false);
    expect(await followItems(store, knowledge, since)).toBe(since + 2);
    expect(knowledge.answer({ text: fresh.title }).items[0]!.item).toMatchObject({ id: fresh.id, status: 'reviewed' });
    expect(knowledge.content().items.find(({ id }) => id === KEEPING)!.answer).toBe(
      'Tien jaar na het laatste contact.',
    );
    const { entry } = (await readItem(store, KEEPING))!;
    expect(entry.versions[0]!.text.answer).toBe(keeping().answer);
    const again = await createKnowledgeBase(load, () => {});
    expect(again.answer({ text: fresh.title }).items[0]!.item.id).toBe(fresh.id);
  });

  it('leaves out of the index what has a theme that content/ lost', async () => {
    await take([fresh]);
    const without = { ...content, themes: content.themes.filter(({ id }) => id !== fresh.themes[0]) };
    const { content: shown } = await withItems({ content: without }, store);
    expect(shown.items.some(({ id }) => id === fresh.id)).toBe(false);
    expect(await readItem(store, fresh.id)).toBeDefined();
  });
});
