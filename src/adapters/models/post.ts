// Sends one question to a model's service and takes a bounded answer. Knows no protocol of any of them.

export type Asking = {
  url: string;
  headers?: Record<string, string>;
  body: unknown;
  /** What more than this many bytes is refused, while it comes in. */
  most: number;
  signal: AbortSignal;
};

/**
 * What the service answered, parsed as JSON. Rejects with an English reason without anything of the answer in it: another
 * status, a redirect (it could lead off the machine), too much, no JSON, or an aborted signal.
 */
export async function post({ url, headers = {}, body, most, signal }: Asking): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    redirect: 'error',
    signal,
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the service answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    // Leaving the loop closes the connection.
    if (size > most) throw new Error(`the service answered more than ${most} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new Error('the service answered no JSON');
  }
}
