// Recurring topics in the chat, and deciding what is done about them. The rules are in domain/follow-up.ts.

import { randomUUID } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import type { Card } from '../../cards/card.ts';
import { type DecisionFields, decisionForm, topicCard, topicsCard } from '../../cards/topics.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import {
  currentDecision,
  type Decision,
  decide as decided,
  FOLLOW_UP_STATUSES,
  type FollowUpEvent,
  type FollowUpRefusal,
  undo,
} from '../../domain/follow-up.ts';
import { detect } from '../../domain/privacy.ts';
import { never, type Result, type ThemeId, type TopicId } from '../../domain/terms.ts';
import { brusselsDay, instantAt, schoolYearOf } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import { directoryFor } from '../figures/demonstration.ts';
import { namesWithin } from '../figures/names.ts';
import type { Message } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import type { FollowUpRecord } from '../records.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { readTopics, type Topic } from './topic-reader.ts';
import { topic, topicName, topics } from './topics.ts';

const words = locale.topics;
const SHOWN_QUESTIONS = 5;
const NOTE_LIMIT = 500;
/** A press waits so long for what just changed; the platform gives a turn a few seconds. */
const PATIENCE_MS = 1_000;

export async function topicsMessage(app: App, who: Person): Promise<Message> {
  const card = await overview(app, who);
  return card ? { summary: words.summary, card } : { summary: locale.fault.summary, text: await onlyStaff(app) };
}

export async function showTopics(app: App, who: Person): Promise<Reply> {
  const card = await overview(app, who);
  return card ? { kind: 'card', card } : text(await onlyStaff(app));
}

async function overview(app: App, who: Person): Promise<Card | undefined> {
  const found = await topics(app, who, {}, PATIENCE_MS);
  if (!found) return undefined;
  const own = namesWithin(app.knowledge.content(), who.roles);
  return topicsCard({ ...found, own, schoolYear: schoolYearOf(app.clock.now()), gaps: found.gaps.length });
}

export async function showTopic(app: App, who: Person, action: ActionOf<'open-topic'>): Promise<Reply> {
  const found = await topic(app, who, action.topic, {}, PATIENCE_MS);
  if (!found) return text(mayIn(who.roles, 'see-topics') ? words.gone : await onlyStaff(app));
  const { centres } = await directoryFor(app.store, app.knowledge.content());
  return {
    kind: 'card',
    card: topicCard({
      topic: found.topic,
      questions: found.members.slice(0, SHOWN_QUESTIONS).map((member) => ({
        ...member,
        centre: centres.find(({ id }) => id === member.centre)?.name ?? locale.common.unknownCentre,
        ties: member.ties.words,
      })),
      canDecide: mayIn(who.roles, 'decide-follow-up'),
    }),
  };
}

export async function openDecision(app: App, who: Person, action: ActionOf<'open-decision'>): Promise<Reply> {
  if (!mayIn(who.roles, 'decide-follow-up')) return text(await onlyStaff(app, words.notAllowed));
  const found = await findTopic(app, action.topic);
  if (!found) return text(words.gone);
  const form = currentDecision(found.followUp?.history ?? []) ?? proposal(app, found.theme);
  // The same form sent twice does once what it does.
  return dialog(app, found, `decision:${randomUUID()}`, form);
}

/** What the form says when nothing was decided yet: who looks after the theme, from today. */
export function proposal(app: Pick<App, 'knowledge' | 'clock'>, theme: ThemeId | undefined): DecisionFields {
  const { contacts, followUps, themes, services } = app.knowledge.content();
  const service = themes.find(({ id }) => id === theme)?.service;
  const owner =
    contacts.find((contact) => theme && contact.themes.includes(theme))?.id ??
    services.find(({ id }) => id === service)?.coordinator;
  return { kind: followUps[0]?.id, owner, date: brusselsDay(app.clock.now()), status: 'planned', note: '' };
}

/** Keeps a decision. What was filled in survives every "no". */
export async function decide(app: App, who: Person, action: ActionOf<'decide'>): Promise<Reply> {
  const outcome = await settle(app, who, action);
  if ('saved' in outcome) return text(outcome.saved);
  const { problem, open } = outcome;
  return open ? dialog(app, open.topic, action.key, open.form, problem) : text(problem);
}

/** What was sent, from a card or from the dashboard; nothing of it was checked yet. */
type Sent = { topic: TopicId; key: string; kind: string; owner: string; date: string; status: string; note: string };

