/** How much of everything there may be. All of it is bounded, so that no front end can take sound, memory or time from the looper. */
export type Limits = {
  /** WebSockets of all kinds. */
  readonly clients: number;
  readonly sockets: number;
  /** Of those from one address, but for this machine's own, from which a proxy may bring everybody. */
  readonly socketsPerAddress: number;
  /** Of one message of a client, and of the body of a request. */
  readonly messageBytes: number;
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  /** Questions of one client that wait for the disk. */
  readonly openQuestions: number;
  /** What a client has not been sent yet: above the first one it is told of changes only, above the second one of nothing until it has caught up. */
  readonly thinAboveBytes: number;
  readonly dropAboveBytes: number;
  /** How often it is looked who is still there. Who does not answer until the next look is gone. */
  readonly pingMs: number;
  /** How long a client may lie behind. */
  readonly stallMs: number;
  /** Of a request, from its first byte to its last. */
  readonly requestMs: number;
  /** The same of a file that comes in. */
  readonly fileMs: number;
  readonly fileBytes: number;
  /** Wrong tokens from an address, in how long, and how long none of it is looked at then. */
  readonly wrongTokens: number;
  readonly wrongTokensMs: number;
};

export const usualLimits: Limits = {
  clients: 64,
  sockets: 256,
  socketsPerAddress: 64,
  messageBytes: 16 * 1024,
  messagesPerSecond: 100,
  messageBurst: 200,
  openQuestions: 8,
  thinAboveBytes: 64 * 1024,
  dropAboveBytes: 256 * 1024,
  pingMs: 10_000,
  stallMs: 30_000,
  requestMs: 10_000,
  fileMs: 600_000,
  fileBytes: 512 * 1024 * 1024,
  wrongTokens: 10,
  wrongTokensMs: 60_000,
};

export type WebOptions = {
  /** The address to listen at. */
  readonly host: string;
  /** 0 is any that is free. */
  readonly port: number;
  /** Names by which the box is reached, beside its own. */
  readonly names: readonly string[];
  /** Pages from elsewhere that may speak to the looper. */
  readonly origins: readonly string[];
  /** Paths of PEM files. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** How many may listen to the mix. */
  readonly listeners: number;
  /** What a front end has to know. Undefined only where the address is this machine's alone. */
  readonly token: string | undefined;
  /** The page's files, as built. */
  readonly pageFolder: string;
  /** Where files lie for a while that come in and go out, and how much of its disk stays free. */
  readonly work: { readonly folder: string; readonly reserveBytes: number };
  /** What is wrong with the looper; undefined where it is well. */
  readonly isWell: () => string | undefined;
  readonly limits?: Partial<Limits>;
};
