import fc from 'fast-check';
import { Contact } from '../../../src/adapters/gpio/contact.ts';

type Step = readonly [at: number, pressed: boolean];

/** What edges come to, looked at as soon as it is due, up to a time. */
const said = (edges: readonly Step[], end = 1000): string => {
  const contact = new Contact();
  const turns = edges.flatMap(([at, pressed], index) => {
    const before = contact.edge(pressed, at);
    const { dueAt } = contact;
    const next = edges[index + 1]?.[0] ?? end;
    return [...before, ...(dueAt !== undefined && dueAt < next ? contact.look(dueAt) : [])];
  });
  return turns.map(({ pressed, at }) => `${pressed ? 'down' : 'up'} ${at}`).join(', ');
};

const [down, up] = [true, false];

test.each<[string, readonly Step[], string]>([
  [
    'a clean stomp',
    [
      [0, down],
      [200, up],
    ],
    'down 0, up 200',
  ],
  [
    'bounces as it goes down',
    [
      [0, down],
      [0.2, up],
      [0.5, down],
      [3, up],
      [6, down],
      [200, up],
    ],
    'down 0, up 200',
  ],
  [
    'bounces as it comes up',
    [
      [0, down],
      [200, up],
      [201, down],
      [204, up],
    ],
    'down 0, up 200',
  ],
  [
    'a stomp too short for the lock',
    [
      [0, down],
      [12, up],
    ],
    'down 0, up 12',
  ],
  [
    'one that bounces across the end of the lock',
    [
      [0, down],
      [18, up],
      [21, down],
      [200, up],
    ],
    'down 0, up 200',
  ],
  [
    'a fast trill',
    [
      [0, down],
      [60, up],
      [120, down],
      [180, up],
    ],
    'down 0, up 60, down 120, up 180',
  ],
  ['a release first: it was down as the looper started', [[0, up]], ''],
  [
    'a release that was lost',
    [
      [0, down],
      [500, down],
    ],
    'down 0, up 500, down 500',
  ],
  [
    'a press that was lost',
    [
      [0, down],
      [200, up],
      [500, up],
      [600, down],
    ],
    'down 0, up 200, down 600',
  ],
  [
    'a repeated edge within the lock',
    [
      [0, down],
      [1, down],
      [200, up],
    ],
    'down 0, up 200',
  ],
])('%s', (_name, edges, expected) => expect(said(edges)).toBe(expected));

test('a loose wire says no more than fifty things a second', () => {
  const edges = Array.from({ length: 10_000 }, (_, at): Step => [at / 10, at % 2 === 0]);
  expect(said(edges).split(', ').length).toBeLessThanOrEqual(51);
});

test('whatever comes: down and up in turn, never back in time, and at last as the contact is', () => {
  const steps = fc.array(fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.boolean()), { minLength: 1 });
  fc.assert(
    fc.property(steps, (gaps) => {
      let now = 0;
      const edges = gaps.map(([gap, pressed]): Step => {
        now += gap;
        return [now, pressed];
      });
      const turns = said(edges, now + 100)
        .split(', ')
        .filter(Boolean)
        .map((turn) => turn.split(' '));
      expect(turns.every(([what], at) => what === (at % 2 === 0 ? 'down' : 'up'))).toBe(true);
      expect(turns.every(([, at], index) => Number(at) >= Number(turns[index - 1]?.[1] ?? 0))).toBe(true);
      expect(turns.length % 2 === 1).toBe(edges.at(-1)?.[1] ?? false);
    }),
  );
});
