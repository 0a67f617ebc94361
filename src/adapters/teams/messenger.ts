// Messages that nobody is waiting for: posts, updates and roster look-ups through the connector.

import {
  type Activity,
  type CloudAdapter,
  type ConversationParameters,
  type ConversationReference,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import type { Address, Delivery, Member, Messenger } from '../../app/ports.ts';
import { toActivity } from './bot.ts';

/** Statuses after which the same request may succeed later; 401 is about our credentials, not about the message. */
const PASSING = new Set([401, 408, 409, 412, 429, 500, 502, 503, 504]);

/** The token of the Connector is meant for this; a sovereign cloud has its own. */
const AUDIENCE = 'https://api.botframework.com';

export function createMessenger(adapter: CloudAdapter, appId: string, tenantId: string | undefined): Messenger {
  const inConversation = async <T>(address: Address, task: (context: TurnContext) => Promise<T>): Promise<T> => {
    let result: T | undefined;
    await adapter.continueConversationAsync(appId, referenceTo(address), async (context) => {
      // The continuation has a made-up id, which would be sent along as the activity that is answered.
      context.activity.id = undefined as never;
      result = await task(context);
    });
    return result as T;
  };
  const deliver = async (address: Address, task: (context: TurnContext) => Promise<string>): Promise<Delivery> => {
    try {
      return { outcome: 'delivered', activityId: await inConversation(address, task) };
    } catch (error) {
      return failure(error);
    }
  };
  return {
    post: (to, message) =>
      deliver(to, async (context) => {
        const sent = await context.sendActivity(toActivity(message));
        return sent?.id ?? '';
      }),
    update: (posted, message) =>
      deliver(posted.address, async (context) => {
        await context.updateActivity({ ...toActivity(message), id: posted.activityId } as Activity);
        return posted.activityId;
      }),
    open: async (user, serviceUrl) => {
      const wanted = { isGroup: false, members: [{ id: user }], channelData: { tenant: { id: tenantId } }, tenantId };
      let id: string | undefined;
      await adapter
        .createConversationAsync(
          appId,
          'msteams',
          serviceUrl,
          AUDIENCE,
          wanted as ConversationParameters,
          async (context) => {
            id = context.activity.conversation.id;
          },
        )
        .catch((error: unknown) => {
          const status = statusOf(error);
          if (status === undefined || PASSING.has(status)) throw error;
        });
      return id === undefined ? undefined : { conversationId: id, serviceUrl };
    },
    member: (of, user) =>
      inConversation(of, async (context): Promise<Member | undefined> => {
        try {
          const member = await TeamsInfo.getMember(context, user);
          const email = member.email ?? member.userPrincipalName;
          return { name: member.name, ...(email ? { email } : {}) };
        } catch (error) {
          if (statusOf(error) === 404) return undefined;
          throw error;
        }
      }),
  };
}

function referenceTo(address: Address): Partial<ConversationReference> {
  const id = address.thread ? `${address.conversationId};messageid=${address.thread}` : address.conversationId;
  return {
    channelId: 'msteams',
    serviceUrl: address.serviceUrl,
    conversation: { id } as ConversationReference['conversation'],
  };
}

function statusOf(error: unknown): number | undefined {
  const { statusCode, status, response } = (error ?? {}) as {
    statusCode?: number;
    status?: number;
    response?: { status?: number };
  };
  return statusCode ?? status ?? response?.status;
}

/** 403 means that the person blocked or removed the bot; 404 that the conversation, or the message, is gone. */
function failure(error: unknown): Delivery {
  const status = statusOf(error);
  if (status === 403) return { outcome: 'unreachable' };
  if (status === 404) return { outcome: 'gone' };
  const retryAfter = retryAfterOf(error);
  const reason = status
    ? `the connector answered ${status}`
    : `the connector could not be reached: ${messageOf(error)}`;
  const passing = status === undefined || PASSING.has(status);
  if (!passing) return { outcome: 'failed', reason, lasting: true };
  return { outcome: 'failed', reason, ...(retryAfter === undefined ? {} : { after: retryAfter }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The wait that the connector asks for, in milliseconds. */
function retryAfterOf(error: unknown): number | undefined {
  const { response } = (error ?? {}) as { response?: { headers?: { get?: (name: string) => string | undefined } } };
  const seconds = Number(response?.headers?.get?.('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}
