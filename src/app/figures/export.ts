// One row per question and per session, for whoever counts further in a spreadsheet. Knows no file format.

import { linksOf } from '../../domain/connections.ts';
import type { Day, Instant, SchoolYear } from '../../domain/terms.ts';
import { mergedInto, minutesOf, type Ticket } from '../../domain/ticket.ts';
import { brusselsDay, instantAt, schoolYearOf, schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content, Store } from '../ports.ts';
import { allTickets } from '../questions/tickets.ts';
import { allSessions } from '../registration/sessions.ts';

/** A Date is a day, at midnight UTC. */
type Value = string | number | Date | undefined;
export type Export = { header: string[]; rows: AsyncIterable<Value[]> };
/** `withText` adds what people wrote and their names; everything else says nothing about a person. */
export type Exporting = { content: Content; schoolYear?: SchoolYear; withText: boolean };

const columns = locale.import.export.columns;
const headerOf = (...names: (keyof typeof columns)[]): string[] => names.map((name) => columns[name]);
const asDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const clock = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', hour: '2-digit', minute: '2-digit' });
const nameIn = (list: { id: string; name: string }[], id: string | undefined): string =>
  id === undefined ? '' : (list.find((known) => known.id === id)?.name ?? id);

/** Questions with the day they were asked; what was registered by mistake is left out. */
export function exportTickets(store: Store, { content, schoolYear, withText }: Exporting): Export {
  const header = [
    ...headerOf('number', 'day', 'time', 'schoolYear', 'channel', 'service', 'coreProcess', 'theme', 'centre'),
    ...headerOf('function', 'state', 'outcome', 'closed', 'minutes', 'advisors', 'reopened'),
    ...headerOf('referredTo', 'referredWhere', 'requesterTold', 'consulted', 'mergedInto', 'linked'),
    ...(withText ? headerOf('question', 'requester', 'answer') : []),
  ];
  const period = schoolYear === undefined ? undefined : schoolYearRange(schoolYear);
  const listed = new Set(content.themes.flatMap(({ referral }) => referral));
  /** Where the question went last; a name that somebody typed is text. */
  const referralOf = ({ events }: Ticket): Value[] => {
    const referred = events.findLast((event) => event.type === 'referred');
    if (!referred) return ['', '', ''];
    const { reaches, yesNo, otherService } = locale.import.export;
    return [
      withText || listed.has(referred.to) ? referred.to : otherService,
      referred.where ? reaches[referred.where] : '',
      referred.told === undefined ? '' : yesNo[referred.told ? 'yes' : 'no'],
    ];
  };
  const rowOf = (ticket: Ticket): Value[] => {
    const { state, requester, events, askedAt } = ticket;
    const theme = content.themes.find(({ id }) => id === ticket.theme);
    const advisors = new Set(events.flatMap(({ by }) => (by && by.person !== requester.person ? [by.person] : [])));
    const answers = events.flatMap((event) => (event.type === 'answered' ? [event.text] : []));
    return [
      ticket.number,
      asDate(brusselsDay(askedAt)),
      clock.format(askedAt),
      schoolYearOf(askedAt),
      locale.channel[ticket.channel],
      nameIn(content.services, ticket.service),
      theme?.coreProcess ?? '',
      nameIn(content.themes, ticket.theme),
      nameIn(content.centres, requester.centre),
      nameIn(content.functions, requester.function),
      locale.import.export.states[state.kind],
      state.kind === 'closed' ? locale.outcome[state.outcome] : '',
      state.kind === 'closed' ? asDate(brusselsDay(state.at)) : undefined,
      minutesOf(ticket),
      advisors.size,
      events.filter(({ type }) => type === 'reopened').length,
      ...referralOf(ticket),
      events.filter(({ type }) => type === 'consulted').length,
      mergedInto(ticket)?.number ?? '',
      linksOf(ticket)
        .map(({ number }) => number)
        .join(' '),
      ...(withText ? [ticket.question, requester.name, answers.join('\n\n')] : []),
    ];
  };
  async function* rows() {
    for await (const ticket of allTickets(store)) {
      if (!ticket.retracted && within(ticket.askedAt, period)) yield rowOf(ticket);
    }
  }
  return { header, rows: rows() };
}

/** Sessions with their day; title and links are text. Who registered one is not told. */
export function exportSessions(store: Store, { content, schoolYear, withText }: Exporting): Export {
  const header = [
    ...headerOf('day', 'schoolYear', 'programme', 'theme', 'level', 'sessions', 'participants', 'perCentre'),
    ...headerOf('minutes', 'tickets'),
    ...(withText ? headerOf('title', 'links') : []),
  ];
  const period = schoolYear === undefined ? undefined : schoolYearRange(schoolYear);
  async function* rows(): AsyncGenerator<Value[]> {
    for await (const session of allSessions(store)) {
      const at = instantAt(session.day, '12:00');
      if (session.retracted || !within(at, period)) continue;
      yield [
        asDate(session.day),
        schoolYearOf(at),
        session.programme,
        nameIn(content.themes, session.theme),
        session.level,
        session.sessions,
        session.participants,
        // As an import reads it again.
        Object.entries(session.perCentre ?? {})
          .map(([centre, count]) => `${nameIn(content.centres, centre)} ${count}`)
          .join(', '),
        session.minutes,
        session.tickets.length,
        ...(withText ? [session.title, session.links.join(' ')] : []),
      ];
    }
  }
  return { header, rows: rows() };
}

function within(at: Instant, period: { from: Instant; to: Instant } | undefined): boolean {
  return !period || (period.from <= at && at < period.to);
}
