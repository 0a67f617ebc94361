// Every English sentence about wordings that were learnt from what people confirmed. Knows no logic but date forms.

import type { wordings as dutch } from '../nl/wordings.ts';
import type { Room } from '../room.ts';

const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', dateStyle: 'short' });

export const wordings: Room<typeof dutch> = {
  summary: 'Wordings',
  title: 'How people put their question',
  intro:
    'The helpdesk learnt these wordings from answers that helped. One confirmation counts a little; two by different people, or one by whoever looks after the item, count in full. Remove one with **remove wording** and the code.',
  none: 'No wordings have been learnt yet.',
  line: (one) =>
    `**${one.code}** "${one.text}" → ${one.title} (yes ${one.yes} times, no ${one.no} times, ${day.format(one.at)})`,
  row: (one) =>
    [one.code, day.format(one.at), `yes ${one.yes}`, `no ${one.no}`, one.weight.toFixed(2), one.item, one.text].join(
      '  ',
    ),
  more: (rest) => `And ${rest} more: \`npm run helpdesk -- wordings list\` shows them all.`,
  removed: 'Removed. This wording will not be learnt again.',
  unknown: (code) => `I know no wording with code ${code}. Type **wordings** for the list.`,
  unknownCode: (code) => `I know no wording with code ${code}. "wordings list" shows them.`,
  notAllowed: 'Only an administrator can see and remove the learnt wordings.',
};
