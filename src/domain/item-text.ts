// The text of a knowledge item that people write: what it holds, and what of it may be kept. Pure; knows no review and no index.

import {
  type Audience,
  type Day,
  type Item,
  no,
  type Result,
  type Source,
  type Theme,
  type ThemeId,
  yes,
} from './terms.ts';

/** What somebody writes. `answer` is Markdown, `variants` other ways to ask. */
export type ItemText = {
  question: string;
  answer: string;
  variants: string[];
  theme: ThemeId;
  audience: Audience[];
  sources: Source[];
  /** Only of a material from the field: `question` is its title, `answer` says what it is, the first source is its link. */
  material?: FieldMaterial;
};

/** `origin` is a centre or a service, never a person. */
export type FieldMaterial = { kind: string; origin: string };

export type TextRefusal =
  | { kind: 'empty' }
  | { kind: 'question-too-long'; most: number }
  | { kind: 'answer-too-long'; most: number }
  | { kind: 'too-many-variants'; most: number }
  | { kind: 'unknown-theme' }
  | { kind: 'theme-retired'; name: string }
  | { kind: 'no-audience' };

export const QUESTION_LIMIT = 300;
const ANSWER_LIMIT = 4_000;
/** Of what a material is. */
const SENTENCE_LIMIT = 500;
const VARIANT_LIMIT = 12;

/** The text as it may be kept, or why not. A theme that is over takes no new items. */
export function checkItem(text: ItemText, themes: readonly Theme[], today: Day): Result<ItemText, TextRefusal> {
  const question = oneLine(text.question);
  const answer = text.answer.trim();
  if (question === '' || answer === '') return no({ kind: 'empty' });
  if (question.length > QUESTION_LIMIT) return no({ kind: 'question-too-long', most: QUESTION_LIMIT });
  const most = text.material ? SENTENCE_LIMIT : ANSWER_LIMIT;
  if (answer.length > most) return no({ kind: 'answer-too-long', most });
  const variants = [...new Set(text.variants.map(oneLine))].filter((one) => one !== '' && one !== question);
  if (variants.length > VARIANT_LIMIT) return no({ kind: 'too-many-variants', most: VARIANT_LIMIT });
  if (variants.some((one) => one.length > QUESTION_LIMIT))
    return no({ kind: 'question-too-long', most: QUESTION_LIMIT });
  const theme = themes.find(({ id }) => id === text.theme);
  if (!theme) return no({ kind: 'unknown-theme' });
  if (theme.until && theme.until < today) return no({ kind: 'theme-retired', name: theme.name });
  if (text.audience.length === 0) return no({ kind: 'no-audience' });
  return yes({ ...text, question, answer: harmless(answer), variants });
}

/** A title is read as Markdown by some cards, so it holds no link. */
const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/<(?=[a-z/!?])/gi, '‹')
    .trim();

/**
 * Markdown that shows what was written and nothing more: no picture that calls home, no link but https, no HTML. The
 * words stay.
 */
function harmless(markdown: string): string {
  return markdown
    .replace(/!(?=\[)/g, '')
    .replace(/\[([^\]]*)\]\(\s*(?!https:\/\/)[^)]*\)/gi, '$1')
    .replace(/^\s*\[[^\]]*\]:.*$/gm, '')
    .replace(/<(?=[a-z/!?])/gi, '‹');
}

/** An item of the index, or of content/, as somebody can go on writing it. */
export const textOf = ({
  title,
  answer,
  variants,
  themes,
  audience,
  sources,
  materialKind,
  origin,
}: Item): ItemText => ({
  question: title,
  answer,
  variants: [...variants],
  theme: themes[0],
  audience: [...audience],
  sources: [...sources],
  ...(origin === undefined ? {} : { material: { kind: materialKind ?? '', origin } }),
});

/** True of what people write and review here; other material is changed where it was made. */
export const isWritten = ({ kind, origin }: Item): boolean => kind === 'faq' || origin !== undefined;
