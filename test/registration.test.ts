// Questions that came by phone, mail or in person, as advisors note them: in seconds, forgivingly, and with a way back.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brusselsDay } from '../src/domain/working-time.ts';
import type { Json } from '../src/playground/card.ts';
import { cardOf, type Message } from '../src/playground/connector.ts';
import type { Outcome } from '../src/playground/teams.ts';
import { channels, dialogOf, latest, openTown, people, type Town, textOf, type Who, words } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const chat = (who: Who): Message[] => town.teams.chat(people[who]);
/** Says something to the bot in the own chat and gives what came back. */
async function say(who: Who, text: string): Promise<Message> {
  await town.teams.say(people[who], text);
  return latest(chat(who));
}
const cardIn = (outcome: Outcome): Json => {
  if (outcome.kind !== 'card') throw new Error(`expected a card, got ${textOf(outcome)}`);
  return outcome.card;
};
/** The value that stands in a field. */
function field(card: object, id: string): unknown {
  return (card as { body: { id?: string; value?: unknown }[] }).body.find((input) => input.id === id)?.value;
}
/** The sentences on a card, without what stands in its fields and lists. */
function said(what: Outcome | Message): string {
  const card = 'activity' in what && 'history' in what ? cardOf(what.activity) : cardIn(what as Outcome);
  const runs = JSON.stringify(card).matchAll(/"type":"Text(?:Block|Run)","text":"((?:[^"\\]|\\.)*)"/g);
  return [...runs].map(([, text]) => JSON.parse(`"${text}"`) as string).join('\n');
}
const numberIn = (outcome: Outcome): string => /HD-\d{4}-\d{4}/.exec(said(outcome))![0];
async function total(): Promise<number> {
  return Number(/Vragen\n(\d+)/.exec(words(await say('quality', 'statistiek')))?.[1] ?? 0);
}

