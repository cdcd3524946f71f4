import type { WebSocket } from 'ws';

const rate = 48_000;
const blockFrames = 1024;
const tooManyListeners = 4009;

/** A tone, as a looper sends what it plays: so many frames at a time, each with the number of its first one. */
const block = (first: number): Buffer => {
  const bytes = Buffer.alloc(8 + blockFrames * 4);
  bytes.writeBigInt64LE(BigInt(first), 0);
  for (let frame = 0; frame < blockFrames; frame += 1) {
    const sample = Math.round(8000 * Math.sin((2 * Math.PI * 440 * (first + frame)) / rate));
    bytes.writeInt16LE(sample, 8 + frame * 4);
    bytes.writeInt16LE(sample, 10 + frame * 4);
  }
  return bytes;
};

export const sendSound = (socket: WebSocket, isFull: boolean): void => {
  if (isFull) {
    socket.close(tooManyListeners, 'too many listeners');
    return;
  }
  socket.send(JSON.stringify({ type: 'format', rate, channels: 2, bits: 16 }));
  const startedMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedMs) * rate) / 1000;
    for (; sent < due; sent += blockFrames) socket.send(block(sent));
  }, 10);
  socket.on('close', () => clearInterval(timer));
};
