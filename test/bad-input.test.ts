// Stories of what goes wrong between people and the helpdesk: odd messages, old cards, double presses, wrong persons.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { parseCommand } from '../src/app/commands.ts';
import type { TicketRecord } from '../src/app/records.ts';
import type { TicketEvent } from '../src/domain/ticket.ts';
import { addWorkingDays, addWorkingHours } from '../src/domain/working-time.ts';
import { type Activity, cardOf, type Message } from '../src/playground/connector.ts';
import {
  cardIn,
  channels,
  claimed,
  dialogOf,
  formOn,
  latest,
  openTown,
  people,
  routed,
  type Town,
  textOf,
  type Who,
  words,
} from './town.ts';

const NOT_FOUND = 'Deze vraag vind ik niet, of ze is niet voor jou bestemd.';
const OLD_BUTTON = 'Deze knop werkt niet meer. Typ "mijn vragen" en open je vraag opnieuw.';
const THEME = 'dossier-en-inzage';
const FUNCTION = 'clb-maatschappelijk-werker';

/** What people do in one town; every story takes its own question, so that stories do not meet. */
function inTown(town: Town) {
  const chat = (who: Who): Message[] => town.teams.chat(people[who]);
  const inPoc = (): Message[] => town.teams.posts(channels.poc.id);
  const reopened = () => openSqlite(join(town.folder, 'helpdesk.sqlite'), { now: Date.now });
  const tickets = async (question = ''): Promise<TicketRecord[]> => {
    const store = reopened();
    const { docs } = await store.list({ kind: 'ticket' }, { limit: 500 });
    store.close();
    return docs
      .map(({ doc }) => doc.body as TicketRecord)
      .filter(({ events }) => questionIn(events).includes(question));
  };
  const eventsOf = async (question: string): Promise<string[]> =>
    (await tickets(question)).flatMap(({ events }) => events.map(({ type }) => type));
  /** What a form sends. */
  const submit = (who: Who, on: Message, data: object) =>
    town.send(who, on, { ...data, msteams: { type: 'task/fetch' } });
  return { chat, inPoc, tickets, eventsOf, submit, reopened };
}

function questionIn(events: TicketEvent[]): string {
  const [first] = events;
  return first?.type === 'asked' ? first.question : '';
}

/** The ticket that a card is about; a card without buttons had them in an earlier version. */
const ticketOf = ({ activity, history }: Message): string =>
  /"ticket":"([^"]+)"/.exec(JSON.stringify([activity, history]))![1]!;

