// The small things that the page is made of: elements, the request to the playground, a note, an avatar. Knows nothing of who plays.

import { markdown } from './page-markdown.ts';

export const byId = (id: string): HTMLElement => document.getElementById(id)!;

/** An element with these properties and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Posts to the playground; rejects when it or the bot does not answer. */
export async function ask<Answer>(door: string, body: object): Promise<Answer> {
  const response = await fetch(`/playground/${door}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${door}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** A short text under a message that says what came of a press. */
export function notice(text: string, wrong: boolean): HTMLElement {
  const element = make('div', { className: wrong ? 'notice wrong' : 'notice', innerHTML: markdown(text) });
  element.setAttribute('role', wrong ? 'alert' : 'status');
  return element;
}

/** The initials of a role, or the bot's own mark; `shade` picks one of eight colours. */
export function avatar(name: string, shade: number | 'bot'): HTMLElement {
  if (shade === 'bot') return document.querySelector('.pane-head .avatar.bot')!.cloneNode(true) as HTMLElement;
  const letters = name
    .replace(/\(.*\)/, '')
    .trim()
    .split(/\s+/);
  const initials = letters.length > 1 ? letters[0]![0]! + letters.at(-1)![0]! : letters[0]!.slice(0, 2);
  const element = make('span', { className: `avatar shade-${shade}` }, initials.toUpperCase());
  element.setAttribute('aria-hidden', 'true');
  return element;
}
