// The dashboard's door: its page and files, and its figures as JSON for whoever signed in. Knows no figure and no token.

import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import compression from 'compression';
import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod/v4';
import type { DashboardTasks } from '../../app/figures/dashboard.ts';
import { REVIEWS, type RefusedView, SHEET_IDS } from '../../app/figures/dashboard-shapes.ts';
import type { Document } from '../../app/figures/document.ts';
import type { Visitor } from '../../app/people.ts';
import type { Log } from '../../app/ports.ts';
import type { Person } from '../../domain/authorisation.ts';
import type { Filters, Part } from '../../domain/selection.ts';
import { locale } from '../../locale/locale.ts';
import { parseQuery } from './dashboard-query.ts';
import { createRateLimit } from './rate-limit.ts';

export type DashboardDoor = {
  tasks: DashboardTasks;
  /** Who asks, or why nobody may know: 401, 403 or 503. */
  signIn: (request: Request) => Promise<{ visitor: Visitor } | { status: 401 | 403 | 503 }>;
  /** Where the built page is; it may not be there. */
  folder: string;
  /** True in Teams, where the page is shown in a frame of Teams. */
  framed: boolean;
  /** What makes the bytes of a document in each format. */
  files: Record<Format, (document: Document) => Uint8Array | Promise<Uint8Array>>;
  log: Log;
};
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;
type Format = keyof typeof TYPES;

/**
 * Where a tab of Teams can be shown, of learn.microsoft.com "Build tabs with Adaptive Cards and web pages": Teams on the
 * web and on computers, and the Microsoft 365 app and Outlook, in which tabs open too.
 */
const FRAMES = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.office365.com',
];
/** From here the library of Teams reads which hosts are Teams; without it, it has its own list. */
const TEAMS_LIST = 'https://res.cdn.office.net';
/** A page that is looked at asks 12 times a minute. */
const MOST_A_MINUTE = 240;
const YEAR_SECONDS = 31_536_000;
const { refusal } = locale.sheets;

export function createDashboardDoor(door: DashboardDoor): RequestHandler {
  const router = Router();
  router.use('/api/dashboard', createApi(door));
  router.use('/dashboard', createPage(door));
  return router;
}

