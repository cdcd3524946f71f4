/** Colours on the picture's dark ground. Sound is blue, what agrees green, what does not orange. */
export const colours = {
  ground: '#0d1218',
  panel: '#141b24',
  lines: '#2b3644',
  faint: '#8494a7',
  plain: '#e8eef5',
  sound: '#3a8fd2',
  good: '#45d88a',
  bad: '#ffa94d',
  floor: '#e3cdff',
} as const;

/** Where a part of the picture lies, in pixels. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** A coordinate, short: a tenth of a pixel is enough. */
export const short = (value: number): string => String(Math.round(value * 10) / 10);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

type Look = {
  readonly size?: number;
  readonly colour?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Dark around the letters, for words that lie on sound. */
  readonly halo?: boolean;
};

const haloLook = `stroke="${colours.ground}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;

export const text = (x: number, y: number, words: string, look: Look = {}): string => {
  const { size = 13, colour = colours.faint, anchor = 'start', halo = false } = look;
  const place = `x="${short(x)}" y="${short(y)}"`;
  const ends = `fill="${colour}" text-anchor="${anchor}"`;
  return `<text ${place} font-size="${size}" ${ends}${halo ? ` ${haloLook}` : ''}>${escaped(words)}</text>`;
};

export const path = (steps: string, colour: string, more = ''): string =>
  `<path d="${steps}" fill="none" stroke="${colour}" ${more}/>`;

export const line = (x1: number, y1: number, x2: number, y2: number, colour: string, more = ''): string =>
  path(`M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`, colour, more);

export const dashed = 'stroke-dasharray="5 4"';

/** A small triangle whose tip is at the place. */
export const arrow = (x: number, y: number, way: 'up' | 'down', colour: string): string => {
  const base = way === 'up' ? y + 9 : y - 9;
  return `<path d="M${short(x)} ${short(y)}L${short(x - 5)} ${short(base)}H${short(x + 5)}Z" fill="${colour}"/>`;
};

export const panel = ({ left, top, width, height }: Box, title: string): string =>
  `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="3" fill="${colours.panel}"/>` +
  text(left, top - 9, title, { colour: colours.plain });

export const decibels = (share: number): number =>
  share === 0 ? Number.NEGATIVE_INFINITY : 20 * Math.log10(Math.abs(share));

export const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value));
