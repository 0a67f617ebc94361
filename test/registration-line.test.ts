// What advisors type in haste is read as they mean it, and what is in doubt is said to be.

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import type { Content } from '../src/app/ports.ts';
import { parseMinutes } from '../src/domain/minutes.ts';
import { type Line, parseLine } from '../src/domain/registration-line.ts';
import { locale } from '../src/locale/locale.ts';

let content: Content;
beforeAll(async () => {
  ({ content } = await loadContent('./content'));
});
const read = (text: string): Line | undefined => parseLine(text, content, locale.lineWords);
const minutes = (text: string): number | undefined => parseMinutes(text, locale.lineWords);

describe('minutes', () => {
  it.each([
    ['10', 10],
    [' 10 ', 10],
    ['10m', 10],
    ['10 min.', 10],
    ["10'", 10],
    ['een half uur', 30],
    ['half uur', 30],
    ['halfuurtje', 30],
    ['een kwartier', 15],
    ['drie kwartier', 45],
    ['1u30', 90],
    ['1 u 30 min', 90],
    ['1u', 60],
    ['1:30', 90],
    ['1,5 uur', 90],
    ['anderhalf uur', 90],
    ['een uur en een kwartier', 75],
    ['0', 0],
    ['-5', -5],
    ['10000', 10_000],
    ['10 000', 10_000],
    ['10.000', 10_000],
    ['1,5', 1.5],
    ['½ uur', 30],
    ['1½ uur', 90],
    ['-5 min', -5],
    ['vijf minuutjes', 5],
    ['± 20 min', 20],
    ['twee uur en een half', 150],
    ['vijfenveertig minuten', 45],
  ])('"%s" are %s', (text, expected) => expect(minutes(text)).toBe(expected));

  it.each(['', 'lang', 'uren en dagen', 'vijf dagen', '10 20', '2u30u?', '=1+1', 'morgen'])('"%s" are none', (text) =>
    expect(minutes(text)).toBeUndefined(),
  );
});

describe('one line', () => {
  it('does not take a word of the question for a length of time', () => {
    expect(read('tel go-clb-gent kan u mij terugbellen?')).toMatchObject({ question: 'kan u mij terugbellen?' });
    expect(read('tel go-clb-gent kan u mij terugbellen?')!.minutes).toBeUndefined();
    expect(read('tel gent dossier moet dat een kwartier duren?')!.doubts).not.toEqual([]);
  });

  it('is a channel, a centre, a theme, minutes and a question', () => {
    expect(read('tel go-clb-gent dossier 10m hoe lang bewaren we het dossier?')).toEqual({
      channel: 'phone',
      centre: 'go-clb-gent',
      theme: 'dossier-en-inzage',
      minutes: 10,
      question: 'hoe lang bewaren we het dossier?',
      doubts: [],
    });
  });

  it.each([
    ['tel gent dossier 10m hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 10],
    ['tel gent dossier een half uur hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 30],
    ['tel gent dossier drie kwartier hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 45],
    ['tel gent dossier 1 uur 30 hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 90],
    ['tel gent dossier -5 hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', -5],
    ['tel gent dossier 0 hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 0],
    ['tel gent dossier 10 000 hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 10_000],
    ['TEL Gnet dosier 10m hoe lang?', 'phone', 'go-clb-gent', 'dossier-en-inzage', 10],
    ['mail clb kortrijk beroepsgeheim 1u30 mag de zoco dit weten?', 'mail', 'go-clb-kortrijk', 'beroepsgeheim', 90],
    ['wa leuven hageland beroepsgehiem 5 min mag dat?', 'whatsapp', 'go-clb-leuven-hageland', 'beroepsgeheim', 5],
    ['info Mechelen verontrusting 15 wie meldt er?', 'informal', 'go-clb-mechelen', 'verontrusting', 15],
    ['tel brugge ouderlijk gezag 20m wie beslist?', 'phone', 'go-clb-brugge', 'ouderlijk-gezag-en-echtscheiding', 20],
    ['tel roeselaere diagnostiek 10m welke test?', 'phone', 'go-clb-roeselare', 'hgd-diagnostiek', 10],
  ])('%s', (text, channel, centre, theme, spent) => {
    expect(read(text)).toMatchObject({ channel, centre, theme, minutes: spent, doubts: [] });
  });

  it('may leave out the theme or the centre', () => {
    expect(read('tel gent 10m hoe lang?')).toMatchObject({ centre: 'go-clb-gent', question: 'hoe lang?', doubts: [] });
    expect(read('tel beroepsgeheim 10m mag dat?')).toMatchObject({ theme: 'beroepsgeheim', doubts: [] });
    expect(read('tel 10m mag dat?')).toEqual({ channel: 'phone', minutes: 10, question: 'mag dat?', doubts: [] });
  });

  it('says what is in doubt', () => {
    expect(read('tel limbrug dossier 10m hoe lang?')?.doubts).toEqual(['centre']);
    expect(read('tel gent xyzzy 10m hoe lang?')?.doubts).toContain('theme');
    expect(read('tel gent dossier hoe lang bewaren we het?')?.doubts).toEqual(['minutes']);
    expect(read('tel gent dossier 10m')?.doubts).toEqual(['question']);
  });

  it('is no line without a channel, or with nothing that makes it one', () => {
    expect(read('hoe lang bewaren we het dossier in gent?')).toBeUndefined();
    expect(read('mail naar ouders zonder toestemming, mag dat?')).toBeUndefined();
    expect(read('info over het dossier')).toBeUndefined();
    expect(read('tel')).toBeUndefined();
    expect(read('')).toBeUndefined();
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('tel ', 'mail ', 'wa ', ''), (text, first) => {
        const line = read(first + text);
        if (line) expect(locale.channel).toHaveProperty(line.channel);
      }),
      { numRuns: 100 },
    );
  });
});
