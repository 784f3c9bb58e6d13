/** Waits before a request while the platform's headers say that none is left, instead of being refused. */
import type { PlatformTraits } from '#language';

type HeaderNames = NonNullable<PlatformTraits['rateLimit']>;
type Headers = readonly (readonly [name: string, value: string])[];

/** After a longer wait the platform is asked all the same: the header may mean something else. */
const LONGEST_WAIT_MS = 300_000;

/** `No request is left for now: waiting 12 s, as the platform asks.` */
export const describeWait = (milliseconds: number): string =>
  `No request is left for now: waiting ${milliseconds < 10_000 ? (milliseconds / 1000).toFixed(1) : Math.ceil(milliseconds / 1000)} s, as the platform asks.`;

export class Allowance {
  /** Requests that may still be sent before it is renewed; undefined while unknown. */
  #left: number | undefined;
  /** How many it allows after that. */
  #limit: number | undefined;
  /** Milliseconds since 1970. */
  #renewedAt = 0;
  #underWay = 0;

  /** `names` returns the headers that tell the allowance, where they are known. */
  constructor(
    private readonly names: () => HeaderNames | undefined,
    private readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Waits for a request's turn, and counts it; call `end` after it. `onWait` gets the milliseconds of each wait. */
  async begin(signal: AbortSignal | undefined, onWait: (milliseconds: number) => void): Promise<void> {
    for (;;) {
      const wait = this.#renewedAt - this.now();
      if (this.#left === undefined || this.#left > 0 || wait > LONGEST_WAIT_MS) break;
      if (wait <= 0) {
        this.#left = this.#limit;
        break;
      }
      onWait(wait);
      await this.sleep(wait, signal);
    }
    if (this.#left !== undefined) this.#left--;
    this.#underWay++;
  }

  /** `headers` of the answer; undefined where none came. */
  end(headers: Headers | undefined): void {
    this.#underWay--;
    const names = this.names();
    if (names?.remaining === undefined || headers === undefined) return;
    const valueOf = (name: string | undefined) =>
      headers.find(([each]) => each.toLowerCase() === name?.toLowerCase())?.[1];
    const remaining = wholeNumber(valueOf(names.remaining));
    if (remaining === undefined) return;
    const isNew = this.now() >= this.#renewedAt;
    // Those under way may not be in the platform's number yet.
    const left = remaining - this.#underWay;
    this.#left = isNew || this.#left === undefined ? left : Math.min(this.#left, left);
    this.#limit = wholeNumber(valueOf(names.limit));
    this.#renewedAt = this.#timeOf(valueOf(names.reset));
  }

  /** A: seconds from now, a time in seconds or milliseconds since 1970, or a date. */
  #timeOf(text: string | undefined): number {
    const value = wholeNumber(text);
    const now = this.now();
    if (value === undefined) return text === undefined ? now : Date.parse(text) || now;
    if (value > 1e12) return value;
    return value > 1e9 ? value * 1000 : now + value * 1000;
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}
