import { behaves, eachTrack, type Golden, type GoldenLamps, shipped, stompsHeld } from './golden.ts';

// The seed's front end: notes 36 (24) to 43 stomp, CC 20 to 22 (14 to 16) set tempo, bars and click volume.
const pads = ['24', '25', '26', '27', '28', '29', '2A', '2B'];

const faderMoves: Golden['moves'] = [
  ['B0 14 00', 'setBpm 40'],
  ['B0 14 40', 'setBpm 121'],
  ['BF 14 7F', 'setBpm 200'],
  ['B0 15 00', 'setBars 1'],
  ['B0 15 0F', 'setBars 1'],
  ['B0 15 10', 'setBars 2'],
  ['B0 15 20', 'setBars 4'],
  ['B0 15 30', 'setBars 8'],
  ['B0 15 40', 'setBars 12'],
  ['B0 15 50', 'setBars 16'],
  ['B0 15 60', 'setBars 24'],
  ['B0 15 70', 'setBars 32'],
  ['B0 15 7F', 'setBars 32'],
  ['B0 16 00', 'setClickVolume 0'],
  ['B0 16 7F', 'setClickVolume 1'],
];

const genericLamps: GoldenLamps = {
  states: {
    EMPTY: 'steady 90 24 00',
    TRIGGERED: 'blink 90 24 07',
    RECORDING: 'pulse 90 24 03',
    PLAYING: 'steady 90 24 05',
    STOPPING: 'wink 90 24 07',
    STOPPED: 'spark 90 24 01',
  },
  dark: pads.map((pad) => `90 ${pad} 00`),
  playing: pads.map((pad) => `90 ${pad} 05`),
};

behaves({
  name: 'generic',
  confidence: 'solid',
  ports: [],
  notIts: [],
  moves: [
    ...eachTrack(pads, (pad, track) => [`90 ${pad} 40`, stompsHeld(track)] as const),
    ...eachTrack(pads, (pad, track) => [`9F ${pad} 01`, stompsHeld(track)] as const),
    ['80 24 00', 'up'],
    ['90 25 00', 'up'],
    ['90 2C 40', 'reset'],
    ['90 2D 40', 'muteClick'],
    ['90 2E 40', 'tap'],
    ['90 2F 40', 'undo'],
    ['90 30 40', 'redo'],
    ['90 31 40', 'nothing'],
    ...faderMoves,
  ],
  lamps: genericLamps,
});

test('generic: any port is its, its faders act where they stand, and a pad held at the start leads to learning', () => {
  const { ports, controls, learnHold } = shipped('generic');
  expect(ports).toEqual({ input: [], output: [] });
  expect(controls.flatMap(({ bindings: { turn } }) => (turn && 'pickUp' in turn ? [turn.pickUp] : []))).toEqual([
    false,
    false,
    false,
  ]);
  expect(learnHold).toBe(true);
});

behaves({
  name: 'arduino',
  confidence: 'from-memory',
  usb: ['2341:8036'],
  ports: [
    'Arduino Leonardo:Arduino Leonardo MIDI 1',
    'Arduino Micro:Arduino Micro MIDI 1',
    'SparkFun SAMD21:SparkFun SAMD21 MIDI 1',
    'Teensy MIDI:Teensy MIDI MIDI 1',
  ],
  notIts: ['UM-ONE:UM-ONE MIDI 1'],
  moves: [
    ...eachTrack(pads, (pad, track) => [`90 ${pad} 7F`, stompsHeld(track)] as const),
    ['80 24 00', 'up'],
    ['90 2C 7F', 'reset'],
    ['90 2D 7F', 'muteClick, long hold: learn'],
    ['90 2E 7F', 'tap'],
    ['90 2F 7F', 'undo'],
    ['90 30 7F', 'redo'],
    ...faderMoves,
  ],
  lamps: {
    ...genericLamps,
    others: [
      ['reset', 'red', '90 2C 03'],
      ['mute-click', 'off', '90 2D 00'],
      ['tap', 'off', '90 2E 00'],
      ['undo', 'yellow', '90 2F 07'],
      ['redo', 'off', '90 30 00'],
    ],
  },
});

test('arduino: what a bare switch sends twice within 15 ms is one press', () => {
  expect(shipped('arduino').times.bounceMs).toBe(15);
});

