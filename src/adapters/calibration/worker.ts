import { parentPort, workerData } from 'node:worker_threads';
import type { Analysis } from '../../ports/analyst.ts';
import { analyse } from './analyse.ts';
import type { Recording } from './correlate.ts';
import { pngOf } from './png.ts';

const recording: Recording = workerData;
const { measurement, svg } = analyse(recording);
const analysis: Analysis = { measurement, svg, png: pngOf(svg) };
parentPort?.postMessage(analysis);
