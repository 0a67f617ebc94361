// What the page asks the server, with the sign-in of its host. Knows addresses and answers, nothing of the screen.

import type {
  Drill,
  RefusedView,
  ReviewRow,
  SentDecision,
  SentReview,
  Sheet,
  SheetId,
  TicketPage,
  TopicsView,
  View,
  ViewFilters,
} from '../app/figures/dashboard-shapes.ts';

/** `expired` and `refused` concern the person, `bad-filter` the address, `no` what was asked, `unreachable` the server. */
export class ApiError extends Error {
  readonly kind: 'expired' | 'refused' | 'bad-filter' | 'no' | 'unreachable';
  readonly filter: string | undefined;
  constructor(kind: ApiError['kind'], message: string, filter?: string) {
    super(message);
    this.kind = kind;
    this.filter = filter;
  }
}

export type Api = {
  /** The whole view, or undefined when nothing changed since the answer with this tag. Rejects with ApiError. */
  view(filters: ViewFilters, tag: string | undefined): Promise<{ view: View; tag: string } | undefined>;
  years(filters: ViewFilters): Promise<Sheet>;
  impacts(filters: ViewFilters): Promise<Sheet>;
  topics(filters: ViewFilters): Promise<TopicsView>;
  reviews(): Promise<ReviewRow[]>;
  /** Rejects with `no` and the reason in Dutch. */
  review(sent: SentReview): Promise<string>;
  /** Both reject with `no` and the reason in Dutch. */
  decide(decision: SentDecision): Promise<string>;
  undo(topic: string, key: string): Promise<string>;
  tickets(filters: ViewFilters, drill: Drill, cursor: string | undefined): Promise<TicketPage>;
  /** The table behind a picture as a file, with the name to save it under. */
  file(filters: ViewFilters, sheet: SheetId, format: 'csv' | 'xlsx'): Promise<File>;
  /** The annual report of a school year, of all services or one. Rejects with `no` when there is nothing to report. */
  annualReport(schoolYear: string, service: string | undefined, format: 'docx' | 'xlsx'): Promise<File>;
};

const TIMEOUT_MS = 20_000;
const KINDS: Record<number, ApiError['kind']> = { 400: 'bad-filter', 401: 'expired', 403: 'refused', 409: 'no' };

export function createApi(token: () => Promise<string | undefined>): Api {
  async function ask(
    path: string,
    query: Record<string, string | undefined>,
    { tag, body }: { tag?: string | undefined; body?: object } = {},
  ): Promise<Response> {
    const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const viewer = new URLSearchParams(location.search).get('viewer');
    if (viewer) given.push(['viewer', viewer]);
    let bearer: string | undefined;
    try {
      bearer = await token();
    } catch (error) {
      throw new ApiError('expired', String(error));
    }
    const headers = {
      ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
      ...(tag ? { 'If-None-Match': tag } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    };
    const address = `/api/dashboard/${path}?${new URLSearchParams(given)}`;
    // The tag is kept here: a cache of the browser would answer 304 as if it were new.
    const options: RequestInit = {
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    };
    const response = await fetch(address, options).catch((error) => {
      throw new ApiError('unreachable', String(error));
    });
    if (response.ok || response.status === 304) return response;
    const refused = (await response.json().catch(() => ({}))) as Partial<RefusedView>;
    throw new ApiError(KINDS[response.status] ?? 'unreachable', refused.error ?? '', refused.filter);
  }

  return {
    view: async (filters, tag) => {
      const response = await ask('view', filters, { tag });
      if (response.status === 304) return undefined;
      return { view: (await response.json()) as View, tag: response.headers.get('ETag') ?? '' };
    },
    years: async (filters) => (await (await ask('years', filters)).json()) as Sheet,
    tickets: async (filters, drill, cursor) => {
      const response = await ask('tickets', { ...filters, ...drill, cursor });
      return (await response.json()) as TicketPage;
    },
    impacts: async (filters) => (await (await ask('impacts', filters)).json()) as Sheet,
    reviews: async () => (await (await ask('reviews', {})).json()) as ReviewRow[],
    review: async (sent) => saidBy(await ask('review', {}, { body: sent })),
    topics: async (filters) => (await (await ask('topics', filters)).json()) as TopicsView,
    decide: async (decision) => saidBy(await ask('decide', {}, { body: decision })),
    undo: async (topic, key) => saidBy(await ask('undo', {}, { body: { topic, key } })),
    file: async (filters, sheet, format) => fileIn(await ask('export', { ...filters, sheet, format })),
    annualReport: async (schoolYear, service, format) =>
      fileIn(await ask('annual-report', { schoolYear, service, format })),
  };
}

const saidBy = async (response: Response): Promise<string> => ((await response.json()) as { saved: string }).saved;

async function fileIn(response: Response): Promise<File> {
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  return new File([await response.blob()], name ?? 'helpdesk');
}
