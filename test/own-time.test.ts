// Every advisor who worked on a question notes an own time, with one tap, and finds it in the own week.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimed, formOn, latest, openTown, people, type Town, textOf, ticketOn, words } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const week = async (who: 'dossier' | 'beroepsgeheim') => {
  await town.teams.say(people[who], 'mijn week');
  return latest(town.teams.chat(people[who]));
};

describe('a finished question', () => {
  it('asks each advisor involved for an own time, once, and counts what each noted', async () => {
    await town.teams.say(people.beroepsgeheim, 'help');
    await town.teams.say(people.beroepsgeheim, 'open vragen');
    const question = 'Hoe dik mag een map zijn?';
    const card = await claimed(town, 'gent', 'dossier', question);
    const along = await formOn(town, 'dossier', card, /collega erbij/i);
    expect(textOf(await along.press(/vraag om mee/i, { to: `person:${people.beroepsgeheim.aadObjectId}` }))).toBe(
      'Opgeslagen.',
    );
    expect(words(await week('beroepsgeheim'))).not.toContain(question);
    const answer = await formOn(town, 'dossier', card, /^antwoord/i);
    await answer.press(/sluit af/i, { text: 'Vijf centimeter.', minutes: '15' });

    expect(words(await week('dossier'))).not.toContain(question);
    const mine = await week('beroepsgeheim');
    expect(words(mine)).toContain('Afgerond, en jij noteerde nog geen tijd');
    expect(words(mine)).toContain('Hoe dik mag een map zijn');
    const tapped = await town.teams.press(people.beroepsgeheim, mine, '30 min.');
    expect(textOf(tapped)).toMatch(/Genoteerd: 30 min\. bij HD-\d{4}-\d{4}/);
    const again = words(await week('beroepsgeheim'));
    expect(again).toContain('Samen genoteerd: 0 u 30');
    expect(again).not.toContain('jij noteerde nog geen tijd');
    expect(words(await week('dossier'))).toContain('Samen genoteerd: 0 u 15');
    await town.teams.say(people.quality, 'statistiek');
    expect(words(latest(town.teams.chat(people.quality)))).toContain('0 u 45');
  });

  it('takes no time from who may not note any, and the same tap twice counts once', async () => {
    const mine = await week('beroepsgeheim');
    const ticket = ticketOn(town.teams.posts('19:poc@thread.tacv2'));
    const tap = (who: 'gent' | 'beroepsgeheim', minutes: string) => {
      const on = who === 'gent' ? latest(town.teams.chat(people.gent)) : mine;
      const data = { do: 'ticket-time', ticket, minutes, day: '' };
      return town.send(who, on, data);
    };
    expect(textOf(await tap('gent', '10'))).toContain('Dat kan alleen een adviseur');
    await tap('beroepsgeheim', '30');
    expect(words(await week('beroepsgeheim'))).toContain('Samen genoteerd: 0 u 30');
  });
});
