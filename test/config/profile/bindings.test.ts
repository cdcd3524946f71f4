import { Pad, withControls } from './pad.ts';

const pad = new Pad();
afterAll(() => pad.remove());

const bindings = (keys: string) => pad.load(withControls(`a: { ${keys} }`)).controls[0]?.bindings;

describe('what a press does', () => {
  test.each([
    ['{ command: stomp, track: 1 }', { command: 'stomp', track: 1 }],
    ['{ command: start, track: 64 }', { command: 'start', track: 64 }],
    ['{ command: stop, track: 2 }', { command: 'stop', track: 2 }],
    ['{ command: clear, track: 2 }', { command: 'clear', track: 2 }],
    ['{ command: clear, track: 2, at: bar }', { command: 'clear', track: 2, at: 'bar' }],
    ['{ command: undo }', { command: 'undo' }],
    ['{ command: redo, at: now }', { command: 'redo', at: 'now' }],
    ['{ command: retake, moreBars: -32 }', { command: 'retake', moreBars: -32 }],
    ['{ command: retake, track: 64, laterMs: 0.5 }', { command: 'retake', track: 64, laterMs: 0.5 }],
    [
      '{ command: retake, moreBars: 32, laterBars: -32, laterBeats: 64, laterMs: -1000, at: bar }',
      { command: 'retake', moreBars: 32, laterBars: -32, laterBeats: 64, laterMs: -1000, at: 'bar' },
    ],
    ['{ command: loadSet, name: "1st set" }', { command: 'loadSet', name: '1st set' }],
    ['{ command: loadSet, place: 128 }', { command: 'loadSet', place: 128 }],
    ['{ command: loadSet, by: -1 }', { command: 'loadSet', by: -1 }],
    ['{ command: saveSet }', { command: 'saveSet' }],
    ['{ command: saveSet, name: opener }', { command: 'saveSet', name: 'opener' }],
    ['{ command: newSet }', { command: 'newSet' }],
    ['{ command: record, track: 2 }', { command: 'record', track: 2 }],
    ['{ command: record, track: 2, bars: 32 }', { command: 'record', track: 2, bars: 32 }],
    ['{ command: reset }', { command: 'reset' }],
    ['{ command: muteClick }', { command: 'muteClick' }],
    ['{ command: tap }', { command: 'tap' }],
    ['{ command: calibrate }', { command: 'calibrate' }],
    ['{ command: calibrate, mute: true }', { command: 'calibrate', mute: true }],
    ['{ command: pageUp }', { command: 'pageUp' }],
    ['{ command: pageDown }', { command: 'pageDown' }],
    ['{ command: setBpm, bpm: 92.5 }', { command: 'setBpm', bpm: 92.5 }],
    ['{ command: setBars, bars: 4 }', { command: 'setBars', bars: 4 }],
    ['{ command: setClickVolume, volume: 0 }', { command: 'setClickVolume', volume: 0 }],
    ['{ command: changeBpm, by: -100 }', { command: 'changeBpm', by: -100 }],
    ['{ command: changeBars, by: 8 }', { command: 'changeBars', by: 8 }],
    ['{ command: changeClickVolume, by: 0.1 }', { command: 'changeClickVolume', by: 0.1 }],
  ])('%s', (action, press) => {
    expect(bindings(`on: { program: 1 }, do: ${action}`)).toEqual({ press });
  });

  test('nothing, where none is said', () => {
    expect(bindings('on: { note: 1 }')).toEqual({});
    expect(bindings('on: { note: 1 }, do: { command: none }')).toEqual({});
  });

  const commands =
    'stomp, start, stop, record, clear, undo, redo, retake, loadSet, saveSet, reset, newSet, muteClick, tap, pageUp, pageDown, none, learn, calibrate, setBpm, setBars, setClickVolume, changeBpm, changeBars or changeClickVolume';
  test.each([
    [
      '{ command: stmp, track: 1 }',
      `40 controls.a.do.command: found the text "stmp"; allowed is ${commands}; did you mean \`stomp\`?`,
      'not-allowed',
    ],
    ['{ track: 1 }', `25 controls.a.do.command: is missing; allowed is ${commands}`, 'not-allowed'],
    [
      'tap',
      '29 controls.a.do: found the text "tap"; allowed is a command with its values, such as { command: stomp, track: 1 }',
      'wrong-type',
    ],
    [
      '{ command: stomp, track: 65 }',
      '54 controls.a.do.track: found 65; allowed is a whole number from 1 to 64',
      'out-of-range',
    ],
    ['{ command: stomp }', '25 controls.a.do.track: is missing; allowed is a whole number from 1 to 64', 'missing'],
    ['{ command: tap, track: 1 }', '45 controls.a.do.track: unknown key; allowed is command', 'unknown-key'],
    [
      '{ command: record, track: 1, bars: 33 }',
      '64 controls.a.do.bars: found 33; allowed is a whole number from 1 to 32',
      'out-of-range',
    ],
    [
      '{ command: setBpm, bpm: 19 }',
      '53 controls.a.do.bpm: found 19; allowed is a number from 20 to 400',
      'out-of-range',
    ],
    [
      '{ command: setBpm }',
      '29 controls.a.do: found neither bpm nor scale; allowed is bpm on a switch, or scale with or without pickUp on a fader',
      'bad-action',
    ],
    [
      '{ command: setBars, bars: 4, pickUp: true }',
      '29 controls.a.do: found bars and pickUp; allowed is bars on a switch, or scale with or without pickUp on a fader',
      'bad-action',
    ],
    [
      '{ command: changeBpm, by: 0 }',
      '55 controls.a.do.by: found 0; allowed is a number from -100 to 100, but not 0',
      'out-of-range',
    ],
    [
      '{ command: changeBars, by: 1.5 }',
      '56 controls.a.do.by: found 1.5; allowed is a whole number from -8 to 8, but not 0',
      'out-of-range',
    ],
    [
      '{ command: changeClickVolume, by: 2 }',
      '63 controls.a.do.by: found 2; allowed is a number from -1 to 1, but not 0',
      'out-of-range',
    ],
    [
      '{ command: learn }',
      '40 controls.a.do.command: found learn as do; allowed is learn as onLongHold, which no performance needs',
      'bad-action',
    ],
    [
      '{ command: setBpm, scale: { from: 40, to: 200 } }',
      '55 controls.a.do.scale: found with a message that tells no place; allowed is scale with cc, poly, pitch or pressure, without value',
      'bad-turn',
    ],
  ])('%s is a mistake', (action, line, code) => {
    const content = withControls(`a: { on: { note: 1 }, do: ${action} }`);
    expect(pad.lines(content)).toEqual([`6:${line}`]);
    expect(pad.codes(content)).toEqual([code]);
  });
});

