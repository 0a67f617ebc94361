// Days, school years and working hours in Brussels. Pure; knows no clock, no file and no ticket.

import {
  DAY_MS,
  type Day,
  HOUR_MS,
  type Instant,
  type SchoolYear,
  WEEKDAYS,
  type Weekday,
  type WorkingCalendar,
} from './terms.ts';

/** Years that working time is computed for; the bound keeps every loop finite. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const zone = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', timeZoneName: 'longOffset' });

/** Asks Intl for the offset to UTC in ms; slow, hence the cache in `offsetAt`. */
function readOffset(instant: Instant): number {
  const name = zone.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * HOUR_MS + Number(match[3]) * 60_000);
}

/** Offset per UTC day; NaN marks the two days a year on which the clock changes. */
const dayOffsets = new Map<number, number>();

function offsetAt(instant: Instant): number {
  const day = Math.floor(instant / DAY_MS);
  let offset = dayOffsets.get(day);
  if (offset === undefined) {
    const atStart = readOffset(day * DAY_MS);
    offset = atStart === readOffset(day * DAY_MS + DAY_MS - 1) ? atStart : Number.NaN;
    dayOffsets.set(day, offset);
  }
  return Number.isNaN(offset) ? readOffset(instant) : offset;
}

/** The Brussels clock at `instant`, readable through the UTC getters. */
const localDate = (instant: Instant): Date => new Date(instant + offsetAt(instant));

/** The instant at which the Brussels clock shows `local` (ms as if it were UTC). */
function fromLocal(local: number): Instant {
  const before = local - offsetAt(local - 3 * HOUR_MS);
  if (before + offsetAt(before) === local) return before;
  const after = local - offsetAt(local + 3 * HOUR_MS);
  return after + offsetAt(after) === local ? after : before;
}

/** The day the Brussels clock shows at `instant`. Throws RangeError for an instant that is no date. */
export function brusselsDay(instant: Instant): Day {
  return localDate(instant).toISOString().slice(0, 10);
}

/** The Brussels month of `instant`, "2026-11". */
export function monthOf(instant: Instant): string {
  return brusselsDay(instant).slice(0, 7);
}

/** School years change on 1 September at 00:00 in Brussels. */
export function schoolYearOf(instant: Instant): SchoolYear {
  const date = localDate(instant);
  const start = date.getUTCMonth() >= 8 ? date.getUTCFullYear() : date.getUTCFullYear() - 1;
  return `${start}-${start + 1}`;
}

/** First instant of the school year and first instant after it. Throws RangeError for a malformed name. */
export function schoolYearRange(year: SchoolYear): { from: Instant; to: Instant } {
  const match = /^(\d{4})-(\d{4})$/.exec(year);
  if (!match || Number(match[2]) !== Number(match[1]) + 1) {
    throw new RangeError(`"${year}" is no school year; write two consecutive years, such as "2026-2027"`);
  }
  return { from: instantAt(`${match[1]}-09-01`, '00:00'), to: instantAt(`${match[2]}-09-01`, '00:00') };
}

/**
 * The instant at which the Brussels clock shows `time` ("00:00" to "24:00") on `day`.
 * A time that the clock skips in March is read as one hour later, one that it shows twice in October as the first.
 * Throws RangeError for a malformed day or time.
 */
export function instantAt(day: Day, time: string): Instant {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) {
    throw new RangeError(`"${day}" is no day; write it as "2026-11-24"`);
  }
  const match = /^(\d\d):(\d\d)$/.exec(time);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minutes <= 24 * 60) || Number(match?.[2]) > 59) {
    throw new RangeError(`"${time}" is no time of day; write it as "08:30"`);
  }
  return fromLocal(midnight + minutes * 60_000);
}

/** Whether the day lies in a school holiday; both ends of a holiday count. */
export function isSchoolHoliday(calendar: WorkingCalendar, day: Day): boolean {
  return calendar.schoolHolidays.some(({ from, to }) => from <= day && day <= to);
}

/** One opening; `before` is the working time in ms of the same year before it. */
type Opening = { from: Instant; to: Instant; before: number };
/** `days` are the numbers, since 1970, of the days with an opening. */
type Year = { openings: Opening[]; total: number; days: Set<number> };

// A calendar is content that is replaced as a whole, never changed in place, so its identity can carry the cache.
const years = new WeakMap<WorkingCalendar, Map<number, Year>>();

/** Of a date that shows the Brussels clock through the UTC getters. */
const weekdayOf = (date: Date): Weekday => WEEKDAYS[(date.getUTCDay() + 6) % 7]!;

/** Openings of one day in order, without overlap. */
function openingsOn(calendar: WorkingCalendar, day: Day, weekday: Weekday): { from: Instant; to: Instant }[] {
  const hours = calendar.week[weekday] ?? [];
  if (hours.length === 0 || calendar.closed.some(({ from, to }) => from <= day && day <= to)) return [];
  const sorted = hours
    .map(([from, to]) => ({ from: instantAt(day, from), to: instantAt(day, to) }))
    .sort((a, b) => a.from - b.from);
  let end = Number.NEGATIVE_INFINITY;
  const openings: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of sorted) {
    if (to > Math.max(from, end)) openings.push({ from: Math.max(from, end), to });
    end = Math.max(end, to);
  }
  return openings;
}

