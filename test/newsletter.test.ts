// Stories of the newsletter's draft: known answers and new material, no question that anybody typed, and nothing that breaks out of the page.

import { beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { pageOf } from '../src/adapters/files/web-page.ts';
import { layOut } from '../src/adapters/files/word.ts';
import { bookOf, csvOf } from '../src/adapters/files/writing.ts';
import { unzip } from '../src/adapters/files/zip.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { Document } from '../src/app/figures/document.ts';
import { type Issue, newsletter, prepareNewsletter } from '../src/app/figures/newsletter.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import type { Content } from '../src/app/ports.ts';
import type { ThemeId } from '../src/domain/terms.ts';
import { locale } from '../src/locale/locale.ts';
import { silent } from './desk.ts';

const words = locale.report.newsletter;
let content: Content;
let issue: Issue;

beforeAll(async () => {
  ({ content } = await loadContent('content'));
  const theme = 'dossier-en-inzage' as ThemeId;
  const asked = content.items.filter(({ kind, themes }) => kind === 'faq' && themes[0] === theme).slice(0, 2);
  const held = [{ day: '2026-11-10', title: 'Dossier en koffie', link: 'https://example.org/dossier' }];
  issue = { month: '2026-11', content, service: content.services[0]!.id, demonstration: false, asked, held };
});

const page = (document: Document) => pageOf(document);

describe('the newsletter', () => {
  it('has the question with its answer, the contact of its theme, new material and what was held', () => {
    const html = page(newsletter(issue));
    const [item] = issue.asked;
    expect(html).toContain(`<h3>${item!.title}</h3>`);
    expect(html).toContain('<strong>');
    expect(html).not.toContain('**');
    expect(html).toContain('Aanspreekpunt multidisciplinair dossier en inzage (dossier@example.org)');
    expect(html).toContain('<a href="https://example.org/dossier">Dossier en koffie</a>, 10 november 2026');
    expect(html).toContain(words.upcoming);
    expect(html).toMatch(/\(nieuw\)/);
    expect(html).toContain(words.notReviewed);
    expect(html).not.toContain(locale.demonstration.explanation);
    expect(page(newsletter({ ...issue, demonstration: true }))).toContain(locale.demonstration.explanation);
  });

  it('is one service at a time', () => {
    const other = content.services[1]!;
    const html = page(newsletter({ ...issue, service: other.id, asked: [], held: [] }));
    expect(html).toContain('Nieuws van PBD-GO!');
    expect(html).toContain(words.nothingAsked);
    for (const { themes, title } of content.items.filter(({ kind }) => kind === 'material')) {
      const own = themes[0] && content.themes.find(({ id }) => id === themes[0])?.service === other.id;
      if (!own) expect(html).not.toContain(`>${title}<`);
    }
  });

  it('keeps what is written as text, and links to web pages only, in Word too', async () => {
    const [item] = issue.asked;
    const bad = {
      ...item!,
      title: '<img src=x onerror=alert(1)> "&',
      answer: 'Kijk <script>alert(1)</script> en [klik](javascript:alert(1)) en [hier](https://example.org/?a="><b>).',
      sources: [{ title: '<b>bron</b>', url: 'javascript:alert(1)' }],
    };
    const held = [{ day: '2026-11-10', title: '</li><script>', link: 'data:text/html,x' }];
    const html = page(newsletter({ ...issue, asked: [bad], held }));
    expect(html).not.toMatch(/<script|<img|<b>|javascript:|data:text/);
    expect(html).toContain('&lt;script&gt;');
    const parts = unzip(await layOut(newsletter({ ...issue, asked: [bad], held })), (name) =>
      /\.(xml|rels)$/.test(name),
    );
    const xml = Object.values(parts).map((part) => new TextDecoder().decode(part));
    expect(xml.join()).toContain('&lt;script&gt;');
    expect(xml.join()).not.toMatch(/<script|<img|<b>|"javascript:|"data:text/);
    const attributes = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url!);
    expect(attributes.every((url) => url.startsWith('http'))).toBe(true);
  });

  it.each(['=HYPERLINK("https://evil.example")', '+1', '-1+1', '@SUM(1)', '\t=1', '\r=1'])(
    'a table with %j runs nothing',
    async (label) => {
      const sheet = {
        id: 'x',
        name: 'Blad',
        heading: 'Kop',
        basis: '',
        texts: ['Thema'],
        columns: [{ label: 'Aantal', unit: 'count' as const }],
        rows: [{ texts: [label], values: [1] }],
      };
      const table: Document = { title: 'T', subtitle: '', facts: [], cover: false, blocks: [{ kind: 'sheet', sheet }] };
      const cells = csvOf(table)
        .toString('utf8')
        .slice(1)
        .split(/;|\r\n/);
      expect(cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell))).toEqual([]);
      const book = unzip(await bookOf(table), (name) => name.endsWith('.xml'));
      const xml = Object.values(book).map((part) => new TextDecoder().decode(part));
      expect(xml.join()).not.toMatch(/<f[ >]/);
    },
  );

  it('refuses a month that has not begun and a service that is not there, and does without questions', async () => {
    const clock = { now: () => Date.parse('2026-11-24T09:00:00Z') };
    const knowledge = await createKnowledgeBase(
      () => loadContent('content'),
      () => {},
    );
    const store = openSqlite(':memory:', clock);
    const app = { store, knowledge, clock, log: silent };
    expect(await prepareNewsletter(app, '2026-12', undefined)).toEqual({ ok: false, refusal: words.refused.future });
    expect(await prepareNewsletter(app, '2026-11', 'nergens')).toMatchObject({ ok: false });
    const draft = await prepareNewsletter(app, '2026-11', undefined);
    expect(draft.ok && page(draft.value)).toContain('POC-a-tizer');
    store.close();
  });
});
