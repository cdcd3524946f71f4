import { setImmediate as turn } from 'node:timers/promises';
import { takingTurns } from '../../src/engine/devices/turns.ts';

test('what is called for each piece does it at once', () => {
  let done = 0;
  const work = takingTurns(() => {
    done += 1;
    return false;
  });
  work();
  work();
  expect(done).toBe(2);
});

test('what is left is done in turns of its own, though nobody calls again', async () => {
  let left = 3;
  const work = takingTurns(() => {
    left -= 1;
    return left > 0;
  });
  work();
  expect(left).toBe(2);
  await turn();
  await turn();
  await turn();
  expect(left).toBe(0);
});

test('under more work than can be done the thread gets round to what else there is, however often it is called', async () => {
  let done = 0;
  let heard = 0;
  const work = takingTurns(() => {
    done += 1;
    return true;
  });
  const { port1, port2 } = new MessageChannel();
  port1.on('message', () => {
    heard += 1;
  });
  for (let turns = 0; turns < 20; turns += 1) {
    port2.postMessage('a command');
    // As the driver's thread does meanwhile.
    for (let calls = 0; calls < 1000; calls += 1) work();
    await turn();
  }
  port1.close();
  expect(done).toBeLessThan(50);
  expect(heard).toBeGreaterThanOrEqual(19);
});
