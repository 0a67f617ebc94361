// Two whole helpdesks on one store: what somebody publishes by way of one is what the other answers with.

import type { AddressInfo } from 'node:net';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { openStore } from '../src/adapters/storage/open.ts';
import { applyItemImport, planItemImport } from '../src/app/knowledge/item-files.ts';
import type { Item, ItemId, ThemeId } from '../src/domain/terms.ts';
import { latest, openTown, people, type Town, words } from './town.ts';

const clock = { now: Date.now };
const key = Buffer.from('the emulator takes any key').toString('base64');
const fresh: Item = {
  id: 'badge-archief' as ItemId,
  kind: 'faq',
  title: 'Hoe vraag ik een badge voor het archief?',
  variants: [],
  wordings: [],
  answer: 'Mail het onthaal met je badgenummer.',
  themes: ['dossier-en-inzage' as ThemeId],
  audience: ['clb'],
  sources: [{ title: 'Het CLB-dossier', url: 'https://www.vrijclb.be/dossier' }],
  writtenOn: '2026-11-20',
  reviewedOn: '2026-11-24',
  status: 'reviewed',
  owner: 'poc-dossier' as Item['owner'],
};

it('content that is published reaches every instance within half a minute', { timeout: 120_000 }, async () => {
  const emulator = createHttpServer();
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
  const settings = { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key };
  const towns = [await openTown({ settings }), await openTown({ settings })];
  // Never the same words, so that each is a question of its own.
  let asked = 0;
  const answers = async (town: Town): Promise<string> => {
    asked += 1;
    await town.teams.say(people.gent, `${fresh.title} Dat is vraag ${asked}.`);
    return words(latest(town.teams.chat(people.gent)));
  };
  for (const town of towns) expect(await answers(town)).not.toContain(fresh.answer);

  const kind = { kind: 'cosmos', endpoint, key, database: 'helpdesk', container: 'documents' } as const;
  const store = await openStore(kind, clock, () => {});
  const { content } = await loadContent('content');
  const plan = await planItemImport(store, content, [fresh], {}, clock.now());
  await applyItemImport({ store, clock }, content, plan);
  store.close();
  for (const town of towns)
    await expect.poll(() => answers(town), { timeout: 30_000, interval: 1_000 }).toContain(fresh.answer);

  for (const town of towns) await town.close();
  await new Promise((resolve) => emulator.close(resolve));
});
