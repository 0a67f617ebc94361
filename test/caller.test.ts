// Who is at the door when a proxy stands in front of it: told by the trusted proxy, and by nobody else.

import { afterEach, describe, expect, it } from 'vitest';
import { callerOf, type TrustedProxies } from '../src/adapters/http/caller.ts';
import { createRateLimit } from '../src/adapters/http/rate-limit.ts';
import { createServer, type Listening, listen } from '../src/adapters/http/server.ts';
import { silent } from './desk.ts';

const PER_MINUTE = 3;
let door: Listening | undefined;
afterEach(async () => door?.close());

/** A server behind this many proxies; gives what each of these X-Forwarded-For headers is answered with. */
async function visits(proxies: TrustedProxies | undefined, forwarded: string[]): Promise<number[]> {
  const server = createServer({
    messages: async () => ({ status: 200 }),
    ready: async () => undefined,
    dashboard: (_request, _response, next) => next(),
    survey: {
      open: async () => ({ kind: 'thanks' }),
      fill: async () => ({ kind: 'thanks' }),
      limit: createRateLimit(PER_MINUTE),
    },
    retentionDays: 60,
    ...(proxies ? { proxies } : {}),
    log: silent,
  });
  door = await listen(server, 0, '127.0.0.1');
  const statuses: number[] = [];
  for (const header of forwarded) {
    const { status } = await fetch(`http://127.0.0.1:${door.port}/bevraging/x`, {
      headers: { 'x-forwarded-for': header },
    });
    statuses.push(status);
  }
  return statuses;
}
const times = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n));

describe('the limit of the survey', () => {
  it('is one for all behind a proxy that nobody named, whatever the header says', async () => {
    expect(
      await visits(
        undefined,
        times(5, (n) => `198.51.100.${n}`),
      ),
    ).toEqual([200, 200, 200, 429, 429]);
  });

  it('is for each caller apart behind a proxy that is named, by hops or by address', async () => {
    for (const proxies of [1, ['127.0.0.1']] as const) {
      expect(
        await visits(
          proxies,
          times(8, (n) => `198.51.100.${n % 2}`),
        ),
      ).toEqual([...[200, 200, 200, 200, 200, 200], ...[429, 429]]);
      await door?.close();
    }
  });

  it('is not escaped by writing other addresses in front, nor by other ports', async () => {
    const spoofed = times(5, (n) => `203.0.113.${n}, 10.0.0.${n}, 198.51.100.7:${50_000 + n}`);
    expect(await visits(1, spoofed)).toEqual([200, 200, 200, 429, 429]);
    await door?.close();
    expect(await visits(['127.0.0.1'], spoofed)).toEqual([200, 200, 200, 429, 429]);
  });

  it('goes by the caller before two proxies', async () => {
    const spoofed = times(5, (n) => `203.0.113.${n}, 198.51.100.7, 192.0.2.${n}:443`);
    expect(await visits(2, spoofed)).toEqual([200, 200, 200, 429, 429]);
  });

  it('is shared by whatever is no address', async () => {
    const nonsense = ['unknown', '<script>', 'x'.repeat(4_000), '999.1.1.1', "';--"];
    expect(await visits(1, nonsense)).toEqual([200, 200, 200, 429, 429]);
  });
});

describe('one caller', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['198.51.100.7:51234', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:51234', '2001:db8:1:2::/64'],
    ['[2001:db8::9]', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['no address', '127.0.0.1'],
    [undefined, '127.0.0.1'],
  ])('%s is %s', (ip, caller) => {
    expect(callerOf({ ip, socket: { remoteAddress: '127.0.0.1' } } as Parameters<typeof callerOf>[0])).toBe(caller);
  });
});
