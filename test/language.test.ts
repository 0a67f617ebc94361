// Proves that a helpdesk speaks one language, and which: every card and the main replies, in Dutch and in English.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { samples } from '../bench/samples.ts';
import { loadContent } from '../src/adapters/files/content.ts';
import { readDocuments } from '../src/adapters/files/documents.ts';
import { pageOf } from '../src/adapters/files/web-page.ts';
import { wordOf } from '../src/adapters/files/word.ts';
import { readDay } from '../src/app/import/cells.ts';
import { parseMinutes } from '../src/domain/minutes.ts';
import { LANGUAGES, type Language, locale, speak } from '../src/locale/locale.ts';
import { channels, dialogOf, openTown, people, type Town, textOf, type Who, words } from './town.ts';

/** What somebody wrote in the sources of a language: sentences, and what stands around their slots. */
function written(language: Language): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return void node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type, value } = node as { type?: string; value?: unknown };
    if (type === 'Literal' && typeof value === 'string') found.push(value);
    if (type === 'TemplateElement') found.push((value as { cooked: string }).cooked);
    Object.values(node).forEach(walk);
  };
  const folder = `src/locale/${language}`;
  // What is asked and answered in a demonstration is content.
  for (const name of readdirSync(folder).filter((one) => one !== 'demonstration.ts')) {
    walk(parseAst(readFileSync(`${folder}/${name}`, 'utf8'), { lang: 'ts' }, name));
  }
  return [...new Set(found.map((text) => text.trim()))].filter((text) => /\p{L}{2,}.*\s.*\p{L}{2,}/u.test(text));
}

const { content } = await loadContent('./content');
const known = JSON.stringify(content);
const only = (mine: Language, other: Language): string[] => {
  const others = new Set(written(other));
  return written(mine).filter((text) => !others.has(text) && !known.includes(text));
};
const sentences = { nl: only('nl', 'en'), en: only('en', 'nl') };
const foreign = (text: string, language: Language): string[] =>
  sentences[language === 'nl' ? 'en' : 'nl'].filter((sentence) => text.includes(sentence));
/** As it was written: without the signs that JSON puts in front of quotation marks. */
const plain = (card: unknown): string => JSON.stringify(card).replaceAll('\\"', '"').replaceAll('\\n', '\n');

afterEach(() => speak('nl'));

describe('the sentences of both languages', () => {
  it('are there, and are told apart', () => {
    expect(sentences.nl.length).toBeGreaterThan(800);
    expect(sentences.en.length).toBeGreaterThan(800);
    expect(foreign('Zet geen namen of gegevens van leerlingen in je vraag.', 'en')).not.toEqual([]);
    expect(foreign('Leave names and details of pupils out of your question.', 'en')).toEqual([]);
  });
});

describe.each(LANGUAGES)('every card, spoken in %s by modules that were loaded before', (language) => {
  it('holds no sentence of another language, and says which one it is', async () => {
    speak(language);
    const cards = await samples();
    expect(cards.length).toBeGreaterThan(60);
    for (const { name, card } of cards) {
      expect({ name, foreign: foreign(plain(card), language) }).toEqual({ name, foreign: [] });
      expect(card.lang).toBe(language);
    }
  });
});

describe('the language', () => {
  it('can be put back: nothing of the other one stays behind', async () => {
    const before = plain(await samples());
    const rooms = JSON.stringify(locale);
    speak('en');
    expect(plain(await samples())).not.toBe(before);
    expect(locale.lineWords.channels.called).toBe('phone');
    speak('nl');
    expect(plain(await samples())).toBe(before);
    expect(JSON.stringify(locale)).toBe(rooms);
    expect(locale.lineWords.channels.called).toBeUndefined();
  });

  it('writes days, moments and numbers as the language does', () => {
    expect(locale.shortDay('2026-11-24')).toBe('di 24 nov');
    expect(locale.figures.share(0.5)).toBe('50 %');
    expect(locale.report.value.count(12_345)).toBe('12.345');
    speak('en');
    expect(locale.shortDay('2026-11-24')).toBe('Tue 24 Nov');
    expect(locale.figures.share(0.5)).toBe('50%');
    expect(locale.report.value.count(12_345)).toBe('12,345');
    expect(locale.report.day('2026-11-24')).toBe('24 November 2026');
  });

  it('follows into the threads that read and write files', async () => {
    speak('en');
    const document = { title: 'A', subtitle: 'B', facts: [], cover: false, blocks: [] };
    const word = unzipSync(await wordOf(document));
    expect(Buffer.from(word['word/styles.xml']!).toString()).toContain('<w:lang w:val="en-GB"/>');
    expect(pageOf(document)).toContain('<html lang="en-GB">');
    const folder = mkdtempSync(join(tmpdir(), 'helpdesk-language-'));
    writeFileSync(join(folder, 'a.bin'), Buffer.from([1, 2, 0, 3]));
    const [read] = await Array.fromAsync(readDocuments(folder, () => {}));
    expect(read).toMatchObject({ refused: expect.stringMatching(/^I do not know this kind/) });
    rmSync(folder, { recursive: true });
  });

  it('reads tables in English and in Dutch', () => {
    speak('en');
    for (const typed of ['Tuesday 24 November 2026', 'tue 24 nov 26', 'dinsdag 24 november 2026', '24/11/2026']) {
      expect(readDay(typed)?.day).toBe('2026-11-24');
    }
    for (const typed of ['3 march 2026', '3 mrt 2026', '3 maart 2026']) expect(readDay(typed)?.day).toBe('2026-03-03');
    expect(readDay('3 mars 2026')).toBeUndefined();
  });

  it.each([
    ['half an hour', 30],
    ['an hour and a half', 90],
    ['a quarter of an hour', 15],
    ['twenty minutes', 20],
    ['1h30', 90],
    ['anderhalf uur', 90],
    ['10m', 10],
  ])('reads "%s" as %i minutes', (typed, minutes) => {
    speak('en');
    expect(parseMinutes(typed, locale.lineWords)).toBe(minutes);
  });
});

