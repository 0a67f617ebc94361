// The English words around the dashboard's figures: headings, columns, definitions and refusals. Knows no number and no page.

import type { sheets as dutch } from '../nl/sheets.ts';
import type { Room } from '../room.ts';
import { number } from './forms.ts';

const ASKED = 'The date on which the question was asked.';
const NOW = 'How it stands at this moment.';
const ofWhole = (part: number, whole: number): string => `${number(part)} of ${number(whole)}`;

export const sheets: Room<typeof dutch> = {
  columns: {
    questions: 'Questions',
    previous: 'Last school year',
    share: 'Share',
    minutes: 'Time',
    perQuestion: 'Time per question',
    total: 'Total',
    n: 'n',
    median: 'Median',
    p90: '9 in 10 within',
    positive: 'Score 6 to 8',
    other: 'Score 1 to 5',
    mean: 'Mean',
    sessions: 'Sessions',
    participants: 'Participants',
    count: 'Number',
    of: 'Out of a total of',
    requesters: 'Requesters',
    reach: 'Reach',
    firstResponse: 'First reaction',
    satisfaction: 'Satisfied',
    selfService: 'Helped themselves',
    per100: 'Per 100 members of staff',
  },
  sheets: {
    months: {
      heading: 'Questions per month',
      of: 'Month',
      definition: 'All questions, through whatever channel, beside the same month of the school year before.',
      basis: ASKED,
    },
    themes: {
      heading: 'Questions per theme',
      of: 'Theme',
      definition: 'The theme a question has now; when an advisor corrects it, the question moves along.',
      basis: ASKED,
    },
    processes: {
      heading: 'Questions per core process',
      of: 'Core process',
      definition: 'The themes taken together per core process of pupil guidance and pedagogical guidance.',
      basis: ASKED,
    },
    reach: {
      heading: 'Questions per centre and month',
      of: 'Centre',
      definition: 'Every CLB centre, also without questions. The darker the month, the more questions.',
      basis: ASKED,
    },
    schools: {
      heading: 'Questions per school',
      of: 'School',
      definition:
        'Schools, boarding schools and centres outside CLB that asked a question, and questions without a centre.',
      basis: ASKED,
    },
    functions: {
      heading: 'Questions per function',
      of: 'Function',
      definition: 'The function the requester gave with the question.',
      basis: ASKED,
    },
    channels: {
      heading: 'How questions come in',
      of: 'Channel',
      definition: 'Questions in Teams and questions that advisors register: phone, mail, session and others.',
      basis: ASKED,
    },
    outcomes: {
      heading: 'How questions end',
      of: 'Outcome',
      definition: 'The outcome at the last closing; what is still under way is shown apart.',
      basis: ASKED,
    },
    minutes: {
      heading: 'Time spent per theme',
      of: 'Theme',
      definition: 'The minutes that advisors noted with these questions.',
      basis: 'The date on which the question was asked, also when time was added later.',
    },
    durations: {
      heading: 'How fast advisors answer',
      of: 'From passing on to',
      definition:
        'Working hours by the calendar; only questions through Teams that are that far. Answers of the bot do not count.',
      basis: ASKED,
    },
    quality: {
      heading: 'How well it goes',
      of: 'Figure',
      definition: 'Each figure with its own denominator; each is explained in the guide of the quality team.',
      basis: 'The date on which the question was asked; for reopened the date of closing.',
    },
    backlog: {
      heading: 'What is still open',
      of: 'Since',
      definition: 'Questions that are not closed at this moment, those of an earlier period included.',
      basis: NOW,
    },
    satisfaction: {
      heading: 'Satisfaction per statement',
      of: 'Statement',
      definition: 'Share of scores from 6 to 8 against 1 to 5 on a scale of 8, shown from 5 people who responded on.',
      basis: ASKED,
    },
    sessions: {
      heading: 'Helpdesk sessions',
      of: 'Programme, theme and level',
      definition: 'Sessions and participants as in the tables of the annual report.',
      basis: 'The day of the session.',
    },
    bot: {
      heading: 'What the helpdesk did by itself',
      of: 'First reaction',
      definition: 'What the index showed first for a question in Teams, and how many of those went to an advisor.',
      basis: ASKED,
    },
    impacts: {
      heading: 'What items and decisions did',
      of: 'Item or decision',
      definition:
        'Questions on the same topic per 4 weeks, up to 12 weeks before and after the day, and the share that helped themselves of the finished questions in Teams. Time saved: questions solved without an advisor beyond what was usual before, times what such a question costs. A difference proves no cause.',
      basis: 'The day of publication or of the decision, in this school year.',
    },
    years: {
      heading: 'School years side by side',
      of: 'School year',
      definition: 'Whole school years with the same filters; the current school year up to today.',
      basis: ASKED,
    },
  },
  basis: {
    asked: ASKED,
    now: NOW,
  },
  impact: {
    item: 'FAQ item',
    columns: {
      before: 'Per 4 weeks before',
      after: 'Per 4 weeks after',
      explicitBefore: 'Self-service before',
      explicitAfter: 'Self-service after',
      unconfirmedAfter: 'No reaction after',
      savedLeast: 'Saved, at least',
      savedMost: 'Saved, at most',
    },
    label: (
      name: string,
      what: string,
      day: string,
      state: 'too-early' | 'interim' | 'complete',
      { least, most, timed }: { least: number; most: number; timed: number },
    ): string => {
      const stand = { 'too-early': ', not 4 weeks yet', interim: ', not 12 weeks yet', complete: '' }[state];
      const rests =
        timed > 0
          ? `${least} to ${most} min. a question, of ${timed} questions`
          : `assumption: ${least} to ${most} min. a question`;
      return `${name} (${what}, ${day}${stand}; ${rests})`;
    },
  },
  durations: { firstResponse: 'first reaction', timeToAnswer: 'first answer', timeToClose: 'closing' },
  quality: {
    explicit: 'Helped themselves, confirmed by the requester',
    unconfirmed: 'Helped themselves, without a reaction',
    routing: 'The right theme at once',
    firstContact: 'Solved at once',
    reopened: 'Reopened within 14 days',
  },
  bot: {
    answer: 'Showed an answer',
    unsure: 'Showed suggestions',
    none: 'Found nothing',
    routed: 'Then to an advisor',
  },
  detail: {
    centres: (part, whole) => `${ofWhole(part, whole)} CLB centres`,
    median: (p90, n) => `median; 9 in 10 within ${p90} (n = ${number(n)})`,
    unconfirmed: (share) => `confirmed; ${share} without a reaction`,
    answers: (part, whole) => `${ofWhole(part, whole)} surveys filled in`,
    at: (day) => (day === undefined ? 'at this moment' : `at the end of ${day}`),
    within: (share, part, whole) =>
      `${share} got a first reaction within the target time of the service (${ofWhole(part, whole)}).`,
    logged: (part, whole) => `Time noted for ${ofWhole(part, whole)} closed questions.`,
    response: (part, whole) => `Filled in: ${ofWhole(part, whole)} surveys sent.`,
  },
  noCentre: 'centre not known',
  refusal: {
    filter: (name) => `I do not know that choice for "${name}".`,
    unknown: (name) => `There is no filter "${name}".`,
    fixed: (name) => `Only the quality team can filter on "${name}".`,
    twice: (name) => `"${name}" is in the address twice.`,
    notAllowed: 'You have no access to the dashboard.',
    signIn: 'You are not signed in.',
    tooOften: 'Those were many requests in a row. Wait a minute and try again.',
    unavailable: 'Sign-in cannot be checked just now. Try again in a minute.',
    fault: 'The figures could not be fetched. Try again in a minute.',
    form: 'The form did not come through well. Try again.',
    notHere: 'That is not here.',
  },
  needsScript: 'This page needs JavaScript.',
  notBuilt:
    'The dashboard has not been built yet. Start the helpdesk with "npm start", or build it with "npm run build".',
  fileName: (heading, schoolYear) =>
    `${heading
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}${schoolYear === '' ? '' : `-${schoolYear}`}`,
};
