// The page of the playground: draws what each persona sees and passes on what they do. Knows only the playground's own endpoints, nothing of the bot.

import { drawCard, type Pressed, prepareCards } from './page-cards.ts';
import { markdown, plain } from './page-markdown.ts';
import type { MessageView, PageEvent, PageOutcome, PagePeople } from './server.ts';

const WORDS = {
  more: 'Meer acties',
  edited: 'bewerkt',
  reply: 'Antwoord in deze draad',
  replyLabel: 'Antwoord in deze draad, met @Helpdesk als je de helpdesk bedoelt',
  send: 'Verstuur',
  look: 'Bekijk',
  dismiss: 'Sluit melding',
  sees: (name: string) => `Je bent ${name}`,
  typing: (name: string) => `${name} is aan het typen`,
  unread: (count: number) => `${count} nieuw`,
  emptyChat: 'Nog geen berichten. Stel hieronder een vraag in je eigen woorden.',
  emptyChannel: 'Nog geen berichten. Vragen voor de adviseurs verschijnen hier.',
  newMessage: 'Nieuw bericht',
  failed: 'De helpdesk antwoordt niet. Wacht even en probeer opnieuw.',
  actionFailed: 'Dat is niet gelukt. Probeer het opnieuw.',
  kinds: {
    requester: 'stelt vragen',
    advisor: 'beantwoordt vragen',
    quality: 'volgt de cijfers',
    administrator: 'beheert de helpdesk',
  },
  examples: {
    requester: ['Hoe lang bewaren we een dossier na uitschrijving?', 'mijn vragen', 'help'],
    advisor: ['open vragen', 'statistiek', 'help'],
    quality: ['statistiek', 'help'],
    administrator: ['statistiek', 'help'],
  },
};

