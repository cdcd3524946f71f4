import { heatAdvice, powerAdvice } from '../health/advice.ts';
import type { Finding } from './finding.ts';
import type { Preemption, Survey } from './survey.ts';

const governor = ({ governors }: Survey): Finding => {
  const [code, about] = ['governor', 'CPU governor'];
  if (governors.length === 0) return { code, level: 'good', about, text: 'the clock of this processor is not scaled' };
  const slow = governors.filter((one) => one.governor !== 'performance');
  if (slow.length === 0) return { code, level: 'good', about, text: 'performance' };
  const text = `${[...new Set(slow.map((one) => one.governor))].join(', ')}: the processor has to wake up for each block`;
  const mendable = slow.filter(({ hasPerformance }) => hasPerformance);
  if (mendable.length === 0)
    return { code, level: 'hint', about, text, todo: 'switch its power saving off in the firmware' };
  return {
    ...{ code, level: 'hint', about, text },
    todo: 'set it to performance; the service does so while it runs',
    steps: mendable.map(({ file }) => ({ write: file, value: 'performance' })),
  };
};

const power = ({ throttling }: Survey): Finding => {
  const [code, about] = ['power', 'power and heat'];
  if (throttling === null) return { code, level: 'good', about, text: 'this machine tells of no trouble' };
  const { underVoltage, throttled, frequencyCapped, softLimit, underVoltageSeen, throttledSeen } = throttling;
  if (underVoltage) return { code, level: 'bad', about, text: 'the power is too low now', todo: powerAdvice };
  if (throttled || frequencyCapped || softLimit)
    return { code, level: 'bad', about, text: 'the processor is made slower now', todo: heatAdvice };
  const since = 'since it was switched on';
  if (underVoltageSeen)
    return { code, level: 'hint', about, text: `the power was too low ${since}`, todo: powerAdvice };
  if (throttledSeen)
    return { code, level: 'hint', about, text: `the processor was made slower ${since}`, todo: heatAdvice };
  return { code, level: 'good', about, text: `never too little power or too much heat ${since}` };
};

const words: Readonly<Record<NonNullable<Preemption>, string>> = {
  rt: 'real-time (PREEMPT_RT)',
  full: 'full',
  lazy: 'lazy: ordinary programs are let finish, real-time ones go before them',
  voluntary: 'voluntary',
  none: 'none',
};

const kernel = ({ kernel: { preemption, isDynamic }, isRoot }: Survey): Finding => {
  const [code, about] = ['kernel', 'kernel preemption'];
  if (preemption === undefined && !isDynamic)
    return {
      code,
      level: 'hint',
      about,
      text: 'the kernel does not tell',
      todo: 'take the kernel of the distribution',
    };
  if (preemption === undefined)
    return {
      ...{ code, level: 'hint', about, text: 'dynamic; which one it is cannot be seen' },
      todo: `${isRoot ? 'mount /sys/kernel/debug' : 'ask as root'}, or add preempt=full to the command line of the kernel`,
    };
  if (preemption === 'rt' || preemption === 'full' || preemption === 'lazy')
    return { code, level: 'good', about, text: words[preemption] };
  return {
    ...{ code, level: 'hint', about, text: `${words[preemption]}: the sound may wait for the kernel` },
    todo: isDynamic
      ? 'add preempt=full to the command line of the kernel (/boot/firmware/cmdline.txt, or GRUB), and start anew'
      : 'take a kernel with PREEMPT or PREEMPT_RT; Debian has linux-image-rt-amd64 and -arm64',
  };
};

const swap = ({ swaps }: Survey): Finding => {
  const [code, about] = ['swap', 'swap'];
  const slow = swaps.filter(({ isCompressed }) => !isCompressed).map(({ name }) => name);
  if (swaps.length === 0) return { code, level: 'good', about, text: 'none' };
  if (slow.length === 0) return { code, level: 'good', about, text: 'compressed memory only' };
  return {
    ...{
      code,
      level: 'hint',
      about,
      text: `on disk: ${slow.join(', ')}; it wears cards, and what is there is waited for`,
    },
    todo: `switch it off: sudo swapoff ${slow.join(' ')}, and for good in /etc/fstab, or with sudo systemctl disable dphys-swapfile`,
  };
};

/** Whether the machine is fast when it has to be. Pure. */
export const speed = (survey: Survey): readonly Finding[] => [
  governor(survey),
  power(survey),
  kernel(survey),
  swap(survey),
];
