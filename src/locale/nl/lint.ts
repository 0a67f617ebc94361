// Every Dutch sentence of looking content over. Knows no logic but number forms.

export const lint = {
  severity: { error: 'fout', warning: 'let op' },
  sameTitle: (id: string) => `heeft dezelfde vraag als ${id}: voeg ze samen`,
  notFound: (title: string, id: string) => `"${title}" vindt eerst ${id}: maak het verschil duidelijker`,
  drawsWrong: (wording: string, id: string) => `"${wording}" trekt de verkeerde vraag aan: ${id} komt eerst`,
  double: (id: string) => `lijkt sterk op ${id}: is het een dubbel?`,
  noSource: 'heeft geen bron',
  longAnswer: (words: number, most: number) =>
    `antwoord van ${words} woorden: meer dan ${most} leest niemand op een kaart`,
  themeWithoutFaq: 'thema zonder veelgestelde vraag',
  line: (severity: string, about: string, what: string) => `${severity.padEnd(6)}  ${about}: ${what}`,
  total: (items: number, wordings: number, errors: number, warnings: number) =>
    `${items} items en ${wordings} verwoordingen nagekeken: ${errors} ${errors === 1 ? 'fout' : 'fouten'}, ${warnings} keer let op.`,
};
