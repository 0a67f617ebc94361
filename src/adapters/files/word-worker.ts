// Runs in a thread of its own and makes one Word file: laying out its pages takes a second. Joins word.ts to its parent.

import { parentPort, workerData } from 'node:worker_threads';
import type { Document } from '../../app/figures/document.ts';
import { layOut } from './word.ts';

parentPort!.postMessage(await layOut(workerData as Document));
