// Offering a material from the field: anybody's link with a sentence, through the privacy check, to whoever reviews its theme.

import { hash } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import { type MaterialFields, materialForm } from '../../cards/items.ts';
import { mayIn, mayReview, type Person } from '../../domain/authorisation.ts';
import { checkItem, type ItemText } from '../../domain/item-text.ts';
import { type Entry, type ItemRefusal, offeredBy, propose } from '../../domain/items.ts';
import { detect, verdict } from '../../domain/privacy.ts';
import type { ItemId } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { readPerson } from '../people.ts';
import type { Content } from '../ports.ts';
import { audit } from '../privacy/audit.ts';
import { masked } from '../questions/form-check.ts';
import type { App } from '../questions/tickets.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { announceReview } from './item-tell.ts';
import { httpsLink, listed, sourceOf, writtenText } from './item-writing.ts';
import { baseOf, changeItem, itemsIn, ownerOf, readItem, stewardsOf } from './items.ts';

const words = locale.items;
/** What one person may offer on a day, changes to it included. */
const MOST_A_DAY = 5;

/** An empty form, or that of a material which this person offered or helps to look after. */
export async function openOffer(app: App, who: Person, { item }: ActionOf<'open-offer'>): Promise<Reply> {
  if (!mayIn(who.roles, 'offer-material')) return text(await onlyStaff(app));
  const key = `offer:${who.person.slice(0, 40)}:${app.clock.now()}`;
  if (!item) {
    const centre = (await readPerson(app, who.person))?.centre;
    return dialog(app, who, { key, form: { link: '', title: '', sentence: '', kind: '', theme: undefined, centre } });
  }
  const written = await writtenText(app, item);
  if (!written?.material) return text(words.gone);
  const entry = (await readItem(app.store, item))?.entry;
  const reads = mayIn(who.roles, 'write-items') || who.roles.contacts !== undefined;
  if (!reads && !(entry && offeredBy(entry, who.person))) return text(words.offer.notYours);
  const form = {
    link: written.sources[0]?.url ?? '',
    title: written.question,
    sentence: written.answer,
    kind: written.material.kind,
    theme: written.theme,
    centre: undefined,
  };
  return dialog(app, who, { key, about: item, form });
}

/** Keeps what was filled in for review, or shows the form again with what was typed and why; then nothing was kept. */
export async function offerMaterial(app: App, who: Person, action: ActionOf<'offer-material'>): Promise<Reply> {
  if (!mayIn(who.roles, 'offer-material')) return text(await onlyStaff(app));
  const { about, key } = action;
  const form = fieldsIn(action);
  const again = (problem: string, more: Partial<Shown> = {}): Reply =>
    dialog(app, who, { key, about, form, problem, ...more });
  const content = app.knowledge.content();
  const written = await materialIn(app, who, form, about);
  if ('problem' in written) return again(written.problem);
  const checked = checkItem(written, content.themes, brusselsDay(app.clock.now()));
  if (!checked.ok) return again(said(checked.refusal));
  const findings = findingsIn(form).filter(({ kind }) => !(action.names && kind === 'name'));
  if (findings.length > 0 && action.mask) return again(words.form.maskedNow, { form: maskedFields(form) });
  if (findings.length > 0) {
    const remedy = verdict(findings) === 'names-only' ? 'names-only' : 'personal-data';
    return again(words.form.personal(listed(findings)), { remedy });
  }
  const link = checked.value.sources[0]!.url;
  const id = about ?? idOf(link);
  const there = content.items.find(
    (item) => item.kind === 'material' && item.id !== about && item.sources.some(({ url }) => url === link),
  );
  // One press at a time of one person: two at once would both be the last that may.
  return app.serial(`offers:${who.person}`, async () => {
    const before = (await readItem(app.store, id))?.entry;
    const pressedBefore = before?.events.some((event) => event.key === key) ?? false;
    if (there && !pressedBefore) return again(words.offer.there(there.title));
    const stewards = stewardsOf(content, checked.value.theme);
    if (!(stewards && mayReview(who.roles, stewards)) && (await offersToday(app, who, key)) >= MOST_A_DAY)
      return again(words.offer.tooMany(MOST_A_DAY));
    const kept = await keepOffer(app, who, { id, key, material: checked.value });
    if (!kept.ok) return again(said(kept.refusal));
    if (!pressedBefore) await audit(app, who.person, { action: 'offer-material', about: id });
    announceReview(app, id);
    const owner = content.contacts.find((one) => one.id === ownerOf(content, checked.value.theme));
    return text(words.offer.sent(owner?.role ?? locale.common.colleague));
  });
}

