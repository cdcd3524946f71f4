import type { Throttling } from './figures.ts';

/**
 * The bits that the firmware of a Raspberry Pi tells, in hex with or without 0x, as in `throttled=0x50005`; undefined for what is none. Bits 0 to 3
 * are now, 16 to 19 since the start: https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
 */
export const throttlingIn = (text: string): Throttling | undefined => {
  const [, hex] = /^(?:throttled=)?(?:0x)?([0-9a-f]+)$/i.exec(text.trim()) ?? [];
  if (hex === undefined) return undefined;
  const bits = Number.parseInt(hex, 16);
  const has = (bit: number): boolean => ((bits >>> bit) & 1) === 1;
  return {
    underVoltage: has(0),
    frequencyCapped: has(1),
    throttled: has(2),
    softLimit: has(3),
    underVoltageSeen: has(16),
    throttledSeen: has(17) || has(18) || has(19),
  };
};
