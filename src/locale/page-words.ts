// The words of the dashboard's page, apart: a browser gets these and no others. Knows no sentence.

import { dashboard as english } from './en/dashboard.ts';
import { dashboard as dutch } from './nl/dashboard.ts';

/** In the language the server wrote in the page it sent. */
export const pageWords: typeof english = globalThis.document?.documentElement.lang.startsWith('en') ? english : dutch;
