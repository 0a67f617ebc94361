// What the programs that prove something share: people, a connector stand-in, and helpdesks started as processes.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { listen } from '../src/adapters/http/server.ts';
import { account, type Channel, createConnector, type Member } from '../src/playground/connector.ts';

const TENANT = '7f1f3a52-3c6e-4a52-9a7d-0d1f0c7d1c11';

export const person = (n: number, name: string): Member =>
  account({
    aadObjectId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    name,
    email: `p${n}@example.org`,
    tenantId: TENANT,
  });
export const persons = (from: number, count: number, name: string): Member[] =>
  Array.from({ length: count }, (_, n) => person(from + n, `${name} ${n + 1}`));
export const advisorsChannel = (members: Member[]): Channel => ({
  id: '19:advisors@thread.tacv2',
  name: 'Adviseurs',
  team: { id: '19:team@thread.tacv2', name: 'Helpdesk' },
  members: members.map(({ aadObjectId }) => aadObjectId),
});
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type Stage = Awaited<ReturnType<typeof openStage>>;
export type Program = { url: string; child: ChildProcess; ended: Promise<number | null>; stop(): Promise<void> };

/** A folder of its own and a connector on a port of its own. `launch` starts a helpdesk that uses both. */
export async function openStage(members: Member[], channels: Channel[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-bench-'));
  const connector = createConnector({ members, channels, tenantId: TENANT });
  const outside = express();
  outside.use('/connector', connector.router);
  const door = await listen(outside, 0, '127.0.0.1');
  const started: ChildProcess[] = [];

  /** Resolves when it is ready. `program` may be another than the helpdesk itself. */
  async function launch(env: Record<string, string> = {}, program = ['src/main.ts']): Promise<Program> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...program], {
      env: {
        ...process.env,
        PORT: '0',
        HELPDESK_MODE: 'local',
        PACE: '1000/1',
        DATA_DIR: join(folder, 'data'),
        LOG_LEVEL: 'error',
        NODE_COMPILE_CACHE: join(folder, 'cache'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout!.on('data', (chunk) => {
        said += String(chunk);
        const [found] = /http:\/\/[\d.]+:\d+/.exec(said) ?? [];
        if (found) resolve(found);
      });
      void ended.then(() => reject(new Error('the helpdesk did not start')));
    });
    while (!(await fetch(`${url}/readyz`)).ok) await pause(50);
    const stop = async () => {
      child.kill('SIGTERM');
      await ended;
    };
    return { url, child, ended, stop };
  }

  return {
    folder,
    connector,
    connectorUrl: `http://127.0.0.1:${door.port}/connector`,
    launch,
    close: async () => {
      for (const child of started) child.kill('SIGKILL');
      await door.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Runs a task for each, so many at once. */
export async function each<T>(all: Iterable<T>, atOnce: number, task: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); !next.done; next = rest.next()) await task(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Prints one line per figure; `wanted` makes it count for the verdict. */
export function createReport() {
  let good = true;
  return {
    figure(name: string, value: string | number, wanted?: string | number | boolean): void {
      const right = typeof wanted === 'boolean' ? wanted : wanted === undefined || value === wanted;
      if (!right) good = false;
      const asked = wanted === undefined || typeof wanted === 'boolean' ? '' : ` (wanted ${wanted})`;
      console.log(`${name.padEnd(22)} ${value}${asked}${right ? '' : '  ← not right'}`);
    },
    good: () => good,
    end(): never {
      console.log(good ? 'PASSED' : 'FAILED');
      process.exit(good ? 0 : 1);
    },
  };
}

/** The value below which this part of the sorted times lies. */
export const quantile = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
