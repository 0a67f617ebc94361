// Writing a knowledge item: from an answer, from a gap or from the item itself, through the privacy check, to whoever reviews it.

import type { ActionOf } from '../../cards/actions.ts';
import { type ItemFields, itemForm, NEW_ITEM, sourceLines } from '../../cards/items.ts';
import { linkTarget } from '../../cards/text.ts';
import { may, mayIn, type Person } from '../../domain/authorisation.ts';
import { checkItem, type ItemText, QUESTION_LIMIT } from '../../domain/item-text.ts';
import { type Entry, type ItemRefusal, propose } from '../../domain/items.ts';
import { detect, type Finding, mask, verdict } from '../../domain/privacy.ts';
import { audienceOf } from '../../domain/routing.ts';
import { AUDIENCES, type Audience, type ItemId, type Source, type TicketId } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { masked } from '../questions/form-check.ts';
import { type App, load } from '../questions/tickets.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, refused, text } from '../reply.ts';
import { topic } from '../topics/topics.ts';
import { announceReview } from './item-tell.ts';
import { baseOf, changeItem, idFor, nearestTo, ownerOf, readItem, stewardsOf } from './items.ts';
import { settleMiss } from './misses.ts';

const words = locale.items;
/** Answers, and questions, of a gap that the form starts with. */
const MOST_GAP_ANSWERS = 3;
const MOST_GAP_QUESTIONS = 10;

const asQuestion = (text: string): string => text.replace(/\s+/g, ' ').slice(0, QUESTION_LIMIT);

export async function openProposal(app: App, who: Person, { ticket: id }: ActionOf<'open-propose'>): Promise<Reply> {
  const ticket = (await load(app, id))?.ticket;
  if (!ticket || !may(who, 'propose', subject(ticket))) return refused({ kind: 'not-allowed' });
  if (ticket.question === '') return text(words.review.struck);
  return proposal(app, who, ticket);
}

/** The form with what was asked and answered, without what is recognisable; what was left out is said. */
export async function proposal(app: App, who: Person, ticket: Ticket): Promise<Reply> {
  const content = app.knowledge.content();
  const answered = ticket.events.findLast((event) => event.type === 'answered');
  const asked = cleared(ticket.question);
  const answer = cleared(answered?.text ?? '');
  const audience = audienceOf(content, ticket.requester.function);
  const service = content.services.find(({ id }) => id === ticket.service);
  const source = answered?.source;
  return dialog(app, {
    key: `propose:${who.person.slice(0, 40)}:${app.clock.now()}`,
    ticket: ticket.id,
    about: undefined,
    form: {
      question: asQuestion(asked.text),
      answer: answer.text,
      variants: asQuestion(asked.text),
      theme: ticket.theme,
      audience: (audience ? [audience] : (service?.audience ?? [])).join(','),
      sources: source ? `${knownTitle(app, source)} | ${source}` : '',
    },
    found: saidOf([...asked.found, ...answer.found]),
  });
}

/** The title under which the index knows a link. */
function knownTitle(app: App, url: string): string {
  const sources = app.knowledge.content().items.flatMap((item) => item.sources);
  return sources.find((source) => source.url === url)?.title ?? words.form.knownSource;
}

/** An item to change, a gap to fill with what advisors answered, or an empty form. */
export async function openWriting(app: App, who: Person, action: ActionOf<'open-write-item'>): Promise<Reply> {
  if (!mayIn(who.roles, 'write-items') && !who.roles.contacts) return text(await onlyStaff(app, words.notAllowed));
  const key = `write:${who.person.slice(0, 40)}:${app.clock.now()}`;
  if (action.item) return openChange(app, key, action.item);
  const form = action.topic ? await fromGap(app, who, action.topic) : EMPTY;
  if (!form) return text(locale.topics.gone);
  return dialog(app, { key, ticket: undefined, about: undefined, ...form });
}

const EMPTY = { form: { question: '', answer: '', variants: '', theme: undefined, audience: '', sources: '' } };

async function openChange(app: App, key: string, about: ItemId): Promise<Reply> {
  const written = await writtenText(app, about);
  if (!written) {
    const material = app.knowledge.content().items.some(({ id }) => id === about);
    return text(material ? words.materialOnly : words.gone);
  }
  return dialog(app, { key, ticket: undefined, about, form: fieldsOf(written) });
}

/** What stands on the card now, also while it waits; of an item that nobody changed here, what content/ says. */
export async function writtenText(app: App, id: ItemId): Promise<ItemText | undefined> {
  const held = await readItem(app.store, id);
  if (!held) return baseOf(app.knowledge.content(), id)?.text;
  const { state, live, versions } = held.entry;
  return versions[('version' in state ? state.version : (live?.version ?? versions.length)) - 1]!.text;
}

