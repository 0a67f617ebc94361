// Fills a layout of adaptive-cards/ with data and words. Knows the templating subset, no card and no sentence.

import absenceForm from '../../adaptive-cards/absence-form.json' with { type: 'json' };
import answer from '../../adaptive-cards/answer.json' with { type: 'json' };
import answerForm from '../../adaptive-cards/answer-form.json' with { type: 'json' };
import askBack from '../../adaptive-cards/ask-back.json' with { type: 'json' };
import askForm from '../../adaptive-cards/ask-form.json' with { type: 'json' };
import caseLayout from '../../adaptive-cards/case.json' with { type: 'json' };
import caseForm from '../../adaptive-cards/case-form.json' with { type: 'json' };
import channel from '../../adaptive-cards/channel.json' with { type: 'json' };
import channelClosed from '../../adaptive-cards/channel-closed.json' with { type: 'json' };
import choiceForm from '../../adaptive-cards/choice-form.json' with { type: 'json' };
import choices from '../../adaptive-cards/choices.json' with { type: 'json' };
import closeForm from '../../adaptive-cards/close-form.json' with { type: 'json' };
import connectForm from '../../adaptive-cards/connect-form.json' with { type: 'json' };
import consultForm from '../../adaptive-cards/consult-form.json' with { type: 'json' };
import contactForm from '../../adaptive-cards/contact-form.json' with { type: 'json' };
import correctForm from '../../adaptive-cards/correct-form.json' with { type: 'json' };
import delivery from '../../adaptive-cards/delivery.json' with { type: 'json' };
import digest from '../../adaptive-cards/digest.json' with { type: 'json' };
import item from '../../adaptive-cards/item.json' with { type: 'json' };
import itemForm from '../../adaptive-cards/item-form.json' with { type: 'json' };
import itemList from '../../adaptive-cards/item-list.json' with { type: 'json' };
import itemMiss from '../../adaptive-cards/item-miss.json' with { type: 'json' };
import itemReason from '../../adaptive-cards/item-reason.json' with { type: 'json' };
import itemReview from '../../adaptive-cards/item-review.json' with { type: 'json' };
import list from '../../adaptive-cards/list.json' with { type: 'json' };
import materialForm from '../../adaptive-cards/material-form.json' with { type: 'json' };
import messageForm from '../../adaptive-cards/message-form.json' with { type: 'json' };
import notice from '../../adaptive-cards/notice.json' with { type: 'json' };
import privacy from '../../adaptive-cards/privacy.json' with { type: 'json' };
import profile from '../../adaptive-cards/profile.json' with { type: 'json' };
import referForm from '../../adaptive-cards/refer-form.json' with { type: 'json' };
import registered from '../../adaptive-cards/registered.json' with { type: 'json' };
import registration from '../../adaptive-cards/registration.json' with { type: 'json' };
import regulationForm from '../../adaptive-cards/regulation-form.json' with { type: 'json' };
import rewriteForm from '../../adaptive-cards/rewrite-form.json' with { type: 'json' };
import session from '../../adaptive-cards/session.json' with { type: 'json' };
import setUpChoice from '../../adaptive-cards/set-up-choice.json' with { type: 'json' };
import setUpList from '../../adaptive-cards/set-up-list.json' with { type: 'json' };
import statistics from '../../adaptive-cards/statistics.json' with { type: 'json' };
import status from '../../adaptive-cards/status.json' with { type: 'json' };
import survey from '../../adaptive-cards/survey.json' with { type: 'json' };
import textForm from '../../adaptive-cards/text-form.json' with { type: 'json' };
import themeForm from '../../adaptive-cards/theme-form.json' with { type: 'json' };
import topic from '../../adaptive-cards/topic.json' with { type: 'json' };
import topicDecision from '../../adaptive-cards/topic-decision.json' with { type: 'json' };
import topics from '../../adaptive-cards/topics.json' with { type: 'json' };
import week from '../../adaptive-cards/week.json' with { type: 'json' };
import welcome from '../../adaptive-cards/welcome.json' with { type: 'json' };
import { locale, spoken } from '../locale/locale.ts';
import type { Card } from './card.ts';

export const layouts = {
  answer,
  'answer-form': answerForm,
  'ask-back': askBack,
  'ask-form': askForm,
  case: caseLayout,
  'case-form': caseForm,
  channel,
  'channel-closed': channelClosed,
  'choice-form': choiceForm,
  choices,
  'close-form': closeForm,
  'connect-form': connectForm,
  'consult-form': consultForm,
  'correct-form': correctForm,
  delivery,
  digest,
  item,
  'item-form': itemForm,
  'item-list': itemList,
  'item-miss': itemMiss,
  'item-reason': itemReason,
  'item-review': itemReview,
  list,
  'material-form': materialForm,
  'message-form': messageForm,
  notice,
  privacy,
  profile,
  'refer-form': referForm,
  registered,
  registration,
  'regulation-form': regulationForm,
  'rewrite-form': rewriteForm,
  session,
  statistics,
  status,
  survey,
  'text-form': textForm,
  topic,
  'topic-decision': topicDecision,
  topics,
  week,
  'absence-form': absenceForm,
  'set-up-list': setUpList,
  'set-up-choice': setUpChoice,
  'contact-form': contactForm,
  'theme-form': themeForm,
  welcome,
};

