import { TestScheduler } from 'rxjs/testing';
import { commands } from '../../src/streams/commands.ts';
import { generic } from '../core/lamps/profiles.ts';

test('each press is a command at its frame, in the order of the messages; releases and strangers fall away', () => {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(({ hot, expectObservable }) => {
    const messages$ = hot('a-b-c-(dd)-e-|', {
      a: { frame: 100, bytes: [0x90, 36, 127] },
      b: { frame: 200, bytes: [0x90, 36, 0] },
      c: { frame: 300, bytes: [0xfe] },
      d: { frame: 300, bytes: [0x99, 37, 1] },
      e: { frame: 250, bytes: [0xb0, 21, 0] },
    });
    expectObservable(commands(generic, messages$)).toBe('a-----(dd)-e-|', {
      a: { frame: 100, command: { type: 'stomp', track: 1 } },
      d: { frame: 300, command: { type: 'stomp', track: 2 } },
      e: { frame: 250, command: { type: 'setBars', bars: 1 } },
    });
  });
});
