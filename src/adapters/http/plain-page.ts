// One page of plain HTML for any browser, without a script: its frame, its look and what it may load. Knows no sentence.

import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { locale } from '../../locale/locale.ts';

const LOOK = `
:root { color-scheme: light dark; --ink: #242424; --soft: #616161; --line: #8a8a8a; --page: #ffffff; --fill: #5b5fc7; --on: #ffffff; --bad: #b10e1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #f5f5f5; --soft: #bdbdbd; --line: #8a8a8a; --page: #1f1f1f; --fill: #9299f7; --on: #1f1f1f; --bad: #ff9aa2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 "Segoe UI", system-ui, sans-serif; }
main { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
`;

/** Sends `body`, HTML whose texts are escaped already. `look` is style of this page besides. */
export type SendPage = (response: Response, page: { title: string; body: string }) => void;

/** Makes what sends the pages of one kind: nothing is loaded, nothing is framed, and a form goes nowhere else. */
export function createPage(look = ''): SendPage {
  const style = `${LOOK}${look}`;
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return (response, { title, body }) => {
    response.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
    });
    response.type('html').send(`<!doctype html>
<html lang="${locale.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`);
  };
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
