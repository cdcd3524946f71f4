declare module '*.css';

/** A worker's script, built into a file of its own, as its address. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
