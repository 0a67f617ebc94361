// The dashboard in a real browser: its blocks, its address, by keyboard and by axe in every theme, and in trouble.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readPdf } from '../src/adapters/files/pdf.ts';
import type { Sheet, View } from '../src/app/figures/dashboard-shapes.ts';
import { pageWords } from '../src/locale/page-words.ts';
import { openDemonstration } from './town.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const NOW = Date.parse('2026-11-25T10:00:00Z');
const BLOCKS = [
  ...['months', 'themes', 'processes', 'channels', 'sessions', 'reach', 'schools', 'functions', 'outcomes'],
  ...['durations', 'quality', 'backlog', 'minutes', 'satisfaction', 'gaps', 'popular', 'followed', 'bot', 'years'],
];

describe.runIf(existsSync(executablePath))('the page', () => {
  let town: Awaited<ReturnType<typeof openDemonstration>>;
  let browser: Browser;
  const pages: Page[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    town = await openDemonstration(NOW);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await town.close();
  }, 180_000);
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
    expect(problems.splice(0)).toEqual([]);
  });

  /** Opens an address and waits for everything on it. `expected` are errors of the browser that belong to the story. */
  async function open(
    search = '',
    { width = 1100, expected = /$^/, blocks = true, topics = true } = {},
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(30_000);
    pages.push(page);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) problems.push(message.text());
    });
    await page.goto(`${town.url}/dashboard${search}`);
    if (blocks) await page.locator('[data-block="years"]').waitFor();
    if (blocks && topics) await page.locator('[data-block="gaps"] .topics li').first().waitFor({ timeout: 60_000 });
    return page;
  }
  const block = (page: Page, id: string) => page.locator(`[data-block="${id}"]`);

  it('shows every block with its explanation, its table and its files', async () => {
    const page = await open();
    for (const id of BLOCKS) {
      await expect.poll(() => block(page, id).count(), { message: id }).toBe(1);
      expect([id, await block(page, id).getByRole('heading', { level: 3 }).count()]).toEqual([id, 1]);
    }
    expect(await page.locator('.figures li').count()).toBe(8);
    expect(await page.getByText(pageWords.demonstration).count()).toBe(1);
    const themes = block(page, 'themes');
    const first = await themes.locator('tbody tr').first().locator('.value').textContent();
    await themes.getByRole('button', { name: pageWords.block.asTable }).click();
    expect(await themes.locator('tbody tr').first().locator('td').first().textContent()).toBe(first);
    const download = page.waitForEvent('download');
    await themes.getByRole('button', { name: /als CSV/ }).click();
    expect((await download).suggestedFilename()).toBe('vragen-per-thema-2026-2027.csv');
    const report = page.waitForEvent('download');
    await page.getByRole('button', { name: pageWords.report.as('Excel') }).click();
    expect((await report).suggestedFilename()).toMatch(/jaarverslag.*\.xlsx$/);
  });

  it('keeps the view in the address, so that a link and the back button bring it back', async () => {
    const page = await open();
    const total = page.locator('[data-figure="questions"] .big');
    const everything = await total.textContent();
    await page.getByLabel('Kanaal', { exact: true }).selectOption('phone');
    await expect.poll(() => total.textContent()).not.toBe(everything);
    await page.getByLabel('Maand', { exact: true }).selectOption('2026-10');
    expect(page.url()).toMatch(/channel=phone&month=2026-10$/);
    await expect.poll(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
    const narrowed = await total.textContent();
    const again = await open(new URL(page.url()).search, { topics: false });
    expect(await again.locator('[data-figure="questions"] .big').textContent()).toBe(narrowed);
    expect(await again.getByLabel('Kanaal', { exact: true }).inputValue()).toBe('phone');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => total.textContent()).toBe(everything);
    expect(new URL(page.url()).search).toBe('');
  });

  it('opens the list behind a number, and closes it with the back button', async () => {
    const page = await open('?channel=teams');
    const figure = block(page, 'themes').locator('tbody button.figure').first();
    const count = await figure.textContent();
    await figure.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('table').waitFor();
    expect(await dialog.getByRole('heading').first().textContent()).toBe(pageWords.drill.heading(Number(count)));
    expect(await dialog.locator('tbody').count()).toBe(Math.min(50, Number(count)));
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await page.goForward();
    await dialog.getByRole('table').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?channel=teams');
  });

  it('says which filter it did not know, and goes on without it', async () => {
    const page = await open('?theme=%3Cimg%20onerror%3Dx%3E&channel=phone', { expected: /400/, topics: false });
    await page.getByText('Voor "Thema" ken ik die keuze niet.').waitFor();
    expect(new URL(page.url()).search).toBe('?channel=phone');
    await page.getByRole('button', { name: pageWords.status.close }).click();
    expect(await page.getByText('ken ik die keuze niet').count()).toBe(0);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open();
    await page.locator('[data-figure="questions"] button.info').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Alle vragen, langs welk kanaal ook').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('info');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('table').waitFor();
    // Focus stays in the list while it is open.
    for (let at = 0; at < 6; at++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  });

  it('decides about a recurring topic, keeps what was filled in when it may not, and takes it back', async () => {
    const page = await open('', { expected: /409/ });
    const topic = block(page, 'gaps').locator('.topics li').first();
    const name = (await topic.getByRole('heading').textContent())!;
    await topic.getByRole('button', { name: /^(Beslis|Pas aan)/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Wat doen we?').selectOption({ label: 'Helpdesksessie' });
    await dialog.getByLabel('Nota').fill('Bel de mama van Jonas op 0470 12 34 56');
    await dialog.getByRole('button', { name: 'Bewaar' }).click();
    await dialog.getByText('In de nota staat mogelijk iets van een persoon').waitFor();
    expect(await dialog.getByLabel('Nota').inputValue()).toContain('Jonas');
    await dialog.getByLabel('Nota').fill('Sessie in het voorjaar');
    await dialog.getByRole('button', { name: 'Bewaar' }).click();
    await page.getByText('Bewaard: Helpdesksessie').waitFor();
    const followed = block(page, 'followed').locator('.topics li', { hasText: name });
    await followed.getByText('Sessie in het voorjaar').waitFor();
    await followed.getByRole('button', { name: /^Pas aan/ }).click();
    await dialog.getByRole('button', { name: /ongedaan/ }).click();
    await page.getByText('De laatste beslissing is ongedaan gemaakt').waitFor();
    await expect.poll(() => followed.getByText('Sessie in het voorjaar').count()).toBe(0);
  }, 60_000);

  it('goes on paper whole, in black on white, with headings beside what they head', async () => {
    const page = await open('?weergave=dark&channel=teams');
    const pdf = await readPdf(Uint8Array.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })));
    if (pdf.kind !== 'pdf') throw new Error('that is no PDF');
    const text = pdf.blocks.map((found) => found.text).join('\n');
    for (const button of [pageWords.print.button, pageWords.block.asTable, pageWords.topics.decide]) {
      expect(text).not.toContain(button);
    }
    const view = (await (await fetch(`${town.url}/api/dashboard/view?channel=teams`)).json()) as View;
    const squeezed = text.replace(/\s/g, '');
    for (const { label } of view.sheets.themes.rows) expect(squeezed).toContain(label.replace(/\s/g, ''));
    expect(text).toContain(pageWords.print.filter('Kanaal', 'Teams'));
    for (let number = 1; number <= pdf.pages!; number++) {
      const own = pdf.blocks.filter((found) => found.page === number);
      expect([number, own.some((found) => found.text.includes(pageWords.title))]).toEqual([number, true]);
      expect([number, own.filter((found) => !/^\d+ \/ \d+$/.test(found.text)).at(-1)!.heading]).toEqual([
        number,
        undefined,
      ]);
    }
    expect(pdf.pages).toBeLessThan(13);
    await page.emulateMedia({ media: 'print' });
    for (const place of ['body > #page > .page', '.block', '.figures li']) {
      const colour = await page
        .locator(place)
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
      expect([place, colour]).toEqual([place, 'rgb(255, 255, 255)']);
    }
  }, 60_000);

  it('shows a new question within seconds', async () => {
    const page = await open();
    const total = page.locator('[data-figure="questions"] .big');
    const before = Number((await total.textContent())!.replace(/\D/g, ''));
    await fetch(`${town.url}/playground/say`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ viewer: 'clb-gent', place: 'clb-gent', text: 'Hoe lang bewaren we een dossier?' }),
    });
    await expect.poll(async () => Number((await total.textContent())!.replace(/\D/g, ''))).toBe(before + 1);
  }, 40_000);

  it('keeps the last figures while the server is away, and goes on when it is back', async () => {
    const page = await open('', { expected: /Failed to load|ERR_/ });
    const total = page.locator('[data-figure="questions"] .big');
    const before = await total.textContent();
    await page.route('**/api/dashboard/**', (route) => route.abort());
    await page.getByText('De helpdesk antwoordt niet').waitFor();
    expect(await total.textContent()).toBe(before);
    // A filter chosen meanwhile stands above figures that are not of it: the page says of what they are.
    await page.getByLabel('Kanaal', { exact: true }).selectOption('phone');
    await page.getByText('nog die van je vorige keuze (Schooljaar: 2026-2027).').waitFor();
    expect(await total.textContent()).toBe(before);
    await page.unroute('**/api/dashboard/**');
    await page.getByRole('button', { name: pageWords.status.retry }).click();
    await page.getByText('De helpdesk antwoordt niet').waitFor({ state: 'detached' });
    expect(await page.getByText('vorige keuze').count()).toBe(0);
    expect(await total.textContent()).not.toBe(before);
  });

  it('asks to sign in again when that has expired, and is friendly to who has no access', async () => {
    const page = await open('', { expected: /401/ });
    await page.route('**/api/dashboard/view?*', (route) => route.fulfill({ status: 401, json: { error: 'x' } }));
    await page.getByText(pageWords.status.expired).waitFor();
    await page.unroute('**/api/dashboard/view?*');
    await page.getByRole('button', { name: pageWords.status.signIn }).click();
    await page.getByText(pageWords.status.expired).waitFor({ state: 'detached' });
    const stranger = await open('?viewer=school', { expected: /403/, blocks: false });
    await stranger.getByRole('heading', { name: pageWords.status.refusedTitle }).waitFor();
    expect(await stranger.locator('.figures').count()).toBe(0);
  });

  it('shows an advisor what may be seen, and says once where nothing may', async () => {
    const say = { viewer: 'dossier', place: 'dossier', text: 'hallo' };
    await fetch(`${town.url}/playground/say`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(say),
    });
    for (const theme of ['light', 'contrast']) {
      const page = await open(`?viewer=dossier&weergave=${theme}`, { width: 360 });
      await page.getByText(pageWords.filters.fixed(['POC+'])).waitFor();
      await block(page, 'outcomes').getByText(pageWords.empty.hidden).waitFor();
      expect(await block(page, 'outcomes').locator('table').count()).toBe(0);
      expect(await block(page, 'themes').getByText(pageWords.block.previous).count()).toBe(0);
      expect(await page.locator('.figures .change').count()).toBe(0);
      // A column stands in the middle of its month when there is no year before beside it.
      const month = block(page, 'months').locator('.months li').first();
      const middle = async (of: Locator) => {
        const { x, width } = (await of.boundingBox())!;
        return x + width / 2;
      };
      expect(await middle(month.locator('.current'))).toBeCloseTo(await middle(month), 0);
      // Hidden is not none.
      const silent = await block(page, 'reach').locator('tr.silent').allTextContents();
      expect(silent.filter((row) => row.includes(pageWords.number.hidden))).toEqual([]);
      const shownTopics = block(page, 'popular').locator('.topics li:visible');
      expect(await shownTopics.count()).toBeLessThanOrEqual(5);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      expect(await violations(page)).toEqual([]);
      await page.close();
    }
  }, 60_000);

  it('helps when there is nothing yet, and fits sixty themes with the longest names', async () => {
    const view = (await (await fetch(`${town.url}/api/dashboard/view`)).json()) as View;
    const none: View = {
      ...view,
      empty: true,
      figures: view.figures.map((figure) => ({ ...figure, value: '–', detail: '', number: null, previous: null })),
      sheets: Object.fromEntries(
        Object.entries(view.sheets).map(([id, sheet]) => [id, { ...sheet, rows: [] }]),
      ) as never,
    };
    const empty = await browser.newPage();
    pages.push(empty);
    await empty.route('**/api/dashboard/view?*', (route) => route.fulfill({ json: none, headers: { ETag: '"0"' } }));
    await empty.goto(`${town.url}/dashboard`);
    await empty.getByText(pageWords.empty.everything).waitFor();
    await block(empty, 'themes').getByText(pageWords.empty.blocks.themes).waitFor();
    await block(empty, 'satisfaction').getByText(pageWords.empty.blocks.satisfaction).waitFor();

    const long = 'Samenwerkingsovereenkomsten leerlingenbegeleidingsnetwerk '.repeat(4);
    const rows: Sheet['rows'] = Array.from({ length: 60 }, (_, at) => ({
      id: `theme-${at}`,
      label: `${at + 1} ${at % 3 === 0 ? 'x'.repeat(160) : long}`,
      values: [1_000_000 - at, 3, 0.2, 90],
    }));
    const many = { ...view, sheets: { ...view.sheets, themes: { ...view.sheets.themes, rows } } };
    const narrow = await browser.newPage({ viewport: { width: 360, height: 800 } });
    pages.push(narrow);
    await narrow.route('**/api/dashboard/view?*', (route) => route.fulfill({ json: many, headers: { ETag: '"1"' } }));
    await narrow.goto(`${town.url}/dashboard`);
    await block(narrow, 'themes')
      .getByRole('button', { name: pageWords.block.more(60) })
      .click();
    expect(await block(narrow, 'themes').locator('tbody tr').count()).toBe(60);
    expect(await narrow.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  type Axe = { run(what: object, how: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      (window as unknown as { axe: Axe }).axe.run(
        // Fluent's focus traps are elements that pass focus on at once; nobody ever stands on one.
        { exclude: [['[data-tabster-dummy]']] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      ),
    );
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }
  it.each(['light', 'dark', 'contrast'].flatMap((theme) => [1100, 360].map((width) => [theme, width] as const)))(
    'is clean to axe and fits, in %s at %i px, with its list and its form open too',
    async (theme, width) => {
      const page = await open(`?weergave=${theme}`, { width });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await page.getAttribute('html', 'lang')).toBe('nl-BE');
      expect(await violations(page)).toEqual([]);
      await block(page, 'themes').locator('tbody button.figure').first().click();
      await page.getByRole('dialog').getByRole('table').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await block(page, 'gaps').locator('.topics button').first().click();
      await page.getByRole('dialog').getByLabel('Nota').waitFor();
      expect(await violations(page)).toEqual([]);
    },
    60_000,
  );
});