describe('of loops that are there and of sets', () => {
  const name = 'allowed is a name of 1 to 64 characters';
  const nothing = 'found no change; allowed is one or more of moreBars, laterBars, laterBeats, laterMs';
  const which = 'allowed is one of name, place or by';
  test.each([
    ['{ command: clear, track: 1, at: beat }', '.at', 'found the text "beat"; allowed is now or bar', 'not-allowed'],
    [
      '{ command: undo, at: barr }',
      '.at',
      'found the text "barr"; allowed is now or bar; did you mean `bar`?',
      'not-allowed',
    ],
    ['{ command: redo, track: 1 }', '.track', 'unknown key; allowed is command or at', 'unknown-key'],
    ['{ command: undoo }', '.command', /; did you mean `undo`\?$/, 'not-allowed'],
    ['{ command: loadset }', '.command', /; did you mean `loadSet`\?$/, 'not-allowed'],
    ['{ command: retake }', '', nothing, 'bad-action'],
    ['{ command: retake, track: 1, at: bar }', '', nothing, 'bad-action'],
    [
      '{ command: retake, moreBars: 0 }',
      '.moreBars',
      'found 0; allowed is a whole number from -32 to 32, but not 0',
      'out-of-range',
    ],
    [
      '{ command: retake, moreBars: 33 }',
      '.moreBars',
      'found 33; allowed is a whole number from -32 to 32, but not 0',
      'out-of-range',
    ],
    [
      '{ command: retake, laterBars: 0.5 }',
      '.laterBars',
      'found 0.5; allowed is a whole number from -32 to 32, but not 0',
      'out-of-range',
    ],
    [
      '{ command: retake, laterBeats: -65 }',
      '.laterBeats',
      'found -65; allowed is a whole number from -64 to 64, but not 0',
      'out-of-range',
    ],
    [
      '{ command: retake, laterMs: 1000.5 }',
      '.laterMs',
      'found 1000.5; allowed is a number from -1000 to 1000, but not 0',
      'out-of-range',
    ],
    [
      '{ command: retake, laterMs: "5" }',
      '.laterMs',
      'found the text "5"; allowed is a number from -1000 to 1000, but not 0',
      'wrong-type',
    ],
    [
      '{ command: retake, moreBars: 1, track: 0 }',
      '.track',
      'found 0; allowed is a whole number from 1 to 64',
      'out-of-range',
    ],
    ['{ command: retake, moreBars: 1, laterBeat: 1 }', '.laterBeat', /; did you mean `laterBeats`\?$/, 'unknown-key'],
    ['{ command: loadSet }', '', `found no set; ${which}`, 'bad-action'],
    ['{ command: loadSet, name: a, by: 1 }', '', `found name and by; ${which}`, 'bad-action'],
    ['{ command: loadSet, name: a, place: 1, by: 1 }', '', `found name and place and by; ${which}`, 'bad-action'],
    ['{ command: loadSet, name: "" }', '.name', `found the text ""; ${name}`, 'not-allowed'],
    ['{ command: loadSet, place: 0 }', '.place', 'found 0; allowed is a whole number from 1 to 128', 'out-of-range'],
    [
      '{ command: loadSet, by: 0 }',
      '.by',
      'found 0; allowed is a whole number from -128 to 128, but not 0',
      'out-of-range',
    ],
    [
      `{ command: saveSet, name: ${'x'.repeat(65)} }`,
      '.name',
      `found the text "${'x'.repeat(40)}..."; ${name}`,
      'not-allowed',
    ],
    ['{ command: saveSet, name: 7 }', '.name', `found 7; ${name}`, 'wrong-type'],
    ['{ command: newSet, name: a }', '.name', 'unknown key; allowed is command', 'unknown-key'],
  ])('%s is a mistake', (action, place, words, code) => {
    const content = withControls(`a: { on: { note: 1 }, do: ${action} }`);
    const told = pad.lines(content)[0] ?? '';
    expect(told).toMatch(new RegExp(`^6:\\d+ controls\\.a\\.do${place.replace('.', '\\.')}: `));
    if (typeof words === 'string') expect(told.replace(/^\S+ \S+: /, '')).toBe(words);
    else expect(told).toMatch(words);
    expect(pad.codes(content)).toContain(code);
  });

  test('a name may have 64 characters, be they of two code units each', () => {
    const longest = '\u{1f3b8}'.repeat(64);
    expect(bindings(`on: { program: 1 }, do: { command: saveSet, name: "${longest}" }`)).toEqual({
      press: { command: 'saveSet', name: longest },
    });
  });

  test('an encoder takes no steps through the sets', () => {
    const content = withControls('a: { on: { cc: 1 }, relative: offset, do: { command: loadSet, by: 1 } }');
    expect(pad.codes(content)).toEqual(['bad-turn']);
  });
});

