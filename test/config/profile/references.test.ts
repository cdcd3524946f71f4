import { minimal, Pad, withControls } from './pad.ts';

const pad = new Pad();
afterAll(() => pad.remove());

/** On the lines from 6 to 9; the rest begins on line 10. */
const base = withControls(
  'left: { on: { note: 1 }, do: { command: stomp, track: 1 } }',
  'right: { on: { note: 2 } }',
  'next: { on: { program: 1 } }',
  'knob: { on: { cc: 1 }, do: { command: setBpm, scale: { from: 40, to: 200 } } }',
);

const isMistake = (content: string, line: string, code: string) => {
  expect(pad.lines(content)).toEqual([line]);
  expect(pad.codes(content)).toEqual([code]);
};

describe('pages', () => {
  const pages = (list: string) => `${base}pages: ${list}\n`;

  test('bind controls otherwise, as the controls themselves would', () => {
    const controls =
      'left: { onDouble: { command: tap } }, right: { do: { command: stomp, track: 2 } }, next: { do: { command: none } }, knob: { do: { command: setBars, scale: { zones: [4] } } }';
    expect(pad.load(pages(`[{ name: one }, { name: two, trackOffset: 63, controls: { ${controls} } }]`)).pages).toEqual(
      [
        { name: 'one', trackOffset: 0, bindings: new Map() },
        {
          name: 'two',
          trackOffset: 63,
          bindings: new Map<string, unknown>([
            ['left', { double: { command: 'tap' } }],
            ['right', { press: { command: 'stomp', track: 2 }, hold: { command: 'clear', track: 2 } }],
            ['next', {}],
            ['knob', { turn: { command: 'setBars', scale: { kind: 'zones', values: [4] }, pickUp: false } }],
          ]),
        },
      ],
    );
  });

  test.each([
    ['[]', '10:8 pages: found an empty list; allowed is a list of pages, each with a name', 'out-of-range'],
    ['[{ trackOffset: 8 }]', '10:9 pages[0].name: is missing; allowed is a name', 'missing'],
    [
      '[{ name: x, trackOffset: 64 }]',
      '10:33 pages[0].trackOffset: found 64; allowed is a whole number from 0 to 63',
      'out-of-range',
    ],
    [
      '[{ name: x, controls: { lfet: {} } }]',
      '10:32 pages[0].controls.lfet: found the text "lfet"; allowed is the id of a control; did you mean `left`?',
      'unknown-key',
    ],
    [
      '[{ name: x, controls: { left: { lamp: x } } }]',
      '10:40 pages[0].controls.left.lamp: unknown key; allowed is do, onRelease, onDouble, onHold or onLongHold',
      'unknown-key',
    ],
    [
      '[{ name: x, controls: { next: { onHold: { command: tap } } } }]',
      '10:48 pages[0].controls.next.onHold: found on a control that does not tell its release; allowed is onHold where it does',
      'bad-gesture',
    ],
    [
      '[{ name: x, controls: { knob: { do: { command: tap } } } }]',
      '10:44 pages[0].controls.knob.do: found tap; allowed is setBpm, setBars or setClickVolume, with scale, on a fader',
      'bad-turn',
    ],
    [
      '[{ name: x, controls: { left: { do: { command: setBpm, scale: { zones: [80] } } } } }]',
      '10:70 pages[0].controls.left.do.scale: found on a press; allowed is scale as the do of a fader',
      'bad-action',
    ],
    [
      '[{ name: x, controls: { left: { do: { command: learn } } } }]',
      '10:55 pages[0].controls.left.do.command: found learn as do; allowed is learn as onLongHold, which no performance needs',
      'bad-action',
    ],
  ])('%s is a mistake', (list, line, code) => isMistake(pages(list), line, code));
});

