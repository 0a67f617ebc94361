// Every English sentence about anonymous cases for training. Knows no logic but number and date forms.

import type { CaseRefusal } from '../../domain/cases.ts';
import type { cases as dutch } from '../nl/cases.ts';
import type { Room } from '../room.ts';

const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', dateStyle: 'medium' });

function refusal(no: CaseRefusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'Only an advisor of this service, or the quality team, can do this.';
    case 'own-case':
      return 'You wrote this yourself. Have a colleague check that nobody can be recognised.';
    case 'not-waiting':
      return 'This case is not waiting for a second reader.';
    case 'incomplete':
      return 'Fill in at least a title, the situation and the approach.';
    case 'too-long':
      return `This is too long: at most ${no.most} characters. Shorten it.`;
    case 'unknown-theme':
      return 'Choose a theme from the list.';
    case 'no-reason':
      return 'Say in a sentence what has to change.';
  }
}

export const cases: Room<typeof dutch> = {
  refusal,
  summary: 'A case is looking for a second reader',
  make: 'Make a case',
  heading: 'Cases to read',
  notClosed: 'A case is made from a closed question whose text is still there.',
  gone: 'This case is no longer here, or was approved already.',
  changed: 'Somebody changed this case meanwhile. Read it again below.',
  approved: 'Approved. The case stands apart from the question: what referred to it is erased.',
  returned: 'Sent back. The writer finds it in the knowledge base.',
  title: { waiting: 'Case to read', 'sent-back': 'Case that was sent back' },
  status: {
    waiting: (by: string, at: number) => `Written by ${by} on ${day.format(at)}`,
    'sent-back': (by: string, at: number) => `By ${by}, sent back on ${day.format(at)}`,
  },
  clues: 'This may tell who it is about',
  clue: {
    personal: (value: string) => `name or number: ${value}`,
    place: (value: string) => `place: ${value}. Write "a centre" or "a town".`,
    date: (value: string) => `date: ${value}. Write "in autumn" or leave it out.`,
    age: (value: string) => `age or year: ${value}. Write "a pupil in primary school".`,
    family: (value: string) => `family: ${value}. Does the case need it? Otherwise leave it out or change it.`,
  },
  rare: (combination: string[]) =>
    `rare combination: fewer than 5 people with ${combination.join(' + ')}. Name at most one of these.`,
  form: {
    title: 'Make an anonymous case',
    intro:
      'For training and learning communities. A colleague reads it; once approved, the link with the question is gone. Feel free to change details that do not matter.',
    name: 'Title',
    situation: 'Situation',
    question: 'Question',
    approach: 'Approach',
    lesson: 'To talk about',
    judged: 'I looked at each point above: nobody can be recognised like this',
    personal: 'There is still a name or number in it. Remove that first; what you typed is still there.',
    judge: 'Check each point below. Rewrite, or tick that nobody can be recognised like this.',
    send: 'Ask a colleague to read',
    sent: 'Handed on. A colleague of your service checks that nobody can be recognised.',
  },
  approve: 'Approve',
  edit: 'Edit',
  sendBack: 'Send back',
  reason: 'What has to change? (when sending back)',
  document: {
    title: 'Cases from the helpdesk',
    count: (cases: number) => (cases === 1 ? 'One case' : `${cases} cases`),
    anonymous: 'Anonymous: details were left out or changed, and a second person read every case.',
    madeOn: (on: string) => `Made on ${on}`,
  },
  none: 'There are no approved cases yet.',
  written: (cases: number, file: string) => `${cases} ${cases === 1 ? 'case' : 'cases'}, written to ${file}.`,
};
