import { JitterBuffer } from './jitter-buffer.ts';

/** What an AudioWorklet's own scope has; TypeScript's DOM library knows only the page's side of it. */
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Runs on the browser's audio thread: a page that is busy drawing makes no hole in the sound. */
class Playback extends AudioWorkletProcessor {
  readonly #buffer = new JitterBuffer(sampleRate);

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#buffer.push(new Int16Array(data, 8));
  }

  process(_inputs: unknown, [output]: readonly (readonly Float32Array[])[]): boolean {
    const [left, right] = output ?? [];
    if (left !== undefined && right !== undefined) this.#buffer.pull(left, right);
    return true;
  }
}

registerProcessor('playback', Playback);
