// Who gets past the door of the dashboard: a stand-in for the directory that signs people in, good tokens and bad ones.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeySet } from '../src/adapters/sign-in/keys.ts';
import { createSignIn, type SignIn } from '../src/adapters/sign-in/visitor.ts';
import type { Log } from '../src/app/ports.ts';

const CLIENT = '11111111-2222-4333-8444-555555555555';
const TENANT = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';
const OTHER = '8f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';
const PERSON = '9a1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c99';
const HOST = 'helpdesk.example.org';
const HOUR = 3_600_000;

let signing: { privateKey: CryptoKey; jwk: object };
let stranger: { privateKey: CryptoKey; jwk: object };
const directory = { away: false, reads: 0, url: '' };
const server = createServer((request, response) => {
  if (directory.away) return void request.socket.destroy();
  if (request.url === '/metadata') directory.reads++;
  const body = request.url === '/metadata' ? { jwks_uri: `${directory.url}/keys` } : { keys: [signing.jwk] };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
});

async function pair(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}
beforeAll(async () => {
  signing = await pair('directory');
  stranger = await pair('directory');
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  directory.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));

let now = Date.now();
let signIn: SignIn;
const lines: string[] = [];
const note = (fields: object): void => void lines.push(JSON.stringify(fields));
const log: Log = { debug: note, info: note, warn: note, error: note };
beforeEach(() => {
  now = Date.now();
  lines.length = 0;
  const clock = { now: () => now };
  const keys = createKeySet({ address: `${directory.url}/metadata`, clock, log });
  signIn = createSignIn({ clientId: CLIENT, tabHost: HOST, tenants: new Set([TENANT]), keys, clock, log });
});
afterEach(() => {
  directory.away = false;
});

type Claims = Record<string, unknown>;
const good = (): Claims => ({
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  aud: CLIENT,
  ver: '2.0',
  tid: TENANT,
  oid: PERSON,
  scp: 'access_as_user',
  name: 'Kwaliteitsteam',
  preferred_username: 'kwaliteit.team@example.org',
  iat: now / 1000,
  nbf: now / 1000 - 10,
  exp: now / 1000 + 3600,
});
const first: Claims = {
  iss: `https://sts.windows.net/${TENANT}/`,
  aud: `api://${HOST}/${CLIENT}`,
  ver: '1.0',
};
const without = (name: string): Claims => Object.fromEntries(Object.entries(good()).filter(([own]) => own !== name));

async function sign(claims: Claims, { key = signing.privateKey, kid = 'directory' } = {}): Promise<string> {
  return `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(key)}`;
}

