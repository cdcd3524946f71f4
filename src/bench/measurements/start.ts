import type { Measurement } from '../measurement.ts';
import { startLooper } from '../rigs/looper-process.ts';

export const start: Measurement = {
  title: 'start to READY',
  how: 'hindsight run --rig simulated in a process of its own, nothing kept from before, until its log says ready; its files are in the page cache. No boot, no interface to be opened',
  measure: async ({ folder, quick }) => {
    const values: number[] = [];
    for (let run = 0; run < (quick ? 2 : 5); run += 1) {
      const looper = await startLooper(folder, {});
      await looper.kill();
      values.push(looper.readyMs);
    }
    return [{ name: 'ready', means: 'wall clock from the start of the process', unit: 'ms', values }];
  },
};
