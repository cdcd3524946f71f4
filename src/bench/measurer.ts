import { messageOf } from '../core/errors.ts';
import { catalogue } from './catalogue.ts';
import { type Conditions, Skipped } from './measurement.ts';
import type { Found } from './processes.ts';
import { summaryOf } from './summary.ts';

/** The process of one measurement: makes it, says what it found, and ends, as it does when nobody listens any more. */
const found = async (name: string, conditions: Conditions): Promise<Found> => {
  try {
    const measurement = await catalogue.get(name)?.load();
    if (measurement === undefined) throw new Error(`there is no measurement "${name}"`);
    const { title, how } = measurement;
    const samples = await measurement.measure(conditions);
    const figures = samples.map(({ values, ...rest }) => ({ ...rest, ...summaryOf(values) }));
    return { state: 'measured', title, how, figures };
  } catch (error) {
    return { state: error instanceof Skipped ? 'skipped' : 'failed', reason: messageOf(error) };
  }
};

const [name = '', folder = '', form] = process.argv.slice(2);
/** With all that it has started: it leads a group. */
const end = (): void => {
  process.kill(-process.pid, 'SIGKILL');
};
process.once('disconnect', end);
process.send?.(await found(name, { folder, quick: form === 'quick' }), end);
