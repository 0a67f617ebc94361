// What a row of a table means: a registration or a session, or why it is neither. Knows no file, no store and no other row.

import { parseMinutes } from '../../domain/minutes.ts';
import { detect, mask } from '../../domain/privacy.ts';
import { REGISTRABLE, type Registering, register } from '../../domain/registration.ts';
import { searchableCentres, searchableThemes } from '../../domain/registration-line.ts';
import { serviceFor } from '../../domain/routing.ts';
import type {
  CentreId,
  Day,
  FunctionId,
  Instant,
  PersonId,
  SchoolYear,
  SessionId,
  ThemeId,
  TicketId,
} from '../../domain/terms.ts';
import { brusselsDay, instantAt, schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';
import type { SessionRecord } from '../records.ts';
import { bareWords, type Named, readChannel, readDay, readName, readNumber, readPerCentre, readTime } from './cells.ts';
import type { Field, Layout, Reading } from './columns.ts';

const words = locale.import;
const MOST_SESSIONS = 1_000;
const MOST_PARTICIPANTS = 100_000;
/** Of a session that lasted days, or of totals, there may be more minutes than one question can take. */
const MOST_MINUTES = 100_000;
const OLDEST: Day = '2000-01-01';

type Registration = Omit<Registering, 'number'>;
export type Entry =
  | { kind: 'registration'; id: TicketId; registration: Registration }
  | { kind: 'session'; id: SessionId; record: SessionRecord };

/** A row that was understood: what makes it the same as another, and what it becomes under an id. */
type Draft = { identity: string; entry: (id: string) => Entry };

/** What all rows of a table are read with. */
export type Reader = {
  kind: 'registrations' | 'sessions';
  content: Content;
  now: Instant;
  /** For sessions without a date: they count on the first day of this school year. */
  schoolYear?: SchoolYear;
};

/** What somebody has to know of how the rows were read. */
export type Notes = {
  /** Texts in which personal data was masked. */
  masked: number;
  /** How names were understood that are written otherwise here: "centrum Gent" to the name of the centre. */
  readings: Map<string, string>;
};

const LAYOUTS: Record<Reader['kind'], Layout> = {
  registrations: {
    needed: ['day', 'channel', 'question'],
    optional: ['time', 'theme', 'centre', 'minutes', 'function'],
  },
  sessions: {
    needed: ['programme', 'participants'],
    optional: ['day', 'schoolYear', 'theme', 'level', 'sessions', 'title', 'minutes', 'link', 'centre', 'perCentre'],
  },
};

/** The columns of a table; among those of sessions may be one named after a centre, with its participants. */
export function layoutFor({ kind, content }: Reader): Layout {
  const layout = LAYOUTS[kind];
  if (kind !== 'sessions') return layout;
  const ids = new Map<string, string>(
    content.centres.flatMap(({ id, name }) => [
      [bareWords(name), id],
      [bareWords(id), id],
    ]),
  );
  return { ...layout, spread: (header) => ids.get(bareWords(header)) };
}

/**
 * Reads rows as registrations or sessions: what a row becomes, or undefined, with the reasons added to the row in Dutch.
 * Adds to the notes.
 */
export function rowReader(reader: Reader, notes: Notes): (row: Reading) => Draft | undefined {
  const names = namesOf(reader.content);
  return reader.kind === 'sessions'
    ? (row) => sessionOf(row, notes, reader, names)
    : (row) => registrationOf(row, notes, reader, names);
}

type Names = Record<
  'theme' | 'centre' | 'function',
  (typed: string) => { id: string; name: string } | { reason: string }
>;

/** Looks names up, each spelling once: a long file repeats them. */
function namesOf({ themes, centres, functions }: Content): Names {
  const lookUp = (
    field: 'theme' | 'centre' | 'function',
    list: readonly Named<string>[],
    searchable: Parameters<typeof readName>[3],
  ) => {
    const known = new Map<string, { id: string; name: string } | { reason: string }>();
    return (typed: string) => {
      let found = known.get(typed);
      if (!found) {
        const read = readName(typed, words.fields[field], list, searchable);
        found = 'id' in read ? { id: read.id, name: list.find(({ id }) => id === read.id)!.name } : read;
        known.set(typed, found);
      }
      return found;
    };
  };
  const jobs = functions.map(({ id, name }) => ({ id, texts: [{ text: name, weight: 1 }] }));
  return {
    theme: lookUp('theme', themes, searchableThemes(themes)),
    centre: lookUp('centre', centres, searchableCentres(centres)),
    function: lookUp('function', functions, jobs),
  };
}

function registrationOf(row: Reading, notes: Notes, { content, now }: Reader, names: Names): Draft | undefined {
  const { reasons } = row;
  const day = dayOf(row, now);
  const timeTyped = row.text('time');
  const time = timeTyped ? readTime(timeTyped) : day?.time;
  if (timeTyped && !time) reasons.push(words.reason.notATime(timeTyped));
  const channelTyped = required(row, 'channel');
  const read = channelTyped ? readChannel(channelTyped) : undefined;
  const channel = REGISTRABLE.find((known) => known === read);
  if (channelTyped && !channel) {
    reasons.push(
      read ? words.reason.ownChannel(channelTyped) : words.reason.unknown(words.fields.channel, channelTyped),
    );
  }
  const question = required(row, 'question');
  const theme = nameOf(row, 'theme', notes, names) as ThemeId | undefined;
  const centre = nameOf(row, 'centre', notes, names) as CentreId | undefined;
  const job = nameOf(row, 'function', notes, names) as FunctionId | undefined;
  const minutes = minutesOf(row);
  if (!day || !channel || !question || reasons.length > 0) return undefined;

  const at = instantAt(day.day, time ?? '12:00');
  if (time && at > now) {
    reasons.push(words.reason.future([row.text('day'), timeTyped].join(' ').trim()));
    return undefined;
  }
  const safe = withoutPersonalData(question);
  const registration: Registration = {
    id: '' as TicketId,
    channel,
    question: safe,
    service: serviceFor(content, job, theme),
    // Noon stands for a day without a time, and today it may not be noon yet.
    askedAt: Math.min(at, now),
    requester: { name: '', ...(job ? { function: job } : {}), ...(centre ? { centre } : {}) },
    ...(theme ? { theme } : {}),
    ...(minutes === undefined ? {} : { minutes }),
  };
  const tried = register({ ...registration, number: '' }, { kind: 'system' }, now);
  if (!tried.ok) {
    const { refusal } = tried;
    reasons.push(
      refusal.kind === 'invalid-minutes'
        ? words.reason.minutesOutside(row.text('minutes'), refusal.most)
        : refusal.kind === 'text-too-long'
          ? words.reason.textTooLong(refusal.most)
          : locale.refusal(refusal),
    );
    return undefined;
  }
  if (safe !== question) notes.masked++;
  const identity = [day.day, time, channel, theme, centre, job, minutes, bareWords(question)].join('\n');
  return {
    identity,
    entry: (id) => ({
      kind: 'registration',
      id: id as TicketId,
      registration: { ...registration, id: id as TicketId },
    }),
  };
}

/** Participants per centre: in one column, in a column per centre, or all of one centre. */
function perCentreOf(row: Reading, notes: Notes, { content }: Reader, names: Names, participants: number) {
  const { reasons } = row;
  const perCentre: Record<CentreId, number> = {};
  const add = (centre: string, count: number): void => {
    perCentre[centre as CentreId] = (perCentre[centre as CentreId] ?? 0) + count;
  };
  const read = readPerCentre(row.text('perCentre'), content.centres);
  if ('unknown' in read) reasons.push(locale.session.unknownCentre(read.unknown));
  else for (const [centre, count] of Object.entries(read.perCentre)) add(centre, count);
  for (const { id, header, text } of row.spread) {
    const count = readNumber(text);
    if (count === undefined || !Number.isInteger(count) || count < 0) {
      reasons.push(words.reason.notWhole(header, text, 0, MOST_PARTICIPANTS));
    } else if (count > 0) add(id, count);
  }
  const only = nameOf(row, 'centre', notes, names);
  if (only && Object.keys(perCentre).length === 0) add(only, participants);
  const sum = Object.values(perCentre).reduce((total, count) => total + count, 0);
  if (sum > participants) reasons.push(locale.sessionRefusal({ kind: 'more-per-centre', sum }));
  return sum > 0 ? perCentre : undefined;
}

function sessionOf(row: Reading, notes: Notes, reader: Reader, names: Names): Draft | undefined {
  const { reasons } = row;
  const { now } = reader;
  const day = row.text('day') ? dayOf(row, now)?.day : firstDay(row, reader);
  const programme = required(row, 'programme');
  required(row, 'participants');
  const participants = wholeOf(row, 'participants', 0, MOST_PARTICIPANTS) ?? 0;
  const sessions = wholeOf(row, 'sessions', 1, MOST_SESSIONS) ?? 1;
  const perCentre = perCentreOf(row, notes, reader, names, participants);
  const minutes = wholeMinutesOf(row);
  const themeTyped = row.text('theme');
  // A session is often about something that is no theme of the helpdesk: only the very name counts as ours.
  const own = reader.content.themes.find(({ id, name }) =>
    [id, name].some((one) => bareWords(one) === bareWords(themeTyped)),
  );
  const theme = own?.id ?? themeTyped;
  if (own && bareWords(own.name) !== bareWords(themeTyped))
    notes.readings.set(`${words.fields.theme} ${themeTyped}`, own.name);
  const links = row
    .text('link')
    .split(/\s+/)
    .filter((link) => link !== '');
  const wrong = links.find((link) => !/^https?:\/\//i.test(link) || !URL.canParse(link));
  if (wrong) reasons.push(words.reason.notALink(wrong));
  if (!day || !programme || reasons.length > 0) return undefined;

  const titleTyped = row.text('title') || themeTyped || programme;
  const title = withoutPersonalData(titleTyped);
  if (title !== titleTyped) notes.masked++;
  const level = row.text('level');
  const record: SessionRecord = {
    programme,
    theme,
    title,
    day,
    level,
    sessions,
    participants,
    ...(perCentre ? { perCentre } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    links,
    tickets: [],
    by: { person: words.by as PersonId, name: words.by },
    at: now,
    history: [],
  };
  const identity = [
    day,
    bareWords(programme),
    bareWords(theme),
    bareWords(level),
    bareWords(titleTyped),
    sessions,
    participants,
    minutes,
    // Absent of a table without centres, whose rows keep the ids they had.
    ...(perCentre ? [JSON.stringify(perCentre)] : []),
  ].join('\n');
  return { identity, entry: (id) => ({ kind: 'session', id: id as SessionId, record }) };
}

const withoutPersonalData = (text: string): string => mask(text, detect(text.slice(0, 4_000)), locale.privacy.masks);

function required(row: Reading, field: Field): string {
  const typed = row.text(field);
  if (typed === '') row.reasons.push(words.reason.missing(words.fields[field]));
  return typed;
}

function dayOf(row: Reading, now: Instant): { day: Day; time?: string } | undefined {
  const typed = required(row, 'day');
  if (typed === '') return undefined;
  const found = readDay(typed);
  const reason = !found
    ? words.reason.notADay(typed)
    : found.day > brusselsDay(now)
      ? words.reason.future(typed)
      : found.day < OLDEST
        ? words.reason.tooOld(typed)
        : undefined;
  if (reason) row.reasons.push(reason);
  return reason ? undefined : found;
}

/** Of a total over a school year: its first day. */
function firstDay(row: Reading, { schoolYear, now }: Reader): Day | undefined {
  const typed = row.text('schoolYear').replace(/\s*[-–/]\s*(?:20)?(\d\d)$/, '-20$1') || schoolYear;
  if (!typed) {
    required(row, 'day');
    return undefined;
  }
  try {
    const day = brusselsDay(schoolYearRange(typed).from);
    if (day <= brusselsDay(now)) return day;
    row.reasons.push(words.file.futureSchoolYear(typed));
  } catch {
    row.reasons.push(words.reason.notASchoolYear(typed));
  }
  return undefined;
}

function nameOf(row: Reading, field: 'theme' | 'centre' | 'function', notes: Notes, names: Names): string | undefined {
  const typed = row.text(field);
  if (typed === '') return undefined;
  const found = names[field](typed);
  if ('reason' in found) {
    row.reasons.push(found.reason);
    return undefined;
  }
  if (bareWords(found.name) !== bareWords(typed)) notes.readings.set(`${words.fields[field]} ${typed}`, found.name);
  return found.id;
}

function minutesOf(row: Reading): number | undefined {
  const typed = row.text('minutes');
  if (typed === '') return undefined;
  const minutes = parseMinutes(typed, locale.lineWords);
  if (minutes === undefined) row.reasons.push(words.reason.notMinutes(typed));
  return minutes;
}

function wholeMinutesOf(row: Reading): number | undefined {
  const minutes = minutesOf(row);
  if (minutes === undefined) return undefined;
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES) return minutes;
  row.reasons.push(words.reason.minutesOutside(row.text('minutes'), MOST_MINUTES));
  return undefined;
}

function wholeOf(row: Reading, field: Field, least: number, most: number): number | undefined {
  const typed = row.text(field);
  if (typed === '') return undefined;
  const value = readNumber(typed);
  if (value !== undefined && Number.isInteger(value) && value >= least && value <= most) return value;
  row.reasons.push(words.reason.notWhole(words.fields[field], typed, least, most));
  return undefined;
}
