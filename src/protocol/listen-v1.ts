/**
 * The WebSocket sub-protocol by which the mix is heard. First comes the format, as JSON text. Then each binary message is 8 bytes, the number of
 * its first frame (little endian), and the frames: samples of 16 bits, little endian, left and right in turn. Frames that are left out were not sent.
 */
export const listenProtocol = 'hindsight.listen.v1';

export type ListenFormat = {
  readonly type: 'format';
  /** Frames in a second. */
  readonly rate: number;
  readonly channels: 2;
  readonly bits: 16;
};

/** The close code for who comes when as many listen as may. */
export const tooManyListeners = 4009;
