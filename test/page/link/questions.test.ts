import { jest } from '@jest/globals';
import { type Heard, Questions } from '../../../src/page/link/questions.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const done = (id: number): Heard & { type: 'done' } => ({ type: 'done', id, seq: 7 });

test('an answer finds its question, whichever was asked first', async () => {
  const questions = new Questions();
  const heard = Promise.all([questions.asked(1, 1000), questions.asked(2, 1000)]);
  questions.heard(done(2));
  questions.heard(done(1));
  expect(await heard).toEqual([done(1), done(2)]);
});

test('what is not answered in time is overdue, and an answer that comes later is nobody’s', async () => {
  const questions = new Questions();
  const heard = questions.asked(1, 1000);
  jest.advanceTimersByTime(1000);
  questions.heard(done(1));
  expect(await heard).toEqual({ type: 'overdue' });
});

test('a line that is let go of settles all that is open, and nothing that is asked later', async () => {
  const questions = new Questions();
  const heard = Promise.all([questions.asked(1, 1000), questions.asked(2, 1000)]);
  questions.cutOff();
  const next = questions.asked(3, 1000);
  questions.heard(done(3));
  expect(await heard).toEqual([{ type: 'cutOff' }, { type: 'cutOff' }]);
  expect(await next).toEqual(done(3));
  expect(jest.getTimerCount()).toBe(0);
});

test('a complaint about no question in particular answers none', async () => {
  const questions = new Questions();
  const heard = questions.asked(1, 1000);
  questions.heard({ type: 'error', id: null, code: 'too-many', reason: 'send fewer' });
  jest.advanceTimersByTime(1000);
  expect(await heard).toEqual({ type: 'overdue' });
});
