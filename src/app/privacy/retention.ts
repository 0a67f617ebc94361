// What goes by itself when its term is over: texts, names and who was who of past school years. Counts stay.

import { createHmac } from 'node:crypto';
import type { CaseRecord } from '../../domain/cases.ts';
import { everLive } from '../../domain/items.ts';
import { forgotten } from '../../domain/set-up.ts';
import { type Day, type Instant, type PersonId, type SchoolYear, type TicketId, yes } from '../../domain/terms.ts';
import { replay, type Ticket } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { brusselsDay, schoolYearOf, schoolYearRange } from '../../domain/working-time.ts';
import { documentsOf } from '../documents.ts';
import { demonstrationIn } from '../figures/demonstration.ts';
import { itemsIn, pkOf } from '../knowledge/items.ts';
import { expireWordings } from '../knowledge/wordings.ts';
import { SYSTEM } from '../people.ts';
import type { StoredDoc } from '../ports.ts';
import { notices } from '../questions/notices.ts';
import { type App, load, opened, save } from '../questions/tickets.ts';
import { ticketOfDraft } from '../questions/work.ts';
import type { PseudonymKeyRecord, RetentionRecord, SessionRecord, TicketRecord, TimeRecord } from '../records.ts';
import { changeSetUp } from '../set-up/change.ts';
import { readSetUp } from '../set-up/kept.ts';
import { audit, cutTrail } from './audit.ts';

const DAY_MS = 86_400_000;
/** An absence is gone so many days after it ended. */
const ABSENCE_DAYS = 30;
const LAST = 'retention:last';
/** When each store was last looked at by this process: on which day all of it, and else when to try again. */
const looked = new WeakMap<object, { day?: Day; again: Instant }>();
/** It reads everything, so what failed is not tried at every sweep. */
const TRY_AGAIN_MS = 15 * 60_000;

/**
 * How long what is kept, in days: texts and names after the end of their school year; a vote on a wording, and with its
 * last vote the wording; an entry of the audit trail.
 */
export type Terms = { texts: number; wordings: number; audit: number };

/** The first instant that is kept: the end of the latest school year whose term, in days after its end, is over. */
export function keptFrom(now: Instant, days: number): Instant {
  const running = schoolYearRange(schoolYearOf(now)).from;
  const passed = running + days * DAY_MS <= now;
  return passed ? running : schoolYearRange(schoolYearOf(running - DAY_MS)).from;
}

/**
 * Removes what is past its term, or with `dry` counts it only. Of questions: every text, every name, the conversation
 * and, under the key of their school year, who was who; of people who were not here since: everything. Drafts of answers
 * and cases go with their question, also when somebody wrote in them lately; proposals that requesters never had go, time
 * and sessions lose names and notes; votes on wordings and entries of the audit trail have terms of their own. Absences go
 * 30 days after their end. Questions still under way are left, and counted as such. The key of a school year goes with its
 * last question. Safe to run twice at once, and to break off.
 */
