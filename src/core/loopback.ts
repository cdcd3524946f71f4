/** Whether an address is reached from this machine only: 127.0.0.0/8 (RFC 1122), ::1, or the name of both. Pure. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host);
