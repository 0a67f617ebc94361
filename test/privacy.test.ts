// What counts as personal data, what masking leaves, which words show the emergency routes, and the goals on the labelled set.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, readSentences } from '../bench/evaluate-privacy.ts';
import { acuteDanger, detect, type Kind, mask, verdict } from '../src/domain/privacy.ts';
import { processorMs } from './processor.ts';

const found = (text: string) => detect(text).map(({ kind, value }) => `${kind}: ${value}`);
const WORDS: Record<Kind, string> = {
  'national-number': '[rijksregisternummer]',
  phone: '[telefoonnummer]',
  iban: '[rekeningnummer]',
  email: '[e-mailadres]',
  'birth-date': '[geboortedatum]',
  name: '[naam]',
};
const sentences = readSentences(readFileSync(new URL('./fixtures/privacy.jsonl', import.meta.url), 'utf8'));

describe('national register numbers', () => {
  test.each([
    '93.05.18-223.61',
    '93051822361',
    '93 05 18 223 61',
    '93/05/18-223-61',
    '930518-223-61',
    '930518 22361',
    '93.05.18 – 223.61',
    '93_05_18_223_61',
    '9305 1822 361',
    '1993.05.18-223.61',
  ])('%s is one, however it is separated', (number) => {
    expect(found(`Nummer ${number} staat dubbel.`)).toEqual([`national-number: ${number}`]);
  });

  test('somebody born after 2000 and a BIS number count too', () => {
    const checked = (nine: string) => nine + String(97 - (Number(`2${nine}`) % 97)).padStart(2, '0');
    for (const nine of ['120304123', '122304123', '124304123', '120000123']) {
      expect(found(`insz ${checked(nine)}`)).toEqual([`national-number: ${checked(nine)}`]);
    }
  });

  test('a typing error in the check number changes nothing', () => {
    expect(found('De leerling met 12.03.04-123.99 staat dubbel.')).toEqual(['national-number: 12.03.04-123.99']);
    expect(found('rijksregisternummer 1203041239')).toEqual(['national-number: 1203041239']);
  });

  test('phone, file and account numbers of the same length are something else', () => {
    expect(found('Bel 32471234567 even terug.')).toEqual(['phone: 32471234567']);
    expect(found('Bel +32 471 23 45 67 of 0471.23.45-67.')).toEqual([
      'phone: +32 471 23 45 67',
      'phone: 0471.23.45-67',
    ]);
    expect(found('Dossiernummer 12030412399 staat nog open.')).toEqual([]);
    expect(found('Zie https://voorbeeld.be/document/12030412399.')).toEqual([]);
    expect(found('Mededeling +++090/9337/55493+++ op de factuur.')).toEqual([]);
  });

  test('a file number that is a right national number is one all the same', () => {
    expect(found('Dossier 93051822361')).toEqual(['national-number: 93051822361']);
  });
});

