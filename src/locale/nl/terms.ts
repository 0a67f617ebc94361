// What the states, outcomes and channels of a question are called. Knows no sentence.

import type { IntakeChannel } from '../../domain/terms.ts';
import type { Outcome, State } from '../../domain/ticket.ts';

export const outcome: Record<Outcome, string> = {
  'self-service': 'opgelost met het antwoord van de helpdesk',
  'self-service-unconfirmed': 'antwoord getoond, geen reactie',
  answered: 'beantwoord',
  referred: 'doorverwezen',
  withdrawn: 'ingetrokken',
  'no-answer-needed': 'geen antwoord nodig',
  merged: 'samengevoegd met een gelijke vraag',
};

export const state: Record<State['kind'], string> = {
  answered: 'Wacht op je reactie',
  open: 'Doorgestuurd',
  claimed: 'In behandeling',
  'awaiting-requester': 'Wacht op jouw antwoord',
  closed: 'Afgerond',
};

export const channel: Record<IntakeChannel, string> = {
  teams: 'Teams',
  phone: 'telefoon',
  mail: 'mail',
  whatsapp: 'WhatsApp',
  session: 'helpdesksessie',
  informal: 'informeel',
};
