import { cardOf, isThere, plugOf, samePorts } from '../../../src/adapters/midi/seat.ts';

test.each([
  [0, undefined],
  [14, undefined],
  [15, undefined],
  [16, 0],
  [19, 0],
  [20, 1],
  [24, 2],
  [127, 27],
  [128, undefined],
])('client %s is on card %s', (client, card) => {
  expect(cardOf(client)).toBe(card);
});

test.each([
  [['in:in 20:0'], 'in:in 20:0', 'card 1, card 1'],
  [['in:in 20:0', 'in:in 24:1'], 'out:out 28:0', 'card 1, card 2, card 3'],
  [['in:in 20:0'], undefined, 'card 1'],
  [['Midi Through:Midi Through Port-0 14:0'], 'in:in 128:0', ', '],
  [['no numbers'], undefined, ''],
])('the plug of %j and %s is "%s"', (inputs, output, plug) => {
  expect(plugOf({ inputs, output }, (card) => `card ${card}`)).toBe(plug);
});

test.each([
  ['all is as it was', ['a', 'c', 'b'], ['a', 'b'], 'b', '1', true],
  ['it has no lamps', ['a', 'c'], [], undefined, '1', true],
  ['others came', ['x', 'c', 'a'], ['b', 'x'], 'b', '1', true],
  ['one of its inputs is gone', ['a'], ['a', 'b'], 'b', '1', false],
  ['its output is gone', ['a', 'c', 'b'], ['a'], 'b', '1', false],
  ['all are gone', [], [], 'b', '1', false],
  ['the same names came by another plug', ['a', 'c', 'b'], ['a', 'b'], 'b', '2', false],
  ['the card has just gone', ['a', 'c', 'b'], ['a', 'b'], 'b', '', false],
])('when %s', (_case, inputs, outputs, output, plugNow, there) => {
  expect(isThere({ inputs: ['a', 'c'], output, plug: '1' }, { inputs, outputs }, plugNow)).toBe(there);
});

test('a seat whose plug cannot be known stays', () => {
  expect(isThere({ inputs: ['a'], output: undefined, plug: '' }, { inputs: ['a'], outputs: [] }, '')).toBe(true);
});

test.each([
  [['a', 'b'], 'c', true],
  [['a', 'b'], undefined, false],
  [['a'], 'c', false],
  [['b', 'a'], 'c', false],
])('%j with lamps on %s are the ports a, b with lamps on c: %s', (inputs, output, same) => {
  expect(samePorts({ inputs: ['a', 'b'], output: 'c' }, { inputs, output })).toBe(same);
});
