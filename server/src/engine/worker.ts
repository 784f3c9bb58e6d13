/** The worker of the engine: it holds tables and runs statements, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { FAULTS, SqlError } from './faults';
import type { FromSqlWorker, ToSqlWorker, WorkerData } from './protocol';
import { SqlSession } from './session';
import { loadEngine } from './sqlite';

// Our own side wrote it.
const { stop, limits } = workerData as WorkerData;
const send = (message: FromSqlWorker) => parentPort?.postMessage(message);

const session = loadEngine().then(
  (engine) => new SqlSession(engine, { limits, stopped: () => Atomics.load(stop, 0) !== 0, send }),
);

/** Waits for the one before. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToSqlWorker) => {
  last = last.then(async () => {
    try {
      (await session).handle(message);
    } catch (error) {
      send(
        error instanceof SqlError
          ? { type: 'fault', fault: error.fault, broken: false }
          : // The engine's memory can't be trusted any more.
            {
              type: 'fault',
              fault: { ...FAULTS.broken, message: FAULTS.broken.message + String(error) },
              broken: true,
            },
      );
    }
  });
});
