// How Dutch writes days, moments and counts. Knows no sentence.

import { type Instant, WEEKDAYS, type Weekday } from '../../domain/terms.ts';

export const tag = 'nl-BE';

const zone = 'Europe/Brussels';
const dayAndTime = new Intl.DateTimeFormat(tag, {
  timeZone: zone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
/** "09:12" */
export const clock = new Intl.DateTimeFormat(tag, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const calendarDay = new Intl.DateTimeFormat(tag, {
  timeZone: zone,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

const weekday = new Intl.DateTimeFormat(tag, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });

const wholeWeekday = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'long' });
const and = new Intl.ListFormat(tag, { type: 'conjunction' });
/** Day 5 since 1970 was a Tuesday: the first Monday is day 4. */
const weekdayName = (at: Weekday): string => wholeWeekday.format((4 + WEEKDAYS.indexOf(at)) * 86_400_000);

/** "maandag tot vrijdag" for three or more in a row, else "maandag en woensdag"; in the order of the week. */
export function weekdays(days: Weekday[]): string {
  const row = days.length > 2 && WEEKDAYS.indexOf(days.at(-1)!) - WEEKDAYS.indexOf(days[0]!) === days.length - 1;
  return row ? `${weekdayName(days[0]!)} tot ${weekdayName(days.at(-1)!)}` : and.format(days.map(weekdayName));
}

/** "di 24 nov" for "2026-11-24". */
export function shortDay(date: string): string {
  const at = new Date(`${date}T12:00:00Z`);
  const part = Object.fromEntries(weekday.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month}`;
}

/** "di 24 nov, 09:12" */
export function moment(at: Instant): string {
  const part = Object.fromEntries(dayAndTime.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month}, ${part.hour}:${part.minute}`;
}

/** "24 nov 2026" for "2026-11-24". */
export const day = (date: string): string => calendarDay.format(new Date(`${date}T12:00:00Z`));
/** "1 vraag", "2 vragen". */
export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
