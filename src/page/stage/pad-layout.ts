/** How the pads lie: so many in a bank, so that each is large enough for a thumb and to be read from two metres. */
type PadLayout = { readonly perBank: number; readonly columns: number; readonly rows: number };

const smallest = { width: 84, height: 84 } as const;
/** As many are on one screen whatever its size, as under one foot. */
const alwaysTogether = 8;
/** A pad has a ring and a number side by side. */
const bestAspect = 1.4;

/** Controllers have rows of eight: banks of as many are where the foot thinks them. */
const roundUpToEight = (count: number, most: number): number => Math.min(most, Math.ceil(count / 8) * 8);

const perBankOf = (count: number, width: number, height: number): number => {
  const most = Math.max(1, Math.floor(width / smallest.width) * Math.floor(height / smallest.height));
  if (count <= Math.max(most, alwaysTogether)) return count;
  const whole = most >= 8 ? most - (most % 8) : most;
  return roundUpToEight(Math.ceil(count / Math.ceil(count / whole)), whole);
};

/** Pads lie so that the largest fit; what does not fit lies in banks, since who scrolls with a pad under the thumb stomps. Pure. */
export const padLayout = (count: number, width: number, height: number): PadLayout => {
  const perBank = perBankOf(count, width, height);
  const score = (columns: number): number => {
    const rows = Math.ceil(perBank / columns);
    // A row with gaps in it looks like tracks that are missing.
    const filled = (perBank / (columns * rows)) ** 3;
    const low = Math.min(1, height / rows / smallest.height) ** 2;
    return Math.min(width / columns / bestAspect, height / rows) * filled * low;
  };
  const all = Array.from({ length: perBank }, (_, index) => index + 1);
  const columns = all.reduce((best, one) => (score(one) > score(best) ? one : best), 1);
  return { perBank, columns, rows: Math.ceil(perBank / columns) };
};

/** The tracks of each bank, by their numbers from 1. */
export const banksOf = (count: number, perBank: number): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(count / perBank) }, (_, bank) =>
    Array.from({ length: Math.min(perBank, count - bank * perBank) }, (_, index) => bank * perBank + index + 1),
  );
