/** ALSA's sequencer gives each port the numbers of its client and port, new ones at each plug: `Name:Port 20:0`. */
export const withoutNumbers = (name: string): string => name.replace(/\s+\d+:\d+$/, '');

/** The number of the client that a port belongs to. */
export const clientOf = (name: string): number | undefined => {
  const digits = /\s(\d+):\d+$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** Ports that are no controller: loopbacks and other programs'. Taken only by name: a profile's pattern, or the config's. */
const noController = /^(midi through|system|rtmidi|hindsight|a2jmidid|pipewire|rtpmidi)/i;

export const isNoController = (name: string): boolean => noController.test(name);

/** RtMidi names each open end so unless told otherwise, which its binding cannot: such a port is an end of our own. */
const openEnd = /^RtMidi (Input|Output) Client:RtMidi (Input|Output)$/;

/** A port that this program has made by opening another: to take it would be to hear ourselves. */
export const isOwn = (name: string): boolean => openEnd.test(withoutNumbers(name));

/** Whether a port is meant by a piece of its name, as the config gives it. */
export const hasPiece = (name: string, piece: string): boolean =>
  withoutNumbers(name).toLowerCase().includes(piece.toLowerCase());

/** The longest of a profile's patterns that a port's name matches: the longest says most. */
export const patternOf = (name: string, patterns: readonly string[]): string | undefined =>
  patterns
    .filter((pattern) => new RegExp(pattern, 'i').test(withoutNumbers(name)))
    .toSorted((a, b) => b.length - a.length)[0];
