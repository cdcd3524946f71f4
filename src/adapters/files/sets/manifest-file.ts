import { messageOf, UserError } from '../../../core/errors.ts';
import type { Disk } from '../disk.ts';
import { openInput, readAt } from '../input-file.ts';
import { openAside } from '../write-aside.ts';
import { type ManifestText, readManifestText } from './manifest-text.ts';

/** What is under the name of a manifest. `unreadable` is one that the disk or its permissions do not give. */
export type ManifestFile =
  | (Extract<ManifestText, { readonly kind: 'sound' }> & { readonly text: string })
  | Exclude<ManifestText, { readonly kind: 'sound' }>
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly what: string };

/** A manifest of 64 tracks takes 25 KB; more is another file by mistake. */
const limitBytes = 1024 * 1024;

const bytesOf = (path: string, disk: Disk): Uint8Array => {
  const input = openInput(path, disk);
  try {
    const bytes = new Uint8Array(Math.min(input.size, limitBytes + 1));
    return bytes.subarray(0, readAt(input, bytes, bytes.length, 0));
  } finally {
    disk.closeSync(input.fd);
  }
};

/** Reads a manifest. Blocking; throws nothing. */
export const readManifest = (path: string, disk: Disk): ManifestFile => {
  try {
    const bytes = bytesOf(path, disk);
    if (bytes.length > limitBytes) return { kind: 'damaged', what: 'is larger than 1 MB' };
    const read = readManifestText(bytes);
    return read.kind === 'sound' ? { ...read, text: new TextDecoder().decode(bytes) } : read;
  } catch (thrown) {
    const code = thrown instanceof UserError ? thrown.code : undefined;
    if (code === 'file-missing') return { kind: 'missing' };
    if (code === 'file-empty') return { kind: 'damaged', what: 'is empty' };
    return { kind: 'unreadable', what: messageOf(thrown) };
  }
};

/** Puts a text on disk in place of the file's. Blocking; throws the codes of `openAside`. */
export const writeText = (path: string, text: string, disk: Disk): void => {
  const aside = openAside(path, disk);
  aside.append(Buffer.from(text, 'utf8'));
  aside.commit();
};
