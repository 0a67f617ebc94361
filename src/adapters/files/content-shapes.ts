// What each entry of a content file must look like, and the domain value it becomes. Knows no file, no line, no other entry.

import { z } from 'zod/v4';
import type {
  Centre,
  Contact,
  ContactId,
  EmergencyRoute,
  FollowUpKind,
  Item,
  JobFunction,
  Period,
  Service,
  Strategy,
  Survey,
  Theme,
  Weekday,
  WorkingCalendar,
} from '../../domain/terms.ts';
import { AUDIENCES } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';

/** Places in a document that are named under an answer, besides the document itself. */
const MOST_PLACES = 4;

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const TYPE_NAMES: Record<string, string> = {
  string: 'a text (put it between quotes)',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
};

/** English predicates that follow the name of a key: "is missing", "must be a list". */
export function predicate(issue: RawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? `one of ${issue.values.map(String).join(', ')}` : String(issue.values[0])}`;
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty';
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** A map with exactly these keys: anything else is most likely a typing error, so it names the keys that exist. */
function entry<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not a known key (known keys: ${Object.keys(shape).join(', ')})`
        : undefined,
  });
}

const text = z.string().trim().min(1);
const texts = z.array(text);
const id = <Id extends string>() =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and hyphens')
    .transform((value) => value as Id);
const day = z.string().refine(isDay, 'must be a day that exists, as "2026-11-24"');
const webAddress = z.string().refine(isWebAddress, 'must be a web address that starts with https:// or http://');
const validity = <Id extends string>() => ({
  from: day.optional(),
  until: day.optional(),
  successor: id<Id>().optional(),
});
const audience = z.array(z.enum(AUDIENCES)).min(1);
const ignored = z.unknown().optional();

function isDay(value: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/\S+$/i.test(value) && URL.canParse(value);
}

function inOrder(span: { from: string; to: string }): boolean {
  return span.from <= span.to;
}
const OUT_OF_ORDER = { path: ['to'], error: 'must not be before "from"' };

export const service = entry({
  id: id<Service['id']>(),
  name: text,
  audience,
  description: ignored,
  reception: id<ContactId>(),
  coordinator: id<ContactId>(),
  escalation: entry({
    remind_after: z.number().positive(),
    substitute_after: z.number().positive(),
    coordinator_after: z.number().positive(),
  }).refine(
    (hours) => hours.remind_after <= hours.substitute_after && hours.substitute_after <= hours.coordinator_after,
    'must run in order: remind_after, substitute_after, coordinator_after',
  ),
  respond_within: z.number().positive().default(8),
}).transform(
  ({ description: _, escalation, respond_within, ...rest }): Service => ({
    ...rest,
    respondWithin: respond_within,
    escalation: {
      remindAfter: escalation.remind_after,
      substituteAfter: escalation.substitute_after,
      coordinatorAfter: escalation.coordinator_after,
    },
  }),
);

/** The file as a whole; its entries are looked at one by one. */
export const themesFile = entry({ services: z.array(z.unknown()), themes: z.array(z.unknown()) });

export const theme = entry({
  id: id<Theme['id']>(),
  name: text,
  service: id<Service['id']>(),
  core_process: text,
  description: text,
  keywords: texts.default([]),
  related: z.array(id<Theme['id']>()).default([]),
  referral: texts.default([]),
  ...validity<Theme['id']>(),
}).transform(({ core_process, ...rest }): Theme => ({ ...rest, coreProcess: core_process }));

export const centre = entry({
  id: id<Centre['id']>(),
  name: text,
  kind: z.enum(['clb', 'school']).default('clb'),
  region: text,
  province: text,
  cluster: text.optional(),
  staff: z.int().positive().optional(),
  ...validity<Centre['id']>(),
  verified: ignored,
  source: ignored,
  note: ignored,
}).transform(
  ({ verified: _verified, source: _source, note: _note, cluster, staff, ...rest }): Centre => ({
    ...rest,
    ...(cluster !== undefined && { cluster }),
    ...(staff !== undefined && { staff }),
  }),
);

