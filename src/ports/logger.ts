/** Says things to whoever looks after the box. The player is told by lamps and page. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
