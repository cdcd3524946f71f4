import { cpus, release } from 'node:os';
import { boxText } from '../../../src/adapters/machine/this-box.ts';

test('the machine is told in a line: processor, system, kernel', async () => {
  const text = await boxText();
  expect(text).toContain(`x ${cpus().length}`);
  expect(text).toContain(`kernel ${release()}`);
  expect(text).not.toMatch(/\n|, ,|undefined/);
});
