// Asks web addresses whether they still answer: politely, one at a time per host. Knows no item and no sentence.

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
    told = () => {},
  }: { timeoutMs?: number; pauseMs?: number; told?: () => void } = {},
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
        outcomes.set(url, await look(url, timeoutMs));
        told();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work));
  return outcomes;
}

async function look(url: string, timeoutMs: number): Promise<LinkOutcome> {
  const head = await ask(url, 'HEAD', timeoutMs);
  return head.kind === 'fine' || head.kind === 'moved' ? head : ask(url, 'GET', timeoutMs);
}

async function ask(url: string, method: 'HEAD' | 'GET', timeoutMs: number): Promise<LinkOutcome> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const first = await fetch(url, { method, headers: HEADERS, redirect: 'manual', signal });
    await first.body?.cancel();
    const location = first.headers.get('location');
    if ((first.status === 301 || first.status === 308) && location)
      return { kind: 'moved', to: new URL(location, url).href };
    if (first.status < 300 || first.status >= 400) return said(first);
    const last = await fetch(url, { method, headers: HEADERS, signal });
    await last.body?.cancel();
    return said(last);
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    return { kind: 'silent', reason: String(cause?.code ?? (error as Error).name) };
  }
}

/** 401, 403 and 429 are answers: the page is there, but not for a program. */
function said({ status, headers }: Response): LinkOutcome {
  if (status >= 400 && ![401, 403, 429].includes(status)) return { kind: 'refused', status };
  const modified = status < 300 ? Date.parse(headers.get('last-modified') ?? '') : Number.NaN;
  return modified < Date.now() - MADE_NOW_MS ? { kind: 'fine', modified } : { kind: 'fine' };
}
