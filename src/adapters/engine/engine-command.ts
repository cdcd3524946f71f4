import type { SoundCommand } from '../../core/sound/command.ts';
import { loopMemoryFrames } from '../../core/sound/span.ts';
import type { EngineCommand } from '../../engine/protocol.ts';

const bytesPerFrame = 2 * Float32Array.BYTES_PER_ELEMENT;

/** A command as the engine takes it: a capture is given the memory for its loop, made here, away from the sound. */
export const engineCommand = (command: SoundCommand): EngineCommand =>
  command.type === 'capture'
    ? {
        type: 'capture',
        capture: command,
        samples: new SharedArrayBuffer(loopMemoryFrames(command) * bytesPerFrame),
      }
    : command;
