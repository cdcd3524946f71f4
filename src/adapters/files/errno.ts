/** The name of the system error (`ENOENT`...) that a call of node:fs threw. Not by `instanceof`: jest's realm has another `Error`. */
export const errnoOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
