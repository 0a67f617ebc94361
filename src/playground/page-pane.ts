// One side of the page: the messages of a place as one persona sees them, and writing and pressing in it. Knows nothing of the other side.

import { drawCard, type Pressed } from './page-cards.ts';
import { openDialog } from './page-dialog.ts';
import { ask, avatar, make, notice } from './page-elements.ts';
import { markdown, plain } from './page-markdown.ts';
import { WORDS } from './page-words.ts';
import type { MessageView, PageEvent, PageOutcome } from './server.ts';

const timeZone = 'Europe/Brussels';
const day = new Intl.DateTimeFormat('nl-BE', { timeZone, day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat('nl-BE', { timeZone, hour: '2-digit', minute: '2-digit' });
function time(at: number): HTMLElement {
  const text = day.format(at) === day.format(Date.now()) ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
  return make('time', { dateTime: new Date(at).toISOString() }, text);
}

/** One side of the page: the messages of one place as one persona sees them, kept in step one change at a time. */
export function createPane(parts: {
  log: HTMLElement;
  typing: HTMLElement;
  empty: string;
  /** The bot's name. */
  bot: string;
  shadeOf: (name: string) => number;
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
    parts.typing.textContent = on ? WORDS.typing(parts.bot) : '';
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

  /** The action of the bot on a message of a person, which Teams has in the menu of every message. */
  async function act(id: string, element: HTMLElement) {
    element.querySelector(':scope > .content > .notice')?.remove();
    try {
      const outcome = await ask<PageOutcome>('act', { ...parts.seat(), message: id });
      if (outcome.dialog) openDialog(outcome.dialog);
      else element.querySelector(':scope > .content')?.append(notice(outcome.text || WORDS.actionFailed, false));
    } catch (error) {
      console.error(error);
      element.querySelector(':scope > .content')?.append(notice(WORDS.failed, true));
    }
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
    if (view.card) {
      const suggest = (dataset: string, text: string) =>
        ask<{ title: string; value: string }[]>('choices', { ...parts.seat(), message: view.id, dataset, text });
      content.append(drawCard(view.card, (pressed) => void press(view.id, element, pressed), suggest));
    }
    if (view.text && !view.from.bot) {
      const more = make('button', { type: 'button', className: 'quiet act', textContent: WORDS.register });
      more.addEventListener('click', () => void act(view.id, element));
      meta.append(more);
    }
    element.append(avatar(view.from.name, view.from.bot ? 'bot' : parts.shadeOf(view.from.name)), content);
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
      const view = await ask<Partial<MessageView>>('look', { ...parts.seat(), message: id });
      if (view.id === undefined) return;
      draw(view as MessageView);
      toEnd(follow && event.kind === 'posted');
    });
  }

  return { load, say, hear };
}

/** Enter sends and Shift+Enter starts a new line; a text that could not be sent comes back in the box. */
export function compose(form: HTMLFormElement, box: HTMLTextAreaElement, send: (text: string) => Promise<void>) {
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
