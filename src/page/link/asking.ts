import type { ClientMessage } from '../../protocol/hindsight-v1.ts';

export type SessionCommand = Extract<ClientMessage, { type: 'command' }>['command'];
export type SetsQuestion = Extract<ClientMessage, { type: 'sets' }>['question'];