describe('the card that stays open', () => {
  let card: Message;

  it('is for advisors and the quality team only', async () => {
    expect(words(await say('gent', 'registreer'))).toContain('Dat kan alleen een adviseur');
    expect(words(await say('quality', 'registreer'))).toContain('Registreer een vraag');
    card = await say('dossier', 'registreer');
    expect(words(card)).toContain('Telefoon\nMail\nWhatsApp\nInformeel');
    // A message in Teams holds 28 kB.
    expect(Buffer.byteLength(JSON.stringify(cardOf(card.activity)))).toBeLessThan(24_000);
  });

  it('keeps a known question with the theme of that question, and is ready for the next', async () => {
    const saved = await town.teams.press(people.dossier, card, /^telefoon/i, {
      item: 'mdd-bewaartermijn',
      centre: 'go-clb-gent',
      minutes: '10',
    });
    expect(said(saved)).toMatch(
      /Geregistreerd: HD-\d{4}-\d{4} · telefoon · GO! CLB regio Gent · Multidisciplinair dossier/,
    );
    expect(said(saved)).toContain('10 min.');
    const next = cardIn(saved);
    expect([field(next, 'centre'), field(next, 'theme'), field(next, 'minutes')]).toEqual([
      'go-clb-gent',
      'dossier-en-inzage',
      '10',
    ]);
    expect(field(next, 'item')).toBeUndefined();
  });

  it('keeps one new sentence, on the day it was asked', async () => {
    const day = brusselsDay(Date.now() - 3 * 86_400_000);
    const saved = await town.teams.press(people.dossier, card, 'Mail', {
      question: 'Wie tekent het overdrachtsformulier?',
      theme: 'beroepsgeheim',
      minutes: 'een half uur',
      day,
    });
    expect(said(saved)).toContain('mail · GO! CLB regio Gent · Beroepsgeheim en ambtsgeheim · 30 min.');
    expect(said(saved)).toContain('Wie tekent het overdrachtsformulier?');
    expect(field(cardIn(saved), 'day')).toBe(day);
  });

  it('lets the theme of a known question go before the remembered one, and a chosen theme before both', async () => {
    const remembered = await town.teams.press(people.dossier, card, 'Mail', { item: 'mdd-kopie' });
    expect(said(remembered)).toContain('Multidisciplinair dossier');
    const chosen = await town.teams.press(people.dossier, card, 'Mail', { item: 'mdd-kopie', theme: 'verontrusting' });
    expect(said(chosen)).toContain('Verontrusting');
  });

  it('says in Dutch what is wrong and loses nothing that was filled in', async () => {
    const good = { question: 'Mag de school dit weten?', centre: 'go-clb-gent', minutes: '10' };
    const wrong: [Record<string, string>, string][] = [
      [{ ...good, question: '' }, 'Kies een bekende vraag of typ een zin'],
      [{ ...good, minutes: '0' }, 'Geef de tijd in hele minuten, van 1 tot 600'],
      [{ ...good, minutes: '-5' }, 'Geef de tijd in hele minuten, van 1 tot 600'],
      [{ ...good, minutes: '10000' }, 'Geef de tijd in hele minuten, van 1 tot 600'],
      [{ ...good, minutes: 'lang' }, '"lang" begrijp ik niet als tijd'],
      [{ ...good, centre: 'go-clb-atlantis' }, 'Dat centrum ken ik niet'],
      [{ ...good, theme: 'koken' }, 'Dat thema ken ik niet'],
      [{ ...good, day: '2099-01-01' }, 'Die dag moet nog komen'],
      [{ ...good, day: '2020-01-01' }, 'Registreren kan tot 14 dagen terug'],
      [{ ...good, day: 'gisteren' }, 'Die dag begrijp ik niet'],
      [{ ...good, question: 'Mag dit? '.repeat(60).trim() }, 'hou het bij 500 tekens'],
      [{ ...good, item: 'bestaat-niet' }, 'Die bekende vraag ken ik niet'],
      [{ ...good, item: 'wat ik typte zonder te kiezen' }, 'Die bekende vraag ken ik niet'],
      [{ ...good, item: 'x'.repeat(3_000) }, 'Die bekende vraag ken ik niet'],
    ];
    const before = await total();
    for (const [inputs, sentence] of wrong) {
      const answer = await town.teams.press(people.dossier, card, 'Telefoon', inputs);
      expect(said(answer)).toContain(sentence);
      if (inputs.question) expect(field(cardIn(answer), 'question')).toBe(inputs.question);
      expect(field(cardIn(answer), 'minutes')).toBe(inputs.minutes);
    }
    expect(await total()).toBe(before);
  });

  it('takes what was typed among the known questions for a new one, and keeps nothing before it was looked at', async () => {
    const before = await total();
    const typed = { item: 'Wie bewaart de sleutel van het archief?', question: '', minutes: '10' };
    const moved = await town.teams.press(people.dossier, card, 'Telefoon', typed);
    expect(said(moved)).toContain('Dat is geen bekende vraag. Ik zette wat je typte bij de nieuwe vraag');
    expect([field(cardIn(moved), 'question'), field(cardIn(moved), 'item')]).toEqual([typed.item, undefined]);
    expect(field(cardIn(moved), 'minutes')).toBe('10');
    const named = { item: 'Mag de mama van Jonas Peeters het dossier zien?', question: '' };
    const masked = await town.teams.press(people.dossier, card, 'Telefoon', named);
    expect(said(masked)).toContain('Ik haalde het weg en bewaarde nog niets');
    expect(field(cardIn(masked), 'question')).toBe('Mag de mama van [naam] het dossier zien?');
    expect(await total()).toBe(before);
  });

  it('takes personal data out of the sentence, and keeps a name only when it is no pupil', async () => {
    const typed = 'Mag de mama van Jonas Peeters het dossier zien?';
    const asked = await town.teams.press(people.dossier, card, 'Telefoon', { question: typed });
    expect(said(asked)).toContain('Ik haalde het weg en bewaarde nog niets');
    expect(field(cardIn(asked), 'question')).toContain('[naam]');
    const kept = await town.teams.press(people.dossier, card, 'Telefoon');
    expect(said(kept)).toContain('Mag de mama van [naam] het dossier zien?');
    await town.teams.press(people.dossier, card, 'Telefoon', { question: typed });
    const asIs = await town.teams.press(people.dossier, card, 'Telefoon', { names: 'true' });
    expect(said(asIs)).toContain('Jonas Peeters');
    const number = await town.teams.press(people.dossier, card, 'Telefoon', { question: 'Klopt 93.05.18-223.61 wel?' });
    expect(said(number)).toContain('rijksregisternummer');
    expect(JSON.stringify(cardIn(number).body)).not.toContain('93.05.18');
  });

  it('shows earlier questions that may be the same, and links them with one press', async () => {
    const fresh = await say('dossier', 'registreer');
    const first = await town.teams.press(people.dossier, fresh, 'Mail', {
      question: 'Wie draagt de map van een leerling over aan een Waalse school?',
      theme: 'dossier-en-inzage',
    });
    const second = await town.teams.press(people.dossier, fresh, 'Telefoon', {
      question: 'Aan wie dragen we de map van een leerling over in een Waalse school?',
      theme: 'dossier-en-inzage',
    });
    expect(said(second)).toContain(`Lijkt op ${numberIn(first)}`);
    const linked = await town.teams.press(people.dossier, fresh, `Zelfde vraag als ${numberIn(first)}`);
    expect(said(linked)).toContain(`Gekoppeld aan: ${numberIn(first)}`);
    expect(said(linked)).not.toContain(`Lijkt op ${numberIn(first)}`);
    const third = await town.teams.press(people.dossier, fresh, 'Telefoon', {
      question: 'Wie draagt de map van een leerling over aan een school in Wallonië?',
      theme: 'dossier-en-inzage',
    });
    const titles = JSON.stringify(cardIn(third));
    expect(titles).toMatch(/Zelfde vraag als HD-\d{4}-\d{4} \(2×\)/);
  });

  it('is undone with one press: the number stays, nothing counts, and what was filled in comes back', async () => {
    const before = await total();
    const fresh = await say('dossier', 'registreer');
    const saved = await town.teams.press(people.dossier, fresh, 'WhatsApp', {
      question: 'Te snel gedrukt?',
      minutes: '15',
    });
    expect(await total()).toBe(before + 1);
    const undone = await town.teams.press(people.dossier, fresh, 'Maak ongedaan');
    expect(said(undone)).toContain(`Ongedaan gemaakt: ${numberIn(saved)}`);
    expect(field(cardIn(undone), 'question')).toBe('Te snel gedrukt?');
    expect(field(cardIn(undone), 'minutes')).toBe('15');
    expect(await total()).toBe(before);
    const again = await town.teams.press(people.dossier, fresh, 'Mail');
    expect(numberIn(again)).not.toBe(numberIn(saved));
    expect(await total()).toBe(before + 1);
  });

  it('counts the same question three times, once, and undoes all three', async () => {
    const before = await total();
    const fresh = await say('dossier', 'registreer');
    await town.teams.press(people.dossier, fresh, 'Informeel', { item: 'mdd-kopie' });
    const thrice = await town.teams.press(people.dossier, fresh, '3×');
    expect(said(thrice)).toContain('3 × geregistreerd');
    expect(JSON.stringify(cardIn(thrice))).not.toContain('repeat-registration');
    expect(await total()).toBe(before + 3);
    await town.teams.press(people.dossier, fresh, 'Maak ongedaan');
    expect(await total()).toBe(before);
  });

  it('keeps a double delivery of one press once', async () => {
    const fresh = await say('dossier', 'registreer');
    const before = await total();
    const pressed = await town.teams.press(people.dossier, fresh, 'Telefoon', { question: 'Dubbel geleverd?' });
    await Promise.all([town.teams.deliver(pressed.activity!), town.teams.deliver(pressed.activity!)]);
    expect(await total()).toBe(before + 1);
  });

  it('works in the advisors channel, and another person cannot undo what is not theirs', async () => {
    await town.teams.say(people.dossier, 'registreer', channels.poc.id);
    const posted = latest(town.teams.posts(channels.poc.id));
    const saved = await town.teams.press(people.dossier, posted, 'Telefoon', { question: 'In het kanaal gevraagd?' });
    expect(said(saved)).toContain('Geregistreerd');
    const stolen = await town.teams.press(people.beroepsgeheim, posted, 'Maak ongedaan', {}, { card: cardIn(saved) });
    expect(said(stolen)).toContain('niet door jou geregistreerd');
    const own = await say('gent', 'help');
    const outsider = await town.teams.press(
      people.gent,
      own,
      'Telefoon',
      { question: 'Mag ik dit?' },
      { card: cardIn(saved) },
    );
    expect(textOf(outsider)).toContain('Dat kan alleen een adviseur');
  });

  it('costs 2 clicks, 3 letters and Enter for a known question', async () => {
    const fresh = await say('dossier', 'registreer');
    const { choices } = (
      cardOf(fresh.activity) as unknown as { body: { id?: string; choices: { title: string; value: string }[] }[] }
    ).body.find(({ id }) => id === 'item')!;
    // Three letters in a row bring any question among the first three of the list, used before or not.
    const titles = choices.map(({ title }) => title.toLowerCase());
    for (const title of titles) {
      const places = [...title.matchAll(/(?=([\p{L}\d]{3}))/gu)].map(([, three]) =>
        titles.filter((other) => other.includes(three!)).indexOf(title),
      );
      expect(Math.min(...places), title).toBeLessThan(3);
    }
    // Registered before, so it stands above the other questions with these letters.
    const letters = 'kop';
    const shown = choices.filter(({ title }) => title.toLowerCase().includes(letters));
    expect(shown[0]!.value).toBe('mdd-kopie');
    // Click 1 opens the list, the letters leave the wanted question on top, Enter takes it, click 2 is the channel.
    const [clicks, keys] = [
      ['bekende vraag', 'Telefoon'],
      [...letters, 'Enter'],
    ];
    const saved = await town.teams.press(people.dossier, fresh, clicks[1]!, { item: shown[0]!.value });
    expect(said(saved)).toContain('Geregistreerd');
    expect([clicks.length, keys.length]).toEqual([2, 4]);
  });
});

