// Stories of somebody who takes tables over: what is understood, what is refused and why, and what the report says after.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { readTable } from '../src/adapters/files/tables.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import type { Mapping } from '../src/app/columns.ts';
import { applyImport, countThere, type Plan, planImport } from '../src/app/import.ts';
import { createKnowledgeBase } from '../src/app/knowledge-base.ts';
import type { Clock, Content, KnowledgeBase, Store } from '../src/app/ports.ts';
import { allTickets, report } from '../src/app/statistics.ts';
import { type App, createSerial } from '../src/app/tickets.ts';
import { minutesOf } from '../src/domain/ticket.ts';

const clock: Clock = { now: () => Date.parse('2026-11-24T09:00:00Z') };
let folder: string;
let content: Content;
let knowledge: KnowledgeBase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-import-'));
  ({ content } = await loadContent('content'));
  knowledge = await createKnowledgeBase(
    () => loadContent('content'),
    () => {},
  );
});
afterAll(() => rm(folder, { recursive: true }));

type Wish = { kind?: 'registrations' | 'sessions'; mapping?: Mapping; schoolYear?: string };

let files = 0;
async function planOf(bytes: string | Uint8Array, { kind = 'registrations', ...rest }: Wish = {}): Promise<Plan> {
  const file = join(folder, `table-${++files}`);
  await writeFile(file, bytes);
  return planImport((await readTable(file)).rows, { kind, content, now: clock.now(), ...rest });
}

const openStore = (): Store => checked(openSqlite(':memory:', clock));

function appOn(store: Store): App {
  const messenger: App['messenger'] = {
    post: () => Promise.reject(new Error('an import tells nobody')),
    update: () => Promise.reject(new Error('an import tells nobody')),
    member: () => Promise.reject(new Error('an import asks nobody')),
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return { store, knowledge, clock, messenger, log, serial: createSerial() };
}

const header = 'datum;kanaal;thema;centrum;vraag;minuten';
/** Rows under the usual header. */
const table = (...rows: string[]): string => [header, ...rows, ''].join('\r\n');
/** What is said of the one row that is refused. */
async function refusalOf(row: string): Promise<string> {
  const { refused } = await planOf(table(row));
  return refused.map(({ line, reasons }) => `${line}: ${reasons.join('; ')}`).join('\n');
}
const registrations = ({ entries }: Plan) =>
  entries.flatMap((entry) => (entry.kind === 'registration' ? [entry.registration] : []));

describe('the totals of helpdesk live of 2022-2023', () => {
  it('come back from the report as they were published, also when they are imported twice', async () => {
    const store = openStore();
    const read = async () => {
      const { rows } = await readTable('test/fixtures/helpdesk-live-2022-2023.csv');
      return planImport(rows, { kind: 'sessions', content, now: clock.now(), schoolYear: '2022-2023' });
    };
    const first = await read();
    expect(first).toMatchObject({ read: 18, refused: [] });
    expect(await applyImport(appOn(store), first.entries)).toEqual({ added: 18, there: 0 });
    const second = await read();
    expect(await countThere(store, second.entries)).toBe(18);
    expect(await applyImport(appOn(store), second.entries)).toEqual({ added: 0, there: 18 });

    const { sessions } = JSON.parse(await report(store, content, clock, '2022-2023', 'json'));
    expect(sessions.programmes).toEqual([
      { id: 'Aanvangsbegeleiding', sessions: 19, participants: 593 },
      { id: 'Beleid, kwaliteitsontwikkeling en leiderschap', sessions: 32, participants: 1171 },
      { id: 'Curriculum basisonderwijs', sessions: 14, participants: 434 },
      { id: 'Iedereen inclusief', sessions: 29, participants: 1188 },
    ]);
    expect(sessions.rows).toHaveLength(18);
    const text = await report(store, content, clock, '2022-2023', 'table');
    expect(text).toMatch(/Iedereen inclusief +Helpdesksessies BuO +BuO +10 +365/);
    const none = JSON.parse(await report(store, content, clock, '2023-2024', 'json'));
    expect(none.sessions.rows).toEqual([]);
    store.close();
  });

  it('ask for a school year, for they have no date', async () => {
    const file = 'programma;deelnemers\nIedereen inclusief;12\n';
    await expect(planOf(file, { kind: 'sessions' })).rejects.toThrow('--school-year');
    const { refused } = await planOf(file, { kind: 'sessions', schoolYear: '2027-2028' });
    expect(refused[0]?.reasons).toEqual(['Het schooljaar 2027-2028 moet nog beginnen.']);
  });
});
