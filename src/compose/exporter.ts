import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../core/errors.ts';
import type { ExportedSet, ExportWish } from '../ports/front-of-house.ts';

const program = fileURLToPath(new URL('../main.js', import.meta.url));

/** More than any error of ours says. */
const mostTextBytes = 4096;

const argumentsOf = ({ name, passes, tape }: ExportWish, output: string): readonly string[] => [
  ...['sets', 'export', '--output', output, '--passes', String(passes)],
  ...(tape ? ['--tape'] : []),
  // What follows is a name, whatever it begins with.
  ...(name === undefined ? [] : ['--', name]),
];

/** Runs the program to its end; the signal ends it sooner. Rejects with what it says of itself. */
const ran = (args: readonly string[], signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'], signal });
    let failure: Error | undefined;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-mostTextBytes);
    });
    // Told to end it is still there for a while, and what it writes; one that never began ends here.
    child.on('error', (error) => {
      failure = error;
      if (child.pid === undefined) reject(error);
    });
    child.on('close', (code) => {
      if (failure !== undefined) reject(failure);
      else if (code === 0) resolve();
      else reject(new UserError('export-failed', said.trim() || `the export ended with code ${code}`));
    });
  });

/**
 * Writes sets as ZIP files below a folder, one at a time, in a process of its own: mixing takes a core for as long as it lasts, and no sound is to wait
 * for it. That process asks this one for what it needs, as it does when it is started by hand.
 */
export const exporterIn = (folder: string) => {
  let isBusy = false;
  return async (wish: ExportWish, signal: AbortSignal): Promise<ExportedSet> => {
    if (isBusy) throw new UserError('export-busy', 'another export is being written; wait for it, then ask again');
    isBusy = true;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const work = await mkdtemp(join(folder, 'export-'));
      const remove = (): Promise<void> => rm(work, { recursive: true, force: true });
      const path = join(work, 'set.zip');
      try {
        await ran(argumentsOf(wish, path), signal);
        return { path, remove };
      } catch (error) {
        await remove();
        throw error;
      }
    } finally {
      isBusy = false;
    }
  };
};
