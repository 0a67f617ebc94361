// Flags a theme of which the regulation changed, which its items say until somebody reviews them.

import type { ActionOf } from '../../cards/actions.ts';
import { regulationForm } from '../../cards/items.ts';
import { mayFlag, type Person } from '../../domain/authorisation.ts';
import type { Theme } from '../../domain/terms.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import { onlyStaff } from '../refusals.ts';
import { type Reply, text } from '../reply.ts';
import { httpsLink } from './item-writing.ts';
import { changeRegulations, stewardsOf } from './items.ts';

const words = locale.upkeep.regulation;

/** The themes of which this person may say that the rules changed. */
export function flaggable(content: Content, who: Person): Theme[] {
  return content.themes.filter(({ id }) => {
    const stewards = stewardsOf(content, id);
    return stewards !== undefined && mayFlag(who.roles, stewards);
  });
}

export async function openRegulation(app: App, who: Person): Promise<Reply> {
  const day = brusselsDay(app.clock.now());
  return dialog(app, who, { theme: undefined, day, url: '' });
}

type Fields = { theme: ActionOf<'flag-theme'>['theme']; day: string; url: string };

async function dialog(app: App, who: Person, form: Fields, problem?: string): Promise<Reply> {
  const content = app.knowledge.content();
  const themes = flaggable(content, who);
  if (themes.length === 0) return text(await onlyStaff(app, words.notAllowed));
  const flags = (content.regulations ?? []).filter(({ theme }) => themes.some(({ id }) => id === theme));
  return { kind: 'dialog', title: words.title, card: regulationForm({ themes, flags, form, problem }) };
}

const unknown = (app: App, theme: Fields['theme']): string =>
  app.knowledge.content().themes.some(({ id }) => id === theme) ? words.notAllowed : words.noTheme;

/** Flags a theme, or changes its flag: what was reviewed before now has to be read again. */
export async function flagTheme(app: App, who: Person, action: ActionOf<'flag-theme'>): Promise<Reply> {
  const { theme, day, url } = action;
  const again = (problem: string) => dialog(app, who, { theme, day, url }, problem);
  const known = flaggable(app.knowledge.content(), who).find(({ id }) => id === theme);
  if (!known) return again(unknown(app, theme));
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return again(words.noDay);
  const link = url.trim() === '' ? undefined : httpsLink(url.trim());
  if (url.trim() !== '' && !link) return again(words.noLink);
  const at = app.clock.now();
  const by = { person: who.person, name: who.name };
  const flag = { theme: known.id, changedOn: day, ...(link ? { url: link } : {}), at, by };
  await changeRegulations(app, (before) => [...before.filter((one) => one.theme !== known.id), flag]);
  const items = app.knowledge.content().items.filter(({ themes }) => themes[0] === known.id).length;
  return text(words.flagged(known.name, items));
}

/** Takes the flag back for the whole theme. */
export async function unflagTheme(
  app: App,
  who: Person,
  { theme, day, url }: ActionOf<'unflag-theme'>,
): Promise<Reply> {
  const known = flaggable(app.knowledge.content(), who).find(({ id }) => id === theme);
  if (!known) return dialog(app, who, { theme, day, url }, unknown(app, theme));
  await changeRegulations(app, (before) => before.filter((one) => one.theme !== known.id));
  return text(words.unflagged(known.name));
}
