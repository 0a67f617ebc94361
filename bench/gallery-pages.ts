// The pictures of the gallery and what axe says of each: every sample card, and every block of the dashboard, always in the same weather. Knows no file of the gallery.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { loadContent } from '../src/adapters/files/content.ts';
import { listen } from '../src/adapters/http/server.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { demonstrate } from '../src/app/figures/demonstration.ts';
import { buildDashboard } from '../src/build.ts';
import { readConfig } from '../src/config.ts';
import { DAY_MS } from '../src/domain/terms.ts';
import { start } from '../src/main.ts';
import { createPlayground } from '../src/playground/server.ts';
import { indexed } from './pictures.ts';
import { samples } from './samples.ts';

/** How each is looked at: the width of a chat on a desktop in the three themes of Teams, and a narrow phone. */
export const VIEWS = ['light', 'dark', 'contrast', 'narrow'] as const;
export type View = (typeof VIEWS)[number];
export type Picture = { name: string; view: View; png: Buffer; violations: string[] };

/** The parts of the dashboard that are no block, and where each is on the page. */
export const PARTS = {
  'dashboard-top': '.top',
  'dashboard-filters': '.filters',
  'dashboard-figures': '.figures',
} as const;
/** What opens on the dashboard, over the page. */
export const DIALOGS = ['dashboard-list', 'dashboard-decision'] as const;
/** Shows nothing while nothing waits, as in the demonstration: drawn by itself, with one of the forms open. */
export const REVIEW = 'dashboard-review';
/** The page as it opens. */
export const PAGE = 'dashboard';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const NARROW = 320;
const CHAT = 520;
const TAB = 1100;
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const find = createRequire(import.meta.url).resolve;
const themeOf = (view: View): string => (view === 'narrow' ? 'light' : view);

/** Noto Sans under the name that the pages ask for first, so that a picture does not depend on the fonts of a machine. */
async function fonts(): Promise<string> {
  const faces = [400, 600, 700].flatMap((weight) =>
    (['latin', 'latin-ext'] as const).map(async (script) => {
      const file = await readFile(find(`@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff2`));
      const range = script === 'latin' ? 'U+0000-00FF, U+2010-2027, U+20AC' : 'U+0100-02FF, U+1E00-1EFF';
      return `@font-face { font-family: "Segoe UI"; font-weight: ${weight}; unicode-range: ${range};
        src: url(data:font/woff2;base64,${file.toString('base64')}) format("woff2"); }`;
    }),
  );
  return (await Promise.all(faces)).join('\n');
}

/** A page that looks the same wherever and whenever: its clock, language, fonts and movement are ours. */
async function openPage(browser: Browser, width: number, height: number): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width, height },
    locale: 'nl-BE',
    timezoneId: 'Europe/Brussels',
    reducedMotion: 'reduce',
    // The page of the dashboard takes fonts and scripts from its own server only.
    bypassCSP: true,
  });
  await page.clock.setFixedTime(NOW);
  return page;
}

async function dress(page: Page): Promise<void> {
  await page.addStyleTag({
    content: `${await fonts()} *, *::before, *::after { caret-color: transparent !important; }`,
  });
  await page.addScriptTag({ path: find('axe-core/axe.min.js') });
  await page.evaluate(async () => {
    for (const weight of [400, 600, 700]) await document.fonts.load(`${weight} 14px "Segoe UI"`, 'aé…ā');
  });
}

