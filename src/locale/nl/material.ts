// Every Dutch sentence and word of taking over documents as material and of looking content over. Knows no logic but number forms.

const n = (value: number): string => new Intl.NumberFormat('nl-BE').format(value);
const count = (value: number, one: string, many: string): string => `${n(value)} ${value === 1 ? one : many}`;

export const material = {
  kinds: { docx: 'Word', pdf: 'PDF', html: 'webpagina', pptx: 'presentatie', table: 'lijst' },
  /** What a document becomes in materials.yaml. */
  materialKinds: { docx: 'document', pdf: 'document', html: 'webpagina', pptx: 'presentatie' },
  /** How file names end, to see whether a name fits what stands in the file. */
  endings: {
    docx: ['.docx', '.docm'],
    pdf: ['.pdf'],
    html: ['.html', '.htm', '.xhtml'],
    pptx: ['.pptx', '.pptm', '.ppsx'],
    table: ['.xlsx', '.xlsm', '.csv', '.tsv'],
  },
  /** Titles that a program fills in and that say nothing. */
  emptyTitle:
    /^(naamloos|document ?\d*|untitled|titel|title|powerpoint[- ]presentatie|powerpoint presentation|presentatie ?\d*|dia ?1|slide ?1|microsoft (word|powerpoint|excel) - .*|.*\.(docx?|pptx?|pdf|xlsx?|indd))$/i,

  refused: {
    missing: (path: string) => `${path} vind ik niet. Kijk de naam en de map na.`,
    empty: 'Er staat niets in het bestand.',
    broken: 'Het bestand is beschadigd of niet volledig bewaard. Open het en bewaar het opnieuw.',
    locked: 'Er staat een wachtwoord op. Bewaar het zonder wachtwoord.',
    oldOffice: 'Dit is een oud Office-formaat. Bewaar het als .docx, .xlsx of .pptx.',
    scanned: 'Dit zijn beelden zonder tekst. Laat er eerst tekstherkenning (OCR) op los.',
    bomb: 'Uitgepakt is het bestand veel te groot. Vertrouw het niet, of bewaar het opnieuw zonder bijlagen.',
    tooBig: (megabytes: number) => `Het bestand is groter dan ${megabytes} MB. Verklein de beelden of splits het.`,
    tooSlow: (seconds: number) => `Het lezen duurde langer dan ${n(seconds)} seconden. Splits het bestand.`,
    tooHeavy: 'Het lezen vroeg te veel geheugen. Splits het bestand.',
    tooManyFiles: (most: number) => `Er staan meer dan ${n(most)} bestanden in de map. Neem ze in delen over.`,
    tooDeep: 'Deze map zit te diep. Neem ze apart over.',
    unreadable: 'Dit mag of kan ik niet lezen. Kijk de rechten na.',
    link: 'Dit is een snelkoppeling of geen gewoon bestand. Geef de map waarin het echte bestand staat.',
    unknown: 'Deze soort ken ik niet. Ik lees Word (.docx), PDF, PowerPoint (.pptx), HTML, .xlsx en .csv.',
    noText: 'Er staat geen tekst in om over te nemen.',
    noTheme: 'Ik vind er geen thema voor. Geef er een met --theme.',
    same: (file: string) => `Dezelfde tekst als ${file}: maar één keer overgenomen.`,
    noRows: 'Geen enkele rij kon overgenomen worden.',
  },

  warning: {
    pagesRead: (read: number, all: number) => `enkel de eerste ${n(read)} van ${n(all)} bladzijden gelezen`,
    pagesWithoutText: (pages: number) => `${count(pages, 'bladzijde', 'bladzijden')} zonder tekst (beeld?)`,
    ending: (kind: string) => `de naam past niet bij wat erin staat: ${kind}`,
    unsureTheme: (theme: string) => `thema onzeker: ${theme}`,
    short: 'weinig tekst: schrijf zelf een samenvatting',
    untitled: 'geen titel gevonden: de bestandsnaam is genomen',
    nameInFile: 'er lijkt een naam of nummer in de bestandsnaam te staan',
    alike: (title: string, id: string, part: number) => `lijkt voor ${Math.round(part * 100)} % op "${title}" (${id})`,
    answered: (title: string, id: string) => `beantwoord ik al met "${title}" (${id})`,
    placeholder: 'geen webadres: blijft een plaatshouder tot je url invult (of geef --base-url)',
    row: (line: number, what: string) => `rij ${line}: ${what}`,
    longAnswer: (words: number) => `antwoord van ${n(words)} woorden: kort het in`,
    known: (id: string) => `al in de inhoud (${id})`,
    twice: (line: number) => `staat al in rij ${line}`,
    missing: (field: string) => `${field} ontbreekt`,
  },

  table: {
    title: (folder: string) => `Materiaal in ${folder}`,
    header: ['bestand', 'soort', 'omvang', 'woorden', 'thema', 'gemaskeerd', 'stand', 'titel'],
    pages: (pages: number) => `${n(pages)} blz.`,
    slides: (slides: number) => count(slides, 'dia', "dia's"),
    rows: (rows: number) => count(rows, 'rij', 'rijen'),
    fresh: 'nieuw',
    freshOf: (fresh: number, all: number) => `${n(fresh)} van ${n(all)} nieuw`,
    known: 'al in de inhoud',
    alike: 'dubbel?',
    themes: (themes: number) => count(themes, 'thema', "thema's"),
    remarks: 'Opmerkingen',
    refused: 'Geweigerd',
    total: (files: number, fresh: number, refused: number, hidden: number) =>
      `${count(files, 'bestand', 'bestanden')} bekeken, ${count(fresh, 'nieuw item', 'nieuwe items')}, ${n(refused)} geweigerd, ${n(hidden)} verborgen overgeslagen.`,
    masked: (masked: number) =>
      `${count(masked, 'herkenbaar gegeven', 'herkenbare gegevens')} gemaskeerd. Kijk de bestanden zelf ook na: de controle ziet niet alles.`,
  },
  progress: (at: number, file: string) => `${n(at)} ${file}…`,
  done: {
    nothing: 'Er is niets nieuws om te schrijven.',
    materials: (file: string) => `Materiaal geschreven naar ${file}. Lees het na en zet het in content/materials/.`,
    faq: (file: string) => `Vragen geschreven naar ${file}. Lees ze na en zet ze in content/faq/.`,
    dry: 'Er is nog niets geschreven. Voeg --out BESTAND.yaml toe om de items na te lezen.',
    heading: 'Overgenomen uit documenten. Nog door niemand nagelezen: kijk elk item na voor het in content/ komt.',
    out: 'Geef met --out een bestand dat op .yaml eindigt.',
    theme: (typed: string, known: string[]) => `Thema "${typed}" ken ik niet. Kies uit: ${known.join(', ')}.`,
    baseUrl: 'Geef met --base-url een webadres dat met https:// begint.',
  },
  /** A place in a document, as a source under an answer. */
  place: (title: string, page: number, section: string) => `${title}, p. ${page}: ${section}`,
};
