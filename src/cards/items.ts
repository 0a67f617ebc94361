// The cards and forms of knowledge items that people write and review. Knows what to show, not who may.

import type { ItemText } from '../domain/item-text.ts';
import type { Entry } from '../domain/items.ts';
import { wasLive } from '../domain/items.ts';
import type { Directory } from '../domain/routing.ts';
import {
  AUDIENCES,
  type CaseId,
  type CentreId,
  type ContactId,
  type Item,
  type ItemId,
  type Theme,
  type ThemeId,
  type TicketId,
} from '../domain/terms.ts';
import type { Regulation } from '../domain/upkeep.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { centreField, choices, themeChoices, themeName } from './fields.ts';
import { fill } from './layout.ts';
import type { Button } from './notice.ts';
import { escapeMarkdown, excerpt, plain, withHost } from './text.ts';

const words = locale.items;
/** What the form sends when the text is to be an item of its own. */
export const NEW_ITEM = 'new';
const MOST_HISTORY = 12;

/** What stands in the fields; lists as the person typed them. */
export type ItemFields = {
  question: string;
  answer: string;
  variants: string;
  theme: ThemeId | undefined;
  audience: string;
  sources: string;
};
export type ItemFormView = {
  directory: Directory;
  key: string;
  ticket: TicketId | undefined;
  /** The item that the text is of; absent of a new one. */
  about: ItemId | undefined;
  form: ItemFields;
  nearest: readonly Item[];
  problem?: string | undefined;
  /** What was left out of the text already, in words. */
  found?: string | undefined;
  /** Recognisable data still in the text, for which the form then offers a remedy. */
  remedy?: 'names-only' | 'personal-data' | undefined;
};

