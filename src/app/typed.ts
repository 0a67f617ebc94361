// What somebody typed, taken to the task it is for. Knows no card that comes back.

import { offerButton } from '../cards/items.ts';
import { noticeCard } from '../cards/notice.ts';
import { welcomeCard } from '../cards/requester.ts';
import { mayIn } from '../domain/authorisation.ts';
import { parseLine } from '../domain/registration-line.ts';
import { never } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import * as commands from './commands.ts';
import * as digest from './figures/digest.ts';
import * as review from './knowledge/item-review.ts';
import * as wordings from './knowledge/wordings.ts';
import { identify, keepPerson, readPerson, type Turn } from './people.ts';
import type { Appointed, Message } from './ports.ts';
import * as dataRequests from './privacy/data-requests.ts';
import * as ask from './questions/ask.ts';
import { ticketByNumber } from './questions/numbers.ts';
import { announce, resume } from './questions/tell.ts';
import type { App } from './questions/tickets.ts';
import { onlyStaff } from './refusals.ts';
import * as registration from './registration/registration.ts';
import * as sessions from './registration/sessions.ts';
import * as week from './registration/week.ts';
import { type Reply, refused, say, text } from './reply.ts';
import * as absences from './set-up/absences.ts';
import * as contacts from './set-up/contacts.ts';
import { showSetUp } from './set-up/overview.ts';
import * as followUp from './topics/follow-up.ts';
import { view } from './view.ts';

export async function message(
  app: App,
  appointed: Appointed,
  turn: Turn,
  typed: string,
  hasAttachment: boolean,
): Promise<Reply> {
  if (turn.place === 'personal') await revive(app, turn);
  const { smallTalk } = locale;
  const command = commands.parseCommand(typed);
  switch (command.kind) {
    case 'question': {
      const registered = await registeredLine(app, appointed, turn, command.text);
      if (registered) return say(registered);
      return ask.askQuestion(app, turn, command.text);
    }
    case 'greeting':
      // Whom the dashboard does not know yet is told to say hello: from here on they are known, with their rights.
      await identify(app, appointed, turn);
      return say({ summary: smallTalk.summary, text: smallTalk.greeting });
    case 'thanks':
      return say({ summary: smallTalk.summary, text: smallTalk.thanks });
    case 'never-mind':
      return say({ summary: smallTalk.summary, text: smallTalk.neverMind });
    case 'empty':
      return say({ summary: smallTalk.summary, text: hasAttachment ? smallTalk.attachmentOnly : smallTalk.empty });
    case 'ask':
      // A chat cannot open a dialog by itself: the welcome card has the button.
      return say({ summary: locale.welcome.summary, card: welcomeCard(turn.name) });
    case 'reach-advisor':
      return say(commands.reachAdvisor(app));
    default:
      return runCommand(app, appointed, turn, command);
  }
}

export async function runCommand(
  app: App,
  appointed: Appointed,
  turn: Turn,
  command: commands.RoleCommand,
): Promise<Reply> {
  if (!(await commands.isAnsweredHere(app, turn, command.kind))) return text(locale.data.confirm.onlyInChat);
  const { actor, record } = await identify(app, appointed, turn);
  const here = await commands.asSeenHere(app, actor, turn);
  switch (command.kind) {
    case 'help':
      return say(commands.help(actor.roles));
    case 'my-questions':
      return say(await commands.myQuestions(app, actor));
    case 'open-questions':
      return say(await commands.openQuestions(app, here));
    case 'statistics':
      return say(await commands.statistics(app, here, command.of));
    case 'topics':
      return say(await followUp.topicsMessage(app, here));
    case 'my-data':
      return say(await dataRequests.myData(app, actor, record));
    case 'my-data-json':
      return say(...(await dataRequests.myDataAsJson(app, actor, turn)));
    case 'forget-me':
      return say(await dataRequests.confirmForget(app, actor, turn));
    case 'redact':
      return dataRequests.confirmRedact(app, actor, await ticketByNumber(app.store, command.year, command.number));
    case 'register':
      return mayIn(here.roles, 'register-questions')
        ? say(await registration.openRegistration(app, here))
        : text(await onlyStaff(app));
    case 'sessions':
      return mayIn(actor.roles, 'register-questions')
        ? say(await sessions.openSessions(app))
        : text(await onlyStaff(app));
    case 'my-week':
      return mayIn(actor.roles, 'register-questions')
        ? say(await week.openWeek(app, actor))
        : text(await onlyStaff(app));
    case 'set-up':
      return say(await showSetUp(app, actor));
    case 'contacts':
      return say(await contacts.showContacts(app, actor));
    case 'my-absence':
      return say(await absences.showAbsences(app, actor));
    case 'back':
      return say(await absences.comeBack(app, actor));
    case 'absence':
      return say(await absences.typedAbsence(app, actor, command.text));
    case 'reload':
      return say(await commands.reload(app, actor));
    case 'wordings':
      return say(await wordings.showWordings(app, actor));
    case 'knowledge':
      return say(await review.itemList(app, actor));
    case 'offer':
      // A chat cannot open a dialog by itself.
      return say({
        summary: locale.items.offer.summary,
        card: noticeCard({ lines: [locale.items.offer.invitation], buttons: [offerButton()] }),
      });
    case 'remove-wording':
      return say(await wordings.removeShown(app, actor, command.code));
    case 'ticket': {
      const id = await ticketByNumber(app.store, command.year, command.number);
      const shown = id ? await view(app, here, turn, id) : refused({ kind: 'not-allowed' });
      // Whether there is no such question or it is of another service looks the same.
      return shown.kind === 'card' || here === actor ? shown : text(locale.fault.ofThisService);
    }
    case 'quality-channel':
      return say(await digest.registerQualityChannel(app, actor, turn));
    case 'advisors-channel':
      return say(await commands.registerChannel(app, actor, turn, command.service));
    default:
      return never(command);
  }
}

/** An advisor's line such as "tel gent dossier 10m hoe lang?". */
async function registeredLine(app: App, appointed: Appointed, turn: Turn, typed: string): Promise<Message | undefined> {
  if (!parseLine(typed, app.knowledge.content(), locale.lineWords)) return undefined;
  const { actor } = await identify(app, appointed, turn);
  // The card that follows shows what others asked.
  if (mayIn(actor.roles, 'register-questions') && !(await commands.atWork(app, turn)))
    return { summary: locale.fault.summary, text: locale.data.confirm.onlyInChat };
  return registration.registerLine(app, actor, turn, typed, await commands.asSeenHere(app, actor, turn));
}

/** Somebody who writes can be reached again: what was held up for them goes out first. */
async function revive(app: App, turn: Turn): Promise<void> {
  const { missed } = (await readPerson(app, turn.person)) ?? {};
  if (!missed || missed.length === 0) return;
  await keepPerson(app, turn, (record) => {
    delete record.missed;
  });
  for (const id of missed) {
    await resume(app, id, 'requester');
    announce(app, id);
  }
}
