// Every Dutch sentence about items that have to be read again. Knows no logic but number and date forms.

import type { Concern, LinkTrouble } from '../../domain/upkeep.ts';
import { shortDay } from './forms.ts';

const host = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);
const troubles: Record<LinkTrouble | 'changed', string> = {
  silent: 'antwoordt niet',
  refused: 'bestaat niet meer',
  moved: 'verhuisde',
  changed: 'wijzigde sindsdien',
};

function concern(what: Concern): string {
  switch (what.kind) {
    case 'regulation':
      return `regelgeving gewijzigd op ${shortDay(what.on)}`;
    case 'source':
      return `bron ${host(what.url)} ${troubles[what.how]}`;
    case 'unhelpful':
      return `hielp ${what.times} keer niet`;
    case 'draft':
      return `ontwerp sinds ${shortDay(what.since)}`;
    case 'unreviewed':
      return `laatst nagekeken op ${shortDay(what.since)}`;
    case 'unshown':
      return 'dit schooljaar aan niemand getoond';
  }
}

export const upkeep = {
  concern,
  summary: 'Items om na te kijken',
  title: 'Kijk deze items na',
  heading: (items: number) => `Om na te kijken (${items})`,
  forTeam: (items: number) =>
    `Voor wie deze thema's beheert: ${items === 1 ? 'één item vraagt' : `${items} items vragen`} aandacht. Typ **kennisbank** in je eigen chat voor de hele lijst.`,
  forRole: (role: string, items: number) =>
    `${role}: ${items === 1 ? 'één item vraagt' : `${items} items vragen`} je aandacht. Open een item en druk op Nog juist, of pas het aan.`,
  regulation: {
    title: 'Regelgeving gewijzigd',
    open: 'Regelgeving gewijzigd',
    intro:
      'Alle antwoorden van dit thema zeggen dan dat de regelgeving wijzigde, tot iemand ze nakeek. Per antwoord verdwijnt dat met *Nog juist* of met een nieuwe tekst.',
    day: 'Gewijzigd op',
    url: 'Link naar de wijziging (mag leeg)',
    urlHint: 'https://…',
    flag: 'Markeer dit thema',
    unflag: 'Neem markering terug',
    flags: 'Nu gemarkeerd',
    line: (theme: string, day: string, by: string) => `${theme}: gewijzigd op ${shortDay(day)}, gemeld door ${by}`,
    flagged: (theme: string, items: number) =>
      `Genoteerd. De ${items} antwoorden van ${theme} zeggen het tot ze nagekeken zijn; ze staan in **kennisbank**.`,
    unflagged: (theme: string) => `De markering van ${theme} is weg.`,
    notAllowed: 'Dit kan alleen wie het thema beheert, het kwaliteitsteam of een beheerder.',
    noTheme: 'Kies een thema uit de lijst.',
    noDay: 'Geef een datum, zoals 2026-09-01.',
    noLink: 'De link moet met https:// beginnen, of laat het veld leeg.',
  },
};
