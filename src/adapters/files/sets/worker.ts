import { parentPort, workerData } from 'node:worker_threads';
import { CallQueue } from './call-queue.ts';
import type { Call } from './calls.ts';
import { OpenOuts } from './open-outs.ts';
import type { Pause } from './pour.ts';
import { SetFolder, type SetFolderOptions } from './set-folder.ts';

const options: SetFolderOptions = workerData;
const sets = new SetFolder(options);
const outs = new OpenOuts();

const perform = (call: Call, pause: Pause): unknown => {
  switch (call.method) {
    case 'recover':
      return sets.recover();
    case 'ready':
      return sets.ready();
    case 'keep':
      return sets.keep(...call.args);
    case 'read':
      return sets.read(...call.args, pause);
    case 'list':
      return sets.list();
    case 'save':
      return sets.save(...call.args);
    case 'find':
      return sets.find(...call.args);
    case 'rename':
      return sets.rename(...call.args);
    case 'remove':
      return sets.remove(...call.args);
    case 'listBin':
      return sets.listBin();
    case 'recoverFromBin':
      return sets.recoverFromBin(...call.args);
    case 'binCurrent':
      return sets.binCurrent();
    case 'inspect':
      return sets.inspect(...call.args);
    case 'importInto':
      return sets.importInto(...call.args, pause);
    case 'openOut':
      return outs.add(sets.openOut(...call.args));
    case 'addOut':
      return outs.write(...call.args);
    case 'commitOut':
      return outs.commit(...call.args);
    case 'abortOut':
      return outs.abort(...call.args);
    case 'figures':
      return sets.figures();
    case 'close':
      // First: a lock that cannot be removed, as on a disk that has become read-only, is no reason to go on.
      parentPort?.unref();
      outs.abortAll();
      return sets.close();
  }
};

const queue = new CallQueue(perform, (answer) => parentPort?.postMessage(answer));
parentPort?.on('message', (call: Call) => queue.add(call));