/** The questions of a gap as wordings, and under them what advisors answered to the newest. */
async function fromGap(app: App, who: Person, id: NonNullable<ActionOf<'open-write-item'>['topic']>) {
  const found = await topic(app, who, id, {}, 1_000);
  if (!found) return undefined;
  const content = app.knowledge.content();
  const theme = content.themes.find((one) => one.id === found.topic.theme);
  const questions: string[] = [];
  const answers: string[] = [];
  const sources = new Set<string>();
  const left: Finding[] = [];
  for (const { ticket: member, question } of found.members) {
    if (question === undefined || questions.length >= MOST_GAP_QUESTIONS) continue;
    const asked = cleared(question);
    questions.push(asQuestion(asked.text));
    left.push(...asked.found);
    const answered = (await load(app, member))?.ticket.events.findLast((event) => event.type === 'answered');
    if (!answered || answers.length >= MOST_GAP_ANSWERS) continue;
    const answer = cleared(answered.text);
    answers.push(answer.text);
    left.push(...answer.found);
    if (answered.source) sources.add(`${knownTitle(app, answered.source)} | ${answered.source}`);
  }
  const service = content.services.find((one) => one.id === theme?.service);
  return {
    form: {
      question: questions[0] ?? found.topic.name,
      answer: answers.join('\n\n'),
      variants: questions.slice(1).join('\n'),
      theme: theme?.id,
      audience: (service?.audience ?? []).join(','),
      sources: [...sources].join('\n'),
    },
    found: saidOf(left),
  };
}

export async function proposeItem(app: App, who: Person, action: ActionOf<'propose-item'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'propose', subject(ticket))) return refused({ kind: 'not-allowed' });
  // Made unreadable while the form was open: its words would come back.
  if (ticket.question === '') return text(words.review.struck);
  return save(app, who, action, ticket.id);
}

export async function writeItem(app: App, who: Person, action: ActionOf<'write-item'>): Promise<Reply> {
  if (!mayIn(who.roles, 'write-items') && !who.roles.contacts) return text(await onlyStaff(app, words.notAllowed));
  return save(app, who, action, undefined);
}

type Filled = Omit<ActionOf<'write-item'>, 'do'>;

/** Keeps a draft, or shows the form again with everything that was typed. */
async function save(app: App, who: Person, action: Filled, ticket: TicketId | undefined): Promise<Reply> {
  const { key, about, target } = action;
  if (target && target !== NEW_ITEM && target !== about) return extend(app, action, target, ticket);
  const kept = await keepDraft(app, who, action, ticket);
  if ('sent' in kept) return text(kept.sent);
  const { form = fieldsIn(action), problem, remedy } = kept;
  return dialog(app, { key, ticket, about, form, problem, remedy });
}

const fieldsIn = ({ question, answer, variants, theme, audience, sources }: Filled): ItemFields => ({
  question,
  answer,
  variants,
  theme,
  audience,
  sources,
});

/** `form`: what was typed without what is recognisable. Nothing was kept when there is a problem. */
type Kept = { sent: string } | { problem: string; form?: ItemFields; remedy?: 'names-only' | 'personal-data' };

async function keepDraft(app: App, who: Person, action: Filled, ticket: TicketId | undefined): Promise<Kept> {
  const form = fieldsIn(action);
  const { about, key } = action;
  const written = parsed(form);
  if (!written) return { problem: words.form.sourceWrong };
  const now = app.clock.now();
  const content = app.knowledge.content();
  const checked = checkItem(written, content.themes, brusselsDay(now));
  if (!checked.ok) return { problem: words.refusal(checked.refusal) };
  const findings = findingsIn(form).filter(({ kind }) => !(action.names && kind === 'name'));
  if (findings.length > 0 && action.mask) return { problem: words.form.maskedNow, form: maskedFields(form) };
  if (findings.length > 0) {
    const remedy = verdict(findings) === 'names-only' ? 'names-only' : 'personal-data';
    return { problem: words.form.personal(listed(findings)), remedy };
  }
  const item = checked.value;
  const id = about ?? idFor(item.question);
  const base = baseOf(content, id);
  const changed = await changeItem(app, id, (before) => {
    const was = before?.versions.at(-1)?.text ?? base?.text;
    // Of a theme that is gone nobody is the steward: who looks after the new one decides.
    const allowed = (was && stewardsOf(content, was.theme)) ?? stewardsOf(content, item.theme);
    if (!allowed) return { ok: false, refusal: { kind: 'unknown-theme' } };
    // A new question that somebody else is writing at this moment: the second one is told, and does not write over it.
    const taken = !about && before ? taker(before, who, key) : undefined;
    if (taken) return { ok: false, refusal: taken };
    const kept = was?.material ? { ...item, material: was.material } : item;
    const given = { id, text: kept, ticket, stewards: allowed, ...(base ? { base } : {}) };
    return propose(before, { who, now, key }, given);
  });
  if (!changed.ok) return { problem: words.refusal(changed.refusal) };
  announceReview(app, id);
  if (ticket) await settleMiss(app, ticket, who, 'written');
  const owner = content.contacts.find((one) => one.id === ownerOf(content, item.theme));
  return { sent: words.form.sent(owner?.role ?? locale.common.colleague) };
}

