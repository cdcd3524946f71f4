// Open Sound Control 1.0, as much of it as SooperLooper speaks: strings, whole numbers and 32-bit floats.

const padded = (text) => {
  const bytes = Buffer.from(`${text}\0`);
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
};

const number = (write, value) => {
  const bytes = Buffer.alloc(4);
  bytes[write](value);
  return bytes;
};

const writers = {
  s: padded,
  i: (value) => number('writeInt32BE', value),
  f: (value) => number('writeFloatBE', value),
};

/** A message of an address and arguments of the given types, a letter each: `s`, `i` or `f`. */
export const encode = (address, types, ...values) =>
  Buffer.concat([padded(address), padded(`,${types}`), ...values.map((value, index) => writers[types[index]](value))]);

const readers = {
  s: (bytes, at) => {
    const text = bytes.toString('utf8', at, bytes.indexOf(0, at));
    return [text, at + padded(text).length];
  },
  i: (bytes, at) => [bytes.readInt32BE(at), at + 4],
  f: (bytes, at) => [bytes.readFloatBE(at), at + 4],
};

/** The address and the arguments of a message. */
export const decode = (bytes) => {
  const [address, typesAt] = readers.s(bytes, 0);
  const [types, valuesAt] = readers.s(bytes, typesAt);
  const values = [];
  let at = valuesAt;
  for (const type of types.slice(1)) {
    const [value, next] = readers[type](bytes, at);
    values.push(value);
    at = next;
  }
  return { address, values };
};
