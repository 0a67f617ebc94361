// What the messages about a ticket look like: each notice and each card, from the ticket and the content as they are now.

import { channelCard } from '../../cards/advisor.ts';
import { answerCard } from '../../cards/answer.ts';
import type { Card } from '../../cards/card.ts';
import { themeName } from '../../cards/fields.ts';
import { noticeCard } from '../../cards/notice.ts';
import { askBackCard, deliveryCard, statusCard, statusWord, surveyCard } from '../../cards/requester.ts';
import { acuteDanger } from '../../domain/privacy.ts';
import { type Item, never } from '../../domain/terms.ts';
import { holder, lastSuggestion, type Ticket } from '../../domain/ticket.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { findPersonByEmail, readPerson } from '../people.ts';
import type { Message } from '../ports.ts';
import type { Notice } from './notices.ts';
import { type App, findTickets, load } from './tickets.ts';

/** What a notice says. */
export async function messageFor(app: App, ticket: Ticket, notice: Notice): Promise<Message> {
  const directory = app.knowledge.content();
  const now = app.clock.now();
  switch (notice.kind) {
    case 'answer':
      return answerMessage(app, ticket);
    case 'status':
      return statusMessage(app, ticket);
    case 'ask-back':
      return {
        summary: locale.delivery.askBackSummary(ticket.number),
        card: askBackCard(directory, ticket, notice.text, notice.by, notice.key),
      };
    case 'delivery':
      return {
        summary: locale.delivery.answerSummary(ticket.number),
        card: deliveryCard(
          {
            directory,
            ticket,
            title: locale.delivery.answerTitle(ticket.number),
            text: notice.text,
            source: notice.source,
            by: notice.by,
            hint: locale.delivery.reopenHint,
          },
          now,
        ),
      };
    case 'referral':
      return {
        summary: locale.delivery.referredSummary(ticket.number),
        card: deliveryCard(
          {
            directory,
            ticket,
            title: locale.delivery.referredTitle(ticket.number),
            intro: locale.delivery.referredTo,
            text: notice.note === '' ? notice.to : `${notice.to}\n${notice.note}`,
            by: notice.by,
          },
          now,
        ),
      };
    case 'closed':
      return {
        summary: locale.delivery.closedSummary(ticket.number),
        text: locale.delivery.closedSummary(ticket.number),
      };
    case 'merged':
    case 'unmerged': {
      const sentence = locale.delivery[notice.kind](ticket.number);
      return { summary: sentence, text: sentence };
    }
    case 'survey':
      return surveyMessage(app, ticket);
    case 'card':
      return channelMessage(app, ticket);
    default:
      return threadMessage(app, ticket, notice);
  }
}

type ThreadNotice = Extract<Notice, { side: 'channel' }> & { kind: Exclude<Notice['kind'], 'card'> };

async function threadMessage(app: App, ticket: Ticket, notice: ThreadNotice): Promise<Message> {
  const summary = locale.thread.summary(ticket.number);
  const name = ('by' in notice ? notice.by?.name : undefined) ?? locale.common.requester;
  const line = (text: string, quote?: string): Message => ({
    summary,
    card: noticeCard({ lines: [text], ...(quote ? { quote } : {}) }),
  });
  switch (notice.kind) {
    case 'said': {
      const said = {
        replied: locale.thread.replied(name, ticket.number),
        answered: locale.thread.answered(name),
        'asked-back': locale.thread.askedBack(name),
        reopened: locale.thread.reopened(name),
      }[notice.what];
      return line(said, notice.text);
    }
    case 'released':
      return line(locale.thread.released(name));
    case 'withdrawn':
      return line(locale.thread.withdrawn);
    case 'connected':
      return line(locale.thread.connected[notice.what](notice.by?.name ?? locale.common.helpdesk, notice.number));
    case 'consulted':
      return line(locale.thread.consulted(name, notice.colleague));
    case 'handed-over': {
      const { to } = notice;
      const contact = 'contact' in to && app.knowledge.content().contacts.find(({ id }) => id === to.contact);
      return line(locale.thread.handedOver(name, 'advisor' in to ? to.advisor.name : contact ? contact.role : ''));
    }
    case 'reminder': {
      const contact = app.knowledge.content().contacts.find(({ id }) => id === notice.contact);
      const role = contact?.role ?? locale.common.colleague;
      const person = contact && (await findPersonByEmail(app, ticket.service, contact.email));
      return {
        summary,
        text: locale.thread.reminder[notice.step](role),
        ...(person ? { mention: { id: person.userId, name: person.name } } : {}),
      };
    }
    default:
      return never(notice);
  }
}

export async function answerMessage(app: App, ticket: Ticket): Promise<Message> {
  return { summary: locale.answer.summary, card: await answerCardFor(app, ticket) };
}

/** What the index found for a question, as it stands now. */
export async function answerCardFor(app: App, ticket: Ticket): Promise<Card> {
  const content = app.knowledge.content();
  const owner = ticket.requester.person;
  const [awaiting] =
    ticket.state.kind === 'answered' && owner ? await findTickets(app, { owner, status: 'awaiting-requester' }) : [];
  return answerCard({
    ticket,
    items: suggestedItems(content.items, ticket),
    directory: content,
    now: app.clock.now(),
    emergency: acuteDanger(ticket.question) ? content.emergency : [],
    ...(awaiting ? { awaiting: { id: awaiting.id, number: awaiting.number } } : {}),
  });
}

/** The items of the last suggestion that still exist, in its order. */
function suggestedItems(items: Item[], ticket: Ticket): Item[] {
  const shown = lastSuggestion(ticket)?.items ?? [];
  return shown.flatMap((id) => items.find((item) => item.id === id) ?? []);
}

export function statusMessage(app: App, ticket: Ticket): Message {
  const content = app.knowledge.content();
  return {
    summary: locale.status.summary(ticket.number, statusWord(content, ticket)),
    card: statusCard(content, ticket, app.clock.now()),
  };
}

export function surveyMessage(app: App, ticket: Ticket): Message {
  return {
    summary: locale.survey.summary(ticket.number),
    card: surveyCard(app.knowledge.content().survey, ticket, app.clock.now()),
  };
}

/**
 * The earlier tickets that were found when the question was routed, and that still have their answer; of the service that
 * has the question now, as nobody else there may read them.
 */
export async function similarOf(app: App, ticket: Ticket): Promise<Ticket[]> {
  const ids = ticket.events.findLast((event) => event.type === 'routed')?.similar ?? [];
  const found = await Promise.all(ids.map((id) => load(app, id)));
  const shown = ({ service, events }: Ticket) =>
    service === ticket.service && events.some((event) => event.type === 'answered' && event.text !== '');
  return found.flatMap((loaded) => (loaded && shown(loaded.ticket) ? [loaded.ticket] : []));
}

/** The base card of the channel; the holder's client fetches the own view by itself. */
export async function channelMessage(app: App, ticket: Ticket): Promise<Message> {
  const directory = app.knowledge.content();
  const held = holder(ticket.state);
  const person = held && (await readPerson(app, held.person));
  return {
    summary: locale.channelCard.summary(ticket.number, themeName(directory, ticket.theme)),
    card: channelCard({
      directory,
      ticket,
      similar: await similarOf(app, ticket),
      today: brusselsDay(app.clock.now()),
      ...(person ? { refreshFor: person.userId } : {}),
    }),
  };
}
