// Which knowledge items somebody has to read again, and why. Pure; knows no store, no sentence and no screen.

import type { Day, Instant, Item, ThemeId } from './terms.ts';
import { DAY_MS } from './terms.ts';
import type { Advisor } from './ticket.ts';
import { brusselsDay } from './working-time.ts';

/** What was reviewed longer ago is read again. */
const REVIEW_DAYS = 365;
/** A draft is looked at within a month. */
const DRAFT_DAYS = 30;
/** So many times "Nee" since it was last reviewed. */
const MANY_NO = 3;

/** Somebody said that the rules behind a theme changed; `at` is when they said so. `url` is an https link. */
export type Regulation = { theme: ThemeId; changedOn: Day; url?: string; at: Instant; by: Advisor };

/** What can be wrong with a page that was asked for. */
export const LINK_TROUBLES = ['silent', 'refused', 'moved'] as const;
export type LinkTrouble = (typeof LINK_TROUBLES)[number];

export type Concern =
  | { kind: 'regulation'; on: Day }
  | { kind: 'source'; url: string; how: LinkTrouble | 'changed' }
  | { kind: 'unhelpful'; times: number }
  | { kind: 'draft'; since: Day }
  | { kind: 'unreviewed'; since: Day }
  | { kind: 'unshown' };

/** The order in which they are listed: what may mislead people first. */
export const CONCERNS = [
  'regulation',
  'source',
  'unhelpful',
  'draft',
  'unreviewed',
  'unshown',
] as const satisfies readonly Concern['kind'][];

export type Known = {
  now: Instant;
  regulations: readonly Regulation[];
  /** When the sources were last asked for, and what came of it by page: `modified` is the moment that it gives itself. */
  links: { at: Instant; pages: ReadonlyMap<string, { trouble?: LinkTrouble; modified?: Instant }> };
  /** When people said that the item did not help. */
  noes: readonly Instant[];
  /** Absent: not counted. `since` is the first day of the school year. */
  shown?: { since: Day; times: number };
};

/** The flag on the item's theme, as long as nobody reviewed the item since it was set. */
export function regulationOf(
  item: Pick<Item, 'themes' | 'reviewedOn' | 'reviewedAt'>,
  regulations: readonly Regulation[] = [],
): Regulation | undefined {
  const reviewed = reviewedAtOf(item);
  return regulations.find(({ theme, at }) => theme === item.themes[0] && reviewed <= at);
}

/** Everything that asks for somebody's eyes; a review settles what was found before it. */
export function concernsOf(item: Item, known: Known): Concern[] {
  const { now, regulations, links, noes, shown } = known;
  const reviewed = reviewedAtOf(item);
  const ago = (days: number): Day => brusselsDay(now - days * DAY_MS);
  const flag = regulationOf(item, regulations);
  const times = noes.filter((at) => at > reviewed).length;
  const draft = item.status === 'draft' && item.writtenOn < ago(DRAFT_DAYS);
  const old = item.status === 'reviewed' && item.reviewedOn !== undefined && item.reviewedOn < ago(REVIEW_DAYS);
  const unseen = shown && shown.times === 0 && item.writtenOn < shown.since && reviewed < now - DRAFT_DAYS * DAY_MS;
  return [
    ...(flag ? [{ kind: 'regulation' as const, on: flag.changedOn }] : []),
    ...[...new Set(item.sources.map(({ url }) => pageOf(url)))].flatMap((url): Concern[] => {
      const { trouble, modified = 0 } = links.pages.get(url) ?? {};
      if (trouble && links.at > reviewed) return [{ kind: 'source' as const, url, how: trouble }];
      const read = Math.max(reviewed, Date.parse(item.writtenOn) + DAY_MS);
      return modified > read ? [{ kind: 'source' as const, url, how: 'changed' as const }] : [];
    }),
    ...(times >= MANY_NO ? [{ kind: 'unhelpful' as const, times }] : []),
    ...(draft ? [{ kind: 'draft' as const, since: item.writtenOn }] : []),
    ...(old ? [{ kind: 'unreviewed' as const, since: item.reviewedOn! }] : []),
    ...(unseen ? [{ kind: 'unshown' as const }] : []),
  ];
}

const reviewedAtOf = ({ reviewedAt, reviewedOn }: Pick<Item, 'reviewedOn' | 'reviewedAt'>): Instant =>
  reviewedAt ?? (reviewedOn ? Date.parse(reviewedOn) : Number.NEGATIVE_INFINITY);

/** What a browser asks for: a link without the place on the page. */
export const pageOf = (url: string): string => url.replace(/#.*$/, '');
