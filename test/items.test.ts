// Stories of knowledge items: an answer given once becomes an item, is looked at by somebody else, and answers the next person.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimed, dialogOf, formOn, openTown, people, type Town, textOf, words } from './town.ts';

const QUESTION = 'Hoe vraag ik een toegangsbadge aan voor het archieflokaal?';
const AGAIN = 'hoe vraag je een toegangsbadge voor het archieflokaal aan';
const ANSWER = 'Mail het onthaal van je centrum met je personeelsnummer; de badge ligt na drie werkdagen klaar.';

const posted = (messages: readonly { activity: unknown }[], text: string) =>
  messages.findLast(({ activity }) => words(activity as object).includes(text));

describe('an answer given once', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    // Everybody who reviews has talked to the helpdesk before.
    for (const who of [people.dossier, people.beroepsgeheim, people.quality]) await town.teams.say(who, 'help');
  }, 60_000);
  afterAll(() => town.close());

  it('is proposed from the answer form, reviewed by somebody else, and answers the next person', {
    timeout: 60_000,
  }, async () => {
    const card = await claimed(town, 'gent', 'dossier', QUESTION);
    const answer = await formOn(town, 'dossier', card, /antwoord/i);
    const proposal = dialogOf(await answer.press(/verstuur en sluit/i, { text: ANSWER, propose: 'true' }));
    expect(words(proposal.card)).toContain(QUESTION);
    expect(words(proposal.card)).toContain(ANSWER);
    const sent = textOf(
      await proposal.press(/stel voor/i, { theme: 'dossier-en-inzage', audience: 'clb', sources: '' }),
    );
    expect(sent).toContain('Voorgesteld');

    // The writer owns the theme, so the substitute reviews it.
    const waiting = await town.eventually(() =>
      posted(town.teams.chat(people.beroepsgeheim), 'Te beoordelen FAQ-item'),
    );
    const mine = await town.eventually(() => posted(town.teams.chat(people.beroepsgeheim), QUESTION));
    expect(words((mine as { activity: object }).activity)).toContain(ANSWER);
    const published = textOf(await town.teams.press(people.beroepsgeheim, waiting as never, /publiceer/i));
    expect(published).toContain('Gepubliceerd');
    await town.teams.say(people.kortrijk, AGAIN);
    const told = await town.eventually(() => posted(town.teams.chat(people.kortrijk), ANSWER));
    expect(words(told.activity as object)).toContain('nagekeken op');
    await town.eventually(() => posted(town.teams.chat(people.dossier), 'Je FAQ-item is gepubliceerd'));

    await town.restart();
    await town.teams.say(people.school, AGAIN);
    await town.eventually(() => posted(town.teams.chat(people.school), ANSWER));
  });
});
