// The guard of the dashboard: which person a Teams tab was opened by, from its single sign-on token. Knows no role.

import type { JWTPayload } from 'jose';
import type { Visitor } from '../../app/people.ts';
import type { Clock, Log } from '../../app/ports.ts';
import type { PersonId } from '../../domain/terms.ts';
import { bearerOf, verifyToken } from './bearer.ts';
import { type KeySet, KeysUnavailable } from './keys.ts';

/** 401: nobody we know. 403: somebody, but of a tenant that is not served. 503: it cannot be checked now. */
export type SignIn = (authorization: unknown) => Promise<{ visitor: Visitor } | { status: 401 | 403 | 503 }>;

export type VisitorSettings = {
  /** The application id, which is the audience of a v2 token and the end of that of a v1 token. */
  clientId: string;
  /** Host of the tab, as the Teams package names it; tokens are then asked for api://host/clientId. */
  tabHost?: string | undefined;
  /** Tenants whose people may look, lower case. */
  tenants: ReadonlySet<string>;
  /** The keys of the directory. */
  keys: KeySet;
  clock: Clock;
  log: Log;
};

/** The permission that the tab's token is given for; a token of an application without a person has none. */
const SCOPE = 'access_as_user';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST_NAME = 200;

/** Issuers of Microsoft Entra, per version of the token. */
const issuerOf: Record<string, (tenant: string) => string> = {
  '1.0': (tenant) => `https://sts.windows.net/${tenant}/`,
  '2.0': (tenant) => `https://login.microsoftonline.com/${tenant}/v2.0`,
};

/**
 * Every check must pass; one that cannot be made refuses. Rules: Microsoft's "Access tokens in the identity platform"
 * and "Enable SSO for tab apps". Roles follow from our own records, never from the token.
 */
export function createSignIn(settings: VisitorSettings): SignIn {
  const { clientId, tabHost, tenants, keys, clock, log } = settings;
  const uris = [clientId, ...(tabHost ? [`${tabHost}/${clientId}`, `${tabHost}/botid-${clientId}`] : [])];
  const audience = [clientId, ...uris.map((uri) => `api://${uri}`)];
  const refuse = (status: 401 | 403 | 503, reason: string) => {
    log.warn({ status, reason }, 'a visitor of the dashboard was refused');
    return { status };
  };

  return async (authorization) => {
    const token = bearerOf(authorization);
    if (!token) return refuse(401, 'no bearer token');
    let claims: JWTPayload;
    try {
      claims = await verifyToken(token, { keys, clock, audience, requiredClaims: ['tid', 'oid', 'ver', 'scp'] });
    } catch (error) {
      if (error instanceof KeysUnavailable) return refuse(503, error.message);
      return refuse(401, error instanceof Error ? error.message : 'not verified');
    }
    const { iss, ver, scp } = claims;
    const [tenant, person] = [guid(claims.tid), guid(claims.oid)];
    if (!tenant || !person) return refuse(401, 'the tenant or the person is no id');
    const expected = Object.hasOwn(issuerOf, String(ver)) ? issuerOf[String(ver)]!(tenant) : undefined;
    if (iss !== expected) return refuse(401, 'unexpected issuer');
    if (typeof scp !== 'string' || !scp.split(' ').includes(SCOPE)) return refuse(401, `without ${SCOPE}`);
    if (!tenants.has(tenant)) return refuse(403, 'the tenant is not on the list; see ALLOWED_TENANTS');
    const name = typeof claims.name === 'string' ? claims.name.slice(0, LONGEST_NAME) : '';
    return { visitor: { person: person as PersonId, name } };
  };
}

function guid(claim: unknown): string | undefined {
  const text = typeof claim === 'string' ? claim.toLowerCase() : '';
  return GUID.test(text) ? text : undefined;
}
