// What people type that is a command or a part of a registration, and how it is recognised. Knows no sentence of ours.

import type { AbsenceWords } from '../../domain/absence-line.ts';
import type { LineWords } from '../../domain/registration-line.ts';

export type TypedCommand =
  | 'help'
  | 'my-questions'
  | 'open-questions'
  | 'statistics'
  | 'my-data'
  | 'my-data-json'
  | 'forget-me'
  | 'topics'
  | 'reload'
  | 'wordings'
  | 'knowledge'
  | 'offer'
  | 'register'
  | 'sessions'
  | 'my-week'
  | 'set-up'
  | 'contacts'
  | 'my-absence'
  | 'back'
  | 'ask'
  | 'greeting'
  | 'thanks';

/** What people type, lower case and without closing punctuation. */
const commandWords: [RegExp, TypedCommand][] = [
  [/^(help|hulp|hoe werkt dit|menu|start)$/, 'help'],
  [/^(mijn vragen|mijn vraag)$/, 'my-questions'],
  [/^(open vragen|openstaande vragen|mijn werk)$/, 'open-questions'],
  [/^(statistiek|statistieken|cijfers)$/, 'statistics'],
  [/^(terugkerende (vragen|onderwerpen)|kennislacunes)$/, 'topics'],
  [/^(mijn gegevens|mijn profiel)$/, 'my-data'],
  [/^mijn gegevens (als )?json$/, 'my-data-json'],
  [/^(wis|verwijder) mijn gegevens$/, 'forget-me'],
  [/^(herlaad|herlaad inhoud)$/, 'reload'],
  [/^(verwoordingen|geleerde verwoordingen)$/, 'wordings'],
  [/^(kennisbank|te beoordelen|nazicht)$/, 'knowledge'],
  [/^(deel|bied) (een )?materiaal( aan)?$|^materiaal (delen|aanbieden)$/, 'offer'],
  [/^(sessie|sessies|helpdesksessie|helpdesksessies)$/, 'sessions'],
  [/^(mijn week|mijn tijd)$/, 'my-week'],
  [/^(instellingen|instelling)$/, 'set-up'],
  [/^(aanspreekpunten|aanspreekpunt|wie is wie)$/, 'contacts'],
  [/^(mijn afwezigheid|mijn afwezigheden|afwezigheden)$/, 'my-absence'],
  [/^(terug|ik ben terug)$/, 'back'],
  [/^(registreer|registreren|registratie)$/, 'register'],
  [/^(vraag|stel een vraag|nieuwe vraag|vraag stellen)$/, 'ask'],
  [
    /^(hallo|dag|hey|hoi|goede?(morgen|middag|namiddag|avond|dag)|hi|hello|test|yo)( daar| helpdesk| allemaal)?$/,
    'greeting',
  ],
  [
    /^(bedankt|dank u( wel)?|dank je( wel)?|dankjewel|dankuwel|merci|thx|thanks|ok|oke|oké|top|super|prima|ja|nee|goed zo|in orde)( hoor| alvast)?$/,
    'thanks',
  ],
];

export const commands = {
  words: commandWords,
  advisorsChannel: /^adviseurskanaal(?:\s+([\w-]{1,60}))?$/,
  qualityChannel: /^kwaliteitskanaal$/,
  ticketNumber: /^(?:vraag )?hd-(\d{4})-(\d{1,7})$/,
  removeWording: /^verwijder verwoording ([0-9a-f]{8})$/,
  redact:
    /^(?:maak )?(?:vraag )?hd-(\d{4})-(\d{1,7}) onleesbaar$|^(?:maak )?onleesbaar (?:vraag )?hd-(\d{4})-(\d{1,7})$/,
  questionPrefix: /^vraag\s*:\s*/i,
};

/** How somebody says that they will be away. */
export const absenceWords: AbsenceWords = {
  away: 'afwezig|ik ben afwezig',
  from: 'van|vanaf',
  until: 'tot en met|tot|t\\/?\\.?e\\.?m\\.?|tem',
  substitute: 'vervanger|vervangen door|vervanging|vervangt mij is',
  nextWeek: 'volgende week',
  next: 'volgende|komende',
  days: { vandaag: 0, nu: 0, morgen: 1, overmorgen: 2 },
  weekdays: [
    ['maandag', 'ma'],
    ['dinsdag', 'di'],
    ['woensdag', 'wo'],
    ['donderdag', 'do'],
    ['vrijdag', 'vr'],
    ['zaterdag', 'za'],
    ['zondag', 'zo'],
  ],
  months: [
    ['januari', 'jan'],
    ['februari', 'feb'],
    ['maart', 'mrt'],
    ['april', 'apr'],
    ['mei'],
    ['juni', 'jun'],
    ['juli', 'jul'],
    ['augustus', 'aug'],
    ['september', 'sep', 'sept'],
    ['oktober', 'okt'],
    ['november', 'nov'],
    ['december', 'dec'],
  ],
};

/** What advisors type in a registration on one line, without accents. */
export const lineWords: LineWords = {
  channels: {
    tel: 'phone',
    telefoon: 'phone',
    gebeld: 'phone',
    mail: 'mail',
    email: 'mail',
    wa: 'whatsapp',
    whatsapp: 'whatsapp',
    info: 'informal',
    informeel: 'informal',
  },
  numbers: {
    half: 0.5,
    halve: 0.5,
    een: 1,
    anderhalf: 1.5,
    twee: 2,
    drie: 3,
    vier: 4,
    vijf: 5,
    zes: 6,
    zeven: 7,
    acht: 8,
    negen: 9,
    tien: 10,
    twaalf: 12,
    vijftien: 15,
    twintig: 20,
    vijfentwintig: 25,
    dertig: 30,
    vijfendertig: 35,
    veertig: 40,
    vijfenveertig: 45,
    vijftig: 50,
    vijfenvijftig: 55,
    zestig: 60,
    negentig: 90,
    honderd: 100,
  },
  units: {
    u: 60,
    uur: 60,
    uren: 60,
    uurtje: 60,
    h: 60,
    halfuur: 30,
    halfuurtje: 30,
    kwartier: 15,
    kwartiertje: 15,
    m: 1,
    min: 1,
    minuut: 1,
    minuten: 1,
    minuutje: 1,
    minuutjes: 1,
  },
  filler: ['en', 'ongeveer', 'circa', 'ca', '~', '±'],
};
