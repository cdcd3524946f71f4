import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Mistake, type Path, pathText } from './mistake.ts';

/** No settings file is as deep; the walk below must not run out of stack. */
const deepest = 32;

type Place = { readonly key: number; readonly value: number };

/** The plain value of a YAML text and where each of its parts stands. */
export type Tree = {
  readonly value: unknown;
  /** What YAML itself or its use here does not allow. */
  readonly mistakes: readonly Mistake[];
  /** The paths whose value could not be taken over, so that nothing more can be said about it. */
  readonly unread: ReadonlySet<string>;
  readonly has: (path: Path) => boolean;
  /** A mistake at the value of a path, or at its key; at what holds it where it is missing. */
  readonly mistakeAt: (path: Path, part: 'key' | 'value', code: string, text: string) => Mistake;
};

/** The parser's own words serve its authors; these serve the one who wrote the file. */
const syntaxTexts: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab at the start of the line; allowed are spaces; write two spaces for each tab',
  BLOCK_AS_IMPLICIT_KEY: 'a second `key:` inside a value; allowed is one per line; put a text with a colon in quotes',
  BLOCK_IN_FLOW: 'a value over several lines inside brackets; allowed is a value on one line',
  MULTILINE_IMPLICIT_KEY: 'a key without its colon; allowed is `key: value`',
  BAD_INDENT:
    'wrong indentation, or a bracket that is not closed; allowed are the keys of a section in one column, and brackets in pairs',
  MISSING_CHAR: 'something is not closed or has no colon; allowed is `key: value`, with quotes and brackets in pairs',
  BAD_SCALAR_START: 'a value cannot start with this sign; allowed is any text in quotes',
  BAD_DQ_ESCAPE: 'a backslash in double quotes that means nothing; allowed are single quotes around it',
  BAD_ALIAS: 'an alias without a name; allowed is the value itself',
  MULTIPLE_DOCS: 'a second document after `---`; allowed is one per file; remove the line',
  TAG_RESOLVE_FAILED: 'an unknown tag (`!...`); allowed is a plain value; remove the tag, or put the text in quotes',
  RESOURCE_EXHAUSTION: `nested too deep; allowed are ${deepest} levels`,
};

class Walk {
  readonly mistakes: Mistake[] = [];
  readonly unread = new Set<string>();
  readonly places = new Map<string, Place>();
  private readonly file: string;
  private readonly lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  mistake(offset: number, path: Path, code: string, text: string): Mistake {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col, path: pathText(path), code, text };
  }

  mistakeAt(path: Path, part: 'key' | 'value', code: string, text: string): Mistake {
    let holder = path;
    while (holder.length > 0 && !this.places.has(pathText(holder))) holder = holder.slice(0, -1);
    const place = this.places.get(pathText(holder)) ?? { key: 0, value: 0 };
    const atKey = part === 'key' || holder.length < path.length;
    return this.mistake(atKey ? place.key : place.value, path, code, text);
  }

  value(node: Node | null, path: Path, keyOffset: number): unknown {
    const offset = node?.range?.[0] ?? keyOffset;
    const empty = isScalar(node) && node.value === null;
    this.places.set(pathText(path), { key: keyOffset, value: empty ? keyOffset : offset });
    if (path.length > deepest)
      return this.unreadable(offset, path, 'too-deep', `nested too deep; allowed are ${deepest} levels`);
    if (isAlias(node)) {
      const text = `an alias (*${node.source}); allowed is the value itself; write it out`;
      return this.unreadable(offset, path, 'alias', text);
    }
    if (isScalar(node)) return node.value;
    if (isSeq<Node>(node))
      return node.items.map((item, at) => this.value(item, [...path, at], item?.range?.[0] ?? offset));
    return isMap<Node, Node>(node) ? this.map(node, path) : null;
  }

  private map(node: YAMLMap<Node, Node>, path: Path): Record<string, unknown> {
    const firstLine = new Map<string, number>();
    const entries: [string, unknown][] = [];
    for (const pair of node.items) {
      const offset = pair.key?.range?.[0] ?? 0;
      const key = this.key(pair, offset, path);
      if (key === undefined) continue;
      const line = firstLine.get(key);
      if (line !== undefined) {
        const text = `written twice, first on line ${line}; allowed is once; remove one of them`;
        this.mistakes.push(this.mistake(offset, [...path, key], 'duplicate-key', text));
        continue;
      }
      firstLine.set(key, this.lines.linePos(offset).line);
      entries.push([key, this.value(pair.value, [...path, key], offset)]);
    }
    return Object.fromEntries(entries);
  }

  private key(pair: Pair<Node, Node>, offset: number, path: Path): string | undefined {
    if (!isScalar(pair.key)) {
      this.mistakes.push(this.mistake(offset, path, 'bad-key', 'a key that is no word; allowed is `key: value`'));
      return undefined;
    }
    const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value));
    if (key === '<<') {
      const text = 'a merge key; allowed is the keys themselves; write them out';
      this.mistakes.push(this.mistake(offset, [...path, key], 'merge-key', text));
      return undefined;
    }
    // zod passes over this one in silence.
    if (key === '__proto__') {
      this.mistakes.push(
        this.mistake(offset, [...path, key], 'bad-key', 'a key with a meaning of its own; allowed is any other'),
      );
      return undefined;
    }
    return key;
  }

  private unreadable(offset: number, path: Path, code: string, text: string): undefined {
    this.mistakes.push(this.mistake(offset, path, code, text));
    this.unread.add(pathText(path));
  }
}

/** Reads YAML 1.2. After a mistake of syntax the rest is a guess: `value` is then undefined and only syntax is told. */
export const readTree = (file: string, text: string): Tree => {
  const lines = new LineCounter();
  // Duplicate keys are found in the walk: the parser compares each key with each other, which takes minutes in a bad file.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: false,
  });
  const walk = new Walk(file, lines);
  const told = new Set<number>();
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const mistake = walk.mistake(pos[0], [], 'syntax', syntaxTexts[code] ?? `not YAML: ${message}`);
    // The first mistake in a line mostly causes those after it.
    if (!told.has(mistake.line)) walk.mistakes.push(mistake);
    told.add(mistake.line);
  }
  if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    const version = `%YAML ${document.directives.yaml.version}; allowed is YAML 1.2; remove the line`;
    walk.mistakes.push(walk.mistake(Math.max(0, text.indexOf('%YAML')), [], 'syntax', version));
  }
  const start = document.contents?.range?.[0] ?? 0;
  const value = walk.mistakes.length === 0 ? walk.value(document.contents, [], start) : undefined;
  return {
    value,
    mistakes: walk.mistakes,
    unread: walk.unread,
    has: (path) => walk.places.has(pathText(path)),
    mistakeAt: (path, part, code, words) => walk.mistakeAt(path, part, code, words),
  };
};
