// Every Dutch sentence about what is held of people: shown, handed over, erased, made unreadable. Knows no logic.

const questions = (n: number): string => `${n} ${n === 1 ? 'vraag' : 'vragen'}`;

export const data = {
  asJson: 'Toon als JSON',
  erase: 'Wis mijn gegevens…',
  json: {
    summary: 'Je gegevens als JSON',
    intro: (parts: number) =>
      parts === 1
        ? 'Dit is alles wat de helpdesk over jou bijhoudt.'
        : `Dit is alles wat de helpdesk over jou bijhoudt, in ${parts} berichten.`,
    tooMuch: 'Dat is te veel voor een chat. Vraag je beheerder om het als bestand.',
  },
  confirm: {
    summary: 'Wis mijn gegevens',
    title: 'Wis mijn gegevens',
    lines: (n: number, underWay: number) => [
      n === 0 ? 'Je stelde nog geen vragen.' : `De tekst van je ${questions(n)} en de antwoorden daarop worden gewist.`,
      ...(underWay === 0
        ? []
        : [
            underWay === 1
              ? 'Er loopt nog 1 vraag: die wordt ingetrokken.'
              : `Er lopen nog ${questions(underWay)}: die worden ingetrokken.`,
          ]),
      'Ook je naam, e-mailadres, centrum en functie verdwijnen. Wat overblijft, is enkel nog een aantal in de cijfers, dat niemand aan jou kan koppelen.',
      'Dit kan niet ongedaan gemaakt worden. Wil je eerst zien wat er is, typ dan **mijn gegevens**.',
    ],
    yes: 'Ja, wis mijn gegevens',
    onlyInChat: 'Typ dit in je eigen chat met de helpdesk, niet in een kanaal of groep.',
  },
  /** What is left of a message whose text had to go. */
  emptied: {
    summary: 'Tekst gewist',
    text: 'De tekst van dit bericht is gewist, samen met de vraag waar hij uit kwam.',
  },
  erasing: {
    summary: 'Je gegevens worden gewist',
    text: 'Je gegevens worden nu gewist. Dat duurt hoogstens enkele minuten: de tekst verdwijnt dan ook uit je kaarten hierboven. Wat je zelf in deze chat typte, verwijder je in Teams.',
  },
  redact: {
    summary: (number: string) => `${number} onleesbaar maken`,
    title: (number: string) => `${number} onleesbaar maken`,
    lines: [
      'Elke tekst van deze vraag en de naam van de vraagsteller worden gewist. Thema, centrum, tijdstippen en wie eraan werkte, blijven.',
      'Ook wat eruit gemaakt werd, verdwijnt: concepten van antwoorden en casussen, geleerde verwoordingen en FAQ-voorstellen die nog niet gepubliceerd zijn.',
      'Dit kan niet ongedaan gemaakt worden. Het wordt genoteerd, zonder tekst.',
    ],
    underWay:
      'Deze vraag loopt nog. Sluit ze eerst af, of laat de vraagsteller ze intrekken: anders verliest een collega wat nog beantwoord moet worden.',
    yes: 'Ja, maak onleesbaar',
    done: (number: string, stay: string[] = []) =>
      [
        `${number} is onleesbaar gemaakt. De kaarten in de chat en het kanaal worden aangepast.`,
        ...(stay.length > 0
          ? [
              `Al gepubliceerd en dus gebleven: ${stay.map((title) => `"${title}"`).join(', ')}. Lees na of er iets herkenbaars in staat; met \`kennisbank\` haal je het weg.`,
            ]
          : []),
      ].join(' '),
    command: (number: string) => `maak ${number} onleesbaar`,
    notAllowed: 'Alleen een beheerder kan een vraag onleesbaar maken.',
  },
};