describe('chords', () => {
  const chords = (chord: string) => `${base}chords: [${chord}]\n`;
  const two = 'a list of two controls, such as [left, right]';

  test('are of two switches that tell their release', () => {
    expect(pad.load(chords('{ controls: [left, right], do: { command: reset } }')).chords).toEqual([
      { controls: ['left', 'right'], do: { command: 'reset' } },
    ]);
  });

  test.each([
    [
      '{ controls: [left, rihgt], do: { command: tap } }',
      '10:29 chords[0].controls[1]: found the text "rihgt"; allowed is the id of a control; did you mean `right`?',
      'unknown-id',
    ],
    [
      '{ controls: [left, next], do: { command: tap } }',
      '10:29 chords[0].controls[1]: found the text "next", which does not tell its release; allowed is a switch that does, since a chord is two that are down',
      'not-allowed',
    ],
    [
      '{ controls: [left, left], do: { command: tap } }',
      '10:29 chords[0].controls[1]: found the text "left" twice; allowed is two different controls',
      'not-allowed',
    ],
    [
      '{ controls: [knob, left], do: { command: tap } }',
      '10:23 chords[0].controls[0]: found the text "knob", which is a fader or an encoder; allowed is a switch',
      'not-allowed',
    ],
    [
      '{ controls: [left], do: { command: tap } }',
      `10:22 chords[0].controls: found the list ["left"]; allowed is ${two}`,
      'out-of-range',
    ],
    [
      '{ controls: [left, right], do: { command: learn } }',
      '10:52 chords[0].do.command: found learn as do; allowed is learn as onLongHold, which no performance needs',
      'bad-action',
    ],
    [
      '{ controls: [left, right], do: { command: setBpm, scale: { zones: [80] } } }',
      '10:67 chords[0].do.scale: found on a press; allowed is scale as the do of a fader',
      'bad-action',
    ],
  ])('%s is a mistake', (chord, line, code) => isMistake(chords(chord), line, code));
});

describe('the picture', () => {
  test.each([
    [
      '["left . rigth"]',
      '10:10 layout[0]: found the text "rigth"; allowed is the id of a control or a lamp, or a dot for a gap; did you mean `right`?',
      'unknown-id',
    ],
    ['left', '10:9 layout: found the text "left"; allowed is a list of rows', 'wrong-type'],
    [
      '[""]',
      '10:10 layout[0]: found the text ""; allowed is a row of ids of controls and lamps, with a dot for a gap',
      'not-allowed',
    ],
  ])('%s is a mistake', (layout, line, code) => isMistake(`${base}layout: ${layout}\n`, line, code));
});

describe('displays', () => {
  const allowed = 'one MIDI message in hex with {number} or characters, such as "B0 32 {1}"';
  const display = (keys: string) => `${minimal}display: { ${keys} }\n`;

  test('may have all characters in one message', () => {
    expect(pad.load(display('shows: beat, characters: 2, messages: ["F0 {1} {2} F7"]')).display).toEqual({
      shows: 'beat',
      characters: 2,
      messages: [[0xf0, { character: 0 }, { character: 1 }, 0xf7]],
    });
  });

  test.each([
    [
      'shows: tempi, characters: 1, messages: ["B0 32 {1}"]',
      '6:19 display.shows: found the text "tempi"; allowed is tempo, bars or beat; did you mean `tempo`?',
      'not-allowed',
    ],
    [
      'shows: bars, characters: 1, messages: ["B0 32 {1}", "B0 33 {2}"]',
      '6:64 display.messages[1]: found {2}; allowed is a character from {1} to {1}',
      'bad-message',
    ],
    [
      'shows: bars, characters: 1, messages: [B0 32 01]',
      '6:50 display.messages: found nothing that changes; allowed is {number}, or characters as {1}',
      'bad-message',
    ],
    [
      'shows: bars, characters: 1, messages: ["B0 {0} {1}"]',
      `6:51 display.messages[0]: found the text "B0 {0} {1}"; allowed is ${allowed}; "{0}" is not two hex digits and not {number}, or a character as {1}`,
      'bad-message',
    ],
    [
      'shows: bars, characters: 1, messages: []',
      '6:50 display.messages: found an empty list; allowed is a list of messages',
      'out-of-range',
    ],
    [
      'shows: bars, messages: ["B0 32 {number}"]',
      '6:1 display.characters: is missing; allowed is a whole number from 1 to 128',
      'missing',
    ],
  ])('{ %s } is a mistake', (keys, line, code) => isMistake(display(keys), line, code));
});