/** Another question and answer for what waits, all else as it stands; the text that was read has to be the one that waits. */
export async function rewriteItem(
  app: App,
  who: Person,
  {
    item,
    version,
    question,
    answer,
    key,
  }: { item: ItemId; version: number; question: string; answer: string; key: string },
): Promise<{ sent: string } | { problem: string }> {
  if (!mayIn(who.roles, 'write-items') && !who.roles.contacts)
    return { problem: await onlyStaff(app, words.notAllowed) };
  const entry = (await readItem(app.store, item))?.entry;
  if (!entry) return { problem: words.gone };
  const { state, versions } = entry;
  if (state.kind !== 'proposed' || state.version !== version)
    return { problem: words.refusal({ kind: 'changed-meanwhile' }) };
  const form = { ...fieldsOf(versions[version - 1]!.text), question, answer };
  return keepDraft(
    app,
    who,
    { ...form, key, about: item, target: undefined, mask: undefined, names: undefined },
    undefined,
  );
}

function taker({ state, events }: Entry, who: Person, key: string): ItemRefusal | undefined {
  if (state.kind !== 'proposed' || events.some((event) => event.key === key)) return undefined;
  if (state.by.person === who.person) return undefined;
  return { kind: 'already-proposed', by: state.by, since: state.since };
}

/** The form of an item that is there, with what was typed under its text. Nothing typed is lost. */
async function extend(app: App, action: Filled, target: ItemId, ticket: TicketId | undefined): Promise<Reply> {
  const there = await writtenText(app, target);
  if (!there)
    return dialog(app, { key: action.key, ticket, about: action.about, form: fieldsIn(action), problem: words.gone });
  const lines = (joined: string): string[] => joined.split('\n').filter((line) => line.trim() !== '');
  const merged = [...new Set([...there.variants, action.question, ...lines(action.variants)])];
  return dialog(app, {
    key: action.key,
    ticket,
    about: target,
    form: {
      question: there.question,
      answer: `${there.answer.trim()}\n\n${action.answer.trim()}`,
      variants: merged.filter((one) => one !== there.question).join('\n'),
      theme: there.theme,
      audience: [...new Set([...there.audience, ...audienceIn(action.audience)])].join(','),
      sources: [...new Set([...lines(sourceLines(there.sources)), ...lines(action.sources)])].join('\n'),
    },
    problem: words.form.extended,
  });
}

type Shown = Omit<Parameters<typeof itemForm>[0], 'directory' | 'nearest'>;

function dialog(app: App, shown: Shown): Reply {
  const { about, form } = shown;
  const nearest = about ? [] : nearestTo(app, form.question);
  const card = itemForm({ directory: app.knowledge.content(), nearest, ...shown });
  return { kind: 'dialog', title: about ? words.form.editTitle : words.form.title, card };
}

const fieldsOf = ({ question, answer, variants, theme, audience, sources }: ItemText): ItemFields => ({
  question,
  answer,
  variants: variants.join('\n'),
  theme,
  audience: audience.join(','),
  sources: sourceLines(sources),
});

const audienceIn = (typed: string): Audience[] => AUDIENCES.filter((one) => typed.split(',').includes(one));

/** The fields as one text; undefined when a source is no https link. */
function parsed(form: ItemFields): ItemText | undefined {
  const sources = form.sources
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(sourceOf);
  if (!sources.every((source) => source !== undefined)) return undefined;
  const variants = form.variants.split('\n');
  const theme = (form.theme ?? '') as ItemText['theme'];
  return {
    question: form.question,
    answer: form.answer,
    variants,
    theme,
    audience: audienceIn(form.audience),
    sources,
  };
}

/** An https link that cannot break out of the Markdown around it; undefined of anything else. */
export function httpsLink(typed: string): string | undefined {
  if (!URL.canParse(typed) || new URL(typed).protocol !== 'https:') return undefined;
  return linkTarget(typed);
}

/** "Titel | https://…", or the link alone. Neither part can break out of the Markdown link around it. */
export function sourceOf(line: string): Source | undefined {
  const at = line.lastIndexOf('|');
  const url = line.slice(at + 1).trim();
  const href = httpsLink(url);
  if (!href) return undefined;
  const title = (at < 0 ? new URL(url).hostname : line.slice(0, at)).replace(/[[\]()<>*_`]/g, ' ').replace(/\s+/g, ' ');
  return { title: title.trim() === '' ? new URL(url).hostname : title.trim().slice(0, 200), url: href };
}

const cleared = (typed: string): { text: string; found: Finding[] } => {
  const found = detect(typed);
  return { text: mask(typed, found, locale.privacy.masks).trim(), found };
};

/** Links are left alone: a number in an address is no telephone. */
const PRIVATE = ['question', 'answer', 'variants'] as const;
const findingsIn = (form: ItemFields): Finding[] => PRIVATE.flatMap((field) => detect(form[field]));
function maskedFields(form: ItemFields): ItemFields {
  const next = { ...form };
  for (const field of PRIVATE) next[field] = masked(form[field]);
  return next;
}

export const listed = (findings: readonly Finding[]): string =>
  [...new Set(findings.map(({ kind, value }) => words.form.finding(locale.privacy.kinds[kind], value)))].join(', ');
const saidOf = (findings: readonly Finding[]): string | undefined =>
  findings.length > 0 ? words.form.found(listed(findings)) : undefined;