describe('what people type', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  const delivered = async (who: Who, fields: object) => {
    const sample = await town.teams.say(people[who], 'dag');
    return town.teams.deliver({ ...(await envelopeOf(who, sample)), ...fields } as Activity);
  };
  /** What Teams sends around a message of this person, so that a story can vary one part of it. */
  const envelopeOf = async (who: Who, sample: Message): Promise<Activity> => ({
    ...sample.activity,
    id: `f:${Date.now()}${Math.random()}`,
    from: { id: people[who].id, name: people[who].name, aadObjectId: people[who].aadObjectId },
  });

  it('gets one Dutch sentence when there is no question in it, and no ticket', async () => {
    for (const nothing of ['', '   ', '👍', '🙏🏽🎉', '?', '...', '\u200b\n\n']) {
      expect(await town.said('gent', nothing)).toContain('Ik zie geen vraag in je bericht');
    }
    expect(await town.said('gent', 'bedankt!')).toContain('Graag gedaan');
    expect(await town.said('gent', 'goedemorgen')).toContain('Typ je vraag');
    expect(await at.tickets()).toHaveLength(0);
  });

  it('is helped on when it is about the helpdesk itself, and nothing is noted as a question', async () => {
    for (const greeting of ['Goeiemorgen, alles goed?', 'hoi', 'dag helpdesk!', 'hoe gaat het met je?']) {
      expect(await town.said('gent', greeting)).toContain('Typ je vraag');
    }
    for (const thanks of ['super bedankt', 'top, bedankt voor de snelle hulp!', 'ok?', 'merci']) {
      expect(await town.said('gent', thanks)).toContain('Graag gedaan');
    }
    for (const enough of ['stop', 'laat maar', 'het is al opgelost!']) {
      expect(await town.said('gent', enough)).toContain('Heb je later een vraag');
    }
    for (const about of [
      'wie ben jij?',
      'wat kan je allemaal',
      'hoe werkt de helpdesk?',
      'ben je een robot',
      'hulp?',
    ]) {
      expect(await town.said('gent', about)).toContain('Zo werkt de helpdesk');
    }
    for (const mine of ['waar is mijn vraag van gisteren?', 'wat is de status van mijn vraag', 'mijn vragen?']) {
      expect(await town.said('gent', mine)).toContain('Je hebt nog geen vragen gesteld');
    }
    for (const person of [
      'kan iemand mij bellen?',
      'ik wil met een mens spreken',
      'mag ik met iemand bellen',
      'wanneer is de helpdesk bereikbaar?',
      'zijn jullie open in de kerstvakantie?',
      'openingsuren',
      'telefoonnummer van de helpdesk',
    ]) {
      const answer = await town.said('gent', person);
      expect(answer).toContain('maandag tot vrijdag van 08:30 tot 12:00 en 13:00 tot 16:30');
      expect(answer).toMatch(/Nu open, tot \d\d:\d\d|Nu gesloten\. Weer open op (ma|di|wo|do|vr) /);
      expect(answer).toContain('112');
    }
    expect(words(latest(at.chat('gent')))).toContain('Stel een vraag aan een adviseur');
    expect(await at.tickets()).toHaveLength(0);
  });

  it('keeps every question of content a question, whatever words of ours are in it', async () => {
    const { content } = await loadContent('./content');
    const asked = content.items.flatMap(({ title, variants, wordings }) => [title, ...variants, ...wordings]);
    expect(asked.filter((text) => parseCommand(text).kind !== 'question')).toEqual([]);
    const near = [
      'wanneer mag ik de ouders bellen?',
      'is het CLB open in de vakantie?',
      'wat kan je doen bij spijbelen',
      'hoe werkt leersteun?',
      'een collega vertelt iets door, mag dat?',
      'bedankt, maar hoe lang bewaren we een dossier?',
      'hallo, mag een papa het dossier inkijken?',
    ];
    expect(near.filter((text) => parseCommand(text).kind !== 'question')).toEqual([]);
  });

  it('is told that files cannot be read when a message is only an attachment', async () => {
    const { status } = await delivered('gent', {
      text: '',
      attachments: [{ contentType: 'image/png', contentUrl: 'https://example.org/foto.png' }],
    });
    expect(status).toBe(200);
    expect(words(latest(at.chat('gent')))).toContain('Ik kan geen bestanden of afbeeldingen lezen');
    expect(await at.tickets()).toHaveLength(0);
  });

  it('is told to shorten a text of 100,000 characters, and nothing of it is kept', async () => {
    expect(await town.said('gent', 'lang verhaal '.repeat(7_700))).toContain('te lang voor één vraag');
    expect(await town.said('gent', 'x'.repeat(100_000))).toContain('te lang voor één vraag');
    expect(await town.said('gent', `${'naam van leerling Jan Peeters '.repeat(3_000)}`)).toContain('te lang');
    expect(await at.tickets()).toHaveLength(0);
  });

  it('is shown as typed and never formatted or linked, also to advisors', async () => {
    const question =
      '<b>Mag</b> een **dossier** [hier](https://kwaad.example) <script>alert(1)</script> & _daar_ staan?';
    const card = await routed(town, 'gent', question);
    for (const shown of [cardIn(at.chat('gent'), question)!, card]) {
      const json = JSON.stringify(cardOf(shown.activity));
      const inTextRun = `{"type":"TextRun","text":${JSON.stringify(question)}}`;
      expect(json).toContain(inTextRun);
      expect(json.replaceAll(inTextRun, '')).not.toContain('kwaad.example');
    }
    expect(await town.said('gent', 'mijn vragen')).toContain('**dossier** [hier](https://kwaad.example)');
    expect(JSON.stringify(latest(at.chat('gent')).activity)).not.toMatch(/"TextBlock"[^}]*kwaad/);
  });

  it('gets an answer card, in Dutch, for another language or for something off topic', async () => {
    for (const strange of [
      'Puis-je consulter le dossier de mon élève après son départ ?',
      'Ebeveynler dosyayı görebilir mi?',
      '請問家長可以查看檔案嗎',
      'wat eten we vanavond',
      'qwertz asdfgh zxcvb',
      "'; DROP TABLE documents; --",
      '\u202Eegnartnegrev\u202C vraag',
      '{{constructor}} ${locale.fault} {"do":"claim"}',
    ]) {
      const answer = await town.said('kortrijk', strange).then(() => cardIn(at.chat('kortrijk'), strange));
      expect(answer, strange).toBeDefined();
      expect(JSON.stringify(answer!.activity), strange).toMatch(/Vraag een adviseur|vraag een adviseur/);
    }
  });

  it('is told in Dutch that the helpdesk is Dutch when it is French or English', async () => {
    const before = at.chat('kortrijk').length;
    await town.said('kortrijk', 'Can the parents of a pupil read the file that we keep on her?');
    expect(at.chat('kortrijk').slice(before).map(words).join('\n')).toContain('De helpdesk werkt in het Nederlands');
  });

  it('is taken as a question when it looks like a command but says more', async () => {
    await town.said('kortrijk', 'help, mijn vragen over de inzage raken niet opgelost');
    expect(cardIn(at.chat('kortrijk'), 'help, mijn vragen over de inzage')).toBeDefined();
  });

  it('is answered by a status, never by a crash, when the activity itself is odd', async () => {
    const odd = [
      { text: undefined },
      { text: 42 },
      { text: null },
      { attachments: [{}] },
      { attachments: 'x' },
      { entities: [null] },
      { entities: 'x' },
      { from: undefined },
      { from: {} },
      { conversation: undefined },
      { timestamp: 'gisteren' },
      { type: 'message', value: 'tekst' },
      { type: 'message', value: 7 },
      { type: 'message', value: [] },
      { type: 'invoke', name: 'task/fetch' },
      { type: 'invoke', name: 'adaptiveCard/action', value: { action: null } },
      { type: 'invoke', name: 'composeExtension/query' },
      { type: 'conversationUpdate', membersAdded: [null] },
      { type: 'messageReaction' },
      { type: 'verzonnen' },
      { type: undefined },
    ];
    for (const fields of odd) {
      const { status, body } = await delivered('stranger', fields);
      expect([200, 201, 400, 501], JSON.stringify(fields)).toContain(status);
      expect(JSON.stringify(body ?? ''), JSON.stringify(fields)).not.toMatch(/Error|at \w+ \(|node_modules/);
    }
    const raw = (body: string) =>
      fetch(`${town.url}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await raw('{"type":')).status).toBe(400);
    expect((await raw('"tekst"')).status).toBe(400);
    expect((await raw(JSON.stringify({ text: 'x'.repeat(300_000) }))).status).toBe(413);
    expect(town.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('personal data in a question', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  const everything = async (): Promise<string> => {
    const store = at.reopened();
    const { docs } = await store.changes('', 10_000);
    store.close();
    return JSON.stringify(docs) + JSON.stringify(town.lines);
  };

  it('is shown first, and until the person chose nothing is stored or forwarded', async () => {
    const posts = at.inPoc().length;
    for (const [typed, kind] of [
      ['Mag de moeder van 85.07.30-033.28 het dossier zien?', 'rijksregisternummer'],
      ['Ik bel de ouders op 0478 12 34 56, mag dat zonder toestemming?', 'telefoonnummer'],
      ['Mag ik iets delen over leerling Jonas Verhaeghe uit 3B?', 'naam'],
    ] as const) {
      await town.teams.say(people.gent, typed);
      const shown = words(latest(at.chat('gent')));
      expect(shown).toContain('Je vraag is nog niet bewaard en nog niet doorgestuurd');
      expect(shown).toContain(kind);
      expect(latest(at.chat('gent')).activity.summary).toBe('Kijk je vraag nog even na');
    }
    expect(await at.tickets()).toHaveLength(0);
    const kept = await everything();
    for (const secret of ['85.07.30', '0478', 'Verhaeghe']) expect(kept).not.toContain(secret);
    expect(at.inPoc()).toHaveLength(posts);
  });

  it('is left out with "Verstuur zonder deze gegevens"', async () => {
    const card = cardIn(at.chat('gent'), '[rijksregisternummer]')!;
    expect(words(card)).toContain('Een rijksregisternummer kan ik nooit doorsturen.');
    expect(words(card)).not.toContain('Dit is geen leerling');
    const sent = await town.teams.press(people.gent, card, /zonder deze gegevens/i);
    expect(textOf(sent)).toContain('Verstuurd zonder de herkenbare gegevens');
    await town.eventually(() => cardIn(at.chat('gent'), 'Mag de moeder van [rijksregisternummer]')?.activity);
    expect(await at.tickets('[rijksregisternummer]')).toHaveLength(1);
    expect(await everything()).not.toContain('85.07.30');
  });

  it('can be rewritten, and is looked at again', async () => {
    const card = cardIn(at.chat('gent'), '[telefoonnummer]')!;
    const form = dialogOf(await town.teams.press(people.gent, card, /herschrijf/i));
    expect(JSON.stringify(form.card)).toContain('0478 12 34 56');
    const still = dialogOf(await form.press(/verstuur/i, { question: 'Mag ik bellen naar 0478 12 34 57?' }));
    expect(words(still.card)).toContain('[telefoonnummer]');
    const again = dialogOf(await town.teams.press(people.gent, card, /herschrijf/i));
    const sent = await again.press(/verstuur/i, { question: 'Mag ik de ouders bellen zonder toestemming?' });
    expect(textOf(sent)).toContain('Verstuurd');
    expect(await at.tickets('Mag ik de ouders bellen zonder toestemming?')).toHaveLength(1);
  });

  it('goes on as it is only when it is a name and the person says that it is no pupil', async () => {
    const card = cardIn(at.chat('gent'), '[naam]')!;
    await town.teams.press(people.gent, card, /geen leerling/i);
    expect(await at.tickets('Jonas Verhaeghe')).toHaveLength(1);
    await town.send('gent', card, { do: 'ask-text', question: 'Bel 0478 12 34 58 voor haar', names: true });
    expect(await everything()).not.toContain('0478 12 34 58');
  });

  it('is found in the forms too, in what advisors write as well', async () => {
    const card = await claimed(town, 'gent', 'dossier', 'Wie tekent het formulier voor de overdracht van een map?');
    const form = await formOn(town, 'dossier', card, /^antwoord/i);
    const again = dialogOf(await form.press(/houd open/i, { text: 'Bel de collega op 0478 99 88 77.' }));
    expect(words(again.card)).toContain('In je tekst staat nog: telefoonnummer');
    expect(JSON.stringify(again.card)).toContain('Bel de collega op 0478 99 88 77.');
    const clean = dialogOf(await again.press(/verwijder automatisch/i, { text: 'Bel de collega op 0478 99 88 77.' }));
    expect(JSON.stringify(clean.card)).toContain('[telefoonnummer]');
    await clean.press(/houd open/i);
    await town.eventually(() => cardIn(at.chat('gent'), 'Bel de collega op [telefoonnummer].'));
    expect(await everything()).not.toContain('0478 99 88 77');
  });

  it('shows the emergency routes first when words point at acute danger', async () => {
    for (const danger of [
      'Een leerling zegt dat ze vanavond zelfmoord wil plegen, wat doe ik?',
      'Leerling Jonas Verhaeghe wil zich van het leven beroven',
    ]) {
      const before = at.chat('kortrijk').length;
      await town.teams.say(people.kortrijk, danger);
      const shown = at
        .chat('kortrijk')
        .slice(before)
        .find((message) => words(message).includes('112'));
      expect(words(shown).split('\n')[0], danger).toContain('acuut gevaar');
    }
  });
});

describe('the same thing twice, and at the same time', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  /** The activity in which Teams hands over a typed text, ready to be delivered again. */
  const typed = async (who: Who, text: string): Promise<Activity> => {
    const message = await town.teams.say(people[who], text);
    return { ...message.activity, id: message.id };
  };

  it('an activity that is delivered twice is one ticket and one card', async () => {
    const question = 'Hoe lang blijft een verslag van de cel bewaard?';
    const activity = await typed('gent', question);
    expect((await town.teams.deliver(activity)).status).toBe(200);
    const [a, b] = await Promise.all([
      town.teams.deliver({ ...activity, id: 'f:nieuw-1' }),
      town.teams.deliver({ ...activity, id: 'f:nieuw-2' }),
    ]);
    expect([a.status, b.status]).toEqual([200, 200]);
    expect(await at.tickets(question)).toHaveLength(1);
    const answers = at.chat('gent').filter(({ from, activity: { attachments } }) => {
      return from === town.connector.bot.id && JSON.stringify(attachments ?? '').includes(question);
    });
    expect(answers).toHaveLength(1);
  });

  it('a question that arrives ten times at once is one ticket', async () => {
    const question = 'Wie mag het verslag van de klassenraad meelezen?';
    const sample = await typed('kortrijk', 'dag');
    const copies = Array.from({ length: 10 }, (_, n) => ({ ...sample, id: `f:kopie-${n}`, text: question }));
    await Promise.all(copies.map((copy) => town.teams.deliver(copy)));
    expect(await at.tickets(question)).toHaveLength(1);
  });

  it('a button pressed twice does its work once and shows the same both times', async () => {
    const question = 'Mogen ouders het CLB-dossier inkijken van hun kind jonger dan 12 jaar?';
    await town.teams.say(people.gent, question);
    const card = cardIn(at.chat('gent'), question)!;
    const before = cardOf(card.activity) as Record<string, unknown>;
    const twice = await Promise.all([
      town.teams.press(people.gent, card, /^ja/i, {}, { card: before }),
      town.teams.press(people.gent, card, /^ja/i, {}, { card: before }),
    ]);
    for (const outcome of twice) expect(textOf(outcome)).toContain('Fijn dat het opgelost is');
    const events = await at.eventsOf(question);
    expect(events.filter((type) => type === 'rated-answer')).toHaveLength(1);
    expect(events.filter((type) => type === 'closed')).toHaveLength(1);
  });

  it('every form that is submitted twice at once counts once', async () => {
    const both = async (press: () => Promise<unknown>) => Promise.all([press(), press()]);
    const question = 'Waar leg ik een dubbel ingevuld aanvraagformulier neer?';
    await town.teams.say(people.gent, question);
    const asked = cardIn(at.chat('gent'), question)!;
    const ask = dialogOf(await town.teams.press(people.gent, asked, /adviseur/i));
    const profile = { theme: THEME, centre: 'go-clb-gent', function: FUNCTION };
    const key = /"key":"([^"]+)"/.exec(JSON.stringify(ask.card))![1]!;
    const ticket = ticketOf(asked);
    const sent = await both(() => at.submit('gent', asked, { do: 'ask-advisor', ticket, key, question, ...profile }));
    for (const outcome of sent) expect(textOf(outcome as never)).toMatch(/doorgestuurd/);
    const card = await town.eventually(() => cardIn(at.inPoc(), question));

    await town.teams.press(people.dossier, card, /neem/i);
    const twice = async (open: string, data: object) => {
      const dialog = dialogOf(await at.submit('dossier', card, { do: open, ticket }));
      const formKey = /"key":"([^"]+)"/.exec(JSON.stringify(dialog.card))![1]!;
      return both(() => at.submit('dossier', card, { ...data, ticket, key: formKey }));
    };
    await twice('open-consult', { do: 'consult', to: 'contact:poc-it' });
    await twice('open-ask-back', { do: 'ask-back', text: 'Over welk formulier gaat het?' });
    const back = await town.eventually(() => cardIn(at.chat('gent'), 'Over welk formulier gaat het?'));
    await both(() => town.teams.press(people.gent, back, /verstuur/i, { text: 'Over het blauwe.' }));
    await twice('open-answer', { do: 'answer', text: 'Leg het in bakje twee.', minutes: '5', afterwards: 'open' });
    const closed = await twice('open-close', { do: 'close', minutes: '10' });
    for (const outcome of closed) expect(textOf(outcome as never)).toBe('Opgeslagen.');
    const reopen = dialogOf(await at.submit('gent', asked, { do: 'open-reopen', ticket }));
    const reopenKey = /"key":"([^"]+)"/.exec(JSON.stringify(reopen.card))![1]!;
    await both(() => at.submit('gent', asked, { do: 'reopen', ticket, key: reopenKey, text: 'Nog iets.' }));
    await twice('open-refer', { do: 'refer', to: 'Gegevensbeschermingsautoriteit', where: 'outside' });

    const counts = Object.groupBy(await at.eventsOf(question), (type) => type);
    for (const type of ['asked', 'routed', 'claimed', 'consulted', 'asked-back', 'replied', 'answered', 'referred']) {
      expect([type, counts[type as 'asked']?.length]).toEqual([type, type === 'claimed' ? 2 : 1]);
    }
    expect(counts.reopened).toHaveLength(1);
    expect(counts.closed).toHaveLength(2);
    expect(counts['time-logged']).toHaveLength(2);
    await town.eventually(() => cardIn(at.chat('gent'), 'Gegevensbeschermingsautoriteit'));
    const answers = at.chat('gent').filter((message) => words(message).includes('Leg het in bakje twee.'));
    expect(answers).toHaveLength(1);
  });

  it('the form of the welcome card, submitted twice at once, is one question', async () => {
    await town.teams.install(people.school);
    const welcome = cardIn(at.chat('school'), 'ik ben de helpdesk')!;
    const question = 'Wie beheert de sleutel van het archief?';
    const form = dialogOf(await town.teams.press(people.school, welcome, /stel een vraag/i));
    const key = /"key":"([^"]+)"/.exec(JSON.stringify(form.card))![1]!;
    const data = { do: 'ask-advisor', key, question, theme: THEME, centre: 'go-clb-gent', function: FUNCTION };
    const sent = await Promise.all([1, 2].map(() => at.submit('school', welcome, data)));
    for (const outcome of sent) expect(textOf(outcome)).toMatch(/doorgestuurd/);
    expect(await at.tickets(question)).toHaveLength(1);
  });

  it('a second, different reply on the same card is kept as well', async () => {
    const card = await claimed(town, 'kortrijk', 'dossier', 'Wat doe ik met een map zonder naam op het rek?');
    const form = await formOn(town, 'dossier', card, /wedervraag/i);
    await form.press(/verstuur/i, { text: 'Welk rek bedoel je?' });
    const back = await town.eventually(() => cardIn(at.chat('kortrijk'), 'Welk rek bedoel je?'));
    await town.teams.press(people.kortrijk, back, /verstuur/i, { text: 'Het linkse.' });
    const second = await town.teams.press(people.kortrijk, back, /verstuur/i, { text: 'Toch het rechtse.' });
    expect(textOf(second)).toContain('je antwoord staat bij de adviseur');
    await town.eventually(() => cardIn(at.inPoc(), 'Toch het rechtse.'));
  });
});

describe('old cards and wrong persons', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  it('an old card shows how things stand now, under a Dutch sentence', async () => {
    const question = 'Hoe kijkt een leerling zijn oude map in?';
    await town.teams.say(people.gent, question);
    const asked = cardIn(at.chat('gent'), question)!;
    const old = structuredClone(cardOf(asked.activity)) as Record<string, unknown>;
    const card = await routed(town, 'gent', `${question} Graag snel.`);
    const form = dialogOf(await town.teams.press(people.gent, asked, /adviseur/i));
    await form.press(/verstuur naar/i, { theme: THEME, centre: 'go-clb-gent', function: FUNCTION });
    const again = await town.teams.press(people.gent, asked, /adviseur/i, {}, { card: old });
    expect(textOf(again)).toContain('Deze vraag ging al naar een adviseur.');
    const pick = JSON.stringify(old).includes('"pick"')
      ? { do: 'pick', item: 'mdd-inzage-ouder-jonger-12' }
      : { do: 'rate', helped: true };
    const fresh = await town.send('gent', asked, { ...pick, ticket: ticketOf(asked) });
    expect(textOf(fresh)).toMatch(/ging al naar een adviseur|heb geen andere resultaten/);

    const claimable = structuredClone(cardOf(card.activity)) as Record<string, unknown>;
    await town.teams.press(people.dossier, card, /neem/i);
    const closing = await formOn(town, 'dossier', card, /sluit af/i);
    await closing.press(/sluit af/i);
    const late = await town.teams.press(people.beroepsgeheim, card, /neem/i, {}, { card: claimable });
    expect(late.kind).toBe('card');
    expect(textOf(late)).toContain('Deze vraag is al afgerond');
    const lateAnswer = await town.teams.press(people.beroepsgeheim, card, /^antwoord/i, {}, { card: claimable });
    expect(textOf(lateAnswer)).toContain('Deze vraag is al afgerond');
  });

  it('what was typed is kept when a form turns out to be too late', async () => {
    const card = await routed(town, 'gent', 'Wie vult de steekkaart van een instapper aan?');
    const form = dialogOf(await town.teams.press(people.beroepsgeheim, card, /^antwoord/i));
    await town.teams.press(people.dossier, card, /neem/i);
    const late = dialogOf(await form.press(/sluit af/i, { text: 'Dat doet de titularis.' }));
    expect(words(late.card)).toContain('Adviseur Dossier behandelt deze vraag sinds');
    expect(JSON.stringify(late.card)).toContain('Dat doet de titularis.');
  });

  it('an old "add to" button never withdraws a question that went to an advisor', async () => {
    const first = await claimed(town, 'kortrijk', 'dossier', 'Hoe nummer ik de bijlagen van een dossier?');
    await (await formOn(town, 'dossier', first, /wedervraag/i)).press(/verstuur/i, { text: 'Welke bijlagen?' });
    await town.eventually(() => cardIn(at.chat('kortrijk'), 'Welke bijlagen?'));
    const second = 'Zijn er etiketten voor die bijlagen?';
    await town.teams.say(people.kortrijk, second);
    const asked = cardIn(at.chat('kortrijk'), second)!;
    const old = structuredClone(cardOf(asked.activity)) as Record<string, unknown>;
    const form = dialogOf(await town.teams.press(people.kortrijk, asked, /adviseur/i));
    await form.press(/verstuur naar/i, { theme: THEME, centre: 'go-clb-gent', function: FUNCTION });
    const pressed = await town.teams.press(people.kortrijk, asked, /voeg toe aan/i, {}, { card: old });
    expect(textOf(pressed)).toContain('ging al naar een adviseur');
    expect(await at.eventsOf(second)).not.toContain('withdrawn');
  });

  it('nothing changes for anybody else, who reads the sentence of a question that does not exist', async () => {
    const question = 'Hoe archiveer ik de map van een oud-leerling?';
    const card = await claimed(town, 'gent', 'dossier', question);
    const own = cardIn(at.chat('gent'), question)!;
    // What happened, not how far the telling of it is: that goes on in the background.
    const happened = async () => (await at.tickets(question)).map(({ events }) => events);
    const before = await happened();
    const ticket = ticketOf(card);
    const key = 'zelfgemaakt';
    const advisors = [
      { do: 'claim' },
      { do: 'view' },
      { do: 'answer', key, text: 'Zomaar een antwoord', afterwards: 'close' },
      { do: 'answer', key, text: 'Zomaar een antwoord', afterwards: 'draft' },
      { do: 'ask-back', key, text: 'Waarom?' },
      { do: 'hand-over', key, to: 'theme:it-en-toegang' },
      { do: 'hand-over', key, to: 'release' },
      { do: 'consult', key, to: 'contact:poc-it' },
      { do: 'refer', key, to: 'Elders' },
      { do: 'close', key, minutes: '5' },
      ...['answer', 'ask-back', 'hand-over', 'consult', 'refer', 'close'].map((form) => ({ do: `open-${form}` })),
    ];
    const requesters = [
      { do: 'rate', helped: true },
      { do: 'more' },
      { do: 'pick', item: 'mdd-inzage-ouder-jonger-12' },
      { do: 'move-to', to: ticket },
      { do: 'withdraw' },
      { do: 'open-ask' },
      { do: 'ask-advisor', key, question: 'Iets anders' },
      { do: 'open-reply' },
      { do: 'reply', key, text: 'Nog iets' },
      { do: 'open-reopen' },
      { do: 'reopen', key, text: 'Opnieuw' },
      { do: 'survey', score_antwoord: '4' },
    ];
    const presses: [Who, Message, object[]][] = [
      // The requester presses what only advisors may; looking at the own question is allowed.
      ['gent', own, advisors.filter((action) => action.do !== 'view')],
      ['stranger', await town.teams.say(people.stranger, 'dag'), [...advisors, ...requesters]],
      ['wiskunde', await town.teams.say(people.wiskunde, 'dag'), [...advisors, ...requesters]],
    ];
    for (const [who, on, actions] of presses) {
      for (const action of actions) {
        for (const id of [ticket, 'bestaat-niet']) {
          const outcome = await town.send(who, on, { ...action, ticket: id });
          expect([who, action, outcome.kind, textOf(outcome).slice(0, NOT_FOUND.length)]).toEqual([
            who,
            action,
            'text',
            NOT_FOUND,
          ]);
        }
      }
    }
    expect(await happened()).toEqual(before);
  });

  it('garbage in a press is an old button, in words, whichever way it comes', async () => {
    const on = await town.teams.say(people.gent, 'dag');
    for (const data of [
      {},
      { do: 'vlieg' },
      { do: 'claim' },
      { do: 'claim', ticket: '' },
      { do: 'claim', ticket: { $gt: '' } },
      { do: 'claim', ticket: 'x'.repeat(5_000) },
      { do: 'claim', ticket: '\u0000' },
      { do: 'rate', ticket: 'x', helped: 'ja' },
      { do: 'answer', ticket: 'x' },
      { do: '__proto__', ticket: 'constructor' },
    ]) {
      for (const send of [town.send, at.submit]) {
        const sentence = textOf(await send('gent', on, data));
        expect(
          [OLD_BUTTON, NOT_FOUND].some((known) => sentence.startsWith(known)),
          `${JSON.stringify(data)} ${sentence}`,
        ).toBe(true);
      }
    }
    await town.teams.perform(people.gent, on, { type: 'Action.Submit', title: 'x', data: { do: 'vlieg' } }, {});
    expect(words(latest(at.chat('gent')))).toBe(OLD_BUTTON);
  });
});

describe('a form that is sent without its inputs', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  it('asks for what is missing, in Dutch, and changes nothing', async () => {
    await town.teams.install(people.gent);
    const welcome = cardIn(at.chat('gent'), 'ik ben de helpdesk')!;
    const ask = dialogOf(await town.teams.press(people.gent, welcome, /stel een vraag/i));
    const empty = dialogOf(await ask.press(/verstuur naar/i, {}, { validate: false }));
    expect(words(empty.card)).toContain('Vul je vraag in.');

    const question = 'Wat staat er op het voorblad van de map?';
    const card = await claimed(town, 'gent', 'dossier', question);
    const before = await at.tickets(question);
    const blank = async (button: RegExp, send: RegExp) =>
      textOfForm(await (await formOn(town, 'dossier', card, button)).press(send, {}, { validate: false }));
    expect(await blank(/^antwoord/i, /sluit af/i)).toMatch(/vul/i);
    expect(await blank(/^antwoord/i, /houd open/i)).toMatch(/vul/i);
    expect(await blank(/wedervraag/i, /verstuur/i)).toMatch(/vul/i);
    expect(await blank(/wijs toe/i, /wijs toe/i)).toContain('Kies eerst aan wie je de vraag toewijst.');
    expect(await blank(/collega erbij/i, /vraag om mee/i)).toContain('Kies eerst');
    expect(await blank(/verwijs door/i, /verwijs door/i)).toMatch(/vul/i);
    const status = await town.eventually(() => cardIn(at.chat('gent'), 'Ontvangen'));
    const addition = dialogOf(await town.teams.press(people.gent, status, /vul aan/i));
    expect(textOfForm(await addition.press(/verstuur/i, {}, { validate: false }))).toMatch(/vul/i);
    expect((await at.tickets(question))[0]!.events).toEqual(before[0]!.events);
  });

  it('is told what is not in the list when it was typed and not chosen, however long, and nothing is kept', async () => {
    const question = 'Wie kleeft de etiketten op de dozen?';
    await town.teams.say(people.kortrijk, question);
    const asked = cardIn(at.chat('kortrijk'), question)!;
    const ticket = ticketOf(asked);
    const routing = { do: 'ask-advisor', ticket, key: 'typed', question };
    const long = 'zo maar iets '.repeat(100);
    for (const centre of ['zo maar iets', long]) {
      const form = await at.submit('kortrijk', asked, { ...routing, centre, function: FUNCTION });
      expect(textOfForm(form)).toContain('Dat centrum of die school ken ik niet. Kies er een uit de lijst.');
      expect(JSON.stringify(dialogOf(form).card)).toContain(question);
      expect(JSON.stringify(dialogOf(form).card)).not.toContain('zo maar');
      const profile = await town.send('kortrijk', asked, { do: 'profile', centre, function: FUNCTION });
      expect(textOf(profile)).toContain('Dat centrum of die school ken ik niet.');
      expect(JSON.stringify(profile)).toContain(`"value":"${FUNCTION}"`);
    }
    expect(textOfForm(await at.submit('kortrijk', asked, { ...routing, theme: long }))).toContain(
      'Dat thema ken ik niet',
    );
    expect(await at.eventsOf(question)).not.toContain('routed');

    const card = cardIn(at.inPoc(), 'Wat staat er op het voorblad van de map?')!;
    const answer = { do: 'answer', ticket: ticketOf(card), key: 'typed', text: 'Het nummer.', theme: 'zo maar iets' };
    const again = await at.submit('dossier', card, answer);
    expect(textOfForm(again)).toContain('Dat thema ken ik niet');
    expect(JSON.stringify(dialogOf(again).card)).toContain('Het nummer.');
    await town.teams.say(people.quality, 'help');
    const flag = await at.submit('quality', latest(at.chat('quality')), {
      do: 'flag-theme',
      theme: 'zo maar iets',
      day: '2026-11-20',
    });
    expect(textOfForm(flag)).toContain('Kies een thema uit de lijst.');
  });

  it('keeps what was typed when the minutes make no sense', async () => {
    const card = cardIn(at.inPoc(), 'Wat staat er op het voorblad van de map?')!;
    const ticket = ticketOf(card);
    for (const minutes of ['-5', '1e9', '2.5', '601']) {
      const why = minutes === '1e9' ? 'begrijp ik niet als tijd' : 'Geef de tijd in hele minuten';
      const closing = await at.submit('dossier', card, { do: 'close', ticket, key: 'k1', other: minutes });
      expect(textOfForm(closing), minutes).toContain(why);
      const answer = await at.submit('dossier', card, {
        do: 'answer',
        ticket,
        key: 'k2',
        text: 'Het nummer.',
        minutes,
      });
      expect(textOfForm(answer), minutes).toContain(why);
      expect(JSON.stringify(dialogOf(answer).card)).toContain('Het nummer.');
    }
    const wrong = { do: 'answer', ticket, key: 'k3', text: 'Het nummer.', source: 'javascript:alert(1)' };
    expect(textOfForm(await at.submit('dossier', card, wrong))).toContain('https://');
    const long = { do: 'answer', ticket, key: 'k4', text: 'a'.repeat(4_001) };
    expect(textOfForm(await at.submit('dossier', card, long))).toContain('te lang');
  });

  it('closes without time, and the survey and the profile ask for an answer', async () => {
    const card = cardIn(at.inPoc(), 'Wat staat er op het voorblad van de map?')!;
    const form = await formOn(town, 'dossier', card, /^antwoord/i);
    await form.press(/sluit af/i, { text: 'De naam van het centrum.' });
    const survey = await town.eventually(() => cardIn(at.chat('gent'), 'Hoe was het antwoord'));
    expect(textOf(await town.teams.press(people.gent, survey, /verstuur/i))).toContain(
      'Geef bij minstens één stelling',
    );
    const nonsense = await town.send('gent', survey, { do: 'survey', ticket: ticketOf(card), score_verzonnen: 'veel' });
    expect(textOf(nonsense)).toMatch(/Geef bij minstens één stelling|Deze knop werkt niet meer/);
    const profile = cardIn(at.chat('gent'), 'Even kennismaken')!;
    const saved = await town.teams.press(people.gent, profile, /bewaar/i, {}, { validate: false });
    expect(textOf(saved)).toContain('moet nog ingevuld worden');
    expect(await at.eventsOf('Wat staat er op het voorblad')).not.toContain('surveyed');
  });
});

/** The words of a form that came back, or the sentence that came instead. */
function textOfForm(outcome: Parameters<typeof textOf>[0]): string {
  return outcome.kind === 'dialog' ? words(outcome.dialog.card) : textOf(outcome);
}

describe('the rest of the work on a question', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  it('can be withdrawn, and the advisors see it', async () => {
    const question = 'Is er een sjabloon voor het kaft van een map?';
    const card = await routed(town, 'gent', question);
    const status = await town.eventually(() => cardIn(at.chat('gent'), 'Ontvangen'));
    const outcome = await town.teams.press(people.gent, status, /trek in/i);
    expect(textOf(outcome)).toContain('ingetrokken');
    await town.eventually(() => cardIn(at.inPoc(), 'De vraagsteller trok deze vraag in.'));
    await town.eventually(() => words(card).includes('ingetrokken'));
    expect(cardIn(at.chat('gent'), 'Hoe was het antwoord')).toBeUndefined();
  });

  it('can be released and taken by a colleague, who finds it among the open questions', async () => {
    const card = await claimed(town, 'gent', 'dossier', 'Welke kleur heeft de map van het zesde?');
    const form = await formOn(town, 'dossier', card, /wijs toe/i);
    expect(textOf(await form.press(/wijs toe/i, { to: 'release' }))).toBe('Opgeslagen.');
    await town.eventually(() => cardIn(at.inPoc(), 'Adviseur Dossier geeft deze vraag terug'));
    await town.eventually(() => words(card).includes('Niemand nam deze vraag al op'));
    await town.teams.say(people.beroepsgeheim, 'open vragen');
    expect(words(latest(at.chat('beroepsgeheim')))).toContain('Welke kleur heeft de map');
    expect(textOf(await town.teams.press(people.beroepsgeheim, card, /neem/i))).toContain('Jij behandelt deze vraag');
  });

  it('can be handed over to a colleague, who then holds it', async () => {
    const card = await claimed(town, 'gent', 'dossier', 'Hoeveel rekken heeft een archief nodig?');
    const form = await formOn(town, 'dossier', card, /wijs toe/i);
    await form.press(/wijs toe/i, { to: `person:${people.beroepsgeheim.aadObjectId}` });
    await town.eventually(() => cardIn(at.inPoc(), 'draagt deze vraag over aan Adviseur Beroepsgeheim'));
    await town.eventually(() => /Adviseur Beroepsgeheim behandelt deze vraag/.test(words(card)));
    const theirs = await formOn(town, 'beroepsgeheim', card, /^antwoord/i);
    expect(theirs.title).toContain('Antwoord op');
  });

  it('moves its card to the other channel when it is handed over to another service', async () => {
    const question = 'Welke grafieken horen in een rapport over breuken?';
    const card = await claimed(town, 'gent', 'dossier', question);
    const form = await formOn(town, 'dossier', card, /wijs toe/i);
    await form.press(/wijs toe/i, { to: 'theme:wiskunde' });
    const moved = await town.eventually(() => cardIn(town.teams.posts(channels.pbd.id), question));
    await town.eventually(() => /overgedragen naar PBD-GO/.test(words(card)));
    expect(words(moved)).toContain('Voor: Begeleider wiskunde');
    expect(textOf(await town.teams.press(people.wiskunde, moved, /neem/i))).toContain('Jij behandelt deze vraag');
    expect(textOf(await town.send('dossier', card, { do: 'claim', ticket: ticketOf(card) }))).toContain(NOT_FOUND);
  });

  it('can have a colleague look along, and be referred elsewhere', async () => {
    const card = await claimed(town, 'gent', 'dossier', 'Wie bewaart de sleutel van de kluis met mappen?');
    const consult = await formOn(town, 'dossier', card, /collega erbij/i);
    await consult.press(/vraag om mee/i, { to: 'contact:poc-it' });
    await town.eventually(() => cardIn(at.inPoc(), 'Aanspreekpunt IT en toegang om mee te kijken'));
    const refer = await formOn(town, 'dossier', card, /verwijs door/i);
    await refer.press(/verwijs door/i, { other: 'Huisbewaarder', text: 'Die heeft de kluis.', where: 'inside' });
    const told = await town.eventually(() => cardIn(at.chat('gent'), 'Huisbewaarder'));
    expect(words(told)).toContain('Die heeft de kluis.');
    await town.eventually(() => words(card).includes('doorverwezen door Adviseur Dossier'));
  });

  it('keeps a draft for the one who wrote it, over a restart, until the answer is sent', async () => {
    const card = await claimed(town, 'kortrijk', 'dossier', 'Waar koop ik zuurvrije mappen?');
    const form = await formOn(town, 'dossier', card, /^antwoord/i);
    expect(textOf(await form.press(/concept/i, { text: 'Nog uit te zoeken:' }))).toContain('Je concept is bewaard');
    await town.restart();
    const again = await formOn(town, 'dossier', card, /^antwoord/i);
    expect(JSON.stringify(again.card)).toContain('Nog uit te zoeken:');
    await again.press(/houd open/i, { text: 'Bij de centrale aankoop.' });
    const after = await formOn(town, 'dossier', card, /^antwoord/i);
    expect(JSON.stringify(after.card)).not.toContain('Nog uit te zoeken:');
  });

  it('takes no draft from a form that stayed open after it was over, and leaves what was typed in it', async () => {
    const question = 'Waar bestel ik etiketten?';
    const card = await claimed(town, 'kortrijk', 'dossier', question);
    const form = await formOn(town, 'dossier', card, /^antwoord/i);
    const status = await town.eventually(() => cardIn(at.chat('kortrijk'), question));
    await town.send('kortrijk', status, { do: 'withdraw', ticket: ticketOf(card) });
    const late = await form.press(/concept/i, { text: 'Bij de huisdrukker.' });
    expect(textOfForm(late)).toContain('Deze vraag is al afgerond');
    expect(JSON.stringify(dialogOf(late).card)).toContain('Bij de huisdrukker.');
    const store = at.reopened();
    const { docs } = await store.list({ kind: 'draft' });
    store.close();
    expect(docs.filter(({ doc }) => doc.pk.includes(ticketOf(card)))).toEqual([]);
  });

  it('takes more time after it was closed', async () => {
    const question = 'Hoe dik mag een map zijn?';
    const card = await claimed(town, 'kortrijk', 'dossier', question);
    await (await formOn(town, 'dossier', card, /^antwoord/i)).press(/sluit af/i, {
      text: 'Vijf centimeter.',
      minutes: '5',
    });
    await town.eventually(() => words(card).includes('beantwoord door Adviseur Dossier'));
    const time = dialogOf(await town.teams.press(people.beroepsgeheim, card, /tijd noteren/i));
    expect(textOf(await time.press(/tijd noteren/i, { other: '25' }))).toBe('Opgeslagen.');
    const [ticket] = await at.tickets(question);
    const minutes = ticket!.events.flatMap((event) => (event.type === 'time-logged' ? [event.minutes] : []));
    expect(minutes).toEqual([5, 25]);
  });

  it('tells both sides in the order in which it happened', async () => {
    const question = 'Hoe volgen de stappen van een overdracht elkaar op?';
    const card = await claimed(town, 'gent', 'dossier', question);
    const steps = ['Eerste stap.', 'Tweede stap.', 'Derde stap.', 'Vierde stap.'];
    for (const step of steps) {
      await (await formOn(town, 'dossier', card, /^antwoord/i)).press(/houd open/i, { text: step });
    }
    for (const place of [() => at.chat('gent'), at.inPoc]) {
      await town.eventually(() => cardIn(place(), 'Vierde stap.'));
      const order = place().flatMap((message) => steps.filter((step) => words(message).includes(step)));
      expect(order).toEqual(steps);
    }
  });

  it('waits for an advisors channel that is not registered yet, and comes once it is', async () => {
    const store = at.reopened();
    await store.erase('channel:pbd-go');
    store.close();
    const question = 'Welke tabellen leren we in het tweede leerjaar aan?';
    const seen = town.teams.posts(channels.pbd.id).length;
    await town.teams.say(people.school, question);
    const form = dialogOf(await town.teams.press(people.school, cardIn(at.chat('school'), question)!, /adviseur/i));
    await form.press(/verstuur naar/i, { theme: 'wiskunde', centre: 'go-clb-gent', function: 'school-leraar' });
    await town.eventually(() => cardIn(at.chat('school'), 'Wacht op: Begeleider wiskunde'));
    expect(town.teams.posts(channels.pbd.id)).toHaveLength(seen);
    await town.teams.say(people.admin, 'adviseurskanaal pbd-go', channels.pbd.id);
    town.later(0.01);
    await town.eventually(() => cardIn(town.teams.posts(channels.pbd.id).slice(seen), question));
    const cards = town.teams.posts(channels.pbd.id).filter((message) => words(message).includes(question));
    expect(cards).toHaveLength(1);
  });
});

describe('questions that wait', () => {
  let town: Town;
  let at: ReturnType<typeof inTown>;
  beforeAll(async () => {
    town = await openTown();
    at = inTown(town);
  });
  afterAll(() => town.close());

  it('are brought up after four, eight and twelve working hours, and not before', async () => {
    const { content } = await loadContent('./content');
    const asked = Date.now();
    const question = 'Wie neemt deze vraag over een map ooit op?';
    const card = await routed(town, 'gent', question);
    let passed = 0;
    const until = (instant: number) => {
      const hours = (instant - asked) / 3_600_000 - passed;
      passed += hours;
      town.later(hours);
    };
    const quarter = 900_000;
    const inThread = () =>
      at
        .inPoc()
        .filter((message) => message.thread === card.id)
        .map(words);
    until(addWorkingHours(content.calendar, asked, 4) - quarter);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(inThread()).toEqual([]);
    for (const [hours, sentence] of [
      [4, /wacht nog op een adviseur\. Aanspreekpunt multidisciplinair dossier/],
      [8, /als vervanger opnemen/],
      [12, /bleef liggen/],
    ] as const) {
      until(addWorkingHours(content.calendar, asked, hours) + quarter);
      await town.eventually(() => inThread().some((line) => sentence.test(line)));
    }
    expect(inThread()).toHaveLength(3);
  });

  it('are registered as unconfirmed self-service after three working days without a reaction', async () => {
    const { content } = await loadContent('./content');
    const question = 'Mogen ouders het CLB-dossier inkijken van hun kind jonger dan 12 jaar?';
    await town.teams.say(people.kortrijk, question);
    const card = cardIn(at.chat('kortrijk'), question)!;
    expect(words(card)).toContain('Heeft dit geholpen?');
    const [ticket] = await at.tickets(question);
    const asked = ticket!.events[0]!.at;
    town.later((addWorkingDays(content.calendar, asked, 3) - asked) / 3_600_000 + 0.1);
    await town.eventually(() => words(card).includes('afgerond omdat er geen reactie kwam'));
    const [closed] = await at.tickets(question);
    expect(closed!.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'self-service-unconfirmed' });
    const late = await town.send('kortrijk', card, { do: 'rate', ticket: ticketOf(card), helped: true });
    expect(textOf(late)).toContain('Deze vraag is al afgerond');
  });
});

describe('content with mistakes', () => {
  it('is named by file and line at start and at "herlaad", and never empties the index', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'helpdesk-content-'));
    await cp('./content', folder, { recursive: true });
    const faq = join(folder, 'faq', 'dossier-en-inzage.yaml');
    const themes = join(folder, 'themes.yaml');
    const whole = await readFile(faq, 'utf8');
    const first = /^- id: "?([\w-]+)"?/m.exec(whole)![1]!;
    const broken = {
      duplicate: `${whole}\n${whole.slice(whole.indexOf('- id:'), whole.indexOf('- id:', whole.indexOf('- id:') + 1))}`,
      theme: whole.replace(/^( *theme: ).*$/m, '$1bestaat-niet'),
      yaml: `${whole}\n- id: "kapot\n  question: [`,
    };
    await writeFile(faq, broken.duplicate);
    const town = await openTown({ contentFolder: folder });
    const at = inTown(town);
    try {
      const problems = () => JSON.stringify(town.lines.filter(({ level }) => level === 'error'));
      expect(problems()).toContain(`dossier-en-inzage.yaml`);
      expect(problems()).toMatch(new RegExp(`yaml:\\d+ item \\W+${first}\\W+ exists already at `));
      const question = 'Mogen ouders het CLB-dossier inkijken van hun kind jonger dan 12 jaar?';
      await town.teams.say(people.gent, question);
      expect(words(cardIn(at.chat('gent'), question))).toContain('Heeft dit geholpen?');

      const reload = async () => {
        await town.teams.say(people.admin, 'herlaad');
        return words(latest(at.chat('admin')));
      };
      await writeFile(faq, whole);
      expect(await reload()).toMatch(/opnieuw geladen: \d{3} items/);
      for (const [mistake, text] of [
        ['exists already', broken.duplicate],
        ['bestaat-niet', broken.theme],
        ['dossier-en-inzage.yaml', broken.yaml],
      ] as const) {
        await writeFile(faq, text);
        const told = await reload();
        expect(told).toContain('De inhoud is niet vervangen');
        expect(told).toContain(mistake);
        expect(told).toMatch(/dossier-en-inzage\.yaml:\d+/);
      }
      await writeFile(faq, whole);
      const services = await readFile(themes, 'utf8');
      await writeFile(themes, 'services: []\nthemes: []\n');
      expect(await reload()).toContain('De inhoud is niet vervangen');
      await writeFile(themes, services);
      const again = 'Mogen ouders het CLB-dossier van hun kind jonger dan 12 jaar inkijken, ja of nee?';
      await town.teams.say(people.gent, again);
      expect(words(cardIn(at.chat('gent'), again))).toContain('Heeft dit geholpen?');
      await town.teams.say(people.gent, 'herlaad');
      expect(words(latest(at.chat('gent')))).toContain('Alleen een beheerder');
    } finally {
      await town.close();
      await rm(folder, { recursive: true });
    }
  });
});
