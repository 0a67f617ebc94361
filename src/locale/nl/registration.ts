// What advisors read while registering questions, sessions and time. Knows no rule.

import type { Instant } from '../../domain/terms.ts';
import { count, moment, shortDay } from './forms.ts';

export const registration = {
  registration: {
    summary: 'Vraag registreren',
    title: 'Registreer een vraag',
    hint: 'De knop is het kanaal: druk erop en de vraag is bewaard. De kaart blijft open voor de volgende.',
    known: 'Bekende vraag',
    knownHint: 'Typ drie letters en kies',
    knownOnly:
      'Dit is geen bekende vraag. Kies er een uit de lijst, of maak dit veld leeg en typ je vraag in het veld hieronder.',
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
    unknownItem: 'Die bekende vraag ken ik niet (meer). Kies er een uit de lijst of typ de vraag in één zin.',
    movedToQuestion:
      'Dat is geen bekende vraag. Ik zette wat je typte bij de nieuwe vraag en bewaarde nog niets. Kijk na en druk opnieuw op het kanaal.',
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
};
