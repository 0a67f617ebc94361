// Every Dutch sentence about wordings that were learnt from what people confirmed. Knows no logic but number and date forms.

const day = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', dateStyle: 'short' });

export const wordings = {
  summary: 'Verwoordingen',
  title: 'Zo stelden mensen hun vraag',
  intro:
    'Deze verwoordingen leerde de helpdesk uit antwoorden die hielpen. Eén bevestiging telt een beetje; twee van verschillende mensen, of een van wie het item beheert, tellen volledig. Haal er een weg met **verwijder verwoording** en de code.',
  none: 'Er zijn nog geen verwoordingen geleerd.',
  line: (one: { code: string; text: string; title: string; yes: number; no: number; at: number }) =>
    `**${one.code}** "${one.text}" → ${one.title} (${one.yes} keer ja, ${one.no} keer nee, ${day.format(one.at)})`,
  /** In the terminal. */
  row: (one: { code: string; text: string; item: string; yes: number; no: number; at: number; weight: number }) =>
    [one.code, day.format(one.at), `ja ${one.yes}`, `nee ${one.no}`, one.weight.toFixed(2), one.item, one.text].join(
      '  ',
    ),
  more: (rest: number) => `En nog ${rest}: \`npm run helpdesk -- wordings list\` toont ze allemaal.`,
  removed: 'Verwijderd. Deze verwoording wordt niet opnieuw geleerd.',
  unknown: (code: string) => `Ik ken geen verwoording met code ${code}. Typ **verwoordingen** voor de lijst.`,
  unknownCode: (code: string) => `Ik ken geen verwoording met code ${code}. "wordings list" toont ze.`,
  notAllowed: 'Alleen een beheerder kan de geleerde verwoordingen zien en weghalen.',
};