describe('what a fader or an encoder does', () => {
  const linear = { kind: 'linear', round: false, curve: 1 };
  test.each([
    [
      'on: { cc: 1 }, do: { command: setBpm, scale: { from: 40, to: 200 } }',
      { command: 'setBpm', scale: { ...linear, from: 40, to: 200 }, pickUp: false },
    ],
    [
      'on: { cc: 1 }, fine: true, do: { command: setBpm, scale: { zones: [60, 92.5] }, pickUp: true }',
      { command: 'setBpm', scale: { kind: 'zones', values: [60, 92.5] }, pickUp: true },
    ],
    [
      'on: { message: pitch }, do: { command: setBars, scale: { from: 1, to: 32 } }',
      { command: 'setBars', scale: { ...linear, from: 1, to: 32, round: true }, pickUp: false },
    ],
    [
      'on: { message: pressure }, do: { command: setClickVolume, scale: { from: 1, to: 0, curve: 2 } }',
      { command: 'setClickVolume', scale: { ...linear, from: 1, to: 0, curve: 2 }, pickUp: false },
    ],
    [
      'on: { poly: 1 }, do: { command: setBpm, scale: { from: 40, to: 200, round: true } }',
      { command: 'setBpm', scale: { ...linear, from: 40, to: 200, round: true }, pickUp: false },
    ],
    ['on: { cc: 1 }, relative: offset, do: { command: changeBpm, by: 0.5 }', { command: 'changeBpm', by: 0.5 }],
    ['on: { cc: 1 }, relative: signBit, do: { command: changeBars, by: -1 }', { command: 'changeBars', by: -1 }],
  ])('{ %s }', (keys, turn) => expect(bindings(keys)).toEqual({ turn }));

  test('nothing, where none is said', () => {
    expect(bindings('on: { message: pitch }')).toEqual({});
    expect(bindings('on: { cc: 1 }, relative: offset, do: { command: none }')).toEqual({});
  });

  const scale = 'allowed is { from, to } with or without round and curve, or { zones }';
  const steps = 'changeBpm, changeBars or changeClickVolume, with by, on an encoder';
  const places = 'setBpm, setBars or setClickVolume, with scale, on a fader';
  const gesture = 'found on a fader or an encoder; allowed is do, and no gesture';
  test.each([
    [
      'on: { cc: 1 }, do: { command: setBpm, scale: { from: 0, to: 200 } }',
      '61 controls.a.do.scale.from: found 0; allowed is a number from 20 to 400',
      'out-of-range',
    ],
    [
      'on: { cc: 1 }, do: { command: setBpm, scale: { from: 40 } }',
      `53 controls.a.do.scale: found keys with values; ${scale}`,
      'bad-scale',
    ],
    [
      'on: { cc: 1 }, do: { command: setBars, scale: { zones: [1], curve: 2 } }',
      `54 controls.a.do.scale: found keys with values; ${scale}`,
      'bad-scale',
    ],
    [
      'on: { cc: 1 }, do: { command: setBars, scale: { zones: [] } }',
      '63 controls.a.do.scale.zones: found an empty list; allowed is a list of values',
      'out-of-range',
    ],
    [
      'on: { cc: 1 }, do: { command: setBpm, scale: { from: 40, to: 80, curve: 0 } }',
      '80 controls.a.do.scale.curve: found 0; allowed is a number from 0.1 to 10',
      'out-of-range',
    ],
    [
      'on: { cc: 1 }, do: { command: setBpm, bpm: 80, scale: { zones: [80] } }',
      '27 controls.a.do: found bpm and scale; allowed is bpm on a switch, or scale with or without pickUp on a fader',
      'bad-action',
    ],
    [
      'on: { cc: 1 }, relative: offset, do: { command: tap }',
      `45 controls.a.do: found tap; allowed is ${steps}`,
      'bad-turn',
    ],
    [
      'on: { cc: 1 }, relative: offset, do: { command: setBpm, scale: { zones: [80] } }',
      `45 controls.a.do: found setBpm; allowed is ${steps}`,
      'bad-turn',
    ],
    [
      'on: { message: pitch }, do: { command: changeBpm, by: 1 }',
      `36 controls.a.do: found changeBpm; allowed is ${places}`,
      'bad-turn',
    ],
    [
      'on: { cc: 1 }, fine: true, do: { command: setBpm, bpm: 80 }',
      `39 controls.a.do: found setBpm; allowed is ${places}`,
      'bad-turn',
    ],
    [
      'on: { cc: 1 }, do: { command: setBpm, scale: { zones: [80] } }, onHold: { command: tap }',
      `80 controls.a.onHold: ${gesture}`,
      'bad-gesture',
    ],
    ['on: { message: pitch }, onDouble: { command: tap }', `42 controls.a.onDouble: ${gesture}`, 'bad-gesture'],
  ])('{ %s } is a mistake', (keys, line, code) => {
    const content = withControls(`a: { ${keys} }`);
    expect(pad.lines(content)).toEqual([`6:${line}`]);
    expect(pad.codes(content)).toEqual([code]);
  });
});