describe('the typed line', () => {
  it('registers at once when everything is clear', async () => {
    const before = await total();
    const card = await say('dossier', 'tel gent dosier 10m hoe lang bewaren we dit?');
    expect(said(card)).toMatch(
      /Geregistreerd: HD-\d{4}-\d{4} · telefoon · GO! CLB regio Gent · Multidisciplinair dossier.* · 10 min\./,
    );
    expect(said(card)).toContain('hoe lang bewaren we dit?');
    expect(await total()).toBe(before + 1);
    await town.teams.press(people.dossier, card, 'Maak ongedaan');
    expect(await total()).toBe(before);
  });

  it('shows the filled-in card when in doubt, and keeps nothing before a channel is pressed', async () => {
    const before = await total();
    const card = await say('dossier', 'mail limbrug dossier 10m wie mag dit lezen?');
    expect(said(card)).toContain('Kijk dit nog na: het centrum');
    expect(field(cardOf(card.activity)!, 'question')).toBe('wie mag dit lezen?');
    expect(await total()).toBe(before);
    const saved = await town.teams.press(people.dossier, card, 'Mail');
    expect(said(saved)).toContain('Geregistreerd');
  });

  it('is an ordinary question from somebody who does not register', async () => {
    await say('gent', 'tel gent dossier 10m hoe lang bewaren we het dossier?');
    expect(chat('gent').some((message) => words(message).includes('Geregistreerd'))).toBe(false);
    expect(
      chat('gent').some(
        (message) => words(message).includes('Heeft dit geholpen?') || words(message).includes('Misschien bedoel je'),
      ),
    ).toBe(true);
  });

  it('takes out personal data too', async () => {
    const card = await say('dossier', 'tel gent dossier 10m mag de papa van Jonas Peeters dit zien?');
    expect(said(card)).toContain('bewaarde nog niets');
    expect(field(cardOf(card.activity)!, 'question')).toContain('[naam]');
  });
});

