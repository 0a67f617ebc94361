// Who gets past the door of /api/messages: a stand-in for the issuer of the connector's tokens, good tokens and bad ones.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuard, type Guard } from '../src/adapters/sign-in/connector.ts';
import { createKeySet } from '../src/adapters/sign-in/keys.ts';
import type { Log } from '../src/app/ports.ts';
import { readConfig } from '../src/config.ts';
import { type Running, start } from '../src/main.ts';

const CLIENT = '11111111-2222-4333-8444-555555555555';
const TENANT = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';
const SERVICE = 'https://smba.trafficmanager.net/emea/';
const ISSUER = 'https://api.botframework.com';
const HOUR = 3_600_000;

type Keys = Record<'teams' | 'webchat' | 'unpublished' | 'next', { privateKey: CryptoKey; jwk: object }>;
let keys: Keys;

/** The issuer's address. It counts how often its metadata is read, and can be away or slow. */
const issuer = {
  reads: 0,
  away: false,
  issuer: ISSUER as string | undefined,
  published: [] as object[],
  url: '',
  keysAt: '',
};
const server = createServer((request, response) => {
  if (request.url === '/metadata') issuer.reads++;
  if (issuer.away) {
    request.socket.destroy();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify(
      request.url === '/metadata'
        ? { issuer: issuer.issuer, jwks_uri: `${issuer.keysAt || issuer.url}/keys` }
        : { keys: issuer.published },
    ),
  );
});

async function pair(kid: string, endorsements: string[] | undefined) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', endorsements } };
}

