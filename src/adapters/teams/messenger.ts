// Messages that nobody is waiting for: posts, updates and roster look-ups through the connector.

import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import {
  type Activity,
  type ConversationParameters,
  type ConversationReference,
  TeamsInfo,
  TurnContext,
} from 'botbuilder';
import type { Address, Delivery, Member, Message, Messenger } from '../../app/ports.ts';
import { AUDIENCE, toActivity, type VerifiedAdapter } from './bot.ts';

/** Statuses after which the same request may succeed later; 401 is about our credentials, not about the message. */
const PASSING = new Set([401, 408, 409, 412, 429, 500, 502, 503, 504]);

export function createMessenger(adapter: VerifiedAdapter, appId: string, tenantId: string | undefined): Messenger {
  const inConversation = async <T>(address: Address, task: (context: TurnContext) => Promise<T>): Promise<T> => {
    let result: T | undefined;
    await adapter.continueConversationAsync(appId, referenceTo(address), async (context) => {
      // The continuation has a made-up id, which would be sent along as the activity that is answered.
      context.activity.id = undefined as never;
      result = await task(context);
    });
    return result as T;
  };
  /**
   * Sends with the client of the SDK, its credentials and its rules for calls, but not with its operations: those copy a
   * card field by field and take as long again as all the rest of a call.
   */
  const deliver = async (method: 'POST' | 'PUT', activity: Activity): Promise<Delivery> => {
    const { id = '', conversation, serviceUrl } = activity;
    const place = ['v3', 'conversations', conversation.id, 'activities', ...(id === '' ? [] : [id])];
    try {
      const client = await adapter.client(appId, serviceUrl);
      const { status, headers, bodyAsText } = await client.sendRequest(
        createPipelineRequest({
          url: `${serviceUrl.replace(/\/+$/, '')}/${place.map(encodeURIComponent).join('/')}`,
          method,
          headers: createHttpHeaders({ 'content-type': 'application/json; charset=utf-8' }),
          body: JSON.stringify(activity),
          // Which addresses are called at all was decided at the door: http only on this machine.
          allowInsecureConnection: true,
        }),
      );
      if (status >= 300) return failure({ status, response: { headers } });
      return { outcome: 'delivered', activityId: id || idIn(bodyAsText) };
    } catch (error) {
      // Taken, and answered with something that the client could not read.
      const taken = Math.trunc((statusOf(error) ?? 0) / 100) === 2;
      return taken ? { outcome: 'delivered', activityId: id } : failure(error);
    }
  };
  return {
    post: (to, message) => deliver('POST', activityFor(to, message)),
    update: async ({ address, activityId }, message) =>
      activityId === '' ? { outcome: 'gone' } : deliver('PUT', { ...activityFor(address, message), id: activityId }),
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

/**
 * What the connector calls the message that it took. It took it also when it does not say so: sent again, it would come
 * twice.
 */
function idIn(body: string | null | undefined): string {
  try {
    const { id } = JSON.parse(body ?? '') as { id?: unknown };
    return typeof id === 'string' ? id : '';
  } catch {
    return '';
  }
}

function activityFor(to: Address, message: Message): Activity {
  return TurnContext.applyConversationReference(toActivity(message), referenceTo(to)) as Activity;
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
