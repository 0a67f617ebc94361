// What somebody can see on the dashboard: the view of their filters and the tickets behind a number. Knows no protocol.

import { may, mayIn, type Person, type Roles, reachOf } from '../../domain/authorisation.ts';
import { OUTCOMES } from '../../domain/measures.ts';
import { type Filters, NOT_CLOSED, PARTS, type Part, UNKNOWN } from '../../domain/selection.ts';
import { CHANNELS, no, type Result, type SchoolYear, type ServiceId } from '../../domain/terms.ts';
import { brusselsDay, schoolYearOf, schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { identifyVisitor, type Visitor } from '../people.ts';
import type { Appointed, Content, Ports, TicketRow } from '../ports.ts';
import { audit } from '../privacy/audit.ts';
import { type App, createApp, load } from '../questions/tickets.ts';
import { impacts } from '../topics/impacts.ts';
import { prepareAnnualReport } from './annual-report.ts';
import { createReviewTasks, type ReviewTasks } from './dashboard-review.ts';
import {
  FILTER_NAMES,
  type ListedTicket,
  type Named,
  type Sheet,
  type SheetId,
  type TicketPage,
  type View,
  type ViewFilters,
  type ViewSheetId,
} from './dashboard-shapes.ts';
import { createTopicTasks, type TopicTasks } from './dashboard-topics.ts';
import { demonstrationIn, directoryFor } from './demonstration.ts';
import type { Document } from './document.ts';
import { impactSheet } from './impact-sheet.ts';
import { keyFigures } from './key-figures.ts';
import { shortName } from './names.ts';
import { documentOf, notesOf, sheetsOf, yearsSheet } from './sheets.ts';

export type DashboardTasks = TopicTasks &
  ReviewTasks & {
    /** The visitor with their rights, or undefined when the dashboard is not for them. */
    open(visitor: Visitor): Promise<Person | undefined>;
    /**
     * What each filter can be set to, in a view or in a list of tickets. `schoolYear` says of which year the months are;
     * anything odd is this year.
     */
    choices(person: Person, schoolYear: unknown, door: 'view' | 'list'): Promise<View['choices']>;
    view(person: Person, filters: ViewFilters): Promise<View>;
    /** School years side by side, with the filters that are not about time. */
    years(person: Person, filters: ViewFilters): Promise<Sheet>;
    /** What was published and decided in the school year of the filters, with the questions before and after. */
    impacts(person: Person, filters: ViewFilters): Promise<Sheet>;
    /** One table to take along, which is noted. */
    exported(person: Person, filters: ViewFilters, id: SheetId): Promise<Document>;
    /** The annual report of the school year and service of the filters, or why there is none. It hides small cells by itself. */
    annualReport(person: Person, filters: ViewFilters): Promise<Result<Document, string>>;
    /** The parts behind which this person may list the questions. */
    parts(person: Person): readonly Part[];
    /** Latest first, 50 a page; of an advisor only those of their own services. */
    tickets(
      person: Person,
      filters: ViewFilters,
      of: { part?: Part | undefined; cursor?: string | undefined },
    ): Promise<TicketPage>;
  };

/** How long the first school year is remembered: an import can bring an earlier one. */
const SPAN_MS = 60_000;
/** Who filled in a survey, beside the scores, would say what they answered. */
const ABOUT_ANSWERS = new Set<Part>(['survey-sent', 'surveyed']);
/** How long the effects wait for what just changed. */
const PATIENCE_MS = 1_500;

export function createDashboard(ports: Ports, appointed: Appointed): DashboardTasks {
  const app = createApp(ports);
  const directory = (): Promise<Content> => directoryFor(app.store, app.knowledge.content());
  let span: { at: number; years: SchoolYear[]; empty: boolean } | undefined;

  /** Every school year with something in it, latest first, and this one; `empty` when there is nothing yet. */
  async function allYears(): Promise<{ years: SchoolYear[]; empty: boolean }> {
    const now = app.clock.now();
    if (span && !span.empty && now - span.at < SPAN_MS && span.years[0] === schoolYearOf(now)) return span;
    const earliest = await app.measures.earliest();
    const last = Number(schoolYearOf(now).slice(0, 4));
    const from = earliest === undefined ? last : Number(schoolYearOf(earliest).slice(0, 4));
    const years = Array.from({ length: Math.max(1, last - from + 1) }, (_, at) => `${last - at}-${last - at + 1}`);
    span = { at: now, years, empty: earliest === undefined };
    return span;
  }

  /** Views that can be subtracted from each other give small cells away: who does not see everything gets one view. */
  const choices: DashboardTasks['choices'] = async ({ roles }, wanted, door) => {
    const { years } = await allYears();
    const schoolYear = years.find((year) => year === wanted) ?? years[0]!;
    const schoolYears = { schoolYear: years.map((year) => ({ id: year, name: year })) };
    if (!roles.quality && door === 'view') return schoolYears;
    const content = await directory();
    return { ...schoolYears, ...filtersOf({ ...content, services: servicesOf(content, roles) }, schoolYear) };
  };

  async function view(person: Person, filters: ViewFilters): Promise<View> {
    const { years, empty } = await allYears();
    const schoolYear = filters.schoolYear ?? years[0]!;
    const audience = { everything: person.roles.quality };
    const content = await directory();
    const measured = await app.measures.figures(reached(person, { ...filters, schoolYear }));
    return {
      viewer: {
        name: person.name,
        quality: person.roles.quality,
        services: servicesOf(content, person.roles).map((service) => ({ id: service.id, name: shortName(service) })),
      },
      asOf: measured.asOf,
      schoolYear,
      period: periodOf(schoolYear, filters.month, measured.asOf),
      filters,
      choices: await choices(person, schoolYear, 'view'),
      demonstration: (await demonstrationIn(app.store)) !== undefined,
      empty,
      figures: keyFigures(measured, content, audience),
      sheets: sheetsOf(measured, content, audience, filters.month ? [filters.month] : monthsOf(schoolYear)),
      notes: notesOf(measured, content, audience),
    };
  }

  /** School years side by side, with the filters that are not about time. */
  async function years(person: Person, filters: ViewFilters): Promise<Sheet> {
    const { years } = await allYears();
    const { month: _month, schoolYear: _year, ...others } = filters;
    const counted = [];
    for (const schoolYear of years.toReversed()) {
      const { figures } = await app.measures.figures(reached(person, { ...others, schoolYear }), { previous: false });
      counted.push({ schoolYear, figures });
    }
    return yearsSheet(counted, await directory(), { everything: person.roles.quality });
  }

  async function impactsOf({ roles }: Person, filters: ViewFilters): Promise<Sheet> {
    const schoolYear = filters.schoolYear ?? (await allYears()).years[0]!;
    const { rows } = await impacts(app, reachOf(roles).services ?? 'all', schoolYear, PATIENCE_MS);
    return impactSheet(rows, roles.quality);
  }

  return {
    ...createTopicTasks(app),
    ...createReviewTasks(app),

    open: async (visitor) => {
      const person = await identifyVisitor(app, appointed, visitor);
      return mayIn(person.roles, 'see-statistics') ? person : undefined;
    },

    choices,

    view,

    years,

    impacts: impactsOf,

    exported: async (person, filters, id) => {
      const { viewer, schoolYear, sheets, asOf, demonstration, choices: known } = await view(person, filters);
      const apart = { years, impacts: impactsOf };
      const sheet = id in apart ? await apart[id as keyof typeof apart](person, filters) : sheets[id as ViewSheetId];
      await audit(app, person.person, { action: 'export', about: `dashboard ${id}`, count: sheet.rows.length });
      const others = FILTER_NAMES.filter((name) => name !== 'schoolYear' && filters[name] !== undefined);
      const names = others.map((name) => known[name]?.find((choice) => choice.id === filters[name])?.name ?? '');
      const own = viewer.quality ? [] : viewer.services.map(({ name }) => name);
      return documentOf(sheet, { schoolYear, filters: names, own, asOf, demonstration });
    },

    annualReport: async ({ person, roles }, { schoolYear: wanted, service }) => {
      const running = (await allYears()).years[0]!;
      const schoolYear = wanted ?? running;
      // The days of last year that it compares with are part of a view that these viewers have whole.
      if (!roles.quality && schoolYear === running) return no(locale.report.annual.refused.running(schoolYear));
      const reach = roles.quality && service ? { services: [service as ServiceId] } : reachOf(roles);
      const prepared = await prepareAnnualReport(app, schoolYear, { ...reach, inGroups: !roles.quality });
      if (prepared.ok) await audit(app, person, { action: 'export', about: `annual report ${schoolYear}` });
      return prepared;
    },

    parts: ({ roles }) => (roles.quality ? PARTS : PARTS.filter((part) => !ABOUT_ANSWERS.has(part))),

    tickets: async (person, filters, of) => {
      const { years } = await allYears();
      const page = await app.measures.tickets(reached(person, { schoolYear: years[0]!, ...filters }), {
        ...(of.part && { part: of.part }),
        ...(of.cursor && { cursor: of.cursor }),
      });
      const content = await directory();
      const texts = await textsOf(app, person, page.rows);
      const tickets = page.rows.map((row) => listed(content, row, texts.get(row.ticket)));
      return { total: page.total, tickets, ...(page.next ? { next: page.next } : {}) };
    },
  };
}

const named = ({ id, name }: { id: string; name: string }): Named => ({ id, name });

function filtersOf({ services, themes, centres, functions }: Content, schoolYear: SchoolYear): View['choices'] {
  const words = (ids: readonly string[], names: Record<string, string>) =>
    ids.map((id) => ({ id, name: names[id] ?? id }));
  const distinct = (texts: string[]) => [...new Set(texts)].sort((a, b) => a.localeCompare(b, locale.tag));
  const same = (text: string): Named => ({ id: text, name: text });
  const unknown: Named = { id: UNKNOWN, name: locale.figures.cells.unknown };
  return {
    month: monthsOf(schoolYear).map((id) => ({ id, name: locale.dashboard.monthAndYear(id) })),
    service: services.map(named),
    coreProcess: [...distinct(themes.map(({ coreProcess }) => coreProcess)).map(same), unknown],
    theme: [...themes.map(named).sort((a, b) => a.name.localeCompare(b.name, locale.tag)), unknown],
    channel: words(CHANNELS, locale.channel),
    centre: [...centres.map(named).sort((a, b) => a.name.localeCompare(b.name, locale.tag)), unknown],
    region: distinct(centres.filter(({ kind }) => kind === 'clb').map(({ region }) => region)).map(same),
    function: [...functions.map(named), unknown],
    outcome: words([...OUTCOMES, NOT_CLOSED], { ...locale.outcome, ...locale.figures.cells }),
  };
}

/** September up to and including August. */
function monthsOf(schoolYear: SchoolYear): string[] {
  const year = Number(schoolYear.slice(0, 4));
  return Array.from({ length: 12 }, (_, at) => {
    const month = ((at + 8) % 12) + 1;
    return `${month > 8 ? year : year + 1}-${String(month).padStart(2, '0')}`;
  });
}

function periodOf(schoolYear: SchoolYear, month: string | undefined, now: number): View['period'] {
  const { from, to } = schoolYearRange(schoolYear);
  const days = { from: brusselsDay(from), to: brusselsDay(Math.min(to - 1, now)) };
  if (month === undefined) return days;
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1, 0);
  const last = next.toISOString().slice(0, 10);
  // Days compare as texts.
  return { from: `${month}-01`, to: [last, brusselsDay(now)].sort()[0]! };
}

