import { frameMessage } from '../../../src/core/lamps/messages.ts';
import { behaves, bytesOf, eachTrack, hexOf, shipped, stompsHeld } from './golden.ts';

const firstPads = ['00', '01', '02', '03', '04', '05', '06', '07'];
const padsFrom36 = ['24', '25', '26', '27', '28', '29', '2A', '2B'];

// APC mini mk1: notes 0 to 63 from the bottom left, faders CC 48 to 56. Lamps 1 green, 3 red, 5 yellow; round buttons 1.
behaves({
  name: 'apc-mini',
  confidence: 'solid',
  usb: ['09e8:0028'],
  ports: ['APC MINI:APC MINI MIDI 1'],
  notIts: ['APC mini mk2:APC mini mk2 MIDI 1', 'APC mini mk2:APC mini mk2 Notes', 'MPD218:MPD218 MIDI 1'],
  moves: [
    ...eachTrack(firstPads, (pad, track) => [`90 ${pad} 7F`, stompsHeld(track)] as const),
    ['80 00 7F', 'up'],
    ['90 40 7F', 'changeBars 1'],
    ['90 41 7F', 'changeBars -1'],
    ['90 42 7F', 'pageDown'],
    ['90 43 7F', 'pageUp'],
    ['90 52 7F', 'tap'],
    ['90 55 7F', 'muteClick, long hold: learn'],
    ['80 55 7F', 'up'],
    ['90 56 7F', 'undo'],
    ['90 57 7F', 'redo'],
    ['90 59 7F', 'reset'],
    ['90 62 7F', 'nothing'],
    ['B0 30 00', 'setBpm 40'],
    ['B0 30 7F', 'setBpm 200'],
    ['B0 38 00', 'setClickVolume 0'],
    ['B0 38 7F', 'setClickVolume 1'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 90 00 00',
      TRIGGERED: 'blink 90 00 05',
      RECORDING: 'pulse 90 00 03',
      PLAYING: 'steady 90 00 01',
      STOPPING: 'wink 90 00 05',
      STOPPED: 'spark 90 00 01',
    },
    dark: firstPads.map((pad) => `90 ${pad} 00`),
    playing: firstPads.map((pad) => `90 ${pad} 01`),
    beats: ['38', '39', '3A', '3B', '3C', '3D', '3E', '3F'].map((pad) => `90 ${pad} 01`),
    bars: ['30', '31', '32', '33', '34', '35', '36', '37'].map((pad) => `90 ${pad} 05`),
    others: [
      ['mute-click', 'orange', '90 55 01'],
      ['mute-click', 'off', '90 55 00'],
      ['reset', 'red', '90 59 01'],
      ['tap', 'white', '90 52 01'],
      ['undo', 'yellow', '90 56 01'],
      ['redo', 'off', '90 57 00'],
      ['page-down', 'purple', '90 42 01'],
      ['page-up', 'off', '90 43 00'],
      ['bars-up', 'on', '90 40 01'],
      ['bars-down', 'off', '90 41 00'],
      ['beat-1', 'off', '90 38 00'],
      ['beat-8', 'red', '90 3F 03'],
      ['bar-1', 'off', '90 30 00'],
      ['well', 'green', '90 2F 01'],
      ['well', 'orange', '90 2F 05'],
      ['well', 'red', '90 2F 03'],
      ['well', 'off', '90 2F 00'],
    ],
  },
});

