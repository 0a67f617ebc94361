// The English words and notations of the dashboard's page. Knows no figure: those come with their names from the server.

import type { dashboard as dutch } from '../nl/dashboard.ts';
import type { Room } from '../room.ts';

const TAG = 'en-GB';
const whole = new Intl.NumberFormat(TAG, { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat(TAG, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat(TAG, { timeZone: 'Europe/Brussels', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(TAG, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const month = new Intl.DateTimeFormat(TAG, { timeZone: 'UTC', month: 'short' });
const monthAndYear = new Intl.DateTimeFormat(TAG, { timeZone: 'UTC', month: 'long', year: 'numeric' });
const hoursAndMinutes = (minutes: number): string =>
  `${whole.format(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')}`;
const and = new Intl.ListFormat(TAG, { type: 'conjunction' });
const dayText = (iso: string): string => day.format(new Date(`${iso}T00:00:00Z`));

export const dashboard: Room<typeof dutch> = {
  title: 'Helpdesk in figures',
  demonstration: 'demonstration: everything is made up',
  number: {
    count: (value) => whole.format(value),
    share: (value) => `${whole.format(value * 100)}%`,
    minutes: (value) => (value < 60 ? `${whole.format(value)} min` : hoursAndMinutes(Math.round(value))),
    duration: (ms) => {
      const minutes = Math.round(ms / 60_000);
      return minutes < 60 ? `${minutes} min` : hoursAndMinutes(minutes);
    },
    score: (value) => decimal.format(value),
    none: '–',
    hidden: 'hidden',
    hiddenMeans: 'hidden: fewer than 5 requesters are behind it, or such a number would follow from it',
  },
  time: (at) => time.format(at),
  day: dayText,
  days: ({ from, to }) => `${dayText(from)} to ${dayText(to)}`,
  month: (iso) => month.format(new Date(`${iso}-01T00:00:00Z`)),
  monthAndYear: (iso) => monthAndYear.format(new Date(`${iso}-01T00:00:00Z`)),

  status: {
    loading: 'Fetching the figures…',
    updated: (at) => `updated at ${at}`,
    live: 'live',
    stale: (at) => `The helpdesk does not answer. You see the figures of ${at}; we keep trying.`,
    behind: (choice) => `The figures below are still those of your previous choice (${choice}).`,
    unreachable: 'The helpdesk does not answer. Check your connection; we keep trying.',
    retry: 'Try now',
    expired: 'Your sign-in has expired. Sign in again to look further.',
    signIn: 'Sign in again',
    refusedTitle: 'This dashboard is for the quality team and the advisors',
    refusedHelp:
      'Are you one of them? Send the helpdesk "hello" in Teams first, so that it knows you, and open this tab again. If that does not help, ask whoever runs the helpdesk for access.',
    badFilter: (sentence) => `${sentence} The view was opened without that filter.`,
    close: 'Close this message',
    reload: 'Reload',
    broken: 'Something went wrong on this page. Reload it; your filters stay as they are.',
  },

  filters: {
    heading: 'Filters',
    summary: (count) => (count === 0 ? 'Filters' : `Filters (${count})`),
    all: 'all',
    clear: 'Clear filters',
    more: 'More filters',
    fewer: 'Fewer filters',
    names: {
      schoolYear: 'School year',
      month: 'Month',
      service: 'Service',
      coreProcess: 'Core process',
      theme: 'Theme',
      channel: 'Channel',
      centre: 'Centre',
      region: 'Region',
      function: 'Function',
      outcome: 'Outcome',
    },
    fixed: (services) =>
      `These are the figures of your own ${services.length === 1 ? 'service' : 'services'}: ${and.format(services)}. The quality team sees those of all services. Figures with fewer than 5 requesters behind them are left out.`,
  },

  sections: {
    label: 'Sections',
    overview: 'Key figures',
    themes: 'Themes',
    reach: 'Reach',
    work: 'Time and answers',
    satisfaction: 'Satisfaction',
    topics: 'Recurring questions and follow-up',
    years: 'School years',
    bot: 'Helpdesk bot',
  },

  figure: {
    info: (label) => `About ${label}`,
    basis: 'Date',
    open: (label) => `Show the questions behind ${label}`,
    same: 'as last school year',
    noPrevious: 'nothing to compare',
    up: (by, before) => `▲ ${by} · last year ${before}`,
    down: (by, before) => `▼ ${by} · last year ${before}`,
    points: (value) => `${whole.format(Math.abs(value) * 100)} percentage points`,
    percent: (value) => `${whole.format(Math.abs(value) * 100)}%`,
  },

  block: {
    asTable: 'Show as a table',
    asChart: 'Show as a chart',
    export: 'Download',
    csv: 'CSV',
    xlsx: 'Excel',
    exportAs: (heading, format) => `Download ${heading} as ${format}`,
    exportFailed: 'The download failed. Try again.',
    previous: 'last school year',
    current: 'this school year',
    silent: 'no question',
    silentList: (names) =>
      names.length === 0
        ? 'Every centre asked at least one question.'
        : `No question yet from ${names.length} ${names.length === 1 ? 'centre' : 'centres'}: ${names.join(', ')}.`,
    positive: 'score 6 to 8',
    other: 'score 1 to 5',
    tooFew: (n) => `${n} ${n === 1 ? 'response' : 'responses'}: shown from 5 on`,
    respondents: (n) => `n = ${n}`,
    meanOf: (mean) => `, mean ${mean}`,
    notOnPaper: (count) => `${whole.format(count)} more rows are on the screen and in the download only.`,
    more: (count) => `Show all ${count}`,
    fewer: 'Show fewer',
  },

  review: {
    heading: (items: number) =>
      items === 0 ? 'Nothing waits for you any more' : `Waits for you in the knowledge base (${items})`,
    waits: (by: string, since: string, days: number) =>
      `proposed by ${by} on ${since}${days > 0 ? `, has waited ${days} ${days === 1 ? 'day' : 'days'}` : ''}`,
    change: 'change to a published item',
    question: 'Question',
    answer: 'Answer',
    reason: 'Reason, for the writer',
    send: { publish: 'Publish', edit: 'Edit', 'send-back': 'Send back', reject: 'Reject' },
    cancel: 'Cancel',
    of: (what: string, question: string) => `${what}: ${question}`,
    failed: 'Saving did not work. Try again; what you typed is still there.',
  },

  empty: {
    everything:
      'There are no questions yet. As soon as somebody asks the helpdesk something, it appears here within seconds.',
    try: 'Want to try? Open the playground and ask a question, or load the sample data.',
    hidden: 'These figures are hidden: fewer than 5 people are behind them, or such figures would follow from them.',
    filtered: 'No questions with these filters. Clear a filter to see more.',
    blocks: {
      months: 'The number of questions per month will appear here, beside that of last school year.',
      themes: 'The questions per theme will appear here once there is a question with a theme.',
      processes: 'The questions per core process will appear here once there is a question with a theme.',
      reach: 'How many questions there were per centre and month will appear here.',
      schools: 'The questions per school will appear here once a school asks something.',
      functions: 'Who asks questions will appear here, per function.',
      channels: 'How questions come in will appear here: Teams, phone, mail and others.',
      outcomes: 'How questions end will appear here.',
      minutes: 'The time spent per theme will appear here once advisors note minutes with a question.',
      durations: 'How fast advisors answer will appear here once a question that was passed on is answered.',
      quality: 'How often people could help themselves and how often a question was solved at once will appear here.',
      backlog: 'No questions are open.',
      satisfaction: 'Satisfaction will appear here once 5 requesters filled in the survey.',
      sessions: 'Helpdesk sessions will appear here once an advisor notes one with "session" in the chat.',
      bot: 'What the helpdesk answered by itself will appear here.',
      impacts:
        'Here comes what a published item or a decision did: from 4 weeks after it on, with the questions before and after.',
      years: 'The school years will appear here side by side.',
    },
  },

  topics: {
    gaps: {
      heading: 'Knowledge gaps',
      explanation: 'Recurring questions to which the helpdesk too often found no good answer.',
      none: 'No knowledge gaps with these filters: what comes back mostly finds an answer.',
    },
    popular: {
      heading: 'Often asked and answered',
      explanation: 'Recurring questions that the helpdesk mostly answers by itself.',
      none: 'No recurring questions yet with these filters.',
    },
    followed: {
      heading: 'Follow-up',
      explanation:
        'What the quality team decided, with the questions per 4 weeks in the 12 weeks before and after the date of the decision.',
      none: 'Nothing has been decided about a topic yet. Choose "Decide" at a recurring topic.',
    },
    basis: 'The date on which the question was asked.',
    reading: 'The questions are being read for the first time. This fills itself.',
    ties: (shared) => `Shared words: ${shared}.`,
    by: (owner) => `· led by ${owner}.`,
    weeks: (name) => `Questions per week about ${name}`,
    before: 'before',
    after: 'after',
    decide: 'Decide',
    decideOn: (name) => `Decide: ${name}`,
    change: 'Change',
    changeOf: (name) => `Change: ${name}`,
    form: {
      kind: 'What do we do?',
      owner: 'Who leads it?',
      choose: 'Choose',
      date: 'From when does it hold?',
      dateHint: 'The day on which the FAQ was there or the session took place. The comparison counts from that day.',
      status: 'How far is it?',
      note: 'Note (may be empty)',
      noteHint: 'Without names or numbers of people.',
      save: 'Save',
      cancel: 'Cancel',
      undo: 'Undo the decision',
      failed: 'Saving failed. What you filled in is still there: try again.',
    },
  },

  report: {
    heading: 'Annual report',
    docx: 'Word',
    xlsx: 'Excel',
    as: (format) => `Download the annual report as ${format}`,
    failed: 'The annual report could not be made. Try again.',
  },

  drill: {
    heading: (count) => `${whole.format(count)} ${count === 1 ? 'question' : 'questions'}`,
    of: (parts) => parts.join(' · '),
    close: 'Close',
    more: 'Show more',
    none: 'No questions are behind this.',
    failed: 'The list could not be fetched.',
    textHidden: 'Only the quality team and the advisors of that service see the text of a question.',
    columns: {
      number: 'Number',
      day: 'Asked on',
      theme: 'Theme',
      centre: 'Centre',
      function: 'Function',
      channel: 'Channel',
      state: 'State',
      minutes: 'Time',
      question: 'Question',
    },
  },

  print: {
    by: (services) => `Helpdesk ${and.format(services)}`,
    button: 'Print',
    filter: (name, choice) => `${name}: ${choice}`,
    asOf: (day, at) => `figures of ${day}, ${at}`,
  },
};
