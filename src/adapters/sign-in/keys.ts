// The public keys of one issuer, fetched from its OpenID metadata and kept. Knows keys, no token and no person.

import type { JWK } from 'jose';
import { z } from 'zod/v4';
import type { Clock, Log } from '../../app/ports.ts';

/** A key as published; `endorsements` are the channels whose tokens it may sign, on Bot Framework keys only. */
export type PublishedKey = JWK & { kid: string; endorsements?: string[] | undefined };

/** What the issuer says of itself. */
export type Published = { issuer: string | undefined; keys: ReadonlyMap<string, PublishedKey> };

export type KeySet = {
  /** The key with this id, or undefined when the issuer has none. Rejects with `KeysUnavailable`. */
  key(kid: string): Promise<{ key: PublishedKey; issuer: string | undefined } | undefined>;
  /** Resolves when tokens can be checked, fetching the keys when there are none. Rejects with `KeysUnavailable`. */
  ready(): Promise<void>;
};

/** There are no keys to check with: nobody can be let in, and nobody can be called an impostor. */
export class KeysUnavailable extends Error {}

const TIMEOUT_MS = 3_000;
/** Keys are fetched again after a day; microsoft.com's advice for bots is once in 24 hours. */
const FRESH_MS = 24 * 3_600_000;
/** How long keys serve while their issuer cannot be reached. */
const LAST_GOOD_MS = 5 * 24 * 3_600_000;
/** An unknown key id may be a new key, or a made-up one: look again, but not at every request. */
const UNKNOWN_MS = 60_000;
/** While there are no keys, and while old ones cannot be renewed. */
const RETRY_MS = 5_000;

const metadataShape = z.object({ issuer: z.string().optional(), jwks_uri: z.string() });
const keysShape = z.object({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string().optional(), endorsements: z.array(z.string()).optional() }),
  ),
});

/**
 * Keeps the keys behind an OpenID metadata address (https, or http on loopback). They are fetched once however many
 * wait for them, within 3 s; the last good set serves for five days while the issuer is away.
 */
export function createKeySet({ address, clock, log }: { address: string; clock: Clock; log: Log }): KeySet {
  let published: (Published & { at: number }) | undefined;
  let fetching: Promise<void> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;

  /** One fetch for everybody; a failure leaves what was there. */
  const fetchOnce = (): Promise<void> => {
    triedAt = clock.now();
    fetching ??= read(address)
      .then(
        (fetched) => {
          published = { ...fetched, at: clock.now() };
        },
        (error: unknown) =>
          log.warn({ address, reason: reasonOf(error) }, 'the keys of an issuer could not be fetched'),
      )
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
  const usable = (): Published | undefined =>
    published && clock.now() - published.at <= LAST_GOOD_MS ? published : undefined;
  const current = async (): Promise<Published> => {
    if (!usable()) {
      if (fetching || clock.now() - triedAt >= RETRY_MS) await fetchOnce();
    } else if (clock.now() - published!.at > FRESH_MS && clock.now() - triedAt >= UNKNOWN_MS) void fetchOnce();
    const found = usable();
    if (!found) throw new KeysUnavailable(`no keys from ${address}`);
    return found;
  };

  return {
    key: async (kid) => {
      let { keys, issuer } = await current();
      if (!keys.has(kid) && (fetching || clock.now() - triedAt >= UNKNOWN_MS)) {
        await fetchOnce();
        ({ keys, issuer } = await current());
      }
      const key = keys.get(kid);
      return key && { key, issuer };
    },
    ready: async () => {
      await current();
    },
  };
}

async function read(address: string): Promise<Published> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const metadata = metadataShape.parse(await get(address, signal));
  if (!isSafe(metadata.jwks_uri, address)) throw new Error('jwks_uri is not https');
  const { keys } = keysShape.parse(await get(metadata.jwks_uri, signal));
  const usable = keys.filter((key): key is typeof key & { kid: string } => key.kid !== undefined && key.kty === 'RSA');
  if (usable.length === 0) throw new Error('there is no RSA key in the set');
  return { issuer: metadata.issuer, keys: new Map(usable.map((key) => [key.kid, key])) };
}

async function get(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return response.json();
}

/** Keys over http are for a stand-in on this machine that itself is reached that way. */
function isSafe(uri: string, metadata: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && hostname === new URL(metadata).hostname);
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return cause?.message ?? message ?? String(error);
}
