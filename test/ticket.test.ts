// The life of a ticket: what every verb does in every state, what texts and times are taken, and what never breaks.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, may, type Person, type Verb } from '../src/domain/authorisation.ts';
import type { ContactId, ItemId, Result, ServiceId, ThemeId, TicketId } from '../src/domain/terms.ts';
import { holder, type Refusal, replay, type Suggestion, seen, type Ticket } from '../src/domain/ticket.ts';
import * as verbs from '../src/domain/verbs.ts';
import { person, refusalOf } from './cast.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.parse('2026-11-23T08:00:00Z');

const poc = 'poc-plus' as ServiceId;
const pbd = 'pbd-go' as ServiceId;
const dossier = 'dossier' as ThemeId;
const wiskunde = 'wiskunde' as ThemeId;
const dossierContact = 'poc-dossier' as ContactId;
const asker = person('asker');
const me = person('me', { advisorOf: [poc] });
const other = person('other', { advisorOf: [poc] });
const administrator = person('administrator', { administrator: true });
const system: Actor = { kind: 'system' };
const advisor = ({ person, name }: Person) => ({ person, name });
const requester = { person: asker.person, name: asker.name };

/** Freezes all the way down, so that a verb that writes into its ticket throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

function done(result: Result<Ticket, Refusal>): Ticket {
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`);
  return frozen(result.value);
}

const asking = { id: 't1' as TicketId, number: 'HD-2026-0001', channel: 'teams', requester, service: poc } as const;
const routing = {
  service: poc,
  theme: dossier,
  contact: dossierContact,
  question: 'Hoe lang bewaren we het dossier?',
  urgency: 'soon',
  requester,
} as const;
const suggestion: Suggestion = {
  decision: 'answer',
  items: ['i1' as ItemId],
  theme: { id: dossier, confidence: 0.8 },
};
const reaction = { text: 'Tien jaar.', close: false, survey: true };
const advice = { where: 'inside', told: false } as const;
const reference: verbs.Reference = { where: 'outside', to: 'tZitemzo', note: 'Zij weten dit.', survey: true };
const scores = { scores: { duidelijk: 7 }, remark: '', scale: 8 };

const asked = done(verbs.ask({ ...asking, question: 'Hoe lang bewaren we het dossier?' }, start));
const answered = done(verbs.suggest(asked, system, start, suggestion));
const open = done(verbs.route(answered, asker, start + 1, 'route', routing));
const mine = done(verbs.claim(open, me, start + 2));
const theirs = done(verbs.claim(open, other, start + 2));
const later = start + 5;

const STATES = {
  answered,
  open,
  mine,
  theirs,
  'waits, mine': done(verbs.askBack(mine, me, start + 3, 'back', 'Welk dossier?')),
  'waits, theirs': done(verbs.askBack(theirs, other, start + 3, 'back', 'Welk dossier?')),
  'self-service': done(verbs.rate(answered, asker, start + 4, true)),
  unconfirmed: done(verbs.expire(answered, system, start + 4)),
  'by answer': done(verbs.answer(mine, me, start + 4, 'answer', { ...reaction, close: true })),
  referred: done(verbs.refer(mine, me, start + 4, 'refer', reference)),
  withdrawn: done(verbs.withdraw(open, asker, start + 4)),
  'no answer': done(verbs.close(mine, me, start + 4, 'close', true)),
};

const VERBS: Record<string, (ticket: Ticket) => Result<Ticket, Refusal>> = {
  suggest: (t) => verbs.suggest(t, system, later, suggestion),
  'rate: yes': (t) => verbs.rate(t, asker, later, true),
  'rate: no': (t) => verbs.rate(t, asker, later, false),
  expire: (t) => verbs.expire(t, system, later),
  route: (t) => verbs.route(t, asker, later, 'k', routing),
  remind: (t) => verbs.remind(t, system, later, 'contact', dossierContact),
  claim: (t) => verbs.claim(t, me, later),
  release: (t) => verbs.release(t, me, later),
  'hand over: person': (t) => verbs.handOver(t, me, later, 'k', { advisor: advisor(other) }),
  'hand over: theme': (t) =>
    verbs.handOver(t, me, later, 'k', { service: pbd, theme: wiskunde, contact: 'pbd-wiskunde' as ContactId }),
  consult: (t) => verbs.consult(t, me, later, 'k', { ...advice, colleague: 'Aanspreekpunt dossier' }),
  'ask back': (t) => verbs.askBack(t, me, later, 'k', 'Over welk centrum gaat het?'),
  reply: (t) => verbs.reply(t, asker, later, 'k', 'Over Gent.'),
  answer: (t) => verbs.answer(t, me, later, 'k', reaction),
  'answer and close': (t) => verbs.answer(t, me, later, 'k', { ...reaction, close: true, minutes: 10 }),
  refer: (t) => verbs.refer(t, me, later, 'k', reference),
  close: (t) => verbs.close(t, me, later, 'k', true),
  withdraw: (t) => verbs.withdraw(t, asker, later),
  reopen: (t) => verbs.reopen(t, asker, later, 'k', 'Nog niet duidelijk.'),
  'correct theme': (t) => verbs.correctTheme(t, me, later, wiskunde),
  'log time': (t) => verbs.logTime(t, me, later, 'k', 5),
  survey: (t) => verbs.survey(t, asker, later, scores),
  redact: (t) => verbs.redact(t, administrator, later),
};

/** "=" keeps the state; a state is where the ticket ends up (with ":" a closed one and its outcome); "no" a refusal. */
const TABLE = `
                   | answered                    | open                | mine                | theirs             | waits, mine         | waits, theirs      | self-service      | unconfirmed       | by answer         | referred          | withdrawn         | no answer
suggest            | =                           | no already-routed   | no already-routed   | no already-routed  | no already-routed   | no already-routed  | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
rate: yes          | : self-service              | no already-routed   | no already-routed   | no already-routed  | no already-routed   | no already-routed  | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
rate: no           | =                           | no already-routed   | no already-routed   | no already-routed  | no already-routed   | no already-routed  | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
expire             | : self-service-unconfirmed  | no already-routed   | no already-routed   | no already-routed  | no already-routed   | no already-routed  | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
route              | open                        | no already-routed   | no already-routed   | no already-routed  | no already-routed   | no already-routed  | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
remind             | no not-routed               | =                   | no not-routed       | no not-routed      | no not-routed       | no not-routed      | no not-routed     | no not-routed     | no not-routed     | no not-routed     | no not-routed     | no not-routed
claim              | no not-routed               | claimed by me       | =                   | no already-claimed | =                   | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
release            | no not-routed               | no not-claimed      | open                | no already-claimed | open                | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
hand over: person  | no not-routed               | claimed by other    | claimed by other    | claimed by other   | claimed by other    | claimed by other   | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
hand over: theme   | no not-routed               | open                | open                | open               | open                | open               | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
consult            | no not-routed               | claimed by me       | =                   | no already-claimed | =                   | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
ask back           | no not-routed               | awaiting me         | awaiting me         | no already-claimed | awaiting me         | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
reply              | no not-routed               | =                   | =                   | =                  | claimed by me       | claimed by other   | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
answer             | no not-routed               | claimed by me       | =                   | no already-claimed | claimed by me       | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
answer and close   | no not-routed               | : answered          | : answered          | no already-claimed | : answered          | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
refer              | no not-routed               | : referred          | : referred          | no already-claimed | : referred          | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
close              | no not-routed               | : no-answer-needed  | : no-answer-needed  | no already-claimed | : no-answer-needed  | no already-claimed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
withdraw           | : withdrawn                 | : withdrawn         | : withdrawn         | : withdrawn        | : withdrawn         | : withdrawn        | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed | no already-closed
reopen             | no not-closed               | no not-closed       | no not-closed       | no not-closed      | no not-closed       | no not-closed      | answered          | answered          | open              | open              | open              | open
correct theme      | =                           | =                   | =                   | =                  | =                   | =                  | =                 | =                 | =                 | =                 | =                 | =
log time           | no not-routed               | =                   | =                   | =                  | =                   | =                  | no not-routed     | no not-routed     | =                 | =                 | =                 | =
survey             | no not-closed               | no not-closed       | no not-closed       | no not-closed      | no not-closed       | no not-closed      | no not-closed     | no not-closed     | =                 | =                 | no not-closed     | no not-closed
redact             | =                           | =                   | =                   | =                  | =                   | =                  | =                 | =                 | =                 | =                 | =                 | =
`;

