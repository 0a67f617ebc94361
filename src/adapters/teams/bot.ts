// From Teams activities to turns and back: the router. With messenger.ts the only importer of botbuilder and teams-ai.

import { Application, TeamsAdapter, type TurnState } from '@microsoft/teams-ai';
import {
  type Activity,
  CardFactory,
  ConfigurationServiceClientCredentialFactory,
  INVOKE_RESPONSE_KEY,
  MessageFactory,
  TurnContext,
} from 'botbuilder';
import type { Helpdesk } from '../../app/helpdesk.ts';
import type { Turn } from '../../app/people.ts';
import type { Address, Log, Message } from '../../app/ports.ts';
import type { Reply } from '../../app/reply.ts';
import type { PersonId } from '../../domain/terms.ts';
import { locale } from '../../locale/locale.ts';
import { parseActivity } from './activity.ts';

export type Credentials = { clientId: string; tenantId: string; type: string; clientSecret?: string };

/** The token of the Connector is meant for this; a sovereign cloud has its own. */
export const AUDIENCE = 'https://api.botframework.com';
/** How long one call to the connector may take. */
const CALL_MS = 10_000;
/** The platform has an address per region; more than this are not kept at hand. */
const MOST_CLIENTS = 100;

/**
 * The SDK's adapter without its own sign-in: who may come in was decided at the door, by stricter rules (see
 * adapters/sign-in/connector.ts) and with keys that are fetched once. And without a client of the connector and one of
 * the token service made anew for every turn and every message, which the SDK takes most of its time for.
 */
class VerifiedAdapter extends TeamsAdapter {
  private readonly clients = new Map<string, ReturnType<VerifiedAdapter['makeClient']>>();

  /** Runs one activity that the door let in, and gives what an invoke is answered with. */
  async receive(activity: Activity, run: (context: TurnContext) => Promise<void>): Promise<Answered | undefined> {
    const context = new TurnContext(this, activity);
    await this.runMiddleware(context, run);
    return (context.turnState.get(INVOKE_RESPONSE_KEY) as Activity | undefined)?.value;
  }

  /** The client for an address of the platform, which renews its token by itself. */
  client(appId: string, serviceUrl: string): ReturnType<VerifiedAdapter['makeClient']> {
    const there = this.clients.get(serviceUrl);
    if (there) return there;
    if (this.clients.size >= MOST_CLIENTS) this.clients.clear();
    const made = this.makeClient(appId, serviceUrl);
    this.clients.set(serviceUrl, made);
    made.catch(() => this.clients.delete(serviceUrl));
    return made;
  }

  private async makeClient(appId: string, serviceUrl: string) {
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.createClaimsIdentity(appId));
    const client = await factory.create(serviceUrl, AUDIENCE);
    callOnce(client);
    return client;
  }
}

export type { VerifiedAdapter };

export function createAdapter(credentials: Credentials | undefined): VerifiedAdapter {
  const { clientId, tenantId, type, clientSecret } = credentials ?? {};
  const settings = credentials
    ? {
        MicrosoftAppId: clientId,
        MicrosoftAppTenantId: tenantId,
        MicrosoftAppType: type,
        ...(clientSecret ? { MicrosoftAppPassword: clientSecret } : {}),
      }
    : {};
  const adapter = new VerifiedAdapter(settings, new ConfigurationServiceClientCredentialFactory(settings));
  adapter.use(async (context, next) => {
    callOnce(context.turnState.get(adapter.ConnectorClientKey));
    await next();
  });
  return adapter;
}

/**
 * Calls are tried once and end in time: the SDK's own retries would hold up a turn for half a minute, without regard
 * for order per conversation. What fails is tried again by the outbox. The SDK has no setting for it, so its client's
 * pipeline is changed.
 */
function callOnce(connector: unknown): void {
  const pipeline = (connector as { client?: { pipeline?: Pipeline } } | undefined)?.client?.pipeline;
  pipeline?.removePolicy({ phase: 'Retry' });
  pipeline?.addPolicy({
    name: 'callTimeout',
    sendRequest: (request, next) => {
      request.timeout = CALL_MS;
      return next(request);
    },
  });
}

type Request = { timeout: number };
type Pipeline = {
  removePolicy(options: { phase: string }): void;
  addPolicy(policy: {
    name: string;
    sendRequest(request: Request, next: (request: Request) => Promise<unknown>): Promise<unknown>;
  }): void;
};

/** What the platform gets back: a status and a short JSON body, never a text of a library. */
export type Answered = { status: number; body?: unknown };

/** Handles one activity of the platform. Resolves only after the work of the turn is stored. */
export type BotEndpoint = (request: { body: unknown }) => Promise<Answered>;

/** Marks a turn that could not be stored, so that the platform is not told that it was. */
const FAILED = Symbol('failed');

