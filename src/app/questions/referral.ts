// To another service, or a colleague along: the two forms and what they record. Knows no card beyond its form.

import type { ActionOf } from '../../cards/actions.ts';
import { consultForm, referForm } from '../../cards/advisor.ts';
import { may, type Person } from '../../domain/authorisation.ts';
import { noteReferral } from '../../domain/registration.ts';
import { type Reach, type Ticket, wasRegistered } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import { colleagues, readPerson } from '../people.ts';
import { type Reply, refused, text } from '../reply.ts';
import { checkForm } from './form-check.ts';
import { doneBefore } from './tell.ts';
import { type App, formKey, load } from './tickets.ts';
import { busy, decideAndTell, noteSurvey, surveyIsDue } from './work.ts';

export async function openReferral(app: App, who: Person, action: ActionOf<'open-refer'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !mayRefer(who, ticket)) return refused({ kind: 'not-allowed' });
  const barred = wasRegistered(ticket)
    ? ticket.retracted && ({ kind: 'retracted' } as const)
    : busy(ticket, who, 'refer');
  if (barred) return refused(barred);
  const empty = { to: '', other: '', text: '' };
  return referralDialog(app, ticket, formKey('refer', who.person, ticket), empty);
}

/** Of a registered question a referral is noted afterwards, by whoever may correct it. */
function mayRefer(who: Person, ticket: Ticket): boolean {
  return may(who, wasRegistered(ticket) ? 'correct' : 'refer', verbs.subject(ticket));
}

type ReferralFields = Pick<ActionOf<'refer'>, 'to' | 'other' | 'text' | 'where' | 'told'>;

function referralDialog(app: App, ticket: Ticket, key: string, form: ReferralFields, problem?: string): Reply {
  const registered = wasRegistered(ticket);
  const card = referForm({ ticket, key, services: referrals(app, ticket), form, registered, problem });
  return { kind: 'dialog', title: locale.forms.refer.title(ticket.number), card };
}

/** Where to refer to, the services of the theme first. */
function referrals(app: App, ticket: Ticket): string[] {
  const { themes } = app.knowledge.content();
  const own = themes.find(({ id }) => id === ticket.theme)?.referral ?? [];
  const all = themes.flatMap(({ referral }) => referral);
  return [...new Set([...own, ...all])];
}

export async function refer(app: App, who: Person, action: ActionOf<'refer'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !mayRefer(who, ticket)) return refused({ kind: 'not-allowed' });
  if (doneBefore(app, ticket, action.key)) return text(locale.forms.done);
  const again = (problem: string): Reply => referralDialog(app, ticket, action.key, action, problem);
  const to = checkForm(action.other.trim() === '' ? action.to : action.other, {});
  if (!to.ok) return again(to.found ? to.problem : locale.forms.refer.choose);
  const note = action.text.trim() === '' ? ({ ok: true, text: '' } as const) : checkForm(action.text, {});
  if (!note.ok) return again(note.problem);
  const { where } = action;
  if (!where) return again(locale.refusal({ kind: 'no-reach' }));
  if (wasRegistered(ticket)) {
    return decideAndTell(app, action, (current) =>
      noteReferral(current, who, app.clock.now(), action.key, {
        to: to.text,
        where,
        note: note.text,
        told: action.told === true,
      }),
    );
  }
  const survey = await surveyIsDue(app, ticket);
  const reply = await decideAndTell(app, action, (current) =>
    verbs.refer(current, who, app.clock.now(), action.key, { to: to.text, where, note: note.text, survey }),
  );
  if (survey && reply.kind === 'text' && reply.text === locale.forms.done) await noteSurvey(app, ticket);
  return reply;
}

export async function openConsultation(app: App, who: Person, action: ActionOf<'open-consult'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'consult', verbs.subject(ticket))) return refused({ kind: 'not-allowed' });
  const barred = busy(ticket, who, 'consult');
  if (barred) return refused(barred);
  return consultDialog(app, who, ticket, formKey('consult', who.person, ticket), { other: '' });
}

async function consultDialog(
  app: App,
  who: Person,
  ticket: Ticket,
  key: string,
  form: Pick<ActionOf<'consult'>, 'other' | 'where'>,
  problem?: string,
): Promise<Reply> {
  const known = await colleagues(app, ticket.service, who.person);
  const card = consultForm({ directory: app.knowledge.content(), ticket, key, colleagues: known, form, problem });
  return { kind: 'dialog', title: locale.forms.consult.title(ticket.number), card };
}

/** A colleague or contact from the list is inside GO!; of a service that was typed it has to be said. */
export async function consult(app: App, who: Person, action: ActionOf<'consult'>): Promise<Reply> {
  const ticket = (await load(app, action.ticket))?.ticket;
  if (!ticket || !may(who, 'consult', verbs.subject(ticket))) return refused({ kind: 'not-allowed' });
  if (doneBefore(app, ticket, action.key)) return text(locale.forms.done);
  const again = (problem: string) => consultDialog(app, who, ticket, action.key, action, problem);
  const asked = await advice(app, action);
  if ('problem' in asked) return again(asked.problem);
  return decideAndTell(app, action, (current) =>
    verbs.consult(current, who, app.clock.now(), action.key, { ...asked, told: action.told === true }),
  );
}

async function advice(
  app: App,
  { to, other, where }: ActionOf<'consult'>,
): Promise<Omit<verbs.Consultation, 'told'> | { problem: string }> {
  const inside: Reach = 'inside';
  if (other.trim() !== '') {
    const checked = checkForm(other, {});
    if (!checked.ok) return { problem: checked.problem };
    return where ? { colleague: checked.text, where } : { problem: locale.refusal({ kind: 'no-reach' }) };
  }
  if (to?.kind === 'person') {
    const name = (await readPerson(app, to.id))?.name;
    if (name) return { colleague: name, person: to.id, where: inside };
  }
  const role = to?.kind === 'contact' && app.knowledge.content().contacts.find(({ id }) => id === to.id)?.role;
  return role ? { colleague: role, where: inside } : { problem: locale.forms.consult.choose };
}
