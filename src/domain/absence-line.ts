// Reads "afwezig van 5/1 tot 12/1, vervanger …" as people type it. Pure; the words are handed in, the names stay text.

import type { Day } from './terms.ts';
import { DAY_MS } from './terms.ts';

/** How a language says days; every word in lower case. `awayLast` has the days in a group. `away`, `from`, `until` and `substitute` are sources of regular expressions. */
export type AbsenceWords = {
  away: string;
  awayLast: RegExp;
  from: string;
  until: string;
  substitute: string;
  nextWeek: string;
  next: string;
  days: Readonly<Record<string, number>>;
  weekdays: readonly (readonly string[])[];
  months: readonly (readonly string[])[];
};

/** A day that could not be read is kept as it was typed. */
export type TypedDay = { day: Day } | { unread: string };
export type AbsenceLine = { who?: string; from?: TypedDay; to?: TypedDay; substitute?: string };

/** A day without a year that passed less long ago than this is a mistake, and no day of next year. */
const RECENT_DAYS = 90;
/** "Volgende week" is Monday to Friday. */
const WORKING_DAYS = 5;

/** Undefined when it is no such line; `{}` when only the word was typed. `text` is in lower case and on one line. */
export function parseAbsence(text: string, today: Day, words: AbsenceWords): AbsenceLine | undefined {
  const began = words.awayLast.exec(text) ?? new RegExp(`^(?:${words.away})(?:[ ,:]+|$)(.*)$`, 'u').exec(text);
  if (!began || text.endsWith('?')) return undefined;
  const [said = '', named] = began[1]!.split(new RegExp(`[ ,;]*(?:^|[ ,;])(?:${words.substitute})[ :]+`, 'u'), 2);
  const substitute = named === undefined ? {} : { substitute: named.trim() };
  const rest = said.replace(/[ ,;]+$/, '');
  if (rest === '') return substitute;
  const span = new RegExp(
    `^(?<who>.*?)(?:(?:^|[ ,]+)(?:${words.from}) (?<from>.+?))?(?:^|[ ,]+)(?:${words.until}) (?<to>.+)$`,
    'u',
  ).exec(rest)?.groups;
  if (span) {
    const who = span.who?.trim() ?? '';
    return {
      ...(who === '' ? {} : { who }),
      ...(span.from ? { from: readDay(span.from, today, words) } : {}),
      to: readDay(span.to!, today, words),
      ...substitute,
    };
  }
  const one = readDay(rest, today, words);
  if ('day' in one) {
    const week = new RegExp(`^(?:${words.nextWeek})$`, 'u').test(rest);
    return { from: one, to: week ? { day: plus(one.day, WORKING_DAYS - 1) } : one, ...substitute };
  }
  return named === undefined ? undefined : { to: one, ...substitute };
}

/** "12/1", "12-01-2027", "12 januari", "2027-01-12", "morgen", "maandag", "volgende week maandag". */
export function readDay(typed: string, today: Day, words: AbsenceWords): TypedDay {
  const text = typed.trim().replace(/[.,;]+$/, '');
  const exact = text in words.days && Object.hasOwn(words.days, text) ? words.days[text] : undefined;
  if (exact !== undefined) return { day: plus(today, exact) };
  const weekday = new RegExp(`^(?:(?<week>${words.nextWeek})|(?:${words.next}))? ?(?<name>\\p{L}*)$`, 'u').exec(
    text,
  )?.groups;
  if (weekday) {
    const at = words.weekdays.findIndex((names) => names.includes(weekday.name!));
    const now = (new Date(today).getUTCDay() + 6) % 7;
    if (weekday.week && (at >= 0 || weekday.name === '')) return { day: plus(today, 7 - now + Math.max(0, at)) };
    if (at >= 0) return { day: plus(today, ((at - now + 6) % 7) + 1) };
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3])) ?? { unread: text };
  const numbers = /^(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}|\d{2}))?$/.exec(text);
  const named = /^(\d{1,2})(?:e|ste|de)? (\p{L}+)\.?(?: (\d{4}))?$/u.exec(text);
  const month = numbers ? Number(numbers[2]) : words.months.findIndex((names) => names.includes(named?.[2] ?? '')) + 1;
  const [, day, , year] = numbers ?? named ?? [];
  if (day === undefined || month === 0) return { unread: text };
  if (year) return dayOf(Number(year) + (year.length === 2 ? 2000 : 0), month, Number(day)) ?? { unread: text };
  const running = Number(today.slice(0, 4));
  const own = dayOf(running, month, Number(day)) ?? dayOf(running + 1, month, Number(day));
  if (!own) return { unread: text };
  const passed = Date.parse(own.day) < Date.parse(today) - RECENT_DAYS * DAY_MS;
  return passed ? (dayOf(running + 1, month, Number(day)) ?? own) : own;
}

const plus = (day: Day, days: number): Day => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** A day that exists. */
function dayOf(year: number, month: number, date: number): { day: Day } | undefined {
  const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? { day } : undefined;
}
