// Everything a card or dialog can send back, parsed once. A card carries ids and a key, never a right.

import { z } from 'zod/v4';
import { REGISTRABLE } from '../domain/registration.ts';
import type {
  CaseId,
  CentreId,
  ContactId,
  FunctionId,
  ItemId,
  PersonId,
  ServiceId,
  SessionId,
  ThemeId,
  TicketId,
  TopicId,
} from '../domain/terms.ts';
import { CHANNELS } from '../domain/terms.ts';

/** A field to choose from may send what was typed in it; longer than any id is, it is found nowhere, cut or not. */
const id = <Name extends string>() =>
  z
    .string()
    .min(1)
    .transform((value) => value.slice(0, 500) as Name);
/** An empty choice arrives as "" or not at all. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());
/** Bounded well above any honest input; the rules say the real limit, in Dutch. */
const text = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().max(20_000))
  .catch('')
  .default('');
/** A toggle sends its words. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]).optional();
/** Inside or outside GO!; anything else counts as not filled in. */
const reach = z.enum(['inside', 'outside']).optional().catch(undefined);

/** A choice cannot be empty, so this one says that nobody was named. */
export const NOBODY = '-';
/** What a reviewer does with a reason. */
const ITEM_NO = ['send-back', 'reject', 'retire'] as const;

const ticket = id<TicketId>();
const topic = id<TopicId>();
const key = z.string().min(1).max(100);
const onTicket = { ticket };
const onTicketOnce = { ticket, key };

/** What the person chose about recognisable data that was found in a form. */
const remedy = { mask: flag, names: flag };

/** Another question: chosen from the list, or by a number that was typed. */
const connecting = { ...onTicketOnce, other: optional(ticket), number: text };

const personal = {
  centre: optional(id<CentreId>()),
  function: optional(id<FunctionId>()),
};

/** The fields of the answer form. */
const answering = {
  text,
  source: text,
  theme: optional(id<ThemeId>()),
  minutes: text,
  propose: flag,
  /** Whether the text holds a draft of a machine. */
  drafted: flag,
};

/** The fields of the registration card. `preset` is the theme that stood there, `typed` the sentence before masking. */
const registration = {
  item: optional(id<ItemId | TopicId>()),
  question: text,
  typed: text,
  centre: optional(id<CentreId>()),
  theme: optional(id<ThemeId>()),
  preset: optional(id<ThemeId>()),
  minutes: text,
  day: z.string().max(40).catch('').default(''),
  names: flag,
};

/** The fields of the form for a knowledge item; lists come as lines or, of a choice, with commas. */
const itemFields = {
  about: optional(id<ItemId>()),
  target: optional(id<ItemId>()),
  question: text,
  answer: text,
  variants: text,
  theme: optional(id<ThemeId>()),
  audience: text,
  sources: text,
  ...remedy,
};
const item = id<ItemId>();
const regulation = { theme: optional(id<ThemeId>()), day: text, url: text };
/** How often a contact or theme was changed when the form was opened. */
const made = z.coerce.number().int().min(0);
const version = z.number().int().min(1).max(1_000);

/** "person:…", "contact:…", "theme:…" or "release". */
const target = z.preprocess((value) => {
  if (value === 'release') return { kind: 'release' };
  const [, kind, rest] = typeof value === 'string' ? (/^(person|contact|theme):(.+)$/.exec(value) ?? []) : [];
  return kind ? { kind, id: rest } : undefined;
}, z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('release') }),
    z.object({ kind: z.literal('person'), id: id<PersonId>() }),
    z.object({ kind: z.literal('contact'), id: id<ContactId>() }),
    z.object({ kind: z.literal('theme'), id: id<ThemeId>() }),
  ])
  .optional());

/** What is filled in of an absence, or understood of what was typed. */
const absence = {
  contact: optional(id<ContactId>()),
  from: text,
  to: text,
  substitute: z.preprocess((value) => (value === NOBODY ? '' : value), optional(id<ContactId>())),
};

const scores = z
  .record(z.string(), z.unknown())
  .transform((fields) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith('score_') && value !== '' ? [[name.slice('score_'.length), Number(value)]] : [],
      ),
    ),
  );

