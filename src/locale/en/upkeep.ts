// Every English sentence about items that have to be read again. Knows no logic but number and date forms.

import type { Concern, LinkTrouble } from '../../domain/upkeep.ts';
import type { upkeep as dutch } from '../nl/upkeep.ts';
import type { Room } from '../room.ts';
import { shortDay } from './forms.ts';

const host = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);
const troubles: Record<LinkTrouble | 'changed', string> = {
  silent: 'does not answer',
  refused: 'no longer exists',
  moved: 'has moved',
  changed: 'has changed since',
};

function concern(what: Concern): string {
  switch (what.kind) {
    case 'regulation':
      return `regulations changed on ${shortDay(what.on)}`;
    case 'source':
      return `source ${host(what.url)} ${troubles[what.how]}`;
    case 'unhelpful':
      return `did not help ${what.times} times`;
    case 'draft':
      return `draft since ${shortDay(what.since)}`;
    case 'unreviewed':
      return `last reviewed on ${shortDay(what.since)}`;
    case 'unshown':
      return 'shown to nobody this school year';
  }
}

export const upkeep: Room<typeof dutch> = {
  concern,
  summary: 'Items to look at',
  title: 'Please look at these items',
  heading: (items) => `To look at (${items})`,
  forTeam: (items) =>
    `For whoever looks after these themes: ${items === 1 ? 'one item asks' : `${items} items ask`} for attention. Type **knowledge base** in your own chat for the whole list.`,
  forRole: (role, items) =>
    `${role}: ${items === 1 ? 'one item asks' : `${items} items ask`} for your attention. Open an item and press Still right, or change it.`,
  regulation: {
    title: 'Regulations changed',
    open: 'Regulations changed',
    intro:
      'All answers of this theme then say that the regulations changed, until somebody has reviewed them. For each answer that goes with *Still right* or with a new text.',
    day: 'Changed on',
    url: 'Link to the change (may be empty)',
    urlHint: 'https://…',
    flag: 'Flag this theme',
    unflag: 'Take flag back',
    flags: 'Flagged now',
    line: (theme, day, by) => `${theme}: changed on ${shortDay(day)}, reported by ${by}`,
    flagged: (theme, items) =>
      `Noted. The ${items} answers of ${theme} say so until they have been reviewed; you find them in **knowledge base**.`,
    unflagged: (theme) => `The flag of ${theme} is gone.`,
    notAllowed: 'Only whoever looks after the theme, the quality team or an administrator can do this.',
    noTheme: 'Choose a theme from the list.',
    noDay: 'Give a date, such as 2026-09-01.',
    noLink: 'The link must start with https://, or leave the field empty.',
  },
};
