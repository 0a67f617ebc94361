// What people set up in the chat, as it is kept, and laid over what the files of content/ say. Changes nothing.

import { laidOver, NOTHING_SET_UP, type SetUp } from '../../domain/set-up.ts';
import type { Content, Store } from '../ports.ts';

export const SET_UP = { pk: 'control:set-up', kind: 'set-up' };

export async function readSetUp(store: Store): Promise<SetUp> {
  return ((await store.read(SET_UP.pk, SET_UP.pk))?.doc.body as SetUp | undefined) ?? NOTHING_SET_UP;
}

/** Content with what was set up over what its files say, whatever lay over them before. */
export function withSetUp(content: Content, setUp: SetUp): Content {
  const files = content.files ?? { themes: content.themes, contacts: content.contacts };
  return { ...content, ...laidOver(files, setUp), files };
}