function yearOf(calendar: WorkingCalendar, year: number): Year {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    throw new RangeError(`working time is only known from ${FIRST_YEAR} to ${LAST_YEAR}, not in ${year}`);
  }
  const known = years.get(calendar) ?? new Map<number, Year>();
  years.set(calendar, known);
  let found = known.get(year);
  if (!found) {
    found = { openings: [], total: 0, days: new Set() };
    for (let midnight = Date.UTC(year, 0, 1); midnight < Date.UTC(year + 1, 0, 1); midnight += DAY_MS) {
      const date = new Date(midnight);
      for (const opening of openingsOn(calendar, date.toISOString().slice(0, 10), weekdayOf(date))) {
        found.openings.push({ ...opening, before: found.total });
        found.total += opening.to - opening.from;
        found.days.add(midnight / DAY_MS);
      }
    }
    known.set(year, found);
  }
  return found;
}

/** Working ms of the year up to `instant`. */
function workedBefore({ openings }: Year, instant: Instant): number {
  const last = openings[lastIndex(openings, (opening) => opening.from <= instant)];
  return last ? last.before + Math.min(instant, last.to) - last.from : 0;
}

/** Index of the last opening for which `holds`, or -1; `holds` must turn false once and stay so. */
function lastIndex(openings: Opening[], holds: (opening: Opening) => boolean): number {
  let low = 0;
  let high = openings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(openings[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Working time in ms from `from` up to `to`; 0 when `to` is not later.
 * Throws RangeError for an instant outside 1970-2199 or a calendar with a malformed time.
 */
export function workingMs(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  if (to <= from) return 0;
  const first = localDate(from).getUTCFullYear();
  const last = localDate(to).getUTCFullYear();
  let worked = workedBefore(yearOf(calendar, last), to) - workedBefore(yearOf(calendar, first), from);
  for (let year = first; year < last; year++) worked += yearOf(calendar, year).total;
  return worked;
}

/** Whether the calendar is open at an instant: until when, or when it opens next. */
export type Openness = { open: true; until: Instant } | { open: false; from: Instant };

/** Throws RangeError as `workingMs` does, and Error when the calendar stays closed for 2 years. */
export function opennessAt(calendar: WorkingCalendar, at: Instant): Openness {
  const first = localDate(at).getUTCFullYear();
  for (let year = first; year < first + 3; year++) {
    const { openings } = yearOf(calendar, year);
    const next = openings[lastIndex(openings, ({ to }) => to <= at) + 1];
    if (next) return next.from <= at ? { open: true, until: next.to } : { open: false, from: next.from };
  }
  throw nothingOpen(at);
}

/** The weekdays with the same hours together, Monday first; those without any are left out. */
export function weekOf(calendar: WorkingCalendar): { days: Weekday[]; hours: [string, string][] }[] {
  const groups: { days: Weekday[]; hours: [string, string][] }[] = [];
  for (const day of WEEKDAYS) {
    const hours = calendar.week[day] ?? [];
    const same = groups.find((group) => JSON.stringify(group.hours) === JSON.stringify(hours));
    if (same) same.days.push(day);
    else if (hours.length > 0) groups.push({ days: [day], hours });
  }
  return groups;
}

/** Days in a row, between `from` and `to` included, that would have been open and are not, the first such; none: undefined. */
export function nextClosing(calendar: WorkingCalendar, from: Day, to: Day): { from: Day; to: Day } | undefined {
  let found: { from: Day; to: Day } | undefined;
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const weekday = weekdayOf(new Date(at));
    // A weekend in between neither ends a closing nor is one.
    if ((calendar.week[weekday] ?? []).length === 0) continue;
    if (openingsOn(calendar, day, weekday).length === 0) found = { from: found?.from ?? day, to: day };
    else if (found) return found;
  }
  return found;
}

const nothingOpen = (from: Instant): Error =>
  new Error(
    `the working calendar has no opening in the 2 years after ${brusselsDay(from)}; add hours under "week" or shorten "closed"`,
  );

/**
 * The earliest instant by which `hours` working hours (fractions allowed, rounded to ms) have passed since `from`.
 * Throws RangeError for a negative number of hours, and Error when the calendar stays closed for 2 years.
 */
export function addWorkingHours(calendar: WorkingCalendar, from: Instant, hours: number): Instant {
  if (!(hours >= 0 && hours < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${hours} is no number of working hours; give 0 or more`);
  }
  let left = Math.round(hours * HOUR_MS);
  if (left === 0) return from;
  let year = localDate(from).getUTCFullYear();
  let gone = workedBefore(yearOf(calendar, year), from);
  // The end of the first year and two whole years without any work are at least 2 years.
  for (let idle = 0; idle < 3; year++) {
    const { openings, total } = yearOf(calendar, year);
    const target = gone + left;
    if (target <= total) {
      const opening = openings[lastIndex(openings, ({ before }) => before < target)]!;
      return opening.from + target - opening.before;
    }
    idle = total > gone ? 0 : idle + 1;
    left -= total - gone;
    gone = 0;
  }
  throw nothingOpen(from);
}

/**
 * The same time of day, `days` working days later: Friday 10:00 and 1 day is Monday 10:00.
 * A day with at least one opening counts; the day of `from` itself does not.
 * Throws RangeError unless `days` is a whole number of 0 or more, and Error when the calendar stays closed for 2 years.
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Instant, days: number): Instant {
  if (!Number.isInteger(days) || days < 0) {
    throw new RangeError(`${days} is no number of working days; give a whole number of 0 or more`);
  }
  if (days === 0) return from;
  let local = from + offsetAt(from);
  for (let left = days, idle = 0; left > 0; ) {
    local += DAY_MS;
    if (yearOf(calendar, new Date(local).getUTCFullYear()).days.has(Math.floor(local / DAY_MS))) {
      left--;
      idle = 0;
    } else if (++idle > 2 * 366) throw nothingOpen(from);
  }
  return fromLocal(local);
}
