/** The WebSocket sub-protocol of the schema in `hindsight-v1.ts`. What an old client would misread gets another number. Apart from it, so that the page need not carry the schema. */
export const subProtocol = 'hindsight.v1';
export const protocolVersion = 1;

/** How often a second position and levels are told at most, and to who does not say how often. */
export const mostHz = 30;
