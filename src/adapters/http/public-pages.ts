// The pages that the Teams package names: what this is, privacy and terms, for anybody without signing in. Knows no task.

import { Router } from 'express';
import { locale } from '../../locale/locale.ts';
import { createPage, escapeHtml } from './plain-page.ts';

type Section = { title: string; lines: readonly string[] };

const send = createPage(`
h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
a { color: var(--fill); }
nav { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .75rem; display: flex; gap: 1rem; flex-wrap: wrap; }
`);

const PATHS = { about: '/over', privacy: '/privacy', terms: '/voorwaarden' } as const;

export function publicPages(retentionDays: number): Router {
  const { about, privacy, terms } = locale.pages;
  const pages = { about, privacy: { ...privacy, sections: privacy.sections(retentionDays) }, terms };
  const router = Router();
  for (const [name, { title, intro, sections }] of Object.entries(pages)) {
    const body = [`<p>${escapeHtml(intro)}</p>`, ...sections.map(section), links()].join('\n');
    router.get(PATHS[name as keyof typeof PATHS], (_request, response) => send(response, { title, body }));
  }
  return router;
}

function section({ title, lines }: Section): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`);
  return `<h2>${escapeHtml(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function links(): string {
  const each = Object.entries(PATHS).map(
    ([name, path]) => `<a href="${path}">${escapeHtml(locale.pages[name as keyof typeof PATHS].title)}</a>`,
  );
  return `<nav>${each.join('\n')}</nav>`;
}
