import { behaves, eachTrack, hexOf, shipped, stompsHeld } from './golden.ts';

// SoftStep: 40 + 8 x column + 4 x row + corner. Lamps: red 20 + key, green 110 + key, yellow by 40, 41 and 42 and three spacers.
const corners = ['2C', '34', '3C', '44', '4C', '28', '30', '38'];
const preamble = 'F0 00 01 5F 7A 01 00 00 00 00 00 00 00 00 00 00 00 01 00 09 00 0B 2B 3A 00 10';
const keys = ['00', '01', '02', '03', '04', '05', '06', '07'];
const yellow = (key: string): string => `B0 28 ${key} / B0 29 02 / B0 2A 01 / B0 00 00 / B0 00 00 / B0 00 00`;
const red = (key: number): string => `${hexOf([0xb0, 110 + key, 0])} / ${hexOf([0xb0, 20 + key, 1])}`;

behaves({
  name: 'softstep-2',
  confidence: 'unverified',
  ports: ['SSCOM:SSCOM MIDI 1', 'SoftStep:SoftStep Control Surface'],
  notIts: ['SSCOM:SSCOM MIDI 2', 'SoftStep:SoftStep TRS MIDI Out', 'SoftStep:SoftStep CV Out'],
  init: [
    `${preamble} 03 00 00 00 00 00 00 00 00 50 07 00 00 00 00 02 F7, 150 ms`,
    `${preamble} 04 01 00 00 00 00 00 00 00 2F 7E 00 00 00 00 02 F7, 150 ms`,
  ],
  deinit: [
    `${preamble} 04 00 00 00 00 00 00 00 00 17 1F 00 00 00 00 00 F7, 150 ms`,
    `${preamble} 03 01 00 00 00 00 00 00 00 68 66 00 00 00 00 00 F7`,
  ],
  moves: [
    ...eachTrack(corners, (corner, track) => [`B0 ${corner} 40`, stompsHeld(track)] as const),
    // All four corners of key 1: a light foot, the others, and off again.
    ['B0 2C 00', 'up'],
    ['B0 2D 10', 'nothing'],
    ['B0 2E 30', stompsHeld(1)],
    ['B0 2F 50', 'nothing'],
    ['B0 2F 00', 'nothing'],
    ['B0 2E 10', 'nothing'],
    ['B0 2E 00', 'nothing'],
    ['B0 2D 00', 'up'],
    ['B0 40 40', 'tap'],
    ['B0 48 40', 'hold: reset'],
    ['B0 48 00', 'up'],
    ['B0 50 40', 'pageDown, hold: muteClick'],
    ['B0 50 00', 'up'],
    ['B0 51 40', 'pageUp'],
    ['B0 52 40', 'changeBars 1, hold: redo'],
    ['B0 53 40', 'changeBars -1, hold: undo'],
    ['B0 56 7F', 'setClickVolume 1'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady B0 14 00 / B0 6E 00',
      TRIGGERED: `blink ${yellow('00')}`,
      RECORDING: 'pulse B0 6E 00 / B0 14 01',
      PLAYING: 'steady B0 14 00 / B0 6E 01',
      STOPPING: `wink ${yellow('00')}`,
      STOPPED: 'spark B0 14 00 / B0 6E 01',
    },
    dark: [
      'B0 14 00 / B0 6E 00',
      'B0 15 00 / B0 6F 00',
      'B0 16 00 / B0 70 00',
      'B0 17 00 / B0 71 00',
      'B0 18 00 / B0 72 00',
      'B0 19 00 / B0 73 00',
      'B0 1A 00 / B0 74 00',
      'B0 1B 00 / B0 75 00',
    ],
    playing: [
      'B0 14 00 / B0 6E 01',
      'B0 15 00 / B0 6F 01',
      'B0 16 00 / B0 70 01',
      'B0 17 00 / B0 71 01',
      'B0 18 00 / B0 72 01',
      'B0 19 00 / B0 73 01',
      'B0 1A 00 / B0 74 01',
      'B0 1B 00 / B0 75 01',
    ],
    others: [
      ['tap', 'white', 'B0 1C 00 / B0 76 01'],
      ['tap', 'off', 'B0 1C 00 / B0 76 00'],
      ['reset', 'red', 'B0 77 00 / B0 1D 01'],
      ...eachTrack(keys, (key, track) => [`stomp-${track}`, 'yellow', yellow(key)] as const),
      ...eachTrack(keys, (_, track) => [`stomp-${track}`, 'red', red(track - 1)] as const),
      ['reset', 'off', 'B0 1D 00 / B0 77 00'],
    ],
  },
});

// 12 Step Reference Manual 2.0, section 4.4: lamps CC 20 (14) on, one for each key, 1 on and 0 off; display CC 50 to 53.
const whiteKeys = ['30', '32', '34', '35', '37', '39', '3B', '3C'];

