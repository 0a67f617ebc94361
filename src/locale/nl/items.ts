// Every Dutch sentence about FAQ items that people write, review and keep fresh. Knows no logic but number and date forms.

import type { ItemRefusal } from '../../domain/items.ts';

const day = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', dateStyle: 'medium' });
const on = (at: number): string => day.format(at);

function refusal(no: ItemRefusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'Dit kan alleen wie dit thema beheert: het aanspreekpunt, de vervanger, de coördinator of het kwaliteitsteam. Ben jij het aanspreekpunt? Vraag een beheerder om je e-mailadres bij het aanspreekpunt te zetten.';
    case 'own-draft':
      return 'Dit schreef je zelf. Laat een collega die dit thema mee beheert het nakijken en publiceren.';
    case 'already-proposed':
      return `${no.by.name || 'Een collega'} stelde deze vraag al voor op ${on(no.since)}. Ze wacht op nazicht; daarna kan je ze aanvullen.`;
    case 'changed-meanwhile':
      return 'Iemand paste dit intussen aan. Lees de nieuwe tekst hieronder en beslis opnieuw.';
    case 'nothing-to-review':
      return 'Hier wacht niets op nazicht. Hieronder staat hoe het nu is.';
    case 'not-published':
      return 'Dit item staat niet gepubliceerd, er is dus niets weg te halen.';
    case 'no-such-version':
      return 'Die versie is er niet (meer). Hieronder staat hoe het nu is.';
    case 'empty':
      return 'Vul een vraag en een antwoord in.';
    case 'question-too-long':
      return `Een vraag of verwoording telt hoogstens ${no.most} tekens. Maak ze korter.`;
    case 'answer-too-long':
      return `Een antwoord telt hoogstens ${no.most} tekens. Kort het in en verwijs met een bron naar de rest.`;
    case 'too-many-variants':
      return `Geef hoogstens ${no.most} andere verwoordingen.`;
    case 'unknown-theme':
      return 'Kies een thema uit de lijst.';
    case 'theme-retired':
      return `Het thema ${no.name} wordt niet meer gebruikt. Kies een ander thema.`;
    case 'no-audience':
      return 'Kies voor wie dit antwoord is.';
    case 'no-reason':
      return 'Zeg in een zin waarom: wie dit schreef, leest het.';
    case 'too-many-changes':
      return 'Dit item is heel vaak aangepast en kan er niet meer bij. Haal het weg en maak een nieuw item.';
  }
}

