// Takes registrations and sessions over from a table: looks at every row first, writes after. Knows no file format.

import { createHash } from 'node:crypto';
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
import type { Content, Store } from '../ports.ts';
import { type App, createTicket } from '../questions/tickets.ts';
import type { SessionRecord } from '../records.ts';
import {
  fold,
  type Named,
  type Row,
  readChannel,
  readDay,
  readName,
  readNumber,
  readPerCentre,
  readTime,
} from './cells.ts';
import {
  type Columns,
  type Field,
  findColumns,
  ImportError,
  isEmpty,
  type Layout,
  type Mapping,
  type Reading,
} from './columns.ts';

const words = locale.import;
/** Rows between two reports of progress. */
const PROGRESS_EVERY = 5_000;
const MOST_SESSIONS = 1_000;
const MOST_PARTICIPANTS = 100_000;
const OLDEST: Day = '2000-01-01';

type Registration = Omit<Registering, 'number'>;
export type Entry =
  | { kind: 'registration'; id: TicketId; registration: Registration }
  | { kind: 'session'; id: SessionId; record: SessionRecord };

export type Plan = {
  columns: Columns;
  /** Rows with something in them, the header and what stands above it not counted. */
  read: number;
  empty: number;
  entries: Entry[];
  refused: { line: number; reasons: string[] }[];
  /** Texts in which personal data was masked. */
  masked: number;
  /** How names were understood that are written otherwise here: "centrum Gent" to the name of the centre. */
  readings: Map<string, string>;
};

export type Importing = {
  kind: 'registrations' | 'sessions';
  content: Content;
  now: Instant;
  mapping?: Mapping;
  /** For sessions without a date: they count on the first day of this school year. */
  schoolYear?: SchoolYear;
  progress?: (rows: number) => void;
};

/** How many rows are kept aside to look for the header in. */
const HEADER_ROWS = 50;

const LAYOUTS: Record<Importing['kind'], Layout> = {
  registrations: {
    needed: ['day', 'channel', 'question'],
    optional: ['time', 'theme', 'centre', 'minutes', 'function'],
  },
  sessions: {
    needed: ['programme', 'participants'],
    optional: ['day', 'schoolYear', 'theme', 'level', 'sessions', 'title', 'minutes', 'link', 'centre', 'perCentre'],
  },
};

/**
 * What an import of these rows would do; writes nothing. Ids follow from what a row says and from how many rows before
 * it in the file say the same, so that the same file gives the same ids. Throws ImportError when the table as a whole
 * cannot be used, with a Dutch sentence that says what to do.
 */
