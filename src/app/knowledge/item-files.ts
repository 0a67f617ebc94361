// Knowledge items out to files and back: what differs from content/, and what may be taken over without passing over anybody's work.

import { isWritten, textOf } from '../../domain/item-text.ts';
import { replayItem, take } from '../../domain/items.ts';
import type { Item, ItemId, PersonId } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { wordingKey } from '../../knowledge/text.ts';
import { locale } from '../../locale/locale.ts';
import { keep } from '../documents.ts';
import type { Clock, Content, Store } from '../ports.ts';
import type { ItemRecord } from '../records.ts';
import { entryOfFile, type Held, itemsIn, liveItem, noteNews, pkOf } from './items.ts';

const words = locale.items.files;
const BY = { person: 'command-line' as PersonId, name: 'command-line' };

/** `versions`: which version of each item this is, for an import to see whether somebody changed it since. */
export type Exported = { items: Item[]; retired: ItemId[]; versions: Record<ItemId, number> };

/** What people published over `content`, which is that of the files alone. */
export async function exportItems(store: Store, content: Content): Promise<Exported> {
  const exported: Exported = { items: [], retired: [], versions: {} };
  for await (const { entry } of itemsIn(store)) {
    const item = liveItem(entry, content);
    if (item && entry.live) {
      exported.items.push(item);
      exported.versions[entry.id] = entry.live.version;
    } else if (entry.state.kind === 'retired') exported.retired.push(entry.id);
  }
  exported.items.sort((a, b) => (a.id < b.id ? -1 : 1));
  exported.retired.sort();
  return exported;
}

export type ItemImport = {
  same: number;
  fresh: Item[];
  changed: Item[];
  /** One Dutch line each; nothing of these is taken over. */
  conflicts: string[];
};

/** What taking these items over would do. `versions` is what the export of them said. */
export async function planItemImport(
  store: Store,
  content: Content,
  items: readonly Item[],
  versions: Readonly<Record<string, number>>,
  now: number,
): Promise<ItemImport> {
  const held = new Map<ItemId, Held>();
  for await (const one of itemsIn(store)) held.set(one.entry.id, one);
  const there = new Map(content.items.map((item) => [item.id, item]));
  for (const [id, { entry }] of held) {
    const item = liveItem(entry, content);
    if (item) there.set(id, item);
    else if (entry.state.kind === 'retired') there.delete(id);
  }
  const byQuestion = new Map([...there.values()].map((item) => [wordingKey(item.title), item.id]));
  const plan: ItemImport = { same: 0, fresh: [], changed: [], conflicts: [] };
  const today = brusselsDay(now);
  for (const item of items) {
    const entry = held.get(item.id)?.entry;
    const live = there.get(item.id);
    const twin = byQuestion.get(wordingKey(item.title));
    const theme = content.themes.find(({ id }) => id === item.themes[0]);
    const conflict = (why: string): void => void plan.conflicts.push(words.conflict(item.id, why));
    if (live && sayOf(live) === sayOf(item)) plan.same++;
    else if (!theme) conflict(words.unknownTheme(item.themes[0]));
    else if (theme.until && theme.until < today)
      conflict(locale.items.refusal({ kind: 'theme-retired', name: theme.name }));
    else if (!isWritten(item) || (live && (!isWritten(live) || live.kind !== item.kind))) conflict(words.material);
    else if (!live && twin) conflict(words.otherId(twin));
    else if (entry?.state.kind === 'proposed') conflict(words.waiting);
    else if (entry?.state.kind === 'retired') conflict(words.retired);
    else if (entry?.live && versions[item.id] !== entry.live.version) conflict(words.changedHere);
    else (live ? plan.changed : plan.fresh).push(item);
  }
  return plan;
}

/** What requesters get of an item, in one text to compare; days of writing do not count. */
const sayOf = (item: Item): string =>
  JSON.stringify([textOf(item), item.status, item.reviewedOn ?? '']).replace(/\s+/g, ' ');

/** Takes over what the plan found without conflict, unless somebody began on it meanwhile. Returns the lines of those. */
export async function applyItemImport(
  { store, clock }: { store: Store; clock: Clock },
  content: Content,
  plan: ItemImport,
): Promise<string[]> {
  const refused: string[] = [];
  for (const item of [...plan.fresh, ...plan.changed]) {
    const { status, writtenOn, reviewedOn } = item;
    const now = clock.now();
    let outcome: ReturnType<typeof take> | undefined;
    await keep<ItemRecord>(store, { pk: pkOf(item.id), kind: 'item', facets: { status: 'published' } }, (before) => {
      const given = { text: textOf(item), status, writtenOn, ...(reviewedOn ? { reviewedOn } : {}) };
      outcome = take(
        before ? replayItem(item.id, before.events) : entryOfFile(content, item.id),
        { by: BY, now, key: `import:${now}` },
        item.id,
        given,
      );
      return outcome.ok ? { events: [...outcome.value.events], told: outcome.value.events.length } : before;
    });
    if (outcome?.ok) await noteNews(store, item.id);
    else if (outcome) refused.push(words.conflict(item.id, locale.items.refusal(outcome.refusal)));
  }
  return refused;
}
