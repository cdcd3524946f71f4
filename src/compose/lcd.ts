import { openI2c } from '../adapters/lcd/i2c.ts';
import { LcdDisplay } from '../adapters/lcd/lcd-display.ts';
import type { Config } from '../config/schema.ts';
import { textScreen } from '../core/lcd/screen.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stage } from '../streams/controller.ts';
import { ReadOut } from '../streams/read-out.ts';
import type { Starts } from './starts.ts';

/** The session on a display of two lines, while there is one. */
export const startLcd = ({ bus, address }: Config['lcd'], stage: Stage, log: Logger, starts: Starts): void => {
  const display = new LcdDisplay({ bus, address }, openI2c, log);
  const readOut = new ReadOut(stage, display);
  starts.add(() => display.close(textScreen('Hindsight', 'stopped')));
  starts.add(() => readOut.close());
  display.open();
};
