import {
  clientOf,
  hasPiece,
  isNoController,
  isOwn,
  patternOf,
  withoutNumbers,
} from '../../../src/adapters/midi/port-names.ts';

const launchpad = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2 24:1';

test.each([
  [launchpad, 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2', 24],
  ['Midi Through:Midi Through Port-0 14:0', 'Midi Through:Midi Through Port-0', 14],
  ['FootCtrl:FootCtrl Bluetooth 128:0', 'FootCtrl:FootCtrl Bluetooth', 128],
  ['PACER:PACER MIDI1', 'PACER:PACER MIDI1', undefined],
  ['Odd 5:1 name 20:12', 'Odd 5:1 name', 20],
  ['', '', undefined],
])('without the numbers of this plug %s is %s, of client %s', (name, plain, client) => {
  expect(withoutNumbers(name)).toBe(plain);
  expect(clientOf(name)).toBe(client);
});

test.each([
  ['Midi Through:Midi Through Port-0 14:0', true, false],
  ['System:Timer 0:0', true, false],
  ['RtMidi Input Client:RtMidi Input 128:0', true, true],
  ['RtMidi Output Client:RtMidi Output 129:0', true, true],
  ['RtMidi Output Client:pads 129:0', true, false],
  ['a2jmidid:port 131:0', true, false],
  ['PipeWire-RT-Event:input 133:0', true, false],
  ['rtpmidi raspi:5 135:0', true, false],
  [launchpad, false, false],
])('%s: no controller is %s, our own end is %s', (name, none, own) => {
  expect([isNoController(name), isOwn(name)]).toEqual([none, own]);
});

test.each([
  ['launchpad', true],
  ['MIDI 2', true],
  ['24:1', false],
  ['LPD8', false],
])('a piece of a name is meant without regard to case, and to ALSA numbers: %s', (piece, has) => {
  expect(hasPiece(launchpad, piece)).toBe(has);
});

test.each([
  [['mini', 'Mini MK3 midi 2$', 'LPD8'], 'Mini MK3 midi 2$'],
  [['LPD8'], undefined],
  [['24:1$'], undefined],
  [[], undefined],
])('of the patterns %j the longest that matches is told', (patterns, longest) => {
  expect(patternOf(launchpad, patterns)).toBe(longest);
});
