/** What is sent as JSON. Done once for all who get it. */
export const bytesOf = (message: unknown): Uint8Array => Buffer.from(JSON.stringify(message));

/** Does the work once for the same object in a row: clients are told of the same one after the other. */
export const onceFor = <From extends object, To>(work: (from: From) => To): ((from: From) => To) => {
  let last: { readonly from: From; readonly to: To } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, to: work(from) };
    return last.to;
  };
};
