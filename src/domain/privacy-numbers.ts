// Finds e-mail addresses, account numbers, phone numbers, national numbers and dates of birth. Knows no names of people.

import {
  BIRTH_CUE,
  BIRTH_CUE_AFTER,
  MONTHS,
  NATIONAL_CUE,
  NOT_A_BIRTH,
  PHONE_CUE,
  REFERENCE_CUE,
} from './privacy-words.ts';

/** A stretch of the text, `end` exclusive. */
export type Span = { start: number; end: number };

// Every pattern has a bounded length, so a search costs at most a constant per character.
const GAP = String.raw`[\s.\-‐‑‒–—−/·_]`;

const EMAIL_LOCAL = /[\p{L}\p{N}._%+'’-]/u;
const EMAIL_DOMAIN = /^[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,6}\.\p{L}{2,24}/u;
/** "@", also as people write it to keep robots away. */
const AT = /@|\s?[([]at[)\]]\s?/gi;

/** Addresses around every "@"; 64 characters before it and 254 after it at most. */
export function findEmails(text: string): Span[] {
  const found: Span[] = [];
  for (const at of text.matchAll(AT)) {
    let start = at.index;
    const least = Math.max(found.at(-1)?.end ?? 0, at.index - 64);
    while (start > least && EMAIL_LOCAL.test(text[start - 1]!)) start--;
    while (start < at.index && /[.'’_-]/.test(text[start]!)) start++;
    const after = at.index + at[0].length;
    const domain = EMAIL_DOMAIN.exec(text.slice(after, after + 254));
    if (domain && start < at.index) found.push({ start, end: after + domain[0].length });
  }
  return found;
}

/** Characters of an account number per country, ISO 13616. */
const IBAN_LENGTHS: Record<string, number> = {
  ...{ AD: 24, AL: 28, AT: 20, BA: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18 },
  ...{ FR: 27, GB: 22, GE: 22, GR: 27, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21 },
  ...{ MA: 28, MC: 27, MD: 24, ME: 22, MK: 19, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, RS: 22, SA: 24, SE: 24 },
  ...{ SI: 19, SK: 24, SM: 27, TN: 24, TR: 26, UA: 29, XK: 20 },
};
const IBAN_START = /(?<![\p{L}\p{N}])[A-Z]{2}[ .-]?\d{2}(?=[ .-]?[A-Z\d])/giu;
/** A Belgian account number as written before 2008. */
const OLD_ACCOUNT = /(?<![\d-])\d{3}[- ]\d{7}[- ]\d{2}(?![\d-])/g;

function mod97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** Account numbers with a right check number (ISO 7064, mod 97), and Belgian ones also with a wrong one. */
export function findIbans(text: string): Span[] {
  const found: Span[] = [];
  for (const { index } of text.matchAll(IBAN_START)) {
    const length = IBAN_LENGTHS[text.slice(index, index + 2).toUpperCase()];
    if (!length || index < (found.at(-1)?.end ?? 0)) continue;
    let end = index;
    let compact = '';
    for (let gap = 0; end < text.length && compact.length < length; end++) {
      const char = text[end]!;
      if (/[A-Za-z\d]/.test(char)) {
        compact += char.toUpperCase();
        gap = 0;
      } else if (!/[\s.-]/.test(char) || ++gap > 2) break;
    }
    if (compact.length < length || /[\p{L}\p{N}]/u.test(text[end] ?? '')) continue;
    const numeric = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
      String(letter.charCodeAt(0) - 55),
    );
    if (mod97(numeric) === 1 || /^BE\d{14}$/.test(compact)) found.push({ start: index, end });
  }
  for (const match of blank(text, found).matchAll(OLD_ACCOUNT)) {
    const digits = match[0].replace(/\D/g, '');
    if ((mod97(digits.slice(0, 10)) || 97) === Number(digits.slice(10))) {
      found.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

const NATIONAL_GAP = `(?:${GAP}|[,:]){0,3}`;
const NATIONAL_GROUPED = new RegExp(
  `(?<![\\d+])(?:19|20)?${[2, 2, 2, 3, 2].map((count) => `\\d{${count}}`).join(NATIONAL_GAP)}(?!\\d)`,
  'g',
);
const ELEVEN_DIGITS = new RegExp(String.raw`(?<![\d+])\d(?:${NATIONAL_GAP}\d){10}(?!\d)`, 'g');
const AFTER_CUE = new RegExp(String.raw`(?<!\d)\d(?:${NATIONAL_GAP}\d){8,12}(?!\d)`, 'g');

/**
 * Whether eleven digits have the check number of a national register number: 97 minus the first nine modulo 97, with
 * a 2 put in front for who was born from 2000 on (royal decree of 3 April 1984 on the identification number).
 */
function hasNationalCheck(digits: string): boolean {
  const check = Number(digits.slice(9));
  return 97 - mod97(digits.slice(0, 9)) === check || 97 - mod97(`2${digits.slice(0, 9)}`) === check;
}

/**
 * Whether eleven digits can start with a date: YYMMDD, with the month raised by 20 or 40 in a BIS number (royal
 * decree of 8 February 1991), and zeros for an unknown month or day.
 */
function hasNationalDate(digits: string, zerosToo: boolean): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  const least = zerosToo ? 0 : 1;
  const inYear = month >= 40 ? month - 40 : month >= 20 ? month - 20 : month;
  return inYear >= least && inYear <= 12 && day >= least && day <= 31;
}

/** Text just before a number, where a word may say what the number is. */
const before = (text: string, start: number, length: number): string => text.slice(Math.max(0, start - length), start);

type Cue = { means: 'national' | 'phone' | 'reference'; end: number };
/** A word that stands for more than "with number" between "file" and the number. */
const OTHER_WORD = /(?<!\p{L})(?!(?:nummer|met|van|was|het|deze|nieuwe|volgnummer|onder)(?!\p{L}))\p{L}{3}/u;
/** How far a word reaches that says what the next number is, in characters. */
const REACH = 32;

/**
 * Gives for an offset the last word before it, within reach, that says which kind of number follows. Asked from left to
 * right, so that one walk along the words serves all numbers.
 */
function cuesIn(text: string): (start: number) => (Cue & { distance: number }) | undefined {
  const cues: Cue[] = [];
  for (const match of text.matchAll(REFERENCE_CUE))
    cues.push({ means: 'reference', end: match.index + match[0].length });
  for (const match of text.matchAll(PHONE_CUE)) cues.push({ means: 'phone', end: match.index + match[0].length });
  for (const match of text.matchAll(NATIONAL_CUE)) cues.push({ means: 'national', end: match.index + match[0].length });
  cues.sort((one, other) => one.end - other.end);
  let passed = 0;
  return (start) => {
    while (passed < cues.length && cues[passed]!.end <= start) passed++;
    const cue = cues[passed - 1];
    const link = cue && start - cue.end <= REACH ? text.slice(cue.end, start) : undefined;
    // Another number in between took the word for itself, and a file of a pupil says nothing about a number after it.
    if (!cue || link === undefined || /[\d\0]{4}/.test(link)) return undefined;
    return cue.means === 'reference' && OTHER_WORD.test(link) ? undefined : { ...cue, distance: link.length };
  };
}

/** Searches `pattern` and, after a match that `take` refuses, one character further on. */
function search(text: string, pattern: RegExp, take: (span: Span, digits: string) => boolean): Span[] {
  const found: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (take(span, match[0].replace(/\D/g, ''))) found.push(span);
    else pattern.lastIndex = match.index + 1;
  }
  return found;
}

const inAddress = (text: string, start: number): boolean =>
  /(?:https?:\/\/|www\.)\S{0,200}$/i.test(before(text, start, 210));

/**
 * National register numbers with any separators, BIS numbers included, with a right check number or in the usual
 * grouping with a wrong one. A number announced as a phone or a file number needs a right one. Run before the phones,
 * because parts of it look like one; what can be a Belgian mobile number is left to them.
 */
export function findNationalNumbers(text: string): Span[] {
  const cueBefore = cuesIn(text);
  return search(text, NATIONAL_GROUPED, ({ start, end }, digits) => {
    const cue = cueBefore(start)?.means;
    if (cue === 'national') return true;
    // Points and a dash are how the identity card writes it; nobody else does.
    if (digits.length === 11 && /^\d\d\.\d\d\.\d\d-\d/.test(text.slice(start, end))) return true;
    if (/^324[5-9]/.test(digits)) return false;
    const number = digits.slice(-11);
    if (hasNationalCheck(number) && hasNationalDate(number, true)) return true;
    return cue === undefined && !inAddress(text, start) && hasNationalDate(number, false);
  });
}

/** National register numbers in an odd grouping or with a digit too many or too few. Run after the phones. */
export function findOddNationalNumbers(text: string): Span[] {
  const checked = search(text, ELEVEN_DIGITS, (_, digits) => hasNationalCheck(digits) && hasNationalDate(digits, true));
  const left = blank(text, checked);
  const cueBefore = cuesIn(left);
  const announced = search(left, AFTER_CUE, ({ start }) => {
    const cue = cueBefore(start);
    return cue?.means === 'national' && cue.distance < 20;
  });
  return [...checked, ...announced];
}

const digitsAfter = (count: string): string => String.raw`(?:${GAP}{0,3}\d){${count}}(?!\d)`;
const MOBILE = String.raw`(?<![\p{L}\d+])\(?0${GAP}?4${GAP}?[5-9](?:\)?${GAP}{0,3}\d){7}(?!\d)`;
const LANDLINE = String.raw`(?<![\p{L}\d+])\(?0[1-9](?:\)?${GAP}{0,3}\d){7}(?!\d)`;
/** More digits of a number of unknown length: not those past a closing bracket, nor of a Belgian number beside it. */
const MORE_DIGITS = String.raw`(?:(?![\s/]{1,2}(?:${MOBILE}|${LANDLINE}))[\s.\-–/(]{0,2}\d){0,7}(?!\d)`;
const PHONES = {
  belgianAbroad: String.raw`(?<![\p{L}\d+])(?:\+|00)\s?32${GAP}{0,2}(?:\(0\)\s?)?(?:0${GAP}?)?(?:4${GAP}?[5-9]${digitsAfter('7')}|[1-9]${digitsAfter('7')})`,
  belgianWithoutPlus: String.raw`(?<![\p{L}\d+])32${GAP}?4${GAP}?[5-9]${digitsAfter('7')}`,
  foreign: String.raw`(?<![\p{L}\d+])(?:\+[1-9]\d{0,2}|00\s?(?:1|7|20|27|3[0-69]|4\d|21[236]|24\d|25\d|35\d|37\d|38\d|42[013]|5\d|6\d|8[1246]|9[0-58]|96\d|97\d|99\d))(?:\(0\))?(?:[\s.\-–/()]{0,2}\d){6}${MORE_DIGITS}`,
  mobile: MOBILE,
  abroadMobile: String.raw`(?<![\p{L}\d+])0[67]${digitsAfter('8')}`,
  landline: LANDLINE,
};
const ANY_PHONE = new RegExp(
  Object.values(PHONES)
    .map((source) => `(?:${source})`)
    .join('|'),
  'gu',
);
const AFTER_PHONE_CUE = new RegExp(String.raw`(?<![\d+])\+?\d(?:${GAP}{0,2}\d){7,12}(?!\d)`, 'g');
const STARTS_WITH_DATE = /^\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d\d(?!\d)/;

/** A company number: ten digits as 4.3.3 of which the last two check the first eight (Crossroads Bank for Enterprises). */
const isCompanyNumber = (shown: string, digits: string): boolean =>
  /^\d{4}\.\d{3}\.\d{3}$/.test(shown) && 97 - mod97(digits.slice(0, 8)) === Number(digits.slice(8));

function isPhone(text: string, { start, end }: Span, digits: string, cue: Cue['means'] | undefined): boolean {
  const shown = text.slice(start, end);
  if (cue === 'reference' || cue === 'national') return false;
  if (
    isCompanyNumber(shown, digits) ||
    /\bBE ?$/i.test(before(text, start, 4)) ||
    (cue !== 'phone' && STARTS_WITH_DATE.test(shown))
  )
    return false;
  if (/^(?:\+|00)/.test(shown)) return digits.replace(/^00/, '').length >= 8 && digits.length <= 16;
  if (/^32/.test(digits)) return !/^\d\d\.\d\d\.\d\d-/.test(shown);
  if (digits.length !== 9 && digits.length !== 10) return false;
  if (digits.length === 10 && !/^0(?:4[5-9]|[67])/.test(digits)) return false;
  // Part of something longer, such as a national number: "04.12.23-123" of "04.12.23-123.45".
  if (/^[.\-–/]\d/.test(text.slice(end, end + 2))) return false;
  const groups = shown.match(/\d+/g) ?? [];
  return cue === 'phone' || groups.slice(2).every((group) => group.length > 1);
}

/** Belgian and foreign phone numbers, with or without separators; not those announced as another kind of number. */
export function findPhones(text: string): Span[] {
  const cueBefore = cuesIn(text);
  const found = search(
    text,
    ANY_PHONE,
    (span, digits) => isPhone(text, span, digits, cueBefore(span.start)?.means) && !inAddress(text, span.start),
  );
  const left = blank(text, found);
  const cueInRest = cuesIn(left);
  const announced = search(left, AFTER_PHONE_CUE, ({ start, end }, digits) => {
    const cue = cueInRest(start);
    if (cue?.means !== 'phone' || cue.distance > 12 || STARTS_WITH_DATE.test(text.slice(start, end))) return false;
    return digits.length !== 11 || !hasNationalCheck(digits);
  });
  return [...found, ...announced];
}

const DATE = new RegExp(
  String.raw`(?<![\d.,/])(?:(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|` +
    String.raw`(?:0?[1-9]|[12]\d|3[01])(?:ste|de|e)?(?:\s?[-./]\s?| )(?:0?[1-9]|1[0-2])(?:\s?[-./]\s?| )(?:(?:19|20)\d{2}|['’]?\d{2})|` +
    String.raw`(?:0?[1-9]|[12]\d|3[01])(?:ste|de|e)?[\s.-]{1,2}(?:${MONTHS})(?:\.|\b)(?:[\s-]{1,2}(?:(?:19|20)\d{2}|['’]?\d{2}))?)(?![\d])`,
  'giu',
);
const BARE_DATE = /(?<!\d)(?:\d{6}|\d{8})(?!\d)/g;

/**
 * Dates of birth: announced by a word such as "geboren", or a date with a year right beside a pupil. `pupils` are the ends
 * of what names or means a pupil.
 */
export function findBirthDates(text: string, pupils: ReadonlySet<number>): Span[] {
  const dates = search(text, DATE, ({ start, end }) => {
    if (isBirthAnnounced(text, start)) return true;
    if (BIRTH_CUE_AFTER.test(text.slice(end, end + 50))) return true;
    if (!/\d{2}$|^\d{4}/.test(text.slice(start, end))) return false;
    const link = /[\s,(°*:–-]{1,4}(?:van )?$/.exec(before(text, start, 8));
    return link !== null && pupils.has(start - link[0].length);
  });
  const bare = search(blank(text, dates), BARE_DATE, ({ start }) => isBirthAnnounced(text, start));
  return [...dates, ...bare];
}

function isBirthAnnounced(text: string, start: number): boolean {
  const lead = before(text, start, 60);
  let link: string | undefined;
  for (const cue of lead.matchAll(BIRTH_CUE)) link = lead.slice(cue.index + cue[0].length);
  return link !== undefined && !/[!?;\n\d]|\.\s+\p{Lu}/u.test(link) && !NOT_A_BIRTH.test(link);
}

/** The text with the spans made unreadable at the same length, so that offsets stay. */
export function blank(text: string, spans: Span[]): string {
  let blanked = '';
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    blanked += text.slice(blanked.length, start) + '\u0000'.repeat(end - start);
  }
  return blanked + text.slice(blanked.length);
}
