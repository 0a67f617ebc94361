// A Chromium for the programs that draw. Ends the program with a sentence when there is none.

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    console.error(
      `There is no Chromium at ${executablePath}. Install Debian's chromium, or set CHROMIUM to where one is.`,
    );
    process.exit(1);
  }
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet] });
}
