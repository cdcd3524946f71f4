import { cardOf, isThere, plugOf } from '../../../src/adapters/midi/seat.ts';

test.each([
  ['System:Timer 0:0', undefined],
  ['Midi Through:Midi Through Port-0 14:0', undefined],
  ['odd:odd 15:0', undefined],
  ['pads:pads 16:0', 0],
  ['pads:pads 19:1', 0],
  ['pads:pads 20:0', 1],
  ['pads:pads 24:1', 2],
  ['pads:pads 127:0', 27],
  ['FootCtrl:FootCtrl Bluetooth 128:0', undefined],
  ['pads:pads', undefined],
  ['', undefined],
])('%s is on card %s', (name, card) => {
  expect(cardOf(name)).toBe(card);
});

test.each([
  ['in:in 20:0', 'in:in 20:0', 'card 1, card 1'],
  ['in:in 20:0', 'out:out 28:0', 'card 1, card 3'],
  ['in:in 20:0', undefined, 'card 1, '],
  ['Midi Through:Midi Through Port-0 14:0', 'in:in 128:0', ', '],
])('the plug of %s and %s is "%s"', (input, output, plug) => {
  expect(plugOf({ input, output }, (card) => `card ${card}`)).toBe(plug);
});

test.each([
  ['all is as it was', ['a', 'b'], ['a', 'b'], 'b', '1', true],
  ['it has no lamps', ['a'], [], undefined, '1', true],
  ['others came', ['x', 'a'], ['b', 'x'], 'b', '1', true],
  ['its input is gone', ['b'], ['a', 'b'], 'b', '1', false],
  ['its output is gone', ['a', 'b'], ['a'], 'b', '1', false],
  ['both are gone', [], [], 'b', '1', false],
  ['the same names came by another plug', ['a', 'b'], ['a', 'b'], 'b', '2', false],
  ['the card has just gone', ['a', 'b'], ['a', 'b'], 'b', '', false],
])('when %s', (_case, inputs, outputs, output, plugNow, there) => {
  expect(isThere({ input: 'a', output, plug: '1' }, { inputs, outputs }, plugNow)).toBe(there);
});

test('a seat whose plug cannot be known stays', () => {
  expect(isThere({ input: 'a', output: undefined, plug: '' }, { inputs: ['a'], outputs: [] }, '')).toBe(true);
});