function standing({ state }: Ticket): string {
  if (state.kind === 'closed') return `: ${state.outcome}`;
  if (state.kind === 'claimed') return `claimed by ${state.by.person}`;
  return state.kind === 'awaiting-requester' ? `awaiting ${state.by.person}` : state.kind;
}

describe('every verb in every state', () => {
  const [head, ...rows] = TABLE.trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const columns = head!.slice(head![0] === '' ? 1 : 0);

  it('is in the table', () => {
    expect(columns).toEqual(Object.keys(STATES));
    expect(rows.map(([verb]) => verb)).toEqual(Object.keys(VERBS));
  });

  it.each(rows.map(([verb, ...cells]) => ({ verb: verb!, cells })))('$verb', ({ verb, cells }) => {
    for (const [index, [name, before]] of Object.entries(STATES).entries()) {
      const result = VERBS[verb]!(before);
      const outcome = result.ok ? standing(result.value) : `no ${result.refusal.kind}`;
      expect(outcome, `${verb} when ${name}`).toBe(cells[index] === '=' ? standing(before) : cells[index]);
    }
  });
});

describe('a question that the index answered', () => {
  const unsure = done(verbs.suggest(asked, system, start, { decision: 'unsure', items: [] }));
  const unhelped = done(verbs.rate(answered, asker, later, false));

  it('can only be rated when there was an answer', () => {
    expect(refusalOf(verbs.rate(asked, asker, later, true))).toBe('nothing-suggested');
    expect(refusalOf(verbs.rate(unsure, asker, later, true))).toBe('nothing-suggested');
  });

  it('expires as self-service only when nothing says that the answer did not help', () => {
    const reopened = done(verbs.reopen(STATES['self-service'], asker, later, 'k', ''));
    const another = done(verbs.suggest(unhelped, asker, later, suggestion));
    const outcome = (ticket: Ticket) => standing(done(verbs.expire(ticket, system, later + DAY)));
    expect(outcome(answered)).toBe(': self-service-unconfirmed');
    expect(outcome(another)).toBe(': self-service-unconfirmed');
    for (const ticket of [asked, unsure, unhelped, reopened]) expect(outcome(ticket)).toBe(': no-answer-needed');
  });

  it('counts as not helped when it goes to an advisor without a rating of the last answer', () => {
    const ratings = (ticket: Ticket) =>
      done(verbs.route(ticket, asker, later, 'k', routing)).events.flatMap((e) =>
        e.type === 'rated-answer' ? [e.helped] : [],
      );
    expect(ratings(unsure)).toEqual([]);
    expect(ratings(answered)).toEqual([false]);
    expect(ratings(unhelped)).toEqual([false]);
    expect(ratings(done(verbs.suggest(unhelped, asker, later, suggestion)))).toEqual([false, false]);
    expect(ratings(done(verbs.reopen(STATES['self-service'], asker, later, 'k', '')))).toEqual([true, false]);
  });

  it('keeps the first suggested theme beside the final one', () => {
    const again = { ...suggestion, theme: { id: wiskunde, confidence: 0.9 } };
    const twice = done(verbs.suggest(answered, asker, later, again));
    expect([twice.suggestedTheme, twice.theme]).toEqual([dossier, dossier]);
    const corrected = done(verbs.correctTheme(open, me, later, wiskunde));
    expect([corrected.suggestedTheme, corrected.theme]).toEqual([dossier, wiskunde]);
    expect(verbs.correctTheme(corrected, me, later, wiskunde)).toEqual({ ok: true, value: corrected });
  });
});

