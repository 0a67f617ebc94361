// The main story as people see it: asked, answered, routed, claimed by one of two, answered in place, counted.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../src/playground/connector.ts';
import {
  cardIn,
  channels,
  dialogOf,
  latest,
  openTown,
  people,
  type Town,
  textOf,
  ticketsIn,
  type Who,
  words,
} from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const chat = (who: Who): Message[] => town.teams.chat(people[who]);
const inPoc = (): Message[] => town.teams.posts(channels.poc.id);

/** Asks something that the index cannot answer and sends it to an advisor; gives the card in the channel. */
async function routed(who: Who, question: string, centre = 'go-clb-gent'): Promise<Message> {
  const before = inPoc().length;
  await town.teams.say(people[who], question);
  const answer = cardIn(chat(who), question)!;
  const form = dialogOf(await town.teams.press(people[who], answer, /adviseur/i));
  const sent = await form.press(/verstuur naar/i, {
    theme: 'dossier-en-inzage',
    centre,
    function: functionId,
  });
  expect(textOf(sent)).toMatch(/doorgestuurd/);
  return town.eventually(() =>
    inPoc()
      .slice(before)
      .find((message) => words(message).includes(question)),
  );
}
let functionId = '';

describe('a question that the FAQ answers', () => {
  it('is answered at once with sources, review state and the contact, and closes when it helped', async () => {
    await town.teams.say(people.gent, 'Mogen ouders het CLB-dossier inkijken van hun kind jonger dan 12 jaar?');
    const answer = cardIn(chat('gent'), 'Mogen ouders het CLB-dossier inkijken')!;
    expect(words(answer)).toContain('Bronnen');
    expect(words(answer)).toContain('nog niet nagekeken');
    expect(words(answer)).toContain('Contact: Aanspreekpunt multidisciplinair dossier en inzage');
    expect(words(answer)).toContain('Heeft dit geholpen?');
    const outcome = await town.teams.press(people.gent, answer, /^ja/i);
    expect(textOf(outcome)).toContain('Fijn dat het opgelost is');
    await town.eventually(() => words(answer).includes('Fijn dat het opgelost is'));
  });

  it('asks once for centre and function, after the answer, and remembers them', async () => {
    const profile = cardIn(chat('gent'), 'Even kennismaken')!;
    const choices = JSON.stringify(profile.activity);
    functionId = /"title":"Maatschappelijk werker","value":"([^"]+)"/i.exec(choices)?.[1] ?? '';
    expect(functionId).not.toBe('');
    const saved = await town.teams.press(people.gent, profile, /bewaar/i, {
      centre: 'go-clb-gent',
      function: functionId,
    });
    expect(textOf(saved)).toContain('Bewaard');
    await town.teams.say(people.gent, 'mijn gegevens');
    expect(words(latest(chat('gent')))).toContain('GO! CLB regio Gent');
    await town.teams.say(people.gent, 'hoe lang bewaren we een CLB-dossier?');
    expect(chat('gent').filter((message) => words(message).includes('Even kennismaken'))).toHaveLength(1);
  });

  it('shows other results and lets the requester pick one', async () => {
    const answer = cardIn(chat('gent'), 'hoe lang bewaren we een CLB-dossier?')!;
    const others = await town.teams.press(people.gent, answer, /andere resultaten/i);
    expect(textOf(others)).toContain('Misschien bedoel je');
  });
});

