// The words of the dashboard's page, apart: a browser gets these and no others. Knows no sentence.

import { dashboard } from './nl/dashboard.ts';

export const pageWords = dashboard;
