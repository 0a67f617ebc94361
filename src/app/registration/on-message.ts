// Registering a message of any chat as a question: the form with its words in it, without names, and what it sends back.

import type { ActionOf } from '../../cards/actions.ts';
import { parseMessage } from '../../cards/extension.ts';
import { type MessageForm, messageForm } from '../../cards/registration.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import { detect } from '../../domain/privacy.ts';
import type { TicketId } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { idFrom } from '../documents.ts';
import { readPerson, type Turn } from '../people.ts';
import { kindsIn, masked } from '../questions/form-check.ts';
import { type App, load } from '../questions/tickets.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { keepRegistration, SENTENCE_LIMIT } from './keeping.ts';

const words = locale.onMessage;

/** Opens the form on a message. Names that were mentioned are left out, other personal data is masked. */
export async function openOnMessage(app: App, who: Person, turn: Turn, value: unknown): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const message = parseMessage(value);
  if (!message) return text(words.noMessage);
  const there = await load(app, idOf(turn, message.id));
  if (there && !there.ticket.retracted) return text(words.already(there.ticket.number));
  const findings = detect(message.text);
  const question = masked(message.text).replace(/\s+/g, ' ').trim();
  const author = message.author && (await readPerson(app, message.author));
  const kinds = kindsIn(findings);
  const [likely] = question === '' ? [] : app.knowledge.answer({ text: question.slice(0, SENTENCE_LIMIT) }).themes;
  const form: MessageForm = {
    question: question.slice(0, SENTENCE_LIMIT),
    // Of a known sender only the centre goes along, as with a caller.
    ...(author?.centre ? { centre: author.centre } : {}),
    ...(likely && likely.confidence >= 0.5 ? { theme: likely.id } : {}),
    minutes: '',
    day: brusselsDay(app.clock.now()),
  };
  return dialog(app, message.id, form, kinds === '' ? undefined : words.masked(kinds));
}

function dialog(app: App, message: string, form: MessageForm, problem?: string): Reply {
  const today = brusselsDay(app.clock.now());
  return {
    kind: 'dialog',
    title: words.title,
    card: messageForm({ directory: app.knowledge.content(), message, form, today, problem }),
  };
}

/** Keeps the question. The same message gives the same ticket, whoever registers it. */
export async function registerMessage(
  app: App,
  who: Person,
  turn: Turn,
  action: ActionOf<'register-message'>,
): Promise<Reply> {
  if (!mayIn(who.roles, 'register-questions')) return text(await onlyStaff(app));
  const id = idOf(turn, action.message);
  const there = await load(app, id);
  if (there && !there.ticket.retracted) return text(words.already(there.ticket.number));
  // After it was taken back, the message can be registered again.
  const fresh = there ? idOf(turn, `${action.message} after ${there.ticket.number}`) : id;
  const kept = await keepRegistration(app, who, turn, { ...action, id: fresh });
  if (!kept.ok) return dialog(app, action.message, kept.form ?? action, kept.problem);
  return text(words.done(kept.ticket.number));
}

const idOf = (turn: Turn, message: string): TicketId =>
  idFrom('message', turn.address.conversationId, message) as TicketId;
