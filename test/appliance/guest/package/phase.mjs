// What is to be done in this boot.
import { readFileSync } from 'node:fs';

await import(`./${readFileSync('name', 'utf8')}.mjs`);
// Ports and sockets that are still open would hold it.
process.exit(0);
