// What the helpdesk says about itself, to people and to its administrators. Knows no question.

import type { Day, Instant, Weekday } from '../../domain/terms.ts';
import { clock, count, moment, shortDay, weekdays } from './forms.ts';

const or = new Intl.ListFormat('nl-BE', { type: 'disjunction' });
const and = new Intl.ListFormat('nl-BE', { type: 'conjunction' });

export const chat = {
  common: {
    open: 'Open',
    unknownCentre: 'centrum niet gekend',
    unknownTheme: 'thema nog te bepalen',
    requester: 'vraagsteller',
    colleague: 'een collega',
    helpdesk: 'De helpdesk',
    required: 'Dit veld moet nog ingevuld worden.',
    chooseOne: 'Kies hier iets uit de lijst.',
    chooseOrEmpty: 'Dit staat niet in de lijst. Kies iets uit de lijst, of maak dit veld leeg.',
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
      '**openingsuren** toont wanneer er adviseurs zijn, en hoe je er een bereikt.',
      "**deel materiaal** biedt collega's een link aan die hen kan inspireren.",
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
      '**afwezig tot 12/1, vervanger beroepsgeheim** laat je vragen naar iemand anders gaan. **mijn afwezigheid** toont het, **terug** beëindigt het.',
      '**aanspreekpunten** toont wie per thema het aanspreekpunt en de vervanger is.',
      '**kennisbank** toont wat op nazicht wacht, wat je voorstelde en welke antwoorden niet hielpen.',
    ],
    administratorLines: [
      '**@Helpdesk adviseurskanaal poc-plus** (of pbd-go) maakt van een kanaal het kanaal waar de vragen toekomen.',
      '**@Helpdesk kwaliteitskanaal** maakt van een kanaal het kanaal waar het kwaliteitsteam elke maand de cijfers krijgt.',
      '**instellingen** toont wat ingesteld is en wat nog te doen is.',
      '**verwoordingen** toont hoe mensen hun vraag stelden bij antwoorden die hielpen, en laat je er weghalen.',
      '**maak HD-2026-0142 onleesbaar** wist de tekst van één vraag.',
    ],
  },

  smallTalk: {
    summary: 'De helpdesk luistert',
    greeting: 'Dag! Typ je vraag in één of twee zinnen, dan zoek ik het voor je op.',
    thanks: 'Graag gedaan. Heb je nog een vraag, typ ze dan gewoon.',
    neverMind: 'In orde. Heb je later een vraag, typ ze dan gewoon.',
    empty: 'Ik zie geen vraag in je bericht. Typ je vraag in woorden, bijvoorbeeld: "hoe lang bewaren we een dossier?"',
    dutchOnly:
      'De helpdesk werkt in het Nederlands. Stel je vraag in het Nederlands voor een beter antwoord, of vraag een adviseur.',
    attachmentOnly:
      'Ik kan geen bestanden of afbeeldingen lezen. Typ je vraag in woorden, zonder gegevens van leerlingen.',
    tooLong: (most: number) =>
      `Je bericht is te lang voor één vraag. Vat het samen in hoogstens ${most} tekens en laat gegevens van leerlingen weg.`,
  },

  reach: {
    summary: 'Zo bereik je een adviseur',
    title: 'Een adviseur bereiken',
    form: 'Zet je vraag in het formulier. Ze gaat meteen naar wie er het meest van weet, en het antwoord komt hier in de chat.',
    call: 'Word je liever gebeld, schrijf dat erbij: de adviseur kan je via Teams bellen.',
    hours: (week: { days: Weekday[]; hours: [string, string][] }[]) =>
      `Adviseurs zijn er op ${and.format(week.map(({ days, hours }) => `${weekdays(days)} van ${and.format(hours.map(([from, to]) => `${from} tot ${to}`))}`))}.`,
    open: (until: Instant) => `Nu open, tot ${clock.format(until)}.`,
    closed: (from: Instant) => `Nu gesloten. Weer open op ${moment(from)}.`,
    closing: (from: Day, to: Day) =>
      from === to
        ? `Eerstvolgende sluiting: ${shortDay(from)}.`
        : `Eerstvolgende sluiting: ${shortDay(from)} tot en met ${shortDay(to)}.`,
    always: 'Typ je je vraag hier, dan zoek ik altijd meteen een antwoord, ook buiten die uren.',
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

  profile: {
    summary: 'Twee vragen over jou',
    title: 'Even kennismaken',
    why: 'Dit vraag ik één keer. Zo komt je vraag bij de juiste adviseur en weten we welke centra we bereiken.',
    save: 'Bewaar',
    saved: 'Bewaard. Aanpassen kan altijd via "mijn gegevens".',
    change: 'Pas aan',
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
    notAllowed: 'Alleen een beheerder kan een adviseurskanaal instellen.',
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
    ofThisService:
      'In dit kanaal toon ik enkel vragen van deze dienst. Is het een vraag van een andere dienst, typ het nummer dan in je eigen chat met de helpdesk.',
    belong: 'Hoor je daarbij?',
    ask: (administrators: readonly string[]) =>
      `Vraag het aan ${administrators.length > 0 ? or.format(administrators) : 'wie de helpdesk installeerde'}.`,
  },
};
