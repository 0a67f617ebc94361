// Every Dutch sentence of a demonstration: who plays in it, what is asked and answered. Knows nothing else.

const number = (n: number): string => n.toLocaleString('nl-BE');

export const demonstration = {
  label: 'demonstratie',
  explanation: 'Demonstratie: deze cijfers zijn verzonnen.',
  /** Every person and school says that it is not real. */
  person: (n: number) => `Medewerker ${n}`,
  school: (n: string, kind: string) => `Demoschool ${n} (${kind})`,
  schoolKinds: {
    primary: 'basisschool',
    secondary: 'secundaire school',
    boarding: 'internaat',
    adult: 'volwassenenonderwijs',
  },
  /** The theme of the planted topic: new rules bring questions. */
  recurringTheme: 'leersteun-en-verslagen',
  decided: {
    kind: 'helpdesksessie',
    by: 'Kwaliteitsteam',
    note: 'Helpdesksessie gehouden en het antwoord in de veelgestelde vragen verduidelijkt.',
  },
  gapTheme: 'onderwijsregelgeving',
  /** Nothing in the index answers these. */
  gap: [
    'Wie heeft recht op leerlingenvervoer naar het buitengewoon onderwijs?',
    'leerlingenvervoer aanvragen, hoe doe ik dat?',
    'moet het CLB tekenen voor leerlingenvervoer BuO',
    'Ouders vragen of het leerlingenvervoer ook naar een opvangadres kan rijden',
    'kan een leerling met een verslag gratis leerlingenvervoer krijgen?',
    'leerlingenvervoer geweigerd, waar kunnen ouders terecht',
  ],
  handedOver: 'Bekijk jij dit? Het hoort bij jouw thema.',
  askedBack: 'Om welk onderwijsniveau gaat het, en is er al overleg geweest met de ouders?',
  reply: 'Het gaat om het secundair onderwijs. Het overleg is gepland.',
  added: 'Nog ter aanvulling: we hebben het antwoord deze week nodig.',
  reopened: 'Dit antwoord helpt ons nog niet helemaal verder.',
  answered: 'We bespraken je vraag en zochten het voor je op. Kijk ook in de materialenbank.',
  answeredAgain: 'We vulden het antwoord aan. Laat gerust weten of je nu verder kan.',
  referral: 'een andere dienst binnen het GO!',
  referralNote: 'Zij kennen dit beter dan wij en zijn op de hoogte van je vraag.',
  session: {
    programme: (service: string) => `Helpdesksessies ${service}`,
    title: (theme: string) => `${theme} en koffie`,
    level: { clb: 'CLB', school: ['BaO', 'SO', 'BuO'], internaat: 'internaat', cvo: 'volwassenenonderwijs' },
    link: 'https://example.org/demonstratie/presentatie',
  },
  said: {
    loaded: (tickets: number, sessions: number) =>
      `De demonstratiegegevens staan klaar: ${number(tickets)} vragen en ${number(sessions)} helpdesksessies. Alles is verzonnen.`,
    there: 'De demonstratiegegevens waren al geladen. Er is niets gewijzigd.',
    progress: (done: number, of: number) => `${number(done)} van ${number(of)}…`,
    real: 'Hier staan al echte vragen of sessies. Demonstratiegegevens komen alleen in een lege opslag: kies een andere DATA_DIR.',
    other: (seed: string, years: number) =>
      `Hier staan al demonstratiegegevens, gemaakt met --seed ${seed} --school-years ${years}. Kies een lege DATA_DIR voor andere.`,
    notLocal:
      'Demonstratiegegevens kunnen alleen in lokale modus. Deze instellingen horen bij een echte helpdesk (CLIENT_ID of HELPDESK_MODE): laat ze weg en kies een andere DATA_DIR.',
  },
};
