import { ReadOut } from '../../src/streams/read-out.ts';
import { FakeTextDisplay } from '../fakes/fake-text-display.ts';
import { aStage } from './a-stage.ts';

const reading = () => {
  const on = aStage();
  const display = new FakeTextDisplay();
  const readOut = new ReadOut(on.stage, display);
  return { ...on, display, readOut };
};

test('it shows the session from the first', () => {
  const { display } = reading();
  expect(display.read()).toEqual(['000        1 bar', '1.1      120 BPM']);
});

test('what happens is shown in a turn of its own, not while it happens', () => {
  const { session, display, pass } = reading();
  pass(1000);
  session.command({ type: 'stomp', track: 2 });
  expect(display.screens).toHaveLength(1);
  pass(0);
  expect(display.read()[0]).toBe('030        1 bar');
});

test('however much happens, ten pictures a second are enough, and the last one stands', () => {
  const { session, display, pass } = reading();
  for (let bars = 1; bars <= 500; bars += 1) {
    session.command({ type: 'setBars', bars: (bars % 32) + 1 });
    pass(2);
  }
  pass(100);
  expect(display.screens.length).toBeLessThanOrEqual(12);
  expect(display.read()[0]).toBe('000      21 bars');
});

test('a refusal is read for three seconds, though nothing else happens', () => {
  const { session, display, pass } = reading();
  pass(1000);
  session.command({ type: 'start', track: 1 });
  pass(0);
  expect(display.read()[1]).toBe('Track is empty  ');
  pass(2900);
  expect(display.read()[1]).toBe('Track is empty  ');
  pass(200);
  expect(display.read()[1]).toBe('1.1      120 BPM');
});

test('when nothing happens nothing is drawn', () => {
  const { display, pass } = reading();
  pass(10_000);
  expect(display.screens).toHaveLength(1);
});

test('after the close nothing is shown any more', () => {
  const { session, display, pass, readOut } = reading();
  session.command({ type: 'start', track: 1 });
  readOut.close();
  pass(1000);
  session.command({ type: 'start', track: 1 });
  pass(1000);
  expect(display.screens).toHaveLength(1);
});
