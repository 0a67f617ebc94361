// The draft of the monthly newsletter for requesters: what is new, what was asked most with its answer, whom to turn to. Texts come from content and from sessions, never from a question.

import type { Contact, Day, Instant, Item, ServiceId, Theme, ThemeId } from '../../domain/terms.ts';
import { no, type Result, yes } from '../../domain/terms.ts';
import { instantAt, monthOf, schoolYearOf } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';
import { allSessions } from '../registration/sessions.ts';
import type { Sources } from '../topics/topic-reader.ts';
import { topics } from '../topics/topics.ts';
import { demonstrationIn } from './demonstration.ts';
import { type Block, type Document, fromMarkdown, heading, isWebAddress, type Run, text } from './document.ts';
import { shortName } from './names.ts';

const words = locale.report.newsletter;
const MOST_NEW = 10;
const MOST_ANSWERS = 4;
/** Fewer people than this asked: then it would say who. */
const FEWEST_PEOPLE = 5;

type Held = { day: Day; title: string; link?: string };
export type Issue = {
  month: string;
  content: Content;
  service: ServiceId;
  demonstration: boolean;
  /** Known questions that were asked most in the month, the most first. */
  asked: Item[];
  /** Helpdesk sessions of the month, oldest first. */
  held: Held[];
};

/** Everything of one service; the theme of the question asked most is in the spotlight with its contact. */
export function newsletter({ month, content, service, demonstration, asked, held }: Issue): Document {
  const themes = new Map(content.themes.filter((theme) => theme.service === service).map((theme) => [theme.id, theme]));
  const own = content.items.filter(({ themes: [first] }) => themes.has(first));
  const fresh = own.filter((item) => changedOn(item).startsWith(month)).sort((a, b) => rank(a) - rank(b));
  const spotlight = themes.get(asked[0]?.themes[0] ?? ('' as ThemeId));
  const name = shortName(content.services.find(({ id }) => id === service) ?? { name: '' });
  return {
    title: words.title(name),
    subtitle: words.subtitle(locale.report.month(month), month.slice(0, 4)),
    facts: [words.draft],
    ...(demonstration ? { label: locale.demonstration.explanation } : {}),
    cover: false,
    blocks: [
      ...(spotlight ? spotlightOf(spotlight, content.contacts) : []),
      heading(1, words.asked),
      ...(asked.length === 0 ? [text(words.nothingAsked)] : asked.slice(0, MOST_ANSWERS).flatMap(answered)),
      heading(1, words.fresh),
      ...freshOf(fresh, month),
      heading(1, words.sessions),
      ...sessionsOf(held),
      heading(1, words.more),
      text(words.moreText),
    ],
  };
}

const changedOn = ({ reviewedOn, writtenOn }: Item): Day => reviewedOn ?? writtenOn;
/** Material before answers: it is what a newsletter is for. */
const rank = ({ kind }: Item): number => (kind === 'material' ? 0 : 1);

function spotlightOf(theme: Theme, contacts: readonly Contact[]): Block[] {
  // A SPOC+ lists themes too, but dispatches for a region.
  const contact = contacts.find(({ themes, centres }) => themes.includes(theme.id) && centres.length === 0);
  return [
    heading(1, words.spotlight(theme.name)),
    text(theme.description, 'lead'),
    ...(contact ? [text(words.contact(contact.role, contact.email))] : []),
  ];
}

function answered(item: Item): Block[] {
  const sources = item.sources.map(({ title, url }): Run[] => [linked(title, url)]);
  return [
    heading(2, item.title),
    ...fromMarkdown(item.answer),
    ...(sources.length > 0 ? [text(words.sources, 'quiet'), { kind: 'list', items: sources } as const] : []),
    ...(item.status === 'draft' ? [text(words.notReviewed, 'quiet')] : []),
  ];
}

function freshOf(items: readonly Item[], month: string): Block[] {
  if (items.length === 0) return [text(words.nothingFresh)];
  const shown = items.slice(0, MOST_NEW).map((item): Run[] => {
    const [source] = item.sources;
    const kind = item.writtenOn.startsWith(month) ? words.isNew : words.changed;
    return [source ? linked(item.title, source.url) : { text: item.title }, { text: ` (${kind})` }];
  });
  const left = items.length - shown.length;
  return [{ kind: 'list', items: shown }, ...(left > 0 ? [text(words.andMore(left), 'quiet')] : [])];
}

/** Sessions are noted once they were held: what is still to come has to be filled in by hand. */
function sessionsOf(held: readonly Held[]): Block[] {
  const items = held.map(({ day, title, link }): Run[] => [
    link ? linked(title, link) : { text: title },
    { text: `, ${locale.report.day(day)}` },
  ]);
  return [text(words.upcoming), ...(items.length > 0 ? [text(words.held), { kind: 'list', items } as const] : [])];
}

const linked = (title: string, url: string): Run => ({ text: title, ...(isWebAddress(url) ? { url } : {}) });

/** The draft of a month of a service; otherwise why not, in Dutch. Throws RangeError for a malformed month. */
export async function prepareNewsletter(
  app: Sources,
  month: string,
  wanted: string | undefined,
): Promise<Result<Document, string>> {
  const content = app.knowledge.content();
  const service = wanted === undefined ? content.services[0] : content.services.find(({ id }) => id === wanted);
  if (!service) return no(words.refused.service(content.services.map(({ id }) => id)));
  const from: Instant = instantAt(`${month}-01`, '00:00');
  if (from > app.clock.now()) return no(words.refused.future);
  const found = await topics(app, 'operator', { schoolYear: schoolYearOf(from), month }, Number.POSITIVE_INFINITY);
  const asked = (found?.recurring ?? []).flatMap(({ item, evidence }) => {
    const known = content.items.find(({ id, kind }) => id === item?.id && kind === 'faq');
    const own = known && content.themes.find(({ id }) => id === known.themes[0])?.service === service.id;
    return known && own && (evidence.requesters ?? 0) >= FEWEST_PEOPLE ? [known] : [];
  });
  const held: Held[] = [];
  for await (const { day, title, links, theme, retracted } of allSessions(app.store)) {
    const own = content.themes.find(({ id }) => id === theme)?.service === service.id;
    if (retracted || !own || monthOf(instantAt(day, '12:00')) !== month) continue;
    held.push({ day, title, ...(links[0] ? { link: links[0] } : {}) });
  }
  held.sort((a, b) => a.day.localeCompare(b.day));
  const demonstration = (await demonstrationIn(app.store)) !== undefined;
  return yes(newsletter({ month, content, service: service.id, demonstration, asked, held }));
}
