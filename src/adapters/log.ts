// Structured log lines on standard output, each with the turn it belongs to. The only importer of pino. Question text never reaches it.

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Log } from '../app/ports.ts';

/** `id` ties the lines of one turn together; `ru` is what Cosmos DB charged for it so far. */
type Scope = { id: string; operations: number; ru: number };
const scope = new AsyncLocalStorage<Scope>();

/** Lines from this level on: "debug", "info", "warn", "error" or "silent". */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const id = scope.getStore()?.id;
      return id ? { turn: id } : {};
    },
  });
}

export type Turns = {
  /** What is logged during the task, also by what it sets going, carries the turn's id. */
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Notes what an operation of the store cost: on level debug, and in the sum of the turn. */
  charge(operation: string, ru: number): void;
};

export function createTurns(log: Log): Turns {
  return {
    run: (task) => {
      const turn: Scope = { id: randomUUID(), operations: 0, ru: 0 };
      const began = performance.now();
      return scope.run(turn, async () => {
        try {
          return await task();
        } finally {
          const ms = Math.round(performance.now() - began);
          log.debug({ ms, operations: turn.operations, ru: rounded(turn.ru) }, 'a turn is done');
        }
      });
    },
    charge: (operation, ru) => {
      const turn = scope.getStore();
      if (turn) {
        turn.operations += 1;
        turn.ru += ru;
      }
      log.debug({ operation, ru: rounded(ru) }, 'the store charged');
    },
  };
}

const rounded = (ru: number): number => Math.round(ru * 100) / 100;
