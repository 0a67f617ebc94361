// A heading, some lines and perhaps a few facts and buttons: what needs no card of its own. Knows no sentence.

import type { Card } from './card.ts';
import { fill } from './layout.ts';
import { plain } from './text.ts';

export type Button = { title: string; data: Record<string, unknown> };

/** `lines` may hold Markdown; `quote` is shown as somebody typed it. */
export function noticeCard(view: {
  title?: string;
  lines: string[];
  facts?: { title: string; value: string }[];
  quote?: string;
  buttons?: Button[];
}): Card {
  return fill('notice', {
    title: view.title,
    lines: view.lines.map((line) => ({ line })),
    facts: view.facts,
    quote: view.quote === undefined ? undefined : plain(view.quote),
    buttons: view.buttons ?? [],
  });
}
