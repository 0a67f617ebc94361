// Runs in a thread of its own and makes one Word file: laying out its pages takes a second. Joins word.ts to its parent.

import { parentPort, workerData } from 'node:worker_threads';
import { speak } from '../../locale/locale.ts';
import { layOut, type WordTask } from './word.ts';

const { document, language } = workerData as WordTask;
speak(language);
parentPort!.postMessage(await layOut(document));
