/** How many bytes follow a status byte; undefined for system exclusive. */
const following = (status) => {
  if (status < 0xf0) return (status & 0xe0) === 0xc0 ? 1 : 2;
  return { 241: 1, 242: 2, 243: 1 }[status] ?? 0;
};

/** Cuts a stream of bytes into messages. System realtime may come in the middle of others; running status holds. */
export const createCutter = (onMessage) => {
  let open = [];
  let running = 0;

  const data = (byte) => {
    if (open.length === 0 && running !== 0) open = [running];
    if (open.length === 0) return;
    open.push(byte);
    if (open[0] !== 0xf0 && open.length > following(open[0])) finish();
  };

  const finish = () => {
    const message = open;
    open = [];
    onMessage(message);
  };

  const status = (byte) => {
    if (byte === 0xf7 && open[0] === 0xf0) {
      open.push(byte);
      finish();
      return;
    }
    open = [byte];
    running = byte < 0xf0 ? byte : 0;
    if (byte !== 0xf0 && following(byte) === 0) finish();
  };

  return (bytes) => {
    for (const byte of bytes) {
      if (byte >= 0xf8) onMessage([byte]);
      else if (byte >= 0x80) status(byte);
      else data(byte);
    }
  };
};
