import { VirtualTimeScheduler } from 'rxjs';
import type { Pace } from '../../src/core/controller/profile.ts';
import type { Task } from '../../src/core/lamps/task.ts';
import { LampSender } from '../../src/streams/lamps.ts';

const pace: Pace = { bytesPerSecond: 1000, burstBytes: 6, gapMs: 0, kindGapMs: 0 };

/** A sender to a device that is there until `isThere` says otherwise. */
const sending = (changed: Partial<Pace> = {}) => {
  const scheduler = new VirtualTimeScheduler();
  const clock = { now: () => scheduler.now() };
  const device = { isThere: true, got: [] as string[], missed: 0 };
  const send = (bytes: readonly number[], frame: number | undefined): boolean => {
    if (device.isThere)
      device.got.push(`${scheduler.now()} ${bytes.join('-')}${frame === undefined ? '' : ` @ ${frame}`}`);
    else device.missed += 1;
    return device.isThere;
  };
  const sender = new LampSender({ ...pace, ...changed }, send, clock, scheduler);
  const pass = (ms: number): string[] => {
    scheduler.maxFrames = scheduler.now() + ms;
    const until = scheduler.maxFrames;
    scheduler.flush();
    scheduler.frame = until;
    return device.got.splice(0);
  };
  return { sender, device, pass, scheduler };
};

const lamps = (...values: readonly number[]): readonly Task[] =>
  values.map((value, index) => ({ id: `lamp-${index}`, messages: [[0x90, index, value]] }));

describe('the lamps of a controller', () => {
  test('go out at once as far as they can, with the frame that they tell of, and the rest as it can', () => {
    const { sender, device, pass } = sending();
    sender.show(() => lamps(1, 2, 3, 4), 99);
    expect(device.got).toEqual(['0 144-0-1 @ 99', '0 144-1-2 @ 99']);
    expect(pass(100).slice(2)).toEqual(['3 144-2-3', '6 144-3-4']);
  });

  test('are the newest ones: what a newer picture has overtaken is not sent', () => {
    const { sender, pass } = sending();
    sender.show(() => lamps(1, 1, 1, 1));
    pass(1);
    sender.show(() => lamps(1, 1, 1, 5));
    sender.show(() => lamps(1, 1, 7, 1));
    expect(pass(100)).toEqual(['3 144-2-7', '6 144-3-1']);
  });

  test('are sent once: nothing goes while nothing changes', () => {
    const { sender, pass } = sending();
    sender.show(() => lamps(1, 2));
    pass(100);
    sender.show(() => lamps(1, 2));
    expect(pass(100)).toEqual([]);
  });

  test('are sent anew once they are forgotten, and one of them once it is doubted', () => {
    const { sender, pass } = sending();
    sender.show(() => lamps(1, 2));
    pass(100);
    sender.doubt('lamp-1', 5);
    expect(pass(100)).toEqual(['100 144-1-2 @ 5']);
    sender.forget();
    sender.show(() => lamps(1, 2));
    expect(pass(100)).toEqual(['200 144-0-1', '200 144-1-2']);
  });

  test('are not tried again and again at a device that is gone, and all go out when it is back', () => {
    const { sender, device, pass, scheduler } = sending();
    device.isThere = false;
    sender.show(() => lamps(1, 2, 3, 4));
    expect(pass(1000)).toEqual([]);
    expect([device.missed, scheduler.actions.length]).toEqual([1, 0]);
    device.isThere = true;
    sender.forget();
    sender.show(() => lamps(1, 2, 3, 4));
    expect(pass(100)).toHaveLength(4);
  });

  test('keep their order and their pace when a gap has to be kept', () => {
    const { sender, pass } = sending({ gapMs: 10, burstBytes: 2000 });
    sender.show(() => lamps(1, 2, 3));
    expect(pass(100)).toEqual(['0 144-0-1', '10 144-1-2', '20 144-2-3']);
  });

  test('end with a last thing, all of it and in its pace, whatever was shown', async () => {
    const { sender, pass } = sending();
    sender.show(() => lamps(1, 2, 3, 4));
    pass(100);
    let isOut = false;
    void sender.end(lamps(1, 2, 0, 0)).then(() => {
      isOut = true;
    });
    await Promise.resolve();
    expect(isOut).toBe(false);
    expect(pass(100)).toEqual(['100 144-0-1', '100 144-1-2', '103 144-2-0', '106 144-3-0']);
    await Promise.resolve();
    expect(isOut).toBe(true);
  });

  test('are given up at the end where the device takes too long, or is gone', async () => {
    const slow = sending({ gapMs: 400 });
    const ends = [slow.sender.end(lamps(1, 2, 3, 4))];
    expect(slow.pass(1000)).toHaveLength(2);
    const gone = sending();
    gone.device.isThere = false;
    ends.push(gone.sender.end(lamps(1)));
    await Promise.all(ends);
    expect([slow.scheduler.actions.length, gone.scheduler.actions.length]).toEqual([0, 0]);
  });
});
