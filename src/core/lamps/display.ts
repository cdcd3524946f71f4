import type { Display } from '../controller/profile.ts';
import type { SessionState } from '../session/state.ts';

/** What a display tells: a number, as a player says it. */
const shownNumber = ({ shows }: Display, { grid, bars, pulse }: SessionState): number => {
  switch (shows) {
    case 'tempo':
      return Math.round(grid.bpm);
    case 'bars':
      return bars;
    case 'beat':
      return pulse.beat + 1;
  }
};

/** A space, where nothing stands. */
const blank = 0x20;

const messagesFor = (display: Display, text: string, number: number): readonly (readonly number[])[] =>
  display.messages.map((message) =>
    message.map((byte) => {
      if (byte === 'number') return Math.min(127, number);
      return typeof byte === 'number' ? byte : text.charCodeAt(byte.character) || blank;
    }),
  );

/** The messages that set a display, numbers to the right. */
export const displayMessages = (display: Display, session: SessionState): readonly (readonly number[])[] => {
  const number = shownNumber(display, session);
  return messagesFor(display, String(number).padStart(display.characters).slice(0, display.characters), number);
};

/** The messages that leave a display blank. */
export const blankMessages = (display: Display): readonly (readonly number[])[] =>
  messagesFor(display, ' '.repeat(display.characters), 0);