describe('a token of the tab', () => {
  it.each([
    ['of version 2', {}],
    ['of version 1, for the address of the tab', first],
    ['of version 1, for a bot with a tab', { ...first, aud: `api://${HOST}/botid-${CLIENT}` }],
    ['with other permissions besides', { scp: 'email access_as_user openid' }],
    ['that expired less than 5 minutes ago by this clock', { exp: Date.now() / 1000 - 280 }],
  ])('%s says who looks', async (_, changed) => {
    const answer = await signIn(await sign({ ...good(), ...changed }));
    expect(answer).toEqual({ visitor: { person: PERSON, name: 'Kwaliteitsteam' } });
    expect(lines).toEqual([]);
  });

  it('names the person as our records do, in lower case', async () => {
    const answer = await signIn(await sign({ ...good(), oid: PERSON.toUpperCase() }));
    expect(answer).toMatchObject({ visitor: { person: PERSON } });
  });

  const refused: [string, number, () => Claims][] = [
    ['for another application', 401, () => ({ ...good(), aud: OTHER })],
    ['for this application among others', 401, () => ({ ...good(), aud: [CLIENT, OTHER] })],
    ['for the same application at another address', 401, () => ({ ...good(), aud: `api://evil.example/${CLIENT}` })],
    ['of another issuer', 401, () => ({ ...good(), iss: 'https://login.example/v2.0' })],
    ['of the connector of the bot', 401, () => ({ ...good(), iss: 'https://api.botframework.com' })],
    ['whose issuer is another tenant', 401, () => ({ ...good(), tid: OTHER })],
    ['of version 1 with the issuer of version 2', 401, () => ({ ...good(), ver: '1.0' })],
    ['of a version that does not exist', 401, () => ({ ...good(), ver: 'constructor' })],
    [
      'of a tenant that is not served',
      403,
      () => ({ ...good(), tid: OTHER, iss: `https://login.microsoftonline.com/${OTHER}/v2.0` }),
    ],
    ['that expired', 401, () => ({ ...good(), exp: now / 1000 - 301 })],
    ['that is not valid yet', 401, () => ({ ...good(), nbf: now / 1000 + 301 })],
    ['of an application without a person', 401, () => ({ ...without('scp'), roles: ['Everything'] })],
    ['for another permission', 401, () => ({ ...good(), scp: 'User.Read' })],
    ['with a permission that only looks like it', 401, () => ({ ...good(), scp: 'access_as_user2' })],
    ['of a person who is no id', 401, () => ({ ...good(), oid: '../person:x' })],
    ...['iss', 'aud', 'exp', 'nbf', 'tid', 'oid', 'ver', 'scp'].map((name): [string, number, () => Claims] => [
      `without ${name}`,
      401,
      () => without(name),
    ]),
  ];
  it.each(refused)('%s is refused with %i', async (_, status, claims) => {
    expect(await signIn(await sign(claims()))).toEqual({ status });
    expect(lines.join()).not.toContain('example.org');
  });

  it('signed by somebody else under a known name is refused', async () => {
    expect(await signIn(await sign(good(), { key: stranger.privateKey }))).toEqual({ status: 401 });
  });

  it('of an unknown key is refused, and the directory is asked about it once a minute', async () => {
    await signIn(await sign(good()));
    const before = directory.reads;
    for (let at = 0; at < 5; at++) {
      expect(await signIn(await sign(good(), { kid: `made up ${at}` }))).toEqual({ status: 401 });
    }
    now += 61_000;
    await signIn(await sign(good(), { kid: 'made up' }));
    expect(directory.reads - before).toBeLessThanOrEqual(1);
  });

  it('without a signature, or signed with the public key as a secret, is refused', async () => {
    const unsigned = new UnsecuredJWT(good()).encode();
    expect(await signIn(`Bearer ${unsigned}`)).toEqual({ status: 401 });
    const secret = new TextEncoder().encode(JSON.stringify(signing.jwk));
    const forged = await new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: 'directory' }).sign(secret);
    expect(await signIn(`Bearer ${forged}`)).toEqual({ status: 401 });
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer x',
    'Basic eDp5',
    `Bearer ${'a'.repeat(9_000)}.b.c`,
    ['Bearer a.b.c'],
    'Bearer {}.{}.{}',
  ])('that is none is refused: %j', async (authorization) => {
    expect(await signIn(authorization)).toEqual({ status: 401 });
  });
});

describe('while the directory is away', () => {
  it('nobody gets in when its keys were never read', async () => {
    directory.away = true;
    expect(await signIn(await sign(good()))).toEqual({ status: 503 });
  });

  it('the last good keys serve for five days, and not longer', async () => {
    await signIn(await sign(good()));
    directory.away = true;
    now += 24 * HOUR;
    expect(await signIn(await sign(good()))).toMatchObject({ visitor: { person: PERSON } });
    now += 5 * 24 * HOUR;
    expect(await signIn(await sign(good()))).toEqual({ status: 503 });
  });

  it('its keys are read once, however many wait for them', async () => {
    const before = directory.reads;
    const token = await sign(good());
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(token)));
    expect(answers.filter((answer) => 'visitor' in answer)).toHaveLength(50);
    expect(directory.reads - before).toBe(1);
  });
});
