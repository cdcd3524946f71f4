import { minimal, Pad, withControls } from './pad.ts';

const pad = new Pad();
afterAll(() => pad.remove());

const palette = 'palette: { off: "00", red: "05", dim-green: "7F" }\n';
const withLamp = (lamp: string, rest = '') => `${withControls(`a: { on: { note: 1 }, lamp: ${lamp} }`)}${rest}`;

describe('how a lamp is set', () => {
  const looks = (lamp: string, rest = '') => {
    const { id: _, show: __, ...read } = pad.load(withLamp(lamp, rest)).lamps[0] ?? {};
    return read;
  };

  test('a template has each shade of the palette', () => {
    expect(looks('"90 0B {colour}"', palette)).toEqual({
      steady: { off: [[0x90, 11, 0]], red: [[0x90, 11, 5]], 'dim-green': [[0x90, 11, 127]] },
    });
  });

  test('a shade may be several bytes, also the first', () => {
    expect(looks('"F0 {colour} 01 {colour} F7"', 'palette: { off: 00 00, on: 7F 01 }\n')).toEqual({
      steady: { off: [[0xf0, 0, 0, 1, 0, 0, 0xf7]], on: [[0xf0, 127, 1, 1, 127, 1, 0xf7]] },
    });
    expect(looks('"{colour} 0B 01"', 'palette: { off: "80", on: "90" }\n')).toEqual({
      steady: { off: [[0x80, 11, 1]], on: [[0x90, 11, 1]] },
    });
  });

  test('a list of templates is sent one after the other', () => {
    expect(looks('["90 0B 00", "90 0B {colour}"]', 'palette: { off: "00", on: "01" }\n')).toEqual({
      steady: {
        off: [
          [0x90, 11, 0],
          [0x90, 11, 0],
        ],
        on: [
          [0x90, 11, 0],
          [0x90, 11, 1],
        ],
      },
    });
  });

  test('messages by shade need no palette', () => {
    expect(looks('{ off: B0 6B 01, on: [B0 6A 01, B0 6C 01] }')).toEqual({
      steady: {
        off: [[0xb0, 0x6b, 1]],
        on: [
          [0xb0, 0x6a, 1],
          [0xb0, 0x6c, 1],
        ],
      },
    });
  });

  test('what the device blinks by itself has looks of its own, which need no off', () => {
    expect(looks('{ steady: "90 0B {colour}", blink: { red: 91 0B 05 }, pulse: "92 0B {colour}" }', palette)).toEqual({
      steady: { off: [[0x90, 11, 0]], red: [[0x90, 11, 5]], 'dim-green': [[0x90, 11, 127]] },
      blink: { red: [[0x91, 11, 5]] },
      pulse: { off: [[0x92, 11, 0]], red: [[0x92, 11, 5]], 'dim-green': [[0x92, 11, 127]] },
    });
  });

  const message = 'one MIDI message in hex such as "90 24 05"';
  const template = 'a message in hex with {colour}, such as "90 24 {colour}"';
  const at = '6:31 controls.a.lamp';
  test.each([
    [
      '"90 0B {colour}"',
      '',
      `${at}: found {colour} without a palette; allowed is a message for each colour; or write a palette`,
      'no-palette',
    ],
    [
      '"90 0B 05"',
      palette,
      `${at}: found no {colour}; allowed is a {colour}, or a message for each colour`,
      'bad-message',
    ],
    ['90', palette, `${at}: found 90; allowed is ${template}; put it in quotes`, 'wrong-type'],
    [
      '"90 0B {color}"',
      palette,
      `${at}: found the text "90 0B {color}"; allowed is ${template}; "{color}" is not two hex digits and not {colour}`,
      'bad-message',
    ],
    [
      '"90 {colour}"',
      palette,
      `${at}: found no message with off; allowed is ${message}; after 90 come 2 bytes, not 1`,
      'bad-message',
    ],
    [
      '"90 0B {colour}"',
      'palette: { off: "00", red: "80" }\n',
      `${at}: found no message with red; allowed is ${message}; 80 is above 7F, and only the first byte may be`,
      'bad-message',
    ],
    [
      '{ off: 90 0B, on: 90 0B 01 }',
      '',
      `6:38 controls.a.lamp.off: found the text "90 0B"; allowed is ${message}; after 90 come 2 bytes, not 1`,
      'bad-message',
    ],
    ['{ on: 90 0B 01 }', '', `${at.replace('31', '25')}.off: is missing; allowed is ${message}`, 'missing'],
    [
      '{ off: [], on: 90 0B 01 }',
      '',
      '6:38 controls.a.lamp.off: found an empty list; allowed is one message or a list of them',
      'out-of-range',
    ],
    [
      '{ off: "90 0B {colour}" }',
      palette,
      `6:38 controls.a.lamp.off: found the text "90 0B {colour}"; allowed is ${message}; "{colour}" is not two hex digits`,
      'bad-message',
    ],
    [
      '{ blink: "90 0B {colour}" }',
      palette,
      `6:25 controls.a.lamp.steady: is missing; allowed is ${template}`,
      'missing',
    ],
  ])('%s is a mistake', (lamp, rest, line, code) => {
    expect(pad.lines(withLamp(lamp, rest))).toEqual([line]);
    expect(pad.codes(withLamp(lamp, rest))).toEqual([code]);
  });

  test('colours and behaviours do not mix', () => {
    expect(pad.lines(withLamp('{ steady: "90 0B {colour}", red: 90 0B 05 }', palette))).toEqual([
      '6:59 controls.a.lamp.red: unknown key; allowed is steady, blink or pulse',
    ]);
  });

  test.each([
    ['{ red: "05" }', '6:1 palette.off: is missing; allowed is bytes in hex such as "15"'],
    ['{ off: 0 }', '6:17 palette.off: found 0; allowed is bytes in hex such as "15"; put it in quotes'],
    [
      '{ off: 0G }',
      '6:17 palette.off: found the text "0G"; allowed is bytes in hex such as "15"; "0G" is not two hex digits',
    ],
  ])('the palette %s is a mistake', (bad, line) => expect(pad.lines(`${minimal}palette: ${bad}\n`)).toEqual([line]));

  test('an unknown colour is told, and the lamps are not blamed for it', () => {
    const lines = pad.lines(withLamp('"90 0B {colour}"', 'palette: { off: "00", rde: "05" }\n'));
    expect(lines).toEqual([expect.stringMatching(/^7:23 palette\.rde: unknown key; .*; did you mean `red`\?$/)]);
  });
});

