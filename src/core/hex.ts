/** A byte as two hex digits, as MIDI documents write them. */
export const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** Bytes in hex with spaces: `90 24 7F`. */
export const hexBytes = (bytes: readonly number[]): string => bytes.map(hexByte).join(' ');
