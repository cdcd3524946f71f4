import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file system below a folder of its own: contents by path; what begins with `-> ` is a link. */
export type Tree = Readonly<Record<string, string>>;

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes a tree, and gives its root. It is gone after the tests. */
export const aTree = (tree: Tree): string => {
  const root = mkdtempSync(join(tmpdir(), 'hindsight-tree-'));
  made.push(root);
  for (const [path, content] of Object.entries(tree)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), file);
    else if (path.endsWith('/')) mkdirSync(file, { recursive: true });
    else writeFileSync(file, content);
  }
  return root;
};
