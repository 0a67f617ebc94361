// Every Dutch sentence and word of recurring topics and what is decided about them. Knows no logic but number and list forms.

import type { Effect, EffectSide, FollowUpStatus } from '../../domain/follow-up.ts';
import type { Finding } from '../../domain/topics.ts';

const decimal = new Intl.NumberFormat('nl-BE', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const and = new Intl.ListFormat('nl-BE', { type: 'conjunction' });
const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const questions = (n: number): string => count(n, 'vraag', 'vragen');
const date = new Intl.DateTimeFormat('nl-BE', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const fullDay = (day: string): string => date.format(new Date(day));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const statuses: Record<FollowUpStatus, string> = { planned: 'gepland', 'under-way': 'bezig', done: 'klaar' };

const side = ({ weeks, questions: asked, perFourWeeks, holidayWeeks }: EffectSide, when: string): string => {
  if (perFourWeeks === undefined) return `Van ${when} zijn er nog geen volle 4 weken.`;
  const holidays = holidayWeeks > 0 ? `, ${count(holidayWeeks, 'vakantieweek', 'vakantieweken')} inbegrepen` : '';
  return `${capital(when)} (${weeks} weken${holidays}): ${questions(asked)}, ${decimal.format(perFourWeeks)} per 4 weken.`;
};

export const topics = {
  summary: 'Terugkerende vragen',
  title: (year: string) => `Terugkerende vragen · schooljaar ${year}`,
  intro: (recurring: number, gaps: number) =>
    `${count(recurring, 'terugkerend onderwerp', 'terugkerende onderwerpen')}, waarvan ${count(gaps, 'kennislacune', 'kennislacunes')}. Tik op een onderwerp voor de vragen en de opvolging.`,
  more: (n: number) => `En nog ${count(n, 'onderwerp', 'onderwerpen')}: zie het dashboard of de opdrachtregel.`,
  none: 'Er zijn in dit schooljaar nog geen terugkerende vragen. Een onderwerp komt hier zodra 3 vragers of 2 centra er binnen 30 dagen naar vragen.',
  reading: 'De vragen worden voor het eerst gelezen. Typ over een minuut opnieuw "terugkerende vragen".',
  gone: 'Dit onderwerp is er niet meer, of het hoort niet bij je dienst. Typ "terugkerende vragen" voor de lijst van nu.',
  definition:
    'Terugkerend: binnen 30 dagen gevraagd door minstens 3 vragers of uit minstens 2 centra; een vraag zonder gekende vrager telt per centrum. Kennislacune: minstens de helft van de vragen kreeg geen antwoord, een onzeker antwoord of "Nee".',
  named: (words: readonly string[]) => capital(words.join(', ')),
  /** In the list of known questions. */
  known: (name: string) => `${name} (komt vaak terug)`,
  unnamed: (theme: string) => `Vragen over ${theme}`,
  asked: (n: number) => questions(n),
  line: (asked: number, requesters: number | undefined, centres: number, last: string | undefined) =>
    [
      questions(asked),
      requesters === undefined ? 'minder dan 5 vragers' : count(requesters, 'gekende vrager', 'gekende vragers'),
      count(centres, 'centrum', 'centra'),
      ...(last ? [`laatst ${last}`] : []),
    ].join(' · '),
  gap: (missed: number, asked: number) => `Kennislacune: ${missed} van ${asked} kregen geen goed antwoord.`,
  answered: (answered: number, asked: number) => `Veel gevraagd, ${answered} van ${asked} beantwoord uit de index.`,
  notRecurring: 'Keert in dit schooljaar niet terug.',
  followUp: (kind: string, status: FollowUpStatus, from: string) =>
    `${kind}, ${statuses[status]}, vanaf ${fullDay(from)}`,
  statuses,
  decidedBy: (by: string, day: string) => `Beslist door ${by} op ${fullDay(day)}.`,
  /** One line each. */
  effect: ({ state, before, after }: Effect, earliest: string): string[] =>
    state === 'too-early'
      ? [side(before, 'ervoor'), `Te vroeg om te vergelijken: dat kan vanaf ${fullDay(earliest)}.`]
      : [
          side(before, 'ervoor'),
          side(after, 'erna'),
          ...(state === 'interim' ? [`Tussenstand na ${after.weeks} van 12 weken.`] : []),
        ],
  noCause: 'De cijfers tonen wat er gevraagd werd, niet waardoor het veranderde.',

  facts: {
    theme: 'Thema',
    asked: 'Gevraagd',
    channels: 'Kanalen',
    minutes: 'Genoteerde tijd',
    findings: 'Uit de index',
    words: 'Gedeelde woorden',
    item: 'Antwoord',
    followUp: 'Opvolging',
    effect: 'Voor en na',
  },
  findings: {
    none: 'geen antwoord',
    unsure: 'onzeker',
    rejected: '"Nee"',
    answered: 'beantwoord',
  } satisfies Record<Finding, string>,
  newest: 'Laatste vragen',
  unreadable: 'De tekst is niet te lezen.',
  ties: (words: readonly string[]) => `Samen door: ${words.join(', ')}`,
  decide: 'Beslis',
  change: 'Pas de beslissing aan',
  back: 'Terug naar de lijst',

  form: {
    title: 'Opvolging van een terugkerend onderwerp',
    kind: 'Wat doen we?',
    owner: 'Wie trekt het?',
    ownerHint: 'Kies een aanspreekpunt',
    date: 'Vanaf wanneer geldt het?',
    dateHint: 'De dag waarop de FAQ er staat of de sessie plaatsvond. Van die dag hangt de vergelijking voor en na af.',
    status: 'Hoe ver staat het?',
    note: 'Nota (mag leeg zijn)',
    noteHint: 'Zonder namen of nummers van personen',
    save: 'Bewaar',
    undo: 'Maak de laatste beslissing ongedaan',
    history: 'Wat eerder beslist werd',
    decided: (by: string, day: string, kind: string, status: FollowUpStatus, from: string) =>
      `${fullDay(day)} · ${by}: ${kind}, ${statuses[status]}, vanaf ${fullDay(from)}`,
    undone: (by: string, day: string) => `${fullDay(day)} · ${by}: ongedaan gemaakt`,
  },
  saved: (kind: string) =>
    `Bewaard: ${kind}. Het staat bij het onderwerp in "terugkerende vragen" en op het dashboard.`,
  undone: 'De laatste beslissing is ongedaan gemaakt; ze blijft in de geschiedenis staan.',
  notAllowed: 'Beslissen over een terugkerend onderwerp kan alleen het kwaliteitsteam.',
  unknownKind: 'Kies wat jullie met dit onderwerp doen.',
  unknownOwner: 'Kies wie het trekt.',
  unknownDay: 'Kies de dag vanaf wanneer het geldt.',
  dateOutOfRange: (from: string, to: string) => `Kies een dag tussen ${fullDay(from)} en ${fullDay(to)}.`,
  nothingDecided: 'Er is over dit onderwerp niets beslist dat ongedaan kan.',
  tooManyChanges: 'Over dit onderwerp is al 200 keer iets beslist. Vraag de beheerder om hulp.',
  personal: (kinds: string) =>
    `In de nota staat mogelijk iets van een persoon (${kinds}). Haal dat eruit: een nota leest iedereen van de dienst mee.`,
  noteTooLong: (most: number) => `Maak de nota korter dan ${most} tekens.`,

  report: {
    period: (from: string, to: string) => `Vragen van ${fullDay(from)} tot en met ${fullDay(to)}`,
    lists: { gaps: 'Kennislacunes', popular: 'Veel gevraagd en beantwoord', followed: 'Opgevolgd' },
    columns: {
      name: 'onderwerp',
      theme: 'thema',
      questions: 'vragen',
      requesters: 'vragers',
      centres: 'centra',
      minutes: 'min.',
      missed: 'zonder goed antwoord',
      last: 'laatst',
    },
    none: 'geen',
    followed: (name: string, decision: string, owner: string) => `${name}: ${decision}. Getrokken door ${owner}.`,
    definition: 'Zo is het geteld',
  },
  list: (parts: readonly string[]) => and.format(parts),
};
