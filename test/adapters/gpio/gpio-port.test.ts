import { monotonicNow } from '../../../src/engine/monotonic.ts';
import { Pedal, until } from './a-pedal.ts';

const pedals: Pedal[] = [];
const pedal = (...made: ConstructorParameters<typeof Pedal>): Pedal => {
  const one = new Pedal(...made);
  one.listen();
  pedals.push(one);
  return one;
};
afterEach(async () => {
  for (const one of pedals.splice(0)) await one.close();
});

const taken = ({ messages }: Pedal) => messages.splice(0).map(({ bytes, time }) => [...bytes, time]);

test('gpiomon is asked for edges of the pins, with their own time and the resistors', async () => {
  const on = pedal();
  await on.open();
  expect(on.args()).toEqual([
    ...['--chip=gpiochip0', '--banner', '--edges=both', '--event-clock=monotonic', '--consumer=hindsight'],
    ...['--bias=pull-up', '--format=%o %e %S', '5', '6', '13'],
  ]);
});

test('the first switch is note 36, and so on; one that is left out has a note, too', async () => {
  const on = pedal();
  await on.open();
  const at = monotonicNow();
  for (const [index, pin] of [5, 6, 13].entries()) {
    await on.edge(pin, 'low', at + index * 100);
    await on.edge(pin, 'high', at + index * 100 + 50);
  }
  await until(() => on.messages.length === 6);
  expect(taken(on).map((message) => message.slice(0, 3))).toEqual([
    [0x90, 36, 127],
    [0x80, 36, 0],
    [0x90, 37, 127],
    [0x80, 37, 0],
    [0x90, 39, 127],
    [0x80, 39, 0],
  ]);
});

test('a stomp has the time of the kernel, to the microsecond, however late it is heard of', async () => {
  const on = pedal();
  await on.open();
  await on.edge(5, 'low', 123_456.789);
  await until(() => on.messages.length === 1);
  expect(taken(on)[0]?.[3]).toBeCloseTo(123_456.789, 6);
});

test('a switch that opens, or goes to 3.3 V, is pressed while its pin is high', async () => {
  const on = pedal({ pressed: 'high', pull: 'down' });
  await on.open();
  expect(on.args()).toContain('--bias=pull-down');
  await on.edge(5, 'high', 1000);
  await until(() => on.messages.length === 1);
  expect(taken(on)).toEqual([[0x90, 36, 127, 1000]]);
});

test('a release within the time of bouncing comes by itself', async () => {
  const on = pedal();
  await on.open();
  const at = monotonicNow();
  await on.write(`5 2 ${(at / 1000).toFixed(9)}\n5 1 ${(at / 1000 + 0.01).toFixed(9)}\n`);
  await until(() => on.messages.length === 2);
  expect(taken(on).map(([status]) => status)).toEqual([0x90, 0x80]);
});

test('lamps are lit by a value above 0, and those that were left out are none', async () => {
  const on = pedal();
  await on.open();
  expect(on.lamps.shown()).toBe('22 23');
  expect([
    on.port.send([0x90, 36, 127]),
    on.port.send([0x90, 37, 127]),
    on.port.send([0x90, 39, 1]),
    on.port.send([0x90, 99, 1]),
  ]).toEqual([true, true, true, true]);
  expect(on.lamps.shown()).toBe('22* 23*');
  on.port.send([0x90, 36, 0]);
  on.port.send([0x80, 39, 64]);
  expect(on.lamps.shown()).toBe('22 23');
});

test('without lamps nothing can be sent, and none are asked for', async () => {
  const on = pedal({ lamps: [] });
  await on.open();
  expect([on.port.send([0x90, 36, 1]), on.lamps.asked, on.connects]).toEqual([false, 0, 1]);
});

test('without switches there are lamps alone', async () => {
  const on = pedal({ switches: [] });
  on.port.open();
  expect([on.port.isConnected, on.connects, on.port.send([0x90, 36, 1]), on.lamps.shown()]).toEqual([
    ...[true, 1, true],
    '22* 23',
  ]);
});