describe('claiming', () => {
  it('has one winner, and tells the loser who and when', () => {
    const lost = verbs.claim(mine, other, later);
    expect(lost).toEqual({ ok: false, refusal: { kind: 'already-claimed', by: advisor(me), since: start + 2 } });
  });

  it('twice by the same advisor adds nothing', () => {
    expect(verbs.claim(mine, me, later)).toEqual({ ok: true, value: mine });
  });

  it('comes with the work when nobody had the ticket', () => {
    const types = (result: Result<Ticket, Refusal>) =>
      done(result)
        .events.slice(open.events.length)
        .map(({ type }) => type);
    expect(types(VERBS.answer!(open))).toEqual(['claimed', 'answered']);
    expect(types(VERBS['ask back']!(open))).toEqual(['claimed', 'asked-back']);
    expect(types(VERBS['answer and close']!(open))).toEqual(['claimed', 'answered', 'time-logged', 'closed']);
  });
});

describe('closing and reopening', () => {
  const closed = STATES['by answer'];

  it('keeps every claim and close, and restarts the wait', () => {
    const reopened = done(verbs.reopen(closed, asker, later, 'k', 'Toch niet.'));
    expect(reopened.events.slice(0, closed.events.length)).toEqual(closed.events);
    expect(reopened.state).toEqual({ kind: 'open', since: later });
    expect(reopened.askedAt).toBe(start);
  });

  it('needs a new answer after a reopen to close as answered', () => {
    const reopened = done(verbs.reopen(closed, asker, later, 'k', ''));
    expect(standing(done(verbs.close(reopened, me, later, 'k2', true)))).toBe(': no-answer-needed');
    const again = done(verbs.answer(reopened, me, later, 'k2', reaction));
    expect(standing(done(verbs.close(again, me, later, 'k3', true)))).toBe(': answered');
  });

  it('can be reopened for 14 days and not a moment longer', () => {
    const limit = start + 4 + 14 * DAY;
    expect(refusalOf(verbs.reopen(closed, asker, limit, 'k', ''))).toBe('done');
    expect(refusalOf(verbs.reopen(closed, asker, limit + 1, 'k', ''))).toBe('reopen-too-late');
  });

  it('takes one survey per ticket, with whole scores on the scale', () => {
    const survey = (given: Record<string, number>, ticket = closed) =>
      verbs.survey(ticket, asker, later, { ...scores, scores: given });
    expect(refusalOf(survey({ a: 1, b: 8 }))).toBe('done');
    expect(refusalOf(survey({ a: 1 }, done(survey({ a: 8 }))))).toBe('already-surveyed');
    for (const given of [{}, { a: 0 }, { a: 9 }, { a: 6.5 }, { a: Number.NaN }, { a: 5, b: -1 }]) {
      expect(refusalOf(survey(given)), JSON.stringify(given)).toBe('invalid-scores');
    }
  });

  it('takes whole minutes from 1 to 600', () => {
    for (const minutes of [1, 5, 600]) expect(refusalOf(verbs.logTime(closed, me, later, 'k', minutes))).toBe('done');
    for (const minutes of [0, -5, 601, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refusalOf(verbs.logTime(closed, me, later, 'k', minutes)), `${minutes}`).toBe('invalid-minutes');
      expect(refusalOf(verbs.answer(mine, me, later, 'k', { ...reaction, minutes })), `${minutes}`).toBe(
        'invalid-minutes',
      );
    }
  });
});

