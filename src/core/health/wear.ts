import type { Wear } from './figures.ts';

const reserves = ['unknown', 'normal', 'warning', 'urgent'] as const;

const numbersIn = (text: string | undefined): readonly number[] =>
  (text ?? '')
    .trim()
    .split(/\s+/)
    .map((word) => Number.parseInt(word, 16))
    .filter(Number.isFinite);

/**
 * What the kernel tells of an eMMC: `life_time` such as `0x01 0x02`, tenths of its life for two kinds of cells, 0x0b beyond it; `pre_eol_info` such
 * as `0x01`, of its reserve (docs.kernel.org/driver-api/mmc/mmc-dev-attrs.html). Null where it tells neither: SD cards do not.
 */
export const wearIn = (lifeTime: string | undefined, preEol: string | undefined): Wear | null => {
  const tenths = Math.max(0, ...numbersIn(lifeTime).filter((value) => value <= 0x0b));
  const reserve = reserves[numbersIn(preEol)[0] ?? 0] ?? 'unknown';
  if (tenths === 0 && reserve === 'unknown') return null;
  return { lifeUsed: tenths === 0 ? null : tenths / 10, reserve };
};
