// What the states, outcomes and channels of a question are called in English. Knows no sentence.

import type { IntakeChannel } from '../../domain/terms.ts';
import type { Outcome, State } from '../../domain/ticket.ts';

export const outcome: Record<Outcome, string> = {
  'self-service': 'solved with the answer of the helpdesk',
  'self-service-unconfirmed': 'answer shown, no reaction',
  answered: 'answered',
  referred: 'referred',
  withdrawn: 'withdrawn',
  'no-answer-needed': 'no answer needed',
  merged: 'merged with the same question',
};

export const state: Record<State['kind'], string> = {
  answered: 'Waiting for your reaction',
  open: 'Passed on',
  claimed: 'Being handled',
  'awaiting-requester': 'Waiting for your answer',
  closed: 'Closed',
};

export const channel: Record<IntakeChannel, string> = {
  teams: 'Teams',
  phone: 'phone',
  mail: 'mail',
  whatsapp: 'WhatsApp',
  session: 'helpdesk session',
  informal: 'informal',
};