export async function planImport(rows: AsyncIterable<Row>, importing: Importing): Promise<Plan> {
  const names = namesOf(importing.content);
  const layout = layoutFor(importing);
  const seen = new Map<string, number>();
  const top: Row[] = [];
  let plan: Plan | undefined;
  const take = (into: Plan, row: Row): void => {
    if (isEmpty(row)) {
      into.empty++;
      return;
    }
    into.read++;
    const reading = into.columns.read(row);
    const understand = () =>
      importing.kind === 'sessions'
        ? sessionOf(reading, into, importing, names)
        : registrationOf(reading, into, importing, names);
    // A row that is not whole says nothing to be trusted.
    const draft = reading.reasons.length > 0 ? undefined : understand();
    if (!draft) {
      into.refused.push({ line: row.line, reasons: reading.reasons });
      return;
    }
    const before = seen.get(draft.identity) ?? 0;
    seen.set(draft.identity, before + 1);
    into.entries.push(draft.entry(digest(`${importing.kind}\n${draft.identity}\n${before}`)));
  };
  const begin = (): Plan => {
    const { columns, at } = findColumns(top, layout, importing.mapping);
    if (importing.kind === 'sessions' && !columns.has('day') && !columns.has('schoolYear') && !importing.schoolYear)
      throw new ImportError(words.file.noSchoolYear);
    const fresh: Plan = { columns, read: 0, empty: 0, entries: [], refused: [], masked: 0, readings: new Map() };
    for (const row of top.splice(0).slice(at + 1)) take(fresh, row);
    return fresh;
  };
  for await (const row of rows) {
    if (plan) take(plan, row);
    else if (top.push(row) >= HEADER_ROWS) plan = begin();
    if (row.line % PROGRESS_EVERY === 0) {
      importing.progress?.(row.line);
      await new Promise(setImmediate);
    }
  }
  return plan ?? begin();
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** A row that was understood: what makes it the same as another, and what it becomes under an id. */
type Draft = { identity: string; entry: (id: string) => Entry };
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

function registrationOf(row: Reading, plan: Plan, { content, now }: Importing, names: Names): Draft | undefined {
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
  const theme = nameOf(row, 'theme', plan, names) as ThemeId | undefined;
  const centre = nameOf(row, 'centre', plan, names) as CentreId | undefined;
  const job = nameOf(row, 'function', plan, names) as FunctionId | undefined;
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
  if (safe !== question) plan.masked++;
  const identity = [day.day, time, channel, theme, centre, job, minutes, fold(question)].join('\n');
  return {
    identity,
    entry: (id) => ({
      kind: 'registration',
      id: id as TicketId,
      registration: { ...registration, id: id as TicketId },
    }),
  };
}

/** In a table of sessions a column may be named after a centre and hold its participants. */
function layoutFor({ kind, content }: Importing): Layout {
  const layout = LAYOUTS[kind];
  if (kind !== 'sessions') return layout;
  const ids = new Map<string, string>(
    content.centres.flatMap(({ id, name }) => [
      [fold(name), id],
      [fold(id), id],
    ]),
  );
  return { ...layout, spread: (header) => ids.get(fold(header)) };
}

/** Participants per centre: in one column, in a column per centre, or all of one centre. */
function perCentreOf(row: Reading, plan: Plan, { content }: Importing, names: Names, participants: number) {
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
  const only = nameOf(row, 'centre', plan, names);
  if (only && Object.keys(perCentre).length === 0) add(only, participants);
  const sum = Object.values(perCentre).reduce((total, count) => total + count, 0);
  if (sum > participants) reasons.push(locale.sessionRefusal({ kind: 'more-per-centre', sum }));
  return sum > 0 ? perCentre : undefined;
}

function sessionOf(row: Reading, plan: Plan, importing: Importing, names: Names): Draft | undefined {
  const { reasons } = row;
  const { now } = importing;
  const day = row.text('day') ? dayOf(row, now)?.day : firstDay(row, importing);
  const programme = required(row, 'programme');
  required(row, 'participants');
  const participants = wholeOf(row, 'participants', 0, MOST_PARTICIPANTS) ?? 0;
  const sessions = wholeOf(row, 'sessions', 1, MOST_SESSIONS) ?? 1;
  const perCentre = perCentreOf(row, plan, importing, names, participants);
  const minutes = wholeMinutesOf(row);
  const themeTyped = row.text('theme');
  // A session is often about something that is no theme of the helpdesk: only the very name counts as ours.
  const own = importing.content.themes.find(({ id, name }) => [id, name].some((one) => fold(one) === fold(themeTyped)));
  const theme = own?.id ?? themeTyped;
  if (own && fold(own.name) !== fold(themeTyped)) plan.readings.set(`${words.fields.theme} ${themeTyped}`, own.name);
  const links = row
    .text('link')
    .split(/\s+/)
    .filter((link) => link !== '');
  const wrong = links.find((link) => !/^https?:\/\//i.test(link) || !URL.canParse(link));
  if (wrong) reasons.push(words.reason.notALink(wrong));
  if (!day || !programme || reasons.length > 0) return undefined;

  const titleTyped = row.text('title') || themeTyped || programme;
  const title = withoutPersonalData(titleTyped);
  if (title !== titleTyped) plan.masked++;
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
    fold(programme),
    fold(theme),
    fold(level),
    fold(titleTyped),
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
function firstDay(row: Reading, { schoolYear, now }: Importing): Day | undefined {
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

function nameOf(row: Reading, field: 'theme' | 'centre' | 'function', plan: Plan, names: Names): string | undefined {
  const typed = row.text(field);
  if (typed === '') return undefined;
  const found = names[field](typed);
  if ('reason' in found) {
    row.reasons.push(found.reason);
    return undefined;
  }
  if (fold(found.name) !== fold(typed)) plan.readings.set(`${words.fields[field]} ${typed}`, found.name);
  return found.id;
}

function minutesOf(row: Reading): number | undefined {
  const typed = row.text('minutes');
  if (typed === '') return undefined;
  const minutes = parseMinutes(typed, locale.lineWords);
  if (minutes === undefined) row.reasons.push(words.reason.notMinutes(typed));
  return minutes;
}

/** Of a session that lasted days, or of totals, there may be more minutes than one question can take. */
function wholeMinutesOf(row: Reading): number | undefined {
  const minutes = minutesOf(row);
  if (minutes === undefined) return undefined;
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_PARTICIPANTS) return minutes;
  row.reasons.push(words.reason.minutesOutside(row.text('minutes'), MOST_PARTICIPANTS));
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

const keyOf = ({ kind, id }: Entry): string => (kind === 'session' ? `session:${id}` : id);

/** Entries looked up or written at once: a store takes many at the same moment far faster than one after the other. */
const AT_ONCE = 100;

/** Does something with every entry and counts how often it was so. */
async function countOf(
  entries: readonly Entry[],
  act: (entry: Entry) => Promise<boolean>,
  progress?: (done: number, of: number) => void,
): Promise<number> {
  let count = 0;
  for (let done = 0; done < entries.length; done += AT_ONCE) {
    if (done > 0 && done % PROGRESS_EVERY === 0) progress?.(done, entries.length);
    const so = await Promise.all(entries.slice(done, done + AT_ONCE).map(act));
    count += so.filter(Boolean).length;
  }
  return count;
}

/** How many of the entries the store has already. */
export const countThere = (store: Store, entries: readonly Entry[]): Promise<number> =>
  countOf(entries, async (entry) => (await store.read(keyOf(entry), keyOf(entry))) !== undefined);

/**
 * Writes what was planned. Stopping halfway loses nothing: doing it again adds the rest, because what is there is met
 * by its id.
 */
export async function applyImport(
  app: App,
  entries: readonly Entry[],
  progress?: (done: number, of: number) => void,
): Promise<{ added: number; there: number }> {
  const added = await countOf(entries, (entry) => write(app, entry), progress);
  return { added, there: entries.length - added };
}

async function write(app: App, entry: Entry): Promise<boolean> {
  const key = keyOf(entry);
  if (entry.kind === 'session') {
    const facets = { owner: entry.record.by.person };
    return (
      (await app.store.create({ pk: key, id: key, kind: 'session', facets, body: entry.record })).outcome === 'created'
    );
  }
  if (await app.store.read(key, key)) return false;
  const nowhere = { conversationId: '', serviceUrl: '' };
  const made = await createTicket(app, entry.id, nowhere, (number) =>
    register({ ...entry.registration, number }, { kind: 'system' }, app.clock.now()),
  );
  if (!made.ok) throw new Error(`row was refused while it was written: ${made.refusal.kind}`);
  return true;
}
