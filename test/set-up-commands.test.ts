// What was set up in the chat as the terminal shows it: the doctor, out to a file and back, names in tables and figures.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { examine } from '../src/app/running/doctor.ts';
import { editSetUp } from '../src/app/set-up/change.ts';
import { NOTHING_SET_UP, type SetUp } from '../src/domain/set-up.ts';
import { type ContactId, type PersonId, type ThemeId, yes } from '../src/domain/terms.ts';
import { brusselsDay } from '../src/domain/working-time.ts';

const NOW = Date.now();
const by = 'admin' as PersonId;
const today = brusselsDay(NOW);
const later = brusselsDay(NOW + 10 * 86_400_000);
const contact = (id: string) => id as ContactId;
const theme = 'dossier-en-inzage' as ThemeId;
const change = <Fields>(to: Fields) => [{ at: NOW, by, key: 'k', to }];
const away = (id: string) => ({ id, contact: contact(id), from: today, to: later, by, at: NOW });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'set-up-commands-'));
});
afterEach(() => rm(folder, { recursive: true }));

const helpdesk = (data: string, ...words: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, DATA_DIR: join(folder, data), NO_COLOR: '1' } as NodeJS.ProcessEnv;
    const typed = ['--disable-warning=ExperimentalWarning', 'src/cli.ts', ...words];
    execFile(process.execPath, typed, { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    );
  });
async function setUpIn(data: string, setUp: Partial<SetUp>): Promise<void> {
  await mkdir(join(folder, data), { recursive: true });
  const store = openSqlite(join(folder, data, 'helpdesk.sqlite'), { now: Date.now });
  await editSetUp(store, () => yes({ ...NOTHING_SET_UP, ...setUp }));
  store.close();
}

it('the doctor says who is away without anybody, and what to do', { timeout: 60_000 }, async () => {
  await setUpIn('data', {
    contacts: {
      [contact('poc-it')]: change({ substitute: '' as const }),
      [contact('poc-gezag')]: change({ substitute: '' as const }),
    },
    absences: ['poc-gezag', 'poc-beroepsgeheim', 'poc-justitie', 'poc-hgd', 'poc-leersteun', 'poc-dossier'].map(away),
  });
  const { code, out } = await helpdesk('data', 'doctor');
  expect(code).toBe(1);
  expect(out).toMatch(
    /warning +contact poc-it has no substitute: .*\n +→ give "backup" to poc-it in contacts.yaml, or/,
  );
  expect(out).toMatch(new RegExp(`error +contact poc-gezag is absent until ${later} and nobody stands in\\n +→ give`));
  for (const id of ['poc-justitie', 'poc-hgd', 'poc-dossier'])
    expect(out).toMatch(
      new RegExp(`error +contact ${id} is absent and the substitutes lead to nobody.*\\n +→ as admin`),
    );
  // Back again, and one of two who stand in for each other as well.
  await setUpIn('other', { absences: ['poc-dossier', 'poc-beroepsgeheim'].map(away) });
  expect((await helpdesk('other', 'doctor')).out).toMatch(
    new RegExp(
      `warning +the substitute of poc-dossier, who is absent, is absent too, until ${later}: .*\\n +→ as admin`,
    ),
  );
});

it('the doctor names a theme that nobody looks after', async () => {
  const { content } = await loadContent('./content');
  const contacts = content.contacts.map((one) => ({ ...one, themes: one.themes.filter((id) => id !== theme) }));
  const store = openSqlite(':memory:', { now: Date.now });
  const findings = await examine(store, { ...content, contacts }, [], NOW);
  store.close();
  expect(findings).toContainEqual({
    level: 'warning',
    what: `theme ${theme} has no contact: its questions go to the reception`,
    fix: expect.stringContaining(`add ${theme} to the themes of a contact in contacts.yaml`),
  });
});

it('goes to a file, into another helpdesk, and nowhere when somebody changed it there', {
  timeout: 60_000,
}, async () => {
  const renamed = { [theme]: change({ name: 'Kaften en mappen' }) };
  await setUpIn('data', { themes: renamed, contacts: { [contact('poc-it')]: change({ role: 'Computerlijn' }) } });
  const out = join(folder, 'out');
  expect((await helpdesk('data', 'content', 'export', '--out', out)).out).toContain('2 wijzigingen');
  expect(await readFile(join(out, 'set-up.yaml'), 'utf8')).toContain('Kaften en mappen');
  // Never over a file that is there.
  expect(await helpdesk('data', 'content', 'export', '--out', out)).toMatchObject({ code: 1 });

  expect(await helpdesk('other', 'content', 'import', out)).toMatchObject({
    code: 0,
    out: expect.stringContaining('0 zoals hier, 2 over te nemen, 0 in conflict'),
  });
  expect(await helpdesk('other', 'content', 'import', out, '--apply')).toMatchObject({
    code: 0,
    out: expect.stringContaining("2 aanspreekpunten en thema's overgenomen."),
  });
  expect((await helpdesk('other', 'content', 'import', out)).out).toContain('2 zoals hier, 0 over te nemen');

  await setUpIn('third', { themes: { [theme]: change({ name: 'Iets van hier' }) } });
  const refused = await helpdesk('third', 'content', 'import', out, '--apply');
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('dossier-en-inzage niet overgenomen: "name" is hier intussen iets anders');
  expect((await helpdesk('third', 'content', 'import', out)).out).toContain(
    '1 zoals hier, 0 over te nemen, 1 in conflict',
  );
});

it('figures, tables and topics have the names of now', { timeout: 60_000 }, async () => {
  await setUpIn('data', { themes: { [theme]: change({ name: 'Kaften en mappen', keywords: ['kwispelkaft'] }) } });
  const file = join(folder, 'list.csv');
  const rows = ['gent', 'kortrijk', 'brugge', 'gent'].map(
    (centre) => `24/11/2026;tel;kwispelkaft;${centre};Hoe lang bewaren we de kaft?;5`,
  );
  await writeFile(file, ['datum;kanaal;thema;centrum;vraag;tijd', ...rows, ''].join('\n'));
  const done = await helpdesk('data', 'import', 'registrations', file, '--apply');
  expect(done.out).toMatch(/Kaften en mappen +4/);
  const year = ['--school-year', '2026-2027'];
  for (const words of [
    ['report', ...year],
    ['topics', ...year],
    ['topics', ...year, '--format', 'json'],
  ]) {
    const { code, out } = await helpdesk('data', ...words);
    expect([words[0], code]).toEqual([words[0], 0]);
    expect(out).not.toContain('Multidisciplinair dossier');
    expect([words.join(' '), out]).toEqual([words.join(' '), expect.stringContaining('Kaften en mappen')]);
  }
  const table = join(folder, 'out.csv');
  await helpdesk('data', 'export', 'tickets', '--out', table);
  expect(await readFile(table, 'utf8')).toContain('Kaften en mappen');
});
