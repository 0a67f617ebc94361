// Who may do what: the whole table, relation by verb.

import { describe, expect, it } from 'vitest';
import {
  type Actor,
  amongAdvisors,
  may,
  mayIn,
  mayReview,
  type Person,
  reachOf,
  VERBS,
} from '../src/domain/authorisation.ts';
import type { ContactId, PersonId, ServiceId } from '../src/domain/terms.ts';
import { person } from './cast.ts';

const poc = 'poc-plus' as ServiceId;
const pbd = 'pbd-go' as ServiceId;
const ticket = { requester: 'asker' as PersonId, service: poc };

const ACTORS: Record<string, Actor> = {
  requester: person('asker'),
  advisor: person('advisor', { advisorOf: [pbd, poc] }),
  'other service': person('pbd-advisor', { advisorOf: [pbd] }),
  quality: person('quality', { quality: true }),
  administrator: person('administrator', { administrator: true }),
  system: { kind: 'system' },
  stranger: person('stranger'),
};

const TABLE = `
              | requester | advisor | other service | quality | administrator | system | stranger
read          | yes       | yes     |               | yes     | yes           |        |
suggest       | yes       |         |               |         |               | yes    |
rate          | yes       |         |               |         |               |        |
route         | yes       |         |               |         |               |        |
reply         | yes       |         |               |         |               |        |
withdraw      | yes       |         |               |         |               |        |
survey        | yes       |         |               |         |               |        |
reopen        | yes       | yes     |               |         |               |        |
claim         |           | yes     |               |         |               |        |
release       |           | yes     |               |         |               |        |
hand-over     |           | yes     |               |         |               |        |
consult       |           | yes     |               |         |               |        |
ask-back      |           | yes     |               |         |               |        |
refer         |           | yes     |               |         |               |        |
answer        |           | yes     |               |         |               |        |
close         |           | yes     |               |         |               |        |
log-time      |           | yes     |               |         |               |        |
correct-theme |           | yes     |               | yes     |               |        |
propose       |           | yes     |               | yes     |               |        |
register      |           | yes     |               | yes     |               | yes    |
correct       |           | yes     |               | yes     |               |        |
retract       |           | yes     |               | yes     |               |        |
merge         |           | yes     |               | yes     |               |        |
unmerge       |           | yes     |               | yes     |               | yes    |
link          |           | yes     |               | yes     |               |        |
redact        |           |         |               |         | yes           | yes    |
remind        |           |         |               |         |               | yes    |
expire        |           |         |               |         |               | yes    |
`;

describe('the rights on a ticket', () => {
  const [head, ...rows] = TABLE.trimEnd()
    .slice(1)
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('are in the table, verb by verb', () => {
    expect(head!.slice(1)).toEqual(Object.keys(ACTORS));
    expect(rows.map(([verb]) => verb)).toEqual(VERBS);
  });

  it.each(VERBS)('to %s', (verb) => {
    const [, ...cells] = rows.find(([name]) => name === verb)!;
    for (const [index, [name, actor]] of Object.entries(ACTORS).entries()) {
      expect(may(actor, verb, ticket), `${verb} by ${name}`).toBe(cells[index] === 'yes');
    }
  });

  it('add up for somebody who is several things', () => {
    const colleague = person('asker', { advisorOf: [poc] });
    expect([may(colleague, 'rate', ticket), may(colleague, 'answer', ticket)]).toEqual([true, true]);
    const elsewhere = { ...ticket, service: pbd };
    expect([may(colleague, 'rate', elsewhere), may(colleague, 'answer', elsewhere)]).toEqual([true, false]);
  });

  it("of a requester who is not known are nobody's", () => {
    const unknown = { service: poc };
    for (const verb of VERBS) expect(may(person('asker'), verb, unknown), verb).toBe(false);
  });

  it('go along with the ticket to another service', () => {
    const advisor = person('advisor', { advisorOf: [pbd] });
    expect(may(advisor, 'claim', ticket)).toBe(false);
    expect(may(advisor, 'claim', { ...ticket, service: pbd })).toBe(true);
  });
});

it('what is not about one ticket follows from the roles alone', () => {
  const tasks = [
    'see-open-questions',
    'register-questions',
    'see-statistics',
    'see-topics',
    'decide-follow-up',
    'write-items',
    'offer-material',
    'register-channel',
    'redact-ticket',
  ] as const;
  const allowed = (roles: Partial<Person['roles']>) =>
    tasks.filter((task) => mayIn(person('somebody', roles).roles, task));
  expect(allowed({})).toEqual(['offer-material']);
  expect(allowed({ advisorOf: [pbd] })).toEqual([
    'see-open-questions',
    'register-questions',
    'see-statistics',
    'see-topics',
    'write-items',
    'offer-material',
  ]);
  expect(allowed({ quality: true })).toEqual([
    'register-questions',
    'see-statistics',
    'see-topics',
    'decide-follow-up',
    'write-items',
    'offer-material',
  ]);
  expect(allowed({ administrator: true })).toEqual(['offer-material', 'register-channel', 'redact-ticket']);
});

it('figures and lists reach as far as the questions that somebody may read, and in a channel as far as all there may', () => {
  const roles = (given: Partial<Person['roles']>) => person('somebody', given).roles;
  expect(reachOf(roles({ quality: true, advisorOf: [poc] }))).toEqual({});
  expect(reachOf(roles({ advisorOf: [poc] }))).toEqual({ services: [poc] });
  expect(reachOf(roles({ advisorOf: [poc, pbd] }))).toEqual({ services: [poc, pbd] });
  expect(reachOf(roles({ administrator: true }))).toEqual({ services: [] });
  const both = roles({ advisorOf: [poc, pbd], quality: true, administrator: true });
  expect(amongAdvisors(both, pbd)).toEqual({ advisorOf: [pbd], quality: false, administrator: false });
  expect(reachOf(amongAdvisors(both, pbd))).toEqual({ services: [pbd] });
  expect(amongAdvisors(roles({ quality: true }), pbd).advisorOf).toEqual([]);
});

it('an item is reviewed by its owner, who stands in, the coordinator and the quality team', () => {
  const [owner, substitute, other] = ['owner', 'substitute', 'other'] as ContactId[];
  const stewards = { service: poc, contacts: [owner!, substitute!] };
  const allowed = (roles: Partial<Person['roles']>) => mayReview(person('somebody', roles).roles, stewards);
  expect([{ contacts: [owner!] }, { contacts: [other!, substitute!] }, { quality: true }].map(allowed)).toEqual([
    true,
    true,
    true,
  ]);
  expect([{}, { advisorOf: [poc] }, { administrator: true }, { contacts: [other!] }].map(allowed)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
