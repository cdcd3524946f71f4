import { behaves, eachTrack, shipped, stompsHeld } from './golden.ts';

// nanoKONTROL2 in native mode (Korg's MIDI Implementation 1.00): the factory's numbers on channel 16, lamps the same: 7F on, 00 off.
const recButtons = ['40', '41', '42', '43', '44', '45', '46', '47'];

behaves({
  name: 'nanokontrol2',
  confidence: 'solid',
  usb: ['0944:0117'],
  ports: [
    'nanoKONTROL2:nanoKONTROL2 MIDI 1',
    'nanoKONTROL2:nanoKONTROL2 nanoKONTROL2 _ CTR',
    'nanoKONTROL2:nanoKONTROL2 _ CTRL',
  ],
  notIts: ['nanoPAD2:nanoPAD2 MIDI 1', 'nanoKONTROL:nanoKONTROL MIDI 1'],
  init: ['F0 42 40 00 01 13 00 00 00 01 F7 -> F0 42 .. 00 01 13 00 40 00 03'],
  deinit: ['F0 42 40 00 01 13 00 00 00 00 F7'],
  moves: [
    ...eachTrack(recButtons, (button, track) => [`BF ${button} 7F`, stompsHeld(track)] as const),
    ['BF 40 00', 'up'],
    ['BF 3A 7F', 'pageDown'],
    ['BF 3B 7F', 'pageUp'],
    ['BF 2E 7F', 'muteClick'],
    ['BF 2E 00', 'up'],
    ['BF 3C 7F', 'reset'],
    ['BF 3D 7F', 'changeBars -1'],
    ['BF 3E 7F', 'changeBars 1'],
    ['BF 29 7F', 'tap'],
    ['BF 2B 7F', 'undo'],
    ['BF 2C 7F', 'redo'],
    ['BF 00 00', 'setBpm 40'],
    ['BF 00 7F', 'setBpm 200'],
    ['BF 07 7F', 'setClickVolume 1'],
    ['BF 20 7F', 'nothing'],
    ['B0 40 7F', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady BF 40 00',
      TRIGGERED: 'blink BF 40 7F',
      RECORDING: 'pulse BF 40 7F',
      PLAYING: 'steady BF 40 7F',
      STOPPING: 'wink BF 40 7F',
      STOPPED: 'spark BF 40 7F',
    },
    dark: recButtons.map((button) => `BF ${button} 00`),
    playing: recButtons.map((button) => `BF ${button} 7F`),
    beats: ['20', '21', '22', '23', '24', '25', '26', '27'].map((button) => `BF ${button} 7F`),
    bars: ['30', '31', '32', '33', '34', '35', '36', '37'].map((button) => `BF ${button} 7F`),
    others: [
      ['mute-click', 'orange', 'BF 2E 7F'],
      ['tap', 'white', 'BF 29 7F'],
      ['undo', 'yellow', 'BF 2B 7F'],
      ['redo', 'off', 'BF 2C 00'],
      ['beat-1', 'white', 'BF 20 7F'],
      ['beat-8', 'off', 'BF 27 00'],
      ['bar-1', 'purple', 'BF 30 7F'],
      ['bar-8', 'off', 'BF 37 00'],
    ],
  },
});

// BeatStep: F0 00 20 6B 7F 42 02 00, what, which pad (70 to 7F), value. Lamps: what is 10; 01 red, 10 blue, 11 magenta.
const header = 'F0 00 20 6B 7F 42 02 00';
const lowerPads = ['78', '79', '7A', '7B', '7C', '7D', '7E', '7F'];
const lowerNotes = ['24', '25', '26', '27', '28', '29', '2A', '2B'];
const upperPads = ['70', '71', '72', '73', '74', '75', '76', '77'];
const upperNotes = ['2C', '2D', '2E', '2F', '30', '31', '32', '33'];

const padIsSet = (pad: string, note: string): string[] => [
  `${header} 01 ${pad} 09 F7, 2 ms`,
  `${header} 02 ${pad} 00 F7, 2 ms`,
  `${header} 03 ${pad} ${note} F7, 2 ms`,
  `${header} 06 ${pad} 01 F7, 2 ms`,
];

