// What the operator does is noted: every command is in the table, and each that reads or changes what people wrote leaves an entry.

import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { answerReloadRequest, keyOf } from '../src/app/knowledge/knowledge-base.ts';
import type { KnowledgeBase } from '../src/app/ports.ts';
import { auditTrail, verifyAudit } from '../src/app/privacy/audit.ts';
import { nameOf, TRAIL } from '../src/cli/trail.ts';

const PERSON = '00000000-0000-4000-8000-000000000001';
const WORDING = 'wie mag dat bewaarde dossier inkijken';
const clock = { now: Date.now };
let folder: string;
let program: Command;
const openStore = () => openSqlite(join(folder, 'helpdesk.sqlite'), clock);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trail-'));
  // The command line reads its settings when it starts.
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('CONTENT_DIR', 'content');
  ({ program } = await import('../src/cli.ts'));
  for (const one of commands()) one.exitOverride();
  const store = openStore();
  const body = { wordings: [{ key: keyOf(WORDING), text: WORDING, for: [{ by: 'x', at: Date.now() }], against: [] }] };
  await store.create({ pk: 'wordings:x', id: 'wordings:x', kind: 'wordings', body });
  store.close();
  await writeFile(
    join(folder, 'rows.csv'),
    'datum;kanaal;thema;centrum;vraag;minuten\n24/11/2026;tel;dossier;gent;Goed?;5\n',
  );
});
afterEach(() => {
  process.exitCode = 0;
  vi.restoreAllMocks();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

function commands(of: Command = program): Command[] {
  return [of, ...of.commands.flatMap((one) => commands(one))];
}

/** Runs what is typed, and gives what was printed and what the trail got. A refusal is as good: the entry comes first. */
async function typed(line: string): Promise<{ said: string; noted: string[] }> {
  const said: unknown[] = [];
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation((one) => void said.push(one));
  const before = (await entries()).length;
  await program
    .parseAsync(line.split(' '), { from: 'user' })
    .catch((error: unknown) => void said.push(error instanceof Error ? error.message : error));
  return { said: said.join('\n'), noted: (await entries()).slice(before) };
}
async function entries(): Promise<string[]> {
  const store = openStore();
  const all = await Array.fromAsync(auditTrail(store));
  store.close();
  expect(all.every(({ by }) => by === 'command-line')).toBe(true);
  return all.map(({ action, about }) => `${action} ${about}`);
}
const out = (name: string): string => join(folder, name);

it('every command is in the table, and nothing else', () => {
  const typedAs = commands()
    .filter((one) => '_actionHandler' in one && one._actionHandler !== null)
    .map(nameOf);
  expect(typedAs.sort()).toEqual(Object.keys(TRAIL).sort());
});

/** What is typed for each command that is noted, and the entry. */
const NOTED: [line: () => string, entry: string][] = [
  [() => 'report --school-year 2025-2026', 'export report 2025-2026'],
  [() => `import registrations ${out('rows.csv')} --apply`, 'import registrations'],
  [() => `export tickets --out ${out('a.csv')}`, 'export tickets'],
  [
    () => `export sessions --school-year 2025-2026 --with-text --out ${out('b.csv')}`,
    'export sessions 2025-2026 with text',
  ],
  [() => `content export --out ${out('items')}`, 'export items'],
  [() => 'content import content/faq --apply', 'change-content items'],
  [() => 'wordings list', 'read-text wordings'],
  [() => 'topics --school-year 2025-2026', 'export topics 2025-2026'],
  [() => `newsletter --month 2026-10 --out ${out('n.html')}`, 'export newsletter 2026-10'],
  [() => `annual-report --school-year 2025-2026 --out ${out('r.docx')}`, 'export annual report 2025-2026'],
  [() => `own-data --person ${PERSON} --out ${out('o.json')}`, 'give-own-data person'],
  [() => `forget --person ${PERSON}`, 'find-person person'],
  [() => `forget --person ${PERSON} --yes`, 'erase-person person'],
  [() => 'find-person Jan Peeters', 'find-person ticket'],
  [() => 'retention --apply', 'retention asked for'],
  [() => 'audit list', 'read-trail audit'],
  [() => 'erase-again', 'erase-person again'],
  [() => `backup --out ${out('c.sqlite')}`, 'backup everything'],
];

it.each(NOTED.map(([line, entry]) => ({ line, entry, command: entry })))(
  '$command',
  async ({ line, entry }) => {
    const { noted, said } = await typed(line());
    expect([noted, said]).toEqual([[entry], said]);
  },
  60_000,
);

it('a person of whom nothing is held is said to be so, and no file is written', { timeout: 60_000 }, async () => {
  const stranger = 'ffffffff-0000-4000-8000-000000000000';
  expect((await typed(`own-data --person ${stranger} --out ${out('nobody.json')}`)).said).toContain('Nothing is held');
  await expect(access(out('nobody.json'))).rejects.toThrow('ENOENT');
  expect((await typed(`forget --person ${stranger}`)).said).toContain('Nothing is held');
});

it('reload, restore and what takes a wording out are noted too', { timeout: 60_000 }, async () => {
  const running = typed('reload');
  const store = openStore();
  const knowledge = { reload: async () => ({ items: 1, problems: [] }) } as unknown as KnowledgeBase;
  await expect
    .poll(async () => (await answerReloadRequest(store, clock, knowledge, 0, 'running')).reloaded)
    .toBeDefined();
  store.close();
  expect((await running).noted).toEqual(['change-content content']);

  const [, code] = /\b([0-9a-f]{8})\b/.exec((await typed('wordings list')).said)!;
  expect((await typed(`wordings remove ${code}`)).noted).toEqual(['remove-wording wording']);
  expect((await typed('wordings list')).said).not.toContain(WORDING);

  const kept = await entries();
  expect((await typed(`restore ${out('c.sqlite')}`)).said).toMatch(/Restored and compared/);
  const restored = await entries();
  expect(restored.at(-1)).toBe('restore everything');
  expect(kept.slice(0, restored.length - 1)).toEqual(restored.slice(0, -1));
  const after = openStore();
  expect(await verifyAudit(after)).not.toHaveProperty('problem');
  after.close();
});

it('the ones that are not noted say why, and show nothing that people wrote', { timeout: 60_000 }, async () => {
  for (const line of ['doctor', 'dead-letters', 'audit verify', 'import registrations', 'retention']) {
    const { said, noted } = await typed(line === 'import registrations' ? `${line} ${out('rows.csv')}` : line);
    expect([line, noted]).toEqual([line, []]);
    expect(said).not.toContain(WORDING);
    expect(said).not.toBe('');
  }
  for (const [name, entry] of Object.entries(TRAIL))
    if (typeof entry === 'object') expect([name, entry.unnoted.length > 10]).toEqual([name, true]);
});

it('a command that nobody thought of is noted by its name', async () => {
  const added = program.command('brand-new').action(() => {});
  expect((await typed('brand-new')).noted).toEqual(['command brand-new']);
  (program.commands as Command[]).splice(program.commands.indexOf(added), 1);
});
