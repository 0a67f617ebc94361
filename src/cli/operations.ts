// The commands of whoever keeps the helpdesk running. Parses what was typed and prints; every task lives elsewhere.

import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { loadContent } from '../adapters/files/content.ts';
import { createLedger } from '../adapters/files/ledger.ts';
import { backUp, holdsStore, putBack } from '../adapters/storage/backup.ts';
import { openAsIs, openStore, type StoreSettings } from '../adapters/storage/open.ts';
import { becomeAnother } from '../app/figures/follow.ts';
import { withItems } from '../app/knowledge/items.ts';
import type { Clock, Store } from '../app/ports.ts';
import { audit } from '../app/privacy/audit.ts';
import { eraseAgain } from '../app/privacy/own-data.ts';
import { deadLetters, retry } from '../app/questions/dead-letters.ts';
import type { LeaseRecord } from '../app/records.ts';
import { examine, type Finding } from '../app/running/doctor.ts';
import { move, summarise } from '../app/running/move.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';

type Surroundings = {
  folders: Pick<Config, 'contentFolder' | 'dataFolder' | 'ledgerFolder' | 'store'>;
  clock: Clock;
};
const KINDS = ['sqlite', 'cosmos'] as const;
type Kind = (typeof KINDS)[number];

/** Adds the commands. What they reject with is a sentence for the operator. */
export function addOperationsCommands(program: Command, { folders, clock }: Surroundings): void {
  const ledger = createLedger(folders.ledgerFolder, clock);
  const open = () => openStore(folders.store, clock, console.error);
  const withStore = async <T>(task: (store: Store) => Promise<T>): Promise<T> => {
    const store = await open();
    try {
      return await task(store);
    } finally {
      store.close();
    }
  };

  /** Whatever brought it back: what was erased since goes again, and figures are counted again. */
  const afterRestore = async (store: Store): Promise<string> => {
    await becomeAnother(store);
    return erasedAgain(await eraseAgain({ store, clock, ledger }));
  };

  program
    .command('doctor')
    .description('look for what keeps the helpdesk from working well; exit code 1 when there is an error')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await diagnose({ folders, clock });
      if (json) console.log(JSON.stringify({ findings }));
      else for (const { level, what, fix } of findings) console.log(`${level.padEnd(8)} ${what}\n         → ${fix}`);
      const errors = findings.filter(({ level }) => level === 'error').length;
      if (!json) console.log(`${errors} error(s), ${findings.length - errors} warning(s)`);
      if (errors > 0) process.exitCode = 1;
    });

  program
    .command('dead-letters')
    .description('list the messages that were given up after repeated failures')
    .argument('[action]', '"retry" has them tried again', (action: string) => {
      if (action !== 'retry') throw new InvalidArgumentError('the only action is "retry".');
      return action;
    })
    .argument('[number]', 'of one question, for example HD-2026-0142')
    .action(async (action: string | undefined, number: string | undefined) =>
      withStore(async (store) => {
        if (action) {
          const tried = await retry(store, (letter) => number === undefined || letter.number === number);
          console.log(
            tried > 0 ? `${tried} message(s) will be tried again within seconds.` : 'There is nothing to retry.',
          );
          return;
        }
        const letters = await deadLetters(store);
        for (const { number: of, side, attempts, reason, at } of letters) {
          console.log(`${of}  ${side.padEnd(9)}  ${new Date(at).toISOString()}  ${attempts} attempts  ${reason}`);
        }
        console.log(`${letters.length} message(s) given up.`);
      }),
    );

  program
    .command('backup')
    .description('write a copy of the SQLite store to a new file, while the helpdesk runs')
    .requiredOption('--out <file>', 'the file to write; it may not exist yet')
    .action(async ({ out }: { out: string }) => {
      const { folder } = sqliteOnly(folders.store);
      if (await holdsStore(folder)) await withStore((store) => note(store, clock, 'backup'));
      const copy = await backUp(folder, out, (share) => showProgress(`${Math.round(share * 100)} %`));
      endProgress();
      console.log(`Written and checked: ${copy.documents} documents (${listed(copy.kinds)}), sha256 ${copy.sha256}.`);
      console.log('It holds personal data: keep it as long as your term for backups says, and no longer.');
    });

  program
    .command('restore')
    .description('put a backup in the place of the SQLite store; stop the helpdesk first')
    .argument('<file>')
    .action(async (file: string) => {
      const { folder } = sqliteOnly(folders.store);
      if (await holdsStore(folder)) await withStore((store) => refuseWhileRunning(store, clock));
      const stamp = new Date(clock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
      const restored = await putBack(file, folder, stamp);
      const holds = await withStore((store) => summarise(store, undefined, { whole: true }));
      if (holds.documents !== restored.documents) {
        throw new Error(`The restored store gives ${holds.documents} documents, the backup ${restored.documents}.`);
      }
      console.log(`Restored and compared: ${restored.documents} documents (${listed(restored.kinds)}).`);
      await withStore((store) => note(store, clock, 'restore'));
      console.log(await withStore(afterRestore));
      if (restored.keptAs) console.log(`What was there is kept as ${restored.keptAs}. Remove it when all is well.`);
    });

  program
    .command('erase-again')
    .description('after a restore by other means: erase again what was erased since, from the ledger in LEDGER_DIR')
    .action(async () => console.log(await withStore(afterRestore)));

  program
    .command('move')
    .description('copy everything to the other kind of store, and compare; stop the helpdesk first')
    .requiredOption('--from <kind>', KINDS.join(' or '), kind)
    .requiredOption('--to <kind>', KINDS.join(' or '), kind)
    .action(async (options: { from: Kind; to: Kind }) => {
      if (options.from === options.to) throw new Error('--from and --to are the same.');
      if (folders.store.kind !== 'cosmos')
        throw new Error('Set COSMOS_ENDPOINT (and what belongs to it) for this move.');
      const settings = { sqlite: { kind: 'sqlite', folder: folders.dataFolder } as const, cosmos: folders.store };
      const from = await openAsIs(settings[options.from], clock);
      const to = await openAsIs(settings[options.to], clock);
      try {
        await copyAll(from, to, clock);
      } finally {
        from.close();
        to.close();
      }
    });
}

