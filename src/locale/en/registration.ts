// What advisors read in English while registering questions, sessions and time. Knows no rule.

import type { registration as dutch } from '../nl/registration.ts';
import type { Room } from '../room.ts';
import { count, moment, shortDay } from './forms.ts';

export const registration: Room<typeof dutch> = {
  registration: {
    summary: 'Register a question',
    title: 'Register a question',
    hint: 'The button is the channel: press it and the question is saved. The card stays open for the next one.',
    known: 'Known question',
    knownHint: 'Type three letters and choose',
    knownOnly:
      'This is not a known question. Choose one from the list, or empty this field and type your question in the field below.',
    question: 'Or a new question in one sentence',
    namesLabel: 'Name in the sentence',
    names: 'This is not a pupil: keep my sentence as I typed it',
    centre: 'Centre or school',
    themeHint: 'Empty: the theme of the known question',
    minutes: 'Time',
    minutesHint: '10, 1h30 or half an hour',
    day: 'When asked',
    dayName: (date, today) => (date === today ? `Today, ${shortDay(date)}` : shortDay(date)),
    channels: { phone: 'Phone', mail: 'Mail', whatsapp: 'WhatsApp', informal: 'Informal', session: 'Session' },
    undo: 'Undo',
    again: '3×',
    done: (numbers, facts) =>
      numbers.length === 1
        ? `Registered: ${numbers[0]} · ${facts}`
        : `Registered ${numbers.length} times: ${numbers.join(', ')} · ${facts}`,
    undone: (numbers) => `Undone: ${numbers.join(', ')}. What you had filled in is below again.`,
    similar: (title) => `Looks like the known question: ${title}`,
    like: (number, day, question) => `Looks like ${number}, ${day}: ${question}`,
    same: (number, times) =>
      times > 1 ? `The same question as ${number} (${times}×)` : `The same question as ${number}`,
    nothing: 'Choose a known question or type a sentence. Then press the channel.',
    masked: (found) =>
      `Your sentence held: ${found}. I took it out and have not saved anything yet. Check it and press the channel again.`,
    unknownItem:
      'I do not know that question (any more). Choose one from the list or type the question in one sentence.',
    movedToQuestion:
      'That is not a known question. I put what you typed in the field for a new question and kept nothing yet. Check it and press the channel again.',
    unknownCentre: 'I do not know that centre. Choose one from the list or leave it empty.',
    unknownTheme: 'I do not know that theme. Choose one from the list or leave it empty.',
    unknownMinutes: (typed) =>
      `I do not understand "${typed}" as a length of time. Type for example 10, 1h30 or half an hour.`,
    unknownDay: 'I do not understand that day. Choose a day from the list.',
    doubt: (parts) => {
      const names = { centre: 'the centre', theme: 'the theme', minutes: 'the time', question: 'the question' };
      return `Please check: ${parts.map((part) => names[part]).join(', ')}. Nothing has been saved yet: press the channel when it is right.`;
    },
  },

  onMessage: {
    title: 'Register as helpdesk question',
    question: 'The question',
    hint: 'The button is the channel. Names and numbers do not go along, nor does the sender: only the centre counts.',
    channels: { teams: 'Asked in Teams', mail: 'Mail', whatsapp: 'WhatsApp' },
    masked: (found) => `The message held: ${found}. That has been taken out. Check it and press the channel.`,
    already: (number) =>
      `This message has already been registered as ${number}. Type that number to the helpdesk to open the question.`,
    done: (number) => `Registered as ${number}.`,
    noMessage:
      'I cannot read this message. Choose the action on a message with text, or type "register" to the helpdesk.',
  },

  session: {
    summary: 'Helpdesk sessions',
    title: 'Note a helpdesk session',
    correct: 'Change a helpdesk session',
    programme: 'Programme',
    programmeHint: 'For example: Helpdesk live',
    themeHint: 'Choose a theme',
    subject: 'Title',
    subjectHint: 'What was the session about?',
    day: 'Date',
    level: 'Level',
    levelHint: 'Choose a level, or leave it empty',
    levels: ['BaO', 'SO', 'BuO', 'CLB', 'boarding school', 'adult education'],
    participants: 'Participants',
    participantsHint: 'Number, for example 24',
    perCentre: 'Per centre (may be empty)',
    perCentreHint: 'gent 12, kortrijk 8',
    links: 'Links to recording or presentation (may be empty)',
    linksHint: 'https://…',
    questions: 'Questions that came up, one per line (may be empty)',
    questionsHint: 'Each line counts as one question. Without names or details of pupils',
    save: 'Save',
    retract: 'Undo',
    fresh: 'New session',
    latest: 'Latest sessions (open one to change it)',
    line: (day, title, participants) => `${day} · ${title} · ${count(participants, 'participant', 'participants')}`,
    saved: (title, participants, questions) =>
      `Saved: ${title}, ${count(participants, 'participant', 'participants')}${questions > 0 ? `, ${count(questions, 'question', 'questions')}` : ''}.`,
    undone: (title) => `Undone: ${title}.`,
    retracted: 'undone',
    gone: 'I can no longer find that session. Type "session" to begin again.',
    notYours: 'Somebody else noted this session. Only that person or the quality team can change it.',
    noParticipants: 'Fill in the number of participants.',
    unknownCentre: (part) =>
      `I do not understand "${part}". Type a centre and a number, for example: gent 12, kortrijk 8.`,
    wrongLink: 'A link starts with https:// and there can be at most 10. Put a space between two links.',
    tooManyQuestions: (most) => `Note at most ${most} questions at a time. Save first and then change the session.`,
    masked: (found) =>
      `Your text held: ${found}. I took it out and have not saved anything yet. Check it and save again.`,
    fields: {
      programme: 'programme',
      theme: 'theme',
      title: 'title',
      day: 'date',
      level: 'level',
      participants: 'participants',
      perCentre: 'per centre',
      minutes: 'minutes',
      links: 'links',
      tickets: 'questions',
    },
  },

  week: {
    summary: 'Your week',
    title: (monday) => `Your week from ${monday}`,
    total: (duration) => `Noted in all: ${duration}`,
    choose: (day) => `Note time on ${day}`,
    line: (day, duration) => (duration ? `${day} · ${duration}` : `${day} · nothing yet`),
    questions: (n) => count(n, 'question', 'questions'),
    gap: 'Tap here to note time on this day.',
    untimed: 'Closed, and you have noted no time yet',
    untimedLine: (number, question) => `${number}: ${question}`,
    savedOn: (number, minutes) => `Noted: ${minutes} on ${number}. Not right? Open ${number} and choose "Change".`,
    form: 'Time that belongs to no question',
    day: 'Day',
    strategy: 'What for',
    themeHint: 'Choose a theme, or leave it empty',
    note: 'What did you do? (may be empty)',
    save: 'Note',
    earlier: 'Previous week',
    later: 'Next week',
    saved: (minutes, strategy, day) => `Noted: ${minutes} · ${strategy} · ${day}`,
    undone: 'Undone. What you had filled in is below again.',
    gone: 'I can no longer find that time, or somebody else noted it.',
    noStrategy: 'Choose what the time was for.',
  },

  registered: {
    title: (number) => `Registered question · ${number}`,
    retracted: (number) => `${number} · undone, does not count`,
    by: (name, at) => `Registered by ${name}, ${moment(at)}`,
    imported: 'an imported file',
    history: 'Changes',
    corrected: (name, at, what) => `${moment(at)} · ${name}: ${what}`,
    referred: (name, at, to, where, told) =>
      `${moment(at)} · ${name}: referred to ${to} (${where}), requester ${told ? 'told' : 'not told yet'}`,
    minutesChanged: (name, at, minutes) => `${moment(at)} · ${name}: ${minutes > 0 ? '+' : ''}${minutes} min`,
    correct: 'Change',
    refer: 'Referred…',
    connections: {
      merged: (number) => `Merged with ${number}`,
      absorbed: (numbers) => `Merged into this one: ${numbers}`,
      linked: (numbers) => `Linked to: ${numbers}`,
    },
    connect: 'Merge or link…',
    unmerge: 'Take apart',
    correctTitle: (number) => `Change ${number}`,
    channel: 'Channel',
    minutes: 'Time in all',
    save: 'Save',
  },
};
