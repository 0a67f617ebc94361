// The index as the house uses it: what a question brings up, and when it keeps silent.

import { describe, expect, it } from 'vitest';
import type { ContactId, Item, ItemId, Theme, ThemeId } from '../src/domain/terms.ts';
import { buildIndex } from '../src/knowledge/engine.ts';

const faq = (id: string, title: string, theme: string, rest: Partial<Item> = {}): Item => ({
  id: id as ItemId,
  kind: 'faq',
  title,
  variants: [],
  wordings: [],
  answer: '',
  themes: [theme as ThemeId],
  audience: ['clb'],
  sources: [],
  writtenOn: '2026-11-22',
  status: 'draft',
  owner: 'poc' as ContactId,
  ...rest,
});
const theme = (id: string) => ({ id, name: id, keywords: [], description: '', related: [] }) as unknown as Theme;
const items = [
  faq('ouder', 'Mag een ouder het dossier van zijn kind inkijken?', 'dossier'),
  faq('politie', 'Wat doe ik als de politie naar een leerling vraagt?', 'justitie'),
  faq('vaccin', 'Hoe lang blijft een vaccin goed in de koelkast?', 'gezondheid'),
];
const themes = ['dossier', 'justitie', 'gezondheid'].map(theme);

describe('an index of three items', () => {
  const index = buildIndex(items, themes);

  it('finds the item whose words are asked, and its theme', () => {
    const answer = index.answer({ text: 'de politie vraagt naar een leerling' });
    expect(answer.items[0]?.item.id).toBe('politie');
    expect(answer.themes[0]?.id).toBe('justitie');
  });

  it('says none when nothing fits', () => {
    for (const text of ['', '?', 'zet de wekker op zes uur', '😀😀', 'de het een']) {
      expect(index.answer({ text }).decision, text).toBe('none');
    }
  });

  it('gives the same answer twice', () => {
    const query = { text: 'vaccin in de koelkast' };
    expect(index.answer(query)).toEqual(index.answer(query));
  });
});