describe('gestures', () => {
  const stomp = 'do: { command: stomp, track: 3 }';
  const press = { command: 'stomp', track: 3 };

  test('each has a command of its own', () => {
    expect(
      bindings(
        `on: { note: 1 }, ${stomp}, onRelease: { command: stop, track: 3 }, onDouble: { command: tap }, onHold: { command: reset }, onLongHold: { command: learn }`,
      ),
    ).toEqual({
      press,
      release: { command: 'stop', track: 3 },
      double: { command: 'tap' },
      hold: { command: 'reset' },
      longHold: { command: 'learn' },
    });
  });

  test.each([
    [
      'that tells its release clears the track when it is held',
      'on: { note: 1 }',
      { press, hold: { command: 'clear', track: 3 } },
    ],
    [
      'that says what a hold does, does that',
      'on: { note: 1 }, onHold: { command: tap }',
      { press, hold: { command: 'tap' } },
    ],
    ['that says that a hold does nothing, does nothing', 'on: { note: 1 }, onHold: { command: none }', { press }],
    ['that tells no release knows no hold', 'on: { program: 1 }', { press }],
    ['that says on and off in turn knows no hold', 'on: { note: 1 }, release: toggle', { press }],
  ])('a pad for a track %s', (_title, keys, expected) => expect(bindings(`${keys}, ${stomp}`)).toEqual(expected));

  test('another pad does nothing when it is held', () => {
    expect(bindings('on: { note: 1 }, do: { command: start, track: 3 }')).toEqual({
      press: { command: 'start', track: 3 },
    });
  });

  test('a double press needs no release', () => {
    expect(bindings('on: { program: 1 }, onDouble: { command: tap }')).toEqual({ double: { command: 'tap' } });
  });

  const untold = (key: string) => `found on a control that does not tell its release; allowed is ${key} where it does`;
  const learn = (key: string) => `found learn as ${key}; allowed is learn as onLongHold, which no performance needs`;
  test.each([
    ['on: { program: 1 }, onHold: { command: tap }', `36 controls.a.onHold: ${untold('onHold')}`, 'bad-gesture'],
    [
      'on: { note: 1 }, release: false, onLongHold: { command: learn }',
      `53 controls.a.onLongHold: ${untold('onLongHold')}`,
      'bad-gesture',
    ],
    [
      'on: { note: 1 }, release: toggle, onRelease: { command: tap }',
      `53 controls.a.onRelease: ${untold('onRelease')}`,
      'bad-gesture',
    ],
    ['on: { note: 1 }, onHold: { command: learn }', `44 controls.a.onHold.command: ${learn('onHold')}`, 'bad-action'],
    [
      'on: { note: 1 }, onDouble: { command: learn }',
      `46 controls.a.onDouble.command: ${learn('onDouble')}`,
      'bad-action',
    ],
    [
      'on: { note: 1 }, onLongHold: { command: setBpm, scale: { zones: [80] } }',
      '63 controls.a.onLongHold.scale: found on a press; allowed is scale as the do of a fader',
      'bad-action',
    ],
  ])('{ %s } is a mistake', (keys, line, code) => {
    const content = withControls(`a: { ${keys} }`);
    expect(pad.lines(content)).toEqual([`6:${line}`]);
    expect(pad.codes(content)).toEqual([code]);
  });
});
