// To another service, and a colleague along: what is recorded, who may, and what old records still say.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stored } from '../src/app/ports.ts';
import { opened } from '../src/app/questions/tickets.ts';
import { noteReferral, register, retract } from '../src/domain/registration.ts';
import type { PersonId, ServiceId, TicketId } from '../src/domain/terms.ts';
import { replay, type Ticket, type TicketEvent } from '../src/domain/ticket.ts';
import { claimed, dialogOf, formOn, latest, openTown, people, type Town, textOf, words } from './town.ts';

const now = Date.parse('2026-11-24T08:00:00Z');
const poc = 'poc-plus' as ServiceId;
const advisor = {
  kind: 'person' as const,
  person: 'me' as PersonId,
  name: 'Adviseur',
  roles: { advisorOf: [poc], quality: false, administrator: false },
};
const stranger = { ...advisor, person: 'x' as PersonId, roles: { ...advisor.roles, advisorOf: [] } };
const given = { to: 'CAW', where: 'outside' as const, note: '', told: true };

function registered(): Ticket {
  const made = register(
    {
      id: 't' as TicketId,
      number: 'HD-2026-0001',
      channel: 'phone',
      question: 'Wie bemiddelt?',
      service: poc,
      askedAt: now,
      requester: { name: '' },
    },
    advisor,
    now,
  );
  if (!made.ok) throw new Error(made.refusal.kind);
  return made.value;
}

describe('a referral of a registered question', () => {
  it('keeps where to, inside or outside, whether the caller knows, who and when; the outcome follows', () => {
    const noted = noteReferral(registered(), advisor, now, 'k', given);
    expect(noted).toMatchObject({ ok: true, value: { state: { kind: 'closed', outcome: 'referred' } } });
    expect(noted.ok && noted.value.events.at(-1)).toMatchObject({ type: 'referred', ...given, by: { person: 'me' } });
  });

  it('is refused without "inside or outside", to a stranger, after taking back, and on a question from Teams', () => {
    const gone = retract(registered(), advisor, now);
    const kind = (ticket: Ticket, who = advisor, more = {}) => {
      const result = noteReferral(ticket, who, now, 'k', { ...given, ...more });
      return result.ok ? 'done' : result.refusal.kind;
    };
    expect(kind(registered(), advisor, { where: undefined })).toBe('no-reach');
    expect(kind(registered(), stranger)).toBe('not-allowed');
    expect(gone.ok && kind(gone.value)).toBe('retracted');
    const asked: TicketEvent = {
      type: 'asked',
      at: now,
      channel: 'teams',
      requester: { name: 'p' },
      question: 'q',
      service: poc,
    };
    expect(kind(replay('t' as TicketId, 'n', [asked]))).toBe('not-registered');
  });

  it('of an old record without these facts is read as it was', () => {
    const old = [...registered().events, { type: 'referred', at: now, to: 'CAW', note: '' }] as TicketEvent[];
    const doc = { pk: 't', id: 't', kind: 'ticket', body: { number: 'HD-2026-0001', events: old } };
    const { ticket } = opened({ doc, version: '1', changedAt: now } satisfies Stored);
    expect(ticket.events.at(-1)).toEqual({ type: 'referred', at: now, to: 'CAW', note: '' });
    expect(ticket.state).toMatchObject({ outcome: 'referred' });
  });
});

describe('in Teams', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('a phone question is referred afterwards, in one form that says what is missing', async () => {
    await town.teams.say(people.dossier, 'tel gent dossier 10m wie bemiddelt tussen de ouders?');
    const number = /HD-\d{4}-\d{4}/.exec(words(latest(town.teams.chat(people.dossier))))![0];
    await town.teams.say(people.dossier, number);
    const view = latest(town.teams.chat(people.dossier));
    const form = dialogOf(await town.teams.press(people.dossier, view, /doorverwezen/i));
    const nowhere = await form.press(/noteer/i, { where: 'outside' });
    expect(words(dialogOf(nowhere).card)).toContain('Kies eerst waarnaar je verwijst');
    const unsaid = await form.press(/noteer/i, { other: 'Bemiddelaar van de buurt', where: '' }, { validate: false });
    expect(words(dialogOf(unsaid).card)).toContain('Kies of het binnen of buiten het GO! is');
    expect(JSON.stringify(dialogOf(unsaid).card)).toContain('Bemiddelaar van de buurt');
    const name = await form.press(/noteer/i, { other: 'de mama van Jonas Peeters', where: 'outside' });
    expect(words(dialogOf(name).card)).toContain('In je tekst staat nog');
    const done = await form.press(/noteer/i, { other: 'Bemiddelaar van de buurt', where: 'outside', told: 'true' });
    expect(textOf(done)).toBe('Opgeslagen.');
    await town.teams.say(people.dossier, number);
    expect(words(latest(town.teams.chat(people.dossier)))).toMatch(
      /doorverwezen naar Bemiddelaar van de buurt \(buiten het go!\), vraagsteller verwittigd/i,
    );
  });

  it('a question from Teams is referred with inside or outside, and the helpdesk tells the requester', async () => {
    const card = await claimed(town, 'gent', 'dossier', 'Mag de kluis open blijven staan tijdens een brandoefening?');
    const along = await formOn(town, 'dossier', card, /collega erbij/i);
    const unsaid = await along.press(/vraag om mee/i, { other: 'Brandweer' });
    expect(words(dialogOf(unsaid).card)).toContain('Kies of het binnen of buiten het GO! is');
    expect(textOf(await along.press(/vraag om mee/i, { other: 'Brandweer', where: 'outside' }))).toBe('Opgeslagen.');
    const form = await formOn(town, 'dossier', card, /verwijs door/i);
    expect(words(form.card)).not.toContain('De vraagsteller weet waarheen');
    await form.press(/verwijs door/i, { other: 'Preventiedienst', where: 'inside' });
    await town.eventually(() => town.teams.chat(people.gent).find((one) => words(one).includes('Preventiedienst')));
  });
});