export async function retain(app: App, terms: Terms, { dry }: { dry: boolean }): Promise<RetentionRecord> {
  const now = app.clock.now();
  const from = keptFrom(now, terms.texts);
  const before = brusselsDay(from);
  const removed = { questions: 0, underWay: 0, people: 0, drafts: 0, other: 0, wordings: 0, entries: 0 };
  const report: RetentionRecord = { at: now, before, ...removed, dry };
  const years = new Map<SchoolYear, { left: number }>();
  for await (const stored of documentsOf(app.store, { kind: 'ticket' })) {
    const { ticket, record } = opened(stored);
    if (ticket.askedAt >= from) continue;
    const year = schoolYearOf(ticket.askedAt);
    const seen = years.get(year) ?? { left: 0 };
    years.set(year, seen);
    if (isBare(ticket, record)) continue;
    if (ticket.state.kind !== 'closed') {
      report.underWay++;
      seen.left++;
      continue;
    }
    report.questions++;
    if (!dry) await strip(app, ticket.id, await namerOf(app, year));
  }
  for await (const { doc, changedAt } of documentsOf(app.store, { kind: 'person' })) {
    if (changedAt >= from) continue;
    report.people++;
    if (!dry) await app.store.erase(doc.pk);
  }
  for (const kind of ['draft', 'case'] as const) {
    for await (const { doc, changedAt } of documentsOf(app.store, { kind })) {
      const ticket = draftedFrom(doc);
      if (!ticket || (changedAt >= from && !(await isPast(app, ticket, from)))) continue;
      report.drafts++;
      if (!dry) await app.store.erase(doc.pk);
    }
  }
  for await (const { entry } of itemsIn(app.store)) {
    if (entry.events.at(-1)!.at >= from || everLive(entry)) continue;
    report.drafts++;
    if (!dry) await app.store.erase(pkOf(entry.id));
  }
  // Where cards stand is forgotten with what they say: in Teams they follow the term that the organisation gave Teams.
  for await (const { doc, changedAt } of documentsOf(app.store, { kind: 'posted' })) {
    if (changedAt < from && !dry) await app.store.erase(doc.pk);
  }
  report.wordings = await expireWordings(app, now - terms.wordings * DAY_MS, { dry });
  report.entries = await cutTrail(app, now - terms.audit * DAY_MS, { dry });
  for (const kind of ['session', 'time'] as const) {
    for await (const { doc, version } of documentsOf(app.store, { kind })) {
      const body = doc.body as SessionRecord | TimeRecord;
      if (body.day >= before || isNameless(body)) continue;
      report.other++;
      if (dry) continue;
      const nameOf = await namerOf(app, schoolYearOf(Date.parse(body.day)));
      const { owner, ...facets } = doc.facets ?? {};
      const next = { ...doc, body: { ...(nameless(body, nameOf) as object), nameless: true }, facets };
      await app.store.replace(owner ? { ...next, facets: { ...facets, owner: nameOf(owner) } } : next, version);
    }
  }
  const setUp = await readSetUp(app.store);
  const bounds = { endedBefore: brusselsDay(now - ABSENCE_DAYS * DAY_MS), madeBefore: from };
  const kept = forgotten(setUp, bounds);
  report.other += setUp.absences.length - kept.absences.length;
  if (dry) return report;
  if (JSON.stringify(kept) !== JSON.stringify(setUp))
    await changeSetUp(app, (before) => yes(forgotten(before, bounds)));
  for (const [year, { left }] of years) {
    if (left === 0) await destroyKey(app, year);
  }
  const count = sumOf(report);
  if (count > 0) await audit(app, 'system', { action: 'retention', about: `before ${before}`, count });
  // Erasing anything also empties the log of the store, in which replaced texts still stand.
  await app.store.erase(`retention:${before}:none`);
  await keepReport(app, report);
  return report;
}

/** Once a day, with the first sweep of the day in Brussels; when it fails, again a quarter of an hour later. */
export async function retainDaily(app: App, terms: Terms): Promise<void> {
  const now = app.clock.now();
  const today = brusselsDay(now);
  const last = looked.get(app.store);
  if (last && (last.day === today || now < last.again)) return;
  looked.set(app.store, { again: now + TRY_AGAIN_MS });
  await retainToday(app, terms, today);
  looked.set(app.store, { day: today, again: now });
}

async function retainToday(app: App, terms: Terms, today: Day): Promise<void> {
  // Nobody is behind demonstration data, and its texts are there to be looked at.
  if (await demonstrationIn(app.store)) return;
  const last = (await app.store.read(LAST, LAST))?.doc.body as RetentionRecord | undefined;
  if (last && brusselsDay(last.at) === today) return;
  const { questions, people, underWay } = await retain(app, terms, { dry: false });
  if (questions + people > 0 || underWay > 0) {
    app.log.info({ questions, people, underWay }, 'what was past its term was removed; underWay waits for its close');
  }
}

const sumOf = ({ questions, people, drafts, other, wordings }: RetentionRecord): number =>
  questions + people + drafts + other + wordings;

