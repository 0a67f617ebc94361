// What a text says about a person that may not settle here, and what may go on. Knows no screen and no store.

import { findNames } from './privacy-names.ts';
import {
  blank,
  findBirthDates,
  findEmails,
  findIbans,
  findNationalNumbers,
  findOddNationalNumbers,
  findPhones,
  type Span,
} from './privacy-numbers.ts';
import { DANGER } from './privacy-words.ts';

export type Kind = 'national-number' | 'phone' | 'iban' | 'email' | 'birth-date' | 'name';
/** `value` is what stands in the text from `start` up to `end` (UTF-16 units). */
export type Finding = { kind: Kind; value: string; start: number; end: number };

/**
 * Personal data in the text, in order and without overlap. An aid, not a guarantee. The cost grows in proportion to
 * the length; callers cap it at 4,000 characters.
 */
export function detect(text: string): Finding[] {
  const found: Finding[] = [];
  // What one search found is hidden from the next, so that no digit or word counts twice.
  let left = text;
  const add = (kind: Kind, spans: Span[]): void => {
    const paired = spans.map((span) => withBracketsPaired(left, span));
    for (const { start, end } of paired) found.push({ kind, value: text.slice(start, end), start, end });
    left = blank(left, paired);
  };
  add('email', findEmails(left));
  add('iban', findIbans(left));
  add('national-number', findNationalNumbers(left));
  add('phone', findPhones(left));
  add('national-number', findOddNationalNumbers(left));
  const { names, pupils } = findNames(left);
  add('birth-date', findBirthDates(left, pupils));
  add('name', names);
  return found.sort((a, b) => a.start - b.start);
}

/** The span with one bracket less or more, where it has only one of a pair: what is around it stays readable. */
function withBracketsPaired(text: string, { start, end }: Span): Span {
  let open = 0;
  let closed = 0;
  for (const char of text.slice(start, end)) {
    if (char === '(') open++;
    else if (char === ')' && open > 0) open--;
    else if (char === ')') closed++;
  }
  if (open > 0)
    return text[start] === '(' ? { start: start + 1, end } : { start, end: text[end] === ')' ? end + 1 : end };
  if (closed === 0) return { start, end };
  return text[end - 1] === ')' ? { start, end: end - 1 } : { start: text[start - 1] === '(' ? start - 1 : start, end };
}

/** The text with each finding replaced by the caller's word for its kind, "[naam]". `findings` are of this text. */
export function mask(text: string, findings: readonly Finding[], words: Readonly<Record<Kind, string>>): string {
  let masked = '';
  let done = 0;
  for (const { kind, start, end } of findings) {
    masked += text.slice(done, start) + words[kind];
    done = end;
  }
  return masked + text.slice(done);
}

/**
 * What may happen with a text. "blocked" (a national register number in it) may not be sent on as it is by anybody;
 * rewritten or masked it may, for then the number is gone. "personal-data" goes on rewritten or masked; "names-only"
 * also unchanged, when the person says that the name is no pupil's.
 */
export function verdict(findings: readonly Finding[]): 'clean' | 'names-only' | 'personal-data' | 'blocked' {
  if (findings.some(({ kind }) => kind === 'national-number')) return 'blocked';
  if (findings.some(({ kind }) => kind !== 'name')) return 'personal-data';
  return findings.length > 0 ? 'names-only' : 'clean';
}

/**
 * Whether words in the text point at acute danger, so that the emergency routes are shown first. Questions on policy
 * that use such words ("draaiboek suïcidepreventie") count too: a false alarm is cheap, a miss is not.
 */
export function acuteDanger(text: string): boolean {
  const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const spaced = ` ${plain.replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return DANGER.some((sign) => sign.test(spaced));
}
