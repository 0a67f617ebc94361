// What people type in English that is a command or a part of a registration; the Dutch words are understood as well.

import type { AbsenceWords } from '../../domain/absence-line.ts';
import type { LineWords } from '../../domain/registration-line.ts';
import {
  commands as dutch,
  absenceWords as dutchAbsence,
  lineWords as dutchLine,
  type TypedCommand,
} from '../nl/typed.ts';

/** Lower case and without closing punctuation. */
const commandWords: [RegExp, TypedCommand][] = [
  [/^(help|how does (this|it) work|menu|start)$/, 'help'],
  [/^(my questions?)$/, 'my-questions'],
  [/^(open questions|my work)$/, 'open-questions'],
  [/^(statistics|figures)$/, 'statistics'],
  [/^(recurring (questions|topics)|knowledge gaps)$/, 'topics'],
  [/^(my data|my profile)$/, 'my-data'],
  [/^my data (as )?json$/, 'my-data-json'],
  [/^(erase|delete|remove) my data$/, 'forget-me'],
  [/^(reload|reload content)$/, 'reload'],
  [/^(wordings|learnt wordings)$/, 'wordings'],
  [/^(knowledge base|to review|review)$/, 'knowledge'],
  [/^(share|offer) (a )?material$/, 'offer'],
  [/^((helpdesk )?sessions?)$/, 'sessions'],
  [/^(my week|my time)$/, 'my-week'],
  [/^(settings|set-up)$/, 'set-up'],
  [/^(contacts|who is who)$/, 'contacts'],
  [/^(my absence|absences)$/, 'my-absence'],
  [/^(back|i am back)$/, 'back'],
  [/^(register|registration)$/, 'register'],
  [/^(question|ask|ask a question|new question)$/, 'ask'],
  [
    /^(opening hours|when (are you|is the helpdesk) open|(speak|talk) to (a person|somebody|an advisor)|call me( back)?)$/,
    'reach-advisor',
  ],
  [/^(hello|hi|hey|good (morning|afternoon|evening|day))( there| helpdesk| all| everybody)?$/, 'greeting'],
  [/^(thanks|thank you( very much)?|many thanks|cheers|great|perfect|fine|yes|no|all right|okay)$/, 'thanks'],
  [/^(stop|cancel|never ?mind|nothing|forget it|(it is )?(already )?solved)$/, 'never-mind'],
  ...dutch.words,
];

/** Two patterns with the same groups: what was found is in the groups of whichever fits. */
export const commands: typeof dutch = {
  words: commandWords,
  advisorsChannel: /^(?:advisors? channel|adviseurskanaal)(?:\s+([\w-]{1,60}))?$/,
  statisticsOf:
    /^(?:statistics|figures|statistiek|statistieken|cijfers) (?:of |van )?(?:(last (?:school )?year|vorig (?:school)?jaar)|(?:school ?year |schooljaar )?(20\d\d)(?: ?[-/] ?(?:20)?\d\d)?)$/,
  qualityChannel: /^(?:quality channel|kwaliteitskanaal)$/,
  ticketNumber: /^(?:question |vraag )?hd-(\d{4})-(\d{1,7})$/,
  removeWording: /^(?:remove wording|verwijder verwoording) ([0-9a-f]{8})$/,
  redact:
    /^(?:redact (?:question )?|(?:maak )?onleesbaar (?:vraag )?)hd-(\d{4})-(\d{1,7})$|^(?:maak )?(?:vraag )?hd-(\d{4})-(\d{1,7}) onleesbaar$/,
  questionPrefix: /^(?:question|vraag)\s*:\s*/i,
};

/** How somebody says that they will be away, in either language. */
export const absenceWords: AbsenceWords = {
  awayLast: /^(?:i am|ik ben(?: er)?) (.+) (?:absent|away|on leave|afwezig|weg|niet|met verlof|met vakantie)$/,
  away: `absent|away|i am away|i am absent|${dutchAbsence.away}`,
  from: `from|${dutchAbsence.from}`,
  until: `up to and including|until|till|to|${dutchAbsence.until}`,
  substitute: `substitute|replaced by|${dutchAbsence.substitute}`,
  nextWeek: `next week|${dutchAbsence.nextWeek}`,
  next: `next|${dutchAbsence.next}`,
  days: { ...dutchAbsence.days, today: 0, now: 0, tomorrow: 1 },
  weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((name, at) => [
    name,
    ...dutchAbsence.weekdays[at]!,
  ]),
  months: [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ].map((name, at) => [name, ...dutchAbsence.months[at]!]),
};

/** Without accents, as in `domain/registration-line.ts`. */
export const lineWords: LineWords = {
  channels: { ...dutchLine.channels, phone: 'phone', call: 'phone', called: 'phone', informal: 'informal' },
  numbers: {
    ...dutchLine.numbers,
    quarter: 0.25,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    ninety: 90,
    hundred: 100,
  },
  units: { ...dutchLine.units, hour: 60, hours: 60, hr: 60, hrs: 60, minute: 1, minutes: 1, mins: 1 },
  filler: [...dutchLine.filler, 'a', 'an', 'and', 'about', 'roughly', 'of'],
};
