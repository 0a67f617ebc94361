// The front of the house: every message, press and installation comes in here and goes to the task it is for.

import { type ActionOf, parseAction } from '../cards/actions.ts';
import type { Card } from '../cards/card.ts';
import { parseChoiceQuery } from '../cards/extension.ts';
import { profileCard, welcomeCard } from '../cards/requester.ts';
import { may, mayIn, type Person } from '../domain/authorisation.ts';
import { parseLine } from '../domain/registration-line.ts';
import { never, type TicketId } from '../domain/terms.ts';
import { wasRegistered, wasRouted } from '../domain/ticket.ts';
import { locale } from '../locale/locale.ts';
import * as commands from './commands.ts';
import * as digest from './figures/digest.ts';
import * as review from './knowledge/item-review.ts';
import * as writing from './knowledge/item-writing.ts';
import * as misses from './knowledge/misses.ts';
import * as regulation from './knowledge/regulation.ts';
import * as wordings from './knowledge/wordings.ts';
import { identify, keepPerson, readPerson, type Turn } from './people.ts';
import type { Address, Appointed, Message, Ports, RateLimit } from './ports.ts';
import * as dataRequests from './privacy/data-requests.ts';
import * as ask from './questions/ask.ts';
import * as connections from './questions/connections.ts';
import * as referral from './questions/referral.ts';
import { search } from './questions/search.ts';
import type { SurveyPage } from './questions/survey-link.ts';
import * as surveyLink from './questions/survey-link.ts';
import { recover, sweep } from './questions/sweep.ts';
import { announce, handBack, resume, sayBack } from './questions/tell.ts';
import { type App, createApp, load, ticketByNumber } from './questions/tickets.ts';
import * as underWay from './questions/under-way.ts';
import * as work from './questions/work.ts';
import * as correction from './registration/correction.ts';
import * as onMessage from './registration/on-message.ts';
import * as registration from './registration/registration.ts';
import * as sessions from './registration/sessions.ts';
import { type Choice, centreChoices } from './registration/typeahead.ts';
import * as week from './registration/week.ts';
import { type Reply, refused, say, text } from './reply.ts';
import { createLeases } from './running/leases.ts';
import * as followUp from './topics/follow-up.ts';

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
 * among those that share the store; a name of its own each time unless told. Without `retentionDays` nothing goes by itself.
 */
export function createHelpdesk(
  ports: Ports,
  appointed: Appointed,
  { limit, instance, retentionDays }: { limit?: RateLimit | undefined; instance?: string; retentionDays?: number } = {},
): Helpdesk {
  const app = createApp(ports, instance);
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
    sweep: async () => (await leases.hold('sweep')) && sweep(app, retentionDays),
    recover: () => recover(app),
    stop: async () => {
      await handBack(app, await app.lanes.close(STOP_MS));
      await leases.release();
    },
  };
}

async function message(
  app: App,
  appointed: Appointed,
  turn: Turn,
  typed: string,
  hasAttachment: boolean,
): Promise<Reply> {
  if (turn.place === 'personal') await revive(app, turn);
  const { smallTalk } = locale;
  const command = commands.parseCommand(typed);
  switch (command.kind) {
    case 'question': {
      const registered = await registeredLine(app, appointed, turn, command.text);
      if (registered) return say(registered);
      return ask.askQuestion(app, turn, command.text);
    }
    case 'greeting':
      return say({ summary: smallTalk.summary, text: smallTalk.greeting });
    case 'thanks':
      return say({ summary: smallTalk.summary, text: smallTalk.thanks });
    case 'empty':
      return say({ summary: smallTalk.summary, text: hasAttachment ? smallTalk.attachmentOnly : smallTalk.empty });
    case 'ask':
      // A chat cannot open a dialog by itself: the welcome card has the button.
      return say({ summary: locale.welcome.summary, card: welcomeCard(turn.name) });
    default:
      return runCommand(app, appointed, turn, command);
  }
}

