// What an administrator sees of the whole set-up, with what to do next.

import { opening, type SetUpRow, setUpList } from '../../cards/set-up.ts';
import { escapeMarkdown } from '../../cards/text.ts';
import { mayIn, type Person } from '../../domain/authorisation.ts';
import { type Gap, gapsIn } from '../../domain/set-up.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import { hasQualityChannel } from '../figures/digest.ts';
import { readChannel } from '../people.ts';
import type { Content, Message } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import { onlyAdministrators } from '../refusals.ts';
import { absenceRows } from './absences.ts';

const words = locale.setUp;

export async function showSetUp(app: App, who: Person): Promise<Message> {
  if (!mayIn(who.roles, 'change-set-up')) {
    return { summary: words.summary, text: await onlyAdministrators(app, words.notAllowed) };
  }
  const content = app.knowledge.content();
  const today = brusselsDay(app.clock.now());
  const { overview } = words;
  const channels: SetUpRow[] = [];
  for (const { id, name } of content.services) {
    const set = (await readChannel(app, id)) !== undefined;
    const line = (set ? overview.channelSet : overview.channelMissing)(escapeMarkdown(name));
    channels.push({ line, ...(set ? {} : { wrong: true, hint: overview.channelHow(id) }) });
  }
  channels.push(
    (await hasQualityChannel(app.store))
      ? { line: overview.qualitySet }
      : { line: overview.qualityMissing, hint: overview.qualityHow },
  );
  const gaps = gapsIn(content, today).map((gap): SetUpRow => ({ line: gapLine(content, gap), wrong: true }));
  const away = absenceRows(content, content.contacts, today);
  const inUse = content.themes.filter(({ retired }) => !retired).length;
  return {
    summary: words.summary,
    card: setUpList({
      title: overview.title,
      groups: [
        { heading: overview.channels, rows: channels },
        { heading: overview.people, rows: [{ line: overview.counted(content.contacts.length, inUse) }] },
        { heading: overview.absences, rows: away.length > 0 ? away : [{ line: overview.none }] },
        { heading: overview.todo, rows: gaps.length > 0 ? gaps : [{ line: overview.fine }] },
      ],
      buttons: [
        opening(words.contacts.changeContact, { do: 'open-contact' }),
        opening(words.contacts.changeTheme, { do: 'open-theme' }),
        opening(words.absence.add, { do: 'open-absence' }),
      ],
    }),
  };
}

function gapLine({ contacts, themes }: Content, gap: Gap): string {
  if (gap.kind === 'no-contact') {
    return words.gaps[gap.kind](escapeMarkdown(themes.find(({ id }) => id === gap.theme)?.name ?? gap.theme));
  }
  const name = escapeMarkdown(contacts.find(({ id }) => id === gap.contact)?.role ?? gap.contact);
  return 'to' in gap ? words.gaps[gap.kind](name, gap.to) : words.gaps[gap.kind](name);
}
