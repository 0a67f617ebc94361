// Structured log lines on standard output. The only importer of pino. Question text never reaches it.

import { pino } from 'pino';
import type { Log } from '../app/ports.ts';

export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
