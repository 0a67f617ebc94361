// Every English sentence of the annual report, the monthly digest and the newsletter. Knows no logic but number and list forms.

import type { report as dutch } from '../nl/report.ts';
import type { Room } from '../room.ts';
import { count as many, number, tag } from './forms.ts';

const decimal = (n: number): string => n.toLocaleString(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percent = (n: number): string => `${Math.round(n * 100)}%`;
const hours = (minutes: number): string => {
  const whole = Math.round(minutes);
  return whole < 60 ? `${whole} min` : `${number(Math.floor(whole / 60))} h ${String(whole % 60).padStart(2, '0')}`;
};
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const monthName = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', month: 'long' });
const fullDay = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });

/** Which date decides whether something counts in the school year. */
const asked = 'the date on which the question was asked';

export const report: Room<typeof dutch> = {
  value: {
    count: number,
    share: percent,
    change: (n) => `${n > 0 ? '+' : ''}${percent(n)}`,
    minutes: hours,
    duration: (ms) => hours(ms / 60_000),
    score: decimal,
  },
  hidden: '< 5 requesters',
  about: 'About this file',
  inHours: 'Time is given in hours here, with decimals.',
  day: (day) => fullDay.format(new Date(`${day}T12:00:00Z`)),
  month: (month) => monthName.format(new Date(`${month}-15T12:00:00Z`)),
  word: {
    creator: 'Helpdesk',
    contents: 'Contents',
    hours: 'hours',
    page: 'page',
    of: 'of',
    chart: (heading) => `Chart: ${heading}. The figures are in the table below it.`,
  },

  digest: {
    summary: 'The helpdesk last month',
    title: (month, year) => `The helpdesk in ${month} ${year}`,
    questions: 'Questions',
    asked: (now, before) =>
      now === undefined
        ? 'fewer than 10'
        : before === undefined
          ? `about ${number(now)}`
          : `about ${number(now)}, against ${number(before)} in the same month last year`,
    most: 'Most asked',
    themed: (theme, n) => `${theme} (${number(n)})`,
    reach: 'Reach',
    reached: (count, of, silent) => {
      const shown = silent.length > 4 ? [...silent.slice(0, 4), `${silent.length - 4} others`] : silent;
      return `${number(count)} of the ${number(of)} GO! CLB${silent.length > 0 ? `; not: ${listed(shown)}` : ''}`;
    },
    first: 'First reaction',
    responded: (median, within, spent) =>
      [
        ...(median === undefined ? [] : [`median ${hours(median / 60_000)}`]),
        ...(within === undefined ? [] : [`${percent(within)} within the target time`]),
        ...(spent === undefined ? [] : [`about ${number(spent)} hours noted`]),
      ].join(', '),
    satisfied: 'Satisfaction',
    scored: (positive, response, sessions) =>
      [
        positive === undefined ? 'too few responses' : `${percent(positive)} positive`,
        ...(response === undefined ? [] : [`${percent(response)} of the surveys filled in`]),
        many(sessions, 'helpdesk session', 'helpdesk sessions'),
      ].join(', '),
    columns: { theme: 'Theme', now: 'questions', before: 'last year' },
    topics: 'What comes back',
    topic: (questions, centres, standing) =>
      `${questions === undefined ? 'fewer than 10' : `about ${number(questions)}`} questions from ${many(centres, 'centre', 'centres')}; ${standing}`,
    gap: 'the helpdesk has no good answer to it',
    undecided: 'nothing decided yet',
    decided: (kind) => `decided: ${kind}`,
    more: 'Counted on the date on which the question was asked. Numbers are rounded to tens, so that nobody can derive a small one from them. "–": fewer than 10 questions, fewer than 5 requesters, or nothing to compare. Type "@Helpdesk statistics" for the figures of the school year.',
    channel: {
      summary: 'Quality channel',
      done: 'This channel is now the channel of the quality team. At the start of each month the figures of the month before arrive here.',
      notAllowed: 'Only an administrator can set up the quality channel.',
      notHere: 'Type this in the channel itself: "@Helpdesk quality channel".',
    },
  },

  newsletter: {
    title: (service) => (service === 'POC+' ? 'POC-a-tizer' : `News from ${service}`),
    subtitle: (month, year) => `${month} ${year}`,
    draft: 'Draft: read it through, add to it and send it through your own channel.',
    spotlight: (theme) => `In the spotlight: ${theme}`,
    contact: (role, email) => `${role} (${email}) answers your questions about this. Or ask the helpdesk in Teams.`,
    asked: 'Often asked this month',
    nothingAsked:
      'No five people asked the same this month. Choose a question from the frequently asked ones yourself.',
    sources: 'Sources',
    notReviewed: 'Note: this answer has not been reviewed yet. Have it reviewed before you send it.',
    fresh: 'New and renewed',
    nothingFresh: 'No new material was added this month.',
    isNew: 'new',
    changed: 'reviewed',
    andMore: (n) => `And ${many(n, 'other', 'others')}: look in the resource bank.`,
    sessions: 'Helpdesk sessions',
    upcoming: '[Fill in: upcoming helpdesk sessions with date, time and link.]',
    held: 'Missed it? This was on this month:',
    more: 'A question of your own?',
    moreText:
      'Type your question to the helpdesk in Teams. You get an answer with its source at once, or an advisor helps you further. Leave names and details of pupils out of your question.',
    written: (month, file) => `The draft of the newsletter of ${month} is in ${file}.`,
    refused: {
      future: 'That month has yet to begin. Choose a month that has begun.',
      service: (known) => `I do not know that service. Choose from: ${known.join(', ')}.`,
      format: (out) => `"${out}" is no file that I can make. Choose a name that ends in .html or .docx.`,
    },
  },

  annual: {
    title: 'Annual report of the helpdesk',
    subtitle: (year) => `School year ${year}`,
    asOf: (day) => `Made on ${day}`,
    together:
      'Of the services together, for the quality team. Publish the report of each service: an advisor can subtract the questions of their own here.',
    underWay: (day) => `The school year is still under way: the figures go up to and including ${day}.`,
    compared: (year) => `Compared with the same period of school year ${year}.`,
    written: (year, file) => `The annual report of school year ${year} is in ${file}.`,
    share: 'share',
    change: 'difference',
    questions: 'questions',
    minutes: 'time',
    total: 'total',
    figure: 'key figure',
    month: 'month',
    theme: 'theme',
    coreProcess: 'core process',
    channel: 'channel',
    outcome: 'outcome',
    centre: 'centre',
    job: 'function',
    participants: 'participants',
    sessions: 'sessions',
    level: 'level',
    programme: 'programme',
    topic: 'topic',
    decision: 'what we did',
    before: 'before',
    after: 'after',
    did: (kind, day) => `${kind}, ${day}`,
    nothingDone: 'nothing decided yet',
    noTopics: 'No topic came back in this school year.',
    strategy: 'strategy',
    item: 'statement',
    answers: 'responses',
    positive: 'score 6-8',
    other: 'score 1-5',
    mean: 'mean',
    per100: 'per 100 members of staff',
    schools: (reached, of) => `Schools and boarding schools (${number(reached)} of ${number(of)} with a question)`,

    headings: {
      key: 'Key figures',
      questions: 'Questions',
      reach: 'Reach',
      sessions: 'Helpdesk sessions',
      time: 'Time',
      answers: 'Answers',
      satisfaction: 'Satisfaction',
      topics: 'Recurring topics and follow-up',
      method: 'Method and definitions',
    },
    done: 'Item or decision',
    keySentence: (questions, requesters) =>
      `In this school year the helpdesk received ${many(questions, 'question', 'questions')} from ${many(requesters, 'person', 'people')} whom we know.`,
    trend: (now, before) =>
      before === 0
        ? ''
        : now === before
          ? 'That is as many as the school year before.'
          : `That is ${percent(Math.abs(now - before) / before)} ${now > before ? 'more' : 'fewer'} than the school year before.`,
    reached: (count, of) =>
      `The helpdesk reached ${number(count)} of the ${number(of)} GO! CLB, with a question or with a participant in a helpdesk session.`,
    silent: (names) => (names.length === 0 ? '' : `Not reached: ${listed(names)}.`),
    sessionsHeld: (programme, sessions, participants) =>
      `For ‘${programme}’ we organised ${many(sessions, 'session', 'sessions')}, with which we reached ${many(participants, 'participant', 'participants')}.`,
    noSessions: 'No helpdesk sessions were noted in this school year.',
    timeSpent: (minutes, count, of) =>
      `${hours(minutes)} was noted on questions. Time is noted for ${number(count)} of the ${number(of)} closed questions, so the true time is higher.`,
    otherTime: (minutes) =>
      `Besides, ${hours(minutes)} was noted that belongs to no question, such as preparation and material.`,
    response: (count, of) =>
      of === 0
        ? 'No surveys were sent.'
        : `Of the ${number(of)} surveys sent, ${number(count)} were filled in (${percent(count / of)}).`,

    tables: {
      key: { name: 'Key figures', heading: 'Key figures with the school year before' },
      months: { name: 'Questions per month', heading: 'Questions per month' },
      themes: { name: 'Questions per theme', heading: 'Questions per theme' },
      channels: { name: 'Questions per channel', heading: 'Questions per channel' },
      outcomes: { name: 'Questions per outcome', heading: 'How questions ended' },
      centres: { name: 'Reach per centre', heading: 'Reach per centre' },
      functions: { name: 'Questions per function', heading: 'Questions per function' },
      sessions: { name: 'Helpdesk sessions', heading: 'Helpdesk sessions per programme and theme' },
      definitions: { name: 'Definitions', heading: 'How each figure is counted' },
      programmes: { name: 'Sessions per programme', heading: 'Helpdesk sessions per programme' },
      minutesByTheme: { name: 'Time per theme', heading: 'Time on questions, per theme' },
      minutesByChannel: { name: 'Time per channel', heading: 'Time on questions, per channel' },
      otherTime: { name: 'Time without a question', heading: 'Time that belongs to no question, per strategy' },
      durations: { name: 'Answers', heading: 'How fast and how well we answered' },
      satisfaction: { name: 'Satisfaction', heading: 'Satisfaction per statement' },
      impacts: { name: 'Effect', heading: 'What items and decisions did' },
      topics: { name: 'Recurring topics', heading: 'What came back and what we did about it' },
    },
    basis: {
      asked: `Counted on ${asked}.`,
      hidden: `Counted on ${asked}. "< 5 requesters": fewer than 5 people asked the questions there, or the cell is hidden so that no other can be worked out from it.`,
      centres: `Questions on ${asked}, participants on the day of the helpdesk session, as far as counted per centre.`,
      sessions: 'Counted on the day of the session.',
      minutes: `Minutes on questions, on ${asked}.`,
      otherTime: 'Counted on the day of the work.',
      durations:
        'In working hours, from passing on to reaction; questions through Teams only. The definitions are at the end.',
      satisfaction: 'A statement is shown from 5 people on. Scores from 6 to 8 count as positive.',
      topics:
        'Questions of this school year. Before and after: questions per 4 weeks in the 12 weeks before and after the decision. Fewer questions after a decision do not prove that it was the cause.',
    },
    durations: {
      explicit: 'Helped themselves, confirmed by the requester',
      unconfirmed: 'Answer shown, no reaction',
      firstMedian: 'First reaction of an advisor, median',
      firstP90: 'First reaction of an advisor, 9 in 10 within',
      within: 'First reaction within the target time',
      answerMedian: 'Time to answer, median',
      answerP90: 'Time to answer, 9 in 10 within',
      closeMedian: 'Time to close, median',
      firstContact: 'Solved at once',
      reopened: 'Reopened within 14 days',
      accuracy: 'Theme rightly suggested by the helpdesk',
    },
    key: {
      questions: 'Questions',
      requesters: 'Requesters whom we know',
      reach: 'GO! CLB reached',
      sessions: 'Helpdesk sessions',
      participants: 'Participants in helpdesk sessions',
      minutes: 'Time on questions',
      otherTime: 'Time without a question',
      explicit: 'Helped themselves, confirmed',
      first: 'First reaction of an advisor, median',
      response: 'Surveys filled in',
      positive: 'Positive scores (6 to 8)',
      backlog: 'Not closed yet at the end',
    },
    method: [
      'The figures come straight from the registration of the helpdesk: each question counts once, through whatever channel it came. They are counted in the same way as on the dashboard and in the export.',
      'Advisors note questions by phone, mail, WhatsApp, in a session or in passing themselves. What nobody noted does not count: the figures are a lower bound.',
      'We do not show a figure with fewer than 5 people behind it, nor the figures from which it could be worked out. Of questions that did not come through Teams we do not keep who asked them; there each question counts as one person.',
      'A school year runs from 1 September up to and including 31 August, Belgian time. Working hours follow the calendar of the helpdesk.',
    ],
    definition: 'definition',
    dateBasis: 'date that counts',
    dates: {
      questions: asked,
      requesters: asked,
      reach: `${asked}, or the day of the session`,
      selfService: asked,
      bot: asked,
      routing: asked,
      firstResponse: asked,
      timeToAnswer: asked,
      timeToClose: asked,
      firstContact: asked,
      reopened: 'the date of closing',
      backlog: 'the end of the period',
      minutes: asked,
      otherTime: 'the day of the work',
      satisfaction: asked,
      sessions: 'the day of the session',
    },
    refused: {
      future: (year) => `School year ${year} has yet to begin. Choose a school year that has begun.`,
      few: (year) =>
        `Fewer than 5 people asked a question in school year ${year}: an annual report would make them recognisable. The questions themselves are on the dashboard.`,
      running: (year) =>
        `The annual report of ${year}, which is still under way, is for the quality team. Choose a school year that is over.`,
      nothing: (year) =>
        `There are no questions and no helpdesk sessions in school year ${year}. Choose another school year, or check whether DATA_DIR is right.`,
      format: (out) => `"${out}" is no file that I can make. Choose a name that ends in .docx or .xlsx.`,
    },
  },
};