describe('phone numbers, accounts, addresses and dates of birth', () => {
  test.each([
    '0471 23 45 67',
    '0471/23.45.67',
    '0471234567',
    '+32 (0)471 23 45 67',
    '0032471234567',
    '02/123.45.67',
    '(02) 123 45 67',
    '+31 6 1234 5678',
    '+33 6 12 34 56 78',
    '089 12 34 56',
  ])('%s is a phone number', (number) => {
    expect(found(`Mama vraagt om te bellen: ${number} na 16 u.`)).toEqual([`phone: ${number}`]);
  });

  test.each([
    ['0470 12 34 56', '[telefoonnummer]'],
    ['0470/12.34.56', '[telefoonnummer]'],
    ['(0470) 12 34 56', '[telefoonnummer]'],
    ['02 123 45 67', '[telefoonnummer]'],
    ['(02) 123 45 67', '[telefoonnummer]'],
    ['+32 (0)470 12 34 56', '[telefoonnummer]'],
    ['(+32) 470 12 34 56', '[telefoonnummer]'],
    ['+31 6 1234 5678', '[telefoonnummer]'],
    ['+31 6 (1234 5678)', '[telefoonnummer]'],
    ['+1 (212) 555 1234', '[telefoonnummer]'],
    ['93.05.18-223.61', '[rijksregisternummer]'],
    ['BE68 5390 0754 7034', '[rekeningnummer]'],
    ['j.d@post.voorbeeld.be', '[e-mailadres]'],
    ['j.d (at) voorbeeld.be', '[e-mailadres]'],
    ['J. uit 3B', '[naam]'],
    ['Jonas P. (4A)', '[naam]'],
  ])('masking %s leaves what stands around it', (value, word) => {
    for (const [open, close] of ['()', '""', "''", '“”', '//', '[]', '**', '__'].map((pair) => [...pair])) {
      const around = (inside: string) =>
        `Is ${open}${inside}${close} leerling, of ${open}${inside} thuis${close} 12 keer?`;
      const text = around(value);
      expect(mask(text, detect(text), WORDS)).toBe(around(word));
    }
  });

  test('a Belgian number beside a foreign one is a second number', () => {
    for (const between of ['/', ' ', ') ']) {
      const text = `(+31 6 1234 5678${between}0470 12 34 56`;
      expect(mask(text, detect(text), WORDS)).toBe(`([telefoonnummer]${between}[telefoonnummer]`);
    }
    expect(found('+33 6 09 12 04 56')).toEqual(['phone: +33 6 09 12 04 56']);
  });

  test('opening hours, dates, company numbers and short numbers are no phone numbers', () => {
    for (const text of [
      'Open van 08.30-12.00 en 13.00-16.30.',
      'Vanaf 01/09/2026 5 leerlingen meer.',
      'KBO 0458.123.456',
      'Bel 112, 1712 of 106.',
      'Schooljaar 2026-2027 telt 182 dagen.',
    ]) {
      expect(found(text)).toEqual([]);
    }
  });

  test('account numbers are found by their check number', () => {
    expect(found('Stort op BE68 5390 0754 7034.')).toEqual(['iban: BE68 5390 0754 7034']);
    expect(found('of nl91abna0417164300')).toEqual(['iban: nl91abna0417164300']);
    expect(found('niet NL91ABNA0417164301')).toEqual([]);
    expect(found('btw BE0458123456')).toEqual([]);
  });

  test('an e-mail address ends before the point of the sentence', () => {
    expect(found('Mail naar j.d+school@post.voorbeeld.be.')).toEqual(['email: j.d+school@post.voorbeeld.be']);
    expect(found('of j.d (at) voorbeeld.be')).toEqual(['email: j.d (at) voorbeeld.be']);
    expect(found('@Els kan jij dit opnemen?')).toEqual([]);
  });

  test('a date is one of birth when the words around it say so', () => {
    expect(found('geboren te Gent op 12 maart 2012')).toEqual(['birth-date: 12 maart 2012']);
    expect(found('jongen, °12/3/12')).toEqual(['birth-date: 12/3/12']);
    expect(found('leerling (12.03.2012)')).toEqual(['birth-date: 12.03.2012']);
    for (const text of [
      'Het decreet van 27 april 2018.',
      'Kinderen geboren na 1 januari 2020 stappen later in.',
      'De leerling is uitgeschreven op 12/03/2026.',
    ]) {
      expect(found(text)).toEqual([]);
    }
  });
});