describe('lamps that belong to no control', () => {
  const own = (lamps: string) => `${minimal}lamps: { ${lamps} }\n`;
  const lamp = 'lamp: { off: "80", on: "90" }'.replace('"80"', '80 51 00').replace('"90"', '90 51 01');

  test('show a beat, a bar, or whether all is well', () => {
    const lamps = `x: { beat: 64, ${lamp} }, y: { bar: 1, ${lamp} }, z: { show: health, ${lamp} }`;
    expect(pad.load(own(lamps)).lamps.map(({ show }) => show)).toEqual([
      { kind: 'beat', beat: 64 },
      { kind: 'bar', bar: 1 },
      { kind: 'health' },
    ]);
  });

  test.each([
    [`x: { ${lamp} }`, '6:10 lamps.x.beat: is missing; allowed is beat, bar or show', 'missing'],
    [`x: { beat: 1, bar: 1, ${lamp} }`, '6:21 lamps.x.beat: found beat and bar; allowed is one of them', 'bad-lamp'],
    [
      `x: { bar: 1, show: health, ${lamp} }`,
      '6:20 lamps.x.bar: found bar and show; allowed is one of them',
      'bad-lamp',
    ],
    [`x: { show: warmth, ${lamp} }`, '6:21 lamps.x.show: found the text "warmth"; allowed is health', 'not-allowed'],
    [`x: { beat: 65, ${lamp} }`, '6:21 lamps.x.beat: found 65; allowed is a whole number from 1 to 64', 'out-of-range'],
    [
      'x: { beat: 1 }',
      '6:10 lamps.x.lamp: is missing; allowed is a message in hex with {colour}, such as "90 24 {colour}"',
      'missing',
    ],
  ])('{ %s } is a mistake', (lamps, line, code) => {
    expect(pad.lines(own(lamps))).toEqual([line]);
    expect(pad.codes(own(lamps))).toEqual([code]);
  });

  test('have names of their own', () => {
    const content = `${withControls('a: { on: { note: 1 } }')}lamps: { a: { beat: 1, ${lamp} } }\n`;
    expect(pad.lines(content)).toEqual(['7:13 lamps.a: the name of a control too; allowed is a name of its own']);
    expect(pad.codes(content)).toEqual(['duplicate-id']);
  });
});

