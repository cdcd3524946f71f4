import { columns, lines, type Screen } from '../../src/core/lcd/screen.ts';
import type { TextDisplay } from '../../src/ports/text-display.ts';

/** A screen as a person reads it: glyphs of ours as their codes. A screen of another size throws. */
export const readable = (screen: Screen): readonly string[] => {
  if (screen.length !== lines * columns) throw new Error(`a screen of ${screen.length} characters`);
  const text = screen.map((code) => String.fromCharCode(code < 8 ? 0x30 + code : code)).join('');
  return [text.slice(0, columns), text.slice(columns)];
};

/** A display that is there from the first. */
export class FakeTextDisplay implements TextDisplay {
  readonly screens: (readonly string[])[] = [];

  show(screen: Screen): void {
    this.screens.push(readable(screen));
  }

  /** What stands there now. */
  read(): readonly string[] {
    return this.screens.at(-1) ?? ['', ''];
  }
}
