import { analyse } from '../../../src/adapters/calibration/analyse.ts';
import { pngOf } from '../../../src/adapters/calibration/png.ts';
import { probeOf } from '../../../src/core/sound/probe.ts';
import { randomOf, slam, white } from './noises.ts';
import { add, arriving, recordingOf } from './path.ts';

const rate = 48_000;
const probe = probeOf(rate);

const recorded = (gain = 0.2) => {
  const sound = arriving(probe, [{ frames: 874, gain }]);
  const recording = recordingOf(probe, rate, () => sound, 1);
  const noise = white(randomOf(2));
  add(recording, 1, (frame) => 1e-3 * noise(frame));
  return recording;
};

/** What is to be read in the picture. */
const wordsIn = (svg: string): string => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words]) => words).join('\n');

const count = (svg: string, part: string): number => svg.split(part).length - 1;

const good = '#45d88a';
const bad = '#ffa94d';
/** How often a triangle of a colour is drawn. */
const arrows = (svg: string, colour: string): number => count(svg, `Z" fill="${colour}"`);

test('the picture of a result says the latency, its spread and its confidence, and shows each burst', () => {
  const { measurement, svg } = analyse(recorded());
  expect(measurement).toMatchObject({ ok: true, latencyFrames: 874, side: 1 });
  for (const words of [
    '18.21 ms',
    '874 frames at 48 kHz',
    'right input',
    'all 8 bursts agree',
    'confidence 9',
    'noise floor -60 dB',
  ]) {
    expect(wordsIn(svg)).toContain(words);
  }
  expect(arrows(svg, good)).toBe(9);
  expect(arrows(svg, bad)).toBe(0);
});

test('outliers are named, and drawn in another colour', () => {
  const recording = recorded(0.02);
  slam(recording, 1, (probe.starts[2] ?? 0) + 500, randomOf(4));
  const { measurement, svg } = analyse(recording);
  expect(measurement).toMatchObject({ ok: true, latencyFrames: 874 });
  expect(wordsIn(svg)).toContain('not counted: burst 3');
  expect(arrows(svg, bad)).toBe(2);
});

test('the picture of a refusal says what is wrong and what to do', () => {
  const { measurement, svg } = analyse({ rate, samples: new Float32Array(2 * probe.frames) });
  expect(measurement).toMatchObject({ ok: false, code: 'no-signal' });
  expect(wordsIn(svg)).toContain('no latency: no-signal');
  expect(wordsIn(svg)).toContain('it hears nothing at all');
  expect(wordsIn(svg)).toContain('connect the output to the input');
});

test.each([44_100, 48_000, 96_000])(
  'at %i Hz the picture is small, whole, and needs nothing from elsewhere',
  (otherRate) => {
    const other = probeOf(otherRate);
    const noise = white(randomOf(1));
    const recording = { rate: otherRate, samples: new Float32Array(2 * other.frames) };
    add(recording, 0, (frame) => 0.3 * noise(frame));
    const { svg } = analyse(recording);
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|href|url\(|@import|<script|<image/);
    expect(svg.match(/https?:\/\/[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  },
);

test('the PNG is of the size that the picture says, and its words are drawn', () => {
  const { svg } = analyse(recorded());
  const png = Buffer.from(pngOf(svg));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 540]);
  expect(png.length).toBeLessThan(150_000);
  // Without its font the words would be missing, and the same picture without words just as large.
  const wordless = pngOf(svg.replace(/<text.*?<\/text>/g, ''));
  expect(png.length - wordless.length).toBeGreaterThan(5000);
});