export const items = {
  refusal,
  summary: 'Kennisbank',
  propose: 'Stel voor als FAQ',
  proposeLabel: 'Voor wie na jou komt',
  proposeToggle: 'Stel dit antwoord ook voor als FAQ',
  write: 'Schrijf dit',
  audiences: { clb: 'CLB', school: 'scholen', internaat: 'internaten', cvo: 'volwassenenonderwijs' },
  gone: 'Dit item is er niet meer. Typ **kennisbank** voor de lijst.',
  notAllowed: 'Alleen adviseurs en het kwaliteitsteam schrijven mee aan de kennisbank.',
  materialOnly: 'Materiaal pas je niet hier aan, maar waar het gemaakt is. Kies een FAQ-item.',

  what: { faq: 'FAQ-item', material: 'materiaal' },

  /** A material that anybody offers. */
  offer: {
    button: 'Deel materiaal',
    summary: 'Deel materiaal',
    invitation:
      "Heb je een materiaal dat collega's inspireert, zoals een draaiboek, een sjabloon of een opname? Deel de link. Wie het thema beheert, kijkt het na; daarna vindt iedereen het, met je centrum erbij en zonder je naam.",
    title: 'Deel materiaal',
    intro:
      'Wie het thema beheert, kijkt dit na. Daarna vindt iedereen het, met je centrum erbij en zonder je naam. Zet er niets in over leerlingen.',
    link: 'Link',
    linkHint: 'https://…',
    linkWrong: 'Geef een link die met https:// begint, zonder gebruikersnaam of wachtwoord erin.',
    name: 'Titel',
    nameHint: 'Zoals het materiaal zelf heet',
    sentence: 'Wat is het?',
    sentenceHint: 'In één zin: wat het is en wanneer je het gebruikt',
    kind: 'Soort (mag leeg blijven)',
    /** Stand as such in content/. */
    kinds: ['draaiboek', 'leermodule', 'opname', 'presentatie', 'sjabloon', 'tool', 'visietekst'],
    anyKind: 'link',
    centre: 'Centrum waar het vandaan komt',
    noCentre: 'Kies het centrum waar het materiaal vandaan komt. Dat staat erbij, je naam niet.',
    there: (title: string) => `Dit materiaal staat er al: ${title}. Er is niets voorgesteld.`,
    twice:
      'Dit materiaal is al eens aangeboden: het wacht op nazicht of is al bekeken. Er is niets voorgesteld; wat je typte, staat er nog.',
    notYours: 'Dit materiaal kan enkel aanpassen wie het aanbood of wie het thema beheert.',
    incomplete: 'Vul een titel in en zeg in één zin wat het is.',
    tooLong: (most: number) => `Dat is te lang: hoogstens ${most} tekens. Maak het korter.`,
    tooMany: (most: number) =>
      `Je deelde vandaag al ${most} materialen. Morgen kan je verder; wat je typte, staat er nog zolang dit venster open is.`,
    send: 'Stel voor',
    sent: (role: string) => `Dank je, voorgesteld. ${role} kijkt het na; je hoort hier wat ervan komt.`,
  },

  form: {
    title: 'Stel voor als FAQ',
    editTitle: 'Pas FAQ-item aan',
    intro: 'Wie het thema beheert, leest dit na voor iemand anders het ziet.',
    found: (what: string) => `Weggelaten omdat het herkenbaar is: ${what}. Kijk na of de tekst nog klopt.`,
    personal: (what: string) =>
      `Hier staat nog iets herkenbaars in: ${what}. Haal het weg, of laat mij het doen. Wat je typte, staat er nog.`,
    maskedNow: 'Ik haalde weg wat herkenbaar is. Er is nog niets voorgesteld: kijk na en stel voor.',
    finding: (kind: string, value: string) => `${kind} (${value})`,
    question: 'Vraag',
    questionHint: 'Zoals iemand ze zou stellen, in één zin',
    answer: 'Antwoord',
    variants: 'Andere verwoordingen, één per lijn',
    theme: 'Thema',
    audience: 'Voor wie',
    sources: 'Bronnen, één per lijn: titel | https://…',
    sourceWrong: 'Een bron moet op een https-link eindigen, bijvoorbeeld: Omzendbrief | https://…',
    nearest: 'Dit staat er al. Hetzelfde? Vul dan aan in plaats van dubbel te schrijven.',
    target: 'Nieuw of aanvullen',
    fresh: 'Een nieuw item',
    extend: (title: string) => `Vul aan: ${title}`,
    extended: 'Dit is de tekst van het bestaande item, met jouw antwoord eronder. Maak er één geheel van en stel voor.',
    send: 'Stel voor',
    sent: (role: string) => `Voorgesteld. ${role} leest het na; je hoort hier wat ervan komt.`,
    knownSource: 'Bron',
  },

  review: {
    summary: { faq: 'Een FAQ-item wacht op nazicht', material: 'Een materiaal wacht op nazicht' },
    title: {
      proposed: (what: string) => `Te beoordelen ${what}`,
      'sent-back': (what: string) => `Teruggestuurd ${what}`,
      rejected: (what: string) => `Afgewezen ${what}`,
      published: (what: string) => `Gepubliceerd ${what}`,
      retired: (what: string) => `Weggehaald ${what}`,
    },
    state: {
      proposed: (by: string, at: number) => `Voorgesteld door ${by} op ${on(at)}`,
      'sent-back': (by: string, at: number) => `Teruggestuurd door ${by} op ${on(at)}`,
      rejected: (by: string, at: number) => `Afgewezen door ${by} op ${on(at)}`,
      published: (by: string, at: number) => `Gepubliceerd door ${by} op ${on(at)}`,
      retired: (by: string, at: number) => `Weggehaald door ${by} op ${on(at)}`,
    },
    somebody: 'iemand',
    files: 'de bestanden',
    struck: 'De vraag waar dit uit kwam, is onleesbaar gemaakt.',
    forOwner: (role: string) => `Voor ${role}`,
    change: 'Vraagstellers zien intussen nog de vorige tekst.',
    reason: (reason: string) => `Reden: ${reason}`,
    variants: 'Andere verwoordingen',
    near: 'Lijkt op',
    theme: 'Thema',
    kind: 'Soort',
    origin: 'Uit het werkveld',
    audience: 'Voor',
    trust: 'Vraagstellers zien',
    reviewed: (date: string) => `nagekeken op ${date}`,
    draft: (date: string) => `opgesteld op ${date}, nog niet nagekeken`,
    history: 'Wat ermee gebeurde',
    events: {
      taken: (at: number) => `${on(at)}: tekst uit de bestanden`,
      proposed: (at: number, by: string) => `${on(at)}: tekst van ${by}`,
      published: (at: number, by: string) => `${on(at)}: gepubliceerd door ${by}`,
      'sent-back': (at: number, by: string) => `${on(at)}: teruggestuurd door ${by}`,
      rejected: (at: number, by: string) => `${on(at)}: afgewezen door ${by}`,
      reverted: (at: number, by: string) => `${on(at)}: vorige versie teruggezet door ${by}`,
      retired: (at: number, by: string) => `${on(at)}: weggehaald door ${by}`,
      confirmed: (at: number, by: string) => `${on(at)}: nog juist volgens ${by}`,
    },
    publish: 'Publiceer',
    confirm: 'Nog juist',
    confirmed: 'Genoteerd: vandaag nagekeken.',
    edit: 'Pas aan',
    sendBack: 'Stuur terug',
    reject: 'Wijs af',
    revert: 'Zet vorige versie terug',
    restore: 'Zet terug',
    retire: 'Haal weg',
    published: 'Gepubliceerd. Vraagstellers krijgen dit antwoord vanaf nu.',
    reverted: 'Teruggezet. Vraagstellers krijgen deze versie vanaf nu.',
    done: {
      'send-back': 'Teruggestuurd. De schrijver krijgt je reden.',
      reject: 'Afgewezen. De schrijver krijgt je reden.',
      retire: 'Weggehaald. Vraagstellers krijgen dit antwoord niet meer; terugzetten kan.',
    },
    reasonTitle: { 'send-back': 'Stuur terug', reject: 'Wijs af', retire: 'Haal weg' },
    reasonLabel: { 'send-back': 'Wat moet er anders?', reject: 'Waarom niet?', retire: 'Waarom?' },
  },

  told: {
    published: (what: string, title: string) => `Je ${what} is gepubliceerd: ${title}`,
    'sent-back': (what: string, title: string, by: string, reason: string) =>
      `${by} stuurde je ${what} terug: ${title}. Reden: ${reason}`,
    rejected: (what: string, title: string, by: string, reason: string) =>
      `${by} wees je ${what} af: ${title}. Reden: ${reason}`,
    open: 'Open',
  },

  miss: {
    title: 'Dit antwoord hielp niet',
    question: 'Gevraagd',
    shownLabel: 'Getoond',
    answeredLabel: 'Uiteindelijk geantwoord',
    unanswered: 'Nog geen antwoord van een adviseur.',
    shown: (title: string) => `Getoond: ${title}`,
    shownIsGone: 'een item dat er niet meer is',
    unreadable: 'De tekst van deze vraag is er niet meer.',
    teachHeading: 'Stond het antwoord in een ander item? Dan vindt de volgende het wel.',
    teach: 'Voeg verwoording toe',
    write: 'Schrijf een nieuw item',
    outOfScope: 'Hoort hier niet',
    taught: (title: string) => `Toegevoegd: wie het zo vraagt, vindt nu sneller: ${title}`,
    notTaught:
      'Deze vraag is te lang of te algemeen om als verwoording te bewaren, of je voegde er al veel toe. Schrijf een nieuw item of vul er een aan.',
    closed: 'Genoteerd: deze vraag hoort niet in de kennisbank.',
    decided: {
      wording: (by: string) => `${by} voegde de verwoording aan een item toe.`,
      written: (by: string) => `${by} stelde een item voor.`,
      'out-of-scope': (by: string) => `${by} noteerde dat dit hier niet hoort.`,
    },
  },

  /** In the terminal. */
  files: {
    nothing: 'Niemand paste iets aan over de bestanden heen: er is niets weg te schrijven.',
    written: (files: number, items: number, folder: string) =>
      `${items} items in ${files} bestanden, geschreven in ${folder}. Vergelijk met content/ en neem over wat je wil; zet versions.json niet in content/.`,
    plan: (same: number, fresh: number, changed: number, conflicts: number) =>
      `${same} gelijk, ${fresh} nieuw, ${changed} gewijzigd, ${conflicts} niet over te nemen.`,
    notApplied: 'Er is nog niets overgenomen: voeg --apply toe.',
    applied: (items: number) => `${items} items overgenomen. Lopende helpdesks gebruiken ze binnen enkele seconden.`,
    conflict: (id: string, why: string) => `${id}: ${why}`,
    unknownTheme: (theme: string) => `thema ${theme} bestaat niet in content/themes.yaml.`,
    material: 'dit is materiaal dat niet uit het werkveld kwam, of iets anders dan wat er staat.',
    otherId: (id: string) => `dezelfde vraag staat er al als ${id}. Gebruik dat id: ids veranderen niet.`,
    waiting: 'iemand stelde hier een wijziging voor die op nazicht wacht. Beslis eerst daarover.',
    retired: 'dit item is weggehaald. Zet het eerst terug in de kennisbank.',
    changedHere: 'iemand paste dit hier aan sinds de export. Exporteer opnieuw en voeg samen.',
    links: {
      asking: (links: number) => `${links} links worden een voor een gevraagd, enkele hosts tegelijk.`,
      offline: 'Geen enkele link antwoordde: deze machine is wellicht offline. Er is niets nagekeken.',
      line: (
        url: string,
        no: { kind: string; to?: string; status?: number; reason?: string },
        items: readonly string[],
      ): string => {
        const why = {
          moved: `staat voortaan op ${no.to}`,
          refused: `antwoordt met ${no.status}`,
          silent: `antwoordt niet (${no.reason})`,
        }[no.kind];
        return `${url} ${why}: ${items.join(', ')}`;
      },
      total: (links: number, bad: number) =>
        `${links} links gevraagd, ${bad} na te kijken. Wie een thema beheert, ziet het ook in kennisbank.`,
    },
    faulty: (problems: number) =>
      `Er is niets overgenomen: verbeter eerst ${problems === 1 ? 'de fout' : `de ${problems} fouten`} hierboven.`,
  },

  list: {
    title: 'Kennisbank',
    empty: 'Er wacht niets. Een antwoord dat anderen helpt, stel je voor met *Stel voor als FAQ*.',
    toReview: 'Te beoordelen',
    misses: 'Antwoorden die niet hielpen',
    mine: 'Door jou voorgesteld',
    line: (title: string, theme: string) => `${theme} · ${title}`,
    more: (rest: number) => `En nog ${rest}.`,
  },
};