describe('texts', () => {
  const WITH_TEXT: Record<string, { optional: boolean; write: (text: string) => Result<Ticket, Refusal> }> = {
    ask: { optional: false, write: (question) => verbs.ask({ ...asking, question }, start) },
    route: { optional: false, write: (q) => verbs.route(answered, asker, later, 'k', { ...routing, question: q }) },
    consult: { optional: false, write: (text) => verbs.consult(mine, me, later, 'k', { ...advice, colleague: text }) },
    'ask back': { optional: false, write: (text) => verbs.askBack(mine, me, later, 'k', text) },
    reply: { optional: false, write: (text) => verbs.reply(mine, asker, later, 'k', text) },
    answer: { optional: false, write: (text) => verbs.answer(mine, me, later, 'k', { ...reaction, text }) },
    'refer to': { optional: false, write: (to) => verbs.refer(mine, me, later, 'k', { ...reference, to }) },
    'refer note': { optional: true, write: (note) => verbs.refer(mine, me, later, 'k', { ...reference, note }) },
    reopen: { optional: true, write: (text) => verbs.reopen(STATES.referred, asker, later, 'k', text) },
    'survey remark': {
      optional: true,
      write: (remark) => verbs.survey(STATES.referred, asker, later, { ...scores, remark }),
    },
  };

  it.each(Object.entries(WITH_TEXT))('of %s are trimmed, and 4,000 characters at most', (_, { optional, write }) => {
    for (const empty of ['', '  \n\t ']) expect(refusalOf(write(empty))).toBe(optional ? 'done' : 'empty-text');
    expect(refusalOf(write('x'.repeat(4_000)))).toBe('done');
    expect(write('x'.repeat(4_001))).toEqual({ ok: false, refusal: { kind: 'text-too-long', most: 4_000 } });
    expect(refusalOf(write(`  ${'x'.repeat(4_000)}\n`))).toBe('done');
    expect(JSON.stringify(done(write('  <b>*hoi*</b> 😀  ')))).toContain('"<b>*hoi*</b> 😀"');
  });
});

