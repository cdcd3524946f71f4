import { behaves, eachTrack, shipped, stompsHeld } from './golden.ts';

// X-Touch Mini in MC mode: the buttons' notes in the order of the two rows, lamps the same note: 7F on, 00 off.
const lowerRow = ['57', '58', '5B', '5C', '56', '5D', '5E', '5F'];

behaves({
  name: 'x-touch-mini',
  confidence: 'solid',
  usb: ['1397:00b3'],
  ports: ['X-TOUCH MINI:X-TOUCH MINI MIDI 1'],
  notIts: ['X-Touch:X-Touch MIDI 1', 'X-Touch One:X-Touch One MIDI 1'],
  init: ['B0 7F 01'],
  deinit: ['B0 7F 00'],
  moves: [
    ...eachTrack(lowerRow, (button, track) => [`90 ${button} 7F`, stompsHeld(track)] as const),
    ['90 57 00', 'up'],
    ['90 59 7F', 'tap'],
    ['90 5A 7F', 'muteClick'],
    ['90 5A 00', 'up'],
    ['90 28 7F', 'changeBars -1'],
    ['90 29 7F', 'changeBars 1'],
    ['90 2A 7F', 'undo'],
    ['90 2B 7F', 'redo'],
    ['90 2D 7F', 'reset'],
    ['90 54 7F', 'pageDown'],
    ['90 55 7F', 'pageUp'],
    ['B0 10 01', 'changeBpm 1'],
    ['B0 10 03', 'changeBpm 3'],
    ['B0 10 41', 'changeBpm -1'],
    ['B0 11 41', 'changeBars -1'],
    ['E8 00 00', 'setClickVolume 0'],
    ['E8 7F 7F', 'setClickVolume 1'],
    ['E0 00 00', 'nothing'],
    ['9A 08 7F', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 90 57 00',
      TRIGGERED: 'blink 90 57 7F',
      RECORDING: 'pulse 90 57 7F',
      PLAYING: 'steady 90 57 7F',
      STOPPING: 'wink 90 57 7F',
      STOPPED: 'spark 90 57 7F',
    },
    dark: lowerRow.map((button) => `90 ${button} 00`),
    playing: lowerRow.map((button) => `90 ${button} 7F`),
    beats: ['30', '31', '32', '33', '34', '35', '36', '37'].map((ring) => `B0 ${ring} 2B`),
    others: [
      ['tap', 'white', '90 59 7F'],
      ['mute-click', 'orange', '90 5A 7F'],
      ['mute-click', 'off', '90 5A 00'],
      ['reset', 'red', '90 2D 7F'],
      ['bars-down', 'on', '90 28 7F'],
      ['bars-up', 'off', '90 29 00'],
      ['undo', 'yellow', '90 2A 7F'],
      ['redo', 'off', '90 2B 00'],
      ['page-down', 'purple', '90 54 7F'],
      ['page-up', 'purple', '90 55 7F'],
      ['beat-1', 'white', 'B0 30 2B'],
      ['beat-1', 'off', 'B0 30 00'],
      ['beat-8', 'cyan', 'B0 37 2B'],
    ],
  },
});

// FCB1010 as it comes: program changes on the press, nothing on the release, no lamps.
behaves({
  name: 'fcb1010',
  confidence: 'unverified',
  ports: ['FCB1010:FCB1010 MIDI 1'],
  notIts: ['UM-ONE:UM-ONE MIDI 1', 'EurekaPROM:EurekaPROM MIDI 1'],
  moves: [
    ['C0 00', 'stomp 1'],
    ['C0 01', 'stomp 2'],
    ['C0 02', 'stomp 3'],
    ['C0 03', 'stomp 4'],
    ['C0 04', 'stomp 5'],
    ['C0 05', 'stomp 6'],
    ['C0 06', 'stomp 7'],
    ['C0 07', 'stomp 8'],
    ['C0 07', 'stomp 8'],
    ['C0 08', 'tap'],
    ['C0 09', 'reset'],
    ['C0 0A', 'undo'],
    ['C0 0B', 'redo'],
    ['C0 0C', 'nothing'],
    ['B0 1B 7F', 'setClickVolume 1'],
    ['B0 07 00', 'setBpm 40'],
  ],
});

// EurekaPROM 3.2 in I/O mode: 104 (68) pressed, 105 (69) released, 106 (6A) lamp on, 107 (6B) lamp off; the value is the pedal.
const pedals = ['01', '02', '03', '04', '05', '06', '07', '08'];

behaves({
  name: 'fcb1010-eurekaprom',
  confidence: 'solid',
  ports: ['EurekaPROM:EurekaPROM MIDI 1'],
  notIts: ['UM-ONE:UM-ONE MIDI 1', 'FCB1010:FCB1010 MIDI 1'],
  moves: [
    ...eachTrack(pedals, (pedal, track) => [`B0 68 ${pedal}`, stompsHeld(track)] as const),
    ...eachTrack(pedals, (pedal) => [`B0 69 ${pedal}`, 'up'] as const),
    ['B0 68 09', 'tap'],
    ['B0 69 09', 'up'],
    ['B0 68 00', 'hold: reset'],
    ['B0 69 00', 'up'],
    ['B0 68 0A', 'pageUp, hold: undo'],
    ['B0 69 0A', 'up'],
    ['B0 68 0B', 'pageDown, hold: muteClick'],
    ['B0 69 0B', 'up'],
    ['B0 66 7F', 'setClickVolume 1'],
    ['B0 67 7F', 'setBpm 200'],
    ['B1 68 01', 'nothing'],
    ['C0 00', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady B0 6B 01',
      TRIGGERED: 'blink B0 6A 01',
      RECORDING: 'pulse B0 6A 01',
      PLAYING: 'steady B0 6A 01',
      STOPPING: 'wink B0 6A 01',
      STOPPED: 'spark B0 6A 01',
    },
    dark: pedals.map((pedal) => `B0 6B ${pedal}`),
    playing: pedals.map((pedal) => `B0 6A ${pedal}`),
    others: [
      ['tap', 'white', 'B0 6A 09'],
      ['tap', 'off', 'B0 6B 09'],
      ['reset', 'red', 'B0 6A 00'],
      ['reset', 'off', 'B0 6B 00'],
    ],
  },
});

test.each(['fcb1010', 'fcb1010-eurekaprom'])('%s: its lamps never fill a DIN cable', (name) => {
  expect(shipped(name).pace).toMatchObject({ bytesPerSecond: 1000, burstBytes: 64 });
});

test('fcb1010-eurekaprom: its display takes a number (108, 6C)', () => {
  expect(shipped('fcb1010-eurekaprom').display).toMatchObject({ shows: 'bars', messages: [[0xb0, 0x6c, 'number']] });
});
