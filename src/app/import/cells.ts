// Reads what people type in the cells of a table: days, times, minutes, numbers, names. Knows no file and no store.

import { matchName, searchableCentres, sureOf } from '../../domain/registration-line.ts';
import { type Centre, type CentreId, CHANNELS, DAY_MS, type Day, type IntakeChannel } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';

/** Text as people see it, or why there is none to trust. */
export type Cell = string | { problem: 'formula' | 'merged' | 'error' };
/** `line` is the row number that a spreadsheet shows, from 1. */
export type Row = { line: number; cells: Cell[] };

const words = locale.import;
/** Days since 1900 as a spreadsheet counts them, for 2000 to 2100. */
const SERIAL = { from: 36_526, to: 73_415 };
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);

/** A day, with the time of day when that stands behind it. Understands 24/11/2026, 2026-11-24, 24 nov 26 and 46350. */
export function readDay(typed: string): { day: Day; time?: string } | undefined {
  const text = typed.trim().toLowerCase().replace(words.weekdays, '');
  const serial = /^\d{5}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (serial >= SERIAL.from && serial < SERIAL.to) {
    const at = new Date(SERIAL_EPOCH + Math.round((serial * DAY_MS) / 60_000) * 60_000).toISOString();
    return { day: at.slice(0, 10), ...(Number.isInteger(serial) ? {} : { time: at.slice(11, 16) }) };
  }
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t\s]+(.*))?$/.exec(text);
  if (iso) return dated(iso[1]!, Number(iso[2]), iso[3]!, iso[4]);
  const numeric = /^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?:[,\s]+(.*))?$/.exec(text);
  if (numeric) return dated(numeric[3]!, Number(numeric[2]), numeric[1]!, numeric[4]);
  const worded = /^(\d{1,2})[-\s]+(\p{L}{3,})\.?[-\s]+(\d{4}|\d{2})(?:[,\s]+(.*))?$/u.exec(text);
  const month = worded ? (words.months.findIndex((name) => sameMonth(name, worded[2]!)) % 12) + 1 : 0;
  return worded && month > 0 ? dated(worded[3]!, month, worded[1]!, worded[4]) : undefined;
}

/** "nov" and "sept" too; "mrt" is how Dutch shortens March. */
function sameMonth(name: string, typed: string): boolean {
  return name.startsWith(typed) || (typed === 'mrt' && name === 'maart');
}

function dated(year: string, month: number, date: string, rest?: string): { day: Day; time?: string } | undefined {
  const pad = (value: string | number): string => String(value).padStart(2, '0');
  const day = `${year.length === 2 ? `20${year}` : year}-${pad(month)}-${pad(date)}`;
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return undefined;
  const time = rest?.trim() ? readTime(rest) : undefined;
  if (rest?.trim() && !time) return undefined;
  return { day, ...(time && time !== '00:00' ? { time } : {}) };
}

/** "14:30", from "14:30:00", "14u30", "14.30" and "14u". */
export function readTime(typed: string): string | undefined {
  const match = /^(\d{1,2})\s?(?:[:.hu]\s?(\d{2})?(?::\d{2}(?:\.\d+)?)?)?z?$/i.exec(
    typed
      .trim()
      .toLowerCase()
      .replace(/ ?uur$/, 'u'),
  );
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  if (!match || hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** "1 234", "1.234" and "1234" are one number, "1,5" and "1.5" another. */
export function readNumber(typed: string): number | undefined {
  const text = typed.trim().replaceAll(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  const whole = /^[-+]?\d{1,3}(?:\.\d{3})+$/.test(text) ? text.replaceAll('.', '') : text.replace(',', '.');
  return /^[-+]?\d+(?:\.\d+)?$/.test(whole) ? Number(whole) : undefined;
}

/** Lower case without accents and punctuation, single spaces. */
export function bareWords(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** By any of the names that people give a channel; undefined of anything else. */
export function readChannel(typed: string): IntakeChannel | undefined {
  const folded = bareWords(typed);
  return CHANNELS.find(
    (channel) => words.channels[channel].includes(folded) || bareWords(locale.channel[channel]) === folded,
  );
}

/** "gent 12, kortrijk 8" as a count per centre, or the part that cannot be understood. */
export function readPerCentre(
  typed: string,
  centres: readonly Centre[],
): { perCentre: Record<CentreId, number> } | { unknown: string } {
  const perCentre: Record<CentreId, number> = {};
  for (const part of typed.split(/[,;\n]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))) {
    const [, name, count] = /^(.+?)[\s:=]+(\d{1,5})$/.exec(part) ?? [];
    const centre = name && sureOf(matchName<CentreId>(name, searchableCentres(centres)));
    if (!centre) return { unknown: part.slice(0, 80) };
    perCentre[centre] = (perCentre[centre] ?? 0) + Number(count);
  }
  return { perCentre };
}

export type Named<Id extends string> = { id: Id; name: string };

/** The id that is meant: by id or name as they are written, else the one name beyond doubt. A reason when there is none. */
export function readName<Id extends string>(
  typed: string,
  field: string,
  list: readonly Named<Id>[],
  searchable: Parameters<typeof matchName>[1],
): { id: Id } | { reason: string } {
  const folded = bareWords(typed);
  const exact = list.find(({ id, name }) => bareWords(id) === folded || bareWords(name) === folded);
  if (exact) return { id: exact.id };
  const matches = matchName<Id>(typed, searchable);
  const sure = sureOf(matches);
  if (sure) return { id: sure };
  const [best] = matches;
  const close = matches.filter(({ score }) => score > best!.score - 0.2).slice(0, 4);
  const names = close.flatMap(({ id }) => list.find((known) => known.id === id)?.name ?? []);
  return { reason: best ? words.reason.several(field, typed, names) : words.reason.unknown(field, typed) };
}