export const contact = entry({
  id: id<ContactId>(),
  role: text,
  service: id<Service['id']>(),
  themes: z.array(id<Theme['id']>()),
  email: z.email('must be an e-mail address').transform((value) => value.toLowerCase()),
  backup: id<ContactId>().optional(),
  centres: z.array(id<Centre['id']>()).default([]),
  absent: z.array(entry({ from: day, to: day }).refine(inOrder, OUT_OF_ORDER)).default([]),
}).transform(
  ({ backup, absent, ...rest }): Contact => ({
    ...rest,
    absences: absent,
    ...(backup !== undefined && { substitute: backup }),
  }),
);

export const jobFunction = entry({
  id: id<JobFunction['id']>(),
  name: text,
  audience: z.enum(AUDIENCES),
}).transform((value): JobFunction => value);

export const emergencyRoute = entry({ name: text, contact: text, when: text }).transform(
  (value): EmergencyRoute => value,
);

export const followUp = entry({ id: id<FollowUpKind['id']>(), name: text }).transform((value): FollowUpKind => value);

export const strategy = entry({ id: id<Strategy['id']>(), name: text }).transform((value): Strategy => value);

export const survey = entry({
  scale: z.int().min(2).max(10),
  positive_from: z.int().min(2),
  interval_days: z.int().min(0),
  low_label: text,
  high_label: text,
  items: z.array(entry({ id: id<string>(), text })).min(1),
})
  .refine((value) => value.positive_from <= value.scale, {
    path: ['positive_from'],
    error: 'must not be above "scale"',
  })
  .refine((value) => new Set(value.items.map((item) => item.id)).size === value.items.length, {
    path: ['items'],
    error: 'must have different ids',
  })
  .transform(
    (value): Survey => ({
      scale: value.scale,
      positiveFrom: value.positive_from,
      intervalDays: value.interval_days,
      lowLabel: value.low_label,
      highLabel: value.high_label,
      items: value.items,
    }),
  );

/** An item before its wordings are known. A placeholder announces material that does not exist yet. */
export type ItemEntry = { item: Item; placeholder: boolean };

const itemKeys = {
  id: id<Item['id']>(),
  audience,
  written_on: day,
  reviewed_on: day.optional(),
  owner: id<ContactId>(),
};

type Review = { status: string; reviewed_on?: string | undefined };
const reviewIsDated = (value: Review): boolean => value.status !== 'reviewed' || value.reviewed_on !== undefined;
const NO_REVIEW_DATE = { path: ['status'], error: 'is reviewed, so "reviewed_on" must give the day' };

export const faqItem = entry({
  ...itemKeys,
  question: text,
  variants: texts.default([]),
  answer: text,
  theme: id<Theme['id']>(),
  sources: z.array(entry({ title: text, url: webAddress })),
  status: z.enum(['draft', 'reviewed']),
})
  .refine(reviewIsDated, NO_REVIEW_DATE)
  .transform(
    (value): ItemEntry => ({
      placeholder: false,
      item: {
        id: value.id,
        kind: 'faq',
        title: value.question,
        variants: value.variants,
        wordings: [],
        answer: value.answer,
        themes: [value.theme],
        audience: value.audience,
        sources: value.sources,
        writtenOn: value.written_on,
        ...(value.reviewed_on !== undefined && { reviewedOn: value.reviewed_on }),
        status: value.status,
        owner: value.owner,
      },
    }),
  );

