import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { openWeb } from '../../src/adapters/web/server.ts';
import { clientMessageSchema, serverMessageSchema, subProtocol } from '../../src/protocol/hindsight-v1.ts';
import { notedLog, someOptions } from '../adapters/web/rig.ts';
import { aFront } from '../streams/front/a-front.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');

/** What is said in the document, in its order: `>` by a client, `<` by the looper, of which only what stands there is meant. */
const talk = [...text.matchAll(/```talk\n(.*?)```/gs)].flatMap(([, block = '']) =>
  block
    .trim()
    .split('\n')
    .map((line) => ({ by: line[0], message: JSON.parse(line.slice(2)) as Record<string, unknown> })),
);

/** A looper whose music stands still, as the document has it, behind its real port. Time goes on while something is waited for. */
const talking = async () => {
  const on = aFront();
  const web = await openWeb(on.front, someOptions, notedLog());
  const ws = new WebSocket(`ws://127.0.0.1:${web.port}/`, subProtocol);
  const heard: unknown[] = [];
  ws.on('message', (data) => heard.push(JSON.parse(String(data))));
  await once(ws, 'open');
  const passing = setInterval(() => on.pass(1), 1);
  const end = async (): Promise<void> => {
    clearInterval(passing);
    ws.close();
    await web.close();
    on.front.close();
  };
  return { ws, heard, end };
};

const isLike = (message: unknown, wanted: Record<string, unknown>): boolean => {
  try {
    expect(message).toMatchObject(wanted);
    return true;
  } catch {
    return false;
  }
};

test('the document has examples of both sides', () => {
  expect(talk.filter(({ by }) => by === '>').length).toBeGreaterThan(10);
  expect(talk.filter(({ by }) => by === '<').length).toBeGreaterThan(10);
});

test('each example is answered as it says', async () => {
  const { ws, heard, end } = await talking();
  try {
    const seen = new Set<unknown>();
    for (const { by, message } of talk) {
      if (by === '>') {
        ws.send(JSON.stringify(message));
        continue;
      }
      for (;;) {
        const found = heard.find((one) => !seen.has(one) && isLike(one, message));
        if (found !== undefined) {
          seen.add(found);
          break;
        }
        await once(ws, 'message');
      }
    }
    for (const message of heard) expect(serverMessageSchema.parse(message)).toEqual(message);
  } finally {
    await end();
  }
});

test('what is said to be no message is none, and all else is one', () => {
  const isGood = ({ message }: (typeof talk)[number]): boolean => clientMessageSchema.safeParse(message).success;
  const said = talk.filter(({ by }) => by === '>');
  expect(said.filter((one) => !isGood(one)).map(({ message }) => message)).toEqual([
    { type: 'command', id: 7, command: { type: 'stomp' } },
    { type: 'explode' },
  ]);
});
