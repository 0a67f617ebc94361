// Which web addresses count as gone, on a server that answers in every way.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLinks, isPublic } from '../src/adapters/links.ts';

let server: Server;
let home: string;
const asked: string[] = [];
let open = 0;
let most = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    most = Math.max(most, ++open);
    const answer = (status: number, headers = {}) => {
      open--;
      response.writeHead(status, headers).end();
    };
    const { url, method } = request;
    if (url === '/slow') return;
    if (url === '/no-head') return answer(method === 'HEAD' ? 405 : 200);
    if (url === '/moved') return answer(301, { location: '/new' });
    if (url === '/inside') return answer(302, { location: 'http://169.254.169.254/metadata/identity/oauth2/token' });
    if (url === '/file') return answer(302, { location: 'file:///etc/passwd' });
    if (url === '/round') return answer(302, { location: '/round' });
    if (url === '/login') return answer(302, { location: '/fine' });
    if (url === '/members') return answer(403);
    return answer(url === '/gone' ? 404 : 200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('asks each once, one at a time, and a GET only when HEAD will not do', async () => {
  const paths = ['/fine', '/fine', '/no-head', '/moved', '/login', '/members', '/gone'];
  const found = await checkLinks(
    paths.map((path) => home + path),
    { pauseMs: 0, allowed: () => true },
  );
  expect(Object.fromEntries([...found].map(([url, outcome]) => [url.slice(home.length), outcome]))).toEqual({
    '/fine': { kind: 'fine' },
    '/no-head': { kind: 'fine' },
    '/moved': { kind: 'moved', to: `${home}/new` },
    '/login': { kind: 'fine' },
    '/members': { kind: 'fine' },
    '/gone': { kind: 'refused', status: 404 },
  });
  expect(asked.filter((line) => line === 'GET /fine')).toEqual([]);
  expect(asked.filter((line) => line.endsWith(' /no-head'))).toEqual(['HEAD /no-head', 'GET /no-head']);
  expect(most).toBe(1);
});

it('says of silence that it is silence: too slow, nobody there, no such host', async () => {
  const found = await checkLinks([`${home}/slow`, 'http://127.0.0.1:1/', 'https://nowhere.invalid/a'], {
    timeoutMs: 200,
    pauseMs: 0,
    allowed: () => true,
  });
  expect([...found.values()].map(({ kind }) => kind)).toEqual(['silent', 'silent', 'silent']);
});

describe('an address inside the house', () => {
  it('is not asked: not by number, not by name, not by redirect', async () => {
    const before = asked.length;
    const port = new URL(home).port;
    const found = await checkLinks(
      [home, `http://localhost:${port}/`, `http://[::1]:${port}/`, `http://2130706433:${port}/`, 'http://0x7f.1/'],
      { pauseMs: 0 },
    );
    expect([...found.values()]).toEqual(Array.from({ length: 5 }, () => ({ kind: 'silent', reason: 'EINSIDE' })));
    expect(asked).toHaveLength(before);
    const led = await checkLinks([`${home}/inside`, `${home}/file`, `${home}/round`], {
      pauseMs: 0,
      allowed: (address) => address === '127.0.0.1',
    });
    expect([...led.values()]).toEqual([
      { kind: 'silent', reason: 'EINSIDE' },
      { kind: 'silent', reason: 'EINSIDE' },
      { kind: 'silent', reason: 'too many redirects' },
    ]);
  });

  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '168.63.129.16',
      '100.64.0.1',
      '0.0.0.0',
    ],
    ...['255.255.255.255', '::1', '::', '::ffff:10.0.0.1', 'fe80::1', 'fd00::1', '64:ff9b::7f00:1', 'no address'],
  ])('%s is inside', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['193.191.1.1', '8.8.8.8', '172.32.0.1', '2a02:1800::1'])('%s is not', (address) => {
    expect(isPublic(address)).toBe(true);
  });
});
