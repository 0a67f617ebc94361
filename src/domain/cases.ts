// An anonymous case out of a closed question: written, read by a second person, and then cut loose from the question. Pure.

import { mayReview, type Person, type Stewards } from './authorisation.ts';
import { type Day, type Instant, no, type Result, type Theme, type ThemeId, type TicketId, yes } from './terms.ts';
import type { Advisor } from './ticket.ts';

/** Everything is plain text; `situation` and the others may have several lines. */
export type CaseText = {
  title: string;
  theme: ThemeId;
  /** What was going on, so that nobody can tell who it was. */
  situation: string;
  question: string;
  approach: string;
  /** What somebody else can learn from it, to talk about. */
  lesson: string;
};
export const CASE_PARTS = [
  'situation',
  'question',
  'approach',
  'lesson',
] as const satisfies readonly (keyof CaseText)[];

/**
 * A case that is not approved knows its question, and its texts. An approved one has its last text, its day and who
 * approved, and nothing that leads back.
 */
export type CaseRecord =
  | {
      status: 'waiting' | 'sent-back';
      ticket: TicketId;
      text: CaseText;
      by: Advisor;
      at: Instant;
      reason?: string;
      keys: string[];
    }
  | { status: 'approved'; text: CaseText; approvedBy: Advisor; on: Day };
export type Draft = Exclude<CaseRecord, { status: 'approved' }>;

export type CaseRefusal =
  | { kind: 'not-allowed' }
  | { kind: 'own-case' }
  | { kind: 'not-waiting' }
  | { kind: 'incomplete' }
  | { kind: 'too-long'; most: number }
  | { kind: 'unknown-theme' }
  | { kind: 'no-reason' };

const TITLE_LIMIT = 150;
const PART_LIMIT = 4_000;
const REASON_LIMIT = 500;
const MOST_KEYS = 20;

/** The text as it may be kept, or why not. */
export function checkCase(text: CaseText, themes: readonly Theme[]): Result<CaseText, CaseRefusal> {
  const title = text.title.replace(/\s+/g, ' ').trim();
  const parts = Object.fromEntries(CASE_PARTS.map((part) => [part, text[part].trim()])) as Pick<
    CaseText,
    (typeof CASE_PARTS)[number]
  >;
  if (title === '' || parts.situation === '' || parts.approach === '') return no({ kind: 'incomplete' });
  if (title.length > TITLE_LIMIT) return no({ kind: 'too-long', most: TITLE_LIMIT });
  if (CASE_PARTS.some((part) => parts[part].length > PART_LIMIT)) return no({ kind: 'too-long', most: PART_LIMIT });
  if (!themes.some(({ id }) => id === text.theme)) return no({ kind: 'unknown-theme' });
  return yes({ title, theme: text.theme, ...parts });
}

type Act = { who: Person; now: Instant; key: string };

/** True when somebody may read, write and decide on the cases of a service. */
export const mayRead = ({ roles }: Person, stewards: Stewards): boolean =>
  roles.advisorOf.includes(stewards.service) || mayReview(roles, stewards);

/** A first text of a closed question, or another one in the place of what waits or came back. */
export function writeCase(
  before: Draft | undefined,
  { who, now, key }: Act,
  { ticket, text, stewards }: { ticket: TicketId; text: CaseText; stewards: Stewards },
): Result<Draft, CaseRefusal> {
  if (before?.keys.includes(key)) return yes(before);
  if (!mayRead(who, stewards)) return no({ kind: 'not-allowed' });
  const by = { person: who.person, name: who.name };
  const keys = [...(before?.keys ?? []), key].slice(-MOST_KEYS);
  return yes({ status: 'waiting', ticket: before?.ticket ?? ticket, text, by, at: now, keys });
}

/** The second person says that nobody can be recognised in it. What comes of it no longer knows the question. */
export function approveCase(
  draft: Draft,
  { who, day }: { who: Person; day: Day },
  stewards: Stewards,
): Result<Extract<CaseRecord, { status: 'approved' }>, CaseRefusal> {
  if (!mayRead(who, stewards)) return no({ kind: 'not-allowed' });
  if (draft.status !== 'waiting') return no({ kind: 'not-waiting' });
  if (draft.by.person === who.person) return no({ kind: 'own-case' });
  return yes({ status: 'approved', text: draft.text, approvedBy: { person: who.person, name: who.name }, on: day });
}

/** Back to the writer, with what has to change: what is longer than the limit is cut off. */
export function returnCase(
  draft: Draft,
  { who, now, key }: Act,
  { reason: typed, stewards }: { reason: string; stewards: Stewards },
): Result<Draft, CaseRefusal> {
  if (draft.keys.includes(key)) return yes(draft);
  if (!mayRead(who, stewards)) return no({ kind: 'not-allowed' });
  if (draft.status !== 'waiting') return no({ kind: 'not-waiting' });
  const reason = typed.trim().slice(0, REASON_LIMIT);
  if (reason === '') return no({ kind: 'no-reason' });
  return yes({ ...draft, status: 'sent-back', reason, at: now, keys: [...draft.keys, key].slice(-MOST_KEYS) });
}
