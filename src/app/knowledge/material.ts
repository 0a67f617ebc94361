// Turns a document that was read into draft items for a person to review: never more than the document itself says.
// Knows no file format and writes nothing.

import { createHash } from 'node:crypto';
import { detect } from '../../domain/privacy.ts';
import { searchableThemes } from '../../domain/registration-line.ts';
import { findRoute } from '../../domain/routing.ts';
import { AUDIENCES, type Audience, type ContactId, type Day, type ThemeId } from '../../domain/terms.ts';
import { TEXT_LIMIT } from '../../domain/verbs.ts';
import { mostSimilar } from '../../knowledge/similar.ts';
import { locale } from '../../locale/locale.ts';
import { bareWords, type Row, readName } from '../import/cells.ts';
import { findColumns, ImportError, isEmpty, type Mapping } from '../import/columns.ts';
import type { KnowledgeBase } from '../ports.ts';
import { masked } from '../questions/form-check.ts';
import { countWords, keywordsOf, LONGEST_TITLE, SHORT_SUMMARY, summaryOf, titleOf } from './material-words.ts';

/** A paragraph or heading in reading order; `page` counts from 1, and is a slide of a presentation. */
export type Block = { text: string; heading?: true; page?: number };
export type Prose = {
  kind: 'docx' | 'pdf' | 'html' | 'pptx';
  title: string;
  blocks: Block[];
  pages?: number;
  url?: string;
};
/** What stands in a document; `warnings` are Dutch. */
export type Extract = (Prose | { kind: 'table'; rows: Row[] }) & { warnings: string[] };

/** Entries with the keys of content/materials.yaml and content/faq. */
type Common = { id: string; audience: Audience[]; written_on: Day; status: string; owner: ContactId };
export type MaterialEntry = Common & {
  title: string;
  kind: string;
  summary: string;
  sections?: { title: string; page?: number }[];
  keywords?: string[];
  themes: [ThemeId];
  url: string;
};
export type FaqEntry = Common & {
  question: string;
  variants: string[];
  answer: string;
  theme: ThemeId;
  sources: { title: string; url: string }[];
};

/** What a file gives; `remarks` are Dutch, `masked` counts what was recognisable in what is taken over. */
export type Planned = {
  file: string;
  kind: Extract['kind'];
  title: string;
  size: number;
  words: number;
  themes: ThemeId[];
  masked: number;
  /** Items in the file, and those of them that content/ has already. */
  items: number;
  known: number;
  /** Items that resemble one that is there. */
  alike: number;
  remarks: string[];
  materials: MaterialEntry[];
  faq: FaqEntry[];
};

export type Around = {
  knowledge: KnowledgeBase;
  /** Every id in content/, placeholders included. */
  known: ReadonlySet<string>;
  today: Day;
  /** Where the folder can be found by those who read the answer; without it a document stays a placeholder. */
  baseUrl?: string;
  /** The theme of everything; without it the index suggests one. */
  theme?: ThemeId;
  mapping?: Mapping;
  /** Texts taken over so far, by hash, with the file they came from. Filled here. */
  seen: Map<string, string>;
};

const LONG_ANSWER = 250;
const MOST_SECTIONS = 12;
const LONGEST_ID = 44;
/** From this likeness on a person has to look whether it is there already; no two items of content/ come near the second. */
const ALIKE = { question: 0.45, text: 0.55 };
const SURE_THEME = 0.5;
const HOME = 'https://example.org/materialenbank/';

const { refused, warning } = locale.material;
const no = (reason: string) => ({ refused: reason });

/** Draft items from one file, or why there are none. `file` is the path under the folder that is taken over. */
export function planMaterial(file: string, extract: Extract, around: Around): Planned | { refused: string } {
  const planned = extract.kind === 'table' ? planTable(file, extract.rows, around) : planProse(file, extract, around);
  if ('refused' in planned) return planned;
  const endings: readonly string[] = locale.material.endings[extract.kind];
  const fits = endings.some((ending) => file.toLowerCase().endsWith(ending));
  const named = detect(file.replace(/[/_-]/g, ' ').slice(0, TEXT_LIMIT)).length > 0;
  return {
    ...planned,
    remarks: [
      ...(fits ? [] : [warning.ending(locale.material.kinds[extract.kind])]),
      ...(named ? [warning.nameInFile] : []),
      ...extract.warnings,
      ...planned.remarks,
    ],
  };
}