const note = (store: Store, clock: Clock, action: 'backup' | 'restore' | 'move') =>
  audit({ store, clock }, 'command-line', { action, about: 'everything' });

const erasedAgain = (count: number): string =>
  count === 0
    ? 'Nothing in it was erased before.'
    : `${count} people or questions in it were erased before: the helpdesk erases them again as soon as it starts.`;

async function copyAll(from: Store, to: Store, clock: Clock): Promise<void> {
  await refuseWhileRunning(from, clock);
  await refuseWhileRunning(to, clock);
  await note(from, clock, 'move');
  const before = await summarise(from, (n) => showProgress(`counting ${n}`));
  const { written, there } = await move(from, to, (n) => showProgress(bar(n, before.documents)));
  const after = await summarise(to, (n) => showProgress(`comparing ${bar(n, before.documents)}`));
  endProgress();
  console.log(`${written} documents written, ${there} were there already.`);
  console.log(`from  ${before.documents} documents, checksum ${before.checksum} (${listed(before.kinds)})`);
  console.log(`to    ${after.documents} documents, checksum ${after.checksum} (${listed(after.kinds)})`);
  if (before.checksum !== after.checksum || before.documents !== after.documents) {
    throw new Error('The two stores are not the same: the target held other documents, or something wrote meanwhile.');
  }
  console.log('Both hold the same.');
}

/** Settings, store, keys and clock; then, when there is a store, what is in it. */
async function diagnose({ folders, clock }: Surroundings): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { content, problems } = await loadContent(folders.contentFolder);
  let config: Config | undefined;
  try {
    config = readConfig(undefined, true);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.message.split('\n');
    // The last line may be another way out, which is no mistake of its own.
    const otherwise = lines.filter((line) => line.startsWith('or '));
    const fix = ['correct this setting', ...otherwise].join(', ');
    const wrong = lines.filter((line) => !otherwise.includes(line));
    findings.push(...wrong.map((what): Finding => ({ level: 'error', what, fix })));
  }
  if (config?.model) findings.push(...(await askModel(config.model.endpoint)));
  if (config?.credentials) findings.push(...(await askKeys(config.credentials.openIdMetadata, clock)));
  try {
    const store = await openStore(folders.store, clock, (what) =>
      findings.push({ level: 'error', what, fix: 'restore a backup, or have the document looked at' }),
    );
    await store.health();
    const { content: standing } = await withItems({ content }, store);
    findings.push(...(await examine(store, standing, problems, clock.now())));
    store.close();
  } catch (error) {
    findings.push({
      level: 'error',
      what: `the store cannot be used: ${messageOf(error)}`,
      fix: 'as the sentence says',
    });
  }
  return findings;
}

const MOST_SKEW_MS = 60_000;

/** The issuer of the Connector's keys must be reachable, and its clock and ours must agree: tokens have an end. */
async function askKeys(address: string, clock: Clock): Promise<Finding[]> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    const skew = Math.abs(Date.parse(response.headers.get('date') ?? '') - clock.now());
    return skew > MOST_SKEW_MS
      ? [
          {
            level: 'error',
            what: `the clock of this machine is ${Math.round(skew / 1_000)} s off`,
            fix: 'set it by NTP',
          },
        ]
      : [];
  } catch (error) {
    const fix = 'let this machine reach that host over https';
    return [{ level: 'error', what: `the keys of the Connector at ${address}: ${messageOf(error)}`, fix }];
  }
}

/** Whether its host answers at all, and sends nothing: only the app itself may have something written. */
async function askModel(endpoint: string): Promise<Finding[]> {
  try {
    const response = await fetch(endpoint, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return [];
  } catch (error) {
    const fix = 'let this machine reach that host, or unset DRAFT_ENDPOINT and DRAFT_DEPLOYMENT';
    return [{ level: 'warning', what: `DRAFT_ENDPOINT does not answer: ${messageOf(error)}`, fix }];
  }
}

async function refuseWhileRunning(store: Store, clock: Clock): Promise<void> {
  const lease = (await store.read('lease:sweep', 'lease:sweep'))?.doc.body as LeaseRecord | undefined;
  if (lease && lease.until > clock.now()) {
    throw new Error('A helpdesk is running on this store. Stop it first; after a crash, wait 15 seconds.');
  }
}

function sqliteOnly(settings: StoreSettings): Extract<StoreSettings, { kind: 'sqlite' }> {
  if (settings.kind === 'sqlite') return settings;
  throw new Error('This is for SQLite. Cosmos DB keeps backups of its own: see docs/operations.md.');
}

function kind(value: string): Kind {
  const found = KINDS.find((one) => one === value);
  if (!found) throw new InvalidArgumentError(`choose ${KINDS.join(' or ')}.`);
  return found;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const listed = (kinds: Record<string, number>): string =>
  Object.entries(kinds)
    .map(([name, n]) => `${n} ${name}`)
    .join(', ');
const bar = (n: number, of: number): string => {
  const full = of === 0 ? 30 : Math.min(30, Math.floor((n / of) * 30));
  return `${'█'.repeat(full)}${'░'.repeat(30 - full)} ${n} of ${of}`;
};
const showProgress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};
const endProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
};