behaves({
  name: 'beatstep',
  confidence: 'one-source',
  usb: ['1c75:0206'],
  ports: ['Arturia BeatStep:Arturia BeatStep MIDI 1'],
  notIts: ['Arturia BeatStep Pro:Arturia BeatStep Pro MIDI 1'],
  ignored: ['D0 40'],
  init: [
    ...lowerPads.flatMap((pad, at) => padIsSet(pad, lowerNotes[at] ?? '')),
    ...upperPads.flatMap((pad, at) => padIsSet(pad, upperNotes[at] ?? '')),
  ],
  moves: [
    ...eachTrack(lowerNotes, (note, track) => [`90 ${note} 60`, stompsHeld(track)] as const),
    ['80 24 00', 'up'],
    ['90 2C 60', 'tap'],
    ['90 2D 60', 'muteClick'],
    ['90 2E 60', 'changeBars -1'],
    ['90 2F 60', 'changeBars 1'],
    ['90 30 60', 'pageDown'],
    ['90 31 60', 'pageUp'],
    ['90 33 60', 'hold: reset'],
    ['90 32 60', 'undo, hold: redo'],
    ['D0 40', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: `steady ${header} 10 78 00 F7`,
      TRIGGERED: `blink ${header} 10 78 11 F7`,
      RECORDING: `pulse ${header} 10 78 01 F7`,
      PLAYING: `steady ${header} 10 78 10 F7`,
      STOPPING: `wink ${header} 10 78 11 F7`,
      STOPPED: `spark ${header} 10 78 11 F7`,
    },
    dark: lowerPads.map((pad) => `${header} 10 ${pad} 00 F7`),
    playing: lowerPads.map((pad) => `${header} 10 ${pad} 10 F7`),
    others: [
      ['tap', 'white', `${header} 10 70 10 F7`],
      ['tap', 'off', `${header} 10 70 00 F7`],
      ['mute-click', 'red', `${header} 10 71 01 F7`],
      ['bars-down', 'off', `${header} 10 72 00 F7`],
      ['bars-up', 'off', `${header} 10 73 00 F7`],
      ['page-down', 'purple', `${header} 10 74 11 F7`],
      ['page-up', 'purple', `${header} 10 75 11 F7`],
      ['undo', 'yellow', `${header} 10 76 11 F7`],
      ['undo', 'off', `${header} 10 76 00 F7`],
      ['reset', 'red', `${header} 10 77 01 F7`],
    ],
  },
});

test('beatstep: 2 ms pass between messages, and a pad is set again after its release', () => {
  const { pace, refreshOnRelease } = shipped('beatstep');
  expect([pace.gapMs, refreshOnRelease]).toEqual([2, true]);
});

// Mackie Control: notes on channel 1, lamps the same note, 7F on; encoders 10 and 11 with bit 6 as the sign.
const selects = ['18', '19', '1A', '1B', '1C', '1D', '1E', '1F'];

behaves({
  name: 'mcu',
  confidence: 'from-memory',
  ports: ['Mackie Control:Mackie Control MIDI 1', 'MCU Pro:MCU Pro MIDI 1', 'X-Touch:X-Touch MIDI 1'],
  notIts: ['X-TOUCH MINI:X-TOUCH MINI MIDI 1', 'X-TOUCH COMPACT:X-TOUCH COMPACT MIDI 1'],
  moves: [
    ...eachTrack(selects, (button, track) => [`90 ${button} 7F`, stompsHeld(track)] as const),
    ['90 18 00', 'up'],
    ['90 2E 7F', 'pageDown'],
    ['90 2F 7F', 'pageUp'],
    ['90 30 7F', 'changeBars -1'],
    ['90 31 7F', 'changeBars 1'],
    ['90 54 7F', 'tap'],
    ['90 59 7F', 'muteClick, long hold: learn'],
    ['90 59 00', 'up'],
    ['90 50 7F', 'saveSet'],
    ['90 51 7F', 'undo'],
    ['90 52 7F', 'reset'],
    ['90 53 7F', 'redo'],
    ['B0 10 01', 'changeBpm 1'],
    ['B0 10 42', 'changeBpm -2'],
    ['B0 11 01', 'changeClickVolume 0.05'],
    ['90 68 7F', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 90 18 00',
      TRIGGERED: 'blink 90 18 7F',
      RECORDING: 'pulse 90 18 7F',
      PLAYING: 'steady 90 18 7F',
      STOPPING: 'wink 90 18 7F',
      STOPPED: 'spark 90 18 7F',
    },
    dark: selects.map((button) => `90 ${button} 00`),
    playing: selects.map((button) => `90 ${button} 7F`),
    beats: ['00', '01', '02', '03', '04', '05', '06', '07'].map((button) => `90 ${button} 7F`),
    bars: ['10', '11', '12', '13', '14', '15', '16', '17'].map((button) => `90 ${button} 7F`),
    others: [
      ['page-down', 'purple', '90 2E 7F'],
      ['page-up', 'off', '90 2F 00'],
      ['bars-down', 'on', '90 30 7F'],
      ['bars-up', 'on', '90 31 7F'],
      ['tap', 'white', '90 54 7F'],
      ['mute-click', 'orange', '90 59 7F'],
      ['reset', 'red', '90 52 7F'],
      ['save-set', 'green', '90 50 7F'],
      ['undo', 'yellow', '90 51 7F'],
      ['redo', 'off', '90 53 00'],
      ['beat-1', 'white', '90 00 7F'],
      ['beat-8', 'off', '90 07 00'],
      ['bar-1', 'purple', '90 10 7F'],
      ['bar-8', 'off', '90 17 00'],
    ],
  },
});
