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
  | 'reach-advisor'
  | 'greeting'
  | 'thanks'
  | 'never-mind';

const helpdesk = '(?:(?:de|het|deze) helpdesk|jullie|je|jij)';
const somebody = '(?:(?:een|de) )?(?:(?:echte? )?(?:mens|persoon)|adviseur|medewerker|collega|iemand(?: anders)?)';
const toSpeak = '(?:spreken|praten|bellen|contacteren|bereiken)';
const day = '(?:dag|morgen|middag|namiddag|avond)';
const thanks = '(?:bedankt|dank (?:u|je)(?: wel)?|dank(?:je|u)wel|dank|merci|thx|thanks)';
const fine = '(?:ok|oke|oké|top|super|prima|fijn|duidelijk|goed zo|in orde|heel erg|hartelijk)';

/** What people type, lower case and without closing punctuation. Whole messages only: a question may hold any of it. */
const commandWords: [RegExp, TypedCommand][] = [
  [/^(help|hulp|menu|start)$/, 'help'],
  [new RegExp(`^hoe werkt (dit|het|${helpdesk})( precies)?$`), 'help'],
  [/^(wie|wat) (ben|is|bent) (jij|je|u|dit|de helpdesk)( (eigenlijk|precies))?$/, 'help'],
  [
    /^(wat|waarmee) (kan|kun|doe) (jij|je)( (allemaal|eigenlijk|precies|mij|me|voor mij|voor me|doen|helpen))*$/,
    'help',
  ],
  [/^(ben|is) (jij|je|dit) een (mens|robot|bot|computer|chatbot)$/, 'help'],
  [/^(mijn vragen|mijn vraag|heb ik al (een )?antwoord)$/, 'my-questions'],
  [
    /^(waar (is|blijft|zijn)|hoe ver staat|hoe staat het met|(wat is )?(de )?status van|is er al (een )?antwoord op) (het antwoord op )?mijn vra(ag|gen)( van (gisteren|vandaag|daarnet|deze week|vorige week))?( gebleven)?$/,
    'my-questions',
  ],
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
  // A channel alone begins a registration on one line.
  [/^(registreer|registreren|registratie|tel|telefoon|mail|wa|whatsapp|informeel)$/, 'register'],
  [/^(vraag|stel een vraag|nieuwe vraag|vraag stellen)$/, 'ask'],
  [/^(openingsuren|openingstijden|bereikbaarheid)( van)?( de| het)?( helpdesk)?$/, 'reach-advisor'],
  [
    new RegExp(
      `^(wanneer|tot wanneer|(tot|vanaf) hoe laat|op welke (uren|dagen)|hoe laat)( is| zijn| gaat| kan ik| kunnen we)? (${helpdesk}|${somebody})( nog| er| vandaag| morgen)*( bereikbaar| open| toe| gesloten| beschikbaar| ${toSpeak})?$`,
    ),
    'reach-advisor',
  ],
  [
    new RegExp(
      `^(is|zijn) (${helpdesk}|er iemand)( nog| er| nu| vandaag| morgen)*( bereikbaar| open| gesloten| beschikbaar)?( (in|tijdens) de( \\p{L}+)?vakantie)?( bereikbaar| open| gesloten)?$`,
      'u',
    ),
    'reach-advisor',
  ],
  [
    new RegExp(
      `^(${somebody}|telefoonnummer|(bel|contacteer) (me|mij|${somebody})( op| terug)?)( (van )?de helpdesk)?$`,
    ),
    'reach-advisor',
  ],
  [
    new RegExp(
      `^(ik wil|ik zou|ik wou|mag ik|kan ik|kunnen we|liever)( graag| eens| even| liever)*( met)? ${somebody}( willen| kunnen)?( ${toSpeak})?$`,
    ),
    'reach-advisor',
  ],
  [
    new RegExp(
      `^(kan|kunnen|wil|zou) (${helpdesk}|${somebody}) (mij|me|ons)( eens| even)? (op|terug)?(bellen|contacteren)$`,
    ),
    'reach-advisor',
  ],
  [new RegExp(`^hoe (bereik|contacteer|spreek) ik (${helpdesk}|${somebody})$`), 'reach-advisor'],
  [
    new RegExp(
      `^(hallo|dag|hey|hoi|hi|hello|yo|salut|gegroet|test|beste|goe(de|ie)? ?${day})?,?( daar| helpdesk| allemaal| iedereen| collega)?,?( ?(alles (goed|ok|oké|in orde)|hoe gaat het( met (je|jou|u))?))?$`,
    ),
    'greeting',
  ],
  [
    new RegExp(
      `^(${fine},? )?${thanks}( voor (je|jullie|uw|de|het) (\\p{L}+ )?(hulp|antwoord|uitleg|info|informatie))?( hoor| alvast)?$`,
      'u',
    ),
    'thanks',
  ],
  [new RegExp(`^(${fine}|ja|nee)( hoor)?$`), 'thanks'],
  [
    /^(stop|annuleer|annuleren|laat maar( zitten)?|niets|niks|vergeet het( maar)?|(het is )?(al )?opgelost)$/,
    'never-mind',
  ],
];

export const commands = {
  words: commandWords,
  advisorsChannel: /^adviseurskanaal(?:\s+([\w-]{1,60}))?$/,
  qualityChannel: /^kwaliteitskanaal$/,
  /** The year before, or the year in which a school year begins. */
  statisticsOf:
    /^(?:statistiek|statistieken|cijfers) (?:van )?(?:(vorig (?:school)?jaar)|(?:schooljaar )?(20\d\d)(?: ?[-/] ?(?:20)?\d\d)?)$/,
  ticketNumber: /^(?:vraag )?hd-(\d{4})-(\d{1,7})$/,
  removeWording: /^verwijder verwoording ([0-9a-f]{8})$/,
  redact:
    /^(?:maak )?(?:vraag )?hd-(\d{4})-(\d{1,7}) onleesbaar$|^(?:maak )?onleesbaar (?:vraag )?hd-(\d{4})-(\d{1,7})$/,
  questionPrefix: /^vraag\s*:\s*/i,
};

/** How somebody says that they will be away. */
export const absenceWords: AbsenceWords = {
  away: 'afwezig|ik ben afwezig',
  awayLast: /^ik ben (?:er )?(.+) (?:afwezig|weg|niet|met verlof|met vakantie)$/,
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