export const material = entry({
  ...itemKeys,
  title: text,
  kind: text,
  summary: text,
  sections: z.array(entry({ title: text, page: z.int().min(1).optional() })).default([]),
  keywords: texts.default([]),
  themes: z.tuple([id<Theme['id']>()], id<Theme['id']>()),
  url: webAddress,
  origin: text.optional(),
  status: z.enum(['draft', 'reviewed', 'placeholder']),
})
  .refine(reviewIsDated, NO_REVIEW_DATE)
  .transform(
    (value): ItemEntry => ({
      placeholder: value.status === 'placeholder',
      item: {
        id: value.id,
        kind: 'material',
        title: value.title,
        // A document is found by what its parts are about, too.
        variants: [...value.sections.map((section) => section.title), ...value.keywords],
        wordings: [],
        answer: value.summary,
        themes: value.themes,
        audience: value.audience,
        sources: [{ title: value.title, url: value.url }, ...placesIn(value)],
        writtenOn: value.written_on,
        ...(value.reviewed_on !== undefined && { reviewedOn: value.reviewed_on }),
        status: value.status === 'reviewed' ? 'reviewed' : 'draft',
        owner: value.owner,
        materialKind: value.kind,
        ...(value.origin !== undefined && { origin: value.origin }),
      },
    }),
  );

/** Opens a PDF on a page, RFC 8118 section 3; other documents open where they begin. */
function placesIn(value: { title: string; url: string; sections: { title: string; page?: number | undefined }[] }) {
  return value.sections.slice(0, MOST_PLACES).flatMap(({ title, page }) =>
    page === undefined
      ? []
      : [
          {
            title: locale.material.place(value.title, page, title),
            url: `${value.url.replace(/#.*$/, '')}#page=${page}`,
          },
        ],
  );
}

export const wordings = texts.min(1);

const provenance = { type: ignored, weekdays: ignored, basis: ignored, source: ignored, rule: ignored, note: ignored };
const period = entry({
  name: text,
  from: day,
  to: day,
  ...provenance,
  school_year: ignored,
  certainty: ignored,
  applies_to: ignored,
})
  .refine(inOrder, OUT_OF_ORDER)
  .transform(({ name, from, to }): Period => ({ name, from, to }));

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as "08:30"');
const openingTimes = z
  .array(z.tuple([time, time]))
  .default([])
  .refine(
    (spans) => spans.flat().every((at, index, all) => index === 0 || (all[index - 1] ?? '') < at),
    'must run from early to late without overlap',
  );

export const calendar = entry({
  version: ignored,
  written_on: ignored,
  status: ignored,
  timezone: z.literal('Europe/Brussels'),
  sources: ignored,
  rules: ignored,
  leersteuncentra: ignored,
  school_years: z.array(
    entry({
      id: z.string().regex(/^\d{4}-\d{4}$/, 'must be a school year as "2026-2027"'),
      first_school_day: day,
      last_school_day: day,
      days_source: ignored,
      holidays: z.array(period),
    }),
  ),
  public_holidays: z.array(period),
  clb: entry({ rules: ignored, closures: z.array(period) }),
  working_hours: entry({
    to_confirm_by_customer: ignored,
    note: ignored,
    week: entry({
      mon: openingTimes,
      tue: openingTimes,
      wed: openingTimes,
      thu: openingTimes,
      fri: openingTimes,
      sat: openingTimes,
      sun: openingTimes,
    } satisfies Record<Weekday, unknown>).refine(
      (week) => Object.values(week).some((spans) => spans.length > 0),
      'must be open on some day',
    ),
    staffed_in_school_holidays: z.boolean().nullable(),
    closures: z.array(period).default([]),
  }),
}).transform((value): WorkingCalendar => {
  const schoolHolidays = value.school_years.flatMap((year) => year.holidays);
  const { week, staffed_in_school_holidays, closures } = value.working_hours;
  return {
    week,
    closed: [
      ...value.public_holidays,
      ...value.clb.closures,
      ...closures,
      // Only an explicit "no" closes: unknown must not keep questions waiting for weeks.
      ...(staffed_in_school_holidays === false ? schoolHolidays : []),
    ],
    schoolHolidays,
  };
});