test('a tool that dies is started again, and all lamps are to be sent anew', async () => {
  const on = pedal();
  await on.open();
  await on.killTool();
  expect(on.port.send([0x90, 36, 1])).toBe(false);
  await until(() => on.port.isConnected);
  expect([on.connects, on.lamps.asked]).toEqual([2, 1]);
  await on.edge(6, 'low', 5000);
  await until(() => on.messages.length === 1);
  expect(taken(on)).toEqual([[0x90, 37, 127, 5000]]);
  expect(on.said).toEqual([
    'info gpio: switches on pins 5, 6, 13 of gpiochip0',
    'info gpio: lamps on pins 22, 23 of gpiochip0',
    'warn gpio: no switches: gpiomon has ended (SIGKILL); trying again',
    'info gpio: switches on pins 5, 6, 13 of gpiochip0',
  ]);
});

describe('what is missing is said once, with what to do', () => {
  test('the tool', () => {
    const on = pedal();
    on.port.open();
    expect(on.said).toEqual(['warn gpio: no switches: there is no gpiomon; install gpiod; trying again']);
  });

  test('the chip', () => {
    const on = pedal();
    on.installTool();
    on.port.open();
    expect(on.said).toEqual([
      'warn gpio: no switches: there is no /gpiochip0; gpiodetect lists what there is; trying again',
    ]);
  });

  test('the right to use it, in the words of the tool', async () => {
    const on = pedal();
    on.installTool();
    on.plugChip();
    on.refuse("unable to open chip '/dev/gpiochip0': Permission denied");
    on.port.open();
    await until(() => on.said.length > 0);
    expect(on.said).toEqual([
      "warn gpio: no switches: gpiomon has ended (unable to open chip '/dev/gpiochip0': Permission denied); join the group gpio; trying again",
    ]);
  });

  test('version 2 of it', async () => {
    const on = pedal();
    on.installTool();
    on.plugChip();
    on.refuse("unrecognized option '--chip=gpiochip0'");
    on.port.open();
    await until(() => on.said.length > 0);
    expect(on.said).toEqual([
      "warn gpio: no switches: gpiomon has ended (unrecognized option '--chip=gpiochip0'); it has to be of gpiod 2, as in Debian 13; trying again",
    ]);
  });

  test('lamps, without which the switches can be played', async () => {
    const on = pedal();
    on.lamps.refusal = 'the pins 22, 23 cannot be had (EBUSY)';
    await on.open();
    await on.edge(5, 'low', 1000);
    await until(() => on.messages.length === 1);
    expect([on.port.send([0x90, 36, 1]), on.connects]).toEqual([false, 1]);
    expect(on.said).toEqual([
      'info gpio: switches on pins 5, 6, 13 of gpiochip0',
      'warn gpio: no lamps: the pins 22, 23 cannot be had (EBUSY); trying again',
    ]);
  });
});

test('lamps that fail while they are lit are let go of, and said once', async () => {
  const on = pedal();
  await on.open();
  on.lamps.refusal = 'the lamp on pin 22 cannot be set (EIO)';
  expect([on.port.send([0x90, 36, 1]), on.port.send([0x90, 36, 0]), on.lamps.isHeld]).toEqual([false, false, false]);
  expect(on.said.filter((line) => line.startsWith('warn'))).toEqual([
    'warn gpio: no lamps: the lamp on pin 22 cannot be set (EIO); trying again',
  ]);
});

test('at the end all pins are let go of, and the tool has ended', async () => {
  const on = pedal();
  await on.open();
  await on.port.close();
  expect([on.lamps.isHeld, on.port.isConnected, on.port.send([0x90, 36, 1])]).toEqual([false, false, false]);
  expect(on.said.filter((line) => line.startsWith('warn'))).toEqual([]);
});
