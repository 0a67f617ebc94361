// Registering in a real browser, on the playground's own page: from a message, with three letters, and sharing an answer.

import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type Running, start } from '../src/main.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

describe.runIf(existsSync(executablePath) || process.env.CI)('the page', () => {
  let folder: string;
  let running: Running;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-registering-'));
    const content = join(folder, 'content');
    await cp('content', content, { recursive: true });
    const schools = Array.from(
      { length: 100 },
      (_, at) =>
        `- {id: school-${at}, name: "GO! basisschool De Kiem ${at}", kind: school, region: "Gemeente ${at}", province: "Antwerpen"}`,
    );
    const file = join(content, 'centres.yaml');
    await writeFile(file, `${(await readFile(file, 'utf8')).trimEnd()}\n${schools.join('\n')}\n`);
    const settings = { PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, CONTENT_DIR: content, LOG_LEVEL: 'silent' };
    running = await start(readConfig(settings, true));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(running.url);
    await page.locator('#people').getByText('Adviseur dossier (POC+)', { exact: true }).click();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    await rm(folder, { recursive: true });
  }, 60_000);
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  const chat = () => page.locator('#chat-log');
  const card = (text: string) => chat().locator('.message', { hasText: text }).last();
  /** Until it was answered: the last card is then the one that came with it. */
  const say = async (text: string): Promise<void> => {
    const answers = chat().locator('.message:not(.mine)');
    const before = await answers.count();
    await page.locator('#chat-text').fill(text);
    await page.locator('#chat-text').press('Enter');
    await expect.poll(() => answers.count()).toBeGreaterThan(before);
  };
  /** What the browser offers below a field, best first. */
  const offered = (field: Locator): Promise<string[]> =>
    field.evaluate((input) => [...((input as HTMLInputElement).list?.options ?? [])].map(({ value }) => value));

  /** Types in a field as a person does, and takes the first of what the browser then offers. */
  async function choose(field: Locator, letters: string): Promise<string> {
    await field.click();
    await page.keyboard.type(letters);
    const matching = async () =>
      (await offered(field)).filter((one) => one.toLowerCase().includes(letters.toLowerCase())).slice(0, 3);
    await expect.poll(matching).not.toEqual([]);
    const [first] = await matching();
    // The list that a browser drops down is not part of the page: what choosing in it does is done here.
    await field.fill(first!);
    return first!;
  }

  it('registers a known question with two clicks and three letters, and remembers the rest', async () => {
    await say('registreer');
    const open = card('Registreer een vraag');
    const centre = await choose(open.getByRole('combobox', { name: 'Centrum of school', exact: true }), 'kiem 41');
    const known = await choose(open.getByRole('combobox', { name: 'Bekende vraag', exact: true }), 'par');
    await open.getByRole('button', { name: 'Telefoon' }).click();
    const saved = card('Geregistreerd: HD-');
    await saved.waitFor();
    const text = await saved.textContent();
    expect(text).toContain(known);
    expect(text).toContain(centre);
    // The card stays open with the centre filled in: two clicks from here, the field and the channel.
    const next = saved.getByRole('combobox', { name: 'Centrum of school', exact: true });
    expect(await next.inputValue()).toBe(centre);
    await choose(saved.getByRole('combobox', { name: 'Bekende vraag', exact: true }), 'par');
    await saved.getByRole('button', { name: 'Mail' }).click();
    await card('· mail').waitFor();
  });

  it('says to choose when something was typed that is no known question', async () => {
    await say('registreer');
    const open = card('Registreer een vraag');
    await open.getByRole('combobox', { name: 'Bekende vraag', exact: true }).fill('zo maar iets');
    await open.getByRole('button', { name: 'Telefoon' }).click();
    await open.getByText('Dit is geen bekende vraag. Kies er een uit de lijst').waitFor();
    expect(await open.getByText(/moet nog ingevuld worden/).count()).toBe(0);
  });

  it('registers a message of a person from its menu, without what is recognisable', async () => {
    await say('dag, hoe lang bewaren we het dossier van Jonas Peeters, zijn mama belt op 0470 12 34 56');
    const message = chat().locator('.message.mine', { hasText: 'Jonas Peeters' });
    await message.getByRole('button', { name: 'Registreer als helpdeskvraag' }).click();
    const dialog = page.getByRole('dialog', { name: 'Registreer als helpdeskvraag' });
    const text = await dialog.getByRole('textbox', { name: 'De vraag' }).inputValue();
    expect(text).toContain('hoe lang bewaren we het dossier');
    expect(text).not.toMatch(/Jonas|0470/);
    await dialog.getByRole('button', { name: 'WhatsApp' }).click();
    await dialog.getByText(/Geregistreerd als HD-\d{4}-\d{4}/).waitFor();
    await dialog.getByRole('button', { name: 'Sluit', exact: true }).click();
    await message.getByRole('button', { name: 'Registreer als helpdeskvraag' }).click();
    await message.getByText(/al geregistreerd als HD-/).waitFor();
  });

  it('shares an answer with its source in a channel, found while typing', async () => {
    await page.locator('#channel-search').click();
    const dialog = page.getByRole('dialog', { name: 'Zoek in FAQ' });
    await page.keyboard.type('bewaartermijn dossier');
    const found = dialog.locator('.found button').first();
    await found.waitFor();
    const title = (await found.locator('strong').textContent())!;
    await found.click();
    const shared = page.locator('#channel-log').locator('.message', { hasText: title }).last();
    await shared.getByText('Bronnen').waitFor();
    expect(await shared.getByRole('button', { name: /geholpen|opgelost|adviseur/i }).count()).toBe(0);
  });
});
