// Waits for a seed on the serial line, mounts the disk, and plays with the sets on it until the power is cut.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

// Compiled before the machine is frozen, so that each thaw is quick.
await import('/payload/hindsight/dist/adapters/files/sets/set-folder.js');
// What the machine has thrown away is zeroes, which need not be thawed.
writeFileSync('/proc/sys/vm/drop_caches', '3');
console.log('waiting');
const seed = await new Promise((resolve) => process.stdin.once('data', (text) => resolve(String(text).trim())));
process.stdin.pause();

// What they have to say would be taken for lines of the driver.
const run = (program, ...args) => execFileSync(program, args, { stdio: 'ignore' });
run('modprobe', '-a', 'virtio_pci', 'virtio_blk', 'ext4');
mkdirSync('/disk');
try {
  run('mount', '/dev/vda', '/disk');
} catch {
  run('mkfs.ext4', '-q', '/dev/vda');
  run('mount', '/dev/vda', '/disk');
}
process.argv.splice(2, process.argv.length, '/disk/sets', seed);
await import('/payload/hindsight/test/adapters/files/sets/kill-driver.mjs');
