import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GpioPort, type GpioWish } from '../../../src/adapters/gpio/gpio-port.ts';
import type { TakeLampLines } from '../../../src/adapters/gpio/lamp-lines.ts';
import { monotonicNow } from '../../../src/engine/monotonic.ts';
import type { MidiMessage } from '../../../src/ports/midi-port.ts';

/** Lamps on pins that may be had or not. What no lamp is set, and what was given back, throw. */
export class FakeLamps {
  lit = new Map<number, boolean>();
  readonly sets: (readonly [pin: number, isLit: boolean])[] = [];
  refusal: string | undefined;
  asked = 0;
  isHeld = false;

  readonly take: TakeLampLines = (_chip, pins) => {
    this.asked += 1;
    if (this.refusal !== undefined) throw new Error(this.refusal);
    if (this.isHeld) throw new Error('taken twice');
    this.isHeld = true;
    this.lit = new Map(pins.map((pin) => [pin, false]));
    return {
      set: (pin, isLit) => {
        if (this.refusal !== undefined) throw new Error(this.refusal);
        if (!this.isHeld) throw new Error('set after the release');
        if (!this.lit.has(pin)) throw new Error(`no lamp on pin ${pin}`);
        this.lit.set(pin, isLit);
        this.sets.push([pin, isLit]);
      },
      release: () => {
        if (!this.isHeld) throw new Error('released twice');
        this.isHeld = false;
      },
    };
  };

  shown(): string {
    return [...this.lit].map(([pin, isLit]) => `${pin}${isLit ? '*' : ''}`).join(' ');
  }
}

export const pedalWish: GpioWish = {
  chip: 'gpiochip0',
  switches: [5, 6, null, 13],
  lamps: [22, null, null, 23],
  pull: 'up',
  pressed: 'low',
  lit: 'high',
};

/** Until something is so; a machine that is busy takes its time. */
export const until = async (isSo: () => boolean): Promise<void> => {
  const limit = monotonicNow() + 20_000;
  while (!isSo()) {
    if (monotonicNow() > limit) throw new Error('it never came to that');
    await sleep(5);
  }
};

/** A pedal on pins, with a stand-in for gpiomon, whose edges are given by hand. */
export class Pedal {
  readonly folder = mkdtempSync(join(tmpdir(), 'pedal-'));
  readonly lamps = new FakeLamps();
  readonly messages: MidiMessage[] = [];
  readonly said: string[] = [];
  readonly port: GpioPort;
  connects = 0;
  #edges: FileHandle | undefined;

  constructor(wish: Partial<GpioWish> = {}) {
    const say = (level: string) => (message: string) =>
      void this.said.push(`${level} ${message.replaceAll(this.folder, '')}`);
    this.port = new GpioPort(
      { ...pedalWish, ...wish },
      {
        clock: { now: monotonicNow },
        log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
        takeLampLines: this.lamps.take,
        path: `/nowhere:${this.folder}`,
        devices: this.folder,
      },
    );
    execFileSync('mkfifo', [join(this.folder, 'edges')]);
  }

  listen(): void {
    this.port.onMessage((message) => void this.messages.push(message));
    this.port.onConnected(() => {
      this.connects += 1;
    });
  }

  installTool(): void {
    copyFileSync(join(import.meta.dirname, '../../fakes/fake-gpiomon'), join(this.folder, 'gpiomon'));
  }

  plugChip(): void {
    writeFileSync(join(this.folder, 'gpiochip0'), '');
  }

  refuse(words: string | undefined): void {
    const file = join(this.folder, 'refusal');
    if (words === undefined) rmSync(file);
    else writeFileSync(file, words);
  }

  /** All that it takes. Resolves once it is connected. */
  async open(): Promise<void> {
    this.installTool();
    this.plugChip();
    this.port.open();
    await until(() => this.port.isConnected);
  }

  args(): readonly string[] {
    return readFileSync(join(this.folder, 'args'), 'utf8').trim().split('\n');
  }

  /** Writes lines as gpiomon does. */
  async write(text: string): Promise<void> {
    this.#edges ??= await open(join(this.folder, 'edges'), 'r+');
    await this.#edges.write(text);
  }

  /** A pin goes high or low at a time. */
  edge(pin: number, level: 'high' | 'low', ms: number): Promise<void> {
    const seconds = Math.floor(ms / 1000);
    const nanos = String(Math.round((ms % 1000) * 1e6)).padStart(9, '0');
    return this.write(`${pin} ${level === 'high' ? 1 : 2} ${String(seconds).padStart(8)}.${nanos}\n`);
  }

  /** Ends the tool, as a fault would. */
  async killTool(): Promise<void> {
    process.kill(Number(readFileSync(join(this.folder, 'pid'), 'utf8')), 'SIGKILL');
    await until(() => !this.port.isConnected);
  }

  async close(): Promise<void> {
    await this.port.close();
    await this.#edges?.close();
    rmSync(this.folder, { recursive: true });
  }
}
