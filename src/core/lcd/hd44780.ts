import { glyphRows } from './glyphs.ts';
import { columns, type Screen } from './screen.ts';

/**
 * The display's controller (Hitachi HD44780U, ADE-207-272(Z)) behind an eight-bit port of the I2C bus (NXP PCF8574), as nearly all such
 * displays are wired: each byte that is sent sets the port's pins.
 */
const pin = { register: 0x01, enable: 0x04, light: 0x08 } as const;

/** An instruction, or what is written where the last one pointed at. */
export type Write = { readonly register: 'instruction' | 'data'; readonly code: number };

/** Bytes for the port, and how long the controller needs afterwards. All else it has done (37 us, table 6) before the bus has brought the next byte (90 us). */
export type Piece = { readonly bytes: readonly number[]; readonly waitMs: number };

const instruction = (code: number): Write => ({ register: 'instruction', code });
const data = (code: number): Write => ({ register: 'data', code });

/** Four bits are taken when enable falls (450 ns after it rose at least; a byte takes 90 us); their register has to be told before it rises. */
const nibble = (upper: number, kept: number): readonly number[] => [upper | kept | pin.enable, upper | kept];

/** Writes as bytes for the port, the upper half of each first. */
export const encoded = (writes: readonly Write[], isLit: boolean): readonly number[] => {
  let last: Write['register'] | undefined;
  return writes.flatMap(({ register, code }) => {
    const kept = (register === 'data' ? pin.register : 0) | (isLit ? pin.light : 0);
    const turn = register === last ? [] : [kept];
    last = register;
    return [...turn, ...nibble(code & 0xf0, kept), ...nibble((code << 4) & 0xf0, kept)];
  });
};

const fourBits = instruction(0x28);
/** To the right, without shifting the display. */
const entryMode = instruction(0x06);
const glyphMemory = instruction(0x40);
const displayOn: Write = instruction(0x0c);

/**
 * Readies a display in whatever state it is (figure 24): three times eight bits, then four; two lines; and the glyphs. What it shows is left
 * alone, so that it can be done at any time: a display that lost its power, or count of the halves, cannot say so. One that was just
 * switched on stays dark until `shown`.
 */
export const readying = (isLit: boolean): readonly Piece[] => {
  const light = isLit ? pin.light : 0;
  return [
    { bytes: [light, ...nibble(0x30, light)], waitMs: 5 },
    { bytes: nibble(0x30, light), waitMs: 1 },
    { bytes: nibble(0x30, light), waitMs: 1 },
    { bytes: nibble(0x20, light), waitMs: 1 },
    { bytes: encoded([fourBits, entryMode, glyphMemory, ...glyphRows.map(data)], isLit), waitMs: 0 },
  ];
};

/** Switches on what was written. */
export const shown = (isLit: boolean): Piece => ({ bytes: encoded([displayOn], isLit), waitMs: 0 });

/** How long its own reset takes after the power came (10 ms, and 40 ms until 2.7 V on a slow supply). */
export const powerUpMs = 50;

/** The second line begins at address 0x40. */
const addressOf = (cell: number): Write => instruction(0x80 | (cell < columns ? cell : 0x40 + cell - columns));

/** What is on the display as far as is known. */
export type Believed = readonly (number | undefined)[];

export const unknownScreen: Believed = Array.from({ length: 2 * columns }, () => undefined);

/** Characters in one go: what is newer than the rest need not wait for it. */
const mostCells = 8;

/** The next characters that differ, as writes, and the display after them; undefined where nothing differs. */
export const nextWrites = (
  believed: Believed,
  wanted: Screen,
): { readonly writes: readonly Write[]; readonly believed: Believed } | undefined => {
  const cells = wanted.flatMap((code, cell) => (code === believed[cell] ? [] : [cell])).slice(0, mostCells);
  if (cells.length === 0) return undefined;
  const writes = cells.flatMap((cell, at) => {
    // It counts on by itself, but not from line to line.
    const follows = at > 0 && cells[at - 1] === cell - 1 && cell !== columns;
    return [...(follows ? [] : [addressOf(cell)]), data(wanted[cell] ?? 0x20)];
  });
  return { writes, believed: believed.map((code, cell) => (cells.includes(cell) ? wanted[cell] : code)) };
};
