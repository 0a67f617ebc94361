// A pressed button or a sent form, taken to the task it is for. Knows nothing typed.

import { type ActionOf, type CardAction, parseAction } from '../cards/actions.ts';
import { profileCard } from '../cards/requester.ts';
import type { Person } from '../domain/authorisation.ts';
import { locale } from '../locale/locale.ts';
import * as cases from './knowledge/cases.ts';
import * as review from './knowledge/item-review.ts';
import * as writing from './knowledge/item-writing.ts';
import * as misses from './knowledge/misses.ts';
import * as offering from './knowledge/offering.ts';
import * as regulation from './knowledge/regulation.ts';
import { identify, keepPerson, type Turn } from './people.ts';
import type { Appointed } from './ports.ts';
import * as dataRequests from './privacy/data-requests.ts';
import * as ask from './questions/ask.ts';
import * as connections from './questions/connections.ts';
import * as draft from './questions/draft.ts';
import * as referral from './questions/referral.ts';
import type { App } from './questions/tickets.ts';
import * as underWay from './questions/under-way.ts';
import * as work from './questions/work.ts';
import * as correction from './registration/correction.ts';
import * as onMessage from './registration/on-message.ts';
import * as registration from './registration/registration.ts';
import * as sessions from './registration/sessions.ts';
import * as week from './registration/week.ts';
import { type Reply, say, text } from './reply.ts';
import * as absences from './set-up/absences.ts';
import * as contacts from './set-up/contacts.ts';
import * as followUp from './topics/follow-up.ts';
import { runCommand } from './typed.ts';
import { view } from './view.ts';

export async function act(app: App, appointed: Appointed, turn: Turn, data: unknown): Promise<Reply> {
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

/** What it takes roles for. */
type RoleAction = Exclude<
  CardAction,
  ActionOf<
    | 'command'
    | 'ask-text'
    | 'open-rewrite'
    | 'open-ask'
    | 'ask-advisor'
    | 'forget-me'
    | 'open-profile'
    | 'profile'
    | 'rate'
    | 'more'
    | 'pick'
    | 'move-to'
    | 'withdraw'
    | 'open-reply'
    | 'reply'
    | 'open-reopen'
    | 'reopen'
    | 'survey'
  >
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
    case 'open-offer':
      return offering.openOffer(app, actor, action);
    case 'offer-material':
      return offering.offerMaterial(app, actor, action);
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
    case 'open-case':
      return cases.openCase(app, actor, action);
    case 'edit-case':
      return cases.editCase(app, actor, action);
    case 'save-case':
      return cases.saveCase(app, actor, action);
    case 'show-case':
      return cases.showCase(app, actor, action);
    case 'approve-case':
      return cases.acceptCase(app, actor, action);
    case 'return-case':
      return cases.returnDraft(app, actor, action);
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
    case 'open-absence':
      return absences.openAbsence(app, actor, action);
    case 'set-absence':
      return absences.sendAbsence(app, actor, action);
    case 'end-absence':
      return absences.endShown(app, actor, action);
    case 'open-contact':
      return contacts.openContact(app, actor, action);
    case 'change-contact':
      return contacts.saveContact(app, actor, action);
    case 'open-theme':
      return contacts.openTheme(app, actor, action);
    case 'change-theme':
      return contacts.saveTheme(app, actor, action);
    case 'undo-set-up':
      return contacts.undo(app, actor, action);
    case 'claim':
      return work.claim(app, actor, turn.userId, action);
    case 'answer':
      return work.answer(app, actor, action);
    case 'draft-answer':
      return draft.draftAnswer(app, actor, action);
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

async function openProfile(app: App, turn: Turn): Promise<Reply> {
  const record = await keepPerson(app, turn, () => undefined);
  return say({ summary: locale.profile.summary, card: profileCard(app.knowledge.content(), record) });
}
