import { signalOf, signalText } from '../core/controller/signal.ts';
import { warningText } from '../core/health/saying.ts';
import { hexBytes } from '../core/hex.ts';
import { latencyText, troubleText } from '../core/session/saying.ts';
import { setText } from '../core/session/set-saying.ts';
import type { ShowEvent } from '../ports/event-log.ts';
import type { Trace } from '../ports/trace.ts';

const hex = (bytes: readonly number[]): string => {
  const shown = hexBytes(bytes.slice(0, 24));
  return bytes.length > 24 ? `${shown} ... ${bytes.length} bytes` : shown;
};

const inText = (bytes: readonly number[], controls: readonly string[]): string => {
  const signal = signalOf(bytes);
  const what = signal === undefined ? 'nothing that a control sends' : signalText(signal);
  return `in   ${hex(bytes)}  ${what} -> ${controls.length > 0 ? controls.join(', ') : 'bound to nothing'}`;
};

/** What a controller said or was told, in a line. */
export const traceText = (trace: Trace): string => {
  const head = `${(trace.time / 1000).toFixed(3)} ${trace.controller}`;
  switch (trace.type) {
    case 'in':
      return `${head}  ${inText(trace.bytes, trace.controls)}`;
    case 'did':
      return `${head}  did  ${trace.gesture} of ${trace.control}: ${trace.order}`;
    case 'out':
      return `${head}  out  ${hex(trace.bytes)}`;
  }
};

/** What came of it, in a line; undefined for what a monitor does not tell, such as each beat. */
export const eventText = (event: ShowEvent): string | undefined => {
  switch (event.type) {
    case 'track':
      return `track ${event.track} is ${event.state}`;
    case 'refused':
      return `refused: ${event.reason} (${event.code})`;
    case 'beat':
    case 'clip':
    case 'lamp':
      return undefined;
    case 'warning':
      return warningText(event);
    default:
      return troubleText(event) ?? latencyText(event) ?? setText(event);
  }
};