behaves({
  name: 'twelve-step',
  confidence: 'unverified',
  ports: ['12Step:12Step MIDI 1', '12 Step:12 Step Port 1'],
  notIts: ['SSCOM:SSCOM MIDI 1'],
  ignored: ['D0 50', 'E0 00 40'],
  moves: [
    ...eachTrack(whiteKeys, (key, track) => [`90 ${key} 50`, stompsHeld(track)] as const),
    ['80 30 00', 'up'],
    ['90 3C 00', 'up'],
    ['90 31 50', 'changeBars -1, hold: undo'],
    ['90 33 50', 'changeBars 1, hold: redo'],
    ['90 36 50', 'tap'],
    ['90 38 50', 'muteClick, long hold: learn'],
    ['90 3A 50', 'hold: reset'],
    ['90 3D 50', 'nothing'],
    ['D0 50', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady B0 14 00',
      TRIGGERED: 'blink B0 14 01',
      RECORDING: 'pulse B0 14 01',
      PLAYING: 'steady B0 14 01',
      STOPPING: 'wink B0 14 01',
      STOPPED: 'spark B0 14 01',
    },
    dark: ['B0 14 00', 'B0 16 00', 'B0 18 00', 'B0 19 00', 'B0 1B 00', 'B0 1D 00', 'B0 1F 00', 'B0 20 00'],
    playing: ['B0 14 01', 'B0 16 01', 'B0 18 01', 'B0 19 01', 'B0 1B 01', 'B0 1D 01', 'B0 1F 01', 'B0 20 01'],
    others: [
      ['bars-down', 'on', 'B0 15 01'],
      ['bars-up', 'off', 'B0 17 00'],
      ['tap', 'white', 'B0 1A 01'],
      ['mute-click', 'orange', 'B0 1C 01'],
      ['reset', 'red', 'B0 1E 01'],
    ],
  },
});

test('twelve-step: where both of its ports are there, the first gets the lamps', () => {
  const [first = ''] = shipped('twelve-step').ports.output;
  const isFirst = (port: string) => new RegExp(first, 'i').test(port);
  expect(['12Step:12Step MIDI 1', '12Step:12Step Port 1', '12Step:12Step MIDI 2'].map(isFirst)).toEqual([
    true,
    true,
    false,
  ]);
});

test.each(['softstep-2', 'twelve-step'])('%s: its display takes a character by each of CC 50 to 53', (name) => {
  expect(shipped(name).display?.messages).toEqual([
    [0xb0, 50, { character: 0 }],
    [0xb0, 51, { character: 1 }],
    [0xb0, 52, { character: 2 }],
    [0xb0, 53, { character: 3 }],
  ]);
});

// Pacer's factory preset D3: CC 64 to 69, footswitches 80 to 83, each 127 down and 0 up; expression 7 and 11.
behaves({
  name: 'pacer',
  confidence: 'one-source',
  ports: ['PACER:PACER MIDI1', 'PACER:PACER MIDI 1'],
  heardOnly: ['PACER:PACER MIDI2', 'PACER:PACER MIDI 2'],
  notIts: ['Impact LX25:Impact LX25 MIDI 1'],
  moves: [
    ...eachTrack(['40', '41', '42', '43'], (cc, track) => [`B0 ${cc} 7F`, stompsHeld(track)] as const),
    ['B0 40 00', 'up'],
    ['B0 44 7F', 'tap, long hold: learn'],
    ['B0 44 00', 'up'],
    ['B0 45 7F', 'hold: reset'],
    ['B0 45 00', 'up'],
    ['B0 50 7F', stompsHeld(5)],
    ['B0 51 7F', stompsHeld(6)],
    ['B0 52 7F', stompsHeld(7)],
    ['B0 53 7F', 'muteClick'],
    ['B0 07 7F', 'setClickVolume 1'],
    ['B0 0B 00', 'setBpm 40'],
  ],
});

// Morningstar: the settings that the profile asks for, CC 20 to 31, 127 pressed and 0 released.
behaves({
  name: 'morningstar',
  confidence: 'from-memory',
  ports: ['Morningstar MC6 Pro:Morningstar MC6 Pro MIDI 1', 'MC8:MC8 MIDI 1', 'MC6MK2:MC6MK2 MIDI 1'],
  notIts: ['MCU Pro:MCU Pro MIDI 1', 'MC-101:MC-101 MIDI 1'],
  moves: [
    ...eachTrack(['14', '15', '16', '17', '18', '19'], (cc, track) => [`B0 ${cc} 7F`, stompsHeld(track)] as const),
    ['B0 14 00', 'up'],
    ['BF 14 7F', stompsHeld(1)],
    ['B0 1A 7F', 'tap, long hold: learn'],
    ['B0 1B 7F', 'hold: reset'],
    ['B0 1C 7F', 'muteClick'],
    ['B0 1D 7F', 'changeBars -1'],
    ['B0 1E 7F', 'changeBars 1'],
    ['B0 1F 7F', 'undo, hold: redo'],
  ],
});

// M-VAVE Chocolate as it comes: a program change, and a control change that means nothing, on the press only.
behaves({
  name: 'm-vave-chocolate',
  confidence: 'unverified',
  ports: ['SINCO:SINCO MIDI 1', 'FootCtrl:FootCtrl Bluetooth'],
  notIts: ['Foot Controller:Foot Controller MIDI 1'],
  ignored: ['B0 00 00', 'B0 20 00'],
  moves: [
    ['C0 00', 'stomp 1'],
    ['B0 00 00', 'nothing'],
    ['C0 01', 'stomp 2'],
    ['C0 02', 'stomp 3'],
    ['C0 03', 'stomp 4'],
    ['C0 04', 'stomp 5'],
    ['C0 05', 'stomp 6'],
    ['C0 06', 'stomp 7'],
    ['C0 07', 'stomp 8'],
    ['C0 08', 'tap'],
    ['C0 09', 'muteClick'],
    ['C0 0A', 'changeBars 1'],
    ['C0 0B', 'reset'],
    ['C0 0C', 'undo'],
    ['C0 0D', 'redo'],
    ['C0 0E', 'nothing'],
  ],
});
