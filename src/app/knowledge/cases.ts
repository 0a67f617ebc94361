// Anonymous cases for training and PLG: from a closed question, through the list of clues and a second reader, to a document.

import { hash, randomUUID } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import { type CaseFields, caseCard, caseForm } from '../../cards/cases.ts';
import type { ListedRow } from '../../cards/items.ts';
import { may, type Person, type Stewards } from '../../domain/authorisation.ts';
import {
  approveCase,
  CASE_PARTS,
  type CaseRecord,
  type CaseText,
  checkCase,
  type Draft,
  mayRead,
  returnCase,
  writeCase,
} from '../../domain/cases.ts';
import { FEWEST_PEOPLE } from '../../domain/measures.ts';
import { type Clue, cluesIn } from '../../domain/privacy-clues.ts';
import type { CaseId, ThemeId, TicketId } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { brusselsDay, schoolYearOf } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { documentsOf, keep } from '../documents.ts';
import { readChannel } from '../people.ts';
import type { Content, Store } from '../ports.ts';
import { dropPosted, emptyPosted, notePosted } from '../privacy/posted.ts';
import { masked } from '../questions/form-check.ts';
import { type App, load } from '../questions/tickets.ts';
import { type Reply, refused, text, withSentence } from '../reply.ts';
import { stewardsOf } from './items.ts';

const words = locale.cases;
const PK = 'case:';

const readCase = async (store: Store, id: CaseId) =>
  (await store.read(PK + id, PK + id))?.doc.body as CaseRecord | undefined;

/** Draft cases by id, with who may read them; undefined of a theme that content/ does not have. */
async function openDraft(app: App, who: Person, id: CaseId): Promise<{ draft: Draft; stewards: Stewards } | undefined> {
  const record = await readCase(app.store, id);
  if (!record || record.status === 'approved') return undefined;
  const stewards = stewardsOf(app.knowledge.content(), record.text.theme);
  return stewards && mayRead(who, stewards) ? { draft: record, stewards } : undefined;
}

/** The form: of a closed question without what is recognisable, or of a case that is there. */
export async function openCase(app: App, who: Person, { ticket: id }: ActionOf<'open-case'>): Promise<Reply> {
  const ticket = (await load(app, id))?.ticket;
  if (!ticket || !may(who, 'propose', subject(ticket))) return refused({ kind: 'not-allowed' });
  if (ticket.state.kind !== 'closed' || ticket.question === '') return text(words.notClosed);
  const answered = ticket.events.findLast((event) => event.type === 'answered');
  const form = {
    title: '',
    theme: ticket.theme,
    situation: cleared(ticket.question),
    question: '',
    approach: cleared(answered?.text ?? ''),
    lesson: '',
  };
  return dialog(
    app,
    { ticket: ticket.id, case: undefined, key: `case:${randomUUID()}`, form },
    await rare(app, ticket),
  );
}

const cleared = (typed: string): string => masked(typed).trim();

export async function editCase(app: App, who: Person, action: ActionOf<'edit-case'>): Promise<Reply> {
  const opened = await openDraft(app, who, action.case);
  if (!opened) return text(words.gone);
  const { ticket, text: form } = opened.draft;
  return dialog(app, { ticket, case: action.case, key: `case:${randomUUID()}`, form }, []);
}

type Opened = { ticket: TicketId; case: CaseId | undefined; key: string; form: CaseFields };

function dialog(app: App, opened: Opened, clues: readonly string[], problem?: string): Reply {
  const { themes } = app.knowledge.content();
  const found = [...clues, ...saidOf(cluesOf(app.knowledge.content(), opened.form))];
  return { kind: 'dialog', title: words.form.title, card: caseForm({ ...opened, themes, clues: found, problem }) };
}

const saidOf = (clues: readonly Clue[]): string[] => clues.map(({ kind, value }) => words.clue[kind](value));

function cluesOf({ centres }: Content, { title, ...form }: CaseFields): Clue[] {
  const places = [...new Set(centres.flatMap(({ name, cluster }) => [name, ...(cluster ? [cluster] : [])]))];
  return cluesIn([title, ...CASE_PARTS.map((part) => form[part])].join('\n'), places);
}

