import { behaves, eachTrack, type Golden, type GoldenLamps, stompsHeld } from './golden.ts';

// Launchpad MK3 family: Novation's programmer's reference manuals. Grid notes are 10 x row + column, rows from the bottom; an edge
// button is a control change, its lamp the same number. Lamps: 90 static, 92 pulsing; 05 red, 0D yellow, 15 green, 2D blue.
const bottomRow = ['0B', '0C', '0D', '0E', '0F', '10', '11', '12'];

const mk3Moves: Golden['moves'] = [
  ...eachTrack(bottomRow, (pad, track) => [`90 ${pad} 7F`, stompsHeld(track)] as const),
  ['90 0B 00', 'up'],
  ['90 0C 01', stompsHeld(2)],
  ['80 0C 40', 'up'],
  ['B0 13 7F', 'reset'],
  ['B0 13 00', 'up'],
  ['B0 5B 7F', 'tap'],
  ['B0 5C 7F', 'muteClick'],
  ['B0 5C 00', 'up'],
  ['B0 5D 7F', 'pageDown'],
  ['B0 5E 7F', 'pageUp'],
  ['B0 5F 7F', 'changeBars -1'],
  ['B0 60 7F', 'changeBars 1'],
  ['B0 61 7F', 'changeBpm -1'],
  ['B0 62 7F', 'changeBpm 1'],
  ['B0 59 7F', 'changeClickVolume 0.1'],
  ['B0 4F 7F', 'changeClickVolume -0.1'],
  ['90 15 7F', 'nothing'],
  ['91 0B 7F', 'nothing'],
  ['D0 40', 'nothing'],
];

const mk3Lamps: GoldenLamps = {
  states: {
    EMPTY: 'steady 90 0B 01',
    TRIGGERED: 'blink 90 0B 0D',
    RECORDING: 'pulse 92 0B 05',
    PLAYING: 'steady 90 0B 15',
    STOPPING: 'wink 90 0B 0D',
    STOPPED: 'spark 90 0B 2D',
  },
  dark: bottomRow.map((pad) => `90 ${pad} 00`),
  playing: bottomRow.map((pad) => `90 ${pad} 15`),
  beats: ['51', '52', '53', '54', '55', '56', '57', '58'].map((pad) => `90 ${pad} 25`),
  bars: ['47', '48', '49', '4A', '4B', '4C', '4D', '4E'].map((pad) => `90 ${pad} 35`),
  others: [
    ['reset', 'red', 'B0 13 05'],
    ['tap', 'white', 'B0 5B 03'],
    ['mute-click', 'orange', 'B0 5C 09'],
    ['page-down', 'purple', 'B0 5D 35'],
    ['page-up', 'purple', 'B0 5E 35'],
    ['bars-down', 'dim-white', 'B0 5F 01'],
    ['bars-up', 'dim-white', 'B0 60 01'],
    ['tempo-down', 'dim-white', 'B0 61 01'],
    ['tempo-up', 'dim-white', 'B0 62 01'],
    ['click-louder', 'dim-white', 'B0 59 01'],
    ['click-softer', 'off', 'B0 4F 00'],
    ['beat-1', 'white', '90 51 03'],
    ['beat-4', 'cyan', '90 54 25'],
    ['beat-8', 'off', '90 58 00'],
    ['bar-1', 'blue', '90 47 2D'],
    ['bar-8', 'off', '90 4E 00'],
  ],
};

behaves({
  name: 'launchpad-mini-mk3',
  confidence: 'unverified',
  usb: ['1235:0113'],
  ports: [
    'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
    'Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI',
    'Launchpad Mini MK3:LPMiniMK3 MIDI In',
    'LAUNCHPAD MINI MK3:LPMINIMK3 MIDI OUT',
  ],
  notIts: [
    'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1',
    'Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA',
    'Launchpad Mini MK3:LPMiniMK3 DAW In',
    'Launchpad Mini:Launchpad Mini MIDI 1',
    'Launchpad X:Launchpad X MIDI 2',
    'Midi Through:Midi Through Port-0',
  ],
  init: ['F0 00 20 29 02 0D 0E 01 F7, 50 ms'],
  deinit: ['F0 00 20 29 02 0D 0E 00 F7'],
  moves: mk3Moves,
  lamps: mk3Lamps,
});

behaves({
  name: 'launchpad-x',
  confidence: 'unverified',
  usb: ['1235:0103'],
  ports: ['Launchpad X:Launchpad X MIDI 2', 'Launchpad X:Launchpad X LPX MIDI In', 'Launchpad X:LPX MIDI In'],
  notIts: [
    'Launchpad X:Launchpad X MIDI 1',
    'Launchpad X:Launchpad X LPX DAW In',
    'Launchpad X:LPX DAW In',
    'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
  ],
  init: ['F0 00 20 29 02 0C 0E 01 F7, 50 ms'],
  deinit: ['F0 00 20 29 02 0C 0E 00 F7'],
  ignored: ['D0 40'],
  moves: mk3Moves,
  lamps: mk3Lamps,
});

