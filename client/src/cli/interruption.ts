/** Turns Ctrl+C, `kill` and a closed terminal into an abort signal, so that work under way can clean up after itself. */
import { removeAllUnfinished } from '#core/files/unfinished';

/** The signals that interrupt, with the exit status of a program that each of them ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** The status of a program that was interrupted. */
export type InterruptedStatus = (typeof SIGNALS)[keyof typeof SIGNALS];
/** `timeout` sends its signal twice, and a closed terminal sends several: only a later one means “at once”. */
const IMPATIENT_MS = 1000;

const controller = new AbortController();
/** Whether work is under way that heeds the abort signal. */
let heeded = false;

let hungUp = false;
/** The first signal. */
let interruptedBy: keyof typeof SIGNALS = 'SIGINT';

/** The exit status of a program that was interrupted as this one was. */
export const interruptedStatus = (): InterruptedStatus => SIGNALS[interruptedBy];

/** Call it last. Where the terminal is gone, Node.js would abort, and leave a dump, when it exits by itself. */
export async function endOfHangUp(): Promise<void> {
  if (hungUp) await endBy('SIGHUP');
}

export function interruption(): AbortSignal {
  heeded = true;
  return controller.signal;
}

/** Call it first, so that no signal ends the process while it has files that are not finished. */
export function watchSignals(): void {
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      const now = performance.now();
      hungUp ||= signal === 'SIGHUP';
      if (first === undefined) interruptedBy = signal;
      first ??= now;
      controller.abort();
      if (!heeded || now - first > IMPATIENT_MS) void endBy(signal);
    });
  // A closed terminal takes no more messages.
  process.stderr.on('error', () => undefined);
}

/** Ends as if the signal had not been caught, for a caller that looks at how the process ended. */
async function endBy(signal: NodeJS.Signals): Promise<void> {
  await removeAllUnfinished();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
