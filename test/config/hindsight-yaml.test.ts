import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config/load.ts';
import { configSchemaFor } from '../../src/config/schema.ts';
import { inRepository } from './files.ts';

const path = inRepository('config/hindsight.yaml');
const source = readFileSync(path, 'utf8');

type Shape = { readonly properties?: Readonly<Record<string, Shape>> };

/** `session`, `session.bpm`, ... as the schema has them, whether or not a key has a default. */
const keysOfShape = ({ properties = {} }: Shape, prefix = ''): string[] =>
  Object.entries(properties).flatMap(([key, value]) => [`${prefix}${key}`, ...keysOfShape(value, `${prefix}${key}.`)]);

const keysOfFile = (value: unknown, prefix = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => [`${prefix}${key}`, ...keysOfFile(inner, `${prefix}${key}.`)])
    : [];

const schemaKeys = keysOfShape(z.toJSONSchema(configSchemaFor(undefined), { io: 'output' }) as Shape);
const keysInSections = schemaKeys
  .map((key) => key.split('.'))
  .flatMap(([, key, ...deeper]) => (key && deeper.length === 0 ? [key] : []));

test('the file has every key of the schema and no other', () => {
  expect(schemaKeys).toContain('audio.monitorChannels');
  expect(keysOfFile(parse(source)).sort()).toEqual([...schemaKeys].sort());
});

test('its values are the defaults', () => {
  expect(loadConfig(path)).toEqual(loadConfig(undefined));
  // What stands in the file, not what loading adds to it.
  expect(parse(source)).toEqual(loadConfig(undefined));
});

test('each key has a comment of its own, which ends in its default', () => {
  const comments = [...source.matchAll(/((?: {2}#.*\n)+) {2}(\w+): (.*)\n/g)];
  expect(comments.map(([, , key]) => key)).toEqual(keysInSections);
  for (const [, comment, , value] of comments) {
    expect(comment?.replaceAll(/\n? +# /g, ' ')).toMatch(/ Default [^:]+(: .+)?\.\n$/);
    expect([`Default ${value}.`, `Default ${value}:`].filter((stated) => comment?.includes(stated))).toHaveLength(1);
  }
});
