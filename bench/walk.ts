// Plays the whole story in the playground with a real browser, as two people would, and takes its pictures into docs/screens/.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readConfig } from '../src/config.ts';
import { start } from '../src/main.ts';
import { openBrowser } from './browser.ts';
import { indexed } from './pictures.ts';

const OUT = 'docs/screens';
await mkdir(OUT, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'helpdesk-walk-'));
const config = readConfig({ PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, LOG_LEVEL: 'silent' }, true);
const running = await start(config);
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
const problems: string[] = [];
page.on('pageerror', (error) => problems.push(error.message));
page.on('console', (message) => {
  if (message.type() === 'error') problems.push(message.text());
});

const chat = page.locator('#chat-log');
const channel = page.locator('#channel-log');
const dialog = page.getByRole('dialog');
const picture = async (name: string, of: Page = page): Promise<void> => {
  await of.waitForTimeout(400);
  await writeFile(`${OUT}/${name}.png`, indexed(await of.screenshot()));
};
const be = (name: string): Promise<void> => page.locator('#people').getByText(name, { exact: true }).click();
const say = async (text: string): Promise<void> => {
  await page.locator('#chat-text').fill(text);
  await page.locator('#chat-text').press('Enter');
};
await page.goto(running.url);
await be('Vraagsteller CLB Gent');
await say('mag een papa het dossier van zijn zoon van 9 inkijken?');
await chat.getByText('Heeft dit geholpen?').waitFor();
await picture('verhaal-1-antwoord');
await chat.getByRole('button', { name: 'Nee, vraag een adviseur' }).last().click();
await dialog.getByText('Wanneer heb je het antwoord nodig?').waitFor();
await dialog.getByPlaceholder('Typ een deel van de naam').fill('GO! CLB regio Gent');
await dialog.locator('select').first().selectOption({ label: 'Maatschappelijk werker' });
await picture('verhaal-2-vraag-adviseur');
await dialog.getByRole('button', { name: 'Verstuur naar een adviseur' }).click();
await channel.getByText('Niemand nam deze vraag al op').waitFor();
await page.keyboard.press('Escape');
await picture('verhaal-3-in-het-kanaal');
await channel.getByRole('button', { name: 'Ik neem deze vraag' }).click();
await channel.getByText('Jij behandelt deze vraag').waitFor();
await channel.getByRole('button', { name: 'Antwoord', exact: true }).click();
await dialog
  .getByPlaceholder('In gewone taal; links mogen')
  .fill(
    'Ja, elke ouder met gezag kan inzage vragen. Plan een gesprek binnen 10 werkdagen en haal vertrouwelijke informatie van anderen eruit.',
  );
await dialog.locator('select').last().selectOption({ label: '15 min.' });
await picture('verhaal-5-antwoorden');
await dialog.getByRole('button', { name: 'Verstuur en sluit af' }).click();
await chat.getByText('Hoe was het antwoord van de helpdesk?').waitFor();
await page.keyboard.press('Escape');
await picture('verhaal-6-antwoord-en-bevraging');
for (const choice of await chat.getByRole('combobox').all()) {
  const options = await choice.locator('option').allTextContents();
  if (options.includes('8')) await choice.selectOption('7');
}
await chat.getByRole('button', { name: 'Verstuur', exact: true }).last().click();
await chat.getByText('Bedankt voor je antwoord.').last().waitFor();
await be('Kwaliteitsteam');
await say('statistiek');
await chat.getByText('Vragen per thema').first().waitFor();

await be('Vraagsteller CLB Kortrijk');
await say('mag ik de mama van Jonas bellen op 0470 12 34 56?');
await chat.getByText('Verstuur zonder deze gegevens').waitFor();
await picture('playground-light');
await be('Adviseur dossier (POC+)');
await say('registreer');
const card = chat.locator('.message', { hasText: 'Registreer een vraag' }).last();
await card.getByRole('combobox', { name: 'Bekende vraag', exact: true }).click();
await page.keyboard.type('par');
await picture('registreren-1-drie-letters');
await card.getByRole('combobox', { name: 'Bekende vraag', exact: true }).fill('');
await say('dag, hoe lang bewaren we het dossier van Jonas Peeters? Zijn mama belt op 0470 12 34 56');
const message = chat.locator('.message.mine', { hasText: 'Jonas Peeters' });
await message.getByRole('button', { name: 'Registreer als helpdeskvraag' }).click();
await dialog.getByText('Gevraagd in Teams').waitFor();
await picture('registreren-2-een-bericht');
await dialog.getByRole('button', { name: 'WhatsApp' }).click();
await dialog.getByText('Geregistreerd als HD-').waitFor();
await page.keyboard.press('Escape');
await page.locator('#channel-search').click();
await page.keyboard.type('bewaartermijn dossier');
await dialog.locator('.found button').first().waitFor();
await picture('registreren-3-zoek-in-faq');
await dialog.locator('.found button').first().click();
await channel.getByText('Bronnen').last().waitFor();

await browser.close();
await running.stop();
await rm(folder, { recursive: true });
for (const problem of problems) console.error(problem);
console.log(
  `the stories were played in ${OUT}/verhaal-*.png and registreren-*.png; ${problems.length} errors on the page`,
);
process.exit(problems.length === 0 ? 0 : 1);