describe('a question for an advisor', () => {
  let card: Message;

  it('reaches the advisors channel of the right service, for the contact of the theme', async () => {
    card = await routed('gent', 'Waar vind ik het formulier voor de overdracht naar Nederland?');
    const shown = words(card);
    expect(shown).toMatch(/Nieuwe vraag · HD-\d{4}-\d{4}/);
    expect(shown).toContain('GO! CLB regio Gent');
    expect(shown).toContain('via Teams');
    expect(shown).toContain('Voor: Aanspreekpunt multidisciplinair dossier en inzage');
    expect(shown).toContain('Niemand nam deze vraag al op');
    expect(card.activity.summary).not.toContain('formulier');
    await town.eventually(() => cardIn(chat('gent'), 'Wacht op: Aanspreekpunt multidisciplinair'));
  });

  it('is claimed by exactly one of two; the other is told who and when', async () => {
    const [first, second] = await Promise.all([
      town.teams.press(people.dossier, card, /neem/i),
      town.teams.press(people.beroepsgeheim, card, /neem/i),
    ]);
    const texts = [textOf(first), textOf(second)];
    expect(texts.filter((text) => text.includes('Jij behandelt deze vraag'))).toHaveLength(1);
    expect(texts.filter((text) => /Adviseur \w+ behandelt deze vraag sinds/.test(text))).toHaveLength(1);
    await town.eventually(() => /Adviseur \w+ behandelt deze vraag sinds/.test(words(card)));
  });

  it('is answered in place by whoever holds it, and only by them', async () => {
    const dossierHolds = words(card).includes('Adviseur Dossier');
    const [holder, other] = dossierHolds
      ? [people.dossier, people.beroepsgeheim]
      : [people.beroepsgeheim, people.dossier];
    const refused = await town.teams.perform(
      other,
      card,
      {
        type: 'Action.Submit',
        title: 'Antwoord',
        data: { msteams: { type: 'task/fetch' }, do: 'open-answer', ticket: ticketOf(card) },
      },
      {},
    );
    expect(textOf(refused)).toMatch(/behandelt deze vraag sinds/);

    const form = dialogOf(
      await town.teams.press(holder, card, /^antwoord/i, {}, { card: await freshView(holder, card) }),
    );
    const empty = dialogOf(await form.press(/afsluiten|sluit af/i, {}, { validate: false }));
    expect(words(empty.card)).toMatch(/vul/i);
    const sent = await empty.press(/sluit af/i, {
      text: 'Dat formulier staat in LARS.\nKijk bij overdracht.',
      minutes: '15',
    });
    expect(textOf(sent)).toContain('verstuurd');

    const delivered = await town.eventually(() => cardIn(chat('gent'), 'Dat formulier staat in LARS.'));
    expect(words(delivered)).toMatch(/Antwoord op je vraag HD-/);
    expect(delivered.activity.summary).not.toContain('formulier');
    await town.eventually(() => /beantwoord door Adviseur/.test(words(card)));
  });

  it('is followed by one survey, and reopens with its history', async () => {
    const survey = await town.eventually(() => cardIn(chat('gent'), 'Hoe was het antwoord'));
    const ids = [...JSON.stringify(survey.activity).matchAll(/"id":"(score_[^"]+)"/g)].map(([, id]) => id!);
    expect(ids).toHaveLength(4);
    const scores = Object.fromEntries(ids.map((id) => [id, '3']));
    const remark = 'Bel de ouders gerust op 0478 12 34 56.';
    const thanks = await town.teams.press(people.gent, survey, /verstuur/i, { ...scores, remark });
    expect(textOf(thanks)).toContain('heropenen');
    const kept = await ticketsIn(town);
    expect(kept).toContain('Bel de ouders gerust op ');
    expect(kept).not.toContain('0478');

    const form = dialogOf(await town.teams.press(people.gent, survey, /heropen/i));
    expect(textOf(await form.press(/heropen/i, { text: 'Ik vind het niet in LARS.' }))).toContain('heropend');
    await town.eventually(() => cardIn(inPoc(), 'Ik vind het niet in LARS.'));
    await town.eventually(() => words(card).includes('Niemand nam deze vraag al op'));
  });

  it('goes back and forth: a question back, the reply lands in the thread', async () => {
    const back = await routed('kortrijk', 'Kan een leerling van het zesde zijn fiche laten wissen?', 'go-clb-kortrijk');
    await town.teams.press(people.dossier, back, /neem/i);
    const view = await freshView(people.dossier, back);
    const form = dialogOf(await town.teams.press(people.dossier, back, /wedervraag/i, {}, { card: view }));
    await form.press(/verstuur/i, { text: 'Over welk soort fiche gaat het?' });
    const asked = await town.eventually(() => cardIn(chat('kortrijk'), 'Over welk soort fiche gaat het?'));
    await town.teams.press(people.kortrijk, asked, /verstuur/i, { text: 'Over de medische fiche.' });
    const inThread = await town.eventually(() => cardIn(inPoc(), 'Over de medische fiche.'));
    expect(inThread.thread).toBe(back.id);
  });
});

describe('a question like an earlier one', () => {
  it('shows the advisor how that was answered', async () => {
    const card = await routed('school', 'Waar vind ik het formulier voor de overdracht naar Duitsland?');
    expect(words(card)).toContain('Eerder beantwoord');
    expect(words(card)).toContain('Dat formulier staat in LARS');
  });
});

describe('a question that a colleague holds', () => {
  it('is taken over by another advisor when its holder is away', async () => {
    const card = await routed('school', 'Welke kleur heeft de kaft van een oud fichebakje?');
    await town.teams.press(people.dossier, card, /neem/i);
    await town.eventually(() => words(card).includes('Adviseur Dossier behandelt'));
    const form = dialogOf(await town.teams.press(people.beroepsgeheim, card, /wijs toe/i));
    await form.press(/wijs toe/i, { to: `person:${people.beroepsgeheim.aadObjectId}` });
    await town.eventually(() => words(card).includes('Adviseur Beroepsgeheim behandelt'));
    await town.eventually(() => cardIn(inPoc(), 'draagt deze vraag over aan Adviseur Beroepsgeheim'));
  });
});

describe('what the quality team sees', () => {
  it('counts the questions of this school year in chat, for the quality role only', async () => {
    await town.teams.say(people.quality, 'statistiek');
    const figures = words(latest(chat('quality')));
    expect(figures).toContain('schooljaar');
    expect(figures).toContain('Multidisciplinair dossier, inzage en overdracht');
    await town.teams.say(people.school, 'statistiek');
    expect(words(latest(chat('school')))).toContain('Dat kan alleen een adviseur of het kwaliteitsteam');
  });
});

function ticketOf(card: Message): string {
  return /"ticket":"([^"]+)"/.exec(JSON.stringify(card.activity))![1]!;
}

async function freshView(who: (typeof people)['gent'], card: Message): Promise<Record<string, unknown>> {
  await town.eventually(() => JSON.stringify(card.activity).includes('"refresh"'));
  return (await town.teams.open(who, card))!;
}
