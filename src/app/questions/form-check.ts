// What every form checks: recognisable data in its text and what masking makes of it, and how long something took.

import { parseMinutes } from '../../domain/minutes.ts';
import { detect, type Finding, mask, verdict } from '../../domain/privacy.ts';
import { TEXT_LIMIT } from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';

export type Found = 'names-only' | 'personal-data';
export type Checked = { ok: true; text: string } | { ok: false; problem: string; text: string; found?: Found };

/** The text with what is recognisable masked. */
export const masked = (typed: string): string => mask(typed, detect(typed), locale.privacy.masks);

/** What kinds of recognisable data were found, in words, each once. */
export const kindsIn = (findings: readonly Pick<Finding, 'kind'>[]): string =>
  [...new Set(findings.map(({ kind }) => locale.privacy.kinds[kind]))].join(', ');

/** The privacy check of a form: masks when the person asked for it, else says what is still in the text. */
export function checkForm(typed: string, remedy: { mask?: boolean | undefined; names?: boolean | undefined }): Checked {
  if (typed.trim() === '') return { ok: false, problem: locale.ask.required, text: typed };
  if (typed.length > TEXT_LIMIT) {
    return { ok: false, problem: locale.refusal({ kind: 'text-too-long', most: TEXT_LIMIT }), text: typed };
  }
  const findings = detect(typed).filter(({ kind }) => !(remedy.names && kind === 'name'));
  if (findings.length === 0) return { ok: true, text: typed };
  if (remedy.mask) return { ok: true, text: mask(typed, findings, locale.privacy.masks) };
  const found = verdict(findings) === 'names-only' ? 'names-only' : 'personal-data';
  return { ok: false, problem: locale.privacy.inForm(kindsIn(findings)), text: typed, found };
}

/** The minutes of a field, absent when it is empty; bounds are for the rules. Else the sentence that says what to type. */
export function checkMinutes(typed: string): { ok: true; minutes?: number } | { ok: false; problem: string } {
  const written = typed.trim();
  if (written === '') return { ok: true };
  const minutes = parseMinutes(written, locale.lineWords);
  return minutes === undefined
    ? { ok: false, problem: locale.registration.unknownMinutes(written.slice(0, 60)) }
    : { ok: true, minutes };
}
