// Where somebody is named, for a request about them: questions, and what was written beside them. Shows no text.

import type { CaseRecord } from '../../domain/cases.ts';
import type { Day, Instant, TicketId } from '../../domain/terms.ts';
import { documentsOf } from '../documents.ts';
import type { Store, StoredDoc } from '../ports.ts';
import { opened } from '../questions/tickets.ts';
import { ticketOfDraft } from '../questions/work.ts';

const BESIDE = ['draft', 'case', 'item', 'wordings', 'session', 'time', 'followup'] as const;

export type Naming = {
  /** Oldest first. */
  questions: { number: string; askedAt: Instant }[];
  /** Drafts and cases say which question they are of, sessions and time their day, the rest the item or topic. */
  beside: { kind: (typeof BESIDE)[number]; of: string }[];
  /** Questions that were looked through. */
  searched: number;
};

/** In what texts all of these words stand, upper and lower case alike. */
export async function namingOf(store: Store, words: readonly string[]): Promise<Naming> {
  const wanted = words.flatMap((word) => word.toLocaleLowerCase('nl').split(/\s+/)).filter((word) => word !== '');
  const names = (value: unknown): boolean => {
    const text = JSON.stringify(value).toLocaleLowerCase('nl');
    return wanted.length > 0 && wanted.every((word) => text.includes(word));
  };
  const found: Naming = { questions: [], beside: [], searched: 0 };
  for await (const stored of documentsOf(store, { kind: 'ticket' })) {
    const { number, askedAt, events } = opened(stored).ticket;
    found.searched++;
    if (names(events)) found.questions.push({ number, askedAt });
  }
  for (const kind of BESIDE) {
    for await (const { doc } of documentsOf(store, { kind })) {
      if (names(doc.body)) found.beside.push({ kind, of: await subjectOf(store, doc) });
    }
  }
  found.questions.sort((a, b) => a.askedAt - b.askedAt);
  return found;
}

async function subjectOf(store: Store, { pk, kind, body }: StoredDoc): Promise<string> {
  if (kind === 'session' || kind === 'time') return (body as { day: Day }).day;
  if (kind === 'draft') return numberOf(store, ticketOfDraft(pk));
  const draft = kind === 'case' ? (body as CaseRecord) : undefined;
  if (draft && draft.status !== 'approved') return numberOf(store, draft.ticket);
  return pk.slice(pk.indexOf(':') + 1);
}

async function numberOf(store: Store, id: TicketId): Promise<string> {
  const stored = await store.read(id, id);
  return stored ? opened(stored).ticket.number : id;
}