describe('redacting', () => {
  const WORDS = 'privacygevoelig';

  it('leaves no text, no name of the requester and no address, and keeps facts and times', () => {
    const long = [
      (t: Ticket) => verbs.askBack(t, me, later, 'a', WORDS),
      (t: Ticket) => verbs.reply(t, asker, later, 'b', WORDS),
      (t: Ticket) => verbs.consult(t, me, later, 'c', { ...advice, colleague: WORDS }),
      (t: Ticket) => verbs.answer(t, me, later, 'd', { ...reaction, text: WORDS, source: `https://${WORDS}.example` }),
      (t: Ticket) => verbs.refer(t, me, later, 'e', { to: WORDS, where: 'outside', note: WORDS, survey: true }),
      (t: Ticket) => verbs.survey(t, asker, later, { ...scores, remark: WORDS }),
      (t: Ticket) => verbs.reopen(t, asker, later, 'f', WORDS),
      (t: Ticket) => verbs.withdraw(t, asker, later),
    ].reduce((ticket, step) => done(step(ticket)), mine);
    const redacted = done(verbs.redact(long, administrator, later + 1));
    const stored = JSON.stringify(redacted);
    for (const gone of [WORDS, routing.question, asker.name]) expect(stored).not.toContain(gone);
    expect(redacted.events.map(({ at, type }) => [at, type])).toEqual([
      ...long.events.map(({ at, type }) => [at, type]),
      [later + 1, 'redacted'],
    ]);
    expect(standing(redacted)).toBe(': withdrawn');
    expect(replay(redacted.id, redacted.number, redacted.events)).toEqual(redacted);
    expect(done(verbs.redact(redacted, administrator, later + 2))).toBe(redacted);
    expect(refusalOf(verbs.reopen(redacted, asker, later + 2, 'g', ''))).toBe('unreadable');
  });
});

describe('a ticket without end', () => {
  it('refuses to go on politely, and can still be ended, read back and redacted', () => {
    let full = mine;
    let last: Result<Ticket, Refusal>;
    for (let n = 0; n < 1_000; n++) {
      last = verbs.reply(full, asker, later, `k${n}`, 'en nog iets');
      if (!last.ok) break;
      full = last.value;
    }
    expect(refusalOf(last!)).toBe('too-many-events');
    expect(refusalOf(verbs.answer(full, me, later, 'k', reaction))).toBe('too-many-events');
    expect(refusalOf(verbs.redact(full, administrator, later))).toBe('done');
    for (const end of [verbs.close(full, me, later, 'k', true), verbs.withdraw(full, asker, later)]) {
      const ended = done(end);
      expect(ended.state.kind).toBe('closed');
      expect(refusalOf(verbs.reopen(ended, asker, later, 'k', ''))).toBe('too-many-events');
    }
  });

  it('that nobody rates still expires', () => {
    let full = answered;
    for (let n = 0; n < 1_000; n++) {
      const more = verbs.suggest(full, asker, later, suggestion);
      if (!more.ok) break;
      full = more.value;
    }
    expect(refusalOf(verbs.route(full, asker, later, 'k', routing))).toBe('too-many-events');
    expect(standing(done(verbs.rate(full, asker, later, true)))).toBe(': self-service');
    expect(standing(done(verbs.expire(full, system, later)))).toBe(': self-service-unconfirmed');
  });
});

