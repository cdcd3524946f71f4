import { fitInput, fitOutput } from '../../src/engine/devices/fit.ts';

const block = Float32Array.of(0.1, 0.2, 0.3, 0.4);

test('where the interface has what is wanted nothing is touched', () => {
  expect([fitInput(2, 2).channels, fitInput(2, 8).channels, fitInput(1, 1).channels]).toEqual([2, 2, 1]);
  expect(fitInput(2, 2).fit(block, 2)).toBe(block);
  expect(fitOutput(2, 4).fit(block, 2)).toBe(block);
});

test('an input of one channel is heard on both sides', () => {
  const fitted = fitInput(2, 1);
  expect([fitted.channels, fitted.fit(block, 4)]).toEqual([1, Float32Array.of(0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4)]);
});

test('an output of one channel plays the mean of both sides', () => {
  const fitted = fitOutput(2, 1);
  const [first, second] = fitted.fit(block, 2);
  expect([fitted.channels, first, second]).toEqual([1, expect.closeTo(0.15, 6), expect.closeTo(0.35, 6)]);
});