describe('names of pupils and their families', () => {
  test.each([
    ['De mama van Jonas Peeters belde.', ['Jonas Peeters']],
    ['lln jonas peeters is afwezig', ['jonas peeters']],
    ['Een meisje genaamd Xhesika wil stoppen.', ['Xhesika']],
    ['J. uit 3B spijbelt.', ['J. uit 3B']],
    ['Jonas P. (4A) spijbelt.', ['Jonas P. (4A)']],
    ['Leerlingen Lotte en Yusuf pesten elkaar.', ['Lotte', 'Yusuf']],
    ["Emma's broer zit in 5A.", ['Emma']],
    ['Leerling Van den Broeck verhuist.', ['Van den Broeck']],
    ['De juf van Amina vermoedt dyslexie.', ['Amina']],
    ['Mevrouw Peeters, de mama van Robbe, belde.', ['Peeters', 'Robbe']],
    ['Leerling Jonas weigert. Wat doe ik met Jonas?', ['Jonas', 'Jonas']],
  ])('%s', (text, names) => {
    expect(found(text)).toEqual(names.map((name) => `name: ${name}`));
  });

  test.each([
    "Collega's Els Claes en Tom Maes van het CLB volgen dit op.",
    'Jan Peeters, directeur van GO! Atheneum Gentbrugge, belt terug.',
    'De leerkracht wiskunde Jan Maes is ziek.',
    'Onze school heet De Regenboog en ligt in Mol.',
    'De ouders van Oekraïense leerlingen vragen een tolk.',
    'Leerling X weigert elk gesprek.',
    'Volgens het decreet Leersteun mag Kind en Gezin dat vragen.',
    'Beste Tom, alvast bedankt. Groeten, Els Claes',
    'Mijn naam is Els Claes en ik werk bij CLB Gent.',
  ])('no pupil: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('what may go on', () => {
  test('a national number blocks, other data needs a choice, names only may turn out to be no pupil', () => {
    expect(verdict(detect('Hoe vraag ik een IAC-verslag aan?'))).toBe('clean');
    expect(verdict(detect('Leerling Jonas spijbelt.'))).toBe('names-only');
    expect(verdict(detect('Leerling Jonas, 0471 23 45 67'))).toBe('personal-data');
    expect(verdict(detect('Leerling Jonas, 93.05.18-223.61'))).toBe('blocked');
  });

  test('masking keeps the sentence and takes the block away', () => {
    const text = 'De mama van Jonas Peeters (93.05.18-223.61) belt met 0471 23 45 67.';
    const masked = mask(text, detect(text), WORDS);
    expect(masked).toBe('De mama van [naam] ([rijksregisternummer]) belt met [telefoonnummer].');
    expect(verdict(detect(masked))).toBe('clean');
  });

  test('nothing that was found is left in any masked sentence of the labelled set', () => {
    for (const { text } of sentences) {
      const findings = detect(text);
      expect(detect(mask(text, findings, WORDS)), text).toEqual([]);
    }
  });

  test('findings of any text are in order, apart, and what stands there', () => {
    const pieces = fc.constantFrom(
      'leerling ',
      'Jonas ',
      'mama van ',
      '93.05.18-223.61',
      '0471 23 45 67',
      'geb. ',
      '1/2/2012 ',
      'a@b.be',
      'BE68539007547034',
      'J. uit 3B ',
      '. ',
      ', ',
      '\n',
      '😀',
      'é',
      '0',
      '-',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const { start, end, value } of detect(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(value);
          last = end;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('acute danger', () => {
  test.each([
    'Een leerling zegt dat hij zelfmoord wil plegen.',
    'Ze wil dood.',
    'ik wil niet meer leven',
    'Hij dreigt ermee van het dak te springen.',
    'Er loopt iemand met een mes op de speelplaats',
    'De vader slaat haar elke dag.',
    'Seksueel misbruik, vandaag verteld in de klas.',
    'Er is acuut gevaar.',
    'Het kind durft niet naar huis.',
    'Kindermishandeling?',
    'Zelfdoding',
    'Waar staat het draaiboek suïcidepreventie?',
  ])('shows the routes: %s', (text) => {
    expect(acuteDanger(text)).toBe(true);
  });

  test.each([
    'Is het CLB open op Wapenstilstand?',
    'De leerling dreigt te blijven zitten.',
    'De regeling slaat op alle scholen.',
    'Hoe vraag ik een IAC-verslag aan?',
    'Mag de vader het dossier inzien?',
  ])('does not: %s', (text) => {
    expect(acuteDanger(text)).toBe(false);
  });
});

describe('on the labelled set', () => {
  test('there are at least 1,200 sentences, half of them without personal data', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(1200);
    expect(sentences.filter(({ spans }) => spans.length === 0).length * 2).toBeGreaterThanOrEqual(sentences.length);
  });

  test.each([
    ['d-', 'templates the rules were tuned on'],
    ['h-', 'templates held out'],
  ])('the goals hold for %s (%s)', (prefix) => {
    const { perKind, sentences: whole } = evaluate(sentences.filter(({ id }) => id.startsWith(prefix)));
    expect(perKind['national-number'].recall).toBe(1);
    expect(perKind['national-number'].precision).toBeGreaterThanOrEqual(0.99);
    for (const kind of ['phone', 'iban', 'email'] as const) {
      expect(perKind[kind].recall).toBeGreaterThanOrEqual(0.98);
      expect(perKind[kind].precision).toBeGreaterThanOrEqual(0.98);
    }
    expect(perKind.name.recall).toBeGreaterThanOrEqual(0.9);
    expect(whole.falseAlarmRate).toBeLessThanOrEqual(0.05);
  });
});

describe('a text made to be slow', () => {
  const pieces = [
    'a',
    '1',
    '0.',
    '1 ',
    'a@',
    'a-',
    'A.',
    'A ',
    'Jonas ',
    'Jonas, ',
    'leerling ',
    'Van De ',
    '+32',
    '+31 6',
    '(',
    '(0',
    ')',
    '1/1/',
    'geb. ',
    'BE12 ',
    'rrn 123456789 ',
    'tel 1234',
    'www.',
    ' ',
    '\n',
    'dreigt ',
    'slaat hem ',
    "Jonas' mama ",
    '1---',
    '\u0301',
    '😀',
  ];
  test.each(pieces)('%j, 4,000 characters long, takes less than 50 ms', (piece) => {
    const text = piece.repeat(Math.ceil(4000 / piece.length)).slice(0, 4000);
    // The fastest of three: what the compiler and the collector do meanwhile is not what is measured.
    const times = [1, 2, 3].map(() =>
      processorMs(() => {
        detect(text);
        acuteDanger(text);
      }),
    );
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
