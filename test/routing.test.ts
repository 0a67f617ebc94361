// Where a question goes, and who is reminded when nobody takes it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  audienceOf,
  type Directory,
  findRoute,
  nextReminder,
  presentContact,
  serviceFor,
} from '../src/domain/routing.ts';
import type {
  Absence,
  CentreId,
  Contact,
  ContactId,
  FunctionId,
  Service,
  ServiceId,
  Theme,
  ThemeId,
  TicketId,
  WorkingCalendar,
} from '../src/domain/terms.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { instantAt } from '../src/domain/working-time.ts';
import { done, person } from './cast.ts';

const today = '2026-11-24';
const away: Absence[] = [{ from: '2026-11-20', to: '2026-11-27' }];
const gent = 'clb-gent' as CentreId;
const brugge = 'clb-brugge' as CentreId;
const aalst = 'clb-aalst' as CentreId;

const service = (id: string, audience: Service['audience'], reception: string): Service => ({
  id: id as ServiceId,
  name: id,
  audience,
  reception: reception as ContactId,
  coordinator: `${id}-coordinator` as ContactId,
  respondWithin: 8,
  escalation: { remindAfter: 4, substituteAfter: 8, coordinatorAfter: 16 },
});
const theme = (id: string, of: string): Theme => ({
  id: id as ThemeId,
  name: id,
  service: of as ServiceId,
  coreProcess: 'proces',
  description: '',
  keywords: [],
  related: [],
  referral: [],
});
const contact = (id: string, of: string, themes: string[], substitute?: string, centres: CentreId[] = []): Contact => ({
  id: id as ContactId,
  role: id,
  service: of as ServiceId,
  themes: themes as ThemeId[],
  email: `${id}@example.org`,
  ...(substitute ? { substitute: substitute as ContactId } : {}),
  centres,
  absences: [],
});

/** The shapes of content/contacts.yaml: reception first and with themes of others, SPOC+ per region, mutual substitutes. */
const whole: Directory = {
  services: [service('poc', ['clb'], 'poc-reception'), service('pbd', ['school', 'internaat', 'cvo'], 'pbd-reception')],
  themes: [theme('file', 'poc'), theme('law', 'poc'), theme('it', 'poc'), theme('new', 'poc'), theme('maths', 'pbd')],
  contacts: [
    contact('poc-reception', 'poc', ['it'], 'poc-quality'),
    contact('poc-file', 'poc', ['file'], 'poc-law'),
    contact('poc-law', 'poc', ['law'], 'poc-file'),
    contact('poc-it', 'poc', ['it'], 'poc-reception'),
    contact('poc-quality', 'poc', [], 'poc-reception'),
    contact('spoc-west', 'poc', ['file', 'new'], 'spoc-east', [brugge]),
    contact('spoc-east', 'poc', ['file', 'new'], 'spoc-west', [gent]),
    contact('pbd-reception', 'pbd', []),
    contact('pbd-maths', 'pbd', ['maths']),
  ],
  centres: [],
  functions: [
    { id: 'anker' as FunctionId, name: 'anker', audience: 'clb' },
    { id: 'teacher' as FunctionId, name: 'leraar', audience: 'school' },
  ],
};
const without = (...absent: string[]): Directory => ({
  ...whole,
  contacts: whole.contacts.map((one) => (absent.includes(one.id) ? { ...one, absences: away } : one)),
});

type About = { theme?: string; function?: string; centre?: CentreId };
function routed(directory: Directory, about: About): string {
  const { service, contact, via } = findRoute(directory, about as Parameters<typeof findRoute>[1], today);
  return `${service} > ${contact} by ${via}`;
}

describe('the service', () => {
  it('follows from the function of the requester, whatever the theme', () => {
    expect(serviceFor(whole, 'anker' as FunctionId, 'maths' as ThemeId)).toBe('poc');
    expect(serviceFor(whole, 'teacher' as FunctionId, 'file' as ThemeId)).toBe('pbd');
    expect(audienceOf(whole, 'teacher' as FunctionId)).toBe('school');
  });

  it('follows from the theme when the function is not known, and is the first when neither is', () => {
    expect(serviceFor(whole, undefined, 'maths' as ThemeId)).toBe('pbd');
    expect(serviceFor(whole, 'gone' as FunctionId, 'maths' as ThemeId)).toBe('pbd');
    expect(serviceFor(whole, undefined, 'gone' as ThemeId)).toBe('poc');
    expect(serviceFor(whole, undefined)).toBe('poc');
    expect(audienceOf(whole, 'gone' as FunctionId)).toBeUndefined();
  });
});