function planProse(file: string, extract: Prose, around: Around): Planned | { refused: string } {
  const masking = createMasking();
  const blocks = extract.blocks.map((block) => ({ ...block, text: masking.hide(block.text) }));
  const text = blocks.map((block) => block.text).join('\n');
  if (!/\p{L}{2}/u.test(text)) return no(refused.noText);
  const hash = sha(text);
  const same = around.seen.get(hash);
  if (same !== undefined) return no(refused.same(same));
  const { title: found, named } = titleOf(file, extract, blocks);
  const title = masking.take(found);
  const summary = masking.take(summaryOf(blocks));
  const sections = blocks
    .filter(
      ({ heading, text: words }) => heading && bareWords(words) !== bareWords(title) && words.length <= LONGEST_TITLE,
    )
    .slice(0, MOST_SECTIONS)
    .map(({ text: words, page }) => ({ title: masking.take(words), ...(page === undefined ? {} : { page }) }));
  const theme = themeOf([title, summary, ...sections.map((section) => section.title)].join('\n'), around);
  if (!theme) return no(refused.noTheme);
  around.seen.set(hash, file);
  const id = `m-${slug(title)}-${hash.slice(0, 6)}`;
  const url = extract.url ?? (around.baseUrl ? addressUnder(around.baseUrl, file) : undefined);
  const keywords = keywordsOf(text, title);
  const entry: MaterialEntry = {
    id,
    title,
    kind: locale.material.materialKinds[extract.kind],
    summary: summary === '' ? title : summary,
    ...(sections.length > 0 ? { sections } : {}),
    ...(keywords.length > 0 ? { keywords } : {}),
    themes: [theme.id],
    ...commonTo(theme.id, around),
    url: url ?? HOME + id,
    status: url === undefined ? 'placeholder' : 'draft',
  };
  const known = around.known.has(id);
  const like = known ? undefined : alikeTo(title, summary, around);
  return {
    file,
    kind: extract.kind,
    title,
    size: extract.pages ?? 0,
    words: countWords(text),
    themes: [theme.id],
    masked: masking.taken(),
    items: 1,
    known: known ? 1 : 0,
    alike: like ? 1 : 0,
    remarks: [
      ...(known ? [warning.known(id)] : []),
      ...(like ? [like] : []),
      ...(theme.sure ? [] : [warning.unsureTheme(theme.id)]),
      ...(named ? [] : [warning.untitled]),
      ...(countWords(summary) < SHORT_SUMMARY ? [warning.short] : []),
      ...(url === undefined && !known ? [warning.placeholder] : []),
    ],
    materials: known ? [] : [entry],
    faq: [],
  };
}

