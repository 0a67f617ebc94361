// Where a request comes from, as far as the network can be believed: behind proxies, what the last trusted one was told.

import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * What stands in front of the process: how many proxies, each of which adds to X-Forwarded-For, or their addresses and
 * networks.
 */
export type TrustedProxies = number | readonly string[];

const PORT = /:\d{1,5}$/;
const MAPPED = /^::ffff:(?=[\d.]+$)/i;

/**
 * One caller for a limit. Azure's front ends write "address:port", and a household or a phone has a whole /64 of IPv6
 * (RFC 6177): neither a port nor the last half of such an address makes somebody else of a caller. What is no address
 * at all is the proxy's own connection, so that nonsense shares one limit.
 */
export function callerOf({ ip = '', socket }: Pick<Request, 'ip' | 'socket'>): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(ip) ?? [];
  const typed = bracketed ?? (isIP(ip) ? ip : ip.replace(PORT, ''));
  const address = typed.replace(/%.*$/, '').replace(MAPPED, '');
  if (isIP(address) === 4) return address;
  if (isIP(address) === 6) return `${network(address)}::/64`;
  return socket.remoteAddress ?? '';
}

/** The first four groups of an IPv6 address, without leading zeros. */
function network(address: string): string {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const first = groups(head);
  const last = groups(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4).join(':');
}

/** The first part that is no address or network; undefined when all are. A network wider than /8 trusts half the world. */
export function wrongProxy(parts: readonly string[]): string | undefined {
  return parts.find((part) => {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
    const family = isIP(address);
    if (family === 0 || prefix === undefined) return family === 0;
    return Number(prefix) < 8 || Number(prefix) > (family === 4 ? 32 : 128);
  });
}
