import { type ThruRoute, thruLoop } from '../../../src/core/controller/thru-route.ts';

const route = (way: string): ThruRoute => {
  const [from = '', to = ''] = way.split('>');
  return { from, to };
};

test.each([[['a>b']], [['a>b', 'a>c', 'b>c']], [['a>c', 'b>c', 'c>d']], [[]]])('%j go round nowhere', (ways) => {
  expect(thruLoop(ways.map(route))).toBeUndefined();
});

test.each([
  [['a>a'], 'aa'],
  [['a>b', 'b>a'], 'aba'],
  [['a>b', 'c>d', 'd>e', 'e>c'], 'cdec'],
  [['a>b', 'b>b'], 'bb'],
])('%j go round, and the way is told', (ways, way) => {
  expect(thruLoop(ways.map(route))?.join('')).toBe(way);
});
