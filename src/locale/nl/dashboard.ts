// The words and notations of the dashboard's page. Knows no figure: those come with their names from the server.

const LOCALE = 'nl-BE';
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat(LOCALE, { timeZone: 'Europe/Brussels', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const month = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'short' });
const monthAndYear = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'long', year: 'numeric' });
const hoursAndMinutes = (minutes: number): string =>
  `${whole.format(Math.floor(minutes / 60))} u ${String(minutes % 60).padStart(2, '0')}`;
const and = new Intl.ListFormat(LOCALE, { type: 'conjunction' });
const dayText = (iso: string): string => day.format(new Date(`${iso}T00:00:00Z`));

export const dashboard = {
  title: 'Helpdesk in cijfers',
  demonstration: 'demonstratie: alles is verzonnen',
  number: {
    count: (value: number) => whole.format(value),
    share: (value: number) => `${whole.format(value * 100)} %`,
    minutes: (value: number) => (value < 60 ? `${whole.format(value)} min.` : hoursAndMinutes(Math.round(value))),
    duration: (ms: number) => {
      const minutes = Math.round(ms / 60_000);
      return minutes < 60 ? `${minutes} min.` : hoursAndMinutes(minutes);
    },
    score: (value: number) => decimal.format(value),
    none: '–',
    hidden: 'verborgen',
    hiddenMeans: "verborgen: er zitten minder dan 5 vragers achter, of zo'n getal zou eruit volgen",
  },
  time: (at: number) => time.format(at),
  day: dayText,
  days: ({ from, to }: { from: string; to: string }) => `${dayText(from)} tot ${dayText(to)}`,
  month: (iso: string) => month.format(new Date(`${iso}-01T00:00:00Z`)).replace('.', ''),
  monthAndYear: (iso: string) => monthAndYear.format(new Date(`${iso}-01T00:00:00Z`)),

  status: {
    loading: 'De cijfers worden opgehaald…',
    updated: (at: string) => `bijgewerkt om ${at}`,
    live: 'volgt mee',
    stale: (at: string) => `De helpdesk antwoordt niet. Je ziet de cijfers van ${at}; we blijven proberen.`,
    behind: (choice: string) => `De cijfers hieronder zijn nog die van je vorige keuze (${choice}).`,
    unreachable: 'De helpdesk antwoordt niet. Controleer je verbinding; we blijven proberen.',
    retry: 'Probeer nu',
    expired: 'Je aanmelding is verlopen. Meld je opnieuw aan om verder te kijken.',
    signIn: 'Meld opnieuw aan',
    refusedTitle: 'Dit dashboard is voor het kwaliteitsteam en de adviseurs',
    refusedHelp:
      'Hoor je daarbij? Stuur de helpdesk in Teams eerst "hallo", zodat hij je kent, en open dit tabblad opnieuw. Lukt het dan nog niet, vraag toegang aan wie de helpdesk beheert.',
    badFilter: (sentence: string) => `${sentence} De weergave is zonder dat filter geopend.`,
    close: 'Sluit deze melding',
    reload: 'Laad opnieuw',
    broken: 'Er liep iets mis op deze pagina. Laad ze opnieuw; je filters blijven staan.',
  },

  filters: {
    heading: 'Filters',
    summary: (count: number) => (count === 0 ? 'Filters' : `Filters (${count})`),
    all: 'alle',
    clear: 'Wis filters',
    more: 'Meer filters',
    fewer: 'Minder filters',
    names: {
      schoolYear: 'Schooljaar',
      month: 'Maand',
      service: 'Dienst',
      coreProcess: 'Kernproces',
      theme: 'Thema',
      channel: 'Kanaal',
      centre: 'Centrum',
      region: 'Regio',
      function: 'Functie',
      outcome: 'Afloop',
    },
    fixed: (services: string[]) =>
      `Dit zijn de cijfers van ${services.length === 1 ? 'je eigen dienst' : 'je eigen diensten'}: ${and.format(services)}. Het kwaliteitsteam ziet die van alle diensten. Cijfers waar minder dan 5 vragers achter zitten, zijn weggelaten.`,
  },

  sections: {
    label: 'Onderdelen',
    overview: 'Kerncijfers',
    themes: "Thema's",
    reach: 'Bereik',
    work: 'Tijd en antwoord',
    satisfaction: 'Tevredenheid',
    topics: 'Terugkerende vragen en opvolging',
    years: 'Schooljaren',
    bot: 'Helpdeskbot',
  },

  figure: {
    info: (label: string) => `Uitleg bij ${label}`,
    basis: 'Datum',
    open: (label: string) => `Toon de vragen achter ${label}`,
    same: 'zoals vorig schooljaar',
    noPrevious: 'geen vergelijking',
    up: (by: string, before: string) => `▲ ${by} · vorig jaar ${before}`,
    down: (by: string, before: string) => `▼ ${by} · vorig jaar ${before}`,
    points: (value: number) => `${whole.format(Math.abs(value) * 100)} procentpunt`,
    percent: (value: number) => `${whole.format(Math.abs(value) * 100)} %`,
  },

  block: {
    asTable: 'Toon als tabel',
    asChart: 'Toon als grafiek',
    export: 'Download',
    csv: 'CSV',
    xlsx: 'Excel',
    exportAs: (heading: string, format: string) => `Download ${heading} als ${format}`,
    exportFailed: 'Downloaden lukte niet. Probeer het opnieuw.',
    previous: 'vorig schooljaar',
    current: 'dit schooljaar',
    silent: 'geen vraag',
    silentList: (names: string[]) =>
      names.length === 0
        ? 'Elk centrum stelde minstens één vraag.'
        : `Nog geen vraag uit ${names.length} ${names.length === 1 ? 'centrum' : 'centra'}: ${names.join(', ')}.`,
    positive: 'score 6 tot 8',
    other: 'score 1 tot 5',
    tooFew: (n: number) => `${n} ${n === 1 ? 'antwoord' : 'antwoorden'}: getoond vanaf 5`,
    respondents: (n: number) => `n = ${n}`,
    meanOf: (mean: string) => `, gemiddeld ${mean}`,
    notOnPaper: (count: number) => `Nog ${whole.format(count)} rijen staan enkel op het scherm en in de download.`,
    more: (count: number) => `Toon alle ${count}`,
    fewer: 'Toon minder',
  },

  review: {
    heading: (items: number) =>
      items === 0 ? 'Er wacht niets meer op jou' : `Wacht op jou in de kennisbank (${items})`,
    waits: (by: string, since: string, days: number) =>
      `voorgesteld door ${by} op ${since}${days > 0 ? `, wacht ${days} ${days === 1 ? 'dag' : 'dagen'}` : ''}`,
    change: 'wijziging van een gepubliceerd item',
    question: 'Vraag',
    answer: 'Antwoord',
    reason: 'Reden, voor de schrijver',
    send: { publish: 'Publiceer', edit: 'Pas aan', 'send-back': 'Stuur terug', reject: 'Wijs af' },
    cancel: 'Annuleer',
    of: (what: string, question: string) => `${what}: ${question}`,
    failed: 'Bewaren lukte niet. Probeer het opnieuw; wat je typte staat er nog.',
  },

  empty: {
    everything:
      'Er zijn nog geen vragen. Zodra iemand de helpdesk iets vraagt, verschijnt het hier binnen enkele seconden.',
    try: 'Zelf proberen? Open de proefomgeving en stel een vraag, of laad de voorbeeldgegevens.',
    hidden:
      'Deze cijfers zijn verborgen: er zitten minder dan 5 vragers achter, of zulke getallen zouden eruit volgen.',
    filtered: 'Geen vragen met deze filters. Wis een filter om meer te zien.',
    blocks: {
      months: 'Hier komt het aantal vragen per maand, naast dat van vorig schooljaar.',
      themes: 'Hier komen de vragen per thema, zodra er een vraag met een thema is.',
      processes: 'Hier komen de vragen per kernproces, zodra er een vraag met een thema is.',
      reach: 'Hier komt per centrum en maand hoeveel vragen er waren.',
      schools: 'Hier komen de vragen per school, zodra een school iets vraagt.',
      functions: 'Hier komt wie vragen stelt, per functie.',
      channels: 'Hier komt langs welke weg vragen binnenkomen: Teams, telefoon, mail en andere.',
      outcomes: 'Hier komt hoe vragen aflopen.',
      minutes: 'Hier komt de bestede tijd per thema, zodra adviseurs minuten noteren bij een vraag.',
      durations: 'Hier komt hoe snel adviseurs antwoorden, zodra een doorgestuurde vraag beantwoord is.',
      quality: 'Hier komt hoe vaak mensen zichzelf konden helpen en hoe vaak een vraag in één keer opgelost was.',
      backlog: 'Er staan geen vragen open.',
      satisfaction: 'Hier komt de tevredenheid, zodra 5 vragers de bevraging invulden.',
      sessions: 'Hier komen helpdesksessies, zodra een adviseur er een registreert met "sessie" in de chat.',
      bot: 'Hier komt wat de helpdesk zelf antwoordde.',
      impacts:
        'Hier komt wat een gepubliceerd item of een beslissing deed: vanaf 4 weken erna, met de vragen van ervoor en erna.',
      years: 'Hier komen de schooljaren naast elkaar.',
    },
  },

  topics: {
    gaps: {
      heading: 'Kennislacunes',
      explanation: 'Terugkerende vragen waarop de helpdesk te vaak geen goed antwoord vond.',
      none: 'Geen kennislacunes met deze filters: wat terugkeert, vindt meestal een antwoord.',
    },
    popular: {
      heading: 'Veel gevraagd en beantwoord',
      explanation: 'Terugkerende vragen waarop de helpdesk meestal zelf het antwoord geeft.',
      none: 'Nog geen terugkerende vragen met deze filters.',
    },
    followed: {
      heading: 'Opvolging',
      explanation:
        'Wat het kwaliteitsteam besliste, met de vragen per 4 weken in de 12 weken voor en na de datum van de beslissing.',
      none: 'Er is nog over geen onderwerp beslist. Kies "Beslis" bij een terugkerend onderwerp.',
    },
    basis: 'De datum waarop de vraag gesteld is.',
    reading: 'De vragen worden voor het eerst gelezen. Dit vult zich vanzelf.',
    ties: (shared: string) => `Gedeelde woorden: ${shared}.`,
    by: (owner: string) => `· getrokken door ${owner}.`,
    weeks: (name: string) => `Vragen per week over ${name}`,
    before: 'ervoor',
    after: 'erna',
    decide: 'Beslis',
    decideOn: (name: string) => `Beslis: ${name}`,
    change: 'Pas aan',
    changeOf: (name: string) => `Pas aan: ${name}`,
    form: {
      kind: 'Wat doen we?',
      owner: 'Wie trekt het?',
      choose: 'Kies',
      date: 'Vanaf wanneer geldt het?',
      dateHint: 'De dag waarop de FAQ er staat of de sessie plaatsvond. Vanaf die dag telt de vergelijking.',
      status: 'Hoe ver staat het?',
      note: 'Nota (mag leeg zijn)',
      noteHint: 'Zonder namen of nummers van personen.',
      save: 'Bewaar',
      cancel: 'Annuleer',
      undo: 'Maak de beslissing ongedaan',
      failed: 'Bewaren lukte niet. Wat je invulde, staat er nog: probeer het opnieuw.',
    },
  },

  report: {
    heading: 'Jaarverslag',
    docx: 'Word',
    xlsx: 'Excel',
    as: (format: string) => `Download het jaarverslag als ${format}`,
    failed: 'Het jaarverslag kon niet gemaakt worden. Probeer het opnieuw.',
  },

  drill: {
    heading: (count: number) => `${whole.format(count)} ${count === 1 ? 'vraag' : 'vragen'}`,
    of: (parts: string[]) => parts.join(' · '),
    close: 'Sluit',
    more: 'Toon meer',
    none: 'Hier zitten geen vragen achter.',
    failed: 'De lijst kon niet opgehaald worden.',
    textHidden: 'De tekst van een vraag zien enkel het kwaliteitsteam en de adviseurs van die dienst.',
    columns: {
      number: 'Nummer',
      day: 'Gesteld op',
      theme: 'Thema',
      centre: 'Centrum',
      function: 'Functie',
      channel: 'Kanaal',
      state: 'Toestand',
      minutes: 'Tijd',
      question: 'Vraag',
    },
  },

  print: {
    by: (services: string[]) => `Helpdesk ${and.format(services)}`,
    button: 'Druk af',
    filter: (name: string, choice: string) => `${name}: ${choice}`,
    asOf: (day: string, at: string) => `cijfers van ${day}, ${at}`,
  },
};
