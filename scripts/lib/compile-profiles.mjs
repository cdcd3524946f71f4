// Reads and checks the controller profiles that come with the program, so that no start has to: node compile-profiles.mjs DIST
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const dist = resolve(process.argv[2]);
const compiled = (name) => import(join(dist, 'config', name));
const { compileProfiles } = await compiled('compile.js');
const { compiledBytes } = await compiled('compiled.js');
const folder = join(import.meta.dirname, '../../config/controllers');
writeFileSync(join(dist, 'profiles.bin'), compiledBytes(compileProfiles(folder)));
