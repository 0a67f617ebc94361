// The survey for somebody who called or wrote: a link that an advisor passes on, and the page behind it. Knows no HTML.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Person } from '../../domain/authorisation.ts';
import { sendSurvey, surveyBarred, surveyByLink } from '../../domain/registration.ts';
import type { Result, Survey, TicketId } from '../../domain/terms.ts';
import type { Refusal, Ticket } from '../../domain/ticket.ts';
import { locale } from '../../locale/locale.ts';
import { masked } from './form-check.ts';
import { type App, change, load } from './tickets.ts';

/** 128 bits, so that a link cannot be guessed; only its hash is kept. */
const SECRET_BYTES = 16;
const TOKEN = /^([\w-]{10,60})\.([\w-]{22})$/;
/** Where the page is, under the public address of the helpdesk. */
const PATH = '/bevraging/';

/** True when there is an address under which people reach the helpdesk, and something to ask. */
export function offersLinks(app: App): boolean {
  return app.publicUrl?.() !== undefined && app.knowledge.content().survey.items.length > 0;
}

/** A new link for a registered question; an earlier one stops working. It is shown once and not kept. */
export async function makeLink(
  app: App,
  who: Person,
  id: TicketId,
): Promise<Result<{ ticket: Ticket; link: string }, Refusal>> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const changed = await change(app, { ticket: id }, (ticket) =>
    sendSurvey(ticket, who, app.clock.now(), hashOf(secret)),
  );
  const link = new URL(`${PATH}${id}.${secret}`, app.publicUrl?.()).href;
  return changed.ok ? { ok: true, value: { ticket: changed.value, link } } : changed;
}

/** What the page shows: the form, perhaps with what is missing, or a sentence and nothing to do. */
export type SurveyPage =
  | { kind: 'form'; survey: Survey; problem?: string; given?: { scores: Record<string, number>; remark: string } }
  | { kind: 'thanks' }
  | { kind: 'closed'; sentence: string };

/** Changes nothing: previews and scanners open links too. A link that is not ours, or was used, gets a sentence. */
export async function openSurvey(app: App, token: string): Promise<SurveyPage> {
  const found = await ticketOf(app, token);
  if (!found) return { kind: 'closed', sentence: locale.surveyPage.unknown };
  const barred = surveyBarred(found.ticket, app.clock.now(), found.link);
  return barred ? closed(barred) : { kind: 'form', survey: app.knowledge.content().survey };
}

/** `fields` as the form sends them: `score_<item>` and `remark`. Personal data in the remark is masked. */
export async function fillSurvey(app: App, token: string, fields: Record<string, string>): Promise<SurveyPage> {
  const found = await ticketOf(app, token);
  if (!found) return { kind: 'closed', sentence: locale.surveyPage.unknown };
  const { survey } = app.knowledge.content();
  const scores = Object.fromEntries(
    survey.items.flatMap(({ id }) => (fields[`score_${id}`] ? [[id, Number(fields[`score_${id}`])]] : [])),
  );
  const typed = (fields.remark ?? '').slice(0, 2_000);
  const remark = masked(typed);
  const now = app.clock.now();
  const changed = await change(app, { ticket: found.ticket.id }, (ticket) =>
    surveyByLink(ticket, now, found.link, { scores, remark, scale: survey.scale }),
  );
  if (changed.ok) return { kind: 'thanks' };
  const { refusal } = changed;
  if (refusal.kind !== 'invalid-scores') return closed(refusal);
  return { kind: 'form', survey, problem: locale.refusal(refusal), given: { scores, remark: typed } };
}

const closed = (refusal: Refusal): SurveyPage => ({
  kind: 'closed',
  sentence: refusal.kind === 'not-allowed' ? locale.surveyPage.unknown : locale.refusal(refusal),
});

/** The ticket of a token whose secret is right. A wrong one reads like one that never was. */
async function ticketOf(app: App, token: string): Promise<{ ticket: Ticket; link: string } | undefined> {
  const [, id, secret] = TOKEN.exec(token) ?? [];
  const ticket = id && (await load(app, id as TicketId))?.ticket;
  const sent = (ticket || undefined)?.events.findLast((event) => event.type === 'survey-sent');
  if (!ticket || !sent || !secret) return undefined;
  const link = hashOf(secret);
  return timingSafeEqual(Buffer.from(link), Buffer.from(sent.link)) ? { ticket, link } : undefined;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
