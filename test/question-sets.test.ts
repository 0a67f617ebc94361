// Question sets from elsewhere are read as they come, and questions from elsewhere get no sure answer.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContent, loadItems, loadQueries, readAudience } from '../bench/load.ts';
import { buildIndex } from '../src/knowledge/engine.ts';
import { evaluate } from '../src/knowledge/evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'sets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('a question set in another shape', () => {
  it('may have a byte order mark, Windows line ends, blank lines, unknown and empty fields, numbers as ids, no theme', () => {
    const items = loadItems(
      file(
        'items.jsonl',
        '\uFEFF{"id":"fiets","question":"Waar stalt men de fiets?","zz":[1]}\r\n\r\n' +
          '{"id":3,"title":"Waar staat de auto?","theme":null,"variants":null,"audience":["gast"]}\r\n',
      ),
    );
    const queries = loadQueries(
      file(
        'queries.jsonl',
        '{"id":"q1","text":"de fiets","relevant":["fiets"],"theme":"x"}\r\n{"text":"de auto","relevant":3}\n{"text":""}\n',
      ),
    );
    expect(queries.map(({ id }) => id)).toEqual(['q1', '2', '3']);
    const figures = evaluate(buildIndex(items, []), queries, { now: () => 0 });
    expect(figures).toMatchObject({ queries: 3, hit1: 1, mrr10: 1 });
    expect(figures.perQuery.map(({ top }) => top[0])).toEqual(['fiets', '3', undefined]);
    expect(figures.perQuery[0]?.theme).toBeNull();
  });

  it('counts the last of two items with one id', () => {
    const path = file('double.jsonl', '{"id":"a","question":"de fiets"}\n{"id":"a","question":"de brommer"}\n');
    const index = buildIndex(loadItems(path), []);
    expect(index.size()).toBe(1);
    expect(index.explain({ text: 'brommer' }).ranked[0]?.item.title).toBe('de brommer');
  });

  it('names the file, the line and the field that is wrong', () => {
    expect(() => loadQueries(join(folder, 'none.jsonl'))).toThrow(/none\.jsonl: cannot be read \(ENOENT\)/);
    expect(() => loadQueries(file('bad.jsonl', '{"text":"a"}\nno\n'))).toThrow(/bad\.jsonl: line 2: not JSON/);
    expect(() => loadQueries(file('number.jsonl', '{"text":1}\n'))).toThrow(/line 1: text: .*string/);
    expect(() => loadItems(file('empty.jsonl', '{"id":"a"}\n'))).toThrow(/line 1: question: missing/);
    expect(() => loadContent(folder)).toThrow(/not a content folder/);
    expect(() => readAudience('ouder', '--audience')).toThrow('--audience: "ouder" is not an audience');
  });
});

/** Written for this test, from other fields of life; two more that do get an answer stand in docs/retrieval.md. */
const ELSEWHERE = `hoe lang moet ik aardappelen koken
mijn cake zakt in na het bakken, wat doe ik fout
wie won gisteren de koers in Roubaix
trainingsschema om tien kilometer te lopen
mijn printer drukt alleen roze strepen af
hoe maak ik een draaitabel in excel
wanneer moet mijn wagen naar de keuring
hoeveel kost een verkeersboete voor te snel rijden
wat is de rente op een hypothecaire lening
hoeveel pensioen krijg ik als zelfstandige
mijn buurman zijn haag is te hoog, wat kan ik doen
welke verf gebruik ik voor de badkamer
welke vaccinaties heeft een konijn nodig
hoe leer ik mijn puppy zindelijk te zijn
ik heb al drie dagen hoofdpijn en koorts, wat neem ik
hoeveel paracetamol mag ik per dag nemen
kan ik sporten na een griepprik
goedkope vluchten naar Lissabon in mei
gaat het morgen vriezen in de Ardennen
wanneer begon de eerste wereldoorlog
schrijf een gedicht over de herfst
hoe zeg ik mijn energiecontract op
wat kost een begrafenis
hoe schrijf ik mij in aan de universiteit van Gent
hoeveel studiepunten mag ik opnemen in mijn bachelor
kan ik een erasmus doen in het tweede jaar van de hogeschool
wat kost een internationale school in Brussel
wat is de leeftijd om te mogen stemmen
mag mijn baas mijn mails lezen
wat is de opzegtermijn voor een arbeider
crèche zoeken voor een baby van zes maanden
quel temps fera-t-il demain à Bruxelles
best pizza place near the station
wie wird das Wetter morgen
blub flap krok zwiep
SELECT * FROM users WHERE id = 1
groene ideeën slapen woedend`.split('\n');

describe('a question from elsewhere', () => {
  const { items, themes, lexicon } = loadContent(new URL('../content', import.meta.url).pathname);
  const index = buildIndex(items, themes, lexicon);

  it.each(ELSEWHERE)('gets no sure answer: %s', (text) => {
    expect(index.answer({ text }).decision).not.toBe('answer');
  });
});
