// Changes what people set up, and has every running process follow. Decides nothing itself.

import { NOTHING_SET_UP, type SetUp, type SetUpRefusal } from '../../domain/set-up.ts';
import type { Result } from '../../domain/terms.ts';
import { keep } from '../documents.ts';
import { noteNews } from '../knowledge/items.ts';
import type { Store } from '../ports.ts';
import type { App } from '../questions/tickets.ts';
import { SET_UP } from './kept.ts';

/** Decides on what is stored and saves it; again when somebody else was first. A refusal saves nothing. */
export async function editSetUp(
  store: Store,
  decide: (before: SetUp) => Result<SetUp, SetUpRefusal>,
): Promise<Result<SetUp, SetUpRefusal> & { saved: boolean }> {
  let outcome: Result<SetUp, SetUpRefusal> = { ok: false, refusal: { kind: 'not-allowed' } };
  let saved = false;
  await keep<SetUp>(store, SET_UP, (stored) => {
    const before = stored ?? NOTHING_SET_UP;
    outcome = decide(before);
    saved = outcome.ok && outcome.value !== before;
    return outcome.ok && saved ? outcome.value : stored;
  });
  if (saved) await noteNews(store);
  return { ...(outcome as Result<SetUp, SetUpRefusal>), saved };
}

/** The same, in use here at once and on the other instances within seconds. */
export async function changeSetUp(app: App, decide: (before: SetUp) => Result<SetUp, SetUpRefusal>) {
  const outcome = await app.serial(SET_UP.pk, () => editSetUp(app.store, decide));
  if (outcome.ok) app.knowledge.arrange(outcome.value);
  return outcome;
}
