// Setting a ticket right afterwards: theme, centre, channel and minutes, or taking a registration back.

import type { ActionOf } from '../../cards/actions.ts';
import { type CorrectionForm, correctionForm, registeredCard } from '../../cards/registration.ts';
import { may, type Person } from '../../domain/authorisation.ts';
import { correct as correctTicket, REGISTRABLE, retract as retractTicket } from '../../domain/registration.ts';
import { minutesOf, type Ticket } from '../../domain/ticket.ts';
import { subject } from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import { checkMinutes } from '../questions/form-check.ts';
import { offersLinks } from '../questions/survey-link.ts';
import { announce, doneBefore } from '../questions/tell.ts';
import { type App, change, formKey, load } from '../questions/tickets.ts';
import { type Reply, refused, text } from '../reply.ts';

/** A registered question as this person may see it. */
export function registeredView(
  app: App,
  ticket: Ticket,
  who: Person,
  { problem, link }: { problem?: string | undefined; link?: string | undefined } = {},
): Reply {
  const registered = ticket.events.find(({ type }) => type === 'registered');
  const open = !ticket.retracted && may(who, 'correct', subject(ticket));
  const card = registeredCard({
    directory: app.knowledge.content(),
    ticket,
    canCorrect: open,
    canRetract: open && (who.roles.quality || registered?.by?.person === who.person),
    canSurvey: open && offersLinks(app) && !ticket.events.some(({ type }) => type === 'surveyed'),
    link,
    problem,
  });
  return { kind: 'card', card };
}

export async function openCorrection(app: App, who: Person, action: ActionOf<'open-correct'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'correct', subject(ticket))) return refused({ kind: 'not-allowed' });
  if (ticket.retracted) return refused({ kind: 'retracted' });
  const { channel, theme, requester } = ticket;
  const form = { channel, theme, centre: requester.centre, minutes: String(minutesOf(ticket)) };
  return dialog(app, ticket, formKey('correct', who.person, ticket), form);
}

/** Keeps what is different, with who and when. What was filled in survives every "no". */
export async function correct(app: App, who: Person, action: ActionOf<'correct'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'correct', subject(ticket))) return refused({ kind: 'not-allowed' });
  if (doneBefore(app, ticket, action.key)) return text(locale.forms.done);
  const content = app.knowledge.content();
  const theme = content.themes.find(({ id }) => id === action.theme)?.id;
  const centre = content.centres.find(({ id }) => id === action.centre)?.id;
  const channel = REGISTRABLE.find((known) => known === action.channel);
  const again = (problem: string): Reply =>
    dialog(app, ticket, action.key, { ...action, theme, centre, channel }, problem);
  if (action.theme && !theme) return again(locale.registration.unknownTheme);
  if (action.centre && !centre) return again(locale.registration.unknownCentre);
  const spent = checkMinutes(action.minutes);
  if (!spent.ok) return again(spent.problem);
  const { minutes } = spent;
  const changed = await change(app, action, (current) =>
    correctTicket(current, who, app.clock.now(), action.key, {
      ...(theme ? { theme } : {}),
      ...(centre ? { centre } : {}),
      ...(channel ? { channel } : {}),
      ...(minutes === undefined ? {} : { minutes }),
    }),
  );
  if (!changed.ok) return again(locale.refusal(changed.refusal));
  announce(app, action.ticket);
  return text(locale.forms.done);
}

export async function retract(app: App, who: Person, action: ActionOf<'retract'>): Promise<Reply> {
  const changed = await change(app, action, (ticket) => retractTicket(ticket, who, app.clock.now()));
  if (changed.ok) return registeredView(app, changed.value, who);
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'read', subject(ticket))) return refused({ kind: 'not-allowed' });
  return registeredView(app, ticket, who, { problem: locale.refusal(changed.refusal) });
}

function dialog(app: App, ticket: Ticket, key: string, form: CorrectionForm, problem?: string): Reply {
  return {
    kind: 'dialog',
    title: locale.registered.correctTitle(ticket.number),
    card: correctionForm({ directory: app.knowledge.content(), ticket, key, form, problem }),
  };
}