type Axe = { run(what: object, how: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

/** The part of the page that a selector names, as a picture, with what axe finds in it. */
async function take(page: Page, name: string, view: View, selector: string, margin = 0): Promise<Picture> {
  const box = (await page.locator(selector).first().boundingBox())!;
  const { width, height } = page.viewportSize()!;
  const left = Math.max(0, Math.floor(box.x - margin));
  const top = Math.max(0, Math.floor(box.y - margin));
  const clip = {
    x: left,
    y: top,
    width: Math.min(width, Math.ceil(box.x + box.width + margin)) - left,
    height: Math.min(height, Math.ceil(box.y + box.height + margin)) - top,
  };
  const png = indexed(await page.screenshot({ clip, animations: 'disabled' }));
  const found = await page.evaluate(
    (within) =>
      (window as unknown as { axe: Axe }).axe.run(
        // Fluent's focus traps are elements that pass focus on at once; nobody ever stands on one.
        { include: [[within]], exclude: [['[data-tabster-dummy]']] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] },
      ),
    selector,
  );
  const violations = found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
  return { name, view, png, violations };
}

/** The wanted sample cards in every view, drawn by the playground's renderer with the colours of Teams. */
export async function drawCards(browser: Browser, wanted: (name: string) => boolean): Promise<Picture[]> {
  const server = express();
  server.use(createPlayground({ log: quiet }).router);
  const door = await listen(server, 0, '127.0.0.1');
  const all = (await samples()).filter(({ name }) => wanted(name));
  const drawn = VIEWS.map(async (view) => {
    const page = await openPage(browser, view === 'narrow' ? NARROW : CHAT, 4_000);
    // Of the playground's page only the looks: nobody plays here.
    await page.route('**/playground/page.ts', (route) => route.abort());
    await page.goto(`http://127.0.0.1:${door.port}/`);
    await dress(page);
    await page.evaluate(
      async ([theme, address]) => {
        document.documentElement.dataset.theme = theme;
        const cards = (await import(address)) as typeof import('../src/playground/page-cards.ts');
        cards.prepareCards({ more: '…' });
        Object.assign(document.body.style, { display: 'block', padding: '12px' });
        Object.assign(window, { drawCard: cards.drawCard });
      },
      [themeOf(view), '/playground/page-cards.ts'] as const,
    );
    const pictures: Picture[] = [];
    for (const { name, card } of all) {
      await page.evaluate((shown) => {
        const frame = document.createElement('main');
        frame.className = 'card';
        const { drawCard } = window as unknown as typeof import('../src/playground/page-cards.ts');
        frame.append(drawCard(shown, () => {}));
        document.body.replaceChildren(frame);
      }, card);
      pictures.push(await take(page, name, view, 'main', 12));
    }
    await page.close();
    return pictures;
  });
  const pictures = (await Promise.all(drawn)).flat();
  await door.close();
  return pictures;
}

/** A new FAQ item and a material from the field, for whoever looks after their theme. */
async function letWait(path: string): Promise<void> {
  const store = openSqlite(path, { now: () => NOW });
  const common = { variants: [], theme: 'dossier-en-inzage', audience: ['clb'] };
  const link = 'https://example.org/werkveld/stappenplan-verhuis';
  const texts = [
    {
      ...common,
      question: 'Hoe vraag ik een toegangsbadge aan voor het archieflokaal?',
      answer: 'Mail het onthaal van je centrum met je personeelsnummer. De badge ligt na drie werkdagen klaar.',
      sources: [{ title: 'Het CLB-dossier', url: 'https://www.vrijclb.be/werking-clb/het-clb-dossier' }],
    },
    {
      ...common,
      question: 'Stappenplan: papieren dossiers verhuizen als een vestiging sluit',
      answer: 'Checklist voor onthaal en directie: wat gaat mee, wie tekent af en wanneer vernietig je.',
      sources: [{ title: 'Stappenplan', url: link }],
      material: { kind: 'draaiboek', origin: 'GO! CLB regio Gent' },
    },
  ];
  for (const [at, text] of texts.entries()) {
    const by = { person: `writer-${at}`, name: at === 0 ? 'Adviseur dossier (POC+)' : 'Vraagsteller CLB Gent' };
    const event = { type: 'proposed', at: NOW - (9 - 4 * at) * DAY_MS, by, key: 'k', text };
    const pk = `item:waiting-${at}`;
    const body = { events: [event], told: 1 };
    await store.create({ pk, id: pk, kind: 'item', facets: { status: 'proposed', service: 'poc-plus' }, body });
  }
  store.close();
}

/** The dashboard on demonstration data: the page as it opens, each block, what opens over them, and what waits for review. */
export async function drawDashboard(browser: Browser): Promise<Picture[]> {
  await buildDashboard();
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-gallery-'));
  const clock = { now: () => NOW };
  const store = openSqlite(join(folder, 'helpdesk.sqlite'), clock);
  const { content } = await loadContent('./content');
  await demonstrate({ store, content, now: NOW, seed: '1', schoolYears: 2 });
  store.close();
  const config = readConfig({ PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, LOG_LEVEL: 'silent' }, true);
  const running = await start(config, clock, quiet);
  const pictures: Picture[] = [];
  for (const view of VIEWS) {
    const width = view === 'narrow' ? NARROW : TAB;
    const page = await openPage(browser, width, 900);
    await page.goto(`${running.url}/dashboard?weergave=${themeOf(view)}`);
    await page.locator('[data-block="years"] tbody tr').first().waitFor();
    await page.locator('[data-block="gaps"] .topics li').first().waitFor();
    await dress(page);
    pictures.push(await take(page, PAGE, view, 'body'));
    // So high that nothing has to scroll under the bar that stays in sight.
    await page.setViewportSize({ width, height: 16_000 });
    for (const [name, selector] of Object.entries(PARTS)) pictures.push(await take(page, name, view, selector));
    const blocks = await page.locator('[data-block]').evaluateAll((all) => all.map((one) => one.dataset.block!));
    for (const id of blocks) pictures.push(await take(page, `dashboard-${id}`, view, `[data-block="${id}"]`));
    await page.setViewportSize({ width, height: 900 });
    const dialog = page.getByRole('dialog');
    await page.locator('[data-block="themes"] button.figure').first().click();
    await dialog.getByRole('table').waitFor();
    pictures.push(await take(page, DIALOGS[0], view, '[role="dialog"]'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('[data-block="gaps"] .topics button').first().click();
    await dialog.getByRole('combobox').first().waitFor();
    pictures.push(await take(page, DIALOGS[1], view, '[role="dialog"]'));
    await page.close();
  }
  await letWait(join(folder, 'helpdesk.sqlite'));
  for (const view of VIEWS) {
    const page = await openPage(browser, view === 'narrow' ? NARROW : TAB, 1_600);
    await page.goto(`${running.url}/dashboard?weergave=${themeOf(view)}`);
    const block = page.locator('[data-block="review"]');
    await block.locator('li').nth(1).getByRole('button').nth(2).click();
    await block.getByRole('textbox').waitFor();
    await dress(page);
    pictures.push(await take(page, REVIEW, view, '[data-block="review"]'));
    await page.close();
  }
  await running.stop();
  await rm(folder, { recursive: true });
  return pictures;
}