beforeAll(async () => {
  keys = {
    teams: await pair('teams', ['msteams', 'skype']),
    webchat: await pair('webchat', ['webchat']),
    unpublished: await pair('unpublished', ['msteams']),
    next: await pair('next', ['msteams']),
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));

const lines: string[] = [];
const note = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
const log: Log = { debug: note, info: note, warn: note, error: note };
let skipped = 0;
const clock = { now: () => Date.now() + skipped };
let guard: Guard;

function openDoor(): Guard {
  const tenants = new Set([TENANT]);
  return createGuard({
    clientId: CLIENT,
    tenants,
    serviceHosts: new Set(['connector.example.org', '127.0.0.1']),
    keys: createKeySet({ address: `${issuer.url}/metadata`, clock, log }),
    clock,
    log,
  });
}

beforeEach(() => {
  Object.assign(issuer, {
    reads: 0,
    away: false,
    keysAt: '',
    issuer: ISSUER,
    published: [keys.teams.jwk, keys.webchat.jwk],
  });
  skipped = 0;
  lines.length = 0;
  guard = openDoor();
});

type Claims = Record<string, unknown>;
const seconds = (offset = 0) => Math.floor(clock.now() / 1_000) + offset;
const goodClaims = (): Claims => ({
  iss: ISSUER,
  aud: CLIENT,
  nbf: seconds(-60),
  exp: seconds(3_600),
  serviceurl: SERVICE,
});
/** A token with these claims; undefined leaves one out. */
function sign(claims: Claims = {}, key: keyof Keys = 'teams', header: object = {}): Promise<string> {
  const all = Object.fromEntries(
    Object.entries({ ...goodClaims(), ...claims }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: key, ...header }).sign(keys[key].privateKey);
}
const bearer = async (token: string | Promise<string>) => `Bearer ${await token}`;

const activity = (changed: object = {}) => ({
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: SERVICE,
  from: { id: '29:someone', aadObjectId: '00000000-0000-4000-8000-000000000001', name: 'Vraagsteller' },
  recipient: { id: `28:${CLIENT}`, name: 'Helpdesk' },
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
  text: 'hoe lang bewaren we een dossier?',
  ...changed,
});

describe('a token of the connector', () => {
  it('lets a thousand activities in, and the keys are read once', async () => {
    for (let n = 0; n < 1_000; n++) expect(await guard(await bearer(sign()), activity())).toBeUndefined();
    expect(issuer.reads).toBe(1);
  });

  it('may be five minutes early or late', async () => {
    expect(await guard(await bearer(sign({ exp: seconds(-290) })), activity())).toBeUndefined();
    expect(await guard(await bearer(sign({ nbf: seconds(290) })), activity())).toBeUndefined();
  });

  it('counts on every host of Teams, with or without a slash at the end, and on hosts that were added', async () => {
    for (const url of [
      'https://smba.trafficmanager.net/emea',
      'https://SMBA.trafficmanager.net/emea/',
      'https://smba.infra.gov.teams.microsoft.us/teams/',
      'https://connector.example.org/',
      'http://127.0.0.1:4000/connector',
    ]) {
      const authorization = await bearer(sign({ serviceurl: `${url.replace(/\/$/, '')}/` }));
      expect(await guard(authorization, activity({ serviceUrl: url }))).toBeUndefined();
    }
  });

  it('of a sovereign cloud counts with the keys of that cloud only', async () => {
    const sovereign = 'https://api.botframework.us';
    expect(await guard(await bearer(sign({ iss: sovereign })), activity())).toMatchObject({ status: 401 });
    issuer.issuer = sovereign;
    guard = openDoor();
    expect(await guard(await bearer(sign({ iss: sovereign })), activity())).toBeUndefined();
    expect(await guard(await bearer(sign()), activity())).toMatchObject({ status: 401 });
  });
});

const tampered = async (): Promise<string> => {
  const [head, , signature] = (await sign()).split('.');
  return [head, Buffer.from(JSON.stringify({ ...goodClaims(), admin: true })).toString('base64url'), signature].join(
    '.',
  );
};
const hmac = async (): Promise<string> =>
  new SignJWT(goodClaims())
    .setProtectedHeader({ alg: 'HS256', kid: 'teams' })
    .sign(new TextEncoder().encode(JSON.stringify(keys.teams.jwk)));

/** Every one of these is answered with 401. */
const BAD_TOKENS: [string, () => unknown][] = [
  ['none', () => undefined],
  ['an empty header', () => ''],
  ['a number', () => 7],
  ['two headers', async () => [await bearer(sign()), await bearer(sign())]],
  ['only the scheme', () => 'Bearer '],
  ['another scheme', async () => `Basic ${await sign()}`],
  ['no scheme', () => sign()],
  ['two tokens', async () => `Bearer ${await sign()} ${await sign()}`],
  ['garbage', () => 'Bearer garbage'],
  ['three dots of garbage', () => 'Bearer a.b.c'],
  ['9,000 characters', () => `Bearer ${'a'.repeat(3_000)}.${'b'.repeat(3_000)}.${'c'.repeat(3_000)}`],
  ['a null byte', async () => `Bearer ${await sign()}\u0000`],
  ['a line feed and a second header', async () => `Bearer ${await sign()}\nX-Admin: 1`],
  ['no signature', () => bearer(new UnsecuredJWT(goodClaims()).encode())],
  ['the signature cut off', async () => `Bearer ${(await sign()).slice(0, -8)}`],
  [
    'the signature of another token',
    async () => `Bearer ${(await sign()).replace(/[^.]+$/, (await sign({ jti: 'x' })).split('.')[2]!)}`,
  ],
  ['claims changed after signing', () => bearer(tampered())],
  [
    'alg none, with a signature',
    async () =>
      bearer((await sign()).replace(/^[^.]+/, Buffer.from('{"alg":"none","kid":"teams"}').toString('base64url'))),
  ],
  ['HS256 with the public key as the secret', () => bearer(hmac())],
  ['an unknown key', () => bearer(sign({}, 'unpublished'))],
  ['no key id', () => bearer(sign({}, 'teams', { kid: undefined }))],
  ['a key id that is a path', () => bearer(sign({}, 'teams', { kid: '../keys' }))],
  ['a key id of another key', () => bearer(sign({}, 'unpublished', { kid: 'teams' }))],
  [
    'a key that brings itself along',
    () => bearer(sign({}, 'unpublished', { kid: undefined, jwk: keys.unpublished.jwk })),
  ],
  ['an address for its key', () => bearer(sign({}, 'unpublished', { jku: 'https://example.org/keys' }))],
  [
    'an unknown critical header',
    async () =>
      bearer(
        (await sign()).replace(
          /^[^.]+/,
          Buffer.from('{"alg":"RS256","kid":"teams","crit":["x"],"x":1}').toString('base64url'),
        ),
      ),
  ],
  ['a key endorsed for another channel', () => bearer(sign({}, 'webchat'))],
  ['another issuer', () => bearer(sign({ iss: 'https://sts.windows.net/x/' }))],
  ['the issuer with a slash', () => bearer(sign({ iss: `${ISSUER}/` }))],
  ['no issuer', () => bearer(sign({ iss: undefined }))],
  ['another audience', () => bearer(sign({ aud: '99999999-2222-4333-8444-555555555555' }))],
  ['the audience among others', () => bearer(sign({ aud: [CLIENT, 'https://other.example'] }))],
  ['the audience of the tab', () => bearer(sign({ aud: `api://helpdesk.example.org/${CLIENT}` }))],
  ['no audience', () => bearer(sign({ aud: undefined }))],
  ['expired', () => bearer(sign({ exp: seconds(-310) }))],
  ['no expiry', () => bearer(sign({ exp: undefined }))],
  ['an expiry that is text', () => bearer(sign({ exp: 'later' }))],
  ['not valid yet', () => bearer(sign({ nbf: seconds(310) }))],
  ['no not-before', () => bearer(sign({ nbf: undefined }))],
  ['no service address', () => bearer(sign({ serviceurl: undefined }))],
  [
    "a user's token for the tab",
    () =>
      bearer(
        sign({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, oid: '0', tid: TENANT, scp: 'access_as_user' }),
      ),
  ],
];

/** A good token about something that it was not given for: 403. */
const BAD_ACTIVITIES: [string, object, Claims?][] = [
  ['another channel', { channelId: 'webchat' }],
  ['no channel', { channelId: undefined }],
  [
    'a service address of somebody else',
    { serviceUrl: 'https://evil.example/' },
    { serviceurl: 'https://evil.example/' },
  ],
  [
    'a host that ends like a good one',
    { serviceUrl: 'https://evil-smba.trafficmanager.net/' },
    { serviceurl: 'https://evil-smba.trafficmanager.net/' },
  ],
  [
    'a good host in front of another',
    { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' },
    { serviceurl: 'https://smba.trafficmanager.net.evil.example/' },
  ],
  [
    'a good host as user name',
    { serviceUrl: 'https://smba.trafficmanager.net@evil.example/' },
    { serviceurl: 'https://smba.trafficmanager.net@evil.example/' },
  ],
  [
    'another port',
    { serviceUrl: 'https://smba.trafficmanager.net:8443/' },
    { serviceurl: 'https://smba.trafficmanager.net:8443/' },
  ],
  [
    'http',
    { serviceUrl: 'http://smba.trafficmanager.net/emea/' },
    { serviceurl: 'http://smba.trafficmanager.net/emea/' },
  ],
  ['another region than the token', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
  ['another listed host than the token', { serviceUrl: 'https://connector.example.org/' }],
  ['no service address', { serviceUrl: undefined }],
  ['a service address that is none', { serviceUrl: 'smba' }],
  ['another tenant', { conversation: { id: 'a', tenantId: 'other' }, channelData: { tenant: { id: 'other' } } }],
  ['another tenant in one of two places', { channelData: { tenant: { id: 'other' } } }],
  ['somebody of another tenant in a chat of ours', { from: { id: '29:1', tenantId: 'other' } }],
  ['no tenant at all', { conversation: { id: 'a' }, channelData: undefined }],
  ['a tenant that is a list', { conversation: { id: 'a', tenantId: [TENANT, 'other'] } }],
];

describe('a stranger is refused', () => {
  it.each(BAD_TOKENS)('with a token that is: %s', async (_what, authorization) => {
    expect(await guard(await authorization(), activity())).toEqual({ status: 401, error: 'unauthorized' });
  });

  it.each(BAD_ACTIVITIES)('with a good token about: %s', async (_what, changed, claims) => {
    expect(await guard(await bearer(sign(claims)), activity(changed))).toEqual({ status: 403, error: 'forbidden' });
    expect(lines.at(-1)).toContain('refused at the door');
  });

  it.each([undefined, null, 'text', 7, []])('with a good token and no activity: %j', async (body) => {
    expect(await guard(await bearer(sign()), body)).toMatchObject({ status: 403 });
  });

  it('and the log says why, without the token or a word of the activity', async () => {
    const authorization = await bearer(sign({ aud: 'other' }));
    await guard(authorization, activity());
    expect(lines.join()).toMatch(/aud/);
    expect(lines.join()).not.toContain(authorization.slice(7, 60));
    expect(lines.join()).not.toContain('dossier');
  });
});

describe('the keys', () => {
  it('are fetched once for two hundred cold requests', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, async () => guard(await bearer(sign()), activity())));
    expect(answers.every((answer) => answer === undefined)).toBe(true);
    expect(issuer.reads).toBe(1);
  });

  it('that were never there mean 503 for everybody, and are asked for again only after a while', async () => {
    issuer.away = true;
    for (let n = 0; n < 20; n++) {
      expect(await guard(await bearer(sign()), activity())).toEqual({
        status: 503,
        error: 'sign-in cannot be checked now',
      });
    }
    expect(issuer.reads).toBe(1);
    issuer.away = false;
    skipped += 6_000;
    expect(await guard(await bearer(sign()), activity())).toBeUndefined();
  });

  it('serve for five days while the issuer is away, and then for nobody', async () => {
    expect(await guard(await bearer(sign()), activity())).toBeUndefined();
    issuer.away = true;
    for (const hours of [1, 23, 24, 48, 119]) {
      skipped = hours * HOUR;
      expect(await guard(await bearer(sign()), activity())).toBeUndefined();
    }
    skipped = 121 * HOUR;
    expect(await guard(await bearer(sign()), activity())).toMatchObject({ status: 503 });
  });

  it('are renewed after a day without anybody waiting', async () => {
    await guard(await bearer(sign()), activity());
    skipped = 25 * HOUR;
    expect(await guard(await bearer(sign()), activity())).toBeUndefined();
    await expect.poll(() => issuer.reads).toBe(2);
  });

  it('are looked up again for an unknown key id, at most once a minute', async () => {
    await guard(await bearer(sign()), activity());
    for (let n = 0; n < 20; n++)
      expect(await guard(await bearer(sign({}, 'next')), activity())).toMatchObject({ status: 401 });
    expect(issuer.reads).toBe(1);
    issuer.published.push(keys.next.jwk);
    skipped += 61_000;
    expect(await guard(await bearer(sign({}, 'next')), activity())).toBeUndefined();
    expect(issuer.reads).toBe(2);
  });

  it('are not taken from an answer that is no key set', async () => {
    issuer.published = [];
    expect(await guard(await bearer(sign()), activity())).toMatchObject({ status: 503 });
  });

  it('are not taken over http from another host, whatever the metadata says', async () => {
    issuer.keysAt = issuer.url.replace('127.0.0.1', 'localhost');
    expect(await guard(await bearer(sign()), activity())).toMatchObject({ status: 503 });
    expect(lines.join()).toContain('jwks_uri is not https');
  });
});

