// Keeps the calls to each conversation within the limits of the platform, in the order in which they come. Knows no ticket.

import type { Address, Delivery, Messenger } from '../ports.ts';

/** So many calls within so many milliseconds. */
export type Limit = { calls: number; withinMs: number };

/** Per bot and conversation: learn.microsoft.com, "Optimize your bot with rate limiting in Teams". */
export const TEAMS_LIMITS: Limit[] = [
  { calls: 7, withinMs: 1_000 },
  { calls: 60, withinMs: 30_000 },
  { calls: 1_800, withinMs: 3_600_000 },
];
/** The platform counts when a call arrives, we when it leaves. */
const MARGIN_MS = 150;
/** A longer wait is left to whoever asked, so that a call never hangs for it. */
const LONGEST_WAIT_MS = 2_000;
/** Idle conversations are looked for once so many are known, and then when twice as many are as were left. */
const MANY_KNOWN = 5_000;

type Conversation = { sent: number[]; closedUntil: number };

/**
 * The same messenger, which waits until the conversation may have another call. A longer wait than 2 s gives `held`
 * with how long, and nothing was sent. What the platform asks for when it is busy counts for the whole conversation.
 * Counts the calls of this process only.
 */
export function paced(messenger: Messenger, limits: Limit[], now: () => number = () => performance.now()): Messenger {
  const known = new Map<string, Conversation>();
  let many = MANY_KNOWN;
  const most = Math.max(...limits.map(({ calls }) => calls));
  const longest = Math.max(...limits.map(({ withinMs }) => withinMs));

  function conversationAt(id: string): Conversation {
    if (known.size > many) {
      const idle = now() - longest;
      for (const [key, { sent, closedUntil }] of known) {
        if (Math.max(sent.at(-1) ?? 0, closedUntil) < idle) known.delete(key);
      }
      many = Math.max(MANY_KNOWN, 2 * known.size);
    }
    const conversation = known.get(id) ?? { sent: [], closedUntil: 0 };
    known.set(id, conversation);
    return conversation;
  }

  /** When the next call may leave; calls of the past and calls that wait for their moment count alike. */
  function nextMoment({ sent, closedUntil }: Conversation): number {
    const free = limits.map(({ calls, withinMs }) => {
      const first = sent.at(-calls);
      return first === undefined ? 0 : first + withinMs + MARGIN_MS;
    });
    return Math.max(now(), closedUntil, sent.at(-1) ?? 0, ...free);
  }

  async function call({ conversationId }: Address, send: () => Promise<Delivery>): Promise<Delivery> {
    const conversation = conversationAt(conversationId);
    const moment = nextMoment(conversation);
    const wait = moment - now();
    if (wait > LONGEST_WAIT_MS) return { outcome: 'held', after: wait };
    conversation.sent.push(moment);
    if (conversation.sent.length > most) conversation.sent.shift();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const delivery = await send();
    if (delivery.outcome === 'failed' && delivery.after !== undefined) {
      conversation.closedUntil = Math.max(conversation.closedUntil, now() + delivery.after);
    }
    return delivery;
  }

  return {
    ...messenger,
    post: (to, message) => call(to, () => messenger.post(to, message)),
    update: (posted, message) => call(posted.address, () => messenger.update(posted, message)),
  };
}
