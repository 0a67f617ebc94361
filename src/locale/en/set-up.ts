// What administrators and advisors read while they set the helpdesk up, in English.

import type { nl } from '../nl/nl.ts';
import type { Room } from '../room.ts';
import { day } from './forms.ts';

export const setUp: Room<typeof nl.setUp> = {
  summary: 'Settings',
  notAllowed: 'Only an administrator can see and change the settings.',
  noContact:
    'You are not registered as a contact, so there is nobody to stand in for. Ask an administrator to put your e-mail address with a contact.',
  nobody: 'nobody',
  somebody: 'somebody',

  overview: {
    title: 'Settings of the helpdesk',
    channels: 'Channels',
    channelSet: (service) => `${service}: advisors’ channel set`,
    channelMissing: (service) => `${service}: no advisors’ channel yet`,
    channelHow: (id) => `Type in that channel: @Helpdesk advisors channel ${id}`,
    qualitySet: 'Quality team: channel set',
    qualityMissing: 'Quality team: no channel yet',
    qualityHow: 'Type in that channel: @Helpdesk quality channel',
    people: 'Contacts',
    counted: (contacts, themes) => `${contacts} contacts for ${themes} themes in use`,
    todo: 'What is still to be done',
    fine: 'Nothing: everything is set.',
    absences: 'Absent',
    none: 'No absence is noted.',
    more: (n) => `and ${n} more`,
  },

  gaps: {
    'no-substitute': (name) => `${name} has no substitute`,
    circle: (name) => `${name} is absent and the substitutes point to each other`,
    'absent-without-substitute': (name, to) => `${name} is absent up to and including ${day(to)}, without a substitute`,
    'substitute-absent': (name, to) => `The substitute of ${name} is absent too, up to and including ${day(to)}`,
    'no-contact': (name) => `${name} has no contact: questions go to reception`,
  },

  contacts: {
    title: 'Contacts per theme',
    line: (role, substitute) => `${role} · substitute: ${substitute}`,
    away: (role, to, now) => `${role} (absent up to and including ${day(to)}), now ${now}`,
    noContact: 'no contact: questions go to reception',
    retired: 'no longer in use',
    changeContact: 'Change a contact',
    changeTheme: 'Change a theme',
  },

  choose: {
    contact: 'Which contact?',
    theme: 'Which theme?',
    hint: 'Type part of the name',
    next: 'Next',
  },

  contact: {
    title: 'Change a contact',
    role: 'Name of the role',
    email: 'E-mail address (whoever signs in with it is the contact)',
    substitute: 'Substitute',
    save: 'Save',
    undo: 'Undo the last change',
    last: (name, at) => `Last changed by ${name} on ${at}.`,
    saved: (role) => `Saved: ${role}. It holds for new questions at once.`,
    undone: (name) => `The last change to ${name} was undone.`,
  },

  theme: {
    title: 'Change a theme',
    name: 'Name that everybody sees',
    keywords: 'Synonyms and keywords, one a line',
    service: 'Service',
    contact: 'Contact',
    use: 'Use',
    retired: 'No longer in use: new questions do not get this theme',
    saved: (name) => `Saved: ${name}. The index knows it at once.`,
    retiredNow: (name, open) => `${name} is no longer in use. ${open} What the theme has stays, in the figures too.`,
    open: (n) =>
      n === 0
        ? 'No questions about it are open.'
        : n === 1
          ? 'One question about it is open and stays with its contact.'
          : `${n} questions about it are open and stay with their contacts.`,
  },

  absence: {
    title: 'Absence',
    mine: 'My absence',
    of: (role) => `Absence: ${role}`,
    everybody: 'Absences',
    who: 'Who is absent?',
    from: 'First day',
    to: 'Last day (included)',
    substitute: 'Substitute',
    usual: 'the usual substitute',
    why: 'We ask for no reason and keep none.',
    save: 'Note it',
    add: 'Note an absence',
    endOf: (role, from, to) => `End ${day(from)} – ${day(to)}: ${role}`,
    none: 'No absence is noted. Type for example: absent until 12/1, substitute professional secrecy',
    line: (role, from, to) => `${role}: from ${day(from)} up to and including ${day(to)}`,
    by: (role) => `Substitute: ${role}`,
    saved: (role, from, to) => `Noted: ${role} is absent from ${day(from)} up to and including ${day(to)}.`,
    now: (role) => `Questions and reminders then go to ${role}.`,
    noSubstitute: 'Nobody who is there then stands in: questions go to reception or the coordinator.',
    back: (role) => `Welcome back. Questions go to ${role} again.`,
    ended: (role) => `The absence of ${role} has ended.`,
    unread: (typed) => `I do not recognise the day "${typed}". Write it as 12/1, or choose it with "Note an absence".`,
    unknown: (typed) =>
      `I know no contact "${typed}". Type "contacts" to see them, or choose one with "Note an absence".`,
    ambiguous: (typed, roles) =>
      `"${typed}" can be several contacts: ${roles}. Type more of the name, or choose one with "Note an absence".`,
    complete: 'Fill in who and the days, with "Note an absence".',
  },

  refusal(refusal) {
    switch (refusal.kind) {
      case 'not-allowed':
        return 'Only an administrator may do that. Note your own absence with "absent".';
      case 'unknown-contact':
        return 'I do not know that contact. Choose one from the list.';
      case 'unknown-theme':
        return 'I do not know that theme. Choose one from the list.';
      case 'unknown-service':
        return 'I do not know that service. Choose one from the list.';
      case 'in-the-past':
        return 'That last day has passed. Choose a day from today on.';
      case 'end-before-begin':
        return 'The last day is before the first. Turn them round.';
      case 'too-long':
        return `An absence can last ${refusal.days} days at most. Otherwise give the theme another contact.`;
      case 'own-substitute':
        return 'Nobody can stand in for themselves. Choose somebody else.';
      case 'other-service':
        return 'Contact, substitute and theme belong to the same service. Choose a contact of that service.';
      case 'substitute-absent':
        return `${refusal.role} is absent then too, up to and including ${day(refusal.to)}. Choose somebody else.`;
      case 'not-absent':
        return 'No absence that was noted in the helpdesk runs now.';
      case 'bad-name':
        return `A name has 2 to ${refusal.most} characters, without < > [ ].`;
      case 'bad-email':
        return 'That is no e-mail address. Write it as name@school.be.';
      case 'too-many-words':
        return `Keep it to ${refusal.most} keywords.`;
      case 'changed-meanwhile':
        return 'Somebody else changed this meanwhile. Below is how it stands now; make your change again.';
      case 'nothing-changed':
        return 'Nothing was changed.';
      case 'nothing-to-undo':
        return 'There is no change to undo.';
    }
  },

  files: {
    written: (n, file) =>
      n === 1
        ? `One change to a contact or theme is in ${file}.`
        : `${n} changes to contacts and themes are in ${file}.`,
    plan: (same, changed, conflicts) =>
      `Contacts and themes: ${same} as here, ${changed} to take over, ${conflicts} in conflict.`,
    applied: (n) => (n === 1 ? 'One contact or theme taken over.' : `${n} contacts and themes taken over.`),
    conflict: (id, why) => `${id} not taken over: ${why}`,
    changedHere: (field) => `"${field}" is something else here by now than in the file`,
    unknown: 'does not exist here',
  },
};
