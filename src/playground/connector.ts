// Stands in for the Bot Connector of Teams: keeps conversations in memory and answers what a bot calls out to. Knows nothing of this bot, its cards or any page.

import { createHash } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';

/** Any Bot Framework activity; only the fields that are read here are named. */
export type Activity = {
  type: string;
  id?: string;
  text?: string;
  summary?: string;
  replyToId?: string;
  attachments?: { contentType: string; content?: unknown }[];
  [field: string]: unknown;
};

/** An account as the roster of Teams gives it. `id` is the "29:…" id that bots see. */
export type Member = {
  id: string;
  aadObjectId: string;
  name: string;
  givenName: string;
  surname: string;
  email: string;
  userPrincipalName: string;
  tenantId: string;
  userRole: 'user';
};

/** A channel of a team. `members` holds the aadObjectIds of who may look in it. */
export type Channel = { id: string; name: string; team: { id: string; name: string }; members: string[] };

/** One message. `history` holds its earlier versions, oldest first; in a channel `thread` is the id of the post it replies to. */
export type Message = {
  id: string;
  conversation: string;
  thread?: string;
  /** The id of the bot or of a member. */
  from: string;
  at: number;
  activity: Activity;
  history: Activity[];
  deleted: boolean;
};

type Conversation =
  | { id: string; kind: 'personal'; member: Member; messages: Message[] }
  | { id: string; kind: 'channel'; channel: Channel; messages: Message[] };

type Call = 'create' | 'post' | 'reply' | 'update' | 'delete' | 'members';

/**
 * What goes wrong with one call. `delay` is in milliseconds and may stand alone; `retryAfter` is in seconds.
 * `cut: 'before'` drops the connection and does nothing, `cut: 'after'` does it and then loses the answer.
 */
type Fault = {
  delay?: number;
  status?: number;
  code?: string;
  retryAfter?: number;
  cut?: 'before' | 'after';
};
/** Asked before every call; `conversation` is the id as the bot wrote it, thread included. */
type FaultPlan = (call: { method: Call; conversation: string; activity: Activity | undefined }) => Fault | undefined;

export type Change =
  | { kind: 'posted' | 'updated' | 'deleted'; message: Message }
  | { kind: 'typing'; conversation: string };

export type Connector = {
  router: Router;
  bot: { id: string; name: string };
  tenantId: string;
  members: Member[];
  channels: Channel[];
  /** The one-to-one conversation of a member with the bot; it always exists, as in Teams after an install. */
  personal(member: Member): Conversation;
  /** By id, thread suffix allowed. */
  conversation(id: string): Conversation | undefined;
  message(conversation: string, id: string): Message | undefined;
  /** Who is in a conversation. */
  roster(conversation: Conversation): Member[];
  /** Adds a message on behalf of a member, without telling the bot. `to` may hold `;messageid=…`. */
  post(to: string, from: string, activity: Activity): Message;
  /** Calls the listener after each change; gives back how to stop. */
  onChange(listener: (change: Change) => void): () => void;
  /** Replaces the plan of what goes wrong; without an argument all goes well again. */
  faults(plan?: FaultPlan): void;
};

const THREAD = ';messageid=';
/** Teams refuses larger messages: learn.microsoft.com, "Format your bot messages", status 413. */
const LARGEST_MESSAGE = 100 * 1024;

const opaque = (of: string) => createHash('sha256').update(of).digest('base64url');

/** An account from what identifies it. `aadObjectId` is a uuid; the "29:…" id follows from it and stays the same over runs. */
export function account(of: { aadObjectId: string; name: string; email: string; tenantId: string }): Member {
  const [givenName = '', ...rest] = of.name.split(' ');
  return {
    id: `29:1${opaque(of.aadObjectId)}`,
    aadObjectId: of.aadObjectId,
    name: of.name,
    givenName,
    surname: rest.join(' '),
    email: of.email,
    userPrincipalName: of.email,
    tenantId: of.tenantId,
    userRole: 'user',
  };
}

/** The id of a conversation and the thread in it: "19:…;messageid=17" gives both parts. */
export function place(id: string): { conversation: string; thread?: string } {
  const at = id.indexOf(THREAD);
  return at < 0 ? { conversation: id } : { conversation: id.slice(0, at), thread: id.slice(at + THREAD.length) };
}

/** The conversation id under which a bot answers in the thread of a message. */
export const threadOf = (message: Message): string => `${message.conversation}${THREAD}${message.thread ?? message.id}`;

/** The adaptive card of an activity, if it carries one. */
export function cardOf(activity: Activity): Record<string, unknown> | undefined {
  const attachment = activity.attachments?.find((one) => one.contentType === 'application/vnd.microsoft.card.adaptive');
  return attachment?.content as Record<string, unknown> | undefined;
}

