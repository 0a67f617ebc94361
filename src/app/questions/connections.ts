// The advisor's tasks on questions that are the same or belong together: the chooser, merging, linking and undoing both.

import type { ActionOf } from '../../cards/actions.ts';
import { connectForm } from '../../cards/advisor.ts';
import { may, type Person } from '../../domain/authorisation.ts';
import * as connections from '../../domain/connections.ts';
import type { Result } from '../../domain/terms.ts';
import type { Refusal, Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import { type Reply, refused, text } from '../reply.ts';
import { likeTickets } from './earlier.ts';
import { ticketByNumber } from './numbers.ts';
import { rootOf } from './pass-on.ts';
import { announce, doneBefore } from './tell.ts';
import { type App, change, findTickets, formKey, load } from './tickets.ts';

/** The choices of the form: what resembles the question, then what is open besides. */
const MOST_CHOICES = 10;

const words = locale.forms.connect;

export async function openConnect(app: App, who: Person, action: ActionOf<'open-connect'>): Promise<Reply> {
  const ticket = await connectable(app, who, action.ticket);
  if (!ticket) return refused({ kind: 'not-allowed' });
  if (ticket.retracted) return refused({ kind: 'retracted' });
  return dialog(app, who, ticket, formKey('connect', who.person, ticket), {});
}

async function connectable(app: App, who: Person, id: Ticket['id']): Promise<Ticket | undefined> {
  const ticket = (await load(app, id))?.ticket;
  return ticket && may(who, 'link', subject(ticket)) ? ticket : undefined;
}

async function dialog(
  app: App,
  who: Person,
  ticket: Ticket,
  key: string,
  form: { other?: string | undefined; number?: string; problem?: string },
): Promise<Reply> {
  const { question, theme, service } = ticket;
  const { centre } = ticket.requester;
  const linked = await Promise.all(connections.linksOf(ticket).map((one) => load(app, one.ticket)));
  const choices = linked.flatMap((loaded) => (loaded ? [loaded.ticket] : []));
  const like = await likeTickets(app, who, { question, theme, centre, service, except: [ticket.id] }, MOST_CHOICES);
  const open = await findTickets(app, { service, status: 'open' });
  for (const other of [...like, ...open]) {
    const known = other.id === ticket.id || choices.some(({ id }) => id === other.id);
    if (!known && choices.length < MOST_CHOICES) choices.push(other);
  }
  const card = connectForm({ directory: app.knowledge.content(), ticket, key, choices, ...form });
  return { kind: 'dialog', title: words.title(ticket.number), card };
}

/** The ticket that was chosen, or whose number was typed; one that this person may not see is not found. */
async function chosen(
  app: App,
  who: Person,
  { other, number }: Pick<ActionOf<'merge'>, 'other' | 'number'>,
): Promise<Ticket | { problem: string }> {
  const typed = number.trim();
  const [, year, n] = /^(?:hd)?[\s-]*(\d{4})[\s-]+0*(\d{1,7})$/i.exec(typed) ?? [];
  const id = typed === '' ? other : year && (await ticketByNumber(app.store, year, Number(n)));
  if (typed === '' && !other) return { problem: words.none };
  const ticket = id && (await connectable(app, who, id as Ticket['id']));
  return ticket || { problem: words.unknown(typed === '' ? '?' : typed.slice(0, 40)) };
}

/** Merges into the chosen question, or into the one that that is merged into itself. What was filled in survives a "no". */
export async function merge(app: App, who: Person, action: ActionOf<'merge'>): Promise<Reply> {
  // One process does not merge two questions into each other at once; across processes passing on finds out.
  return app.serial('merge', () =>
    connect(app, who, action, words.merged, async (other) => {
      const into = (await rootOf(app, other.id))?.ticket ?? other;
      return (current) => connections.merge(current, into, who, app.clock.now(), action.key);
    }),
  );
}

export async function link(app: App, who: Person, action: ActionOf<'link'>): Promise<Reply> {
  return connect(
    app,
    who,
    action,
    words.linkedTo,
    async (other) => (current) => connections.link(current, other, who, app.clock.now(), action.key),
  );
}

export async function unlink(app: App, who: Person, action: ActionOf<'unlink'>): Promise<Reply> {
  return connect(
    app,
    who,
    action,
    words.unlinked,
    async (other) => (current) => connections.unlink(current, other.id, who, app.clock.now(), action.key),
  );
}

async function connect(
  app: App,
  who: Person,
  action: ActionOf<'merge' | 'link' | 'unlink'>,
  done: (number: string) => string,
  verb: (other: Ticket) => Promise<Parameters<typeof change>[2]>,
): Promise<Reply> {
  const ticket = await connectable(app, who, action.ticket);
  if (!ticket) return refused({ kind: 'not-allowed' });
  const again = (problem: string) =>
    dialog(app, who, ticket, action.key, { other: action.other, number: action.number, problem });
  const other = await chosen(app, who, action);
  if ('problem' in other) return doneBefore(app, ticket, action.key) ? text(locale.forms.done) : again(other.problem);
  const changed = await change(app, action, await verb(other));
  if (!changed.ok) return again(locale.refusal(changed.refusal));
  announce(app, ticket.id);
  return text(done(other.number));
}

/** The question that was just registered is the same as an earlier one: both are linked. Gives the ticket as it then stands. */
export async function sameQuestion(
  app: App,
  who: Person,
  action: ActionOf<'same-question'>,
): Promise<Result<Ticket, Refusal>> {
  const key = `same:${action.other}`;
  const [ticket, other] = [await connectable(app, who, action.ticket), await connectable(app, who, action.other)];
  if (!ticket || !other) return { ok: false, refusal: { kind: 'not-allowed' } };
  const changed = await change(app, { ticket: ticket.id, key }, (current) =>
    connections.link(current, other, who, app.clock.now(), key),
  );
  if (changed.ok) announce(app, ticket.id);
  return changed;
}

/** Takes a merge back; the question stands where it stood, and its requester hears so. */
export async function unmerge(app: App, who: Person, action: ActionOf<'unmerge'>): Promise<Reply> {
  const key = `unmerge:${action.key}`;
  const changed = await change(app, { ticket: action.ticket, key }, (ticket) =>
    connections.unmerge(ticket, who, app.clock.now(), key),
  );
  if (!changed.ok) return refused(changed.refusal);
  announce(app, action.ticket);
  return text(locale.forms.done);
}