const byId = (id: string) => document.getElementById(id)!;

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Posts to the playground; rejects when it or the bot does not answer. */
async function ask<Answer>(door: string, body: object): Promise<Answer> {
  const response = await fetch(`/playground/${door}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${door}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

const people = (await (await fetch('/playground/people')).json()) as PagePeople;
const persona = (key: string) => people.personas.find((one) => one.key === key)!;
const narrow = matchMedia('(max-width: 899px)');
const wanted = new URLSearchParams(location.search);
const unread = new Map<string, number>();
let viewer = people.personas.some((one) => one.key === wanted.get('viewer'))
  ? wanted.get('viewer')!
  : people.personas[0]!.key;
let channel = people.channels[0]!;
let channelViewer = channel.members[0]!;

function avatar(name: string, bot: boolean): HTMLElement {
  if (bot) return byId('chat-title').closest('header')!.querySelector('.avatar')!.cloneNode(true) as HTMLElement;
  const letters = name
    .replace(/\(.*\)/, '')
    .trim()
    .split(/\s+/);
  const initials = letters.length > 1 ? letters[0]![0]! + letters.at(-1)![0]! : letters[0]!.slice(0, 2);
  const shade = people.personas.findIndex((one) => one.name === name);
  const element = make('span', { className: `avatar shade-${Math.max(shade, 0)}` }, initials.toUpperCase());
  element.setAttribute('aria-hidden', 'true');
  return element;
}

const today = new Intl.DateTimeFormat('nl-BE', { hour: '2-digit', minute: '2-digit' });
const earlier = new Intl.DateTimeFormat('nl-BE', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
function time(at: number): HTMLElement {
  const format = new Date(at).toDateString() === new Date().toDateString() ? today : earlier;
  return make('time', { dateTime: new Date(at).toISOString() }, format.format(at));
}

/** A short text under a message that says what came of a press. */
function notice(text: string, wrong: boolean): HTMLElement {
  const element = make('div', { className: wrong ? 'notice wrong' : 'notice', innerHTML: markdown(text) });
  element.setAttribute('role', wrong ? 'alert' : 'status');
  return element;
}

/** One side of the page: the messages of one place as one persona sees them, kept in step one change at a time. */
function createPane(parts: {
  log: HTMLElement;
  typing: HTMLElement;
  empty: string;
  seat: () => { viewer: string; place: string };
}) {
  const shown = new Map<string, { signature: string; element: HTMLElement }>();
  let queue: Promise<unknown> = Promise.resolve();
  let typingTimer = 0;

  const inTurn = (act: () => Promise<void>) => {
    queue = queue.then(act).catch((error: unknown) => {
      console.error(error);
      parts.log.querySelector(':scope > .notice')?.remove();
      parts.log.append(notice(WORDS.failed, true));
      toEnd(true);
    });
    return queue;
  };
  const atEnd = () => parts.log.scrollHeight - parts.log.scrollTop - parts.log.clientHeight < 120;
  const toEnd = (move: boolean) => {
    if (move) parts.log.scrollTop = parts.log.scrollHeight;
  };

  function typing(on: boolean) {
    clearTimeout(typingTimer);
    parts.typing.classList.toggle('on', on);
    parts.typing.textContent = on ? WORDS.typing(people.bot) : '';
    if (on) typingTimer = window.setTimeout(() => typing(false), 15_000);
  }

  async function press(id: string, element: HTMLElement, pressed: Pressed) {
    const seat = parts.seat();
    element.querySelector(':scope > .content > .notice')?.remove();
    element.setAttribute('aria-busy', 'true');
    const say = (text: string, wrong: boolean) =>
      (shown.get(id)?.element ?? element).querySelector(':scope > .content')?.append(notice(text, wrong));
    try {
      const outcome = await ask<PageOutcome>('press', { ...seat, message: id, ...pressed });
      if (outcome.message) draw(outcome.message);
      if (outcome.kind === 'text') say(outcome.text || WORDS.actionFailed, false);
      if (outcome.kind === 'error') say(outcome.text || WORDS.actionFailed, true);
      if (outcome.dialog) openDialog(outcome.dialog);
    } catch (error) {
      console.error(error);
      say(WORDS.failed, true);
    }
    element.removeAttribute('aria-busy');
  }

  function drawMessage(view: MessageView): HTMLElement {
    const meta = make('div', { className: 'meta' }, make('span', { className: 'name' }, view.from.name), time(view.at));
    if (view.edited) meta.append(make('span', {}, WORDS.edited));
    const content = make('div', { className: 'content' }, meta);
    if (view.text) {
      const html = view.markdown ? markdown(view.text) : plain(view.text);
      content.append(make('div', { className: 'bubble', innerHTML: html }));
    }
    const element = make('article', {
      className: `message${view.from.mine ? ' mine' : ''}`,
    });
    element.dataset.id = view.id;
    element.setAttribute('aria-label', view.from.name);
    if (view.card) content.append(drawCard(view.card, (pressed) => void press(view.id, element, pressed)));
    element.append(avatar(view.from.name, view.from.bot), content);
    return element;
  }

  /** The container of a post with its replies; made when the first message of it comes. */
  function threadOf(id: string): HTMLElement {
    const known = parts.log.querySelector<HTMLElement>(`:scope > [data-thread="${CSS.escape(id)}"]`);
    if (known) return known;
    const replies = make('div', { className: 'replies' });
    const box = make('textarea', { rows: 1, placeholder: WORDS.reply });
    box.setAttribute('aria-label', WORDS.replyLabel);
    const form = make(
      'form',
      { className: 'composer reply' },
      box,
      make('button', { type: 'submit', className: 'quiet' }, WORDS.send),
    );
    compose(form, box, (text) => say(text, id));
    const thread = make('section', { className: 'thread' }, replies, form);
    thread.dataset.thread = id;
    parts.log.append(thread);
    return thread;
  }

  /** Draws a message anew only when it changed, so that what somebody is typing in a card stays. */
  function draw(view: MessageView) {
    const signature = JSON.stringify(view);
    const old = shown.get(view.id);
    if (old?.signature === signature) return;
    const element = drawMessage(view);
    shown.set(view.id, { signature, element });
    parts.log.querySelector(':scope > .empty, :scope > .notice')?.remove();
    if (old) {
      const focused = old.element.contains(document.activeElement);
      old.element.replaceWith(element);
      if (focused) element.querySelector<HTMLElement>('.card button, .card input, .card textarea')?.focus();
      return;
    }
    if (parts.seat().place === parts.seat().viewer) parts.log.append(element);
    else {
      const thread = threadOf(view.thread ?? view.id);
      if (view.thread === undefined) thread.prepend(element);
      else thread.querySelector('.replies')!.append(element);
    }
  }

  const load = () =>
    inTurn(async () => {
      parts.log.setAttribute('aria-live', 'off');
      const views = await ask<MessageView[]>('open', parts.seat());
      shown.clear();
      parts.log.replaceChildren();
      typing(false);
      for (const view of views) draw(view);
      if (views.length === 0) parts.log.append(make('p', { className: 'empty' }, parts.empty));
      toEnd(true);
      parts.log.removeAttribute('aria-live');
    });

  async function say(text: string, thread?: string) {
    const seat = parts.seat();
    const heard = seat.place === seat.viewer || /^@helpdesk\b/i.test(text);
    typing(heard);
    try {
      await ask('say', { ...seat, text, ...(thread === undefined ? {} : { thread }) });
    } finally {
      typing(false);
    }
  }

  function hear(event: PageEvent) {
    if (event.kind === 'typing') return typing(true);
    const id = event.id!;
    if (event.kind === 'deleted') {
      return void inTurn(async () => {
        shown.get(id)?.element.remove();
        shown.delete(id);
      });
    }
    if (event.bot) typing(false);
    void inTurn(async () => {
      if (event.kind === 'updated' && !shown.has(id)) return;
      const follow = atEnd() || !event.bot;
      draw(await ask<MessageView>('look', { ...parts.seat(), message: id }));
      toEnd(follow && event.kind === 'posted');
    });
  }

  return { load, say, hear };
}

/** Enter sends and Shift+Enter starts a new line; a text that could not be sent comes back in the box. */
function compose(form: HTMLFormElement, box: HTMLTextAreaElement, send: (text: string) => Promise<void>) {
  const resize = () => {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = '';
    resize();
    form.querySelector('.notice')?.remove();
    send(text).catch((error: unknown) => {
      console.error(error);
      form.append(notice(WORDS.failed, true));
      box.value ||= text;
      resize();
    });
  });
  box.addEventListener('input', resize);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

const dialog = byId('dialog') as HTMLDialogElement;
function openDialog(task: NonNullable<PageOutcome['dialog']>) {
  byId('dialog-title').textContent = task.title;
  const body = byId('dialog-body');
  dialog.dataset.size = typeof task.width === 'string' ? task.width : 'medium';
  const drawn = drawCard(task.card, async (pressed) => {
    body.querySelector('.notice')?.remove();
    body.setAttribute('aria-busy', 'true');
    try {
      const outcome = await ask<PageOutcome>('dialog', { dialog: task.id, ...pressed });
      if (outcome.dialog) openDialog(outcome.dialog);
      else if (outcome.kind === 'closed') dialog.close();
      else if (outcome.kind === 'text') body.replaceChildren(notice(outcome.text ?? '', false));
      else if (outcome.kind === 'error') body.append(notice(outcome.text || WORDS.actionFailed, true));
    } catch (error) {
      console.error(error);
      body.append(notice(WORDS.failed, true));
    }
    body.removeAttribute('aria-busy');
  });
  body.replaceChildren(drawn);
  if (!dialog.open) dialog.showModal();
  body.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  body.scrollTop = 0;
}
byId('dialog-close').addEventListener('click', () => dialog.close());

function toast(title: string, text: string, look: () => void) {
  const close = make('button', { type: 'button', className: 'quiet', textContent: '✕' });
  close.setAttribute('aria-label', WORDS.dismiss);
  const open = make('button', { type: 'button', textContent: WORDS.look });
  const words = make('div', {}, make('strong', {}, title), make('p', {}, text || WORDS.newMessage));
  const element = make('div', { className: 'toast' }, words, open, close);
  const away = () => element.remove();
  close.addEventListener('click', away);
  open.addEventListener('click', () => {
    away();
    look();
  });
  const later = () => {
    if (element.matches(':hover, :focus-within')) setTimeout(later, 4_000);
    else away();
  };
  setTimeout(later, 8_000);
  byId('toasts').append(element);
  byId('toasts').querySelector('.toast:nth-last-child(n + 4)')?.remove();
}

const chat = createPane({
  log: byId('chat-log'),
  typing: byId('chat-typing'),
  empty: WORDS.emptyChat,
  seat: () => ({ viewer, place: viewer }),
});
const posts = createPane({
  log: byId('channel-log'),
  typing: byId('channel-typing'),
  empty: WORDS.emptyChannel,
  seat: () => ({ viewer: channelViewer, place: channel.id }),
});

const inSight = (pane: 'chat' | 'channel') => !narrow.matches || document.body.dataset.pane === pane;

function badge(element: HTMLElement, count: number) {
  element.hidden = count === 0;
  element.textContent = String(count);
  element.setAttribute('aria-label', WORDS.unread(count));
}

function drawPeople() {
  const items = people.personas.map(({ key, kind, name }) => {
    const mark = make('span', { className: 'badge' });
    badge(mark, unread.get(key) ?? 0);
    const words = make('span', { className: 'words' }, make('strong', {}, name), make('small', {}, WORDS.kinds[kind]));
    const button = make('button', { type: 'button' }, avatar(name, false), words, mark);
    button.setAttribute('aria-pressed', String(key === viewer));
    button.dataset.key = key;
    button.addEventListener('click', () => become(key));
    return make('li', {}, button);
  });
  const had = (document.activeElement as HTMLElement | null)?.dataset.key;
  byId('people').replaceChildren(...items);
  if (had)
    byId('people')
      .querySelector<HTMLElement>(`[data-key="${CSS.escape(had)}"]`)
      ?.focus();
  const count = (keys: string[]) => keys.reduce((sum, key) => sum + (unread.get(key) ?? 0), 0);
  const everything = count([...unread.keys()]);
  document.title = `${everything > 0 ? `(${everything}) ` : ''}Helpdesk · proefomgeving`;
  badge(byId('badge-chat'), count(people.personas.map((one) => one.key)));
  badge(byId('badge-channel'), count(people.channels.map((one) => one.id)));
}

function become(key: string) {
  viewer = key;
  unread.delete(key);
  const { name, kind } = persona(key);
  byId('chat-viewer').textContent = WORDS.sees(name);
  byId('chips').replaceChildren(
    ...WORDS.examples[kind].map((text) => {
      const chip = make('button', { type: 'button', textContent: text });
      chip.addEventListener('click', () => void chat.say(text).catch(() => undefined));
      return chip;
    }),
  );
  drawPeople();
  show('chat');
  byId('people').querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  void chat.load();
}

function drawChannels() {
  byId('channels').replaceChildren(
    ...people.channels.map((one) => {
      const mark = make('span', { className: 'badge' });
      badge(mark, unread.get(one.id) ?? 0);
      const button = make('button', { type: 'button' }, one.name, mark);
      button.setAttribute('aria-pressed', String(one === channel));
      button.addEventListener('click', () => enter(one.id));
      return button;
    }),
  );
}

function enter(id: string, as?: string) {
  channel = people.channels.find((one) => one.id === id)!;
  channelViewer = [as, channelViewer, channel.members[0]!].find((key) => key && channel.members.includes(key))!;
  unread.delete(id);
  const chooser = byId('channel-viewer') as HTMLSelectElement;
  chooser.replaceChildren(
    ...channel.members.map((key) => new Option(persona(key).name, key, false, key === channelViewer)),
  );
  drawChannels();
  drawPeople();
  void posts.load();
}

function show(pane: 'chat' | 'channel') {
  document.body.dataset.pane = pane;
  for (const tab of document.querySelectorAll<HTMLElement>('.tabs button')) {
    tab.setAttribute('aria-pressed', String(tab.dataset.show === pane));
  }
  if (pane === 'chat') unread.delete(viewer);
  else unread.delete(channel.id);
  drawChannels();
  drawPeople();
}

function hear(event: PageEvent) {
  const inChannel = people.channels.find((one) => one.id === event.place);
  const pane = inChannel ? 'channel' : 'chat';
  const loaded = event.place === (inChannel ? channel.id : viewer);
  if (loaded) (inChannel ? posts : chat).hear(event);
  if (event.kind !== 'posted' || !event.bot || (loaded && inSight(pane))) return;
  unread.set(event.place, (unread.get(event.place) ?? 0) + 1);
  drawPeople();
  drawChannels();
  toast(inChannel?.name ?? persona(event.place).name, event.summary ?? '', () => {
    if (!inChannel) return become(event.place);
    enter(event.place);
    show('channel');
  });
}

const theme = byId('theme') as HTMLSelectElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more), (forced-colors: active)');
function paint() {
  const system = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme.value === 'auto' ? system : theme.value;
}
theme.value = wanted.get('theme') ?? localStorage.getItem('theme') ?? 'auto';
if (!theme.value) theme.value = 'auto';
theme.addEventListener('change', () => {
  localStorage.setItem('theme', theme.value);
  paint();
});
dark.addEventListener('change', paint);
contrast.addEventListener('change', paint);
paint();

prepareCards(WORDS);
compose(byId('chat-form') as HTMLFormElement, byId('chat-text') as HTMLTextAreaElement, (text) => chat.say(text));
compose(byId('channel-form') as HTMLFormElement, byId('channel-text') as HTMLTextAreaElement, (text) =>
  posts.say(text),
);
byId('channel-viewer').addEventListener('change', (event) => {
  enter(channel.id, (event.target as HTMLSelectElement).value);
});
byId('clear').addEventListener('click', async () => {
  await ask('reset', { viewer, place: viewer });
  await chat.load();
  byId('chat-text').focus();
});
for (const tab of document.querySelectorAll<HTMLElement>('.tabs button')) {
  tab.addEventListener('click', () => show(tab.dataset.show === 'channel' ? 'channel' : 'chat'));
}
narrow.addEventListener('change', () => show(document.body.dataset.pane === 'channel' ? 'channel' : 'chat'));

const events = new EventSource('/playground/events');
let lost = false;
events.addEventListener('message', (event: MessageEvent<string>) => hear(JSON.parse(event.data) as PageEvent));
events.addEventListener('error', () => {
  lost = true;
});
events.addEventListener('open', () => {
  if (!lost) return;
  lost = false;
  void chat.load();
  void posts.load();
});

enter(channel.id, wanted.get('channel-viewer') ?? undefined);
become(viewer);
if (wanted.get('pane') === 'channel') show('channel');
