// Behaves as the Teams client of several people towards a bot: what it sends for each thing a person does, and what each person then sees. Knows nothing of this bot or of any page.

import { type CardAction, collect, find, type Inputs, isObject, type Json, merged } from './card.ts';
import { type Activity, type Connector, cardOf, type Member, type Message, place, threadOf } from './connector.ts';

/** What a person sees after pressing. `activity` is what was delivered, to be delivered again at will. */
export type Outcome = { activity?: Activity } & (
  | { kind: 'card'; card: Json }
  | { kind: 'text'; text: string }
  | { kind: 'error'; status: number; code: string; text: string }
  | { kind: 'dialog'; dialog: Dialog }
  /** The dialog went away without a word. */
  | { kind: 'closed' }
  /** A message was posted in the conversation. */
  | { kind: 'posted'; message: Message }
  /** Required inputs are empty, by id; nothing was sent. */
  | { kind: 'invalid'; inputs: string[] }
  /** Something inside the client: a link, a part shown or hidden. */
  | { kind: 'local' }
);

/** An open task module. `fill` keeps values by input id or label until the next card comes. */
export type Dialog = {
  title: string;
  card: Json;
  width?: unknown;
  height?: unknown;
  fill(inputs: Inputs): Dialog;
  press(title: string | RegExp, inputs?: Inputs, options?: { validate?: boolean }): Promise<Outcome>;
  /** Does one action with the values as they are, without validation. */
  perform(action: CardAction, inputs: Inputs): Promise<Outcome>;
};

export type Teams = {
  connector: Connector;
  /** The bot is added to a member's chat (default) or to the team of a channel. */
  install(who: Member, channel?: string): Promise<void>;
  /**
   * Writes to the bot: in the one-to-one chat, or in a channel (its id, `;messageid=…` for a thread) with a mention.
   * `mention: false` writes in the channel only, and Teams then tells the bot nothing.
   * Rejects with the status in the message when the bot does not acknowledge.
   */
  say(who: Member, text: string, where?: string, options?: { mention?: boolean }): Promise<Message>;
  /**
   * Presses the first action whose title matches, on the card this person sees or on `options.card`, an older one.
   * Inputs go by id or by label; `validate: false` skips the client's own check of required inputs.
   * Throws when no action matches.
   */
  press(
    who: Member,
    message: Message,
    title: string | RegExp,
    inputs?: Inputs,
    options?: { validate?: boolean; card?: Json },
  ): Promise<Outcome>;
  /** Does one action with these inputs, without looking for it on a card and without validation. */
  perform(who: Member, message: Message, action: CardAction, inputs: Inputs): Promise<Outcome>;
  /** Chooses an action of the bot on a message, in whatever chat it stands. */
  act(who: Member, message: Message, command: string): Promise<Outcome>;
  /** Searches with the bot: cards to insert, or the sentence that it says instead. */
  search(
    who: Member,
    text: string,
  ): Promise<{ found: { title: string; text: string; card: Json }[]; sentence: string }>;
  /** What the bot offers in a field for the words so far. */
  choices(who: Member, message: Message, dataset: string, text: string): Promise<{ title: string; value: string }[]>;
  /** Looks at a message as the client does when it comes into view: refreshes the card when the card asks that for this person. */
  open(who: Member, message: Message): Promise<Json | undefined>;
  /** The card this person sees now, without a refresh. */
  see(who: Member, message: Message): Json | undefined;
  /** The one-to-one chat, oldest first, deleted messages left out. */
  chat(who: Member): Message[];
  /** A channel, oldest first, deleted messages left out. */
  posts(channel: string): Message[];
  /** Hands over an activity as it is, for instance once more. `body` is the invoke response. */
  deliver(activity: Activity): Promise<{ status: number; body: unknown }>;
};

/** Teams waits this long for the answer to an invoke. */
const PATIENCE = 15_000;
/** Above this many members a card without userIds is not refreshed by itself: learn.microsoft.com, "Universal Actions". */
const SMALL_GROUP = 60;

function brusselsTime(at: number): string {
  const offset = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Brussels', timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')!
    .value.slice(3);
  const hours = Number(offset.slice(0, 3));
  return new Date(at + hours * 3_600_000).toISOString().replace('Z', offset);
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);

