// A helpdesk of very many tickets that are made when they are read, for programs that measure figures. Measures nothing.

import type { Content, Store, Stored } from '../src/app/ports.ts';
import type { TicketRecord } from '../src/app/records.ts';
import type { Instant, PersonId, TicketId } from '../src/domain/terms.ts';
import type { Advisor, TicketEvent } from '../src/domain/ticket.ts';

export const YEARS = 5;
export const PEOPLE = 20_000;
const HOUR = 3_600_000;

/** Spread over five school years up to `now`. */
export type Many = { content: Content; tickets: number; now: Instant };

/** The same number for the same input, spread evenly over 0 up to `below`. */
function spread(n: number, salt: number, below: number): number {
  let x = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3ce5);
  return ((x ^ (x >>> 13)) >>> 0) % below;
}

/** A ticket as the store has it: a third answered by the index, a third through an advisor, a third registered. */
export function ticketAt(n: number, { content, tickets, now }: Many): Stored {
  const at: Instant = now - Math.floor(((n + 0.5) / tickets) * YEARS * 365 * 24 * HOUR) - spread(n, 1, HOUR);
  const theme = content.themes[Math.min(spread(n, 2, content.themes.length), spread(n, 3, content.themes.length))]!;
  const centre = content.centres[spread(n, 4, content.centres.length)]!.id;
  const job = content.functions[spread(n, 5, content.functions.length)]!.id;
  const who = `person-${spread(n, 6, PEOPLE)}` as PersonId;
  const by: Advisor = { person: `advisor-${spread(n, 7, 60)}` as PersonId, name: '' };
  const kind = spread(n, 8, 3);
  const requester = { person: who, name: '', function: job, centre };
  const channel = kind === 2 ? 'phone' : 'teams';
  const asked: TicketEvent = { type: 'asked', at, channel, requester, question: 'x', service: theme.service };
  const suggested: TicketEvent = {
    ...{ type: 'suggested', at: at + 500, decision: 'answer', items: [] },
    theme: { id: theme.id, confidence: 1 },
  };
  const later = (hours: number) => at + hours * HOUR;
  const minutes = 5 + 5 * spread(n, 9, 12);
  const events: TicketEvent[] =
    kind === 0
      ? [asked, suggested, { type: 'closed', at: at + 60_000, outcome: 'self-service', survey: false }]
      : kind === 1
        ? [
            asked,
            suggested,
            {
              ...{ type: 'routed', at: at + 60_000, by: { person: who, name: '' }, service: theme.service },
              ...{ theme: theme.id, contact: content.contacts[0]!.id, question: 'x', urgency: 'this-week', requester },
            },
            { type: 'claimed', at: later(1 + spread(n, 10, 20)), by },
            { type: 'answered', at: later(2 + spread(n, 11, 90)), by, text: 'y' },
            { type: 'time-logged', at: later(93), by, minutes },
            { type: 'closed', at: later(93), by, outcome: 'answered', survey: true },
            ...(spread(n, 12, 4) === 0
              ? [{ type: 'surveyed' as const, at: later(99), scores: scoresOf(content, n), remark: '' }]
              : []),
          ]
        : [
            asked,
            { type: 'registered', at, by, theme: theme.id },
            { type: 'time-logged', at, by, minutes },
            { type: 'closed', at, by, outcome: 'answered', survey: false },
          ];
  const body: TicketRecord = {
    ...{ number: `HD-${n}`, events, address: { conversationId: 'a', serviceUrl: 'https://example.org' } },
    ...{ told: { requester: 0, channel: 0 }, shown: { requester: 0, channel: 0 }, posts: {}, trouble: {} },
  };
  const id = `ticket-${n}` as TicketId;
  return { doc: { pk: id, id, kind: 'ticket', body }, version: '1', changedAt: at };
}
const scoresOf = (content: Content, n: number) =>
  Object.fromEntries(content.survey.items.map(({ id }, place) => [id, 4 + spread(n, 20 + place, 5)]));

/** A store that makes its tickets when they are read, so that only the figures are measured. */
export function makingStore(many: Many): { store: Store; takeBack: (n: number) => void } {
  const { tickets, now } = many;
  const kept = new Map<string, Stored>();
  const changed: Stored[] = [];
  const store: Store = {
    read: async (pk) => kept.get(pk),
    create: async (doc) => {
      kept.set(doc.pk, { doc, version: '1', changedAt: now });
      return { outcome: 'created', version: '1' };
    },
    changes: async (since, limit) => {
      const from = Number(since);
      const upTo = Math.min(from + limit, tickets + changed.length);
      const docs = Array.from({ length: upTo - from }, (_, place) => {
        const n = from + place;
        return n < tickets ? ticketAt(n, many) : changed[n - tickets]!;
      });
      return { docs, since: String(upTo) };
    },
    replace: async () => ({ outcome: 'missing' }),
    list: async () => ({ docs: [] }),
    erase: async () => undefined,
    health: async () => undefined,
    close: () => undefined,
  };
  const takeBack = (n: number): void => {
    const ticket = ticketAt(n, many);
    (ticket.doc.body as TicketRecord).events.push({ type: 'retracted', at: now });
    changed.push(ticket);
  };
  return { store, takeBack };
}
