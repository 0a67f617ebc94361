// The guard of /api/messages: only the Bot Connector of Teams, for this bot and these tenants. Knows no SDK and no task.

import type { JWTPayload } from 'jose';
import type { Clock, Log } from '../../app/ports.ts';
import { bearerOf, verifyToken } from './bearer.ts';
import { type KeySet, KeysUnavailable } from './keys.ts';

/** 401: nobody we know. 403: somebody we know, about something that is not theirs. 503: it cannot be checked now. */
export type Refused = { status: 401 | 403 | 503; error: string };
export type Guard = (authorization: unknown, activity: unknown) => Promise<Refused | undefined>;

export type GuardSettings = {
  /** The application id of the bot: the only audience. */
  clientId: string;
  /** Tenants whose people may use the bot, lower case. */
  tenants: ReadonlySet<string>;
  /** Hosts of the connector besides the ones of Teams, lower case, with a port where it is not the usual one. */
  serviceHosts: ReadonlySet<string>;
  keys: KeySet;
  clock: Clock;
  log: Log;
};

/** Microsoft's public cloud, the United States government's and China's. */
const ISSUERS = ['https://api.botframework.com', 'https://api.botframework.us', 'https://api.botframework.azure.cn'];
/** Where the connector of Teams is reached: the public cloud, GCC, GCC High and DoD. */
const TEAMS_HOSTS = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];
const CHANNEL = 'msteams';

/**
 * Answers undefined for an activity that may come in, else why not. Every check must pass; one that cannot be made
 * refuses. Rules: Microsoft's "Authenticate requests from the Bot Connector service", and stricter on host and tenant.
 */
export function createGuard(settings: GuardSettings): Guard {
  const { clientId, keys, clock, log } = settings;
  const hosts = new Set([...TEAMS_HOSTS, ...settings.serviceHosts]);
  const refuse = (status: Refused['status'], error: string, reason: string): Refused => {
    log.warn({ status, reason }, 'an activity was refused at the door');
    return { status, error };
  };

  /** The claims of a token that this bot's connector signed for this channel. Throws when it is anything else. */
  async function verify(token: string): Promise<JWTPayload> {
    let issuer = ISSUERS[0]!;
    const claims = await verifyToken(token, {
      keys,
      clock,
      audience: [clientId],
      requiredClaims: ['serviceurl'],
      checkKey: (found) => {
        if (!found.key.endorsements?.includes(CHANNEL)) throw new Error(`the key is not endorsed for ${CHANNEL}`);
        // The keys of a sovereign cloud sign for the issuer of that cloud, and for no other.
        if (found.issuer !== undefined && ISSUERS.includes(found.issuer)) issuer = found.issuer;
      },
    });
    if (claims.iss !== issuer) throw new Error('unexpected issuer');
    return claims;
  }

  return async (authorization, activity) => {
    const token = bearerOf(authorization);
    if (!token) return refuse(401, 'unauthorized', 'no bearer token');
    let claims: JWTPayload;
    try {
      claims = await verify(token);
    } catch (error) {
      if (error instanceof KeysUnavailable) return refuse(503, 'sign-in cannot be checked now', error.message);
      return refuse(401, 'unauthorized', error instanceof Error ? error.message : 'not verified');
    }
    const { channelId, serviceUrl, tenants } = facts(activity);
    if (channelId !== CHANNEL) return refuse(403, 'forbidden', `channelId is not ${CHANNEL}`);
    const address = addressOf(serviceUrl, hosts);
    if (!address) return refuse(403, 'forbidden', 'serviceUrl is not on the list; see SERVICE_URL_HOSTS');
    if (address !== addressOf(claims.serviceurl, hosts)) {
      return refuse(403, 'forbidden', 'serviceUrl is not the one that the token was given for');
    }
    if (tenants.length === 0 || !tenants.every((tenant) => settings.tenants.has(tenant))) {
      return refuse(403, 'forbidden', 'the tenant is not on the list; see ALLOWED_TENANTS');
    }
    return undefined;
  };
}

/** What the activity says of where it comes from; every tenant that it names. */
function facts(activity: unknown): { channelId: unknown; serviceUrl: unknown; tenants: string[] } {
  const { channelId, serviceUrl, conversation, channelData, from } = (activity ?? {}) as Record<string, unknown>;
  const named = [
    // Somebody of another organisation in a chat or a shared channel of ours.
    (from as { tenantId?: unknown } | null | undefined)?.tenantId,
    (conversation as { tenantId?: unknown } | null | undefined)?.tenantId,
    (channelData as { tenant?: { id?: unknown } | null } | null | undefined)?.tenant?.id,
  ];
  return {
    channelId,
    serviceUrl,
    tenants: named.flatMap((tenant) => (tenant === undefined ? [] : [String(tenant).toLowerCase()])),
  };
}

/** The address in one spelling when it is on a listed host over https, or over http on this machine; else undefined. */
function addressOf(serviceUrl: unknown, hosts: ReadonlySet<string>): string | undefined {
  if (typeof serviceUrl !== 'string' || !URL.canParse(serviceUrl)) return undefined;
  const { protocol, host, hostname, pathname, username, password, search, hash } = new URL(serviceUrl);
  const local = LOOPBACK.has(hostname);
  if (!hosts.has(host) && !(local && hosts.has(hostname))) return undefined;
  if (protocol !== 'https:' && !(local && protocol === 'http:')) return undefined;
  if (username || password || search || hash) return undefined;
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
