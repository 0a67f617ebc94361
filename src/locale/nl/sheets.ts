// The words around the dashboard's figures: headings, columns, definitions and refusals. Knows no number and no page.

const ASKED = 'De datum waarop de vraag gesteld is.';
const count = new Intl.NumberFormat('nl-BE');
const ofWhole = (part: number, whole: number): string => `${count.format(part)} van ${count.format(whole)}`;

export const sheets = {
  columns: {
    questions: 'Vragen',
    previous: 'Vorig schooljaar',
    share: 'Aandeel',
    minutes: 'Tijd',
    perQuestion: 'Tijd per vraag',
    total: 'Totaal',
    n: 'n',
    median: 'Mediaan',
    p90: '9 op 10 binnen',
    positive: 'Score 6 tot 8',
    other: 'Score 1 tot 5',
    mean: 'Gemiddelde',
    sessions: 'Sessies',
    participants: 'Deelnemers',
    count: 'Aantal',
    of: 'Op een totaal van',
    requesters: 'Vragers',
    reach: 'Bereik',
    firstResponse: 'Eerste reactie',
    satisfaction: 'Tevreden',
    selfService: 'Zelf geholpen',
    per100: 'Per 100 personeelsleden',
  },
  sheets: {
    months: {
      heading: 'Vragen per maand',
      of: 'Maand',
      definition: 'Alle vragen, langs welk kanaal ook, naast dezelfde maand van het schooljaar ervoor.',
      basis: ASKED,
    },
    themes: {
      heading: 'Vragen per thema',
      of: 'Thema',
      definition: 'Het thema dat een vraag nu heeft; verbetert een adviseur het, dan verhuist de vraag mee.',
      basis: ASKED,
    },
    processes: {
      heading: 'Vragen per kernproces',
      of: 'Kernproces',
      definition: "De thema's samen per kernproces van de leerlingenbegeleiding en de pedagogische begeleiding.",
      basis: ASKED,
    },
    reach: {
      heading: 'Vragen per centrum en maand',
      of: 'Centrum',
      definition: 'Elk CLB-centrum, ook zonder vragen. Hoe donkerder de maand, hoe meer vragen.',
      basis: ASKED,
    },
    schools: {
      heading: 'Vragen per school',
      of: 'School',
      definition: 'Scholen, internaten en centra buiten de CLB waaruit een vraag kwam, en vragen zonder centrum.',
      basis: ASKED,
    },
    functions: {
      heading: 'Vragen per functie',
      of: 'Functie',
      definition: 'De functie die de vrager opgaf bij de vraag.',
      basis: ASKED,
    },
    channels: {
      heading: 'Langs welke weg vragen komen',
      of: 'Kanaal',
      definition: 'Vragen in Teams en vragen die adviseurs registreren: telefoon, mail, sessie en andere.',
      basis: ASKED,
    },
    outcomes: {
      heading: 'Hoe vragen aflopen',
      of: 'Afloop',
      definition: 'De afloop bij de laatste afronding; wat nog loopt, staat apart.',
      basis: ASKED,
    },
    minutes: {
      heading: 'Bestede tijd per thema',
      of: 'Thema',
      definition: 'De minuten die adviseurs bij deze vragen noteerden.',
      basis: 'De datum waarop de vraag gesteld is, ook als er later tijd bij kwam.',
    },
    durations: {
      heading: 'Hoe snel adviseurs antwoorden',
      of: 'Van doorsturen tot',
      definition:
        'Werkuren volgens de kalender; enkel vragen via Teams die al zo ver zijn. Antwoorden van de bot tellen niet mee.',
      basis: ASKED,
    },
    quality: {
      heading: 'Hoe goed het loopt',
      of: 'Cijfer',
      definition:
        'Elk cijfer met zijn eigen noemer; de uitleg per cijfer staat in de handleiding van het kwaliteitsteam.',
      basis: 'De datum waarop de vraag gesteld is; bij heropend de datum van afronding.',
    },
    backlog: {
      heading: 'Wat nog openstaat',
      of: 'Sinds',
      definition: 'Vragen die op dit moment niet afgerond zijn, ook van een vorige periode.',
      basis: 'De toestand op dit moment.',
    },
    satisfaction: {
      heading: 'Tevredenheid per stelling',
      of: 'Stelling',
      definition:
        'Aandeel scores van 6 tot 8 tegenover 1 tot 5 op een schaal van 8, getoond vanaf 5 mensen die antwoordden.',
      basis: ASKED,
    },
    sessions: {
      heading: 'Helpdesksessies',
      of: 'Programma, thema en niveau',
      definition: 'Sessies en deelnemers zoals in de tabellen van het jaarverslag.',
      basis: 'De dag van de sessie.',
    },
    bot: {
      heading: 'Wat de helpdesk zelf deed',
      of: 'Eerste reactie',
      definition:
        'Wat de index eerst toonde bij een vraag in Teams, en hoeveel van die vragen naar een adviseur gingen.',
      basis: ASKED,
    },
    impacts: {
      heading: 'Wat items en beslissingen deden',
      of: 'Item of beslissing',
      definition:
        'Vragen over hetzelfde onderwerp per 4 weken, tot 12 weken voor en na de dag, en het aandeel dat zichzelf hielp van de afgeronde Teams-vragen. Bespaarde tijd: vragen zonder adviseur opgelost boven wat ervoor gewoon was, maal wat zo een vraag kost. Een verschil bewijst geen oorzaak.',
      basis: 'De dag van publicatie of van de beslissing, in dit schooljaar.',
    },
    years: {
      heading: 'Schooljaren naast elkaar',
      of: 'Schooljaar',
      definition: 'Volledige schooljaren met dezelfde filters; het lopende schooljaar tot vandaag.',
      basis: ASKED,
    },
  },
  basis: {
    asked: ASKED,
    now: 'De toestand op dit moment.',
  },
  impact: {
    item: 'FAQ-item',
    columns: {
      before: 'Per 4 weken ervoor',
      after: 'Per 4 weken erna',
      explicitBefore: 'Zelf geholpen ervoor',
      explicitAfter: 'Zelf geholpen erna',
      unconfirmedAfter: 'Zonder reactie erna',
      savedLeast: 'Bespaard, minstens',
      savedMost: 'Bespaard, hoogstens',
    },
    label: (
      name: string,
      what: string,
      day: string,
      state: 'too-early' | 'interim' | 'complete',
      { least, most, timed }: { least: number; most: number; timed: number },
    ): string => {
      const stand = { 'too-early': ', nog geen 4 weken', interim: ', nog geen 12 weken', complete: '' }[state];
      const rests =
        timed > 0
          ? `${least} tot ${most} min. per vraag, van ${timed} vragen`
          : `aanname: ${least} tot ${most} min. per vraag`;
      return `${name} (${what}, ${day}${stand}; ${rests})`;
    },
  },
  durations: { firstResponse: 'eerste reactie', timeToAnswer: 'eerste antwoord', timeToClose: 'afronding' },
  quality: {
    explicit: 'Zelf geholpen, bevestigd door de vrager',
    unconfirmed: 'Zelf geholpen, zonder reactie',
    routing: 'Meteen het juiste thema',
    firstContact: 'In één keer opgelost',
    reopened: 'Heropend binnen 14 dagen',
  },
  bot: {
    answer: 'Toonde een antwoord',
    unsure: 'Toonde voorstellen',
    none: 'Vond niets',
    routed: 'Daarna naar een adviseur',
  },
  detail: {
    centres: (part: number, whole: number) => `${ofWhole(part, whole)} CLB-centra`,
    median: (p90: string, n: number) => `mediaan; 9 op 10 binnen ${p90} (n = ${count.format(n)})`,
    unconfirmed: (share: string) => `bevestigd; ${share} zonder reactie`,
    answers: (part: number, whole: number) => `${ofWhole(part, whole)} bevragingen ingevuld`,
    at: (day: string | undefined) => (day === undefined ? 'op dit moment' : `op het einde van ${day}`),
    within: (share: string, part: number, whole: number) =>
      `${share} kreeg een eerste reactie binnen de streeftijd van de dienst (${ofWhole(part, whole)}).`,
    logged: (part: number, whole: number) => `Tijd genoteerd bij ${ofWhole(part, whole)} afgeronde vragen.`,
    response: (part: number, whole: number) => `Ingevuld: ${ofWhole(part, whole)} verstuurde bevragingen.`,
  },
  noCentre: 'centrum niet gekend',
  refusal: {
    filter: (name: string) => `Voor "${name}" ken ik die keuze niet.`,
    unknown: (name: string) => `Een filter "${name}" bestaat niet.`,
    fixed: (name: string) => `Filteren op "${name}" kan enkel het kwaliteitsteam.`,
    twice: (name: string) => `"${name}" staat twee keer in het adres.`,
    notAllowed: 'Je hebt geen toegang tot het dashboard.',
    signIn: 'Je bent niet aangemeld.',
    tooOften: 'Dat waren veel aanvragen na elkaar. Wacht een minuut en probeer opnieuw.',
    unavailable: 'Aanmelden kan even niet nagekeken worden. Probeer het over een minuut opnieuw.',
    fault: 'De cijfers konden niet opgehaald worden. Probeer het over een minuut opnieuw.',
    form: 'Het formulier kwam niet goed door. Probeer het opnieuw.',
    notHere: 'Dat is er niet.',
  },
  needsScript: 'Deze pagina heeft JavaScript nodig.',
  notBuilt: 'Het dashboard is nog niet gebouwd. Start de helpdesk met "npm start", of bouw het met "npm run build".',
  fileName: (heading: string, schoolYear: string) =>
    `${heading
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}${schoolYear === '' ? '' : `-${schoolYear}`}`,
};