function createPage({ folder, framed }: DashboardDoor): RequestHandler {
  const router = Router();
  if (!existsSync(join(folder, 'index.html'))) {
    router.use((_request, response) => void response.status(503).type('text/plain').send(locale.sheets.notBuilt));
    return router;
  }
  // The page learns its language from the attribute (locale/page-words.ts).
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
    .replace('<html lang="nl">', `<html lang="${locale.tag}">`)
    .replace('<title></title>', `<title>${locale.dashboard.title}</title>`)
    .replace('<noscript></noscript>', `<noscript>${locale.sheets.needsScript}</noscript>`);
  const files = readAll(join(folder, 'assets'));
  router.get('/assets/:name', (request, response, next) => {
    const file = (ending: string) => files.get(`${request.params.name}${ending}`);
    if (!file('')) return next();
    const coding = request.acceptsEncodings(['br', 'gzip', 'identity']);
    const packed = coding === 'br' ? file('.br') : coding === 'gzip' ? file('.gz') : undefined;
    if (packed) response.set('Content-Encoding', coding as string);
    response.set({ 'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable`, Vary: 'Accept-Encoding' });
    response.type(extname(request.params.name)).send(packed ?? file(''));
  });
  router.get('/', (_request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      `connect-src 'self'${framed ? ` ${TEAMS_LIST}` : ''}`,
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${framed ? FRAMES.join(' ') : "'none'"}`,
    ];
    response.set({ 'Content-Security-Policy': policy.join('; '), 'Cache-Control': 'no-store' });
    response
      .type('html')
      .send(page.replace('name="helpdesk-page" content=""', `name="helpdesk-page" content="${nonce}"`));
  });
  return router;
}

/** About a megabyte: what is served never depends on a folder that a build may be replacing. */
function readAll(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

type Asking = { person: Person };
const refuse = (response: Response, status: number, refused: RefusedView): void =>
  void response.status(status).json(refused);

function createApi({ tasks, signIn, files, log }: DashboardDoor): RequestHandler {
  const router = Router();
  const limit = createRateLimit(MOST_A_MINUTE);
  const whoOf = ({ res }: Request): Person => (res!.locals as Asking).person;

  router.use(compression());
  router.use((request: Request, response: Response, next: NextFunction) => {
    // Browsers say who asks, and pages cannot change it (W3C Fetch Metadata): the page itself, or somebody's own hand.
    const site = request.headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin' || site === 'none') return next();
    refuse(response, 403, { error: refusal.notAllowed });
  });
  router.use(async (request: Request, response: Response, next: NextFunction) => {
    // What somebody may see is theirs: no cache keeps it, the browser's on a shared machine neither.
    response.set({ 'Cache-Control': 'private, no-store', Vary: 'Authorization' });
    const signed = await signIn(request);
    if ('status' in signed) {
      const says = { 401: refusal.signIn, 403: refusal.notAllowed, 503: refusal.unavailable };
      return refuse(response, signed.status, { error: says[signed.status] });
    }
    const person = await tasks.open(signed.visitor);
    if (!person) return refuse(response, 403, { error: refusal.notAllowed });
    (response.locals as Asking).person = person;
    next();
  });
  router.use(async (request: Request, response: Response, next: NextFunction) => {
    if ((await limit(whoOf(request).person)) === 'fine') return next();
    response.set('Retry-After', '60');
    refuse(response, 429, { error: refusal.tooOften });
  });

  /** A door whose address holds filters and what `others` allows besides, to this person. */
  function door<Others extends z.ZodRawShape>(
    path: string,
    others: Others | ((person: Person) => Others),
    answer: (
      given: Extract<ReturnType<typeof parseQuery<Others>>, { filters: unknown }>,
      person: Person,
      response: Response,
      request: Request,
    ) => Promise<unknown>,
  ): void {
    router.get(path, async (request, response) => {
      const person = whoOf(request);
      const choices = await tasks.choices(person, request.query.schoolYear, path === '/tickets' ? 'list' : 'view');
      // Local mode says in the address who looks.
      const { viewer: _, ...query } = request.query;
      const given = parseQuery(query, choices, typeof others === 'function' ? others(person) : others);
      if ('refused' in given) return refuse(response, 400, given.refused);
      await answer(given, person, response, request);
    });
  }

  door('/view', {}, async ({ filters }, person, response, request) => {
    const view = await tasks.view(person, filters);
    // The moment of asking is no part of what there is to see.
    const tag = createHash('sha256')
      .update(JSON.stringify({ ...view, asOf: 0 }))
      .digest('base64url')
      .slice(0, 27);
    response.set('ETag', `"${tag}"`);
    // Not left to Express: the page keeps the answer itself, and its "no-store" would always ask for a whole one.
    if (request.headers['if-none-match'] === `"${tag}"`) response.status(304).end();
    else response.json(view);
  });
  door('/years', {}, async ({ filters }, person, response) => {
    response.json(await tasks.years(person, filters));
  });
  door('/impacts', {}, async ({ filters }, person, response) => {
    response.json(await tasks.impacts(person, filters));
  });
  door('/topics', {}, async ({ filters }, person, response) => {
    response.json(await tasks.topics(person, filters as Filters));
  });
  door(
    '/tickets',
    (person: Person) => ({
      part: z.enum(tasks.parts(person) as [Part, ...Part[]]).optional(),
      cursor: z.string().max(200).optional(),
    }),
    async ({ filters, rest }, person, response) => response.json(await tasks.tickets(person, filters, rest)),
  );
  /** Under a name that says what it is, in letters that every system knows. */
  async function send(response: Response, document: Document, format: Format): Promise<void> {
    const name = locale.sheets.fileName(document.title, document.subtitle);
    response.set('Content-Disposition', `attachment; filename="${name}.${format}"`);
    response.type(TYPES[format]).send(Buffer.from(await files[format](document)));
  }
  door(
    '/export',
    { sheet: z.enum(SHEET_IDS), format: z.enum(['csv', 'xlsx']) },
    async ({ filters, rest: { sheet, format } }, person, response) =>
      send(response, await tasks.exported(person, filters, sheet), format),
  );
  door(
    '/annual-report',
    { format: z.enum(['docx', 'xlsx']) },
    async ({ filters, rest: { format } }, person, response) => {
      const report = await tasks.annualReport(person, filters);
      if (report.ok) await send(response, report.value, format);
      else refuse(response, 409, { error: report.refusal });
    },
  );

  /** A door that changes something. What is sent is text in the fields of the form and nothing else. */
  function form<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    act: (sent: z.infer<Shape>, person: Person) => Promise<{ saved: string } | { problem: string }>,
  ): void {
    router.post(path, express.json({ limit: '64kb' }), async (request, response) => {
      const sent = shape.safeParse(request.body);
      if (!sent.success) return refuse(response, 400, { error: refusal.form });
      const outcome = await act(sent.data, whoOf(request));
      if ('problem' in outcome) refuse(response, 409, { error: outcome.problem });
      else response.json(outcome);
    });
  }
  const field = z.string().max(2_000);
  const about = { topic: z.string().max(200), key: z.string().min(8).max(100) };
  form(
    '/decide',
    z.strictObject({ ...about, kind: field, owner: field, date: field, status: field, note: field }),
    (sent, person) => tasks.decide(person, sent),
  );
  form('/undo', z.strictObject(about), ({ topic, key }, person) => tasks.undo(person, topic, key));

  door('/reviews', {}, async (_, person, response) => {
    response.json(await tasks.reviews(person));
  });
  form(
    '/review',
    z.strictObject({
      how: z.enum(REVIEWS),
      item: z.string().min(1).max(200),
      version: z.number().int().min(1).max(1_000),
      key: z.string().min(8).max(80),
      question: field,
      answer: z.string().max(20_000),
      reason: field,
    }),
    (sent, person) => tasks.review(person, sent),
  );

  router.use((_request, response) => refuse(response, 404, { error: refusal.notHere }));
  router.use((error: { status?: number }, _request: Request, response: Response, _next: NextFunction) => {
    // A body that is no JSON, or too much of it.
    if (error.status === 400 || error.status === 413) return refuse(response, error.status, { error: refusal.form });
    log.error({ error: String(error) }, 'the dashboard could not answer');
    refuse(response, 500, { error: refusal.fault });
  });
  return router;
}
