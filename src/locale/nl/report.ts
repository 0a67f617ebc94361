// Every Dutch sentence of the annual report, the monthly digest and the newsletter. Knows no logic but number and list forms.

import type { FigureKey } from '../../domain/measures.ts';

const number = (n: number): string => n.toLocaleString('nl-BE');
const decimal = (n: number): string =>
  n.toLocaleString('nl-BE', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** With a space that does not break. */
const percent = (n: number): string => `${Math.round(n * 100)}\u00A0%`;
const hours = (minutes: number): string => {
  const whole = Math.round(minutes);
  return whole < 60 ? `${whole} min.` : `${number(Math.floor(whole / 60))} u ${String(whole % 60).padStart(2, '0')}`;
};
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} en ${names.at(-1)}`;
const many = (n: number, one: string, more: string): string => `${number(n)} ${n === 1 ? one : more}`;

const monthName = new Intl.DateTimeFormat('nl-BE', { timeZone: 'UTC', month: 'long' });
const fullDay = new Intl.DateTimeFormat('nl-BE', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });

/** Which date decides whether something counts in the school year. */
const asked = 'de datum waarop de vraag gesteld is';

export const report = {
  /** Figures as people write them. */
  value: {
    count: number,
    share: percent,
    change: (n: number) => `${n > 0 ? '+' : ''}${percent(n)}`,
    minutes: hours,
    duration: (ms: number) => hours(ms / 60_000),
    score: decimal,
  },
  hidden: '< 5 vragers',
  about: 'Over dit bestand',
  inHours: 'Tijd staat hier in uren, met een komma.',
  day: (day: string) => fullDay.format(new Date(`${day}T12:00:00Z`)),
  month: (month: string) => monthName.format(new Date(`${month}-15T12:00:00Z`)),
  word: {
    creator: 'Helpdesk',
    contents: 'Inhoud',
    hours: 'uren',
    page: 'pagina',
    of: 'van',
    chart: (heading: string) => `Grafiek: ${heading}. De cijfers staan in de tabel eronder.`,
  },

  digest: {
    summary: 'De helpdesk van vorige maand',
    title: (month: string, year: string) => `De helpdesk in ${month} ${year}`,
    questions: 'Vragen',
    /** Numbers are rounded to tens here; undefined is fewer. */
    asked: (now: number | undefined, before: number | undefined) =>
      now === undefined
        ? 'minder dan 10'
        : before === undefined
          ? `ongeveer ${number(now)}`
          : `ongeveer ${number(now)}, tegen ${number(before)} in dezelfde maand vorig jaar`,
    most: 'Meest gevraagd',
    themed: (theme: string, n: number) => `${theme} (${number(n)})`,
    reach: 'Bereik',
    reached: (count: number, of: number, silent: string[]) => {
      const shown = silent.length > 4 ? [...silent.slice(0, 4), `${silent.length - 4} andere`] : silent;
      return `${number(count)} van de ${number(of)} GO! CLB${silent.length > 0 ? `; niet: ${listed(shown)}` : ''}`;
    },
    first: 'Eerste reactie',
    responded: (median: number | undefined, within: number | undefined, spent: number | undefined) =>
      [
        ...(median === undefined ? [] : [`mediaan ${hours(median / 60_000)}`]),
        ...(within === undefined ? [] : [`${percent(within)} binnen de streeftijd`]),
        ...(spent === undefined ? [] : [`ongeveer ${number(spent)} uur genoteerd`]),
      ].join(', '),
    satisfied: 'Tevredenheid',
    scored: (positive: number | undefined, response: number | undefined, sessions: number) =>
      [
        positive === undefined ? 'te weinig antwoorden' : `${percent(positive)} positief`,
        ...(response === undefined ? [] : [`${percent(response)} van de bevragingen ingevuld`]),
        many(sessions, 'helpdesksessie', 'helpdesksessies'),
      ].join(', '),
    columns: { theme: 'Thema', now: 'vragen', before: 'vorig jaar' },
    topics: 'Wat terugkeert',
    topic: (questions: number | undefined, centres: number, standing: string) =>
      `${questions === undefined ? 'minder dan 10' : `ongeveer ${number(questions)}`} vragen uit ${many(centres, 'centrum', 'centra')}; ${standing}`,
    gap: 'de helpdesk heeft er geen goed antwoord op',
    undecided: 'nog niets beslist',
    decided: (kind: string) => `beslist: ${kind}`,
    more: 'Geteld op de datum waarop de vraag gesteld is. Aantallen zijn op tien afgerond, zodat niemand er een klein getal uit kan afleiden. "–": minder dan 10 vragen, minder dan 5 vragers, of niet te vergelijken. Typ "@Helpdesk statistiek" voor de cijfers van het schooljaar.',
    channel: {
      summary: 'Kwaliteitskanaal',
      done: 'Dit kanaal is nu het kanaal van het kwaliteitsteam. In het begin van elke maand komen hier de cijfers van de vorige maand.',
      notAllowed: 'Alleen een beheerder kan het kwaliteitskanaal instellen.',
      notHere: 'Typ dit in het kanaal zelf: "@Helpdesk kwaliteitskanaal".',
    },
  },

  newsletter: {
    title: (service: string) => (service === 'POC+' ? 'POC-a-tizer' : `Nieuws van ${service}`),
    subtitle: (month: string, year: string) => `${month} ${year}`,
    draft: 'Ontwerp: lees na, vul aan en verstuur het langs jullie eigen kanaal.',
    spotlight: (theme: string) => `In de kijker: ${theme}`,
    contact: (role: string, email: string) =>
      `${role} (${email}) beantwoordt je vragen hierover. Of stel ze aan de helpdesk in Teams.`,
    asked: 'Vaak gevraagd deze maand',
    nothingAsked: 'Deze maand vroegen geen vijf mensen hetzelfde. Kies zelf een vraag uit de veelgestelde vragen.',
    sources: 'Bronnen',
    notReviewed: 'Let op: dit antwoord is nog niet nagekeken. Laat het nakijken voor je het verstuurt.',
    fresh: 'Nieuw en vernieuwd',
    nothingFresh: 'Deze maand kwam er geen nieuw materiaal bij.',
    isNew: 'nieuw',
    changed: 'nagekeken',
    andMore: (n: number) => `En nog ${many(n, 'ander', 'andere')}: kijk in de materialenbank.`,
    sessions: 'Helpdesksessies',
    upcoming: '[Vul aan: komende helpdesksessies met datum, uur en link.]',
    held: 'Gemist? Dit kwam deze maand aan bod:',
    more: 'Zelf een vraag?',
    moreText:
      'Typ je vraag aan de helpdesk in Teams. Je krijgt meteen een antwoord met bron, of een adviseur helpt je verder. Zet geen namen of gegevens van leerlingen in je vraag.',
    written: (month: string, file: string) => `Het ontwerp van de nieuwsbrief van ${month} staat in ${file}.`,
    refused: {
      future: 'Die maand moet nog beginnen. Kies een maand die begonnen is.',
      service: (known: string[]) => `Die dienst ken ik niet. Kies uit: ${known.join(', ')}.`,
      format: (out: string) =>
        `"${out}" is geen bestand dat ik kan maken. Kies een naam die eindigt op .html of .docx.`,
    },
  },

  annual: {
    title: 'Jaarverslag van de helpdesk',
    subtitle: (year: string) => `Schooljaar ${year}`,
    asOf: (day: string) => `Opgemaakt op ${day}`,
    together:
      'Van de diensten samen, voor het kwaliteitsteam. Verspreid het verslag per dienst: een adviseur kan hier de vragen van de eigen dienst aftrekken.',
    underWay: (day: string) => `Het schooljaar loopt nog: de cijfers gaan tot en met ${day}.`,
    compared: (year: string) => `Vergeleken met dezelfde periode van schooljaar ${year}.`,
    written: (year: string, file: string) => `Het jaarverslag van schooljaar ${year} staat in ${file}.`,
    share: 'aandeel',
    change: 'verschil',
    questions: 'vragen',
    minutes: 'tijd',
    total: 'samen',
    figure: 'kerncijfer',
    month: 'maand',
    theme: 'thema',
    coreProcess: 'kernproces',
    channel: 'kanaal',
    outcome: 'afloop',
    centre: 'centrum',
    job: 'functie',
    participants: 'deelnemers',
    sessions: 'sessies',
    level: 'niveau',
    programme: 'programma',
    topic: 'onderwerp',
    decision: 'wat we deden',
    before: 'voor',
    after: 'na',
    did: (kind: string, day: string) => `${kind}, ${day}`,
    nothingDone: 'nog niets beslist',
    noTopics: 'In dit schooljaar keerde geen onderwerp terug.',
    strategy: 'strategie',
    item: 'stelling',
    answers: 'antwoorden',
    positive: 'score 6-8',
    other: 'score 1-5',
    mean: 'gemiddeld',
    per100: 'per 100 medewerkers',
    schools: (reached: number, of: number) =>
      `Scholen en internaten (${number(reached)} van ${number(of)} met een vraag)`,

    headings: {
      key: 'Kerncijfers',
      questions: 'Vragen',
      reach: 'Bereik',
      sessions: 'Helpdesksessies',
      time: 'Tijd',
      answers: 'Antwoorden',
      satisfaction: 'Tevredenheid',
      topics: 'Terugkerende onderwerpen en opvolging',
      method: 'Werkwijze en definities',
    },
    done: 'Item of beslissing',
    keySentence: (questions: number, requesters: number) =>
      `In dit schooljaar kreeg de helpdesk ${many(questions, 'vraag', 'vragen')} van ${many(requesters, 'persoon', 'personen')} die we kennen.`,
    trend: (now: number, before: number) =>
      before === 0
        ? ''
        : now === before
          ? 'Dat zijn er evenveel als het schooljaar voordien.'
          : `Dat is ${percent(Math.abs(now - before) / before)} ${now > before ? 'meer' : 'minder'} dan het schooljaar voordien.`,
    reached: (count: number, of: number) =>
      `De helpdesk bereikte ${number(count)} van de ${number(of)} GO! CLB, met een vraag of met een deelnemer aan een helpdesksessie.`,
    silent: (names: string[]) => (names.length === 0 ? '' : `Niet bereikt: ${listed(names)}.`),
    sessionsHeld: (programme: string, sessions: number, participants: number) =>
      `Voor ‘${programme}’ organiseerden we ${many(sessions, 'sessie', 'sessies')}, waarmee we ${many(participants, 'deelnemer', 'deelnemers')} bereikten.`,
    noSessions: 'Er zijn in dit schooljaar geen helpdesksessies genoteerd.',
    timeSpent: (minutes: number, count: number, of: number) =>
      `Op vragen is ${hours(minutes)} genoteerd. Bij ${number(count)} van de ${number(of)} afgeronde vragen staat tijd, dus de werkelijke tijd ligt hoger.`,
    otherTime: (minutes: number) =>
      `Daarnaast is ${hours(minutes)} genoteerd die bij geen vraag hoort, zoals voorbereiding en materiaal.`,
    response: (count: number, of: number) =>
      of === 0
        ? 'Er zijn geen bevragingen verstuurd.'
        : `Van de ${number(of)} verstuurde bevragingen zijn er ${number(count)} ingevuld (${percent(count / of)}).`,

    tables: {
      key: { name: 'Kerncijfers', heading: 'Kerncijfers met het schooljaar voordien' },
      months: { name: 'Vragen per maand', heading: 'Vragen per maand' },
      themes: { name: 'Vragen per thema', heading: 'Vragen per thema' },
      channels: { name: 'Vragen per kanaal', heading: 'Vragen per kanaal' },
      outcomes: { name: 'Vragen per afloop', heading: 'Hoe vragen afliepen' },
      centres: { name: 'Bereik per centrum', heading: 'Bereik per centrum' },
      functions: { name: 'Vragen per functie', heading: 'Vragen per functie' },
      sessions: { name: 'Helpdesksessies', heading: 'Helpdesksessies per programma en thema' },
      definitions: { name: 'Definities', heading: 'Zo is elk cijfer geteld' },
      programmes: { name: 'Sessies per programma', heading: 'Helpdesksessies per programma' },
      minutesByTheme: { name: 'Tijd per thema', heading: 'Tijd op vragen, per thema' },
      minutesByChannel: { name: 'Tijd per kanaal', heading: 'Tijd op vragen, per kanaal' },
      otherTime: { name: 'Tijd zonder vraag', heading: 'Tijd die bij geen vraag hoort, per strategie' },
      durations: { name: 'Antwoorden', heading: 'Hoe snel en hoe goed we antwoordden' },
      satisfaction: { name: 'Tevredenheid', heading: 'Tevredenheid per stelling' },
      impacts: { name: 'Effect', heading: 'Wat items en beslissingen deden' },
      topics: { name: 'Terugkerende onderwerpen', heading: 'Wat terugkeerde en wat we eraan deden' },
    },
    /** Under a table: which date decides, and what is special about it. */
    basis: {
      asked: `Geteld op ${asked}.`,
      hidden: `Geteld op ${asked}. "< 5 vragers": daar stelden minder dan 5 personen de vragen, of is de cel verborgen zodat je er geen andere uit kan afleiden.`,
      centres: `Vragen op ${asked}, deelnemers op de dag van de helpdesksessie, voor zover per centrum geteld.`,
      sessions: 'Geteld op de dag van de sessie.',
      minutes: `Minuten op vragen, op ${asked}.`,
      otherTime: 'Geteld op de dag van het werk.',
      durations: 'In werkuren, van doorsturen tot reactie; enkel vragen via Teams. De definities staan achteraan.',
      satisfaction: 'Een stelling wordt getoond vanaf 5 personen. Scores van 6 tot 8 tellen als positief.',
      topics:
        'Vragen van dit schooljaar. Voor en na: vragen per 4 weken in de 12 weken voor en na de beslissing. Minder vragen na een beslissing bewijst niet dat ze daardoor kwam.',
    },
    durations: {
      explicit: 'Zelf geholpen, bevestigd door de vrager',
      unconfirmed: 'Antwoord getoond, geen reactie',
      firstMedian: 'Eerste reactie van een adviseur, mediaan',
      firstP90: 'Eerste reactie van een adviseur, 9 op 10 binnen',
      within: 'Eerste reactie binnen de streeftijd',
      answerMedian: 'Tijd tot antwoord, mediaan',
      answerP90: 'Tijd tot antwoord, 9 op 10 binnen',
      closeMedian: 'Tijd tot afronding, mediaan',
      firstContact: 'In één keer opgelost',
      reopened: 'Heropend binnen 14 dagen',
      accuracy: 'Door de helpdesk juist voorgesteld thema',
    },
    key: {
      questions: 'Vragen',
      requesters: 'Vragers die we kennen',
      reach: 'Bereikte GO! CLB',
      sessions: 'Helpdesksessies',
      participants: 'Deelnemers aan helpdesksessies',
      minutes: 'Tijd op vragen',
      otherTime: 'Tijd zonder vraag',
      explicit: 'Zelf geholpen, bevestigd',
      first: 'Eerste reactie van een adviseur, mediaan',
      response: 'Ingevulde bevragingen',
      positive: 'Positieve scores (6 tot 8)',
      backlog: 'Nog niet afgerond op het einde',
    },
    method: [
      'De cijfers komen rechtstreeks uit de registratie van de helpdesk: elke vraag telt één keer, langs welk kanaal ze ook kwam. Ze worden op dezelfde manier geteld als op het dashboard en in de export.',
      'Vragen langs telefoon, mail, WhatsApp, in een sessie of informeel noteren de adviseurs zelf. Wat niemand noteerde, telt niet mee: de cijfers zijn een ondergrens.',
      'Een cijfer achter minder dan 5 personen tonen we niet, en ook niet de cijfers waaruit je het zou kunnen afleiden. Van vragen die niet via Teams kwamen, bewaren we niet wie ze stelde; daar telt elke vraag als één persoon.',
      'Een schooljaar loopt van 1 september tot en met 31 augustus, Belgische tijd. Werkuren volgen de kalender van de helpdesk.',
    ],
    definition: 'definitie',
    dateBasis: 'datum die telt',
    dates: {
      questions: asked,
      requesters: asked,
      reach: `${asked}, of de dag van de sessie`,
      selfService: asked,
      bot: asked,
      routing: asked,
      firstResponse: asked,
      timeToAnswer: asked,
      timeToClose: asked,
      firstContact: asked,
      reopened: 'de datum van afronding',
      backlog: 'het einde van de periode',
      minutes: asked,
      otherTime: 'de dag van het werk',
      satisfaction: asked,
      sessions: 'de dag van de sessie',
    } satisfies Record<FigureKey, string>,
    refused: {
      future: (year: string) => `Schooljaar ${year} moet nog beginnen. Kies een schooljaar dat begonnen is.`,
      few: (year: string) =>
        `In schooljaar ${year} stelden minder dan 5 mensen een vraag: een jaarverslag zou hen herkenbaar maken. De vragen zelf staan in het dashboard.`,
      running: (year: string) =>
        `Het jaarverslag van ${year}, dat nog loopt, is voor het kwaliteitsteam. Kies een schooljaar dat voorbij is.`,
      nothing: (year: string) =>
        `In schooljaar ${year} zijn er geen vragen en geen helpdesksessies. Kies een ander schooljaar, of kijk na of DATA_DIR juist staat.`,
      format: (out: string) =>
        `"${out}" is geen bestand dat ik kan maken. Kies een naam die eindigt op .docx of .xlsx.`,
    },
  },
};
