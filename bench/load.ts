// Reads content/ and question sets in JSON lines for measuring and training. Knows nothing of the running bot.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Audience, ContactId, Item, ItemId, Theme, ThemeId } from '../src/domain/terms.ts';
import type { Lexicon } from '../src/knowledge/lexicon.ts';

type FaqEntry = {
  id: string;
  question: string;
  variants?: string[];
  answer?: string;
  theme: string;
  audience: string[];
};
type MaterialEntry = {
  id: string;
  title: string;
  summary?: string;
  themes: string[];
  audience: string[];
  status: string;
  kind: string;
};

function item(
  id: string,
  kind: Item['kind'],
  title: string,
  themes: string[],
  rest: Partial<Pick<Item, 'variants' | 'wordings' | 'answer' | 'audience'>>,
): Item {
  return {
    id: id as ItemId,
    kind,
    title,
    variants: [],
    wordings: [],
    answer: '',
    themes: themes as [ThemeId, ...ThemeId[]],
    audience: [],
    sources: [],
    writtenOn: '2026-01-01',
    status: 'draft',
    owner: '' as ContactId,
    ...rest,
  };
}

/** FAQ items with their wordings, themes, and material that exists, from a content folder. */
export function loadContent(folder: string): { items: Item[]; themes: Theme[]; lexicon: Lexicon } {
  const read = (path: string) => parse(readFileSync(join(folder, path), 'utf8'));
  const wordings: Record<string, string[]> = {};
  for (const file of readdirSync(join(folder, 'wordings'))) Object.assign(wordings, read(join('wordings', file)));
  const items: Item[] = [];
  for (const file of readdirSync(join(folder, 'faq')).sort()) {
    for (const entry of read(join('faq', file)) as FaqEntry[]) {
      items.push(
        item(entry.id, 'faq', entry.question, [entry.theme], {
          variants: entry.variants ?? [],
          wordings: wordings[entry.id] ?? [],
          answer: entry.answer ?? '',
          audience: entry.audience as Audience[],
        }),
      );
    }
  }
  for (const entry of read('materials.yaml') as MaterialEntry[]) {
    if (entry.status === 'placeholder') continue;
    items.push(
      item(entry.id, 'material', entry.title, entry.themes, {
        wordings: wordings[entry.id] ?? [],
        answer: entry.summary ?? '',
        audience: entry.audience as Audience[],
      }),
    );
  }
  const themes = (read('themes.yaml').themes as (Record<string, unknown> & { core_process: string })[]).map(
    (theme) => ({ ...theme, coreProcess: theme.core_process }) as unknown as Theme,
  );
  return { items, themes, lexicon: read('lexicon.yaml') as Lexicon };
}

type ItemLine = {
  id: string;
  question: string;
  answer?: string;
  theme?: string;
  variants?: string[];
  wordings?: string[];
  audience?: Audience[];
};

/** Items of a question set: {id, question, answer?, theme?} and, where given, variants, wordings and audience. */
export function loadItems(path: string): Item[] {
  return lines<ItemLine>(path).map((line) =>
    item(line.id, 'faq', line.question, [line.theme ?? ''], {
      answer: line.answer ?? '',
      variants: line.variants ?? [],
      wordings: line.wordings ?? [],
      audience: line.audience ?? [],
    }),
  );
}

/** The lines of a JSON lines file. */
export function lines<Line>(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);
}