/**
 * The clients of everybody in `connector`, talking to the bot at `botUrl` (its messages endpoint).
 * `connectorUrl` is where the bot finds the connector. `deliver` of an unreachable bot rejects.
 */
export function createTeams(options: { botUrl: string; connectorUrl: string; connector: Connector }): Teams {
  const { connector } = options;
  const { bot, tenantId } = connector;
  /** What a person was given for themselves; it holds until the message itself changes. */
  const views = new Map<string, { card: Json; version: number }>();
  const viewKey = (who: Member, message: Message) => `${who.id} ${message.conversation} ${message.id}`;
  let sent = 0;

  async function deliver(activity: Activity): Promise<{ status: number; body: unknown }> {
    const response = await fetch(options.botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.text();
    try {
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      return { status: response.status, body: text };
    }
  }

  async function acknowledged(activity: Activity): Promise<void> {
    const { status, body } = await deliver(activity);
    if (status >= 400) throw new Error(`the bot answered ${status} ${JSON.stringify(body ?? '')}`);
  }

  /** The fields that every activity of a person in a place has. */
  function envelope(who: Member, where: string): Activity {
    const now = Date.now();
    const target = connector.conversation(where);
    if (!target) throw new Error(`there is no conversation ${where}`);
    const common = {
      type: 'message',
      id: `f:${now}${String(++sent).padStart(6, '0')}`,
      timestamp: new Date(now).toISOString(),
      localTimestamp: brusselsTime(now),
      localTimezone: 'Europe/Brussels',
      locale: 'nl-BE',
      channelId: 'msteams',
      serviceUrl: options.connectorUrl,
      from: { id: who.id, name: who.name, aadObjectId: who.aadObjectId },
      recipient: { id: bot.id, name: bot.name },
      entities: [
        { type: 'clientInfo', locale: 'nl-BE', country: 'BE', platform: 'Web', timezone: 'Europe/Brussels' },
      ] as Json[],
    };
    if (target.kind === 'personal') {
      return {
        ...common,
        conversation: { conversationType: 'personal', tenantId, id: target.id },
        channelData: { tenant: { id: tenantId } },
      };
    }
    const { channel } = target;
    return {
      ...common,
      conversation: { isGroup: true, conversationType: 'channel', tenantId, id: where, name: channel.name },
      channelData: {
        teamsChannelId: channel.id,
        teamsTeamId: channel.team.id,
        channel: { id: channel.id, name: channel.name },
        team: channel.team,
        tenant: { id: tenantId },
      },
    };
  }

  const placeOf = (message: Message) =>
    connector.conversation(message.conversation)?.kind === 'channel' ? threadOf(message) : message.conversation;

  function invoke(who: Member, message: Message, name: string, value: unknown): Activity {
    const activity = envelope(who, placeOf(message));
    const channelData = { ...(activity.channelData as Json), source: { name: 'message' } };
    return { ...activity, type: 'invoke', name, value, replyToId: message.id, channelData };
  }

  const failed = (status: number, body: unknown): Outcome => {
    const inner = isObject(body) && isObject(body.value) ? body.value : isObject(body) ? body : {};
    return {
      kind: 'error',
      status,
      code: String(inner.code ?? (isObject(inner.error) ? inner.error.code : undefined) ?? status),
      text: typeof inner.message === 'string' ? inner.message : '',
    };
  };

  async function execute(who: Member, message: Message, action: CardAction, trigger: string): Promise<Outcome> {
    const { type, title, id, verb, data } = action;
    const activity = invoke(who, message, 'adaptiveCard/action', { action: { type, title, id, verb, data }, trigger });
    const { status, body } = await deliver(activity);
    const code = isObject(body) && typeof body.statusCode === 'number' ? body.statusCode : status;
    if (status >= 400 || code >= 400 || !isObject(body)) return { ...failed(code, body), activity };
    if (body.type === 'application/vnd.microsoft.card.adaptive' && isObject(body.value)) {
      views.set(viewKey(who, message), { card: body.value, version: message.history.length });
      return { kind: 'card', card: body.value, activity };
    }
    if (body.type === 'application/vnd.microsoft.activity.message') {
      return { kind: 'text', text: String(body.value ?? ''), activity };
    }
    return { ...failed(code, body), activity };
  }

  /** What a task/fetch or task/submit answer does to the dialog: a new card, a text, or the end. */
  async function task(
    who: Member,
    message: Message,
    name: string,
    data: unknown,
    open?: Dialog,
    about?: Json,
  ): Promise<Outcome> {
    const value = about
      ? { ...about, ...(data === undefined ? {} : { data }) }
      : { data, context: { theme: 'default' } };
    const activity = invoke(who, message, name, value);
    const { status, body } = await deliver(activity);
    if (status >= 400) return { ...failed(status, body), activity };
    const answer = isObject(body) && isObject(body.task) ? body.task : undefined;
    if (!answer) return { kind: 'closed', activity };
    if (answer.type === 'message') return { kind: 'text', text: String(answer.value ?? ''), activity };
    const info = isObject(answer.value) ? answer.value : {};
    const card = isObject(info.card) ? (info.card.content ?? info.card) : undefined;
    if (!isObject(card)) return { kind: 'error', status, code: 'NoCard', text: 'The dialog has no card.', activity };
    const fresh = { title: String(info.title ?? ''), card, width: info.width, height: info.height };
    const dialog = open ? Object.assign(open, fresh) : dialogOf(who, message, fresh, about);
    return { kind: 'dialog', dialog, activity };
  }

  function dialogOf(
    who: Member,
    message: Message,
    first: Pick<Dialog, 'title' | 'card' | 'width' | 'height'>,
    about?: Json,
  ): Dialog {
    const submit = about ? 'composeExtension/submitAction' : 'task/submit';
    let filled: Inputs = {};
    const dialog: Dialog = {
      ...first,
      fill(inputs) {
        filled = { ...filled, ...inputs };
        return dialog;
      },
      async press(title, inputs = {}, { validate = true } = {}) {
        const found = find(dialog.card, title);
        const { values, missing } = collect(found, { ...filled, ...inputs });
        if (validate && missing.length > 0) return { kind: 'invalid', inputs: missing };
        return dialog.perform(found.action, values);
      },
      async perform(action, inputs) {
        if (action.type === 'Action.Execute') throw new Error('Teams takes no Action.Execute in a dialog');
        if (action.type !== 'Action.Submit') return { kind: 'local' };
        filled = {};
        return task(who, message, submit, merged(action, inputs), dialog, about);
      },
    };
    return dialog;
  }

  async function perform(who: Member, message: Message, action: CardAction, inputs: Inputs): Promise<Outcome> {
    if (action.type === 'Action.Execute') {
      return execute(who, message, { ...action, data: merged(action, inputs) }, 'manual');
    }
    if (action.type !== 'Action.Submit') return { kind: 'local' };
    const data = merged(action, inputs);
    const special = isObject(data.msteams) ? data.msteams : {};
    if (special.type === 'task/fetch') return task(who, message, 'task/fetch', data);
    const where = placeOf(message);
    if (special.type === 'imBack') return { kind: 'posted', message: await say(who, String(special.value), where) };
    const shown = special.type === 'messageBack' ? String(special.displayText ?? special.text ?? '') : undefined;
    const { msteams, ...rest } = data;
    const activity: Activity = {
      ...envelope(who, where),
      value: special.type === 'messageBack' ? special.value : rest,
      replyToId: message.id,
      ...(special.type === 'messageBack' ? { text: String(special.text ?? '') } : {}),
    };
    if (shown) connector.post(where, who.id, { ...activity, text: shown });
    await acknowledged(activity);
    return { kind: 'posted', message, activity };
  }

  async function say(who: Member, text: string, where?: string, { mention = true } = {}): Promise<Message> {
    const home = where ?? connector.personal(who).id;
    const inChannel = connector.conversation(home)?.kind === 'channel';
    const base: Activity = { ...envelope(who, home), textFormat: 'plain' };
    if (!inChannel) {
      const message = connector.post(home, who.id, { ...base, text });
      await acknowledged({ ...base, text, id: message.id });
      return message;
    }
    const tag = `<at>${bot.name}</at>`;
    const words = text.replace(new RegExp(`^\\s*@${bot.name}\\b`, 'i'), '').trim();
    const full = mention ? `${tag} ${words}` : text;
    const message = connector.post(home, who.id, { ...base, text: full });
    if (!mention) return message;
    const entity = { type: 'mention', mentioned: { id: bot.id, name: bot.name }, text: tag };
    await acknowledged({
      ...base,
      id: message.id,
      text: full,
      // A new post is the start of its own thread.
      conversation: { ...(base.conversation as Json), id: threadOf(message) },
      entities: [entity, ...(base.entities as Json[])],
      attachments: [{ contentType: 'text/html', content: `<div>${tag}&nbsp;${escapeHtml(words)}</div>` }],
      ...(message.thread === undefined ? {} : { replyToId: message.thread }),
    });
    return message;
  }

  function see(who: Member, message: Message): Json | undefined {
    const own = views.get(viewKey(who, message));
    return own?.version === message.history.length ? own.card : cardOf(message.activity);
  }

  const visible = (id: string) => (connector.conversation(id)?.messages ?? []).filter((message) => !message.deleted);

  return {
    connector,
    deliver,
    perform,
    say,
    see,
    async install(who, channel) {
      const base = envelope(who, channel ?? connector.personal(who).id);
      const added = { ...base, type: 'conversationUpdate', membersAdded: [{ id: bot.id }] };
      if (channel) {
        const channelData = { ...(base.channelData as Json), eventType: 'teamMemberAdded' };
        return acknowledged({ ...added, channelData });
      }
      await acknowledged(added);
      await acknowledged({ ...envelope(who, connector.personal(who).id), type: 'installationUpdate', action: 'add' });
    },
    act(who, message, command) {
      const author = connector.members.find(({ id }) => id === message.from);
      const about = {
        commandId: command,
        commandContext: 'message',
        context: { theme: 'default' },
        messagePayload: {
          id: message.id,
          messageType: 'message',
          createdDateTime: new Date(message.at).toISOString(),
          body: { contentType: 'html', content: `<div>${escapeHtml(String(message.activity.text ?? ''))}</div>` },
          from: { user: author && { id: author.aadObjectId, displayName: author.name, userIdentityType: 'aadUser' } },
        },
      };
      return task(who, message, 'composeExtension/fetchTask', undefined, undefined, about);
    },
    async search(who, text) {
      const parameters = [text === '' ? { name: 'initialRun', value: 'true' } : { name: 'query', value: text }];
      const value = { commandId: 'searchFaq', parameters, queryOptions: { skip: 0, count: 25 } };
      const home = envelope(who, connector.personal(who).id);
      const { body } = await deliver({ ...home, type: 'invoke', name: 'composeExtension/query', value });
      const answer = isObject(body) && isObject(body.composeExtension) ? body.composeExtension : {};
      const attachments = Array.isArray(answer.attachments) ? (answer.attachments as Json[]) : [];
      return {
        sentence: String(answer.text ?? ''),
        found: attachments.map(({ content, preview }) => {
          const { title, text: hint } = (preview as { content: Json }).content;
          return { title: String(title), text: String(hint ?? ''), card: content as Json };
        }),
      };
    },
    async choices(who, message, dataset, text) {
      const value = { kind: 'search', queryText: text, queryOptions: { skip: 0, top: 15 }, dataset };
      const { body } = await deliver(invoke(who, message, 'application/search', value));
      const found = isObject(body) && isObject(body.value) ? body.value.results : undefined;
      return Array.isArray(found) ? (found as { title: string; value: string }[]) : [];
    },
    async press(who, message, title, inputs = {}, { validate = true, card } = {}) {
      const found = find(card ?? see(who, message), title);
      const { values, missing } = collect(found, inputs);
      if (validate && missing.length > 0) return { kind: 'invalid', inputs: missing };
      return perform(who, message, found.action, values);
    },
    async open(who, message) {
      const card = see(who, message);
      const refresh = isObject(card?.refresh) ? card.refresh : undefined;
      if (!isObject(refresh?.action) || card !== cardOf(message.activity)) return card;
      const target = connector.conversation(message.conversation)!;
      const forWhom = Array.isArray(refresh.userIds) ? refresh.userIds : undefined;
      const wanted = forWhom ? forWhom.includes(who.id) : connector.roster(target).length <= SMALL_GROUP;
      if (wanted) await execute(who, message, refresh.action as CardAction, 'automatic');
      return see(who, message);
    },
    chat: (who) => visible(connector.personal(who).id),
    posts: (channel) => visible(place(channel).conversation),
  };
}
