// Measures taking over the largest table that is allowed, from the command line, as CSV and as a spreadsheet: time and peak memory.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/adapters/files/content.ts';
import { writeSheet } from '../src/adapters/files/writing.ts';

const { values: options } = parseArgs({ options: { rows: { type: 'string', default: '200000' } } });
const ROWS = Number(options.rows);
const GOALS = { seconds: 120, mebibytes: 1024 };
const HEADER = ['datum', 'kanaal', 'thema', 'centrum', 'vraag', 'minuten'];
/** Says at the end how much memory the program held at most, in KiB. */
const TELL_MEMORY = 'data:text/javascript,process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';

const folder = await mkdtemp(join(tmpdir(), 'helpdesk-import-'));
const { content } = await loadContent('./content');

/** Rows as schools' own lists have them: no two alike, everything filled in. */
function rowAt(index: number): string[] {
  const of = <One>(list: readonly One[]): One => list[index % list.length]!;
  const day = new Date(Date.UTC(2025, 8, 1 + (index % 300))).toISOString().slice(0, 10);
  const question = `Vraag ${index}: hoe lang bewaren we het dossier van een leerling die naar een andere school gaat?`;
  const channel = of(['telefoon', 'mail', 'WhatsApp', 'informeel']);
  return [day, channel, of(content.themes).name, of(content.centres).name, question, of(['5', '10 min', '1u30'])];
}
const rows = Array.from({ length: ROWS }, (_, index) => rowAt(index));

const csv = join(folder, 'vragen.csv');
await writeFile(
  csv,
  [HEADER, ...rows]
    .map((row) => row.join(';'))
    .join('\r\n')
    .concat('\r\n'),
);
const xlsx = join(folder, 'vragen.xlsx');
await writeSheet(
  xlsx,
  'vragen',
  HEADER,
  (async function* () {
    yield* rows;
  })(),
);

type Run = { seconds: number; mebibytes: number; said: string };
function helpdesk(...typed: string[]): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_MEMORY, 'src/cli.ts', ...typed], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: join(folder, typed.includes(csv) ? 'csv' : 'xlsx'),
      HELPDESK_MODE: 'local',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const peak = Number(/peak (\d+)/.exec(said)?.[1] ?? Number.NaN);
      resolve({ seconds: (performance.now() - began) / 1000, mebibytes: peak / 1024, said });
    });
  });
}

let failed = false;
for (const [what, file, expected, ...flags] of [
  ['CSV, dry run', csv, ROWS],
  ['CSV, written', csv, ROWS, '--apply'],
  ['CSV, again: nothing is added', csv, 0, '--apply'],
  ['spreadsheet, dry run', xlsx, ROWS],
  ['spreadsheet, written', xlsx, ROWS, '--apply'],
] as const) {
  const { seconds, mebibytes, said } = await helpdesk('import', 'registrations', file, ...flags);
  const added = Number(/toe te voegen\s+(\d+)/.exec(said)?.[1] ?? Number.NaN);
  const fine = added === expected && seconds <= GOALS.seconds && mebibytes <= GOALS.mebibytes;
  failed ||= !fine;
  console.log(
    `${what.padEnd(30)}${seconds.toFixed(1).padStart(7)} s${mebibytes.toFixed(0).padStart(7)} MiB${fine ? '' : '  MISSED'}`,
  );
  if (added !== expected) console.log(said.slice(-2_000));
}
await rm(folder, { recursive: true });
console.log(`${ROWS} rows; goals ${GOALS.seconds} s and ${GOALS.mebibytes} MiB: ${failed ? 'FAILED' : 'PASSED'}`);
process.exit(failed ? 1 : 0);
