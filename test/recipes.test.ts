// The recipes of docs/contributing.md, carried out on a copy of the tree: whole they hold, and a step that is left out is seen.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';

type Edit = { file: string; how: string; anchor: string; text: string; marked: boolean };
const guide = readFileSync('docs/contributing.md', 'utf8');

/** What a recipe says to write where: each block of code behind the sentence that names its file. */
const edits: Edit[] = [
  ...guide.matchAll(
    /^.*?(?:New file|\bIn|\bin) `([^`]+)`(?:, (after|before|instead of) `([^`]+)`)?:\n\n```\w+\n([\s\S]*?)```$/gm,
  ),
].map(([whole, file, how, anchor, text]) => ({
  file: file!,
  how: how ?? 'new',
  anchor: anchor ?? '',
  text: text!,
  marked: whole.split('\n', 1)[0]!.includes('**\\***'),
}));

const COPIED = ['src', 'test', 'bench', 'adaptive-cards', 'content', 'infra', 'package.json', 'tsconfig.json'];

/** A copy of the tree with these edits. */
function changedTree(chosen: Edit[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-recipes-'));
  for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  for (const { file, how, anchor, text } of chosen) {
    const path = join(folder, file);
    if (how === 'new') {
      writeFileSync(path, text);
      continue;
    }
    const lines = readFileSync(path, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.startsWith(anchor));
    if (at < 0) throw new Error(`docs/contributing.md: no line of ${file} starts with "${anchor}"`);
    const [from, gone] = how === 'after' ? [at + 1, 0] : how === 'before' ? [at, 0] : [at, 1];
    lines.splice(from, gone, ...text.replace(/\n$/, '').split('\n'));
    writeFileSync(path, lines.join('\n'));
  }
  return folder;
}

/** What a program says in a folder, and whether it ended well. */
function run(folder: string, program: string, ...args: string[]): { good: boolean; said: string } {
  try {
    const said = execFileSync(join('node_modules', '.bin', program), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { good: true, said };
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return { good: false, said: `${stdout}${stderr}` };
  }
}

describe('the recipes', () => {
  let whole: string;
  let lacking: string;
  beforeAll(() => {
    whole = changedTree(edits);
    lacking = changedTree(edits.filter(({ marked }) => !marked));
  }, 120_000);
  afterAll(() => {
    for (const folder of [whole, lacking]) rmSync(folder, { recursive: true });
  });

  it('are all read', () => {
    const titles = [...guide.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['Add a card', 'Add a sentence', 'Add a verb', 'Add a measure', 'Add a theme']);
    expect(edits).toHaveLength(guide.match(/^```\w+$/gm)!.length);
    expect(edits.filter(({ marked }) => marked)).toHaveLength(titles.length);
  });

  it('give a tree that the compiler takes', { timeout: 120_000 }, () => {
    expect(run(whole, 'tsc', '--noEmit')).toEqual({ good: true, said: '' });
  });

  it('are told by the compiler about each marked step that is left out', { timeout: 120_000 }, () => {
    const promised = [...guide.matchAll(/Left out, `npm run types` says `([^`]+)`/g)].map(([, said]) => said!);
    expect(promised).toHaveLength(4);
    const { good, said } = run(lacking, 'tsc', '--noEmit');
    expect(good).toBe(false);
    for (const sentence of promised) expect(said).toContain(sentence);
  });

  it('keep the tests that they name', { timeout: 120_000 }, () => {
    const { good, said } = run(whole, 'vitest', 'run', 'test/authorisation.test.ts', '--root', whole);
    expect([good, said.match(/Tests .*/)?.[0]]).toEqual([true, expect.not.stringContaining('failed')]);
  });

  it('give content without a problem, and a theme that has a contact only when it is named there', async () => {
    const loaded = await loadContent(join(whole, 'content'));
    expect(loaded.problems).toEqual([]);
    const { themes, contacts, items } = loaded.content;
    const theme = themes.find(({ id }) => (id as string) === 'verkeer-en-mobiliteit')!;
    expect(contacts.filter((contact) => contact.themes.includes(theme.id))).toHaveLength(1);
    expect(items.filter((item) => item.themes.includes(theme.id))).toHaveLength(1);
    const without = await loadContent(join(lacking, 'content'));
    expect(without.content.contacts.filter((contact) => contact.themes.includes(theme.id))).toEqual([]);
  });
});