function planTable(file: string, rows: Row[], around: Around): Planned | { refused: string } {
  const { themes } = around.knowledge.content();
  let table: ReturnType<typeof findColumns>;
  try {
    const optional = ['theme', 'variants', 'link', 'audience'] as const;
    table = findColumns(rows, { needed: ['question', 'answer'], optional }, around.mapping);
  } catch (error) {
    if (error instanceof ImportError) return no(error.message);
    throw error;
  }
  const masking = createMasking();
  const remarks: string[] = [];
  const faq: FaqEntry[] = [];
  const lines = new Map<string, number>();
  const taken = new Set<ThemeId>();
  let items = 0;
  let known = 0;
  let alike = 0;
  const searchable = searchableThemes(themes);
  const filled = rows.slice(table.at + 1).filter((row) => !isEmpty(row));
  for (const row of filled) {
    const { line, reasons, text } = table.columns.read(row);
    const remark = (what: string) => void remarks.push(warning.row(line, what));
    for (const field of ['question', 'answer'] as const)
      if (text(field) === '') reasons.push(warning.missing(locale.import.fields[field]));
    if (text('question').length > TEXT_LIMIT) reasons.push(locale.import.reason.textTooLong(TEXT_LIMIT));
    const first = lines.get(bareWords(text('question')));
    if (first !== undefined && reasons.length === 0) reasons.push(warning.twice(first));
    if (reasons.length > 0) {
      remark(reasons.join('; '));
      continue;
    }
    lines.set(bareWords(text('question')), line);
    const question = masking.take(text('question'));
    const answer = masking.take(text('answer'));
    const named =
      text('theme') === '' ? undefined : readName(text('theme'), locale.import.fields.theme, themes, searchable);
    if (named && 'reason' in named) remark(named.reason);
    const theme = named && 'id' in named ? { id: named.id, sure: true } : themeOf(`${question}\n${answer}`, around);
    if (!theme) {
      remark(refused.noTheme);
      continue;
    }
    items++;
    taken.add(theme.id);
    if (!theme.sure) remark(warning.unsureTheme(theme.id));
    const id = `f-${slug(question)}-${sha(bareWords(question)).slice(0, 6)}`;
    if (around.known.has(id)) {
      known++;
      continue;
    }
    const like = alikeTo(question, '', around);
    if (like) {
      alike++;
      remark(like);
    }
    if (countWords(answer) > LONG_ANSWER) remark(warning.longAnswer(countWords(answer)));
    const link = text('link');
    const audience = AUDIENCES.filter((one) => bareWords(text('audience')).split(' ').includes(one));
    const common = commonTo(theme.id, around);
    faq.push({
      id,
      question,
      variants: listed(text('variants')).map(masking.take),
      answer,
      theme: theme.id,
      ...common,
      ...(audience.length > 0 ? { audience } : {}),
      sources:
        /^https?:\/\/\S+$/i.test(link) && URL.canParse(link) ? [{ title: new URL(link).hostname, url: link }] : [],
    });
  }
  if (items === 0) return no([refused.noRows, ...remarks].join(' '));
  return {
    file,
    kind: 'table',
    title: locale.material.table.rows(filled.length),
    size: filled.length,
    words: faq.reduce((sum, entry) => sum + countWords(entry.question) + countWords(entry.answer), 0),
    themes: [...taken],
    masked: masking.taken(),
    items,
    known,
    alike,
    remarks,
    materials: [],
    faq,
  };
}

/** What entries of a theme have in common: its service's audience, and whoever looks after it. */
function commonTo(theme: ThemeId, { knowledge, today }: Around): Omit<Common, 'id'> {
  const content = knowledge.content();
  const { service, contact } = findRoute(content, { theme }, today);
  const audience = content.services.find(({ id }) => id === service)!.audience;
  return { audience: [...audience], written_on: today, status: 'draft', owner: contact };
}

function themeOf(text: string, { knowledge, theme }: Around): { id: ThemeId; sure: boolean } | undefined {
  if (theme) return { id: theme, sure: true };
  const [best] = knowledge.answer({ text }).themes;
  return best && { id: best.id, sure: best.confidence >= SURE_THEME };
}

/** The remark that names the item that says the same, most likely; undefined when there is none. */
function alikeTo(title: string, rest: string, { knowledge }: Around): string | undefined {
  const isQuestion = rest === '';
  const { answer, ranked } = knowledge.explain({ text: title });
  const found = ranked.map(({ item }) => ({ text: isQuestion ? item.title : `${item.title}\n${item.answer}`, item }));
  const [best] = mostSimilar(`${title}\n${rest}`, found, 1, isQuestion ? ALIKE.question : ALIKE.text);
  if (best) return warning.alike(best.entry.item.title, best.entry.item.id, Math.min(1, best.similarity));
  const [shown] = answer.items;
  return isQuestion && answer.decision === 'answer' && shown
    ? warning.answered(shown.item.title, shown.item.id)
    : undefined;
}

/** `hide` masks; `take` masks too, and counts what is masked in it, now or before. */
function createMasking() {
  const words = Object.values(locale.privacy.masks);
  let taken = 0;
  const hide = (text: string): string => {
    let hidden = '';
    for (let at = 0; at < text.length; at += TEXT_LIMIT) {
      const part = text.slice(at, at + TEXT_LIMIT);
      hidden += masked(part);
    }
    return hidden;
  };
  return {
    hide,
    take: (text: string): string => {
      const hidden = hide(text);
      taken += words.reduce((sum, word) => sum + hidden.split(word).length - 1, 0);
      return hidden;
    },
    taken: () => taken,
  };
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const slug = (text: string): string =>
  bareWords(text)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_ID)
    .replace(/^-|-$/g, '');
const listed = (text: string): string[] =>
  text
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function addressUnder(base: string, file: string): string {
  return `${base.replace(/\/+$/, '')}/${file.split('/').map(encodeURIComponent).join('/')}`;
}
