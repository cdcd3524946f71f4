import { Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { thru } from '../../src/streams/thru.ts';

describe('thru', () => {
  const notes = { n: [0x90, 36, 127], o: [0x80, 36, 0], s: [0xfe], c: [0xf8], x: [0xf0, 1, 2, 3, 0xf7] };

  test('passes all on at once, in order, but active sensing', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(({ hot, expectObservable }) => {
      const line = { from: 'a', to: 'b', messages$: hot('-n-s-(oc)-x|', notes), send: () => true };
      const passed = (bytes: readonly number[]) => ({ from: 'a', to: 'b', bytes, sent: true });
      expectObservable(thru([line])).toBe('              -n---(oc)-x|', {
        n: passed(notes.n),
        o: passed(notes.o),
        c: passed(notes.c),
        x: passed(notes.x),
      });
    });
  });

  test('keeps its routes apart: one whose port is away loses its own messages only, and says so', () => {
    const [a$, c$] = [new Subject<readonly number[]>(), new Subject<readonly number[]>()];
    const got: (readonly number[])[] = [];
    const said: unknown[] = [];
    const running = thru([
      { from: 'a', to: 'b', messages$: a$, send: () => false },
      { from: 'c', to: 'd', messages$: c$, send: (bytes) => got.push(bytes) > 0 },
    ]).subscribe(({ from, sent }) => said.push([from, sent]));
    a$.next(notes.n);
    c$.next(notes.x);
    running.unsubscribe();
    c$.next(notes.n);
    expect(got).toEqual([notes.x]);
    expect(said).toEqual([
      ['a', false],
      ['c', true],
    ]);
  });
});
