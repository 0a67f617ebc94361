// The page of the playground: draws what each persona sees and passes on what they do. Knows only the playground's own endpoints, nothing of the bot.

import { prepareCards } from './page-cards.ts';
import { ask, avatar, byId, make } from './page-elements.ts';
import { compose, createPane } from './page-pane.ts';
import { openSearch } from './page-search.ts';
import { WORDS } from './page-words.ts';
import type { PageEvent, PagePeople } from './server.ts';

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

function toast(place: string, title: string, text: string, look?: () => void) {
  const close = make('button', { type: 'button', className: 'quiet', textContent: '✕' });
  close.setAttribute('aria-label', WORDS.dismiss);
  const open = make('button', { type: 'button', textContent: WORDS.look });
  const words = make('div', {}, make('strong', {}, title), make('p', {}, text || WORDS.newMessage));
  const element = make('div', { className: 'toast' }, words, ...(look ? [open] : []), close);
  element.dataset.place = place;
  const away = () => element.remove();
  close.addEventListener('click', away);
  open.addEventListener('click', () => {
    away();
    look?.();
  });
  const later = () => {
    if (element.matches(':hover, :focus-within')) setTimeout(later, 4_000);
    else away();
  };
  setTimeout(later, 8_000);
  byId('toasts').append(element);
  byId('toasts').querySelector('.toast:nth-last-child(n + 4)')?.remove();
}

const shadeOf = (name: string) =>
  Math.max(
    0,
    people.personas.findIndex((one) => one.name === name),
  );
const common = { bot: people.bot, shadeOf };
const chat = createPane({
  log: byId('chat-log'),
  typing: byId('chat-typing'),
  ...common,
  empty: WORDS.emptyChat,
  seat: () => ({ viewer, place: viewer }),
});
const posts = createPane({
  log: byId('channel-log'),
  typing: byId('channel-typing'),
  ...common,
  empty: WORDS.emptyChannel,
  seat: () => ({ viewer: channelViewer, place: channel.id }),
});

const inSight = (pane: 'chat' | 'channel') => !narrow.matches || document.body.dataset.pane === pane;

function badge(element: HTMLElement, count: number) {
  element.hidden = count === 0;
  element.textContent = String(count);
  element.setAttribute('aria-label', WORDS.unread(count));
}

function read(place: string) {
  unread.delete(place);
  for (const one of document.querySelectorAll(`.toast[data-place="${CSS.escape(place)}"]`)) one.remove();
}

function drawPeople() {
  const items = people.personas.map(({ key, kind, name }) => {
    const mark = make('span', { className: 'badge' });
    badge(mark, unread.get(key) ?? 0);
    const words = make('span', { className: 'words' }, make('strong', {}, name), make('small', {}, WORDS.kinds[kind]));
    const button = make('button', { type: 'button' }, avatar(name, shadeOf(name)), words, mark);
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
  read(key);
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
  read(id);
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
  // What came while it was out of sight could not be scrolled to.
  const log = byId(`${pane}-log`);
  if (narrow.matches) log.scrollTop = log.scrollHeight;
  read(pane === 'chat' ? viewer : channel.id);
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
  toast(event.place, inChannel?.name ?? persona(event.place).name, event.summary ?? '', () => {
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
byId('chat-search').addEventListener('click', () => openSearch({ viewer, place: viewer }));
byId('channel-search').addEventListener('click', () => openSearch({ viewer: channelViewer, place: channel.id }));
byId('channel-viewer').addEventListener('change', (event) => {
  enter(channel.id, (event.target as HTMLSelectElement).value);
});
byId('clear').addEventListener('click', async () => {
  await ask('reset', { viewer, place: viewer });
  await chat.load();
  byId('chat-text').focus();
});
byId('demonstrate').addEventListener('click', async ({ currentTarget }) => {
  const button = currentTarget as HTMLButtonElement;
  button.disabled = true;
  toast('', WORDS.demonstration, WORDS.loading);
  const said = await ask('demonstrate', {}).catch(() => ({ text: WORDS.actionFailed }));
  button.disabled = false;
  read('');
  toast('', WORDS.demonstration, (said as { text: string }).text);
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
