// Every English sentence of looking content over. Knows no logic but number forms.

import type { lint as dutch } from '../nl/lint.ts';
import type { Room } from '../room.ts';
import { count } from './forms.ts';

export const lint: Room<typeof dutch> = {
  severity: { error: 'error', warning: 'warning' },
  sameTitle: (id) => `has the same question as ${id}: merge them`,
  notFound: (title, id) => `"${title}" finds ${id} first: make the difference clearer`,
  drawsWrong: (wording, id) => `"${wording}" draws the wrong question: ${id} comes first`,
  double: (id) => `is much like ${id}: is it there twice?`,
  noSource: 'has no source',
  longAnswer: (words, most) => `answer of ${words} words: nobody reads more than ${most} on a card`,
  themeWithoutFaq: 'theme without a frequently asked question',
  line: (severity, about, what) => `${severity.padEnd(7)}  ${about}: ${what}`,
  total: (items, wordings, errors, warnings) =>
    `Looked over ${items} items and ${wordings} wordings: ${count(errors, 'error', 'errors')}, ${count(warnings, 'warning', 'warnings')}.`,
};
