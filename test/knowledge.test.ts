// The index as the house uses it: what a question brings up, when it keeps silent, and that changes leave it whole.

import { describe, expect, it } from 'vitest';
import type { ContactId, Item, ItemId, Theme, ThemeId } from '../src/domain/terms.ts';
import { buildIndex } from '../src/knowledge/engine.ts';
import { language } from '../src/knowledge/language.ts';
import { mostSimilar } from '../src/knowledge/similar.ts';

const faq = (id: string, title: string, theme: string, rest: Partial<Item> = {}): Item => ({
  id: id as ItemId,
  kind: 'faq',
  title,
  variants: [],
  wordings: [],
  answer: '',
  themes: [theme as ThemeId],
  audience: ['clb'],
  sources: [],
  writtenOn: '2026-11-22',
  status: 'draft',
  owner: 'poc' as ContactId,
  ...rest,
});
const theme = (id: string) => ({ id, name: id, keywords: [], description: '', related: [] }) as unknown as Theme;
const items = [
  faq('ouder', 'Mag een ouder het dossier van zijn kind inkijken?', 'dossier', {
    variants: ['inzage in het dossier door een ouder', 'ouder vraagt kopie van het dossier'],
    wordings: ['mama wil het dossier lezen', 'vader vraagt wat er in het dossier staat'],
  }),
  faq('politie', 'Wat doe ik als de politie naar een leerling vraagt?', 'justitie', {
    variants: ['agent belt over een leerling', 'politie wil gegevens van een leerling'],
    wordings: ['wijkagent vraagt waar een leerling woont', 'politie aan de deur van het centrum'],
  }),
  faq('vaccin', 'Hoe lang blijft een vaccin goed in de koelkast?', 'gezondheid', {
    variants: ['bewaren van vaccins', 'temperatuur van de vaccinkoelkast'],
    wordings: ['koelkast met vaccins viel uit', 'vaccins te warm bewaard'],
  }),
  faq('examen', 'Mag een leerling een examen inhalen?', 'evaluatie', {
    audience: ['school'],
    variants: ['inhaalexamen na ziekte', 'examen later afleggen'],
    wordings: ['leerling was ziek op de dag van het examen', 'toets inhalen na afwezigheid'],
  }),
];
const themes = ['dossier', 'justitie', 'gezondheid', 'evaluatie'].map(theme);
const first = (index: ReturnType<typeof buildIndex>, text: string) => index.explain({ text }).ranked[0]?.item.id;

describe('a question', () => {
  const index = buildIndex(items, themes);

  it('finds the item whose words are asked, and its theme', () => {
    const answer = index.answer({ text: 'de politie vraagt gegevens van een leerling' });
    expect(answer.items[0]?.item.id).toBe('politie');
    expect(answer.themes[0]?.id).toBe('justitie');
  });

  it('is understood with typing errors, compounds and words written together', () => {
    expect(first(index, 'poltie wil gegvens')).toBe('politie');
    expect(first(index, 'dossierinzage')).toBe('ouder');
    expect(first(index, 'vaccin koelkast temperatuur')).toBe('vaccin');
  });

  it('gives the same answer twice', () => {
    const query = { text: 'vaccin in de koelkast' };
    expect(index.answer(query)).toEqual(index.answer(query));
  });

  it('shows an item of the other service only when it is clearly better, and says so', () => {
    const ranked = index.explain({ text: 'examen inhalen', audience: 'clb' }).ranked;
    expect(ranked[0]).toMatchObject({ foreign: true, item: { id: 'examen' } });
    const title = 'Wie helpt een zieke leerling?';
    const pair = buildIndex(
      [faq('a', title, 'dossier'), faq('b', title, 'evaluatie', { audience: ['school'] })],
      themes,
    );
    expect(pair.answer({ text: title, audience: 'clb' }).items[0]?.item.id).toBe('a');
    expect(pair.answer({ text: title, audience: 'school' }).items[0]?.item.id).toBe('b');
  });

  it('keeps silent when nothing fits or nothing was asked', () => {
    const nothing = ['', '?', 'a', 'de het een', '😀😀', 'const x = () => 1;', 'zet de wekker op zes uur'];
    for (const text of nothing) expect(index.answer({ text }).decision, text).toBe('none');
  });

  it('gets choices, not an answer, when the best item has one of its several words', () => {
    const asked = index.explain({ text: 'koelkast kopen voor de camping' });
    expect(asked.ranked[0]?.item.id).toBe('vaccin');
    expect(asked.answer.decision).not.toBe('answer');
  });

  it('may be very long or the same word many times', () => {
    expect(index.answer({ text: `${'blabla '.repeat(2_000)} politie` }).decision).toBe('none');
    expect(() => index.answer({ text: 'politie '.repeat(600) })).not.toThrow();
  });

  it('can be explained: words with what brought them in, features and probability', () => {
    const { terms, ranked, probability } = index.explain({ text: 'vaccinkoelkasttemperatuur poltie' });
    expect(terms.map(({ source }) => source)).toContain('spelling');
    expect(ranked[0]?.features.grams).toBeGreaterThan(0);
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThan(1);
  });
});