describe('a helpdesk session', () => {
  const good = {
    programme: 'Helpdesk live',
    theme: 'dossier-en-inzage',
    subject: 'Inzage in het dossier',
    level: 'CLB',
    participants: '24',
    perCentre: 'gent 12, kortrijk 8',
    minutes: 'anderhalf uur',
    links: 'https://example.org/opname',
    questions: 'Wie mag inkijken?\nHoe lang bewaren we?',
  };
  let card: Message;

  it('is written down with its participants, and its questions become tickets', async () => {
    expect(words(await say('gent', 'sessie'))).toContain('Dat kan alleen een adviseur');
    const before = await total();
    card = await say('dossier', 'sessie');
    const saved = await town.teams.press(people.dossier, card, 'Bewaar', good);
    expect(said(saved)).toContain('Bewaard: Inzage in het dossier, 24 deelnemers, 2 vragen.');
    expect(said(saved)).toMatch(/\w\w \d+ \w+ · Inzage in het dossier · 24 deelnemers/);
    expect(field(cardIn(saved), 'programme')).toBe('Helpdesk live');
    expect(await total()).toBe(before + 2);
    await town.teams.deliver(saved.activity!);
    expect(await total()).toBe(before + 2);
  });

  it('says what is wrong and keeps what was filled in', async () => {
    const wrong: [Record<string, string>, string][] = [
      [{ theme: 'koken' }, 'Kies een thema'],
      [{ day: '2099-01-01' }, 'Die dag moet nog komen'],
      [{ day: '2020-01-01' }, 'Een sessie noteren kan tot'],
      [{ day: 'gisteren' }, 'Die dag begrijp ik niet'],
      [{ participants: 'veel' }, 'Geef het aantal deelnemers als heel getal'],
      [{ participants: '-3' }, 'Geef het aantal deelnemers als heel getal'],
      [{ participants: '5' }, 'Per centrum tel ik 20 deelnemers'],
      [{ perCentre: 'atlantis 4' }, '"atlantis 4" begrijp ik niet'],
      [{ minutes: 'lang' }, '"lang" begrijp ik niet als tijd'],
      [{ links: 'http://example.org' }, 'Een link begint met https://'],
      [{ questions: 'Mag Jonas Peeters mee?' }, 'Ik haalde het weg'],
    ];
    for (const [inputs, sentence] of wrong) {
      const fresh = await say('dossier', 'sessie');
      const answer = await town.teams.press(people.dossier, fresh, 'Bewaar', { ...good, ...inputs });
      expect(said(answer)).toContain(sentence);
      expect(field(cardIn(answer), 'subject')).toBe(good.subject);
    }
  });

  it('is corrected by whoever wrote it down, and taken back', async () => {
    const list = await say('dossier', 'sessies');
    const opened = await town.teams.press(people.dossier, list, /^Open: /);
    expect(said(opened)).toContain('Pas een helpdesksessie aan');
    expect(field(cardIn(opened), 'perCentre')).toContain('GO! CLB regio Gent 12');
    const corrected = await town.teams.press(people.dossier, list, 'Bewaar', { participants: '30' });
    expect(said(corrected)).toContain('· 30 deelnemers');

    const theirs = await say('beroepsgeheim', 'sessie');
    await town.teams.press(people.beroepsgeheim, theirs, /^Open: /);
    const refused = await town.teams.press(people.beroepsgeheim, theirs, 'Bewaar', { participants: '1' });
    expect(said(refused)).toContain('Deze sessie noteerde iemand anders');

    await town.teams.press(people.dossier, list, /^Open: /);
    const undone = await town.teams.press(people.dossier, list, 'Maak ongedaan');
    expect(said(undone)).toContain('Ongedaan gemaakt: Inzage in het dossier');
    expect(said(undone)).not.toContain('30 deelnemers');
  });
});

