// Starts the helpdesk with a fault planted in its store, for a harness to catch. The faults live here, never in src.

import { registerHooks } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Store } from '../src/app/ports.ts';

/** What a store does wrong: says yes before it wrote, or writes a ticket and what it has to tell apart. */
const FAULTS: Record<string, (store: Store) => Store> = {
  'acknowledge-before-commit': (store) => ({
    ...store,
    create: async (doc) => {
      if (doc.kind !== 'ticket') return store.create(doc);
      const there = await store.read(doc.pk, doc.id);
      if (there) return { outcome: 'exists' };
      void sleep(40).then(() => store.create(doc));
      return { outcome: 'created', version: 'later' };
    },
  }),
  'two-writes': (store) => ({
    ...store,
    create: async (doc) => {
      if (doc.kind !== 'ticket') return store.create(doc);
      const { due: _, ...facets } = doc.facets ?? {};
      const created = await store.create({ ...doc, facets });
      await sleep(40);
      return created.outcome === 'created' ? asCreated(await store.replace(doc, created.version)) : created;
    },
  }),
};

const asCreated = (saved: { outcome: string; version?: string }) =>
  saved.version === undefined
    ? ({ outcome: 'exists' } as const)
    : ({ outcome: 'created', version: saved.version } as const);

const fault = process.argv[2] ?? '';
const plant = FAULTS[fault];
if (!plant) {
  console.error(`Choose a fault to plant: ${Object.keys(FAULTS).join(', ')}.`);
  process.exit(1);
}
const real = await import('../src/adapters/storage/sqlite.ts');
Object.assign(globalThis, {
  openPlanted: (file: string, clock: Clock) => plant(real.openSqlite(file, clock)),
});
registerHooks({
  load: (url, context, next) =>
    url.endsWith('/adapters/storage/sqlite.ts?planted')
      ? { format: 'module', shortCircuit: true, source: 'export const openSqlite = globalThis.openPlanted;' }
      : next(url, context),
  resolve: (specifier, context, next) =>
    specifier === './sqlite.ts' ? planted(next(specifier, context)) : next(specifier, context),
});
function planted<Resolved extends { url: string }>(resolved: Resolved): Resolved {
  return { ...resolved, url: `${resolved.url}?planted` };
}

const { start } = await import('../src/main.ts');
const { readConfig } = await import('../src/config.ts');
await start(readConfig(undefined, true));
