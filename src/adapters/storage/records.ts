// Checks on read that a stored document is what the tasks expect. Knows shapes, no storage.

import { z } from 'zod/v4';
import type { Store, Stored } from '../../app/ports.ts';
import { FOLLOW_UP_STATUSES } from '../../domain/follow-up.ts';
import { LINK_TROUBLES } from '../../domain/upkeep.ts';

const instant = z.number();
const address = z.object({ conversationId: z.string(), serviceUrl: z.string(), thread: z.string().optional() });
const posted = z.object({ address, activityId: z.string() });
const messages = z.array(z.object({ posted, to: z.string().optional(), review: z.boolean().optional() }));
const sides = z.object({ requester: z.number().int(), channel: z.number().int() });
const trouble = z.object({ reason: z.string(), attempts: z.number(), at: instant.optional() });
const teller = z.object({ by: z.string(), until: instant });
const votes = z.array(z.object({ by: z.string(), at: instant, full: z.literal(true).optional() }));
const caseText = z.looseObject({ title: z.string(), theme: z.string(), situation: z.string(), approach: z.string() });
const followUpEvent = {
  at: instant,
  by: z.looseObject({ person: z.string(), name: z.string() }),
  key: z.string(),
};
const setUpChanges = z.record(
  z.string(),
  z.array(z.looseObject({ at: instant, by: z.string(), key: z.string(), to: z.looseObject({}) })),
);

const shapes: Record<string, z.ZodType> = {
  ticket: z.object({
    number: z.string(),
    events: z.array(z.looseObject({ type: z.string(), at: instant })).min(1),
    address,
    told: sides,
    shown: sides,
    posts: z.object({
      answer: posted.optional(),
      status: posted.optional(),
      channel: posted.optional(),
      survey: posted.optional(),
    }),
    texts: z.array(z.object({ side: z.enum(['requester', 'channel']), posted })).optional(),
    trouble: z.object({ requester: trouble.optional(), channel: trouble.optional() }),
    teller: z.object({ requester: teller.optional(), channel: teller.optional() }).optional(),
    flag: z.enum(['due', 'told']).optional(),
    passed: z.int().min(0).optional(),
  }),
  person: z.looseObject({ name: z.string(), userId: z.string(), advisorOf: z.record(z.string(), instant) }),
  channel: z.object({ service: z.string(), address, registeredBy: z.string(), registeredAt: instant }),
  number: z.object({ ticket: z.string(), at: instant }),
  draft: z.object({ text: z.string(), source: z.string(), at: instant, drafted: z.literal(true).optional() }),
  session: z.looseObject({
    programme: z.string(),
    theme: z.string(),
    title: z.string(),
    day: z.iso.date(),
    level: z.string(),
    sessions: z.int().min(0),
    participants: z.int().min(0),
    links: z.array(z.string()),
    tickets: z.array(z.string()),
    at: instant,
    history: z.array(z.looseObject({ at: instant, what: z.string() })),
  }),
  time: z.looseObject({ advisor: z.string(), day: z.iso.date(), minutes: z.int(), strategy: z.string(), at: instant }),
  topic: z.looseObject({ words: z.array(z.string()), members: z.array(z.string()), at: instant }),
  followup: z.looseObject({
    history: z.array(
      z.discriminatedUnion('type', [
        z.looseObject({ ...followUpEvent, type: z.literal('undone') }),
        z.looseObject({
          ...followUpEvent,
          type: z.literal('decided'),
          kind: z.string(),
          owner: z.string(),
          date: z.iso.date(),
          note: z.string(),
          status: z.enum(FOLLOW_UP_STATUSES),
        }),
      ]),
    ),
  }),
  item: z.object({
    events: z
      .array(
        z.looseObject({
          at: instant,
          by: z.looseObject({ person: z.string(), name: z.string() }),
          key: z.string(),
          type: z.enum(['taken', 'proposed', 'published', 'sent-back', 'rejected', 'reverted', 'retired', 'confirmed']),
          text: z
            .looseObject({ question: z.string(), answer: z.string(), variants: z.array(z.string()), theme: z.string() })
            .optional(),
        }),
      )
      .min(1),
    told: z.int().min(0),
    attempts: z.int().optional(),
  }),
  posted: z.object({
    messages,
    emptying: z.object({ messages, attempts: z.int().min(0), due: instant }).optional(),
  }),
  miss: z.object({
    service: z.string().optional(),
    item: z.string(),
    theme: z.string(),
    at: instant,
    decided: z
      .object({
        what: z.enum(['wording', 'written', 'out-of-scope']),
        by: z.looseObject({ person: z.string(), name: z.string() }),
        at: instant,
      })
      .optional(),
  }),
  regulations: z.object({
    regulations: z.array(z.looseObject({ theme: z.string(), changedOn: z.iso.date(), at: instant })),
  }),
  links: z.object({
    at: instant,
    pages: z.array(
      z.object({ url: z.string(), trouble: z.enum(LINK_TROUBLES).optional(), modified: instant.optional() }),
    ),
  }),
  upkeep: z.object({
    by: z.string(),
    until: instant,
    sent: z.array(z.string()),
    done: z.literal(true).optional(),
  }),
  case: z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('approved'), text: caseText, on: z.iso.date() }),
    ...(['waiting', 'sent-back'] as const).map((status) =>
      z.looseObject({
        status: z.literal(status),
        ticket: z.string(),
        text: caseText,
        at: instant,
        keys: z.array(z.string()),
      }),
    ),
  ]),
  'set-up': z.object({
    contacts: setUpChanges,
    themes: setUpChanges,
    made: z.record(z.string(), z.int()),
    absences: z.array(
      z.looseObject({ id: z.string(), contact: z.string(), from: z.iso.date(), to: z.iso.date(), at: instant }),
    ),
  }),
  'item-news': z.object({ n: z.int(), changed: z.array(z.object({ n: z.int(), item: z.string() })) }),
  'item-use': z.object({ counts: z.record(z.string(), z.number()) }),
  'pseudonym-key': z.object({ secret: z.string().optional() }),
  reload: z.looseObject({ requestedAt: instant }),
  'quality-channel': z.object({ address, registeredBy: z.string(), registeredAt: instant }),
  digest: z.object({ by: z.string(), until: instant, sentAt: instant.optional() }),
  demonstration: z.looseObject({ seed: z.string(), schoolYears: z.number(), startedAt: instant }),
  audit: z.object({
    n: z.int().min(1),
    at: instant,
    by: z.string(),
    action: z.string(),
    about: z.string(),
    count: z.int().optional(),
    previous: z.string(),
    hash: z.string(),
  }),
  'audit-start': z.object({ n: z.int().min(1), hash: z.string() }),
  wordings: z.object({
    wordings: z.array(
      z.object({ key: z.string(), text: z.string(), for: votes, against: votes, removed: z.literal(true).optional() }),
    ),
  }),
  'wording-teacher': z.object({
    taught: z.array(z.object({ item: z.string(), key: z.string(), at: instant, against: z.literal(true).optional() })),
  }),
  'wording-key': z.object({ key: z.string().min(20) }),
  retention: z.looseObject({
    at: instant,
    before: z.iso.date(),
    questions: z.int(),
    underWay: z.int(),
    dry: z.boolean(),
  }),
  erasure: z.union([z.object({ at: instant, person: z.string() }), z.object({ at: instant, ticket: z.string() })]),
  lease: z.object({ owner: z.string(), until: instant }),
  'dead-letter': z.object({
    ticket: z.string(),
    number: z.string(),
    side: z.enum(['requester', 'channel']),
    reason: z.string(),
    attempts: z.number(),
    at: instant,
  }),
};

