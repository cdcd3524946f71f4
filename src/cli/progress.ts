/** Shows on a terminal how far long work has come, 0 to 1, and takes that away at its end. */
export const showProgress = (what: string, share: number): void => {
  if (!process.stderr.isTTY) return;
  process.stderr.write(share < 1 ? `\r${what} ${Math.floor(share * 100)} %` : '\r\x1b[2K');
};
