/** Whether this page plays what the looper plays. */
export type Listening =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on' }
  | { readonly kind: 'failed'; readonly reason: string };

export const isListening = ({ kind }: Listening): boolean => kind === 'on' || kind === 'starting';
