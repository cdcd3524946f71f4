// Reads what was meant for a character display (HD44780) behind an eight-bit expander (PCF8574), as the usual board wires them: bit 0 tells
// characters from instructions, bit 2 takes over on its way down, the upper four are half a byte.
const [isCharacter, enable] = [1, 4];

/** The lines of a display of 2 x 16 that these bytes leave. */
export const decode = (bytes) => {
  const memory = new Map();
  let [address, half, wide, before] = [0, undefined, true, 0];
  const take = (value, characters) => {
    if (characters) {
      memory.set(address, value);
      address += 1;
    } else if (value & 0x80) address = value & 0x7f;
    else if (value === 1 || (value & 0xfe) === 2) {
      if (value === 1) memory.clear();
      address = 0;
    } else if (value & 0x40) address = 0x1000 + (value & 0x3f);
  };
  for (const byte of bytes) {
    if (before & enable && !(byte & enable)) {
      const nibble = before >> 4;
      // At the start it takes eight bits at once, until it is told otherwise.
      if (wide) wide = nibble !== 2;
      else if (half === undefined) half = nibble;
      else {
        take((half << 4) | nibble, Boolean(before & isCharacter));
        half = undefined;
      }
    }
    before = byte;
  }
  const line = (start) =>
    Array.from({ length: 16 }, (_, index) => {
      const code = memory.get(start + index) ?? 32;
      // What lies below a space is a glyph of its own.
      return code < 32 ? '#' : String.fromCharCode(code);
    }).join('');
  return [line(0), line(0x40)];
};