/** About 150 bytes each. */
const MOST_REMEMBERED = 20_000;

/**
 * The same store, which never hands on a damaged document: reading one rejects with its name, and a list leaves it out
 * and says so to `onDamaged`, so that one bad record does not stop everybody's work.
 */
export function checked(store: Store, onDamaged: (message: string) => void): Store {
  /** The version of documents that was found right, or written here: one is mostly read several times before it changes. */
  const right = new Map<string, string>();
  const isRight = (pk: string, id: string, version: string): void => {
    if (right.size >= MOST_REMEMBERED) right.clear();
    right.set(`${pk} ${id}`, version);
  };
  return {
    ...store,
    read: async (pk, id) => {
      const stored = await store.read(pk, id);
      if (!stored || right.get(`${pk} ${id}`) === stored.version) return stored;
      const damage = damageOf(stored);
      if (damage) throw new Error(damage);
      isRight(pk, id, stored.version);
      return stored;
    },
    create: async (doc) => {
      const created = await store.create(doc);
      if (created.outcome === 'created') isRight(doc.pk, doc.id, created.version);
      return created;
    },
    replace: async (doc, version) => {
      const saved = await store.replace(doc, version);
      if (saved.outcome === 'saved') isRight(doc.pk, doc.id, saved.version);
      return saved;
    },
    list: async (filter, options) => {
      const page = await store.list(filter, options);
      const docs = page.docs.filter((stored) => {
        const damage = damageOf(stored);
        if (damage) onDamaged(damage);
        return damage === undefined;
      });
      return { ...page, docs };
    },
  };
}

function damageOf({ doc: { kind, pk, body } }: Stored): string | undefined {
  if (body === undefined) return `stored ${kind} "${pk}" is damaged: it is no JSON`;
  const parsed = shapes[kind]?.safeParse(body);
  if (!parsed || parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  return `stored ${kind} "${pk}" is damaged: ${issue?.path.join('.')} ${issue?.message}`;
}
