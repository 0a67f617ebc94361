// Which web addresses count as gone, on a server that answers in every way.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLinks } from '../src/adapters/links.ts';

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
    { pauseMs: 0 },
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
  });
  expect([...found.values()].map(({ kind }) => kind)).toEqual(['silent', 'silent', 'silent']);
});
