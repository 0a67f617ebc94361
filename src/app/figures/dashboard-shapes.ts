// What the dashboard's door answers, as types that the page shares. Knows no store, no protocol and no screen.

import type { FigureKey } from '../../domain/measures.ts';
import type { Filters, Part } from '../../domain/selection.ts';
import type { Day, Instant, SchoolYear } from '../../domain/terms.ts';

export type Named = { id: string; name: string };

/** The parts of a view that its address can hold; each at most once. */
export const FILTER_NAMES = [
  'schoolYear',
  'month',
  'service',
  'coreProcess',
  'theme',
  'channel',
  'centre',
  'region',
  'function',
  'outcome',
] as const satisfies readonly (keyof Filters)[];
export type FilterName = (typeof FILTER_NAMES)[number];
export type ViewFilters = Partial<Record<FilterName, string>>;

/** Milliseconds of working time for `duration`, between 0 and 1 for `share`, 1 to the scale for `score`. */
export type Unit = 'count' | 'share' | 'minutes' | 'duration' | 'score';
/** `null`: there is nothing to show. `hidden`: too few people stand behind it for this viewer. */
export type Value = number | null | 'hidden';

export type SheetColumn = { id: string; label: string; unit: Unit; drill?: ViewFilters };
export type SheetRow = {
  id: string;
  label: string;
  values: Value[];
  /** Set on what the tickets behind this row have in common; absent when they cannot be listed. */
  drill?: Drill;
  /** The same of one column, by its id; without it the first column and those of a month open the row's own. */
  drills?: Partial<Record<string, Drill>>;
};
/** The table behind a picture, as it is shown, exported and reported. */
export type Sheet = {
  id: SheetId;
  heading: string;
  definition: string;
  /** Which date decides whether something counts in the period. */
  basis: string;
  /** What the first column names. */
  of: string;
  columns: SheetColumn[];
  rows: SheetRow[];
};
export const SHEET_IDS = [
  'months',
  'themes',
  'processes',
  'reach',
  'schools',
  'functions',
  'channels',
  'outcomes',
  'minutes',
  'durations',
  'quality',
  'backlog',
  'satisfaction',
  'sessions',
  'bot',
  'years',
  'impacts',
] as const;
export type SheetId = (typeof SHEET_IDS)[number];
/** School years side by side and what was done take a count of their own, and are asked for apart. */
export type ViewSheetId = Exclude<SheetId, 'years' | 'impacts'>;

/** The tickets behind a number: filters on top of the view's, and the part of what passes them. */
export type Drill = ViewFilters & { part?: Part };

/** One key figure. `change` compares `number` with `previous`: the same days of the school year before. */
export type KeyFigure = {
  key: FigureKey;
  label: string;
  value: string;
  detail: string;
  definition: string;
  basis: string;
  unit: Unit;
  number: number | null;
  previous: number | null;
  drill?: Drill;
};

export type View = {
  /** `services`: those that the figures are of, by the short names that people use. */
  viewer: { name: string; quality: boolean; services: Named[] };
  asOf: Instant;
  schoolYear: SchoolYear;
  /** Days, both included. */
  period: { from: Day; to: Day };
  filters: ViewFilters;
  /** What each filter can be set to; a filter that the viewer may not use is absent. */
  choices: Partial<Record<FilterName, Named[]>>;
  /** Everything in the store is fictional, which has to stand beside it. */
  demonstration: boolean;
  /** Whether there is anything at all, whatever the filters. */
  empty: boolean;
  figures: KeyFigure[];
  sheets: Record<ViewSheetId, Sheet>;
  notes: { silent: string[]; response: string; logged: string; withinTarget: string };
};

/** One ticket behind a number; `question` only for those who may read it. */
export type ListedTicket = {
  number: string;
  day: Day;
  theme: string;
  centre: string;
  function: string;
  channel: string;
  state: string;
  minutes: number;
  question?: string;
};
export type TicketPage = { total: number; tickets: ListedTicket[]; next?: string };
/** A decision as the form holds it; `kind` and `owner` are empty when there is nothing to propose. */
export type DecisionForm = { kind: string; owner: string; date: Day; status: string; note: string };
export type TopicRow = {
  id: string;
  name: string;
  theme: string;
  /** Absent as an item of the index is about it; the words that its questions share. */
  words: string;
  gap: boolean;
  /** What stands behind it, in words. */
  evidence: string;
  answered: string;
  /** Questions per week of the period. */
  weeks: { monday: Day; questions: number }[];
  questions: number;
  form: DecisionForm;
  followUp?: {
    decision: string;
    owner: string;
    decided: string;
    note: string;
    /** Questions per 4 weeks in the 12 weeks on either side of the date; null while there are no 4 whole weeks. */
    before: number | null;
    after: number | null;
    effect: string[];
  };
};
/** `ready` is false while the questions are read for the first time. */
export type TopicsView = {
  ready: boolean;
  canDecide: boolean;
  definition: string;
  noCause: string;
  none: string;
  gaps: TopicRow[];
  popular: TopicRow[];
  followed: TopicRow[];
  kinds: Named[];
  owners: Named[];
  statuses: Named[];
};
/** Sent to decide; `key` is made when the form opens, so that a form sent twice does once what it does. */
export type SentDecision = DecisionForm & { topic: string; key: string };

/** An item that waits for this person. `answer` is Markdown. */
export type ReviewRow = {
  item: string;
  version: number;
  question: string;
  answer: string;
  sources: string[];
  theme: string;
  by: string;
  since: Day;
  /** Whole days that it waits. */
  days: number;
  /** Requesters have an earlier text of it. */
  change: boolean;
};
export const REVIEWS = ['publish', 'edit', 'send-back', 'reject'] as const;
/** `key` is made when the row is opened; `question` and `answer` count for an edit, `reason` for a no. */
export type SentReview = {
  how: (typeof REVIEWS)[number];
  item: string;
  version: number;
  key: string;
  question: string;
  answer: string;
  reason: string;
};

/** Why a request was refused, as a Dutch sentence; `filter` names the part of the address that was wrong. */
export type RefusedView = { error: string; filter?: string };
