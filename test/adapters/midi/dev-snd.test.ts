import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceNodes } from '../../../src/adapters/midi/dev-snd.ts';

let root = '';
let nodes = new DeviceNodes();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dev-snd-'));
  nodes = new DeviceNodes(join(root, 'snd'));
});
afterEach(() => {
  nodes.close();
  rmSync(root, { recursive: true });
});

const node = (name: string): string => join(root, 'snd', name);

test('a node that comes or goes is told', async () => {
  mkdirSync(join(root, 'snd'));
  writeFileSync(node('midiC0D0'), '');
  await new Promise<void>((resolve) => {
    nodes.listen(resolve);
    rmSync(node('midiC0D0'));
  });
  nodes.close();
  await new Promise<void>((resolve) => {
    nodes.listen(resolve);
    writeFileSync(node('midiC1D0'), '');
  });
});

test('what is written to a node is not: the next thing told is the node that comes after it', async () => {
  mkdirSync(join(root, 'snd'));
  writeFileSync(node('seq'), '');
  let told = 0;
  await new Promise<void>((resolve) => {
    nodes.listen(() => {
      told += 1;
      resolve();
    });
    writeFileSync(node('seq'), 'note');
    writeFileSync(node('seq'), 'note');
    writeFileSync(node('midiC1D0'), '');
  });
  expect(told).toBe(1);
});

test('a folder that is missing, goes or comes again costs nothing', async () => {
  nodes.listen(() => undefined);
  mkdirSync(join(root, 'snd'));
  await new Promise<void>((resolve) => {
    nodes.listen(resolve);
    rmSync(join(root, 'snd'), { recursive: true });
  });
  mkdirSync(join(root, 'snd'));
  await new Promise<void>((resolve) => {
    nodes.listen(resolve);
    writeFileSync(node('midiC1D0'), '');
  });
});