describe('an advisor’s own week', () => {
  const today = () => brusselsDay(Date.now());
  it('adds up questions, sessions and loose time per day, for this advisor only', async () => {
    expect(words(await say('gent', 'mijn week'))).toContain('Dat kan alleen een adviseur');
    const empty = await say('beroepsgeheim', 'mijn week');
    expect(said(empty)).toContain('Samen genoteerd: 0 u 00');
    await say('beroepsgeheim', 'tel gent beroepsgeheim 20m mag dat?');
    const saved = await town.teams.press(people.beroepsgeheim, empty, 'Noteer', {
      day: today(),
      minutes: 'anderhalf uur',
      strategy: 'materialenbank',
      note: 'Fiche herschreven',
    });
    expect(said(saved)).toMatch(/Genoteerd: 90 min\. · Materialenbank · \w\w \d+ \w+/);
    expect(said(saved)).toContain('Samen genoteerd: 1 u 50');
    expect(said(saved)).toContain('1 vraag');
    await town.teams.deliver(saved.activity!);
    const undone = await town.teams.press(people.beroepsgeheim, empty, 'Maak ongedaan');
    expect(said(undone)).toContain('Samen genoteerd: 0 u 20');
    expect(field(cardIn(undone), 'minutes')).toBe('90');
  });

  it('shows the gaps of an earlier week, each one tap away from the form', async () => {
    const card = await say('beroepsgeheim', 'mijn week');
    const earlier = await town.teams.press(people.beroepsgeheim, card, 'Vorige week');
    expect(said(earlier).match(/Tik hier om tijd te noteren/g)).toHaveLength(5);
    const chosen = await town.teams.press(people.beroepsgeheim, card, /^Noteer tijd op do/);
    const day = String(field(cardIn(chosen), 'day'));
    expect(new Date(day).getUTCDay()).toBe(4);
    const saved = await town.teams.press(people.beroepsgeheim, card, 'Noteer', { minutes: '1u30' });
    expect(said(saved)).toContain('Samen genoteerd: 1 u 30');
    expect(said(saved).match(/Tik hier om tijd te noteren/g)).toHaveLength(4);
  });

  it('says what is wrong and keeps what was filled in', async () => {
    const good = { day: today(), minutes: '30', strategy: 'helpdesk', note: 'Overleg' };
    const wrong: [Record<string, string>, string][] = [
      [{ minutes: '' }, 'Geef de tijd in hele minuten'],
      [{ minutes: '0' }, 'van 1 tot 600'],
      [{ minutes: '10000' }, 'van 1 tot 600'],
      [{ day: '2099-01-01' }, 'Die dag moet nog komen'],
      [{ day: '2020-01-01' }, 'Registreren kan tot 14 dagen terug'],
      [{ strategy: 'koken' }, 'Kies waarvoor de tijd was'],
      [{ note: 'Overleg over Jonas Peeters' }, 'Ik haalde het weg'],
    ];
    for (const [inputs, sentence] of wrong) {
      const card = await say('dossier', 'mijn week');
      const answer = await town.teams.press(people.dossier, card, 'Noteer', { ...good, ...inputs });
      expect(said(answer)).toContain(sentence);
      expect(field(cardIn(answer), 'note')).toMatch(/^Overleg/);
    }
  });
});

