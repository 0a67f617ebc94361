// Every Dutch sentence that people see. Knows no logic but number, date and list forms.

import type { FigureKey } from '../domain/measures.ts';
import type { LineWords } from '../domain/registration-line.ts';
import type { SessionRefusal } from '../domain/sessions.ts';
import type { Instant, IntakeChannel } from '../domain/terms.ts';
import type { Outcome, Refusal, ReminderStep, State } from '../domain/ticket.ts';
import { nlDashboard } from './nl-dashboard.ts';
import { nlData } from './nl-data.ts';
import { nlDemonstration } from './nl-demonstration.ts';
import { nlImport } from './nl-import.ts';
import { nlItems } from './nl-items.ts';
import { nlLint } from './nl-lint.ts';
import { nlMaterial } from './nl-material.ts';
import { nlPages } from './nl-pages.ts';
import { nlReport } from './nl-report.ts';
import { nlSheets } from './nl-sheets.ts';
import { nlTopics } from './nl-topics.ts';
import { nlWordings } from './nl-wordings.ts';

const zone = 'Europe/Brussels';
const dayAndTime = new Intl.DateTimeFormat('nl-BE', {
  timeZone: zone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const clock = new Intl.DateTimeFormat('nl-BE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const calendarDay = new Intl.DateTimeFormat('nl-BE', {
  timeZone: zone,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

const weekday = new Intl.DateTimeFormat('nl-BE', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });

/** "di 24 nov" for "2026-11-24". */
function shortDay(date: string): string {
  const at = new Date(`${date}T12:00:00Z`);
  const part = Object.fromEntries(weekday.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month}`;
}

/** "di 24 nov, 09:12" */
function moment(at: Instant): string {
  const part = Object.fromEntries(dayAndTime.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month}, ${part.hour}:${part.minute}`;
}

const day = (date: string): string => calendarDay.format(new Date(`${date}T12:00:00Z`));
const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const outcome: Record<Outcome, string> = {
  'self-service': 'opgelost met het antwoord van de helpdesk',
  'self-service-unconfirmed': 'antwoord getoond, geen reactie',
  answered: 'beantwoord',
  referred: 'doorverwezen',
  withdrawn: 'ingetrokken',
  'no-answer-needed': 'geen antwoord nodig',
  merged: 'samengevoegd met een gelijke vraag',
};

const state: Record<State['kind'], string> = {
  answered: 'Wacht op je reactie',
  open: 'Doorgestuurd',
  claimed: 'In behandeling',
  'awaiting-requester': 'Wacht op jouw antwoord',
  closed: 'Afgerond',
};

const channel: Record<IntakeChannel, string> = {
  teams: 'Teams',
  phone: 'telefoon',
  mail: 'mail',
  whatsapp: 'WhatsApp',
  session: 'helpdesksessie',
  informal: 'informeel',
};

/** What a refusal says to the person who was refused: what happened, and what to do. */
function refusal(no: Refusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'Deze vraag vind ik niet, of ze is niet voor jou bestemd. Typ "mijn vragen" om jouw vragen te zien.';
    case 'already-claimed':
      return `${no.by.name} behandelt deze vraag sinds ${moment(no.since)}. Spreek af in de draad onder de vraag, of laat ze overdragen.`;
    case 'already-closed':
      return `Deze vraag is al afgerond (${outcome[no.outcome]}, ${moment(no.at)}). Heropen ze of stel een nieuwe vraag.`;
    case 'already-routed':
      return 'Deze vraag ging al naar een adviseur. Het antwoord komt hier in de chat.';
    case 'not-routed':
      return 'Deze vraag ging nog niet naar een adviseur. Kies eerst "Vraag een adviseur".';
    case 'not-claimed':
      return 'Niemand behandelt deze vraag nu, er is dus niets terug te geven.';
    case 'not-closed':
      return 'Dat kan pas als de vraag afgerond is.';
    case 'nothing-suggested':
      return 'Er is nog geen antwoord gekozen. Kies eerst een van de voorstellen.';
    case 'reopen-too-late':
      return `Heropenen kan tot ${no.days} dagen na het afronden. Stel je vraag opnieuw, dan helpt een adviseur je verder.`;
    case 'already-surveyed':
      return 'Je hebt deze bevraging al ingevuld. Bedankt!';
    case 'invalid-minutes':
      return `Geef de tijd in hele minuten, van 1 tot ${no.most}.`;
    case 'asked-in-the-future':
      return 'Die dag moet nog komen. Kies vandaag of een dag die voorbij is.';
    case 'asked-too-long-ago':
      return `Registreren kan tot ${no.days} dagen terug. Kies een latere dag.`;
    case 'channel-is-fixed':
      return 'Deze vraag kwam via Teams binnen: dat kanaal kan je niet aanpassen.';
    case 'not-registered':
      return 'Deze vraag is niet door jou geregistreerd. Alleen wie registreerde of het kwaliteitsteam kan dit.';
    case 'same-ticket':
      return 'Dat is dezelfde vraag. Kies een andere.';
    case 'already-merged':
      return `Deze vraag is al samengevoegd met ${no.number}. Haal ze eerst uit elkaar.`;
    case 'merge-into-registered':
      return 'Een vraag uit Teams kan niet opgaan in een geregistreerde vraag: de vraagsteller zou geen antwoord krijgen. Voeg de geregistreerde vraag samen met deze, of koppel ze.';
    case 'not-merged':
      return 'Deze vraag is niet samengevoegd, er is dus niets ongedaan te maken.';
    case 'already-linked':
      return `Deze vraag is al gekoppeld aan ${no.number}.`;
    case 'not-linked':
      return 'Die vraag is niet gekoppeld aan deze.';
    case 'no-reach':
      return 'Kies of het binnen of buiten het GO! is.';
    case 'retracted':
      return 'Deze registratie is ongedaan gemaakt. Registreer de vraag opnieuw.';
    case 'survey-expired':
      return `Deze bevraging kon je invullen tot ${no.days} dagen na je vraag. Bedankt dat je de tijd wilde nemen.`;
    case 'invalid-scores':
      return 'Geef bij minstens één stelling een score.';
    case 'empty-text':
      return 'Er staat nog geen tekst. Vul het tekstveld in en verstuur opnieuw.';
    case 'text-too-long':
      return `Deze tekst is te lang: hou het bij ${no.most} tekens.`;
    case 'unreadable':
      return 'Deze vraag is onleesbaar gemaakt en kan niet meer heropend worden. Stel ze opnieuw als je nog iets wil weten.';
    case 'too-many-events':
      return 'Er is met deze vraag al zo veel gebeurd dat er niets meer bij kan. Rond ze af en stel een nieuwe vraag.';
  }
}

function sessionRefusal(no: SessionRefusal): string {
  switch (no.kind) {
    case 'no-programme':
      return 'Vul het programma in, bijvoorbeeld "Helpdesk live".';
    case 'no-theme':
      return 'Kies een thema uit de lijst.';
    case 'no-title':
      return 'Geef de sessie een titel.';
    case 'session-in-the-future':
      return 'Die dag moet nog komen. Noteer de sessie als ze voorbij is.';
    case 'session-too-long-ago':
      return `Een sessie noteren kan tot ${no.days} dagen terug. Oudere cijfers worden ingelezen.`;
    case 'invalid-participants':
      return `Geef het aantal deelnemers als heel getal, van 0 tot ${no.most}.`;
    case 'more-per-centre':
      return `Per centrum tel ik ${no.sum} deelnemers, meer dan het totaal. Pas een van beide aan.`;
    case 'session-minutes':
      return `Geef de tijd in hele minuten, van 1 tot ${no.most}.`;
  }
}

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
  | 'register'
  | 'sessions'
  | 'my-week'
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
  [/^(sessie|sessies|helpdesksessie|helpdesksessies)$/, 'sessions'],
  [/^(mijn week|mijn tijd)$/, 'my-week'],
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

/** What advisors type in a registration on one line, without accents. */
const lineWords: LineWords = {
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

export const nl = {
  shortDay,
  refusal,
  sessionRefusal,
  outcome,
  state,
  channel,
  import: nlImport,
  demonstration: nlDemonstration,
  dashboard: nlDashboard,
  sheets: nlSheets,
  data: nlData,
  items: nlItems,
  lint: nlLint,
  material: nlMaterial,
  pages: nlPages,
  wordings: nlWordings,
  report: nlReport,
  topics: nlTopics,
  lineWords,

  commands: {
    words: commandWords,
    advisorsChannel: /^adviseurskanaal(?:\s+([\w-]{1,60}))?$/,
    qualityChannel: /^kwaliteitskanaal$/,
    ticketNumber: /^(?:vraag )?hd-(\d{4})-(\d{1,7})$/,
    removeWording: /^verwijder verwoording ([0-9a-f]{8})$/,
    redact: /^maak (?:vraag )?hd-(\d{4})-(\d{1,7}) onleesbaar$|^maak onleesbaar hd-(\d{4})-(\d{1,7})$/,
    questionPrefix: /^vraag\s*:\s*/i,
  },

  common: {
    open: 'Open',
    unknownCentre: 'centrum niet gekend',
    unknownTheme: 'thema nog te bepalen',
    requester: 'vraagsteller',
    colleague: 'een collega',
    helpdesk: 'De helpdesk',
    required: 'Dit veld moet nog ingevuld worden.',
    fallback: 'Deze kaart kan hier niet getoond worden. Open de chat met de helpdesk in de nieuwste versie van Teams.',
    more: 'Meer',
    minutes: (n: number) => `${n} min.`,
  },

  welcome: {
    summary: 'Welkom bij de helpdesk',
    greeting: (name: string) => `Hallo ${name}, ik ben de helpdesk.`,
    what: 'Stel je vraag in je eigen woorden. Ik zoek eerst in de veelgestelde vragen en de materialenbank, en toon altijd de bron. Weet ik het niet zeker, dan gaat je vraag naar de juiste adviseur en komt het antwoord hier.',
    noPupils: 'Zet geen namen of gegevens van leerlingen in je vraag.',
    ask: 'Stel een vraag aan een adviseur',
    mine: 'Mijn vragen',
    how: 'Hoe werkt dit?',
  },

  help: {
    summary: 'Zo werkt de helpdesk',
    title: 'Zo werkt de helpdesk',
    lines: [
      'Typ gewoon je vraag. Je krijgt een antwoord met bron, of ik stuur je vraag door naar een adviseur.',
      '**mijn vragen** toont wat je vroeg en hoe ver het staat.',
      '**mijn gegevens** toont wat de helpdesk over jou bijhoudt, **wis mijn gegevens** wist het.',
      'Zet geen namen of gegevens van leerlingen in je vraag. Ik kijk mee, maar ik zie niet alles.',
    ],
    advisorLines: [
      '**open vragen** toont wat nog niemand opnam en wat jij behandelt.',
      '**registreer** noteert een vraag die langs telefoon, mail, WhatsApp of informeel kwam. Of typ ze op één lijn: **tel gent dossier 10m hoe lang bewaren we het dossier?**',
      '**sessie** noteert een helpdesksessie of past er een aan.',
      '**mijn week** toont je genoteerde tijd per dag, en noteert tijd die niet bij een vraag hoort.',
      'Typ een nummer, zoals **HD-2026-0142**, om een vraag te openen en aan te passen.',
      '**statistiek** toont de cijfers van dit schooljaar.',
      '**terugkerende vragen** toont wat vaak terugkomt, en wat er mee gebeurt.',
      '**kennisbank** toont wat op nazicht wacht, wat je voorstelde en welke antwoorden niet hielpen.',
    ],
    administratorLines: [
      '**@Helpdesk adviseurskanaal poc-plus** (of pbd-go) maakt van een kanaal het kanaal waar de vragen toekomen.',
      '**@Helpdesk kwaliteitskanaal** maakt van een kanaal het kanaal waar het kwaliteitsteam elke maand de cijfers krijgt.',
      '**verwoordingen** toont hoe mensen hun vraag stelden bij antwoorden die hielpen, en laat je er weghalen.',
      '**maak HD-2026-0142 onleesbaar** wist de tekst van één vraag.',
    ],
  },

  smallTalk: {
    summary: 'De helpdesk luistert',
    greeting: 'Dag! Typ je vraag in één of twee zinnen, dan zoek ik het voor je op.',
    thanks: 'Graag gedaan. Heb je nog een vraag, typ ze dan gewoon.',
    empty: 'Ik zie geen vraag in je bericht. Typ je vraag in woorden, bijvoorbeeld: "hoe lang bewaren we een dossier?"',
    dutchOnly:
      'De helpdesk werkt in het Nederlands. Stel je vraag in het Nederlands voor een beter antwoord, of vraag een adviseur.',
    attachmentOnly:
      'Ik kan geen bestanden of afbeeldingen lezen. Typ je vraag in woorden, zonder gegevens van leerlingen.',
    tooLong: (most: number) =>
      `Je bericht is te lang voor één vraag. Vat het samen in hoogstens ${most} tekens en laat gegevens van leerlingen weg.`,
  },

  answer: {
    summary: 'Antwoord van de helpdesk',
    sources: 'Bronnen',
    reviewed: (date: string) => `nagekeken op ${day(date)}`,
    draft: (date: string) => `opgesteld op ${day(date)}, nog niet nagekeken`,
    old: 'Dit antwoord is meer dan een jaar geleden nagekeken. Controleer of het nog klopt.',
    contact: (role: string) => `Contact: ${role}`,
    otherService: (name: string) => `Uit de lijst van een andere dienst: ${name}`,
    material: (kind: string) => `Materiaal: ${kind}`,
    question: 'Heeft dit geholpen?',
    helped: 'Ja, opgelost',
    notHelped: 'Nee, vraag een adviseur',
    others: 'Toon andere resultaten',
    unsure: 'Ik vond geen zeker antwoord. Misschien bedoel je:',
    none: 'Ik vond geen antwoord in de veelgestelde vragen of de materialenbank.',
    noneHelp: 'Een adviseur kan je verder helpen.',
    noOthers: 'Ik heb geen andere resultaten voor deze vraag.',
    ask: 'Vraag een adviseur',
    resolved: 'Fijn dat het opgelost is.',
    routed: 'Deze vraag ging naar een adviseur. Het antwoord komt hier in de chat.',
    withdrawn: 'Je hebt deze vraag ingetrokken.',
    expired: 'Deze vraag is afgerond omdat er geen reactie kwam.',
    belongsTo: (number: string) => `Was dit je antwoord op de wedervraag bij ${number}?`,
    addTo: (number: string) => `Voeg toe aan ${number}`,
  },

  emergency: {
    title: 'Gaat het om acuut gevaar? Doe dit eerst.',
    hint: 'Acuut gevaar? Gebruik de noodprocedure: 112.',
  },

  privacy: {
    summary: 'Kijk je vraag nog even na',
    title: 'Er staan gegevens in je vraag die herkenbaar zijn',
    explanation: 'Je vraag is nog niet bewaard en nog niet doorgestuurd. Ik vond:',
    kinds: {
      'national-number': 'rijksregisternummer',
      phone: 'telefoonnummer',
      email: 'e-mailadres',
      iban: 'rekeningnummer',
      'birth-date': 'geboortedatum',
      name: 'naam',
    },
    masks: {
      'national-number': '[rijksregisternummer]',
      phone: '[telefoonnummer]',
      email: '[e-mailadres]',
      iban: '[rekeningnummer]',
      'birth-date': '[geboortedatum]',
      name: '[naam]',
    },
    becomes: 'Zonder deze gegevens wordt je vraag:',
    blocked: 'Een rijksregisternummer kan ik nooit doorsturen.',
    rewrite: 'Herschrijf',
    clean: 'Verstuur zonder deze gegevens',
    noPupil: 'Dit is geen leerling',
    caution: 'Dit is een hulpmiddel: ik zie niet alles. Jij blijft verantwoordelijk voor wat je verstuurt.',
    inForm: (found: string) =>
      `In je tekst staat nog: ${found}. Haal het weg, of kies "Verwijder automatisch" en verstuur opnieuw.`,
    removeAutomatically: 'Verwijder automatisch',
    sent: 'Verstuurd zonder de herkenbare gegevens.',
    sentAsIs: 'Verstuurd.',
  },

  ask: {
    title: 'Vraag een adviseur',
    newTitle: 'Stel je vraag',
    question: 'Je vraag',
    questionHint: 'Zonder namen of gegevens van leerlingen',
    theme: 'Thema',
    themeHint: 'Kies een thema, of laat leeg als je twijfelt',
    centre: 'Je centrum of school',
    centreHint: 'Typ een deel van de naam',
    function: 'Je functie',
    functionHint: 'Kies je functie',
    urgency: 'Wanneer heb je het antwoord nodig?',
    thisWeek: 'Binnen de week',
    soon: 'Vandaag of morgen',
    send: 'Verstuur naar een adviseur',
    rewriteSend: 'Verstuur',
    done: (number: string) => `Je vraag ${number} is doorgestuurd. Het antwoord komt hier in de chat.`,
    required: 'Vul je vraag in.',
  },

  profile: {
    summary: 'Twee vragen over jou',
    title: 'Even kennismaken',
    why: 'Dit vraag ik één keer. Zo komt je vraag bij de juiste adviseur en weten we welke centra we bereiken.',
    save: 'Bewaar',
    saved: 'Bewaard. Aanpassen kan altijd via "mijn gegevens".',
    change: 'Pas aan',
  },

  status: {
    summary: (number: string, word: string) => `Vraag ${number}: ${word}`,
    title: 'Je vraag',
    received: (at: Instant) => `Ontvangen ${clock.format(at)}`,
    inHands: (role: string) => `In behandeling door ${role}`,
    waiting: (role: string) => `Wacht op: ${role}`,
    asked: 'Wacht op jouw antwoord op de wedervraag',
    answered: 'Beantwoord',
    merged: 'Samengevoegd met een gelijke vraag; het antwoord komt hier',
    closed: (word: string) => `Afgerond: ${word}`,
    add: 'Vul aan',
    withdraw: 'Trek in',
    reopen: 'Heropen',
    addTitle: 'Vul je vraag aan',
    addLabel: 'Wat wil je toevoegen?',
    reopenTitle: 'Heropen je vraag',
    reopenLabel: 'Wat is nog niet duidelijk?',
    send: 'Verstuur',
    reopened: 'Je vraag is heropend en staat weer bij de adviseurs.',
  },

  delivery: {
    answerSummary: (number: string) => `Antwoord op je vraag ${number}`,
    answerTitle: (number: string) => `Antwoord op je vraag ${number}`,
    by: (name: string, role: string) => `${name} · ${role}`,
    source: 'Bron',
    reopenHint: 'Nog niet duidelijk? Vul aan of heropen je vraag.',
    askBackSummary: (number: string) => `De adviseur heeft een wedervraag bij ${number}`,
    askBackTitle: (number: string) => `Wedervraag bij ${number}`,
    askBackLabel: 'Je antwoord',
    askBackHint: 'Zonder namen of gegevens van leerlingen',
    askBackSend: 'Verstuur',
    replied: 'Bedankt, je antwoord staat bij de adviseur.',
    referredSummary: (number: string) => `Doorverwijzing bij je vraag ${number}`,
    referredTitle: (number: string) => `Doorverwijzing bij je vraag ${number}`,
    referredTo: 'Voor deze vraag kan je terecht bij:',
    merged: (number: string) =>
      `Je vraag ${number} is dezelfde als een vraag die we al behandelen. We voegen ze samen: je krijgt het antwoord hier.`,
    unmerged: (number: string) => `Je vraag ${number} behandelen we weer apart. Het antwoord komt hier.`,
    closedSummary: (number: string) => `Je vraag ${number} is afgerond`,
  },

  myQuestions: {
    summary: 'Jouw vragen',
    title: 'Jouw vragen',
    none: 'Je hebt nog geen vragen gesteld. Typ je eerste vraag gewoon hier.',
    line: (number: string, word: string, at: Instant) => `${number} · ${word} · ${moment(at)}`,
    more: (n: number) => `En nog ${count(n, 'oudere vraag', 'oudere vragen')}.`,
  },

  channelCard: {
    summary: (number: string, theme: string) => `Vraag ${number} · ${theme}`,
    newTitle: (number: string) => `Nieuwe vraag · ${number}`,
    title: (number: string) => `Vraag · ${number}`,
    facts: (theme: string, centre: string, via: string) => `${theme} · ${centre} · via ${via}`,
    askedBy: (name: string, job: string) => (job ? `Gevraagd door ${name} (${job})` : `Gevraagd door ${name}`),
    for: (role: string) => `Voor: ${role}`,
    waiting: (since: Instant) => `Niemand nam deze vraag al op · wacht sinds ${moment(since)}`,
    mine: 'Jij behandelt deze vraag',
    held: (name: string, since: Instant) => `${name} behandelt deze vraag sinds ${moment(since)}`,
    awaiting: (name: string) => `${name} wacht op een antwoord van de vraagsteller`,
    closed: (number: string, word: string, name: string, at: Instant) =>
      name ? `${number} · ${word} door ${name}, ${moment(at)}` : `${number} · ${word}, ${moment(at)}`,
    moved: (number: string, service: string) => `${number} · overgedragen naar ${service}`,
    soon: 'Vandaag of morgen nodig',
    similar: 'Eerder beantwoord',
    similarLine: (number: string, at: Instant) => `${number}, ${moment(at)}`,
    claim: 'Ik neem deze vraag',
    answer: 'Antwoord',
    askBack: 'Wedervraag',
    handOver: 'Wijs toe aan…',
    consult: 'Collega erbij',
    refer: 'Verwijs door',
    close: 'Sluit af',
    time: 'Tijd noteren',
  },

  thread: {
    replied: (name: string, number: string) => `${name} vult ${number} aan:`,
    consulted: (by: string, colleague: string) => `${by} vraagt ${colleague} om mee te kijken.`,
    handedOver: (by: string, to: string) => `${by} draagt deze vraag over aan ${to}.`,
    released: (by: string) => `${by} geeft deze vraag terug. Wie neemt ze op?`,
    reopened: (name: string) => `${name} heropent deze vraag.`,
    withdrawn: 'De vraagsteller trok deze vraag in.',
    connected: {
      merged: (name: string, number: string) => `${name} voegt deze vraag samen met ${number}. Daar gaat ze verder.`,
      unmerged: (name: string, number: string) => `${name} haalt deze vraag en ${number} uit elkaar.`,
      absorbed: (name: string, number: string) =>
        `${name} voegt ${number} samen met deze vraag. Ook die vraagsteller krijgt het antwoord.`,
      parted: (name: string, number: string) => `${name} haalt ${number} en deze vraag uit elkaar.`,
      linked: (name: string, number: string) => `${name} koppelt deze vraag aan ${number}.`,
      unlinked: (name: string, number: string) => `${name} ontkoppelt deze vraag van ${number}.`,
    },
    answered: (name: string) => `${name} gaf dit antwoord:`,
    askedBack: (name: string) => `${name} stelt een wedervraag:`,
    unreachable: 'De vraagsteller is nu niet bereikbaar in Teams. Neem contact op via een ander kanaal.',
    reminder: {
      contact: (role: string) => `Deze vraag wacht nog op een adviseur. ${role}, kan jij ze opnemen?`,
      substitute: (role: string) => `Deze vraag wacht al langer. ${role}, kan jij ze als vervanger opnemen?`,
      coordinator: (role: string) => `Deze vraag bleef liggen. ${role}, kan jij iemand aanduiden?`,
    } satisfies Record<ReminderStep, (role: string) => string>,
    summary: (number: string) => `Nieuws over vraag ${number}`,
  },

  forms: {
    answer: {
      title: (number: string) => `Antwoord op ${number}`,
      text: 'Je antwoord',
      textHint: 'In gewone taal; links mogen',
      source: 'Bron (link, mag leeg)',
      sourceWrong: 'De bron moet een link zijn die met https:// begint.',
      theme: 'Thema',
      minutes: 'Bestede tijd',
      similar: 'Uit de veelgestelde vragen en de materialenbank',
      sendClose: 'Verstuur en sluit af',
      sendOpen: 'Verstuur, houd open',
      draft: 'Bewaar als concept',
      masked: 'De herkenbare gegevens zijn weggehaald, er is nog niets verstuurd. Kijk je antwoord na en verstuur het.',
      draftSaved: 'Je concept is bewaard. Je vindt het terug als je opnieuw op Antwoord drukt.',
      sent: 'Je antwoord is verstuurd.',
    },
    askBack: {
      title: (number: string) => `Wedervraag bij ${number}`,
      label: 'Wat wil je nog weten?',
      send: 'Verstuur wedervraag',
    },
    handOver: {
      title: (number: string) => `${number} toewijzen`,
      label: 'Aan wie of welk thema?',
      hint: 'Een collega, een ander thema, of terug in de lijst',
      release: 'Geef terug aan het kanaal',
      colleague: (name: string) => `Collega: ${name}`,
      theme: (name: string) => `Thema: ${name}`,
      send: 'Wijs toe',
      choose: 'Kies eerst aan wie je de vraag toewijst.',
    },
    consult: {
      title: (number: string) => `Collega erbij voor ${number}`,
      label: 'Wie kijkt mee?',
      hint: 'Een collega of een aanspreekpunt',
      other: 'Of een andere dienst of expert',
      told: 'De vraagsteller weet dat er iemand meekijkt',
      choose: 'Kies eerst wie meekijkt, of vul een andere dienst in.',
      send: 'Vraag om mee te kijken',
    },
    reach: {
      label: 'Binnen of buiten het GO!?',
      optional: 'Binnen of buiten het GO!? (alleen bij een andere dienst)',
      inside: 'Binnen het GO!',
      outside: 'Buiten het GO!',
      unknown: 'binnen of buiten het GO! niet genoteerd',
    },
    refer: {
      title: (number: string) => `${number} doorverwijzen`,
      label: 'Naar wie of welke dienst?',
      hint: 'Kies een voorstel of typ hieronder een andere dienst',
      other: 'Andere dienst',
      note: 'Uitleg voor de vraagsteller (mag leeg)',
      noteRegistered: 'Opmerking (mag leeg, zonder namen)',
      toldLabel: 'Verwittigd',
      told: 'De vraagsteller weet waarheen',
      choose: 'Kies eerst waarnaar je verwijst, of vul een andere dienst in.',
      send: 'Verwijs door en sluit af',
      sendRegistered: 'Noteer doorverwijzing',
    },
    close: {
      title: (number: string) => `${number} afsluiten`,
      minutes: 'Hoeveel tijd heb je besteed?',
      other: 'Andere (in minuten)',
      send: 'Sluit af',
      noTime: 'Geen tijd noteren',
    },
    connect: {
      title: (number: string) => `${number} samenvoegen of koppelen`,
      explanation: (number: string) =>
        `Samenvoegen: ${number} wordt afgesloten en gaat verder in de vraag die je kiest; wie ze stelde, krijgt het antwoord ook. Koppelen: beide vragen gaan verder.`,
      choose: 'Met welke vraag?',
      chooseHint: 'De meest gelijke vragen staan bovenaan',
      choice: (number: string, state: string, theme: string, question: string) =>
        `${number} · ${state} · ${theme}: ${question}`,
      linked: 'gekoppeld',
      number: 'Of typ een nummer',
      numberHint: 'HD-2026-0142',
      none: 'Kies eerst een vraag, of typ haar nummer.',
      unknown: (typed: string) =>
        `"${typed}" vind ik niet, of ze is niet voor jou bestemd. Typ een nummer zoals HD-2026-0142.`,
      merge: 'Voeg samen',
      link: 'Koppel',
      unlink: 'Ontkoppel',
      merged: (number: string) => `Samengevoegd met ${number}.`,
      linkedTo: (number: string) => `Gekoppeld aan ${number}.`,
      unlinked: (number: string) => `Ontkoppeld van ${number}.`,
    },
    done: 'Opgeslagen.',
  },

  survey: {
    summary: (number: string) => `Hoe tevreden ben je over vraag ${number}?`,
    title: 'Hoe was het antwoord van de helpdesk?',
    explanation: (scale: number, low: string, high: string) =>
      `Vertrouwelijk · 20 seconden · 1 = ${low}, ${scale} = ${high}`,
    choose: (scale: number) => `Kies 1 tot ${scale}`,
    remark: 'Opmerking (mag leeg, zonder namen)',
    send: 'Verstuur',
    thanks: 'Bedankt voor je antwoord.',
    thanksLow: 'Bedankt. Jammer dat het nog niet goed zit: je kan je vraag hieronder heropenen.',
  },

  surveyPage: {
    intro: 'Je stelde een vraag aan de helpdesk. Dit duurt 20 seconden en is vertrouwelijk: we weten niet wie invult.',
    thanksTitle: 'Bedankt',
    thanks: 'Je antwoord is bewaard. Je kan deze pagina sluiten.',
    unknown: 'Deze link werkt niet (meer). Vraag een nieuwe aan wie je hielp bij de helpdesk.',
    tooFast: 'Er komen nu te veel aanvragen. Wacht een minuut en probeer opnieuw.',
    offer: 'Bevraging: maak een link',
    copy: 'Kopieer deze link en bezorg hem aan de vrager. Hij werkt één keer, 30 dagen lang, en staat hier maar één keer:',
  },

  registration: {
    summary: 'Vraag registreren',
    title: 'Registreer een vraag',
    hint: 'De knop is het kanaal: druk erop en de vraag is bewaard. De kaart blijft open voor de volgende.',
    known: 'Bekende vraag',
    knownHint: 'Typ drie letters en kies',
    question: 'Of een nieuwe vraag in één zin',
    namesLabel: 'Naam in de zin',
    names: 'Dit is geen leerling: bewaar mijn zin zoals ik ze typte',
    centre: 'Centrum of school',
    themeHint: 'Leeg: het thema van de bekende vraag',
    minutes: 'Tijd',
    minutesHint: '10, 1u30 of een half uur',
    day: 'Wanneer gevraagd',
    dayName: (date: string, today: string) => (date === today ? `Vandaag, ${shortDay(date)}` : shortDay(date)),
    channels: { phone: 'Telefoon', mail: 'Mail', whatsapp: 'WhatsApp', informal: 'Informeel', session: 'Sessie' },
    undo: 'Maak ongedaan',
    again: '3×',
    done: (numbers: string[], facts: string) =>
      numbers.length === 1
        ? `Geregistreerd: ${numbers[0]} · ${facts}`
        : `${numbers.length} × geregistreerd: ${numbers.join(', ')} · ${facts}`,
    undone: (numbers: string[]) =>
      `Ongedaan gemaakt: ${numbers.join(', ')}. Wat je ingevuld had, staat hieronder opnieuw.`,
    similar: (title: string) => `Lijkt op de bekende vraag: ${title}`,
    like: (number: string, day: string, question: string) => `Lijkt op ${number}, ${day}: ${question}`,
    same: (number: string, times: number) =>
      times > 1 ? `Zelfde vraag als ${number} (${times}×)` : `Zelfde vraag als ${number}`,
    nothing: 'Kies een bekende vraag of typ een zin. Druk dan op het kanaal.',
    masked: (found: string) =>
      `In je zin stond: ${found}. Ik haalde het weg en bewaarde nog niets. Kijk na en druk opnieuw op het kanaal.`,
    unknownItem: 'Die bekende vraag bestaat niet meer. Kies een andere of typ de vraag in één zin.',
    unknownCentre: 'Dat centrum ken ik niet. Kies er een uit de lijst of laat het leeg.',
    unknownTheme: 'Dat thema ken ik niet. Kies er een uit de lijst of laat het leeg.',
    unknownMinutes: (typed: string) =>
      `"${typed}" begrijp ik niet als tijd. Typ bijvoorbeeld 10, 1u30 of een half uur.`,
    unknownDay: 'Die dag begrijp ik niet. Kies een dag uit de lijst.',
    doubt: (parts: ('centre' | 'theme' | 'minutes' | 'question')[]) => {
      const names = { centre: 'het centrum', theme: 'het thema', minutes: 'de tijd', question: 'de vraag' };
      return `Kijk dit nog na: ${parts.map((part) => names[part]).join(', ')}. Er is nog niets bewaard: druk op het kanaal als het klopt.`;
    },
  },

  onMessage: {
    title: 'Registreer als helpdeskvraag',
    question: 'De vraag',
    hint: 'De knop is het kanaal. Namen en nummers gaan niet mee, de afzender evenmin: alleen het centrum telt.',
    channels: { teams: 'Gevraagd in Teams', mail: 'Mail', whatsapp: 'WhatsApp' },
    masked: (found: string) => `In het bericht stond: ${found}. Dat is weggehaald. Kijk na en druk op het kanaal.`,
    already: (number: string) =>
      `Dit bericht is al geregistreerd als ${number}. Typ dat nummer bij de helpdesk om de vraag te openen.`,
    done: (number: string) => `Geregistreerd als ${number}.`,
    noMessage:
      'Ik kan dit bericht niet lezen. Kies de actie op een bericht met tekst, of typ "registreer" bij de helpdesk.',
  },

  search: {
    none: (typed: string) =>
      `Niets gevonden voor "${typed}". Zoek met andere woorden, of stel je vraag aan de helpdesk.`,
    start: 'Typ een paar woorden om in de veelgestelde vragen en de materialenbank te zoeken.',
  },

  session: {
    summary: 'Helpdesksessies',
    title: 'Noteer een helpdesksessie',
    correct: 'Pas een helpdesksessie aan',
    programme: 'Programma',
    programmeHint: 'Bijvoorbeeld: Helpdesk live',
    themeHint: 'Kies een thema',
    subject: 'Titel',
    subjectHint: 'Waarover ging de sessie?',
    day: 'Datum',
    level: 'Niveau',
    levelHint: 'Kies een niveau, of laat leeg',
    levels: ['BaO', 'SO', 'BuO', 'CLB', 'internaat', 'volwassenenonderwijs'],
    participants: 'Deelnemers',
    participantsHint: 'Aantal, bijvoorbeeld 24',
    perCentre: 'Per centrum (mag leeg)',
    perCentreHint: 'gent 12, kortrijk 8',
    links: 'Links naar opname of presentatie (mag leeg)',
    linksHint: 'https://…',
    questions: 'Vragen die opkwamen, één per regel (mag leeg)',
    questionsHint: 'Elke regel telt als een vraag. Zonder namen of gegevens van leerlingen',
    save: 'Bewaar',
    retract: 'Maak ongedaan',
    fresh: 'Nieuwe sessie',
    latest: 'Laatste sessies (open om aan te passen)',
    line: (day: string, title: string, participants: number) =>
      `${day} · ${title} · ${count(participants, 'deelnemer', 'deelnemers')}`,
    saved: (title: string, participants: number, questions: number) =>
      `Bewaard: ${title}, ${count(participants, 'deelnemer', 'deelnemers')}${questions > 0 ? `, ${count(questions, 'vraag', 'vragen')}` : ''}.`,
    undone: (title: string) => `Ongedaan gemaakt: ${title}.`,
    retracted: 'ongedaan gemaakt',
    gone: 'Die sessie vind ik niet meer. Typ "sessie" om opnieuw te beginnen.',
    notYours: 'Deze sessie noteerde iemand anders. Alleen die persoon of het kwaliteitsteam kan ze aanpassen.',
    noParticipants: 'Vul het aantal deelnemers in.',
    unknownCentre: (part: string) =>
      `"${part}" begrijp ik niet. Typ een centrum en een aantal, bijvoorbeeld: gent 12, kortrijk 8.`,
    wrongLink: 'Een link begint met https:// en er kunnen er hoogstens 10. Zet een spatie tussen twee links.',
    tooManyQuestions: (most: number) =>
      `Noteer hoogstens ${most} vragen per keer. Bewaar eerst en pas de sessie dan aan.`,
    masked: (found: string) =>
      `In je tekst stond: ${found}. Ik haalde het weg en bewaarde nog niets. Kijk na en bewaar opnieuw.`,
    fields: {
      programme: 'programma',
      theme: 'thema',
      title: 'titel',
      day: 'datum',
      level: 'niveau',
      participants: 'deelnemers',
      perCentre: 'per centrum',
      minutes: 'minuten',
      links: 'links',
      tickets: 'vragen',
    },
  },

  week: {
    summary: 'Jouw week',
    title: (monday: string) => `Jouw week vanaf ${monday}`,
    total: (duration: string) => `Samen genoteerd: ${duration}`,
    choose: (day: string) => `Noteer tijd op ${day}`,
    line: (day: string, duration: string | undefined) => (duration ? `${day} · ${duration}` : `${day} · nog niets`),
    questions: (n: number) => count(n, 'vraag', 'vragen'),
    gap: 'Tik hier om tijd te noteren op deze dag.',
    untimed: 'Afgerond, en jij noteerde nog geen tijd',
    untimedLine: (number: string, question: string) => `${number}: ${question}`,
    savedOn: (number: string, minutes: string) =>
      `Genoteerd: ${minutes} bij ${number}. Toch anders? Open ${number} en kies "Pas aan".`,
    form: 'Tijd die niet bij een vraag hoort',
    day: 'Dag',
    strategy: 'Waarvoor',
    themeHint: 'Kies een thema, of laat leeg',
    note: 'Wat deed je? (mag leeg)',
    save: 'Noteer',
    earlier: 'Vorige week',
    later: 'Volgende week',
    saved: (minutes: string, strategy: string, day: string) => `Genoteerd: ${minutes} · ${strategy} · ${day}`,
    undone: 'Ongedaan gemaakt. Wat je ingevuld had, staat hieronder opnieuw.',
    gone: 'Die tijd vind ik niet meer, of iemand anders noteerde ze.',
    noStrategy: 'Kies waarvoor de tijd was.',
  },

  registered: {
    title: (number: string) => `Geregistreerde vraag · ${number}`,
    retracted: (number: string) => `${number} · ongedaan gemaakt, telt niet mee`,
    by: (name: string, at: Instant) => `Geregistreerd door ${name}, ${moment(at)}`,
    imported: 'een ingelezen bestand',
    history: 'Aanpassingen',
    corrected: (name: string, at: Instant, what: string) => `${moment(at)} · ${name}: ${what}`,
    referred: (name: string, at: Instant, to: string, where: string, told: boolean) =>
      `${moment(at)} · ${name}: doorverwezen naar ${to} (${where}), vraagsteller ${told ? 'verwittigd' : 'nog niet verwittigd'}`,
    minutesChanged: (name: string, at: Instant, minutes: number) =>
      `${moment(at)} · ${name}: ${minutes > 0 ? '+' : ''}${minutes} min.`,
    correct: 'Pas aan',
    refer: 'Doorverwezen…',
    connections: {
      merged: (number: string) => `Samengevoegd met ${number}`,
      absorbed: (numbers: string) => `Hiermee samengevoegd: ${numbers}`,
      linked: (numbers: string) => `Gekoppeld aan: ${numbers}`,
    },
    connect: 'Voeg samen of koppel…',
    unmerge: 'Haal uit elkaar',
    correctTitle: (number: string) => `${number} aanpassen`,
    channel: 'Kanaal',
    minutes: 'Tijd samen',
    save: 'Bewaar',
  },

  openQuestions: {
    summary: 'Open vragen',
    title: 'Open vragen',
    none: 'Er staan geen vragen open. Mooi zo.',
    unclaimed: 'Nog niemand',
    mine: 'Bij jou',
    waiting: 'Wacht op de vraagsteller',
    others: (n: number) => `${count(n, 'vraag', 'vragen')} bij collega's`,
    line: (number: string, theme: string, since: Instant) => `${number} · ${theme} · sinds ${moment(since)}`,
  },

  statistics: {
    summary: 'Cijfers van de helpdesk',
    title: (year: string) => `Helpdesk · schooljaar ${year}`,
    asOf: (at: Instant) => `Stand op ${moment(at)}`,
    questions: 'Vragen',
    none: 'Er zijn nog geen vragen in dit schooljaar.',
    definition: 'Zo is het geteld',
    sessions: 'Helpdesksessies',
    participants: 'Deelnemers aan helpdesksessies',
    sessionColumns: {
      programme: 'programma',
      theme: 'thema',
      level: 'niveau',
      sessions: 'sessies',
      participants: 'deelnemers',
      total: 'samen',
    },
  },

  figures: {
    none: 'nog geen gegevens',
    hidden: 'minder dan 5 vragers',
    share: (value: number | undefined) => (value === undefined ? 'nog geen gegevens' : `${Math.round(value * 100)} %`),
    of: (part: number, whole: number) => `${part} van ${whole}`,
    n: (n: number) => `n = ${n}`,
    duration: (ms: number) => {
      const minutes = Math.round(ms / 60_000);
      return minutes < 60
        ? `${minutes} min.`
        : `${Math.floor(minutes / 60)} u ${String(minutes % 60).padStart(2, '0')}`;
    },
    medianAndP90: (median: string, p90: string) => `mediaan ${median}, 9 op 10 binnen ${p90}`,
    selfService: (explicit: string, unconfirmed: string) =>
      explicit === unconfirmed && explicit === 'nog geen gegevens'
        ? explicit
        : `${explicit} bevestigd, ${unconfirmed} zonder reactie`,
    bot: (answer: number, unsure: number, none: number) =>
      `${answer} antwoord, ${unsure} onzeker, ${none} niets gevonden`,
    routed: (n: number) => `${n} naar een adviseur`,
    minutes: (n: number) => `${Math.floor(n / 60)} u ${String(n % 60).padStart(2, '0')}`,
    logged: (part: number, whole: number) => `tijd genoteerd bij ${part} van ${whole} afgeronde vragen`,
    participants: (n: number) => `${n} ${n === 1 ? 'deelnemer' : 'deelnemers'}`,
    inTime: (part: string) => `binnen de streeftijd: ${part}`,
    counted: (definition: string, date: string) => `${definition} Datum die telt: ${date}.`,
    csvHeader: ['cijfer', 'onderdeel', 'waarde', 'over', 'definitie'],
    tables: {
      byTheme: 'Vragen per thema',
      byCoreProcess: 'Vragen per kernproces',
      byChannel: 'Vragen per kanaal',
      byCentre: 'Vragen per centrum',
      byFunction: 'Vragen per functie',
      byOutcome: 'Vragen per afloop',
      byMonth: 'Vragen per maand',
      minutesByTheme: 'Minuten per thema',
      minutesByChannel: 'Minuten per kanaal',
      backlogByAge: 'Open vragen per ouderdom',
    },
    cells: {
      unknown: 'niet gekend',
      'not-closed': 'nog niet afgerond',
      'under-1-day': 'minder dan 1 dag',
      'under-1-week': '1 dag tot 1 week',
      'under-4-weeks': '1 tot 4 weken',
      older: 'meer dan 4 weken',
    },
    definitions: {
      questions: {
        label: 'Vragen',
        definition: 'Alle vragen, langs welk kanaal ook, op de datum waarop ze gesteld zijn.',
      },
      requesters: { label: 'Vragers', definition: 'Verschillende personen die een vraag stelden.' },
      reach: {
        label: 'Bereik',
        definition:
          'CLB-centra met minstens één vraag of één deelnemer aan een helpdesksessie, over alle CLB-centra van dat schooljaar.',
      },
      selfService: {
        label: 'Zelf geholpen',
        definition:
          'Vragen die met een antwoord van de helpdesk opgelost zijn (bevestigd door de vrager, of geen reactie binnen 3 werkdagen), over die vragen plus de doorgestuurde.',
      },
      bot: {
        label: 'Eerste reactie van de helpdesk',
        definition: 'Wat de helpdesk eerst toonde: een antwoord, voorstellen, of niets.',
      },
      routing: {
        label: 'Juist thema',
        definition: 'Doorgestuurde vragen waarvan het uiteindelijke thema het voorgestelde was.',
      },
      firstResponse: {
        label: 'Eerste reactie van een adviseur',
        definition:
          'Van doorsturen tot het eerste antwoord, de eerste wedervraag of de doorverwijzing, in werkuren; enkel vragen via Teams. De streeftijd staat per dienst in de inhoud.',
      },
      timeToAnswer: {
        label: 'Tijd tot antwoord',
        definition: 'Van doorsturen tot het eerste antwoord, in werkuren; enkel vragen via Teams.',
      },
      timeToClose: {
        label: 'Tijd tot afronding',
        definition: 'Van doorsturen tot de laatste afronding, in werkuren; enkel vragen via Teams.',
      },
      firstContact: {
        label: 'In één keer opgelost',
        definition:
          'Eén adviseur, geen bericht terug van de vrager na het antwoord en niet heropend binnen 7 dagen, over de beantwoorde en afgeronde vragen.',
      },
      reopened: {
        label: 'Heropend',
        definition: 'Heropend binnen 14 dagen, over de vragen die in de periode afgerond zijn.',
      },
      backlog: {
        label: 'Nog niet afgerond',
        definition: 'Vragen die op het einde van de periode, of nu, niet afgerond zijn, ook van vroeger.',
      },
      minutes: { label: 'Bestede tijd', definition: 'Genoteerde minuten op vragen die in de periode gesteld zijn.' },
      otherTime: {
        label: 'Tijd zonder vraag',
        definition: 'Genoteerde minuten die bij geen vraag horen, zoals voorbereiding, op de dag van het werk.',
      },
      sessions: {
        label: 'Helpdesksessies',
        definition: 'Helpdesksessies en hun deelnemers, op de dag van de sessie.',
      },
      satisfaction: {
        label: 'Tevreden (6 tot 8)',
        definition:
          'Gemiddeld aandeel scores van 6 tot 8 over de stellingen; getoond vanaf 5 antwoorden. Ingevuld over verstuurd.',
      },
    } satisfies Record<FigureKey, { label: string; definition: string }>,
  },

  myData: {
    summary: 'Wat de helpdesk over jou bijhoudt',
    title: 'Wat de helpdesk over jou bijhoudt',
    name: 'Naam',
    email: 'E-mailadres',
    notKept: 'niet bewaard',
    questions: 'Vragen',
    questionCount: (n: number) => count(n, 'vraag', 'vragen'),
    explanation:
      'Bij elke vraag bewaren we de tekst, het thema, het kanaal, je centrum en functie, de tijdstippen en het antwoord. Statistieken bevatten nooit tekst of namen.',
  },

  channelSetup: {
    summary: 'Adviseurskanaal',
    done: (service: string) => `Dit kanaal is nu het adviseurskanaal van ${service}. Nieuwe vragen komen hier toe.`,
    notAllowed: 'Alleen een beheerder kan een adviseurskanaal instellen. Vraag het aan wie de helpdesk installeerde.',
    notHere: 'Typ dit in het kanaal zelf: "@Helpdesk adviseurskanaal poc-plus".',
    unknown: (names: string) => `Die dienst ken ik niet. Kies uit: ${names}.`,
  },

  reload: {
    summary: 'Inhoud herladen',
    done: (items: number) => `De inhoud is opnieuw geladen: ${items} items.`,
    failed: (problems: string) => `De inhoud is niet vervangen, want er zijn fouten:\n\n${problems}`,
    notAllowed: 'Alleen een beheerder kan de inhoud opnieuw laden.',
  },

  fault: {
    summary: 'Even niet gelukt',
    again: 'Er ging iets mis aan onze kant en je bericht is niet verwerkt. Probeer het over een paar minuten opnieuw.',
    tooFast: 'Dat zijn heel veel berichten kort na elkaar. Wacht een minuut en probeer het dan opnieuw.',
    oldCard: 'Deze knop werkt niet meer. Typ "mijn vragen" en open je vraag opnieuw.',
    notAllowed: 'Dat kan alleen een adviseur of het kwaliteitsteam.',
  },
};
