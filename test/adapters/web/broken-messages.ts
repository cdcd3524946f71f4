/** Broken in ways that hands and programs break things. */
const words = [
  '"type"',
  '"event"',
  '"command"',
  '"initialize"',
  '"backloop"',
  '"track"',
  '"bars_to_record"',
  '"id"',
  '"stomp"',
  '"watch"',
  '"topics"',
  '"position"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  'null',
  'true',
  '1',
  '-1',
  '1e999',
  '0.5',
  '1e308',
  '""',
  '"\\u0000"',
  '😀',
  '\\',
];

/** Park and Miller's generator: the same messages in every run. */
export const dice = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

const wholes = [
  '{"event":"backloop","track":0,"bars_to_record":2}',
  '{"event":"latency","latency_seconds":0.01}',
  '{"type":"command","id":1,"command":{"type":"retake","track":1,"laterMs":3}}',
  '{"type":"sets","id":"x","question":{"act":"rename","name":"a","to":"b"}}',
];

/** Words in any order, or a message of which a part is cut, doubled or replaced; never a whole one. */
export const broken = (roll: (below: number) => number): string => {
  const word = () => words[roll(words.length)] ?? '';
  if (roll(2) === 0) return Array.from({ length: roll(12) }, word).join('');
  const whole = wholes[roll(wholes.length)] ?? '';
  const at = roll(whole.length);
  return `${whole.slice(0, at)}${word()}${whole.slice(at + roll(6) + 1)}!`;
};
