type OnChannel = {
  /** 1 to 16; without it any. */
  readonly channel?: number;
};

/** The kinds of MMC commands that a control may send, by their number (MIDI Machine Control 1.0). */
export const mmcCommands = {
  stop: 1,
  play: 2,
  deferredPlay: 3,
  forward: 4,
  rewind: 5,
  record: 6,
  recordExit: 7,
  pause: 9,
};

/** Which message of a controller is meant. */
export type Trigger =
  | (OnChannel & {
      readonly kind: 'note' | 'cc' | 'poly';
      readonly number: number;
      /** The value says which control it is, not how far it is pressed: all messages with it are presses. */
      readonly value?: number;
      /** From this value on it is pressed; below it is released. */
      readonly pressAt: number;
    })
  /** Several control changes that make one switch: the highest of them counts. */
  | (OnChannel & {
      readonly kind: 'ccs';
      readonly numbers: readonly number[];
      readonly pressAt: number;
      /** Pressed until all are at or below it. */
      readonly releaseAt: number;
    })
  | (OnChannel & { readonly kind: 'program'; readonly number: number })
  | (OnChannel & {
      readonly kind: 'pitch' | 'pressure';
      /** With it a switch, pressed from this value on (the pitch's are 0 to 16383, 8192 at rest); without it a fader. */
      readonly pressAt?: number;
    })
  | { readonly kind: 'start' | 'stop' | 'continue' }
  | { readonly kind: 'mmc'; readonly command: number }
  /** Any system exclusive message that begins with these bytes, F0 included. */
  | { readonly kind: 'sysex'; readonly prefix: readonly number[] };

/** Pitch bend and channel pressure tell a place, unless it is said from where on they are a press. */
export const tellsPlace = (on: Trigger): boolean =>
  (on.kind === 'pitch' || on.kind === 'pressure') && on.pressAt === undefined;
