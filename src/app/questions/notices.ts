// Which messages the events of a ticket call for, per side, in order. Pure: the outbox is a reading of the events.

import type { ContactId, ServiceId } from '../../domain/terms.ts';
import type { Advisor, ReminderStep, Ticket, TicketEvent } from '../../domain/ticket.ts';
import type { Side } from '../records.ts';

type Connected = 'merged' | 'unmerged' | 'absorbed' | 'parted' | 'linked' | 'unlinked';
type By = { by: Advisor | undefined };

/** One message that has to be posted. What a card shows besides is brought up to date by updating it. */
export type Notice =
  | { side: 'requester'; kind: 'answer' }
  | { side: 'requester'; kind: 'status' }
  | ({ side: 'requester'; kind: 'ask-back'; text: string; key: string } & By)
  | ({ side: 'requester'; kind: 'delivery'; text: string; source: string | undefined } & By)
  | ({ side: 'requester'; kind: 'referral'; to: string; note: string } & By)
  | { side: 'requester'; kind: 'closed' | 'merged' | 'unmerged' }
  | { side: 'requester'; kind: 'survey' }
  | { side: 'channel'; kind: 'card'; service: ServiceId; movedFrom: boolean }
  | ({ side: 'channel'; kind: 'said'; what: 'replied' | 'answered' | 'asked-back' | 'reopened'; text: string } & By)
  | ({ side: 'channel'; kind: 'released' | 'withdrawn' } & By)
  | ({ side: 'channel'; kind: 'connected'; what: Connected; number: string } & By)
  | ({ side: 'channel'; kind: 'consulted'; colleague: string } & By)
  | ({ side: 'channel'; kind: 'handed-over'; to: { advisor: Advisor } | { contact: ContactId } } & By)
  | { side: 'channel'; kind: 'reminder'; step: ReminderStep; contact: ContactId };

/** Only ever grows at the end as events are added, so that a count says how far each side has been told. */
export function notices(ticket: Ticket): Record<Side, Notice[]> {
  const list: Record<Side, Notice[]> = { requester: [], channel: [] };
  let service: ServiceId | undefined;
  let suggested = false;
  let withdrawn = false;
  ticket.events.forEach((event, index) => {
    for (const notice of noticesOf(event, index, { service, suggested, withdrawn })) {
      if (notice.side === 'requester') list.requester.push(notice);
      else list.channel.push(notice);
    }
    if (event.type === 'suggested') suggested = true;
    if (event.type === 'withdrawn') withdrawn = true;
    if (event.type === 'routed') service = event.service;
    if (event.type === 'handed-over' && 'service' in event.to) service = event.to.service;
  });
  return list;
}

type Before = { service: ServiceId | undefined; suggested: boolean; withdrawn: boolean };

function noticesOf(event: TicketEvent, index: number, before: Before): Notice[] {
  const by = event.by;
  switch (event.type) {
    case 'suggested':
      return before.suggested ? [] : [{ side: 'requester', kind: 'answer' }];
    case 'routed':
      return [
        { side: 'requester', kind: 'status' },
        { side: 'channel', kind: 'card', service: event.service, movedFrom: false },
      ];
    case 'asked-back':
      return [
        { side: 'requester', kind: 'ask-back', text: event.text, by, key: `back:${index}` },
        { side: 'channel', kind: 'said', what: 'asked-back', text: event.text, by },
      ];
    case 'replied':
      return [{ side: 'channel', kind: 'said', what: 'replied', text: event.text, by }];
    case 'answered':
      return [
        { side: 'requester', kind: 'delivery', text: event.text, source: event.source, by },
        // What was passed on stands in the thread of the question on which it was said.
        ...(event.via ? [] : [{ side: 'channel', kind: 'said', what: 'answered', text: event.text, by } as const]),
      ];
    case 'merged':
    case 'unmerged':
      return before.service
        ? [
            { side: 'requester', kind: event.type },
            { side: 'channel', kind: 'connected', what: event.type, number: event.number, by },
          ]
        : [];
    case 'absorbed':
    case 'parted':
    case 'linked':
    case 'unlinked':
      // A registered question has no card in the channel and nobody to tell.
      return before.service ? [{ side: 'channel', kind: 'connected', what: event.type, number: event.number, by }] : [];
    case 'referred':
      // Noted afterwards on a registered question: there is nobody here to tell.
      return before.service ? [{ side: 'requester', kind: 'referral', to: event.to, note: event.note, by }] : [];
    case 'closed':
      return before.service && !before.withdrawn
        ? [
            ...(event.outcome === 'no-answer-needed' ? [{ side: 'requester', kind: 'closed' } as const] : []),
            ...(event.survey ? [{ side: 'requester', kind: 'survey' } as const] : []),
          ]
        : [];
    case 'released':
      return [{ side: 'channel', kind: 'released', by }];
    case 'withdrawn':
      return before.service ? [{ side: 'channel', kind: 'withdrawn', by }] : [];
    case 'reopened':
      return before.service ? [{ side: 'channel', kind: 'said', what: 'reopened', text: event.reason, by }] : [];
    case 'consulted':
      return [{ side: 'channel', kind: 'consulted', colleague: event.colleague, by }];
    case 'handed-over':
      return 'advisor' in event.to
        ? [{ side: 'channel', kind: 'handed-over', to: event.to, by }]
        : [
            { side: 'channel', kind: 'handed-over', to: event.to, by },
            ...(event.to.service === before.service
              ? []
              : [{ side: 'channel', kind: 'card', service: event.to.service, movedFrom: true } as const]),
          ];
    case 'reminded':
      return [{ side: 'channel', kind: 'reminder', step: event.step, contact: event.contact }];
    default:
      return [];
  }
}
