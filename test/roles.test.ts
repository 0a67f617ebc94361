// Who may do what, seen from the doors: membership of the channel, e-mail of a contact, appointment by configuration.

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { schoolYearOf } from '../src/domain/working-time.ts';
import { locale } from '../src/locale/locale.ts';
import { channels, dialogOf, latest, openTown, people, type Town, textOf, words } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterEach(() => town.connector.faults());
afterAll(() => town.close());

it('lets only an administrator make a channel the advisors channel, and only of a service that exists', async () => {
  expect(await town.said('stranger', 'adviseurskanaal poc-plus')).toContain('Alleen een beheerder');
  expect(await town.said('admin', 'adviseurskanaal poc-plus')).toContain('Typ dit in het kanaal zelf');
  expect(await town.said('admin', 'adviseurskanaal onbekend', channels.poc.id)).toContain('poc-plus, pbd-go');
});

it('says whom to ask for what only others can do, as far as the helpdesk has met them', async () => {
  for (const typed of [
    'adviseurskanaal poc-plus',
    'kwaliteitskanaal',
    'instellingen',
    'verwoordingen',
    'herlaad inhoud',
  ]) {
    expect(await town.said('stranger', typed)).toMatch(/^Alleen een beheerder kan .*\. Vraag het aan Beheerder\.$/);
  }
  for (const typed of ['statistiek', 'registreer', 'aanspreekpunten', 'terugkerende vragen']) {
    expect(await town.said('stranger', typed)).toMatch(
      /^Dat kan alleen .* Hoor je daarbij\? Vraag het aan Beheerder\.$/,
    );
  }
  const elsewhere = await openTown({ settings: { ADMINS: 'nobody@example.org,dossier@example.org' } });
  const asked = async (): Promise<string> => {
    await elsewhere.teams.say(people.gent, 'instellingen');
    return words(latest(elsewhere.teams.chat(people.gent)));
  };
  expect(await asked()).toMatch(/Vraag het aan Beheerder\.$/);
  await elsewhere.teams.say(people.dossier, 'help');
  expect(await asked()).toMatch(/Vraag het aan Adviseur Dossier of Beheerder\.$/);
  await elsewhere.close();
  expect(locale.fault.ask([])).toBe('Vraag het aan wie de helpdesk installeerde.');
});

it('says the same to who presses what only others can do', async () => {
  await town.said('stranger', 'help');
  const on = latest(town.teams.chat(people.stranger));
  const pressed = async (data: { do: string }): Promise<string> => {
    const fields = { ticket: 'x', session: 'x', topic: 'x', item: 'x', id: 'x', time: 'x', contact: 'x', absence: 'x' };
    const how = { version: 1, made: 1, how: 'reject', kind: 'contact', message: 'x', service: 'x', channel: 'phone' };
    const sent = { ...fields, ...how, key: `pressed-${data.do}`, ...data };
    const outcome = town.teams.perform(people.stranger, on, { type: 'Action.Execute', title: 'x', data: sent }, {});
    return textOf(await outcome);
  };
  const staff = `register register-message open-session save-session retract-session open-week log-time ticket-time
    undo-time open-topics open-topic open-decision decide undo-decision open-write-item write-item open-item publish-item
    open-item-reason item-reason revert-item confirm-item open-regulation flag-theme unflag-theme`;
  for (const name of staff.split(/\s+/)) {
    expect([name, await pressed({ do: name })]).toEqual([
      name,
      expect.stringMatching(/^[^.]*[Aa]lleen .+\. Hoor je daarbij\? Vraag het aan Beheerder\.$/),
    ]);
  }
  for (const name of ['redact', 'open-contact', 'change-contact', 'open-theme', 'change-theme', 'undo-set-up']) {
    expect([name, await pressed({ do: name })]).toEqual([
      name,
      expect.stringMatching(/^Alleen een beheerder kan .+\. Vraag het aan Beheerder\.$/),
    ]);
  }
});

it('knows an advisor in the own chat by the roster of the channel, and by the e-mail address of a contact', async () => {
  expect(await town.said('beroepsgeheim', 'open vragen')).toContain('geen vragen open');
  expect(await town.said('gent', 'open vragen')).toContain('Dat kan alleen een adviseur');
});