export function itemForm(view: ItemFormView): Card {
  const { form, about, nearest, remedy } = view;
  return fill('item-form', {
    do: view.ticket ? 'propose-item' : 'write-item',
    key: view.key,
    ticket: view.ticket,
    about,
    problem: view.problem,
    found: view.found,
    maskable: remedy !== undefined,
    namesOnly: remedy === 'names-only',
    ...form,
    themes: themeChoices(view.directory, form.theme),
    audiences: AUDIENCES.map((one) => ({ title: words.audiences[one], value: one })),
    nearest: nearest.map(({ title, answer }) => ({
      title: escapeMarkdown(title),
      text: excerpt(answer.replace(/[*_#`]/g, '')),
    })),
    targets: [
      { title: words.form.fresh, value: NEW_ITEM },
      ...nearest.map(({ id, title }) => ({ title: words.form.extend(title), value: id })),
    ],
    target: NEW_ITEM,
  });
}

export type MaterialFields = {
  link: string;
  title: string;
  sentence: string;
  kind: string;
  theme: ThemeId | undefined;
  centre: CentreId | undefined;
};
/**
 * Asks where a new material comes from; of one that was offered before that is known, and who advises may leave it to
 * their service.
 */
export function materialForm(
  view: Pick<ItemFormView, 'directory' | 'key' | 'about' | 'problem' | 'remedy'> & {
    form: MaterialFields;
    needsCentre: boolean;
  },
): Card {
  const { directory, about, form, remedy, needsCentre } = view;
  return fill('material-form', {
    key: view.key,
    about,
    problem: view.problem,
    maskable: remedy !== undefined,
    namesOnly: remedy === 'names-only',
    ...form,
    themes: themeChoices(directory),
    needsCentre,
    kinds: [words.offer.anyKind, ...words.offer.kinds].map((kind) => ({ title: kind, value: kind })),
    ...(about ? { centres: [], centreQuery: undefined } : centreField(directory, form.centre)),
  });
}

/** Opens the form to offer a material. */
export const offerButton = (): Button => ({
  title: words.offer.button,
  data: { msteams: { type: 'task/fetch' }, do: 'open-offer' },
});

/** As the form shows them: one a line. */
export const sourceLines = (sources: ItemText['sources']): string =>
  sources.map(({ title, url }) => `${title} | ${url}`).join('\n');

export type ReviewView = {
  directory: Directory;
  entry: Entry;
  owner: ContactId | undefined;
  /** Titles of items that resemble it. */
  near: readonly string[];
};

/** One item as it stands, for whoever looks after it. The answer is shown as requesters will see it. */
export function reviewCard({ directory, entry, owner, near }: ReviewView): Card {
  const { state, live, versions, events } = entry;
  const version = 'version' in state ? state.version : (live?.version ?? versions.length);
  const { text } = versions[version - 1]!;
  const role = directory.contacts.find(({ id }) => id === owner)?.role;
  const name = (by: { name: string }): string => escapeMarkdown(by.name === '' ? words.review.somebody : by.name);
  const trust = live?.reviewedOn
    ? words.review.reviewed(locale.shortDay(live.reviewedOn))
    : live && words.review.draft(locale.shortDay(live.writtenOn));
  const previous = previousLive(entry);
  return fill('item-review', {
    item: entry.id,
    version,
    key: `item:${events.length}`,
    edit: text.material ? 'open-offer' : 'open-write-item',
    heading: words.review.title[state.kind](words.what[text.material ? 'material' : 'faq']),
    state: [
      words.review.state[state.kind](name(state.by), state.since),
      ...(role ? [words.review.forOwner(role)] : []),
    ].join(' · '),
    reason: 'reason' in state ? words.review.reason(escapeMarkdown(state.reason)) : undefined,
    change: state.kind === 'proposed' && live ? words.review.change : undefined,
    title: escapeMarkdown(text.question),
    answer: text.answer,
    sources: text.sources.map(({ title, url }) => ({ title: withHost(escapeMarkdown(title), url), url })),
    facts: [
      ...(text.material
        ? [
            { title: words.review.origin, value: escapeMarkdown(text.material.origin) },
            { title: words.review.kind, value: escapeMarkdown(text.material.kind) },
          ]
        : []),
      { title: words.review.theme, value: escapeMarkdown(themeName(directory, text.theme)) },
      { title: words.review.audience, value: text.audience.map((one) => words.audiences[one]).join(', ') },
      ...(trust ? [{ title: words.review.trust, value: trust }] : []),
    ],
    variants: text.variants.flatMap(plain),
    near: near.flatMap(plain),
    history: events
      .slice(-MOST_HISTORY)
      .map((event) => ({ line: words.review.events[event.type](event.at, name(event.by)) })),
    toReview: state.kind === 'proposed',
    previous,
    revertTitle: live ? words.review.revert : words.review.restore,
    canRetire: live !== undefined,
    canConfirm: live !== undefined && state.kind !== 'proposed',
    live: live?.version,
  });
}

/** The text that requesters had before the one they have now; of an item that was taken away, the last one. */
function previousLive(entry: Entry): number | undefined {
  const { live, versions } = entry;
  const before = versions.map((_, index) => index + 1).filter((n) => wasLive(entry, n) && n !== live?.version);
  return live ? before.filter((n) => n < live.version).at(-1) : before.at(-1);
}

export function reasonForm(view: {
  entry: Entry;
  version: number;
  how: keyof typeof words.review.reasonTitle;
  key: string;
  reason?: string;
  problem?: string;
}): Card {
  return fill('item-reason', {
    item: view.entry.id,
    version: view.version,
    how: view.how,
    key: view.key,
    title: escapeMarkdown(view.entry.versions[view.version - 1]?.text.question ?? ''),
    label: words.review.reasonLabel[view.how],
    send: words.review.reasonTitle[view.how],
    reason: view.reason,
    problem: view.problem,
  });
}

export type ListedRow = {
  line: string;
  hint?: string | undefined;
  press: { do: string; item: ItemId } | { do: string; ticket: TicketId } | { do: string; case: CaseId };
};

const MOST_ROWS = 8;

/** `canFlag`: with a way to say that the rules of a theme changed. */
export function itemListCard(
  groups: readonly { heading: string; rows: readonly ListedRow[] }[],
  { title = words.list.title, canFlag = false }: { title?: string; canFlag?: boolean } = {},
): Card {
  const filled = groups.filter(({ rows }) => rows.length > 0);
  return fill('item-list', {
    title,
    canFlag,
    empty: filled.length === 0 ? words.list.empty : undefined,
    groups: filled.map(({ heading, rows }) => ({
      heading,
      rows: rows
        .slice(0, MOST_ROWS)
        .map(({ line, hint, press }) => ({ line: escapeMarkdown(line), hint, verb: press.do, press })),
      more: rows.length > MOST_ROWS ? words.list.more(rows.length - MOST_ROWS) : undefined,
    })),
  });
}

export type RegulationFormView = {
  themes: readonly Theme[];
  flags: readonly Regulation[];
  form: { theme: ThemeId | undefined; day: string; url: string };
  problem?: string | undefined;
};

/** Says that the rules behind a theme changed, or takes that back. */
export function regulationForm({ themes, flags, form, problem }: RegulationFormView): Card {
  const nameOf = (id: ThemeId): string => themes.find((theme) => theme.id === id)?.name ?? id;
  const { line } = locale.upkeep.regulation;
  return fill('regulation-form', {
    problem,
    ...form,
    themes: choices(themes),
    flags: flags.map((flag) => ({
      line: escapeMarkdown(line(nameOf(flag.theme), flag.changedOn, flag.by.name || words.review.somebody)),
    })),
  });
}

export type MissView = {
  ticket: TicketId;
  sentence: string | undefined;
  /** Without what is recognisable, as is what was answered. */
  question: string;
  shown: string;
  answered: string | undefined;
  /** Items in which the answer may have stood all the time. */
  candidates: readonly Item[];
  /** What was done about it. */
  decided: string | undefined;
};

/** One answer that did not help, and what can be done about it. */
export function missCard(view: MissView): Card {
  const open = view.decided === undefined;
  return fill('item-miss', {
    ticket: view.ticket,
    sentence: view.sentence,
    question: plain(view.question),
    shown: escapeMarkdown(view.shown),
    answered: view.answered === undefined ? [] : plain(view.answered),
    unanswered: view.answered === undefined,
    decided: view.decided === undefined ? undefined : escapeMarkdown(view.decided),
    candidates: view.candidates.map(({ id, title }) => ({
      ticket: view.ticket,
      item: id,
      title: escapeMarkdown(title),
    })),
    open,
  });
}
