// How figures are named, defined and written in English. Counts nothing.

import type { figures as dutch } from '../nl/figures.ts';
import type { Room } from '../room.ts';
import { moment, tag } from './forms.ts';

const and = new Intl.ListFormat(tag, { type: 'conjunction' });
const NONE = 'no data yet';
const hours = (minutes: number): string => `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;

export const figures: Room<typeof dutch> = {
  statistics: {
    summary: 'Figures of the helpdesk',
    title: (year) => `Helpdesk · school year ${year}`,
    asOf: (at) => `As of ${moment(at)}`,
    questions: 'Questions',
    none: 'There are no questions in this school year yet.',
    definition: 'How it is counted',
    sessions: 'Helpdesk sessions',
    participants: 'Participants in helpdesk sessions',
    sessionColumns: {
      programme: 'programme',
      theme: 'theme',
      level: 'level',
      sessions: 'sessions',
      participants: 'participants',
      total: 'total',
    },
  },

  figures: {
    ownServices: (names) =>
      `Figures of ${names.length === 1 ? 'the service' : 'the services'} ${and.format(names)}. The quality team sees those of all services.`,
    none: NONE,
    hidden: 'fewer than 5 requesters',
    share: (value) => (value === undefined ? NONE : `${Math.round(value * 100)}%`),
    of: (part, whole) => `${part} of ${whole}`,
    n: (n) => `n = ${n}`,
    duration: (ms) => {
      const minutes = Math.round(ms / 60_000);
      return minutes < 60 ? `${minutes} min` : hours(minutes);
    },
    medianAndP90: (median, p90) => `median ${median}, 9 in 10 within ${p90}`,
    selfService: (explicit, unconfirmed) =>
      explicit === unconfirmed && explicit === NONE
        ? explicit
        : `${explicit} confirmed, ${unconfirmed} without a reaction`,
    bot: (answer, unsure, none) => `${answer} answer, ${unsure} unsure, ${none} nothing found`,
    routed: (n) => `${n} to an advisor`,
    minutes: (n) => hours(n),
    logged: (part, whole) => `time noted for ${part} of ${whole} closed questions`,
    participants: (n) => `${n} ${n === 1 ? 'participant' : 'participants'}`,
    inTime: (part) => `within the target time: ${part}`,
    counted: (definition, date) => `${definition} Date that counts: ${date}.`,
    csvHeader: ['figure', 'part', 'value', 'out of', 'definition'],
    tables: {
      byTheme: 'Questions per theme',
      byCoreProcess: 'Questions per core process',
      byChannel: 'Questions per channel',
      byCentre: 'Questions per centre',
      byFunction: 'Questions per function',
      byOutcome: 'Questions per outcome',
      byMonth: 'Questions per month',
      minutesByTheme: 'Minutes per theme',
      minutesByChannel: 'Minutes per channel',
      backlogByAge: 'Open questions by age',
    },
    cells: {
      unknown: 'not known',
      'not-closed': 'not closed yet',
      'under-1-day': 'less than 1 day',
      'under-1-week': '1 day to 1 week',
      'under-4-weeks': '1 to 4 weeks',
      older: 'more than 4 weeks',
    },
    definitions: {
      questions: {
        label: 'Questions',
        definition: 'All questions, through whatever channel, on the date on which they were asked.',
      },
      requesters: { label: 'Requesters', definition: 'Different people who asked a question.' },
      reach: {
        label: 'Reach',
        definition:
          'CLB centres with at least one question or one participant in a helpdesk session, out of all CLB centres of that school year.',
      },
      selfService: {
        label: 'Helped themselves',
        definition:
          'Questions solved with an answer of the helpdesk (confirmed by the requester, or no reaction within 3 working days), out of those questions plus the ones passed on.',
      },
      bot: {
        label: 'First reaction of the helpdesk',
        definition: 'What the helpdesk showed first: an answer, suggestions, or nothing.',
      },
      routing: {
        label: 'Right theme',
        definition: 'Questions passed on whose final theme was the suggested one.',
      },
      firstResponse: {
        label: 'First reaction of an advisor',
        definition:
          'From passing on to the first answer, the first question back or the referral, in working hours; questions through Teams only. The target time of each service is in the content.',
      },
      timeToAnswer: {
        label: 'Time to answer',
        definition: 'From passing on to the first answer, in working hours; questions through Teams only.',
      },
      timeToClose: {
        label: 'Time to close',
        definition: 'From passing on to the last closing, in working hours; questions through Teams only.',
      },
      firstContact: {
        label: 'Solved at once',
        definition:
          'One advisor, no message back from the requester after the answer and not reopened within 7 days, out of the answered and closed questions.',
      },
      reopened: {
        label: 'Reopened',
        definition: 'Reopened within 14 days, out of the questions closed in the period.',
      },
      backlog: {
        label: 'Not closed yet',
        definition: 'Questions that are not closed at the end of the period, or now, earlier ones included.',
      },
      minutes: { label: 'Time spent', definition: 'Minutes noted on questions that were asked in the period.' },
      otherTime: {
        label: 'Time without a question',
        definition: 'Noted minutes that belong to no question, such as preparation, on the day of the work.',
      },
      sessions: {
        label: 'Helpdesk sessions',
        definition: 'Helpdesk sessions and their participants, on the day of the session.',
      },
      satisfaction: {
        label: 'Satisfied (6 to 8)',
        definition:
          'Average share of scores from 6 to 8 over the statements; shown from 5 responses on. Filled in out of sent.',
      },
    },
  },
};