/** Says it when few people of this centre and function asked about this theme this school year: that can tell who it was. */
async function rare(app: App, ticket: Ticket): Promise<string[]> {
  const { theme, requester } = ticket;
  const { centre, function: job } = requester;
  if (!theme || !centre || !job) return [];
  // Of the service whose questions the writer may read: of another it would tell something.
  const services = [ticket.service];
  const filters = { schoolYear: schoolYearOf(ticket.askedAt), services, theme, centre, function: job };
  const { figures } = await app.measures.figures(filters, { previous: false });
  const content = app.knowledge.content();
  const name = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  const combination = [name(content.centres, centre), name(content.functions, job), name(content.themes, theme)];
  return figures.requesters < FEWEST_PEOPLE ? [words.rare(combination)] : [];
}

/** Keeps a draft; what the privacy check finds never stays, and the other clues only when somebody looked at each. */
export async function saveCase(app: App, who: Person, action: ActionOf<'save-case'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'propose', subject(ticket))) return refused({ kind: 'not-allowed' });
  // Made unreadable while the form was open: its words would come back.
  if (ticket.question === '') return text(words.notClosed);
  const { title, theme, situation, question, approach, lesson, key } = action;
  const form: CaseFields = { title, theme, situation, question, approach, lesson };
  const opened: Opened = { ticket: ticket.id, case: action.case, key, form };
  const again = (problem: string): Reply => dialog(app, opened, [], problem);
  const content = app.knowledge.content();
  const checked = checkCase({ ...form, theme: theme ?? ('' as ThemeId) }, content.themes);
  if (!checked.ok) return again(words.refusal(checked.refusal));
  const clues = cluesOf(content, form);
  if (clues.some(({ kind }) => kind === 'personal')) return again(words.form.personal);
  if (clues.length > 0 && !action.judged) return again(words.form.judge);
  const stewards = stewardsOf(content, checked.value.theme);
  if (!stewards) return again(words.refusal({ kind: 'unknown-theme' }));
  // The same form sent twice is the same case.
  const id = action.case ?? (hash('sha256', `${who.person} ${key}`, 'hex').slice(0, 32) as CaseId);
  const outcome = await changeDraft(app, id, (before) =>
    writeCase(before, { who, now: app.clock.now(), key }, { ticket: ticket.id, text: checked.value, stewards }),
  );
  if (!outcome.ok) return again(words.refusal(outcome.refusal));
  announce(app, id, stewards);
  return text(words.form.sent);
}

type Decided = ReturnType<typeof writeCase>;

async function changeDraft(app: App, id: CaseId, decide: (before: Draft | undefined) => Decided): Promise<Decided> {
  let outcome: Decided = { ok: false, refusal: { kind: 'not-waiting' } };
  const facets = ({ status }: CaseRecord) => ({ status });
  await keep<CaseRecord>(app.store, { pk: PK + id, kind: 'case', facets }, (before) => {
    if (before?.status === 'approved') return before;
    outcome = decide(before);
    return outcome.ok ? outcome.value : before;
  });
  return outcome;
}

/** Tells the channel once, as well as it can: the case is in everybody's list anyway. */
function announce(app: App, id: CaseId, { service }: Stewards): void {
  app.lanes.add(`case ${id}`, `tell case ${id}`, async () => {
    const channel = await readChannel(app, service);
    const record = await readCase(app.store, id);
    if (!channel || record?.status !== 'waiting') return undefined;
    const message = { summary: words.summary, card: cardOf(app, id, record) };
    const delivery = await app.messenger.post(channel.address, message);
    if (delivery.outcome === 'delivered')
      await notePosted(app, PK + id, { address: channel.address, activityId: delivery.activityId });
    return undefined;
  });
}

function cardOf(app: App, id: CaseId, draft: Draft) {
  const { themes, centres } = app.knowledge.content();
  const theme = themes.find((one) => one.id === draft.text.theme);
  const clues = saidOf(cluesOf({ centres } as Content, draft.text));
  return caseCard({ id, draft, theme: theme?.name ?? '', coreProcess: theme?.coreProcess ?? '', clues });
}

