// Finding must not get worse unnoticed: the figures of test/regression.json.
// To change them on purpose:
// UPDATE_REGRESSION=1 npx vitest run test/knowledge-regression.test.ts

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { lines, loadContent } from '../bench/load.ts';
import type { Item } from '../src/domain/terms.ts';
import { buildIndex } from '../src/knowledge/engine.ts';
import { type EvaluationQuery, evaluate } from '../src/knowledge/evaluate.ts';

const TOLERANCE = 0.01;
const FIGURES = ['hit1', 'hit3', 'mrr10', 'themeAccuracy', 'precisionAtAnswer', 'coverage'] as const;
type Stored = Record<string, Partial<Record<(typeof FIGURES)[number], number>>>;
const file = new URL('regression.json', import.meta.url);
const stored: Stored = JSON.parse(readFileSync(file, 'utf8'));
const content = loadContent(new URL('../content', import.meta.url).pathname);
const benchmark = process.env.BENCHMARK ?? new URL('../../shared/benchmark', import.meta.url).pathname;
const questions = `${benchmark}/helpdesk/queries.jsonl`;

function compare(name: string, items: Item[], queries: EvaluationQuery[]): void {
  const index = buildIndex(items, content.themes, content.lexicon);
  const figures = evaluate(index, queries, { now: () => performance.now() });
  if (process.env.UPDATE_REGRESSION) {
    stored[name] = Object.fromEntries(FIGURES.map((figure) => [figure, Number((figures[figure] ?? 0).toFixed(4))]));
  }
  for (const figure of FIGURES) {
    expect(figures[figure], `${name} ${figure}`).toBeGreaterThanOrEqual((stored[name]?.[figure] ?? 1) - TOLERANCE);
  }
}

describe('finding does not get worse', () => {
  it('on every twelfth wording of content, taken out of the index', () => {
    const queries: EvaluationQuery[] = [];
    const items = content.items.map((item, at) => {
      const out = (position: number) => (position + at) % 12 === 0;
      for (const text of item.wordings.filter((_, position) => out(position))) {
        queries.push({ id: item.id, text, relevant: [item.id], theme: item.themes[0], audience: item.audience[0]! });
      }
      return { ...item, wordings: item.wordings.filter((_, position) => !out(position)) };
    });
    compare('wordings', items, queries);
  });

  if (existsSync(questions)) {
    it('on the development questions', () => {
      compare('helpdesk', content.items, lines<EvaluationQuery>(questions));
    });
  }

  it('gives a parent the answer about parents, and a new partner the one about partners', () => {
    const index = buildIndex(content.items, content.themes, content.lexicon);
    const first = (text: string) => index.answer({ text }).items[0]?.item.id;
    expect(first('mag een papa het dossier van zijn zoon van 9 inkijken?')).toBe('mdd-inzage-ouder-jonger-12');
    expect(first('mag een vader het dossier van zijn zoon van 10 inkijken?')).toBe('mdd-inzage-ouder-jonger-12');
    expect(first('mag een moeder het dossier inkijken van haar dochter van 15')).toBe('mdd-inzage-ouder-12-plus');
    expect(first('mag de stiefpapa het dossier inkijken')).toBe('mdd-inzage-nieuwe-partner');
  });

  it('never answers one word with what only mentions it, and answers what is about it', () => {
    const index = buildIndex(content.items, content.themes, content.lexicon);
    const decided = (words: string[]) => words.map((text) => `${text}: ${index.answer({ text }).decision}`);
    const mentioned = ['vakantie', 'vergadering', 'examen', 'pesten', 'fiets', 'wachtwoord', 'pizza'];
    expect(decided(mentioned).filter((line) => line.endsWith(': answer'))).toEqual([]);
    const subjects = ['spijbelen', 'okan', 'dyslexie', 'vaccinatie', 'huisonderwijs', 'tolk'];
    expect(decided(subjects)).toEqual(subjects.map((word) => `${word}: answer`));
  });

  afterAll(() => {
    if (process.env.UPDATE_REGRESSION) writeFileSync(file, `${JSON.stringify(stored, null, 2)}\n`);
  });
});
