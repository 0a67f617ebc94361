// Waits for something outside no longer than a given time. Knows nothing of what it is.

/** Rejects at the deadline, also when the task never looks at its signal. */
export async function inTime<T>(ms: number, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const late = new Error(`nothing came within ${ms} ms`);
    controller.abort(late);
    reject(late);
  }, ms);
  try {
    return await Promise.race([task(controller.signal), promise]);
  } finally {
    clearTimeout(timer);
  }
}
