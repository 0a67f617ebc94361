// The front of the house: every message, press and installation comes in here. Knows no task of its own.

import type { Card } from '../cards/card.ts';
import { parseChoiceQuery } from '../cards/extension.ts';
import { locale } from '../locale/locale.ts';
import * as commands from './commands.ts';
import { identify, type Turn } from './people.ts';
import type { Address, Appointed, Message, Ports, RateLimit } from './ports.ts';
import { act } from './pressed.ts';
import type { Terms } from './privacy/retention.ts';
import { search } from './questions/search.ts';
import type { SurveyPage } from './questions/survey-link.ts';
import * as surveyLink from './questions/survey-link.ts';
import { recover, sweep } from './questions/sweep.ts';
import { handBack, sayBack } from './questions/tell.ts';
import { type App, createApp } from './questions/tickets.ts';
import { knownChoices } from './registration/known-questions.ts';
import * as onMessage from './registration/on-message.ts';
import { type Choice, centreChoices } from './registration/typeahead.ts';
import { type Reply, say, text } from './reply.ts';
import { createLeases } from './running/leases.ts';
import { message } from './typed.ts';

export type Helpdesk = {
  /** A typed message. `hasAttachment` with an empty text gets its own sentence. */
  message(turn: Turn, typed: string, hasAttachment: boolean): Promise<Reply>;
  /** A pressed button or submitted form, whatever it holds. */
  act(turn: Turn, data: unknown): Promise<Reply>;
  /** The bot was installed for a person, perhaps not for the first time. */
  installed(turn: Turn): Promise<Reply>;
  /** An action on a message of any chat; `value` is as the platform sends it. */
  onMessage(turn: Turn, value: unknown): Promise<Reply>;
  /** What a field offers for the words that somebody typed so far; nothing for a list that is not ours. */
  choices(turn: Turn, value: unknown): Promise<Choice[]>;
  /** Items to share in any chat, or the sentence that says why there are none. */
  search(
    turn: Turn,
    value: unknown,
  ): Promise<{ items: { title: string; hint: string; card: Card }[]; sentence: string }>;
  /** The survey behind a link, for whoever has it. */
  openSurvey(token: string): Promise<SurveyPage>;
  fillSurvey(token: string, fields: Record<string, string>): Promise<SurveyPage>;
  /** Says what a task gave back, behind what the conversation still has to hear. Takes a second at most. */
  deliver(to: Address, messages: Message[]): Promise<void>;
  /**
   * Everything that is due: what was not told yet, reminders, answers nobody reacted to. Does nothing while another
   * instance does it. True when there may be more.
   */
  sweep(): Promise<boolean>;
  /** Goes on with what an earlier process of the same name was telling. */
  recover(): Promise<void>;
  /** Finishes what is being told, and leaves the rest to other instances, or to the next start. */
  stop(): Promise<void>;
};

/** How long the end of the process waits for messages under way. */
const STOP_MS = 5_000;

/**
 * `limit` bounds how often one person may speak or press; without it there is no bound. `instance` names this process
 * among those that share the store; a name of its own each time unless told. Without `terms` nothing goes by itself.
 */
export function createHelpdesk(
  ports: Ports,
  appointed: Appointed,
  { limit, instance, terms }: { limit?: RateLimit | undefined; instance?: string; terms?: Terms } = {},
): Helpdesk {
  const app = createApp(ports, instance, appointed);
  const leases = createLeases(app.store, app.clock, app.instance);
  return {
    message: async (turn, typed, hasAttachment) => {
      const pace = await limit?.(turn.person);
      // Said once: an answer to each would only make it busier.
      if (pace === 'too-many') return { kind: 'done' };
      if (pace === 'first-too-many') return text(locale.fault.tooFast);
      return message(app, appointed, turn, typed, hasAttachment);
    },
    act: async (turn, data) => {
      const pace = await limit?.(turn.person);
      return pace === undefined || pace === 'fine' ? act(app, appointed, turn, data) : text(locale.fault.tooFast);
    },
    onMessage: async (turn, value) => {
      const { actor } = await identify(app, appointed, turn);
      return onMessage.openOnMessage(app, actor, turn, value);
    },
    choices: (turn, value) => choices(app, appointed, turn, value),
    search: (turn, value) => search(app, turn, value),
    installed: async (turn) => say(...(await commands.welcome(app, turn))),
    openSurvey: (token) => surveyLink.openSurvey(app, token),
    fillSurvey: (token, fields) => surveyLink.fillSurvey(app, token, fields),
    deliver: (to, messages) => sayBack(app, to, messages),
    sweep: async () => (await leases.hold('sweep')) && sweep(app, terms),
    recover: () => recover(app),
    stop: async () => {
      await handBack(app, await app.lanes.close(STOP_MS));
      await leases.release();
    },
  };
}

async function choices(app: App, appointed: Appointed, turn: Turn, value: unknown): Promise<Choice[]> {
  const query = parseChoiceQuery(value);
  if (!query) return [];
  if (query.dataset === 'centres') return centreChoices(app.knowledge.content(), query.text, query.top);
  const { actor } = await identify(app, appointed, turn);
  return knownChoices(app, actor, query.text, query.top);
}