describe('the contact', () => {
  it('is the one of the theme, wherever the requester works', () => {
    expect(routed(whole, { theme: 'file', function: 'anker', centre: brugge })).toBe('poc > poc-file by theme');
    expect(routed(whole, { theme: 'maths', function: 'teacher' })).toBe('pbd > pbd-maths by theme');
  });

  it('of a theme goes before reception, which lists the theme as well', () => {
    expect(routed(whole, { theme: 'it', function: 'anker' })).toBe('poc > poc-it by theme');
    expect(routed(without('poc-it'), { theme: 'it', function: 'anker' })).toBe('poc > poc-reception by theme');
  });

  it('is the SPOC+ of the centre when nobody has the theme, or there is none', () => {
    expect(routed(whole, { theme: 'new', function: 'anker', centre: gent })).toBe('poc > spoc-east by centre');
    expect(routed(whole, { function: 'anker', centre: brugge })).toBe('poc > spoc-west by centre');
    expect(routed(without('spoc-west'), { centre: brugge })).toBe('poc > spoc-east by centre');
  });

  it('is reception for a centre without SPOC+, an unknown theme, and a theme of the other service', () => {
    expect(routed(whole, { theme: 'new', function: 'anker', centre: aalst })).toBe('poc > poc-reception by reception');
    expect(routed(whole, { theme: 'gone', function: 'teacher' })).toBe('pbd > pbd-reception by reception');
    expect(routed(whole, { theme: 'file', function: 'teacher', centre: gent })).toBe(
      'pbd > pbd-reception by reception',
    );
    expect(routed(whole, {})).toBe('poc > poc-reception by reception');
  });

  it('that is absent is skipped for its substitute, and when all are absent for the next way', () => {
    const about = { theme: 'file', function: 'anker', centre: gent };
    expect(routed(without('poc-file'), about)).toBe('poc > poc-law by theme');
    expect(routed(without('poc-file', 'poc-law'), about)).toBe('poc > spoc-east by centre');
    expect(routed(without('poc-file', 'poc-law', 'spoc-east', 'spoc-west'), about)).toBe(
      'poc > poc-reception by reception',
    );
  });

  it('at reception has a substitute as well, and is named when really nobody is there', () => {
    expect(routed(without('poc-reception'), {})).toBe('poc > poc-quality by reception');
    expect(routed(without('poc-reception', 'poc-quality'), {})).toBe('poc > poc-reception by reception');
    expect(routed(without('pbd-reception'), { function: 'teacher' })).toBe('pbd > pbd-reception by reception');
  });
});

describe('an absence', () => {
  it('counts from the first day up to and including the last', () => {
    const directory = without('poc-file');
    const on = (day: string) => presentContact(directory, 'poc-file' as ContactId, day);
    expect([on('2026-11-19'), on('2026-11-20'), on('2026-11-27'), on('2026-11-28')]).toEqual([
      'poc-file',
      'poc-law',
      'poc-law',
      'poc-file',
    ]);
  });

  it('ends at a contact that does not exist', () => {
    expect(presentContact(whole, 'gone' as ContactId, today)).toBeUndefined();
    const dangling = { ...whole, contacts: [{ ...contact('a', 'poc', [], 'gone'), absences: away }] };
    expect(presentContact(dangling, 'a' as ContactId, today)).toBeUndefined();
  });

  it('never leads in circles, nor to somebody who is absent', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const one = fc.record({ substitute: fc.option(fc.constantFrom(...ids), { nil: undefined }), absent: fc.boolean() });
    fc.assert(
      fc.property(fc.tuple(one, one, one, one, one), (people) => {
        const contacts = people.map(({ substitute, absent }, index) => ({
          ...contact(ids[index]!, 'poc', [], substitute),
          absences: absent ? away : [],
        }));
        const found = presentContact({ ...whole, contacts }, 'a' as ContactId, today);
        if (found) expect(contacts.find(({ id }) => id === found)?.absences).toEqual([]);
        else expect(people[0].absent).toBe(true);
      }),
    );
  });
});

