// Makes the package that an administrator uploads to Teams: dist/helpdesk-teams.zip, looked over before it is written.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { zip } from './adapters/files/zip.ts';
import { problemsIn } from './package-rules.ts';

const FOLDER = join(import.meta.dirname, '..', 'appPackage');
const PARTS = ['manifest.json', 'en-us.json', 'color.png', 'outline.png'];

export type Names = {
  /** Host name on which the helpdesk is reached, without https:// and without a path. */
  host: string;
  /** Application id of the bot: CLIENT_ID of the deployment. */
  clientId: string;
  /** Registration with which people sign in to the dashboard; the bot's own when it has one. */
  tabClientId?: string | undefined;
  /** Id of the app in the catalogue of Teams; the bot's unless told. */
  appId?: string | undefined;
};

/** What makes the package wrong, one line each with the fix. */
export class PackageError extends Error {}

/** The files of the package, filled in. `folder` is another appPackage/ than our own. */
export function partsOf(names: Names, folder: string = FOLDER): Record<string, Uint8Array> {
  const values: Record<string, string> = {
    HELPDESK_HOST: names.host.trim().toLowerCase(),
    BOT_ID: names.clientId.trim().toLowerCase(),
    TAB_CLIENT_ID: (names.tabClientId || names.clientId).trim().toLowerCase(),
    TEAMS_APP_ID: (names.appId || names.clientId).trim().toLowerCase(),
  };
  return Object.fromEntries(
    PARTS.map((name) => {
      const bytes = readFileSync(join(folder, name));
      if (!name.endsWith('.json')) return [name, bytes];
      const filled = bytes.toString('utf8').replace(/\$\{\{(\w+)\}\}/g, (whole, slot: string) => values[slot] ?? whole);
      return [name, Buffer.from(filled)];
    }),
  );
}

/** The bytes of the zip: the same for the same names. Throws PackageError. */
export function packageOf(names: Names): Uint8Array {
  const parts = partsOf(names);
  const problems = problemsIn(parts);
  if (problems.length > 0) throw new PackageError(problems.join('\n'));
  return zip(parts);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { values } = parseArgs({
      options: {
        host: { type: 'string' },
        'client-id': { type: 'string' },
        'tab-client-id': { type: 'string' },
        'app-id': { type: 'string' },
        out: { type: 'string', default: 'dist/helpdesk-teams.zip' },
      },
    });
    const { host, 'client-id': clientId, out } = values;
    if (!host || !clientId) {
      throw new PackageError(
        'Give the host of the helpdesk and the application id of the bot: npm run package -- --host helpdesk.example.be --client-id 00000000-… ; with --tab-client-id when people sign in with another registration',
      );
    }
    const bytes = packageOf({ host, clientId, tabClientId: values['tab-client-id'], appId: values['app-id'] });
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, bytes);
    console.log(`${out} (${bytes.length} bytes), looked over. Upload it in the Teams admin center: Manage apps.`);
  } catch (error) {
    console.error(`The package was not made.\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
