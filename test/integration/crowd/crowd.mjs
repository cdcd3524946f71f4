// A crowd in a process of its own, so that what it does costs the looper's thread nothing. It reads as plainly as can be, for it has
// to share two cores with the looper: bytes are counted and thrown away.
import { once } from 'node:events';
import { connect } from 'node:net';

const answerEveryMs = 3000;

/** A masked frame, the mask being nothing. */
const frameOf = (kind, text = '') => {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x80 | kind, 0x80 | body.length, 0, 0, 0, 0]), body]);
};
const textFrame = (message) => frameOf(1, JSON.stringify(message));
const pong = frameOf(10);

const upgrade = `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: hindsight.v1\r\n\r\n`;

const watching = textFrame({ type: 'watch', topics: ['position', 'levels'], hz: 30 });

const sockets = [];
let bytes = 0;

const come = async (port, prepare) => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  sockets.push(socket);
  socket.on('error', () => undefined);
  prepare(socket);
  await once(socket, 'connect');
  socket.write(upgrade);
  socket.write(watching);
  return socket;
};

const reader = (port) =>
  come(port, (socket) => {
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    const answering = setInterval(() => socket.write(pong), answerEveryMs);
    socket.once('close', () => clearInterval(answering));
  });

/** Asks for more than all buffers on the way can hold, and never reads. */
const stalled = async (port, questions) => {
  const socket = await come(port, (one) => one.pause());
  const question = textFrame({ type: 'resync' });
  socket.write(Buffer.concat(Array(questions).fill(question)));
};

process.on('message', async ({ act, port, readers, stallers, questions }) => {
  switch (act) {
    case 'come':
      for (let count = 0; count < readers; count += 1) await reader(port);
      for (let count = 0; count < stallers; count += 1) await stalled(port, questions);
      process.send({ bytes });
      return;
    case 'count':
      process.send({ bytes });
      return;
    case 'go':
      for (const socket of sockets.splice(0)) socket.destroy();
      process.send({ bytes });
  }
});
process.once('disconnect', () => process.exit());
