// What the helpdesk says about itself in English, to people and to its administrators. Knows no question.

import type { chat as dutch } from '../nl/chat.ts';
import type { Room } from '../room.ts';
import { clock, count, moment, shortDay, tag, weekdays } from './forms.ts';

const or = new Intl.ListFormat(tag, { type: 'disjunction' });
const and = new Intl.ListFormat(tag, { type: 'conjunction' });

export const chat: Room<typeof dutch> = {
  common: {
    open: 'Open',
    unknownCentre: 'centre not known',
    unknownTheme: 'theme still to be decided',
    requester: 'requester',
    colleague: 'a colleague',
    helpdesk: 'The helpdesk',
    required: 'This field still has to be filled in.',
    chooseOne: 'Choose something from the list here.',
    chooseOrEmpty: 'This is not in the list. Choose something from the list, or empty this field.',
    fallback: 'This card cannot be shown here. Open the chat with the helpdesk in the newest version of Teams.',
    more: 'More',
    minutes: (n) => `${n} min`,
  },

  welcome: {
    summary: 'Welcome to the helpdesk',
    greeting: (name) => `Hello ${name}, I am the helpdesk.`,
    what: 'Ask your question in your own words, preferably in Dutch. I look in the frequently asked questions and the resource bank first, and always show the source. When I am not sure, your question goes to the right advisor and the answer comes here.',
    noPupils: 'Leave names and details of pupils out of your question.',
    ask: 'Ask an advisor a question',
    mine: 'My questions',
    how: 'How does this work?',
  },

  help: {
    summary: 'How the helpdesk works',
    title: 'How the helpdesk works',
    lines: [
      'Just type your question. You get an answer with its source, or I pass your question on to an advisor.',
      '**my questions** shows what you asked and how far it is.',
      '**my data** shows what the helpdesk holds about you, **erase my data** erases it.',
      '**opening hours** shows when there are advisors, and how to reach one.',
      '**share material** offers colleagues a link that may inspire them.',
      'Leave names and details of pupils out of your question. I look along, but I do not see everything.',
    ],
    advisorLines: [
      '**open questions** shows what nobody has taken yet and what you are handling.',
      '**register** notes a question that came by phone, mail, WhatsApp or in passing. Or type it on one line: **tel gent dossier 10m how long do we keep the file?**',
      '**session** notes a helpdesk session or changes one.',
      '**my week** shows the time you noted per day, and notes time that belongs to no question.',
      'Type a number, such as **HD-2026-0142**, to open a question and change it.',
      '**statistics** shows the figures of this school year.',
      '**recurring questions** shows what often comes back, and what is done about it.',
      '**knowledge base** shows what waits for review, what you proposed and which answers did not help.',
      '**absent until 12/1, substitute secrecy** sends your questions to somebody else. **my absence** shows it, **back** ends it.',
      '**contacts** shows who looks after each theme and who stands in.',
    ],
    administratorLines: [
      '**@Helpdesk advisors channel poc-plus** (or pbd-go) makes a channel the one where the questions arrive.',
      '**@Helpdesk quality channel** makes a channel the one where the quality team gets the figures every month.',
      '**settings** shows what is set and what is still to be done.',
      '**wordings** shows how people put their question when an answer helped, and lets you remove them.',
      '**redact HD-2026-0142** erases the text of one question.',
    ],
  },

  smallTalk: {
    summary: 'The helpdesk is listening',
    greeting: 'Hello! Type your question in one or two sentences and I will look it up for you.',
    thanks: 'You are welcome. If you have another question, just type it.',
    neverMind: 'All right. If you have a question later, just type it.',
    empty: 'I see no question in your message. Type your question in words, for example: "how long do we keep a file?"',
    dutchOnly:
      'The answers of the helpdesk are in Dutch. Ask your question in Dutch for a better answer, or ask an advisor.',
    attachmentOnly: 'I cannot read files or pictures. Type your question in words, without details of pupils.',
    tooLong: (most) =>
      `Your message is too long for one question. Sum it up in at most ${most} characters and leave out details of pupils.`,
  },

  reach: {
    summary: 'How to reach an advisor',
    title: 'Reaching an advisor',
    form: 'Put your question in the form. It goes straight to who knows most about it, and the answer comes here in the chat.',
    call: 'If you would rather be called, say so: the advisor can call you in Teams.',
    hours: (week) =>
      `Advisors are there on ${and.format(week.map(({ days, hours }) => `${weekdays(days)} from ${and.format(hours.map(([from, to]) => `${from} to ${to}`))}`))}.`,
    open: (until) => `Open now, until ${clock.format(until)}.`,
    closed: (from) => `Closed now. Open again on ${moment(from)}.`,
    closing: (from, to) =>
      from === to ? `Closed next on ${shortDay(from)}.` : `Closed next from ${shortDay(from)} to ${shortDay(to)}.`,
    always: 'When you type your question here, I always look for an answer at once, at other hours as well.',
  },

  emergency: {
    title: 'Is somebody in immediate danger? Do this first.',
    hint: 'Immediate danger? Use the emergency procedure: 112.',
  },

  privacy: {
    summary: 'Please look at your question once more',
    title: 'Your question holds details by which somebody can be recognised',
    explanation: 'Your question has not been kept or passed on yet. I found:',
    kinds: {
      'national-number': 'national register number',
      phone: 'phone number',
      email: 'e-mail address',
      iban: 'account number',
      'birth-date': 'date of birth',
      name: 'name',
    },
    masks: {
      'national-number': '[national register number]',
      phone: '[phone number]',
      email: '[e-mail address]',
      iban: '[account number]',
      'birth-date': '[date of birth]',
      name: '[name]',
    },
    becomes: 'Without these details your question becomes:',
    blocked: 'I can never pass on a national register number.',
    rewrite: 'Rewrite',
    clean: 'Send without these details',
    noPupil: 'This is not a pupil',
    caution: 'This is an aid: I do not see everything. You remain responsible for what you send.',
    inForm: (found) => `Your text still holds: ${found}. Take it out, or choose "Remove automatically" and send again.`,
    removeAutomatically: 'Remove automatically',
    sent: 'Sent without the recognisable details.',
    sentAsIs: 'Sent.',
  },

  profile: {
    summary: 'Two questions about you',
    title: 'Getting to know you',
    why: 'I ask this once. It brings your question to the right advisor and tells us which centres we reach.',
    save: 'Save',
    saved: 'Saved. You can always change it through "my data".',
    change: 'Change',
  },

  myData: {
    summary: 'What the helpdesk holds about you',
    title: 'What the helpdesk holds about you',
    name: 'Name',
    email: 'E-mail address',
    notKept: 'not kept',
    questions: 'Questions',
    questionCount: (n) => count(n, 'question', 'questions'),
    explanation:
      'With each question we keep the text, theme, channel, your centre and function, the times and the answer. Statistics never hold text or names.',
  },

  channelSetup: {
    summary: 'Advisors channel',
    done: (service) => `This channel is now the advisors channel of ${service}. New questions arrive here.`,
    notAllowed: 'Only an administrator can set up an advisors channel.',
    notHere: 'Type this in the channel itself: "@Helpdesk advisors channel poc-plus".',
    unknown: (names) => `I do not know that service. Choose from: ${names}.`,
  },

  reload: {
    summary: 'Reload content',
    done: (items) => `The content has been loaded again: ${items} items.`,
    failed: (problems) => `The content has not been replaced, because there are mistakes:\n\n${problems}`,
    notAllowed: 'Only an administrator can reload the content.',
  },

  fault: {
    summary: 'That did not work just now',
    again: 'Something went wrong on our side and your message was not handled. Try again in a few minutes.',
    tooFast: 'That is a great many messages in a short time. Wait a minute and then try again.',
    oldCard: 'This button no longer works. Type "my questions" and open your question again.',
    notAllowed: 'Only an advisor or the quality team can do that.',
    ofThisService:
      'In this channel I only show questions of this service. If it is a question of another service, type the number in your own chat with the helpdesk.',
    belong: 'Are you one of them?',
    ask: (administrators) =>
      `Ask ${administrators.length > 0 ? or.format(administrators) : 'whoever installed the helpdesk'}.`,
  },
};