function keepOffer(
  app: App,
  who: Person,
  { id, key, material }: { id: ItemId; key: string; material: ItemText },
): ReturnType<typeof changeItem> {
  const content = app.knowledge.content();
  const base = baseOf(content, id);
  return changeItem(app, id, (before) => {
    const was = before?.versions.at(-1)?.text ?? base?.text;
    const stewards = (was && stewardsOf(content, was.theme)) ?? stewardsOf(content, material.theme);
    if (!stewards) return { ok: false, refusal: { kind: 'unknown-theme' } };
    // The form of a material cannot make one of an FAQ item.
    if (was && !was.material) return { ok: false, refusal: { kind: 'not-allowed' } };
    const given = { id, text: material, stewards, ...(base ? { base } : {}) };
    return propose(before, { who, now: app.clock.now(), key }, given);
  });
}

/** The fields as a text to review, or why not. Where a material comes from is asked once and does not change. */
async function materialIn(
  app: App,
  who: Person,
  form: MaterialFields,
  about: ItemId | undefined,
): Promise<ItemText | { problem: string }> {
  const content = app.knowledge.content();
  const url = httpsLink(form.link.trim());
  if (!url || new URL(url).username !== '' || new URL(url).password !== '') return { problem: words.offer.linkWrong };
  const was = about ? await writtenText(app, about) : undefined;
  if (about && !was?.material) return { problem: words.gone };
  const centre = content.centres.find(({ id }) => id === form.centre);
  if (form.centre && !centre) return { problem: locale.ask.unknownCentre };
  const origin = was?.material?.origin ?? (centre ?? serviceOf(content, who))?.name;
  if (!origin) return { problem: words.offer.noCentre };
  const theme = content.themes.find(({ id }) => id === form.theme);
  const audience = content.services.find(({ id }) => id === theme?.service)?.audience ?? [];
  const kind = (words.offer.kinds as readonly string[]).includes(form.kind) ? form.kind : words.offer.anyKind;
  return {
    question: form.title,
    answer: form.sentence,
    variants: was?.variants ?? [],
    theme: (form.theme ?? '') as ItemText['theme'],
    audience: [...audience],
    sources: [sourceOf(`${form.title.replaceAll('|', ' ')} | ${url}`)!, ...(was?.sources.slice(1) ?? [])],
    material: { kind, origin },
  };
}

/** What an advisor who chose no centre offers comes from. */
const serviceOf = (content: Content, { roles }: Person) =>
  content.services.find(({ id }) => roles.advisorOf.includes(id));

/** The same link always gives the same id, so two offers of it meet; fit to be one in content/. */
function idOf(url: string): ItemId {
  const host = new URL(url).hostname.replace(/^www\./, '').replace(/[^a-z0-9]+/g, '-');
  return `m-${host.slice(0, 40)}-${hash('sha256', url, 'hex').slice(0, 8)}` as ItemId;
}

/** How often this person offered or changed a material today, without what this very press did. */
async function offersToday(app: App, who: Person, key: string): Promise<number> {
  const today = brusselsDay(app.clock.now());
  let offers = 0;
  for await (const { entry } of itemsIn(app.store)) offers += entry.events.filter((event) => counts(event)).length;
  return offers;

  function counts(event: Entry['events'][number]): boolean {
    if (event.type !== 'proposed' || !event.text.material || event.key === key) return false;
    return event.by.person === who.person && brusselsDay(event.at) === today;
  }
}

function said(refusal: ItemRefusal): string {
  switch (refusal.kind) {
    case 'empty':
      return words.offer.incomplete;
    case 'question-too-long':
    case 'answer-too-long':
      return words.offer.tooLong(refusal.most);
    // Names nobody: whoever offers need not know who did before.
    case 'already-proposed':
    case 'not-allowed':
      return words.offer.twice;
    default:
      return words.refusal(refusal);
  }
}

const fieldsIn = ({ link, title, sentence, kind, theme, centre }: ActionOf<'offer-material'>): MaterialFields => ({
  link,
  title,
  sentence,
  kind,
  theme,
  centre,
});

/** The link is left alone: a number in an address is no telephone. */
const findingsIn = ({ title, sentence }: MaterialFields) => [...detect(title), ...detect(sentence)];
const maskedFields = (form: MaterialFields): MaterialFields => ({
  ...form,
  title: masked(form.title),
  sentence: masked(form.sentence),
});

type Shown = Omit<Parameters<typeof materialForm>[0], 'directory' | 'about' | 'needsCentre'> & {
  about?: ItemId | undefined;
};

function dialog(app: App, who: Person, shown: Shown): Reply {
  const directory = app.knowledge.content();
  const needsCentre = serviceOf(directory, who) === undefined;
  const card = materialForm({ about: undefined, ...shown, directory, needsCentre });
  return { kind: 'dialog', title: words.offer.title, card };
}
