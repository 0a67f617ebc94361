// Every English sentence about what is held of people: shown, handed over, erased, made unreadable. Knows no logic.

import type { data as dutch } from '../nl/data.ts';
import type { Room } from '../room.ts';
import { count } from './forms.ts';

const questions = (n: number): string => count(n, 'question', 'questions');

export const data: Room<typeof dutch> = {
  asJson: 'Show as JSON',
  erase: 'Erase my data…',
  json: {
    summary: 'Your data as JSON',
    intro: (parts) =>
      parts === 1
        ? 'This is everything the helpdesk holds about you.'
        : `This is everything the helpdesk holds about you, in ${parts} messages.`,
    tooMuch: 'That is too much for a chat. Ask your administrator for it as a file.',
  },
  confirm: {
    summary: 'Erase my data',
    title: 'Erase my data',
    lines: (n, underWay) => [
      n === 0
        ? 'You have asked no questions yet.'
        : `The text of your ${questions(n)} and the answers to it are erased.`,
      ...(underWay === 0 ? [] : [`Still under way: ${questions(underWay)}, which will be withdrawn.`]),
      'Your name, e-mail address, centre and function go too. All that is left is a number in the figures, which nobody can link to you.',
      'This cannot be undone. If you first want to see what there is, type **my data**.',
    ],
    yes: 'Yes, erase my data',
    onlyInChat: 'Type this in your own chat with the helpdesk, not in a channel or group.',
  },
  emptied: {
    summary: 'Text erased',
    text: 'The text of this message was erased, together with the question that it came from.',
  },
  erasing: {
    summary: 'Your data are being erased',
    text: 'Your data are being erased now. That takes a few minutes at most: the text then also goes from your cards above. What you typed in this chat yourself, you delete in Teams.',
  },
  redact: {
    summary: (number) => `Redact ${number}`,
    title: (number) => `Redact ${number}`,
    lines: [
      'Every text of this question and the name of the requester are erased. Theme, centre, times and who worked on it stay.',
      'What was made from it goes too: drafts of answers and cases, learnt wordings and FAQ proposals that are not published yet.',
      'This cannot be undone. It is noted, without text.',
    ],
    underWay:
      'This question is still under way. Close it first, or have the requester withdraw it: otherwise a colleague loses what still has to be answered.',
    yes: 'Yes, redact it',
    done: (number, stay = []) =>
      [
        `${number} has been redacted. The cards in the chat and the channel are updated.`,
        ...(stay.length > 0
          ? [
              `Published already, and so still there: ${stay.map((title) => `"${title}"`).join(', ')}. Read whether it holds anything recognisable; with \`knowledge base\` you take it away.`,
            ]
          : []),
      ].join(' '),
    command: (number) => `redact ${number}`,
    notAllowed: 'Only an administrator can redact a question.',
  },
};