export function createBot(adapter: VerifiedAdapter, helpdesk: Helpdesk, log: Log): BotEndpoint {
  // Router and adapter only: no planner, no turn state of its own. This release shows that it is typing in a turn that
  // takes longer than a second, whatever the option says.
  const app = new Application<TurnState>({ startTypingTimer: false, removeRecipientMention: false });
  const route = (selector: (activity: Activity) => boolean, handler: (context: TurnContext) => Promise<void>): void => {
    app.activity(
      async (context) => selector(context.activity),
      async (context) => handler(context),
    );
  };

  route(
    (activity) => activity.type === 'message' && (activity.value === undefined || activity.value === null),
    async (context) => {
      const { activity } = context;
      const attachment = (activity.attachments ?? []).some(({ contentType }) => contentType !== 'text/html');
      await speak(context, helpdesk, log, (turn) => helpdesk.message(turn, typedText(activity), attachment));
    },
  );
  route(
    (activity) => activity.type === 'message',
    (context) => speak(context, helpdesk, log, (turn) => helpdesk.act(turn, context.activity.value)),
  );
  route(
    (activity) => isInvoke(activity, 'adaptiveCard/action'),
    (context) =>
      respond(context, log, (turn) => helpdesk.act(turn, context.activity.value?.action?.data), cardResponse),
  );
  route(
    (activity) => isInvoke(activity, 'task/fetch') || isInvoke(activity, 'task/submit'),
    (context) => respond(context, log, (turn) => helpdesk.act(turn, context.activity.value?.data), taskResponse),
  );
  route(
    (activity) => isInvoke(activity, 'composeExtension/fetchTask'),
    (context) => respond(context, log, (turn) => helpdesk.onMessage(away(turn), context.activity.value), taskResponse),
  );
  route(
    (activity) => isInvoke(activity, 'composeExtension/submitAction'),
    (context) => respond(context, log, (turn) => helpdesk.act(away(turn), context.activity.value?.data), taskResponse),
  );
  route(
    (activity) => isInvoke(activity, 'composeExtension/query'),
    async (context) => {
      const found = await answerOr(context, log, (turn) => helpdesk.search(away(turn), context.activity.value), {
        items: [],
        sentence: locale.fault.again,
      });
      await sendInvoke(context, 200, searchResponse(found));
    },
  );
  route(
    (activity) => isInvoke(activity, 'application/search'),
    async (context) => {
      const results = await answerOr(context, log, (turn) => helpdesk.choices(turn, context.activity.value), []);
      await sendInvoke(context, 200, {
        statusCode: 200,
        type: 'application/vnd.microsoft.search.searchResponse',
        value: { results },
      });
    },
  );
  route(isInstallation, (context) => speak(context, helpdesk, log, (turn) => helpdesk.installed(turn)));
  // The first match wins, so what is left comes last: an invoke must have an answer, anything else needs none.
  route(
    (activity) => activity.type === 'invoke',
    (context) => sendInvoke(context, 501, {}),
  );

  return async ({ body }) => {
    const activity = parseActivity(body);
    if (!activity) return { status: 400, body: { error: 'not an activity of the platform' } };
    let failed = false;
    try {
      const answered = await adapter.receive(activity, async (context) => {
        await app.run(context);
        failed = context.turnState.get(FAILED) === true;
      });
      if (failed) return { status: 503, body: { error: 'not stored, send it again' } };
      return { status: answered?.status ?? 200, body: answered?.body };
    } catch (error) {
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'an activity could not be handled');
      return { status: 500, body: { error: 'internal error' } };
    }
  };
}

function isInvoke(activity: Activity, name: string): boolean {
  return activity.type === 'invoke' && activity.name === name;
}

/** The bot was added for one person; adding it to a team greets nobody. */
function isInstallation(activity: Activity): boolean {
  return (
    activity.type === 'conversationUpdate' &&
    activity.conversation?.conversationType === 'personal' &&
    (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient?.id)
  );
}

/** The words without the mention of the bot, with Teams' HTML entities and non-breaking spaces undone. */
function typedText(activity: Activity): string {
  const mentions = (activity.entities ?? []).flatMap((entity) =>
    entity.type === 'mention' && entity.mentioned?.id === activity.recipient?.id ? [String(entity.text ?? '')] : [],
  );
  const spoken = mentions.reduce(
    (text, mention) => (mention === '' ? text : text.split(mention).join(' ')),
    activity.text ?? '',
  );
  return spoken
    .replace(/^\s*<at>[^<]*<\/at>/, '')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}

/** Where an activity came from, thread included. */
function placeOf({ conversation, serviceUrl }: Activity): Address {
  const [conversationId = '', thread] = conversation.id.split(';messageid=');
  return { conversationId, serviceUrl, ...(thread ? { thread } : {}) };
}

