// Reads content/ and question sets in JSON lines for measuring and training. Knows nothing of the running bot.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod/v4';
import type { Audience, ContactId, Item, ItemId, Theme, ThemeId } from '../src/domain/terms.ts';
import type { EvaluationQuery } from '../src/knowledge/evaluate.ts';
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
  if (!existsSync(join(folder, 'themes.yaml')))
    throw new Error(`${folder}: not a content folder (no themes.yaml in it)`);
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

/** A list of texts or nothing; a single text is a list of one. */
const texts = z
  .union([z.array(z.string()), z.string().transform((text) => [text])])
  .nullish()
  .transform((list) => list ?? []);
const name = z.union([z.string(), z.number().transform(String)]);
const text = z
  .string()
  .nullish()
  .transform((found) => found ?? undefined);
const audienceShape = z.enum(['clb', 'school']);

/** One item of a question set; the question may also stand under `title`. */
const itemLine = z
  .object({
    id: name,
    question: text,
    title: text,
    answer: text,
    theme: text,
    variants: texts,
    wordings: texts,
    audience: texts,
  })
  .refine(({ question, title }) => question !== undefined || title !== undefined, { error: 'question: missing' });

const queryLine = z.object({
  id: name.optional(),
  text: z.string(),
  relevant: z
    .union([z.array(name), name.transform((id) => [id])])
    .nullish()
    .transform((list) => list ?? []),
  theme: text,
  audience: audienceShape.nullish().catch(undefined),
});

/**
 * Items of a question set: {id, question, answer?, theme?} and, where given, variants, wordings and audience. Other
 * fields are passed over; of two items with one id the last counts, as in the index.
 */
export function loadItems(path: string): Item[] {
  return parsed(path, itemLine).map((line) =>
    item(line.id, 'faq', line.question ?? line.title ?? '', [line.theme ?? ''], {
      answer: line.answer ?? '',
      variants: line.variants,
      wordings: line.wordings,
      audience: line.audience.filter((one): one is Audience => audienceShape.safeParse(one).success),
    }),
  );
}

/** Questions of a set: {id, text, relevant?, theme?, audience?}; one without an id is called after its place. */
export function loadQueries(path: string): EvaluationQuery[] {
  return parsed(path, queryLine).map(({ id, text: asked, relevant, theme, audience }, at) => ({
    id: id ?? String(at + 1),
    text: asked,
    relevant,
    ...(theme === undefined ? {} : { theme }),
    ...(audience ? { audience } : {}),
  }));
}

/** The audience that an option names. */
export function readAudience(value: string, option: string): Audience {
  const read = audienceShape.safeParse(value);
  if (!read.success) throw new Error(`${option}: "${value}" is not an audience; give clb or school`);
  return read.data;
}

/** The lines of a JSON lines file, each checked; an error names the file, the line and the field. */
function parsed<Shape extends z.ZodType>(path: string, shape: Shape): z.output<Shape>[] {
  return lines<unknown>(path, (line, number) => {
    const read = shape.safeParse(line);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw new Error(`${path}: line ${number}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`);
  }) as z.output<Shape>[];
}

/** The lines of a JSON lines file; a byte order mark, Windows line ends and blank lines are passed over. */
export function lines<Line>(path: string, check: (line: unknown, number: number) => unknown = (line) => line): Line[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code}); give an existing JSON lines file`,
    );
  }
  const found: Line[] = [];
  for (const [at, line] of content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new Error(`${path}: line ${at + 1}: not JSON; every line must be one JSON object`);
    }
    found.push(check(value, at + 1) as Line);
  }
  return found;
}
