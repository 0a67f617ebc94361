// Draws the dashboard on demonstration data in every theme and width, into docs/screens/.

import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { demonstrate } from '../src/app/figures/demonstration.ts';
import { buildDashboard } from '../src/build.ts';
import { readConfig } from '../src/config.ts';
import { start } from '../src/main.ts';
import { OUT, openBrowser } from './browser.ts';

await buildDashboard();
const folder = await mkdtemp(join(tmpdir(), 'helpdesk-dashboard-'));
const store = openSqlite(join(folder, 'helpdesk.sqlite'), { now: Date.now });
const { content } = await loadContent('./content');
await demonstrate({ store, content, now: Date.now(), seed: '1', schoolYears: 2 });
store.close();
const config = readConfig({ PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, LOG_LEVEL: 'silent' }, true);
const running = await start(config);
const browser = await openBrowser();
const problems: string[] = [];

/** `full`: the whole page, else what is in sight. */
const PICTURES = [
  { name: 'dashboard-light', theme: 'light', width: 1280, height: 900, full: false },
  { name: 'dashboard-1100', theme: 'light', width: 1100, height: 900, full: false },
  { name: 'dashboard-dark', theme: 'dark', width: 1100, height: 900, full: false },
  { name: 'dashboard-contrast', theme: 'contrast', width: 1100, height: 900, full: false },
  { name: 'dashboard-smal', theme: 'light', width: 360, height: 780, full: false },
  { name: 'dashboard-smal-dark', theme: 'dark', width: 360, height: 780, full: false },
] as const;

for (const { name, theme, width, height, full } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${name}: ${message.text()}`);
  });
  await page.goto(`${running.url}/dashboard?weergave=${theme}`);
  await page.locator('[data-block="years"]').waitFor();
  await page.locator('[data-block="gaps"] .topics li').first().waitFor();
  await page.screenshot({ path: `${OUT}/${name}.png`, fullPage: full });
  if (name === 'dashboard-1100') {
    await page.pdf({ path: join(folder, 'dashboard.pdf'), preferCSSPageSize: true, printBackground: true });
    for (const [id, picture] of [
      ['themes', 'dashboard-themas'],
      ['reach', 'dashboard-bereik'],
      ['topics', 'dashboard-opvolging'],
    ] as const) {
      await page.evaluate((target) => document.getElementById(target)?.scrollIntoView(), id);
      await page.screenshot({ path: `${OUT}/${picture}.png` });
    }
  }
  if (name === 'dashboard-light') {
    await page.locator('[data-block="themes"] button.figure').first().click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await page.screenshot({ path: `${OUT}/dashboard-lijst.png` });
  }
  await page.close();
}
await browser.close();
await running.stop();
await copyFile(join(folder, 'dashboard.pdf'), join(tmpdir(), 'dashboard.pdf'));
await rm(folder, { recursive: true });
for (const problem of problems) console.error(problem);
console.log(`${PICTURES.length + 4} pictures of the dashboard in ${OUT}/; ${problems.length} errors on the page`);
process.exit(problems.length === 0 ? 0 : 1);