// APC mini mk2: Akai's Communication Protocol v1.0. 96 is 100 % bright and 90 is 10 %; buttons on channel 1, 01 on.
behaves({
  name: 'apc-mini-mk2',
  confidence: 'unverified',
  usb: ['09e8:004f'],
  ports: [
    'APC mini mk2:APC mini mk2 APC mini mk2 Contr',
    'APC mini mk2:APC mini mk2 Control',
    'APC mini mk2:APC mini mk2 MIDI 1',
  ],
  notIts: [
    'APC mini mk2:APC mini mk2 APC mini mk2 Notes',
    'APC mini mk2:APC mini mk2 Notes',
    'APC mini mk2:APC mini mk2 MIDI 2',
    'APC MINI:APC MINI MIDI 1',
  ],
  init: ['F0 47 7F 4F 62 00 01 00 F7'],
  moves: [
    ...eachTrack(firstPads, (pad, track) => [`90 ${pad} 7F`, stompsHeld(track)] as const),
    ['80 00 00', 'up'],
    ['90 68 7F', 'changeBars 1'],
    ['90 69 7F', 'changeBars -1'],
    ['90 6A 7F', 'pageDown'],
    ['90 6B 7F', 'pageUp'],
    ['90 70 7F', 'tap'],
    ['90 72 7F', 'muteClick'],
    ['80 72 00', 'up'],
    ['90 73 7F', 'undo'],
    ['90 74 7F', 'redo'],
    ['90 77 7F', 'reset'],
    ['90 7A 7F', 'nothing'],
    ['99 40 7F', 'nothing'],
    ['B0 30 40', 'setBpm 121'],
    ['B0 38 7F', 'setClickVolume 1'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 90 00 03',
      TRIGGERED: 'blink 96 00 0D',
      RECORDING: 'pulse 96 00 05',
      PLAYING: 'steady 96 00 15',
      STOPPING: 'wink 96 00 0D',
      STOPPED: 'spark 96 00 2D',
    },
    dark: firstPads.map((pad) => `96 ${pad} 00`),
    playing: firstPads.map((pad) => `96 ${pad} 15`),
    beats: ['38', '39', '3A', '3B', '3C', '3D', '3E', '3F'].map((pad) => `96 ${pad} 25`),
    bars: ['30', '31', '32', '33', '34', '35', '36', '37'].map((pad) => `96 ${pad} 31`),
    others: [
      ...eachTrack(firstPads, (pad, track) => [`stomp-${track}`, 'dim-white', `90 ${pad} 03`] as const),
      ...eachTrack(firstPads, (pad, track) => [`stomp-${track}`, 'red', `96 ${pad} 05`] as const),
      ...eachTrack(firstPads, (pad, track) => [`stomp-${track}`, 'yellow', `96 ${pad} 0D`] as const),
      ...eachTrack(firstPads, (pad, track) => [`stomp-${track}`, 'blue', `96 ${pad} 2D`] as const),
      ['mute-click', 'orange', '90 72 01'],
      ['mute-click', 'off', '90 72 00'],
      ['tap', 'white', '90 70 01'],
      ['undo', 'yellow', '90 73 01'],
      ['redo', 'off', '90 74 00'],
      ['reset', 'red', '90 77 01'],
      ['bars-up', 'on', '90 68 01'],
      ['page-up', 'purple', '90 6B 01'],
      ['beat-1', 'white', '96 38 03'],
      ['beat-8', 'cyan', '96 3F 25'],
      ['bar-1', 'purple', '96 30 31'],
      ['bar-8', 'off', '96 37 00'],
      ['well', 'dim-green', '90 2F 15'],
      ['well', 'green', '96 2F 15'],
      ['well', 'orange', '96 2F 09'],
      ['well', 'red', '96 2F 05'],
      ['well', 'off', '96 2F 00'],
    ],
  },
});

test('apc-mini-mk2: a millisecond passes between kinds of messages', () => {
  expect(shipped('apc-mini-mk2').pace.kindGapMs).toBe(1);
});

// LPD8 mk1, program 1: pads 36 to 43, knobs CC 1 to 8, channel 1.
behaves({
  name: 'lpd8',
  confidence: 'solid',
  usb: ['09e8:0075'],
  ports: ['LPD8:LPD8 MIDI 1'],
  notIts: ['LPD8 mk2:LPD8 mk2 MIDI 1'],
  moves: [
    ...eachTrack(padsFrom36.slice(0, 7), (pad, track) => [`90 ${pad} 64`, stompsHeld(track)] as const),
    ['90 2B 64', stompsHeld(8)],
    ['80 2B 7F', 'up'],
    ['91 24 64', 'nothing'],
    ['B0 01 7F', 'setBpm 200'],
    ['B0 02 00', 'setBars 1'],
    ['B0 02 7F', 'setBars 32'],
    ['B0 03 7F', 'setClickVolume 1'],
    ['B0 04 7F', 'nothing'],
  ],
});