describe('reminders of a question that nobody takes', () => {
  const office: [string, string][] = [
    ['08:30', '12:00'],
    ['13:00', '16:30'],
  ];
  const calendar: WorkingCalendar = {
    week: { mon: office, tue: office, wed: office, thu: office, fri: office },
    closed: [{ name: 'feestdag', from: '2026-11-11', to: '2026-11-11' }],
    schoolHolidays: [],
  };
  const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11));
  const asker = person('asker');
  const advisor = person('advisor', { advisorOf: ['poc' as ServiceId] });
  const system = { kind: 'system' } as const;

  function openSince(when: string, to = 'poc-file'): Ticket {
    const requester = { person: asker.person, name: asker.name };
    const poc = 'poc' as ServiceId;
    const asking = { id: 't' as TicketId, number: 'HD-2026-0001', channel: 'teams', requester, service: poc } as const;
    const asked = done(verbs.ask({ ...asking, question: 'Vraag?' }, at(when)));
    return done(
      verbs.route(asked, asker, at(when), 'k', {
        service: poc,
        contact: to as ContactId,
        question: 'Vraag?',
        urgency: 'soon',
        requester,
      }),
    );
  }
  function next(ticket: Ticket, directory = whole): string | undefined {
    const reminder = nextReminder(directory, calendar, ticket, today);
    if (!reminder) return undefined;
    const clock = new Date(reminder.at).toLocaleString('sv-SE', { timeZone: 'Europe/Brussels' }).slice(0, 16);
    return `${clock} ${reminder.step}: ${reminder.contact}`;
  }
  function remind(ticket: Ticket): Ticket {
    const { step, at: when, contact: whom } = nextReminder(whole, calendar, ticket, today)!;
    return done(verbs.remind(ticket, system, when, step, whom));
  }

  it('come in order, counted in working hours from the moment it was opened', () => {
    let ticket = openSince('2026-11-23 09:00');
    expect(next(ticket)).toBe('2026-11-23 14:00 contact: poc-file');
    ticket = remind(ticket);
    expect(next(ticket)).toBe('2026-11-24 10:00 substitute: poc-law');
    ticket = remind(ticket);
    expect(next(ticket)).toBe('2026-11-25 11:00 coordinator: poc-coordinator');
    expect(next(remind(ticket))).toBeUndefined();
  });

  it('wait for the weekend and for holidays', () => {
    expect(next(openSince('2026-11-20 16:00'))).toBe('2026-11-23 12:00 contact: poc-file');
    expect(next(openSince('2026-11-21 10:00'))).toBe('2026-11-23 13:30 contact: poc-file');
    expect(next(openSince('2026-11-10 16:30'))).toBe('2026-11-12 13:30 contact: poc-file');
  });

  it('stop when somebody takes it and start over when it is given back', () => {
    const reminded = remind(openSince('2026-11-23 09:00'));
    const claimed = done(verbs.claim(reminded, advisor, at('2026-11-24 09:00')));
    expect(next(claimed)).toBeUndefined();
    const released = done(verbs.release(claimed, advisor, at('2026-11-25 09:00')));
    expect(next(released)).toBe('2026-11-25 14:00 contact: poc-file');
  });

  it('start over after a reopen, and go to the contact of the theme after a hand-over', () => {
    const closed = done(
      verbs.close(remind(openSince('2026-11-23 09:00')), advisor, at('2026-11-24 09:00'), 'c', false),
    );
    expect(next(closed)).toBeUndefined();
    const reopened = done(verbs.reopen(closed, asker, at('2026-11-26 09:00'), 'r', ''));
    expect(next(reopened)).toBe('2026-11-26 14:00 contact: poc-file');
    const to = { service: 'poc' as ServiceId, theme: 'it' as ThemeId, contact: 'poc-it' as ContactId };
    const handed = done(verbs.handOver(remind(reopened), advisor, at('2026-11-27 09:00'), 'h', to));
    expect(next(handed)).toBe('2026-11-27 14:00 contact: poc-it');
  });

  it('go on along the substitutes that are there, to reception, and never twice to the same contact', () => {
    const reminded = remind(openSince('2026-11-23 09:00'));
    expect(next(reminded, without('poc-law'))).toBe('2026-11-24 10:00 substitute: poc-reception');
    expect(next(reminded, without('poc-law', 'poc-reception'))).toBe('2026-11-24 10:00 substitute: poc-quality');
    const alone = remind(openSince('2026-11-23 09:00', 'pbd-maths'));
    expect(next(alone)).toBe('2026-11-24 10:00 substitute: poc-reception');
  });

  it('are not sent for a question that was not routed', () => {
    const requester = { person: asker.person, name: '' };
    const asked = verbs.ask(
      {
        id: 't' as TicketId,
        number: 'n',
        channel: 'teams',
        requester,
        service: 'poc' as ServiceId,
        question: 'Vraag?',
      },
      at('2026-11-23 09:00'),
    );
    expect(next(done(asked))).toBeUndefined();
    expect(next({ ...openSince('2026-11-23 09:00'), service: 'gone' as ServiceId })).toBeUndefined();
  });
});
