// One ticket as whoever opens it may see it. Knows no door.

import { may, type Person } from '../domain/authorisation.ts';
import type { TicketId } from '../domain/terms.ts';
import { wasRegistered, wasRouted } from '../domain/ticket.ts';
import type { Turn } from './people.ts';
import * as ask from './questions/ask.ts';
import { type App, load } from './questions/tickets.ts';
import * as work from './questions/work.ts';
import * as correction from './registration/correction.ts';
import { type Reply, refused } from './reply.ts';

/** A ticket as the one who opens it may see it: as requester in the own chat, as advisor in the channel. */
export async function view(app: App, actor: Person, turn: Turn, id: TicketId): Promise<Reply> {
  const loaded = await load(app, id);
  if (!loaded) return refused({ kind: 'not-allowed' });
  const { ticket } = loaded;
  const about = { requester: ticket.requester.person, service: ticket.service };
  if (!may(actor, 'read', about)) return refused({ kind: 'not-allowed' });
  const own = ticket.requester.person === actor.person;
  if (own && turn.place === 'personal') return { kind: 'card', card: await ask.cardForRequester(app, ticket) };
  if (wasRegistered(ticket)) return correction.registeredView(app, ticket, actor);
  if (!wasRouted(ticket)) return refused({ kind: 'not-allowed' });
  return { kind: 'card', card: await work.cardForAdvisor(app, ticket, actor, turn.userId) };
}
