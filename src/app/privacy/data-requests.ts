// What people ask about what is held of them, and an administrator about one question. Knows no storage and no term.

import { noticeCard } from '../../cards/notice.ts';
import { escapeMarkdown } from '../../cards/text.ts';
import { may, mayIn, type Person } from '../../domain/authorisation.ts';
import type { TicketId } from '../../domain/terms.ts';
import * as verbs from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import type { Turn } from '../people.ts';
import type { Message } from '../ports.ts';
import { announce } from '../questions/tell.ts';
import { type App, change, findTickets, load } from '../questions/tickets.ts';
import type { PersonRecord } from '../records.ts';
import { onlyAdministrators } from '../refusals.ts';
import { type Reply, refused, say, text } from '../reply.ts';
import { audit } from './audit.ts';
import { strikeMadeFrom } from './made-from.ts';
import { forget, ownData } from './own-data.ts';

/** Everything that is held about the sender, in words. */
export async function myData(app: App, who: Person, record: PersonRecord): Promise<Message> {
  const content = app.knowledge.content();
  const tickets = await findTickets(app, { owner: who.person });
  const centre = content.centres.find(({ id }) => id === record.centre)?.name;
  const job = content.functions.find(({ id }) => id === record.function)?.name;
  return {
    summary: locale.myData.summary,
    card: noticeCard({
      title: locale.myData.title,
      lines: [locale.myData.explanation],
      facts: [
        { title: locale.myData.name, value: escapeMarkdown(record.name) },
        { title: locale.myData.email, value: record.email ? escapeMarkdown(record.email) : locale.myData.notKept },
        { title: locale.ask.centre, value: centre ?? locale.myData.notKept },
        { title: locale.ask.function, value: job ?? locale.myData.notKept },
        { title: locale.myData.questions, value: locale.myData.questionCount(tickets.length) },
      ],
      buttons: [
        { title: locale.profile.change, data: { do: 'open-profile' } },
        { title: locale.data.asJson, data: { do: 'command', command: 'my-data-json' } },
        { title: locale.data.erase, data: { do: 'command', command: 'forget-me' } },
      ],
    }),
  };
}

/** Characters of JSON in one message; Teams takes about 28 KB, and a character may take four bytes. */
const MESSAGE_SIZE = 7_000;
const MOST_MESSAGES = 20;

/** The same as JSON, in as many messages as it takes. Noted: it leaves the house. */
export async function myDataAsJson(app: App, who: Person, turn: Turn): Promise<Message[]> {
  const { summary, intro, tooMuch } = locale.data.json;
  if (turn.place !== 'personal') return [{ summary, text: locale.data.confirm.onlyInChat }];
  const json = JSON.stringify(await ownData(app.store, who.person), null, 1);
  const parts = Math.ceil(json.length / MESSAGE_SIZE);
  if (parts > MOST_MESSAGES) return [{ summary, text: tooMuch }];
  await audit(app, who.person, { action: 'give-own-data', about: 'person' });
  const blocks = Array.from({ length: parts }, (_, n) => json.slice(n * MESSAGE_SIZE, (n + 1) * MESSAGE_SIZE));
  return [
    { summary, text: intro(parts) },
    ...blocks.map((block) => ({ summary, text: `\`\`\`json\n${block}\n\`\`\`` })),
  ];
}

/** Says what erasing does before anything is erased. */
export async function confirmForget(app: App, who: Person, turn: Turn): Promise<Message> {
  const { summary, title, lines, yes, onlyInChat } = locale.data.confirm;
  if (turn.place !== 'personal') return { summary, text: onlyInChat };
  const tickets = await findTickets(app, { owner: who.person });
  const underWay = tickets.filter(({ state }) => state.kind !== 'closed').length;
  const buttons = [{ title: yes, data: { do: 'forget-me' } }];
  return { summary, card: noticeCard({ title, lines: lines(tickets.length, underWay), buttons }) };
}

/** Erases in the background: the whole store is looked through. What a fault leaves undone, the sweep ends. */
export async function forgetMe(app: App, turn: Turn): Promise<Reply> {
  if (turn.place !== 'personal') return text(locale.data.confirm.onlyInChat);
  const { ended } = await forget(app, turn.person);
  ended.catch((error: unknown) =>
    app.log.error({ error: String(error) }, 'erasing a person failed; it is tried again'),
  );
  return say({ summary: locale.data.erasing.summary, text: locale.data.erasing.text });
}

/** Shows an administrator what making one question unreadable does. */
export async function confirmRedact(app: App, who: Person, id: TicketId | undefined): Promise<Reply> {
  if (!mayIn(who.roles, 'redact-ticket')) return text(await onlyAdministrators(app, locale.data.redact.notAllowed));
  const ticket = id && (await load(app, id))?.ticket;
  if (!ticket) return refused({ kind: 'not-allowed' });
  const { summary, title, lines, underWay, yes } = locale.data.redact;
  const open = ticket.state.kind !== 'closed';
  return say({
    summary: summary(ticket.number),
    card: noticeCard({
      title: title(ticket.number),
      lines: open ? [underWay] : lines,
      ...(open ? {} : { buttons: [{ title: yes, data: { do: 'redact', ticket: ticket.id } }] }),
    }),
  });
}

/** Noted first: a redaction that nobody knows of must not be possible. */
export async function redact(app: App, who: Person, id: TicketId): Promise<Reply> {
  if (!mayIn(who.roles, 'redact-ticket')) return text(await onlyAdministrators(app, locale.data.redact.notAllowed));
  const before = (await load(app, id))?.ticket;
  if (!before || !may(who, 'redact', verbs.subject(before))) return refused({ kind: 'not-allowed' });
  if (before.state.kind !== 'closed') return text(locale.data.redact.underWay);
  await audit(app, who.person, { action: 'redact', about: before.number });
  await app.ledger?.note({ ticket: id });
  const stay = await strikeMadeFrom(app, before);
  const redacted = await change(app, { ticket: id }, (ticket) => verbs.redact(ticket, who, app.clock.now()));
  if (!redacted.ok) return refused(redacted.refusal);
  // Erasing anything also empties the log of the store, in which replaced texts still stand.
  await app.store.erase(`redacted:${id}`);
  announce(app, id);
  return text(locale.data.redact.done(before.number, stay.map(escapeMarkdown)));
}