behaves({
  name: 'launchpad-pro-mk3',
  confidence: 'unverified',
  usb: ['1235:0123'],
  ports: [
    'Launchpad Pro MK3:Launchpad Pro MK3 MIDI 1',
    'Launchpad Pro MK3:Launchpad Pro MK3 LPProMK3 MIDI',
    'Launchpad Pro MK3:LPProMK3 MIDI',
  ],
  notIts: [
    'Launchpad Pro MK3:Launchpad Pro MK3 MIDI 2',
    'Launchpad Pro MK3:Launchpad Pro MK3 MIDI 3',
    'Launchpad Pro MK3:Launchpad Pro MK3 LPProMK3 DIN',
    'Launchpad Pro MK3:LPProMK3 DAW',
    'Launchpad Pro:Launchpad Pro MIDI 2',
  ],
  init: ['F0 00 20 29 02 0E 0E 01 F7, 50 ms'],
  deinit: ['F0 00 20 29 02 0E 0E 00 F7'],
  ignored: ['D0 40'],
  moves: mk3Moves,
  lamps: mk3Lamps,
});

// Novation's Launchpad and Launchpad S programmer's references. Notes are 16 x row + column from the top left, column 8 being the
// round buttons; lamps 16 x green + red + 12.
const lowestRow = ['70', '71', '72', '73', '74', '75', '76', '77'];

behaves({
  name: 'launchpad-s',
  confidence: 'solid',
  usb: ['1235:000e', '1235:0020', '1235:0036'],
  ports: ['Launchpad:Launchpad MIDI 1', 'Launchpad S:Launchpad S MIDI 1', 'Launchpad Mini:Launchpad Mini MIDI 1'],
  notIts: [
    'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
    'Launchpad X:Launchpad X MIDI 2',
    'Launchpad Pro:Launchpad Pro MIDI 2',
  ],
  init: ['B0 00 00', 'B0 00 01'],
  deinit: ['B0 00 00'],
  moves: [
    ...eachTrack(lowestRow, (pad, track) => [`90 ${pad} 7F`, stompsHeld(track)] as const),
    ['90 70 00', 'up'],
    ['90 78 7F', 'reset'],
    ['B0 68 7F', 'tap'],
    ['B0 69 7F', 'muteClick'],
    ['B0 69 00', 'up'],
    ['B0 6A 7F', 'pageDown'],
    ['B0 6B 7F', 'pageUp'],
    ['B0 6C 7F', 'changeBars -1'],
    ['B0 6D 7F', 'changeBars 1'],
    ['B0 6E 7F', 'changeBpm -1'],
    ['B0 6F 7F', 'changeBpm 1'],
    ['90 08 7F', 'changeClickVolume 0.1'],
    ['90 18 7F', 'changeClickVolume -0.1'],
    ['90 00 7F', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 90 70 1D',
      TRIGGERED: 'blink 90 70 3E',
      RECORDING: 'pulse 90 70 0F',
      PLAYING: 'steady 90 70 3C',
      STOPPING: 'wink 90 70 3E',
      STOPPED: 'spark 90 70 3C',
    },
    dark: lowestRow.map((pad) => `90 ${pad} 0C`),
    playing: lowestRow.map((pad) => `90 ${pad} 3C`),
    beats: ['00', '01', '02', '03', '04', '05', '06', '07'].map((pad) => `90 ${pad} 3C`),
    bars: ['10', '11', '12', '13', '14', '15', '16', '17'].map((pad) => `90 ${pad} 3F`),
    others: [
      ['stomp-1', 'dim-green', '90 70 1C'],
      ['stomp-1', 'dim-red', '90 70 0D'],
      ['reset', 'red', '90 78 0F'],
      ['mute-click', 'orange', 'B0 69 3F'],
      ['tap', 'white', 'B0 68 3E'],
      ['page-down', 'off', 'B0 6A 0C'],
      ['page-up', 'off', 'B0 6B 0C'],
      ['bars-down', 'off', 'B0 6C 0C'],
      ['bars-up', 'off', 'B0 6D 0C'],
      ['tempo-down', 'off', 'B0 6E 0C'],
      ['click-louder', 'off', '90 08 0C'],
      ['click-softer', 'off', '90 18 0C'],
      ['tempo-up', 'off', 'B0 6F 0C'],
      ['beat-1', 'off', '90 00 0C'],
      ['beat-8', 'green', '90 07 3C'],
      ['bar-1', 'on', '90 10 3F'],
      ['bar-8', 'off', '90 17 0C'],
    ],
  },
});
