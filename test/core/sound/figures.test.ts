import type { Figures } from '../../../src/core/sound/figures.ts';
import { figuresText } from '../../../src/core/sound/figures.ts';

const figures: Figures = {
  xruns: 2,
  framesLost: 960,
  lateBlocks: 3,
  interfaceLosses: 4,
  longestStallMs: 12.34,
  worstBlockMs: 0.56,
  worstWakeUpMs: 0.78,
  worstBlockLatelyMs: 0.34,
  computingMs: 1234,
  jitterMs: 0.04,
  jitterP99Ms: 1.25,
  collections: 7,
  collectionMs: 8.91,
  clippedSamples: 11,
};

test('how the sound has fared is one line with each figure and its unit', () => {
  expect(figuresText(figures)).toBe(
    'sound: 2 xruns (960 frames lost); 3 blocks late; 4 times without the interface; longest stall 12.3 ms; ' +
      'worst wake-up 0.8 ms; slowest block 0.6 ms, lately 0.3 ms; 1.2 s of computing; jitter 0.0 ms, p99 1.3 ms; 7 garbage collections, 8.9 ms in all; 11 samples clipped',
  );
});

test('every figure is in it: each changes the line', () => {
  for (const name of Object.keys(figures) as (keyof Figures)[]) {
    expect(figuresText({ ...figures, [name]: 99 })).not.toBe(figuresText(figures));
  }
});