describe('setting a registration right', () => {
  let number = '';
  const open = (who: Who) => say(who, number);

  it('is found by its number, by advisors of the service and the quality team only', async () => {
    number = numberIn(
      await town.teams.press(people.dossier, await say('dossier', 'registreer'), 'Telefoon', {
        question: 'Wie bewaart de toestemming?',
        centre: 'go-clb-gent',
        theme: 'beroepsgeheim',
        minutes: '10',
      }),
    );
    for (const who of ['dossier', 'beroepsgeheim', 'quality'] as const) {
      expect(said(await open(who))).toContain(`Geregistreerde vraag · ${number}`);
    }
    expect(words(await open('gent'))).toContain('Deze vraag vind ik niet');
    expect(words(await open('wiskunde'))).toContain('Deze vraag vind ik niet');
    expect(words(await say('dossier', 'HD-2019-0001'))).toContain('Deze vraag vind ik niet');
  });

  it('keeps theme, centre, channel and minutes as changes, with who and when', async () => {
    const card = await open('dossier');
    const form = dialogOf(await town.teams.press(people.dossier, card, 'Pas aan'));
    expect(field(form.card, 'minutes')).toBe('10');
    const wrong = dialogOf(await form.press('Bewaar', { minutes: '-5' }));
    expect(words(wrong.card)).toContain('Geef de tijd in hele minuten');
    const done = await wrong.press('Bewaar', {
      minutes: '4',
      channel: 'mail',
      centre: 'go-clb-kortrijk',
      theme: 'verontrusting',
    });
    expect(textOf(done)).toContain('Opgeslagen');
    const after = said(await open('quality'));
    expect(after).toContain('mail · GO! CLB regio Kortrijk · Verontrusting en kindermishandeling · 4 min.');
    expect(after).toMatch(/Adviseur Dossier: Verontrusting en kindermishandeling, GO! CLB regio Kortrijk, mail/);
    expect(after).toContain('Adviseur Dossier: -6 min.');
  });

  it('is taken back by whoever registered it or by the quality team, and then stays as it is', async () => {
    const theirs = await open('beroepsgeheim');
    expect(words(theirs)).not.toContain('Maak ongedaan');
    const card = await open('quality');
    const retracted = await town.teams.press(people.quality, card, 'Maak ongedaan');
    expect(said(retracted)).toContain('ongedaan gemaakt, telt niet mee');
    const late = await town.teams.press(people.beroepsgeheim, theirs, 'Pas aan');
    expect(textOf(late)).toContain('ongedaan gemaakt');
  });
});
