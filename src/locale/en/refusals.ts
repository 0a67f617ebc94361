// What every refusal of the rules says in English to the person who was refused. Decides nothing.

import type { SessionRefusal } from '../../domain/sessions.ts';
import type { Refusal } from '../../domain/ticket.ts';
import { moment } from './forms.ts';
import { outcome } from './terms.ts';

/** What a refusal says to the person who was refused: what happened, and what to do. */
export function refusal(no: Refusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'I cannot find this question, or it is not meant for you. Type "my questions" to see your questions.';
    case 'already-claimed':
      return `${no.by.name} has been handling this question since ${moment(no.since)}. Talk it over in the thread below the question, or have it handed over.`;
    case 'already-closed':
      return `This question is already closed (${outcome[no.outcome]}, ${moment(no.at)}). Reopen it or ask a new question.`;
    case 'already-routed':
      return 'This question has already gone to an advisor. The answer comes here in the chat.';
    case 'not-routed':
      return 'This question has not gone to an advisor yet. First choose "Ask an advisor".';
    case 'not-claimed':
      return 'Nobody is handling this question now, so there is nothing to give back.';
    case 'not-closed':
      return 'That can only be done once the question is closed.';
    case 'nothing-suggested':
      return 'No answer has been chosen yet. First choose one of the suggestions.';
    case 'reopen-too-late':
      return `Reopening is possible until ${no.days} days after closing. Ask your question again and an advisor helps you further.`;
    case 'already-surveyed':
      return 'You have already filled in this survey. Thank you!';
    case 'invalid-minutes':
      return `Give the time in whole minutes, from 1 to ${no.most}.`;
    case 'asked-in-the-future':
      return 'That day is still to come. Choose today or a day that is past.';
    case 'asked-too-long-ago':
      return `Registering is possible up to ${no.days} days back. Choose a later day.`;
    case 'channel-is-fixed':
      return 'This question came in through Teams: you cannot change that channel.';
    case 'not-registered':
      return 'You did not register this question. Only whoever registered it or the quality team can do this.';
    case 'same-ticket':
      return 'That is the same question. Choose another.';
    case 'already-merged':
      return `This question has already been merged with ${no.number}. Take them apart first.`;
    case 'merge-into-registered':
      return 'A question from Teams cannot be merged into a registered one: the requester would get no answer. Merge the registered question with this one, or link them.';
    case 'not-merged':
      return 'This question has not been merged, so there is nothing to undo.';
    case 'already-linked':
      return `This question is already linked to ${no.number}.`;
    case 'not-linked':
      return 'That question is not linked to this one.';
    case 'no-reach':
      return 'Choose whether it is inside or outside GO!.';
    case 'retracted':
      return 'This registration has been undone. Register the question again.';
    case 'survey-expired':
      return `You could fill in this survey until ${no.days} days after your question. Thank you for taking the time.`;
    case 'invalid-scores':
      return 'Give at least one statement a score.';
    case 'empty-text':
      return 'There is no text yet. Fill in the text field and send again.';
    case 'text-too-long':
      return `This text is too long: keep it to ${no.most} characters.`;
    case 'unreadable':
      return 'This question has been redacted and can no longer be reopened. Ask it again if there is still something you want to know.';
    case 'too-many-events':
      return 'So much has happened to this question that nothing can be added. Close it and ask a new question.';
  }
}

export function sessionRefusal(no: SessionRefusal): string {
  switch (no.kind) {
    case 'no-programme':
      return 'Fill in the programme, for example "Helpdesk live".';
    case 'no-theme':
      return 'Choose a theme from the list.';
    case 'no-title':
      return 'Give the session a title.';
    case 'session-in-the-future':
      return 'That day is still to come. Note the session once it is over.';
    case 'session-too-long-ago':
      return `A session can be noted up to ${no.days} days back. Older figures are imported.`;
    case 'invalid-participants':
      return `Give the number of participants as a whole number, from 0 to ${no.most}.`;
    case 'more-per-centre':
      return `Per centre I count ${no.sum} participants, more than the total. Change one of the two.`;
    case 'session-minutes':
      return `Give the time in whole minutes, from 1 to ${no.most}.`;
  }
}
