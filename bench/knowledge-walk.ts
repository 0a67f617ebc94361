// Plays the knowledge loop in the playground with a real browser: asked, answered, proposed, reviewed, and asked again by somebody else. Pictures in docs/screens/.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { start } from '../src/main.ts';
import { openBrowser } from './browser.ts';
import { indexed } from './pictures.ts';

const OUT = 'docs/screens';
const QUESTION = 'Hoe vraag ik een toegangsbadge aan voor het archieflokaal?';
const AGAIN = 'hoe vraag je een toegangsbadge voor het archieflokaal aan';
const ANSWER = 'Mail het onthaal van je centrum met je personeelsnummer. De badge ligt na drie werkdagen klaar.';

const folder = await mkdtemp(join(tmpdir(), 'helpdesk-loop-'));
const config = readConfig({ PORT: '0', HELPDESK_MODE: 'local', DATA_DIR: folder, LOG_LEVEL: 'silent' }, true);
const running = await start(config);
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
page.setDefaultTimeout(20_000);
const problems: string[] = [];
page.on('pageerror', (error) => problems.push(error.message));

const chat = page.locator('#chat-log');
const channel = page.locator('#channel-log');
const dialog = page.getByRole('dialog');
const picture = async (name: string): Promise<void> => {
  await page.waitForTimeout(400);
  await writeFile(`${OUT}/${name}.png`, indexed(await page.screenshot()));
};
const be = (name: string): Promise<void> => page.locator('#people').getByText(name, { exact: true }).click();
const say = async (text: string): Promise<void> => {
  await page.locator('#chat-text').fill(text);
  await page.locator('#chat-text').press('Enter');
};

await page.goto(running.url);
await be('Vraagsteller CLB Gent');
await say(QUESTION);
await chat.getByRole('button', { name: 'Vraag een adviseur' }).last().click();
await dialog.getByText('Wanneer heb je het antwoord nodig?').waitFor();
await dialog.getByRole('combobox', { name: 'Thema' }).fill('Multidisciplinair dossier, inzage en overdracht');
await dialog.getByPlaceholder('Typ een deel van de naam').fill('GO! CLB regio Gent');
await dialog.locator('select').first().selectOption({ label: 'Maatschappelijk werker' });
await dialog.getByRole('button', { name: 'Verstuur naar een adviseur' }).click();
await channel.getByText('Niemand nam deze vraag al op').waitFor();
await page.keyboard.press('Escape');
await channel.getByRole('button', { name: 'Ik neem deze vraag' }).click();
await channel.getByText('Jij behandelt deze vraag').waitFor();
await channel.getByRole('button', { name: 'Antwoord', exact: true }).click();
await dialog.getByPlaceholder('In gewone taal; links mogen').fill(ANSWER);
await dialog.getByRole('checkbox').last().check();
await dialog.getByRole('button', { name: 'Verstuur en sluit af' }).click();
await dialog.getByText('Wie het thema beheert, leest dit na').waitFor();
await dialog.getByRole('button', { name: 'Stel voor', exact: true }).click();
await page.getByText('Voorgesteld.').first().waitFor();
await page.keyboard.press('Escape');
await be('Adviseur beroepsgeheim (POC+)');
await say('kennisbank');
await chat.getByText('Te beoordelen').first().waitFor();
await chat.getByText('toegangsbadge').first().click();
await chat.getByRole('button', { name: 'Publiceer' }).last().waitFor();
await picture('kringloop-3-nagekeken');
await chat.getByRole('button', { name: 'Publiceer' }).last().click();
await chat.getByText('Gepubliceerd. Vraagstellers krijgen').last().waitFor();
await be('Vraagsteller CLB Kortrijk');
await say(AGAIN);
await chat.getByText(ANSWER).last().waitFor();
await chat.getByText('nagekeken op').last().waitFor();
await picture('kringloop-4-opnieuw-gevraagd');

await browser.close();
await running.stop();
await rm(folder, { recursive: true });
for (const problem of problems) console.error(problem);
console.log(`the loop was played in ${OUT}/kringloop-*.png; ${problems.length} errors on the page`);
process.exit(problems.length === 0 ? 0 : 1);
