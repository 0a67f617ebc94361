// How figures are named, defined and written. Counts nothing.

import type { FigureKey } from '../../domain/measures.ts';
import type { Instant } from '../../domain/terms.ts';
import { moment } from './forms.ts';

const and = new Intl.ListFormat('nl-BE', { type: 'conjunction' });

export const figures = {
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
    ownServices: (names: readonly string[]) =>
      `Cijfers van ${names.length === 1 ? 'de dienst' : 'de diensten'} ${and.format(names)}. Die van alle diensten ziet het kwaliteitsteam.`,
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
};
