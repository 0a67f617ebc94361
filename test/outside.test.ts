// Somebody from outside with a program of their own: bodies that reach for prototypes, lines for the log, paths out of the house.

import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, people, type Town } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const post = (path: string, body: string, type = 'application/json') =>
  fetch(`${town.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
const activity = (more: string) =>
  `{"type":"message","text":"help","serviceUrl":${JSON.stringify(town.connectorUrl)},"channelId":"msteams","id":"x-${Math.random()}",
    "from":{"id":"29:x","aadObjectId":"${people.gent.aadObjectId}","name":"x"},"conversation":{"id":"a:x","conversationType":"personal"},
    "recipient":{"id":"28:bot"},${more}}`;

it.each([
  ['"__proto__":{"polluted":1}'],
  ['"constructor":{"prototype":{"polluted":1}}'],
  ['"value":{"do":"command","command":"help","__proto__":{"polluted":1}}'],
  ['"channelData":{"__proto__":{"polluted":1},"tenant":{"__proto__":{"id":"x"}}}'],
  ['"entities":[{"type":"mention","__proto__":{"polluted":1}}]'],
])('changes no object but its own: %s', async (more) => {
  const { status } = await post('/api/messages', activity(more));
  expect(status).toBeLessThan(500);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('changes none with a form either', async () => {
  const body = '__proto__[polluted]=1&constructor[prototype][polluted]=1&__proto__=1&score_x=1';
  expect((await post('/bevraging/x', body, 'application/x-www-form-urlencoded')).status).toBe(410);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it.each([
  '/dashboard/assets/..%2f..%2fpackage.json',
  '/dashboard/assets/%2e%2e%2findex.html',
  '/dashboard/../../etc/passwd',
  '/dashboard/assets/__proto__',
  '/bevraging/..%2f..%2fhealthz',
  '/%00',
  '/%E0%A4%A',
])('gets no file and no fault for %s', async (path) => {
  const { port } = new URL(town.url);
  const answer = await new Promise<{ status: number | undefined; body: string }>((done) =>
    request({ port, host: '127.0.0.1', path }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => done({ status: response.statusCode, body }));
    }).end(),
  );
  expect([400, 404, 410, 503]).toContain(answer.status);
  expect(answer.body).not.toMatch(/root:|"dependencies"|node_modules|\n\s+at /);
});

it('writes no line of its own into the log', async () => {
  const before = town.lines.length;
  const line = 'x\n{"level":50,"msg":"planted"}\r\nplanted';
  const statuses = [
    (await post('/api/messages', JSON.stringify({ type: line, serviceUrl: line, name: line }))).status,
    (await post('/api/messages', `{"${line}`)).status,
  ];
  expect(statuses).toEqual([403, 400]);
  for (const { message } of town.lines.slice(before)) expect(message).not.toMatch(/[\r\n]|planted/);
});
