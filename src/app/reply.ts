// What a task gives back to whoever pressed or typed. Knows no platform; the door turns it into the right response.

import type { Card } from '../cards/card.ts';
import type { Refusal } from '../domain/ticket.ts';
import { locale } from '../locale/locale.ts';
import type { Message } from './ports.ts';

export type Reply =
  /** New messages in the conversation of the turn. */
  | { kind: 'messages'; messages: Message[] }
  /** The pressed card becomes this one, for the presser. */
  | { kind: 'card'; card: Card }
  | { kind: 'dialog'; title: string; card: Card }
  /** One sentence, shown as the platform shows it. */
  | { kind: 'text'; text: string }
  /** A dialog that has done its work closes. */
  | { kind: 'done' };

export const text = (sentence: string): Reply => ({ kind: 'text', text: sentence });
export const refused = (refusal: Refusal): Reply => text(locale.refusal(refusal));
export const say = (...messages: Message[]): Reply => ({ kind: 'messages', messages });

/** A card with a sentence above it: what was done, or why not, on top of how things stand now. */
export function withSentence(card: Card, sentence: string, { done = false } = {}): Card {
  const color = done ? 'Good' : 'Attention';
  const block = { type: 'TextBlock', text: sentence, wrap: true, color, weight: 'Bolder' };
  return { ...card, body: [block, ...card.body] };
}