it('withholds what it cannot check when the roster cannot be read, but keeps what the channel itself proves', async () => {
  town.connector.faults(({ method }) => (method === 'members' ? { status: 500 } : undefined));
  expect(await town.said('quality', 'statistiek')).toContain('Dat kan alleen een adviseur of het kwaliteitsteam');
  expect(await town.said('wiskunde', 'open vragen')).toContain('Dat kan alleen een adviseur');

  await town.teams.say(people.kortrijk, 'Welke formulieren gebruiken jullie bij een verhuis naar Spanje?');
  const answer = town.teams.chat(people.kortrijk).findLast((message) => /Spanje[\s\S]*adviseur/.test(words(message)))!;
  const form = dialogOf(await town.teams.press(people.kortrijk, answer, /adviseur/i));
  await form.press(/verstuur naar/i, { theme: 'wiskunde' }, { validate: false });
  const card = await town.eventually(() =>
    town.teams.posts(channels.pbd.id).find((message) => words(message).includes('Spanje')),
  );
  expect(textOf(await town.teams.press(people.wiskunde, card, /neem/i))).toContain('Jij behandelt deze vraag');

  town.connector.faults();
  const begins = Number(schoolYearOf(Date.now()).slice(0, 4));
  const years = (from: number) => `schooljaar ${from}-${from + 1}`;
  expect(await town.said('quality', 'statistiek')).toContain(years(begins));
  expect(await town.said('quality', 'statistiek vorig schooljaar')).toContain(years(begins - 1));
  expect(await town.said('quality', 'cijfers van 2024-2025?')).toContain(years(2024));
  expect(await town.said('quality', 'tel')).toContain('Registreer een vraag');
});

it('asks again after a quarter of an hour, and then withholds what it knew of an address when it cannot', async () => {
  const others = { quality: 'statistiek', beroepsgeheim: 'open vragen' } as const;
  const may = async () =>
    Promise.all(
      Object.entries(others).map(
        async ([who, typed]) => !(await town.said(who as 'quality', typed)).includes('Dat kan alleen'),
      ),
    );
  expect(await may()).toEqual([true, true]);
  const down = (): void => town.connector.faults(({ method }) => (method === 'members' ? { status: 500 } : undefined));
  down();
  expect(await may()).toEqual([true, true]);
  town.later(0.3);
  expect(await may()).toEqual([false, false]);
  town.connector.faults();
  expect(await may()).toEqual([true, true]);
  // Who is on no roster any more has no address there either.
  town.connector.faults(({ method }) => (method === 'members' ? { status: 404 } : undefined));
  town.later(0.3);
  expect(await may()).toEqual([false, false]);
  town.connector.faults();
  expect(await may()).toEqual([false, false]);
  town.later(0.3);
  expect(await may()).toEqual([true, true]);
});

it('takes the role from who left the channel, within a quarter of an hour', async () => {
  const open = () => town.said('admin', 'open vragen');
  expect(await open()).not.toContain('Dat kan alleen');
  const left = new Set<string>(Object.values(channels).map(({ id }) => id));
  town.connector.faults(({ method, conversation }) =>
    method === 'members' && left.has(conversation) ? { status: 404 } : undefined,
  );
  town.later(0.3);
  expect(await open()).toContain('Dat kan alleen een adviseur');
});

it('says the same about a ticket of somebody else as about one that does not exist', async () => {
  const [card] = town.teams.posts(channels.pbd.id).filter((message) => words(message).includes('Spanje'));
  const own = town.teams.chat(people.stranger).at(-1)!;
  const ticket = /"ticket":"([^"]+)"/.exec(JSON.stringify(card!.activity))![1]!;
  const look = (id: string) =>
    town.teams.perform(
      people.stranger,
      own,
      { type: 'Action.Execute', title: 'Open', verb: 'view', data: { do: 'view', ticket: id } },
      {},
    );
  expect(textOf(await look(ticket))).toBe(textOf(await look('bestaat-niet')));
  expect(textOf(await look(ticket))).not.toContain('Spanje');
});