/**
 * A connector with its model. Mount `router` anywhere and give that address to the bot as `serviceUrl`.
 * Errors are answered as Teams does: `{ error: { code, message } }` with 400, 404 or 413.
 */
export function createConnector(options: {
  members: Member[];
  channels?: Channel[];
  bot?: { id: string; name: string };
  tenantId?: string;
}): Connector {
  const bot = options.bot ?? { id: '28:helpdesk', name: 'Helpdesk' };
  const tenantId = options.tenantId ?? options.members[0]?.tenantId ?? 'tenant';
  const channels = options.channels ?? [];
  const members = options.members;
  const conversations = new Map<string, Conversation>();
  const messages = new Map<string, Message>();
  const listeners = new Set<(change: Change) => void>();
  const started = Date.now();
  let plan: FaultPlan | undefined;
  let lastId = started;

  const personalId = (member: Member) => `a:1${opaque(`${bot.id} ${member.id}`)}`;
  for (const member of members) {
    const id = personalId(member);
    conversations.set(id, { id, kind: 'personal', member, messages: [] });
  }
  for (const channel of channels) {
    conversations.set(channel.id, { id: channel.id, kind: 'channel', channel, messages: [] });
  }

  const key = (conversation: string, id: string) => `${conversation} ${id}`;
  const tell = (change: Change) => {
    for (const listener of listeners) listener(change);
  };
  const conversation = (id: string) => conversations.get(place(id).conversation);
  const memberBy = (list: Member[], id: string) => list.find((one) => one.id === id || one.aadObjectId === id);

  function roster(of: Conversation): Member[] {
    if (of.kind === 'personal') return [of.member];
    const inside = new Set(of.channel.members);
    return members.filter((member) => inside.has(member.aadObjectId));
  }

  /** Teams asks for the members of a team by the id of the team, those of a chat by the conversation. */
  function rosterBy(id: string): Member[] | undefined {
    const found = conversation(id);
    if (found) return roster(found);
    const ofTeam = channels.filter((channel) => channel.team.id === id);
    if (ofTeam.length === 0) return undefined;
    const inside = new Set(ofTeam.flatMap((channel) => channel.members));
    return members.filter((member) => inside.has(member.aadObjectId));
  }

  function add(to: Conversation, thread: string | undefined, from: string, activity: Activity, id?: string): Message {
    lastId = Math.max(lastId + 1, Date.now());
    const message: Message = {
      id: id ?? String(lastId),
      conversation: to.id,
      ...(to.kind === 'channel' && thread !== undefined ? { thread } : {}),
      from,
      at: Date.now(),
      activity,
      history: [],
      deleted: false,
    };
    to.messages.push(message);
    messages.set(key(to.id, message.id), message);
    tell({ kind: 'posted', message });
    return message;
  }

  const refuse = (res: Response, status: number, code: string, message: string) =>
    res.status(status).json({ error: { code, message } });
  const noConversation = (res: Response) => refuse(res, 404, 'ConversationNotFound', 'Conversation not found.');

  /** Lets the plan of faults have its way around what a call does. */
  async function guarded(method: Call, req: Request, res: Response, act: () => void): Promise<void> {
    const fault = plan?.({ method, conversation: String(req.params.id ?? ''), activity: activityOf(req) });
    if (fault?.delay) await new Promise((wake) => setTimeout(wake, fault.delay));
    if (fault?.cut === 'before') {
      req.socket.destroy();
      return;
    }
    if (fault?.status) {
      if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
      refuse(res, fault.status, fault.code ?? 'InjectedFault', `Injected status ${fault.status}.`);
      return;
    }
    if (fault?.cut === 'after') {
      // What the call does is done; only the caller never hears of it.
      res.json = () => {
        req.socket.destroy();
        return res;
      };
    }
    act();
  }

  function activityOf(req: Request): Activity | undefined {
    const body: unknown = req.body;
    if (typeof body !== 'object' || body === null) return undefined;
    if ('type' in body && typeof body.type === 'string') return body as Activity;
    return 'activity' in body ? ((body.activity as Activity | null) ?? undefined) : undefined;
  }

  /** Takes in what a bot sends; typing is shown and forgotten, as it is in Teams. */
  function receive(res: Response, to: string, activity: Activity | undefined, repliesTo?: string): void {
    const target = conversation(to);
    if (!target) return void noConversation(res);
    if (!activity) return void refuse(res, 400, 'BadSyntax', 'Activity is missing or has no type.');
    if (JSON.stringify(activity).length > LARGEST_MESSAGE) {
      return void refuse(res, 413, 'MessageSizeTooBig', 'Message size too large.');
    }
    if (activity.type === 'typing') {
      tell({ kind: 'typing', conversation: target.id });
      return void res.status(201).json({ id: String(++lastId) });
    }
    // A proactive message of the SDK replies to an activity that it made up itself; Teams goes by the conversation id then.
    const replied = messages.get(key(target.id, repliesTo ?? ''));
    const thread = place(to).thread ?? replied?.thread ?? replied?.id;
    res.status(201).json({ id: add(target, thread, bot.id, activity).id });
  }

  function create(req: Request, res: Response): void {
    const wanted = req.body as {
      members?: { id?: string }[];
      channelData?: { channel?: { id?: string } };
      activity?: Activity;
    };
    const channel = wanted.channelData?.channel?.id;
    const member = memberBy(members, wanted.members?.[0]?.id ?? '');
    const target = channel ? conversation(channel) : member && conversation(personalId(member));
    if (!target) return void refuse(res, 400, 'BadArgument', 'Failed to decrypt conversation id.');
    const first = wanted.activity ? add(target, undefined, bot.id, wanted.activity) : undefined;
    res.status(201).json({
      id: first && channel ? threadOf(first) : target.id,
      ...(first ? { activityId: first.id } : {}),
      serviceUrl: `${req.protocol}://${req.get('host')}${req.baseUrl}`,
    });
  }

  function update(id: string, activityId: string, res: Response, activity: Activity | undefined): void {
    const target = conversation(id);
    if (!target) return void noConversation(res);
    const message = messages.get(key(target.id, activityId));
    if (!activity) return void refuse(res, 400, 'BadSyntax', 'Activity is missing or has no type.');
    if (message && !message.deleted) {
      message.history.push(message.activity);
      message.activity = activity;
      tell({ kind: 'updated', message });
    } else if (Number(activityId) < started) {
      // Teams remembers what an earlier run of this process has forgotten: show it again where it was.
      add(target, place(id).thread, bot.id, activity, activityId);
    } else {
      return void refuse(res, 404, 'ActivityNotFoundInConversation', 'The activity is not in the conversation.');
    }
    res.json({ id: activityId });
  }

  function remove(id: string, activityId: string, res: Response): void {
    const message = messages.get(key(place(id).conversation, activityId));
    if (!message) return void refuse(res, 404, 'ActivityNotFoundInConversation', 'No such activity.');
    message.deleted = true;
    tell({ kind: 'deleted', message });
    res.json({});
  }

  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  router.post('/v3/conversations', (req, res) => guarded('create', req, res, () => create(req, res)));
  router.post('/v3/conversations/:id/activities', (req, res) =>
    guarded('post', req, res, () => receive(res, req.params.id, activityOf(req))),
  );
  router
    .route('/v3/conversations/:id/activities/:activityId')
    .post((req, res) =>
      guarded('reply', req, res, () => receive(res, req.params.id, activityOf(req), req.params.activityId)),
    )
    .put((req, res) =>
      guarded('update', req, res, () => update(req.params.id, req.params.activityId, res, activityOf(req))),
    )
    .delete((req, res) => guarded('delete', req, res, () => remove(req.params.id, req.params.activityId, res)));
  router.get('/v3/conversations/:id/members', (req, res) =>
    guarded('members', req, res, () => {
      const list = rosterBy(req.params.id);
      if (list) res.json(list);
      else noConversation(res);
    }),
  );
  router.get('/v3/conversations/:id/pagedmembers', (req, res) =>
    guarded('members', req, res, () => {
      const list = rosterBy(req.params.id);
      if (!list) return void noConversation(res);
      const from = Number(req.query.continuationToken ?? 0);
      const size = Number(req.query.pageSize ?? 200);
      const next = from + size < list.length ? { continuationToken: String(from + size) } : {};
      res.json({ members: list.slice(from, from + size), ...next });
    }),
  );
  router.get('/v3/conversations/:id/members/:memberId', (req, res) =>
    guarded('members', req, res, () => {
      const list = rosterBy(req.params.id);
      if (!list) return void noConversation(res);
      const member = memberBy(list, req.params.memberId);
      if (member) res.json(member);
      else refuse(res, 404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    }),
  );
  router.get('/v3/teams/:id', (req, res) => {
    const team = channels.find((one) => one.team.id === req.params.id)?.team;
    if (team) res.json(team);
    else refuse(res, 404, 'TeamNotFound', 'The team was not found.');
  });
  router.get('/v3/teams/:id/conversations', (req, res) => {
    const inTeam = channels.filter((one) => one.team.id === req.params.id);
    res.json({ conversations: inTeam.map(({ id, name }) => ({ id, name })) });
  });

  return {
    router,
    bot,
    tenantId,
    members,
    channels,
    personal: (member) => conversations.get(personalId(member))!,
    conversation,
    message: (id, messageId) => messages.get(key(place(id).conversation, messageId)),
    roster,
    post(to, from, activity) {
      const target = conversation(to);
      if (!target) throw new Error(`there is no conversation ${to}`);
      return add(target, place(to).thread, from, activity);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    faults(next) {
      plan = next;
    },
  };
}