/** The filters, of which every one is a choice, as far as this person's rights reach. */
const reached = ({ roles }: Person, filters: ViewFilters): Filters => ({ ...filters, ...reachOf(roles) }) as Filters;

/** The services of which somebody gets figures, in the order of the content. */
function servicesOf({ services }: Content, roles: Roles): Content['services'] {
  const { services: own } = reachOf(roles);
  return services.filter(({ id }) => own === undefined || own.includes(id));
}

function listed(content: Content, row: TicketRow, question: string | undefined): ListedTicket {
  const nameIn = (list: readonly { id: string; name: string }[], id: string | undefined): string =>
    id === undefined ? locale.figures.cells.unknown : (list.find((known) => known.id === id)?.name ?? id);
  return {
    number: row.number,
    day: brusselsDay(row.askedAt),
    theme: nameIn(content.themes, row.theme),
    centre: nameIn(content.centres, row.centre),
    function: nameIn(content.functions, row.function),
    channel: locale.channel[row.channel],
    state: row.outcome ? locale.outcome[row.outcome] : locale.import.export.states[row.states.at(-1)!.kind],
    minutes: row.minutes,
    ...(question === undefined ? {} : { question }),
  };
}

/** The only place where the dashboard reads what people wrote: of whom may read it, and noted before it is shown. */
async function textsOf(app: App, person: Person, rows: TicketRow[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { ticket: id } of rows) {
    const loaded = await load(app, id);
    if (!loaded) continue;
    const { requester, service, question } = loaded.ticket;
    if (may(person, 'read', { requester: requester.person, service })) texts.set(id, question);
  }
  if (texts.size > 0) await audit(app, person.person, { action: 'read-text', about: 'ticket', count: texts.size });
  return texts;
}
