import { listenProtocol, tooManyListeners } from '../../protocol/listen-v1.ts';
import type { Listening } from './listening.ts';
import workletAddress from './playback-worklet.ts?worker&url';

type Format = { readonly type: 'format'; readonly rate: number; readonly channels: number; readonly bits: number };

const isFormat = (value: unknown): value is Format =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'format' && 'rate' in value;

const failed = (reason: string): Listening => ({ kind: 'failed', reason });

const noWorklet = `This browser plays sound for secure pages only (https, or the box itself), and this page came over ${location.protocol.replace(':', '')}.`;

/** Brings what the looper plays to this page's speaker, for as long as it is wanted. */
export class Listener {
  readonly #url: string;
  readonly #rate: () => number;
  readonly #tell: (listening: Listening) => void;
  #context: AudioContext | undefined;
  #socket: WebSocket | undefined;

  /** `rate`: the looper's, as far as it is known. */
  constructor(url: string, rate: () => number, tell: (listening: Listening) => void) {
    this.#url = url;
    this.#rate = rate;
    this.#tell = tell;
  }

  start(): void {
    this.#end();
    if (typeof AudioWorkletNode === 'undefined') {
      this.#tell(failed(noWorklet));
      return;
    }
    this.#tell({ kind: 'starting' });
    // Now, not when sound is here: phones allow it only while a finger is on the button.
    this.#open(this.#rate());
    const socket = new WebSocket(this.#url, listenProtocol);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let node: AudioWorkletNode | undefined;
    socket.addEventListener('message', async ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) {
        node?.port.postMessage(data, [data]);
        return;
      }
      const format: unknown = JSON.parse(String(data));
      if (!isFormat(format)) return;
      node = await this.#player(format.rate).catch(() => undefined);
      if (this.#socket !== socket) return;
      if (node === undefined) this.#fail('The sound cannot be played here.');
      else this.#tell({ kind: 'on' });
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket !== socket) return;
      this.#fail(
        code === tooManyListeners
          ? 'Too many listen already: somebody else has to stop first.'
          : 'The looper sends no more sound.',
      );
    });
  }

  stop(): void {
    this.#end();
    this.#tell({ kind: 'off' });
  }

  /** A context of the looper's own rate: the browser converts, if its device has another. */
  #open(rate: number): AudioContext {
    void this.#context?.close();
    this.#context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
    void this.#context.resume();
    return this.#context;
  }

  async #player(rate: number): Promise<AudioWorkletNode> {
    const known = this.#context;
    const context = known?.sampleRate === rate ? known : this.#open(rate);
    await context.audioWorklet.addModule(workletAddress);
    const node = new AudioWorkletNode(context, 'playback', { numberOfInputs: 0, outputChannelCount: [2] });
    node.connect(context.destination);
    return node;
  }

  #fail(reason: string): void {
    this.#end();
    this.#tell(failed(reason));
  }

  #end(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    void this.#context?.close();
    this.#context = undefined;
  }
}