it('a record that does not begin with a question is refused as damaged', () => {
  expect(() => replay('t1' as TicketId, 'HD-2026-0001', [])).toThrow('does not begin with "asked"');
  expect(() => replay('t1' as TicketId, 'HD-2026-0001', open.events.slice(1))).toThrow('t1');
});

describe('whatever people press, in whatever order', () => {
  const actors: Actor[] = [
    asker,
    person('asker-2'),
    me,
    other,
    person('pbd', { advisorOf: [pbd] }),
    person('quality', { quality: true }),
    administrator,
    system,
    person('stranger'),
  ];
  type Step = { right: Verb; needsKey: boolean; act: (t: Ticket, who: Actor, now: number, key: string) => Outcome };
  type Outcome = Result<Ticket, Refusal>;
  const keyed = (right: Verb, act: Step['act']): Step => ({ right, needsKey: true, act });
  const plain = (right: Verb, act: Step['act']): Step => ({ right, needsKey: false, act });
  const steps: Step[] = [
    plain('suggest', (t, who, now) => verbs.suggest(t, who, now, suggestion)),
    plain('rate', (t, who, now) => verbs.rate(t, who, now, true)),
    plain('rate', (t, who, now) => verbs.rate(t, who, now, false)),
    keyed('route', (t, who, now, key) => verbs.route(t, who, now, key, routing)),
    keyed('route', (t, who, now, key) => verbs.route(t, who, now, key, routing)),
    plain('claim', verbs.claim),
    plain('release', verbs.release),
    keyed('hand-over', (t, who, now, key) => verbs.handOver(t, who, now, key, { advisor: advisor(other) })),
    keyed('hand-over', (t, who, now, key) => verbs.handOver(t, who, now, key, { ...routing, theme: wiskunde })),
    keyed('consult', (t, who, now, key) => verbs.consult(t, who, now, key, { ...advice, colleague: 'Collega' })),
    keyed('ask-back', (t, who, now, key) => verbs.askBack(t, who, now, key, 'Wie?')),
    keyed('reply', (t, who, now, key) => verbs.reply(t, who, now, key, 'Ik.')),
    keyed('refer', (t, who, now, key) => verbs.refer(t, who, now, key, reference)),
    keyed('answer', (t, who, now, key) => verbs.answer(t, who, now, key, reaction)),
    keyed('answer', (t, who, now, key) => verbs.answer(t, who, now, key, { ...reaction, close: true, minutes: 5 })),
    keyed('close', (t, who, now, key) => verbs.close(t, who, now, key, true)),
    keyed('reopen', (t, who, now, key) => verbs.reopen(t, who, now, key, 'Nee.')),
    plain('withdraw', verbs.withdraw),
    plain('correct-theme', (t, who, now) => verbs.correctTheme(t, who, now, wiskunde)),
    keyed('log-time', (t, who, now, key) => verbs.logTime(t, who, now, key, 15)),
    plain('survey', (t, who, now) => verbs.survey(t, who, now, scores)),
    plain('redact', verbs.redact),
    plain('remind', (t, who, now) => verbs.remind(t, who, now, 'contact', dossierContact)),
    plain('expire', verbs.expire),
  ];

  /** Who holds the ticket, counted from the events alone; throws when somebody works on what another holds. */
  function holderByEvents(ticket: Ticket): string | undefined {
    let held: string | undefined;
    for (const event of ticket.events) {
      const by = event.by?.person;
      switch (event.type) {
        case 'claimed':
          expect(held, 'claimed while free').toBeUndefined();
          held = by;
          break;
        case 'answered':
        case 'asked-back':
        case 'consulted':
        case 'referred':
        case 'released':
          expect(by, `${event.type} by the holder`).toBe(held);
          if (event.type === 'released') held = undefined;
          break;
        case 'handed-over':
          // Anybody may: a colleague who fell ill cannot hand over themselves.
          held = 'advisor' in event.to ? event.to.advisor.person : undefined;
          break;
        case 'closed':
        case 'reopened':
          held = undefined;
          break;
        default:
      }
    }
    return held;
  }

  const facts = ({ events }: Ticket) => events.map(({ at, type, key }) => [at, type, key]);

  it('history only grows, one person holds it, and nobody does what they may not', () => {
    const press = fc.record({
      step: fc.constantFrom(...steps),
      who: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...actors) },
        { weight: 2, arbitrary: fc.constantFrom<Actor>(asker, me) },
      ),
      key: fc.integer({ min: 0, max: 25 }).map((n) => `key ${n}`),
      wait: fc.constantFrom(0, 1, HOUR, 3 * DAY, 15 * DAY),
    });
    const reached = new Set<string>();
    const run = (from: Ticket, presses: { step: Step; who: Actor; key: string; wait: number }[]) => {
      let ticket = from;
      let now = later;
      for (const { step, who, key, wait } of presses) {
        now += wait;
        if (step.needsKey && seen(ticket, key)) continue;
        const before = ticket;
        const result = step.act(before, who, now, key);
        if (!result.ok) {
          expect(Object.keys(result)).toEqual(['ok', 'refusal']);
          continue;
        }
        ticket = frozen(result.value);
        reached.add(standing(ticket));
        if (ticket !== before) {
          expect(may(who, step.right, { requester: before.requester.person, service: before.service })).toBe(true);
          expect(who.kind === 'person' && ['stranger', 'asker-2'].includes(who.person)).toBe(false);
        }
        const { length } = before.events;
        if (step.right === 'redact') expect(facts(ticket).slice(0, length)).toEqual(facts(before));
        else expect(ticket.events.slice(0, length)).toEqual(before.events);
        for (const event of ticket.events.slice(length)) {
          expect(event.at).toBe(now);
          // What the index showed is nobody's doing.
          const doer = who.kind === 'person' && event.type !== 'suggested' ? who.person : undefined;
          expect(event.by?.person).toBe(doer);
        }

        expect(replay(ticket.id, ticket.number, ticket.events)).toEqual(ticket);
        expect(holder(ticket.state)?.person).toBe(holderByEvents(ticket));
        const lastEnd = ticket.events.findLast(({ type }) => type === 'closed' || type === 'reopened');
        expect(ticket.state.kind === 'closed').toBe(lastEnd?.type === 'closed');
        if (ticket.state.kind === 'closed' && lastEnd?.type === 'closed') {
          expect([ticket.state.outcome, ticket.state.at]).toEqual([lastEnd.outcome, lastEnd.at]);
        }
        const keys = ticket.events.flatMap(({ key }) => (key ? [key] : []));
        expect(new Set(keys).size).toBe(keys.length);
        expect(ticket.askedAt).toBe(start);
        if (before.suggestedTheme) expect(ticket.suggestedTheme).toBe(before.suggestedTheme);
      }
    };
    const asPressed = fc.array(press, { maxLength: 60, size: 'max' });
    fc.assert(fc.property(fc.constantFrom(asked, answered, open), asPressed, run), { numRuns: 500 });
    // The sequences are only worth something when they come everywhere.
    expect([...reached].sort()).toEqual(
      [
        ...[': answered', ': no-answer-needed', ': referred', ': self-service', ': self-service-unconfirmed'],
        ...[': withdrawn', 'answered', 'awaiting me', 'awaiting other', 'claimed by me', 'claimed by other', 'open'],
      ].sort(),
    );
  });
});