const fixed = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('command'),
    command: z.enum(['my-questions', 'help', 'my-data', 'my-data-json', 'forget-me', 'register']),
  }),
  z.object({ do: z.literal('ask-text'), question: text, names: flag }),
  z.object({ do: z.literal('open-rewrite'), question: text }),
  z.object({ do: z.literal('open-ask'), ticket: optional(ticket) }),
  z.object({
    do: z.literal('ask-advisor'),
    ticket: optional(ticket),
    key,
    question: z.string().max(20_000).optional(),
    theme: optional(id<ThemeId>()),
    urgency: z.enum(['this-week', 'soon']).catch('this-week').default('this-week'),
    ...remedy,
    ...personal,
  }),
  z.object({ do: z.literal('forget-me') }),
  z.object({ do: z.literal('redact'), ...onTicket }),
  z.object({ do: z.literal('open-profile') }),
  z.object({ do: z.literal('profile'), ...personal }),
  z.object({ do: z.literal('view'), ...onTicket }),
  z.object({ do: z.literal('rate'), ...onTicket, helped: z.boolean() }),
  z.object({ do: z.literal('more'), ...onTicket }),
  z.object({ do: z.literal('pick'), ...onTicket, item: id<ItemId>() }),
  z.object({ do: z.literal('move-to'), ...onTicket, to: ticket }),
  z.object({ do: z.literal('withdraw'), ...onTicket }),
  z.object({ do: z.literal('open-reply'), ...onTicket }),
  z.object({ do: z.literal('reply'), ...onTicketOnce, text, ...remedy }),
  z.object({ do: z.literal('open-reopen'), ...onTicket }),
  z.object({ do: z.literal('reopen'), ...onTicketOnce, text, ...remedy }),
  z.object({ do: z.literal('claim'), ...onTicket }),
  z.object({ do: z.literal('open-answer'), ...onTicket }),
  z.object({
    do: z.literal('answer'),
    ...onTicketOnce,
    ...answering,
    afterwards: z.enum(['close', 'open', 'draft']).catch('open').default('open'),
    ...remedy,
  }),
  z.object({ do: z.literal('draft-answer'), ...onTicketOnce, ...answering }),
  z.object({ do: z.literal('open-ask-back'), ...onTicket }),
  z.object({ do: z.literal('ask-back'), ...onTicketOnce, text, ...remedy }),
  z.object({ do: z.literal('open-hand-over'), ...onTicket }),
  z.object({ do: z.literal('hand-over'), ...onTicketOnce, to: target }),
  z.object({ do: z.literal('open-consult'), ...onTicket }),
  z.object({ do: z.literal('consult'), ...onTicketOnce, to: target, other: text, where: reach, told: flag }),
  z.object({ do: z.literal('open-refer'), ...onTicket }),
  z.object({ do: z.literal('refer'), ...onTicketOnce, to: text, other: text, text, where: reach, told: flag }),
  z.object({ do: z.literal('open-close'), ...onTicket }),
  z.object({ do: z.literal('close'), ...onTicketOnce, minutes: text, other: text }),
  z.object({ do: z.literal('open-connect'), ...onTicket }),
  z.object({ do: z.literal('merge'), ...connecting }),
  z.object({ do: z.literal('link'), ...connecting }),
  z.object({ do: z.literal('unlink'), ...connecting }),
  z.object({ do: z.literal('unmerge'), ...onTicketOnce }),
  z.object({ do: z.literal('register'), key, channel: z.enum(REGISTRABLE), ...registration }),
  z.object({ do: z.literal('same-question'), ...onTicket, other: ticket, ...registration }),
  /** `onForm` comes from the registration card, which then comes back with the link. */
  z.object({ do: z.literal('survey-link'), ...onTicket, onForm: flag, ...registration }),
  z.object({
    do: z.literal('register-message'),
    message: z.string().min(1).max(200),
    channel: z.enum(CHANNELS),
    ...registration,
  }),
  z.object({ do: z.literal('repeat-registration'), ...onTicket, ...registration }),
  z.object({ do: z.literal('undo-registration'), tickets: z.array(ticket).min(1).max(10), ...registration }),
  z.object({ do: z.literal('open-session'), session: optional(id<SessionId>()) }),
  z.object({
    do: z.literal('save-session'),
    key,
    session: optional(id<SessionId>()),
    programme: text,
    theme: text,
    subject: text,
    day: text,
    level: text,
    participants: text,
    perCentre: text,
    minutes: text,
    links: text,
    questions: text,
  }),
  z.object({ do: z.literal('retract-session'), session: id<SessionId>() }),
  z.object({ do: z.literal('open-correct'), ...onTicket }),
  z.object({
    do: z.literal('correct'),
    ...onTicketOnce,
    theme: optional(id<ThemeId>()),
    centre: optional(id<CentreId>()),
    channel: optional(z.string().max(40)),
    minutes: text,
  }),
  z.object({ do: z.literal('retract'), ...onTicket }),
  z.object({ do: z.literal('open-week'), day: text }),
  z.object({ do: z.literal('log-time'), key, day: text, minutes: text, strategy: text, theme: text, note: text }),
  z.object({ do: z.literal('ticket-time'), ...onTicket, minutes: text, day: text }),
  z.object({ do: z.literal('undo-time'), time: z.string().min(1).max(100), day: text }),
  z.object({ do: z.literal('open-topics') }),
  z.object({ do: z.literal('open-topic'), topic }),
  z.object({ do: z.literal('open-decision'), topic }),
  z.object({ do: z.literal('decide'), topic, key, kind: text, owner: text, date: text, status: text, note: text }),
  z.object({ do: z.literal('undo-decision'), topic, key }),
  z.object({ do: z.literal('open-propose'), ...onTicket }),
  z.object({ do: z.literal('propose-item'), ...onTicketOnce, ...itemFields }),
  z.object({ do: z.literal('open-case'), ...onTicket }),
  z.object({ do: z.literal('edit-case'), case: id<CaseId>() }),
  z.object({
    do: z.literal('save-case'),
    ...onTicketOnce,
    case: optional(id<CaseId>()),
    title: text,
    theme: optional(id<ThemeId>()),
    situation: text,
    question: text,
    approach: text,
    lesson: text,
    judged: flag,
  }),
  z.object({ do: z.literal('show-case'), case: id<CaseId>() }),
  z.object({ do: z.literal('approve-case'), case: id<CaseId>(), key }),
  z.object({ do: z.literal('return-case'), case: id<CaseId>(), key, reason: text }),
  z.object({ do: z.literal('open-miss'), ...onTicket }),
  z.object({ do: z.literal('teach-miss'), ...onTicket, item }),
  z.object({ do: z.literal('close-miss'), ...onTicket }),
  z.object({ do: z.literal('open-write-item'), item: optional(item), topic: optional(topic) }),
  z.object({ do: z.literal('write-item'), key, ...itemFields }),
  z.object({ do: z.literal('open-offer'), item: optional(item) }),
  z.object({
    do: z.literal('offer-material'),
    key,
    about: optional(item),
    link: text,
    title: text,
    sentence: text,
    kind: text,
    theme: optional(id<ThemeId>()),
    centre: optional(id<CentreId>()),
    ...remedy,
  }),
  z.object({ do: z.literal('open-item'), item }),
  z.object({ do: z.literal('publish-item'), item, version, key }),
  z.object({ do: z.literal('open-item-reason'), item, version, how: z.enum(ITEM_NO) }),
  z.object({ do: z.literal('item-reason'), item, version, key, how: z.enum(ITEM_NO), reason: text }),
  z.object({ do: z.literal('revert-item'), item, version, key }),
  z.object({ do: z.literal('confirm-item'), item, version, key }),
  z.object({ do: z.literal('open-regulation') }),
  z.object({ do: z.literal('flag-theme'), ...regulation }),
  z.object({ do: z.literal('unflag-theme'), ...regulation }),
  z.object({ do: z.literal('open-absence'), ...absence }),
  z.object({ do: z.literal('set-absence'), key, ...absence }),
  z.object({ do: z.literal('end-absence'), contact: id<ContactId>(), absence: key }),
  z.object({ do: z.literal('open-contact'), id: optional(id<ContactId>()) }),
  z.object({
    do: z.literal('change-contact'),
    id: id<ContactId>(),
    made,
    key,
    role: text,
    email: text,
    substitute: z.preprocess(
      (value) => (value === NOBODY ? '' : (value ?? '')),
      z.union([z.literal(''), id<ContactId>()]),
    ),
  }),
  z.object({ do: z.literal('open-theme'), id: optional(id<ThemeId>()) }),
  z.object({
    do: z.literal('change-theme'),
    id: id<ThemeId>(),
    made,
    key,
    name: text,
    keywords: text,
    service: id<ServiceId>(),
    contact: z.preprocess((value) => value ?? '', z.union([z.literal(''), id<ContactId>()])),
    retired: flag.default(false),
  }),
  z.object({
    do: z.literal('undo-set-up'),
    kind: z.enum(['contact', 'theme']),
    id: z.string().min(1).max(200),
    made,
  }),
  z.object({ do: z.literal('survey'), ...onTicket, remark: text, scores: z.record(z.string(), z.number()) }),
]);

export type CardAction = z.infer<typeof fixed>;
export type ActionOf<Do extends CardAction['do']> = Extract<CardAction, { do: Do }>;

const anything = z.record(z.string(), z.unknown());

/** What a card sent, or undefined when it is no card of ours or too old to understand. */
export function parseAction(data: unknown): CardAction | undefined {
  const record = anything.safeParse(data);
  if (!record.success) return undefined;
  const withScores = record.data.do === 'survey' ? { ...record.data, scores: scores.parse(record.data) } : record.data;
  const parsed = fixed.safeParse(withScores);
  return parsed.success ? parsed.data : undefined;
}
