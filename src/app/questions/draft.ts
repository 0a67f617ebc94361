// Has the optional language model draft an answer for an advisor, who checks and sends it. Knows no service; tells no requester.

import { randomUUID } from 'node:crypto';
import type { ActionOf } from '../../cards/actions.ts';
import type { Person } from '../../domain/authorisation.ts';
import { may } from '../../domain/authorisation.ts';
import { checkDraft, type DraftSource, draftPrompt } from '../../domain/draft.ts';
import { detect } from '../../domain/privacy.ts';
import type { Instant, PersonId } from '../../domain/terms.ts';
import { HOUR_MS } from '../../domain/terms.ts';
import type { Ticket } from '../../domain/ticket.ts';
import * as verbs from '../../domain/verbs.ts';
import { locale } from '../../locale/locale.ts';
import type { LanguageModel } from '../ports.ts';
import { audit } from '../privacy/audit.ts';
import { type Reply, refused, text } from '../reply.ts';
import { inTime } from '../running/in-time.ts';
import { masked } from './form-check.ts';
import { type App, load } from './tickets.ts';
import { answerDialog, busy, suggestionsFor } from './work.ts';

/** Teams gives a dialog about ten seconds. */
const DEADLINE_MS = 8_000;
/** Of one advisor, per instance. */
export const DRAFTS_PER_HOUR = 20;
/** What the form takes. */
const MOST_CHARACTERS = 4_000;

/** When each advisor asked in the last hour, per model. */
const asked = new WeakMap<LanguageModel, Map<PersonId, Instant[]>>();

/**
 * The answer form again, with a checked draft behind what was typed, or with why there is none; what was typed stays
 * either way. Only the masked question and the public texts of the suggested items leave.
 */
export async function draftAnswer(app: App, who: Person, action: ActionOf<'draft-answer'>): Promise<Reply> {
  const loaded = await load(app, action.ticket);
  if (!loaded || !may(who, 'answer', verbs.subject(loaded.ticket))) return refused({ kind: 'not-allowed' });
  const { ticket } = loaded;
  const barred = busy(ticket, who, 'answer');
  if (barred) return refused(barred);
  const { model } = app;
  if (!model) return text(locale.fault.oldCard);
  const typed = action.text.trim();
  const words = locale.forms.draft;
  const without = (problem: string): Reply => answerDialog(app, ticket, action, { problem });
  const sources = sourcesFor(app, ticket);
  if (sources.length === 0) return without(words.nothing);
  if (!mayAsk(model, who.person, app.clock.now())) return without(words.tooOften(DRAFTS_PER_HOUR));
  await audit(app, who.person, { action: 'draft', about: ticket.number });
  const drafted = await write(app, model, ticket, sources);
  if (drafted === undefined) return without(words.failed);
  const { draft, dropped } = drafted;
  if (draft === undefined) return without(words.unbacked);
  const whole = typed === '' ? draft : `${action.text.trimEnd()}\n\n${draft}`;
  if (whole.length > MOST_CHARACTERS) return without(words.noRoom);
  return answerDialog(app, ticket, { ...action, text: whole, drafted: true }, { note: words.label(dropped) });
}

function sourcesFor(app: App, ticket: Ticket): DraftSource[] {
  return suggestionsFor(app, ticket).map(({ title, answer, sources: [first] }) => ({
    title,
    text: answer,
    ...(first ? { url: first.url } : {}),
  }));
}

/** Undefined when nothing came; without `draft` when nothing of it can be shown. */
async function write(
  app: App,
  model: LanguageModel,
  ticket: Ticket,
  sources: DraftSource[],
): Promise<{ draft?: string; dropped: number } | undefined> {
  const question = masked(ticket.question);
  const { instructions, input } = draftPrompt(question, sources, randomUUID());
  let written: string;
  try {
    written = await inTime(DEADLINE_MS, (signal) => model.write(instructions, input, signal));
  } catch (error) {
    app.log.warn({ error: String(error) }, 'the language model drafted nothing');
    return undefined;
  }
  const checked = checkDraft(written, sources);
  if (!checked.ok) {
    app.log.info({ refusal: checked.refusal }, 'a draft of the language model is not shown');
    return { dropped: 0 };
  }
  // A name or number that no public item has is somebody's, or made up: then nothing of the draft is trusted.
  const known = sources.map(({ title, text: body }) => `${title}\n${body}`).join('\n');
  if (detect(written).some(({ value }) => !known.includes(value))) {
    app.log.info({ refusal: 'personal-data' }, 'a draft of the language model is not shown');
    return { dropped: 0 };
  }
  const list = checked.cited.map((n) => {
    const { title, url } = sources[n - 1]!;
    return `[${n}] ${title}${url ? ` · ${url}` : ''}`;
  });
  return { draft: [checked.text, '', ...list].join('\n'), dropped: checked.dropped };
}

function mayAsk(model: LanguageModel, person: PersonId, now: Instant): boolean {
  const people = asked.get(model) ?? new Map<PersonId, Instant[]>();
  asked.set(model, people);
  const recent = (people.get(person) ?? []).filter((at) => at > now - HOUR_MS);
  if (recent.length >= DRAFTS_PER_HOUR) return false;
  people.set(person, [...recent, now]);
  return true;
}
