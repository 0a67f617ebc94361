// The tasks over a store, for tests that go in below the HTTP endpoint. Nobody hears anything and nothing is logged, unless given.

import type { Clock, KnowledgeBase, Log, Messenger, Ports, Store } from '../src/app/ports.ts';
import { type App, createApp } from '../src/app/questions/tickets.ts';
import type { Person } from '../src/domain/authorisation.ts';
import { countingAll } from './counting.ts';

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const nobody: Messenger = {
  post: async () => ({ outcome: 'unreachable' }),
  update: async () => ({ outcome: 'unreachable' }),
  open: async () => undefined,
  member: async () => undefined,
};

/** Counts the whole store at each request, unless other measures are given. */
export function deskOver(store: Store, knowledge: KnowledgeBase, clock: Clock, given: Partial<Ports> = {}): App {
  const measures = countingAll(store, knowledge.content, clock);
  return createApp({ store, knowledge, clock, messenger: nobody, log: silent, measures, ...given });
}

/** From now on the house knows somebody as an advisor of POC+, under an address. */
export async function keepAdvisor(store: Store, { person, name }: Person, email: string, at: number): Promise<void> {
  const pk = `person:${person}`;
  const body = { name, userId: person, email, advisorOf: { 'poc-plus': at } };
  await store.create({ pk, id: pk, kind: 'person', facets: { service: 'poc-plus' }, body });
}