describe('an English helpdesk', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({ settings: { HELPDESK_LANGUAGE: 'en' } });
  });
  afterAll(() => town.close());
  // The tests above leave Dutch behind.
  const say = async (who: Who, text: string): Promise<string> => {
    speak('en');
    const before = town.teams.chat(people[who]).length;
    await town.teams.say(people[who], text);
    const replies = town.teams.chat(people[who]).slice(before + 1);
    return replies.map(words).join('\n');
  };

  it('does as it is told in English and in Dutch', async () => {
    expect(await say('gent', 'hello')).toContain('Type your question');
    for (const [english, dutch, answer] of [
      ['help', 'hulp', 'How the helpdesk works'],
      ['my questions', 'mijn vragen', 'Your questions'],
      ['my data', 'mijn gegevens', 'What the helpdesk holds about you'],
      ['erase my data', 'wis mijn gegevens', 'This cannot be undone'],
    ] as const) {
      for (const typed of [english, dutch]) {
        const said = await say('gent', typed);
        expect(said).toContain(answer);
        expect(foreign(said, 'en')).toEqual([]);
      }
    }
    for (const [english, dutch, answer] of [
      ['open questions', 'open vragen', 'No questions are open'],
      ['statistics', 'cijfers', 'Helpdesk · school year'],
      ['recurring questions', 'terugkerende vragen', /questions/],
      ['my week', 'mijn week', 'Your week from'],
      ['register', 'registreer', 'The button is the channel'],
      ['session', 'sessie', 'Note a helpdesk session'],
      ['knowledge base', 'kennisbank', 'Nothing is waiting'],
    ] as const) {
      for (const typed of [english, dutch]) {
        const said = await say('dossier', typed);
        expect(said).toMatch(answer);
        expect(foreign(said, 'en')).toEqual([]);
      }
    }
    expect(await say('admin', 'wordings')).toContain('No wordings have been learnt yet');
  });

  it('registers a line in English words', async () => {
    const said = await say('dossier', 'phone gent dossier half an hour Hoe lang bewaren we het dossier?');
    expect(said).toMatch(/Registered: HD-\d{4}-\d{4}/);
    expect(said).toContain('30 min');
  });

  it('goes with a question from chat to channel and back', async () => {
    const question = 'Waar vind ik het formulier voor de overdracht naar Nederland?';
    speak('en');
    await town.teams.say(people.gent, question);
    const asked = town.teams.chat(people.gent).findLast((message) => words(message).includes(question))!;
    const shown = await town.teams.press(people.gent, asked, /ask an advisor/i);
    const sent = await dialogOf(shown).press(/send to an advisor/i, {
      theme: 'dossier-en-inzage',
      centre: 'go-clb-gent',
      function: 'clb-maatschappelijk-werker',
    });
    expect(textOf(sent)).toContain('has been passed on');
    const inChannel = () => town.teams.posts(channels.poc.id).find((one) => words(one).includes(question));
    const card = await town.eventually(inChannel);
    expect(words(card)).toMatch(/New question · HD-/);
    await town.teams.press(people.dossier, card, /take this question/i);
    const view = (await town.teams.open(people.dossier, card))!;
    const form = dialogOf(await town.teams.press(people.dossier, card, /^answer$/i, {}, { card: view }));
    expect(form.title).toMatch(/^Answer to HD-/);
    expect(foreign(words(form.card), 'en')).toEqual([]);
    expect(textOf(await form.press(/send and close/i, { text: 'Op de site van het GO!.' }))).toContain('has been sent');
    const delivered = await town.eventually(() =>
      town.teams.chat(people.gent).findLast((one) => words(one).includes('Answer to your question')),
    );
    expect(foreign(words(delivered), 'en')).toEqual([]);
  });

  it('says so on its pages', async () => {
    speak('en');
    for (const [path, says] of [
      ['/privacy', 'The helpdesk is no pupil file'],
      ['/voorwaarden', 'Terms of use'],
    ] as const) {
      const page = await (await fetch(`${town.url}${path}`)).text();
      expect(page).toContain('<html lang="en-GB">');
      expect(page).toContain(says);
      expect(foreign(page, 'en')).toEqual([]);
    }
  });
});
