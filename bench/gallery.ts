// Draws every card in every state, light at the width of a desktop chat and dark on a narrow phone, into docs/screens/.

import express from 'express';
import { listen } from '../src/adapters/http/server.ts';
import { createPlayground } from '../src/playground/server.ts';
import { OUT, openBrowser } from './browser.ts';
import { samples } from './samples.ts';

const quiet = { info: () => {}, warn: () => {} };
const server = express();
server.use(createPlayground({ log: quiet }).router);
const door = await listen(server, 0, '127.0.0.1');
const browser = await openBrowser();

const all = await samples();
for (const [theme, width] of [
  ['light', 520],
  ['dark', 320],
] as const) {
  const page = await browser.newPage({ viewport: { width, height: 60 }, colorScheme: theme });
  await page.goto(`http://127.0.0.1:${door.port}/`);
  for (const { name, card } of all) {
    await page.evaluate(
      async ({ card, theme }) => {
        document.documentElement.dataset.theme = theme;
        const address = '/playground/page-cards.ts';
        const cards = (await import(address)) as typeof import('../src/playground/page-cards.ts');
        cards.prepareCards({ more: '…' });
        const frame = document.createElement('main');
        frame.className = 'card';
        frame.append(cards.drawCard(card, () => {}));
        document.body.replaceChildren(frame);
        Object.assign(document.body.style, { display: 'block', height: 'auto', padding: '12px' });
        Object.assign(document.documentElement.style, { height: 'auto' });
      },
      { card, theme },
    );
    await page.screenshot({ path: `${OUT}/${name}-${theme}.png`, fullPage: true });
  }
}
await browser.close();
await door.close();
console.log(`${all.length} cards drawn twice in ${OUT}/`);
