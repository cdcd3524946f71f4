import type { Profile } from '../../../src/core/controller/profile.ts';
import { errorOf, Folder, linesOf } from '../files.ts';
import { loadProfile } from '../load-profile.ts';

/** What every profile needs, on four lines. */
export const head = 'name: pad\ntitle: A pad\nconfidence: solid\nports: { input: [] }\n';
export const minimal = `${head}controls: {}\n`;
/** The first of them stands on line 6. */
export const withControls = (...controls: string[]): string =>
  `${head}controls:\n${controls.map((line) => `  ${line}\n`).join('')}`;

/** A folder of its own for the profile called pad. */
export class Pad {
  private readonly folder = new Folder();

  load(content: string): Profile {
    return loadProfile(this.folder.write('pad.yaml', content));
  }

  /** What is told of it, without the file's name. */
  lines(content: string): string[] {
    return linesOf(() => this.load(content), this.folder.path).map((line) => line.replace(/^pad\.yaml:/, ''));
  }

  codes(content: string): string[] {
    return errorOf(() => this.load(content)).mistakes.map(({ code }) => code);
  }

  remove(): void {
    this.folder.remove();
  }
}
