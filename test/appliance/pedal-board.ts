const hex = (value: number): string => value.toString(16).padStart(2, '0').toUpperCase();

/** A lamp that is set by its number: one message lights it, another puts it out. */
const lamp = (number: number): string => `lamp: { off: "B0 6B ${hex(number)}", on: "B0 6A ${hex(number)}" }`;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

const pedals = numbers(8).map(
  (n) =>
    `  pedal-${n}: { on: { cc: 104, value: ${n} }, off: { cc: 105, value: ${n} }, do: { command: stomp, track: ${n} }, ${lamp(n)} }`,
);

const beats = numbers(8).map((n) => `  beat-${n}: { beat: ${n}, ${lamp(8 + n)} }`);
const bars = numbers(8).map((n) => `  bar-${n}: { bar: ${n}, ${lamp(16 + n)} }`);

/**
 * A player's own profile: pedals in the manner of the EurekaPROM behind a USB-MIDI cable, known by the cable. It has so many
 * lamps that all of them are more than a burst.
 */
export const pedalBoard = `
name: pedal-board
title: Pedal board on a cable
confidence: solid
usb: ["0582:012a"]
ports: { input: [UM-ONE] }
pace: { bytesPerSecond: 1000, burstBytes: 64 }
controls:
${pedals.join('\n')}
  click-volume: { on: { cc: 102 }, do: { command: setClickVolume, scale: { from: 0, to: 1 } } }
lamps:
${[...beats, ...bars].join('\n')}
`;
