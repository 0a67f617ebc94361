// What a requester does with a question that is under way: add, reopen, withdraw, move words to it, judge the help.

import { createHash } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import { textForm } from '../../cards/advisor.ts';
import { noticeCard } from '../../cards/notice.ts';
import { surveyCard } from '../../cards/requester.ts';
import { may } from '../../domain/authorisation.ts';
import { detect, mask } from '../../domain/privacy.ts';
import type { Result, TicketId } from '../../domain/terms.ts';
import { type Refusal, type Ticket, wasRouted } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import { bare, type Turn } from '../people.ts';
import { type Reply, refused, text, withSentence } from '../reply.ts';
import { onAnswer, refusalOnCard } from './ask.ts';
import { checkForm } from './form-check.ts';
import { announce } from './tell.ts';
import { type App, change, formKey, load } from './tickets.ts';

export async function openText(app: App, turn: Turn, id: TicketId, what: 'reply' | 'reopen'): Promise<Reply> {
  const loaded = await load(app, id);
  if (!loaded || !may(bare(turn), what, verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  return {
    kind: 'dialog',
    title: what === 'reply' ? locale.status.addTitle : locale.status.reopenTitle,
    card: textForm({ ticket: loaded.ticket, key: formKey(what, turn.person, loaded.ticket), do: what, text: '' }),
  };
}

/** The requester adds to a question, or answers what was asked back. */
export async function reply(app: App, turn: Turn, action: ActionOf<'reply'>): Promise<Reply> {
  return addText(app, turn, action, locale.delivery.replied, (ticket, key, words) =>
    verbs.reply(ticket, bare(turn), app.clock.now(), key, words),
  );
}

export async function reopen(app: App, turn: Turn, action: ActionOf<'reopen'>): Promise<Reply> {
  return addText(app, turn, action, locale.status.reopened, (ticket, key, words) =>
    verbs.reopen(ticket, bare(turn), app.clock.now(), key, words),
  );
}

async function addText(
  app: App,
  turn: Turn,
  action: ActionOf<'reply' | 'reopen'>,
  done: string,
  decide: (ticket: Ticket, key: string, words: string) => Result<Ticket, Refusal>,
): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || loaded.ticket.requester.person !== turn.person) return refused({ kind: 'not-allowed' });
  const words = action.do === 'reopen' && action.text.trim() === '' ? '' : action.text;
  const checked = words === '' && action.do === 'reopen' ? ({ ok: true, text: '' } as const) : checkForm(words, action);
  if (!checked.ok) {
    return {
      kind: 'dialog',
      title: action.do === 'reply' ? locale.status.addTitle : locale.status.reopenTitle,
      card: textForm({
        ticket: loaded.ticket,
        key: action.key,
        do: action.do,
        text: checked.text,
        problem: checked.problem,
        found: checked.found,
      }),
    };
  }
  // A card in the chat stays open: other words in it are a second addition, the same words a second press.
  const key = `${action.key}:${createHash('sha256').update(checked.text).digest('base64url').slice(0, 12)}`;
  const changed = await change(app, { ticket: action.ticket, key }, (ticket) => decide(ticket, key, checked.text));
  if (!changed.ok) return refused(changed.refusal);
  announce(app, action.ticket);
  return text(done);
}

/** What was typed as a new question belongs to one under way: it is added there, and the new one ends. */
export async function moveTo(app: App, turn: Turn, action: ActionOf<'move-to'>): Promise<Reply> {
  const source = await load(app, action.ticket);
  if (!source || source.ticket.requester.person !== turn.person) return refused({ kind: 'not-allowed' });
  // From an old card: a question that an advisor has already must not be withdrawn by this.
  if (wasRouted(source.ticket)) return refusalOnCard(app, turn, action.ticket, { kind: 'already-routed' });
  const key = `moved:${source.ticket.id}`;
  const added = await change(app, { ticket: action.to, key }, (ticket) =>
    verbs.reply(ticket, bare(turn), app.clock.now(), key, source.ticket.question),
  );
  if (!added.ok) return refused(added.refusal);
  announce(app, action.to);
  await onAnswer(app, turn, action.ticket, (ticket) => verbs.withdraw(ticket, bare(turn), app.clock.now()));
  return { kind: 'card', card: noticeCard({ lines: [locale.delivery.replied] }) };
}

export async function withdraw(app: App, turn: Turn, action: ActionOf<'withdraw'>): Promise<Reply> {
  return onAnswer(app, turn, action.ticket, (ticket) => verbs.withdraw(ticket, bare(turn), app.clock.now()));
}

export async function fillSurvey(app: App, turn: Turn, action: ActionOf<'survey'>): Promise<Reply> {
  const { survey } = app.knowledge.content();
  const known = new Set(survey.items.map(({ id }) => id));
  const scores = Object.fromEntries(Object.entries(action.scores).filter(([id]) => known.has(id)));
  const findings = detect(action.remark);
  const changed = await change(app, action, (ticket) =>
    verbs.survey(ticket, bare(turn), app.clock.now(), {
      scores,
      remark: mask(action.remark, findings, locale.privacy.masks),
      scale: survey.scale,
    }),
  );
  const loaded = await load(app, action.ticket);
  if (!loaded || loaded.ticket.requester.person !== turn.person) return refused({ kind: 'not-allowed' });
  const card = surveyCard(survey, loaded.ticket, app.clock.now());
  if (!changed.ok) return { kind: 'card', card: withSentence(card, locale.refusal(changed.refusal)) };
  announce(app, action.ticket);
  return { kind: 'card', card };
}
