import type { JSX } from 'preact';

/** Lines in a box of 24, drawn with the colour of the words beside them. */
const icons = {
  stage: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  set: 'M4 6h16M4 12h16M4 18h16M8 4v4M15 10v4M11 16v4',
  rig: 'M5 9h14v9H5zM8 9V5M12 9V5M16 9V5M9 13h6',
  latency: 'M3 12h3l2-6 4 12 3-9 2 3h4',
  health: 'M12 20S4 14.5 4 9a4 4 0 0 1 8-1.500a4 4 0 0 1 8 1.500C20 14.500 12 20 12 20Z',
  undo: 'M9 6L4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3',
  redo: 'M15 6l5 5-5 5M20 11H10a5 5 0 0 0 0 10h3',
  tap: 'M12 3v9M8 9l4 4 4-4M5 18h14M8 21h8',
  click: 'M8 21L10 4h4l2 17zM12 15l6-9',
  mute: 'M8 21L10 4h4l2 17zM4 4l16 16',
  reset: 'M5 5l14 14M19 5L5 19',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  ear: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h4v6H5a1 1 0 0 1-1-1zM20 14h-4v6h3a1 1 0 0 0 1-1z',
} as const;

export type IconName = keyof typeof icons;

export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={icons[name]} />
  </svg>
);