// LPD8 mk2: six bytes of colour for each pad, high and low half of red, green and blue; any channel.
behaves({
  name: 'lpd8-mk2',
  confidence: 'one-source',
  ports: ['LPD8 mk2:LPD8 mk2 MIDI 1', 'LPD8 mk2:LPD8 mk2'],
  notIts: ['LPD8:LPD8 MIDI 1'],
  moves: [
    ...eachTrack(padsFrom36.slice(0, 7), (pad, track) => [`99 ${pad} 64`, stompsHeld(track)] as const),
    ['90 2B 64', stompsHeld(8)],
    ['89 24 00', 'up'],
    ['80 2B 00', 'up'],
    ['B9 01 00', 'setBpm 40'],
    ['B0 02 40', 'setBars 12'],
    ['B9 03 00', 'setClickVolume 0'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 00 08 00 08 00 08',
      TRIGGERED: 'blink 00 7F 00 60 00 00',
      RECORDING: 'pulse 00 7F 00 00 00 00',
      PLAYING: 'steady 00 00 00 7F 00 00',
      STOPPING: 'wink 00 7F 00 60 00 00',
      STOPPED: 'spark 00 00 00 00 00 7F',
    },
    dark: padsFrom36.map(() => '00 00 00 00 00 00'),
    playing: padsFrom36.map(() => '00 00 00 7F 00 00'),
  },
});

test('lpd8-mk2: all pads are set by one message, from the first, and again after a press', () => {
  const { frame = [], refreshOnRelease } = shipped('lpd8-mk2');
  const cells = new Map(padsFrom36.map((_, at) => [`stomp-${at + 1}`, bytesOf(`00 0${at} 00 00 00 7F`)]));
  expect(hexOf(frameMessage(frame, cells))).toBe(
    [
      'F0 47 7F 4C 06 00 30',
      '00 00 00 00 00 7F 00 01 00 00 00 7F 00 02 00 00 00 7F 00 03 00 00 00 7F',
      '00 04 00 00 00 7F 00 05 00 00 00 7F 00 06 00 00 00 7F 00 07 00 00 00 7F',
      'F7',
    ].join(' '),
  );
  expect(refreshOnRelease).toBe(true);
});

// MPD218, bank A: pads 36 to 51 on channel 10, knobs CC 3, 9, 12 to 15.
behaves({
  name: 'mpd218',
  confidence: 'solid',
  usb: ['09e8:0034'],
  ports: ['MPD218:MPD218 MIDI 1'],
  notIts: ['MPD226:MPD226 MIDI 1'],
  ignored: ['D9 40'],
  moves: [
    ...eachTrack(padsFrom36, (pad, track) => [`99 ${pad} 50`, stompsHeld(track)] as const),
    ['89 24 00', 'up'],
    ['99 2C 50', 'tap'],
    ['99 2D 50', 'muteClick, long hold: learn'],
    ['99 2E 50', 'changeBars -1'],
    ['99 2F 50', 'changeBars 1'],
    ['99 30 50', 'undo'],
    ['99 31 50', 'redo'],
    ['99 33 50', 'hold: reset'],
    ['90 24 50', 'nothing'],
    ['D9 40', 'nothing'],
    ['B0 03 7F', 'setBpm 200'],
    ['B0 09 7F', 'setClickVolume 1'],
  ],
});

// MPK mini mk3: pads on channel 10 from 36, knobs CC 70 to 77 on channel 1; the keys are on channel 1.
behaves({
  name: 'mpk-mini',
  confidence: 'one-source',
  ports: ['MPK mini 3:MPK mini 3 MIDI 1'],
  notIts: ['MPK mini:MPK mini MIDI 1', 'MPK mini Plus:MPK mini Plus MIDI 1'],
  ignored: ['E0 00 40', 'D9 40', 'B0 01 40'],
  moves: [
    ...eachTrack(padsFrom36.slice(0, 7), (pad, track) => [`99 ${pad} 50`, stompsHeld(track)] as const),
    ['99 2B 50', stompsHeld(8)],
    ['89 2B 00', 'up'],
    ['90 24 50', 'nothing'],
    ['E0 00 40', 'nothing'],
    ['B0 46 00', 'setBpm 40'],
    ['B0 47 10', 'setBars 2'],
    ['B0 48 7F', 'setClickVolume 1'],
  ],
});