export async function showCase(app: App, who: Person, action: ActionOf<'show-case'>): Promise<Reply> {
  const opened = await openDraft(app, who, action.case);
  return opened ? { kind: 'card', card: cardOf(app, action.case, opened.draft) } : text(words.gone);
}

/**
 * Approved by a second person: kept anew under another id, and the draft, which knew the question, erased with its
 * traces. Doing it again after a crash in between does the rest.
 */
export async function acceptCase(app: App, who: Person, action: ActionOf<'approve-case'>): Promise<Reply> {
  const opened = await openDraft(app, who, action.case);
  if (!opened) return text(words.gone);
  const { draft, stewards } = opened;
  if (String(draft.at) !== action.key) return refusedOn(app, action.case, draft, words.changed);
  const approved = approveCase(draft, { who, day: brusselsDay(app.clock.now()) }, stewards);
  if (!approved.ok) return refusedOn(app, action.case, draft, words.refusal(approved.refusal));
  const pk = PK + hash('sha256', `approved ${action.case}`, 'hex').slice(0, 32);
  await app.store.create({ pk, id: pk, kind: 'case', facets: { status: 'approved' }, body: approved.value });
  await app.store.erase(PK + action.case);
  await dropPosted(app, PK + action.case);
  return text(words.approved);
}

export async function returnDraft(app: App, who: Person, action: ActionOf<'return-case'>): Promise<Reply> {
  const opened = await openDraft(app, who, action.case);
  if (!opened) return text(words.gone);
  const { stewards } = opened;
  const act = { who, now: app.clock.now(), key: `return:${action.key}` };
  const outcome = await changeDraft(app, action.case, (before) =>
    before
      ? returnCase(before, act, { reason: action.reason, stewards })
      : { ok: false, refusal: { kind: 'not-waiting' } },
  );
  if (!outcome.ok) return refusedOn(app, action.case, opened.draft, words.refusal(outcome.refusal));
  return { kind: 'card', card: withSentence(cardOf(app, action.case, outcome.value), words.returned, { done: true }) };
}

const refusedOn = (app: App, id: CaseId, draft: Draft, sentence: string): Reply => ({
  kind: 'card',
  card: withSentence(cardOf(app, id, draft), sentence),
});

/** Drafts that this person may read, in the list of the knowledge base. */
export async function caseGroups(app: App, who: Person): Promise<{ heading: string; rows: ListedRow[] }[]> {
  const content = app.knowledge.content();
  const rows: ListedRow[] = [];
  for await (const { doc } of documentsOf(app.store, { kind: 'case' })) {
    const record = doc.body as CaseRecord;
    if (record.status === 'approved') continue;
    const stewards = stewardsOf(content, record.text.theme);
    if (!stewards || !mayRead(who, stewards)) continue;
    const hint = words.status[record.status](record.by.name || locale.items.review.somebody, record.at);
    rows.push({ line: record.text.title, hint, press: { do: 'show-case', case: doc.pk.slice(PK.length) as CaseId } });
  }
  return [{ heading: words.heading, rows }];
}

/** Every approved case, by core process, theme and title. */
export async function approvedCases(store: Store): Promise<{ text: CaseText; on: string }[]> {
  const found: { text: CaseText; on: string }[] = [];
  for await (const { doc } of documentsOf(store, { kind: 'case', status: 'approved' })) {
    const record = doc.body as CaseRecord;
    if (record.status === 'approved') found.push({ text: record.text, on: record.on });
  }
  return found.sort((a, b) => (a.text.theme + a.text.title).localeCompare(b.text.theme + b.text.title, 'nl'));
}

/** Erases what was being written from these questions. */
export async function strikeCases(app: App, tickets: ReadonlySet<TicketId>): Promise<void> {
  const pks: string[] = [];
  for await (const { doc } of documentsOf(app.store, { kind: 'case' })) {
    const record = doc.body as CaseRecord;
    if (record.status !== 'approved' && tickets.has(record.ticket)) pks.push(doc.pk);
  }
  for (const pk of pks) {
    await emptyPosted(app, pk);
    await app.store.erase(pk);
  }
}
