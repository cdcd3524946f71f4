import { z } from 'zod';
import type { GestureTimes } from '../../core/controller/profile.ts';
import { number, optionalSection, section, wants, whole } from '../fields.ts';
import { type Broken, tell } from '../rule.ts';

const isPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'i').source !== '' && pattern.trim() !== '';
  } catch {
    return false;
  }
};

const patternList = () => {
  const words = wants('a pattern (a regular expression) of the name of a port');
  return z.array(
    z.string(words).refine(isPattern, words),
    wants('a list of patterns', (input) => (typeof input === 'string' ? 'write a hyphen in front' : undefined)),
  );
};

const patterns = patternList();

export const ports = section({ input: patterns, output: patterns.exactOptional() }).transform(({ input, output }) => ({
  input,
  output: output ?? input,
}));

const usbList = () => {
  const words = wants('vendor:product in hex such as "1235:0113"');
  const id = z
    .string(words)
    .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/i, words)
    .toLowerCase();
  return z.array(id, wants('a list of vendor:product such as ["1235:0113"]')).default([]);
};

/** As `lsusb` tells them. */
export const usbIds = usbList();

const wrongOrder = ({ holdMs, longHoldMs, stuckMs }: GestureTimes): Broken[] => {
  const broken = (key: string, text: string): Broken[] => [{ path: [key], code: 'out-of-range', text }];
  if (holdMs >= longHoldMs) {
    return broken('longHoldMs', `found ${longHoldMs}; allowed is more than holdMs, ${holdMs}`);
  }
  return stuckMs > longHoldMs
    ? []
    : broken('stuckMs', `found ${stuckMs}; allowed is more than longHoldMs, ${longHoldMs}`);
};

/** Milliseconds of the hand. */
export const times = optionalSection({
  bounceMs: whole(0, 200).default(0),
  holdMs: whole(100, 5000).default(600),
  longHoldMs: whole(500, 20_000).default(2000),
  doubleMs: whole(50, 2000).default(300),
  chordMs: whole(0, 500).default(60),
  /** Longer than the hold that asks to be learnt, `learnHoldMs`. */
  stuckMs: whole(6000, 600_000).default(10_000),
}).superRefine((value, context) => tell(context, wrongOrder(value)));

/** Bursts stay below the 4096 bytes of the kernel's buffer. */
export const pace = optionalSection({
  bytesPerSecond: whole(100, 1_000_000).default(20_000),
  burstBytes: whole(3, 4095).default(2000),
  gapMs: number(0, 1000).default(0),
  kindGapMs: number(0, 1000).default(0),
});