/** Keeps a decision, or says in Dutch why not; `open` is the form to fill in again, absent when that makes no sense. */
export async function settle(
  app: App,
  who: Person,
  sent: Sent,
): Promise<{ saved: string } | { problem: string; open?: { topic: Topic; form: DecisionFields } }> {
  if (!mayIn(who.roles, 'decide-follow-up')) return { problem: await onlyStaff(app, words.notAllowed) };
  const found = await findTopic(app, sent.topic);
  if (!found) return { problem: words.gone };
  const { contacts, followUps } = app.knowledge.content();
  const kind = followUps.find(({ id }) => id === sent.kind);
  const owner = contacts.find(({ id }) => id === sent.owner);
  const status = FOLLOW_UP_STATUSES.find((known) => known === sent.status) ?? 'planned';
  const note = sent.note.trim();
  const form: DecisionFields = { kind: kind?.id, owner: owner?.id, date: sent.date, status, note };
  const again = (problem: string) => ({ problem, open: { topic: found, form } });
  if (!kind) return again(words.unknownKind);
  if (!owner) return again(words.unknownOwner);
  if (!isDay(sent.date)) return again(words.unknownDay);
  if (note.length > NOTE_LIMIT) return again(words.noteTooLong(NOTE_LIMIT));
  const personal = [...new Set(detect(note).map((finding) => locale.privacy.kinds[finding.kind]))];
  if (personal.length > 0) return again(words.personal(words.list(personal)));
  const decision: Decision = { kind: kind.id, owner: owner.id, date: sent.date, note, status };
  const done = await record(app, found, (history) => decided(history, who, app.clock.now(), sent.key, decision));
  return done.ok ? { saved: words.saved(kind.name) } : again(refusalText(done.refusal));
}

/** Takes the last decision back; doing it twice does it once. */
export async function undoDecision(app: App, who: Person, action: ActionOf<'undo-decision'>): Promise<Reply> {
  const outcome = await takeBack(app, who, action.topic, action.key);
  return text('saved' in outcome ? outcome.saved : outcome.problem);
}

export async function takeBack(
  app: App,
  who: Person,
  id: TopicId,
  key: string,
): Promise<{ saved: string } | { problem: string }> {
  if (!mayIn(who.roles, 'decide-follow-up')) return { problem: await onlyStaff(app, words.notAllowed) };
  const found = await findTopic(app, id);
  if (!found) return { problem: words.gone };
  const done = await record(app, found, (history) => undo(history, who, app.clock.now(), `undo:${key}`));
  return done.ok ? { saved: words.undone } : { problem: refusalText(done.refusal) };
}

async function findTopic(app: App, id: TopicId): Promise<Topic | undefined> {
  const { topics: all, current } = await readTopics(app, PATIENCE_MS);
  return all.get(current.get(id) ?? id);
}

/** A topic that became another keeps its history where it began. */
async function record(
  app: App,
  { id, followUp }: Topic,
  change: (history: readonly FollowUpEvent[]) => Result<FollowUpEvent[], FollowUpRefusal>,
): Promise<Result<FollowUpEvent[], FollowUpRefusal>> {
  const pk = `followup:${followUp?.topic ?? id}`;
  let done: Result<FollowUpEvent[], FollowUpRefusal> = { ok: false, refusal: { kind: 'nothing-decided' } };
  await app.serial(pk, () =>
    keep<FollowUpRecord>(app.store, { pk, kind: 'followup' }, (before) => {
      done = change(before?.history ?? []);
      const added = done.ok && done.value.length > (before?.history.length ?? 0);
      return added && done.ok ? { history: done.value } : before;
    }),
  );
  return done;
}

function dialog(app: App, found: Topic, key: string, form: DecisionFields, problem?: string): Reply {
  const { contacts, followUps } = app.knowledge.content();
  const history = found.followUp?.history ?? [];
  return {
    kind: 'dialog',
    title: words.form.title,
    card: decisionForm({
      topic: found.id,
      name: topicName(app, found),
      key,
      form,
      kinds: followUps,
      owners: contacts,
      history,
      canUndo: currentDecision(history) !== undefined,
      problem,
    }),
  };
}

function refusalText(refusal: FollowUpRefusal): string {
  switch (refusal.kind) {
    case 'not-allowed':
      return words.notAllowed;
    case 'nothing-decided':
      return words.nothingDecided;
    case 'date-out-of-range':
      return words.dateOutOfRange(refusal.from, refusal.to);
    case 'too-many-changes':
      return words.tooManyChanges;
    default:
      return never(refusal);
  }
}

function isDay(typed: string): boolean {
  try {
    return instantAt(typed, '12:00') > 0;
  } catch {
    return false;
  }
}
