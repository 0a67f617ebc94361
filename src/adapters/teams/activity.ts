// What is taken from an activity of the platform, and nothing else: parsed once at the door. Knows no task.

import type { Activity } from 'botbuilder';
import { z } from 'zod/v4';

const id = z.string().min(1).max(2_000);
/** A part that is not what it should be counts as absent: one odd field must not cost the whole message. */
const maybe = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);
/** A list without the entries that are not what they should be. */
const list = <T extends z.ZodType>(shape: T) =>
  maybe(z.array(maybe(shape)).transform((entries) => entries.filter((entry) => entry !== undefined)));

const account = z.object({ id, name: maybe(z.string()), aadObjectId: maybe(z.string().min(1).max(200)) });

/** Required is what the SDK needs of any activity, and what says who, where and to whom. */
const shape = z.object({
  type: z.string().min(1),
  channelId: z.string().min(1),
  serviceUrl: z.url(),
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: maybe(z.string()),
    tenantId: maybe(z.string()),
    isGroup: maybe(z.boolean()),
    name: maybe(z.string()),
  }),
  id: maybe(id),
  replyToId: maybe(id),
  name: maybe(z.string()),
  text: maybe(z.string()),
  value: z.unknown(),
  timestamp: maybe(z.iso.datetime({ offset: true })),
  channelData: maybe(
    z.object({
      channel: maybe(z.looseObject({ id })),
      tenant: maybe(z.looseObject({ id })),
      team: maybe(z.looseObject({ id })),
    }),
  ),
  attachments: list(z.object({ contentType: z.string() })),
  entities: list(z.looseObject({ type: z.string(), text: maybe(z.string()), mentioned: maybe(z.looseObject({ id })) })),
  membersAdded: list(z.object({ id })),
});

/** The activity as the bot may read it, or undefined when it is none of the platform. */
export function parseActivity(body: unknown): Activity | undefined {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return undefined;
  // The SDK's type promises much that the platform leaves out; nothing here reads what the shape does not have.
  return parsed.data as unknown as Activity;
}
