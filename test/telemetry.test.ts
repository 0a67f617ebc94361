// Metrics and traces: what a collector gets of a question, and that no text of it is among it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { openTown, people } from './town.ts';

it('a collector gets durations by outcome, and no text', { timeout: 60_000 }, async () => {
  const received: { path: string; body: string }[] = [];
  const collector = createServer(async (request, response) => {
    received.push({ path: request.url ?? '', body: (await buffer(request)).toString() });
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const town = await openTown({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  await town.teams.say(people.gent, 'Hoe bewaar ik een zeldzaamwoord in het dossier?');
  await town.close();
  collector.close();

  const all = received.map(({ body }) => body).join('\n');
  expect(new Set(received.map(({ path }) => path))).toEqual(new Set(['/v1/traces', '/v1/metrics']));
  for (const name of ['turn', 'store.create', 'connector.post', 'helpdesk.duration', 'helpdesk.outbox.late']) {
    expect(all).toContain(name);
  }
  expect(all).toContain('delivered');
  for (const text of ['zeldzaamwoord', 'Vraagsteller', people.gent.aadObjectId]) expect(all).not.toContain(text);
});