describe('an index that changes', () => {
  it('answers like one built afresh', () => {
    const index = buildIndex(items, themes);
    index.remove('politie' as ItemId);
    index.replace(faq('vaccin', 'Wie bestelt de vaccins?', 'gezondheid'));
    index.replace(items[1]!);
    index.replace(items[2]!);
    const fresh = buildIndex(items, themes);
    for (const text of ['politie vraagt iets', 'wie bestelt vaccins', 'kopie dossier', 'examen']) {
      const { probability, ranked } = index.explain({ text });
      const expected = fresh.explain({ text });
      expect(ranked.map(({ item }) => item.id)).toEqual(expected.ranked.map(({ item }) => item.id));
      expect(probability).toBeCloseTo(expected.probability, 5);
    }
  });

  it('no longer shows what was removed, also after thousands of changes', () => {
    const index = buildIndex(items, themes);
    for (let round = 0; round < 1_500; round++) index.replace(items[round % items.length]!);
    expect(index.size()).toBe(items.length);
    expect(index.remove('politie' as ItemId)).toBe(true);
    expect(index.remove('politie' as ItemId)).toBe(false);
    expect(index.explain({ text: 'politie' }).ranked.map(({ item }) => item.id)).not.toContain('politie');
  });

  it('survives an item with ten thousand wordings', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `verwoording nummer ${at} over fietsen`);
    const index = buildIndex([...items, faq('veel', 'Fietsen stallen', 'dossier', { wordings: many })], themes);
    expect(first(index, 'politie wil gegevens van een leerling')).toBe('politie');
    expect(first(index, 'fietsen')).toBe('veel');
  });

  it('is empty without items', () => {
    expect(buildIndex([], []).answer({ text: 'mag een ouder het dossier inkijken' })).toEqual({
      decision: 'none',
      items: [],
      themes: [],
    });
  });
});

describe('the lexicon', () => {
  it('brings in what an abbreviation or synonym stands for', () => {
    const index = buildIndex(items, themes, { abbreviations: [{ short: 'VK', full: ['vaccin koelkast'] }] });
    expect(first(index, 'vk stuk')).toBe('vaccin');
  });

  it('does not go round when entries lead to one another', () => {
    const lexicon = {
      synonyms: [
        { from: 'aap', to: ['noot'], weight: 1 },
        { from: 'noot', to: ['aap'], weight: 1 },
      ],
    };
    expect(() => buildIndex(items, themes, lexicon).answer({ text: 'aap noot' })).not.toThrow();
  });

  it('marks the item about the other term of a set that must stay apart', () => {
    const pair = [
      faq('agent', 'Politie vraagt inlichtingen', 'justitie'),
      faq('raad', 'Advocaat vraagt inlichtingen', 'justitie'),
    ];
    const index = buildIndex(pair, themes, { apart: [['politie', 'advocaat']] });
    const { ranked } = index.explain({ text: 'advocaat vraagt inlichtingen' });
    expect(ranked.map(({ item, apart }) => [item.id, apart])).toEqual([
      ['raad', false],
      ['agent', true],
    ]);
  });
});

describe('typing ahead', () => {
  const index = buildIndex(items, themes);

  it('offers known questions from the first letters, with a typing error too', () => {
    expect(index.suggest('mag een ou')[0]?.id).toBe('ouder');
    expect(index.suggest('vacin')[0]?.id).toBe('vaccin');
    expect(index.suggest('m')).toEqual([]);
  });
});

describe('similar earlier texts', () => {
  it('come best first, and unlike ones not at all', () => {
    const earlier = [
      { text: 'advocaat vraagt dossier' },
      { text: 'wachtwoord vergeten' },
      { text: 'advocate van vader wil dossier' },
    ];
    const found = mostSimilar('een advocaat vraagt het dossier op', earlier, 2);
    expect(found[0]?.entry.text).toBe('advocaat vraagt dossier');
    expect(found.map(({ entry }) => entry.text)).not.toContain('wachtwoord vergeten');
  });
});

describe('the language of a text', () => {
  it('is told apart by its commonest words', () => {
    expect(language('Mag de politie het dossier inkijken?')).toBe('nl');
    expect(language('Est-ce que la police peut voir le dossier de mon enfant ?')).toBe('fr');
    expect(language('Can you tell me what the rules are for this?')).toBe('en');
    expect(language('MDD LARS')).toBe('unknown');
  });
});