async function choices(app: App, appointed: Appointed, turn: Turn, value: unknown): Promise<Choice[]> {
  const query = parseChoiceQuery(value);
  if (!query) return [];
  if (query.dataset === 'centres') return centreChoices(app.knowledge.content(), query.text, query.top);
  const { actor } = await identify(app, appointed, turn);
  return registration.knownChoices(app, actor, query.text, query.top);
}

async function runCommand(app: App, appointed: Appointed, turn: Turn, command: commands.RoleCommand): Promise<Reply> {
  if (!(await commands.isAnsweredHere(app, turn, command.kind))) return text(locale.data.confirm.onlyInChat);
  const { actor, record } = await identify(app, appointed, turn);
  switch (command.kind) {
    case 'help':
      return say(commands.help(actor.roles));
    case 'my-questions':
      return say(await commands.myQuestions(app, actor));
    case 'open-questions':
      return say(await commands.openQuestions(app, actor));
    case 'statistics':
      return say(await commands.statistics(app, actor, turn));
    case 'topics':
      return say(await followUp.topicsMessage(app, actor));
    case 'my-data':
      return say(await dataRequests.myData(app, actor, record));
    case 'my-data-json':
      return say(...(await dataRequests.myDataAsJson(app, actor, turn)));
    case 'forget-me':
      return say(await dataRequests.confirmForget(app, actor, turn));
    case 'redact':
      return dataRequests.confirmRedact(app, actor, await ticketByNumber(app.store, command.year, command.number));
    case 'register':
      return mayIn(actor.roles, 'register-questions')
        ? say(await registration.openRegistration(app, actor))
        : text(locale.fault.notAllowed);
    case 'sessions':
      return mayIn(actor.roles, 'register-questions')
        ? say(await sessions.openSessions(app))
        : text(locale.fault.notAllowed);
    case 'my-week':
      return mayIn(actor.roles, 'register-questions')
        ? say(await week.openWeek(app, actor))
        : text(locale.fault.notAllowed);
    case 'reload':
      return say(await commands.reload(app, actor));
    case 'wordings':
      return say(await wordings.showWordings(app, actor));
    case 'knowledge':
      return say(await review.itemList(app, actor));
    case 'remove-wording':
      return say(await wordings.removeShown(app, actor, command.code));
    case 'ticket': {
      const id = await ticketByNumber(app.store, command.year, command.number);
      return id ? view(app, actor, turn, id) : refused({ kind: 'not-allowed' });
    }
    case 'quality-channel':
      return say(await digest.registerQualityChannel(app, actor, turn));
    case 'advisors-channel':
      return say(await commands.registerChannel(app, actor, turn, command.service));
    default:
      return never(command);
  }
}

/** An advisor's line such as "tel gent dossier 10m hoe lang?". */
async function registeredLine(app: App, appointed: Appointed, turn: Turn, typed: string): Promise<Message | undefined> {
  if (!parseLine(typed, app.knowledge.content(), locale.lineWords)) return undefined;
  const { actor } = await identify(app, appointed, turn);
  // The card that follows shows what others asked.
  if (mayIn(actor.roles, 'register-questions') && !(await commands.atWork(app, turn)))
    return { summary: locale.fault.summary, text: locale.data.confirm.onlyInChat };
  return registration.registerLine(app, actor, turn, typed);
}

/** Somebody who writes can be reached again: what was held up for them goes out first. */
async function revive(app: App, turn: Turn): Promise<void> {
  const { missed } = (await readPerson(app, turn.person)) ?? {};
  if (!missed || missed.length === 0) return;
  await keepPerson(app, turn, (record) => {
    delete record.missed;
  });
  for (const id of missed) {
    await resume(app, id, 'requester');
    announce(app, id);
  }
}

