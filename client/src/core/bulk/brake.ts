/** One brake for all that are sending: when the platform asks for a pause, nobody sends until it is over. */
import { wait } from '../remote/retry';

export interface BrakeTools {
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly now?: () => number;
}

/** Without a time that the platform names, each pause is twice as long as the one before. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

export class Brake {
  #until = 0;
  /** How many pauses in a row brought nothing. */
  #pauses = 0;
  /** After a pause, one goes ahead; the others follow when it has come through, so that not all come back at once. */
  #ahead: Promise<void> | undefined;
  #arrive: (() => void) | undefined;
  readonly #sleep: NonNullable<BrakeTools['sleep']>;
  readonly #now: () => number;

  constructor({ sleep = wait, now = Date.now }: BrakeTools = {}) {
    this.#sleep = sleep;
    this.#now = now;
  }

  get pauses(): number {
    return this.#pauses;
  }

  /** Resolves when no pause is on. Throws an `ApiError` of kind `cancelled` when the signal comes first. */
  async over(signal: AbortSignal): Promise<void> {
    for (let left = this.#until - this.#now(); left > 0; left = this.#until - this.#now())
      await this.#sleep(left, signal);
  }

  /**
   * Resolves when it is the caller's turn to send; each turn ends with `through`, `hold` or `leave`. Returns whether the
   * caller had to wait.
   */
  async turn(signal: AbortSignal): Promise<boolean> {
    for (let waited = false; ; waited = true) {
      waited ||= this.#until > this.#now();
      await this.over(signal);
      if (this.#pauses === 0) return waited;
      if (this.#ahead === undefined) {
        this.#ahead = new Promise((resolve) => (this.#arrive = resolve));
        return waited;
      }
      await this.#ahead;
    }
  }

  /** The platform has answered: it takes requests again. What was under way when the pause began says nothing about that. */
  through(): void {
    if (this.#now() >= this.#until) this.#pauses = 0;
    this.leave();
  }

  /** The turn came to nothing that says whether the pause is over. */
  leave(): void {
    this.#arrive?.();
    this.#ahead = undefined;
    this.#arrive = undefined;
  }

  /** Begins a pause, of so many seconds where the platform names them. Returns its milliseconds. */
  hold(seconds: number | undefined): number {
    const milliseconds =
      seconds === undefined ? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#pauses) : seconds * 1000;
    this.#pauses++;
    this.#until = Math.max(this.#until, this.#now() + milliseconds);
    this.leave();
    return milliseconds;
  }
}
