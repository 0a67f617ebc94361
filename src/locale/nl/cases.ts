// Every Dutch sentence about anonymous cases for training. Knows no logic but number and date forms.

import type { CaseRefusal } from '../../domain/cases.ts';

const day = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', dateStyle: 'medium' });

function refusal(no: CaseRefusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'Dit kan alleen een adviseur van deze dienst, of het kwaliteitsteam.';
    case 'own-case':
      return 'Dit schreef je zelf. Laat een collega nalezen of niemand herkenbaar is.';
    case 'not-waiting':
      return 'Deze casus wacht niet op een tweede lezer.';
    case 'incomplete':
      return 'Vul minstens een titel, de situatie en de aanpak in.';
    case 'too-long':
      return `Dit is te lang: hoogstens ${no.most} tekens. Kort het in.`;
    case 'unknown-theme':
      return 'Kies een thema uit de lijst.';
    case 'no-reason':
      return 'Zeg in een zin wat er anders moet.';
  }
}

export const cases = {
  refusal,
  summary: 'Een casus zoekt een tweede lezer',
  make: 'Maak casus',
  heading: 'Casussen om na te lezen',
  notClosed: 'Een casus maak je van een afgeronde vraag waarvan de tekst er nog is.',
  gone: 'Deze casus is er niet meer, of is al goedgekeurd.',
  changed: 'Iemand paste deze casus intussen aan. Lees ze hieronder opnieuw.',
  approved: 'Goedgekeurd. De casus staat los van de vraag: wat ernaar verwees, is gewist.',
  returned: 'Teruggestuurd. De schrijver vindt ze in kennisbank.',
  title: { waiting: 'Casus om na te lezen', 'sent-back': 'Teruggestuurde casus' },
  status: {
    waiting: (by: string, at: number) => `Geschreven door ${by} op ${day.format(at)}`,
    'sent-back': (by: string, at: number) => `Van ${by}, teruggestuurd op ${day.format(at)}`,
  },
  clues: 'Dit kan iemand herkenbaar maken',
  clue: {
    personal: (value: string) => `naam of nummer: ${value}`,
    place: (value: string) => `plaats: ${value}. Schrijf "een centrum" of "een gemeente".`,
    date: (value: string) => `datum: ${value}. Schrijf "in het najaar" of laat weg.`,
    age: (value: string) => `leeftijd of leerjaar: ${value}. Schrijf "een leerling lager onderwijs".`,
    family: (value: string) => `gezin: ${value}. Nodig voor de casus? Anders weglaten of veranderen.`,
  },
  rare: (combination: string[]) =>
    `zeldzame combinatie: minder dan 5 mensen met ${combination.join(' + ')}. Noem er hoogstens één van.`,
  form: {
    title: 'Maak een anonieme casus',
    intro:
      'Voor opleiding en PLG. Een collega leest na; na goedkeuring is de band met de vraag weg. Verander gerust details die er niet toe doen.',
    name: 'Titel',
    situation: 'Situatie',
    question: 'Vraag',
    approach: 'Aanpak',
    lesson: 'Om over te praten',
    judged: 'Ik bekeek elk punt hierboven: zo is niemand herkenbaar',
    personal: 'Er staat nog een naam of nummer in. Haal die eerst weg; wat je typte, staat er nog.',
    judge: 'Kijk elk punt hieronder na. Herschrijf, of vink aan dat niemand zo herkenbaar is.',
    send: 'Leg voor aan een collega',
    sent: 'Voorgelegd. Een collega van je dienst leest na of niemand herkenbaar is.',
  },
  approve: 'Keur goed',
  edit: 'Pas aan',
  sendBack: 'Stuur terug',
  reason: 'Wat moet er anders? (bij terugsturen)',
  document: {
    title: 'Casussen uit de helpdesk',
    count: (cases: number) => (cases === 1 ? 'Eén casus' : `${cases} casussen`),
    anonymous: 'Anoniem: details zijn weggelaten of veranderd, en een tweede persoon las elke casus na.',
    madeOn: (on: string) => `Gemaakt op ${on}`,
  },
  /** In the terminal. */
  none: 'Er zijn nog geen goedgekeurde casussen.',
  written: (cases: number, file: string) => `${cases} ${cases === 1 ? 'casus' : 'casussen'}, geschreven in ${file}.`,
};
