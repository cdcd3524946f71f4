import {
  type AudioInterface,
  chooseInterface,
  describe as inWords,
  likeliestInterface,
} from '../../../src/adapters/audio/choose.ts';
import { UserError } from '../../../src/core/errors.ts';

const card = (
  id: number,
  name: string,
  alsaId: string | undefined,
  more: Partial<AudioInterface> = {},
): AudioInterface => ({
  ...{ id, name, alsaId, identity: alsaId ?? name, usb: false, inputs: 2, outputs: 2, rate: 48_000 },
  ...more,
});

const board = card(0, 'bcm2835 Headphones: - (hw:0,0)', 'hw:Headphones,0', { inputs: 0 });
const scarlett = card(1, 'Scarlett 2i2 USB: Audio (hw:1,0)', 'hw:USB,0', { usb: true });
const second = card(2, 'Scarlett 2i2 USB: Audio (hw:2,0)', 'hw:USB_1,0', { usb: true });
const loopback = card(3, 'Loopback: PCM (hw:3,0)', 'hw:Loopback,0', { inputs: 32, outputs: 32 });
const loopbackFar = card(4, 'Loopback: PCM (hw:3,1)', 'hw:Loopback,1', { inputs: 32, outputs: 32 });
const sysdefault = card(5, 'sysdefault', undefined, { inputs: 128, outputs: 128 });
const microphone = card(6, 'USB PnP Microphone: Audio (hw:6,0)', 'hw:Mic,0', { usb: true, outputs: 0 });
const all = [board, scarlett, second, loopback, loopbackFar, sysdefault, microphone];

const anything = () => true;
const choose = (
  wanted: string,
  among: readonly AudioInterface[] = all,
  usable: (one: AudioInterface) => boolean = anything,
) => chooseInterface(among, wanted, usable, 'audio.device');

const refusalOf = (act: () => unknown): UserError => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

describe('an interface is found', () => {
  test.each([
    ['headphones', board],
    ['bcm2835', board],
    ['hw:Loopback,1', loopbackFar],
    ['hw:loopback,0', loopback],
    ['USB_1', second],
    ['hw:USB,0', scarlett],
    ['(hw:1,0)', scarlett],
    ['sysdefault', sysdefault],
    ['PnP', microphone],
    ['Loopback: PCM (hw:3,1)', loopbackFar],
  ])('by "%s"', (wanted, found) => {
    expect(choose(wanted)).toBe(found);
  });

  test('by its whole name even where that is a piece of another one', () => {
    const [short, long] = [card(0, 'UMC204', 'hw:A,0'), card(1, 'UMC204HD', 'hw:B,0')];
    expect(choose('UMC204', [long, short])).toBe(short);
    expect(choose('umc204h', [long, short])).toBe(long);
  });

  test('among those that can serve', () => {
    expect(choose('usb', [scarlett, microphone], ({ outputs }) => outputs > 0)).toBe(scarlett);
  });
});

describe('an interface is refused', () => {
  test('that two match, with both', () => {
    const { code, message } = refusalOf(() => choose('scarlett'));
    expect(code).toBe('device-ambiguous');
    expect(message).toMatch(/^audio\.device: "scarlett" matches 2 interfaces/);
    expect(message.split('\n').slice(1)).toEqual([`  ${inWords(scarlett)}`, `  ${inWords(second)}`]);
  });

  test('that two bear as their very name', () => {
    const twins = [card(0, 'Twin', undefined), card(1, 'Twin', undefined), card(2, 'Twin too', undefined)];
    expect(refusalOf(() => choose('twin', twins)).message).toMatch('matches 2');
  });

  test('that is unknown, with all that are there and can serve', () => {
    const { code, message } = refusalOf(() => choose('Focusrite', all, ({ inputs }) => inputs > 0));
    expect(code).toBe('device-unknown');
    const usable = all.filter(({ inputs }) => inputs > 0);
    expect(message.split('\n').slice(1)).toEqual(usable.map((one) => `  ${inWords(one)}`));
  });

  test('where none is there at all', () => {
    expect(refusalOf(() => choose('USB', [])).message).toMatch('none is there');
  });

  test('that cannot serve, though it is there', () => {
    expect(refusalOf(() => choose('Headphones', all, ({ inputs }) => inputs > 0)).code).toBe('device-unknown');
  });
});

describe('without a name', () => {
  test.each([
    ['one on USB goes first', [board, loopback, scarlett], scarlett],
    ['the first of two on USB', [second, scarlett], second],
    ['one on the board where there is none on USB', [board, loopback], loopback],
    ['none that has one side only', [board, microphone], undefined],
    ['none that is no card', [sysdefault], undefined],
    ['none of nothing', [], undefined],
  ])('%s', (_, present, likeliest) => {
    expect(likeliestInterface(present)).toBe(likeliest);
  });
});

test('it is described by its id, its name and its channels', () => {
  expect(inWords(scarlett)).toBe('hw:USB,0  Scarlett 2i2 USB: Audio (hw:1,0), 2 in, 2 out');
  expect(inWords(sysdefault)).toBe('sysdefault, 128 in, 128 out');
});
