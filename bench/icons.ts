// Draws the icons of the Teams package from appPackage/icon.svg, in the sizes and colours that Teams wants.

import { readFileSync } from 'node:fs';
import { openBrowser } from './browser.ts';

const drawing = readFileSync('appPackage/icon.svg', 'utf8');
/** Teams rounds the corners of the colour icon, and keeps 120 of its 192 pixels in view everywhere. */
const ICONS = [
  { name: 'color', size: 192, drawn: 116, ink: '#ffffff', ground: '#5b5fc7' },
  { name: 'outline', size: 32, drawn: 30, ink: '#ffffff', ground: 'transparent' },
] as const;

const browser = await openBrowser();
for (const { name, size, drawn, ink, ground } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>html{background:${ground}}body{margin:0;height:100vh;display:grid;place-items:center;color:${ink}}svg{width:${drawn}px;height:${drawn}px}</style>${drawing}`,
  );
  await page.screenshot({ path: `appPackage/${name}.png`, omitBackground: true });
}
await browser.close();
