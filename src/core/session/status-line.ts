/** What whoever looks after the looper is told. */
export type ServiceStatus = {
  /** The name of the set; null where it has none. */
  readonly set: string | null;
  readonly loops: number;
  /** The interface that sound flows through. */
  readonly interface: string | undefined;
  /** What is waited for where there is none. */
  readonly waitsFor: string | undefined;
  readonly controllers: readonly string[];
  readonly warnings: readonly string[];
};

const counted = (loops: number): string => (loops === 1 ? '1 loop' : `${loops} loops`);

const soundText = ({ interface: title, waitsFor }: ServiceStatus): string => {
  if (waitsFor !== undefined) return `Waiting for the interface: ${waitsFor}`;
  return title === undefined ? 'Waiting for the interface' : `Sound: ${title}`;
};

/** How the looper fares, in a line for people; what is wrong comes first. */
export const statusLine = (status: ServiceStatus): string =>
  [
    ...status.warnings.map((warning) => `Warning: ${warning}`),
    soundText(status),
    `set: ${status.set ?? 'without a name'}, ${counted(status.loops)}`,
    status.controllers.length === 0 ? 'no controller' : `controllers: ${status.controllers.join(', ')}`,
  ].join('; ');
