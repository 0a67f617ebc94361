// The glossary as types. Knows no Dutch, no storage, no Teams.

declare const brand: unique symbol;
/** A string that only counts as an id after it was parsed at a door. */
type Id<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Id<'person'>;
export type TicketId = Id<'ticket'>;
export type ServiceId = Id<'service'>;
export type ThemeId = Id<'theme'>;
export type CentreId = Id<'centre'>;
export type ContactId = Id<'contact'>;
export type ItemId = Id<'item'>;
export type FunctionId = Id<'function'>;
export type CaseId = Id<'case'>;
export type SessionId = Id<'session'>;
export type StrategyId = Id<'strategy'>;
export type TopicId = Id<'topic'>;
export type FollowUpKindId = Id<'followUpKind'>;

/** Milliseconds since the epoch, UTC. Shown and cut in Europe/Brussels. */
export type Instant = number;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A calendar day in Europe/Brussels, "2026-11-24". */
export type Day = string;
/** "2026-2027": 1 September up to and including 31 August, Europe/Brussels. */
export type SchoolYear = string;

export const AUDIENCES = ['clb', 'school', 'internaat', 'cvo'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const CHANNELS = ['teams', 'phone', 'mail', 'whatsapp', 'session', 'informal'] as const;
/** The way a question came in. */
export type IntakeChannel = (typeof CHANNELS)[number];

/** Working hours after which an unclaimed ticket is brought up again. */
export type Escalation = { remindAfter: number; substituteAfter: number; coordinatorAfter: number };

export type Service = {
  id: ServiceId;
  name: string;
  audience: Audience[];
  /** Last resort of routing. */
  reception: ContactId;
  coordinator: ContactId;
  escalation: Escalation;
  /** Working hours within which the first reaction of an advisor should come. */
  respondWithin: number;
};

/** When an entry is in use, both days included; after that `successor` takes over what is counted. */
export type Validity<Key> = { from?: Day | undefined; until?: Day | undefined; successor?: Key | undefined };

export type Theme = {
  id: ThemeId;
  name: string;
  service: ServiceId;
  coreProcess: string;
  description: string;
  keywords: string[];
  related: ThemeId[];
  /** Where to refer to, as shown to people. */
  referral: string[];
  /** Taken out of use by an administrator: nothing new goes there. */
  retired?: true;
} & Validity<ThemeId>;

export type Centre = {
  id: CentreId;
  name: string;
  kind: 'clb' | 'school';
  region: string;
  province: string;
  cluster?: string;
  /** Headcount, where it is known. */
  staff?: number;
} & Validity<CentreId>;

/** Both days included. `substitute` stands in this time, in the place of who usually does. */
export type Absence = { from: Day; to: Day; substitute?: ContactId };

/** The role that looks after themes. */
export type Contact = {
  id: ContactId;
  role: string;
  service: ServiceId;
  themes: ThemeId[];
  email: string;
  substitute?: ContactId;
  centres: CentreId[];
  absences: Absence[];
};

/** A job function a requester can have; it decides the audience. */
export type JobFunction = { id: FunctionId; name: string; audience: Audience };

/** How a service supports people; time without a question is spent on one of these. */
export type Strategy = { id: StrategyId; name: string };

/** What can be decided about a recurring topic: a FAQ item, a session, a newsletter, … */
export type FollowUpKind = { id: FollowUpKindId; name: string };

export type Source = { title: string; url: string };

/** One entry of the knowledge index. `answer` is Markdown; of a material it is the summary. */
export type Item = {
  id: ItemId;
  kind: 'faq' | 'material';
  title: string;
  /** Other ways to ask, written with the item. */
  variants: string[];
  /** Ways to ask written or confirmed afterwards. */
  wordings: string[];
  /** Ways to ask that people confirmed, each with how much it counts, above 0 up to 1. Never from content. */
  confirmed?: readonly { text: string; weight: number }[];
  answer: string;
  themes: [ThemeId, ...ThemeId[]];
  audience: Audience[];
  sources: Source[];
  writtenOn: Day;
  reviewedOn?: Day;
  /** The moment of that, where it is known: then it tells what came before it on the same day. */
  reviewedAt?: Instant;
  status: 'draft' | 'reviewed';
  owner: ContactId;
  /** Of a material: tool, presentatie, opname, … */
  materialKind?: string;
  /** Of a material that somebody in the field offered: the centre or service it comes from, never a person. */
  origin?: string;
};

/** One closed question of the survey; answers run from 1 to `scale`. */
export type SurveyItem = { id: string; text: string };
export type Survey = {
  scale: number;
  /** From this value up an answer counts as positive. */
  positiveFrom: number;
  lowLabel: string;
  highLabel: string;
  intervalDays: number;
  items: SurveyItem[];
};

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** Both days included. */
export type Period = { name: string; from: Day; to: Day };

export type WorkingCalendar = {
  /** Local opening times per weekday as ["08:30", "12:00"] pairs; an absent or empty day is closed. */
  week: Partial<Record<Weekday, [string, string][]>>;
  /** Days on which nobody works: public holidays and closures. */
  closed: Period[];
  schoolHolidays: Period[];
};

/** Acute danger: the routes to show first. Texts are Dutch and come from content. */
export type EmergencyRoute = { name: string; contact: string; when: string };

export type Result<Value, No> = { ok: true; value: Value } | { ok: false; refusal: No };
export const yes = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });
export const no = <No>(refusal: No): { ok: false; refusal: No } => ({ ok: false, refusal });

/** For the `default` of a switch over a union: fails to compile when a case is missing. */
export function never(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
