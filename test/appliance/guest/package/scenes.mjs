// Plays scenes one after the other. Each leaves what it saw, or what went wrong in it; the host judges.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

export const seen = process.argv[2];

export const playAll = async (scenes) => {
  for (const [name, scene] of Object.entries(scenes)) {
    const start = performance.now();
    let result;
    try {
      result = await scene();
    } catch (error) {
      result = { error: error.stack };
    }
    writeFileSync(`${seen}/${name}.json`, JSON.stringify(result, undefined, 1));
    // A machine that ends otherwise than it was to has told what it saw.
    execFileSync('sync');
    console.log(
      `guest: ${name} took ${Math.round(performance.now() - start)} ms${result?.error ? `: ${result.error}` : ''}`,
    );
  }
};
