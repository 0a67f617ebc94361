// Every English sentence around a demonstration; what is asked and answered in it is content, which stays Dutch.

import { demonstration as dutch } from '../nl/demonstration.ts';
import type { Room } from '../room.ts';
import { number } from './forms.ts';

export const demonstration: Room<typeof dutch> = {
  ...dutch,
  label: 'demonstration',
  explanation: 'Demonstration: these figures are made up.',
  person: (n) => `Staff member ${n}`,
  school: (n, kind) => `Demo school ${n} (${kind})`,
  schoolKinds: {
    primary: 'primary school',
    secondary: 'secondary school',
    boarding: 'boarding school',
    adult: 'adult education',
  },
  decided: {
    kind: dutch.decided.kind,
    by: 'Quality team',
    note: 'Held a helpdesk session and made the answer in the frequently asked questions clearer.',
  },
  said: {
    loaded: (tickets, sessions) =>
      `The demonstration data are ready: ${number(tickets)} questions and ${number(sessions)} helpdesk sessions. Everything is made up.`,
    there: 'The demonstration data had been loaded already. Nothing has changed.',
    progress: (done, of) => `${number(done)} of ${number(of)}…`,
    real: 'There are real questions or sessions here. Demonstration data only go into an empty store: choose another DATA_DIR.',
    other: (seed, years) =>
      `There are demonstration data here already, made with --seed ${seed} --school-years ${years}. Choose an empty DATA_DIR for others.`,
    notLocal:
      'Demonstration data are for local mode only. These settings belong to a real helpdesk (CLIENT_ID or HELPDESK_MODE): leave them out and choose another DATA_DIR.',
  },
};