describe('the whole program with credentials', () => {
  let folder: string;
  let running: Running;
  const started = (settings: Record<string, string> = {}): Promise<Running> => {
    const credentials = { CLIENT_ID: CLIENT, TENANT_ID: TENANT, CLIENT_SECRET: 'secret' };
    const where = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, BOT_OPENID_METADATA: `${issuer.url}/metadata` };
    return start(readConfig({ ...where, ...credentials, ...settings }, false), clock, log);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-'));
    running = await started({ SERVICE_URL_HOSTS: '127.0.0.1' });
  });
  afterEach(async () => {
    await running.stop();
    await rm(folder, { recursive: true });
  });
  const post = async (authorization: string | undefined, body: unknown) => {
    const response = await fetch(`${running.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };

  it('answers a press of somebody who signed in, in Dutch, and a stranger with a short refusal', async () => {
    // Nothing listens at the connector's address: what is answered in the response itself needs none.
    const press = activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      serviceUrl: 'http://127.0.0.1:9/',
      value: { action: { data: { do: 'view', ticket: 'x'.repeat(22) } } },
    });
    const good = await bearer(sign({ serviceurl: 'http://127.0.0.1:9/' }));
    const answered = await post(good, press);
    expect(answered.status, lines.join('\n')).toBe(200);
    expect(JSON.parse(answered.text)).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
    });
    expect(await post(undefined, press)).toEqual({ status: 401, text: '{"error":"unauthorized"}' });
    expect(await post(await bearer(sign()), press)).toEqual({ status: 403, text: '{"error":"forbidden"}' });
  });

  it('says on every answer, a refusal too, that nothing of it may run, be framed, guessed at or read elsewhere', async () => {
    for (const path of ['/healthz', '/readyz', '/nothing', '/api/messages', '/api/dashboard/view', '/bevraging/x']) {
      const answer = await fetch(`${running.url}${path}`, { headers: { origin: 'https://evil.example' } });
      const header = (name: string) => answer.headers.get(name) ?? '';
      expect([path, header('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect(header('referrer-policy')).toBe('no-referrer');
      expect(header('strict-transport-security')).toMatch(/^max-age=\d{8}; includeSubDomains$/);
      expect(header('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('x-powered-by')).toBeNull();
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('says once that somebody goes too fast, and a tenant as a whole gets 429', async () => {
    await running.stop();
    running = await started({ RATE_LIMIT_PER_PERSON: '3', RATE_LIMIT_PER_TENANT: '8' });
    const press = (who: string) =>
      activity({
        type: 'invoke',
        name: 'adaptiveCard/action',
        from: { id: `29:${who}`, aadObjectId: who, name: who },
        value: { action: { data: { do: 'view', ticket: 'x'.repeat(22) } } },
      });
    const authorization = await bearer(sign());
    const answers: string[] = [];
    for (let n = 0; n < 5; n++) answers.push((await post(authorization, press('hasty'))).text);
    expect(answers.map((text) => text.includes('Wacht een minuut'))).toEqual([false, false, false, true, true]);
    expect((await post(authorization, press('calm'))).text).not.toContain('Wacht een minuut');
    for (let n = 0; n < 2; n++) await post(authorization, press('calm'));
    expect(await post(authorization, press('calm'))).toEqual({ status: 429, text: '{"error":"too many requests"}' });
  });

  it('is not ready while nobody can be checked', async () => {
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    await running.stop();
    issuer.away = true;
    const cold = createKeySet({ address: `${issuer.url}/metadata`, clock, log });
    await expect(cold.ready()).rejects.toThrow('no keys');
    running = await started();
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503);
    expect(await post(await bearer(sign()), activity())).toMatchObject({ status: 503 });
  });
});

it('local mode, which skips sign-in, talks to connectors on this machine and to no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-'));
  const env = { PORT: '0', DATA_DIR: folder, HELPDESK_MODE: 'local' };
  const running = await start(readConfig(env, true), clock, log);
  const post = async (serviceUrl: unknown) => {
    const body = JSON.stringify(activity({ type: 'typing', serviceUrl }));
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${running.url}/api/messages`, { method: 'POST', headers, body })).status;
  };
  const elsewhere = [
    SERVICE,
    'https://evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://localhost@evil.example/',
  ];
  for (const serviceUrl of [...elsewhere, 'no address', 7, undefined]) expect(await post(serviceUrl)).toBe(403);
  for (const serviceUrl of ['http://127.0.0.1:9/', 'http://localhost:9/']) expect(await post(serviceUrl)).toBe(200);
  await running.stop();
  await rm(folder, { recursive: true });
});
