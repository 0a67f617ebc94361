// The monthly digest for the quality team: five lines and what is behind them, once a month in their channel.

import { type DigestView, digestCard } from '../../cards/quality.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import { FEWEST_PEOPLE, type Figures } from '../../domain/measures.ts';
import { addUp, mostPeople, openShare, suppressSmallCells } from '../../domain/small-cells.ts';
import type { Instant, WorkingCalendar } from '../../domain/terms.ts';
import { instantAt, monthOf, schoolYearOf, workingMs } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import type { Turn } from '../people.ts';
import type { Address, Content, Message, Store } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import type { DigestRecord, QualityChannelRecord } from '../records.ts';
import { onlyAdministrators } from '../refusals.ts';
import { type TopicView, topics } from '../topics/topics.ts';
import { demonstrationIn } from './demonstration.ts';

const words = locale.report.digest;
const CHANNEL = { pk: 'control:quality-channel', kind: 'quality-channel' };
/** How often a sweep looks whether a digest is due. */
const LOOK_EVERY_MS = 5 * 60_000;
/** How long one attempt may take before another is made. */
const ATTEMPT_MS = 10 * 60_000;
const MOST_THEMES = 8;
const MOST_TOPICS = 5;
const NAMED = 3;
/** Numbers are rounded to these. */
const STEP = 10;

/** Makes the channel in which this is said the one of the quality team. */
export async function registerQualityChannel(app: App, who: Person, turn: Turn): Promise<Message> {
  const { summary, done, notAllowed, notHere } = words.channel;
  if (!mayIn(who.roles, 'register-channel')) return { summary, text: await onlyAdministrators(app, notAllowed) };
  if (turn.place !== 'channel') return { summary, text: notHere };
  const { address } = turn;
  await keep<QualityChannelRecord>(app.store, CHANNEL, () => ({
    address,
    registeredBy: who.person,
    registeredAt: app.clock.now(),
  }));
  looked.delete(app.store);
  return { summary, text: done };
}

export async function hasQualityChannel(store: Store): Promise<boolean> {
  return (await store.read(CHANNEL.pk, CHANNEL.pk)) !== undefined;
}

export async function isQualityChannel(store: Store, { conversationId }: Address): Promise<boolean> {
  const kept = (await store.read(CHANNEL.pk, CHANNEL.pk))?.doc.body as QualityChannelRecord | undefined;
  return kept?.address.conversationId === conversationId;
}

const looked = new WeakMap<App['store'], Instant>();

/**
 * Posts the digest of last month from the first working moment of this one, once: the document of the month says who is
 * at it and that it was done. What cannot be delivered is tried again, until the month is over.
 */
export async function sendDigest(app: App): Promise<void> {
  const now = app.clock.now();
  if (now - (looked.get(app.store) ?? 0) < LOOK_EVERY_MS) return;
  looked.set(app.store, now);
  const month = monthBefore(app.knowledge.content().calendar, now);
  const channel = (await app.store.read(CHANNEL.pk, CHANNEL.pk))?.doc.body as QualityChannelRecord | undefined;
  if (!month || !channel) return;
  const schoolYear = schoolYearOf(instantAt(`${month}-15`, '12:00'));
  const found = await topics(app, 'operator', { schoolYear, month });
  // Right after a start the questions are still being read; the next look has them.
  if (!found?.ready) return;
  const at = { pk: `digest:${month}`, kind: 'digest' };
  const until = now + ATTEMPT_MS;
  const mine = await keep<DigestRecord>(app.store, at, (before) =>
    before && (before.sentAt !== undefined || before.until > now) ? before : { by: app.instance, until },
  );
  if (mine?.by !== app.instance || mine.until !== until || mine.sentAt !== undefined) return;
  const message = await digestMessage(app, month, found.recurring);
  if (message) {
    const delivery = await app.messenger.post(channel.address, message);
    if (delivery.outcome !== 'delivered') {
      app.log.warn(
        { month, outcome: delivery.outcome },
        'the monthly digest could not be delivered; it is tried again',
      );
      return;
    }
  }
  await keep<DigestRecord>(app.store, at, (before) => before && { ...before, sentAt: now });
}

/** The month before this one, once this month has seen working time. */
export function monthBefore(calendar: WorkingCalendar, now: Instant): string | undefined {
  const first = instantAt(`${monthOf(now)}-01`, '00:00');
  return workingMs(calendar, first, now) > 0 ? monthOf(first - 1) : undefined;
}

/** The digest of a month; undefined when nothing happened in it. */
async function digestMessage(app: App, month: string, recurring: TopicView[]): Promise<Message | undefined> {
  const measured = await app.measures.figures({ month });
  const content = app.knowledge.content();
  const apart = [];
  for (const { id } of content.services) apart.push(await app.measures.figures({ month, services: [id] }));
  if (measured.figures.questions.total === 0 && measured.figures.sessions.sessions === 0) return undefined;
  const view: DigestView = {
    title: words.title(locale.report.month(month), month.slice(0, 4)),
    demonstration: (await demonstrationIn(app.store)) !== undefined,
    ...digestFigures({ ...measured, apart }, content),
    topics: recurring.filter(enough).slice(0, MOST_TOPICS).map(topicLine),
  };
  return { summary: words.summary, card: digestCard(view) };
}