// Momentary switches: 127 pressed, 0 released, on any channel; half way is 64 (40).
const switches = ['14', '15', '16', '17', '18', '19', '1A', '1B'];

behaves({
  name: 'generic-cc',
  confidence: 'solid',
  ports: ['generic-cc'],
  notIts: ['UM-ONE:UM-ONE MIDI 1'],
  moves: [
    ...eachTrack(switches, (cc, track) => [`B0 ${cc} 40`, stompsHeld(track)] as const),
    ...eachTrack(switches, (cc) => [`B0 ${cc} 3F`, 'up'] as const),
    ['B3 15 7F', stompsHeld(2)],
    ['B3 15 00', 'up'],
    ['B0 1C 7F', 'hold: reset'],
    ['B0 1D 7F', 'muteClick, long hold: learn'],
    ['B0 1E 7F', 'tap'],
    ['B0 1F 40', 'undo'],
    ['B0 1F 3F', 'up'],
    ['B0 69 40', 'redo'],
    ['B0 66 7F', 'setBpm 200'],
    ['B0 67 7F', 'setBars 32'],
    ['B0 68 7F', 'setClickVolume 1'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady B0 14 00',
      TRIGGERED: 'blink B0 14 7F',
      RECORDING: 'pulse B0 14 7F',
      PLAYING: 'steady B0 14 7F',
      STOPPING: 'wink B0 14 7F',
      STOPPED: 'spark B0 14 7F',
    },
    dark: switches.map((cc) => `B0 ${cc} 00`),
    playing: switches.map((cc) => `B0 ${cc} 7F`),
    others: [
      ['reset', 'red', 'B0 1C 7F'],
      ['mute-click', 'orange', 'B0 1D 7F'],
      ['tap', 'off', 'B0 1E 00'],
      ['undo', 'yellow', 'B0 1F 7F'],
      ['redo', 'yellow', 'B0 69 7F'],
    ],
  },
});

behaves({
  name: 'generic-program',
  confidence: 'solid',
  ports: ['generic-program'],
  notIts: ['UM-ONE:UM-ONE MIDI 1'],
  moves: [
    ...eachTrack(
      ['00', '01', '02', '03', '04', '05', '06', '07'],
      (program, track) => [`C0 ${program}`, `stomp ${track}`] as const,
    ),
    ['CF 00', 'stomp 1'],
    ['C0 08', 'reset'],
    ['C0 09', 'muteClick'],
    ['C0 0A', 'tap'],
    ['C0 0B', 'changeBars -1'],
    ['C0 0C', 'changeBars 1'],
    ['C0 0D', 'undo'],
    ['C0 0E', 'redo'],
    ['C0 0F', 'saveSet'],
    // Programs 16 (10) to 31 (1F) load the sets of the places 1 to 16.
    ...eachTrack(
      ['10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '1A', '1B', '1C', '1D', '1E', '1F'],
      (program, place) => [`C0 ${program}`, `loadSet ${place}`] as const,
    ),
    ['C0 20', 'nothing'],
  ],
});

// The looper's own keyboard: a key is a press, and nothing tells that it goes up.
behaves({
  name: 'keyboard',
  confidence: 'solid',
  ports: ['keyboard'],
  notIts: ['USB MIDI keyboard:USB MIDI keyboard MIDI 1', 'Keyboard Station:Keyboard Station MIDI 1'],
  moves: [
    ...eachTrack(pads, (pad, track) => [`90 ${pad} 7F`, `stomp ${track}`] as const),
    ['90 24 00', 'nothing'],
    ['90 2C 7F', 'reset'],
    ['90 2D 7F', 'muteClick'],
    ['90 2E 7F', 'tap'],
    ['90 2F 7F', 'undo'],
    ['90 30 7F', 'redo'],
    ['90 31 7F', 'saveSet'],
    ['90 32 7F', 'loadSet 1'],
    ['90 33 7F', 'nothing'],
    ['91 24 7F', 'nothing'],
    ['B0 14 01', 'changeBpm 1'],
    ['B0 14 7F', 'changeBpm -1'],
    ['B0 15 01', 'changeBars 1'],
    ['B0 15 7F', 'changeBars -1'],
    ['B0 16 01', 'changeClickVolume 0.05'],
    ['B0 16 7F', 'changeClickVolume -0.05'],
  ],
  lamps: genericLamps,
});
