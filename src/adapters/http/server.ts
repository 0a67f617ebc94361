// The HTTP door: messages of the platform, health, and what local mode mounts besides. Knows no task.

import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Log } from '../../app/ports.ts';
import type { TrustedProxies } from './caller.ts';
import { publicPages } from './public-pages.ts';
import { type SurveyDoor, surveyRouter } from './survey-page.ts';

/** Larger than any honest activity; bounds what a parser has to read. */
const BODY_LIMIT = '256kb';
/** How long requests under way may take when the server closes. */
const LAST_REQUESTS_MS = 10_000;

/** Two years of https only, for browsers that came over https; they ignore it otherwise. */
const ON_EVERY_ANSWER = [
  ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
] as const;
/** JSON is no page: nothing of it may run, load or be framed. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const JSON_TYPE = 'application/json; charset=utf-8';

export type Doors = {
  /** One activity of the platform, already parsed as JSON. */
  messages: (request: { authorization: unknown; body: unknown }) => Promise<{ status: number; body?: unknown }>;
  /** Resolves when the process can take questions, rejects with the reason when it cannot. */
  ready: () => Promise<void>;
  /** The quality team's dashboard. */
  dashboard: RequestHandler;
  /** The survey behind a link. */
  survey: SurveyDoor;
  /** Days after the end of a school year that texts and names are kept, for the privacy page. */
  retentionDays: number;
  /** What stands in front of this process; absent: nothing, and X-Forwarded-For is not believed. */
  proxies?: TrustedProxies;
  /** Local mode: the playground, at the root. */
  root?: RequestHandler;
  log: Log;
};

export function createServer(doors: Doors): Express {
  const server = express();
  server.disable('x-powered-by');
  server.set('trust proxy', doors.proxies ?? false);
  server.use((_request, response, next) => {
    for (const [name, value] of ON_EVERY_ANSWER) response.setHeader(name, value);
    // The playground, on this machine only, has pages of its own; every other page sets a wider policy itself.
    if (!doors.root) response.setHeader('Content-Security-Policy', NOTHING);
    next();
  });
  server.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  server.get('/readyz', async (_request, response) => {
    try {
      await doors.ready();
      response.json({ status: 'ready' });
    } catch (error) {
      doors.log.warn({ reason: String(error) }, 'not ready');
      response.status(503).json({ status: 'not ready' });
    }
  });
  server.post('/api/messages', express.json({ limit: BODY_LIMIT }), async (request, response) => {
    const { headers, body } = request;
    if (typeof body !== 'object' || body === null) {
      response.status(400).json({ error: 'expected a JSON activity' });
      return;
    }
    const { status, body: answer } = await doors.messages({ authorization: headers.authorization, body });
    if (answer === undefined) response.status(status).end();
    // Not json(): it would take a digest of every answer, for a cache that the platform does not have.
    else response.status(status).setHeader('Content-Type', JSON_TYPE).end(JSON.stringify(answer));
  });
  server.use(doors.dashboard);
  server.use(surveyRouter(doors.survey));
  server.use(publicPages(doors.retentionDays));
  if (doors.root) server.use(doors.root);
  server.use((_request, response) => {
    response.status(404).json({ error: 'not found' });
  });
  const onError: ErrorRequestHandler = (error: { status?: number; message?: string }, _request, response, _next) => {
    const status = error.status && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) doors.log.error({ error: error.message }, 'a request failed');
    const says: Record<number, string> = {
      400: 'the body is no valid JSON activity',
      413: 'the activity is too large',
    };
    response.status(status).json({ error: says[status] ?? 'the request could not be handled' });
  };
  server.use(onError);
  return server;
}

/** Azure's load balancer gives up an idle connection after four minutes. */
const KEEP_ALIVE_MS = 245_000;

export type Listening = { port: number; close: () => Promise<void> };

/** Rejects with a sentence for the operator when the port cannot be had. */
export function listen(server: Express, port: number, host: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const listener = server.listen(port, host, (error?: NodeJS.ErrnoException) => {
      if (error) {
        const why: Record<string, string> = {
          EADDRINUSE: `PORT: ${port} is in use by another process; stop it or set PORT to a free port`,
          EACCES: `PORT: this user may not listen on ${port}; set PORT to 1024 or higher`,
          EADDRNOTAVAIL: `HOST: this machine has no address ${host}; unset HOST or use one that it has`,
        };
        reject(new Error(why[error.code ?? ''] ?? `cannot listen on ${host}:${port}: ${error.message}`));
        return;
      }
      // Longer than the proxies in front of it wait, so that they never send into a connection that is being closed.
      listener.keepAliveTimeout = KEEP_ALIVE_MS;
      listener.headersTimeout = KEEP_ALIVE_MS + 1_000;
      resolve({
        port: (listener.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            const late = setTimeout(() => listener.closeAllConnections(), LAST_REQUESTS_MS);
            // A connection that had a request under way is idle once that is answered, and kept open by its client.
            const idle = setInterval(() => listener.closeIdleConnections(), 50);
            listener.close(() => {
              clearTimeout(late);
              clearInterval(idle);
              done();
            });
          }),
      });
    });
  });
}
