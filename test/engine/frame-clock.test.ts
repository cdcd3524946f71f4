import { SharedClock } from '../../src/engine/frame-clock.ts';

const rate = 48000;

describe('the shared clock', () => {
  const clock = () => new SharedClock(new SharedArrayBuffer(SharedClock.bytes));

  test('is at frame 0 before the first block', () => {
    expect(clock().frameAt(123456)).toBe(0);
  });

  test('gives the frame at a time before and after the last block', () => {
    const shared = clock();
    shared.write({ frame: 48256 }, 256, { time: 1000, msPerFrame: 1000 / rate });
    expect([shared.frameAt(1000), shared.frameAt(1005), shared.frameAt(990)]).toEqual([48000, 48240, 47520]);
  });

  test('is never ahead of what the device has taken: a stomp is not later than what it brings about', () => {
    const shared = clock();
    shared.write({ frame: 48256 }, 256, { time: 1000, msPerFrame: 1000 / rate });
    expect([shared.frameAt(1010), shared.taken]).toEqual([48256, 48256]);
  });

  test('is never before the first frame', () => {
    const shared = clock();
    shared.write({ frame: 512 }, 256, { time: 1000, msPerFrame: 1000 / rate });
    expect(shared.frameAt(0)).toBe(0);
  });

  test('is the same for a reader of the same memory, and for one who comes upon a write that never ended', () => {
    const shared = clock();
    shared.write({ frame: 96256 }, 256, { time: 2000, msPerFrame: 1000 / rate });
    new Int32Array(shared.buffer)[0] = 7;
    expect(new SharedClock(shared.buffer).frameAt(2000)).toBe(96000);
  });
});