type Scope = { data: unknown; root: Record<string, unknown> };
/** A piece of a layout, read once: gives what stands there for some data. */
type Piece = (scope: Scope) => unknown;
const GONE = Symbol('gone');
const pieces = new Map<keyof typeof layouts, Piece>();

/**
 * The subset of Adaptive Cards Templating that the layouts use, so that each opens in the card designer:
 * `${path}` (a whole-string slot keeps its type; an undefined one removes the property), `$when: "${path}"`
 * (dropped when falsy or an empty list) and `$data: "${path}"` (repeated per entry; `$root` reaches outside it).
 * A box that can be pressed gets what is on it in its title. Throws when a slot names nothing that the caller passed.
 */
export function fill(layout: keyof typeof layouts, data: Record<string, unknown>): Card {
  const root = { ...data, locale };
  const piece = pieces.get(layout) ?? read(layouts[layout]);
  pieces.set(layout, piece);
  const { $schema, ...card } = piece({ data: root, root }) as Card & { $schema?: string };
  return { ...card, lang: spoken };
}

function read(node: unknown): Piece {
  if (typeof node === 'string') return readText(node);
  if (Array.isArray(node)) {
    const children = node.map(readEntry);
    return (scope) => children.flatMap((child) => child(scope));
  }
  if (typeof node !== 'object' || node === null) return () => node;
  const properties = Object.entries(node)
    .filter(([key]) => key !== '$when' && key !== '$data')
    .map(([key, value]) => [key, read(value)] as const);
  return (scope) => {
    const filled: Record<string, unknown> = {};
    for (const [key, piece] of properties) {
      const value = piece(scope);
      if (value !== undefined) filled[key] = value;
    }
    return filled.selectAction ? named(filled as Pressable) : filled;
  };
}

type Pressable = { selectAction: { title: string }; items: unknown[] };

/**
 * A box that can be pressed is one button to a screen reader, which reads out its title only. So that says what pressing
 * does and then everything that is on it (WCAG 2.5.3, label in name).
 */
function named(box: Pressable): Pressable {
  const { title } = box.selectAction;
  const shown = box.items.flatMap(textsOn).filter((text) => text !== title);
  return {
    ...box,
    selectAction: { ...box.selectAction, title: [title, shown.join(' · ')].filter(Boolean).join(': ') },
  };
}

/** As it is read: a title has no Markdown. */
function textsOn(element: unknown): string[] {
  const { text, inlines = [] } = element as { text?: string; inlines?: unknown[] };
  return [...(text ? [text.replace(/\\(.)/g, '$1')] : []), ...inlines.flatMap(textsOn)];
}

/** An entry of a list, which may come several times or not at all. */
function readEntry(child: unknown): (scope: Scope) => unknown[] {
  const piece = read(child);
  if (typeof child !== 'object' || child === null) return (scope) => [piece(scope)];
  const { $when, $data } = child as { $when?: string; $data?: string };
  if ($data !== undefined) {
    const list = readText($data);
    return (scope) => {
      const entries = list(scope);
      return Array.isArray(entries) ? entries.map((data) => piece({ data, root: scope.root })) : [];
    };
  }
  if ($when === undefined) return (scope) => [piece(scope)];
  const wanted = readText($when);
  return (scope) => (truthy(wanted(scope)) ? [piece(scope)] : []);
}

function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

const WHOLE = /^\$\{([$\w.]+)\}$/;
const SLOT = /\$\{([$\w.]+)\}/;

function readText(text: string): Piece {
  const whole = WHOLE.exec(text);
  if (whole) return slot(whole[1]!);
  // What stands between slots has the even places, the slots have the odd ones.
  const parts = text.split(SLOT).map((part, at) => (at % 2 === 0 ? () => part : slot(part)));
  return parts.length === 1 ? () => text : (scope) => parts.map((part) => part(scope) ?? '').join('');
}

function slot(path: string): Piece {
  const steps = path.split('.');
  const fromRoot = steps[0] === '$root';
  if (fromRoot) steps.shift();
  return (scope) => {
    let value: unknown = fromRoot ? scope.root : scope.data;
    for (const [index, step] of steps.entries()) {
      if (typeof value !== 'object' || value === null) return undefined;
      const found: unknown = step in value ? (value as Record<string, unknown>)[step] : GONE;
      if (found === GONE) {
        if (index === 0) throw new Error(`card layout: nothing was passed for "${path}"`);
        return undefined;
      }
      value = found;
    }
    return value;
  };
}
