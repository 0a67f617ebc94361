// Every English sentence and word of recurring topics and what is decided about them. Knows no logic but number and list forms.

import type { EffectSide, FollowUpStatus } from '../../domain/follow-up.ts';
import type { topics as dutch } from '../nl/topics.ts';
import type { Room } from '../room.ts';
import { count, day as fullDay, tag } from './forms.ts';

const decimal = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const and = new Intl.ListFormat(tag, { type: 'conjunction' });
const questions = (n: number): string => count(n, 'question', 'questions');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const statuses: Record<FollowUpStatus, string> = { planned: 'planned', 'under-way': 'under way', done: 'done' };

const side = ({ weeks, questions: asked, perFourWeeks, holidayWeeks }: EffectSide, when: string): string => {
  if (perFourWeeks === undefined) return `There are no full 4 weeks ${when} yet.`;
  const holidays = holidayWeeks > 0 ? `, ${count(holidayWeeks, 'holiday week', 'holiday weeks')} included` : '';
  return `${capital(when)} (${weeks} weeks${holidays}): ${questions(asked)}, ${decimal.format(perFourWeeks)} per 4 weeks.`;
};

export const topics: Room<typeof dutch> = {
  summary: 'Recurring questions',
  title: (year) => `Recurring questions · school year ${year}`,
  intro: (recurring, gaps) =>
    `${count(recurring, 'recurring topic', 'recurring topics')}, of which ${count(gaps, 'knowledge gap', 'knowledge gaps')}. Tap a topic for its questions and follow-up.`,
  more: (n) => `And ${count(n, 'more topic', 'more topics')}: see the dashboard or the command line.`,
  none: 'There are no recurring questions in this school year yet. A topic appears here once 3 requesters or 2 centres ask about it within 30 days.',
  reading: 'The questions are being read for the first time. Type "recurring questions" again in a minute.',
  gone: 'This topic is no longer there, or it does not belong to your service. Type "recurring questions" for the list as it is now.',
  definition:
    'Recurring: asked within 30 days by at least 3 requesters or from at least 2 centres; a question without a known requester counts per centre. Knowledge gap: at least half of the questions got no answer, an unsure answer or "No".',
  named: (words) => capital(words.join(', ')),
  known: (name) => `${name} (often comes back)`,
  unnamed: (theme) => `Questions about ${theme}`,
  asked: (n) => questions(n),
  line: (asked, requesters, centres, last) =>
    [
      questions(asked),
      requesters === undefined ? 'fewer than 5 requesters' : count(requesters, 'known requester', 'known requesters'),
      count(centres, 'centre', 'centres'),
      ...(last ? [`last ${last}`] : []),
    ].join(' · '),
  gap: (missed, asked) => `Knowledge gap: ${missed} of ${asked} got no good answer.`,
  answered: (answered, asked) => `Often asked, ${answered} of ${asked} answered from the index.`,
  notRecurring: 'Does not come back in this school year.',
  followUp: (kind, status, from) => `${kind}, ${statuses[status]}, from ${fullDay(from)}`,
  statuses,
  decidedBy: (by, day) => `Decided by ${by} on ${fullDay(day)}.`,
  effect: ({ state, before, after }, earliest) =>
    state === 'too-early'
      ? [side(before, 'before'), `Too early to compare: that can be done from ${fullDay(earliest)}.`]
      : [
          side(before, 'before'),
          side(after, 'after'),
          ...(state === 'interim' ? [`Interim result after ${after.weeks} of 12 weeks.`] : []),
        ],
  noCause: 'The figures show what was asked, not what made it change.',

  facts: {
    theme: 'Theme',
    asked: 'Asked',
    channels: 'Channels',
    minutes: 'Time noted',
    findings: 'From the index',
    words: 'Shared words',
    item: 'Answer',
    followUp: 'Follow-up',
    effect: 'Before and after',
  },
  findings: {
    none: 'no answer',
    unsure: 'unsure',
    rejected: '"No"',
    answered: 'answered',
  },
  newest: 'Latest questions',
  unreadable: 'The text cannot be read.',
  ties: (words) => `Together through: ${words.join(', ')}`,
  decide: 'Decide',
  change: 'Change the decision',
  back: 'Back to the list',

  form: {
    title: 'Follow-up of a recurring topic',
    kind: 'What do we do?',
    owner: 'Who leads it?',
    ownerHint: 'Choose a contact',
    date: 'From when does it hold?',
    dateHint:
      'The day on which the FAQ was there or the session took place. The comparison before and after hangs on that day.',
    status: 'How far is it?',
    note: 'Note (may be empty)',
    noteHint: 'Without names or numbers of people',
    save: 'Save',
    undo: 'Undo the last decision',
    history: 'What was decided before',
    decided: (by, day, kind, status, from) =>
      `${fullDay(day)} · ${by}: ${kind}, ${statuses[status]}, from ${fullDay(from)}`,
    undone: (by, day) => `${fullDay(day)} · ${by}: undone`,
  },
  saved: (kind) => `Saved: ${kind}. You find it with the topic in "recurring questions" and on the dashboard.`,
  undone: 'The last decision has been undone; it stays in the history.',
  notAllowed: 'Only the quality team can decide about a recurring topic.',
  unknownKind: 'Choose what you do with this topic.',
  unknownOwner: 'Choose who leads it.',
  unknownDay: 'Choose the day from which it holds.',
  dateOutOfRange: (from, to) => `Choose a day between ${fullDay(from)} and ${fullDay(to)}.`,
  nothingDecided: 'Nothing has been decided about this topic that can be undone.',
  tooManyChanges: 'This topic has been decided about 200 times already. Ask the administrator for help.',
  personal: (kinds) =>
    `The note may hold something of a person (${kinds}). Take it out: everybody of the service reads a note.`,
  noteTooLong: (most) => `Make the note shorter than ${most} characters.`,

  report: {
    period: (from, to) => `Questions from ${fullDay(from)} to ${fullDay(to)} inclusive`,
    lists: { gaps: 'Knowledge gaps', popular: 'Often asked and answered', followed: 'Followed up' },
    columns: {
      name: 'topic',
      theme: 'theme',
      questions: 'questions',
      requesters: 'requesters',
      centres: 'centres',
      minutes: 'min',
      missed: 'without a good answer',
      last: 'last',
    },
    none: 'none',
    followed: (name, decision, owner) => `${name}: ${decision}. Led by ${owner}.`,
    definition: 'How it is counted',
  },
  list: (parts) => and.format(parts),
};
