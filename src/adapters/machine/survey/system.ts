import type { Preemption, Survey } from '../../../core/doctor/survey.ts';
import { textOf } from '../../kernel/text.ts';
import { entriesOf, linesOf } from './read.ts';

export const governorsIn = (root: string): Survey['governors'] =>
  entriesOf(`${root}/sys/devices/system/cpu`)
    .filter((name) => /^cpu\d+$/.test(name))
    .flatMap((cpu) => {
      const folder = `/sys/devices/system/cpu/${cpu}/cpufreq`;
      const governor = textOf(`${root}${folder}/scaling_governor`);
      if (governor === undefined) return [];
      const there = textOf(`${root}${folder}/scaling_available_governors`)?.split(/\s+/) ?? [];
      return { file: `${folder}/scaling_governor`, governor, hasPerformance: there.includes('performance') };
    });

const known = ['full', 'lazy', 'voluntary', 'none'] as const;
const preemptionIn = (word: string | undefined): Preemption => known.find((name) => name === word);

/** A kernel without any says nothing of it, and so does one that is preempted only where it offers it. */
const ofVersion = (version: string): Preemption => {
  if (/\bPREEMPT_DYNAMIC\b/.test(version)) return undefined;
  if (/\bPREEMPT_LAZY\b/.test(version)) return 'lazy';
  return /\bPREEMPT\b/.test(version) ? 'full' : 'none';
};

/** What may be chosen at run time is read where root may, else what the command line asks for. */
export const kernelIn = (root: string): Survey['kernel'] => {
  const version = textOf(`${root}/proc/version`) ?? '';
  const isDynamic = /\bPREEMPT_DYNAMIC\b/.test(version);
  const isRealtime = /\bPREEMPT_RT\b/.test(version) || textOf(`${root}/sys/kernel/realtime`) === '1';
  if (isRealtime) return { version, isDynamic, preemption: 'rt' };
  const [, now] = /\((\w+)\)/.exec(textOf(`${root}/sys/kernel/debug/sched/preempt`) ?? '') ?? [];
  const [, asked] = /(?:^|\s)preempt=(\w+)/.exec(textOf(`${root}/proc/cmdline`) ?? '') ?? [];
  const chosen = preemptionIn(now) ?? (isDynamic ? preemptionIn(asked) : undefined);
  return { version, isDynamic, preemption: chosen ?? (version === '' ? undefined : ofVersion(version)) };
};

/** See proc_swaps(5): the first line is a heading. */
export const swapsIn = (root: string): Survey['swaps'] =>
  linesOf(`${root}/proc/swaps`)
    .slice(1)
    .map((line) => line.split(/\s+/)[0] ?? '')
    .filter((name) => name !== '')
    .map((name) => ({ name, isCompressed: name.startsWith('/dev/zram') }));
