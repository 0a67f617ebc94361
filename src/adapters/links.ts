// Asks web addresses whether they still answer: politely, one at a time per host. Asks nothing inside the house. Knows no item and no sentence.

import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export type LinkOutcome =
  /** `modified`: the moment in milliseconds that the page gives itself, unless it says "now" to everybody. */
  | { kind: 'fine'; modified?: number }
  /** Answers, but says that it lives elsewhere for good. */
  | { kind: 'moved'; to: string }
  | { kind: 'refused'; status: number }
  /** No answer at all: no such host, no network, or too slow. */
  | { kind: 'silent'; reason: string };

const HOSTS_AT_ONCE = 4;
const PAUSE_MS = 300;
const MOST_REDIRECTS = 5;
/** A page that was changed less long ago was most likely made for this request. */
const MADE_NOW_MS = 3_600_000;
/** Some servers answer only whoever looks like a browser, and some refuse HEAD: both get a GET before they count as gone. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (compatible; helpdesk link check)', accept: '*/*' };

/** Each address once, by the part before "#". Never rejects. `told` hears of each that is done. */
export async function checkLinks(
  urls: readonly string[],
  {
    timeoutMs = 10_000,
    pauseMs = PAUSE_MS,
    allowed = isPublic,
    told = () => {},
  }: { timeoutMs?: number; pauseMs?: number; allowed?: Allowed; told?: () => void } = {},
): Promise<Map<string, LinkOutcome>> {
  const hosts = new Map<string, string[]>();
  for (const url of new Set(urls)) {
    const { host } = new URL(url);
    hosts.set(host, [...(hosts.get(host) ?? []), url]);
  }
  const outcomes = new Map<string, LinkOutcome>();
  const queue = [...hosts.values()];
  const work = async (): Promise<void> => {
    for (let own = queue.shift(); own; own = queue.shift()) {
      for (const url of own) {
        outcomes.set(url, await look(url, timeoutMs, allowed));
        told();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work));
  return outcomes;
}

type Allowed = (address: string) => boolean;

async function look(url: string, timeoutMs: number, allowed: Allowed): Promise<LinkOutcome> {
  const head = await ask(url, 'HEAD', timeoutMs, allowed);
  return head.kind === 'fine' || head.kind === 'moved' ? head : ask(url, 'GET', timeoutMs, allowed);
}

async function ask(url: string, method: 'HEAD' | 'GET', timeoutMs: number, allowed: Allowed): Promise<LinkOutcome> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    let at = new URL(url);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const answer = await headersOf(at, method, signal, allowed);
      const { status, location } = answer;
      if (hop === 0 && (status === 301 || status === 308) && location)
        return { kind: 'moved', to: new URL(location, at).href };
      if (status < 300 || status >= 400 || !location) return said(answer);
      at = new URL(location, at);
    }
    return { kind: 'silent', reason: 'too many redirects' };
  } catch (error) {
    const { code, name } = error as { code?: unknown; name: string };
    return { kind: 'silent', reason: signal.aborted ? 'TimeoutError' : String(code ?? name) };
  }
}

type Answer = { status: number; location: string | undefined; modified: string | undefined };

/**
 * Asks one address and reads no body. Whoever writes an item chooses the address, and the machine that asks may reach
 * what they cannot: an address inside the house is not asked, whatever name or redirect leads to it. What the name
 * stands for is looked up once, so that it cannot be another address the moment after.
 */
function headersOf(url: URL, method: 'HEAD' | 'GET', signal: AbortSignal, allowed: Allowed): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const inside = Object.assign(new Error('an address inside the house'), { code: 'EINSIDE' });
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!['http:', 'https:'].includes(url.protocol) || (isIP(host) && !allowed(host))) return reject(inside);
    const publicOnly: LookupFunction = (name, options, told) =>
      lookup(name, { ...options, all: true }, (error, found) => {
        const bad = error ?? (found.every(({ address }) => allowed(address)) ? null : inside);
        const [first] = found ?? [];
        if (bad || !first) told(bad ?? inside, '');
        else if (options.all) told(null, found);
        else told(null, first.address, first.family);
      });
    const { request } = url.protocol === 'https:' ? https : http;
    const asking = request(url, { method, headers: HEADERS, signal, lookup: publicOnly, agent: false }, (response) => {
      const { statusCode: status = 0, headers } = response;
      response.destroy();
      resolve({ status, location: headers.location, modified: headers['last-modified'] });
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** Not of the public internet: this machine, private networks, what is reserved (RFC 6890), and where Azure answers its machines. */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, bits);
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

/** True of an address that anybody on the internet reaches as well. None that hides an IPv4 address in an IPv6 one. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 0 || /^::ffff:/i.test(address)) return false;
  return !INSIDE.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** 401, 403 and 429 are answers: the page is there, but not for a program. */
function said({ status, modified }: Answer): LinkOutcome {
  if (status >= 400 && ![401, 403, 429].includes(status)) return { kind: 'refused', status };
  const at = status < 300 ? Date.parse(modified ?? '') : Number.NaN;
  return at < Date.now() - MADE_NOW_MS ? { kind: 'fine', modified: at } : { kind: 'fine' };
}
