// What the page asks the server, with the sign-in of its host. Knows addresses and answers, nothing of the screen.

import type { Drill, RefusedView, Sheet, SheetId, TicketPage, View, ViewFilters } from '../app/dashboard-shapes.ts';

/** `expired` and `refused` concern the person, `bad-filter` the address, `unreachable` the server. */
export class ApiError extends Error {
  readonly kind: 'expired' | 'refused' | 'bad-filter' | 'unreachable';
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
  tickets(filters: ViewFilters, drill: Drill, cursor: string | undefined): Promise<TicketPage>;
  /** The table behind a picture as a file, with the name to save it under. */
  file(filters: ViewFilters, sheet: SheetId, format: 'csv' | 'xlsx'): Promise<{ name: string; data: Blob }>;
};

const TIMEOUT_MS = 20_000;
const KINDS: Record<number, ApiError['kind']> = { 400: 'bad-filter', 401: 'expired', 403: 'refused' };

export function createApi(token: () => Promise<string | undefined>): Api {
  async function ask(path: string, query: Record<string, string | undefined>, tag?: string): Promise<Response> {
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
    };
    const address = `/api/dashboard/${path}?${new URLSearchParams(given)}`;
    // The tag is kept here: a cache of the browser would answer 304 as if it were new.
    const options: RequestInit = { headers, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) };
    const response = await fetch(address, options).catch((error) => {
      throw new ApiError('unreachable', String(error));
    });
    if (response.ok || response.status === 304) return response;
    const refused = (await response.json().catch(() => ({}))) as Partial<RefusedView>;
    throw new ApiError(KINDS[response.status] ?? 'unreachable', refused.error ?? '', refused.filter);
  }

  return {
    view: async (filters, tag) => {
      const response = await ask('view', filters, tag);
      if (response.status === 304) return undefined;
      return { view: (await response.json()) as View, tag: response.headers.get('ETag') ?? '' };
    },
    years: async (filters) => (await (await ask('years', filters)).json()) as Sheet,
    tickets: async (filters, drill, cursor) => {
      const response = await ask('tickets', { ...filters, ...drill, cursor });
      return (await response.json()) as TicketPage;
    },
    file: async (filters, sheet, format) => {
      const response = await ask('export', { ...filters, sheet, format });
      const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
      return { name: name ?? `${sheet}.${format}`, data: await response.blob() };
    },
  };
}
