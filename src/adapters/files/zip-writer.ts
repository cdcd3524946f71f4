import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { messageOf } from '../../core/errors.ts';
import { openAside } from './write-aside.ts';

/** A file in a ZIP: its name there, how many bytes it has, and these, made as they are needed. */
export type ZipEntry = { readonly name: string; readonly bytes: number; readonly content: () => Iterable<Uint8Array> };

/** Sound hardly gets smaller by being compressed. */
const stored = { compress: false, mode: 0o100644 } as const;

/**
 * Writes a ZIP file aside (see `openAside`, whose codes it throws, beside what an entry throws): it stands whole under its name, on disk, or not at
 * all. Memory is bounded, whatever the entries hold. `onBytes` is told how many bytes are written.
 */
export const writeZip = async (
  path: string,
  entries: readonly ZipEntry[],
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> => {
  const aside = openAside(path);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure ??= error;
    output.destroy(new Error(messageOf(error)));
  };
  zip.on('error', fail);
  for (const { name, bytes, content } of entries) {
    const open = (give: (error: unknown, stream: Readable) => void) =>
      give(undefined, Readable.from(content()).on('error', fail));
    zip.addReadStreamLazy(name, { ...stored, size: bytes }, open);
  }
  zip.end();
  try {
    let written = 0;
    for await (const chunk of output) {
      aside.append(chunk);
      written += chunk.length;
      onBytes(written);
    }
    aside.commit();
  } catch (error) {
    throw failure ?? error;
  } finally {
    aside.abort();
  }
};
