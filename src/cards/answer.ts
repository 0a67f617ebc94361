// What the index found, on a card: an answer with its sources, choices when it is not sure, or one item to share. Decides nothing.

import type { Directory } from '../domain/routing.ts';
import type { EmergencyRoute, Instant, Item, ServiceId } from '../domain/terms.ts';
import { DAY_MS } from '../domain/terms.ts';
import { lastSuggestion, type Ticket, wasRouted } from '../domain/ticket.ts';
import { type Regulation, regulationOf } from '../domain/upkeep.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { themeName } from './fields.ts';
import { fill } from './layout.ts';
import { linkTarget, plain, withHost } from './text.ts';

export type AnswerView = {
  ticket: Ticket;
  /** The items of the last suggestion, in its order. */
  items: Item[];
  directory: Knowing;
  now: Instant;
  emergency: EmergencyRoute[];
  /** A ticket that waits for this person's reply, in case the message was meant for it. */
  awaiting?: { id: string; number: string };
};

/** What the index found: one answer with its sources, or candidates, or an honest "nothing". */
export function answerCard(view: AnswerView): Card {
  const { ticket, items, directory, awaiting } = view;
  const suggestion = lastSuggestion(ticket);
  const [first] = items;
  const common = {
    ticket: ticket.id,
    question: plain(ticket.question),
    emergency: view.emergency,
    waiting: ticket.state.kind === 'answered',
    outcome: answerOutcome(ticket),
    addTo:
      ticket.state.kind === 'answered' && awaiting
        ? {
            ticket: awaiting.id,
            title: locale.answer.addTo(awaiting.number),
            ask: locale.answer.belongsTo(awaiting.number),
          }
        : undefined,
  };
  if (suggestion?.decision === 'answer' && first) {
    const service = directory.themes.find(({ id }) => id === first.themes[0])?.service;
    return fill('answer', {
      ...common,
      ...itemFacts(directory, first, view.now),
      otherService: otherService(directory, ticket.service, service),
    });
  }
  const owner = directory.contacts.find((contact) => ticket.theme && contact.themes.includes(ticket.theme));
  return fill('choices', {
    ...common,
    intro: items.length > 0 ? locale.answer.unsure : locale.answer.none,
    advice: items.length > 0 ? undefined : locale.answer.noneHelp,
    candidates:
      ticket.state.kind === 'answered'
        ? items.map((item) => ({
            ticket: ticket.id,
            item: item.id,
            title: item.title,
            hint: itemHint(directory, item),
          }))
        : [],
    contact: owner ? locale.answer.contact(owner.role) : undefined,
  });
}

/** An item of the index to share in any chat: nothing of a person, and no button that needs a right. */
export function itemCard(directory: Knowing, item: Item, now: Instant): Card {
  return fill('item', itemFacts(directory, item, now));
}

/** What an item is about, and of a material what it is and which part of the field it comes from. */
export const itemHint = (directory: Directory, { themes, materialKind, origin }: Item): string =>
  [
    themeName(directory, themes[0]),
    ...(materialKind ? [materialKind] : []),
    ...(origin ? [locale.answer.origin(origin)] : []),
  ].join(' · ');

/** With what people said of the rules behind themes. */
export type Knowing = Directory & { regulations?: readonly Regulation[] };

function itemFacts(directory: Knowing, item: Item, now: Instant) {
  const changed = regulationOf(item, directory.regulations);
  const contact = directory.contacts.find(({ id }) => id === item.owner);
  const reviewed = item.status === 'reviewed' && item.reviewedOn;
  return {
    title: item.title,
    text: item.answer,
    // From the field: whose link it is was said by whoever offered it.
    sources: item.origin ? item.sources.map(({ title, url }) => ({ title: withHost(title, url), url })) : item.sources,
    regulation: changed && locale.answer.regulation(changed.changedOn, linkLine(changed.url)),
    provenance: [
      ...(item.materialKind ? [locale.answer.material(item.materialKind)] : []),
      ...(item.origin ? [locale.answer.origin(item.origin)] : []),
      reviewed ? locale.answer.reviewed(reviewed) : locale.answer.draft(item.writtenOn),
    ].join(' · '),
    old: reviewed ? now - Date.parse(reviewed) > 365 * DAY_MS : false,
    contact: contact ? locale.answer.contact(contact.role) : '',
  };
}

/** A link of somebody's shows where it leads. */
const linkLine = (url: string | undefined): string | undefined =>
  url && `[${new URL(url).hostname}](${linkTarget(url)})`;

function otherService(directory: Directory, own: ServiceId, other: ServiceId | undefined): string | undefined {
  const service = other && other !== own && directory.services.find(({ id }) => id === other);
  return service ? locale.answer.otherService(service.name) : undefined;
}

function answerOutcome(ticket: Ticket): string | undefined {
  if (ticket.state.kind === 'answered') return undefined;
  if (wasRouted(ticket)) return locale.answer.routed;
  if (ticket.state.kind !== 'closed') return undefined;
  if (ticket.state.outcome === 'self-service') return locale.answer.resolved;
  return ticket.state.outcome === 'withdrawn' ? locale.answer.withdrawn : locale.answer.expired;
}
