/** The remainder that is never negative. */
export const modulo = (value: number, by: number): number => ((value % by) + by) % by;
