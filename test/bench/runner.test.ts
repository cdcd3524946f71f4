import type { Found } from '../../src/bench/processes.ts';
import { runAll } from '../../src/bench/runner.ts';

const skipped: Found = { state: 'skipped', reason: 'no room' };

/** A run whose clock goes on by a second with each look, and which is stopped while a measurement is made, if so wished. */
const run = async (stopAt?: string) => {
  const told: (readonly [string, number])[] = [];
  let seconds = 0;
  let isStopped = false;
  const outcomes = await runAll({
    names: ['first', 'second', 'third'],
    measure: async (name) => {
      isStopped = name === stopAt;
      return name === 'second' ? { state: 'failed', reason: 'broken' } : skipped;
    },
    onBegin: (name, done) => told.push([name, done]),
    now: () => {
      seconds += 1;
      return seconds;
    },
    isStopped: () => isStopped,
  });
  return { told, outcomes };
};

test('all are made in their order, each told before, and one that fails does not keep the others', async () => {
  const { told, outcomes } = await run();
  expect(told).toEqual([
    ['first', 0],
    ['second', 1],
    ['third', 2],
  ]);
  expect(outcomes).toEqual([
    { name: 'first', seconds: 1, ...skipped },
    { name: 'second', seconds: 1, state: 'failed', reason: 'broken' },
    { name: 'third', seconds: 1, ...skipped },
  ]);
});

test('what was stopped is no outcome, and nothing comes after it', async () => {
  const { told, outcomes } = await run('second');
  expect(told.map(([name]) => name)).toEqual(['first', 'second']);
  expect(outcomes.map(({ name }) => name)).toEqual(['first']);
});
