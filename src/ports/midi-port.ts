import type { Millis } from '../core/time/units.ts';

/** A message as it came in: complete bytes, and the monotonic time of its arrival. */
export type MidiMessage = { readonly bytes: readonly number[]; readonly time: Millis };

/** Both directions of one controller, which may come and go. Who makes it also opens and closes it. */
export interface MidiPort {
  /** How the player knows it, for logs and events. */
  readonly name: string;
  /** Listeners are to be set before the port is opened. */
  onMessage(listener: (message: MidiMessage) => void): void;
  /** Called after each (re)connect, once the controller is ready for lamps; what it shows is unknown then. */
  onConnected(listener: () => void): void;
  /** Sends a complete message at once. Never throws; false when it could not be sent: after the next connect all is sent anew. */
  send(bytes: readonly number[]): boolean;
}