async function act(app: App, appointed: Appointed, turn: Turn, data: unknown): Promise<Reply> {
  const action = parseAction(data);
  if (!action) return text(locale.fault.oldCard);
  switch (action.do) {
    case 'command':
      return runCommand(app, appointed, turn, { kind: action.command });
    case 'ask-text':
      return ask.askText(app, turn, action);
    case 'open-rewrite':
      return ask.openRewrite(action);
    case 'open-ask':
      return ask.openAsk(app, turn, action);
    case 'ask-advisor':
      return ask.askAdvisor(app, turn, action);
    case 'forget-me':
      return dataRequests.forgetMe(app, turn);
    case 'open-profile':
      return openProfile(app, turn);
    case 'profile':
      return ask.saveProfile(app, turn, action);
    case 'rate':
      return ask.rate(app, turn, action);
    case 'more':
      return ask.showOthers(app, turn, action);
    case 'pick':
      return ask.pick(app, turn, action);
    case 'move-to':
      return underWay.moveTo(app, turn, action);
    case 'withdraw':
      return underWay.withdraw(app, turn, action);
    case 'open-reply':
      return underWay.openText(app, turn, action.ticket, 'reply');
    case 'reply':
      return underWay.reply(app, turn, action);
    case 'open-reopen':
      return underWay.openText(app, turn, action.ticket, 'reopen');
    case 'reopen':
      return underWay.reopen(app, turn, action);
    case 'survey':
      return underWay.fillSurvey(app, turn, action);
    default: {
      const { actor } = await identify(app, appointed, turn);
      return actWithRoles(app, actor, turn, action);
    }
  }
}

type RoleAction = ActionOf<
  | 'view'
  | 'claim'
  | 'answer'
  | 'ask-back'
  | 'hand-over'
  | 'consult'
  | 'refer'
  | 'close'
  | 'open-answer'
  | 'open-ask-back'
  | 'open-hand-over'
  | 'open-consult'
  | 'open-refer'
  | 'open-close'
  | 'open-connect'
  | 'merge'
  | 'link'
  | 'unlink'
  | 'unmerge'
  | 'register'
  | 'repeat-registration'
  | 'survey-link'
  | 'register-message'
  | 'same-question'
  | 'undo-registration'
  | 'open-session'
  | 'save-session'
  | 'retract-session'
  | 'open-correct'
  | 'correct'
  | 'retract'
  | 'open-week'
  | 'log-time'
  | 'ticket-time'
  | 'undo-time'
  | 'redact'
  | 'open-topics'
  | 'open-topic'
  | 'open-decision'
  | 'decide'
  | 'undo-decision'
  | 'open-propose'
  | 'propose-item'
  | 'open-write-item'
  | 'write-item'
  | 'open-item'
  | 'publish-item'
  | 'open-item-reason'
  | 'item-reason'
  | 'revert-item'
  | 'confirm-item'
  | 'open-regulation'
  | 'flag-theme'
  | 'unflag-theme'
  | 'close-miss'
  | 'teach-miss'
  | 'open-miss'
>;