async function keepReport(app: App, report: RetentionRecord): Promise<void> {
  const dated = `retention:${brusselsDay(report.at)}`;
  for (const pk of sumOf(report) > 0 ? [dated, LAST] : [LAST]) {
    const doc = { pk, id: pk, kind: 'retention', body: report };
    const stored = await app.store.read(pk, pk);
    if (stored) await app.store.replace(doc, stored.version);
    else await app.store.create(doc);
  }
}

/** The question that a draft is about; undefined of a case that a second person approved, which knows none. */
function draftedFrom({ pk, kind, body }: StoredDoc): TicketId | undefined {
  if (kind === 'draft') return ticketOfDraft(pk);
  const made = body as CaseRecord;
  return made.status === 'approved' ? undefined : made.ticket;
}

async function isPast(app: App, id: TicketId, from: Instant): Promise<boolean> {
  const ticket = (await load(app, id))?.ticket;
  return ticket !== undefined && ticket.askedAt < from && ticket.state.kind === 'closed';
}

/** A ticket that went through here is unreadable and has no place left to be told in. */
const isBare = ({ events }: Ticket, { address, posts }: TicketRecord): boolean =>
  events.some(({ type }) => type === 'redacted') && address.conversationId === '' && Object.keys(posts).length === 0;

async function strip(app: App, id: Parameters<typeof load>[1], nameOf: (person: string) => string): Promise<void> {
  await app.serial(id, async () => {
    for (;;) {
      const loaded = await load(app, id);
      if (!loaded || isBare(loaded.ticket, loaded.record)) return;
      const redacted = verbs.redact(loaded.ticket, SYSTEM, app.clock.now());
      if (!redacted.ok)
        throw new Error(`${loaded.ticket.number} could not be made unreadable: ${redacted.refusal.kind}`);
      const events = nameless(redacted.value.events, nameOf) as TicketRecord['events'];
      const { number } = loaded.record;
      const ticket = replay(id, number, events);
      const { requester, channel } = notices(ticket);
      // Cards in Teams follow the retention that the organisation gave Teams; nothing is told any more.
      const record: TicketRecord = {
        number,
        events,
        address: { conversationId: '', serviceUrl: '' },
        told: { requester: requester.length, channel: channel.length },
        shown: { requester: events.length, channel: events.length },
        posts: {},
        trouble: {},
        passed: events.length,
      };
      if (await save(app, ticket, record, loaded.version)) return;
    }
  });
}

const isNameless = (body: object): boolean => 'nameless' in body;

/** Every person under another id and without a name; keys of forms go too, as ids stand in them. */
function nameless(value: unknown, nameOf: (person: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => nameless(one, nameOf));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
    if (name === 'key') return [];
    if ((name === 'person' || name === 'advisor') && typeof one === 'string') return [[name, nameOf(one)]];
    if (name === 'name' || name === 'note' || name === 'what') return [[name, '']];
    return [[name, nameless(one, nameOf)]];
  });
  return Object.fromEntries(entries);
}

/** The same person keeps one name within a school year, as long as its key is there; nobody can be told apart after. */
async function namerOf({ store }: App, year: SchoolYear): Promise<(person: string) => string> {
  const pk = `pseudonym-key:${year}`;
  const key = ((await store.read(pk, pk))?.doc.body as PseudonymKeyRecord | undefined)?.secret;
  return (person) => {
    if (person.startsWith('gone-')) return person;
    if (key === undefined) return 'gone-nobody' as PersonId;
    return `gone-${createHmac('sha256', key).update(person).digest('base64url').slice(0, 22)}`;
  };
}

async function destroyKey({ store }: App, year: SchoolYear): Promise<void> {
  const pk = `pseudonym-key:${year}`;
  const stored = await store.read(pk, pk);
  if (stored && (stored.doc.body as PseudonymKeyRecord).secret === undefined) return;
  const doc = { pk, id: pk, kind: 'pseudonym-key', body: {} satisfies PseudonymKeyRecord };
  if (stored) await store.replace(doc, stored.version);
  else await store.create(doc);
}
