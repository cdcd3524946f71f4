/** What a controller is known by when it comes back: never by ALSA's numbers. */
export type Mark = {
  readonly serial: string | undefined;
  readonly usbPath: string | undefined;
  /** The name of its first input, without numbers. */
  readonly port: string;
};

/** One controller among those with its profile, for the life of the process. */
export type Place = { readonly profile: string; readonly number: number; readonly mark: Mark };

export const nameOf = ({ profile, number }: Place): string => (number === 1 ? profile : `${profile} (${number})`);

type Find = <P extends Place>(mark: Mark, vacant: readonly P[]) => P | undefined;

/** In the same USB socket, or where there is none known, under the same name; and no other by its serial number. */
const samePlace: Find = (mark, vacant) => {
  const alike = vacant.filter(({ mark: { serial, usbPath } }) => serial === mark.serial && usbPath === mark.usbPath);
  const samePort = alike.find(({ mark: { port } }) => port === mark.port);
  return mark.usbPath === undefined ? samePort : (samePort ?? alike[0]);
};

/** Asked after the socket: some makers give all their devices one serial number. */
const sameSerial: Find = (mark, vacant) =>
  mark.serial === undefined ? undefined : vacant.find(({ mark: { serial } }) => serial === mark.serial);

/** What has come in another socket, if only one can be meant. */
const onlyMoved: Find = (mark, vacant) => {
  if (mark.serial !== undefined || mark.usbPath === undefined) return undefined;
  const [only, ...more] = vacant.filter(
    ({ mark: { serial, usbPath } }) => serial === undefined && usbPath !== undefined,
  );
  return more.length === 0 ? only : undefined;
};

/** The lowest number that is free among the places of a profile. */
export const freeNumber = (places: readonly Place[]): number => {
  const taken = new Set(places.map(({ number }) => number));
  const numbers = Array.from({ length: places.length + 1 }, (_, index) => index + 1);
  return numbers.find((number) => !taken.has(number)) ?? places.length + 1;
};

/**
 * The vacant place of each of those that have come, in their order, all with one profile; undefined for a new one. Those that
 * are surely back go before those that may be.
 */
export const placesFor = <P extends Place>(
  marks: readonly Mark[],
  vacant: readonly P[],
): readonly (P | undefined)[] => {
  const left = new Set(vacant);
  const found = new Map<Mark, P>();
  for (const find of [samePlace, sameSerial, onlyMoved]) {
    for (const mark of marks.filter((one) => !found.has(one))) {
      const place = find(mark, [...left]);
      if (place === undefined) continue;
      left.delete(place);
      found.set(mark, place);
    }
  }
  return marks.map((mark) => found.get(mark));
};
