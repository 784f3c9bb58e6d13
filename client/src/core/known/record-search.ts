/**
 * When the platform is searched for records while somebody types a name: after a pause, one search at a time, not again
 * at once where it failed, whatever is typed, and what comes too late is dropped.
 */
import type { RecordSearchOutcome } from '#language';
import { ApiError } from '../remote/api-error';
import type { ErrorKind } from '../remote/error-kinds';
import type { RecordSearch } from './record-request';

/** So long nobody types before a search begins, in milliseconds. */
export const PAUSE_MS = 300;
/** So long the platform is not asked again after a failure, at least and at most, in milliseconds. */
const LEAST_REST_MS = 5000;
const LONGEST_REST_MS = 5 * 60_000;
/** So many searches are remembered. */
const MOST_REMEMBERED = 200;

/** Names of records by ID, and how the search ended. */
export interface FoundRecords {
  readonly names: readonly (readonly [id: string, name: string])[];
  readonly outcome: RecordSearchOutcome;
  /** Where the platform failed: other texts are not searched for either, for a while. */
  readonly rest?: Rest;
}

interface Rest {
  /** Whether it says something of the searched module only. */
  readonly of: 'connection' | 'module';
  readonly milliseconds: number;
}

/** How long a search that failed puts others off. Undefined: not at all, as it was never made. */
export function restAfter(error: unknown): Rest | undefined {
  if (!(error instanceof ApiError) || error.kind === 'cancelled') return undefined;
  const ofModule: readonly ErrorKind[] = ['forbidden', 'not-found', 'refused', 'reported'];
  const asked = Math.min((error.retryAfterSeconds ?? 0) * 1000, LONGEST_REST_MS);
  return {
    of: ofModule.includes(error.kind) ? 'module' : 'connection',
    milliseconds: Math.max(asked, LEAST_REST_MS),
  };
}

/** `P`: the place for which the search is made. */
export interface SearchPorts<P> {
  /** Asks the platform. Never throws; undefined: it may not be asked, so nothing is said or remembered. */
  readonly find: (search: RecordSearch, place: P, signal: AbortSignal) => Promise<FoundRecords | undefined>;
  /** Tells what was found, for the place that asked last. */
  readonly tell: (search: RecordSearch, found: FoundRecords, place: P) => void;
  /** How long an outcome holds, in milliseconds. */
  readonly lastsMs: (outcome: RecordSearchOutcome) => number;
  readonly clock: Clock;
}

/** The time in milliseconds, and a timer; the function that it returns stops it. */
interface Clock {
  readonly now: () => number;
  readonly after: (milliseconds: number, work: () => void) => () => void;
}

interface Current<P> {
  readonly search: RecordSearch;
  readonly key: string;
  readonly cancelled: AbortController;
  stop: () => void;
  place: P;
}

export class RecordSearcher<P> {
  readonly #remembered = new Map<string, { readonly outcome: RecordSearchOutcome; readonly until: number }>();
  /** By what rests: how the search ended after which it does. */
  readonly #resting = new Map<string, { readonly outcome: RecordSearchOutcome; readonly until: number }>();
  #current: Current<P> | undefined;
  /** Settles when nothing is under way any more. */
  #underWay: Promise<void> = Promise.resolve();

  constructor(private readonly ports: SearchPorts<P>) {}

  /** Somebody typed: the search before it is not wanted any more, unless it is the same. */
  want(search: RecordSearch, place: P): void {
    const key = keyOf(search);
    if (this.#current?.key === key) {
      this.#current.place = place;
      return;
    }
    this.cancel();
    const outcome = this.#outcomeOf(key);
    if (outcome !== undefined) {
      // Its names are known; only that it was made is news to a server that was started anew.
      this.ports.tell(search, { names: [], outcome }, place);
      return;
    }
    const current: Current<P> = {
      search,
      key,
      place,
      cancelled: new AbortController(),
      stop: () => undefined,
    };
    this.#current = current;
    current.stop = this.ports.clock.after(PAUSE_MS, () => {
      // The one before was called off, and is over in a moment.
      this.#underWay = this.#underWay.then(async () => this.#run(current));
    });
  }

  /** Nobody waits for the search any more. */
  cancel(): void {
    this.#current?.stop();
    this.#current?.cancelled.abort();
    this.#current = undefined;
  }

  /** Another user may see other records. Returns the search that was called off with it, for which somebody may still wait. */
  forget(): Pick<Current<P>, 'search' | 'place'> | undefined {
    const current = this.#current;
    this.cancel();
    this.#remembered.clear();
    this.#resting.clear();
    return current;
  }

  async #run(current: Current<P>): Promise<void> {
    if (this.#current !== current) return;
    const { search, key, cancelled } = current;
    const resting = this.#restOf(search);
    if (resting !== undefined) {
      this.#current = undefined;
      this.ports.tell(search, { names: [], outcome: resting }, current.place);
      return;
    }
    const found = await this.ports.find(search, current.place, cancelled.signal);
    if (this.#current !== current) return;
    this.#current = undefined;
    if (found === undefined) return;
    this.#remember(key, found.outcome);
    if (found.rest !== undefined) {
      const [connection, module] = placesOf(search);
      const until = this.ports.clock.now() + found.rest.milliseconds;
      this.#resting.set(found.rest.of === 'module' ? module : connection, { outcome: found.outcome, until });
    }
    this.ports.tell(search, found, current.place);
  }

  #restOf(search: RecordSearch): RecordSearchOutcome | undefined {
    const rests = placesOf(search).flatMap((each) => this.#resting.get(each) ?? []);
    return rests.find(({ until }) => this.ports.clock.now() < until)?.outcome;
  }

  #remember(key: string, outcome: RecordSearchOutcome): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, { outcome, until: this.ports.clock.now() + this.ports.lastsMs(outcome) });
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
  }

  #outcomeOf(key: string): RecordSearchOutcome | undefined {
    const made = this.#remembered.get(key);
    return made === undefined || this.ports.clock.now() >= made.until ? undefined : made.outcome;
  }
}

/** What a failure may put off: all of the connection, or its module. */
const placesOf = ({ connection, module }: RecordSearch): readonly [string, string] => [
  connection,
  `${connection}\n${module}`,
];

const keyOf = ({ connection, module, text }: RecordSearch): string => [connection, module, text].join('\n');