describe('all lamps in one message', () => {
  const lamps = withControls(
    'a: { on: { note: 1 }, lamp: "{colour} 00" }',
    'b: { on: { note: 2 }, lamp: { off: "00", on: "7F" } }',
  );
  const framed = (frame: string) => `${lamps}palette: { off: "00 00", red: "7F 00" }\nframe: ${frame}\n`;

  test('has their bytes in their places', () => {
    const profile = pad.load(framed('F0 47 {a} 01 {b} {a} F7'));
    expect(profile.frame).toEqual([0xf0, 0x47, { lamp: 'a' }, 1, { lamp: 'b' }, { lamp: 'a' }, 0xf7]);
    expect(profile.lamps.map(({ steady }) => steady)).toEqual([
      { off: [[0, 0, 0]], red: [[127, 0, 0]] },
      { off: [[0]], on: [[127]] },
    ]);
  });

  const allowed = 'one system exclusive message in hex with lamps in braces, such as "F0 47 {a} {b} F7"';
  test.each([
    [
      'F0 {a} {b} {c} F7',
      '9:8 frame: found the text "{c}"; allowed is a lamp of this profile; did you mean `a`?',
      'unknown-id',
    ],
    ['F0 {a} F7', '9:8 frame: found no {b}; allowed is a place for each lamp', 'bad-frame'],
    [
      'F0 {a} {b}',
      `9:8 frame: found the text "F0 {a} {b}"; allowed is ${allowed}; a message that starts with F0 ends in F7`,
      'bad-message',
    ],
    ['90 {a} {b}', `9:8 frame: found the text "90 {a} {b}"; allowed is ${allowed}; it begins with F0`, 'bad-message'],
    [
      'F0 a {b} F7',
      `9:8 frame: found the text "F0 a {b} F7"; allowed is ${allowed}; "a" is not two hex digits and not a lamp in braces`,
      'bad-message',
    ],
  ])('%s is a mistake', (frame, line, code) => {
    expect(pad.lines(framed(frame))).toEqual([line]);
    expect(pad.codes(framed(frame))).toEqual([code]);
  });

  const data = 'data bytes in hex such as "7F 00", for their place in the frame';
  test.each([
    [
      '{ off: "00", on: 7F 00 }',
      '6:31 controls.a.lamp: found colours of 1 and 2 bytes; allowed is as many bytes for each, since the frame has one place',
      'bad-lamp',
    ],
    [
      '{ steady: { off: "00" }, blink: { on: 01 01 } }',
      '6:31 controls.a.lamp: found colours of 1 and 2 bytes; allowed is as many bytes for each, since the frame has one place',
      'bad-lamp',
    ],
    [
      '{ off: "80" }',
      `6:38 controls.a.lamp.off: found the text "80"; allowed is ${data}; 80 is above 7F, and only the first byte may be`,
      'bad-message',
    ],
    ['{ off: ["00"] }', `6:38 controls.a.lamp.off: found the list ["00"]; allowed is ${data}`, 'wrong-type'],
  ])('in which the lamp %s is a mistake', (lamp, line, code) => {
    const content = withLamp(lamp, 'frame: F0 {a} F7\n');
    expect(pad.lines(content)).toEqual([line]);
    expect(pad.codes(content)).toEqual([code]);
  });
});
