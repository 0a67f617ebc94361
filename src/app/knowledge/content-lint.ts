// Looks content over for those who write it: what cannot be found, what draws the wrong question, what is there twice.
// Knows no file and changes nothing.

import type { Item } from '../../domain/terms.ts';
import { mostSimilar } from '../../knowledge/similar.ts';
import { wordingKey } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import type { KnowledgeBase } from '../ports.ts';

/** `what` is Dutch, `about` the id of an item or theme. An error hides an answer from people; a warning is worth a look. */
export type Finding = { severity: 'error' | 'warning'; about: string; what: string };
export type LintReport = { items: number; wordings: number; findings: Finding[] };

/** Words of an answer that still fits a card at a glance. */
const LONG_ANSWER = 220;
/** Two items of one theme whose titles are this alike most likely say the same. */
const ALIKE = 0.7;

const { lint } = locale;

/** Errors first, then in the order of content. Asks the index every wording there is: a few seconds for a few thousand. */
export function lintContent(knowledge: KnowledgeBase): LintReport {
  const { items, themes } = knowledge.content();
  const findings: Finding[] = [];
  const error = (about: string, what: string) => void findings.push({ severity: 'error', about, what });
  const warn = (about: string, what: string) => void findings.push({ severity: 'warning', about, what });
  /** What stands in the place of the item for whoever asks this; undefined when the item itself does. */
  const instead = (item: Item, text: string): Item | undefined => {
    const [audience] = item.audience;
    const [first] = knowledge.explain({ text, ...(audience ? { audience } : {}) }).ranked;
    // An item with the same question is reported as such, not also as standing in the way.
    return first && wordingKey(first.item.title) !== wordingKey(item.title) ? first.item : undefined;
  };

  let wordings = 0;
  const known = new Map<string, Item>();
  for (const item of items) {
    const twin = known.get(wordingKey(item.title));
    if (twin) error(item.id, lint.sameTitle(twin.id));
    else known.set(wordingKey(item.title), item);
  }
  for (const item of items) {
    const other = instead(item, item.title);
    if (other) (item.kind === 'faq' ? error : warn)(item.id, lint.notFound(item.title, other.id));
    for (const text of [...item.variants, ...item.wordings]) {
      wordings++;
      const drawn = instead(item, text);
      if (drawn) warn(item.id, lint.drawsWrong(text, drawn.id));
    }
    if (item.sources.length === 0) warn(item.id, lint.noSource);
    const words = item.answer.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
    if (words > LONG_ANSWER) warn(item.id, lint.longAnswer(words, LONG_ANSWER));
  }
  for (const [at, item] of items.entries()) {
    const later = items.slice(at + 1).filter((other) => other.kind === item.kind && other.themes[0] === item.themes[0]);
    const [like] = mostSimilar(
      item.title,
      later.map((other) => ({ text: other.title, id: other.id })),
      1,
      ALIKE,
    );
    if (like && wordingKey(like.entry.text) !== wordingKey(item.title)) warn(item.id, lint.double(like.entry.id));
  }
  for (const { id } of themes) {
    if (!items.some((item) => item.kind === 'faq' && item.themes.includes(id))) warn(id, lint.themeWithoutFaq);
  }
  return {
    items: items.length,
    wordings,
    findings: findings.sort((a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0)),
  };
}
