// The words that people see, in the language of this helpdesk. Knows no sentence.

import { nl } from './nl/nl.ts';

/** Every language has the same rooms, with the same slots. */
export const locale = nl;

export type { TypedCommand } from './nl/typed.ts';
