// What somebody who writes content hears about it: what cannot be found, what draws the wrong question, what is there twice.

import { beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { lintContent } from '../src/app/knowledge/content-lint.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content } from '../src/app/ports.ts';
import type { Item, ItemId } from '../src/domain/terms.ts';

let shipped: Content;
beforeAll(async () => {
  shipped = (await loadContent('content')).content;
});

const lint = async (items: Item[]) => {
  const content = { ...shipped, items };
  return lintContent(
    await createKnowledgeBase(
      async () => ({ content, problems: [] }),
      () => {},
    ),
  );
};
const some = (id: string, change: Partial<Item>): Item => {
  const item = shipped.items.find((one) => one.kind === 'faq')!;
  return { ...item, id: id as ItemId, variants: [], wordings: [], ...change };
};

describe('content that is looked over', () => {
  it('as it ships has no errors', { timeout: 120_000 }, async () => {
    const few = shipped.items.map((item) => ({ ...item, wordings: item.wordings.slice(0, 2) }));
    const { items, wordings, findings } = await lint(few);
    expect(items).toBe(230);
    expect(wordings).toBeGreaterThan(900);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('says which item is not found, which wording draws another, what is there twice, and what lacks', async () => {
    const { findings } = await lint([
      some('a', {
        title: 'Hoe lang bewaren we een CLB-dossier?',
        kind: 'material',
        wordings: ['verhoor door politie op school'],
      }),
      some('b', {
        variants: [
          'verhoor door politie op school',
          'verhoor door politie op school?',
          'verhoor door politie, op school',
        ],
        title: 'Mag de politie op school een leerling verhoren?',
        answer: 'woord '.repeat(300),
        sources: [],
      }),
      some('c', { kind: 'material', title: 'Hoe lang bewaren we een CLB dossier' }),
      some('d', { title: 'Mag de politie op school een leerling gaan verhoren?' }),
    ]);
    const of = (id: string) =>
      findings.filter(({ about }) => about === id).map(({ severity, what }) => `${severity}: ${what}`);
    expect(of('c')).toEqual([expect.stringMatching(/^error: heeft dezelfde vraag als a/)]);
    expect(of('a')).toEqual([
      expect.stringContaining('"verhoor door politie op school" trekt de verkeerde vraag aan: b komt eerst'),
    ]);
    expect(of('b')).toEqual(
      expect.arrayContaining([
        'warning: heeft geen bron',
        expect.stringContaining('antwoord van 300 woorden'),
        expect.stringContaining('lijkt sterk op d'),
      ]),
    );
    expect(findings[0]?.severity).toBe('error');
    expect(findings.filter(({ what }) => what === 'thema zonder veelgestelde vraag')).toHaveLength(28);
  });

  it('calls it an error when a question does not find its own answer', async () => {
    const other = 'Mag de politie op school een leerling verhoren zonder de ouders';
    const { findings } = await lint([
      some('a', { title: 'Mag de politie een leerling verhoren?', audience: ['clb'] }),
      some('b', {
        title: 'Verhoor',
        variants: ['Mag de politie een leerling verhoren?', other],
        wordings: ['Mag de politie een leerling verhoren'],
        audience: ['clb'],
      }),
    ]);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([
      { severity: 'error', about: 'a', what: expect.stringContaining('vindt eerst b') },
    ]);
  });
});
