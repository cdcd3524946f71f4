import { edgeIn, Lines } from '../../../src/adapters/gpio/edges.ts';

test.each([
  ['5 1     1234.000000001', { pin: 5, isHigh: true, at: 1_234_000.000_001 }],
  ['13 2 86400001.500000000', { pin: 13, isHigh: false, at: 86_400_001_500 }],
  ["Monitoring line '5'...", undefined],
  ['5 3     1234.000000001', undefined],
  ['5 1     1234', undefined],
  ['', undefined],
])('%j', (line, edge) => expect(edgeIn(line)).toEqual(edge));

test('lines are put together from pieces', () => {
  const lines = new Lines();
  expect(['5 1', ' 2.0\n6', ' 1 3.0\n\n7'].map((piece) => lines.take(piece))).toEqual([
    [],
    ['5 1 2.0'],
    ['6 1 3.0', ''],
  ]);
});

test('what has no end fills no memory', () => {
  const lines = new Lines();
  for (let at = 0; at < 100; at += 1) lines.take('x'.repeat(10_000));
  expect(lines.take('\n')[0]?.length).toBeLessThanOrEqual(1000);
});