async function actWithRoles(app: App, actor: Person, turn: Turn, action: RoleAction): Promise<Reply> {
  switch (action.do) {
    case 'view':
      return view(app, actor, turn, action.ticket);
    case 'register':
      return registration.register(app, actor, turn, action);
    case 'repeat-registration':
      return registration.repeat(app, actor, turn, action);
    case 'survey-link':
      return registration.surveyLink(app, actor, action);
    case 'register-message':
      return onMessage.registerMessage(app, actor, turn, action);
    case 'same-question':
      return registration.sameQuestion(app, actor, action);
    case 'undo-registration':
      return registration.undo(app, actor, action);
    case 'open-session':
      return sessions.openSession(app, actor, action);
    case 'save-session':
      return sessions.saveSession(app, actor, turn, action);
    case 'retract-session':
      return sessions.retractSession(app, actor, action);
    case 'open-correct':
      return correction.openCorrection(app, actor, action);
    case 'correct':
      return correction.correct(app, actor, action);
    case 'retract':
      return correction.retract(app, actor, action);
    case 'open-week':
      return week.showWeek(app, actor, action);
    case 'log-time':
      return week.logTime(app, actor, action);
    case 'ticket-time':
      return week.logOnTicket(app, actor, action);
    case 'undo-time':
      return week.undoTime(app, actor, action);
    case 'redact':
      return dataRequests.redact(app, actor, action.ticket);
    case 'open-topics':
      return followUp.showTopics(app, actor);
    case 'open-topic':
      return followUp.showTopic(app, actor, action);
    case 'open-decision':
      return followUp.openDecision(app, actor, action);
    case 'decide':
      return followUp.decide(app, actor, action);
    case 'undo-decision':
      return followUp.undoDecision(app, actor, action);
    case 'open-propose':
      return writing.openProposal(app, actor, action);
    case 'propose-item':
      return writing.proposeItem(app, actor, action);
    case 'open-write-item':
      return writing.openWriting(app, actor, action);
    case 'write-item':
      return writing.writeItem(app, actor, action);
    case 'open-item':
      return review.openItem(app, actor, action);
    case 'publish-item':
      return review.publishItem(app, actor, action);
    case 'open-item-reason':
      return review.openReason(app, actor, action);
    case 'item-reason':
      return review.giveReason(app, actor, action);
    case 'revert-item':
      return review.revertItem(app, actor, action);
    case 'confirm-item':
      return review.confirmItem(app, actor, action);
    case 'open-regulation':
      return regulation.openRegulation(app, actor);
    case 'flag-theme':
      return regulation.flagTheme(app, actor, action);
    case 'unflag-theme':
      return regulation.unflagTheme(app, actor, action);
    case 'open-miss':
      return misses.openMiss(app, actor, action);
    case 'teach-miss':
      return misses.teachMiss(app, actor, action);
    case 'close-miss':
      return misses.closeMiss(app, actor, action);
    case 'claim':
      return work.claim(app, actor, turn.userId, action);
    case 'answer':
      return work.answer(app, actor, action);
    case 'ask-back':
      return work.askBack(app, actor, action);
    case 'hand-over':
      return work.handOver(app, actor, action);
    case 'open-connect':
      return connections.openConnect(app, actor, action);
    case 'merge':
      return connections.merge(app, actor, action);
    case 'link':
      return connections.link(app, actor, action);
    case 'unlink':
      return connections.unlink(app, actor, action);
    case 'unmerge':
      return connections.unmerge(app, actor, action);
    case 'open-consult':
      return referral.openConsultation(app, actor, action);
    case 'consult':
      return referral.consult(app, actor, action);
    case 'open-refer':
      return referral.openReferral(app, actor, action);
    case 'refer':
      return referral.refer(app, actor, action);
    case 'close':
      return work.close(app, actor, action);
    default:
      return work.openForm(app, actor, action);
  }
}

/** A ticket as the one who opens it may see it: as requester in the own chat, as advisor in the channel. */
async function view(app: App, actor: Person, turn: Turn, id: TicketId): Promise<Reply> {
  const loaded = await load(app, id);
  if (!loaded) return refused({ kind: 'not-allowed' });
  const { ticket } = loaded;
  const about = { requester: ticket.requester.person, service: ticket.service };
  if (!may(actor, 'read', about)) return refused({ kind: 'not-allowed' });
  const own = ticket.requester.person === actor.person;
  if (own && turn.place === 'personal') return { kind: 'card', card: await ask.cardForRequester(app, ticket) };
  if (wasRegistered(ticket)) return correction.registeredView(app, ticket, actor);
  if (!wasRouted(ticket)) return refused({ kind: 'not-allowed' });
  return { kind: 'card', card: await work.cardForAdvisor(app, ticket, actor, turn.userId) };
}

async function openProfile(app: App, turn: Turn): Promise<Reply> {
  const record = await keepPerson(app, turn, () => undefined);
  return say({ summary: locale.profile.summary, card: profileCard(app.knowledge.content(), record) });
}