/** The verified sender and place of an activity; undefined when the platform left out who or where. */
function turnOf(activity: Activity): Turn | undefined {
  const { from, conversation, serviceUrl } = activity;
  if (!from?.id || !conversation?.id || !serviceUrl) return undefined;
  const { conversationId } = placeOf(activity);
  const { conversationType } = conversation;
  const now = Date.now();
  const sent = activity.timestamp ? new Date(activity.timestamp).getTime() : now;
  return {
    person: (from.aadObjectId ?? from.id) as PersonId,
    userId: from.id,
    name: from.name || locale.common.requester,
    place:
      conversationType === 'channel' || activity.channelData?.channel
        ? 'channel'
        : conversationType === 'groupChat'
          ? 'group'
          : 'personal',
    address: { conversationId, serviceUrl },
    sentAt: Number.isFinite(sent) && sent <= now + 300_000 ? sent : now,
  };
}

async function speak(
  context: TurnContext,
  helpdesk: Helpdesk,
  log: Log,
  task: (turn: Turn) => Promise<Reply>,
): Promise<void> {
  const reply = await attempt(context, log, task);
  const messages: Message[] =
    reply.kind === 'messages'
      ? reply.messages
      : reply.kind === 'text'
        ? [{ summary: locale.fault.summary, text: reply.text }]
        : reply.kind === 'card' || reply.kind === 'dialog'
          ? [{ summary: locale.common.more, card: reply.card }]
          : [];
  await helpdesk.deliver(placeOf(context.activity), messages);
}

async function respond(
  context: TurnContext,
  log: Log,
  task: (turn: Turn) => Promise<Reply>,
  shape: (reply: Reply) => object,
): Promise<void> {
  const reply = await attempt(context, log, task);
  await sendInvoke(context, 200, shape(reply));
}

/** Faults end here: the person gets one honest sentence, the log the reason, and nothing is acknowledged as done. */
async function attempt(context: TurnContext, log: Log, task: (turn: Turn) => Promise<Reply>): Promise<Reply> {
  const turn = turnOf(context.activity);
  if (!turn) return { kind: 'text', text: locale.fault.oldCard };
  try {
    return await task(turn);
  } catch (error) {
    log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a turn failed');
    if (context.activity.type === 'message') context.turnState.set(FAILED, true);
    return { kind: 'text', text: locale.fault.again };
  }
}

/** In a chat of which the bot may be no part. A channel proves who is in it, wherever the action was chosen. */
const away = (turn: Turn): Turn => (turn.place === 'channel' ? turn : { ...turn, place: 'elsewhere' });

/** What a task finds, or what to say when it cannot look: the log has the reason. */
async function answerOr<Found>(
  context: TurnContext,
  log: Log,
  task: (turn: Turn) => Promise<Found>,
  otherwise: Found,
): Promise<Found> {
  const turn = turnOf(context.activity);
  if (!turn) return otherwise;
  try {
    return await task(turn);
  } catch (error) {
    log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a search failed');
    return otherwise;
  }
}

function searchResponse({ items, sentence }: Awaited<ReturnType<Helpdesk['search']>>): object {
  if (items.length === 0) return { composeExtension: { type: 'message', text: sentence } };
  const attachments = items.map(({ title, hint, card }) => ({
    ...CardFactory.adaptiveCard(card),
    preview: CardFactory.thumbnailCard(title, hint),
  }));
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

async function sendInvoke(context: TurnContext, status: number, body: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, body } });
}

/** Answered by ourselves: the SDK would turn a card with `refresh` into a change for everybody. */
function cardResponse(reply: Reply): object {
  if (reply.kind === 'card' || reply.kind === 'dialog') {
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: reply.card };
  }
  const card = reply.kind === 'messages' ? reply.messages.find((message) => message.card)?.card : undefined;
  if (card) return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  const text = reply.kind === 'text' ? reply.text : reply.kind === 'messages' ? (reply.messages[0]?.text ?? '') : '';
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

function taskResponse(reply: Reply): object {
  switch (reply.kind) {
    case 'dialog':
      return continueWith(reply.title, reply.card);
    case 'card':
      return continueWith(locale.common.open, reply.card);
    case 'text':
      return { task: { type: 'message', value: reply.text } };
    case 'messages': {
      const [first] = reply.messages;
      return first?.card
        ? continueWith(first.summary, first.card)
        : { task: { type: 'message', value: first?.text ?? '' } };
    }
    case 'done':
      return {};
  }
}

function continueWith(title: string, card: object): object {
  const attachment = CardFactory.adaptiveCard(card);
  return { task: { type: 'continue', value: { title, height: 'medium', width: 'medium', card: attachment } } };
}

/** A message as the platform takes it. The summary is what a notification shows. */
export function toActivity(message: Message): Partial<Activity> {
  if (message.card)
    return { ...MessageFactory.attachment(CardFactory.adaptiveCard(message.card)), summary: message.summary };
  const { mention } = message;
  if (!mention) return { type: 'message', text: message.text ?? '', textFormat: 'markdown', summary: message.summary };
  const at = `<at>${mention.name.replace(/[<>&]/g, '')}</at>`;
  return {
    type: 'message',
    text: `${at} ${message.text ?? ''}`,
    summary: message.summary,
    entities: [{ type: 'mention', text: at, mentioned: { id: mention.id, name: mention.name } }],
  };
}
