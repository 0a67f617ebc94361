// Reads a bearer token and checks its signature, times and audience. Knows keys, no issuer's rules and no person.

import { type CryptoKey, importJWK, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../app/ports.ts';
import type { KeySet, PublishedKey } from './keys.ts';

const SKEW_SECONDS = 300;
/** A token of the connector takes about 1 KB, one of a tab somewhat more. */
const LONGEST_TOKEN = 8_192;

/** The token of an Authorization header, or undefined when there is none that could be one. */
export function bearerOf(authorization: unknown): string | undefined {
  if (typeof authorization !== 'string' || authorization.length > LONGEST_TOKEN) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}

export type Expected = {
  keys: KeySet;
  clock: Clock;
  /** Any of these, exactly. */
  audience: string[];
  requiredClaims: string[];
  /** Throws when this key may not sign such a token. */
  checkKey?: (found: { key: PublishedKey; issuer: string | undefined }) => void;
};

/**
 * The claims of a token signed with RS256 by one of the keys, for one audience, within its times give or take 5 minutes.
 * Rejects with `KeysUnavailable` when there is nothing to check with, and with another Error for every other token.
 */
export async function verifyToken(token: string, expected: Expected): Promise<JWTPayload> {
  const { keys, clock, audience, requiredClaims, checkKey } = expected;
  const keyOf: JWTVerifyGetKey = async ({ kid }) => {
    const found = typeof kid === 'string' ? await keys.key(kid) : undefined;
    if (!found) throw new Error('unknown key');
    checkKey?.(found);
    return imported(found.key);
  };
  const { payload } = await jwtVerify(token, keyOf, {
    algorithms: ['RS256'],
    audience,
    currentDate: new Date(clock.now()),
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['iss', 'aud', 'exp', 'nbf', ...requiredClaims],
  });
  // The library also takes a list that the audience is only one of.
  if (typeof payload.aud !== 'string' || !audience.includes(payload.aud)) throw new Error('unexpected audience');
  return payload;
}

const importedKeys = new WeakMap<PublishedKey, Promise<CryptoKey | Uint8Array>>();
function imported(key: PublishedKey): Promise<CryptoKey | Uint8Array> {
  const known = importedKeys.get(key) ?? importJWK(key, 'RS256');
  importedKeys.set(key, known);
  return known;
}
