/** Lets the buttons of the view of changes steer a run, and shows how far it is. */
import { Pause } from '#core/running/pause';
import type { ChangesProgress, ChangesView } from './changes';

export interface SteeredRun {
  readonly pause: Pause;
  /** Aborted by *Stop*, and when the view is closed: nobody could stop the run then. */
  readonly signal: AbortSignal;
  /** Shows what has changed of the progress; whether the run is paused is known. */
  readonly show: (change: Partial<Omit<ChangesProgress, 'paused'>>) => void;
}

/** Hears what is pressed from now on. */
export function steered(view: ChangesView): SteeredRun {
  const [pause, stop] = [new Pause(), new AbortController()];
  let shown: ChangesProgress | undefined;
  const show: SteeredRun['show'] = (change) => {
    shown = { done: 0, of: 0, failed: 0, text: '', ...shown, ...change, paused: pause.on };
    if (!view.closed) view.progress(shown);
  };
  view.onPress((press) => {
    if (press === 'pause') pause.begin();
    else if (press === 'continue') pause.end();
    else if (press === 'stop' || press === 'closed') stop.abort();
    else return;
    if (shown !== undefined) show({});
  });
  return { pause, signal: stop.signal, show };
}
