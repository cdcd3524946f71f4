import { loadConfig } from '../../src/config/load.ts';
import { Folder, linesOf } from './files.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const load = (content: string) => loadConfig(folder.write('rig.yaml', content));
const linesFor = (content: string) => linesOf(() => load(content), folder.path);

describe('what is allowed is taken over', () => {
  test.each([
    ['lcd: { enabled: true }', { lcd: { enabled: true, bus: 1, address: 0x27 } }],
    ['lcd: { bus: 0, address: 0x3f }', { lcd: { bus: 0, address: 0x3f } }],
    ['gpio: { enabled: true, switches: [5] }', { gpio: { enabled: true, switches: [5], lamps: [] } }],
    ['gpio: { enabled: true, lamps: [22] }', { gpio: { switches: [], lamps: [22] } }],
    ['gpio: { chip: gpiochip4, pull: none, pressed: high, lit: low }', { gpio: { pull: 'none', lit: 'low' } }],
    ['gpio: { switches: ~ }', { gpio: { enabled: false, switches: [] } }],
  ])('%s', (content, expected) => expect(load(content)).toMatchObject(expected));
});

describe('mistakes say what is allowed', () => {
  const address = '0x20 to 0x27 (PCF8574) or 0x38 to 0x3f (PCF8574A)';
  test.each([
    ['lcd: { address: 27 }', `rig.yaml:1:17 lcd.address: found 27; allowed is ${address}; write 0x27`],
    ['lcd: { address: 0x28 }', `rig.yaml:1:17 lcd.address: found 40; allowed is ${address}`],
    ['lcd: { address: "0x27" }', `rig.yaml:1:17 lcd.address: found the text "0x27"; allowed is ${address}`],
    ['lcd: { bus: -1 }', 'rig.yaml:1:13 lcd.bus: found -1; allowed is a whole number from 0 to 255'],
    [
      'gpio: { enabled: true }',
      'rig.yaml:1:1 gpio.switches: names no pin; allowed is a list such as [5, 6, 13]; name the pins of your switches',
    ],
    [
      'gpio: { switches: [5, 6], lamps: [22, 6] }',
      'rig.yaml:1:39 gpio.lamps[1]: pin 6 is named twice; a pin is one switch or one lamp; take one of them out',
    ],
    ['gpio: { switches: [64] }', 'rig.yaml:1:20 gpio.switches[0]: found 64; allowed is a whole number from 0 to 63'],
    [
      'gpio: { chip: /dev/gpiochip0 }',
      'rig.yaml:1:15 gpio.chip: found the text "/dev/gpiochip0"; allowed is the name of a GPIO chip, such as gpiochip0; write it without /dev/',
    ],
    [
      'gpio: { pull: Up }',
      'rig.yaml:1:15 gpio.pull: found the text "Up"; allowed is up, down or none; did you mean `up`?',
    ],
  ])('%s', (content, line) => expect(linesFor(content)).toEqual([line]));

  test('a list of too many pins', () => {
    const many = Array.from({ length: 33 }, (_, at) => at);
    expect(linesFor(`gpio: { lamps: [${many}] }`)).toEqual([
      'rig.yaml:1:16 gpio.lamps: names more than 32 pins; allowed are 32; take some out',
    ]);
  });
});

describe('a switch or a lamp is no wire of the display', () => {
  const pinWords = (pin: number): string =>
    `pin ${pin} is a wire of the display: I2C bus 1 has pins 2 and 3; allowed are all others while lcd.enabled is true; name another pin, or write false there`;
  const display = 'lcd: { enabled: true }';

  test.each([
    ['gpio: { enabled: true, switches: [5, 2] }', [`rig.yaml:1:38 gpio.switches[1]: ${pinWords(2)}`]],
    [
      'gpio: { enabled: true, chip: gpiochip4, switches: [3], lamps: [2] }',
      [`rig.yaml:1:52 gpio.switches[0]: ${pinWords(3)}`, `rig.yaml:1:64 gpio.lamps[0]: ${pinWords(2)}`],
    ],
  ])('%s', (content, lines) => expect(linesFor(`${content}\n${display}`)).toEqual(lines));

  test('which is told beside other mistakes', () => {
    const told = linesFor(`gpio: { enabled: true, switches: [3] }\n${display}\nlog: { level: loud }`);
    expect(told).toEqual([
      `rig.yaml:1:35 gpio.switches[0]: ${pinWords(3)}`,
      expect.stringMatching(/^rig\.yaml:3:15 log\.level: /),
    ]);
  });

  test.each([
    ['gpio: { enabled: true, switches: [2, 3] }', 'without a display'],
    ['gpio: { enabled: true, switches: [2, 3] }\nlcd: { enabled: true, bus: 3 }', 'with one on another bus'],
    ['gpio: { switches: [2, 3] }\nlcd: { enabled: true }', 'where nothing is on the pins'],
    ['gpio: { enabled: true, chip: gpiochip2, switches: [2, 3] }\nlcd: { enabled: true }', 'on a chip of its own'],
  ])('%s: %s they are free', (content) => expect(() => load(content)).not.toThrow());
});
