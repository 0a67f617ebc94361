// The public pages in English: what the helpdesk is, privacy and terms. Facts of the program only; no legal ground.

import type { pages as dutch } from '../nl/pages.ts';
import type { Room } from '../room.ts';

export const pages: Room<typeof dutch> = {
  about: {
    title: 'Helpdesk of POC+ and PBD-GO!',
    intro: 'Ask your question in Teams. You get an answer with its source, or an advisor of POC+ or PBD-GO! helps you.',
    sections: [
      {
        title: 'How to begin',
        lines: [
          'Look for "Helpdesk" under Apps in Teams and add it.',
          'Type your question in your own words, or type "help".',
          'If you cannot find the app, ask whoever administers Teams in your school or centre.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Privacy',
    intro:
      'What the helpdesk holds about you, for how long, and what you can do yourself. The helpdesk is no pupil file.',
    sections: (days) => [
      {
        title: 'What we hold',
        lines: [
          'Of who asks a question: name and identifier in Teams, and centre and function when you fill them in.',
          'Of your question: the text, the theme, the answer and the times. Attachments are not kept.',
          'Of who answers: the name, and the time they noted.',
        ],
      },
      {
        title: 'Details of pupils',
        lines: [
          'Leave names and details of pupils out of your question.',
          'The helpdesk looks along before it keeps anything: if something recognisable is in it, you choose what happens. A national register number cannot be sent. That is an aid, not a guarantee.',
        ],
      },
      {
        title: 'What for and by whom',
        lines: [
          'To answer your question: you, and the advisors of the service that handles it.',
          'To see what is asked: the quality team, in figures from which small numbers are left out for whoever may not see everything.',
          'Your data are not sold or used for advertising, and no profile of you is made.',
        ],
      },
      {
        title: 'For how long',
        lines: [
          `Texts, answers and names: until ${days} days after the end of the school year. After that only numbers remain.`,
          'What you typed and received in Teams itself follows the retention of Teams in your organisation.',
        ],
      },
      {
        title: 'What you can do yourself',
        lines: [
          'Type "my data" to the helpdesk: you see everything that is held about you, also as a file.',
          'Type "erase my data": text, name and link are erased, numbers remain.',
          'To correct something, or with a question or complaint: turn to the helpdesk, or to the data protection officer of your organisation.',
        ],
      },
    ],
  },
  terms: {
    title: 'Terms of use',
    intro: 'What you may expect of the helpdesk, and what it asks of you.',
    sections: [
      {
        title: 'What you may expect',
        lines: [
          'Answers show their source. When the helpdesk is not sure it says so, and an advisor helps.',
          'An answer is advice. It replaces no decision of your centre or school and no legal advice.',
          'The helpdesk is no emergency line. In immediate danger: call 112.',
        ],
      },
      {
        title: 'What we ask of you',
        lines: [
          'Use the helpdesk for your work, with your own account.',
          'Leave names and details of pupils out of your question.',
          'Share an answer together with its source.',
        ],
      },
    ],
  },
};
