import fc from 'fast-check';
import { PlayedTime } from '../../src/streams/played-time.ts';

test('what is due is done when it is due, in order, and time stands where it was played to', () => {
  const time = new PlayedTime();
  const done: string[] = [];
  const at = (ms: number, name: string) =>
    time.scheduler.schedule(() => void done.push(`${name} ${time.scheduler.now()}`), ms);
  at(30, 'c');
  at(10, 'a');
  at(20, 'b').unsubscribe();
  expect(time.nextAt).toBe(10);
  time.advanceTo(9.5);
  expect([done, time.scheduler.now()]).toEqual([[], 9.5]);
  time.advanceTo(10);
  expect([done, time.nextAt]).toEqual([['a 10'], 30]);
  time.advanceTo(100);
  expect([done, time.nextAt, time.scheduler.now()]).toEqual([['a 10', 'c 30'], undefined, 100]);
});

test('what something that is due brings about is counted from its own moment, not from where time is played to', () => {
  const time = new PlayedTime();
  const done: number[] = [];
  time.advanceTo(5);
  time.scheduler.schedule(() => {
    done.push(time.scheduler.now());
    time.scheduler.schedule(() => void done.push(time.scheduler.now()), 7);
  }, 10);
  time.advanceTo(1000);
  expect(done).toEqual([15, 22]);
});

test('in steps of any size the same happens at the same times', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 });
  const jobs = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 });
  fc.assert(
    fc.property(steps, jobs, (list, delays) => {
      const time = new PlayedTime();
      const done: number[] = [];
      for (const delay of delays) time.scheduler.schedule(() => void done.push(time.scheduler.now()), delay);
      let at = 0;
      for (const step of list) {
        at += step;
        time.advanceTo(at);
      }
      expect(done).toEqual(delays.filter((delay) => list.length > 0 && delay <= at).toSorted((a, b) => a - b));
    }),
  );
});
