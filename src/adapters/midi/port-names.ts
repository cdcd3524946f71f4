/** ALSA's sequencer gives each port the numbers of its client and port, new ones at each plug: `Name:Port 20:0`. */
export const withoutNumbers = (name: string): string => name.replace(/\s+\d+:\d+$/, '');

/** Ports that are no controller: loopbacks, other programs' and our own. Taken only when the config names them. */
const noController = /^(midi through|system|rtmidi|hindsight|a2jmidid|pipewire|rtpmidi)/i;

/** How a controller's port is known: by the profile's patterns, and by a piece of its name that the config asks for. */
export type PortWish = { readonly patterns: readonly string[]; readonly piece: string | undefined };

/** The number of the client that a port belongs to. */
export const clientOf = (name: string): string | undefined => /\s(\d+):\d+$/.exec(name)?.[1];

/**
 * The first of `names` that is wished for and not in `taken`; undefined when there is none. Unless the config names a
 * port, the other ports of a device that is taken are left alone: they are its second face, not another controller.
 */
export const choosePort = (
  names: readonly string[],
  wish: PortWish,
  taken: ReadonlySet<string>,
): string | undefined => {
  const takenClients = new Set([...taken].map(clientOf));
  return names.find((name) => {
    if (taken.has(name)) return false;
    const plain = withoutNumbers(name);
    if (wish.piece !== undefined) return plain.toLowerCase().includes(wish.piece.toLowerCase());
    if (noController.test(plain) || takenClients.has(clientOf(name))) return false;
    return wish.patterns.length === 0 || wish.patterns.some((pattern) => new RegExp(pattern, 'i').test(plain));
  });
};
