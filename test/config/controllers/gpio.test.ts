import { behaves, eachTrack, stompsHeld } from './golden.ts';

// The notes of the generic profile, in the order of the pins.
const notes = ['24', '25', '26', '27', '28', '29', '2A', '2B'];

behaves({
  name: 'gpio',
  confidence: 'unverified',
  ports: ['gpio'],
  notIts: ['gpio:gpio 20:0', 'my-gpio'],
  moves: [
    ...eachTrack(notes, (note, track) => [`90 ${note} 7F`, stompsHeld(track)] as const),
    ['80 24 00', 'up'],
    ['90 2C 7F', 'reset'],
    ['90 2D 7F', 'muteClick'],
    ['90 2E 7F', 'tap'],
    ['90 2F 7F', 'undo'],
    ['90 30 7F', 'redo'],
    ['90 31 7F', 'nothing'],
  ],
  lamps: {
    states: {
      EMPTY: 'steady 90 24 00',
      TRIGGERED: 'blink 90 24 7F',
      RECORDING: 'pulse 90 24 7F',
      PLAYING: 'steady 90 24 7F',
      STOPPING: 'wink 90 24 7F',
      STOPPED: 'spark 90 24 7F',
    },
    dark: notes.map((note) => `90 ${note} 00`),
    playing: notes.map((note) => `90 ${note} 7F`),
    others: [
      ['reset', 'red', '90 2C 7F'],
      ['mute-click', 'orange', '90 2D 7F'],
      ['tap', 'white', '90 2E 7F'],
      ['undo', 'yellow', '90 2F 7F'],
      ['redo', 'yellow', '90 30 7F'],
    ],
  },
});
