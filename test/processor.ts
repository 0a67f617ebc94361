// How much of the processor this thread used, whatever else the machine does meanwhile. Knows nothing of what it did.

/** Processor time of `work` in this thread, in ms. A clock on the wall would measure the machine's other work as well. */
export function processorMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  return since(before);
}

/** The same of what is awaited; what other threads do for it is not counted. */
export async function processorMsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  return since(before);
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