type Counted = { figures: Figures; previous?: Figures | undefined };
/** Of everything, and of each service alone. */
type Digested = Counted & { apart: readonly Counted[] };

/**
 * What a digest says in numbers. The channel has other members than the quality team, who have the view of a school year
 * and the annual report too: a month is a part of those, so exact numbers could be taken off them. Every number is
 * therefore rounded to tens, besides leaving out what few people of one service asked, as some members know every
 * question of the other.
 */
export function digestFigures(
  given: Digested,
  content: Pick<Content, 'themes' | 'centres'>,
): Pick<DigestView, 'lines' | 'themes'> {
  const themes = themesOf(given, content);
  return { lines: linesOf(given, content, themes), themes };
}

/** To the nearest ten; undefined below ten. */
const roughly = (count: number): number | undefined => (count < STEP ? undefined : Math.round(count / STEP) * STEP);
const few = ({ requesters, questions }: Figures): boolean =>
  Math.max(requesters, mostPeople(questions.byChannel)) < FEWEST_PEOPLE;
/** The services of which something can be told, now and in the same month a year ago. */
const toldNow = ({ apart }: Digested): Figures[] => apart.flatMap(({ figures }) => (few(figures) ? [] : figures));
const toldBefore = ({ apart }: Digested): Figures[] =>
  apart.flatMap(({ previous }) => (!previous || few(previous) ? [] : previous));
const total = (services: readonly Figures[], of: (figures: Figures) => number): number =>
  services.reduce((all, figures) => all + of(figures), 0);
const enough = ({ evidence }: TopicView): boolean => (evidence.requesters ?? 0) >= FEWEST_PEOPLE;

function linesOf(
  given: Digested,
  content: Pick<Content, 'centres'>,
  themes: DigestView['themes'],
): DigestView['lines'] {
  const { reach, firstResponse, satisfaction, sessions } = given.figures;
  const most = themes.flatMap(({ label, value }) => (value === undefined ? [] : [words.themed(label, value)]));
  const silent = reach.silent.map((id) => content.centres.find((centre) => centre.id === id)?.name ?? id);
  const shares = satisfaction.items.flatMap(({ n, positive }) =>
    positive === undefined ? [] : (openShare({ count: Math.round(positive * n), of: n, share: positive }) ?? []),
  );
  const positive = shares.length > 0 ? shares.reduce((sum, one) => sum + one, 0) / shares.length : undefined;
  const asked = (of: readonly Figures[]) => roughly(total(of, ({ questions }) => questions.total));
  const median = firstResponse.n < FEWEST_PEOPLE ? undefined : firstResponse.median;
  const hours = roughly(total(toldNow(given), ({ minutes }) => minutes.total) / 60);
  return [
    { label: words.questions, text: words.asked(asked(toldNow(given)), asked(toldBefore(given))) },
    { label: words.most, text: most.slice(0, NAMED).join(', ') || locale.figures.none },
    { label: words.reach, text: words.reached(reach.centres.count, reach.centres.of, silent) },
    {
      label: words.first,
      text: words.responded(median, openShare(firstResponse.within), hours) || locale.figures.none,
    },
    { label: words.satisfied, text: words.scored(positive, openShare(satisfaction.response), sessions.sessions) },
  ];
}

/** The most asked first, without those of which nothing can be said. */
function themesOf(given: Digested, content: Pick<Content, 'themes'>): DigestView['themes'] {
  const shown = (services: readonly Figures[]) => {
    const cells = addUp(services.map(({ questions }) => suppressSmallCells(questions.byTheme)));
    return new Map(cells.map(({ id, value }) => [id, value === undefined ? undefined : roughly(value)]));
  };
  const [own, earlier] = [shown(toldNow(given)), shown(toldBefore(given))];
  return given.figures.questions.byTheme
    .filter(({ id }) => own.get(id) !== undefined)
    .map(({ id }) => ({
      label: content.themes.find((theme) => theme.id === id)?.name ?? locale.figures.cells.unknown,
      value: own.get(id),
      before: earlier.get(id),
    }))
    .sort((a, b) => b.value! - a.value! || a.label.localeCompare(b.label))
    .slice(0, MOST_THEMES);
}

function topicLine({ name, evidence, gap, followUp }: TopicView): DigestView['topics'][number] {
  const standing = followUp ? words.decided(followUp.kindName) : gap ? words.gap : words.undecided;
  return { name, text: words.topic(roughly(evidence.questions), evidence.centreCount, standing) };
}
